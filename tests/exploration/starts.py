"""Where the bounded worlds begin: small orders taken forward by real commands, and the actors of all worlds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from msgspec.structs import replace

from fairlot.domain.order import commands as c
from fairlot.domain.order.decide import decide
from fairlot.domain.order.events import OrderEvent
from fairlot.domain.order.evolve import evolve
from fairlot.domain.order.rules.charged_back import at_stake_minor
from fairlot.domain.order.settle import settle_due
from fairlot.domain.order.state import EMPTY, Claim, Condition, Order, Outcome
from fairlot.domain.order.terms import (
    Incoterm,
    Instalment,
    InstalmentDue,
    LateRemedy,
    Line,
    Mode,
    Proof,
    TermFact,
    Terms,
)
from fairlot.domain.party import PROVIDER, Actor, Role
from fairlot.domain.policy.loading import policy_id
from fairlot.domain.policy.model import CoverKind, Ground, Policy

AGREED_AT = dt.datetime(2026, 5, 4, 2, 0, 0, tzinfo=dt.UTC)
BUYER = Actor(role=Role.BUYER, company_id="b")
SUPPLIER = Actor(role=Role.SUPPLIER, company_id="s")
OPERATOR = Actor(role=Role.OPERATOR)
INSPECTOR = Actor(role=Role.INSPECTOR)
MEDIATOR = Actor(role=Role.MEDIATOR, person_id="m1")
SECOND_MEDIATOR = Actor(role=Role.MEDIATOR, person_id="m2")


def small_terms(*, kind: CoverKind, split: bool) -> Terms:
    """Return two lines of 300 and 200 minor units, shipped by 30 June."""
    whole = (Instalment(name="full", amount_minor=500),)
    halves = (
        Instalment(name="deposit", amount_minor=250),
        Instalment(name="balance", amount_minor=250, due=InstalmentDue.PASSED_INSPECTION),
    )
    return Terms(
        version_hash="h1",
        currency="USD",
        total_minor=500,
        covered_minor=400,
        cover_kind=kind,
        lines=(
            Line(number=1, quantity=3, unit_price_minor=100),
            Line(number=2, quantity=2, unit_price_minor=100),
        ),
        instalments=halves if split else whole,
        zone="Asia/Shanghai",
        incoterm=Incoterm.FOB,
        mode=Mode.SEA,
        shipment_date=dt.date(2026, 6, 30),
        terms=(TermFact(id="T1", topic="colour", claimable=True),),
        late_remedy=LateRemedy(per_day_basis_points=50, cap_basis_points=500),
    )


def agreed(policy: Policy, terms: Terms) -> Order:
    """Return an order agreed at AGREED_AT by real commands."""
    order = EMPTY
    grant = c.Grant(enrolled=True, account_verified=True, cover_minor=terms.covered_minor)
    for actor, command in (
        (BUYER, c.OpenDraft(policy_id=policy_id(policy), buyer_id="b", supplier_id="s")),
        (SUPPLIER, c.ProposeVersion(terms=terms)),
        (BUYER, c.AcceptVersion(version_hash="h1", grant=grant)),
    ):
        for event in decide(order, command, actor=actor, now=AGREED_AT, policy=policy):
            order = evolve(order, event)
    return order


def claim(ground: Ground, *lines: int) -> Claim:
    """Return a claim on some lines, on all where none is named."""
    term_ids = ("T1",) if ground is Ground.QUALITY else ()
    return Claim(ground=ground, lines=lines, term_ids=term_ids)


def after_payment(order: Order, policy: Policy, *, shipped: bool, delivered: bool) -> Order:
    """Move a world's start forward: paid, and where asked shipped and delivered, one day after the other."""
    moment = AGREED_AT
    steps: list[tuple[Actor, c.OrderCommand]] = [
        (
            PROVIDER,
            c.RecordPayment(payment_id="p1", rail="card", amount_minor=514, currency="USD"),
        )
    ]
    if shipped:
        bill = c.RecordShipment(shipment_id="S1", proof=Proof.BILL_OF_LADING, document_hash="d")
        steps.append((SUPPLIER, bill))
    if delivered:
        steps.append((PROVIDER, c.RecordDelivery(shipment_id="S1", document_hash="d")))
    for actor, command in steps:
        for event in decide(order, command, actor=actor, now=moment, policy=policy):
            order = evolve(order, event)
    return order


def heard(order: Order, policy: Policy) -> Order:
    """Return a delivered order with a case whose mediator has just been named, at AGREED_AT."""
    steps: tuple[tuple[Actor, c.OrderCommand], ...] = (
        (BUYER, c.OpenDispute(claims=(claim(Ground.COUNTERFEIT),))),
        (SUPPLIER, c.Escalate()),
        (BUYER, c.Escalate()),
        (OPERATOR, c.NameMediator(mediator_id="m1")),
    )
    for actor, command in steps:
        order = _after(order, decide(order, command, actor=actor, now=AGREED_AT, policy=policy))
    return order


def to_be_returned(order: Order, policy: Policy) -> tuple[Order, dt.datetime]:
    """Return a delivered order whose goods go back by a decision that is final, and when that is."""
    order = heard(order, policy)
    assert order.dispute is not None
    assert order.dispute.evidence_until is not None
    moment = order.dispute.evidence_until + dt.timedelta(seconds=1)
    order = _after(order, settle_due(order, now=moment, policy=policy))
    ruling = c.Decide(
        outcome=Outcome.FULL_REFUND,
        amount_minor=at_stake_minor(order),
        condition=Condition.RETURN,
        otherwise_minor=60,
        reason_hash="r",
    )
    order = _after(order, decide(order, ruling, actor=MEDIATOR, now=moment, policy=policy))
    assert order.dispute is not None
    assert order.dispute.appeal_until is not None
    moment = order.dispute.appeal_until + dt.timedelta(seconds=1)
    return _after(order, settle_due(order, now=moment, policy=policy)), moment


def _after(order: Order, events: Iterable[OrderEvent]) -> Order:
    for event in events:
        order = evolve(order, event)
    return order


def with_awaited_payments(policy: Policy) -> Policy:
    """Return the edition with card payments that count after three banking days (ruling A18)."""
    ways = tuple(
        replace(way, confirm_after_banking_days=3) if way.name == "card" else way
        for way in policy.ways_to_pay
    )
    return replace(policy, ways_to_pay=ways)
