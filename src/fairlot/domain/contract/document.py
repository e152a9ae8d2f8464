"""The contract document: what two companies agree, as plain values; its meaning is decided elsewhere, its identity is its hash."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import TypeAlias

import msgspec

from fairlot.domain.contract.vocabulary import (
    PROOF_BY_INCOTERM,
    ColourDifference,
    CoverKind,
    DefectClass,
    FailureRemedy,
    Incoterm,
    InspectionLevel,
    InspectionPlace,
    InstalmentDue,
    Language,
    MeasureOperator,
    PartyRole,
    ReferenceKind,
    ShipmentProof,
    Topic,
    TransportMode,
)

FORMAT = "fairlot-contract/1"


class ContractParty(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A company by its public id and its name at the time of writing."""

    company_id: str
    name: str


class ContractLine(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """One article: `unit_price_minor` is per `unit`, in minor units of the contract's currency."""

    number: int
    article: str
    quantity: int
    unit: str
    unit_price_minor: int
    description: str = ""


class ExtraFee(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A fee that a party adds to the price of the goods; it is declared here and pointed out to the buyer."""

    name: str
    amount_minor: int
    added_by: PartyRole


class Instalment(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One part of the price and the trigger that makes it due."""

    name: str
    amount_minor: int
    due: InstalmentDue


class Shipment(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """When and how the goods leave: either a local `date` or `lead_time_days` after the first payment, in `zone`.

    For the D-terms (DAP, DPU, DDP) the date is the date of arrival (ruling A35).
    """

    zone: str
    incoterm: Incoterm
    place: str
    transport_mode: TransportMode
    carrier_chosen_by: PartyRole
    destination: str
    date: dt.date | None = None
    lead_time_days: int | None = None
    arrival_date: dt.date | None = None
    forwarder: str | None = None
    proof: ShipmentProof | None = None


class LateRemedy(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a late day costs, in basis points of the price of the late quantities, and its cap."""

    per_day_basis_points: int
    cap_basis_points: int


class InspectionPlan(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """Who inspects what share of the lot, when, and what a failure leads to; AQLs are decimal strings."""

    level: InspectionLevel
    aql_critical: str
    aql_major: str
    aql_minor: str
    inspector: str
    place: InspectionPlace
    on_failure: FailureRemedy


class Tolerance(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Allowed deviation as decimal strings; `unit` is "%" of the value or a unit of the same quantity."""

    plus: str
    minus: str
    unit: str


class Measure(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    omit_defaults=True,
    forbid_unknown_fields=True,
    tag_field="form",
    tag="measure",
):
    """A number to meet: `value` is a decimal string, or several joined by " x " for dimensions; a range adds `upper`."""

    operator: MeasureOperator
    value: str
    unit: str = ""
    upper: str | None = None
    tolerance: Tolerance | None = None


class Reference(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    omit_defaults=True,
    forbid_unknown_fields=True,
    tag_field="form",
    tag="reference",
):
    """Something outside that decides: a sample, a picture, a standard, or a color with its allowed distance.

    `value` names it so that only one thing in the world fits; a Lab color reads "L a b" in decimal strings.
    """

    kind: ReferenceKind
    value: str
    file_sha256: str | None = None
    delta_e: str | None = None
    formula: ColourDifference = "CIEDE2000"
    illuminant: str = "D65"


class Presence(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    tag_field="form",
    tag="presence",
):
    """A thing that must be there, or must not."""

    thing: str
    present: bool


Requirement: TypeAlias = Measure | Reference | Presence


class Term(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """One requirement; without `requirement` only the words of `text` stand, and they are assessed as words.

    `lines` empty means every line. `translation` is the same text in the contract's other language.
    """

    id: str
    topic: Topic
    text: str
    lines: tuple[int, ...] = ()
    requirement: Requirement | None = None
    test_method: str = ""
    sample: str = ""
    defect_class: DefectClass | None = None
    mandatory: bool = False
    translation: str = ""


class AttachedFile(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """A picture or a file, bound in by the SHA-256 of its bytes (64 hexadecimal digits)."""

    name: str
    sha256: str
    media_type: str
    caption: str = ""


class ApprovedSample(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """The physical reference: its mark, the day it was sealed, and where the counterpart is kept."""

    reference: str
    sealed_on: dt.date
    kept_by: str = ""
    order_id: str = ""


class Contract(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    omit_defaults=True,
    forbid_unknown_fields=True,
    tag_field="format",
    tag=FORMAT,
):
    """One version of an agreement; money is in minor units of `currency`.

    `total_minor` is the price of all lines plus the declared extra fees; the fee of a way to pay is never part of it.
    """

    buyer: ContractParty
    supplier: ContractParty
    lines: tuple[ContractLine, ...]
    currency: str
    total_minor: int
    covered_minor: int
    cover_kind: CoverKind
    payments: tuple[Instalment, ...]
    shipment: Shipment
    language: Language
    binding_language: Language
    title: str = ""
    inspection: InspectionPlan | None = None
    terms: tuple[Term, ...] = ()
    files: tuple[AttachedFile, ...] = ()
    approved_sample: ApprovedSample | None = None
    late_remedy: LateRemedy | None = None
    extra_fees: tuple[ExtraFee, ...] = ()
    payment_fee_borne_by: PartyRole = "buyer"


def proof_of_shipment(shipment: Shipment) -> ShipmentProof:
    """Say what proves shipment: the contract's word, else the buyer's own forwarder (R17), else the Incoterm."""
    if shipment.proof is not None:
        return shipment.proof
    if shipment.forwarder is not None:
        return "forwarder receipt"
    return PROOF_BY_INCOTERM[shipment.incoterm]


def lines_total_minor(contract: Contract) -> int:
    """Add up quantity times unit price over all lines, without extra fees."""
    return sum(line.quantity * line.unit_price_minor for line in contract.lines)


def canonical_bytes(contract: Contract) -> bytes:
    """Encode for hashing: JSON with sorted keys, no spaces, no numbers but integers, values at their default left out.

    A default must therefore never change, or old hashes would come to mean something else.
    """
    return msgspec.json.encode(contract, order="sorted")


def contract_hash(contract: Contract) -> str:
    """Identify this very version: lower-case hexadecimal SHA-256 of its canonical bytes."""
    return hashlib.sha256(canonical_bytes(contract)).hexdigest()
