"""Replays every story and compares: chain, postings, what commands left, what is to be sent, head, sums, and what was said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from fairlot.application.aggregate import Aggregate
from fairlot.application.topics import Topic
from fairlot.application.turn import message_rows, posting_rows
from fairlot.application.verification.faults import Fault
from fairlot.application.verification.verify_strands import strand_faults
from fairlot.domain.audit.canonical import NotCanonicalError, canonical_bytes
from fairlot.domain.audit.chain import Record, breaks
from fairlot.domain.audit.merkle import Head, TreeHash, head_bytes
from fairlot.store import rollup
from fairlot.store.records import Story, head_values, snapshot, stories
from fairlot.store.strands import strand_heads

# More faults than this are counted, not listed.
FAULTS_LISTED_MAX = 1_000
# Who is told of an event may be settled anew by a later release, and moves nothing; all other messages follow from it.
MERELY_TOLD = frozenset({Topic.NOTIFY})
# What these events ask for they did not when older records were written: a story of then has none of it.
ASKED_OF_LATE: dict[Topic, frozenset[str]] = {
    Topic.ALIGN_COVER: frozenset(
        {"ClaimRefused", "DisputeOpened", "GoodsDelivered", "OrderCompleted"}
    ),
    Topic.ALIGN_CARD: frozenset({"OrderAgreed"}),
    Topic.ALIGN_CARDS: frozenset({"ChargebackEnded"}),
}


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What verification read and what it found. `root` ties the heads of all aggregates and strands together."""

    aggregates: int
    events: int
    postings: int
    root: bytes
    fault_count: int
    faults: Sequence[Fault]

    @property
    def is_sound(self) -> bool:
        """Say whether nothing was found."""
        return self.fault_count == 0


def verify(dsn: str, aggregates: Iterable[Aggregate[Any, Any, Any]]) -> Report:
    """Read everything behind a connection string from one snapshot, in bounded memory, and report what disagrees."""
    counts = {"aggregates": 0, "events": 0, "postings": 0}
    tree = TreeHash()
    found = _Findings()
    with snapshot(dsn) as connection:
        for aggregate in aggregates:
            for story in stories(connection, aggregate.family):
                counts["aggregates"] += story.head is not None
                counts["events"] += len(story.records)
                counts["postings"] += len(story.postings)
                if story.head is not None:
                    tree.add(head_bytes(_head_of(story)))
                found.add(_story_faults(story, aggregate))
        for head in strand_heads(connection):
            tree.add(head_bytes(head))
        found.add(strand_faults(connection))
        summed = rollup.summed(connection)
        found.add(_trial_balance_faults(summed))
        found.add(_balance_faults(rollup.balances(connection), summed))
    return Report(
        aggregates=counts["aggregates"],
        events=counts["events"],
        postings=counts["postings"],
        root=tree.root(),
        fault_count=found.count,
        faults=found.listed,
    )


class _Findings:
    def __init__(self) -> None:
        self.count = 0
        self.listed: list[Fault] = []

    def add(self, faults: Iterable[Fault]) -> None:
        for fault in faults:
            self.count += 1
            if len(self.listed) < FAULTS_LISTED_MAX:
                self.listed.append(fault)


def _head_of(story: Story) -> Head:
    assert story.head is not None
    return Head(
        family=story.family.name,
        stream_id=story.aggregate_id,
        seq=story.head["head_seq"],
        hash=bytes(story.head["head_hash"]),
    )


def _story_faults(story: Story, aggregate: Aggregate[Any, Any, Any]) -> Iterator[Fault]:
    chain = [_fault(story, one.seq, "chain", one.fault) for one in breaks(story.records)]
    yield from chain
    yield from _command_faults(story)
    yield from _order_faults(story)
    altered = {fault.seq for fault in chain}
    events, unreadable = _decode(story, aggregate)
    # A record named as altered need not be named again for what follows from it.
    yield from (fault for fault in unreadable if fault.seq not in altered)
    if unreadable:
        return
    try:
        yield from _posting_faults(story, aggregate, events)
        yield from _message_faults(story, aggregate, events)
        yield from _head_faults(story, aggregate, events)
    except Exception as error:  # noqa: BLE001  (nobody can foresee what altered events break; no other story may suffer)
        yield _fault(story, 0, "replay", f"cannot be replayed: {error!r}")


def _decode(story: Story, aggregate: Aggregate[Any, Any, Any]) -> tuple[list[Any], list[Fault]]:
    events: list[Any] = []
    faults: list[Fault] = []
    for record in story.records:
        try:
            (event,) = aggregate.decode(b"[%b]" % record.payload)
            problem = _payload_problem(record, event, aggregate)
        except (msgspec.DecodeError, ValueError) as error:
            faults.append(_fault(story, record.seq, "unreadable", str(error)))
            continue
        if problem:
            faults.append(_fault(story, record.seq, "payload", problem))
        events.append(event)
    return events, faults


def _payload_problem(record: Record, event: Any, aggregate: Aggregate[Any, Any, Any]) -> str:
    if aggregate.version_of(event) == record.version:
        if type(event).__name__ != record.type:
            return f"is a {type(event).__name__}, recorded as {record.type}"
        try:
            if canonical_bytes(event) != record.payload:
                return "is not in canonical form"
        except NotCanonicalError as error:
            return str(error)
    if aggregate.effective_at(event) != record.effective_at:
        return f"counts from {aggregate.effective_at(event)}, recorded as {record.effective_at}"
    return ""


def _order_faults(story: Story) -> Iterator[Fault]:
    latest = None
    for record in story.records:
        if latest is not None and record.recorded_at < latest:
            yield _fault(story, record.seq, "time", "recorded before the event before it")
        latest = record.recorded_at


def _command_faults(story: Story) -> Iterator[Fault]:
    by_seq = {record.seq: record.command_id for record in story.records}
    for seq, command_id in by_seq.items():
        if not command_id:
            continue
        outcome = story.commands.get(command_id)
        if outcome is None or outcome.first_seq is None or outcome.last_seq is None:
            yield _fault(story, seq, "command", "no command is recorded that left it")
        elif not outcome.first_seq <= seq <= outcome.last_seq:
            yield _fault(story, seq, "command", "is not among the events of its command")
    for command_id, outcome in story.commands.items():
        if outcome.first_seq is None or outcome.last_seq is None:
            continue
        for seq in range(outcome.first_seq, outcome.last_seq + 1):
            if by_seq.get(seq) != command_id:
                yield _fault(story, seq, "command", f"is not the event that {command_id} left")


def _posting_faults(
    story: Story, aggregate: Aggregate[Any, Any, Any], events: Sequence[Any]
) -> Iterator[Fault]:
    stored: dict[int, list[Any]] = {}
    for row in story.postings:
        stored.setdefault(row[0], []).append(row)
    for record, event in zip(story.records, events, strict=True):
        rows = stored.pop(record.seq, [])
        # The rules that made the postings are the rules by which they are judged.
        rules_version = rows[0][-1] if rows else aggregate.rules_version
        if not 1 <= rules_version <= aggregate.rules_version:
            yield _fault(story, record.seq, "postings", f"are made by no rules: {rules_version}")
            continue
        expected = posting_rows(aggregate, event, seq=record.seq, rules_version=rules_version)
        if rows != expected:
            yield _fault(story, record.seq, "postings", "are not those that follow from the event")
    for seq in stored:
        yield _fault(story, seq, "postings", "belong to no event")


def _message_faults(
    story: Story, aggregate: Aggregate[Any, Any, Any], events: Sequence[Any]
) -> Iterator[Fault]:
    """What moves money or cover is waiting or done as the event says: nothing is missing, altered or added."""
    stored: dict[int, list[Any]] = {record.seq: [] for record in story.records}
    for row in story.messages:
        if row[0] not in stored or row[2] not in MERELY_TOLD:
            stored.setdefault(row[0], []).append(row)
    of_old = _asked_of_old(story, stored)
    for record, event in zip(story.records, events, strict=True):
        made = message_rows(aggregate, event, seq=record.seq, created_at=record.recorded_at)
        expected = [
            row for row in made if row[2] not in MERELY_TOLD and (record.seq, row[2]) not in of_old
        ]
        if stored.pop(record.seq) != expected:
            yield _fault(story, record.seq, "messages", "are not those that follow from the event")
    for seq in stored:
        yield _fault(story, seq, "messages", "belong to no event")


def _asked_of_old(story: Story, stored: Mapping[int, Sequence[Any]]) -> set[tuple[int, str]]:
    """Return what events of a story would ask for today and did not yet when it was written, by event and topic."""
    missing: set[tuple[int, str]] = set()
    for topic, types in ASKED_OF_LATE.items():
        asking = [record.seq for record in story.records if record.type in types]
        if not any(row[2] == topic for seq in asking for row in stored[seq]):
            missing |= {(seq, topic.value) for seq in asking}
    return missing


def _head_faults(
    story: Story, aggregate: Aggregate[Any, Any, Any], events: Sequence[Any]
) -> Iterator[Fault]:
    if not story.records:
        if story.head is not None:
            yield _fault(story, 0, "head", "has no events")
        return
    if story.head is None:
        yield _fault(story, 0, "head", "is missing")
        return
    state = aggregate.fold(events)
    latest = story.records[-1]
    expected: Mapping[str, Any] = {
        "head_seq": latest.seq,
        "head_hash": latest.hash,
        "recorded_at": latest.recorded_at,
        "next_deadline_at": aggregate.next_deadline(state),
        "status": aggregate.status_of(state),
        **aggregate.head_of(state),
    }
    found = head_values(story.head, story.family)
    for name, value in expected.items():
        if found[name] != value:
            yield _fault(story, 0, "head", f"{name} is {found[name]!r}, the events say {value!r}")
    if story.head["created_at"] != story.records[0].recorded_at:
        yield _fault(story, 0, "head", "created_at is not when the first event was recorded")


def _trial_balance_faults(summed: Iterable[rollup.Balance]) -> Iterator[Fault]:
    """Over all accounts of a family, every currency sums to zero."""
    totals: dict[tuple[str, str], int] = {}
    for balance in summed:
        key = (balance.family, balance.currency)
        totals[key] = totals.get(key, 0) + balance.balance_minor
    for (family, currency), total in totals.items():
        if total:
            yield _overall(family, "trial_balance", f"{total} {currency}")


def _balance_faults(
    balances: Iterable[rollup.Balance], summed: Iterable[rollup.Balance]
) -> Iterator[Fault]:
    """Balances as rolled up against the sums of all postings."""
    rolled = {_account(one): (one.balance_minor, one.postings) for one in balances}
    posted = {_account(one): (one.balance_minor, one.postings) for one in summed}
    for key in sorted(rolled.keys() | posted.keys()):
        if rolled.get(key) != posted.get(key):
            family, account, part, currency = key
            detail = f"{account} {part} {currency}: {rolled.get(key)}, posted {posted.get(key)}"
            yield _overall(family, "roll_up", detail)


def _overall(family: str, kind: str, detail: str) -> Fault:
    return Fault(family=family, aggregate_id="", seq=0, kind=kind, detail=detail)


def _account(balance: rollup.Balance) -> tuple[str, str, str, str]:
    return (balance.family, balance.account, balance.part, balance.currency)


def _fault(story: Story, seq: int, kind: str, detail: str) -> Fault:
    return Fault(
        family=story.family.name,
        aggregate_id=story.aggregate_id,
        seq=seq,
        kind=kind,
        detail=detail,
    )
