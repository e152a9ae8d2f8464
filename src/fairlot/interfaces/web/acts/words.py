"""Words of the forms of acts in both languages: what each field asks for, and why a form is not taken."""

from __future__ import annotations

from typing import NamedTuple

from fairlot.domain.words.language import Language, Words

NO_NOTE = Words("", "")


class FieldWords(NamedTuple):
    """What a field asks for, and a note below it."""

    label: Words
    note: Words = NO_NOTE


KEPT_BY_HASH = Words(
    "It is kept in the order's conversation, where both parties and the platform read it; the record names it by its hash.",
    "内容保存在订单的沟通记录中，双方及平台均可查看；记录中以哈希引用。",
)
FILES_TAKEN = Words(
    "PDF, JPEG, PNG, WebP, MP4, ZIP, plain text or CSV, up to 20 MB. It is kept in the order's conversation.",
    "PDF、JPEG、PNG、WebP、MP4、ZIP、纯文本或 CSV，不超过 20 MB；保存在订单的沟通记录中。",
)

FIELDS: dict[str, FieldWords] = {
    "admit": FieldWords(Words("Decision on the refusal", "复核结果")),
    "agent_id": FieldWords(
        Words("Agent", "代理人"),
        Words(
            "The number of the agent's company, such as com_goodways.",
            "代理人公司的编号，例如 com_goodways。",
        ),
    ),
    "amount_minor": FieldWords(Words("Amount", "金额")),
    "at_port": FieldWords(
        Words("The paper shows the arrival at a port only", "文件仅证明货物到达港口")
    ),
    "carrier_chosen_by": FieldWords(Words("Who chose the carrier", "承运人由谁选定")),
    "claims": FieldWords(Words("What is given up", "放弃的索赔")),
    "company": FieldWords(Words("Inspection company", "检验机构")),
    "condition": FieldWords(Words("Condition", "条件")),
    "critical": FieldWords(Words("Critical defects found", "致命缺陷数")),
    "decline": FieldWords(Words("Answer", "答复")),
    "delivered_date": FieldWords(
        Words("Handed over on", "交付日期"),
        Words("As the carrier's paper says.", "以承运人的文件为准。"),
    ),
    "document_hash": FieldWords(Words("Paper that proves it", "证明文件"), FILES_TAKEN),
    "evidence_hashes": FieldWords(Words("Evidence", "证据"), FILES_TAKEN),
    "fee_minor": FieldWords(Words("Fee", "费用")),
    "freight_minor": FieldWords(Words("Freight that the buyer paid", "买方支付的运费")),
    "ground": FieldWords(Words("Ground", "理由")),
    "handed_over_date": FieldWords(
        Words("Handed to the carrier on", "交给承运人的日期"),
        Words("As the paper says.", "以文件为准。"),
    ),
    "inspection_id": FieldWords(Words("Inspection", "检验")),
    "item_hash": FieldWords(Words("Evidence", "证据"), FILES_TAKEN),
    "contested_hash": FieldWords(Words("Evidence that is contested", "质疑的证据")),
    "kept_amount_minor": FieldWords(
        Words("Amount if the buyer keeps the goods", "买方保留货物时的金额")
    ),
    "kind": FieldWords(Words("What is offered", "方案内容")),
    "known_at": FieldWords(
        Words("When it became known", "知悉时间"),
        Words(
            "Only where that was before now and the rules count from it.",
            "仅在规则自知悉起算时填写。",
        ),
    ),
    "lines": FieldWords(Words("Goods that it is about", "涉及的货物")),
    "lot": FieldWords(Words("Size of the lot", "批量")),
    "major": FieldWords(Words("Major defects found", "严重缺陷数")),
    "mandatory_failed": FieldWords(Words("Terms that the goods fail", "不符合的条款")),
    "mediator_id": FieldWords(Words("Mediator", "调解员")),
    "message_hash": FieldWords(
        Words("What the supplier asked for", "供应商的加价要求"), KEPT_BY_HASH
    ),
    "minor": FieldWords(Words("Minor defects found", "轻微缺陷数")),
    "mode": FieldWords(Words("Carried by", "运输方式")),
    "moved_at": FieldWords(Words("When it moved", "动态时间")),
    "not_as_ordered": FieldWords(Words("These are not the goods that were ordered", "货物非所订")),
    "not_checked": FieldWords(Words("Terms that were not looked at", "未检查的条款")),
    "note_hash": FieldWords(Words("How production stands", "生产进展"), KEPT_BY_HASH),
    "notice_hash": FieldWords(Words("Notice of the customs", "海关通知"), FILES_TAKEN),
    "offer_id": FieldWords(Words("Offer", "和解方案")),
    "otherwise_minor": FieldWords(
        Words("Amount if the condition is not met", "条件未满足时的金额")
    ),
    "outcome": FieldWords(Words("Outcome", "裁决结果")),
    "payment_id": FieldWords(Words("Payment", "付款")),
    "percent": FieldWords(Words("Done, in percent", "完成百分比")),
    "proof": FieldWords(Words("What proves it", "凭证种类")),
    "proof_hash": FieldWords(Words("Paper that proves it", "证明文件"), FILES_TAKEN),
    "quantity": FieldWords(Words("Quantity", "数量")),
    "rail": FieldWords(Words("Way to pay", "支付渠道")),
    "reason_hash": FieldWords(Words("Reason", "理由"), KEPT_BY_HASH),
    "refunds": FieldWords(Words("Decision on the return", "退货裁决")),
    "refusal_id": FieldWords(Words("Refused claim", "被拒的索赔")),
    "rights": FieldWords(Words("What the agent may do", "代理人的权限")),
    "sample_id": FieldWords(Words("Sample", "样品")),
    "seal_hash": FieldWords(Words("Record of the seal", "封样记录"), FILES_TAKEN),
    "shipment_id": FieldWords(Words("Shipment", "发货")),
    "shipment_ids": FieldWords(
        Words("Shipments received", "收到的发货"),
        Words("None chosen means all of them.", "不选即为全部。"),
    ),
    "signature_hash": FieldWords(Words("What you accept, in your words", "书面声明"), KEPT_BY_HASH),
    "stage": FieldWords(Words("What for", "检验目的")),
    "statement_hash": FieldWords(
        Words("What you give up, in your words", "书面声明"), KEPT_BY_HASH
    ),
    "term_id": FieldWords(Words("Term that it is about", "涉及的条款")),
    "term_ids": FieldWords(Words("Terms that it is about", "涉及的条款")),
    "until": FieldWords(
        Words("By when", "截止日期"), Words("To the end of that day.", "至当日结束。")
    ),
    "version_hash": FieldWords(Words("Version", "合同版本")),
    "wish": FieldWords(Words("What you ask for", "诉求")),
    "wrong_goods": FieldWords(Words("The goods themselves were the reason", "因货物本身被扣押")),
}

ANSWERS: dict[str, Words] = {
    "false": Words("Answer it", "答复"),
    "true": Words("Answer and decline the claim", "答复并拒绝索赔"),
}
ADMISSIONS: dict[str, Words] = {
    "true": Words("Admit the claim", "受理索赔"),
    "false": Words("Confirm the refusal", "维持拒绝"),
}
REFUNDS: dict[str, Words] = {
    "true": Words("Refund the buyer", "向买方退款"),
    "false": Words("No refund", "不退款"),
}
APPEAL_GROUNDS: dict[str, Words] = {
    "new_evidence": Words("New evidence", "有新证据"),
    "rule_misapplied": Words("A rule misapplied", "适用规则错误"),
}

FORM: dict[str, Words] = {
    "back": Words("Back to the order", "返回订单"),
    "as": Words("You act as {role}.", "您以{role}身份操作。"),
    "sure": Words(
        "It is recorded for good and takes effect at once.", "提交后即永久记录并立即生效。"
    ),
    "optional": Words("optional", "选填"),
    "none": Words("not said", "不填写"),
    "is_refused": Words("(refused as things stand; can be appealed)", "（按现状将被拒绝，可申诉）"),
    "not_now": Words("Not possible now", "现在不能做"),
    "to_appeal": Words(
        "Sent all the same, the refusal is recorded, and you can appeal it.",
        "仍可提交：拒绝将被记录，您可以申诉。",
    ),
    "advice": Words("What the rules call for", "规则建议"),
    "advice_note": Words(
        "The form adopts it. Whoever departs from it gives a reason.",
        "表单已按建议填写；作不同裁决须说明理由。",
    ),
    "fees": Words("fees of inspections", "检验费"),
    "otherwise": Words("otherwise", "否则"),
    "sums": Words("The arithmetic", "计算过程"),
    "done": Words("Done:", "已完成："),
    "is_missing": Words("this is needed.", "请填写。"),
    "is_no_choice": Words("choose one of those listed.", "请从列表中选择。"),
    "is_no_amount": Words("write an amount such as 1,250.00.", "请填写金额，例如 1,250.00。"),
    "is_no_number": Words("write a whole number.", "请填写整数。"),
    "is_no_day": Words("write a date such as 2027-03-15.", "请填写日期，例如 2027-03-15。"),
    "is_long": Words(
        "this is too long, or has characters that cannot be kept.", "内容过长或含有不支持的字符。"
    ),
    "is_odd": Words("The form was stale; try again.", "表单已失效，请重试。"),
    "was_sent": Words(
        "Something else was sent from this form before. Send again if this is still to be done.",
        "此前已通过该表单提交过其他内容。如仍需办理，请再次提交。",
    ),
    "is_outdated": Words(
        "The order changed while this form was open. Look at it again before you send.",
        "填写期间订单有变化，请重新核对后再提交。",
    ),
    "choose_again": Words(
        "Choose the files again; the browser does not keep them.",
        "请重新选择文件，浏览器不会保留。",
    ),
}


def form_words(language: Language) -> dict[str, str]:
    """Return every word around a form in one language."""
    return {name: words.say(language) for name, words in FORM.items()}
