"""Finding orders for a viewer: one whole, or a list in which what waits for the viewer comes first."""

from __future__ import annotations

import datetime as dt
import logging
import re
from collections.abc import Mapping, Sequence

import msgspec
import psycopg

from fairlot.application.queries.order_view import (
    NOTICES,
    ROLES_WAITED_FOR,
    OrderView,
    draft_waits_for,
    order_view,
    terms_shown,
)
from fairlot.application.queries.recorded import Recorded, present
from fairlot.application.queries.wall import reads_money
from fairlot.domain.contract.document import Contract
from fairlot.domain.order.clocks import Clock, Waits, clocks
from fairlot.domain.order.events import OrderDrafted, OrderEvent
from fairlot.domain.order.state import DisputeStatus, Status, open_dispute
from fairlot.domain.party import Actor, Role
from fairlot.domain.policy.model import Policy
from fairlot.store.files import DamagedFileError, FileStore, MissingFileError
from fairlot.store.order_reader import StoredEvent, due_heads, heads, stories
from fairlot.store.reach import reading

logger = logging.getLogger(__name__)

# Who reads as a company, and who reads for the platform.
COMPANY_ROLES = frozenset({Role.BUYER, Role.SUPPLIER, Role.AGENT})
PLATFORM_ROLES = frozenset({Role.OPERATOR, Role.MEDIATOR, Role.SUPERVISOR, Role.AUDITOR})

# When what no clock runs for is due, among what is.
LAST = dt.datetime.max.replace(tzinfo=dt.UTC)

SHA256 = re.compile(r"[0-9a-f]{64}")

_DECODER = msgspec.json.Decoder(OrderEvent)


class NotReadableError(PermissionError):
    """A role that reads no orders asked for one."""


class OrderRow(msgspec.Struct, frozen=True, kw_only=True):
    """One order in a list: where it stands now, and whose turn it is by when; a draft waits without a clock."""

    order_id: str
    status: Status
    dispute: DisputeStatus | None
    buyer_id: str
    supplier_id: str
    currency: str
    zone: str
    total_minor: int
    version_hash: str
    created_at: dt.datetime
    at: dt.datetime
    clock: Clock | None
    waits_for: Waits
    is_mine: bool


def company_of(viewer: Actor) -> str | None:
    """Return the company that a viewer reads as, or None for the platform. Raises NotReadableError."""
    if viewer.role in COMPANY_ROLES and viewer.company_id:
        return viewer.company_id
    if viewer.role in PLATFORM_ROLES:
        return None
    raise NotReadableError(f"the role {viewer.role} reads no orders")


def find_story(
    connection: psycopg.Connection, order_id: str, *, viewer: Actor
) -> tuple[Recorded, ...]:
    """Return an order's story, empty where there is none that the viewer may see."""
    with reading(connection, company_of(viewer)):
        found = stories(connection, [order_id])
    return tuple(recorded(stored) for stored in found.get(order_id, ()))


def find_order(
    connection: psycopg.Connection,
    order_id: str,
    *,
    policies: Mapping[str, Policy],
    now: dt.datetime,
    viewer: Actor,
) -> OrderView | None:
    """Return an order as a viewer sees it at `now`, or None where there is none that it may see.

    Never before what is recorded already: time does not run backwards within an order.
    """
    story = find_story(connection, order_id, viewer=viewer)
    if not story:
        return None
    policy = policy_of(story, policies)
    return order_view(order_id, story, policy=policy, now=latest(now, story), viewer=viewer)


def find_orders(
    connection: psycopg.Connection,
    *,
    policies: Mapping[str, Policy],
    now: dt.datetime,
    viewer: Actor,
    limit: int,
    offset: int = 0,
    order_id_like: str = "",
) -> tuple[OrderRow, ...]:
    """Return a page of orders, the newest first, with those that wait for the viewer before all others."""
    with reading(connection, company_of(viewer)):
        page = heads(connection, limit=limit, offset=offset, order_id_like=order_id_like)
        told = stories(connection, [head.order_id for head in page])
    rows = [
        order_row(
            head.order_id,
            tuple(recorded(stored) for stored in told[head.order_id]),
            created_at=head.created_at,
            policies=policies,
            now=now,
            viewer=viewer,
        )
        for head in page
    ]
    return due_first(rows)


def due_first(rows: Sequence[OrderRow]) -> tuple[OrderRow, ...]:
    """Return a page of orders with those that wait for the viewer before all others, the most urgent first and drafts last."""
    mine = sorted((row for row in rows if row.is_mine), key=_due_at)
    return (*mine, *(row for row in rows if not row.is_mine))


def find_due(
    connection: psycopg.Connection, *, until: dt.datetime, limit: int
) -> Sequence[tuple[str, dt.datetime]]:
    """Return which orders have a deadline by an instant, for the platform."""
    with reading(connection, None):
        return due_heads(connection, until=until, limit=limit)


def find_contract(files: FileStore, version_hash: str) -> Contract | None:
    """Return the document of a contract version, or None where it is not kept here, or not as it was agreed."""
    if not SHA256.fullmatch(version_hash):
        return None
    try:
        document = files.read_whole(bytes.fromhex(version_hash))
    except MissingFileError:
        return None
    except DamagedFileError:
        logger.exception("The document of version %s cannot be shown", version_hash)
        return None
    return msgspec.json.decode(document, type=Contract)


def policy_of(story: Sequence[Recorded], policies: Mapping[str, Policy]) -> Policy:
    """Return the edition that an order keeps for life, as its first event names it. Raises KeyError."""
    first = story[0].event
    assert isinstance(first, OrderDrafted), "every order begins with its draft"
    return policies[first.policy_id]


def latest(now: dt.datetime, story: Sequence[Recorded]) -> dt.datetime:
    """Return `now`, or the instant of the latest record where that is later."""
    at = story[-1].recorded_at
    return now if at is None else max(now, at)


def recorded(stored: StoredEvent) -> Recorded:
    """Return a stored event as the read side passes it on."""
    return Recorded(
        event=_DECODER.decode(stored.payload),
        actor=stored.actor,
        seq=stored.seq,
        recorded_at=stored.recorded_at,
        command_id=stored.command_id,
        hash=stored.hash,
    )


def order_row(
    order_id: str,
    story: tuple[Recorded, ...],
    *,
    created_at: dt.datetime,
    policies: Mapping[str, Policy],
    now: dt.datetime,
    viewer: Actor,
) -> OrderRow:
    """Return one order as a list shows it to a viewer."""
    policy = policy_of(story, policies)
    now = latest(now, story)
    order = present(story, now=now, policy=policy).order
    terms = terms_shown(order)
    priced = terms if reads_money(viewer.role) else None
    dispute = open_dispute(order)
    running = [clock for clock in clocks(order, policy) if clock.kind not in NOTICES]
    clock = running[0] if running else None
    waits_for = draft_waits_for(order) if clock is None else clock.waits_for
    return OrderRow(
        order_id=order_id,
        status=order.status,
        dispute=None if dispute is None else dispute.status,
        buyer_id=order.buyer_id,
        supplier_id=order.supplier_id,
        currency="" if priced is None else priced.currency,
        zone="UTC" if terms is None else terms.zone,
        total_minor=0 if priced is None else priced.total_minor,
        version_hash="" if terms is None else terms.version_hash,
        created_at=created_at,
        at=now,
        clock=clock,
        waits_for=waits_for,
        is_mine=viewer.role in ROLES_WAITED_FOR[waits_for],
    )


def _due_at(row: OrderRow) -> dt.datetime:
    return LAST if row.clock is None else row.clock.due_at
