"""The closed words that a contract may use; each list is a type, so that a wrong word is refused when the file is read."""

from __future__ import annotations

from typing import Literal, TypeAlias

Language: TypeAlias = Literal["en", "zh"]
CoverKind: TypeAlias = Literal["pre-shipment", "post-delivery"]
InstalmentDue: TypeAlias = Literal[
    "agreement", "passed inspection", "goods ready", "before shipment"
]
Incoterm: TypeAlias = Literal[
    "EXW", "FCA", "FAS", "FOB", "CFR", "CIF", "CPT", "CIP", "DAP", "DPU", "DDP"
]
TransportMode: TypeAlias = Literal["sea", "land", "air", "express", "post"]
PartyRole: TypeAlias = Literal["buyer", "supplier"]
ShipmentProof: TypeAlias = Literal[
    "on-board bill of lading",
    "first carrier receipt",
    "forwarder receipt",
    "alongside receipt",
    "collection",
    "arrival",
]
InspectionLevel: TypeAlias = Literal["S-1", "S-2", "S-3", "S-4", "I", "II", "III"]
InspectionPlace: TypeAlias = Literal["during production", "before shipment", "at destination"]
FailureRemedy: TypeAlias = Literal["full refund", "rework", "full refund or rework"]
DefectClass: TypeAlias = Literal["critical", "major", "minor"]
Topic: TypeAlias = Literal[
    "size",
    "weight",
    "material",
    "colour",
    "capacity",
    "packaging",
    "branding",
    "finish",
    "stitching",
    "certification",
    "quantity",
    "function",
    "appearance",
    "shipment_date",
    "price",
    "other",
]
MeasureOperator: TypeAlias = Literal["=", ">=", "<=", ">", "<", "range"]
ReferenceKind: TypeAlias = Literal[
    "approved sample",
    "picture",
    "document",
    "standard",
    "certificate",
    "pantone",
    "ral",
    "ncs",
    "lab",
]
ColourDifference: TypeAlias = Literal["CIEDE2000", "CIE76", "CMC 2:1"]

PROOF_BY_INCOTERM: dict[Incoterm, ShipmentProof] = {
    "FCA": "first carrier receipt",
    "CPT": "first carrier receipt",
    "CIP": "first carrier receipt",
    "FOB": "on-board bill of lading",
    "CFR": "on-board bill of lading",
    "CIF": "on-board bill of lading",
    "EXW": "collection",
    "FAS": "alongside receipt",
    "DAP": "arrival",
    "DPU": "arrival",
    "DDP": "arrival",
}

# What every contract should say something about.
REQUIRED_TOPICS: tuple[Topic, ...] = (
    "shipment_date",
    "size",
    "quantity",
    "material",
    "colour",
    "packaging",
    "branding",
)
