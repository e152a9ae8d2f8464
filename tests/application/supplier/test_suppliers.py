"""Suppliers as people keep them: what is said of a receiving account reaches every account that pays to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from msgspec.structs import replace

from fairlot.application.desk import Desk
from fairlot.application.supplier import suppliers
from fairlot.application.supplier.suppliers import StoredSuppliers
from fairlot.store.supplier.suppliers import erase_receiving_account
from tests.support.interruption import Interruption
from tests.support.market import (
    DETAILS,
    SALT,
    SUPPLIER_ID,
    MakeMarket,
    Market,
    suspended,
    whole_terms,
)

OTHER = replace(DETAILS, account=replace(DETAILS.account, number="99"))
TERMS = whole_terms(1_000_000, 600_000)


def known_hash(market: Market) -> str:
    known = market.desk.suppliers.find(SUPPLIER_ID)
    assert known is not None
    return known.account_hash


class TestReceivingAccount:
    def test_a_changed_one_is_not_believed_and_stops_payouts(self, market: Market) -> None:
        market.confirmed("ord_1", TERMS)
        market.work()
        market.paid("ord_2", TERMS)
        changed = suppliers.name_account(
            SUPPLIER_ID, OTHER, salt=SALT, command_id="name-2", desk=market.desk
        )
        market.received("ord_2")
        market.work()
        assert market.account().available_minor == 1_000_000
        assert suppliers.verify_account(
            SUPPLIER_ID, changed, command_id="verify-2", desk=market.desk
        )
        market.work()
        assert market.account().available_minor == 1_000_000
        market.pass_time(days=4)
        assert market.account().paid_minor == 2_000_000
        assert market.null_money.transfers[-1].account_hash == changed

    def test_one_that_was_replaced_cannot_be_verified_any_more(self, market: Market) -> None:
        before = known_hash(market)
        suppliers.name_account(SUPPLIER_ID, OTHER, salt=SALT, command_id="n", desk=market.desk)
        assert not suppliers.verify_account(SUPPLIER_ID, before, command_id="v", desk=market.desk)

    def test_said_twice_is_said_once(self, market: Market) -> None:
        before = known_hash(market)
        market.confirmed("ord_1", TERMS)
        market.work()
        named = suppliers.name_account(
            SUPPLIER_ID, DETAILS, salt=SALT, command_id="n", desk=market.desk
        )
        assert named == before
        known = market.desk.suppliers.find(SUPPLIER_ID)
        assert known is not None
        assert known.account_verified
        assert market.account().receiving is not None

    def test_its_details_can_be_erased_and_only_the_hash_stays(self, market: Market) -> None:
        hashed = known_hash(market)
        assert suppliers.read_details(hashed, desk=market.desk) == DETAILS
        with market.pool.connection() as connection:
            erase_receiving_account(connection, hashed, at=market.clock())
        assert suppliers.read_details(hashed, desk=market.desk) is None
        assert known_hash(market) == hashed

    def test_salt_keeps_equal_details_apart(self, market: Market) -> None:
        other = suppliers.name_account(
            SUPPLIER_ID, DETAILS, salt=b"1" * 16, command_id="n", desk=market.desk
        )
        assert other != suppliers.name_account(
            SUPPLIER_ID, DETAILS, salt=SALT, command_id="m", desk=market.desk
        )


class TestEnrolment:
    def test_a26_a_supplier_that_leaves_keeps_its_open_orders_covered(self, market: Market) -> None:
        market.agreed("ord_1", TERMS)
        suspended(market)
        market.work()
        assert market.order("ord_1").cover_minor == 600_000
        assert market.limit().taken_minor == 600_000
        market.agreed("ord_2", TERMS)
        assert market.order("ord_2").cover_minor == 0

    def test_a_tier_can_change_without_losing_the_account(self, market: Market) -> None:
        before = market.desk.suppliers.find(SUPPLIER_ID)
        suppliers.enrol(SUPPLIER_ID, tier="visited", desk=market.desk)
        after = market.desk.suppliers.find(SUPPLIER_ID)
        assert before is not None
        assert after == replace(before, tier="visited")

    def test_nobody_is_enrolled_by_default(self, make_market: MakeMarket) -> None:
        assert make_market().desk.suppliers.find(SUPPLIER_ID) is None


def interrupted(market: Market, other: Callable[[], object]) -> tuple[Desk, Interruption]:
    """Return a desk on which somebody else comes in after a supplier was first read."""
    interruption = Interruption(market.database, other)

    class Reading(psycopg.Connection):
        def execute(self, query: Any, *values: Any, **options: Any) -> Any:
            done = super().execute(query, *values, **options)
            if "FROM supplier WHERE" in str(query):
                interruption()
            return done

    @contextmanager
    def connect() -> Iterator[psycopg.Connection]:
        with Reading.connect(market.database.app_dsn, autocommit=True) as connection:
            yield connection

    return replace(market.desk, connect=connect, suppliers=StoredSuppliers(connect)), interruption


class TestAtOnce:
    def test_naming_an_account_undoes_no_suspension(self, market: Market) -> None:
        desk, other = interrupted(market, lambda: suspended(market))
        suppliers.name_account(SUPPLIER_ID, OTHER, salt=SALT, command_id="n", desk=desk)
        other.end()
        known = market.desk.suppliers.find(SUPPLIER_ID)
        assert known is not None
        assert not known.enrolled

    def test_an_account_named_while_another_is_verified_is_the_one_that_stands(
        self, market: Market
    ) -> None:
        market.confirmed("ord_1", TERMS)
        market.work()
        named = known_hash(market)
        desk, other = interrupted(market, lambda: name_other(market))
        suppliers.verify_account(SUPPLIER_ID, named, command_id="v", desk=desk)
        other.end()
        assert_other_stands(market)

    def test_an_account_named_while_money_is_credited_is_the_one_that_stands(
        self, market: Market
    ) -> None:
        desk, other = interrupted(market, lambda: name_other(market))
        suppliers.prepared_account(SUPPLIER_ID, "USD", key="order:ord_1:9:1", desk=desk)
        other.end()
        assert_other_stands(market)


def name_other(market: Market) -> None:
    suppliers.name_account(SUPPLIER_ID, OTHER, salt=SALT, command_id="other", desk=market.desk)


def assert_other_stands(market: Market) -> None:
    """The supplier and its account agree on the account named last, which nobody has verified."""
    known = market.desk.suppliers.find(SUPPLIER_ID)
    receiving = market.account().receiving
    assert known is not None
    assert receiving is not None
    assert suppliers.read_details(known.account_hash, desk=market.desk) == OTHER
    assert receiving.account_hash == known.account_hash
    assert not known.account_verified
    assert not receiving.verified
