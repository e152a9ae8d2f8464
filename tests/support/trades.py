"""One order in memory: real commands, real events, a clock that tests move; no database."""

from __future__ import annotations

import datetime as dt

import msgspec

from fairlot.domain.order import commands as c
from fairlot.domain.order.decide import decide
from fairlot.domain.order.events import OrderEvent
from fairlot.domain.order.evolve import evolve
from fairlot.domain.order.settle import settle_due
from fairlot.domain.order.state import EMPTY, Claim, InspectionStage, Order
from fairlot.domain.order.terms import (
    Incoterm,
    Instalment,
    InstalmentDue,
    LateRemedy,
    Line,
    Mode,
    Proof,
    TermFact,
    Terms,
)
from fairlot.domain.party import PROVIDER, Actor, Role
from fairlot.domain.policy.loading import policy_id, shipped_policies
from fairlot.domain.policy.model import CoverKind, Ground, Policy

BUYER = Actor(role=Role.BUYER, company_id="com_buyer", person_id="per_buyer")
SUPPLIER = Actor(role=Role.SUPPLIER, company_id="com_supplier", person_id="per_supplier")
INSPECTOR = Actor(role=Role.INSPECTOR, company_id="com_inspector")
OPERATOR = Actor(role=Role.OPERATOR, company_id="com_platform")
MEDIATOR = Actor(role=Role.MEDIATOR, company_id="com_platform", person_id="per_mediator")
BEGINNING = dt.datetime(2027, 1, 4, 2, 0, tzinfo=dt.UTC)
NONE_FOUND = c.Finding(found=0)

TERMS = Terms(
    version_hash="a" * 64,
    currency="USD",
    total_minor=1_980_000,
    covered_minor=1_500_000,
    cover_kind=CoverKind.POST_DELIVERY,
    lines=(Line(number=1, quantity=3_000, unit_price_minor=660),),
    instalments=(
        Instalment(name="deposit", amount_minor=594_000),
        Instalment(name="balance", amount_minor=1_386_000, due=InstalmentDue.PASSED_INSPECTION),
    ),
    zone="Asia/Shanghai",
    incoterm=Incoterm.FOB,
    mode=Mode.SEA,
    shipment_date=dt.date(2027, 3, 15),
    terms=(
        TermFact(id="capacity", topic="capacity", claimable=True, mandatory=True),
        TermFact(id="finish", topic="finish", claimable=False),
    ),
    late_remedy=LateRemedy(per_day_basis_points=50, cap_basis_points=1_000),
)


def policy_named(edition: str) -> Policy:
    """Return a shipped edition."""
    return shipped_policies()[edition]


class Trade:
    """An order that is played command by command; what is due happens first, as it does on the write path."""

    def __init__(self, *, edition: str = "escrow-2026", terms: Terms = TERMS) -> None:
        self.policy = policy_named(edition)
        self.terms = terms
        self.now = BEGINNING
        self.order: Order = EMPTY
        self.events: list[OrderEvent] = []

    def ask(self, actor: Actor, command: c.OrderCommand) -> tuple[OrderEvent, ...]:
        """Ask a command at the present instant. Raises Refused."""
        self.settle()
        events = decide(self.order, command, actor=actor, now=self.now, policy=self.policy)
        self._add(events)
        return events

    def settle(self) -> None:
        """Let happen what is due."""
        while events := settle_due(self.order, now=self.now, policy=self.policy):
            self._add(events)

    def wait(self, **length: float) -> None:
        """Move the clock by a length in the words of `timedelta`."""
        self.now += dt.timedelta(**length)

    def pass_round(self) -> None:
        """Wait until just after the evidence round of the running dispute."""
        assert self.order.dispute is not None
        assert self.order.dispute.evidence_until is not None
        self.wait_until(self.order.dispute.evidence_until + dt.timedelta(seconds=1))
        self.settle()

    def wait_until(self, instant: dt.datetime) -> None:
        """Move the clock to an instant."""
        self.now = instant

    def _add(self, events: tuple[OrderEvent, ...]) -> None:
        for event in events:
            self.order = evolve(self.order, event)
            self.events.append(event)

    def drafted(self) -> Trade:
        """Begin the order."""
        draft = c.OpenDraft(
            policy_id=policy_id(self.policy), buyer_id="com_buyer", supplier_id="com_supplier"
        )
        self.ask(BUYER, draft)
        return self

    def proposed(self) -> Trade:
        """Go on until the buyer has proposed the terms."""
        self.drafted().ask(BUYER, c.ProposeVersion(terms=self.terms))
        return self

    def agreed(self, *, enrolled: bool = True) -> Trade:
        """Go on until both agreed."""
        grant = c.Grant(
            enrolled=enrolled, account_verified=True, cover_minor=self.terms.covered_minor
        )
        self.proposed()
        self.ask(SUPPLIER, c.AcceptVersion(version_hash=self.terms.version_hash, grant=grant))
        return self

    def pay(self, payment_id: str, amount_minor: int) -> None:
        """Have a transfer booked."""
        payment = c.RecordPayment(
            payment_id=payment_id, rail="wire", amount_minor=amount_minor, currency="USD"
        )
        self.ask(PROVIDER, payment)

    def in_production(self) -> Trade:
        """Go on until the deposit is paid."""
        self.agreed().pay("p1", 594_000)
        return self

    def inspected(self, *, major_found: int = 0) -> Trade:
        """Go on until an inspection before shipment has its report."""
        self.in_production()
        booking = c.BookInspection(
            inspection_id="i1", company="SGS", stage=InspectionStage.PRE_SHIPMENT, fee_minor=25_000
        )
        self.ask(BUYER, booking)
        report = c.RecordInspectionReport(
            inspection_id="i1",
            lot=3_000,
            line=1,
            critical=NONE_FOUND,
            major=c.Finding(found=major_found),
            minor=NONE_FOUND,
        )
        self.ask(INSPECTOR, report)
        return self

    def shipped(self) -> Trade:
        """Go on until everything is paid and has left."""
        self.inspected().pay("p2", 1_386_000)
        self.ask(
            SUPPLIER,
            c.RecordShipment(shipment_id="s1", proof=Proof.BILL_OF_LADING, document_hash="b" * 64),
        )
        return self

    def delivered(self) -> Trade:
        """Go on until the goods have arrived."""
        self.shipped().wait(days=30)
        delivery = c.RecordDelivery(shipment_id="s1", document_hash="c" * 64, delivered_at=self.now)
        self.ask(SUPPLIER, delivery)
        return self

    def disputed(self) -> Trade:
        """Go on until the buyer has claimed that the capacity is too low."""
        self.delivered().wait(days=1)
        claim = Claim(ground=Ground.QUALITY, lines=(1,), term_ids=("capacity",))
        self.ask(BUYER, c.OpenDispute(claims=(claim,)))
        return self


def with_terms(**changes: object) -> Terms:
    """Return the usual terms with changes."""
    return msgspec.structs.replace(TERMS, **changes)
