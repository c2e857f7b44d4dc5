"""What a time expression is read from, and which way it points."""

from __future__ import annotations

from typing import Literal

import msgspec

from sayso.resolve.timex_calendar import Day
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
    by_quarter: bool = False
    """Whether the last stretch with results was a quarter, not some months or a year."""
    at: int = 0
    """Where the last day of the narrative stood, and whether it named its year."""
    with_year: bool = False
    told: Literal["day", "month", "year"] | None = None
    """How exact the last date of the narrative was."""


TOLD_MOST, TOLD_DAYS = 400, 31
"""A date without a year takes that of the last one told, at most so many characters before it and
so many days away."""

SAME_DAY_MOST = 1_000
"""Characters after the last day told within which "earlier in the day" is of that day."""

WRONG_SIDE = 200
"""Days that a date without a year is pushed away when its clause points the other way: on
TimeBank's seen files 90 to 240 do alike."""

WRONG_MONTH = 280
"""The same for a month without a day: a past tense leaves the next one only where it is some six
weeks away ("they shut by early June", written in May); further off, reports say its year.
"""

Way = int
"""Below 0 before the day of writing, above 0 after it, 0 where nothing tells; further from 0 where
the words right before say so than where only the tense does."""
SURE = 4


def way_of(span: TimeSpan) -> Way:
    if span.direction is None:
        return 0
    sure = 1 if span.tense else SURE
    return sure if span.direction == "after" else -sure


def number_of(span: TimeSpan, name: str) -> int | None:
    value = span.parts.get(name)
    return int(value) if value is not None else None


def far_off(date: Day, day: Day, way: Way, *, wrong: int = WRONG_SIDE) -> int:
    """How unlikely a day without a year is meant: days away, and more on the wrong side.

    News names days of the year around it, so the tense only tips the scales.
    """
    away = (date - day).days
    against = (way > 0 and away < 0) or (way < 0 and away > 0)
    return abs(away) + (abs(way) * wrong if against else 0)
