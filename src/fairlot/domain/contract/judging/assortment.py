"""Pieces per size or color: one requirement, however many commas part it."""

from __future__ import annotations

import re

from fairlot.domain.contract.judging.judgement import Judgement, Parsed, make
from fairlot.domain.contract.wording.analysis import Clause

_ASSORTMENT = re.compile(
    r"(?<!\d)\d{1,3}(?::\d{1,3}){2,}(?!\d)|\b(?:xs|s|m|l|xl)\s*[:=]?\s*\d{1,4}\s*[/,;]\s*(?:s|m|l|xl|xxl|2xl)\s*[:=]?\s*\d{1,4}"
)


# Pieces per size letter, whose total is no requirement of its own ("S 200, M 300, total 500 pcs").
_LETTERED = re.compile(
    r"\b(?:xs|s|m|l|xl)\s*[:=]?\s*\d{2,5}\s*(?:pcs)?\s*[/,;]\s*(?:s|m|l|xl|xxl|2xl)\s*[:=]?\s*\d{2,5}"
)
# Pieces per size, parted by commas: one requirement.
_SIZE_RUN = re.compile(r"(?<![\d/])\d\d/\d{1,4}(?:\s*[,;]?\s*\d\d/\d{1,4}){2,}")


def lists_sizes(whole: Clause, kind: str) -> bool:
    """Say whether a whole text is one list of pieces per size."""
    if _SIZE_RUN.search(whole.body):
        return True
    return kind in ("quantity", "packaging") and _LETTERED.search(whole.body) is not None


def judge_assortment(clause: Clause) -> Judgement | None:
    """Judge a list of pieces per size, or a ratio of sizes."""
    if not (_ASSORTMENT.search(clause.body) or _SIZE_RUN.search(clause.body)):
        return None
    parsed = Parsed(operator="=", value=clause.raw[clause.start : clause.end].strip(), unit="pcs")
    return make(clause.start, clause.end, "quantity", (), parsed, "assortment")
