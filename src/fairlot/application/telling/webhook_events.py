"""What is sent to endpoints of companies: which types of events, with which facts, and which companies may have them.

Thin on purpose: ids, codes, amounts and instants that the receiver could read itself; never a text that somebody wrote.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, get_args

import msgspec

from fairlot.application.access import Identity, MemberRight, Membership, Read, capacities, may_read
from fairlot.application.telling.notices import NOTICES, OFFER_MADE, VERSION_PROPOSED
from fairlot.domain.cover.grants.events import LimitEvent
from fairlot.domain.order.events import OrderEvent
from fairlot.domain.order.state import Order, open_dispute
from fairlot.domain.payout.events import PayoutEvent
from fairlot.domain.suspense.events import SuspenseEvent

PING = "webhook.ping"

PUBLIC_FACTS = frozenset(
    {"amount_minor", "appeal_until", "answer_until", "balance_until", "by_itself", "by_lapse"}
    | {"choice_until", "claim_until", "clock", "code", "conditional", "cost_minor", "currency"}
    | {"days", "decide_until", "decision_until", "declined", "dispute_id", "due_at", "ends_at"}
    | {"evidence_until", "expires_at", "fund_minor", "inspection_id", "judge_until"}
    | {"limit_minor", "mediator_until", "negotiation_until", "order_id", "outcome", "owed_minor"}
    | {"payment_until", "payout_id", "reason", "refund_id", "refusal_id", "report_due_at"}
    | {"return_at", "sample_id", "send_until", "shipment_id", "shipment_until"}
    | {"uncovered_minor", "until", "usable_at", "version_hash", "waive_until", "why"}
)
"""Facts of notices that go out; all are ids, codes of closed lists, amounts and instants."""

WITHHELD_FACTS = frozenset({"reason_code"})
"""Facts that do not: a bank's reason is whatever the bank wrote."""


def event_type(family: str, kind: str) -> str:
    """Return the type under which a kind of notice goes out: `order.agreed`, `payout.sent`."""
    return f"{family}.{kind.removeprefix(f'{family}_')}"


def _all_types() -> Iterator[str]:
    families: dict[str, Any] = {
        "order": OrderEvent,
        "payout": PayoutEvent,
        "limit": LimitEvent,
        "suspense": SuspenseEvent,
    }
    for family, union in families.items():
        members = set(get_args(union)) or {union}
        for event, notice in NOTICES.items():
            if event in members:
                yield event_type(family, notice.kind)
    yield from (event_type("order", kind) for kind in (VERSION_PROPOSED, OFFER_MADE))
    yield PING


EVENT_TYPES: tuple[str, ...] = tuple(sorted(set(_all_types())))


def payload(kind: str, *, at: dt.datetime, data: Mapping[str, Any]) -> bytes:
    """Return the body of a webhook by the Standard Webhooks convention."""
    written = {"type": kind, "timestamp": at, "data": data}
    return msgspec.json.encode(written, order="deterministic")


def public_facts(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return those facts of a notice that go out."""
    return {name: fact for name, fact in facts.items() if name in PUBLIC_FACTS}


def order_data(order_id: str, order: Order, *, seq: int) -> dict[str, Any]:
    """Return where an order stood after an event."""
    dispute = open_dispute(order)
    return {
        "order_id": order_id,
        "seq": seq,
        "status": order.status,
        "dispute_status": None if dispute is None else dispute.status,
    }


def companies_that_read(order: Order) -> tuple[str, ...]:
    """Return the companies that may read an order's events: by the same table as for people and keys."""
    named = {
        order.buyer_id,
        order.supplier_id,
        *(mandate.agent_id for mandate in order.mandates),
        *(inspection.company for inspection in order.inspections),
    }
    return tuple(sorted(company for company in named if company and _may_read(company, order)))


def _may_read(company_id: str, order: Order) -> bool:
    whole = Membership(
        company_id=company_id, rights=frozenset({MemberRight.FOLLOW}), is_inspector=True
    )
    identity = Identity(person_id="", memberships=(whole,))
    return any(
        may_read(identity, actor, Read.EVENTS, order) for actor in capacities(identity, order)
    )
