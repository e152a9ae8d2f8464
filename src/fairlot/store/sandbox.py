"""By how much a sandbox's clock stands ahead of the machine's: one row, which only ever grows."""

from __future__ import annotations

import psycopg


def ahead_seconds(connection: psycopg.Connection) -> int:
    """Return the seconds by which the clock stands ahead; none until it was moved."""
    row = connection.execute("SELECT ahead_seconds FROM sandbox_clock").fetchone()
    return 0 if row is None else int(row[0])


def move_ahead(connection: psycopg.Connection, seconds: int) -> int:
    """Move the clock forward by so many seconds more, and return by how much it stands ahead then."""
    assert seconds >= 0, "time does not run backwards"
    row = connection.execute(
        """
        INSERT INTO sandbox_clock (ahead_seconds) VALUES (%(seconds)s)
        ON CONFLICT (is_only) DO UPDATE SET ahead_seconds = sandbox_clock.ahead_seconds + %(seconds)s
        RETURNING ahead_seconds
        """,
        {"seconds": seconds},
    ).fetchone()
    assert row is not None, "the row was just written"
    return int(row[0])
