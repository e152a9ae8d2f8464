"""evolve(): what each event did to a supplier's account. Total: it never refuses and forgets nothing that still matters."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from fairlot.domain.payout.events import (
    AccountChanged,
    AccountOpened,
    AccountRevoked,
    AccountVerified,
    PayableCredited,
    PayoutAwaited,
    PayoutConfirmed,
    PayoutEvent,
    PayoutFailed,
    PayoutInstructed,
    PayoutSent,
    PlatformBreached,
    ReceivableRaised,
    ReceivableReminded,
    ReceivableWrittenOff,
    RecoveryTaken,
    SetOffReturned,
    SetOffTaken,
    SupplierPaidIn,
    WriteOffBooked,
)
from fairlot.domain.payout.state import (
    EMPTY,
    FINISHED_PAYOUTS_KEPT_MAX,
    Payable,
    Payout,
    PayoutAccount,
    PayoutStatus,
    Receivable,
    ReceivingAccount,
    SetOff,
    find_payout,
    split_payables,
)

# What is paid in belongs to no order.
NO_ORDER = ""


def evolve(account: PayoutAccount, event: PayoutEvent) -> PayoutAccount:  # noqa: C901, PLR0912  (one straight dispatch)
    """Return the account after an event."""
    match event:
        case AccountOpened():
            return replace(account, company_id=event.company_id, currency=event.currency)
        case AccountChanged():
            changed = ReceivingAccount(
                account_hash=event.account_hash, verified=False, usable_at=event.usable_at
            )
            return replace(account, receiving=changed)
        case AccountVerified():
            return replace(_with_verified(account, verified=True), held_back=False)
        case AccountRevoked():
            return _with_verified(account, verified=False)
        case PayableCredited():
            seen = account.seen.with_name(credit_name(event.order_id, event.source_seq))
            credit = Payable(
                order_id=event.order_id, amount_minor=event.amount_minor, zone=event.zone
            )
            return _credited(replace(account, seen=seen), credit)
        case SupplierPaidIn():
            seen = account.seen.with_name(paid_in_name(event.paid_in_id))
            credit = Payable(order_id=NO_ORDER, amount_minor=event.amount_minor)
            return _credited(replace(account, seen=seen), credit)
        case SetOffTaken():
            return _set_off(account, event)
        case SetOffReturned():
            return _set_off_returned(account, event)
        case ReceivableRaised():
            return _raised(account, event)
        case RecoveryTaken():
            return _recovered(account, event)
        case ReceivableReminded():
            return _with_receivables(
                account,
                (
                    replace(r, remind_at=event.remind_at) if r.order_id == event.order_id else r
                    for r in account.receivables
                ),
            )
        case ReceivableWrittenOff():
            return _with_receivables(
                account, (r for r in account.receivables if r.order_id != event.order_id)
            )
        case WriteOffBooked():
            name = write_off_name(event.order_id, event.source_seq)
            return replace(account, seen=account.seen.with_name(name))
        case PayoutInstructed():
            return _instructed(account, event)
        case PayoutSent():
            return _with_open(
                account,
                event.payout_id,
                status=PayoutStatus.SENT,
                batch_id=event.batch_id,
            )
        case PayoutConfirmed():
            return _confirmed(account, event)
        case PayoutFailed():
            return _failed(account, event)
        case PayoutAwaited():
            return replace(account, again_until=event.until)
        case PlatformBreached():
            return _breached(account, event)


def fold(events: Iterable[PayoutEvent]) -> PayoutAccount:
    """Return the account after all its events."""
    account = EMPTY
    for event in events:
        account = evolve(account, event)
    return account


def credit_name(order_id: str, source_seq: int) -> str:
    """Name a credit by what caused it, for ever."""
    return f"credit {order_id} {source_seq}"


def paid_in_name(paid_in_id: str) -> str:
    """Name what was paid in, for ever."""
    return f"paid in {paid_in_id}"


def set_off_name(order_id: str, refund_id: str) -> str:
    """Name a refund's set-off, for ever."""
    return f"set-off {order_id} {refund_id}"


def receivable_name(order_id: str, refund_id: str) -> str:
    """Name what a refund made the supplier owe, for ever."""
    return f"receivable {order_id} {refund_id}"


def write_off_name(order_id: str, source_seq: int) -> str:
    """Name a write-off by the event that said so, for ever."""
    return f"write-off {order_id} {source_seq}"


def _with_verified(account: PayoutAccount, *, verified: bool) -> PayoutAccount:
    assert account.receiving is not None
    return replace(account, receiving=replace(account.receiving, verified=verified))


def _credited(account: PayoutAccount, credit: Payable) -> PayoutAccount:
    return replace(
        account,
        payables=(*account.payables, credit),
        credited_minor=account.credited_minor + credit.amount_minor,
    )


def _with_less(account: PayoutAccount, amount_minor: int) -> PayoutAccount:
    """Return the account after an amount was taken from its credits, from the oldest on."""
    _, left = split_payables(account.payables, amount_minor)
    return replace(account, payables=left, again_until=account.again_until if left else None)


def _set_off(account: PayoutAccount, event: SetOffTaken) -> PayoutAccount:
    seen = account.seen.with_name(set_off_name(event.order_id, event.refund_id))
    parts, _ = split_payables(account.payables, event.amount_minor)
    account = _with_less(replace(account, seen=seen), event.amount_minor)
    if event.amount_minor == 0:
        return account
    taken = SetOff(
        order_id=event.order_id,
        refund_id=event.refund_id,
        amount_minor=event.amount_minor,
        parts=parts,
    )
    return replace(account, set_offs=(*account.set_offs, taken))


def _set_off_returned(account: PayoutAccount, event: SetOffReturned) -> PayoutAccount:
    """What a refund did not need is again a credit of the orders that it came from, the newest of it."""
    key = (event.order_id, event.refund_id)
    (taken,) = (s for s in account.set_offs if (s.order_id, s.refund_id) == key)
    _, back = split_payables(taken.parts, taken.amount_minor - event.amount_minor)
    others = tuple(s for s in account.set_offs if s is not taken)
    return replace(account, set_offs=others, payables=(*account.payables, *back))


def _raised(account: PayoutAccount, event: ReceivableRaised) -> PayoutAccount:
    """Several refunds of one order make one debt: reminded from the first, written off by the latest."""
    owed_minor = event.fund_minor + event.uncovered_minor + event.cost_minor
    before = next((r for r in account.receivables if r.order_id == event.order_id), None)
    raised = Receivable(
        order_id=event.order_id,
        owed_minor=owed_minor + (before.owed_minor if before else 0),
        raised_at=before.raised_at if before else event.at,
        reminder_days=event.reminder_days,
        remind_at=before.remind_at if before else event.remind_at,
        write_off_at=event.write_off_at,
    )
    others = tuple(r for r in account.receivables if r.order_id != event.order_id)
    return replace(
        account,
        seen=account.seen.with_name(receivable_name(event.order_id, event.refund_id)),
        receivables=tuple(sorted((*others, raised), key=lambda r: (r.raised_at, r.order_id))),
    )


def _recovered(account: PayoutAccount, event: RecoveryTaken) -> PayoutAccount:
    receivables = (
        replace(r, owed_minor=r.owed_minor - event.amount_minor)
        if r.order_id == event.order_id
        else r
        for r in account.receivables
    )
    counted = replace(account, recovery_count=account.recovery_count + 1)
    return _with_receivables(_with_less(counted, event.amount_minor), receivables)


def _with_receivables(account: PayoutAccount, receivables: Iterable[Receivable]) -> PayoutAccount:
    return replace(account, receivables=tuple(r for r in receivables if r.owed_minor > 0))


def _instructed(account: PayoutAccount, event: PayoutInstructed) -> PayoutAccount:
    assert event.amount_minor == account.available_minor, "a payout takes all that is free"
    payout = Payout(
        id=event.payout_id,
        amount_minor=event.amount_minor,
        account_hash=event.account_hash,
        status=PayoutStatus.INSTRUCTED,
        due_at=event.due_at,
        parts=account.payables,
    )
    return replace(
        account,
        payables=(),
        open_payouts=(*account.open_payouts, payout),
        payout_count=account.payout_count + 1,
        held_back=False,
        again_until=None,
    )


def _with_open(
    account: PayoutAccount, payout_id: str, *, status: PayoutStatus, batch_id: str
) -> PayoutAccount:
    changed = tuple(
        replace(p, status=status, batch_id=batch_id) if p.id == payout_id else p
        for p in account.open_payouts
    )
    return replace(account, open_payouts=changed)


def _confirmed(account: PayoutAccount, event: PayoutConfirmed) -> PayoutAccount:
    account = _finished(account, event.payout_id, PayoutStatus.CONFIRMED)
    return replace(account, paid_minor=account.paid_minor + event.amount_minor)


def _failed(account: PayoutAccount, event: PayoutFailed) -> PayoutAccount:
    failed = find_payout(account, event.payout_id)
    assert failed is not None
    account = _finished(account, event.payout_id, PayoutStatus.FAILED)
    return replace(
        account,
        payables=(*failed.parts, *account.payables),
        paid_minor=account.paid_minor - (event.amount_minor if event.was_confirmed else 0),
        held_back=True,
    )


def _finished(account: PayoutAccount, payout_id: str, status: PayoutStatus) -> PayoutAccount:
    """Return the account with a payout finished, or finished otherwise than was believed."""
    known = find_payout(account, payout_id)
    assert known is not None
    finished = replace(known, status=status)
    if not known.is_open:
        told_again = tuple(finished if p.id == payout_id else p for p in account.finished_payouts)
        return replace(account, finished_payouts=told_again)
    return replace(
        account,
        open_payouts=tuple(p for p in account.open_payouts if p.id != payout_id),
        finished_payouts=(*account.finished_payouts, finished)[-FINISHED_PAYOUTS_KEPT_MAX:],
    )


def _breached(account: PayoutAccount, event: PlatformBreached) -> PayoutAccount:
    account = replace(account, breaches=account.breaches + 1)
    if event.payout_id == "":
        return replace(account, again_until=None)
    marked = tuple(
        replace(p, breached=True) if p.id == event.payout_id else p for p in account.open_payouts
    )
    return replace(account, open_payouts=marked)
