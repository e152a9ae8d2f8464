"""What one requirement is worth: label, rules, kind, and the requirement as read."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, TypeAlias

import msgspec

from fairlot.domain.contract.wording.quantities import Quantity
from fairlot.domain.contract.wording.tolerances import Bound

Label: TypeAlias = Literal["claimable", "weak", "not_claimable"]
STRENGTH: dict[str, int] = {"not_claimable": 0, "weak": 1, "claimable": 2}
NOT_CLAIMABLE_RULES = frozenset(
    {
        "vague_word",
        "no_measure",
        "wrong_unit",
        "up_to_no_floor",
        "to_be_confirmed",
        "not_a_requirement",
        "process_not_goods",
    }
)

Value: TypeAlias = str | tuple[str, ...] | tuple[tuple[str, str], ...]


class ParsedTolerance(msgspec.Struct, frozen=True, kw_only=True):
    """Allowed deviation as decimals in text; `custom` when only the custom of ±10 % supplies it."""

    plus: str
    minus: str
    unit: str | None
    custom: bool = False


class Parsed(msgspec.Struct, frozen=True, kw_only=True):
    """The requirement as read: numbers as decimal strings, `value` a tuple for dimensions, lists and ranges."""

    operator: str
    value: Value
    unit: str | None = None
    tolerance: ParsedTolerance | None = None
    reference: str = ""
    test: str = ""
    is_number: bool = False


class Judgement(msgspec.Struct, frozen=True, kw_only=True):
    """The worth of one requirement: half-open span in the text, its kind, label, rules (main cause first)."""

    start: int
    end: int
    kind: str
    label: Label
    rules: tuple[str, ...]
    parsed: Parsed | None = None
    property_id: str = ""


def decimal_text(value: Decimal) -> str:
    """Write a decimal without exponent, keeping the digits that were written."""
    return format(value, "f")


def parsed_tolerance(bound: Bound | None, *, approximate: bool) -> ParsedTolerance | None:
    """Turn a tolerance into its parsed form; about and 约 give ±10 % by custom."""
    if bound is not None and bound.plus is not None and bound.minus is not None:
        return ParsedTolerance(
            plus=decimal_text(bound.plus),
            minus=decimal_text(bound.minus),
            unit=bound.unit.name if bound.unit else None,
        )
    if approximate:
        return ParsedTolerance(plus="10", minus="10", unit="%", custom=True)
    return None


def parsed_quantity(quantity: Quantity, *, operator: str, test: str = "", unit: str = "") -> Parsed:
    """Turn a number phrase into its parsed form; ten-micron 丝 are shown as mm."""
    values = quantity.values
    name = unit or (quantity.unit.name if quantity.unit else None)
    if name == "丝" and quantity.unit is not None:
        values, name = tuple(value * quantity.unit.factor for value in values), "mm"
    if name and quantity.per and not unit:
        name = f"{name}/{'bag' if quantity.per == 'bag' else quantity.per}"
    written = tuple(decimal_text(value) for value in values)
    return Parsed(
        operator=operator,
        value=written[0] if len(written) == 1 else written,
        unit=name,
        tolerance=parsed_tolerance(quantity.tolerance, approximate=quantity.approximate),
        test=test,
        is_number=True,
    )


def make(  # noqa: PLR0917  (called at every verdict, always in this order)
    start: int,
    end: int,
    kind: str,
    rules: tuple[str, ...] | list[str],
    parsed: Parsed | None = None,
    property_id: str = "",
) -> Judgement:
    """Derive the label from the first rule; none means claimable."""
    ordered = tuple(dict.fromkeys(rule for rule in rules if rule))
    label: Label = "claimable"
    if ordered:
        label = "not_claimable" if ordered[0] in NOT_CLAIMABLE_RULES else "weak"
    return Judgement(
        start=start,
        end=end,
        kind=kind,
        label=label,
        rules=ordered or ("ok",),
        parsed=None if label == "not_claimable" else parsed,
        property_id=property_id,
    )
