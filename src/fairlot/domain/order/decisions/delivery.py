"""Decisions about delivery: proof, confirmation, seizures, demands for more money (R32; rulings A42 to A44, A60)."""

from __future__ import annotations

import datetime as dt

from fairlot.domain.order import quantities
from fairlot.domain.order.asked import Asked, Story, happened_at
from fairlot.domain.order.commands import (
    ConfirmReceipt,
    RecordDelivery,
    RecordPriceDemand,
    RecordSeizure,
)
from fairlot.domain.order.decisions.shipment import (
    already_arrived,
    carried,
    moved,
    shipment_named,
)
from fairlot.domain.order.events import (
    GoodsDelivered,
    GoodsSeized,
    OrderEvent,
    PriceDemanded,
    ReceiptConfirmed,
)
from fairlot.domain.order.refusals import Code, refuse_if
from fairlot.domain.order.rules.balance import add_balance
from fairlot.domain.order.rules.claim_windows import claim_until_for, claim_until_when_proven
from fairlot.domain.order.rules.settlement import add_completed, add_undisputed_release
from fairlot.domain.order.standing import awaits_price, terms_of
from fairlot.domain.order.state import Order, Shipment, Status, is_suspended


def record_delivery(order: Order, command: RecordDelivery, asked: Asked) -> tuple[OrderEvent, ...]:
    """A proven delivery starts the window; a later proof moves it forward, never back (rulings A42 to A44)."""
    shipment = carried(order, command.shipment_id)
    if shipment.delivered_at is not None:
        raise already_arrived(shipment)
    not_there = command.at_port and not terms_of(order).destination_is_port
    refuse_if(not_there, Code.NOT_AT_DESTINATION)
    delivered_at = happened_at(order, command.delivered_at, command.delivered_date, asked)
    story = Story(order)
    if shipment.dispatched_at is None:
        story.add(moved(order, shipment, delivered_at, asked))
    story.add(
        GoodsDelivered(
            at=asked.now,
            shipment_id=shipment.id,
            delivered_at=delivered_at,
            claim_until=claim_until_when_proven(
                order,
                shipment,
                delivered_at=delivered_at,
                told_at=asked.now,
                policy=asked.policy,
            ),
            document_hash=command.document_hash,
        )
    )
    add_balance(story, at=asked.now, policy=asked.policy)
    return story.told()


def confirm_receipt(order: Order, command: ConfirmReceipt, asked: Asked) -> tuple[OrderEvent, ...]:
    """Confirming completes the order and releases the money once all is there; in a dispute only what it does not keep (A60)."""
    there = [s for s in order.shipments if s.dispatched_at is not None]
    if command.shipment_ids:
        there = [shipment_named(order, shipment_id) for shipment_id in command.shipment_ids]
    refuse_if(not there, Code.NOTHING_SHIPPED)
    refuse_if(any(s.dispatched_at is None for s in there), Code.NOTHING_SHIPPED)
    ends = {s.id: _confirmed_until(order, s, asked) for s in there if s.confirmed_at is None}
    refuse_if(not ends, Code.ALREADY_CONFIRMED)
    story = Story(order)
    story.add(ReceiptConfirmed(at=asked.now, claim_until=ends))
    after = story.order
    everything = quantities.all_dispatched(after) and all(
        s.confirmed_at is not None for s in after.shipments if s.dispatched_at is not None
    )
    may_release = not awaits_price(after) and after.status is Status.DELIVERED
    if everything and may_release and is_suspended(after):
        add_undisputed_release(story, at=asked.now, policy=asked.policy)
    elif everything and may_release:
        add_completed(story, cause="confirmed", at=asked.now)
    return story.told()


def _confirmed_until(order: Order, shipment: Shipment, asked: Asked) -> dt.datetime:
    """A confirmation starts the window where no delivery is proven, and never shortens one already shown (A42)."""
    if shipment.delivered_at is not None:
        assert shipment.claim_until is not None
        return shipment.claim_until
    until = claim_until_for(order, start_at=asked.now, policy=asked.policy)
    return until if shipment.claim_until is None else max(until, shipment.claim_until)


def record_seizure(order: Order, command: RecordSeizure, asked: Asked) -> tuple[OrderEvent, ...]:
    """Record a customs notice and whether the goods themselves were its reason (ruling A68)."""
    del order
    return (
        GoodsSeized(at=asked.now, wrong_goods=command.wrong_goods, notice_hash=command.notice_hash),
    )


def record_price_demand(
    order: Order, command: RecordPriceDemand, asked: Asked
) -> tuple[OrderEvent, ...]:
    """Record a demand for more money as what it is; the agreed price stands (R45)."""
    del order
    return (
        PriceDemanded(
            at=asked.now, message_hash=command.message_hash, amount_minor=command.amount_minor
        ),
    )
