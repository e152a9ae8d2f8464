"""Proposed terms with the text behind them; in a conversation the last word on a matter counts."""

from __future__ import annotations

import msgspec

from fairlot.domain.contract.document_lines import (
    Line,
)
from fairlot.domain.contract.judgement import Label, Parsed


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


_SUPERSEDING = ("quantity", "price", "shipment_date", "size")


def latest(
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
