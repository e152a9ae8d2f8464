"""Suppliers' accounts with their payouts: what waits, what is in a file, what the bank confirmed, what failed and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import msgspec
import psycopg
from msgspec.structs import replace

from fairlot.application.payout_aggregate import PayoutAggregate, Standing
from fairlot.domain.payout import events as e
from fairlot.domain.payout.state import PayoutStatus
from fairlot.store.payout_heads import PayoutHead, payout_heads
from fairlot.store.reach import reading
from fairlot.store.streams import read_stream

PAYOUTS_SHOWN_MAX = 50


class PayoutShown(msgspec.Struct, frozen=True, kw_only=True):
    """One payout with its dates; `batch_id` names the payment file, `reason_code` is the bank's."""

    payout_id: str
    amount_minor: int
    status: PayoutStatus
    order_ids: tuple[str, ...]
    due_at: dt.datetime
    instructed_at: dt.datetime
    batch_id: str = ""
    sent_at: dt.datetime | None = None
    confirmed_at: dt.datetime | None = None
    failed_at: dt.datetime | None = None
    reason_code: str = ""


class AccountShown(msgspec.Struct, frozen=True, kw_only=True):
    """A supplier's account: what waits to be instructed, what is on its way, what it owes, and its latest payouts."""

    account_id: str
    company_id: str
    currency: str
    standing: Standing
    waiting_minor: int
    on_its_way_minor: int
    owed_minor: int
    paid_minor: int
    recorded_at: dt.datetime
    payouts: tuple[PayoutShown, ...]


class AccountPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page of accounts, the latest moved first, and the place after which it goes on."""

    accounts: tuple[AccountShown, ...]
    after: tuple[dt.datetime, str] | None


def account_page(
    connection: psycopg.Connection,
    *,
    payouts: PayoutAggregate,
    reader_id: str | None,
    company_id: str = "",
    standing: Standing | None = None,
    before: tuple[dt.datetime, str] | None = None,
    limit: int,
) -> AccountPage:
    """Return a page of accounts as a company reads them, or as the platform where `reader_id` is None."""
    with reading(connection, reader_id):
        heads = payout_heads(
            connection,
            company_id=company_id,
            status="" if standing is None else standing.value,
            before=before,
            limit=limit + 1,
        )
        shown = heads[:limit]
        accounts = tuple(_account(connection, head, payouts) for head in shown)
    last = shown[-1] if len(heads) > limit else None
    after = None if last is None else (last.recorded_at, last.account_id)
    return AccountPage(accounts=accounts, after=after)


def _account(
    connection: psycopg.Connection, head: PayoutHead, payouts: PayoutAggregate
) -> AccountShown:
    events = payouts.decode(read_stream(connection, payouts.family, head.account_id).events)
    account = payouts.fold(events)
    return AccountShown(
        account_id=head.account_id,
        company_id=head.company_id,
        currency=head.currency,
        standing=Standing(head.status),
        waiting_minor=account.available_minor,
        on_its_way_minor=account.instructed_minor,
        owed_minor=account.owed_minor,
        paid_minor=account.paid_minor,
        recorded_at=head.recorded_at,
        payouts=_payouts(events),
    )


def _payouts(events: Iterable[e.PayoutEvent]) -> tuple[PayoutShown, ...]:
    """Return the latest payouts of an account, the newest first."""
    found: dict[str, PayoutShown] = {}
    for event in events:
        match event:
            case e.PayoutInstructed():
                found[event.payout_id] = PayoutShown(
                    payout_id=event.payout_id,
                    amount_minor=event.amount_minor,
                    status=PayoutStatus.INSTRUCTED,
                    order_ids=event.order_ids,
                    due_at=event.due_at,
                    instructed_at=event.at,
                )
            case e.PayoutSent() | e.PayoutConfirmed() | e.PayoutFailed():
                found[event.payout_id] = _moved(found[event.payout_id], event)
            case _:
                pass
    return tuple(reversed(found.values()))[:PAYOUTS_SHOWN_MAX]


def _moved(
    payout: PayoutShown, event: e.PayoutSent | e.PayoutConfirmed | e.PayoutFailed
) -> PayoutShown:
    match event:
        case e.PayoutSent():
            return replace(
                payout, status=PayoutStatus.SENT, batch_id=event.batch_id, sent_at=event.at
            )
        case e.PayoutConfirmed():
            return replace(payout, status=PayoutStatus.CONFIRMED, confirmed_at=event.at)
        case e.PayoutFailed():
            return replace(
                payout,
                status=PayoutStatus.FAILED,
                failed_at=event.at,
                reason_code=event.reason_code,
            )
