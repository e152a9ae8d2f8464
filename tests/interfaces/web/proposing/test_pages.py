"""An order begun from a page and its contract proposed there: checked without a trace, sent once, and only by who may."""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from msgspec.structs import replace

from fairlot.application.access import MemberRight
from fairlot.application.desk import limit_id_for
from fairlot.application.drafting import CONTRACT_BYTES_MAX
from fairlot.application.queries.orders import find_contract
from fairlot.domain.contract.document import Contract, ContractLine, ContractParty, Instalment
from fairlot.domain.contract.file_format import from_toml, to_json, to_toml
from fairlot.domain.contract.template import TEMPLATES
from fairlot.domain.order import commands as c
from fairlot.domain.order.state import Order, Status
from fairlot.domain.party import Actor, Role
from fairlot.interfaces.web.proposing.paper import PAPER_BYTES_MAX
from fairlot.interfaces.web.proposing.words import PROPOSING
from fairlot.reading_room import reading_room
from fairlot.store.people.models import Membership
from fairlot.writing_room import close_writing_rooms, lent_connection, writing_room
from tests.support.people import company, member, person
from tests.support.postgres import Database, django_pointed_at
from tests.support.signed_in import signed_in
from tests.support.supplier_room import joined

ENGLISH = {"HTTP_ACCEPT_LANGUAGE": "en"}
CHINESE = {"HTTP_ACCEPT_LANGUAGE": "zh-CN,zh;q=0.9"}
OK, FOUND, BAD_REQUEST, NOT_FOUND, UNPROCESSABLE = 200, 302, 400, 404, 422
BUYER_ID, SUPPLIER_ID = "com_harborgoods", "com_brightcell"
BUYER = Actor(role=Role.BUYER, company_id=BUYER_ID, person_id="per_demo_buyer")


@pytest.fixture(scope="module")
def fair(shared_database: Database) -> Iterator[None]:
    with django_pointed_at(shared_database):
        joined(SUPPLIER_ID, desk=writing_room().desk)
        yield
        close_writing_rooms()


@pytest.fixture
def buyer(fair: None) -> Client:
    del fair
    return signed_in(Role.BUYER)


@pytest.fixture
def supplier(fair: None) -> Client:
    del fair
    return signed_in(Role.SUPPLIER)


@pytest.fixture(scope="module")
def stranger(fair: None) -> Client:
    """Somebody with every right in a company of no part in any order here."""
    del fair
    eve = person("eve")
    member(company("eve", eve), eve)
    client = Client()
    client.force_login(eve)
    return client


def begin_path(edition: str = "escrow-2026", template: str = "electronics", **more: str) -> str:
    policies = reading_room().policies
    policy_id = next(key for key, policy in policies.items() if policy.edition == edition)
    asked = {"supplier": SUPPLIER_ID, "edition": policy_id, "template": template, **more}
    return f"/begin/contract/?{urlencode(asked)}"


def page_of(client: Client, path: str, headers: dict[str, str] | None = None) -> str:
    answer = client.get(path, **(headers or ENGLISH))  # type: ignore[arg-type]  # WSGI names
    assert answer.status_code == OK, answer.content[:300]
    return answer.content.decode()


def plain(page: str) -> str:
    main = page.split("<main", 1)[1]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


def box(page: str) -> str:
    """Return what stands in the box."""
    found = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", page, re.DOTALL)
    assert found is not None
    return html.unescape(found[1])


def hidden(page: str) -> dict[str, Any]:
    main = page.split("<main", 1)[1]
    return dict(re.findall(r'type="hidden" name="(token|version)" value="([^"]*)"', main))


def send(
    client: Client, path: str, do: str, *, headers: dict[str, str] | None = None, **fields: Any
) -> tuple[int, str, str]:
    """Send a form, freshly opened unless its token is given; return status, page and where it leads."""
    asked = dict(fields) if "token" in fields else {**hidden(page_of(client, path)), **fields}
    sent = client.post(path, {**asked, "do": do}, **(headers or ENGLISH))  # type: ignore[arg-type]  # WSGI names
    return sent.status_code, sent.content.decode(), sent.headers.get("Location", "")


def orders() -> set[str]:
    with lent_connection() as connection:
        rows = connection.execute("SELECT order_id FROM order_head").fetchall()
    return {row[0] for row in rows}


def begun(location: str) -> str:
    found = re.fullmatch(r"/orders/(ord_[0-9a-f]+)/\?as=(?:buyer|supplier)", location)
    assert found is not None, location
    return found[1]


def order_of(order_id: str) -> Order:
    return writing_room().desk.read_order(order_id).order


def standing(order_id: str) -> Contract:
    proposal = order_of(order_id).proposal
    assert proposal is not None
    contract = find_contract(reading_room().files, proposal.terms.version_hash)
    assert contract is not None
    return contract


def priced(total_minor: int) -> dict[str, Any]:
    """Return what makes a contract of one piece cost, and cover, so much."""
    line = ContractLine(
        number=1, article="Press", quantity=1, unit="pcs", unit_price_minor=total_minor
    )
    whole = Instalment(name="all", amount_minor=total_minor, due="agreement")
    return {
        "lines": (line,),
        "payments": (whole,),
        "total_minor": total_minor,
        "covered_minor": total_minor,
    }


def draft(order_id: str, actor: Actor = BUYER) -> str:
    """Begin an order with nothing proposed yet."""
    policies = reading_room().policies
    policy_id = next(key for key, each in policies.items() if each.edition == "escrow-2026")
    asked = c.OpenDraft(policy_id=policy_id, buyer_id=BUYER_ID, supplier_id=SUPPLIER_ID)
    writing_room().desk.ask_order(order_id, asked, command_id=f"begin:{order_id}", actor=actor)
    return f"/orders/{order_id}/acts/ProposeVersion/"


class TestBeginning:
    def test_r46_from_a_supplier_to_a_contract_on_its_page(
        self, buyer: Client, supplier: Client
    ) -> None:
        assert f"/begin/?supplier={SUPPLIER_ID}" in page_of(buyer, f"/suppliers/{SUPPLIER_ID}/")
        assert 'href="/begin/"' in page_of(buyer, "/orders/")
        chooser = plain(page_of(buyer, f"/begin/?supplier={SUPPLIER_ID}"))
        for edition in ("escrow-2026", "guarantee-2017"):
            assert edition in chooser
        path = begin_path("guarantee-2017")
        text = box(page_of(buyer, path))
        contract = from_toml(text)
        assert contract.buyer == ContractParty(company_id=BUYER_ID, name="Harbor Goods LLC")
        assert contract.supplier.company_id == SUPPLIER_ID
        before = orders()
        status, page, _ = send(buyer, path, "check", text=text)
        assert status == OK
        assert "What could be claimed under this contract" in plain(page)
        assert box(page).strip() == text.strip()
        assert orders() == before
        status, _, location = send(buyer, path, "propose", text=text)
        assert status == FOUND
        order_id = begun(location)
        assert orders() == before | {order_id}
        assert order_of(order_id).status is Status.PROPOSED
        assert standing(order_id) == contract
        assert contract.title in plain(page_of(supplier, f"/orders/{order_id}/"))
        assert "Accept the version" in plain(page_of(supplier, f"/orders/{order_id}/"))

    @pytest.mark.parametrize("template", TEMPLATES)
    @pytest.mark.parametrize("language", ["en", "zh"])
    def test_every_template_can_be_proposed_as_it_stands(
        self, buyer: Client, template: str, language: str
    ) -> None:
        path = begin_path(template=template, language=language)
        text = box(page_of(buyer, path))
        status, page, _ = send(buyer, path, "check", text=text)
        assert status == OK, plain(page)
        assert from_toml(text).language == language

    def test_r4_a_template_names_no_more_cover_than_is_free(self, buyer: Client) -> None:
        free = writing_room().desk.read_limit(limit_id_for(SUPPLIER_ID))[0].free_minor
        templates = [from_toml(box(page_of(buyer, begin_path(template=t)))) for t in TEMPLATES]
        assert all(0 < each.covered_minor <= min(free, each.total_minor) for each in templates)
        path = begin_path()
        dear = replace(from_toml(box(page_of(buyer, path))), **priced(free + 100))
        _, page, _ = send(buyer, path, "check", text=to_toml(dear))
        assert "it names more cover than is free" in plain(page)

    def test_pressed_twice_it_is_one_order(self, buyer: Client) -> None:
        path, before = begin_path(), orders()
        page = page_of(buyer, path)
        pressed = [
            send(buyer, path, "propose", text=box(page), **hidden(page))[::2] for _ in range(3)
        ]
        assert {status for status, _ in pressed} == {FOUND}
        assert len({location for _, location in pressed}) == 1
        assert len(orders() - before) == 1
        stored = writing_room().desk.read_order(begun(pressed[0][1])).events
        assert [type(each).__name__ for each in stored] == ["OrderDrafted", "VersionProposed"]
        # Another form is another order: what is counted would show a second.
        send(buyer, path, "propose", text=box(page))
        assert len(orders() - before) == 2

    def test_a_form_that_was_checked_begins_the_same_order(self, buyer: Client) -> None:
        path = begin_path()
        page = page_of(buyer, path)
        _, checked, _ = send(buyer, path, "check", text=box(page), **hidden(page))
        assert hidden(checked)["token"] == hidden(page)["token"]
        first = send(buyer, path, "propose", text=box(page), **hidden(page))[2]
        second = send(buyer, path, "propose", text=box(checked), **hidden(checked))[2]
        assert first == second

    def test_a_file_takes_the_place_of_the_box(self, buyer: Client) -> None:
        path = begin_path(template="own")
        assert box(page_of(buyer, path)) == ""
        contract = from_toml(box(page_of(buyer, begin_path())))
        for name, text in (("c.toml", to_toml(contract)), ("c.json", to_json(contract))):
            chosen = SimpleUploadedFile(name, text.encode())
            status, page, _ = send(buyer, path, "check", text="x = 1", file=chosen)
            assert status == OK
            assert box(page).strip() == text.strip()

    def test_what_weak_words_are_worth_is_said_with_their_mend(self, buyer: Client) -> None:
        path = begin_path()
        contract = from_toml(box(page_of(buyer, path)))
        weak = replace(contract.terms[0], text="long-lasting battery", translation="")
        changed = replace(contract, terms=(weak,), covered_minor=contract.covered_minor)
        _, page, _ = send(buyer, path, "check", text=to_toml(changed))
        assert "not claimable" in plain(page)
        assert "state a minimum, e.g. ≥ 3000 mAh" in plain(page).replace("3,000", "3000")
        _, page, _ = send(buyer, path, "check", text=to_toml(changed), headers=CHINESE)
        assert "依此合同可索赔的内容" in plain(page)


class TestFaults:
    @pytest.mark.parametrize(
        ("old", "new", "told"),
        [
            ('currency = "USD"', "currency = 5", "line {line}, currency: text in quotes"),
            ('currency = "USD"', "currency = ", "line {line}, currency: Invalid value"),
            (
                f'company_id = "{SUPPLIER_ID}"',
                'company_id = "com_eve"',
                "line {line}, supplier.company_id",
            ),
            ("total_minor = ", "total_minor = 1", "total_minor"),
        ],
    )
    def test_they_show_line_and_key_and_nothing_typed_is_lost(
        self, buyer: Client, old: str, new: str, told: str
    ) -> None:
        path, before = begin_path(), orders()
        text = box(page_of(buyer, path)).replace(old, new)
        line = next((n for n, each in enumerate(text.splitlines(), 1) if new in each), 0)
        for do in ("check", "propose"):
            status, page, _ = send(buyer, path, do, text=text.replace("\n", "\r\n"))
            assert status == UNPROCESSABLE
            assert told.format(line=line) in plain(page)
            assert box(page).strip() == text.strip()
        assert orders() == before

    def test_in_chinese_too(self, buyer: Client) -> None:
        path = begin_path()
        text = box(page_of(buyer, path)).replace('currency = "USD"', "currency = 5")
        _, page, _ = send(buyer, path, "check", text=text, headers=CHINESE)
        assert "此处应为带引号的文字，而不是整数" in plain(page)

    @pytest.mark.parametrize(
        "text",
        [
            "a = " + "[" * 50_000,
            '{"a": ' + "[" * 50_000,
            "a = " + "9" * 50_000,
            "a.b.c = 1\na = 2",
            "<script>alert(1)</script>",
        ],
    )
    def test_hostile_texts_are_faults_and_never_markup(self, buyer: Client, text: str) -> None:
        status, page, _ = send(buyer, begin_path(), "propose", text=text)
        assert status == UNPROCESSABLE
        assert "<script" not in page
        assert PROPOSING["faults"].en in plain(page)

    @pytest.mark.parametrize(
        ("content", "told"),
        [
            (b"x" * (PAPER_BYTES_MAX + 1), "The contract is larger than 1 MB."),
            (b'title = "\xff\xfe"', "not UTF-8 text"),
            (b" \n", "The box is empty."),
        ],
    )
    def test_files_that_are_none_leave_the_box_as_it_was(
        self, buyer: Client, content: bytes, told: str
    ) -> None:
        assert PAPER_BYTES_MAX < CONTRACT_BYTES_MAX
        chosen = SimpleUploadedFile("c.toml", content)
        status, page, _ = send(buyer, begin_path(), "check", text="title = 'kept'", file=chosen)
        assert status == UNPROCESSABLE
        assert told in plain(page)
        if content.strip():
            assert box(page) == "title = 'kept'"

    def test_what_the_edition_refuses_is_said_before_anything_is_there(self, buyer: Client) -> None:
        path, before = begin_path(), orders()
        contract = from_toml(box(page_of(buyer, path)))
        long_past = replace(contract.shipment, lead_time_days=None, date=dt.date(2020, 1, 31))
        text = to_toml(replace(contract, shipment=long_past))
        for do in ("check", "propose"):
            status, page, _ = send(buyer, path, do, text=text)
            assert status == UNPROCESSABLE
            assert PROPOSING["refused"].en in plain(page)
            assert box(page).strip() == text.strip()
        assert orders() == before

    def test_a_form_of_nobody_is_stale(self, buyer: Client) -> None:
        path, before = begin_path(), orders()
        text = box(page_of(buyer, path))
        status, page, _ = send(buyer, path, "propose", text=text, token="short")
        assert (status, orders()) == (UNPROCESSABLE, before)
        assert PROPOSING["form_used"].en in plain(page)


class TestDrafts:
    def test_r48_a_draft_says_who_proposes_and_leads_there(
        self, buyer: Client, supplier: Client
    ) -> None:
        path = draft("ord_waiting")
        mine, theirs = (page_of(each, "/orders/ord_waiting/") for each in (buyer, supplier))
        assert "Your turn Propose a contract." in plain(mine)
        assert f'btn-primary" href="{path}?as=buyer"' in mine
        assert "Waiting for: Buyer Waiting for the contract." in plain(theirs)
        assert "Waiting for: Buyer Propose a contract." in plain(
            page_of(signed_in(Role.OPERATOR), "/orders/ord_waiting/")
        )
        assert "等待对方提议合同。" in plain(page_of(supplier, "/orders/ord_waiting/", CHINESE))
        listed = plain(page_of(buyer, "/orders/?q=ord_waiting"))
        assert "ord_waiting" in listed
        assert "Buyer Propose a contract." in listed
        text = box(page_of(buyer, path))
        assert from_toml(text).supplier.company_id == SUPPLIER_ID
        # The template of the supplier's own trade.
        assert text == box(page_of(buyer, f"{path}?template=electronics"))
        status, _, location = send(buyer, path, "propose", text=text)
        assert (status, location.split("/")[2]) == (FOUND, "ord_waiting")
        assert standing("ord_waiting") == from_toml(text)

    def test_a_suppliers_own_draft_waits_for_the_supplier(
        self, buyer: Client, supplier: Client
    ) -> None:
        begins = Actor(role=Role.SUPPLIER, company_id=SUPPLIER_ID, person_id="per_demo_supplier")
        draft("ord_offered", begins)
        assert "Propose a contract." in plain(page_of(supplier, "/orders/ord_offered/"))
        assert "Waiting for the contract." in plain(page_of(buyer, "/orders/ord_offered/"))

    def test_a_counter_proposal_starts_from_the_version_that_stands(
        self, buyer: Client, supplier: Client
    ) -> None:
        path = draft("ord_countered")
        send(buyer, path, "propose", text=box(page_of(buyer, path)))
        first = standing("ord_countered")
        seen = page_of(supplier, path)
        assert from_toml(box(seen)) == first
        assert f"{path}?as=supplier" in page_of(supplier, "/orders/ord_countered/")
        changed = replace(first, title="Countered")
        assert send(supplier, path, "propose", text=to_toml(changed))[0] == FOUND
        assert standing("ord_countered").title == "Countered"
        # The buyer's form is older than the counter-proposal: it is looked at first.
        stale = hidden(seen)
        status, page, _ = send(
            buyer, path, "propose", text=to_toml(replace(first, title="Late")), **stale
        )
        assert status == UNPROCESSABLE
        assert PROPOSING["is_outdated"].en in plain(page)
        assert 'title = "Late"' in box(page)
        assert standing("ord_countered").title == "Countered"

    def test_a_template_is_put_in_the_box_where_asked(self, buyer: Client) -> None:
        path = draft("ord_templates")
        assert from_toml(box(page_of(buyer, f"{path}?template=toys"))).title
        toys, apparel = (box(page_of(buyer, f"{path}?template={n}")) for n in ("toys", "apparel"))
        assert toys != apparel


class TestWho:
    def test_foreign_and_absent_orders_look_alike(self, buyer: Client, stranger: Client) -> None:
        path = draft("ord_foreign")
        absent = path.replace("ord_foreign", "ord_absent")
        text = box(page_of(buyer, path))
        for client, address in ((stranger, path), (stranger, absent), (buyer, absent)):
            assert client.get(address).status_code == NOT_FOUND
            for do in ("check", "propose"):
                asked = {"text": text, "do": do, "token": "a" * 32}
                assert client.post(address, asked).status_code == NOT_FOUND
        for role in (Role.OPERATOR, Role.INSPECTOR, Role.AUDITOR):
            assert signed_in(role).get(path).status_code == NOT_FOUND
        assert order_of("ord_foreign").proposal is None

    def test_without_the_right_there_is_no_way_in(self, buyer: Client) -> None:
        path = draft("ord_rights")
        held = Membership.objects.get(company_id=BUYER_ID, person_id="per_demo_buyer")
        everything = list(held.rights)
        try:
            held.rights = [r.value for r in MemberRight if r is not MemberRight.DRAFT]
            held.save()
            for address in ("/begin/", begin_path(), path):
                assert buyer.get(address).status_code == NOT_FOUND
                assert buyer.post(address, {"do": "propose"}).status_code in {NOT_FOUND, 405}
            for address in ("/orders/", f"/suppliers/{SUPPLIER_ID}/"):
                assert "/begin/" not in page_of(buyer, address)
            assert "ProposeVersion/" not in page_of(buyer, "/orders/ord_rights/")
        finally:
            held.rights = everything
            held.save()

    def test_nobody_begins_an_order_for_another_or_with_itself(
        self, buyer: Client, supplier: Client
    ) -> None:
        before = orders()
        for role in (Role.OPERATOR, Role.INSPECTOR):
            assert signed_in(role).get("/begin/").status_code == NOT_FOUND
        assert "/begin/?supplier=" not in page_of(supplier, f"/suppliers/{SUPPLIER_ID}/")
        for client, asked in (
            (supplier, begin_path()),
            (buyer, begin_path().replace(SUPPLIER_ID, "com_none")),
            (buyer, re.sub("edition=[^&]+", "edition=none", begin_path())),
        ):
            answer = client.post(asked, {"do": "propose", "text": "x", "token": "a" * 32})
            assert answer.status_code == NOT_FOUND
            assert client.get(asked).status_code in {OK, UNPROCESSABLE}
        assert buyer.get("/begin/?supplier=%00").status_code == BAD_REQUEST
        foreign = box(page_of(buyer, begin_path())).replace(BUYER_ID, "com_eve")
        status, page, _ = send(buyer, begin_path(), "propose", text=foreign)
        assert status == UNPROCESSABLE
        assert "buyer.company_id" in plain(page)
        assert orders() == before

    def test_a_form_of_another_site_is_not_taken(self, buyer: Client) -> None:
        strict = Client(enforce_csrf_checks=True)
        strict.cookies = buyer.cookies
        path = begin_path()
        asked = {"text": box(page_of(buyer, path)), "do": "propose", "token": "a" * 32}
        assert strict.post(path, asked).status_code == 403
