"""What a message can be about; each topic has one handler."""

from __future__ import annotations

from enum import StrEnum


class Topic(StrEnum):
    """Named by what is to be done."""

    CREDIT_PAYABLE = "credit_payable"
    SET_OFF = "set_off"
    RAISE_RECEIVABLE = "raise_receivable"
    CONFIRM_COVER = "confirm_cover"
    ALIGN_COVER = "align_cover"
    ALIGN_CARD = "align_card"
    ALIGN_CARDS = "align_cards"
    SEND_REFUND = "send_refund"
    PAY_INSPECTOR = "pay_inspector"
    SEND_PAYOUT = "send_payout"
    BOOK_RECOVERY = "book_recovery"
    BOOK_WRITE_OFF = "book_write_off"
    RESOLVE_RESERVATION = "resolve_reservation"
    BOOK_ASSIGNED = "book_assigned"
    SEND_BACK = "send_back"
    NOTIFY = "notify"
