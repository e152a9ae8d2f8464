"""Facts of reasons that are words of the rules, in Chinese; the rest of a reason's facts are figures and names."""

from __future__ import annotations

WORDS_ZH = {
    "critical": "致命",
    "major": "严重",
    "minor": "轻微",
    "counterfeit": "假冒",
    "wrong_goods": "货不对板",
    "evidence": "证据",
    "damaged_on_the_way": "运输途中损坏",
    "customs_delay": "海关延误",
    "carrier_fault": "承运人过失",
    "paid_outside": "平台外付款",
}
