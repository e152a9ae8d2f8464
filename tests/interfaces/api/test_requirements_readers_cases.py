"""R45 through the API: the readers' cases in both editions, with the outcome that the programme's table names."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tests.support.api_orders import EDITIONS, ESCROW, FEE, GUARANTEE, PRICE, ApiOrder
from tests.support.api_trades import HASH, Fair

KEPT = 180_000
DAYS = {number: dt.timedelta(days=number) for number in (3, 7, 60)}
# What the requests of a test may take of a clock.
SOON = dt.timedelta(minutes=5)
THANKS = "Thank you, the new spring has arrived. All good now?"
CHINESE = {"Accept-Language": "zh-CN"}


@pytest.fixture
def fair(shared_fair: Fair) -> Fair:
    """The same two companies for the whole module: no test minds the others' orders, and time only goes on."""
    return shared_fair


def there(fair: Fair, edition: str = ESCROW) -> ApiOrder:
    """Return an order whose goods have arrived."""
    return ApiOrder(fair, edition=edition).paid().shipped().delivered()


def is_open(order: ApiOrder) -> bool:
    return order.dispute_status() not in {"settled", "withdrawn", "executed", "moot"}


@pytest.mark.parametrize("edition", EDITIONS)
class TestR45:
    """The readers' cases in both editions: the outcome that the programme's table names."""

    def test_r45_paid_and_never_shipped(self, fair: Fair, edition: str) -> None:
        order = ApiOrder(fair, edition=edition).paid().past("shipment_due")
        assert order.cover("late")["answer"]["admitted"]
        order.past("never_shipped").funded()
        assert (order.order()["status"], order.back_minor()) == ("cancelled", PRICE)
        assert order.totals()["fund_minor"] == (PRICE if edition == GUARANTEE else 0)

    def test_r45_more_money_asked_after_agreement(self, fair: Fair, edition: str) -> None:
        order = ApiOrder(fair, edition=edition).paid()
        order.by("buyer", "RecordPriceDemand", message_hash=HASH, amount_minor=150_000)
        demanded = order.last("PriceDemanded")
        assert demanded["amount_minor"] == 150_000
        assert order.order()["total_minor"] == PRICE, "the contract stands"
        assert order.cover("price_raised")["answer"]["admitted"]
        order.past("never_shipped").funded()
        assert order.back_minor() == PRICE

    def test_r45_two_failed_inspections_and_a_missed_date(self, fair: Fair, edition: str) -> None:
        failed: dict[str, Any] = {"major": {"found": 9}}
        order = ApiOrder(fair, edition=edition).paid().inspected("i1", **failed)
        order.by("buyer", "RequestRework").inspected("i2", **failed)
        opened = order.last("DisputeOpened")
        assert opened["by_itself"] is True
        order.past("negotiation").past("mediator_named").past("evidence_round")
        order.past("decision_by_rule").past("appeal").funded()
        assert order.back_minor() == PRICE + 2 * FEE

    def test_r45_counterfeits_seized_by_customs(self, fair: Fair, edition: str) -> None:
        order = ApiOrder(fair, edition=edition, cover_kind="pre-shipment").paid().shipped()
        order.wait(days=7)
        order.by("operator", "RecordSeizure", wrong_goods=True, notice_hash=HASH)
        for ground in ("seized", "counterfeit", "wrong_goods"):
            assert order.cover(ground)["answer"]["admitted"], ground
        order.disputed("seized").past("negotiation").past("mediator_named")
        order.past("evidence_round").past("decision_by_rule").past("appeal").funded()
        assert order.back_minor() == PRICE
        assert "ReturnOpened" not in order.kinds()

    def test_r45_the_window_about_to_end_while_the_supplier_stalls(
        self, fair: Fair, edition: str
    ) -> None:
        order = there(fair, edition)
        until = order.due_at("claim_window")
        order.wait(days=29, hours=12)
        warned = [e["days"] for e in order.events("buyer") if e["type"] == "ClaimWindowWarned"]
        assert warned == [7, 3, 1]
        order.disputed().by("supplier", "AnswerDispute", decline=False, reason_hash="")
        order.wait(days=2)
        assert order.now() > until
        assert is_open(order)
        assert order.totals()["held_minor"] == (PRICE if edition == ESCROW else 0)
        assert order.due_at("negotiation") < until + DAYS[7]

    def test_r45_returned_as_ordered_and_said_not_to_be_the_same(
        self, fair: Fair, edition: str
    ) -> None:
        order = there(fair, edition).disputed()
        order.inspected("d1", "dispute", mandatory_failed=["capacity"]).heard()
        order.decided(PRICE, condition="return")
        order.by("buyer", "RecordReturnSent", mode="air", proof_hash=HASH)
        order.by("supplier", "RecordReturnArrived", proof_hash=HASH)
        order.past("return_judged").funded()
        assert (order.order()["status"], order.back_minor()) == ("refunded", PRICE + FEE)

    def test_r45_a_message_answered_is_not_a_case_settled(self, fair: Fair, edition: str) -> None:
        order = there(fair, edition).disputed()
        fair.buyer.post(f"{order.path}/messages", {"body": THANKS}).ok()
        assert is_open(order)
        order.past("supplier_answer").by("buyer", "Escalate")
        assert order.dispute_status() == "mediation"
