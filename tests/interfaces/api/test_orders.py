"""Orders through the API: a whole trade, what each part says, keys that take effect once, versions, lists."""

from __future__ import annotations

import datetime as dt

import pytest

from fairlot.clock import system_clock
from tests.support.api import member
from tests.support.api_trades import HASH, Fair, document


class TestTrade:
    def test_whole_trade_by_keys_alone(self, fair: Fair) -> None:
        order_id = fair.completed()
        order = fair.buyer.get(f"/orders/{order_id}").ok()
        assert (order["role"], order["status"]) == ("buyer", "completed")
        kinds = [
            event["event"]["type"]
            for event in fair.supplier.get(f"/orders/{order_id}/events").ok()["events"]
        ]
        assert kinds[0] == "OrderDrafted"
        assert "FundsReleased" in kinds

    @pytest.mark.parametrize(
        "part",
        ["events", "statement", "deadlines", "cover", "foresight", "actions", "contract"],
    )
    def test_each_part_is_there(self, fair: Fair, part: str) -> None:
        order_id = fair.paid()
        assert fair.buyer.get(f"/orders/{order_id}/{part}").ok()

    def test_actions_name_what_the_command_address_takes(self, fair: Fair) -> None:
        order_id = fair.delivered()
        actions = fair.buyer.get(f"/orders/{order_id}/actions").ok()["actions"]
        allowed = {one["command"] for one in actions if one["allowed"]}
        assert "ConfirmReceipt" in allowed
        assert all(one["why"] for one in actions if not one["allowed"])
        fair.buyer.command(order_id, "ConfirmReceipt").ok()
        later = fair.buyer.get(f"/orders/{order_id}/actions").ok()["actions"]
        assert not next(one for one in later if one["command"] == "ConfirmReceipt")["allowed"]

    def test_sentences_are_in_the_language_asked_for(self, fair: Fair) -> None:
        order_id = fair.agreed()
        chinese = {"Accept-Language": "zh-CN,en;q=0.5"}
        refused = fair.buyer.post(
            f"/orders/{order_id}/commands", {"type": "ConfirmReceipt"}, headers=chinese
        )
        assert refused.code == "wrong_status"
        assert "订单" in refused.json["detail"]
        assert refused.headers["Content-Language"] == "zh-Hans"
        english = fair.buyer.command(order_id, "ConfirmReceipt")
        assert "present status" in english.json["detail"]
        assert english.json["facts"] == {"status": "agreed"}


class TestInstants:
    @pytest.mark.parametrize("offset_hours", [0, 8, -5])
    @pytest.mark.parametrize("fraction", ["", ".731"])
    def test_a03_instants_are_taken_as_clients_write_them(
        self, fair: Fair, offset_hours: int, fraction: str
    ) -> None:
        """What counts is the whole second in UTC, whatever offset and fraction it was written with."""
        arrived = system_clock().replace(microsecond=0) - dt.timedelta(hours=1)
        there = arrived.astimezone(dt.timezone(dt.timedelta(hours=offset_hours)))
        text = there.isoformat()[:19] + fraction + there.isoformat()[19:]
        delivery = {"shipment_id": "S1", "document_hash": HASH, "delivered_at": text}
        done = fair.operator.command(fair.shipped(), "RecordDelivery", **delivery).ok()
        told = done["events"][0]["event"]["delivered_at"]
        assert told == arrived.isoformat().replace("+00:00", "Z")
        command = {"type": "RecordDelivery", **delivery}
        item = {"order_id": fair.shipped(), "key": "delivered", "command": command}
        (outcome,) = fair.operator.post("/commands", {"commands": [item]}).ok()["outcomes"]
        assert outcome["state"] == "done"

    @pytest.mark.parametrize("text", ["2026-11-20T02:00:00", "2026-11-20", "0001-01-01T00:00:00Z"])
    def test_what_is_no_instant_is_refused(self, fair: Fair, text: str) -> None:
        delivery = {"shipment_id": "S1", "document_hash": HASH, "delivered_at": text}
        asked = fair.operator.command(fair.shipped(), "RecordDelivery", **delivery)
        assert asked.code == "body_invalid"


class TestKeys:
    def test_same_key_again_is_the_first_answer(self, fair: Fair) -> None:
        order_id = fair.delivered()
        path, body = f"/orders/{order_id}/commands", {"type": "ConfirmReceipt"}
        first = fair.buyer.post(path, body, key="once").ok()
        again = fair.buyer.post(path, body, key="once").ok()
        assert (first["is_replay"], again["is_replay"]) == (False, True)
        assert again["events"] == first["events"]

    def test_same_key_for_something_else_is_refused(self, fair: Fair) -> None:
        order_id = fair.delivered()
        path = f"/orders/{order_id}/commands"
        fair.buyer.post(path, {"type": "ConfirmReceipt"}, key="once").ok()
        other = {"type": "ConfirmReceipt", "shipment_ids": ["S1"]}
        assert fair.buyer.post(path, other, key="once").code == "command_id_reused"

    def test_order_is_begun_once_for_a_key(self, fair: Fair) -> None:
        body = {"contract": document(), "buyer_country": "US"}
        first = fair.buyer.post("/orders", body, key="begin").ok()
        assert fair.buyer.post("/orders", body, key="begin").ok()["order_id"] == first["order_id"]
        assert len(fair.buyer.get("/orders").ok()["orders"]) == 1

    def test_what_became_of_a_key(self, fair: Fair) -> None:
        order_id = fair.delivered()
        path = f"/orders/{order_id}/commands"
        fair.buyer.post(path, {"type": "ConfirmReceipt"}, key="done").ok()
        fair.buyer.post(path, {"type": "ConfirmReceipt"}, key="refused")
        done = fair.buyer.get("/commands/done").ok()
        assert (done["state"], done["order_id"]) == ("done", order_id)
        assert done["events"]
        refused = fair.buyer.get("/commands/refused").ok()
        assert (refused["state"], bool(refused["code"]), bool(refused["detail"])) == (
            "refused",
            True,
            True,
        )
        assert fair.buyer.get("/commands/never").ok()["state"] == "unknown"

    def test_keys_of_two_companies_are_worlds_apart(self, fair: Fair) -> None:
        order_id = fair.disputed()
        path = f"/orders/{order_id}/commands"
        evidence = {"type": "SubmitEvidence", "item_hash": HASH, "origin": "e-mail"}
        fair.buyer.post(path, evidence, key="mine").ok()
        assert fair.supplier.get("/commands/mine").ok()["state"] == "unknown"
        theirs = fair.supplier.post(path, {**evidence, "item_hash": "c" * 64}, key="mine")
        assert theirs.ok()["is_replay"] is False

    @pytest.mark.parametrize("key", [" ", "ü", "x" * 65])
    def test_odd_key_is_refused(self, fair: Fair, key: str) -> None:
        answer = fair.buyer.post("/orders/ord_x/commands", {"type": "ConfirmReceipt"}, key=key)
        assert answer.status == 422

    def test_change_without_a_key_is_refused(self, fair: Fair) -> None:
        answer = fair.buyer.post("/orders", {"contract": document()}, key="")
        assert answer.code == "idempotency_key_missing"


class TestVersions:
    def test_version_that_was_seen_is_taken(self, fair: Fair) -> None:
        order_id = fair.delivered()
        seen = fair.buyer.get(f"/orders/{order_id}").headers["ETag"]
        done = fair.buyer.post(
            f"/orders/{order_id}/commands", {"type": "ConfirmReceipt"}, headers={"If-Match": seen}
        )
        assert done.ok()["version"] > int(seen.strip('"'))

    def test_other_version_is_answered_by_what_changed(self, fair: Fair) -> None:
        order_id = fair.shipped()
        seen = fair.buyer.get(f"/orders/{order_id}").headers["ETag"]
        fair.operator.command(order_id, "RecordDelivery", shipment_id="S1", document_hash=HASH).ok()
        path, body = f"/orders/{order_id}/commands", {"type": "ConfirmReceipt"}
        stale = fair.buyer.post(path, body, key="k", headers={"If-Match": seen})
        assert (stale.status, stale.code) == (409, "order_changed")
        assert [one["event"]["type"] for one in stale.json["changes"]] == ["GoodsDelivered"]
        assert fair.buyer.get("/commands/k").ok()["state"] == "unknown"

    def test_answered_before_is_answered_again_whatever_the_version(self, fair: Fair) -> None:
        order_id = fair.delivered()
        seen = fair.buyer.get(f"/orders/{order_id}").headers["ETag"]
        path, body = f"/orders/{order_id}/commands", {"type": "ConfirmReceipt"}
        fair.buyer.post(path, body, key="k", headers={"If-Match": seen}).ok()
        assert fair.buyer.post(path, body, key="k", headers={"If-Match": seen}).ok()["is_replay"]


class TestLists:
    def test_pages_follow_each_other_without_gap_or_repetition(self, fair: Fair) -> None:
        begun = [fair.begin(title=f"order {number}") for number in range(5)]
        found: list[str] = []
        cursor = ""
        while cursor is not None:
            page = fair.buyer.get(f"/orders?limit=2&cursor={cursor}").ok()
            found += [row["order_id"] for row in page["orders"]]
            cursor = page["next_cursor"]
        assert found == begun[::-1]

    def test_narrowed_by_role_status_and_need(self, fair: Fair) -> None:
        proposed, agreed = fair.begin(), fair.agreed()

        def ids(query: str) -> list[str]:
            rows = fair.supplier.get(f"/orders?{query}").ok()["orders"]
            return [row["order_id"] for row in rows]

        assert ids("role=supplier") == [agreed, proposed]
        assert ids("role=buyer") == []
        assert ids("status=agreed") == [agreed]
        assert ids("needs_me=true") == [proposed]

    def test_a_draft_waits_for_whoever_began_it(self, fair: Fair) -> None:
        order_id = fair.begin()
        version_hash = fair.buyer.get(f"/orders/{order_id}").ok()["version_hash"]
        fair.supplier.command(order_id, "DeclineVersion", version_hash=version_hash).ok()
        for speaker, waited_for in ((fair.buyer, [order_id]), (fair.supplier, [])):
            listed = speaker.get("/orders?needs_me=true").ok()["orders"]
            assert [row["order_id"] for row in listed] == waited_for
            assert speaker.get(f"/orders/{order_id}").ok()["needs_me"] is bool(waited_for)


class TestBatch:
    def test_each_command_has_its_own_outcome(self, fair: Fair) -> None:
        one, other = fair.delivered(), fair.agreed()
        items = [
            {"order_id": order_id, "key": f"b-{place}", "command": {"type": "ConfirmReceipt"}}
            for place, order_id in enumerate([one, other, "ord_absent"])
        ]
        outcomes = fair.buyer.post("/commands", {"commands": items}).ok()["outcomes"]
        assert [(each["state"], each["code"]) for each in outcomes] == [
            ("done", ""),
            ("refused", "wrong_status"),
            ("refused", "unknown_order"),
        ]
        assert fair.buyer.get("/commands/b-0").ok()["state"] == "done"

    def test_more_than_the_limit_is_refused(self, fair: Fair) -> None:
        item = {"order_id": "ord_x", "key": "k", "command": {"type": "ConfirmReceipt"}}
        assert fair.buyer.post("/commands", {"commands": [item] * 101}).code == "body_invalid"


def test_outdated_version_tells_the_record_to_nobody_who_may_not_read_it(fair: Fair) -> None:
    order_id = fair.paid()
    booking = {"inspection_id": "I1", "company": "SGS", "stage": "pre_shipment", "fee_minor": 100}
    fair.buyer.command(order_id, "BookInspection", **booking).ok()
    inspector = member("SGS", inspects=True)
    assert inspector.get(f"/orders/{order_id}/events").code == "not_permitted"
    none = {"found": 0}
    report = {"inspection_id": "I1", "lot": 3000, "critical": none, "major": none, "minor": none}
    stale = inspector.post(
        f"/orders/{order_id}/commands",
        {"type": "RecordInspectionReport", **report},
        headers={"If-Match": '"1"'},
    )
    assert stale.code == "order_changed"
    assert "changes" not in stale.json
