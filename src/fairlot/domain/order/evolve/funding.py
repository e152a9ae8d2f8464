"""What the events of money did; the same sums stand in the ledger. Total, never refuses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from fairlot.domain.order.events import (
    AwaitedPaymentBounced,
    BalanceFellDue,
    CancellationUndone,
    Event,
    ExcessKept,
    FeeConsented,
    FundsReleased,
    OrderCancelled,
    OrderClosed,
    OrderCompleted,
    OrderRefunded,
    OrderSettled,
    PaymentAwaited,
    PaymentCompleted,
    PaymentFeeReturned,
    PaymentReceived,
    PaymentReversed,
    PaymentSuspended,
    RecoveryBooked,
    RefundConfirmed,
    RefundDecided,
    RefundFunded,
    SetOffCameLate,
    SetOffSought,
    SetOffUnanswered,
    SupplierRepaid,
    SuspenseReturned,
)
from fairlot.domain.order.evolve.goods import with_goods_status
from fairlot.domain.order.evolve.refunds import (
    UNPAID,
    cancellation_undone,
    excess_kept,
    payment_fee_returned,
    recovered,
    refund_confirmed,
    refund_decided,
    refund_funded,
    set_off_came_late,
    set_off_unanswered,
    with_more,
    without_empty,
)
from fairlot.domain.order.evolve.released import released_shipments
from fairlot.domain.order.standing import first_asked_minor, has_bounced
from fairlot.domain.order.state import (
    ON_THE_WAY,
    AwaitedPayment,
    Order,
    Payment,
    PaymentStatus,
    Refund,
    Status,
    SuspenseItem,
)


def _payment_completed(order: Order, event: PaymentCompleted) -> Order:
    status = Status.IN_PRODUCTION if order.status is Status.AGREED else order.status
    paid = replace(
        order,
        status=status,
        # What waited for the price of a credit that did not pay, or of a payment that bounced, acts from now on.
        resumed_at=event.at if order.credit is not None or has_bounced(order) else order.resumed_at,
        payment_completed_at=event.at,
        balance_until=None,
        balance_met_until=order.balance_until or order.balance_met_until,
        shipment_date=event.shipment_date,
        shipment_until=event.shipment_until,
    )
    return with_goods_status(paid)


def _payment_suspended(order: Order, event: PaymentSuspended) -> Order:
    item = SuspenseItem(
        payment_id=event.payment_id,
        rail=event.rail,
        amount_minor=event.amount_minor,
        currency=event.currency,
        return_at=event.return_at,
    )
    return replace(order, suspense=(*order.suspense, item))


def _suspense_returned(order: Order, event: SuspenseReturned) -> Order:
    left = tuple(i for i in order.suspense if i.payment_id != event.payment_id)
    refund = Refund(
        id=event.refund_id,
        amount_minor=event.amount_minor,
        currency=event.currency,
        cause="suspense",
        due_at=event.due_at,
    )
    return replace(
        order,
        suspense=left,
        refunds=(*order.refunds, refund),
        refund_count=order.refund_count + 1,
    )


def _fee_consented(order: Order, event: FeeConsented) -> Order:
    return replace(order, fees_consented={**order.fees_consented, event.rail: event.at})


def _order_cancelled(order: Order, event: OrderCancelled) -> Order:
    return replace(order, status=Status.CANCELLED, cancelled_by_clock=event.reason == UNPAID)


def _funds_released(order: Order, event: FundsReleased) -> Order:
    funds = replace(
        order.funds,
        held_minor=order.funds.held_minor - event.amount_minor,
        released_minor=order.funds.released_minor + event.amount_minor,
    )
    return replace(order, funds=funds, shipments=released_shipments(order, event))


def _awaited_payment_bounced(order: Order, event: AwaitedPaymentBounced) -> Order:
    return replace(order, awaited=_without_awaited(order, event.payment_id))


def _balance_fell_due(order: Order, event: BalanceFellDue) -> Order:
    return replace(order, balance_until=event.balance_until)


def _set_off_sought(order: Order, event: SetOffSought) -> Order:
    asked = tuple(
        replace(s, set_off_asked=True, until=event.seek_until)
        if s.refund_id == event.refund_id
        else s
        for s in order.seeking
    )
    return replace(order, seeking=asked)


def _supplier_repaid(order: Order, event: SupplierRepaid) -> Order:
    seeking = tuple(
        replace(s, from_supplier_minor=s.from_supplier_minor + event.amount_minor)
        if s.refund_id == event.refund_id
        else s
        for s in order.seeking
    )
    refunds = with_more(order.refunds, event.refund_id, event.amount_minor)
    return replace(order, seeking=seeking, refunds=refunds)


def _order_completed(order: Order, _: OrderCompleted) -> Order:
    return replace(order, status=Status.COMPLETED)


def _order_closed(order: Order, _: OrderClosed) -> Order:
    return replace(order, status=Status.CLOSED)


def _order_refunded(order: Order, _: OrderRefunded) -> Order:
    return replace(order, status=Status.REFUNDED)


def _order_settled(order: Order, _: OrderSettled) -> Order:
    return replace(order, status=Status.SETTLED)


def _received(order: Order, event: PaymentReceived) -> Order:
    payment = Payment(
        id=event.payment_id,
        rail=event.rail,
        amount_minor=event.amount_minor,
        price_minor=event.price_minor,
        fee_minor=event.fee_minor,
        excess_minor=event.excess_minor,
        booked_at=event.booked_at,
    )
    funds = replace(
        order.funds,
        paid_minor=order.funds.paid_minor + event.price_minor,
        held_minor=order.funds.held_minor + event.price_minor,
    )
    awaited = _without_awaited(order, event.payment_id)
    return replace(order, payments=(*order.payments, payment), funds=funds, awaited=awaited)


def _awaited(order: Order, event: PaymentAwaited) -> Order:
    payment = AwaitedPayment(
        id=event.payment_id,
        rail=event.rail,
        amount_minor=event.amount_minor,
        currency=event.currency,
        booked_at=event.booked_at,
        booked_date=event.booked_date,
        for_all_instalments=event.for_all_instalments,
        confirm_at=event.confirm_at,
    )
    return replace(order, awaited=(*order.awaited, payment))


def _without_awaited(order: Order, payment_id: str) -> tuple[AwaitedPayment, ...]:
    return tuple(payment for payment in order.awaited if payment.id != payment_id)


def _reversed(order: Order, event: PaymentReversed) -> Order:
    payments = tuple(
        replace(p, status=PaymentStatus.REVERSED) if p.id == event.payment_id else p
        for p in order.payments
    )
    funds = replace(
        order.funds,
        paid_minor=order.funds.paid_minor - event.price_minor,
        held_minor=order.funds.held_minor - event.from_held_minor,
        buyer_owes_minor=order.funds.buyer_owes_minor + event.buyer_owes_minor,
    )
    # With the first instalment still there, only what was due after it is due again.
    reopened = order.status in ON_THE_WAY and funds.paid_minor < first_asked_minor(order)
    status = Status.AGREED if reopened else order.status
    refunds = with_more(order.refunds, event.excess_refund_id, -event.from_excess_minor)
    return without_empty(
        replace(
            order,
            payments=payments,
            funds=funds,
            refunds=refunds,
            status=status,
            resumed_at=event.at,
        )
    )


FUNDING: dict[type[Event], Callable[[Order, Any], Order]] = {
    PaymentReceived: _received,
    PaymentCompleted: _payment_completed,
    BalanceFellDue: _balance_fell_due,
    CancellationUndone: cancellation_undone,
    PaymentSuspended: _payment_suspended,
    SuspenseReturned: _suspense_returned,
    PaymentReversed: _reversed,
    FeeConsented: _fee_consented,
    ExcessKept: excess_kept,
    OrderCancelled: _order_cancelled,
    FundsReleased: _funds_released,
    RefundDecided: refund_decided,
    PaymentFeeReturned: payment_fee_returned,
    RefundFunded: refund_funded,
    PaymentAwaited: _awaited,
    AwaitedPaymentBounced: _awaited_payment_bounced,
    SetOffSought: _set_off_sought,
    SetOffUnanswered: set_off_unanswered,
    SetOffCameLate: set_off_came_late,
    SupplierRepaid: _supplier_repaid,
    RecoveryBooked: recovered,
    RefundConfirmed: refund_confirmed,
    OrderCompleted: _order_completed,
    OrderClosed: _order_closed,
    OrderRefunded: _order_refunded,
    OrderSettled: _order_settled,
}
