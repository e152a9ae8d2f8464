"""An order's conversation as a page: read by its parties alone, sent once, shown as it was sent, reported with one click."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from fairlot.application.conversation.attachments import FILE_BYTES_MAX, FileFault, attachment_of
from fairlot.clock import system_clock
from fairlot.domain.party import Role
from fairlot.interfaces.web.conversation import ROWS_PER_PAGE
from fairlot.interfaces.web.conversation_words import CONVERSATION
from fairlot.interfaces.web.door import FORM_BYTES_MAX
from fairlot.reading_room import reading_room
from fairlot.store.conversation import erase_message, messages_of
from fairlot.store.people.models import Membership, Person
from fairlot.store.supplier import supplier_room
from fairlot.writing_room import close_writing_rooms, lent_connection
from tests.support.people import company, member, person
from tests.support.postgres import Database
from tests.support.signed_in import signed_in
from tests.support.stored_trades import StoredTrade, example_contract, keep_contract
from tests.support.trades import BUYER, SUPPLIER

PATH = "/orders/ord_agreed/messages/"
PNG = b"\x89PNG\r\n\x1a\nrest"
ENGLISH = {"HTTP_ACCEPT_LANGUAGE": "en"}
CHINESE = {"HTTP_ACCEPT_LANGUAGE": "zh-CN,zh;q=0.9"}
FOUND = 302
NOT_FOUND = 404
UNPROCESSABLE = 422
TOO_LARGE = 413


@pytest.fixture
def buyer(django_database: Database) -> Iterator[Client]:
    """The buyer's browser, in front of an order in whose conversation nothing was said."""
    terms = keep_contract(reading_room().files, example_contract())
    trade = StoredTrade(django_database, "ord_agreed", terms=terms)
    trade.agreed()
    trade.close()
    yield trader("buyer", BUYER.company_id)
    close_writing_rooms()


@pytest.fixture
def supplier(buyer: Client) -> Client:
    """The supplier's browser, in front of the same."""
    del buyer
    return trader("supplier", SUPPLIER.company_id)


@pytest.fixture
def stranger(buyer: Client) -> Client:
    """The browser of somebody with every right in a company of no part in the order."""
    del buyer
    return trader("stranger", "com_stranger")


def trader(name: str, company_id: str) -> Client:
    """Sign somebody in who has every right in a company."""
    who = person(name)
    member(company(company_id.removeprefix("com_"), who), who)
    client = Client()
    client.force_login(who)
    return client


def form_of(client: Client, path: str = PATH) -> str:
    """Return the token of a form freshly shown."""
    found = re.search(r'name="token" value="([^"]+)"', client.get(path).content.decode())
    assert found is not None
    return found[1]


def send(client: Client, body: str, *files: SimpleUploadedFile, token: str = "") -> int:
    """Send what a form would, and return the answer's status."""
    asked = {"body": body, "token": token or form_of(client), "files": list(files)}
    return client.post(PATH, asked, **ENGLISH).status_code  # type: ignore[arg-type]  # WSGI names


def bodies() -> list[str | None]:
    with lent_connection() as connection:
        return [m.body for m in messages_of(connection, order_id="ord_agreed", limit=10_000)]


def text_of(client: Client, path: str = PATH, headers: dict[str, str] | None = None) -> str:
    answer = client.get(path, **(headers or ENGLISH))  # type: ignore[arg-type]  # WSGI names
    assert answer.status_code == 200, answer.content[:500]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


class TestReading:
    def test_r47_both_sides_read_the_same_with_role_company_and_time(
        self, buyer: Client, supplier: Client
    ) -> None:
        assert send(buyer, "12,000 boxes, please.") == FOUND
        assert send(supplier, "好的\n第二行") == FOUND
        for reader in (buyer, supplier, signed_in(Role.OPERATOR)):
            text = text_of(reader)
            assert re.search(r"buyer, .*Harbor.* 1 · \d{1,2} \w{3} 20\d\d", text)
            assert "12,000 boxes, please." in text
            assert "好的 第二行" in text
            assert "Times are those of" in text
        assert "买方, " in text_of(buyer, headers=CHINESE)

    def test_r16_it_says_that_only_the_contract_counts(self, buyer: Client) -> None:
        assert CONVERSATION["only_contract"].en in text_of(buyer)
        assert CONVERSATION["only_contract"].zh in text_of(buyer, headers=CHINESE)

    def test_strangers_and_inspectors_find_nothing(self, stranger: Client) -> None:
        for client in (stranger, signed_in(Role.INSPECTOR), signed_in(Role.MEDIATOR)):
            assert client.get(PATH).status_code == NOT_FOUND
            assert client.post(PATH, {"body": "x", "token": "a" * 32}).status_code == NOT_FOUND
        assert Client().get(PATH).status_code == FOUND
        assert signed_in(Role.OPERATOR).get("/orders/ord_none/messages/").status_code == NOT_FOUND

    def test_an_erased_message_is_shown_as_erased(self, buyer: Client) -> None:
        send(buyer, "my private number")
        number = len(bodies())
        with lent_connection() as connection:
            erase_message(
                connection, order_id="ord_agreed", number=number, erased_at=system_clock()
            )
        text = text_of(buyer)
        assert "my private number" not in text
        assert "was erased" in text

    def test_what_people_wrote_is_text_and_never_markup(self, buyer: Client) -> None:
        send(buyer, "<script>alert(1)</script>")
        page = buyer.get(PATH).content.decode()
        assert "&lt;script&gt;alert(1)" in page
        assert "<script" not in page

    def test_a_long_conversation_goes_on_page_by_page(self, buyer: Client) -> None:
        for number in range(ROWS_PER_PAGE + 1):
            send(buyer, f"line {number} of many", token=f"{'t' * 20}{number}")
        shown: list[str] = []
        path: str | None = PATH
        while path is not None:
            page = buyer.get(path).content.decode()
            shown = re.findall(r'<li class="card[^"]*" id="m(\d+)"', page) + shown
            link = re.search(r'rel="prev" href="([^"]+)"', page)
            path = None if link is None else PATH + html.unescape(link[1])
        assert shown == [str(number) for number in range(1, len(bodies()) + 1)]

    @pytest.mark.parametrize("query", ["until=-1", "until=x", "until=999999999999", "as=clock"])
    def test_a_place_that_is_none_is_the_end(self, buyer: Client, query: str) -> None:
        assert buyer.get(f"{PATH}?{query}").status_code == 200

    def test_an_order_leads_to_its_conversation(self, buyer: Client) -> None:
        assert PATH in buyer.get("/orders/ord_agreed/").content.decode()


class TestWriting:
    def test_a_double_press_sends_once(self, buyer: Client) -> None:
        token, before = form_of(buyer), len(bodies())
        photo = SimpleUploadedFile("a.png", PNG)
        for _ in range(2):
            photo.seek(0)
            assert send(buyer, "once", photo, token=token) == FOUND
        assert len(bodies()) == before + 1
        assert send(buyer, "other", token=token) == UNPROCESSABLE
        assert len(bodies()) == before + 1

    def test_attachments_stand_with_their_message_and_come_back_as_they_were(
        self, buyer: Client, supplier: Client, stranger: Client
    ) -> None:
        send(
            buyer, "look", SimpleUploadedFile("照片.png", PNG), SimpleUploadedFile("n.csv", b"a,b")
        )
        entry = supplier.get(PATH).content.decode().split('id="m')[-1]
        links = re.findall(r'href="(/api/v1/[^"]+)"', entry)
        assert len(links) == 2
        given = supplier.get(links[0])
        assert given.content == PNG
        assert given.headers["Content-Type"] == "image/png"
        assert given.headers["Content-Disposition"].startswith("attachment")
        assert stranger.get(links[0]).status_code == NOT_FOUND

    @pytest.mark.parametrize(
        ("body", "name", "content"),
        [
            ("", "", b""),
            ("   \n", "", b""),
            ("x" * 16_001, "", b""),
            ("a\x07b", "", b""),
            ("look", "a.bin", b"\x7fELF\xff\xfe"),
            ("look", "a.txt", b"a\x00b"),
        ],
    )
    def test_what_cannot_be_sent_is_said_and_nothing_is_kept(
        self, buyer: Client, body: str, name: str, content: bytes
    ) -> None:
        before = len(bodies())
        files = [SimpleUploadedFile(name, content)] if name else []
        assert send(buyer, body, *files) == UNPROCESSABLE
        assert len(bodies()) == before

    def test_a_form_of_nobodys_is_refused_and_what_was_typed_stays(self, buyer: Client) -> None:
        answer = buyer.post(PATH, {"body": "typed with care", "token": "short"})
        assert answer.status_code == UNPROCESSABLE
        assert "typed with care</textarea>" in answer.content.decode()

    def test_a_member_who_only_follows_reads_and_does_not_write(self, buyer: Client) -> None:
        Membership.objects.filter(person_id="per_buyer").update(rights=["follow"])
        assert "You can read here, but not write." in text_of(buyer)
        assert buyer.post(PATH, {"body": "x", "token": "a" * 32}).status_code == NOT_FOUND

    def test_a_form_without_its_token_of_the_session_is_refused(self, buyer: Client) -> None:
        del buyer
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(Person.objects.get(id="per_buyer"))
        assert strict.post(PATH, {"body": "x", "token": "a" * 32}).status_code == 403

    def test_what_is_larger_than_any_form_is_turned_away_unread(self, buyer: Client) -> None:
        answer = buyer.post(PATH, {"body": "x"}, CONTENT_LENGTH=str(FORM_BYTES_MAX + 1))
        assert answer.status_code == TOO_LARGE


class TestReporting:
    def test_r6_one_click_reports_the_supplier_by_its_message(
        self, buyer: Client, supplier: Client
    ) -> None:
        send(supplier, "Please pay my cousin instead.")
        number = len(bodies())
        assert f'action="{PATH}{number}/report/' in buyer.get(PATH).content.decode()
        for _ in range(2):
            assert buyer.post(f"{PATH}{number}/report/").status_code == FOUND
        with lent_connection() as connection:
            made = [
                (each.reporter_company_id, each.message_no)
                for each in supplier_room.reports_of(connection, SUPPLIER.company_id)
            ]
        assert made == [(BUYER.company_id, number)]

    def test_only_a_buyer_and_only_what_the_supplier_said(
        self, buyer: Client, supplier: Client
    ) -> None:
        send(buyer, "mine")
        mine = len(bodies())
        assert buyer.post(f"{PATH}{mine}/report/").status_code == NOT_FOUND
        for absent in ("0", "900000", "9" * 30):
            assert buyer.post(f"{PATH}{absent}/report/").status_code == NOT_FOUND
        send(supplier, "theirs")
        theirs = len(bodies())
        assert supplier.post(f"{PATH}{theirs}/report/").status_code == NOT_FOUND
        assert "/report/" not in supplier.get(PATH).content.decode()


class TestAttachment:
    def test_its_type_is_what_its_content_says(self) -> None:
        found = attachment_of("a.txt", PNG)
        assert not isinstance(found, FileFault)
        assert found.media_type == "image/png"

    @pytest.mark.parametrize(
        ("name", "content", "fault"),
        [
            ("a/b", b"x", FileFault.NAME),
            ("a", b"", FileFault.EMPTY),
            ("a", b"\xff", FileFault.CONTENT),
            ("a", b"a" * (FILE_BYTES_MAX + 1), FileFault.TOO_LARGE),
        ],
    )
    def test_faults(self, name: str, content: bytes, fault: FileFault) -> None:
        assert attachment_of(name, content) is fault
