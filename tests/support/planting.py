"""Plants whole stories at once: played on the write path's own sittings with a moved clock, written in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from fairlot.application.aggregate import Aggregate
from fairlot.application.turn import Sitting, Submission, take_turn
from fairlot.store.writing.rows import Opened, Rows
from tests.support.scripts import Step


def planted_rows(
    aggregate: Aggregate[Any, Any, Any], aggregate_id: str, steps: Sequence[Step]
) -> Rows:
    """Return the rows that the steps leave, had each been asked at its instant; each must be recorded."""
    opened = Opened(
        stream_id=aggregate_id,
        head_seq=0,
        head_hash=None,
        recorded_at=None,
        events=b"[]",
        outcomes={},
    )
    sitting = Sitting(aggregate, opened, clock_at=steps[0].at)
    for number, step in enumerate(steps):
        sitting.recorded_at = step.at
        submission = Submission(
            aggregate_id=aggregate_id,
            command_id=f"step_{number}",
            actor=step.actor,
            command=step.command,
        )
        outcome = take_turn(sitting, submission, earlier=None)
        assert outcome.is_recorded, f"step {number} of the script leaves no trace"
    rows = sitting.rows()
    rows.created_at = steps[0].at
    return rows


def plant(
    writer: Any, aggregate: Aggregate[Any, Any, Any], stories: Iterable[tuple[str, Sequence[Step]]]
) -> None:
    """Write stories, each under its id, through a writer of the write path."""
    rows = [planted_rows(aggregate, one, steps) for one, steps in stories if steps]
    if rows:
        for _ in writer.open_many(aggregate.family, [(one.stream_id, "") for one in rows]):
            pass
        writer.write_part(aggregate.family, rows)
        writer.commit_parts()
