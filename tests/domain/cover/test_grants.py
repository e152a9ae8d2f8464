"""A supplier's limit: whole or not at all, never the same dollar twice, cut without touching what was granted."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from fairlot.domain.cover.grants import commands as c
from fairlot.domain.cover.grants import decide as deciding
from fairlot.domain.cover.grants.decide import decide, next_deadline, settle_due
from fairlot.domain.cover.grants.events import (
    CoverLapsed,
    CoverReserved,
    LimitEvent,
    ReservationLapsed,
)
from fairlot.domain.cover.grants.evolve import evolve
from fairlot.domain.cover.grants.state import EMPTY, SupplierLimit
from fairlot.domain.cover.limit import grant_cover
from fairlot.domain.order.refusals import Code, Refused
from fairlot.domain.party import PROVIDER, Actor, Role

MONDAY = dt.datetime(2026, 3, 2, 10, 0, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
SECOND = dt.timedelta(seconds=1)


class Script:
    """One limit; every step settles what is due first, as the write path does."""

    def __init__(self, limit_minor: int) -> None:
        self.limit: SupplierLimit = EMPTY
        self.events: list[LimitEvent] = []
        self.set(limit_minor)

    def set(self, limit_minor: int) -> None:
        self.ask(c.SetLimit(company_id="cmp_s", currency="USD", limit_minor=limit_minor))

    def ask(self, command: c.LimitCommand, *, at: dt.datetime = MONDAY) -> tuple[LimitEvent, ...]:
        self.look(at=at)
        events = decide(self.limit, command, actor=PROVIDER, now=at)
        self._add(events)
        return events

    def look(self, *, at: dt.datetime) -> None:
        while due := settle_due(self.limit, now=at):
            self._add(due)

    def refusal(self, command: c.LimitCommand) -> Refused:
        with pytest.raises(Refused) as caught:
            self.ask(command)
        return caught.value

    def _add(self, events: tuple[LimitEvent, ...]) -> None:
        for event in events:
            self.limit = evolve(self.limit, event)
            self.events.append(event)


def reserve(
    covered_minor: int,
    *,
    order: str = "ord_1",
    acceptance: str = "a1",
    rate: tuple[int, int] = (1, 1),
) -> c.ReserveCover:
    return c.ReserveCover(
        acceptance_id=acceptance,
        order_id=order,
        version_hash=f"hash of {order}",
        covered_minor=covered_minor,
        rate_numerator=rate[0],
        rate_denominator=rate[1],
    )


def confirm(order: str = "ord_1", acceptance: str = "a1") -> c.ConfirmCover:
    return c.ConfirmCover(acceptance_id=acceptance, order_id=order)


class TestReserving:
    def test_r4_what_is_free_is_reserved_whole_or_refused_with_the_new_figure(self) -> None:
        script = Script(2_000_000)
        script.ask(reserve(1_500_000))
        refused = script.refusal(reserve(600_000, order="ord_2", acceptance="a2"))
        assert refused.code is Code.COVER_CHANGED
        assert refused.facts == {"cover_minor": 500_000, "covered_minor": 600_000}
        script.ask(reserve(500_000, order="ord_2", acceptance="a3"))
        assert script.limit.free_minor == 0

    def test_without_a_limit_nothing_is_free(self) -> None:
        with pytest.raises(Refused) as caught:
            decide(EMPTY, reserve(1), actor=PROVIDER, now=MONDAY)
        assert caught.value.facts["cover_minor"] == 0

    def test_the_supplier_has_no_say(self) -> None:
        supplier = Actor(role=Role.SUPPLIER, company_id="cmp_s")
        with pytest.raises(Refused) as caught:
            decide(EMPTY, reserve(1), actor=supplier, now=MONDAY)
        assert caught.value.code is Code.NOT_PERMITTED

    def test_what_came_to_nothing_is_free_again(self) -> None:
        script = Script(100)
        script.ask(reserve(100))
        script.ask(c.ReleaseReservation(acceptance_id="a1", order_id="ord_1"))
        assert script.limit.free_minor == 100
        assert script.refusal(confirm()).code is Code.UNKNOWN_REFERENCE

    def test_an_acceptance_reserves_once(self) -> None:
        script = Script(100)
        script.ask(reserve(10))
        assert script.refusal(reserve(10)).code is Code.REFERENCE_REUSED
        script.ask(confirm())
        assert script.refusal(reserve(10)).code is Code.REFERENCE_REUSED

    def test_a_lapse_asks_for_an_answer_and_frees_nothing(self) -> None:
        script = Script(100)
        script.ask(reserve(100))
        assert next_deadline(script.limit) == MONDAY + HOUR
        script.look(at=MONDAY + HOUR)
        assert len(script.events) == 2
        script.look(at=MONDAY + HOUR + SECOND)
        assert isinstance(script.events[-1], ReservationLapsed)
        assert (script.events[-1].at, next_deadline(script.limit)) == (MONDAY + HOUR, None)
        assert script.limit.free_minor == 0
        script.ask(confirm(), at=MONDAY + 2 * HOUR)
        assert script.limit.grants[0].taken_minor == 100


class TestGrants:
    def test_cv_04_a_cut_limit_leaves_grants_as_they_are(self) -> None:
        script = Script(1_000_000)
        script.ask(reserve(1_000_000))
        script.ask(confirm())
        script.set(500_000)
        assert script.limit.grants[0].cover_minor == 1_000_000
        refused = script.refusal(reserve(300_000, order="ord_2", acceptance="a2"))
        assert refused.facts["cover_minor"] == 0

    def test_confirming_again_changes_nothing(self) -> None:
        script = Script(100)
        script.ask(reserve(60))
        script.ask(confirm())
        assert script.ask(confirm()) == ()
        assert script.limit.taken_minor == 60

    def test_an_increase_has_its_own_grant_at_the_rate_of_the_agreement(self) -> None:
        script = Script(1_000)
        script.ask(reserve(100, rate=(2, 1)))
        script.ask(confirm())
        script.ask(reserve(50, acceptance="a2", rate=(3, 1)))
        script.ask(confirm(acceptance="a2"))
        grant = script.limit.grants[0]
        assert (grant.cover_minor, grant.taken_minor, grant.rate_numerator) == (150, 300, 2)

    def test_a_change_to_less_frees_the_difference(self) -> None:
        script = Script(100)
        script.ask(reserve(90))
        script.ask(confirm())
        hold = c.HoldCover(order_id="ord_1", cover_minor=40, rate_numerator=1, rate_denominator=1)
        script.ask(hold)
        assert script.limit.free_minor == 60
        assert script.ask(hold) == ()

    def test_an_order_that_came_back_counts_again_even_if_the_room_is_gone(self) -> None:
        script = Script(100)
        script.ask(reserve(100))
        script.ask(confirm())
        script.ask(c.ReleaseCover(order_id="ord_1"))
        assert script.ask(c.ReleaseCover(order_id="ord_1")) == ()
        script.ask(reserve(100, order="ord_2", acceptance="a2"))
        script.ask(
            c.HoldCover(order_id="ord_1", cover_minor=100, rate_numerator=1, rate_denominator=1)
        )
        assert (script.limit.taken_minor, script.limit.free_minor) == (200, 0)

    def test_a23_the_end_of_the_last_window_asks_and_frees_nothing_by_itself(self) -> None:
        script = Script(100)
        script.ask(reserve(90))
        script.ask(confirm())
        until = MONDAY + 30 * 24 * HOUR
        hold = c.HoldCover(
            order_id="ord_1", cover_minor=90, rate_numerator=1, rate_denominator=1, until=until
        )
        script.ask(hold)
        assert script.ask(hold) == ()
        assert next_deadline(script.limit) == until
        assert settle_due(script.limit, now=until) == ()
        script.look(at=until + SECOND)
        assert script.events[-1] == CoverLapsed(at=until, order_id="ord_1")
        assert (script.limit.free_minor, next_deadline(script.limit)) == (10, None)
        script.ask(replace(hold, until=None), at=until + SECOND)
        assert script.limit.grants[0].lapsed is False

    def test_the_currency_of_a_limit_stays(self) -> None:
        other = c.SetLimit(company_id="cmp_s", currency="EUR", limit_minor=1)
        assert Script(100).refusal(other).code is Code.CURRENCY_FIXED


class TestConversion:
    """A25: what orders take is never less than what their cover is worth."""

    @given(
        covered=st.integers(0, 10**12),
        free=st.integers(-(10**12), 10**12),
        numerator=st.integers(1, 10**6),
        denominator=st.integers(1, 10**6),
    )
    def test_never_exceeds_the_limit(
        self, covered: int, free: int, numerator: int, denominator: int
    ) -> None:
        granted = grant_cover(
            covered_minor=covered,
            total_minor=covered,
            free_limit_minor=free,
            numerator=numerator,
            denominator=denominator,
        )
        worth = Fraction(granted.cover_minor * numerator, denominator)
        assert worth <= granted.taken_minor <= max(0, free)
        assert granted.cover_minor + granted.uncovered_minor == covered
        one_more = Fraction((granted.cover_minor + 1) * numerator, denominator)
        assert granted.cover_minor == covered or one_more > max(0, free)

    def test_a_rounding_to_the_nearest_would(self) -> None:
        """Planted: three cents of limit, at two cents for three, are worth 4.5 of the order's; nobody gets five."""
        granted = grant_cover(
            covered_minor=10, total_minor=10, free_limit_minor=3, numerator=2, denominator=3
        )
        assert (granted.cover_minor, granted.taken_minor) == (4, 3)


Step = tuple[str, int, int]
steps = st.lists(
    st.tuples(
        st.sampled_from(["reserve", "confirm", "release", "free", "limit"]),
        st.integers(1, 4),
        st.integers(1, 120),
    ),
    max_size=25,
)


def most_granted_at_once(told: list[Step]) -> int:
    """Play steps on a limit and return by how much a reservation ever went beyond the limit of its moment."""
    script = Script(100)
    beyond = 0
    for number, (what, order, amount) in enumerate(told):
        name, acceptance = f"ord_{order}", f"a{order}"
        asked: dict[str, c.LimitCommand] = {
            "reserve": reserve(amount, order=name, acceptance=f"{acceptance}-{number}"),
            "confirm": confirm(name, _latest(script, name)),
            "release": c.ReleaseReservation(acceptance_id=_latest(script, name), order_id=name),
            "free": c.ReleaseCover(order_id=name),
            "limit": c.SetLimit(company_id="cmp_s", currency="USD", limit_minor=amount),
        }
        try:
            events = script.ask(asked[what])
        except Refused:
            continue
        if events and isinstance(events[0], CoverReserved):
            beyond = max(beyond, script.limit.taken_minor - script.limit.limit_minor)
    return beyond


def _latest(script: Script, order_id: str) -> str:
    of_order = [r.acceptance_id for r in script.limit.reservations if r.order_id == order_id]
    return of_order[-1] if of_order else "none"


class TestSharing:
    @given(told=steps)
    def test_no_reservation_ever_goes_beyond_the_limit(self, told: list[Step]) -> None:
        assert most_granted_at_once(told) == 0

    def test_a_reservation_that_does_not_look_is_caught(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Planted: the check looks at grants alone and forgets what is reserved."""
        careful = deciding.HANDLERS[c.ReserveCover]

        def careless(
            limit: SupplierLimit, command: c.ReserveCover, now: dt.datetime
        ) -> tuple[LimitEvent, ...]:
            return careful(replace(limit, reservations=()), command, now)

        kind: type[c.Command] = c.ReserveCover
        monkeypatch.setitem(deciding.HANDLERS, kind, careless)
        assert most_granted_at_once([("reserve", 1, 80), ("reserve", 2, 80)]) == 60
