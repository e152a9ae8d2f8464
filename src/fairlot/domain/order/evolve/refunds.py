"""What the events of refunds did: decided, funded, taken back, confirmed. Total, never refuses."""

from __future__ import annotations

from msgspec.structs import replace

from fairlot.domain.order.events import (
    CancellationUndone,
    ExcessKept,
    PaymentFeeReturned,
    RecoveryBooked,
    RefundConfirmed,
    RefundDecided,
    RefundFunded,
    SetOffCameLate,
    SetOffUnanswered,
)
from fairlot.domain.order.evolve.given_back import with_given_back
from fairlot.domain.order.state import Order, Refund, Seeking, Status, Unanswered

# The cause of a refund of what a way to pay cost, borne by the platform (ruling A15).
PAYMENT_FEE = "payment_fee"
# A refund with this cause lowers what counts as paid instead of what was given back.
PRICE_CHANGE = "price_change"
# The cause of a refund that both sides settled on: the supplier may pay it itself first (ruling A78).
SETTLEMENT = "settlement"
# The cause of a cancellation for want of payment, and of the refund of what was paid until then.
UNPAID = "unpaid"


def excess_cause(payment_id: str) -> str:
    """Return the cause of the refund by which a payment's excess goes back."""
    return f"excess:{payment_id}"


def excess_kept(order: Order, event: ExcessKept) -> Order:
    funds = replace(
        order.funds,
        paid_minor=order.funds.paid_minor + event.amount_minor,
        held_minor=order.funds.held_minor + event.amount_minor,
    )
    cause = next(r.cause for r in order.refunds if r.id == event.refund_id)
    payments = tuple(
        replace(
            p,
            price_minor=p.price_minor + event.amount_minor,
            excess_minor=p.excess_minor - event.amount_minor,
        )
        if excess_cause(p.id) == cause
        else p
        for p in order.payments
    )
    kept = with_more(order.refunds, event.refund_id, -event.amount_minor)
    return without_empty(replace(order, funds=funds, refunds=kept, payments=payments))


def cancellation_undone(order: Order, event: CancellationUndone) -> Order:
    """Nothing counts as given back any more: what has really left does not count as paid either."""
    back = event.taken_back_minor
    charged_back = min(order.funds.charged_back_minor, order.funds.returned_minor)
    given_back = order.funds.returned_minor - charged_back
    gone = given_back - back - event.no_longer_sought_minor
    funds = replace(
        order.funds,
        paid_minor=order.funds.paid_minor - gone,
        held_minor=order.funds.held_minor + back,
        returned_minor=charged_back,
    )
    return without_empty(
        replace(
            order,
            status=Status.AGREED,
            cancelled_by_clock=False,
            payment_until=event.payment_until,
            funds=funds,
            refunds=with_more(order.refunds, event.refund_id, -back),
            seeking=tuple(s for s in order.seeking if s.cause != UNPAID),
        )
    )


def refund_decided(order: Order, event: RefundDecided) -> Order:
    sought = event.price_minor + event.fee_minor - event.from_held_minor
    funds = replace(
        order.funds,
        held_minor=order.funds.held_minor - event.from_held_minor,
        fees_returned_minor=order.funds.fees_returned_minor + event.fee_minor,
    )
    if event.cause == PRICE_CHANGE:
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
                set_off_asked=event.cause != SETTLEMENT,
            ),
        )
    inspections = tuple(
        replace(i, fee_returned=True) if i.id in event.inspection_ids else i
        for i in order.inspections
    )
    decided = replace(
        order,
        funds=funds,
        refunds=(*order.refunds, refund),
        refund_count=order.refund_count + 1,
        seeking=seeking,
        inspections=inspections,
    )
    return without_empty(with_given_back(decided, event.unshipped_minor, event.shipped_minor))


def payment_fee_returned(order: Order, event: PaymentFeeReturned) -> Order:
    refund = Refund(
        id=event.refund_id,
        amount_minor=event.amount_minor,
        currency=event.currency,
        cause=PAYMENT_FEE,
        due_at=event.due_at,
    )
    return replace(order, refunds=(*order.refunds, refund), refund_count=order.refund_count + 1)


def refund_funded(order: Order, event: RefundFunded) -> Order:
    seeking = tuple(s for s in order.seeking if s.refund_id != event.refund_id)
    sought = next((s for s in order.seeking if s.refund_id == event.refund_id), None)
    given_up_used = 0
    if sought is not None and sought.cause == PRICE_CHANGE:
        given_up_used = event.from_fund_minor - event.cover_used_minor
    unanswered = order.unanswered
    if sought is not None and sought.unanswered:
        unanswered = (*unanswered, _unanswered(sought, event, given_up_used))
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
        refunds = with_more(order.refunds, event.refund_id, funded)
    return without_empty(
        replace(
            order,
            funds=funds,
            refunds=refunds,
            seeking=seeking,
            unanswered=unanswered,
            cover_given_up_minor=order.cover_given_up_minor - given_up_used,
        )
    )


def _unanswered(sought: Seeking, event: RefundFunded, given_up_used_minor: int) -> Unanswered:
    return Unanswered(
        seeking=sought,
        from_fund_minor=event.from_fund_minor,
        cover_used_minor=event.cover_used_minor,
        given_up_used_minor=given_up_used_minor,
        uncovered_minor=event.uncovered_minor,
        platform_minor=event.platform_minor,
    )


def set_off_unanswered(order: Order, event: SetOffUnanswered) -> Order:
    marked = tuple(
        replace(s, unanswered=True) if s.refund_id == event.refund_id else s for s in order.seeking
    )
    return replace(order, seeking=marked)


def set_off_came_late(order: Order, event: SetOffCameLate) -> Order:
    funds = replace(
        order.funds,
        fund_paid_minor=order.funds.fund_paid_minor - event.to_fund_minor,
        cover_used_minor=order.funds.cover_used_minor - event.cover_back_minor,
        receivable_minor=order.funds.receivable_minor - event.to_fund_minor,
        uncovered_minor=order.funds.uncovered_minor - event.to_buyer_minor,
    )
    refund = Refund(
        id=event.back_id,
        amount_minor=event.to_buyer_minor,
        currency=event.currency,
        cause="set_off",
        due_at=event.due_at,
    )
    return without_empty(
        replace(
            order,
            funds=funds,
            refunds=(*order.refunds, refund),
            refund_count=order.refund_count + 1,
            unanswered=tuple(u for u in order.unanswered if u.seeking.refund_id != event.refund_id),
            cover_given_up_minor=order.cover_given_up_minor + event.given_up_back_minor,
        )
    )


def recovered(order: Order, event: RecoveryBooked) -> Order:
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


def with_more(refunds: tuple[Refund, ...], refund_id: str, amount_minor: int) -> tuple[Refund, ...]:
    return tuple(
        replace(r, amount_minor=r.amount_minor + amount_minor) if r.id == refund_id else r
        for r in refunds
    )


def without_empty(order: Order) -> Order:
    """Forget refunds that are paid whole, but for those that still seek their money."""
    seeking = {s.refund_id for s in order.seeking}
    refunds = tuple(
        r for r in order.refunds if r.amount_minor > r.confirmed_minor or r.id in seeking
    )
    return replace(order, refunds=refunds)


def refund_confirmed(order: Order, event: RefundConfirmed) -> Order:
    counted = tuple(
        replace(r, confirmed_minor=r.confirmed_minor + event.amount_minor)
        if r.id == event.refund_id
        else r
        for r in order.refunds
    )
    return without_empty(replace(order, refunds=counted))
