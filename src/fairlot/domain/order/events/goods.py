"""Events of the goods: production, inspection, shipment, delivery."""

from __future__ import annotations

import datetime as dt

import msgspec

from fairlot.domain.order.events.shape import Event
from fairlot.domain.order.state import InspectionStage, Report
from fairlot.domain.order.terms import Mode, Party, Proof


class ProductionUpdateRequested(Event, frozen=True, kw_only=True):
    """The buyer asked how production stands (R29)."""


class ProductionUpdated(Event, frozen=True, kw_only=True):
    """The supplier told how production stands; the text is kept by hash."""

    note_hash: str
    percent: int


class InspectionFeeAgreed(Event, frozen=True, kw_only=True):
    """A party agreed to advance an inspection's fee; recorded once and never asked again (R36)."""

    by: Party


class InspectionBooked(Event, frozen=True, kw_only=True):
    """An inspection was booked and its fee advanced."""

    inspection_id: str
    company: str
    stage: InspectionStage
    fee_minor: int
    currency: str
    advanced_by: Party
    report_due_at: dt.datetime
    ordered: bool = False


class InspectionReported(Event, frozen=True, kw_only=True):
    """An inspector's report with the verdict that the plan gives; it may make the balance due or open a choice."""

    inspection_id: str
    report: Report
    balance_until: dt.datetime | None = None
    choice_until: dt.datetime | None = None


class InspectionLapsed(Event, frozen=True, kw_only=True):
    """The company did not report in time and is paid nothing; the fee goes back to who advanced it.

    That is the buyer, by a refund, unless `advanced_by` names the supplier, whose account gets it.
    """

    inspection_id: str
    refund_id: str
    fee_minor: int
    currency: str
    due_at: dt.datetime
    advanced_by: Party | msgspec.UnsetType = msgspec.UNSET


class InspectorPaid(Event, frozen=True, kw_only=True):
    """The inspection company got its fee."""

    inspection_id: str
    amount_minor: int
    currency: str


class LotRejected(Event, frozen=True, kw_only=True):
    """The buyer rejected the failed lot before shipping (R30)."""


class ReworkRequested(Event, frozen=True, kw_only=True):
    """The failed lot is to be reworked; silence means this (ruling A62)."""

    by_silence: bool


class FindingsWaived(Event, frozen=True, kw_only=True):
    """The buyer accepted named findings by a signed act."""

    term_ids: tuple[str, ...]
    signature_hash: str


class GoodsReadyNotified(Event, frozen=True, kw_only=True):
    """The supplier gave notice that the goods are ready."""

    balance_until: dt.datetime | None = None


class ShipmentReminded(Event, frozen=True, kw_only=True):
    """The parties were reminded so many days before the shipment date."""

    days: int


class ShipmentFellDue(Event, frozen=True, kw_only=True):
    """The shipment date passed with goods not shipped: lateness can be claimed from now."""


class ShipmentRecorded(Event, frozen=True, kw_only=True):
    """Goods left, or are said to have left; a carrier's number alone still waits for a movement."""

    shipment_id: str
    quantities: dict[int, int]
    mode: Mode
    proof: Proof
    claimed_at: dt.datetime
    document_hash: str
    dispatched_at: dt.datetime | None = None
    dispatched_date: dt.date | None = None
    arrival_asked_at: dt.datetime | None = None
    movement_until: dt.datetime | None = None
    without_leave: bool = False


class GoodsMoved(Event, frozen=True, kw_only=True):
    """A carrier's number showed a movement: the shipment is proven and dated (ruling A34)."""

    shipment_id: str
    dispatched_at: dt.datetime
    dispatched_date: dt.date
    arrival_asked_at: dt.datetime


class ShipmentUnproven(Event, frozen=True, kw_only=True):
    """A carrier's number showed no movement in time: nothing is shipped by it."""

    shipment_id: str


class ArrivalExtended(Event, frozen=True, kw_only=True):
    """A side moved the day on which the goods count as arrived, once."""

    shipment_id: str
    by: Party
    arrival_asked_at: dt.datetime


class GoodsDelivered(Event, frozen=True, kw_only=True):
    """Delivery was proven; the claim window runs from it, never shorter than already shown (rulings A42 to A44)."""

    shipment_id: str
    delivered_at: dt.datetime
    claim_until: dt.datetime
    document_hash: str


class ReceiptConfirmed(Event, frozen=True, kw_only=True):
    """The buyer confirmed receipt of shipments, each with the end of its claim window."""

    claim_until: dict[str, dt.datetime]


class CountedDelivered(Event, frozen=True, kw_only=True):
    """Nobody told of an arrival: the goods count as delivered and the window runs."""

    shipment_id: str
    claim_until: dt.datetime


class ClaimWindowWarned(Event, frozen=True, kw_only=True):
    """The buyer was warned so many days before a shipment's claim window ends (R45)."""

    shipment_id: str
    days: int


class MissingCancelled(Event, frozen=True, kw_only=True):
    """Quantities never shipped were cancelled; the rest of the order goes on (ruling A45).

    `amount_minor` of their price goes back; `not_asked_minor` had not been paid and is not asked for any more.
    """

    quantities: dict[int, int]
    amount_minor: int
    not_asked_minor: int | msgspec.UnsetType = msgspec.UNSET


class GoodsSeized(Event, frozen=True, kw_only=True):
    """Customs seized the goods; the notice says whether the goods themselves were the reason."""

    wrong_goods: bool
    notice_hash: str


class PriceDemanded(Event, frozen=True, kw_only=True):
    """The supplier asked for more than was agreed; the agreed price stands and the buyer is warned (R45)."""

    message_hash: str
    amount_minor: int | None = None


GoodsEvent = (
    ProductionUpdateRequested
    | ProductionUpdated
    | InspectionFeeAgreed
    | InspectionBooked
    | InspectionReported
    | InspectionLapsed
    | InspectorPaid
    | LotRejected
    | ReworkRequested
    | FindingsWaived
    | GoodsReadyNotified
    | ShipmentReminded
    | ShipmentFellDue
    | ShipmentRecorded
    | GoodsMoved
    | ShipmentUnproven
    | ArrivalExtended
    | GoodsDelivered
    | ReceiptConfirmed
    | CountedDelivered
    | ClaimWindowWarned
    | MissingCancelled
    | GoodsSeized
    | PriceDemanded
)
