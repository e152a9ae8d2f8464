"""One order for one viewer: the same with and without a worker, plain data, and in both languages."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest
from msgspec.structs import replace

from fairlot.application.queries.money import Statement
from fairlot.application.queries.order_view import next_turn
from fairlot.application.queries.recorded import present
from fairlot.application.queries.spoken import spoken_order
from fairlot.domain.ledger.accounts import CHART, Account, Side
from fairlot.domain.order import commands as c
from fairlot.domain.order.clocks import ClockKind
from fairlot.domain.order.state import Claim, Status
from fairlot.domain.order.terms import Instalment, Line
from fairlot.domain.party import PROVIDER, Actor, Role
from fairlot.domain.policy.model import Ground
from fairlot.domain.words.accounts import BY_ITSELF
from fairlot.domain.words.language import LANGUAGES, Language
from tests.application.queries.stories import STAGES, at_stage, story_of, view_of
from tests.support.trades import BUYER, MEDIATOR, OPERATOR, SUPPLIER, Trade, with_terms

DAY = dt.timedelta(days=1)
VIEWERS = (BUYER, SUPPLIER, OPERATOR, MEDIATOR)


class TestPresent:
    @pytest.mark.parametrize("stage", STAGES)
    @pytest.mark.parametrize("days", [1, 40, 400])
    def test_no_worker_need_have_run(self, stage: str, days: int) -> None:
        trade = at_stage(stage)
        unsettled = story_of(trade)
        trade.wait(days=days)
        standing = present(unsettled, now=trade.now, policy=trade.policy)
        trade.settle()
        assert standing.order == trade.order
        assert [recorded.event for recorded in standing.story] == trade.events
        due = [recorded for recorded in standing.story if recorded.seq == 0]
        assert len(due) == len(trade.events) - len(unsettled)


class TestOrderView:
    def test_whose_turn_it_is(self) -> None:
        trade = at_stage("in_production")
        turn = next_turn(view_of(trade, SUPPLIER).turns)
        assert turn is not None
        assert turn.clock.kind is ClockKind.SHIPMENT_DUE
        assert turn.is_mine
        assert turn.commands == ("RecordShipment",)
        other = next_turn(view_of(trade, BUYER).turns)
        assert other is not None
        assert not other.is_mine

    @pytest.mark.parametrize("stage", ["proposed", "agreed"])
    @pytest.mark.parametrize("viewer", [BUYER, SUPPLIER], ids=["buyer", "supplier"])
    def test_r4_both_see_where_cover_stops_before_agreeing_and_before_paying(
        self, stage: str, viewer: Actor
    ) -> None:
        """30,000 with a limit of 20,000 is covered for 20,000."""
        terms = with_terms(
            lines=(Line(number=1, quantity=3_000, unit_price_minor=1_000),),
            total_minor=3_000_000,
            covered_minor=2_000_000,
            instalments=(Instalment(name="whole", amount_minor=3_000_000),),
        )
        trade: Trade = getattr(Trade(terms=terms), stage)()
        assert trade.order.funds.paid_minor == 0
        for language in LANGUAGES:
            told = spoken_order(view_of(trade, viewer), language)
            assert (told.total, told.covered, told.uncovered) == (
                "USD 30,000.00",
                "USD 20,000.00",
                "USD 10,000.00",
            )

    def test_the_way_tells_when_each_step_was_reached(self) -> None:
        trade = at_stage("delivered")
        way = view_of(trade, BUYER).way
        assert [step.status for step in way if step.is_now] == [Status.DELIVERED]
        reached = {step.status: step.reached_at for step in way}
        assert reached[Status.DELIVERED] == trade.now
        assert reached[Status.CLOSED] is None

    def test_an_order_that_ends_otherwise_shows_its_end(self) -> None:
        trade = at_stage("in_production")
        trade.wait(days=200)
        way = view_of(trade, BUYER).way
        assert way[-1].status is Status.REFUNDED or way[-1].status is Status.CANCELLED
        assert way[-1].is_now
        assert Status.SHIPPED not in {step.status for step in way}

    def test_instalments_show_what_is_paid(self) -> None:
        first, second = view_of(at_stage("in_production"), BUYER).instalments
        assert (first.paid_minor, first.is_due) == (594_000, True)
        assert (second.paid_minor, second.is_due) == (0, False)

    @pytest.mark.parametrize("stage", ["delivered", "shipped"])
    def test_r22_of_money_that_nobody_holds_nothing_is_promised(self, stage: str) -> None:
        """Under custody at once the price went to the supplier when it was paid: no clock releases it."""
        paid_at_once = spoken_order(view_of(at_stage(stage, edition="guarantee-2017"), BUYER), "en")
        held = spoken_order(view_of(at_stage(stage), BUYER), "en")
        for told, is_held in ((paid_at_once, False), (held, True)):
            confirm = next(act for act in told.actions if act.command == "ConfirmReceipt")
            lapses = [turn.lapse for turn in told.turns if turn.kind == ClockKind.CLAIM_WINDOW]
            assert bool(lapses) is (stage == "delivered")
            for said in (confirm.meaning, *lapses):
                assert ("is released to the supplier" in said) is is_held
                assert ("No money moves, for none is held" in said) is not is_held
        released = at_stage("delivered", edition="guarantee-2017")
        confirmed = released.ask(BUYER, c.ConfirmReceipt())
        assert released.order.status is Status.COMPLETED
        assert {type(event).__name__ for event in confirmed} == {
            "ReceiptConfirmed",
            "OrderCompleted",
        }

    def test_r22_who_may_not_read_the_money_is_not_told_of_it_by_a_clock(self) -> None:
        inspector = Actor(role=Role.INSPECTOR, company_id="com_inspector")
        told = [
            spoken_order(view_of(at_stage("delivered", edition=edition), inspector), "en").turns
            for edition in ("escrow-2026", "guarantee-2017")
        ]
        assert (
            len({turn.lapse for turns in told for turn in turns if turn.kind == "claim_window"})
            == 1
        )

    def test_a_wrong_amount_says_how_much_is_missing(self) -> None:
        trade = at_stage("agreed")
        trade.pay("p1", 500_000)
        view = view_of(trade, BUYER)
        assert view.missing_minor == 94_000
        assert spoken_order(view, "en").missing == "USD 940.00"

    @pytest.mark.parametrize("stage", STAGES)
    @pytest.mark.parametrize("viewer", VIEWERS, ids=lambda viewer: viewer.role)
    def test_it_is_plain_data(self, stage: str, viewer: Actor) -> None:
        view = view_of(at_stage(stage), viewer)
        decoded = msgspec.json.decode(msgspec.json.encode(view))
        assert decoded["status"] == view.status.value
        assert len(decoded["story"]) == len(view.story)


def signed(statement: Statement, currency: str) -> int:
    total = 0
    for holding in statement.holdings:
        if holding.currency == currency:
            sign = 1 if CHART[holding.account].side is Side.DEBIT else -1
            total += sign * holding.amount_minor
    return total


class TestStatement:
    @pytest.mark.parametrize("edition", ["escrow-2026", "guarantee-2017"])
    @pytest.mark.parametrize("stage", STAGES)
    def test_what_is_held_balances(self, stage: str, edition: str) -> None:
        statement = view_of(at_stage(stage, edition=edition), BUYER).statement
        assert signed(statement, "USD") == 0

    def test_r22_held_money_has_its_next_step(self) -> None:
        trade = at_stage("delivered")
        statement = view_of(trade, BUYER).statement
        held = next(h for h in statement.holdings if h.account is Account.HELD)
        assert held.amount_minor == 1_980_000
        assert held.next_at == trade.now + 30 * DAY
        assert held.next_step == "funds_released"

    def test_what_moves_money_by_itself_is_told(self) -> None:
        trade = at_stage("in_production")
        (held,) = spoken_order(view_of(trade, BUYER), "en").holdings
        assert held.next_step.startswith("Goes back to the buyer by itself on 14 Apr 2027")
        (held, _fee) = spoken_order(view_of(at_stage("delivered"), BUYER), "zh").holdings
        assert held.next_step == "若无人操作，于 2027年3月5日 10:00 自动放款给供应商。"

    def test_a60_what_a_claim_keeps_is_told_beside_what_leaves(self) -> None:
        lines = (
            Line(number=1, quantity=1_000, unit_price_minor=660),
            Line(number=2, quantity=2_000, unit_price_minor=660),
        )
        trade = Trade(terms=with_terms(lines=lines))
        money = replace(trade.policy.money, freeze_whole_order=False)
        trade.policy = replace(trade.policy, money=money)
        trade.delivered().wait(days=29)
        trade.ask(
            BUYER,
            c.OpenDispute(
                claims=(Claim(ground=Ground.QUALITY, lines=(1,), term_ids=("capacity",)),)
            ),
        )
        held = next(
            h for h in view_of(trade, BUYER).statement.holdings if h.account is Account.HELD
        )
        assert (held.amount_minor, held.next_minor) == (1_980_000, 1_320_000)
        told = spoken_order(view_of(trade, BUYER), "en")
        assert told.holdings[0].next_step.startswith(
            "Of it USD 13,200.00: Goes to the supplier by itself on 5 Mar 2027"
        )
        (told_zh, *_) = spoken_order(view_of(trade, BUYER), "zh").holdings
        assert told_zh.next_step.startswith("其中 USD 13,200.00：若无人操作")
        trade.wait(days=2)
        trade.settle()
        after = spoken_order(view_of(trade, BUYER), "en")
        assert "no open claim names it" in after.story[-1].told
        assert "USD 6,600.00" in after.holdings[0].amount

    def test_every_entry_that_a_clock_makes_can_be_told(self) -> None:
        made = {
            holding.next_step
            for edition in ("escrow-2026", "guarantee-2017")
            for stage in STAGES
            for holding in view_of(at_stage(stage, edition=edition), BUYER).statement.holdings
            if holding.next_step and holding.account is not Account.BANK
        }
        assert made <= set(BY_ITSELF)
        assert {"funds_released", "refund_decided"} <= made

    def test_totals_follow_the_postings(self) -> None:
        trade = at_stage("delivered")
        trade.ask(BUYER, c.ConfirmReceipt())
        (totals,) = view_of(trade, BUYER).statement.totals
        assert (totals.received_minor, totals.held_minor) == (1_980_000, 0)
        assert totals.released_minor == 1_980_000

    def test_a_refund_is_due_until_the_bank_confirms_it(self) -> None:
        trade = at_stage("agreed")
        trade.pay("p1", 600_000)
        (totals,) = view_of(trade, BUYER).statement.totals
        assert (totals.held_minor, totals.refund_due_minor) == (594_000, 6_000)
        refund = trade.order.refunds[0]
        trade.ask(PROVIDER, c.RecordRefundConfirmed(refund_id=refund.id, amount_minor=6_000))
        (totals,) = view_of(trade, BUYER).statement.totals
        assert (totals.refunded_minor, totals.refund_due_minor) == (6_000, 0)


class TestSpokenOrder:
    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("stage", STAGES)
    def test_every_sentence_is_filled(self, stage: str, language: Language) -> None:
        for viewer in VIEWERS:
            text = msgspec.json.encode(spoken_order(view_of(at_stage(stage), viewer), language))
            sentences = _strings(msgspec.json.decode(text))
            assert not [part for part in sentences if "{" in part or "[" in part or "?" in part]

    def test_r48_it_says_what_to_do_and_what_follows_otherwise(self) -> None:
        told = spoken_order(view_of(at_stage("shipped"), BUYER), "en")
        assert told.turn == "Your turn"
        assert told.headline.startswith("Say whether the goods have arrived")
        assert told.until.endswith("45 days left.")
        assert told.otherwise.startswith("If nobody acts: The goods count as delivered")
        other = spoken_order(view_of(at_stage("shipped"), SUPPLIER), "zh")
        assert other.turn == "等待：买方"

    def test_hours_are_told_when_days_would_hide_them(self) -> None:
        trade = at_stage("disputed")
        trade.wait(hours=71)
        assert spoken_order(view_of(trade, SUPPLIER), "en").until.endswith("1 hour left.")
        trade.wait(minutes=30)
        assert "less than an hour left" in spoken_order(view_of(trade, SUPPLIER), "en").until


def _strings(tree: object) -> list[str]:
    match tree:
        case str():
            return [tree]
        case dict():
            return [part for value in tree.values() for part in _strings(value)]
        case list():
            return [part for value in tree for part in _strings(value)]
        case _:
            return []
