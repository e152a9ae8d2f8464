"""A supplier's account as the write path sees it: the pure functions of `domain.payout` under the platform's own rules."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Any

import msgspec

from fairlot.application.aggregate import Effect
from fairlot.domain.ledger.accounts import Entry
from fairlot.domain.party import Actor
from fairlot.domain.payout.clocks import next_deadline, settle_due
from fairlot.domain.payout.commands import PayoutCommand
from fairlot.domain.payout.decide import decide, may
from fairlot.domain.payout.events import PayableCredited, PayoutEvent, ReceivableRaised
from fairlot.domain.payout.evolve import evolve, fold
from fairlot.domain.payout.journal import RULES_VERSION, postings_for
from fairlot.domain.payout.moves import PayoutRules
from fairlot.domain.payout.state import EMPTY, PayoutAccount, PayoutStatus
from fairlot.domain.policy.model import Policy
from fairlot.store.writing.family import PAYOUT, Family

EVENT_VERSION = 1
# Events that have got a further field since: what was recorded before keeps its bytes and its version.
LATER_VERSIONS: dict[type[PayoutEvent], int] = {PayableCredited: 2, ReceivableRaised: 2}

_DECODER = msgspec.json.Decoder(list[PayoutEvent])


class Standing(StrEnum):
    """What would have to be done first about an account."""

    SENDING = "sending"
    HELD_BACK = "held_back"
    SENT = "sent"
    WAITING = "waiting"
    OWING = "owing"
    AT_REST = "at_rest"


def payout_rules(policy: Policy) -> PayoutRules:
    """Return what an edition says about the platform's duty to pay out."""
    return PayoutRules(
        payout_sent_business_days=policy.clocks.payout_sent_business_days,
        calendar=policy.calendar,
        business_zone=policy.business_zone,
    )


def _no_effects(_: PayoutEvent) -> tuple[Effect, ...]:
    return ()


class PayoutAggregate:
    """Suppliers' accounts; `effects` says what each event sends out."""

    def __init__(
        self,
        rules: PayoutRules,
        *,
        effects: Callable[[PayoutEvent], Sequence[Effect]] = _no_effects,
    ) -> None:
        self._rules = rules
        self._effects = effects

    @property
    def family(self) -> Family:
        """Return the tables of suppliers' accounts."""
        return PAYOUT

    @property
    def initial(self) -> PayoutAccount:
        """Return the account before its first event."""
        return EMPTY

    @property
    def rules_version(self) -> int:
        """Return the version of the rules that turn events into postings today."""
        return RULES_VERSION

    def decode(self, stored: bytes, /) -> Sequence[PayoutEvent]:
        """Return events from a JSON list of their canonical bytes."""
        return _DECODER.decode(stored)

    def version_of(self, event: PayoutEvent, /) -> int:
        """Return the version under which an event is written."""
        return LATER_VERSIONS.get(type(event), EVENT_VERSION)

    def evolve(self, state: PayoutAccount, event: PayoutEvent, /) -> PayoutAccount:
        """Return the account after the event."""
        return evolve(state, event)

    def fold(self, events: Sequence[PayoutEvent], /) -> PayoutAccount:
        """Return the account after a whole story."""
        return fold(events)

    def settle_due(self, state: PayoutAccount, *, now: dt.datetime) -> Sequence[PayoutEvent]:
        """Return the effect of the earliest clock that has run out, or nothing."""
        return settle_due(state, now=now, rules=self._rules)

    def may(self, actor: Actor, command: PayoutCommand, state: PayoutAccount, /) -> bool:
        """Say whether this actor may ask this of this account at all."""
        return may(actor, command, state)

    def decide(
        self, state: PayoutAccount, command: PayoutCommand, *, actor: Actor, now: dt.datetime
    ) -> Sequence[PayoutEvent]:
        """Return what the command brings about. Raises Refused."""
        return decide(state, command, actor=actor, now=now, rules=self._rules)

    def next_deadline(self, state: PayoutAccount, /) -> dt.datetime | None:
        """Return the instant of the earliest running clock."""
        return next_deadline(state)

    def effective_at(self, event: PayoutEvent, /) -> dt.datetime:
        """Return the instant from which the event counts."""
        return event.at

    def postings_for(self, event: PayoutEvent, *, rules_version: int) -> Sequence[Entry]:
        """Return the balanced entries of an event under a version of the rules; there is one so far."""
        assert rules_version == RULES_VERSION, f"no rules {rules_version} are known"
        return postings_for(event)

    def effects_of(self, event: PayoutEvent, /) -> Sequence[Effect]:
        """Return the messages that an event sends out."""
        return self._effects(event)

    def status_of(self, state: PayoutAccount, /) -> str:
        """Return the status by which lists show it."""
        return _standing(state).value

    def head_of(self, state: PayoutAccount, /) -> Mapping[str, Any]:
        """Return the projection's own columns."""
        return {"company_id": state.company_id, "currency": state.currency}


def _standing(state: PayoutAccount) -> Standing:
    if any(payout.status is PayoutStatus.INSTRUCTED for payout in state.open_payouts):
        return Standing.SENDING
    if state.held_back:
        return Standing.HELD_BACK
    if state.open_payouts:
        return Standing.SENT
    if state.payables:
        return Standing.WAITING
    return Standing.OWING if state.receivables else Standing.AT_REST
