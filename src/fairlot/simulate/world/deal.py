"""One deal of the invented market: its contract from a template, and the acts of its sides by the day; acts are added in their order."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from typing import Any

import msgspec

from fairlot.domain.contract.document import Contract, ContractParty, Instalment
from fairlot.domain.contract.template import new_contract
from fairlot.domain.contract.vocabulary import Language
from fairlot.domain.order import commands as c
from fairlot.domain.order.state import (
    Claim,
    InspectionStage,
    MeasuredFailure,
    OfferKind,
    Outcome,
    Right,
)
from fairlot.domain.order.terms import Mode, Proof
from fairlot.domain.party import PROVIDER, Actor, Role
from fairlot.domain.policy.model import Ground
from fairlot.simulate.stage import Stage
from fairlot.simulate.world.companies import WorldCompany, company

OPERATOR = Actor(role=Role.OPERATOR, person_id="per_demo_operator")
MEDIATOR = Actor(role=Role.MEDIATOR, person_id="per_mediator")
SECOND_MEDIATOR = Actor(role=Role.MEDIATOR, person_id="per_mediator_second")
# The sides sit down to work at this hour of UTC.
OPENING_HOUR = 1
SHIPS_AFTER_DAYS = 45
AT_SEA_DAYS = 38
DEPOSIT_PERCENT = 30
WORTH_MINOR_MIN = 300_000
WORTH_STEP_MINOR = 25_000
WORTHS = 11
# Goods are ordered by the ten.
LOT = 10
PRE_SHIPMENT_FEE_MINOR = 25_000
DESTINATION_FEE_MINOR = 96_000

Act = Callable[[Stage], object]


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """Something that happens `day` days after the deal began."""

    day: float
    act: Act


class Deal:
    """A deal being written down; every method adds what happens next."""

    def __init__(
        self,
        order_id: str,
        *,
        begun_days_ago: int,
        buyer: str,
        supplier: str,
        edition: str = "escrow-2026",
        language: Language = "en",
        split: bool = False,
        cover_kind: str = "post-delivery",
        ships_after_days: int = SHIPS_AFTER_DAYS,
        covered_percent: int = 100,
    ) -> None:
        self.order_id = order_id
        self.begun_days_ago = begun_days_ago
        self.edition = edition
        self.buyer_company, self.supplier_company = company(buyer), company(supplier)
        self.language = language
        self.is_split = split
        self.cover_kind = cover_kind
        self.ships_after_days = ships_after_days
        self.covered_percent = covered_percent
        self.buyer = _of(Role.BUYER, self.buyer_company)
        self.supplier = _of(Role.SUPPLIER, self.supplier_company)
        self.steps: list[Step] = []

    def contract(self, begun_on: dt.date) -> Contract:
        """Return the deal's contract for the day it began on."""
        made = new_contract(self.supplier_company.template, language=self.language)
        line = made.lines[0]
        # Between about 3,000.00 and 5,500.00, so that a supplier's limit bears several deals at once.
        worth_minor = WORTH_MINOR_MIN + self.begun_days_ago % WORTHS * WORTH_STEP_MINOR
        quantity = worth_minor // line.unit_price_minor // LOT * LOT
        total_minor = quantity * line.unit_price_minor
        shipment = msgspec.structs.replace(
            made.shipment,
            lead_time_days=None,
            date=begun_on + dt.timedelta(days=self.ships_after_days),
            arrival_date=begun_on + dt.timedelta(days=self.ships_after_days + AT_SEA_DAYS),
        )
        return msgspec.structs.replace(
            made,
            title=f"{quantity:,} × {line.article}",
            buyer=_party(self.buyer_company),
            supplier=_party(self.supplier_company),
            lines=(msgspec.structs.replace(line, quantity=quantity),),
            total_minor=total_minor,
            covered_minor=total_minor * self.covered_percent // 100,
            cover_kind=self.cover_kind,
            payments=_payments(total_minor, split=self.is_split),
            shipment=shipment,
        )

    def on(self, day: float, actor: Actor, step: str, command: c.OrderCommand) -> Deal:
        """Let somebody ask a command on a day."""
        return self._add(day, lambda stage: stage.ask(actor, command, step))

    def _add(self, day: float, act: Act) -> Deal:
        self.steps.append(Step(day=day, act=act))
        return self

    # The way of every order.

    def begun(self) -> Deal:
        """The buyer begins the order."""

        def begin(stage: Stage) -> None:
            draft = c.OpenDraft(
                policy_id=stage.policy_id(self.edition),
                buyer_id=self.buyer.company_id,
                supplier_id=self.supplier.company_id,
            )
            stage.ask(self.buyer, draft, "begin")

        return self._add(0, begin)

    def proposed(self, day: float = 1) -> Deal:
        """The supplier proposes the contract."""

        def propose(stage: Stage) -> None:
            contract = self.contract(stage.world_day(self.begun_days_ago))
            stage.propose(
                self.supplier,
                contract,
                edition=self.edition,
                buyer_country=self.buyer_company.country,
            )

        self.begun()
        return self._add(day, propose)

    def agreed(self, day: float = 3) -> Deal:
        """The buyer accepts that very version."""

        def accept(stage: Stage) -> None:
            stage.accept(self.buyer, self.contract(stage.world_day(self.begun_days_ago)))

        self.proposed()
        return self._add(day, accept)

    def paid(self, day: float = 5, *, number: int = 1, rail: str = "wire", more: int = 0) -> Deal:
        """The bank or the card's processor tells of an instalment, fee and perhaps too much included."""

        def pay(stage: Stage) -> None:
            contract = self.contract(stage.world_day(self.begun_days_ago))
            amount_minor = contract.payments[number - 1].amount_minor
            fee_minor = -(-amount_minor * 280 // 10_000) if rail == "card" else 0
            command = c.RecordPayment(
                payment_id=f"p{number}",
                rail=rail,
                amount_minor=amount_minor + fee_minor + more,
                currency=contract.currency,
            )
            stage.ask(PROVIDER, command, f"pay-{number}")

        return self._add(day, pay)

    def in_production(self) -> Deal:
        """Agreement, the first payment and a first word of production."""
        return self.agreed().paid().told(15, 30)

    def told(self, day: float, percent: int) -> Deal:
        """The supplier tells how production stands."""
        note = c.PostProductionUpdate(note_hash=self.paper(f"update {percent}"), percent=percent)
        return self.on(day, self.supplier, f"update-{percent}", note)

    def inspected(self, day: float = 35, *, major: int = 1, inspector: str = "SGS") -> Deal:
        """A designated company inspects before shipment."""
        self.booked(day - 3, inspector=inspector)
        return self.on(
            day, inspecting(inspector), "report", self.report("i1", major=major, minor=2)
        )

    def booked(self, day: float, *, inspector: str = "SGS") -> Deal:
        """The buyer books an inspection before shipment."""
        booking = c.BookInspection(
            inspection_id="i1",
            company=inspector,
            stage=InspectionStage.PRE_SHIPMENT,
            fee_minor=PRE_SHIPMENT_FEE_MINOR,
        )
        return self.on(day, self.buyer, "book", booking)

    def shipped(self, day: float = 42) -> Deal:
        """The goods are on board."""
        shipment = c.RecordShipment(
            shipment_id="S1",
            proof=Proof.BILL_OF_LADING,
            document_hash=self.paper("bill of lading"),
        )
        return self.on(day, self.supplier, "ship", shipment)

    def delivered(self, day: float = 80) -> Deal:
        """The carrier proves delivery."""
        delivery = c.RecordDelivery(shipment_id="S1", document_hash=self.paper("delivery"))
        return self.on(day, PROVIDER, "deliver", delivery)

    def until_delivered(self) -> Deal:
        """Everything up to delivery as agreed."""
        self.in_production().told(28, 80)
        if self.is_split:
            self.inspected().paid(38, number=2)
        return self.shipped().delivered()

    def confirmed(self, day: float = 84) -> Deal:
        """The buyer confirms receipt."""
        return self.on(day, self.buyer, "confirm", c.ConfirmReceipt())

    # When something goes wrong.

    def disputed(self, day: float, ground: Ground) -> Deal:
        """The buyer claims; for bad quality on the contract's first term."""

        def dispute(stage: Stage) -> None:
            first = self.contract(stage.world_day(self.begun_days_ago)).terms[0].id
            terms = (first,) if ground is Ground.QUALITY else ()
            stage.ask(self.buyer, self.claim(ground, *terms), "dispute")

        return self._add(day, dispute)

    def claim(self, ground: Ground, *terms: str) -> c.OpenDispute:
        """Return the buyer's claim on the goods."""
        return c.OpenDispute(
            claims=(Claim(ground=ground, lines=(1,), term_ids=terms),),
            evidence_hashes=(self.paper("photographs"),),
        )

    def refused(self, day: float, ground: Ground) -> Deal:
        """The buyer claims what is not covered; the refusal and its reason stay to be read."""

        def dispute(stage: Stage) -> None:
            outcome = stage.desk.ask_order(
                self.order_id,
                self.claim(ground),
                command_id=stage.command_id("refused"),
                actor=self.buyer,
            )
            assert not outcome.is_done, "the claim was to be refused"

        return self._add(day, dispute)

    def offered(self, day: float, percent: int) -> Deal:
        """The supplier offers a share of the price."""

        def offer(stage: Stage) -> None:
            total_minor = self.contract(stage.world_day(self.begun_days_ago)).total_minor
            terms = c.OfferTerms(
                id="o1", kind=OfferKind.REFUND, amount_minor=total_minor * percent // 100
            )
            stage.ask(self.supplier, c.MakeOffer(offer=terms), "offer")

        return self._add(day, offer)

    def escalated(self, day: float) -> Deal:
        """Both sides take the case to mediation."""
        self.on(day, self.supplier, "escalate", c.Escalate())
        return self.on(day + 0.1, self.buyer, "escalate-too", c.Escalate())

    def heard(self, day: float) -> Deal:
        """Both take the case to mediation, and the platform names who hears it."""
        naming = c.NameMediator(mediator_id=MEDIATOR.person_id)
        return self.escalated(day).on(day + 1, OPERATOR, "name", naming)

    def decided(self, day: float, percent: int, **more: Any) -> Deal:
        """The mediator decides that a share of the price comes back."""

        def decide(stage: Stage) -> None:
            total_minor = self.contract(stage.world_day(self.begun_days_ago)).total_minor
            command = c.Decide(
                outcome=outcome_of(percent),
                amount_minor=total_minor * percent // 100,
                reason_hash=self.paper("decision"),
                **more,
            )
            stage.ask(MEDIATOR, command, "decide")

        return self._add(day, decide)

    def settled_by_time(self, day: float) -> Deal:
        """Nobody acts; what is due by now happens."""
        return self.on(day, OPERATOR, f"settle-{day}", c.SettleDue())

    def mandated(self, day: float = 0.5, *rights: Right) -> Deal:
        """The buyer lets its sourcing agent act for it."""
        mandate = c.GrantMandate(agent_id="com_goodways", rights=rights or tuple(Right))
        return self.on(day, self.buyer, "mandate", mandate)

    def sent_back(self, day: float) -> Deal:
        """The buyer sends the goods back."""
        sent = c.RecordReturnSent(mode=Mode.SEA, proof_hash=self.paper("return"))
        return self.on(day, self.buyer, "return", sent)

    def report(
        self, inspection_id: str, *, major: int = 0, minor: int = 0, **measured: tuple[int, int]
    ) -> c.RecordInspectionReport:
        """Return an inspector's report; `measured` are terms with what was agreed and what was found."""
        failures = tuple(
            MeasuredFailure(term_id=term, agreed=agreed, measured=found)
            for term, (agreed, found) in measured.items()
        )
        return c.RecordInspectionReport(
            inspection_id=inspection_id,
            lot=1_000,
            critical=c.Finding(found=0),
            major=c.Finding(found=major),
            minor=c.Finding(found=minor),
            measured_failures=failures,
        )

    def paper(self, name: str) -> str:
        """Return the hash that stands for a document of this deal."""
        return hashlib.sha256(f"{self.order_id}: {name}".encode()).hexdigest()


def inspecting(company_id: str) -> Actor:
    """Return an inspection company as it acts."""
    return Actor(role=Role.INSPECTOR, company_id=company_id)


def outcome_of(percent: int) -> Outcome:
    """Return the outcome that fits a share of the price."""
    if percent == 0:
        return Outcome.FOR_SUPPLIER
    return Outcome.FULL_REFUND if percent == 100 else Outcome.PARTIAL_REFUND


def _of(role: Role, one: WorldCompany) -> Actor:
    return Actor(role=role, company_id=one.company_id)


def _party(one: WorldCompany) -> ContractParty:
    return ContractParty(company_id=one.company_id, name=one.name)


def _payments(total_minor: int, *, split: bool) -> tuple[Instalment, ...]:
    if not split:
        return (Instalment(name="price", amount_minor=total_minor, due="agreement"),)
    deposit_minor = total_minor * DEPOSIT_PERCENT // 100
    return (
        Instalment(name="deposit", amount_minor=deposit_minor, due="agreement"),
        Instalment(
            name="balance", amount_minor=total_minor - deposit_minor, due="passed inspection"
        ),
    )
