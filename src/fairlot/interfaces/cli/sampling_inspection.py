"""`fairlot sampling inspect`: reads lines and counts, and says plan, drawn sample and verdict as JSON or as text."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, Final

from fairlot.domain.sampling import (
    DEFECT_CLASSES,
    NONE_ALLOWED,
    InspectionPlan,
    SamplingError,
    can_still_fail,
    can_still_pass,
    limiting_defectives_of_zero_acceptance,
    verdict,
)
from fairlot.domain.sampling.draw import DrawnSample, Line, draw
from fairlot.domain.sampling.words import shown_hundredths
from fairlot.domain.words.language import Language
from fairlot.interfaces.cli.sampling_columns import read_whole
from fairlot.interfaces.cli.sampling_words import say

EDITION_NAMES: Final = {"iso-1999": "ISO 2859-1:1999", "z1.4": "ANSI/ASQ Z1.4"}


def drawn_sample(
    found: InspectionPlan, seed: str | None, lines: Sequence[str]
) -> DrawnSample | None:
    if seed is None and not lines:
        return None
    parts = [read_line(text) for text in lines] or [Line(name="lot", quantity=found.lot_size)]
    quantity = sum(part.quantity for part in parts)
    if quantity != found.lot_size:
        raise SamplingError("lines_not_lot", got=quantity, lot_size=found.lot_size)
    return draw(sample_size=found.sample_size, lines=parts, seed=seed or "")


def read_line(text: str) -> Line:
    name, *numbers = text.split(":")
    quantity, cartons = [*numbers, "", ""][:2]
    return Line(
        name=name,
        quantity=read_whole(quantity, name="quantity"),
        cartons=read_whole(cartons or "0", name="cartons"),
    )


def judgement(found: InspectionPlan, given: dict[str, Any], language: str) -> dict[str, Any] | None:
    """The verdict in JSON's terms, if anything was counted or said."""
    if not (
        given["found"] or given["not_checked"] or given["mandatory_failed"] or given["inspected"]
    ):
        return None
    pairs = [text.partition("=") for text in given["found"]]
    counts: Any = {name.strip(): read_whole(count, name=name.strip()) for name, _, count in pairs}
    inspected = (
        None if given["inspected"] is None else read_whole(given["inspected"], name="inspected")
    )
    judged = verdict(
        found,
        counts=counts,
        not_checked=given["not_checked"],
        mandatory_failed=given["mandatory_failed"],
        inspected=inspected,
    )
    done = found.sample_size if inspected is None else inspected
    return {
        "outcome": judged.outcome,
        "sampling_result": judged.sampling_result,
        "can_still_pass": can_still_pass(found, counts=counts),
        "can_still_fail": can_still_fail(found, counts=counts, inspected=done),
        "classes": [
            {
                "class": result.defect_class,
                "found": result.found,
                "inspected": result.inspected,
                "n": result.sample_size,
                "ac": result.acceptance_number,
                "re": result.rejection_number,
                "result": result.result,
            }
            for result in judged.classes
        ],
        "reasons": [
            {
                "code": reason.code,
                "name": reason.name,
                "sentence": reason.sentence_zh if language == "zh" else reason.sentence_en,
            }
            for reason in judged.reasons
        ],
    }


def inspection_facts(found: InspectionPlan) -> dict[str, Any]:
    return {
        "edition": found.edition,
        "type": found.severity,
        "policy": found.policy,
        "lot_size": found.lot_size,
        "level": found.level,
        "code_letter": found.code_letter,
        "n_inspect": found.sample_size,
        "full_inspection": found.is_full_inspection,
        "classes": {
            entry.defect_class: {
                "aql": entry.aql,
                "source": entry.source,
                "plan_letter": entry.plan_letter,
                "n": entry.table_size,
                "n_inspect": entry.sample_size,
                "ac": entry.acceptance_number,
                "re": entry.rejection_number,
                "full_inspection": entry.sample_size == found.lot_size,
            }
            for entry in found.classes
        },
    }


def inspection_lines(found: InspectionPlan, language: Language) -> list[str]:
    tell = partial(say, language=language)
    lines = [
        tell(
            "how",
            edition=EDITION_NAMES[found.edition],
            kind=tell("single"),
            severity=tell(found.severity),
            policy=found.policy,
        ),
        tell(
            "lot_drawn",
            lot_size=found.lot_size,
            level=found.level,
            letter=found.code_letter or tell("none"),
            drawn=found.sample_size,
        ),
    ]
    if found.is_full_inspection:
        lines.append(tell("whole_lot"))
    for name in DEFECT_CLASSES:
        entry = found.of(name)
        aql = tell("none_allowed") if entry.aql == NONE_ALLOWED else f"AQL {entry.aql}"
        lines.append(
            tell(
                "class",
                title=tell(name),
                aql=aql,
                size=entry.sample_size,
                accepted=entry.acceptance_number,
                rejected=entry.rejection_number,
            )
        )
        if entry.aql == NONE_ALLOWED and entry.sample_size < found.lot_size:
            fewest = limiting_defectives_of_zero_acceptance(
                lot_size=found.lot_size, sample_size=entry.sample_size
            )
            share = shown_hundredths(fewest / found.lot_size)
            lines.append(tell("zero_passes", fewest=fewest, share=share))
    return lines


def sample_facts(drawn: DrawnSample | None) -> dict[str, Any] | None:
    if drawn is None:
        return None
    return {
        "seed": drawn.seed,
        "units": [
            {"line": unit.line, "carton": unit.carton, "unit": unit.unit} for unit in drawn.units
        ],
    }


def sample_lines(drawn: DrawnSample | None, language: Language) -> list[str]:
    if drawn is None:
        return []
    tell = partial(say, language=language)
    opened = [
        tell("cartons", line=line, cartons=", ".join(str(carton) for carton in cartons))
        for line, cartons in drawn.cartons_to_open()
    ]
    units = [
        tell("unit", position=position, line=unit.line, carton=unit.carton or "", unit=unit.unit)
        for position, unit in enumerate(drawn.units, start=1)
    ]
    return [tell("drawn", seed=drawn.seed, count=len(drawn.units)), *opened, *units]


def verdict_lines(judged: dict[str, Any] | None, language: Language) -> list[str]:
    if judged is None:
        return []
    return [
        say(
            "verdict",
            language,
            outcome=say(judged["outcome"], language),
            result=say(judged["sampling_result"], language),
        ),
        *(f"- {reason['sentence']}" for reason in judged["reasons"]),
    ]
