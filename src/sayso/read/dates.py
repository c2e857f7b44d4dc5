"""Explicit calendar dates, and the order of day and month in a table's column."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Literal

import msgspec

Order = Literal["mdy", "dmy"]

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
_YEAR = r"(?:1[89]|20)\d\d(?!\d)"
_DATE = re.compile(
    rf"""(?<![\w.,/-])(?:{WEEKDAY}\.?,?\s{{1,3}})?(?:
      (?P<iso>{_YEAR}-\d\d?-\d\d?|{_YEAR}/\d\d?/\d\d?|{_YEAR}\.\d\d?\.\d\d?)(?![\d])
    | (?P<d1>\d{{1,2}})(?:st|nd|rd|th)?[\s-]{{1,3}}(?:of\s)?
      (?P<m1>{_MONTH})\b\.?,?[\s-]{{0,3}}(?P<y1>{_YEAR})
    | (?P<m2>{_MONTH})\b\.?\s{{0,3}}(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?
      (?:,?\s{{1,3}}|,)(?P<y2>{_YEAR})
    | (?P<m3>{_MONTH})\b\.?\s{{1,3}}(?P<d3>\d{{2}})(?P<y3>{_YEAR})
    | (?P<n1>\d{{1,2}})(?P<sep>[-./])(?P<n2>\d{{1,2}})(?P=sep)(?P<y4>{_YEAR})(?!\.\d)
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_HAS_YEAR = re.compile(_YEAR)
_NUMERIC = re.compile(r"\s*(\d{1,2})[-./](\d{1,2})[-./](\d{4})\b(?:[ T,]+\d{1,2}:\d\d.*)?\s*")
_TIMESTAMP = re.compile(r"\s*(\d{4})-(\d\d?)-(\d\d?)(?:[T ].*)?\s*", re.DOTALL)
_COMPACT = re.compile(r"\s*((?:19|20)\d\d)(\d\d)(\d\d)(?:T?\d{4,6}Z?)?\s*")


class FoundDate(msgspec.Struct, frozen=True):
    """An explicit date in a text: where it stands and the ISO day it names."""

    start: int
    end: int
    value: str


def find_dates(text: str) -> list[FoundDate]:
    """Dates with day, month and year, in order. An impossible day (31 February) is no date.

    A numeric date with slashes counts only where one reading is possible (one part over 12, or
    both the same); with dots or hyphens and the year last, the day comes first (ISO 8601 has the
    year first; month-first is written with slashes).
    """
    found: list[FoundDate] = []
    if not _HAS_YEAR.search(text):
        return found
    for match in _DATE.finditer(text):
        value = _value(match)
        if value:
            found.append(FoundDate(match.start(), match.end(), value))
    return found


def _value(match: re.Match[str]) -> str | None:
    part = match.groupdict()
    if part["iso"]:
        year, month, day = (int(p) for p in re.split(r"[-./]", part["iso"]))
        return _day(year, month, day)
    if part["n1"]:
        first, second, year = int(part["n1"]), int(part["n2"]), int(part["y4"])
        if part["sep"] == "/" and first != second and max(first, second) <= 12:
            return None
        if second > 12:
            return _day(year, first, second)
        return _day(year, second, first)
    for n in "123":
        if part[f"m{n}"]:
            month = _MONTHS[part[f"m{n}"].lower()]
            return _day(int(part[f"y{n}"]), month, int(part[f"d{n}"]))
    return None


def _day(year: int, month: int, day: int) -> str | None:
    # an impossible date is told from a possible one by the calendar itself
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def date_order(cells: Iterable[str]) -> Order | None:
    """Whether a column of dates puts the month or the day first, from all of its cells.

    A first part over 12 anywhere says day first, a second part over 12 month first. None where
    no cell decides, or where cells contradict one another.
    """
    first_over = second_over = False
    for cell in cells:
        match = _NUMERIC.fullmatch(cell[:40])
        if match:
            first_over |= int(match.group(1)) > 12
            second_over |= int(match.group(2)) > 12
    if first_over == second_over:
        return None
    return "dmy" if first_over else "mdy"


def is_numeric(cell: str) -> bool:
    """Whether a cell is a date whose reading hangs on the order of day and month."""
    match = _NUMERIC.fullmatch(cell[:40])
    return match is not None and match.group(1).lstrip("0") != match.group(2).lstrip("0")


def read_date(
    cell: str, *, order: Order | None = None, date_format: str | None = None
) -> str | None:
    """The ISO day of a table cell or of page metadata, or None where it cannot be told.

    `date_format` is a strptime format and, where given, the only reading tried.
    """
    cell = cell.strip()[:60]
    if date_format is not None:
        try:
            return datetime.strptime(cell, date_format).date().isoformat()
        except ValueError:
            return None
    stamp = _TIMESTAMP.fullmatch(cell) or _COMPACT.fullmatch(cell)
    if stamp:
        return _day(int(stamp.group(1)), int(stamp.group(2)), int(stamp.group(3)))
    numeric = _NUMERIC.fullmatch(cell)
    if numeric:
        first, second, year = (int(numeric.group(n)) for n in (1, 2, 3))
        if first == second or order == "dmy":
            return _day(year, second, first)
        return _day(year, first, second) if order == "mdy" else None
    dates = find_dates(cell)
    return dates[0].value if len(dates) == 1 else None
