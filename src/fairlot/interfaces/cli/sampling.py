"""`fairlot sampling`: plans, tables of plans, curves and inspections; bad input earns one sentence and exit code 2."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import IO, Any, NoReturn

import click

from fairlot.domain.sampling import (
    NONE_ALLOWED,
    Plan,
    SamplingError,
    inspection_plan,
    plan,
)
from fairlot.domain.sampling.risks import distribution_of_aql, quality_at_chance
from fairlot.domain.sampling.words import passing_in_words
from fairlot.interfaces.cli.sampling_columns import (
    CHANCE_ADDED,
    CHANCE_COLUMNS,
    PLAN_ADDED,
    PLAN_COLUMNS,
    RowRefused,
    add_columns,
    chance_cells,
    plan_cells,
    plan_facts,
    read_lot_size,
    read_whole,
)
from fairlot.interfaces.cli.sampling_inspection import (
    EDITION_NAMES,
    drawn_sample,
    inspection_facts,
    inspection_lines,
    judgement,
    sample_facts,
    sample_lines,
    verdict_lines,
)

Command = Callable[..., Any]


class SamplingGroup(click.Group):
    """Turns every refusal below it into one sentence on the error channel and exit code 2."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except click.UsageError as wrong:
            refuse(wrong.format_message())
        except SamplingError as refused:
            refuse(
                refused.sentence_zh if ctx.params.get("language") == "zh" else refused.sentence_en
            )
        except RowRefused as refused:
            is_chinese = ctx.params.get("language") == "zh"
            line, reason = refused.line, refused.reason
            refuse(
                f"第 {line} 行：{reason.sentence_zh}"
                if is_chinese
                else f"Line {line}: {reason.sentence_en}"
            )


def refuse(sentence: str) -> NoReturn:
    click.echo(f"Error: {sentence}", err=True)
    sys.exit(2)


@click.group(cls=SamplingGroup)
@click.option(
    "--language",
    type=click.Choice(["en", "zh"]),
    default="en",
    show_default=True,
    help="Of what is said.",
)
@click.pass_context
def sampling(context: click.Context, language: str) -> None:
    """Sampling plans by ISO 2859-1 and ANSI/ASQ Z1.4, curves, and verdicts from counted defects."""
    context.obj = language


def lot_options(command: Command) -> Command:
    """The options that name a lot; their values are the domain's to judge."""
    command = click.option(
        "--type",
        "severity",
        default="normal",
        show_default=True,
        help="normal, tightened, reduced.",
    )(command)
    command = click.option(
        "--level", default="II", show_default=True, help="I, II, III, S-1, S-2, S-3 or S-4."
    )(command)
    return click.option("--lot-size", required=True, help="Units in the lot, 1 to 1000000000.")(
        command
    )


def plan_options(command: Command) -> Command:
    """The options that name a plan for one AQL."""
    help_text = "iso-1999 or z1.4; by default iso-1999 for single plans, z1.4 for the others."
    command = click.option("--edition", help=help_text)(command)
    command = click.option(
        "--kind", default="single", show_default=True, help="single, double or multiple."
    )(command)
    command = click.option(
        "--aql", required=True, help="An AQL of the standard's series, such as 2.5."
    )(command)
    return lot_options(command)


@sampling.command("plan")
@plan_options
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def plan_command(language: str, /, *, as_json: bool, **given: Any) -> None:
    """The sampling plan for one lot."""
    found = read_plan(given)
    if as_json:
        print_json(plan_facts(found))
    else:
        click.echo("\n".join(plan_lines(found, language)))


def read_plan(given: dict[str, Any]) -> Plan:
    return plan(
        lot_size=read_lot_size(given["lot_size"]),
        level=given["level"],
        aql=given["aql"],
        severity=given["severity"],
        kind=given["kind"],
        edition=given["edition"],
    )


def plan_lines(found: Plan, language: str) -> list[str]:
    lines = [
        f"{EDITION_NAMES[found.edition]}, {found.kind} sampling, {found.severity} inspection",
        f"Lot of {found.lot_size}, level {found.level}, AQL {found.aql}: code letter {found.code_letter or 'none'}",
    ]
    if found.kind != found.table.kind_asked:
        lines.append(
            f"The tables hold no {found.table.kind_asked} plan here; the {found.kind} plan is used."
        )
    if found.arrow:
        lines.append(f"The arrow points {found.arrow} to code letter {found.plan_letter}.")
    for position, stage in enumerate(found.applied_stages, start=1):
        start = f"Sample {position}: " if len(found.applied_stages) > 1 else ""
        allowed = (
            "accept is not permitted yet"
            if stage.acceptance_number < 0
            else f"accept up to {stage.acceptance_number}"
        )
        lines.append(
            f"{start}inspect {stage.sample_size}; {allowed}, reject from {stage.rejection_number} defective"
        )
    if found.is_full_inspection:
        lines.append("100 % inspection: the sample is the whole lot.")
    distribution = distribution_of_aql(found.aql)
    limit = quality_at_chance(found.stages, chance=0.1, distribution=distribution)
    sentence = passing_in_words(found.stages, value=limit, distribution=distribution)
    if not found.is_full_inspection:
        lines.append(sentence.zh if language == "zh" else sentence.en)
    return lines


@sampling.command("plans")
@click.option(
    "--csv",
    "source",
    type=click.File("r", encoding="utf-8-sig"),
    required=True,
    help="A file, or - to read it in.",
)
def plans_command(source: IO[str]) -> None:
    """Adds the plan to every row with lot_size, level, aql, type, kind, edition."""
    write_table(source, needed=PLAN_COLUMNS, added=PLAN_ADDED, compute=plan_cells)


@sampling.command("pa")
@click.option(
    "--csv",
    "source",
    type=click.File("r", encoding="utf-8-sig"),
    required=True,
    help="A file, or - to read it in.",
)
def pa_command(source: IO[str]) -> None:
    """Adds probability of acceptance and average sample number to every row.

    Rows have kind, n, ac, re (stages separated by semicolons; ac -1 permits no acceptance at that stage), distribution
    (binomial, poisson or hypergeometric), lot and defectives, or p.
    """
    write_table(source, needed=CHANCE_COLUMNS, added=CHANCE_ADDED, compute=chance_cells)


def write_table(source: IO[str], **what: Any) -> None:
    target = StringIO(newline="")
    add_columns(source, target, **what)
    click.echo(target.getvalue(), nl=False)


@sampling.command("curve")
@plan_options
@click.option(
    "--compare",
    multiple=True,
    help="Another plan: n:Ac[:Re], tightened, reduced, double, multiple, aql=4.0 ...",
)
@click.option("--ltpd", help="Limiting quality in percent; by default what passes 1 time in 10.")
@click.option("--points", default="200", show_default=True, help="Points of the curve.")
@click.option(
    "--svg",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="Draw to this SVG file.",
)
@click.option(
    "--png",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="Draw to this PNG file.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def curve_command(*, svg: Path | None, png: Path | None, as_json: bool, **given: Any) -> None:
    """The operating characteristic curve: how often lots of each quality pass, with the risks of both sides."""
    from fairlot.interfaces.cli.sampling_curve import curve_facts, draw_picture, table_lines  # noqa: PLC0415  (loads numpy)

    main = read_plan(given)
    points = read_whole(given["points"], name="points")
    facts = curve_facts(main, compare=given["compare"], ltpd=given["ltpd"], points=points)
    if svg is not None:
        draw_picture(facts, "svg", svg)
    if png is not None:
        draw_picture(facts, "png", png)
    if as_json:
        print_json(facts)
    elif svg is None and png is None:
        click.echo("\n".join(table_lines(facts)))


@sampling.command("inspect")
@lot_options
@click.option(
    "--critical",
    default=NONE_ALLOWED,
    show_default=True,
    help="AQL of critical defects; 0: none allowed.",
)
@click.option("--major", default="2.5", show_default=True, help="AQL of major defects.")
@click.option("--minor", default="4.0", show_default=True, help="AQL of minor defects.")
@click.option(
    "--policy", default="separate", show_default=True, help="separate, largest_n or largest_letter."
)
@click.option("--edition", default="iso-1999", show_default=True, help="iso-1999 or z1.4.")
@click.option(
    "--zero-rule",
    default="same_sample",
    show_default=True,
    help="For AQL 0: same_sample or own_size.",
)
@click.option(
    "--limiting-quality", default="0.025", show_default=True, help="Share defective for own_size."
)
@click.option("--consumer-risk", default="0.1", show_default=True, help="Risk for own_size.")
@click.option("--seed", help="Draw the sample with this seed.")
@click.option(
    "--line", "lines", multiple=True, help="A part of the lot, name:quantity[:cartons]; repeat it."
)
@click.option("--found", multiple=True, help="Counted defective units, class=number; repeat it.")
@click.option("--inspected", help="Units inspected so far; all by default.")
@click.option("--not-checked", multiple=True, help="Something that could not be checked.")
@click.option("--mandatory-failed", multiple=True, help="A mandatory term that failed.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def inspect_command(language: str, /, *, as_json: bool, **given: Any) -> None:
    """The plan for three defect classes, the drawn sample, and the verdict from what was counted."""
    found = inspection_plan(
        lot_size=read_lot_size(given["lot_size"]),
        level=given["level"],
        aql_critical=given["critical"],
        aql_major=given["major"],
        aql_minor=given["minor"],
        policy=given["policy"],
        severity=given["severity"],
        edition=given["edition"],
        zero_rule=given["zero_rule"],
        limiting_quality=given["limiting_quality"],
        consumer_risk=given["consumer_risk"],
    )
    drawn = drawn_sample(found, given["seed"], given["lines"])
    judged = judgement(found, given, language)
    if as_json:
        print_json({**inspection_facts(found), "sample": sample_facts(drawn), "verdict": judged})
    else:
        click.echo(
            "\n".join([*inspection_lines(found), *sample_lines(drawn), *verdict_lines(judged)])
        )


def print_json(facts: object) -> None:
    click.echo(json.dumps(facts, ensure_ascii=False, indent=2))
