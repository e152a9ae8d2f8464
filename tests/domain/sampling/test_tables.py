"""Every cell of the given tables, and the proof that a single wrong entry of the facts would be seen."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest

from fairlot.domain.sampling import (
    AQLS,
    EDITIONS,
    KINDS,
    LEVELS,
    SEVERITIES,
    Edition,
    Kind,
    Level,
    Severity,
    plan,
)
from fairlot.domain.sampling.facts import LETTERS, Facts, standard_facts
from fairlot.domain.sampling.rule import code_letter_of_row, table_plan

GOLDEN = Path(__file__).parents[2] / "golden" / "sampling"
EDITION_OF: dict[str, Edition] = {"Z1.4": "z1.4", "ISO2859-1:1999": "iso-1999"}
TABLES: tuple[tuple[Kind, Severity], ...] = tuple(
    (kind, severity) for kind in KINDS for severity in SEVERITIES
)

Cell = tuple[Edition, str, str]  # Edition, code letter, AQL.
# Plan letter, and n, Ac, Re of each stage; or the simpler kind that stands in its place.
Entry = tuple[str, str | tuple[tuple[int, int, int], ...]]


def golden_rows(name: str) -> list[dict[str, str]]:
    with (GOLDEN / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def golden(kind: Kind, severity: Severity) -> dict[Cell, Entry]:
    """One given table. A plan that the tables leave to a simpler kind says "use_single" or "use_double"."""
    entries: dict[Cell, Entry] = {}
    for row in golden_rows(f"{kind}_{severity}.csv"):
        cell = EDITION_OF[row["edition"]], row["code_letter"], row["aql"]
        if row.get("status", "").startswith("use_"):
            entries[cell] = row["plan_letter"], row["status"]
            continue
        earlier = entries.get(cell, (row["plan_letter"], ()))[1]
        assert isinstance(earlier, tuple)
        entries[cell] = (
            row["plan_letter"],
            (*earlier, (int(row["n"]), int(row["ac"]), int(row["re"]))),
        )
    return entries


def generated(facts: Facts, kind: Kind, severity: Severity, cell: Cell) -> Entry:
    edition, code_letter, aql = cell
    found = table_plan(
        facts, edition=edition, severity=severity, kind=kind, code_letter=code_letter, aql=aql
    )
    if found.kind != kind:
        return found.plan_letter, f"use_{found.kind}"
    return found.plan_letter, tuple(
        (stage.sample_size, stage.acceptance_number, stage.rejection_number)
        for stage in found.stages
    )


def first_difference(facts: Facts, tables: Sequence[tuple[Kind, Severity]]) -> object:
    """The first cell that does not agree with the given tables; a fact that generates nothing differs too."""
    for kind, severity in tables:
        for cell, entry in golden(kind, severity).items():
            try:
                found = generated(facts, kind, severity, cell)
            except (LookupError, StopIteration, ValueError, AssertionError) as broken:
                return cell, broken
            if found != entry:
                return cell, entry, found
    return None


@pytest.mark.parametrize(("kind", "severity"), TABLES)
def test_every_cell_agrees_with_the_given_table(kind: Kind, severity: Severity) -> None:
    cells = golden(kind, severity)
    editions = EDITIONS if kind == "single" else ("z1.4",)
    assert set(cells) == {
        (edition, letter, aql) for edition in editions for letter in LETTERS[:-1] for aql in AQLS
    }
    assert first_difference(standard_facts(), [(kind, severity)]) is None


@pytest.mark.parametrize("severity", SEVERITIES)
def test_the_arrow_points_where_the_given_table_says(severity: Severity) -> None:
    """Read through a lot size whose code letter at some level is the cell's."""
    lots: dict[str, tuple[int, Level]] = {}
    for level in LEVELS:
        for row, lot in enumerate(standard_facts().lot_size_least):
            lots[code_letter_of_row(standard_facts(), level=level, row=row)] = lot, level
    for given in golden_rows(f"single_{severity}.csv"):
        lot, level = lots[given["code_letter"]]
        found = plan(
            lot_size=lot,
            level=level,
            aql=given["aql"],
            severity=severity,
            edition=EDITION_OF[given["edition"]],
        )
        assert (found.code_letter, found.arrow or "") == (given["code_letter"], given["arrow"])


def code_letters(facts: Facts) -> list[dict[str, str]]:
    rows = []
    for row, least in enumerate(facts.lot_size_least):
        letters: dict[str, str] = {
            level: code_letter_of_row(facts, level=level, row=row) for level in LEVELS
        }
        rows.append({"lot_min": str(least), **letters})
    return rows


def given_code_letters() -> list[dict[str, str]]:
    return [
        {name: cell for name, cell in row.items() if name != "lot_max"}
        for row in golden_rows("code_letters.csv")
    ]


def test_code_letters_agree_with_the_given_table() -> None:
    assert code_letters(standard_facts()) == given_code_letters()


def test_every_lot_size_of_a_row_has_its_letter() -> None:
    for row in golden_rows("code_letters.csv"):
        most = int(row["lot_max"]) if row["lot_max"].isdigit() else 1_000_000_000
        for lot in (int(row["lot_min"]), most):
            for level in LEVELS:
                assert plan(lot_size=lot, level=level, aql="2.5").code_letter == row[level]


# Planted faults: every entry of the facts is changed once, and the comparison above must see each.


def mutants(value: Any) -> Iterator[Any]:
    """Every copy of a value in which exactly one entry is wrong."""
    if isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            for wrong in mutants(getattr(value, name)):
                yield msgspec.structs.replace(value, **{name: wrong})
    elif isinstance(value, tuple):
        for position, entry in enumerate(value):
            for wrong in mutants(entry):
                yield (*value[:position], wrong, *value[position + 1 :])
    elif isinstance(value, int):
        yield value + 1
    elif isinstance(value, str):
        yield from wrong_words(value)
    else:
        assert value is None


def wrong_words(word: str) -> Iterator[str]:
    """Another arrow, another AQL, another name; in a row of letters each letter in turn."""
    if word in ("up", "down"):
        yield "down" if word == "up" else "up"
    elif word in AQLS:
        yield AQLS[AQLS.index(word) - 1]
    elif word in (*LEVELS, *SEVERITIES, *EDITIONS):
        yield "no such name"
    else:
        for position, letter in enumerate(word):
            yield word[:position] + LETTERS[LETTERS.index(letter) - 1] + word[position + 1 :]


def unseen(name: str, tables: Sequence[tuple[Kind, Severity]]) -> list[Facts]:
    facts = standard_facts()
    wrong = [
        msgspec.structs.replace(facts, **{name: entry}) for entry in mutants(getattr(facts, name))
    ]
    assert wrong, "the facts must hold entries to change"
    return [mutant for mutant in wrong if first_difference(mutant, tables) is None]


def test_a_wrong_entry_of_the_single_tables_is_seen() -> None:
    assert unseen("single", [("single", severity) for severity in SEVERITIES]) == []


def test_a_wrong_sample_size_is_seen() -> None:
    assert unseen("sizes", [("single", severity) for severity in SEVERITIES]) == []


def test_a_wrong_entry_of_the_double_plans_is_seen() -> None:
    assert unseen("double", [("double", severity) for severity in SEVERITIES]) == []


def test_a_wrong_entry_of_the_multiple_plans_is_seen() -> None:
    assert unseen("multiple", [("multiple", severity) for severity in SEVERITIES]) == []


@pytest.mark.parametrize("name", ["lot_size_least", "code_letters"])
def test_a_wrong_code_letter_or_lot_size_is_seen(name: str) -> None:
    facts = standard_facts()
    for entry in mutants(getattr(facts, name)):
        wrong = msgspec.structs.replace(facts, **{name: entry})
        try:
            letters = code_letters(wrong)
        except StopIteration:
            continue
        assert letters != given_code_letters(), entry


def test_the_mutants_cover_every_entry() -> None:
    """The walk itself: as many wrong copies as there are numbers and words, none equal to the original."""
    facts = standard_facts()
    copies = list(mutants(facts))
    numbers = sum(len(letters) for _, letters in facts.code_letters) + len(facts.code_letters)
    assert len(copies) > 1_000
    assert facts not in copies
    assert len(list(mutants(facts.code_letters))) == numbers
