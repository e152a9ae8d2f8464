"""Deadlines against oracles of their own: every transition of every zone from 2000 to 2040, and business days counted out."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from collections.abc import Iterable, Iterator
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlot.domain.calendar import (
    MONDAY_TO_FRIDAY,
    BusinessCalendar,
    after_business_days,
    after_days,
    after_hours,
    date_in_zone,
    end_of_date,
    in_time,
    whole_second,
    zone_named,
)

UTC = dt.UTC
SECOND = dt.timedelta(seconds=1)
DAY = dt.timedelta(days=1)
ZONES = sorted(zoneinfo.available_timezones())
FIRST, LAST = dt.datetime(2000, 1, 1, tzinfo=UTC), dt.datetime(2041, 1, 1, tzinfo=UTC)
MONDAY_TO_FRIDAY_CALENDAR = BusinessCalendar()


def offset(instant: dt.datetime, zone: zoneinfo.ZoneInfo) -> dt.timedelta:
    found = instant.astimezone(zone).utcoffset()
    assert found is not None
    return found


@cache
def transitions(name: str) -> tuple[dt.datetime, ...]:
    """The instants at which a zone's offset changes, found by looking, without its rules.

    Looks every twelve days: a zone that changed there and back between two looks would go unseen, and none does.
    """
    zone = zoneinfo.ZoneInfo(name)
    found = []
    step = 12 * DAY
    instant = FIRST
    while instant < LAST:
        if offset(instant, zone) != offset(instant + step, zone):
            low, high = instant, instant + step
            while high - low > SECOND:
                middle = whole_second(low + (high - low) / 2)
                if offset(middle, zone) == offset(low, zone):
                    low = middle
                else:
                    high = middle
            found.append(high)
        instant += step
    return tuple(found)


def end_by_looking(date: dt.date, name: str) -> dt.datetime:
    """Where a date ends, from the definition: the latest second that reads 23:59:59, else the second after the gap.

    Reads the clock on the wall at every second that could be meant, by every offset in use around the date.
    """
    zone = zoneinfo.ZoneInfo(name)
    wall = dt.datetime.combine(date, dt.time(23, 59, 59))
    around = [
        wall.replace(tzinfo=UTC) + hours * dt.timedelta(hours=1) for hours in range(-48, 49, 6)
    ]
    offsets = {offset(instant, zone) for instant in around}
    readings = [
        instant
        for candidate in offsets
        if (instant := wall.replace(tzinfo=UTC) - candidate).astimezone(zone).replace(tzinfo=None)
        == wall
    ]
    if readings:
        return max(readings)
    return min(instant for instant in transitions(name) if _jumps_over(instant, zone, wall))


def _jumps_over(instant: dt.datetime, zone: zoneinfo.ZoneInfo, wall: dt.datetime) -> bool:
    before = (instant - SECOND).astimezone(zone).replace(tzinfo=None)
    return before < wall < instant.astimezone(zone).replace(tzinfo=None)


def dates_near_transitions(name: str) -> Iterator[dt.date]:
    zone = zoneinfo.ZoneInfo(name)
    for instant in transitions(name):
        local = instant.astimezone(zone).date()
        yield from (local - 2 * DAY, local - DAY, local, local + DAY)


def distinct(names: Iterable[str]) -> list[str]:
    """Leave out the zones that change at the same instants to the same offsets as one before them."""
    seen: dict[tuple[object, ...], str] = {}
    for name in names:
        zone = zoneinfo.ZoneInfo(name)
        changes = tuple((instant, offset(instant, zone)) for instant in transitions(name))
        seen.setdefault((offset(FIRST, zone), *changes), name)
    return list(seen.values())


class TestEndOfDate:
    @pytest.mark.parametrize("letter", sorted({name[0] for name in ZONES}))
    def test_every_transition_of_every_zone(self, letter: str) -> None:
        for name in distinct(name for name in ZONES if name[0] == letter):
            for date in dates_near_transitions(name):
                assert end_of_date(date, name) == end_by_looking(date, name), (date, name)

    def test_the_oracle_sees_the_transitions(self) -> None:
        assert len(transitions("America/New_York")) == 2 * 41
        assert len(transitions("Asia/Shanghai")) == 0
        assert dt.datetime(2011, 12, 30, 10, tzinfo=UTC) in transitions("Pacific/Apia")

    @given(st.dates(dt.date(2000, 1, 3), dt.date(2040, 12, 28)), st.sampled_from(ZONES))
    def test_any_date_of_any_zone(self, date: dt.date, name: str) -> None:
        end = end_of_date(date, name)
        assert end == end_by_looking(date, name)
        assert end.tzinfo is UTC
        assert end.microsecond == 0

    @pytest.mark.parametrize(
        ("date", "zone", "utc"),
        [
            # Case SH-01, and SH-03, the day before the clocks of New York go back.
            ("2026-06-30", "Asia/Shanghai", "2026-06-30T15:59:59"),
            ("2026-10-31", "America/New_York", "2026-11-01T03:59:59"),
            # The clocks go back at midnight: the last second of the date comes twice, the second one ends it.
            ("2020-10-31", "America/Havana", "2020-11-01T03:59:59"),
            ("2020-03-28", "America/Asuncion", "2020-03-29T03:59:59"),
            ("2018-02-17", "America/Sao_Paulo", "2018-02-18T02:59:59"),
            # Samoa went from 29 to 31 December: 30 December 2011 ends where the 31st begins.
            ("2011-12-30", "Pacific/Apia", "2011-12-30T10:00:00"),
            ("2011-12-29", "Pacific/Apia", "2011-12-30T09:59:59"),
        ],
    )
    def test_known_dates(self, date: str, zone: str, utc: str) -> None:
        expected = dt.datetime.fromisoformat(utc).replace(tzinfo=UTC)
        assert end_of_date(dt.date.fromisoformat(date), zone) == expected

    def test_taking_the_first_of_two_would_be_caught(self) -> None:
        date, name = dt.date(2018, 2, 17), "America/Sao_Paulo"
        first = dt.datetime.combine(date, dt.time(23, 59, 59), tzinfo=zone_named(name))
        assert first.astimezone(UTC) != end_by_looking(date, name)

    @given(st.dates(dt.date(2000, 1, 3), dt.date(2040, 12, 27)), st.sampled_from(ZONES))
    def test_dates_end_in_their_order(self, date: dt.date, name: str) -> None:
        assert end_of_date(date, name) < end_of_date(date + DAY, name) or date == dt.date(
            2011, 12, 29
        )


class TestZoneNames:
    @pytest.mark.parametrize(
        "name",
        [
            "",
            "Nowhere/Else",
            "America",
            "../etc/passwd",
            "/etc/localtime",
            "tzdata.zi",
            "a\0b",
            "x" * 300,
        ],
    )
    def test_what_is_no_zone_is_refused_in_one_way(self, name: str) -> None:
        with pytest.raises(zoneinfo.ZoneInfoNotFoundError):
            zone_named(name)


INSTANTS = st.datetimes(dt.datetime(2000, 1, 5), dt.datetime(2040, 1, 1), timezones=st.just(UTC))


class TestLengths:
    @given(INSTANTS, st.integers(0, 400), st.sampled_from(ZONES))
    def test_a_day_is_24_hours_in_whatever_zone_the_instant_comes(
        self, start: dt.datetime, days: int, name: str
    ) -> None:
        end = after_days(start.astimezone(zoneinfo.ZoneInfo(name)), days)
        assert end == whole_second(start) + days * 24 * dt.timedelta(hours=1)
        assert end == after_hours(start, 24 * days)

    def test_wall_clock_days_would_be_caught(self) -> None:
        """Case DP-02: 72 hours across the change of clocks end an hour later on the wall."""
        zone = zoneinfo.ZoneInfo("America/New_York")
        start = dt.datetime(2026, 3, 6, 12, 0, tzinfo=zone)
        expected = dt.datetime(2026, 3, 9, 17, 0, tzinfo=UTC)
        assert after_hours(start, 72) == after_days(start, 3) == expected
        assert start + dt.timedelta(days=3) != expected

    @pytest.mark.parametrize(
        ("start", "days", "end"),
        [
            ("2028-01-30T08:00:00+08:00", 30, "2028-02-29T08:00:00+08:00"),  # Case DL-03.
            ("2027-01-30T08:00:00+08:00", 30, "2027-03-01T08:00:00+08:00"),
            ("2026-03-02T10:00:00+08:00", 30, "2026-04-01T10:00:00+08:00"),  # Case AG-01.
        ],
    )
    def test_known_windows(self, start: str, days: int, end: str) -> None:
        assert after_days(dt.datetime.fromisoformat(start), days) == dt.datetime.fromisoformat(end)


class TestInTime:
    DEADLINE = dt.datetime(2026, 9, 2, 2, 15, tzinfo=UTC)

    @pytest.mark.parametrize(
        ("microseconds", "expected"),
        [(-1, True), (0, True), (1, True), (999_999, True), (1_000_000, False)],
    )
    def test_the_deadline_s_whole_second_is_in_time(
        self, microseconds: int, expected: bool
    ) -> None:
        act_at = self.DEADLINE + dt.timedelta(microseconds=microseconds)
        assert in_time(act_at, self.DEADLINE) is expected

    def test_an_instant_without_a_zone_is_a_fault(self) -> None:
        with pytest.raises(AssertionError):
            whole_second(dt.datetime(2026, 1, 1))


CALENDARS = st.builds(
    BusinessCalendar,
    weekdays=st.sets(st.integers(0, 6), min_size=1).map(tuple),
    holidays=st.frozensets(st.dates(dt.date(2026, 1, 1), dt.date(2026, 3, 1)), max_size=12),
    working_dates=st.frozensets(st.dates(dt.date(2026, 1, 1), dt.date(2026, 3, 1)), max_size=5),
)


def counted_out(
    date: dt.date, days: int, calendar: BusinessCalendar, *, first_day_counts: bool = False
) -> dt.date:
    """The Nth business day by listing the next years' days and striking out those on which no business is done."""
    first = 0 if first_day_counts else 1
    listed = [date + n * DAY for n in range(first, 3_000)]
    business = [
        day
        for day in listed
        if day in calendar.working_dates
        or (day.weekday() in calendar.weekdays and day not in calendar.holidays)
    ]
    return business[days - 1]


class TestBusinessDays:
    @given(
        st.datetimes(dt.datetime(2025, 12, 20), dt.datetime(2026, 3, 10), timezones=st.just(UTC)),
        st.integers(1, 30),
        CALENDARS,
        st.sampled_from(ZONES),
    )
    def test_the_nth_business_day_ends_it(
        self, start: dt.datetime, days: int, calendar: BusinessCalendar, name: str
    ) -> None:
        expected = counted_out(date_in_zone(start, name), days, calendar)
        found = after_business_days(start, days, calendar=calendar, zone=name)
        assert found == end_of_date(expected, name)

    def test_counting_the_day_of_the_trigger_would_be_caught(self) -> None:
        start = dt.datetime(2026, 9, 10, 9, tzinfo=UTC)
        found = after_business_days(start, 1, calendar=MONDAY_TO_FRIDAY_CALENDAR, zone="UTC")
        wrong = counted_out(start.date(), 1, MONDAY_TO_FRIDAY_CALENDAR, first_day_counts=True)
        assert found != end_of_date(wrong, "UTC")

    @pytest.mark.parametrize(
        ("start", "days", "end"),
        [
            ("2026-07-12T09:00:00+08:00", 2, "2026-07-14T23:59:59+08:00"),  # A Sunday; SH-10.
            ("2026-07-19T23:59:59+08:00", 10, "2026-07-31T23:59:59+08:00"),
            ("2026-10-05T10:00:00+08:00", 7, "2026-10-14T23:59:59+08:00"),  # Case CB-02.
            ("2017-09-30T23:59:59+08:00", 7, "2017-10-10T23:59:59+08:00"),  # A Saturday; QI-13.
            ("2026-11-30T22:59:59-05:00", 7, "2026-12-09T23:59:59-05:00"),  # Case SH-03.
        ],
    )
    def test_known_deadlines(self, start: str, days: int, end: str) -> None:
        zone = "America/New_York" if "-05:00" in start else "Asia/Shanghai"
        found = after_business_days(
            dt.datetime.fromisoformat(start),
            days,
            calendar=MONDAY_TO_FRIDAY_CALENDAR,
            zone=zone,
        )
        assert found == dt.datetime.fromisoformat(end)

    def test_holidays_and_days_worked_in_their_place(self) -> None:
        """China, October 2017: 1 to 8 off, Saturday 30 September worked; seven days after the 30th end on the 17th."""
        holidays = frozenset(dt.date(2017, 10, day) for day in range(1, 9))
        calendar = BusinessCalendar(
            holidays=holidays, working_dates=frozenset({dt.date(2017, 9, 30)})
        )
        start = dt.datetime(2017, 9, 30, 23, 59, 59, tzinfo=zone_named("Asia/Shanghai"))
        found = after_business_days(start, 7, calendar=calendar, zone="Asia/Shanghai")
        assert found == end_of_date(dt.date(2017, 10, 17), "Asia/Shanghai")
        assert calendar.is_business_day(dt.date(2017, 9, 30))
        assert not MONDAY_TO_FRIDAY_CALENDAR.is_business_day(dt.date(2017, 9, 30))

    def test_a_calendar_without_business_days_is_named(self) -> None:
        never = BusinessCalendar(name="never", version="7", weekdays=())
        with pytest.raises(ValueError, match="never 7"):
            after_business_days(dt.datetime(2026, 1, 1, tzinfo=UTC), 1, calendar=never, zone="UTC")

    def test_no_days_are_no_deadline(self) -> None:
        with pytest.raises(AssertionError):
            after_business_days(
                dt.datetime(2026, 1, 1, tzinfo=UTC),
                0,
                calendar=MONDAY_TO_FRIDAY_CALENDAR,
                zone="UTC",
            )

    def test_monday_is_the_first_day(self) -> None:
        assert dt.date(2026, 11, 23).weekday() == MONDAY_TO_FRIDAY[0]
