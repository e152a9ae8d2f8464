"""Payouts: what waits, what is in a payment file, what the bank confirmed, what failed; the platform's and one's own."""

from __future__ import annotations

from typing import Annotated

import msgspec
from django.http import HttpRequest, HttpResponse
from ninja import Router

from fairlot.application.access import PLATFORM, Identity, MemberRight, reads_platform, rights_in
from fairlot.application.payout_aggregate import Standing
from fairlot.application.queries.payout_list import AccountShown, account_page
from fairlot.domain.order.refusals import Code
from fairlot.interfaces.api.auth import caller_of
from fairlot.interfaces.api.document import declared
from fairlot.interfaces.api.pages import cursor_of, place_of
from fairlot.interfaces.api.problems import Declined
from fairlot.interfaces.api.suppliers import known_id
from fairlot.interfaces.api.wire import answer, query_of
from fairlot.writing_room import lent_connection, writing_room

ROWS_MAX = 100
# What concerns a company's own money, and nobody who only follows orders.
OF_ACCOUNTS = frozenset({MemberRight.BANK, MemberRight.MANAGE})

router = Router(tags=["Payouts"])


class PayoutQuery(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which accounts, and from where on."""

    standing: Annotated[
        Standing | None, msgspec.Meta(description="What would have to be done first about them.")
    ] = None
    limit: Annotated[int, msgspec.Meta(ge=1, le=ROWS_MAX)] = 25
    cursor: Annotated[str, msgspec.Meta(max_length=300)] = ""


class AccountList(msgspec.Struct, frozen=True, kw_only=True):
    """A page of suppliers' accounts with their payouts, the latest moved first."""

    accounts: tuple[AccountShown, ...]
    next_cursor: str | None


@router.get(
    "/payouts",
    summary="List payouts",
    openapi_extra=declared(answer=AccountList, query=PayoutQuery),
)
def list_payouts(request: HttpRequest) -> HttpResponse:
    """The platform's people: every supplier's account with what waits, is in a file, is confirmed, or failed."""
    query = query_of(request, PayoutQuery)
    identity = caller_of(request).identity
    if not reads_platform(identity):
        raise Declined(Code.NOT_PERMITTED)
    return _page(query, company_id="", reader_id=_reader(identity, ""))


@router.get(
    "/suppliers/{supplier_id}/payouts",
    summary="List your payouts",
    openapi_extra=declared(answer=AccountList, query=PayoutQuery),
)
def list_own_payouts(request: HttpRequest, supplier_id: str) -> HttpResponse:
    """What your company is owed and was sent, for who manages it or its bank account; the platform reads every one."""
    query = query_of(request, PayoutQuery)
    identity = caller_of(request).identity
    if not (rights_in(identity, known_id(supplier_id)) & OF_ACCOUNTS or reads_platform(identity)):
        raise Declined(Code.NOT_PERMITTED)
    return _page(query, company_id=supplier_id, reader_id=_reader(identity, supplier_id))


def _reader(identity: Identity, company_id: str) -> str | None:
    """Return as whom row security reads for somebody: as that company if it is theirs, else as what they are."""
    own = [member.company_id for member in identity.memberships]
    if company_id in own:
        return company_id
    return None if identity.staff_roles & PLATFORM else own[0]


def _page(query: PayoutQuery, *, company_id: str, reader_id: str | None) -> HttpResponse:
    with lent_connection() as connection:
        page = account_page(
            connection,
            payouts=writing_room().desk.payouts,
            reader_id=reader_id,
            company_id=company_id,
            standing=query.standing,
            before=place_of(query.cursor),
            limit=query.limit,
        )
    cursor = None if page.after is None else cursor_of(*page.after)
    return answer(AccountList(accounts=page.accounts, next_cursor=cursor))
