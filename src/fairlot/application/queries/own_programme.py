"""A company's own place in the programme as its members and operators see it: what was accepted, given in, decided, named."""

from __future__ import annotations

import datetime as dt

import msgspec

from fairlot.application.desk import Desk
from fairlot.application.supplier import supplier_standing
from fairlot.application.supplier.supplier_standing import Known
from fairlot.application.supplier.suppliers import read_details
from fairlot.domain.calendar import whole_second
from fairlot.domain.supplier.enrolment import (
    Conditions,
    DocumentKind,
    conditions_hash,
    conditions_now,
    missing_documents,
)
from fairlot.store.reach import reading
from fairlot.store.supplier import supplier_listing, supplier_room
from fairlot.store.supplier.supplier_room import Acceptance, Decision, Document

NUMBER_SIGNS_SHOWN = 4


class NamedAccount(msgspec.Struct, frozen=True, kw_only=True):
    """The receiving account named last: who holds it and how its number ends, never the number whole."""

    account_hash: str
    holder_name: str
    number_end: str
    is_verified: bool


class TierNeeds(msgspec.Struct, frozen=True, kw_only=True):
    """A tier, and which of its documents are still missing or no longer valid."""

    name: str
    missing: tuple[DocumentKind, ...]


class OwnProgramme(msgspec.Struct, frozen=True, kw_only=True):
    """A company's standing in the programme, whole; `acceptance` is of the conditions of today."""

    known: Known
    conditions: Conditions
    conditions_hash: str
    acceptance: Acceptance | None
    tiers: tuple[TierNeeds, ...]
    documents: tuple[Document, ...]
    decisions: tuple[Decision, ...]
    account: NamedAccount | None
    has_profile: bool
    today: dt.date


def own_programme(company_id: str, *, desk: Desk) -> OwnProgramme:
    """Return a company's place in the programme at this moment; its documents are read through row security."""
    known = supplier_standing.refresh(company_id, desk=desk)
    conditions = conditions_now()
    hashed = conditions_hash(conditions)
    with desk.connect() as connection:
        acceptance = supplier_room.find_acceptance(connection, company_id, hashed)
        decisions = tuple(supplier_room.decisions(connection, company_id))
        profile = supplier_listing.find_profile(connection, company_id)
        with reading(connection, company_id):
            documents = tuple(supplier_room.documents(connection, company_id))
    today = whole_second(desk.path.clock()).date()
    kept = [document.kept for document in documents]
    return OwnProgramme(
        known=known,
        conditions=conditions,
        conditions_hash=hashed,
        acceptance=acceptance,
        tiers=tuple(
            TierNeeds(
                name=tier.name,
                missing=missing_documents(tier.name, kept, date=today, conditions=conditions),
            )
            for tier in conditions.tiers
        ),
        documents=documents,
        decisions=decisions,
        account=named_account(company_id, desk=desk),
        has_profile=profile is not None,
        today=today,
    )


def named_account(company_id: str, *, desk: Desk) -> NamedAccount | None:
    """Return the receiving account that a company named last; None where there is none, or its details were erased."""
    supplier = desk.suppliers.find(company_id)
    details = None if supplier is None else read_details(supplier.account_hash, desk=desk)
    if supplier is None or details is None:
        return None
    number = details.account.iban or details.account.number or ""
    return NamedAccount(
        account_hash=supplier.account_hash,
        holder_name=details.holder.name,
        number_end=number[-NUMBER_SIGNS_SHOWN:],
        is_verified=supplier.account_verified,
    )
