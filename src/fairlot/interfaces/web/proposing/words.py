"""Words of the pages on which an order is begun and a contract is proposed, in both languages."""

from __future__ import annotations

from fairlot.domain.words.language import Language, Words

PROPOSING: dict[str, Words] = {
    "begin": Words("Begin an order", "新建订单"),
    "begin_intro": Words(
        "Choose with whom, under which edition of the programme, and what to begin from. Nothing is stored yet.",
        "选择供应商、适用的保障计划版本以及合同的起始内容。此时尚未保存任何内容。",
    ),
    "for_company": Words("The order is your company's:", "买方（贵公司）："),
    "supplier": Words("Supplier", "供应商"),
    "supplier_note": Words(
        "The number of the supplier's company, such as com_brightcell, as its page shows it.",
        "供应商公司的编号，例如 com_brightcell，见其页面。",
    ),
    "find_supplier": Words("Find a supplier", "查找供应商"),
    "other_supplier": Words("Choose another supplier", "选择其他供应商"),
    "edition": Words("Edition of the programme", "保障计划版本"),
    "edition_note": Words(
        "The order keeps its edition for good.", "订单自始至终适用所选版本，不再变更。"
    ),
    "start": Words("What to begin from", "起始内容"),
    "own_file": Words("A contract of my own, TOML or JSON", "自有合同文件（TOML 或 JSON）"),
    "template": Words("Template: {category}", "模板：{category}"),
    "language": Words("Language of the template", "模板语言"),
    "english": Words("English", "英文"),
    "chinese": Words("Chinese", "中文"),
    "go_on": Words("Go on to the contract", "下一步：合同"),
    "no_supplier": Words(
        "No supplier has this number. Look for it in the list of suppliers.",
        "没有此编号的供应商，请在供应商列表中查找。",
    ),
    "choose_again": Words("Choose otherwise", "重新选择"),
    "title": Words("Propose a contract", "提议合同"),
    "intro": Words(
        "Check says what could be claimed and stores nothing. Propose puts the contract to the other side; it counts once they accept it.",
        "“检查”说明可据以索赔的内容，不保存任何内容；“提议”将合同发给对方，对方接受后生效。",
    ),
    "back": Words("Back to the order", "返回订单"),
    "text": Words("The contract as text, TOML or JSON", "合同文本（TOML 或 JSON）"),
    "text_note": Words(
        "Amounts are whole numbers of the smallest unit: 1980000 is 19,800.00 in US dollars.",
        "金额以最小货币单位的整数填写：1980000 即 19,800.00 美元。",
    ),
    "file": Words("Or a file with it", "或上传合同文件"),
    "file_note": Words(
        "UTF-8 text up to 1 MB. A file that is chosen takes the place of what stands in the box.",
        "UTF-8 文本，不超过 1 MB。所选文件将替换文本框中的内容。",
    ),
    "check": Words("Check", "检查"),
    "propose": Words("Propose", "提议"),
    "from_template": Words("Begin from another template", "改用模板"),
    "take_template": Words(
        "Put the template in the box, in place of what stands there",
        "将模板填入文本框，替换现有内容",
    ),
    "faults": Words("This is no contract yet", "合同尚不完整"),
    "nothing_given": Words(
        "The box is empty. Write the contract in it, or choose its file.",
        "文本框为空，请填写合同或选择文件。",
    ),
    "too_large": Words("The contract is larger than 1 MB.", "合同超过 1 MB。"),
    "other_party": Words(
        "this order is between {buyer} and {supplier}.", "本订单双方为 {buyer} 与 {supplier}。"
    ),
    "checked": Words("What could be claimed under this contract", "依此合同可索赔的内容"),
    "nothing_stored": Words("Nothing was stored.", "未保存任何内容。"),
    "plainly": Words("In plain words", "概要"),
    "refused": Words("As it stands it would be refused:", "按现状提议将被拒绝："),
    "against": Words("What contradicts itself", "矛盾之处"),
    "to_mend": Words("Terms to mend", "需修改的条款"),
    "good": Words("Terms on which a claim can stand", "可据以索赔的条款"),
    "topics": Words("The seven topics", "七项内容"),
    "mend": Words("Better:", "建议："),
    "missing": Words("missing", "缺少"),
    "form_used": Words("The form was stale; try again.", "表单已失效，请重试。"),
    "is_outdated": Words(
        "The order changed while this form was open. Look at it again before you propose.",
        "填写期间订单有变化，请重新核对后再提议。",
    ),
    "done": Words(
        "The contract is proposed, and the other side is told.", "已提议合同，并已通知对方。"
    ),
}


def proposing_words(language: Language) -> dict[str, str]:
    """Return every word of these pages in one language."""
    return {name: words.say(language) for name, words in PROPOSING.items()}
