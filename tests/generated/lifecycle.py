"""docs/lifecycle.md: statuses, the way between them, every clock with its length in each edition."""

from __future__ import annotations

from fairlot.domain.order.clocks.clock import ClockKind
from fairlot.domain.order.state import Status
from fairlot.domain.order.transitions import RULES
from fairlot.domain.policy.loading import shipped_policies
from fairlot.domain.policy.model import Policy
from fairlot.domain.words.clocks import CLOCKS

# Clock -> the figures of the policy that give its length.
FIGURES: dict[ClockKind, tuple[str, ...]] = {
    ClockKind.PROPOSAL: ("proposal_open_days",),
    ClockKind.FIRST_PAYMENT: ("first_payment_due_days",),
    ClockKind.PAYMENT_CONFIRMED: (),
    ClockKind.BALANCE: ("balance_due_days",),
    ClockKind.UNCOLLECTED: ("uncollected_days",),
    ClockKind.SHIPMENT_REMINDER: ("shipment_reminder_days",),
    ClockKind.SHIPMENT_DUE: (),
    ClockKind.NEVER_SHIPPED: ("never_shipped_days",),
    ClockKind.MOVEMENT: ("movement_hours",),
    ClockKind.ARRIVAL: ("arrival_asked_days", "arrival_extension_days"),
    ClockKind.CLAIM_WARNING: ("claim_warning_days",),
    ClockKind.UNDISPUTED: (),
    ClockKind.CLAIM_WINDOW: (),
    ClockKind.CLOSING: ("fraud_shipment_days_max",),
    ClockKind.CREDIT_PRESENTATION: ("credit_presentation_days",),
    ClockKind.CREDIT_EXAMINATION: ("credit_examination_business_days",),
    ClockKind.CREDIT_WAIVER: ("credit_waiver_business_days",),
    ClockKind.ANSWER: ("supplier_answer_hours",),
    ClockKind.NEGOTIATION: ("negotiation_hours", "negotiation_extension_days"),
    ClockKind.MEDIATOR: ("mediator_named_business_days",),
    ClockKind.EVIDENCE: ("evidence_round_days",),
    ClockKind.INSPECTION_BOOKING: ("inspection_booking_days",),
    ClockKind.INSPECTION_REPORT: ("inspection_report_business_days",),
    ClockKind.LOT_CHOICE: ("rework_choice_business_days",),
    ClockKind.DECISION: ("decision_business_days",),
    ClockKind.DECISION_BY_RULE: ("decision_by_rule_business_days",),
    ClockKind.APPEAL: ("appeal_days",),
    ClockKind.CONDITION: (),
    ClockKind.RETURN_SENT: ("return_sent_days",),
    ClockKind.RETURN_ARRIVAL: ("arrival_asked_days",),
    ClockKind.RETURN_JUDGED: ("return_judged_days",),
    ClockKind.RETURN_DECIDED: ("decision_business_days",),
    ClockKind.REFUND_SENT: ("refund_sent_business_days",),
    ClockKind.SEEKING: ("supplier_repays_business_days",),
    ClockKind.CHARGEBACK: ("chargeback_days",),
    ClockKind.SUSPENSE: ("suspense_business_days",),
    ClockKind.REFUSAL_APPEAL: ("refusal_appeal_days",),
    ClockKind.REFUSAL_DECISION: ("refusal_decision_business_days",),
}
# What is not a figure of its own.
BY_OTHER: dict[ClockKind, str] = {
    ClockKind.SHIPMENT_DUE: "the contract's date",
    ClockKind.PAYMENT_CONFIRMED: "the banking days of the way to pay",
    ClockKind.UNDISPUTED: "the window of the kind of cover",
    ClockKind.CLAIM_WINDOW: "the window of the kind of cover",
    ClockKind.CONDITION: "the date settled or ordered",
}
DIAGRAM = """```mermaid
stateDiagram-v2
  [*] --> draft
  draft --> proposed
  proposed --> agreed
  proposed --> expired
  agreed --> in_production: paid
  agreed --> cancelled: unpaid
  in_production --> agreed: payment bounced
  in_production --> shipped
  in_production --> cancelled: never shipped
  shipped --> delivered
  delivered --> completed: confirmed, or the window ends
  completed --> closed: no claim can arise
  in_production --> refunded
  shipped --> refunded
  delivered --> refunded
  completed --> refunded
  in_production --> settled
  shipped --> settled
  delivered --> settled
  completed --> settled
```"""


def _figure(policy: Policy, kind: ClockKind) -> str:
    if kind in BY_OTHER:
        return BY_OTHER[kind]
    return "; ".join(
        f"{_shown(getattr(policy.clocks, name))} {_unit(name)}" for name in FIGURES[kind]
    )


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key} {number}" for key, number in value.items())
    if isinstance(value, tuple):
        return ", ".join(str(number) for number in value)
    return str(value)


def _unit(name: str) -> str:
    if "business_days" in name:
        return "business days"
    return "h" if name.endswith("_hours") else "d"


def _lapse(kind: ClockKind) -> str:
    return CLOCKS[kind].lapse.say("en")


def lifecycle() -> str:
    """Return the page."""
    assert set(FIGURES) == set(ClockKind), "every clock has its line"
    policies = shipped_policies()
    rows = [
        f"| {CLOCKS[kind].title.say('en')} | {' | '.join(_figure(p, kind) for p in policies.values())} | {_lapse(kind)} |"
        for kind in ClockKind
    ]
    allowed = [
        f"| `{command.__name__}` | {', '.join(sorted(rule.roles))} | {_statuses(rule.statuses)} |"
        for command, rule in RULES.items()
    ]
    return "\n".join(
        [
            "# The life of an order",
            "",
            "Generated from the code by `make docs`; do not edit.",
            "",
            DIAGRAM,
            "",
            "A dispute, a chargeback and a return run beside the status and stop the ordinary clocks while they last.",
            "",
            "## Clocks",
            "",
            "In the order in which those due at the same instant act.",
            "",
            f"| clock | {' | '.join(policies)} | if nobody acts |",
            f"|---|---|{'---|' * len(policies)}",
            *rows,
            "",
            "## Who may ask what, when",
            "",
            "The first answer in every status, for every role, stands in `tests/golden/order_matrix.txt`.",
            "",
            "| command | roles | statuses |",
            "|---|---|---|",
            *allowed,
            "",
        ]
    )


def _statuses(statuses: frozenset[Status]) -> str:
    if statuses == frozenset(Status):
        return "every status"
    return ", ".join(status.value for status in Status if status in statuses)
