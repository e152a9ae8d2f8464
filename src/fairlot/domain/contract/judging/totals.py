"""Totals that a text gives beside what they are made of: cartons times pieces, sizes and colors, price times pieces."""

from __future__ import annotations

import math
import re
from decimal import Decimal

from fairlot.domain.contract.wording.numerals import NUMBER, number

# A number is taken whole and a word from its beginning, so that no run of signs is parted in more ways than one.
_WHOLE_NUMBER = rf"(?>{NUMBER.pattern})"
_N = rf"(?:usd|eur|us\$|\$|€)?\s?{_WHOLE_NUMBER}"
_WORDS = r"(?:\s?(?<![a-z./])(?!x\b|of\b|total|and\b|in\b)[a-z%][a-z./]*){0,4}"
_TIMES = r"\s?(?:x|\*|times|@|of(?=\s\d)|à|at(?=\s(?:usd|eur|us\$|\$|€)))\s?"
_PRODUCT = rf"{_N}{_WORDS}{_TIMES}{_N}{_WORDS}(?:{_TIMES}{_N}{_WORDS})?"
_MAKES = (
    r"[\s,;:(]*(?:=|equals|makes|which makes|gives|i\.e\.|that is|totall?ing|in total|total(?:\sof)?|altogether|in all)"
    r"(?:\s(?:qty|quantity|is|of|amount|value))?[\s:=]*"
)
_PRODUCT_FIRST = re.compile(rf"(?<![\d.,])(?P<product>{_PRODUCT}){_MAKES}(?P<total>{_N}{_WORDS})")
_TOTAL_FIRST = re.compile(
    rf"(?<![\d.,])(?P<total>{_N}{_WORDS})\s?(?:=|\(|:|i\.e\.|that is,?|,?\spacked(?: as| in)?|in)\s?(?P<product>{_PRODUCT})"
)
_FIGURE = re.compile(NUMBER.pattern)
_MEASURED = re.compile(
    r"\d\s?(?P<unit>mm|cm|m|m2|m²|m3|m³|cbm|in|inch|ft|yd|g|kg|mg|lb|oz|ml|cl|l|v|a|w|mah|ah|wh|h|min|s|%|t|mt|px)(?![a-z\d])"
)
# A whole and the parts that are counted under it ("total 1,000 pcs: red 400, blue 700").
_PIECES = r"(?:\s?(?:pcs|pieces|pairs|sets|units|items|prs|doz|dozen))"
_WHOLE_FIRST = re.compile(
    rf"(?<![\d.,])(?P<total>{_WHOLE_NUMBER}){_PIECES}(?:\sin total|\saltogether)?\s?(?::|\(|,? of which|,? consisting of|,? split(?: as| into)?|,? made up of|,? thereof|,? divided into|,? being|\s=|,? i\.e\.)(?P<parts>.+)"
)
_WHOLE_LAST = re.compile(
    rf"(?P<parts>.+?)[\s,;:(]*(?:=|\btotal(?:ling)?(?: of| quantity| qty)?|\bin total|\baltogether|\bin all|\bsum)[\s:=]*(?P<total>{_WHOLE_NUMBER}){_PIECES}?\s?(?:in total|altogether|total)?[\s).]*\Z"
)
# Looked for first: what comes before it may be long.
_SUMS_UP = re.compile(r"=|\btotal|\baltogether|\bin all|\bsum")
_ONE_PART = re.compile(
    rf"(?<![\d.,/x-]){_WHOLE_NUMBER}(?![\d.,]*\s?(?:%|x\s?\d|-\d|/\d|per\b|mm|cm|g\b|kg\b|ml\b|v\b|w\b|st\b|nd\b|rd\b|th\b))"
)
_MULTIPLIES = re.compile(r"\bper\b|\beach\b|\d\s?x|\bx\s?\d|[*@]|=|\bof \d")
# Pieces in an inner pack, inner packs in a carton, pieces in a carton.
_INNER = r"(?:inner(?:\s(?:box|carton|pack|bag)(?:es|s)?)?s?|polybags?|bags?|box(?:es)?|dispensers?|displays?|bundles?|packs?|trays?|dozens?)"
_OUTER = r"(?:(?:master |outer |export )?(?:cartons?|ctns?|case|crate))"
_IN_INNER = re.compile(
    rf"(?<!\d)(?P<n>\d++){_PIECES}?\s?(?:/|per|in (?:an?|one|each)|a)\s?{_INNER}\b"
)
_INNERS = re.compile(
    rf"(?<!\d)(?P<n>\d++)\s?{_INNER}\s?(?:/|per|in (?:an?|one|each|the)|a|to (?:an?|the|one|each))\s?{_OUTER}"
)
_IN_OUTER = re.compile(
    rf"(?<!\d)(?P<n>\d++){_PIECES}\s?(?:/|per|in (?:an?|one|each|the)|a)\s?{_OUTER}"
)
_ROUNDING = Decimal("0.01")
# Two that make a third.
FIGURES_MIN = 3


def _value(text: str) -> Decimal:
    found = _FIGURE.search(text)
    return number(found[0]) if found else Decimal(0)


def _differs(product: str, total: str) -> bool:
    units = {match["unit"] for match in _MEASURED.finditer(total)}
    within = {match["unit"] for match in _MEASURED.finditer(product)}
    if (within and not units) or (units and units != within) or len(within) > 1:
        return False
    if len(_MEASURED.findall(product)) > 1:
        return False
    factors = [number(figure) for figure in _FIGURE.findall(product)]
    stated = _value(total)
    made = math.prod(factors, start=Decimal(1))
    return abs(made - stated) > _ROUNDING * stated / 10


def _parts_differ(parts: str, total: Decimal) -> bool:
    listed = [number(figure[0]) for figure in _ONE_PART.finditer(parts)]
    if len(listed) <= 1 or any(part >= total for part in listed) or _MULTIPLIES.search(parts):
        return False
    return total not in (sum(listed), math.prod(listed))


def _packs_differ(text: str) -> bool:
    inner, packs, outer = _IN_INNER.search(text), _INNERS.search(text), _IN_OUTER.search(text)
    if inner is None or packs is None or outer is None:
        return False
    return int(inner["n"]) * int(packs["n"]) != int(outer["n"])


def wrong_sum(text: str) -> bool:
    """Say whether a text (in small letters) gives a total that is not what its own figures make."""
    if len(_FIGURE.findall(text)) < FIGURES_MIN:
        return False
    for pattern in (_PRODUCT_FIRST, _TOTAL_FIRST):
        for match in pattern.finditer(text):
            if _differs(match["product"], match["total"]):
                return True
    whole = _WHOLE_FIRST.search(text)
    if whole is None and _SUMS_UP.search(text):
        whole = _WHOLE_LAST.match(text)
    if whole is not None and _parts_differ(whole["parts"], number(whole["total"])):
        return True
    return _packs_differ(text)
