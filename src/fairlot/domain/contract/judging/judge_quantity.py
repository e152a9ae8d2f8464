"""What a number is worth: its unit, its tolerance, its test method, and which of several numbers is the requirement."""

from __future__ import annotations

import re

from fairlot.domain.contract.judging.judgement import (
    Judgement,
    Parsed,
    make,
    parsed_quantity,
    parsed_tolerance,
)
from fairlot.domain.contract.judging.kind_of_number import quantity_kind
from fairlot.domain.contract.judging.left_open import (
    further_numbers,
    hidden_share,
    left_open,
    material_beside,
    method,
)
from fairlot.domain.contract.judging.numbers_of import (
    has_method,
    is_condition,
    main_quantity,
)
from fairlot.domain.contract.judging.open_by_topic import open_by_topic
from fairlot.domain.contract.judging.wrong_unit import wrong_unit
from fairlot.domain.contract.lexicon import Property
from fairlot.domain.contract.wording.analysis import Clause
from fairlot.domain.contract.wording.quantities import Quantity


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
    wrong = wrong_unit(clause, quantity, prop, inherited)
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
    graded = hint == "material" and clause.has("material.grades")
    if graded and not quantity.operator and quantity.tolerance is None:
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


# Goods are ordered by these too; the length of a container is no order.
_ORDERED = frozenset({"weight", "size", "capacity", "packaging"})

_CONTAINER = re.compile(r"container|柜")

# Topics whose bare numbers are names ("925 silver plated", "6061 alu").
_NAMED_BY_NUMBER = frozenset({"material", "finish", "colour"})


# How far a delivery may differ from what was ordered.
_DIFFERENCE = re.compile(
    r"over|under|short|more|less|excess|deviation|tolerance|variation|difference|surplus"
)


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
