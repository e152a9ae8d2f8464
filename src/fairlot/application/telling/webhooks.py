"""Events on their way to endpoints of companies: kept once, signed, tried again for three days, then the endpoint is off.

An endpoint is disabled when a delivery has used up its tries and nothing else arrived there meanwhile, or when it says
that it is gone (410). What is kept for a disabled endpoint is held until its owner asks for it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, Protocol

import msgspec
import psycopg
from standardwebhooks import Webhook

from fairlot.application.desk import Connect
from fairlot.application.telling.webhook_events import event_type, payload
from fairlot.clock import Clock, system_clock
from fairlot.providers.webhook.sender import Outcome, Posted
from fairlot.store.sealed import SealError, is_current, seal, unseal
from fairlot.store.telling import webhooks as store
from fairlot.store.telling.notifications import id_for
from fairlot.store.telling.webhooks import Attempt, TakenDelivery

logger = logging.getLogger(__name__)

SEALED_FOR = "webhook secrets"
# After each failed try; together nearly three days, as the Standard Webhooks convention proposes.
RETRY_AFTER: tuple[dt.timedelta, ...] = (
    dt.timedelta(seconds=5),
    dt.timedelta(minutes=5),
    dt.timedelta(minutes=30),
    dt.timedelta(hours=2),
    dt.timedelta(hours=5),
    dt.timedelta(hours=10),
    dt.timedelta(hours=14),
    dt.timedelta(hours=20),
    dt.timedelta(hours=20),
)
TRIES_MAX = len(RETRY_AFTER) + 1
# Waits are up to so much longer or shorter, so that what failed together does not come back together.
JITTER_PERCENT = 20
# Longer than any request takes, look-up included; after it another worker may take the delivery.
LEASE = dt.timedelta(minutes=5)
AT_ONCE = 32
CONCURRENCY = 8


class Poster(Protocol):
    """A way to send a body to an address."""

    def post(self, url: str, *, headers: Mapping[str, str], body: bytes) -> Posted:
        """Send once and say what came of it."""


Disabled = Callable[[psycopg.Connection, TakenDelivery, dt.datetime], None]
"""Tells the owner, inside the transaction that disables the endpoint."""


class WebhookDesk(msgspec.Struct, frozen=True, kw_only=True):
    """What webhooks need: connections, the keys that open their secrets, and the clock; orders may have another."""

    connect: Connect
    keys: tuple[str, ...]
    clock: Clock
    order_clock: Clock = system_clock

    def publish(
        self,
        key: str,
        *,
        family: str,
        kind: str,
        at: dt.datetime,
        companies: Sequence[str],
        data: Mapping[str, Any],
    ) -> int:
        """Keep an event for every endpoint that takes it, once for its key; return how many were new."""
        named = event_type(family, kind)
        with self.connect() as connection:
            endpoints = store.endpoints_for(connection, companies, named)
            if not endpoints:
                return 0
            body = payload(named, at=at, data=data)
            return sum(
                store.add_delivery(
                    connection,
                    delivery_id=id_for("msg", endpoint.endpoint_id, key),
                    endpoint_id=endpoint.endpoint_id,
                    event_type=named,
                    body=body,
                    at=self.clock(),
                )
                for endpoint in endpoints
            )

    def deliver_due(self, poster: Poster, *, disabled: Disabled) -> int:
        """Send what is due by now, a few at a time; return how many were tried."""
        total = 0
        with ThreadPoolExecutor(CONCURRENCY, thread_name_prefix="fairlot-webhook") as threads:
            while taken := self._take():
                total += len(taken)
                list(threads.map(lambda each: self._deliver(each, poster, disabled), taken))
        return total

    def seal_anew(self) -> int:
        """Seal with the first key what a key of before sealed; return how many endpoints and rotations that was."""
        with self.connect() as connection:
            endpoints = [
                each
                for each in store.sealed_secrets(connection)
                if not self._are_current(each[1], each[2])
            ]
            rotations = [
                each
                for each in store.sealed_rotations(connection)
                if not self._are_current(each[2])
            ]
            for endpoint_id, secret, earlier in endpoints:
                with self._logged(endpoint_id):
                    store.put_secrets(
                        connection,
                        endpoint_id,
                        before=secret,
                        secret=self.seal(self.unseal(secret)),
                        earlier=None if earlier is None else self.seal(self.unseal(earlier)),
                    )
            for endpoint_id, asked_by, secret in rotations:
                with self._logged(endpoint_id):
                    fresh = self.seal(self.unseal(secret))
                    store.put_rotation(connection, endpoint_id, asked_by, secret=fresh)
        return len(endpoints) + len(rotations)

    @contextmanager
    def _logged(self, endpoint_id: str) -> Iterator[None]:
        """Go on with the next where a secret cannot be opened."""
        try:
            yield
        except SealError as error:
            logger.error("The secret of %s: %s", endpoint_id, error)  # noqa: TRY400  (the sentence says all)

    def _are_current(self, *sealed: bytes | None) -> bool:
        return all(
            one is None or is_current(one, keys=self.keys, purpose=SEALED_FOR) for one in sealed
        )

    def seal(self, secret: bytes) -> bytes:
        """Seal a secret."""
        return seal(secret, keys=self.keys, purpose=SEALED_FOR)

    def unseal(self, sealed: bytes) -> bytes:
        """Open a secret. Raises SealError."""
        return unseal(sealed, keys=self.keys, purpose=SEALED_FOR)

    def _take(self) -> list[TakenDelivery]:
        with self.connect() as connection:
            return store.take_due(connection, now=self.clock(), lease=LEASE, limit=AT_ONCE)

    def _deliver(self, taken: TakenDelivery, poster: Poster, disabled: Disabled) -> None:
        try:
            began = self.clock()
            posted = self._posted(taken, poster, at=began)
            with self.connect() as connection, connection.transaction():
                store.keep_attempt(connection, attempt_of(taken, posted, began=began))
                self._settle(connection, taken, posted, disabled)
        except psycopg.OperationalError as error:
            # The lease ends, and another try says how it went.
            logger.warning("What came of %s could not be kept: %s", taken.delivery_id, error)

    def _posted(self, taken: TakenDelivery, poster: Poster, *, at: dt.datetime) -> Posted:
        if taken.tries > TRIES_MAX:
            # Tries are counted when they begin: what never came to its end before is not begun for ever.
            return Posted(outcome=Outcome.UNREACHABLE, excerpt="not sent")
        try:
            secrets = [self.unseal(taken.secret)]
            if taken.earlier_secret is not None and at <= (taken.earlier_until or at):
                secrets.append(self.unseal(taken.earlier_secret))
        except SealError as error:
            logger.error("Delivery %s cannot be signed: %s", taken.delivery_id, error)  # noqa: TRY400  (the sentence says all)
            return Posted(outcome=Outcome.UNREACHABLE, excerpt="not signed")
        headers = signed_headers(taken.delivery_id, taken.body, secrets=secrets, at=at)
        return poster.post(taken.url, headers=headers, body=taken.body)

    def _settle(
        self,
        connection: psycopg.Connection,
        taken: TakenDelivery,
        posted: Posted,
        disabled: Disabled,
    ) -> None:
        now = self.clock()
        if posted.outcome is Outcome.DELIVERED:
            store.settle_delivery(connection, taken.delivery_id, state="delivered", due_at=None)
            return
        due_at = next_try(taken.delivery_id, taken.tries, at=now)
        is_gone = posted.outcome is Outcome.GONE
        if due_at is not None and not is_gone:
            store.settle_delivery(connection, taken.delivery_id, state="waiting", due_at=due_at)
            return
        store.settle_delivery(connection, taken.delivery_id, state="failed", due_at=None)
        if not is_gone and store.has_arrived_since(
            connection, taken.endpoint_id, since=taken.round_began_at
        ):
            return
        why = "gone" if is_gone else "failing"
        if store.disable(connection, taken.endpoint_id, why=why, at=now):
            disabled(connection, taken, now)


def next_try(delivery_id: str, tries: int, *, at: dt.datetime) -> dt.datetime | None:
    """Return when to try again after so many failed tries, or None when that was the last.

    The jitter follows from the delivery and the try, so that it can be told beforehand.
    """
    if tries > len(RETRY_AFTER):
        return None
    drawn = hashlib.sha256(f"{delivery_id}:{tries}".encode()).digest()
    percent = 100 - JITTER_PERCENT + drawn[0] * 2 * JITTER_PERCENT // 255
    return at + RETRY_AFTER[tries - 1] * percent // 100


def signed_headers(
    delivery_id: str, body: bytes, *, secrets: Sequence[bytes], at: dt.datetime
) -> dict[str, str]:
    """Return the headers of the Standard Webhooks convention; the id is the same however often it is sent."""
    text = body.decode()
    return {
        "content-type": "application/json",
        "webhook-id": delivery_id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": " ".join(
            Webhook(secret).sign(delivery_id, at, text) for secret in secrets
        ),
    }


def attempt_of(taken: TakenDelivery, posted: Posted, *, began: dt.datetime) -> Attempt:
    """Return a try as the log keeps it."""
    return Attempt(
        delivery_id=taken.delivery_id,
        attempt_no=taken.attempts,
        endpoint_id=taken.endpoint_id,
        started_at=began,
        duration_ms=posted.duration_ms,
        status=posted.status,
        outcome=posted.outcome.value,
        response_excerpt=posted.excerpt[: store.EXCERPT_LENGTH_MAX],
    )
