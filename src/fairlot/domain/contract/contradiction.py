"""Where a contract cannot be kept as written: sums, dates, cover, payment, inspection, and terms against each other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Protocol

import msgspec

from fairlot.domain.contract.conformity import Interval, interval
from fairlot.domain.contract.document import Contract, Measure, Reference, Term, lines_total_minor
from fairlot.domain.contract.judging.numbers_of import unit_quantity
from fairlot.domain.contract.rules import rule_book
from fairlot.domain.contract.vocabulary import Language
from fairlot.domain.contract.wording.analysis import read_text

Allowed = Interval | Reference
_NO_FLOOR, _NO_CEILING = Decimal("-Infinity"), Decimal("Infinity")


class Add(Protocol):
    """Adds one contradiction by its code, its keys and the facts of its sentence."""

    def __call__(self, code: str, *keys: str, **facts: object) -> None: ...


class Contradiction(msgspec.Struct, frozen=True, kw_only=True):
    """One contradiction: a stable code, the keys it concerns, and a sentence."""

    code: str
    keys: tuple[str, ...]
    sentence: str


def contradictions(
    contract: Contract,
    *,
    language: Language,
    free_limit_minor: int | None = None,
    split_payment_allowed: bool | None = None,
    first_payment_on: dt.date | None = None,
) -> tuple[Contradiction, ...]:
    """Find every contradiction, in a fixed order."""
    phrases = rule_book(language).contradiction
    found: list[Contradiction] = []

    def add(code: str, *keys: str, **facts: object) -> None:
        found.append(Contradiction(code=code, keys=keys, sentence=phrases[code].format(**facts)))

    _money(contract, add, free_limit_minor)
    if split_payment_allowed is False and len(contract.payments) > 1:
        add("split_forbidden", "payments", "cover_kind")
    _dates(contract, add, first_payment_on)
    for first, second in _clashing(contract.terms):
        add("terms", first, second, first=first, second=second)
    for term_id in _words_against_requirement(contract.terms):
        add("text_and_requirement", term_id, first=term_id)
    for term_id in _other_quantity(contract):
        add("quantity", term_id, "lines", first=term_id)
    return tuple(found)


def _money(contract: Contract, add: Add, free_limit_minor: int | None) -> None:
    """Sums, and cover against the supplier's free limit."""
    owed_minor = lines_total_minor(contract) + sum(fee.amount_minor for fee in contract.extra_fees)
    if owed_minor != contract.total_minor:
        add("total", "total_minor", "lines", total=contract.total_minor, sum=owed_minor)
    if free_limit_minor is not None and contract.covered_minor > free_limit_minor:
        uncovered = contract.covered_minor - free_limit_minor
        facts = {"covered": contract.covered_minor, "limit": free_limit_minor}
        add("cover_above_limit", "covered_minor", **facts, uncovered=uncovered)


def _dates(contract: Contract, add: Add, first_payment_on: dt.date | None) -> None:
    """Inspection, shipment, arrival and first payment in an order that cannot be."""
    plan, ship = contract.inspection, contract.shipment
    abroad = plan is not None and plan.place == "at destination"
    if abroad and contract.cover_kind == "pre-shipment":
        add("inspection_after_shipment", "inspection.place", "cover_kind")
    if plan is None and any(part.due == "passed inspection" for part in contract.payments):
        add("no_inspection_plan", "payments", "inspection")
    if ship.date is None:
        return
    if ship.arrival_date is not None and ship.arrival_date < ship.date:
        add("arrival_before_shipment", "shipment.arrival_date", "shipment.date")
    if first_payment_on is not None and ship.date <= first_payment_on:
        add("shipment_before_agreement", "shipment.date")


def _clashing(terms: tuple[Term, ...]) -> Iterator[tuple[str, str]]:
    """Each term whose allowed values have nothing in common with an earlier one's, on the same matter and lines.

    Every term is read once, and named once with the first that it clashes with: terms may be many, and so may be pairs.
    """
    by_matter: dict[tuple[str, str], list[tuple[Term, Allowed]]] = {}
    for term in terms:
        allowed = _allowed(term)
        if allowed is None:
            continue
        earlier = by_matter.setdefault((term.topic, _subject(term)), [])
        for first, other in earlier:
            if _same_lines(first, term) and _disjoint(other, allowed):
                yield first.id, term.id
                break
        earlier.append((term, allowed))


def _same_lines(first: Term, second: Term) -> bool:
    return not first.lines or not second.lines or bool(set(first.lines) & set(second.lines))


def _subject(term: Term) -> str:
    """Name what a term speaks of: its property, else the words before its first number or code."""
    clause = read_text(term.text)
    named = [prop.id for _, prop in clause.properties()]
    starts = [q.start for q in clause.quantities] + [code.start for code in clause.codes]
    opening = clause.text[: min(starts)] if starts else clause.text
    return (
        f"{named[-1] if named else ''}|{opening.strip(' :,')}"
        if term.topic != "colour"
        else opening.strip(" :,")
    )


def _allowed(term: Term) -> Allowed | None:
    """Return what a term allows, as far as it can be held against another's."""
    match term.requirement:
        case Measure() as measure:
            return interval(measure)
        case Reference() as reference if reference.kind in ("pantone", "ral", "ncs"):
            return reference
        case _:
            return None


def _disjoint(first: Allowed, second: Allowed) -> bool:
    if isinstance(first, Reference) and isinstance(second, Reference):
        return first.kind == second.kind and first.value != second.value
    if not isinstance(first, Interval) or not isinstance(second, Interval):
        return False
    if first.base != second.base:
        return False
    lowest = max(_or(first.low, _NO_FLOOR), _or(second.low, _NO_FLOOR))
    highest = min(_or(first.high, _NO_CEILING), _or(second.high, _NO_CEILING))
    return lowest > highest


def _or(value: Decimal | None, other: Decimal) -> Decimal:
    return other if value is None else value


def _words_against_requirement(terms: tuple[Term, ...]) -> Iterator[str]:
    """Terms whose words give a figure of the requirement's unit, but never the requirement's value."""
    for term in terms:
        measure = term.requirement
        if not isinstance(measure, Measure) or " x " in measure.value:
            continue
        stated = interval(measure)
        figures = [
            value * (q.unit.factor)
            for q in read_text(term.text).quantities
            if stated is not None
            and q.unit is not None
            and q.unit.base == stated.base
            and unit_quantity(q) != "scale"
            for value in q.values
        ]
        if stated is None or not figures:
            continue
        if not any(figure == stated.nominal for figure in figures):
            yield term.id


def _other_quantity(contract: Contract) -> Iterator[str]:
    totals = {line.number: line.quantity for line in contract.lines}
    for term in contract.terms:
        measure = term.requirement
        if term.topic != "quantity" or not isinstance(measure, Measure) or measure.operator != "=":
            continue
        if measure.unit not in ("pcs", "set", "pair") or " x " in measure.value:
            continue
        ordered = sum(totals[number] for number in (term.lines or totals) if number in totals)
        if Decimal(measure.value) != ordered:
            yield term.id
