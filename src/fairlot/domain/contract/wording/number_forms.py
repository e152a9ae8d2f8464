"""Numbers in several words: 千分之五 as a share, 4分30秒 as one time."""

from __future__ import annotations

import re
from decimal import Decimal

from fairlot.domain.contract.lexicon import Unit, units_by_name

_FRACTION = re.compile(r"(?P<of>[百千万])分之(?P<count>\d+(?:\.\d+)?|[一二三四五六七八九十])")
_SMALLER_TIME = re.compile(r"\s?(?P<count>\d{1,2})\s?(?P<unit>秒|分钟|分|sec|s|min)(?![a-z])")
_PARTS_OF_TIME = frozenset({"h", "min", "points"})
_DIGITS = "零一二三四五六七八九十"
_PERCENT = {"百": Decimal(1), "千": Decimal("0.1"), "万": Decimal("0.01")}


def fraction_at(text: str, start: int) -> tuple[Decimal, int] | None:
    """Read 千分之五 as 0.5 percent, and say where it ends."""
    match = _FRACTION.match(text, start)
    if match is None:
        return None
    count = match["count"]
    value = Decimal(_DIGITS.index(count)) if count in _DIGITS else Decimal(count)
    return value * _PERCENT[match["of"]], match.end()


# What goods are packed in, before how many are in it ("inner carton 24", "blister of 10").
_PACKED = re.compile(
    r"(?:\b(?:inner|master|outer|carton|ctn|case|display)s?[\s:=]*|\b(?:pack|set|box|blister|bundle|tray|bag|sleeve|strip|roll|display|inner|case|carton|shipment|lot|batch|delivery|consignment|container|pallet|stack|bundle|row|layer)(?:s|es)? of )\Z"
)
# How far before its number the longest of these begins.
_PACKED_REACH = 40
_PUT_INTO = re.compile(
    r"\s(?:to|in|into|per)\s(?:an?|each|every|one|the)\s(?:[a-z]+\s)?(?:inner|carton|ctn|box|case|bag|polybag|tray|pallet|display|bundle|sleeve|pack|dozen|master|outer|crate|bin)\b"
)
_NO_COUNT = re.compile(r"\s?[x*/.,-]?\s?\d|\s?(?:x|\*|ply|mm|cm|kg|g|%)")


def packed_count(text: str, start: int, end: int) -> bool:
    """Say whether a bare number tells how many are packed in what stands before it."""
    if _PUT_INTO.match(text, end):
        return True
    return bool(_PACKED.search(text, max(0, start - _PACKED_REACH), start)) and not _NO_COUNT.match(
        text, end
    )


def compound_time(
    text: str, end: int, value: Decimal, unit: Unit | None
) -> tuple[Decimal, Unit, int] | None:
    """Read 4分30秒 and "1 h 30 min" as one time in the smaller unit, and say where it ends."""
    named = unit.name if unit is not None else ""
    smaller = _SMALLER_TIME.match(text, end) if named in _PARTS_OF_TIME else None
    if smaller is None:
        return None
    seconds = smaller["unit"] in {"秒", "s", "sec"}
    parts = 3600 if named == "h" and seconds else 60
    together = value * parts + Decimal(smaller["count"])
    return together, units_by_name()["s" if seconds else "min"], smaller.end()


# What makes a Chinese number a rough one: 一千多件, 几百个.
_MORE, _SOME = frozenset("多余来几"), frozenset("几数")


def some_more(text: str, end: int) -> int:
    """Step over the sign between a number and its unit that says "and some more" (一千多件)."""
    return end + 1 if text[end : end + 1] in _MORE else end


def is_rough(text: str, start: int, end: int) -> bool:
    """Say whether a number only says how many about: 几百个, 一千多件."""
    opens = text[start - 1 : start] in _SOME and not text[start].isdigit()
    return opens or some_more(text, end) > end
