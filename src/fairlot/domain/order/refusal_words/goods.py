"""Sentences for refusals about production, inspection, shipment, delivery and cover."""

from __future__ import annotations

from fairlot.domain.order.refusals import Code
from fairlot.domain.words.language import Words

GOODS: dict[Code, Words] = {
    Code.QUANTITY_EXCEEDED: Words(
        "No more than what is left can be shipped[: {open} pieces of line {line}].",
        "发货数量不能超过剩余数量[：第 {line} 行剩余 {open} 件]。",
    ),
    Code.NOTHING_SHIPPED: Words(
        "Nothing has been shipped yet as far as the record shows. This opens with a proven shipment.",
        "记录显示尚未发货，有发货凭证后方可进行。",
    ),
    Code.ALREADY_SHIPPED: Words(
        "Goods of this order have left. Such an order is no longer cancelled; open the parties' ways: receipt, or a dispute.",
        "本订单已有货物发出，不能再取消；请由双方确认收货或提起争议。",
    ),
    Code.ALREADY_CONFIRMED: Words(
        "This has been confirmed already. Nothing more is needed.",
        "此事项已确认，无需重复操作。",
    ),
    Code.ALREADY_EXTENDED: Words(
        "More time can be given once, and it has been.",
        "只能延期一次，且已使用。",
    ),
    Code.ALREADY_ARRIVED: Words(
        "These goods have arrived already, or count as arrived[: {arrived_at}].",
        "这批货物已到达或视为到达[：{arrived_at}]。",
    ),
    Code.NOT_AT_DESTINATION: Words(
        "The goods are at a port, and the contract's destination is another place. Record the delivery when they are handed over there.",
        "货物仅到达港口，而合同目的地并非该港口；请在目的地交付后登记交货。",
    ),
    Code.WRONG_PROOF: Words(
        "Shipment is proven here by {required}. Record it with that.",
        "本合同以{required}证明发货，请据此登记。",
    ),
    Code.COMPANY_NOT_DESIGNATED: Words(
        "This company may not inspect under the order's policy. Choose one of: {companies}.",
        "该公司不在本订单规则指定之列，请选择：{companies}。",
    ),
    Code.ALREADY_REPORTED: Words(
        "This inspection has its report. Book another inspection for new findings.",
        "该次检验已有报告，如有新情况请另行预约检验。",
    ),
    Code.REPORT_TOO_LATE: Words(
        "The report came after its deadline; the inspection has lapsed and its fee goes back. Book another.",
        "报告逾期，该次检验已失效，费用退回；请另行预约。",
    ),
    Code.PLAN_NOT_MET: Words(
        "The counts do not fit the sampling plan[: {defect_class} defects][, at least {sample_size} pieces][, a lot of at most {most}].",
        "检验数量不符合抽样方案[：{defect_class}缺陷][，至少 {sample_size} 件][，批量最多 {most} 件]。",
    ),
    Code.NO_FAILED_INSPECTION: Words(
        "No failed inspection before shipment waits for the buyer's choice.",
        "没有等待买方选择的发货前不合格检验。",
    ),
    Code.CHOICE_LAPSED: Words(
        "The time to choose is over[: after {date} rework comes too late. Reject the lot for the refund]. Goods in rework are inspected again.",
        "选择期已过[：{date} 之后已来不及返工，请拒收以获退款]。返工货物须再次检验。",
    ),
    Code.NOT_SIGNED: Words(
        "Accepting findings is a signed act. Sign it and send it again.",
        "接受检验结果须签署，请签署后重新提交。",
    ),
    Code.NOT_PAID: Words(
        "Nothing paid through the platform stands for this order, so there is nothing to protect yet. Pay first.",
        "本订单没有经平台支付且仍有效的款项，尚无可保障的金额，请先付款。",
    ),
    Code.SUPPLIER_NOT_ENROLLED: Words(
        "The supplier was not enrolled when this order was agreed, so its goods are not covered.",
        "达成一致时供应商未入驻，本订单货物不在保障之内。",
    ),
    Code.GROUND_EXCLUDED: Words(
        "“{ground}” is excluded from the programme's cover. Turn to whoever caused it: the carrier, customs, or the one who was paid.",
        "“{ground}”不在保障计划之内，请向责任方（承运人、海关或收款人）主张。",
    ),
    Code.TERM_NOT_MEASURABLE: Words(
        "No claim can stand on this term, for it names nothing that can be measured[: “{term}”]. A measurable term would change that.",
        "该条款没有可衡量的内容，不能据以索赔[：“{term}”]；须有可衡量的条款。",
    ),
    Code.NO_TERM_NAMED: Words(
        "A claim must say what it stands on. Name at least one measurable term of the contract.",
        "索赔须指明依据，请至少指明一项可衡量的合同条款。",
    ),
    Code.CLAIM_TOO_EARLY: Words(
        "This can not be claimed yet[; it opens after {opens_at}].",
        "尚不能就此索赔[，{opens_at} 之后可以]。",
    ),
    Code.CLAIM_TOO_LATE: Words(
        "The window for this claim ended at {until}[, for line {line}].",
        "此项索赔期已于 {until} 结束[（第 {line} 行）]。",
    ),
    Code.SHIPPED_IN_TIME: Words(
        "The goods left in time by the record. A proof that says otherwise would change that.",
        "记录显示货物按时发出；如有相反凭证可重新认定。",
    ),
    Code.ALL_SHIPPED: Words(
        "Everything has been shipped. If it has not arrived, claim that it was not received.",
        "货物已全部发出；如未收到，请以未收到货物为由索赔。",
    ),
    Code.BUYER_IN_ARREARS: Words(
        "Lateness can not be claimed while {missing_minor} of the price is due and unpaid. Pay it first.",
        "尚有到期未付款 {missing_minor}，不能主张迟延，请先付清。",
    ),
    Code.GOODS_WERE_READY: Words(
        "The supplier gave notice in time that the goods wait to be collected, so they are not late. Have them collected.",
        "供应商已按时通知货物待提，不构成迟延，请安排提货。",
    ),
    Code.BUYERS_OWN_CARRIER: Words(
        "The buyer chose the carrier, so what happens after it took the goods is not covered. Turn to the carrier.",
        "承运人由买方选定，交付承运人之后不在保障之内，请向承运人索赔。",
    ),
    Code.DELIVERY_PROVEN: Words(
        "Delivery is proven, so this can not count as not received. If goods are missing or wrong, claim that.",
        "已有交货凭证，不能按未收到处理；如短少或不符，请以相应理由索赔。",
    ),
    Code.NOTHING_SEIZED: Words(
        "No seizure by customs is on record. Record the notice first.",
        "没有海关扣押记录，请先登记扣押通知。",
    ),
    Code.CLAIM_GIVEN_UP: Words(
        "This claim was given up by an explicit act, for good: {ground}. Other claims stay possible.",
        "此项索赔已明示放弃且不可恢复：{ground}；其他索赔仍可提出。",
    ),
    Code.CLAIM_DECIDED: Words(
        "This claim has been decided or settled, and carried out: {ground}. Another ground or another term can still be claimed.",
        "此项索赔已裁决或和解并执行：{ground}；仍可就其他理由或条款索赔。",
    ),
}
