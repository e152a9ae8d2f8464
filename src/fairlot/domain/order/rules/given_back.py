"""What was given back of the price of which goods: no line gives back more than its price (R26, ruling A45).

A decision that adopts the rules says it exactly. An amount that was settled, or that departs, is spread over the claimed
lines by their price: over what the ground is about, then over the rest of these lines, then over the other lines. It
counts when goods are cancelled, when their shipment is released, and in later cases (decision 0035).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

import msgspec

from fairlot.domain.money import fraction_of, split_by_weights
from fairlot.domain.order import quantities
from fairlot.domain.order.rules.charged_back import charged_back_left_minor
from fairlot.domain.order.standing import terms_of, unpaid_minor
from fairlot.domain.order.state import Condition, Decision, Dispute, Order, Shipment
from fairlot.domain.policy.model import Ground

# What has still to leave is claimed on these grounds; lateness is that of goods that left as well.
_OF_WHAT_IS_TO_COME = frozenset({Ground.NEVER_SHIPPED, Ground.PRICE_RAISED, Ground.LATE})
_OF_WHAT_LEFT = frozenset(Ground) - {Ground.NEVER_SHIPPED, Ground.PRICE_RAISED}


class Shares(msgspec.Struct, frozen=True, kw_only=True):
    """What of an amount is given back of which goods: per line of pieces that have not left, per shipment of the others."""

    unshipped_minor: dict[int, int] = {}
    shipped_minor: dict[str, dict[int, int]] = {}


NO_SHARES = Shares()


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


def of_what_left_minor(order: Order, line: int) -> int:
    """Return what was given back of the price of a line's pieces that have left; those cancelled before do not count."""
    given = sum(shipment.given_back.get(line, 0) for shipment in order.shipments)
    if given == 0:
        return 0
    gone = quantities.ordered(order).get(line, 0) - quantities.missing(order).get(line, 0)
    return min(given, max(0, gone) * _unit_minor(order, line))


def lines_left_minor(order: Order, lines: Iterable[int]) -> int:
    """Return the price of whole lines, less what was cancelled of them and less what was given back of them."""
    wanted = set(lines)
    return sum(part.price_minor for part in _parts(order) if part.line in wanted)


def left_of_gone_minor(order: Order, pieces: Mapping[int, int]) -> int:
    """Return the price of some of the pieces that left, no more than what is left of that of all of these."""
    still = {part.line: part.price_minor for part in _parts(order) if part.has_left}
    return sum(
        min(number * _unit_minor(order, line), still.get(line, 0))
        for line, number in pieces.items()
    )


def shares_of_decision(
    order: Order, dispute: Dispute, decision: Decision, amount_minor: int
) -> Shares:
    """Return what an amount of a decision gives back of which goods; pieces that it cancels are none of them."""
    shipped_minor = _ruled_minor(decision, amount_minor)
    if shipped_minor is None:
        cancelled_minor = _cancelled_minor(order, decision)
        return shares_of_amount(order, dispute, max(0, amount_minor - cancelled_minor))
    assert decision.unshipped_minor is not msgspec.UNSET, "said together with what has left"
    missing = quantities.missing(order)
    unshipped_minor: dict[int, int] = {}
    for line, minor in decision.unshipped_minor.items():
        if line in missing:
            unshipped_minor[line] = minor
        else:
            shipped_minor[line] = shipped_minor.get(line, 0) + minor
    return Shares(unshipped_minor=unshipped_minor, shipped_minor=_by_shipment(order, shipped_minor))


def _ruled_minor(decision: Decision, amount_minor: int) -> dict[int, int] | None:
    """Return what the rules give per line for goods that left; None for an amount that departs from them."""
    ruled_minor: dict[int, int] | msgspec.UnsetType = msgspec.UNSET
    if amount_minor == decision.amount_minor:
        ruled_minor = decision.shipped_minor
    elif amount_minor == decision.otherwise_minor:
        ruled_minor = decision.otherwise_shipped_minor
    return None if ruled_minor is msgspec.UNSET else dict(ruled_minor)


def _cancelled_minor(order: Order, decision: Decision) -> int:
    """Return at most what an amount gives back for pieces that the decision cancels."""
    if decision.cancelled is msgspec.UNSET or decision.condition is not Condition.NONE:
        return 0
    gone = order.cancelled_quantities
    return quantities.price_of(
        order, {line: min(n, gone.get(line, 0)) for line, n in decision.cancelled.items()}
    )


def shares_of_amount(order: Order, dispute: Dispute, amount_minor: int) -> Shares:
    """Return what an amount gives back of which goods, by the grounds of the case."""
    unshipped_minor: dict[int, int] = {}
    shipped_minor: dict[int, int] = {}
    left_minor = amount_minor
    for parts in _in_turn(order, dispute):
        prices = [part.price_minor for part in parts]
        taken_minor = min(left_minor, sum(prices))
        if taken_minor == 0:
            continue
        left_minor -= taken_minor
        for part, minor in zip(parts, split_by_weights(taken_minor, prices), strict=True):
            found = shipped_minor if part.has_left else unshipped_minor
            if minor > 0:
                found[part.line] = found.get(part.line, 0) + minor
    return Shares(unshipped_minor=unshipped_minor, shipped_minor=_by_shipment(order, shipped_minor))


def _by_shipment(order: Order, lines_minor: Mapping[int, int]) -> dict[str, dict[int, int]]:
    """Spread what is given back of lines over their shipments by price: over those that are not released yet first."""
    found: dict[str, dict[int, int]] = {}
    for line, minor in lines_minor.items():
        left_minor = minor
        for is_released in (False, True):
            shipments = [s for s in order.shipments if _carries(s, line, is_released=is_released)]
            prices = [_still_minor(order, s, line) for s in shipments]
            taken_minor = min(left_minor, sum(prices))
            if taken_minor == 0:
                continue
            left_minor -= taken_minor
            for shipment, part_minor in zip(
                shipments, split_by_weights(taken_minor, prices), strict=True
            ):
                if part_minor > 0:
                    found.setdefault(shipment.id, {})[line] = (
                        found.get(shipment.id, {}).get(line, 0) + part_minor
                    )
    return found


def _carries(shipment: Shipment, line: int, *, is_released: bool) -> bool:
    return (
        shipment.is_dispatched
        and line in shipment.quantities
        and shipment.is_released is is_released
    )


def _still_minor(order: Order, shipment: Shipment, line: int) -> int:
    price_minor = shipment.quantities[line] * _unit_minor(order, line)
    return max(0, price_minor - shipment.given_back.get(line, 0))


def still_of_shipment_minor(
    order: Order, shipment: Shipment, *, without: Collection[int] = ()
) -> int:
    """Return the price of a shipment's goods less what was given back and released of it; some lines may be left out."""
    still_minor = sum(
        _still_minor(order, shipment, line) for line in shipment.quantities if line not in without
    )
    return max(0, still_minor - shipment.released_minor)


def kept_for_others_minor(
    order: Order, shipment: Shipment, *, without: Collection[int] = ()
) -> int:
    """Return what of the held money stands behind goods of other shipments, or that have not left; it stays with them.

    What was not paid yet stands behind none of them: first behind what has left, as when the rest is cancelled (A45). Nor
    does what a lost chargeback took: it counts towards whatever is found due next (A74).
    """
    others_minor = sum(
        still_of_shipment_minor(order, other, without=without)
        for other in order.shipments
        if other.is_dispatched and not other.is_released and other.id != shipment.id
    )
    missing = quantities.missing(order)
    to_come = {line: pieces for line, pieces in missing.items() if line not in without}
    counted_minor = unpaid_minor(order) + charged_back_left_minor(order)
    return max(0, others_minor + price_left_minor(order, to_come) - counted_minor)


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
        gone_minor = max(0, ordered[line.number] - pieces) * line.unit_price_minor
        still_minor = max(0, gone_minor - of_what_left_minor(order, line.number))
        yield _Part(line.number, True, still_minor)
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
