"""Payouts: only to a verified account, never twice, and the same end whatever order their messages come in (M6, M7)."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from fairlot.domain.ledger.accounts import Account
from fairlot.domain.order.refusals import Code, Refused
from fairlot.domain.payout import _sending
from fairlot.domain.payout import commands as c
from fairlot.domain.payout import decide as deciding
from fairlot.domain.payout.asked import Asked
from fairlot.domain.payout.events import PayoutEvent, PayoutInstructed, PlatformBreached
from fairlot.domain.payout.state import FINISHED_PAYOUTS_KEPT_MAX, PayoutAccount, PayoutStatus
from fairlot.domain.policy.loading import shipped_policies
from tests.support.payouts import MONDAY, OPERATOR, RULES, SUPPLIER, Script

HOUR = dt.timedelta(hours=1)
SECOND = dt.timedelta(seconds=1)

SENT = c.RecordPayoutSent(payout_id="p1", batch_id="b1")
CONFIRMED = c.RecordPayoutConfirmed(payout_id="p1", rail="wire")
FAILED = c.RecordPayoutFailed(payout_id="p1", rail="wire", reason_code="AC04", charges_minor=150)


def with_payout() -> Script:
    script = Script()
    script.credit(70_000, seq=1, at=MONDAY)
    return script


def refusal(script: Script, command: c.PayoutCommand, *, at: dt.datetime = MONDAY) -> Refused:
    with pytest.raises(Refused) as caught:
        script.ask(command, at=at, actor=OPERATOR)
    return caught.value


def instructed(script: Script) -> list[int]:
    return [event.amount_minor for event in script.events if isinstance(event, PayoutInstructed)]


class TestReceivingAccount:
    """R7: verified before anything is paid to it; a changed one waits until the owner was told."""

    def test_r7_a_change_stops_payouts_until_verified_and_72_hours_are_over(self) -> None:
        script = Script()
        script.ask(c.ChangeAccount(account_hash="hash-2"), at=MONDAY, actor=SUPPLIER)
        script.credit(70_000, seq=1, at=MONDAY + HOUR)
        script.ask(c.VerifyAccount(account_hash="hash-2"), at=MONDAY + 2 * HOUR)
        script.look(at=MONDAY + 72 * HOUR)
        assert instructed(script) == []
        script.look(at=MONDAY + 72 * HOUR + SECOND)
        payout = script.account.open_payouts[0]
        assert (payout.amount_minor, payout.account_hash) == (70_000, "hash-2")
        assert script.events[-1].at == MONDAY + 72 * HOUR

    def test_the_worker_changes_nothing_about_when_it_goes(self) -> None:
        """With a look at every hour and with none before the end, the events are the same."""
        ends = []
        for looks in (range(1, 100), range(0)):
            script = Script()
            script.ask(c.ChangeAccount(account_hash="hash-2"), at=MONDAY)
            script.ask(c.VerifyAccount(account_hash="hash-2"), at=MONDAY)
            script.credit(70_000, seq=1, at=MONDAY)
            for hours in looks:
                script.look(at=MONDAY + hours * HOUR)
            script.credit(1, seq=2, at=MONDAY + 100 * HOUR)
            ends.append(script.events)
        assert ends[0] == ends[1]

    def test_an_operator_cannot_go_round_it_either(self) -> None:
        script = Script(verified=False)
        script.credit(70_000, seq=1, at=MONDAY)
        assert refusal(script, c.InstructPayout()).code is Code.ACCOUNT_NOT_VERIFIED

    def test_revoked_means_not_paid_to(self) -> None:
        script = Script()
        script.ask(c.RevokeAccount(account_hash="hash-1"), at=MONDAY)
        script.credit(70_000, seq=1, at=MONDAY)
        assert instructed(script) == []
        script.ask(c.VerifyAccount(account_hash="hash-1"), at=MONDAY)
        assert instructed(script) == [70_000]

    def test_another_supplier_changes_nothing(self) -> None:
        script = Script()
        stranger = SUPPLIER.__class__(role=SUPPLIER.role, company_id="cmp_other")
        with pytest.raises(Refused) as caught:
            script.ask(c.ChangeAccount(account_hash="hash-2"), at=MONDAY, actor=stranger)
        assert caught.value.code is Code.NOT_PERMITTED


class TestClock:
    def test_a_payout_not_confirmed_in_seven_business_days_is_published_once(self) -> None:
        script = with_payout()
        script.time_alone()
        breaches = [event for event in script.events if isinstance(event, PlatformBreached)]
        assert [(b.clock, b.payout_id) for b in breaches] == [("payout_sent", "p1")]
        assert breaches[0].at == dt.datetime(2026, 3, 11, 23, 59, 59, tzinfo=dt.UTC)

    def test_a_confirmation_in_the_last_second_is_in_time(self) -> None:
        script = with_payout()
        script.ask(CONFIRMED, at=dt.datetime(2026, 3, 11, 23, 59, 59, tzinfo=dt.UTC))
        script.time_alone()
        assert script.account.breaches == 0

    def test_money_of_a_failed_payout_does_not_lie_unnoticed(self) -> None:
        script = with_payout()
        script.ask(FAILED, at=MONDAY)
        script.credit(5, seq=2, at=MONDAY + HOUR)
        assert instructed(script) == [70_000]
        script.time_alone()
        breaches = [event for event in script.events if isinstance(event, PlatformBreached)]
        assert [(b.clock, b.payout_id) for b in breaches] == [("payout_again", "")]
        script.ask(c.InstructPayout(), at=breaches[0].at + HOUR, actor=OPERATOR)
        assert instructed(script) == [70_000, 70_005]


class TestAfterFailure:
    def test_a_new_verification_sends_it_again_under_another_id(self) -> None:
        script = with_payout()
        script.ask(FAILED, at=MONDAY)
        script.ask(c.VerifyAccount(account_hash="hash-1"), at=MONDAY)
        assert [payout.id for payout in script.account.open_payouts] == ["p2"]
        assert script.account.instructed_minor == 70_000

    def test_debts_come_off_what_came_back(self) -> None:
        script = with_payout()
        script.ask(
            c.RaiseReceivable(
                order_id="ord_9",
                refund_id="r1",
                fund_minor=50_000,
                uncovered_minor=0,
                reminder_days=30,
                write_off_days=365,
            ),
            at=MONDAY,
        )
        script.ask(FAILED, at=MONDAY)
        assert script.account.owed_minor == 0
        assert script.account.available_minor == 20_000

    def test_banks_cannot_keep_more_than_was_sent(self) -> None:
        greedy = c.RecordPayoutFailed(
            payout_id="p1", rail="wire", reason_code="AC04", charges_minor=70_001
        )
        assert refusal(with_payout(), greedy).code is Code.MORE_THAN_DUE


def sequences() -> Iterator[tuple[c.PayoutCommand, ...]]:
    """Every order of every multiset of one payout's messages in which each may come once or twice, or not at all."""
    messages: tuple[c.PayoutCommand, ...] = (SENT, CONFIRMED, FAILED)
    for counts in itertools.product(range(3), repeat=len(messages)):
        told = [m for m, count in zip(messages, counts, strict=True) for _ in range(count)]
        yield from set(itertools.permutations(told))


def meaning(sequence: tuple[c.PayoutCommand, ...]) -> frozenset[c.PayoutCommand]:
    return frozenset(sequence)


def end_of(sequence: tuple[c.PayoutCommand, ...]) -> tuple[object, ...]:
    """Return all that matters after a sequence: what is owed, sent, paid, and every balance."""
    script = with_payout()
    for command in sequence:
        script.ask(command, at=MONDAY + HOUR)
    account = script.account
    known = {p.id: p.status for p in (*account.open_payouts, *account.finished_payouts)}
    balances = tuple(sorted((a.value, p, n) for (a, p), n in script.balances.items() if n))
    return (account.payables, known, account.paid_minor, account.held_back, balances)


def disagreements() -> tuple[int, int]:
    """Return how many sequences were tried, and how many ended unlike others with the same messages."""
    ends: dict[frozenset[c.PayoutCommand], tuple[object, ...]] = {}
    tried = apart = 0
    for sequence in sequences():
        tried += 1
        end = end_of(sequence)
        apart += end != ends.setdefault(meaning(sequence), end)
    return tried, apart


class TestMessagesOfTheOutside:
    def test_every_order_and_repetition_ends_the_same(self) -> None:
        tried, apart = disagreements()
        assert tried == 271
        assert apart == 0

    def test_failed_counts_over_confirmed_and_the_money_is_owed_once(self) -> None:
        for sequence in ((CONFIRMED, FAILED), (FAILED, CONFIRMED), (FAILED, SENT, FAILED)):
            script = with_payout()
            for command in sequence:
                script.ask(command, at=MONDAY)
            assert script.account.available_minor == 70_000
            assert script.balance(Account.BANK) == -150
            assert script.balance(Account.PLATFORM_COST) == 150

    def test_a_handler_that_believes_the_first_message_is_caught(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Planted: a payout once confirmed cannot come back."""
        kind: type[c.Command] = c.RecordPayoutFailed
        monkeypatch.setitem(deciding.HANDLERS, kind, fail_unless_confirmed)
        _, apart = disagreements()
        assert apart > 0

    def test_a_handler_that_believes_the_latest_message_is_caught(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Planted: a confirmation revives a payout that failed, though its money is owed again; the books notice."""
        kind: type[c.Command] = c.RecordPayoutConfirmed
        monkeypatch.setitem(deciding.HANDLERS, kind, confirm_whatever_was)
        with pytest.raises(AssertionError):
            disagreements()

    def test_long_finished_payouts_may_be_confirmed_again_but_not_come_back(self) -> None:
        script = Script()
        for number in range(1, FINISHED_PAYOUTS_KEPT_MAX + 2):
            script.credit(1, seq=number, at=MONDAY)
            confirmed = c.RecordPayoutConfirmed(payout_id=f"p{number}", rail="wire")
            script.ask(confirmed, at=MONDAY)
        assert script.ask(CONFIRMED, at=MONDAY) == ()
        assert script.ask(SENT, at=MONDAY) == ()
        assert refusal(script, FAILED).code is Code.UNKNOWN_REFERENCE

    @pytest.mark.parametrize("payout_id", ["p2", "p0", "p01", "p²", "x1", ""])
    def test_a_payout_that_never_was_is_refused(self, payout_id: str) -> None:
        unknown = c.RecordPayoutConfirmed(payout_id=payout_id, rail="wire")
        assert refusal(with_payout(), unknown).code is Code.UNKNOWN_REFERENCE


def confirm_whatever_was(
    account: PayoutAccount, command: c.RecordPayoutConfirmed, asked: Asked
) -> tuple[PayoutEvent, ...]:
    """A fault: it does not ask where the payout stands."""
    revived = tuple(replace(p, status=PayoutStatus.SENT) for p in account.finished_payouts)
    believed = replace(account, open_payouts=account.open_payouts + revived, finished_payouts=())
    return _sending.record_confirmed(believed, command, asked)


def fail_unless_confirmed(
    account: PayoutAccount, command: c.RecordPayoutFailed, asked: Asked
) -> tuple[PayoutEvent, ...]:
    """A fault: it takes a confirmation for the last word."""
    return () if account.finished_payouts else _sending.record_failed(account, command, asked)


def test_rules_of_the_script_are_those_of_the_shipped_editions() -> None:
    for policy in shipped_policies().values():
        assert policy.clocks.payout_sent_business_days == RULES.payout_sent_business_days
        assert (
            policy.clocks.receivable_reminder_days,
            policy.clocks.receivable_write_off_days,
        ) == (
            30,
            365,
        )
