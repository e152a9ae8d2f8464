"""What a number leaves open under its topic: a price its currency, a print its picture, a pallet its load, a weight its unit."""

from __future__ import annotations

import re

from fairlot.domain.contract.judging.numbers_of import unit_quantity
from fairlot.domain.contract.wording.analysis import Clause
from fairlot.domain.contract.wording.quantities import Quantity

_PER_WHAT = re.compile(r"\s?(?:per|a|each)\s")
_MEASURED_TOPICS = frozenset({"weight", "size", "capacity"})
_PRICED = re.compile(
    r"(?:usd|eur|gbp|rmb|cny|us\$|[$€£¥])\s?\d|\d\s?(?:usd|eur|gbp|rmb|cny|[€$]|元|美元)"
)


def open_by_topic(clause: Clause, quantity: Quantity, hint: str) -> list[str]:
    """List what the number leaves open because of the topic under which it stands."""
    return [
        *_currency_open(clause, hint),
        *_packs_alone(clause, quantity, hint),
        *_artwork_open(quantity, hint),
        *_measure_open(clause, quantity, hint),
    ]


def _currency_open(clause: Clause, hint: str) -> list[str]:
    """A price as a bare number, at most of so many pieces ("4.35 each"), leaves its currency open."""
    measured = {unit_quantity(quantity) for quantity in clause.quantities}
    elsewhere = _PRICED.search(clause.text) and not any(q.decimals for q in clause.quantities)
    priced = measured & {"money", "share"} or elsewhere
    return [] if hint != "price" or priced else ["missing_unit"]


def _packs_alone(clause: Clause, quantity: Quantity, hint: str) -> list[str]:
    """An order in pallets or cartons alone leaves open how much is in them."""
    packs = quantity.unit is not None and quantity.unit.name == "ctn" and not quantity.per
    alone = hint == "quantity" and packs and len(clause.quantities) == 1
    alone = alone and not re.search(r"每[箱盒包袋托]|/[箱盒]", clause.text)
    return ["detail_missing"] if alone else []


def _artwork_open(quantity: Quantity, hint: str) -> list[str]:
    """The number of colors of a print tells nothing of its picture."""
    coloured = quantity.unit is not None and quantity.unit.quantity == "colours"
    return ["branding_incomplete"] if coloured and hint == "branding" else []


def _measure_open(clause: Clause, quantity: Quantity, hint: str) -> list[str]:
    """So much per something leaves open how much of what ("240 per square metre")."""
    bare = quantity.unit is None and quantity.counted and hint in _MEASURED_TOPICS
    per_what = _PER_WHAT.match(clause.text, quantity.end) is not None
    return ["missing_unit"] if bare and per_what and not clause.properties() else []
