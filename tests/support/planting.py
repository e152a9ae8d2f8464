"""Plants whole stories at once: played on the write path's own sittings with a moved clock, written in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from fairlot.application.aggregate import Aggregate
from fairlot.application.turn import Sitting, Submission, take_turn
from fairlot.store.writing.rows import Opened, Rows
from fairlot.store.writing.statements import EVENT_COLUMNS
from tests.support.scripts import Step

_NAMES = [column.name for column in EVENT_COLUMNS]


def planted_rows(
    aggregate: Aggregate[Any, Any, Any], aggregate_id: str, steps: Sequence[Step]
) -> Rows:
    """Return the rows that the steps leave, had each been asked at its instant; each must be recorded."""
    rows = Rows(stream_id=aggregate_id, left_seq=0, created_at=steps[0].at)
    for number, step in enumerate(steps):
        submission = Submission(
            aggregate_id=aggregate_id,
            command_id=f"step_{number}",
            actor=step.actor,
            command=step.command,
        )
        sitting = Sitting(aggregate, _as_left(rows), clock_at=step.at)
        outcome = take_turn(sitting, submission, hashed=submission.content_hash(), earlier=None)
        assert outcome.is_recorded, f"step {number} of the script leaves no trace"
        more = sitting.rows()
        rows.head = more.head or rows.head
        rows.events += more.events
        rows.postings += more.postings
        rows.commands += more.commands
        rows.messages += more.messages
    return rows


def _as_left(rows: Rows) -> Opened:
    """Return the aggregate as the rows so far would leave it."""
    stored = [dict(zip(_NAMES, row, strict=True)) for row in rows.events]
    latest = stored[-1] if stored else {}
    return Opened(
        stream_id=rows.stream_id,
        head_seq=len(stored),
        head_hash=latest.get("hash"),
        recorded_at=latest.get("recorded_at"),
        events=b"[%b]" % b",".join(event["payload"] for event in stored),
        outcomes={},
    )


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
