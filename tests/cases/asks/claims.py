"""Questions of what is taken and what it is worth: admission, cover, recommendation."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from fairlot.domain.cover.explain import explain_cover
from fairlot.domain.order import commands as c
from fairlot.domain.order.case import case_facts, recommendation_for
from fairlot.domain.order.events import ShipmentRecorded
from fairlot.domain.order.standing import failed_inspections, is_late
from fairlot.domain.order.state import Claim, DisputeStatus, open_dispute
from fairlot.domain.policy.model import Ground
from fairlot.domain.remedy.recommendation import (
    ReasonCode,
    Recommendation,
    Remedy,
    Step,
    StepName,
)
from tests.cases.asks.asked import Answer, Answerer, Asked
from tests.cases.asks.credit import check_due_by
from tests.cases.case_file import Act
from tests.cases.evidence import findings_in, without_wishes
from tests.cases.story import NotTranslatedError, Result, Story, text_hash
from tests.cases.telling import named_otherwise
from tests.cases.vocabulary import DISPUTE_WORDS, grounds, plain

REMEDY_WORDS: Mapping[Remedy, str] = {
    Remedy.NOTHING_DUE: "for the supplier",
    Remedy.PRICE_REDUCTION: "price reduction",
    Remedy.RETURN_AND_REFUND: "full refund against return",
    Remedy.REFUND_WITHOUT_RETURN: "full refund without return",
    Remedy.REFUND_OR_REWORK: "full refund or rework",
    Remedy.LOT_REFUND: "full refund",
    Remedy.REWORK: "rework",
    Remedy.LATE_REMEDY: "late remedy",
    Remedy.CANCELLATION: "cancellation, full refund",
    Remedy.PERFORMANCE: "performance",
    Remedy.MISSING_QUANTITY: "the missing pieces' price",
    Remedy.NOT_RECEIVED: "full refund",
    Remedy.DEPOSIT_KEPT: "deposit kept",
    Remedy.DEPOSIT_BACK: "deposit back",
    Remedy.COMBINED: "several remedies",
}


ELSE = re.compile(r"\belse\b|\botherwise\b")
NO_EVIDENCE = re.compile(r"(?:no evidence|none|nothing)\.?", re.IGNORECASE)
CONTESTED = re.compile(r"(?<!un)(?<!not )\bcontested\b|\bcontests\b", re.IGNORECASE)


def admits(asked: Asked) -> Answer:
    """Try the act; where it is refused, say why, and where the order and its dispute stand then."""
    story = asked.story
    if asked.details["act"] != "accept" and named_otherwise(story.case, asked.details):
        raise NotTranslatedError(f"an act for another order: {asked.details['for']!r}")
    result = story.attempt(asked.act())
    answer: Answer = {"admitted": result.admitted}
    refusal = result.refusal
    if refusal is not None:
        answer["refused as"] = str(refusal.code)
        answer["facts"] = dict(refusal.facts)
        answer["instants"] = list(_instants(refusal.facts.values()))
    elif not result.admitted:
        answer["refused as"] = result.words or "nothing came of it"
        answer["instants"] = _by_itself(story)
    if "flag" in asked.expected:
        answer["flag"] = _flags(result)
    answer["state"] = _state_words(story)
    return {**answer, **check_due_by(result)}


def _by_itself(story: Story) -> list[dt.datetime]:
    """Return when a dispute goes on by itself, whatever one side wishes alone."""
    dispute = story.dispute()
    negotiates = dispute is not None and dispute.status is DisputeStatus.NEGOTIATION
    until = dispute.negotiation_until if dispute is not None and negotiates else None
    return [] if until is None else [until]


def _flags(result: Result) -> list[str]:
    """Return what the record remarks on an act that was taken all the same (ruling A63)."""
    events = [event for outcome in result.outcomes for event in outcome.events]
    flagged = [e for e in events if isinstance(e, ShipmentRecorded) and e.without_leave]
    return ["shipped without leave"] if flagged else []


def _instants(values: Any) -> list[dt.datetime]:
    found = []
    for value in values:
        try:
            read = dt.datetime.fromisoformat(str(value))
        except ValueError:
            continue
        if read.tzinfo is not None:
            found.append(read)
    return found


def _state_words(story: Story) -> list[str]:
    """Return every word by which the order's status and its latest dispute may be called."""
    order = story.order
    words = [order.status.value.replace("_", " ")]
    if order.dispute is not None:
        words += DISPUTE_WORDS[order.dispute.status]
    return words


def cover(asked: Asked) -> Answer:
    """Ask what the order is protected against now."""
    story = asked.story
    lines = tuple(asked.details.get("lines") or ())
    answers = [
        explain_cover(
            story.order,
            Claim(ground=ground, lines=lines),
            now=story.desk.now,
            policy=story.desk.policy,
        )
        for ground in grounds(asked.details["trouble"])
    ]
    # Of several troubles at once, the one that is protected best.
    told = max(answers, key=lambda answer: (answer.covered, answer.amount_minor))
    answer: Answer = {"covered": told.covered, "amount": told.amount_minor, "until": told.until}
    if told.code is not None:
        answer["refused as"] = str(told.code)
        answer["instants"] = [told.opens_at] if told.opens_at is not None else []
    return answer


def recommendation(asked: Asked) -> Answer:
    """Ask what the rules call for; where nothing is claimed yet, the buyer claims what the facts show."""
    story = asked.story
    _claim_what_is_asked(asked)
    if open_dispute(story.order) is None and story.order.dispute is None:
        raise NotTranslatedError("nothing is claimed, and no claim is admitted")
    _bring_evidence(asked)
    order = story.order
    advice = recommendation_for(order, now=story.desk.now, policy=story.desk.policy)
    facts = case_facts(order, now=story.desk.now, policy=story.desk.policy)
    lines = set(asked.details.get("lines") or ())
    late = [item.days_late for item in facts.late if not lines or item.line in lines]
    main = _main_step(advice)
    exact = None if main is None else main.base_minor * Fraction(main.numerator, main.denominator)
    return {
        "outcome": REMEDY_WORDS[advice.remedy],
        "amount": _amount(asked, advice),
        "inspection_fee_back": advice.fee_back_minor,
        "days_late": max(late, default=0),
        "base": None if main is None else main.base_minor,
        "share": None if main is None else Fraction(main.numerator, main.denominator),
        "exact": exact,
        "capped": _is_capped(advice),
        "reasons": [reason.code.value for reason in advice.reasons],
    }


def _amount(asked: Asked, advice: Recommendation) -> int:
    """Return what is due; where the answer names the outcome of an order to perform that fails, what is due then."""
    told = plain(asked.expected.get("outcome") or "")
    if advice.remedy is Remedy.PERFORMANCE and ELSE.search(told):
        return advice.otherwise_minor
    return advice.amount_minor


def _claim_what_is_asked(asked: Asked) -> None:
    story = asked.story
    order = story.order
    if open_dispute(order) is not None:
        return
    lines = tuple(asked.details.get("lines") or ())
    if failed_inspections(order) and story.ask(story.buyer, c.RejectLot()).is_done:
        return
    if order.seizure_wrong_goods:
        seized = Claim(ground=Ground.COUNTERFEIT, lines=lines)
        story.ask(story.buyer, c.OpenDispute(claims=(seized,)))
        return
    named = lines or tuple(line.number for line in order.terms.lines) if order.terms else lines
    late = tuple(line for line in named if is_late(order, line, story.desk.now))
    if late:
        story.ask(story.buyer, c.OpenDispute(claims=(Claim(ground=Ground.LATE, lines=late),)))


def _bring_evidence(asked: Asked) -> None:
    """Evidence that a question brings with it is submitted before it is asked."""
    brought = asked.details.get("evidence")
    dispute = asked.story.dispute()
    if not brought or dispute is None:
        return
    if dispute.status not in {DisputeStatus.NEGOTIATION, DisputeStatus.MEDIATION}:
        raise NotTranslatedError("evidence after the round")
    if not isinstance(brought, str):
        raise NotTranslatedError(f"the evidence {brought!r}")
    brought = without_wishes(brought)
    if not brought or NO_EVIDENCE.fullmatch(brought):
        return
    findings = findings_in(brought, dispute, asked.story.contract["terms"])
    if findings is not None:
        # What somebody measured or counted comes into a case as a report.
        asked.story.do(
            Act(at=asked.story.desk.now, by="inspector", act="inspection_report", details=findings)
        )
        return
    item_hash = text_hash(brought)
    asked.story.ask(asked.story.buyer, c.SubmitEvidence(item_hash=item_hash))
    if CONTESTED.search(brought):
        asked.story.ask(asked.story.supplier.actor, c.ContestEvidence(item_hash=item_hash))


def _main_step(advice: Recommendation) -> Step | None:
    steps = [step for step in advice.steps if step.name is not StepName.INSPECTION_FEE]
    return steps[0] if steps else None


def _is_capped(advice: Recommendation) -> bool:
    caps = {ReasonCode.LATE_REMEDY_CAPPED, ReasonCode.CAPPED_AT_LINE, ReasonCode.CAPPED_AT_PAID}
    return any(reason.code in caps for reason in advice.reasons)


ASKS: Mapping[str, Answerer] = {
    "admits": admits,
    "cover": cover,
    "recommendation": recommendation,
}
