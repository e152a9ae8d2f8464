"""Pasted e-mails, invoices, specifications and chats become proposed terms; nothing is proposed that has no text behind it."""

from __future__ import annotations

import re

import msgspec

from fairlot.domain.contract.assess_text import judge_with_options
from fairlot.domain.contract.clauses.grouping import requirement_groups
from fairlot.domain.contract.clauses.splitting import behind_name, split
from fairlot.domain.contract.judging.decoration import without_decoration
from fairlot.domain.contract.judging.judge_sampling import speaks_of_sampling
from fairlot.domain.contract.judging.judgement import Judgement, Parsed
from fairlot.domain.contract.papers.asides import (
    caption_excludes,
    is_quotation,
    lists_contents,
    names_the_paper,
)
from fairlot.domain.contract.papers.dealings import asks_of_other_matters
from fairlot.domain.contract.papers.document_lines import (
    Cell,
    Line,
    cells_of,
    is_chat,
    is_question,
    lines_of,
    question_start,
)
from fairlot.domain.contract.papers.headings import is_heading
from fairlot.domain.contract.papers.layout import (
    caption_kind,
    caption_property,
    half_width,
    speaks_of_paper,
    topic_hint,
)
from fairlot.domain.contract.papers.paper_context import (
    Context,
    answered,
    in_context,
    note_general_rules,
    note_question,
    open_section,
)
from fairlot.domain.contract.papers.praises import (
    add_term,
    praise_of,
    praised_words,
    praises_several,
)
from fairlot.domain.contract.papers.proposing import is_term
from fairlot.domain.contract.papers.reading import ProposedTerm, Reading, latest, trim
from fairlot.domain.contract.papers.sentences import cut_sentences
from fairlot.domain.contract.papers.tables import table_cells
from fairlot.domain.contract.papers.talk import standing, with_bare_prices
from fairlot.domain.contract.papers.topics import under_caption
from fairlot.domain.contract.vocabulary import REQUIRED_TOPICS
from fairlot.domain.contract.wording.analysis import Clause, read_text
from fairlot.domain.contract.wording.passages import short_lines

DOCUMENT_CHARACTERS_MAX = 400_000
# What a later clause may complete, so that both are one term.
_COMPLETED = frozenset(
    {
        "category_without_limit",
        "missing_tolerance",
        "material_without_composition",
        "colour_without_system",
    }
)


def read(text: str) -> Reading:
    """Propose the terms of a pasted text, in the order of the text."""
    given = half_width(text[:DOCUMENT_CHARACTERS_MAX])
    text = short_lines(given)
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
    if text != given:
        found = [_on_its_line(term, given) for term in found]
    present = {term.kind for term in found if term.rules[0] != "to_be_confirmed"}
    return Reading(
        terms=tuple(sorted(found, key=lambda term: term.start)),
        missing_topics=tuple(topic for topic in REQUIRED_TOPICS if topic not in present),
    )


def _on_its_line(term: ProposedTerm, given: str) -> ProposedTerm:
    """Number a term's line as in the paper that was given, whose long lines were broken for reading."""
    return msgspec.structs.replace(term, line=given.count("\n", 0, term.start) + 1)


def _line_terms(
    text: str, line: Line, context: Context, tabled: dict[int, list[Cell]], *, chat: bool
) -> list[ProposedTerm]:
    content = text[line.start : line.end]
    if is_heading(content, line):
        open_section(content, context)
        return []
    if context.aside or is_quotation(content):
        return []
    if chat:
        note_question(text, line, context)
    asked = chat and is_question(content)
    asks_from = question_start(content) if asked else len(content)
    if is_question(content) and (line.depth or (asked and not re.search(r"\d", content))):
        return []
    cells, line = _cells(text, line, tabled)
    whole = read_text(_with_colons(text[line.start : line.end], line, cells))
    apart = len(cells) > 1 or line.number in tabled
    if asks_of_other_matters(whole.text) or (not apart and speaks_of_paper(whole)):
        return []
    if names_the_paper(whole) and line.number not in tabled:
        return []
    found: list[ProposedTerm] = []
    for cell in cells:
        valued = line.number in tabled and cell.start < cell.content
        named = apart and not valued and whole.has("no_term_line.words")
        if named and speaks_of_paper(read_text(text[cell.start : cell.end])):
            continue
        if cell.caption and caption_excludes(cell.caption):
            continue
        found += _cell_terms(text, line, cell, whole, context, asks_from=asks_from)
    return found


def _cells(text: str, line: Line, tabled: dict[int, list[Cell]]) -> tuple[list[Cell], Line]:
    """Return the cells of a line, and the line from the first of them on: what looked like its number may be one."""
    cells = tabled[line.number] if line.number in tabled else cells_of(text, line)
    first = min((cell.start for cell in cells), default=line.start)
    return cells, msgspec.structs.replace(line, start=min(first, line.start))


def _with_colons(content: str, line: Line, cells: list[Cell]) -> str:
    """Put a colon between a name and its value where a gap or a bar parts them, sign for sign."""
    for cell in cells:
        at = cell.content - line.start - 1
        name = content[max(0, cell.start - line.start) : max(0, at)]
        if cell.caption and name.strip() and ":" not in name and content[at] in " \t|":
            content = f"{content[:at]}:{content[at + 1 :]}"
    return content


def _cell_terms(
    text: str, line: Line, cell: Cell, whole: Clause, context: Context, *, asks_from: int
) -> list[ProposedTerm]:
    if cell.reads:
        return _column_term(text, line, cell)
    view = whole.view(cell.start - line.start, cell.end - line.start)
    captioned = caption_kind(cell.caption) if cell.caption else answered(line, context)
    tabled = cell.content == cell.start and cell.start != line.start
    inherited = None if tabled else caption_property(cell.caption)
    note_general_rules(view, context)
    if (_PAYMENT.search(view.body) and "%" in view.body) or _NET_DAYS.search(view.body):
        return [_payment(text, line, view)]
    clauses = behind_name(view, split(view), cell.content - line.start)
    if not cell.caption or captioned == "quantity":
        clauses = cut_sentences(clauses)
    one = speaks_of_sampling(view) or lists_contents(cell.caption)
    groups = [view] if one else requirement_groups(clauses)
    judged: list[Judgement] = []
    for index, group in enumerate(groups):
        hint = topic_hint(group, captioned, context.section, index, named=bool(cell.caption))
        judged.append(judge_with_options(group, hint=hint, inherited=inherited))
    judged = under_caption(groups, judged, captioned, context.section)
    kept = without_decoration(groups, judged, keep_praise=True)
    found: list[ProposedTerm] = []
    topic = captioned or context.section or ("other" if cell.caption else "")
    begin = -1
    for group, made in zip(groups, judged, strict=True):
        if made not in kept:
            begin = group.start if begin < 0 and made.rules[0] in _COMPLETED else begin
            continue
        opening, begin = begin, -1
        if (
            asked_in_passing(group, line)
            or _TAKEN_BACK.search(_IN_BRACKETS.sub(" ", group.body))
            or not is_term(group, made, topic, line, asked=group.start >= asks_from)
        ):
            continue
        if made.rules[0] == "vague_word" and praises_several(group):
            for hit in praised_words(group):
                add_term(text, found, praise_of(text, line, hit))
            continue
        add_term(text, found, _proposal(text, line, group, made, opening))
    return found


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


_IN_BRACKETS = re.compile(r"(?<=\S)\s?\([^()]*\)")
# What a sentence itself declares to be over.
_TAKEN_BACK = re.compile(
    r"作废|取消了|不要了|不用了|不做了|(?:等一?下|等等|不对|\bwait)[\s,.!。…]*\Z|去掉|免了|不算数|不算了|no longer valid|\bvoid\b|\bcancel+ed\b|\bsuperseded\b|\bobsolete\b"
)


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


_NET_DAYS = re.compile(
    r"\b\d+ days net\b|\bnet \d+ days\b|\bdays after (?:invoice|date of invoice)\b|月结\s?\d+\s?天"
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


def _proposal(text: str, line: Line, group: Clause, made: Judgement, opening: int) -> ProposedTerm:
    """Put a judged group forward; it begins where the words begin that it completes (`opening`, -1 if none)."""
    first = group.start if opening < 0 else opening
    start, end = trim(text, line.start + first, line.start + group.end)
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
