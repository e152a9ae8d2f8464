"""Every reason and every line of arithmetic as one sentence in English and one in Chinese, with the rule it rests on."""

from __future__ import annotations

from typing import Literal, NamedTuple

from fairlot.domain.money import amount_text
from fairlot.domain.remedy.recommendation import Reason, ReasonCode, Step, StepName
from fairlot.domain.remedy.rule_words import WORDS_ZH

Language = Literal["en", "zh"]


class Sentence(NamedTuple):
    """The rule (section of the programme or ruling) and its words; braces are filled from the reason's facts."""

    rule: str
    en: str
    zh: str


_Code = ReasonCode
SENTENCES: dict[ReasonCode, Sentence] = {
    _Code.ACCEPTED_BY_PLAN: Sentence(
        "8, A66",
        "Inspection {inspection} accepts the lot by the plan, so the supplier has delivered what was agreed.",
        "检验 {inspection} 按抽样方案判定该批合格，卖方已按约定交货。",
    ),
    _Code.REJECTED_BY_PLAN: Sentence(
        "7, A66",
        "Inspection {inspection} found {found} {defect_class} defective units among {sample_size}; the plan allows "
        "{acceptance_number}, so the lot is rejected.",
        "检验 {inspection} 在 {sample_size} 件样本中发现 {found} 件{defect_class}缺陷品；方案允许 {acceptance_number} 件，该批不合格。",
    ),
    _Code.CRITICAL_DEFECT: Sentence(
        "8, A66",
        "Inspection {inspection} found {found} units with a critical defect among {sample_size}; {acceptance_number} are "
        "allowed, and unsafe goods go back or are destroyed for their whole price.",
        "检验 {inspection} 在 {sample_size} 件样本中发现 {found} 件致命缺陷品；允许 {acceptance_number} 件，不安全的货物须退回或销毁并全额退款。",
    ),
    _Code.MANDATORY_TERM_FAILED: Sentence(
        "8",
        "Inspection {inspection} found that what must hold does not: {terms}. Goods that can not be used go back for "
        "their whole price.",
        "检验 {inspection} 发现强制条款未满足：{terms}。无法使用的货物退回并全额退款。",
    ),
    _Code.MEASURED_SHORTFALL: Sentence(
        "8",
        "Inspection {inspection} measured {measured} where {agreed} was agreed ({term}): the goods go back for their "
        "whole price, or are kept for a reduction in proportion.",
        "检验 {inspection} 实测 {measured}，约定为 {agreed}（{term}）：货物退回并全额退款，或由买方留用并按比例减价。",
    ),
    _Code.GOODS_KEPT: Sentence(
        "8",
        "The buyer keeps the goods of line {line}, so the price is reduced in proportion instead of paid back.",
        "买方留用第 {line} 行的货物，因此按比例减价而非全额退款。",
    ),
    _Code.PENDING_IS_NO_PROOF: Sentence(
        "7, A54",
        "Inspection {inspection} could not check everything ({not_checked}) and shows no failure; the claimant has to "
        "show the defect.",
        "检验 {inspection} 有未能检查的项目（{not_checked}），且未发现不合格；缺陷须由主张方证明。",
    ),
    _Code.WAIVED: Sentence(
        "A63",
        "The buyer signed for these findings before shipment, and nothing beyond them was shown.",
        "买方在发货前已签字接受这些检验结果，此外未证明存在其他缺陷。",
    ),
    _Code.SHIPPED_WITHOUT_LEAVE: Sentence(
        "A63",
        "The goods of line {line} left after a failed inspection without the buyer's leave, so that inspection counts.",
        "第 {line} 行的货物在检验不合格后未经买方同意即发运，故以该次检验为准。",
    ),
    _Code.DEFECT_NOT_SHOWN: Sentence(
        "8, A54",
        "No inspection of line {line} shows the defect, and showing it is the claimant's part; silence decides nothing.",
        "第 {line} 行没有检验证明缺陷，举证责任在主张方；沉默不产生裁决。",
    ),
    _Code.BUYER_CHOOSES: Sentence(
        "8, A62",
        "The lot of line {line} was rejected before shipment: full refund or rework, and the buyer chooses.",
        "第 {line} 行的货物在发货前被判不合格：全额退款或返工，由买方选择。",
    ),
    _Code.LOT_REJECTED: Sentence(
        "8, A62",
        "The lot of line {line} was rejected before shipment and the buyer does not want rework: full refund.",
        "第 {line} 行的货物在发货前被判不合格，买方不要求返工：全额退款。",
    ),
    _Code.TWO_FAILED_INSPECTIONS: Sentence(
        "8, A64",
        "The lot of line {line} failed two inspections: full refund.",
        "第 {line} 行的货物两次检验不合格：全额退款。",
    ),
    _Code.TOO_LATE_FOR_REWORK: Sentence(
        "A62",
        "The shipment date of line {line} has passed: after it only the full refund is left.",
        "第 {line} 行的发货日期已过：此后只能全额退款。",
    ),
    _Code.REWORK_ACCEPTED: Sentence(
        "8, A62",
        "The lot of line {line} was rejected before shipment and the buyer accepts rework; if it fails again the price "
        "is paid back.",
        "第 {line} 行的货物在发货前被判不合格，买方接受返工；若再次不合格则退款。",
    ),
    _Code.LATE: Sentence(
        "8, A39",
        "{quantity} pieces of line {line} are {days_late} days late.",
        "第 {line} 行有 {quantity} 件迟延 {days_late} 天。",
    ),
    _Code.LATE_REMEDY_CAPPED: Sentence(
        "8, A39",
        "The contract caps the remedy for lateness of line {line} at {cap_basis_points}.",
        "合同将第 {line} 行的迟延赔偿上限定为 {cap_basis_points}。",
    ),
    _Code.LATE_WITHOUT_REMEDY: Sentence(
        "A41",
        "The contract names no remedy for lateness: the finding stands in the supplier's record, without money.",
        "合同未约定迟延赔偿：该认定记入卖方记录，不涉及金额。",
    ),
    _Code.SHIPPED_IN_TIME: Sentence(
        "3, A39",
        "Line {line} was shipped in time.",
        "第 {line} 行已按时发运。",
    ),
    _Code.NOT_SHIPPED: Sentence(
        "8, A40",
        "{quantity} pieces of line {line} were not shipped within the days after the date: cancellation with full refund.",
        "第 {line} 行有 {quantity} 件在约定日期后的宽限期内仍未发运：取消并全额退款。",
    ),
    _Code.NOT_CANCELLABLE_YET: Sentence(
        "8, A40",
        "The days after the shipment date of line {line} are not over: nothing can be cancelled for it yet.",
        "第 {line} 行发货日期后的宽限期未满：尚不能据此取消。",
    ),
    _Code.PERFORMANCE_WISHED: Sentence(
        "8, R40",
        "The buyer asks for the {quantity} pieces of line {line} rather than for their price: to be made by a new date, "
        "else paid back.",
        "买方要求交付第 {line} 行的 {quantity} 件货物而非退款：须在新日期前完成，否则退款。",
    ),
    _Code.SHIPPED_AS_PROVEN: Sentence(
        "8, A54",
        "Line {line} was shipped, as its proof shows.",
        "第 {line} 行已发运，有凭证为据。",
    ),
    _Code.PRICE_STANDS: Sentence(
        "8, A68",
        "The agreed price is the price: the {quantity} pieces of line {line} are to be made for it, else their price is "
        "paid back.",
        "约定价格即为价格：第 {line} 行的 {quantity} 件须按此价交付，否则退款。",
    ),
    _Code.DELIVERY_NOT_PROVEN: Sentence(
        "8, A54",
        "Nothing proves the delivery of {quantity} pieces of line {line}, and proving it is the supplier's part.",
        "第 {line} 行有 {quantity} 件无交付证明，举证责任在卖方。",
    ),
    _Code.DELIVERY_PROVEN: Sentence(
        "8",
        "The delivery of line {line} is proven.",
        "第 {line} 行的交付已有证明。",
    ),
    _Code.CARRIER_OF_BUYER: Sentence(
        "A32",
        "The buyer's own carrier took line {line} over; what it loses is not the supplier's fault.",
        "第 {line} 行已由买方自己的承运人接收；其后的灭失不归责于卖方。",
    ),
    _Code.QUANTITY_MISSING: Sentence(
        "8, A68",
        "{quantity} pieces of line {line} are missing: their price is paid back.",
        "第 {line} 行短少 {quantity} 件：退还其价款。",
    ),
    _Code.QUANTITY_COMPLETE: Sentence(
        "8, A68",
        "Line {line} is complete as far as it is due.",
        "第 {line} 行就已到期部分数量齐全。",
    ),
    _Code.NOT_AS_ORDERED: Sentence(
        "8, A31",
        "Line {line} is not what was ordered ({shown_by}): full refund without return.",
        "第 {line} 行并非所订货物（{shown_by}）：全额退款，无需退货。",
    ),
    _Code.SEIZED: Sentence(
        "8, A68",
        "An authority seized line {line} as {notice}: full refund without return.",
        "有关部门因“{notice}”扣押了第 {line} 行的货物：全额退款，无需退货。",
    ),
    _Code.SEIZURE_IS_DELAY: Sentence(
        "A68, R21",
        "The notice on line {line} speaks of delay only, which is not the supplier's fault.",
        "关于第 {line} 行的通知仅涉及延误，不归责于卖方。",
    ),
    _Code.NOT_AS_ORDERED_NOT_SHOWN: Sentence(
        "A54",
        "No notice, no inspection and no uncontested evidence shows that line {line} is not what was ordered.",
        "没有通知、检验或无争议的证据表明第 {line} 行并非所订货物。",
    ),
    _Code.EXCLUDED: Sentence(
        "R21",
        "This is not the supplier's fault and not covered: {ground}.",
        "此情形不归责于卖方，不在保障范围内：{ground}。",
    ),
    _Code.INSPECTION_FIRST: Sentence(
        "8, A55",
        "The evidence is contested and no inspection settles it: one is to be ordered; if nobody advances its fee in time, "
        "the documents decide.",
        "证据有争议且没有检验可资判断：应安排检验；若无人按时预付费用，则依文件裁决。",
    ),
    _Code.SUPPLIER_SILENT: Sentence(
        "A54",
        "The supplier did not answer; that is recorded here and decides nothing by itself.",
        "卖方未答复；此事记录在案，但本身不决定结果。",
    ),
    _Code.DEFAULT_AFTER_PASSED: Sentence(
        "A65, A36",
        "The buyer did not do its part after a passed inspection: the contract ends, the goods stay with the supplier, "
        "which keeps {kept_percent} % of the deposit of {deposit_minor}.",
        "检验合格后买方未履行义务：合同终止，货物归卖方，卖方保留定金 {deposit_minor} 的 {kept_percent} %。",
    ),
    _Code.DEFAULT_WITHOUT_PASSED: Sentence(
        "A65, A36",
        "The buyer did not do its part, yet no inspection was passed: the contract ends and the deposit of "
        "{deposit_minor} goes back.",
        "买方未履行义务，但没有合格的检验：合同终止，退还定金 {deposit_minor}。",
    ),
    _Code.DEFAULT_GOODS_GONE: Sentence(
        "A65",
        "The buyer did not pay, and goods for {gone_minor} have left: the contract ends, and of the deposit of "
        "{deposit_minor} only what is more than that goes back.",
        "买方未付款，而价值 {gone_minor} 的货物已发出：合同终止，定金 {deposit_minor} 仅退还超出部分。",
    ),
    _Code.FEE_BACK: Sentence(
        "8, A22",
        "The fee of inspection {inspection}, {fee_minor}, comes back to the buyer who advanced it.",
        "检验 {inspection} 的费用 {fee_minor} 退还给预付的买方。",
    ),
    _Code.ALREADY_GIVEN_BACK: Sentence(
        "8, A45",
        "Of the price of what has not left of line {line}, {given_back_minor} was given back before; the rest is due.",
        "第 {line} 行未发运部分的价款此前已退还 {given_back_minor}，现应退其余部分。",
    ),
    _Code.REDUCED_BEFORE: Sentence(
        "8",
        "Of the price of what has left of line {line}, {given_back_minor} was given back before; no more than the rest is due.",
        "第 {line} 行已发运部分的价款此前已退还 {given_back_minor}，现至多应退其余部分。",
    ),
    _Code.CAPPED_AT_LINE: Sentence(
        "8",
        "Together never more than the price of line {line}, {price_minor}.",
        "合计不超过第 {line} 行的价款 {price_minor}。",
    ),
    _Code.CAPPED_AT_PAID: Sentence(
        "5",
        "Never more than what was paid, {paid_minor}.",
        "不超过已付金额 {paid_minor}。",
    ),
}

STEP_NAMES: dict[StepName, tuple[str, str]] = {
    StepName.SHARE_DEFECTIVE: ("Share found defective", "检出缺陷比例"),
    StepName.SHORTFALL: ("In proportion to the shortfall", "按差额比例"),
    StepName.DEFECTIVE_AND_SHORTFALL: (
        "Share found defective, and the shortfall of the rest",
        "检出缺陷比例，其余按差额比例",
    ),
    StepName.WHOLE_PRICE: ("Whole price", "全部价款"),
    StepName.DAILY_REMEDY: ("Remedy for the days late", "迟延赔偿"),
    StepName.DEPOSIT_BACK: ("Part of the deposit that goes back", "退还的定金"),
    StepName.INSPECTION_FEE: ("Fee of the inspection", "检验费"),
}


def say_reason(reason: Reason, *, currency: str, language: Language) -> str:
    """Say a reason to a reader, amounts in the order's currency."""
    sentence = SENTENCES[reason.code]
    words = {name: _word(name, fact, currency, language) for name, fact in reason.facts.items()}
    return (sentence.en if language == "en" else sentence.zh).format(**words)


def say_step(step: Step, *, currency: str, language: Language) -> str:
    """Say a line of arithmetic: `Share found defective: USD 10,000.00 × 9/80 = USD 1,125.00`."""
    base = amount_text(step.base_minor, currency)
    result = amount_text(step.result_minor, currency)
    label = "".join((STEP_NAMES[step.name][language == "zh"], ": " if language == "en" else "："))
    if step.denominator == 1 and step.numerator == 1:
        return f"{label}{base}" if base == result else f"{label}{base} → {result}"
    return f"{label}{base} × {step.numerator}/{step.denominator} = {result}"


def _word(name: str, fact: int | str, currency: str, language: Language) -> str:
    if isinstance(fact, int):
        if name.endswith("_minor"):
            return amount_text(fact, currency)
        if name.endswith("_basis_points"):
            return f"{fact // 100}.{fact % 100:02d} %"
        return str(fact)
    if language == "zh":
        return WORDS_ZH.get(fact, fact)
    return fact.replace("_", " ") if fact in WORDS_ZH else fact
