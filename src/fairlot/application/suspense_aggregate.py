"""Unmatched money as the write path sees it: the pure functions of `domain.suspense` under the platform's own rules."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec

from fairlot.application.aggregate import Effect
from fairlot.domain.ledger.accounts import Entry
from fairlot.domain.party import Actor
from fairlot.domain.policy.model import Policy
from fairlot.domain.suspense.commands import SuspenseCommand
from fairlot.domain.suspense.decide import (
    SuspenseRules,
    decide,
    may,
    next_deadline,
    settle_due,
)
from fairlot.domain.suspense.events import SuspenseEvent
from fairlot.domain.suspense.journal import RULES_VERSION, postings_for
from fairlot.domain.suspense.state import EMPTY, Suspended, evolve
from fairlot.store.writing.family import SUSPENSE, Family

EVENT_VERSION = 1
# Money of no order is of no contract either; the platform's days are counted in this zone.
ZONE = "UTC"

_DECODER = msgspec.json.Decoder(list[SuspenseEvent])


def suspense_rules(policy: Policy) -> SuspenseRules:
    """Return what an edition says about money that waits for an order, and about sending it back."""
    return SuspenseRules(
        suspense_business_days=policy.clocks.suspense_business_days,
        sent_business_days=policy.clocks.refund_sent_business_days,
        calendar=policy.calendar,
        zone=policy.zone_of_business(ZONE),
    )


def _no_effects(_: SuspenseEvent) -> tuple[Effect, ...]:
    return ()


class SuspenseAggregate:
    """Movements that named no order; `effects` says what each event sends out."""

    def __init__(
        self,
        rules: SuspenseRules,
        *,
        effects: Callable[[SuspenseEvent], Sequence[Effect]] = _no_effects,
    ) -> None:
        self._rules = rules
        self._effects = effects

    @property
    def family(self) -> Family:
        """Return the tables of unmatched money."""
        return SUSPENSE

    @property
    def initial(self) -> Suspended:
        """Return the movement before its first event."""
        return EMPTY

    @property
    def rules_version(self) -> int:
        """Return the version of the rules that turn events into postings today."""
        return RULES_VERSION

    def decode(self, stored: bytes, /) -> Sequence[SuspenseEvent]:
        """Return events from a JSON list of their canonical bytes."""
        return _DECODER.decode(stored)

    def version_of(self, _: SuspenseEvent, /) -> int:
        """Return the version under which an event is written."""
        return EVENT_VERSION

    def evolve(self, state: Suspended, event: SuspenseEvent, /) -> Suspended:
        """Return the movement after the event."""
        return evolve(state, event)

    def fold(self, events: Sequence[SuspenseEvent], /) -> Suspended:
        """Return the movement after a whole story."""
        state = self.initial
        for event in events:
            state = evolve(state, event)
        return state

    def settle_due(self, state: Suspended, *, now: dt.datetime) -> Sequence[SuspenseEvent]:
        """Return the effect of the clock that has run out, or nothing."""
        return settle_due(state, now=now, rules=self._rules)

    def may(self, actor: Actor, command: SuspenseCommand, _: Suspended, /) -> bool:
        """Say whether this actor may ask this at all."""
        return may(actor, command)

    def decide(
        self, state: Suspended, command: SuspenseCommand, *, actor: Actor, now: dt.datetime
    ) -> Sequence[SuspenseEvent]:
        """Return what the command brings about. Raises Refused."""
        return decide(state, command, actor=actor, now=now, rules=self._rules)

    def next_deadline(self, state: Suspended, /) -> dt.datetime | None:
        """Return when something happens by itself."""
        return next_deadline(state)

    def effective_at(self, event: SuspenseEvent, /) -> dt.datetime:
        """Return the instant from which the event counts."""
        return event.at

    def postings_for(self, event: SuspenseEvent, *, rules_version: int) -> Sequence[Entry]:
        """Return the balanced entries of an event under a version of the rules; there is one so far."""
        assert rules_version == RULES_VERSION, f"no rules {rules_version} are known"
        return postings_for(event)

    def effects_of(self, event: SuspenseEvent, /) -> Sequence[Effect]:
        """Return the messages that an event sends out."""
        return self._effects(event)

    def status_of(self, state: Suspended, /) -> str:
        """Return the status by which lists show it."""
        return state.status.value

    def head_of(self, state: Suspended, /) -> Mapping[str, Any]:
        """Return the projection's own columns."""
        return {
            "currency": state.currency,
            "amount_minor": state.amount_minor,
            "assigned_order_id": state.order_id,
        }
