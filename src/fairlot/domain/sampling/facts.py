"""The facts of ISO 2859-1:1999 and ANSI/ASQ Z1.4, stated once and compactly; every table is generated from them.

Sources: code letters, Table 1 (Table I in Z1.4); single plans, Tables 2-A, 2-B, 2-C (II-A, II-B, II-C); double
plans, Tables III-A, III-B, III-C, and multiple plans, Tables IV-A, IV-B, IV-C of Z1.4. The plan of a single table
depends on its diagonal alone: the index of its AQL plus the index of its code letter, both counted from 0.
"""

from __future__ import annotations

from functools import cache
from typing import Final, Literal

import msgspec

Level = Literal["I", "II", "III", "S-1", "S-2", "S-3", "S-4"]
Severity = Literal["normal", "tightened", "reduced"]
Kind = Literal["single", "double", "multiple"]
Edition = Literal["iso-1999", "z1.4"]

LEVELS: Final[tuple[Level, ...]] = ("I", "II", "III", "S-1", "S-2", "S-3", "S-4")
SEVERITIES: Final[tuple[Severity, ...]] = ("normal", "tightened", "reduced")
KINDS: Final[tuple[Kind, ...]] = ("single", "double", "multiple")
EDITIONS: Final[tuple[Edition, ...]] = ("iso-1999", "z1.4")

# AQL: percent nonconforming up to 10; nonconformities per 100 units at any value.
AQLS: Final = tuple(
    "0.010 0.015 0.025 0.040 0.065 0.10 0.15 0.25 0.40 0.65 1.0 1.5 2.5 4.0 6.5 10 15 25 40 65 100 150 250 400 650 1000".split(),  # noqa: SIM905  (read against the printed heading)
)
LETTERS: Final = "ABCDEFGHJKLMNPQRS"  # S stands in the tightened table alone.
LOT_SIZE_MAX: Final = 1_000_000_000
ACCEPTANCE_NOT_PERMITTED: Final = -1  # "#" in the printed tables.

Numbers = tuple[int, int]  # Acceptance number, rejection number.
Arrow = Literal["up", "down"]
Cell = Numbers | Arrow


class Diagonals(msgspec.Struct, frozen=True, kw_only=True):
    """One single table: `cells[d - first]` is the diagonal d; before it arrows point down, after it up.

    `low_cells` follow `cells` for the first `low_letters` letters alone, A to E. `rows` are rows that leave the rule:
    code letter, the first AQL that does, its numbers from there on. `arrows` are cells (letter, AQL) that this edition
    leaves to an arrow although the rule would fill them; `last_letter` is the one diagonal of the letter S, if any.
    """

    first: int
    cells: tuple[Cell, ...]
    low_cells: tuple[Cell, ...]
    low_letters: int = 5
    rows: tuple[tuple[str, str, tuple[Numbers, ...]], ...] = ()
    arrows: tuple[tuple[str, str], ...] = ()
    last_letter: int | None = None


class StagedPlans(msgspec.Struct, frozen=True, kw_only=True):
    """Double or multiple plans: the size of each stage by letter; cumulative numbers by the single plan's numbers."""

    sizes: tuple[tuple[str, int], ...]
    numbers: tuple[tuple[Numbers, tuple[Numbers, ...]], ...]


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that the tables are generated from."""

    lot_size_least: tuple[int, ...]  # Smallest lot of each row of the table of code letters.
    code_letters: tuple[tuple[Level, str], ...]  # Level and its letters, row by row.
    sizes: tuple[tuple[Severity, tuple[int, ...]], ...]  # Single sample size by letter.
    single: tuple[tuple[Edition, Severity, Diagonals], ...]
    double: tuple[tuple[Severity, StagedPlans], ...]  # Z1.4.
    multiple: tuple[tuple[Severity, StagedPlans], ...]  # Z1.4.


_CODE_LETTERS: Final[tuple[tuple[Level, str], ...]] = (
    ("I", "AABCCDEFGHJKLMN"),
    ("II", "ABCDEFGHJKLMNPQ"),
    ("III", "BCDEFGHJKLMNPQR"),
    ("S-1", "AAAABBBBCCCCDDD"),
    ("S-2", "AAABBBCCCDDDEEE"),
    ("S-3", "AABBCCDDEEFFGGH"),
    ("S-4", "AABCCDEEFGGHJJK"),
)
_SIZES: Final[tuple[tuple[Severity, tuple[int, ...]], ...]] = (
    ("normal", (2, 3, 5, 8, 13, 20, 32, 50, 80, 125, 200, 315, 500, 800, 1250, 2000)),
    ("tightened", (2, 3, 5, 8, 13, 20, 32, 50, 80, 125, 200, 315, 500, 800, 1250, 2000, 3150)),
    ("reduced", (2, 2, 2, 3, 5, 8, 13, 20, 32, 50, 80, 125, 200, 315, 500, 800)),
)

# Edition, severity, first diagonal, cells, cells of the letters A to E. A lone number means Re = Ac + 1.
_SINGLE: Final[tuple[tuple[Edition, Severity, int, str, str], ...]] = (
    ("iso-1999", "normal", 14, "0 up down 1 2 3 5 7 10 14 21", "30 44"),
    ("iso-1999", "tightened", 15, "0 down down 1 2 3 5 8 12 18", "27 41"),
    ("iso-1999", "reduced", 14, "0 up down down 1 2 3 5 6 8 10", "14 21"),
    ("z1.4", "normal", 14, "0 up down 1 2 3 5 7 10 14 21", "30 44"),
    ("z1.4", "tightened", 15, "0 down down 1 2 3 5 8 12 18", "27 41"),
    ("z1.4", "reduced", 14, "0 up down 0/2 1/3 1/4 2/5 3/6 5/8 7/10 10/13", "14/17 21/24"),
)
_ROWS: Final[tuple[tuple[Edition, Severity, str, str, str], ...]] = (
    ("iso-1999", "reduced", "A", "25", "1 2 3 5 7 10 14 21 30"),
    ("iso-1999", "reduced", "B", "25", "1 2 3 5 7 10 14 21 30"),
    ("z1.4", "reduced", "A", "25", "1 2 3 5 7 10 14 21 30"),
    ("z1.4", "reduced", "B", "15", "0/2 1/3 2/4 3/5 5 7 10 14 21 30"),
)
_ARROWS: Final[tuple[tuple[Edition, Severity, str, str], ...]] = (("z1.4", "tightened", "A", "10"),)
_LAST_LETTER: Final[tuple[tuple[Edition, Severity, int], ...]] = (
    ("iso-1999", "tightened", 18),
    ("z1.4", "tightened", 18),
)

_DOUBLE: Final[tuple[tuple[Severity, str, str], ...]] = (
    (
        "normal",
        "B2 C3 D5 E8 F13 G20 H32 J50 K80 L125 M200 N315 P500 Q800 R1250",
        (
            "1: 0/2 1/2; 2: 0/3 3/4; 3: 1/4 4/5; 5: 2/5 6/7; 7: 3/7 8/9; 10: 5/9 12/13; 14: 7/11 18/19; "
            "21: 11/16 26/27; 30: 17/22 37/38; 44: 25/31 56/57"
        ),
    ),
    (
        "tightened",
        "B2 C3 D5 E8 F13 G20 H32 J50 K80 L125 M200 N315 P500 Q800 R1250 S2000",
        (
            "1: 0/2 1/2; 2: 0/3 3/4; 3: 1/4 4/5; 5: 2/5 6/7; 8: 3/7 11/12; 12: 6/10 15/16; 18: 9/14 23/24; "
            "27: 15/20 34/35; 41: 23/29 52/53"
        ),
    ),
    (
        "reduced",
        "D2 E3 F5 G8 H13 J20 K32 L50 M80 N125 P200 Q315 R500",
        (
            "0/2: 0/2 0/2; 1/3: 0/3 0/4; 1/4: 0/4 1/5; 2/5: 0/4 3/6; 3/6: 1/5 4/7; 5/8: 2/7 6/9; 7/10: 3/8 8/12; "
            "10/13: 5/10 12/16; 14/17: 7/12 18/22; 21/24: 11/17 26/30"
        ),
    ),
)
_MULTIPLE: Final[tuple[tuple[Severity, str, str], ...]] = (
    (
        "normal",
        "D2 E3 F5 G8 H13 J20 K32 L50 M80 N125 P200 Q315 R500",
        (
            "1: #/2 #/2 0/2 0/3 1/3 1/3 2/3; 2: #/2 0/3 0/3 1/4 2/4 3/5 4/5; 3: #/3 0/3 1/4 2/5 3/6 4/6 6/7; "
            "5: #/4 1/5 2/6 3/7 5/8 7/9 9/10; 7: 0/4 1/6 3/8 5/10 7/11 10/12 13/14; "
            "10: 0/5 3/8 6/10 8/13 11/15 14/17 18/19; 14: 1/7 4/10 8/13 12/17 17/20 21/23 25/26; "
            "21: 2/9 7/14 13/19 19/25 25/29 31/33 37/38; 30: 4/12 11/19 19/27 27/34 36/40 45/47 53/54; "
            "44: 6/16 17/27 29/39 40/49 53/58 65/68 77/78"
        ),
    ),
    (
        "tightened",
        "D2 E3 F5 G8 H13 J20 K32 L50 M80 N125 P200 Q315 R500 S800",
        (
            "1: #/2 #/2 0/2 0/3 1/3 1/3 2/3; 2: #/2 0/3 0/3 1/4 2/4 3/5 4/5; 3: #/3 0/3 1/4 2/5 3/6 4/6 6/7; "
            "5: #/4 1/5 2/6 3/7 5/8 7/9 9/10; 8: 0/4 2/7 4/9 6/11 9/12 12/14 14/15; "
            "12: 0/6 3/9 7/12 10/15 14/17 18/20 21/22; 18: 1/8 6/12 11/17 16/22 22/25 27/29 32/33; "
            "27: 3/10 10/17 17/24 24/31 32/37 40/43 48/49; 41: 6/15 16/25 26/36 37/46 49/55 61/64 72/73"
        ),
    ),
    (
        "reduced",
        "F2 G3 H5 J8 K13 L20 M32 N50 P80 Q125 R200",
        (
            "0/2: #/2 #/2 0/2 0/3 0/3 0/3 1/3; 1/3: #/2 #/3 0/3 0/4 0/4 1/5 1/5; 1/4: #/3 #/3 0/4 0/5 1/6 1/6 2/7; "
            "2/5: #/3 0/4 0/5 1/6 2/7 3/7 4/8; 3/6: #/4 0/5 1/6 2/7 3/8 4/9 6/10; 5/8: #/4 1/6 2/8 3/10 5/11 7/12 9/14; "
            "7/10: 0/5 1/7 3/9 5/12 7/13 10/15 13/17; 10/13: 0/6 3/9 6/12 8/15 11/17 14/20 18/22"
        ),
    ),
)


@cache
def standard_facts() -> Facts:
    """The facts above as values."""
    return Facts(
        lot_size_least=(
            2,
            9,
            16,
            26,
            51,
            91,
            151,
            281,
            501,
            1201,
            3201,
            10001,
            35001,
            150001,
            500001,
        ),
        code_letters=_CODE_LETTERS,
        sizes=_SIZES,
        single=tuple(
            (edition, severity, _diagonals(edition, severity))
            for edition in EDITIONS
            for severity in SEVERITIES
        ),
        double=tuple((severity, _staged(sizes, numbers)) for severity, sizes, numbers in _DOUBLE),
        multiple=tuple(
            (severity, _staged(sizes, numbers)) for severity, sizes, numbers in _MULTIPLE
        ),
    )


def _diagonals(edition: Edition, severity: Severity) -> Diagonals:
    table = (edition, severity)
    first, cells, low_cells = next(row[2:] for row in _SINGLE if row[:2] == table)
    return Diagonals(
        first=first,
        cells=tuple(_cell(text) for text in cells.split()),
        low_cells=tuple(_cell(text) for text in low_cells.split()),
        rows=tuple(
            (letter, aql, tuple(_numbers(text) for text in numbers.split()))
            for *key, letter, aql, numbers in _ROWS
            if tuple(key) == table
        ),
        arrows=tuple((letter, aql) for *key, letter, aql in _ARROWS if tuple(key) == table),
        last_letter=next(
            (diagonal for *key, diagonal in _LAST_LETTER if tuple(key) == table), None
        ),
    )


def _staged(sizes: str, numbers: str) -> StagedPlans:
    return StagedPlans(
        sizes=tuple((text[0], int(text[1:])) for text in sizes.split()),
        numbers=tuple(
            (_numbers(single), tuple(_numbers(text) for text in stages.split()))
            for single, stages in (plan.split(":") for plan in numbers.split("; "))
        ),
    )


def _cell(text: str) -> Cell:
    match text:
        case "up" | "down":
            return text
        case _:
            return _numbers(text)


def _numbers(text: str) -> Numbers:
    accepted, _, rejected = text.partition("/")
    if accepted == "#":
        return ACCEPTANCE_NOT_PERMITTED, int(rejected)
    return int(accepted), int(rejected or int(accepted) + 1)
