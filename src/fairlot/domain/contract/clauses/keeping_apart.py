"""Clauses that are requirements of their own although they speak of the same property as the one before."""

from __future__ import annotations

import re

from fairlot.domain.contract.clauses.said_of_others import only_standards
from fairlot.domain.contract.judging.numbers_of import PROCEDURES
from fairlot.domain.contract.lexicon import Property
from fairlot.domain.contract.wording.analysis import Clause

# What becomes of the color is a matter of its own beside a measure of something else.
_BLEEDS = re.compile(
    r"\b(?:no|not|without|never)\W[\w ]{0,8}(?:bleed|fad)|不(?:得|能|会|可)?(?:褪色|掉色|串色|变色)"
)
_COLOURED = re.compile(r"colou?r|fastness|rubbing|色|摩擦")
# Two sentences that each say of a thing what it must not do.
_DENIES = re.compile(r"\s*(?:the\s)?\w+\s(?:\w+\s)?(?:shall|must|may|should|will|can) ?not\b")
# How long a price stands is no part of it.
_STANDS = re.compile(r"\s*(?:offer |price |quotation )?(?:valid|validity)\b|\s*(?:报价|价格)?有效")
# What else the law may want ("other EU rules too", 其他欧盟要求).
_FURTHER = re.compile(r"\s*(?:and\s)?(?:all )?(?:other|further)\s|\s*(?:其他|其它|别的)")
# What is done before the goods leave, beside what must then be so.
_CHECKS = re.compile(r"(?:出厂|出货|发货|装箱|包装)前[^,;]{0,10}(?:检|测|试)")


def kept_apart(group: Clause, clause: Clause, own: list[Property], head: list[Property]) -> bool:
    """A second number of the same property, or a number after a semicolon, is a requirement of its own."""
    again = {prop.id for prop in own if prop.way in PROCEDURES} & {prop.id for prop in head}
    graded = any(
        q.operator or (q.unit is not None and q.unit.name == "grade") for q in clause.quantities
    )
    if again and graded and group.quantities:
        return True
    if clause.has("material.hidden_content") and not group.has(
        "material.fibers", "material.families", "material.polymers"
    ):
        return True
    if _BLEEDS.search(clause.body) and group.quantities and not _COLOURED.search(group.body):
        return True
    if (
        group.text[clause.start - 1] == "."
        and _DENIES.match(clause.body)
        and _DENIES.match(group.body)
    ):
        return True
    if _STANDS.match(clause.body) and any(
        q.unit is not None and q.unit.quantity == "money" for q in group.quantities
    ):
        return True
    if _FURTHER.match(clause.body) and group.quantities:
        return True
    if clause.has("defect.gradual", "defect.discrete") and _CHECKS.search(group.body):
        return True
    if _limited_again(group, clause):
        return True
    return _parted_by_semicolon(group, clause)


def _parted_by_semicolon(group: Clause, clause: Clause) -> bool:
    """Say whether a clause behind a semicolon asks for something of its own."""
    if group.text[clause.start - 1] != ";" or only_standards(clause):
        return False
    if clause.has("certificate.schemes") and not group.quantities:
        return group.code("standard") is not None
    return bool(clause.quantities) or clause.has("branding.marks", "defect.absent_before")


def _limited_again(group: Clause, clause: Clause) -> bool:
    """Say whether a clause limits what the group limits too, for another case ("lowest 18 h, highest at least 3 h")."""
    before = {q.unit.quantity for q in group.quantities if q.unit and (q.operator or q.up_to)}
    here = {q.unit.quantity for q in clause.quantities if q.unit and (q.operator or q.up_to)}
    return "time" in before & here
