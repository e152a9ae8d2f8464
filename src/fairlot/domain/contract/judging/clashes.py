"""Two figures for one property that no piece could meet together."""

from __future__ import annotations

import re
from decimal import Decimal

from fairlot.domain.contract.judging.hues import wrongly_named
from fairlot.domain.contract.judging.sums import miscounted
from fairlot.domain.contract.judging.totals import wrong_sum
from fairlot.domain.contract.wording.analysis import Clause
from fairlot.domain.contract.wording.quantities import Quantity

_PERCENT = "%"


# Topics in which counts and prices are added up, and those in which colors are named.
_SUMMED = frozenset({"", "quantity", "packaging", "price"})
_COLOURED = frozenset({"", "colour", "finish", "branding", "material"})
_NET = re.compile(r"\b(?:net|n\.?w\.?)(?![a-z])|净重?")
_GROSS = re.compile(r"\b(?:gross|g\.?w\.?)(?![a-z])|毛重?")


def _weighs(quantity: Quantity) -> Decimal | None:
    mass = quantity.unit is not None and quantity.unit.quantity == "mass"
    return quantity.values[-1] * quantity.unit.factor if mass and quantity.unit else None


def contradicts_itself(whole: Clause, kind: str) -> bool:
    """Say whether a text gives a wrong total, another color's code, or more weight inside than all together."""
    if kind in _SUMMED and wrong_sum(whole.body):
        return True
    return (kind in _COLOURED and wrongly_named(whole)) or _heavier_inside(whole)


def _heavier_inside(whole: Clause) -> bool:
    """Say whether goods are to weigh more without their packing than with it."""
    net = gross = None
    names = [(m.start(), "net") for m in _NET.finditer(whole.text, whole.start, whole.end)]
    names += [(m.start(), "gross") for m in _GROSS.finditer(whole.text, whole.start, whole.end)]
    if {name for _, name in names} != {"net", "gross"}:
        return False
    for quantity in whole.quantities:
        weight = _weighs(quantity)
        before = [row for row in names if row[0] < quantity.end]
        if weight is None or not before:
            continue
        if max(before)[1] == "net":
            net = weight if net is None else net
        else:
            gross = weight if gross is None else gross
    return net is not None and gross is not None and net > gross


def _floor_above_ceiling(group: Clause) -> bool:
    """Say whether a least and a most of one measure exclude each other ("min. 20 cm, max. 18 cm")."""
    bounds = [
        q for q in group.quantities if q.operator and q.form == "single" and q.unit is not None
    ]
    for first in bounds:
        for second in bounds:
            if first.operator != ">=" or second.operator != "<=":
                continue
            if first.unit is None or second.unit is None or first.unit.base != second.unit.base:
                continue
            apart = any(
                min(first.end, second.end) <= hit.start < max(first.start, second.start)
                for hit, _ in group.properties()
            )
            if (
                not apart
                and first.values[0] * first.unit.factor > second.values[0] * second.unit.factor
            ):
                return True
    return False


def clashing(groups: list[Clause]) -> int | None:
    """Return the index of a group whose limits exclude those of an earlier one on the same property."""
    stated: list[tuple[int, str, str, Decimal, Decimal]] = []
    for index, group in enumerate(groups):
        if _floor_above_ceiling(group):
            return index
        for quantity in group.quantities:
            read = _limits(group, quantity)
            if read is None:
                continue
            place, name, unit, low, high = read
            if any(
                place != other and name == known and unit == same and (low > top or high < bottom)
                for other, known, same, bottom, top in stated
            ):
                return index
            stated.append(read)
    return len(groups) - 1 if groups and miscounted(_body(groups)) else None


def _body(groups: list[Clause]) -> str:
    return groups[0].text[groups[0].start : groups[-1].end]


def _limits(group: Clause, quantity: Quantity) -> tuple[int, str, str, Decimal, Decimal] | None:
    """Read a quantity as place and name of its property, base unit, lowest and highest allowed value; None where it limits nothing."""
    heads = [hit for hit, _ in group.properties() if hit.end <= quantity.end]
    if not heads or quantity.unit is None or quantity.form not in ("single", "range"):
        return None
    head = heads[-1]
    base = (head.start, group.text[head.start : head.end], quantity.unit.base)
    values = [value * quantity.unit.factor for value in quantity.values]
    low, high = values[0], values[-1]
    if quantity.operator in (">=", ">"):
        return *base, low, Decimal("Infinity")
    if quantity.operator in ("<=", "<"):
        return *base, Decimal("-Infinity"), high
    bound = quantity.tolerance
    if bound is None or bound.plus is None or bound.minus is None:
        return None if quantity.form == "single" else (*base, low, high)
    if bound.unit is not None and bound.unit.name == _PERCENT and quantity.unit.name != _PERCENT:
        return *base, low * (100 - bound.minus) / 100, high * (100 + bound.plus) / 100
    factor = bound.unit.factor if bound.unit is not None else quantity.unit.factor
    return *base, low - bound.minus * factor, high + bound.plus * factor
