"""From the contract as two companies read it to the facts that the rules need; names and free text stay behind."""

from __future__ import annotations

import hashlib

import msgspec

from fairlot.domain.contract.assess import assess_term
from fairlot.domain.contract.document import ApprovedSample, Contract, Term, contract_hash
from fairlot.domain.contract.document import LateRemedy as AgreedRemedy
from fairlot.domain.contract.vocabulary import InstalmentDue as DueWords
from fairlot.domain.contract.vocabulary import Language
from fairlot.domain.contract.vocabulary import ShipmentProof as ProofWords
from fairlot.domain.order.terms import (
    DefectClass,
    Incoterm,
    Instalment,
    InstalmentDue,
    LateRemedy,
    Line,
    Mode,
    Party,
    Proof,
    SamplingTerms,
    TermFact,
    Terms,
)
from fairlot.domain.policy.model import CoverKind

DUE: dict[DueWords, InstalmentDue] = {
    "agreement": InstalmentDue.AGREEMENT,
    "passed inspection": InstalmentDue.PASSED_INSPECTION,
    "goods ready": InstalmentDue.GOODS_READY,
    # Where the schedule names neither, the later of the two (ruling A65).
    "before shipment": InstalmentDue.INSPECTION_OR_READY,
}
PROOFS: dict[ProofWords, Proof] = {
    "on-board bill of lading": Proof.BILL_OF_LADING,
    "first carrier receipt": Proof.CARRIER_RECEIPT,
    "forwarder receipt": Proof.FORWARDER_RECEIPT,
    "alongside receipt": Proof.ALONGSIDE_RECEIPT,
    "collection": Proof.COLLECTION,
    "arrival": Proof.ARRIVAL,
}
# Incoterms whose named place is a port.
SEA_TERMS = frozenset({"FAS", "FOB", "CFR", "CIF"})


def terms_of(contract: Contract, *, buyer_country: str = "", order_id: str = "") -> Terms:
    """Return a contract version as facts. The contract is valid (`validation.validate`).

    `order_id` says which order it is for: an approved sample of that order, or of none named, becomes its reference.
    """
    shipment = contract.shipment
    return Terms(
        version_hash=contract_hash(contract),
        currency=contract.currency,
        total_minor=contract.total_minor,
        covered_minor=contract.covered_minor,
        cover_kind=CoverKind(contract.cover_kind),
        lines=tuple(
            Line(number=line.number, quantity=line.quantity, unit_price_minor=line.unit_price_minor)
            for line in contract.lines
        ),
        instalments=tuple(
            # By number: what the contract calls it is text, and stays there.
            Instalment(name=str(number), amount_minor=payment.amount_minor, due=DUE[payment.due])
            for number, payment in enumerate(contract.payments, start=1)
        ),
        zone=shipment.zone,
        incoterm=Incoterm(shipment.incoterm),
        mode=Mode(shipment.transport_mode),
        buyer_country=buyer_country,
        shipment_date=shipment.date,
        lead_time_days=shipment.lead_time_days,
        arrival_date=shipment.arrival_date,
        carrier_chosen_by=Party(shipment.carrier_chosen_by),
        own_forwarder=shipment.forwarder is not None,
        proof=None if shipment.proof is None else PROOFS[shipment.proof],
        destination_is_port=shipment.incoterm in SEA_TERMS
        and shipment.destination == shipment.place,
        terms=tuple(_term_fact(term, contract.language) for term in contract.terms),
        sampling=_sampling(contract),
        late_remedy=_late_remedy(contract.late_remedy),
        approved_sample_hash=_sample_hash(contract.approved_sample, order_id),
        fee_borne_by=Party(contract.payment_fee_borne_by),
    )


def is_claimable(term: Term, *, language: Language = "en") -> bool:
    """Say whether a claim could stand on a term, by the very assessment that the editor shows before signing.

    On a weak term a claim could stand, and may fail; on one that is not claimable it is refused at the door.
    """
    return assess_term(term, language=language).label != "not_claimable"


def sample_seal_hash(sample: ApprovedSample) -> str:
    """Return the hash of a sample's seal record: its mark, the day it was sealed, who keeps the counterpart."""
    record = msgspec.structs.replace(sample, order_id="")
    return hashlib.sha256(msgspec.json.encode(record, order="sorted")).hexdigest()


def _term_fact(term: Term, language: Language) -> TermFact:
    return TermFact(
        id=term.id,
        topic=term.topic,
        claimable=is_claimable(term, language=language),
        defect_class=DefectClass(term.defect_class or DefectClass.MAJOR.value),
        mandatory=term.mandatory,
        lines=term.lines,
    )


def _sampling(contract: Contract) -> SamplingTerms:
    plan = contract.inspection
    if plan is None:
        return SamplingTerms()
    return SamplingTerms(
        level=plan.level,
        aql_critical=plan.aql_critical,
        aql_major=plan.aql_major,
        aql_minor=plan.aql_minor,
    )


def _late_remedy(remedy: AgreedRemedy | None) -> LateRemedy | None:
    if remedy is None:
        return None
    return LateRemedy(
        per_day_basis_points=remedy.per_day_basis_points, cap_basis_points=remedy.cap_basis_points
    )


def _sample_hash(sample: ApprovedSample | None, order_id: str) -> str:
    if sample is None or sample.order_id not in {"", order_id}:
        return ""
    return sample_seal_hash(sample)
