"""The facts of one contract version that the rules need: pinned in the record without names or free text.

The document itself (parties, descriptions, pictures) is kept by content hash outside the chain.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

import msgspec

from fairlot.domain.policy.model import CoverKind


class Incoterm(StrEnum):
    """Incoterms 2020: where the supplier's duty to deliver ends."""

    EXW = "EXW"
    FCA = "FCA"
    FAS = "FAS"
    FOB = "FOB"
    CFR = "CFR"
    CIF = "CIF"
    CPT = "CPT"
    CIP = "CIP"
    DAP = "DAP"
    DPU = "DPU"
    DDP = "DDP"


ARRIVAL_TERMS = frozenset({Incoterm.DAP, Incoterm.DPU, Incoterm.DDP})


class Proof(StrEnum):
    """What a shipment is proven by."""

    BILL_OF_LADING = "bill_of_lading"
    CARRIER_RECEIPT = "carrier_receipt"
    FORWARDER_RECEIPT = "forwarder_receipt"
    COLLECTION = "collection"
    ALONGSIDE_RECEIPT = "alongside_receipt"
    CARRIER_NUMBER = "carrier_number"
    ARRIVAL = "arrival"


class Mode(StrEnum):
    """How goods travel."""

    SEA = "sea"
    LAND = "land"
    AIR = "air"
    EXPRESS = "express"
    POST = "post"


class Party(StrEnum):
    """One of the two sides of a contract."""

    BUYER = "buyer"
    SUPPLIER = "supplier"

    @property
    def other(self) -> Party:
        """Return the opposite side."""
        return Party.SUPPLIER if self is Party.BUYER else Party.BUYER


class DefectClass(StrEnum):
    """How much a deviation matters (R34)."""

    CRITICAL = "critical"
    MAJOR = "major"
    MINOR = "minor"


class InstalmentDue(StrEnum):
    """What makes an instalment due."""

    AGREEMENT = "agreement"
    PASSED_INSPECTION = "passed_inspection"
    GOODS_READY = "goods_ready"
    INSPECTION_OR_READY = "inspection_or_ready"


class Line(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One article of the order: pieces and the price of one."""

    number: int
    quantity: int
    unit_price_minor: int

    @property
    def price_minor(self) -> int:
        """Return the price of the whole line."""
        return self.quantity * self.unit_price_minor


class Instalment(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A part of the price and what makes it due."""

    name: str
    amount_minor: int
    due: InstalmentDue = InstalmentDue.AGREEMENT


class TermFact(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What the rules need of one term: its lines (none means all), class, and whether a claim can stand on it."""

    id: str
    topic: str
    claimable: bool
    defect_class: DefectClass = DefectClass.MAJOR
    mandatory: bool = False
    lines: tuple[int, ...] = ()


class LateRemedy(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What lateness costs: basis points of the late quantities' price per day, and the most in all."""

    per_day_basis_points: int
    cap_basis_points: int


class SamplingTerms(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The contract's sampling: level and acceptance quality limits as decimal strings, "0" for none allowed."""

    level: str = "II"
    aql_critical: str = "0"
    aql_major: str = "2.5"
    aql_minor: str = "4.0"


class Terms(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One contract version as facts. `version_hash` is the SHA-256 of the document's canonical bytes."""

    version_hash: str
    currency: str
    total_minor: int
    covered_minor: int
    cover_kind: CoverKind
    lines: tuple[Line, ...]
    instalments: tuple[Instalment, ...]
    zone: str
    incoterm: Incoterm
    mode: Mode
    buyer_country: str = ""
    # Exactly one of the two; for D-terms the date is that of arrival (ruling A35).
    shipment_date: dt.date | None = None
    lead_time_days: int | None = None
    arrival_date: dt.date | None = None
    carrier_chosen_by: Party = Party.SUPPLIER
    own_forwarder: bool = False
    # The contract's own word on what proves shipment; none means the default of forwarder and Incoterm.
    proof: Proof | None = None
    destination_is_port: bool = False
    terms: tuple[TermFact, ...] = ()
    sampling: SamplingTerms = SamplingTerms()
    late_remedy: LateRemedy | None = None
    approved_sample_hash: str = ""
    fee_borne_by: Party = Party.BUYER

    def line(self, number: int) -> Line | None:
        """Return the line of that number, or None."""
        return next((line for line in self.lines if line.number == number), None)

    def term(self, term_id: str) -> TermFact | None:
        """Return the term of that id, or None."""
        return next((term for term in self.terms if term.id == term_id), None)


_DEFAULT_PROOF = {
    Incoterm.EXW: Proof.COLLECTION,
    Incoterm.FCA: Proof.CARRIER_RECEIPT,
    Incoterm.CPT: Proof.CARRIER_RECEIPT,
    Incoterm.CIP: Proof.CARRIER_RECEIPT,
    Incoterm.FAS: Proof.ALONGSIDE_RECEIPT,
    Incoterm.FOB: Proof.BILL_OF_LADING,
    Incoterm.CFR: Proof.BILL_OF_LADING,
    Incoterm.CIF: Proof.BILL_OF_LADING,
    Incoterm.DAP: Proof.ARRIVAL,
    Incoterm.DPU: Proof.ARRIVAL,
    Incoterm.DDP: Proof.ARRIVAL,
}


def required_proof(terms: Terms) -> Proof:
    """Return what proves that the shipment was in time.

    The contract's own word first, then the buyer's own forwarder's receipt (R17), then the Incoterm's default.
    """
    if terms.proof is not None:
        return terms.proof
    if terms.own_forwarder:
        return Proof.FORWARDER_RECEIPT
    return _DEFAULT_PROOF[terms.incoterm]
