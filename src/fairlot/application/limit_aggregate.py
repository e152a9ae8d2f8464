"""A supplier's limit as the write path sees it: the pure functions of `domain.cover.grants`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec

from fairlot.application.aggregate import Effect
from fairlot.domain.cover.grants.commands import LimitCommand
from fairlot.domain.cover.grants.decide import decide, may, next_deadline, settle_due
from fairlot.domain.cover.grants.events import LimitEvent
from fairlot.domain.cover.grants.evolve import evolve
from fairlot.domain.cover.grants.state import EMPTY, SupplierLimit
from fairlot.domain.ledger.accounts import Entry
from fairlot.domain.party import Actor
from fairlot.store.writing.family import LIMIT, Family

EVENT_VERSION = 1
# A limit moves no money, so its rules for postings never change.
RULES_VERSION = 1

_DECODER = msgspec.json.Decoder(list[LimitEvent])


def _no_effects(_: LimitEvent) -> tuple[Effect, ...]:
    return ()


class LimitAggregate:
    """Suppliers' limits; `effects` says what each event sends out."""

    def __init__(self, *, effects: Callable[[LimitEvent], Sequence[Effect]] = _no_effects) -> None:
        self._effects = effects

    @property
    def family(self) -> Family:
        """Return the tables of limits."""
        return LIMIT

    @property
    def initial(self) -> SupplierLimit:
        """Return the limit before its first event."""
        return EMPTY

    @property
    def rules_version(self) -> int:
        """Return the version of the rules that turn events into postings today."""
        return RULES_VERSION

    def decode(self, stored: bytes, /) -> Sequence[LimitEvent]:
        """Return events from a JSON list of their canonical bytes."""
        return _DECODER.decode(stored)

    def version_of(self, _: LimitEvent, /) -> int:
        """Return the version under which an event is written."""
        return EVENT_VERSION

    def evolve(self, state: SupplierLimit, event: LimitEvent, /) -> SupplierLimit:
        """Return the limit after the event."""
        return evolve(state, event)

    def fold(self, events: Sequence[LimitEvent], /) -> SupplierLimit:
        """Return the limit after a whole story."""
        state = self.initial
        for event in events:
            state = evolve(state, event)
        return state

    def settle_due(self, state: SupplierLimit, *, now: dt.datetime) -> Sequence[LimitEvent]:
        """Return the effect of the earliest reservation that has lapsed, or nothing."""
        return settle_due(state, now=now)

    def may(self, actor: Actor, command: LimitCommand, _: SupplierLimit, /) -> bool:
        """Say whether this actor may ask this at all."""
        return may(actor, command)

    def decide(
        self, state: SupplierLimit, command: LimitCommand, *, actor: Actor, now: dt.datetime
    ) -> Sequence[LimitEvent]:
        """Return what the command brings about. Raises Refused."""
        return decide(state, command, actor=actor, now=now)

    def next_deadline(self, state: SupplierLimit, /) -> dt.datetime | None:
        """Return when the earliest reservation lapses."""
        return next_deadline(state)

    def effective_at(self, event: LimitEvent, /) -> dt.datetime:
        """Return the instant from which the event counts."""
        return event.at

    def postings_for(self, _: LimitEvent, *, rules_version: int) -> Sequence[Entry]:
        """Return nothing: a limit says up to where the fund answers, and moves no money."""
        assert rules_version == RULES_VERSION, f"no rules {rules_version} are known"
        return ()

    def effects_of(self, event: LimitEvent, /) -> Sequence[Effect]:
        """Return the messages that an event sends out."""
        return self._effects(event)

    def status_of(self, state: SupplierLimit, /) -> str:
        """Return the status by which lists show it."""
        return "reserving" if state.reservations else "set"

    def head_of(self, state: SupplierLimit, /) -> Mapping[str, Any]:
        """Return the projection's own columns."""
        return {"company_id": state.company_id, "currency": state.currency}
