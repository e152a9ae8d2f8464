"""Praise as proposed terms: several matters praised in one sentence are several terms, praise beside praise is one."""

from __future__ import annotations

import re

import msgspec

from fairlot.domain.contract.lexicon import Hit
from fairlot.domain.contract.papers.document_lines import Line
from fairlot.domain.contract.papers.reading import ProposedTerm
from fairlot.domain.contract.wording.analysis import Clause

# From this length on a clause is a sentence of prose and not an entry of a specification.
SENTENCE = 40


def add_term(text: str, found: list[ProposedTerm], proposed: ProposedTerm) -> None:
    """Add a term; praise beside praise of the same matter is one."""
    if found and _praises_on(text, found[-1], proposed):
        proposed = _as_one(text, found.pop(), proposed)
    found.append(proposed)


def _praises_on(text: str, before: ProposedTerm, term: ProposedTerm) -> bool:
    """Say whether two praises of the same matter stand side by side."""
    praise = before.rules[0] == term.rules[0] == "vague_word" and before.kind == term.kind
    return praise and _BETWEEN_PRAISE.fullmatch(text, before.end, term.start) is not None


def _as_one(text: str, before: ProposedTerm, term: ProposedTerm) -> ProposedTerm:
    return msgspec.structs.replace(before, end=term.end, text=text[before.start : term.end])


_BETWEEN_PRAISE = re.compile(r"[\s,、;\uff0c]*(?:and|&|和|且|又)?\s*")


def praises_several(group: Clause) -> bool:
    """Say whether a long sentence praises several matters, each of which is a term of its own."""
    stated = group.body.replace("|", ":").rpartition(":")[2]
    return len({hit.payload[0] for hit in group.words("vague")}) > 1 and len(stated) > SENTENCE


def praised_words(group: Clause) -> list[Hit]:
    """Return the words that praise, without an invitation before them ("Enjoy crystal clear sound")."""
    hits = group.words("vague")
    return [hit for hit in hits if group.text[hit.start : hit.end] != "enjoy"] or hits


def praise_of(text: str, line: Line, hit: Hit) -> ProposedTerm:
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
