"""Whatever is changed in the books of real trades behind the application's back, verification names it: a tenth of all changes."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.market import Market
from tests.support.postgres import Database
from tests.support.trading_companies import trade
from tests.tampering.drill import (
    BESIDE,
    KINDS,
    UNWATCHED,
    Drill,
    blind_to_hashes,
    columns_of,
    sample,
    take_walls_down,
)

PAGE = Path(__file__).parents[2] / "docs" / "verification.md"
SEED = 20_261_122
SHARE = 10
PLANTED_CHANGES = 10


@pytest.fixture
def drill(database: Database) -> Iterator[Drill]:
    with closing(Market(database)) as market, database.as_owner() as owner:
        trade(market)
        take_walls_down(owner)
        yield Drill(market, owner, seed=SEED)


def test_whatever_is_changed_is_named(drill: Drill) -> None:
    assert drill.faults() == []
    everything = drill.changes()
    chosen = sample(everything, share=SHARE, chance=random.Random(SEED))
    result = drill.run(chosen)
    assert result.missed == []
    assert result.misnamed == []
    assert result.trials > len(everything) // SHARE
    # Each was undone.
    assert drill.faults() == []


def test_every_column_is_watched_or_said_to_be_not(drill: Drill) -> None:
    everything = set(columns_of(drill.changes()))
    assert everything.isdisjoint(UNWATCHED)
    assert {kind.split(".")[0] for kind in everything} == {*KINDS, *BESIDE, "account_balance"}
    said = set(UNWATCHED) - {"rollup.row added"}
    assert said == {
        f"{table.kind}.{column}"
        for table in drill.tables
        if table.family in {"order", ""}
        for column in table.columns
        if f"{table.kind}.{column}" not in everything
    }
    text = PAGE.read_text(encoding="utf-8")
    for column in said:
        assert f"`{column}`" in text


def test_a_verification_that_looks_at_no_hash_is_caught(drill: Drill) -> None:
    """The planted fault."""
    result = drill.run(drill.changes_of_actors()[:PLANTED_CHANGES], see=blind_to_hashes)
    assert len(result.missed) == PLANTED_CHANGES
