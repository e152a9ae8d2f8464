"""Commands about the goods: production, inspection, shipment, delivery."""

from __future__ import annotations

import datetime as dt

import msgspec

from fairlot.domain.order.commands.shape import Command
from fairlot.domain.order.state import InspectionStage, MeasuredFailure
from fairlot.domain.order.terms import Mode, Proof


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """Defective units of one class, and how many units were looked at; no size means the plan's own."""

    found: int
    sample_size: int | None = None


class TermFinding(msgspec.Struct, frozen=True, kw_only=True):
    """On how many units of the sample a term of the contract failed; they are among those of its class."""

    term_id: str
    found: int


class RequestProductionUpdate(Command, frozen=True, kw_only=True):
    """Ask how production stands (R29)."""


class PostProductionUpdate(Command, frozen=True, kw_only=True):
    """Tell how production stands; the text is kept by hash."""

    note_hash: str
    percent: int


class AgreeInspectionFee(Command, frozen=True, kw_only=True):
    """Agree to advance an inspection's fee, once (R36)."""


class BookInspection(Command, frozen=True, kw_only=True):
    """Book an inspection and advance its fee; never refused to who pays (R36)."""

    inspection_id: str
    company: str
    stage: InspectionStage
    fee_minor: int


class RecordInspectionReport(Command, frozen=True, kw_only=True):
    """Report what was found; the verdict is computed from the plan."""

    inspection_id: str
    lot: int
    line: int | None = None
    critical: Finding
    major: Finding
    minor: Finding
    mandatory_failed: tuple[str, ...] = ()
    not_checked: tuple[str, ...] = ()
    measured_failures: tuple[MeasuredFailure, ...] = ()
    not_as_ordered: bool = False
    term_findings: tuple[TermFinding, ...] = ()


class RejectLot(Command, frozen=True, kw_only=True):
    """Reject a failed lot before shipping (R30)."""


class RequestRework(Command, frozen=True, kw_only=True):
    """Have a failed lot reworked and inspected again."""


class WaiveFindings(Command, frozen=True, kw_only=True):
    """Accept named findings by a signed act."""

    term_ids: tuple[str, ...]
    signature_hash: str


class NotifyGoodsReady(Command, frozen=True, kw_only=True):
    """Give notice that the goods are ready."""


class RecordShipment(Command, frozen=True, kw_only=True):
    """Record that goods left, with what proves it. No quantities means all that is left."""

    shipment_id: str
    proof: Proof
    document_hash: str
    quantities: dict[int, int] = {}
    handed_over_at: dt.datetime | None = None
    handed_over_date: dt.date | None = None
    mode: Mode | None = None


class RecordMovement(Command, frozen=True, kw_only=True):
    """Record that a carrier's number showed a movement."""

    shipment_id: str
    moved_at: dt.datetime


class ExtendArrival(Command, frozen=True, kw_only=True):
    """Move the day on which goods count as arrived, once for each side."""

    shipment_id: str


class RecordDelivery(Command, frozen=True, kw_only=True):
    """Record delivery as the carrier proves it."""

    shipment_id: str
    document_hash: str
    delivered_at: dt.datetime | None = None
    delivered_date: dt.date | None = None
    # The document shows the arrival at a port, not the handing over at a place inland (ruling A47).
    at_port: bool = False


class ConfirmReceipt(Command, frozen=True, kw_only=True):
    """Confirm receipt; with all goods there it releases the money. No ids means all shipments."""

    shipment_ids: tuple[str, ...] = ()


class RecordSeizure(Command, frozen=True, kw_only=True):
    """Record a customs seizure and whether the goods themselves were the reason."""

    wrong_goods: bool
    notice_hash: str


class RecordPriceDemand(Command, frozen=True, kw_only=True):
    """Record that the supplier asks for more than was agreed."""

    message_hash: str
    amount_minor: int | None = None
