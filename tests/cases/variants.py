"""Variants and continuations: a case told in other words, by small patterns that know nothing of any one case.

Words that no pattern reads whole are not translated; half a sentence is never guessed.
"""

from __future__ import annotations

import contextlib
import dataclasses
import re
from collections.abc import Iterator
from typing import Any

from tests.cases.case_file import Act, Case, Question, instant
from tests.cases.evidence import keeps_goods
from tests.cases.story import NotTranslatedError
from tests.cases.telling import (
    AFTERWARD,
    AMOUNT,
    INSTANT,
    LEAVING,
    OtherReadingError,
    last_at,
    minor_units,
    moment,
    named_order,
    one_act,
    patterns,
    unchanged,
    with_acts,
    with_contract,
    without_acts,
)
from tests.cases.told_arrivals import ARRIVALS
from tests.cases.told_briefly import BRIEFLY
from tests.cases.told_chargebacks import CHARGEBACKS
from tests.cases.told_contracts import CONTRACTS, with_contract_changed
from tests.cases.told_courses import COURSES
from tests.cases.told_disputes import DISPUTES
from tests.cases.told_endings import ENDINGS, wishing_to_keep
from tests.cases.told_goods import GOODS
from tests.cases.told_money import MONEY
from tests.cases.told_moved import MOVED
from tests.cases.told_offers import OFFERS
from tests.cases.told_plainly import PLAINLY
from tests.cases.told_reports import REPORTS
from tests.cases.told_settlements import SETTLEMENTS
from tests.cases.told_undone import UNDONE, has_happened
from tests.cases.vocabulary import GROUNDS, MODES, plain

# Acts that name the terms of their own version.
NAMES_TERMS = frozenset({"agree", "propose"})
EDITIONS = ("escrow-2026", "guarantee-2017")
VARIANT_NOTE = re.compile(r"variant: (.+)", re.IGNORECASE)
# A rate of which a question says no day is the one when it is asked.
RATE_NOW = re.compile(r"(?:the )?dated rate(?! at agreement)(?!.* since )")
# Words that only affirm what the timeline tells.
BESIDES = re.compile(
    r"besides the (?:notice|report|proof|payment|answer|offer|receipt) of [\w -]+?,? (?P<rest>(?:the|an?) .+)",
    re.IGNORECASE,
)
DECIDED = re.compile(
    r"(?:it is )?decided:? (?P<what>(?:a |the )?(?:full refund|price reduction|partial refund|late remedy)\b.*)",
    re.IGNORECASE,
)
DAY_FIRST = re.compile(rf"on (?P<day>{INSTANT[1:-1]}),? (?P<rest>.+)", re.IGNORECASE)
BETWEEN_CLAUSES = re.compile(r"[;:,]\s+(?:and\s+)?|\s+and\s+")


def applied(case: Case, question: Question) -> Case:
    """Return the case as a question's `variant` and `then` tell it. Raises NotTranslatedError."""
    for text in _retellings(question):
        case = _told(case, text)
    after = question.details.get("after")
    if after is not None and not has_happened(case, str(after)):
        case = _told(case, str(after))
    if question.ask == "shipment" and question.details.get("on_board") is not None:
        # The question brings the proof itself.
        case = dataclasses.replace(
            case, timeline=tuple(act for act in case.timeline if act.act not in LEAVING)
        )
    if keeps_goods(str(question.details.get("evidence") or "")):
        case = wishing_to_keep(case)
    case = _agreed_otherwise(case, question)
    mode = question.details.get("mode")
    if question.ask == "deadline" and mode is not None:
        case = dataclasses.replace(case, contract={**case.contract, "mode": mode})
    movement = question.details.get("movement")
    if question.ask == "if_nobody_acts" and movement is not None:
        moved = Act(at=instant(movement), by="carrier", act="handed_over", details={})
        case = with_acts(case, moved)
    return case


def _agreed_otherwise(case: Case, question: Question) -> Case:
    """Return the case under the edition and the kind of cover that an act names; a version names its own kind."""
    asked = question.details
    if question.ask != "admits":
        return case
    if asked.get("policy") is not None:
        case = dataclasses.replace(case, policy=asked["policy"])
    if asked.get("cover_kind") is not None and asked["act"] not in NAMES_TERMS:
        case = with_contract_changed(case, cover_kind=asked["cover_kind"])
    return case


def _retellings(question: Question) -> Iterator[str]:
    """Yield the words that tell a question's case otherwise; a note or an order's name may lead them."""
    for name in ("variant", "then", "if"):
        text = question.details.get(name)
        if text:
            yield str(text)
    note = VARIANT_NOTE.match(str(question.details.get("note") or ""))
    if note is not None:
        yield note[1]
    if question.ask == "grant":
        for part in named_order(question)[1]:
            rate_now = RATE_NOW.match(part) is not None and question.at is not None
            yield f"{part} since {question.at:%Y-%m-%d}" if rate_now else part


def _told(case: Case, text: str) -> Case:
    """Change the case clause by clause, each clause as long as a pattern reads it whole. Raises NotTranslatedError."""
    text = text.strip()
    starts = [0, *(found.end() for found in BETWEEN_CLAUSES.finditer(text))]
    ends = [*(found.start() for found in BETWEEN_CLAUSES.finditer(text)), len(text)]
    clauses = _read_clauses(text, starts, ends)
    for clause in clauses:
        told = _changed(case, clause)
        if told is None:
            raise NotTranslatedError(f"what is meant by {clause!r}")
        case = told
    return case


def _read_clauses(text: str, starts: list[int], ends: list[int]) -> list[str]:
    """Return the fewest clauses that patterns know and that make up the whole text. Raises NotTranslatedError."""
    # What can be read from each place to the end, from the last place backward.
    readings: list[list[str] | None] = [*(None for _ in starts), []]
    for first in reversed(range(len(starts))):
        for last in reversed(range(first, len(ends))):
            rest = readings[last + 1]
            clause = text[starts[first] : ends[last]]
            known = rest is not None and _is_known(clause)
            best = readings[first]
            if known and rest is not None and (best is None or len(rest) + 1 < len(best)):
                readings[first] = [clause, *rest]
    whole = readings[0]
    if whole is None:
        unknown = [text[a:b] for a, b in zip(starts, ends, strict=True)]
        strange = next((clause for clause in unknown if not _is_known(clause)), text)
        raise NotTranslatedError(f"the words {strange!r} of {text!r}")
    return whole


def _wordings(words: str) -> Iterator[str]:
    """Yield a clause, and one that begins with its day as it would stand with the day at its end."""
    words = words.strip().rstrip(".").removeprefix("but ")
    besides = BESIDES.fullmatch(words)
    words = words if besides is None else besides["rest"]
    yield words
    decided = DECIDED.fullmatch(words)
    if decided is not None:
        yield from (decided["what"], f"{decided['what']} final")
    dated = DAY_FIRST.fullmatch(words)
    if dated is not None:
        yield f"{dated['rest']} on {dated['day']}"


def _is_known(words: str) -> bool:
    return any(pattern.fullmatch(w) for w in _wordings(words) for pattern, _ in CHANGES)


def _changed(case: Case, words: str) -> Case | None:
    for wording in _wordings(words):
        for pattern, change in CHANGES:
            found = pattern.fullmatch(wording)
            if found is not None:
                with contextlib.suppress(OtherReadingError):
                    return change(case, found)
    return None


def _supplier_pays(case: Case, found: re.Match[str]) -> Case:
    """The supplier pays by its own hand: an amount in whole units of the currency, else all that is asked of it."""
    told = found["amount"]
    details: dict[str, Any] = {} if told is None else {"amount": minor_units(case, told)}
    if found["fund"] is not None:
        details["before_the_fund"] = True
    at = last_at(case) + AFTERWARD if found["at"] is None else moment(found["at"], case)
    return with_acts(case, Act(at=at, by="supplier", act="supplier_pays_in", details=details))


def _platform_cancels(case: Case, _: re.Match[str]) -> Case:
    at = last_at(case) + AFTERWARD
    return with_acts(case, Act(at=at, by="platform", act="cancel", details={}))


def _badge_withdrawn(case: Case, found: re.Match[str]) -> Case:
    enrolled = dataclasses.replace(case, contract={**case.contract, "supplier_enrolled": True})
    at = moment(found[1], case)
    return with_acts(enrolled, Act(at=at, by="operator", act="badge_withdrawn", details={}))


def _edition(case: Case, found: re.Match[str]) -> Case:
    """The edition named whole or by one half of its name."""
    name = next(name for name in EDITIONS if found[1].casefold() in name)
    return dataclasses.replace(case, policy=name)


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


_MODES = "|".join(MODES)

_GENERAL = patterns(
    (
        r"nobody acts|nothing (?:else|more)(?: happens)?",
        unchanged,
    ),
    (
        r"no chargeback|against the (?:buyer|supplier) for the first time|nothing was delivered|the 30 days have not begun|either edition",
        unchanged,
    ),
    (
        rf"(?:the )?buyer confirms (?:receipt )?(?:on |at )?{INSTANT}",
        one_act("buyer", "confirm_receipt"),
    ),
    (rf"(?:the )?buyer escalates (?:on |at )?{INSTANT}", one_act("buyer", "escalate")),
    (r"never paid|not paid", without_acts("payment_booked", "card_event", "statement")),
    (r"no inspection(?: report)?", without_acts("inspection_book", "inspection_report")),
    (r"(?:the )?change was (?:only )?proposed but never accepted", without_acts("change_accepted")),
    (r"no dispute(?: was opened)?", without_acts("open_dispute")),
    (
        rf"enrolled at agreement, badge withdrawn (?:on )?{INSTANT}",
        _badge_withdrawn,
    ),
    (
        rf"(?:the )?(?:badge (?:(?:is|was) )?withdrawn|supplier (?:left|leaves) the programme) (?:on |at )?{INSTANT}",
        _badge_withdrawn,
    ),
    (
        r"(?:the supplier (?:is|was) )?(?:not|never) enrolled(?: at agreement)?",
        with_contract(supplier_enrolled=False),
    ),
    (
        r"(?:with |under |in )?(?:the )?(?:edition(?: is)? )?(escrow-2026|guarantee-2017)(?: edition)?(?: instead)?",
        _edition,
    ),
    (r"(?:with |under |in )?(?:the )?(escrow|guarantee|2026|2017) edition", _edition),
    (r"(?:with )?(pre-shipment|post-delivery) cover(?: instead)?", _cover),
    (
        rf"(?:the goods go |the mode is |the mode: ?|mode:? ?)?(?:by )?({_MODES})(?: freight)?(?: instead(?: of (?:{_MODES}))?)?",
        _mode,
    ),
    (r"for (.+) instead", _reason),
    (r"(?:and )?(?:(?:it|the decision) (?:is|was) )?(?:carried out|executed)", unchanged),
    (
        (
            rf"(?:and )?the supplier (?:re)?pays(?: (?:it|the refund|(?:the )?{AMOUNT}))?(?: itself)?"
            rf"(?: back)?(?: (?:in)?to the programme)?(?:(?P<fund> before the fund pays)| (?:with)?in (?:\d+ business days|time)| on (?P<at>{INSTANT[1:-1]}))?"
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
    (
        r"(?:the )?buyer (?:wants|wishes) to (?:send (?:the goods|them) back|return (?:the goods|them))",
        unchanged,
    ),
    (
        r"(?:it )?counted as (?:arrived|delivered)|refunded(?: as above)?|cancelled by the clock|sealed cartons|nothing inside|nobody appeals|no appeal|(?:the decision|it) (?:becomes|is) final|the supplier (?:pays nothing|does not pay|never pays)",
        unchanged,
    ),
    (r"(?:the )?(?:claim|reason) (?:is|was) (.+)", _reason),
)

# The more special words first.
CHANGES = (
    *DISPUTES,
    *OFFERS,
    *COURSES,
    *REPORTS,
    *UNDONE,
    *ARRIVALS,
    *CONTRACTS,
    *GOODS,
    *MONEY,
    *SETTLEMENTS,
    *CHARGEBACKS,
    *MOVED,
    *ENDINGS,
    *_GENERAL,
    *PLAINLY,
    *BRIEFLY,
)
