"""What was given back of the price of goods that had not left: it counts when they are cancelled (R26, ruling A45).

A decision that adopts the rules says it exactly. An amount that was settled, or that departs, is spread over the claimed
lines by their price: over what the ground is about, then over the rest of these lines, then over the other lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from fairlot.domain.money import fraction_of, split_by_weights
from fairlot.domain.order import quantities
from fairlot.domain.order.standing import terms_of
from fairlot.domain.order.state import Decision, Dispute, Order
from fairlot.domain.policy.model import Ground

# What has still to leave is claimed on these grounds; lateness is that of goods that left as well.
_OF_WHAT_IS_TO_COME = frozenset({Ground.NEVER_SHIPPED, Ground.PRICE_RAISED, Ground.LATE})
_OF_WHAT_LEFT = frozenset(Ground) - {Ground.NEVER_SHIPPED, Ground.PRICE_RAISED}


class _Part(msgspec.Struct, frozen=True):
    """The pieces of one line that left, or those that did not, and what of their price was not given back."""

    line: int
    has_left: bool
    price_minor: int


def counted_minor(order: Order, line: int, pieces: int) -> int:
    """Return what was given back of the price of a line's pieces that have not left; what left took its part along."""
    unit_minor = _unit_minor(order, line)
    given = sum(
        fraction_of(item.amount_minor, min(pieces, item.quantity), item.quantity)
        for item in order.given_back
        if item.line == line
    )
    return min(given, pieces * unit_minor)


def price_left_minor(order: Order, pieces: Mapping[int, int]) -> int:
    """Return the price of pieces per line that have not left, less what was given back of it."""
    counted = sum(counted_minor(order, line, number) for line, number in pieces.items())
    return quantities.price_of(order, dict(pieces)) - counted


def unshipped_of_decision(
    order: Order, dispute: Dispute, decision: Decision, amount_minor: int
) -> dict[int, int]:
    """Return per line what a decision's amount gives back for pieces that have not left and are not cancelled by it."""
    if decision.unshipped_minor is not msgspec.UNSET and amount_minor == decision.amount_minor:
        missing = quantities.missing(order)
        return {n: minor for n, minor in decision.unshipped_minor.items() if n in missing}
    return unshipped_minor(order, dispute, amount_minor)


def unshipped_minor(order: Order, dispute: Dispute, amount_minor: int) -> dict[int, int]:
    """Return per line what an amount gives back for pieces that have not left, by the grounds of the case."""
    found: dict[int, int] = {}
    left_minor = amount_minor
    for parts in _in_turn(order, dispute):
        prices = [part.price_minor for part in parts]
        taken_minor = min(left_minor, sum(prices))
        if taken_minor == 0:
            continue
        left_minor -= taken_minor
        for part, minor in zip(parts, split_by_weights(taken_minor, prices), strict=True):
            if not part.has_left and minor > 0:
                found[part.line] = found.get(part.line, 0) + minor
    return found


def _in_turn(order: Order, dispute: Dispute) -> Iterator[list[_Part]]:
    every = list(_parts(order))
    grounds = _grounds_by_line(order, dispute)
    meant = [
        part for part in every if _is_about(grounds.get(part.line, ()), has_left=part.has_left)
    ]
    claimed = [part for part in every if part.line in grounds and part not in meant]
    yield meant
    yield claimed
    yield [part for part in every if part.line not in grounds]


def _parts(order: Order) -> Iterator[_Part]:
    missing, ordered = quantities.missing(order), quantities.ordered(order)
    for line in terms_of(order).lines:
        pieces = missing.get(line.number, 0)
        gone = max(0, ordered[line.number] - pieces)
        yield _Part(line.number, True, gone * line.unit_price_minor)
        unshipped = pieces * line.unit_price_minor - counted_minor(order, line.number, pieces)
        yield _Part(line.number, False, unshipped)


def _grounds_by_line(order: Order, dispute: Dispute) -> dict[int, set[Ground]]:
    found: dict[int, set[Ground]] = {}
    for claim in dispute.claims:
        for number in claim.lines or (line.number for line in terms_of(order).lines):
            found.setdefault(number, set()).add(claim.ground)
    return found


def _is_about(grounds: Iterable[Ground], *, has_left: bool) -> bool:
    return any(ground in (_OF_WHAT_LEFT if has_left else _OF_WHAT_IS_TO_COME) for ground in grounds)


def _unit_minor(order: Order, number: int) -> int:
    line = terms_of(order).line(number)
    return 0 if line is None else line.unit_price_minor
