"""What each time expression of a text tells about the day on which it was written.

A clue's `fit` is the logarithm of a likelihood, up to a constant. The tables were counted on 571
FA-KES articles whose text gives its own date (ages in days of weekdays, dates and months before
publication); the shapes for rarer expressions are rough by design.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable

import msgspec

from sayso.resolve.times import share_years
from sayso.resolve.timex_calendar import Day, valid
from sayso.schema import Document, TimeSpan

WRONG = -12.0
"""What a day costs that an explicit date contradicts."""

ASIDE_PARTS = frozenset({"part", "clock", "stage"})
"""What does not make an expression another clue."""
CLUES_MOST = 40
SPANS_MOST = 1000
"""The first expressions of a text, and the clues that say most, are enough."""
YEAR_LEAST, YEAR_MOST = 1900, 2100
LAST_WEEK: dict[str, str | int] = {"unit": "W", "ref": "last"}
WEEKDAY_AGES = tuple(math.log(share) for share in (0.50, 0.31, 0.093, 0.037, 0.023, 0.021, 0.016))
WEEKDAY_AHEAD = tuple(math.log(share) for share in (0.10, 0.25, 0.2, 0.15, 0.12, 0.1, 0.08))
MONTH_AGES = tuple(
    math.log(share)
    for share in (0.09, 0.24, 0.2, 0.12, 0.11, 0.09, 0.04, 0.03, 0.02, 0.03, 0.02, 0.01)
)
LAST_MONTH_AGES = tuple(
    math.log(share)
    for share in (0.001, 0.02, 0.04, 0.06, 0.09, 0.1, 0.11, 0.11, 0.11, 0.11, 0.1, 0.09, 0.06)
)
WEEKEND_AGES = tuple(math.log(share) for share in (0.45, 0.2, 0.1, 0.05, 0.03, 0.05, 0.12))
"""By weekday of the article, Monday first."""


POWER = 1.3
"""How fast the weight of a day falls with its distance from the latest date of the text."""
POWER_OTHERS = 0.5
"""The same for its other dates."""
YEAR_LEADS = frozenset(["in", "since", "during", "of"])
LONG_LEADS = frozenset(("since", "until", "from", "until"))
HEAD = 400
"""Characters at the head of a text in which a date with its weekday is the article's own."""
PREPOSITIONS = frozenset(
    [
        "on",
        "since",
        "until",
        "from",
        "of",
        "by",
        "to",
        "and",
        "after",
        "before",
        "between",
        "in",
        "for",
    ]
)
_PUBLISHED = re.compile(
    r"\b(?:posted|published|publication|updated|update|dated?)\b[\s:.-]*(?:on\s+)?(?:\w+\s+)?\Z",
    re.I,
)
SLOW = 0.3
"""The same for a date that may be long past: prose gives the year where it is not this one."""
CLUSTER = 45
"""Days within which two full dates speak for one story that is news."""
_CREDIT = re.compile(
    r"\((?:[^()\n]{0,40}\b)?(?:AFP|AP|Reuters|EPA|Getty|Anadolu|AA|Xinhua|File|Photos?|Images?)\b"
    r"|\bPhotos? by\b"
)
_LEAD = re.compile(r"(\w+)\W{1,3}(?:the )?\Z")


class Clue(msgspec.Struct, frozen=True):
    """One expression's say: `anchor` is a day that the article cannot be older than; `rank` is 0
    for what says most.
    """

    rank: int
    words: str
    says: str
    fit: Callable[[Day], float]
    anchor: Day | None = None


class Scene(msgspec.Struct, frozen=True):
    """What clues are read from: the document, its expressions, its full dates in the past."""

    document: Document
    spans: tuple[TimeSpan, ...]
    dates: tuple[Day, ...]

    def words(self, span: TimeSpan) -> str:
        """The expression itself."""
        return self.document.text[span.start : span.end]

    def lead(self, span: TimeSpan) -> str:
        """The word before it, in lower case, articles left out."""
        found = _LEAD.search(self.document.text, max(0, span.start - 24), span.start)
        return found.group(1).lower() if found else ""


def clues_of(document: Document, spans: tuple[TimeSpan, ...]) -> list[Clue]:
    """The clues of a document, each kind of expression once, those that say most first."""
    spans = share_years(document, spans[:SPANS_MOST])
    dates = {day for span in spans if (day := _full(span)) and span.direction != "after"}
    scene = Scene(document, spans, tuple(dates))
    found: list[Clue] = []
    seen: set[object] = set()
    for place, span in enumerate(spans):
        kept = {name: part for name, part in span.parts.items() if name not in ASIDE_PARTS}
        key = (span.rule, tuple(sorted(kept.items())), span.direction == "after")
        if key not in seen:
            seen.add(key)
            clue = _clue(scene, span, place)
            if clue:
                found.append(clue)
    return sorted(found, key=lambda clue: clue.rank)[:CLUES_MOST]


def _full(span: TimeSpan) -> Day | None:
    parts = span.parts
    if span.rule != "date" or not {"year", "month", "day"} <= set(parts):
        return None
    if not YEAR_LEAST <= int(parts["year"]) <= YEAR_MOST:
        return None
    return valid(int(parts["year"]), int(parts["month"]), int(parts["day"]))


def _near(days: int, scale: int, power: float) -> float:
    """The logarithm of a weight that falls with distance, slower the larger the scale."""
    return -power * math.log(days + scale)


def _named(age: int) -> float:
    """The same for a day named without its year: the last few days go by their weekday instead."""
    return _near(age, 12, 1.0) - (0.6 if age < 5 else 0.0)


def _clue(scene: Scene, span: TimeSpan, place: int) -> Clue | None:
    """What an expression tells; None where nothing follows."""
    after = span.direction == "after"
    if span.rule == "date":
        return _date_clue(scene, span, place)
    if span.rule == "weekday":
        return _weekday_clue(scene.words(span), span, after=after)
    if span.rule == "narrative_unit" and span.parts["unit"] == "WE" and not after:
        words = scene.words(span)
        return Clue(3, words, "just past", lambda day: WEEKEND_AGES[day.isoweekday() - 1])
    return None


def _weekday_clue(words: str, span: TimeSpan, *, after: bool) -> Clue | None:
    number, ref = int(span.parts["weekday"]), span.parts.get("ref")
    if ref not in (None, "this"):
        return None
    if after or ref == "this":
        return Clue(
            3, words, "still to come", lambda day: WEEKDAY_AHEAD[(number - day.isoweekday()) % 7]
        )
    return Clue(2, words, "just past", lambda day: WEEKDAY_AGES[(day.isoweekday() - number) % 7])


def _date_clue(scene: Scene, span: TimeSpan, place: int) -> Clue | None:
    """By how much of the date is there: year, year and month, all, day and month, month."""
    parts, words, after = span.parts, scene.words(span), span.direction == "after"
    year, month, number = (int(parts.get(name, 0)) for name in ("year", "month", "day"))
    if year:
        if not YEAR_LEAST <= year <= YEAR_MOST:
            return None
        if not month:
            led = scene.lead(span) in YEAR_LEADS or words[:1].isalpha()
            return _year_clue(year, words, after=after) if led else None
        full = _full(span)
        if not number:
            return _year_month_clue(year, month, words, after=after)
        return _full_clue(scene, span, full) if full else None
    if not month:
        return None
    if number and "known_year" in parts:
        return _known_clue(span, words, month, number)
    if "year_ref" in parts:
        return None
    if not number:
        plain = any(
            other.parts.get("month") == month and not {"year", "ref", "year_ref"} & set(other.parts)
            for other in scene.spans
        )
        return _month_clue(month, parts.get("ref"), words, after=after, plain=plain)
    return _day_clue(scene, span, place)


def _day_clue(scene: Scene, span: TimeSpan, place: int) -> Clue:
    """A day and month without a year."""
    words, month, number = scene.words(span), int(span.parts["month"]), int(span.parts["day"])
    if span.direction == "after" and _told_last_week(scene, place):
        says = "still to come when it was said last week"
        return Clue(1, words, says, lambda day: _said(day, month, number))
    if span.direction == "after":
        return Clue(
            1, words, "still to come", lambda day: _near(_ahead(day, month, number), 12, 1.0)
        )
    if span.direction == "before":
        return Clue(1, words, "past", lambda day: _named(_back(day, month, number)))
    return Clue(
        1,
        words,
        "near",
        lambda day: _near(min(_back(day, month, number), _ahead(day, month, number)), 12, 1.0),
    )


def _told_last_week(scene: Scene, place: int) -> bool:
    """Whether the words around an expression were said "last week", by the same sentence."""
    here = scene.spans[place]
    for other in scene.spans[place + 1 : place + 3]:
        if other.rule == "unit" and other.parts == LAST_WEEK and other.start - here.end < 250:
            between = scene.document.text[here.end : other.start]
            return "\n" not in between and ". " not in between
    return False


def _full_clue(scene: Scene, span: TimeSpan, full: Day) -> Clue:
    """A date with its year: the article's own, one of its news, or a day long past."""
    words = scene.words(span)
    if span.direction == "after":
        return Clue(
            1,
            words,
            "still to come",
            lambda day: _near((full - day).days, 20, 1.0) if day <= full else WRONG,
        )
    if _own_date(scene, span):
        return Clue(
            0,
            words,
            "as a date line",
            lambda day: _near((day - full).days, 1, 3.0) if day >= full else WRONG,
            full,
        )
    power = SLOW
    if scene.lead(span) not in LONG_LEADS and _is_news(scene, span, full):
        power = POWER if full == max(scene.dates) else POWER_OTHERS
    return Clue(
        0,
        words,
        "past",
        lambda day: _near((day - full).days, 7, power) if day >= full else WRONG,
        full,
    )


def _is_news(scene: Scene, span: TimeSpan, full: Day) -> bool:
    """Whether a full date is likely one of the days just before publication: a caption's, or one
    of several that lie close together.
    """
    document = scene.document
    for block in document.blocks:
        if block.kind == "caption" and block.start <= span.start < block.end:
            return True
    if _CREDIT.search(document.text, span.end, min(len(document.text), span.end + 120)):
        return True
    return any(0 < abs((other - full).days) <= CLUSTER for other in scene.dates)


def _own_date(scene: Scene, span: TimeSpan) -> bool:
    """Whether a full date stands like an article's own: on a line alone, after "Published", or at
    the head without a preposition or a photo's credit.
    """
    text = scene.document.text
    before, after = text[max(0, span.start - 8) : span.start], text[span.end : span.end + 8]
    if (span.start < 8 or "\n" in before) and (span.end + 8 > len(text) or "\n" in after):
        return True
    if _PUBLISHED.search(text, max(0, span.start - 32), span.start):
        return True
    if span.start >= HEAD or scene.lead(span) in PREPOSITIONS:
        return False
    return "weekday" in span.parts or not _CREDIT.search(text, span.end, span.end + 60)


def _year_month_clue(year: int, month: int, words: str, *, after: bool) -> Clue:
    start = Day(year, month, 1)
    if after:
        end = start + dt.timedelta(days=31)
        return Clue(
            2,
            words,
            "still to come",
            lambda day: _near((end - day).days, 90, 0.7) if day <= end else WRONG,
        )
    return Clue(
        1,
        words,
        "past",
        lambda day: _near((day - start).days, 60, 0.4) if day >= start else WRONG,
        start,
    )


def _known_clue(span: TimeSpan, words: str, month: int, number: int) -> Clue | None:
    """A well-known day that the text names without its year, or as last year's."""
    year, what = int(span.parts["known_year"]), span.parts["known"]
    known = valid(year, month, number)
    if known is None or span.direction == "after":
        return None
    if "year_ref" in span.parts:
        there = year - int(span.parts["year_ref"])
        says = f"known to be of {year} ({what})"
        return Clue(
            0,
            words,
            says,
            lambda day: 0.0 if day.year == there else WRONG,
            max(known, Day(there, 1, 1)),
        )
    return Clue(
        0,
        words,
        f"known to be of {year} ({what})",
        lambda day: _named((day - known).days) if 0 <= (day - known).days <= 365 else WRONG,
        known,
    )


def _said(day: Day, month: int, number: int) -> float:
    """How well a day that lay ahead a week before fits."""
    left = _ahead(day - dt.timedelta(days=11), month, number)
    return _near(left, 7, 1.5) if left < 90 else WRONG


def _back(day: Day, month: int, number: int) -> int:
    """Days since the last such day of a year."""
    here = Day(day.year, month, min(number, 28))
    if here > day:
        here = Day(day.year - 1, month, min(number, 28))
    return (day - here).days


def _ahead(day: Day, month: int, number: int) -> int:
    """Days to the next such day of a year."""
    here = Day(day.year, month, min(number, 28))
    if here < day:
        here = Day(day.year + 1, month, min(number, 28))
    return (here - day).days


def _year_clue(year: int, words: str, *, after: bool) -> Clue:
    if after:
        return Clue(
            4,
            words,
            "still to come",
            lambda day: -0.1 * (year - day.year) if day.year <= year else WRONG / 4,
        )
    return Clue(
        4,
        words,
        "past",
        lambda day: -0.15 * (day.year - year) if day.year >= year else WRONG,
        Day(year, 1, 1),
    )


def _month_clue(month: int, ref: object, words: str, *, after: bool, plain: bool) -> Clue | None:
    if ref in ("last", "previous") and plain:
        # The month also stands without "last": that one is this year's, and has begun.
        return Clue(
            2, words, "a year before this one", lambda day: 0.0 if day.month == month else -3.0
        )
    if ref in ("last", "previous"):
        return Clue(
            2,
            words,
            "at least a month past",
            lambda day: LAST_MONTH_AGES[(day.month - month) % 12 or 12],
        )
    if ref:
        return None
    if after:
        return Clue(2, words, "still to come", lambda day: -math.log((month - day.month) % 12 + 1))
    return Clue(2, words, "past", lambda day: MONTH_AGES[(day.month - month) % 12])
