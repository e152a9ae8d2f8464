"""Clauses that say nothing of their own: conditions, pass criteria, standards and schemes of what stands before them."""

from __future__ import annotations

import re

from fairlot.domain.contract.judging.numbers_of import PROCEDURES
from fairlot.domain.contract.lexicon import Hit, Property
from fairlot.domain.contract.wording.analysis import Clause
from fairlot.domain.contract.wording.codes import Code

# The class of a standard that stands behind it (FFP2, KN95, A2S).
_CLASS_OF_STANDARD = re.compile(r"[a-z]{1,4}\d{1,3}[a-z]?|[a-z]\d[a-z]|[ab]类|[abⅠⅡ]级")


def only_schemes(clause: Clause) -> bool:
    """Say whether nothing but names of schemes and families of standards stands in the clause ("LFGB, FDA")."""
    named: list[Hit | Code] = [
        *clause.words("certificate.schemes"),
        *clause.words("certificate.families"),
        *clause.all_codes("standard"),
    ]
    covered = sum({(hit.start, hit.end): hit.end - hit.start for hit in named}.values())
    behind_caption = clause.body.replace("|", ":").rpartition(":")[2].strip(" ,;.")
    return bool(named) and covered + 4 >= len(behind_caption)


def only_standards(clause: Clause) -> bool:
    """Say whether nothing but standards stands in the clause."""
    codes = clause.all_codes("standard")
    if not codes or clause.quantities:
        return False
    left = list(clause.text)
    for code in codes:
        left[code.start : code.end] = " " * (code.end - code.start)
    rest = "".join(left[clause.start : clause.end]).strip(" ,;.()&+/")
    return not rest or _CLASS_OF_STANDARD.fullmatch(rest) is not None


def passes(group: Clause, clause: Clause) -> bool:
    """Say whether the clause only tells when the test before it is passed ("no tipping", 功能正常)."""
    tested = group.code("standard") is not None or any(
        prop.way in PROCEDURES for _, prop in group.properties()
    )
    denied = clause.has("pass_criterion.words") or (
        clause.has("defect.absent_before") and clause.has("defect.failures")
    )
    return tested and denied and not clause.has("property", "packaging.words", "colour.words")


def only_conditions(group: Clause, clause: Clause, own: list[Property]) -> bool:
    """Say whether the clause only gives temperature, time or angle of the measure before it."""
    looked_at = group.has("defect.gradual") and group.has("defect.absent_before")
    measures = bool(group.quantities) and group.has("property")
    if own or not clause.quantities or not (measures or looked_at):
        return False
    if any(q.operator for q in clause.quantities) or own_topic(group, clause):
        return False
    measured = {q.unit.quantity for q in clause.quantities if q.unit is not None}
    allowed = {"temperature", "time", "angle", "illuminance", "speed", "rotation"}
    return bool(measured) and measured <= allowed


_TOPICS = (
    "packaging.words", "packaging.plain", "packaging.designed", "branding.marks",
    "date.ship_words", "colour.names", "colour.words",
)  # fmt: skip


def own_topic(group: Clause, clause: Clause) -> bool:
    """Say whether the clause speaks of another matter: colors, packing, marks, dates."""
    return any(clause.has(category) and not group.has(category) for category in _TOPICS)


def nothing_own(clause: Clause) -> bool:
    silent = ("grammar.", "things.present", "condition.", "neutral.", "shape.")
    return not (
        clause.quantities
        or clause.codes
        or any(
            name not in ("date.partial", "category.size_letters") and not name.startswith(silent)
            for name in clause.hits
        )
    )


# Where something is put for a test (贴在干净瓷砖上, 吸在2mm厚Q235板上).
_PUT = re.compile(
    r"[一-鿿]{0,8}?(?:贴|吸|挂|放|装|粘|固定|安装|置|压|夹|架)(?:在|于)[^,;]{1,14}[上内中里下间处],?\s*"
)


def puts_in_place(clause: Clause) -> bool:
    """Say whether a clause only puts the goods where they are then tested."""
    told = (
        "branding.marks",
        "branding.labels",
        "packaging.plain",
        "packaging.designed",
        "option.words",
    )
    limited = any(q.operator or q.tolerance for q in clause.quantities)
    return not limited and not clause.has(*told) and _PUT.fullmatch(clause.body) is not None
