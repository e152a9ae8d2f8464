"""Does a measurement meet a term, and by how much? Used by inspection and dispute; what cannot be decided is said to be so."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal, TypeAlias

import msgspec

from fairlot.domain.contract.colour import Lab, difference, lab
from fairlot.domain.contract.document import Measure, Presence, Reference, Term
from fairlot.domain.contract.lexicon import Unit, units_by_name

Verdict: TypeAlias = Literal["yes", "no", "undecidable"]
_DECIMAL = re.compile(r"-?\d{1,12}(?:\.\d{1,9})?\Z", re.ASCII)


class Measurement(msgspec.Struct, frozen=True, kw_only=True):
    """What was measured: a decimal string (several joined by " x ", or "L a b"), its unit, or whether a thing is there."""

    value: str = ""
    unit: str = ""
    present: bool | None = None
    passed: bool | None = None


class Interval(msgspec.Struct, frozen=True, kw_only=True):
    """The allowed values in the base unit; None is open, `strict` ends are excluded."""

    low: Decimal | None
    high: Decimal | None
    nominal: Decimal
    strict: bool
    base: str
    factor: Decimal


class Conformity(msgspec.Struct, frozen=True, kw_only=True):
    """The verdict over all measurements; `margin` is the worst distance to the limit in the term's unit, below zero outside."""

    verdict: Verdict
    margin: str | None = None
    unit: str = ""
    reason: str = ""


def conforms(term: Term, measurements: tuple[Measurement, ...]) -> Conformity:
    """Compare all measurements with a term: one outside decides "no", none at all is undecidable."""
    if not measurements:
        return Conformity(verdict="undecidable", reason="nothing was measured")
    match term.requirement:
        case Measure() as measure:
            return _worst([_measured(measure, taken) for taken in measurements], measure.unit)
        case Reference() as reference:
            return _worst(
                [_compared(reference, taken) for taken in measurements],
                "ΔE" if reference.delta_e else "",
            )
        case Presence() as presence:
            return _worst([_seen(presence, taken) for taken in measurements], "")
        case None:
            return Conformity(verdict="undecidable", reason="the term states no requirement")


def _worst(results: list[Conformity], unit: str) -> Conformity:
    for verdict in ("no", "undecidable", "yes"):
        of_kind = [result for result in results if result.verdict == verdict]
        if of_kind:
            worst = min(of_kind, key=lambda result: Decimal(result.margin or "0"))
            return msgspec.structs.replace(worst, unit=unit)
    raise AssertionError("there is at least one result")


def _undecidable(reason: str) -> Conformity:
    return Conformity(verdict="undecidable", reason=reason)


def _unit(name: str) -> Unit | None:
    return units_by_name().get(name)


def interval(measure: Measure) -> Interval | None:
    """Turn a one-number measure into its allowed interval in the base unit; None if it is no number."""
    if not all(map(_DECIMAL.match, _figures(measure))):
        return None
    unit = _unit(measure.unit)
    factor = unit.factor if unit else Decimal(1)
    base = unit.base if unit else measure.unit
    value = Decimal(measure.value) * factor
    low, high, strict = value, value, measure.operator in ("<", ">")
    match measure.operator:
        case ">=" | ">":
            return Interval(
                low=value, high=None, nominal=value, strict=strict, base=base, factor=factor
            )
        case "<=" | "<":
            return Interval(
                low=None, high=value, nominal=value, strict=strict, base=base, factor=factor
            )
        case "range":
            high = Decimal(measure.upper or measure.value) * factor
        case _:
            if measure.tolerance is not None:
                plus, minus = (_part(measure, side, value, factor) for side in ("plus", "minus"))
                if plus is None or minus is None:
                    return None
                low, high = value - minus, value + plus
    return Interval(low=low, high=high, nominal=value, strict=False, base=base, factor=factor)


def _figures(measure: Measure) -> tuple[str, ...]:
    """Return every text of a measure that has to be a number."""
    within = measure.tolerance
    allowed = () if within is None else (within.plus, within.minus)
    return (measure.value, *allowed, *(() if measure.upper is None else (measure.upper,)))


def _part(measure: Measure, side: str, value: Decimal, factor: Decimal) -> Decimal | None:
    assert measure.tolerance is not None
    amount = Decimal(getattr(measure.tolerance, side))
    if measure.tolerance.unit == "%" and measure.unit != "%":
        return abs(value) * amount / 100
    unit = _unit(measure.tolerance.unit)
    own = _unit(measure.unit)
    if unit is None or own is None:
        return amount * factor if measure.tolerance.unit in ("", measure.unit) else None
    return amount * unit.factor if unit.base == own.base else None


def _measured(measure: Measure, taken: Measurement) -> Conformity:
    if " x " in measure.value:
        sides, found = measure.value.split(" x "), taken.value.split(" x ")
        if len(sides) != len(found):
            return _undecidable("another number of dimensions was measured")
        results = [
            _measured(
                msgspec.structs.replace(measure, value=side),
                msgspec.structs.replace(taken, value=one),
            )
            for side, one in zip(sides, found, strict=True)
        ]
        return _worst(results, measure.unit)
    allowed = interval(measure)
    if allowed is None:
        return _undecidable("the requirement is no number, or its tolerance has another unit")
    if not _DECIMAL.match(taken.value):
        return _undecidable("the measurement is no number")
    unit = _unit(taken.unit)
    if (unit.base if unit else taken.unit) != allowed.base:
        return _undecidable(
            f"measured in {taken.unit or 'no unit'}, agreed in {measure.unit or 'no unit'}"
        )
    value = Decimal(taken.value) * (unit.factor if unit else Decimal(1))
    if (
        measure.operator == "="
        and measure.tolerance is None
        and allowed.low == allowed.high
        and value != allowed.low
    ):
        counted = _unit(measure.unit)
        if counted is not None and not counted.discrete:
            return _undecidable("the term gives no tolerance")
    margins = [value - allowed.low] if allowed.low is not None else []
    margins += [allowed.high - value] if allowed.high is not None else []
    margin = min(margins)
    met = margin > 0 if allowed.strict else margin >= 0
    return Conformity(verdict="yes" if met else "no", margin=_plain(margin / allowed.factor))


def _plain(value: Decimal) -> str:
    shown = format(value.normalize(), "f")
    return "0" if shown == "-0" else shown


def _compared(reference: Reference, taken: Measurement) -> Conformity:
    distance = _distance(reference, taken)
    if distance is not None and reference.delta_e and _DECIMAL.match(reference.delta_e):
        margin = Decimal(reference.delta_e) - distance
        return Conformity(verdict="yes" if margin >= 0 else "no", margin=_plain(margin))
    if taken.passed is None:
        return _undecidable("nobody recorded whether it equals the reference")
    return Conformity(verdict="yes" if taken.passed else "no")


def _distance(reference: Reference, taken: Measurement) -> Decimal | None:
    """Return how far a color is from the one agreed: reckoned from two Lab colors, or as it was measured."""
    agreed = lab(reference.value) if reference.kind == "lab" else None
    measured: Lab | None = lab(taken.value)
    if agreed is not None and measured is not None:
        return Decimal(str(round(difference(agreed, measured, formula=reference.formula), 4)))
    told = taken.unit in ("ΔE", "dE", "dE2000") and _DECIMAL.match(taken.value)
    return Decimal(taken.value) if told else None


def _seen(presence: Presence, taken: Measurement) -> Conformity:
    if taken.present is None:
        return _undecidable("nobody recorded whether it is there")
    return Conformity(verdict="yes" if taken.present == presence.present else "no")
