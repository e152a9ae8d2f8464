"""A change agreed for less: what was given back before of what it takes out of the price counts towards it (A11, R26)."""

from __future__ import annotations

from msgspec.structs import replace

from fairlot.domain.order import quantities
from fairlot.domain.order.rules.given_back import Shares, counted_minor
from fairlot.domain.order.standing import terms_of
from fairlot.domain.order.state import Order
from fairlot.domain.order.terms import Terms


def counted_in_change(order: Order, terms: Terms) -> tuple[int, Shares]:
    """Return what of a lower price the buyer has got back already, and what of it was for which goods.

    Pieces that are dropped, or cheaper than what was given back of them, had more given back than they cost now; those
    that were cancelled were paid back whole. Nothing counts that was not given back.
    """
    after = replace(order, terms=terms)
    shares = Shares(
        unshipped_minor=_of_waiting(order, after), shipped_minor=_of_shipped(order, after)
    )
    all_minor = sum(shares.unshipped_minor.values()) + _of_cancelled_minor(order, after)
    all_minor += sum(sum(lines.values()) for lines in shares.shipped_minor.values())
    return min(all_minor, order.funds.returned_minor), shares


def _of_waiting(order: Order, after: Order) -> dict[int, int]:
    if not order.given_back:
        return {}
    had, have = quantities.missing(order), quantities.missing(after)
    found: dict[int, int] = {}
    for line in dict.fromkeys(item.line for item in order.given_back):
        before_minor = counted_minor(order, line, had.get(line, 0))
        counted = before_minor - counted_minor(after, line, have.get(line, 0))
        if counted > 0:
            found[line] = counted
    return found


def _of_shipped(order: Order, after: Order) -> dict[str, dict[int, int]]:
    found: dict[str, dict[int, int]] = {}
    for shipment in order.shipments:
        for line, given_minor in shipment.given_back.items():
            price_minor = quantities.price_of(after, {line: shipment.quantities[line]})
            if given_minor > price_minor:
                found.setdefault(shipment.id, {})[line] = given_minor - price_minor
    return found


def _of_cancelled_minor(order: Order, after: Order) -> int:
    """Return by how much cancelled goods are cheaper, as far as they were paid back and not just never asked for."""
    if order.credit is not None:
        return 0
    cheaper_minor = 0
    for number, pieces in order.cancelled_quantities.items():
        line, now = terms_of(order).line(number), terms_of(after).line(number)
        if line is not None and now is not None:
            cheaper_minor += pieces * max(0, line.unit_price_minor - now.unit_price_minor)
    paid_back_minor = quantities.price_of(order, order.cancelled_quantities) - order.not_asked_minor
    return max(0, min(cheaper_minor, paid_back_minor))
