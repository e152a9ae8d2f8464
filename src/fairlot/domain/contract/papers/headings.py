"""Which lines of a paper are headings and open a section instead of asking for something."""

from __future__ import annotations

import re

from fairlot.domain.contract.lexicon.spotting import spot
from fairlot.domain.contract.papers.document_lines import Line, heading_words
from fairlot.domain.contract.papers.layout import heading_kind, known_headings

# "LOT 1 - CUTTING BOARD", "Annex 2: Packing", 附件一 尺寸表.
_PART_OF_PAPER = re.compile(
    r"(?i)(?:(?:lot|part|item|article|section|annex|appendix|pos(?:ition)?|style|product|option|chapter|table|model|attachment)\.?\s*(?:no\.?\s*)?(?:\d{1,3}|[a-z]|[ivx]{1,4})\b|(?:附件|附录|款式|产品|标的|第)[一二三四五六七八九十\d]{1,3}(?:部分|章|批|项|条)?)\s*[-–:、.]?\s*(?P<name>[^\d,;。=<>≥≤|\t:]{0,40})\Z"
)
_RULE_LINE = re.compile(r"[-=_*\s]+\Z")


# A title all in capitals ("SUPPLY AGREEMENT - ANNEX B: QUALITY SPECIFICATION").
_TITLE = re.compile(r"(?=(?:[^A-Z]*[A-Z]){12})[A-Z&/'():\s–-]+")
_TITLE_SIGNS_MAX = 90
_NUMBER_OF_HEADING = re.compile(r"\d{1,2}(?:\.\d{1,2})*\.?\s+(?=[^\d\s])")


# What holds for all figures under a heading ("3 DIMENSIONS (mm, tolerance ±1)").
_FOR_ALL_UNDER = re.compile(
    r"(?i)\s?[(\[](?:all )?(?:in |unit|单位|mm|cm|未注|公差|tolerance)[^()\[\]]{0,40}[)\]]\Z"
)


def is_heading(content: str, line: Line) -> bool:
    """Say whether a line is a heading: a title, a part of the paper, or a known word with a number or a colon."""
    bare = content.strip(" :")
    numbered = line.numbered
    if not line.speaker and not numbered and bare[:1].isdigit():
        bare, taken = _NUMBER_OF_HEADING.subn("", bare, count=1)
        numbered = bool(taken)
    if _RULE_LINE.match(content):
        return True
    over = _FOR_ALL_UNDER.search(bare)
    if over and numbered and heading_words(bare[: over.start()]) in known_headings():
        return True
    if _PART_OF_PAPER.match(bare) and not line.speaker:
        return True
    if len(bare) <= _TITLE_SIGNS_MAX and not line.speaker and _TITLE.fullmatch(bare):
        return True
    if re.search(r"\d|[,;,;。=<>≥≤|\t]", bare) or len(bare) > 40 or line.speaker:
        return False
    letters = re.sub(r"[^A-Za-z]", "", bare)
    if letters and letters.isupper() and len(letters) > 3:
        named = spot(heading_words(bare))
        return not ("certificate.schemes" in named or "certificate.families" in named)
    return (
        bool(heading_kind(bare))
        and len(bare) <= 28
        and (numbered or content.rstrip().endswith((":", "\uff1a")))
        and (
            heading_words(bare) in known_headings() | _bilingual_headings(bare)
            or _joint_heading(bare)
        )
    )


def _joint_heading(bare: str) -> bool:
    """Say whether a heading joins several known ones (数量与抽样, "Marking and packing")."""
    parts = re.split(r"[与和及、/&]|\band\b", heading_words(bare))
    known = known_headings()
    return len(parts) > 1 and all(" ".join(part.split()) in known for part in parts)


def _bilingual_headings(bare: str) -> dict[str, str]:
    words = heading_words(bare)
    parts = [*re.findall(r"[一-鿿]+", words), " ".join(re.findall(r"[a-z]+", words))]
    known = known_headings()
    filled = [part for part in parts if part]
    return {words: known[filled[0]]} if filled and all(part in known for part in filled) else {}
