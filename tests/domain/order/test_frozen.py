"""Where the edition freezes disputed lines alone: what no claim names leaves in time, the rest stays (ruling A60)."""

from __future__ import annotations

import random

import pytest
from msgspec.structs import replace

from fairlot.domain.cover.explain import explain_cover
from fairlot.domain.order import commands as c
from fairlot.domain.order import events as e
from fairlot.domain.order.clocks import ClockKind
from fairlot.domain.order.foresight import foresee
from fairlot.domain.order.refusals import Code
from fairlot.domain.order.state import Condition, InspectionStage, Status
from fairlot.domain.order.terms import Instalment, InstalmentDue
from fairlot.domain.policy.loading import shipped_policies
from fairlot.domain.policy.model import Ground
from tests.support import order_scripts
from tests.support.given import (
    BANK,
    BUYER,
    ESCROW,
    FEE,
    INSPECTOR,
    SUPPLIER,
    TWO_LINES,
    Given,
    booking,
    claim,
    claim_on,
    days,
    delivery,
    given,
    payment,
    refund_offer,
    report,
    seconds,
    shipment,
)

FIRST, SECOND = 600_000, 400_000
PRICE = FIRST + SECOND
BY_CARD = 1_028_000


def of_lines(here: Given, *, per_shipment: bool = False) -> Given:
    """Let the edition freeze disputed lines alone."""
    money = replace(here.policy.money, freeze_whole_order=False, release_per_shipment=per_shipment)
    return replace(here, policy=replace(here.policy, money=money))


def delivered(**more: object) -> Given:
    """Two lines, delivered; a case that is opened twenty days later is open when the window ends."""
    return of_lines(given(lines=TWO_LINES)).delivered(**more).after(days(20))


def claimed(**more: object) -> Given:
    """The second line is claimed, ten days before the window ends."""
    return delivered(**more).by(BUYER, claim(Ground.QUALITY, 2))


def released() -> Given:
    """The second line is claimed on the last day, and the first one is released; the parties still talk."""
    return window_over(delivered().after(days(9)).by(BUYER, claim(Ground.QUALITY, 2)))


def window_over(here: Given) -> Given:
    """Go on until just after the end of the window."""
    until = here.order.shipments[-1].claim_until
    assert until is not None
    return here.at(max(here.now, until + seconds(1))).settled()


def releases(here: Given) -> list[tuple[int, str]]:
    return [
        (event.amount_minor, event.cause)
        for event in here.events
        if isinstance(event, e.FundsReleased)
    ]


class TestRelease:
    def test_a60_what_no_claim_names_leaves_when_it_would_have_left(self) -> None:
        here = claimed()
        due_at = delivered().due_at(ClockKind.CLAIM_WINDOW)
        assert here.due_at(ClockKind.UNDISPUTED) == due_at
        over = window_over(here)
        assert over.last(e.FundsReleased).at == due_at
        assert releases(over) == [(FIRST, "undisputed")]
        over.stands(status=Status.DELIVERED, held_minor=SECOND)
        assert over.clock(ClockKind.UNDISPUTED) is None

    def test_a60_the_shipped_edition_keeps_everything(self) -> None:
        here = given(lines=TWO_LINES).delivered().after(days(20))
        over = window_over(here.by(BUYER, claim(Ground.QUALITY, 2)))
        assert releases(over) == []

    def test_a60_a_claim_that_names_no_line_is_about_all_of_them(self) -> None:
        over = window_over(delivered().by(BUYER, claim(Ground.QUALITY)))
        assert releases(over) == []
        over.stands(held_minor=PRICE)

    def test_a60_fees_that_may_come_back_stay_too(self) -> None:
        """A22: an inspection that passed gives nothing back; one without a report may."""
        here = claimed().by(BUYER, booking(stage=InspectionStage.DISPUTE))
        assert releases(window_over(here)) == [(FIRST - FEE, "undisputed")]
        failed = here.by(INSPECTOR, report(major=40))
        assert releases(window_over(failed)) == [(FIRST - FEE, "undisputed")]
        passed = here.by(INSPECTOR, report())
        assert releases(window_over(passed)) == [(FIRST, "undisputed")]

    def test_a60_a_report_after_the_window_frees_the_fee_at_that_instant(self) -> None:
        here = claimed().after(days(8)).by(BUYER, booking(stage=InspectionStage.DISPUTE))
        late = window_over(here).after(days(1)).by(INSPECTOR, report())
        freed = late.after(seconds(1)).settled()
        assert releases(freed) == [(FIRST - FEE, "undisputed"), (FEE, "undisputed")]
        assert freed.last(e.FundsReleased).at == late.now

    def test_a60_confirming_in_a_dispute_releases_the_rest_and_completes_nothing(self) -> None:
        here = (
            claimed().when(BUYER, c.ConfirmReceipt()).happened(e.ReceiptConfirmed, e.FundsReleased)
        )
        assert releases(here) == [(FIRST, "undisputed")]
        here.stands(status=Status.DELIVERED, held_minor=SECOND)

    def test_a60_never_more_than_is_held(self) -> None:
        """A deposit alone is there, and less of it than the claimed line costs."""
        halves = (
            Instalment(name="deposit", amount_minor=300_000),
            Instalment(name="balance", amount_minor=700_000, due=InstalmentDue.PASSED_INSPECTION),
        )
        here = of_lines(given(lines=TWO_LINES, instalments=halves)).agreed()
        here = here.by(BANK, payment(300_000)).by(SUPPLIER, shipment()).by(BANK, delivery())
        here = here.after(days(20)).by(BUYER, claim(Ground.QUALITY, 2))
        over = window_over(here)
        assert releases(over) == []
        over.stands(held_minor=300_000)

    def test_a57_a_claim_refused_at_the_door_keeps_its_lines_until_its_appeal_is_over(self) -> None:
        here = delivered().after(days(5))
        refused = here.when(BUYER, claim(Ground.CUSTOMS_DELAY, 2))
        refused.refused(Code.GROUND_EXCLUDED)
        over = window_over(refused.after)
        assert releases(over) == [(FIRST, "undisputed")]
        lapsed = over.after(days(8)).settled()
        assert releases(lapsed) == [(FIRST, "undisputed"), (SECOND, "claim_window")]
        lapsed.stands(status=Status.COMPLETED)


class TestBesidesOtherThings:
    def test_r26_a_chargeback_keeps_everything_and_frees_the_rest_when_it_is_won(self) -> None:
        here = claimed(amount_minor=BY_CARD, rail="card")
        here = here.by(BANK, c.RecordChargebackOpened(chargeback_id="cb1", amount_minor=100_000))
        over = window_over(here)
        assert releases(over) == []
        won = over.by(BANK, c.RecordChargebackEnded(chargeback_id="cb1", won=True))
        freed = won.after(seconds(1)).settled()
        assert releases(freed) == [(FIRST, "undisputed")]
        assert freed.last(e.FundsReleased).at == won.now

    def test_a58_a_claim_given_up_after_the_window_frees_its_lines_at_once(self) -> None:
        first, second = claim_on(Ground.QUALITY, 1), claim_on(Ground.COUNTERFEIT, 2)
        here = window_over(delivered().by(BUYER, c.OpenDispute(claims=(first, second))))
        assert releases(here) == []
        given_up = here.by(BUYER, c.WithdrawClaim(claims=(first,), statement_hash="w"))
        freed = given_up.after(seconds(1)).settled()
        assert releases(freed) == [(FIRST, "undisputed")]
        assert freed.last(e.FundsReleased).at == given_up.now

    def test_a60_lines_of_a_return_stay_until_it_is_judged(self) -> None:
        here = claimed().decided(SECOND, condition=Condition.RETURN, otherwise_minor=0).final()
        assert here.order.goods_return is not None
        over = window_over(here)
        assert releases(over) == [(FIRST, "undisputed")]
        over.stands(held_minor=SECOND)
        over.quiet().stands(held_minor=0, released_minor=PRICE)

    def test_a60_what_a_decision_gives_beyond_the_lines_stays(self) -> None:
        """The outcome may go beyond what was claimed; its appeal is open when the window ends."""
        here = claimed().decided(700_000)
        over = window_over(here)
        assert over.order.dispute is not None
        assert over.order.dispute.is_open
        assert releases(over) == [(300_000, "undisputed")]
        over.final().stands(returned_minor=700_000, held_minor=0)

    def test_a45_parts_that_leave_by_themselves_leave_without_the_claimed_lines(self) -> None:
        here = of_lines(given(lines=TWO_LINES), per_shipment=True).paid()
        here = here.by(SUPPLIER, shipment("s1", quantities={1: 300, 2: 200})).by(
            BANK, delivery("s1")
        )
        here = here.after(days(20)).by(SUPPLIER, shipment("s2")).by(BANK, delivery("s2"))
        here = here.by(BUYER, claim(Ground.QUALITY, 2))
        first = here.after(days(10) + seconds(1)).settled()
        assert releases(first) == [(300_000, "undisputed")]
        ended = first.by(
            BUYER, c.WithdrawClaim(claims=(claim_on(Ground.QUALITY, 2),), statement_hash="w")
        )
        ended = ended.after(seconds(1)).settled()
        assert releases(ended)[1:] == [(200_000, "claim_window")]
        ended.quiet().stands(released_minor=PRICE, held_minor=0)


class TestOutcome:
    def test_a60_a_later_claim_on_what_was_released_is_paid_by_the_waterfall(self) -> None:
        here = released()
        learned = c.AddClaim(claim=claim_on(Ground.COUNTERFEIT, 1), known_at=here.now)
        more = here.by(BUYER, learned)
        ended = more.decided(900_000).final()
        refund = ended.last(e.RefundDecided)
        assert (refund.price_minor, refund.from_held_minor) == (900_000, SECOND)
        funded = ended.quiet()
        funded.stands(returned_minor=900_000, fund_paid_minor=500_000, held_minor=0)

    def test_a60_decided_for_the_supplier_the_rest_follows(self) -> None:
        ended = released().decided(0).final().after(seconds(1)).settled()
        assert releases(ended) == [(FIRST, "undisputed"), (SECOND, "claim_window")]
        ended.stands(status=Status.COMPLETED, released_minor=PRICE)

    def test_a59_a_settlement_above_what_is_held_is_sought_from_the_supplier_first(self) -> None:
        here = released().by(SUPPLIER, refund_offer(500_000))
        settled = here.by(BUYER, c.AcceptOffer(offer_id="o1"))
        refunds = [event for event in settled.events if isinstance(event, e.RefundDecided)]
        assert sum(event.price_minor for event in refunds) == 500_000
        assert sum(event.from_held_minor for event in refunds) == SECOND
        assert settled.order.seeking[0].price_minor == 100_000
        settled.stands(status=Status.SETTLED)

    def test_a60_what_is_kept_for_one_claim_is_not_promised_to_another(self) -> None:
        here = released()

        def stands_behind(line: int) -> tuple[int, int]:
            counterfeit = claim_on(Ground.COUNTERFEIT, line)
            answer = explain_cover(
                here.order, counterfeit, now=here.now, policy=here.policy, known_at=here.now
            )
            return answer.held_minor, answer.fund_minor

        assert stands_behind(1) == (0, FIRST)
        assert stands_behind(2) == (SECOND, 0)

    def test_it_is_foreseen(self) -> None:
        here = claimed()
        steps = foresee(here.order, now=here.now, policy=here.policy)
        step = next(step for step in steps if step.clock.kind is ClockKind.UNDISPUTED)
        (released,) = step.events
        assert isinstance(released, e.FundsReleased)
        assert (released.amount_minor, step.status) == (FIRST, Status.DELIVERED)


def test_a_claim_that_keeps_nothing_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """The planted fault: the claimed lines leave with the others."""
    monkeypatch.setattr(
        "fairlot.domain.order.rules.settlement.undisputed_minor",
        lambda order, _: order.funds.held_minor,
    )
    with pytest.raises(AssertionError):
        TestRelease().test_a60_what_no_claim_names_leaves_when_it_would_have_left()


SCRIPTS_TESTED = 150


def test_t1_m1_the_worker_changes_nothing_where_lines_alone_are_frozen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """On time, late or never, the books hold and the same money leaves; the claims of these scripts name a line."""
    shipped = shipped_policies()
    opened = tuple(
        (gap, actor, claim(Ground.SHORT_QUANTITY, 1))
        if isinstance(command, c.OpenDispute)
        else (gap, actor, command)
        for gap, actor, command in order_scripts.STAGES
    )
    held = shipped[ESCROW]
    money = replace(held.money, freeze_whole_order=False)
    editions = {**shipped, ESCROW: replace(held, money=money)}
    monkeypatch.setattr(order_scripts, "shipped_policies", lambda: editions)
    monkeypatch.setattr(order_scripts, "STAGES", opened)
    seen = 0
    for seed in range(SCRIPTS_TESTED):
        script = order_scripts.random_script(random.Random(seed))
        order_scripts.check_script(script)
        policy, acts = order_scripts.made_concrete(script)
        story = order_scripts.play(policy, acts, None).events
        seen += any(
            isinstance(event, e.FundsReleased) and event.cause == "undisputed" for event in story
        )
    assert seen > 0
