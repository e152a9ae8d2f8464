"""One order as somebody known by their accounts may see it: found through row security first, then asked of the table of rights.

Both walls stand alone: a company's reading returns only its own orders, and whoever has no capacity for an order that
was returned all the same is answered as if it were not there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

import msgspec
import psycopg

from fairlot.application.access import Identity, Read, capacities, may_read
from fairlot.application.queries.orders import latest, policy_of, recorded
from fairlot.application.queries.recorded import Present, Recorded, present
from fairlot.domain.order.evolve import fold
from fairlot.domain.order.state import Order
from fairlot.domain.party import Actor, Role
from fairlot.domain.policy.model import Policy
from fairlot.store.order_reader import stories
from fairlot.store.reach import reading


class SeenOrder(msgspec.Struct, frozen=True, kw_only=True):
    """An order as it is recorded, its story and edition, and every capacity that whoever looks has for it."""

    order_id: str
    story: tuple[Recorded, ...]
    order: Order
    policy: Policy
    actors: tuple[Actor, ...]

    @property
    def version(self) -> int:
        """Return the number of the latest event."""
        return self.story[-1].seq

    def at(self, now: dt.datetime) -> tuple[dt.datetime, Present]:
        """Return the order at an instant, but never before what is recorded already."""
        moment = latest(now, self.story)
        return moment, present(self.story, now=moment, policy=self.policy)


def see_orders(
    connection: psycopg.Connection,
    order_ids: Sequence[str],
    *,
    identity: Identity,
    policies: Mapping[str, Policy],
) -> dict[str, SeenOrder]:
    """Return those orders that somebody has any capacity for; what is foreign and what is absent are both left out."""
    seen: dict[str, SeenOrder] = {}
    for company_id in readings_of(identity):
        missing = [order_id for order_id in order_ids if order_id not in seen]
        if not missing:
            break
        with reading(connection, company_id):
            found = stories(connection, missing)
        for order_id, stored in found.items():
            story = tuple(recorded(one) for one in stored)
            order = fold(one.event for one in story)
            actors = capacities(identity, order)
            if actors:
                seen[order_id] = SeenOrder(
                    order_id=order_id,
                    story=story,
                    order=order,
                    policy=policy_of(story, policies),
                    actors=actors,
                )
    return seen


def readings_of(identity: Identity) -> Iterator[str | None]:
    """Yield as what somebody may read: each of their companies, then, for staff alone, the platform."""
    for member in identity.memberships:
        yield member.company_id
    if identity.staff_roles:
        yield None


def reader_of(
    identity: Identity, seen: SeenOrder, read: Read, *, role: Role | None = None
) -> Actor | None:
    """Return the capacity in which somebody may look at a part of an order, the named role's or the first that may."""
    for actor in seen.actors:
        if (role is None or actor.role is role) and may_read(identity, actor, read, seen.order):
            return actor
    return None
