"""Two figures for one property that no piece could meet together."""

from __future__ import annotations

from decimal import Decimal

from fairlot.domain.contract.analysis import Clause
from fairlot.domain.contract.quantities import Quantity
from fairlot.domain.contract.sums import miscounted

_PERCENT = "%"


def clashing(groups: list[Clause]) -> int | None:
    """Return the index of a group whose limits exclude those of an earlier one on the same property."""
    stated: list[tuple[int, str, str, Decimal, Decimal]] = []
    for index, group in enumerate(groups):
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
