"""Who is told what, once; by which mail, at once or once a day; against a real database and a real mail server."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from msgspec.structs import replace

from fairlot.application.money.bank_import import import_bank_file
from fairlot.application.telling.mailing import AGE_MAX, LEASE, RETRY_AFTER, MailDesk
from fairlot.application.telling.notifying import Telling, next_digest, tell_of_disabled_webhook
from fairlot.application.telling.unsubscribing import unsubscribe, unsubscribe_path
from fairlot.application.telling.webhook_endpoints import EndpointDesk
from fairlot.application.telling.webhooks import WebhookDesk
from fairlot.domain.order import commands as c
from fairlot.domain.party import Role
from fairlot.providers.mail.letter import Letter
from fairlot.providers.mail.mailer import SmtpMailer
from fairlot.providers.outward import Notification
from fairlot.providers.wire.sample_statement import SampleEntry
from fairlot.smtp_settings import MailServer
from fairlot.store.telling import mail_queue, notifications
from fairlot.store.telling.notifications import StoredNotification
from fairlot.store.telling.webhooks import TakenDelivery
from tests.support.mail_server import HANG_UP, MailHouse, mail_house
from tests.support.market import Market, whole_terms
from tests.support.postgres import Database
from tests.support.statements import build_statement
from tests.support.trades import BUYER

BASE_URL = "https://trade.example"
ORDER = "ord_1"
KEYS = ("k" * 50,)


class Post:
    """A market whose people are told."""

    def __init__(self, database: Database, house: MailHouse) -> None:
        self.database = database
        self.house = house
        self.market = Market(database)
        self.clock = self.market.clock
        self.webhooks = WebhookDesk(
            connect=self.market.pool.connection, keys=KEYS, clock=self.clock
        )
        telling = Telling(self.market.desk, self.webhooks)
        self.market.desk = replace(self.market.desk, messenger=telling)
        self.telling = telling
        server = MailServer(
            host="127.0.0.1", port=house.port, encryption="none", user="", password="", sender=""
        )
        self.mails = MailDesk(
            connect=self.market.pool.connection,
            clock=self.clock,
            mailer=SmtpMailer(server),
            sender="Fairlot <trade@example.com>",
            base_url=BASE_URL,
            keys=KEYS,
        )
        with database.as_owner() as owner:
            owner.execute(PEOPLE)

    def told(self, person_id: str) -> list[StoredNotification]:
        with self.market.pool.connection() as connection:
            return notifications.of_person(connection, person_id, limit=100)

    def kinds(self, person_id: str) -> list[str]:
        return [one.kind for one in reversed(self.told(person_id))]

    def tell(self, kind: str, *recipients: Role, family: str = "order", **changes: Any) -> None:
        given: dict[str, Any] = {
            "key": f"{family}:{ORDER}:1:{kind}",
            "family": family,
            "aggregate_id": ORDER,
            "seq": 1,
            "kind": kind,
            "recipients": [role.value for role in recipients],
            "at": self.clock(),
            "facts": {},
        }
        self.telling.tell(Notification(**(given | changes)))

    def wish_digest(self, person_id: str) -> None:
        with self.market.pool.connection() as connection:
            notifications.set_wish(connection, person_id, digest=True)

    def subjects(self) -> list[str]:
        return [str(accepted.message["Subject"]) for accepted in self.house.accepted]


PEOPLE = """
INSERT INTO people_person (id, password, email, name, language, zone, is_active, joined_at) VALUES
  ('per_anna', '', 'anna@buyer.example', 'Anna', 'en', 'Europe/Berlin', true, now()),
  ('per_paul', '', 'paul@buyer.example', 'Paul', 'en', 'UTC', true, now()),
  ('per_gone', '', 'gone@buyer.example', 'Gone', 'en', 'UTC', false, now()),
  ('per_mei', '', 'mei@supplier.example', 'Mei', 'zh-hans', 'Asia/Shanghai', true, now()),
  ('per_bank', '', 'bank@supplier.example', 'Bo', 'zh-hans', 'Asia/Shanghai', true, now()),
  ('per_ops', '', 'ops@platform.example', 'Ops', 'en', 'UTC', true, now()),
  ('per_else', '', 'else@stranger.example', 'Else', 'en', 'UTC', true, now());
INSERT INTO people_company (id, legal_name, country, trades, is_sourcing_agent, is_inspection_company,
  created_at, created_by_id) VALUES
  ('com_buyer', 'Buyer', 'DE', true, false, false, now(), 'per_anna'),
  ('com_supplier', 'Supplier', 'CN', true, false, false, now(), 'per_mei'),
  ('com_stranger', 'Stranger', 'US', true, false, false, now(), 'per_else');
INSERT INTO people_membership (company_id, person_id, rights, since) VALUES
  ('com_buyer', 'per_anna', '{follow,agree,manage}', now()),
  ('com_buyer', 'per_paul', '{pay}', now()),
  ('com_buyer', 'per_gone', '{follow}', now()),
  ('com_supplier', 'per_mei', '{follow}', now()),
  ('com_supplier', 'per_bank', '{bank}', now()),
  ('com_stranger', 'per_else', '{follow,bank,manage}', now());
INSERT INTO people_staffrole (person_id, role, since) VALUES ('per_ops', 'operator', now());
"""


@pytest.fixture
def post(database: Database) -> Iterator[Post]:
    with mail_house() as house:
        made = Post(database, house)
        yield made
        made.market.close()


@pytest.fixture
def agreed(post: Post) -> Post:
    post.market.enrolled()
    post.market.agreed(ORDER, whole_terms(100_000, 50_000))
    post.market.work()
    return post


class TestPeople:
    def test_r47_followers_of_both_parties_are_told_and_nobody_else(self, agreed: Post) -> None:
        assert agreed.kinds("per_anna") == ["order_agreed"]
        assert "version_proposed" in agreed.kinds("per_mei")
        for person_id in ("per_paul", "per_gone", "per_else", "per_ops"):
            assert agreed.kinds(person_id) == []

    def test_telling_twice_is_as_good_as_once(self, agreed: Post) -> None:
        for _ in range(3):
            agreed.tell("payment_completed", Role.BUYER, Role.SUPPLIER)
        assert agreed.kinds("per_anna").count("payment_completed") == 1
        agreed.mails.send_due()
        assert len([one for one in agreed.house.accepted if "anna" in one.recipients[0]]) == 2

    def test_money_of_an_account_is_for_those_who_may_see_it(self, agreed: Post) -> None:
        agreed.market.pay(ORDER, 100_000)
        agreed.market.received(ORDER)
        agreed.market.work()
        with agreed.market.pool.connection() as connection:
            row = connection.execute("SELECT payout_id FROM payout_head").fetchone()
        assert row is not None
        agreed.tell(
            "payout_sent",
            Role.SUPPLIER,
            family="payout",
            aggregate_id=row[0],
            key="payout:a:1:0",
            facts={"amount_minor": 5_000, "currency": "USD"},
        )
        assert "payout_sent" in agreed.kinds("per_bank")
        assert "payout_sent" not in agreed.kinds("per_mei")

    def test_staff_are_told_by_their_role(self, agreed: Post) -> None:
        agreed.tell("platform_breached", Role.BUYER, Role.OPERATOR, facts={"clock": "decision"})
        assert agreed.kinds("per_ops") == ["platform_breached"]

    def test_one_person_in_two_roles_is_told_once_in_the_one_that_acts(self, agreed: Post) -> None:
        with agreed.database.as_owner() as owner:
            owner.execute(
                "INSERT INTO people_staffrole (person_id, role, since)"
                " VALUES ('per_anna', 'operator', now())"
            )
        agreed.tell("dispute_escalated", Role.BUYER, Role.OPERATOR, facts={"by_itself": True})
        (one,) = [each for each in agreed.told("per_anna") if each.kind == "dispute_escalated"]
        assert one.role == "operator"

    def test_money_without_an_order_calls_on_operators_alone(self, agreed: Post) -> None:
        entry = SampleEntry(
            amount_minor=700, booked_date=agreed.clock().date(), remittance_text="for the lamps"
        )
        (row,) = import_bank_file(build_statement(entry), desk=agreed.market.desk).left_over
        agreed.market.work()
        (told,) = agreed.told("per_ops")
        assert (told.kind, told.order_id, told.role) == ("suspense_taken_in", "", "operator")
        assert told.facts["amount_minor"] == 700
        assert told.facts["why"] == row.why
        for person_id in ("per_anna", "per_mei", "per_bank", "per_else"):
            assert "suspense_taken_in" not in agreed.kinds(person_id)
        agreed.mails.send_due()
        assert "Money came in that names no order" in agreed.subjects()

    def test_the_facts_that_are_told_have_their_currency(self, agreed: Post) -> None:
        agreed.tell("missing_cancelled", Role.BUYER, facts={"amount_minor": 700})
        assert agreed.told("per_anna")[0].facts == {"amount_minor": 700, "currency": "USD"}

    def test_reading_is_ones_own(self, agreed: Post) -> None:
        (one,) = agreed.told("per_anna")
        with agreed.market.pool.connection() as connection:
            ids = [one.notification_id]
            at = agreed.clock()
            assert notifications.unread_count(connection, "per_anna") == 1
            assert notifications.mark_read(connection, "per_mei", ids, at=at) == 0
            assert notifications.mark_read(connection, "per_anna", ids, at=at) == 1
            assert notifications.mark_read(connection, "per_anna", ids, at=at) == 0
            assert notifications.unread_count(connection, "per_anna") == 0


class TestMails:
    def test_r47_a_mail_speaks_the_readers_language_zone_and_leads_to_the_order(
        self, agreed: Post
    ) -> None:
        agreed.mails.send_due()
        by_reader = {each.recipients[0]: each.message for each in agreed.house.accepted}
        anna, mei = by_reader["anna@buyer.example"], by_reader["mei@supplier.example"]
        english, chinese = (
            next(mail.iter_parts()).get_content().replace("\r\n", "\n") for mail in (anna, mei)
        )
        assert "(Europe/Berlin)" in english
        assert f"{BASE_URL}/orders/{ORDER}/" in english
        assert "Pay what is due." in english
        assert "(Asia/Shanghai)" in chinese
        assert mei["Content-Language"] == "zh-Hans"
        assert anna["List-Unsubscribe"] is None
        assert anna["Message-ID"].endswith("@trade.example>")

    def test_a_failure_is_tried_again_later_under_the_same_id(self, agreed: Post) -> None:
        failing = ["451 later", HANG_UP]
        agreed.house.say = lambda stage: failing.pop(0) if stage == "data" and failing else None
        with agreed.database.as_owner() as owner:
            owner.execute("DELETE FROM mail WHERE person_id <> 'per_anna'")
        assert agreed.mails.send_due() == 1
        assert agreed.mails.send_due() == 0
        agreed.clock.now += RETRY_AFTER[0]
        assert agreed.mails.send_due() == 1
        assert agreed.house.accepted == []
        agreed.clock.now += RETRY_AFTER[1]
        assert agreed.mails.send_due() == 1
        assert len(agreed.house.accepted) == 1
        agreed.clock.now += dt.timedelta(days=1)
        assert agreed.mails.send_due() == 0

    def test_one_that_cannot_be_written_holds_up_no_other_and_has_an_end(
        self, agreed: Post
    ) -> None:
        with agreed.database.as_owner() as owner:
            owner.execute(
                "UPDATE notification SET kind = 'unheard_of' WHERE person_id = 'per_anna'"
            )
        agreed.mails.send_due()
        readers = {accepted.recipients[0] for accepted in agreed.house.accepted}
        assert readers == {"mei@supplier.example", "bank@supplier.example"}
        agreed.clock.now += AGE_MAX + LEASE
        agreed.mails.send_due()
        with agreed.database.as_owner() as owner:
            left = owner.execute(
                "SELECT DISTINCT person_id, last_error FROM mail WHERE sent_at IS NULL"
            )
            assert left.fetchall() == [("per_anna", "too late to be of use")]

    def test_a_mailbox_that_is_not_there_is_given_up_at_once(self, agreed: Post) -> None:
        agreed.house.say = lambda stage: "550 no such mailbox" if stage == "rcpt" else None
        agreed.mails.send_due()
        with agreed.database.as_owner() as owner:
            rows = owner.execute("SELECT due_at, given_up_at, last_error FROM mail").fetchall()
        assert all(due_at is None and at is not None for due_at, at, _ in rows)
        assert all("@" not in error for _, _, error in rows)

    def test_tries_have_an_end(self, agreed: Post) -> None:
        agreed.house.say = lambda stage: "451 later" if stage == "mail" else None
        for _ in range(3 * len(RETRY_AFTER)):
            agreed.mails.send_due()
            agreed.clock.now += dt.timedelta(days=1)
        assert agreed.mails.send_due() == 0

    def test_a_worker_killed_after_the_server_took_it_leaves_one_repetition_with_its_id(
        self, agreed: Post
    ) -> None:
        with agreed.database.as_owner() as owner:
            owner.execute("DELETE FROM mail WHERE person_id <> 'per_anna'")

        class Killed(BaseException):
            pass

        class Dies(SmtpMailer):
            def send(self, letter: Letter) -> None:
                super().send(letter)
                raise Killed

        server = MailServer(
            host="127.0.0.1",
            port=agreed.house.port,
            encryption="none",
            user="",
            password="",
            sender="",
        )
        with pytest.raises(Killed):
            replace(agreed.mails, mailer=Dies(server)).send_due()
        assert agreed.mails.send_due() == 0
        agreed.clock.now += LEASE
        assert agreed.mails.send_due() == 1
        agreed.clock.now += dt.timedelta(days=2)
        assert agreed.mails.send_due() == 0
        first, second = (each.message["Message-ID"] for each in agreed.house.accepted)
        assert first == second

    def test_workers_side_by_side_take_each_mail_once(self, agreed: Post) -> None:
        with agreed.market.pool.connection() as one, agreed.market.pool.connection() as other:
            now = agreed.clock()
            with one.transaction():
                first = mail_queue.take_due(one, now=now, lease=LEASE, limit=1)
                second = mail_queue.take_due(other, now=now, lease=LEASE, limit=10)
        assert len(first) == 1
        assert first[0].mail_id not in {each.mail_id for each in second}

    def test_whoever_was_locked_meanwhile_gets_no_mail(self, agreed: Post) -> None:
        with agreed.database.as_owner() as owner:
            owner.execute("UPDATE people_person SET is_active = false WHERE id = 'per_anna'")
        agreed.mails.send_due()
        assert not [one for one in agreed.house.accepted if "anna" in one.recipients[0]]

    def test_old_news_goes_into_no_mail(self, agreed: Post) -> None:
        with agreed.database.as_owner() as owner:
            owner.execute("DELETE FROM mail")
        agreed.tell("order_completed", Role.BUYER, at=agreed.clock() - dt.timedelta(days=4))
        assert "order_completed" in agreed.kinds("per_anna")
        assert agreed.mails.send_due() == 0


class TestDigest:
    def test_calls_to_act_go_at_once_and_the_rest_once_a_day(self, agreed: Post) -> None:
        agreed.mails.send_due()
        agreed.house.accepted.clear()
        agreed.wish_digest("per_anna")
        agreed.tell("shipment_recorded", Role.BUYER, facts={"shipment_id": "s1"})
        agreed.tell("order_completed", Role.BUYER)
        agreed.tell("payment_reversed", Role.BUYER, facts={"amount_minor": 700})
        agreed.mails.send_due()
        assert agreed.subjects() == [f"A payment bounced · {ORDER}"]
        agreed.clock.now = next_digest(agreed.clock(), "Europe/Berlin")
        agreed.mails.send_due()
        assert agreed.subjects()[1:] == ["Your orders today"]
        digest = agreed.house.accepted[1].message
        text = next(digest.iter_parts()).get_content()
        assert "Shipment s1 was recorded." in text
        assert "The order is completed" in text
        path = unsubscribe_path("per_anna", keys=KEYS)
        assert digest["List-Unsubscribe"].strip() == f"<{BASE_URL}{path}>"
        assert digest["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        agreed.clock.now += dt.timedelta(days=2)
        assert agreed.mails.send_due() == 0

    def test_who_wants_no_news_gets_calls_to_act_alone(self, agreed: Post) -> None:
        agreed.mails.send_due()
        agreed.house.accepted.clear()
        agreed.wish_digest("per_anna")
        agreed.tell("order_completed", Role.BUYER)
        with agreed.market.pool.connection() as connection:
            unsubscribe(connection, "per_anna")
        agreed.tell("shipment_recorded", Role.BUYER, facts={"shipment_id": "s1"})
        agreed.tell("payment_reversed", Role.BUYER, facts={"amount_minor": 700})
        agreed.clock.now += dt.timedelta(days=2)
        agreed.mails.send_due()
        assert agreed.subjects() == [f"A payment bounced · {ORDER}"]
        assert agreed.house.accepted[0].message["List-Unsubscribe"] is None
        assert {"order_completed", "shipment_recorded"} <= set(agreed.kinds("per_anna"))

    def test_planted_fault_a_wish_that_nobody_asks_about_would_be_caught(
        self, agreed: Post, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(notifications, "wants_news", lambda *_: True)
        with agreed.market.pool.connection() as connection:
            unsubscribe(connection, "per_anna")
        agreed.mails.send_due()
        agreed.house.accepted.clear()
        agreed.tell("order_completed", Role.BUYER)
        agreed.mails.send_due()
        assert agreed.subjects() == [f"The order is completed · {ORDER}"]

    def test_news_that_comes_at_once_can_be_switched_off_as_well(self, agreed: Post) -> None:
        agreed.mails.send_due()
        agreed.house.accepted.clear()
        agreed.tell("order_completed", Role.BUYER)
        agreed.mails.send_due()
        (news,) = [each.message for each in agreed.house.accepted]
        assert unsubscribe_path("per_anna", keys=KEYS) in news["List-Unsubscribe"]

    def test_what_was_read_meanwhile_is_left_out(self, agreed: Post) -> None:
        agreed.mails.send_due()
        agreed.house.accepted.clear()
        agreed.wish_digest("per_anna")
        agreed.tell("order_completed", Role.BUYER)
        with agreed.market.pool.connection() as connection:
            notifications.mark_all_read(connection, "per_anna", at=agreed.clock())
        agreed.clock.now += dt.timedelta(days=2)
        agreed.mails.send_due()
        assert agreed.subjects() == []

    @pytest.mark.parametrize(
        ("now", "zone", "then"),
        [
            ("2027-03-01T06:59:59+00:00", "Europe/Berlin", "2027-03-01T07:00:00+00:00"),
            ("2027-03-01T07:00:00+00:00", "Europe/Berlin", "2027-03-02T07:00:00+00:00"),
            # Clocks go forward in the night between.
            ("2027-03-27T12:00:00+00:00", "Europe/Berlin", "2027-03-28T06:00:00+00:00"),
            ("2027-03-01T00:00:00+00:00", "Asia/Shanghai", "2027-03-02T00:00:00+00:00"),
            ("2027-02-28T23:59:00+00:00", "Asia/Shanghai", "2027-03-01T00:00:00+00:00"),
        ],
    )
    def test_morning_is_the_readers(self, now: str, zone: str, then: str) -> None:
        found = next_digest(dt.datetime.fromisoformat(now), zone)
        assert found == dt.datetime.fromisoformat(then)


class TestEndpoints:
    def test_events_of_an_order_go_to_its_companies_with_its_status_then(self, post: Post) -> None:
        def endpoints(company_id: str) -> EndpointDesk:
            return EndpointDesk(
                webhooks=post.webhooks,
                company_id=company_id,
                person_id="per_anna",
                loopback_http=False,
            )

        own, _ = endpoints("com_buyer").add("https://buyer.example/in", ())
        foreign, _ = endpoints("com_stranger").add("https://stranger.example/in", ())
        post.market.enrolled()
        post.market.agreed(ORDER, whole_terms(100_000, 50_000))
        post.market.pay(ORDER, 100_000)
        post.market.work()
        sent = endpoints("com_buyer").deliveries(own, limit=100, before=None)
        bodies = [delivery.body.decode() for delivery in sent]
        (agreed,) = [body for body in bodies if '"order.agreed"' in body]
        # The order was paid when it was told; what is sent says how it stood then.
        assert '"status":"agreed"' in agreed
        assert f'"order_id":"{ORDER}"' in agreed
        assert endpoints("com_stranger").deliveries(foreign, limit=100, before=None) == []

    def test_whoever_manages_a_company_hears_of_its_endpoint_that_was_switched_off(
        self, post: Post
    ) -> None:
        taken = TakenDelivery(
            delivery_id="msg_1",
            endpoint_id="whe_1",
            company_id="com_buyer",
            url="https://buyer.example/in",
            body=b"{}",
            tries=1,
            attempts=1,
            round_began_at=post.clock(),
            secret=b"",
            earlier_secret=None,
            earlier_until=None,
        )
        with post.market.pool.connection() as connection:
            for _ in range(2):
                tell_of_disabled_webhook(connection, taken, post.clock())
        assert post.kinds("per_anna") == ["webhook_disabled"]
        assert post.kinds("per_paul") == []
        post.mails.send_due()
        assert post.subjects() == ["A webhook was switched off"]


def test_refused_commands_tell_nobody(agreed: Post) -> None:
    before = agreed.kinds("per_anna")
    agreed.market.ask(ORDER, BUYER, c.ConfirmReceipt())
    agreed.market.work()
    assert agreed.kinds("per_anna") == before
