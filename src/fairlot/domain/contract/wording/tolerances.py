"""Tolerances as written: ±N, +N/-N, "tolerance N", one-sided ones, and bare signs without a figure."""

from __future__ import annotations

import itertools
import re
from decimal import Decimal

import msgspec

from fairlot.domain.contract.lexicon import Unit, units_by_name
from fairlot.domain.contract.wording.numerals import NumberText, number, unit_at

_PLUS_MINUS = re.compile(
    r"(?:±|\+\s?/\s?-|\+-|plus\s?(?:/|or)?\s?minus|more or less(?= \d+(?:\.\d+)?\s?%)|正负|上下(?:浮动|误差|偏差|差)?(?=\s*\d+(?:\.\d+)?\s*(?:%|mm|cm|毫米|厘米|公分|克|g(?![a-z]))))\s*"
)
_ASYMMETRIC = re.compile(r"([+-])\s*(?=\d)")
_LOWER_FIRST = re.compile(
    r"(?<=[\s(,一-鿿])-\s*(\d+(?:\.\d+)?)\s*[a-zμ]{0,2}\s*/\s*\+\s*(\d+(?:\.\d+)?)"
)
# "5 % more or less", the custom of ordering by weight or length.
_EITHER_SIDE = re.compile(
    r"(?P<figure>\d+(?:\.\d+)?)\s?(?:%|percent|per cent)\s*(?:more or less|over or under|over/under|more/less|either (?:way|side)|in either direction|plus or minus|up or down)"
)
_IN_WORDS = re.compile(
    r"(?P<sign>plus|minus)\s*(?P<first>\d+(?:\.\d+)?)\s*[a-z%]{0,2}\s*[,/]?\s*(?:and\s)?(?:plus|minus)\s*(?P<second>\d+(?:\.\d+)?)"
)
_ONE_SIDED = re.compile(r"([+-])\s*(\d+(?:\.\d+)?)\s*[a-zμ]{0,2}\s*/\s*0(?![.\d])")
_FOR_ALL = re.compile(
    r"(?:all|each|every|both|各|均|都|公差|允差|tolerance|tolerances|tol\.?|误差|偏差)\s*[:：]?\s*\Z"
)
_FOR_ALL_REACH = 24
_TOLERANCE_WORD = re.compile(
    r"(?:公差|允差|允许偏差|允许短缺|短缺|偏差|误差|上下浮动|浮动|tolerance|tol\.?|(?:permitted|permissible|allowed|allowable|max\.?|maximum|acceptable|negative|positive|minus|plus)\s(?:deviation|variation|difference|error))\s*(?:of|is|max\.?|up to|within|为|[::])*\s*(?=\d)|(?<![a-z])(?:give or take|within)\s(?=\d+(?:\.\d+)?\s?(?:%|[mcμ]?m|g)?\s(?:either|each) (?:way|side))"
)


class Bound(msgspec.Struct, frozen=True):
    """A tolerance as written; either side may be None when only a bare sign stands there."""

    start: int
    end: int
    plus: Decimal | None
    minus: Decimal | None
    unit: Unit | None
    for_all: bool = False


def read_bounds(written: NumberText) -> list[Bound]:
    """Collect tolerances: ±N, +N/-N, "tolerance N", and bare signs without a figure."""
    found: list[Bound] = []
    for match in _PLUS_MINUS.finditer(written.text):
        read = written.numeral(match.end())
        if not read:
            found.append(Bound(match.start(), match.end(), None, None, None))
            continue
        unit = unit_at(written.raw, written.text, read[1])
        found.append(
            Bound(
                match.start(),
                unit[1] if unit else read[1],
                read[0],
                read[0],
                unit[0] if unit else None,
            )
        )
    found += _asymmetric(written, found)
    for match in _TOLERANCE_WORD.finditer(written.text):
        read = written.numeral(match.end())
        if read and not any(bound.start <= match.end() < bound.end for bound in found):
            unit = unit_at(written.raw, written.text, read[1])
            if written.text[read[1] : read[1] + 1] != "-":
                found.append(
                    Bound(
                        match.start(),
                        unit[1] if unit else read[1],
                        read[0],
                        read[0],
                        unit[0] if unit else None,
                    )
                )
    percent = units_by_name()["%"]
    found += [
        Bound(match.start(), match.end(), number(match["figure"]), number(match["figure"]), percent)
        for match in _EITHER_SIDE.finditer(written.text)
        if not any(bound.start <= match.start() < bound.end for bound in found)
    ]
    return [
        msgspec.structs.replace(bound, for_all=True)
        if any(_holds_for_all(written.text, end) for end in (bound.start, bound.start + 1))
        else bound
        for bound in sorted(found, key=lambda bound: bound.start)
    ]


def _holds_for_all(text: str, end: int) -> bool:
    """Say whether the words up to a place let a tolerance hold for every measure before it."""
    return _FOR_ALL.search(text, max(0, end - _FOR_ALL_REACH), end) is not None


def _asymmetric(written: NumberText, known: list[Bound]) -> list[Bound]:
    signed: list[tuple[int, int, str, Decimal, Unit | None]] = []
    for match in _ASYMMETRIC.finditer(written.text):
        before = written.text[: match.start()].rstrip()
        if any(bound.start <= match.start() < bound.end for bound in known):
            continue
        if (
            match[1] == "-"
            and before
            and ((before[-1].isascii() and before[-1].isalnum()) or before[-1] in ")°%")
            and not (
                signed and written.text[signed[-1][1] : match.start()].strip() in ("", "/", ",")
            )
        ):
            continue
        read = written.numeral(match.end())
        if read:
            unit = unit_at(written.raw, written.text, read[1])
            end = unit[1] if unit else read[1]
            signed.append((match.start(), end, match[1], read[0], unit[0] if unit else None))
    found = []
    for first, second in itertools.pairwise(signed):
        between = written.text[first[1] : second[0]].strip()
        if {first[2], second[2]} == {"+", "-"} and between in ("", "/", ","):
            plus, minus = (first, second) if first[2] == "+" else (second, first)
            found.append(Bound(first[0], second[1], plus[3], minus[3], first[4] or second[4]))
    found += _in_words(written, [*known, *found])
    return found + _slashed(written, [*known, *found])


def _in_words(written: NumberText, known: list[Bound]) -> list[Bound]:
    """Read "minus 0.2 plus 0.5" and "plus 2, minus 1 mm"."""
    found: list[Bound] = []
    for match in _IN_WORDS.finditer(written.text):
        if any(bound.start <= match.start() < bound.end for bound in known):
            continue
        unit = unit_at(written.raw, written.text, match.end())
        first, second = number(match["first"]), number(match["second"])
        plus, minus = (first, second) if match["sign"] == "plus" else (second, first)
        end = unit[1] if unit else match.end()
        found.append(Bound(match.start(), end, plus, minus, unit[0] if unit else None))
    return found


def _slashed(written: NumberText, known: list[Bound]) -> list[Bound]:
    """Read "-0/+50 ml" and "+0.1/0"."""
    found: list[Bound] = []
    for match in _LOWER_FIRST.finditer(written.text):
        if not any(bound.start <= match.start() < bound.end for bound in (*known, *found)):
            unit = unit_at(written.raw, written.text, match.end())
            lower, upper = number(match[1]), number(match[2])
            end = unit[1] if unit else match.end()
            found.append(Bound(match.start(), end, upper, lower, unit[0] if unit else None))
    for match in _ONE_SIDED.finditer(written.text):
        if not any(bound.start <= match.start() < bound.end for bound in (*known, *found)):
            unit = unit_at(written.raw, written.text, match.end())
            figure, zero = number(match[2]), Decimal(0)
            upper, lower = (figure, zero) if match[1] == "+" else (zero, figure)
            found.append(
                Bound(
                    match.start(),
                    unit[1] if unit else match.end(),
                    upper,
                    lower,
                    unit[0] if unit else None,
                )
            )
    return found
