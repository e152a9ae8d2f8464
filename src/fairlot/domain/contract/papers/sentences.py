"""Sentences of a mail that state several terms in one breath are cut where one term ends and the next begins."""

from __future__ import annotations

import itertools
import re

from fairlot.domain.contract.wording.analysis import Clause
from fairlot.domain.contract.wording.quantities import Quantity

# Words by which an order is placed in the middle of other talk ("we have discussed it and can go ahead with 4,000 pieces").
_ORDERS = re.compile(
    r"\s(?=(?:and\s|so\s|but\s)?(?:(?:we|i)\s)?(?:\w+\s){0,3}?(?:go ahead with|proceed with|order|take|confirm|purchase|buy)\s(?:\w+\s){0,2}\Z)"
)
# How many are ordered, before of what ("5,000 pcs of the 500 ml bottle", 5000个500ml).
_OF = re.compile(r"\s(?=of\s)")
_COLOURED = re.compile(
    r"\s(?=(?:all\s)?in\s(?:the colou?r\s|colou?r\s|a\s)?\Z)|\s(?=in\s(?:\w+\s){0,2}\Z)|\s(?=with\s(?:\w+\s){0,2}(?:outside|inside|body|lid|cap|handle|top|base|strap|print|cover|shell|trim|lining|logo)\s\Z)"
)
_DATED = re.compile(
    r"\s(?=(?:and\s)?(?:for\s)?(?:to be\s)?(?:shipp\w*|deliver\w*|dispatch\w*|ready|leaving|arriv\w*|etd|eta|by|before|until|no later than|not later than|latest|on or before)\s(?:[\w ]{0,32}\s)?\Z)"
)
_AND_THE = re.compile(r"\s(?=and\s(?:the|its|each|every|with|that|a)\s)")
_FOREIGN_UNITS = frozenset({"volume", "length", "mass", "area mass", "charge", "power", "voltage"})


def cut_sentences(clauses: list[Clause]) -> list[Clause]:
    """Cut every clause of prose into the terms it states."""
    return [part for clause in clauses for part in _cut(clause)]


def _cut(clause: Clause) -> list[Clause]:
    cuts: set[int] = set()
    ordered = next((q for q in clause.quantities if _counts_goods(q)), None)
    if ordered is not None and _states_more(clause, ordered.end):
        cuts |= _after_order(clause, ordered)
    if ordered is not None:
        placed = _ORDERS.search(clause.text[: ordered.start], clause.start)
        cuts |= {placed.start()} if placed else set()
    if clause.quantities or clause.codes:
        cuts |= _before_date(clause) | _between_parts(clause) | _behind_date(clause)
    edges = [
        clause.start,
        *sorted(cut for cut in cuts if clause.start < cut < clause.end),
        clause.end,
    ]
    return [clause.view(a, b) for a, b in itertools.pairwise(edges)]


def _counts_goods(quantity: Quantity) -> bool:
    unit = quantity.unit
    return unit is not None and unit.discrete and unit.quantity == "count" and not quantity.per


def _states_more(clause: Clause, end: int) -> bool:
    """Say whether a measure or a color of the goods stands behind the count of them."""
    measured = any(
        q.start >= end and q.unit is not None and q.unit.quantity in _FOREIGN_UNITS and not q.per
        for q in clause.quantities
    )
    return measured or any(start >= end for start in _colours(clause))


def _colours(clause: Clause) -> list[int]:
    """Return where the colors of a clause begin."""
    named = [hit.start for hit in clause.words("colour.names")]
    return sorted([*named, *(code.start for code in clause.all_codes("colour"))])


def _after_order(clause: Clause, ordered: Quantity) -> set[int]:
    cuts: set[int] = set()
    measured = next(
        (
            q
            for q in clause.quantities
            if q.start >= ordered.end and q.unit is not None and q.unit.quantity in _FOREIGN_UNITS
        ),
        None,
    )
    if measured is not None:
        between = clause.text[ordered.end : measured.start]
        of = _OF.search(clause.text, ordered.end, measured.start + 1)
        if of or not between.strip():
            cuts.add(of.start() if of else ordered.end)
    first = next((start for start in _colours(clause) if start >= ordered.end), None)
    if first is not None:
        before = _COLOURED.search(clause.text[:first], ordered.end)
        glued = clause.text[first : first + 1] > "\u4e00"
        if before or glued:
            cuts.add(before.start() if before else first)
    return cuts


def _before_date(clause: Clause) -> set[int]:
    """Cut before the day by which it is wanted ("… in navy by 15 March 2027")."""
    cuts: set[int] = set()
    for code in clause.all_codes("date"):
        opening = _DATED.search(clause.text[: code.start], clause.start)
        if opening and _states_something(clause, clause.start, opening.start()):
            cuts.add(opening.start())
    return cuts


# What is done on the day, between the day and how many ("3月25日前先交1000套").
_HANDED_OVER = re.compile(
    r"(?:号|日)?\s?(?:之?前|以前|内|左右)?[^,;\d]{0,6}(?:交|发|出|到|装|送)[^,;\d]{0,3}\Z"
)


def _behind_date(clause: Clause) -> set[int]:
    """Cut between the day of a part and how many are due on it."""
    cuts: set[int] = set()
    for quantity in clause.quantities:
        days = [code.end for code in clause.all_codes("date") if code.end <= quantity.start]
        due = max(days, default=-1)
        if _counts_goods(quantity) and due >= 0:
            between = clause.text[due : quantity.start]
            cuts |= {quantity.start} if _HANDED_OVER.match(between) else set()
    return cuts


def _between_parts(clause: Clause) -> set[int]:
    """Cut before "and the wall at least 0.5 mm" where both sides state something."""
    return {
        joint.start()
        for joint in _AND_THE.finditer(clause.text, clause.start, clause.end)
        if _states_something(clause, clause.start, joint.start())
        and _measures(clause, joint.start(), clause.end)
        and not any(q.start <= joint.start() < q.end for q in clause.quantities)
    }


def _measures(clause: Clause, start: int, end: int) -> bool:
    return any(start <= q.start < end and q.unit is not None for q in clause.quantities)


def _states_something(clause: Clause, start: int, end: int) -> bool:
    stated = (
        "colour.names", "material.families", "material.grades", "material.polymers", "branding.marks",
        "branding.labels", "packaging.plain", "packaging.designed",
    )  # fmt: skip
    view = clause.view(start, end)
    counted = any(q.unit is not None for q in view.quantities)
    return counted or bool(view.all_codes("colour", "file")) or view.has(*stated)
