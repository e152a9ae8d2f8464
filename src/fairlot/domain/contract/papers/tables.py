"""What the columns of a pasted table are: which names the item, which holds the requirement, which the topic stands over."""

from __future__ import annotations

import re

import msgspec

from fairlot.domain.contract.papers.document_lines import Cell, Line
from fairlot.domain.contract.papers.layout import caption_kind
from fairlot.domain.contract.papers.table_rows import (
    SIZE_HEAD,
    Row,
    Span,
    head_role,
    head_words,
    tables,
)

_NAME_SIGNS_MAX = 40
_NUMBER = re.compile(
    r"[\d.,]*\d(?:\s*[x×*/]\s*[\d.,]*\d)*(?:\s*±\s*[\d.,]*\d)?(?:\s*[-–~]\s*[\d.,]*\d)?\s*"
)
_TOLERANCE = re.compile(r"(?i)tol(?:erance)?s?\b|\+/-|±|公差|允差|误差|偏差")
_UNIT_HEAD = frozenset({"unit", "units", "单位", "uom"})
_AMOUNT = re.compile(r"(?i)amount|total|金额|总价|合计|小计")
_MONEY = re.compile(r"(?i)us\$|usd|eur|cny|rmb|gbp|hkd|jpy|[$€¥£]|人民币|元")
_PER = re.compile(r"(?i)(?:/|\bper\s)\s?([a-z一-鿿]{1,8})")
_IN_BRACKETS = re.compile(r"[(\[]([^)\]]{1,16})[)\]]")
_UNIT_INSIDE = re.compile(
    r"(?i)\b(?:in|unit:?)\s(mm|cm|inch(?:es)?)\b|单位\s?[::]?\s?(mm|cm|毫米|厘米|公分)"
)
_UNIT_BEHIND = re.compile(
    r"(?i)(?:\bin\s|[,/]\s?|\s)(mm|cm|m|inch|inches|kgs?|g|gsm|ml|l|pcs|sets|pairs|件|个|条|套|克|千克|公斤|毫米|厘米|米)\s*\Z"
)
# What makes a description of an article a requirement: figures with a unit, a share, a book of colors.
_MEASURED = re.compile(
    r"(?i)\d\s*(?:%|mm|cm|gsm|g/m|g\b|kg|ml|l\b|v\b|w\b|mah|oz|inch|厘米|毫米|克)|[±≥≤]|pantone|ral\s?\d|潘通"
)
_SIZES_MIN = 2
# What a table of sizes states besides dimensions.
_BY_SIZE = frozenset({"quantity", "price", "weight"})


class Columns(msgspec.Struct, frozen=True, kw_only=True):
    """The columns of one table: `name` and `value` are indexes, `heads` the words over the columns, `unit` what stands over it all."""

    name: int
    value: int
    heads: tuple[str, ...] = ()
    unit: str = ""

    def head(self, index: int) -> str:
        """Return the words over a column."""
        return self.heads[index] if index < len(self.heads) else ""

    def find(self, words: re.Pattern[str]) -> int:
        """Return the first column over which such words stand, -1 if none."""
        return next((k for k, head in enumerate(self.heads) if words.search(head)), -1)


def table_cells(text: str, lines: list[Line]) -> dict[int, list[Cell]]:
    """Return the cells of every line that belongs to a table, by line number; headers have none."""
    found: dict[int, list[Cell]] = {}
    every = tables(text, lines)
    within = {row.line.number for rows in every for row in rows}
    apart = [line for line in lines if line.number not in within]
    before = Columns(name=0, value=1)
    for rows in every:
        columns, is_header = _columns(text, rows[0])
        if is_header:
            before = columns
        elif len(before.heads) == len(rows[0].spans):  # A heading parts the table in two.
            columns = before
        columns = msgspec.structs.replace(columns, unit=_unit_over(_line_above(text, apart, rows)))
        for index, row in enumerate(rows):
            if is_header and not index:
                found[row.line.number] = []
            elif (sized := _size_row(text, row, columns)) is not None:
                found[row.line.number] = [sized]
            else:
                found[row.line.number] = _cells(text, row, columns)
    return found


def _line_above(text: str, lines: list[Line], rows: list[Row]) -> str:
    """Return the line over a table, if it ends its paragraph there ("Measurements (cm)")."""
    number = rows[0].line.number
    above = next((line for line in lines if number - 3 < line.number < number), None)
    return text[above.start : above.end] if above is not None else ""


def _columns(text: str, row: Row) -> tuple[Columns, bool]:
    """Read the first row as a header where its words are those of headers."""
    heads = tuple(text[slice(*span)].strip() for span in row.spans)
    roles = [head_role(head) for head in heads]
    value = roles.index("value") if "value" in roles else -1
    name = roles.index("name") if "name" in roles else -1
    if value > 0 and value > name:
        return Columns(name=name if name >= 0 else value - 1, value=value, heads=heads), True
    sizes = sum(bool(SIZE_HEAD.match(head)) for head in heads[1:])
    known = sum(map(bool, roles)) + sizes
    if known * 2 >= len(heads) and known > 1:
        return Columns(name=-1, value=-1, heads=heads), True
    return Columns(name=0, value=1), False


def _size_row(text: str, row: Row, columns: Columns) -> Cell | None:
    """Read a row of a table of sizes as one requirement: a dimension in all sizes, or a size in all dimensions."""
    filled = [(k, span) for k, span in enumerate(row.spans) if span[0] < span[1]]
    if not columns.heads or len(filled) < _SIZES_MIN + 1 or filled[0][0] != 0:
        return None
    numbers = [k for k, span in filled[1:] if _NUMBER.fullmatch(text, *span)]
    over = sum(bool(SIZE_HEAD.match(columns.head(k))) for k in numbers)
    name = text[slice(*row.spans[0])]
    of_one_size = SIZE_HEAD.match(name) is not None and not any(
        caption_kind(columns.head(k)) in ("quantity", "price") for k in numbers
    )
    if len(numbers) < _SIZES_MIN or not (over >= _SIZES_MIN or of_one_size):
        return None
    tolerance = columns.find(_TOLERANCE)
    allowed = text[slice(*row.spans[tolerance])] if 0 < tolerance < len(row.spans) else ""
    heads = (columns.head(numbers[0]),) if of_one_size else (name, *columns.heads)
    unit = next((unit for unit in map(_unit_over, heads) if unit), columns.unit)
    kind = caption_kind(name) if over else ""
    first = text[slice(*row.spans[numbers[0]])].strip()
    allowed = allowed if not allowed or allowed.startswith(("±", "+")) else f"±{allowed}"
    if allowed and allowed[-1].isdigit():
        allowed += unit
    return Cell(
        start=row.spans[0][0],
        end=filled[-1][1][1],
        caption=name if kind in _BY_SIZE else "size",
        content=row.spans[0][0],
        reads=f"{first} {unit} {allowed}".strip(),
    )


def _cells(text: str, row: Row, columns: Columns) -> list[Cell]:
    cells: list[Cell] = []
    spans = row.spans
    named = columns.value > 0 and columns.value < len(spans) and _is_name(text, spans[columns.name])
    tolerance = columns.find(_TOLERANCE) if columns.heads else -1
    for index, (start, end) in enumerate(spans):
        if start == end or (named and index < columns.value) or index == tolerance:
            continue
        head = columns.head(index)
        role = head_role(head) if head else ""
        if role == "outside" or (columns.heads and head_words(head) in _UNIT_HEAD):
            continue
        if role == "name" and not named and not _MEASURED.search(text, start, end):
            continue
        caption, first = head if role != "name" else "", start
        if named:
            caption = text[slice(*spans[columns.name])]
            first = spans[columns.name][0] if index == columns.value else start
        reads, last = _with_columns(text, spans, columns, index, tolerance)
        cells.append(Cell(start=first, end=last, caption=caption, content=start, reads=reads))
    return cells


def _with_columns(
    text: str, spans: tuple[Span, ...], columns: Columns, index: int, tolerance: int
) -> tuple[str, int]:
    """Read a bare number with the unit and the tolerance that its columns say; "" where nothing is to be added."""
    start, end = spans[index]
    if not columns.heads or _AMOUNT.search(columns.head(index)):
        return "", end
    value = text[start:end].strip()
    unit = _unit_of(text, spans, columns, index) if _NUMBER.fullmatch(value) else ""
    allowed = ""
    if index == columns.value and 0 < tolerance < len(spans):
        allowed = text[slice(*spans[tolerance])].strip()
        end = max(end, spans[tolerance][1]) if tolerance == index + 1 else end
    if allowed and not allowed.startswith(("±", "+", "-")):
        allowed = f"±{allowed}" if allowed[0].isdigit() else ""
    if not unit and not allowed:
        return "", end
    if allowed and allowed[-1].isdigit():
        allowed += f" {unit}"
    return _amount_with(value, unit, allowed), end


def _amount_with(value: str, unit: str, allowed: str) -> str:
    money = _MONEY.match(unit)
    if money and money[0] != "元":
        return f"{unit[: money.end()]} {value}{unit[money.end() :]}"
    return f"{value} {unit} {allowed}".strip()


def _unit_of(text: str, spans: tuple[Span, ...], columns: Columns, index: int) -> str:
    over = _unit_over(columns.head(index))
    if over or index != columns.value:
        return over
    beside = next((k for k, head in enumerate(columns.heads) if head_words(head) in _UNIT_HEAD), -1)
    return text[slice(*spans[beside])].strip() if 0 <= beside < len(spans) else ""


def _unit_over(head: str) -> str:
    """Return the unit that stands over a column ("规格(cm)", "Price/pc USD", "Weight, kg"), "" if none."""
    inside = _IN_BRACKETS.search(head)
    money, per = _MONEY.search(head), _PER.search(head)
    if money:
        return money[0] + (f"/{per[1]}" if per and not _MONEY.fullmatch(per[1]) else "")
    if inside and re.match(r"(?i)[a-zµμ°㎡%/一-鿿\d²]+\Z", inside[1].strip()):
        return inside[1].strip()
    behind = _UNIT_BEHIND.search(head) or _UNIT_INSIDE.search(head)
    return next((unit for unit in behind.groups() if unit), "") if behind else ""


def _is_name(text: str, span: Span) -> bool:
    name = text[slice(*span)]
    return bool(name) and len(name) <= _NAME_SIGNS_MAX and not re.search(r"\d\s*[a-z%]|[±≥≤]", name)
