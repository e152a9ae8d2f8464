"""A company's own endpoints: made, changed, switched, asked to say something, and their log; every act names its owner.

A secret is shown once, when it is made. After a rotation the one of before signs beside it for a day.
"""

from __future__ import annotations

import base64
import datetime as dt
import hmac
import ipaddress
import secrets
from collections.abc import Sequence
from enum import StrEnum

import msgspec

from fairlot.application.telling.webhook_events import EVENT_TYPES, PING, payload
from fairlot.application.telling.webhook_order_events import ORDER_EVENT_TYPES
from fairlot.application.telling.webhooks import WebhookDesk
from fairlot.providers.webhook.target import TargetError, is_public, read_url
from fairlot.store.reach import reading
from fairlot.store.telling import webhooks as store
from fairlot.store.telling.notifications import id_for
from fairlot.store.telling.webhooks import Attempt, Delivery, Endpoint

SECRET_BYTES = 32
SECRET_PREFIX = "whsec_"  # noqa: S105  (what secrets begin with)
BOTH_VALID_FOR = dt.timedelta(hours=24)
ENDPOINTS_MAX = 16
PAGE_MAX = 100
OWN_EVENTS = frozenset(ORDER_EVENT_TYPES)


class Refused(StrEnum):
    """Why an endpoint is not taken."""

    URL = "webhook_url"
    TYPE = "webhook_event_type"
    TOO_MANY = "webhook_too_many"
    DISABLED = "webhook_disabled"


class EndpointError(ValueError):
    """What was asked cannot be; `detail` is a code or the value that is at fault."""

    def __init__(self, code: Refused, detail: str) -> None:
        super().__init__(f"{code.value}: {detail}")
        self.code = code
        self.detail = detail


class EndpointDesk(msgspec.Struct, frozen=True, kw_only=True):
    """Endpoints of one owner: a company, or with an empty id the platform."""

    webhooks: WebhookDesk
    company_id: str
    person_id: str
    loopback_http: bool

    def add(self, url: str, event_types: Sequence[str], *, key: str = "") -> tuple[Endpoint, str]:
        """Make an endpoint and return it with its secret, which is never shown again. Raises EndpointError.

        Asked again with the same key of the owner's, the endpoint and the secret that it has now.
        """
        self._check(url, event_types)
        secret = secrets.token_bytes(SECRET_BYTES)
        endpoint = Endpoint(
            endpoint_id=id_for("whe", self.company_id, self.person_id, key or secrets.token_hex()),
            company_id=self.company_id,
            url=url,
            event_types=tuple(sorted(set(event_types))),
            created_at=self.webhooks.clock(),
        )
        with self.webhooks.connect() as connection:
            known = store.endpoints_of(connection, self.company_id)
            found = next((one for one in known if one.endpoint_id == endpoint.endpoint_id), None)
            if found is None and len(known) >= ENDPOINTS_MAX:
                raise EndpointError(Refused.TOO_MANY, str(ENDPOINTS_MAX))
            sealed = self.webhooks.seal(secret)
            store.add_endpoint(
                connection,
                endpoint,
                secret=sealed,
                created_by=self.person_id,
                events_since=self._events_since(endpoint.event_types),
            )
            kept = store.find_secret(connection, endpoint.endpoint_id)
        return found or endpoint, secret_text(self.webhooks.unseal(kept))

    def all(self) -> list[Endpoint]:
        """Return the owner's endpoints."""
        with self.webhooks.connect() as connection, reading(connection, self.company_id or None):
            return store.endpoints_of(connection, self.company_id)

    def find(self, endpoint_id: str) -> Endpoint | None:
        """Return one of the owner's endpoints; another's is as absent as none."""
        with self.webhooks.connect() as connection, reading(connection, self.company_id or None):
            return store.find_endpoint(connection, endpoint_id, company_id=self.company_id)

    def change(self, endpoint: Endpoint, *, url: str, event_types: Sequence[str]) -> Endpoint:
        """Let an endpoint point elsewhere or take other types. Raises EndpointError."""
        self._check(url, event_types)
        chosen = tuple(sorted(set(event_types)))
        with self.webhooks.connect() as connection:
            store.change_endpoint(
                connection,
                endpoint.endpoint_id,
                url=url,
                event_types=chosen,
                events_since=self._events_since(chosen),
            )
        return msgspec.structs.replace(endpoint, url=url, event_types=chosen)

    def rotate(self, endpoint: Endpoint, *, key: str = "") -> str:
        """Make a new secret and return it; the one of before signs as well for a day.

        Asked again with the same key of the owner's, the same secret, and the day is not begun anew.
        """
        asked_by, now = key or secrets.token_hex(), self.webhooks.clock()
        fresh = secrets.token_bytes(SECRET_BYTES)
        with self.webhooks.connect() as connection, connection.transaction():
            present = self.webhooks.unseal(store.find_secret(connection, endpoint.endpoint_id))
            was_made_before = present in self._derived_secrets(endpoint, asked_by)
            kept, is_new = store.keep_rotation(
                connection,
                endpoint.endpoint_id,
                asked_by=asked_by,
                secret=self.webhooks.seal(present if was_made_before else fresh),
                made_at=now,
            )
            if is_new and not was_made_before:
                store.rotate_secret(
                    connection,
                    endpoint.endpoint_id,
                    secret=kept,
                    earlier_until=now + BOTH_VALID_FOR,
                )
        return secret_text(self.webhooks.unseal(kept))

    def _derived_secrets(self, endpoint: Endpoint, asked_by: str) -> tuple[bytes, ...]:
        """Return what a rotation gave that was asked for before rotations were kept: it followed from the signing key."""
        asked = b"webhook secret:" + f"{endpoint.endpoint_id}:{asked_by}".encode()
        return tuple(hmac.digest(key.encode(), asked, "sha256") for key in self.webhooks.keys)

    def disable(self, endpoint: Endpoint) -> None:
        """Send nothing more for now; what comes is held."""
        with self.webhooks.connect() as connection:
            store.disable(connection, endpoint.endpoint_id, why="owner", at=self.webhooks.clock())

    def enable(self, endpoint: Endpoint) -> None:
        """Send again from now on."""
        with self.webhooks.connect() as connection:
            store.enable(connection, endpoint.endpoint_id)

    def remove(self, endpoint: Endpoint) -> None:
        """Take an endpoint away for good."""
        with self.webhooks.connect() as connection:
            store.remove(connection, endpoint.endpoint_id, at=self.webhooks.clock())

    def ping(self, endpoint: Endpoint, *, key: str = "") -> str:
        """Send something of no meaning, and return the id under which its delivery can be watched. Raises EndpointError."""
        self._refuse_disabled(endpoint)
        now = self.webhooks.clock()
        delivery_id = id_for("msg", endpoint.endpoint_id, PING, key or secrets.token_hex())
        with self.webhooks.connect() as connection:
            store.add_delivery(
                connection,
                delivery_id=delivery_id,
                endpoint_id=endpoint.endpoint_id,
                event_type=PING,
                body=payload(PING, at=now, data={"endpoint_id": endpoint.endpoint_id}),
                at=now,
            )
        return delivery_id

    def replay(self, endpoint: Endpoint, delivery_id: str) -> bool:
        """Send one delivery again from its first try, under the id that it has; say whether there was such a one."""
        self._refuse_disabled(endpoint)
        with self.webhooks.connect() as connection:
            done = store.send_anew(
                connection,
                endpoint.endpoint_id,
                at=self.webhooks.clock(),
                delivery_id=delivery_id,
            )
        return done == 1

    def replay_since(self, endpoint: Endpoint, since: dt.datetime) -> int:
        """Send everything again that was made since an instant, arrived or not; return how many."""
        self._refuse_disabled(endpoint)
        with self.webhooks.connect() as connection:
            return store.send_anew(
                connection, endpoint.endpoint_id, at=self.webhooks.clock(), since=since
            )

    def deliveries(
        self, endpoint: Endpoint, *, limit: int, before: tuple[dt.datetime, str] | None
    ) -> list[Delivery]:
        """Return a page of the log, the latest first."""
        with self.webhooks.connect() as connection, reading(connection, self.company_id or None):
            return store.deliveries_of(
                connection, endpoint.endpoint_id, limit=min(limit, PAGE_MAX + 1), before=before
            )

    def attempts(self, endpoint: Endpoint, delivery_id: str) -> list[Attempt]:
        """Return every try of a delivery."""
        with self.webhooks.connect() as connection, reading(connection, self.company_id or None):
            return store.attempts_of(connection, endpoint.endpoint_id, delivery_id)

    def _events_since(self, event_types: Sequence[str]) -> dt.datetime | None:
        """Return from when orders' own events are sent: by the orders' clock from now on, if any is chosen."""
        return None if OWN_EVENTS.isdisjoint(event_types) else self.webhooks.order_clock()

    def _check(self, url: str, event_types: Sequence[str]) -> None:
        try:
            named = read_url(url, loopback_http=self.loopback_http)
        except TargetError as error:
            raise EndpointError(Refused.URL, error.fault.value) from None
        if named.is_https and _is_private_literal(named.host):
            raise EndpointError(Refused.URL, "forbidden_address")
        unknown = sorted(set(event_types) - OWN_EVENTS - set(EVENT_TYPES))
        if unknown:
            raise EndpointError(Refused.TYPE, unknown[0][:64])

    def _refuse_disabled(self, endpoint: Endpoint) -> None:
        if endpoint.disabled_at is not None:
            raise EndpointError(Refused.DISABLED, endpoint.endpoint_id)


def secret_text(secret: bytes) -> str:
    """Write a secret as receivers know it."""
    return SECRET_PREFIX + base64.b64encode(secret).decode()


def _is_private_literal(host: str) -> bool:
    """Names are looked up when something is sent; an address says at once what it is."""
    try:
        return not is_public(ipaddress.ip_address(host))
    except ValueError:
        return False
