"""Acts of mediation: escalation, naming, evidence, decision, appeal."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from typing import Any

from fairlot.domain.calendar import end_of_date
from fairlot.domain.order import commands as c
from fairlot.domain.order.case import recommendation_for
from fairlot.domain.order.events import DisputeEscalated
from fairlot.domain.order.refusals import Code
from fairlot.domain.order.rules.charged_back import at_stake_minor
from fairlot.domain.order.state import Condition, DisputeStatus, Outcome, Wish
from fairlot.domain.policy.model import Policy
from tests.cases.acts.inspection import report
from tests.cases.case_file import Act
from tests.cases.evidence import measured_on_all
from tests.cases.story import (
    MEDIATOR_ID,
    ONE_SECOND,
    OPERATOR,
    NotTranslatedError,
    Player,
    Story,
    text_hash,
)
from tests.cases.vocabulary import FOR_SUPPLIER, OUTCOMES, appeal_ground, plain, word

OTHER_MEDIATOR_ID = "per_other_mediator"
_PERFORMED = re.compile(r"(?:performance|rework) by (?P<date>\d{4}-\d\d-\d\d)", re.IGNORECASE)
_ELSE_ALL = re.compile(r"(?:or )?else (?:a |the )?full refund", re.IGNORECASE)
_REASONED = re.compile(r"(with|without) (?:a |its |any )?(?:written )?reasons?", re.IGNORECASE)
REASON_HASH = text_hash("a written reason")
# Of an act that a case puts after everything without saying when.
UNDATED = "undated"
HEARD = frozenset({DisputeStatus.MEDIATION, DisputeStatus.APPEALED})


def escalate(story: Story, act: Act) -> bool:
    """One side's wish to escalate together is no escalation yet; the buyer joins the supplier's."""
    parties = ("supplier", "buyer") if act.by == "both" else (act.by,)
    outcomes = [story.ask(story.actor(party), c.Escalate()) for party in parties]
    return any(isinstance(event, DisputeEscalated) for o in outcomes for event in o.events)


def escalated(story: Story, act: Act) -> bool:
    """The clock did it; nobody has to ask."""
    del act
    dispute = story.dispute()
    return dispute is not None and dispute.status is not DisputeStatus.NEGOTIATION


def to_mediation(story: Story) -> None:
    """Have both sides escalate if they still negotiate."""
    dispute = story.dispute()
    if dispute is not None and dispute.status is DisputeStatus.NEGOTIATION:
        story.ask(story.supplier.actor, c.Escalate())
        if (still := story.dispute()) is not None and still.status is DisputeStatus.NEGOTIATION:
            story.ask(story.buyer, c.Escalate())


def name_mediator(story: Story, act: Act) -> bool | None:
    if story.preparing:
        to_mediation(story)
    who = act.details.get("who") or MEDIATOR_ID
    story.ask(story.actor(act.by), c.NameMediator(mediator_id=str(who)))
    return None


def to_hearing(story: Story) -> None:
    """Have the case before a mediator."""
    to_mediation(story)
    dispute = story.dispute()
    if dispute is not None and dispute.status in HEARD and not dispute.mediator_id:
        first = dispute.first_mediator_id
        who = OTHER_MEDIATOR_ID if first == MEDIATOR_ID else MEDIATOR_ID
        story.ask(OPERATOR, c.NameMediator(mediator_id=who))


def evidence(story: Story, act: Act) -> bool | None:
    items = act.details.get("items") or ("evidence",)
    for item in [items] if isinstance(items, str) else items:
        if story.preparing and act.by == "buyer":
            _report_measures(story, act, str(item))
        story.ask(story.actor(act.by), c.SubmitEvidence(item_hash=text_hash(f"{act.by} {item}")))
    return None


def _report_measures(story: Story, act: Act, item: str) -> None:
    """What a claimant's evidence says was measured on all pieces comes into a case as a report."""
    dispute = story.dispute()
    found = dispute and measured_on_all(item, dispute, story.contract["terms"])
    if found:
        report(story, Act(at=act.at, by="inspector", act="inspection_report", details=found))


def state_wish(story: Story, act: Act) -> bool | None:
    story.ask(story.actor(act.by), c.StateWish(wish=Wish(plain(act.details["wish"]))))
    return None


def decide(story: Story, act: Act) -> bool | None:
    refused = [r for r in story.order.refused_claims if r.appealed and not r.ended]
    if story.dispute() is None and refused:
        _decide_refusal(story, refused[-1].id, plain(act.details.get("outcome")))
        return None
    if story.preparing:
        to_hearing(story)
    story.ask(story.mediator(), decision_of(story, act.details))
    return None


def _decide_refusal(story: Story, refusal_id: str, outcome: str) -> None:
    """A refusal at the door is confirmed, or its claim admitted after all (ruling A57)."""
    if "admit" not in outcome and "confirm" not in outcome and "refus" not in outcome:
        raise NotTranslatedError(f"the decision {outcome!r} on a refusal")
    admit = "admit" in outcome and "not" not in outcome.split()
    story.ask(
        story.mediator(),
        c.DecideRefusal(refusal_id=refusal_id, admit=admit, reason_hash=REASON_HASH),
    )


def decision_of(story: Story, details: Mapping[str, Any]) -> c.Decide:
    """Return the decision that a case tells; without an outcome, what the rules recommend."""
    if "outcome" not in details and details.get("note"):
        details = {**_noted(story, str(details["note"])), **details}
    if "outcome" not in details:
        return _as_recommended(story)
    name = plain(details["outcome"])
    condition = word(OUTCOMES, name)
    until = details.get("until")
    if condition is Condition.PERFORM and until is None:
        raise NotTranslatedError("a decision to perform without its date")
    paid = at_stake_minor(story.order)
    amount = 0 if name in FOR_SUPPLIER or until is not None else details.get("amount")
    if amount is None:
        if "full refund" not in name and name != "cancellation":
            raise NotTranslatedError(f"a decision {name!r} without an amount")
        amount = paid
    otherwise = details.get("else_price_reduction") or 0
    return c.Decide(
        outcome=_outcome(amount, paid),
        amount_minor=amount,
        condition=condition,
        until=until,
        otherwise_minor=paid if details.get("else_all") else otherwise,
        reason_hash="" if _lacks_reason(details) else REASON_HASH,
    )


def _lacks_reason(details: Mapping[str, Any]) -> bool:
    """Say whether a decision is told to come without its written reason."""
    untold = "why" in details and not details["why"]
    return untold or "without" in plain(details.get("departs") or "")


def _noted(story: Story, note: str) -> dict[str, Any]:
    """Read a decision from the words of a note. Raises NotTranslatedError."""
    told: dict[str, Any] = {}
    for clause in re.split(r"[;,]\s+", note.strip().rstrip(".")):
        if performed := _PERFORMED.fullmatch(clause):
            date = dt.date.fromisoformat(performed["date"])
            told["outcome"] = "performance"
            told["until"] = end_of_date(date, story.contract["zone"])
        elif _ELSE_ALL.fullmatch(clause):
            told["else_all"] = True
        elif reasoned := _REASONED.fullmatch(clause):
            told["departs"] = f"{plain(reasoned[1])} a written reason"
        elif plain(clause) in OUTCOMES:
            told["outcome"] = clause
        else:
            raise NotTranslatedError(f"the decision {clause!r}")
    return told


def _outcome(amount_minor: int, paid_minor: int) -> Outcome:
    if amount_minor == 0:
        return Outcome.FOR_SUPPLIER
    return Outcome.FULL_REFUND if amount_minor == paid_minor else Outcome.PARTIAL_REFUND


def _as_recommended(story: Story) -> c.Decide:
    dispute = story.dispute()
    if dispute is None:
        return c.Decide(outcome=Outcome.FOR_SUPPLIER, amount_minor=0)
    advice = recommendation_for(story.order, now=story.desk.now, policy=story.desk.policy)
    return c.Decide(
        outcome=Outcome(advice.outcome.value),
        amount_minor=advice.amount_minor,
        condition=Condition(advice.condition.value),
        until=advice.perform_until,
        otherwise_minor=advice.otherwise_minor,
    )


def with_decisions_made(acts: Iterable[Act], policy: Policy) -> list[Act]:
    """Return the acts with every final decision made so long before that its appeal has just lapsed.

    None is made before the reports that it knows; one that was appealed is final by a second decision, at once.
    """
    told = sorted(acts, key=lambda act: act.at)
    opened_at = [act.at for act in told if act.act == "open_dispute"]
    made = []
    reported_at: list[dt.datetime] = []
    for act in told:
        if act.act == "inspection_report":
            reported_at.append(act.at + ONE_SECOND)
        at = max([act.at - dt.timedelta(days=policy.clocks.appeal_days), *reported_at[-1:]])
        appealed = any(earlier.act == "appeal" and earlier.at < act.at for earlier in told)
        if act.act == "decision_final" and opened_at and opened_at[0] < at and not appealed:
            made.append(Act(at=at, by="mediator", act="decide", details=act.details))
    return sorted([*told, *made], key=lambda act: act.at)


def with_hearings_held(acts: Iterable[Act], policy: Policy) -> list[Act]:
    """Return the acts with a mediator named so early that the evidence round is over before the first decision.

    Where a case names nobody, time alone may bring it before a mediator too late for a decision that it tells of.
    """
    told = sorted(acts, key=lambda act: act.at)
    begun = [act.at for act in told if act.act == "open_dispute"]
    ruled = [act.at for act in told if act.act == "decide"]
    if not begun or not ruled or any(act.act == "name_mediator" for act in told):
        return told
    at = ruled[0] - dt.timedelta(days=policy.clocks.evidence_round_days) - ONE_SECOND
    lengths = policy.clocks
    by_itself = dt.timedelta(
        hours=lengths.negotiation_hours, days=lengths.mediator_named_business_days
    )
    if not begun[0] < at < begun[0] + by_itself:
        return told
    named = Act(at=at, by="platform", act="name_mediator")
    return sorted([*told, named], key=lambda act: act.at)


def decision_final(story: Story, act: Act) -> bool | None:
    """A decision is final at this instant: its appeal has just lapsed, or else it is decided on appeal."""
    dispute = story.dispute()
    if dispute is None:
        return False
    wanted = decision_of(story, act.details)
    made = dispute.decision
    same = made is not None and (made.amount_minor, made.condition) == (
        wanted.amount_minor,
        wanted.condition,
    )
    if same and dispute.appeal_until is not None and dispute.appeal_until <= story.desk.now:
        return True
    if dispute.status is not DisputeStatus.DECIDED:
        to_hearing(story)
        if act.details.get(UNDATED):
            return _decide_in_time(story, wanted)
        story.ask(story.mediator(), wanted)
    still = story.dispute()
    if still is not None and still.status is DisputeStatus.DECIDED:
        appeal_now(story)
        to_hearing(story)
        story.ask(story.mediator(), wanted)
    return None


def _decide_in_time(story: Story, wanted: c.Decide) -> bool:
    """Decide once both sides were heard, and let the time to appeal lapse: no case says on which day."""
    tried = story.desk.ask(story.mediator(), wanted)
    if tried.code == Code.DECISION_TOO_EARLY:
        story.wait_until(dt.datetime.fromisoformat(str(tried.facts["opens_at"])) + ONE_SECOND)
        tried = story.desk.ask(story.mediator(), wanted)
    story.keep(tried)
    dispute = story.dispute()
    if tried.is_done and dispute is not None and dispute.appeal_until is not None:
        story.wait_until(dispute.appeal_until + ONE_SECOND)
        story.run_worker()
    return tried.is_done


def appeal_now(story: Story) -> None:
    """Have a side appeal, so that what is decided next is final."""
    story.ask(story.buyer, c.Appeal(ground="new_evidence", reason_hash=REASON_HASH))


def appeal(story: Story, act: Act) -> bool | None:
    names = act.details.get("names")
    story.ask(
        story.actor(act.by),
        c.Appeal(ground=appeal_ground(names), reason_hash=text_hash(names) if names else ""),
    )
    return None


ACTS: Mapping[str, Player] = {
    "escalate": escalate,
    "escalated": escalated,
    "name_mediator": name_mediator,
    "evidence": evidence,
    "state_wish": state_wish,
    "decide": decide,
    "decision_final": decision_final,
    "appeal": appeal,
}
