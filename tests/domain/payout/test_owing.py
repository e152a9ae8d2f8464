"""What a supplier is owed and owes: each source once, set-offs from what is not on its way, debts before payouts."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from fairlot.domain.ledger.accounts import Account
from fairlot.domain.order.refusals import Code, Refused
from fairlot.domain.party import PROVIDER, Actor
from fairlot.domain.payout import commands as c
from fairlot.domain.payout.events import (
    PayableCredited,
    PayoutInstructed,
    ReceivableReminded,
    ReceivableWrittenOff,
    RecoveryTaken,
    SetOffTaken,
)
from fairlot.domain.payout.state import Payable
from tests.support.payouts import MONDAY, RULES, SUPPLIER, Script

HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)
SHANGHAI, NEW_YORK = "Asia/Shanghai", "America/New_York"


def refusal(script: Script, command: c.PayoutCommand, *, actor: Actor = PROVIDER) -> Refused:
    with pytest.raises(Refused) as caught:
        script.ask(command, at=MONDAY, actor=actor)
    return caught.value


def raise_receivable(
    fund: int, uncovered: int = 0, *, order_id: str = "ord_9", refund_id: str = "r1"
) -> c.RaiseReceivable:
    return c.RaiseReceivable(
        order_id=order_id,
        refund_id=refund_id,
        fund_minor=fund,
        uncovered_minor=uncovered,
        reminder_days=30,
        write_off_days=365,
    )


def take(amount_minor_max: int, *, refund_id: str = "r1") -> c.TakeSetOff:
    return c.TakeSetOff(order_id="ord_9", refund_id=refund_id, amount_minor_max=amount_minor_max)


Amounted = PayableCredited | PayoutInstructed | RecoveryTaken | SetOffTaken


def amounts(script: Script, kind: type[Amounted]) -> list[int]:
    return [event.amount_minor for event in script.events if isinstance(event, kind)]


class TestCredits:
    def test_go_out_at_once_to_a_verified_account(self) -> None:
        script = Script()
        script.credit(70_000, seq=9, at=MONDAY)
        assert script.names()[-2:] == ["PayableCredited", "PayoutInstructed"]
        assert script.account.available_minor == 0
        assert script.account.instructed_minor == 70_000
        # The end of the seventh business day after a Monday.
        assert script.account.open_payouts[0].due_at == dt.datetime(
            2026, 3, 11, 23, 59, 59, tzinfo=dt.UTC
        )

    @pytest.mark.parametrize(
        ("zone", "due_at"),
        [
            (SHANGHAI, dt.datetime(2026, 3, 11, 15, 59, 59, tzinfo=dt.UTC)),
            (NEW_YORK, dt.datetime(2026, 3, 12, 3, 59, 59, tzinfo=dt.UTC)),
        ],
    )
    def test_a02_business_days_end_in_the_contracts_zone(
        self, zone: str, due_at: dt.datetime
    ) -> None:
        """A02, A19: 23:59:59 of the seventh business day, as it is where the order was agreed."""
        script = Script()
        script.credit(10_000, seq=1, at=MONDAY, zone=zone)
        assert script.account.open_payouts[0].due_at == due_at

    @pytest.mark.parametrize(
        ("zones", "due_at"),
        [
            ((SHANGHAI,), dt.datetime(2026, 3, 11, 15, 59, 59, tzinfo=dt.UTC)),
            ((NEW_YORK, NEW_YORK), dt.datetime(2026, 3, 12, 3, 59, 59, tzinfo=dt.UTC)),
            ((NEW_YORK, SHANGHAI), dt.datetime(2026, 3, 11, 15, 59, 59, tzinfo=dt.UTC)),
        ],
    )
    def test_a19_money_that_waited_leaves_in_time_by_every_contracts_zone(
        self, zones: tuple[str, ...], due_at: dt.datetime
    ) -> None:
        """A02, A19: of several orders together, the zone in which the seventh business day ends first."""
        script = Script(verified=False)
        for number, zone in enumerate(zones):
            script.credit(10_000, order_id=f"ord_{number}", seq=1, at=MONDAY, zone=zone)
        script.ask(c.VerifyAccount(account_hash="hash-1"), at=MONDAY + HOUR)
        (sent,) = script.account.open_payouts
        assert sent.due_at == due_at

    def test_a19_money_that_came_back_keeps_its_zone(self) -> None:
        script = Script()
        script.credit(10_000, seq=1, at=MONDAY, zone=SHANGHAI)
        failed = c.RecordPayoutFailed(payout_id="p1", rail="wire", reason_code="AC04")
        script.ask(failed, at=MONDAY + HOUR)
        assert script.account.again_until == dt.datetime(2026, 3, 11, 15, 59, 59, tzinfo=dt.UTC)

    def test_a02_an_edition_may_name_one_zone_for_all(self) -> None:
        rules = msgspec.structs.replace(RULES, business_zone="UTC")
        waiting = (Payable(order_id="ord_1", amount_minor=1, zone=SHANGHAI),)
        assert rules.sent_until(MONDAY, waiting) == dt.datetime(
            2026, 3, 11, 23, 59, 59, tzinfo=dt.UTC
        )

    def test_wait_for_the_verification(self) -> None:
        script = Script(verified=False)
        script.credit(70_000, seq=9, at=MONDAY)
        assert script.account.available_minor == 70_000
        script.ask(c.VerifyAccount(account_hash="hash-1"), at=MONDAY + HOUR)
        assert amounts(script, PayoutInstructed) == [70_000]

    def test_count_once_per_source_whatever_the_command(self) -> None:
        script = Script()
        script.credit(70_000, seq=9, at=MONDAY)
        again = c.CreditPayable(order_id="ord_1", source_seq=9, amount_minor=70_000)
        assert refusal(script, again).code is Code.REFERENCE_REUSED
        script.credit(1, seq=10, at=MONDAY)
        assert amounts(script, PayableCredited) == [70_000, 1]

    @pytest.mark.parametrize("amount_minor", [0, -1, 10**15 + 1])
    def test_are_amounts(self, amount_minor: int) -> None:
        credit = c.CreditPayable(order_id="ord_1", source_seq=1, amount_minor=amount_minor)
        assert refusal(Script(), credit).code in {Code.AMOUNT_NOT_POSITIVE, Code.AMOUNT_TOO_LARGE}

    def test_are_not_the_suppliers_to_give(self) -> None:
        credit = c.CreditPayable(order_id="ord_1", source_seq=1, amount_minor=1)
        assert refusal(Script(), credit, actor=SUPPLIER).code is Code.NOT_PERMITTED


class TestSetOff:
    def test_takes_what_is_there_and_no_more(self) -> None:
        script = Script(verified=False)
        script.credit(30_000, seq=1, at=MONDAY)
        script.credit(20_000, order_id="ord_2", seq=1, at=MONDAY)
        script.ask(take(45_000), at=MONDAY)
        assert amounts(script, SetOffTaken) == [45_000]
        assert [(p.order_id, p.amount_minor) for p in script.account.payables] == [("ord_2", 5_000)]
        script.ask(take(45_000, refund_id="r2"), at=MONDAY)
        assert amounts(script, SetOffTaken) == [45_000, 5_000]
        assert script.balance(Account.PAYOUT_CLEARING) == 0

    def test_leaves_alone_what_is_on_its_way(self) -> None:
        script = Script()
        script.credit(30_000, seq=1, at=MONDAY)
        script.ask(take(45_000), at=MONDAY)
        assert amounts(script, SetOffTaken) == [0]
        assert script.account.instructed_minor == 30_000

    def test_is_answered_once_for_a_refund(self) -> None:
        script = Script(verified=False)
        script.ask(take(45_000), at=MONDAY)
        script.credit(30_000, seq=1, at=MONDAY)
        assert refusal(script, take(45_000)).code is Code.REFERENCE_REUSED
        assert script.account.available_minor == 30_000

    def test_comes_back_in_part_or_whole_and_once(self) -> None:
        script = Script(verified=False)
        script.credit(30_000, seq=1, at=MONDAY)
        script.ask(take(25_000), at=MONDAY)
        too_much = c.ReturnSetOff(order_id="ord_9", refund_id="r1", amount_minor=25_001)
        assert refusal(script, too_much).code is Code.MORE_THAN_DUE
        back = c.ReturnSetOff(order_id="ord_9", refund_id="r1", amount_minor=20_000)
        script.ask(back, at=MONDAY)
        assert script.account.available_minor == 25_000
        assert {payable.order_id for payable in script.account.payables} == {"ord_1"}
        assert refusal(script, back).code is Code.UNKNOWN_REFERENCE


class TestReceivables:
    def test_are_taken_from_the_next_credits_before_anything_goes_out(self) -> None:
        script = Script()
        script.ask(raise_receivable(40_000, 10_000), at=MONDAY)
        script.credit(30_000, seq=1, at=MONDAY)
        assert amounts(script, PayoutInstructed) == []
        script.credit(30_000, seq=2, at=MONDAY)
        assert amounts(script, RecoveryTaken) == [30_000, 20_000]
        assert amounts(script, PayoutInstructed) == [10_000]
        assert script.account.receivables == ()

    def test_are_taken_at_once_from_what_is_there(self) -> None:
        script = Script(verified=False)
        script.credit(30_000, seq=1, at=MONDAY)
        script.ask(raise_receivable(40_000), at=MONDAY)
        assert amounts(script, RecoveryTaken) == [30_000]
        assert script.account.owed_minor == 10_000

    def test_are_taken_the_oldest_first(self) -> None:
        script = Script()
        script.ask(raise_receivable(10_000, order_id="ord_b"), at=MONDAY)
        script.ask(raise_receivable(10_000, order_id="ord_a"), at=MONDAY + DAY)
        script.credit(12_000, seq=1, at=MONDAY + 2 * DAY)
        taken = [
            (e.order_id, e.amount_minor) for e in script.events if isinstance(e, RecoveryTaken)
        ]
        assert taken == [("ord_b", 10_000), ("ord_a", 2_000)]

    def test_count_once_per_refund_even_after_they_were_paid(self) -> None:
        script = Script()
        script.ask(raise_receivable(10_000), at=MONDAY)
        script.credit(10_000, seq=1, at=MONDAY)
        assert refusal(script, raise_receivable(10_000)).code is Code.REFERENCE_REUSED

    def test_are_paid_by_what_the_supplier_pays_in_and_the_rest_goes_back(self) -> None:
        script = Script()
        script.ask(raise_receivable(40_000), at=MONDAY)
        paid_in = c.RecordSupplierPaidIn(paid_in_id="b1", rail="wire", amount_minor=45_000)
        script.ask(paid_in, at=MONDAY)
        assert amounts(script, RecoveryTaken) == [40_000]
        assert amounts(script, PayoutInstructed) == [5_000]
        assert refusal(script, paid_in).code is Code.REFERENCE_REUSED

    def test_are_reminded_of_monthly_and_written_off_after_a_year(self) -> None:
        script = Script()
        script.ask(raise_receivable(40_000), at=MONDAY)
        script.time_alone()
        reminded = [e.at - MONDAY for e in script.events if isinstance(e, ReceivableReminded)]
        assert reminded == [n * 30 * DAY for n in range(1, 13)]
        last = script.events[-1]
        assert isinstance(last, ReceivableWrittenOff)
        assert (last.at - MONDAY, last.owed_minor) == (365 * DAY, 40_000)
        assert script.account.receivables == ()

    def test_in_time_to_the_second_means_paid_and_not_written_off(self) -> None:
        script = Script()
        script.ask(raise_receivable(40_000), at=MONDAY)
        script.credit(40_000, seq=1, at=MONDAY + 365 * DAY)
        assert amounts(script, RecoveryTaken) == [40_000]
        late = Script()
        late.ask(raise_receivable(40_000), at=MONDAY)
        late.credit(40_000, seq=1, at=MONDAY + 365 * DAY + dt.timedelta(seconds=1))
        assert amounts(late, RecoveryTaken) == []
        assert amounts(late, PayoutInstructed) == [40_000]

    def test_of_one_order_are_one_debt(self) -> None:
        script = Script()
        script.ask(raise_receivable(40_000), at=MONDAY)
        script.ask(raise_receivable(5_000, refund_id="r2"), at=MONDAY + DAY)
        assert [r.owed_minor for r in script.account.receivables] == [45_000]
        script.time_alone()
        written_off = [e for e in script.events if isinstance(e, ReceivableWrittenOff)]
        assert [(e.at - MONDAY, e.owed_minor) for e in written_off] == [(366 * DAY, 45_000)]


class TestWriteOff:
    def test_takes_the_debt_out_of_the_books_once(self) -> None:
        script = Script()
        booked = c.BookWriteOff(
            order_id="ord_9", source_seq=7, amounts_minor={"": -500, "chargeback": 2_500}
        )
        script.ask(booked, at=MONDAY)
        assert script.balances[Account.SUPPLIER_RECEIVABLE, "chargeback"] == -2_500
        assert script.balance(Account.SUPPLIER_RECEIVABLE) == -2_000
        assert script.balance(Account.FUND_RECOVERABLE) == 2_000
        assert refusal(script, booked).code is Code.REFERENCE_REUSED


def test_nothing_can_be_asked_of_an_account_before_it_is_opened() -> None:
    script = Script()
    opened = c.OpenAccount(company_id="cmp_other", currency="EUR")
    assert refusal(script, opened).code is Code.ALREADY_EXISTS
    assert (script.account.company_id, script.account.currency) == ("cmp_s", "USD")
