"""R20 and R21 through the API: what is covered and what not, on the page and at the claim desk alike."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tests.support.api_orders import EDITIONS, ESCROW, PRICE, ApiOrder
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


class TestR20:
    @pytest.mark.parametrize("edition", EDITIONS)
    @pytest.mark.parametrize("ground", ["quality", "wrong_goods", "short_quantity", "counterfeit"])
    def test_r20_goods_that_are_not_as_agreed(self, fair: Fair, edition: str, ground: str) -> None:
        order = there(fair, edition)
        shown = order.cover(ground)["answer"]
        assert (shown["covered"], shown["admitted"], shown["amount_minor"]) == (True, True, PRICE)
        order.disputed(ground)

    @pytest.mark.parametrize("edition", EDITIONS)
    def test_r20_shipment_later_than_agreed(self, fair: Fair, edition: str) -> None:
        order = ApiOrder(fair, edition=edition).paid()
        before = order.cover("late")["answer"]
        assert (before["covered"], before["admitted"]) == (True, False)
        order.past("shipment_due").disputed("late")

    @pytest.mark.parametrize("edition", EDITIONS)
    def test_r20_goods_that_were_not_received(self, fair: Fair, edition: str) -> None:
        order = ApiOrder(fair, edition=edition).paid().shipped()
        before = order.claim("not_received")
        assert before.code == "claim_too_early"
        opens_at = before.json["facts"]["opens_at"]
        assert opens_at == order.cover("not_received")["answer"]["opens_at"].replace("Z", "+00:00")
        order.past("arrival_asked").disputed("not_received")


class TestR21:
    @pytest.mark.parametrize("edition", EDITIONS)
    @pytest.mark.parametrize(
        "ground", ["customs_delay", "damaged_on_the_way", "carrier_fault", "paid_outside"]
    )
    def test_r21_exclusions_are_told_on_the_page_and_at_the_door_alike(
        self, fair: Fair, edition: str, ground: str
    ) -> None:
        order = there(fair, edition)
        row = order.cover(ground)
        assert (row["answer"]["covered"], row["answer"]["code"]) == (False, "ground_excluded")
        assert row["why"]
        assert row["advice"]
        refused = order.claim(ground)
        assert (refused.code, refused.json["facts"]) == ("ground_excluded", {"ground": ground})
        chinese = fair.buyer.get(f"{order.path}/cover", headers=CHINESE).ok()["cover"]
        told = next(one for one in chinese if one["answer"]["ground"] == ground)
        assert told["why"] != row["why"]

    def test_r21_terms_too_vague_to_measure(self, fair: Fair) -> None:
        order = there(fair)
        facts = {term["id"]: term["claimable"] for term in order.order("buyer")["terms"]}
        assert facts == {"capacity": True, "color": True, "battery": False}
        refused = order.claim("quality", term_ids=["battery"])
        assert (refused.code, refused.json["facts"]) == ("term_not_measurable", {"term": "battery"})

    @pytest.mark.parametrize("edition", EDITIONS)
    def test_r21_a_dispute_more_than_thirty_days_after_delivery(
        self, fair: Fair, edition: str
    ) -> None:
        order = there(fair, edition)
        until = order.cover("quality")["answer"]["until"]
        order.past("claim_window")
        refused = order.claim("quality")
        assert refused.code == "claim_too_late"
        assert refused.json["facts"]["until"] == until.replace("Z", "+00:00")
        assert order.cover("quality")["answer"]["code"] == "claim_too_late"

    def test_r21_a_refusal_is_kept_and_can_be_appealed(self, fair: Fair) -> None:
        order = there(fair)
        order.claim("customs_delay")
        kept = order.last("ClaimRefused")
        appeal = {"refusal_id": kept["refusal_id"], "reason_hash": HASH}
        order.by("buyer", "AppealRefusal", **appeal)
        order.by("supervisor", "DecideRefusal", admit=True, **appeal)
        assert order.dispute_status() == "negotiation"

    @pytest.mark.parametrize("edition", EDITIONS)
    def test_r21_the_page_never_promises_what_the_desk_refuses(
        self, fair: Fair, edition: str
    ) -> None:
        """Asked of every trouble at several moments; quality is asked with a term that measures."""
        order = ApiOrder(fair, edition=edition).paid()
        moments: list[Any] = [
            lambda: order,
            lambda: order.shipped().wait(seconds=2),
            order.delivered,
            lambda: order.wait(days=31),
        ]
        refused_by_rule = 0
        for moment in moments:
            moment()
            for row in order.read("/cover", "buyer")["cover"]:
                shown = row["answer"]
                if shown["admitted"]:
                    continue
                answer = order.claim(shown["ground"])
                assert answer.code == shown["code"], shown
                refused_by_rule += 1
        assert refused_by_rule > 20
