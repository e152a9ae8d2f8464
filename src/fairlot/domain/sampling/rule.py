"""Generates the master tables from the facts: follows every arrow, moving sample size and numbers together."""

from __future__ import annotations

import msgspec

from fairlot.domain.sampling.facts import (
    AQLS,
    LETTERS,
    Cell,
    Diagonals,
    Edition,
    Facts,
    Kind,
    Numbers,
    Severity,
    StagedPlans,
)


class Stage(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One sample of a plan. Numbers are cumulative over the stages; an acceptance number of -1 permits none yet."""

    sample_size: int
    acceptance_number: int
    rejection_number: int


class TablePlan(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A cell of a master table with its arrow followed.

    `kind` is what the cell holds, which is simpler than `kind_asked` where the tables say so; `plan_letter` is the
    row in which the plan stands.
    """

    edition: Edition
    severity: Severity
    kind_asked: Kind
    kind: Kind
    aql: str
    code_letter: str
    plan_letter: str
    stages: tuple[Stage, ...]


def table_plan(
    facts: Facts, *, edition: Edition, severity: Severity, kind: Kind, code_letter: str, aql: str
) -> TablePlan:
    """The plan of one cell. Where no double or multiple plan stands, the next simpler kind is used, as printed."""
    table = next(table for *key, table in facts.single if tuple(key) == (edition, severity))
    letter, numbers = _followed(table, LETTERS.index(code_letter), AQLS.index(aql))
    kind_found, stages = _plan_of_row(facts, severity, kind, letter, numbers)
    return TablePlan(
        edition=edition,
        severity=severity,
        kind_asked=kind,
        kind=kind_found,
        aql=aql,
        code_letter=code_letter,
        plan_letter=LETTERS[letter],
        stages=stages,
    )


def one_unit_plan(*, edition: Edition, severity: Severity, kind: Kind, aql: str) -> TablePlan:
    """A lot of one unit stands outside the tables: the unit is inspected and must conform."""
    return TablePlan(
        edition=edition,
        severity=severity,
        kind_asked=kind,
        kind="single",
        aql=aql,
        code_letter="",
        plan_letter="",
        stages=(_stage(1, (0, 1)),),
    )


def _plan_of_row(
    facts: Facts, severity: Severity, kind: Kind, letter: int, numbers: Numbers
) -> tuple[Kind, tuple[Stage, ...]]:
    if kind == "multiple" and (
        stages := _stages(facts.multiple, severity, LETTERS[letter], numbers)
    ):
        return "multiple", stages
    if kind != "single" and (stages := _stages(facts.double, severity, LETTERS[letter], numbers)):
        return "double", stages
    size = single_size(facts, severity=severity, letter=LETTERS[letter])
    return "single", (_stage(size, numbers),)


def single_size(facts: Facts, *, severity: Severity, letter: str) -> int:
    """Sample size of a letter's single plan."""
    return next(sizes for name, sizes in facts.sizes if name == severity)[LETTERS.index(letter)]


def code_letter_of_row(facts: Facts, *, level: str, row: int) -> str:
    """The code letter of a level in one row (from 0) of the table of lot sizes."""
    return next(letters for name, letters in facts.code_letters if name == level)[row]


def _stages(
    tables: tuple[tuple[Severity, StagedPlans], ...],
    severity: Severity,
    letter: str,
    numbers: Numbers,
) -> tuple[Stage, ...] | None:
    plans = next(plans for name, plans in tables if name == severity)
    size = next((size for name, size in plans.sizes if name == letter), None)
    stages = next((stages for single, stages in plans.numbers if single == numbers), None)
    if size is None or stages is None:
        return None
    return tuple(_stage(size, stage) for stage in stages)


def _stage(size: int, numbers: Numbers) -> Stage:
    return Stage(sample_size=size, acceptance_number=numbers[0], rejection_number=numbers[1])


def _followed(table: Diagonals, letter: int, aql: int) -> tuple[int, Numbers]:
    """The nearest row that holds a plan, in the arrow's direction; the other way where the table ends."""
    cell = _cell(table, letter, aql)
    if not isinstance(cell, str):
        return letter, cell
    above = range(letter - 1, -1, -1)
    below = range(letter + 1, len(LETTERS))
    for row in (*above, *below) if cell == "up" else (*below, *above):
        found = _cell(table, row, aql)
        if not isinstance(found, str):
            return row, found
    raise AssertionError(f"column {AQLS[aql]} holds no plan")


def _cell(table: Diagonals, letter: int, aql: int) -> Cell:
    diagonal = letter + aql
    if LETTERS[letter] == LETTERS[-1]:
        return table.cells[diagonal - table.first] if diagonal == table.last_letter else "up"
    for name, first_aql, numbers in table.rows:
        if name == LETTERS[letter] and aql >= AQLS.index(first_aql):
            return numbers[aql - AQLS.index(first_aql)]
    if (LETTERS[letter], AQLS[aql]) in table.arrows:
        return "down"
    if diagonal < table.first:
        return "down"
    cells = table.cells + table.low_cells if letter < table.low_letters else table.cells
    return cells[diagonal - table.first] if diagonal < table.first + len(cells) else "up"
