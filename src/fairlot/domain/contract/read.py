"""Pasted e-mails, invoices, specifications and chats become proposed terms; nothing is proposed that has no text behind it."""

from __future__ import annotations

import re

import msgspec

from fairlot.domain.contract.analysis import Clause, read_text, split
from fairlot.domain.contract.assess_text import judge_with_options
from fairlot.domain.contract.decoration import without_decoration
from fairlot.domain.contract.document_lines import (
    Cell,
    Line,
    cells_of,
    is_chat,
    is_question,
    lines_of,
)
from fairlot.domain.contract.grouping import requirement_groups
from fairlot.domain.contract.judgement import Judgement, Label, Parsed
from fairlot.domain.contract.layout import (
    caption_excludes,
    caption_property,
    half_width,
    heading_kind,
    is_heading,
    speaks_of_paper,
    topic_hint,
)
from fairlot.domain.contract.lexicon import Hit
from fairlot.domain.contract.reading import ProposedTerm, Reading, latest, trim

DOCUMENT_CHARACTERS_MAX = 400_000
# From this length on a clause is a sentence of prose and not an entry of a specification.
SENTENCE = 40
TITLE_WORDS_MAX = 3


REQUIRED_TOPICS = (
    "shipment_date",
    "size",
    "quantity",
    "material",
    "colour",
    "packaging",
    "branding",
)


class _Context(msgspec.Struct):
    section: str = ""
    unit_given: bool = False
    tolerance_given: bool = False


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
        found = latest(found, speakers, newest_last=chat)
    present = {term.kind for term in found if term.rules[0] != "to_be_confirmed"}
    return Reading(
        terms=tuple(sorted(found, key=lambda term: term.start)),
        missing_topics=tuple(topic for topic in REQUIRED_TOPICS if topic not in present),
    )


def _line_terms(text: str, line: Line, context: _Context, *, chat: bool) -> list[ProposedTerm]:
    content = text[line.start : line.end]
    if is_heading(content, line):
        context.section = heading_kind(content)
        return []
    if chat and is_question(content) and not re.search(r"\d", content):
        return []
    whole = read_text(content)
    if whole.has("no_term_line.words") and speaks_of_paper(whole):
        return []
    found: list[ProposedTerm] = []
    for cell in cells_of(text, line):
        if cell.caption and caption_excludes(cell.caption):
            continue
        found += _cell_terms(text, line, cell, whole, context, asked=chat and is_question(content))
    return found


def _cell_terms(
    text: str, line: Line, cell: Cell, whole: Clause, context: _Context, *, asked: bool
) -> list[ProposedTerm]:
    view = whole.view(cell.start - line.start, cell.end - line.start)
    captioned = heading_kind(cell.caption) if cell.caption else ""
    inherited = caption_property(cell.caption)
    _note_general_rules(view, context)
    if _PAYMENT.search(view.body) and "%" in view.body:
        return [_payment(text, line, view)]
    groups = [view] if view.has("sampling.plan") else requirement_groups(split(view))
    judged: list[Judgement] = []
    for index, group in enumerate(groups):
        hint = topic_hint(group, captioned, context.section, index)
        judged.append(judge_with_options(group, hint=hint, inherited=inherited))
    kept = without_decoration(groups, judged, keep_praise=True)
    found: list[ProposedTerm] = []
    for group, made in zip(groups, judged, strict=True):
        if (
            asked_in_passing(group, line)
            or _TAKEN_BACK.search(group.body)
            or made not in kept
            or not _is_term(group, made, captioned or context.section, line, asked=asked)
        ):
            continue
        if made.rules[0] == "vague_word" and _praises_several(group):
            found += [_praise(text, line, hit) for hit in group.words("vague")]
            continue
        found.append(_proposal(text, line, group, made, context))
    return found


# What a sentence itself declares to be over.
_TAKEN_BACK = re.compile(
    r"作废|取消了|不算数|不算了|no longer valid|\bvoid\b|\bcancel+ed\b|\bsuperseded\b|\bobsolete\b"
)


def _praises_several(group: Clause) -> bool:
    """Say whether a long sentence praises several matters, each of which is a term of its own."""
    return len({hit.payload[0] for hit in group.words("vague")}) > 1 and len(group.body) > SENTENCE


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


_PAYMENT = re.compile(
    r"deposit|balance|against (?:documents|copy)|on signature|prepaid|t/t|l/c|定金|余款|尾款|见提单|预付"
)


def _payment(text: str, line: Line, view: Clause) -> ProposedTerm:
    start, end = trim(text, line.start + view.start, line.start + view.end)
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
    if _names_a_paper(group, made):
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
    is_bare = is_bare and not re.search("为准|govern|binding", group.body)
    return is_bare and len(group.body.split()) <= TITLE_WORDS_MAX


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
    start, end = trim(text, line.start + group.start, line.start + group.end)
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
