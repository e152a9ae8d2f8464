"""Decisions about the receiving account: named, verified, revoked; nothing is paid to one that is not verified (R7)."""

from __future__ import annotations

import datetime as dt

from fairlot.domain.calendar import after_hours
from fairlot.domain.order.refusals import Code, Refused, refuse_if
from fairlot.domain.payout import commands as c
from fairlot.domain.payout.asked import Asked
from fairlot.domain.payout.events import (
    AccountChanged,
    AccountOpened,
    AccountRevoked,
    AccountVerified,
    PayoutEvent,
)
from fairlot.domain.payout.moves import Moves, move_on
from fairlot.domain.payout.state import PayoutAccount

# Whoever stole a login and named an account of its own has to wait until the owner was told.
CHANGED_ACCOUNT_WAIT_HOURS = 72


def open_account(
    account: PayoutAccount, command: c.OpenAccount, asked: Asked
) -> tuple[PayoutEvent, ...]:
    """Open the account once; company and currency stay what they are."""
    refuse_if(account.company_id != "", Code.ALREADY_EXISTS)
    return (AccountOpened(at=asked.now, company_id=command.company_id, currency=command.currency),)


def change_account(
    account: PayoutAccount, command: c.ChangeAccount, asked: Asked
) -> tuple[PayoutEvent, ...]:
    """Name another receiving account; payouts wait until it is verified and usable."""
    receiving = account.receiving
    refuse_if(
        receiving is not None and receiving.account_hash == command.account_hash,
        Code.REFERENCE_REUSED,
        reference=command.account_hash,
    )
    return (_changed(account, command.account_hash, asked.now),)


def _changed(account: PayoutAccount, account_hash: str, at: dt.datetime) -> AccountChanged:
    """The first receiving account waits for nothing but its verification; every later one waits out the hours."""
    is_first = account.receiving is None
    return AccountChanged(
        at=at,
        account_hash=account_hash,
        usable_at=None if is_first else after_hours(at, CHANGED_ACCOUNT_WAIT_HOURS),
    )


def verify_account(
    account: PayoutAccount, command: c.VerifyAccount, asked: Asked
) -> tuple[PayoutEvent, ...]:
    """Believe in the receiving account, and send what waited for that."""
    moves = Moves(account)
    receiving = account.receiving
    if receiving is None or receiving.account_hash != command.account_hash:
        moves.add(_changed(account, command.account_hash, asked.now))
    moves.add(AccountVerified(at=asked.now, account_hash=command.account_hash))
    move_on(moves, at=asked.now, rules=asked.rules)
    return moves.made()


def revoke_account(
    account: PayoutAccount, command: c.RevokeAccount, asked: Asked
) -> tuple[PayoutEvent, ...]:
    """Stop believing in it; what is on its way stays on its way."""
    receiving = account.receiving
    if receiving is None or receiving.account_hash != command.account_hash:
        raise Refused(Code.UNKNOWN_REFERENCE, reference=command.account_hash)
    return (AccountRevoked(at=asked.now, account_hash=command.account_hash),)
