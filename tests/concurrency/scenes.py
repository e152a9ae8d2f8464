"""Orders at moments when several things may be asked that move the same money: what is asked there, and by whom."""

from __future__ import annotations

import datetime as dt
import functools

import msgspec

from fairlot.domain.order import commands as c
from fairlot.domain.order.clocks import clocks
from fairlot.domain.order.clocks.clock import ClockKind
from fairlot.domain.order.evolve import evolve
from fairlot.domain.order.settle import settle_due
from fairlot.domain.order.state import Claim, OfferKind, Order, Outcome
from fairlot.domain.party import PROVIDER, Actor, Role
from fairlot.domain.policy.model import Ground
from tests.concurrency.stages import (
    BALANCE_MINOR,
    BOOKING,
    DECIDE,
    EXCESS_MINOR,
    LEAVE,
    QUALITY,
    REPORT,
    SECOND,
    Play,
    payment,
)
from tests.support.scripts import HASH, Step
from tests.support.trades import BUYER, INSPECTOR, MEDIATOR, NONE_FOUND, OPERATOR, SUPPLIER

Act = tuple[Actor, c.OrderCommand]
# Stands for the worker, which settles without a command.
WORKER: Act = (OPERATOR, c.SettleDue())
SECOND_MEDIATOR = Actor(role=Role.MEDIATOR, company_id="com_platform", person_id="per_second")
# Any two of these, or one of them and the rest of what is held, are more than was paid.
OFFERED_MINOR = 1_500_000
DECIDED_MINOR = 1_600_000
CARD_PART_MINOR = 400_000
HOUR = dt.timedelta(hours=1)
# From before a claim until a second mediator may decide: an hour, and a round of evidence for each instance.
CASE_LENGTH = HOUR + 2 * (dt.timedelta(days=5) + SECOND)

ACCEPTED = "offer accepted"
LOST = "chargeback lost"
CONFIRMED = "receipt confirmed"
DECIDED = "case decided"
BOUNCED = "payment bounced"
SENT = "refund sent"
SETTLED = "settled on demand"
CLOCK_RELEASES = "clock releases"
CLOCK_CANCELS = "clock cancels"
CLOCK_DECIDES = "clock decides"

ACTS: dict[str, Act] = {
    ACCEPTED: (BUYER, c.AcceptOffer(offer_id="o1")),
    LOST: (PROVIDER, c.RecordChargebackEnded(chargeback_id="cb1", won=False)),
    CONFIRMED: (BUYER, c.ConfirmReceipt()),
    DECIDED: (
        SECOND_MEDIATOR,
        c.Decide(outcome=Outcome.PARTIAL_REFUND, amount_minor=DECIDED_MINOR, reason_hash=HASH),
    ),
    SENT: (PROVIDER, c.RecordRefundConfirmed(refund_id="r1", amount_minor=EXCESS_MINOR)),
    SETTLED: (BUYER, c.SettleDue()),
    CLOCK_RELEASES: WORKER,
    CLOCK_CANCELS: WORKER,
    CLOCK_DECIDES: WORKER,
}
# What one clock brings about at a moment, no other does at the same.
KINDS = frozenset({*ACTS, BOUNCED})
CLOCKS = frozenset({CLOCK_RELEASES, CLOCK_CANCELS, CLOCK_DECIDES})
_MONEY = (LOST, CONFIRMED, BOUNCED, SENT, SETTLED)
_CASE = (ACCEPTED, DECIDED, *_MONEY)


class Scene(msgspec.Struct, frozen=True, kw_only=True):
    """A moment in an order's life, and the acts that are asked there by kind."""

    name: str
    steps: tuple[Step, ...]
    at: dt.datetime
    order: Order
    events: int
    acts: dict[str, Act]


@functools.cache
def scenes() -> tuple[Scene, ...]:
    """Return all scenes: with and without a chargeback open, each kind of act meets every other that can be asked then."""
    return tuple(
        _scene(name, tell(), passed, kinds, charged_back=charged_back)
        for charged_back in (False, True)
        for name, tell, passed, kinds in (
            ("delivered", _delivered, None, _MONEY),
            ("window over", _delivered, ClockKind.CLAIM_WINDOW, (*_MONEY, CLOCK_RELEASES)),
            ("in appeal", _in_appeal, None, _CASE),
            ("case overdue", _in_appeal, ClockKind.DECISION_BY_RULE, (*_CASE, CLOCK_DECIDES)),
            ("case at window's end", _late_in_window, None, (*_CASE, CLOCK_RELEASES)),
            ("never shipped", _made, ClockKind.NEVER_SHIPPED, (*_MONEY, CLOCK_CANCELS)),
            ("case over what never shipped", _late_in_making, None, (*_CASE, CLOCK_CANCELS)),
            ("never paid whole", _part_paid, ClockKind.FIRST_PAYMENT, (*_MONEY, CLOCK_CANCELS)),
        )
    )


def _scene(
    name: str,
    play: Play,
    passed: ClockKind | None,
    kinds: tuple[str, ...],
    *,
    charged_back: bool,
) -> Scene:
    """Return the scene a second after a clock has run out, or an hour after the story; a chargeback is opened just before."""
    at = play.now + HOUR if passed is None else _just_after(play, passed)
    if charged_back:
        play.wait_until(at - SECOND)
        by_card = sum(one.amount_minor for one in play.order.payments if one.rail == "card")
        play.ask(PROVIDER, c.RecordChargebackOpened(chargeback_id="cb1", amount_minor=by_card))
    latest = play.order.payments[-1].id
    bounced = (PROVIDER, c.RecordPaymentReversed(payment_id=latest, code="R01"))
    return Scene(
        name=f"{name}, charged back" if charged_back else name,
        steps=tuple(play.steps),
        at=at,
        order=play.order,
        events=len(play.events),
        acts={kind: ACTS.get(kind, bounced) for kind in kinds},
    )


def _part_paid() -> Play:
    """Part of the deposit is paid by card, and something in another currency waits; the rest never comes."""
    play = Play()
    play.agreed()
    play.ask(PROVIDER, payment("p1", CARD_PART_MINOR, rail="card"))
    return play


def _made() -> Play:
    """All is paid, the deposit by card and with too much, and made; nothing has left."""
    play = Play().card_deposit(excess_minor=EXCESS_MINOR)
    play.ask(BUYER, BOOKING)
    play.ask(INSPECTOR, msgspec.structs.replace(REPORT, major=NONE_FOUND))
    play.ask(PROVIDER, payment("p2", BALANCE_MINOR))
    return play


def _delivered() -> Play:
    play = _made()
    play.ask(SUPPLIER, LEAVE)
    play.wait(days=30)
    play.ask(PROVIDER, c.RecordDelivery(shipment_id="s1", document_hash=HASH))
    return play


def _in_appeal() -> Play:
    return _appealed(_delivered(), QUALITY)


def _late_in_window() -> Play:
    play = _delivered()
    play.wait_until(_just_after(play, ClockKind.CLAIM_WINDOW) - CASE_LENGTH - HOUR)
    return _appealed(play, QUALITY)


def _late_in_making() -> Play:
    play = _made()
    play.wait_until(_just_after(play, ClockKind.NEVER_SHIPPED) - CASE_LENGTH - HOUR)
    return _appealed(play, Claim(ground=Ground.LATE, lines=()))


def _appealed(play: Play, claim: Claim) -> Play:
    """Go on until a second mediator hears the case, whose decision is final, and an offer stands beside it."""
    play.wait(hours=1)
    play.ask(BUYER, c.OpenDispute(claims=(claim,)))
    play.ask(SUPPLIER, c.AnswerDispute(decline=True, reason_hash=HASH))
    play.ask(BUYER, c.Escalate())
    play.ask(OPERATOR, c.NameMediator(mediator_id=MEDIATOR.person_id))
    play.pass_round()
    play.ask(MEDIATOR, DECIDE)
    play.ask(BUYER, c.Appeal(ground="new_evidence", reason_hash=HASH))
    play.ask(OPERATOR, c.NameMediator(mediator_id=SECOND_MEDIATOR.person_id))
    play.pass_round()
    offer = c.OfferTerms(id="o1", kind=OfferKind.REFUND, amount_minor=OFFERED_MINOR)
    play.ask(SUPPLIER, c.MakeOffer(offer=offer))
    return play


def _just_after(play: Play, kind: ClockKind) -> dt.datetime:
    """Return the second after a clock runs out, if nobody does anything until then."""
    order = play.order
    for _ in range(CLOCKS_MAX):
        first = clocks(order, play.policy)[0]
        now = first.due_at + SECOND
        if first.kind is kind:
            return now
        for event in settle_due(order, now=now, policy=play.policy):
            order = evolve(order, event)
    raise AssertionError(f"{kind} never comes")


CLOCKS_MAX = 50
