"""A story: a case's acts, one after the other, as commands at the desk; what the product refuses of them is kept.

In a timeline an act has happened, so the steps that must have come before it are asked for first; an act that a
question only tries is tried as it stands.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from fairlot.application.outcome import Outcome
from fairlot.domain.cover.limit import CoverGrant
from fairlot.domain.order import commands as c
from fairlot.domain.order.clocks import clocks, next_deadline
from fairlot.domain.order.events import OrderEvent
from fairlot.domain.order.standing import missing_minor, secured_minor
from fairlot.domain.order.state import CreditStatus, Dispute, Order, open_dispute
from fairlot.domain.party import Actor, Role
from fairlot.domain.payout import clocks as account_clocks
from fairlot.domain.payout.events import PayoutEvent
from fairlot.domain.policy.model import Custody, Policy
from tests.cases.case_file import Act, Case
from tests.cases.contract import changed, unlisted
from tests.cases.desk import Desk, Office
from tests.cases.supplier import SupplierSide
from tests.cases.vocabulary import ROLES, word
from tests.cases.waiting import WaitingMoney

INSPECTOR = Actor(role=Role.INSPECTOR, company_id="com_inspector", person_id="per_inspector")
OPERATOR = Actor(role=Role.OPERATOR, company_id="com_platform", person_id="per_operator")
PROVIDER = Actor(role=Role.PROVIDER)
SUPERVISOR_ID = "supervisor"
MEDIATOR_ID = "per_mediator"
ONE_SECOND = dt.timedelta(seconds=1)


# Acts that say when the supplier is paid, or owed without being paid.
TELLS_OF_PAYOUTS = frozenset({"payout_confirmed", "payout_event", "supplier_payable"})


IN_THE_CONTRACT = re.compile(r"in the contract\b", re.IGNORECASE)


class NotTranslatedError(Exception):
    """Something in a case has no translation; the reason is for people."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What became of one act. `code` and `facts` are those of the refusal, if the product refused it."""

    admitted: bool
    outcomes: tuple[Outcome, ...] = ()
    words: str = ""

    @property
    def refusal(self) -> Outcome | None:
        """Return the outcome that refused, or None."""
        return next((outcome for outcome in self.outcomes if not outcome.is_done), None)


Player = Callable[["Story", Act], "bool | None"]
"""Plays one act. Returns whether it was admitted where that is not just whether its commands were granted."""


def text_hash(text: Any) -> str:
    """Return the hash by which free text and files are bound into the record."""
    return hashlib.sha256(str(text).encode()).hexdigest()


class Story:
    """One case at the desk: its order, the contract's versions, and what surrounds the order at its supplier."""

    def __init__(
        self, office: Office, case: Case, *, acts: Mapping[str, Player], worker_runs: bool = True
    ) -> None:
        self.case = case
        self.edition = case.policy
        self.office = office
        self.desk: Desk = office.desk(self._policy(case.policy))
        self.worker_runs = worker_runs
        self.contract: dict[str, Any] = dict(case.contract)
        self.versions: dict[str, dict[str, Any]] = {}
        self.claimed_words = unlisted(case.contract, tuple(_claimed(case)))
        self.refused: list[str] = []
        # What other orders of the case got of the limit, and payables that wait for this order's price.
        self.other_grants: dict[str, CoverGrant] = {}
        # What was free of the limit before anything was agreed at an instant.
        self.free_limits: dict[dt.datetime, int] = {}
        self.payables_waiting: list[tuple[int, str]] = []
        self.preparing = True
        # Companies of its own: a buyer's debt from another case must not reach into this one.
        self.buyer = Actor(
            role=Role.BUYER, company_id=f"com_buyer_{self.desk.number}", person_id="per_buyer"
        )
        self.supplier = SupplierSide(
            office,
            number=self.desk.number,
            currency=case.contract["currency"],
            holds_payouts=self.is_held
            and any(act.act in TELLS_OF_PAYOUTS for act in case.timeline),
        )
        self.waiting = WaitingMoney(
            office,
            policy=self.desk.policy,
            zone=case.contract["zone"],
            number=self.desk.number,
        )
        self._acts = acts
        self._outcomes: list[Outcome] = []
        self._begin()

    def _begin(self) -> None:
        """Set up what was there before the first act: an enrolled supplier, its limit, what others take of it."""
        self.supplier.begin(enrolled=bool(self.contract["supplier_enrolled"]))
        limit = self.contract["supplier_limit"]
        if not limit:
            return
        currency = limit["currency"]
        self.supplier.set_limit(self.desk.policy, amount_minor=limit["amount"], currency=currency)
        taken = self.contract["limit_taken_by_open_orders"]
        if taken:
            self.supplier.take(
                self.desk.policy,
                order_id=f"{self.desk.order_id}_open",
                amount_minor=taken,
                currency=currency,
            )

    @property
    def is_held(self) -> bool:
        """Say whether the price is held; else it is the supplier's at once."""
        return self.desk.policy.money.custody is Custody.HELD

    def play(self, acts: Iterable[Act]) -> None:
        """Play acts that have happened. Raises NotTranslatedError."""
        for act in sorted(acts, key=lambda act: act.at):
            result = self.do(act)
            if not result.admitted:
                refusal = result.refusal
                why = result.words if refusal is None else f"{refusal.code} {dict(refusal.facts)}"
                self.refused.append(f"{act}: {why}")

    def attempt(self, act: Act) -> Result:
        """Try an act as it stands, with nothing prepared for it. Raises NotTranslatedError."""
        self.preparing = False
        try:
            return self.do(act)
        finally:
            self.preparing = True

    def do(self, act: Act) -> Result:
        """Let one act happen at its instant. Raises NotTranslatedError, UnknownWordError."""
        player = self._acts.get(act.act)
        if player is None:
            raise NotTranslatedError(f"no translation of the act {act.act!r}")
        self.wait_until(act.at)
        self._outcomes = []
        verdict = player(self, act)
        outcomes = tuple(self._outcomes)
        if self.worker_runs:
            self.run_worker()
            self.pay_inspectors()
        if verdict is None:
            verdict = bool(outcomes) and all(outcome.is_done for outcome in outcomes)
        words = "" if outcomes else "no command of the product does this"
        return Result(admitted=verdict, outcomes=outcomes, words=words)

    def ask(self, actor: Actor, command: c.OrderCommand, *, command_id: str = "") -> Outcome:
        """Ask a command now and keep its outcome for the act's result."""
        outcome = self.desk.ask(actor, command, command_id=command_id)
        self._outcomes.append(outcome)
        return outcome

    def keep(self, outcome: Outcome) -> Outcome:
        """Keep an outcome that came another way for the act's result."""
        self._outcomes.append(outcome)
        return outcome

    def actor(self, by: str) -> Actor:
        """Return who acts under a case's word for it; a mediator is the one that was named."""
        role = word(ROLES, by)
        if role in {Role.MEDIATOR, Role.SUPERVISOR}:
            return self.mediator()
        known = (self.buyer, self.supplier.actor, INSPECTOR, OPERATOR, PROVIDER)
        return next((actor for actor in known if actor.role is role), self.agent())

    def agent(self, name: str = "agent") -> Actor:
        """Return a buyer's agent."""
        return Actor(role=Role.AGENT, company_id=f"com_{name}", person_id=f"per_{name}")

    def mediator(self) -> Actor:
        """Return who was named to hear the case, or else some mediator."""
        dispute = self.dispute()
        named = dispute.mediator_id if dispute is not None else ""
        role = Role.SUPERVISOR if named == SUPERVISOR_ID else Role.MEDIATOR
        return Actor(role=role, company_id="com_platform", person_id=named or MEDIATOR_ID)

    @property
    def order(self) -> Order:
        """Return the order as it is seen now."""
        return self.desk.order

    @property
    def events(self) -> tuple[OrderEvent, ...]:
        """Return the events as they are seen now."""
        return self.desk.seen()[1]

    def dispute(self) -> Dispute | None:
        """Return the dispute that is open now, or None."""
        return open_dispute(self.order)

    def use_edition(self, edition: str) -> None:
        """Begin under another edition; only before the order is drafted."""
        if edition not in self.office.policies:
            raise NotTranslatedError(f"no edition {edition!r} ships with the product")
        self.edition = edition
        self.desk.policy = self._policy(edition)

    def _policy(self, edition: str) -> Policy:
        """Return an edition as the case amends it, with a rate for the order's currency."""
        contract = self.case.contract
        limit = contract["supplier_limit"] or {}
        return self.office.policy(
            edition,
            contract["currency"],
            self.case.amendments,
            limit_currency=limit.get("currency"),
        )

    def version(self, name: str, change: Mapping[str, Any]) -> dict[str, Any]:
        """Remember a version of the contract under the name the case gives it, and return it."""
        if name not in self.versions or change:
            self.versions[name] = changed(self.contract, change)
        return self.versions[name]

    def grant(self, covered_minor: int, total_minor: int) -> CoverGrant:
        """Return what an agreement would get now of the supplier's limit. Raises NoRateError."""
        return self.supplier.grant(
            self.desk.policy,
            covered_minor=covered_minor,
            total_minor=total_minor,
            currency=self.contract["currency"],
        )

    def run_worker(self) -> None:
        """Let the worker do what is due by now and what waits."""
        self.supplier.settle_limit()
        self.waiting.settle()
        self.desk.run_worker(self.supplier.account_id, self.supplier.limit_id)

    def pay_inspectors(self) -> None:
        """Have the fees that were sent to inspectors leave: no case tells of that."""
        if self.supplier.confirm_to_inspectors(self.desk.order_id):
            self.desk.forget()

    def payout_due(self) -> dt.datetime | None:
        """Return until when the supplier's open payout must have left."""
        self.supplier.believe()
        self.run_worker()
        return self.supplier.payout_due()

    def account_due(self, kind: account_clocks.ClockKind) -> dt.datetime | None:
        """Return when a clock of the supplier's account runs out, or None."""
        self.run_worker()
        return self.supplier.account_due(kind)

    def account_events(self) -> tuple[PayoutEvent, ...]:
        """Return what is on record of the supplier's account, what is due by now included."""
        self.supplier.believe()
        self.run_worker()
        return self.supplier.account_events()

    def wait_until(self, instant: dt.datetime) -> None:
        """Let time go by; a worker that is there settles every clock when it runs out.

        A bank that no case tells of honours documents that comply in the last second that it has to examine them.
        """
        while self.worker_runs:
            next_at = next_deadline(self.order, self.desk.policy)
            if next_at is None or next_at + ONE_SECOND >= instant:
                break
            credit = self.order.credit
            if credit is not None and credit.examine_until == next_at:
                self.desk.move_to(max(self.desk.now, next_at))
                self.let_the_bank_honour()
                if self.order.credit != credit:
                    continue
            self.run_clocks()
        self.desk.move_to(max(instant, self.desk.now))

    def let_the_bank_honour(self) -> None:
        """A bank pays for documents that comply, or whose discrepancies were waived."""
        credit = self.order.credit
        if credit is not None and credit.status in {CreditStatus.PRESENTED, CreditStatus.WAIVED}:
            due = missing_minor(self.order) + secured_minor(self.order)
            amount = min(due, credit.amount_minor)
            self.desk.ask(
                PROVIDER, c.RecordCreditHonoured(payment_id="credit", amount_minor=amount)
            )

    def run_clocks(self) -> bool:
        """Move to just after the next deadline and let the worker run; say whether there was one."""
        running = clocks(self.order, self.desk.policy)
        if not running:
            return False
        self.desk.move_to(max(self.desk.now, running[0].due_at + ONE_SECOND))
        self.run_worker()
        return True


def _claimed(case: Case) -> Iterable[str]:
    """Return the words that any claim of a case says to stand in the contract beside its listed terms."""
    told = [act.details for act in case.timeline] + [q.details for q in case.questions]
    claims = (claim for details in told for claim in details.get("claims") or ())
    return (claim for claim in claims if IN_THE_CONTRACT.search(claim))
