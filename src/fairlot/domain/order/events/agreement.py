"""Events of the agreement: drafts, mandates, samples, versions."""

from __future__ import annotations

import datetime as dt

import msgspec

from fairlot.domain.order.events.shape import Event
from fairlot.domain.order.state import Right
from fairlot.domain.order.terms import Party, Terms
from fairlot.domain.policy.model import Custody


class OrderDrafted(Event, frozen=True, kw_only=True):
    """An order was begun under an edition of the policy."""

    policy_id: str
    custody: Custody
    buyer_id: str
    supplier_id: str
    by: Party


class MandateGranted(Event, frozen=True, kw_only=True):
    """The buyer lets an agent act for it."""

    agent_id: str
    rights: tuple[Right, ...]


class MandateRevoked(Event, frozen=True, kw_only=True):
    """The buyer took the agent's leave back."""

    agent_id: str


class SampleRequested(Event, frozen=True, kw_only=True):
    """The buyer asked for a sample before the production order."""

    sample_id: str


class SampleSent(Event, frozen=True, kw_only=True):
    """The supplier sent the sample under a seal whose record has this hash."""

    sample_id: str
    seal_hash: str


class SampleApproved(Event, frozen=True, kw_only=True):
    """The buyer approved the sample: it is the physical reference from now on."""

    sample_id: str


class SampleRejected(Event, frozen=True, kw_only=True):
    """The buyer did not approve the sample."""

    sample_id: str


class VersionProposed(Event, frozen=True, kw_only=True):
    """A side proposed a version; it supersedes every earlier proposal (ruling A07)."""

    terms: Terms
    by: Party
    expires_at: dt.datetime


class VersionWithdrawn(Event, frozen=True, kw_only=True):
    """The proposer took its version back."""

    version_hash: str


class VersionDeclined(Event, frozen=True, kw_only=True):
    """The other side declined the version."""

    version_hash: str


class ProposalExpired(Event, frozen=True, kw_only=True):
    """Nobody accepted the version in time."""

    version_hash: str


class OrderAgreed(Event, frozen=True, kw_only=True):
    """Both sides accepted the very same version; its cover is granted and fixed.

    The rate that turned the limit into the order's currency is kept as a fraction (ruling A25).
    """

    version_hash: str
    cover_minor: int
    enrolled: bool
    payment_until: dt.datetime
    shipment_date: dt.date | None
    shipment_until: dt.datetime | None
    limit_currency: str = ""
    rate_numerator: int = 1
    rate_denominator: int = 1


class ChangeAgreed(Event, frozen=True, kw_only=True):
    """Both sides accepted a changed version after agreement.

    `counted_minor`: what was given back before of goods that it drops or makes cheaper; it is no longer paid, and does not
    go back again. `unshipped_minor` says per line what of it was for pieces that have not left, `shipped_minor` per
    shipment what was for those that did; the rest was for cancelled ones.
    """

    version_hash: str
    cover_minor: int
    shipment_date: dt.date | None
    shipment_until: dt.datetime | None
    counted_minor: int | msgspec.UnsetType = msgspec.UNSET
    unshipped_minor: dict[int, int] | msgspec.UnsetType = msgspec.UNSET
    shipped_minor: dict[str, dict[int, int]] | msgspec.UnsetType = msgspec.UNSET


AgreementEvent = (
    OrderDrafted
    | MandateGranted
    | MandateRevoked
    | SampleRequested
    | SampleSent
    | SampleApproved
    | SampleRejected
    | VersionProposed
    | VersionWithdrawn
    | VersionDeclined
    | ProposalExpired
    | OrderAgreed
    | ChangeAgreed
)
