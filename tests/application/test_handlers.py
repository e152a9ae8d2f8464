"""From one aggregate's events to another's commands: what leaves orders arrives, once, whoever performs it how often."""

from __future__ import annotations

import datetime as dt
import itertools
import random

import pytest
from msgspec.structs import replace

from fairlot.application import handlers
from fairlot.application.desk import account_id_for, derived_id
from fairlot.application.handlers import HANDLERS
from fairlot.application.money.transfers import record_answer
from fairlot.application.supplier import suppliers
from fairlot.application.topics import Topic
from fairlot.domain.order import commands as c
from fairlot.domain.order.state import Status
from fairlot.domain.party import PROVIDER
from fairlot.domain.payout import commands as payout
from fairlot.providers.null import NullMoney
from fairlot.providers.outward import Payee
from fairlot.store import outbox
from fairlot.store.outbox import Place
from tests.support.killer import KilledError, Killer
from tests.support.market import SUPPLIER_ID, MakeMarket, Market, whole_terms
from tests.support.postgres import Database

TERMS = whole_terms(1_000_000, 600_000)
SMALL = whole_terms(300_000, 300_000)
# Past the shipment date and the days after which an order that never left is cancelled.
DAYS_UNTIL_CANCELLED = 110


@pytest.fixture
def direct(make_market: MakeMarket) -> Market:
    """A market of the edition in which money goes straight to the supplier."""
    return make_market(edition="guarantee-2017").enrolled()


def account_hash(market: Market) -> str:
    known = market.desk.suppliers.find(SUPPLIER_ID)
    assert known is not None
    return known.account_hash


def stop_payouts(market: Market) -> None:
    hashed = account_hash(market)
    assert suppliers.revoke_account(SUPPLIER_ID, hashed, command_id="stop", desk=market.desk)


def allow_payouts(market: Market) -> None:
    hashed = account_hash(market)
    assert suppliers.verify_account(SUPPLIER_ID, hashed, command_id="allow", desk=market.desk)


def cancelled(market: Market, order_id: str = "ord_1") -> None:
    """Pay, and let the order be cancelled because nothing ever left."""
    market.paid(order_id, TERMS)
    market.work()
    market.clock.move(days=DAYS_UNTIL_CANCELLED)


def repaid(market: Market, *amounts_minor: int) -> None:
    """Let an order be cancelled whose money the supplier has, and have it pay in before anybody looks."""
    market.agreed("ord_1", TERMS)
    stop_payouts(market)
    market.pay("ord_1", 1_000_000)
    market.pass_time(days=DAYS_UNTIL_CANCELLED - 10)
    ((deadline,),) = market.rows("SELECT next_deadline_at FROM order_head")
    market.clock.now = deadline + dt.timedelta(seconds=1)
    market.settle()
    for amount_minor in amounts_minor:
        command = c.RecordSupplierRepaid(refund_id="r1", amount_minor=amount_minor)
        market.ask("ord_1", PROVIDER, command).unwrap()


def assert_conserved(market: Market) -> None:
    """What left orders arrived at accounts and the other way, and no money came from nowhere."""
    assert market.balance("payout_clearing") == 0
    assert market.balance("payout_clearing", family="order") == -market.balance(
        "payout_clearing", family="payout"
    )
    account = market.account()
    owed = account.available_minor + account.instructed_minor
    assert market.balance("supplier_payable") == -owed
    assert market.balance("supplier_receivable") == -market.balance("fund_recoverable")
    market.assert_sound()


class TestPayout:
    def test_released_money_is_paid_out(self, market: Market) -> None:
        market.confirmed("ord_1", TERMS)
        market.work()
        assert market.order("ord_1").status is Status.COMPLETED
        assert market.account().paid_minor == 1_000_000
        assert market.balance("bank") == 0
        assert [t.payee for t in market.null_money.transfers] == [Payee.SUPPLIER]
        assert_conserved(market)

    def test_it_waits_for_a_verified_account(self, market: Market) -> None:
        market.paid("ord_1", SMALL)
        market.work()
        stop_payouts(market)
        market.received("ord_1")
        market.work()
        assert market.account().available_minor == 300_000
        allow_payouts(market)
        market.work()
        assert market.account().paid_minor == 300_000
        assert_conserved(market)

    def test_a_failed_payout_is_owed_again(self, make_market: MakeMarket) -> None:
        money = NullMoney(on_demand=True)
        market = make_market(money=money).enrolled()
        market.confirmed("ord_1", TERMS)
        market.work()
        (transfer,) = money.transfers
        record_answer(market.desk, transfer, money.fail(transfer.key, "AC04"))
        assert market.account().available_minor == 1_000_000
        allow_payouts(market)
        market.work()
        first, second = money.transfers
        assert first.key != second.key
        for _ in range(2):
            record_answer(market.desk, second, money.confirm(second.key))
        assert market.account().paid_minor == 1_000_000
        assert_conserved(market)


class TestRefund:
    def test_what_is_held_goes_back_whole_whatever_the_cover(self, market: Market) -> None:
        """A20: the limit caps the fund alone."""
        cancelled(market)
        market.work()
        order = market.order("ord_1")
        assert order.status is Status.CANCELLED
        assert (order.refunds, order.funds.fund_paid_minor) == ((), 0)
        assert market.balance("due_buyer") == 0
        assert market.limit().taken_minor == 0
        assert_conserved(market)

    def test_what_the_supplier_is_still_owed_pays_before_the_fund(self, direct: Market) -> None:
        """A21."""
        direct.agreed("ord_0", TERMS)
        stop_payouts(direct)
        direct.pay("ord_0", 1_000_000)
        direct.pass_time(days=DAYS_UNTIL_CANCELLED)
        order = direct.order("ord_0")
        assert order.status is Status.CANCELLED
        assert (order.funds.returned_minor, order.funds.fund_paid_minor) == (1_000_000, 0)
        assert order.funds.receivable_minor + order.funds.uncovered_minor == 0
        assert direct.account().available_minor == 0
        assert_conserved(direct)

    def test_then_the_fund_pays_up_to_the_cover_and_the_supplier_owes_it(
        self, direct: Market
    ) -> None:
        """A27: what it pays later serves the fund and the buyer's uncovered part pro rata."""
        cancelled(direct)
        direct.work()
        funds = direct.order("ord_1").funds
        assert (funds.fund_paid_minor, funds.uncovered_minor) == (600_000, 400_000)
        assert direct.account().owed_minor == 1_000_000
        direct.paid("ord_2", replace(SMALL, shipment_date=None, lead_time_days=200))
        direct.work()
        funds = direct.order("ord_1").funds
        assert (funds.fund_paid_minor, funds.uncovered_minor) == (420_000, 280_000)
        assert direct.account().owed_minor == 700_000
        assert direct.account().paid_minor == 1_000_000
        assert direct.balance("guarantee_fund") == 420_000
        assert direct.balance("due_buyer") == 0
        assert_conserved(direct)

    def test_what_a_supplier_pays_in_counts_the_same(self, direct: Market) -> None:
        cancelled(direct)
        direct.work()
        paid_in = payout.RecordSupplierPaidIn(paid_in_id="b1", rail="wire", amount_minor=1_050_000)
        account_id = account_id_for(SUPPLIER_ID, "USD")
        direct.desk.ask_account(account_id, paid_in, command_id="b1").unwrap()
        direct.work()
        funds = direct.order("ord_1").funds
        assert (funds.fund_paid_minor, funds.receivable_minor, funds.uncovered_minor) == (0, 0, 0)
        assert direct.balance("guarantee_fund") == 0
        assert direct.account().paid_minor == 1_050_000
        assert direct.balance("bank") == 0
        assert_conserved(direct)

    def test_a_set_off_that_comes_late_ends_as_one_in_time(self, direct: Market) -> None:
        """T1: no worker for two days; the fund paid without an answer, and the payables take its place."""
        direct.agreed("ord_1", TERMS)
        stop_payouts(direct)
        direct.pay("ord_1", 1_000_000)
        direct.work()
        direct.clock.move(days=DAYS_UNTIL_CANCELLED)
        direct.settle()
        assert direct.order("ord_1").funds.fund_paid_minor == 600_000
        direct.work()
        funds = direct.order("ord_1").funds
        assert (funds.fund_paid_minor, funds.uncovered_minor, funds.cover_used_minor) == (0, 0, 0)
        account = direct.account()
        assert (account.owed_minor, account.available_minor) == (0, 0)
        assert [taken.amount_minor for taken in account.set_offs] == [1_000_000]
        assert direct.balance("due_buyer") == 0
        assert_conserved(direct)

    def test_a_late_set_off_beyond_the_cover_serves_the_buyer_as_one_in_time(
        self, direct: Market
    ) -> None:
        """T1: the refund is more than the cover and what waits; the buyer gets both whole, late as in time."""
        direct.paid("ord_1", TERMS)
        direct.agreed("ord_2", replace(SMALL, shipment_date=None, lead_time_days=200))
        direct.work()
        stop_payouts(direct)
        direct.pay("ord_2", 300_000)
        direct.work()
        assert direct.account().available_minor == 300_000
        direct.clock.move(days=DAYS_UNTIL_CANCELLED)
        direct.settle()
        funds = direct.order("ord_1").funds
        assert (funds.fund_paid_minor, funds.uncovered_minor) == (600_000, 400_000)
        direct.work()
        funds = direct.order("ord_1").funds
        assert (funds.fund_paid_minor, funds.uncovered_minor) == (600_000, 100_000)
        assert direct.account().owed_minor == 700_000
        assert direct.balance("due_buyer") == 0
        assert_conserved(direct)

    def test_a_set_off_takes_no_more_than_is_still_lacking(self, direct: Market) -> None:
        """The supplier paid part in by itself while the message was on its way."""
        repaid(direct, 300_000)
        direct.work()
        assert direct.order("ord_1").funds.fund_paid_minor == 0
        assert direct.account().available_minor == 300_000
        assert direct.balance("due_buyer") == 0
        assert_conserved(direct)

    def test_a_part_that_was_confirmed_is_not_asked_for_again(self, direct: Market) -> None:
        """The worker died before it said that the first of two parts is done: what is due by then is the other's."""
        repaid(direct, 300_000, 200_000)
        first = next(
            Place("order", "ord_1", seq, number)
            for seq, number in direct.rows(
                "SELECT seq, message_no FROM order_outbox WHERE topic = 'send_refund' ORDER BY seq"
            )
        )
        direct.perform(first)
        again(direct, first)
        direct.work()
        sent = [t.amount_minor for t in direct.null_money.transfers if t.payee is Payee.BUYER]
        assert sent == [300_000, 200_000, 500_000]
        assert direct.balance("due_buyer") == 0
        assert_conserved(direct)


class TestWriteOff:
    def test_after_a_year_the_fund_bears_it_and_the_supplier_is_suspended(
        self, direct: Market
    ) -> None:
        cancelled(direct)
        direct.work()
        direct.clock.move(days=366)
        direct.work()
        assert direct.balance("supplier_receivable") == 0
        assert direct.balance("fund_recoverable") == 0
        assert direct.balance("guarantee_fund") == 600_000
        supplier = direct.desk.suppliers.find(SUPPLIER_ID)
        assert supplier is not None
        assert not supplier.enrolled
        assert direct.rows("SELECT enrolled, decided_by FROM supplier_decision") == [
            (False, "debt")
        ]
        kinds = [notification.kind for notification in direct.messenger.told]
        assert kinds.count("receivable_reminder") == 12
        assert kinds.count("receivable_written_off") == 1
        assert_conserved(direct)

    def test_recoveries_that_are_still_on_their_way_come_first(self, direct: Market) -> None:
        """The write-off is performed before the recovery's own message, and is exact all the same."""
        cancelled(direct)
        direct.work()
        direct.clock.move(days=364)
        account_id = account_id_for(SUPPLIER_ID, "USD")
        paid_in = payout.RecordSupplierPaidIn(paid_in_id="b1", rail="wire", amount_minor=250_001)
        direct.desk.ask_account(account_id, paid_in, command_id="b1").unwrap()
        direct.clock.move(days=2)
        direct.settle()
        topics = dict(
            direct.rows("SELECT seq, topic FROM payout_outbox WHERE topic = 'book_write_off'")
        )
        for place in direct.waiting():
            if place.family == "payout" and place.seq in topics:
                direct.perform(place)
        direct.work()
        assert direct.balance("supplier_receivable") == 0
        assert_conserved(direct)


class TestChargeback:
    """R26, A72 to A75: what the buyer's bank took is sought like a refund, and never sent to the buyer again."""

    def lost(self, market: Market, *, payouts_wait: bool) -> None:
        """Pay by card, and have the bank take it all back."""
        market.agreed("ord_1", TERMS)
        if payouts_wait:
            stop_payouts(market)
        paid = c.RecordPayment(payment_id="p1", rail="card", amount_minor=1_028_000, currency="USD")
        market.ask("ord_1", PROVIDER, paid).unwrap()
        market.work()
        opened = c.RecordChargebackOpened(chargeback_id="cb1", amount_minor=1_028_000)
        market.ask("ord_1", PROVIDER, opened).unwrap()
        market.work()
        assert market.limit().taken_minor == 600_000
        ended = c.RecordChargebackEnded(chargeback_id="cb1", won=False)
        market.ask("ord_1", PROVIDER, ended).unwrap()
        market.work()

    def test_what_the_supplier_is_still_owed_pays_first(self, direct: Market) -> None:
        self.lost(direct, payouts_wait=True)
        assert direct.account().available_minor == 0
        assert direct.balance("guarantee_fund") == 0
        assert direct.balance("due_buyer") == 0
        assert [t for t in direct.null_money.transfers if t.payee is Payee.BUYER] == []
        assert direct.limit().taken_minor == 0
        assert_conserved(direct)

    def test_then_the_fund_and_what_it_never_gets_back_is_written_off(self, direct: Market) -> None:
        self.lost(direct, payouts_wait=False)
        assert direct.balance("guarantee_fund") == 600_000
        assert direct.account().owed_minor == 600_000
        assert direct.balance("due_buyer") == 0
        direct.pass_time(days=366)
        by_part = direct.rows(
            "SELECT part, sum(amount_minor)::bigint FROM ("
            " SELECT part, amount_minor FROM order_posting WHERE account = 'supplier_receivable'"
            " UNION ALL SELECT part, amount_minor FROM payout_posting"
            " WHERE account = 'supplier_receivable') AS posting GROUP BY part"
        )
        assert by_part == [("chargeback", 0)]
        assert_conserved(direct)

    def test_on_a_closed_order_it_takes_the_cover_again_while_it_runs(self, market: Market) -> None:
        market.agreed("ord_1", TERMS)
        paid = c.RecordPayment(payment_id="p1", rail="card", amount_minor=1_028_000, currency="USD")
        market.ask("ord_1", PROVIDER, paid).unwrap()
        market.received("ord_1")
        market.pass_time(days=300)
        assert market.order("ord_1").status is Status.CLOSED
        assert market.limit().taken_minor == 0
        opened = c.RecordChargebackOpened(chargeback_id="cb1", amount_minor=1_028_000)
        market.ask("ord_1", PROVIDER, opened).unwrap()
        market.work()
        assert market.limit().taken_minor == 600_000
        ended = c.RecordChargebackEnded(chargeback_id="cb1", won=True)
        market.ask("ord_1", PROVIDER, ended).unwrap()
        market.work()
        assert market.limit().taken_minor == 0


class Unruly(Market):
    """A market whose worker performs messages in no order, some of them twice, for a worker died before it said so."""

    chance = random.Random(0)

    def work(self) -> None:
        while self.settle() + len(places := self.waiting()):
            self.chance.shuffle(places)
            for place in places[: max(1, len(places) // 2)]:
                self.perform(place)
                if self.chance.random() < 0.5:
                    again(self, place)


class Mortal(Market):
    """A market whose worker dies at every step of every message, and is followed by another that takes it up again."""

    def __init__(self, database: Database, *, edition: str) -> None:
        self.killer = Killer()
        self.deaths = 0
        super().__init__(database, edition=edition, tracer=self.killer)

    def perform(self, place: Place) -> bool:
        for steps in itertools.count():
            self.killer.steps_left = steps
            try:
                done = super().perform(place)
            except KilledError:
                self.deaths += 1
            else:
                self.killer.steps_left = None
                return done
        raise AssertionError("a message ends")


def a_busy_year(market: Market, *, days: int = 500) -> tuple[object, ...]:
    """Play several orders and return where all money is."""
    later = replace(TERMS, shipment_date=dt.date(2027, 3, 17))
    for order_id, terms in (("ord_1", TERMS), ("ord_2", later)):
        market.agreed(order_id, terms)
    market.pay("ord_2", 1_000_000)
    market.work()
    stop_payouts(market)
    market.pay("ord_1", 1_000_000)
    market.pass_time(days=DAYS_UNTIL_CANCELLED)
    allow_payouts(market)
    market.paid("ord_3", replace(SMALL, shipment_date=None, lead_time_days=200))
    market.pass_time(days=days)
    accounts = ("bank", "held", "due_buyer", "supplier_payable", "guarantee_fund", "suspense")
    receivable = ("supplier_receivable", "fund_recoverable", "payout_clearing")
    account = market.account()
    return (
        {name: market.balance(name) for name in (*accounts, *receivable)},
        {
            f"ord_{n}": (market.order(f"ord_{n}").status, market.order(f"ord_{n}").funds)
            for n in (1, 2, 3)
        },
        (account.paid_minor, account.owed_minor, account.available_minor),
        market.limit().taken_minor,
    )


def again(market: Market, place: Place) -> None:
    """Perform a message that is done once more."""
    with market.pool.connection() as connection:
        message = outbox.find_message(connection, place)
    assert message is not None
    HANDLERS[Topic(message.topic)](market.desk, message)


class TestRepetition:
    """Messages may be performed in any order and any number of times; the money ends where it ends."""

    SEEDS = 3

    def test_order_and_repetition_change_nothing(self, direct: Market, database: Database) -> None:
        expected = a_busy_year(direct)
        assert_conserved(direct)
        for seed in range(self.SEEDS):
            clear(database)
            market = Unruly(database, edition="guarantee-2017").enrolled()
            market.chance = random.Random(seed)
            try:
                assert a_busy_year(market) == expected, f"seed {seed}"
                assert_conserved(market)
            finally:
                market.close()

    def test_a_worker_that_dies_at_every_step_loses_and_doubles_nothing(
        self, direct: Market, database: Database
    ) -> None:
        """C2 for effects: each message is tried again after every step it can break off at."""
        expected = a_busy_year(direct, days=5)
        clear(database)
        market = Mortal(database, edition="guarantee-2017").enrolled()
        try:
            assert a_busy_year(market, days=5) == expected
            assert market.deaths > 50
            assert_conserved(market)
        finally:
            market.close()

    def test_a_handler_whose_ids_do_not_follow_from_its_message_is_caught(
        self, direct: Market, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Planted: a recovery is booked under an id of its own each time, and the fund gets it twice."""
        numbers = itertools.count()

        def forgetful(*parts: str) -> str:
            return derived_id(*parts, str(next(numbers)))

        cancelled(direct)
        direct.work()
        monkeypatch.setattr(handlers, "derived_id", forgetful)
        direct.paid("ord_2", replace(SMALL, shipment_date=None, lead_time_days=200))
        direct.work()
        for account_id, seq, number in direct.rows(
            "SELECT payout_id, seq, message_no FROM payout_outbox WHERE topic = 'book_recovery'"
        ):
            again(direct, Place("payout", account_id, seq, number))
        assert direct.balance("payout_clearing") != 0


def clear(database: Database) -> None:
    """Empty the database of all that an earlier play left."""
    with database.as_owner() as owner:
        tables = [
            name
            for (name,) in owner.execute(
                "SELECT relname FROM pg_class WHERE relkind = 'r'"
                " AND relnamespace = 'public'::regnamespace AND relname NOT LIKE 'django%'"
                " AND relname NOT LIKE 'procrastinate%'"
            )
        ]
        owner.execute(f"TRUNCATE {', '.join(tables)}")
