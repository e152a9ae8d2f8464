"""The page of companies on lists: what is held, by which entry, cleared with a reason by operators, and never unseen."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from msgspec.structs import replace

from fairlot.application.people.people_refusals import SENTENCES, PeopleCode
from fairlot.application.supplier import screening
from fairlot.application.supplier.screening import Occasion, is_blocked
from fairlot.clock import system_clock
from fairlot.domain.party import Role
from fairlot.domain.supplier.checks import CheckAnswer, CheckState, Listed
from fairlot.interfaces.web.platform.words import OCCASIONS, SCREENING
from fairlot.providers.screening import LocalList
from fairlot.store.supplier import screenings as store
from fairlot.store.supplier.screenings import Screening, find_screening, keep_screening
from fairlot.writing_room import close_writing_rooms, lent_connection, writing_room
from tests.interfaces.web.platform.test_unmatched_page import fresh, text_of
from tests.support.people import company, person
from tests.support.postgres import Database
from tests.support.signed_in import signed_in

PATH = "/platform/screening/"
REASON = "another Lamp, of <b>Oslo</b>"
FOUND = 302
NOT_FOUND = 404


@pytest.fixture
def operator(django_database: Database) -> Iterator[Client]:
    """An operator's browser, and a company that a list names."""
    del django_database
    company("lamp", person("anna"))
    found("Lamp Ltd")
    yield fresh(Role.OPERATOR)
    close_writing_rooms()


def found(*names: str, state: CheckState = CheckState.MATCH) -> Screening:
    """Keep a check of the company that came to these entries."""
    answer = CheckAnswer(
        state=state,
        list_name="sanctions.csv" if names else "",
        list_hash="a" * 64 if names else "",
        matches=tuple(Listed(name=name, country="NO") for name in names),
    )
    with lent_connection() as connection:
        return keep_screening(
            connection, "com_lamp", ["Lamp"], answer, occasion="payout", at=system_clock()
        )


def latest() -> Screening:
    with lent_connection() as connection:
        kept = find_screening(connection, "com_lamp")
    assert kept is not None
    return kept


def clear(client: Client, number: int, reason: str = REASON) -> int:
    asked = {"number": str(number), "reason": reason}
    return client.post(f"{PATH}com_lamp/clear/", asked).status_code


class TestHeld:
    def test_it_says_which_entry_of_which_list_and_when(self, operator: Client) -> None:
        text = text_of(operator, PATH)
        assert "Lamp Held com_lamp On the list: “ Lamp Ltd ”, Norway" in text
        assert re.search(r"Checked 20\d\d-\d\d-\d\d \d\d:\d\d UTC , before a payout", text)
        assert "List sanctions.csv aaaaaaaaaaaa" in text
        assert "已暂停" in text_of(operator, PATH, "zh-CN")
        assert set(OCCASIONS) == set(Occasion)

    def test_cleared_it_says_by_whom_and_why(self, operator: Client) -> None:
        assert clear(operator, latest().number) == FOUND
        assert not is_blocked(latest())
        assert latest().cleared_by == "per_demo_operator"
        text = text_of(operator, PATH)
        assert SCREENING["none_held"].en in text
        assert f"Reason {REASON}" in text
        assert re.search(r"UTC by Olga Platt", text)
        assert "<b>Oslo" not in operator.get(PATH).content.decode()

    @pytest.mark.parametrize("reason", ["", "  ", "x" * 2001])
    def test_without_a_reason_that_can_be_kept_it_stays_held(
        self, operator: Client, reason: str
    ) -> None:
        clear(operator, latest().number, reason)
        assert SENTENCES[PeopleCode.REASON_MISSING].en in text_of(operator, PATH)
        assert is_blocked(latest())

    def test_a_match_that_came_since_is_not_cleared_unseen(self, operator: Client) -> None:
        looked_at = latest().number
        found("Lamp Ltd", "Lamp Holding")
        clear(operator, looked_at)
        assert SCREENING["clear_gone"].en in text_of(operator, PATH)
        assert is_blocked(latest())

    def test_planted_fault_a_clearing_that_minds_no_number_would_be_caught(
        self, operator: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        honest = store.clear_screening

        def careless(connection: Any, company_id: str, **options: Any) -> bool:
            return honest(connection, company_id, **{**options, "number": None})

        monkeypatch.setattr(store, "clear_screening", careless)
        with pytest.raises(AssertionError):
            self.test_a_match_that_came_since_is_not_cleared_unseen(operator)


class TestCheckingAgain:
    def test_without_a_list_a_match_stands_until_it_is_cleared(self, operator: Client) -> None:
        operator.post(f"{PATH}com_lamp/check/")
        assert SCREENING["found_match"].en in text_of(operator, PATH)
        assert is_blocked(latest())
        clear(operator, latest().number)
        operator.post(f"{PATH}com_lamp/check/")
        assert latest().state is CheckState.NOT_CHECKED
        assert "Never checked No list is kept here" in text_of(operator, PATH)

    def test_a_list_that_names_it_no_more_lets_it_pass(
        self, operator: Client, tmp_path: Path
    ) -> None:
        path = tmp_path / "list.csv"
        path.write_text("name,country\nSomebody Else,NO\n", encoding="utf-8")
        desk = replace(writing_room().desk, checks=LocalList(path))
        assert screening.screen("com_lamp", Occasion.ASKED, desk=desk).state is CheckState.CLEAR
        assert "com_lamp" not in text_of(operator, PATH)


class TestWho:
    def test_the_platforms_people_look_and_operators_alone_decide(self, operator: Client) -> None:
        del operator
        auditor = fresh(Role.AUDITOR)
        assert "com_lamp" in text_of(auditor, PATH)
        assert "/clear/" not in auditor.get(PATH).content.decode()
        for client in (auditor, fresh(Role.SUPPLIER)):
            assert clear(client, latest().number) == NOT_FOUND
            assert client.post(f"{PATH}com_lamp/check/").status_code == NOT_FOUND
        assert fresh(Role.SUPPLIER).get(PATH).status_code == NOT_FOUND
        assert is_blocked(latest())

    def test_it_is_asked_once_more_who_it_is(self, operator: Client) -> None:
        del operator
        client = signed_in(Role.OPERATOR)
        asked = {"number": str(latest().number), "reason": REASON}
        answer = client.post(f"{PATH}com_lamp/clear/", asked)
        assert "/account/reauthenticate/" in answer.headers["Location"]
        assert is_blocked(latest())

    def test_what_is_no_company_is_not_there(self, operator: Client) -> None:
        for company_id in ("com_none", "x" * 80):
            assert operator.post(f"{PATH}{company_id}/check/").status_code == NOT_FOUND
            answer = operator.post(f"{PATH}{company_id}/clear/", {"number": "1", "reason": "r"})
            assert answer.status_code == NOT_FOUND
        for number in ("", "x", "9" * 20, "-1"):
            asked = {"number": number, "reason": "r"}
            assert operator.post(f"{PATH}com_lamp/clear/", asked).status_code == NOT_FOUND


def test_every_word_is_said_in_both_languages() -> None:
    for words in SCREENING.values():
        assert html.unescape(words.en) != words.zh
