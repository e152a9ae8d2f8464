"""What the API says of an order: plain values with their codes, and beside them the sentences in the reader's language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import msgspec

from fairlot.application.queries.actions import Action
from fairlot.application.queries.order_list import ListRow
from fairlot.application.queries.order_view import (
    NOTICES,
    Instalment,
    Milepost,
    OrderView,
    Turn,
)
from fairlot.application.queries.recorded import Recorded
from fairlot.application.queries.spoken import headline_of
from fairlot.application.queries.spoken_choices import spoken_choice, spoken_way
from fairlot.application.queries.spoken_parts import (
    Speaker,
    speaker_for,
    spoken_action,
    spoken_cover,
    spoken_event,
    spoken_step,
    spoken_turn,
)
from fairlot.application.queries.supplier_profile import CoverFor
from fairlot.domain.cover.choices import CoverChoice
from fairlot.domain.cover.explain import CoverAnswer
from fairlot.domain.order.clocks import Clock, ClockKind, Waits
from fairlot.domain.order.events import OrderEvent
from fairlot.domain.order.foresight import Step
from fairlot.domain.order.state import Dispute, DisputeStatus, Proposal, Shipment, Status
from fairlot.domain.order.terms import Line, TermFact
from fairlot.domain.party import Role
from fairlot.domain.policy.fees import Offer
from fairlot.domain.policy.not_offered import NotOffered
from fairlot.domain.words.language import Language

Instant = dt.datetime


class WayToPay(msgspec.Struct, frozen=True, kw_only=True):
    """One way to pay what is missing: its fee and what it takes in all, or the reason why it is not open (then 0).

    A fee that the supplier bears by the contract is not in what it takes.
    """

    name: str
    offered: bool
    reason: NotOffered | None
    fee_minor: int
    total_minor: int
    fee_borne_by_supplier: bool
    protected: bool
    told: str
    remark: str


class OrderAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Where an order stands for one of its roles; amounts are in minor units of `currency`.

    `version` is the number of the latest event, for `If-Match`. `headline` says who must do what by when.
    """

    order_id: str
    version: int
    role: Role
    at: Instant
    status: Status
    dispute_status: DisputeStatus | None
    edition: str
    buyer_id: str
    supplier_id: str
    currency: str
    zone: str
    version_hash: str
    total_minor: int
    covered_minor: int
    cover_minor: int
    missing_minor: int
    ways_to_pay: tuple[WayToPay, ...]
    shipment_date: dt.date | None
    lines: tuple[Line, ...]
    terms: tuple[TermFact, ...]
    instalments: tuple[Instalment, ...]
    shipments: tuple[Shipment, ...]
    proposal: Proposal | None
    dispute: Dispute | None
    way: tuple[Milepost, ...]
    needs_me: bool
    headline: str
    turn: str


def order_answer(view: OrderView, *, version: int, language: Language) -> OrderAnswer:
    """Tell an order."""
    speaker = speaker_for(view, language)
    headline = headline_of(view, speaker)
    return OrderAnswer(
        order_id=view.order_id,
        version=version,
        role=view.viewer.role,
        at=view.at,
        status=view.status,
        dispute_status=None if view.dispute is None else view.dispute.status,
        edition=view.edition,
        buyer_id=view.buyer_id,
        supplier_id=view.supplier_id,
        currency=view.currency,
        zone=view.zone,
        version_hash=view.version_hash,
        total_minor=view.total_minor,
        covered_minor=view.covered_minor,
        cover_minor=view.cover_minor,
        missing_minor=view.missing_minor,
        ways_to_pay=tuple(_way_to_pay(offer, speaker) for offer in view.ways_to_pay),
        shipment_date=view.shipment_date,
        lines=view.lines,
        terms=view.terms,
        instalments=view.instalments,
        shipments=view.shipments,
        proposal=view.proposal,
        dispute=view.dispute,
        way=view.way,
        needs_me=headline.is_mine,
        headline=headline.act,
        turn=headline.turn,
    )


def _way_to_pay(offer: Offer, speaker: Speaker) -> WayToPay:
    told = spoken_way(offer, speaker)
    return WayToPay(
        name=offer.name,
        offered=offer.offered,
        reason=offer.reason,
        fee_minor=offer.fee_minor,
        total_minor=offer.total_minor,
        fee_borne_by_supplier=offer.fee_borne_by_supplier,
        protected=offer.protected,
        told=told.told,
        remark=told.remark,
    )


class OrderList(msgspec.Struct, frozen=True, kw_only=True):
    """A page of orders, the newest first; `next_cursor` leads to the next page and is null after the last."""

    orders: tuple[ListRow, ...]
    next_cursor: str | None


class EventAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """One event of the record: what happened, in which role it was brought about, its place in the chain of hashes.

    What has come by its clock and is not written down yet has the number 0 and no hash.
    """

    seq: int
    role: Role
    company_id: str
    recorded_at: Instant | None
    hash: str
    event: OrderEvent
    told: str


class EventList(msgspec.Struct, frozen=True, kw_only=True):
    """An order's story from the event after `after`."""

    version: int
    events: tuple[EventAnswer, ...]


def event_answer(recorded: Recorded, speaker: Speaker) -> EventAnswer:
    """Tell one event."""
    return EventAnswer(
        seq=recorded.seq,
        role=recorded.actor.role,
        company_id=recorded.actor.company_id,
        recorded_at=recorded.recorded_at,
        hash=recorded.hash,
        event=recorded.event,
        told=spoken_event(recorded, speaker).told,
    )


class DeadlineAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """One running clock: who must do what by when, and what happens by itself otherwise."""

    kind: ClockKind
    subject: str
    due_at: Instant
    waits_for: Waits
    is_mine: bool
    is_notice: bool
    commands: tuple[str, ...]
    title: str
    act: str
    lapse: str


class DeadlineList(msgspec.Struct, frozen=True, kw_only=True):
    """Every clock that runs, the earliest first."""

    at: Instant
    deadlines: tuple[DeadlineAnswer, ...]


def deadline_answer(turn: Turn, speaker: Speaker) -> DeadlineAnswer:
    """Tell one clock."""
    told = spoken_turn(turn, speaker)
    return DeadlineAnswer(
        kind=turn.clock.kind,
        subject=turn.clock.subject,
        due_at=turn.clock.due_at,
        waits_for=turn.clock.waits_for,
        is_mine=turn.is_mine,
        is_notice=turn.is_notice,
        commands=turn.commands,
        title=told.title,
        act=told.act,
        lapse=told.lapse,
    )


class CoverRow(msgspec.Struct, frozen=True, kw_only=True):
    """One trouble: whether and for how much it is covered now, and what a claim would need."""

    answer: CoverAnswer
    title: str
    why: str
    evidence: str
    advice: str


class ChoiceRow(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of cover: until when what can be claimed, and where and for how much the goods would be inspected."""

    answer: CoverChoice
    title: str
    quality: str
    late: str
    payment: str
    inspected_at: str
    inspection_cost: str


class CoverList(msgspec.Struct, frozen=True, kw_only=True):
    """What is protected now, trouble by trouble; and the kinds of cover, while one can still be chosen.

    `if_agreed_now`, while a first version waits: how far the supplier's free limit would cover it.
    """

    at: Instant
    cover: tuple[CoverRow, ...]
    choices: tuple[ChoiceRow, ...]
    if_agreed_now: CoverFor | None


def choice_row(found: CoverChoice, speaker: Speaker) -> ChoiceRow:
    """Tell one kind of cover."""
    told = spoken_choice(found, speaker)
    return ChoiceRow(
        answer=found,
        title=told.title,
        quality=told.quality,
        late=told.late,
        payment=told.payment,
        inspected_at=told.inspected_at,
        inspection_cost=told.inspection_cost,
    )


def cover_row(found: CoverAnswer, speaker: Speaker) -> CoverRow:
    """Tell one trouble."""
    told = spoken_cover(found, speaker)
    return CoverRow(
        answer=found, title=told.title, why=told.why, evidence=told.evidence, advice=told.advice
    )


class ActionAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """One command: whether you can ask it now, and if not why and from when; `right` says what your company lacks you.

    `is_awaited` where a clock waits for you to do it.
    """

    command: str
    allowed: bool
    code: str
    facts: Mapping[str, str | int]
    opens_at: Instant | None
    is_awaited: bool
    label: str
    meaning: str
    why: str


class ActionList(msgspec.Struct, frozen=True, kw_only=True):
    """What can be done now by whoever asks, and why not the rest."""

    role: Role
    version: int
    at: Instant
    actions: tuple[ActionAnswer, ...]


def action_answer(action: Action, speaker: Speaker, *, is_awaited: bool) -> ActionAnswer:
    """Tell one command."""
    told = spoken_action(action, speaker, is_awaited=is_awaited)
    return ActionAnswer(
        command=action.command,
        allowed=action.allowed,
        code=told.code,
        facts=action.facts,
        opens_at=action.opens_at,
        is_awaited=is_awaited,
        label=told.label,
        meaning=told.meaning,
        why=told.why,
    )


class StepAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Something that happens by itself unless somebody acts before."""

    clock: Clock
    is_notice: bool
    status: Status
    events: tuple[OrderEvent, ...]
    title: str
    told: tuple[str, ...]


class Foresight(msgspec.Struct, frozen=True, kw_only=True):
    """What happens if nobody acts from now on."""

    at: Instant
    steps: tuple[StepAnswer, ...]


def step_answer(step: Step, speaker: Speaker) -> StepAnswer:
    """Tell one foreseen step."""
    is_notice = step.clock.kind in NOTICES
    told = spoken_step(step, speaker, is_notice=is_notice)
    return StepAnswer(
        clock=step.clock,
        is_notice=is_notice,
        status=step.status,
        events=step.events,
        title=told.title,
        told=told.told,
    )
