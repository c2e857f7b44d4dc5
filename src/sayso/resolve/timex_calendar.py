"""Days, weeks, months, seasons and years as TIMEX3 values with the days that they span."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange

import msgspec

Day = dt.date
SEASON_MONTHS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
YEARS_LEAST, YEARS_MOST = 1, 9998


class Reading(msgspec.Struct, frozen=True):
    """A value, and the first and last day that it can mean (None: open or unknown)."""

    value: str
    earliest: Day | None = None
    latest: Day | None = None


def of_day(day: Day) -> Reading:
    """One day."""
    return Reading(day.isoformat(), day, day)


def of_month(year: int, month: int) -> Reading:
    """One month."""
    if not YEARS_LEAST <= year <= YEARS_MOST:
        return Reading(f"{max(year, 0):04d}-{month:02d}")
    return Reading(
        f"{year:04d}-{month:02d}", Day(year, month, 1), Day(year, month, monthrange(year, month)[1])
    )


def of_year(year: int) -> Reading:
    """One year; outside the calendar of the standard library only its number."""
    if not YEARS_LEAST <= year <= YEARS_MOST:
        return Reading(f"{max(year, 0):04d}")
    return Reading(f"{year:04d}", Day(year, 1, 1), Day(year, 12, 31))


def of_week(day: Day) -> Reading:
    """The ISO week that holds a day."""
    year, week, weekday = day.isocalendar()
    first = day - dt.timedelta(days=weekday - 1)
    return Reading(f"{year:04d}-W{week:02d}", first, first + dt.timedelta(days=6))


def of_weekend(day: Day) -> Reading:
    """The weekend of the ISO week that holds a day."""
    week = of_week(day)
    assert week.earliest is not None
    return Reading(f"{week.value}-WE", week.earliest + dt.timedelta(days=5), week.latest)


def of_quarter(year: int, quarter: int) -> Reading:
    """A quarter of the calendar year."""
    if not YEARS_LEAST <= year <= YEARS_MOST:
        return Reading(f"{max(year, 0):04d}-Q{quarter}")
    last = of_month(year, 3 * quarter).latest
    return Reading(f"{year:04d}-Q{quarter}", Day(year, 3 * quarter - 2, 1), last)


def of_season(year: int, season: str) -> Reading:
    """A season of the northern half, by whole months; winter begins in December."""
    if not YEARS_LEAST <= year <= YEARS_MOST:
        return Reading(f"{max(year, 0):04d}-{season}")
    start = SEASON_MONTHS[season]
    end = of_month(year, start + 2).latest if start < 12 else of_month(year + 1, 2).latest
    return Reading(f"{year:04d}-{season}", Day(year, start, 1), end)


def of_decade(year: int) -> Reading:
    """The ten years that begin with a year."""
    return Reading(f"{year // 10:03d}", Day(year, 1, 1), Day(year + 9, 12, 31))


def shift_months(day: Day, months: int) -> Day | None:
    """The same day some months on, or the last of that month; None outside the calendar."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not YEARS_LEAST <= year <= YEARS_MOST:
        return None
    return Day(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def shift_days(day: Day, days: int) -> Day | None:
    """A day some days on; None outside the calendar."""
    number = day.toordinal() + days
    return Day.fromordinal(number) if 400 < number < Day.max.toordinal() - 400 else None


def valid(year: int, month: int, day: int) -> Day | None:
    """A day of the calendar, or None."""
    if not (YEARS_LEAST <= year <= YEARS_MOST and 1 <= month <= 12):
        return None
    return Day(year, month, day) if 1 <= day <= monthrange(year, month)[1] else None


def easter(year: int) -> Day:
    """Western Easter Sunday (the anonymous Gregorian rule of Meeus, Jones and Butcher)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    l = (32 + 2 * e + 2 * i - h - k) % 7  # noqa: E741 -- the rule's own letters
    m = (a + 11 * h + 22 * l) // 451
    month, day = divmod(h + l - 7 * m + 114, 31)
    return Day(year, month, day + 1)


def islamic(year: int, month: int, day: int) -> Day:
    """A day of the tabular Islamic calendar (civil epoch; Dershowitz and Reingold, Calendrical
    Calculations), which sighting the moon can move by a day or two. Years 1 to about 9,000.
    """
    days = (11 * year + 3) // 30 + 354 * year + 30 * month - (month - 1) // 2 + day
    return Day.fromordinal(days + 1948440 - 385 - 1721425)
