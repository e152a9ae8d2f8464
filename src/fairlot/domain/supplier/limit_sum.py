"""From a supplier's record to the inputs of its limit, and the sum itself as bytes that anybody can redo (R3).

The formula is `cover/limit.py`; here stands what goes into it: which orders, at which value, and which points.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping

import msgspec

from fairlot.domain.audit.canonical import canonical_bytes
from fairlot.domain.cover.limit import (
    CompletedOrder,
    LimitComputation,
    LimitInputs,
    Penalty,
    compute_limit,
    points_for,
    rate_at,
)
from fairlot.domain.policy.model import LimitRules, Offense
from fairlot.domain.supplier.order_entry import OrderEntry


class JudgedOffense(msgspec.Struct, frozen=True, kw_only=True):
    """An offense outside any order's events that an operator found true: when it was judged, and whether it was mended."""

    offense: Offense
    at: dt.datetime
    made_good: bool


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """What the platform knows of a supplier when its limit is computed; `last_limit_minor` is what it had before."""

    tier: str
    enrolled_at: dt.datetime
    last_limit_minor: int | None
    entries: Mapping[str, OrderEntry]
    judged: tuple[JudgedOffense, ...] = ()


def limit_inputs(
    standing: Standing, *, at: dt.datetime, rules: LimitRules, only_cut: bool = False
) -> LimitInputs:
    """Return the inputs of a computation, in an order of their own, so that equal facts give equal bytes."""
    entries = sorted(standing.entries.items())
    orders = [
        order
        for order_id, entry in entries
        if (order := _completed(order_id, entry, rules)) is not None and order.completed_at <= at
    ]
    penalties = [*_penalties_of_orders(standing.entries.values(), rules)]
    penalties += [
        Penalty(
            offense=each.offense,
            points=points_for(each.offense, rules, made_good=each.made_good),
            given_at=each.at,
        )
        for each in standing.judged
    ]
    return LimitInputs(
        tier=standing.tier,
        enrolled_at=standing.enrolled_at,
        computed_at=at,
        last_limit_minor=standing.last_limit_minor,
        orders=tuple(orders),
        penalties=tuple(sorted(penalties, key=lambda p: (p.given_at, p.offense, p.points))),
        only_cut=only_cut,
    )


def computation_bytes(computation: LimitComputation) -> bytes:
    """Return the one spelling of a computation: inputs, rules and every step."""
    return canonical_bytes(computation)


def computation_hash(document: bytes) -> str:
    """Return the hash by which a limit names its computation."""
    return hashlib.sha256(document).hexdigest()


def redone(document: bytes) -> LimitComputation:
    """Do a kept sum again from its own inputs and rules. Raises ValueError where it comes to something else."""
    kept = msgspec.json.decode(document, type=LimitComputation)
    again = compute_limit(kept.inputs, kept.rules)
    if again != kept:
        raise ValueError("the computation does not come to what it says")
    return again


def _completed(order_id: str, entry: OrderEntry, rules: LimitRules) -> CompletedOrder | None:
    """Return an order as sales count it: at the rate of its completion, rounded down; without a rate it cannot count."""
    if not entry.counts or entry.completed_at is None:
        return None
    rate = rate_at(rules, entry.currency, entry.completed_at)
    if rate is None:
        return None
    return CompletedOrder(
        order_id=order_id,
        value_minor=entry.total_minor * rate.worth_minor // rate.amount_minor,
        completed_at=entry.completed_at,
        claim_upheld=entry.claim_upheld,
    )


def _penalties_of_orders(entries: Iterable[OrderEntry], rules: LimitRules) -> Iterable[Penalty]:
    for entry in entries:
        if not entry.counts:
            continue
        for each in entry.offenses:
            points = points_for(each.offense, rules, made_good=entry.made_good)
            yield Penalty(offense=each.offense, points=points, given_at=each.at)
