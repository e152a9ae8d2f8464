"""Questions of computed figures: fees and ways to pay, sampling plans, verdicts, intervals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fairlot.domain.order.decisions.fee_consent import fee_known_at
from fairlot.domain.order.state import Report
from fairlot.domain.policy.fees import offered_ways
from fairlot.domain.sampling import ClassPlan, inspection_plan, share_defective
from tests.cases.asks.asked import Answer, Answerer, Asked
from tests.cases.case_file import Act
from tests.cases.contract import terms_of
from tests.cases.story import NotTranslatedError
from tests.cases.vocabulary import SAMPLE_POLICIES, plain

CLASSES = ("critical", "major", "minor")
LATEST = -1
ORDINALS = {
    "first": 1,
    "1st": 1,
    "second": 2,
    "2nd": 2,
    "third": 3,
    "3rd": 3,
    "last": LATEST,
    "latest": LATEST,
}
PARTS_PER_MILLION = 1_000_000
# Ruling A67: Clopper and Pearson's interval is the binomial's exact one.
METHOD_WORDS = {
    "binomial": ["clopper", "binomial"],
    "hypergeometric": ["hypergeometric"],
}


def fees(asked: Asked) -> Answer:
    """Ask what each offered way to pay costs, and which of card and e-checking is cheaper."""
    offers = {offer.name: offer for offer in _offers(asked) if offer.offered}
    answer: Answer = {
        name: {"fee": offer.fee_minor, "total": offer.total_minor} for name, offer in offers.items()
    }
    compared = [offers[name] for name in ("card", "e-checking") if name in offers]
    if len(compared) == 2:
        card, checking = compared
        if card.fee_minor == checking.fee_minor:
            answer["cheaper"] = "equal"
        else:
            answer["cheaper"] = min(compared, key=lambda offer: offer.fee_minor).name
    return answer


def _offers(asked: Asked) -> Any:
    story = asked.story
    edition = asked.details.get("policy") or story.edition
    if edition not in story.office.policies:
        raise NotTranslatedError(f"no edition {edition!r} ships with the product")
    payment = story.contract["payment"]
    return offered_ways(
        story.desk.policy if edition == story.edition else story.office.policies[edition],
        amount_minor=asked.details.get("amount", story.contract["total"]),
        currency=asked.details.get("currency", story.contract["currency"]),
        buyer_country=asked.details.get("buyer_country", payment.get("buyer_country", "")),
        at=story.desk.now,
        agreed_at=lambda rail: fee_known_at(story.order, rail, story.desk.now),
    )


def offered(asked: Asked) -> Answer:
    """Ask which ways to pay are offered; a way offered with a remark is offered."""
    return {
        offer.name: {"offered": offer.offered, "remark": offer.remark} for offer in _offers(asked)
    }


def plan(asked: Asked) -> Answer:
    """Ask for the sampling plan of a lot."""
    terms = terms_of(asked.story.contract, version="h1")
    mode = plain(asked.details.get("mode") or "separate")
    if mode not in SAMPLE_POLICIES:
        mode = "largest_letter" if "letter" in mode else "largest_n" if "larg" in mode else mode
    if mode not in SAMPLE_POLICIES:
        raise NotTranslatedError(f"the sampling policy {mode!r}")
    made = inspection_plan(
        lot_size=asked.details["lot"],
        level=terms.sampling.level,  # type: ignore[arg-type]  # as the contract writes it
        aql_critical=terms.sampling.aql_critical,
        aql_major=terms.sampling.aql_major,
        aql_minor=terms.sampling.aql_minor,
        policy=mode,  # type: ignore[arg-type]  # one of SAMPLE_POLICIES
    )
    answer: Answer = {"letter": made.code_letter}
    for name in CLASSES:
        answer[name] = _class_plan(made.of(name))  # type: ignore[arg-type]  # one of the classes
    return answer


def _class_plan(made: ClassPlan) -> Answer:
    return {
        "plan_letter": made.plan_letter,
        "n": made.sample_size,
        "ac": made.acceptance_number,
        "re": made.rejection_number,
    }


def verdict(asked: Asked) -> Answer:
    """Ask what an inspection came to: the latest report, the one named, or one with other counts."""
    story = asked.story
    counts = {name: asked.details[name] for name in CLASSES if name in asked.details}
    if counts or "not_checked" in asked.details:
        lot = sum(line["qty"] for line in story.contract["lines"])
        reports = [i.report for i in story.order.inspections if i.report is not None]
        if reports:
            lot = reports[-1].lot
        other = Act(
            at=story.desk.now,
            by="inspector",
            act="inspection_report",
            details={"lot": lot, **counts, "not_checked": asked.details.get("not_checked")},
        )
        result = story.attempt(other)
        if not result.admitted:
            refusal = result.refusal
            return {"result": None if refusal is None else str(refusal.code)}
    report = _report(asked)
    return {
        "result": report.verdict.value,
        "by_class": {name: _judged(report, name) for name in CLASSES},
    }


def _report(asked: Asked) -> Report:
    reports = [i.report for i in asked.story.order.inspections if i.report is not None]
    named = asked.details.get("report")
    if not reports:
        raise NotTranslatedError("no report to judge")
    number = ORDINALS.get(plain(named).removesuffix(" report"), named)
    if number == LATEST:
        return reports[-1]
    if isinstance(number, int) and 0 < number <= len(reports):
        return reports[number - 1]
    if named is not None:
        raise NotTranslatedError(f"the report {named!r}")
    return reports[-1]


def _judged(report: Report, name: str) -> str:
    count = getattr(report, name)
    sign = ">" if count.found > count.acceptance_number else "<="
    return f"{count.found} {sign} {count.acceptance_number}"


def interval(asked: Asked) -> Answer:
    """Ask for the interval of the share defective in the classes that failed, as it is shown."""
    report = _report(asked)
    rejected = [
        count
        for count in (report.critical, report.major, report.minor)
        if count.found > count.acceptance_number
    ]
    count = rejected[0] if rejected else report.major
    found = sum(c.found for c in rejected) if rejected else count.found
    estimate = share_defective(found=found, sample_size=count.sample_size, lot_size=report.lot)
    return {
        "point": float(estimate.share),
        "low": estimate.lower_parts_per_million / PARTS_PER_MILLION,
        "high": estimate.upper_parts_per_million / PARTS_PER_MILLION,
        "level": float(estimate.confidence),
        "method": METHOD_WORDS[estimate.method],
        "tolerance": asked.expected.get("tolerance"),
    }


ASKS: Mapping[str, Answerer] = {
    "fees": fees,
    "offered": offered,
    "plan": plan,
    "verdict": verdict,
    "interval": interval,
}
