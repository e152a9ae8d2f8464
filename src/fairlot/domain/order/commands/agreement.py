"""Commands of the agreement: drafts, mandates, samples, versions."""

from __future__ import annotations

import msgspec

from fairlot.domain.order.commands.shape import Command
from fairlot.domain.order.state import Right
from fairlot.domain.order.terms import Terms


class Grant(msgspec.Struct, frozen=True, kw_only=True):
    """What the application found at acceptance: enrolment, verified account, cover granted from the free limit.

    The rate from the order's currency to the limit's is a fraction, as dated by the policy (ruling A25).
    """

    enrolled: bool
    account_verified: bool
    cover_minor: int
    limit_currency: str = ""
    rate_numerator: int = 1
    rate_denominator: int = 1


class OpenDraft(Command, frozen=True, kw_only=True):
    """Begin an order under an edition of the policy."""

    policy_id: str
    buyer_id: str
    supplier_id: str


class GrantMandate(Command, frozen=True, kw_only=True):
    """Let an agent act for the buyer."""

    agent_id: str
    rights: tuple[Right, ...]


class RevokeMandate(Command, frozen=True, kw_only=True):
    """Take an agent's leave back; it acts at once."""

    agent_id: str


class RequestSample(Command, frozen=True, kw_only=True):
    """Ask for a sample before the production order (R15)."""

    sample_id: str


class RecordSampleSent(Command, frozen=True, kw_only=True):
    """Send the sample under a seal; the seal's record is kept by hash."""

    sample_id: str
    seal_hash: str


class ApproveSample(Command, frozen=True, kw_only=True):
    """Approve the sample as the physical reference."""

    sample_id: str


class RejectSample(Command, frozen=True, kw_only=True):
    """Do not approve the sample."""

    sample_id: str


class ProposeVersion(Command, frozen=True, kw_only=True):
    """Propose a version, first or changed; it supersedes every earlier one."""

    terms: Terms


class WithdrawVersion(Command, frozen=True, kw_only=True):
    """Take one's own version back before it is accepted."""

    version_hash: str


class DeclineVersion(Command, frozen=True, kw_only=True):
    """Decline the other side's version."""

    version_hash: str


class AcceptVersion(Command, frozen=True, kw_only=True):
    """Accept that very version. The grant is the application's word, never the party's."""

    version_hash: str
    grant: Grant
