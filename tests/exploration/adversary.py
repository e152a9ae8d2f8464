"""One side alone against time: at every deadline it does whatever it may, the others stay silent; the order must end all the same.

What OpenBazaar's escrow lacked: there, topping up by a little postponed the other side's release for ever.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterator

from fairlot.domain.order import commands as c
from fairlot.domain.order.clocks import next_deadline
from fairlot.domain.order.decide import decide
from fairlot.domain.order.events import OrderEvent
from fairlot.domain.order.refusals import Refused
from fairlot.domain.party import Actor, Role
from tests.exploration.checks import CheckFailedError, promise
from tests.support.order_scripts import SECOND, Played, Script, made_concrete
from tests.support.script_acts import ACTS, is_thinkable

STEPS_MAX = 1_000
# Nothing that one side does alone keeps an order from its end for longer.
LONGEST = dt.timedelta(days=400)

Decide = Callable[..., tuple[OrderEvent, ...]]


def time_to_the_end(
    beginning: int, side: Role, chance: random.Random, *, decide_by: Decide = decide
) -> dt.timedelta:
    """Return how long a side could keep an order from its end. Raises CheckFailedError if it never comes."""
    policy, acts = made_concrete(Script(beginning, ()))
    played = Played(policy=policy)
    for asked in acts:
        played.ask(asked)
    begun_at = now = acts[-1].at
    for _ in range(STEPS_MAX):
        deadline = next_deadline(played.order, policy)
        if deadline is None:
            promise(played.order.funds.held_minor == 0, "money is held for ever")
            return now - begun_at
        # An act at the deadline itself is still in time.
        now = max(now, deadline)
        _act(played, side, now, chance, decide_by)
        now += SECOND
        played.settle(now)
        promise(now - begun_at <= LONGEST, f"{side} keeps it from its end: {played.order.status}")
    raise CheckFailedError(f"{side} acts without end")


def _act(
    played: Played, side: Role, now: dt.datetime, chance: random.Random, decide_by: Decide
) -> None:
    """Do one thing, whichever is granted first in some order."""
    for actor, command in _thinkable(played, side, now, chance):
        try:
            events = decide_by(played.order, command, actor=actor, now=now, policy=played.policy)
        except Refused as refusal:
            played.keep(refusal.record)
            continue
        played.keep(events)
        return


def _thinkable(
    played: Played, side: Role, now: dt.datetime, chance: random.Random
) -> Iterator[tuple[Actor, c.OrderCommand]]:
    for act in chance.sample(ACTS, len(ACTS)):
        actor = act.actor_of(played.order)
        command = act.make(played.order, now) if actor.role is side else None
        if command is not None and is_thinkable(played.order, command):
            yield actor, command
