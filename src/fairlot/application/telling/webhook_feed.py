"""Every event of an order, for endpoints that ask for it by name: picked up behind the order's back, in its order.

Nothing is written for it when an event is, and nothing is looked for while no endpoint asks. Who may not read an order's
events gets none of them.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence

import msgspec
import psycopg

from fairlot.application.desk import Connect
from fairlot.application.queries.orders import recorded
from fairlot.application.queries.recorded import Recorded
from fairlot.application.telling.webhook_events import companies_that_read, order_data, payload
from fairlot.application.telling.webhook_order_events import type_of_event
from fairlot.clock import Clock
from fairlot.domain.order.evolve import evolve, fold
from fairlot.domain.order.state import Order
from fairlot.store.order_reader import stories
from fairlot.store.telling import webhook_feed as store
from fairlot.store.telling.notifications import id_for
from fairlot.store.telling.webhook_feed import Behind, EventTaker
from fairlot.store.telling.webhooks import add_delivery

logger = logging.getLogger(__name__)

AT_ONCE = 100


class EventFeed(msgspec.Struct, frozen=True, kw_only=True):
    """Puts events of orders on their way to endpoints."""

    connect: Connect
    clock: Clock

    def publish_due(self) -> int:
        """Offer every event that was recorded by now, and return how many orders were looked at."""
        looked_at = 0
        while True:
            with self.connect() as connection:
                takers = store.event_takers(connection)
                behind = store.orders_behind(connection, takers, limit=AT_ONCE) if takers else []
            offered = sum(self._offer_or_leave(order, takers) for order in behind)
            looked_at += offered
            if len(behind) < AT_ONCE or not offered:
                return looked_at

    def _offer_or_leave(self, behind: Behind, takers: Sequence[EventTaker]) -> bool:
        """An order whose story cannot be read any more holds up no other; say whether this one was offered."""
        try:
            self._offer(behind, takers)
        except psycopg.Error:
            raise
        except Exception:
            logger.exception("The events of %s cannot be offered", behind.order_id)
            return False
        return True

    def _offer(self, behind: Behind, takers: Sequence[EventTaker]) -> None:
        """Keep an order's new events for whoever may have them, and move its mark with them."""
        with self.connect() as connection, connection.transaction():
            stored = stories(connection, [behind.order_id])[behind.order_id]
            story = [recorded(one) for one in stored]
            readers = {"", *companies_that_read(fold(one.event for one in story))}
            allowed = [taker for taker in takers if taker.company_id in readers]
            order = fold(one.event for one in story[: behind.told_seq])
            for one in story[behind.told_seq :]:
                order = evolve(order, one.event)
                named = type_of_event(type(one.event))
                for taker in allowed:
                    if named in taker.event_types and _is_since(one, taker):
                        add_delivery(
                            connection,
                            delivery_id=id_for(
                                "msg", taker.endpoint_id, f"event:{behind.order_id}:{one.seq}"
                            ),
                            endpoint_id=taker.endpoint_id,
                            event_type=named,
                            body=_body(named, behind.order_id, order, one),
                            at=self.clock(),
                        )
            store.mark_told(connection, behind.order_id, story[-1].seq)


def _is_since(one: Recorded, taker: EventTaker) -> bool:
    """Say whether an event was recorded since an endpoint asked for such."""
    assert one.recorded_at is not None, "a stored event was recorded at some time"
    return one.recorded_at >= taker.events_since


def _body(named: str, order_id: str, order: Order, one: Recorded) -> bytes:
    """Return what is sent: where the order stood after the event, and nothing of what the event says."""
    data = {**order_data(order_id, order, seq=one.seq), "facts": {}}
    return payload(named, at=one.event.at, data=data)
