"""Decisions about money going back: confirmations, set-offs, repayments, recoveries."""

from __future__ import annotations

from fairlot.domain.money import split_by_weights
from fairlot.domain.order.asked import Asked, Story, in_business_days
from fairlot.domain.order.commands import (
    RecordInspectorPaid,
    RecordRecovery,
    RecordRefundConfirmed,
    RecordSetOff,
    RecordSupplierRepaid,
)
from fairlot.domain.order.events import (
    ChargebackCostRecovered,
    InspectorPaid,
    OrderEvent,
    PaymentFeeRecovered,
    RecoveryBooked,
    RefundConfirmed,
    SupplierRepaid,
)
from fairlot.domain.order.ids import refund_id_for
from fairlot.domain.order.refusals import Code, Refused, refuse_if
from fairlot.domain.order.rules.waterfall import came_late, funded
from fairlot.domain.order.standing import terms_of
from fairlot.domain.order.state import Order, Seeking


def confirm_refund(
    order: Order, command: RecordRefundConfirmed, asked: Asked
) -> tuple[OrderEvent, ...]:
    """Book what left for the buyer, never more than is due."""
    refund = next((r for r in order.refunds if r.id == command.refund_id), None)
    if refund is None:
        raise Refused(Code.UNKNOWN_REFERENCE, reference=command.refund_id)
    due = refund.amount_minor - refund.confirmed_minor
    refuse_if(command.amount_minor <= 0, Code.AMOUNT_NOT_POSITIVE)
    refuse_if(command.amount_minor > due, Code.MORE_THAN_DUE, due_minor=due)
    return (
        RefundConfirmed(
            at=asked.now,
            refund_id=refund.id,
            amount_minor=command.amount_minor,
            currency=refund.currency,
            rail=command.rail,
        ),
    )


def _sought(order: Order, refund_id: str) -> Seeking:
    for seeking in order.seeking:
        if seeking.refund_id == refund_id:
            return seeking
    raise Refused(Code.UNKNOWN_REFERENCE, reference=refund_id)


def record_set_off(order: Order, command: RecordSetOff, asked: Asked) -> tuple[OrderEvent, ...]:
    """The supplier's other payables gave their part; the fund pays the rest up to the cover (ruling A21).

    An answer that comes after the fund had to pay puts everything as it would have been in time.
    """
    late = next((u for u in order.unanswered if u.seeking.refund_id == command.refund_id), None)
    seeking = late.seeking if late is not None else _sought(order, command.refund_id)
    due = seeking.price_minor + seeking.fee_minor - seeking.from_supplier_minor
    refuse_if(not 0 <= command.taken_minor <= due, Code.MORE_THAN_DUE, due_minor=due)
    taken_minor = command.taken_minor
    if late is not None:
        policy = asked.policy
        return (came_late(order, late, taken_minor=taken_minor, at=asked.now, policy=policy),)
    return (funded(order, seeking, taken_minor=taken_minor, at=asked.now),)


def record_supplier_repaid(
    order: Order, command: RecordSupplierRepaid, asked: Asked
) -> tuple[OrderEvent, ...]:
    """The supplier paid towards a refund that still seeks its money; once whole, nothing is sought any more."""
    seeking = _sought(order, command.refund_id)
    due = seeking.price_minor + seeking.fee_minor - seeking.from_supplier_minor
    refuse_if(command.amount_minor <= 0, Code.AMOUNT_NOT_POSITIVE)
    refuse_if(command.amount_minor > due, Code.MORE_THAN_DUE, due_minor=due)
    story = Story(order)
    story.add(
        SupplierRepaid(
            at=asked.now,
            refund_id=seeking.refund_id,
            amount_minor=command.amount_minor,
            currency=terms_of(order).currency,
        )
    )
    if command.amount_minor == due:
        whole = _sought(story.order, seeking.refund_id)
        story.add(funded(story.order, whole, taken_minor=0, at=asked.now))
    return story.told()


def record_recovery(order: Order, command: RecordRecovery, asked: Asked) -> tuple[OrderEvent, ...]:
    """What the supplier gave back serves the fund and the buyer's uncovered part pro rata (A27); our own cost comes last."""
    shared_minor = order.funds.receivable_minor + order.funds.uncovered_minor
    fees_minor = order.funds.fee_receivable_minor
    due_minor = shared_minor + fees_minor + order.funds.cost_receivable_minor
    refuse_if(command.amount_minor <= 0, Code.AMOUNT_NOT_POSITIVE)
    refuse_if(command.amount_minor > due_minor, Code.MORE_THAN_DUE, due_minor=due_minor)
    events: list[OrderEvent] = []
    shared_minor = min(command.amount_minor, shared_minor)
    if shared_minor > 0:
        events.append(_shared(order, command.recovery_id, shared_minor, asked))
    left_minor = command.amount_minor - shared_minor
    fees_minor = min(left_minor, fees_minor)
    costs = ((PaymentFeeRecovered, fees_minor), (ChargebackCostRecovered, left_minor - fees_minor))
    events += [
        recovered(
            at=asked.now,
            recovery_id=command.recovery_id,
            amount_minor=amount_minor,
            currency=terms_of(order).currency,
        )
        for recovered, amount_minor in costs
        if amount_minor > 0
    ]
    return tuple(events)


def _shared(order: Order, recovery_id: str, amount_minor: int, asked: Asked) -> RecoveryBooked:
    owed = (order.funds.receivable_minor, order.funds.uncovered_minor)
    if asked.policy.money.recover_pro_rata:
        to_fund, to_buyer = split_by_weights(amount_minor, owed)
    else:
        to_fund = min(amount_minor, owed[0])
        to_buyer = amount_minor - to_fund
    days = asked.policy.clocks.refund_sent_business_days
    return RecoveryBooked(
        at=asked.now,
        recovery_id=recovery_id,
        currency=terms_of(order).currency,
        to_fund_minor=to_fund,
        to_buyer_minor=to_buyer,
        refund_id=refund_id_for(order),
        due_at=in_business_days(order, asked.now, days, asked.policy),
    )


def record_inspector_paid(
    order: Order, command: RecordInspectorPaid, asked: Asked
) -> tuple[OrderEvent, ...]:
    """The company that reported got its fee, once."""
    inspection = next((i for i in order.inspections if i.id == command.inspection_id), None)
    if inspection is None or inspection.report is None:
        raise Refused(Code.UNKNOWN_REFERENCE, reference=command.inspection_id)
    refuse_if(inspection.paid or inspection.fee_minor == 0, Code.MORE_THAN_DUE, due_minor=0)
    return (
        InspectorPaid(
            at=asked.now,
            inspection_id=inspection.id,
            amount_minor=inspection.fee_minor,
            currency=terms_of(order).currency,
        ),
    )
