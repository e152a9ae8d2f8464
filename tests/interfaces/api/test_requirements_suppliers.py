"""Requirements R1 to R9 by real trades through the API: what enrolment protects, how limit and record follow, who acts for whom."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from fairlot.application.supplier.supplier_standing import CALLS_BETWEEN_LOOKS, SupplierErrand
from fairlot.interfaces.api.suppliers import limit_rules
from fairlot.writing_room import close_writing_rooms, writing_room
from tests.support.api import member
from tests.support.api_orders import EDITIONS, PRICE, ApiOrder
from tests.support.api_suppliers import PRODUCT, Joining
from tests.support.api_trades import Fair
from tests.support.postgres import Database

# What an agent may do by each right alone: how far the order must have come, and the act.
ACTS_BY_RIGHT: dict[str, tuple[str, str, dict[str, Any]]] = {
    "draft": ("proposed", "RequestSample", {"sample_id": "sample-1"}),
    "agree": ("countered", "AcceptVersion", {}),
    "follow": ("paid", "RequestProductionUpdate", {}),
    "pay": (
        "paid",
        "BookInspection",
        {"inspection_id": "i1", "company": "SGS", "stage": "pre_shipment", "fee_minor": 25_000},
    ),
    "confirm": ("delivered", "ConfirmReceipt", {}),
    "claim": (
        "delivered",
        "OpenDispute",
        {"claims": [{"ground": "quality", "lines": [], "term_ids": ["capacity"]}]},
    ),
    "settle": (
        "disputed",
        "MakeOffer",
        {"offer": {"id": "o1", "kind": "refund", "amount_minor": 1}},
    ),
}


@pytest.fixture
def newcomers(django_database: Database) -> Iterator[Fair]:
    """Two companies of which nobody knows anything yet."""
    del django_database
    yield Fair()
    close_writing_rooms()


def named(answer: Any) -> list[str]:
    return [each["company_id"] for each in answer.ok()["suppliers"]]


def work() -> None:
    """Do a worker's errand for suppliers once."""
    errand = SupplierErrand(limit_rules(), writing_room().desk)
    for _ in range(CALLS_BETWEEN_LOOKS):
        errand()


def traded(fair: Fair) -> ApiOrder:
    """Trade once to the confirmation of receipt."""
    return ApiOrder(fair).paid().shipped().delivered().by("buyer", "ConfirmReceipt")


class TestR1:
    @pytest.mark.parametrize("edition", EDITIONS)
    def test_r1_assurance_covers_only_suppliers_enrolled(
        self, newcomers: Fair, edition: str
    ) -> None:
        seller = Joining(newcomers.supplier_id).profiled().account()
        order = ApiOrder(newcomers, edition=edition, covered_minor=0).paid().shipped().delivered()
        assert order.order("buyer")["cover_minor"] == 0
        for row in order.read("/cover", "buyer")["cover"]:
            assert not row["answer"]["covered"], row
        refused = order.claim("quality")
        assert refused.code == "supplier_not_enrolled"
        assert "enrolled" in refused.json["detail"]
        assert seller.look()["badge"]["shown"] is False

    def test_r1_the_same_order_with_an_enrolled_supplier_is_covered(self, newcomers: Fair) -> None:
        Joining(newcomers.supplier_id).joined()
        order = ApiOrder(newcomers).paid().shipped().delivered()
        assert order.order("buyer")["cover_minor"] == PRICE
        assert order.cover("quality")["answer"]["amount_minor"] == PRICE
        order.claim("quality").ok()

    def test_r1_who_leaves_keeps_its_open_orders_covered(self, newcomers: Fair) -> None:
        """A26: enrolment at agreement counts, so that nobody loses a protection that was promised."""
        seller = Joining(newcomers.supplier_id).joined()
        order = ApiOrder(newcomers).paid().shipped().delivered()
        end = {"reason": "asked to"}
        seller.operator.ask("PUT", f"{seller.path}/enrolment-end", end).ok()
        assert order.cover("quality")["answer"]["covered"]
        order.claim("quality").ok()

    def test_r1_goods_and_comparisons_show_the_badge_as_well(self, newcomers: Fair) -> None:
        seller = Joining(newcomers.supplier_id).profiled()
        seller.supplier.ask("PUT", f"{seller.path}/products/lamp-1", PRODUCT).ok()

        def badges() -> tuple[bool, bool]:
            (found,) = seller.buyer.get("/products?text=lamp").ok()["products"]
            compared = seller.buyer.get(f"/supplier-comparison?suppliers={seller.id}").ok()
            (one,) = compared["suppliers"]
            return found["supplier"]["badge"], one["supplier"]["badge"]["shown"]

        assert badges() == (False, False)
        seller.joined()
        assert badges() == (True, True)

    def test_r1_the_conditions_can_be_read_in_both_languages_before_they_are_accepted(
        self, newcomers: Fair
    ) -> None:
        shown = newcomers.supplier.get("/enrolment/conditions").ok()
        assert all(one["en"] and one["zh"] for one in shown["conditions"])
        accepted = Joining(newcomers.supplier_id).accepted()
        again = {"conditions_hash": shown["conditions_hash"]}
        kept = accepted.supplier.ask("PUT", f"{accepted.path}/conditions", again).ok()
        assert kept["version"] == shown["version"]
        assert kept["accepted_by"] == f"per_{newcomers.supplier_id}"


class TestR2:
    def test_r2_goods_are_filtered_by_their_suppliers_badge_and_limit(
        self, newcomers: Fair
    ) -> None:
        seller = Joining(newcomers.supplier_id).joined("documents verified")
        other = Joining("com_other").profiled(name_en="Other Lamps")
        for one in (seller, other):
            one.supplier.ask("PUT", f"{one.path}/products/lamp-1", PRODUCT).ok()

        def found(query: str) -> list[str]:
            page = seller.buyer.get(f"/products?text=lamp&{query}").ok()["products"]
            return [each["supplier"]["company_id"] for each in page]

        assert found("") == [seller.id, other.id]
        assert found("badge=true") == [seller.id]
        assert found("amount_minor=500000") == [seller.id]
        assert found("amount_minor=500001") == []

    def test_r2_what_open_orders_take_no_longer_covers_my_amount(self, newcomers: Fair) -> None:
        seller = Joining(newcomers.supplier_id).joined("visited on site")

        def covers(amount_minor: int) -> bool:
            return bool(named(seller.buyer.get(f"/suppliers?amount_minor={amount_minor}")))

        assert covers(2_000_000)
        ApiOrder(newcomers).agreed()
        work()
        assert covers(2_000_000 - PRICE)
        assert not covers(2_000_000 - PRICE + 1)
        (listed,) = seller.buyer.get("/suppliers?text=lampworks").ok()["suppliers"]
        assert (listed["limit_minor"], listed["free_minor"]) == (2_000_000, PRICE)


class TestR3:
    @pytest.mark.parametrize(
        ("tier", "limit_minor"),
        [("documents verified", 500_000), ("visited on site", 2_000_000), ("audited", 5_000_000)],
    )
    def test_r3_qualification_sets_it_and_it_stands_beside_the_badge(
        self, newcomers: Fair, tier: str, limit_minor: int
    ) -> None:
        seller = Joining(newcomers.supplier_id).joined(tier)
        (listed,) = seller.buyer.get("/suppliers?text=lampworks").ok()["suppliers"]
        assert (listed["badge"], listed["limit_minor"]) == (True, limit_minor)
        shown = seller.look()
        assert (shown["badge"]["shown"], shown["limit"]["limit_minor"]) == (True, limit_minor)

    def test_r3_past_sales_through_the_platform_raise_it_and_an_upheld_claim_does_not(
        self, newcomers: Fair
    ) -> None:
        seller = Joining(newcomers.supplier_id).joined("visited on site")
        traded(newcomers)
        lost = ApiOrder(newcomers).paid().shipped().delivered().disputed().heard()
        lost.decided(100_000).settled()
        before = seller.look()["limit"]["limit_minor"]
        lost.wait(days=31)
        work()
        assert (before, seller.look()["limit"]["limit_minor"]) == (2_000_000, 2_500_000)
        computed = seller.buyer.get(f"{seller.path}/limit").ok()
        assert (computed["sales_count"], computed["sales_minor"]) == (1, PRICE)


class TestR5:
    def test_r5_disputes_are_counted_by_how_they_ended(self, newcomers: Fair) -> None:
        seller = Joining(newcomers.supplier_id).joined()

        def disputed() -> ApiOrder:
            covered = ApiOrder(newcomers, covered_minor=100_000)
            return covered.paid().shipped().delivered().disputed()

        traded(newcomers)
        disputed()
        offer = {"id": "o1", "kind": "refund", "amount_minor": 1_000}
        disputed().by("supplier", "MakeOffer", offer=offer).by(
            "buyer", "AcceptOffer", offer_id="o1"
        )
        withdrawn = disputed()
        claims = withdrawn.order()["dispute"]["claims"]
        withdrawn.by("buyer", "WithdrawClaim", claims=claims, statement_hash="5" * 64)
        heard = [disputed().heard() for _ in range(3)]
        heard[0].past("evidence_round")
        for order, amount_minor in zip(heard, (0, 100_000, PRICE), strict=True):
            order.ruled(amount_minor)
        heard[0].past("appeal")
        for order in heard:
            order.settled()
        record = seller.buyer.get(f"{seller.path}/record").ok()
        assert record["assured_orders"] == 7
        assert record["values"] == [{"currency": "USD", "amount_minor": 7 * PRICE, "orders": 7}]
        assert (record["disputes_filed"], record["disputed_orders"]) == (6, 6)
        assert record["dispute_ends"] == {
            "open": 1,
            "settled": 1,
            "withdrawn": 1,
            "for_supplier": 1,
            "partial_refund": 1,
            "full_refund": 1,
            "moot": 0,
        }

    def test_r5_a_promise_is_not_a_trade_and_everybody_reads_the_same(
        self, newcomers: Fair
    ) -> None:
        seller = Joining(newcomers.supplier_id).joined()
        ApiOrder(newcomers).agreed()
        records = [
            speaker.get(f"{seller.path}/record").ok()
            for speaker in (newcomers.buyer, newcomers.supplier, member("com_stranger"))
        ]
        assert records[0]["assured_orders"] == 0
        assert records[0] == records[1] == records[2]
        written = seller.supplier.ask("PUT", f"{seller.path}/record", {"assured_orders": 900})
        assert written.status == 405


class TestR6:
    def test_r6_the_conditions_bind_to_assured_orders_and_the_platforms_ways_to_pay(
        self, newcomers: Fair
    ) -> None:
        shown = newcomers.supplier.get("/enrolment/conditions").ok()["conditions"]
        told = " ".join(one["en"] for one in shown)
        assert "I accept assured orders from every buyer, and the ways to pay" in told
        assert "I never ask for payment outside the platform" in told

    @pytest.mark.parametrize(
        "kind", ["asked_to_pay_outside", "refused_platform_payment", "refused_assured_order"]
    )
    def test_r6_each_breach_is_reported_from_the_conversation_and_costs_the_badge(
        self, newcomers: Fair, kind: str
    ) -> None:
        seller = Joining(newcomers.supplier_id).joined()
        order = ApiOrder(newcomers)
        said = "Our company policy forbids it. Wire to our bank directly."
        number = newcomers.supplier.post(f"{order.path}/messages", {"body": said}).ok()["number"]
        path = f"{order.path}/reports"
        report = {"kind": kind, "message_no": number}
        made = newcomers.buyer.ask("PUT", path, report).ok()
        assert (made["message_no"], made["kind"]) == (number, kind)
        absent = newcomers.buyer.ask("PUT", path, {**report, "message_no": number + 1})
        assert absent.code == "unknown_reference"
        assert seller.look()["badge"]["shown"], "nobody loses it by a word alone"
        verdict = {"upheld": True, "made_good": False, "reason": "The message says so."}
        judged = f"{seller.path}/reports/{made['report_id']}/judgement"
        newcomers.operator.ask("PUT", judged, verdict).ok()
        assert seller.look()["badge"] == {"shown": False, "faults": ["not_enrolled"]}
        assert seller.look()["limit"]["limit_minor"] == 0

    def test_r6_what_the_buyer_said_is_no_breach_of_the_supplier(self, newcomers: Fair) -> None:
        order = ApiOrder(newcomers)
        said = {"body": "May I wire to your bank?"}
        number = newcomers.buyer.post(f"{order.path}/messages", said).ok()["number"]
        report = {"kind": "asked_to_pay_outside", "message_no": number}
        refused = newcomers.buyer.ask("PUT", f"{order.path}/reports", report)
        assert refused.code == "unknown_reference"


class TestR8:
    def test_r8_rates_audits_and_countries_of_real_trades_stand_side_by_side(
        self, newcomers: Fair
    ) -> None:
        seller = Joining(newcomers.supplier_id).joined("visited on site")
        other = Joining("com_other").profiled(name_en="Hanoi Lamps", country="VN")
        audit = {
            "auditor": "SGS",
            "audited_date": "2026-05-04",
            "result": "passed",
            "document_hash": "a" * 64,
        }
        seller.operator.ask("PUT", f"{other.path}/audits", audit).ok()
        traded(newcomers)
        late = ApiOrder(newcomers).paid()
        late.past("shipment_due").shipped().disputed("late")
        path = f"/supplier-comparison?suppliers={seller.id},{other.id}&amount_minor=500000"
        first, second = seller.buyer.get(path).ok()["suppliers"]
        record = first["supplier"]["record"]
        assert (record["on_time_basis_points"], record["dispute_basis_points"]) == (5_000, 5_000)
        assert first["supplier"]["profile"]["country"] == "CN"
        # Both trades still take their cover: the money of the first was released, claims stay possible.
        assert first["cover"]["covered_minor"] == 0
        assert first["supplier"]["limit"]["limit_minor"] == 2_000_000
        assert second["supplier"]["record"]["on_time_basis_points"] is None
        assert second["supplier"]["profile"]["country"] == "VN"
        (found,) = second["supplier"]["audits"]
        assert (found["auditor"], found["result"]) == ("SGS", "passed")


class TestR9:
    def begun(self, fair: Fair, stage: str) -> ApiOrder:
        """Return an order of which an agent has to do something at a stage."""
        order = ApiOrder(fair)
        if stage == "countered":
            other = order.contract(title="Power banks, as we make them")
            return order.by("supplier", "ProposeVersion", contract=other)
        for step in ("paid", "shipped", "delivered", "disputed"):
            if stage == "proposed":
                break
            order = getattr(order, step)()
            if step == stage:
                break
        return order

    @pytest.mark.parametrize("right", list(ACTS_BY_RIGHT))
    def test_r9_an_agent_does_what_each_right_grants_and_nothing_without_it(
        self, fair: Fair, right: str
    ) -> None:
        stage, command, fields = ACTS_BY_RIGHT[right]
        order = self.begun(fair, stage)
        if command == "AcceptVersion":
            fields = {"version_hash": order.order()["version_hash"]}
        agent = member("com_agent")
        others = [one for one in ACTS_BY_RIGHT if one != right]
        order.by("buyer", "GrantMandate", agent_id="com_agent", rights=others)
        assert agent.command(order.id, command, **fields).code == "not_mandated"
        order.by("buyer", "GrantMandate", agent_id="com_agent", rights=[right])
        agent.command(order.id, command, **fields).ok()
        order.by("buyer", "RevokeMandate", agent_id="com_agent")
        assert agent.command(order.id, command, **fields).code == "unknown_order"

    @pytest.mark.parametrize(
        ("stage", "command", "fields"),
        [
            (
                "paid",
                "RecordShipment",
                {"shipment_id": "S1", "proof": "bill_of_lading", "document_hash": "b" * 64},
            ),
            ("paid", "RecordPriceDemand", {"message_hash": "b" * 64}),
            ("shipped", "ExtendArrival", {"shipment_id": "S1"}),
            ("shipped", "RecordDelivery", {"shipment_id": "S1", "document_hash": "b" * 64}),
        ],
    )
    def test_r9_who_only_follows_moves_none_of_the_buyers_clocks(
        self, fair: Fair, stage: str, command: str, fields: dict[str, Any]
    ) -> None:
        order = self.begun(fair, stage)
        order.by("buyer", "GrantMandate", agent_id="com_agent", rights=["follow"])
        agent = member("com_agent")
        assert agent.get(order.path).ok()["role"] == "agent"
        assert agent.command(order.id, command, **fields).code == "not_mandated"
        order.by("buyer", command, **fields)

    def test_r9_only_the_buyer_grants_and_the_supplier_is_never_its_agent(self, fair: Fair) -> None:
        order = ApiOrder(fair)
        mandate = {"agent_id": "com_agent", "rights": ["follow", "claim"]}
        assert order.ask("supplier", "GrantMandate", **mandate).code == "not_permitted"
        own = {**mandate, "agent_id": fair.supplier_id}
        assert order.ask("buyer", "GrantMandate", **own).code == "same_company"
        order.by("buyer", "GrantMandate", **mandate)
        agent = member("com_agent")
        assert agent.command(order.id, "GrantMandate", **mandate).code == "not_permitted"
        (mine,) = agent.get("/orders").ok()["orders"]
        assert (mine["order_id"], mine["role"]) == (order.id, "agent")
