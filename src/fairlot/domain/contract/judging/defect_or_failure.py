"""Whether a word means a mark that is seen or a failure that happens: "no cracks" is looked for, "must not crack" is tested."""

from __future__ import annotations

import re

from fairlot.domain.contract.lexicon import Hit
from fairlot.domain.contract.wording.analysis import Clause

# A thing is denied that could be there; otherwise it is denied that something happens.
_DENIES_A_THING = re.compile(
    r"(?:\b(?:no|without|free of|free from|have|has|show|shows)\b|[无免零有]|没有|去除)\W*(?:\w+ )?\Z"
)
_BLEEDS = re.compile(r"bleed|fad(?:e|ing)|褪色|掉色|串色")
_AFTERWARDS = re.compile(r"\b(?:after|when|under|during|while|in use)\b|[后时]|经过|使用")


def named_inside(clause: Clause, failure: Hit | None) -> Hit | None:
    """Find a defect inside the words by which a test is passed ("no bubble bigger than 2 mm")."""
    if failure is None or failure.category != "pass_criterion.words":
        return None
    inside = (hit for hit in clause.words("defect.gradual") if failure.start < hit.start)
    return next((hit for hit in inside if hit.end <= failure.end), None)


def is_seen(clause: Clause, failure: Hit, gradual: Hit) -> bool:
    """Say whether the defect is all that a test would be passed by, and there is no test ("no stains")."""
    passing = failure.start < gradual.start and gradual.end <= failure.end
    passing = passing and not _BLEEDS.match(clause.text, gradual.start)
    only_sized = all(
        q.unit is None or q.unit.quantity in ("length", "count") for q in clause.quantities
    )
    return passing and only_sized and not (clause.codes or clause.has("condition.words"))


def happens(clause: Clause, failure: Hit, gradual: Hit) -> bool:
    """Say whether it is denied that the goods will fail, and not that a mark of it is seen ("must not crack", 不得松动)."""
    if (failure.start, failure.end) != (gradual.start, gradual.end):
        return False
    if clause.has("defect.viewing") or any(
        q.unit is not None and q.unit.quantity == "length" for q in clause.quantities
    ):
        return False
    if _BLEEDS.match(clause.text, failure.start):
        return True
    of_a_thing = _DENIES_A_THING.search(clause.text[clause.start : failure.start]) is not None
    return not of_a_thing or _AFTERWARDS.search(clause.body) is not None
