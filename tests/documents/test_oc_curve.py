"""The picture of operating characteristic curves: a readable file, the same each time, with everything marked."""

from __future__ import annotations

import struct
from typing import Literal

import pytest
from lxml import etree

from fairlot.documents.oc_curve import (
    DOTS_PER_INCH,
    HEIGHT_INCHES,
    PLANS_MAX,
    WIDTH_INCHES,
    MarkedPoint,
    PlottedPlan,
    oc_curve,
)

PLANS = tuple(
    PlottedPlan(
        label=f"plan {number}",
        hundredths=tuple(float(at) for at in range(21)),
        chances=tuple((1 - at / 20) ** (number + 1) for at in range(21)),
    )
    for number in range(PLANS_MAX)
)
GOOD = MarkedPoint(
    label="AQL 2.5 %", hundredths=2.5, chance=0.95, risk_label="AQL: 5 % rejected (producer's risk)"
)
BAD = MarkedPoint(
    label="LTPD 9 %", hundredths=9.0, chance=0.1, risk_label="LTPD: 10 % accepted (consumer's risk)"
)


def picture(
    file_format: Literal["svg", "png"],
    *,
    plans: tuple[PlottedPlan, ...] = PLANS,
    good: MarkedPoint | None = GOOD,
    bad: MarkedPoint | None = BAD,
) -> bytes:
    return oc_curve(
        plans,
        title="Lot of 3,000",
        quality_label="Share (%)",
        good=good,
        bad=bad,
        file_format=file_format,
    )


def texts(svg: bytes) -> set[str]:
    """What the picture says: matplotlib keeps each text as a comment before its outlines."""
    return {
        (comment.text or "").strip()
        for comment in etree.fromstring(svg).iter()
        if not isinstance(comment.tag, str)
    }


def colors(svg: bytes) -> set[str]:
    found = set()
    for element in etree.fromstring(svg).iter():
        style = element.get("style", "") if isinstance(element.tag, str) else ""
        found |= {
            part.split(":")[1].strip()
            for part in style.split(";")
            if part.strip().startswith(("stroke:", "fill:"))
        }
    return found - {"none"}


def test_svg_names_axes_plans_points_and_both_risks() -> None:
    said = texts(picture("svg"))
    assert {"Lot of 3,000", "Share (%)", "Chance that the lot is accepted (%)"} <= said
    assert {plan.label for plan in PLANS} <= said
    assert {GOOD.label, GOOD.risk_label, BAD.label, BAD.risk_label} <= said


def test_it_is_drawn_in_greys_alone() -> None:
    found = colors(picture("svg"))
    assert found
    for color in found:
        red, green, blue = (color[at : at + 2] for at in (1, 3, 5))
        assert red == green == blue, color


def test_every_plan_differs_in_line_or_marker() -> None:
    root = etree.fromstring(picture("svg"))
    paths = [
        element.get("style", "")
        for element in root.iter("{*}path")
        if "stroke-width: 2" in element.get("style", "")
        and (element.get("d") or "").count("L") > 15
    ]
    assert len(paths) == PLANS_MAX
    assert len(set(paths)) == PLANS_MAX


def test_png_has_the_size_of_half_a_page() -> None:
    content = picture("png")
    assert content.startswith(b"\x89PNG\r\n")
    width, height = struct.unpack(">II", content[16:24])
    assert (width, height) == (
        round(WIDTH_INCHES * DOTS_PER_INCH),
        round(HEIGHT_INCHES * DOTS_PER_INCH),
    )


def test_the_same_input_gives_the_same_bytes() -> None:
    assert picture("svg") == picture("svg")
    assert picture("png") == picture("png")
    assert picture("svg") != picture("svg", plans=PLANS[:1])


def test_points_may_be_left_out_and_may_lie_close() -> None:
    plain = texts(picture("svg", good=None, bad=None))
    assert not {GOOD.label, BAD.label} & plain
    close = MarkedPoint(label="LTPD 3 %", hundredths=3.0, chance=0.1, risk_label="close")
    assert {GOOD.label, "LTPD 3 %"} <= texts(picture("svg", bad=close))


def test_seven_plans_do_not_fit() -> None:
    with pytest.raises(AssertionError, match="one to six"):
        picture("svg", plans=(*PLANS, PLANS[0]))
