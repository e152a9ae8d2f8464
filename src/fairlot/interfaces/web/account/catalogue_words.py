"""Words of the pages on which a supplier keeps its profile and its catalogue, in both languages."""

from __future__ import annotations

from fairlot.domain.words.language import Language, Words

CATALOGUE: dict[str, Words] = {
    "title": Words("Catalogue", "产品目录"),
    "intro": Words(
        "What buyers find of the company and its goods. Badge, limit and record are computed, and nobody writes them.",
        "买方能看到的公司与产品资料。保障标识、额度和记录由系统计算，任何人都不能填写。",
    ),
    "profile": Words("The company as buyers see it", "公司简介"),
    "profile_first": Words(
        "Write the company's name and country first; then goods can be offered.",
        "请先填写公司名称和国家，然后才能发布产品。",
    ),
    "to_profile": Words("See the page that buyers see", "查看买方看到的页面"),
    "change": Words("Change", "修改"),
    "name_en": Words("Name in English", "英文名称"),
    "name_zh": Words("Name in Chinese", "中文名称"),
    "name_note": Words("In one language at least.", "至少填写一种语言。"),
    "about_en": Words("Description in English", "英文说明"),
    "about_zh": Words("Description in Chinese", "中文说明"),
    "country": Words("Country", "国家或地区"),
    "categories": Words("Categories", "类别"),
    "category": Words("Category", "类别"),
    "save": Words("Save", "保存"),
    "saved": Words("Saved. Buyers see it at once.", "已保存，买方即时可见。"),
    "goods": Words("Goods", "产品"),
    "no_goods": Words("There are no goods yet.", "还没有产品。"),
    "add": Words("Add an article", "添加产品"),
    "article": Words("Article", "产品"),
    "offered": Words("offered", "在售"),
    "withdrawn": Words("withdrawn", "已下架"),
    "withdraw": Words("Withdraw", "下架"),
    "offer": Words("Offer again", "重新上架"),
    "withdraw_done": Words(
        "Withdrawn: buyers no longer find it. Orders that name it stay as they are.",
        "已下架，买方不再能找到。已有订单不受影响。",
    ),
    "offer_done": Words("Offered again.", "已重新上架。"),
    "product_id": Words("Article number", "货号"),
    "product_id_note": Words(
        "Letters, digits, dot, dash and underscore; it stays for good.",
        "字母、数字、点、短横线和下划线；以后不能更改。",
    ),
    "unit": Words("Unit", "单位"),
    "currency": Words("Currency", "币种"),
    "price_low": Words("Price for one unit, from", "单价，最低"),
    "price_high": Words("to", "最高"),
    "price_note": Words(
        "Leave “to” empty where there is one price.", "只有一个价格时，“最高”可留空。"
    ),
    "hs_code": Words("HS code, 6 to 10 digits", "海关编码，6 至 10 位数字"),
    "back": Words("Back to the catalogue", "返回产品目录"),
    "more": Words("More goods", "更多产品"),
    "first": Words("First page", "第一页"),
    "per": Words("per ", "每"),
    # What cannot be kept, by field.
    "name_missing": Words("Write a name in one language at least.", "请至少填写一种语言的名称。"),
    "too_long": Words("This is too long.", "内容过长。"),
    "odd": Words("There is a control character in it.", "含有控制字符。"),
    "country_unknown": Words("Choose a country.", "请选择国家或地区。"),
    "product_id_wrong": Words(
        "Use up to 64 letters, digits, dots, dashes and underscores.",
        "请使用最多 64 个字母、数字、点、短横线或下划线。",
    ),
    "product_id_taken": Words(
        "There is an article of this number already; open it to change it.",
        "已有此货号的产品，请打开该产品修改。",
    ),
    "category_missing": Words("Choose a category.", "请选择类别。"),
    "unit_missing": Words("Choose a unit.", "请选择单位。"),
    "currency_unknown": Words("Choose a currency.", "请选择币种。"),
    "price_wrong": Words(
        "Write the price as a number above zero, such as 5.80.", "请填写大于零的数字，例如 5.80。"
    ),
    "price_turned": Words("The highest price is below the lowest.", "最高价低于最低价。"),
    "hs_code_wrong": Words(
        "An HS code has 6 to 10 digits and nothing else.", "海关编码为 6 至 10 位数字。"
    ),
}


def catalogue_words(language: Language) -> dict[str, str]:
    """Return every word of the pages in one language."""
    return {name: words.say(language) for name, words in CATALOGUE.items()}
