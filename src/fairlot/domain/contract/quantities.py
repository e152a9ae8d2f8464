"""Numbers as traders write them: values, units, ranges, dimensions, tolerances, comparators; what is not written is not added."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from decimal import Decimal

import msgspec

from fairlot.domain.contract.lexicon import Hit, Unit, is_latin, unit_words, units_by_name

NUMBER = re.compile(
    r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:\.\d{3})+(?=,\d{2}(?!\d))(?:,\d{2})|\d+,\d{1,2}(?![\d,])|\d+(?:\.\d+)?",
    re.ASCII,
)
_HAN_NUMBER = re.compile(r"[一二两三四五六七八九十百千万半]{1,6}(?=[一-鿿])")
_HAN_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2}
_MULTIPLIER = re.compile(r"\s?(万|千(?!克|瓦|帕|米|伏|欧|焦)|百|k(?![a-z]))")
_MULTIPLIERS = {"万": 10_000, "千": 1_000, "百": 100, "k": 1_000}
_DIMENSION = re.compile(
    r"\s*(?:\([a-z/]{1,8}\)|[lwhdt]\b)?\s*(?:x|\*|by)\s*(?:\(?[lwhdtø]\)?\.?|φ|dia\.?|长|宽|高)?\s*(?=\d)"
)
_RANGE = re.compile(r"\s*(?:-|~|to(?=\s)|至|到)\s*(?=\d)")
_LIST = re.compile(r"\s*(?:/|或|or(?=\s)|and(?=\s)|、|及|和)\s*(?=\d)")
_PER = re.compile(r"\s*(?:/|per\s|每|a\s(?=carton|box|bag|pair|set))\s*(?:1\s|一)?")
_PLUS_MINUS = re.compile(r"(?:±|\+\s?/\s?-|\+-|正负)\s*")
_ASYMMETRIC = re.compile(r"([+-])\s*(?=\d)")
_ONE_SIDED = re.compile(r"([+-])\s*(\d+(?:\.\d+)?)\s*[a-zμ]{0,2}\s*/\s*0(?![.\d])")
_FOR_ALL = re.compile(
    r"(?:all|each|every|both|各|均|都|公差|允差|tolerance|tolerances|tol\.?|误差|偏差)\s*[:：]?\s*\Z"
)
_GRADED = re.compile(r"(?:grade|scale|level|class|fastness|rubbing|washing|light|牢度)\s*\Z")
_TOLERANCE_WORD = re.compile(
    r"(?:公差|允差|允许偏差|偏差|误差|上下浮动|浮动|tolerance|tol\.?)\s*(?:of|为|[::])?\s*(?=\d)"
)
_CURRENCY = re.compile(r"(usd|us\$|eur|gbp|cny|rmb|\$|€|£|¥|¥|人民币|美元|美金)\s*$")
_CURRENCIES = {
    "usd": "USD", "us$": "USD", "$": "USD", "eur": "EUR", "€": "EUR", "gbp": "GBP", "£": "GBP",
    "cny": "CNY", "rmb": "CNY", "¥": "CNY", "人民币": "CNY", "美元": "USD", "美金": "USD",
}  # fmt: skip
_BETWEEN_COMPARATOR = re.compile(
    r"[\s:=(]*(?:(?:an?|of|the|be|is|are|total|rated|to|为|是|在|到|的|usd|us\$|\$|eur|€|rmb|¥|than|φ|ø|dia\.?|ac|dc|grade|class|level|rating|nominal|every|each|any|about|[::])[\s:]*)*\Z"
)
_AFTER_COMPARATOR = re.compile(r"[\s,(]*(?:的)?\Z")
_COUNTED = re.compile(
    r"[\s-]*(?:x\s+)?(?!(?:and|or|to|with|of|in|by|at|from|for|as|max|min|x|without|approx|but|times|tol)\b)(?:per\s(?!iso|en\s|din|astm|gb)|(?!per\b)[a-z]{3,})"
)
_GRADE_BEFORE = re.compile(r"(?:grade|class|level|rating|等级)\s*$")
PER_PIECE = {"pcs": "pc", "ctn": "ctn"}


class Bound(msgspec.Struct, frozen=True):
    """A tolerance as written; either side may be None when only a bare sign stands there."""

    start: int
    end: int
    plus: Decimal | None
    minus: Decimal | None
    unit: Unit | None
    for_all: bool = False


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


def number(text: str) -> Decimal:
    """Read a number with English or continental separators."""
    if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", text):
        return Decimal(text.replace(",", ""))
    if re.fullmatch(r"\d{1,3}(\.\d{3})+,\d{2}", text):
        return Decimal(text.replace(".", "").replace(",", "."))
    return Decimal(text.replace(",", "."))


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
    if start >= len(text):
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
            elif (is_latin(text[end]) and not text[end].isdigit()) or text[end].isdigit():
                continue
        return word.unit, end
    return None


class _Run(msgspec.Struct):
    """A number phrase while it is being read."""

    values: list[Decimal]
    form: str
    unit: Unit | None
    per: str
    end: int
    decimals: bool


class _Reader:
    """Reads the number phrases of one text from left to right; `masked` spans belong to codes and are skipped."""

    def __init__(self, raw: str, text: str, masked: Iterable[tuple[int, int]]) -> None:
        self.raw = raw
        cells = list(text)
        for start, end in masked:
            cells[start:end] = "\x00" * (end - start)
        self.text = "".join(cells)

    def numeral(self, position: int) -> tuple[Decimal, int, bool] | None:
        match = NUMBER.match(self.text, position)
        if not match:
            han = _HAN_NUMBER.match(self.text, position)
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

    def bounds(self) -> list[Bound]:
        """Collect tolerances: ±N, +N/-N, "tolerance N", and bare signs without a figure."""
        found: list[Bound] = []
        for match in _PLUS_MINUS.finditer(self.text):
            read = self.numeral(match.end())
            if not read:
                found.append(Bound(match.start(), match.end(), None, None, None))
                continue
            unit = unit_at(self.raw, self.text, read[1])
            found.append(
                Bound(
                    match.start(),
                    unit[1] if unit else read[1],
                    read[0],
                    read[0],
                    unit[0] if unit else None,
                )
            )
        found += self._asymmetric(found)
        for match in _TOLERANCE_WORD.finditer(self.text):
            read = self.numeral(match.end())
            if read and not any(bound.start <= match.end() < bound.end for bound in found):
                unit = unit_at(self.raw, self.text, read[1])
                if self.text[read[1] : read[1] + 1] != "-":
                    found.append(
                        Bound(
                            match.start(),
                            unit[1] if unit else read[1],
                            read[0],
                            read[0],
                            unit[0] if unit else None,
                        )
                    )
        return [
            msgspec.structs.replace(bound, for_all=True)
            if _FOR_ALL.search(self.text, 0, bound.start + 1)
            or _FOR_ALL.search(self.text[: bound.start])
            else bound
            for bound in sorted(found, key=lambda bound: bound.start)
        ]

    def _asymmetric(self, known: list[Bound]) -> list[Bound]:
        signed: list[tuple[int, int, str, Decimal, Unit | None]] = []
        for match in _ASYMMETRIC.finditer(self.text):
            before = self.text[: match.start()].rstrip()
            if any(bound.start <= match.start() < bound.end for bound in known):
                continue
            if (
                match[1] == "-"
                and before
                and (before[-1].isalnum() or before[-1] in ")°%")
                and not (
                    signed and self.text[signed[-1][1] : match.start()].strip() in ("", "/", ",")
                )
            ):
                continue
            read = self.numeral(match.end())
            if read:
                unit = unit_at(self.raw, self.text, read[1])
                end = unit[1] if unit else read[1]
                signed.append((match.start(), end, match[1], read[0], unit[0] if unit else None))
        found = []
        for first, second in itertools.pairwise(signed):
            between = self.text[first[1] : second[0]].strip()
            if {first[2], second[2]} == {"+", "-"} and between in ("", "/", ","):
                plus, minus = (first, second) if first[2] == "+" else (second, first)
                found.append(Bound(first[0], second[1], plus[3], minus[3], first[4] or second[4]))
        for match in _ONE_SIDED.finditer(self.text):
            if not any(bound.start <= match.start() < bound.end for bound in (*known, *found)):
                unit = unit_at(self.raw, self.text, match.end())
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

    def quantities(self, hits: dict[str, list[Hit]]) -> list[Quantity]:
        """Read every number phrase that is no tolerance, with its comparator and tolerance."""
        bounds = self.bounds()
        found: list[Quantity] = []
        position = 0
        while True:
            start = self._next_start(position)
            if start is None:
                return _with_tolerances(found, bounds)
            bound = next((b for b in bounds if b.start <= start < b.end), None)
            if bound:
                position = bound.end
                continue
            read = self._phrase(start, hits, bounds)
            if read is None:
                position = start + 1
                continue
            found.append(read)
            position = max(read.end, start + 1)

    def _next_start(self, position: int) -> int | None:
        for index in range(position, len(self.text)):
            char = self.text[index]
            if char.isdigit() and char.isascii():
                before = self.text[index - 1] if index else " "
                if is_latin(before) and not before.isdigit() and not self._glued_word(index):
                    continue
                if before == "\x00" or (
                    before == "." and index > 1 and self.text[index - 2].isdigit()
                ):
                    continue
                return index
            if char in "一二两三四五六七八九十百千半" and self._han_ok(index):
                return index
        return None

    def _glued_word(self, index: int) -> bool:
        """Allow a digit right after letters only where trade glues them: USD3, L30, H10, dia73, x24, SPI9."""
        match = re.search(
            r"(?<![a-z])(usd|eur|rmb|cny|l|w|h|d|t|x|dia|ra|min|max|spi|s|ac|dc|awg|pcs|aql|cri|ph|qty)\Z",
            self.text[:index],
        )
        return match is not None and match[1] != "s"

    def _han_ok(self, index: int) -> bool:
        match = _HAN_NUMBER.match(self.text, index)
        if not match or (index and self.text[index - 1] in "第统同唯万一"):
            return False
        found = unit_at(self.raw, self.text, match.end())
        return (
            found is not None
            and found[0].name not in ("°C", "CNY", "points", "year", "A", "cycles")
        ) or (found is not None and found[0].name == "cycles" and "万" in match[0])

    def _phrase(
        self, start: int, hits: dict[str, list[Hit]], bounds: list[Bound]
    ) -> Quantity | None:
        read = self.numeral(start)
        if read is None:
            return None
        value, end, decimals = read
        unit, per, end = self._unit(end)
        if unit is not None and unit.quantity in ("cycles", "count"):
            value = _continental_thousands(self.text[start:end], value)
        run = _Run([value], "single", unit, per, end, decimals)
        while self._extend(run, start, bounds):
            pass
        self._repair(run, start, read[1])
        unit, per, end, decimals = run.unit, run.per, run.end, run.decimals
        values, form = run.values, run.form
        counted = unit is None and not decimals and bool(_COUNTED.match(self.text, end))
        operator, approximate, up_to, start, end = self._comparator(start, end, hits, bounds)
        return Quantity(
            start=start, end=end, values=tuple(values), form=form, unit=unit, per=per, operator=operator,
            approximate=approximate, up_to=up_to, tolerance=None, decimals=decimals, counted=counted,
        )  # fmt: skip

    def _extend(self, run: _Run, start: int, bounds: list[Bound]) -> bool:
        """Take one more number into a range, a list or dimensions; say whether there was one."""
        join = self._join(run.end, start)
        if join is None or any(b.start <= join[1] - 1 < b.end for b in bounds):
            return False
        form, at = join
        if run.form not in ("single", form) or (form == "range" and len(run.values) > 1):
            return False
        following = self.numeral(at)
        if following is None:
            return False
        unit, per, end = self._unit(following[1])
        if form == "list" and not _same_list(run.unit, unit, self.text[run.end : at]):
            return False
        run.values.append(following[0])
        run.form, run.decimals = form, run.decimals or following[2]
        run.unit, run.per, run.end = unit or run.unit, per or run.per, end
        return True

    def _repair(self, run: _Run, start: int, bare_end: int) -> None:
        """Read 8块3 as 8.3, "grade 4 min." as a grade, and a unit or currency written before the number."""
        named = run.unit.name if run.unit is not None else ""
        tenths = self.text[run.end : run.end + 1]
        if named == "CNY" and self.text[run.end - 1] == "块" and tenths.isdigit():
            run.values = [run.values[0] + Decimal(tenths) / 10]
            run.end += 1
        if named == "min" and _GRADED.search(self.text[:start]):
            run.unit, run.end = None, bare_end
        if run.unit is None:
            run.unit = self._unit_before(start)

    def _unit(self, position: int) -> tuple[Unit | None, str, int]:
        found = unit_at(self.raw, self.text, position)
        if found is None:
            return None, "", position
        unit, end = found
        per = _PER.match(self.text, end)
        if per and per.end() > end:
            other = unit_at(self.raw, self.text, per.end())
            if other is not None and (
                other[0].quantity in ("count", "mass", "length", "layers", "time")
            ):
                return unit, other[0].name, other[1]
        return unit, "", end

    def _join(self, end: int, start: int) -> tuple[str, int] | None:
        for form, pattern in (("dimensions", _DIMENSION), ("range", _RANGE), ("list", _LIST)):
            match = pattern.match(self.text, end)
            if match:
                if form == "list" and "and" in match[0] and self.text[:start].endswith("between "):
                    return "range", match.end()
                return form, match.end()
        return None

    def _unit_before(self, start: int) -> Unit | None:
        currency = _CURRENCY.search(self.text, max(0, start - 6), start)
        if currency:
            return units_by_name()[_CURRENCIES[currency[1]]]
        if _GRADE_BEFORE.search(self.text, max(0, start - 8), start):
            return units_by_name()["grade"]
        return None

    def _comparator(
        self, start: int, end: int, hits: dict[str, list[Hit]], bounds: list[Bound]
    ) -> tuple[str, bool, bool, int, int]:
        operator, approximate, up_to = "", False, False
        after = next((b.end for b in bounds if end <= b.start <= end + 2), end)
        for category, sign in _BEFORE:
            hit = self._hit_before(start, hits.get(category, ()))
            if hit:
                start = hit.start
                approximate |= sign == "~"
                up_to |= sign == "^"
                operator = operator or (sign if sign not in "~^" else "")
                break
        else:
            hit = None
        if hit and approximate:  # "not exceeding approx. 5 kg"
            for category, sign in _BEFORE[:4]:
                outer = self._hit_before(hit.start, hits.get(category, ()))
                if outer:
                    operator, start = sign, outer.start
        for category, sign in _AFTER:
            hit = self._hit_after(after, hits.get(category, ()))
            if hit and not (sign == "<=" and self.text[hit.start] == "内" and operator):
                end = max(end, hit.end)
                approximate |= sign == "~"
                operator = operator or (sign if sign != "~" else "")
        return operator, approximate, up_to, start, end

    def _hit_before(self, start: int, hits: Iterable[Hit]) -> Hit | None:
        best = None
        for hit in hits:
            if (
                hit.end <= start
                and start - hit.end <= 16
                and _BETWEEN_COMPARATOR.match(self.text, hit.end, start)
            ):
                best = hit
        return best

    def _hit_after(self, end: int, hits: Iterable[Hit]) -> Hit | None:
        for hit in hits:
            if end <= hit.start <= end + 3 and _AFTER_COMPARATOR.match(self.text, end, hit.start):
                return hit
        return None


_BEFORE = (
    ("grammar.at_least_before", ">="),
    ("grammar.at_most_before", "<="),
    ("grammar.above_before", ">"),
    ("grammar.below_before", "<"),
    ("grammar.up_to_before", "^"),
    ("grammar.approx_before", "~"),
)
_AFTER = (
    ("grammar.at_least_after", ">="),
    ("grammar.at_most_after", "<="),
    ("grammar.approx_after", "~"),
)


def _continental_thousands(text: str, value: Decimal) -> Decimal:
    """Read 10.000 times as ten thousand: what is counted has no decimals."""
    return value * 1000 if re.match(r"\d{1,3}\.\d{3}(?!\d)", text) else value


def _same_list(unit: Unit | None, following: Unit | None, between: str) -> bool:
    if between.strip() in ("/", "或", "or"):
        return unit is None or following is None or unit == following or between.strip() == "/"
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
    reader = _Reader(raw, text, masked)
    return reader.quantities(hits), reader.bounds()
