"""What events send out: pure, complete, and naming only what events have."""

from __future__ import annotations

import datetime as dt
from typing import Any, get_args

import msgspec
import pytest

from fairlot.application.handlers import HANDLERS
from fairlot.application.reactions import COVER_MAY_CHANGE, REACTIONS, effects_of
from fairlot.application.telling.notices import NOTICES
from fairlot.application.topics import Topic
from fairlot.domain.audit.canonical import canonical_bytes
from fairlot.domain.cover.grants.events import LimitEvent
from fairlot.domain.order import events as e
from fairlot.domain.order.events import OrderEvent
from fairlot.domain.order.state import Offer, OfferKind
from fairlot.domain.order.terms import Party
from fairlot.domain.payout.events import PayoutEvent, RecoveryTaken
from fairlot.domain.suspense.events import SuspenseEvent
from tests.support.market import Market, whole_terms
from tests.support.trades import Trade

AT = dt.datetime(2027, 1, 4, 2, 0, tzinfo=dt.UTC)
EVENTS = frozenset(
    {
        *get_args(OrderEvent),
        *get_args(PayoutEvent),
        *get_args(LimitEvent),
        *get_args(SuspenseEvent),
    }
)


def topics(event: Any) -> list[tuple[str, Any]]:
    """Return what an event sends out beside notices: topic and amount."""
    return [
        (effect.topic, effect.data.get("amount_minor"))
        for effect in effects_of(event)
        if effect.topic is not Topic.NOTIFY
    ]


def decided(**facts: Any) -> e.RefundDecided:
    given: dict[str, Any] = {
        "at": AT,
        "refund_id": "r1",
        "cause": "decision",
        "currency": "USD",
        "price_minor": 1_000,
        "fee_minor": 0,
        "excess_minor": 0,
        "from_held_minor": 1_000,
        "due_at": AT,
    }
    return e.RefundDecided(**(given | facts))


def funded(**facts: Any) -> e.RefundFunded:
    given: dict[str, Any] = {
        "at": AT,
        "refund_id": "r1",
        "currency": "USD",
        "from_payables_minor": 100,
        "from_fund_minor": 200,
        "cover_used_minor": 200,
        "uncovered_minor": 50,
    }
    return e.RefundFunded(**(given | facts))


class TestRefunds:
    def test_held_money_goes_at_once(self) -> None:
        assert topics(decided()) == [("send_refund", 1_000)]

    def test_the_rest_is_sought(self) -> None:
        event = decided(from_held_minor=400, fee_minor=50, seek_until=AT)
        assert topics(event) == [("send_refund", 400), ("set_off", 650)]

    def test_after_a_settlement_the_supplier_is_given_its_days(self) -> None:
        """A78."""
        event = decided(cause="settlement", from_held_minor=400, seek_until=AT)
        assert topics(event) == [("send_refund", 400)]

    def test_what_was_too_much_goes_back(self) -> None:
        event = decided(price_minor=0, from_held_minor=0, excess_minor=7)
        assert topics(event) == [("send_refund", 7)]

    def test_a55_the_fee_of_a_report_that_never_came_goes_to_who_advanced_it(self) -> None:
        facts: dict[str, Any] = {"inspection_id": "i1", "refund_id": "r1", "currency": "USD"}
        buyers = e.InspectionLapsed(at=AT, fee_minor=250, due_at=AT, **facts)
        suppliers = msgspec.structs.replace(buyers, advanced_by=Party.SUPPLIER)
        free = msgspec.structs.replace(suppliers, fee_minor=0)
        assert topics(buyers) == [("send_refund", 250)]
        assert topics(suppliers) == [("credit_payable", 250)]
        assert topics(free) == []

    def test_what_was_found_goes_out_and_is_owed(self) -> None:
        refund, receivable, cover = effects_of(funded())
        assert (refund.topic, refund.data["amount_minor"]) == ("send_refund", 300)
        assert receivable.topic == "raise_receivable"
        assert (receivable.data["fund_minor"], receivable.data["uncovered_minor"]) == (200, 50)
        assert cover.topic == "align_cover"

    def test_what_the_payables_paid_whole_is_owed_by_nobody(self) -> None:
        event = funded(from_fund_minor=0, cover_used_minor=0, uncovered_minor=0)
        assert [topic for topic, _ in topics(event)] == ["send_refund", "align_cover"]

    def test_a_chargeback_has_paid_the_buyer_already(self) -> None:
        event = funded(chargeback=True, uncovered_minor=0, platform_minor=50)
        assert [topic for topic, _ in topics(event)] == ["raise_receivable", "align_cover"]


class TestCompleteness:
    def test_every_topic_has_a_handler(self) -> None:
        assert set(HANDLERS) == set(Topic)

    def test_reactions_and_notices_are_of_events_that_exist(self) -> None:
        assert {*REACTIONS, *NOTICES, *COVER_MAY_CHANGE} <= EVENTS

    @pytest.mark.parametrize("kind", list(NOTICES))
    def test_a_notice_names_facts_that_its_event_has(self, kind: Any) -> None:
        assert set(NOTICES[kind].facts) <= set(kind.__struct_fields__)

    def test_every_event_of_a_long_story_sends_plain_data(self) -> None:
        story = Trade().disputed()
        assert len(story.events) > 10
        for event in story.events:
            for effect in effects_of(event):
                canonical_bytes(effect.data)

    def test_every_breach_of_the_platform_is_told_to_both_parties(self) -> None:
        breach = e.PlatformBreached(at=AT, clock="decision", due_at=AT)
        (notice,) = effects_of(breach)
        assert {"buyer", "supplier", "operator"} <= set(notice.data["recipients"])
        assert notice.data["facts"] == {"clock": "decision", "due_at": AT}

    def test_a_recovery_is_booked_by_the_order_it_was_owed_for(self) -> None:
        event = RecoveryTaken(
            at=AT, recovery_id="c1", order_id="ord_9", amount_minor=5, currency="USD"
        )
        (effect,) = effects_of(event)
        assert effect.data["order_id"] == "ord_9"


class TestNotices:
    def test_a_proposal_is_told_to_the_other_side(self) -> None:
        trade = Trade().proposed()
        (notice,) = effects_of(trade.events[-1])
        assert notice.data["recipients"] == ["supplier"]

    def test_the_parties_hear_of_what_happens_once(self, market: Market) -> None:
        market.confirmed("ord_1", whole_terms(1_000_000, 600_000))
        market.work()
        kinds = [one.kind for one in market.messenger.told if one.family == "order"]
        assert sorted(set(kinds)) == sorted(kinds)
        assert {"version_proposed", "order_agreed", "payment_completed", "funds_released"} <= {
            *kinds
        }

    @pytest.mark.parametrize(("by", "told"), [(Party.BUYER, "supplier"), (Party.SUPPLIER, "buyer")])
    def test_an_offer_is_told_to_the_other_side(self, by: Party, told: str) -> None:
        offer = Offer(id="o1", by=by, kind=OfferKind.REFUND, amount_minor=1)
        (notice,) = effects_of(e.OfferMade(at=AT, offer=offer, counters=False))
        assert notice.data["recipients"] == [told]
