"""Drawing a sample: reproducible, every unit real and taken once, in proportion, and without favorites."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from fairlot.domain.sampling import SamplingError
from fairlot.domain.sampling.draw import DrawnUnit, Line, draw

RED, BLUE = (
    Line(name="red", quantity=1200, cartons=50),
    Line(name="blue", quantity=1800, cartons=75),
)


@st.composite
def small_lots(draw_one: st.DrawFn) -> tuple[int, list[Line]]:
    lines = []
    for position in range(draw_one(st.integers(1, 5))):
        quantity = draw_one(st.integers(1, 60))
        cartons = draw_one(st.one_of(st.just(0), st.integers(1, quantity)))
        lines.append(Line(name=f"line {position}", quantity=quantity, cartons=cartons))
    return draw_one(st.integers(1, sum(line.quantity for line in lines))), lines


@given(small_lots(), st.text(min_size=1, max_size=20))
def test_every_unit_is_real_and_taken_once(lot: tuple[int, list[Line]], seed: str) -> None:
    size, lines = lot
    drawn = draw(sample_size=size, lines=lines, seed=seed)
    assert len(drawn.units) == len(set(drawn.units)) == size
    by_name = {line.name: line for line in lines}
    for unit in drawn.units:
        line = by_name[unit.line]
        if line.cartons:
            assert 1 <= unit.carton <= line.cartons
            held = (
                line.quantity * unit.carton // line.cartons
                - line.quantity * (unit.carton - 1) // line.cartons
            )
        else:
            assert unit.carton == 0
            held = line.quantity
        assert 1 <= unit.unit <= held


@given(small_lots())
def test_every_line_is_represented_where_the_sample_reaches(lot: tuple[int, list[Line]]) -> None:
    size, lines = lot
    drawn = Counter(unit.line for unit in draw(sample_size=size, lines=lines, seed="s").units)
    whole = sum(line.quantity for line in lines)
    for line in lines:
        fair = size * line.quantity / whole
        assert drawn[line.name] <= line.quantity
        if size >= len(lines):
            assert drawn[line.name] >= max(1, fair - len(lines))
        else:
            assert fair - 1 < drawn[line.name] < fair + 1


def test_the_same_seed_gives_the_same_units_for_ever() -> None:
    """Golden: whoever repeats this drawing by hand, years later, must find these units."""
    drawn = draw(sample_size=5, lines=[RED, BLUE], seed="ord_1/inspection/1")
    assert drawn.units == (
        DrawnUnit(line="red", carton=3, unit=21),
        DrawnUnit(line="red", carton=35, unit=15),
        DrawnUnit(line="blue", carton=12, unit=8),
        DrawnUnit(line="blue", carton=34, unit=2),
        DrawnUnit(line="blue", carton=54, unit=12),
    )


def test_another_seed_gives_other_units() -> None:
    samples = {draw(sample_size=20, lines=[RED, BLUE], seed=str(seed)).units for seed in range(50)}
    assert len(samples) == 50


def test_about_the_square_root_of_the_cartons_is_opened() -> None:
    drawn = draw(sample_size=125, lines=[RED, BLUE], seed="s")
    opened = dict(drawn.cartons_to_open())
    # Twelve of 125 in all, in proportion: 5 of 50 and 8 of 75, rounded up.
    assert {line: len(cartons) for line, cartons in opened.items()} == {"red": 5, "blue": 8}
    assert all(list(cartons) == sorted(cartons) for cartons in opened.values())


def test_the_opened_cartons_are_spread_over_the_pile() -> None:
    drawn = draw(sample_size=60, lines=[Line(name="lot", quantity=10_000, cartons=100)], seed="s")
    ((_, cartons),) = drawn.cartons_to_open()
    assert [(carton - 1) // 10 for carton in cartons] == list(range(10))


def test_more_cartons_are_opened_where_the_sample_needs_them() -> None:
    drawn = draw(sample_size=50, lines=[Line(name="lot", quantity=100, cartons=50)], seed="s")
    ((_, cartons),) = drawn.cartons_to_open()
    assert len(cartons) == 25
    whole = draw(sample_size=100, lines=[Line(name="lot", quantity=100, cartons=30)], seed="s")
    assert len(whole.units) == 100


def test_loose_units_have_no_favorites() -> None:
    """Every unit of ten is drawn equally often over many seeds, and would not be if one were left out."""
    line = Line(name="lot", quantity=10)
    taken = Counter(
        unit.unit
        for seed in range(2000)
        for unit in draw(sample_size=3, lines=[line], seed=str(seed)).units
    )
    assert stats.chisquare([taken[unit] for unit in range(1, 11)]).pvalue > 0.001
    biased = [taken[unit] for unit in range(1, 10)] + [0]
    assert stats.chisquare(biased).pvalue < 0.001


def test_cartons_and_their_units_have_no_favorites() -> None:
    line = Line(name="lot", quantity=40, cartons=10)
    units = Counter(
        (unit.carton, unit.unit)
        for seed in range(3000)
        for unit in draw(sample_size=8, lines=[line], seed=str(seed)).units
    )
    assert len(units) == 40
    assert (
        stats.chisquare(
            [sum(units[carton, unit] for carton in range(1, 11)) for unit in range(1, 5)]
        ).pvalue
        > 0.001
    )


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"seed": ""}, "seed_missing"),
        ({"seed": "x" * 201}, "seed_missing"),
        ({"lines": []}, "lines_invalid"),
        ({"lines": [RED, RED]}, "lines_invalid"),
        ({"lines": [Line(name="", quantity=5)]}, "line_invalid"),
        ({"lines": [Line(name="a", quantity=0)]}, "line_invalid"),
        ({"lines": [Line(name="a", quantity=5, cartons=6)]}, "line_invalid"),
        ({"lines": [Line(name="a", quantity=5, cartons=-1)]}, "line_invalid"),
        ({"sample_size": 0}, "count_not_whole"),
        ({"sample_size": 3001}, "count_exceeds"),
        ({"sample_size": 200_000, "lines": [Line(name="a", quantity=10**6)]}, "sample_too_long"),
    ],
)
def test_refusals(asked: dict[str, Any], code: str) -> None:
    usual: dict[str, Any] = {"sample_size": 10, "lines": [RED, BLUE], "seed": "s"}
    with pytest.raises(SamplingError) as caught:
        draw(**usual | asked)
    assert caught.value.code == code
