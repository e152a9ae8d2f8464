"""Walls of the API: row security and the application each alone keep strangers out, and what is taken away is gone at once."""

from __future__ import annotations

import datetime as dt
import functools

import pytest

from fairlot.application.access import Identity
from fairlot.application.identity import identity_of_key
from fairlot.application.queries import seen
from fairlot.clock import system_clock
from fairlot.domain.order.state import Order
from fairlot.domain.party import Actor, Role
from fairlot.interfaces.api import acts, auth, limits
from fairlot.store.people.models import ApiKey, Membership, Person
from tests.support.api import Speaker, member
from tests.support.api_matrix import letter, routes, send
from tests.support.api_trades import Fair
from tests.support.postgres import Database


@pytest.fixture(autouse=True)
def _without_rates(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "rates", limits.Rates(burst=10**9, per_second=1))


def _let_everybody_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """Switch the application's own checks off."""

    def capacities(identity: Identity, _: Order) -> tuple[Actor, ...]:
        company_id = identity.memberships[0].company_id if identity.memberships else ""
        return (Actor(role=Role.BUYER, company_id=company_id, person_id=identity.person_id),)

    monkeypatch.setattr(seen, "capacities", capacities)
    monkeypatch.setattr(seen, "may_read", lambda *_: True)
    monkeypatch.setattr(acts, "may", lambda *_: None)


def _drop_row_security(database: Database) -> None:
    tables = ("head", "event", "posting", "message", "file", "lift")
    with database.as_owner() as owner:
        for table in tables:
            owner.execute(f"ALTER TABLE order_{table} DISABLE ROW LEVEL SECURITY")


def _orders(fair: Fair) -> dict[str, str]:
    """Return an order at each of some states, in which something was said."""
    orders = {state: fair.at(state) for state in ("proposed", "paid")}
    for order_id in orders.values():
        fair.buyer.post(f"/orders/{order_id}/messages", {"body": "secret"}).ok()
    return orders


def _leaks(orders: dict[str, str], stranger: Speaker) -> list[str]:
    """Return the routes by which a stranger gets at an order."""
    names = {"number": "1", "key": "k"}
    found = []
    for state, order_id in orders.items():
        found += [
            f"{route.name} {state}"
            for route in routes()
            if route.is_of_order
            and letter(send(route, stranger, order_id=order_id, names=names)) != "A"
        ]
        listed = stranger.get("/orders")
        if listed.status == 200 and order_id in listed.body.decode():
            found.append(f"list {state}")
    return found


def test_a2_row_security_alone_leaks_nothing(fair: Fair, monkeypatch: pytest.MonkeyPatch) -> None:
    orders, stranger = _orders(fair), member("com_stranger")
    _let_everybody_in(monkeypatch)
    assert _leaks(orders, stranger) == []


def test_a2_application_alone_leaks_nothing(fair: Fair, django_database: Database) -> None:
    orders, stranger = _orders(fair), member("com_stranger")
    _drop_row_security(django_database)
    assert _leaks(orders, stranger) == []


def test_a2_without_either_wall_there_would_be_leaks(
    fair: Fair, django_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    orders, stranger = _orders(fair), member("com_stranger")
    _drop_row_security(django_database)
    _let_everybody_in(monkeypatch)
    leaks = _leaks(orders, stranger)
    assert {"one_order paid", "messages_of_order paid", "list paid"} <= set(leaks)


def _rights_kept(fair: Fair) -> list[str]:
    """Take rights away in every way there is, and return those after which the very next request still went through."""
    order_id = fair.begin()
    path = f"/orders/{order_id}"
    kept = []

    def lost(name: str, speaker: Speaker, expected: int) -> None:
        if speaker.get(path).status != expected:
            kept.append(name)

    by_key = member(fair.buyer_id, person_id="per_by_key")
    by_key.get(path).ok()
    ApiKey.objects.filter(created_by_id="per_by_key").update(revoked_at=_now())
    lost("key revoked", by_key, 401)

    locked = member(fair.buyer_id, person_id="per_to_lock")
    locked.get(path).ok()
    Person.objects.filter(id="per_to_lock").update(is_active=False)
    lost("person locked", locked, 401)

    narrowed = member(fair.buyer_id, person_id="per_to_narrow")
    narrowed.get(path).ok()
    Membership.objects.filter(person_id="per_to_narrow").update(rights=["draft"])
    lost("right taken", narrowed, 403)

    removed = member(fair.buyer_id, person_id="per_to_remove")
    removed.get(path).ok()
    Membership.objects.filter(person_id="per_to_remove").delete()
    lost("member removed", removed, 404)

    agent = member("com_agent")
    fair.buyer.command(order_id, "GrantMandate", agent_id="com_agent", rights=["follow"]).ok()
    agent.get(path).ok()
    fair.buyer.command(order_id, "RevokeMandate", agent_id="com_agent").ok()
    lost("mandate revoked", agent, 404)
    return kept


def _now() -> dt.datetime:
    return system_clock()


def test_a6_what_was_taken_away_is_gone_at_the_next_request(fair: Fair) -> None:
    assert _rights_kept(fair) == []


def test_a6_identity_that_is_remembered_would_be_seen(
    fair: Fair, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = identity_of_key
    by_secret = functools.cache(lambda secret: honest(secret, _now()))
    monkeypatch.setattr(auth, "identity_of_key", lambda secret, _: by_secret(secret))
    kept = _rights_kept(fair)
    assert {"key revoked", "person locked", "right taken", "member removed"} <= set(kept)
