"""Notices from the first proposal to the end of an order whose parties agree, in both languages."""

from __future__ import annotations

from fairlot.domain.party import Role
from fairlot.domain.words.language import Words
from fairlot.domain.words.notice_shape import NoticeWords

_BUYER, _SUPPLIER = Role.BUYER, Role.SUPPLIER
_PAY = Words("Pay what is due.", "请支付到期款项。")
_ANSWER_PROPOSAL = Words(
    "Read the proposed version and accept or decline it.", "请阅读所提议的合同版本并接受或拒绝。"
)
_SHIP = Words("Ship the goods and record the proof.", "请发货并登记凭证。")
_INSPECT = Words(
    "Inspect the goods; confirm receipt or claim in time.", "请检查货物，按时确认收货或索赔。"
)

AGREEMENT_NOTICES: dict[str, NoticeWords] = {
    "sample_requested": NoticeWords(
        Words("A sample is asked for", "买方索取样品"),
        Words("The buyer asked for sample {sample_id}.", "买方索取样品 {sample_id}。"),
        {_SUPPLIER: Words("Send the sample under seal.", "请寄出封样。")},
    ),
    "sample_sent": NoticeWords(
        Words("A sample is on its way", "样品已寄出"),
        Words("The supplier sent sample {sample_id} under seal.", "供应商寄出封样 {sample_id}。"),
        {_BUYER: Words("Approve or reject the sample.", "请认可或拒绝样品。")},
    ),
    "version_proposed": NoticeWords(
        Words("A contract version is proposed to you", "对方提议合同版本"),
        Words(
            "The other party proposed a version of the contract, open until {expires_at}.",
            "对方提议合同版本，有效至 {expires_at}。",
        ),
        {_BUYER: _ANSWER_PROPOSAL, _SUPPLIER: _ANSWER_PROPOSAL},
    ),
    "version_declined": NoticeWords(
        Words("A proposal was declined", "提议被拒绝"),
        Words(
            "The proposed version {version_hash} was declined.",
            "所提议的版本 {version_hash} 被拒绝。",
        ),
    ),
    "proposal_expired": NoticeWords(
        Words("A proposal expired", "提议已失效"),
        Words("Nobody accepted the proposal in time; it expired.", "提议逾期未被接受，已失效。"),
    ),
    "order_agreed": NoticeWords(
        Words("The order is agreed", "订单已达成一致"),
        Words(
            "Both parties agreed to the very same version.[ The first payment is due by {payment_until}.][ Shipment is due by {shipment_until}.]",
            "双方就同一合同版本达成一致。[首期款须于 {payment_until} 前支付。][须于 {shipment_until} 前发货。]",
        ),
        {_BUYER: _PAY},
    ),
    "change_agreed": NoticeWords(
        Words("A change of the contract is agreed", "合同变更已达成一致"),
        Words(
            "Both parties agreed to version {version_hash}.[ Shipment is due by {shipment_until}.]",
            "双方同意版本 {version_hash}。[须于 {shipment_until} 前发货。]",
        ),
    ),
    "payment_completed": NoticeWords(
        Words("What was due is paid", "到期款项已付清"),
        Words(
            "Everything due so far is paid.[ Shipment is due by {shipment_until}.]",
            "到期款项已全部付清。[须于 {shipment_until} 前发货。]",
        ),
        {_SUPPLIER: Words("Produce and ship in time.", "请按时生产并发货。")},
    ),
    "order_cancelled": NoticeWords(
        Words("The order is cancelled", "订单已取消"),
        Words(
            "The order was cancelled[unpaid?: it was not paid in time][never_shipped?: the goods did not leave in time][credit_unpaid?: its letter of credit never paid][platform?: the platform itself was at fault].",
            "订单取消[unpaid?：未按时付款][never_shipped?：未按时发货][credit_unpaid?：信用证未付款][platform?：平台自身原因]。",
        ),
    ),
}

GOODS_NOTICES: dict[str, NoticeWords] = {
    "update_requested": NoticeWords(
        Words("The buyer asks how production stands", "买方询问生产进度"),
        Words("The buyer asked how production stands.", "买方询问生产进度。"),
        {_SUPPLIER: Words("Tell how far production is.", "请报告生产进度。")},
    ),
    "inspection_booked": NoticeWords(
        Words("An inspection is booked", "已预约检验"),
        Words(
            "Inspection {inspection_id} is booked; its report is due by {report_due_at}.",
            "检验 {inspection_id} 已预约，报告须于 {report_due_at} 前提交。",
        ),
        {Role.INSPECTOR: Words("Inspect and report in time.", "请按时检验并报告。")},
    ),
    "inspection_reported": NoticeWords(
        Words("An inspection has its report", "检验报告已提交"),
        Words(
            "Inspection {inspection_id} has its report.[ The balance is due by {balance_until}.][ The failed lot waits for a choice until {choice_until}.]",
            "检验 {inspection_id} 已有报告。[尾款须于 {balance_until} 前支付。][不合格批须在 {choice_until} 前作出选择。]",
        ),
        {_BUYER: Words("Read the report and say how to go on.", "请阅读报告并决定下一步。")},
    ),
    "goods_ready": NoticeWords(
        Words("The goods are ready", "货物已备妥"),
        Words(
            "The supplier gave notice that the goods are ready.[ The balance is due by {balance_until}.]",
            "供应商通知货物备妥。[尾款须于 {balance_until} 前支付。]",
        ),
        {
            _BUYER: Words(
                "Pay what is due, or have the goods collected.", "请支付到期款项或安排提货。"
            )
        },
    ),
    "shipment_reminder": NoticeWords(
        Words("The shipment date comes near", "发货日期将至"),
        Words("Days until the shipment date: {days}.", "距发货日期 {days} 天。"),
        {_SUPPLIER: _SHIP},
    ),
    "shipment_late": NoticeWords(
        Words("The shipment is late", "发货迟延"),
        Words(
            "The shipment date is over and goods have not left; lateness can be claimed.",
            "发货日期已过而货物未发出，可主张迟延。",
        ),
        {
            _SUPPLIER: _SHIP,
            _BUYER: Words(
                "Wait for the goods or claim that they are late.", "请等待货物，或主张迟延。"
            ),
        },
    ),
    "shipment_recorded": NoticeWords(
        Words("A shipment is recorded", "已登记发货"),
        Words("Shipment {shipment_id} was recorded.", "已登记发货 {shipment_id}。"),
    ),
    "shipment_unproven": NoticeWords(
        Words("A shipment counts for nothing", "发货未获证明"),
        Words(
            "The carrier's number of shipment {shipment_id} did not move; it counts for nothing.",
            "发货 {shipment_id} 的运单号无动态，不予认可。",
        ),
        {_SUPPLIER: _SHIP},
    ),
    "goods_delivered": NoticeWords(
        Words("Goods have arrived", "货物已送达"),
        Words(
            "Shipment {shipment_id} has arrived.[ Claims are possible until {claim_until}.]",
            "货物 {shipment_id} 已送达。[可索赔至 {claim_until}。]",
        ),
        {_BUYER: _INSPECT},
    ),
    "counted_delivered": NoticeWords(
        Words("A shipment counts as delivered", "发货视为已送达"),
        Words(
            "Nobody said whether shipment {shipment_id} arrived; it counts as delivered.[ Claims are possible until {claim_until}.]",
            "无人说明货物 {shipment_id} 是否送达，视为已送达。[可索赔至 {claim_until}。]",
        ),
        {_BUYER: _INSPECT},
    ),
    "claim_window_warning": NoticeWords(
        Words("The time to claim ends soon", "索赔期即将届满"),
        Words(
            "Days left to claim for shipment {shipment_id}: {days}.",
            "货物 {shipment_id} 的索赔期还剩 {days} 天。",
        ),
        {_BUYER: _INSPECT},
    ),
    "missing_cancelled": NoticeWords(
        Words("What did not ship is cancelled", "未发部分已取消"),
        Words(
            "What did not ship is cancelled, worth {amount_minor}.",
            "未发部分已取消，金额 {amount_minor}。",
        ),
    ),
    "price_demand_warning": NoticeWords(
        Words("More money was asked for after agreement", "达成一致后被要求加价"),
        Words(
            "A demand of {amount_minor} beyond the contract was reported. Nothing outside the contract has to be paid.",
            "已登记合同外加价要求 {amount_minor}。合同外款项无须支付。",
        ),
    ),
    "order_completed": NoticeWords(
        Words("The order is completed", "订单完成"),
        Words(
            "The order is completed; claims stay possible until the windows end.",
            "订单完成，索赔期内仍可索赔。",
        ),
    ),
    "order_closed": NoticeWords(
        Words("The order is closed", "订单关闭"),
        Words("The order is closed; all its windows are over.", "订单关闭，全部期限已结束。"),
    ),
    "order_refunded": NoticeWords(
        Words("The order ended with a refund", "订单以退款结束"),
        Words(
            "The order ended with all the money back to the buyer.", "订单结束，款项全部退还买方。"
        ),
    ),
    "order_settled": NoticeWords(
        Words("The order ended with the money divided", "订单结束，款项已分配"),
        Words("The order ended with the money divided.", "订单结束，款项已按结果分配。"),
    ),
}
