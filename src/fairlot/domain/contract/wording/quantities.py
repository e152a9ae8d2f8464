"""Numbers as traders write them: values, units, ranges, dimensions, tolerances, comparators; what is not written is not added."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

import msgspec

from fairlot.domain.contract.lexicon import Hit, Unit, is_latin, units_by_name
from fairlot.domain.contract.wording.comparators import comparator
from fairlot.domain.contract.wording.number_forms import (
    compound_time,
    fraction_at,
    is_rough,
    packed_count,
    some_more,
)
from fairlot.domain.contract.wording.numerals import HAN_NUMBER, WORD_NUMBER, NumberText, unit_at
from fairlot.domain.contract.wording.tolerances import Bound, read_bounds
from fairlot.domain.contract.wording.units_before import currency_before, unit_before

_DIMENSION = re.compile(
    r"\s*(?:\([a-z/]{1,8}\)|[lwhdt]\b)?\s*(?:x|\*|by)\s*(?:\(?[lwhdtø]\)?\.?|φ|dia\.?|长|宽|高)?\s*(?=\d)"
)
_RANGE = re.compile(r"\s*(?:-|~|to(?=\s)|至|到)\s*(?=\d)")
_LIST = re.compile(r"\s*(?:/|或|or(?=\s)|and(?=\s)|、|及|和)\s*(?=\d)")
_PER = re.compile(r"\s*(?:/|per\s|每|a\s(?=carton|box|bag|pair|set))\s*(?:1\s|一)?")
_GRADED = re.compile(r"(?:grade|scale|level|class|fastness|rubbing|washing|light|牢度)\s*\Z")
_GLUED = re.compile(
    r"(?<![a-z])(usd|eur|rmb|cny|l|w|h|d|t|x|dia|ra|min|max|spi|s|ac|dc|awg|pcs|aql|cri|ph|qty|hrc|upf|硬度[ad])\Z"
)
# How far before its number such a word begins, and the word for a grade.
_GLUED_REACH, _GRADED_REACH = 4, 24
_COUNTED = re.compile(
    r"\s*x\s+\x00|[\s-]*(?:x\s+)?(?:\x00+\s*)?(?:aaa?\s|9\s?v\s|c\s(?=cell|batt)|d\s(?=cell|batt))?(?!(?:high|wide|long|thick|deep|tall|broad|and|or|to|with|of|in|by|at|from|for|as|max|min|x|without|approx|but|times|tol)\b)(?:per\s(?!iso|en\s|din|astm|gb)|(?!per\b)[a-z]{3,})"
)


class Quantity(msgspec.Struct, frozen=True, kw_only=True):
    """One number phrase: `form` is single, range, dimensions or list; `operator` is as written, "" if none."""

    start: int
    end: int
    values: tuple[Decimal, ...]
    form: str
    unit: Unit | None
    per: str
    operator: str
    approximate: bool
    up_to: bool
    tolerance: Bound | None
    decimals: bool
    counted: bool = False


class _Run(msgspec.Struct):
    """A number phrase while it is being read."""

    values: list[Decimal]
    form: str
    unit: Unit | None
    per: str
    end: int
    decimals: bool


def _quantities(
    written: NumberText, hits: dict[str, list[Hit]], bounds: list[Bound]
) -> list[Quantity]:
    """Read every number phrase that is no tolerance, with its comparator and tolerance."""
    found: list[Quantity] = []
    position = 0
    while True:
        start = _next_start(written, position)
        if start is None:
            return _with_tolerances(found, bounds)
        bound = next((b for b in bounds if b.start <= start < b.end), None)
        if bound:
            position = bound.end
            continue
        read = _phrase(written, start, hits, bounds)
        if read is None:
            position = start + 1
            continue
        found.append(read)
        position = max(read.end, start + 1)


def _next_start(written: NumberText, position: int) -> int | None:
    for index in range(position, len(written.text)):
        char = written.text[index]
        if char.isdigit() and char.isascii():
            before = written.text[index - 1] if index else " "
            if is_latin(before) and not before.isdigit() and not _glued_word(written, index):
                continue
            if before == "\x00" or (
                before == "." and index > 1 and written.text[index - 2].isdigit()
            ):
                continue
            return index
        if char in "tfsenoh" and WORD_NUMBER.match(written.text, index):
            return index
        if char in "百千万" and fraction_at(written.text, index):
            return index
        if char in "一二两三四五六七八九十百千半" and _han_ok(written, index):
            return index
    return None


def _glued_word(written: NumberText, index: int) -> bool:
    """Allow a digit right after letters only where trade glues them: USD3, L30, H10, dia73, x24, SPI9."""
    match = _GLUED.search(written.text, max(0, index - _GLUED_REACH), index)
    return match is not None and match[1] != "s"


def _han_ok(written: NumberText, index: int) -> bool:
    match = HAN_NUMBER.match(written.text, index)
    if not match or (index and written.text[index - 1] in "第统同唯万一"):
        return False
    found = unit_at(written.raw, written.text, some_more(written.text, match.end()))
    return (
        found is not None and found[0].name not in ("°C", "CNY", "points", "year", "A", "cycles")
    ) or (found is not None and found[0].name == "cycles" and "万" in match[0])


def _phrase(
    written: NumberText, start: int, hits: dict[str, list[Hit]], bounds: list[Bound]
) -> Quantity | None:
    fraction = fraction_at(written.text, start)
    read = (fraction[0], fraction[1], True) if fraction else written.numeral(start)
    if read is None:
        return None
    value, end, decimals = read
    unit, per, end = (units_by_name()["%"], "", end) if fraction else _unit(written, end)
    if unit is not None and unit.quantity in ("cycles", "count"):
        value = _continental_thousands(written.text[start:end], value)
    run = _Run([value], "single", unit, per, end, decimals)
    while _extend(written, run, start, bounds):
        pass
    _repair(written, run, start, read[1])
    while _extend(written, run, start, bounds):  # "8块5到9块"
        pass
    together = compound_time(written.text, run.end, run.values[0], run.unit)
    if together is not None and run.form == "single":
        run.values[0], run.unit, run.end = together
    unit, per, end, decimals = run.unit, run.per, run.end, run.decimals
    values, form = run.values, run.form
    counted = (
        unit is None
        and not decimals
        and form != "dimensions"
        and (bool(_COUNTED.match(written.text, end)) or packed_count(written.text, start, end))
    )
    rough = is_rough(written.text, start, read[1])
    operator, approximate, up_to, start, end = comparator(written, start, end, hits, bounds)
    return Quantity(
        start=start, end=end, values=tuple(values), form=form, unit=unit, per=per, operator=operator,
        approximate=approximate or rough, up_to=up_to, tolerance=None, decimals=decimals, counted=counted,
    )  # fmt: skip


def _extend(written: NumberText, run: _Run, start: int, bounds: list[Bound]) -> bool:
    """Take one more number into a range, a list or dimensions; say whether there was one."""
    join = _join(written, run.end, start)
    if join is None or any(b.start <= join[1] - 1 < b.end for b in bounds):
        return False
    form, at = join
    if run.form not in ("single", form) or (form == "range" and len(run.values) > 1):
        return False
    following = written.numeral(at)
    if following is None:
        return False
    unit, per, end = _unit(written, following[1])
    if form == "list" and not _same_list(run.unit, unit, written.text[run.end : at]):
        return False
    run.values.append(following[0])
    run.form, run.decimals = form, run.decimals or following[2]
    run.unit, run.per, run.end = unit or run.unit, per or run.per, end
    return True


def _repair(written: NumberText, run: _Run, start: int, bare_end: int) -> None:
    """Read 8块3 as 8.3, "grade 4 min." as a grade, and a unit or currency written before the number."""
    named = run.unit.name if run.unit is not None else ""
    tenths = written.text[run.end : run.end + 1]
    if named == "CNY" and written.text[run.end - 1] == "块" and tenths.isdecimal():
        run.values = [run.values[0] + Decimal(tenths) / 10]
        run.end += 1
    if named == "min" and _GRADED.search(written.text, max(0, start - _GRADED_REACH), start):
        run.unit, run.end = None, bare_end
    if run.unit is None:
        run.unit = unit_before(written, start)
    elif run.unit.quantity == "count" and not run.per:  # "USD 1.12 each"
        money = currency_before(written, start)
        run.unit, run.per = (money, run.unit.name) if money is not None else (run.unit, "")


def _unit(written: NumberText, position: int) -> tuple[Unit | None, str, int]:
    found = unit_at(written.raw, written.text, position)
    if found is None:
        found = unit_at(written.raw, written.text, some_more(written.text, position))
    if found is None:
        return None, "", position
    unit, end = found
    per = _PER.match(written.text, end)
    if per and per.end() > end:
        other = unit_at(written.raw, written.text, per.end())
        if other is not None and (
            other[0].quantity in ("count", "mass", "length", "layers", "time")
        ):
            return unit, other[0].name, other[1]
    return unit, "", end


def _join(written: NumberText, end: int, start: int) -> tuple[str, int] | None:
    for form, pattern in (("dimensions", _DIMENSION), ("range", _RANGE), ("list", _LIST)):
        match = pattern.match(written.text, end)
        if match:
            if form == "list" and "and" in match[0] and written.text[:start].endswith("between "):
                return "range", match.end()
            return form, match.end()
    return None


def _continental_thousands(text: str, value: Decimal) -> Decimal:
    """Read 10.000 times as ten thousand: what is counted has no decimals."""
    return value * 1000 if re.match(r"\d{1,3}\.\d{3}(?!\d)", text) else value


def _same_list(unit: Unit | None, following: Unit | None, between: str) -> bool:
    if between.strip() in ("/", "或", "or"):
        same = unit is None or following is None or unit == following
        return same or (between.strip() == "/" and unit is not None and unit.quantity != "charge")
    return unit is not None and unit == following and unit.quantity != "time"


def _with_tolerances(found: list[Quantity], bounds: list[Bound]) -> list[Quantity]:
    """Give each tolerance to the nearest quantity before it that has none and whose unit it fits."""
    taken: dict[int, Bound] = {}
    for bound in bounds:
        for index in range(len(found) - 1, -1, -1):
            quantity = found[index]
            if quantity.start >= bound.start or index in taken:
                continue
            if _fits(bound, quantity):
                taken[index] = bound
                if not bound.for_all:
                    break
            elif bound.for_all:
                continue
    rows = []
    for index, quantity in enumerate(found):
        given = taken.get(index)
        if given is None:
            rows.append(quantity)
            continue
        shared = given.unit if given.unit is not None and given.unit.name != "%" else None
        unit = quantity.unit if quantity.unit is not None else shared
        rows.append(msgspec.structs.replace(quantity, tolerance=given, unit=unit))
    return rows


def _fits(bound: Bound, quantity: Quantity) -> bool:
    if bound.unit is None or bound.unit.name == "%" or quantity.unit is None:
        return True
    if quantity.unit.quantity == bound.unit.quantity:
        return True
    return quantity.unit.quantity == "area mass" and bound.unit.quantity == "mass"


def read_quantities(
    raw: str, text: str, hits: dict[str, list[Hit]], masked: Iterable[tuple[int, int]]
) -> tuple[list[Quantity], list[Bound]]:
    """Read all number phrases of a text and all its tolerances."""
    written = NumberText(raw, text, masked)
    bounds = read_bounds(written)
    return _quantities(written, hits, bounds), bounds
