"""Brings what is shown of a supplier up to date from events and facts: record, badge, figures, and the limit's sum.

Everything here can be done again at any moment and by anybody; two at once wait for each other, per supplier.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterable

import msgspec
import psycopg

from fairlot.application.desk import Desk, derived_id, limit_id_for
from fairlot.application.supplier.suppliers import set_limit
from fairlot.domain.calendar import whole_second
from fairlot.domain.cover.limit import LimitComputation, compute_limit, next_recomputation
from fairlot.domain.order.refusals import Refused
from fairlot.domain.policy.model import LimitRules
from fairlot.domain.supplier.enrolment import (
    Badge,
    BadgeFacts,
    badge_of,
    conditions_hash,
    conditions_now,
)
from fairlot.domain.supplier.limit_sum import (
    JudgedOffense,
    Standing,
    computation_bytes,
    computation_hash,
    limit_inputs,
    redone,
)
from fairlot.domain.supplier.merit import merit_of
from fairlot.domain.supplier.order_entry import order_entry
from fairlot.domain.supplier.record import SupplierRecord, record_of
from fairlot.domain.supplier.reports import OFFENSE_OF_REPORT, ReportKind
from fairlot.domain.supplier.search_words import BADGE_MARK, cover_marks
from fairlot.store.streams import read_stream
from fairlot.store.supplier import supplier_listing, supplier_orders, supplier_room, suppliers

logger = logging.getLogger(__name__)

# Who decides what follows from a sum by itself.
THE_SUM = "limit"
CALLS_BETWEEN_LOOKS = 30


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """A supplier as it stands now; `enrolled_at` is its first enrolment, none for who never was enrolled."""

    enrolled: bool
    tier: str
    enrolled_at: dt.datetime | None
    badge: Badge
    record: SupplierRecord


def refresh(company_id: str, *, desk: Desk) -> Known:
    """Bring one supplier's record, badge and figures up to date, and return them."""
    limit, limit_seq = desk.read_limit(limit_id_for(company_id))
    with desk.connect() as connection, connection.transaction():
        supplier_room.lock_supplier(connection, company_id)
        _bring_entries_up_to_date(connection, company_id, desk)
        known = _known(connection, company_id)
        _note_badge(connection, company_id, known.badge, whole_second(desk.path.clock()))
        figures = supplier_listing.figures_of(
            known.record,
            badge=known.badge.shown,
            merit=merit_of(badge=known.badge.shown, record=known.record),
            limit_currency=limit.currency,
            limit_minor=limit.limit_minor,
            free_minor=limit.free_minor if known.enrolled else 0,
            limit_seq=limit_seq,
        )
        marks: tuple[str, ...] = (BADGE_MARK,) if known.badge.shown else ()
        marks = (*marks, *cover_marks(figures.free_minor))
        shown = supplier_listing.find_figures(connection, company_id)
        if shown != figures or marks != supplier_listing.standing_marks(connection, company_id):
            supplier_listing.save_figures(connection, company_id, figures, marks=marks)
    return known


def recompute_limit(
    company_id: str, *, rules: LimitRules, desk: Desk, only_cut: bool = False
) -> LimitComputation:
    """Compute a supplier's limit now, keep the sum, set the limit to it, and end the enrolment where points say so.

    Raises ValueError for a supplier that is not enrolled.
    """
    known = refresh(company_id, desk=desk)
    if not known.enrolled or known.enrolled_at is None:
        raise ValueError(f"{company_id} is not enrolled")
    limit, _ = desk.read_limit(limit_id_for(company_id))
    at = whole_second(desk.path.clock())
    with desk.connect() as connection, connection.transaction():
        supplier_room.lock_supplier(connection, company_id)
        standing = Standing(
            tier=known.tier,
            enrolled_at=known.enrolled_at,
            last_limit_minor=limit.limit_minor if limit.currency else None,
            entries=supplier_orders.entries_of(connection, company_id),
            judged=_judged(connection, company_id),
        )
        computation = compute_limit(
            limit_inputs(standing, at=at, rules=rules, only_cut=only_cut), rules
        )
        document = computation_bytes(computation)
        supplier_room.add_computation(
            connection,
            company_id,
            computation_hash=computation_hash(document),
            computed_at=at,
            document=document,
        )
    _set_latest(company_id, desk=desk)
    _end_where_due(company_id, computation, desk=desk)
    refresh(company_id, desk=desk)
    return computation


def suspend(company_id: str, *, reason: str, decided_by: str, desk: Desk) -> bool:
    """Take a supplier out of the programme; its open orders stay covered (ruling A26). False where it is not in it."""
    with desk.connect() as connection, connection.transaction():
        supplier_room.lock_supplier(connection, company_id)
        known = suppliers.find_supplier(connection, company_id)
        if known is None or not known.enrolled:
            return False
        suppliers.suspend_supplier(connection, company_id)
        supplier_room.add_decision(
            connection,
            company_id,
            enrolled=False,
            tier=known.tier,
            reason=reason,
            decided_at=whole_second(desk.path.clock()),
            decided_by=decided_by,
        )
    refresh(company_id, desk=desk)
    return True


def _end_where_due(company_id: str, computation: LimitComputation, *, desk: Desk) -> None:
    if computation.enrolment_ends:
        suspend(company_id, reason="penalty points", decided_by=THE_SUM, desk=desk)


def _set_latest(company_id: str, *, desk: Desk) -> None:
    """Set the limit to the sum that was kept last: of two that are computed at once, that one has the last word."""
    with desk.connect() as connection, connection.transaction():
        supplier_room.lock_supplier(connection, company_id)
        kept = supplier_room.find_latest_computation(connection, company_id)
        assert kept is not None, "a sum is kept before it is set"
        latest, hashed = redone(kept), computation_hash(kept)
        set_limit(
            company_id,
            limit_minor=latest.limit_minor,
            currency=latest.rules.currency,
            computation_hash=hashed,
            command_id=derived_id("limit", company_id, hashed),
            desk=desk,
        )


def keep_limit(company_id: str, *, rules: LimitRules, desk: Desk) -> LimitComputation | None:
    """Recompute a limit where its day has come, or where points were added since: those cut at once. None where neither.

    What broke off before is brought to its end: an enrolment without a sum, a sum that was never set or never ended one.
    """
    known = refresh(company_id, desk=desk)
    if not known.enrolled or known.enrolled_at is None:
        return None
    limit, _ = desk.read_limit(limit_id_for(company_id))
    with desk.connect() as connection:
        kept = supplier_room.find_latest_computation(connection, company_id)
        entries = supplier_orders.entries_of(connection, company_id)
        judged = _judged(connection, company_id)
    if kept is None:
        return recompute_limit(company_id, rules=rules, desk=desk)
    last = redone(kept)
    now = whole_second(desk.path.clock())
    if next_recomputation(last.inputs.computed_at, rules) <= now:
        return recompute_limit(company_id, rules=rules, desk=desk)
    standing = Standing(
        tier=known.tier,
        enrolled_at=known.enrolled_at,
        last_limit_minor=None,
        entries=entries,
        judged=judged,
    )
    if limit_inputs(standing, at=now, rules=rules).penalties == last.inputs.penalties:
        if limit.limit_minor != last.limit_minor:
            _set_latest(company_id, desk=desk)
        _end_where_due(company_id, last, desk=desk)
        return None
    return recompute_limit(company_id, rules=rules, desk=desk, only_cut=True)


def catch_up(*, rules: LimitRules, desk: Desk) -> int:
    """Bring every supplier up to date whose orders or limit moved on; return how many. Called by the worker."""
    with desk.connect() as connection:
        behind = supplier_orders.companies_behind(connection)
    _keep_limits(behind, rules=rules, desk=desk)
    return len(behind)


def recompute_due(*, rules: LimitRules, desk: Desk) -> int:
    """Recompute every limit whose day of the month has come; return how many."""
    now = whole_second(desk.path.clock())
    with desk.connect() as connection:
        company_ids = supplier_room.computed_before(connection, _last_day(now, rules))
    return _keep_limits(company_ids, rules=rules, desk=desk)


def _keep_limits(company_ids: Iterable[str], *, rules: LimitRules, desk: Desk) -> int:
    """Keep the limits of suppliers and return how many changed; one that cannot be computed holds up no other."""
    changed = 0
    for company_id in company_ids:
        try:
            changed += keep_limit(company_id, rules=rules, desk=desk) is not None
        except (Refused, msgspec.DecodeError, ValueError):
            logger.exception("The limit of %s cannot be computed", company_id)
    return changed


def rebuild(company_id: str, *, desk: Desk) -> Known:
    """Throw a supplier's entries away and fold them from its orders' events again."""
    with desk.connect() as connection:
        supplier_orders.forget_entries(connection, company_id)
    return refresh(company_id, desk=desk)


def _last_day(now: dt.datetime, rules: LimitRules) -> dt.datetime:
    """Return the latest instant not after `now` at which limits are computed anew."""
    moment = now.replace(day=rules.recomputed_on_day, hour=0, minute=0, second=0)
    if moment <= now:
        return moment
    return (moment.replace(day=1) - dt.timedelta(days=1)).replace(day=rules.recomputed_on_day)


def _bring_entries_up_to_date(connection: psycopg.Connection, company_id: str, desk: Desk) -> None:
    for order_id, _ in supplier_orders.orders_behind(connection, company_id):
        stream = read_stream(connection, desk.orders.family, order_id)
        entry = order_entry(desk.orders.decode(stream.events))
        supplier_orders.save_entry(
            connection, company_id, order_id, seq=len(stream.command_ids), entry=entry
        )


def _known(connection: psycopg.Connection, company_id: str) -> Known:
    supplier = suppliers.find_supplier(connection, company_id) or suppliers.Supplier(
        company_id=company_id
    )
    conditions = conditions_now()
    accepted = supplier_room.find_acceptance(connection, company_id, conditions_hash(conditions))
    facts = BadgeFacts(
        enrolled=supplier.enrolled,
        accepted_hash="" if accepted is None else accepted.conditions_hash,
        account_named=supplier.account_hash != "",
        account_verified=supplier.account_verified,
    )
    decided = supplier_room.decisions(connection, company_id)
    enrolled_at = next((each.decided_at for each in decided if each.enrolled), None)
    entries = supplier_orders.entries_of(connection, company_id)
    return Known(
        enrolled=supplier.enrolled,
        tier=supplier.tier,
        enrolled_at=enrolled_at,
        badge=badge_of(facts, conditions=conditions),
        record=record_of(entries.values(), counted_since=enrolled_at),
    )


def _note_badge(
    connection: psycopg.Connection, company_id: str, badge: Badge, at: dt.datetime
) -> None:
    changes = supplier_room.badge_changes(connection, company_id)
    # Who never had a badge has none to lose.
    before = (changes[-1].shown, changes[-1].faults) if changes else None
    if before == (badge.shown, badge.faults) or (before is None and not badge.shown):
        return
    supplier_room.add_badge_change(
        connection, company_id, shown=badge.shown, faults=badge.faults, changed_at=at
    )


def _judged(connection: psycopg.Connection, company_id: str) -> tuple[JudgedOffense, ...]:
    return tuple(
        JudgedOffense(
            offense=OFFENSE_OF_REPORT[ReportKind(report.kind)],
            at=report.judged_at,
            made_good=report.made_good,
        )
        for report in supplier_room.reports_of(connection, company_id)
        if report.status == "upheld" and report.judged_at is not None
    )


class SupplierErrand:
    """What a worker does for suppliers beside their orders: bring them up to date, and recompute what its day has come for.

    Nobody waits for it, so it looks at every `CALLS_BETWEEN_LOOKS`-th call only; what is read of one supplier is up to date
    anyway.
    """

    def __init__(self, rules: LimitRules, desk: Desk) -> None:
        self._rules = rules
        self._desk = desk
        self._calls = 0

    def __call__(self) -> int:
        """Return how many suppliers were brought up to date."""
        self._calls += 1
        if (self._calls - 1) % CALLS_BETWEEN_LOOKS:
            return 0
        done = catch_up(rules=self._rules, desk=self._desk)
        return done + recompute_due(rules=self._rules, desk=self._desk)
