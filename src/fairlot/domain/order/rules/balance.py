"""A balance that has fallen due has its days; unpaid then, it goes to mediation by itself (programme, section 3; A65)."""

from __future__ import annotations

import datetime as dt

from fairlot.domain.order.asked import Story, in_days
from fairlot.domain.order.events import BalanceFellDue
from fairlot.domain.order.standing import missing_minor, terms_of
from fairlot.domain.order.state import ON_THE_WAY
from fairlot.domain.policy.model import Policy


def add_balance(
    story: Story, *, at: dt.datetime, policy: Policy, until: dt.datetime | None = None
) -> None:
    """Ask for what fell due and is missing, once the first payment is there; without a date it would never end.

    Its days count from `at` unless it was due at another instant before. Nothing missing adds nothing.
    """
    order = story.order
    lacks_minor = missing_minor(order)
    if order.status not in ON_THE_WAY or lacks_minor == 0 or order.balance_until is not None:
        return
    story.add(
        BalanceFellDue(
            at=at,
            amount_minor=lacks_minor,
            currency=terms_of(order).currency,
            balance_until=until or in_days(at, policy.clocks.balance_due_days),
        )
    )
