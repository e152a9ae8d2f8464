"""Words of the platform's own pages in both languages."""

from __future__ import annotations

from fairlot.application.money.bank_import import MATCHED_SINCE, ORDER_REFUSED
from fairlot.application.supplier.screening import Occasion
from fairlot.domain.words.language import Language, Words
from fairlot.providers.wire.matching import Why

UNMATCHED: dict[str, Words] = {
    "title": Words("Money without an order", "未归入订单的款项"),
    "intro": Words(
        "It came in by bank and names no order that can take it. It is nobody's until you say whose it is; after its "
        "days it goes back by itself.",
        "经银行收到、无法归入任何订单的款项。指明归属之前不属于任何订单，到期自动退回汇款人。",
    ),
    "none": Words("Nothing waits. All money that came in has its order.", "目前没有待处理的款项。"),
    "why": Words("Why it waits", "未归入原因"),
    "booked": Words("Booked by the bank", "银行记账日期"),
    "sender": Words("Sender", "汇款人"),
    "remittance": Words("What the sender wrote", "汇款附言"),
    "references": Words("References", "参考号"),
    "return_at": Words("Goes back by itself after", "自动退回时间"),
    "erased": Words("What the bank said of it was erased.", "银行资料已删除。"),
    "order_id": Words("Order number", "订单号"),
    "assign": Words("Give it to this order", "归入此订单"),
    "return": Words("Send it back now", "立即退回"),
    "assigned": Words("It is booked to {order_id}.", "已归入订单 {order_id}。"),
    "returned": Words("It goes back to its sender.", "将退回汇款人。"),
    "order_missing": Words("Write the number of an order.", "请填写订单号。"),
    "more": Words("Later ones", "较晚的款项"),
    "first": Words("The oldest", "最早的款项"),
}

REASONS: dict[str, Words] = {
    Why.NOT_A_PAYMENT: Words("it is no payment", "不是付款"),
    Why.RETURNED: Words("the bank returned it", "银行退汇"),
    Why.NOTHING_NAMED: Words("it names no order", "未注明订单"),
    Why.REFERENCE_NOT_OPEN: Words(
        "the reference is of no order that awaits money", "参考号不属于待付款的订单"
    ),
    Why.SEVERAL_ORDERS: Words("it names several orders", "注明了多个订单"),
    Why.OTHER_CURRENCY: Words("it is in another currency than the order", "币种与订单不同"),
    Why.REFERENCE_MISTYPED: Words("the reference is mistyped", "参考号有误"),
    Why.AMOUNT_AND_NAME: Words(
        "only its amount and sender point to an order", "仅金额与汇款人与某订单相符"
    ),
    Why.AMOUNT_DIFFERS: Words("the amount is not what is due", "金额与应付不符"),
    Why.NOT_A_RETURN: Words("it is no return of a payout of ours", "不是我方付款的退回"),
    Why.NOT_OUR_PAYOUT: Words("it is no payout of ours", "不是我方付款"),
    MATCHED_SINCE: Words(
        "the order that it names opened only after it came", "所注明的订单在其到账之后才开放"
    ),
    ORDER_REFUSED: Words("the order that it names would not take it", "所注明的订单未予接受"),
}

SCREENING: dict[str, Words] = {
    "title": Words("Companies on lists", "名单核查"),
    "intro": Words(
        "Each company is checked when it is enrolled and before every payout. What a list names is neither enrolled nor "
        "paid until an operator has cleared it.",
        "公司在入驻时以及每次付款前都会核查。列入名单的公司，在运营方放行之前不得入驻、不予付款。",
    ),
    "held": Words("Held", "已暂停"),
    "none_held": Words("No company is held.", "没有被暂停的公司。"),
    "unchecked": Words("Never checked", "未核查"),
    "unchecked_note": Words(
        "No list is kept here, or no name was known. They are paid, and this says so.",
        "本平台未设名单，或公司名称未知。付款照常，并在此注明。",
    ),
    "cleared": Words("Cleared", "已放行"),
    "entry": Words("On the list", "名单条目"),
    "list": Words("List", "名单"),
    "checked": Words("Checked", "核查时间"),
    "by": Words("by", "操作人："),
    "reason": Words("Reason", "理由"),
    "reason_asked": Words(
        "Why this company is another one, or may be paid", "说明为何并非名单所指，或为何可以付款"
    ),
    "clear": Words("Clear", "放行"),
    "clear_done": Words(
        "Cleared. Another match holds it again.", "已放行；如出现新的匹配，将再次暂停。"
    ),
    "clear_gone": Words(
        "Another match has come since; look at it first.", "其间出现了新的匹配，请先查看。"
    ),
    "check": Words("Check again", "重新核查"),
    "found_clear": Words("Checked: no list names it.", "已核查：未列入名单。"),
    "found_match": Words("Checked: a list names it.", "已核查：列入名单。"),
    "found_not_checked": Words(
        "Nothing could be checked: there is no list, or no name.", "无法核查：没有名单或名称。"
    ),
    "list_unreadable": Words(
        "The list cannot be read, so nothing is paid out. Mend the file that the settings name.",
        "名单无法读取，因此暂停一切付款。请修复设置中指定的文件。",
    ),
    "no_name": Words("no name known", "名称未知"),
}

OCCASIONS: dict[Occasion, Words] = {
    Occasion.ENROLMENT: Words("at enrolment", "入驻时"),
    Occasion.PAYOUT: Words("before a payout", "付款前"),
    Occasion.ASKED: Words("asked by an operator", "运营方要求"),
}


def unmatched_words(language: Language) -> dict[str, str]:
    """Return every word of the page of unmatched money in one language."""
    return {name: words.say(language) for name, words in UNMATCHED.items()}


def screening_words(language: Language) -> dict[str, str]:
    """Return every word of the page of screenings in one language."""
    return {name: words.say(language) for name, words in SCREENING.items()}


def reason_unmatched(why: str, language: Language) -> str:
    """Return why money names no order, in words; a code without any stands as it is."""
    words = REASONS.get(why)
    return why.replace("_", " ") if words is None else words.say(language)
