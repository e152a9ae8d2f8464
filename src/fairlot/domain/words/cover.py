"""Words for every trouble: what has to be shown for it, and what to do about it now."""

from __future__ import annotations

from typing import NamedTuple

from fairlot.domain.policy.model import Ground
from fairlot.domain.words.language import Words


class CoverWords(NamedTuple):
    """What evidence a claim on a ground needs, and the next step of somebody who has that trouble."""

    evidence: Words
    advice: Words


_CARRIER = CoverWords(
    Words("None here: it is excluded.", "不适用：属除外责任。"),
    Words(
        "Turn to the carrier or to the insurer of the transport.", "请向承运人或运输保险人索赔。"
    ),
)

COVER: dict[Ground, CoverWords] = {
    Ground.QUALITY: CoverWords(
        Words(
            "The term that fails, and an inspection report or measurements that show it.",
            "不符的条款，以及证明其不符的检验报告或测量结果。",
        ),
        Words(
            "Inspect the goods soon, keep them as they are, and open a dispute that names the term.",
            "尽快检验、保持货物原状，并提出争议、指明条款。",
        ),
    ),
    Ground.LATE: CoverWords(
        Words("None beyond the record: the dates speak.", "无需其他证据，以记录日期为准。"),
        Words(
            "Open a dispute; the contract's daily remedy is computed.",
            "提出争议，按合同每日赔偿计算。",
        ),
    ),
    Ground.NEVER_SHIPPED: CoverWords(
        Words("None: shipping is the supplier's to prove.", "无需证据，发货由供应商举证。"),
        Words(
            "Open a dispute, or wait: the order is cancelled by itself and the price goes back.",
            "提出争议，或等待：订单自动取消并退款。",
        ),
    ),
    Ground.NOT_RECEIVED: CoverWords(
        Words("None: delivery is the supplier's to prove.", "无需证据，交货由供应商举证。"),
        Words("Ask the carrier, then open a dispute.", "先询问承运人，再提出争议。"),
    ),
    Ground.SHORT_QUANTITY: CoverWords(
        Words("A count by line, with the packing list.", "按订单行清点，附装箱单。"),
        Words("Count before unpacking further, then open a dispute.", "先清点，再提出争议。"),
    ),
    Ground.WRONG_GOODS: CoverWords(
        Words("Pictures beside the contract's article.", "与合同货物对照的照片。"),
        Words("Keep the goods as they came and open a dispute.", "保持货物原状并提出争议。"),
    ),
    Ground.COUNTERFEIT: CoverWords(
        Words(
            "A notice of the rights holder, customs or an inspector.",
            "权利人、海关或检验机构的通知。",
        ),
        Words(
            "Do not sell the goods; open a dispute. They need not go back.",
            "不要销售，提出争议；无需退货。",
        ),
    ),
    Ground.FALSE_PROOF: CoverWords(
        Words("The carrier's word that the document is not its own.", "承运人关于单据不实的说明。"),
        Words(
            "Ask the carrier about the document, then open a dispute.",
            "向承运人核实单据，再提出争议。",
        ),
    ),
    Ground.SEIZED: CoverWords(
        Words("The customs notice with its reason.", "载明原因的海关通知。"),
        Words("Record the notice, then open a dispute.", "登记通知，再提出争议。"),
    ),
    Ground.PRICE_RAISED: CoverWords(
        Words("The message that asks for more.", "要求加价的消息。"),
        Words(
            "Pay nothing beyond the contract; record the demand.",
            "不要支付合同外款项，登记加价要求。",
        ),
    ),
    Ground.DAMAGED_ON_THE_WAY: _CARRIER,
    Ground.CUSTOMS_DELAY: CoverWords(
        Words("None here: it is excluded.", "不适用：属除外责任。"),
        Words("Ask the customs broker what is missing.", "请向报关行了解缺少的材料。"),
    ),
    Ground.CARRIER_FAULT: _CARRIER,
    Ground.PAID_OUTSIDE: CoverWords(
        Words("None here: it is excluded.", "不适用：属除外责任。"),
        Words(
            "Pay only to the account that this order names, and report who asked otherwise.",
            "只向本订单指定账户付款，并举报要求另付的人。",
        ),
    ),
}
