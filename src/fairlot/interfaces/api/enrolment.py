"""Joining and standing in the programme: conditions, documents, tiers, audits, the receiving account, reports of breaches."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterator
from typing import Annotated, Any, Literal

import msgspec
from django.http import HttpRequest, HttpResponse
from ninja import Router

from fairlot.application.access import MemberRight, Read, rights_in
from fairlot.application.queries import supplier_profile as profiles
from fairlot.application.queries.seen import readings_of
from fairlot.application.queries.supplier_profile import AccountHolder
from fairlot.application.supplier import enrolment
from fairlot.application.supplier.enrolment import DOCUMENT_BYTES_MAX, AuditFound, ReportMade
from fairlot.application.supplier.supplier_standing import Known
from fairlot.application.supplier.suppliers import ReceivingDetails
from fairlot.domain.audit.canonical import canonical_bytes
from fairlot.domain.order.refusals import Code
from fairlot.domain.party import Role
from fairlot.domain.supplier.enrolment import (
    Condition,
    DocumentKind,
    TierDocuments,
    conditions_hash,
    conditions_now,
)
from fairlot.domain.supplier.reports import ReportKind
from fairlot.interfaces.api.asked import closed
from fairlot.interfaces.api.auth import caller_of, refuse_unless_fresh
from fairlot.interfaces.api.document import declared
from fairlot.interfaces.api.problems import Declined, Trouble, language_of
from fairlot.interfaces.api.sight import look
from fairlot.interfaces.api.suppliers import known_id, limit_rules, member_for, operator_of
from fairlot.interfaces.api.wire import (
    NoQuery,
    answer,
    body_bytes,
    body_of,
    idempotency_key,
    query_of,
)
from fairlot.providers.wire import PaymentFileRefused
from fairlot.store.files import DamagedFileError
from fairlot.store.reach import reading
from fairlot.store.supplier import supplier_room
from fairlot.store.supplier.supplier_room import Acceptance, Audit, Document, Report
from fairlot.store.supplier.suppliers import SALT_BYTES
from fairlot.writing_room import lent_connection, writing_room

REPORTS_SHOWN_MAX = 200
# Media type -> how such a file begins; a name can lie, the first bytes cannot as easily.
BEGINNINGS = {
    "application/pdf": b"%PDF-",
    "image/jpeg": b"\xff\xd8\xff",
    "image/png": b"\x89PNG\r\n\x1a\n",
}
Hash = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
Reason = Annotated[str, msgspec.Meta(min_length=1, max_length=2000)]

ReceivingDetailsAsked: Any = closed(ReceivingDetails, suffix="Asked")

router = Router(tags=["Enrolment"])


class ConditionsShown(msgspec.Struct, frozen=True, kw_only=True):
    """What suppliers accept now; an acceptance names the hash."""

    version: str
    conditions_hash: str
    conditions: tuple[Condition, ...]
    tiers: tuple[TierDocuments, ...]


class AcceptConditions(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Accept the conditions of that hash for your company."""

    conditions_hash: Hash


class DocumentQuery(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the document is, and until when it is valid."""

    kind: DocumentKind
    expires_date: dt.date | None = None


class DocumentList(msgspec.Struct, frozen=True, kw_only=True):
    """A supplier's documents, the newest first."""

    documents: tuple[Document, ...]


class DecideTier(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Enrol the supplier in this tier, or move it there."""

    tier: Annotated[str, msgspec.Meta(max_length=64)]
    reason: Reason


class EndEnrolment(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Take the supplier out of the programme."""

    reason: Reason


class NewAudit(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a third party found in the factory (R9)."""

    auditor: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    audited_date: dt.date
    result: Literal["passed", "passed_with_remarks", "failed"]
    document_hash: Hash


class AccountNamed(msgspec.Struct, frozen=True, kw_only=True):
    """The account as events know it: by a salted hash."""

    account_hash: str


class JudgeAccount(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Say whether the account of that hash is the supplier's own."""

    account_hash: Hash
    verified: bool


class NewReport(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the order's supplier did; `message_no` names a message of the conversation, 0 none."""

    kind: ReportKind
    message_no: Annotated[int, msgspec.Meta(ge=0, le=1_000_000)] = 0
    note: Annotated[str, msgspec.Meta(max_length=2000)] = ""


class JudgeReport(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Uphold or dismiss a report, for good; `made_good` weighs one that is upheld."""

    upheld: bool
    made_good: bool = False
    reason: Reason


class ReportList(msgspec.Struct, frozen=True, kw_only=True):
    """Reports in the order in which they were made."""

    reports: tuple[Report, ...]


@router.get(
    "/enrolment/conditions",
    summary="Read the conditions of enrolment",
    openapi_extra=declared(answer=ConditionsShown),
)
def read_conditions(request: HttpRequest) -> HttpResponse:
    """What a supplier accepts when it joins, and the documents that each tier asks for."""
    query_of(request, NoQuery)
    now = conditions_now()
    return answer(
        ConditionsShown(
            version=now.version,
            conditions_hash=conditions_hash(now),
            conditions=now.conditions,
            tiers=now.tiers,
        )
    )


@router.put(
    "/suppliers/{supplier_id}/conditions",
    summary="Accept the conditions",
    openapi_extra=declared(answer=Acceptance, body=AcceptConditions, may_conflict=True),
)
def accept_conditions(request: HttpRequest, supplier_id: str) -> HttpResponse:
    """Accept the conditions for your company: with this you apply to be enrolled (R1)."""
    query_of(request, NoQuery)
    person_id = member_for(request, supplier_id, MemberRight.MANAGE)
    asked = body_of(request, AcceptConditions)
    kept = enrolment.accept_conditions(
        supplier_id, asked.conditions_hash, person_id=person_id, desk=writing_room().desk
    )
    return answer(kept)


@router.put(
    "/suppliers/{supplier_id}/documents",
    summary="Give in a document",
    openapi_extra=declared(
        answer=Document,
        body=bytes,
        body_media_types=tuple(BEGINNINGS),
        query=DocumentQuery,
        may_conflict=True,
    ),
)
def give_document(request: HttpRequest, supplier_id: str) -> HttpResponse:
    """Give in a document for a tier: PDF, JPEG or PNG. Only your company and operators see it."""
    query = query_of(request, DocumentQuery)
    person_id = _member_or_operator(request, supplier_id)
    content = _document(request)
    room = writing_room()
    document = enrolment.give_content(
        supplier_id,
        query.kind,
        content,
        expires_date=query.expires_date,
        person_id=person_id,
        desk=room.desk,
        files=room.reading.files,
    )
    return answer(document)


@router.get(
    "/suppliers/{supplier_id}/documents",
    summary="List documents",
    openapi_extra=declared(answer=DocumentList),
)
def list_documents(request: HttpRequest, supplier_id: str) -> HttpResponse:
    """The documents that your company gave in; an operator sees every supplier's."""
    query_of(request, NoQuery)
    _member_or_operator(request, supplier_id)
    return answer(DocumentList(documents=_documents(request, supplier_id)))


@router.get(
    "/suppliers/{supplier_id}/documents/{content_hash}",
    summary="Read a document",
    openapi_extra=declared(answer=bytes, media_types=tuple(BEGINNINGS)),
)
def read_document(request: HttpRequest, supplier_id: str, content_hash: str) -> HttpResponse:
    """The document itself, as it was given in."""
    query_of(request, NoQuery)
    _member_or_operator(request, supplier_id)
    if content_hash not in {each.content_hash for each in _documents(request, supplier_id)}:
        raise Declined(Trouble.NOT_FOUND)
    try:
        content = writing_room().reading.files.read_whole(bytes.fromhex(content_hash))
    except DamagedFileError:
        raise Declined(Trouble.NOT_FOUND) from None
    media_type = next(name for name, start in BEGINNINGS.items() if content.startswith(start))
    response = HttpResponse(content, content_type=media_type)
    response.headers["Content-Disposition"] = "attachment"
    return response


@router.put(
    "/suppliers/{supplier_id}/tier",
    summary="Decide a supplier's tier",
    openapi_extra=declared(answer=Known, body=DecideTier, may_conflict=True),
)
def decide_tier(request: HttpRequest, supplier_id: str) -> HttpResponse:
    """Operators: enrol a supplier whose conditions are accepted and documents valid; its limit is computed at once."""
    query_of(request, NoQuery)
    person_id = operator_of(request)
    asked = body_of(request, DecideTier)
    known = enrolment.decide_tier(
        known_id(supplier_id),
        asked.tier,
        reason=asked.reason,
        person_id=person_id,
        rules=limit_rules(),
        desk=writing_room().desk,
    )
    return answer(known)


@router.put(
    "/suppliers/{supplier_id}/enrolment-end",
    summary="End an enrolment",
    openapi_extra=declared(answer=Known, body=EndEnrolment, may_conflict=True),
)
def end_enrolment(request: HttpRequest, supplier_id: str) -> HttpResponse:
    """Operators: take a supplier out of the programme; its open orders stay covered."""
    query_of(request, NoQuery)
    person_id = operator_of(request)
    asked = body_of(request, EndEnrolment)
    known = enrolment.end_enrolment(
        known_id(supplier_id), reason=asked.reason, person_id=person_id, desk=writing_room().desk
    )
    return answer(known)


@router.put(
    "/suppliers/{supplier_id}/audits",
    summary="Record a factory audit",
    openapi_extra=declared(answer=Audit, body=NewAudit),
)
def record_audit(request: HttpRequest, supplier_id: str) -> HttpResponse:
    """Operators: record what a third party found; it stands on the supplier's profile from now on (R9)."""
    query_of(request, NoQuery)
    person_id = operator_of(request)
    asked = body_of(request, NewAudit)
    found = AuditFound(**msgspec.structs.asdict(asked))
    audit = enrolment.record_audit(
        known_id(supplier_id), found, person_id=person_id, desk=writing_room().desk
    )
    return answer(audit)


@router.post(
    "/suppliers/{supplier_id}/account",
    summary="Name the receiving account",
    openapi_extra=declared(answer=AccountNamed, body=ReceivingDetailsAsked, takes_key=True),
)
def name_account(request: HttpRequest, supplier_id: str) -> HttpResponse:
    """Name the account that your company is paid to. Until it is verified there is no badge and no payout (R7)."""
    query_of(request, NoQuery)
    member_for(request, supplier_id, MemberRight.BANK)
    refuse_unless_fresh(request)
    key = idempotency_key(request)
    asked = body_of(request, ReceivingDetailsAsked)
    details = msgspec.convert(msgspec.to_builtins(asked), ReceivingDetails)
    command_id = enrolment.account_command_id(supplier_id, "name", key, canonical_bytes(details))
    try:
        hashed = enrolment.name_account(
            supplier_id,
            details,
            salt=secrets.token_bytes(SALT_BYTES),
            command_id=command_id,
            desk=writing_room().desk,
        )
    except PaymentFileRefused as refused:
        reason = refused.sentence(language_of(request)).rstrip(".。")
        raise Declined(Trouble.BODY_INVALID, reason=reason) from refused
    return answer(AccountNamed(account_hash=hashed))


@router.post(
    "/suppliers/{supplier_id}/account/judgement",
    summary="Verify the receiving account",
    openapi_extra=declared(answer=Known, body=JudgeAccount, takes_key=True),
)
def judge_account(request: HttpRequest, supplier_id: str) -> HttpResponse:
    """Operators: say that the account named is the supplier's own, or that it is not."""
    query_of(request, NoQuery)
    operator_of(request)
    refuse_unless_fresh(request)
    key = idempotency_key(request)
    asked = body_of(request, JudgeAccount)
    known = enrolment.judge_account(
        known_id(supplier_id),
        asked.account_hash,
        verified=asked.verified,
        command_id=enrolment.account_command_id(supplier_id, "judge", key, canonical_bytes(asked)),
        desk=writing_room().desk,
    )
    return answer(known)


@router.get(
    "/orders/{order_id}/account-holder",
    summary="Who holds the supplier's account",
    openapi_extra=declared(answer=AccountHolder),
)
def read_account_holder(request: HttpRequest, order_id: str) -> HttpResponse:
    """Who the order's money goes to, and whether that is the contract's supplier (R7). For those who follow the order."""
    query_of(request, NoQuery)
    look(request, order_id, Read.STATEMENT)
    found = profiles.account_holder(order_id, desk=writing_room().desk)
    if found is None:
        raise Declined(Trouble.NOT_FOUND)
    return answer(found)


@router.put(
    "/orders/{order_id}/reports",
    summary="Report the supplier",
    openapi_extra=declared(answer=Report, body=NewReport),
)
def report_supplier(request: HttpRequest, order_id: str) -> HttpResponse:
    """The order's buyer or its agent: report a request to pay outside, in one step (R6). Again is the same report."""
    query_of(request, NoQuery)
    seen, _ = look(request, order_id, Read.ORDER)
    actor = next((each for each in seen.actors if each.role in {Role.BUYER, Role.AGENT}), None)
    identity = caller_of(request).identity
    if actor is None or MemberRight.FOLLOW not in rights_in(identity, actor.company_id):
        raise Declined(Code.NOT_PERMITTED)
    asked = body_of(request, NewReport)
    report = enrolment.report_supplier(
        ReportMade(order_id=order_id, **msgspec.structs.asdict(asked)),
        reporter_company_id=actor.company_id,
        person_id=identity.person_id,
        desk=writing_room().desk,
    )
    return answer(report)


@router.get(
    "/suppliers/{supplier_id}/reports",
    summary="List reports of a supplier",
    openapi_extra=declared(answer=ReportList),
)
def list_reports(request: HttpRequest, supplier_id: str) -> HttpResponse:
    """Reports that your companies made of it; as the supplier, those that were judged; as an operator, all."""
    query_of(request, NoQuery)
    known_id(supplier_id)
    found: dict[str, Report] = {}
    for company_id in _readings(request):
        with lent_connection() as connection, reading(connection, company_id):
            for report in supplier_room.reports_of(connection, supplier_id):
                if _may_read(company_id, report, supplier_id):
                    found[report.report_id] = report
    ordered = sorted(found.values(), key=lambda each: (each.reported_at, each.report_id))
    return answer(ReportList(reports=tuple(ordered)))


@router.get(
    "/supplier-reports",
    summary="List reports that wait",
    openapi_extra=declared(answer=ReportList),
)
def list_open_reports(request: HttpRequest) -> HttpResponse:
    """Operators: reports that nobody has judged, the oldest first."""
    query_of(request, NoQuery)
    operator_of(request)
    found: list[Report] = []
    for company_id in _readings(request):
        with lent_connection() as connection, reading(connection, company_id):
            found += supplier_room.open_reports(connection, limit=REPORTS_SHOWN_MAX)
    return answer(ReportList(reports=tuple(found)))


@router.put(
    "/suppliers/{supplier_id}/reports/{report_id}/judgement",
    summary="Judge a report",
    openapi_extra=declared(answer=Report, body=JudgeReport, may_conflict=True),
)
def judge_report(request: HttpRequest, supplier_id: str, report_id: str) -> HttpResponse:
    """Operators: uphold a report, which gives points and cuts the limit at once, or dismiss it. Both sides read the reason."""
    query_of(request, NoQuery)
    person_id = operator_of(request)
    asked = body_of(request, JudgeReport)
    judged = enrolment.judge_report(
        known_id(supplier_id),
        known_id(report_id),
        upheld=asked.upheld,
        made_good=asked.made_good,
        reason=asked.reason,
        person_id=person_id,
        rules=limit_rules(),
        desk=writing_room().desk,
    )
    return answer(judged)


def _member_or_operator(request: HttpRequest, supplier_id: str) -> str:
    if Role.OPERATOR in caller_of(request).identity.staff_roles:
        known_id(supplier_id)
        return operator_of(request)
    return member_for(request, supplier_id, MemberRight.MANAGE)


def _readings(request: HttpRequest) -> Iterator[str | None]:
    """Yield as what row security lets somebody read here: each of their companies, then, for an operator alone, the platform."""
    identity = caller_of(request).identity
    for company_id in readings_of(identity):
        if company_id is not None or Role.OPERATOR in identity.staff_roles:
            yield company_id


def _may_read(company_id: str | None, report: Report, supplier_id: str) -> bool:
    """Say whether a company reads a report: its own at once, one of itself when it was judged; the platform all."""
    if company_id is None or company_id == report.reporter_company_id:
        return True
    return company_id == supplier_id and report.status != "open"


def _documents(request: HttpRequest, supplier_id: str) -> tuple[Document, ...]:
    """Return a supplier's documents as whoever asks may read them; row security is told who that is, not whose they are."""
    found: dict[tuple[str, str], Document] = {}
    for company_id in _readings(request):
        with lent_connection() as connection, reading(connection, company_id):
            for document in supplier_room.documents(connection, supplier_id):
                found.setdefault((document.kind, document.content_hash), document)
    return tuple(found.values())


def _document(request: HttpRequest) -> bytes:
    kind = request.content_type or ""
    expected = kind if kind in BEGINNINGS else ", ".join(BEGINNINGS)
    content = body_bytes(request, expected=expected, bytes_max=DOCUMENT_BYTES_MAX)
    if not content.startswith(BEGINNINGS[kind]):
        raise Declined(Trouble.FILE_REFUSED, reason=f"its content is not {kind}")
    return content
