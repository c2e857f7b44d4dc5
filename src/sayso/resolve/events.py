"""Events of a document: actors named, places and days looked up, the voice that asserts each."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from typing import Generic, TypeVar

from sayso.ids import Span, record_id
from sayso.resolve.actors import ActorIndex
from sayso.resolve.statements import StatementIndex
from sayso.schema import (
    Annotations,
    Document,
    Event,
    EventSpan,
    Evidence,
    LocalActor,
    Place,
    Publication,
    Statement,
    Time,
    Voice,
)

METHOD = "events.rules/1"

_ARTICLE = re.compile(r"(?:the|an?|its|his|her|their|some|any)\s+", re.IGNORECASE)
_LEAD = re.compile(
    r"\b(since|from|between|until|till|by|before|after)\s+"
    r"(?:the\s+|at\s+least\s+|about\s+|around\s+|early\s+|late\s+|mid-?)*\Z",
    re.IGNORECASE,
)
_THROUGH = re.compile(r"\s*(?:to|until|till|through|and|-|–)\s*(?:the\s+|on\s+)?", re.IGNORECASE)
LEAD_MOST, RANGE_MOST = 30, 60
SPOT_KM = 25.0
"""The widest radius of a town; what is wider can be a country, which acts."""
_PRONOUNS = frozenset([
    "it", "he", "she", "they", "them", "him", "her", "we", "us", "i", "you", "who", "which",
    "that", "this", "themselves", "itself", "himself", "herself", "those", "these", "one", "me",
])  # fmt: skip


_REGIME = re.compile(r"(?:['’]s?|s)?\s+(?:\w+\s+)?(regime|government)\b", re.IGNORECASE)
"""After a name: "Norway's regime", "Norwegian government"."""

_OF_REGIME = re.compile(r"(?:the\s+)?(regime|government)\b", re.IGNORECASE)
"""The beginning of words for a state's forces that leave the state out: "regime forces"."""

_Record = TypeVar("_Record", Place, Time)


class Overlaps(Generic[_Record]):
    """Records by where they stand: finds the one that shares most with a span."""

    def __init__(self, records: Iterable[_Record]) -> None:
        self._records: list[_Record] = sorted(records, key=lambda record: record.start)
        self._starts: list[int] = [record.start for record in self._records]
        self._longest: int = max((r.end - r.start for r in self._records), default=0)

    def within(self, start: int, end: int) -> list[_Record]:
        """The records that share characters with the range, in text order."""
        low = bisect_left(self._starts, start - self._longest)
        high = bisect_left(self._starts, end)
        return [record for record in self._records[low:high] if record.end > start]

    def best(self, span: Span | None) -> _Record | None:
        """The record that shares the most characters with a span, the first of equals."""
        if span is None:
            return None
        start, end = span
        return max(
            self.within(start, end),
            key=lambda record: min(record.end, end) - max(record.start, start),
            default=None,
        )


def resolve_events(
    document: Document,
    annotations: Annotations,
    actors: tuple[LocalActor, ...],
    statements: tuple[Statement, ...],
    places: tuple[Place, ...],
    times: tuple[Time, ...],
    publication: Publication,
) -> tuple[Event, ...]:
    """The events of a document in text order.

    Days are those of the time expression in the event's clause, with what leads it: "since May"
    runs from May to publication, "until" and "by" end with it, "from A to B" spans both. Where the
    clause has none they are null, and are not taken from the publication day. A name that no actor
    of the document bears stays as its own words without the article; a pronoun that nobody is found
    for is null.
    """
    who = ActorIndex(actors)
    held = StatementIndex(statements)
    where = Overlaps(places)
    when = Overlaps(times)
    states = _states(document.text, actors)
    return tuple(
        _event(document, span, who, held, where, when, publication, states)
        for span in annotations.events
    )


def _states(text: str, actors: tuple[LocalActor, ...]) -> dict[str, LocalActor]:
    """The state that "regime" and "government" mean in a document: the one that it calls so by its
    name or by its leader's ("the Brandt regime"). Where it calls several governments, the one that
    it calls a regime too.
    """
    states = {actor.name: actor for actor in actors if actor.kind == "state"}
    called: dict[str, dict[str, LocalActor]] = {"regime": {}, "government": {}}
    for actor in actors:
        bodies = (actor.name,) if actor.kind == "state" else actor.affiliations
        state = next((states[name] for name in bodies if name in states), None)
        if state is None or actor.kind not in ("state", "person"):
            continue
        for start, end in actor.spans:
            inside = text[start:end].lower().split()
            after = _REGIME.match(text, end)
            word = inside[-1] if inside and inside[-1] in called else None
            word = word or (after.group(1).lower() if after else None)
            if word:
                called[word][state.id] = state
    found = {word: next(iter(of.values())) for word, of in called.items() if len(of) == 1}
    if "regime" in found and (
        found["regime"].id in called["government"] or not called["government"]
    ):
        found["government"] = found["regime"]
    if "government" in found and not called["regime"]:
        found["regime"] = found["government"]
    return found


def _event(
    document: Document,
    span: EventSpan,
    who: ActorIndex,
    held: StatementIndex,
    where: Overlaps[Place],
    when: Overlaps[Time],
    publication: Publication,
    states: dict[str, LocalActor],
) -> Event:
    statement = held.innermost(span.start, span.end)
    place = where.best(span.place)
    time = when.best(span.time)
    agents = [
        _named(document.text, words, who, where, states)
        for words in span.agents
        if not _is_spot(words, who, where) and not _only_leads(document.text, words)
    ]
    targets = [_named(document.text, words, who, where, states) for words in span.targets]
    earliest, latest = _days(document.text, time, when, publication)
    claimant = None
    if statement is None and span.claimed_by:
        claimant = _named(document.text, span.claimed_by, who, where, states)
    parts = [(span.start, span.end), *span.agents, *span.targets]
    return Event(
        id=record_id(document.source, document.text_sha256, "event", ((span.start, span.end),)),
        evidence=tuple(
            Evidence(document=document.source, start=a, end=b) for a, b in dict.fromkeys(parts)
        ),
        method=METHOD,
        document=document.source,
        type=span.type,
        status=span.status,
        agent=_joined(agents),
        agent_actor=_only(agents),
        target=_joined(targets),
        target_actor=_only(targets),
        place=place.name if place else None,
        lat=place.lat if place else None,
        lon=place.lon if place else None,
        radius_km=place.radius_km if place else None,
        earliest=earliest,
        latest=latest,
        speaker=statement.speaker if statement else claimant[0] if claimant else None,
        speaker_actor=statement.speaker_actor if statement else claimant[1] if claimant else None,
        voice=statement.voice if statement else _voice(claimant),
        statement=statement.id if statement else None,
        instrument=_words(document.text, span.instrument) if span.instrument else None,
        start=span.start,
        end=span.end,
    )


def _voice(claimant: tuple[str | None, str | None] | None) -> Voice:
    """Whose word an event outside all statements stands on: who claims it, else the outlet's."""
    if claimant is None or claimant[0] is None:
        return "outlet"
    return "named" if claimant[1] else "unnamed"


def _only_leads(text: str, span: Span) -> bool:
    """Whether an agent is only who leads it: "the Sund-led alliance" is more than Sund."""
    return text.startswith("-led", span[1]) or text[slice(*span)].lower().endswith("-led")


def _is_spot(span: Span, who: ActorIndex, where: Overlaps[Place]) -> bool:
    """Whether an agent is a town and no actor: a dateline that the parse took for a subject."""
    return who.at(*span) is None and any(
        place.role == "literal"
        and place.radius_km is not None
        and place.radius_km <= SPOT_KM
        and (place.start, place.end) == span
        for place in where.within(*span)
    )


def _days(
    text: str, time: Time | None, when: Overlaps[Time], publication: Publication
) -> tuple[str | None, str | None]:
    """The first and last day that an event's time expression leaves open."""
    if time is None:
        return None, None
    lead = _LEAD.search(text, max(0, time.start - LEAD_MOST), time.start)
    word = lead.group(1).lower() if lead else ""
    others = when.within(max(0, time.start - RANGE_MOST), time.end + RANGE_MOST)
    dated = [other for other in others if other.type in ("DATE", "TIME")]
    place = next((k for k, other in enumerate(dated) if other.id == time.id), None)
    if place is None:
        return time.earliest, time.latest
    if word in ("from", "between", "since") and place + 1 < len(dated):
        after = dated[place + 1]
        if _THROUGH.fullmatch(text, time.end, after.start):
            return time.earliest, after.latest
    if place:
        before = dated[place - 1]
        opened = _LEAD.search(text, max(0, before.start - LEAD_MOST), before.start)
        is_range = opened is not None and opened.group(1).lower() in ("from", "between", "since")
        if is_range and _THROUGH.fullmatch(text, before.end, time.start):
            return before.earliest, time.latest
    if word == "since":
        last = publication.latest
        later = last if last and (not time.latest or last >= time.latest) else time.latest
        return time.earliest, later if last else None
    if word in ("until", "till", "by", "before"):
        return None, time.latest
    return (time.earliest, None) if word == "after" else (time.earliest, time.latest)


def _words(text: str, span: Span) -> str:
    return " ".join(text[span[0] : span[1]].split())


def _named(
    text: str,
    span: Span,
    who: ActorIndex,
    where: Overlaps[Place],
    states: dict[str, LocalActor],
) -> tuple[str | None, str | None]:
    """The name and the local actor's id behind an argument; "Russian" alone is its country, "regime
    forces" the state whose regime the document names.
    """
    actor = who.at(*span)
    words = _words(text, span)
    if actor is not None:
        return actor.name, actor.id
    regime = _OF_REGIME.match(words)
    if regime is not None and (state := states.get(regime.group(1).lower())) is not None:
        return state.name, state.id
    for place in where.within(*span):
        if place.role == "demonym" and (place.start, place.end) == span:
            return place.name, None
    plain = _ARTICLE.sub("", words, count=1) if _ARTICLE.match(words) else words
    return (None if plain.lower() in _PRONOUNS else plain), None


def _joined(parties: list[tuple[str | None, str | None]]) -> str | None:
    """Several agents of one event, as the contract has them: one string, joined by "; "."""
    names = list(dict.fromkeys(name for name, _ in parties if name))
    return "; ".join(names) or None


def _only(parties: list[tuple[str | None, str | None]]) -> str | None:
    """The local actor, where it is one; several stand in `agent` by name."""
    ids = list(dict.fromkeys(actor for _, actor in parties if actor))
    return ids[0] if len(ids) == 1 and len(parties) == 1 else None
