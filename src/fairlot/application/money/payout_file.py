"""Payouts by payment file: put together once under a batch's id, marked as sent in it, and written the same ever after.

A payout is in the file in which it was first marked as sent, and in no other, however many files are put together at the
same moment and wherever one of them breaks off. A file is only written once everything in it is marked.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

import msgspec

from fairlot.application.desk import Desk, derived_id
from fairlot.application.money.transfers import payout_name, payout_transfer, remember
from fairlot.application.payout_aggregate import Standing
from fairlot.application.supplier.screening import Occasion, is_blocked, screen
from fairlot.application.supplier.suppliers import ReceivingDetails, read_details
from fairlot.domain.audit.canonical import canonical_bytes
from fairlot.domain.order.refusals import Code
from fairlot.domain.payout.commands import RecordPayoutSent
from fairlot.domain.payout.events import PayoutInstructed, PayoutSent
from fairlot.domain.payout.state import PayoutStatus, find_payout
from fairlot.providers.wire import (
    ChargeBearer,
    CreditTransfer,
    CreditTransferBatch,
    PaymentAccount,
    PaymentBank,
    PaymentFile,
    PaymentFileRefused,
    PaymentParty,
    Scheme,
    write_pain001,
)
from fairlot.providers.wire.amounts import find_exponent
from fairlot.store import batches
from fairlot.store.batches import Batch, BatchItem
from fairlot.store.streams import ids_with_status
from fairlot.store.supplier.screenings import Screening

# Banks take files of this size; what is over goes into the next.
PAYOUTS_PER_FILE_MAX = 5_000


class PayingAccount(msgspec.Struct, frozen=True, kw_only=True):
    """The account that payouts leave, and under which name."""

    party: PaymentParty
    account: PaymentAccount
    bank: PaymentBank | None = None


class FileHeader(msgspec.Struct, frozen=True, kw_only=True):
    """What a file says beside its payouts."""

    paying: PayingAccount
    currency: str
    execution_date: dt.date


class LeftOut(msgspec.Struct, frozen=True, kw_only=True):
    """A payout that no bank would carry as it is: which, and why."""

    account_id: str
    payout_id: str
    code: str


class PayoutFile(msgspec.Struct, frozen=True, kw_only=True):
    """A payment file's bytes, the payouts in it, and those that somebody has to mend first."""

    content: bytes
    items: tuple[BatchItem, ...]
    left_out: tuple[LeftOut, ...] = ()


def payout_file(
    batch_id: str,
    *,
    paying: PayingAccount,
    currency: str,
    execution_date: dt.date,
    desk: Desk,
) -> PayoutFile:
    """Return the payment file of that id, put together now or before; with nothing to pay its content is empty.

    Asked again with the same id it is the same file, to the byte, whatever day is named. Raises PaymentFileRefused for an
    id that is known with another currency or paying account, or whose accounts were erased, and Unavailable; ask
    again then.
    """
    if find_exponent(currency) is None:
        raise PaymentFileRefused("currency_unknown", currency=currency)
    header = FileHeader(paying=paying, currency=currency, execution_date=execution_date)
    left_out: tuple[LeftOut, ...] = ()
    with desk.connect() as connection:
        batch = batches.find_batch(connection, batch_id)
    if batch is None:
        items, left_out = _put_together(batch_id, header, desk)
        if not items:
            return PayoutFile(content=b"", items=(), left_out=left_out)
        with desk.connect() as connection:
            at = desk.path.clock()
            batch = batches.keep_batch(connection, batch_id, canonical_bytes(header), items, at=at)
    _refuse_other(batch_id, header, batch)
    for item in batch.items:
        account, _ = desk.read_account(item.account_id)
        known = find_payout(account, item.payout_id)
        if known is not None:
            remember(desk, payout_transfer(item.account_id, account, known))
        marked = RecordPayoutSent(payout_id=item.payout_id, batch_id=batch_id)
        command_id = derived_id("batch", batch_id, item.name)
        desk.ask_account(item.account_id, marked, command_id=command_id).unwrap()
    return _written(batch_id, batch, left_out, desk)


def _refuse_other(batch_id: str, asked: FileHeader, kept: Batch) -> None:
    """Raise PaymentFileRefused where the file of that id pays in another currency, or from another account."""
    header = msgspec.json.decode(kept.header, type=FileHeader)
    if header.currency != asked.currency:
        raise PaymentFileRefused(
            "batch_of_other_currency",
            batch_id=batch_id,
            currency=header.currency,
            asked=asked.currency,
        )
    if header.paying != asked.paying:
        raise PaymentFileRefused("batch_of_other_account", batch_id=batch_id)


def _put_together(
    batch_id: str, header: FileHeader, desk: Desk
) -> tuple[list[BatchItem], tuple[LeftOut, ...]]:
    """Return what waits in the currency and could be carried, and what could not."""
    items: list[BatchItem] = []
    left_out: list[LeftOut] = []
    now = desk.path.clock()
    for item, instructed in _waiting(header.currency, desk):
        if len(items) == PAYOUTS_PER_FILE_MAX:
            break
        code = _unfit(batch_id, header, item, instructed, at=now, desk=desk)
        if code is None:
            items.append(item)
        else:
            left_out.append(
                LeftOut(account_id=item.account_id, payout_id=item.payout_id, code=code)
            )
    return items, tuple(left_out)


def _waiting(currency: str, desk: Desk) -> Iterator[tuple[BatchItem, PayoutInstructed]]:
    with desk.connect() as connection:
        account_ids = ids_with_status(
            connection, desk.payouts.family, status=Standing.SENDING, currency=currency
        )
    for account_id in account_ids:
        account, events = desk.read_account(account_id)
        waiting = {p.id for p in account.open_payouts if p.status is PayoutStatus.INSTRUCTED}
        for event in events:
            if isinstance(event, PayoutInstructed) and event.payout_id in waiting:
                yield _item(account_id, event.payout_id), event


def _unfit(
    batch_id: str,
    header: FileHeader,
    item: BatchItem,
    instructed: PayoutInstructed,
    *,
    at: dt.datetime,
    desk: Desk,
) -> str | None:
    """Return why a bank would not carry the payout, or None; a file with it alone shows."""
    details = read_details(instructed.account_hash, desk=desk)
    if details is None:
        return "account_unknown"
    if is_blocked(_screened(item, instructed, desk)):
        return Code.COMPANY_LISTED.value
    try:
        write_pain001(
            _file(batch_id, header, at, [(_transfer(item, instructed, details), details)])
        )
    except PaymentFileRefused as refused:
        return refused.code
    return None


def _screened(item: BatchItem, instructed: PayoutInstructed, desk: Desk) -> Screening:
    account, _ = desk.read_account(item.account_id)
    return screen(
        account.company_id, Occasion.PAYOUT, desk=desk, account_hash=instructed.account_hash
    )


def _written(batch_id: str, batch: Batch, left_out: tuple[LeftOut, ...], desk: Desk) -> PayoutFile:
    header = msgspec.json.decode(batch.header, type=FileHeader)
    items: list[BatchItem] = []
    transfers: list[tuple[CreditTransfer, ReceivingDetails]] = []
    for item in batch.items:
        instructed = _sent_in(batch_id, item, desk)
        if instructed is None:
            continue
        details = read_details(instructed.account_hash, desk=desk)
        if details is None:
            raise PaymentFileRefused("account_erased", place=item.name)
        items.append(item)
        transfers.append((_transfer(item, instructed, details), details))
    if not items:
        return PayoutFile(content=b"", items=(), left_out=left_out)
    content = write_pain001(_file(batch_id, header, batch.created_at, transfers))
    return PayoutFile(content=content, items=tuple(items), left_out=left_out)


def _sent_in(batch_id: str, item: BatchItem, desk: Desk) -> PayoutInstructed | None:
    """Return what was instructed if this is the file it was sent in, or None if another one was first."""
    _, events = desk.read_account(item.account_id)
    is_ours = any(
        isinstance(event, PayoutSent)
        and (event.payout_id, event.batch_id) == (item.payout_id, batch_id)
        for event in events
    )
    if not is_ours:
        return None
    return next(
        event
        for event in events
        if isinstance(event, PayoutInstructed) and event.payout_id == item.payout_id
    )


def _file(
    batch_id: str,
    header: FileHeader,
    created_at: dt.datetime,
    transfers: Sequence[tuple[CreditTransfer, ReceivingDetails]],
) -> PaymentFile:
    """Payouts inside SEPA and others travel in batches of their own; the supplier receives the amount whole."""
    parts = (
        (Scheme.SEPA, [t for t, details in transfers if details.is_sepa], None),
        (
            Scheme.CROSS_BORDER,
            [t for t, details in transfers if not details.is_sepa],
            ChargeBearer.DEBTOR,
        ),
    )
    return PaymentFile(
        message_id=batch_id,
        created_at=created_at,
        initiator_name=header.paying.party.name,
        batches=tuple(
            CreditTransferBatch(
                batch_id=f"{batch_id}-{number}",
                scheme=scheme,
                execution_date=header.execution_date,
                debtor=header.paying.party,
                debtor_account=header.paying.account,
                debtor_bank=header.paying.bank,
                transfers=tuple(some),
                charge_bearer=bearer,
            )
            for number, (scheme, some, bearer) in enumerate(parts, start=1)
            if some
        ),
    )


def _transfer(
    item: BatchItem, instructed: PayoutInstructed, details: ReceivingDetails
) -> CreditTransfer:
    return CreditTransfer(
        payout_id=item.name,
        amount_minor=instructed.amount_minor,
        currency=instructed.currency,
        creditor=details.holder,
        creditor_account=details.account,
        creditor_bank=details.bank,
    )


def _item(account_id: str, payout_id: str) -> BatchItem:
    name = payout_name(account_id, payout_id)
    return BatchItem(name=name, account_id=account_id, payout_id=payout_id)
