"""Decisions about payouts: what the bank or processor says of one may come late, twice and in any order.

Instructed, sent, confirmed, failed: what is told only ever moves a payout further along, so every order of the same
messages ends the same. Money that came back is owed again, and goes out under an id of its own.
"""

from __future__ import annotations

from fairlot.domain.order.refusals import Code, Refused, refuse_if
from fairlot.domain.payout import commands as c
from fairlot.domain.payout.asked import Asked
from fairlot.domain.payout.events import PayoutConfirmed, PayoutEvent, PayoutFailed, PayoutSent
from fairlot.domain.payout.moves import Moves, add_payout, move_on
from fairlot.domain.payout.state import (
    Payout,
    PayoutAccount,
    PayoutStatus,
    find_payout,
    is_usable,
    was_instructed,
)


def instruct_payout(
    account: PayoutAccount, _: c.InstructPayout, asked: Asked
) -> tuple[PayoutEvent, ...]:
    """Send what is free because a person says so, also after a payout that failed."""
    refuse_if(not is_usable(account, asked.now), Code.ACCOUNT_NOT_VERIFIED)
    refuse_if(account.available_minor == 0, Code.MORE_THAN_DUE, due_minor=0)
    moves = Moves(account)
    add_payout(moves, at=asked.now, rules=asked.rules)
    return moves.made()


def _find(account: PayoutAccount, payout_id: str) -> Payout | None:
    """Return the payout, or None for one that finished so long ago that it is not kept any more. Raises Refused."""
    payout = find_payout(account, payout_id)
    if payout is None and not was_instructed(account, payout_id):
        raise Refused(Code.UNKNOWN_REFERENCE, reference=payout_id)
    return payout


def record_sent(
    account: PayoutAccount, command: c.RecordPayoutSent, asked: Asked
) -> tuple[PayoutEvent, ...]:
    """Book that it went out; who was told more already learns nothing from it."""
    payout = _find(account, command.payout_id)
    if payout is None or payout.status is not PayoutStatus.INSTRUCTED:
        return ()
    return (PayoutSent(at=asked.now, payout_id=payout.id, batch_id=command.batch_id),)


def record_confirmed(
    account: PayoutAccount, command: c.RecordPayoutConfirmed, asked: Asked
) -> tuple[PayoutEvent, ...]:
    """Book that the money left, once; of a payout that failed it says nothing new."""
    payout = _find(account, command.payout_id)
    if payout is None or not payout.is_open:
        return ()
    return (
        PayoutConfirmed(
            at=asked.now,
            payout_id=payout.id,
            amount_minor=payout.amount_minor,
            currency=account.currency,
            rail=command.rail,
        ),
    )


def record_failed(
    account: PayoutAccount, command: c.RecordPayoutFailed, asked: Asked
) -> tuple[PayoutEvent, ...]:
    """A payout that failed stays failed: whatever is said of it later, the money is owed again under another id."""
    payout = _find(account, command.payout_id)
    if payout is None:
        raise Refused(Code.UNKNOWN_REFERENCE, reference=command.payout_id)
    if payout.status is PayoutStatus.FAILED:
        return ()
    refuse_if(
        not 0 <= command.charges_minor <= payout.amount_minor,
        Code.MORE_THAN_DUE,
        due_minor=payout.amount_minor,
    )
    moves = Moves(account)
    moves.add(
        PayoutFailed(
            at=asked.now,
            payout_id=payout.id,
            amount_minor=payout.amount_minor,
            currency=account.currency,
            rail=command.rail,
            reason_code=command.reason_code,
            was_confirmed=payout.status is PayoutStatus.CONFIRMED,
            charges_minor=command.charges_minor,
        )
    )
    move_on(moves, at=asked.now, rules=asked.rules)
    return moves.made()
