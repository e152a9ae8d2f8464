"""Walls of the API: row security and the application each alone keep strangers out, and what is taken away is gone at once."""

from __future__ import annotations

import datetime as dt
import functools
from typing import Any

import psycopg
import pytest
from django.http import HttpRequest
from psycopg import sql

from fairlot.application import asking
from fairlot.application.access import Identity
from fairlot.application.keys import keyed_id
from fairlot.application.people.identity import identity_of_key
from fairlot.application.queries import seen
from fairlot.application.supplier.suppliers import prepared_account
from fairlot.clock import system_clock
from fairlot.domain.order.state import Order
from fairlot.domain.party import Actor, Role
from fairlot.interfaces.api import acts, auth, enrolment, limits, payouts, suppliers
from fairlot.store.people.models import ApiKey, Membership, Person
from fairlot.store.telling import webhooks as webhook_store
from fairlot.store.telling.webhooks import Endpoint
from fairlot.writing_room import writing_room
from tests.support.api import Answer, Speaker, member
from tests.support.api_matrix import ABSENT, REPORTED, Route, letter, routes, send
from tests.support.api_trades import Fair
from tests.support.postgres import Database


@pytest.fixture(autouse=True)
def _without_rates(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "rates", limits.Rates(burst=10**9, per_second=1))


WORD = "orchard-of-the-buyer"
KEY = "walls"
READING = frozenset({"GET"})
EVERY_METHOD = frozenset({"GET", "POST", "PUT"})
# What is planted in every room, and nobody but its parties may get to see.
CANARY = "a secret between the two"
DOCUMENT = b"%PDF-1.7 " + CANARY.encode()
# The tables that row security binds for readers, all of them; the catalogue is asked.
BOUND = """
SELECT relname FROM pg_class JOIN pg_roles ON rolname = 'fairlot_reader'
WHERE relkind = 'r' AND relrowsecurity AND relnamespace = 'public'::regnamespace
  AND (has_table_privilege(pg_roles.oid, pg_class.oid, 'SELECT')
    OR has_any_column_privilege(pg_roles.oid, pg_class.oid, 'SELECT'))
"""


class Rooms:
    """Something of two companies' in every room: orders, conversation, files, endpoints, documents, reports, goods, keys."""

    def __init__(self, fair: Fair) -> None:
        self.orders = {state: fair.at(state) for state in ("proposed", "paid")}
        for order_id in self.orders.values():
            path = f"/orders/{order_id}"
            fair.buyer.post(f"{path}/messages", {"body": CANARY}).ok()
            given = {"content_type": "application/pdf"}
            fair.supplier.post(f"{path}/files?name=a.pdf", DOCUMENT, **given).ok()
        endpoint = fair.buyer.post("/webhooks", {"url": f"https://{WORD}.example/"}).ok()
        endpoint_id = endpoint["endpoint"]["endpoint_id"]
        ping = fair.buyer.post(f"/webhooks/{endpoint_id}/ping").ok()
        supplier = f"/suppliers/{fair.supplier_id}"
        document = fair.supplier.ask(
            "PUT",
            f"{supplier}/documents?kind=business_license",
            DOCUMENT,
            content_type="application/pdf",
        ).ok()
        reported = {"kind": REPORTED, "note": CANARY}
        report = fair.buyer.ask("PUT", f"/orders/{self.orders['paid']}/reports", reported).ok()
        fair.buyer.command(self.orders["paid"], "RequestProductionUpdate").ok()
        asked = {"type": "RequestProductionUpdate"}
        fair.buyer.post(f"/orders/{self.orders['paid']}/commands", asked, key=KEY).ok()
        self.names = {
            "number": "1",
            "name": "apparel",
            "key": KEY,
            "supplier_id": fair.supplier_id,
            "product_id": "prd_1",
            "endpoint_id": endpoint_id,
            "delivery_id": ping["delivery_id"],
            "content_hash": document["content_hash"],
            "report_id": report["report_id"],
        }
        desk = writing_room().desk
        account = prepared_account(fair.supplier_id, "USD", key="walls", desk=desk)
        assert account in fair.supplier.get(f"{supplier}/payouts").body.decode()
        # What tells of these rooms wherever it stands in an answer to somebody else.
        self.tells = (
            *(CANARY, WORD, ping["delivery_id"], document["content_hash"], report["report_id"]),
            account,
            *self.orders.values(),
        )

    def leaks(self, stranger: Speaker, *, methods: frozenset[str] = EVERY_METHOD) -> list[str]:
        """Return the routes by which a stranger gets at any of it, or gets anything done to it."""
        found = []
        for route in routes():
            if route.is_of_order:
                for state, order_id in self.orders.items():
                    answer = send(route, stranger, order_id=order_id, names=self.names)
                    if letter(answer) != "A":
                        found.append(f"{route.name} {state}")
            elif route.method in methods:
                answer = send(route, stranger, order_id=ABSENT, names=self.names)
                if self._tells(answer) or (is_private(route) and letter(answer) not in {"A", "D"}):
                    found.append(route.name)
        outcomes = stranger.post("/commands", self._batch()).ok()["outcomes"]
        if {(one["state"], one["code"]) for one in outcomes} != {("refused", "unknown_order")}:
            found.append("a batch")
        return found

    def _tells(self, answer: Answer) -> bool:
        body = answer.body.decode("utf-8", "replace")
        return any(word in body for word in self.tells) or '"state":"done"' in body

    def _batch(self) -> dict[str, Any]:
        command = {"type": "RequestProductionUpdate"}
        return {
            "commands": [
                {"order_id": order_id, "key": f"b{place}", "command": command}
                for place, order_id in enumerate(self.orders.values())
            ]
        }


def is_private(route: Route) -> bool:
    """Say whether an address names something that is one company's alone."""
    return any(name in route.path for name in ("{endpoint_id}", "{report_id}", "{content_hash}"))


def _let_everybody_in(monkeypatch: pytest.MonkeyPatch, rooms: Rooms, fair: Fair) -> None:
    """Switch the application's own checks off, in every room; who asks, and as whom row security is read, stays true."""

    def capacities(identity: Identity, _: Order) -> tuple[Actor, ...]:
        company_id = identity.memberships[0].company_id if identity.memberships else ""
        return (Actor(role=Role.BUYER, company_id=company_id, person_id=identity.person_id),)

    def anybody(request: HttpRequest, *_: object) -> str:
        return auth.caller_of(request).identity.person_id

    def any_endpoint(
        connection: psycopg.Connection, endpoint_id: str, *, company_id: str
    ) -> Endpoint | None:
        del company_id
        row = connection.execute(
            "SELECT company_id FROM webhook_endpoint WHERE endpoint_id = %s", [endpoint_id]
        ).fetchone()
        if row is None:
            return None
        return find_endpoint(connection, endpoint_id, company_id=row[0])

    def all_endpoints(connection: psycopg.Connection, company_id: str) -> list[Endpoint]:
        found = connection.execute("SELECT endpoint_id FROM webhook_endpoint").fetchall()
        each = (any_endpoint(connection, one, company_id=company_id) for (one,) in found)
        return [one for one in each if one is not None]

    find_endpoint = webhook_store.find_endpoint
    monkeypatch.setattr(seen, "capacities", capacities)
    monkeypatch.setattr(seen, "may_read", lambda *_: True)
    monkeypatch.setattr(asking, "may", lambda *_: None)
    monkeypatch.setattr(acts, "keyed_id", lambda _, key: keyed_id(fair.buyer_id, key))
    monkeypatch.setattr(enrolment, "_may_read", lambda *_: True)
    for name in ("_member_or_operator", "member_for", "operator_of"):
        monkeypatch.setattr(enrolment, name, anybody)
    monkeypatch.setattr(suppliers, "member_for", anybody)
    monkeypatch.setattr(payouts, "rights_in", lambda *_: payouts.OF_ACCOUNTS)
    monkeypatch.setattr(payouts, "reads_platform", lambda _: True)
    monkeypatch.setattr(webhook_store, "find_endpoint", any_endpoint)
    monkeypatch.setattr(webhook_store, "endpoints_of", all_endpoints)


def _drop_row_security(database: Database) -> None:
    with database.as_owner() as owner:
        tables = [name for (name,) in owner.execute(BOUND)]
        assert {"order_head", "webhook_delivery", "supplier_report"} <= set(tables)
        for table in tables:
            owner.execute(
                sql.SQL("ALTER TABLE {} DISABLE ROW LEVEL SECURITY").format(sql.Identifier(table))
            )


def test_a2_row_security_alone_leaks_nothing(fair: Fair, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is read. Writing is the application's: its role is bound by grants, not by rows (docs/decisions/0019)."""
    rooms, stranger = Rooms(fair), member("com_stranger")
    _let_everybody_in(monkeypatch, rooms, fair)
    assert rooms.leaks(stranger, methods=READING) == []


def test_a2_application_alone_leaks_nothing(fair: Fair, django_database: Database) -> None:
    rooms, stranger = Rooms(fair), member("com_stranger")
    _drop_row_security(django_database)
    assert rooms.leaks(stranger) == []


def test_a2_without_either_wall_there_would_be_leaks_in_every_room(
    fair: Fair, django_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The planted fault: each room's secret is found where nothing keeps it, so the two tests above looked there."""
    rooms, stranger = Rooms(fair), member("com_stranger")
    _drop_row_security(django_database)
    _let_everybody_in(monkeypatch, rooms, fair)
    leaks = set(rooms.leaks(stranger, methods=READING))
    assert {"one_order paid", "messages_of_order paid", "one_file paid", "list_of_orders"} <= leaks
    assert {"webhook_deliveries", "webhook_attempts", "list_of_webhooks"} <= leaks
    assert {"list_documents", "read_document", "list_reports", "list_open_reports"} <= leaks
    assert {"list_payouts", "list_own_payouts", "outcome_of_key", "a batch"} <= leaks


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
