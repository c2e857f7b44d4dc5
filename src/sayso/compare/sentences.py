"""The sentences of a document, each with its kinds of incident, places, day and tolls."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

import msgspec

from sayso.compare.days import Window, window
from sayso.compare.ground import Spot, spot
from sayso.compare.incidents import Incidents
from sayso.compare.sides import fire_of
from sayso.compare.wording import Words
from sayso.ids import Span
from sayso.schema import Figure, Place, Resolved, Time

LONGEST_DAYS = 3
"""A time expression that can mean more days than this does not date an incident."""

LONGEST_ACRONYM = 3
"""Letters; a longer place name in capitals is a dateline: where a report was written."""

SHORTEST = 2
"""Days of a span that dates an incident as a day does: "the past 24 hours"."""

AT = frozenset({"on", "against", "at", "in", "near", "of", "to"})
POINTING = frozenset({"this", "that"})
SPANS = frozenset({"day", "week", "month", "year", "time", "way", "case"})
"""After "on this" or "in that", what is no place that was just told of."""

OPENING = 2
"""First sentences, which tell of the incident itself whatever they say it came after."""

RANKED = 14
"""Words between "the first" or "the worst" and "since"."""

ARTICLES = frozenset({"a", "an", "the"})
AN_EARLIER = ("an", "earlier")
NEARBY = frozenset({"nearby", "neighboring", "neighbouring", "adjacent"})
SIMILAR = "similar"
PERFECT = frozenset({"has", "have", "had"})
GOING_ON = 4
"""Words of a sentence's beginning among which it says that it goes on with the one before."""

_NEAR_CUE = 3
_TOLLS = frozenset({"killed", "wounded"})


class Sentence(msgspec.Struct, frozen=True):
    """A sentence with what was found in it.

    `exact` says whether `days` is one calendar day and not a night, `begins` whether its words
    begin the sentence. `past` is a longer time at the sentence's beginning or after its tolls ("in
    May"). `quarters` are the keys of unlocated parts of towns, `nearby` of places told by being
    near, `fire` the sides that fire. Among the cues "sum" says that the tolls add up days or weeks,
    "sequel" that all of them stand after words like "came after", "going on" that the sentence
    begins by going on with the one before.
    """

    span: Span
    kinds: tuple[str, ...]
    spots: tuple[Spot, ...]
    quarters: frozenset[str]
    nearby: frozenset[str]
    days: Window | None
    exact: bool
    begins: bool
    past: Window | None
    cues: frozenset[str]
    fire: frozenset[str]
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
    spots: list[list[tuple[int, Spot]]] = [[] for _ in words.sentences]
    quarters: list[set[str]] = [set() for _ in words.sentences]
    nearby: list[set[str]] = [set() for _ in words.sentences]
    times: list[list[Time]] = [[] for _ in words.sentences]
    tolls: list[list[Figure]] = [[] for _ in words.sentences]
    said_by = Inside([span for s in item.statements for span in s.source_spans])
    for place, inner in _outermost(item.places):
        if not words.holds(place.start) or not _is_where(place, words, incidents):
            continue
        if place.text.casefold() in incidents.metonyms and said_by(place.start):
            continue  # "the ministry in Oslo": where it sits
        if found := spot(place, told_from=inner):
            n = words.sentence_at(place.start)
            spots[n].append((words.number(place.start), found))
            if found.lat is None and _is_quarter(place, words, incidents):
                quarters[n].add(found.key)
            if _is_nearby(place, words):
                nearby[n].add(found.key)
    for time in item.times:
        if words.holds(time.start):
            times[words.sentence_at(time.start)].append(time)
    for figure in item.figures:
        if figure.effect in _TOLLS:
            tolls[words.sentence_at(figure.start)].append(figure)
    return [
        _sentence(
            span,
            words,
            incidents,
            published,
            spots=spots[n],
            quarters=quarters[n],
            nearby=nearby[n],
            times=times[n],
            tolls=tolls[n],
            opens=n < OPENING,
        )
        for n, span in enumerate(words.sentences)
    ]


def _sentence(
    span: Span,
    words: Words,
    incidents: Incidents,
    published: Window | None,
    *,
    spots: Sequence[tuple[int, Spot]],
    quarters: set[str],
    nearby: set[str],
    times: Sequence[Time],
    tolls: Sequence[Figure],
    opens: bool,
) -> Sentence:
    run, first = words.between(*span), words.number(span[0])
    cues = set(incidents.cues.found(run))
    if _points_back(run):
        cues.discard("elsewhere")
    if "cumulative" in cues and "cumulative" not in incidents.cues.found(_unranked(run, incidents)):
        cues.discard("cumulative")
    turn = _turn(run, incidents)
    later = [f for f in tolls if words.number(f.start) > first + turn]
    if later and len(later) == len(tolls) and not opens:
        cues.add("sequel")
        times = [t for t in times if words.number(t.start) > first + turn] or times
    elif later:
        tolls = [f for f in tolls if f not in later]
    if _is_earlier(run, incidents):
        cues.add("earlier")
    if incidents.going_on.found(run[:GOING_ON]):
        cues.add("going on")
    if tolls and _is_sum(times, tolls, run, first, words, published):
        cues.add("sum")
    dating = _dating(times, words, incidents, published)
    days = _window(dating)
    return Sentence(
        span=span,
        kinds=tuple(incidents.words.found(run if "sequel" in cues else run[:turn])),
        spots=tuple(
            found for at, found in spots if first == 0 or "sequel" in cues or at < first + turn
        ),
        quarters=frozenset(quarters),
        nearby=frozenset(nearby),
        days=days,
        exact=bool(dating and days and dating.type == "DATE" and days.length == 1),
        begins=dating is not None and words.number(dating.start) - first < _NEAR_CUE,
        past=_past(times, tolls, first, words, incidents) if tolls else None,
        cues=frozenset(cues),
        fire=fire_of(run, incidents),
        tolls=tuple(tolls),
    )


def _is_earlier(run: Sequence[str], incidents: Incidents) -> bool:
    """Whether words tell of "an earlier Russian strike" or of "similar attacks"."""
    return any(
        (word == SIMILAR or run[n - 1 : n + 1] == AN_EARLIER)
        and incidents.words.found(run[n + 1 : n + 1 + _NEAR_CUE])
        for n, word in enumerate(run)
    )


def _points_back(run: Sequence[str]) -> bool:
    """Whether words point to what was just told of: "another attack on this stronghold"."""
    return any(
        b in POINTING and a in AT and c not in SPANS
        for a, b, c in zip(run, run[1:], run[2:], strict=False)
    )


def _unranked(run: Sequence[str], incidents: Incidents) -> Sequence[str]:
    """Words without the time of which an incident is the worst: "since the war began"."""
    since = run.index("since") if "since" in run else len(run)
    ranked = any(word in incidents.ranking for word in run[max(0, since - RANKED) : since])
    return run[:since] if ranked else run


def _turn(run: Sequence[str], incidents: Incidents) -> int:
    """The number of the word from which a sentence tells of what came before ("came after") or
    meanwhile ("came as"), after some words of its own; how many words it has, where nowhere.
    """
    found = incidents.fires.places(run)
    return next((at for at, _, label in found if label == "sequel" and at), len(run))


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
    """Whether a place name says where something was: no dateline, no group's abbreviation ("IS
    town"), no capital for its government ("Damascus denied").
    """
    if place.lat is None and place.text in incidents.acronyms:
        return False
    if any(word.isupper() and len(word) > LONGEST_ACRONYM for word in place.text.split()):
        return False
    if place.text.casefold() not in incidents.metonyms:
        return True
    at = words.number(place.start)
    return any(word in incidents.locative for word in words.words[max(0, at - 2) : at])


def _is_nearby(place: Place, words: Words) -> bool:
    """Whether words tell of "the nearby town of" a place: not of the one told of before."""
    at = words.number(place.start)
    return any(word in NEARBY for word in words.words[max(0, at - _NEAR_CUE) : at])


def _is_quarter(place: Place, words: Words, incidents: Incidents) -> bool:
    """Whether the word before a place ("of" left out) or after it is "district" or its like."""
    at = words.number(place.start)
    before = [word for word in words.words[max(0, at - _NEAR_CUE) : at] if word != "of"]
    after = words.between(place.end, place.end + 20)
    return any(word in incidents.quarters for word in (*before[-2:], *after[:1]))


def _dating(
    times: Sequence[Time], words: Words, incidents: Incidents, published: Window | None
) -> Time | None:
    """The time that says on which days a sentence puts what it tells; days of saying do not."""
    for time in times:
        days = _window(time)
        if days is None or days.length > (SHORTEST if time.type == "DURATION" else LONGEST_DAYS):
            continue
        if time.type not in ("DATE", "TIME", "DURATION"):
            continue
        if published and days.first > published.last:
            continue
        if not _is_saying(time, words, incidents):
            return time
    return None


def _window(time: Time | None) -> Window | None:
    return window(time.earliest, time.latest) if time else None


def _past(
    times: Sequence[Time],
    tolls: Sequence[Figure],
    first: int,
    words: Words,
    incidents: Incidents,
) -> Window | None:
    """The month, season or year in which the tolls of a sentence were: it begins the sentence,
    stands after them, or right before a deed ("a mid-May raid").
    """
    for time in times:
        days = _window(time)
        if time.type != "DATE" or days is None or days.length <= LONGEST_DAYS:
            continue
        begins = words.number(time.start) - first < _NEAR_CUE
        at, n = words.number(time.start), words.number(time.end)
        noun = at > 0 and words.words[at - 1] in ARTICLES
        deed = noun and incidents.words.found(words.words[n : n + _NEAR_CUE])
        if begins or deed or time.start > max(f.start for f in tolls):
            return days
    return None


def _is_sum(
    times: Sequence[Time],
    tolls: Sequence[Figure],
    run: Sequence[str],
    first: int,
    words: Words,
    published: Window | None,
) -> bool:
    """Whether the tolls of a sentence add up days or weeks: "in the last two weeks", "have been
    killed since an offensive began".
    """
    if any(
        time.type == "DURATION" and (days := _window(time)) and days.length > LONGEST_DAYS
        for time in times
    ):
        return True
    since = run.index("since") if "since" in run else len(run)
    perfect = any(word in PERFECT for word in run[:since])
    if (
        since == len(run)
        or not perfect
        or any(words.number(f.start) > first + since for f in tolls)
    ):
        return False
    soon = published.last - LONGEST_DAYS if published else 0
    return not any(
        0 < words.number(t.start) - first - since <= _NEAR_CUE and days.first >= soon
        for t in times
        if (days := _window(t))
    )


def _is_saying(time: Time, words: Words, incidents: Incidents) -> bool:
    """Whether the words right before a day are of somebody's saying ("said on Sunday"), or the word
    after it is of a claim ("on Sunday claimed").
    """
    at = bisect_left(words.starts, time.start)
    after = words.words[(end := bisect_left(words.starts, time.end)) : end + 1]
    return any(word in incidents.said_that_day for word in after) or any(
        word in incidents.sayings for word in words.words[max(0, at - _NEAR_CUE) : at]
    )
