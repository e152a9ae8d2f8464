"""A list of orders for somebody known by their accounts: page by page through row security, with who is waited for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

import msgspec
import psycopg

from fairlot.application.access import Identity, Read
from fairlot.application.queries.order_view import (
    NOTICES,
    ROLES_WAITED_FOR,
    draft_waits_for,
    terms_shown,
)
from fairlot.application.queries.seen import SeenOrder, reader_of, see_orders
from fairlot.application.queries.wall import reads_money
from fairlot.domain.order.clocks import Clock, clocks
from fairlot.domain.order.state import DisputeStatus, Status, open_dispute
from fairlot.domain.party import Role
from fairlot.domain.policy.model import Policy
from fairlot.store.order_list import ListPlace, heads_after
from fairlot.store.reach import reading

# Orders looked at for one page where few of them match; the page is short then and says where to go on.
LOOKED_AT_MAX = 200
CHUNK = 50


class ListFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which orders are asked for; what is not named does not narrow."""

    role: Role | None = None
    status: Status | None = None
    needs_me: bool = False


class ListRow(msgspec.Struct, frozen=True, kw_only=True):
    """One order of a list, for the capacity in which it is looked at."""

    order_id: str
    role: Role
    status: Status
    dispute: DisputeStatus | None
    buyer_id: str
    supplier_id: str
    currency: str
    total_minor: int
    created_at: dt.datetime
    version: int
    clock: Clock | None
    needs_me: bool


class ListPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page of a list; `after` is where the next one begins, none after the last."""

    rows: tuple[ListRow, ...]
    after: ListPlace | None


def list_orders(
    connection: psycopg.Connection,
    *,
    identity: Identity,
    company_id: str | None,
    wanted: ListFilter,
    after: ListPlace | None,
    limit: int,
    policies: Mapping[str, Policy],
    now: dt.datetime,
) -> ListPage:
    """Return a page of the orders of one of somebody's companies, or of the platform where `company_id` is None."""
    rows: list[ListRow] = []
    looked_at = 0
    chunk = LOOKED_AT_MAX if wanted.needs_me else max(limit, 1)
    chunk = min(chunk, CHUNK)
    while looked_at < LOOKED_AT_MAX:
        with reading(connection, company_id):
            heads = heads_after(
                connection,
                after=after,
                statuses=[] if wanted.status is None else [wanted.status.value],
                buyer_id=_narrowed(Role.BUYER, wanted, company_id),
                supplier_id=_narrowed(Role.SUPPLIER, wanted, company_id),
                only_waiting=wanted.needs_me,
                limit=chunk,
            )
        ids = [head.order_id for head in heads]
        seen = see_orders(connection, ids, identity=identity, policies=policies)
        for head in heads:
            looked_at += 1
            after = head.place
            if head.order_id in seen:
                rows += _row(
                    seen[head.order_id],
                    identity=identity,
                    company_id=company_id,
                    wanted=wanted,
                    created_at=head.created_at,
                    now=now,
                )
            if len(rows) == limit:
                return ListPage(rows=tuple(rows), after=after)
        if len(heads) < chunk:
            return ListPage(rows=tuple(rows), after=None)
    return ListPage(rows=tuple(rows), after=after)


def _narrowed(role: Role, wanted: ListFilter, company_id: str | None) -> str:
    return company_id or "" if wanted.role is role else ""


def _row(
    seen: SeenOrder,
    *,
    identity: Identity,
    company_id: str | None,
    wanted: ListFilter,
    created_at: dt.datetime,
    now: dt.datetime,
) -> Iterator[ListRow]:
    own = tuple(actor for actor in seen.actors if actor.company_id == (company_id or ""))
    narrowed = msgspec.structs.replace(seen, actors=own)
    actor = reader_of(identity, narrowed, Read.ORDER, role=wanted.role)
    if actor is None:
        return
    _, standing = seen.at(now)
    order = standing.order
    terms = terms_shown(order)
    priced = terms if reads_money(actor.role) else None
    dispute = open_dispute(order)
    running = [clock for clock in clocks(order, seen.policy) if clock.kind not in NOTICES]
    clock = running[0] if running else None
    waits_for = draft_waits_for(order) if clock is None else clock.waits_for
    needs_me = actor.role in ROLES_WAITED_FOR[waits_for]
    if wanted.needs_me and not needs_me:
        return
    yield ListRow(
        order_id=seen.order_id,
        role=actor.role,
        status=order.status,
        dispute=None if dispute is None else dispute.status,
        buyer_id=order.buyer_id,
        supplier_id=order.supplier_id,
        currency="" if priced is None else priced.currency,
        total_minor=0 if priced is None else priced.total_minor,
        created_at=created_at,
        version=seen.version,
        clock=clock,
        needs_me=needs_me,
    )
