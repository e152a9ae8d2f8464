"""Questions of time: deadlines, escalation, notices, and what happens by itself if nobody acts."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from fairlot.application.telling.notices import notices_of
from fairlot.domain.cover.explain import explain_cover
from fairlot.domain.order.clocks import ClockKind
from fairlot.domain.order.events import (
    DisputeAnswered,
    OfferDeclined,
    OrderEvent,
)
from fairlot.domain.order.foresight import foresee
from fairlot.domain.order.state import Claim, Dispute, Order, Status
from fairlot.domain.payout import clocks as account_clocks
from fairlot.domain.payout.events import PayoutEvent
from tests.cases.asks.asked import Answer, Answerer, Asked
from tests.cases.asks.money import ledger_of
from tests.cases.ending import money_has_left, run_to_the_end
from tests.cases.story import Story
from tests.cases.vocabulary import CLOCKS, DISPUTE_WORDS, GROUNDS, clock_kinds, notice_kind, plain

# The supplier's money has a clock of its own, beside those of the order (ruling A19).
PAYOUT_CLOCK = re.compile(r"pay-?out")
WRITE_OFF = re.compile(r"claim on (?:a|the) supplier|wr(?:ite|itten)[ -]?off")
ACCOUNT_MATTERS = re.compile(rf"{PAYOUT_CLOCK.pattern}|{WRITE_OFF.pattern}")
# How long a claim may still be made, where a case calls that a clock.
CLAIM = re.compile(r"(?P<ground>.+?) claims?")
REMINDING = frozenset({ClockKind.SHIPMENT_REMINDER, ClockKind.CLAIM_WARNING})
REMINDERS = frozenset({"shipment_reminder", "claim_window_warning"})
WORDS_OF_CLOCK = {kind: name for name, kinds in reversed(list(CLOCKS.items())) for kind in kinds}


def deadline(asked: Asked) -> Answer:
    """Ask when the clock that the answer names runs out."""
    name = asked.expected["clock"]
    if PAYOUT_CLOCK.search(plain(name)):
        at = asked.story.payout_due()
        return {"clock": name, "at": at, "utc": at}
    if WRITE_OFF.search(plain(name)):
        at = asked.story.account_due(account_clocks.ClockKind.WRITE_OFF)
        return {"clock": name, "at": at, "utc": at}
    story = asked.story
    claimed = CLAIM.fullmatch(plain(name))
    if claimed is not None and claimed["ground"] in GROUNDS:
        claim = Claim(ground=GROUNDS[claimed["ground"]], lines=())
        told = explain_cover(story.order, claim, now=story.desk.now, policy=story.desk.policy)
        return {"clock": name, "at": told.until, "utc": told.until}
    kinds = clock_kinds(name)
    running = [clock.due_at for clock in story.desk.clocks() if clock.kind in kinds]
    if ClockKind.SUSPENSE in kinds:
        running += story.waiting.deadlines()
    at = min(running) if running else _standing_deadline(story.order, kinds[0])
    return {"clock": name, "at": at, "utc": at}


def _standing_deadline(order: Order, kind: ClockKind) -> dt.datetime | None:
    """Return a deadline whose clock does not run now, because the order is suspended or what it waits for happened."""
    shipments = [s for s in order.shipments if s.dispatched_at is not None]
    match kind:
        case ClockKind.CLAIM_WINDOW:
            return max((s.claim_until for s in shipments if s.claim_until), default=None)
        case ClockKind.ARRIVAL:
            return max((s.arrival_asked_at for s in shipments if s.arrival_asked_at), default=None)
        case ClockKind.SHIPMENT_DUE | ClockKind.NEVER_SHIPPED:
            return order.shipment_until if kind is ClockKind.SHIPMENT_DUE else None
        case ClockKind.FIRST_PAYMENT:
            return order.payment_until
        case ClockKind.BALANCE:
            return order.balance_until
        case ClockKind.ANSWER:
            return None if order.dispute is None else order.dispute.answer_until
        case ClockKind.NEGOTIATION:
            return None if order.dispute is None else order.dispute.negotiation_until
        case _:
            return None


def escalation(asked: Asked) -> Answer:
    """Ask from when the buyer may escalate alone, and when the case escalates by itself."""
    dispute = asked.story.dispute()
    if dispute is None:
        return {"buyer_may_after": None, "auto_at": None}
    return {
        "buyer_may_after": _buyer_may_after(asked.story, dispute),
        "auto_at": dispute.negotiation_until,
    }


def _buyer_may_after(story: Story, dispute: Dispute) -> dt.datetime | None:
    """After a plain decline at once, after an answer in time not at all, else once the supplier's time is over (A51)."""
    if dispute.declined:
        declines = (e for e in story.events if isinstance(e, DisputeAnswered | OfferDeclined))
        return max(event.at for event in declines)
    if dispute.answered and not dispute.answer_lapsed:
        return None
    return dispute.answer_until


def notices(asked: Asked) -> Answer:
    """Ask what was or will be told to whom: reminders that are to come, everything else as it was told."""
    story = asked.story
    told = [notice for event in story.events for notice in _notices_of(event)]
    asks_of_account = ACCOUNT_MATTERS.search(plain(asked.expected.get("what") or ""))
    if asks_of_account is not None:
        # What is still to be paid out, or taken back from payouts, is the supplier's account's to tell.
        told = [n for event in story.account_events() for n in _notices_of(event)]
    steps = foresee(story.order, now=story.desk.now, policy=story.desk.policy)
    to_come = [notice for step in steps for event in step.events for notice in _notices_of(event)]
    if "must_include" in asked.expected:
        wanted = asked.expected["must_include"]
        kinds = {notice_kind(words) for words in wanted}
        meant = [notice for notice in told if notice["kind"] in kinds]
        found = {notice["kind"] for notice in meant}
        return {
            "must_include": [words for words in wanted if notice_kind(words) in found],
            "to": sorted({role for notice in meant for role in notice["recipients"]}),
        }
    words = asked.expected.get("what", asked.expected.get("says"))
    if words is None:
        meant = [n for n in to_come if n["kind"] in REMINDERS] or [
            n for n in told if n["kind"] in REMINDERS
        ]
    else:
        kind = notice_kind(words)
        meant = [n for n in told if n["kind"] == kind] or [n for n in to_come if n["kind"] == kind]
    recipients = {role for notice in meant for role in notice["recipients"]}
    return {"at": [notice["at"] for notice in meant], "to": sorted(recipients)}


def _notices_of(event: OrderEvent | PayoutEvent) -> list[dict[str, Any]]:
    return [dict(effect.data) for effect in notices_of(event)]


def if_nobody_acts(asked: Asked) -> Answer:
    """Foresee every automatic step, then let provider and clocks go on until the money has left."""
    story = asked.story
    steps = foresee(story.order, now=story.desk.now, policy=story.desk.policy)
    foreseen: list[dict[str, Any]] = [
        {
            "at": step.at,
            "clock": WORDS_OF_CLOCK.get(step.clock.kind, step.clock.kind.value),
            "kind": step.clock.kind,
            "events": [type(event).__name__ for event in step.events],
        }
        for step in steps
        if step.clock.kind not in REMINDING
    ]
    foreseen += _dates_without_effect(story, foreseen)
    foreseen += [
        {"at": at, "clock": "suspense", "kind": ClockKind.SUSPENSE, "events": ["ReturnDecided"]}
        for at in story.waiting.deadlines()
    ]
    foreseen.sort(key=lambda step: step["at"])
    run_to_the_end(story)
    last = _last_expected(asked)
    if last is not None:
        # Where no money moves, the end is that of the steps.
        story.desk.move_to(max(story.desk.now, last + dt.timedelta(seconds=1)))
    order = story.order
    end_words = _end_words(order)
    answer: Answer = {
        "steps": foreseen,
        "end_state": end_words,
        "money has left": money_has_left(order),
        "ledger": ledger_of(story, story.contract["currency"]),
        **{
            name: ledger_of(story, name.removeprefix("ledger_"))
            for name in asked.expected
            if name.startswith("ledger_")
        },
    }
    # Another story moves the clock that all share, so it begins when this one is over.
    if last is not None:
        end_words += _state_at(asked.again(), last)
    return answer


def _dates_without_effect(story: Story, foreseen: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the shipment date that will pass and change nothing, because the goods were ready or have left."""
    until = story.order.shipment_until
    if until is None or until < story.desk.now:
        return []
    if any(step["kind"] is ClockKind.SHIPMENT_DUE for step in foreseen):
        return []
    return [{"at": until, "clock": "shipment due", "kind": ClockKind.SHIPMENT_DUE, "events": []}]


def _end_words(order: Order) -> list[str]:
    """Return what the end of an order may be called: one that closed was completed before."""
    if order.status is Status.CLOSED:
        return ["closed", "completed"]
    return [order.status.value.replace("_", " ")]


def _last_expected(asked: Asked) -> dt.datetime | None:
    steps = asked.expected.get("steps") or ()
    return max((dt.datetime.fromisoformat(step["at"]) for step in steps), default=None)


def _state_at(story: Story, at: dt.datetime) -> list[str]:
    """Return what may be said of where an order stands just after the last step that a case tells."""
    story.desk.move_to(max(story.desk.now, at + dt.timedelta(seconds=1)))
    order = story.order
    words: list[str] = []
    if order.dispute is not None and order.dispute.is_open:
        words += DISPUTE_WORDS[order.dispute.status]
    return words


ASKS: Mapping[str, Answerer] = {
    "deadline": deadline,
    "escalation": escalation,
    "notices": notices,
    "if_nobody_acts": if_nobody_acts,
}
