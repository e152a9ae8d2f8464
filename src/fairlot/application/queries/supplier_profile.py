"""A supplier as everybody may see it, the sum behind its limit, and several of them side by side for one order (R3, R5, R8)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import msgspec

from fairlot.application.desk import Desk, limit_id_for
from fairlot.application.supplier import supplier_standing
from fairlot.application.supplier.suppliers import read_details
from fairlot.domain.calendar import whole_second
from fairlot.domain.cover.limit import LimitComputation, grant_cover, rate_at
from fairlot.domain.order.refusals import Code, Refused
from fairlot.domain.order.state import Order, Status
from fairlot.domain.policy.model import LimitRules
from fairlot.domain.supplier.enrolment import Badge
from fairlot.domain.supplier.limit_sum import computation_hash, redone
from fairlot.domain.supplier.record import SupplierRecord
from fairlot.store.supplier import supplier_listing, supplier_room
from fairlot.store.supplier.supplier_listing import Profile
from fairlot.store.supplier.supplier_room import Audit

COMPARED_MAX = 6


class LimitShown(msgspec.Struct, frozen=True, kw_only=True):
    """A supplier's limit now, what is free of it, and the sum that it comes from; minor units of its currency."""

    currency: str
    limit_minor: int
    taken_minor: int
    free_minor: int
    computation_hash: str
    computed_at: dt.datetime | None


class SupplierProfile(msgspec.Struct, frozen=True, kw_only=True):
    """Everything public about a supplier. `badge_since` is when the badge was last gained; none while it is not shown."""

    profile: Profile
    badge: Badge
    badge_since: dt.datetime | None
    tier: str
    limit: LimitShown
    record: SupplierRecord
    audits: tuple[Audit, ...]


class CoverFor(msgspec.Struct, frozen=True, kw_only=True):
    """What an order of an amount would be covered for now, in the order's own currency (R4)."""

    currency: str
    amount_minor: int
    covered_minor: int
    uncovered_minor: int


class Compared(msgspec.Struct, frozen=True, kw_only=True):
    """One supplier in a comparison for one order."""

    supplier: SupplierProfile
    cover: CoverFor | None


class AccountHolder(msgspec.Struct, frozen=True, kw_only=True):
    """Who holds the account that an order's money goes to; `is_contract_supplier`: verified as the supplier's own (R7)."""

    company_id: str
    holder_name: str
    town: str
    country: str
    is_contract_supplier: bool


def supplier_profile(company_id: str, *, desk: Desk) -> SupplierProfile | None:
    """Return a supplier as it stands at this moment, or None for one without a profile."""
    with desk.connect() as connection:
        profile = supplier_listing.find_profile(connection, company_id)
    if profile is None:
        return None
    known = supplier_standing.refresh(company_id, desk=desk)
    with desk.connect() as connection:
        changes = supplier_room.badge_changes(connection, company_id)
        audits = supplier_room.audits(connection, company_id)
    since = changes[-1].changed_at if changes and changes[-1].shown else None
    return SupplierProfile(
        profile=profile,
        badge=known.badge,
        badge_since=since,
        tier=known.tier if known.enrolled else "",
        limit=_limit(company_id, is_enrolled=known.enrolled, desk=desk),
        record=known.record,
        audits=tuple(audits),
    )


def limit_computation(company_id: str, *, desk: Desk) -> LimitComputation | None:
    """Return the latest sum of a supplier's limit, done again from its inputs, or None where there is none."""
    with desk.connect() as connection:
        document = supplier_room.find_latest_computation(connection, company_id)
    return None if document is None else redone(document)


def cover_for(
    free_minor: int, *, amount_minor: int, currency: str, rules: LimitRules, at: dt.datetime
) -> CoverFor:
    """Return what an order would be covered for by so much free limit. Raises Refused for a currency without a rate."""
    rate = rate_at(rules, currency, at)
    if rate is None:
        raise Refused(Code.UNKNOWN_REFERENCE, reference=currency)
    granted = grant_cover(
        covered_minor=amount_minor,
        total_minor=amount_minor,
        free_limit_minor=free_minor,
        numerator=rate.worth_minor,
        denominator=rate.amount_minor,
    )
    return CoverFor(
        currency=currency,
        amount_minor=amount_minor,
        covered_minor=granted.cover_minor,
        uncovered_minor=granted.uncovered_minor,
    )


def cover_if_agreed(order: Order, *, desk: Desk) -> CoverFor | None:
    """Return what the version on the table would be covered for if it were accepted now; None where none waits (R4).

    Nothing for a supplier that is not enrolled, and never more than is free of its limit, whatever the version says.
    """
    if order.status is not Status.PROPOSED or order.proposal is None:
        return None
    terms = order.proposal.terms
    supplier = desk.suppliers.find(order.supplier_id)
    limit, _ = desk.read_limit(limit_id_for(order.supplier_id))
    at = whole_second(desk.path.clock())
    rate = rate_at(desk.orders.policy_of(order).limits, terms.currency, at)
    covered_minor = 0
    if supplier is not None and supplier.enrolled and rate is not None:
        covered_minor = grant_cover(
            covered_minor=terms.covered_minor,
            total_minor=terms.total_minor,
            free_limit_minor=limit.free_minor,
            numerator=rate.worth_minor,
            denominator=rate.amount_minor,
        ).cover_minor
    return CoverFor(
        currency=terms.currency,
        amount_minor=terms.total_minor,
        covered_minor=covered_minor,
        uncovered_minor=terms.total_minor - covered_minor,
    )


def compare(
    company_ids: Sequence[str],
    *,
    amount_minor: int,
    currency: str,
    rules: LimitRules,
    desk: Desk,
) -> tuple[Compared, ...]:
    """Return suppliers side by side for one order, in the order asked for; those without a profile are left out.

    Without an amount no cover is computed. Raises Refused.
    """
    assert len(company_ids) <= COMPARED_MAX, "a comparison fits a page"
    at = whole_second(desk.path.clock())
    found = (supplier_profile(each, desk=desk) for each in dict.fromkeys(company_ids))
    return tuple(
        Compared(
            supplier=each,
            cover=cover_for(
                each.limit.free_minor,
                amount_minor=amount_minor,
                currency=currency,
                rules=rules,
                at=at,
            )
            if amount_minor
            else None,
        )
        for each in found
        if each is not None
    )


def account_holder(order_id: str, *, desk: Desk) -> AccountHolder | None:
    """Return who holds the receiving account of an order's supplier now; None while none is named, or it was erased."""
    company_id = desk.read_order(order_id).order.supplier_id
    supplier = desk.suppliers.find(company_id)
    details = None if supplier is None else read_details(supplier.account_hash, desk=desk)
    if supplier is None or details is None:
        return None
    address = details.holder.address
    return AccountHolder(
        company_id=company_id,
        holder_name=details.holder.name,
        town="" if address is None else address.town,
        country="" if address is None else address.country,
        is_contract_supplier=supplier.account_verified,
    )


def _limit(company_id: str, *, is_enrolled: bool, desk: Desk) -> LimitShown:
    limit, _ = desk.read_limit(limit_id_for(company_id))
    with desk.connect() as connection:
        document = supplier_room.find_latest_computation(connection, company_id)
    computed_at = None if document is None else redone(document).inputs.computed_at
    return LimitShown(
        currency=limit.currency,
        limit_minor=limit.limit_minor if is_enrolled else 0,
        taken_minor=limit.taken_minor,
        free_minor=limit.free_minor if is_enrolled else 0,
        computation_hash="" if document is None else computation_hash(document),
        computed_at=computed_at,
    )
