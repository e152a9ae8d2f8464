"""A supplier's account told as a script: every step settles what is due first, as the write path does."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from fairlot.domain.calendar import BusinessCalendar
from fairlot.domain.ledger.accounts import Account
from fairlot.domain.party import PROVIDER, Actor, Role
from fairlot.domain.payout import commands as c
from fairlot.domain.payout.clocks import next_deadline, settle_due
from fairlot.domain.payout.decide import decide
from fairlot.domain.payout.events import PayoutEvent
from fairlot.domain.payout.evolve import evolve
from fairlot.domain.payout.journal import postings_for
from fairlot.domain.payout.moves import PayoutRules
from fairlot.domain.payout.state import EMPTY, PayoutAccount

MONDAY = dt.datetime(2026, 3, 2, 10, 0, tzinfo=dt.UTC)
RULES = PayoutRules(payout_sent_business_days=7, calendar=BusinessCalendar())
SUPPLIER = Actor(role=Role.SUPPLIER, company_id="cmp_s")
OPERATOR = Actor(role=Role.OPERATOR, company_id="platform")
SETTLEMENTS_MAX = 100


class Script:
    """One account, its events, and the balances that their postings come to."""

    def __init__(self, *, verified: bool = True) -> None:
        self.account: PayoutAccount = EMPTY
        self.events: list[PayoutEvent] = []
        self.balances: Counter[tuple[Account, str]] = Counter()
        self.ask(c.OpenAccount(company_id="cmp_s", currency="USD"), at=MONDAY)
        if verified:
            self.ask(c.VerifyAccount(account_hash="hash-1"), at=MONDAY)

    def ask(
        self, command: c.PayoutCommand, *, at: dt.datetime, actor: Actor = PROVIDER
    ) -> tuple[PayoutEvent, ...]:
        """Settle what is due, then ask; raises Refused."""
        self.look(at=at)
        decided = decide(self.account, command, actor=actor, now=at, rules=RULES)
        self._add(decided)
        return decided

    def look(self, *, at: dt.datetime) -> None:
        """Let happen what is due by an instant."""
        for _ in range(SETTLEMENTS_MAX):
            due = settle_due(self.account, now=at, rules=RULES)
            if not due:
                return
            self._add(due)
        raise AssertionError("the clocks do not come to rest")

    def credit(
        self,
        amount_minor: int,
        *,
        order_id: str = "ord_1",
        seq: int,
        at: dt.datetime,
        zone: str = "",
    ) -> None:
        """Credit what an order released."""
        self.ask(
            c.CreditPayable(
                order_id=order_id, source_seq=seq, amount_minor=amount_minor, zone=zone
            ),
            at=at,
        )

    def balance(self, account: Account) -> int:
        """Return an account's balance over all its parts; debits are positive."""
        return sum(amount for (known, _), amount in self.balances.items() if known is account)

    def names(self) -> list[str]:
        """Return the names of all events."""
        return [type(event).__name__ for event in self.events]

    def time_alone(self) -> None:
        """Let every clock run out, one after the other."""
        for _ in range(SETTLEMENTS_MAX):
            deadline = next_deadline(self.account)
            if deadline is None:
                return
            self.look(at=deadline + dt.timedelta(seconds=1))
        raise AssertionError("the clocks never end")

    def _add(self, events: tuple[PayoutEvent, ...]) -> None:
        for event in events:
            self.account = evolve(self.account, event)
            self.events.append(event)
            for entry in postings_for(event):
                assert sum(posting.amount_minor for posting in entry.postings) == 0
                for posting in entry.postings:
                    self.balances[posting.account, posting.part] += posting.amount_minor
        self._check()

    def _check(self) -> None:
        """The ledger and the state are two accounts of one thing, and nobody is owed less than nothing."""
        owed = self.account.available_minor + self.account.instructed_minor
        assert -self.balance(Account.SUPPLIER_PAYABLE) == owed
        assert all(payable.amount_minor > 0 for payable in self.account.payables)
        assert all(payout.amount_minor > 0 for payout in self.account.open_payouts)
        assert all(receivable.owed_minor > 0 for receivable in self.account.receivables)
        assert self.account.paid_minor >= 0
