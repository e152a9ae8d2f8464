"""Acts on an order by pages alone: from the proposal to a decision, each done once, by who may, with what it needs."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from fairlot.application.access import MemberRight
from fairlot.domain.order import commands as c
from fairlot.domain.order.state import Order, Status, open_dispute
from fairlot.domain.party import CLOCK, Role
from fairlot.interfaces.web.acts.words import FORM
from fairlot.reading_room import reading_room
from fairlot.store.conversation import files_of, messages_of
from fairlot.store.people.models import Membership
from fairlot.writing_room import close_writing_rooms, lent_connection, writing_room
from tests.support.people import PASSWORD, company, member, person
from tests.support.postgres import Database
from tests.support.stored_trades import StoredTrade, example_contract, keep_contract
from tests.support.trades import BUYER, OPERATOR, SUPPLIER

ENGLISH = {"HTTP_ACCEPT_LANGUAGE": "en"}
CHINESE = {"HTTP_ACCEPT_LANGUAGE": "zh-CN,zh;q=0.9"}
OK, FOUND, NOT_FOUND, UNPROCESSABLE = 200, 302, 404, 422
ORDER = "ord_acts"


class Side:
    """A browser of somebody with every right in one company, in front of the order."""

    def __init__(self, name: str, *, company_id: str = "", roles: tuple[Role, ...] = ()) -> None:
        who = person(name, roles=roles, second_factor=False)
        if company_id:
            member(company(company_id.removeprefix("com_"), who), who)
        self.client = Client()
        self.client.post("/account/login/", {"login": who.email, "password": PASSWORD})
        self.client.post("/account/reauthenticate/", {"password": PASSWORD})

    def open(self, act: str, headers: dict[str, str] | None = None) -> tuple[int, str]:
        """Return the status of an act's page, and its text."""
        answer = self.client.get(path(act), **(headers or ENGLISH))  # type: ignore[arg-type]  # WSGI names
        return answer.status_code, plain(answer.content.decode())

    def form(self, act: str) -> dict[str, str]:
        """Return the hidden values of an act's form."""
        page = self.client.get(path(act), **ENGLISH).content.decode()  # type: ignore[arg-type]  # WSGI names
        main = page.split("<main", 1)[1]
        found = re.findall(r'type="hidden" name="(token|version)" value="([^"]*)"', main)
        assert len(found) == 2, plain(main)
        return dict(found)

    def do(self, act: str, **fields: object) -> tuple[int, str]:
        """Send an act's form, freshly opened unless its hidden values are given; names may have a dot as `__`."""
        hidden = {} if "token" in fields else self.form(act)
        sent = {name.replace("__", "."): value for name, value in fields.items()}
        answer = self.client.post(path(act), {**hidden, **sent}, **ENGLISH)  # type: ignore[arg-type]  # WSGI names
        return answer.status_code, plain(answer.content.decode())


def path(act: str) -> str:
    return f"/orders/{ORDER}/acts/{act}/"


def plain(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def paper(name: str = "paper.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"%PDF-1.7 " + name.encode())


@pytest.fixture
def trade(django_database: Database) -> Iterator[StoredTrade]:
    """An order that a test brings to where it begins."""
    terms = keep_contract(reading_room().files, example_contract())
    trade = StoredTrade(django_database, ORDER, terms=terms)
    yield trade
    trade.close()
    close_writing_rooms()


@pytest.fixture
def buyer(trade: StoredTrade) -> Side:
    """The buyer's browser."""
    del trade
    return Side("buyer", company_id=BUYER.company_id)


@pytest.fixture
def supplier(trade: StoredTrade) -> Side:
    """The supplier's browser."""
    del trade
    return Side("supplier", company_id=SUPPLIER.company_id)


def order() -> Order:
    return writing_room().desk.read_order(ORDER).order


class TestDoing:
    def test_r16_the_supplier_declines_a_version(self, trade: StoredTrade, supplier: Side) -> None:
        trade.proposed()
        assert supplier.do("DeclineVersion", version_hash=trade.terms.version_hash)[0] == FOUND
        assert order().proposal is None

    def test_r31_goods_leave_arrive_and_are_received(
        self, trade: StoredTrade, buyer: Side, supplier: Side
    ) -> None:
        trade.inspected().pay("p2", 1_386_000)
        status, text = supplier.do(
            "RecordShipment",
            proof="bill_of_lading",
            document_hash=paper("bl.pdf"),
            handed_over_date="2027-01-04",
        )
        assert status == FOUND, text
        assert order().status is Status.SHIPPED
        (shipment,) = order().shipments
        assert buyer.do("ConfirmReceipt")[0] == FOUND
        assert order().status is Status.COMPLETED
        with lent_connection() as connection:
            (kept,) = files_of(connection, order_id=ORDER)
            (said,) = messages_of(connection, order_id=ORDER)
        assert kept.file_name == "bl.pdf"
        assert said.body == "Record a shipment"
        assert shipment.id

    def test_r37_r38_r46_a_dispute_from_the_claim_to_a_settlement(
        self, trade: StoredTrade, buyer: Side, supplier: Side
    ) -> None:
        trade.delivered()
        status, text = buyer.do(
            "OpenDispute",
            claims__ground="quality",
            claims__term_ids=["capacity"],
            wish="none",
            evidence_hashes=[paper("one.pdf"), paper("two.pdf")],
        )
        assert status == FOUND, text
        dispute = open_dispute(order())
        assert dispute is not None
        assert len(dispute.evidence) == 2
        status, text = supplier.do("AnswerDispute", decline="true", reason_hash="Two were broken.")
        assert status == FOUND, text
        with lent_connection() as connection:
            said = messages_of(connection, order_id=ORDER)
        assert said[-1].body == "Answer the dispute\nTwo were broken."
        status, text = supplier.do(
            "MakeOffer", offer__kind="refund", offer__amount_minor="1,250.50"
        )
        assert status == FOUND, text
        status, text = buyer.open("AcceptOffer")
        assert "USD 1,250.50" in text
        dispute = open_dispute(order())
        assert dispute is not None
        assert buyer.do("AcceptOffer", offer_id=dispute.offers[0].id)[0] == FOUND
        assert open_dispute(order()) is None

    def test_r43_the_platform_names_a_mediator_who_decides(
        self, trade: StoredTrade, buyer: Side, supplier: Side
    ) -> None:
        trade.disputed()
        assert supplier.do("AnswerDispute", decline="true", reason_hash="No.")[0] == FOUND
        assert buyer.do("Escalate")[0] == FOUND
        operator = Side("operator", roles=(Role.OPERATOR,))
        Side("mediator", roles=(Role.MEDIATOR,))
        status, text = operator.do("NameMediator", mediator_id="per_mediator")
        assert status == FOUND, text
        dispute = open_dispute(order())
        assert dispute is not None
        assert dispute.mediator_id == "per_mediator"

    def test_r40_who_decides_sees_what_the_rules_call_for_and_adopts_it(
        self, trade: StoredTrade
    ) -> None:
        trade.disputed()
        decline = c.AnswerDispute(decline=True, reason_hash="d" * 64)
        named = c.NameMediator(mediator_id="per_mediator")
        for actor, command in ((SUPPLIER, decline), (BUYER, c.Escalate()), (OPERATOR, named)):
            trade.ask(actor, command)
        trade.pass_round()
        trade.ask(CLOCK, c.SettleDue())
        mediator = Side("mediator", roles=(Role.MEDIATOR,))
        status, text = mediator.open("Decide")
        assert status == OK
        assert FORM["advice"].en in text
        page = mediator.client.get(path("Decide")).content.decode()
        typed = dict(re.findall(r'name="(amount_minor|otherwise_minor)" value="([^"]*)"', page))
        outcome = re.search(r'name="outcome" value="(\w+)" checked', page)
        condition = re.search(r'name="condition" value="(\w+)" checked', page)
        assert outcome is not None
        assert condition is not None
        chosen = {"outcome": outcome[1], "condition": condition[1], **typed}
        status, text = mediator.do("Decide", **chosen)
        assert status == FOUND, text
        dispute = open_dispute(order())
        assert dispute is not None
        assert dispute.decision is not None
        assert not dispute.decision.departs

    def test_an_act_sent_twice_is_done_once_and_told_alike(
        self, trade: StoredTrade, supplier: Side
    ) -> None:
        trade.in_production()
        form = supplier.form("NotifyGoodsReady")
        before = len(writing_room().desk.read_order(ORDER).events)
        assert supplier.do("NotifyGoodsReady", **form)[0] == FOUND
        assert supplier.do("NotifyGoodsReady", **form)[0] == FOUND
        assert len(writing_room().desk.read_order(ORDER).events) == before + 1

    def test_r21_a_claim_refused_at_the_door_is_recorded_and_appealed(
        self, trade: StoredTrade, buyer: Side
    ) -> None:
        trade.delivered()
        status, text = buyer.do("OpenDispute", claims__ground="late", wish="none")
        assert status == FOUND, text
        (refused,) = order().refused_claims
        status, text = buyer.open("AppealRefusal")
        assert status == OK
        assert buyer.do("AppealRefusal", refusal_id=refused.id, reason_hash="It was.")[0] == FOUND


class TestRefusing:
    def test_what_changed_since_is_looked_at_first(
        self, trade: StoredTrade, buyer: Side, supplier: Side
    ) -> None:
        trade.in_production()
        form = supplier.form("NotifyGoodsReady")
        assert buyer.do("RequestProductionUpdate")[0] == FOUND
        status, text = supplier.do("NotifyGoodsReady", **form)
        assert status == UNPROCESSABLE
        assert FORM["is_outdated"].en in text
        assert supplier.do("NotifyGoodsReady")[0] == FOUND

    def test_a_refused_act_leaves_nothing_behind(self, trade: StoredTrade, supplier: Side) -> None:
        trade.in_production()
        form = supplier.form("RecordShipment")
        status, text = supplier.do(
            "RecordShipment",
            **form,
            proof="bill_of_lading",
            document_hash=paper(),
            handed_over_date="2031-01-04",
        )
        assert status == UNPROCESSABLE
        assert "4 Jan 2031" in text
        with lent_connection() as connection:
            assert not messages_of(connection, order_id=ORDER)
            assert not files_of(connection, order_id=ORDER)

    @pytest.mark.parametrize(
        ("fields", "told"),
        [
            ({}, "What is offered: this is needed."),
            ({"offer__kind": "all"}, "What is offered: choose one of those listed."),
            (
                {"offer__kind": "refund", "offer__amount_minor": "a lot"},
                "Amount: write an amount such as 1,250.00.",
            ),
            (
                {"offer__kind": "rework", "offer__until": "soon"},
                "By when: write a date such as 2027-03-15.",
            ),
            ({"offer__kind": "rework", "offer__quantity": "-1"}, "Quantity: write a whole number."),
            ({"offer__kind": "refund", "token": "x"}, FORM["is_odd"].en),
        ],
    )
    def test_what_cannot_be_read_is_said_at_its_field_and_kept(
        self, trade: StoredTrade, supplier: Side, fields: dict[str, str], told: str
    ) -> None:
        trade.disputed()
        status, text = supplier.do("MakeOffer", **fields)
        assert status == UNPROCESSABLE
        assert told in text
        dispute = open_dispute(order())
        assert dispute is not None
        assert dispute.offers == ()

    def test_what_is_not_possible_now_says_why(self, trade: StoredTrade, supplier: Side) -> None:
        trade.shipped()
        status, text = supplier.open("RecordShipment")
        assert status == OK
        assert FORM["not_now"].en in text
        assert FORM["not_now"].zh in supplier.open("RecordShipment", CHINESE)[1]

    def test_a_file_that_is_none_is_not_taken(self, trade: StoredTrade, supplier: Side) -> None:
        trade.in_production()
        status, text = supplier.do(
            "RecordShipment",
            proof="bill_of_lading",
            document_hash=SimpleUploadedFile("bl.exe", b"MZ\x00\x01"),
            handed_over_date="2027-01-04",
        )
        assert status == UNPROCESSABLE
        assert "bl.exe was not taken" in text


class TestWho:
    def test_only_who_may_do_it_finds_the_page(
        self, trade: StoredTrade, buyer: Side, supplier: Side
    ) -> None:
        trade.delivered()
        stranger = Side("stranger", company_id="com_stranger")
        assert buyer.open("ConfirmReceipt")[0] == OK
        for side in (supplier, stranger):
            assert side.open("ConfirmReceipt")[0] == NOT_FOUND
            sent = side.client.post(path("ConfirmReceipt"), {"token": "a" * 32})
            assert sent.status_code == NOT_FOUND
        for odd in ("SettleDue", "OpenDraft", "RecordPayment", "confirmreceipt"):
            assert buyer.open(odd)[0] == NOT_FOUND
        assert Client().get(path("ConfirmReceipt")).status_code == FOUND
        assert order().status is Status.DELIVERED

    def test_a_member_without_the_right_is_not_led_there(
        self, trade: StoredTrade, buyer: Side
    ) -> None:
        trade.delivered()
        link = path("ConfirmReceipt")
        address = f"/orders/{ORDER}/"
        assert link in buyer.client.get(address).content.decode()
        Membership.objects.filter(person_id="per_buyer").update(rights=[MemberRight.FOLLOW.value])
        assert buyer.open("ConfirmReceipt")[0] == NOT_FOUND
        assert link not in buyer.client.get(address).content.decode()

    def test_what_weighs_much_asks_once_more_who_it_is(
        self, trade: StoredTrade, buyer: Side
    ) -> None:
        trade.delivered()
        session = buyer.client.session
        del session["account_authentication_methods"]
        session.save()
        answer = buyer.client.get(path("ConfirmReceipt"))
        assert "/account/reauthenticate/" in answer.headers["Location"]
        assert buyer.client.get(path("OpenDispute")).status_code == OK
