"""Shipment and delivery: late, never shipped, price raised, not received, short (programme section 8, A39 to A41, A68).

The supplier proves shipment and delivery; what nothing proves did not happen (ruling A54).
"""

from __future__ import annotations

from collections.abc import Sequence

from fairlot.domain.money import fraction_of
from fairlot.domain.policy.model import Ground
from fairlot.domain.remedy.facts import (
    CaseFacts,
    CaseLine,
    DailyRemedy,
    LateQuantity,
    Stage,
    Wish,
    failed,
)
from fairlot.domain.remedy.finding import Finding, Pool, given_back_reasons, reason
from fairlot.domain.remedy.recommendation import (
    Condition,
    Reason,
    ReasonCode,
    Remedy,
    Step,
    StepName,
)

BASIS_POINTS_WHOLE = 10_000


def late_findings(facts: CaseFacts, lines: Sequence[CaseLine]) -> tuple[Finding, ...]:
    """Judge lateness: the contract's daily remedy for what left or is still to leave, cancellation of what never did."""
    findings: list[Finding] = []
    for line in lines:
        findings.append(_lateness(facts, line))
        if line.unshipped_quantity > 0 and line.is_due:
            findings.append(_unshipped(facts, line, Ground.LATE))
    return tuple(findings)


def never_shipped_findings(facts: CaseFacts, lines: Sequence[CaseLine]) -> tuple[Finding, ...]:
    """Judge what never left: cancellation with full refund once the policy's days are over (ruling A40)."""
    return tuple(
        _unshipped(facts, line, Ground.NEVER_SHIPPED)
        if line.unshipped_quantity > 0
        else _nothing(Ground.NEVER_SHIPPED, line, Pool.UNSHIPPED, ReasonCode.SHIPPED_AS_PROVEN)
        for line in lines
    )


def price_raised_findings(facts: CaseFacts, lines: Sequence[CaseLine]) -> tuple[Finding, ...]:
    """Judge a demand for more: the contract stands, and who does not perform it has never shipped (ruling A68)."""
    return tuple(_at_agreed_price(facts, line) for line in lines)


def not_received_findings(facts: CaseFacts, lines: Sequence[CaseLine]) -> tuple[Finding, ...]:
    """Judge what did not arrive: its price, unless delivery is proven or the buyer's own carrier had it (A32)."""
    findings: list[Finding] = []
    for line in lines:
        if line.unshipped_quantity > 0:
            findings.append(_unshipped(facts, line, Ground.NOT_RECEIVED))
        if line.shipped_quantity > 0:
            findings.append(_undelivered(facts, line))
    return tuple(findings)


def short_findings(lines: Sequence[CaseLine]) -> tuple[Finding, ...]:
    """Judge short quantity: the price of the pieces that did not come and are no longer to come (ruling A68)."""
    findings: list[Finding] = []
    for line in lines:
        kept_back = line.unshipped_quantity if line.is_due else 0
        if line.missing_quantity + kept_back == 0:
            findings.append(
                _nothing(Ground.SHORT_QUANTITY, line, Pool.MISSING, ReasonCode.QUANTITY_COMPLETE)
            )
        for pool, quantity in (
            (Pool.MISSING, line.missing_quantity),
            (Pool.UNSHIPPED, kept_back),
        ):
            if quantity > 0:
                findings.append(
                    _refunded(
                        Ground.SHORT_QUANTITY,
                        line,
                        pool,
                        quantity,
                        remedy=Remedy.MISSING_QUANTITY,
                        code=ReasonCode.QUANTITY_MISSING,
                    )
                )
    return tuple(findings)


def _lateness(facts: CaseFacts, line: CaseLine) -> Finding:
    late = [item for item in facts.late if item.line == line.number and item.days_late > 0]
    if not late:
        code = (
            ReasonCode.SHIPPED_IN_TIME
            if line.shipped_quantity > 0
            else ReasonCode.NOT_CANCELLABLE_YET
        )
        return _nothing(Ground.LATE, line, Pool.LATENESS, code)
    if facts.daily_remedy is None:
        return Finding(
            ground=Ground.LATE,
            line=line.number,
            pool=Pool.LATENESS,
            upheld=True,
            reasons=(
                *(_late_reason(item) for item in late),
                reason(ReasonCode.LATE_WITHOUT_REMEDY, line=line.number),
            ),
        )
    # Pieces that are cancelled are paid back whole; no daily remedy comes on top of them.
    counted = [item for item in late if item.shipped or not _is_cancelled(facts, line)]
    lasting = [item for item in counted if item.shipped]
    steps = tuple(_remedy_step(line, item, facts.daily_remedy) for item in counted)
    lasting_steps = tuple(_remedy_step(line, item, facts.daily_remedy) for item in lasting)
    capped = any(_is_capped(item, facts.daily_remedy) for item in counted)
    cap = reason(
        ReasonCode.LATE_REMEDY_CAPPED,
        line=line.number,
        cap_basis_points=facts.daily_remedy.cap_basis_points,
    )
    return Finding(
        ground=Ground.LATE,
        line=line.number,
        pool=Pool.LATENESS,
        remedy=Remedy.LATE_REMEDY,
        upheld=True,
        amount_minor=sum(step.result_minor for step in steps),
        otherwise_minor=sum(step.result_minor for step in lasting_steps),
        reasons=(*(_late_reason(item) for item in late), *((cap,) if capped else ())),
        steps=steps,
        otherwise_steps=lasting_steps,
    )


def _late_reason(item: LateQuantity) -> Reason:
    return reason(ReasonCode.LATE, line=item.line, quantity=item.quantity, days_late=item.days_late)


def _is_capped(item: LateQuantity, remedy: DailyRemedy) -> bool:
    return item.days_late * remedy.per_day_basis_points > remedy.cap_basis_points


def _remedy_step(line: CaseLine, item: LateQuantity, remedy: DailyRemedy) -> Step:
    base_minor = item.quantity * line.unit_price_minor
    basis_points = min(item.days_late * remedy.per_day_basis_points, remedy.cap_basis_points)
    return Step(
        name=StepName.DAILY_REMEDY,
        line=line.number,
        base_minor=base_minor,
        numerator=basis_points,
        denominator=BASIS_POINTS_WHOLE,
        result_minor=fraction_of(base_minor, basis_points, BASIS_POINTS_WHOLE),
    )


def _is_cancelled(facts: CaseFacts, line: CaseLine) -> bool:
    return line.is_cancellable and facts.wish is not Wish.PERFORMANCE


def _unshipped(facts: CaseFacts, line: CaseLine, ground: Ground) -> Finding:
    """Cancel the pieces that never left, or have them made after all if the buyer asks for it (R40)."""
    if not line.is_cancellable:
        return _nothing(ground, line, Pool.UNSHIPPED, ReasonCode.NOT_CANCELLABLE_YET)
    if facts.wish is Wish.PERFORMANCE:
        return _performed(facts, line, ground, ReasonCode.PERFORMANCE_WISHED)
    return _refunded(
        ground,
        line,
        Pool.UNSHIPPED,
        line.unshipped_quantity,
        remedy=Remedy.CANCELLATION,
        code=ReasonCode.NOT_SHIPPED,
        rests_on=_failed_before(facts, line),
    )


def _at_agreed_price(facts: CaseFacts, line: CaseLine) -> Finding:
    if line.unshipped_quantity == 0:
        return _nothing(Ground.PRICE_RAISED, line, Pool.UNSHIPPED, ReasonCode.SHIPPED_AS_PROVEN)
    if line.is_cancellable:
        return _unshipped(facts, line, Ground.PRICE_RAISED)
    return _performed(facts, line, Ground.PRICE_RAISED, ReasonCode.PRICE_STANDS)


def _undelivered(facts: CaseFacts, line: CaseLine) -> Finding:
    if line.missing_quantity == 0:
        return _nothing(Ground.NOT_RECEIVED, line, Pool.MISSING, ReasonCode.DELIVERY_PROVEN)
    if facts.carrier_chosen_by_buyer:
        return _nothing(Ground.NOT_RECEIVED, line, Pool.MISSING, ReasonCode.CARRIER_OF_BUYER)
    return _refunded(
        Ground.NOT_RECEIVED,
        line,
        Pool.MISSING,
        line.missing_quantity,
        remedy=Remedy.NOT_RECEIVED,
        code=ReasonCode.DELIVERY_NOT_PROVEN,
    )


def _failed_before(facts: CaseFacts, line: CaseLine) -> tuple[str, ...]:
    """A cancellation after a failed inspection rests on it too: its fee comes back (ruling A22)."""
    reports = failed(facts.inspections_of(line.number, Stage.PRE_SHIPMENT))
    return tuple(report.id for report in reports)


def _performed(facts: CaseFacts, line: CaseLine, ground: Ground, code: ReasonCode) -> Finding:
    price_minor = line.unshipped_price_minor
    return Finding(
        ground=ground,
        line=line.number,
        pool=Pool.UNSHIPPED,
        remedy=Remedy.PERFORMANCE,
        upheld=True,
        condition=Condition.PERFORM,
        otherwise_minor=price_minor,
        otherwise_quantity=line.unshipped_quantity,
        rests_on=_failed_before(facts, line),
        reasons=(
            reason(code, line=line.number, quantity=line.unshipped_quantity),
            *given_back_reasons(line),
        ),
        otherwise_steps=(_whole(line, price_minor),),
    )


def _refunded(
    ground: Ground,
    line: CaseLine,
    pool: Pool,
    quantity: int,
    *,
    remedy: Remedy,
    code: ReasonCode,
    rests_on: tuple[str, ...] = (),
) -> Finding:
    unshipped = pool is Pool.UNSHIPPED
    price_minor = line.unshipped_price_minor if unshipped else quantity * line.unit_price_minor
    given_back = given_back_reasons(line) if unshipped else ()
    return Finding(
        ground=ground,
        line=line.number,
        pool=pool,
        remedy=remedy,
        upheld=True,
        amount_minor=price_minor,
        quantity=quantity,
        otherwise_minor=price_minor,
        otherwise_quantity=quantity,
        rests_on=rests_on,
        reasons=(reason(code, line=line.number, quantity=quantity), *given_back),
        steps=(_whole(line, price_minor),),
        otherwise_steps=(_whole(line, price_minor),),
    )


def _nothing(ground: Ground, line: CaseLine, pool: Pool, code: ReasonCode) -> Finding:
    return Finding(
        ground=ground, line=line.number, pool=pool, reasons=(reason(code, line=line.number),)
    )


def _whole(line: CaseLine, price_minor: int) -> Step:
    return Step(
        name=StepName.WHOLE_PRICE,
        line=line.number,
        base_minor=price_minor,
        result_minor=price_minor,
    )
