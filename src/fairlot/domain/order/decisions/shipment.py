"""Decisions about shipment and delivery: proof, dates, windows, confirmation (R31, R32; rulings A34, A35, A42 to A46)."""

from __future__ import annotations

import datetime as dt

from fairlot.domain.calendar import date_in_zone, end_of_date, whole_second
from fairlot.domain.order import quantities
from fairlot.domain.order.asked import Asked, Story, in_days, in_hours
from fairlot.domain.order.commands import ExtendArrival, RecordMovement, RecordShipment
from fairlot.domain.order.events import (
    ArrivalExtended,
    DisputeMoot,
    GoodsMoved,
    OrderEvent,
    ShipmentRecorded,
)
from fairlot.domain.order.refusals import Code, Refused, refuse_if
from fairlot.domain.order.rules.balance import add_balance
from fairlot.domain.order.standing import has_leave, terms_of
from fairlot.domain.order.state import DisputeCause, Order, Shipment, open_dispute
from fairlot.domain.order.terms import ARRIVAL_TERMS, Proof, required_proof

SHIPMENTS_MAX = 50


def record_shipment(order: Order, command: RecordShipment, asked: Asked) -> tuple[OrderEvent, ...]:
    """Record that goods left; a carrier's number alone waits for a movement (ruling A34)."""
    known = (*order.shipments, *order.unproven)
    refuse_if(
        any(s.id == command.shipment_id for s in known),
        Code.REFERENCE_REUSED,
        reference=command.shipment_id,
    )
    refuse_if(len(known) >= SHIPMENTS_MAX, Code.TOO_MANY_EVENTS, most=SHIPMENTS_MAX)
    _check_proof(order, command.proof)
    shipped = _quantities(order, command.quantities)
    claimed_at, date = _handed_over(order, command, asked)
    mode = command.mode or terms_of(order).mode
    number_only = command.proof is Proof.CARRIER_NUMBER
    days = asked.policy.clocks.arrival_asked_days[mode.value]
    hours = asked.policy.clocks.movement_hours
    story = Story(order)
    story.add(
        ShipmentRecorded(
            at=asked.now,
            shipment_id=command.shipment_id,
            quantities=shipped,
            mode=mode,
            proof=command.proof,
            claimed_at=claimed_at,
            document_hash=command.document_hash,
            dispatched_at=None if number_only else claimed_at,
            dispatched_date=None if number_only else date,
            arrival_asked_at=None if number_only else in_days(claimed_at, days),
            movement_until=in_hours(asked.now, hours) if number_only else None,
            without_leave=not has_leave(order, shipped),
        )
    )
    add_balance(story, at=asked.now, policy=asked.policy)
    dispute = open_dispute(story.order)
    if (
        dispute is not None
        and dispute.cause is DisputeCause.UNCOLLECTED
        and quantities.all_dispatched(story.order)
    ):
        story.add(DisputeMoot(at=asked.now, reason="collected"))
    return story.told()


def _check_proof(order: Order, proof: Proof) -> None:
    """The contract's proof counts, and any stronger one; D-terms are proven by arrival but leave by any document."""
    terms = terms_of(order)
    required = required_proof(terms)
    if terms.incoterm in ARRIVAL_TERMS or proof in {required, Proof.CARRIER_NUMBER}:
        return
    own_forwarder_only = terms.own_forwarder and proof is not Proof.FORWARDER_RECEIPT
    ready_to_go = {Proof.BILL_OF_LADING, Proof.CARRIER_RECEIPT, Proof.FORWARDER_RECEIPT}
    refuse_if(own_forwarder_only, Code.WRONG_PROOF, required=required)
    refuse_if(proof not in ready_to_go, Code.WRONG_PROOF, required=required)
    on_board = required is Proof.BILL_OF_LADING and proof is not Proof.BILL_OF_LADING
    refuse_if(on_board, Code.WRONG_PROOF, required=required)


def _quantities(order: Order, asked_for: dict[int, int]) -> dict[int, int]:
    """Return the quantities of a shipment: those named, or all that no shipment carries yet."""
    have = quantities.recorded(order)
    open_now = {n: q - have.get(n, 0) for n, q in quantities.ordered(order).items()}
    if not asked_for:
        rest = {n: q for n, q in open_now.items() if q > 0}
        refuse_if(not rest, Code.QUANTITY_EXCEEDED)
        return rest
    for number, quantity in asked_for.items():
        refuse_if(number not in open_now, Code.UNKNOWN_LINE, line=number)
        refuse_if(quantity <= 0, Code.AMOUNT_NOT_POSITIVE)
        refuse_if(
            quantity > open_now[number],
            Code.QUANTITY_EXCEEDED,
            line=number,
            open=open_now[number],
        )
    return asked_for


def _handed_over(
    order: Order, command: RecordShipment, asked: Asked
) -> tuple[dt.datetime, dt.date]:
    """Return the instant and date of handing over; a date alone counts as its end (ruling A04)."""
    zone = terms_of(order).zone
    if command.handed_over_at is not None:
        handed_over_at = whole_second(command.handed_over_at)
        refuse_if(
            handed_over_at > asked.now,
            Code.INSTANT_IN_THE_FUTURE,
            at=handed_over_at.isoformat(),
        )
        return handed_over_at, date_in_zone(handed_over_at, zone)
    if command.handed_over_date is not None:
        refuse_if(
            command.handed_over_date > date_in_zone(asked.now, zone),
            Code.INSTANT_IN_THE_FUTURE,
            at=command.handed_over_date.isoformat(),
        )
        return end_of_date(command.handed_over_date, zone), command.handed_over_date
    return asked.now, date_in_zone(asked.now, zone)


def shipment_named(order: Order, shipment_id: str) -> Shipment:
    for shipment in order.shipments:
        if shipment.id == shipment_id:
            return shipment
    raise Refused(Code.UNKNOWN_REFERENCE, reference=shipment_id)


def carried(order: Order, shipment_id: str) -> Shipment:
    """Return a shipment that a carrier tells of: also one that seemed not to move, while its quantities are open."""
    for shipment in order.unproven:
        if shipment.id == shipment_id:
            _quantities(order, shipment.quantities)
            return shipment
    return shipment_named(order, shipment_id)


def record_movement(order: Order, command: RecordMovement, asked: Asked) -> tuple[OrderEvent, ...]:
    """A movement within the policy's hours of the claimed handover proves it; a later one dates the shipment itself."""
    shipment = carried(order, command.shipment_id)
    refuse_if(shipment.dispatched_at is not None, Code.ALREADY_CONFIRMED)
    moved_at = whole_second(command.moved_at)
    refuse_if(moved_at > asked.now, Code.INSTANT_IN_THE_FUTURE, at=moved_at.isoformat())
    story = Story(order)
    story.add(moved(order, shipment, moved_at, asked))
    add_balance(story, at=asked.now, policy=asked.policy)
    return story.told()


def moved(order: Order, shipment: Shipment, moved_at: dt.datetime, asked: Asked) -> GoodsMoved:
    hours = asked.policy.clocks.movement_hours
    believed = moved_at <= in_hours(shipment.claimed_at, hours)
    dispatched_at = shipment.claimed_at if believed else moved_at
    days = asked.policy.clocks.arrival_asked_days[shipment.mode.value]
    return GoodsMoved(
        at=asked.now,
        shipment_id=shipment.id,
        dispatched_at=dispatched_at,
        dispatched_date=date_in_zone(dispatched_at, terms_of(order).zone),
        arrival_asked_at=in_days(dispatched_at, days),
    )


def already_arrived(shipment: Shipment) -> Refused:
    """Return the refusal of what is done before goods arrive, with the instant since which they are there."""
    at = shipment.arrived_at
    assert at is not None, "what arrived did so at some instant"
    return Refused(Code.ALREADY_ARRIVED, arrived_at=at.isoformat())


def extend_arrival(order: Order, command: ExtendArrival, asked: Asked) -> tuple[OrderEvent, ...]:
    """Either side may extend once, before the goods count as arrived; both together add up (ruling A46)."""
    shipment = shipment_named(order, command.shipment_id)
    if shipment.has_arrived:
        raise already_arrived(shipment)
    refuse_if(shipment.arrival_asked_at is None, Code.NOTHING_SHIPPED)
    refuse_if(asked.party in shipment.extended_by, Code.ALREADY_EXTENDED)
    assert shipment.arrival_asked_at is not None
    return (
        ArrivalExtended(
            at=asked.now,
            shipment_id=shipment.id,
            by=asked.party,
            arrival_asked_at=in_days(
                shipment.arrival_asked_at, asked.policy.clocks.arrival_extension_days
            ),
        ),
    )
