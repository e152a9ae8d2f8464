"""What a number leaves open: unit, tolerance, method, sample, choice."""

from __future__ import annotations

import re

from fairlot.domain.contract.judging.judge_reference import is_identified
from fairlot.domain.contract.judging.kind_of_number import quantity_kind
from fairlot.domain.contract.judging.nominal import RESULTS_OF_TESTS, SPARES, lacks_tolerance
from fairlot.domain.contract.judging.numbers_of import (
    PROCEDURES,
    SAMPLE_COUNT,
    fitting_property,
    has_method,
    is_condition,
    unit_quantity,
)
from fairlot.domain.contract.lexicon import Property
from fairlot.domain.contract.wording.analysis import Clause
from fairlot.domain.contract.wording.quantities import Quantity


def left_open(clause: Clause, quantity: Quantity, prop: Property | None, kind: str) -> list[str]:
    """List what the number itself leaves open: option, average, unit, tolerance, binding force."""
    rules: list[str] = []
    if _choice_open(clause, quantity, kind):
        rules.append("option_left_open")
    if clause.has("not_binding.words"):
        rules.append("not_binding")
    if _averages_unknown(clause, quantity, kind):
        rules.append("missing_sample_size")
    share_of_lot = prop is None and kind == "other" and unit_quantity(quantity) == "share"
    share_of_lot = share_of_lot and not SPARES.search(clause.body)
    counted = share_of_lot or (prop is not None and prop.way == "sample")
    if counted and not _sampled(clause):
        rules.append("missing_sample_size")
    if quantity.unit is not None and quantity.unit.name == "container":
        rules.append("detail_missing")
    exact = quantity.tolerance is not None and quantity.tolerance.plus is not None
    if quantity.approximate and not exact:
        rules.append("approx_10_percent")
    graded = prop is None and kind in ("colour", "function") and clause.code("standard") is not None
    if _lacks_unit(clause, quantity, prop) and not graded:
        rules.append("missing_unit")
    rules += _marks_of_any_size(clause, quantity, kind)
    if lacks_tolerance(clause, quantity, prop, kind):
        rules.append("missing_tolerance")
    if _packs_of_own_design(clause, quantity):
        rules.append("detail_missing")
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


# Where on the goods a mark counts.
_ZONE = re.compile(
    r"(?<![a-z])[a-c]\s?[面区级]|[正背反]面|主视|可视|可见面|每面|区域|\b(?:face|side|zone|class)\b"
)


def _marks_of_any_size(clause: Clause, quantity: Quantity, kind: str) -> list[str]:
    """Scratches or specks are counted, and nobody says from what size on (划痕不超过两条)."""
    counted = quantity.operator and unit_quantity(quantity) in ("count", "scale")
    if kind != "appearance" or not counted or clause.codes:
        return []
    if not clause.has("defect.gradual") or clause.has("defect.viewing"):
        return []
    sized = any(unit_quantity(q) in ("length", "area") for q in clause.quantities)
    sized = sized or _ZONE.search(clause.body) is not None
    return [] if sized else ["appearance_without_criterion"]


# A pack that is asked for, with how much goes into it ("display box for every 24", "gift box of 6").
_HOLDS = re.compile(r"\s(?:for every|for each|per every|of|holding|for|à)\s\Z")


# 展示盒每24个一个, 12个装一陈列盒.
_EVERY = re.compile(r"每\s?\d+[一-鿿]{1,2}(?:配|用|装|放)?一")
_ONE_FOR = re.compile(r"\d[一-鿿]{0,2}(?:配|用|装|放|入)?一[个只]?\Z")


def _packs_of_own_design(clause: Clause, quantity: Quantity) -> bool:
    """Say whether the number only tells how many a pack of unknown design holds."""
    if not quantity.counted and unit_quantity(quantity) != "count":
        return False
    if clause.code("file") is not None or is_identified(clause):
        return False
    return any(
        _HOLDS.fullmatch(clause.text, hit.end, quantity.start)
        or _EVERY.match(clause.text, hit.end, clause.end)
        or _ONE_FOR.search(clause.text, clause.start, hit.start)
        for hit in clause.words("packaging.designed")
    )


_NEGOTIABLE = re.compile(
    r"\bor (?:the )?(?:best|nearest|near) offer|\bor (?:best|nearest)\b|\bnegotiable\b|\bor (?:make|your) (?:an )?offer"
)


def _choice_open(clause: Clause, quantity: Quantity, kind: str) -> bool:
    """Say whether the figure may be one or another: "or", what it depends on, a price from … to …."""
    if clause.has("option.words") and not shared_out(clause):
        return True
    if kind == "price" and _NEGOTIABLE.search(clause.body):
        return True
    if kind == "price" and quantity.form == "range" and quantity.tolerance is None:
        return True
    either = re.search(r"\sor\s|或", clause.text[quantity.start : quantity.end])
    return bool(either) and quantity.form == "list" and not _grades_side_by_side(quantity)


# A standard of the text, of another clause too, that says how a mean is taken.
_BY_STANDARD = re.compile(r"(?<![a-z])(?:iso|gb/?t?|astm|din|en)\s?[a-z]?\d{3}")


def _averages_unknown(clause: Clause, quantity: Quantity, kind: str) -> bool:
    """Say whether a mean is asked for and nobody knows of how many; that of a layer is taken as its standard has it."""
    if not clause.has("average.words") or SAMPLE_COUNT.search(clause.body):
        return False
    layer = (
        kind == "finish"
        or _BY_STANDARD.search(clause.text)
        or clause.all_codes("standard", "class")
    )
    return not (unit_quantity(quantity) == "length" and layer)


def _sampled(clause: Clause) -> bool:
    return (
        clause.code("standard") is not None
        or clause.has("sampling.level")
        or bool(SAMPLE_COUNT.search(clause.body))
    )


_STITCHES = re.compile(r"\dstitch|\d\sstitch")
# What takes a number of stitches as a whole.
_TACKED = re.compile(r"button|tack|knot|eyelet|x-?stitch|\b(?:each|both|all) ends?\b|corner|hook")
# On what length stitches are counted.
_PER_STRETCH = re.compile(r"cm|inch|\bin\b|spi|\dmm|[一-鿿]|\"")


# Stitches of a seam, and on what length they are counted.
_DENSITY = re.compile(r"针距|针密|针迹密度")
_ON_LENGTH = re.compile(r"mm|cm|公分|厘米|毫米|寸|inch|吋")


def _lacks_unit(clause: Clause, quantity: Quantity, prop: Property | None) -> bool:
    if _STITCHES.search(clause.text, quantity.start, quantity.end) and not quantity.per:
        return not (_PER_STRETCH.search(clause.body) or _TACKED.search(clause.body))
    if quantity.unit is not None:
        dense = quantity.unit.name == "针" and _DENSITY.search(clause.text)
        return bool(dense) and not _ON_LENGTH.search(clause.text)
    if quantity.counted and (prop is None or "count" in prop.measures or prop.way == "count"):
        return False
    if prop is None:
        return True
    if prop.id == "stitch density":
        return not (_PER_STRETCH.search(clause.body) or _TACKED.search(clause.body))
    if prop.needs_unit:
        return True
    return not (prop.way == "count" or "scale" in prop.measures)


# Gloss is another number at every angle.
_GEOMETRY = re.compile(
    r"[268][05]\s?(?:°|deg|度)|iso\s?2813|astm\s?d\s?(?:523|2457)|gb/?t?\s?(?:9754|8807|13891)|\d°|angle|角"
)


def method(clause: Clause, quantity: Quantity, prop: Property | None, hint: str) -> list[str]:
    measured = unit_quantity(quantity)
    if prop is not None and prop.id == "gloss" and not _GEOMETRY.search(clause.body):
        return ["missing_test_method"]
    if measured == "torque" and quantity.tolerance is not None:
        return []  # A torque that is set is read off a wrench.
    if measured == "water class":  # An ATM rating names its own test.
        return []
    if prop is None or prop.way not in PROCEDURES:
        needs = measured == "cycles" and (hint == "function" or not clause.has("defect.gradual"))
        needs = needs or (prop is None and hint == "function" and measured in ("share", "time"))
        needs = needs or (measured == "temperature" and _holds_for_a_time(clause))
        set_pressure = measured == "pressure" and quantity.tolerance is not None
        needs = needs or (measured in RESULTS_OF_TESTS and not set_pressure)
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
        if lacks_tolerance(clause, quantity, prop, kind):
            rules.append("missing_tolerance")
    return rules
