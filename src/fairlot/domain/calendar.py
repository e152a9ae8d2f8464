"""Deadlines as instants: lengths, business days and dates that end in a zone; `now` is always an argument.

Rulings A01 to A05: a day is 24 hours; only a date written in a contract ends at 23:59:59 in its zone; business days
do not count the day of the trigger; an act is in time while its whole second is not after the deadline.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

DAY = dt.timedelta(days=1)
END_OF_DAY = dt.time(23, 59, 59)
MONDAY_TO_FRIDAY = (0, 1, 2, 3, 4)
# A calendar whose every day is a holiday would never end the search below.
BUSINESS_DAY_SEARCH_DAYS_MAX = 3_700


class BusinessCalendar(msgspec.Struct, frozen=True, kw_only=True):
    """Which dates are business days: weekdays (Monday is 0), less holidays, plus days worked in their place."""

    name: str = "monday-to-friday"
    version: str = "1"
    weekdays: tuple[int, ...] = MONDAY_TO_FRIDAY
    holidays: frozenset[dt.date] = frozenset()
    working_dates: frozenset[dt.date] = frozenset()

    def is_business_day(self, date: dt.date) -> bool:
        """Say whether business is done on that date."""
        if date in self.working_dates:
            return True
        return date.weekday() in self.weekdays and date not in self.holidays


def whole_second(instant: dt.datetime) -> dt.datetime:
    """Return the instant in UTC, cut to its whole second (ruling A03)."""
    assert instant.tzinfo is not None, "instants are aware"
    if instant.tzinfo is dt.UTC:
        # The common case, and asked several times per command.
        return instant.replace(microsecond=0) if instant.microsecond else instant
    return instant.astimezone(dt.UTC).replace(microsecond=0)


@lru_cache(maxsize=1024)
def zone_named(name: str) -> ZoneInfo:
    """Return the zone; raises `zoneinfo.ZoneInfoNotFoundError` for a name that is none, whatever is wrong with it."""
    try:
        return ZoneInfo(name)
    except (ValueError, OSError) as error:
        # A path outside the database, a folder of it such as "Asia", a name too long for a file.
        raise ZoneInfoNotFoundError(f"No time zone found with key {name!r}") from error


@lru_cache(maxsize=8192)
def end_of_date(date: dt.date, zone: str) -> dt.datetime:
    """Return the instant at which a contract's date ends: 23:59:59 in its zone, in UTC.

    A second that happens twice is taken the second time; one that never happens, right after the gap (ruling A05).
    """
    local = dt.datetime.combine(date, END_OF_DAY, tzinfo=zone_named(zone)).replace(fold=1)
    instant = local.astimezone(dt.UTC)
    if instant.astimezone(zone_named(zone)).replace(tzinfo=None) != local.replace(tzinfo=None):
        instant = _first_instant_after_gap(local)
    return instant


def _first_instant_after_gap(local: dt.datetime) -> dt.datetime:
    """Return the first instant after the gap in which a local time does not exist.

    Offsets before and after the gap are those of fold 0 and fold 1; the gap begins at the transition itself. The two
    bounds of the search lie on either side of it, near enough that no other transition lies between them.
    """
    before = local.replace(fold=0).utcoffset()
    after = local.replace(fold=1).utcoffset()
    assert before is not None
    assert after is not None
    low = (local.replace(tzinfo=None) - after - 2 * abs(after - before)).replace(tzinfo=dt.UTC)
    high = (local.replace(tzinfo=None) - before + 2 * abs(after - before)).replace(tzinfo=dt.UTC)
    zone = local.tzinfo
    offset_at_start = low.astimezone(zone).utcoffset()
    while high - low > dt.timedelta(seconds=1):
        middle = whole_second(low + (high - low) / 2)
        if middle.astimezone(zone).utcoffset() == offset_at_start:
            low = middle
        else:
            high = middle
    return high


def date_in_zone(instant: dt.datetime, zone: str) -> dt.date:
    """Return the calendar date of an instant in a zone."""
    return instant.astimezone(zone_named(zone)).date()


def after_days(start: dt.datetime, days: int) -> dt.datetime:
    """Return the whole second so many times 24 hours later, in UTC (ruling A01)."""
    return whole_second(start) + dt.timedelta(days=days)


def after_hours(start: dt.datetime, hours: int) -> dt.datetime:
    """Return the whole second so many hours later, in UTC."""
    return whole_second(start) + dt.timedelta(hours=hours)


def after_business_days(
    start: dt.datetime, days: int, *, calendar: BusinessCalendar, zone: str
) -> dt.datetime:
    """Return 23:59:59 of the Nth business day after the day of `start` in the zone (ruling A02)."""
    assert days > 0, "a deadline in business days has at least one"
    date = date_in_zone(start, zone)
    left = days
    for _ in range(BUSINESS_DAY_SEARCH_DAYS_MAX):
        date += DAY
        if calendar.is_business_day(date):
            left -= 1
            if left == 0:
                return end_of_date(date, zone)
    raise ValueError(f"calendar {calendar.name} {calendar.version} has too few business days")


def in_time(now: dt.datetime, deadline: dt.datetime) -> bool:
    """Say whether an act at `now` still meets the deadline (ruling A03)."""
    return whole_second(now) <= deadline
