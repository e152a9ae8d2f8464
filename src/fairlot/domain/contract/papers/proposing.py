"""Which judgements of a paper are put forward as terms: requirements and empty promises, no titles, no courtesy."""

from __future__ import annotations

import re

from fairlot.domain.contract.judging.judgement import Judgement
from fairlot.domain.contract.papers.dealings import speaks_of_dealings
from fairlot.domain.contract.papers.document_lines import Line
from fairlot.domain.contract.wording.analysis import Clause

_PROPOSED_RULES = frozenset(
    {
        "vague_word",
        "no_measure",
        "process_not_goods",
        "to_be_confirmed",
        "wrong_unit",
        "up_to_no_floor",
        "standard_not_identified",
    }
)
TITLE_WORDS_MAX = 3
# A thing of the goods behind the word that praises it ("the stylish design fits every home").
_PRAISED = re.compile(
    r"\s(?:design|look|style|finish|quality|workmanship|materials?|sound|packag\w*|performance|appearance|colou?rs?|shape|feel|strap|handle|surface|stitching|fabric)\b"
)

# What somebody cries out who is content.
_EXCLAIMED = frozenset({"perfect", "nice", "great", "good", "excellent", "fine", "lovely", "super", "beautiful", "wonderful", "太好了", "完美", "漂亮"})  # fmt: skip
# What the article is called is no promise ("Product: Rechargeable LED work light").
_NAMES_ITEM = re.compile(
    r"\s*(?:product(?: name)?|item(?: name)?|article|goods|commodity|description of goods|subject|title|re|产品(?:名称)?|品名|商品(?:名称)?|名称|货物名称|主题)\s*:"
)

_SPEAKS_OF_QUALITY = re.compile(r"quality|satisf|质量|品质|满意")


def is_term(group: Clause, made: Judgement, topic: str, line: Line, *, asked: bool) -> bool:
    """Say whether what was judged is put forward: it asks or promises something, and not of the parties' dealings."""
    stated = _is_stated(group, made, topic, line, asked=asked)
    return stated and not speaks_of_dealings(group.body)


def _is_stated(group: Clause, made: Judgement, topic: str, line: Line, *, asked: bool) -> bool:
    body = group.body.strip(" .,;:()")
    if len(body) < 2 and not group.has("colour.names"):
        return False
    first = made.rules[0]
    if first == "not_a_requirement":
        return False
    if first != "vague_word" and group.text[group.start : group.end].rstrip().endswith(":"):
        return False
    if first == "to_be_confirmed" and made.kind == "other":
        return False
    filed = bool(topic) and group.code("file") is not None
    if _names_a_paper(group, made) and not filed:
        return False
    if made.label == "not_claimable":
        return _is_empty_promise(group, made, topic, line)
    named = bool(group.properties()) or made.property_id not in ("", "reference")
    if first == "missing_unit" and not named and topic in ("", "other", "price"):
        return False
    if asked and made.kind not in ("quantity", "price", "shipment_date"):
        return False
    return made.parsed is not None


def _names_a_paper(group: Clause, made: Judgement) -> bool:
    """Say whether nothing but a paper and its number stands there ("Specification CL-80"): a title, no requirement."""
    is_bare = made.property_id == "reference" and not group.has("reference.as_per")
    is_bare = is_bare and not group.has("shape.governs", "reference.previous")
    is_bare = is_bare and not re.search("为准|govern|binding", group.body)
    return is_bare and len(group.body.rpartition(":")[2].split()) <= TITLE_WORDS_MAX


def _is_empty_promise(group: Clause, made: Judgement, topic: str, line: Line) -> bool:
    """Say whether praise, a performance word or a promise is put forward as a term of the order."""
    first = made.rules[0]
    if line.speaker and group.body.strip(" .,!") in _EXCLAIMED:
        return False
    if first in ("no_measure", "vague_word") and _NAMES_ITEM.match(group.body):
        return False
    if first == "no_measure":
        named = made.property_id == "performance"
        return named or group.has("performance.words", "no_level.words")
    if first != "vague_word":
        return first in _PROPOSED_RULES
    longest = max((hit.end - hit.start for hit in group.words("vague")), default=0)
    of_goods = group.has("packaging.plain", "packaging.designed", "branding.marks", "colour.words")
    placed = bool(topic) or line.numbered or of_goods
    if line.speaker and made.kind == "other" and not _SPEAKS_OF_QUALITY.search(group.body):
        return False
    if any(_PRAISED.match(group.text, hit.end) for hit in group.words("vague")):
        return True
    share = 2 if group.body.isascii() else 3
    return placed or longest >= 8 or longest * share >= len(group.body.strip(" .,;:()"))
