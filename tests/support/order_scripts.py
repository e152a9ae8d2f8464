"""Scripts of acts with time between them, played with a worker that is on time, late, or never there at all.

A script is a list of numbers. It is first made concrete: who asks what and when, seen from an order that only acts touch.
Then the very same acts are played again with a worker that settles what is due so long after each deadline.
"""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

import msgspec

from fairlot.domain.audit.canonical import canonical_bytes
from fairlot.domain.ledger.accounts import Account
from fairlot.domain.ledger.journal import postings_for
from fairlot.domain.order import commands as c
from fairlot.domain.order.clocks import next_deadline
from fairlot.domain.order.decide import decide
from fairlot.domain.order.events import OrderEvent
from fairlot.domain.order.evolve import evolve, fold
from fairlot.domain.order.refusals import Refused
from fairlot.domain.order.settle import settle_due
from fairlot.domain.order.state import EMPTY, Order
from fairlot.domain.party import Actor
from fairlot.domain.policy.loading import policy_id, shipped_policies
from fairlot.domain.policy.model import CoverKind, Ground, Policy
from tests.support.given import (
    AGREED_ON,
    BANK,
    BUYER,
    EDITIONS,
    HALVES,
    LINE,
    SUPPLIER,
    TWO_LINES,
    claim,
    delivery,
    payment,
    shipment,
    terms_under,
)
from tests.support.script_acts import ACTS, Act, is_thinkable

SECOND = dt.timedelta(seconds=1)
# How long after a deadline the worker comes; None: never.
LAGS: dict[str, dt.timedelta | None] = {
    "never": None,
    "at once": dt.timedelta(0),
    "a second late": SECOND,
    "an hour late": dt.timedelta(hours=1),
    "400 days late": dt.timedelta(days=400),
}
# After the last act everybody waits so long, and then somebody looks.
AFTERWARDS = dt.timedelta(days=1_500)
# Acts are tried until one is granted, but no more refusals than these at one instant.
REFUSALS_MAX = 2
EFFECTS_MAX = 300
STEPS_MAX = 30

GAPS = (
    dt.timedelta(0),
    SECOND,
    dt.timedelta(hours=7),
    dt.timedelta(days=1),
    dt.timedelta(days=3),
    dt.timedelta(days=8),
    dt.timedelta(days=31),
)
# Gaps that lead to just before, onto and just after the next deadline.
TO_THE_DEADLINE = (-SECOND, dt.timedelta(0), SECOND)


class Step(NamedTuple):
    """One number of a script: which gap, which act first, and whether the last granted act is asked once more."""

    gap: int
    act: int
    replays: bool


class Script(msgspec.Struct, frozen=True):
    """Where it begins and what is done."""

    beginning: int
    steps: tuple[Step, ...]


class Asked(NamedTuple):
    """A concrete act."""

    at: dt.datetime
    actor: Actor
    command: c.OrderCommand


class Beginning(NamedTuple):
    """Edition, kind of cover, payment in halves or whole, one line or two, enrolled or not; and how far it has come."""

    edition: str
    cover: CoverKind
    is_split: bool
    has_two_lines: bool
    is_enrolled: bool
    stage: int


def beginnings() -> tuple[Beginning, ...]:
    """Return every beginning that the editions allow."""
    return tuple(
        Beginning(edition, cover, is_split, has_two_lines, is_enrolled, stage)
        for edition in EDITIONS
        for cover in CoverKind
        for is_split in (False, True)
        if not is_split or shipped_policies()[edition].cover_rules(cover).split_payment
        for has_two_lines in (False, True)
        for is_enrolled in (True, True, False)
        for stage in range(len(STAGES) + 1)
    )


# What has happened by then: paid, shipped, there, claimed.
STAGES: tuple[tuple[dt.timedelta, Actor, c.OrderCommand], ...] = (
    (dt.timedelta(days=2), BANK, payment(1_028_000, rail="card", for_all_instalments=True)),
    (dt.timedelta(days=40), SUPPLIER, shipment()),
    (dt.timedelta(days=30), BANK, delivery()),
    (dt.timedelta(days=1), BUYER, claim(Ground.SHORT_QUANTITY)),
)
BEGINNINGS = beginnings()


class Played(msgspec.Struct):
    """What came of playing: the order, its events, and what each act was answered."""

    policy: Policy
    order: Order = EMPTY
    events: list[OrderEvent] = []
    answers: list[str] = []

    def settle(self, now: dt.datetime) -> None:
        """Let happen what is due, as the write path does before it decides."""
        for _ in range(EFFECTS_MAX):
            due = settle_due(self.order, now=now, policy=self.policy)
            if not due:
                return
            self.keep(due)
        raise AssertionError("clocks act without end")

    def keep(self, events: Sequence[OrderEvent]) -> None:
        for event in events:
            self.order = evolve(self.order, event)
        self.events.extend(events)

    def ask(self, asked: Asked, *, settles_first: bool = True) -> bool:
        """Ask; returns whether it was granted. The answer and the facts of a refusal are kept."""
        if settles_first:
            self.settle(asked.at)
        try:
            made = decide(
                self.order, asked.command, actor=asked.actor, now=asked.at, policy=self.policy
            )
        except Refused as refusal:
            self.keep(refusal.record)
            self.answers.append(f"{refusal.code.value} {sorted(refusal.facts.items())}")
            return False
        self.keep(made)
        self.answers.append("granted")
        return True

    def worker(self, until: dt.datetime, lag: dt.timedelta) -> None:
        """Let the worker come so long after each deadline, up to an instant."""
        for _ in range(EFFECTS_MAX):
            deadline = next_deadline(self.order, self.policy) if self.order.policy_id else None
            if deadline is None or deadline + SECOND + lag > until:
                return
            self.settle(deadline + SECOND + lag)
        raise AssertionError("the worker never rests")


def made_concrete(script: Script) -> tuple[Policy, list[Asked]]:
    """Return who asks what and when, as a script leads from an order that nobody but its actors touches."""
    beginning = BEGINNINGS[script.beginning % len(BEGINNINGS)]
    policy = shipped_policies()[beginning.edition]
    played = Played(policy=policy)
    now = AGREED_ON[beginning.edition]
    acts = _agreement(beginning, policy, now)
    for asked in acts:
        assert played.ask(asked), played.answers
    for gap, actor, command in STAGES[: beginning.stage]:
        now += gap
        acts.append(Asked(now, actor, command))
        played.ask(acts[-1])
    latest = acts[-1]
    for step in script.steps:
        now = _moved(played, now, step.gap)
        played.settle(now)
        if step.replays:
            acts.append(Asked(now, latest.actor, latest.command))
            played.ask(acts[-1])
            continue
        refusals = 0
        for number in range(len(ACTS)):
            made = _made(ACTS[(step.act + number) % len(ACTS)], played, now)
            if made is None:
                continue
            acts.append(made)
            if played.ask(made):
                latest = made
                break
            refusals += 1
            if refusals > REFUSALS_MAX:
                break
    return policy, acts


def _agreement(beginning: Beginning, policy: Policy, now: dt.datetime) -> list[Asked]:
    changes: dict[str, Any] = {"lines": TWO_LINES if beginning.has_two_lines else (LINE,)}
    if beginning.is_split:
        changes["instalments"] = HALVES
    terms = terms_under(beginning.edition, beginning.cover, covered_minor=600_000, **changes)
    grant = c.Grant(enrolled=beginning.is_enrolled, account_verified=True, cover_minor=600_000)
    draft = c.OpenDraft(
        policy_id=policy_id(policy), buyer_id="com_buyer", supplier_id="com_supplier"
    )
    return [
        Asked(now, BUYER, draft),
        Asked(now, BUYER, c.ProposeVersion(terms=terms)),
        Asked(now, SUPPLIER, c.AcceptVersion(version_hash=terms.version_hash, grant=grant)),
    ]


def _moved(played: Played, now: dt.datetime, gap: int) -> dt.datetime:
    number = gap % (len(GAPS) + len(TO_THE_DEADLINE))
    if number < len(GAPS):
        return now + GAPS[number]
    deadline = next_deadline(played.order, played.policy)
    if deadline is None:
        return now
    return max(now, deadline + TO_THE_DEADLINE[number - len(GAPS)])


def _made(act: Act, played: Played, now: dt.datetime) -> Asked | None:
    assert played.order.terms is not None
    command = act.make(played.order, now)
    if command is None or not is_thinkable(played.order, command):
        return None
    return Asked(now, act.actor_of(played.order), command)


def play(
    policy: Policy, acts: Sequence[Asked], lag: dt.timedelta | None, *, settles_first: bool = True
) -> Played:
    """Play the acts with a worker of that lag, wait, and look."""
    played = Played(policy=policy)
    for asked in acts:
        if lag is not None:
            played.worker(asked.at, lag)
        played.ask(asked, settles_first=settles_first)
    end = acts[-1].at + AFTERWARDS
    if lag is not None:
        played.worker(end, lag)
    played.settle(end)
    return played


def differences(script: Script, *, settles_first: bool = True) -> list[str]:
    """Return the lags under which the same acts came to something else than without a worker (T1)."""
    policy, acts = made_concrete(script)
    outcomes = {
        name: _outcome(play(policy, acts, lag, settles_first=settles_first))
        for name, lag in LAGS.items()
    }
    return [name for name, outcome in outcomes.items() if outcome != outcomes["never"]]


def _outcome(played: Played) -> tuple[object, ...]:
    postings = [postings_for(event) for event in played.events]
    return played.order, played.events, played.answers, postings


def balances(events: Sequence[OrderEvent]) -> Counter[tuple[Account, str]]:
    """Return every account's balance by currency; asserts that each entry balances."""
    total: Counter[tuple[Account, str]] = Counter()
    for event in events:
        for entry in postings_for(event):
            assert sum(posting.amount_minor for posting in entry.postings) == 0, entry
            for posting in entry.postings:
                total[posting.account, posting.currency] += posting.amount_minor
    return total


def check_books(order: Order, books: Counter[tuple[Account, str]]) -> None:
    """Hold the ledger to the order: what is held, due, suspended, advanced and owed is the same in both (M1)."""
    assert order.terms is not None
    currency = order.terms.currency
    funds = order.funds
    assert funds.held_minor >= 0, funds
    assert funds.returned_minor <= funds.paid_minor + funds.buyer_owes_minor, funds
    assert all(r.amount_minor >= r.confirmed_minor >= 0 for r in order.refunds), order.refunds
    assert -books[Account.HELD, currency] == funds.held_minor
    for paid_in in (
        {currency} | {r.currency for r in order.refunds} | {i.currency for i in order.suspense}
    ):
        due = sum(
            r.amount_minor - r.confirmed_minor for r in order.refunds if r.currency == paid_in
        )
        # What a lost chargeback took beyond what was held is advanced until somebody has paid for it.
        advanced = sum(s.price_minor - s.from_supplier_minor for s in order.seeking if s.chargeback)
        owed = due - (advanced if paid_in == currency else 0)
        assert -books[Account.DUE_BUYER, paid_in] == owed, (paid_in, owed)
        suspended = sum(i.amount_minor for i in order.suspense if i.currency == paid_in)
        assert -books[Account.SUSPENSE, paid_in] == suspended
    fees = sum(i.fee_minor for i in order.inspections if not i.paid and not i.lapsed)
    assert -books[Account.INSPECTION_FEE, currency] == fees
    assert books[Account.GUARANTEE_FUND, currency] == funds.fund_paid_minor
    owed_minor = funds.receivable_minor + funds.cost_receivable_minor + funds.fee_receivable_minor
    assert books[Account.SUPPLIER_RECEIVABLE, currency] == owed_minor
    assert books[Account.BUYER_RECEIVABLE, currency] == funds.buyer_owes_minor
    assert funds.cover_used_minor <= order.cover_minor
    assert sum(books.values()) == 0


def check_script(script: Script) -> None:
    """Hold the books after every act, and the record to be foldable from its stored bytes."""
    policy, acts = made_concrete(script)
    played = Played(policy=policy)
    books: Counter[tuple[Account, str]] = Counter()
    for asked in [*acts, None]:
        before = len(played.events)
        if asked is None:
            played.settle(acts[-1].at + AFTERWARDS)
        else:
            played.ask(asked)
        books.update(balances(played.events[before:]))
        if played.order.terms is not None:
            check_books(played.order, books)
    stored = [canonical_bytes(event) for event in played.events]
    again = [msgspec.json.decode(payload, type=OrderEvent) for payload in stored]
    assert again == played.events
    assert fold(again) == played.order
    assert fold(played.events) == played.order


def random_script(source: random.Random, steps_max: int = STEPS_MAX) -> Script:
    """Return a script drawn at random."""
    steps = tuple(
        Step(
            gap=source.randrange(len(GAPS) + len(TO_THE_DEADLINE)),
            act=source.randrange(len(ACTS)),
            replays=source.random() < 0.08,
        )
        for _ in range(source.randint(1, steps_max))
    )
    return Script(source.randrange(len(BEGINNINGS)), steps)
