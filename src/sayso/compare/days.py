"""Days as numbers, and windows of days."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import msgspec

_LENGTH = 10


class Window(msgspec.Struct, frozen=True):
    """A run of days, both ends in it, as proleptic Gregorian ordinals."""

    first: int
    last: int

    def overlaps(self, other: Window, *, slack: int = 0) -> bool:
        """Whether the two share a day, or come within `slack` days of it."""
        return self.first <= other.last + slack and other.first <= self.last + slack

    @property
    def length(self) -> int:
        """How many days it holds."""
        return self.last - self.first + 1


@lru_cache(maxsize=65_536)
def number(day: str | None) -> int | None:
    """The ordinal of an ISO day; null for null and for what is no day."""
    if not day or len(day) != _LENGTH:
        return None
    year, month, rest = day[:4], day[5:7], day[8:]
    if not (year.isdecimal() and month.isdecimal() and rest.isdecimal()):
        return None
    if not (int(year) >= 1 and 1 <= int(month) <= 12 and 1 <= int(rest) <= 31):
        return None
    month_start = date(int(year), int(month), 1).toordinal()
    found = month_start + int(rest) - 1
    return found if date.fromordinal(min(found, date.max.toordinal())).month == int(month) else None


def window(earliest: str | None, latest: str | None) -> Window | None:
    """The window between two ISO days; null where either is not known."""
    first, last = number(earliest), number(latest)
    return None if first is None or last is None or last < first else Window(first, last)


def iso(day: int) -> str:
    """The ISO form of an ordinal."""
    return date.fromordinal(day).isoformat()


_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def in_words(first: int, last: int) -> str:
    """A window in words: "12 February 2015", "3 to 5 July 2016", "30 June to 2 July 2016"."""
    a, b = date.fromordinal(first), date.fromordinal(last)
    end = f"{b.day} {_MONTHS[b.month - 1]} {b.year}"
    if a == b:
        return end
    if (a.year, a.month) == (b.year, b.month):
        return f"{a.day} to {end}"
    if a.year == b.year:
        return f"{a.day} {_MONTHS[a.month - 1]} to {end}"
    return f"{a.day} {_MONTHS[a.month - 1]} {a.year} to {end}"
