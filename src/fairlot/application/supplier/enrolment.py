"""A supplier's way into the programme and its standing there: conditions, documents, tier, audits, account, reports.

Who may ask is for the doors; here stands what must be true first. Whatever changes, the badge and the lists follow at once.
"""

from __future__ import annotations

import datetime as dt

import msgspec
from msgspec.structs import replace

from fairlot.application.desk import Desk, derived_id
from fairlot.application.storage import keep_content, refuse_full
from fairlot.application.supplier import supplier_standing, suppliers
from fairlot.application.supplier.screening import Occasion, refuse_listed
from fairlot.application.supplier.supplier_standing import Known
from fairlot.application.supplier.suppliers import ReceivingDetails
from fairlot.domain.audit.canonical import content_hash
from fairlot.domain.calendar import whole_second
from fairlot.domain.order.refusals import Code, Refused
from fairlot.domain.party import Role
from fairlot.domain.policy.model import LimitRules
from fairlot.domain.supplier.enrolment import (
    DocumentKind,
    conditions_hash,
    conditions_now,
    missing_documents,
)
from fairlot.domain.supplier.reports import ReportKind, ReportStatus
from fairlot.providers.wire import refuse_unpayable
from fairlot.store.conversation import messages_of
from fairlot.store.files import FileStore
from fairlot.store.supplier import supplier_listing, supplier_room
from fairlot.store.supplier import suppliers as stored
from fairlot.store.supplier.supplier_listing import Product, Profile
from fairlot.store.supplier.supplier_room import Acceptance, Audit, Document, Report

ID_LENGTH = 24
DOCUMENT_BYTES_MAX = 10 * 1024 * 1024
DOCUMENT_TYPES = frozenset({"application/pdf", "image/jpeg", "image/png"})


class AuditFound(msgspec.Struct, frozen=True, kw_only=True):
    """What a third party found in a factory; `document_hash` is the report's."""

    auditor: str
    audited_date: dt.date
    result: str
    document_hash: str


class ReportMade(msgspec.Struct, frozen=True, kw_only=True):
    """What a company reports of its order's supplier; `message_no` of the conversation, 0 for the order as a whole."""

    order_id: str
    kind: ReportKind
    message_no: int = 0
    note: str = ""


def accept_conditions(company_id: str, hashed: str, *, person_id: str, desk: Desk) -> Acceptance:
    """Accept the programme's present conditions, named by their hash: this is the application to join. Raises Refused."""
    conditions = conditions_now()
    if hashed != conditions_hash(conditions):
        raise Refused(Code.CONDITIONS_NOT_ACCEPTED)
    acceptance = Acceptance(
        conditions_hash=hashed,
        version=conditions.version,
        accepted_at=_now(desk),
        accepted_by=person_id,
    )
    with desk.connect() as connection:
        kept = supplier_room.add_acceptance(connection, company_id, acceptance)
    supplier_standing.refresh(company_id, desk=desk)
    return kept


def give_document(
    company_id: str,
    kind: DocumentKind,
    hashed: str,
    *,
    expires_date: dt.date | None,
    person_id: str,
    desk: Desk,
    size_bytes: int = 0,
) -> Document:
    """Give in a document that is kept by its content's hash; only the company and operators see that it is there.

    The same content of the same kind again is the document that was given in first, with its date, and is returned.
    `size_bytes` is what it fills here, nothing where its content is elsewhere. Raises StorageFullError.
    """
    document = Document(
        kind=kind,
        content_hash=hashed,
        expires_date=expires_date,
        given_at=_now(desk),
        given_by=person_id,
    )
    with desk.connect() as connection, connection.transaction():
        kept = supplier_room.add_document(connection, company_id, document, size_bytes=size_bytes)
        refuse_full(connection, company_id, more_bytes=0)
    return kept


def give_content(
    company_id: str,
    kind: DocumentKind,
    content: bytes,
    *,
    expires_date: dt.date | None,
    person_id: str,
    desk: Desk,
    files: FileStore,
) -> Document:
    """Keep a document's content and give it in. Raises StorageFullError."""
    with desk.connect() as connection:
        stored = keep_content(
            connection, content, company_id=company_id, bytes_max=DOCUMENT_BYTES_MAX, files=files
        )
    return give_document(
        company_id,
        kind,
        stored.content_hash.hex(),
        expires_date=expires_date,
        person_id=person_id,
        desk=desk,
        size_bytes=stored.size_bytes,
    )


def decide_tier(
    company_id: str, tier: str, *, reason: str, person_id: str, rules: LimitRules, desk: Desk
) -> Known:
    """Enrol a supplier in a tier, or move it to another, and compute its limit. Raises Refused.

    The conditions must be accepted and the tier's documents be there and valid today (in UTC).
    """
    now = _now(desk)
    if tier not in {each.name for each in rules.tiers}:
        raise Refused(Code.UNKNOWN_REFERENCE, reference=tier)
    refuse_listed(company_id, Occasion.ENROLMENT, desk=desk)
    with desk.connect() as connection, connection.transaction():
        supplier_room.lock_supplier(connection, company_id)
        conditions = conditions_now()
        if not supplier_room.find_acceptance(connection, company_id, conditions_hash(conditions)):
            raise Refused(Code.CONDITIONS_NOT_ACCEPTED)
        kept = [each.kept for each in supplier_room.documents(connection, company_id)]
        missing = missing_documents(tier, kept, date=now.date(), conditions=conditions)
        if missing:
            raise Refused(Code.DOCUMENTS_MISSING, documents=", ".join(missing))
        known = stored.find_supplier(connection, company_id)
        known = known or stored.Supplier(company_id=company_id)
        stored.save_supplier(connection, replace(known, enrolled=True, tier=tier))
        supplier_room.add_decision(
            connection,
            company_id,
            enrolled=True,
            tier=tier,
            reason=reason,
            decided_at=now,
            decided_by=person_id,
        )
    supplier_standing.recompute_limit(company_id, rules=rules, desk=desk)
    return supplier_standing.refresh(company_id, desk=desk)


def end_enrolment(company_id: str, *, reason: str, person_id: str, desk: Desk) -> Known:
    """Take a supplier out of the programme because an operator says so. Raises Refused."""
    if not supplier_standing.suspend(company_id, reason=reason, decided_by=person_id, desk=desk):
        raise Refused(Code.SUPPLIER_NOT_ENROLLED)
    return supplier_standing.refresh(company_id, desk=desk)


def record_audit(company_id: str, found: AuditFound, *, person_id: str, desk: Desk) -> Audit:
    """Record a factory audit on the supplier's profile (R9); the same report again is the same audit."""
    audit = Audit(
        audit_id=_id("aud", company_id, found.document_hash),
        auditor=found.auditor,
        audited_date=found.audited_date,
        result=found.result,
        document_hash=found.document_hash,
        recorded_at=_now(desk),
        recorded_by=person_id,
    )
    with desk.connect() as connection:
        return supplier_room.add_audit(connection, company_id, audit)


def save_profile(profile: Profile, *, desk: Desk) -> None:
    """Write what a supplier says of itself, and bring its figures up to date beside it."""
    with desk.connect() as connection:
        supplier_listing.save_profile(connection, profile)
    supplier_standing.refresh(profile.company_id, desk=desk)


def save_product(product: Product, *, desk: Desk) -> None:
    """Write an article of the catalogue down, new or changed. Raises Refused."""
    with desk.connect() as connection, connection.transaction():
        supplier_room.lock_supplier(connection, product.company_id)
        profile = supplier_listing.find_profile(connection, product.company_id)
        figures = supplier_listing.find_figures(connection, product.company_id)
        if profile is None or figures is None:
            raise Refused(Code.PROFILE_MISSING)
        supplier_listing.save_product(
            connection,
            product,
            country=profile.country,
            merit=figures.merit,
            marks=supplier_listing.standing_marks(connection, product.company_id),
        )


def name_account(
    company_id: str, details: ReceivingDetails, *, salt: bytes, command_id: str, desk: Desk
) -> str:
    """Name the designated receiving account; until it is verified the badge is not shown (R7).

    Raises PaymentFileRefused for an account that no bank could pay to.
    """
    refuse_unpayable(
        details.holder, details.account, details.bank, place="holder", is_sepa=details.is_sepa
    )
    hashed = suppliers.name_account(
        company_id, details, salt=salt, command_id=command_id, desk=desk
    )
    supplier_standing.refresh(company_id, desk=desk)
    return hashed


def judge_account(
    company_id: str, hashed: str, *, verified: bool, command_id: str, desk: Desk
) -> Known:
    """Say that the account named is the supplier's own, or that it is not. Raises Refused."""
    judge = suppliers.verify_account if verified else suppliers.revoke_account
    if not judge(company_id, hashed, command_id=command_id, desk=desk):
        raise Refused(Code.UNKNOWN_REFERENCE, reference=hashed)
    return supplier_standing.refresh(company_id, desk=desk)


def report_supplier(
    made: ReportMade, *, reporter_company_id: str, person_id: str, desk: Desk
) -> Report:
    """Report the order's supplier, once per order, message and kind, however often it is clicked. Raises Refused.

    A message that is named is one that the supplier sent: who judges the report finds it there.
    """
    order = desk.read_order(made.order_id).order
    if order.supplier_id == "":
        raise Refused(Code.UNKNOWN_ORDER)
    if made.message_no and not _said_by_supplier(made, desk):
        raise Refused(Code.UNKNOWN_REFERENCE, reference=str(made.message_no))
    report_id = _id(
        "rep", reporter_company_id, made.order_id, str(made.message_no), made.kind.value
    )
    report = Report(
        company_id=order.supplier_id,
        report_id=report_id,
        order_id=made.order_id,
        message_no=made.message_no,
        kind=made.kind.value,
        note=made.note,
        reported_at=_now(desk),
        reporter_company_id=reporter_company_id,
        reporter_person_id=person_id,
    )
    with desk.connect() as connection:
        supplier_room.add_report(connection, report)
        kept = supplier_room.find_report(connection, order.supplier_id, report_id)
    assert kept is not None, "a report that was made is there"
    return kept


def _said_by_supplier(made: ReportMade, desk: Desk) -> bool:
    with desk.connect() as connection:
        found = messages_of(connection, order_id=made.order_id, after=made.message_no - 1, limit=1)
    return any(
        message.number == made.message_no and message.author_role == Role.SUPPLIER.value
        for message in found
    )


def judge_report(
    company_id: str,
    report_id: str,
    *,
    upheld: bool,
    made_good: bool,
    reason: str,
    person_id: str,
    rules: LimitRules,
    desk: Desk,
) -> Report:
    """Judge a report, for good; one upheld gives points, which cut the limit at once. Raises Refused."""
    status = ReportStatus.UPHELD if upheld else ReportStatus.DISMISSED
    with desk.connect() as connection:
        if supplier_room.find_report(connection, company_id, report_id) is None:
            raise Refused(Code.UNKNOWN_REFERENCE, reference=report_id)
        done = supplier_room.judge_report(
            connection,
            company_id,
            report_id,
            status=status.value,
            made_good=made_good,
            reason=reason,
            judged_at=_now(desk),
            judged_by=person_id,
        )
        if not done:
            raise Refused(Code.REPORT_JUDGED)
        judged = supplier_room.find_report(connection, company_id, report_id)
    supplier_standing.keep_limit(company_id, rules=rules, desk=desk)
    assert judged is not None
    return judged


def account_command_id(company_id: str, step: str, key: str, content: bytes) -> str:
    """Return the id under which a step about a supplier's account takes effect; another content is another command."""
    return derived_id("supplier", company_id, step, key, content_hash(content).hex())


def _id(prefix: str, *parts: str) -> str:
    hashed = content_hash(*(part.encode() for part in parts)).hex()
    return f"{prefix}_{hashed[:ID_LENGTH]}"


def _now(desk: Desk) -> dt.datetime:
    return whole_second(desk.path.clock())
