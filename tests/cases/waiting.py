"""Money that came to the bank and names no order: it waits in the platform's suspense, and goes back to its sender.

A case lives in one zone: the platform counts the days of waiting money in that of the case's contract.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from msgspec.structs import replace

from fairlot.application.money.transfers import record_answer
from fairlot.application.outcome import Outcome
from fairlot.application.reactions import effects_of
from fairlot.application.suspense_aggregate import SuspenseAggregate, suspense_rules
from fairlot.domain.policy.model import Policy
from fairlot.domain.suspense import commands as c
from fairlot.domain.suspense.decide import next_deadline
from fairlot.domain.suspense.state import Suspended, SuspenseStatus
from fairlot.providers.outward import Answer, Payee, Progress
from tests.cases.desk import Office

RAIL = "wire"
WHY = "no_reference"
ONE_SECOND = dt.timedelta(seconds=1)


class Stood(NamedTuple):
    """What waiting money of one currency came to."""

    came_minor: int
    went_back_minor: int


class WaitingMoney:
    """What a story's bank booked that names no order of it."""

    def __init__(self, office: Office, *, policy: Policy, zone: str, number: str) -> None:
        self._office = office
        self._number = number
        rules = replace(suspense_rules(policy), zone=zone)
        self._desk = replace(
            office.application, suspense=SuspenseAggregate(rules, effects=effects_of)
        )
        self._ids: list[str] = []
        self._steps = 0

    def take_in(
        self, reference: str, amount_minor: int, currency: str, booked_date: dt.date
    ) -> Outcome | None:
        """Take a movement in; told again it is the same movement."""
        suspense_id = f"sus_case_{self._number}_{reference}"
        if suspense_id in self._ids:
            return None
        self._ids.append(suspense_id)
        command = c.TakeIn(
            amount_minor=amount_minor,
            currency=currency,
            rail=RAIL,
            booked_date=booked_date,
            booked_at=None,
            why=WHY,
            entry_hash="",
        )
        return self._desk.ask_suspense(suspense_id, command, command_id=self._step())

    def settle(self) -> None:
        """Let happen what is due by now, and have what goes back be sent."""
        for suspense_id in self._ids:
            due_at = next_deadline(self._state(suspense_id))
            if due_at is not None and self._office.now > due_at:
                self._desk.ask_suspense(suspense_id, c.SettleDue(), command_id=self._step())
        if self._ids:
            self._office.perform_waiting(*self._ids)

    def confirm(self) -> None:
        """Have the bank confirm what was sent back."""
        money = self._office.money
        for transfer in money.transfers:
            sent = transfer.payee is Payee.SENDER and transfer.aggregate_id in self._ids
            if sent and money.send(transfer).progress is Progress.SENT:
                money.confirm(transfer.key)
                answer = Answer(progress=Progress.CONFIRMED, rail=transfer.rail)
                record_answer(self._desk, transfer, answer)

    def run_out(self) -> None:
        """Let time go by until nothing waits any more."""
        for due_at in sorted(self.deadlines()):
            self._office.now = max(self._office.now, due_at + ONE_SECOND)
            self.settle()
        self.confirm()

    def deadlines(self) -> list[dt.datetime]:
        """Return when each movement that waits goes back by itself."""
        states = [self._state(suspense_id) for suspense_id in self._ids]
        return [
            state.return_at
            for state in states
            if state.status is SuspenseStatus.WAITING and state.return_at is not None
        ]

    def waiting_minor(self) -> dict[str, int]:
        """Return what waits, by currency; a currency that came once is named for ever."""
        found: dict[str, int] = {}
        for suspense_id in self._ids:
            state = self._state(suspense_id)
            waits = state.amount_minor if state.status is SuspenseStatus.WAITING else 0
            found[state.currency] = found.get(state.currency, 0) + waits
        return found

    def stood(self, currency: str) -> Stood:
        """Return what came, and what has gone back, of one currency."""
        states = [self._state(suspense_id) for suspense_id in self._ids]
        own = [state for state in states if state.currency == currency]
        back = [state for state in own if state.status is SuspenseStatus.SENT_BACK]
        return Stood(sum(s.amount_minor for s in own), sum(s.amount_minor for s in back))

    def _state(self, suspense_id: str) -> Suspended:
        return self._desk.read_suspense(suspense_id)[0]

    def _step(self) -> str:
        self._steps += 1
        return f"case_{self._number}_wait_{self._steps}"
