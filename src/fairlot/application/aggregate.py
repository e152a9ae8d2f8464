"""What the write path needs to know of an aggregate: pure functions and the names of its events; it asks nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Protocol, TypeVar

import msgspec

from fairlot.domain.ledger.accounts import Entry
from fairlot.domain.party import Actor
from fairlot.store.writing.family import Family

StateT = TypeVar("StateT")
CommandT_contra = TypeVar("CommandT_contra", contravariant=True)
EventT = TypeVar("EventT")


class Effect(msgspec.Struct, frozen=True, kw_only=True):
    """A message that an event sends out: what kind, and the plain data that its handler needs beside the event's place."""

    topic: str
    data: Mapping[str, Any] = {}


class Aggregate(Protocol[StateT, CommandT_contra, EventT]):
    """An order, a payout account or a limit, as pure functions."""

    @property
    def family(self) -> Family:
        """The tables it is kept in."""

    @property
    def initial(self) -> StateT:
        """The state before the first event."""

    def decode(self, stored: bytes, /) -> Sequence[EventT]:
        """Return events from a JSON list of their canonical bytes, old versions raised to the present one."""

    def version_of(self, event: EventT, /) -> int:
        """Return the version under which an event of this type is written today."""

    def evolve(self, state: StateT, event: EventT, /) -> StateT:
        """Return the state after the event. Total: never refuses."""

    def fold(self, events: Sequence[EventT], /) -> StateT:
        """Return the state after a whole story."""

    def settle_due(self, state: StateT, *, now: dt.datetime) -> Sequence[EventT]:
        """Return what the one earliest clock that has run out brings about, or nothing."""

    def may(self, actor: Actor, command: CommandT_contra, state: StateT, /) -> bool:
        """Say whether the actor may ask this at all; what is denied leaves no trace."""

    def decide(
        self, state: StateT, command: CommandT_contra, *, actor: Actor, now: dt.datetime
    ) -> Sequence[EventT]:
        """Return what the command brings about. Raises Refused."""

    def next_deadline(self, state: StateT, /) -> dt.datetime | None:
        """Return the instant of the earliest running clock."""

    def effective_at(self, event: EventT, /) -> dt.datetime:
        """Return the instant from which the event counts."""

    @property
    def rules_version(self) -> int:
        """The version of the rules under which postings are made today."""

    def postings_for(self, event: EventT, *, rules_version: int) -> Sequence[Entry]:
        """Return the balanced entries of an event under a version of the rules; a function of the event alone."""

    def effects_of(self, event: EventT, /) -> Sequence[Effect]:
        """Return the messages that an event sends out."""

    def status_of(self, state: StateT, /) -> str:
        """Return the status by which lists show it."""

    def head_of(self, state: StateT, /) -> Mapping[str, Any]:
        """Return the projection's own columns (`family.head_columns`) for a state."""
