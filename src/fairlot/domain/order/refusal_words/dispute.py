"""Sentences for refusals in disputes, returns and chargebacks."""

from __future__ import annotations

from fairlot.domain.order.refusals import Code
from fairlot.domain.words.language import Words

DISPUTE: dict[Code, Words] = {
    Code.DISPUTE_ALREADY_OPEN: Words(
        "A dispute is open on this order. Add the claim to it.",
        "本订单已有进行中的争议，请在其中追加索赔。",
    ),
    Code.NO_DISPUTE: Words(
        "No dispute is open on this order.",
        "本订单没有进行中的争议。",
    ),
    Code.WRONG_STAGE: Words(
        "The case is at another stage, where this is not possible[: {stage}].",
        "案件处于其他阶段，不能进行此操作[：{stage}]。",
    ),
    Code.ONLY_CLAIMANT_WITHDRAWS: Words(
        "Only the one who claimed can withdraw a claim; this case was opened by the rules.",
        "只有索赔方可以撤回；本案由规则自动开启。",
    ),
    Code.RESTATEMENT_MISSING: Words(
        "Giving up a claim must restate exactly what is given up, as it stands in the dispute, and be signed.",
        "放弃索赔须逐项重述争议中所放弃的内容并签署。",
    ),
    Code.OFFER_NOT_STANDING: Words(
        "This offer does not stand any more: {offer}. Look at the offers that do.",
        "该和解方案已不存在：{offer}，请查看现有方案。",
    ),
    Code.OWN_OFFER: Words(
        "This is your own offer; the other party answers it. You can withdraw it.",
        "这是您自己的和解方案，须由对方答复；您可以撤回。",
    ),
    Code.NOT_YOUR_OFFER: Words(
        "Only the party that made an offer can withdraw it. You can decline it.",
        "只有提出方可以撤回和解方案；您可以拒绝。",
    ),
    Code.OFFER_INCOMPLETE: Words(
        "An offer of this kind needs a date to come and, for a replacement, a quantity: {kind}.",
        "此类和解方案须写明将来的日期，换货还须写明数量：{kind}。",
    ),
    Code.ESCALATION_TOO_EARLY: Words(
        "You can not take the case to mediation alone yet; that opens after {opens_at}. Together with the other party it is possible now.",
        "尚不能单方提请调解，{opens_at} 之后可以；双方共同提请则现在即可。",
    ),
    Code.ALREADY_ASKED: Words(
        "You have asked for this already. It waits for the other side or for its deadline.",
        "您已提出此请求，正等待对方或截止时间。",
    ),
    Code.MEDIATOR_ALREADY_NAMED: Words(
        "The case has its mediator and keeps it.",
        "本案已有调解员且不再更换。",
    ),
    Code.MEDIATOR_IS_PARTY: Words(
        "This mediator has a conflict of interest. Name another.",
        "该调解员存在利益冲突，请指定他人。",
    ),
    Code.SAME_MEDIATOR: Words(
        "An appeal is heard by somebody else than the first decision. Name another.",
        "申诉须由原裁决人以外的人审理，请指定他人。",
    ),
    Code.NOT_THE_MEDIATOR: Words(
        "Only the mediator named for this case, or a supervisor once one is named, decides it.",
        "只有本案指定的调解员或主管可以裁决。",
    ),
    Code.EVIDENCE_ROUND_CLOSED: Words(
        "The evidence round is closed. What was given stays; new evidence can ground an appeal.",
        "举证期已结束，已提交的证据有效；新证据可作为申诉理由。",
    ),
    Code.DECISION_TOO_EARLY: Words(
        "Both sides may still be heard until {opens_at}: evidence, an inspection that was asked for, or answers to its report. The decision comes after that.",
        "双方在 {opens_at} 之前仍可陈述：举证、已申请的检验或对其报告的答复；此后方可裁决。",
    ),
    Code.REASON_MISSING: Words(
        "This needs a written reason. Add it and send it again.",
        "此操作须附书面理由，请补充后重新提交。",
    ),
    Code.AMOUNT_ABOVE_CLAIM: Words(
        "At most {most_minor} of the price can go back. Name no more than that.",
        "最多可退回货款 {most_minor}，请勿超出。",
    ),
    Code.OUTCOME_NOT_WHOLE: Words(
        "Outcome, amount and date do not fit each other[: {amount_minor} of {paid_minor} paid]. Full is all, partial is in between, for the supplier is nothing; finishing needs a date.",
        "结果、金额与日期不一致[：已付 {paid_minor} 中的 {amount_minor}]。全额为全部，部分介于其间，支持供应商为零；责令完成须有日期。",
    ),
    Code.PERFORMANCE_NOT_ASKED: Words(
        "Finishing the order can be ordered only if the buyer asks for it. The buyer has not.",
        "仅在买方提出时方可裁令继续履行；买方未提出。",
    ),
    Code.APPEAL_TOO_LATE: Words(
        "The time to appeal is over[; it ended at {until}]. The decision stands.",
        "申诉期已过[，已于 {until} 结束]，决定有效。",
    ),
    Code.APPEAL_GROUND_MISSING: Words(
        "An appeal names new evidence or the rule that was misapplied, with a written reason.",
        "申诉须指明新证据或适用错误的规则，并附书面理由。",
    ),
    Code.ALREADY_APPEALED: Words(
        "You have appealed already; one appeal is heard in each case.",
        "您已申诉，每案只审理一次申诉。",
    ),
    Code.NOTHING_ORDERED: Words(
        "Nothing was settled here that still waits to be done.",
        "没有待履行的和解事项。",
    ),
    Code.NO_RETURN: Words(
        "No return of goods is under way.",
        "没有进行中的退货。",
    ),
    Code.RETURN_NOT_SENT: Words(
        "The goods have not been sent back yet. This opens when they are.",
        "货物尚未寄回，寄回后方可进行。",
    ),
    Code.RETURN_ALREADY_SENT: Words(
        "The goods are on their way back already.",
        "货物已在退回途中。",
    ),
    Code.NOTHING_TO_CONTEST: Words(
        "There is no report on the arrived goods that is contested, or that can still be.",
        "没有可质疑或已被质疑的退货到货报告。",
    ),
    Code.RETURN_NOT_ARRIVED: Words(
        "The returned goods have not arrived yet. This opens when they do.",
        "退货尚未到达，到达后方可进行。",
    ),
    Code.NO_CHARGEBACK: Words(
        "No open chargeback has this id: {chargeback_id}.",
        "没有该编号的进行中拒付：{chargeback_id}。",
    ),
    Code.CHARGEBACK_ALREADY_OPEN: Words(
        "A chargeback is open on this order. It must end first.",
        "本订单已有进行中的拒付，须待其结束。",
    ),
    Code.CHARGEBACK_ABOVE_PAYMENT: Words(
        "Only {paid_minor} was paid by card and not taken back yet. Check the bank's message.",
        "以银行卡支付且未被收回的仅 {paid_minor}，请核对银行通知。",
    ),
}
