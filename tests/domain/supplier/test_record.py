"""A supplier's record, folded from its orders' events: what counts, what is late, how disputes ended, which points follow."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from fairlot.domain.order import commands as c
from fairlot.domain.order.events import DecisionFinal
from fairlot.domain.order.state import OfferKind, Outcome, Status
from fairlot.domain.order.terms import Proof
from fairlot.domain.policy.model import Ground, Offense
from fairlot.domain.supplier.merit import merit_of
from fairlot.domain.supplier.order_entry import (
    DisputeEnd,
    DisputeEntry,
    OffenseEntry,
    OrderEntry,
    Timeliness,
    order_entry,
)
from fairlot.domain.supplier.record import CurrencyValue, record_of
from tests.support.trades import BUYER, MEDIATOR, OPERATOR, SUPPLIER, Trade

SINCE = dt.datetime(2027, 1, 1, tzinfo=dt.UTC)
ENTRY = OrderEntry(
    supplier_id="com_supplier",
    currency="USD",
    total_minor=100_000,
    status=Status.COMPLETED,
    assured=True,
    agreed_at=SINCE,
    paid_at=SINCE,
    completed_at=SINCE,
    timeliness=Timeliness.ON_TIME,
    made_good=True,
)


def entry(trade: Trade) -> OrderEntry:
    found = order_entry(trade.events)
    assert found is not None
    return found


def decided(outcome: Outcome, amount_minor: int = 0) -> Trade:
    """Play a dispute until its decision is final."""
    trade = Trade().disputed()
    trade.ask(SUPPLIER, c.AnswerDispute(decline=True, reason_hash="d" * 64))
    trade.wait(hours=80)
    trade.ask(BUYER, c.Escalate())
    trade.ask(OPERATOR, c.NameMediator(mediator_id="per_mediator"))
    trade.wait(days=6)
    decision = c.Decide(outcome=outcome, amount_minor=amount_minor, reason_hash="e" * 64)
    trade.ask(MEDIATOR, decision)
    trade.wait(days=8)
    trade.settle()
    return trade


class TestWhatCounts:
    def test_r5_an_order_is_nothing_before_agreement(self) -> None:
        assert order_entry(Trade().proposed().events) is None

    def test_r5_an_agreed_order_counts_once_it_is_paid(self) -> None:
        assert not entry(Trade().agreed()).counts
        assert entry(Trade().in_production()).counts

    def test_r5_an_order_without_enrolment_never_counts(self) -> None:
        trade = Trade().agreed(enrolled=False)
        trade.pay("p1", 594_000)
        assert not entry(trade).counts

    def test_r5_completion_is_dated_by_its_event(self) -> None:
        trade = Trade().delivered()
        trade.ask(BUYER, c.ConfirmReceipt())
        found = entry(trade)
        assert found.completed_at == trade.now
        assert (found.total_minor, found.currency) == (1_980_000, "USD")


class TestTimeliness:
    def test_r8_shipped_by_the_date_is_on_time(self) -> None:
        assert entry(Trade().shipped()).timeliness is Timeliness.ON_TIME

    def test_r8_before_the_date_nothing_is_known(self) -> None:
        assert entry(Trade().in_production()).timeliness is Timeliness.UNKNOWN

    def test_r8_goods_that_left_after_the_date_are_late(self) -> None:
        trade = Trade().in_production()
        trade.pay("p2", 1_386_000)
        trade.wait_until(dt.datetime(2027, 3, 20, tzinfo=dt.UTC))
        trade.settle()
        assert entry(trade).timeliness is Timeliness.LATE
        shipment = c.RecordShipment(
            shipment_id="s1", proof=Proof.BILL_OF_LADING, document_hash="b" * 64
        )
        trade.ask(SUPPLIER, shipment)
        assert entry(trade).timeliness is Timeliness.LATE

    def test_r3_never_shipped_is_late_and_an_offense(self) -> None:
        trade = Trade().in_production()
        trade.wait_until(dt.datetime(2027, 4, 20, tzinfo=dt.UTC))
        trade.settle()
        found = entry(trade)
        assert found.timeliness is Timeliness.LATE
        assert [each.offense for each in found.offenses] == [Offense.NEVER_SHIPPED]


class TestDisputes:
    def test_r5_an_open_dispute_is_shown_as_open(self) -> None:
        (dispute,) = entry(Trade().disputed()).disputes
        assert (dispute.end, dispute.grounds) == (DisputeEnd.OPEN, (Ground.QUALITY,))

    @pytest.mark.parametrize(
        ("outcome", "amount_minor", "end", "offenses"),
        [
            (Outcome.FOR_SUPPLIER, 0, DisputeEnd.FOR_SUPPLIER, []),
            (Outcome.PARTIAL_REFUND, 50_000, DisputeEnd.PARTIAL_REFUND, [Offense.QUALITY]),
        ],
    )
    def test_r5_a_final_decision_is_how_it_ended(
        self, outcome: Outcome, amount_minor: int, end: DisputeEnd, offenses: list[Offense]
    ) -> None:
        trade = decided(outcome, amount_minor)
        found = entry(trade)
        assert [dispute.end for dispute in found.disputes] == [end]
        assert [each.offense for each in found.offenses] == offenses
        final = next(event for event in trade.events if isinstance(event, DecisionFinal))
        assert [each.at for each in found.offenses] == [final.at] * len(offenses)
        assert found.claim_upheld is bool(offenses)

    def test_r5_a_settlement_is_neither_upheld_nor_dismissed(self) -> None:
        trade = Trade().disputed()
        offer = c.OfferTerms(id="o1", kind=OfferKind.REFUND, amount_minor=1_000)
        trade.ask(SUPPLIER, c.MakeOffer(offer=offer))
        trade.ask(BUYER, c.AcceptOffer(offer_id="o1"))
        found = entry(trade)
        assert [dispute.end for dispute in found.disputes] == [DisputeEnd.SETTLED]
        assert not found.claim_upheld


class TestRecord:
    def test_r5_a_worked_example(self) -> None:
        lost = DisputeEntry(opened_at=SINCE, grounds=(Ground.LATE,), end=DisputeEnd.PARTIAL_REFUND)
        entries = [
            ENTRY,
            replace(ENTRY, currency="EUR", total_minor=70_000),
            replace(ENTRY, timeliness=Timeliness.LATE, disputes=(lost,), total_minor=30_000),
            replace(ENTRY, completed_at=None, timeliness=Timeliness.UNKNOWN),
            replace(ENTRY, assured=False, total_minor=10**9),
            replace(ENTRY, paid_at=None, total_minor=10**9),
        ]
        found = record_of(entries, counted_since=SINCE)
        assert (found.assured_orders, found.completed_orders) == (4, 3)
        assert found.values == (
            CurrencyValue(currency="EUR", amount_minor=70_000, orders=1),
            CurrencyValue(currency="USD", amount_minor=230_000, orders=3),
        )
        assert (found.disputes_filed, found.dispute_basis_points) == (1, 2_500)
        assert found.dispute_ends[DisputeEnd.PARTIAL_REFUND] == 1
        assert sum(found.dispute_ends.values()) == 1
        assert found.on_time_basis_points == 6_667
        assert found.counted_since == SINCE

    def test_r5_without_orders_there_is_no_rate(self) -> None:
        found = record_of([], counted_since=None)
        assert found.on_time_basis_points is None
        assert found.dispute_basis_points is None

    @given(st.permutations(range(4)))
    def test_r5_the_order_of_entries_does_not_matter(self, places: list[int]) -> None:
        entries = [
            replace(ENTRY, total_minor=1_000 * n, currency=("USD", "CNY")[n % 2]) for n in range(4)
        ]
        shuffled = [entries[place] for place in places]
        assert record_of(shuffled, counted_since=SINCE) == record_of(entries, counted_since=SINCE)


class TestMerit:
    def test_the_badge_comes_before_any_number_of_orders(self) -> None:
        many = record_of([ENTRY] * 50, counted_since=SINCE)
        none = record_of([], counted_since=SINCE)
        assert merit_of(badge=True, record=none) > merit_of(badge=False, record=many)

    def test_more_orders_come_before_a_better_rate(self) -> None:
        late = replace(ENTRY, timeliness=Timeliness.LATE)
        two_late = record_of([late, late], counted_since=SINCE)
        one = record_of([ENTRY], counted_since=SINCE)
        assert merit_of(badge=True, record=two_late) > merit_of(badge=True, record=one)


def test_an_offense_keeps_the_instant_that_it_counts_from() -> None:
    found = OffenseEntry(offense=Offense.QUALITY, at=SINCE)
    assert found.at == SINCE
