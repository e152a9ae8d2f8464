"""`fairlot sampling curve`: computes the curves of one to six plans and hands them to the table or the picture."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, Literal

import click

from fairlot.documents.oc_curve import PLANS_MAX, MarkedPoint, PlottedPlan, oc_curve
from fairlot.domain.sampling import KINDS, LEVELS, SEVERITIES, Plan, SamplingError, Stage, plan
from fairlot.domain.sampling.acceptance import check_quality, check_stages
from fairlot.domain.sampling.curves import POINTS_MAX, operating_curve
from fairlot.domain.sampling.lookup import check_known
from fairlot.domain.sampling.risks import (
    Distribution,
    chance_of_acceptance,
    distribution_of_aql,
    outgoing_quality_limit,
    quality,
    quality_at_chance,
)
from fairlot.domain.sampling.words import passing_in_words, shown_hundredths
from fairlot.domain.words.language import Language
from fairlot.interfaces.cli.sampling_columns import plan_facts, read_number, read_whole
from fairlot.interfaces.cli.sampling_words import say

AXIS_ENDS_AT_CHANCE: Final = 0.005
TABLE_ROWS: Final = 20


def curve_facts(
    main: Plan, *, compare: Sequence[str], ltpd: str | None, points: int
) -> dict[str, Any]:
    """Everything that the curve says, as JSON; the first of `curves` is the plan itself."""
    if not 2 <= points <= POINTS_MAX:
        raise SamplingError("points_out_of_range", got=points, most=POINTS_MAX)
    named = [(plan_name(main), main.applied_stages), *(compared(main, text) for text in compare)]
    if len(named) > PLANS_MAX:
        raise SamplingError("too_many_plans", got=len(named), most=PLANS_MAX)
    distribution = distribution_of_aql(main.aql)
    good = float(main.aql) / 100.0
    bad = limiting_quality(main, ltpd, distribution)
    ends = [
        quality_at_chance(stages, chance=AXIS_ENDS_AT_CHANCE, distribution=distribution)
        for _, stages in named
    ]
    end = max(*ends, bad * 1.1)
    qualities = [end * point / (points - 1) for point in range(points)]
    limit = outgoing_quality_limit(
        main.applied_stages, lot_size=main.lot_size, distribution=distribution
    )
    return {
        "plan": plan_facts(main),
        "distribution": distribution,
        "aql": risk_facts(main.applied_stages, good, distribution),
        "ltpd": risk_facts(main.applied_stages, bad, distribution),
        **{
            f"p{percent}": quality_at_chance(
                main.applied_stages, chance=percent / 100.0, distribution=distribution
            )
            for percent in (95, 50, 10)
        },
        "aoql": {"aoq": limit.limit, "p": limit.incoming_quality},
        "curves": [
            curve_of(name, stages, qualities, distribution, main.lot_size) for name, stages in named
        ],
    }


def plan_name(found: Plan) -> str:
    """How a plan is called in a picture: "single normal AQL 2.5: 125, Ac 7"."""
    sizes = [stage.sample_size for stage in found.stages]
    size = f"{len(sizes)} × {sizes[0]}" if len(sizes) > 1 else str(sizes[0])
    accepted = "" if len(sizes) > 1 else f", Ac {found.stages[0].acceptance_number}"
    return f"{found.kind} {found.severity}, AQL {found.aql}: n {size}{accepted}"


def compared(main: Plan, text: str) -> tuple[str, tuple[Stage, ...]]:
    """A plan to lay over the main one: n:Ac[:Re], or what differs from the main plan, separated by commas."""
    if ":" in text:
        return text_plan(text)
    severity, kind, aql, level = main.severity, main.table.kind_asked, main.aql, main.level
    for part in (part.strip() for part in text.split(",")):
        name, _, value = part.partition("=")
        if part in SEVERITIES:
            severity = part
        elif part in KINDS:
            kind = part
        elif name == "aql":
            aql = value
        elif name == "level":
            check_known("level_unknown", value, LEVELS)
            level = value  # type: ignore[assignment]  # Just checked.
        else:
            raise SamplingError("plan_unreadable", got=text)
    edition = main.edition if kind == "single" else None
    other = plan(
        lot_size=main.lot_size, level=level, aql=aql, severity=severity, kind=kind, edition=edition
    )
    return plan_name(other), other.applied_stages


def text_plan(text: str) -> tuple[str, tuple[Stage, ...]]:
    numbers = [read_whole(part, name="n:Ac:Re") for part in text.split(":")]
    if len(numbers) not in (2, 3):
        raise SamplingError("plan_unreadable", got=text)
    size, accepted, rejected = [*numbers, numbers[1] + 1][:3]
    stages = check_stages(
        [Stage(sample_size=size, acceptance_number=accepted, rejection_number=rejected)]
    )
    return f"n {size}, Ac {accepted}", stages


def limiting_quality(main: Plan, ltpd: str | None, distribution: Distribution) -> float:
    if ltpd is None:
        return quality_at_chance(main.applied_stages, chance=0.1, distribution=distribution)
    value = read_number(ltpd, name="LTPD") / 100.0
    check_quality(quality(value, distribution))
    return value


def risk_facts(stages: Sequence[Stage], value: float, distribution: Distribution) -> dict[str, Any]:
    """One point of the curve: the chance there, the chance of rejection, and both in words."""
    chance = chance_of_acceptance(stages, value, distribution)
    words = passing_in_words(stages, value=value, distribution=distribution)
    return {
        "p": value,
        "pa": chance,
        "rejected": 1.0 - chance,
        "sentence_en": words.en,
        "sentence_zh": words.zh,
    }


def curve_of(
    name: str,
    stages: Sequence[Stage],
    qualities: Sequence[float],
    distribution: Distribution,
    lot_size: int,
) -> dict[str, Any]:
    curve = operating_curve(
        stages, qualities=qualities, distribution=distribution, lot_size=lot_size
    )
    return {
        "name": name,
        "p": curve.qualities,
        "pa": curve.probabilities,
        "asn": curve.average_sample_numbers,
        "aoq": curve.average_outgoing_qualities,
        "ati": curve.average_total_inspections,
    }


def draw_picture(facts: dict[str, Any], file_format: Literal["svg", "png"], path: Path) -> None:
    is_percent = facts["distribution"] == "binomial"
    unit = " %" if is_percent else " per 100"
    found, good, bad = facts["plan"], facts["aql"], facts["ltpd"]
    content = oc_curve(
        [
            PlottedPlan(
                label=curve["name"],
                hundredths=tuple(value * 100.0 for value in curve["p"]),
                chances=tuple(curve["pa"]),
            )
            for curve in facts["curves"]
        ],
        title=f"Lot of {found['lot_size']:,}, level {found['level']}, AQL {found['aql']}: code letter {found['code_letter']}",
        quality_label="Share of the lot that is defective (%)"
        if is_percent
        else "Defects per 100 units",
        good=MarkedPoint(
            label=f"AQL {found['aql']}{unit}",
            hundredths=good["p"] * 100.0,
            chance=good["pa"],
            risk_label=f"AQL: {shown_hundredths(good['rejected'])} % rejected (producer's risk)",
        ),
        bad=MarkedPoint(
            label=f"LTPD {shown_hundredths(bad['p'])}{unit}",
            hundredths=bad["p"] * 100.0,
            chance=bad["pa"],
            risk_label=f"LTPD: {shown_hundredths(bad['pa'])} % accepted (consumer's risk)",
        ),
        file_format=file_format,
    )
    try:
        path.write_bytes(content)
    except OSError as failed:
        raise click.UsageError(f"{path} cannot be written: {failed.strerror}.") from failed


def table_lines(facts: dict[str, Any], language: Language) -> list[str]:
    """The curve as a table for a terminal, with what it means for both sides."""
    main = facts["curves"][0]
    step = max(1, len(main["p"]) // TABLE_ROWS)
    is_share = facts["distribution"] == "binomial"
    unit = say("percent_defective" if is_share else "per_hundred", language)
    worst = shown_hundredths(facts["aoql"]["aoq"])
    rows = zip(
        main["p"][::step], main["pa"][::step], main["asn"][::step], main["aoq"][::step], strict=True
    )
    return [
        main["name"],
        facts["aql"][f"sentence_{language}"],
        facts["ltpd"][f"sentence_{language}"],
        say("worst", language, share=worst, unit=unit),
        f"{unit:>12}  {say('share_accepted', language):>9}  {'ASN':>9}  {'AOQ %':>8}",
        *(f"{p * 100:12.3f}  {pa:9.4f}  {asn:9.1f}  {aoq * 100:8.4f}" for p, pa, asn, aoq in rows),
    ]
