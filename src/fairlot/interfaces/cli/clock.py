"""`fairlot clock`: which orders have a deadline soon, and what each waits for."""

from __future__ import annotations

import datetime as dt

import click

from fairlot.application.queries.orders import find_due
from fairlot.interfaces.cli.house import as_json, house, say

DUE_SHOWN_MAX = 1_000
# Ten years: no clock of a trade reaches further.
DAYS_AHEAD_MAX = 3_650


@click.command()
@click.option(
    "--days",
    type=click.IntRange(0, DAYS_AHEAD_MAX),
    default=7,
    show_default=True,
    help="How far to look ahead.",
)
@click.option("--at", default=None, help="The instant to look from; demonstration only.")
@as_json
def clock(*, days: int, at: str | None, as_json: bool) -> None:
    """List the orders whose next deadline lies within so many days, the earliest first."""
    with house(at) as opened, opened.desk.connect() as connection:
        until = opened.clock() + dt.timedelta(days=days)
        found = find_due(connection, until=until, limit=DUE_SHOWN_MAX)
    rows = [{"order_id": order_id, "due_at": due_at} for order_id, due_at in found]
    text = "\n".join(f"{due_at:%Y-%m-%d %H:%M:%SZ}  {order_id}" for order_id, due_at in found)
    say(rows, as_json=as_json, text=text or f"Nothing is due within {days} days.")
