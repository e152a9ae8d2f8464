"""Trades of several companies on one database, through the real write path: fulfilled, disputed and settled, and under way."""

from __future__ import annotations

from typing import NamedTuple

from msgspec.structs import replace

from fairlot.application.agreement import accept_version
from fairlot.application.supplier import suppliers
from fairlot.domain.order import commands as c
from fairlot.domain.order.state import Claim, InspectionStage, OfferKind, Right
from fairlot.domain.order.terms import Proof, Terms
from fairlot.domain.party import PROVIDER, Actor, Role
from fairlot.domain.policy.loading import policy_id
from fairlot.domain.policy.model import Ground
from fairlot.store import checkpoints, conversation
from fairlot.store.files import StoredFile
from fairlot.store.rollup import roll_up
from tests.support.market import DETAILS, Market, whole_terms
from tests.support.trades import INSPECTOR, NONE_FOUND

LIMIT_MINOR = 5_000_000
TOTAL_MINOR = 1_000_000
OFFERED_MINOR = 250_000


class Pair(NamedTuple):
    """An order and who trades in it."""

    order_id: str
    buyer: Actor
    supplier: Actor


def pair(order_id: str, buyer_id: str, supplier_id: str) -> Pair:
    """Return a pair with one person on each side."""
    return Pair(
        order_id,
        Actor(role=Role.BUYER, company_id=buyer_id, person_id=f"per_{buyer_id}"),
        Actor(role=Role.SUPPLIER, company_id=supplier_id, person_id=f"per_{supplier_id}"),
    )


FULFILLED = pair("ord_fulfilled", "com_anna", "com_shen")
FULFILLED_TOO = pair("ord_fulfilled_too", "com_anna", "com_ting")
DISPUTED = pair("ord_disputed", "com_bert", "com_shen")
UNDER_WAY = pair("ord_under_way", "com_bert", "com_ting")
PAIRS = (FULFILLED, FULFILLED_TOO, DISPUTED, UNDER_WAY)
AGENT_ID = "com_agent"
STRANGER_ID = "com_stranger"


def companies() -> tuple[str, ...]:
    """Return every company that trades, and one that does not."""
    ids = {side.company_id for one in PAIRS for side in (one.buyer, one.supplier)}
    return (*sorted(ids), AGENT_ID, STRANGER_ID)


def trade(market: Market) -> None:
    """Let all pairs trade, talk, and be paid."""
    for supplier_id in sorted({one.supplier.company_id for one in PAIRS}):
        _enrol(market, supplier_id)
    for number, one in enumerate(PAIRS):
        _agree(
            market, one, replace(whole_terms(TOTAL_MINOR, 600_000), version_hash=f"{number}" * 64)
        )
        _pay(market, one)
        _talk(market, one)
    _fulfil(market)
    _settle(market)
    _let_an_agent_act(market)
    with market.desk.connect() as connection:
        roll_up(connection)
        checkpoints.take_if_old(connection, at=market.clock())


def _enrol(market: Market, supplier_id: str) -> None:
    desk = market.desk
    suppliers.enrol(supplier_id, tier="audited", desk=desk)
    suppliers.set_limit(
        supplier_id,
        limit_minor=LIMIT_MINOR,
        currency="USD",
        computation_hash="",
        command_id=f"limit {supplier_id}",
        desk=desk,
    )
    hashed = suppliers.name_account(
        supplier_id,
        DETAILS,
        salt=supplier_id.encode().ljust(16),
        command_id=f"name {supplier_id}",
        desk=desk,
    )
    suppliers.verify_account(supplier_id, hashed, command_id=f"verify {supplier_id}", desk=desk)


def _agree(market: Market, one: Pair, terms: Terms) -> None:
    draft = c.OpenDraft(
        policy_id=policy_id(market.policy),
        buyer_id=one.buyer.company_id,
        supplier_id=one.supplier.company_id,
    )
    market.ask(one.order_id, one.buyer, draft).unwrap()
    market.ask(one.order_id, one.buyer, c.ProposeVersion(terms=terms)).unwrap()
    accept_version(
        one.order_id,
        terms.version_hash,
        actor=one.supplier,
        command_id=f"accept {one.order_id}",
        desk=market.desk,
    ).unwrap()


def _pay(market: Market, one: Pair) -> None:
    payment = c.RecordPayment(
        payment_id="p1", rail="wire", amount_minor=TOTAL_MINOR, currency="USD"
    )
    market.ask(one.order_id, PROVIDER, payment).unwrap()
    market.work()


def _talk(market: Market, one: Pair) -> None:
    with market.desk.connect() as connection:
        for side in (one.buyer, one.supplier):
            conversation.add_message(
                connection,
                order_id=one.order_id,
                author=side,
                sent_at=market.clock(),
                body=f"a word of {side.company_id}",
            )
            conversation.add_file(
                connection,
                order_id=one.order_id,
                author=side,
                added_at=market.clock(),
                file=StoredFile(content_hash=bytes(32), size_bytes=1),
                media_type="text/plain",
                file_name=f"{side.company_id}.txt",
                purpose="evidence",
            )
        conversation.lift_message(
            connection, order_id=one.order_id, version_hash="c" * 64, number=1
        )
        conversation.erase_message(
            connection, order_id=one.order_id, number=2, erased_at=market.clock()
        )


def _ship(market: Market, one: Pair) -> None:
    shipment = c.RecordShipment(
        shipment_id="s1", proof=Proof.BILL_OF_LADING, document_hash="b" * 64
    )
    market.ask(one.order_id, one.supplier, shipment).unwrap()


def _fulfil(market: Market) -> None:
    for one in (FULFILLED, FULFILLED_TOO):
        _ship(market, one)
        market.ask(one.order_id, one.buyer, c.ConfirmReceipt()).unwrap()
    market.work()


def _settle(market: Market) -> None:
    """Claim, book an inspection, and agree on a partial refund."""
    order_id, buyer, supplier = DISPUTED
    booking = c.BookInspection(
        inspection_id="i1", company="SGS", stage=InspectionStage.PRE_SHIPMENT, fee_minor=28_000
    )
    report = c.RecordInspectionReport(
        inspection_id="i1", lot=3_000, critical=NONE_FOUND, major=NONE_FOUND, minor=NONE_FOUND
    )
    market.ask(order_id, buyer, booking).unwrap()
    market.ask(order_id, INSPECTOR, report).unwrap()
    _ship(market, DISPUTED)
    delivery = c.RecordDelivery(shipment_id="s1", document_hash="d" * 64)
    market.ask(order_id, PROVIDER, delivery).unwrap()
    claim = Claim(ground=Ground.QUALITY, lines=(1,), term_ids=("capacity",))
    market.ask(order_id, buyer, c.OpenDispute(claims=(claim,))).unwrap()
    offer = c.OfferTerms(id="o1", kind=OfferKind.REFUND, amount_minor=OFFERED_MINOR)
    market.ask(order_id, supplier, c.MakeOffer(offer=offer)).unwrap()
    market.ask(order_id, buyer, c.AcceptOffer(offer_id="o1")).unwrap()
    market.work()


def _let_an_agent_act(market: Market) -> None:
    """An agent follows the order; what the supplier may not confirm leaves a command and no event."""
    order_id, buyer, supplier = UNDER_WAY
    mandate = c.GrantMandate(agent_id=AGENT_ID, rights=(Right.FOLLOW,))
    market.ask(order_id, buyer, mandate).unwrap()
    refused = market.ask(
        order_id, supplier, c.RecordDelivery(shipment_id="s9", document_hash="d" * 64)
    )
    assert refused.is_recorded
    assert refused.code is not None
