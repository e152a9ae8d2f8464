"""Explore a bounded world: every act at every deadline cell, to so many steps that nothing is left out.

A node is an order and the present instant. Edges are acts at that instant, and waiting until just after the next
deadline. Two nodes are one when the order's bytes and the instant are the same. Nearer nodes come first: when the bound on
states is reached, every way of `whole_steps` steps has been gone, and from all that was reached time alone is followed.
"""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Callable, Iterable, Sequence

import msgspec

from fairlot.domain.order import commands as c
from fairlot.domain.order.asked import Story
from fairlot.domain.order.clocks import Clock, clocks
from fairlot.domain.order.decide import decide
from fairlot.domain.order.events import OrderEvent
from fairlot.domain.order.evolve import evolve
from fairlot.domain.order.refusals import Refused
from fairlot.domain.order.settle import EFFECTS
from fairlot.domain.order.state import Order
from fairlot.domain.party import Actor
from fairlot.domain.policy.model import Policy
from tests.exploration.checks import (
    CheckFailedError,
    check_act,
    check_end,
    check_kept,
    check_left,
    check_state,
)

SECOND = dt.timedelta(seconds=1)
# An order has a few dozen clocks; more due at once than this would be a loop.
EFFECTS_IN_A_ROW_MAX = 200

Act = Callable[[Order], c.OrderCommand | None]


class Choice(msgspec.Struct, frozen=True):
    """Something that somebody may do in a world; the act returns None where it would lead out of its bounds."""

    actor: Actor
    act: Act


class World(msgspec.Struct, frozen=True):
    """A bounded world: where it starts, what may be done in it."""

    name: str
    start: Order
    now: dt.datetime
    policy: Policy
    choices: tuple[Choice, ...]


class Rules(msgspec.Struct, frozen=True):
    """The rules explored; a planted fault replaces one of them."""

    clocks_of: Callable[[Order, Policy], Sequence[Clock]] = clocks
    decide: Callable[..., tuple[OrderEvent, ...]] = decide


class Findings(msgspec.Struct):
    """What an exploration came to."""

    states: int = 0
    edges: int = 0
    ends: int = 0
    longest: dt.timedelta = dt.timedelta(0)
    is_whole: bool = True
    # Every way of so many acts and waits was gone; all of them where the world is whole.
    whole_steps: int = 0


class Explorer:
    """One exploration of one world by given rules; raises CheckFailedError at the first state that breaks a promise."""

    def __init__(self, world: World, rules: Rules, *, states_max: int) -> None:
        self.world = world
        self.rules = rules
        self.states_max = states_max
        self.findings = Findings()
        self.encoder = msgspec.msgpack.Encoder()
        self.seen: dict[bytes, tuple[bytes, str] | None] = {}
        self.waits: dict[bytes, tuple[bytes, dt.timedelta]] = {}
        self.queue: deque[tuple[bytes, Order, dt.datetime, int]] = deque()

    def run(self) -> Findings:
        """Explore breadth first; beyond `states_max` follow time alone, so that every state still reaches its end."""
        self._reach(self.world.start, self.world.now, None, "start", steps=0)
        while self.queue:
            key, order, now, steps = self.queue.popleft()
            self.findings.is_whole = self.findings.is_whole and len(self.seen) < self.states_max
            if self.findings.is_whole:
                # What is nearer was gone on from whole, so that all of this distance is known.
                self.findings.whole_steps = steps
            try:
                self._expand(key, order, now, steps)
            except CheckFailedError as failure:
                raise CheckFailedError(
                    f"{self.world.name}: {failure}\n{self.path_to(key)}"
                ) from failure
            except AssertionError as failure:
                raise CheckFailedError(
                    f"{self.world.name}: {failure!r}\n{self.path_to(key)}"
                ) from failure
        self.findings.states = len(self.seen)
        self.findings.longest = self._longest()
        return self.findings

    def _reach(
        self, order: Order, now: dt.datetime, origin: bytes | None, how: str, *, steps: int
    ) -> bytes:
        key = self.encoder.encode((order, now))
        self.findings.edges += 1
        if key not in self.seen:
            self.seen[key] = None if origin is None else (origin, how)
            self.queue.append((key, order, now, steps))
        return key

    def _expand(self, key: bytes, order: Order, now: dt.datetime, steps: int) -> None:
        check_state(order)
        check_left(order, now, self.world.policy)
        for choice in self.world.choices if self.findings.is_whole else ():
            command = choice.act(order)
            if command is not None:
                self._try(key, order, now, choice.actor, command, steps=steps + 1)
        self._wait(key, order, now, steps=steps + 1)

    def _try(
        self,
        key: bytes,
        order: Order,
        now: dt.datetime,
        actor: Actor,
        command: c.OrderCommand,
        *,
        steps: int,
    ) -> None:
        kept: Iterable[OrderEvent]
        try:
            kept = self.rules.decide(order, command, actor=actor, now=now, policy=self.world.policy)
        except Refused as refusal:
            kept = refusal.record
        after = order
        for event in kept:
            after = evolve(after, event)
        if after is not order:
            check_kept(order, after)
            check_act(order, after, actor=actor, command=command, policy=self.world.policy)
            self._reach(after, now, key, f"{now} {actor.role} {command}", steps=steps)

    def _wait(self, key: bytes, order: Order, now: dt.datetime, *, steps: int) -> None:
        """Let time alone go on to just after the next deadline; without one the order must have ended."""
        running = self.rules.clocks_of(order, self.world.policy)
        if not running:
            check_end(order)
            self.findings.ends += 1
            return
        then = max(now, running[0].due_at + SECOND)
        after = order
        for _ in range(EFFECTS_IN_A_ROW_MAX):
            running = self.rules.clocks_of(after, self.world.policy)
            if not running or then <= running[0].due_at:
                break
            story = Story(after)
            EFFECTS[running[0].kind](story, running[0], self.world.policy)
            check_kept(after, story.order)
            after = story.order
        else:
            raise CheckFailedError("clocks act without end")
        reached = self._reach(after, then, key, f"{then} time", steps=steps)
        self.waits[key] = (reached, then - now)

    def _longest(self) -> dt.timedelta:
        """Return the longest time from any state to its end by waiting alone; time never turns back, so it ends."""
        longest: dict[bytes, dt.timedelta] = {}
        for key in self.seen:
            path = []
            at = key
            while at not in longest and at in self.waits:
                path.append(at)
                at = self.waits[at][0]
            total = longest.get(at, dt.timedelta(0))
            for step in reversed(path):
                total += self.waits[step][1]
                longest[step] = total
        return max(longest.values(), default=dt.timedelta(0))

    def path_to(self, key: bytes) -> str:
        """Return the acts that lead to a state, oldest first."""
        steps = []
        at: bytes | None = key
        while at is not None and self.seen[at] is not None:
            came = self.seen[at]
            assert came is not None
            steps.append(came[1])
            at = came[0]
        return "\n".join(f"  {step}" for step in reversed(steps))
