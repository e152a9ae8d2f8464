"""Every list, clock, event, command and account of the rules has its words in both languages, with places that fit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, get_args

import msgspec
import pytest

from fairlot.domain.ledger.accounts import Account
from fairlot.domain.order import commands as c
from fairlot.domain.order import events as e
from fairlot.domain.order.clocks import ClockKind
from fairlot.domain.order.state import Claim, Offer, OfferKind
from fairlot.domain.order.terms import Party
from fairlot.domain.policy.model import Ground
from fairlot.domain.words.accounts import ACCOUNTS, BY_ITSELF
from fairlot.domain.words.clocks import CLOCKS
from fairlot.domain.words.commands import COMMANDS
from fairlot.domain.words.events import EVENTS, event_sentence
from fairlot.domain.words.language import LANGUAGES, Words, fill, places_of
from fairlot.domain.words.standing import TABLES

AT = dt.datetime(2027, 3, 1, 9, tzinfo=dt.UTC)
# Facts that `events` draws from an event's parts, by the type of the event.
FROM_PARTS: dict[type[e.Event], set[str]] = {
    e.VersionProposed: {"total_minor", "currency"},
    e.OfferMade: {"by", "kind", "amount_minor"},
    e.OfferAccepted: {"by", "kind", "amount_minor"},
    e.DecisionMade: {"outcome", "amount_minor", "condition", "by_rule", "departs"},
    e.DecisionFinal: {"outcome", "amount_minor", "condition", "by_rule", "departs"},
    e.ShipmentRecorded: {"pieces"},
    e.MissingCancelled: {"pieces"},
    e.DisputeOpened: {"grounds"},
    e.ClaimWithdrawn: {"grounds"},
    e.ClaimAdded: {"ground"},
    e.ClaimRefused: {"ground"},
    e.MandateGranted: {"rights"},
    e.InspectionReported: {"verdict"},
    e.FindingsWaived: {"term_ids"},
    e.FundsReleased: {"undisputed"},
    e.ChargebackEnded: {"won", "lost", "unanswered"},
    e.CreditAdvised: {"mismatches"},
    e.DocumentsPresented: {"discrepancies"},
    e.DocumentsRefused: {"discrepancies"},
    e.CreditLapsed: {"not_presented", "not_waived", "not_honoured", "refused"},
    e.OrderCancelled: {"unpaid", "never_shipped", "credit_unpaid", "platform"},
}


def all_words() -> Iterator[tuple[str, Words]]:
    for kind, table in TABLES.items():
        yield from ((f"{kind.__name__}.{member}", words) for member, words in table.items())
    for clock, clock_words in CLOCKS.items():
        yield from ((f"{clock} {words}", words) for words in clock_words)
    for command, command_words in COMMANDS.items():
        yield from ((f"{command.__name__} {words}", words) for words in command_words)
    for account, account_words in ACCOUNTS.items():
        yield from ((f"{account} {words}", words) for words in account_words)
    yield from BY_ITSELF.items()
    yield from ((event.__name__, words) for event, words in EVENTS.items())


class TestTables:
    def test_lists_are_whole(self) -> None:
        for kind, table in TABLES.items():
            assert set(table) == set(kind), kind

    def test_clocks_events_commands_and_accounts_are_whole(self) -> None:
        assert set(CLOCKS) == set(ClockKind)
        assert set(EVENTS) == set(get_args(e.OrderEvent))
        assert set(COMMANDS) == set(get_args(c.OrderCommand))
        assert set(ACCOUNTS) == set(Account)

    def test_both_languages_say_something_of_their_own(self) -> None:
        for name, words in all_words():
            assert words.en.strip(), name
            assert words.zh.strip(), name
            assert words.en != words.zh or words.en == "PayPal", name

    def test_both_languages_show_the_same_facts(self) -> None:
        for name, words in all_words():
            assert places_of(words.en) == places_of(words.zh), name

    def test_events_give_the_facts_that_their_sentences_show(self) -> None:
        for event, words in EVENTS.items():
            fields = set(event.__struct_fields__) | FROM_PARTS.get(event, set())
            needed, optional = places_of(words.en)
            assert needed | optional <= fields, event


def example(kind: Any) -> Any:
    """Return some value of an event's field."""
    values: dict[Any, Any] = {int: 5, str: "x", bool: True, dt.datetime: AT, dt.date: AT.date()}
    return values[kind]


class TestEventSentence:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_offers_are_told_with_their_amount(self, language: Any) -> None:
        offer = Offer(id="o1", by=Party.SUPPLIER, kind=OfferKind.REFUND, amount_minor=123_400)
        event = e.OfferMade(at=AT, offer=offer, counters=False)
        said = event_sentence(event, language, currency="USD")
        assert (
            said
            == {
                "en": "The supplier offered: refund of USD 1,234.00.",
                "zh": "供应商提出：退款 USD 1,234.00。",
            }[language]
        )

    def test_offers_without_an_amount_leave_it_out(self) -> None:
        offer = Offer(id="o1", by=Party.BUYER, kind=OfferKind.REWORK, until=AT)
        event = e.OfferMade(at=AT, offer=offer, counters=True)
        assert event_sentence(event, "en", currency="USD") == "The buyer countered: rework."

    def test_disputes_name_their_grounds(self) -> None:
        claims = tuple(Claim(ground=g, lines=()) for g in (Ground.LATE, Ground.QUALITY))
        event = msgspec.convert(
            {"at": AT, "dispute_id": "d1", "cause": "claim", "claims": ()}, e.DisputeOpened
        )
        event = msgspec.structs.replace(event, claims=claims)
        assert event_sentence(event, "en").startswith(
            "A dispute began: Shipped late, Goods defective or not as agreed."
        )

    def test_parts_of_nothing_are_left_out(self) -> None:
        event = e.RefundDecided(
            at=AT,
            refund_id="r1",
            cause="decision",
            currency="USD",
            price_minor=200,
            fee_minor=0,
            excess_minor=0,
            from_held_minor=200,
            due_at=AT,
        )
        assert event_sentence(event, "en") == (
            "A refund to the buyer was decided: USD 2.00 of the price; to be sent by 1 Mar 2027 09:00 (UTC)."
        )

    def test_every_simple_event_can_be_told(self) -> None:
        told = 0
        for event_type in EVENTS:
            fields = msgspec.structs.fields(event_type)
            if any(field.type not in {int, str, bool, dt.datetime, dt.date} for field in fields):
                continue
            event: Any = event_type(**{field.name: example(field.type) for field in fields})
            for language in LANGUAGES:
                said = event_sentence(event, language, currency="USD")
                assert "{" not in said, said
                assert "[" not in said, said
            told += 1
        assert told > 20


class TestFill:
    def test_a_condition_stands_or_falls_without_being_shown(self) -> None:
        template = "Judged[late?, late][not late?, in time]."
        assert fill(template, {"late": "yes"}) == "Judged, late."
        assert fill(template, {"late": ""}) == "Judged, in time."
        assert fill(template, {}) == "Judged, in time."

    def test_an_optional_part_falls_with_its_fact(self) -> None:
        assert fill("Due[ by {day}].", {"day": "Monday"}) == "Due by Monday."
        assert fill("Due[ by {day}].", {}) == "Due."

    def test_facts_are_not_read_as_templates(self) -> None:
        assert fill("{a}[ {b}]", {"a": "{b}", "b": "[x]"}) == "{b} [x]"
