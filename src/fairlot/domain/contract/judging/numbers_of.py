"""Which number of a clause is the requirement, which property it speaks of, and which numbers only describe a test."""

from __future__ import annotations

import re

from fairlot.domain.contract.lexicon import Property, properties
from fairlot.domain.contract.wording.analysis import Clause
from fairlot.domain.contract.wording.quantities import Quantity

PROCEDURES = frozenset({"procedure", "rating"})
# How many are measured.
SAMPLE_COUNT = re.compile(
    r"\b\d+ [a-z]+ (?:weighed|measured|taken|checked|drawn|picked|tested|sampled|selected|chosen)|(?:over|across|from|on|mean of|weigh|sample|sampling|readings?:?|points?:?) \d+ (?!°|mm|cm|%|x |to |kg|g |m )|(?:\b\d+|five|ten|three|four|six|eight|twelve|twenty) (?:points|readings|measurements|places|spots|positions|samples|pieces|specimens)|(?:check|test|measure|of|抽|取|任取|每批抽|n\s*=)\s*\d+|\d+\s*(?:件|个|只|条|支|瓶|套|台|双|pcs|pieces|samples|strokes|pumps)[^,;]{0,8}(?:取?平均|的平均|average)"
)


_CONDITION_BEFORE = re.compile(
    r"(?:^|[\s(,])(?:per|at|after|from|under|for|during|in|when|on|against|with|by|without|using|through|every|between|after being|onto|over a|in a|@|viewed from|below neck seam|above|up to)\s+(?:an?\s|the\s|max\.?\s)?(?:[a-z]+\s)?\Z|(?:距|离|距离)[一-鿿]{0,4}\s*\Z|(?:在|经|距|离|于|从|用|以|加|施加|静拉|静压|静置|浸泡|烘|距离|距机身|距下摆|后|时|厚|@|每|[缝摆颈口边领沿端侧][上下左右]方?)\s*\Z"
)


_CONDITION_AFTER = re.compile(
    r"\s*(?:(?:内|缝|车|平均)?\d+(?:[-~至到]\d+)?针|时|下|后|水|环境|door|load|charge|discharge|water|ambient|目视|处|居中|负载|倒置|distance|before|前)|\s+(?:above|below|from|underneath|off|left of|right of|away|behind)\s+(?!\d)"
)


_COLOR_RENDERING_MIN = 50


def unit_quantity(quantity: Quantity) -> str:
    """Name what the number measures; a bare number is a "scale"."""
    if quantity.unit is None:
        return "count" if quantity.counted else "scale"
    if quantity.per and quantity.unit.quantity == "count" and quantity.per in ("kg", "g"):
        return "count per mass"
    return quantity.unit.quantity


# What comes before the measured time ("烧开后30秒内").
_BEFORE_IT = re.compile(r"\s*(?:后|以后|之后)")


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
        if _BEFORE_IT.match(clause.text, hit.end):
            continue
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
    limited = clause.has("pass_criterion.limited") and any(
        q.operator for q in clause.quantities if main is None or q.start != main.start
    )
    denied = limited or clause.has("pass_criterion.words", "defect.absent_before")
    if denied or (main is None and clause.has("defect.failures")):
        conditions += 1 if others or words else 0
    return conditions >= needed and (bool(others) or len(words) > needed)


def _describes_test(clause: Clause, quantity: Quantity, main: Quantity | None) -> bool:
    if quantity.unit is not None and quantity.unit.name in ("year", "month"):
        return False
    if main is not None and quantity.operator and not is_condition(clause, quantity):
        return False
    if main is None:
        return True
    if quantity.start == main.start or unit_quantity(quantity) == "scale":
        return False
    another = unit_quantity(quantity) != unit_quantity(main) or quantity.per != main.per
    return another or is_condition(clause, quantity)


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
        single = (
            list(quantity.values) == [1] and len(clause.quantities) > 1 and not quantity.operator
        )
        score -= 3 if single and measured == "count" else 0
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
