"""How much of a lot is wrong, from one report: the share defective, the shortfall, and whether goods are unusable.

The share (ruling A66): units of the classes that failed, each unit in its worst class, over that class's sample. A
shortfall that all goods share reduces the rest of them in proportion, so that no piece is paid for twice.
"""

from __future__ import annotations

from fractions import Fraction

import msgspec

from fairlot.domain.remedy.facts import ClassFinding, InspectionFacts, MeasuredShortfall
from fairlot.domain.remedy.recommendation import ShownInterval, StepName
from fairlot.domain.sampling import share_defective


class Extent(msgspec.Struct, frozen=True, kw_only=True):
    """The part of the price that the goods are worth less, as a fraction, and what it consists of.

    `returnable`: the goods may go back for their whole price; `critical`: they must, being unsafe.
    """

    numerator: int
    denominator: int
    step: StepName
    returnable: bool
    critical: bool
    intervals: tuple[ShownInterval, ...]


def extent_of(report: InspectionFacts, waived: InspectionFacts | None) -> Extent | None:
    """Return how much a failed report counts beyond what the buyer waived, or None if nothing is left (ruling A63)."""
    rejected = [(name, finding) for name, finding in report.classes if finding.is_rejected]
    beyond = {name: _beyond(report, name, finding, waived) for name, finding in rejected}
    numerator, denominator = _share(rejected, beyond)
    shortfall = max(
        (_shortfall_beyond(item, waived) for item in report.measured), default=Fraction(0)
    )
    mandatory = set(report.mandatory_failed) - _terms_waived(waived)
    if numerator == 0 and shortfall == 0 and not mandatory and not report.not_as_ordered:
        return None
    critical = beyond.get("critical", Fraction(0)) > 0
    step = StepName.SHARE_DEFECTIVE
    if shortfall > 0:
        share = Fraction(numerator, denominator)
        both = share + (1 - share) * shortfall
        step = StepName.DEFECTIVE_AND_SHORTFALL if share > 0 else StepName.SHORTFALL
        numerator, denominator = both.numerator, both.denominator
    return Extent(
        numerator=numerator,
        denominator=denominator,
        step=step,
        returnable=critical or bool(mandatory) or shortfall > 0 or report.not_as_ordered,
        critical=critical,
        intervals=_intervals(report, [finding for _, finding in rejected]),
    )


def _terms_waived(waived: InspectionFacts | None) -> set[str]:
    return set() if waived is None else set(waived.mandatory_failed) - set(waived.not_waived)


def shortfall_of(item: MeasuredShortfall) -> Fraction:
    """Return by how much of the agreed figure the measured one is off, at most the whole."""
    if item.agreed == 0:
        return Fraction(1)
    return min(Fraction(1), abs(Fraction(item.agreed - item.measured, item.agreed)))


def _share(
    rejected: list[tuple[str, ClassFinding]], beyond: dict[str, Fraction]
) -> tuple[int, int]:
    """Add up the classes' shares, at most the whole; over one sample the counts stay as the report has them."""
    share = min(Fraction(1), sum(beyond.values(), Fraction(0)))
    sizes = {finding.sample_size for _, finding in rejected}
    if len(sizes) == 1:
        size = sizes.pop()
        if (share * size).denominator == 1:
            return int(share * size), size
    return share.numerator, share.denominator


def _beyond(
    report: InspectionFacts, name: str, finding: ClassFinding, waived: InspectionFacts | None
) -> Fraction:
    """Return a class's share without what was signed for: the named terms where both reports count them, else the class."""
    share = Fraction(finding.found, finding.sample_size)
    if waived is None:
        return share
    before = dict(waived.classes)[name]
    signed_for = Fraction(before.found, before.sample_size)
    now, then = report.counts_of(name), waived.counts_of(name)
    if not now or not then:
        return max(Fraction(0), share - signed_for)
    beyond = Fraction(0)
    by_term = Fraction(0)
    for term_id, found in now.items():
        part = Fraction(found, finding.sample_size)
        named = not waived.waived_terms or term_id in waived.waived_terms
        given = Fraction(then.get(term_id, 0), before.sample_size) if named else Fraction(0)
        by_term += min(part, given)
        # A unit may fail a waived term and another: the other still counts.
        beyond = max(beyond, part - given)
    return max(beyond, share - min(signed_for, by_term))


def _shortfall_beyond(item: MeasuredShortfall, waived: InspectionFacts | None) -> Fraction:
    before = [
        shortfall_of(earlier)
        for earlier in (waived.measured if waived else ())
        if earlier.term_id == item.term_id and waived and item.term_id not in waived.not_waived
    ]
    return max(Fraction(0), shortfall_of(item) - max(before, default=Fraction(0)))


def _intervals(report: InspectionFacts, rejected: list[ClassFinding]) -> tuple[ShownInterval, ...]:
    """Clopper-Pearson, 95 %, two-sided, for each sample in which classes failed (ruling A67)."""
    found_by_size: dict[int, int] = {}
    for finding in rejected:
        found_by_size[finding.sample_size] = (
            found_by_size.get(finding.sample_size, 0) + finding.found
        )
    return tuple(_interval(report, min(found, size), size) for size, found in found_by_size.items())


def _interval(report: InspectionFacts, found: int, size: int) -> ShownInterval:
    lot = max(report.lot, size)
    estimate = share_defective(found=found, sample_size=size, lot_size=lot)
    return ShownInterval(
        inspection_id=report.id,
        found=found,
        sample_size=size,
        lot=lot,
        method=estimate.method,
        lower_parts_per_million=estimate.lower_parts_per_million,
        upper_parts_per_million=estimate.upper_parts_per_million,
    )
