"""Cases for the remedy: the oracle's usual order (1,000 lamps at USD 10.00) and what may befall it, in few words."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from fairlot.domain.policy.model import Ground
from fairlot.domain.remedy.facts import (
    BuyerDefault,
    CaseClaim,
    CaseFacts,
    CaseLine,
    ClassFinding,
    DailyRemedy,
    Evidence,
    InspectionFacts,
    LateQuantity,
    MeasuredShortfall,
    Seizure,
    Stage,
    Wish,
)


def arrived(number: int = 1, quantity: int = 1000, unit_price_minor: int = 1000) -> CaseLine:
    """A line shipped and delivered whole."""
    return CaseLine(
        number=number,
        quantity=quantity,
        unit_price_minor=unit_price_minor,
        shipped_quantity=quantity,
        delivered_quantity=quantity,
        is_due=True,
    )


def waiting(
    number: int = 1, quantity: int = 1000, unit_price_minor: int = 1000, **more: Any
) -> CaseLine:
    """A line of which nothing has left."""
    return CaseLine(number=number, quantity=quantity, unit_price_minor=unit_price_minor, **more)


def inspection(
    *,
    major: int = 0,
    minor: int = 0,
    critical: int = 0,
    size: int = 80,
    allowed: tuple[int, int, int] = (0, 5, 7),
    lot: int = 1000,
    **more: Any,
) -> InspectionFacts:
    """A report on the lot of 1,000 by General II, 0 / 2.5 / 4.0: letter J, 80 pieces, at most 0, 5 and 7."""
    counts = [
        ClassFinding(found=found, sample_size=size, acceptance_number=most)
        for found, most in zip((critical, major, minor), allowed, strict=True)
    ]
    more.setdefault("id", "I1")
    more.setdefault("stage", Stage.DISPUTE)
    return InspectionFacts(lot=lot, critical=counts[0], major=counts[1], minor=counts[2], **more)


def claim(ground: Ground, *lines: int, evidence: Evidence = Evidence.NONE) -> CaseClaim:
    """One claim; no lines means every line."""
    return CaseClaim(ground=ground, lines=lines, evidence=evidence)


def case(*claims: CaseClaim, lines: tuple[CaseLine, ...] = (arrived(),), **more: Any) -> CaseFacts:
    """A case whose order was paid in full."""
    more.setdefault("currency", "USD")
    more.setdefault("paid_minor", sum(line.price_minor for line in lines))
    return CaseFacts(lines=lines, claims=claims, **more)


# One in ten; hypothesis counts from the middle here, so that its favorite, 0, is the usual case.
_seldom = st.integers(0, 9).map(lambda drawn: drawn == 5)


def _none_found(size: int) -> ClassFinding:
    return ClassFinding(found=0, sample_size=size, acceptance_number=0)


@st.composite
def _lines(draw: st.DrawFn) -> tuple[CaseLine, ...]:
    lines = []
    for number in range(1, draw(st.integers(1, 3)) + 1):
        quantity = draw(st.integers(0, 40))  # 0: cancelled whole.
        shipped = draw(st.integers(0, quantity))
        is_due = draw(st.booleans())
        lines.append(
            CaseLine(
                number=number,
                quantity=quantity,
                unit_price_minor=draw(st.integers(0, 9_999)),
                shipped_quantity=shipped,
                delivered_quantity=draw(st.integers(0, shipped)),
                is_due=is_due,
                is_cancellable=is_due and draw(st.booleans()),
            )
        )
    return tuple(lines)


@st.composite
def _finding(draw: st.DrawFn, size: int) -> ClassFinding:
    return ClassFinding(
        found=draw(st.integers(0, size)),
        sample_size=size,
        acceptance_number=draw(st.integers(0, size)),
    )


@st.composite
def _inspection(draw: st.DrawFn, number: int, lines: tuple[CaseLine, ...]) -> InspectionFacts:
    size = draw(st.sampled_from([2, 5, 13]))
    other_size = draw(st.sampled_from([size, 20]))
    stage = draw(st.sampled_from(Stage))
    return InspectionFacts(
        id=f"I{number}",
        stage=stage,
        line=draw(st.sampled_from([None, *(line.number for line in lines)])),
        lot=draw(st.integers(20, 200)),
        critical=draw(_finding(size) if draw(_seldom) else st.just(_none_found(size))),
        major=draw(_finding(size)),
        minor=draw(_finding(other_size)),
        mandatory_failed=("T2",) if draw(_seldom) else (),
        not_checked=("T1",) if draw(_seldom) else (),
        measured=draw(
            st.sampled_from(
                [
                    (),
                    (),
                    (),
                    (MeasuredShortfall(term_id="T3", agreed=3000, measured=2000),),
                    (MeasuredShortfall(term_id="T3", agreed=100, measured=150),),
                ]
            )
        ),
        not_as_ordered=draw(_seldom) and draw(_seldom),
        waived=stage is Stage.PRE_SHIPMENT and draw(st.booleans()),
        fee_minor=draw(st.integers(0, 30_000)),
        advanced_by_buyer=draw(st.booleans()),
    )


@st.composite
def any_case(draw: st.DrawFn) -> CaseFacts:
    """Any case at all: up to three lines in any state, any claims, any reports, any wish."""
    lines = draw(_lines())
    numbers = [line.number for line in lines]
    claims = draw(
        st.lists(
            st.builds(
                CaseClaim,
                ground=st.just(Ground.QUALITY) | st.sampled_from(Ground),
                lines=st.sets(st.sampled_from(numbers)).map(tuple),
                evidence=st.sampled_from(Evidence),
            ),
            max_size=3,
        )
    )
    late = [
        LateQuantity(line=line.number, quantity=quantity, days_late=days, shipped=shipped)
        for line in lines
        for quantity, shipped in (
            (line.shipped_quantity, True),
            (line.unshipped_quantity, False),
        )
        if quantity > 0 and (days := draw(st.integers(0, 60))) > 0
    ]
    count = draw(st.integers(0, 3))
    total = sum(line.price_minor for line in lines)
    return CaseFacts(
        currency=draw(st.sampled_from(["USD", "JPY", "KWD"])),
        paid_minor=draw(st.integers(0, total)) if draw(st.booleans()) else total,
        lines=lines,
        claims=tuple(claims),
        late=tuple(late),
        daily_remedy=draw(
            st.none()
            | st.builds(
                DailyRemedy,
                per_day_basis_points=st.integers(1, 200),
                cap_basis_points=st.integers(0, 10_000),
            )
        ),
        inspections=tuple(draw(_inspection(i, lines)) for i in range(1, count + 1)),
        wish=draw(st.sampled_from(Wish)),
        inspection_lapsed=draw(st.booleans()),
        seizure=draw(st.none() | st.sampled_from(Seizure)),
        carrier_chosen_by_buyer=draw(st.booleans()),
        supplier_silent=draw(st.booleans()),
        buyer_default=draw(
            st.none()
            | st.builds(
                BuyerDefault,
                inspection_passed=st.booleans(),
                deposit_minor=st.integers(0, total),
                kept_percent=st.integers(0, 100),
            )
        )
        if draw(_seldom)
        else None,
        fee_returned_minor_max=draw(st.none() | st.integers(0, 20_000)),
    )
