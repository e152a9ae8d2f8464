"""Draws operating characteristic curves for a report: legible in grey, axes labelled, AQL, LTPD and both risks marked."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final, Literal

import msgspec

if TYPE_CHECKING:
    from matplotlib.axes import Axes

PLANS_MAX: Final = 6
WIDTH_INCHES: Final = 7.2
HEIGHT_INCHES: Final = 5.4
LABELS_APART: Final = 0.18  # Part of the axis below which two names side by side would touch.
DOTS_PER_INCH: Final = 200
INK: Final = "0.1"
FAINT: Final = "0.45"
# Line style and grey of each plan in turn; the marker keeps them apart where greys are lost in copying.
STYLES: Final = (
    ("-", "0.0", ""),
    ("--", "0.25", "s"),
    ("-.", "0.4", "^"),
    (":", "0.0", "o"),
    ((0, (7, 2, 1, 2, 1, 2)), "0.3", "D"),
    ((0, (3, 3)), "0.55", "v"),
)


class PlottedPlan(msgspec.Struct, frozen=True, kw_only=True):
    """A curve with its name: qualities in percent (or per 100 units), chances of acceptance from 0 to 1."""

    label: str
    hundredths: tuple[float, ...]
    chances: tuple[float, ...]


class MarkedPoint(msgspec.Struct, frozen=True, kw_only=True):
    """A quality with its name ("AQL 2.5 %"), the chance of acceptance there, and the risk that it shows."""

    label: str
    hundredths: float
    chance: float
    risk_label: str


def oc_curve(
    plans: Sequence[PlottedPlan],
    *,
    title: str,
    quality_label: str,
    good: MarkedPoint | None,
    bad: MarkedPoint | None,
    file_format: Literal["svg", "png"],
) -> bytes:
    """The picture as a file's content; the marked points belong to the first plan. The same input gives the same bytes."""
    from matplotlib import rc_context  # noqa: PLC0415  (only who draws pays for matplotlib)
    from matplotlib.figure import Figure  # noqa: PLC0415

    assert 0 < len(plans) <= PLANS_MAX, "one to six plans fit one picture"
    settings: dict[Any, Any] = {
        "svg.hashsalt": "fairlot",
        "font.family": "DejaVu Sans",
        "font.size": 10,
        "axes.edgecolor": INK,
    }
    with rc_context(settings):
        figure = Figure(
            figsize=(WIDTH_INCHES, HEIGHT_INCHES), dpi=DOTS_PER_INCH, layout="constrained"
        )
        axes = figure.add_subplot()
        _draw_axes(axes, title, quality_label, max(max(plan.hundredths) for plan in plans))
        for plan, (line, grey, marker) in zip(plans, STYLES, strict=False):
            axes.plot(
                plan.hundredths,
                [chance * 100.0 for chance in plan.chances],
                linestyle=line,
                color=grey,
                linewidth=2.0,
                marker=marker,
                markersize=4.5,
                markevery=(max(1, len(plan.chances) // 8), max(1, len(plan.chances) // 8)),
                label=plan.label,
                zorder=3,
            )
        apart = (
            good is None
            or bad is None
            or bad.hundredths - good.hundredths > LABELS_APART * axes.get_xlim()[1]
        )
        _mark(axes, good, is_good=True, align="center" if apart else "right")
        _mark(axes, bad, is_good=False, align="center" if apart else "left")
        # Below the axes, where it can hide no curve.
        figure.legend(loc="outside lower center", ncols=2, frameon=False, handlelength=4.0)
        content = BytesIO()
        figure.savefig(
            content, format=file_format, metadata={"Date": None} if file_format == "svg" else {}
        )
    return content.getvalue()


def _draw_axes(axes: Axes, title: str, quality_label: str, end: float) -> None:
    axes.set_title(title, loc="left", fontsize=11, color=INK, pad=22)
    axes.set_xlabel(quality_label)
    axes.set_ylabel("Chance that the lot is accepted (%)")
    axes.set_xlim(0.0, end)
    axes.set_ylim(0.0, 104.0)
    axes.set_yticks(range(0, 101, 10))
    axes.grid(visible=True, color="0.88", linewidth=0.8)
    axes.set_axisbelow(True)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)


def _mark(axes: Axes, point: MarkedPoint | None, *, is_good: bool, align: str) -> None:
    """A line at the quality with its name, a dot on the curve, and a bar as long as the risk: from the top, or from the foot."""
    if point is None:
        return
    at, chance = point.hundredths, point.chance * 100.0
    axes.axvline(at, color=FAINT, linewidth=1.0, linestyle=(0, (2, 2)), zorder=2)
    axes.annotate(
        point.label,
        (at, 1.0),
        xycoords=("data", "axes fraction"),
        xytext=(0, 3),
        textcoords="offset points",
        ha=align,
        color=INK,
    )
    risk_from, risk_to = (chance, 100.0) if is_good else (0.0, chance)
    axes.vlines(at, risk_from, risk_to, color=INK, linewidth=5.0, zorder=4)
    axes.plot(
        [at],
        [chance],
        marker="o" if is_good else "s",
        markersize=7,
        color="white",
        markeredgecolor=INK,
        linestyle="",
        label=point.risk_label,
        zorder=5,
    )
