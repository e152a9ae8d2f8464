"""Bank money that names no order: kept as a queue, assigned or sent back once; debits confirm what we asked for (A14)."""

from __future__ import annotations

import datetime as dt

import pytest

from fairlot.application.desk import account_id_for
from fairlot.application.money import suspense
from fairlot.application.money.bank_import import Imported, import_bank_file
from fairlot.application.money.transfers import bank_name, payout_transfer
from fairlot.application.outcome import Outcome
from fairlot.application.queries.payouts import payouts_of_order
from fairlot.application.verification.verify import verify
from fairlot.domain.order.commands import RecordRefundConfirmed
from fairlot.domain.order.refusals import Code
from fairlot.domain.order.state import Status
from fairlot.domain.party import PROVIDER, Actor, Role
from fairlot.domain.payout.state import PayoutStatus
from fairlot.domain.suspense import commands
from fairlot.domain.suspense.state import SuspenseStatus
from fairlot.providers.by_payee import MoneyByPayee
from fairlot.providers.null import BatchMoney, NullMoney
from fairlot.providers.outward import Payee
from fairlot.providers.wire import Direction, reference_for
from fairlot.providers.wire.sample_statement import SampleEntry
from fairlot.store import suspense as entries
from tests.support.market import SUPPLIER_ID, MakeMarket, Market, whole_terms
from tests.support.statements import build_statement

OPERATOR = Actor(role=Role.OPERATOR, person_id="per_operator")
AMOUNT = 1_000_000
ACCOUNT_ID = account_id_for(SUPPLIER_ID, "USD")


@pytest.fixture
def market(make_market: MakeMarket) -> Market:
    """A market whose payouts, refunds and returns wait for the bank to say that they left."""
    ways = dict.fromkeys(Payee, BatchMoney().send) | {Payee.INSPECTOR: NullMoney().send}
    return make_market(money=MoneyByPayee(ways)).enrolled()


def stray(market: Market, *, amount_minor: int = AMOUNT, text: str = "for the lamps") -> bytes:
    today = market.clock().date()
    entry = SampleEntry(
        amount_minor=amount_minor,
        booked_date=today,
        counterparty_name="Anna GmbH",
        remittance_text=text,
    )
    return build_statement(entry)


def imported(market: Market, data: bytes) -> Imported:
    return import_bank_file(data, desk=market.desk)


def waiting_id(market: Market) -> str:
    (row,) = imported(market, stray(market)).left_over
    return row.suspense_id


def assigned(market: Market, suspense_id: str, order_id: str) -> Outcome:
    return suspense.assign(
        suspense_id,
        order_id,
        actor=OPERATOR,
        command_id=suspense.assignment_id(suspense_id, order_id, market.desk),
        desk=market.desk,
    )


def sent_back(market: Market, suspense_id: str) -> Outcome:
    return suspense.send_back(suspense_id, actor=OPERATOR, command_id="back-1", desk=market.desk)


def debit(market: Market, bank_id: str, amount_minor: int, **more: object) -> bytes:
    entry = SampleEntry(
        amount_minor=amount_minor,
        booked_date=market.clock().date(),
        direction=Direction.DEBIT,
        end_to_end_id=bank_id,
        bank_transaction_code=("PMNT", "ICDT", "XBCT"),
        **more,  # type: ignore[arg-type]
    )
    return build_statement(entry, opening_minor=10 * amount_minor)


def status(market: Market, suspense_id: str) -> SuspenseStatus:
    return market.desk.read_suspense(suspense_id)[0].status


class TestQueue:
    def test_it_waits_with_what_the_bank_said_and_is_in_the_books(self, market: Market) -> None:
        suspense_id = waiting_id(market)
        (row,) = suspense.unmatched(market.desk)
        assert (row.suspense_id, row.amount_minor, row.why) == (
            suspense_id,
            AMOUNT,
            "nothing_named",
        )
        assert (row.sender, row.remittance) == ("Anna GmbH", "for the lamps")
        assert market.balance("suspense") == -AMOUNT
        assert market.balance("bank") == AMOUNT

    def test_importing_again_changes_nothing(self, market: Market) -> None:
        data = stray(market)
        first = imported(market, data)
        assert imported(market, data) == first
        assert len(suspense.unmatched(market.desk)) == 1
        assert market.balance("suspense") == -AMOUNT

    def test_what_an_order_took_is_not_taken_in_again_once_it_waits_for_nothing(
        self, market: Market
    ) -> None:
        """An overlapping statement that comes after the order has ended sends nobody's money back."""
        market.agreed("ord_1", whole_terms(AMOUNT, AMOUNT))
        data = stray(market, text=reference_for("ord_1", 1))
        assert [row.is_new for row in imported(market, data).booked] == [True]
        market.received("ord_1")
        assert market.order("ord_1").status is Status.COMPLETED
        again = imported(market, data)
        assert [(row.order_id, row.is_new) for row in again.booked] == [("ord_1", False)]
        assert again.left_over == ()
        assert market.balance("suspense") == 0
        assert market.balance("bank") == AMOUNT

    def test_what_waits_is_not_booked_by_the_next_file(self, market: Market) -> None:
        """The order begins to wait for money only after the money came: a person places it."""
        data = stray(market, text=reference_for("ord_1", 1))
        imported(market, data)
        market.agreed("ord_1", whole_terms(AMOUNT, AMOUNT))
        again = imported(market, data)
        assert again.booked == ()
        assert [row.why for row in again.left_over] == ["matched_since"]

    def test_what_its_order_refuses_waits_and_can_be_assigned_later(self, market: Market) -> None:
        """The bank's clock is ahead of ours: no order takes a payment of the future."""
        market.agreed("ord_1", whole_terms(AMOUNT, AMOUNT))
        booked_at = market.clock() + dt.timedelta(minutes=5)
        entry = SampleEntry(
            amount_minor=AMOUNT,
            booked_date=booked_at.date(),
            booked_at=booked_at,
            remittance_text=reference_for("ord_1", 1),
        )
        data = build_statement(entry)
        done = imported(market, data)
        assert [row.refused for row in done.booked] == [Code.INSTANT_IN_THE_FUTURE.value]
        assert [(row.why, row.candidates) for row in done.left_over] == [
            ("order_refused", ("ord_1",))
        ]
        assert imported(market, data).booked == ()
        assert market.balance("bank") == -market.balance("suspense") == AMOUNT
        market.clock.move(minutes=10)
        assert assigned(market, done.left_over[0].suspense_id, "ord_1").is_done
        assert market.order("ord_1").funds.paid_minor == AMOUNT

    def test_what_the_bank_said_can_be_erased(self, market: Market) -> None:
        suspense_id = waiting_id(market)
        with market.pool.connection() as connection:
            entries.erase_entry(connection, suspense_id, at=market.clock())
        (row,) = suspense.unmatched(market.desk)
        assert (row.sender, row.amount_minor) == ("", AMOUNT)

    def test_the_whole_verifies(self, market: Market) -> None:
        waiting_id(market)
        desk = market.desk
        report = verify(
            market.database.owner_dsn, [desk.orders, desk.payouts, desk.limits, desk.suspense]
        )
        assert [fault for fault in report.faults if fault.kind != "roll_up"] == []


class TestAssigning:
    def test_the_order_is_paid_as_of_the_banks_day_and_once(self, market: Market) -> None:
        suspense_id = waiting_id(market)
        market.agreed("ord_1", whole_terms(AMOUNT, AMOUNT))
        for _ in range(2):
            assert assigned(market, suspense_id, "ord_1").is_done
        market.work()
        assert market.order("ord_1").funds.paid_minor == AMOUNT
        assert status(market, suspense_id) is SuspenseStatus.ASSIGNED
        assert market.balance("suspense") == 0
        assert market.balance("bank") == AMOUNT
        assert suspense.unmatched(market.desk) == ()

    def test_the_worker_books_what_broke_off_in_between(self, market: Market) -> None:
        suspense_id = waiting_id(market)
        market.agreed("ord_1", whole_terms(AMOUNT, AMOUNT))
        command = commands.Assign(order_id="ord_1")
        market.desk.ask_suspense(suspense_id, command, command_id="a-1", actor=OPERATOR).unwrap()
        assert market.order("ord_1").funds.paid_minor == 0
        market.work()
        assert market.order("ord_1").funds.paid_minor == AMOUNT

    def test_an_order_that_will_not_take_it_leaves_it_in_the_queue(self, market: Market) -> None:
        suspense_id = waiting_id(market)
        assert assigned(market, suspense_id, "ord_none").code is Code.UNKNOWN_ORDER
        market.work()
        assert status(market, suspense_id) is SuspenseStatus.WAITING
        assert market.balance("suspense") == -AMOUNT
        market.agreed("ord_1", whole_terms(AMOUNT, AMOUNT))
        assert assigned(market, suspense_id, "ord_1").is_done

    def test_only_an_operator_places_money(self, market: Market) -> None:
        suspense_id = waiting_id(market)
        buyer = Actor(role=Role.BUYER, company_id="com_buyer")
        outcome = suspense.assign(
            suspense_id, "ord_1", actor=buyer, command_id="b-1", desk=market.desk
        )
        assert outcome.code is Code.NOT_PERMITTED

    def test_what_is_assigned_does_not_go_back(self, market: Market) -> None:
        suspense_id = waiting_id(market)
        market.agreed("ord_1", whole_terms(AMOUNT, AMOUNT))
        assigned(market, suspense_id, "ord_1")
        assert sent_back(market, suspense_id).code is Code.WRONG_STATUS


class TestGoingBack:
    def test_decided_and_confirmed_are_two_entries(self, market: Market) -> None:
        suspense_id = waiting_id(market)
        for _ in range(2):
            assert sent_back(market, suspense_id).is_done
        market.work()
        assert status(market, suspense_id) is SuspenseStatus.GOING_BACK
        assert market.balance("due_sender") == -AMOUNT
        transfer = suspense.return_transfer(suspense_id, amount_minor=AMOUNT, currency="USD")
        done = imported(market, debit(market, bank_name(transfer), AMOUNT))
        assert [(row.payee, row.aggregate_id) for row in done.confirmed] == [
            ("sender", suspense_id)
        ]
        assert status(market, suspense_id) is SuspenseStatus.SENT_BACK
        assert market.balance("due_sender") == 0
        assert market.balance("bank") == 0

    def test_a14_after_ten_business_days_it_goes_back_by_itself(self, market: Market) -> None:
        suspense_id = waiting_id(market)
        state, _ = market.desk.read_suspense(suspense_id)
        assert state.return_at is not None
        market.clock.now = state.return_at + dt.timedelta(seconds=1)
        outcome = assigned(market, suspense_id, "ord_1")
        assert outcome.code is Code.WRONG_STATUS
        assert status(market, suspense_id) is SuspenseStatus.GOING_BACK


class TestReturnAfterRefusal:
    def test_a_return_refused_while_it_was_assigned_can_be_asked_again_after(
        self, market: Market
    ) -> None:
        suspense_id = waiting_id(market)

        def asked() -> Outcome:
            return suspense.send_back(
                suspense_id,
                actor=OPERATOR,
                command_id=suspense.return_id(suspense_id, market.desk),
                desk=market.desk,
            )

        market.desk.ask_suspense(
            suspense_id, commands.Assign(order_id="ord_none"), command_id="a", actor=OPERATOR
        )
        assert asked().code is Code.WRONG_STATUS
        undo = commands.UndoAssignment(order_id="ord_none", code="unknown_order")
        market.desk.ask_suspense(suspense_id, undo, command_id="u")
        assert asked().is_done
        assert asked().is_replay
        assert status(market, suspense_id) is SuspenseStatus.GOING_BACK

    def test_the_queue_is_read_page_by_page(self, market: Market) -> None:
        for number in range(3):
            imported(market, stray(market, text=f"stray {number}"))
        whole = suspense.unmatched(market.desk)
        first = suspense.unmatched(market.desk, limit=2)
        rest = suspense.unmatched(market.desk, after=first[-1].suspense_id, limit=2)
        assert first + rest == whole


class TestConfirmations:
    def test_a_debit_with_the_payouts_id_confirms_it_once(self, market: Market) -> None:
        market.confirmed("ord_1", whole_terms(AMOUNT, AMOUNT))
        market.work()
        account = market.account()
        (payout,) = account.open_payouts
        transfer = payout_transfer(ACCOUNT_ID, account, payout)
        data = debit(market, bank_name(transfer), AMOUNT)
        for _ in range(2):
            done = imported(market, data)
            assert [row.reference for row in done.confirmed] == [payout.id]
        assert market.account().paid_minor == AMOUNT
        (told,) = payouts_of_order("ord_1", desk=market.desk)
        assert (told.amount_minor, told.status) == (AMOUNT, PayoutStatus.CONFIRMED)
        assert told.confirmed_at == market.clock()

    def test_a_refunds_debit_confirms_it(self, market: Market) -> None:
        market.agreed("ord_1", whole_terms(AMOUNT, AMOUNT))
        market.pay("ord_1", AMOUNT + 200_000)
        market.work()
        (refund,) = market.order("ord_1").refunds
        assert refund.confirmed_minor == 0
        (bank_id,) = [
            row[0]
            for row in market.rows("SELECT bank_id FROM sent_transfer")
            if row[0].startswith("BUY")
        ]
        done = imported(market, debit(market, bank_id, 200_000))
        assert [row.payee for row in done.confirmed] == ["buyer"]
        assert market.order("ord_1").refunds == ()

    def test_one_that_is_not_due_any_more_is_told_and_holds_up_nothing_else(
        self, market: Market
    ) -> None:
        """The refund was confirmed by hand before the bank's file came; what stands behind it in the file is booked."""
        market.agreed("ord_1", whole_terms(AMOUNT, AMOUNT))
        market.pay("ord_1", AMOUNT + 200_000)
        market.work()
        (refund,) = market.order("ord_1").refunds
        by_hand = RecordRefundConfirmed(refund_id=refund.id, amount_minor=200_000, rail="wire")
        market.ask("ord_1", PROVIDER, by_hand).unwrap()
        ((bank_id,),) = market.rows("SELECT bank_id FROM sent_transfer WHERE bank_id LIKE 'BUY%%'")
        today = market.clock().date()
        data = build_statement(
            SampleEntry(
                amount_minor=200_000,
                booked_date=today,
                direction=Direction.DEBIT,
                end_to_end_id=bank_id,
                bank_transaction_code=("PMNT", "ICDT", "XBCT"),
            ),
            SampleEntry(amount_minor=AMOUNT, booked_date=today, remittance_text="for the lamps"),
            opening_minor=AMOUNT,
        )
        done = imported(market, data)
        assert [row.refused for row in done.confirmed] == [Code.UNKNOWN_REFERENCE.value]
        assert [row.amount_minor for row in done.left_over] == [AMOUNT]

    def test_another_amount_confirms_nothing(self, market: Market) -> None:
        market.confirmed("ord_1", whole_terms(AMOUNT, AMOUNT))
        market.work()
        account = market.account()
        transfer = payout_transfer(ACCOUNT_ID, account, account.open_payouts[0])
        assert imported(market, debit(market, bank_name(transfer), AMOUNT - 1)).confirmed == ()
        assert market.account().open_payouts[0].status is PayoutStatus.INSTRUCTED
