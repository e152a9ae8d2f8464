"""Who speaks in a pasted chat: time stamps before or behind a name, on the line or over it, or the names alone."""

from __future__ import annotations

import re
from collections import Counter

_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?"
_DAY_NAME = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?|today|yesterday|(?:周|星期|礼拜)[一二三四五六日天]|今天|昨天|前天)"
_DATE = (
    rf"(?:\d{{4}}\s?[-/.年]\s?\d{{1,2}}\s?[-/.月]\s?\d{{1,2}}日?|\d{{1,2}}[-/.]\d{{1,2}}(?:[-/.]\d{{2,4}})?|\d{{1,2}}月\d{{1,2}}日"
    rf"|\d{{1,2}}\.?[\s-]{_MONTH}(?:,?[\s-]\d{{2,4}})?|{_MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s\d{{4}})?)"
)
_TIME = r"(?:(?:上午|下午|晚上|中午|早上|凌晨)\s?)?\d{1,2}:\d{2}(?::\d{2})?(?:\s?[ap]\.?m\b\.?)?"
_STAMP = rf"\(?(?:{_DAY_NAME},?\s*)?(?:{_DATE},?\s*)?(?:{_DAY_NAME},?\s*)?(?:at\s)?{_TIME}\)?"
_WHO = r"[^::\n\[\]<>]{1,30}?"
_ROLE = r"(?:(?:the )?(?:buyer|supplier|seller|vendor|customer|factory|sales|purchas(?:er|ing))(?:\s[a-z]{1,2})?|采购商?|供应商|买家|卖家|买方|卖方|客户|工厂|业务员?|销售)(?:[甲乙丙丁戊己庚辛壬癸])?"

# A clock near the beginning; without one only a role or a date in brackets opens a turn.
_CLOCK = re.compile(r"[^\n]{0,60}?\d:\d\d")
# "[18 Jan 14:02] Buyer M: text", "14:02 - Wang: text", "Buyer M (14:02): text".
_ON_THE_LINE = re.compile(
    rf"\s*(?:"
    rf"\[\s*{_STAMP}\s*\]\s*[-–]?\s*(?:<(?P<who>[^>\n]{{1,30}})>|(?P<who1>{_WHO})\s*[::])"
    rf"|{_STAMP}\s*[-–]?\s*(?P<who2>{_WHO})\s*[::](?!\d)"
    rf"|(?P<who4>{_WHO})\s*[\[(,]?\s*(?=[^\n]{{0,24}}?\d:\d\d){_STAMP}\s*[\])]?\s*[::](?!\d)"
    rf")\s*",
    re.IGNORECASE,
)
# "[2027-01-18] Wang: text", "采购: text".
_WITHOUT_CLOCK = re.compile(
    rf"\s*(?:\[\s*{_DATE}\s*\]\s*(?P<who3>{_WHO})|(?P<who5>{_ROLE}))\s*[::]\s*", re.IGNORECASE
)
# "王经理  2027-03-01 14:02:05" alone over the message.
_OVER_THE_LINES = re.compile(
    rf"\s*(?:(?P<who>[^\d\s::,;.|\[\]()]{{1,12}}(?:\s[^\d\s::,;.|\[\]()]{{1,12}}){{0,2}})\s*,?\s*[\[(]?\s*{_STAMP}\s*[\])]?|[\[(]?\s*{_STAMP}\s*[\])]?\s*[-–]?\s*(?P<who1>[^\d\s::,;.|\[\]()]{{1,12}}(?:\s[^\d\s::,;.|\[\]()]{{1,12}}){{0,2}}))\s*:?\s*\Z",
    re.IGNORECASE,
)
_NAME_FIRST = re.compile(r"\s*(?P<who>[^\d\s::,;.|>*-][^\d::,;.|>]{0,18}?)\s*[::]\s*(?=\S)")
# How often names alone must open the lines to be speakers, and how few they may be.
_TURNS_MIN = 4
_SPEAKERS_MAX = 4


class Speech:
    """Says of each row of a paper who speaks it, and where his words begin."""

    def __init__(self, rows: list[str]) -> None:
        """Look once at all rows for names that open them again and again."""
        self._names = _names_that_alternate(rows)
        self._speaker = ""

    def of(self, row: str) -> tuple[str, int]:
        """Return the speaker of a row ("" if none) and the offset of his words."""
        timed = _CLOCK.match(row) is not None
        prefix = (_ON_THE_LINE.match(row) if timed else None) or _WITHOUT_CLOCK.match(row)
        if prefix:
            self._speaker = ""
            return _named(prefix.groupdict()), prefix.end()
        over = _OVER_THE_LINES.match(row) if timed else None
        if over:
            self._speaker = _named(over.groupdict())
            return self._speaker, len(row)
        named = _NAME_FIRST.match(row)
        if named and named["who"] in self._names:
            return named["who"], named.end()
        return self._speaker, 0


def _named(groups: dict[str, str | None]) -> str:
    return next((who.strip() for who in groups.values() if who), "")


def _names_that_alternate(rows: list[str]) -> frozenset[str]:
    """Find two to four names that open nearly all rows, in turns ("Anna: …", "Mr Li: …")."""
    filled = [row for row in rows if row.strip()]
    named = [match["who"] for row in filled if (match := _NAME_FIRST.match(row))]
    counts = Counter(named)
    again = [name for name, count in counts.items() if count > 1]
    turns = sum(counts[name] for name in again)
    if 1 < len(again) <= _SPEAKERS_MAX and turns >= _TURNS_MIN and turns * 4 > len(filled) * 3:
        return frozenset(again)
    return frozenset()
