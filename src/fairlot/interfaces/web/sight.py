"""The order that an address names, for whoever is signed in; what is foreign and what is absent look alike."""

from __future__ import annotations

import re

from django.http import Http404

from fairlot.application.access import Identity
from fairlot.application.queries.seen import SeenOrder, see_orders
from fairlot.reading_room import reading_room
from fairlot.writing_room import lent_connection

ORDER_ID = re.compile(r"[!-~]{1,64}")


def seen_order(identity: Identity, order_id: str) -> SeenOrder:
    """Return an order that somebody has a capacity for. Raises Http404 for a foreign order as for an absent one."""
    found: dict[str, SeenOrder] = {}
    if ORDER_ID.fullmatch(order_id):
        policies = reading_room().policies
        with lent_connection() as connection:
            found = see_orders(connection, [order_id], identity=identity, policies=policies)
    if order_id not in found:
        raise Http404
    return found[order_id]
