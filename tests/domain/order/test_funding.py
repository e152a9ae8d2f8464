"""Money coming in: matched, missing, too much, in the wrong currency, late, bounced (R22, R24, R27; A08, A09, A13, A14, A18)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec
import pytest

from fairlot.domain.ledger.accounts import Account
from fairlot.domain.order import commands as c
from fairlot.domain.order import events as e
from fairlot.domain.order.clocks import ClockKind
from fairlot.domain.order.refusals import Code
from fairlot.domain.order.state import DisputeCause, Status
from fairlot.domain.policy.model import Ground
from tests.support.given import (
    BANK,
    BUYER,
    EDITIONS,
    ESCROW,
    GUARANTEE,
    HALVES,
    INSPECTOR,
    PRICE,
    SUPPLIER,
    Answer,
    Given,
    booking,
    claim,
    days,
    delivery,
    given,
    hours,
    local,
    payment,
    report,
    seconds,
    shipment,
)


class TestCustody:
    def test_r22_the_escrow_edition_holds_the_money(self) -> None:
        given(ESCROW).agreed().when(BANK, payment(PRICE)).then(
            e.PaymentReceived, e.PaymentCompleted
        ).stands(status=Status.IN_PRODUCTION, held_minor=PRICE, released_minor=0)

    def test_r22_the_guarantee_edition_passes_it_on_at_once(self) -> None:
        given(GUARANTEE).agreed().when(BANK, payment(PRICE)).then(
            e.PaymentReceived, e.FundsReleased, e.PaymentCompleted
        ).stands(status=Status.IN_PRODUCTION, held_minor=0, released_minor=PRICE)

    @pytest.mark.parametrize("edition", EDITIONS)
    def test_r27_money_paid_elsewhere_is_never_counted(self, edition: str) -> None:
        """R27: only a booking of the platform's own bank or processor counts; parties can not tell of payments."""
        here = given(edition).agreed()
        here.when(BUYER, payment(PRICE)).refused(Code.NOT_PERMITTED)
        here.when(SUPPLIER, payment(PRICE)).refused(Code.NOT_PERMITTED)
        here.when(BUYER, claim(Ground.PAID_OUTSIDE)).refused(Code.NOT_PAID)
        given(edition).paid().when(BUYER, claim(Ground.PAID_OUTSIDE)).refused(
            Code.GROUND_EXCLUDED, ground="paid_outside"
        )


class TestAmounts:
    def test_r24_the_fee_of_the_card_comes_on_top(self) -> None:
        here = given().agreed().when(BANK, payment(1_028_000, rail="card")).granted()
        here.stands(paid_minor=PRICE, held_minor=PRICE)
        assert here.last(e.PaymentReceived).fee_minor == 28_000
        assert here.balance_minor(Account.PROCESSOR_FEE) == -28_000

    def test_r24_the_fee_of_an_electronic_check_is_fixed(self) -> None:
        here = given().agreed().when(BANK, payment(1_001_500, rail="e-checking")).granted()
        here.stands(paid_minor=PRICE)
        assert here.last(e.PaymentReceived).fee_minor == 1_500

    def test_a80_the_fee_in_force_at_the_booking_is_written_into_the_event(self) -> None:
        here = given().agreed().when(BANK, payment(1_028_000, rail="card")).granted()
        assert here.last(e.PaymentReceived).fee_basis_points == 280

    def test_too_little_keeps_the_order_unpaid(self) -> None:
        here = given().agreed().when(BANK, payment(PRICE - 1)).then(e.PaymentReceived)
        here.stands(status=Status.AGREED, held_minor=PRICE - 1)
        here.when(BANK, payment(1, "p2")).then(e.PaymentReceived, e.PaymentCompleted)

    def test_a13_too_much_goes_back_unless_the_buyer_keeps_it(self) -> None:
        here = given(instalments=HALVES).agreed().when(BANK, payment(550_000)).granted()
        here.stands(held_minor=500_000)
        assert here.balance_minor(Account.DUE_BUYER) == -50_000
        kept = here.when(BUYER, c.KeepExcess(payment_id="p1")).then(e.ExcessKept)
        kept.stands(held_minor=550_000, paid_minor=550_000)
        assert kept.balance_minor(Account.DUE_BUYER) == 0

    def test_a13_what_has_gone_back_can_not_be_kept(self) -> None:
        here = given(instalments=HALVES).agreed().by(BANK, payment(550_000))
        sent = here.by(BANK, c.RecordRefundConfirmed(refund_id="r1", amount_minor=50_000))
        sent.when(BUYER, c.KeepExcess(payment_id="p1")).refused(Code.NOTHING_TO_KEEP)

    def test_a13_nothing_is_kept_beyond_the_price(self) -> None:
        here = given().agreed().by(BANK, payment(PRICE + 50_000))
        here.when(BUYER, c.KeepExcess(payment_id="p1")).refused(Code.NOTHING_TO_KEEP)

    def test_a13_a_payment_for_both_instalments_is_taken_whole(self) -> None:
        whole = payment(PRICE, for_all_instalments=True)
        given(instalments=HALVES).agreed().when(BANK, whole).then(
            e.PaymentReceived, e.PaymentCompleted
        ).stands(held_minor=PRICE, refunds=())

    def test_kept_money_completes_what_was_missing(self) -> None:
        here = given(GUARANTEE, instalments=HALVES).agreed().by(BANK, payment(PRICE))
        later = here.by(BUYER, booking()).by(INSPECTOR, report())
        later.when(BUYER, c.KeepExcess(payment_id="p1")).then(
            e.ExcessKept, e.FundsReleased, e.PaymentCompleted
        ).stands(paid_minor=PRICE, released_minor=PRICE, balance_until=None)

    def test_nothing_is_kept_for_an_order_that_is_fulfilled(self) -> None:
        here = given().delivered().by(BANK, payment(PRICE, "p2"))
        done = here.by(BUYER, c.ConfirmReceipt()).stands(status=Status.COMPLETED, held_minor=0)
        bounced = done.by(BANK, c.RecordPaymentReversed(payment_id="p1", code="R01"))
        bounced.when(BUYER, c.KeepExcess(payment_id="p2")).refused(Code.NOTHING_TO_KEEP)

    @pytest.mark.parametrize(
        ("command", "code"),
        [
            (payment(0), Code.AMOUNT_NOT_POSITIVE),
            (payment(10**15 + 1), Code.AMOUNT_TOO_LARGE),
            (payment(PRICE, "p1"), Code.REFERENCE_REUSED),
            (payment(PRICE, "p2", rail="cheque"), Code.WAY_TO_PAY_NOT_OFFERED),
            (
                payment(PRICE, "p2", booked_at=local("2030-01-01")),
                Code.INSTANT_IN_THE_FUTURE,
            ),
        ],
        ids=lambda value: value.value if isinstance(value, Code) else "",
    )
    def test_what_no_bank_can_mean_is_refused(self, command: c.RecordPayment, code: Code) -> None:
        given().agreed().by(BANK, payment(1)).when(BANK, command).refused(code)

    def test_there_is_an_end_to_payments(self) -> None:
        here = given().agreed()
        for number in range(100):
            here = here.by(BANK, payment(1, f"p{number}"))
        here.when(BANK, payment(1, "more")).refused(Code.TOO_MANY_EVENTS, most=100)

    def test_r24_paypal_is_outside_the_guarantee_edition(self) -> None:
        given(GUARANTEE).agreed().when(BANK, payment(PRICE, rail="paypal")).refused(
            Code.WAY_TO_PAY_NOT_OFFERED, way="paypal"
        )
        given(ESCROW).agreed().when(BANK, payment(PRICE, rail="paypal")).granted()


class TestSuspense:
    def test_a14_a_wrong_currency_waits_ten_business_days_and_goes_back(self) -> None:
        here = (
            given().agreed().when(BANK, payment(900_000, currency="EUR")).then(e.PaymentSuspended)
        )
        assert here.due_at(ClockKind.SUSPENSE) == local("2026-05-18 23:59:59")
        assert here.balance_minor(Account.SUSPENSE, "EUR") == -900_000
        after = here.when_nobody_acts(local("2026-05-19")).then(e.SuspenseReturned)
        assert after.balance_minor(Account.SUSPENSE, "EUR") == 0
        assert after.balance_minor(Account.DUE_BUYER, "EUR") == -900_000

    def test_a14_it_goes_back_at_once_when_its_order_ends(self) -> None:
        here = given().agreed().at(local("2026-07-03 09:00"))
        here = here.by(BANK, payment(900_000, currency="EUR"))
        after = here.when_nobody_acts(local("2026-07-03 10:00:01")).then(
            e.OrderCancelled, e.SuspenseReturned
        )
        assert after.last(e.SuspenseReturned).at == local("2026-07-03 10:00:00")

    def test_a14_it_goes_back_when_the_order_closes(self) -> None:
        here = given().delivered().settled()
        closing = here.quiet().last(e.OrderClosed).at
        suspended = here.at(closing - days(1)).by(BANK, payment(5, "p2", currency="EUR"))
        after = suspended.when_nobody_acts(closing + seconds(1)).then(
            e.OrderClosed, e.SuspenseReturned
        )
        assert after.last(e.SuspenseReturned).at == closing

    def test_money_for_an_ended_order_goes_back(self) -> None:
        ended = given().agreed().quiet().stands(status=Status.CANCELLED)
        late = ended.when(BANK, payment(PRICE)).then(e.PaymentReceived, e.RefundDecided)
        late.stands(status=Status.CANCELLED, held_minor=0, paid_minor=0)
        foreign = ended.when(BANK, payment(5, currency="EUR")).then(e.PaymentSuspended)
        assert foreign.due_at(ClockKind.SUSPENSE) == foreign.now


class TestPaidInTime:
    """A08: the bank's booking decides; a statement that comes later undoes an automatic cancellation."""

    @pytest.mark.parametrize(
        "booked",
        [
            {"booked_at": local("2026-07-03 10:00:00")},
            {"booked_date": dt.date(2026, 7, 3)},
        ],
        ids=["by its instant", "by its date"],
    )
    def test_a08_a_booking_in_time_undoes_the_cancellation(self, booked: dict[str, Any]) -> None:
        cancelled = given().agreed().quiet().stands(status=Status.CANCELLED)
        cancelled.after(days(3)).when(BANK, payment(PRICE, **booked)).then(
            e.CancellationUndone, e.PaymentReceived, e.PaymentCompleted
        ).stands(status=Status.IN_PRODUCTION, held_minor=PRICE)

    @pytest.mark.parametrize(
        "booked",
        [
            {"booked_at": local("2026-07-03 10:00:01")},
            {"booked_date": dt.date(2026, 7, 4)},
            {},
        ],
        ids=["by its instant", "by its date", "by our knowledge"],
    )
    def test_a08_a_booking_too_late_goes_back(self, booked: dict[str, Any]) -> None:
        cancelled = given().agreed().quiet()
        cancelled.after(days(3)).when(BANK, payment(PRICE, **booked)).then(
            e.PaymentReceived, e.RefundDecided
        ).stands(status=Status.CANCELLED)

    def test_a08_too_little_in_time_never_paid_the_order(self) -> None:
        """A08: one cent short and in time, a booking undoes nothing; a payment for an ended order goes back."""
        cancelled = given().agreed().quiet().after(days(3))
        short = payment(PRICE - 1, booked_at=local("2026-07-03 10:00:00"))
        cancelled.when(BANK, short).then(e.PaymentReceived, e.RefundDecided).stands(
            status=Status.CANCELLED, held_minor=0
        )

    def test_a08_two_bookings_in_time_that_pay_it_together_undo_the_cancellation(self) -> None:
        """A08: it is the bank's bookings that pay, whatever each of them says alone, and however late we are told."""
        cancelled = given().agreed().quiet().after(days(3))
        first = payment(400_000, booked_date=dt.date(2026, 7, 3))
        second = payment(600_000, "p2", booked_at=local("2026-07-03 10:00:00"))
        back = cancelled.by(BANK, first).stands(status=Status.CANCELLED)
        paid = back.when(BANK, second).then(
            e.CancellationUndone, e.ExcessKept, e.PaymentReceived, e.PaymentCompleted
        )
        paid.stands(status=Status.IN_PRODUCTION, held_minor=PRICE, refunds=())
        assert paid.balance_minor(Account.DUE_BUYER) == 0
        late = payment(600_000, "p2", booked_at=local("2026-07-03 10:00:01"))
        back.when(BANK, late).granted().stands(status=Status.CANCELLED)

    def test_a08_what_was_on_its_way_back_is_the_orders_again(self) -> None:
        here = given().agreed().by(BANK, payment(400_000))
        cancelled = here.when_nobody_acts(local("2026-07-03 10:00:01")).granted()
        cancelled.stands(status=Status.CANCELLED, held_minor=0, returned_minor=400_000)
        late = payment(600_000, "p2", booked_at=local("2026-07-02 10:00"))
        after = (
            cancelled.after(days(1))
            .when(BANK, late)
            .happened(e.CancellationUndone, e.PaymentCompleted)
        )
        after.stands(
            status=Status.IN_PRODUCTION, held_minor=PRICE, paid_minor=PRICE, returned_minor=0
        )
        assert after.balance_minor(Account.DUE_BUYER) == 0
        assert after.balance_minor(Account.HELD) == -PRICE

    def test_a08_what_has_gone_back_has_to_be_paid_again_in_new_time(self) -> None:
        here = given().agreed().by(BANK, payment(400_000))
        cancelled = here.when_nobody_acts(local("2026-07-03 10:00:01")).granted()
        sent = cancelled.by(BANK, c.RecordRefundConfirmed(refund_id="r1", amount_minor=400_000))
        late = payment(600_000, "p2", booked_at=local("2026-07-02 10:00"))
        after = sent.after(days(1)).when(BANK, late).happened(e.CancellationUndone)
        after.stands(status=Status.AGREED, held_minor=600_000, paid_minor=600_000)
        assert after.due_at(ClockKind.FIRST_PAYMENT) == after.now + days(60)

    def test_a08_under_the_guarantee_nothing_is_sought_any_more(self) -> None:
        here = given(GUARANTEE).agreed().by(BANK, payment(400_000))
        cancelled = here.when_nobody_acts(local("2017-07-01 10:00:01")).granted()
        assert cancelled.order.seeking
        late = payment(600_000, "p2", booked_at=local("2017-07-01 09:00"))
        cancelled.when(BANK, late).granted().stands(
            status=Status.IN_PRODUCTION, seeking=(), paid_minor=PRICE, released_minor=PRICE
        )

    def test_a08_a_bounced_payment_undoes_nothing(self) -> None:
        here = given().agreed().by(BANK, payment(400_000))
        cancelled = here.when_nobody_acts(local("2026-07-03 10:00:01")).granted()
        bounced = cancelled.by(BANK, c.RecordPaymentReversed(payment_id="p1", code="R01"))
        late = payment(600_000, "p2", booked_at=local("2026-07-02 10:00"))
        bounced.when(BANK, late).then(e.PaymentReceived, e.RefundDecided).stands(
            status=Status.CANCELLED
        )


class TestLatePayment:
    def test_a09_no_lateness_runs_while_money_is_missing(self) -> None:
        here = given().agreed().at(local("2026-07-02 12:00"))
        assert here.clock(ClockKind.SHIPMENT_DUE) is None
        assert here.clock(ClockKind.NEVER_SHIPPED) is None
        partly = here.by(BANK, payment(1))
        partly.when(BUYER, claim(Ground.LATE)).refused(
            Code.BUYER_IN_ARREARS, missing_minor=PRICE - 1
        )

    def test_a09_a_payment_after_the_shipment_date_moves_it_by_the_delay(self) -> None:
        here = given().agreed().at(local("2026-07-02 12:00")).by(BANK, payment(PRICE))
        here.stands(shipment_date=dt.date(2026, 7, 2))

    def test_a09_a_balance_after_its_due_date_moves_the_shipment_date_by_the_delay(self) -> None:
        paid = given(instalments=HALVES).paid(500_000)
        ready = paid.at(local("2026-05-11 09:00")).by(BUYER, booking()).by(INSPECTOR, report())
        assert ready.due_at(ClockKind.BALANCE) == local("2026-06-10 09:00")
        disputed = ready.at(local("2026-06-12 09:00"))
        disputed.by(BANK, payment(500_000, "p2")).stands(shipment_date=dt.date(2026, 7, 2))

    def test_a09_a_payment_in_time_moves_nothing(self) -> None:
        given().paid().stands(shipment_date=dt.date(2026, 6, 30))


class TestBounced:
    """A18: a return reopens what was due, freezes what is held; what was released the buyer owes."""

    def test_a18_production_stops_and_the_same_instant_is_due(self) -> None:
        here = given().paid(rail="e-checking", amount_minor=1_001_500)
        back = here.when(BANK, c.RecordPaymentReversed(payment_id="p1", code="R01")).then(
            e.PaymentReversed
        )
        back.stands(status=Status.AGREED, held_minor=0, paid_minor=0, buyer_owes_minor=0)
        assert back.due_at(ClockKind.FIRST_PAYMENT) == local("2026-07-03 10:00")
        assert back.balance_minor(Account.BANK) == 0
        back.when(BANK, payment(PRICE, "p2")).granted().stands(status=Status.IN_PRODUCTION)

    def test_a18_what_was_released_the_buyer_owes(self) -> None:
        here = given(GUARANTEE).paid(rail="e-checking", amount_minor=1_001_500)
        back = here.when(BANK, c.RecordPaymentReversed(payment_id="p1", code="R01")).granted()
        back.stands(buyer_owes_minor=PRICE, held_minor=0)
        assert back.balance_minor(Account.BUYER_RECEIVABLE) == PRICE

    def test_a18_an_excess_on_its_way_back_is_stopped_first(self) -> None:
        here = given().paid(rail="e-checking", amount_minor=1_101_500)
        assert here.balance_minor(Account.DUE_BUYER) == -100_000
        back = here.when(BANK, c.RecordPaymentReversed(payment_id="p1", code="R01")).granted()
        assert back.balance_minor(Account.DUE_BUYER) == 0
        back.stands(buyer_owes_minor=0, refunds=())

    def test_a18_a_balance_is_due_again_at_its_own_instant(self) -> None:
        """The deposit stands, so the order is not unpaid anew: who owes a balance is heard, not cancelled."""
        paid = given(instalments=HALVES).paid(500_000)
        ready = paid.at(local("2026-06-10 17:00")).by(BUYER, booking()).by(INSPECTOR, report())
        whole = ready.at(local("2026-06-15 10:00")).by(BANK, payment(500_000, "p2"))
        back = (
            whole.at(local("2026-06-18 09:00"))
            .when(BANK, c.RecordPaymentReversed(payment_id="p2", code="R01"))
            .then(e.PaymentReversed, e.BalanceFellDue)
        )
        back.stands(status=Status.IN_PRODUCTION, held_minor=500_000, paid_minor=500_000)
        assert back.due_at(ClockKind.BALANCE) == local("2026-07-10 17:00")
        unheard = back.at(local("2026-07-10 17:00:01")).settled()
        unheard.stands(status=Status.IN_PRODUCTION, held_minor=500_000)
        assert unheard.order.dispute is not None
        assert unheard.order.dispute.cause is DisputeCause.UNPAID_BALANCE
        again = back.when(BANK, payment(500_000, "p3")).granted()
        again.stands(status=Status.IN_PRODUCTION, balance_until=None, held_minor=PRICE)

    def test_a18_a_balance_paid_before_it_was_due_has_its_days_once_it_is(self) -> None:
        early = given(instalments=HALVES).paid(500_000)
        early = early.by(BANK, payment(500_000, "p2", for_all_instalments=True))
        reversal = c.RecordPaymentReversed(payment_id="p2", code="R01")
        early.when(BANK, reversal).then(e.PaymentReversed).stands(
            status=Status.IN_PRODUCTION, balance_until=None
        )
        passed = early.by(BUYER, booking()).by(INSPECTOR, report())
        back = passed.after(days(3)).when(BANK, reversal).then(e.PaymentReversed, e.BalanceFellDue)
        assert back.due_at(ClockKind.BALANCE) == back.now + days(30)

    def test_a18_what_is_held_is_frozen_until_the_balance_is_paid_again(self) -> None:
        paid = given(instalments=HALVES).paid(500_000)
        ready = paid.by(BUYER, booking()).by(INSPECTOR, report()).by(BANK, payment(500_000, "p2"))
        back = ready.by(SUPPLIER, shipment()).by(BANK, delivery())
        back = back.by(BANK, c.RecordPaymentReversed(payment_id="p2", code="R01"))
        confirmed = back.by(BUYER, c.ConfirmReceipt())
        confirmed.stands(status=Status.DELIVERED, held_minor=500_000, released_minor=0)
        assert confirmed.clock(ClockKind.CLAIM_WINDOW) is None
        whole = confirmed.after(days(20)).by(BANK, payment(500_000, "p3"))
        whole.after(days(20)).settled().stands(status=Status.COMPLETED, released_minor=PRICE)

    def test_it_bounces_once(self) -> None:
        here = given().paid().by(BANK, c.RecordPaymentReversed(payment_id="p1", code="R01"))
        here.when(BANK, c.RecordPaymentReversed(payment_id="p1", code="R01")).refused(
            Code.ALREADY_REVERSED
        )
        here.when(BANK, c.RecordPaymentReversed(payment_id="p9", code="R01")).refused(
            Code.UNKNOWN_REFERENCE
        )


class TestRefundsOut:
    def test_confirmations_never_exceed_what_is_due(self) -> None:
        here = given().agreed().by(BANK, payment(PRICE + 100))
        here.when(BANK, c.RecordRefundConfirmed(refund_id="r1", amount_minor=101)).refused(
            Code.MORE_THAN_DUE, due_minor=100
        )
        part = here.by(BANK, c.RecordRefundConfirmed(refund_id="r1", amount_minor=60))
        part.when(BANK, c.RecordRefundConfirmed(refund_id="r1", amount_minor=41)).refused(
            Code.MORE_THAN_DUE, due_minor=40
        )
        part.when(BANK, c.RecordRefundConfirmed(refund_id="r1", amount_minor=0)).refused(
            Code.AMOUNT_NOT_POSITIVE
        )
        part.by(BANK, c.RecordRefundConfirmed(refund_id="r1", amount_minor=40)).stands(refunds=())
        part.when(BANK, c.RecordRefundConfirmed(refund_id="r7", amount_minor=1)).refused(
            Code.UNKNOWN_REFERENCE
        )

    def test_r43_a_refund_not_sent_in_seven_business_days_is_published(self) -> None:
        here = given().agreed().by(BANK, payment(PRICE + 100))
        assert here.due_at(ClockKind.REFUND_SENT) == local("2026-05-13 23:59:59")
        after = here.when_nobody_acts(local("2026-05-14")).happened(e.PlatformBreached)
        after.stands(breaches=1)
        assert after.clock(ClockKind.REFUND_SENT) is None


def test_a38_the_payment_clock_waits_for_nothing_but_a_case() -> None:
    """A38: an order that is only unpaid is cancelled on its day."""
    here = given().agreed()
    assert here.due_at(ClockKind.FIRST_PAYMENT) == here.now + days(60)
    assert here.after(hours(60 * 24) + seconds(1)).settled().order.status is Status.CANCELLED


def test_goods_shipped_before_they_are_paid_are_recorded_and_wait() -> None:
    """A63: facts are facts; the order is under way once it is paid."""
    early = given().agreed().by(SUPPLIER, shipment()).stands(status=Status.AGREED)
    early.by(BANK, payment(PRICE)).stands(status=Status.SHIPPED)


class TestAwaitedPayments:
    """A18: an edition may believe a way to pay only after some banking days."""

    def awaiting(self, banking_days: int = 3) -> Given:
        here = given()
        ways = tuple(
            msgspec.structs.replace(way, confirm_after_banking_days=banking_days)
            if way.name == "e-checking"
            else way
            for way in here.policy.ways_to_pay
        )
        policy = msgspec.structs.replace(here.policy, ways_to_pay=ways)
        return msgspec.structs.replace(here, policy=policy).agreed()

    def check(self, here: Given, **more: Any) -> Answer:
        return here.when(BANK, payment(PRICE + 1_500, rail="e-checking", **more))

    def test_a18_it_counts_after_the_banking_days_and_is_no_money_before(self) -> None:
        """Agreed on Monday, 4 May 2026: the third banking day after it ends on Thursday."""
        here = self.check(self.awaiting()).then(
            e.PaymentAwaited, confirm_at=local("2026-05-07 23:59:59")
        )
        here.stands(status=Status.AGREED, paid_minor=0)
        assert here.balance_minor(Account.BANK) == 0
        counted = here.when_nobody_acts(local("2026-05-08 00:00:00"))
        counted.then(e.PaymentReceived, e.PaymentCompleted).stands(
            status=Status.IN_PRODUCTION, held_minor=PRICE, awaited=()
        )

    def test_a18_returned_before_it_counts_moves_nothing(self) -> None:
        here = self.check(self.awaiting()).granted().after(days(1))
        bounced = here.when(BANK, c.RecordPaymentReversed(payment_id="p1", code="R01"))
        bounced.then(e.AwaitedPaymentBounced).stands(status=Status.AGREED, awaited=())
        bounced.after.quiet().stands(status=Status.CANCELLED, buyer_owes_minor=0)

    def test_a08_a_booking_in_time_keeps_the_order_until_it_counts(self) -> None:
        here = self.awaiting()
        due = here.due_at(ClockKind.FIRST_PAYMENT)
        paid = self.check(here.at(due)).granted()
        assert paid.due_at(ClockKind.FIRST_PAYMENT) == paid.order.awaited[0].confirm_at
        later = paid.at(paid.order.awaited[0].confirm_at + seconds(1)).settled()
        later.stands(status=Status.IN_PRODUCTION)

    def test_a08_a_booking_too_late_does_not(self) -> None:
        here = self.awaiting()
        due = here.due_at(ClockKind.FIRST_PAYMENT)
        late = self.check(here.at(due + seconds(1))).after
        late.stands(status=Status.CANCELLED)
        late.quiet().stands(status=Status.CANCELLED, held_minor=0)
        assert late.quiet().balance_minor(Account.DUE_BUYER) == -(PRICE + 1_500)

    def test_the_same_payment_is_reported_once(self) -> None:
        here = self.check(self.awaiting()).granted()
        self.check(here).refused(Code.REFERENCE_REUSED)

    def test_no_banking_days_no_wait(self) -> None:
        self.check(self.awaiting(0)).then(e.PaymentReceived, e.PaymentCompleted)


class TestFeesOnRefunds:
    @pytest.mark.parametrize("edition", EDITIONS)
    def test_a15_the_processors_fee_stays_with_it_when_the_price_goes_back(
        self, edition: str
    ) -> None:
        """A15: nobody shipped, which is not the platform's doing: the price comes back, the card's fee does not."""
        here = given(edition).paid(1_028_000, rail="card").quiet()
        here.stands(status=Status.CANCELLED, returned_minor=PRICE)
        assert here.balance_minor(Account.PROCESSOR_FEE) == -28_000
        assert sum(refund.amount_minor for refund in here.order.refunds) == PRICE
