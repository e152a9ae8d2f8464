"""What somebody can do now, and for everything else of the role why not and when it opens; asked of `decide` itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

import msgspec

from fairlot.application.queries.probes import probes_of
from fairlot.domain.order import commands as c
from fairlot.domain.order.asked import Asked
from fairlot.domain.order.clocks import ClockKind
from fairlot.domain.order.decide import decide
from fairlot.domain.order.refusals import Code, Refused
from fairlot.domain.order.state import Order
from fairlot.domain.order.transitions import RULES, forbidden
from fairlot.domain.party import Actor
from fairlot.domain.policy.model import Policy

# Never a person's to press.
UNSHOWN: frozenset[type[c.Command]] = frozenset({c.OpenDraft, c.SettleDue})

# The acts that a clock waits for; whoever may do one of them is the one whose turn it is.
AWAITED: dict[ClockKind, tuple[type[c.Command], ...]] = {
    ClockKind.SHIPMENT_REMINDER: (c.RecordShipment,),
    ClockKind.CLAIM_WARNING: (c.ConfirmReceipt, c.OpenDispute),
    ClockKind.SHIPMENT_DUE: (c.RecordShipment,),
    ClockKind.ANSWER: (c.AnswerDispute, c.MakeOffer),
    ClockKind.BALANCE: (c.RecordPayment,),
    ClockKind.UNCOLLECTED: (c.RecordShipment,),
    ClockKind.NEGOTIATION: (c.AcceptOffer, c.MakeOffer, c.Escalate),
    ClockKind.MEDIATOR: (c.NameMediator,),
    ClockKind.EVIDENCE: (c.SubmitEvidence,),
    ClockKind.INSPECTION_BOOKING: (c.BookInspection,),
    ClockKind.INSPECTION_REPORT: (c.RecordInspectionReport,),
    ClockKind.LOT_CHOICE: (c.RejectLot, c.RequestRework, c.WaiveFindings),
    ClockKind.MOVEMENT: (c.RecordMovement,),
    ClockKind.REFUSAL_APPEAL: (c.AppealRefusal,),
    ClockKind.REFUSAL_DECISION: (c.DecideRefusal,),
    ClockKind.DECISION: (c.Decide,),
    ClockKind.DECISION_BY_RULE: (c.Decide,),
    ClockKind.APPEAL: (c.Appeal,),
    ClockKind.CONDITION: (c.ConfirmFulfilled, c.RecordShipment),
    ClockKind.PROPOSAL: (c.AcceptVersion, c.DeclineVersion),
    ClockKind.FIRST_PAYMENT: (c.RecordPayment,),
    ClockKind.NEVER_SHIPPED: (c.RecordShipment,),
    ClockKind.ARRIVAL: (c.ConfirmReceipt, c.ExtendArrival),
    ClockKind.RETURN_SENT: (c.RecordReturnSent,),
    ClockKind.RETURN_ARRIVAL: (c.RecordReturnArrived,),
    ClockKind.RETURN_JUDGED: (c.JudgeReturn, c.RecordCondition),
    ClockKind.RETURN_DECIDED: (c.DecideReturn,),
    ClockKind.PAYMENT_CONFIRMED: (),
    ClockKind.CREDIT_PRESENTATION: (c.PresentDocuments,),
    ClockKind.CREDIT_EXAMINATION: (c.RecordCreditHonoured, c.RecordDocumentsRefused),
    ClockKind.CREDIT_WAIVER: (c.WaiveDiscrepancies,),
    ClockKind.CHARGEBACK: (c.RecordChargebackEnded, c.RecordChargebackMessage),
    ClockKind.SUSPENSE: (),
    ClockKind.SEEKING: (c.RecordSupplierRepaid,),
    ClockKind.REFUND_SENT: (c.RecordRefundConfirmed,),
    ClockKind.UNDISPUTED: (c.ConfirmReceipt, c.AddClaim),
    ClockKind.CLAIM_WINDOW: (c.ConfirmReceipt, c.OpenDispute),
    ClockKind.CLOSING: (),
}


class Action(msgspec.Struct, frozen=True, kw_only=True):
    """One command for one actor: allowed now, or refused with its code; `opens_at` where time alone will open it.

    `can_be_appealed` says that asking it all the same is recorded, so that a mediator can look at the refusal.
    """

    command: str
    allowed: bool
    code: Code | None = None
    facts: Mapping[str, str | int] = {}
    opens_at: dt.datetime | None = None
    can_be_appealed: bool = False


def actions_for(
    order: Order, *, actor: Actor, now: dt.datetime, policy: Policy
) -> tuple[Action, ...]:
    """Return every command of the actor's role in the order of the table; without those that have nothing to be about."""
    asked = Asked(actor, now, policy)
    found = (
        action_for(order, command_type, asked)
        for command_type, rule in RULES.items()
        if actor.role in rule.roles and command_type not in UNSHOWN
    )
    return tuple(action for action in found if action is not None)


def action_for(order: Order, command_type: type[c.Command], asked: Asked) -> Action | None:
    """Return whether somebody can do one thing now, or None where it has nothing to be about."""
    name = command_type.__name__
    code = forbidden(asked.actor, command_type, order)
    if code is not None:
        return Action(command=name, allowed=False, code=code)
    if order.status not in RULES[command_type].statuses:
        facts = {"status": order.status.value}
        return Action(command=name, allowed=False, code=Code.WRONG_STATUS, facts=facts)
    refusals: list[Refused] = []
    for _, refusal in _tried(order, command_type, asked):
        if refusal is None:
            return Action(command=name, allowed=True)
        refusals.append(refusal)
    return _refused(name, refusals) if refusals else None


def heard_forms(
    order: Order, command_type: type[c.Command], asked: Asked
) -> tuple[tuple[c.OrderCommand, bool], ...]:
    """Return those plausible forms of a command that would be granted now, then those refused so that it can be appealed."""
    tried = tuple(_tried(order, command_type, asked))
    return (
        *((command, True) for command, refusal in tried if refusal is None),
        *((command, False) for command, refusal in tried if refusal is not None and refusal.record),
    )


def _tried(
    order: Order, command_type: type[c.Command], asked: Asked
) -> Iterator[tuple[c.OrderCommand, Refused | None]]:
    for command in probes_of(order, command_type, asked):
        yield command, refusal_of(order, command, asked)


def refusal_of(order: Order, command: c.OrderCommand, asked: Asked) -> Refused | None:
    """Return why a command would be refused now, or None where it would be granted; nothing is recorded."""
    try:
        decide(order, command, actor=asked.actor, now=asked.now, policy=asked.policy)
    except Refused as refusal:
        return refusal
    return None


def _refused(name: str, refusals: list[Refused]) -> Action:
    """Tell the refusal that time alone lifts soonest, or else the first."""
    opening = [(opens_at(refusal), refusal) for refusal in refusals]
    timed = [(instant, refusal) for instant, refusal in opening if instant is not None]
    instant, refusal = min(timed, key=lambda pair: pair[0]) if timed else opening[0]
    return Action(
        command=name,
        allowed=False,
        code=refusal.code,
        facts=dict(refusal.facts),
        opens_at=instant,
        can_be_appealed=any(each.record for each in refusals),
    )


def opens_at(refusal: Refused) -> dt.datetime | None:
    """Return the instant after which time alone would lift a refusal, where it names one."""
    instant = refusal.facts.get("opens_at")
    return dt.datetime.fromisoformat(instant) if isinstance(instant, str) else None
