"""The promises that every state, act and end of an exploration is held to."""

from __future__ import annotations

import datetime as dt

from fairlot.domain.order import commands as c
from fairlot.domain.order.clocks import Clock, Waits, clocks
from fairlot.domain.order.rules.claim_windows import last_window_end
from fairlot.domain.order.standing import is_ended
from fairlot.domain.order.state import DisputeCause, Order, Status, open_dispute
from fairlot.domain.party import Actor, Role
from fairlot.domain.policy.model import Custody, Policy


class CheckFailedError(Exception):
    """A state, act or end broke a promise."""


def promise(condition: bool, sentence: str) -> None:
    """Fail with the sentence unless the condition holds."""
    if not condition:
        raise CheckFailedError(sentence)


OVERTAKEN = "the supplier gave more of a fee than it bears"
FORGOTTEN = "an ended order's fee was neither taken from the supplier nor charged to it"


def check_state(order: Order) -> None:
    """Hold in every state: no account of the order is overdrawn, and nobody got more than was paid in (M1, R26)."""
    funds = order.funds
    promise(funds.held_minor >= 0, f"held is negative: {funds}")
    promise(funds.paid_minor >= 0, f"paid is negative: {funds}")
    promise(funds.returned_minor >= 0, f"returned is negative: {funds}")
    promise(
        funds.returned_minor <= funds.paid_minor + funds.buyer_owes_minor,
        f"more went back than was paid: {funds}",
    )
    promise(funds.cover_used_minor <= order.cover_minor, f"the fund paid above the cover: {funds}")
    for refund in order.refunds:
        promise(refund.confirmed_minor <= refund.amount_minor, f"a refund was paid twice: {refund}")
    promise(all(0 <= p.fee_owed_minor <= p.fee_laid_minor for p in order.payments), OVERTAKEN)
    if is_ended(order):
        promise(all(p.fee_owed_minor == 0 for p in order.payments), FORGOTTEN)
        promise(funds.held_minor == 0, f"an ended order still holds money: {funds}")


def _claimed_minor(order: Order) -> int | None:
    """Return the price of the lines that the open case's claims name, or None where it is not about claims alone."""
    dispute = open_dispute(order)
    if dispute is None or order.terms is None or dispute.cause is not DisputeCause.CLAIM:
        return None
    if order.chargeback is not None and order.chargeback.open:
        return None
    named = {number for claim in dispute.claims for number in claim.lines}
    whole = any(not claim.lines for claim in dispute.claims)
    return sum(
        line.unit_price_minor * (line.quantity - order.cancelled_quantities.get(line.number, 0))
        for line in order.terms.lines
        if whole or line.number in named
    )


KEPT = "what a claim names left while it was open"


def check_kept(before: Order, after: Order) -> None:
    """Hold for every step: a release while a case is open leaves the claimed lines' price (ruling A60)."""
    claimed_minor = _claimed_minor(after)
    if claimed_minor is None or after.custody is not Custody.HELD:
        return
    if after.funds.released_minor > before.funds.released_minor:
        promise(after.funds.held_minor >= claimed_minor, KEPT)


STUCK = "what no claim names is still held after its window"


def check_left(order: Order, now: dt.datetime, policy: Policy) -> None:
    """Hold in every state: where lines alone are frozen, what no claim names has left once its window is over."""
    claimed_minor = _claimed_minor(order)
    if policy.money.freeze_whole_order or claimed_minor is None or order.inspections:
        return
    dispute = open_dispute(order)
    last = last_window_end(order, policy)
    if dispute is None or last is None or order.status is not Status.DELIVERED:
        return
    if any(refused.freezes and not refused.ended for refused in order.refused_claims):
        return
    if order.goods_return is not None or dispute.decision is not None:
        return
    freed = [at for at in (order.resumed_at, dispute.narrowed_at) if at is not None]
    if all(at < now for at in (last, *freed)):
        promise(order.funds.held_minor <= claimed_minor, STUCK)


def check_end(order: Order) -> None:
    """Hold where no clock runs any more: the order has ended and nothing is held, suspended or sought (M2, T4)."""
    promise(is_ended(order) or order.terms is None, f"no clock runs, yet it is {order.status}")
    promise(order.funds.held_minor == 0, f"money is held for ever: {order.funds}")
    promise(not order.suspense, "suspended money is never returned")
    promise(not order.awaited, "a reported payment neither counts nor bounces, for ever")
    promise(not order.seeking, "a refund seeks its money for ever")
    promise(all(refund.breached for refund in order.refunds), "an unpaid refund raises no alarm")


UNHEARD = "decided while both sides could still be heard"
_SIDE = {Role.BUYER: Waits.BUYER, Role.AGENT: Waits.BUYER, Role.SUPPLIER: Waits.SUPPLIER}

# Acts of one side that are meant to move a deadline of the other: each is named in the programme.
MOVERS: dict[type[c.Command], str] = {
    c.AcceptVersion: "both agreed to new dates",
    c.ExtendArrival: "each side may extend the arrival once (A46)",
    c.ExtendNegotiation: "both agreed to negotiate longer",
    c.PresentDocuments: "documents presented anew have a time of their own (A17)",
    c.ConfirmReceipt: "a confirmation starts the buyer's own window",
}


def check_act(
    before: Order, after: Order, *, actor: Actor, command: c.OrderCommand, policy: Policy
) -> None:
    """Hold for every act: it moves no deadline of the other side, but where the programme says so (T3).

    And no decision is taken while a side still has its days to be heard (R40).
    """
    if isinstance(command, c.Decide):
        promise(before.dispute is not None and before.dispute.evidence_closed, UNHEARD)
    side = _SIDE.get(actor.role)
    if side is None or type(command) in MOVERS:
        return
    now_running = {(clock.kind, clock.subject): clock for clock in clocks(after, policy)}
    for clock in clocks(before, policy):
        if clock.waits_for in {side, Waits.BOTH, Waits.PLATFORM, Waits.NOBODY}:
            continue
        same = now_running.get((clock.kind, clock.subject))
        promise(same is None or same.due_at == clock.due_at, _moved(clock, same, command))


def _moved(clock: Clock, same: Clock | None, command: c.OrderCommand) -> str:
    return f"{type(command).__name__} moved {clock} to {same}"
