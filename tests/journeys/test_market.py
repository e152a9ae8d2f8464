"""The demonstration's market: who is in it, where its orders stand, and that it is played once and holds before verification."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path
from typing import Any

import psycopg
import pytest

from fairlot.domain.order.state import Status
from fairlot.simulate.world.companies import COMPANIES, SUPPLIERS
from fairlot.simulate.world.deals import ENTRIES, deals
from fairlot.simulate.world.playing import instant_of
from tests.support.command_line import CommandLine, point_at
from tests.support.postgres import Database

COMPANIES_MIN = 12
ORDERS_MIN = 40
TODAY = dt.datetime(2026, 11, 22, 0, 30, tzinfo=dt.UTC)


def test_it_is_large_enough_and_says_so_before_it_is_played() -> None:
    assert len({company.company_id for company in COMPANIES}) >= COMPANIES_MIN
    assert len({deal.order_id for deal in deals()}) == len(ENTRIES) >= ORDERS_MIN
    sides = {(deal.buyer.company_id, deal.supplier.company_id) for deal in deals()}
    assert {supplier for _, supplier in sides} == {supplier.company_id for supplier in SUPPLIERS}


@pytest.mark.parametrize("deal", deals(), ids=lambda deal: deal.order_id)
def test_no_deal_acts_before_its_last_act_or_after_today(deal: Any) -> None:
    """At any hour of the day on which it is played; a deal of today would act in the future."""
    instants = [instant_of(deal, step.day, TODAY) for step in deal.steps]
    assert instants == sorted(instants)
    assert instants[-1] <= TODAY


@pytest.fixture
def fairlot(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """The command on a database and a data directory of its own."""
    point_at(database, tmp_path, monkeypatch, demo=True)
    return CommandLine()


def test_every_status_of_both_editions_is_there_and_verification_finds_nothing(
    fairlot: CommandLine, database: Database
) -> None:
    fairlot.done("demo", "--play-only")
    with psycopg.connect(database.owner_dsn, autocommit=True) as owner:
        rows = owner.execute("SELECT policy_id, status FROM order_head").fetchall()
        events = owner.execute("SELECT count(*) FROM order_event").fetchone()
    found = Counter((policy_id, status) for policy_id, status in rows)
    editions = {policy_id for policy_id, _ in rows}
    assert len(editions) == 2
    missing = {(e, s.value) for e in editions for s in Status} - set(found)
    assert not missing
    assert "nothing" in fairlot.done("verify").lower()
    assert "It stands already." in fairlot.done("demo", "--play-only")
    with psycopg.connect(database.owner_dsn, autocommit=True) as owner:
        assert owner.execute("SELECT count(*) FROM order_event").fetchone() == events
