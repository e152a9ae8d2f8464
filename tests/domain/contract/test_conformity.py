"""Measurements against terms: verdict, margin in the term's unit, and when nothing can be decided."""

from __future__ import annotations

import pytest

from fairlot.domain.contract.conformity import Measurement, conforms
from fairlot.domain.contract.document import (
    Measure,
    Presence,
    Reference,
    Requirement,
    Term,
    Tolerance,
)


def term(requirement: Requirement | None) -> Term:
    return Term(id="t", topic="other", text="t", requirement=requirement)


def measure(operator: str, value: str, unit: str, **more: object) -> Term:
    return term(Measure(operator=operator, value=value, unit=unit, **more))  # type: ignore[arg-type]


PLUS_MINUS_5_PERCENT = Tolerance(plus="5", minus="5", unit="%")

CASES = [
    (measure(">=", "3000", "mAh"), "2000", "mAh", "no", "-1000"),
    (measure(">=", "3000", "mAh"), "3.1", "Ah", "yes", "100"),
    (measure(">=", "3000", "mAh"), "3000", "mAh", "yes", "0"),
    (measure(">", "3000", "mAh"), "3000", "mAh", "no", "0"),
    (measure("<=", "15", "kg"), "15200", "g", "no", "-0.2"),
    (measure("=", "180", "g/m2", tolerance=PLUS_MINUS_5_PERCENT), "171", "g/m2", "yes", "0"),
    (measure("=", "180", "g/m2", tolerance=PLUS_MINUS_5_PERCENT), "170.9", "g/m2", "no", "-0.1"),
    (measure("=", "2", "m", tolerance=Tolerance(plus="5", minus="0", unit="cm")), "199", "cm", "no", "-0.01"),
    (measure("range", "9", "st/in", upper="11"), "12", "st/in", "no", "-1"),
    (measure("=", "24", "pcs"), "23", "pcs", "no", "-1"),
    (measure("=", "96 x 62 x 13", "mm", tolerance=Tolerance(plus="0.5", minus="0.5", unit="mm")), "96.2 x 61.4 x 13", "mm", "no", "-0.1"),
    (measure("=", "500", "g"), "490", "g", "undecidable", None),
    (measure(">=", "3000", "mAh"), "10", "Wh", "undecidable", None),
    (measure(">=", "3000", "mAh"), "a lot", "mAh", "undecidable", None),
    (measure("=", "96 x 62", "mm"), "96", "mm", "undecidable", None),
    (term(Reference(kind="lab", value="50 2.6772 -79.7751", delta_e="2")), "50 0 -82.7485", "", "no", "-0.0425"),
    (term(Reference(kind="pantone", value="185 C", delta_e="2")), "1.2", "ΔE", "yes", "0.8"),
    (term(None), "1", "g", "undecidable", None),
]  # fmt: skip


@pytest.mark.parametrize(("agreed", "value", "unit", "verdict", "margin"), CASES)
def test_a_measurement_gives_verdict_and_margin(
    agreed: Term, value: str, unit: str, verdict: str, margin: str | None
) -> None:
    found = conforms(agreed, (Measurement(value=value, unit=unit),))
    assert (found.verdict, found.margin) == (verdict, margin)


def test_the_worst_of_several_measurements_decides() -> None:
    taken = tuple(Measurement(value=value, unit="mAh") for value in ("3100", "2900", "2500"))
    found = conforms(measure(">=", "3000", "mAh"), taken)
    assert (found.verdict, found.margin) == ("no", "-500")


def test_nothing_measured_decides_nothing() -> None:
    assert conforms(measure(">=", "1", "g"), ()).verdict == "undecidable"


@pytest.mark.parametrize(
    ("wanted", "seen", "verdict"),
    [(True, True, "yes"), (True, False, "no"), (False, True, "no"), (True, None, "undecidable")],
)
def test_presence(wanted: bool, seen: bool | None, verdict: str) -> None:
    found = conforms(
        term(Presence(thing="desiccant", present=wanted)), (Measurement(present=seen),)
    )
    assert found.verdict == verdict


def test_a_reference_is_what_an_inspector_says_of_it() -> None:
    sample = term(Reference(kind="approved sample", value="no. 2"))
    assert conforms(sample, (Measurement(passed=True),)).verdict == "yes"
    assert conforms(sample, (Measurement(passed=False),)).verdict == "no"
    assert conforms(sample, (Measurement(),)).verdict == "undecidable"


FAR = "9" * 200


@pytest.mark.parametrize(
    ("agreed", "value", "unit"),
    [
        (measure("=", "1", "mm", tolerance=Tolerance(plus="x", minus="1", unit="mm")), "1", "mm"),
        (measure("range", "1", "mm", upper="x"), "1", "mm"),
        (measure("=", "1 x 2", "mm"), "1 x x", "mm"),
        (term(Reference(kind="pantone", value="186 C", delta_e="x")), "1", "ΔE"),
        (term(Reference(kind="lab", value="50 0 0", delta_e="x")), "50 0 0", ""),
        (term(Reference(kind="lab", value="50 0 0", delta_e="1")), f"50 {FAR} 0", ""),
        (term(Reference(kind="lab", value="50 0 0", delta_e="1")), f"50 {FAR}{FAR} 0", ""),
    ],
)
def test_what_is_no_number_is_undecidable(agreed: Term, value: str, unit: str) -> None:
    assert conforms(agreed, (Measurement(value=value, unit=unit),)).verdict == "undecidable"
