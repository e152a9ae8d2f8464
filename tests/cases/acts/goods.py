"""Acts about the goods: ready, handed over, on board, arrived, received, seized."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from fairlot.domain.order import commands as c
from fairlot.domain.order import quantities
from fairlot.domain.order.events import NegotiationExtended
from fairlot.domain.order.standing import terms_of
from fairlot.domain.order.state import Shipment
from fairlot.domain.order.terms import ARRIVAL_TERMS, Mode, Party, Proof, required_proof
from tests.cases.case_file import Act, instant
from tests.cases.story import PROVIDER, NotTranslatedError, Player, Story, text_hash
from tests.cases.vocabulary import MODES, PROOFS, WRONG_GOODS, plain, word

DOCUMENT_HASH = text_hash("a document")
# D-terms are proven by arrival, but the goods leave by some carrier's receipt.
LEAVING_PROOF = Proof.CARRIER_RECEIPT


def goods_ready(story: Story, act: Act) -> bool | None:
    story.ask(story.actor(act.by), c.NotifyGoodsReady())
    return None


def ship_proof(story: Story, act: Act) -> bool | None:
    """A proof of shipment, dated by the document; a carrier's number alone is only claimed."""
    details = act.details
    document = details.get("document")
    proof = usual_proof(story) if document is None else word(PROOFS, document)
    at_text = details.get("on_board") or details.get("claimed_handover")
    date_text = details.get("on_board_date")
    if at_text is not None and "T" not in at_text:
        # A document that carries only a date (ruling A04).
        at_text, date_text = None, at_text
    _ship(
        story,
        act,
        proof=proof,
        handed_over_at=None if at_text is None else instant(at_text),
        handed_over_date=None if date_text is None else dt.date.fromisoformat(date_text),
    )
    return None


def usual_proof(story: Story) -> Proof:
    """Return the proof that the contract asks for."""
    order = story.order
    if order.terms is None:
        return Proof.BILL_OF_LADING
    return LEAVING_PROOF if order.terms.incoterm in ARRIVAL_TERMS else required_proof(order.terms)


def _ship(
    story: Story,
    act: Act,
    *,
    proof: Proof,
    handed_over_at: dt.datetime | None = None,
    handed_over_date: dt.date | None = None,
) -> None:
    mode = act.details.get("mode")
    known = (*story.order.shipments, *story.order.unproven)
    command = c.RecordShipment(
        shipment_id=act.details.get("shipment") or f"s{len(known) + 1}",
        proof=proof,
        document_hash=DOCUMENT_HASH,
        quantities=_quantities(story, act.details.get("lines")),
        handed_over_at=handed_over_at,
        handed_over_date=handed_over_date,
        mode=None if mode is None else word(MODES, mode),
    )
    story.ask(story.actor(act.by), command)


def _quantities(story: Story, lines: Any) -> dict[int, int]:
    """Read quantities per line; lines that are only named leave whole."""
    if not lines:
        return {}
    if isinstance(lines, Mapping):
        return {int(line): quantity for line, quantity in lines.items()}
    whole = quantities.ordered(story.order)
    return {int(line): whole.get(int(line), 0) for line in lines}


def received(story: Story, act: Act) -> bool | None:
    """A carrier or the buyer's forwarder took the goods over."""
    taken_at = act.details.get("received")
    proof = Proof.FORWARDER_RECEIPT if act.by == "forwarder" else Proof.CARRIER_RECEIPT
    handed_over_at = act.at if taken_at is None else instant(taken_at)
    _ship(story, act, proof=proof, handed_over_at=handed_over_at)
    return None


def handed_over(story: Story, act: Act) -> bool | None:
    """The carrier shows a movement of what was only claimed, or else takes the goods over."""
    moved = act.details.get("movement")
    waiting = not_moved(story)
    if waiting:
        record_movement(
            story, waiting[-1], act.at if not isinstance(moved, str) else instant(moved)
        )
    elif moved is not None and story.order.shipments:
        # What is proven to have left has only moved on.
        return True
    else:
        _ship(story, act, proof=LEAVING_PROOF, handed_over_at=act.at)
    return None


def not_moved(story: Story) -> list[Shipment]:
    """Return the shipments of which only a carrier's number is known."""
    known = (*story.order.unproven, *story.order.shipments)
    return [shipment for shipment in known if shipment.dispatched_at is None]


def record_movement(story: Story, shipment: Shipment, moved_at: dt.datetime) -> None:
    """Have a movement of a carrier's number on record."""
    story.ask(PROVIDER, c.RecordMovement(shipment_id=shipment.id, moved_at=moved_at))


def collected(story: Story, act: Act) -> bool | None:
    _ship(story, act, proof=Proof.COLLECTION, handed_over_at=act.at)
    return None


def delivered(story: Story, act: Act) -> bool | None:
    """A delivery is proven: of the shipment named, else of all that are on their way."""
    if story.order.terms is None:
        return False
    told = act.details.get("delivered")
    delivered_at = act.at if told is None else instant(told)
    if not story.order.shipments and terms_of(story.order).incoterm in ARRIVAL_TERMS:
        _ship(story, act, proof=Proof.ARRIVAL, handed_over_at=delivered_at)
    named = act.details.get("shipment")
    waiting = [
        shipment.id
        for shipment in (*story.order.shipments, *story.order.unproven)
        if shipment.delivered_at is None and named in {None, shipment.id}
    ]
    for shipment_id in waiting or [named or "s1"]:
        story.ask(
            story.actor(act.by),
            c.RecordDelivery(
                shipment_id=shipment_id,
                document_hash=DOCUMENT_HASH,
                delivered_at=delivered_at,
                at_port=bool(act.details.get("at_port")),
            ),
        )
    return None


def confirm_receipt(story: Story, act: Act) -> bool | None:
    story.ask(story.actor(act.by), c.ConfirmReceipt())
    return None


def seize(story: Story, act: Act) -> bool | None:
    """Customs hold the goods; the notice says whether for what they are."""
    notice = act.details.get("notice") or ""
    wrong = bool(WRONG_GOODS.search(notice))
    story.ask(PROVIDER, c.RecordSeizure(wrong_goods=wrong, notice_hash=text_hash(notice)))
    return None


def extend(story: Story, act: Act) -> bool | None:
    """More time for an arrival or for a negotiation; other clocks cannot be extended by asking."""
    clock = plain(act.details.get("clock"))
    parties = ("buyer", "supplier") if act.by == "both" else (act.by,)
    days = act.details.get("by_days")
    lengths = story.desk.policy.clocks
    if clock.startswith("arrival"):
        if days not in {None, lengths.arrival_extension_days}:
            return False
        shipments = [s for s in story.order.shipments if not s.has_arrived]
        for party in parties:
            for shipment in shipments or story.order.shipments:
                story.ask(story.actor(party), c.ExtendArrival(shipment_id=shipment.id))
        return None
    if clock.startswith("negotiation"):
        if days not in {None, lengths.negotiation_extension_days}:
            return False
        outcomes = [story.ask(story.actor(party), c.ExtendNegotiation()) for party in parties]
        # One side's wish for more time is no more time yet.
        return any(isinstance(event, NegotiationExtended) for o in outcomes for event in o.events)
    if clock in {"", "none"}:
        raise NotTranslatedError("an extension of no clock")
    return False


def return_sent(story: Story, act: Act) -> bool | None:
    mode = act.details.get("mode")
    terms = story.order.terms
    usual = Mode.SEA if terms is None else terms.mode
    story.ask(
        story.actor(act.by),
        c.RecordReturnSent(
            mode=usual if mode is None else word(MODES, mode),
            proof_hash=DOCUMENT_HASH,
            carrier_chosen_by=Party.BUYER,
        ),
    )
    return None


def return_arrived(story: Story, act: Act) -> bool | None:
    story.ask(story.actor(act.by), c.RecordReturnArrived(proof_hash=DOCUMENT_HASH))
    return None


ACTS: Mapping[str, Player] = {
    "goods_ready": goods_ready,
    "ship_proof": ship_proof,
    "receipt": received,
    "handed_over": handed_over,
    "collected": collected,
    "delivery_proof": delivered,
    "confirm_receipt": confirm_receipt,
    "seizure": seize,
    "extend": extend,
    "return_sent": return_sent,
    "return_arrived": return_arrived,
}
