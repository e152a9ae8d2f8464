"""The sentences of events of disputes, returns and chargebacks, in both languages; `events` fills them."""

from __future__ import annotations

from fairlot.domain.order import events as e
from fairlot.domain.words.language import Words

DISPUTE: dict[type[e.Event], Words] = {
    e.ClaimRefused: Words(
        "A claim was refused at the door: {ground}. It can be appealed until {appeal_until}.",
        "索赔未获受理：{ground}。可在 {appeal_until} 前申诉。",
    ),
    e.RefusalAppealed: Words("The buyer appealed the refusal.", "买方对拒绝提出申诉。"),
    e.RefusalDecided: Words(
        "The refusal was [admitted?lifted: the claim is admitted][not admitted?confirmed][by_lapse?, because nobody decided in time].",
        "[admitted?拒绝被撤销，索赔获受理][not admitted?拒绝决定维持][by_lapse?（逾期未复核）]。",
    ),
    e.RefusalLapsed: Words("Nobody appealed the refusal; it stands.", "无人申诉，拒绝决定维持。"),
    e.DisputeOpened: Words(
        "A dispute began[: {grounds}][by_itself?, by itself]. Held money waits until it ends.",
        "争议开始[：{grounds}][by_itself?（自动）]。托管款项等待至其结束。",
    ),
    e.ClaimAdded: Words("The buyer added a claim: {ground}.", "买方追加索赔：{ground}。"),
    e.DisputeAnswered: Words(
        "The supplier answered the dispute[declined? and declined].",
        "供应商答复了争议[declined?，予以拒绝]。",
    ),
    e.AnswerLapsed: Words(
        "The supplier did not answer in time; the buyer may escalate at once.",
        "供应商逾期未答复，买方可立即提请调解。",
    ),
    e.OfferMade: Words(
        "The {by} [counters?countered][not counters?offered]: {kind}[ of {amount_minor}].",
        "{by}[counters?反提案][not counters?提出]：{kind}[ {amount_minor}]。",
    ),
    e.OfferWithdrawn: Words("Offer {offer_id} was withdrawn.", "和解方案 {offer_id} 已撤回。"),
    e.OfferDeclined: Words("Offer {offer_id} was declined.", "和解方案 {offer_id} 被拒绝。"),
    e.OfferAccepted: Words(
        "The parties settled: {kind}[ of {amount_minor}][conditional?, on a condition].",
        "双方和解：{kind}[ {amount_minor}][conditional?（附条件）]。",
    ),
    e.SettlementFulfilled: Words("What was settled has been done.", "和解事项已履行。"),
    e.SettlementLapsed: Words(
        "What was settled was not done in time; the dispute goes on.",
        "和解事项逾期未履行，争议继续。",
    ),
    e.ExtensionAsked: Words("The {by} asked for more time to negotiate.", "{by}请求延长协商。"),
    e.NegotiationExtended: Words(
        "Both agreed to negotiate until {negotiation_until}.",
        "双方同意协商至 {negotiation_until}。",
    ),
    e.EscalationAsked: Words("The {by} proposed to escalate together.", "{by}提议共同提请调解。"),
    e.DisputeEscalated: Words(
        "The case went to mediation[by_itself?, by itself].", "案件进入调解[by_itself?（自动）]。"
    ),
    e.MediatorNamed: Words(
        "[supervisor?A supervisor took the case][not supervisor?The case has its mediator]; evidence is taken until {evidence_until}.",
        "[supervisor?主管接手本案][not supervisor?已指定调解员]，举证至 {evidence_until}。",
    ),
    e.EvidenceSubmitted: Words("The {by} submitted evidence.", "{by}提交证据。"),
    e.EvidenceContested: Words("The {by} contested a piece of evidence.", "{by}质疑一项证据。"),
    e.WishStated: Words("The buyer said what it asks for: {wish}.", "买方说明诉求：{wish}。"),
    e.EvidenceRoundClosed: Words(
        "The evidence round closed; the decision is due by {decision_until}.",
        "举证期结束，须在 {decision_until} 前裁决。",
    ),
    e.DisputeInspectionAsked: Words(
        "[by_mediator?The mediator ordered][not by_mediator?A party asked for] an inspection, to be booked by {book_until}.",
        "[by_mediator?调解员责令][not by_mediator?当事方请求]检验，须在 {book_until} 前预约。",
    ),
    e.DisputeInspectionLapsed: Words(
        "Nobody booked the inspection; the case goes on without it.", "无人预约检验，案件继续。"
    ),
    e.DecisionClockMoved: Words(
        "The ordered report came; the decision is due by {decision_until}.",
        "检验报告已到，须在 {decision_until} 前裁决。",
    ),
    e.DecisionMade: Words(
        "[by_rule?The rules decided][not by_rule?The mediator decided]: {outcome}, {amount_minor}, {condition}[departs?; departing from the recommendation with a reason]. Appeal is possible until {appeal_until}.",
        "[by_rule?规则裁决][not by_rule?调解员裁决]：{outcome}，{amount_minor}，{condition}[departs?；附理由偏离规则建议]。可在 {appeal_until} 前申诉。",
    ),
    e.DecisionAppealed: Words("The {by} appealed the decision.", "{by}对裁决提出申诉。"),
    e.DecisionFinal: Words(
        "The decision is final: {outcome}, {amount_minor}[by_lapse?; the appeal was not decided in time].",
        "裁决生效：{outcome}，{amount_minor}[by_lapse?；申诉逾期未裁决]。",
    ),
    e.DisputeExecuted: Words(
        "What was [settled?settled][not settled?decided] has been booked.",
        "[settled?和解][not settled?裁决]内容已入账。",
    ),
    e.PerformanceOrdered: Words(
        "The order is to be finished by {until}.", "须在 {until} 前完成订单。"
    ),
    e.ClaimWithdrawn: Words("The buyer gave up, for good: {grounds}.", "买方永久放弃：{grounds}。"),
    e.DisputeMoot: Words("What the case was about has been done.", "案件所涉事项已履行。"),
}

AFTERMATH: dict[type[e.Event], Words] = {
    e.ReturnOpened: Words(
        "The goods go back first; to be sent by {send_until}.",
        "货物须先退回，在 {send_until} 前寄出。",
    ),
    e.ConditionReported: Words(
        "The condition of the goods was reported [before?before they left][not before?after they arrived][same?: as it was][not same?: changed].",
        "[before?寄出前][not before?到达后]货况报告[same?：无变化][not same?：有变化]。",
    ),
    e.ReturnSent: Words("The buyer sent the goods back by {mode}.", "买方以{mode}寄回货物。"),
    e.ReturnCostStated: Words(
        "The buyer advanced {amount_minor} for the return; {returnable_minor} of it comes with the refund.",
        "买方为退货垫付 {amount_minor}，其中 {returnable_minor} 随退款返还。",
    ),
    e.ReturnContested: Words(
        "The {by} contested the report on the arrived goods; a mediator decides by {decide_until}.",
        "{by}质疑到货报告，调解员须在 {decide_until} 前决定。",
    ),
    e.ReturnDecided: Words(
        "A mediator decided the contested return: [refunds?the buyer is refunded][not refunds?no refund].",
        "调解员裁决退货：[refunds?向买方退款][not refunds?不退款]。",
    ),
    e.ReturnArrived: Words(
        "The goods are back[counted? (they count as arrived)].",
        "货物已退回[counted?（视为到达）]。",
    ),
    e.ReturnJudged: Words(
        "The return was judged: [refunds?the buyer is refunded][not refunds?no refund][by_lapse?, because the supplier was silent].",
        "退货验收：[refunds?向买方退款][not refunds?不退款][by_lapse?（供应商未作表示）]。",
    ),
    e.ReturnLapsed: Words(
        "The goods were not sent back; they are kept and the reduction applies.",
        "货物未寄回，留用并减价。",
    ),
    e.ChargebackOpened: Words(
        "The buyer's bank takes {amount_minor} back; everything else waits.",
        "买方银行收回 {amount_minor}，其他事项等待。",
    ),
    e.ChargebackContinued: Words(
        "The bank is still at work on the chargeback; it must answer by {ends_at}.",
        "银行仍在处理拒付，须在 {ends_at} 前答复。",
    ),
    e.ChargebackEnded: Words(
        "The chargeback ended: [won?won][lost?lost][unanswered?the bank never answered].",
        "拒付结束：[won?胜诉][lost?败诉][unanswered?银行未答复]。",
    ),
    e.ChargebackCounted: Words(
        "{amount_minor} of what was found due is with the buyer already: the lost chargeback took it.",
        "应退金额中的 {amount_minor} 买方已通过败诉的拒付取得。",
    ),
    e.ChargebackCostCharged: Words(
        "The claim was upheld, so the supplier owes what the lost chargeback cost beyond the goods: {amount_minor}.",
        "索赔成立，败诉拒付中货款以外的费用 {amount_minor} 由供应商承担。",
    ),
    e.ChargebackCostRecovered: Words(
        "The supplier paid back {amount_minor} of what the lost chargeback cost.",
        "供应商已偿还败诉拒付费用中的 {amount_minor}。",
    ),
    e.BuyerDebtSettled: Words(
        "{amount_minor} of what the buyer had got twice was settled[ by {rail}][written_off?: the platform gave it up].",
        "买方重复所得款项中的 {amount_minor} 已了结[，经 {rail} 归还][written_off?：由平台核销]。",
    ),
    e.CardBlocked: Words(
        "The buyer's card is blocked since {since}, for a debt from a lost chargeback; other ways to pay stay open.",
        "因败诉拒付后的欠款，买方银行卡自 {since} 起停用，其他付款方式不受影响。",
    ),
    e.CardUnblocked: Words(
        "The buyer's card may pay again: nothing is owed from lost chargebacks any more.",
        "败诉拒付的欠款已了结，买方可再以银行卡付款。",
    ),
    e.PlatformBreached: Words(
        "The platform missed its own deadline; the breach is public.",
        "平台错过自身时限，逾期违约予以公布。",
    ),
}
