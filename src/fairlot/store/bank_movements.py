"""Where each movement of the bank goes, once for ever: whoever imports it writes it here before anything is booked.

The key is the bank's own identity of the movement, and it is unique; so two who import it at the same instant send it
to the same place, whatever either of them made of it.
"""

from __future__ import annotations

import msgspec
import psycopg

TO_ORDER = "order"
TO_SUSPENSE = "suspense"
# A batch that the bank itemizes: its parts are movements of their own, and the whole is none.
IN_PARTS = "parts"


class Destination(msgspec.Struct, frozen=True, kw_only=True):
    """Where a movement goes: to an order, to suspense, or nowhere as a whole, since its parts do."""

    goes_to: str
    order_id: str = ""


def claim_movement(
    connection: psycopg.Connection, movement_key: str, wanted: Destination
) -> Destination:
    """Send a movement somewhere unless somebody came first, and return where it goes."""
    connection.execute(
        "INSERT INTO bank_movement (movement_key, goes_to, order_id) VALUES (%s, %s, %s)"
        " ON CONFLICT (movement_key) DO NOTHING",
        [movement_key, wanted.goes_to, wanted.order_id],
    )
    # A statement of its own: it sees what the one before may have waited for.
    row = connection.execute(
        "SELECT goes_to, order_id FROM bank_movement WHERE movement_key = %s", [movement_key]
    ).fetchone()
    assert row is not None, "what was inserted is there, and nobody may delete it"
    return Destination(goes_to=row[0], order_id=row[1])


def send_to_suspense(connection: psycopg.Connection, movement_key: str, command_id: str) -> None:
    """Send a movement to suspense that its order refused under a command's id; without a recorded refusal it stays."""
    connection.execute(
        "UPDATE bank_movement AS movement SET goes_to = %s, order_id = ''"
        " WHERE movement_key = %s AND goes_to = %s AND EXISTS ("
        "  SELECT FROM order_command AS command WHERE command.order_id = movement.order_id"
        "  AND command.command_id = %s AND command.refusal_code IS NOT NULL)",
        [TO_SUSPENSE, movement_key, TO_ORDER, command_id],
    )
