"""The parts of an order's page in one language: plain strings, so that pages and the command line only lay them out."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec

from fairlot.application.access import READERS, Read
from fairlot.application.queries.actions import Action
from fairlot.application.queries.money import Booking, Holding, Totals
from fairlot.application.queries.order_view import Instalment, Milepost, OrderView, Turn
from fairlot.application.queries.recorded import Recorded
from fairlot.domain.cover.explain import CoverAnswer
from fairlot.domain.order import commands as c
from fairlot.domain.order.foresight import Step
from fairlot.domain.order.refusal_words import tell_refusal
from fairlot.domain.order.refusals import Code
from fairlot.domain.words.accounts import ACCOUNTS, BY_ITSELF, PARTS
from fairlot.domain.words.clocks import CLOCKS
from fairlot.domain.words.commands import COMMANDS
from fairlot.domain.words.cover import COVER
from fairlot.domain.words.events import tell_event
from fairlot.domain.words.language import Language, Words
from fairlot.domain.words.nothing_held import lapse_of, meaning_of
from fairlot.domain.words.speech import Speech
from fairlot.domain.words.standing import GROUND, INSTALMENT_DUE, ROLE, STATUS, WAITS

HOURS_SHOWN_BELOW = 48
SECONDS_PER_HOUR = 3_600
HOURS_PER_DAY = 24
COMMANDS_BY_NAME: dict[str, type[c.Command]] = {command.__name__: command for command in COMMANDS}
LEFT_DAYS = Words("{count} days left", "还剩 {count} 天")
LEFT_HOURS = Words("{count} hours left", "还剩 {count} 小时")
LEFT_ONE_HOUR = Words("1 hour left", "还剩 1 小时")
LEFT_NONE = Words("less than an hour left", "不足一小时")
DUE_NOW = Words("due now", "已到期")
AHEAD = Words("ahead", "尚未到达")
DUE_STATES = Words("due", "已到期")
NOT_DUE = Words("not due yet", "尚未到期")
PAID = Words("paid", "已付")
OF_IT = Words("Of it {part}: {told}", "其中 {part}：{told}")
PAID_PARTLY = Words("{amount} paid", "已付 {amount}")


class Speaker(msgspec.Struct, frozen=True, kw_only=True):
    """Who tells an order in one language: with its currency, the present instant, and its zone, told once for all.

    `nothing_held` where the listener may know that no money of the order is held.
    """

    language: Language
    currency: str
    zone: str
    now: dt.datetime
    nothing_held: bool = False

    @property
    def speech(self) -> Speech:
        """Return how values are written."""
        return Speech(
            language=self.language, currency=self.currency, zone=self.zone, names_zone=False
        )

    def say(self, words: Words, **facts: Any) -> str:
        """Return words with their facts."""
        return self.speech.words(words, facts)

    def amount(self, amount_minor: int, currency: str = "") -> str:
        """Write an amount."""
        return self.speech.amount(amount_minor, currency or self.currency)

    def instant(self, instant: dt.datetime | None) -> str:
        """Write an instant, or nothing."""
        return "" if instant is None else self.speech.instant(instant)

    def left(self, until: dt.datetime) -> str:
        """Say how much time is left until an instant."""
        seconds = (until - self.now).total_seconds()
        hours = int(seconds) // SECONDS_PER_HOUR
        if seconds < 0:
            return self.say(DUE_NOW)
        if hours == 0:
            return self.say(LEFT_NONE)
        if hours == 1:
            return self.say(LEFT_ONE_HOUR)
        if hours < HOURS_SHOWN_BELOW:
            return self.say(LEFT_HOURS, count=hours)
        return self.say(LEFT_DAYS, count=hours // HOURS_PER_DAY)


class SpokenTurn(msgspec.Struct, frozen=True, kw_only=True):
    """A clock: who must do what by when, and what happens by itself otherwise."""

    kind: str
    title: str
    who: str
    act: str
    until: str
    until_iso: str
    left: str
    lapse: str
    is_mine: bool
    is_notice: bool
    can: tuple[str, ...]


class SpokenCover(msgspec.Struct, frozen=True, kw_only=True):
    """One trouble: `state` is `open` (a claim would be taken now), `later`, or `none`."""

    ground: str
    title: str
    state: str
    amount: str
    until: str
    why: str
    evidence: str
    advice: str


class SpokenAction(msgspec.Struct, frozen=True, kw_only=True):
    """A command: its label and meaning, and if it is not allowed now why not and when it opens."""

    command: str
    label: str
    meaning: str
    allowed: bool
    is_awaited: bool
    code: str
    why: str
    opens: str


class SpokenStep(msgspec.Struct, frozen=True, kw_only=True):
    """Something that happens by itself unless somebody acts before."""

    kind: str
    at: str
    at_iso: str
    title: str
    told: tuple[str, ...]
    status: str
    is_notice: bool


class SpokenEvent(msgspec.Struct, frozen=True, kw_only=True):
    """One event of the story; `is_due` where it has come by its clock and is not written down yet."""

    seq: int
    type: str
    at: str
    at_iso: str
    who: str
    told: str
    hash: str
    is_due: bool


class SpokenHolding(msgspec.Struct, frozen=True, kw_only=True):
    """Money on one account of the order, and what happens to it next."""

    account: str
    title: str
    amount: str
    next_step: str


class SpokenBooking(msgspec.Struct, frozen=True, kw_only=True):
    """One posting."""

    seq: int
    at: str
    template: str
    account: str
    debit: str
    credit: str


class SpokenMilepost(msgspec.Struct, frozen=True, kw_only=True):
    """One step of the way."""

    status: str
    title: str
    reached: str
    is_reached: bool
    is_now: bool


class SpokenInstalment(msgspec.Struct, frozen=True, kw_only=True):
    """A part of the price."""

    number: int
    amount: str
    due: str
    state: str


def spoken_turn(turn: Turn, speaker: Speaker) -> SpokenTurn:
    """Tell one clock."""
    words = CLOCKS[turn.clock.kind]
    return SpokenTurn(
        kind=turn.clock.kind.value,
        title=speaker.say(words.title),
        who=speaker.say(WAITS[turn.clock.waits_for]),
        act=speaker.say(words.act),
        until=speaker.instant(turn.clock.due_at),
        until_iso=turn.clock.due_at.isoformat(),
        left=speaker.left(turn.clock.due_at),
        lapse=speaker.say(lapse_of(turn.clock.kind, nothing_held=speaker.nothing_held)),
        is_mine=turn.is_mine,
        is_notice=turn.is_notice,
        can=tuple(_label(name, speaker) for name in turn.commands),
    )


def spoken_cover(answer: CoverAnswer, speaker: Speaker) -> SpokenCover:
    """Tell one trouble."""
    state = "none"
    if answer.covered:
        state = "open" if answer.admitted else "later"
    why = ""
    if answer.code is not None:
        facts: dict[str, str | int] = dict(answer.facts)
        if answer.opens_at is not None:
            facts["opens_at"] = answer.opens_at.isoformat()
        why = _refusal(answer.code, facts, speaker)
    words = COVER[answer.ground]
    return SpokenCover(
        ground=answer.ground.value,
        title=speaker.say(GROUND[answer.ground]),
        state=state,
        amount=speaker.amount(answer.amount_minor) if answer.covered else "",
        until=speaker.instant(answer.until),
        why=why,
        evidence=speaker.say(words.evidence),
        advice=speaker.say(words.advice),
    )


def spoken_action(action: Action, speaker: Speaker, *, is_awaited: bool) -> SpokenAction:
    """Tell one command; `is_awaited` when a clock waits for the viewer to do it."""
    kind = COMMANDS_BY_NAME[action.command]
    why = "" if action.code is None else _refusal(action.code, dict(action.facts), speaker)
    return SpokenAction(
        command=action.command,
        label=speaker.say(COMMANDS[kind].label),
        meaning=speaker.say(meaning_of(kind, nothing_held=speaker.nothing_held)),
        allowed=action.allowed,
        is_awaited=is_awaited,
        code="" if action.code is None else action.code.value,
        why=why,
        opens=speaker.instant(action.opens_at),
    )


def spoken_step(step: Step, speaker: Speaker, *, is_notice: bool) -> SpokenStep:
    """Tell one foreseen step."""
    return SpokenStep(
        kind=step.clock.kind.value,
        at=speaker.instant(step.at),
        at_iso=step.at.isoformat(),
        title=speaker.say(CLOCKS[step.clock.kind].title),
        told=tuple(tell_event(event, speaker.speech) for event in step.events),
        status=speaker.say(STATUS[step.status]),
        is_notice=is_notice,
    )


def spoken_event(recorded: Recorded, speaker: Speaker) -> SpokenEvent:
    """Tell one event of the story."""
    event = recorded.event
    return SpokenEvent(
        seq=recorded.seq,
        type=type(event).__name__,
        at=speaker.instant(event.at),
        at_iso=event.at.isoformat(),
        who=speaker.say(ROLE[recorded.actor.role]),
        told=tell_event(event, speaker.speech),
        hash=recorded.hash,
        is_due=recorded.seq == 0,
    )


def spoken_holding(holding: Holding, speaker: Speaker) -> SpokenHolding:
    """Tell what stands on one account."""
    words = PARTS.get((holding.account, holding.part), ACCOUNTS[holding.account])
    next_step = speaker.say(words.next_step)
    if holding.next_at is not None and holding.next_step in BY_ITSELF:
        next_step = speaker.say(BY_ITSELF[holding.next_step], at=holding.next_at)
        if holding.next_minor < holding.amount_minor:
            part = speaker.amount(holding.next_minor, holding.currency)
            next_step = speaker.say(OF_IT, part=part, told=next_step)
    return SpokenHolding(
        account=holding.account.value,
        title=speaker.say(words.title),
        amount=speaker.amount(holding.amount_minor, holding.currency),
        next_step=next_step,
    )


def spoken_booking(booking: Booking, speaker: Speaker) -> SpokenBooking:
    """Tell one posting as debit or credit."""
    amount = speaker.amount(abs(booking.amount_minor), booking.currency)
    return SpokenBooking(
        seq=booking.seq,
        at=speaker.instant(booking.at),
        template=booking.template,
        account=speaker.say(
            PARTS.get((booking.account, booking.part), ACCOUNTS[booking.account]).title
        ),
        debit=amount if booking.amount_minor > 0 else "",
        credit=amount if booking.amount_minor < 0 else "",
    )


def spoken_milepost(milepost: Milepost, speaker: Speaker) -> SpokenMilepost:
    """Tell one step of the way."""
    reached = speaker.say(AHEAD)
    if milepost.reached_at is not None:
        reached = speaker.instant(milepost.reached_at)
    return SpokenMilepost(
        status=milepost.status.value,
        title=speaker.say(STATUS[milepost.status]),
        reached=reached,
        is_reached=milepost.reached_at is not None,
        is_now=milepost.is_now,
    )


def spoken_instalment(instalment: Instalment, speaker: Speaker) -> SpokenInstalment:
    """Tell one part of the price."""
    state = speaker.say(DUE_STATES if instalment.is_due else NOT_DUE)
    if instalment.paid_minor == instalment.amount_minor:
        state = speaker.say(PAID)
    elif instalment.paid_minor:
        state = speaker.say(PAID_PARTLY, amount=speaker.amount(instalment.paid_minor))
    return SpokenInstalment(
        number=instalment.number,
        amount=speaker.amount(instalment.amount_minor),
        due=speaker.say(INSTALMENT_DUE[instalment.due]),
        state=state,
    )


def totals_rows(totals: Totals, speaker: Speaker) -> dict[str, str]:
    """Return the amounts of one currency by name, those that are not zero; held money always."""
    amounts = msgspec.structs.asdict(totals)
    amounts.pop("currency")
    return {
        name: speaker.amount(amount, totals.currency)
        for name, amount in amounts.items()
        if amount or name == "held_minor"
    }


def speaker_for(view: OrderView, language: Language) -> Speaker:
    """Return who tells this order."""
    reads_money = view.viewer.role in READERS[Read.STATEMENT]
    holds_money = any(totals.held_minor for totals in view.statement.totals)
    return Speaker(
        language=language,
        currency=view.currency,
        zone=view.zone,
        now=view.at,
        nothing_held=reads_money and not holds_money,
    )


def _label(command: str, speaker: Speaker) -> str:
    return speaker.say(COMMANDS[COMMANDS_BY_NAME[command]].label)


def _refusal(code: Code, facts: dict[str, str | int], speaker: Speaker) -> str:
    return tell_refusal(code, facts, speaker.speech)
