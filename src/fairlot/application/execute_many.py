"""Many aggregates in one transaction: locks in the order of their ids, each command with the guarantees of `execute`.

No entry spans two aggregates here either; the batch shares nothing but its commit.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fairlot.application.aggregate import Aggregate
from fairlot.application.execute import WritePath
from fairlot.application.outcome import Outcome
from fairlot.application.turn import Sitting, Submission, take_turn
from fairlot.store.rows import StoredOutcome
from fairlot.store.writer import Writer

# As many as one commit should carry: their locks are held until the last of them is decided.
BATCH_MAX = 1_000


def execute_many(
    batch: Sequence[Submission], *, aggregate: Aggregate[Any, Any, Any], using: WritePath
) -> list[Outcome]:
    """Ask a batch of commands and return their outcomes in its order; several to one aggregate are decided in it too.

    A refusal is that command's alone. Raises Unavailable for the batch as a whole; ask again then with the same ids.
    """
    assert len(batch) <= BATCH_MAX, f"a batch holds at most {BATCH_MAX} commands"
    if not batch:
        return []
    return using.run(lambda writer: _execute_many_once(writer, aggregate, batch, using))


def settle_many(
    aggregate_ids: Sequence[str], *, aggregate: Aggregate[Any, Any, Any], using: WritePath
) -> int:
    """Let whatever is due on these aggregates happen, and return how many changed; those locked elsewhere are left."""
    assert len(aggregate_ids) <= BATCH_MAX, f"a batch holds at most {BATCH_MAX} aggregates"
    if not aggregate_ids:
        return 0
    return using.run(lambda writer: _settle_many_once(writer, aggregate, aggregate_ids, using))


def _execute_many_once(
    writer: Writer,
    aggregate: Aggregate[Any, Any, Any],
    batch: Sequence[Submission],
    using: WritePath,
) -> list[Outcome]:
    pairs = [(submission.aggregate_id, submission.command_id) for submission in batch]
    opened = writer.open_many(aggregate.family, pairs)
    clock_at = using.clock()
    sittings = {
        aggregate_id: Sitting(aggregate, one, clock_at=clock_at)
        for aggregate_id, one in opened.items()
    }
    known: dict[tuple[str, str], StoredOutcome] = {
        (aggregate_id, command_id): outcome
        for aggregate_id, one in opened.items()
        for command_id, outcome in one.outcomes.items()
    }
    outcomes = []
    for submission in batch:
        key = (submission.aggregate_id, submission.command_id)
        sitting = sittings[submission.aggregate_id]
        outcomes.append(take_turn(sitting, submission, earlier=known.get(key)))
        if key not in known and (latest := sitting.latest_outcome(submission.command_id)):
            known[key] = latest
    writer.append_many(aggregate.family, [sitting.rows() for sitting in sittings.values()])
    return outcomes


def _settle_many_once(
    writer: Writer,
    aggregate: Aggregate[Any, Any, Any],
    aggregate_ids: Sequence[str],
    using: WritePath,
) -> int:
    opened = writer.open_many(
        aggregate.family, [(one, "") for one in aggregate_ids], skip_locked=True
    )
    clock_at = using.clock()
    written = []
    for one in opened.values():
        sitting = Sitting(aggregate, one, clock_at=clock_at)
        sitting.settle_due()
        written.append(sitting.rows())
    writer.append_many(aggregate.family, written)
    return sum(1 for rows in written if not rows.is_empty())
