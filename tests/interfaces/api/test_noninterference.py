"""A3: whatever others do among themselves, what somebody else is answered, shown, sent and numbered is equal to the byte.

Paired worlds differ in one secret (tests/support/paired_worlds). What this can show: that none of these secrets reaches
any of these onlookers by status, header, body, list, count, order, id, notification, delivery or mail. What it cannot:
secrets that nobody listed, time (`test_equal_work` looks at work done instead), and the moments that only a clock tells.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from fairlot.application.telling import notifying
from fairlot.domain.party import Role
from fairlot.interfaces.api import limits
from fairlot.providers.wire.sample_statement import SampleEntry
from fairlot.store.people.models import Person
from fairlot.store.server import embedded
from fairlot.store.telling import notifications
from fairlot.writing_room import close_writing_rooms
from tests.support.api import company, key_of, member, person, staff
from tests.support.api_matrix import REPORTED
from tests.support.api_trades import Fair, document
from tests.support.paired_worlds import (
    PDF,
    Scene,
    View,
    set_scene,
    standing_clock,
    world,
)
from tests.support.postgres import Database, django_pointed_at
from tests.support.statements import DAY, build_statement

EVERYBODY = ("buyer", "supplier", "inspector", "stranger")
PAIRS_MIN = 2_000

Secret = Callable[[Scene], object]


def _other_trade(buyer_id: str, supplier_id: str) -> dict[str, Any]:
    contract = document()
    contract["buyer"]["company_id"] = buyer_id
    contract["supplier"]["company_id"] = supplier_id
    return {"contract": contract, "buyer_country": "US"}


def trade_of_others(_: Scene) -> None:
    one, other = member("com_one"), member("com_other")
    order = one.post("/orders", _other_trade("com_one", "com_other")).ok()
    path = f"/orders/{order['order_id']}"
    one.post(f"{path}/messages", {"body": "secret"}).ok()
    other.post(f"{path}/files?name=secret.pdf", PDF, content_type="application/pdf").ok()
    version = one.get(path).ok()["version_hash"]
    other.command(order["order_id"], "AcceptVersion", version_hash=version)


def buyer_asks_another_supplier(scene: Scene) -> None:
    fair = scene.fair
    member("com_rival")
    order = fair.buyer.post("/orders", _other_trade(fair.buyer_id, "com_rival")).ok()
    fair.buyer.post(f"/orders/{order['order_id']}/messages", {"body": "cheaper?"}).ok()


def buyer_listens_elsewhere(scene: Scene) -> None:
    made = scene.fair.buyer.post("/webhooks", {"url": "https://buyer.example/secret"}).ok()
    path = f"/webhooks/{made['endpoint']['endpoint_id']}"
    scene.fair.buyer.post(f"{path}/rotate").ok()
    scene.fair.buyer.post(f"{path}/ping").ok()


def buyer_reports_supplier(scene: Scene) -> None:
    body = {"kind": REPORTED, "note": "asked for cash"}
    scene.fair.buyer.ask("PUT", f"/orders/{scene.order_id}/reports", body).ok()


def buyer_tries_what_is_refused(scene: Scene) -> None:
    refused = scene.fair.buyer.post(
        f"/orders/{scene.order_id}/commands", {"type": "ConfirmReceipt"}, key="secret"
    )
    assert refused.status == 409


def buyer_speaks(scene: Scene) -> None:
    body = {"body": "between us"}
    scene.fair.buyer.post(f"/orders/{scene.order_id}/messages", body).ok()


def supplier_gives_in_a_document(scene: Scene) -> None:
    path = f"/suppliers/{scene.fair.supplier_id}/documents?kind=business_license"
    scene.fair.supplier.ask("PUT", path, PDF, content_type="application/pdf").ok()


def another_company_takes_people_in(_: Scene) -> None:
    of = company("com_third")
    key_of(person("per_third"), company=of, rights=["follow"])
    member("com_third", person_id="per_fourth")
    staff(Role.MEDIATOR, person_id="per_other_mediator")


def buyers_person_is_renamed(scene: Scene) -> None:
    me = scene.fair.buyer.get("/me").ok()["person_id"]
    Person.objects.filter(id=me).update(name="Secret", zone="Asia/Shanghai", language="zh-hans")


def buyer_reads_and_wishes(scene: Scene) -> None:
    told = scene.fair.buyer.get("/notifications").ok()["notifications"]
    ids = [one["notification_id"] for one in told]
    scene.fair.buyer.post("/notifications/read", {"notification_ids": ids}).ok()
    scene.fair.buyer.post("/notifications/mail", {"digest": True}).ok()


def money_comes_that_names_nothing(scene: Scene) -> None:
    entry = SampleEntry(
        amount_minor=12_345, booked_date=DAY, bank_reference="secret", remittance_text="?"
    )
    scene.fair.operator.post(
        "/bank/statements", build_statement(entry), content_type="application/xml"
    ).ok()


def another_supplier_joins(_: Scene) -> None:
    other = member("com_shade")
    path = "/suppliers/com_shade"
    conditions = other.get("/enrolment/conditions").ok()["conditions_hash"]
    other.ask("PUT", f"{path}/conditions", {"conditions_hash": conditions}).ok()
    given = f"{path}/documents?kind=business_license"
    other.ask("PUT", given, PDF, content_type="application/pdf").ok()


# What is done, and who of all that look on may notice none of it.
SECRETS: dict[Secret, tuple[str, ...]] = {
    trade_of_others: EVERYBODY,
    buyer_asks_another_supplier: ("supplier", "inspector", "stranger"),
    buyer_listens_elsewhere: ("supplier", "inspector", "stranger"),
    buyer_reports_supplier: ("supplier", "inspector", "stranger"),
    buyer_tries_what_is_refused: ("supplier", "inspector", "stranger"),
    buyer_speaks: ("inspector", "stranger"),
    supplier_gives_in_a_document: ("buyer", "inspector", "stranger"),
    another_company_takes_people_in: EVERYBODY,
    buyers_person_is_renamed: ("supplier", "inspector", "stranger"),
    buyer_reads_and_wishes: ("supplier", "inspector", "stranger"),
    money_comes_that_names_nothing: EVERYBODY,
    another_supplier_joins: EVERYBODY,
}


class Pairs:
    """The scene, and the world in which there is no secret."""

    def __init__(self, scene: Scene, template: Database, server: embedded.Server) -> None:
        self._world = (scene, template, server)
        self.without = self.view()

    def view(self, *secrets: Secret) -> View:
        """Return what everybody gets in a world with those secrets."""
        return world(*self._world, secrets=secrets)

    def told(
        self, view: View, onlooker: str, *, without: View | None = None
    ) -> tuple[int, list[str]]:
        """Return how many answers and mails to an onlooker were compared, and which of them differ."""
        before = self.without if without is None else without
        theirs = [asked for who, asked in {*before, *view} if who == onlooker]
        differ = [
            asked
            for asked in theirs
            if before.get((onlooker, asked)) != view.get((onlooker, asked))
        ]
        return len(theirs), sorted(differ)


@pytest.fixture(scope="module")
def pairs(shared_database: Database, postgres_server: embedded.Server) -> Iterator[Pairs]:
    with pytest.MonkeyPatch.context() as patched, standing_clock():
        patched.setattr(limits, "rates", limits.Rates(burst=10**9, per_second=1))
        with django_pointed_at(shared_database):
            scene = set_scene(Fair().enrolled())
            close_writing_rooms()
        yield Pairs(scene, shared_database, postgres_server)


def _groups() -> dict[tuple[Secret, ...], list[str]]:
    """Return the onlookers by the secrets that are kept from them, so that those with the same share a world."""
    groups: dict[tuple[Secret, ...], list[str]] = {}
    for onlooker in EVERYBODY:
        kept = tuple(secret for secret, onlookers in SECRETS.items() if onlooker in onlookers)
        groups.setdefault(kept, []).append(onlooker)
    return groups


def test_a3_no_secret_changes_a_byte_of_what_others_get(pairs: Pairs) -> None:
    """Each answer is compared with one that was given while all the secrets kept from its reader were done."""
    compared, told = 0, {}
    for secrets, onlookers in _groups().items():
        view = pairs.view(*secrets)
        for onlooker in onlookers:
            count, differ = pairs.told(view, onlooker)
            compared += count * len(secrets)
            if differ:
                told[onlooker] = differ
    assert told == {}
    assert compared >= PAIRS_MIN


def test_a3_secrets_are_no_empty_acts(pairs: Pairs) -> None:
    """Whoever may see them does: the worlds differ where they should."""
    view = pairs.view(buyer_speaks, buyer_asks_another_supplier)
    assert "say" in pairs.told(view, "supplier")[1]
    assert any(asked.startswith("/orders?") for asked in pairs.told(view, "buyer")[1])


def test_a3_event_sent_and_row_counted_for_everybody_would_be_seen(
    pairs: Pairs, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two planted faults: a delivery to a company that may not read, and a count over rows of all."""

    def of_all(connection: Any, *_: object, **__: object) -> int:
        row = connection.execute("SELECT count(*) FROM notification").fetchone()
        return int(row[0])

    monkeypatch.setattr(notifying, "companies_that_read", lambda _: ("com_stranger",))
    monkeypatch.setattr(notifications, "unread_count", of_all)
    view = pairs.view(buyer_asks_another_supplier)
    differ = pairs.told(view, "stranger", without=pairs.view())[1]
    assert any(asked.endswith("/deliveries") for asked in differ)
    assert "/notifications?unread=true" in differ
