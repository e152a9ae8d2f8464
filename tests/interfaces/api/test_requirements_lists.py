"""R46 and R47 through the API: the one list of orders that everything starts from, and the conversation that nobody changes."""

from __future__ import annotations

import pytest

from fairlot.domain.party import Role
from tests.support.api import member, staff
from tests.support.api_orders import ApiOrder
from tests.support.api_trades import Fair

SAID = (("buyer", "12,000 boxes, please."), ("supplier", "好的，没问题。"), ("buyer", "  twice  "))


class TestR46:
    def test_r46_one_list_holds_all_of_a_companys_orders_wherever_they_stand(
        self, fair: Fair
    ) -> None:
        proposed, agreed = ApiOrder(fair), ApiOrder(fair).agreed()
        paid, completed = ApiOrder(fair).paid(), ApiOrder(fair).paid().shipped().delivered()
        completed.by("buyer", "ConfirmReceipt")
        withdrawn = ApiOrder(fair)
        version_hash = withdrawn.order()["version_hash"]
        withdrawn.by("supplier", "DeclineVersion", version_hash=version_hash)
        for role in ("buyer", "supplier"):
            rows = getattr(fair, role).get(f"/orders?role={role}").ok()["orders"]
            assert {row["order_id"]: row["status"] for row in rows} == {
                proposed.id: "proposed",
                agreed.id: "agreed",
                paid.id: "in_production",
                completed.id: "completed",
                withdrawn.id: "draft",
            }
        assert member("com_stranger").get("/orders").ok()["orders"] == []

    def test_r46_a_dispute_is_opened_from_it_and_seen_in_it(self, fair: Fair) -> None:
        order = ApiOrder(fair).paid().shipped().delivered()
        (row,) = fair.buyer.get("/orders").ok()["orders"]
        assert (row["status"], row["dispute"]) == ("delivered", None)
        path = f"/orders/{row['order_id']}"
        actions = fair.buyer.get(f"{path}/actions").ok()["actions"]
        assert [one["allowed"] for one in actions if one["command"] == "OpenDispute"] == [True]
        claims = [{"ground": "quality", "lines": [1], "term_ids": ["capacity"]}]
        fair.buyer.command(row["order_id"], "OpenDispute", claims=claims).ok()
        for speaker in (fair.buyer, fair.supplier):
            (row,) = speaker.get("/orders").ok()["orders"]
            assert row["dispute"] == "negotiation"
        (waits,) = fair.supplier.get("/orders?needs_me=true").ok()["orders"]
        assert waits["order_id"] == order.id
        assert waits["clock"]["kind"] == "supplier_answer"

    def test_r46_a_refund_is_asked_for_from_it_and_agreed_without_anybody_else(
        self, fair: Fair
    ) -> None:
        order = ApiOrder(fair).paid().shipped().delivered().disputed()
        asked = {"id": "o1", "kind": "refund", "amount_minor": 200_000}
        order.by("buyer", "MakeOffer", offer=asked)
        (row,) = fair.supplier.get("/orders?needs_me=true").ok()["orders"]
        order.by("supplier", "AcceptOffer", offer_id="o1")
        assert row["order_id"] == order.id
        assert order.back_minor() == 200_000
        (row,) = fair.buyer.get("/orders").ok()["orders"]
        assert (row["status"], row["dispute"]) == ("settled", None)


class TestR47:
    def talked(self, fair: Fair) -> ApiOrder:
        """Return an order about which both sides have spoken."""
        order = ApiOrder(fair)
        for role, body in SAID:
            order.speakers[role].post(f"{order.path}/messages", {"body": body}).ok()
        return order

    @pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
    def test_r47_nobody_changes_or_takes_back_what_was_said(self, fair: Fair, method: str) -> None:
        order = self.talked(fair)
        before = order.read("/messages")
        for role in ("buyer", "supplier", "operator"):
            for path in ("/messages", "/messages/1"):
                asked = order.speakers[role].ask(method, f"{order.path}{path}", {"body": "other"})
                assert asked.status in {404, 405}
        assert order.read("/messages") == before

    def test_r47_it_is_the_same_for_everybody_and_stays_when_the_order_has_ended(
        self, fair: Fair
    ) -> None:
        order = self.talked(fair).paid().shipped().delivered().disputed().heard()
        heard = order.read("/messages", "mediator")
        assert [(one["role"], one["body"]) for one in heard["messages"]] == list(SAID)
        assert [one["number"] for one in heard["messages"]] == [1, 2, 3]
        other = staff(Role.MEDIATOR, person_id="per_other")
        assert other.get(f"{order.path}/messages").code == "unknown_order"
        order.decided(100_000)
        assert order.order()["status"] == "settled"
        for role in ("buyer", "supplier", "mediator", "operator"):
            assert order.read("/messages", role)["messages"] == heard["messages"]

    def test_r47_everything_said_is_kept_however_much_it_is(self, fair: Fair) -> None:
        order = ApiOrder(fair)
        path = f"{order.path}/messages"
        for number in range(1, 121):
            fair.supplier.post(path, {"body": f"line {number}"}).ok()
        found: list[str] = []
        while page := fair.buyer.get(f"{path}?after={len(found)}").ok()["messages"]:
            found += [one["body"] for one in page]
        assert found == [f"line {number}" for number in range(1, 121)]
