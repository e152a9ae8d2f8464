"""What became of a command: done, or refused with a code and facts; the same answer however often it is asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from fairlot.domain.order.refusals import Code, Refused


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to one command. `events` are those the command itself left, its own before a refusal included.

    `is_replay` says that the command id had been answered before, and this is that answer.
    `is_recorded` is false for what was denied before it could leave a trace; asking again is decided anew.
    """

    aggregate_id: str
    command_id: str
    code: Code | None = None
    facts: Mapping[str, str | int] = {}
    events: tuple[Any, ...] = ()
    is_replay: bool = False
    is_recorded: bool = True

    @property
    def is_done(self) -> bool:
        """Say whether the command was granted."""
        return self.code is None

    def unwrap(self) -> tuple[Any, ...]:
        """Return the events of a command that was granted. Raises Refused."""
        if self.code is not None:
            raise Refused(self.code, record=self.events, **self.facts)
        return self.events


class Unavailable(Exception):  # noqa: N818  (the outside world's state, not a mistake)
    """The database could not be asked now. `is_unknown` says that the command may have been recorded all the same.

    Ask again with the same command id: it has one effect, whatever happened.
    """

    def __init__(self, reason: str, *, is_unknown: bool) -> None:
        super().__init__(reason)
        self.is_unknown = is_unknown


class Outdated(Exception):  # noqa: N818  (how things stand, not a mistake)
    """The aggregate is at another event than the one that a command was decided by; nothing was asked of it."""

    def __init__(self, seq: int) -> None:
        super().__init__(f"the latest event is number {seq}")
        self.seq = seq
