"""Pasted e-mails, invoices, specifications and chats become proposed terms; nothing is proposed that has no text behind it."""

from __future__ import annotations

import functools
import re

import msgspec

from fairlot.domain.contract.analysis import Clause, read_text, split
from fairlot.domain.contract.assess_text import judge_with_options
from fairlot.domain.contract.decoration import without_decoration
from fairlot.domain.contract.document_lines import (
    Cell,
    Line,
    cells_of,
    heading_words,
    is_chat,
    is_question,
    lines_of,
)
from fairlot.domain.contract.grouping import requirement_groups
from fairlot.domain.contract.judgement import Judgement, Label, Parsed
from fairlot.domain.contract.lexicon import LANGUAGES, Hit, Property, read_table, spot

DOCUMENT_CHARACTERS_MAX = 400_000
REQUIRED_TOPICS = (
    "shipment_date",
    "size",
    "quantity",
    "material",
    "colour",
    "packaging",
    "branding",
)


class ProposedTerm(msgspec.Struct, frozen=True, kw_only=True):
    """A term found in a text: the span it came from (half-open offsets, 1-based line) and what it is worth."""

    start: int
    end: int
    line: int
    text: str
    kind: str
    label: Label
    rules: tuple[str, ...]
    parsed: Parsed | None
    property_id: str = ""


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """All proposed terms of a paper and which of the seven topics it leaves out."""

    terms: tuple[ProposedTerm, ...]
    missing_topics: tuple[str, ...]


class _Context(msgspec.Struct):
    section: str = ""
    unit_given: bool = False
    tolerance_given: bool = False


@functools.cache
def _headings() -> dict[str, str]:
    return {
        " ".join(word.replace("-", " ").split()): kind
        for language in LANGUAGES
        for kind, words in read_table(f"{language}.toml")["heading"].items()
        for word in words
    }


def heading_kind(text: str) -> str:
    """Name the topic that a heading or caption announces, "" if none."""
    words = heading_words(text)
    known = _headings()
    if words in known:
        return known[words]
    for chinese in re.findall(r"[一-鿿]+", words):
        if chinese in known:
            return known[chinese]
        for size in range(len(chinese) - 1, 1, -1):
            if chinese[-size:] in known:
                return known[chinese[-size:]]
    latin = re.sub(r"[一-鿿]+", " ", words).split()
    for size in range(len(latin), 0, -1):
        for candidate in (" ".join(latin[-size:]), " ".join(latin[:size])):
            if candidate in known:
                return known[candidate]
    return ""


def read(text: str) -> Reading:
    """Propose the terms of a pasted text, in the order of the text."""
    text = half_width(text[:DOCUMENT_CHARACTERS_MAX])
    lines = lines_of(text)
    chat = is_chat(lines)
    context = _Context()
    found: list[ProposedTerm] = []
    speakers: dict[int, Line] = {}
    for line in lines:
        for term in _line_terms(text, line, context, chat=chat):
            found.append(term)
            speakers[term.start] = line
    if chat or any(line.quoted for line in lines):
        found = _latest(found, speakers, newest_last=chat)
    present = {term.kind for term in found if term.rules[0] != "to_be_confirmed"}
    return Reading(
        terms=tuple(sorted(found, key=lambda term: term.start)),
        missing_topics=tuple(topic for topic in REQUIRED_TOPICS if topic not in present),
    )


_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if code != 0xFF0C}


def half_width(text: str) -> str:
    """Write full-width signs half-width, character for character; the comma stays, for it never parts a number."""
    return text.translate(_HALF_WIDTH)


def _line_terms(text: str, line: Line, context: _Context, *, chat: bool) -> list[ProposedTerm]:
    content = text[line.start : line.end]
    if _is_heading(content, line):
        context.section = heading_kind(content)
        return []
    if chat and is_question(content) and not re.search(r"\d", content):
        return []
    whole = read_text(content)
    if whole.has("no_term_line.words") and _speaks_of_paper(whole):
        return []
    found: list[ProposedTerm] = []
    for cell in cells_of(text, line):
        if cell.caption and _caption_excludes(cell.caption):
            continue
        found += _cell_terms(text, line, cell, whole, context, asked=chat and is_question(content))
    return found


_RULE_LINE = re.compile(r"[-=_*\s]+\Z")


def _is_heading(content: str, line: Line) -> bool:
    bare = content.strip(" :")
    if _RULE_LINE.match(content):
        return True
    if re.search(r"\d|[,;,;。=<>≥≤]", bare) or len(bare) > 40 or line.speaker:
        return False
    letters = re.sub(r"[^A-Za-z]", "", bare)
    if letters and letters.isupper() and len(letters) > 3:
        return True
    return (
        bool(heading_kind(bare))
        and len(bare) <= 28
        and (line.numbered or content.rstrip().endswith((":", "\uff1a")))
        and heading_words(bare) in _headings() | _bilingual_headings(bare)
    )


def _bilingual_headings(bare: str) -> dict[str, str]:
    words = heading_words(bare)
    parts = [*re.findall(r"[一-鿿]+", words), " ".join(re.findall(r"[a-z]+", words))]
    known = _headings()
    filled = [part for part in parts if part]
    return {words: known[filled[0]]} if filled and all(part in known for part in filled) else {}


_OPENING_OF_PAPER = 26


def _speaks_of_paper(whole: Clause) -> bool:
    """Say whether the line opens with a word of courtesy or of the document itself."""
    first = min(hit.start for hit in whole.words("no_term_line.words"))
    if first <= 2:
        return True
    firm = any(q.operator or q.tolerance for q in whole.quantities)
    return (
        first <= _OPENING_OF_PAPER
        and not firm
        and all(code.kind == "date" for code in whole.codes)
        and not whole.has("date.ship_words", "property")
    )


def _cell_terms(
    text: str, line: Line, cell: Cell, whole: Clause, context: _Context, *, asked: bool
) -> list[ProposedTerm]:
    view = whole.view(cell.start - line.start, cell.end - line.start)
    captioned = heading_kind(cell.caption) if cell.caption else ""
    inherited = _caption_property(cell.caption)
    _note_general_rules(view, context)
    if _PAYMENT.search(view.body) and "%" in view.body:
        return [_payment(text, line, view)]
    groups = [view] if view.has("sampling.plan") else requirement_groups(split(view))
    judged: list[Judgement] = []
    for index, group in enumerate(groups):
        hint = _hint(group, captioned, context.section, index)
        judged.append(judge_with_options(group, hint=hint, inherited=inherited))
    kept = without_decoration(groups, judged, keep_praise=True)
    found: list[ProposedTerm] = []
    for group, made in zip(groups, judged, strict=True):
        if (
            asked_in_passing(group, line)
            or made not in kept
            or not _is_term(group, made, captioned or context.section, line, asked=asked)
        ):
            continue
        found.append(_proposal(text, line, group, made, context))
    return found


def _caption_excludes(caption: str) -> bool:
    """Say whether a caption announces no term: minimum order, samples, article numbers."""
    words = heading_words(caption)
    if heading_kind(caption):
        return False
    named = spot(words)
    if "not_a_requirement.words" in named or "no_term_line.words" in named:
        return True
    return words in ("sample", "samples", "样品")


def asked_in_passing(group: Clause, line: Line) -> bool:
    """Say whether a clause asks for an offer or an answer instead of stating something."""
    body = group.body.strip(" .,;")
    if line.speaker and is_question(body) and not group.has("not_binding.words"):
        return True
    return (
        re.match(
            r"(?:价格|交期|[\w ]{1,12})?:?\s*(?:请报|请注明|请告知|请问|please (?:quote|advise|inform)|pls quote)",
            body,
        )
        is not None
    )


def _praise(text: str, line: Line, hit: Hit) -> ProposedTerm:
    start, end = line.start + hit.start, line.start + hit.end
    return ProposedTerm(
        start=start,
        end=end,
        line=line.number,
        text=text[start:end],
        kind=hit.payload[0],
        label="not_claimable",
        rules=("vague_word",),
        parsed=None,
    )


def _caption_property(caption: str) -> Property | None:
    if not caption:
        return None
    named = spot(heading_words(caption)).get("property", [])
    return named[-1].payload if named else None


_PAYMENT = re.compile(
    r"deposit|balance|against (?:documents|copy)|on signature|prepaid|t/t|l/c|定金|余款|尾款|见提单|预付"
)


def _payment(text: str, line: Line, view: Clause) -> ProposedTerm:
    start, end = _trim(text, line.start + view.start, line.start + view.end)
    return ProposedTerm(
        start=start,
        end=end,
        line=line.number,
        text=text[start:end],
        kind="price",
        label="claimable",
        rules=("ok",),
        parsed=Parsed(operator="=", value=text[start:end]),
        property_id="payment",
    )


_OWN_KIND = {
    "packaging": ("packaging.plain", "packaging.designed"),
    "branding": ("branding.marks",),
    "colour": ("colour.names",),
}


def _hint(group: Clause, captioned: str, section: str, index: int) -> str:
    """Let caption and section speak where the clause itself names no other topic."""
    named = [prop.kind for _, prop in group.properties()]
    if (
        index
        and group.has("vague", "performance.words")
        and not group.quantities
        and not group.codes
    ):
        return ""
    if (
        group.has("colour.words")
        and not named
        and not group.has("branding.labels", "branding.marks")
    ):
        return "colour"
    if captioned and captioned != "other":
        return captioned if index == 0 or not named or captioned in named else ""
    if named or group.code("colour") is not None:
        return ""
    if section in (
        "packaging",
        "branding",
        "shipment_date",
        "stitching",
        "certification",
        "material",
    ):
        other = any(group.has(*words) for kind, words in _OWN_KIND.items() if kind != section)
        return "" if other and section != "packaging" else section
    return ""


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


def _is_term(group: Clause, made: Judgement, topic: str, line: Line, *, asked: bool) -> bool:
    body = group.body.strip(" .,;:()")
    if len(body) < 2 and not group.has("colour.names"):
        return False
    first = made.rules[0]
    if first == "not_a_requirement":
        return False
    if first == "to_be_confirmed" and made.kind == "other":
        return False
    if made.label == "not_claimable":
        return _is_empty_promise(group, made, topic, line)
    named = bool(group.properties()) or made.property_id not in ("", "reference")
    if first == "missing_unit" and not named and topic in ("", "other", "price"):
        return False
    if asked and made.kind not in ("quantity", "price", "shipment_date"):
        return False
    return made.parsed is not None


def _is_empty_promise(group: Clause, made: Judgement, topic: str, line: Line) -> bool:
    """Say whether praise, a performance word or a promise is put forward as a term of the order."""
    first = made.rules[0]
    if first == "no_measure":
        return group.has("performance.words", "no_level.words")
    if first != "vague_word":
        return first in _PROPOSED_RULES
    if line.speaker and made.kind == "other":
        return False
    longest = max((hit.end - hit.start for hit in group.words("vague")), default=0)
    placed = bool(topic) or line.numbered
    return placed or longest >= 8 or longest * 2 >= len(group.body.strip(" .,;:()"))


def _note_general_rules(view: Clause, context: _Context) -> None:
    if re.search(
        r"all dimensions|dimensions in mm|unless (?:noted|stated|specified)|未注公差|尺寸单位|单位[::]?\s*mm|一般公差",
        view.body,
    ):
        context.unit_given = context.unit_given or bool(
            re.search(r"\bmm\b|\bcm\b|毫米|厘米", view.body)
        )
        context.tolerance_given = context.tolerance_given or any(
            b.plus is not None for b in view.bounds
        )


def _proposal(
    text: str, line: Line, group: Clause, made: Judgement, context: _Context
) -> ProposedTerm:
    start, end = _trim(text, line.start + group.start, line.start + group.end)
    rules = made.rules
    if made.kind in ("size", "packaging"):
        dropped = {"missing_unit"} if context.unit_given else set()
        dropped |= (
            {"missing_tolerance"} if context.tolerance_given and made.kind == "size" else set()
        )
        rules = tuple(rule for rule in rules if rule not in dropped) or ("ok",)
    label: Label = "claimable" if rules == ("ok",) else made.label
    days = made.parsed is not None and made.parsed.unit in ("d", "week") and not made.property_id
    return ProposedTerm(
        start=start,
        end=end,
        line=line.number,
        text=text[start:end],
        kind="shipment_date" if days else made.kind,
        label=label,
        rules=rules,
        parsed=made.parsed,
        property_id=made.property_id,
    )


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in " \t,;。.、:\uff0c":
        start += 1
    while end > start and text[end - 1] in " \t,;。、\uff0c":
        end -= 1
    return start, end


_SUPERSEDING = ("quantity", "price", "shipment_date", "size")


def _latest(
    found: list[ProposedTerm], speakers: dict[int, Line], *, newest_last: bool
) -> list[ProposedTerm]:
    """In a conversation only the last word on quantity, price, date and length counts; quoted mail is older than its answer."""
    kept: list[ProposedTerm] = []
    ordered = sorted(found, key=lambda term: term.start)
    for term in ordered:
        if term.kind not in _SUPERSEDING or not newest_last:
            if (
                newest_last
                or not speakers[term.start].quoted
                or not _answered(term, ordered, speakers)
            ):
                kept.append(term)
            continue
        later = [
            other
            for other in ordered
            if other.line > term.line
            and other.kind == term.kind
            and _strength(other) >= _strength(term)
        ]
        if not later:
            kept.append(term)
    return kept


def _strength(term: ProposedTerm) -> int:
    return {"claimable": 2, "weak": 1, "not_claimable": 0}[term.label]


def _answered(term: ProposedTerm, terms: list[ProposedTerm], speakers: dict[int, Line]) -> bool:
    return any(
        other.kind == term.kind
        and other.property_id == term.property_id
        and not speakers[other.start].quoted
        for other in terms
    )
