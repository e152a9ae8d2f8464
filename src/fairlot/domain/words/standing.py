"""Words for the closed lists of the rules: where an order stands, who takes part, what is claimed, proven, offered."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from fairlot.domain.order.clocks import Waits
from fairlot.domain.order.state import (
    Condition,
    CreditDocument,
    CreditMismatch,
    CreditStatus,
    Discrepancy,
    DisputeCause,
    DisputeStatus,
    InspectionStage,
    LotChoice,
    OfferKind,
    Outcome,
    Right,
    Status,
    Verdict,
    Wish,
)
from fairlot.domain.order.terms import DefectClass, InstalmentDue, Mode, Party, Proof
from fairlot.domain.party import Role
from fairlot.domain.policy.model import CoverKind, Custody, Ground, Rail
from fairlot.domain.words.credit_lists import (
    CREDIT_DOCUMENT,
    CREDIT_MISMATCH,
    CREDIT_STATUS,
    DISCREPANCY,
)
from fairlot.domain.words.language import Language, Words

STATUS: dict[Status, Words] = {
    Status.DRAFT: Words("Draft", "草稿"),
    Status.PROPOSED: Words("Proposed", "待对方接受"),
    Status.AGREED: Words("Agreed, waiting for payment", "已达成一致，等待付款"),
    Status.IN_PRODUCTION: Words("In production", "生产中"),
    Status.SHIPPED: Words("Shipped", "已发货"),
    Status.DELIVERED: Words("Delivered", "已交货"),
    Status.COMPLETED: Words("Completed, claims still possible", "已完成，仍可索赔"),
    Status.CLOSED: Words("Closed", "已关闭"),
    Status.REFUNDED: Words("Refunded", "已退款"),
    Status.SETTLED: Words("Settled, money divided", "已结案，货款已分配"),
    Status.CANCELLED: Words("Cancelled", "已取消"),
    Status.EXPIRED: Words("Expired", "已失效"),
}

DISPUTE_STATUS: dict[DisputeStatus, Words] = {
    DisputeStatus.NEGOTIATION: Words("negotiation between the parties", "双方协商"),
    DisputeStatus.MEDIATION: Words("mediation", "调解"),
    DisputeStatus.DECIDED: Words("decided, appeal possible", "已裁决，可申诉"),
    DisputeStatus.APPEALED: Words("appeal", "申诉"),
    DisputeStatus.FINAL: Words("final, being carried out", "裁决已生效，执行中"),
    DisputeStatus.SETTLED_ON_CONDITION: Words("settled on a condition", "附条件和解"),
    DisputeStatus.SETTLED: Words("settled by both parties", "双方和解"),
    DisputeStatus.WITHDRAWN: Words("withdrawn by the buyer", "买方已撤回"),
    DisputeStatus.EXECUTED: Words("carried out", "已执行"),
    DisputeStatus.MOOT: Words("ended, nothing left to decide", "已终结，无待裁决事项"),
}

DISPUTE_CAUSE: dict[DisputeCause, Words] = {
    DisputeCause.CLAIM: Words("the buyer's claim", "买方索赔"),
    DisputeCause.UNPAID_BALANCE: Words("an unpaid balance", "尾款未付"),
    DisputeCause.UNCOLLECTED: Words("goods not collected", "货物未提取"),
}

ROLE: dict[Role, Words] = {
    Role.BUYER: Words("buyer", "买方"),
    Role.SUPPLIER: Words("supplier", "供应商"),
    Role.AGENT: Words("agent of the buyer", "买方代理人"),
    Role.INSPECTOR: Words("inspector", "检验机构"),
    Role.MEDIATOR: Words("mediator", "调解员"),
    Role.OPERATOR: Words("operator", "运营方"),
    Role.SUPERVISOR: Words("supervisor", "主管"),
    Role.AUDITOR: Words("auditor", "审计员"),
    Role.CLOCK: Words("the clock", "时限"),
    Role.PROVIDER: Words("bank or outside service", "银行或外部服务"),
}

PARTY: dict[Party, Words] = {
    Party.BUYER: Words("buyer", "买方"),
    Party.SUPPLIER: Words("supplier", "供应商"),
}

WAITS: dict[Waits, Words] = {
    Waits.BUYER: Words("Buyer", "买方"),
    Waits.SUPPLIER: Words("Supplier", "供应商"),
    Waits.BOTH: Words("Buyer and supplier", "买方和供应商"),
    Waits.PLATFORM: Words("Platform", "平台"),
    Waits.INSPECTOR: Words("Inspector", "检验机构"),
    Waits.NOBODY: Words("Nobody", "无需行动"),
}

GROUND: dict[Ground, Words] = {
    Ground.QUALITY: Words("Goods defective or not as agreed", "货物有缺陷或与约定不符"),
    Ground.LATE: Words("Shipped late", "发货迟延"),
    Ground.NEVER_SHIPPED: Words("Never shipped", "一直未发货"),
    Ground.NOT_RECEIVED: Words("Not received", "未收到货物"),
    Ground.SHORT_QUANTITY: Words("Quantity too short", "数量短缺"),
    Ground.WRONG_GOODS: Words("Other goods than ordered", "货物非所订"),
    Ground.COUNTERFEIT: Words("Counterfeit goods", "假冒货物"),
    Ground.FALSE_PROOF: Words("False proof of shipment", "虚假发货凭证"),
    Ground.SEIZED: Words("Seized by customs for the goods themselves", "因货物本身被海关扣押"),
    Ground.PRICE_RAISED: Words("More money asked for after agreement", "达成一致后被要求加价"),
    Ground.DAMAGED_ON_THE_WAY: Words("Damaged on the way", "运输途中损坏"),
    Ground.CUSTOMS_DELAY: Words("Delayed by customs", "海关延误"),
    Ground.CARRIER_FAULT: Words("Fault of the carrier", "承运人过错"),
    Ground.PAID_OUTSIDE: Words("Paid outside the platform", "平台外付款"),
}

RAIL: dict[Rail, Words] = {
    Rail.CARD: Words("card", "银行卡"),
    Rail.E_CHECKING: Words("e-checking", "电子支票"),
    Rail.WIRE: Words("telegraphic transfer", "电汇"),
    Rail.PAYPAL: Words("PayPal", "PayPal"),
    Rail.LETTER_OF_CREDIT: Words("letter of credit", "信用证"),
}

COVER_KIND: dict[CoverKind, Words] = {
    CoverKind.PRE_SHIPMENT: Words("pre-shipment cover", "发货前保障"),
    CoverKind.POST_DELIVERY: Words("post-delivery cover", "收货后保障"),
}

CUSTODY: dict[Custody, Words] = {
    Custody.HELD: Words("held until release", "托管至放款"),
    Custody.DIRECT: Words(
        "paid to the supplier at once, refunds guaranteed", "即时付给供应商，退款有保障"
    ),
}

PROOF: dict[Proof, Words] = {
    Proof.BILL_OF_LADING: Words("the on-board bill of lading", "已装船提单"),
    Proof.CARRIER_RECEIPT: Words("the first carrier's receipt", "第一承运人收据"),
    Proof.FORWARDER_RECEIPT: Words("the receipt of the buyer's forwarder", "买方货代收据"),
    Proof.COLLECTION: Words("the record of collection", "提货记录"),
    Proof.ALONGSIDE_RECEIPT: Words("the receipt alongside ship", "船边收货单"),
    Proof.CARRIER_NUMBER: Words("a carrier's number", "承运人运单号"),
    Proof.ARRIVAL: Words("the proof of arrival", "到货凭证"),
}

MODE: dict[Mode, Words] = {
    Mode.SEA: Words("sea", "海运"),
    Mode.LAND: Words("land", "陆运"),
    Mode.AIR: Words("air", "空运"),
    Mode.EXPRESS: Words("express", "快递"),
    Mode.POST: Words("post", "邮政"),
}

DEFECT_CLASS: dict[DefectClass, Words] = {
    DefectClass.CRITICAL: Words("critical", "致命"),
    DefectClass.MAJOR: Words("major", "严重"),
    DefectClass.MINOR: Words("minor", "轻微"),
}

INSTALMENT_DUE: dict[InstalmentDue, Words] = {
    InstalmentDue.AGREEMENT: Words("at agreement", "达成一致时"),
    InstalmentDue.PASSED_INSPECTION: Words("after a passed inspection", "检验合格后"),
    InstalmentDue.GOODS_READY: Words("when the goods are ready", "货物备妥时"),
    InstalmentDue.INSPECTION_OR_READY: Words(
        "when the goods are ready and inspected", "货物备妥并检验后"
    ),
}

STAGE: dict[InspectionStage, Words] = {
    InspectionStage.PRE_SHIPMENT: Words("before shipment", "发货前"),
    InspectionStage.DISPUTE: Words("in the dispute", "争议中"),
}

VERDICT: dict[Verdict, Words] = {
    Verdict.PASSED: Words("passed", "合格"),
    Verdict.FAILED: Words("failed", "不合格"),
    Verdict.PENDING: Words("pending", "待定"),
}

LOT_CHOICE: dict[LotChoice, Words] = {
    LotChoice.NONE: Words("not chosen yet", "尚未选择"),
    LotChoice.REWORK: Words("rework", "返工"),
    LotChoice.REJECTED: Words("rejected", "拒收"),
    LotChoice.WAIVED: Words("findings accepted", "接受检验结果"),
}

OFFER_KIND: dict[OfferKind, Words] = {
    OfferKind.REFUND: Words("refund", "退款"),
    OfferKind.REWORK: Words("rework", "返工"),
    OfferKind.REPLACEMENT: Words("replacement", "换货"),
    OfferKind.RETURN_AND_REFUND: Words("return and refund", "退货退款"),
    OfferKind.EXTENSION: Words("more time", "延期"),
}

OUTCOME: dict[Outcome, Words] = {
    Outcome.FULL_REFUND: Words("full refund", "全额退款"),
    Outcome.PARTIAL_REFUND: Words("partial refund", "部分退款"),
    Outcome.FOR_SUPPLIER: Words("for the supplier", "支持供应商"),
}

CONDITION: dict[Condition, Words] = {
    Condition.NONE: Words("no condition", "无条件"),
    Condition.RETURN: Words("against return of the goods", "以退货为条件"),
    Condition.PERFORM: Words("the order is to be finished", "须完成订单"),
}

WISH: dict[Wish, Words] = {
    Wish.NONE: Words("nothing in particular", "无特别诉求"),
    Wish.PERFORMANCE: Words("the goods after all", "继续交货"),
    Wish.KEEP: Words("to keep what came", "保留已收货物"),
}

RIGHT: dict[Right, Words] = {
    Right.DRAFT: Words("draft and propose", "起草和提议"),
    Right.AGREE: Words("agree", "达成一致"),
    Right.PAY: Words("pay", "付款"),
    Right.FOLLOW: Words("follow", "跟进"),
    Right.CONFIRM: Words("confirm receipt", "确认收货"),
    Right.CLAIM: Words("claim", "索赔"),
    Right.SETTLE: Words("settle", "和解"),
}

TABLES: dict[type[StrEnum], Mapping[Any, Words]] = {
    Status: STATUS,
    DisputeStatus: DISPUTE_STATUS,
    DisputeCause: DISPUTE_CAUSE,
    Role: ROLE,
    Party: PARTY,
    Waits: WAITS,
    Ground: GROUND,
    Rail: RAIL,
    CoverKind: COVER_KIND,
    Custody: CUSTODY,
    Proof: PROOF,
    Mode: MODE,
    DefectClass: DEFECT_CLASS,
    InstalmentDue: INSTALMENT_DUE,
    InspectionStage: STAGE,
    Verdict: VERDICT,
    LotChoice: LOT_CHOICE,
    OfferKind: OFFER_KIND,
    Outcome: OUTCOME,
    Wish: WISH,
    Condition: CONDITION,
    Right: RIGHT,
    CreditStatus: CREDIT_STATUS,
    CreditMismatch: CREDIT_MISMATCH,
    Discrepancy: DISCREPANCY,
    CreditDocument: CREDIT_DOCUMENT,
}


def said(member: StrEnum, language: Language) -> str:
    """Return the word for a member of one of the closed lists."""
    return TABLES[type(member)][member].say(language)
