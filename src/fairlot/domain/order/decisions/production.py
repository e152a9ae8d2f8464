"""Decisions during production: updates, inspections and what follows from their verdicts (R29, R30, R36; A55, A62 to A65)."""

from __future__ import annotations

import datetime as dt

from fairlot.domain.money import AMOUNT_MINOR_MAX
from fairlot.domain.order.asked import Asked, Story, in_business_days, in_days
from fairlot.domain.order.commands import (
    AgreeInspectionFee,
    BookInspection,
    NotifyGoodsReady,
    PostProductionUpdate,
    RecordInspectionReport,
    RejectLot,
    RequestProductionUpdate,
    RequestRework,
    WaiveFindings,
)
from fairlot.domain.order.decisions.hearing import decision_clock_moved, is_being_decided
from fairlot.domain.order.events import (
    DisputeOpened,
    FindingsWaived,
    GoodsReadyNotified,
    InspectionBooked,
    InspectionFeeAgreed,
    InspectionReported,
    LotRejected,
    OrderEvent,
    ProductionUpdated,
    ProductionUpdateRequested,
    ReworkRequested,
)
from fairlot.domain.order.ids import dispute_id_for
from fairlot.domain.order.quantities import all_dispatched
from fairlot.domain.order.refusals import Code, Refused, refuse_if
from fairlot.domain.order.rules.verdict import report_of
from fairlot.domain.order.standing import (
    failed_inspections,
    is_triggered,
    missing_minor,
    terms_of,
)
from fairlot.domain.order.state import (
    Claim,
    DisputeCause,
    Inspection,
    InspectionStage,
    LotChoice,
    Order,
    Report,
    Status,
    Verdict,
    open_dispute,
)
from fairlot.domain.policy.model import Ground, Policy

INSPECTIONS_MAX = 20
PERCENT_MAX = 100
# From the second failed inspection on, the refund path opens by itself (ruling A64).
FAILURES_THAT_OPEN_A_DISPUTE = 2


def request_update(
    order: Order, command: RequestProductionUpdate, asked: Asked
) -> tuple[OrderEvent, ...]:
    """The buyer asks how production stands."""
    del order, command
    return (ProductionUpdateRequested(at=asked.now),)


def post_update(
    order: Order, command: PostProductionUpdate, asked: Asked
) -> tuple[OrderEvent, ...]:
    """The supplier tells how production stands."""
    del order
    refuse_if(not 0 <= command.percent <= PERCENT_MAX, Code.AMOUNT_TOO_LARGE, most=PERCENT_MAX)
    return (ProductionUpdated(at=asked.now, note_hash=command.note_hash, percent=command.percent),)


def agree_fee(order: Order, command: AgreeInspectionFee, asked: Asked) -> tuple[OrderEvent, ...]:
    """Recorded once and never asked for again (R36); booking an inspection says it as well."""
    del command
    refuse_if(asked.party in order.inspection_fee_agreed_by, Code.ALREADY_CONFIRMED)
    return (InspectionFeeAgreed(at=asked.now, by=asked.party),)


def book_inspection(order: Order, command: BookInspection, asked: Asked) -> tuple[OrderEvent, ...]:
    """Book with a designated company; a party that advances the fee is never refused (R36)."""
    companies = asked.policy.inspection.companies
    refuse_if(
        command.company not in companies,
        Code.COMPANY_NOT_DESIGNATED,
        companies=", ".join(companies),
    )
    refuse_if(
        any(i.id == command.inspection_id for i in order.inspections),
        Code.REFERENCE_REUSED,
        reference=command.inspection_id,
    )
    refuse_if(command.fee_minor < 0, Code.AMOUNT_NOT_POSITIVE)
    refuse_if(command.fee_minor > AMOUNT_MINOR_MAX, Code.AMOUNT_TOO_LARGE)
    refuse_if(len(order.inspections) >= INSPECTIONS_MAX, Code.TOO_MANY_EVENTS, most=INSPECTIONS_MAX)
    days = asked.policy.clocks.inspection_report_business_days
    return (
        InspectionBooked(
            at=asked.now,
            inspection_id=command.inspection_id,
            company=command.company,
            stage=command.stage,
            fee_minor=command.fee_minor,
            currency=terms_of(order).currency,
            advanced_by=asked.party,
            report_due_at=in_business_days(order, asked.now, days, asked.policy),
            ordered=command.stage is InspectionStage.DISPUTE and _is_waited_for(order),
        ),
    )


def _is_waited_for(order: Order) -> bool:
    """Say whether a decision waits for an inspection booked now: it was asked for, or the round is not closed yet."""
    dispute = open_dispute(order)
    if dispute is None:
        return False
    return dispute.inspection_until is not None or not dispute.evidence_closed


def report_inspection(
    order: Order, command: RecordInspectionReport, asked: Asked
) -> tuple[OrderEvent, ...]:
    """Compute the verdict; a pass may make the balance due, a failure opens the buyer's choice or a dispute."""
    inspection = next((i for i in order.inspections if i.id == command.inspection_id), None)
    if inspection is None:
        raise Refused(Code.UNKNOWN_REFERENCE, reference=command.inspection_id)
    refuse_if(inspection.report is not None, Code.ALREADY_REPORTED)
    refuse_if(inspection.lapsed, Code.REPORT_TOO_LATE)
    report = report_of(terms_of(order), command)
    story = Story(order)
    before_shipment = inspection.stage is InspectionStage.PRE_SHIPMENT
    story.add(_reported(order, command.inspection_id, report, asked, before_shipment))
    if before_shipment:
        if report.verdict is Verdict.FAILED:
            _add_second_failure(story, report, asked)
    else:
        _add_moved_clock(story, inspection, asked)
    return story.told()


def _reported(
    order: Order,
    inspection_id: str,
    report: Report,
    asked: Asked,
    before_shipment: bool,  # noqa: FBT001  (named at the call)
) -> InspectionReported:
    bare = InspectionReported(at=asked.now, inspection_id=inspection_id, report=report)
    if not before_shipment:
        return bare
    story = Story(order)
    story.add(bare)
    balance_until = _balance_until(story.order, asked.now, asked.policy)
    choice_until = None
    if report.verdict is Verdict.FAILED and _leaves_a_choice(story.order, report):
        days = asked.policy.clocks.rework_choice_business_days
        choice_until = in_business_days(order, asked.now, days, asked.policy)
    return InspectionReported(
        at=asked.now,
        inspection_id=inspection_id,
        report=report,
        balance_until=balance_until if order.balance_until is None else None,
        choice_until=choice_until,
    )


def _leaves_a_choice(order: Order, report: Report) -> bool:
    """Say whether the buyer may choose after a failed report: the lot is there, and no dispute decides about it (A62, A64)."""
    first = failed_inspections(order, line=report.line) < FAILURES_THAT_OPEN_A_DISPUTE
    return first and not all_dispatched(order) and open_dispute(order) is None


def _balance_until(order: Order, now: dt.datetime, policy: Policy) -> dt.datetime | None:
    """Return when the balance is due, if something beyond the first instalment is asked for and missing."""
    later = any(is_triggered(order, i) for i in terms_of(order).instalments[1:])
    if later and order.status is not Status.AGREED and missing_minor(order) > 0:
        return in_days(now, policy.clocks.balance_due_days)
    return None


def _add_second_failure(story: Story, report: Report, asked: Asked) -> None:
    """At the second failure of a lot a dispute opens for the buyer with both reports (ruling A64)."""
    order = story.order
    second = failed_inspections(order, line=report.line) >= FAILURES_THAT_OPEN_A_DISPUTE
    if second and open_dispute(order) is None and order.lot_choice is not LotChoice.REJECTED:
        add_quality_dispute(story, report, asked, by_itself=True)


def add_quality_dispute(story: Story, report: Report, asked: Asked, *, by_itself: bool) -> None:
    """Open a dispute for quality over the lines of a failed lot; its failed reports are the evidence."""
    order = story.order
    lengths = asked.policy.clocks
    lines = tuple(line.number for line in terms_of(order).lines)
    if report.line is not None:
        lines = (report.line,)
    story.add(
        DisputeOpened(
            at=asked.now,
            dispute_id=dispute_id_for(order),
            cause=DisputeCause.CLAIM,
            claims=(Claim(ground=Ground.QUALITY, lines=lines),),
            answer_until=asked.now + dt.timedelta(hours=lengths.supplier_answer_hours),
            negotiation_until=asked.now + dt.timedelta(hours=lengths.negotiation_hours),
            by_itself=by_itself,
        )
    )


def _add_moved_clock(story: Story, inspection: Inspection, asked: Asked) -> None:
    """An ordered report that comes after the round restarts the decision's clocks (ruling A53)."""
    if inspection.ordered and is_being_decided(story.order):
        story.add(decision_clock_moved(story.order, at=asked.now, policy=asked.policy))


def _failed_lot(order: Order) -> Report:
    """Return the latest report before shipment, which must be one of failure."""
    reports = [
        i.report
        for i in order.inspections
        if i.report is not None and i.stage is InspectionStage.PRE_SHIPMENT
    ]
    if not reports or reports[-1].verdict is not Verdict.FAILED:
        raise Refused(Code.NO_FAILED_INSPECTION)
    return reports[-1]


def _lot_to_choose(order: Order) -> Report:
    """Return the failed report about which the buyer may choose, because no signed act accepted it (ruling A63)."""
    report = _failed_lot(order)
    waived = order.lot_choice is LotChoice.WAIVED
    refuse_if(waived, Code.CLAIM_GIVEN_UP, ground=Ground.QUALITY)
    return report


def reject_lot(order: Order, command: RejectLot, asked: Asked) -> tuple[OrderEvent, ...]:
    """Rejection opens a dispute with the report as evidence, before shipping cost arises (R30; ruling A62)."""
    del command
    report = _lot_to_choose(order)
    refuse_if(open_dispute(order) is not None, Code.DISPUTE_ALREADY_OPEN)
    given_up = any(claim.ground is Ground.QUALITY for claim in order.withdrawn_claims)
    refuse_if(given_up, Code.CLAIM_GIVEN_UP, ground=Ground.QUALITY)
    reworked = order.lot_choice is LotChoice.REWORK and not _is_date_over(order, asked.now)
    refuse_if(reworked, Code.CHOICE_LAPSED)
    story = Story(order)
    story.add(LotRejected(at=asked.now))
    add_quality_dispute(story, report, asked, by_itself=False)
    return story.told()


def request_rework(order: Order, command: RequestRework, asked: Asked) -> tuple[OrderEvent, ...]:
    """The buyer chooses rework and a second inspection; after the shipment date only the refund is left (A62)."""
    del command
    _lot_to_choose(order)
    refuse_if(open_dispute(order) is not None, Code.DISPUTE_ALREADY_OPEN)
    refuse_if(order.lot_choice is LotChoice.REWORK, Code.ALREADY_ASKED)
    if order.shipment_date is not None and _is_date_over(order, asked.now):
        raise Refused(Code.CHOICE_LAPSED, date=order.shipment_date.isoformat())
    return (ReworkRequested(at=asked.now, by_silence=False),)


def _is_date_over(order: Order, now: dt.datetime) -> bool:
    return order.shipment_until is not None and now > order.shipment_until


def waive_findings(order: Order, command: WaiveFindings, asked: Asked) -> tuple[OrderEvent, ...]:
    """An explicit signed act of the buyer; it covers the named findings up to the reported extent (ruling A63)."""
    _failed_lot(order)
    refuse_if(not command.signature_hash, Code.NOT_SIGNED)
    for term_id in command.term_ids:
        refuse_if(terms_of(order).term(term_id) is None, Code.UNKNOWN_TERM, term=term_id)
    return (
        FindingsWaived(
            at=asked.now, term_ids=command.term_ids, signature_hash=command.signature_hash
        ),
    )


def notify_ready(order: Order, command: NotifyGoodsReady, asked: Asked) -> tuple[OrderEvent, ...]:
    """Notice that the goods are ready: it may make the balance due and stop lateness (rulings A36, A65)."""
    del command
    refuse_if(order.ready_at is not None, Code.ALREADY_CONFIRMED)
    story = Story(order)
    story.add(GoodsReadyNotified(at=asked.now))
    until = _balance_until(story.order, asked.now, asked.policy)
    if order.balance_until is not None:
        until = None
    return (GoodsReadyNotified(at=asked.now, balance_until=until),)
