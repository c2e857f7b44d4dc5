"""The sentences of a document, each with its kinds of incident, places, day and tolls."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

import msgspec

from sayso.compare.days import Window, window
from sayso.compare.ground import Spot, spot
from sayso.compare.incidents import Incidents
from sayso.compare.wording import Words
from sayso.ids import Span
from sayso.schema import Figure, Place, Resolved, Time

LONGEST_DAYS = 3
"""A time expression that can mean more days than this does not date an incident."""

LONGEST_ACRONYM = 3
"""Letters; a longer place name in capitals is a dateline: where a report was written."""

_NEAR_CUE = 3
_TOLLS = frozenset({"killed", "wounded"})


class Sentence(msgspec.Struct, frozen=True):
    """A sentence with what was found in it."""

    span: Span
    kinds: tuple[str, ...]
    spots: tuple[Spot, ...]
    days: Window | None
    cues: frozenset[str]
    tolls: tuple[Figure, ...]


class Inside:
    """Whether an offset stands in one of some spans."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._spans = sorted(spans)
        self._starts = [start for start, _ in self._spans]

    def __call__(self, at: int) -> bool:
        n = bisect_left(self._starts, at + 1) - 1
        return n >= 0 and at < self._spans[n][1]


def sentences_of(
    item: Resolved, words: Words, incidents: Incidents, published: Window | None
) -> list[Sentence]:
    """The sentences of a document, in order."""
    spots: list[list[Spot]] = [[] for _ in words.sentences]
    times: list[list[Time]] = [[] for _ in words.sentences]
    tolls: list[list[Figure]] = [[] for _ in words.sentences]
    said_by = Inside([span for s in item.statements for span in s.source_spans])
    for place, inner in _outermost(item.places):
        if not words.holds(place.start) or not _is_where(place, words, incidents):
            continue
        if place.text.casefold() in incidents.metonyms and said_by(place.start):
            continue  # "the ministry in Oslo": where it sits
        if found := spot(place, told_from=inner):
            spots[words.sentence_at(place.start)].append(found)
    for time in item.times:
        if words.holds(time.start):
            times[words.sentence_at(time.start)].append(time)
    for figure in item.figures:
        if figure.effect in _TOLLS:
            tolls[words.sentence_at(figure.start)].append(figure)
    return [
        Sentence(
            span=span,
            kinds=tuple(incidents.words.found(run := words.between(*span))),
            spots=tuple(spots[n]),
            days=_days(times[n], words, incidents, published),
            cues=frozenset(incidents.cues.found(run)),
            tolls=tuple(tolls[n]),
        )
        for n, span in enumerate(words.sentences)
    ]


def _outermost(places: Sequence[Place]) -> Iterator[tuple[Place, Place | None]]:
    """The places that stand in no other, each with the one inside it: "30 km north of Oslo" is
    where something was, and Oslo is not.
    """
    ordered = sorted(
        (place for place in places if place.role == "literal"), key=lambda p: (p.start, -p.end)
    )
    outer: list[tuple[Place, Place | None]] = []
    for place in ordered:
        if outer and place.end <= outer[-1][0].end:
            outer[-1] = (outer[-1][0], outer[-1][1] or place)
        else:
            outer.append((place, None))
    yield from outer


def _is_where(place: Place, words: Words, incidents: Incidents) -> bool:
    """Whether a place name says where something was: no dateline, and no capital that stands for
    its government ("Damascus denied").
    """
    if any(word.isupper() and len(word) > LONGEST_ACRONYM for word in place.text.split()):
        return False
    if place.text.casefold() not in incidents.metonyms:
        return True
    at = words.number(place.start)
    return any(word in incidents.locative for word in words.words[max(0, at - 2) : at])


def _days(
    times: Sequence[Time], words: Words, incidents: Incidents, published: Window | None
) -> Window | None:
    """The days on which a sentence puts what it tells; days of saying do not count."""
    found = []
    for time in times:
        days = window(time.earliest, time.latest)
        if time.type not in ("DATE", "TIME") or days is None or days.length > LONGEST_DAYS:
            continue
        if published and days.first > published.last:
            continue
        if not _is_saying(time, words, incidents):
            found.append(days)
    return found[0] if found else None


def _is_saying(time: Time, words: Words, incidents: Incidents) -> bool:
    """Whether the words right before a day are of somebody's saying ("said on Sunday")."""
    at = bisect_left(words.starts, time.start)
    return any(word in incidents.sayings for word in words.words[max(0, at - _NEAR_CUE) : at])
