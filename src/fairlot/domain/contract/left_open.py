"""What a number leaves open: unit, tolerance, method, sample, choice."""

from __future__ import annotations

import re

from fairlot.domain.contract.analysis import Clause
from fairlot.domain.contract.kind_of_number import quantity_kind
from fairlot.domain.contract.lexicon import Property
from fairlot.domain.contract.numbers_of import (
    PROCEDURES,
    fitting_property,
    has_method,
    is_condition,
    unit_quantity,
)
from fairlot.domain.contract.quantities import Quantity

_SAMPLE_COUNT = re.compile(
    r"(?:check|test|measure|of|抽|取|任取|每批抽|n\s*=)\s*\d+|\d+\s*(?:件|个|只|条|支|瓶|套|台|双|pcs|pieces|samples|strokes|pumps)[^,;]{0,8}(?:取?平均|的平均|average)"
)


# A share of the order that is added to it.
_SPARES = re.compile(
    r"\bspares?\b|\bextra (?:pieces|units|parts|goods)|\bfree (?:of charge|pieces|units)|备品|备件|备用"
)
_STANDARD_PALLET = re.compile(r"1200\s*x\s*(?:800|1000)")


_EXACT_WITHOUT_TOLERANCE = frozenset(
    {"count", "containers", "layers", "memory", "data rate", "pixels", "resolution", "money", "wire gauge", "gauge", "water class", "points", "microbes"}
)  # fmt: skip


_ORDERED_BY = frozenset({"share", "money", "count", "length", "mass", "volume", "area"})


# Units that only the result of a test carries.
_RESULTS_OF_TESTS = frozenset({"force", "force per length", "pressure", "sound", "migration"})
_NATURAL_MINIMUM = frozenset({"cycles", "grade"})


def left_open(clause: Clause, quantity: Quantity, prop: Property | None, kind: str) -> list[str]:
    """List what the number itself leaves open: option, average, unit, tolerance, binding force."""
    rules: list[str] = []
    if (clause.has("option.words") and not shared_out(clause)) or (
        quantity.form == "list"
        and not _grades_side_by_side(quantity)
        and re.search(r"\sor\s|或", clause.text[quantity.start : quantity.end])
    ):
        rules.append("option_left_open")
    if kind == "price" and quantity.form == "range" and quantity.tolerance is None:
        rules.append("option_left_open")
    if clause.has("not_binding.words"):
        rules.append("not_binding")
    if (
        clause.has("average.words")
        and not _SAMPLE_COUNT.search(clause.body)
        and unit_quantity(quantity) != "length"
    ):
        rules.append("missing_sample_size")
    share_of_lot = prop is None and kind == "other" and unit_quantity(quantity) == "share"
    share_of_lot = share_of_lot and not _SPARES.search(clause.body)
    counted = share_of_lot or (prop is not None and prop.way == "sample")
    if counted and not _sampled(clause):
        rules.append("missing_sample_size")
    if quantity.unit is not None and quantity.unit.name == "container":
        rules.append("detail_missing")
    exact = quantity.tolerance is not None and quantity.tolerance.plus is not None
    if quantity.approximate and not exact:
        rules.append("approx_10_percent")
    graded = prop is None and kind in ("colour", "function") and clause.code("standard") is not None
    if _lacks_unit(quantity, prop) and not graded:
        rules.append("missing_unit")
    rules += _marks_of_any_size(clause, quantity, kind)
    if _lacks_tolerance(clause, quantity, prop, kind):
        rules.append("missing_tolerance")
    return rules


# So many of each in a mixed pack (混装4色各6件).
_OF_EACH = re.compile(r"各(?:装|放|配)?\s?[\d一二两三四五六七八九十]")
_MIXED = frozenset({"混装", "混色", "搭配", "混搭"})


def shared_out(clause: Clause) -> bool:
    """Say whether what is mixed is mixed in numbers that are given."""
    words = {clause.text[hit.start : hit.end] for hit in clause.words("option.words")}
    return words <= _MIXED and _OF_EACH.search(clause.body) is not None


def _grades_side_by_side(quantity: Quantity) -> bool:
    """Say whether both grades of a scale that are named pass: together they are a limit (0级或1级)."""
    graded = quantity.unit is not None and quantity.unit.name == "grade"
    return graded and max(quantity.values) - min(quantity.values) <= 1


def _marks_of_any_size(clause: Clause, quantity: Quantity, kind: str) -> list[str]:
    """Scratches or specks are counted, and nobody says from what size on (划痕不超过两条)."""
    counted = quantity.operator and unit_quantity(quantity) in ("count", "scale")
    if kind != "appearance" or not counted or clause.codes:
        return []
    if not clause.has("defect.gradual") or clause.has("defect.viewing"):
        return []
    sized = any(unit_quantity(q) in ("length", "area") for q in clause.quantities)
    return [] if sized else ["appearance_without_criterion"]


def _sampled(clause: Clause) -> bool:
    return (
        clause.code("standard") is not None
        or clause.has("sampling.level")
        or bool(_SAMPLE_COUNT.search(clause.body))
    )


def _lacks_unit(quantity: Quantity, prop: Property | None) -> bool:
    if quantity.unit is not None:
        return False
    if quantity.counted and (prop is None or "count" in prop.measures or prop.way == "count"):
        return False
    if prop is None:
        return True
    if prop.needs_unit:
        return True
    return not (prop.way == "count" or "scale" in prop.measures)


def _exact_by_nature(quantity: Quantity, measured: str, prop: Property | None) -> bool:
    """What is counted is exact; ratings, grades and test results are minima."""
    discrete = quantity.unit is not None and quantity.unit.discrete
    if prop is None and measured in _RESULTS_OF_TESTS:
        return True
    if discrete or measured in _EXACT_WITHOUT_TOLERANCE or measured in _NATURAL_MINIMUM:
        return True
    if prop is None:
        return False
    bounded = prop.way == "procedure" and prop.id not in ("heat resistance", "charging time")
    return bounded or prop.way in ("rating", "count", "sample")


# A limit as a share of the nominal value (不小于公称10ml的110%).
_SHARE_OF_NOMINAL = re.compile(r"(?:标称|公称|额定|标示|名义)[^,;]{0,12}的\s*\d+(?:\.\d+)?\s*%")


def _warranted_from(clause: Clause, measured: str) -> bool:
    """Say whether a time of warranty runs from a day that is given."""
    return measured == "time" and clause.has("shape.warranty") and clause.code("date") is not None


def _lacks_tolerance(clause: Clause, quantity: Quantity, prop: Property | None, kind: str) -> bool:
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
    spared = measured == "share" and _SPARES.search(clause.body) is not None
    if spared or (kind in ("price", "quantity") and measured in _ORDERED_BY):
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
# How far the size of a thing may stand from its name ("50 g silica gel", "hex key 4 mm").
_NAME_REACH = 12


def _names_a_thing(clause: Clause, quantity: Quantity) -> bool:
    """Say whether a bare size only tells which thing is packed with the goods ("one 4 mm hex key", 50g干燥剂)."""
    if not _COUNTED_THING.search(clause.body):
        return False
    return any(
        0 <= hit.start - quantity.end <= _NAME_REACH or 0 <= quantity.start - hit.end <= 2
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


def method(clause: Clause, quantity: Quantity, prop: Property | None, hint: str) -> list[str]:
    measured = unit_quantity(quantity)
    if measured == "water class":  # An ATM rating names its own test.
        return []
    if prop is None or prop.way not in PROCEDURES:
        needs = measured == "cycles" and (hint == "function" or not clause.has("defect.gradual"))
        needs = needs or (prop is None and hint == "function" and measured in ("share", "time"))
        needs = needs or (measured == "temperature" and _holds_for_a_time(clause))
        set_pressure = measured == "pressure" and quantity.tolerance is not None
        needs = needs or (measured in _RESULTS_OF_TESTS and not set_pressure)
        needs = needs or (hint == "colour" and measured == "share")
        needs = needs or (prop is None and hint == "function" and measured == "mass")
        needs = needs or (prop is None and measured == "grade")
        if not needs:
            return []
        return (
            []
            if has_method(clause, quantity, 1 if measured == "sound" else 2)
            else ["missing_test_method"]
        )
    return [] if has_method(clause, quantity, prop.conditions) else ["missing_test_method"]


def _holds_for_a_time(clause: Clause) -> bool:
    """Say whether a temperature is to hold for, or to stand after, a time: then it matters how it began."""
    return any(unit_quantity(quantity) == "time" for quantity in clause.quantities)


def material_beside(clause: Clause, prop: Property | None, kind: str) -> list[str]:
    """A yarn size or thickness beside a bare material family leaves the composition open."""
    if kind != "material" or (prop is not None and prop.id != "yarn"):
        return []
    if clause.has("material.families") and not clause.has(
        "material.grades", "material.polymers", "material.species"
    ):
        return (
            ["material_without_composition"]
            if not re.search(r"\d+(?:\.\d+)?\s*%", clause.body)
            else []
        )
    return []


_PROVEN = re.compile(
    r"transaction certificate|\btc\b|交易证书|证书(?:编)?号|certificate (?:no|number)"
)


def hidden_share(clause: Clause, quantity: Quantity) -> list[str]:
    """A share of what cannot be seen in the goods (recycled, organic) needs a paper for the order."""
    limited = any(prop.id == "substance content" for _, prop in clause.properties())
    hidden = clause.has("material.hidden_content") and unit_quantity(quantity) == "share"
    hidden = hidden and not limited
    return ["certificate_without_number"] if hidden and not _PROVEN.search(clause.body) else []


def further_numbers(clause: Clause, main: Quantity, inherited: Property | None) -> list[str]:
    """Judge the other numbers of the clause that are no conditions; only an open tolerance counts against it."""
    rules: list[str] = []
    main_property = fitting_property(clause, main, inherited)
    if main_property is not None and main_property.way in PROCEDURES:
        return rules
    for quantity in clause.quantities:
        if quantity.start == main.start or quantity.unit is None or is_condition(clause, quantity):
            continue
        prop = fitting_property(clause, quantity, inherited)
        if prop is None and clause.has("condition.words"):
            continue
        same = prop is not None and main_property is not None and prop.id == main_property.id
        if same and main.operator and unit_quantity(quantity) != unit_quantity(main):
            continue
        kind = quantity_kind(clause, quantity, prop, "")
        if unit_quantity(quantity) in ("time", "temperature", "share", "cycles", "angle"):
            continue
        if _lacks_tolerance(clause, quantity, prop, kind):
            rules.append("missing_tolerance")
    return rules
