"""One order through the API alone: every act is a request of whoever does it, and time is the sandbox's clock."""

from __future__ import annotations

import datetime as dt
import itertools
import math
from typing import Any

import msgspec
from msgspec.structs import replace

from fairlot.application.execute_many import settle_many
from fairlot.domain.contract.document import Contract, ContractLine, Instalment, Term
from fairlot.domain.party import Role
from fairlot.writing_room import writing_room
from tests.support.api import Answer, Speaker, member, staff
from tests.support.api_trades import HASH, Fair
from tests.support.stored_trades import example_contract

ESCROW = "escrow-2026"
GUARANTEE = "guarantee-2017"
EDITIONS = (ESCROW, GUARANTEE)
PRICE = 1_000_000
FEE = 25_000
# The example's terms that a test measures, and words that measure nothing.
MEASURED = ("capacity", "color")
VAGUE = Term(id="battery", topic="capacity", text="long-lasting battery")
NONE_FOUND = {"found": 0}
_numbers = itertools.count(1)


def plain_contract(today: dt.date, **changes: Any) -> Contract:
    """Return 1,000 power banks for 10,000.00 in one payment, to be shipped in 60 days by the supplier's carrier."""
    example = example_contract()
    shipment = replace(
        example.shipment,
        date=today + dt.timedelta(days=60),
        arrival_date=None,
        proof=None,
        carrier_chosen_by="supplier",
    )
    line = ContractLine(
        number=1, article="Power bank PB-10", quantity=1_000, unit="pcs", unit_price_minor=1_000
    )
    terms = tuple(term for term in example.terms if term.id in MEASURED)
    plain = replace(
        example,
        lines=(line,),
        total_minor=PRICE,
        covered_minor=PRICE,
        payments=(Instalment(name="whole", amount_minor=PRICE, due="agreement"),),
        shipment=shipment,
        terms=(*terms, VAGUE),
        files=(),
    )
    return replace(plain, **changes)


class ApiOrder:
    """An order that is played request by request; every step returns the order, so that they can be chained."""

    def __init__(self, fair: Fair, *, edition: str = ESCROW, **changes: Any) -> None:
        self.fair = fair
        self.edition = edition
        self.speakers: dict[str, Speaker] = {
            "buyer": fair.buyer,
            "supplier": fair.supplier,
            "operator": fair.operator,
            "mediator": fair.mediator,
            "supervisor": staff(Role.SUPERVISOR),
            "inspector": member("SGS", inspects=True),
        }
        begun = fair.buyer.post(
            "/orders",
            {"contract": self.contract(**changes), "edition": edition, "buyer_country": "US"},
        )
        self.id = str(begun.ok()["order_id"])
        self.path = f"/orders/{self.id}"

    def contract(self, **changes: Any) -> dict[str, Any]:
        """Return the usual contract as data, dated from the sandbox's today on, with changes."""
        shipment = changes.pop("shipment", {})
        contract = plain_contract(self.now().date(), **changes)
        contract = replace(contract, shipment=replace(contract.shipment, **shipment))
        data: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(contract))
        return data

    # What somebody does.

    def ask(self, role: str, command: str, **fields: Any) -> Answer:
        """Ask the order a command as somebody."""
        return self.speakers[role].command(self.id, command, **fields)

    def by(self, role: str, command: str, **fields: Any) -> ApiOrder:
        """Have somebody ask a command, which is granted."""
        self.ask(role, command, **fields).ok()
        return self

    def agreed(self) -> ApiOrder:
        """Go on until the supplier has accepted the version that the buyer proposed."""
        return self.by("supplier", "AcceptVersion", version_hash=self.order()["version_hash"])

    def pay(self, amount_minor: int = PRICE, rail: str = "wire") -> ApiOrder:
        """Have a payment booked."""
        payment_id = f"pay-{next(_numbers)}"
        return self.by(
            "operator",
            "RecordPayment",
            payment_id=payment_id,
            rail=rail,
            amount_minor=amount_minor,
            currency="USD",
        )

    def paid(self) -> ApiOrder:
        """Go on until the whole price has come by a transfer."""
        return self.agreed().pay()

    def shipped(self, **fields: Any) -> ApiOrder:
        """Go on from a paid order until the goods have left."""
        proof = {"shipment_id": "S1", "proof": "bill_of_lading", "document_hash": HASH}
        return self.by("supplier", "RecordShipment", **{**proof, **fields})

    def delivered(self) -> ApiOrder:
        """Go on from shipped goods until the carrier has proven delivery."""
        return self.by("operator", "RecordDelivery", shipment_id="S1", document_hash=HASH)

    def inspected(self, inspection_id: str, stage: str = "pre_shipment", **found: Any) -> ApiOrder:
        """Have an inspection booked at the buyer's expense and reported."""
        self.by(
            "buyer",
            "BookInspection",
            inspection_id=inspection_id,
            company="SGS",
            stage=stage,
            fee_minor=FEE,
        )
        counts = dict.fromkeys(("critical", "major", "minor"), NONE_FOUND)
        return self.by(
            "inspector",
            "RecordInspectionReport",
            **{"inspection_id": inspection_id, "lot": 1_000, **counts, **found},
        )

    def claim(self, ground: str, **fields: Any) -> Answer:
        """Ask to open a dispute on one ground as the buyer; a quality claim names the capacity."""
        terms = ["capacity"] if ground == "quality" else []
        claim = {"ground": ground, "lines": [], "term_ids": fields.pop("term_ids", terms)}
        return self.ask("buyer", "OpenDispute", claims=[claim], **fields)

    def disputed(self, ground: str = "quality", **fields: Any) -> ApiOrder:
        """Open a dispute, which is admitted."""
        self.claim(ground, **fields).ok()
        return self

    def heard(self) -> ApiOrder:
        """Have both sides take the running dispute to mediation and its mediator named."""
        self.by("supplier", "Escalate").by("buyer", "Escalate")
        return self.by("operator", "NameMediator", mediator_id="per_mediator")

    def decided(self, amount_minor: int, **fields: Any) -> ApiOrder:
        """Have the dispute decided after its evidence round, and wait until the decision binds."""
        return self.past("evidence_round").ruled(amount_minor, **fields).past("appeal")

    def ruled(self, amount_minor: int, **fields: Any) -> ApiOrder:
        """Have the mediator decide."""
        outcome = {0: "for_supplier", PRICE: "full_refund"}.get(amount_minor, "partial_refund")
        ruling = {"outcome": outcome, "amount_minor": amount_minor, "reason_hash": HASH}
        return self.by("mediator", "Decide", **{**ruling, **fields})

    # Time.

    def now(self) -> dt.datetime:
        """Return the sandbox's present instant."""
        return dt.datetime.fromisoformat(self.fair.operator.get("/me").ok()["now"])

    def wait(self, **length: float) -> ApiOrder:
        """Let time go by for the whole sandbox; the length in the words of `timedelta`."""
        seconds = math.ceil(dt.timedelta(**length).total_seconds())
        self.fair.operator.post("/sandbox/clock", {"seconds": seconds}).ok()
        return self

    def due_at(self, kind: str) -> dt.datetime:
        """Return when a clock that runs is over."""
        running = {one["kind"]: one["due_at"] for one in self.deadlines()}
        assert kind in running, f"no clock {kind} runs, but {sorted(running)}"
        return dt.datetime.fromisoformat(running[kind])

    def past(self, kind: str) -> ApiOrder:
        """Let time go by until a running clock is over."""
        left = self.due_at(kind) - self.now()
        return self.wait(seconds=max(0.0, left.total_seconds()) + 2)

    def funded(self) -> ApiOrder:
        """Wait until a refund is paid for whole: by the supplier, by its other payables, else by the fund."""
        while any(one["kind"] == "set_off" for one in self.deadlines()):
            self.past("set_off")
        return self

    def settled(self) -> ApiOrder:
        """Have the worker write down what came by its clock; readers see it before that."""
        desk = writing_room().desk
        settle_many([self.id], aggregate=desk.orders, using=desk.path)
        return self

    # What the order shows.

    def read(self, part: str = "", role: str = "operator") -> Any:
        """Return a part of the order as somebody reads it."""
        return self.speakers[role].get(f"{self.path}{part}").ok()

    def order(self, role: str = "operator") -> Any:
        """Return where it stands."""
        return self.read("", role)

    def deadlines(self, role: str = "operator") -> Any:
        """Return the clocks that run."""
        return self.read("/deadlines", role)["deadlines"]

    def cover(self, ground: str, role: str = "buyer") -> Any:
        """Return what holds for one trouble."""
        rows = self.read("/cover", role)["cover"]
        return next(row for row in rows if row["answer"]["ground"] == ground)

    def events(self, role: str = "operator") -> list[Any]:
        """Return everything that happened, what came by its clock included."""
        return [one["event"] for one in self.read("/events", role)["events"]]

    def kinds(self) -> list[str]:
        """Return the types of all that happened."""
        return [event["type"] for event in self.events()]

    def last(self, kind: str) -> Any:
        """Return the latest event of a type."""
        found = [event for event in self.events() if event["type"] == kind]
        assert found, f"no {kind} among {self.kinds()}"
        return found[-1]

    def totals(self, role: str = "operator") -> Any:
        """Return the order's money in one line."""
        (totals,) = self.read("/statement", role)["totals"]
        return totals

    def back_minor(self) -> int:
        """Return what of the order's money goes, or went, back to the buyer."""
        totals = self.totals()
        return int(totals["refund_due_minor"] + totals["refunded_minor"])

    def dispute_status(self) -> str:
        """Return where the latest dispute stands."""
        return str(self.order()["dispute_status"])
