"""Clauses that leave something open which a later clause gives: the figure of a finish, the year of a date, a limit."""

from __future__ import annotations

import re

from fairlot.domain.contract.judging.judgement import Judgement
from fairlot.domain.contract.wording.analysis import Clause

# What tells how much of a material there is.
_CONTENT = re.compile(r"content|含量|含绒|成分")
# Finish outside and finish inside are two matters.
_PLACES = (re.compile(r"\boutside|outer\b|外"), re.compile(r"\binside|inner\b|内|里"))


def _elsewhere(group: Clause, clause: Clause) -> bool:
    """Say whether two clauses speak of two sides of the goods."""
    return any(
        one.search(group.body) and other.search(clause.body)
        for one, other in (_PLACES, _PLACES[::-1])
    )


# What a sealed sample or an artwork behind it tells where words leave it open (帆布,按封样F-9).
_LEFT_TO_SAMPLE = frozenset(
    {
        "material_without_composition",
        "category_without_limit",
        "colour_without_system",
        "branding_incomplete",
        "detail_missing",
    }
)
_AS_PER = re.compile(r"\s*(?:均|都|全部)?(?:按照?|同|参?照|依|与|以)")


def _by_sample(group: Clause, clause: Clause, other: Judgement) -> bool:
    """Say whether a later clause only points to one sample or drawing that decides what stands before."""
    pointed = other.property_id == "reference" and other.label == "claimable"
    alone = not (clause.quantities or clause.has("property", "colour.words", "packaging.words"))
    return (
        clause.start >= group.end and pointed and alone and _AS_PER.match(clause.body) is not None
    )


# How a wood named before is there (白蜡木,实木整板).
_ONLY_SOLID = re.compile(r"\s*(?:全|整块?|纯)?(?:实木|原木)(?:整[板木块])?[,.]?\s*")


# Kinds of cloth, paper and board: what the goods are, before their weight is given.
_CLOTHS = re.compile(
    r"\s*(?:the |our |\w+ )?(?:denim|canvas|jersey|fleece|poplin|twill|satin|terry|terry towel|velvet|muslin|flannel|gabardine|corduroy|chambray|rib|interlock|pique|french terry|duck|webbing|felt|paper|cardboard|kraft paper|art paper|tissue|cloth|fabric|towels?)\s*[,:-]*\s*"
)


def _only_names_goods(group: Clause, others: list[tuple[Clause, Judgement]]) -> bool:
    """Say whether a kind of cloth only says what is weighed ("denim, not under 11 oz/yd²")."""
    weighed = all(clause.start >= group.end for clause, _ in others) and any(
        q.unit is not None and q.unit.quantity == "area mass"
        for clause, _ in others
        for q in clause.quantities
    )
    return weighed and _CLOTHS.fullmatch(group.body) is not None


# How an edge is worked, and the figure that says how much.
_WORKED = re.compile(r"\b(?:round|chamfer|bevel|deburr|radius|eased)")
_HOW_MUCH = re.compile(r"\bradius|\bradii|\br\s?\d|\bchamfer|\bbevel")


def _shapes(group: Clause, clause: Clause) -> bool:
    """Say whether a clause gives the radius or the bevel of the edges before it."""
    return bool(_WORKED.search(group.body) and _HOW_MUCH.search(clause.body) and clause.quantities)


_PLATING = re.compile(r"\b(?:chrome|chromium|nickel|zinc|gold|silver|tin|copper|brass|rhodium)\b")


def _plated(group: Clause, others: list[tuple[Clause, Judgement]]) -> bool:
    """Say whether a metal only says what is plated on, before how thick ("chrome, min. 0.25 µm")."""
    layers = [part for _, part in others if part.parsed is not None and part.parsed.unit == "µm"]
    return bool(layers) and _PLATING.search(group.body) is not None


# A number on a chart, and no measure ("size 39-42").
_BARE = frozenset({"missing_unit", "missing_tolerance"})
_SIZE_NUMBER = re.compile(r"\bsizes?\s(?:eu\s|uk\s|us\s)?\d")


def is_completed_later(
    group: Clause, part: Judgement, others: list[tuple[Clause, Judgement]]
) -> bool:
    """Say whether a finish or a nominal value gets its figure in a clause behind it."""
    if set(part.rules) <= _LEFT_TO_SAMPLE and any(_by_sample(group, c, o) for c, o in others):
        return True
    if part.rules == ("category_without_limit",):
        return any(
            c.start >= group.end
            and (other.kind == "finish" or _shapes(group, c))
            and not _elsewhere(group, c)
            for c, other in others
        )
    if part.rules == ("material_without_composition",) and _ONLY_SOLID.fullmatch(group.body):
        return any(c.has("material.species") and c.end <= group.start for c, _ in others)
    if part.rules == ("material_without_composition",):
        if _only_names_goods(group, others):
            return True
        return any(_gives_share(group, clause, other) for clause, other in others)
    if part.rules[0] == "material_without_composition" and _plated(group, others):
        return True
    numbered = set(part.rules) <= _BARE and _SIZE_NUMBER.search(group.body) is not None
    if numbered or (part.rules == ("unidentified_reference",) and part.property_id == "size"):
        return any(o.kind == "size" and o.label == "claimable" for _, o in others)
    if part.rules == ("date_incomplete",):
        return any(_says_the_year(part, other) for _, other in others)
    if part.rules == ("missing_tolerance",):
        return any(_limits(group, clause, other) for clause, other in others)
    return False


def _gives_share(group: Clause, clause: Clause, other: Judgement) -> bool:
    """Say whether a later clause gives the share that a material's name leaves open (填充白鸭绒,绒子含量≥90%)."""
    shared = other.parsed is not None and other.parsed.unit == "%" and other.label == "claimable"
    named = other.property_id in ("", "purity") or _CONTENT.search(clause.body) is not None
    return clause.start >= group.end and shared and named


# By how much a nominal value may be missed.
_DIFFERENCE = re.compile(r"\A\s*(?:允许|重量|尺寸|长度|净重|正负|[正负])?(?:偏差|误差|公差|短缺)")


def _says_the_year(part: Judgement, other: Judgement) -> bool:
    """Say whether the other clause gives the same day with its year ("you said 20 July, so 20 July 2027")."""
    if part.parsed is None or other.parsed is None or other.label != "claimable":
        return False
    day, whole = str(part.parsed.value), str(other.parsed.value)
    return day.startswith("--") and whole.endswith(day[1:])


def _limits(group: Clause, clause: Clause, other: Judgement) -> bool:
    """Say whether a later clause gives the limit of a nominal value ("100 g, never less than 97 g")."""
    if clause.start < group.end or other.label != "claimable":
        return False
    if _DIFFERENCE.search(clause.body) and any(q.operator for q in clause.quantities):
        return True
    if clause.has("property", "defect.gradual"):
        return False
    nominal = {quantity.unit.quantity for quantity in group.quantities if quantity.unit is not None}
    limits = [quantity for quantity in clause.quantities if quantity.operator]
    measured = limits[0].unit if len(limits) == 1 else None
    return measured is not None and measured.quantity in nominal
