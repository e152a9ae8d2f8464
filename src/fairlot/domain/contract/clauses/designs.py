"""Clauses that only complete a mark or a box before them: size, place, technique, artwork, finish."""

from __future__ import annotations

import re

from fairlot.domain.contract.lexicon import Property
from fairlot.domain.contract.wording.analysis import Clause

_WITH_CONTENT = re.compile(r"\b(?:with|showing|stating|including)\b|注明|包括|含")
# Words that are worked into the goods (提花“RH HOTEL”).
_WORKED_IN = re.compile(
    r"(?:印|刻|绣|织|提花|压|烫|喷|雕|print\w*|engrav\w*|emboss\w*|embroider\w*|woven|stamp\w*|laser\w*)[^,;]{0,12}[\"“「『][^\"”」』]{1,40}[\"”」』]"
    r"|[\"“「『][^\"”」』]{1,40}[\"”」』][^,;]{0,12}(?:印|刻|绣|织|提花|压|烫|喷|雕|print|engrav|emboss|embroider|woven|stamp|laser)"
)

# How far behind the beginning of a requirement its words stand.
_WORDED_WITHIN = 160


def _worded(group: Clause) -> bool:
    end = min(group.end, group.start + _WORDED_WITHIN)
    return _WORKED_IN.search(group.raw, group.start, end) is not None


def completes_design(group: Clause, clause: Clause, own: list[Property]) -> bool:
    """Size, place and technique of a mark; artwork and finish of a box."""
    if (
        clause.has("branding.labels")
        and clause.has("branding.marks", "shape.ours")
        and group.code("file")
    ):
        return False
    marked = group.has("branding.marks", "branding.labels") or _worded(group)
    if marked and not clause.has("vague"):
        inside = all(p.kind in ("size", "colour", "branding", "finish", "capacity") for p in own)
        listed = _WITH_CONTENT.search(group.body) is not None and not clause.quantities
        away = (
            "packaging.words",
            "packaging.plain",
            "material.families",
            "to_be_confirmed.words",
            "defect.gradual",
        )
        return inside and (listed or not clause.has(*away))
    if own:
        return False
    if group.code("file") and clause.has("category.finish", "material.families", "branding.labels"):
        return True
    packed = group.has("packaging.designed", "branding.labels", "packaging.plain")
    if clause.code("file") is not None and not clause.quantities and packed:
        return True
    return group.has("packaging.designed") and clause.has("reference.document")
