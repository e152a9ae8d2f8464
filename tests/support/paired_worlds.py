"""Two worlds that differ in secrets alone: what others do among themselves, and all that an onlooker is then answered or sent.

Each world is a clone of the same database, under a clock that stands still. In it secrets are done or none, then the
onlookers act the same, the worker tells whoever has to know, and every answer and mail to an onlooker is written down.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import msgspec
import pytest

from fairlot import config
from fairlot.application.effects import perform
from fairlot.application.handlers import handlers_for
from fairlot.application.sandbox import SandboxClock
from fairlot.application.telling.mailing import MailDesk
from fairlot.clock import system_clock
from fairlot.post_room import telling_desk
from fairlot.providers.mail.letter import Letter, message_of
from fairlot.store import outbox
from fairlot.store.server import embedded
from fairlot.store.writing.family import FAMILIES
from fairlot.writing_room import close_writing_rooms, lent_connection, writing_room
from tests.support.api import Speaker, member
from tests.support.api_matrix import ABSENT, INSPECTING, routes, send
from tests.support.api_trades import Fair
from tests.support.postgres import Database, django_pointed_at, fresh_database

PDF = b"%PDF-1.7 known to both"
# Drawn anew in every answer, or by the machine's own clock, which stands still for nobody.
ANEW = re.compile(rb'"(?:created_at|read_at|expires_at|secret|body_hash)":"[^"]*"')
# A delivery is due by the machine's clock too; elsewhere what is due tells of the order.
DUE = re.compile(rb'"due_at":"[^"]*"')
LISTS = (
    "/orders?status=proposed",
    "/orders?needs_me=true",
    "/notifications?unread=true",
    "/suppliers?text=lamp",
    "/suppliers?badge=true&amount_minor=100&currency=USD",
)

View = Mapping[tuple[str, str], bytes]
"""Each answer or mail, by who got it and what was asked."""


class Scene(msgspec.Struct, frozen=True, kw_only=True):
    """The trade that all onlookers know something of, and who they are."""

    fair: Fair
    order_id: str
    names: Mapping[str, str]
    onlookers: Mapping[str, Speaker]


class Mails:
    """Takes letters instead of a mail server."""

    def __init__(self) -> None:
        self.taken: list[Letter] = []

    def send(self, letter: Letter) -> None:
        """Keep a letter."""
        self.taken.append(letter)


@contextmanager
def standing_clock() -> Iterator[dt.datetime]:
    """Let the sandbox's clock stand still for the length of a block."""
    now = system_clock()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(SandboxClock, "__call__", lambda _: now)
        yield now


def set_scene(fair: Fair) -> Scene:
    """Let a trade come to its production, with words, a file and an inspection booked, and endpoints that listen."""
    order_id = fair.at("paid")
    fair.buyer.post(f"/orders/{order_id}/messages", {"body": "known to both"}).ok()
    file = f"/orders/{order_id}/files?name=known.pdf"
    fair.supplier.post(file, PDF, content_type="application/pdf").ok()
    fair.buyer.command(
        order_id,
        "BookInspection",
        inspection_id="I1",
        company=INSPECTING,
        stage="pre_shipment",
        fee_minor=100,
    ).ok()
    onlookers = {
        "buyer": fair.buyer,
        "supplier": fair.supplier,
        "inspector": member(INSPECTING, inspects=True),
        "stranger": member("com_stranger"),
    }
    for name, speaker in onlookers.items():
        speaker.post("/webhooks", {"url": f"https://{name}.example/in"}, key="first").ok()
    names = {
        "number": "1",
        "name": "apparel",
        "key": "secret",
        "supplier_id": fair.supplier_id,
        "content_hash": "b" * 64,
        "product_id": "prd_1",
        "report_id": "rep_1",
        "endpoint_id": "whe_1",
        "delivery_id": "msg_1",
    }
    _tell()
    return Scene(fair=fair, order_id=order_id, names=names, onlookers=onlookers)


def world(
    scene: Scene,
    template: Database,
    server: embedded.Server,
    *,
    secrets: Sequence[Callable[[Scene], object]],
) -> View:
    """Return what the onlookers get in a world where some secrets were done, or none."""
    close_writing_rooms()
    with fresh_database(server, template=template.name) as clone, django_pointed_at(clone):
        try:
            for secret in secrets:
                secret(scene)
                _tell()
            view = dict(_acts(scene))
            mails = _tell()
            for name, speaker in scene.onlookers.items():
                view |= _looks(scene, name, speaker)
                view |= _mails_to(name, speaker, mails)
        finally:
            close_writing_rooms()
    return view


def _acts(scene: Scene) -> Iterator[tuple[tuple[str, str], bytes]]:
    """Let both parties go on the same way in every world: what they are answered bears the next numbers and ids."""
    path = f"/orders/{scene.order_id}"
    supplier, buyer = scene.fair.supplier, scene.fair.buyer
    said = {"body": "and then"}
    update = {"type": "RequestProductionUpdate"}
    answers = {
        ("supplier", "say"): supplier.post(f"{path}/messages", said, key="act-1"),
        ("supplier", "file"): supplier.post(
            f"{path}/files?name=next.pdf", PDF, content_type="application/pdf", key="act-2"
        ),
        ("buyer", "ask"): buyer.post(f"{path}/commands", update, key="act-3"),
        ("stranger", "endpoint"): scene.onlookers["stranger"].post(
            "/webhooks", {"url": "https://stranger.example/2"}, key="act-4"
        ),
    }
    for place, answer in answers.items():
        yield place, _whole(answer)


def _looks(scene: Scene, name: str, speaker: Speaker) -> Iterator[tuple[tuple[str, str], bytes]]:
    for route in routes():
        if route.method != "GET":
            continue
        for order_id in (scene.order_id, ABSENT) if route.is_of_order else (ABSENT,):
            answer = send(route, speaker, order_id=order_id, names=dict(scene.names))
            yield (name, f"{route.path} {order_id}"), _whole(answer)
    for address in LISTS:
        yield (name, address), _whole(speaker.get(address))
    for endpoint in speaker.get("/webhooks").ok()["endpoints"]:
        address = f"/webhooks/{endpoint['endpoint_id']}/deliveries"
        yield (name, address), DUE.sub(b'"due"', _whole(speaker.get(address)))


def _whole(answer: Any) -> bytes:
    """Return status, headers and body of an answer, without what every request has for itself."""
    headers = sorted(
        (each, value) for each, value in answer.headers.items() if each != "X-Request-ID"
    )
    told = ANEW.sub(b'"anew"', answer.body)
    return f"{answer.status} {headers}\n".encode() + told


def _mails_to(name: str, speaker: Speaker, mails: Mails) -> Iterator[tuple[tuple[str, str], bytes]]:
    address = f"{speaker.get('/me').ok()['person_id']}@example.test"
    letters = sorted(
        (letter for letter in mails.taken if letter.to == address), key=lambda each: each.message_id
    )
    for letter in letters:
        # The part boundary is drawn for each mail, and its date is the machine's.
        written = msgspec.structs.replace(letter, written_at=dt.datetime(2027, 1, 1, tzinfo=dt.UTC))
        body = re.sub(rb"=={10,}\d+==", b"boundary", message_of(written).as_bytes())
        yield (name, f"mail {letter.message_id}"), body
    yield (name, "mails"), str(len(letters)).encode()


def _tell() -> Mails:
    """Do what a worker does: perform what waits until nothing does, and send mails."""
    desk = telling_desk(writing_room().desk, config.settings())
    handlers = handlers_for(desk)
    with lent_connection() as connection:
        left = True
        while left:
            left = False
            for family in FAMILIES.values():
                places = [place for place, _ in outbox.waiting(connection, family, limit=500)]
                outbox.take(connection, family, places, at=system_clock())
                for place in sorted(places):
                    perform(place, connection=connection, handlers=handlers, clock=system_clock)
                left = left or bool(places)
    mails = Mails()
    MailDesk(
        connect=lent_connection,
        clock=system_clock,
        mailer=mails,
        sender="Fairlot <fairlot@example.test>",
        base_url="https://trade.example",
        keys=("k" * 50,),
    ).send_due()
    return mails
