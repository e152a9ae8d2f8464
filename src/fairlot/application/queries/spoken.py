"""An order told whole in one language, and in one sentence: where it stands, whose turn it is, what follows by itself."""

from __future__ import annotations

import msgspec

from fairlot.application.queries.order_view import (
    NOTICES,
    ROLES_WAITED_FOR,
    OrderView,
    awaited_commands,
    next_turn,
)
from fairlot.application.queries.spoken_choices import (
    SpokenChoice,
    SpokenWay,
    spoken_choice,
    spoken_way,
)
from fairlot.application.queries.spoken_parts import (
    Speaker,
    SpokenAction,
    SpokenBooking,
    SpokenCover,
    SpokenEvent,
    SpokenHolding,
    SpokenInstalment,
    SpokenMilepost,
    SpokenStep,
    SpokenTurn,
    speaker_for,
    spoken_action,
    spoken_booking,
    spoken_cover,
    spoken_event,
    spoken_holding,
    spoken_instalment,
    spoken_milepost,
    spoken_step,
    spoken_turn,
    totals_rows,
)
from fairlot.domain.ledger.accounts import Account
from fairlot.domain.order.clocks import Waits
from fairlot.domain.order.state import ENDED_STATUSES, DisputeStatus
from fairlot.domain.policy.not_offered import NotOffered
from fairlot.domain.words.language import Language, Words
from fairlot.domain.words.standing import DISPUTE_STATUS, STATUS, WAITS, said

YOUR_TURN = Words("Your turn", "轮到您")
THEIR_TURN = Words("Waiting for: {who}", "等待：{who}")
PROPOSE = Words("Propose a contract.", "提议合同。")
AWAIT_CONTRACT = Words("Waiting for the contract.", "等待对方提议合同。")
NOBODYS_TURN = Words("Nothing waits to be done.", "没有待办事项。")
UNTIL = Words("By {until}, {left}.", "截止 {until}，{left}。")
OTHERWISE = Words("If nobody acts: {lapse}", "若无人操作：{lapse}")


class Headline(msgspec.Struct, frozen=True, kw_only=True):
    """What a person has to know first; all but `act` are empty when no clock runs."""

    turn: str = ""
    act: str
    until: str = ""
    otherwise: str = ""
    is_mine: bool = False


class SpokenOrder(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that a page or a print-out of an order says, in one language."""

    order_id: str
    language: Language
    at: str
    zone: str
    viewer: str
    status: str
    status_title: str
    dispute_title: str
    turn: str
    headline: str
    until: str
    otherwise: str
    is_mine: bool
    edition: str
    buyer_id: str
    supplier_id: str
    total: str
    covered: str
    cover: str
    uncovered: str
    missing: str
    shipment_date: str
    version_hash: str
    way: tuple[SpokenMilepost, ...]
    instalments: tuple[SpokenInstalment, ...]
    choices: tuple[SpokenChoice, ...]
    covers: tuple[SpokenCover, ...]
    turns: tuple[SpokenTurn, ...]
    foreseen: tuple[SpokenStep, ...]
    actions: tuple[SpokenAction, ...]
    ways_to_pay: tuple[SpokenWay, ...]
    totals: tuple[dict[str, str], ...]
    holdings: tuple[SpokenHolding, ...]
    bookings: tuple[SpokenBooking, ...]
    story: tuple[SpokenEvent, ...]


def spoken_order(view: OrderView, language: Language) -> SpokenOrder:
    """Tell an order in one language."""
    speaker = speaker_for(view, language)
    is_ended = view.status in ENDED_STATUSES
    promised_minor = 0 if is_ended else view.cover_minor
    uncovered_minor = 0 if is_ended else view.total_minor - (view.cover_minor or view.covered_minor)
    headline = headline_of(view, speaker)
    awaited = awaited_commands(view)
    return SpokenOrder(
        order_id=view.order_id,
        language=language,
        at=speaker.instant(view.at),
        zone=view.zone,
        viewer=said(view.viewer.role, language),
        status=view.status.value,
        status_title=speaker.say(STATUS[view.status]),
        dispute_title=_dispute_title(view, speaker),
        turn=headline.turn,
        headline=headline.act,
        until=headline.until,
        otherwise=headline.otherwise,
        is_mine=headline.is_mine,
        edition=view.edition,
        buyer_id=view.buyer_id,
        supplier_id=view.supplier_id,
        total=_amount(view.total_minor, speaker),
        covered=_amount(view.covered_minor, speaker),
        cover=_amount(promised_minor, speaker) if promised_minor else "",
        uncovered=_amount(uncovered_minor, speaker) if uncovered_minor > 0 else "",
        missing=_amount(view.missing_minor, speaker) if view.missing_minor else "",
        shipment_date="" if view.shipment_date is None else speaker.speech.date(view.shipment_date),
        version_hash=view.version_hash,
        way=tuple(spoken_milepost(step, speaker) for step in view.way),
        instalments=tuple(spoken_instalment(part, speaker) for part in view.instalments),
        choices=tuple(spoken_choice(choice, speaker) for choice in view.choices),
        covers=tuple(spoken_cover(answer, speaker) for answer in view.cover),
        turns=tuple(spoken_turn(turn, speaker) for turn in view.turns),
        foreseen=tuple(
            spoken_step(step, speaker, is_notice=step.clock.kind in NOTICES)
            for step in view.foreseen
        ),
        actions=tuple(
            spoken_action(action, speaker, is_awaited=action.command in awaited)
            for action in sorted(view.actions, key=lambda action: action.command not in awaited)
        ),
        ways_to_pay=tuple(
            spoken_way(offer, speaker)
            for offer in view.ways_to_pay
            # What the edition does not have at all is no choice.
            if offer.reason is not NotOffered.NOT_IN_EDITION
        ),
        totals=tuple(totals_rows(totals, speaker) for totals in view.statement.totals),
        holdings=tuple(
            # Whose the money is; where it lies is the platform's own matter.
            spoken_holding(held, speaker)
            for held in view.statement.holdings
            if held.account is not Account.BANK
        ),
        bookings=tuple(spoken_booking(booking, speaker) for booking in view.statement.bookings),
        story=tuple(spoken_event(recorded, speaker) for recorded in view.story),
    )


def headline_of(view: OrderView, speaker: Speaker) -> Headline:
    """Return whose turn it is, what is to be done until when, and what follows by itself."""
    turn = next_turn(view.turns)
    if turn is None and view.draft_waits_for is not Waits.NOBODY:
        return _drafts_headline(view, speaker)
    if turn is None:
        return Headline(act=speaker.say(NOBODYS_TURN))
    told = spoken_turn(turn, speaker)
    return Headline(
        turn=speaker.say(YOUR_TURN if turn.is_mine else THEIR_TURN, who=told.who),
        act=told.act,
        until=speaker.say(UNTIL, until=told.until, left=told.left),
        otherwise=speaker.say(OTHERWISE, lapse=told.lapse),
        is_mine=turn.is_mine,
    )


def _drafts_headline(view: OrderView, speaker: Speaker) -> Headline:
    """Return who is to propose the contract of a draft; there is no time by which somebody has to."""
    if awaited_commands(view):
        return Headline(turn=speaker.say(YOUR_TURN), act=speaker.say(PROPOSE), is_mine=True)
    is_party = view.viewer.role in ROLES_WAITED_FOR[Waits.BOTH]
    return Headline(
        turn=speaker.say(THEIR_TURN, who=speaker.say(WAITS[view.draft_waits_for])),
        act=speaker.say(AWAIT_CONTRACT if is_party else PROPOSE),
    )


def _dispute_title(view: OrderView, speaker: Speaker) -> str:
    dispute = view.dispute
    if dispute is None or dispute.status is DisputeStatus.MOOT:
        return ""
    return speaker.say(DISPUTE_STATUS[dispute.status])


def _amount(amount_minor: int, speaker: Speaker) -> str:
    return speaker.amount(amount_minor) if speaker.currency else ""
