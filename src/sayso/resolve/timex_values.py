"""TIMEX3 values and day ranges of time expressions, read from one day of writing.

`read` is a function of the expression and its context; a day of writing that is not known (None)
leaves values partial ("XXXX-WXX-1") and ranges open.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import msgspec

from sayso.resolve.timex_calendar import (
    Day,
    Reading,
    of_day,
    of_month,
    of_week,
    of_year,
    shift_days,
    shift_months,
    valid,
)
from sayso.resolve.timex_context import (
    SURE,
    TOLD_DAYS,
    TOLD_MOST,
    WRONG_MONTH,
    Context,
    Way,
    far_off,
    number_of,
    way_of,
)
from sayso.resolve.timex_feasts import read_festival
from sayso.resolve.timex_units import (
    OPEN,
    away,
    read_century,
    read_decade,
    read_duration,
    read_half,
    read_narrative_unit,
    read_quarter,
    read_season,
    read_set,
    read_set_value,
    read_set_weekday,
    read_shift,
    read_unit,
    read_year_ago,
    stepped,
)
from sayso.schema import TimeSpan


def read(span: TimeSpan, context: Context) -> Reading:
    """The value of one expression, and the days it can mean."""
    reading = _READ[span.rule](span, context)
    if "stage" in span.parts:
        reading = _part_of(reading, str(span.parts["stage"]), context.written)
    clock, part = span.parts.get("clock"), span.parts.get("part")
    if (clock or part) and span.rule not in ("clock", "set_weekday"):
        return msgspec.structs.replace(reading, value=f"{reading.value}{clock or part}")
    return reading


def _part_of(reading: Reading, stage: str, written: Day | None) -> Reading:
    """The days of a stretch's part; the value stays the whole. "Early" is taken as its first half,
    "late" as its second, "mid" as the half in the middle; "earlier" ends and "later" begins with
    the day of writing, where that lies inside.
    """
    first, last = reading.earliest, reading.latest
    if first is None or last is None or first == last:
        return reading
    half, quarter = (last - first) // 2, (last - first) // 4
    if stage == "early":
        last = first + half
    elif stage == "late":
        first = last - half
    elif stage == "mid":
        first, last = first + quarter, last - quarter
    elif written and first <= written <= last:
        first, last = (first, written) if stage == "earlier" else (written, last)
    return msgspec.structs.replace(reading, earliest=first, latest=last)


WEEK = dt.timedelta(days=7)


# --- rules ---------------------------------------------------------------------------------


def _date(span: TimeSpan, context: Context) -> Reading:
    day = context.written
    year, month, number = number_of(span, "year"), number_of(span, "month"), number_of(span, "day")
    if month is None:
        return of_year(year or 0)
    if year is None:
        year = _told_year(span, context, month, number) or _year_of(span, day, month, number)
    if year is None:
        return Reading(f"XXXX-{month:02d}" + (f"-{number:02d}" if number else ""))
    if number is None:
        return of_month(year, month)
    exact = valid(year, month, number)
    return of_day(exact) if exact else of_month(year, month)


def _told_year(span: TimeSpan, context: Context, month: int, number: int | None) -> int | None:
    """The year of a day that follows hard on one with its year: "on May 25, 2013 … on May 27"."""
    told, written = context.day, context.written
    if number is None or told is None or not context.with_year or context.told != "day":
        return None
    if span.start - context.at > TOLD_MOST or way_of(span) > 0 or "year_ref" in span.parts:
        return None
    there = valid(told.year, month, number)
    if there is None or abs((there - told).days) > TOLD_DAYS:
        return None
    here = valid(written.year, month, number) if written else None
    near = (
        here is not None
        and written is not None
        and abs((here - written).days) <= abs((there - told).days)
    )
    return None if near else told.year


def _year_of(span: TimeSpan, day: Day | None, month: int, number: int | None) -> int | None:
    """The year of a month or day given without one."""
    if day is None:
        return None
    ref, years = span.parts.get("ref"), number_of(span, "year_ref")
    if years is not None:
        return day.year + years
    here = (month, number) if number else (month,)
    now = (day.month, day.day) if number else (day.month,)
    if ref in ("last", "previous"):
        return day.year - (here >= now)
    if ref in ("next", "following"):
        return day.year + (here <= now)
    if ref == "this":
        return day.year
    way = way_of(span)
    if not number:
        return _year_of_month(day, month, way)
    dates = [d for years in (-1, 0, 1) if (d := valid(day.year + years, month, number))]
    return min(dates, key=lambda date: far_off(date, day, way)).year if dates else day.year


def _year_of_month(day: Day, month: int, way: Way) -> int:
    """The year of a month without one: sure words decide, the tense only tips the scales."""
    if abs(way) >= SURE:
        return day.year + (month < day.month) if way > 0 else day.year - (month > day.month)
    if month == day.month:
        return day.year
    middles = [Day(day.year + years, month, 15) for years in (-1, 0, 1)]
    return min(middles, key=lambda there: far_off(there, day, way or -1, wrong=WRONG_MONTH)).year


def _weekday(span: TimeSpan, context: Context) -> Reading:
    reading, plus = _plain_weekday(span, context), number_of(span, "plus")
    if plus is None:
        return reading
    there = shift_days(reading.earliest, plus) if reading.earliest else None
    return of_day(there) if there else Reading("XXXX-XX-XX")


def _plain_weekday(span: TimeSpan, context: Context) -> Reading:
    day = context.written
    number, ref = int(span.parts["weekday"]), span.parts.get("ref")
    open_value = Reading(f"XXXX-WXX-{number}")
    if ref == "named":  # "Bloody Sunday": one day in history, not the last one
        return open_value
    if ref in ("previous", "following", "same", "that", "range"):
        anchor = context.day or day
        if anchor is None:
            return open_value
        if ref in ("same", "that"):
            return of_day(anchor - dt.timedelta(days=(anchor.isoweekday() - number) % 7))
        back = (anchor.isoweekday() - number - 1) % 7 + 1
        ahead = (number - anchor.isoweekday() - 1) % 7 + 1
        return of_day(anchor + dt.timedelta(days=-back if ref == "previous" else ahead))
    if day is None:
        return open_value
    if ref == "last":
        return of_day(day - dt.timedelta(days=(day.isoweekday() - number - 1) % 7 + 1))
    if ref == "next":
        return of_day(day + dt.timedelta(days=(number - day.isoweekday() - 1) % 7 + 1))
    if way_of(span) > 0 or (ref == "this" and way_of(span) >= 0):
        return of_day(day + dt.timedelta(days=(number - day.isoweekday()) % 7))
    return of_day(day - dt.timedelta(days=(day.isoweekday() - number) % 7))


def _week_day(span: TimeSpan, context: Context) -> Reading:
    """A weekday of the week of writing or one beside it, or of the week before the last."""
    day, number = context.written, int(span.parts["weekday"])
    if day is None:
        return Reading(f"XXXX-WXX-{number}")
    if "back" in span.parts:
        last = day - dt.timedelta(days=(day.isoweekday() - number - 1) % 7 + 1)
        return of_day(last - WEEK)
    weeks = int(span.parts["weeks"])
    return of_day(day + dt.timedelta(days=number - day.isoweekday()) + weeks * WEEK)


def _ago_day(span: TimeSpan, context: Context) -> Reading:
    """A day or stretch some units from its namesake near the day of writing."""
    day, sign, amount = context.written, int(span.parts["sign"]), int(float(span.parts["n"]))
    unit, number = str(span.parts["unit"]), number_of(span, "weekday")
    if day is None or amount > 9000:
        return Reading(f"XXXX-WXX-{number}" if number else OPEN[str(span.parts["within"])])
    if number is None:
        there = away(day, sign * amount, unit)
        within = str(span.parts["within"])
        return stepped(there, within, 0) if there else Reading(OPEN[within])
    near = day + dt.timedelta(days=(number - day.isoweekday()) % 7)
    if (near != day and (sign < 0 and unit == "W")) or (sign < 0 and (near - day).days > 3):
        near -= WEEK
    there = away(near, sign * amount, unit)
    return of_day(there) if there else Reading(f"XXXX-WXX-{number}")


def _deictic(span: TimeSpan, context: Context) -> Reading:
    day = context.written
    there = shift_days(day, int(span.parts["days"])) if day else None
    return of_day(there) if there else Reading("XXXX-XX-XX")


def _narrative(span: TimeSpan, context: Context) -> Reading:
    day = context.written
    anchor = context.day or day
    there = shift_days(anchor, int(span.parts["days"])) if anchor else None
    return of_day(there) if there else Reading("XXXX-XX-XX")


def _clock(span: TimeSpan, context: Context) -> Reading:
    day = context.written
    anchor = context.day or day
    clock = str(span.parts["clock"])
    return (
        Reading(f"{anchor.isoformat()}{clock}", anchor, anchor)
        if anchor
        else Reading(f"XXXX-XX-XX{clock}")
    )


def _nth_day(span: TimeSpan, context: Context) -> Reading:
    """The 19th of the month told of, else the nearest 19th that the clause points to."""
    number = int(span.parts["day"])
    months, day = number_of(span, "months"), context.written
    if months is not None:
        month = shift_months(day.replace(day=1), months) if day else None
        there = valid(month.year, month.month, number) if month else None
        return of_day(there) if there else Reading(f"XXXX-XX-{number:02d}")
    if context.told in ("day", "month") and context.month:
        there = valid(context.month.year, context.month.month, number)
        return of_day(there) if there else Reading(f"XXXX-XX-{number:02d}")
    if day is None:
        return Reading(f"XXXX-XX-{number:02d}")
    starts = (shift_months(day.replace(day=1), step) for step in (-1, 0, 1))
    days = [d for m in starts if m and (d := valid(m.year, m.month, number))]
    way = way_of(span) or -1
    return of_day(min(days, key=lambda there: far_off(there, day, way)))


def _week_of(span: TimeSpan, context: Context) -> Reading:
    reading = _date(span, context)
    return of_week(reading.earliest) if reading.earliest else Reading("XXXX-WXX")


def _nth_week(span: TimeSpan, context: Context) -> Reading:
    reading, number = _date(span, context), int(span.parts["nth"])
    if reading.earliest is None or reading.latest is None:
        return Reading("XXXX-WXX")
    return of_week(reading.latest if number < 0 else reading.earliest + (number - 1) * WEEK)


def _year_end(span: TimeSpan, context: Context) -> Reading:
    day = context.written
    if day is None:
        return Reading("XXXX-12-31")
    return of_day(Day(day.year - (1 if way_of(span) < 0 else 0), 12, 31))


def _reference(span: TimeSpan, context: Context) -> Reading:
    day = context.written
    value = str(span.parts["value"])
    if value == "PRESENT_REF":
        return Reading(value, day, day)
    return Reading(value, None, day) if value == "PAST_REF" else Reading(value, day, None)


_READ: dict[str, Callable[[TimeSpan, Context], Reading]] = {
    "date": _date, "weekday": _weekday, "deictic": _deictic, "narrative": _narrative,
    "clock": _clock, "unit": read_unit, "narrative_unit": read_narrative_unit, "shift": read_shift,
    "year_ago": read_year_ago, "quarter": read_quarter, "half": read_half, "season": read_season,
    "decade": read_decade, "century": read_century,
    "festival": read_festival, "nth_day": _nth_day,
    "week_day": _week_day, "ago_day": _ago_day, "week_of": _week_of,
    "nth_week": _nth_week, "year_end": _year_end,
    "reference": _reference, "duration": read_duration, "set": read_set,
    "set_value": read_set_value, "set_weekday": read_set_weekday,
}  # fmt: skip
"""What TimeSpan.rule can be, and who reads it."""
