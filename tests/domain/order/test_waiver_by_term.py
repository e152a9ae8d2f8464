"""What a signed waiver covers where inspectors count term by term (R30; ruling A63), and when goods are there already."""

from __future__ import annotations

import pytest

from fairlot.domain.order import commands as c
from fairlot.domain.order.case import recommendation_for
from fairlot.domain.order.refusals import Code
from fairlot.domain.order.state import InspectionStage
from fairlot.domain.policy.model import Ground
from tests.support.given import (
    BANK,
    BUYER,
    INSPECTOR,
    PRICE,
    SUPPLIER,
    Given,
    booking,
    claim,
    days,
    delivery,
    given,
    report,
    seconds,
    shipment,
)

SAMPLE = 80
MAJOR_MAX = 5


def found(**by_term: int) -> tuple[c.TermFinding, ...]:
    return tuple(c.TermFinding(term_id=name, found=count) for name, count in by_term.items())


def waiver(*terms: str) -> c.WaiveFindings:
    return c.WaiveFindings(term_ids=terms, signature_hash="s")


def waived(waives: c.WaiveFindings, *, major: int = 8, **by_term: int) -> Given:
    """Return an order whose lot failed, was waived and shipped, and is claimed for quality."""
    lot = given().paid().by(BUYER, booking("i1"))
    failed = lot.by(INSPECTOR, report("i1", major=major, term_findings=found(**by_term)))
    there = failed.by(BUYER, waives).by(SUPPLIER, shipment()).after(days(20)).by(BANK, delivery())
    return there.by(BUYER, claim(Ground.QUALITY, terms=("T1",)))


def inspected(here: Given, *, major: int, **by_term: int) -> int:
    """Return what the rules call for once a second report has come in the dispute."""
    heard = here.heard().by(BUYER, booking("d1", InspectionStage.DISPUTE))
    told = heard.by(INSPECTOR, report("d1", major=major, term_findings=found(**by_term)))
    return recommended(told)


def recommended(here: Given) -> int:
    return recommendation_for(here.order, now=here.now, policy=here.policy).amount_minor


class TestNamedFindings:
    """A63: a waiver covers the named findings, up to the reported extent."""

    def test_a63_another_term_of_the_same_class_is_not_waived(self) -> None:
        here = waived(waiver("T2"), T2=8)
        assert inspected(here, major=10, T1=10) == PRICE * 10 // SAMPLE

    def test_a63_the_named_term_is_waived_to_its_reported_extent(self) -> None:
        here = waived(waiver("T2"), T2=8)
        assert inspected(here, major=8, T2=8) == 0
        assert inspected(here, major=10, T2=10) == PRICE * 2 // SAMPLE
        assert inspected(here, major=12, T1=4, T2=8) == PRICE * 4 // SAMPLE

    def test_a63_a_waiver_that_names_no_term_covers_what_was_reported(self) -> None:
        here = waived(waiver(), T2=8)
        assert inspected(here, major=8, T2=8) == 0
        assert inspected(here, major=10, T1=10) == PRICE * 10 // SAMPLE

    def test_a63_never_more_is_waived_than_the_units_of_the_class(self) -> None:
        """Eight units failed both terms: eight are signed for, not sixteen."""
        here = waived(waiver("T1", "T2"), T1=8, T2=8)
        assert inspected(here, major=16, T1=8, T2=8) == PRICE * 8 // SAMPLE

    def test_a63_a_unit_that_fails_a_term_beside_the_waived_one_still_counts(self) -> None:
        here = waived(waiver("T2"), T1=8, T2=8)
        assert recommended(here) == PRICE * 8 // SAMPLE
        assert inspected(here, major=8, T1=8, T2=8) == PRICE * 8 // SAMPLE

    def test_a63_counts_by_class_alone_are_waived_by_class(self) -> None:
        assert inspected(waived(waiver("T2")), major=10, T1=10) == PRICE * 2 // SAMPLE
        assert inspected(waived(waiver("T2"), T2=8), major=10) == PRICE * 2 // SAMPLE

    def test_a63_what_rejects_the_lot_beside_the_named_term_can_be_claimed(self) -> None:
        beyond = MAJOR_MAX + 1
        assert recommended(waived(waiver("T2"), major=8 + beyond, T1=beyond, T2=8)) == (
            PRICE * beyond // SAMPLE
        )
        assert recommended(waived(waiver("T2"), major=8 + MAJOR_MAX, T1=MAJOR_MAX, T2=8)) == 0


class TestCounts:
    def test_a_term_that_the_contract_does_not_have_is_refused(self) -> None:
        here = given().paid().by(BUYER, booking("i1"))
        told = report("i1", major=8, term_findings=found(T9=8))
        here.when(INSPECTOR, told).refused(Code.UNKNOWN_TERM, term="T9")

    @pytest.mark.parametrize("counts", [{"T1": 0}, {"T1": SAMPLE + 1}])
    def test_counts_outside_the_sample_are_refused(self, counts: dict[str, int]) -> None:
        here = given().paid().by(BUYER, booking("i1"))
        told = report("i1", major=8, term_findings=found(**counts))
        here.when(INSPECTOR, told).refused(Code.PLAN_NOT_MET)

    def test_a_term_counted_twice_is_refused(self) -> None:
        here = given().paid().by(BUYER, booking("i1"))
        told = report("i1", major=8, term_findings=(*found(T1=3), *found(T1=5)))
        here.when(INSPECTOR, told).refused(Code.PLAN_NOT_MET)


def test_a46_who_extends_too_late_is_told_when_the_goods_counted_as_arrived() -> None:
    here = given().shipped()
    counted = (here.now + days(45)).isoformat()
    extension = c.ExtendArrival(shipment_id="s1")
    here.when(BUYER, extension, after=days(45) + seconds(1)).refused(
        Code.ALREADY_ARRIVED, arrived_at=counted
    )
