"""TIMEX3 values and day ranges of time expressions, read from one day of writing.

`read` is a function of the expression and its context; a day of writing that is not known (None)
leaves values partial ("XXXX-WXX-1") and ranges open.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import msgspec

from sayso.resolve.timex_calendar import (
    YEARS_LEAST,
    YEARS_MOST,
    Day,
    Reading,
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
from sayso.resolve.timex_context import (
    SAME_DAY_MOST,
    TOLD_DAYS,
    TOLD_MOST,
    Context,
    far_off,
    number_of,
    way_of,
)
from sayso.resolve.timex_feasts import read_festival
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
        return day.year + (here < now) if way > 0 else day.year - (here > now)
    dates = [d for years in (-1, 0, 1) if (d := valid(day.year + years, month, number))]
    return min(dates, key=lambda date: far_off(date, day, way)).year if dates else day.year


def _weekday(span: TimeSpan, context: Context) -> Reading:
    day = context.written
    number, ref = int(span.parts["weekday"]), span.parts.get("ref")
    open_value = Reading(f"XXXX-WXX-{number}")
    if ref == "named":  # "Bloody Sunday": one day in history, not the last one
        return open_value
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
    if way_of(span) > 0 or (ref == "this" and way_of(span) >= 0):
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
    if unit == "WE" and steps == 0 and way_of(span) < 0 and anchor.isoweekday() < 6:
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
    unit, year = str(span.parts["unit"]), number_of(span, "year")
    if unit == "Q":
        if context.quarter:
            return of_quarter(year or context.quarter[0], context.quarter[1])
        if day is None:
            return Reading(_OPEN["Q"])
        last = _stepped(day, "Q", -1)
        return last if year is None else Reading(f"{year:04d}{last.value[4:]}")
    anchor = (day or context.day) if unit in ("Y", "WE") else (context.day or day)
    far = span.start - context.at > SAME_DAY_MOST
    if unit == "D" and far and span.parts.get("stage") in ("earlier", "later"):
        anchor = day  # the last day told stands too far off: "earlier in the day" is today's
    if anchor is None:
        return Reading(_OPEN[unit])
    back = unit == "WE" and anchor.isoweekday() < 6 and way_of(span) <= 0
    return _stepped(anchor, unit, -1 if back else 0)


def _shift(span: TimeSpan, context: Context) -> Reading:
    day = context.written
    unit, sign = str(span.parts["unit"]), int(span.parts["sign"])
    amount = float(span.parts["n"])
    told = span.parts["anchor"] == "narrative"
    if span.parts.get("finance") and context.quarter and context.by_quarter and sign < 0:
        return of_quarter(context.quarter[0] - 1, context.quarter[1])
    anchor = (context.day or day) if told else day
    if told and unit == "Y" and context.day is None and context.year:
        return of_year(context.year + sign * int(amount))
    if anchor is None:
        return Reading(_OPEN.get(unit, "XXXX-XX-XX"))
    if unit in "hms":
        return Reading(period(str(span.parts["n"]), unit))
    if told and context.told == "month" and context.month:
        return _from_month(context.month, sign * amount, unit)
    there = _away(anchor, sign * amount, unit)
    if there is None or unit == "D" or (unit in ("W", "WE") and amount <= 1):
        return of_day(there) if there else Reading(_OPEN[unit])
    return _stepped(there, "Y" if unit in ("E", "C") else "W" if unit == "WE" else unit, 0)


def _from_month(month: Day, amount: float, unit: str) -> Reading:
    """Some units on from a month: the month or year that far on, or an open day in its window."""
    first = _away(month, amount, unit)
    last = _away(of_month(month.year, month.month).latest or month, amount, unit)
    if first is None or last is None:
        return Reading(_OPEN.get(unit, "XXXX-XX-XX"))
    if unit in ("M", "Q"):
        return of_month(first.year, first.month)
    if unit in ("Y", "E", "C"):
        return of_year(first.year)
    same_year = f"{first.year:04d}" if first.year == last.year else "XXXX"
    one_month = (first.year, first.month) == (last.year, last.month)
    same_month = f"{first.month:02d}" if one_month else "XX"
    value = f"{same_year}-WXX" if unit in ("W", "WE") else f"{same_year}-{same_month}-XX"
    return Reading(value, first, last)


def _year_ago(span: TimeSpan, context: Context) -> Reading:
    day = context.written
    unit = span.parts.get("unit")
    if context.quarter and (unit == "Q" or (context.by_quarter and unit in (None, ""))):
        return of_quarter(context.quarter[0] - 1, context.quarter[1])
    anchor = context.day or day
    there = shift_months(anchor, -12) if anchor else None
    if there is None:
        return Reading("XXXX")
    return _stepped(there, str(span.parts.get("unit") or "Y"), 0)


def _quarter(span: TimeSpan, context: Context) -> Reading:
    day = context.written
    number, year, ref = (
        int(span.parts["quarter"]),
        number_of(span, "year"),
        number_of(span, "year_ref"),
    )
    if year is None and ref is not None and day:
        year = (context.quarter[0] if span.parts.get("ago") and context.quarter else day.year) + ref
    if year is None and day:
        now = (day.month + 2) // 3
        # What is expected of the quarter just ended is its results.
        year = day.year - (number > now) if way_of(span) <= 0 else day.year + (number < now - 1)
    return (
        of_quarter(year, number) if year and 1 <= year < YEARS_MOST else Reading(f"XXXX-Q{number}")
    )


def _half(span: TimeSpan, context: Context) -> Reading:
    day = context.written
    number, year = int(span.parts["half"]), number_of(span, "year")
    if year is None and day:
        year = day.year + (number_of(span, "year_ref") or 0)
    if year is None:
        return Reading(f"XXXX-H{number}")
    first = of_quarter(year, 2 * number - 1)
    return Reading(f"{year:04d}-H{number}", first.earliest, of_quarter(year, 2 * number).latest)


def _season(span: TimeSpan, context: Context) -> Reading:
    day = context.written
    season, year, ref = str(span.parts["season"]), number_of(span, "year"), span.parts.get("ref")
    if year is None and day is None:
        return Reading(f"XXXX-{season}")
    if year is None and day:
        year = day.year + (number_of(span, "year_ref") or 0)
        here = of_season(year, season)
        assert here.earliest is not None and here.latest is not None
        if number_of(span, "year_ref") is None:
            past = ref == "last" or (ref != "this" and way_of(span) <= 0)
            if past and (here.earliest > day or (ref == "last" and here.latest >= day)):
                year -= 1
            if (ref == "next" or (not ref and way_of(span) > 0)) and here.latest < day:
                year += 1
    return of_season(year or 0, season)


def _decade(span: TimeSpan, _context: Context) -> Reading:
    return of_decade(int(span.parts["year"]))


def _century(span: TimeSpan, _context: Context) -> Reading:
    return _century_of(int(span.parts["century"]))


def _nth_day(span: TimeSpan, context: Context) -> Reading:
    """The 19th of the month told of, else the nearest 19th that the clause points to."""
    number = int(span.parts["day"])
    if context.told in ("day", "month") and context.month:
        there = valid(context.month.year, context.month.month, number)
        return of_day(there) if there else Reading(f"XXXX-XX-{number:02d}")
    day = context.written
    if day is None:
        return Reading(f"XXXX-XX-{number:02d}")
    months = (shift_months(day.replace(day=1), step) for step in (-1, 0, 1))
    days = [d for m in months if m and (d := valid(m.year, m.month, number))]
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
    "festival": read_festival, "nth_day": _nth_day,
    "week_of": _week_of, "nth_week": _nth_week, "year_end": _year_end,
    "reference": _reference, "duration": _duration, "set": _set, "set_value": _set_value,
    "set_weekday": _set_weekday,
}  # fmt: skip
"""What TimeSpan.rule can be, and who reads it."""
