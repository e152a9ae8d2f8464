"""What a conversation leaves standing: proposals that were declined, denied, corrected or only offered as a choice fall."""

from __future__ import annotations

import itertools
import re

from fairlot.domain.contract.document_lines import Line, is_question
from fairlot.domain.contract.lexicon import shadow, spot
from fairlot.domain.contract.reading import ProposedTerm

# How somebody says no to what was said just before.
_DECLINES = re.compile(
    r"\W*(?:(?:hmm+|well|oh|sorry|ok but|but|dear|haha|亲|啊|哎|呃|不好意思|抱歉|那)[\s,.!]*)*(?:no(?:pe|t ok| way)?(?=\s*(?:[,.!]|\Z|sorry|thanks|we\b|i\b|it\b|that\b|my\b|dear\b|please\s*\Z))|(?:that(?:'s| is)? |it(?:'s| is)? |this is )?(?:much |way |far |still )?too (?:expensive|high|long|late|much|small|big|low|heavy|short|thin|thick|little|few|many)|(?:that(?:'s| is)? |it(?:'s| is)? )?not (?:possible|acceptable|enough|good)|impossible|(?:we |i )?(?:can'?t|can ?not|could not) (?:do|make|accept|agree|go)|out of the question|不行|不可以|不能(?!再)|做不[到了]|不接受|不同意|太(?:贵|高|晚|长|慢|少|多|大|小|重|轻|薄|厚|久)|没办法|来不及|不够)"
)
_NOT_DECLINED = re.compile(r"no problem|not a problem|没问题|没关系|不客气")
# Words by which somebody takes back or changes what stood before.
_CORRECTS = re.compile(
    r"\b(?:sorry|correction|instead|actually|my mistake|typo|i meant|rather|on second thought|changed? (?:it|that|this|the|my|our|to)|let'?s (?:take|make|go|do|use|change)|make (?:it|that|them)|scratch that|forget)\b|改成|改为|改到|改用|换成|换用|更正|纠正|打错|说错|写错|搞错|弄错|还是(?:用|要|做|按|改)|不对|不好意思|算了|我说的是"
)
# A thing that is not wanted ("no black", 不要黑色).
_UNWANTED = re.compile(
    r"(?:\b(?:no|not|instead of|rather than|forget(?: about)?(?: the)?|drop(?: the)?|skip(?: the)?|without)\s(?:the\s|in\s|more\s)?|不要|不用|别用|不做|取消|去掉|换掉|而不是|不是)\Z"
)
_LIST = re.compile(r"\s(?:and|or|to)\s|[,/、和或]|以及|\d\s*[~-]\s*\d")
_CHOICES_MIN = 2
_IN_A_WAY = frozenset({"colour", "material", "finish", "packaging", "branding", "function", "capacity", "size", "weight"})  # fmt: skip
_CHOSEN = frozenset(
    {"colour", "material", "finish", "capacity", "size", "weight", "quantity", "price", "function"}
)
_WORD = re.compile(r"[a-z]{4,}|[一-鿿]{2}")


def standing(found: list[ProposedTerm], lines: list[Line], text: str) -> list[ProposedTerm]:
    """Drop from a chat what its further course takes away."""
    said = {line.number: shadow(text[line.start : line.end]) for line in lines}
    fallen = _declined(lines, said)
    kept = [term for term in found if term.line not in fallen]
    kept = _without_unwanted(kept, said)
    offered = {
        line.number
        for before, line in itertools.pairwise(lines)
        if line.speaker != before.speaker and is_question(said[before.number])
    }
    return [
        term
        for term in kept
        if not any(
            other.line > term.line
            and other.kind == term.kind
            and (_corrects(other, term, said) or (term.line in offered and _is_choice(term)))
            for other in kept
        )
    ]


def _declined(lines: list[Line], said: dict[int, str]) -> set[int]:
    """Find the lines to which the other side says no at once."""
    return {
        before.number
        for before, line in itertools.pairwise(lines)
        if line.speaker != before.speaker
        and not is_question(said[before.number])
        and _DECLINES.match(said[line.number])
        and not _NOT_DECLINED.search(said[line.number])
    }


def _without_unwanted(found: list[ProposedTerm], said: dict[int, str]) -> list[ProposedTerm]:
    """Drop colors that are said not to be wanted, where they are refused and where they were asked for."""
    unwanted: dict[str, int] = {}
    for number, words in said.items():
        for hit in spot(words).get("colour.names", ()):
            if _UNWANTED.search(words[: hit.start]):
                unwanted[words[hit.start : hit.end]] = number
    return [
        term
        for term in found
        if term.kind != "colour"
        or not any(
            term.line <= number and name in shadow(term.text) for name, number in unwanted.items()
        )
    ]


def _corrects(other: ProposedTerm, term: ProposedTerm, said: dict[int, str]) -> bool:
    """Say whether a later line that takes something back speaks of the same matter."""
    if term.kind not in _IN_A_WAY or not _CORRECTS.search(said[other.line]):
        return False
    if other.property_id != term.property_id and term.kind != "colour":
        return False
    told, meant = (set(_WORD.findall(shadow(t.text))) for t in (other, term))
    return term.kind == "colour" or bool(told & meant) or not (told and meant)


def _is_choice(term: ProposedTerm) -> bool:
    """Say whether a term lists several values of one thing, to choose from."""
    if term.kind not in _CHOSEN:
        return False
    parts = [part for part in _LIST.split(term.text) if part.strip()]
    counted = re.findall(r"\d+(?:[.,]\d+)*", term.text)
    alternatives = counted or parts
    return len(alternatives) >= _CHOICES_MIN and _LIST.search(term.text) is not None
