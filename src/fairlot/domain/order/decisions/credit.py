"""Decisions about letters of credit: matched, presented, checked, waived, honoured (R24; ruling A17).

A credit that matches secures the price: the order is in production. Honoured, it has paid the supplier, as under direct
custody: nothing is held. Not honoured, the price is due by another way to pay.
"""

from __future__ import annotations

import datetime as dt
import re

from fairlot.domain.calendar import end_of_date
from fairlot.domain.money import AMOUNT_MINOR_MAX
from fairlot.domain.order import quantities
from fairlot.domain.order.asked import Asked, Story, check_ahead, in_business_days, in_days
from fairlot.domain.order.clocks.credit import presentation_until
from fairlot.domain.order.commands import (
    PresentDocuments,
    RecordCreditAdvised,
    RecordCreditHonoured,
    RecordDocumentsRefused,
    WaiveDiscrepancies,
)
from fairlot.domain.order.decisions.funding import add_completion
from fairlot.domain.order.events import (
    CreditAdvised,
    CreditHonoured,
    CreditLapsed,
    DiscrepanciesWaived,
    DocumentsPresented,
    DocumentsRefused,
    OrderEvent,
)
from fairlot.domain.order.refusals import Code, Refused, refuse_if
from fairlot.domain.order.rules.terms import shipment_due
from fairlot.domain.order.standing import missing_minor, terms_of
from fairlot.domain.order.state import (
    Credit,
    CreditDocument,
    CreditMismatch,
    CreditStatus,
    Discrepancy,
    DisputeCause,
    Order,
    Status,
    open_dispute,
)
from fairlot.domain.policy.fees import way_in_force
from fairlot.domain.policy.model import Policy, Rail

PRESENTATIONS_MAX = 3
PRESENTATION_DAYS_MAX = 365
# A bank identifier code: bank, country, place, and perhaps a branch (ISO 9362).
BIC = re.compile(r"[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?")


def record_advised(
    order: Order, command: RecordCreditAdvised, asked: Asked
) -> tuple[OrderEvent, ...]:
    """Record the credit; one that matches puts the order into production, another says what is wrong with it.

    An amendment counts as long as nothing was presented, and only if it matches: else the credit stands as it was.
    """
    way = way_in_force(asked.policy, Rail.LETTER_OF_CREDIT, asked.now)
    offered = way is not None and way.offered
    refuse_if(not offered, Code.WAY_TO_PAY_NOT_OFFERED, way=Rail.LETTER_OF_CREDIT)
    _check_whole(command)
    check_ahead(asked.now, command.latest_shipment_date, command.expiry_date)
    refuse_if(order.funds.paid_minor > 0, Code.CREDIT_BESIDE_PAYMENT)
    mismatches = _mismatches(order, command, asked)
    if order.status is not Status.AGREED:
        _standing(order, CreditStatus.ADVISED)
        refuse_if(bool(mismatches), Code.CREDIT_MISMATCHED, mismatch=next(iter(mismatches), ""))
    days = command.presentation_days or asked.policy.clocks.credit_presentation_days
    story = Story(order)
    story.add(
        CreditAdvised(
            at=asked.now,
            credit_id=command.credit_id,
            issuing_bank_bic=command.issuing_bank_bic,
            amount_minor=command.amount_minor,
            currency=command.currency,
            latest_shipment_date=command.latest_shipment_date,
            expiry_date=command.expiry_date,
            presentation_days=days,
            documents=command.documents,
            mismatches=mismatches,
        )
    )
    if order.status is Status.AGREED and not mismatches:
        add_completion(story, booked_at=asked.now, asked=asked)
    return story.told()


def _check_whole(command: RecordCreditAdvised) -> None:
    """A credit names its bank, an amount, and at least the document that shows the shipment."""
    refuse_if(command.amount_minor <= 0, Code.AMOUNT_NOT_POSITIVE)
    refuse_if(command.amount_minor > AMOUNT_MINOR_MAX, Code.AMOUNT_TOO_LARGE, most=AMOUNT_MINOR_MAX)
    days = command.presentation_days
    whole = (
        bool(command.credit_id)
        and BIC.fullmatch(command.issuing_bank_bic) is not None
        and CreditDocument.TRANSPORT_DOCUMENT in command.documents
        and (days is None or 0 < days <= PRESENTATION_DAYS_MAX)
    )
    refuse_if(not whole, Code.CREDIT_INCOMPLETE)


def _mismatches(
    order: Order, command: RecordCreditAdvised, asked: Asked
) -> tuple[CreditMismatch, ...]:
    """Compare with the contract: a credit must let a supplier that does as agreed be paid the whole price."""
    terms = terms_of(order)
    date = order.shipment_date or shipment_due(terms, start_at=asked.now)[0]
    found = {
        CreditMismatch.OTHER_CURRENCY: command.currency != terms.currency,
        CreditMismatch.AMOUNT_TOO_SMALL: command.amount_minor < terms.total_minor,
        CreditMismatch.SHIPMENT_TOO_EARLY: date is not None and command.latest_shipment_date < date,
        CreditMismatch.EXPIRES_TOO_EARLY: command.expiry_date < command.latest_shipment_date,
    }
    return tuple(mismatch for mismatch, holds in found.items() if holds)


def _standing(order: Order, *statuses: CreditStatus) -> Credit:
    """Return the credit if it stands where it must, or refuse."""
    credit = order.credit
    if credit is None or credit.status in {CreditStatus.NOT_MATCHING, CreditStatus.HONOURED}:
        raise Refused(Code.NO_CREDIT)
    refuse_if(credit.status not in statuses, Code.CREDIT_ELSEWHERE, stage=credit.status)
    return credit


def present_documents(
    order: Order, command: PresentDocuments, asked: Asked
) -> tuple[OrderEvent, ...]:
    """Check documents against credit and record; what complies the bank examines, the rest the buyer may waive.

    Documents may be presented anew, also when the credit has lapsed, until the price was paid or its case opened.
    """
    credit = _standing(order, CreditStatus.ADVISED, CreditStatus.DISCREPANT, CreditStatus.LAPSED)
    has_lapsed = credit.status is CreditStatus.LAPSED
    refuse_if(has_lapsed and missing_minor(order) == 0, Code.NO_CREDIT)
    dispute = open_dispute(order)
    heard = dispute is not None and dispute.cause is DisputeCause.UNPAID_BALANCE
    refuse_if(heard, Code.DISPUTE_ALREADY_OPEN)
    refuse_if(not quantities.dispatched(order), Code.NOTHING_SHIPPED)
    refuse_if(command.amount_minor <= 0, Code.AMOUNT_NOT_POSITIVE)
    refuse_if(
        credit.presentations >= PRESENTATIONS_MAX, Code.TOO_MANY_EVENTS, most=PRESENTATIONS_MAX
    )
    found = discrepancies(order, credit, command, at=asked.now)
    return (
        DocumentsPresented(
            at=asked.now,
            amount_minor=command.amount_minor,
            currency=terms_of(order).currency,
            documents=command.documents,
            document_hash=command.document_hash,
            discrepancies=found,
            examine_until=None if found else _examine_until(order, asked),
            waive_until=_waive_until(order, asked) if found else None,
        ),
    )


def discrepancies(
    order: Order, credit: Credit, command: PresentDocuments, *, at: dt.datetime
) -> tuple[Discrepancy, ...]:
    """Return what of a presentation does not comply, by the record alone; the bank may find more (rulings A01, A04)."""
    zone = terms_of(order).zone
    shipped = [s.dispatched_date for s in order.shipments if s.dispatched_date is not None]
    expired = at > end_of_date(credit.expiry_date, zone)
    found = {
        Discrepancy.LATE_SHIPMENT: max(shipped) > credit.latest_shipment_date,
        Discrepancy.LATE_PRESENTATION: at > presentation_until(order, credit) and not expired,
        Discrepancy.CREDIT_EXPIRED: expired,
        Discrepancy.DOCUMENT_MISSING: not set(credit.documents) <= set(command.documents),
        Discrepancy.GOODS_MISSING: not quantities.all_dispatched(order),
        Discrepancy.AMOUNT_ABOVE_CREDIT: command.amount_minor > credit.amount_minor,
    }
    return tuple(discrepancy for discrepancy, holds in found.items() if holds)


def _examine_until(order: Order, asked: Asked) -> dt.datetime:
    days = asked.policy.clocks.credit_examination_business_days
    return in_business_days(order, asked.now, days, asked.policy)


def _waive_until(order: Order, asked: Asked) -> dt.datetime:
    days = asked.policy.clocks.credit_waiver_business_days
    return in_business_days(order, asked.now, days, asked.policy)


def refuse_documents(
    order: Order, command: RecordDocumentsRefused, asked: Asked
) -> tuple[OrderEvent, ...]:
    """The bank refuses: the buyer may waive; a bank that refuses what was waived lets the credit lapse."""
    credit = _standing(order, CreditStatus.PRESENTED, CreditStatus.WAIVED)
    refuse_if(not command.discrepancies, Code.REASON_MISSING)
    if credit.status is CreditStatus.WAIVED:
        return (lapsed(credit, reason="refused", at=asked.now, policy=asked.policy),)
    return (
        DocumentsRefused(
            at=asked.now,
            discrepancies=command.discrepancies,
            waive_until=_waive_until(order, asked),
        ),
    )


def waive_discrepancies(
    order: Order, command: WaiveDiscrepancies, asked: Asked
) -> tuple[OrderEvent, ...]:
    """Only a signed act of the buyer waives, within its banking days."""
    credit = _standing(order, CreditStatus.DISCREPANT)
    refuse_if(not command.signature_hash, Code.NOT_SIGNED)
    return (
        DiscrepanciesWaived(
            at=asked.now,
            discrepancies=credit.discrepancies,
            signature_hash=command.signature_hash,
            examine_until=_examine_until(order, asked),
        ),
    )


def honour_credit(
    order: Order, command: RecordCreditHonoured, asked: Asked
) -> tuple[OrderEvent, ...]:
    """The bank paid the supplier; what it paid too little is due by another way to pay."""
    credit = _standing(
        order,
        CreditStatus.PRESENTED,
        CreditStatus.DISCREPANT,
        CreditStatus.WAIVED,
        CreditStatus.LAPSED,
    )
    terms = terms_of(order)
    cancelled = quantities.price_of(order, order.cancelled_quantities)
    due = terms.total_minor - cancelled - order.funds.paid_minor
    refuse_if(command.amount_minor <= 0, Code.AMOUNT_NOT_POSITIVE)
    refuse_if(command.amount_minor > due, Code.MORE_THAN_DUE, due_minor=max(0, due))
    was_due = order.balance_until is not None
    short = command.amount_minor < due
    story = Story(order)
    story.add(
        CreditHonoured(
            at=asked.now,
            credit_id=credit.id,
            payment_id=command.payment_id,
            amount_minor=command.amount_minor,
            currency=terms.currency,
            balance_until=_balance_until(asked.now, asked.policy) if short else None,
        )
    )
    if was_due and not short:
        add_completion(story, booked_at=asked.now, asked=asked)
    return story.told()


def lapsed(credit: Credit, *, reason: str, at: dt.datetime, policy: Policy) -> CreditLapsed:
    """Return the event by which the price is due another way: the balance's days, then mediation."""
    return CreditLapsed(
        at=at, credit_id=credit.id, reason=reason, balance_until=_balance_until(at, policy)
    )


def _balance_until(at: dt.datetime, policy: Policy) -> dt.datetime:
    return in_days(at, policy.clocks.balance_due_days)
