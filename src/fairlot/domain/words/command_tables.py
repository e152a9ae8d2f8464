"""What the buttons say and mean, from the draft to the goods' arrival."""

from __future__ import annotations

from typing import NamedTuple

from fairlot.domain.order import commands as c
from fairlot.domain.words.language import Words


class CommandWords(NamedTuple):
    """The label of a command and what it brings about."""

    label: Words
    meaning: Words


TRADE: dict[type[c.Command], CommandWords] = {
    c.OpenDraft: CommandWords(
        Words("Begin an order", "新建订单"),
        Words(
            "Begins an order under one edition of the programme, for good.",
            "按某一版本方案新建订单，此后不变。",
        ),
    ),
    c.GrantMandate: CommandWords(
        Words("Grant a mandate", "授予授权"),
        Words(
            "Lets an agent act for the buyer within the rights named.",
            "允许代理人在所列权限内代表买方。",
        ),
    ),
    c.RevokeMandate: CommandWords(
        Words("Revoke a mandate", "撤销授权"),
        Words("The agent's next act is refused.", "代理人此后的操作将被拒绝。"),
    ),
    c.RequestSample: CommandWords(
        Words("Ask for a sample", "索取样品"),
        Words("Asks for a sample before production.", "在生产前索取样品。"),
    ),
    c.RecordSampleSent: CommandWords(
        Words("Record a sample as sent", "登记样品已寄出"),
        Words("Records the sample with its seal.", "登记样品及其封样。"),
    ),
    c.ApproveSample: CommandWords(
        Words("Approve the sample", "认可样品"),
        Words("The sample becomes the physical reference.", "样品成为实物依据。"),
    ),
    c.RejectSample: CommandWords(
        Words("Reject the sample", "不认可样品"),
        Words("Nothing can refer to this sample.", "任何条款不得引用该样品。"),
    ),
    c.ProposeVersion: CommandWords(
        Words("Propose a version", "提议合同版本"),
        Words(
            "Puts a contract or a change to the other party; earlier proposals end.",
            "向对方提议合同或变更，先前提议随之失效。",
        ),
    ),
    c.WithdrawVersion: CommandWords(
        Words("Withdraw the proposal", "撤回提议"),
        Words("Takes your own proposal back.", "撤回己方提议。"),
    ),
    c.DeclineVersion: CommandWords(
        Words("Decline the proposal", "拒绝提议"),
        Words("The proposal ends; what was agreed stays.", "提议终止，已约定内容不变。"),
    ),
    c.AcceptVersion: CommandWords(
        Words("Accept the version", "接受合同版本"),
        Words("Binds both parties to that very version.", "双方受该版本约束。"),
    ),
    c.RecordPayment: CommandWords(
        Words("Book a payment", "登记付款"),
        Words("Books money as the bank reports it.", "按银行通知登记款项。"),
    ),
    c.RecordPaymentReversed: CommandWords(
        Words("Book a bounced payment", "登记付款退票"),
        Words("Books that a payment came back.", "登记付款被退回。"),
    ),
    c.ConsentToFee: CommandWords(
        Words("Agree to a higher fee", "同意较高的手续费"),
        Words(
            "Agrees to what this way to pay costs now, which is more than at the agreement.",
            "同意此付款方式现行手续费，高于签约时的标准。",
        ),
    ),
    c.KeepExcess: CommandWords(
        Words("Keep the overpayment", "保留多付款"),
        Words("Leaves what was paid too much for the next instalment.", "将多付款留作下一期款项。"),
    ),
    c.CancelByPlatform: CommandWords(
        Words("Cancel for a fault of the platform", "因平台原因取消"),
        Words(
            "Cancels the order before goods have left; the buyer gets everything back, the fee of its payment too.",
            "在货物发出前取消订单；买方付款全部退还，包括付款手续费。",
        ),
    ),
    c.RecordRefundConfirmed: CommandWords(
        Words("Book a refund as sent", "登记退款已发出"),
        Words("Books the bank's confirmation of a refund.", "登记银行对退款的确认。"),
    ),
    c.RecordSetOff: CommandWords(
        Words("Book a set-off", "登记抵扣"),
        Words(
            "Books what the supplier's other payables gave.", "登记以供应商其他应付款抵扣的金额。"
        ),
    ),
    c.RecordSupplierRepaid: CommandWords(
        Words("Book the supplier's repayment", "登记供应商还款"),
        Words("Books what the supplier paid towards a refund.", "登记供应商为退款支付的金额。"),
    ),
    c.RecordRecovery: CommandWords(
        Words("Book a recovery", "登记追偿"),
        Words("Books what was recovered from the supplier.", "登记向供应商追回的金额。"),
    ),
    c.RecordInspectorPaid: CommandWords(
        Words("Book the inspector's fee as paid", "登记检验费已付"),
        Words("Books that the inspection company got its fee.", "登记检验公司已收到费用。"),
    ),
    c.RecordChargebackOpened: CommandWords(
        Words("Book a chargeback", "登记拒付"),
        Words("Freezes the order while the bank decides.", "银行处理期间冻结订单。"),
    ),
    c.RecordChargebackMessage: CommandWords(
        Words("Book a message about a chargeback", "登记拒付进展"),
        Words(
            "Books that the bank is still at work; its days count anew.",
            "登记银行仍在处理，期限重新计算。",
        ),
    ),
    c.RecordChargebackEnded: CommandWords(
        Words("Book the chargeback's end", "登记拒付结果"),
        Words("Books whether it was won or lost.", "登记胜诉或败诉。"),
    ),
    c.RecordDebtPaid: CommandWords(
        Words("Book what the buyer paid of its debt", "登记买方清偿欠款"),
        Words(
            "Books what the buyer paid back of money that it got twice.",
            "登记买方归还的重复所得款项。",
        ),
    ),
    c.WriteOffDebt: CommandWords(
        Words("Give up the buyer's debt", "核销买方欠款"),
        Words(
            "What the buyer got twice and never paid back becomes the platform's cost.",
            "买方重复所得且未归还的款项转为平台成本。",
        ),
    ),
    c.RecordCardBlock: CommandWords(
        Words("Note whether the card is blocked", "登记银行卡停用状态"),
        Words(
            "Notes whether the buyer owes money that it got twice, which blocks its card.",
            "登记买方是否欠付重复所得款项；欠付期间其银行卡停用。",
        ),
    ),
    c.RequestProductionUpdate: CommandWords(
        Words("Ask how production stands", "询问生产进度"),
        Words("Asks the supplier for an update.", "请供应商报告进度。"),
    ),
    c.PostProductionUpdate: CommandWords(
        Words("Tell how production stands", "报告生产进度"),
        Words("Tells the buyer how far production is.", "向买方报告生产进度。"),
    ),
    c.AgreeInspectionFee: CommandWords(
        Words("Agree to advance the inspection's fee", "同意垫付检验费"),
        Words("Is recorded once and never asked again.", "登记一次，不再询问。"),
    ),
    c.BookInspection: CommandWords(
        Words("Book an inspection", "预约检验"),
        Words(
            "Books a company; its fee is advanced and comes back if the claim is upheld.",
            "预约检验公司；费用先垫付，索赔成立则退还。",
        ),
    ),
    c.RecordInspectionReport: CommandWords(
        Words("Report the inspection", "提交检验报告"),
        Words("The verdict is computed from the contract's plan.", "检验结论按合同方案计算得出。"),
    ),
    c.RejectLot: CommandWords(
        Words("Reject the failed lot", "拒收不合格批"),
        Words("Opens a dispute with the report as evidence.", "以报告为证据开启争议。"),
    ),
    c.RequestRework: CommandWords(
        Words("Have the lot reworked", "要求返工"),
        Words("The lot is reworked and inspected again.", "返工后再次检验。"),
    ),
    c.WaiveFindings: CommandWords(
        Words("Accept the findings", "接受检验结果"),
        Words(
            "A signed act: these findings can not be claimed later.", "签署后不得再就这些结果索赔。"
        ),
    ),
    c.NotifyGoodsReady: CommandWords(
        Words("Give notice that the goods are ready", "通知货物备妥"),
        Words(
            "Makes the balance due and stops lateness where the buyer collects.",
            "尾款到期；买方提货的，停止计算迟延。",
        ),
    ),
    c.RecordShipment: CommandWords(
        Words("Record a shipment", "登记发货"),
        Words("Records which goods left and what proves it.", "登记发出的货物及凭证。"),
    ),
    c.RecordMovement: CommandWords(
        Words("Record a movement", "登记物流动态"),
        Words("Proves a shipment known by its number alone.", "证明仅有运单号的发货。"),
    ),
    c.ExtendArrival: CommandWords(
        Words("Give the arrival more time", "延长到货时间"),
        Words(
            "Moves the day on which the goods count as arrived, once.", "将视为到货之日推迟一次。"
        ),
    ),
    c.RecordDelivery: CommandWords(
        Words("Record the delivery", "登记交货"),
        Words(
            "Records the carrier's proof; the claim window runs from it.",
            "登记承运人凭证，索赔期由此起算。",
        ),
    ),
    c.ConfirmReceipt: CommandWords(
        Words("Confirm receipt", "确认收货"),
        Words(
            "With all goods there, whatever is held is released to the supplier. Claims stay possible until the window ends.",
            "货物全部到达后，仍在托管的款项放给供应商；索赔期内仍可索赔。",
        ),
    ),
    c.RecordSeizure: CommandWords(
        Words("Record a customs seizure", "登记海关扣押"),
        Words("Records the notice and its reason.", "登记扣押通知及原因。"),
    ),
    c.RecordPriceDemand: CommandWords(
        Words("Record a demand for more money", "登记加价要求"),
        Words(
            "The agreed price stands; the demand is a ground for claim.",
            "约定价格不变；加价要求可作为索赔理由。",
        ),
    ),
}
