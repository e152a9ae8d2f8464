"""Numerals and units as written: English, continental and Chinese numbers, thousands, and the unit behind them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from fairlot.domain.contract.lexicon import Unit, is_latin, unit_words

NUMBER = re.compile(
    r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:\.\d{3})+(?=,\d{2}(?!\d))(?:,\d{2})|\d+,\d{1,2}(?![\d,])|\d+(?:\.\d+)?",
    re.ASCII,
)
# 四周 is a time only where something is to happen within it; 二两 is a mass, 一万两千 a number; 一个色 and 一个样 say "the same", and count nothing.
HAN_NUMBER = re.compile(
    r"(?!百格|四周(?![内后以之前交发出完到]|左右|上下|的?时间))(?:[一二三四五六七八九十百千万半]|(?<![一二三四五六七八九十半])两){1,6}(?!(?<=一)个(?:色|颜色|样|味))(?=[一-鿿])"
)
_HAN_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2}
_WORD_NUMBERS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "eighty": 80,
}  # fmt: skip
WORD_NUMBER = re.compile(
    rf"(?<![a-z-])(?:half(?:\s(?:an?|of an?)(?=\s[a-z])|(?=\s(?:inch|hour|met(?:er|re)|kilo|lit(?:er|re)|pound|dozen|turn|degree|millimet)))|(?:{'|'.join(_WORD_NUMBERS)})(?=\s[a-z])|one(?=\s(?:second|minute|hour|day|week|month|year|met(?:er|re)|inch|foot|yard|kilo|lit(?:er|re)|container|dozen)\b))"
)
_MASKED = "\x00"  # Stands where a code was read; the code holds no unit.
_MULTIPLIER = re.compile(r"\s?(万|千(?!克|瓦|帕|米|伏|欧|焦)|百|k(?![a-z]|\s(?:[a-z]+\s)?gold))")
_MULTIPLIERS = {"万": 10_000, "千": 1_000, "百": 100, "k": 1_000}


def number(text: str) -> Decimal:
    """Read a number with English or continental separators."""
    if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", text):
        return Decimal(text.replace(",", ""))
    if re.fullmatch(r"\d{1,3}(\.\d{3})+,\d{2}", text):
        return Decimal(text.replace(".", "").replace(",", "."))
    return Decimal(text.replace(",", "."))


def _word_number(word: str) -> Decimal:
    return Decimal("0.5") if word.startswith("half") else Decimal(_WORD_NUMBERS.get(word, 1))


def _han_number(text: str) -> Decimal | None:
    if text == "半":
        return Decimal("0.5")
    total, section, digit = 0, 0, 0
    for char in text:
        if char in _HAN_DIGITS:
            digit = _HAN_DIGITS[char]
        elif char in "十百千":
            section += (digit or 1) * {"十": 10, "百": 100, "千": 1000}[char]
            digit = 0
        elif char == "万":
            total += (section + digit or 1) * 10_000
            section = digit = 0
        else:
            return None
    return Decimal(total + section + digit)


def unit_at(raw: str, text: str, position: int) -> tuple[Unit, int] | None:
    """Find the unit written at `position` (after spaces or a hyphen) and where it ends."""
    start = position
    while start < len(text) and text[start] in " -(" and start - position < 2:
        if text[start] == "-" and not text[start + 1 : start + 2].isalpha():
            return None
        start += 1
    if start >= len(text) or text[start] == _MASKED:
        return None
    first = raw[start]
    loose = unit_words().get(text[start], ()) if text[start] != first else ()
    spellings = unit_words().get(first, ())
    if loose:
        spellings = tuple(
            sorted(
                (*spellings, *loose),
                key=lambda word: (-len(word.written), not word.exact, word.unit.name),
            )
        )
    for word in spellings:
        source = raw if word.exact else text
        if not source.startswith(word.written, start):
            continue
        end = start + len(word.written)
        if word.written[-1].isascii() and word.written[-1].isalpha() and end < len(text):
            if (text[end] == "." and word.written in ("pcs", "doz", "in", "sec", "min")) or (
                text.startswith("s", end)
                and not (end + 1 < len(text) and is_latin(text[end + 1]))
                and len(word.written) > 2
            ):
                end += 1
            elif is_latin(text[end]):
                continue
        return word.unit, end
    return None


class NumberText:
    """A text whose numbers are to be read; `masked` spans belong to codes and hold no numbers."""

    def __init__(self, raw: str, text: str, masked: Iterable[tuple[int, int]]) -> None:
        self.raw = raw
        cells = list(text)
        for start, end in masked:
            cells[start:end] = _MASKED * (end - start)
        self.text = "".join(cells)

    def numeral(self, position: int) -> tuple[Decimal, int, bool] | None:
        match = NUMBER.match(self.text, position)
        if not match:
            word = WORD_NUMBER.match(self.text, position)
            if word:
                return _word_number(word[0]), word.end(), False
            han = HAN_NUMBER.match(self.text, position)
            value = _han_number(han[0]) if han else None
            return (value, han.end(), False) if han and value is not None else None
        value, end = number(match[0]), match.end()
        multiplier = _MULTIPLIER.match(self.text, end)
        if multiplier and not (multiplier[1] == "k" and self.raw[multiplier.end() - 1] == "K"):
            value, end = value * _MULTIPLIERS[multiplier[1]], multiplier.end()
        return (
            value,
            end,
            "." in match[0] or ("," in match[0] and len(match[0].rpartition(",")[2]) < 3),
        )
