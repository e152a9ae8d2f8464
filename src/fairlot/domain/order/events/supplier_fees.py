"""Events of a payment's fee that the contract lays on the supplier; each carries its amounts."""

from __future__ import annotations

from fairlot.domain.order.events.shape import Event


class PaymentFeeLaid(Event, frozen=True, kw_only=True):
    """The contract lays the payment's fee on the supplier: the buyer paid the price alone, the processor keeps the fee."""

    payment_id: str
    rail: str
    amount_minor: int
    currency: str
    fee_basis_points: int
    fee_fixed_minor: int


class PaymentFeeTaken(Event, frozen=True, kw_only=True):
    """A payment's fee was taken out of money that is released to the supplier in the same instant."""

    payment_id: str
    amount_minor: int
    currency: str
    cause: str
    shipment_id: str


class PaymentFeeCharged(Event, frozen=True, kw_only=True):
    """Nothing is left to be released: what is still owed of a payment's fee is the supplier's debt."""

    payment_id: str
    amount_minor: int
    currency: str


class PaymentFeeLifted(Event, frozen=True, kw_only=True):
    """The supplier does not bear a payment's fee any more: the payment bounced, or the platform cancelled (ruling A15).

    `advanced_minor` the platform had advanced; `given_back_minor` had been taken from the supplier or charged to it;
    `lost_minor` the platform had taken on itself before the payment bounced.
    """

    payment_id: str
    rail: str
    advanced_minor: int
    given_back_minor: int
    lost_minor: int
    currency: str
    by_platform: bool


class PaymentFeeRecovered(Event, frozen=True, kw_only=True):
    """The supplier's account paid a payment's fee that no release had covered."""

    recovery_id: str
    amount_minor: int
    currency: str


SupplierFeeEvent = (
    PaymentFeeLaid | PaymentFeeTaken | PaymentFeeCharged | PaymentFeeLifted | PaymentFeeRecovered
)
