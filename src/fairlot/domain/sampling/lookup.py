"""plan(): the attribute sampling plan for a lot. The lot's row gives the code letter, the tables the plan.

Edition `iso-1999` is ISO 2859-1:1999 (GB/T 2828.1-2012, JIS Z 9015-1:2006, IS 2500-1:2000); edition `z1.4` is
ANSI/ASQ Z1.4 (MIL-STD-105D and E, ISO 2859-1:1989). Double and multiple plans are those of `z1.4`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from functools import cache
from typing import Final

import msgspec

from fairlot.domain.sampling.aql import AqlInput, read_aql
from fairlot.domain.sampling.errors import SamplingError
from fairlot.domain.sampling.facts import (
    EDITIONS,
    KINDS,
    LETTERS,
    LEVELS,
    LOT_SIZE_MAX,
    SEVERITIES,
    Arrow,
    Edition,
    Kind,
    Level,
    Severity,
    standard_facts,
)
from fairlot.domain.sampling.rule import (
    Stage,
    TablePlan,
    code_letter_of_row,
    one_unit_plan,
    table_plan,
)


class Plan(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A table's plan applied to one lot.

    The table's sample sizes stand in `stages`; `sizes_to_inspect` are capped by the lot. A lot of one unit stands
    outside the tables: it is inspected, must conform, and has no letters.
    """

    lot_size: int
    level: Level
    table: TablePlan

    @property
    def aql(self) -> str:
        return self.table.aql

    @property
    def severity(self) -> Severity:
        return self.table.severity

    @property
    def edition(self) -> Edition:
        return self.table.edition

    @property
    def kind(self) -> Kind:
        """The kind that the tables hold here, which may be simpler than the one asked for (`table.kind_asked`)."""
        return self.table.kind

    @property
    def code_letter(self) -> str:
        return self.table.code_letter

    @property
    def plan_letter(self) -> str:
        return self.table.plan_letter

    @property
    def arrow(self) -> Arrow | None:
        """The direction in which the table's arrow was followed, if any."""
        if self.code_letter == self.plan_letter:
            return None
        return "up" if LETTERS.index(self.plan_letter) < LETTERS.index(self.code_letter) else "down"

    @property
    def stages(self) -> tuple[Stage, ...]:
        return self.table.stages

    @property
    def sizes_to_inspect(self) -> tuple[int, ...]:
        """Units to inspect at each stage, never more than the lot still holds."""
        return capped_sizes(self.stages, lot_size=self.lot_size)

    @property
    def applied_stages(self) -> tuple[Stage, ...]:
        """The stages as this lot allows them: once it is inspected whole, the last stage's numbers decide."""
        stages = []
        for stage, size in zip(self.stages, self.sizes_to_inspect, strict=True):
            if size:
                stages.append(msgspec.structs.replace(stage, sample_size=size))
        last = msgspec.structs.replace(self.stages[-1], sample_size=stages[-1].sample_size)
        return (
            (*stages[:-1], last)
            if self.full_inspection_by_stage[len(stages) - 1]
            else tuple(stages)
        )

    @property
    def full_inspection_by_stage(self) -> tuple[bool, ...]:
        """For each stage, whether the whole lot has been inspected once it is done."""
        return tuple(size >= self.lot_size for size in running_totals(self.sizes_to_inspect))

    @property
    def is_full_inspection(self) -> bool:
        """Whether the first sample is already the whole lot: 100 % inspection."""
        return self.full_inspection_by_stage[0]


def running_totals(sizes: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(sum(sizes[: position + 1]) for position in range(len(sizes)))


def capped_sizes(stages: tuple[Stage, ...], *, lot_size: int) -> tuple[int, ...]:
    """Sample size of each stage, cut to what the earlier stages have left of the lot."""
    left = lot_size
    sizes = []
    for stage in stages:
        sizes.append(min(stage.sample_size, left))
        left -= sizes[-1]
    return tuple(sizes)


# One row of plans per (level, AQL, severity, kind, edition), from lot size 1 upward; filled when first asked for.
_ROWS: Final[dict[object, tuple[TablePlan, ...]]] = {}
_LOT_SIZE_LEAST: Final = standard_facts().lot_size_least


def plan(
    *,
    lot_size: int,
    level: Level,
    aql: AqlInput,
    severity: Severity = "normal",
    kind: Kind = "single",
    edition: Edition | None = None,
) -> Plan:
    """The plan of Tables 2 (single), III (double) or IV (multiple) for a lot of 1 to 10^9 units.

    `aql` is text or Decimal of the standard's series. Without an edition, single plans are those of `iso-1999` and
    the others those of `z1.4`. Raises SamplingError for whatever the standard does not know.
    """
    try:
        row = _ROWS[level, aql, severity, kind, edition]
    except (KeyError, TypeError):
        row = _row(level, aql, severity, kind, edition)
    if lot_size.__class__ is not int or not 0 < lot_size <= LOT_SIZE_MAX:
        check_lot_size(lot_size)
    return Plan(lot_size=lot_size, level=level, table=row[bisect_right(_LOT_SIZE_LEAST, lot_size)])


def table_plans(
    requests: Iterable[tuple[int, Level, AqlInput, Severity]],
    *,
    kind: Kind = "single",
    edition: Edition | None = None,
) -> list[TablePlan]:
    """The tables' plans for many (lot size, level, AQL, severity) at once: `plan(...).table` in half the time."""
    found = []
    for lot_size, level, aql, severity in requests:
        try:
            row = _ROWS[level, aql, severity, kind, edition]
        except (KeyError, TypeError):
            row = _row(level, aql, severity, kind, edition)
        if lot_size.__class__ is not int or not 0 < lot_size <= LOT_SIZE_MAX:
            check_lot_size(lot_size)
        found.append(row[bisect_right(_LOT_SIZE_LEAST, lot_size)])
    return found


def code_letter(*, lot_size: int, level: Level) -> str:
    """The code letter of Table 1; empty for a lot of one unit, which stands outside the table."""
    check_lot_size(lot_size)
    check_known("level_unknown", level, LEVELS)
    row = bisect_right(_LOT_SIZE_LEAST, lot_size)
    return code_letter_of_row(standard_facts(), level=level, row=row - 1) if row else ""


def plan_at_letter(*, letter: str, aql: str, severity: Severity, edition: Edition) -> TablePlan:
    """The single plan of a code letter, whatever the lot."""
    return _cell(edition, severity, "single", letter, aql)


def check_lot_size(lot_size: object) -> None:
    """Raises SamplingError unless the lot size is a whole number from 1 to 10^9."""
    if type(lot_size) is not int:
        raise SamplingError("lot_size_not_whole", got=str(lot_size))
    if not 0 < lot_size <= LOT_SIZE_MAX:
        raise SamplingError("lot_size_out_of_range", got=lot_size, least=1, most=LOT_SIZE_MAX)


def check_known(code: str, got: object, known: tuple[str, ...]) -> None:
    """Raises SamplingError with the code unless the name is one of the known."""
    if not isinstance(got, str) or got not in known:
        raise SamplingError(code, got=str(got), known=known)


def _row(
    level: Level, aql: AqlInput, severity: Severity, kind: Kind, edition: Edition | None
) -> tuple[TablePlan, ...]:
    check_known("level_unknown", level, LEVELS)
    check_known("severity_unknown", severity, SEVERITIES)
    check_known("kind_unknown", kind, KINDS)
    if edition is not None:
        check_known("edition_unknown", edition, EDITIONS)
    found_edition: Edition = edition or ("iso-1999" if kind == "single" else "z1.4")
    if kind != "single" and found_edition != "z1.4":
        raise SamplingError("edition_without_kind", edition=found_edition, kind=kind)
    label = read_aql(aql)
    rows = range(len(_LOT_SIZE_LEAST))
    letters = ("", *(code_letter_of_row(standard_facts(), level=level, row=row) for row in rows))
    plans = tuple(_cell(found_edition, severity, kind, letter, label) for letter in letters)
    # Only the canonical spelling is kept, so that the rows stay as few as the standard's columns.
    _ROWS[level, label, severity, kind, edition] = plans
    return plans


@cache
def _cell(edition: Edition, severity: Severity, kind: Kind, letter: str, aql: str) -> TablePlan:
    if not letter:
        return one_unit_plan(edition=edition, severity=severity, kind=kind, aql=aql)
    return table_plan(
        standard_facts(), edition=edition, severity=severity, kind=kind, code_letter=letter, aql=aql
    )
