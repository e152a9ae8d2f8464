"""Notices of disputes and decisions, in both languages."""

from __future__ import annotations

from fairlot.domain.party import Role
from fairlot.domain.words.language import Words
from fairlot.domain.words.notice_shape import NoticeWords

_BUYER = Role.BUYER
_SUPPLIER = Role.SUPPLIER
_ANSWER = Words("Answer the dispute in time.", "请按时答复争议。")
_ANSWER_OFFER = Words("Accept or decline the offer.", "请接受或拒绝和解方案。")
_EVIDENCE = Words("Submit your evidence in time.", "请按时举证。")
_DECIDE = Words("Read the case and decide in time.", "请审阅案件并按时裁决。")
_APPEAL = Words(
    "Read the decision; appeal in time if you disagree.", "请阅读裁决，如有异议请按时申诉。"
)

CASE_NOTICES: dict[str, NoticeWords] = {
    "claim_refused": NoticeWords(
        Words("A claim was not admitted", "索赔未获受理"),
        Words(
            "Your claim was refused at the door ({code}). It can be appealed until {appeal_until}.",
            "您的索赔未获受理（{code}），可在 {appeal_until} 前申诉。",
        ),
        {_BUYER: Words("Read the reason; appeal if you disagree.", "请阅读原因，如有异议请申诉。")},
    ),
    "claim_withdrawn": NoticeWords(
        Words("The buyer withdrew its claim", "买方撤回索赔"),
        Words("The buyer withdrew its claim.", "买方已撤回索赔。"),
    ),
    "dispute_opened": NoticeWords(
        Words("A dispute has begun", "争议已开始"),
        Words(
            "A dispute began. Held money waits until it ends.[ The supplier answers by {answer_until}.][ The parties negotiate until {negotiation_until}.]",
            "争议开始，托管款项等待至其结束。[供应商须于 {answer_until} 前答复。][双方协商至 {negotiation_until}。]",
        ),
        {_SUPPLIER: _ANSWER},
    ),
    "dispute_answered": NoticeWords(
        Words("The supplier answered the dispute", "供应商答复了争议"),
        Words(
            "The supplier answered the dispute[declined? and declined].",
            "供应商答复了争议[declined?，予以拒绝]。",
        ),
    ),
    "answer_lapsed": NoticeWords(
        Words("The supplier did not answer", "供应商逾期未答复"),
        Words(
            "The supplier did not answer in time; the buyer may escalate at once.",
            "供应商逾期未答复，买方可立即提请调解。",
        ),
        {_BUYER: Words("Escalate, or wait for an offer.", "可提请调解，或等待和解方案。")},
    ),
    "offer_made": NoticeWords(
        Words("You are offered a settlement", "对方提出和解方案"),
        Words("The other party offered to settle the dispute.", "对方提出和解方案。"),
        {_BUYER: _ANSWER_OFFER, _SUPPLIER: _ANSWER_OFFER},
    ),
    "offer_accepted": NoticeWords(
        Words("The parties settled", "双方和解"),
        Words(
            "The parties settled the dispute[conditional?, on a condition that is still to be met].",
            "双方已和解[conditional?，尚待条件满足]。",
        ),
    ),
    "settlement_fulfilled": NoticeWords(
        Words("What was settled has been done", "和解内容已履行"),
        Words(
            "What the parties settled has been done; the dispute has ended.",
            "双方和解的内容已履行，争议终结。",
        ),
    ),
    "settlement_lapsed": NoticeWords(
        Words("What was settled was not done", "和解内容逾期未履行"),
        Words(
            "What the parties settled was not done in time; the case goes to mediation.[ A mediator is named by {mediator_until}.]",
            "双方和解的内容逾期未履行，案件进入调解。[调解员须于 {mediator_until} 前指定。]",
        ),
    ),
    "dispute_moot": NoticeWords(
        Words("The case has ended", "案件终结"),
        Words(
            "The case has ended: [paid?what was missing was paid][collected?the goods were collected].",
            "案件终结：[paid?欠款已付清][collected?货物已提走]。",
        ),
    ),
    "dispute_escalated": NoticeWords(
        Words("The case goes to mediation", "案件进入调解"),
        Words(
            "The case went to mediation[by_itself?, by itself].[ A mediator is named by {mediator_until}.]",
            "案件进入调解[by_itself?（自动）]。[调解员须于 {mediator_until} 前指定。]",
        ),
        {Role.OPERATOR: Words("Name a mediator in time.", "请按时指定调解员。")},
    ),
    "mediator_named": NoticeWords(
        Words("The case has its mediator", "已指定调解员"),
        Words(
            "The case has its mediator; evidence is taken until {evidence_until}.",
            "已指定调解员，举证至 {evidence_until}。",
        ),
        {_BUYER: _EVIDENCE, _SUPPLIER: _EVIDENCE, Role.MEDIATOR: _DECIDE},
    ),
    "evidence_round_closed": NoticeWords(
        Words("The time for evidence is over", "举证期结束"),
        Words(
            "The time for evidence is over; the decision is due by {decision_until}.",
            "举证期结束，须于 {decision_until} 前裁决。",
        ),
        {Role.MEDIATOR: _DECIDE},
    ),
    "decision_made": NoticeWords(
        Words("The dispute is decided", "争议已裁决"),
        Words(
            "The dispute is decided; it can be appealed until {appeal_until}.",
            "争议已裁决，可在 {appeal_until} 前申诉。",
        ),
        {_BUYER: _APPEAL, _SUPPLIER: _APPEAL},
    ),
    "decision_appealed": NoticeWords(
        Words("The decision is appealed", "裁决被申诉"),
        Words(
            "The decision is appealed; a supervisor hears the case again.",
            "裁决被申诉，由主管复核。",
        ),
        {Role.SUPERVISOR: _DECIDE},
    ),
    "decision_final": NoticeWords(
        Words("The decision is final", "裁决已生效"),
        Words(
            "The decision is final[by_lapse?, for nobody appealed in time].",
            "裁决已生效[by_lapse?（逾期无人申诉）]。",
        ),
    ),
    "return_opened": NoticeWords(
        Words("The goods are to be sent back", "须退回货物"),
        Words("The goods are to be sent back by {send_until}.", "须于 {send_until} 前退回货物。"),
        {_BUYER: Words("Send the goods back and record it.", "请退回货物并登记。")},
    ),
    "return_sent": NoticeWords(
        Words("The goods are on their way back", "货物正在退回"),
        Words("The buyer sent the goods back.", "买方已退回货物。"),
        {_SUPPLIER: Words("Record when they arrive.", "货物到达时请登记。")},
    ),
    "return_arrived": NoticeWords(
        Words("Returned goods have arrived", "退货已到达"),
        Words(
            "The returned goods have arrived; the supplier judges them by {judge_until}.",
            "退货已到达，供应商须于 {judge_until} 前查验。",
        ),
        {_SUPPLIER: Words("Judge the returned goods in time.", "请按时查验退货。")},
    ),
    "return_contested": NoticeWords(
        Words("A return is contested", "退货存在争议"),
        Words(
            "The supplier contests the returned goods; the platform decides[ by {decide_until}].",
            "供应商对退货提出异议，由平台[于 {decide_until} 前]裁定。",
        ),
        {Role.OPERATOR: _DECIDE},
    ),
    "chargeback_opened": NoticeWords(
        Words("The buyer's bank takes a payment back", "买方银行发起拒付"),
        Words(
            "A chargeback of {amount_minor} began; it ends by {ends_at}.",
            "发生拒付 {amount_minor}，须于 {ends_at} 前结束。",
        ),
        {Role.OPERATOR: Words("Answer the bank in time.", "请按时答复银行。")},
    ),
    "chargeback_ended": NoticeWords(
        Words("The bank has decided the chargeback", "拒付已有结果"),
        Words(
            "The chargeback ended: [won?won][lost?lost][unanswered?unanswered].",
            "拒付结果：[won?胜诉][lost?败诉][unanswered?未答复]。",
        ),
    ),
}
