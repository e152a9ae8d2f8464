"""One command's turn on one locked aggregate: answer again, or settle what is due, check, decide; pure but for its memory.

`execute` and `execute_many` share it, so that a command in a batch has the guarantees of one alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from fairlot.application.aggregate import Aggregate
from fairlot.application.outcome import Outcome
from fairlot.domain.audit.canonical import canonical_bytes, content_hash
from fairlot.domain.audit.chain import GENESIS, link_hash
from fairlot.domain.calendar import whole_second
from fairlot.domain.order.refusals import Code, Refused
from fairlot.domain.party import CLOCK, Actor
from fairlot.store.writing.rows import Opened, Row, Rows, StoredOutcome

# More clocks than this cannot run out between two commands: each settles something that does not come back.
SETTLEMENTS_MAX = 500
NO_COMMAND = ""
# Tells a command's bytes from any other bytes that are hashed.
COMMAND_FRAMING = b"fairlot command 1"


class Submission(msgspec.Struct, frozen=True, kw_only=True):
    """One command to one aggregate, under an id that its sender chose: the same id always means the same command."""

    aggregate_id: str
    command_id: str
    actor: Actor
    command: Any

    def content_hash(self) -> bytes:
        """Return the hash by which the same command is known again: what is asked, and who asks."""
        actor = self.actor
        return content_hash(
            COMMAND_FRAMING,
            type(self.command).__name__.encode(),
            canonical_bytes(self.command),
            actor.role.encode(),
            actor.company_id.encode(),
            actor.person_id.encode(),
        )


class Sitting:
    """A locked aggregate while commands are decided on it: its state, and what happened, to be written when they are done."""

    def __init__(
        self,
        aggregate: Aggregate[Any, Any, Any],
        opened: Opened,
        *,
        clock_at: dt.datetime,
    ) -> None:
        self.aggregate = aggregate
        self.aggregate_id = opened.stream_id
        # Never before what is recorded already, whatever the clock says.
        self.recorded_at = max(clock_at, opened.recorded_at or clock_at)
        self.events: list[Any] = list(aggregate.decode(opened.events))
        self.state = aggregate.fold(self.events)
        assert opened.head_seq == len(self.events), "the head is the latest event"
        self.left_seq = opened.head_seq
        self.left_hash = opened.head_hash or GENESIS
        self.happened: list[tuple[Any, Actor, str]] = []
        self.command_rows: list[Row] = []

    @property
    def seq(self) -> int:
        """Return the sequence number of the latest event."""
        return len(self.events)

    def due(self) -> tuple[Any, list[Any]]:
        """Return the state after whatever is due by now, and its events, clock by clock; nothing is set down yet."""
        now = whole_second(self.recorded_at)
        state = self.state
        events: list[Any] = []
        for _ in range(SETTLEMENTS_MAX):
            due = self.aggregate.settle_due(state, now=now)
            if not due:
                return state, events
            for event in due:
                state = self.aggregate.evolve(state, event)
                events.append(event)
        raise AssertionError(f"the clocks of {self.aggregate_id} do not come to rest")

    def settle(self, due: Sequence[Any]) -> None:
        """Let happen what is due."""
        self.add(due, actor=CLOCK, command_id=NO_COMMAND)

    def add(self, events: Sequence[Any], *, actor: Actor, command_id: str) -> None:
        """Let events happen."""
        for event in events:
            self.state = self.aggregate.evolve(self.state, event)
            self.events.append(event)
            self.happened.append((event, actor, command_id))

    def latest_outcome(self, command_id: str) -> StoredOutcome | None:
        """Return what the latest command left, if it is the one named and left anything."""
        if not self.command_rows or self.command_rows[-1][0] != command_id:
            return None
        _, hashed, _, code, facts, first_seq, last_seq = self.command_rows[-1]
        return StoredOutcome(
            content_hash=hashed,
            refusal_code=code,
            facts=facts,
            first_seq=first_seq,
            last_seq=last_seq,
        )

    def rows(self) -> Rows:
        """Return all that is to be written."""
        rows = Rows(
            stream_id=self.aggregate_id,
            left_seq=self.left_seq,
            created_at=self.recorded_at,
            commands=self.command_rows,
        )
        head_hash = self.left_hash
        for seq, (event, actor, command_id) in enumerate(self.happened, start=self.left_seq + 1):
            head_hash = self._set_down(
                rows, event, seq=seq, actor=actor, command_id=command_id, previous_hash=head_hash
            )
        if rows.events:
            rows.head = self._head_row(head_hash)
        return rows

    def _head_row(self, head_hash: bytes) -> Row:
        aggregate, state = self.aggregate, self.state
        own = aggregate.head_of(state)
        return (
            self.seq,
            head_hash,
            self.recorded_at,
            aggregate.next_deadline(state),
            aggregate.status_of(state),
            *[own[column.name] for column in aggregate.family.head_columns],
        )

    def _set_down(
        self,
        rows: Rows,
        event: Any,
        *,
        seq: int,
        actor: Actor,
        command_id: str,
        previous_hash: bytes,
    ) -> bytes:
        """Add an event with its postings and messages to what is to be written, and return its link in the chain."""
        aggregate, recorded_at = self.aggregate, self.recorded_at
        payload = canonical_bytes(event)
        type_name = type(event).__name__
        version = aggregate.version_of(event)
        effective_at = aggregate.effective_at(event)
        linked = link_hash(
            family=aggregate.family.name,
            stream_id=self.aggregate_id,
            seq=seq,
            type_name=type_name,
            version=version,
            recorded_at=recorded_at,
            effective_at=effective_at,
            actor=actor,
            command_id=command_id,
            payload=payload,
            previous_hash=previous_hash,
        )
        rows.events.append(
            (
                seq,
                type_name,
                version,
                recorded_at,
                effective_at,
                actor.role,
                actor.company_id,
                actor.person_id,
                command_id,
                payload,
                previous_hash,
                linked,
            )
        )
        rows.postings += posting_rows(
            aggregate, event, seq=seq, rules_version=aggregate.rules_version
        )
        rows.messages += message_rows(aggregate, event, seq=seq, created_at=recorded_at)
        return linked


def posting_rows(
    aggregate: Aggregate[Any, Any, Any], event: Any, *, seq: int, rules_version: int
) -> list[Row]:
    """Return the rows of an event's postings in the order of their columns, without the id."""
    return [
        (
            seq,
            entry_no,
            line_no,
            entry.template,
            posting.account,
            posting.part,
            posting.currency,
            posting.amount_minor,
            rules_version,
        )
        for entry_no, entry in enumerate(
            aggregate.postings_for(event, rules_version=rules_version), start=1
        )
        for line_no, posting in enumerate(entry.postings, start=1)
    ]


def message_rows(
    aggregate: Aggregate[Any, Any, Any], event: Any, *, seq: int, created_at: dt.datetime
) -> list[Row]:
    """Return the rows of an event's messages in the order of their columns, without the id."""
    return [
        (seq, number, effect.topic, canonical_bytes(effect.data), created_at)
        for number, effect in enumerate(aggregate.effects_of(event), start=1)
    ]


def take_turn(
    sitting: Sitting, submission: Submission, *, hashed: bytes, earlier: StoredOutcome | None
) -> Outcome:
    """Answer one command on a locked aggregate. What is due happens first and is kept even if the command is refused.

    `hashed` is the submission's content hash, and `earlier` what its command id left before.
    """
    aggregate = sitting.aggregate
    if earlier is not None:
        return _answer_again(sitting, submission, hashed, earlier)
    state, due = sitting.due()
    if not aggregate.may(submission.actor, submission.command, state):
        return _unrecorded(submission, Code.NOT_PERMITTED)
    sitting.settle(due)
    first = sitting.seq
    now = whole_second(sitting.recorded_at)
    code: Code | None = None
    facts: Mapping[str, str | int] = {}
    try:
        events = aggregate.decide(
            sitting.state, submission.command, actor=submission.actor, now=now
        )
    except Refused as refusal:
        events, code, facts = refusal.record, refusal.code, refusal.facts
    # After this point nothing may refuse.
    sitting.add(events, actor=submission.actor, command_id=submission.command_id)
    sitting.command_rows.append(
        (
            submission.command_id,
            hashed,
            sitting.recorded_at,
            None if code is None else code.value,
            None if code is None else canonical_bytes(facts),
            first + 1 if events else None,
            sitting.seq if events else None,
        )
    )
    return Outcome(
        aggregate_id=submission.aggregate_id,
        command_id=submission.command_id,
        code=code,
        facts=facts,
        events=tuple(events),
    )


def _answer_again(
    sitting: Sitting, submission: Submission, hashed: bytes, earlier: StoredOutcome
) -> Outcome:
    if hashed != earlier.content_hash:
        permitted = sitting.aggregate.may(submission.actor, submission.command, sitting.state)
        return _unrecorded(submission, Code.COMMAND_ID_REUSED if permitted else Code.NOT_PERMITTED)
    events: tuple[Any, ...] = ()
    if earlier.first_seq is not None and earlier.last_seq is not None:
        events = tuple(sitting.events[earlier.first_seq - 1 : earlier.last_seq])
    return Outcome(
        aggregate_id=submission.aggregate_id,
        command_id=submission.command_id,
        code=None if earlier.refusal_code is None else Code(earlier.refusal_code),
        facts={} if earlier.facts is None else msgspec.json.decode(earlier.facts),
        events=events,
        is_replay=True,
    )


def _unrecorded(submission: Submission, code: Code) -> Outcome:
    return Outcome(
        aggregate_id=submission.aggregate_id,
        command_id=submission.command_id,
        code=code,
        is_recorded=False,
    )
