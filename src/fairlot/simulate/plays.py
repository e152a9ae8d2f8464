"""Example trades of 3,000 power banks: one fulfilled to the payout file, one delivered short and decided, one under way."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from pathlib import Path

from msgspec.structs import replace

from fairlot.domain.contract.document import Contract
from fairlot.domain.contract.terms import sample_seal_hash
from fairlot.domain.order import commands as c
from fairlot.domain.order.state import Claim, InspectionStage, MeasuredFailure, Outcome
from fairlot.domain.order.terms import Proof
from fairlot.domain.party import PROVIDER, Actor, Role
from fairlot.domain.policy.model import Ground
from fairlot.providers.wire import reference_for
from fairlot.providers.wire.example_statement import example_statement
from fairlot.providers.wire.sample_statement import write_statement
from fairlot.simulate.stage import Stage, settle_in

EDITION = "escrow-2026"
FULFILLED_ID = "ord_example_fulfilled"
DEFECTIVE_ID = "ord_example_defective"
UNDER_WAY_ID = "ord_example_under_way"
INSPECTOR = Actor(role=Role.INSPECTOR, company_id="SGS")
OPERATOR = Actor(role=Role.OPERATOR)
MEDIATOR = Actor(role=Role.MEDIATOR, person_id="per_mediator")
PRE_SHIPMENT_FEE_MINOR = 28_000
DESTINATION_FEE_MINOR = 98_000
# The trade under way began so many days ago and ships in as many.
UNDER_WAY_DAYS = 30
# Agreed and delivered capacity of the second play.
AGREED_MAH = 3_000
DELIVERED_MAH = 2_000


def document(name: str) -> str:
    """Return the hash that stands for a document of the play."""
    return hashlib.sha256(f"example document: {name}".encode()).hexdigest()


def day(date: str, time: str = "09:00:00+08:00") -> dt.datetime:
    """Return an instant of a play."""
    return dt.datetime.fromisoformat(f"{date}T{time}").astimezone(dt.UTC)


# Before anything of the plays happens.
BEGINNING = day("2026-01-01")


def dated(contract: Contract, *, ships: str, arrives: str) -> Contract:
    """Return the example contract with the dates of a play."""
    shipment = replace(
        contract.shipment,
        date=dt.date.fromisoformat(ships),
        arrival_date=dt.date.fromisoformat(arrives),
    )
    return replace(contract, shipment=shipment)


def play_fulfilled(stage: Stage, contract: Contract, folder: Path) -> None:
    """Play the trade that goes well: draft, sample, deposit, inspection, balance, shipment, receipt, payout."""
    contract = dated(contract, ships="2026-03-16", arrives="2026-04-27")
    _until_produced(stage, contract, month="2026-01", folder=folder)
    supplier, buyer = _sides(contract)
    stage.enter(day("2026-03-12"), "The goods go on board; the bill of lading proves it.")
    _ship(stage, supplier, day("2026-03-12"))
    stage.enter(day("2026-04-20"), "The carrier proves delivery.")
    delivery = c.RecordDelivery(shipment_id="S1", document_hash=document("delivery"))
    stage.ask(PROVIDER, delivery, "deliver")
    stage.enter(day("2026-04-23"), "The buyer confirms receipt; the money is the supplier's.")
    stage.ask(buyer, c.ConfirmReceipt(), "confirm")
    stage.work()
    stage.enter(day("2026-04-24"), "The operator writes the payment file for the bank.")
    stage.pay_out(
        "payouts-2026-04-24", contract.currency, folder / "payouts-2026-04-24.pain001.xml"
    )
    stage.work()


def play_defective(stage: Stage, contract: Contract, folder: Path) -> None:
    """Play the trade that goes wrong: 2,000 mAh instead of 3,000, a dispute, mediation, a partial refund."""
    contract = dated(contract, ships="2026-04-15", arrives="2026-05-27")
    _until_produced(stage, contract, month="2026-02", folder=folder)
    supplier, buyer = _sides(contract)
    stage.enter(day("2026-04-13"), "The goods go on board.")
    _ship(stage, supplier, day("2026-04-13"))
    stage.enter(day("2026-05-21"), "The carrier proves delivery.")
    delivery = c.RecordDelivery(shipment_id="S1", document_hash=document("delivery"))
    stage.ask(PROVIDER, delivery, "deliver")
    _dispute(stage, supplier, buyer)
    _decide(stage, contract)


def _sides(contract: Contract) -> tuple[Actor, Actor]:
    supplier = Actor(role=Role.SUPPLIER, company_id=contract.supplier.company_id)
    buyer = Actor(role=Role.BUYER, company_id=contract.buyer.company_id)
    return supplier, buyer


def play_under_way(stage: Stage, contract: Contract, folder: Path) -> None:
    """Play a trade that is in production today, counted from the day on which it was first played."""
    first = stage.begun_on() or (stage.today - dt.timedelta(days=UNDER_WAY_DAYS)).date()
    contract = dated(
        contract,
        ships=(first + dt.timedelta(days=2 * UNDER_WAY_DAYS)).isoformat(),
        arrives=(first + dt.timedelta(days=4 * UNDER_WAY_DAYS)).isoformat(),
    )
    _until_paid(stage, contract, first=first, folder=folder)
    stage.enter(_days_after(first, UNDER_WAY_DAYS - 1), "The buyer books SGS before shipment.")
    stage.ask(_sides(contract)[1], _booking(), "book")
    stage.work()


def _days_after(first: dt.date, days: int) -> dt.datetime:
    return day((first + dt.timedelta(days=days)).isoformat())


def _until_produced(stage: Stage, contract: Contract, *, month: str, folder: Path) -> None:
    """Play what the ended trades share: all up to a passed inspection and the balance."""
    first = dt.date.fromisoformat(f"{month}-02")
    _until_paid(stage, contract, first=first, folder=folder)
    stage.enter(_days_after(first, 40), "SGS inspects 125 of 3,000 pieces before shipment: passed.")
    _inspect(stage, _sides(contract)[1])
    stage.enter(_days_after(first, 44), "The balance is on the bank's statement.")
    _pay(stage, contract, 2, _days_after(first, 44), folder)


def _until_paid(stage: Stage, contract: Contract, *, first: dt.date, folder: Path) -> None:
    """Play sample, agreement, deposit and the first word of production."""
    supplier, buyer = _sides(contract)

    def at(days: int) -> dt.datetime:
        return _days_after(first, days)

    settle_in(contract.supplier.company_id, desk=stage.desk)
    stage.enter(at(0), "The buyer begins an order and asks for a sample.")
    _begin(stage, buyer, contract)
    stage.ask(buyer, c.RequestSample(sample_id="sample-1"), "request-sample")
    assert contract.approved_sample is not None
    sealed = c.RecordSampleSent(
        sample_id="sample-1", seal_hash=sample_seal_hash(contract.approved_sample)
    )
    stage.ask(supplier, sealed, "send-sample")
    stage.ask(buyer, c.ApproveSample(sample_id="sample-1"), "approve-sample")
    stage.enter(at(3), "The supplier proposes the contract, the buyer accepts that very version.")
    stage.propose(supplier, contract, edition=EDITION)
    stage.accept(buyer, contract)
    stage.enter(at(6), "The deposit is on the bank's statement, matched by its reference.")
    _pay(stage, contract, 1, at(6), folder)
    stage.enter(at(25), "The supplier tells how production stands.")
    told = c.PostProductionUpdate(note_hash=document("update"), percent=60)
    stage.ask(supplier, told, "update")


def _begin(stage: Stage, buyer: Actor, contract: Contract) -> None:
    policy_id = next(key for key, p in stage.policies.items() if p.edition == EDITION)
    draft = c.OpenDraft(
        policy_id=policy_id,
        buyer_id=contract.buyer.company_id,
        supplier_id=contract.supplier.company_id,
    )
    stage.ask(buyer, draft, "begin")


def _pay(stage: Stage, contract: Contract, instalment: int, at: dt.datetime, folder: Path) -> None:
    """Write the bank's statement of that day as a file and import it like any other."""
    statement = example_statement(
        reference_for(stage.order_id, instalment),
        amount_minor=contract.payments[instalment - 1].amount_minor,
        booked_date=at.date() - dt.timedelta(days=1),
        payer_name=contract.buyer.name,
    )
    data = write_statement(statement)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{stage.order_id}-{instalment}.camt053.xml").write_bytes(data)
    stage.import_statement(data)


def _booking() -> c.BookInspection:
    return c.BookInspection(
        inspection_id="i1",
        company="SGS",
        stage=InspectionStage.PRE_SHIPMENT,
        fee_minor=PRE_SHIPMENT_FEE_MINOR,
    )


def _inspect(stage: Stage, buyer: Actor) -> None:
    stage.ask(buyer, _booking(), "book")
    report = c.RecordInspectionReport(
        inspection_id="i1",
        lot=3_000,
        critical=c.Finding(found=0),
        major=c.Finding(found=3),
        minor=c.Finding(found=5),
    )
    stage.ask(INSPECTOR, report, "report")


def _ship(stage: Stage, supplier: Actor, on_board_at: dt.datetime) -> None:
    shipment = c.RecordShipment(
        shipment_id="S1",
        proof=Proof.BILL_OF_LADING,
        document_hash=document("bill of lading"),
        handed_over_at=on_board_at,
    )
    stage.ask(supplier, shipment, "ship")


def _dispute(stage: Stage, supplier: Actor, buyer: Actor) -> None:
    stage.enter(day("2026-05-26"), "The buyer measures 2,000 mAh and claims on the capacity term.")
    claim = Claim(ground=Ground.QUALITY, lines=(1,), term_ids=("capacity",))
    opened = c.OpenDispute(claims=(claim,), evidence_hashes=(document("discharge test"),))
    stage.ask(buyer, opened, "dispute")
    stage.enter(day("2026-05-27"), "The supplier declines the claim.")
    declined = c.AnswerDispute(decline=True, reason_hash=document("answer"))
    stage.ask(supplier, declined, "answer")
    stage.enter(day("2026-05-28"), "The buyer escalates and books TÜV Rheinland at the warehouse.")
    stage.ask(buyer, c.Escalate(), "escalate")
    booking = c.BookInspection(
        inspection_id="i2",
        company="TÜV Rheinland",
        stage=InspectionStage.DISPUTE,
        fee_minor=DESTINATION_FEE_MINOR,
    )
    stage.ask(buyer, booking, "book-at-destination")
    stage.enter(day("2026-05-29"), "The platform names a mediator.")
    stage.ask(OPERATOR, c.NameMediator(mediator_id=str(MEDIATOR.person_id)), "name")


def _decide(stage: Stage, contract: Contract) -> None:
    stage.enter(day("2026-06-02"), "The report: every cell holds 2,000 mAh instead of 3,000.")
    report = c.RecordInspectionReport(
        inspection_id="i2",
        lot=3_000,
        line=1,
        critical=c.Finding(found=0),
        major=c.Finding(found=0),
        minor=c.Finding(found=0),
        measured_failures=(
            MeasuredFailure(term_id="capacity", agreed=AGREED_MAH, measured=DELIVERED_MAH),
        ),
    )
    stage.ask(INSPECTOR, report, "report-at-destination")
    stage.enter(
        day("2026-06-05"),
        "The mediator decides: the goods are kept, a third of the price comes back.",
    )
    # The buyer keeps the goods, so the shortfall's share of the line is reduced (programme, section 8).
    reduction = contract.total_minor * (AGREED_MAH - DELIVERED_MAH) // AGREED_MAH
    decided = c.Decide(
        outcome=Outcome.PARTIAL_REFUND,
        amount_minor=reduction,
        reason_hash=document("decision"),
    )
    stage.ask(MEDIATOR, decided, "decide")
    stage.enter(
        day("2026-06-15"), "Nobody appealed: the refund goes out, the rest to the supplier."
    )
    stage.ask(OPERATOR, c.SettleDue(), "final")
    stage.work()


PLAYS: tuple[tuple[str, Callable[[Stage, Contract, Path], None]], ...] = (
    (FULFILLED_ID, play_fulfilled),
    (DEFECTIVE_ID, play_defective),
    (UNDER_WAY_ID, play_under_way),
)
