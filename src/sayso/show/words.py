"""Records in plain words, the same on every screen."""

from __future__ import annotations

import re

from sayso.schema import Figure, Place, Publication, Statement, Time

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def printable(text: str) -> str:
    """The text with control and direction characters shown as ␣-like pictures, so that they
    cannot steer a terminal or a page. Length is kept.
    """
    if text.isprintable():  # twenty times quicker than the expression, and true of most words
        return text
    return _UNPRINTABLE.sub(_picture, text)


def _picture(match: re.Match[str]) -> str:
    code = ord(match.group())
    return chr(0x2400 + code) if code < 0x20 else "\N{REPLACEMENT CHARACTER}"


def date_words(publication: Publication | None) -> str:
    """When an article came out: a day, a window, or that it is not known."""
    if publication is None or (publication.earliest is None and publication.latest is None):
        return "date unknown"
    if publication.day:
        return publication.day
    if publication.earliest is None:
        return f"by {publication.latest}"
    if publication.latest is None:
        return f"{publication.earliest} or later"
    return f"{publication.earliest} to {publication.latest}"


def days_words(earliest: str | None, latest: str | None) -> str:
    """A window of days in words; empty when nothing is known."""
    if earliest is None and latest is None:
        return ""
    return date_words(Publication(earliest=earliest, latest=latest, how=""))


def chain_words(statement: Statement) -> str:
    """The voices that carried a statement, innermost first, the outlet last."""
    return " → ".join(printable(name) for name in statement.chain)


def number_words(value: float | None) -> str:
    """A number as people write it: 28,000; 0.35; empty when unknown."""
    if value is None:
        return ""
    return f"{value:,.0f}" if value == int(value) and abs(value) < 1e15 else f"{value:,g}"


def figure_words(figure: Figure) -> str:
    """What a figure says: bound, value or interval, unit, what is counted, what befell them."""
    if figure.bound == "exact" or figure.value is None:
        number = number_words(figure.value) or _interval(figure)
    else:
        number = f"{figure.bound} {number_words(figure.value)}"
    counted_by_kind = figure.of and figure.unit == "people"  # "9 children", not "9 people children"
    unit = figure.unit if figure.unit and not counted_by_kind else ""
    of = f"of {figure.of}" if figure.of and unit == "percent" else figure.of or ""
    effect = f"({figure.effect})" if figure.effect else ""
    return " ".join(part for part in (number, unit, of, effect) if part)


def _interval(figure: Figure) -> str:
    return f"{number_words(figure.low) or '?'}–{number_words(figure.high) or '?'}"


def interval_words(figure: Figure) -> str:
    """The numbers that a figure's words allow: "12 or more", "24–99", "31"."""
    low, high = figure.low, figure.high
    if low is None and high is None:
        return "open"
    if low == high or high is None or low is None:
        number = number_words(high if low is None else low)
        return number if low == high else f"{number} or {'more' if high is None else 'less'}"
    return f"{number_words(low)}–{number_words(high)}"


def time_words(time: Time) -> str:
    """What a time expression resolved to, as the value and the days it can mean."""
    days = days_words(time.earliest, time.latest)
    return f"{time.type.lower()} {time.value}" + (
        f": {days}" if days and days != time.value else ""
    )


def place_words(place: Place) -> str:
    """What a place name resolved to, how sure, and by which gazetteer entry."""
    role = "" if place.role == "literal" else f" ({place.role})"
    if place.lat is None or place.lon is None:
        return f"{place.name}{role}: not located"
    point = f"{place.lat:.2f}, {place.lon:.2f}"
    sure = f" within {number_words(place.radius_km)} km" if place.radius_km is not None else ""
    return f"{place.name}{role}: {point}{sure}, {place.gazetteer}"
