"""Matching names against a list: what is one name under two spellings, and what is never guessed."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

import pytest

from fairlot.domain.supplier.checks import CheckState
from fairlot.providers.screening import ListUnreadableError, LocalList, NoList, key_of

CSV = "name,country,aliases\nEvil Trading Co. Ltd,IR,Evil Trade;邪恶贸易有限公司\nMüller & Söhne GmbH,,\n"


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    path = tmp_path / "list.csv"
    path.write_text(CSV, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("name", "country", "state"),
    [
        ("Evil Trading Co. Ltd", "IR", CheckState.MATCH),
        ("EVIL  trading, limited", "IR", CheckState.MATCH),
        ("Evil Trade", "IR", CheckState.MATCH),
        ("邪恶贸易有限责任公司", "IR", CheckState.MATCH),
        ("Evil Trading Co. Ltd", "", CheckState.MATCH),
        ("Evil Trading Co. Ltd", "DE", CheckState.CLEAR),
        ("Muller + Sohne", "FR", CheckState.MATCH),
        ("Evil Trading Partners Ltd", "IR", CheckState.CLEAR),
        ("Good Trading Co. Ltd", "IR", CheckState.CLEAR),
        ("...", "IR", CheckState.NOT_CHECKED),
    ],
)
def test_names_match_whatever_their_spelling(
    listed: Path, name: str, country: str, state: CheckState
) -> None:
    answer = LocalList(listed).check([name], country)
    assert answer.state is state
    assert bool(answer.matches) is (state is CheckState.MATCH)


def test_any_of_several_names_is_enough(listed: Path) -> None:
    assert LocalList(listed).check(["Good", "Evil Trade"], "IR").state is CheckState.MATCH


def test_answer_names_the_list_by_its_hash(listed: Path) -> None:
    answer = LocalList(listed).check(["Good"], "")
    assert answer.list_name == "list.csv"
    assert answer.list_hash == hashlib.sha256(CSV.encode()).hexdigest()


def test_changed_list_counts_at_once(listed: Path) -> None:
    checks = LocalList(listed)
    assert checks.check(["Good"], "").state is CheckState.CLEAR
    listed.write_text(CSV + "Good Inc,,\n", encoding="utf-8")
    os.utime(listed, ns=(1, 1))
    assert checks.check(["Good"], "").state is CheckState.MATCH


def test_json_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "list.json"
    path.write_text(json.dumps([{"name": "Evil Trade", "country": "ir"}]), encoding="utf-8")
    assert LocalList(path).check(["evil trade"], "IR").state is CheckState.MATCH


def test_without_a_list_nothing_is_said_to_be_clear() -> None:
    answer = NoList().check(["Evil Trade"], "IR")
    assert answer.state is CheckState.NOT_CHECKED
    assert answer.list_hash == ""


@pytest.mark.parametrize(
    "content", [b"", b"name,country\n", b"title,land\nx,y\n", b"\xff\xfe\x00", b"name\n...\n"]
)
def test_list_that_cannot_be_used_is_an_error_and_not_clear(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(content)
    with pytest.raises(ListUnreadableError):
        LocalList(path).check(["Evil Trade"], "")
    with pytest.raises(ListUnreadableError):
        LocalList(tmp_path / "gone.csv").check(["Evil Trade"], "")


def test_a_name_of_legal_forms_alone_keeps_one() -> None:
    assert key_of("Limited Co.") == "limited"
    assert key_of("公司") == "公司"
