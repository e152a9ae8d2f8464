"""The supplier of a story: its limit, its account with the programme, and what is still to be paid out to it.

Both are real aggregates. A story that tells of payouts holds them back until it says that one left: the supplier's
receiving account is believed in only then.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from fairlot.application.desk import account_id_for, limit_id_for
from fairlot.application.money.transfers import record_answer
from fairlot.application.outcome import Outcome
from fairlot.application.supplier import suppliers
from fairlot.application.supplier.suppliers import ReceivingDetails
from fairlot.domain.cover.grants.commands import HoldCover, ReserveCover, SettleDue
from fairlot.domain.cover.grants.decide import next_deadline
from fairlot.domain.cover.limit import CoverGrant, grant_cover, rate_at, to_limit_currency
from fairlot.domain.party import Actor, Role
from fairlot.domain.payout import clocks as account_clocks
from fairlot.domain.payout import commands as payout
from fairlot.domain.payout.events import PayoutEvent, RecoveryTaken, SetOffReturned, SetOffTaken
from fairlot.domain.payout.evolve import NO_ORDER, evolve
from fairlot.domain.payout.state import EMPTY, Payable
from fairlot.domain.policy.model import Policy
from fairlot.providers.outward import Answer, Payee, Progress, Transfer
from fairlot.providers.wire import PaymentAccount, PaymentBank, PaymentParty, PostalAddress
from tests.cases.desk import Office

DETAILS = ReceivingDetails(
    holder=PaymentParty(name="Lamp Works", address=PostalAddress(town="Ningbo", country="CN")),
    account=PaymentAccount(number="44201502400052500"),
    bank=PaymentBank(bic="BKCHCNBJ45A"),
)
SALT = bytes(16)
TIER = "audited"


class Taken(NamedTuple):
    """Where the supplier's part of an order's refunds came from."""

    own_minor: int = 0
    others_minor: int = 0
    paid_in_minor: int = 0


class NoRateError(Exception):
    """The policy has no rate between two currencies."""


class SupplierSide:
    """One company as supplier, apart from every other story's."""

    def __init__(self, office: Office, *, number: str, currency: str, holds_payouts: bool) -> None:
        self.company_id = f"com_supplier_{number}"
        self.actor = Actor(role=Role.SUPPLIER, company_id=self.company_id, person_id="per_supplier")
        self._office = office
        self._currency = currency
        self._holds_payouts = holds_payouts
        self._account_hash = ""
        self._steps = 0

    @property
    def account_id(self) -> str:
        """Return the id of its account in the order's currency."""
        return account_id_for(self.company_id, self._currency)

    @property
    def limit_id(self) -> str:
        """Return the id of its limit."""
        return limit_id_for(self.company_id)

    def begin(self, *, enrolled: bool) -> None:
        """Have it known, with a receiving account that is verified before the first agreement (ruling A19)."""
        desk = self._office.application
        if enrolled:
            suppliers.enrol(self.company_id, tier=TIER, desk=desk)
        self._account_hash = suppliers.name_account(
            self.company_id, DETAILS, salt=SALT, command_id=self._step(), desk=desk
        )
        self.believe()

    @property
    def holds_payouts(self) -> bool:
        """Say whether nothing is paid out before the story says so."""
        return self._holds_payouts

    def believe(self) -> None:
        """Have its receiving account verified."""
        suppliers.verify_account(
            self.company_id,
            self._account_hash,
            command_id=self._step(),
            desk=self._office.application,
        )

    def hold_payouts(self, *, told: bool = False) -> None:
        """From the agreement on, or once told, nothing is paid out before the story says so, if it says so at all."""
        self._holds_payouts = self._holds_payouts or told
        if self._holds_payouts:
            suppliers.revoke_account(
                self.company_id,
                self._account_hash,
                command_id=self._step(),
                desk=self._office.application,
            )

    def pay_out(self, order_id: str) -> None:
        """Have everything that is owed leave, as the bank confirms."""
        self.believe()
        self._office.perform_waiting(order_id, self.account_id)
        self.confirm_payouts()
        self.hold_payouts()

    def payout_due(self) -> dt.datetime | None:
        """Return until when its earliest open payout must have left."""
        account, _ = self._office.application.read_account(self.account_id)
        return min((sent.due_at for sent in account.open_payouts), default=None)

    def account_due(self, kind: account_clocks.ClockKind) -> dt.datetime | None:
        """Return when the earliest clock of a kind runs out, or None."""
        account, _ = self._office.application.read_account(self.account_id)
        running = account_clocks.clocks(account)
        return next((clock.due_at for clock in running if clock.kind is kind), None)

    def account_events(self) -> tuple[PayoutEvent, ...]:
        """Return everything on record of its account once what is due by now has happened."""
        desk = self._office.application
        account, _ = desk.read_account(self.account_id)
        due_at = account_clocks.next_deadline(account)
        if due_at is not None and self._office.now > due_at:
            desk.ask_account(self.account_id, payout.SettleDue(), command_id=self._step()).unwrap()
        return tuple(desk.read_account(self.account_id)[1])

    def confirm_payouts(self) -> None:
        """Have the bank confirm the payouts that were sent."""
        for transfer in self._sent(Payee.SUPPLIER, self.account_id):
            self._confirm(transfer)

    def confirm_to_inspectors(self, order_id: str) -> int:
        """Have what was sent to inspectors leave; return how much there was."""
        sent = self._sent(Payee.INSPECTOR, order_id)
        for transfer in sent:
            self._confirm(transfer)
        return len(sent)

    def confirm_to_others(self, order_id: str) -> int:
        """Have what was sent to the buyer and to inspectors leave; return how much there was."""
        sent = [
            *self._sent(Payee.BUYER, order_id),
            *self._sent(Payee.INSPECTOR, order_id),
        ]
        for transfer in sent:
            self._confirm(transfer)
        return len(sent)

    def refunds_sent(self, order_id: str) -> list[Transfer]:
        """Return the refunds of an order that were sent and not confirmed."""
        return self._sent(Payee.BUYER, order_id)

    def confirm(self, transfer: Transfer) -> None:
        """Have one transfer leave."""
        self._confirm(transfer)

    def _sent(self, payee: Payee, aggregate_id: str) -> list[Transfer]:
        money = self._office.money
        return [
            transfer
            for transfer in money.transfers
            if transfer.payee is payee
            and transfer.aggregate_id == aggregate_id
            and money.send(transfer).progress is Progress.SENT
        ]

    def _confirm(self, transfer: Transfer) -> None:
        self._office.money.confirm(transfer.key)
        answer = Answer(progress=Progress.CONFIRMED, rail=transfer.rail)
        record_answer(self._office.application, transfer, answer)

    def owe(self, order_id: str, amount_minor: int, currency: str) -> None:
        """Credit it with what another order released, in an account of that order's currency."""
        desk = self._office.application
        suppliers.prepared_account(self.company_id, currency, key=self._step(), desk=desk)
        source = f"{order_id}_{self._steps}"
        credit = payout.CreditPayable(order_id=source, source_seq=1, amount_minor=amount_minor)
        account_id = account_id_for(self.company_id, currency)
        desk.ask_account(account_id, credit, command_id=self._step()).unwrap()

    def set_limit(self, policy: Policy, *, amount_minor: int, currency: str) -> None:
        """Set its limit, kept in the policy's currency (ruling A25)."""
        rules = policy.limits
        numerator, denominator = self._rate(policy, currency)
        suppliers.set_limit(
            self.company_id,
            limit_minor=to_limit_currency(
                amount_minor, numerator=numerator, denominator=denominator
            ),
            currency=rules.currency,
            computation_hash="",
            command_id=self._step(),
            desk=self._office.application,
        )

    def settle_limit(self) -> None:
        """Let happen to its limit what is due by now."""
        limit, _ = self._office.application.read_limit(self.limit_id)
        due_at = next_deadline(limit)
        if due_at is not None and self._office.now > due_at:
            self._office.application.ask_limit(
                self.limit_id, SettleDue(), command_id=self._step()
            ).unwrap()

    def take(
        self, policy: Policy, *, order_id: str, amount_minor: int, currency: str
    ) -> CoverGrant:
        """Let another order agree now and take what it gets of the limit."""
        granted = self.grant(
            policy, covered_minor=amount_minor, total_minor=amount_minor, currency=currency
        )
        if granted.cover_minor:
            numerator, denominator = self._rate(policy, currency)
            command = HoldCover(
                order_id=order_id,
                cover_minor=granted.cover_minor,
                rate_numerator=numerator,
                rate_denominator=denominator,
            )
            self._office.application.ask_limit(
                self.limit_id, command, command_id=self._step()
            ).unwrap()
        return granted

    def free_minor(self) -> int:
        """Return what is free of the limit, in its currency."""
        return self._office.application.read_limit(self.limit_id)[0].free_minor

    def reserve(
        self,
        policy: Policy,
        *,
        order_id: str,
        amount_minor: int,
        currency: str,
        free_minor: int,
    ) -> Outcome:
        """Accept a version of another order whose cover was written when so much of the limit was free (ruling A24)."""
        numerator, denominator = self._rate(policy, currency)
        written = grant_cover(
            covered_minor=amount_minor,
            total_minor=amount_minor,
            free_limit_minor=free_minor,
            numerator=numerator,
            denominator=denominator,
        )
        command = ReserveCover(
            acceptance_id=self._step(),
            order_id=order_id,
            version_hash="",
            covered_minor=written.cover_minor,
            rate_numerator=numerator,
            rate_denominator=denominator,
        )
        return self._office.application.ask_limit(self.limit_id, command, command_id=self._step())

    def grant(
        self, policy: Policy, *, covered_minor: int, total_minor: int, currency: str
    ) -> CoverGrant:
        """Return what an order would get now of the free limit. Raises NoRateError."""
        numerator, denominator = self._rate(policy, currency)
        limit, _ = self._office.application.read_limit(self.limit_id)
        return grant_cover(
            covered_minor=min(covered_minor, total_minor),
            total_minor=total_minor,
            free_limit_minor=limit.free_minor,
            numerator=numerator,
            denominator=denominator,
        )

    def granted_minor(self) -> int:
        """Return what all orders take of the limit together, in its currency."""
        return self._office.application.read_limit(self.limit_id)[0].taken_minor

    def _rate(self, policy: Policy, currency: str) -> tuple[int, int]:
        rate = rate_at(policy.limits, currency, self._office.now)
        if rate is None:
            raise NoRateError(f"no rate from {currency} to {policy.limits.currency}")
        return rate.worth_minor, rate.amount_minor

    def taken_for(self, order_id: str) -> Taken:
        """Return what an order's refunds took of its own release, of others', and of what the supplier paid in."""
        own = others = paid_in = 0
        for before, event in self._account_story():
            if isinstance(event, SetOffTaken | RecoveryTaken) and event.order_id == order_id:
                parts = _parts_of(before, event.amount_minor)
                mine, brought = parts.get(order_id, 0), parts.get(NO_ORDER, 0)
                own += mine
                paid_in += brought
                others += event.amount_minor - mine - brought
            elif isinstance(event, SetOffReturned) and event.order_id == order_id:
                mine = min(own, event.amount_minor)
                own -= mine
                others -= event.amount_minor - mine
        return Taken(own, others, paid_in)

    def pay_in(self, amount_minor: int) -> None:
        """Pay into the programme what it owes."""
        paid = payout.RecordSupplierPaidIn(
            paid_in_id=self._step(), rail="wire", amount_minor=amount_minor
        )
        self._office.application.ask_account(
            self.account_id, paid, command_id=self._step()
        ).unwrap()

    def _account_story(self) -> Iterator[tuple[tuple[Payable, ...], PayoutEvent]]:
        _, events = self._office.application.read_account(self.account_id)
        account = EMPTY
        for event in events:
            yield account.payables, event
            account = evolve(account, event)

    def _step(self) -> str:
        self._steps += 1
        return f"case_{self.company_id}_{self._steps}"


def _parts_of(payables: tuple[Payable, ...], amount_minor: int) -> dict[str, int]:
    """Return how much of an amount, taken from the oldest payable on, came of each order."""
    left = amount_minor
    parts: dict[str, int] = {}
    for payable in payables:
        taken = min(left, payable.amount_minor)
        left -= taken
        parts[payable.order_id] = parts.get(payable.order_id, 0) + taken
    return parts
