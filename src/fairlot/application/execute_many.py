"""Many aggregates in one transaction: locks in the order of their ids, each command with the guarantees of `execute`.

No entry spans two aggregates here either; the batch shares nothing but its commit.
"""

from __future__ import annotations

import datetime as dt
import gc
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from fairlot.application.aggregate import Aggregate
from fairlot.application.execute import WritePath
from fairlot.application.outcome import Outcome
from fairlot.application.turn import Sitting, Submission, take_turn
from fairlot.store.writing.rows import Opened, StoredOutcome
from fairlot.store.writing.writer import Writer

# As many as one commit should carry: their locks are held until the last of them is decided.
BATCH_MAX = 1_000
# Aggregates folded, then decided, then turned into rows together: the processor stays with one kind of work for a while.
# Between two such groups we look at what the server sent: it sends more in that time than a socket holds.
GROUP_SIZE = 10


def execute_many(
    batch: Sequence[Submission], *, aggregate: Aggregate[Any, Any, Any], using: WritePath
) -> list[Outcome]:
    """Ask a batch of commands and return their outcomes in its order; several to one aggregate are decided in it too.

    A refusal is that command's alone. Raises Unavailable for the batch as a whole; ask again then with the same ids.
    """
    assert len(batch) <= BATCH_MAX, f"a batch holds at most {BATCH_MAX} commands"
    if not batch:
        return []
    began = time.perf_counter()
    with _no_collection():
        outcomes = using.run(lambda writer: _execute_many_once(writer, aggregate, batch, using))
    if using.observe is not None:
        seconds = time.perf_counter() - began
        for submission, outcome in zip(batch, outcomes, strict=True):
            using.observe(submission, outcome, seconds)
    return outcomes


def settle_many(
    aggregate_ids: Sequence[str], *, aggregate: Aggregate[Any, Any, Any], using: WritePath
) -> int:
    """Let whatever is due on these aggregates happen, and return how many changed; those locked elsewhere are left."""
    assert len(aggregate_ids) <= BATCH_MAX, f"a batch holds at most {BATCH_MAX} aggregates"
    if not aggregate_ids:
        return 0
    with _no_collection():
        return using.run(lambda writer: _settle_many_once(writer, aggregate, aggregate_ids, using))


@contextmanager
def _no_collection() -> Iterator[None]:
    """Let the garbage collector rest: a batch makes many values, none of them in a circle, and soon lets all of them go."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _execute_many_once(
    writer: Writer,
    aggregate: Aggregate[Any, Any, Any],
    batch: Sequence[Submission],
    using: WritePath,
) -> list[Outcome]:
    places: dict[str, list[int]] = {}
    for place, submission in enumerate(batch):
        places.setdefault(submission.aggregate_id, []).append(place)
    pairs = [(submission.aggregate_id, submission.command_id) for submission in batch]
    outcomes: dict[int, Outcome] = {}
    clock_at: dt.datetime | None = None
    parts = writer.open_many(aggregate.family, pairs)
    # While the server takes the locks.
    hashes = [submission.content_hash() for submission in batch]
    for part in parts:
        # Read once, when all locks are held: the batch is one moment.
        clock_at = clock_at or using.clock()
        written = []
        for group in _groups(part):
            writer.keep_up()
            sittings = [Sitting(aggregate, opened, clock_at=clock_at) for opened in group]
            for opened, sitting in zip(group, sittings, strict=True):
                known = dict(opened.outcomes)
                for place in places[opened.stream_id]:
                    outcomes[place] = _take_turn(sitting, batch[place], hashes[place], known)
            written += [sitting.rows() for sitting in sittings]
        writer.write_part(aggregate.family, written)
    writer.commit_parts()
    return [outcomes[place] for place in range(len(batch))]


def _groups(part: Mapping[str, Opened]) -> Iterator[list[Opened]]:
    opened = list(part.values())
    for start in range(0, len(opened), GROUP_SIZE):
        yield opened[start : start + GROUP_SIZE]


def _take_turn(
    sitting: Sitting, submission: Submission, hashed: bytes, known: dict[str, StoredOutcome]
) -> Outcome:
    earlier = known.get(submission.command_id)
    outcome = take_turn(sitting, submission, hashed=hashed, earlier=earlier)
    if submission.command_id not in known:
        latest = sitting.latest_outcome(submission.command_id)
        if latest is not None:
            known[submission.command_id] = latest
    return outcome


def _settle_many_once(
    writer: Writer,
    aggregate: Aggregate[Any, Any, Any],
    aggregate_ids: Sequence[str],
    using: WritePath,
) -> int:
    settled = 0
    clock_at: dt.datetime | None = None
    pairs = [(one, "") for one in aggregate_ids]
    for part in writer.open_many(aggregate.family, pairs, skip_locked=True):
        clock_at = clock_at or using.clock()
        written = []
        for group in _groups(part):
            writer.keep_up()
            sittings = [Sitting(aggregate, opened, clock_at=clock_at) for opened in group]
            for sitting in sittings:
                _, due = sitting.due()
                sitting.settle(due)
            written += [sitting.rows() for sitting in sittings]
        settled += sum(1 for rows in written if not rows.is_empty())
        writer.write_part(aggregate.family, written)
    writer.commit_parts()
    return settled
