"""One installation with webhook endpoints, a clock to move, and a real server of this machine that hears what is sent."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from psycopg_pool import ConnectionPool
from standardwebhooks import Webhook

from fairlot.application.telling.webhook_endpoints import EndpointDesk
from fairlot.application.telling.webhooks import WebhookDesk
from fairlot.clock import system_clock
from fairlot.providers.webhook.sender import Sender
from fairlot.store.telling.webhooks import Endpoint, TakenDelivery
from tests.support.books import MovedClock
from tests.support.listener import Heard, Listener, listening
from tests.support.postgres import Database

KEYS = ("k" * 50,)
OWNER = "com_buyer"


class Office:
    """One installation with its endpoints and a listener."""

    def __init__(self, database: Database, listener: Listener) -> None:
        self.listener = listener
        self.clock = MovedClock(system_clock().replace(microsecond=0))
        self.pool = ConnectionPool(
            database.app_dsn, min_size=0, max_size=12, kwargs={"autocommit": True}, open=True
        )
        self.desk = WebhookDesk(connect=self.pool.connection, keys=KEYS, clock=self.clock)
        self.sender = Sender(loopback_http=True)
        self.told: list[str] = []
        self._numbers = itertools.count(1)

    def of(self, company_id: str = OWNER) -> EndpointDesk:
        return EndpointDesk(
            webhooks=self.desk, company_id=company_id, person_id="per_1", loopback_http=True
        )

    def endpoint(self, *types: str, company_id: str = OWNER) -> tuple[Endpoint, str]:
        return self.of(company_id).add(f"{self.listener.url}/in", types)

    def publish(self, kind: str = "order_agreed", *, key: str = "", **data: Any) -> str:
        key = key or f"order:ord_1:{next(self._numbers)}:0"
        self.desk.publish(
            key, family="order", kind=kind, at=self.clock(), companies=(OWNER,), data=data
        )
        return key

    def deliver(self) -> int:
        return self.desk.deliver_due(self.sender, disabled=self._disabled)

    def _disabled(
        self, connection: psycopg.Connection, taken: TakenDelivery, at: dt.datetime
    ) -> None:
        del connection, at
        self.told.append(taken.endpoint_id)

    def states(self, endpoint: Endpoint) -> list[str]:
        found = self.of(endpoint.company_id).deliveries(endpoint, limit=100, before=None)
        return [delivery.state for delivery in found]

    def until_settled(self, endpoint: Endpoint) -> int:
        """Move the clock from try to try until nothing waits any more; return how many tries that took."""
        tries = 0
        while True:
            tries += self.deliver()
            found = self.of().deliveries(endpoint, limit=100, before=None)
            waiting = [each.due_at for each in found if each.due_at is not None]
            if not waiting:
                return tries
            self.clock.now = min(waiting)


def verified(secret: str, heard: Heard) -> Any:
    """Return what a receiver reads that checks the signature with the public library."""
    return Webhook(secret).verify(heard.body, heard.headers)


@pytest.fixture
def listener() -> Iterator[Listener]:
    with listening() as listener:
        yield listener


@pytest.fixture
def office(database: Database, listener: Listener) -> Iterator[Office]:
    made = Office(database, listener)
    yield made
    made.pool.close()
