"""Events of money: payments, refunds, releases, and how the order ends; each carries its amounts."""

from __future__ import annotations

import datetime as dt

import msgspec

from fairlot.domain.order.events.shape import Event


class PaymentReceived(Event, frozen=True, kw_only=True):
    """Money for the order was booked: its price part, the fee of the way to pay, and what was too much."""

    payment_id: str
    rail: str
    amount_minor: int
    price_minor: int
    fee_minor: int
    excess_minor: int
    currency: str
    booked_at: dt.datetime
    fee_basis_points: int = 0
    fee_fixed_minor: int = 0


class PaymentCompleted(Event, frozen=True, kw_only=True):
    """Everything due so far is paid; a late payment moves the shipment date by the delay (ruling A09)."""

    shipment_date: dt.date | None
    shipment_until: dt.datetime | None


class BalanceFellDue(Event, frozen=True, kw_only=True):
    """More of the price is due than is paid: a change costs more (ruling A11), or a balance bounced (ruling A18)."""

    amount_minor: int
    currency: str
    balance_until: dt.datetime


class CancellationUndone(Event, frozen=True, kw_only=True):
    """A payment booked in time came to light after the order was cancelled as unpaid (ruling A08).

    What was on its way back is the order's again; for what is already back the buyer gets new time to pay.
    """

    refund_id: str
    taken_back_minor: int
    no_longer_sought_minor: int
    currency: str
    payment_until: dt.datetime


class PaymentSuspended(Event, frozen=True, kw_only=True):
    """Money arrived that the order cannot take; it waits until it goes back."""

    payment_id: str
    rail: str
    amount_minor: int
    currency: str
    return_at: dt.datetime


class SuspenseReturned(Event, frozen=True, kw_only=True):
    """Suspended money is due back to its sender."""

    payment_id: str
    rail: str
    amount_minor: int
    currency: str
    refund_id: str
    due_at: dt.datetime


class PaymentReversed(Event, frozen=True, kw_only=True):
    """A payment bounced: what was held is gone, what was already released the buyer owes (ruling A18)."""

    payment_id: str
    rail: str
    code: str
    amount_minor: int
    price_minor: int
    fee_minor: int
    from_held_minor: int
    from_excess_minor: int
    excess_refund_id: str
    buyer_owes_minor: int
    currency: str


class FeeConsented(Event, frozen=True, kw_only=True):
    """The buyer agreed to a fee that has risen since the agreement (ruling A80)."""

    rail: str
    fee_basis_points: int
    fee_fixed_minor: int
    currency: str


class ExcessKept(Event, frozen=True, kw_only=True):
    """The buyer chose to leave an overpayment for the next instalment."""

    refund_id: str
    amount_minor: int
    currency: str


class OrderCancelled(Event, frozen=True, kw_only=True):
    """The order ended by its clock: unpaid, or never shipped."""

    reason: str


class FundsReleased(Event, frozen=True, kw_only=True):
    """Held money is the supplier's now; of one shipment alone where the policy releases so."""

    amount_minor: int
    currency: str
    cause: str
    shipment_id: str = ""


class RefundDecided(Event, frozen=True, kw_only=True):
    """The buyer is to get money back: from what is held first; the rest is sought (programme, section 5).

    `price_minor` is part of the price, `fee_minor` inspection fees that come back, `excess_minor` overpayment.
    `unshipped_minor` is per line what of it is given back for pieces that have not left, `shipped_minor` the same per
    shipment for those that did.
    """

    refund_id: str
    cause: str
    currency: str
    price_minor: int
    fee_minor: int
    excess_minor: int
    from_held_minor: int
    due_at: dt.datetime
    seek_until: dt.datetime | None = None
    inspection_ids: tuple[str, ...] = ()
    unshipped_minor: dict[int, int] | msgspec.UnsetType = msgspec.UNSET
    shipped_minor: dict[str, dict[int, int]] | msgspec.UnsetType = msgspec.UNSET


class PaymentFeeReturned(Event, frozen=True, kw_only=True):
    """The platform caused the cancellation: it gives back what a way to pay cost the buyer (ruling A15)."""

    payment_id: str
    rail: str
    refund_id: str
    amount_minor: int
    currency: str
    due_at: dt.datetime


class RefundFunded(Event, frozen=True, kw_only=True):
    """Where the part of a refund that was not held came from: the supplier's payables, then the fund, else nobody."""

    refund_id: str
    currency: str
    from_payables_minor: int
    from_fund_minor: int
    cover_used_minor: int
    uncovered_minor: int
    platform_minor: int = 0
    chargeback: bool = False


class SetOffSought(Event, frozen=True, kw_only=True):
    """The supplier did not pay its settlement in time: its other payables are asked before the fund (A21, A78)."""

    refund_id: str
    amount_minor: int
    currency: str
    seek_until: dt.datetime


class SetOffUnanswered(Event, frozen=True, kw_only=True):
    """Nobody said in time what the supplier's other payables give: the fund pays first, and the answer makes it whole."""

    refund_id: str


class SetOffCameLate(Event, frozen=True, kw_only=True):
    """The answer came after the fund had paid: from now on all is as if it had come in time (rulings A21, A27)."""

    refund_id: str
    currency: str
    to_fund_minor: int
    to_buyer_minor: int
    to_platform_minor: int
    cover_back_minor: int
    given_up_back_minor: int
    chargeback: bool
    # The refund by which the buyer gets its part.
    back_id: str
    due_at: dt.datetime


class PaymentAwaited(Event, frozen=True, kw_only=True):
    """A payment was reported that its edition believes only after some banking days; until then it is no money (A18)."""

    payment_id: str
    rail: str
    amount_minor: int
    currency: str
    booked_at: dt.datetime
    booked_date: dt.date | None
    for_all_instalments: bool
    confirm_at: dt.datetime


class AwaitedPaymentBounced(Event, frozen=True, kw_only=True):
    """A payment that was still awaited did not come: nothing had been booked of it."""

    payment_id: str
    rail: str
    code: str
    amount_minor: int
    currency: str


class SupplierRepaid(Event, frozen=True, kw_only=True):
    """The supplier paid into the programme towards a refund that still seeks its money."""

    refund_id: str
    amount_minor: int
    currency: str


class RecoveryBooked(Event, frozen=True, kw_only=True):
    """Money recovered from the supplier: to the fund, and to the buyer's uncovered part (ruling A27)."""

    recovery_id: str
    currency: str
    to_fund_minor: int
    to_buyer_minor: int
    refund_id: str
    due_at: dt.datetime


class RefundConfirmed(Event, frozen=True, kw_only=True):
    """The provider confirmed that a refund left."""

    refund_id: str
    amount_minor: int
    currency: str
    rail: str


class OrderCompleted(Event, frozen=True, kw_only=True):
    """The order is fulfilled; claims stay possible until the windows end."""


class OrderClosed(Event, frozen=True, kw_only=True):
    """No claim can arise any more."""


class OrderRefunded(Event, frozen=True, kw_only=True):
    """The order ended with all the money back to the buyer."""


class OrderSettled(Event, frozen=True, kw_only=True):
    """The order ended with the money divided."""


FundingEvent = (
    PaymentReceived
    | PaymentCompleted
    | BalanceFellDue
    | CancellationUndone
    | PaymentSuspended
    | SuspenseReturned
    | PaymentReversed
    | FeeConsented
    | ExcessKept
    | OrderCancelled
    | FundsReleased
    | RefundDecided
    | PaymentFeeReturned
    | RefundFunded
    | SetOffSought
    | SetOffUnanswered
    | SetOffCameLate
    | PaymentAwaited
    | AwaitedPaymentBounced
    | SupplierRepaid
    | RecoveryBooked
    | RefundConfirmed
    | OrderCompleted
    | OrderClosed
    | OrderRefunded
    | OrderSettled
)
