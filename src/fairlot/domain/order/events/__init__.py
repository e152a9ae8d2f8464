"""What happened to an order, past tense: every event carries the amounts and instants that follow from it.

`at` is the instant it counts from; an automatic effect is dated by its own deadline.
"""

from __future__ import annotations

from fairlot.domain.order.events.aftermath import (
    ChargebackEnded,
    ChargebackOpened,
    ConditionReported,
    PlatformBreached,
    ReturnArrived,
    ReturnJudged,
    ReturnLapsed,
    ReturnOpened,
    ReturnSent,
)
from fairlot.domain.order.events.agreement import (
    ChangeAgreed,
    MandateGranted,
    MandateRevoked,
    OrderAgreed,
    OrderDrafted,
    ProposalExpired,
    SampleApproved,
    SampleRejected,
    SampleRequested,
    SampleSent,
    VersionDeclined,
    VersionProposed,
    VersionWithdrawn,
)
from fairlot.domain.order.events.dispute import (
    AnswerLapsed,
    ClaimAdded,
    ClaimRefused,
    ClaimWithdrawn,
    DecisionAppealed,
    DecisionClockMoved,
    DecisionFinal,
    DecisionMade,
    DisputeAnswered,
    DisputeEscalated,
    DisputeExecuted,
    DisputeInspectionAsked,
    DisputeInspectionLapsed,
    DisputeMoot,
    DisputeOpened,
    EscalationAsked,
    EvidenceContested,
    EvidenceRoundClosed,
    EvidenceSubmitted,
    ExtensionAsked,
    MediatorNamed,
    NegotiationExtended,
    OfferAccepted,
    OfferDeclined,
    OfferMade,
    OfferWithdrawn,
    PerformanceOrdered,
    RefusalAppealed,
    RefusalDecided,
    RefusalLapsed,
    SettlementFulfilled,
    SettlementLapsed,
)
from fairlot.domain.order.events.funding import (
    CancellationUndone,
    ExcessKept,
    FundsReleased,
    OrderCancelled,
    OrderClosed,
    OrderCompleted,
    OrderRefunded,
    OrderSettled,
    PaymentCompleted,
    PaymentReceived,
    PaymentReversed,
    PaymentSuspended,
    RecoveryBooked,
    RefundConfirmed,
    RefundDecided,
    RefundFunded,
    SupplierRepaid,
    SuspenseReturned,
)
from fairlot.domain.order.events.goods import (
    ArrivalExtended,
    ClaimWindowWarned,
    CountedDelivered,
    FindingsWaived,
    GoodsDelivered,
    GoodsMoved,
    GoodsReadyNotified,
    GoodsSeized,
    InspectionBooked,
    InspectionFeeAgreed,
    InspectionLapsed,
    InspectionReported,
    InspectorPaid,
    LotRejected,
    MissingCancelled,
    PriceDemanded,
    ProductionUpdated,
    ProductionUpdateRequested,
    ReceiptConfirmed,
    ReworkRequested,
    ShipmentFellDue,
    ShipmentRecorded,
    ShipmentReminded,
    ShipmentUnproven,
)
from fairlot.domain.order.events.shape import Event

OrderEvent = (
    OrderDrafted
    | MandateGranted
    | MandateRevoked
    | SampleRequested
    | SampleSent
    | SampleApproved
    | SampleRejected
    | VersionProposed
    | VersionWithdrawn
    | VersionDeclined
    | ProposalExpired
    | OrderAgreed
    | ChangeAgreed
    | PaymentReceived
    | PaymentCompleted
    | CancellationUndone
    | PaymentSuspended
    | SuspenseReturned
    | PaymentReversed
    | ExcessKept
    | OrderCancelled
    | FundsReleased
    | RefundDecided
    | RefundFunded
    | SupplierRepaid
    | RecoveryBooked
    | RefundConfirmed
    | OrderCompleted
    | OrderClosed
    | OrderRefunded
    | OrderSettled
    | ProductionUpdateRequested
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
    | ClaimRefused
    | RefusalAppealed
    | RefusalDecided
    | RefusalLapsed
    | DisputeOpened
    | ClaimAdded
    | DisputeAnswered
    | AnswerLapsed
    | OfferMade
    | OfferWithdrawn
    | OfferDeclined
    | OfferAccepted
    | SettlementFulfilled
    | SettlementLapsed
    | ExtensionAsked
    | NegotiationExtended
    | EscalationAsked
    | DisputeEscalated
    | MediatorNamed
    | EvidenceSubmitted
    | EvidenceContested
    | EvidenceRoundClosed
    | DisputeInspectionAsked
    | DisputeInspectionLapsed
    | DecisionClockMoved
    | DecisionMade
    | DecisionAppealed
    | DecisionFinal
    | DisputeExecuted
    | PerformanceOrdered
    | ClaimWithdrawn
    | DisputeMoot
    | ReturnOpened
    | ConditionReported
    | ReturnSent
    | ReturnArrived
    | ReturnJudged
    | ReturnLapsed
    | ChargebackOpened
    | ChargebackEnded
    | PlatformBreached
)

__all__ = [
    "AnswerLapsed",
    "ArrivalExtended",
    "CancellationUndone",
    "ChangeAgreed",
    "ChargebackEnded",
    "ChargebackOpened",
    "ClaimAdded",
    "ClaimRefused",
    "ClaimWindowWarned",
    "ClaimWithdrawn",
    "ConditionReported",
    "CountedDelivered",
    "DecisionAppealed",
    "DecisionClockMoved",
    "DecisionFinal",
    "DecisionMade",
    "DisputeAnswered",
    "DisputeEscalated",
    "DisputeExecuted",
    "DisputeInspectionAsked",
    "DisputeInspectionLapsed",
    "DisputeMoot",
    "DisputeOpened",
    "EscalationAsked",
    "Event",
    "EvidenceContested",
    "EvidenceRoundClosed",
    "EvidenceSubmitted",
    "ExcessKept",
    "ExtensionAsked",
    "FindingsWaived",
    "FundsReleased",
    "GoodsDelivered",
    "GoodsMoved",
    "GoodsReadyNotified",
    "GoodsSeized",
    "InspectionBooked",
    "InspectionFeeAgreed",
    "InspectionLapsed",
    "InspectionReported",
    "InspectorPaid",
    "LotRejected",
    "MandateGranted",
    "MandateRevoked",
    "MediatorNamed",
    "MissingCancelled",
    "NegotiationExtended",
    "OfferAccepted",
    "OfferDeclined",
    "OfferMade",
    "OfferWithdrawn",
    "OrderAgreed",
    "OrderCancelled",
    "OrderClosed",
    "OrderCompleted",
    "OrderDrafted",
    "OrderEvent",
    "OrderRefunded",
    "OrderSettled",
    "PaymentCompleted",
    "PaymentReceived",
    "PaymentReversed",
    "PaymentSuspended",
    "PerformanceOrdered",
    "PlatformBreached",
    "PriceDemanded",
    "ProductionUpdateRequested",
    "ProductionUpdated",
    "ProposalExpired",
    "ReceiptConfirmed",
    "RecoveryBooked",
    "RefundConfirmed",
    "RefundDecided",
    "RefundFunded",
    "RefusalAppealed",
    "RefusalDecided",
    "RefusalLapsed",
    "ReturnArrived",
    "ReturnJudged",
    "ReturnLapsed",
    "ReturnOpened",
    "ReturnSent",
    "ReworkRequested",
    "SampleApproved",
    "SampleRejected",
    "SampleRequested",
    "SampleSent",
    "SettlementFulfilled",
    "SettlementLapsed",
    "ShipmentFellDue",
    "ShipmentRecorded",
    "ShipmentReminded",
    "ShipmentUnproven",
    "SupplierRepaid",
    "SuspenseReturned",
    "VersionDeclined",
    "VersionProposed",
    "VersionWithdrawn",
]
