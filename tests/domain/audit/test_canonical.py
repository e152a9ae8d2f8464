"""One value has one spelling: the golden bytes, what is refused, and the quick way against the careful one."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlot.domain.audit import canonical
from fairlot.domain.audit.canonical import (
    INTEGER_MAX,
    NotCanonicalError,
    canonical_bytes,
    content_hash,
)
from tests.support.scripts import SCRIPTS

GOLDEN = Path(__file__).parents[2] / "golden" / "canonical"
AT = dt.datetime(2026, 3, 2, 9, 0, 7, tzinfo=dt.UTC)


class Color(StrEnum):
    RED = "red"


class Part(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    amount_minor: int


class Sample(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    at: dt.datetime
    parts: tuple[Part, ...] = ()
    note: str | None = None
    is_final: bool = False
    color: Color = Color.RED
    date: dt.date | None = None
    quantities: dict[int, int] = {}
    tags: frozenset[str] = frozenset()
    until: dt.datetime | None = None


class WithFloat(msgspec.Struct, frozen=True):
    rate: float


class WithAnything(msgspec.Struct, frozen=True):
    value: Any


FULL = Sample(
    at=AT,
    parts=(
        Part(name='一 "quoted" \\ line\n', amount_minor=-5),
        Part(name="é", amount_minor=10**15),
    ),
    note="",
    is_final=True,
    date=dt.date(2026, 2, 28),
    quantities={10: 1, 9: 2},
    tags=frozenset({"b", "a", "c"}),
    until=AT,
)


def test_golden_bytes() -> None:
    """Never edited: what is stored was hashed with exactly these bytes."""
    golden = (GOLDEN / "sample.json").read_bytes().rstrip(b"\n")
    assert canonical_bytes(FULL) == golden


@pytest.mark.parametrize(
    "value",
    [
        WithFloat(rate=1.5),
        WithAnything(value=1.5),
        WithAnything(value=b"bytes"),
        {"rate": 0.5},
        {"rate": Decimal("0.5")},
        {"length": dt.timedelta(days=1)},
        {"at": dt.datetime(2026, 3, 2)},
        {"at": AT.replace(microsecond=1)},
        {"at": AT.astimezone(dt.timezone(dt.timedelta(hours=8)))},
        {"count": INTEGER_MAX + 1},
        [-INTEGER_MAX - 1],
        Sample(at=AT.replace(microsecond=1)),
        Sample(at=AT, until=AT.replace(tzinfo=None)),
        Sample(at=AT, until=AT.astimezone(dt.timezone(dt.timedelta(hours=8)))),
        Sample(at=AT, parts=(Part(name="", amount_minor=INTEGER_MAX + 1),)),
        Sample(at=AT, quantities={1: INTEGER_MAX + 1}),
    ],
)
def test_refuses_what_has_no_one_spelling(value: Any) -> None:
    with pytest.raises(NotCanonicalError):
        canonical_bytes(value)


def test_order_of_insertion_and_of_sets_does_not_show() -> None:
    assert (
        canonical_bytes({"b": 1, "a": 2}) == canonical_bytes({"a": 2, "b": 1}) == b'{"a":2,"b":1}'
    )
    tags = frozenset(f"tag {number}" for number in range(50))
    assert canonical_bytes(Sample(at=AT, tags=tags)) == canonical_bytes(
        Sample(at=AT, tags=frozenset(sorted(tags, reverse=True)))
    )


instants = st.datetimes(
    min_value=dt.datetime(1990, 1, 1), max_value=dt.datetime(2100, 1, 1), timezones=st.just(dt.UTC)
).map(lambda instant: instant.replace(microsecond=0))
integers = st.integers(-INTEGER_MAX, INTEGER_MAX)
samples = st.builds(
    Sample,
    at=instants,
    parts=st.lists(st.builds(Part, name=st.text(), amount_minor=integers)).map(tuple),
    note=st.none() | st.text(),
    is_final=st.booleans(),
    date=st.none() | st.dates(),
    quantities=st.dictionaries(integers, integers, max_size=3),
    tags=st.frozensets(st.text(), max_size=4),
    until=st.none() | instants,
)


@given(samples)
def test_quick_way_spells_as_the_careful_one(sample: Sample) -> None:
    assert canonical_bytes(sample) == canonical._spelled_with_care(sample)


@given(samples)
def test_bytes_give_the_value_back(sample: Sample) -> None:
    assert msgspec.json.decode(canonical_bytes(sample), type=Sample) == sample


@pytest.mark.parametrize("name", sorted(SCRIPTS))
def test_quick_way_spells_real_events_as_the_careful_one(name: str) -> None:
    for event in SCRIPTS[name]().events:
        assert canonical_bytes(event) == canonical._spelled_with_care(event)


class TestContentHash:
    def test_parts_do_not_run_together(self) -> None:
        assert content_hash(b"ab", b"c") != content_hash(b"a", b"bc")
        assert content_hash(b"ab") != content_hash(b"ab", b"")
        assert content_hash() != content_hash(b"")

    @given(st.lists(st.binary(max_size=3), max_size=4), st.lists(st.binary(max_size=3), max_size=4))
    def test_two_lists_have_two_hashes(self, one: list[bytes], other: list[bytes]) -> None:
        assert (content_hash(*one) == content_hash(*other)) == (one == other)
