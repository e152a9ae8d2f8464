"""What a way to pay costs whoever bears it: no more than was agreed to, then or by the buyer since (ruling A80)."""

from __future__ import annotations

import datetime as dt

from fairlot.domain.order.asked import Asked
from fairlot.domain.order.commands import ConsentToFee
from fairlot.domain.order.decisions.buyer_debt import refuse_blocked
from fairlot.domain.order.events import FeeConsented, OrderEvent
from fairlot.domain.order.refusals import Code, Refused, refuse_if
from fairlot.domain.order.rules.supplier_fees import is_borne_by_supplier
from fairlot.domain.order.standing import terms_of
from fairlot.domain.order.state import Order
from fairlot.domain.policy.fees import fee_rise_minor, way_charged, way_in_force
from fairlot.domain.policy.model import PaymentWay


def way_of(order: Order, rail: str, booked_at: dt.datetime, asked: Asked) -> PaymentWay:
    """Return the way to pay at which a payment was booked, or refuse."""
    terms = terms_of(order)
    way = way_charged(
        asked.policy,
        rail,
        amount_minor=terms.total_minor,
        currency=terms.currency,
        agreed_at=fee_known_at(order, rail, booked_at),
        at=booked_at,
    )
    if way is None or not way.offered:
        raise Refused(Code.WAY_TO_PAY_NOT_OFFERED, way=rail)
    return way


def fee_known_at(order: Order, rail: str, at: dt.datetime) -> dt.datetime | None:
    """Return when its bearer last agreed to what a way to pay costs: in the agreement, or the buyer to a rise since."""
    if is_borne_by_supplier(order):
        return order.agreed_at
    consented_at = order.fees_consented.get(rail)
    return order.agreed_at if consented_at is None or consented_at > at else consented_at


def consent_to_fee(order: Order, command: ConsentToFee, asked: Asked) -> tuple[OrderEvent, ...]:
    """Take the buyer's consent to what a way to pay has come to cost since it last agreed to it."""
    terms = terms_of(order)
    refuse_if(is_borne_by_supplier(order), Code.FEE_BORNE_BY_SUPPLIER)
    way = way_in_force(asked.policy, command.rail, asked.now)
    if way is None or not way.offered:
        raise Refused(Code.WAY_TO_PAY_NOT_OFFERED, way=command.rail)
    refuse_blocked(order, command.rail)
    known_at = fee_known_at(order, command.rail, asked.now)
    assert known_at is not None, "the order is agreed"
    rise_minor = fee_rise_minor(
        asked.policy,
        command.rail,
        amount_minor=terms.total_minor,
        currency=terms.currency,
        agreed_at=known_at,
        at=asked.now,
    )
    refuse_if(rise_minor == 0, Code.FEE_NOT_RISEN, way=command.rail)
    return (
        FeeConsented(
            at=asked.now,
            rail=command.rail,
            fee_basis_points=way.fee_basis_points,
            fee_fixed_minor=way.fee_fixed_minor.get(terms.currency, 0),
            currency=terms.currency,
        ),
    )
