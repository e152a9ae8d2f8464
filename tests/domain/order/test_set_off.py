"""Where refunds come from beyond what is held, and who gets what comes back of it (R28; rulings A20, A21, A27)."""

from __future__ import annotations

from fairlot.domain.ledger.accounts import Account
from fairlot.domain.order import commands as c
from fairlot.domain.order import events as e
from fairlot.domain.order.clocks import ClockKind
from fairlot.domain.order.refusals import Code
from fairlot.domain.order.state import Status
from tests.support.given import BANK, GUARANTEE, PRICE, days, given, seconds


def test_r28_money_recovered_serves_the_buyer_and_the_fund_alike() -> None:
    """A27: what exceeds the cover is the buyer's claim; recoveries serve it and the fund pro rata."""
    here = given(GUARANTEE, covered_minor=600_000).disputed().decided(PRICE).quiet()
    here.stands(fund_paid_minor=600_000, uncovered_minor=400_000, receivable_minor=600_000)
    part = here.by(BANK, c.RecordRecovery(recovery_id="v1", amount_minor=100_000))
    part.stands(fund_paid_minor=540_000, uncovered_minor=360_000, receivable_minor=540_000)
    part.when(BANK, c.RecordRecovery(recovery_id="v2", amount_minor=900_001)).refused(
        Code.MORE_THAN_DUE, due_minor=900_000
    )
    part.when(BANK, c.RecordRecovery(recovery_id="v2", amount_minor=0)).refused(
        Code.AMOUNT_NOT_POSITIVE
    )


class TestSetOff:
    """A21: held money, then the supplier's other payables, then the fund up to the whole cover."""

    def test_a21_the_fund_pays_what_the_payables_do_not(self) -> None:
        here = given(GUARANTEE).disputed().decided(300_000).final()
        answered = here.by(BANK, c.RecordSetOff(refund_id="r1", taken_minor=120_000))
        answered.stands(fund_paid_minor=180_000, cover_used_minor=180_000, seeking=())
        here.when(BANK, c.RecordSetOff(refund_id="r1", taken_minor=300_001)).refused(
            Code.MORE_THAN_DUE, due_minor=300_000
        )
        here.when(BANK, c.RecordSetOff(refund_id="r9", taken_minor=0)).refused(
            Code.UNKNOWN_REFERENCE
        )

    def test_a21_without_an_answer_the_fund_pays_after_a_day(self) -> None:
        here = given(GUARANTEE).disputed().decided(300_000).final()
        decided_at = here.last(e.RefundDecided).at
        after = here.when_nobody_acts(decided_at + days(1) + seconds(1)).happened(e.RefundFunded)
        assert after.last(e.RefundFunded).at == decided_at + days(1)

    def test_a21_the_refund_has_its_day_while_the_payables_are_asked(self) -> None:
        """A21, R43: everybody sees by when the refund is sent, though it is not known yet who pays it."""
        asked = given(GUARANTEE).disputed().decided(300_000).final()
        due_at = asked.due_at(ClockKind.REFUND_SENT)
        assert due_at == asked.last(e.RefundDecided).due_at
        answered = asked.by(BANK, c.RecordSetOff(refund_id="r1", taken_minor=300_000))
        assert answered.due_at(ClockKind.REFUND_SENT) == due_at

    def test_a21_an_answer_that_comes_late_ends_as_one_in_time(self) -> None:
        """A21, T1: what the payables give pays first, however late our own worker learns of it."""
        here = given(GUARANTEE, covered_minor=600_000).disputed().decided(PRICE).final()
        answer = c.RecordSetOff(refund_id="r1", taken_minor=500_000)
        in_time = here.by(BANK, answer).stands(fund_paid_minor=500_000, uncovered_minor=0)
        paid = (
            here.after(days(2)).settled().stands(fund_paid_minor=600_000, uncovered_minor=400_000)
        )
        told = paid.when(BANK, answer).then(
            e.SetOffCameLate,
            to_fund_minor=100_000,
            to_buyer_minor=400_000,
            cover_back_minor=100_000,
        )
        assert told.order.funds == in_time.order.funds
        assert sum(refund.amount_minor for refund in told.order.refunds) == PRICE
        for account in Account:
            assert told.balance_minor(account) == in_time.balance_minor(account), account
        told.when(BANK, answer).refused(Code.UNKNOWN_REFERENCE)
        paid.when(BANK, c.RecordSetOff(refund_id="r1", taken_minor=PRICE + 1)).refused(
            Code.MORE_THAN_DUE, due_minor=PRICE
        )

    def test_a21_a_late_answer_of_nothing_changes_nothing(self) -> None:
        here = given(GUARANTEE).disputed().decided(300_000).final().after(days(2)).settled()
        nothing = c.RecordSetOff(refund_id="r1", taken_minor=0)
        told = here.by(BANK, nothing).stands(unanswered=())
        assert told.order.funds == here.order.funds

    def test_a75_a_lost_chargebacks_late_answer_serves_who_paid(self) -> None:
        here = given(GUARANTEE, covered_minor=600_000).paid(1_028_000, rail="card")
        opened = c.RecordChargebackOpened(chargeback_id="cb1", amount_minor=1_028_000)
        lost = here.by(BANK, opened, c.RecordChargebackEnded(chargeback_id="cb1", won=False))
        answer = c.RecordSetOff(refund_id="cb1", taken_minor=500_000)
        in_time = lost.by(BANK, answer)
        late = lost.after(days(2)).settled().by(BANK, answer)
        assert late.order.funds == in_time.order.funds
        for account in Account:
            assert late.balance_minor(account) == in_time.balance_minor(account), account

    def test_a20_an_uncovered_supplier_leaves_the_fund_alone(self) -> None:
        here = given(GUARANTEE).paid(enrolled=False, cover_minor=0).quiet()
        here.stands(status=Status.CANCELLED, fund_paid_minor=0, uncovered_minor=PRICE)

    def test_the_supplier_pays_no_more_than_is_sought(self) -> None:
        here = given(GUARANTEE).disputed().decided(300_000).final()
        for amount, code in ((0, Code.AMOUNT_NOT_POSITIVE), (300_001, Code.MORE_THAN_DUE)):
            repaid = c.RecordSupplierRepaid(refund_id="r1", amount_minor=amount)
            here.when(BANK, repaid).refused(code)
