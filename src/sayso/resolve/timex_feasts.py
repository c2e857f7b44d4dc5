"""Feasts and fixed days: by date, by Easter, by weekday of a month, or by the moon."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange

from sayso.resolve.timex_calendar import (
    YEARS_LEAST,
    YEARS_MOST,
    Day,
    Reading,
    easter,
    islamic,
    of_day,
)
from sayso.resolve.timex_context import Context, far_off, number_of, way_of
from sayso.schema import TimeSpan


def _festival_day(span: TimeSpan, year: int) -> Day | None:
    parts = span.parts
    if "fixed" in parts:
        fixed = str(parts["fixed"])
        return Day(year, int(fixed[:2]), int(fixed[3:]))
    if "easter" in parts:
        return easter(year) + dt.timedelta(days=int(parts["easter"]))
    if "election" in parts:
        monday = Day(year, 11, 1) + dt.timedelta(days=(1 - Day(year, 11, 1).isoweekday()) % 7)
        return monday + dt.timedelta(days=1)
    if "which" in parts:
        month, weekday, which = (int(parts[name]) for name in ("month", "weekday", "which"))
        if which < 0:
            last = Day(year, month, monthrange(year, month)[1])
            return last - dt.timedelta(days=(last.isoweekday() - weekday) % 7)
        first = Day(year, month, 1)
        return first + dt.timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (which - 1))
    return None


def read_festival(span: TimeSpan, context: Context) -> Reading:
    day = context.written
    if "moon_month" in span.parts:
        return _moon_feast(span, context)
    year = number_of(span, "year")
    if year is not None:
        there = _festival_day(span, year) if YEARS_LEAST <= year < YEARS_MOST else None
        return of_day(there) if there else Reading(f"{year:04d}-XX-XX")
    sample = _festival_day(span, 2000)
    if sample is None or day is None:
        fixed = span.parts.get("fixed")
        return Reading(f"XXXX-{fixed}" if fixed else "XXXX-XX-XX")
    ref, way = span.parts.get("ref"), way_of(span)
    days = [d for years in (-1, 0, 1) if (d := _festival_day(span, day.year + years))]
    if ref == "this":
        days = [d for d in days if d.year == day.year]
    elif ref in ("last", "next"):
        days = [d for d in days if (d < day) == (ref == "last") and d != day]
    return (
        of_day(min(days, key=lambda there: far_off(there, day, way)))
        if days
        else Reading("XXXX-XX-XX")
    )


def _moon_feast(span: TimeSpan, context: Context) -> Reading:
    """A feast of the Islamic calendar: no value, but the days on which it can have been."""
    month, first, days = (number_of(span, f"moon_{name}") or 1 for name in ("month", "day", "days"))
    year, day = number_of(span, "year"), context.written
    near = Day(year, 7, 1) if year and YEARS_LEAST < year < YEARS_MOST else day
    value = f"{year:04d}-XX-XX" if year else "XXXX-XX-XX"
    if near is None or not 700 < near.year < YEARS_MOST - 1:
        return Reading(value)
    about = round((near.year - 622) * 33 / 32)
    starts = [islamic(about + step, month, first) for step in (-2, -1, 0, 1, 2)]
    way = way_of(span) if not year else 0
    start = min(starts, key=lambda there: far_off(there, near, way))
    if year:
        start = next((there for there in starts if there.year == year), start)
    margin = dt.timedelta(days=1)
    return Reading(value, start - margin, start + dt.timedelta(days=days))
