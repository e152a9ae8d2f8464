"""Words of the pages of a company's webhooks in both languages."""

from __future__ import annotations

from fairlot.application.telling.webhook_endpoints import Refused
from fairlot.domain.words.language import Language, Words

WEBHOOKS: dict[str, Words] = {
    "title": Words("Webhooks", "Webhook 通知"),
    "intro": Words(
        "Events of the company's orders are sent to these addresses, signed by the Standard Webhooks convention.",
        "公司订单的事件将按 Standard Webhooks 规范签名后发送到以下地址。",
    ),
    "none": Words("There are no endpoints.", "还没有接收地址。"),
    "add": Words("Add an endpoint", "添加接收地址"),
    "url": Words("Address (https)", "地址（https）"),
    "types": Words("Types of events; none chosen means all", "事件类型；不选表示全部"),
    "all_types": Words("all types", "全部类型"),
    "on": Words("on", "已启用"),
    "off": Words("off", "已停用"),
    "off_by_owner": Words("switched off by the company", "由公司停用"),
    "off_by_failing": Words("switched off because it failed for days", "因连续多日失败而停用"),
    "off_by_gone": Words(
        "switched off because the receiver said that it is gone", "因接收方表示地址已失效而停用"
    ),
    "open": Words("Deliveries and settings", "发送记录与设置"),
    "secret": Words("Signing secret", "签名密钥"),
    "secret_once": Words(
        "Copy it now: it is shown this one time.", "请立即复制：密钥只显示这一次。"
    ),
    "rotated": Words(
        "The secret of before signs beside it for a day, so that you can change over.",
        "旧密钥在一天内继续同时签名，便于您切换。",
    ),
    "rotate": Words("Make a new secret", "更换密钥"),
    "ping": Words("Send a ping", "发送测试"),
    "pinged": Words(
        "A ping is on its way; the log says what came of it.", "测试已发出，结果见发送记录。"
    ),
    "disable": Words("Switch off", "停用"),
    "enable": Words("Switch on", "启用"),
    "remove": Words("Remove for good", "永久删除"),
    "disabled": Words(
        "Switched off. What happens from now on is held until you send it again.",
        "已停用。此后的事件将保留，待您重新发送。",
    ),
    "enabled": Words("Switched on.", "已启用。"),
    "removed": Words("The endpoint is removed.", "接收地址已删除。"),
    "log": Words("Deliveries", "发送记录"),
    "none_sent": Words("Nothing has been sent yet.", "尚无发送记录。"),
    "tries": Words("tries", "次尝试"),
    "next": Words("next try", "下次尝试"),
    "replay": Words("Send again", "重新发送"),
    "replayed": Words("It goes out again under the same id.", "将以相同编号重新发送。"),
    "not_replayed": Words(
        "It is on its way already, or is no longer there.", "正在发送，或已不存在。"
    ),
    "older": Words("Older deliveries", "较早的记录"),
    "back": Words("Back to the webhooks", "返回 Webhook 列表"),
    "waiting": Words("waiting", "等待发送"),
    "held": Words("held", "已保留"),
    "delivered": Words("delivered", "已送达"),
    "failed": Words("failed", "失败"),
    "form_used": Words("The form was stale; try again.", "表单已失效，请重试。"),
}

REFUSALS: dict[Refused, Words] = {
    Refused.URL: Words(
        "This address cannot be used: it must be a public https address.",
        "此地址不可用：须为公网 https 地址。",
    ),
    Refused.TYPE: Words("There is no such type of event.", "没有此事件类型。"),
    Refused.TOO_MANY: Words(
        "There are as many endpoints as there may be: 16.", "接收地址已达上限（16 个）。"
    ),
    Refused.DISABLED: Words(
        "The endpoint is switched off; switch it on first.", "该地址已停用，请先启用。"
    ),
}


def webhook_words(language: Language) -> dict[str, str]:
    """Return every word of the pages in one language."""
    return {name: words.say(language) for name, words in WEBHOOKS.items()}
