"""What came of checking companies against lists: one row for each finding, with who cleared it and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import msgspec
import psycopg
from psycopg.types.json import Jsonb

from fairlot.domain.supplier.checks import CheckAnswer, CheckState, Listed


class Screening(msgspec.Struct, frozen=True, kw_only=True):
    """The latest check of a company: its state, when, against which list, and whether a match was cleared."""

    number: int
    company_id: str
    names: tuple[str, ...]
    occasion: str
    state: CheckState
    checked_at: dt.datetime
    list_name: str = ""
    list_hash: str = ""
    matches: tuple[Listed, ...] = ()
    cleared_at: dt.datetime | None = None
    cleared_by: str = ""
    cleared_reason: str = ""


_COLUMNS = (
    "number, company_id, names, occasion, state, checked_at, list_name, list_hash, matches,"
    " cleared_at, cleared_by, cleared_reason"
)
_LATEST = (
    f"SELECT {_COLUMNS} FROM people_screening WHERE company_id = %s ORDER BY number DESC LIMIT 1"
)
_STANDING = (
    f"SELECT {_COLUMNS} FROM (SELECT DISTINCT ON (company_id) {_COLUMNS}"
    " FROM people_screening ORDER BY company_id, number DESC) AS latest"
    " WHERE state = ANY (%s) ORDER BY number DESC LIMIT %s"
)


def find_screening(connection: psycopg.Connection, company_id: str) -> Screening | None:
    """Return the latest check of a company."""
    rows = connection.execute(_LATEST, [company_id])
    row = rows.fetchone()
    return None if row is None else _screening(row)


def screenings_in(
    connection: psycopg.Connection, states: Sequence[CheckState], *, limit: int
) -> list[Screening]:
    """Return the latest check of each company that stands in one of the states, the newest first."""
    rows = connection.execute(_STANDING, [[state.value for state in states], limit])
    return [_screening(row) for row in rows]


def keep_screening(
    connection: psycopg.Connection,
    company_id: str,
    names: Sequence[str],
    answer: CheckAnswer,
    *,
    occasion: str,
    at: dt.datetime,
) -> Screening:
    """Keep what came of a check; the same finding again only says when and against which list, and stays cleared."""
    with connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [company_id])
        before = find_screening(connection, company_id)
        if before is not None and _is_same(before, names, answer):
            connection.execute(
                "UPDATE people_screening SET checked_at = %s, list_hash = %s, list_name = %s"
                " WHERE number = (SELECT max(number) FROM people_screening WHERE company_id = %s)",
                [at, answer.list_hash, answer.list_name, company_id],
            )
        else:
            connection.execute(
                "INSERT INTO people_screening (company_id, names, occasion, state, checked_at,"
                " list_name, list_hash, matches) VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
                [
                    company_id,
                    list(names),
                    occasion,
                    answer.state.value,
                    at,
                    answer.list_name,
                    answer.list_hash,
                    Jsonb(msgspec.to_builtins(answer.matches)),
                ],
            )
        kept = find_screening(connection, company_id)
    assert kept is not None
    return kept


def clear_screening(
    connection: psycopg.Connection,
    company_id: str,
    *,
    by: str,
    reason: str,
    at: dt.datetime,
    number: int | None = None,
) -> bool:
    """Say that the latest match is another company or allowed; False where there is none, or not of that number."""
    done = connection.execute(
        "UPDATE people_screening SET cleared_at = %s, cleared_by = %s, cleared_reason = %s"
        " WHERE number = (SELECT max(number) FROM people_screening WHERE company_id = %s)"
        " AND state = 'match' AND cleared_at IS NULL AND number = coalesce(%s, number)",
        [at, by, reason, company_id, number],
    )
    return done.rowcount == 1


def name_and_country(connection: psycopg.Connection, company_id: str) -> tuple[str, str]:
    """Return what a company entered itself as; empty for one that nobody entered."""
    row = connection.execute(
        "SELECT legal_name, country FROM people_company WHERE id = %s", [company_id]
    ).fetchone()
    return ("", "") if row is None else (row[0], row[1])


def _is_same(before: Screening, names: Sequence[str], answer: CheckAnswer) -> bool:
    return (before.names, before.state, before.matches) == (
        tuple(names),
        answer.state,
        answer.matches,
    )


def _screening(row: Sequence[object]) -> Screening:
    found = dict(zip(_COLUMNS.replace(" ", "").split(","), row, strict=True))
    # A connection that Django lends gives JSON as its text, any other as data.
    if isinstance(found["matches"], str):
        found["matches"] = msgspec.json.decode(found["matches"])
    return msgspec.convert(found, Screening)
