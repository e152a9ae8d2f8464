"""Accepting a version spans two aggregates: the supplier's limit keeps the cover free while the order decides.

Facts are found out and written down, cover is reserved, the order is asked, the reservation is confirmed or released.
Every step has an id that follows from the acceptance, so that asking again after any crash ends the same; and what nobody
asks again, the reservation's own clock brings to an end (`resolve`).
"""

from __future__ import annotations

import msgspec

from fairlot.application.cover import align_cover
from fairlot.application.desk import Desk, derived_id, limit_id_for
from fairlot.application.outcome import Outcome
from fairlot.domain.audit.canonical import canonical_bytes
from fairlot.domain.calendar import whole_second
from fairlot.domain.cover.grants import commands as limit
from fairlot.domain.cover.grants.events import CoverReserved
from fairlot.domain.cover.limit import rate_at
from fairlot.domain.order.commands import AcceptVersion, Grant, SettleDue
from fairlot.domain.order.refusals import Code
from fairlot.domain.order.state import Order
from fairlot.domain.order.terms import Party, Terms
from fairlot.domain.order.transitions import forbidden
from fairlot.domain.party import CLOCK, Actor, Role
from fairlot.store import acceptances
from fairlot.store.acceptances import StoredAcceptance
from fairlot.store.streams import find_command

AGREED_TYPES = frozenset({"OrderAgreed", "ChangeAgreed"})


class AcceptanceAsked(msgspec.Struct, frozen=True, kw_only=True):
    """Who accepts which version."""

    version_hash: str
    actor: Actor


class AcceptanceFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What an acceptance is decided by, as found when it was first asked.

    `reserve_minor` is the cover to be taken of the free limit, in the order's currency; `rate_numerator` minor units of
    the limit's currency are worth `rate_denominator` of it, and zero says that the policy has no rate for it.
    """

    supplier_id: str
    enrolled: bool
    account_verified: bool
    is_change: bool
    reserve_minor: int
    limit_currency: str
    rate_numerator: int
    rate_denominator: int


def accept_version(
    order_id: str, version_hash: str, *, actor: Actor, command_id: str, desk: Desk
) -> Outcome:
    """Accept that very version with the cover it names, or be refused with what is free (ruling A24).

    Asked again with the same id it gives the first answer. Raises Unavailable; ask again then with the same id.
    """
    asked = AcceptanceAsked(version_hash=version_hash, actor=actor)
    with desk.connect() as connection:
        kept = acceptances.find_acceptance(connection, order_id, command_id)
    if kept is None:
        order = desk.read_order(order_id).order
        code = forbidden(actor, AcceptVersion, order)
        if code is not None:
            return _unrecorded(order_id, command_id, Code.NOT_PERMITTED)
        kept = _keep(order_id, command_id, asked, find_out(order, version_hash, actor, desk), desk)
    if kept.asked != canonical_bytes(asked):
        return _unrecorded(order_id, command_id, Code.COMMAND_ID_REUSED)
    facts = msgspec.json.decode(kept.facts, type=AcceptanceFacts)
    return _decide(order_id, asked, facts, command_id=command_id, desk=desk)


def resolve(order_id: str, acceptance_id: str, *, limit_id: str, desk: Desk) -> None:
    """Find out what became of an acceptance, for good, and confirm or release what it reserved.

    Its command id is used up first by a command that does nothing: then either the acceptance was decided before, or it
    never will be. So a process that slept through all clocks cannot agree on cover that is free again.
    """
    burned = desk.ask_order(order_id, SettleDue(), command_id=acceptance_id, actor=CLOCK)
    is_agreed = False
    if burned.code is Code.COMMAND_ID_REUSED:
        with desk.connect() as connection:
            decided = find_command(connection, desk.orders.family, order_id, acceptance_id)
        assert decided is not None, "an id that is in use has its outcome"
        is_agreed = decided.refusal_code is None and bool(
            AGREED_TYPES.intersection(decided.event_types)
        )
    conclude(order_id, acceptance_id, is_agreed=is_agreed, limit_id=limit_id, desk=desk)


def conclude(
    order_id: str, acceptance_id: str, *, is_agreed: bool, limit_id: str, desk: Desk
) -> None:
    """Confirm or release what an acceptance reserved; that it was done before is no trouble."""
    if is_agreed:
        command: limit.LimitCommand = limit.ConfirmCover(
            acceptance_id=acceptance_id, order_id=order_id
        )
    else:
        command = limit.ReleaseReservation(acceptance_id=acceptance_id, order_id=order_id)
    step = "confirm" if is_agreed else "release"
    outcome = desk.ask_limit(limit_id, command, command_id=_step(order_id, acceptance_id, step))
    assert outcome.is_done or outcome.code is Code.UNKNOWN_REFERENCE, outcome


def confirm(order_id: str, acceptance_id: str, *, supplier_id: str, desk: Desk) -> None:
    """Confirm what an acceptance reserved that is known to have become an agreement."""
    limit_id = limit_id_for(supplier_id)
    conclude(order_id, acceptance_id, is_agreed=True, limit_id=limit_id, desk=desk)


def find_out(order: Order, version_hash: str, actor: Actor, desk: Desk) -> AcceptanceFacts:
    """Return the facts of an acceptance as they are now. What will be refused anyway reserves nothing."""
    supplier = desk.suppliers.find(order.supplier_id)
    policy = desk.orders.policy_of(order)
    terms = _acceptable_terms(order, version_hash, actor)
    is_change = order.agreed_at is not None
    enrolled = order.enrolled if is_change else supplier is not None and supplier.enrolled
    reserve_minor = _cover_to_reserve(order, terms) if terms is not None and enrolled else 0
    now = whole_second(desk.path.clock())
    rate = rate_at(policy.limits, terms.currency, now) if terms is not None else None
    return AcceptanceFacts(
        supplier_id=order.supplier_id,
        enrolled=enrolled,
        account_verified=supplier is not None and supplier.account_verified,
        is_change=is_change,
        reserve_minor=reserve_minor,
        limit_currency=policy.limits.currency,
        rate_numerator=rate.worth_minor if rate is not None else 0,
        rate_denominator=rate.amount_minor if rate is not None else 1,
    )


def _acceptable_terms(order: Order, version_hash: str, actor: Actor) -> Terms | None:
    """Return the terms that stand under that hash for the other side to accept, or None."""
    proposal = order.proposal
    party = Party.SUPPLIER if actor.role is Role.SUPPLIER else Party.BUYER
    if proposal is None or proposal.by is party or proposal.terms.version_hash != version_hash:
        return None
    return proposal.terms


def _cover_to_reserve(order: Order, terms: Terms) -> int:
    """Return the covered amount of a first version; of a change only the increase, if the total rises (ruling A11)."""
    if order.terms is None or order.agreed_at is None:
        return terms.covered_minor
    if terms.total_minor <= order.terms.total_minor:
        return 0
    return max(0, terms.covered_minor - order.cover_minor)


def _keep(
    order_id: str, command_id: str, asked: AcceptanceAsked, facts: AcceptanceFacts, desk: Desk
) -> StoredAcceptance:
    found = StoredAcceptance(asked=canonical_bytes(asked), facts=canonical_bytes(facts))
    with desk.connect() as connection:
        return acceptances.keep_acceptance(
            connection, order_id, command_id, found, at=desk.path.clock()
        )


def _decide(
    order_id: str, asked: AcceptanceAsked, facts: AcceptanceFacts, *, command_id: str, desk: Desk
) -> Outcome:
    limit_id = limit_id_for(facts.supplier_id)
    cover_minor = 0
    reserved: Outcome | None = None
    if facts.reserve_minor > 0 and facts.rate_numerator > 0:
        reserved = _reserve(order_id, asked.version_hash, facts, command_id=command_id, desk=desk)
        cover_minor = _granted_minor(reserved)
    if facts.is_change and cover_minor < facts.reserve_minor:
        # The order itself does not look at the cover of a change, so it is not even asked.
        return _short_of_cover(order_id, command_id, cover_minor, facts.reserve_minor)
    grant = Grant(
        enrolled=facts.enrolled,
        account_verified=facts.account_verified,
        cover_minor=cover_minor,
        limit_currency=facts.limit_currency,
        rate_numerator=max(1, facts.rate_numerator),
        rate_denominator=facts.rate_denominator,
    )
    command = AcceptVersion(version_hash=asked.version_hash, grant=grant)
    outcome = desk.ask_order(order_id, command, command_id=command_id, actor=asked.actor)
    if reserved is not None and reserved.is_done:
        if outcome.is_done:
            conclude(order_id, command_id, is_agreed=True, limit_id=limit_id, desk=desk)
        else:
            resolve(order_id, command_id, limit_id=limit_id, desk=desk)
    return outcome


def _reserve(
    order_id: str, version_hash: str, facts: AcceptanceFacts, *, command_id: str, desk: Desk
) -> Outcome:
    limit_id = limit_id_for(facts.supplier_id)
    _resolve_lapsed(limit_id, desk)
    command = limit.ReserveCover(
        acceptance_id=command_id,
        order_id=order_id,
        version_hash=version_hash,
        covered_minor=facts.reserve_minor,
        rate_numerator=facts.rate_numerator,
        rate_denominator=facts.rate_denominator,
    )
    return desk.ask_limit(limit_id, command, command_id=_step(order_id, command_id, "reserve"))


def _resolve_lapsed(limit_id: str, desk: Desk) -> None:
    """End what others left behind, so that nobody is refused for want of a worker."""
    now = whole_second(desk.path.clock())
    state, _ = desk.read_limit(limit_id)
    for reservation in state.reservations:
        if now > reservation.lapses_at:
            resolve(reservation.order_id, reservation.acceptance_id, limit_id=limit_id, desk=desk)
    for grant in state.grants:
        if grant.until is not None and now > grant.until:
            align_cover(grant.order_id, desk=desk)


def _granted_minor(reserved: Outcome) -> int:
    if reserved.is_done:
        (event,) = reserved.events
        assert isinstance(event, CoverReserved)
        return event.cover_minor
    assert reserved.code is Code.COVER_CHANGED, reserved
    return int(reserved.facts["cover_minor"])


def _step(order_id: str, acceptance_id: str, step: str) -> str:
    return derived_id("acceptance", order_id, acceptance_id, step)


def _unrecorded(order_id: str, command_id: str, code: Code) -> Outcome:
    return Outcome(aggregate_id=order_id, command_id=command_id, code=code, is_recorded=False)


def _short_of_cover(
    order_id: str, command_id: str, cover_minor: int, covered_minor: int
) -> Outcome:
    return Outcome(
        aggregate_id=order_id,
        command_id=command_id,
        code=Code.COVER_CHANGED,
        facts={"cover_minor": cover_minor, "covered_minor": covered_minor},
        is_recorded=False,
    )
