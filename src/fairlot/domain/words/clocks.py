"""Words for every clock: its name, what has to be done before it runs out, and what happens by itself if nobody acts."""

from __future__ import annotations

from typing import NamedTuple

from fairlot.domain.order.clocks import ClockKind
from fairlot.domain.words.language import Words


class ClockWords(NamedTuple):
    """The name of a clock, the act that it waits for, and what follows by itself."""

    title: Words
    act: Words
    lapse: Words


_K = ClockKind
CLOCKS: dict[ClockKind, ClockWords] = {
    _K.PAYMENT_CONFIRMED: ClockWords(
        Words("Payment confirmed", "付款确认"),
        Words("Nothing has to be done.", "无需操作。"),
        Words("The payment counts, unless it is returned before.", "付款计入，除非此前被退回。"),
    ),
    _K.PROPOSAL: ClockWords(
        Words("Proposal open", "提议有效期"),
        Words("Accept or decline the proposed version.", "接受或拒绝所提议的合同版本。"),
        Words("The proposal expires; nothing has changed by it.", "提议失效，不产生任何变更。"),
    ),
    _K.FIRST_PAYMENT: ClockWords(
        Words("First payment due", "首期付款期限"),
        Words("Pay what is due at agreement.", "支付达成一致时到期的款项。"),
        Words(
            "The order is cancelled and whatever was paid goes back.", "订单取消，已付款项退回。"
        ),
    ),
    _K.BALANCE: ClockWords(
        Words("Balance due", "尾款期限"),
        Words("Pay the balance.", "支付尾款。"),
        Words("The case goes to mediation by itself.", "自动进入调解。"),
    ),
    _K.UNCOLLECTED: ClockWords(
        Words("Collection of the goods", "提货期限"),
        Words("Have the goods collected.", "安排提货。"),
        Words("The case goes to mediation by itself.", "自动进入调解。"),
    ),
    _K.SHIPMENT_REMINDER: ClockWords(
        Words("Reminder of the shipment date", "发货日期提醒"),
        Words("Ship the goods in time.", "按时发货。"),
        Words("Both parties are reminded.", "提醒双方。"),
    ),
    _K.SHIPMENT_DUE: ClockWords(
        Words("Shipment due", "发货期限"),
        Words("Ship the goods and record the proof.", "发货并登记凭证。"),
        Words("From then on the buyer can claim that it is late.", "此后买方可主张迟延。"),
    ),
    _K.NEVER_SHIPPED: ClockWords(
        Words("Never shipped", "一直未发货"),
        Words("Ship what has not left yet.", "发出尚未发运的货物。"),
        Words(
            "What has not left is cancelled and its price goes back to the buyer in full.",
            "未发运部分取消，其货款全额退还买方。",
        ),
    ),
    _K.MOVEMENT: ClockWords(
        Words("Movement of the carrier's number", "运单号动态"),
        Words(
            "Show that the parcel moves, or record a document.", "证明货物已有动态，或登记单据。"
        ),
        Words("The shipment counts for nothing.", "该次发货不予认可。"),
    ),
    _K.ARRIVAL: ClockWords(
        Words("Arrival asked", "到货询问"),
        Words(
            "Say whether the goods have arrived, or extend once.", "确认货物是否到达，或延期一次。"
        ),
        Words(
            "The goods count as delivered that day and the claim window starts; nothing is released yet.",
            "货物视为当日交货，索赔期开始；尚不放款。",
        ),
    ),
    _K.CLAIM_WARNING: ClockWords(
        Words("Warning before the claim window ends", "索赔期届满提醒"),
        Words("Inspect the goods and claim in time.", "检查货物并按时索赔。"),
        Words("The buyer is warned.", "提醒买方。"),
    ),
    _K.CLAIM_WINDOW: ClockWords(
        Words("Claim window", "索赔期"),
        Words("Confirm receipt, or open a dispute.", "确认收货，或提出争议。"),
        Words(
            "Whatever is held is released to the supplier, and the order is completed.",
            "仍在托管的款项放给供应商，订单完成。",
        ),
    ),
    _K.UNDISPUTED: ClockWords(
        Words("Claim window of what no claim names", "未被索赔部分的索赔期"),
        Words("Name what else is wrong, or confirm receipt.", "提出其他问题，或确认收货。"),
        Words(
            "The price of what no open claim names is released to the supplier; the rest stays held.",
            "未被索赔涉及部分的货款放给供应商，其余继续托管。",
        ),
    ),
    _K.CLOSING: ClockWords(
        Words("Closing", "订单关闭"),
        Words("Nothing has to be done.", "无需操作。"),
        Words("The order is closed; no claim can arise any more.", "订单关闭，不再产生索赔。"),
    ),
    _K.CREDIT_PRESENTATION: ClockWords(
        Words("Documents presented", "交单期限"),
        Words("Present the documents under the letter of credit.", "凭信用证交单。"),
        Words("The price is due by another way to pay.", "价款须以其他方式支付。"),
    ),
    _K.CREDIT_EXAMINATION: ClockWords(
        Words("Documents examined", "审单期限"),
        Words("Enter what the bank decided.", "登记银行的决定。"),
        Words("The price is due by another way to pay.", "价款须以其他方式支付。"),
    ),
    _K.CREDIT_WAIVER: ClockWords(
        Words("Waiver of discrepancies", "放弃不符点的期限"),
        Words("Accept the documents as they are, or let it be.", "接受不符点，或不作处理。"),
        Words("The price is due by another way to pay.", "价款须以其他方式支付。"),
    ),
    _K.ANSWER: ClockWords(
        Words("Supplier's answer", "供应商答复期限"),
        Words(
            "Answer the dispute itself: accept, offer, or decline with a reason. A message is no answer.",
            "对争议本身作出答复：接受、提出方案或说明理由拒绝；聊天消息不算答复。",
        ),
        Words("The buyer may take the case to mediation at once.", "买方可立即提请调解。"),
    ),
    _K.NEGOTIATION: ClockWords(
        Words("Negotiation", "协商期"),
        Words("Settle by an offer that the other accepts.", "以对方接受的方案和解。"),
        Words(
            "The case goes to mediation by itself, whatever was said in between.",
            "无论期间有何沟通，案件自动进入调解。",
        ),
    ),
    _K.MEDIATOR: ClockWords(
        Words("Mediator named", "指定调解员"),
        Words("Name who hears the case.", "指定审理人。"),
        Words(
            "A supervisor takes the case, and the platform's breach is published.",
            "由主管接手，平台逾期违约予以公布。",
        ),
    ),
    _K.EVIDENCE: ClockWords(
        Words("Evidence round", "举证期"),
        Words("Submit what shows your side.", "提交支持己方的证据。"),
        Words(
            "The round closes and the case goes on with what is there.",
            "举证结束，按现有证据继续。",
        ),
    ),
    _K.INSPECTION_BOOKING: ClockWords(
        Words("Booking of the inspection", "预约检验期限"),
        Words("Book the inspection and advance its fee.", "预约检验并垫付费用。"),
        Words("The case goes on without the inspection.", "案件在没有检验的情况下继续。"),
    ),
    _K.INSPECTION_REPORT: ClockWords(
        Words("Inspection report", "检验报告期限"),
        Words("Deliver the report.", "提交报告。"),
        Words(
            "The company is paid nothing and the fee goes back to who advanced it.",
            "检验公司不得收费，费用退还垫付方。",
        ),
    ),
    _K.LOT_CHOICE: ClockWords(
        Words("Choice after a failed inspection", "检验不合格后的选择"),
        Words(
            "Reject the lot, ask for rework, or accept the findings.", "拒收、要求返工或接受结果。"
        ),
        Words("Silence means rework until the shipment date.", "未选择即视为在发货日期前返工。"),
    ),
    _K.DECISION: ClockWords(
        Words("Decision", "裁决期限"),
        Words("Decide the case with reasons.", "说明理由作出裁决。"),
        Words(
            "The platform's breach is published; the rules decide soon after.",
            "平台逾期违约予以公布，随后由规则裁决。",
        ),
    ),
    _K.DECISION_BY_RULE: ClockWords(
        Words("Decision by the rules", "规则裁决"),
        Words("Decide the case with reasons.", "说明理由作出裁决。"),
        Words(
            "What the rules recommend becomes the decision; an appeal not decided confirms the first decision.",
            "规则建议成为裁决；未按期裁决的申诉维持原裁决。",
        ),
    ),
    _K.APPEAL: ClockWords(
        Words("Appeal", "申诉期"),
        Words("Accept the decision by waiting, or appeal once.", "等待即接受裁决，或申诉一次。"),
        Words("The decision is final and is carried out.", "裁决生效并执行。"),
    ),
    _K.CONDITION: ClockWords(
        Words("What was settled or ordered", "和解或裁决的履行期限"),
        Words("Do what was settled or ordered.", "履行和解或裁决事项。"),
        Words(
            "If it has not been done, what was named for that case applies.",
            "未履行的，适用为此约定的后果。",
        ),
    ),
    _K.RETURN_SENT: ClockWords(
        Words("Goods sent back", "退货寄出期限"),
        Words("Have the condition reported and send the goods back.", "取得货况报告并寄回货物。"),
        Words(
            "The goods are kept and the named reduction applies instead of the refund.",
            "货物留用，适用所定减价而非退款。",
        ),
    ),
    _K.RETURN_ARRIVAL: ClockWords(
        Words("Arrival of the returned goods", "退货到达"),
        Words("Record the arrival.", "登记到达。"),
        Words("The goods count as returned.", "货物视为已退回。"),
    ),
    _K.RETURN_JUDGED: ClockWords(
        Words("Judging of the return", "退货验收期限"),
        Words(
            "Have the condition reported, or say that the return is in order.",
            "提交货况报告，或确认退货无误。",
        ),
        Words("The buyer is refunded.", "向买方退款。"),
    ),
    _K.RETURN_DECIDED: ClockWords(
        Words("Decision on a contested return", "有争议退货的裁决期限"),
        Words("Decide whether the return earns its refund.", "决定退货是否应予退款。"),
        Words(
            "The reports decide, and the platform's breach is published.",
            "以报告为准，平台逾期违约予以公布。",
        ),
    ),
    _K.REFUND_SENT: ClockWords(
        Words("Refund sent", "退款发出期限"),
        Words("Send the refund.", "发出退款。"),
        Words("The operator is alarmed and the breach is published.", "警示运营方并公布逾期违约。"),
    ),
    _K.SEEKING: ClockWords(
        Words("Money sought from the supplier", "向供应商追偿"),
        Words("Pay the refund, or let other payables be set off.", "支付退款或以其他应付款抵扣。"),
        Words(
            "The guarantee fund pays up to the order's cover and recovers from the supplier.",
            "保障基金在订单保障金额内垫付并向供应商追偿。",
        ),
    ),
    _K.CHARGEBACK: ClockWords(
        Words("Chargeback", "拒付处理期限"),
        Words("Enter what the bank decided.", "登记银行结果。"),
        Words("It ends unanswered and the breach is published.", "以无结果终止并公布逾期违约。"),
    ),
    _K.SUSPENSE: ClockWords(
        Words("Money in suspense", "挂账款项"),
        Words("Match the money to an order, or send it back.", "将款项匹配到订单或退回。"),
        Words("The money goes back to its sender.", "款项退回付款人。"),
    ),
    _K.REFUSAL_APPEAL: ClockWords(
        Words("Appeal of a refused claim", "被拒索赔的申诉期"),
        Words("Appeal the refusal, or let it rest.", "对拒绝提出申诉，或不作处理。"),
        Words("The refusal stands.", "拒绝决定维持。"),
    ),
    _K.REFUSAL_DECISION: ClockWords(
        Words("Decision on a refused claim", "被拒索赔的复核期限"),
        Words("Confirm the refusal or admit the claim.", "维持拒绝或受理索赔。"),
        Words(
            "The refusal is confirmed and the platform's breach is published.",
            "维持拒绝，平台逾期违约予以公布。",
        ),
    ),
}
