"""Pasted e-mails, invoices, specifications and chats become proposed terms; nothing is proposed that has no text behind it."""

from __future__ import annotations

import re

import msgspec

from fairlot.domain.contract.analysis import Clause, read_text
from fairlot.domain.contract.assess_text import judge_with_options
from fairlot.domain.contract.dealings import asks_of_other_matters
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
from fairlot.domain.contract.judge_sampling import speaks_of_sampling
from fairlot.domain.contract.judgement import Judgement, Parsed
from fairlot.domain.contract.layout import (
    caption_excludes,
    caption_kind,
    caption_property,
    half_width,
    heading_kind,
    is_heading,
    names_the_paper,
    speaks_of_paper,
    topic_hint,
)
from fairlot.domain.contract.lexicon import Hit
from fairlot.domain.contract.paper_context import (
    Context,
    answered,
    in_context,
    note_general_rules,
    note_question,
)
from fairlot.domain.contract.proposing import is_term
from fairlot.domain.contract.reading import ProposedTerm, Reading, latest, trim
from fairlot.domain.contract.sentences import cut_sentences
from fairlot.domain.contract.splitting import split
from fairlot.domain.contract.tables import table_cells
from fairlot.domain.contract.talk import standing, with_bare_prices
from fairlot.domain.contract.topics import under_caption

DOCUMENT_CHARACTERS_MAX = 400_000
# From this length on a clause is a sentence of prose and not an entry of a specification.
SENTENCE = 40


REQUIRED_TOPICS = (
    "shipment_date",
    "size",
    "quantity",
    "material",
    "colour",
    "packaging",
    "branding",
)


def read(text: str) -> Reading:
    """Propose the terms of a pasted text, in the order of the text."""
    text = half_width(text[:DOCUMENT_CHARACTERS_MAX])
    lines = lines_of(text)
    chat = is_chat(lines)
    context = Context()
    found: list[ProposedTerm] = []
    tabled = table_cells(text, lines)
    for line in lines:
        found += _line_terms(text, line, context, tabled, chat=chat)
    found = [in_context(term, context) for term in found]
    if chat:
        found = standing(with_bare_prices(found, lines, text), lines, text)
    depths = {line.number: line.depth for line in lines}
    if chat or any(depths.values()):
        found = latest(found, depths, newest_last=chat)
    present = {term.kind for term in found if term.rules[0] != "to_be_confirmed"}
    return Reading(
        terms=tuple(sorted(found, key=lambda term: term.start)),
        missing_topics=tuple(topic for topic in REQUIRED_TOPICS if topic not in present),
    )


def _line_terms(
    text: str, line: Line, context: Context, tabled: dict[int, list[Cell]], *, chat: bool
) -> list[ProposedTerm]:
    content = text[line.start : line.end]
    if is_heading(content, line):
        context.section = heading_kind(content)
        return []
    if chat:
        note_question(text, line, context)
    if chat and is_question(content) and not re.search(r"\d", content):
        return []
    whole = read_text(content)
    if asks_of_other_matters(whole.text):
        return []
    cells = tabled[line.number] if line.number in tabled else cells_of(text, line)
    apart = len(cells) > 1
    if whole.has("no_term_line.words") and not apart and speaks_of_paper(whole):
        return []
    if names_the_paper(whole):
        return []
    found: list[ProposedTerm] = []
    for cell in cells:
        if apart and speaks_of_paper(read_text(text[cell.start : cell.end])):
            continue
        if cell.caption and caption_excludes(cell.caption):
            continue
        found += _cell_terms(text, line, cell, whole, context, asked=chat and is_question(content))
    return found


def _cell_terms(
    text: str, line: Line, cell: Cell, whole: Clause, context: Context, *, asked: bool
) -> list[ProposedTerm]:
    if cell.reads:
        return _column_term(text, line, cell)
    view = whole.view(cell.start - line.start, cell.end - line.start)
    captioned = caption_kind(cell.caption) if cell.caption else answered(line, context)
    tabled = cell.content == cell.start and cell.start != line.start
    inherited = None if tabled else caption_property(cell.caption)
    note_general_rules(view, context)
    if _PAYMENT.search(view.body) and "%" in view.body:
        return [_payment(text, line, view)]
    clauses = split(view)
    if not cell.caption:
        clauses = cut_sentences(clauses)
    groups = [view] if speaks_of_sampling(view) else requirement_groups(clauses)
    judged: list[Judgement] = []
    for index, group in enumerate(groups):
        hint = topic_hint(group, captioned, context.section, index)
        judged.append(judge_with_options(group, hint=hint, inherited=inherited))
    judged = under_caption(groups, judged, captioned, context.section)
    kept = without_decoration(groups, judged, keep_praise=True)
    found: list[ProposedTerm] = []
    for group, made in zip(groups, judged, strict=True):
        if (
            asked_in_passing(group, line)
            or _TAKEN_BACK.search(group.body)
            or made not in kept
            or not is_term(group, made, captioned or context.section, line, asked=asked)
        ):
            continue
        if made.rules[0] == "vague_word" and _praises_several(group):
            found += [_praise(text, line, hit) for hit in group.words("vague")]
            continue
        proposed = _proposal(text, line, group, made)
        if found and _praises_on(found[-1], proposed):
            proposed = _as_one(text, found.pop(), proposed)
        found.append(proposed)
    return found


def _praises_on(before: ProposedTerm, term: ProposedTerm) -> bool:
    """Say whether two praises of the same matter stand side by side."""
    praise = before.rules[0] == term.rules[0] == "vague_word" and before.kind == term.kind
    return praise and term.start - before.end <= _SEPARATOR


def _as_one(text: str, before: ProposedTerm, term: ProposedTerm) -> ProposedTerm:
    return msgspec.structs.replace(before, end=term.end, text=text[before.start : term.end])


_SEPARATOR = 2


def _column_term(text: str, line: Line, cell: Cell) -> list[ProposedTerm]:
    """Judge a number with the unit that its column says; the span is that of the cell."""
    hint = caption_kind(cell.caption)
    clause = read_text(cell.reads)
    made = judge_with_options(clause, hint=hint, inherited=caption_property(cell.caption))
    if made.parsed is None:
        return []
    start, end = trim(text, cell.content, cell.end)
    kind = hint if made.kind in ("other", "quantity", "size") and hint else made.kind
    return [
        ProposedTerm(
            start=start,
            end=end,
            line=line.number,
            text=text[start:end],
            kind=kind,
            label=made.label,
            rules=made.rules,
            parsed=made.parsed,
            property_id=made.property_id,
        )
    ]


# What a sentence itself declares to be over.
_TAKEN_BACK = re.compile(
    r"作废|取消了|不要了|不用了|不做了|去掉|免了|不算数|不算了|no longer valid|\bvoid\b|\bcancel+ed\b|\bsuperseded\b|\bobsolete\b"
)


def _praises_several(group: Clause) -> bool:
    """Say whether a long sentence praises several matters, each of which is a term of its own."""
    stated = group.body.replace("|", ":").rpartition(":")[2]
    return len({hit.payload[0] for hit in group.words("vague")}) > 1 and len(stated) > SENTENCE


_ASKS_FOR_PAPER = re.compile(r"(?:发我|发给我|给我发)\W*\Z|\Asend (?:it|me|us|pi)\b[^.]{0,20}\Z")


def asked_in_passing(group: Clause, line: Line) -> bool:
    """Say whether a clause asks for an offer or an answer instead of stating something."""
    body = group.body.strip(" .,;")
    if line.speaker and _ASKS_FOR_PAPER.search(body):
        return True
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


def _proposal(text: str, line: Line, group: Clause, made: Judgement) -> ProposedTerm:
    start, end = trim(text, line.start + group.start, line.start + group.end)
    days = made.parsed is not None and made.parsed.unit in ("d", "week") and not made.property_id
    return ProposedTerm(
        start=start,
        end=end,
        line=line.number,
        text=text[start:end],
        kind="shipment_date" if days else made.kind,
        label=made.label,
        rules=made.rules,
        parsed=made.parsed,
        property_id=made.property_id,
    )
