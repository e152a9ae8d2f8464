"""The facts of ISO 2859-1:1999 and ANSI/ASQ Z1.4, stated once and compactly; every table is generated from them.

Sources: code letters, Table 1 (Table I in Z1.4); single plans, Tables 2-A, 2-B, 2-C (II-A, II-B, II-C);
double plans, Tables III-A, III-B, III-C and multiple plans, Tables IV-A, IV-B, IV-C of Z1.4.
A plan of a single table depends only on its diagonal, the index of its AQL plus the index of its code letter.
"""

from __future__ import annotations

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

LOT_SIZE_MAX: Final = 1_000_000_000
ACCEPTANCE_NOT_PERMITTED: Final = -1  # "#" in the printed multiple tables.

Numbers = tuple[int, int]  # Acceptance number, rejection number.
Arrow = Literal["up", "down"]
Cell = Numbers | Arrow


class Diagonals(msgspec.Struct, frozen=True, kw_only=True):
    """One single table: `cells[d - first]` holds the diagonal d; before it arrows point down, after it up.

    The last `low_only` cells exist for the letters A to E alone. `rows` are whole rows that leave the rule:
    code letter, index of the first AQL that differs, its numbers. `arrows` are single cells (letter, AQL)
    that the rule would fill and the edition leaves to an arrow.
    """

    first: int
    cells: tuple[Cell, ...]
    low_only: int
    rows: tuple[tuple[str, int, tuple[Numbers, ...]], ...] = ()
    arrows: tuple[tuple[str, str], ...] = ()


class StagedPlans(msgspec.Struct, frozen=True, kw_only=True):
    """Double or multiple plans: size of each stage by letter, cumulative numbers by the single plan's numbers."""

    sizes: tuple[tuple[str, int], ...]
    numbers: tuple[tuple[Numbers, tuple[Numbers, ...]], ...]


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that the tables are generated from. AQL: percent nonconforming, or nonconformities per 100 units."""

    lot_size_least: tuple[int, ...]  # Smallest lot of each row of the table of code letters.
    code_letters: tuple[tuple[str, str], ...]  # Level, its letters row by row.
    letters: str  # In order; S serves tightened inspection alone.
    aqls: tuple[str, ...]
    sizes: tuple[tuple[str, tuple[int, ...]], ...]  # Severity, sample size by letter.
    last_letter_only: tuple[
        str, int
    ]  # The letter beyond the table and the one diagonal that it holds.
    single: tuple[tuple[str, str, Diagonals], ...]  # Edition, severity.
    double: tuple[tuple[str, StagedPlans], ...]  # Severity; Z1.4.
    multiple: tuple[tuple[str, StagedPlans], ...]
