"""One order for one viewer: where it stands, what is protected, whose turn it is, what can be done, the money, the story.

Everything is computed for an instant by the rules themselves; codes and facts only, words are added by whoever shows it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import msgspec

from fairlot.application.queries.actions import AWAITED, Action, actions_for
from fairlot.application.queries.money import Statement, statement_of
from fairlot.application.queries.recorded import Present, Recorded, present
from fairlot.domain.cover.choices import CoverChoice, cover_choices
from fairlot.domain.cover.explain import CoverAnswer, explain_all
from fairlot.domain.order.clocks import Clock, ClockKind, Waits, clocks
from fairlot.domain.order.commands import ProposeVersion
from fairlot.domain.order.evolve import evolve
from fairlot.domain.order.foresight import Step, foresee
from fairlot.domain.order.paying import ways_to_pay
from fairlot.domain.order.standing import cover_left_minor, is_triggered, missing_minor
from fairlot.domain.order.state import (
    EMPTY,
    Dispute,
    Order,
    Proposal,
    Shipment,
    Status,
    open_dispute,
)
from fairlot.domain.order.terms import InstalmentDue, Line, Party, TermFact, Terms
from fairlot.domain.party import Actor, Role
from fairlot.domain.policy.fees import Offer
from fairlot.domain.policy.model import Policy

# Clocks that only remind; they are foreseen but are nobody's turn.
NOTICES = frozenset({ClockKind.SHIPMENT_REMINDER, ClockKind.CLAIM_WARNING})
ROLES_WAITED_FOR: dict[Waits, frozenset[Role]] = {
    Waits.BUYER: frozenset({Role.BUYER, Role.AGENT}),
    Waits.SUPPLIER: frozenset({Role.SUPPLIER}),
    Waits.BOTH: frozenset({Role.BUYER, Role.AGENT, Role.SUPPLIER}),
    Waits.PLATFORM: frozenset({Role.OPERATOR, Role.MEDIATOR, Role.SUPERVISOR}),
    Waits.INSPECTOR: frozenset({Role.INSPECTOR}),
    Waits.NOBODY: frozenset(),
}
PARTY_WAITED_FOR = {Party.BUYER: Waits.BUYER, Party.SUPPLIER: Waits.SUPPLIER}
# Who is told how what is missing can be paid.
PAYERS = frozenset({Role.BUYER, Role.AGENT, Role.OPERATOR})
# The way of an order that meets no trouble, for the steps at the top of a page.
WAY = (
    Status.DRAFT,
    Status.AGREED,
    Status.IN_PRODUCTION,
    Status.SHIPPED,
    Status.DELIVERED,
    Status.COMPLETED,
    Status.CLOSED,
)


class Instalment(msgspec.Struct, frozen=True, kw_only=True):
    """One part of the price: what makes it due, whether it is, and how much of it is paid."""

    number: int
    amount_minor: int
    due: InstalmentDue
    is_due: bool
    paid_minor: int


class Turn(msgspec.Struct, frozen=True, kw_only=True):
    """One running clock as its viewer sees it: whose turn it is, and what that viewer can do about it now."""

    clock: Clock
    is_mine: bool
    is_notice: bool
    commands: tuple[str, ...]


class Milepost(msgspec.Struct, frozen=True, kw_only=True):
    """One step of the order's way: reached when, or still ahead; `is_now` marks where it stands."""

    status: Status
    reached_at: dt.datetime | None
    is_now: bool


class OrderView(msgspec.Struct, frozen=True, kw_only=True):
    """Everything about one order for one viewer at one instant. Amounts are in minor units of `currency`."""

    order_id: str
    at: dt.datetime
    viewer: Actor
    status: Status
    policy_id: str
    edition: str
    buyer_id: str
    supplier_id: str
    currency: str
    zone: str
    version_hash: str
    total_minor: int
    covered_minor: int
    cover_minor: int
    cover_left_minor: int
    enrolled: bool
    missing_minor: int
    shipment_date: dt.date | None
    lines: tuple[Line, ...]
    terms: tuple[TermFact, ...]
    instalments: tuple[Instalment, ...]
    shipments: tuple[Shipment, ...]
    proposal: Proposal | None
    dispute: Dispute | None
    way: tuple[Milepost, ...]
    choices: tuple[CoverChoice, ...]
    cover: tuple[CoverAnswer, ...]
    turns: tuple[Turn, ...]
    draft_waits_for: Waits
    foreseen: tuple[Step, ...]
    actions: tuple[Action, ...]
    ways_to_pay: tuple[Offer, ...]
    statement: Statement
    story: tuple[Recorded, ...]


def order_view(
    order_id: str,
    story: Sequence[Recorded],
    *,
    policy: Policy,
    now: dt.datetime,
    viewer: Actor,
) -> OrderView:
    """Return the order as `viewer` may see it at `now`; what is due by then counts, whether a worker ran or not."""
    standing = present(story, now=now, policy=policy)
    order = standing.order
    terms = terms_shown(order)
    foreseen = foresee(order, now=now, policy=policy)
    actions = actions_for(order, actor=viewer, now=now, policy=policy)
    return OrderView(
        order_id=order_id,
        at=now,
        viewer=viewer,
        status=order.status,
        policy_id=order.policy_id,
        edition=policy.edition,
        buyer_id=order.buyer_id,
        supplier_id=order.supplier_id,
        currency="" if terms is None else terms.currency,
        zone="UTC" if terms is None else terms.zone,
        version_hash="" if terms is None else terms.version_hash,
        total_minor=0 if terms is None else terms.total_minor,
        covered_minor=0 if terms is None else terms.covered_minor,
        cover_minor=order.cover_minor,
        cover_left_minor=cover_left_minor(order),
        enrolled=order.enrolled,
        missing_minor=0 if order.terms is None else missing_minor(order),
        shipment_date=order.shipment_date,
        lines=() if terms is None else terms.lines,
        terms=() if terms is None else terms.terms,
        instalments=_instalments(order),
        shipments=order.shipments,
        proposal=order.proposal,
        dispute=open_dispute(order) or order.dispute,
        way=_way(standing),
        choices=_choices(order, policy),
        cover=explain_all(order, now=now, policy=policy),
        turns=_turns(order, policy, viewer, actions),
        draft_waits_for=draft_waits_for(order),
        foreseen=foreseen,
        actions=actions,
        ways_to_pay=_ways_to_pay(order, viewer, now, policy),
        statement=statement_of(standing.story, foreseen),
        story=standing.story,
    )


def terms_shown(order: Order) -> Terms | None:
    """Return the agreed terms, or those that wait to be agreed."""
    if order.terms is not None:
        return order.terms
    return order.proposal.terms if order.proposal is not None else None


def _ways_to_pay(
    order: Order, viewer: Actor, now: dt.datetime, policy: Policy
) -> tuple[Offer, ...]:
    """Return how what is missing can be paid, to those who pay and to those who help them."""
    return ways_to_pay(order, now=now, policy=policy) if viewer.role in PAYERS else ()


def _choices(order: Order, policy: Policy) -> tuple[CoverChoice, ...]:
    """Return the kinds of cover while one can still be chosen."""
    if order.status not in {Status.DRAFT, Status.PROPOSED}:
        return ()
    proposal = order.proposal
    return cover_choices(policy, proposed=None if proposal is None else proposal.terms.cover_kind)


def _instalments(order: Order) -> tuple[Instalment, ...]:
    """Spread what was paid over the instalments in their order."""
    terms = terms_shown(order)
    if terms is None:
        return ()
    left_minor = order.funds.paid_minor
    shown = []
    for number, instalment in enumerate(terms.instalments, start=1):
        paid_minor = min(left_minor, instalment.amount_minor)
        left_minor -= paid_minor
        shown.append(
            Instalment(
                number=number,
                amount_minor=instalment.amount_minor,
                due=instalment.due,
                is_due=order.terms is not None and is_triggered(order, instalment),
                paid_minor=paid_minor,
            )
        )
    return tuple(shown)


def _turns(
    order: Order, policy: Policy, viewer: Actor, actions: Sequence[Action]
) -> tuple[Turn, ...]:
    allowed = {action.command for action in actions if action.allowed}
    shown = []
    for clock in clocks(order, policy):
        awaited = tuple(command.__name__ for command in AWAITED[clock.kind])
        shown.append(
            Turn(
                clock=clock,
                is_mine=viewer.role in ROLES_WAITED_FOR[clock.waits_for],
                is_notice=clock.kind in NOTICES,
                commands=tuple(command for command in awaited if command in allowed),
            )
        )
    return tuple(shown)


def next_turn(turns: Sequence[Turn]) -> Turn | None:
    """Return the earliest clock that is somebody's turn, reminders left aside."""
    return next((turn for turn in turns if not turn.is_notice), None)


def draft_waits_for(order: Order) -> Waits:
    """Return who is to propose the first contract: whose draft it is, though the other side may too; no clock runs for it."""
    return PARTY_WAITED_FOR[order.drafted_by] if order.status is Status.DRAFT else Waits.NOBODY


def awaited_commands(view: OrderView) -> frozenset[str]:
    """Return the commands by which it is the viewer's turn now."""
    awaited = {
        command
        for turn in view.turns
        if turn.is_mine and not turn.is_notice
        for command in turn.commands
    }
    if view.viewer.role in ROLES_WAITED_FOR[view.draft_waits_for]:
        name = ProposeVersion.__name__
        awaited |= {each.command for each in view.actions if each.allowed and each.command == name}
    return frozenset(awaited)


def _way(standing: Present) -> tuple[Milepost, ...]:
    """Return the steps of an order; where it ended otherwise, the end takes the place of what was not reached."""
    reached = _reached_at(standing.story)
    status = standing.order.status
    way = list(WAY)
    if status not in way and status is not Status.PROPOSED:
        way = [step for step in way if step in reached] + [status]
    if status is Status.PROPOSED:
        way[0] = Status.PROPOSED
    return tuple(
        Milepost(status=step, reached_at=reached.get(step), is_now=step is status) for step in way
    )


def _reached_at(story: Sequence[Recorded]) -> dict[Status, dt.datetime]:
    reached: dict[Status, dt.datetime] = {}
    order = EMPTY
    for recorded in story:
        before = order.status
        order = evolve(order, recorded.event)
        if order.status is not before or not reached:
            reached[order.status] = recorded.event.at
    return reached
