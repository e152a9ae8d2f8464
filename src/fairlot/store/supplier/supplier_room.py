"""Rows of a supplier's enrolment: conditions accepted, decisions, documents, audits, sums, the badge's changes, reports."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import LiteralString

import msgspec
import psycopg

from fairlot.domain.supplier.enrolment import DocumentKind, KeptDocument
from fairlot.store.structs import rows_as


class Acceptance(msgspec.Struct, frozen=True, kw_only=True):
    """Conditions that a supplier accepted: which, who for it, when."""

    conditions_hash: str
    version: str
    accepted_at: dt.datetime
    accepted_by: str


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """What an operator, or the limit's sum, decided about an enrolment."""

    number: int
    enrolled: bool
    tier: str
    reason: str
    decided_at: dt.datetime
    decided_by: str


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """A document that a supplier gave in."""

    kind: DocumentKind
    content_hash: str
    expires_date: dt.date | None
    given_at: dt.datetime
    given_by: str

    @property
    def kept(self) -> KeptDocument:
        """Return it as the decision on a tier needs it."""
        return KeptDocument(
            kind=self.kind, content_hash=self.content_hash, expires_date=self.expires_date
        )


class Audit(msgspec.Struct, frozen=True, kw_only=True):
    """A factory audit by a third party (R9)."""

    audit_id: str
    auditor: str
    audited_date: dt.date
    result: str
    document_hash: str
    recorded_at: dt.datetime
    recorded_by: str


class BadgeChange(msgspec.Struct, frozen=True, kw_only=True):
    """The badge was shown from then on, or lost, and why."""

    number: int
    shown: bool
    faults: tuple[str, ...]
    changed_at: dt.datetime


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What a company reported of a supplier, and what an operator found."""

    company_id: str
    report_id: str
    order_id: str
    message_no: int
    kind: str
    note: str
    reported_at: dt.datetime
    reporter_company_id: str
    reporter_person_id: str
    status: str = "open"
    made_good: bool = False
    reason: str = ""
    judged_at: dt.datetime | None = None
    judged_by: str = ""


def add_acceptance(
    connection: psycopg.Connection, company_id: str, acceptance: Acceptance
) -> Acceptance:
    """Keep an acceptance; the first of a version stays, and is returned."""
    connection.execute(
        "INSERT INTO supplier_acceptance (company_id, conditions_hash, version, accepted_at, accepted_by)"
        " VALUES (%s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
        [
            company_id,
            acceptance.conditions_hash,
            acceptance.version,
            acceptance.accepted_at,
            acceptance.accepted_by,
        ],
    )
    found = find_acceptance(connection, company_id, acceptance.conditions_hash)
    assert found is not None
    return found


def find_acceptance(
    connection: psycopg.Connection, company_id: str, conditions_hash: str
) -> Acceptance | None:
    """Return the acceptance of one version of the conditions."""
    found = rows_as(
        connection,
        Acceptance,
        "SELECT conditions_hash, version, accepted_at, accepted_by FROM supplier_acceptance"
        " WHERE company_id = %s AND conditions_hash = %s",
        [company_id, conditions_hash],
    )
    return found[0] if found else None


def add_decision(
    connection: psycopg.Connection,
    company_id: str,
    *,
    enrolled: bool,
    tier: str,
    reason: str,
    decided_at: dt.datetime,
    decided_by: str,
) -> None:
    """Write a decision down; the supplier is locked by whoever calls, so that numbers follow each other."""
    connection.execute(
        "INSERT INTO supplier_decision"
        " (company_id, decision_no, enrolled, tier, reason, decided_at, decided_by)"
        " SELECT %(id)s, coalesce(max(decision_no), 0) + 1, %(enrolled)s, %(tier)s, %(reason)s, %(at)s, %(by)s"
        " FROM supplier_decision WHERE company_id = %(id)s",
        {
            "id": company_id,
            "enrolled": enrolled,
            "tier": tier,
            "reason": reason,
            "at": decided_at,
            "by": decided_by,
        },
    )


def decisions(connection: psycopg.Connection, company_id: str) -> Sequence[Decision]:
    """Return all decisions on a supplier in their order."""
    return rows_as(
        connection,
        Decision,
        "SELECT decision_no AS number, enrolled, tier, reason, decided_at, decided_by"
        " FROM supplier_decision WHERE company_id = %s ORDER BY decision_no",
        [company_id],
    )


def add_document(
    connection: psycopg.Connection, company_id: str, document: Document, *, size_bytes: int
) -> Document:
    """Keep a document; the same content of the same kind is one document, the first given in, and is returned."""
    connection.execute(
        "INSERT INTO supplier_document (company_id, kind, content_hash, expires_date, given_at, given_by,"
        " size_bytes) VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
        [
            company_id,
            document.kind.value,
            document.content_hash,
            document.expires_date,
            document.given_at,
            document.given_by,
            size_bytes,
        ],
    )
    (kept,) = rows_as(
        connection,
        Document,
        "SELECT kind, content_hash, expires_date, given_at, given_by FROM supplier_document"
        " WHERE company_id = %s AND kind = %s AND content_hash = %s",
        [company_id, document.kind.value, document.content_hash],
    )
    return kept


def documents(connection: psycopg.Connection, company_id: str) -> Sequence[Document]:
    """Return a supplier's documents that the connection may see, the newest first."""
    return rows_as(
        connection,
        Document,
        "SELECT kind, content_hash, expires_date, given_at, given_by FROM supplier_document"
        " WHERE company_id = %s ORDER BY given_at DESC, kind, content_hash",
        [company_id],
    )


def add_audit(connection: psycopg.Connection, company_id: str, audit: Audit) -> Audit:
    """Record an audit; the same id again changes nothing. Returns what is recorded."""
    connection.execute(
        "INSERT INTO supplier_audit (company_id, audit_id, auditor, audited_date, result,"
        " document_hash, recorded_at, recorded_by)"
        " VALUES (%s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
        [
            company_id,
            audit.audit_id,
            audit.auditor,
            audit.audited_date,
            audit.result,
            audit.document_hash,
            audit.recorded_at,
            audit.recorded_by,
        ],
    )
    return next(each for each in audits(connection, company_id) if each.audit_id == audit.audit_id)


def audits(connection: psycopg.Connection, company_id: str) -> Sequence[Audit]:
    """Return a supplier's audits, the latest first."""
    return rows_as(
        connection,
        Audit,
        "SELECT audit_id, auditor, audited_date, result, document_hash, recorded_at, recorded_by"
        " FROM supplier_audit WHERE company_id = %s ORDER BY audited_date DESC, audit_id",
        [company_id],
    )


def add_computation(
    connection: psycopg.Connection,
    company_id: str,
    *,
    computation_hash: str,
    computed_at: dt.datetime,
    document: bytes,
) -> None:
    """Keep the sum behind a limit, once; the supplier is locked by whoever calls."""
    connection.execute(
        "INSERT INTO supplier_computation"
        " (company_id, computation_no, computation_hash, computed_at, document)"
        " SELECT %(id)s, coalesce(max(computation_no), 0) + 1, %(hash)s, %(at)s, %(document)s"
        " FROM supplier_computation WHERE company_id = %(id)s"
        " HAVING %(hash)s <> ALL (coalesce(array_agg(computation_hash), '{}'))",
        {
            "id": company_id,
            "hash": computation_hash,
            "at": computed_at,
            "document": document,
        },
    )


def find_latest_computation(connection: psycopg.Connection, company_id: str) -> bytes | None:
    """Return the latest sum of a supplier's limit."""
    row = connection.execute(
        "SELECT document FROM supplier_computation WHERE company_id = %s"
        " ORDER BY computation_no DESC LIMIT 1",
        [company_id],
    ).fetchone()
    return None if row is None else bytes(row[0])


def computed_before(connection: psycopg.Connection, at: dt.datetime) -> Sequence[str]:
    """Return the suppliers that somebody enrolled and whose latest sum is older than an instant, or was never made."""
    rows = connection.execute(
        """
        SELECT company_id FROM supplier LEFT JOIN supplier_computation USING (company_id)
        WHERE enrolled AND EXISTS (SELECT FROM supplier_decision AS decided
          WHERE decided.company_id = supplier.company_id AND decided.enrolled)
        GROUP BY company_id HAVING max(computed_at) < %s OR max(computed_at) IS NULL ORDER BY company_id
        """,
        [at],
    )
    return [company_id for (company_id,) in rows]


def badge_changes(connection: psycopg.Connection, company_id: str) -> Sequence[BadgeChange]:
    """Return when a supplier's badge was shown and lost, in order."""
    return rows_as(
        connection,
        BadgeChange,
        "SELECT change_no AS number, shown, faults, changed_at FROM supplier_badge"
        " WHERE company_id = %s ORDER BY change_no",
        [company_id],
    )


def add_badge_change(
    connection: psycopg.Connection,
    company_id: str,
    *,
    shown: bool,
    faults: Sequence[str],
    changed_at: dt.datetime,
) -> None:
    """Note a change of the badge; the supplier is locked by whoever calls."""
    connection.execute(
        "INSERT INTO supplier_badge (company_id, change_no, shown, faults, changed_at)"
        " SELECT %(id)s, coalesce(max(change_no), 0) + 1, %(shown)s, %(faults)s, %(at)s"
        " FROM supplier_badge WHERE company_id = %(id)s",
        {"id": company_id, "shown": shown, "faults": list(faults), "at": changed_at},
    )


REPORT_COLUMNS: LiteralString = (
    "company_id, report_id, order_id, message_no, kind, note, reported_at, reporter_company_id,"
    " reporter_person_id, status, made_good, reason, judged_at, judged_by"
)


def add_report(connection: psycopg.Connection, report: Report) -> None:
    """Keep a report; the same id again changes nothing."""
    connection.execute(
        "INSERT INTO supplier_report (company_id, report_id, order_id, message_no, kind, note, reported_at,"
        " reporter_company_id, reporter_person_id, status)"
        " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, 'open') ON CONFLICT DO NOTHING",
        [
            report.company_id,
            report.report_id,
            report.order_id,
            report.message_no,
            report.kind,
            report.note,
            report.reported_at,
            report.reporter_company_id,
            report.reporter_person_id,
        ],
    )


def find_report(connection: psycopg.Connection, company_id: str, report_id: str) -> Report | None:
    """Return a report that the connection may see."""
    query = f"SELECT {REPORT_COLUMNS} FROM supplier_report WHERE company_id = %s AND report_id = %s"
    found = rows_as(connection, Report, query, [company_id, report_id])
    return found[0] if found else None


def reports_of(connection: psycopg.Connection, company_id: str) -> Sequence[Report]:
    """Return the reports of a supplier that the connection may see, in order."""
    query = f"SELECT {REPORT_COLUMNS} FROM supplier_report WHERE company_id = %s ORDER BY reported_at, report_id"
    return rows_as(connection, Report, query, [company_id])


def open_reports(connection: psycopg.Connection, *, limit: int) -> Sequence[Report]:
    """Return reports that wait for an operator, the oldest first."""
    query = (
        f"SELECT {REPORT_COLUMNS} FROM supplier_report WHERE status = 'open'"
        " ORDER BY reported_at, report_id LIMIT %s"
    )
    return rows_as(connection, Report, query, [limit])


def judge_report(
    connection: psycopg.Connection,
    company_id: str,
    report_id: str,
    *,
    status: str,
    made_good: bool,
    reason: str,
    judged_at: dt.datetime,
    judged_by: str,
) -> bool:
    """Close a report once; False where it is not open."""
    done = connection.execute(
        "UPDATE supplier_report SET status = %s, made_good = %s, reason = %s, judged_at = %s, judged_by = %s"
        " WHERE company_id = %s AND report_id = %s AND status = 'open'",
        [status, made_good, reason, judged_at, judged_by, company_id, report_id],
    )
    return done.rowcount == 1


def lock_supplier(connection: psycopg.Connection, company_id: str) -> None:
    """Let nobody else change this supplier until the transaction ends."""
    connection.execute(
        "SELECT pg_advisory_xact_lock(hashtextextended('supplier ' || %s, 0))", [company_id]
    )
