"""M8: importing twice, overlapping, or under another name changes nothing, and two alike payments are two."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

import msgspec
import pytest

from fairlot.providers.wire import (
    BankTransaction,
    Statement,
    keys_to_remember,
    new_transactions,
    read_bank_file,
    sort_out,
)
from fairlot.providers.wire.sample_statement import SampleEntry, write_statement
from tests.providers.wire.statement_pairs import (
    PAIRS_PER_RUN,
    PAIRS_UNTIL_FAULT,
    SEED,
    Importer,
    run,
)
from tests.support.statements import DAY, build_mt940, build_statement, sample_statement

PLAIN = SampleEntry(amount_minor=9_900, booked_date=DAY, remittance_text="Sample fee")


def only_statement(data: bytes) -> Statement:
    (statement,) = read_bank_file(data)
    return statement


def with_reference(entry: SampleEntry, reference: str) -> SampleEntry:
    return msgspec.structs.replace(entry, bank_reference=reference)


def test_m8_overlapping_files_lose_and_double_nothing() -> None:
    assert run(PAIRS_PER_RUN) == []


KeyOf = Callable[[BankTransaction, Statement, int], object]


def naming(key_of: KeyOf) -> Importer:
    """Import by another name for transactions: what a simpler program would have done."""

    def importer(known: set[str], statement: Statement) -> Sequence[tuple[str, BankTransaction]]:
        seen: Counter[object] = Counter()
        new: dict[str, BankTransaction] = {}
        for transaction in statement.transactions:
            plain = (transaction.booked_date, transaction.bank_reference, transaction.signed_minor)
            seen[plain] += 1
            key = repr(key_of(transaction, statement, seen[plain]))
            if key not in known:
                new.setdefault(key, transaction)
        return list(new.items())

    return importer


@pytest.mark.parametrize(
    "key_of",
    [
        pytest.param(lambda t, _, __: t.end_to_end_id, id="by the payer's reference alone"),
        pytest.param(lambda t, _, __: t.bank_reference, id="by the bank's reference alone"),
        pytest.param(lambda t, s, _: (s.identity_key, t.key), id="with the statement's identity"),
        pytest.param(lambda t, _, __: t.key.rpartition(".")[0], id="alike ones not numbered"),
        pytest.param(
            lambda t, _, n: (t.bank_reference, t.signed_minor, t.remittance_lines, n),
            id="without the day",
        ),
        pytest.param(
            lambda t, _, n: (t.booked_date, t.bank_reference, t.signed_minor, n),
            id="alike by amount alone",
        ),
        pytest.param(lambda t, s, _: s.transactions.index(t), id="by position"),
        pytest.param(lambda *_: object(), id="everything is new"),
    ],
)
def test_m8_catches_a_planted_fault(key_of: KeyOf) -> None:
    assert run(PAIRS_UNTIL_FAULT, SEED, naming(key_of))


class TestKeys:
    def test_the_statements_name_is_not_in_the_key(self) -> None:
        one = only_statement(build_statement(PLAIN, statement_id="A", sequence_number=1))
        other = only_statement(
            build_statement(PLAIN, statement_id="B", sequence_number=9, message_id="Z")
        )
        assert [t.key for t in one.transactions] == [t.key for t in other.transactions]
        assert one.identity_key != other.identity_key

    def test_the_statements_identity_survives_another_message_but_not_another_year(self) -> None:
        one = only_statement(build_statement(PLAIN, message_id="A"))
        again = only_statement(build_statement(PLAIN, message_id="B"))
        next_year = msgspec.structs.replace(PLAIN, booked_date=DAY.replace(year=2027))
        assert one.identity_key == again.identity_key
        assert only_statement(build_statement(next_year)).identity_key != one.identity_key

    @pytest.mark.parametrize(
        "change",
        [
            {"amount_minor": 9_901},
            {"booked_date": DAY.replace(day=19)},
            {"booked_date": DAY.replace(year=2027)},
            {"bank_reference": "B-2"},
            {"direction": "debit"},
            {"is_reversal": True},
            {"end_to_end_id": "PO-2"},
        ],
    )
    def test_whatever_tells_bookings_apart_is_in_the_key(self, change: dict[str, object]) -> None:
        entry = with_reference(PLAIN, "B-1")
        other = msgspec.convert(msgspec.to_builtins(entry) | change, SampleEntry)
        assert only_statement(build_statement(entry)).transactions[0].key != (
            only_statement(build_statement(other)).transactions[0].key
        )

    def test_other_accounts_have_other_keys(self) -> None:
        here = only_statement(build_statement(with_reference(PLAIN, "B-1")))
        there = only_statement(
            build_statement(with_reference(PLAIN, "B-1"), account_iban="NL91ABNA0417164300")
        )
        assert here.transactions[0].key != there.transactions[0].key

    def test_what_the_bank_adds_later_does_not_change_a_referenced_key(self) -> None:
        bare = with_reference(PLAIN, "B-1")
        richer = msgspec.structs.replace(
            bare, counterparty_name="Harbor Goods LLC", remittance_text="Sample fee, two"
        )
        first, second = (only_statement(build_statement(e)) for e in (bare, richer))
        assert new_transactions(keys_to_remember(first), second) == ()

    @pytest.mark.parametrize("reference", ["NONREF", "NOTPROVIDED", "0000000", "n/a"])
    def test_what_banks_write_for_no_reference_is_none(self, reference: str) -> None:
        (transaction,) = only_statement(
            build_statement(with_reference(PLAIN, reference))
        ).transactions
        assert transaction.bank_reference is None

    def test_parts_of_a_batch_keep_their_keys_in_any_order(self) -> None:
        parts = tuple(
            SampleEntry(amount_minor=amount, booked_date=DAY, end_to_end_id=name)
            for amount, name in ((300, "a"), (700, "b"), (300, "a"))
        )
        batch = SampleEntry(booked_date=DAY, bank_reference="B-1", parts=parts)
        turned = msgspec.structs.replace(batch, parts=parts[::-1])
        one, other = (only_statement(build_statement(e)) for e in (batch, turned))
        assert {t.key for t in one.transactions} == {t.key for t in other.transactions}
        assert len({t.key for t in one.transactions}) == 3
        assert {(t.key, t.end_to_end_id) for t in one.transactions} == {
            (t.key, t.end_to_end_id) for t in other.transactions
        }

    def test_pages_of_one_day_hold_alike_payments_as_two(self) -> None:
        pages = [
            sample_statement(PLAIN, statement_id="P", sequence_number=1),
            sample_statement(PLAIN, statement_id="Q", sequence_number=2, opening_minor=9_900),
        ]
        for data in (write_statement(*pages), build_mt940(*pages)):
            first, second = read_bank_file(data)
            assert len(new_transactions(keys_to_remember(first), second)) == 1

    def test_two_statements_of_the_same_time_hold_alike_payments_as_one(self) -> None:
        """They begin at the same balance, so they tell of the same booking."""
        first, second = read_bank_file(
            write_statement(
                sample_statement(PLAIN, statement_id="P", sequence_number=1),
                sample_statement(PLAIN, statement_id="Q", sequence_number=2),
            )
        )
        assert new_transactions(keys_to_remember(first), second) == ()


class TestSortOut:
    def test_an_import_broken_off_is_completed_by_importing_again(self) -> None:
        statement = only_statement(build_statement(PLAIN, PLAIN, with_reference(PLAIN, "B-1")))
        for done in range(4):
            known = {t.key for t in statement.transactions[:done]}
            assert new_transactions(known, statement) == statement.transactions[done:]

    def test_recognized_by_content_alone_deserves_a_look(self) -> None:
        morning = only_statement(build_statement(PLAIN, statement_id="A", sequence_number=1))
        evening = only_statement(
            build_statement(
                PLAIN, with_reference(PLAIN, "B-1"), statement_id="B", sequence_number=2
            )
        )
        known = keys_to_remember(morning)
        found = sort_out(known, evening)
        assert [t.bank_reference for t in found.new] == ["B-1"]
        assert [t.bank_reference for t in found.doubtful] == [None]
        assert sort_out(known, morning).doubtful == (), "the same statement again is no doubt"
        referenced = keys_to_remember(evening) - {evening.identity_key}
        assert [t.bank_reference for t in sort_out(referenced, evening).doubtful] == [None]

    def test_money_that_came_whole_is_not_booked_again_when_it_comes_itemized(self) -> None:
        parts = (
            SampleEntry(amount_minor=300, booked_date=DAY, end_to_end_id="a"),
            SampleEntry(amount_minor=700, booked_date=DAY, end_to_end_id="b"),
        )
        itemized = only_statement(
            build_statement(SampleEntry(booked_date=DAY, bank_reference="B-1", parts=parts))
        )
        whole = only_statement(
            build_statement(SampleEntry(booked_date=DAY, bank_reference="B-1", amount_minor=1_000))
        )
        for first, second in ((whole, itemized), (itemized, whole)):
            found = sort_out(keys_to_remember(first), second)
            assert found.new == ()
            assert found.doubtful == second.transactions
