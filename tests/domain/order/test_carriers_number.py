"""A carrier's number that does not move ships nothing, and dates the goods when it moves after all (ruling A34)."""

from __future__ import annotations

import datetime as dt

import pytest

from fairlot.domain.order import commands as c
from fairlot.domain.order import quantities
from fairlot.domain.order.refusals import Code, Refused
from fairlot.domain.order.state import Status
from fairlot.domain.order.terms import Incoterm, Instalment, Mode, Proof
from fairlot.domain.party import PROVIDER
from tests.support.trades import SUPPLIER, Trade, with_terms

NUMBER = c.RecordShipment(
    shipment_id="s1", proof=Proof.CARRIER_NUMBER, document_hash="b" * 64, quantities={1: 3_000}
)


@pytest.fixture
def claimed() -> Trade:
    """An order whose supplier claims, by a carrier's number alone, to have handed everything over."""
    terms = with_terms(
        incoterm=Incoterm.FCA,
        mode=Mode.AIR,
        instalments=(Instalment(name="whole", amount_minor=1_980_000),),
    )
    trade = Trade(terms=terms).agreed()
    trade.pay("p1", 1_980_000)
    trade.ask(SUPPLIER, NUMBER)
    return trade


def move(trade: Trade, moved_at: dt.datetime) -> None:
    trade.ask(PROVIDER, c.RecordMovement(shipment_id="s1", moved_at=moved_at))


def test_r31_within_two_days_the_claimed_handover_is_believed(claimed: Trade) -> None:
    handed_over_at = claimed.now
    claimed.wait(hours=48)
    move(claimed, claimed.now)
    assert claimed.order.shipments[0].dispatched_at == handed_over_at
    assert claimed.order.status is Status.SHIPPED


def test_r31_without_movement_nothing_is_shipped(claimed: Trade) -> None:
    claimed.wait(hours=48, seconds=1)
    claimed.settle()
    assert claimed.order.shipments == ()
    assert quantities.missing(claimed.order) == {1: 3_000}
    assert claimed.order.status is Status.IN_PRODUCTION


def test_r31_a_later_movement_dates_the_shipment_itself(claimed: Trade) -> None:
    claimed.wait(days=5)
    move(claimed, claimed.now)
    (shipment,) = claimed.order.shipments
    assert shipment.dispatched_at == claimed.now
    assert shipment.arrival_asked_at == claimed.now + dt.timedelta(days=15)
    assert claimed.order.unproven == ()
    assert claimed.order.status is Status.SHIPPED


def test_r31_a_late_delivery_proves_that_it_left(claimed: Trade) -> None:
    claimed.wait(days=5)
    delivery = c.RecordDelivery(shipment_id="s1", document_hash="c" * 64, delivered_at=claimed.now)
    claimed.ask(PROVIDER, delivery)
    assert claimed.order.shipments[0].delivered_at == claimed.now
    assert claimed.order.status is Status.DELIVERED


def test_goods_do_not_leave_twice(claimed: Trade) -> None:
    claimed.wait(days=5)
    claimed.ask(
        SUPPLIER,
        c.RecordShipment(shipment_id="s2", proof=Proof.CARRIER_RECEIPT, document_hash="d" * 64),
    )
    with pytest.raises(Refused) as refusal:
        move(claimed, claimed.now)
    assert refusal.value.code is Code.QUANTITY_EXCEEDED


def test_the_id_of_what_never_moved_stays_its_own(claimed: Trade) -> None:
    claimed.wait(days=5)
    with pytest.raises(Refused) as refusal:
        claimed.ask(SUPPLIER, NUMBER)
    assert refusal.value.code is Code.REFERENCE_REUSED
