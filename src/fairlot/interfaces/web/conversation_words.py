"""Words of an order's conversation in both languages."""

from __future__ import annotations

from fairlot.application.conversation.attachments import FileFault
from fairlot.domain.words.language import Language, Words

CONVERSATION: dict[str, Words] = {
    "title": Words("Conversation", "沟通记录"),
    "to_order": Words("Back to the order", "返回订单"),
    "only_contract": Words(
        "Only the contract counts. What is said here and does not stand in a version that both sides accepted is not covered.",
        "以合同为准。仅在此处提及、未写入双方均接受的合同版本的内容，不受保障。",
    ),
    "kept": Words(
        "Messages and files are kept whole and unaltered; both sides, the platform and a mediator can read them.",
        "消息和文件完整保存、不可更改；双方、平台及调解员均可查看。",
    ),
    "none": Words("Nothing has been said yet.", "暂无消息。"),
    "erased": Words(
        "The text of this message was erased; its hash stays on record.",
        "此消息的文字已被删除，其哈希仍留存。",
    ),
    "lifted": Words("Taken into version", "已写入合同版本"),
    "files": Words("Attachments", "附件"),
    "earlier": Words("Earlier messages", "较早的消息"),
    "latest": Words("Latest messages", "最新消息"),
    "pages": Words("Pages of the conversation", "沟通记录分页"),
    "write": Words("Write a message", "撰写消息"),
    "message": Words("Message", "消息"),
    "attach": Words("Attach files", "添加附件"),
    "attach_note": Words(
        "Up to 10 files of 20 MB each: PDF, JPEG, PNG, WebP, MP4, ZIP, plain text or CSV; 30 MB in all.",
        "最多 10 个文件，每个不超过 20 MB，合计不超过 30 MB：PDF、JPEG、PNG、WebP、MP4、ZIP、纯文本或 CSV。",
    ),
    "send": Words("Send", "发送"),
    "sent": Words("Sent.", "已发送。"),
    "may_not_write": Words("You can read here, but not write.", "您可以查看，但不能发言。"),
    "is_missing": Words("Write something before you send.", "请先填写消息内容。"),
    "is_long": Words(
        "The message is too long: at most 16,000 characters.", "消息过长：最多 16,000 个字符。"
    ),
    "is_odd": Words("The message has a control character in it.", "消息中含有控制字符。"),
    "too_many": Words("At most 10 files at once.", "一次最多 10 个文件。"),
    "was_sent": Words(
        "Something else was sent from this form before. Send again if this is still to be said.",
        "此前已通过该表单发送过其他内容。如仍需发送，请再次点击发送。",
    ),
    "choose_again": Words(
        "Choose the files again; the browser does not keep them.",
        "请重新选择附件，浏览器不会保留。",
    ),
    "lift": Words("Make it part of the contract", "写入合同"),
    "report": Words("Report this supplier", "举报该供应商"),
    "report_note": Words(
        "For asking you to pay outside the platform, with this message as the sign of it",
        "因其要求在平台外付款，并以此消息为证",
    ),
}

FILE_FAULTS: dict[FileFault, Words] = {
    FileFault.EMPTY: Words("it is empty", "文件为空"),
    FileFault.TOO_LARGE: Words("it is larger than 20 MB", "超过 20 MB"),
    FileFault.NAME: Words("its name has characters that cannot be kept", "文件名含有不支持的字符"),
    FileFault.CONTENT: Words("it is none of the kinds taken here", "不支持此类文件"),
}
NOT_TAKEN = Words("{name} was not taken: {why}.", "未接收 {name}：{why}。")


def conversation_words(language: Language) -> dict[str, str]:
    """Return every word of the page in one language."""
    return {name: words.say(language) for name, words in CONVERSATION.items()}
