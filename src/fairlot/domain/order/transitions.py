"""The one table of what may be asked: per command the roles, the statuses and the right an agent needs.

It is checked before any decision, it draws the buttons ("what can I do now"), and the golden matrix prints it.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from fairlot.domain.order import commands as c
from fairlot.domain.order.refusals import Code
from fairlot.domain.order.state import Order, Right, Status
from fairlot.domain.party import Actor, Role

S = Status
BUYER = frozenset({Role.BUYER, Role.AGENT})
PARTIES = frozenset({Role.BUYER, Role.AGENT, Role.SUPPLIER})
SUPPLIER = frozenset({Role.SUPPLIER})
PROVIDER = frozenset({Role.PROVIDER, Role.OPERATOR})
# Facts of the carriage that a party may bring with its document; what only an authority or a carrier knows it may not.
CARRIERS = frozenset({Role.SUPPLIER, Role.BUYER, Role.AGENT, Role.PROVIDER, Role.OPERATOR})
MEDIATORS = frozenset({Role.MEDIATOR, Role.SUPERVISOR})
NAMERS = frozenset({Role.OPERATOR, Role.SUPERVISOR})
INSPECTORS = frozenset({Role.INSPECTOR, Role.PROVIDER})

BEFORE = frozenset({S.DRAFT, S.PROPOSED})
AGREED_ON = frozenset({S.AGREED, S.IN_PRODUCTION, S.SHIPPED, S.DELIVERED, S.COMPLETED})
UNDER_WAY = frozenset({S.IN_PRODUCTION, S.SHIPPED, S.DELIVERED})
MAKING = frozenset({S.AGREED, S.IN_PRODUCTION})
CLAIMING = AGREED_ON
ENDED = frozenset({S.CLOSED, S.REFUNDED, S.SETTLED, S.CANCELLED, S.EXPIRED})
AFTER_AGREEMENT = frozenset(set(Status) - BEFORE - {S.EXPIRED})
EVER = frozenset(Status)


class Rule(msgspec.Struct, frozen=True):
    """Who may ask a command and in which statuses; `right` is what an agent's mandate must grant."""

    roles: frozenset[Role]
    statuses: frozenset[Status]
    right: Right = Right.FOLLOW


RULES: dict[type[c.Command], Rule] = {
    c.OpenDraft: Rule(PARTIES, frozenset({S.DRAFT}), Right.DRAFT),
    c.GrantMandate: Rule(frozenset({Role.BUYER}), EVER - ENDED),
    c.RevokeMandate: Rule(frozenset({Role.BUYER}), EVER),
    c.RequestSample: Rule(BUYER, BEFORE, Right.DRAFT),
    c.RecordSampleSent: Rule(SUPPLIER, BEFORE),
    c.ApproveSample: Rule(BUYER, BEFORE, Right.AGREE),
    c.RejectSample: Rule(BUYER, BEFORE, Right.DRAFT),
    c.ProposeVersion: Rule(PARTIES, BEFORE | {S.AGREED, S.IN_PRODUCTION, S.SHIPPED}, Right.DRAFT),
    c.WithdrawVersion: Rule(
        PARTIES, frozenset({S.PROPOSED, S.AGREED, S.IN_PRODUCTION, S.SHIPPED}), Right.DRAFT
    ),
    c.DeclineVersion: Rule(
        PARTIES, frozenset({S.PROPOSED, S.AGREED, S.IN_PRODUCTION, S.SHIPPED}), Right.DRAFT
    ),
    c.AcceptVersion: Rule(
        PARTIES, frozenset({S.PROPOSED, S.AGREED, S.IN_PRODUCTION, S.SHIPPED}), Right.AGREE
    ),
    c.RecordPayment: Rule(PROVIDER, AFTER_AGREEMENT),
    c.RecordPaymentReversed: Rule(PROVIDER, AFTER_AGREEMENT),
    c.ConsentToFee: Rule(BUYER, AGREED_ON, Right.PAY),
    c.KeepExcess: Rule(BUYER, AGREED_ON, Right.PAY),
    c.CancelByPlatform: Rule(NAMERS, MAKING),
    c.RecordCreditAdvised: Rule(PROVIDER, UNDER_WAY | {S.AGREED}),
    c.PresentDocuments: Rule(SUPPLIER | PROVIDER, UNDER_WAY),
    c.RecordDocumentsRefused: Rule(PROVIDER, UNDER_WAY),
    c.WaiveDiscrepancies: Rule(BUYER, UNDER_WAY, Right.PAY),
    c.RecordCreditHonoured: Rule(PROVIDER, UNDER_WAY),
    c.RecordRefundConfirmed: Rule(PROVIDER, AFTER_AGREEMENT),
    c.RecordSetOff: Rule(PROVIDER, AFTER_AGREEMENT),
    c.RecordSupplierRepaid: Rule(PROVIDER, AFTER_AGREEMENT),
    c.RecordRecovery: Rule(PROVIDER, AFTER_AGREEMENT),
    c.RecordInspectorPaid: Rule(PROVIDER, AFTER_AGREEMENT),
    c.RecordChargebackOpened: Rule(PROVIDER, AFTER_AGREEMENT),
    c.RecordChargebackMessage: Rule(PROVIDER, AFTER_AGREEMENT),
    c.RecordChargebackEnded: Rule(PROVIDER, AFTER_AGREEMENT),
    c.RecordDebtPaid: Rule(PROVIDER, AFTER_AGREEMENT),
    c.WriteOffDebt: Rule(NAMERS, AFTER_AGREEMENT),
    # What stands on other orders; the programme alone looks there.
    c.RecordCardBlock: Rule(frozenset({Role.PROVIDER}), AFTER_AGREEMENT),
    c.RequestProductionUpdate: Rule(BUYER, MAKING, Right.FOLLOW),
    c.PostProductionUpdate: Rule(SUPPLIER, MAKING),
    c.AgreeInspectionFee: Rule(PARTIES, AGREED_ON, Right.PAY),
    c.BookInspection: Rule(PARTIES, AGREED_ON, Right.PAY),
    c.RecordInspectionReport: Rule(INSPECTORS, AGREED_ON),
    c.RejectLot: Rule(BUYER, frozenset({S.IN_PRODUCTION}), Right.CLAIM),
    c.RequestRework: Rule(BUYER, frozenset({S.IN_PRODUCTION}), Right.CLAIM),
    c.WaiveFindings: Rule(BUYER, AGREED_ON, Right.CLAIM),
    c.NotifyGoodsReady: Rule(SUPPLIER, MAKING),
    c.RecordShipment: Rule(CARRIERS, MAKING, Right.CONFIRM),
    c.RecordMovement: Rule(PROVIDER, AGREED_ON),
    c.ExtendArrival: Rule(PARTIES, UNDER_WAY, Right.CONFIRM),
    c.RecordDelivery: Rule(CARRIERS, UNDER_WAY | {S.COMPLETED}, Right.CONFIRM),
    c.ConfirmReceipt: Rule(BUYER, UNDER_WAY, Right.CONFIRM),
    c.RecordSeizure: Rule(PROVIDER, UNDER_WAY | {S.COMPLETED}),
    c.RecordPriceDemand: Rule(CARRIERS, AGREED_ON, Right.CLAIM),
    c.OpenDispute: Rule(BUYER, CLAIMING, Right.CLAIM),
    c.AddClaim: Rule(BUYER, CLAIMING, Right.CLAIM),
    c.StateWish: Rule(BUYER, CLAIMING, Right.CLAIM),
    c.AppealRefusal: Rule(BUYER, CLAIMING, Right.CLAIM),
    c.DecideRefusal: Rule(MEDIATORS, CLAIMING),
    c.AnswerDispute: Rule(SUPPLIER, CLAIMING),
    c.MakeOffer: Rule(PARTIES, CLAIMING, Right.SETTLE),
    c.WithdrawOffer: Rule(PARTIES, CLAIMING, Right.SETTLE),
    c.DeclineOffer: Rule(PARTIES, CLAIMING, Right.SETTLE),
    c.AcceptOffer: Rule(PARTIES, CLAIMING, Right.SETTLE),
    c.ConfirmFulfilled: Rule(BUYER, CLAIMING, Right.SETTLE),
    c.ExtendNegotiation: Rule(PARTIES, CLAIMING, Right.CLAIM),
    c.Escalate: Rule(PARTIES, CLAIMING, Right.CLAIM),
    c.NameMediator: Rule(NAMERS, CLAIMING),
    c.SubmitEvidence: Rule(PARTIES, CLAIMING, Right.CLAIM),
    c.ContestEvidence: Rule(PARTIES, CLAIMING, Right.CLAIM),
    c.AskInspection: Rule(PARTIES | MEDIATORS, CLAIMING, Right.CLAIM),
    c.Decide: Rule(MEDIATORS, CLAIMING),
    c.Appeal: Rule(PARTIES, CLAIMING, Right.CLAIM),
    c.WithdrawClaim: Rule(BUYER, CLAIMING, Right.SETTLE),
    c.RecordCondition: Rule(INSPECTORS, CLAIMING),
    c.RecordReturnSent: Rule(BUYER, CLAIMING, Right.CLAIM),
    c.RecordReturnArrived: Rule(SUPPLIER | PROVIDER, CLAIMING),
    c.ContestReturn: Rule(PARTIES, CLAIMING, Right.CLAIM),
    c.DecideReturn: Rule(MEDIATORS, CLAIMING),
    c.JudgeReturn: Rule(SUPPLIER, CLAIMING),
    c.SettleDue: Rule(frozenset(Role), EVER),
}


# The sides ask for themselves; everybody else is named by the role alone.
_OWN_COMPANY: dict[Role, Callable[[Order], str]] = {
    Role.BUYER: lambda order: order.buyer_id,
    Role.SUPPLIER: lambda order: order.supplier_id,
}


def forbidden(actor: Actor, command_type: type[c.Command], order: Order) -> Code | None:
    """Return why this actor may not ask this of this order, or None; it looks at roles and companies alone."""
    rule = RULES[command_type]
    if actor.role not in rule.roles:
        return Code.NOT_PERMITTED
    if command_type is c.OpenDraft:
        return None
    own_company = _OWN_COMPANY.get(actor.role)
    if own_company is not None:
        return None if actor.company_id == own_company(order) else Code.NOT_PERMITTED
    if actor.role is Role.AGENT:
        granted = next((m for m in order.mandates if m.agent_id == actor.company_id), None)
        if granted is None or rule.right not in granted.rights:
            return Code.NOT_MANDATED
    return None
