"""Suppliers' accounts and payouts as their pages show them, the platform's and a company's own."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest
from django.utils.http import urlencode

from fairlot.application.payout_aggregate import Standing
from fairlot.application.queries.payout_list import (
    AccountShown,
    PayoutShown,
    account_page,
)
from fairlot.domain.money import amount_text
from fairlot.domain.payout.state import PayoutStatus
from fairlot.domain.words.language import Language, Words
from fairlot.interfaces.web.viewer import language_of_page
from fairlot.store.people.models import Company
from fairlot.writing_room import lent_connection, writing_room

ROWS_PER_PAGE = 25
ID_LENGTH_MAX = 64

PAYOUT_PAGE: dict[str, Words] = {
    "title": Words("Payouts", "付款给供应商"),
    "intro": Words(
        "What suppliers are owed and were sent. A payout is confirmed when the bank's statement says that it left.",
        "应付给供应商及已付的款项。银行对账单显示款项已汇出，即为已确认。",
    ),
    "own_intro": Words(
        "What the company is owed and was sent. A payout is confirmed when the bank says that it left.",
        "公司应收及已收的款项。银行确认款项已汇出，即为已确认。",
    ),
    "none": Words("There is nothing here.", "此处没有内容。"),
    "show": Words("Which to show", "显示"),
    "all": Words("All", "全部"),
    "waiting": Words("Waits, not instructed yet", "待付款"),
    "on_its_way": Words("On its way", "付款途中"),
    "owed": Words("Owed to the programme", "欠保障计划"),
    "paid": Words("Paid out", "已付款"),
    "no_payouts": Words("No payout yet.", "尚无付款。"),
    "file": Words("payment file", "付款文件"),
    "instructed": Words("instructed", "已指示"),
    "due": Words("due by", "最迟"),
    "confirmed": Words("confirmed", "已确认"),
    "failed": Words("failed", "失败"),
    "reason": Words("the bank says", "银行原因"),
    "older": Words("Accounts that moved earlier", "较早变动的账户"),
    "pages": Words("Pages of accounts", "账户分页"),
}
STANDINGS: dict[Standing, Words] = {
    Standing.SENDING: Words("To be sent", "待发送"),
    Standing.HELD_BACK: Words("Held back after a failure", "失败后暂停"),
    Standing.SENT: Words("In a file", "已入付款文件"),
    Standing.WAITING: Words("Money waits", "有款项待付"),
    Standing.OWING: Words("Owes the programme", "欠保障计划"),
    Standing.AT_REST: Words("Nothing open", "无未结款项"),
}
STATUSES: dict[PayoutStatus, Words] = {
    PayoutStatus.INSTRUCTED: Words("to be sent", "待发送"),
    PayoutStatus.SENT: Words("in a file", "已入付款文件"),
    PayoutStatus.CONFIRMED: Words("confirmed", "已确认"),
    PayoutStatus.FAILED: Words("failed", "失败"),
}


def payouts_shown(
    request: HttpRequest, *, company_id: str = "", reader_id: str | None
) -> dict[str, Any]:
    """Return what a page of payouts shows; which and from where on stand in the address."""
    language = language_of_page()
    asked = request.GET.get("standing", "")
    standing = next((each for each in Standing if each.value == asked), None)
    before = _place(request)
    with lent_connection() as connection:
        page = account_page(
            connection,
            payouts=writing_room().desk.payouts,
            reader_id=reader_id,
            company_id=company_id,
            standing=standing,
            before=before,
            limit=ROWS_PER_PAGE,
        )
    ids = {account.company_id for account in page.accounts}
    names = dict(Company.objects.filter(id__in=ids).values_list("id", "legal_name"))
    kept = {"standing": standing.value} if standing else {}
    return {
        "y": {name: words.say(language) for name, words in PAYOUT_PAGE.items()},
        "accounts": [_account_row(each, names, language) for each in page.accounts],
        "filters": [("", PAYOUT_PAGE["all"].say(language), standing is None)]
        + [(each.value, STANDINGS[each].say(language), each is standing) for each in Standing],
        "older": ""
        if page.after is None
        else urlencode({**kept, "before": page.after[0].isoformat(), "id": page.after[1]}),
    }


def _place(request: HttpRequest) -> tuple[dt.datetime, str] | None:
    """Return the place after which to go on; what is no place is the beginning."""
    named = request.GET.get("id", "")
    try:
        at = dt.datetime.fromisoformat(request.GET.get("before", ""))
    except ValueError:
        return None
    is_one = at.tzinfo is not None and len(named) <= ID_LENGTH_MAX and named.isprintable()
    return (at, named) if is_one else None


def _account_row(
    account: AccountShown, names: dict[str, str], language: Language
) -> dict[str, Any]:
    amounts = {
        "waiting": account.waiting_minor,
        "on_its_way": account.on_its_way_minor,
        "owed": account.owed_minor,
        "paid": account.paid_minor,
    }
    return {
        "id": account.account_id,
        "company": names.get(account.company_id, account.company_id),
        "company_id": account.company_id,
        "currency": account.currency,
        "standing": account.standing.value,
        "said": STANDINGS[account.standing].say(language),
        "amounts": [
            (PAYOUT_PAGE[name].say(language), amount_text(minor, account.currency))
            for name, minor in amounts.items()
            if minor or name != "owed"
        ],
        "payouts": [_payout_row(each, account.currency, language) for each in account.payouts],
    }


def _payout_row(payout: PayoutShown, currency: str, language: Language) -> dict[str, Any]:
    return {
        "id": payout.payout_id,
        "amount": amount_text(payout.amount_minor, currency),
        "status": payout.status.value,
        "said": STATUSES[payout.status].say(language),
        "orders": payout.order_ids,
        "batch": payout.batch_id,
        "due_at": payout.due_at if payout.status is PayoutStatus.INSTRUCTED else None,
        "instructed_at": payout.instructed_at,
        "sent_at": payout.sent_at,
        "confirmed_at": payout.confirmed_at,
        "failed_at": payout.failed_at,
        "reason": payout.reason_code,
    }
