"""The sentences of events from the draft to the goods' arrival, in both languages; `events` fills them."""

from __future__ import annotations

from fairlot.domain.order import events as e
from fairlot.domain.words.language import Words

AGREEMENT: dict[type[e.Event], Words] = {
    e.OrderDrafted: Words(
        "The {by} began the order under {policy_id}.", "{by}按 {policy_id} 新建订单。"
    ),
    e.MandateGranted: Words(
        "The buyer let an agent act for it: {rights}.", "买方授权代理人：{rights}。"
    ),
    e.MandateRevoked: Words("The buyer took an agent's mandate back.", "买方撤销了代理人的授权。"),
    e.SampleRequested: Words(
        "The buyer asked for sample {sample_id}.", "买方索取样品 {sample_id}。"
    ),
    e.SampleSent: Words(
        "The supplier sent sample {sample_id} under seal.", "供应商寄出封样 {sample_id}。"
    ),
    e.SampleApproved: Words("The buyer approved sample {sample_id}.", "买方认可样品 {sample_id}。"),
    e.SampleRejected: Words(
        "The buyer did not approve sample {sample_id}.", "买方不认可样品 {sample_id}。"
    ),
    e.VersionProposed: Words(
        "The {by} proposed a version over {total_minor}, open until {expires_at}.",
        "{by}提议总额 {total_minor} 的合同版本，有效至 {expires_at}。",
    ),
    e.VersionWithdrawn: Words("The proposal was withdrawn.", "提议已撤回。"),
    e.VersionDeclined: Words("The proposal was declined.", "提议被拒绝。"),
    e.ProposalExpired: Words(
        "Nobody accepted the proposal in time; it expired.", "提议逾期未被接受，已失效。"
    ),
    e.OrderAgreed: Words(
        "Both parties agreed to the very same version[enrolled?; {cover_minor} are covered][not enrolled?; the supplier is not enrolled].",
        "双方就同一合同版本达成一致[enrolled?，保障金额 {cover_minor}][not enrolled?，供应商未入驻]。",
    ),
    e.ChangeAgreed: Words(
        "Both parties agreed to a change of the contract[; {counted_minor} of what it takes out of the price had been given back before].",
        "双方同意变更合同[；其中减少的价款已有 {counted_minor} 在此前退还]。",
    ),
}

FUNDING: dict[type[e.Event], Words] = {
    e.PaymentReceived: Words(
        "{amount_minor} arrived by {rail} and was booked to the order.",
        "经 {rail} 收到 {amount_minor}，已记入订单。",
    ),
    e.PaymentCompleted: Words("Everything due so far is paid.", "到期款项已全部付清。"),
    e.BalanceFellDue: Words(
        "{amount_minor} of the price is due and not paid; due by {balance_until}.",
        "应付货款尚欠 {amount_minor}，须在 {balance_until} 前支付。",
    ),
    e.CancellationUndone: Words(
        "A payment made in time came to light; the cancellation is undone.",
        "发现按时付款，取消撤销。",
    ),
    e.PaymentSuspended: Words(
        "{amount_minor} arrived that the order can not take; it waits until {return_at}.",
        "收到订单无法接受的 {amount_minor}，挂账至 {return_at}。",
    ),
    e.SuspenseReturned: Words(
        "{amount_minor} in suspense goes back to its sender.",
        "挂账款项 {amount_minor} 退回付款人。",
    ),
    e.PaymentReversed: Words(
        "A payment of {amount_minor} bounced.", "一笔 {amount_minor} 的付款被退票。"
    ),
    e.FeeConsented: Words(
        "The buyer agreed to what its way to pay costs now.",
        "买方同意其付款方式的现行手续费。",
    ),
    e.ExcessKept: Words(
        "The buyer left {amount_minor} for the next instalment.",
        "买方将 {amount_minor} 留作下一期款项。",
    ),
    e.OrderCancelled: Words(
        "The order was cancelled[unpaid?: it was not paid in time][never_shipped?: nothing was shipped in time][credit_unpaid?: its letter of credit never paid][platform?: the platform itself was at fault].",
        "订单取消[unpaid?：未按时付款][never_shipped?：未按时发货][credit_unpaid?：信用证未付款][platform?：平台自身原因]。",
    ),
    e.FundsReleased: Words(
        "{amount_minor} was released to the supplier[undisputed?: no open claim names it].",
        "已向供应商放款 {amount_minor}[undisputed?，该部分未被索赔涉及]。",
    ),
    e.RefundDecided: Words(
        "A refund to the buyer was decided[: {price_minor} of the price][, {fee_minor} of inspection fees and return costs][, {excess_minor} overpaid]; to be sent by {due_at}.",
        "决定向买方退款[：货款 {price_minor}][，检验费与退货费用 {fee_minor}][，多付款 {excess_minor}]，须在 {due_at} 前发出。",
    ),
    e.PaymentFeeReturned: Words(
        "The fee of {amount_minor} for paying by {rail} goes back to the buyer at the platform's cost, by {due_at}.",
        "以 {rail} 付款的手续费 {amount_minor} 由平台承担退还买方，须在 {due_at} 前发出。",
    ),
    e.PaymentFeeLaid: Words(
        "The fee of {amount_minor} for paying by {rail} is the supplier's by the contract.",
        "按合同，以 {rail} 付款的手续费 {amount_minor} 由供应商承担。",
    ),
    e.PaymentFeeTaken: Words(
        "The payment's fee of {amount_minor} was taken out of what is released.",
        "从放款中扣除付款手续费 {amount_minor}。",
    ),
    e.PaymentFeeCharged: Words(
        "Nothing is left to be released, so the supplier owes the payment's fee: {amount_minor}.",
        "已无可放款项，付款手续费 {amount_minor} 成为供应商的欠款。",
    ),
    e.PaymentFeeLifted: Words(
        "The supplier does not bear the payment's fee any more[: {given_back_minor} goes back to it].",
        "供应商不再承担该笔付款的手续费[，{given_back_minor} 退还供应商]。",
    ),
    e.PaymentFeeRecovered: Words(
        "The supplier's account paid {amount_minor} of a payment's fee.",
        "供应商账户已支付付款手续费 {amount_minor}。",
    ),
    e.RefundFunded: Words(
        "The refund's remainder was funded[: {from_payables_minor} from the supplier's payables][, {from_fund_minor} from the guarantee fund][, {platform_minor} borne by the platform][, {uncovered_minor} uncovered].",
        "退款余额的来源[：供应商应付款 {from_payables_minor}][，保障基金 {from_fund_minor}][，平台承担 {platform_minor}][，未受保障 {uncovered_minor}]。",
    ),
    e.SetOffUnanswered: Words(
        "Nobody said in time what the supplier is owed elsewhere, so the fund pays first.",
        "未能及时得知供应商的其他应付款，先由基金垫付。",
    ),
    e.SetOffCameLate: Words(
        "What the supplier was owed elsewhere pays in the fund's place[: {to_fund_minor} back to the fund][, {to_buyer_minor} to the buyer][, {to_platform_minor} back to the platform].",
        "供应商的其他应付款代替基金支付[：归还基金 {to_fund_minor}][，付给买方 {to_buyer_minor}][，归还平台 {to_platform_minor}]。",
    ),
    e.SetOffSought: Words(
        "The supplier did not pay what was settled; {amount_minor} is sought from its other payables, then from the fund.",
        "供应商未按和解付款，先从其其他应付款中抵扣 {amount_minor}，再由基金支付。",
    ),
    e.PaymentAwaited: Words(
        "{amount_minor} was reported by {rail}; it counts from {confirm_at} unless it is returned before.",
        "经 {rail} 报告付款 {amount_minor}，若届时未被退回，自 {confirm_at} 起计入。",
    ),
    e.AwaitedPaymentBounced: Words(
        "A reported payment of {amount_minor} was returned before it counted.",
        "已报告的 {amount_minor} 付款在计入前被退回。",
    ),
    e.SupplierRepaid: Words(
        "The supplier paid {amount_minor} towards the refund.", "供应商为退款支付 {amount_minor}。"
    ),
    e.RecoveryBooked: Words(
        "Money was recovered from the supplier[: {to_fund_minor} for the fund][, {to_buyer_minor} for the buyer].",
        "已向供应商追回款项[：归基金 {to_fund_minor}][，归买方 {to_buyer_minor}]。",
    ),
    e.RefundConfirmed: Words(
        "The bank confirmed that {amount_minor} was sent to the buyer.",
        "银行确认已向买方发出 {amount_minor}。",
    ),
    e.OrderCompleted: Words(
        "The order is completed; claims stay possible until the windows end.",
        "订单完成，索赔期内仍可索赔。",
    ),
    e.OrderClosed: Words("The order is closed.", "订单关闭。"),
    e.OrderRefunded: Words(
        "The order ended with all the money back to the buyer.", "订单结束，款项全部退还买方。"
    ),
    e.OrderSettled: Words("The order ended with the money divided.", "订单结束，款项已分配。"),
}

GOODS: dict[type[e.Event], Words] = {
    e.ProductionUpdateRequested: Words(
        "The buyer asked how production stands.", "买方询问生产进度。"
    ),
    e.ProductionUpdated: Words(
        "The supplier told that production is at {percent} %.", "供应商报告生产进度 {percent}%。"
    ),
    e.InspectionFeeAgreed: Words(
        "The {by} agreed to advance the inspection's fee.", "{by}同意垫付检验费。"
    ),
    e.InspectionBooked: Words(
        "An inspection by {company} was booked; the {advanced_by} advanced {fee_minor}. The report is due by {report_due_at}.",
        "已预约 {company} 检验，{advanced_by}垫付 {fee_minor}，报告须在 {report_due_at} 前提交。",
    ),
    e.InspectionReported: Words(
        "The inspection's verdict by the contract's plan: {verdict}.",
        "按合同方案的检验结论：{verdict}。",
    ),
    e.InspectionLapsed: Words(
        "The inspector did not report in time; {fee_minor} goes back.",
        "检验机构逾期未报告，{fee_minor} 退还。",
    ),
    e.InspectorPaid: Words(
        "The inspection company got {amount_minor}.", "已向检验公司支付 {amount_minor}。"
    ),
    e.LotRejected: Words(
        "The buyer rejected the failed lot before shipment.", "买方在发货前拒收不合格批。"
    ),
    e.ReworkRequested: Words(
        "The failed lot is to be reworked[by_silence?, for the buyer did not choose].",
        "不合格批须返工[by_silence?（买方未作选择）]。",
    ),
    e.FindingsWaived: Words(
        "The buyer accepted findings by a signed act: {term_ids}.",
        "买方签署接受检验结果：{term_ids}。",
    ),
    e.GoodsReadyNotified: Words(
        "The supplier gave notice that the goods are ready.", "供应商通知货物备妥。"
    ),
    e.ShipmentReminded: Words(
        "Both were reminded. Days until the shipment date: {days}.",
        "提醒双方：距发货日期 {days} 天。",
    ),
    e.ShipmentFellDue: Words(
        "The shipment date is over and goods have not left; lateness can be claimed.",
        "发货日期已过而货物未发出，可主张迟延。",
    ),
    e.ShipmentRecorded: Words(
        "{pieces} pieces were recorded as shipped by {mode}, proven by {proof}[without_leave?; without the buyer's leave after a failed inspection].",
        "登记以{mode}发出 {pieces} 件，凭{proof}[without_leave?；检验不合格后未经买方同意]。",
    ),
    e.GoodsMoved: Words(
        "The carrier's number showed a movement; the shipment is proven.",
        "运单号已有动态，发货得到证明。",
    ),
    e.ShipmentUnproven: Words(
        "The carrier's number showed no movement in time; nothing is shipped by it.",
        "运单号逾期无动态，该次发货不予认可。",
    ),
    e.ArrivalExtended: Words(
        "The {by} gave the arrival more time, until {arrival_asked_at}.",
        "{by}将到货时间延至 {arrival_asked_at}。",
    ),
    e.GoodsDelivered: Words(
        "Delivery was proven for {delivered_at}; claims are possible until {claim_until}.",
        "已证明于 {delivered_at} 交货，索赔期至 {claim_until}。",
    ),
    e.ReceiptConfirmed: Words("The buyer confirmed receipt.", "买方确认收货。"),
    e.CountedDelivered: Words(
        "Nobody told of an arrival; the goods count as delivered and claims are possible until {claim_until}.",
        "无人告知到货，货物视为已交货，索赔期至 {claim_until}。",
    ),
    e.ClaimWindowWarned: Words(
        "The buyer was warned. Days until the claim window ends: {days}.",
        "提醒买方：距索赔期届满 {days} 天。",
    ),
    e.MissingCancelled: Words(
        "{pieces} pieces that never left were cancelled, worth {amount_minor}.",
        "取消一直未发运的 {pieces} 件，价值 {amount_minor}。",
    ),
    e.GoodsSeized: Words(
        "Customs seized the goods[wrong_goods?, because of the goods themselves][not wrong_goods?, which is a delay].",
        "海关扣押货物[wrong_goods?，原因在于货物本身][not wrong_goods?，属于延误]。",
    ),
    e.PriceDemanded: Words(
        "The supplier asked for more than was agreed[: {amount_minor}]. The agreed price stands.",
        "供应商要求高于约定的价款[：{amount_minor}]。约定价格不变。",
    ),
}
