"""Nominal values: which number needs a tolerance, and which is exact, a minimum, or only a name."""

from __future__ import annotations

import re

from fairlot.domain.contract.judging.numbers_of import unit_quantity
from fairlot.domain.contract.lexicon import Property
from fairlot.domain.contract.wording.analysis import Clause
from fairlot.domain.contract.wording.quantities import Quantity

# A share of the order that is added to it.
SPARES = re.compile(
    r"\bspares?\b|\bextra (?:pieces|units|parts|goods)|\bfree (?:of charge|pieces|units)|备品|备件|备用"
)
_STANDARD_PALLET = re.compile(
    r"1200\s*x\s*(?:800|1000)|\be(?:ur|uro|pal)\b.{0,12}(?:800\s*x\s*1200|120\s*x\s*80|80\s*x\s*120)(?!\d)"
)


_EXACT_WITHOUT_TOLERANCE = frozenset(
    {"count", "containers", "layers", "memory", "data rate", "pixels", "resolution", "money", "wire gauge", "gauge", "water class", "points", "microbes"}
)  # fmt: skip


_ORDERED_BY = frozenset({"share", "money", "count", "length", "area"})


# Units that only the result of a test carries.
RESULTS_OF_TESTS = frozenset({"force", "force per length", "pressure", "sound", "migration"})
_NATURAL_MINIMUM = frozenset({"cycles", "grade"})


def _exact_by_nature(quantity: Quantity, measured: str, prop: Property | None) -> bool:
    """What is counted is exact; ratings, grades and test results are minima."""
    discrete = quantity.unit is not None and quantity.unit.discrete
    if prop is None and measured in RESULTS_OF_TESTS:
        return True
    if discrete or measured in _EXACT_WITHOUT_TOLERANCE or measured in _NATURAL_MINIMUM:
        return True
    if prop is None or (prop.id == "quantity" and measured in ("mass", "volume")):
        return False
    bounded = prop.way == "procedure" and prop.id not in ("heat resistance", "charging time")
    return bounded or prop.way in ("rating", "count", "sample")


# A limit as a share of the nominal value (不小于公称10ml的110%).
_SHARE_OF_NOMINAL = re.compile(r"(?:标称|公称|额定|标示|名义)[^,;]{0,12}的\s*\d+(?:\.\d+)?\s*%")


# All of it is no nominal value.
_WHOLE, _FULL_TURN = 100, 360


def _all_of_it(clause: Clause, quantity: Quantity) -> bool:
    """Say whether a share is all of it or a share of spares, or an angle a full turn."""
    if unit_quantity(quantity) == "angle":
        return quantity.values[0] == _FULL_TURN
    whole = quantity.values[0] == _WHOLE or SPARES.search(clause.body) is not None
    return unit_quantity(quantity) == "share" and whole


def _warranted_from(clause: Clause, measured: str) -> bool:
    """Say whether a time of warranty runs from a day that is given."""
    return measured == "time" and clause.has("shape.warranty") and clause.code("date") is not None


def lacks_tolerance(clause: Clause, quantity: Quantity, prop: Property | None, kind: str) -> bool:
    if quantity.tolerance is not None:
        return quantity.tolerance.plus is None
    if quantity.operator or quantity.approximate or quantity.up_to or quantity.form == "range":
        return False
    if _tolerance_by_standard(clause, quantity) or _SHARE_OF_NOMINAL.search(clause.body):
        return False
    if clause.bounds and any(bound.plus is not None for bound in clause.bounds):
        return False
    measured = unit_quantity(quantity)
    if _warranted_from(clause, measured) or _exact_by_nature(quantity, measured, prop):
        return False
    if _all_of_it(clause, quantity) or (kind in ("price", "quantity") and measured in _ORDERED_BY):
        return False
    if _names_a_thing(clause, quantity):
        return False
    if measured == "stitch density" and not _PER_LENGTH.search(clause.body):
        return False
    if quantity.form == "list" and measured == "frequency":
        return False
    pallet = quantity.form == "dimensions" and _STANDARD_PALLET.search(clause.body)
    return not (pallet and re.search("pallet|托盘|卡板", clause.body))


_COUNTED_THING = re.compile(
    r"\b(?:one|an?|each|every|per|with|\d+)\b|[每一两1-9]|[个只把包袋根支片颗套]"
)
# A fit of the ISO system right behind the size ("Ø20 H7", "8 mm h9").
_FIT = re.compile(r"\s?,?\s?(?:[a-hk-npr-u]|js?)(?:[5-9]|1[0-4])(?![a-z\d])")
_PER_LENGTH = re.compile(r"cm|公分|inch|英?寸|厘米|\bin\b|spi|density|针距|针密")
_OF_THE_THING = re.compile(
    r".{0,2}|\s(?:bags?|packs?|sachets?|pouch(?:es)?|units?)?\s?(?:of|with|à)\s|:\s?|,\s?"
)
# How far the size of a thing may stand from its name ("50 g silica gel", "hex key 4 mm").
_NAME_REACH = 12


def _names_a_thing(clause: Clause, quantity: Quantity) -> bool:
    """Say whether a bare size only tells which thing is packed with the goods ("one 4 mm hex key", 50g干燥剂)."""
    if not _COUNTED_THING.search(clause.body):
        return False
    return any(
        0 <= hit.start - quantity.end <= _NAME_REACH
        or _OF_THE_THING.fullmatch(clause.text, hit.end, quantity.start)
        for hit in clause.words("things.named_by_size")
    )


_TOLERANCE_TALK = re.compile(
    r"tolerance|deviation|shortage|公差|偏差|允差|短缺|误差|(?<![a-z])[a-hjkmnprs]{1,2}\d{1,2}\b|2768|286"
)


def _tolerance_by_standard(clause: Clause, quantity: Quantity) -> bool:
    """A standard named for the tolerance gives the figure (ISO 2768-m, h9 of ISO 286-2); one named for a test, how long it lasts."""
    if _FIT.match(clause.text, quantity.end) and unit_quantity(quantity) in ("length", "scale"):
        return True
    if not any(code.identified for code in clause.all_codes("standard")):
        return False
    return unit_quantity(quantity) == "time" or bool(_TOLERANCE_TALK.search(clause.body))
