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
from fairlot.domain.contract.lexicon import Property, properties
from fairlot.domain.contract.quantities import Quantity

PROCEDURES = frozenset({"procedure", "rating"})
_HEAD_GAP = re.compile(
    r"[\s:=(-]*(?:(?:of|is|are|be|shall be|must be|should be|has|value|level|test|为|是|要|需|须|应|达|rating|the|a)[\s:]*)*\Z"
)
_CONDITION_BEFORE = re.compile(
    r"(?:^|[\s(,])(?:per|at|after|from|under|for|during|in|when|on|against|with|by|without|using|through|every|between|after being|onto|over a|in a|@|viewed from|below neck seam|above|up to)\s+(?:an?\s|the\s|max\.?\s)?(?:[a-z]+\s)?\Z|(?:距|离|距离)[一-鿿]{0,4}\s*\Z|(?:在|经|距|离|于|从|用|以|加|施加|静拉|静压|静置|浸泡|烘|距离|距机身|距下摆|后|时|厚|@|每)\s*\Z"
)
_CONDITION_AFTER = re.compile(
    r"\s*(?:时|下|后|水|环境|door|load|charge|discharge|water|ambient|目视|处|负载|倒置|distance|before|前)"
)
_SAMPLE_COUNT = re.compile(
    r"(?:of|抽|取|任取|每批抽|n\s*=)\s*\d+|\d+\s*(?:件|个|只|条|pcs|pieces|samples)\s*(?:取?平均|的平均|average)"
)
_COLOR_RENDERING_MIN = 50
_STANDARD_PALLET = re.compile(r"1200\s*x\s*(?:800|1000)")
KIND_BY_QUANTITY = {
    "length": "size", "area": "size", "mass": "weight", "area mass": "weight", "linear mass": "weight",
    "volume": "capacity", "charge": "capacity", "memory": "capacity", "count": "quantity", "containers": "quantity",
    "money": "price", "yarn": "material", "yarn count": "material", "thread count": "material",
    "stitch density": "stitching", "gauge": "stitching", "content": "certification", "hardness": "material",
    "gloss": "finish", "migration": "certification", "layers": "packaging", "colours": "quantity", "emission": "material",
    "microbes": "certification", "color difference": "colour", "density": "material",
}  # fmt: skip
_PACK_UNITS = frozenset({"ctn", "bag", "box", "roll"})
_EXACT_WITHOUT_TOLERANCE = frozenset(
    {"count", "containers", "layers", "memory", "data rate", "pixels", "resolution", "money", "wire gauge", "gauge", "water class", "points", "microbes"}
)  # fmt: skip
_ORDERED_BY = frozenset({"share", "money", "count", "length", "mass", "volume", "area"})
_NATURAL_MINIMUM = frozenset({"cycles", "grade"})


def unit_quantity(quantity: Quantity) -> str:
    """Name what the number measures; a bare number is a "scale"."""
    if quantity.unit is None:
        return "count" if quantity.counted else "scale"
    if quantity.per and quantity.unit.quantity == "count" and quantity.per in ("kg", "g"):
        return "count per mass"
    return quantity.unit.quantity


def fitting_property(
    clause: Clause, quantity: Quantity, inherited: Property | None
) -> Property | None:
    """Find the property that the number speaks of: the nearest one before it that takes its unit, else after it."""
    measured = unit_quantity(quantity)
    best: Property | None = None
    if (
        measured == "scale"
        and any(prop.id == "roughness" for _, prop in clause.properties())
        and quantity.values[0] >= _COLOR_RENDERING_MIN
    ):
        return properties()[
            "cri"
        ]  # Ra is a roughness in µm and, unitless and this high, a color rendering index.
    for hit, prop in clause.properties():
        if hit.end <= quantity.end and measured in prop.measures and hit.start < quantity.start + 1:
            best = prop
    if best is None:
        best = next((prop for hit, prop in clause.properties() if measured in prop.measures), None)
    if best is None and inherited is not None and measured in inherited.measures:
        best = inherited
    if best is None and measured == "scale":
        heads = [prop for hit, prop in clause.properties() if hit.start < quantity.start]
        best = heads[-1] if heads else inherited
    return best


def is_condition(clause: Clause, quantity: Quantity) -> bool:
    """Say whether the number only describes how or where something holds (at 60°, with 70 kg, 距1米)."""
    text = clause.text
    before = text[max(clause.start, quantity.start - 24) : quantity.start]
    if _CONDITION_BEFORE.search(before) and not quantity.operator:
        return True
    opened = text.count("(", clause.start, quantity.start) > text.count(
        ")", clause.start, quantity.start
    )
    if opened and not text[clause.start : quantity.start].strip().startswith("("):
        return True
    return (
        bool(_CONDITION_AFTER.match(text, quantity.end))
        and not quantity.operator
        and quantity.tolerance is None
    )


def has_method(clause: Clause, main: Quantity | None, needed: int) -> bool:
    """Say whether a stranger could repeat the test: a named standard, or conditions enough with a pass criterion."""
    for code in clause.all_codes("standard", "class"):
        if code.identified or code.kind == "class":
            return True
    if clause.code("file") is not None or re.search(r"annex\s*[a-z\d]|附件\s*\d", clause.body):
        return True
    others = [q for q in clause.quantities if _describes_test(clause, q, main)]
    words = {hit.start for hit in clause.words("condition.words")}
    conditions = len(others) + len(
        [w for w in words if not any(q.start <= w < q.end for q in others)]
    )
    denied = clause.has("pass_criterion.words") or clause.has("defect.absent_before")
    if denied or (main is None and clause.has("defect.failures")):
        conditions += 1 if others or words else 0
    return conditions >= needed


def _describes_test(clause: Clause, quantity: Quantity, main: Quantity | None) -> bool:
    if quantity.unit is not None and quantity.unit.name in ("year", "month"):
        return False
    if main is None:
        return True
    if quantity.start == main.start or unit_quantity(quantity) == "scale":
        return False
    return unit_quantity(quantity) != unit_quantity(main) or is_condition(clause, quantity)


def main_quantity(
    clause: Clause, inherited: Property | None
) -> tuple[Quantity, Property | None] | None:
    """Choose the number that is the requirement; the others are conditions or further requirements."""
    ranked: list[tuple[int, int, Quantity, Property | None]] = []
    for index, quantity in enumerate(clause.quantities):
        prop = fitting_property(clause, quantity, inherited)
        measured = unit_quantity(quantity)
        score = 0
        score += (
            4
            if prop is not None and measured != "scale"
            else (3 if prop is not None and "scale" in prop.measures else (1 if prop else 0))
        )
        score += 3 if quantity.operator or quantity.tolerance else 0
        score += 2 if quantity.unit is not None else 0
        score -= 5 if is_condition(clause, quantity) else 0
        score -= 2 if _is_label_number(clause, quantity) else 0
        ranked.append((-score, index, quantity, prop))
    if not ranked:
        return None
    ranked.sort(key=lambda row: row[:2])
    return ranked[0][2], ranked[0][3]


def _is_label_number(clause: Clause, quantity: Quantity) -> bool:
    if quantity.unit is not None or quantity.operator or quantity.tolerance:
        return False
    before = clause.text[max(0, quantity.start - 8) : quantity.start]
    return bool(
        re.search(r"(?:item|no\.|no|type|#|artikel|第|line|version|rev\.?|part|size)\s*\Z", before)
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
        if not (hint or quantity.operator or quantity.tolerance is not None):
            return None
    wrong = _wrong_unit(clause, quantity, prop, inherited)
    if wrong is not None:
        return make(clause.start, clause.end, wrong.kind, ("wrong_unit",), property_id=wrong.id)
    kind = quantity_kind(clause, quantity, prop, hint)
    if hint == "quantity" and kind == "weight":
        kind = hint
    named = prop.id if prop is not None else ""
    if quantity.up_to and _harmless(clause, prop, kind):
        return make(clause.start, clause.end, kind, ("up_to_no_floor",), property_id=named)
    rules: list[str] = []
    rules += _left_open(clause, quantity, prop, kind)
    rules += _method(clause, quantity, prop, hint)
    rules += _material_beside(clause, prop, kind)
    rules += _further_numbers(clause, quantity, inherited)
    if _colors_by_name(clause, quantity, hint):
        kind = "colour"
        rules.append("colour_without_system")
    rules.sort(key=lambda rule: rule != "option_left_open")
    unit = "st/in" if named == "stitch density" and quantity.unit is None else ""
    test = ", ".join(code.value for code in clause.all_codes("standard"))
    operator = quantity.operator or _implied_operator(quantity, prop)
    parsed = parsed_quantity(quantity, operator=operator, test=test, unit=unit)
    return make(clause.start, clause.end, kind, rules, parsed, named)


def _colors_by_name(clause: Clause, quantity: Quantity, hint: str) -> bool:
    """Say whether the number only counts or shares colors that are given by name."""
    counted = quantity.unit is not None and quantity.unit.name == "colours"
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
    tolerance = parsed_tolerance(figure, approximate=False)
    parsed = Parsed(
        operator="=", value="", unit=figure.unit.name if figure.unit else None, tolerance=tolerance
    )
    named = [prop for _, prop in clause.properties()]
    if any(prop.id in ("accuracy", "shrinkage", "size") for prop in named) or re.search(
        r"accuracy|precision|error|deviation|精度|误差|走时", clause.body
    ):
        kind = next((prop.kind for prop in named), hint or "function")
        rules = (
            ("missing_test_method",)
            if any(prop.way == "procedure" for prop in named) and not has_method(clause, None, 2)
            else ()
        )
        return make(clause.start, clause.end, kind, rules, parsed, "accuracy")
    return make(clause.start, clause.end, hint or "size", ("unidentified_reference",), parsed)


def quantity_kind(clause: Clause, quantity: Quantity, prop: Property | None, hint: str) -> str:
    """Name the topic of a number: packing units first, then its property, then what its unit measures."""
    measured = unit_quantity(quantity)
    if quantity.per in _PACK_UNITS or (
        quantity.unit is not None and quantity.unit.quantity == "layers"
    ):
        return "packaging"
    if (
        measured == "count"
        and clause.has(
            "packaging.words", "packaging.plain", "packaging.designed", "things.documents"
        )
        and (prop is None or prop.id == "quantity")
    ):
        return "packaging"
    if (
        measured in ("length", "mass", "area mass")
        and clause.has("packaging.plain", "packaging.designed")
        and (prop is None or prop.kind in ("size", "weight", "packaging"))
    ):
        return "packaging"
    if prop is not None and prop.id != "capacity":
        return "appearance" if prop.kind == "size" and clause.has("defect.gradual") else prop.kind
    if clause.has("defect.gradual", "defect.discrete") and measured in (
        "length",
        "count",
        "share",
        "scale",
        "area",
    ):
        return "appearance"
    if clause.has("branding.marks", "branding.labels") and measured == "length":
        return "branding"
    if measured in KIND_BY_QUANTITY:
        return KIND_BY_QUANTITY[measured]
    return (prop.kind if prop else "") or hint or "function"


def _wrong_unit(
    clause: Clause, quantity: Quantity, prop: Property | None, inherited: Property | None
) -> Property | None:
    """Return the property whose number carries a unit of another quantity, if the number stands right behind its name."""
    if quantity.unit is None or (prop is not None and unit_quantity(quantity) in prop.measures):
        return None
    if unit_quantity(quantity) in (
        "share",
        "grade",
        "cycles",
        "time",
        "points",
        "magnification",
        "money",
    ):
        return None
    heads = [(hit, named) for hit, named in clause.properties() if hit.end <= quantity.start]
    if heads:
        hit, named = heads[-1]
        if _HEAD_GAP.match(clause.text, hit.end, quantity.start):
            return named if named.id not in ("price", "quantity", "load") else None
    elif inherited is not None and not clause.text[clause.start : quantity.start].strip(" ,;"):
        return (
            inherited
            if inherited.way == "direct"
            and inherited.id not in ("electrical", "quantity", "weight")
            else None
        )
    return None


def _harmless(clause: Clause, prop: Property | None, kind: str) -> bool:
    if clause.has("defect.gradual", "defect.discrete"):
        return False
    if re.search(r"sav(?:e|es|ing)|reduc|省|节约|降低", clause.body):
        return True
    if prop is not None and prop.good:
        return prop.good == "high"
    return kind not in ("size", "weight", "packaging", "appearance", "price")


def _left_open(clause: Clause, quantity: Quantity, prop: Property | None, kind: str) -> list[str]:
    """List what the number itself leaves open: option, average, unit, tolerance, binding force."""
    rules: list[str] = []
    if clause.has("option.words") or (
        quantity.form == "list"
        and re.search(r"\sor\s|或", clause.text[quantity.start : quantity.end])
    ):
        rules.append("option_left_open")
    if clause.has("not_binding.words"):
        rules.append("not_binding")
    if (
        clause.has("average.words")
        and not _SAMPLE_COUNT.search(clause.body)
        and unit_quantity(quantity) != "length"
    ):
        rules.append("missing_sample_size")
    if prop is not None and prop.way == "sample" and not _sampled(clause):
        rules.append("missing_sample_size")
    if quantity.unit is not None and quantity.unit.name == "container":
        rules.append("detail_missing")
    exact = quantity.tolerance is not None and quantity.tolerance.plus is not None
    if quantity.approximate and not exact:
        rules.append("approx_10_percent")
    graded = prop is None and kind in ("colour", "function") and clause.code("standard") is not None
    if _lacks_unit(quantity, prop) and not graded:
        rules.append("missing_unit")
    if _lacks_tolerance(clause, quantity, prop, kind):
        rules.append("missing_tolerance")
    return rules


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
    if discrete or measured in _EXACT_WITHOUT_TOLERANCE or measured in _NATURAL_MINIMUM:
        return True
    if prop is None:
        return False
    bounded = prop.way == "procedure" and prop.id not in ("heat resistance", "charging time")
    return bounded or prop.way in ("rating", "count", "sample")


def _lacks_tolerance(clause: Clause, quantity: Quantity, prop: Property | None, kind: str) -> bool:
    if quantity.tolerance is not None:
        return quantity.tolerance.plus is None
    if quantity.operator or quantity.approximate or quantity.up_to or quantity.form == "range":
        return False
    if _tolerance_by_standard(clause):
        return False
    if clause.bounds and any(bound.plus is not None for bound in clause.bounds):
        return False
    measured = unit_quantity(quantity)
    if _exact_by_nature(quantity, measured, prop):
        return False
    if kind in ("price", "quantity") and measured in _ORDERED_BY:
        return False
    if quantity.form == "list" and measured == "frequency":
        return False
    pallet = quantity.form == "dimensions" and _STANDARD_PALLET.search(clause.body)
    return not (pallet and re.search("pallet|托盘|卡板", clause.body))


_TOLERANCE_TALK = re.compile(
    r"tolerance|deviation|shortage|公差|偏差|允差|短缺|误差|\b[a-z]{1,2}\d{1,2}\b|2768|286"
)


def _tolerance_by_standard(clause: Clause) -> bool:
    """A standard named for the tolerance gives the figure (ISO 2768-m, h9 of ISO 286-2, 短缺量按 JJF 1070)."""
    return any(code.identified for code in clause.all_codes("standard")) and bool(
        _TOLERANCE_TALK.search(clause.body)
    )


def _method(clause: Clause, quantity: Quantity, prop: Property | None, hint: str) -> list[str]:
    if prop is None or prop.way not in PROCEDURES:
        measured = unit_quantity(quantity)
        needs = measured == "cycles" and not clause.has("defect.gradual")
        needs = needs or (prop is None and hint == "function" and measured in ("share", "time"))
        needs = needs or measured in ("force", "force per length", "pressure", "sound", "migration")
        if not needs:
            return []
        return (
            []
            if has_method(clause, quantity, 1 if measured == "sound" else 2)
            else ["missing_test_method"]
        )
    return [] if has_method(clause, quantity, prop.conditions) else ["missing_test_method"]


def _material_beside(clause: Clause, prop: Property | None, kind: str) -> list[str]:
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


def _further_numbers(clause: Clause, main: Quantity, inherited: Property | None) -> list[str]:
    """Judge the other numbers of the clause that are no conditions; only an open tolerance counts against it."""
    rules: list[str] = []
    main_property = fitting_property(clause, main, inherited)
    if main_property is not None and main_property.way in PROCEDURES:
        return rules
    for quantity in clause.quantities:
        if quantity.start == main.start or quantity.unit is None or is_condition(clause, quantity):
            continue
        prop = fitting_property(clause, quantity, inherited)
        kind = quantity_kind(clause, quantity, prop, "")
        if unit_quantity(quantity) in ("time", "temperature", "share", "cycles", "angle"):
            continue
        if _lacks_tolerance(clause, quantity, prop, kind):
            rules.append("missing_tolerance")
    return rules


def _implied_operator(quantity: Quantity, prop: Property | None) -> str:
    if quantity.form == "range":
        return "range"
    if quantity.up_to:
        return "<="
    if prop is not None and prop.way == "rating" and quantity.tolerance is None:
        return ">="
    return "="
