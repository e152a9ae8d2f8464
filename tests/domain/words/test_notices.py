"""Every kind of notice has its words in both languages, for every role it goes to, with the facts that come with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from fairlot.application.telling.notices import KINDS, NOTICES
from fairlot.domain.party import Role
from fairlot.domain.words.language import LANGUAGES, Language, Words, places_of
from fairlot.domain.words.notices import NOTICE_WORDS, is_call, tell_notice

# What people are told without an event behind it.
BESIDE_EVENTS = {"webhook_disabled"}
# What is put beside an event's facts when it is told.
ADDED = {"currency", "order_id", "unpaid", "never_shipped", "won", "lost", "unanswered"}
# A reason picks its part of the sentence by its name.
ADDED |= {"paid", "collected", "credit_unpaid", "platform"}


def all_words() -> Iterator[tuple[str, Words]]:
    for kind, words in NOTICE_WORDS.items():
        yield kind, words.subject
        yield kind, words.text
        yield from ((kind, act) for act in words.acts.values())


def test_every_kind_has_words_and_no_words_are_of_nothing() -> None:
    assert set(NOTICE_WORDS) == KINDS | BESIDE_EVENTS


def test_both_languages_say_something_of_their_own_with_the_same_facts() -> None:
    for kind, words in all_words():
        assert words.en.strip(), kind
        assert words.zh.strip(), kind
        assert words.en != words.zh, kind
        assert places_of(words.en) == places_of(words.zh), kind


def test_subjects_and_calls_show_no_facts() -> None:
    """A subject is a header of a mail: nothing that anybody wrote gets into it."""
    for kind, words in NOTICE_WORDS.items():
        for shown in (words.subject, *words.acts.values()):
            assert places_of(shown.en) == (frozenset(), frozenset()), kind


def test_a_sentence_needs_only_facts_that_its_notice_carries() -> None:
    for notice in NOTICES.values():
        needed, optional = places_of(NOTICE_WORDS[notice.kind].text.en)
        assert needed | optional <= {*notice.facts} | ADDED, notice.kind


def test_nobody_is_called_on_who_is_not_told() -> None:
    told: dict[str, set[Role]] = {}
    for notice in NOTICES.values():
        told.setdefault(notice.kind, set()).update(notice.recipients)
    for kind, roles in told.items():
        assert set(NOTICE_WORDS[kind].acts) <= roles, kind


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "A payment of USD 1,250.00 bounced."),
        ("zh", "一笔 USD 1,250.00 的付款被退票。"),
    ],
)
def test_money_is_spoken_with_its_currency(language: Language, text: str) -> None:
    facts = {"amount_minor": 125_000, "currency": "USD"}
    told = tell_notice("payment_reversed", facts, role=Role.BUYER, language=language)
    assert told.text == text
    assert told.act


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "The dispute is decided; it can be appealed until 2 Mar 2027 07:30 (Asia/Shanghai).",
        ),
        ("zh", "争议已裁决，可在 2027年3月2日 07:30 (Asia/Shanghai) 前申诉。"),
    ],
)
def test_instants_are_spoken_in_the_readers_zone(language: Language, text: str) -> None:
    facts = {"appeal_until": "2027-03-01T23:30:00Z"}
    told = tell_notice(
        "decision_made", facts, role=Role.SUPPLIER, language=language, zone="Asia/Shanghai"
    )
    assert told.text == text


def test_codes_pick_their_part_and_clocks_have_titles() -> None:
    cancelled = tell_notice(
        "order_cancelled", {"reason": "never_shipped"}, role=Role.BUYER, language="en"
    )
    assert cancelled.text == "The order was cancelled: the goods did not leave in time."
    due = dt.datetime(2027, 3, 1, tzinfo=dt.UTC).isoformat()
    breached = tell_notice(
        "platform_breached",
        {"clock": "shipment_due", "due_at": due},
        role=Role.BUYER,
        language="zh",
    )
    assert breached.text.startswith("平台未按时行动：发货期限")
    unknown = tell_notice(
        "platform_breached", {"clock": "new_clock", "due_at": due}, role=Role.BUYER, language="en"
    )
    assert "new clock" in unknown.text


def test_only_who_is_called_on_is_called() -> None:
    assert is_call("payment_reversed", Role.BUYER)
    assert not is_call("payment_reversed", Role.SUPPLIER)
    told = tell_notice("order_closed", {}, role=Role.BUYER, language="en")
    assert told.act == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_notice_can_be_told_with_all_its_facts(language: Language) -> None:
    at = "2027-03-01T09:00:00Z"
    for kind, words in NOTICE_WORDS.items():
        needed, optional = places_of(words.text.en)
        facts = {name: at if name.endswith(("_at", "_until")) else 5 for name in needed | optional}
        told = tell_notice(kind, {**facts, "currency": "USD"}, role=Role.BUYER, language=language)
        assert "{" not in told.text, kind
        assert "[" not in told.text, kind
