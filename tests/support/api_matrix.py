"""Every route of the API asked by everybody: requests made from what the routes declare, answers as letters of a table."""

from __future__ import annotations

import datetime as dt
import types
import typing
from collections.abc import Iterator
from enum import Enum
from typing import Annotated, Any, Literal, Union
from urllib.parse import quote, urlencode

import msgspec

from fairlot.application.access import MemberRight
from fairlot.clock import system_clock
from fairlot.domain.contract.document import Contract
from fairlot.domain.party import Role
from fairlot.domain.supplier.reports import ReportKind
from fairlot.interfaces.api.api import api
from fairlot.interfaces.api.document import MARK, Declared
from fairlot.providers.wire.sample_statement import SampleEntry
from fairlot.store.people.models import ApiKey, Person
from tests.support.api import NOBODY, Answer, Speaker, company, key_of, member, person, staff
from tests.support.api_trades import HASH, Fair, document
from tests.support.market import DETAILS
from tests.support.statements import DAY, build_statement

STATES = ("proposed", "paid", "disputed", "completed")
ABSENT = "ord_absent"
REPORTED = next(iter(ReportKind)).value
# The company that the example contract names.
INSPECTING = "SGS"
# What a status says of access: y done, r refused as things stand, i not as asked, D denied, A absent, U unknown caller.
LETTERS = {401: "U", 403: "D", 404: "A", 409: "r", 415: "i", 422: "i"}
SAMPLES = {"application/pdf": b"%PDF-1.7", "application/xml": b"<x/>", "text/plain": b"text"}
ROLES = (
    *("anonymous", "invalid key", "revoked key", "expired key", "locked person"),
    *("buyer", "buyer who follows", "buyer without rights", "supplier", "agent"),
    *("inspector", "mediator", "operator", "supervisor", "auditor"),
    *("other company", "other inspector", "other mediator"),
)


class Route(msgspec.Struct, frozen=True, kw_only=True):
    """One method of one address, with what it declares."""

    name: str
    method: str
    path: str
    declared: Declared

    @property
    def is_of_order(self) -> bool:
        """Say whether the address names an order."""
        return "{order_id}" in self.path

    @property
    def names_something(self) -> bool:
        """Say whether the address names anything at all that may be there, be another's, or be absent."""
        return "{" in self.path


def routes() -> Iterator[Route]:
    """Yield every route that the API has."""
    for bound in api._get_bound_routers():
        for path, view in bound.path_operations.items():
            for operation in view.operations:
                marked = (operation.openapi_extra or {}).get(MARK)
                assert isinstance(marked, Declared), f"{path} declares nothing"
                for method in operation.methods:
                    yield Route(
                        name=operation.view_func.__name__,
                        method=method,
                        path=path,
                        declared=marked,
                    )


def letter(answer: Answer) -> str:
    """Return what an answer says of access."""
    assert answer.status < 500, (answer.status, answer.body)
    return "y" if answer.status < 400 else LETTERS[answer.status]


def send(route: Route, speaker: Speaker, *, order_id: str, names: dict[str, str]) -> Answer:
    """Ask a route the least that it takes."""
    path = route.path
    for name, value in {"order_id": order_id, **names}.items():
        path = path.replace(f"{{{name}}}", quote(value))
    query = least_query(route.declared.query)
    if query:
        path += f"?{urlencode(query)}"
    if route.declared.body is None:
        return speaker.ask(route.method, path)
    if route.declared.body is bytes:
        media_type = next(one for one in SAMPLES if one in route.declared.body_media_types)
        return speaker.ask(route.method, path, SAMPLES[media_type], content_type=media_type)
    return speaker.ask(route.method, path, body_for(route))


def least_query(kind: type[msgspec.Struct]) -> dict[str, Any]:
    """Return the parameters that an address must have."""
    hints = typing.get_type_hints(kind, include_extras=True)
    required = (field for field in msgspec.structs.fields(kind) if field.required)
    return {field.encode_name: least(hints[field.name]) for field in required}


def body_for(route: Route) -> Any:
    """Return the least body that a route takes, as data."""
    if route.name == "ask_order":
        return {"type": "RequestProductionUpdate"}
    if route.name == "ask_many":
        command = {"type": "RequestProductionUpdate"}
        return {"commands": [{"order_id": ABSENT, "key": "k", "command": command}]}
    if route.name == "name_account":
        # What no bank could pay to is refused.
        return msgspec.to_builtins(DETAILS)
    return msgspec.to_builtins(least(route.declared.body), str_keys=True)


def least(kind: Any) -> Any:
    """Return the least value of a type: required fields alone, each with the first value that it takes."""
    origin = typing.get_origin(kind)
    if origin is Annotated:
        return _annotated(*typing.get_args(kind))
    if origin in {Union, types.UnionType}:
        return least(next(one for one in typing.get_args(kind) if one is not type(None)))
    if origin is Literal:
        return typing.get_args(kind)[0]
    if origin in {tuple, frozenset, list}:
        return ()
    if origin is dict or kind is dict:
        return {}
    if isinstance(kind, type) and issubclass(kind, Enum):
        return next(iter(kind))
    if kind is Contract:
        return msgspec.convert(document(), Contract)
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        hints = typing.get_type_hints(kind, include_extras=True)
        required = (field for field in msgspec.structs.fields(kind) if field.required)
        return kind(**{field.name: least(hints[field.name]) for field in required})
    plain: dict[Any, Any] = {
        str: "x",
        int: 1,
        bool: False,
        dt.datetime: system_clock(),
        dt.date: system_clock().date(),
        Any: None,
    }
    return plain[kind]


def _annotated(kind: Any, *metas: Any) -> Any:
    """Return the least value within the bounds that the annotations name."""
    bounds = [meta for meta in metas if isinstance(meta, msgspec.Meta)]
    pattern = next((meta.pattern for meta in bounds if meta.pattern), None)
    if pattern is not None:
        known = ("b" * 64, "US", "USD", "key", "x", "2027-01-01", "en", "")
        return next(value for value in known if msgspec_takes(value, pattern))
    if kind is int:
        return next((meta.ge for meta in bounds if meta.ge is not None), 1)
    least_rows = next((meta.min_length for meta in bounds if meta.min_length), 0)
    if typing.get_origin(kind) is tuple and least_rows:
        return (least(typing.get_args(kind)[0]),) * least_rows
    return least(kind)


def msgspec_takes(value: str, pattern: str) -> bool:
    """Say whether a text fits a pattern as msgspec reads it."""
    try:
        msgspec.convert(value, Annotated[str, msgspec.Meta(pattern=pattern)])
    except msgspec.ValidationError:
        return False
    return True


class Cast:
    """Everybody who may ask, with the orders at each state that they ask about, and all else that addresses name.

    What is named is there: the endpoint and the key are the buyer's, documents, goods and limit the supplier's.
    """

    def __init__(self, fair: Fair) -> None:
        self.fair = fair
        self.orders = {state: self._order(state) for state in STATES}
        self.names = {
            "number": "1",
            "name": "apparel",
            "supplier_id": fair.supplier_id,
            "product_id": "prd_1",
            "company_id": INSPECTING,
            **self._joined(),
            **self._of_the_buyer(),
            "suspense_id": self._unmatched(),
        }
        self.absent = {
            "number": "1",
            "name": "absent",
            "supplier_id": "com_absent",
            "product_id": "prd_absent",
            "content_hash": HASH,
            "report_id": "rep_absent",
            "endpoint_id": "whe_absent",
            "delivery_id": "msg_absent",
            "company_id": "Absent-Inspection",
            "key": "absent",
            "suspense_id": "sus_absent",
        }
        self.speakers = dict(zip(ROLES, self._speakers(), strict=True))

    def _joined(self) -> dict[str, str]:
        """Let the supplier join the programme as suppliers do, and be reported."""
        fair, path = self.fair, f"/suppliers/{self.fair.supplier_id}"
        fair.supplier.ask("PUT", f"{path}/profile", {"name_en": "Lampworks", "country": "CN"}).ok()
        product = {
            "name_en": "Lamp",
            "category": "lighting",
            "unit": "piece",
            "currency": "USD",
            "price_low_minor": 900,
            "price_high_minor": 1_200,
        }
        fair.supplier.ask("PUT", f"{path}/products/prd_1", product).ok()
        conditions = fair.supplier.get("/enrolment/conditions").ok()
        hashed = {"conditions_hash": conditions["conditions_hash"]}
        fair.supplier.ask("PUT", f"{path}/conditions", hashed).ok()
        tier = conditions["tiers"][0]
        for kind in tier["documents"]:
            given = fair.supplier.ask(
                "PUT",
                f"{path}/documents?kind={kind}",
                SAMPLES["application/pdf"],
                content_type="application/pdf",
            ).ok()
        decided = {"tier": tier["name"], "reason": "seen"}
        fair.operator.ask("PUT", f"{path}/tier", decided).ok()
        report = fair.buyer.ask(
            "PUT", f"/orders/{self.orders['completed']}/reports", {"kind": REPORTED, "note": "n"}
        ).ok()
        return {"content_hash": given["content_hash"], "report_id": report["report_id"]}

    def _of_the_buyer(self) -> dict[str, str]:
        made = self.fair.buyer.post("/webhooks", {"url": "https://buyer.example/in"}).ok()
        endpoint_id = made["endpoint"]["endpoint_id"]
        pinged = self.fair.buyer.post(f"/webhooks/{endpoint_id}/ping").ok()
        command = {"type": "RequestProductionUpdate"}
        self.fair.buyer.post(f"/orders/{self.orders['paid']}/commands", command, key="matrix").ok()
        return {
            "endpoint_id": endpoint_id,
            "delivery_id": pinged["delivery_id"],
            "key": "matrix",
        }

    def _unmatched(self) -> str:
        """Let money come in by bank that names no order."""
        entry = SampleEntry(amount_minor=700, booked_date=DAY, remittance_text="for the lamps")
        done = self.fair.operator.post(
            "/bank/statements", build_statement(entry), content_type="application/xml"
        ).ok()
        return str(done["left_over"][0]["suspense_id"])

    def _order(self, state: str) -> str:
        fair = self.fair
        order_id = fair.at(state)
        if state in {"paid", "disputed"}:
            stage = "dispute" if state == "disputed" else "pre_shipment"
            fair.buyer.command(
                order_id,
                "BookInspection",
                inspection_id="I1",
                company=INSPECTING,
                stage=stage,
                fee_minor=100,
            ).ok()
        if state == "disputed":
            fair.buyer.post("/sandbox/clock", {"seconds": 8 * 24 * 3600}).ok()
            fair.operator.command(order_id, "NameMediator", mediator_id="per_mediator").ok()
        if state != "completed":
            rights = ["follow", "draft", "agree", "pay", "confirm", "claim", "settle"]
            fair.buyer.command(order_id, "GrantMandate", agent_id="com_agent", rights=rights).ok()
        return order_id

    def _speakers(self) -> Iterator[Speaker]:
        fair = self.fair
        own = company(fair.buyer_id)
        yield NOBODY
        yield Speaker("flk_test_unknown")
        yield self._spoiled(revoked_at=system_clock())
        yield self._spoiled(expires_at=system_clock() - dt.timedelta(days=1))
        locked = member(fair.buyer_id, person_id="per_locked")
        Person.objects.filter(id="per_locked").update(is_active=False)
        yield locked
        yield fair.buyer
        yield member(fair.buyer_id, person_id="per_follows", rights=[MemberRight.FOLLOW])
        yield Speaker(key_of(person(f"per_{fair.buyer_id}"), company=own))
        yield fair.supplier
        yield member("com_agent")
        yield member(INSPECTING, inspects=True)
        yield fair.mediator
        yield fair.operator
        yield staff(Role.SUPERVISOR)
        yield staff(Role.AUDITOR)
        yield member("com_stranger")
        yield member("com_other_inspector", inspects=True)
        yield staff(Role.MEDIATOR, person_id="per_other_mediator")

    def _spoiled(self, **changes: Any) -> Speaker:
        speaker = member(self.fair.buyer_id)
        latest = ApiKey.objects.order_by("-created_at").first()
        assert latest is not None
        ApiKey.objects.filter(id=latest.id).update(**changes)
        return speaker
