"""Given, when, then: one order in memory, played by real commands; what is due happens first, as on the write path.

    given().delivered().when(BUYER, claim(Ground.QUALITY), after=days(31)).refused(Code.CLAIM_TOO_LATE)

Every step returns a new situation, so a beginning can be shared by many tests.
"""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from fairlot.domain.ledger.accounts import Account
from fairlot.domain.ledger.journal import postings_for
from fairlot.domain.order import commands as c
from fairlot.domain.order.clocks import Clock, ClockKind, clocks
from fairlot.domain.order.decide import decide
from fairlot.domain.order.events import OrderEvent
from fairlot.domain.order.evolve import evolve
from fairlot.domain.order.refusals import Code, Refused
from fairlot.domain.order.rules.charged_back import at_stake_minor
from fairlot.domain.order.settle import settle_due
from fairlot.domain.order.standing import missing_minor
from fairlot.domain.order.state import (
    EMPTY,
    Claim,
    InspectionStage,
    OfferKind,
    Order,
    Outcome,
    Right,
)
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
from fairlot.domain.policy.loading import policy_id, shipped_policies
from fairlot.domain.policy.model import CoverKind, Ground, Policy

ESCROW = "escrow-2026"
GUARANTEE = "guarantee-2017"
EDITIONS = (ESCROW, GUARANTEE)
PRE_SHIPMENT = CoverKind.PRE_SHIPMENT
POST_DELIVERY = CoverKind.POST_DELIVERY

BUYER = Actor(role=Role.BUYER, company_id="com_buyer", person_id="per_buyer")
SUPPLIER = Actor(role=Role.SUPPLIER, company_id="com_supplier", person_id="per_supplier")
AGENT = Actor(role=Role.AGENT, company_id="com_agent", person_id="per_agent")
INSPECTOR = Actor(role=Role.INSPECTOR, company_id="com_inspector")
MEDIATOR = Actor(role=Role.MEDIATOR, company_id="com_platform", person_id="per_mediator")
SECOND_MEDIATOR = Actor(role=Role.MEDIATOR, company_id="com_platform", person_id="per_second")
SUPERVISOR = Actor(role=Role.SUPERVISOR, company_id="com_platform", person_id="per_supervisor")
OPERATOR = Actor(role=Role.OPERATOR, company_id="com_platform", person_id="per_operator")
AUDITOR = Actor(role=Role.AUDITOR, company_id="com_auditor")
BANK = PROVIDER

ZONE = "Asia/Shanghai"
PRICE = 1_000_000
FEE = 25_000
# More effects than this at one instant would be a loop.
EFFECTS_MAX = 200


def local(text: str, zone: str = ZONE) -> dt.datetime:
    """Read `2026-06-30 23:59:59` or `2026-06-30` (midnight) as the contract's zone tells the time."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(dt.UTC)


def days(number: float) -> dt.timedelta:
    """Return so many times 24 hours."""
    return dt.timedelta(days=number)


def hours(number: float) -> dt.timedelta:
    """Return so many hours."""
    return dt.timedelta(hours=number)


def seconds(number: float) -> dt.timedelta:
    """Return so many seconds."""
    return dt.timedelta(seconds=number)


AGREED_ON = {ESCROW: local("2026-05-04 10:00"), GUARANTEE: local("2017-05-02 10:00")}
SHIPMENT_DATE = {ESCROW: dt.date(2026, 6, 30), GUARANTEE: dt.date(2017, 6, 30)}
DUE = {ESCROW: local("2026-06-30 23:59:59"), GUARANTEE: local("2017-06-30 23:59:59")}
LINE = Line(number=1, quantity=1_000, unit_price_minor=1_000)
TWO_LINES = (
    Line(number=1, quantity=600, unit_price_minor=1_000),
    Line(number=2, quantity=400, unit_price_minor=1_000),
)
HALVES = (
    Instalment(name="deposit", amount_minor=500_000),
    Instalment(name="balance", amount_minor=500_000, due=InstalmentDue.PASSED_INSPECTION),
)
DAILY = LateRemedy(per_day_basis_points=50, cap_basis_points=1_000)


def terms_under(edition: str, cover: CoverKind, **changes: Any) -> Terms:
    """Return the usual terms: 1,000 lamps for 10,000.00 in one payment, FOB, by 30 June; with changes."""
    terms = Terms(
        version_hash="1" * 64,
        currency="USD",
        total_minor=PRICE,
        covered_minor=PRICE,
        cover_kind=cover,
        lines=(LINE,),
        instalments=(Instalment(name="full", amount_minor=PRICE),),
        zone=ZONE,
        incoterm=Incoterm.FOB,
        mode=Mode.SEA,
        shipment_date=SHIPMENT_DATE[edition],
        terms=(
            TermFact(id="T1", topic="colour", claimable=True),
            TermFact(id="T2", topic="capacity", claimable=True, mandatory=True),
            TermFact(id="T3", topic="function", claimable=False),
        ),
    )
    return msgspec.structs.replace(terms, **changes)


def given(edition: str = ESCROW, cover: CoverKind = POST_DELIVERY, **changes: Any) -> Given:
    """Begin before there is an order: an edition, a kind of cover, and changes of the usual terms."""
    policy = shipped_policies()[edition]
    return Given(
        policy=policy, terms=terms_under(edition, cover, **changes), now=AGREED_ON[edition]
    )


def claim_on(ground: Ground, *lines: int, terms: tuple[str, ...] | None = None) -> Claim:
    """Return a claim on some lines (none means all); a quality claim names term T1 unless told."""
    if terms is None:
        terms = ("T1",) if ground is Ground.QUALITY else ()
    return Claim(ground=ground, lines=lines, term_ids=terms)


def claim(
    ground: Ground, *lines: int, terms: tuple[str, ...] | None = None, **more: Any
) -> c.OpenDispute:
    """Return the command that opens a dispute with one claim."""
    return c.OpenDispute(claims=(claim_on(ground, *lines, terms=terms),), **more)


def payment(
    amount_minor: int, payment_id: str = "p1", rail: str = "wire", **more: Any
) -> c.RecordPayment:
    """Return the bank's word that money came."""
    more.setdefault("currency", "USD")
    return c.RecordPayment(payment_id=payment_id, rail=rail, amount_minor=amount_minor, **more)


def shipment(shipment_id: str = "s1", **more: Any) -> c.RecordShipment:
    """Return a shipment of all that is left, proven by a bill of lading unless told."""
    more.setdefault("proof", Proof.BILL_OF_LADING)
    return c.RecordShipment(shipment_id=shipment_id, document_hash="b" * 64, **more)


def delivery(shipment_id: str = "s1", **more: Any) -> c.RecordDelivery:
    """Return the carrier's proof of delivery."""
    return c.RecordDelivery(shipment_id=shipment_id, document_hash="c" * 64, **more)


def booking(
    inspection_id: str = "i1",
    stage: InspectionStage = InspectionStage.PRE_SHIPMENT,
    fee_minor: int = FEE,
    company: str = "SGS",
) -> c.BookInspection:
    """Return the booking of an inspection."""
    return c.BookInspection(
        inspection_id=inspection_id, company=company, stage=stage, fee_minor=fee_minor
    )


def report(
    inspection_id: str = "i1",
    *,
    critical: int = 0,
    major: int = 0,
    minor: int = 0,
    lot: int = 1_000,
    **more: Any,
) -> c.RecordInspectionReport:
    """Return an inspector's counts."""
    return c.RecordInspectionReport(
        inspection_id=inspection_id,
        lot=lot,
        critical=c.Finding(found=critical),
        major=c.Finding(found=major),
        minor=c.Finding(found=minor),
        **more,
    )


def refund_offer(amount_minor: int, offer_id: str = "o1") -> c.MakeOffer:
    """Return an offer of money."""
    return c.MakeOffer(
        offer=c.OfferTerms(id=offer_id, kind=OfferKind.REFUND, amount_minor=amount_minor)
    )


def decision(amount_minor: int, paid_minor: int = PRICE, **more: Any) -> c.Decide:
    """Return a decision whose outcome fits its amount, with a reason."""
    outcome = Outcome.PARTIAL_REFUND
    if amount_minor == 0:
        outcome = Outcome.FOR_SUPPLIER
    elif amount_minor == paid_minor:
        outcome = Outcome.FULL_REFUND
    more.setdefault("reason_hash", "e" * 64)
    return c.Decide(outcome=outcome, amount_minor=amount_minor, **more)


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """A situation: an order with its record under an edition, and the present instant."""

    policy: Policy
    terms: Terms
    now: dt.datetime
    order: Order = EMPTY
    events: tuple[OrderEvent, ...] = ()

    # The steps that lead to a situation; each fails the test if it is refused.

    def at(self, instant: dt.datetime) -> Given:
        """Let the clock show an instant; nobody has looked at the order yet."""
        assert instant >= self.now, "time does not turn back"
        return msgspec.structs.replace(self, now=instant)

    def after(self, length: dt.timedelta) -> Given:
        """Let time go by; nobody looks at the order meanwhile."""
        return self.at(self.now + length)

    def settled(self) -> Given:
        """Let happen what is due."""
        here = self
        for _ in range(EFFECTS_MAX):
            due = settle_due(here.order, now=here.now, policy=here.policy)
            if not due:
                return here
            here = here._with(due)
        raise AssertionError("clocks act without end")

    def by(self, actor: Actor, *commands: c.OrderCommand) -> Given:
        """Have somebody ask commands, which are granted."""
        here = self
        for command in commands:
            here = here.settled()
            made = decide(here.order, command, actor=actor, now=here.now, policy=here.policy)
            here = here._with(made)
        return here

    def drafted(self) -> Given:
        """Begin the order."""
        draft = c.OpenDraft(
            policy_id=policy_id(self.policy), buyer_id="com_buyer", supplier_id="com_supplier"
        )
        return self.by(BUYER, draft)

    def proposed(self) -> Given:
        """Go on until the buyer has proposed the terms."""
        return self.drafted().by(BUYER, c.ProposeVersion(terms=self.terms))

    def agreed(self, *, enrolled: bool = True, cover_minor: int | None = None) -> Given:
        """Go on until both agreed, an agent of the buyer with every right included."""
        cover = self.terms.covered_minor if cover_minor is None else cover_minor
        grant = c.Grant(enrolled=enrolled, account_verified=True, cover_minor=cover)
        accepted = c.AcceptVersion(version_hash=self.terms.version_hash, grant=grant)
        mandate = c.GrantMandate(agent_id="com_agent", rights=tuple(Right))
        return self.proposed().by(SUPPLIER, accepted).by(BUYER, mandate)

    def paid(self, amount_minor: int | None = None, rail: str = "wire", **more: Any) -> Given:
        """Go on until what is asked for is paid, two days after agreement."""
        here = self.agreed(**more).after(days(2))
        amount = missing_minor(here.order) if amount_minor is None else amount_minor
        return here.by(BANK, payment(amount, rail=rail))

    def shipped(self, **more: Any) -> Given:
        """Go on until all has left, five days before the date."""
        here = self.paid(**more)
        assert here.order.shipment_until is not None
        return here.at(here.order.shipment_until - days(5)).by(SUPPLIER, shipment())

    def delivered(self, **more: Any) -> Given:
        """Go on until all is there, thirty days later."""
        return self.shipped(**more).after(days(30)).by(BANK, delivery())

    def disputed(self, ground: Ground = Ground.QUALITY, **more: Any) -> Given:
        """Go on until the buyer has claimed, a day after delivery."""
        return self.delivered(**more).after(days(1)).by(BUYER, claim(ground))

    def escalated(self) -> Given:
        """Have both sides take the running dispute to mediation."""
        return self.by(SUPPLIER, c.Escalate()).by(BUYER, c.Escalate())

    def heard(self) -> Given:
        """Have the running dispute escalated and its mediator named."""
        return self.escalated().by(OPERATOR, c.NameMediator(mediator_id="per_mediator"))

    def decided(self, amount_minor: int, **more: Any) -> Given:
        """Have the running dispute heard and decided after its evidence round."""
        made = decision(amount_minor, at_stake_minor(self.order), **more)
        return self.heard().after(days(5) + seconds(1)).by(MEDIATOR, made)

    def final(self) -> Given:
        """Let the time to appeal run out."""
        return self.after(days(7) + seconds(1)).settled()

    def quiet(self) -> Given:
        """Let time alone go on until nothing runs any more."""
        here = self.settled()
        for _ in range(EFFECTS_MAX):
            running = clocks(here.order, here.policy)
            if not running:
                return here
            here = here.at(max(here.now, running[0].due_at + seconds(1))).settled()
        raise AssertionError("clocks run without end")

    # The question and its answer.

    def when(
        self,
        actor: Actor,
        command: c.OrderCommand,
        *,
        at: dt.datetime | None = None,
        after: dt.timedelta | None = None,
    ) -> Answer:
        """Ask a command at an instant, after a while, or now: what is due happens first, then it is decided."""
        here = self
        if at is not None:
            here = here.at(at)
        if after is not None:
            here = here.after(after)
        here = here.settled()
        try:
            made = decide(here.order, command, actor=actor, now=here.now, policy=here.policy)
        except Refused as refusal:
            return Answer(before=here, after=here._with(refusal.record), refusal=refusal)
        return Answer(before=here, after=here._with(made), events=made)

    def when_nobody_acts(self, until: dt.datetime) -> Answer:
        """Look once at an instant: what happens by itself until then is the answer."""
        here = self.at(until).settled()
        return Answer(before=self, after=here, events=here.events[len(self.events) :])

    # What can be read of a situation.

    def clock(self, kind: ClockKind) -> Clock | None:
        """Return the running clock of a kind, or None."""
        return next((k for k in clocks(self.order, self.policy) if k.kind is kind), None)

    def due_at(self, kind: ClockKind) -> dt.datetime:
        """Return when a running clock runs out."""
        running = self.clock(kind)
        assert running is not None, f"no clock {kind} runs"
        return running.due_at

    def balance_minor(self, account: Account, currency: str = "USD") -> int:
        """Return an account's balance by the postings of all events; debits are positive."""
        return sum(
            posting.amount_minor
            for event in self.events
            for entry in postings_for(event)
            for posting in entry.postings
            if posting.account is account and posting.currency == currency
        )

    def last(self, event_type: type[Any]) -> Any:
        """Return the latest event of a type."""
        return next(e for e in reversed(self.events) if isinstance(e, event_type))

    def stands(self, **expected: Any) -> Given:
        """Hold fields of the order, or of its funds, to values."""
        for name, value in expected.items():
            found = getattr(self.order, name) if hasattr(self.order, name) else None
            if hasattr(self.order.funds, name):
                found = getattr(self.order.funds, name)
            assert found == value, f"{name} is {found}, not {value}"
        return self

    def _with(self, made: tuple[OrderEvent, ...]) -> Given:
        order = self.order
        for event in made:
            order = evolve(order, event)
        return msgspec.structs.replace(self, order=order, events=(*self.events, *made))


class Answer(msgspec.Struct, kw_only=True):
    """What a command came to: the situations before and after it, and its events or its refusal."""

    before: Given
    after: Given
    events: tuple[OrderEvent, ...] = ()
    refusal: Exception | None = None

    def then(self, *expected: type[Any], **fields: Any) -> Given:
        """Hold the answer to these events, in order; fields are those of the first of them."""
        assert self.refusal is None, f"refused: {self.refusal}"
        found = [type(event) for event in self.events]
        assert found == list(expected), f"happened: {[kind.__name__ for kind in found]}"
        for name, value in fields.items():
            actual = getattr(self.events[0], name)
            assert actual == value, f"{name} is {actual}, not {value}"
        return self.after

    def granted(self) -> Given:
        """Hold the answer to a grant, whatever its events."""
        assert self.refusal is None, f"refused: {self.refusal}"
        return self.after

    def refused(self, code: Code, **facts: Any) -> Given:
        """Hold the answer to a refusal with this code, and with these facts among its own."""
        assert isinstance(self.refusal, Refused), f"granted: {self.events}"
        assert self.refusal.code is code, f"refused with {self.refusal.code} {self.refusal.facts}"
        for name, value in facts.items():
            assert self.refusal.facts.get(name) == value, self.refusal.facts
        return self.after

    def happened(self, *expected: type[Any]) -> Given:
        """Hold the answer to events that are among it, in this order, whatever else happened."""
        remaining = iter(self.events)
        for kind in expected:
            assert any(isinstance(event, kind) for event in remaining), f"no {kind.__name__} there"
        return self.after
