"""One standard for several tests: what is named once holds for every test of the same property beside it."""

from __future__ import annotations

import re

import msgspec

from fairlot.domain.contract.judging.numbers_of import PROCEDURES
from fairlot.domain.contract.wording.analysis import Clause

# The two ways in which one test is done.
_TWO_WAYS = re.compile(
    r"\b(?:dry|wet|warp|weft|length|width|change|staining)\b|干|湿|经|纬|变色|沾色"
)


def with_shared_methods(groups: list[Clause]) -> list[Clause]:
    """Let tests of one property share the standard that one of them names ("dry ≥ 4, wet ≥ 3, ISO 105-X12")."""
    for index in range(len(groups) - 1):
        first, second = groups[index], groups[index + 1]
        tested = {prop.id for _, prop in first.properties() if prop.way in PROCEDURES}
        again = {prop.id for _, prop in second.properties() if prop.way in PROCEDURES}
        own, others = first.all_codes("standard"), second.all_codes("standard")
        alike = bool(tested & again and first.quantities and second.quantities)
        alike = alike and all(_TWO_WAYS.search(part.body) for part in (first, second))
        if not alike or bool(own) == bool(others) or ";" in first.text[first.start : second.end]:
            continue
        lacking = index if others else index + 1
        shared = (*groups[lacking].codes, *(others or own))
        groups[lacking] = msgspec.structs.replace(groups[lacking], codes=shared)
    return groups
