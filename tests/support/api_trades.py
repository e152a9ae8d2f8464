"""Trades that go through the API alone, up to any stage, by the companies of the example contract."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

import msgspec
from msgspec.structs import replace

from fairlot.application.supplier import suppliers
from fairlot.clock import system_clock
from fairlot.domain.contract.document import Contract, contract_hash
from fairlot.domain.party import Role
from fairlot.writing_room import writing_room
from tests.support.api import Speaker, member, staff
from tests.support.market import DETAILS, SALT
from tests.support.stored_trades import example_contract

HASH = "b" * 64
STAGES = ("proposed", "agreed", "paid", "shipped", "delivered", "disputed", "completed")


class Fair:
    """Everybody who trades, each with a key: two companies, an operator, a mediator."""

    def __init__(self) -> None:
        contract = example_contract()
        self.buyer_id = contract.buyer.company_id
        self.supplier_id = contract.supplier.company_id
        self.buyer = member(self.buyer_id)
        self.supplier = member(self.supplier_id)
        self.operator = staff(Role.OPERATOR)
        self.mediator = staff(Role.MEDIATOR, person_id="per_mediator")
        self._numbers = itertools.count(1)

    def enrolled(self) -> Fair:
        """Take the supplier into the programme with a limit and a verified account."""
        desk = writing_room().desk
        suppliers.enrol(self.supplier_id, tier="audited", desk=desk)
        suppliers.set_limit(
            self.supplier_id,
            limit_minor=50_000_000,
            currency="USD",
            computation_hash="",
            command_id="limit",
            desk=desk,
        )
        hashed = suppliers.name_account(
            self.supplier_id, DETAILS, salt=SALT, command_id="name", desk=desk
        )
        suppliers.verify_account(self.supplier_id, hashed, command_id="verify", desk=desk)
        return self

    def begin(self, **changes: Any) -> str:
        """Begin an order as the buyer and return its id."""
        return str(
            self.buyer.post(
                "/orders", {"contract": document(**changes), "buyer_country": "US"}
            ).ok()["order_id"]
        )

    def agreed(self) -> str:
        """Go on until the supplier has accepted."""
        order_id = self.begin()
        version_hash = self.buyer.get(f"/orders/{order_id}").ok()["version_hash"]
        self.supplier.command(order_id, "AcceptVersion", version_hash=version_hash).ok()
        return order_id

    def paid(self) -> str:
        """Go on until the whole price has come."""
        order_id = self.agreed()
        order = self.operator.get(f"/orders/{order_id}").ok()
        self.operator.command(
            order_id,
            "RecordPayment",
            payment_id=f"p{next(self._numbers)}",
            rail="wire",
            amount_minor=order["total_minor"],
            currency=order["currency"],
            for_all_instalments=True,
        ).ok()
        return order_id

    def shipped(self) -> str:
        """Go on until the goods have left."""
        order_id = self.paid()
        self.supplier.command(
            order_id,
            "RecordShipment",
            shipment_id="S1",
            proof="bill_of_lading",
            document_hash=HASH,
        ).ok()
        return order_id

    def delivered(self) -> str:
        """Go on until the carrier has proven delivery."""
        order_id = self.shipped()
        self.operator.command(order_id, "RecordDelivery", shipment_id="S1", document_hash=HASH).ok()
        return order_id

    def disputed(self) -> str:
        """Go on until the buyer has claimed that capacity is not as agreed."""
        order_id = self.delivered()
        claim = {"ground": "quality", "lines": [1], "term_ids": ["capacity"]}
        self.buyer.command(order_id, "OpenDispute", claims=[claim]).ok()
        return order_id

    def completed(self) -> str:
        """Go on until the buyer has confirmed receipt."""
        order_id = self.delivered()
        self.buyer.command(order_id, "ConfirmReceipt").ok()
        return order_id

    def at(self, stage: str) -> str:
        """Return a new order at a stage."""
        order_id: str = self.begin() if stage == "proposed" else getattr(self, stage)()
        return order_id


def speakers_of(fair: Fair) -> dict[str, Speaker]:
    """Return who speaks by the name of the role."""
    return {
        "buyer": fair.buyer,
        "supplier": fair.supplier,
        "operator": fair.operator,
        "mediator": fair.mediator,
    }


def document(**changes: Any) -> dict[str, Any]:
    """Return the example contract as data, dated from today on, with changes."""
    contract = replace(dated(example_contract()), **changes)
    data: dict[str, Any] = msgspec.to_builtins(contract)
    return data


def dated(contract: Contract) -> Contract:
    """Return the example with dates that lie ahead."""
    today = system_clock().date()
    shipment = replace(
        contract.shipment,
        date=today + dt.timedelta(days=60),
        arrival_date=today + dt.timedelta(days=100),
    )
    return replace(contract, shipment=shipment)


def version_hash() -> str:
    """Return the hash of that contract."""
    return contract_hash(dated(example_contract()))
