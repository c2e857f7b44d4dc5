"""TIMEX3 values and day ranges of time expressions, read from one day of writing.

`read` is a function of the expression and its context; a day of writing that is not known (None)
leaves values partial ("XXXX-WXX-1") and ranges open.
"""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from collections.abc import Callable

import msgspec

from sayso.resolve.timex_calendar import (
    YEARS_LEAST,
    YEARS_MOST,
    Day,
    Reading,
    easter,
    of_day,
    of_decade,
    of_month,
    of_quarter,
    of_season,
    of_week,
    of_weekend,
    of_year,
    shift_days,
    shift_months,
    valid,
)
from sayso.schema import TimeSpan


class Context(msgspec.Struct):
    """What an expression is read from: the day of writing, and what the text last spoke of (a day,
    a quarter as year and number, a year).
    """

    written: Day | None = None
    day: Day | None = None
    month: Day | None = None
    quarter: tuple[int, int] | None = None
    year: int | None = None


WRONG_SIDE = 120
"""Days that a date without a year is pushed away when its clause points the other way: of 20, 60,
120 and 200 the best on TimeBank's seen files."""

Way = int
"""Below 0 before the day of writing, above 0 after it, 0 where nothing tells; further from 0 where
the words right before say so than where only the tense does."""
SURE = 4


def read(span: TimeSpan, context: Context) -> Reading:
    """The value of one expression, and the days it can mean."""
    reading = _READ[span.rule](span, context)
    clock, part = span.parts.get("clock"), span.parts.get("part")
    if (clock or part) and span.rule not in ("clock", "set_weekday"):
        return msgspec.structs.replace(reading, value=f"{reading.value}{clock or part}")
    return reading


def _way(span: TimeSpan) -> Way:
    if span.direction is None:
        return 0
    sure = 1 if span.tense else SURE
    return sure if span.direction == "after" else -sure


def _int(span: TimeSpan, name: str) -> int | None:
    value = span.parts.get(name)
    return int(value) if value is not None else None


WEEK = dt.timedelta(days=7)


# --- rules ---------------------------------------------------------------------------------


def _date(span: TimeSpan, context: Context) -> Reading:
    day = context.written
    year, month, number = _int(span, "year"), _int(span, "month"), _int(span, "day")
    if month is None:
        return of_year(year or 0)
    if year is None:
        year = _year_of(span, day, month, number)
    if year is None:
        return Reading(f"XXXX-{month:02d}" + (f"-{number:02d}" if number else ""))
    if number is None:
        return of_month(year, month)
    exact = valid(year, month, number)
    return of_day(exact) if exact else of_month(year, month)


def _year_of(span: TimeSpan, day: Day | None, month: int, number: int | None) -> int | None:
    """The year of a month or day given without one."""
    if day is None:
        return None
    ref, years = span.parts.get("ref"), _int(span, "year_ref")
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
    way = _way(span)
    if not number:
        return day.year + (here < now) if way > 0 else day.year - (here > now)
    dates = [d for years in (-1, 0, 1) if (d := valid(day.year + years, month, number))]
    return min(dates, key=lambda date: _far(date, day, way)).year if dates else day.year


def _far(date: Day, day: Day, way: Way) -> int:
    """How unlikely a day without a year is meant: days away, and more on the wrong side.

    News names days of the year around it, so the tense only tips the scales.
    """
    away = (date - day).days
    wrong = (way > 0 and away < 0) or (way < 0 and away > 0)
    return abs(away) + (abs(way) * WRONG_SIDE if wrong else 0)


def _weekday(span: TimeSpan, context: Context) -> Reading:
    day = context.written
    number, ref = int(span.parts["weekday"]), span.parts.get("ref")
    open_value = Reading(f"XXXX-WXX-{number}")
    if ref in ("previous", "following", "same", "that"):
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
    if _way(span) > 0 or (ref == "this" and _way(span) >= 0):
        return of_day(day + dt.timedelta(days=(number - day.isoweekday()) % 7))
    return of_day(day - dt.timedelta(days=(day.isoweekday() - number) % 7))


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


_OPEN = {
    "D": "XXXX-XX-XX",
    "W": "XXXX-WXX",
    "M": "XXXX-XX",
    "Y": "XXXX",
    "Q": "XXXX-QX",
    "E": "XXX",
    "C": "XX",
    "WE": "XXXX-WXX-WE",
}


def _unit(span: TimeSpan, context: Context) -> Reading:
    day = context.written
    unit, ref = str(span.parts["unit"]), span.parts.get("ref")
    anchor = (context.day or day) if ref in ("previous", "following", "same", "that") else day
    if ref in ("same", "that", "following") and unit == "Y" and context.year:
        return of_year(context.year + (1 if ref == "following" else 0))
    if ref in ("same", "that", "following", "previous"):
        if unit == "M" and context.month:
            anchor = context.month
        if unit == "Q" and context.quarter and ref in ("same", "that"):
            return of_quarter(*context.quarter)
    if anchor is None:
        return Reading(_OPEN[unit])
    steps = {"last": -1, "previous": -1, "next": 1, "following": 1}.get(str(ref), 0)
    if unit == "WE" and steps == 0 and _way(span) < 0 and anchor.isoweekday() < 6:
        steps = -1
    return _stepped(anchor, unit, steps)


def _stepped(anchor: Day, unit: str, steps: int) -> Reading:
    """The unit that holds a day, or one some steps away."""
    if unit == "D":
        there = shift_days(anchor, steps)
        return of_day(there) if there else Reading(_OPEN[unit])
    if unit in ("W", "WE"):
        there = shift_days(anchor, 7 * steps)
        if there is None:
            return Reading(_OPEN[unit])
        return of_week(there) if unit == "W" else of_weekend(there)
    if unit == "M":
        there = shift_months(anchor, steps)
        return of_month(there.year, there.month) if there else Reading(_OPEN[unit])
    if unit == "Q":
        there = shift_months(anchor, 3 * steps)
        return of_quarter(there.year, (there.month + 2) // 3) if there else Reading(_OPEN[unit])
    year = anchor.year + steps * {"Y": 1, "E": 10, "C": 100}[unit]
    if unit == "Y":
        return of_year(year)
    if not YEARS_LEAST <= year <= YEARS_MOST - 110:
        return Reading(_OPEN[unit])
    if unit == "E":
        return of_decade(year - year % 10)
    return _century_of(year // 100)


def _century_of(century: int) -> Reading:
    first = max(century * 100, YEARS_LEAST)
    return Reading(f"{century:02d}", Day(first, 1, 1), Day(century * 100 + 99, 12, 31))


def _narrative_unit(span: TimeSpan, context: Context) -> Reading:
    day = context.written
    unit, year = str(span.parts["unit"]), _int(span, "year")
    if unit == "Q":
        if context.quarter:
            return of_quarter(year or context.quarter[0], context.quarter[1])
        if day is None:
            return Reading(_OPEN["Q"])
        last = _stepped(day, "Q", -1)
        return last if year is None else Reading(f"{year:04d}{last.value[4:]}")
    anchor = (day or context.day) if unit in ("Y", "WE") else (context.day or day)
    if anchor is None:
        return Reading(_OPEN[unit])
    back = unit == "WE" and anchor.isoweekday() < 6 and _way(span) <= 0
    return _stepped(anchor, unit, -1 if back else 0)


def _shift(span: TimeSpan, context: Context) -> Reading:
    day = context.written
    unit, sign = str(span.parts["unit"]), int(span.parts["sign"])
    amount = float(span.parts["n"])
    told = span.parts["anchor"] == "narrative"
    if span.parts.get("finance") and context.quarter and sign < 0:
        return of_quarter(context.quarter[0] - 1, context.quarter[1])
    anchor = (context.day or day) if told else day
    if told and unit == "Y" and context.day is None and context.year:
        return of_year(context.year + sign * int(amount))
    if anchor is None:
        return Reading(_OPEN.get(unit, "XXXX-XX-XX"))
    if unit in "hms":
        return Reading(period(str(span.parts["n"]), unit))
    there = _away(anchor, sign * amount, unit)
    if there is None or unit == "D" or (unit in ("W", "WE") and amount <= 1):
        return of_day(there) if there else Reading(_OPEN[unit])
    return _stepped(there, "Y" if unit in ("E", "C") else "W" if unit == "WE" else unit, 0)


def _year_ago(span: TimeSpan, context: Context) -> Reading:
    day = context.written
    if context.quarter and span.parts.get("unit") in (None, "Q", ""):
        return of_quarter(context.quarter[0] - 1, context.quarter[1])
    anchor = context.day or day
    there = shift_months(anchor, -12) if anchor else None
    if there is None:
        return Reading("XXXX")
    return _stepped(there, str(span.parts.get("unit") or "Y"), 0)


def _quarter(span: TimeSpan, context: Context) -> Reading:
    day = context.written
    number, year, ref = int(span.parts["quarter"]), _int(span, "year"), _int(span, "year_ref")
    if year is None and ref is not None and day:
        year = (context.quarter[0] if span.parts.get("ago") and context.quarter else day.year) + ref
    if year is None and day:
        now = (day.month + 2) // 3
        # What is expected of the quarter just ended is its results.
        year = day.year - (number > now) if _way(span) <= 0 else day.year + (number < now - 1)
    return (
        of_quarter(year, number) if year and 1 <= year < YEARS_MOST else Reading(f"XXXX-Q{number}")
    )


def _half(span: TimeSpan, context: Context) -> Reading:
    day = context.written
    number, year = int(span.parts["half"]), _int(span, "year")
    if year is None and day:
        year = day.year + (_int(span, "year_ref") or 0)
    if year is None:
        return Reading(f"XXXX-H{number}")
    first = of_quarter(year, 2 * number - 1)
    return Reading(f"{year:04d}-H{number}", first.earliest, of_quarter(year, 2 * number).latest)


def _season(span: TimeSpan, context: Context) -> Reading:
    day = context.written
    season, year, ref = str(span.parts["season"]), _int(span, "year"), span.parts.get("ref")
    if year is None and day is None:
        return Reading(f"XXXX-{season}")
    if year is None and day:
        year = day.year + (_int(span, "year_ref") or 0)
        here = of_season(year, season)
        assert here.earliest is not None and here.latest is not None
        if _int(span, "year_ref") is None:
            past = ref == "last" or (ref != "this" and _way(span) <= 0)
            if past and (here.earliest > day or (ref == "last" and here.latest >= day)):
                year -= 1
            if (ref == "next" or (not ref and _way(span) > 0)) and here.latest < day:
                year += 1
    return of_season(year or 0, season)


def _decade(span: TimeSpan, _context: Context) -> Reading:
    return of_decade(int(span.parts["year"]))


def _century(span: TimeSpan, _context: Context) -> Reading:
    return _century_of(int(span.parts["century"]))


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


def _festival(span: TimeSpan, context: Context) -> Reading:
    day = context.written
    sample = _festival_day(span, 2000)
    if sample is None or day is None:
        fixed = span.parts.get("fixed")
        return Reading(f"XXXX-{fixed}" if fixed else "XXXX-XX-XX")
    ref, way = span.parts.get("ref"), _way(span)
    days = [d for years in (-1, 0, 1) if (d := _festival_day(span, day.year + years))]
    if ref == "this":
        days = [d for d in days if d.year == day.year]
    elif ref in ("last", "next"):
        days = [d for d in days if (d < day) == (ref == "last") and d != day]
    return (
        of_day(min(days, key=lambda there: _far(there, day, way)))
        if days
        else Reading("XXXX-XX-XX")
    )


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
    return of_day(Day(day.year - (1 if _way(span) < 0 else 0), 12, 31))


def _reference(span: TimeSpan, context: Context) -> Reading:
    day = context.written
    value = str(span.parts["value"])
    if value == "PRESENT_REF":
        return Reading(value, day, day)
    return Reading(value, None, day) if value == "PAST_REF" else Reading(value, day, None)


def period(amount: str, unit: str) -> str:
    """An ISO 8601 duration: ("72", "h") is PT72H, ("X", "D") PXD, ("2", "E") P20Y, ("2.5", "Y")
    P2Y6M.
    """
    many = {"E": 10, "C": 100}.get(unit)
    if many:
        return "PXY" if amount == "X" else f"P{float(amount) * many:g}Y"
    if unit == "WE":
        return "P2D"
    time = "T" if unit in "hms" else ""
    half = {"Y": "6M", "h": "30M", "m": "30S"}.get(unit)
    if half and amount.endswith(".5"):
        whole = amount[:-2]
        return f"P{time}{half}" if whole == "0" else f"P{time}{whole}{unit.upper()}{half}"
    return f"P{time}{amount}{unit.upper()}"


def _duration(span: TimeSpan, context: Context) -> Reading:
    day = context.written
    amount, unit = str(span.parts["n"]), str(span.parts["unit"])
    value, ref = period(amount, unit), span.parts.get("ref")
    if day is None or ref is None or amount == "X":
        return Reading(value)
    sign = 1 if ref == "next" else -1
    there = _away(day, float(amount) * sign, unit)
    return Reading(value, *((day, there) if sign > 0 else (there, day)))


DAYS_IN = {"D": 1.0, "W": 7.0, "WE": 7.0, "h": 1 / 24, "m": 1 / 1440, "s": 1 / 86400}
MONTHS_IN = {"M": 1, "Q": 3, "Y": 12, "E": 120, "C": 1200}


def _away(day: Day, amount: float, unit: str) -> Day | None:
    """The day so many units on; None outside the calendar."""
    amount = max(-1e6, min(1e6, amount))
    if unit in DAYS_IN:
        return shift_days(day, round(amount * DAYS_IN[unit]))
    return shift_months(day, round(amount * MONTHS_IN[unit]))


def _set(span: TimeSpan, _context: Context) -> Reading:
    return Reading(period(str(span.parts["n"]), str(span.parts["unit"])))


def _set_value(span: TimeSpan, _context: Context) -> Reading:
    return Reading(str(span.parts["value"]))


def _set_weekday(span: TimeSpan, _context: Context) -> Reading:
    return Reading(f"XXXX-WXX-{span.parts['weekday']}{span.parts.get('part', '')}")


_READ: dict[str, Callable[[TimeSpan, Context], Reading]] = {
    "date": _date, "weekday": _weekday, "deictic": _deictic, "narrative": _narrative,
    "clock": _clock, "unit": _unit, "narrative_unit": _narrative_unit, "shift": _shift,
    "year_ago": _year_ago, "quarter": _quarter, "half": _half, "season": _season,
    "decade": _decade, "century": _century,
    "festival": _festival, "week_of": _week_of, "nth_week": _nth_week, "year_end": _year_end,
    "reference": _reference, "duration": _duration, "set": _set, "set_value": _set_value,
    "set_weekday": _set_weekday,
}  # fmt: skip
"""What TimeSpan.rule can be, and who reads it."""
