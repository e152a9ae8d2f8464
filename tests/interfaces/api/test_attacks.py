"""What somebody with a key or a session of their own tries beyond what it is for; each was possible once."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from fairlot import config
from fairlot.application.access import MemberRight
from fairlot.clock import system_clock
from fairlot.post_room import telling_desk
from fairlot.providers.outward import Notification
from fairlot.store.people.models import ApiKey
from fairlot.writing_room import writing_room
from tests.support.api import Answer, Speaker, company, key_of, member, person
from tests.support.api_trades import Fair
from tests.support.market import DETAILS

SGS, OTHER = "SGS", "Bureau Veritas"
NONE_FOUND = {"found": 0}
DETAILS_ASKED = msgspec.to_builtins(DETAILS)


def inspected_by_two(fair: Fair) -> str:
    order_id = fair.paid()
    for who, inspection_id, named in ((fair.buyer, "I1", OTHER), (fair.supplier, "I2", SGS)):
        who.command(
            order_id,
            "BookInspection",
            inspection_id=inspection_id,
            company=named,
            stage="pre_shipment",
            fee_minor=100,
        ).ok()
    return order_id


def report(inspection_id: str) -> dict[str, Any]:
    return {
        "type": "RecordInspectionReport",
        "inspection_id": inspection_id,
        "lot": 12_000,
        "critical": NONE_FOUND,
        "major": NONE_FOUND,
        "minor": NONE_FOUND,
    }


class TestInspectors:
    def test_report_comes_from_the_company_that_was_booked(self, fair: Fair) -> None:
        order_id = inspected_by_two(fair)
        sgs = member(SGS, inspects=True)
        path = f"/orders/{order_id}/commands"
        assert sgs.post(path, report("I1")).code == "not_permitted"
        batch = {"commands": [{"order_id": order_id, "key": "b", "command": report("I1")}]}
        (outcome,) = sgs.post("/commands", batch).ok()["outcomes"]
        assert (outcome["state"], outcome["code"]) == ("refused", "not_permitted")
        sgs.post(path, report("I2")).ok()


class TestAgents:
    @pytest.fixture
    def order_id(self, fair: Fair) -> str:
        return fair.agreed()

    def granted(self, fair: Fair, order_id: str, *rights: str) -> Speaker:
        agent = member("com_agent")
        fair.buyer.command(order_id, "GrantMandate", agent_id="com_agent", rights=list(rights)).ok()
        return agent

    def say(self, who: Speaker, order_id: str) -> Answer:
        return who.post(f"/orders/{order_id}/messages", {"body": "We take less."})

    def show(self, who: Speaker, order_id: str) -> Answer:
        path = f"/orders/{order_id}/files?name=a.txt"
        return who.post(path, b"a", content_type="text/plain")

    def test_agent_that_only_follows_speaks_for_nobody(self, fair: Fair, order_id: str) -> None:
        agent = self.granted(fair, order_id, "follow")
        assert self.say(agent, order_id).code == "not_permitted"
        assert self.show(agent, order_id).code == "not_permitted"
        assert agent.get(f"/orders/{order_id}/messages").ok() == {"messages": []}

    def test_agent_with_more_speaks_until_its_mandate_ends(self, fair: Fair, order_id: str) -> None:
        agent = self.granted(fair, order_id, "follow", "claim")
        self.say(agent, order_id).ok()
        self.show(agent, order_id).ok()
        fair.buyer.command(order_id, "RevokeMandate", agent_id="com_agent").ok()
        assert self.say(agent, order_id).code == "unknown_order"
        assert self.show(agent, order_id).code == "unknown_order"


class TestKeys:
    def test_key_for_the_sandbox_opens_nothing_where_money_may_be_real(
        self, fair: Fair, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        fair.buyer.get("/me").ok()
        ApiKey.objects.filter(company_id=fair.buyer_id).update(is_sandbox=True)
        fair.buyer.get("/me").ok()
        monkeypatch.delenv("FAIRLOT_DEMO")
        config.settings.cache_clear()
        assert fair.buyer.get("/me").code == "unauthenticated"
        assert fair.supplier.get("/me").ok()


def tell(order_id: str, number: int, *recipients: str) -> None:
    desk = telling_desk(writing_room().desk, config.settings())
    desk.messenger.tell(
        Notification(
            key=f"order:{order_id}:{number}:0",
            family="order",
            aggregate_id=order_id,
            seq=1,
            kind="order_completed",
            recipients=recipients,
            at=system_clock(),
            facts={},
        )
    )


class TestWhatAKeyIsTold:
    def test_key_of_one_company_does_not_read_what_its_maker_heard_elsewhere(
        self, fair: Fair
    ) -> None:
        tell(fair.begin(), 1, "buyer")
        elsewhere = member("com_elsewhere", person_id=f"per_{fair.buyer_id}")
        told = elsewhere.get("/notifications").ok()
        assert (told["notifications"], told["unread_count"]) == ([], 0)
        (own,) = fair.buyer.get("/notifications").ok()["notifications"]
        marked = elsewhere.post(
            "/notifications/read", {"notification_ids": [own["notification_id"]]}
        )
        assert marked.ok() == {"marked": 0, "unread_count": 0}
        assert fair.buyer.get("/notifications").ok()["unread_count"] == 1

    def test_key_of_a_company_does_not_read_what_the_platform_is_told(self, fair: Fair) -> None:
        of = fair.operator
        tell(fair.begin(), 1, "operator")
        assert len(of.get("/notifications").ok()["notifications"]) == 1
        boss = member("com_of_the_operator", person_id="per_operator")
        assert boss.get("/notifications").ok()["notifications"] == []

    def test_key_that_may_not_follow_is_told_nothing(self, fair: Fair) -> None:
        tell(fair.begin(), 1, "buyer")
        who = person(f"per_{fair.buyer_id}")
        pays = Speaker(key_of(who, company=company(fair.buyer_id), rights=["pay"]))
        assert pays.get("/notifications").ok()["notifications"] == []


class TestWebhooks:
    def test_who_may_not_follow_orders_sends_none_of_them_elsewhere(self, fair: Fair) -> None:
        manages = member(fair.buyer_id, rights=[MemberRight.MANAGE], person_id="per_manages")
        asked = manages.post("/webhooks", {"url": "https://mallory.example/in"})
        assert asked.code == "not_permitted"
        assert manages.get("/webhooks").code == "not_permitted"
