"""Words of the page of notifications in both languages; what each one says comes from the rules' own words."""

from __future__ import annotations

from fairlot.domain.words.language import Language, Words

NOTIFICATION_PAGE: dict[str, Words] = {
    "title": Words("Notifications", "通知"),
    "intro": Words(
        "What happened on your orders, with what is for you to do.",
        "您订单的动态，以及需要您处理的事项。",
    ),
    "unread": Words("unread", "条未读"),
    "none": Words("You have not been told anything yet.", "暂无通知。"),
    "none_next": Words(
        "When something happens on an order of yours, it stands here and comes by mail.",
        "您的订单有动态时，会显示在此处并发送邮件。",
    ),
    "mark_all": Words("Mark all as read", "全部标为已读"),
    "mark_one": Words("Mark as read", "标为已读"),
    "open": Words("Open the order", "查看订单"),
    "go_there": Words("Go there", "前往处理"),
    "new": Words("new", "新"),
    "for_you": Words("For you to do", "需您处理"),
    "as": Words("Told to you as", "通知身份"),
    "mails": Words("Mails", "邮件"),
    "at_once": Words("Each at once", "逐条即时发送"),
    "calls": Words("Only what calls on you to act", "仅发送需要您处理的事项"),
    "daily": Words(
        "Once a day in the morning; what calls on you to act still comes at once",
        "每天早上汇总一次；需您处理的事项仍即时发送",
    ),
    "save": Words("Save", "保存"),
    "older": Words("Older notifications", "更早的通知"),
    "pages": Words("Pages of notifications", "通知分页"),
}


def notification_words(language: Language) -> dict[str, str]:
    """Return every word of the page in one language."""
    return {name: words.say(language) for name, words in NOTIFICATION_PAGE.items()}
