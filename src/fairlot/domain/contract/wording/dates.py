"""Dates as traders write them, and what each leaves open: the year, the order of day and month, part of a month."""

from __future__ import annotations

import datetime as dt
import re

import msgspec

_MONTHS = {
    name: index
    for index, names in enumerate(
        (
            ("january", "jan"), ("february", "feb"), ("march", "mar"), ("april", "apr"), ("may",),
            ("june", "jun"), ("july", "jul"), ("august", "aug"), ("september", "sep", "sept"),
            ("october", "oct"), ("november", "nov"), ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}  # fmt: skip
_MONTH = r"(?P<month>january|jan|february|feb|march|mar|april|apr|may|june|jun|july|jul|august|aug|september|sept|sep|october|oct|november|nov|december|dec)\.?(?![a-z])"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
DATE_WORDS = re.compile(
    r"(?:19|20)\d\d|月|日|号|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|\d[./-]\d|week|cw|周|旬"
)

_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("full", re.compile(rf"(?<!\d){_YEAR}\s*(?:[-./]|年)\s*(?P<month_number>\d{{1,2}})\s*(?:[-./]|月)\s*(?P<day>\d{{1,2}})(?:日|号)?(?!\d)")),
    ("full", re.compile(rf"(?<!\d){_DAY}\s*(?:of\s+)?[\s.-]?{_MONTH}[\s,.-]*{_YEAR}")),
    ("full", re.compile(rf"{_MONTH}\s*{_DAY}\s*,?\s*{_YEAR}")),
    ("numeric", re.compile(r"(?<![\d.])(?P<first>\d{1,2})\s*[./-]\s*(?P<second>\d{1,2})\s*[./-]\s*(?P<year>(?:20)?\d\d)(?![\d.])")),
    ("partial", re.compile(rf"(?P<part>early|mid|middle of|beginning of|start of|late|first half of|second half of)[\s-]*{_MONTH}(?:[\s,]*{_YEAR})?")),
    ("partial", re.compile(rf"(?:{_YEAR}年)?(?P<month_number>\d{{1,2}})月\s*(?P<part>上旬|中旬|下旬|初|中|上半月|下半月)")),
    ("end", re.compile(rf"(?:the\s+)?end\s+(?:of\s+)?{_MONTH}[\s,]*{_YEAR}?")),
    ("end", re.compile(rf"(?:{_YEAR}年)?(?P<month_number>\d{{1,2}})月底")),
    ("week", re.compile(rf"(?:calendar week|week|cw|wk)\s*\d{{1,2}}(?:\s*[/,-]?\s*(?:of\s+)?{_YEAR})?")),
    ("week", re.compile(rf"(?:{_YEAR}年)?第\d{{1,2}}周")),
    ("month", re.compile(rf"{_MONTH}[\s,]*{_YEAR}")),
    ("month", re.compile(rf"{_YEAR}年(?P<month_number>\d{{1,2}})月(?:份)?(?!\d)")),
    ("yearless", re.compile(rf"(?<![\d.]){_DAY}\s*(?:of\s+)?{_MONTH}")),
    ("yearless", re.compile(rf"{_MONTH}\s*{_DAY}(?!\d)(?!\s*(?:mm|cm|pcs|kg|%))")),
    ("yearless", re.compile(r"(?<!\d)(?P<month_number>\d{1,2})月(?P<day>\d{1,2})(?:日|号)?(?!\d)")),
    ("yearless", re.compile(r"(?<![\d.年月])(?P<day>\d{1,2})号(?=[前发出交到之])")),
    ("bare_month", re.compile(r"(?<![\d.])(?P<month_number>\d{1,2})月(?:份)?(?=前|发|交|出|之前|$|内)")),
    ("bare_month", re.compile(rf"(?:by|in|before|until|during)\s+{_MONTH}(?!\s*\d)")),
    ("slash", re.compile(r"\b(?:by|before|until|on|ship|etd|eta|deliver\w*)\s+(?P<first>\d{1,2})[/.](?P<second>\d{1,2})(?![\d/.%])")),
)  # fmt: skip


class FoundDate(msgspec.Struct, frozen=True, kw_only=True):
    """A date in the text: ISO value as far as it is known, and the rule that says what is left open ("" if nothing)."""

    start: int
    end: int
    value: str
    rule: str


def _month(match: re.Match[str]) -> int | None:
    groups = match.groupdict()
    if groups.get("month_number"):
        number = int(groups["month_number"])
        return number if 1 <= number <= 12 else None
    return _MONTHS[groups["month"]] if groups.get("month") else None


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return None


def month_end(year: int, month: int) -> dt.date:
    """Return the last day of a month."""
    following = dt.date(year + month // 12, month % 12 + 1, 1)
    return following - dt.timedelta(days=1)


def _read(form: str, match: re.Match[str]) -> tuple[str, str] | None:  # noqa: C901  (one straight table of forms)
    groups = match.groupdict()
    year = int(groups["year"]) if groups.get("year") else 0
    if form == "numeric":
        first, second = int(groups["first"]), int(groups["second"])
        year += 2000 if year < 100 else 0
        if first > 12 >= second:
            value = _iso(year, second, first)
        elif second > 12 >= first:
            value = _iso(year, first, second)
        elif max(first, second) <= 12:
            return (f"{year}-{second:02}-{first:02}", "" if first == second else "date_incomplete")
        else:
            return None
        return (value, "") if value else None
    if form == "slash":
        return f"--{groups['first']}-{groups['second']}", "date_incomplete"
    if form == "week":
        return match[0], "" if year else "date_incomplete"
    month = _month(match)
    if form == "yearless":
        day = int(groups["day"])
        return (f"--{month or 0:02}-{day:02}", "date_incomplete") if 1 <= day <= 31 else None
    if month is None:
        return None
    if form == "full":
        value = _iso(year, month, int(groups["day"]))
        return (value, "") if value else None
    if form == "end":
        return (
            (month_end(year, month).isoformat(), "")
            if year
            else (f"--{month:02}", "date_incomplete")
        )
    return f"{year or '-'}-{month:02}", "date_incomplete"


def find_dates(text: str) -> list[FoundDate]:
    """Find dates in a shadow text, the fuller reading first where two overlap."""
    found: list[FoundDate] = []
    for form, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if any(date.start < match.end() and match.start() < date.end for date in found):
                continue
            read = _read(form, match)
            if read:
                found.append(
                    FoundDate(start=match.start(), end=match.end(), value=read[0], rule=read[1])
                )
    return sorted(found, key=lambda date: date.start)
