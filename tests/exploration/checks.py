"""The promises that every state, act and end of an exploration is held to."""

from __future__ import annotations

from fairlot.domain.order import commands as c
from fairlot.domain.order.clocks import Clock, Waits, clocks
from fairlot.domain.order.standing import is_ended
from fairlot.domain.order.state import Order
from fairlot.domain.party import Actor, Role
from fairlot.domain.policy.model import Policy


class CheckFailedError(Exception):
    """A state, act or end broke a promise."""


def promise(condition: bool, sentence: str) -> None:
    """Fail with the sentence unless the condition holds."""
    if not condition:
        raise CheckFailedError(sentence)


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
    if is_ended(order):
        promise(funds.held_minor == 0, f"an ended order still holds money: {funds}")


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
