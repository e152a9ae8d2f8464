"""Proposed terms with the text behind them; in a conversation the last word on a matter counts."""

from __future__ import annotations

import re
from collections.abc import Callable

import msgspec

from fairlot.domain.contract.judging.judgement import Label, Parsed
from fairlot.domain.contract.lexicon import shadow
from fairlot.domain.contract.lexicon.spotting import spot


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


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in " \t,;。.、:\uff0c":
        start += 1
    while end > start and text[end - 1] in " \t,;。、\uff0c":
        end -= 1
    return start, end


# Of these an order has one; a further word on them replaces the earlier one.
_ONE_PER_ORDER = frozenset({"quantity", "price", "shipment_date", "weight"})
_CHANGED_IN_TALK = _ONE_PER_ORDER | {"size"}
_DIMENSION = re.compile(r"[长宽高厚深径]|length|width|height|thick|depth|diameter|dia")
_ALL_OFFERED = re.compile(r"都有|都可|都行|可选")
# What comes on top of an order, or divides it, replaces nothing.
_BESIDE = re.compile(
    r"加|另|每色|每款|每码|其中|extra|per colou?r|per style|surcharge|spare|of which|each colou?r|deposit"
)
# What comes with every piece is not how many are ordered.
_PER_PIECE = re.compile(r"\bper (?!cent)[a-z]+|\bfor each\b|\b(?:with|to|in) (?:each|every)\b")
_WORD = re.compile(r"[a-z]{4,}|[一-鿿]{2}")
_DIMENSIONS = frozenset(
    {"length", "width", "height", "depth", "diameter", "thickness", "size", "wide", "long", "high", "长度", "宽度", "高度", "厚度", "直径", "尺寸"}
)  # fmt: skip
_COMMON_WORDS = frozenset(
    {
        "about",
        "with",
        "each",
        "must",
        "than",
        "less",
        "more",
        "least",
        "piece",
        "pieces",
        "from",
        "fabric",
        "material",
        "composition",
        "面料",
        "材料",
    }
)


# How many terms of one kind the others are held against.
NEWEST_MAX = 100


def latest(
    found: list[ProposedTerm], depths: dict[int, int], *, newest_last: bool
) -> list[ProposedTerm]:
    """Keep the last word on every matter: in a chat what is said later, in a mail thread what is quoted less deeply."""

    def is_newer(other: ProposedTerm, term: ProposedTerm) -> bool:
        if newest_last:
            later = other.line > term.line and _strength(other) >= _strength(term)
            return later and term.kind in _CHANGED_IN_TALK
        return depths[other.line] < depths[term.line]

    others = newest_of_each_kind(
        found, key=lambda term: -term.line if newest_last else depths[term.line]
    )
    return [
        term
        for term in sorted(found, key=lambda term: term.start)
        if not any(is_newer(other, term) and _replaces(other, term) for other in others[term.kind])
    ]


def newest_of_each_kind(
    found: list[ProposedTerm], *, key: Callable[[ProposedTerm], int]
) -> dict[str, list[ProposedTerm]]:
    """Return the terms that earlier ones of their kind are held against: those with the smallest keys, and not too many.

    What is said a hundred times over is haggled about by nobody, and a paper of nothing else would be read for hours.
    """
    by_kind: dict[str, list[ProposedTerm]] = {}
    for term in sorted(found, key=key):
        newest = by_kind.setdefault(term.kind, [])
        if len(newest) < NEWEST_MAX:
            newest.append(term)
    return by_kind


def _strength(term: ProposedTerm) -> int:
    return {"claimable": 2, "weak": 1, "not_claimable": 0}[term.label]


def _replaces(other: ProposedTerm, term: ProposedTerm) -> bool:
    """Say whether two terms speak of the same matter, so that the newer one counts."""
    if other.kind != term.kind or other.parsed is None or not other.parsed.value:
        return False
    if _BESIDE.search(shadow(other.text)) or "payment" in (other.property_id, term.property_id):
        return False
    if _of_another_thing(other, term):
        return False
    if term.kind == "weight":
        return term.parsed is not None and other.parsed.unit == term.parsed.unit
    if term.kind in _ONE_PER_ORDER:
        return True
    if term.kind == "size" and _ALL_OFFERED.search(term.text):
        return True
    if term.kind == "size" and _strength(other) > _strength(term):
        told, meant = (set(_DIMENSION.findall(shadow(t.text))) for t in (other, term))
        if not told or not meant or told & meant:
            return True
    if other.property_id != term.property_id:
        return False
    told, meant = _words(other), _words(term)
    things, thing = told - _DIMENSIONS, meant - _DIMENSIONS
    return bool(things & thing if things and thing else told & meant)


def _of_another_thing(other: ProposedTerm, term: ProposedTerm) -> bool:
    """Say whether a count comes with every piece, or a size is that of a part."""
    if term.kind == "quantity":
        return _PER_PIECE.search(shadow(other.text)) is not None
    return term.kind == "size" and bool(_parts(term) - _parts(other))


def _parts(term: ProposedTerm) -> set[str]:
    """Return the parts of the goods that a term names."""
    said = shadow(term.text)
    return {said[h.start : h.end] for h in spot(said).get("material.part_nouns", ())}


def _words(term: ProposedTerm) -> set[str]:
    return set(_WORD.findall(shadow(term.text))) - _COMMON_WORDS
