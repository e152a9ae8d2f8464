"""Joining the programme: the conditions a supplier accepts, the documents a tier asks for, and when the badge is shown.

The badge is computed from facts whenever somebody looks, so it is lost and regained with them and by nobody's hand (R1, R7).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import tomllib
from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache
from importlib import resources

import msgspec

from fairlot.domain.audit.canonical import canonical_bytes


class DocumentKind(StrEnum):
    """What a supplier shows to prove who it is and what it has."""

    BUSINESS_LICENSE = "business_license"
    LEGAL_REPRESENTATIVE = "legal_representative"
    ACCOUNT_PROOF = "account_proof"
    PREMISES_PROOF = "premises_proof"
    SITE_VISIT_REPORT = "site_visit_report"
    FACTORY_AUDIT_REPORT = "factory_audit_report"


class Condition(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One condition in both languages."""

    en: str
    zh: str


class TierDocuments(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The documents that one tier of the policy asks for."""

    name: str
    documents: tuple[DocumentKind, ...]


class Conditions(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One version of what suppliers accept."""

    version: str
    conditions: tuple[Condition, ...]
    tiers: tuple[TierDocuments, ...]

    def documents_for(self, tier: str) -> tuple[DocumentKind, ...]:
        """Return what a tier asks for. Raises ValueError for a tier that is not named."""
        for each in self.tiers:
            if each.name == tier:
                return each.documents
        raise ValueError(f"the conditions know no tier {tier!r}")


class KeptDocument(msgspec.Struct, frozen=True, kw_only=True):
    """A document as the tier's decision needs it: what it is, its content's hash, and its last day of validity."""

    kind: DocumentKind
    content_hash: str
    expires_date: dt.date | None = None


class BadgeFault(StrEnum):
    """Why a badge is not shown."""

    NOT_ENROLLED = "not_enrolled"
    CONDITIONS_NOT_ACCEPTED = "conditions_not_accepted"
    NO_ACCOUNT = "no_account"
    ACCOUNT_NOT_VERIFIED = "account_not_verified"


class BadgeFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What the badge hangs on."""

    enrolled: bool
    accepted_hash: str
    account_named: bool
    account_verified: bool


class Badge(msgspec.Struct, frozen=True, kw_only=True):
    """Whether the badge is shown; if not, everything that is missing."""

    shown: bool
    faults: tuple[BadgeFault, ...] = ()


@lru_cache(maxsize=1)
def conditions_now() -> Conditions:
    """Return the conditions that suppliers accept now."""
    text = resources.files("fairlot.domain.supplier") / "enrolment.toml"
    return msgspec.convert(tomllib.loads(text.read_text(encoding="utf-8")), Conditions)


def conditions_hash(conditions: Conditions) -> str:
    """Return the hash that an acceptance names."""
    return hashlib.sha256(canonical_bytes(conditions)).hexdigest()


def missing_documents(
    tier: str, kept: Iterable[KeptDocument], *, date: dt.date, conditions: Conditions
) -> tuple[DocumentKind, ...]:
    """Return which documents of a tier are not there, or no longer valid on a date. Raises ValueError."""
    valid = {each.kind for each in kept if each.expires_date is None or each.expires_date >= date}
    return tuple(kind for kind in conditions.documents_for(tier) if kind not in valid)


def badge_of(facts: BadgeFacts, *, conditions: Conditions) -> Badge:
    """Judge whether the badge is shown; the enrolment's end by penalty points has made `enrolled` false already."""
    checks = (
        (BadgeFault.NOT_ENROLLED, facts.enrolled),
        (
            BadgeFault.CONDITIONS_NOT_ACCEPTED,
            facts.accepted_hash == conditions_hash(conditions),
        ),
        (BadgeFault.NO_ACCOUNT, facts.account_named),
        (BadgeFault.ACCOUNT_NOT_VERIFIED, facts.account_verified or not facts.account_named),
    )
    faults = tuple(fault for fault, holds in checks if not holds)
    return Badge(shown=not faults, faults=faults)
