"""`fairlot sampling`: plans, tables of plans, curves and inspections; bad input earns one sentence and exit code 2."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from io import StringIO
from pathlib import Path
from typing import IO, Any, NoReturn

import click

from fairlot.domain.sampling import (
    NONE_ALLOWED,
    Plan,
    SamplingError,
    Stage,
    inspection_plan,
    plan,
)
from fairlot.domain.sampling.risks import distribution_of_aql, quality_at_chance
from fairlot.domain.sampling.words import passing_in_words
from fairlot.domain.words.language import Language
from fairlot.interfaces.cli.failures import MisusedError
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
from fairlot.interfaces.cli.sampling_words import say

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
    raise MisusedError(sentence)


@click.group(cls=SamplingGroup)
@click.option(
    "--language",
    "--lang",
    type=click.Choice(["en", "zh"]),
    default="en",
    show_default=True,
    help="Of what is said.",
)
@click.pass_context
def sampling(context: click.Context, language: str) -> None:
    """Sampling plans by ISO 2859-1 and ANSI/ASQ Z1.4, curves, and verdicts from counted defects."""
    context.obj = language


def _speak(context: click.Context, _option: click.Parameter, language: str | None) -> None:
    """Let the group's refusals and this command speak one language, wherever it was named."""
    if language is not None and context.parent is not None:
        context.parent.params["language"] = context.obj = language


lang_option = click.option(
    "--lang",
    type=click.Choice(["en", "zh"]),
    expose_value=False,
    is_eager=True,
    callback=_speak,
    help="Of what is said; like --language before the command.",
)


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


@sampling.command("plan", short_help="The sampling plan for one lot.")
@plan_options
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@lang_option
@click.pass_obj
def plan_command(language: Language, /, *, as_json: bool, **given: Any) -> None:
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


def plan_lines(found: Plan, language: Language) -> list[str]:
    tell = partial(say, language=language)
    kind = tell(found.kind)
    lines = [
        tell(
            "how",
            edition=EDITION_NAMES[found.edition],
            kind=kind,
            severity=tell(found.severity),
            policy="",
        ),
        tell(
            "lot",
            lot_size=found.lot_size,
            level=found.level,
            aql=found.aql,
            letter=found.code_letter or tell("none"),
        ),
    ]
    if found.kind != found.table.kind_asked:
        lines.append(tell("other_kind", asked=tell(found.table.kind_asked), kind=kind))
    if found.arrow:
        lines.append(tell("arrow", way=tell(found.arrow), letter=found.plan_letter))
    lines += [
        _stage_line(stage, position if len(found.applied_stages) > 1 else 0, language)
        for position, stage in enumerate(found.applied_stages, start=1)
    ]
    if found.is_full_inspection:
        lines.append(tell("whole_lot"))
    distribution = distribution_of_aql(found.aql)
    limit = quality_at_chance(found.stages, chance=0.1, distribution=distribution)
    sentence = passing_in_words(found.stages, value=limit, distribution=distribution)
    if not found.is_full_inspection:
        lines.append(sentence.zh if language == "zh" else sentence.en)
    return lines


def _stage_line(stage: Stage, position: int, language: Language) -> str:
    """Say one sample of a plan; position 0 is the only one."""
    accepted = stage.acceptance_number
    allowed = (
        say("not_yet", language) if accepted < 0 else say("accept_to", language, number=accepted)
    )
    start = say("stage", language, position=position) if position else ""
    return start + say(
        "inspect",
        language,
        size=stage.sample_size,
        allowed=allowed,
        number=stage.rejection_number,
    )


@sampling.command("plans", short_help="Add the plan to every row of a table.")
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


@sampling.command("pa", short_help="Add the chance of acceptance to every row.")
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


@sampling.command("curve", short_help="How often lots of each quality pass.")
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
@lang_option
@click.pass_obj
def curve_command(
    language: Language, /, *, svg: Path | None, png: Path | None, as_json: bool, **given: Any
) -> None:
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
        click.echo("\n".join(table_lines(facts, language)))


@sampling.command("inspect", short_help="Plan, drawn sample and verdict of an inspection.")
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
@lang_option
@click.pass_obj
def inspect_command(language: Language, /, *, as_json: bool, **given: Any) -> None:
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
            "\n".join(
                [
                    *inspection_lines(found, language),
                    *sample_lines(drawn, language),
                    *verdict_lines(judged, language),
                ]
            )
        )


def print_json(facts: object) -> None:
    click.echo(json.dumps(facts, ensure_ascii=False, indent=2))
