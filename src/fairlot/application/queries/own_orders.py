"""Orders as one identity may see them: by the rights of now, and read through row security wherever a company reads.

Somebody stands at one place at a time: a company, the platform, or the cases that a mediator hears. What is not theirs
is answered like what is not there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

import msgspec
import psycopg

from fairlot.application.access import (
    PLATFORM,
    Identity,
    MemberRight,
    Read,
    capacities,
    may_read,
)
from fairlot.application.queries.order_view import OrderView, order_view
from fairlot.application.queries.orders import (
    OrderRow,
    due_first,
    latest,
    order_row,
    policy_of,
    recorded,
)
from fairlot.application.queries.recorded import Recorded, present
from fairlot.application.queries.wall import behind_wall
from fairlot.domain.order.state import Order
from fairlot.domain.party import Actor, Role
from fairlot.domain.policy.model import Policy
from fairlot.store.order_reader import StoredEvent, due_heads, heads, stories
from fairlot.store.reach import reading

# How many orders with the nearest deadlines are looked at for those that wait for the viewer, and how far ahead.
WAITING_LOOKED_AT_MAX = 100
AHEAD = dt.timedelta(days=3_650)


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where somebody stands when looking: `reads_as` is what row security is told, None for the platform."""

    name: str
    reads_as: str | None


class OwnOrders(msgspec.Struct, frozen=True, kw_only=True):
    """A page of orders, the newest first; the first page lifts out those that wait for the viewer, the most urgent first."""

    waiting: tuple[OrderRow, ...]
    rows: tuple[OrderRow, ...]
    has_older: bool


PLATFORM_PLACE = Place(name="platform", reads_as=None)
CASES = "cases"


def places_of(identity: Identity) -> tuple[Place, ...]:
    """Return everywhere that somebody can look from: the platform first, then companies, then cases."""
    found = [PLATFORM_PLACE] if identity.staff_roles & PLATFORM else []
    found += [
        Place(name=member.company_id, reads_as=member.company_id)
        for member in identity.memberships
        if MemberRight.FOLLOW in member.rights
    ]
    if Role.MEDIATOR in identity.staff_roles:
        found.append(Place(name=CASES, reads_as=identity.person_id))
    return tuple(found)


def actors_at(identity: Identity, place: Place, order: Order) -> tuple[Actor, ...]:
    """Return what somebody is for an order at a place, and may read it as."""
    return tuple(
        actor
        for actor in capacities(identity, order)
        if _stands_at(actor, place) and may_read(identity, actor, Read.ORDER, order)
    )


def find_own_order(
    connection: psycopg.Connection,
    order_id: str,
    *,
    policies: Mapping[str, Policy],
    now: dt.datetime,
    identity: Identity,
    asked_role: Role | None = None,
) -> tuple[OrderView, tuple[Actor, ...]] | None:
    """Return an order as its viewer's first capacity sees it, or as the asked one, with all that the viewer has.

    None where there is no such order, and where it is not the viewer's to see.
    """
    for place in places_of(identity):
        with reading(connection, place.reads_as):
            stored = stories(connection, [order_id]).get(order_id, ())
        story = tuple(recorded(each) for each in stored)
        if not story:
            continue
        policy = policy_of(story, policies)
        at = latest(now, story)
        order = present(story, now=at, policy=policy).order
        actors = actors_at(identity, place, order)
        if actors:
            viewer = next((a for a in actors if a.role is asked_role), actors[0])
            view = order_view(order_id, story, policy=policy, now=at, viewer=viewer)
            return behind_wall(view), actors
    return None


def find_own_orders(
    connection: psycopg.Connection,
    *,
    policies: Mapping[str, Policy],
    now: dt.datetime,
    identity: Identity,
    place: Place,
    limit: int,
    offset: int = 0,
    order_id_like: str = "",
) -> OwnOrders:
    """Return a page of orders at a place. Before the first, those that wait for the viewer are looked for.

    They are looked for among the orders with the nearest deadlines, however old they are; not where a part of the id is
    asked for.
    """
    assert place in places_of(identity), "nobody looks from where they do not stand"
    with reading(connection, place.reads_as):
        page = heads(connection, limit=limit + 1, offset=offset, order_id_like=order_id_like)
        has_older = len(page) > limit
        listed = [head.order_id for head in page[:limit]]
        due: list[str] = []
        if not offset and not order_id_like:
            nearest = due_heads(connection, until=now + AHEAD, limit=WAITING_LOOKED_AT_MAX)
            due = [order_id for order_id, _ in nearest]
        told = stories(connection, list(dict.fromkeys([*listed, *due])))
    rows = {
        order_id: row
        for order_id, stored in told.items()
        for row in _row(identity, place, order_id, stored, policies=policies, now=now)
    }
    lifted = [rows[order_id] for order_id in due if order_id in rows and rows[order_id].is_mine]
    waiting = due_first(lifted)
    taken = {row.order_id for row in waiting}
    return OwnOrders(
        waiting=waiting,
        rows=tuple(rows[key] for key in listed if key in rows and key not in taken),
        has_older=has_older,
    )


def _row(
    identity: Identity,
    place: Place,
    order_id: str,
    stored: Sequence[StoredEvent],
    *,
    policies: Mapping[str, Policy],
    now: dt.datetime,
) -> Iterator[OrderRow]:
    """Give the order as one line, unless it is nothing to this identity here."""
    story = tuple(recorded(each) for each in stored)
    actors = _actors(identity, place, story, policies, now)
    if actors:
        yield order_row(
            order_id,
            story,
            created_at=stored[0].recorded_at,
            policies=policies,
            now=now,
            viewer=actors[0],
        )


def _actors(
    identity: Identity,
    place: Place,
    story: Sequence[Recorded],
    policies: Mapping[str, Policy],
    now: dt.datetime,
) -> tuple[Actor, ...]:
    order = present(story, now=latest(now, story), policy=policy_of(story, policies)).order
    return actors_at(identity, place, order)


def _stands_at(actor: Actor, place: Place) -> bool:
    if place.reads_as is None:
        return actor.role in PLATFORM
    if place.name == CASES:
        return actor.role is Role.MEDIATOR
    return actor.company_id == place.reads_as
