"""An order's dispute as the facts that the remedy is computed from; it reads, it decides nothing."""

from __future__ import annotations

import datetime as dt

import msgspec

from fairlot.domain.calendar import date_in_zone
from fairlot.domain.order import case_goods, quantities
from fairlot.domain.order.asked import in_days
from fairlot.domain.order.rules.charged_back import at_stake_minor
from fairlot.domain.order.rules.given_back import counted_minor, of_what_left_minor
from fairlot.domain.order.standing import (
    buyers_carrier,
    days_late,
    passed_inspection,
    ready_in_time,
    terms_of,
)
from fairlot.domain.order.state import (
    Claim,
    ClassCount,
    Condition,
    Decision,
    Dispute,
    DisputeCause,
    Inspection,
    LotChoice,
    Order,
    Outcome,
)
from fairlot.domain.order.state import Wish as DisputeWish
from fairlot.domain.order.terms import Party
from fairlot.domain.party import Role
from fairlot.domain.policy.model import Policy
from fairlot.domain.remedy.facts import (
    BuyerDefault,
    CaseClaim,
    CaseFacts,
    CaseLine,
    ClassFinding,
    CountedTerm,
    DailyRemedy,
    Evidence,
    InspectionFacts,
    LateQuantity,
    MeasuredShortfall,
    Seizure,
    Stage,
    Wish,
)
from fairlot.domain.remedy.recommend import recommend
from fairlot.domain.remedy.recommendation import Recommendation

PERCENT_WHOLE = 100


def recommendation_for(order: Order, *, now: dt.datetime, policy: Policy) -> Recommendation:
    """Return what the rules call for in the open dispute, with reasons and arithmetic."""
    return recommend(case_facts(order, now=now, policy=policy))


def decision_by_rule(order: Order, *, now: dt.datetime, policy: Policy) -> Decision:
    """Return the recommendation as the decision that it becomes when the platform is late."""
    advice = recommendation_for(order, now=now, policy=policy)
    return Decision(
        outcome=Outcome(advice.outcome.value),
        amount_minor=advice.amount_minor,
        inspection_fee_minor=advice.fee_back_minor,
        inspection_ids=advice.fee_back_ids,
        condition=Condition(advice.condition.value),
        until=advice.perform_until,
        otherwise_minor=advice.otherwise_minor,
        otherwise_fee_minor=advice.otherwise_fee_back_minor,
        otherwise_inspection_ids=advice.otherwise_fee_back_ids,
        by_rule=True,
        recommended_minor=advice.amount_minor,
        upheld=advice.upheld,
        cancelled=advice.cancelled or msgspec.UNSET,
        unshipped_minor=advice.unshipped_minor,
        shipped_minor=advice.shipped_minor,
        otherwise_shipped_minor=advice.otherwise_shipped_minor,
    )


def case_facts(order: Order, *, now: dt.datetime, policy: Policy) -> CaseFacts:
    """Return the dispute's facts at an instant."""
    terms = terms_of(order)
    dispute = order.dispute
    claims = dispute.claims if dispute is not None else ()
    late_remedy = terms.late_remedy
    return CaseFacts(
        currency=terms.currency,
        paid_minor=at_stake_minor(order),
        lines=tuple(_lines(order, now, policy)),
        claims=tuple(
            CaseClaim(
                ground=claim.ground,
                lines=_lines_still_there(order, claim),
                evidence=_evidence(dispute, claim),
            )
            for claim in claims
            if not claim.lines or _lines_still_there(order, claim)
        ),
        late=tuple(_late(order, now)),
        daily_remedy=None
        if late_remedy is None
        else DailyRemedy(
            per_day_basis_points=late_remedy.per_day_basis_points,
            cap_basis_points=late_remedy.cap_basis_points,
        ),
        inspections=tuple(_inspection(i) for i in order.inspections if i.report),
        wish=_wish(order, dispute),
        inspection_lapsed=dispute is not None and dispute.inspection_lapsed,
        seizure=_seizure(order),
        carrier_chosen_by_buyer=buyers_carrier(terms),
        supplier_silent=dispute is not None and _is_silent(dispute),
        buyer_default=_default(order, dispute, policy),
        perform_until=_perform_until(order, now, policy),
        fee_comes_back=policy.inspection.fee_borne_by_when_upheld is Role.SUPPLIER,
        fee_returned_minor_max=policy.inspection.fee_returned_minor_max.get(terms.currency),
    )


def _lines_still_there(order: Order, claim: Claim) -> tuple[int, ...]:
    """Return a claim's lines without those that a change agreed since has taken out of the contract (ruling A11)."""
    terms = terms_of(order)
    return tuple(number for number in claim.lines if terms.line(number) is not None)


def _lines(order: Order, now: dt.datetime, policy: Policy) -> list[CaseLine]:
    """A line is due once its date is over and cancellable 30 days later, by the policy (ruling A40).

    Pieces that turned out to have left after they were cancelled are none of the order's: later proofs undo nothing (A29).
    """
    ordered = quantities.ordered(order)
    gone = _at_most(quantities.dispatched(order), ordered)
    there = _at_most(case_goods.found(order), gone)
    awaited = _at_most(
        case_goods.awaited(order, now), {line: gone[line] - there.get(line, 0) for line in gone}
    )
    until = order.shipment_until
    is_due = until is not None and now > until and not ready_in_time(order)
    late_days = dt.timedelta(days=policy.clocks.late_cancellation_days)
    cancellable = is_due and until is not None and now > until + late_days
    return [
        CaseLine(
            number=line.number,
            quantity=ordered[line.number],
            unit_price_minor=line.unit_price_minor,
            shipped_quantity=gone.get(line.number, 0),
            delivered_quantity=there.get(line.number, 0),
            awaited_quantity=awaited.get(line.number, 0),
            is_due=is_due,
            is_cancellable=cancellable,
            given_back_minor=counted_minor(
                order, line.number, ordered[line.number] - gone.get(line.number, 0)
            ),
            reduced_minor=of_what_left_minor(order, line.number),
        )
        for line in terms_of(order).lines
    ]


def _at_most(counted: dict[int, int], most: dict[int, int]) -> dict[int, int]:
    return {line: min(pieces, most.get(line, 0)) for line, pieces in counted.items()}


def _late(order: Order, now: dt.datetime) -> list[LateQuantity]:
    """Return late pieces per shipment, and those that have not left, or by D-terms arrived, after the date."""
    if order.shipment_until is None or order.shipment_date is None or ready_in_time(order):
        return []
    found = [
        LateQuantity(line=number, quantity=quantity, days_late=days_late(order, shipment))
        for shipment in order.shipments
        if shipment.dispatched_at is not None and days_late(order, shipment) > 0
        for number, quantity in shipment.quantities.items()
    ]
    if now > order.shipment_until:
        days = (date_in_zone(now, terms_of(order).zone) - order.shipment_date).days
        found += [
            LateQuantity(line=number, quantity=quantity, days_late=days, shipped=shipped)
            for shipped, late in (
                (True, case_goods.not_there(order)),
                (False, quantities.missing(order)),
            )
            for number, quantity in late.items()
        ]
    return found


def _finding(count: ClassCount) -> ClassFinding:
    return ClassFinding(
        found=count.found,
        sample_size=count.sample_size,
        acceptance_number=count.acceptance_number,
    )


def _inspection(inspection: Inspection) -> InspectionFacts:
    report = inspection.report
    assert report is not None
    return InspectionFacts(
        id=inspection.id,
        stage=Stage(inspection.stage.value),
        line=report.line,
        lot=report.lot,
        critical=_finding(report.critical),
        major=_finding(report.major),
        minor=_finding(report.minor),
        mandatory_failed=report.mandatory_failed,
        not_checked=report.not_checked,
        measured=tuple(
            MeasuredShortfall(term_id=m.term_id, agreed=m.agreed, measured=m.measured)
            for m in report.measured_failures
        ),
        not_as_ordered=report.not_as_ordered,
        waived=inspection.waived,
        not_waived=inspection.not_waived,
        counted=tuple(
            CountedTerm(term_id=c.term_id, defect_class=c.defect_class.value, found=c.found)
            for c in report.counted
        ),
        waived_terms=inspection.waived_terms,
        fee_minor=0 if inspection.fee_returned else inspection.fee_minor,
        advanced_by_buyer=inspection.advanced_by is Party.BUYER,
    )


def _wish(order: Order, dispute: Dispute | None) -> Wish:
    """What the buyer asked for in the dispute, else what it chose for a failed lot."""
    if dispute is not None and dispute.wish is not DisputeWish.NONE:
        return Wish(dispute.wish.value)
    if order.lot_choice is LotChoice.REWORK:
        return Wish.REWORK
    if order.lot_choice is LotChoice.REJECTED:
        return Wish.REFUND
    return Wish.NONE


def _perform_until(order: Order, now: dt.datetime, policy: Policy) -> dt.datetime:
    """Return by when what is still to be done would be due.

    Rework by the date in force (ruling A62); goods at the agreed price before their cancellation is due (A40, A68);
    where that has passed and the buyer wants the goods all the same, so many days from now.
    """
    until = order.shipment_until
    if until is None:
        until = in_days(now, terms_of(order).lead_time_days or 0)
    if order.lot_choice is LotChoice.REWORK and now <= until:
        return until
    days = policy.clocks.late_cancellation_days
    last = in_days(until, days)
    return last if now < last else in_days(now, days)


def _is_silent(dispute: Dispute) -> bool:
    return dispute.answer_lapsed and not dispute.answered


def _evidence(dispute: Dispute | None, claim: Claim) -> Evidence:
    """Return what the claimant gave for a claim: evidence on one of its terms, or on none in particular.

    A supplier that declines the dispute or contests an item makes it contested. So does silence, as far as it goes:
    there is no default judgement (ruling A54).
    """
    if dispute is None:
        return Evidence.NONE
    given = [
        item
        for item in dispute.evidence
        if item.by is Party.BUYER and (not item.term_id or item.term_id in claim.term_ids)
    ]
    if not given:
        return Evidence.NONE
    everything_denied = dispute.declined or _is_silent(dispute)
    if everything_denied or all(item.contested for item in given):
        return Evidence.CONTESTED
    return Evidence.UNCONTESTED


def _seizure(order: Order) -> Seizure | None:
    if order.seizure_wrong_goods is None:
        return None
    return Seizure.WRONG_GOODS if order.seizure_wrong_goods else Seizure.DELAY


def _default(order: Order, dispute: Dispute | None, policy: Policy) -> BuyerDefault | None:
    if dispute is None or dispute.cause is DisputeCause.CLAIM:
        return None
    uncollected = dispute.cause is DisputeCause.UNCOLLECTED
    return BuyerDefault(
        inspection_passed=uncollected or passed_inspection(order),
        deposit_minor=at_stake_minor(order),
        kept_percent=PERCENT_WHOLE if uncollected else policy.money.deposit_kept_percent,
        gone_minor=quantities.price_of(order, quantities.dispatched(order)),
    )
