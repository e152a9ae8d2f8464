"""decide(): the events that a command brings about on a supplier's account, or a refusal; pure, checks in a fixed order.

Money here is only ever what an order released, less what was set off, recovered and sent; none of it goes twice.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from fairlot.domain.calendar import whole_second
from fairlot.domain.order.refusals import Code, Refused, refuse_if
from fairlot.domain.party import Actor, Role
from fairlot.domain.payout import _owing, _receiving, _sending
from fairlot.domain.payout import commands as c
from fairlot.domain.payout.asked import Asked
from fairlot.domain.payout.clocks import settle_due
from fairlot.domain.payout.events import PayoutEvent
from fairlot.domain.payout.moves import PayoutRules
from fairlot.domain.payout.state import PayoutAccount

SYSTEM = frozenset({Role.PROVIDER, Role.OPERATOR})
ROLES: dict[type[c.Command], frozenset[Role]] = {
    c.OpenAccount: SYSTEM,
    c.ChangeAccount: SYSTEM | {Role.SUPPLIER},
    c.VerifyAccount: SYSTEM,
    c.RevokeAccount: SYSTEM,
    c.CreditPayable: SYSTEM,
    c.RecordSupplierPaidIn: SYSTEM,
    c.TakeSetOff: SYSTEM,
    c.ReturnSetOff: SYSTEM,
    c.RaiseReceivable: SYSTEM,
    c.BookWriteOff: SYSTEM,
    c.InstructPayout: frozenset({Role.OPERATOR}),
    c.RecordPayoutSent: SYSTEM,
    c.RecordPayoutConfirmed: SYSTEM,
    c.RecordPayoutFailed: SYSTEM,
    c.SettleDue: frozenset(Role),
}

Handler = Callable[[PayoutAccount, Any, Asked], tuple[PayoutEvent, ...]]

HANDLERS: dict[type[c.Command], Handler] = {
    c.OpenAccount: _receiving.open_account,
    c.ChangeAccount: _receiving.change_account,
    c.VerifyAccount: _receiving.verify_account,
    c.RevokeAccount: _receiving.revoke_account,
    c.CreditPayable: _owing.credit_payable,
    c.RecordSupplierPaidIn: _owing.record_paid_in,
    c.TakeSetOff: _owing.take_set_off,
    c.ReturnSetOff: _owing.return_set_off,
    c.RaiseReceivable: _owing.raise_receivable,
    c.BookWriteOff: _owing.book_write_off,
    c.InstructPayout: _sending.instruct_payout,
    c.RecordPayoutSent: _sending.record_sent,
    c.RecordPayoutConfirmed: _sending.record_confirmed,
    c.RecordPayoutFailed: _sending.record_failed,
}


def may(actor: Actor, command: c.PayoutCommand, account: PayoutAccount) -> bool:
    """Say whether the actor may ask this at all: by its role, and a supplier of its own account only."""
    if actor.role not in ROLES[type(command)]:
        return False
    return actor.role is not Role.SUPPLIER or actor.company_id == account.company_id


def decide(
    account: PayoutAccount,
    command: c.PayoutCommand,
    *,
    actor: Actor,
    now: dt.datetime,
    rules: PayoutRules,
) -> tuple[PayoutEvent, ...]:
    """Return what the command brings about at `now`; raises Refused. What is due by `now` must be settled before."""
    now = whole_second(now)
    if isinstance(command, c.SettleDue):
        return settle_due(account, now=now, rules=rules)
    if not may(actor, command, account):
        raise Refused(Code.NOT_PERMITTED, role=actor.role)
    if not isinstance(command, c.OpenAccount):
        refuse_if(account.company_id == "", Code.WRONG_STATUS, status="unopened")
    return HANDLERS[type(command)](account, command, Asked(now, rules))
