"""Tables of sampling plans in and out: CSV with a header; other columns pass through, and one bad row refuses all."""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import IO, Final

from fairlot.domain.sampling import (
    ACCEPTANCE_NOT_PERMITTED,
    KINDS,
    Plan,
    SamplingError,
    Stage,
    TablePlan,
    plan,
)
from fairlot.domain.sampling.acceptance import (
    Acceptance,
    LotQuality,
    Quality,
    RateQuality,
    ShareQuality,
    acceptance,
)

PLAN_COLUMNS: Final = ("lot_size", "level", "aql", "type", "kind", "edition")
PLAN_ADDED: Final = ("code_letter", "plan_letter", "n", "ac", "re", "n_inspect", "full_inspection")
CHANCE_COLUMNS: Final = ("kind", "n", "ac", "re", "distribution", "lot", "defectives", "p")
CHANCE_ADDED: Final = ("pa", "asn")
DISTRIBUTIONS: Final = ("binomial", "poisson", "hypergeometric")
STAGES_OF_KIND: Final = {"single": (1, 1), "double": (2, 2), "multiple": (3, 20)}
WHOLE_NUMBER: Final = re.compile(r"[+-]?[0-9]{1,40}", re.ASCII)
NUMBER: Final = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?", re.ASCII)

Row = Mapping[str, str]


class RowRefused(Exception):  # noqa: N818  (named for what happened, as refusals are here)
    """A row of a table that cannot be granted, with its line in the file (the header is line 1)."""

    def __init__(self, line: int, reason: SamplingError) -> None:
        super().__init__(f"Line {line}: {reason.sentence_en}")
        self.line = line
        self.reason = reason


def add_columns(
    source: IO[str],
    target: IO[str],
    *,
    needed: tuple[str, ...],
    added: tuple[str, ...],
    compute: Callable[[Row], tuple[str, ...]],
) -> None:
    """Writes the source's rows with the added columns; what was written counts only if nothing is raised.

    Raises RowRefused for a row that cannot be granted, and SamplingError `table_unreadable`.
    """
    rows = csv.reader(source, strict=True)
    writer = csv.writer(target, lineterminator="\n")
    try:
        header = next(rows, [])
        kept = _kept_columns(header, needed, added)
        writer.writerow([*(header[position] for position in kept), *added])
        for cells in rows:
            if cells:
                padded = cells + [""] * (len(header) - len(cells))
                computed = compute(dict(zip(header, padded, strict=False)))
                writer.writerow([*(padded[position] for position in kept), *computed])
    except (UnicodeDecodeError, csv.Error):
        raise SamplingError("table_unreadable", line=rows.line_num + 1) from None
    except SamplingError as refused:
        raise RowRefused(max(1, rows.line_num), refused) from None


def _kept_columns(header: list[str], needed: tuple[str, ...], added: tuple[str, ...]) -> list[int]:
    """Positions of the columns that pass through; a header that lacks a column is refused like a row, on line 1."""
    missing = tuple(name for name in needed if name not in header)
    if missing:
        raise SamplingError("columns_missing", missing=missing)
    return [position for position, name in enumerate(header) if name not in added]


def plan_cells(row: Row) -> tuple[str, ...]:
    """The plan of a row; an empty type, kind or edition means the command's default."""
    found = plan(
        lot_size=read_lot_size(row["lot_size"]),
        level=row["level"].strip(),  # type: ignore[arg-type]  # plan() refuses what is no level.
        aql=row["aql"],
        severity=row["type"].strip() or "normal",  # type: ignore[arg-type]
        kind=row["kind"].strip() or "single",  # type: ignore[arg-type]
        edition=row["edition"].strip() or None,  # type: ignore[arg-type]
    )
    fixed, units = table_cells(found.table)
    if found.lot_size > units:
        return (*fixed, fixed[2], ";".join(["false"] * len(found.stages)))
    full = (str(is_full).lower() for is_full in found.full_inspection_by_stage)
    return (*fixed, joined(found.sizes_to_inspect), joined(full))


@cache
def table_cells(table: TablePlan) -> tuple[tuple[str, str, str, str, str], int]:
    """What a plan says whatever the lot, and the units that it inspects if no stage decides early."""
    stages = table.stages
    written = (
        table.code_letter,
        table.plan_letter,
        joined(stage.sample_size for stage in stages),
        joined(stage.acceptance_number for stage in stages),
        joined(stage.rejection_number for stage in stages),
    )
    return written, sum(stage.sample_size for stage in stages)


def chance_cells(row: Row) -> tuple[str, ...]:
    """Probability of acceptance and average sample number of a row's plan."""
    course = row_acceptance(row)
    return repr(course.probability), repr(course.average_sample_number)


def row_acceptance(row: Row) -> Acceptance:
    kind = row["kind"].strip()
    if kind not in STAGES_OF_KIND:
        raise SamplingError("kind_unknown", got=kind, known=KINDS)
    stages = read_stages(row["n"], row["ac"], row["re"])
    fewest, most = STAGES_OF_KIND[kind]
    if not fewest <= len(stages) <= most:
        raise SamplingError("kind_has_other_stages", kind=kind, got=len(stages))
    return acceptance(stages, _row_quality(row))


def _row_quality(row: Row) -> Quality:
    match row["distribution"].strip():
        case "binomial":
            return ShareQuality(share=read_number(row["p"], name="p"))
        case "poisson":
            return RateQuality(per_unit=read_number(row["p"], name="p"))
        case "hypergeometric":
            return LotQuality(
                lot_size=read_lot_size(row["lot"]),
                defectives=read_whole(row["defectives"], name="defectives"),
            )
        case other:
            raise SamplingError("distribution_unknown", got=other, known=DISTRIBUTIONS)


def read_stages(sizes: str, accepted: str, rejected: str) -> tuple[Stage, ...]:
    """Stages from `;`-separated numbers; -1 or # permits no acceptance yet."""
    columns = [
        [
            ACCEPTANCE_NOT_PERMITTED
            if name == "ac" and part.strip() == "#"
            else read_whole(part, name=name)
            for part in text.split(";")
        ]
        for name, text in (("n", sizes), ("ac", accepted), ("re", rejected))
    ]
    lengths = [len(column) for column in columns]
    if len(set(lengths)) != 1:
        raise SamplingError(
            "stage_counts_differ", sizes=lengths[0], accepted=lengths[1], rejected=lengths[2]
        )
    return tuple(
        Stage(sample_size=size, acceptance_number=below, rejection_number=above)
        for size, below, above in zip(*columns, strict=True)
    )


def read_lot_size(text: str) -> int:
    """A lot size as it was typed; its range is the domain's to judge."""
    if not WHOLE_NUMBER.fullmatch(text.strip()):
        raise SamplingError("lot_size_not_whole", got=text.strip() or '""')
    return int(text)


def read_whole(text: str, *, name: str) -> int:
    if not WHOLE_NUMBER.fullmatch(text.strip()):
        raise SamplingError("whole_number_unreadable", name=name, got=text.strip() or '""')
    return int(text)


def read_number(text: str, *, name: str) -> float:
    if not NUMBER.fullmatch(text.strip()) or not math.isfinite(float(text)):
        raise SamplingError("number_unreadable", name=name, got=text.strip() or '""')
    return float(text)


def joined(values: Iterator[int] | Iterator[str] | tuple[int, ...]) -> str:
    return ";".join(str(value) for value in values)


def plan_facts(found: Plan) -> dict[str, object]:
    """A plan as JSON: scalars for one stage, lists for several."""
    stages = found.stages
    columns: dict[str, list[int]] = {
        "n": [stage.sample_size for stage in stages],
        "ac": [stage.acceptance_number for stage in stages],
        "re": [stage.rejection_number for stage in stages],
        "n_inspect": list(found.sizes_to_inspect),
    }
    numbers: dict[str, object] = {
        name: values[0] if len(values) == 1 else values for name, values in columns.items()
    }
    return {
        "edition": found.edition,
        "type": found.severity,
        "kind": found.table.kind_asked,
        "kind_found": found.kind,
        "lot_size": found.lot_size,
        "level": found.level,
        "aql": found.aql,
        "code_letter": found.code_letter,
        "plan_letter": found.plan_letter,
        "arrow": found.arrow,
        **numbers,
        "full_inspection": found.is_full_inspection,
        "full_inspection_by_stage": list(found.full_inspection_by_stage),
    }
