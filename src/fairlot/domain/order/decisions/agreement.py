"""Decisions about the agreement: drafts, mandates, samples, versions; nothing counts until both accepted one version."""

from __future__ import annotations

import datetime as dt

from msgspec import UNSET

from fairlot.domain.order.asked import Asked, Story, in_days
from fairlot.domain.order.commands import (
    AcceptVersion,
    ApproveSample,
    DeclineVersion,
    GrantMandate,
    OpenDraft,
    ProposeVersion,
    RecordSampleSent,
    RejectSample,
    RequestSample,
    RevokeMandate,
    WithdrawVersion,
)
from fairlot.domain.order.events import (
    ChangeAgreed,
    MandateGranted,
    MandateRevoked,
    OrderAgreed,
    OrderDrafted,
    OrderEvent,
    PaymentCompleted,
    PriceDemanded,
    SampleApproved,
    SampleRejected,
    SampleRequested,
    SampleSent,
    VersionDeclined,
    VersionProposed,
    VersionWithdrawn,
)
from fairlot.domain.order.evolve.refunds import PRICE_CHANGE
from fairlot.domain.order.refusals import Code, Refused, refuse_if
from fairlot.domain.order.rules.balance import add_balance
from fairlot.domain.order.rules.charged_back import price_still_due_minor
from fairlot.domain.order.rules.price_change import counted_in_change
from fairlot.domain.order.rules.terms import check_sample, check_terms, demanded_minor, shipment_due
from fairlot.domain.order.rules.waterfall import add_counted, add_refund
from fairlot.domain.order.standing import missing_minor
from fairlot.domain.order.state import (
    STANDING_CREDITS,
    CreditStatus,
    Order,
    PaymentStatus,
    Proposal,
    Sample,
    Status,
    is_charged_back,
)
from fairlot.domain.order.terms import Party, Terms
from fairlot.domain.party import Role

SAMPLES_MAX = 20
MANDATES_MAX = 20


def open_draft(order: Order, command: OpenDraft, asked: Asked) -> tuple[OrderEvent, ...]:
    """Begin an order under the edition in force; a company begins its own orders alone."""
    own = command.supplier_id if asked.party is Party.SUPPLIER else command.buyer_id
    is_stranger = asked.actor.role is not Role.AGENT and asked.actor.company_id != own
    refuse_if(is_stranger, Code.NOT_PERMITTED, role=asked.actor.role)
    refuse_if(order.policy_id != "", Code.ALREADY_EXISTS)
    refuse_if(command.buyer_id == command.supplier_id, Code.SAME_COMPANY)
    return (
        OrderDrafted(
            at=asked.now,
            policy_id=command.policy_id,
            custody=asked.policy.money.custody,
            buyer_id=command.buyer_id,
            supplier_id=command.supplier_id,
            by=asked.party,
        ),
    )


def grant_mandate(order: Order, command: GrantMandate, asked: Asked) -> tuple[OrderEvent, ...]:
    """Let an agent act within the rights named; granting again replaces them."""
    refuse_if(command.agent_id in {order.buyer_id, order.supplier_id}, Code.SAME_COMPANY)
    others = [mandate for mandate in order.mandates if mandate.agent_id != command.agent_id]
    refuse_if(len(others) >= MANDATES_MAX, Code.TOO_MANY_EVENTS, most=MANDATES_MAX)
    return (MandateGranted(at=asked.now, agent_id=command.agent_id, rights=command.rights),)


def revoke_mandate(order: Order, command: RevokeMandate, asked: Asked) -> tuple[OrderEvent, ...]:
    """Take the leave back; the agent's next act is refused."""
    known = any(m.agent_id == command.agent_id for m in order.mandates)
    refuse_if(not known, Code.UNKNOWN_REFERENCE, reference=command.agent_id)
    return (MandateRevoked(at=asked.now, agent_id=command.agent_id),)


def _sample(order: Order, sample_id: str) -> Sample:
    for sample in order.samples:
        if sample.id == sample_id:
            return sample
    raise Refused(Code.UNKNOWN_REFERENCE, reference=sample_id)


def request_sample(order: Order, command: RequestSample, asked: Asked) -> tuple[OrderEvent, ...]:
    """Ask for a sample; each has its own id."""
    refuse_if(
        any(s.id == command.sample_id for s in order.samples),
        Code.REFERENCE_REUSED,
        reference=command.sample_id,
    )
    refuse_if(len(order.samples) >= SAMPLES_MAX, Code.TOO_MANY_EVENTS, most=SAMPLES_MAX)
    return (SampleRequested(at=asked.now, sample_id=command.sample_id),)


def send_sample(order: Order, command: RecordSampleSent, asked: Asked) -> tuple[OrderEvent, ...]:
    """Send a requested sample under its seal, once: no other seal takes the place of the one that is looked at."""
    sample = _sample(order, command.sample_id)
    refuse_if(sample.sent, Code.REFERENCE_REUSED, reference=command.sample_id)
    return (SampleSent(at=asked.now, sample_id=command.sample_id, seal_hash=command.seal_hash),)


def approve_sample(order: Order, command: ApproveSample, asked: Asked) -> tuple[OrderEvent, ...]:
    """Approve a sample that was sent."""
    sample = _sample(order, command.sample_id)
    refuse_if(not sample.sent, Code.UNKNOWN_REFERENCE, reference=command.sample_id)
    return (SampleApproved(at=asked.now, sample_id=command.sample_id),)


def reject_sample(order: Order, command: RejectSample, asked: Asked) -> tuple[OrderEvent, ...]:
    """Reject a sample."""
    _sample(order, command.sample_id)
    return (SampleRejected(at=asked.now, sample_id=command.sample_id),)


def propose_version(order: Order, command: ProposeVersion, asked: Asked) -> tuple[OrderEvent, ...]:
    """Propose a first or a changed version; it supersedes every earlier proposal (ruling A07).

    A supplier that wants more for what was agreed is recorded as what it is, and the buyer warned (R45).
    """
    check_terms(order, command.terms, asked)
    proposed = VersionProposed(
        at=asked.now,
        terms=command.terms,
        by=asked.party,
        expires_at=in_days(asked.now, asked.policy.clocks.proposal_open_days),
    )
    more_minor = 0 if order.terms is None else demanded_minor(order.terms, command.terms)
    if asked.party is not Party.SUPPLIER or more_minor == 0:
        return (proposed,)
    demanded = PriceDemanded(
        at=asked.now, message_hash=command.terms.version_hash, amount_minor=more_minor
    )
    return (proposed, demanded)


def _standing(order: Order, version_hash: str) -> Proposal:
    """Return the proposal that stands, which must be that very version."""
    if order.proposal is None:
        raise Refused(Code.NO_PROPOSAL)
    standing = order.proposal.terms.version_hash
    refuse_if(standing != version_hash, Code.VERSION_SUPERSEDED, version_hash=standing)
    return order.proposal


def withdraw_version(
    order: Order, command: WithdrawVersion, asked: Asked
) -> tuple[OrderEvent, ...]:
    """The proposer may withdraw before acceptance (ruling A07)."""
    proposal = _standing(order, command.version_hash)
    refuse_if(proposal.by is not asked.party, Code.NOT_PROPOSER)
    return (VersionWithdrawn(at=asked.now, version_hash=command.version_hash),)


def decline_version(order: Order, command: DeclineVersion, asked: Asked) -> tuple[OrderEvent, ...]:
    """The other side may decline."""
    proposal = _standing(order, command.version_hash)
    refuse_if(proposal.by is asked.party, Code.OWN_PROPOSAL)
    return (VersionDeclined(at=asked.now, version_hash=command.version_hash),)


def accept_version(order: Order, command: AcceptVersion, asked: Asked) -> tuple[OrderEvent, ...]:
    """Accept that very version; its cover is what the free limit gives, or the acceptance is refused (A24)."""
    proposal = _standing(order, command.version_hash)
    refuse_if(proposal.by is asked.party, Code.OWN_PROPOSAL)
    terms = proposal.terms
    grant = command.grant
    check_sample(order, terms)
    if order.status is not Status.PROPOSED:
        return _accept_change(order, terms, command, asked)
    refuse_if(not grant.account_verified, Code.ACCOUNT_NOT_VERIFIED)
    if grant.enrolled:
        refuse_if(
            grant.cover_minor != terms.covered_minor,
            Code.COVER_CHANGED,
            cover_minor=grant.cover_minor,
            covered_minor=terms.covered_minor,
        )
    date, until = shipment_due(terms, start_at=None)
    return (
        OrderAgreed(
            at=asked.now,
            version_hash=command.version_hash,
            cover_minor=grant.cover_minor if grant.enrolled else 0,
            enrolled=grant.enrolled,
            payment_until=in_days(asked.now, asked.policy.clocks.first_payment_due_days),
            shipment_date=date,
            shipment_until=until,
            limit_currency=grant.limit_currency,
            rate_numerator=grant.rate_numerator,
            rate_denominator=grant.rate_denominator,
        ),
    )


def _accept_change(
    order: Order, terms: Terms, command: AcceptVersion, asked: Asked
) -> tuple[OrderEvent, ...]:
    """A changed total moves money and cover: less goes back to the buyer, more gets its own grant (ruling A11)."""
    agreed = order.terms
    assert agreed is not None
    cover_minor = min(order.cover_minor, terms.total_minor)
    if terms.total_minor > agreed.total_minor and order.enrolled:
        cover_minor = order.cover_minor + command.grant.cover_minor
    date, until = order.shipment_date, order.shipment_until
    if (terms.shipment_date, terms.lead_time_days) != (
        agreed.shipment_date,
        agreed.lead_time_days,
    ):
        unpaid = order.status is Status.AGREED
        date, until = shipment_due(terms, start_at=None if unpaid else _first_paid_at(order))
    story = Story(order)
    counted_minor, shares = counted_in_change(order, terms)
    story.add(
        ChangeAgreed(
            at=asked.now,
            version_hash=command.version_hash,
            cover_minor=cover_minor,
            shipment_date=date,
            shipment_until=until,
            counted_minor=counted_minor or UNSET,
            unshipped_minor=shares.unshipped_minor or UNSET,
            shipped_minor=shares.shipped_minor or UNSET,
        )
    )
    too_much = story.order.funds.paid_minor - terms.total_minor
    if too_much > 0:
        refuse_if(is_charged_back(order), Code.CHARGEBACK_ALREADY_OPEN)
        due = price_still_due_minor(story.order, too_much)
        add_counted(story, cause=PRICE_CHANGE, amount_minor=too_much - due, at=asked.now)
        add_refund(story, cause=PRICE_CHANGE, price_minor=due, at=asked.now, policy=asked.policy)
    if story.order.status is Status.AGREED and missing_minor(story.order) == 0:
        if until is None:
            date, until = shipment_due(terms, start_at=_first_paid_at(order))
        story.add(PaymentCompleted(at=asked.now, shipment_date=date, shipment_until=until))
    add_balance(story, at=asked.now, policy=asked.policy)
    return story.told()


def _first_paid_at(order: Order) -> dt.datetime | None:
    """A bank's promise under a letter of credit counts as the first payment (A17), one that bounced does not (A18)."""
    starts = [p.booked_at for p in order.payments if p.status is PaymentStatus.RECEIVED]
    if order.credit is not None and order.credit.status in {
        *STANDING_CREDITS,
        CreditStatus.HONOURED,
    }:
        starts.append(order.credit.advised_at)
    return min(starts, default=None)
