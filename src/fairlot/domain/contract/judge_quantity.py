"""What a number is worth: its unit, its tolerance, its test method, and which of several numbers is the requirement."""

from __future__ import annotations

import re

from fairlot.domain.contract.analysis import Clause
from fairlot.domain.contract.judgement import (
    Judgement,
    Parsed,
    make,
    parsed_quantity,
    parsed_tolerance,
)
from fairlot.domain.contract.kind_of_number import quantity_kind
from fairlot.domain.contract.left_open import (
    further_numbers,
    hidden_share,
    left_open,
    material_beside,
    method,
)
from fairlot.domain.contract.lexicon import Property
from fairlot.domain.contract.numbers_of import (
    has_method,
    is_condition,
    main_quantity,
    unit_quantity,
)
from fairlot.domain.contract.open_by_topic import open_by_topic
from fairlot.domain.contract.quantities import Quantity

_WITHOUT = re.compile(r"(?:without|excl\.?|excluding|less|不含|不带|除)\s*\Z")
_HEAD_GAP = re.compile(
    r"(?:\s(?:of|for)\s(?:the\s)?[a-z-]+(?:\s[a-z-]+)?(?=\s?[:=]))?[\s:=(-]*(?:(?:of|is|are|be|shall be|must be|should be|has|value|level|test|为|是|要|需|须|应|达|rating|the|a)[\s:]*)*\Z"
)


def judge_quantity(clause: Clause, *, hint: str, inherited: Property | None) -> Judgement | None:
    """Judge the clause by its main number; None when it has no number that could be a requirement."""
    chosen = main_quantity(clause, inherited)
    if chosen is None:
        return _bare_tolerance(clause, hint)
    quantity, prop = chosen
    if clause.code("class") is not None and is_condition(clause, quantity):
        return None
    if quantity.unit is None and prop is None:
        if clause.has("not_binding.words"):
            parsed = parsed_quantity(quantity, operator="=")
            return make(clause.start, clause.end, hint or "other", ("not_binding",), parsed)
        if _is_a_name(clause, quantity, hint):
            return None
    wrong = _wrong_unit(clause, quantity, prop, inherited)
    if wrong is not None:
        return make(clause.start, clause.end, wrong.kind, ("wrong_unit",), property_id=wrong.id)
    kind = quantity_kind(clause, quantity, prop, hint)
    if hint == "quantity" and kind in _ORDERED and not _CONTAINER.search(clause.body):
        kind = hint
    named = prop.id if prop is not None else ""
    if quantity.up_to and _harmless(clause, prop, hint or kind):
        return make(clause.start, clause.end, kind, ("up_to_no_floor",), property_id=named)
    rules: list[str] = []
    rules += left_open(clause, quantity, prop, kind)
    rules += open_by_topic(clause, quantity, hint)
    rules += method(clause, quantity, prop, hint)
    rules += material_beside(clause, prop, kind)
    rules += further_numbers(clause, quantity, inherited) if hint != "quantity" else []
    rules += hidden_share(clause, quantity)
    if _colors_by_name(clause, quantity, hint):
        kind = "colour"
        rules.append("colour_without_system")
    rules.sort(key=lambda rule: rule != "option_left_open")
    unit = "st/in" if named == "stitch density" and quantity.unit is None else ""
    test = ", ".join(code.value for code in clause.all_codes("standard"))
    operator = quantity.operator or _implied_operator(quantity, prop)
    parsed = parsed_quantity(quantity, operator=operator, test=test, unit=unit)
    return make(clause.start, clause.end, kind, rules, parsed, named)


def _is_a_name(clause: Clause, quantity: Quantity, hint: str) -> bool:
    """Say whether a bare number of no known property only names something and requires nothing."""
    if hint in _NAMED_BY_NUMBER and quantity.counted and not quantity.operator:
        return True
    counted = quantity.counted and not clause.has("certificate.schemes", "certificate.words")
    return not (hint or quantity.operator or counted or quantity.tolerance is not None)


# What names the colors that are only counted here.
_COLORS_ELSEWHERE = re.compile(r"ral|pantone|pms|潘通|tc[xp]|tpg|ncs|附[件录表图]|annex|封样|\d{3}")


def _colors_by_name(clause: Clause, quantity: Quantity, hint: str) -> bool:
    """Say whether the number only counts or shares colors that are given by name."""
    counted = quantity.unit is not None and (
        quantity.unit.name == "colours"
        or (quantity.unit.discrete and list(quantity.values) == [1] and not clause.has("property"))
    )
    if hint == "colour" and quantity.unit is not None and quantity.unit.name == "colours":
        return not _COLORS_ELSEWHERE.search(clause.text)
    return clause.has("colour.names") and not clause.codes and (hint == "colour" or counted)


def _bare_tolerance(clause: Clause, hint: str) -> Judgement | None:
    """Judge an allowed deviation without a nominal value: complete for an accuracy, open for a size."""
    figure = next((bound for bound in clause.bounds if bound.plus is not None), None)
    if figure is None:
        if (
            clause.has("grammar.bare_tolerance")
            or (clause.bounds and hint)
            or (clause.has("grammar.tolerance_words") and hint in ("size", "weight"))
        ):
            return make(
                clause.start,
                clause.end,
                hint or "size",
                ("missing_tolerance",),
                Parsed(operator="=", value=""),
            )
        return None
    if hint == "colour":  # A share of a color is measured by nobody.
        return make(
            clause.start,
            clause.end,
            hint,
            ("missing_test_method",),
            Parsed(operator="<=", value=""),
        )
    tolerance = parsed_tolerance(figure, approximate=False)
    parsed = Parsed(
        operator="=", value="", unit=figure.unit.name if figure.unit else None, tolerance=tolerance
    )
    named = [prop for _, prop in clause.properties()]
    if hint == "quantity":
        return make(clause.start, clause.end, hint, (), parsed, "quantity")
    if any(prop.id in ("accuracy", "shrinkage", "size") for prop in named) or re.search(
        r"accuracy|precision|error|deviation|repeatab|reproducib|linearity|drift|positioning|run-?out|backlash|精度|误差|走时",
        clause.body,
    ):
        kind = next((prop.kind for prop in named), hint or "function")
        rules = (
            ("missing_test_method",)
            if any(prop.way == "procedure" for prop in named) and not has_method(clause, None, 2)
            else ()
        )
        return make(clause.start, clause.end, kind, rules, parsed, "accuracy")
    return make(clause.start, clause.end, hint or "size", ("unidentified_reference",), parsed)


def _wrong_unit(
    clause: Clause, quantity: Quantity, prop: Property | None, inherited: Property | None
) -> Property | None:
    """Return the property whose number carries a unit of another quantity, if the number stands right behind its name."""
    if quantity.unit is None or not _alien(unit_quantity(quantity)):
        return None
    heads = [(hit, named) for hit, named in clause.properties() if hit.end <= quantity.start]
    other = _other_electric(clause, quantity)
    if other is not None:
        return other
    if heads and any(unit_quantity(q) in heads[-1][1].measures for q in clause.quantities):
        return None
    if prop is not None and unit_quantity(quantity) in prop.measures:
        measured = unit_quantity(quantity)
        spoken = any(measured in named.measures for _, named in heads)
        weighed = heads and heads[-1][1].kind == "weight" and _alien_to_weight(measured)
        if not heads or (spoken and not weighed):
            return None
    for hit, named in (*heads[-1:], *heads[-2:-1]):
        bodily = unit_quantity(quantity) in _OF_BODIES
        if bodily and not _NAMES_QUANTITY.search(clause.text[hit.start : hit.end]):
            continue
        without = _WITHOUT.search(clause.text[clause.start : hit.start])
        if _HEAD_GAP.match(clause.text, hit.end, quantity.start) and not without:
            return named if named.id not in _ANY_UNIT else None
    if (
        not heads
        and inherited is not None
        and not clause.text[clause.start : quantity.start].strip(" ,;")
    ):
        return (
            inherited
            if inherited.way == "direct"
            and inherited.id not in ("electrical", "quantity", "weight")
            else None
        )
    return None


# Only where nobody could mean it: a length in kilograms, a weight in centimeters, a battery in amperes.
_GROUPS = (
    frozenset({"length", "area", "volume"}),
    frozenset({"mass", "area mass", "linear mass", "yarn", "count per mass"}),
    frozenset({"charge", "voltage", "current", "power", "resistance", "frequency", "energy"}),
    frozenset({"color temperature", "temperature", "luminous flux"}),
    frozenset({"rotation"}),
)


# Goods are ordered by these too; the length of a container is no order.
_ORDERED = frozenset({"weight", "size", "capacity", "packaging"})
_CONTAINER = re.compile(r"container|柜")
# Topics whose bare numbers are names ("925 silver plated", "6061 alu").
_NAMED_BY_NUMBER = frozenset({"material", "finish", "colour"})
# How far a delivery may differ from what was ordered.
_DIFFERENCE = re.compile(
    r"over|under|short|more|less|excess|deviation|tolerance|variation|difference|surplus"
)
# What every thing has.
_OF_BODIES = _GROUPS[0] | _GROUPS[1]
# A thing may be given by any of its measures ("bowl: 1.8 l"); a quantity takes its own units only.
_NAMES_QUANTITY = re.compile(
    r"length|width|height|depth|diamet|\bdia\b|size|dimension|thick|gauge|radius|circumference|long|wide|high|weight|weigh|mass|gsm|grammage|n\.?w|g\.?w|gross|volume|capacity|voltage|current|power|wattage|resistance|frequency"
    r"|temperature|lumen|flux|brightness|torque|speed|angle|accuracy|battery|output|input|pitch|clearance|measurement|playtime|run ?time|time|range|hardness|density|strength|chest|waist|sleeve|shoulder|inseam|hip|hem"
    r"|[长宽高厚径重深]|容量|电池|体积|电压|电流|功率|电阻|频率|温|尺寸|速|流明|亮度|扭矩|角度|净含量|规格|周长|尺码|时间|硬度|密度|强度|围"
)
# "Withstands 50 kg" speaks of a load as well as of heat; prices and quantities take every unit.
_ANY_UNIT = frozenset({"price", "quantity", "load", "heat resistance", "substance content"})


# Quantities of electricity that take one unit each.
_ELECTRIC = (
    (re.compile(r"(?:电压|voltage)\Z"), "voltage"), (re.compile(r"(?:电流|current)\Z"), "current"),
    (re.compile(r"(?:功率|wattage)\Z"), "power"), (re.compile(r"(?:频率|frequency)\Z"), "frequency"),
    (re.compile(r"(?:电阻|resistance)\Z"), "resistance"),
)  # fmt: skip


def _other_electric(clause: Clause, quantity: Quantity) -> Property | None:
    """Return the quantity of electricity that stands right before a number in the unit of another (电压:50Hz)."""
    measured = unit_quantity(quantity)
    if measured not in _GROUPS[2]:
        return None
    for hit, named in clause.properties():
        own = next((unit for head, unit in _ELECTRIC if head.search(clause.text[: hit.end])), "")
        if not own or hit.end > quantity.start or own == measured:
            continue
        stated = any(unit_quantity(q) == own for q in clause.quantities)
        if not stated and _HEAD_GAP.match(clause.text, hit.end, quantity.start):
            return named
    return None


def _alien(measured: str) -> bool:
    """Say whether a unit is so plain that it cannot be meant otherwise."""
    return any(measured in group for group in _GROUPS)


def _alien_to_weight(measured: str) -> bool:
    """Say whether a number behind "battery weight" measures the battery and not its weight."""
    return measured in _GROUPS[2] or measured in _GROUPS[3]


def _harmless(clause: Clause, prop: Property | None, kind: str) -> bool:
    if clause.has("defect.gradual", "defect.discrete"):
        return False
    if kind == "quantity" and _DIFFERENCE.search(clause.body):
        return False
    if re.search(r"sav(?:e|es|ing)|reduc|省|节约|降低", clause.body):
        return True
    if prop is not None and prop.good:
        return prop.good == "high"
    return kind not in ("size", "weight", "packaging", "appearance", "price")


def _implied_operator(quantity: Quantity, prop: Property | None) -> str:
    if quantity.form == "range":
        return "range"
    if quantity.up_to:
        return "<="
    if prop is not None and prop.way == "rating" and quantity.tolerance is None:
        return ">="
    return "="
