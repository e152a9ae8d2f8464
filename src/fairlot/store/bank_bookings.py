"""Movements of the bank that an order has taken, found by the bank's own identity of them without knowing the order."""

from __future__ import annotations

import psycopg

BOOKING_PREFIX = "bank:"


def find_booking(connection: psycopg.Connection, command_id: str) -> str | None:
    """Return the order that took a movement, or None where none did; a refusal is no booking."""
    assert command_id.startswith(BOOKING_PREFIX), "only bookings of the bank are indexed"
    row = connection.execute(
        "SELECT order_id FROM order_command"
        " WHERE command_id = %s AND command_id LIKE 'bank:%%' AND refusal_code IS NULL",
        [command_id],
    ).fetchone()
    return None if row is None else str(row[0])
