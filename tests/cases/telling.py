"""What every retelling of a case is made of: acts added and left out, instants and amounts read, patterns of whole clauses."""

from __future__ import annotations

import calendar
import dataclasses
import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from fairlot.domain.calendar import zone_named
from tests.cases.case_file import Act, Case, Question, instant
from tests.cases.story import NotTranslatedError

INSTANT = r"(\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:[+-]\d\d:\d\d|Z))?)"
AMOUNT = r"(?P<amount>(?:[A-Z]{3} )?\d[\d,]*(?:\.\d+)?(?: (?:[A-Z]{3}|yen|euros?|dollars|dinars))?)"
AMOUNT_PARTS = re.compile(
    r"(?:(?P<before>[A-Z]{3}) )?(?P<figures>\d[\d,]*(?:\.\d+)?)(?: (?P<after>[A-Z]{3}|[a-z]+))?"
)
# What is decided or brought after a timeline comes a day after its last act.
AFTERWARD = dt.timedelta(days=1)
# A decision is final once both sides were heard and its appeal has lapsed.
FINAL_AFTERWARD = dt.timedelta(days=14)
# From a claim to the end of its decision's appeal.
DECIDED_IN = dt.timedelta(days=30)
CHARGEBACK_LENGTH = dt.timedelta(days=30)
NOON = dt.time(12)
MONTHS = tuple(name.casefold() for name in calendar.month_name[1:])
CURRENCIES_IN_WORDS = {
    "yen": "JPY",
    "euro": "EUR",
    "euros": "EUR",
    "dollars": "USD",
    "dinars": "KWD",
}
DAY = rf"\d{{4}}-\d\d-\d\d|\d{{1,2}} (?:{'|'.join(MONTHS)})(?: \d{{4}})?"
DAY_AND_MONTH = re.compile(rf"(\d{{1,2}}) ({'|'.join(MONTHS)})(?: (\d{{4}}))?", re.IGNORECASE)
ORDER_NAME = re.compile(r"O\d+\b")
BEFORE_A_RATE = re.compile(r", (?=(?:the )?(?:dated )?rate\b)")
# Acts by which goods leave.
LEAVING = frozenset({"ship_proof", "receipt", "handed_over", "collected"})

Change = Callable[[Case, re.Match[str]], Case]


class OtherReadingError(Exception):
    """The words fit a pattern, but the case tells of nothing that they could mean by it: another may read them."""


def named_order(question: Question) -> tuple[str, list[str]]:
    """Return which order a question names, if any, and the words beside its name that tell the case otherwise."""
    words = BEFORE_A_RATE.sub("; ", str(question.details.get("order") or ""))
    told = [part.strip() for part in words.split(";")]
    name = told.pop(0) if ORDER_NAME.match(told[0]) else ""
    return name, [part for part in told if part]


def named_otherwise(case: Case, details: Mapping[str, Any]) -> str:
    """Return the other order than the case's that an act is for, or nothing."""
    named = ORDER_NAME.match(str(details.get("for") or ""))
    return "" if named is None or named[0] == case.contract["order"] else named[0]


def unchanged(case: Case, _: re.Match[str]) -> Case:
    return case


def with_acts(case: Case, *acts: Act) -> Case:
    return dataclasses.replace(case, timeline=(*case.timeline, *acts))


def without_acts(*names: str) -> Change:
    def change(case: Case, _: re.Match[str]) -> Case:
        kept = tuple(act for act in case.timeline if act.act not in names)
        return dataclasses.replace(case, timeline=kept)

    return change


def with_contract(**fields: Any) -> Change:
    def change(case: Case, _: re.Match[str]) -> Case:
        return dataclasses.replace(case, contract={**case.contract, **fields})

    return change


def last_at(case: Case) -> dt.datetime:
    if not case.timeline:
        raise NotTranslatedError("a continuation of nothing")
    return max(act.at for act in case.timeline)


def first_act(case: Case, name: str) -> Act:
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


def moved(act: Act, at: dt.datetime, **details: Any) -> Act:
    return dataclasses.replace(act, at=at, details={**act.details, **details})


def one_act(by: str, name: str) -> Change:
    def change(case: Case, found: re.Match[str]) -> Case:
        return with_acts(case, Act(at=moment(found[1], case), by=by, act=name, details={}))

    return change


def minor_units(case: Case, text: str) -> int:
    """Read an amount of the order's currency; bare figures without any mark are minor units, as cases write amounts."""
    parts = AMOUNT_PARTS.fullmatch(text.strip())
    if parts is None:
        raise NotTranslatedError(f"the amount {text!r}")
    currency = case.contract["currency"]
    after = parts["after"] and CURRENCIES_IN_WORDS.get(parts["after"].casefold(), parts["after"])
    if {parts["before"], after} - {None, currency}:
        raise NotTranslatedError(f"the amount {text!r} in an order of {currency}")
    figures = parts["figures"]
    if figures.isdecimal() and parts["before"] is None:
        return int(figures)
    minor = Fraction(figures.replace(",", "")) * 10 ** case.contract["exponent"]
    if minor.denominator != 1:
        raise NotTranslatedError(f"the amount {text!r}")
    return int(minor)


def day_told(case: Case, text: str) -> dt.date:
    """Read a date, or a day and month of the year in which the case begins."""
    text = text.strip()
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return dt.date.fromisoformat(text)
    found = DAY_AND_MONTH.fullmatch(text)
    if found is None or not case.timeline:
        raise NotTranslatedError(f"the day {text!r}")
    year = min(act.at for act in case.timeline).year if found[3] is None else int(found[3])
    return dt.date(year, MONTHS.index(found[2].casefold()) + 1, int(found[1]))


def patterns(*pairs: tuple[str, Change]) -> Sequence[tuple[re.Pattern[str], Change]]:
    return [(re.compile(text, re.IGNORECASE), change) for text, change in pairs]
