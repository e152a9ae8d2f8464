"""The order as the write path sees it: the pure functions of `domain.order` with the editions of the policy at hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec

from fairlot.application.aggregate import Effect
from fairlot.domain.ledger.accounts import Entry
from fairlot.domain.ledger.journal import RULES_VERSION, postings_for
from fairlot.domain.order.clocks import next_deadline
from fairlot.domain.order.commands import OpenDraft, OrderCommand
from fairlot.domain.order.decide import decide
from fairlot.domain.order.events import OrderEvent
from fairlot.domain.order.evolve import evolve, fold
from fairlot.domain.order.refusals import Code, Refused
from fairlot.domain.order.settle import settle_due
from fairlot.domain.order.state import EMPTY, Order
from fairlot.domain.order.transitions import forbidden
from fairlot.domain.party import Actor
from fairlot.domain.policy.model import Policy
from fairlot.store.writing.family import ORDER, Family

# The version under which every event of an order is written today.
EVENT_VERSION = 1

_DECODER = msgspec.json.Decoder(list[OrderEvent])


def _no_effects(_: OrderEvent) -> tuple[Effect, ...]:
    return ()


class OrderAggregate:
    """Orders under the editions given by policy id; `effects` says what each event sends out."""

    def __init__(
        self,
        policies: Mapping[str, Policy],
        *,
        effects: Callable[[OrderEvent], Sequence[Effect]] = _no_effects,
    ) -> None:
        self._policies = policies
        self._effects = effects

    @property
    def family(self) -> Family:
        """Return the tables of orders."""
        return ORDER

    @property
    def initial(self) -> Order:
        """Return the order before its first event."""
        return EMPTY

    @property
    def rules_version(self) -> int:
        """Return the version of the rules that turn events into postings today."""
        return RULES_VERSION

    def decode(self, stored: bytes, /) -> Sequence[OrderEvent]:
        """Return events from a JSON list of their canonical bytes."""
        return _DECODER.decode(stored)

    def version_of(self, _: OrderEvent, /) -> int:
        """Return the version under which an event is written."""
        return EVENT_VERSION

    def evolve(self, state: Order, event: OrderEvent, /) -> Order:
        """Return the order after the event."""
        return evolve(state, event)

    def fold(self, events: Sequence[OrderEvent], /) -> Order:
        """Return the order after a whole story."""
        return fold(events)

    def policy_of(self, state: Order) -> Policy:
        """Return the edition an order keeps for life. Raises KeyError for one that was never loaded."""
        return self._policies[state.policy_id]

    def settle_due(self, state: Order, *, now: dt.datetime) -> Sequence[OrderEvent]:
        """Return the effect of the earliest clock that has run out, or nothing."""
        if not state.policy_id:
            return ()
        return settle_due(state, now=now, policy=self.policy_of(state))

    def may(self, actor: Actor, command: OrderCommand, state: Order, /) -> bool:
        """Say whether this actor may ask this of this order at all."""
        return forbidden(actor, type(command), state) is None

    def decide(
        self, state: Order, command: OrderCommand, *, actor: Actor, now: dt.datetime
    ) -> Sequence[OrderEvent]:
        """Return what the command brings about. Raises Refused."""
        policy_id = state.policy_id
        if not policy_id:
            if not isinstance(command, OpenDraft):
                raise Refused(Code.UNKNOWN_ORDER)
            policy_id = command.policy_id
        policy = self._policies.get(policy_id)
        if policy is None:
            raise Refused(Code.UNKNOWN_REFERENCE, reference=policy_id)
        return decide(state, command, actor=actor, now=now, policy=policy)

    def next_deadline(self, state: Order, /) -> dt.datetime | None:
        """Return the instant of the earliest running clock."""
        if not state.policy_id:
            return None
        return next_deadline(state, self.policy_of(state))

    def effective_at(self, event: OrderEvent, /) -> dt.datetime:
        """Return the instant from which the event counts."""
        return event.at

    def postings_for(self, event: OrderEvent, *, rules_version: int) -> Sequence[Entry]:
        """Return the balanced entries of an event under a version of the rules; there is one so far."""
        assert rules_version == RULES_VERSION, f"no rules {rules_version} are known"
        return postings_for(event)

    def effects_of(self, event: OrderEvent, /) -> Sequence[Effect]:
        """Return the messages that an event sends out."""
        return self._effects(event)

    def status_of(self, state: Order, /) -> str:
        """Return the status by which lists show it."""
        return state.status

    def head_of(self, state: Order, /) -> Mapping[str, Any]:
        """Return the projection's own columns."""
        terms = state.terms or (state.proposal.terms if state.proposal is not None else None)
        return {
            "policy_id": state.policy_id,
            "buyer_company_id": state.buyer_id,
            "supplier_company_id": state.supplier_id,
            "participant_company_ids": " ".join(participants_of(state)),
            "currency": terms.currency if terms is not None else "",
            "total_minor": terms.total_minor if terms is not None else 0,
        }


def participants_of(order: Order) -> list[str]:
    """Return who takes part beside the parties, by id: agents, inspection companies, and the mediators of the case.

    Row security lets each of them read the order. What holds a space is a name that somebody typed and no id.
    """
    if not (order.mandates or order.inspections or order.dispute):
        return []
    named = {mandate.agent_id for mandate in order.mandates}
    named |= {inspection.company for inspection in order.inspections}
    if order.dispute is not None:
        named |= {order.dispute.mediator_id, order.dispute.first_mediator_id}
    return sorted(each for each in named if each and not any(map(str.isspace, each)))
