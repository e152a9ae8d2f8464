"""Notices of money, and of what concerns the platform, in both languages."""

from __future__ import annotations

from fairlot.domain.party import Role
from fairlot.domain.words.language import Words
from fairlot.domain.words.notice_shape import NoticeWords

_BUYER = Role.BUYER
_SUPPLIER = Role.SUPPLIER
_LOOK = Words("Look into it.", "请查看处理。")
_ACCOUNT = Words(
    "If this was not you, tell the platform at once.", "如非本人操作，请立即告知平台。"
)

MONEY_NOTICES: dict[str, NoticeWords] = {
    "payment_awaited": NoticeWords(
        Words("A payment is on its way", "付款在途"),
        Words(
            "A payment of {amount_minor} is on its way and not certain yet.",
            "一笔 {amount_minor} 的付款在途，尚未确定。",
        ),
    ),
    "payment_suspended": NoticeWords(
        Words("A payment could not be booked", "一笔付款无法入账"),
        Words(
            "{amount_minor} arrived that the order can not take; it goes back at {return_at}.",
            "收到订单无法接受的 {amount_minor}，将于 {return_at} 退回。",
        ),
    ),
    "payment_reversed": NoticeWords(
        Words("A payment bounced", "一笔付款被退票"),
        Words("A payment of {amount_minor} bounced.", "一笔 {amount_minor} 的付款被退票。"),
        {_BUYER: Words("Pay again.", "请重新付款。")},
    ),
    "funds_released": NoticeWords(
        Words("Money is released to the supplier", "已向供应商放款"),
        Words("{amount_minor} was released to the supplier.", "已向供应商放款 {amount_minor}。"),
    ),
    "refund_decided": NoticeWords(
        Words("A refund is decided", "已决定退款"),
        Words(
            "Refund {refund_id} was decided; it is sent by {due_at}.",
            "退款 {refund_id} 已决定，须于 {due_at} 前发出。",
        ),
    ),
    "refund_sent": NoticeWords(
        Words("Your refund is sent", "退款已发出"),
        Words("{amount_minor} was sent to the buyer.", "已向买方发出 {amount_minor}。"),
    ),
    "receiving_account_changed": NoticeWords(
        Words("The receiving account was changed", "收款账户已更改"),
        Words(
            "The receiving account was changed[; it can be used from {usable_at}].",
            "收款账户已更改[，自 {usable_at} 起可用]。",
        ),
        {_SUPPLIER: _ACCOUNT},
    ),
    "payout_sent": NoticeWords(
        Words("A payout is sent", "款项已汇出"),
        Words("{amount_minor} was paid to your account.", "已向您的账户汇出 {amount_minor}。"),
    ),
    "payout_failed": NoticeWords(
        Words("A payout failed", "汇款失败"),
        Words(
            "A payout of {amount_minor} failed[ ({reason_code})].",
            "汇出 {amount_minor} 失败[（{reason_code}）]。",
        ),
        {
            _SUPPLIER: Words("Check the receiving account.", "请核对收款账户。"),
            Role.OPERATOR: _LOOK,
        },
    ),
    "payout_awaited": NoticeWords(
        Words("A payout waits", "有款项待汇出"),
        Words("Money waits to be paid out by {until}.", "有款项须于 {until} 前汇出。"),
        {Role.OPERATOR: Words("Make the payment file.", "请生成付款文件。")},
    ),
    "suspense_taken_in": NoticeWords(
        Words("Money came in that names no order", "收到未指明订单的款项"),
        Words(
            "{amount_minor} came in and names no order that it can go to; after {return_at} it goes back to its sender.",
            "收到 {amount_minor}，无法归入任何订单；{return_at} 后将退回汇款人。",
        ),
        {
            Role.OPERATOR: Words(
                "Say which order it is for, or send it back.", "请指明所属订单，或退回汇款人。"
            )
        },
    ),
    "receivable_raised": NoticeWords(
        Words("You owe the platform money", "您对平台有应付款"),
        Words(
            "Money of order {order_id} was paid in your place[: {fund_minor} by the guarantee fund][, {uncovered_minor} uncovered][, {cost_minor} for a lost chargeback].",
            "订单 {order_id} 的款项已为您垫付[：保障基金 {fund_minor}][，未受保障 {uncovered_minor}][，败诉拒付费用 {cost_minor}]。",
        ),
        {
            _SUPPLIER: Words(
                "Pay it, or it is taken from what you are owed.", "请支付，否则从应付货款中扣除。"
            )
        },
    ),
    "receivable_reminder": NoticeWords(
        Words("Reminder of what you owe", "应付款提醒"),
        Words("{owed_minor} is owed for order {order_id}.", "订单 {order_id} 尚欠 {owed_minor}。"),
        {_SUPPLIER: Words("Pay what is owed.", "请支付欠款。")},
    ),
    "receivable_written_off": NoticeWords(
        Words("A debt was written off", "欠款已核销"),
        Words(
            "{owed_minor} owed for order {order_id} was written off.",
            "订单 {order_id} 的欠款 {owed_minor} 已核销。",
        ),
    ),
    "limit_set": NoticeWords(
        Words("Your limit of protection is set", "保障额度已设定"),
        Words("The limit is {limit_minor} now.", "额度现为 {limit_minor}。"),
    ),
}

PLATFORM_NOTICES: dict[str, NoticeWords] = {
    "platform_breached": NoticeWords(
        Words("The platform missed a deadline", "平台错过时限"),
        Words(
            "The platform did not act in time: {clock}, due by {due_at}. The rules acted instead.",
            "平台未按时行动：{clock}，期限 {due_at}，已按规则处理。",
        ),
        {Role.OPERATOR: _LOOK, Role.SUPERVISOR: _LOOK},
    ),
    "webhook_disabled": NoticeWords(
        Words("A webhook was switched off", "网络回调已停用"),
        Words(
            "The webhook {endpoint_id} did not take what was sent to it for too long and was switched off.",
            "网络回调 {endpoint_id} 长期未能接收，已停用。",
        ),
        {
            _SUPPLIER: Words(
                "Mend it, switch it on and have the rest sent again.", "请修复、重新启用并补发。"
            )
        },
    ),
}
