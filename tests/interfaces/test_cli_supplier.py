"""`fairlot supplier` on a real database: a supplier joins, is found, audited, and its sum is shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from fairlot import config
from fairlot.application.supplier import enrolment
from fairlot.bootstrap import open_house
from fairlot.domain.supplier.enrolment import conditions_now
from tests.support.command_line import CommandLine, point_at
from tests.support.postgres import Database
from tests.support.supplier_room import account_named, product, profile

ID = "com_shown"


@pytest.fixture
def fairlot(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """The command on a database with one supplier that has a profile and goods."""
    point_at(database, tmp_path, monkeypatch, demo=True)
    with open_house(config.settings()) as opened:
        enrolment.save_profile(profile(ID), desk=opened.desk)
        enrolment.save_product(product(ID), desk=opened.desk)
    return CommandLine()


def enrolled(fairlot: CommandLine, tmp_path: Path, tier: str = "visited on site") -> None:
    paper = tmp_path / "paper.pdf"
    paper.write_bytes(b"%PDF-1.7")
    fairlot.done("supplier", "accept", ID)
    for kind in conditions_now().documents_for(tier):
        fairlot.done("supplier", "document", ID, kind.value, str(paper))
    fairlot.done("supplier", "enrol", ID, "--tier", tier, "--reason", "visited in May")


def test_r1_enrolling_names_what_is_missing(fairlot: CommandLine, tmp_path: Path) -> None:
    asked = ("supplier", "enrol", ID, "--tier", "audited", "--reason", "x")
    assert fairlot.refused(*asked)["refused"] == "conditions_not_accepted"
    fairlot.done("supplier", "accept", ID)
    assert fairlot.refused(*asked)["refused"] == "documents_missing"
    enrolled(fairlot, tmp_path)
    assert fairlot.answer("supplier", "show", ID)["badge"]["faults"] == ["no_account"]


def test_r3_the_sum_behind_the_limit_is_shown(fairlot: CommandLine, tmp_path: Path) -> None:
    assert fairlot.refused("supplier", "limit", ID)["refused"] == "not_found"
    assert "not enrolled" in fairlot.run("supplier", "limit", ID, "--recompute").output
    enrolled(fairlot, tmp_path)
    assert "Limit: USD 20,000.00" in fairlot.done("supplier", "limit", ID)
    assert fairlot.answer("supplier", "limit", ID, "--recompute")["limit_minor"] == 2_000_000


def test_r7_the_account_decides_about_the_badge(fairlot: CommandLine, tmp_path: Path) -> None:
    enrolled(fairlot, tmp_path)
    with open_house(config.settings()) as opened:
        hashed = account_named(ID, desk=opened.desk)
    assert "the badge is shown" in fairlot.done("supplier", "account", ID, hashed)
    assert "not shown" in fairlot.done("supplier", "account", ID, hashed, "--revoke")
    story = fairlot.answer("supplier", "badge", ID)
    assert [change["shown"] for change in story] == [True, False]


def test_r2_suppliers_and_goods_are_found(fairlot: CommandLine) -> None:
    (found,) = fairlot.answer("supplier", "search", "亮芯")
    assert found["company_id"] == ID
    (goods,) = fairlot.answer("supplier", "search", "power bank", "--goods")
    assert goods["product"]["product_id"] == "pb-20"
    assert "USD 5.80 / piece" in fairlot.done("supplier", "search", "power", "--goods")
    assert "Nothing found." in fairlot.done("supplier", "search", "--badge")


def test_r9_an_audit_is_recorded_with_its_report(fairlot: CommandLine, tmp_path: Path) -> None:
    report = tmp_path / "report.pdf"
    report.write_bytes(b"%PDF-1.7 audit")
    words = ("--auditor", "SGS", "--date", "2026-05-04", "--result", "passed", str(report))
    fairlot.done("supplier", "audit", ID, *words)
    assert "Audit: 2026-05-04 SGS, passed" in fairlot.done("supplier", "show", ID)


def test_r5_records_are_brought_up_to_date(fairlot: CommandLine) -> None:
    assert fairlot.answer("supplier", "refresh", ID) == {"suppliers": 1}
    assert fairlot.answer("supplier", "refresh") == {"suppliers": 0}
    assert fairlot.refused("supplier", "show", "com_none")["refused"] == "not_found"
