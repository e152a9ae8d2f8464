"""Words of the suppliers' pages in both languages."""

from __future__ import annotations

from fairlot.domain.supplier.enrolment import BadgeFault
from fairlot.domain.supplier.order_entry import DisputeEnd
from fairlot.domain.words.language import Language, Words

SUPPLIER_PAGE: dict[str, Words] = {
    "suppliers": Words("Suppliers", "供应商"),
    "intro": Words(
        "Listed by badge, then completed orders, then on-time rate; no place can be bought.",
        "依次按保障标识、完成订单数、准时率排列；排名不能购买。",
    ),
    "what": Words("What to list", "列出内容"),
    "list_suppliers": Words("Suppliers", "供应商"),
    "list_goods": Words("Goods", "产品"),
    "text": Words("Name, goods or material", "名称、产品或材质"),
    "amount": Words("Your order amount", "您的订单金额"),
    "amount_note": Words(
        "Lists only suppliers whose free limit covers it now.",
        "仅列出目前可用额度足以覆盖的供应商。",
    ),
    "currency": Words("Currency", "币种"),
    "country": Words("Country", "国家或地区"),
    "category": Words("Category", "类别"),
    "any": Words("Any", "不限"),
    "only_badge": Words("Only assured suppliers", "仅看保障供应商"),
    "find": Words("Find", "查找"),
    "none": Words(
        "Nothing matches all of this. Leave one filter out.",
        "没有符合全部条件的结果，请减少一个筛选条件。",
    ),
    "next": Words("Next page", "下一页"),
    "first": Words("First page", "第一页"),
    "bad_amount": Words(
        "Write the amount as a number, such as 30000.", "请填写数字金额，例如 30000。"
    ),
    "badge": Words("Assured supplier", "保障供应商"),
    "no_badge": Words("Not assured", "未加入保障"),
    "no_badge_text": Words(
        "Orders with this supplier are not covered by the programme while the badge is missing.",
        "没有保障标识期间，与该供应商的订单不受保障计划保障。",
    ),
    "since": Words("since", "自"),
    "limit": Words("Assurance limit", "保障额度"),
    "free": Words("Free now", "当前可用"),
    "taken": Words("Taken by open orders", "未结订单占用"),
    "limit_note": Words(
        "Set by the programme from tier, past orders and penalty points, never by the supplier.",
        "由保障计划按等级、历史订单和罚分核定，供应商不能自行设定。",
    ),
    "sum": Words("How it is computed", "计算方法"),
    "sum_base": Words("Tier", "等级"),
    "sum_sales": Words("Share of recent orders", "近期订单计入"),
    "sum_orders": Words("orders", "个订单"),
    "sum_points": Words("Penalty points", "罚分"),
    "sum_result": Words("Limit", "额度"),
    "sum_at": Words("Computed", "计算时间"),
    "sum_growth": Words("At most after last month's", "较上月增长上限"),
    "record": Words("Record", "交易记录"),
    "counted_since": Words(
        "Counts assured orders made and paid on this platform since",
        "仅统计在本平台成交并付款的保障订单，起始于",
    ),
    "never_counted": Words("Nothing is counted before enrolment.", "入驻前的订单不计入。"),
    "assured_orders": Words("Assured orders", "保障订单"),
    "completed_orders": Words("Completed", "已完成"),
    "value": Words("Value", "金额"),
    "disputes_filed": Words("Disputes filed", "争议数"),
    "dispute_rate": Words("Dispute rate", "争议率"),
    "on_time": Words("On time", "准时率"),
    "no_rate_yet": Words("no figure yet", "暂无数据"),
    "audits": Words("Factory audits", "验厂报告"),
    "no_audits": Words("No audit by a third party is recorded.", "尚无第三方验厂记录。"),
    "audited_by": Words("by", "审核机构："),
    "goods": Words("Goods", "产品"),
    "no_goods": Words("The catalogue is empty.", "暂无产品。"),
    "more_goods": Words("More goods", "更多产品"),
    "per": Words("per ", "每"),
    "hs_code": Words("HS code", "海关编码"),
    "compare": Words("Compare", "比较"),
    "compare_chosen": Words("Compare the chosen ones", "比较所选"),
    "choose": Words("Choose to compare", "选择比较"),
    "comparison": Words("Suppliers side by side", "供应商对比"),
    "comparison_intro": Words(
        "For one order: what the programme would stand for now, and how each has traded here.",
        "针对一个订单：保障计划目前可保障的金额，以及各供应商在本平台的交易情况。",
    ),
    "comparison_none": Words(
        "Choose two to six suppliers from the list first.", "请先在列表中选择二至六家供应商。"
    ),
    "would_cover": Words("Of your order, covered", "您的订单可保障"),
    "would_not_cover": Words("not covered", "不受保障"),
    "tier": Words("Tier", "等级"),
    "to_list": Words("Back to the list", "返回列表"),
    "categories": Words("Categories", "类别"),
    "holder": Words("Holder of the receiving account", "收款账户持有人"),
    "holder_is_supplier": Words(
        "Verified as this supplier's own account.", "已核实为该供应商本公司的账户。"
    ),
    "holder_not_verified": Words(
        "Not verified yet: nothing is paid to it before that.", "尚未核实，核实前不会付款至该账户。"
    ),
    "no_holder": Words(
        "The supplier has named no receiving account yet.", "供应商尚未指定收款账户。"
    ),
    "report": Words("Report a request to pay outside", "举报平台外收款要求"),
    "report_note": Words(
        "Money paid elsewhere is not protected. Were you asked for it, or told that the platform's payment is against company policy?",
        "平台外付款不受保障。对方是否要求您在平台外付款，或称公司规定不能使用平台付款？",
    ),
    "reported": Words(
        "Reported. An operator looks at it, and you will read what was found.",
        "已举报。运营方将处理，并告知您结果。",
    ),
}

BADGE_FAULTS: dict[BadgeFault, Words] = {
    BadgeFault.NOT_ENROLLED: Words("It is not enrolled in the programme.", "尚未加入保障计划。"),
    BadgeFault.CONDITIONS_NOT_ACCEPTED: Words(
        "It has not accepted the present conditions.", "尚未接受现行条件。"
    ),
    BadgeFault.NO_ACCOUNT: Words("It has no designated receiving account.", "没有指定收款账户。"),
    BadgeFault.ACCOUNT_NOT_VERIFIED: Words(
        "Its receiving account is not verified.", "收款账户尚未核实。"
    ),
}
DISPUTE_ENDS: dict[DisputeEnd, Words] = {
    DisputeEnd.OPEN: Words("still open", "处理中"),
    DisputeEnd.FULL_REFUND: Words("full refund", "全额退款"),
    DisputeEnd.PARTIAL_REFUND: Words("partial refund", "部分退款"),
    DisputeEnd.FOR_SUPPLIER: Words("for the supplier", "支持供应商"),
    DisputeEnd.SETTLED: Words("settled", "和解"),
    DisputeEnd.WITHDRAWN: Words("withdrawn", "撤回"),
    DisputeEnd.MOOT: Words("without object", "已无争议标的"),
}
AUDIT_RESULTS: dict[str, Words] = {
    "passed": Words("passed", "通过"),
    "passed_with_remarks": Words("passed with remarks", "有条件通过"),
    "failed": Words("failed", "未通过"),
}
TIERS: dict[str, Words] = {
    "documents verified": Words("documents verified", "文件已核实"),
    "visited on site": Words("visited on site", "已实地走访"),
    "audited": Words("audited", "已审核"),
}
CATEGORIES: dict[str, Words] = {
    "apparel": Words("Apparel", "服装"),
    "electronics": Words("Electronics", "电子产品"),
    "furniture": Words("Furniture", "家具"),
    "kitchenware": Words("Kitchenware", "厨具"),
    "lighting": Words("Lighting", "灯具"),
    "packaging": Words("Packaging", "包装"),
    "toys": Words("Toys", "玩具"),
}
UNITS: dict[str, Words] = {
    "piece": Words("piece", "件"),
    "set": Words("set", "套"),
    "pair": Words("pair", "双"),
    "carton": Words("carton", "箱"),
    "kilogram": Words("kilogram", "千克"),
    "meter": Words("meter", "米"),
}


def supplier_words(language: Language) -> dict[str, str]:
    """Return every word of the suppliers' pages in one language."""
    return {name: words.say(language) for name, words in SUPPLIER_PAGE.items()}


def told(table: dict[str, Words], word: str, language: Language) -> str:
    """Return a word's name where it has one, else the word as somebody wrote it."""
    words = table.get(word)
    return word if words is None else words.say(language)
