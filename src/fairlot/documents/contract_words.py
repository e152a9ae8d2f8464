"""The words printed on a contract, per language; a bilingual contract shows both."""

from __future__ import annotations

LABELS: dict[str, dict[str, str]] = {
    "en": {
        "contract": "Contract", "version": "Version", "buyer": "Buyer", "supplier": "Supplier",
        "parties": "Parties", "goods": "Goods", "line": "Line", "article": "Article", "quantity": "Quantity",
        "unit_price": "Unit price", "amount": "Amount", "total": "Total", "covered": "Covered amount",
        "cover_kind": "Kind of cover", "payment": "Payment", "due": "Due", "fee": "Fee of the way to pay borne by",
        "shipment": "Shipment", "date": "Shipment date", "arrival_date": "Arrival date",
        "lead_time": "Days after the first payment", "zone": "Time zone", "incoterm": "Incoterm 2020",
        "mode": "Transport", "carrier": "Carrier chosen by", "forwarder": "Buyer's forwarder",
        "proof": "What proves shipment", "destination": "Destination", "inspection": "Inspection",
        "level": "Level", "aql": "AQL critical / major / minor", "inspector": "Inspected by", "place": "When",
        "on_failure": "If it fails", "late": "Late shipment", "late_terms": "{per_day} % per day of the late goods' price, at most {cap} %",
        "late_none": "no remedy agreed", "terms": "Terms", "term": "Term", "defect": "Defect class", "method": "Test method",
        "sample": "Approved sample", "files": "Files and pictures", "extra_fee": "Extra fee", "signatures": "Accepted",
        "binding": "Binding language", "mandatory": "mandatory",
        "critical": "Critical defect", "critical_means": "likely to be hazardous or unsafe for whoever uses the product, or against mandatory rules; none is allowed at any lot size",
        "major": "Major defect", "major_means": "likely to fail, or makes the product less usable or saleable, and easily seen by a customer",
        "minor": "Minor defect", "minor_means": "below the agreed workmanship, but usable; found only on careful examination, may be harder to sell",
    },
    "zh": {
        "contract": "合同", "version": "版本", "buyer": "买方", "supplier": "卖方",
        "parties": "当事人", "goods": "货物", "line": "行", "article": "品名", "quantity": "数量",
        "unit_price": "单价", "amount": "金额", "total": "总价", "covered": "保障金额",
        "cover_kind": "保障种类", "payment": "付款", "due": "到期", "fee": "付款手续费承担方",
        "shipment": "装运", "date": "发货日", "arrival_date": "到货日",
        "lead_time": "首期款后天数", "zone": "时区", "incoterm": "贸易术语 2020",
        "mode": "运输方式", "carrier": "承运人由谁选择", "forwarder": "买方货代",
        "proof": "以何证明装运", "destination": "目的地", "inspection": "检验",
        "level": "水平", "aql": "AQL 致命 / 严重 / 轻微", "inspector": "检验机构", "place": "何时",
        "on_failure": "不合格时", "late": "迟延发货", "late_terms": "每日为迟交货款的 {per_day}%,最多 {cap}%",
        "late_none": "未约定违约金", "terms": "条款", "term": "条款", "defect": "缺陷类别", "method": "测试方法",
        "sample": "封样", "files": "文件与图片", "extra_fee": "附加费用", "signatures": "接受",
        "binding": "以何种语言为准", "mandatory": "强制",
        "critical": "致命缺陷", "critical_means": "可能危及使用者的安全或违反强制性法规；任何批量均不允许",
        "major": "严重缺陷", "major_means": "可能导致失效，或降低产品的可用性或可售性，且顾客容易发现",
        "minor": "轻微缺陷", "minor_means": "低于约定的工艺水平但仍可使用；须仔细检查才能发现，可能影响销售",
    },
}  # fmt: skip

VALUES_ZH: dict[str, str] = {
    "pre-shipment": "发货前保障", "post-delivery": "交货后保障", "agreement": "签约时",
    "passed inspection": "检验合格时", "goods ready": "货物备妥时", "before shipment": "发货前",
    "during production": "生产中", "at destination": "目的地", "full refund": "全额退款", "rework": "返工",
    "full refund or rework": "全额退款或返工", "sea": "海运", "land": "陆运", "air": "空运",
    "express": "快递", "post": "邮寄", "buyer": "买方", "supplier": "卖方", "critical": "致命",
    "major": "严重", "minor": "轻微", "on-board bill of lading": "提单装船日", "first carrier receipt": "首承运人收据",
    "forwarder receipt": "货代收据", "alongside receipt": "船边收据", "collection": "提货", "arrival": "到货",
    "en": "英文", "zh": "中文",
}  # fmt: skip


def both(key: str, languages: tuple[str, ...]) -> str:
    """Return a label in each language, joined by a slash."""
    return " / ".join(LABELS[language][key] for language in languages)


def value_in(value: str, languages: tuple[str, ...]) -> str:
    """Return one of the closed words of a contract in each language."""
    shown = [VALUES_ZH.get(value, value) if language == "zh" else value for language in languages]
    return " / ".join(dict.fromkeys(shown))
