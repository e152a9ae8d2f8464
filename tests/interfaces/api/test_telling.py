"""Notifications and webhooks through the API: one's own list, one's company's endpoints, and nobody else's."""

from __future__ import annotations

import datetime as dt

from fairlot import config
from fairlot.post_room import telling_desk
from fairlot.providers.outward import Notification
from fairlot.writing_room import writing_room
from tests.support.api_trades import Fair

URL = "https://buyer.example/in"


def tell(order_id: str, kind: str, number: int) -> None:
    desk = telling_desk(writing_room().desk, config.settings())
    desk.messenger.tell(
        Notification(
            key=f"order:{order_id}:{number}:0",
            family="order",
            aggregate_id=order_id,
            seq=1,
            kind=kind,
            recipients=("buyer",),
            at=dt.datetime(2027, 3, 1, tzinfo=dt.UTC),
            facts={},
        )
    )


class TestNotifications:
    def test_r47_list_page_read_and_count(self, fair: Fair) -> None:
        order_id = fair.begin()
        for number in range(3):
            tell(order_id, "order_completed", number)
        page = fair.buyer.get("/notifications?limit=2").ok()
        assert page["unread_count"] == 3
        assert page["notifications"][0]["subject"] == "The order is completed"
        rest = fair.buyer.get(f"/notifications?limit=2&cursor={page['next_cursor']}").ok()
        ids = [one["notification_id"] for one in (*page["notifications"], *rest["notifications"])]
        assert len(set(ids)) == 3
        assert rest["next_cursor"] is None
        stranger = fair.supplier.post("/notifications/read", {"notification_ids": ids}).ok()
        assert stranger == {"marked": 0, "unread_count": 0}
        read = fair.buyer.post("/notifications/read", {"notification_ids": ids[:2]}).ok()
        assert read == {"marked": 2, "unread_count": 1}
        assert len(fair.buyer.get("/notifications?unread=true").ok()["notifications"]) == 1
        assert fair.supplier.get("/notifications").ok()["notifications"] == []

    def test_how_mails_come_is_ones_own_choice(self, fair: Fair) -> None:
        assert fair.buyer.get("/notifications/mail").ok() == {"digest": False, "news": True}
        fair.buyer.post("/notifications/mail", {"digest": True, "news": False}).ok()
        assert fair.buyer.get("/notifications/mail").ok() == {"digest": True, "news": False}
        assert fair.supplier.get("/notifications/mail").ok() == {"digest": False, "news": True}


class TestWebhooks:
    def test_the_life_of_an_endpoint(self, fair: Fair) -> None:
        made = fair.buyer.post("/webhooks", {"url": URL, "event_types": ["order.completed"]}).ok()
        endpoint_id = made["endpoint"]["endpoint_id"]
        assert made["secret"].startswith("whsec_")
        listed = fair.buyer.get("/webhooks").ok()["endpoints"]
        assert [one["endpoint_id"] for one in listed] == [endpoint_id]
        assert "secret" not in listed[0]
        tell(fair.begin(), "order_completed", 1)
        log = fair.buyer.get(f"/webhooks/{endpoint_id}/deliveries").ok()["deliveries"]
        assert [(one["event_type"], one["state"]) for one in log] == [
            ("order.completed", "waiting")
        ]
        changed = fair.buyer.post(f"/webhooks/{endpoint_id}/change", {"url": f"{URL}/2"}).ok()
        assert changed["event_types"] == []
        fresh = fair.buyer.post(f"/webhooks/{endpoint_id}/rotate", None).ok()["secret"]
        assert fresh != made["secret"]
        off = fair.buyer.post(f"/webhooks/{endpoint_id}/disable", None).ok()
        assert off["disabled_why"] == "owner"
        refused = fair.buyer.post(f"/webhooks/{endpoint_id}/ping", None)
        assert refused.code == "body_invalid"
        assert fair.buyer.post(f"/webhooks/{endpoint_id}/enable", None).ok()["disabled_at"] is None
        assert fair.buyer.post(f"/webhooks/{endpoint_id}/ping", None).ok()["delivery_id"]
        since = {"since": "2020-01-01T00:00:00Z"}
        assert fair.buyer.post(f"/webhooks/{endpoint_id}/replay", since).ok() == {"deliveries": 1}
        attempts = f"/webhooks/{endpoint_id}/deliveries/{log[0]['delivery_id']}"
        assert fair.buyer.get(attempts).ok() == {"attempts": []}
        left = fair.buyer.post(f"/webhooks/{endpoint_id}/remove", None).ok()
        assert left == {"endpoints": []}

    def test_anothers_endpoint_looks_like_none(self, fair: Fair) -> None:
        made = fair.buyer.post("/webhooks", {"url": URL}).ok()
        endpoint_id = made["endpoint"]["endpoint_id"]
        for path in (f"/webhooks/{endpoint_id}/deliveries", "/webhooks/whe_nothing/deliveries"):
            answer = fair.supplier.get(path)
            assert (answer.status, answer.code) == (404, "not_found")
        assert fair.supplier.get(f"/webhooks?company={fair.buyer_id}").status == 403
        assert fair.supplier.get("/webhooks?company=platform").status == 403
        assert fair.operator.get("/webhooks?company=platform").ok() == {"endpoints": []}

    def test_a_private_address_is_refused(self, fair: Fair) -> None:
        answer = fair.buyer.post("/webhooks", {"url": "https://169.254.169.254/"})
        assert answer.code == "body_invalid"
        assert "forbidden_address" in answer.json["detail"]
