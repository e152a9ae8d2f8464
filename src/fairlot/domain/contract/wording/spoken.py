"""Words of trade that are known by the shape of their phrase: what runs for a time, what none may go below, means."""

from __future__ import annotations

import re

from fairlot.domain.contract.lexicon import Hit, properties

# What a thing does for a time ("runs 6 h", "burns at least 40 hours").
_RUNS = re.compile(
    r"\b(?:runs|burns|lasts|shines|glows|plays|operates|works|records|flies)\s(?:(?:for|at least|min\.?|minimum|a minimum of|no less than|not less than|>=|≥)\s?)*(?=\d+(?:\.\d+)?\s?(?:h|hrs?|hours?|min|minutes?)\b)"
)
# What no single piece may fall short of, or go beyond ("no bar under 96 g", "no reading above 45 µm").
_NO_PIECE = r"\bno(?:ne|thing)?\s(?:of them\s|(?:single\s|individual\s|one\s)?[a-z]+\s){0,1}(?:is |are |may be |weighs |measures |shall be |to be )?"
_FLOOR = re.compile(
    rf"{_NO_PIECE}(?:under|below|less than|lighter than|shorter than|thinner than|smaller than|lower than)(?=\s\d)"
)
_CEILING = re.compile(
    rf"{_NO_PIECE}(?:over|above|more than|heavier than|longer than|thicker than|larger than|bigger than|higher than)(?=\s\d)"
)
# A space that the goods must fit into is a limit of their size ("must pass through an opening of 60 x 40 cm").
_FITS_INTO = re.compile(
    r"\b(?:pass(?:es)? through|fits? (?:easily |flat )?(?:into|in|inside|through|under|within|between)|goes (?:through|into|in)|go (?:through|into)|slides? (?:into|through)|stays? within|not bigger than|within)\s"
    r"(?:an?|the)\s(?:[a-z-]+\s){0,2}?(?:box|opening|slot|hole|envelope|bag|drawer|gauge|frame|space|cube|ring|tube|tray|carton|letterbox|letter slot|mailbox|door|gap|cabinet|shelf|compartment|cylinder|template|case)\s(?:of|measuring|with|that is)?\s?(?=\d)"
)
# What the goods are to be as big as.
_AS_BIG = re.compile(
    r"\b(?:the )?size of an? [a-z]+|\bas (?:big|large|small|long|wide|thick|tall|thin|flat) as an? [a-z]+"
)
_DIGIT = re.compile(r"\d")
_MEAN = re.compile(r"(?<!by )\bmean\b(?!\s(?:to|that|it|the|an?|by)\b)")


def spoken(text: str) -> dict[str, list[Hit]]:
    """Find what a shadow text says by the shape of a phrase, by category of the lexicon."""
    as_big = [Hit(m.start(), m.end(), "reference.previous", m[0]) for m in _AS_BIG.finditer(text)]
    if _DIGIT.search(text) is None:
        return {"reference.previous": as_big}
    run_time = properties()["run time"]
    return {
        "property": [Hit(m.start(), m.end(), "property", run_time) for m in _RUNS.finditer(text)],
        "reference.previous": as_big,
        "average.words": [
            Hit(m.start(), m.end(), "average.words", m[0]) for m in _MEAN.finditer(text)
        ],
        "grammar.at_least_before": [
            Hit(m.start(), m.end(), "grammar.at_least_before", m[0]) for m in _FLOOR.finditer(text)
        ],
        "grammar.at_most_before": [
            Hit(m.start(), m.end(), "grammar.at_most_before", m[0])
            for pattern in (_CEILING, _FITS_INTO)
            for m in pattern.finditer(text)
        ],
    }
