"""What the events of money did; the same sums stand in the ledger. Total, never refuses."""

from __future__ import annotations

from msgspec.structs import replace

from fairlot.domain.order.events import (
    CancellationUndone,
    ExcessKept,
    FundingEvent,
    FundsReleased,
    OrderCancelled,
    OrderClosed,
    OrderCompleted,
    OrderRefunded,
    OrderSettled,
    PaymentCompleted,
    PaymentReceived,
    PaymentReversed,
    PaymentSuspended,
    RecoveryBooked,
    RefundConfirmed,
    RefundDecided,
    RefundFunded,
    SupplierRepaid,
    SuspenseReturned,
)
from fairlot.domain.order.evolve.goods import with_goods_status
from fairlot.domain.order.state import (
    ON_THE_WAY,
    Order,
    Payment,
    PaymentStatus,
    Refund,
    Seeking,
    Shipment,
    Status,
    SuspenseItem,
)

PRICE_CHANGE = "price_change"
UNPAID = "unpaid"
# Refunds with these causes lower what counts as paid instead of what was given back: the agreement never kept it.
LOWERS_PAID = frozenset({PRICE_CHANGE, UNPAID})


def evolve_funding(order: Order, event: FundingEvent) -> Order:  # noqa: C901, PLR0912  (one straight dispatch)
    """Return the order after an event of money."""
    match event:
        case PaymentReceived():
            return _received(order, event)
        case PaymentCompleted():
            status = Status.IN_PRODUCTION if order.status is Status.AGREED else order.status
            order = with_goods_status(replace(order, status=status))
            return replace(
                order,
                payment_completed_at=event.at,
                balance_until=None,
                shipment_date=event.shipment_date,
                shipment_until=event.shipment_until,
            )
        case CancellationUndone():
            return _undone(order, event)
        case PaymentSuspended():
            item = SuspenseItem(
                payment_id=event.payment_id,
                rail=event.rail,
                amount_minor=event.amount_minor,
                currency=event.currency,
                return_at=event.return_at,
            )
            return replace(order, suspense=(*order.suspense, item))
        case SuspenseReturned():
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
        case PaymentReversed():
            return _reversed(order, event)
        case ExcessKept():
            funds = replace(
                order.funds,
                paid_minor=order.funds.paid_minor + event.amount_minor,
                held_minor=order.funds.held_minor + event.amount_minor,
            )
            kept = _more(order.refunds, event.refund_id, -event.amount_minor)
            return _without_empty(replace(order, funds=funds, refunds=kept, kept_excess=True))
        case OrderCancelled():
            return replace(
                order, status=Status.CANCELLED, cancelled_by_clock=event.reason == UNPAID
            )
        case FundsReleased():
            funds = replace(
                order.funds,
                held_minor=order.funds.held_minor - event.amount_minor,
                released_minor=order.funds.released_minor + event.amount_minor,
            )
            return replace(order, funds=funds, shipments=_released(order, event))
        case RefundDecided():
            return _refund_decided(order, event)
        case RefundFunded():
            return _refund_funded(order, event)
        case SupplierRepaid():
            seeking = tuple(
                replace(s, from_supplier_minor=s.from_supplier_minor + event.amount_minor)
                if s.refund_id == event.refund_id
                else s
                for s in order.seeking
            )
            refunds = _more(order.refunds, event.refund_id, event.amount_minor)
            return replace(order, seeking=seeking, refunds=refunds)
        case RecoveryBooked():
            return _recovered(order, event)
        case RefundConfirmed():
            return _confirmed(order, event)
        case OrderCompleted():
            return replace(order, status=Status.COMPLETED)
        case OrderClosed():
            return replace(order, status=Status.CLOSED)
        case OrderRefunded():
            return replace(order, status=Status.REFUNDED)
        case OrderSettled():
            return replace(order, status=Status.SETTLED)


def _released(order: Order, event: FundsReleased) -> tuple[Shipment, ...]:
    if not event.shipment_id:
        return order.shipments
    return tuple(
        replace(s, is_released=True) if s.id == event.shipment_id else s for s in order.shipments
    )


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
    return replace(order, payments=(*order.payments, payment), funds=funds)


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
    status = Status.AGREED if order.status in ON_THE_WAY else order.status
    refunds = _more(order.refunds, event.excess_refund_id, -event.from_excess_minor)
    return _without_empty(
        replace(
            order,
            payments=payments,
            funds=funds,
            refunds=refunds,
            status=status,
            resumed_at=event.at,
        )
    )


def _undone(order: Order, event: CancellationUndone) -> Order:
    back = event.taken_back_minor
    funds = replace(
        order.funds,
        paid_minor=order.funds.paid_minor + back + event.no_longer_sought_minor,
        held_minor=order.funds.held_minor + back,
    )
    return _without_empty(
        replace(
            order,
            status=Status.AGREED,
            cancelled_by_clock=False,
            payment_until=event.payment_until,
            funds=funds,
            refunds=_more(order.refunds, event.refund_id, -back),
            seeking=tuple(s for s in order.seeking if s.cause != UNPAID),
        )
    )


def _refund_decided(order: Order, event: RefundDecided) -> Order:
    sought = event.price_minor + event.fee_minor - event.from_held_minor
    funds = replace(
        order.funds,
        held_minor=order.funds.held_minor - event.from_held_minor,
        fees_returned_minor=order.funds.fees_returned_minor + event.fee_minor,
    )
    if event.cause in LOWERS_PAID:
        funds = replace(funds, paid_minor=funds.paid_minor - event.price_minor)
    else:
        funds = replace(funds, returned_minor=funds.returned_minor + event.price_minor)
    refund = Refund(
        id=event.refund_id,
        amount_minor=event.from_held_minor + event.excess_minor,
        currency=event.currency,
        cause=event.cause,
        due_at=event.due_at,
    )
    seeking = order.seeking
    if sought > 0:
        assert event.seek_until is not None
        price_from_held = min(event.price_minor, event.from_held_minor)
        seeking = (
            *seeking,
            Seeking(
                refund_id=event.refund_id,
                cause=event.cause,
                price_minor=event.price_minor - price_from_held,
                fee_minor=event.fee_minor - (event.from_held_minor - price_from_held),
                until=event.seek_until,
            ),
        )
    inspections = tuple(
        replace(i, fee_returned=True) if i.id in event.inspection_ids else i
        for i in order.inspections
    )
    return _without_empty(
        replace(
            order,
            funds=funds,
            refunds=(*order.refunds, refund),
            refund_count=order.refund_count + 1,
            seeking=seeking,
            inspections=inspections,
        )
    )


def _refund_funded(order: Order, event: RefundFunded) -> Order:
    seeking = tuple(s for s in order.seeking if s.refund_id != event.refund_id)
    funds = replace(
        order.funds,
        fund_paid_minor=order.funds.fund_paid_minor + event.from_fund_minor,
        cover_used_minor=order.funds.cover_used_minor + event.cover_used_minor,
        receivable_minor=order.funds.receivable_minor + event.from_fund_minor,
        uncovered_minor=order.funds.uncovered_minor + event.uncovered_minor,
    )
    refunds = order.refunds
    if not event.chargeback:
        funded = event.from_payables_minor + event.from_fund_minor
        refunds = _more(order.refunds, event.refund_id, funded)
    return _without_empty(replace(order, funds=funds, refunds=refunds, seeking=seeking))


def _recovered(order: Order, event: RecoveryBooked) -> Order:
    funds = replace(
        order.funds,
        receivable_minor=order.funds.receivable_minor - event.to_fund_minor,
        fund_paid_minor=order.funds.fund_paid_minor - event.to_fund_minor,
        uncovered_minor=order.funds.uncovered_minor - event.to_buyer_minor,
    )
    refunds = order.refunds
    if event.to_buyer_minor > 0:
        refund = Refund(
            id=event.refund_id,
            amount_minor=event.to_buyer_minor,
            currency=event.currency,
            cause="recovery",
            due_at=event.due_at,
        )
        refunds = (*refunds, refund)
    return replace(order, funds=funds, refunds=refunds, refund_count=order.refund_count + 1)


def _more(refunds: tuple[Refund, ...], refund_id: str, amount_minor: int) -> tuple[Refund, ...]:
    return tuple(
        replace(r, amount_minor=r.amount_minor + amount_minor) if r.id == refund_id else r
        for r in refunds
    )


def _without_empty(order: Order) -> Order:
    """Forget refunds that are paid whole, but for those that still seek their money."""
    seeking = {s.refund_id for s in order.seeking}
    refunds = tuple(
        r for r in order.refunds if r.amount_minor > r.confirmed_minor or r.id in seeking
    )
    return replace(order, refunds=refunds)


def _confirmed(order: Order, event: RefundConfirmed) -> Order:
    counted = tuple(
        replace(r, confirmed_minor=r.confirmed_minor + event.amount_minor)
        if r.id == event.refund_id
        else r
        for r in order.refunds
    )
    return _without_empty(replace(order, refunds=counted))
