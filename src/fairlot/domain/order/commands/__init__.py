"""What may be asked of an order: imperative, plain data; who asks and when travel beside it."""

from __future__ import annotations

from fairlot.domain.order.commands.agreement import (
    AcceptVersion,
    ApproveSample,
    DeclineVersion,
    Grant,
    GrantMandate,
    OpenDraft,
    ProposeVersion,
    RecordSampleSent,
    RejectSample,
    RequestSample,
    RevokeMandate,
    WithdrawVersion,
)
from fairlot.domain.order.commands.credit import (
    PresentDocuments,
    RecordCreditAdvised,
    RecordCreditHonoured,
    RecordDocumentsRefused,
    WaiveDiscrepancies,
)
from fairlot.domain.order.commands.dispute import (
    AcceptOffer,
    AddClaim,
    AnswerDispute,
    Appeal,
    AppealRefusal,
    AskInspection,
    ConfirmFulfilled,
    ContestEvidence,
    ContestReturn,
    Decide,
    DecideRefusal,
    DecideReturn,
    DeclineOffer,
    Escalate,
    ExtendNegotiation,
    JudgeReturn,
    MakeOffer,
    NameMediator,
    OfferTerms,
    OpenDispute,
    RecordCondition,
    RecordReturnArrived,
    RecordReturnSent,
    StateWish,
    SubmitEvidence,
    WithdrawClaim,
    WithdrawOffer,
)
from fairlot.domain.order.commands.funding import (
    CancelByPlatform,
    ConsentToFee,
    KeepExcess,
    RecordCardBlock,
    RecordChargebackEnded,
    RecordChargebackMessage,
    RecordChargebackOpened,
    RecordDebtPaid,
    RecordInspectorPaid,
    RecordPayment,
    RecordPaymentReversed,
    RecordRecovery,
    RecordRefundConfirmed,
    RecordSetOff,
    RecordSupplierRepaid,
    WriteOffDebt,
)
from fairlot.domain.order.commands.goods import (
    AgreeInspectionFee,
    BookInspection,
    ConfirmReceipt,
    ExtendArrival,
    Finding,
    NotifyGoodsReady,
    PostProductionUpdate,
    RecordDelivery,
    RecordInspectionReport,
    RecordMovement,
    RecordPriceDemand,
    RecordSeizure,
    RecordShipment,
    RejectLot,
    RequestProductionUpdate,
    RequestRework,
    TermFinding,
    WaiveFindings,
)
from fairlot.domain.order.commands.shape import Command


class SettleDue(Command, frozen=True, kw_only=True):
    """Let whatever is due by now happen; the clock's only command."""


OrderCommand = (
    OpenDraft
    | GrantMandate
    | RevokeMandate
    | RequestSample
    | RecordSampleSent
    | ApproveSample
    | RejectSample
    | ProposeVersion
    | WithdrawVersion
    | DeclineVersion
    | AcceptVersion
    | RecordPayment
    | RecordPaymentReversed
    | ConsentToFee
    | KeepExcess
    | CancelByPlatform
    | RecordCreditAdvised
    | PresentDocuments
    | RecordDocumentsRefused
    | WaiveDiscrepancies
    | RecordCreditHonoured
    | RecordRefundConfirmed
    | RecordSetOff
    | RecordSupplierRepaid
    | RecordRecovery
    | RecordInspectorPaid
    | RecordChargebackOpened
    | RecordChargebackMessage
    | RecordChargebackEnded
    | RecordDebtPaid
    | WriteOffDebt
    | RecordCardBlock
    | RequestProductionUpdate
    | PostProductionUpdate
    | AgreeInspectionFee
    | BookInspection
    | RecordInspectionReport
    | RejectLot
    | RequestRework
    | WaiveFindings
    | NotifyGoodsReady
    | RecordShipment
    | RecordMovement
    | ExtendArrival
    | RecordDelivery
    | ConfirmReceipt
    | RecordSeizure
    | RecordPriceDemand
    | OpenDispute
    | AddClaim
    | AppealRefusal
    | DecideRefusal
    | AnswerDispute
    | MakeOffer
    | WithdrawOffer
    | DeclineOffer
    | AcceptOffer
    | ConfirmFulfilled
    | ExtendNegotiation
    | Escalate
    | NameMediator
    | SubmitEvidence
    | ContestEvidence
    | StateWish
    | AskInspection
    | Decide
    | Appeal
    | WithdrawClaim
    | RecordCondition
    | RecordReturnSent
    | RecordReturnArrived
    | ContestReturn
    | DecideReturn
    | JudgeReturn
    | SettleDue
)

__all__ = [
    "AcceptOffer",
    "AcceptVersion",
    "AddClaim",
    "AgreeInspectionFee",
    "AnswerDispute",
    "Appeal",
    "AppealRefusal",
    "ApproveSample",
    "AskInspection",
    "BookInspection",
    "CancelByPlatform",
    "Command",
    "ConfirmFulfilled",
    "ConfirmReceipt",
    "ConsentToFee",
    "ContestEvidence",
    "ContestReturn",
    "Decide",
    "DecideRefusal",
    "DecideReturn",
    "DeclineOffer",
    "DeclineVersion",
    "Escalate",
    "ExtendArrival",
    "ExtendNegotiation",
    "Finding",
    "Grant",
    "GrantMandate",
    "JudgeReturn",
    "KeepExcess",
    "MakeOffer",
    "NameMediator",
    "NotifyGoodsReady",
    "OfferTerms",
    "OpenDispute",
    "OpenDraft",
    "OrderCommand",
    "PostProductionUpdate",
    "PresentDocuments",
    "ProposeVersion",
    "RecordCardBlock",
    "RecordChargebackEnded",
    "RecordChargebackMessage",
    "RecordChargebackOpened",
    "RecordCondition",
    "RecordCreditAdvised",
    "RecordCreditHonoured",
    "RecordDebtPaid",
    "RecordDelivery",
    "RecordDocumentsRefused",
    "RecordInspectionReport",
    "RecordInspectorPaid",
    "RecordMovement",
    "RecordPayment",
    "RecordPaymentReversed",
    "RecordPriceDemand",
    "RecordRecovery",
    "RecordRefundConfirmed",
    "RecordReturnArrived",
    "RecordReturnSent",
    "RecordSampleSent",
    "RecordSeizure",
    "RecordSetOff",
    "RecordShipment",
    "RecordSupplierRepaid",
    "RejectLot",
    "RejectSample",
    "RequestProductionUpdate",
    "RequestRework",
    "RequestSample",
    "RevokeMandate",
    "SettleDue",
    "StateWish",
    "SubmitEvidence",
    "TermFinding",
    "WaiveDiscrepancies",
    "WaiveFindings",
    "WithdrawClaim",
    "WithdrawOffer",
    "WithdrawVersion",
    "WriteOffDebt",
]
