"""What every decision on a supplier's account is given beside the account and the command, and the checks they share."""

from __future__ import annotations

import datetime as dt

import msgspec

from fairlot.domain.money import AMOUNT_MINOR_MAX
from fairlot.domain.order.refusals import Code, refuse_if
from fairlot.domain.payout.moves import PayoutRules
from fairlot.domain.payout.state import PayoutAccount


class Asked(msgspec.Struct, frozen=True):
    """At which whole second, and under which rules."""

    now: dt.datetime
    rules: PayoutRules


def check_amount(amount_minor: int) -> None:
    """Refuse what is no amount."""
    refuse_if(amount_minor <= 0, Code.AMOUNT_NOT_POSITIVE)
    refuse_if(amount_minor > AMOUNT_MINOR_MAX, Code.AMOUNT_TOO_LARGE, most=AMOUNT_MINOR_MAX)


def check_new(account: PayoutAccount, name: str) -> None:
    """Refuse what was taken note of before, whoever says it again and under whichever command id."""
    refuse_if(name in account.seen, Code.REFERENCE_REUSED, reference=name)
