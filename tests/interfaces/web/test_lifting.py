"""A message lifted into a change proposal on a page: its terms chosen, proposed once, named at the message, by who may."""

from __future__ import annotations

import html
import re

import pytest
from django.test import Client

from fairlot.application.access import MemberRight
from fairlot.application.conversation.lifting import with_terms
from fairlot.application.queries.orders import find_contract
from fairlot.domain.contract.papers.read import read
from fairlot.domain.contract.validation import validate
from fairlot.domain.party import Role
from fairlot.interfaces.web.conversation_words import CONVERSATION
from fairlot.interfaces.web.lifting import LIFTING
from fairlot.reading_room import reading_room
from fairlot.store.people.models import Membership
from fairlot.writing_room import writing_room
from tests.interfaces.web.test_conversation import (
    ENGLISH,
    FOUND,
    NOT_FOUND,
    PATH,
    UNPROCESSABLE,
    bodies,
    buyer,
    form_of,
    send,
    stranger,
    supplier,
    text_of,
)
from tests.support.signed_in import signed_in
from tests.support.stored_trades import example_contract

__all__ = ["buyer", "stranger", "supplier"]
SAID = "Battery capacity at least 3,100 mAh. Thanks for all! <b>"


@pytest.fixture
def said(supplier: Client) -> str:
    """The address at which what the supplier wrote is lifted."""
    send(supplier, SAID)
    return f"{PATH}{len(bodies())}/lift/"


def propose(client: Client, said: str, *terms: str, token: str = "") -> int:
    asked = {"terms": list(terms), "token": token or form_of(client, said)}
    return client.post(said, asked, **ENGLISH).status_code  # type: ignore[arg-type]  # WSGI names


def proposals() -> list[str]:
    """Return the versions on the table, as their terms' texts."""
    order = writing_room().desk.read_order("ord_agreed").order
    if order.proposal is None:
        return []
    contract = find_contract(reading_room().files, order.proposal.terms.version_hash)
    assert contract is not None
    return [term.text for term in contract.terms]


class TestLifting:
    def test_what_was_said_becomes_a_version_that_the_message_names(
        self, buyer: Client, supplier: Client, said: str
    ) -> None:
        assert said in buyer.get(PATH).content.decode()
        text = text_of(buyer, said)
        assert "Battery capacity at least 3,100 mAh." in text
        assert LIFTING["claimable"].en in text
        assert "<b>" not in buyer.get(said).content.decode().split("<main", 1)[1]
        assert propose(buyer, said, "0") == FOUND
        standing = [term.text for term in example_contract().terms]
        assert proposals()[: len(standing)] == standing
        assert len(proposals()) == len(standing) + 1
        assert "3,100 mAh" in proposals()[-1]
        for reader in (buyer, supplier):
            assert CONVERSATION["lifted"].en in text_of(reader)

    def test_a_double_press_proposes_once(self, buyer: Client, said: str) -> None:
        token = form_of(buyer, said)
        for _ in range(2):
            assert propose(buyer, said, "0", token=token) == FOUND
        events = writing_room().desk.read_order("ord_agreed").events
        assert sum(type(event).__name__ == "VersionProposed" for event in events) == 2

    @pytest.mark.parametrize(
        ("terms", "token", "fault"),
        [
            ((), "", "choose"),
            (("99", "x", "-1"), "", "choose"),
            (("0",), "short", "form_used"),
        ],
    )
    def test_what_cannot_be_proposed_is_said(
        self, buyer: Client, said: str, terms: tuple[str, ...], token: str, fault: str
    ) -> None:
        asked = {"terms": list(terms), "token": token or form_of(buyer, said)}
        answer = buyer.post(said, asked, **ENGLISH)  # type: ignore[arg-type]  # WSGI names
        assert answer.status_code == UNPROCESSABLE
        assert LIFTING[fault].en in html.unescape(answer.content.decode())
        assert proposals() == []

    def test_a_message_without_a_term_says_so(self, buyer: Client) -> None:
        send(buyer, "Hello!")
        path = f"{PATH}{len(bodies())}/lift/"
        text = text_of(buyer, path)
        assert LIFTING["none"].en in text or LIFTING["not_claimable"].en in text


class TestWho:
    def test_who_may_not_propose_finds_nothing(
        self, buyer: Client, stranger: Client, said: str
    ) -> None:
        for client in (stranger, signed_in(Role.OPERATOR), signed_in(Role.INSPECTOR)):
            assert client.get(said).status_code == NOT_FOUND
            assert client.post(said, {"terms": ["0"], "token": "a" * 32}).status_code == NOT_FOUND
        assert "/lift/" not in signed_in(Role.OPERATOR).get(PATH).content.decode()
        rights = [right.value for right in MemberRight if right is not MemberRight.DRAFT]
        Membership.objects.filter(person_id="per_buyer").update(rights=rights)
        assert "/lift/" not in buyer.get(PATH).content.decode()
        assert buyer.post(said, {"terms": ["0"], "token": "a" * 32}).status_code == NOT_FOUND
        assert proposals() == []

    @pytest.mark.parametrize("number", ["0", "900000", "9" * 20])
    def test_what_was_never_said_is_not_there(self, buyer: Client, number: str) -> None:
        assert buyer.get(f"{PATH}{number}/lift/").status_code == NOT_FOUND


def test_terms_get_ids_of_their_own_and_a_contract_stays_whole() -> None:
    contract = example_contract()
    once = with_terms(contract, read("Weight 200 g ± 5 g.").terms)
    twice = with_terms(once, read("Weight 200 g ± 5 g.").terms)
    ids = [term.id for term in twice.terms]
    assert len(ids) == len(set(ids)) == len(contract.terms) + 2
    assert twice.terms[: len(contract.terms)] == contract.terms
    assert re.fullmatch(r"m\d+", ids[-1])
    assert validate(twice) == ()
