"""Units, quarters, seasons, lengths and repetition as TIMEX3 values with the days they span."""

from __future__ import annotations

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
)
from sayso.resolve.timex_context import SAME_DAY_MOST, Context, Way, number_of, way_of
from sayso.schema import TimeSpan

OPEN = {
    "D": "XXXX-XX-XX",
    "W": "XXXX-WXX",
    "M": "XXXX-XX",
    "Y": "XXXX",
    "Q": "XXXX-QX",
    "E": "XXX",
    "C": "XX",
    "WE": "XXXX-WXX-WE",
}


def read_unit(span: TimeSpan, context: Context) -> Reading:
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
        return Reading(OPEN[unit])
    steps = {"last": -1, "previous": -1, "before last": -2, "next": 1, "following": 1}
    return stepped(anchor, unit, steps.get(str(ref), 0) or _weekend_back(span, anchor, unit))


def _weekend_back(span: TimeSpan, anchor: Day, unit: str) -> int:
    """A weekend of which the clause tells in the past is the last one, until Saturday comes."""
    past = unit == "WE" and way_of(span) < 0 and anchor.isoweekday() < 6
    return -1 if past else 0


def stepped(anchor: Day, unit: str, steps: int) -> Reading:
    """The unit that holds a day, or one some steps away."""
    if unit == "D":
        there = shift_days(anchor, steps)
        return of_day(there) if there else Reading(OPEN[unit])
    if unit in ("W", "WE"):
        there = shift_days(anchor, 7 * steps)
        if there is None:
            return Reading(OPEN[unit])
        return of_week(there) if unit == "W" else of_weekend(there)
    if unit == "M":
        there = shift_months(anchor, steps)
        return of_month(there.year, there.month) if there else Reading(OPEN[unit])
    if unit == "Q":
        there = shift_months(anchor, 3 * steps)
        return of_quarter(there.year, (there.month + 2) // 3) if there else Reading(OPEN[unit])
    year = anchor.year + steps * {"Y": 1, "E": 10, "C": 100}[unit]
    if unit == "Y":
        return of_year(year)
    if not YEARS_LEAST <= year <= YEARS_MOST - 110:
        return Reading(OPEN[unit])
    if unit == "E":
        return of_decade(year - year % 10)
    return _century_of(year // 100)


def _century_of(century: int) -> Reading:
    first = max(century * 100, YEARS_LEAST)
    return Reading(f"{century:02d}", Day(first, 1, 1), Day(century * 100 + 99, 12, 31))


def read_narrative_unit(span: TimeSpan, context: Context) -> Reading:
    day = context.written
    unit, year = str(span.parts["unit"]), number_of(span, "year")
    if unit == "Q":
        if context.quarter:
            return of_quarter(year or context.quarter[0], context.quarter[1])
        if day is None:
            return Reading(OPEN["Q"])
        last = stepped(day, "Q", -1)
        return last if year is None else Reading(f"{year:04d}{last.value[4:]}")
    anchor = (day or context.day) if unit in ("Y", "WE") else (context.day or day)
    far = span.start - context.at > SAME_DAY_MOST
    if unit == "D" and far and span.parts.get("stage") in ("earlier", "later"):
        anchor = day  # the last day told stands too far off: "earlier in the day" is today's
    if anchor is None:
        return Reading(OPEN[unit])
    back = unit == "WE" and anchor.isoweekday() < 6 and way_of(span) <= 0
    return stepped(anchor, unit, -1 if back else 0)


def read_shift(span: TimeSpan, context: Context) -> Reading:
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
        return Reading(OPEN.get(unit, "XXXX-XX-XX"))
    if unit in "hms":
        return Reading(period(str(span.parts["n"]), unit))
    if told and context.told == "month" and context.month:
        return _from_month(context.month, sign * amount, unit)
    there = away(anchor, sign * amount, unit)
    if there is not None and unit == "Y" and amount in (0.5, 1.5):
        return of_month(there.year, there.month)
    if (
        there is None
        or unit == "D"
        or (unit in ("W", "WE") and amount <= 1 and "whole" not in span.parts)
    ):
        return of_day(there) if there else Reading(OPEN[unit])
    return stepped(there, "Y" if unit in ("E", "C") else "W" if unit == "WE" else unit, 0)


def _from_month(month: Day, amount: float, unit: str) -> Reading:
    """Some units on from a month: the month or year that far on, or an open day in its window."""
    first = away(month, amount, unit)
    last = away(of_month(month.year, month.month).latest or month, amount, unit)
    if first is None or last is None:
        return Reading(OPEN.get(unit, "XXXX-XX-XX"))
    if unit in ("M", "Q"):
        return of_month(first.year, first.month)
    if unit in ("Y", "E", "C"):
        return of_year(first.year)
    same_year = f"{first.year:04d}" if first.year == last.year else "XXXX"
    one_month = (first.year, first.month) == (last.year, last.month)
    same_month = f"{first.month:02d}" if one_month else "XX"
    value = f"{same_year}-WXX" if unit in ("W", "WE") else f"{same_year}-{same_month}-XX"
    return Reading(value, first, last)


def read_year_ago(span: TimeSpan, context: Context) -> Reading:
    day = context.written
    unit = span.parts.get("unit")
    if context.quarter and (unit == "Q" or (context.by_quarter and unit in (None, ""))):
        return of_quarter(context.quarter[0] - 1, context.quarter[1])
    anchor = context.day or day
    if context.month and (unit == "M" or (unit == "" and context.told == "month")):
        return of_month(context.month.year - 1, context.month.month)
    there = shift_months(anchor, -12) if anchor else None
    if there is None:
        return Reading("XXXX")
    return stepped(there, str(span.parts.get("unit") or "Y"), 0)


def read_quarter(span: TimeSpan, context: Context) -> Reading:
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
        way = way_of(span)
        # What is expected of the quarter just ended is its results.
        year = (
            day.year + (number < now - 1) if way > 0 else _told_quarter(day.year, number, now, way)
        )
    return (
        of_quarter(year, number) if year and 1 <= year < YEARS_MOST else Reading(f"XXXX-Q{number}")
    )


def _told_quarter(year: int, number: int, now: int, way: Way) -> int:
    """The year of a quarter by its number: the nearest, where the tense does not say "past"."""
    ahead, back = number - now, now + 4 - number
    return year - (ahead > 0 and (way < 0 or back <= ahead))


def read_half(span: TimeSpan, context: Context) -> Reading:
    day = context.written
    number, year = int(span.parts["half"]), number_of(span, "year")
    if year is None and day:
        year = day.year + (number_of(span, "year_ref") or 0)
    if year is None:
        return Reading(f"XXXX-H{number}")
    first = of_quarter(year, 2 * number - 1)
    return Reading(f"{year:04d}-H{number}", first.earliest, of_quarter(year, 2 * number).latest)


def read_season(span: TimeSpan, context: Context) -> Reading:
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


def read_decade(span: TimeSpan, _context: Context) -> Reading:
    return of_decade(int(span.parts["year"]))


def read_century(span: TimeSpan, _context: Context) -> Reading:
    return _century_of(int(span.parts["century"]))


def period(amount: str, unit: str) -> str:
    """An ISO 8601 duration: ("72", "h") is PT72H, ("X", "D") PXD, ("2", "E") P20Y, ("2.5", "Y")
    P2Y6M; ("X", "C"), "centuries", is TIMEX3's PXC.
    """
    many = {"E": 10, "C": 100}.get(unit)
    if many:
        vague = "PXC" if unit == "C" else "PXY"
        return vague if amount == "X" else f"P{float(amount) * many:g}Y"
    if unit == "WE":
        return "P2D"
    time = "T" if unit in "hms" else ""
    half = {"Y": "6M", "h": "30M", "m": "30S"}.get(unit)
    if half and amount.endswith(".5"):
        whole = amount[:-2]
        return f"P{time}{half}" if whole == "0" else f"P{time}{whole}{unit.upper()}{half}"
    return f"P{time}{amount}{unit.upper()}"


def read_duration(span: TimeSpan, context: Context) -> Reading:
    day = context.written
    amount, unit = str(span.parts["n"]), str(span.parts["unit"])
    value, ref = period(amount, unit), span.parts.get("ref")
    if "more" in span.parts:
        rest = period(str(span.parts["more"]), str(span.parts["more_unit"]))
        value += rest[2:] if value[1] == "T" else rest[1:]
    if day is None or ref is None or amount == "X":
        return Reading(value)
    sign = 1 if ref == "next" else -1
    there = away(day, float(amount) * sign, unit)
    return Reading(value, *((day, there) if sign > 0 else (there, day)))


DAYS_IN = {"D": 1.0, "W": 7.0, "WE": 7.0, "h": 1 / 24, "m": 1 / 1440, "s": 1 / 86400}


MONTHS_IN = {"M": 1, "Q": 3, "Y": 12, "E": 120, "C": 1200}


def away(day: Day, amount: float, unit: str) -> Day | None:
    """The day so many units on; None outside the calendar."""
    amount = max(-1e6, min(1e6, amount))
    if unit in DAYS_IN:
        return shift_days(day, round(amount * DAYS_IN[unit]))
    return shift_months(day, round(amount * MONTHS_IN[unit]))


def read_set(span: TimeSpan, _context: Context) -> Reading:
    return Reading(period(str(span.parts["n"]), str(span.parts["unit"])))


def read_set_value(span: TimeSpan, _context: Context) -> Reading:
    return Reading(str(span.parts["value"]))


def read_set_weekday(span: TimeSpan, _context: Context) -> Reading:
    return Reading(f"XXXX-WXX-{span.parts['weekday']}{span.parts.get('part', '')}")
