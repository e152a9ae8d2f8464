"""Variants and continuations: a case told in other words, by small patterns that know nothing of any one case.

Words that no pattern reads whole are not translated; half a sentence is never guessed.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from fairlot.domain.calendar import zone_named
from tests.cases.case_file import Act, Case, Question, instant
from tests.cases.story import NotTranslatedError
from tests.cases.vocabulary import GROUNDS, plain

INSTANT = r"(\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:[+-]\d\d:\d\d|Z))?)"
AMOUNT = r"(?:[A-Z]{3} )?(?P<amount>\d[\d,]*(?:\.\d+)?)"
# What is decided or brought after a timeline comes a day after its last act.
AFTERWARD = dt.timedelta(days=1)
# A decision is final once its appeal has lapsed.
FINAL_AFTERWARD = dt.timedelta(days=8)
CHARGEBACK_LENGTH = dt.timedelta(days=30)
NOON = dt.time(12)
# Acts by which goods leave.
LEAVING = frozenset({"ship_proof", "receipt", "handed_over", "collected"})

Change = Callable[[Case, re.Match[str]], Case]


def applied(case: Case, question: Question) -> Case:
    """Return the case as a question's `variant` and `then` tell it. Raises NotTranslatedError."""
    for name in ("variant", "after", "then"):
        text = question.details.get(name)
        if text:
            case = _told(case, str(text))
    mode = question.details.get("mode")
    if question.ask == "deadline" and mode is not None:
        case = dataclasses.replace(case, contract={**case.contract, "mode": mode})
    movement = question.details.get("movement")
    if question.ask == "if_nobody_acts" and movement is not None:
        moved = Act(at=instant(movement), by="carrier", act="handed_over", details={})
        case = _with(case, moved)
    return case


def _told(case: Case, text: str) -> Case:
    """Change the case clause by clause; a text that is one pattern whole is not taken apart."""
    whole = _changed(case, text)
    if whole is not None:
        return whole
    for clause in re.split(r"[;:,]\s+|\s+and\s+", text.strip()):
        told = _changed(case, clause)
        if told is None:
            raise NotTranslatedError(f"the words {clause!r} of {text!r}")
        case = told
    return case


def _changed(case: Case, words: str) -> Case | None:
    for pattern, change in CHANGES:
        found = pattern.fullmatch(words.strip().rstrip("."))
        if found is not None:
            return change(case, found)
    return None


def _nothing(case: Case, _: re.Match[str]) -> Case:
    return case


def _with(case: Case, *acts: Act) -> Case:
    return dataclasses.replace(case, timeline=(*case.timeline, *acts))


def _without(*names: str) -> Change:
    def change(case: Case, _: re.Match[str]) -> Case:
        kept = tuple(act for act in case.timeline if act.act not in names)
        return dataclasses.replace(case, timeline=kept)

    return change


def _contract(**fields: Any) -> Change:
    def change(case: Case, _: re.Match[str]) -> Case:
        return dataclasses.replace(case, contract={**case.contract, **fields})

    return change


def _last(case: Case) -> dt.datetime:
    if not case.timeline:
        raise NotTranslatedError("a continuation of nothing")
    return max(act.at for act in case.timeline)


def _first(case: Case, name: str) -> Act:
    found = next((act for act in case.timeline if act.act == name), None)
    if found is None:
        raise NotTranslatedError(f"no act {name!r} to tell otherwise")
    return found


def moment(text: str, case: Case) -> dt.datetime:
    """Read an instant; a date alone is taken at noon in the contract's zone."""
    if "T" in text:
        return instant(text)
    zone = zone_named(case.contract["zone"])
    noon = dt.datetime.combine(dt.date.fromisoformat(text), NOON, tzinfo=zone)
    return noon.astimezone(dt.UTC)


def _moved(act: Act, at: dt.datetime, **details: Any) -> Act:
    return dataclasses.replace(act, at=at, details={**act.details, **details})


def _delivered(case: Case, found: re.Match[str]) -> Case:
    at = moment(found[1], case)
    told = _first(case, "delivery_proof")
    moved = _moved(told, at, delivered=at.isoformat())
    kept = tuple(act for act in case.timeline if act is not told)
    return dataclasses.replace(case, timeline=(*kept, moved))


def _opened(case: Case, found: re.Match[str]) -> Case:
    """The same story, moved so that its dispute opens at another instant."""
    return _shifted(case, moment(found[1], case) - _first(case, "open_dispute").at)


def _year_earlier(case: Case, _: re.Match[str]) -> Case:
    timeline = tuple(
        dataclasses.replace(
            act,
            at=_same_day(act.at, years=-1),
            details={name: _a_year_earlier(value) for name, value in act.details.items()},
        )
        for act in case.timeline
    )
    contract = {
        **case.contract,
        "shipment_date": _a_year_earlier(case.contract.get("shipment_date")),
    }
    return dataclasses.replace(case, timeline=timeline, contract=contract)


def _a_year_earlier(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    return re.sub(r"^(\d{4})(?=-\d\d-\d\d)", lambda year: str(int(year[1]) - 1), value)


def _same_day(at: dt.datetime, *, years: int) -> dt.datetime:
    return at.replace(year=at.year + years)


def _shifted(case: Case, length: dt.timedelta) -> Case:
    """Move every act, and the dates of contract and acts, by a length."""
    days = dt.timedelta(days=round(length / dt.timedelta(days=1)))

    def shift(value: Any) -> Any:
        if not isinstance(value, str):
            return value
        try:
            if "T" in value:
                return (instant(value) + length).isoformat()
            return (dt.date.fromisoformat(value) + days).isoformat()
        except ValueError:
            return value

    timeline = tuple(
        dataclasses.replace(
            act,
            at=act.at + length,
            details={name: shift(value) for name, value in act.details.items()},
        )
        for act in case.timeline
    )
    contract = {**case.contract, "shipment_date": shift(case.contract.get("shipment_date"))}
    return dataclasses.replace(case, timeline=timeline, contract=contract)


def _shipped(case: Case, found: re.Match[str]) -> Case:
    """The goods left at another instant than told, or leave now."""
    at = moment(found[1], case)
    details = {"document": None, "on_board": at.isoformat()}
    left = [act for act in case.timeline if act.act in LEAVING]
    if len(left) == 1:
        case = dataclasses.replace(case, timeline=tuple(a for a in case.timeline if a not in left))
    return _with(case, Act(at=at, by="supplier", act="ship_proof", details=details))


def _act(by: str, name: str) -> Change:
    def change(case: Case, found: re.Match[str]) -> Case:
        return _with(case, Act(at=moment(found[1], case), by=by, act=name, details={}))

    return change


def _paid(case: Case, found: re.Match[str]) -> Case:
    """Whatever the schedule still asks for is paid."""
    paid = sum(a.details["amount"] for a in case.timeline if a.act == "payment_booked")
    rest = case.contract["total"] - paid
    details = {
        "rail": case.contract["payment"]["rail"],
        "amount": rest,
        "currency": case.contract["currency"],
    }
    at = moment(found[1], case)
    return _with(case, Act(at=at, by="provider", act="payment_booked", details=details))


def _final(outcome: str | None) -> Change:
    """A decision becomes final: the outcome named, or what the rules recommend."""

    def change(case: Case, _: re.Match[str]) -> Case:
        acts = []
        if not any(act.act in {"open_dispute", "reject_lot"} for act in case.timeline):
            rejected_at = _last(case) + AFTERWARD
            acts.append(Act(at=rejected_at, by="buyer", act="reject_lot", details={}))
        details = {} if outcome is None else {"outcome": outcome}
        at = _last(case) + FINAL_AFTERWARD
        acts.append(Act(at=at, by="platform", act="decision_final", details=details))
        return _with(case, *acts)

    return change


def _supplier_pays(case: Case, found: re.Match[str]) -> Case:
    """The supplier pays by its own hand: an amount in whole units of the currency, else all that is asked of it."""
    told = found["amount"]
    details = {} if told is None else {"amount": _minor(case, told)}
    at = _last(case) + AFTERWARD if found["at"] is None else moment(found["at"], case)
    return _with(case, Act(at=at, by="supplier", act="supplier_pays_in", details=details))


def _platform_cancels(case: Case, _: re.Match[str]) -> Case:
    at = _last(case) + AFTERWARD
    return _with(case, Act(at=at, by="platform", act="cancel", details={}))


def _kept(case: Case, _: re.Match[str]) -> Case:
    """The claimant wishes to keep what came."""
    timeline = tuple(
        dataclasses.replace(act, details={**act.details, "wish": "keep"})
        if act.act == "open_dispute"
        else act
        for act in case.timeline
    )
    return dataclasses.replace(case, timeline=timeline)


def _minor(case: Case, text: str) -> int:
    """Read an amount in whole units of the order's currency."""
    return int(Fraction(text.replace(",", "")) * 10 ** case.contract["exponent"])


def _decided_for(case: Case, found: re.Match[str]) -> Case:
    """A decision becomes final, with the amount that its words name."""
    outcome = found["outcome"].casefold()
    at = _last(case) + FINAL_AFTERWARD
    details = {"outcome": outcome, "amount": _minor(case, found["amount"])}
    return _with(case, Act(at=at, by="platform", act="decision_final", details=details))


def _chargeback_ends(case: Case, found: re.Match[str]) -> Case:
    """The card network decides: lost is lost by the programme; one that nobody told of begins a day after everything."""
    opened = any(act.act == "chargeback_opened" for act in case.timeline)
    opened_at = _last(case) + AFTERWARD
    details = {} if found["amount"] is None else {"amount": _minor(case, found["amount"])}
    if not opened:
        begun = Act(at=opened_at, by="provider", act="chargeback_opened", details=details)
        case = _with(case, begun)
    at = opened_at + CHARGEBACK_LENGTH if found["at"] is None else moment(found["at"], case)
    return _with(case, Act(at=at, by="provider", act=f"chargeback_{found['end']}", details={}))


def _returned(case: Case, _: re.Match[str]) -> Case:
    """The goods go back and arrive, and both reports on their condition are the same."""
    at = _last(case) + AFTERWARD
    acts: tuple[tuple[str, str, dict[str, Any]], ...] = (
        ("inspector", "condition_report", {"when": "before leaving", "same": True}),
        ("buyer", "return_sent", {}),
        ("carrier", "return_arrived", {}),
        ("inspector", "condition_report", {"when": "after arrival", "same": True}),
    )
    return _with(
        case,
        *(
            Act(at=at + AFTERWARD * place, by=by, act=name, details=details)
            for place, (by, name, details) in enumerate(acts)
        ),
    )


def _chargeback(case: Case, found: re.Match[str]) -> Case:
    """The buyer's bank decides while the case still runs: for the buyer is against the programme."""
    opened_at = _last(case) + AFTERWARD
    end = "chargeback_lost" if found["end"] in {"wins", "won"} else "chargeback_won"
    return _with(
        case,
        Act(at=opened_at, by="provider", act="chargeback_opened", details={}),
        Act(at=opened_at + CHARGEBACK_LENGTH, by="provider", act=end, details={}),
    )


def _appeal_decided(case: Case, found: re.Match[str]) -> Case:
    """The first decision was appealed in its last hour, and the appeal decided as the decision was."""
    decided = _first(case, "decide")
    appealed_at = decided.at + dt.timedelta(days=6, hours=23)
    return _with(
        case,
        Act(
            at=appealed_at,
            by=found["by"],
            act="appeal",
            details={"names": "new evidence"},
        ),
        Act(
            at=moment(found[2], case),
            by="mediator",
            act="decide",
            details=decided.details,
        ),
    )


def _badge_withdrawn(case: Case, found: re.Match[str]) -> Case:
    enrolled = dataclasses.replace(case, contract={**case.contract, "supplier_enrolled": True})
    at = moment(found[1], case)
    return _with(enrolled, Act(at=at, by="operator", act="badge_withdrawn", details={}))


def _edition(case: Case, found: re.Match[str]) -> Case:
    return dataclasses.replace(case, policy=found[1])


def _cover(case: Case, found: re.Match[str]) -> Case:
    return dataclasses.replace(case, contract={**case.contract, "cover_kind": found[1]})


def _mode(case: Case, found: re.Match[str]) -> Case:
    return dataclasses.replace(case, contract={**case.contract, "mode": found[1]})


def _reason(case: Case, found: re.Match[str]) -> Case:
    """The dispute was opened for another reason."""
    reason = found[1]
    if plain(reason) not in GROUNDS:
        raise NotTranslatedError(f"the reason {reason!r}")
    timeline = tuple(
        dataclasses.replace(act, details={**act.details, "reason": reason})
        if act.act == "open_dispute"
        else act
        for act in case.timeline
    )
    return dataclasses.replace(case, timeline=timeline)


def _patterns(*pairs: tuple[str, Change]) -> Sequence[tuple[re.Pattern[str], Change]]:
    return [(re.compile(text, re.IGNORECASE), change) for text, change in pairs]


CHANGES = _patterns(
    (
        r"(?:never shipped, )?(?:nobody acts|nothing (?:else|more)(?: happens)?)|never shipped",
        _nothing,
    ),
    (
        r"no chargeback|against the (?:buyer|supplier) for the first time|nothing was delivered|the 30 days have not begun|either edition",
        _nothing,
    ),
    (rf"(?:the goods are |the goods were )?delivered (?:on |at )?{INSTANT}", _delivered),
    (rf"(?:the dispute is |the dispute was )?opened (?:on |at )?{INSTANT}", _opened),
    (r"all a year earlier", _year_earlier),
    (rf"shipped (?:on board )?(?:on |at )?{INSTANT}", _shipped),
    (
        rf"(?:the )?buyer confirms (?:receipt )?(?:on |at )?{INSTANT}",
        _act("buyer", "confirm_receipt"),
    ),
    (rf"(?:the )?buyer escalates (?:on |at )?{INSTANT}", _act("buyer", "escalate")),
    (rf"(?:the balance |the rest )?(?:is |was )?paid (?:on |at )?{INSTANT}", _paid),
    (r"never collected|not collected", _without("collected")),
    (r"never delivered|not delivered|no delivery is (?:ever )?proven", _without("delivery_proof")),
    (r"never paid|not paid", _without("payment_booked", "card_event", "statement")),
    (r"never sent back|not sent back", _without("return_sent")),
    (r"no inspection(?: report)?", _without("inspection_book", "inspection_report")),
    (r"(?:the )?change was (?:only )?proposed but never accepted", _without("change_accepted")),
    (r"no dispute(?: was opened)?", _without("open_dispute")),
    (
        rf"enrolled at agreement, badge withdrawn (?:on )?{INSTANT}",
        _badge_withdrawn,
    ),
    (r"not enrolled|never enrolled", _contract(supplier_enrolled=False)),
    (r"(escrow-2026|guarantee-2017)(?: edition)?", _edition),
    (r"(pre-shipment|post-delivery) cover", _cover),
    (r"by (sea|land|air|express|post)", _mode),
    (r"for (.+) instead", _reason),
    (r"(?:the )?full refund (?:becomes |is )?final", _final("full refund")),
    (r"decided so (?:and|, it becomes) final|the recommendation becomes final", _final(None)),
    (r"the buyer (?:also )?(?P<end>wins|loses) a chargeback", _chargeback),
    (
        (
            rf"(?:and )?the supplier (?:re)?pays(?: (?:it|the refund|{AMOUNT}))?"
            rf"(?: back)?(?: (?:in)?to the programme)?(?: (?:with)?in (?:\d+ business days|time)| on (?P<at>{INSTANT[1:-1]}))?"
        ),
        _supplier_pays,
    ),
    (
        r"the platform (?:itself )?(?:causes the cancellation|caused the cancellation|cancels(?: the order)?(?: by its own fault)?)",
        _platform_cancels,
    ),
    (
        r"(?:the )?cancellation (?:is |was )?caused by the platform(?: itself)?",
        _platform_cancels,
    ),
    (r"(?:the )?(?:goods are kept|buyer keeps (?:the goods|them))", _kept),
    (
        r"nobody appeals|no appeal|(?:the decision|it) (?:becomes|is) final|the supplier (?:pays nothing|does not pay|never pays)",
        _nothing,
    ),
    (
        rf"(?:a |the )?(?P<outcome>price reduction|partial refund|full refund)(?: of)? {AMOUNT} (?:becomes|is|decided and) final",
        _decided_for,
    ),
    (
        r"(?:it is )?decided for the supplier(?: and(?: becomes)? final)?",
        _final("for the supplier"),
    ),
    (
        rf"(?:the |a )?chargeback(?: for {AMOUNT})? (?:is |was )?(?P<end>lost|won)(?: on (?P<at>{INSTANT[1:-1]}))?",
        _chargeback_ends,
    ),
    (
        r"(?:the )?goods (?:are|were) (?:sent back|returned)(?: and both reports (?:are|say) the same)?|returned in the same condition",
        _returned,
    ),
    (r"(?:the )?(?:claim|reason) (?:is|was) (.+)", _reason),
    (
        rf"the (?:appeal of the )?(?P<by>buyer|supplier)(?:'s appeal)? was decided on {INSTANT}",
        _appeal_decided,
    ),
)
