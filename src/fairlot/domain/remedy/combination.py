"""Findings put together: line by line the most generous of each pool, never above the line's price nor what was paid."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeAlias, TypeVar

from fairlot.domain.remedy.facts import CaseFacts, CaseLine
from fairlot.domain.remedy.finding import Finding, Pool, reason
from fairlot.domain.remedy.recommendation import (
    Condition,
    Outcome,
    Reason,
    ReasonCode,
    Recommendation,
    Remedy,
    Step,
    StepName,
)

Item = TypeVar("Item")
# What applies of a finding: an amount, and the pieces it pays back whole.
Side: TypeAlias = Callable[[Finding], tuple[int, int]]


def _standing(findings: Iterable[Finding], line: CaseLine) -> tuple[Finding, ...]:
    """Return the findings that pay: of each pool the most generous."""
    of_line = [finding for finding in findings if finding.line == line.number]
    standing: list[Finding] = []
    for pool in Pool:
        of_pool = [finding for finding in of_line if finding.pool is pool]
        if of_pool:
            standing.append(max(of_pool, key=_generosity))
    return tuple(standing)


def _generosity(finding: Finding) -> tuple[int, int]:
    return finding.amount_minor, finding.otherwise_minor


def combine(facts: CaseFacts, findings: Sequence[Finding]) -> Recommendation:
    """Put the findings of all claims together into one recommendation."""
    standing = [finding for line in facts.lines for finding in _standing(findings, line)]
    conditions = {finding.condition for finding in standing}
    # A return and a performance at once: the decision waits for the return, the contract still asks for the other.
    condition = next(
        (kind for kind in (Condition.RETURN, Condition.PERFORM) if kind in conditions),
        Condition.NONE,
    )
    amount_minor, caps = _amount(facts, standing, _now)
    fails = _failing(condition)
    otherwise_minor, _ = _amount(facts, standing, fails)
    has_otherwise = condition is not Condition.NONE
    fee_ids = _fee_ids(facts, standing, _now, condition)
    otherwise_ids = _fee_ids(facts, standing, fails, condition)
    fee_steps = tuple(_fee_step(facts, inspection_id) for inspection_id in fee_ids)
    contested = not facts.inspection_lapsed and any(finding.contested for finding in findings)
    return Recommendation(
        outcome=outcome_of(amount_minor, facts.paid_minor),
        remedy=_remedy(standing),
        amount_minor=amount_minor,
        condition=condition,
        perform_until=facts.perform_until if condition is Condition.PERFORM else None,
        otherwise_minor=otherwise_minor,
        fee_back_minor=sum(step.result_minor for step in fee_steps),
        fee_back_ids=fee_ids,
        otherwise_fee_back_minor=sum(
            _fee_step(facts, inspection_id).result_minor for inspection_id in otherwise_ids
        ),
        otherwise_fee_back_ids=otherwise_ids,
        inspection_first=contested,
        cancelled={
            finding.line: finding.quantity
            for finding in standing
            if finding.pool is Pool.UNSHIPPED and finding.quantity > 0
        },
        unshipped_minor={
            finding.line: finding.amount_minor - finding.otherwise_minor
            for finding in standing
            if finding.pool is Pool.LATENESS and finding.amount_minor > finding.otherwise_minor
        },
        shipped_minor=_of_what_left(facts, standing, _now),
        otherwise_shipped_minor=_of_what_left(facts, standing, fails) if has_otherwise else {},
        upheld=tuple(dict.fromkeys(finding.ground for finding in findings if finding.upheld)),
        reasons=_reasons(facts, findings, caps, fee_steps, fee_ids, contested=contested),
        steps=(*(step for finding in standing for step in finding.steps), *fee_steps),
        otherwise_steps=_otherwise_steps(standing, condition),
        intervals=tuple(
            dict.fromkeys(interval for finding in findings for interval in finding.intervals)
        ),
    )


def _now(finding: Finding) -> tuple[int, int]:
    """Return a finding's amount and the pieces paid back whole, its condition met."""
    return finding.amount_minor, finding.quantity


def _failing(condition: Condition) -> Side:
    """Return the side of each finding that applies when the decision's condition fails.

    Pieces that are then paid back because nobody made them are not late any more.
    """

    def side(finding: Finding) -> tuple[int, int]:
        fails = condition is not Condition.NONE and finding.condition is condition
        given_up = condition is Condition.PERFORM and finding.pool is Pool.LATENESS
        if fails or given_up:
            return finding.otherwise_minor, finding.otherwise_quantity
        return _now(finding)

    return side


def _otherwise_steps(standing: Sequence[Finding], condition: Condition) -> tuple[Step, ...]:
    if condition is Condition.NONE:
        return ()
    return tuple(
        step
        for finding in standing
        for step in (finding.otherwise_steps if finding.condition is condition else finding.steps)
    )


def _amount(
    facts: CaseFacts, standing: Sequence[Finding], side: Side
) -> tuple[int, tuple[Reason, ...]]:
    """Add up line by line under both caps; an order paid back whole gives back all that was paid for it."""
    total_minor = 0
    caps: list[Reason] = []
    whole_lines = 0
    for line in facts.lines:
        of_line = [finding for finding in standing if finding.line == line.number]
        amount_minor = sum(side(finding)[0] for finding in of_line)
        most_minor = sum(_parts(line, of_line, side))
        if amount_minor > most_minor:
            caps.extend(_line_caps(line, most_minor))
        total_minor += most_minor
        whole_lines += sum(side(finding)[1] for finding in of_line) >= line.quantity
    if whole_lines == len(facts.lines) and total_minor > 0:
        return facts.paid_minor, tuple(caps)
    if total_minor > facts.paid_minor:
        caps.append(reason(ReasonCode.CAPPED_AT_PAID, paid_minor=facts.paid_minor))
    return min(total_minor, facts.paid_minor), tuple(caps)


def _parts(line: CaseLine, of_line: Sequence[Finding], side: Side) -> tuple[int, int]:
    """Return what is given for the pieces of a line that left and for those that did not, neither above its price.

    A daily remedy is for both: what of it lasts when goods are cancelled is for those that left.
    """
    left_minor = unshipped_minor = 0
    for finding in of_line:
        amount_minor, _ = side(finding)
        of_left_minor = amount_minor
        if finding.pool is Pool.UNSHIPPED:
            of_left_minor = 0
        elif finding.pool is Pool.LATENESS:
            of_left_minor = min(amount_minor, finding.otherwise_minor)
        left_minor += of_left_minor
        unshipped_minor += amount_minor - of_left_minor
    return (
        min(left_minor, line.shipped_price_minor),
        min(unshipped_minor, line.unshipped_price_minor),
    )


def _line_caps(line: CaseLine, most_minor: int) -> Iterator[Reason]:
    if line.reduced_minor > 0:
        given_back_minor = line.reduced_minor
        code = ReasonCode.REDUCED_BEFORE
        yield reason(code, line=line.number, given_back_minor=given_back_minor)
    yield reason(ReasonCode.CAPPED_AT_LINE, line=line.number, price_minor=most_minor)


def _of_what_left(facts: CaseFacts, standing: Sequence[Finding], side: Side) -> dict[int, int]:
    """Return per line what is given for pieces that have left: not for those that wait, nor for their lateness."""
    found: dict[int, int] = {}
    for line in facts.lines:
        of_line = [finding for finding in standing if finding.line == line.number]
        amount_minor, _ = _parts(line, of_line, side)
        if amount_minor > 0:
            found[line.number] = amount_minor
    return found


def outcome_of(amount_minor: int, paid_minor: int) -> Outcome:
    """Name what an amount comes to of what was paid."""
    if amount_minor == 0:
        return Outcome.FOR_SUPPLIER
    return Outcome.FULL_REFUND if amount_minor == paid_minor else Outcome.PARTIAL_REFUND


def _remedy(standing: Sequence[Finding]) -> Remedy:
    remedies = {finding.remedy for finding in standing if finding.remedy is not Remedy.NOTHING_DUE}
    if len(remedies) > 1:
        return Remedy.COMBINED
    return next(iter(remedies), Remedy.NOTHING_DUE)


def _fee_ids(
    facts: CaseFacts, standing: Sequence[Finding], side: Side, condition: Condition
) -> tuple[str, ...]:
    """Return the inspections whose fee comes back: the buyer advanced it, and an amount due rests on its verdict (A22).

    A claim upheld against return stays upheld when the goods are kept.
    """
    if not facts.fee_comes_back:
        return ()
    resting = {
        inspection_id
        for finding in standing
        if side(finding)[0] > 0
        or (finding.condition is Condition.RETURN and condition is Condition.RETURN)
        for inspection_id in finding.rests_on
    }
    return tuple(
        report.id
        for report in facts.inspections
        if report.id in resting and report.advanced_by_buyer and report.fee_minor > 0
    )


def _fee_step(facts: CaseFacts, inspection_id: str) -> Step:
    fee_minor = next(report.fee_minor for report in facts.inspections if report.id == inspection_id)
    most = facts.fee_returned_minor_max
    return Step(
        name=StepName.INSPECTION_FEE,
        base_minor=fee_minor,
        result_minor=fee_minor if most is None else min(fee_minor, most),
    )


def _reasons(
    facts: CaseFacts,
    findings: Sequence[Finding],
    caps: tuple[Reason, ...],
    fee_steps: tuple[Step, ...],
    fee_ids: tuple[str, ...],
    *,
    contested: bool,
) -> tuple[Reason, ...]:
    reasons = [item for finding in findings for item in finding.reasons]
    if facts.supplier_silent:
        reasons.append(reason(ReasonCode.SUPPLIER_SILENT))
    if contested:
        reasons.append(reason(ReasonCode.INSPECTION_FIRST))
    reasons.extend(caps)
    reasons.extend(
        reason(ReasonCode.FEE_BACK, inspection=inspection_id, fee_minor=step.result_minor)
        for inspection_id, step in zip(fee_ids, fee_steps, strict=True)
    )
    return _unique(reasons)


def _unique(items: Iterable[Item]) -> tuple[Item, ...]:
    """Return each of some values once, in their order; they need not be hashable."""
    unique: list[Item] = []
    for item in items:
        if item not in unique:
            unique.append(item)
    return tuple(unique)
