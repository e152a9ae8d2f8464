"""Why a way to pay is not offered, and the sentence that says so in both languages."""

from __future__ import annotations

from enum import StrEnum


class NotOffered(StrEnum):
    """Why a way to pay is not offered for a payment, in the order in which it is asked."""

    NOT_IN_EDITION = "not_in_edition"
    NOT_IN_FORCE = "not_in_force"
    CURRENCY_NOT_SERVED = "currency_not_served"
    COUNTRY_NOT_SERVED = "country_not_served"
    BLOCKED = "blocked"


# Reason -> (English, Chinese).
NOT_OFFERED_SENTENCES: dict[NotOffered, tuple[str, str]] = {
    NotOffered.NOT_IN_EDITION: (
        "This edition of the programme does not take this way to pay.",
        "本版规则不接受此付款方式。",
    ),
    NotOffered.NOT_IN_FORCE: (
        "This way to pay is not in force on this day.",
        "此付款方式在该日期未生效。",
    ),
    NotOffered.CURRENCY_NOT_SERVED: (
        "This way to pay does not take this currency.",
        "此付款方式不支持该币种。",
    ),
    NotOffered.COUNTRY_NOT_SERVED: (
        "This way to pay is not open to buyers in this country.",
        "此付款方式不对该国买方开放。",
    ),
    NotOffered.BLOCKED: (
        "This way to pay is blocked until what the buyer owes from a lost chargeback is paid.",
        "买方因败诉拒付的欠款清偿之前，此付款方式停用。",
    ),
}
