"""Who may ask or read what of which order: one table for pages, API and conversation, joined with the domain's own.

The domain's table (`order/transitions.py`) says which role may ask a command and which right an agent needs. This one
adds what only accounts know: the rights of a person within a company, and who may read which part of an order. What
is not allowed and what is not there look alike to whoever asks (`docs/operate`): interfaces answer both the same way.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

import msgspec

from fairlot.domain.order import commands as c
from fairlot.domain.order.refusals import Code
from fairlot.domain.order.state import Order, Right
from fairlot.domain.order.transitions import RULES, forbidden
from fairlot.domain.party import Actor, Role


class MemberRight(StrEnum):
    """What a company lets one of its members do; the first seven are what a buyer can also let an agent do."""

    FOLLOW = "follow"
    DRAFT = "draft"
    AGREE = "agree"
    PAY = "pay"
    CONFIRM = "confirm"
    CLAIM = "claim"
    SETTLE = "settle"
    FULFIL = "fulfil"
    BANK = "bank"
    MANAGE = "manage"


class Read(StrEnum):
    """A part of an order that somebody may look at."""

    ORDER = "order"
    CONTRACT = "contract"
    EVENTS = "events"
    STATEMENT = "statement"
    DEADLINES = "deadlines"
    COVER = "cover"
    ACTIONS = "actions"
    CONVERSATION = "conversation"
    FILES = "files"


class Membership(msgspec.Struct, frozen=True, kw_only=True):
    """A person's place in a company: its rights there, and whether the company inspects goods."""

    company_id: str
    rights: frozenset[MemberRight]
    is_inspector: bool = False


class Identity(msgspec.Struct, frozen=True, kw_only=True):
    """Who asks, as accounts know it at this moment: a person, or a key that acts for one; ids only.

    `staff_roles` are the platform's own; a key's rights are never more than its person's (`key_id` names it).
    """

    person_id: str
    memberships: tuple[Membership, ...] = ()
    staff_roles: frozenset[Role] = frozenset()
    key_id: str = ""


STAFF_ROLES = frozenset({Role.OPERATOR, Role.SUPERVISOR, Role.MEDIATOR, Role.AUDITOR})
"""Roles that a person has on the platform and not through a company."""

PARTIES = frozenset({Role.BUYER, Role.SUPPLIER, Role.AGENT})
PLATFORM = frozenset({Role.OPERATOR, Role.SUPERVISOR, Role.AUDITOR})
HEARING = PARTIES | PLATFORM | {Role.MEDIATOR}
EVERYBODY = HEARING | {Role.INSPECTOR}

READERS: dict[Read, frozenset[Role]] = {
    Read.ORDER: EVERYBODY,
    Read.CONTRACT: EVERYBODY,
    Read.EVENTS: HEARING,
    Read.STATEMENT: HEARING,
    Read.DEADLINES: EVERYBODY,
    Read.COVER: HEARING,
    Read.ACTIONS: EVERYBODY,
    Read.CONVERSATION: HEARING,
    Read.FILES: EVERYBODY,
}
"""Roles that read each part; all of them only where the role is theirs for this very order."""

# What a supplier's member needs; an agent's rights say nothing of these.
SUPPLIER_RIGHTS: dict[type[c.Command], MemberRight] = {
    c.RecordSampleSent: MemberRight.FULFIL,
    c.PostProductionUpdate: MemberRight.FULFIL,
    c.NotifyGoodsReady: MemberRight.FULFIL,
    c.RecordShipment: MemberRight.FULFIL,
    c.PresentDocuments: MemberRight.FULFIL,
    c.RecordDelivery: MemberRight.FULFIL,
    c.RecordReturnArrived: MemberRight.FULFIL,
    c.ExtendArrival: MemberRight.FULFIL,
    c.AnswerDispute: MemberRight.CLAIM,
    c.ContestReturn: MemberRight.CLAIM,
    c.JudgeReturn: MemberRight.CLAIM,
}
BUYER_RIGHTS: dict[type[c.Command], MemberRight] = {
    c.GrantMandate: MemberRight.MANAGE,
    c.RevokeMandate: MemberRight.MANAGE,
    c.RecordShipment: MemberRight.FULFIL,
    c.RecordDelivery: MemberRight.FULFIL,
}


def right_needed(role: Role, command_type: type[c.Command]) -> MemberRight:
    """Return what a member of a company needs to ask this for it in a role."""
    named = {Role.SUPPLIER: SUPPLIER_RIGHTS, Role.BUYER: BUYER_RIGHTS}.get(role, {})
    return named.get(command_type) or MemberRight(RULES[command_type].right.value)


def capacities(identity: Identity, order: Order) -> tuple[Actor, ...]:
    """Return every actor that somebody is for an order: first a party, then inspector, then staff; empty for a stranger."""
    return tuple(_capacities(identity, order))


def _capacities(identity: Identity, order: Order) -> Iterator[Actor]:
    for member in identity.memberships:
        for role in _company_roles(member, order):
            yield Actor(role=role, company_id=member.company_id, person_id=identity.person_id)
    for role in sorted(identity.staff_roles - {Role.MEDIATOR}):
        yield Actor(role=role, person_id=identity.person_id)
    if Role.MEDIATOR in identity.staff_roles and _hears(identity.person_id, order):
        yield Actor(role=Role.MEDIATOR, person_id=identity.person_id)


def _company_roles(member: Membership, order: Order) -> Iterator[Role]:
    if member.company_id == order.buyer_id:
        yield Role.BUYER
    if member.company_id == order.supplier_id:
        yield Role.SUPPLIER
    if any(mandate.agent_id == member.company_id for mandate in order.mandates):
        yield Role.AGENT
    booked = {inspection.company for inspection in order.inspections}
    if member.is_inspector and member.company_id in booked:
        yield Role.INSPECTOR


def _hears(person_id: str, order: Order) -> bool:
    """A mediator sees the cases it was named for, those it heard before an appeal included, and no others (A7)."""
    dispute = order.dispute
    return dispute is not None and person_id in {dispute.mediator_id, dispute.first_mediator_id}


def may(
    identity: Identity, actor: Actor, command_type: type[c.Command], order: Order
) -> Code | None:
    """Return why somebody may not ask this in this capacity, or None; status and content are for `decide`."""
    code = forbidden(actor, command_type, order)
    if code is not None:
        return code
    return None if has_right(identity, actor, command_type) else Code.NOT_PERMITTED


def is_anothers_inspection(actor: Actor, inspection_id: str, order: Order) -> bool:
    """Say whether an inspection company would speak for another one that was booked for the same order."""
    if actor.role is not Role.INSPECTOR or not inspection_id:
        return False
    return any(
        each.id == inspection_id and each.company != actor.company_id for each in order.inspections
    )


def may_add(identity: Identity, actor: Actor, order: Order) -> bool:
    """Say whether somebody may add words or files to an order: not an auditor, nor who only follows it."""
    if not actor.company_id:
        return actor.role in identity.staff_roles - {Role.AUDITOR}
    if rights_in(identity, actor.company_id) <= {MemberRight.FOLLOW}:
        return False
    if actor.role is not Role.AGENT:
        return True
    return any(
        mandate.agent_id == actor.company_id and set(mandate.rights) > {Right.FOLLOW}
        for mandate in order.mandates
    )


def has_right(identity: Identity, actor: Actor, command_type: type[c.Command]) -> bool:
    """Say whether a person's rights within the company it acts for allow a command; staff need none."""
    if not actor.company_id:
        return actor.role in identity.staff_roles
    needed = right_needed(actor.role, command_type)
    if actor.role is Role.INSPECTOR:
        needed = MemberRight.FULFIL
    return needed in rights_in(identity, actor.company_id)


def reads_platform(identity: Identity) -> bool:
    """Say whether somebody looks at what is the platform's own affair, such as money that names no order."""
    return bool(identity.staff_roles & PLATFORM)


def runs_platform(identity: Identity) -> bool:
    """Say whether somebody decides on the platform's own affairs."""
    return Role.OPERATOR in identity.staff_roles


def rights_in(identity: Identity, company_id: str) -> frozenset[MemberRight]:
    """Return what somebody may do for a company; nothing for a company that is not theirs."""
    found = (each.rights for each in identity.memberships if each.company_id == company_id)
    return next(found, frozenset())


def may_read(identity: Identity, actor: Actor, read: Read, order: Order) -> bool:
    """Say whether somebody may look at a part of an order in this capacity."""
    if actor not in capacities(identity, order) or actor.role not in READERS[read]:
        return False
    if actor.company_id and MemberRight.FOLLOW not in rights_in(identity, actor.company_id):
        return False
    if actor.role is not Role.AGENT:
        return True
    granted = next(m for m in order.mandates if m.agent_id == actor.company_id)
    return Right.FOLLOW in granted.rights
