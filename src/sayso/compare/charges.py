"""Charges: who, by a telling's voices, did it, took it on themselves or denied it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import Literal

import msgspec

from sayso.compare.ground import Spot, nearness, spot
from sayso.compare.incidents import Incidents
from sayso.compare.tellings import Telling
from sayso.compare.voices import Voice, Voices
from sayso.compare.wording import Words
from sayso.ids import Span
from sayso.schema import Event, Evidence, Resolved

Stance = Literal["blames", "claims", "denies", "means"]
_NO_DEED = frozenset({"fighting", "movement", "aid", "truce", "talks"})
"""Groups of kinds that have no one agent to answer for them."""

_ATTACKS = frozenset({"ASSAULT", "FIGHT"})
_LEAD = 5
"""Sentences at a telling's beginning in which an assault is its incident."""

_NEAR = 90
"""Characters between a word of blame and the name of the blamed."""

_AT_ONCE = 8
"""Characters between "in response to" and the name."""

_WHAT_FOR = frozenset({"for", "of", "in", "after", "over"})
_AFTER = frozenset(
    {
        "blamed",
        "blames",
        "blaming",
        "blame",
        "accused",
        "accuses",
        "accusing",
        "condemned",
        "role",
        "involvement",
        "perpetrated",
        "in",
        "carried",
    }
)


class Charge(msgspec.Struct, frozen=True):
    """A voice's word on who did it. `agent` is an actor of the case; for "denies" it is whoever is
    cleared, null where the whole is denied. "means" only says how it was done: `kind`.
    """

    voice: Voice
    stance: Stance
    agent: str | None
    record: str
    document: str
    evidence: tuple[Evidence, ...]
    words: str
    chain: tuple[str, ...] = ()
    kind: str | None = None
    kinds: frozenset[str] = frozenset()
    """The kinds of incident that the words of the charge, or else of its sentence, name."""

    spots: tuple[Spot, ...] = ()
    """The places that its sentences name."""

    clear: bool = False
    """Whether words of blame say so, and not only an event with its agent."""

    first: bool = False
    """Whether it stands in the first sentences of the telling."""


class Standing:
    """Where the actors of one document stand, as actors of the case."""

    def __init__(self, item: Resolved, voices: Voices) -> None:
        self._places = item.places
        self._spans = sorted(
            (start, end, found)
            for actor in item.actors
            for start, end in actor.spans
            if (found := voices.actor(actor.id, actor.name))
        )

    def spots(self, start: int, end: int) -> tuple[Spot, ...]:
        """The places that stand in a span."""
        return tuple(
            dict.fromkeys(
                found
                for place in self._places
                if start <= place.start < end and (found := spot(place)) is not None
            )
        )

    def after(self, start: int, end: int) -> str | None:
        """The first actor that begins in a span."""
        return next((actor for at, _, actor in self._spans if start <= at < end), None)

    def inside(self, start: int, end: int) -> tuple[list[str], list[Span]]:
        """The actors that begin in a span, and where."""
        first = bisect_left(self._spans, (start,))
        last = bisect_left(self._spans, (end,))
        held = self._spans[first:last]
        return [actor for _, _, actor in held], [(a, b) for a, b, _ in held]

    def before(self, start: int, end: int) -> str | None:
        """The last actor that ends in a span."""
        return next((a for _, at, a in reversed(self._spans) if start < at <= end), None)


def one_deed(a: Charge, b: Charge, kinds: Incidents) -> bool:
    """Whether two charges can be for one deed, by the kinds and places that their words name."""
    if not kinds.one_deed(a.kinds, b.kinds):
        return False
    return not (a.spots and b.spots) or any(nearness(x, y) for x in a.spots for y in b.spots)


def charges_of(
    telling: Telling, voices: Voices, standing: Standing, words: Words, kinds: Incidents
) -> list[Charge]:
    """Who, by whose word, did it, took it on themselves, or denied it, in text order."""
    found = [
        *_assaults(telling, voices, standing, words, kinds),
        *_said(telling, voices, standing, words, kinds),
    ]
    found = [c for c in found if c.agent is None or voices.can_act(c.agent)]
    return sorted(set_of(found), key=lambda c: (c.evidence[0].start, c.stance, c.record))


def set_of(charges: Iterable[Charge]) -> list[Charge]:
    """One charge for each voice, stance and agent: the first."""
    kept: dict[tuple[str, str, str | None], Charge] = {}
    for charge in charges:
        kept.setdefault((charge.voice.key, charge.stance, charge.agent), charge)
    return list(kept.values())


def _assaults(
    telling: Telling, voices: Voices, standing: Standing, words: Words, kinds: Incidents
) -> Iterator[Charge]:
    last = telling.spans[min(len(telling.spans), _LEAD) - 1][1]
    second = telling.spans[min(len(telling.spans), 2) - 1][1]
    for event in telling.events:
        if event.type not in _ATTACKS or event.status != "asserted" or event.start >= last:
            continue
        # "Warplanes" that belong to nobody are no one to blame.
        agent = voices.actor(event.agent_actor, event.agent or "") if event.agent_actor else None
        kind = _kind_at(event, words, kinds)
        voice = voices.of(event)
        if agent in voice.keys or kind is None or kinds.group(kind) in _NO_DEED:
            continue
        if agent or kind in kinds.means:
            yield Charge(
                voice,
                "blames" if agent else "means",
                agent,
                event.id,
                event.document,
                event.evidence,
                event.agent or "",
                kind=kind,
                kinds=frozenset({kind}),
                spots=standing.spots(*words.sentences[words.sentence_at(event.start)]),
                first=event.start < second,
            )


def _kind_at(event: Event, words: Words, kinds: Incidents) -> str | None:
    start, end = words.sentences[words.sentence_at(event.start)]
    named = kinds.words.found(words.between(max(start, event.start - 30), min(end, event.end + 30)))
    return max(named, key=kinds.rank, default=None)


def _said(
    telling: Telling, voices: Voices, standing: Standing, words: Words, kinds: Incidents
) -> Iterator[Charge]:
    for statement in telling.statements:
        voice = voices.of(statement)
        start = min(a for a, _ in (*statement.cue_spans, *statement.content_spans))
        end = max(b for _, b in (*statement.cue_spans, *statement.content_spans))
        phrases = list(_phrases(words, start, end, kinds))
        if any(label == "doubts" for _, _, label in phrases):
            continue
        for at, stop, label in phrases:
            first, final = words.starts[at], words.ends[stop - 1]
            in_cue = _holds(statement.cue_spans, first)
            if not in_cue and any(_holds(s.cue_spans, first) for s in telling.statements):
                continue  # another's cue: theirs to answer for
            agent = None
            if label == "claims":
                if (statement.speaker or "").casefold().startswith("no "):
                    continue
                stance: Stance = "claims"
                agent = voices.actor(statement.speaker_actor, statement.speaker)
                if not in_cue:
                    agent = standing.before(max(start, first - _NEAR), first)
            elif label == "denials" or statement.denied:
                if not in_cue and not statement.denied:
                    continue
                agent = standing.after(final, min(end, final + _NEAR))
                stance = "denies"
            else:
                word = words.words[at]
                stance = "blames"
                if word in _AFTER:
                    near = _AT_ONCE if word == "in" else _NEAR
                    agent = standing.after(final, _reach(words, stop, min(end, final + near)))
                else:
                    agent = standing.before(max(start, first - _NEAR), first)
            if stance == "blames" and (agent is None or agent in voice.keys):
                continue
            yield Charge(
                voice,
                stance,
                agent,
                statement.id,
                statement.document,
                statement.evidence,
                statement.content,
                statement.chain,
                max(telling.kinds, key=kinds.rank, default=None),
                _named(words, start, end, kinds),
                standing.spots(start, end),
                clear=True,
            )


def _named(words: Words, start: int, end: int, kinds: Incidents) -> frozenset[str]:
    """The kinds that some words name, or else the sentence around them."""
    found = kinds.words.found(words.between(start, end))
    if not found and words.sentences:
        found = kinds.words.found(words.between(*words.sentences[words.sentence_at(start)]))
    return frozenset(found)


def _reach(words: Words, stop: int, end: int) -> int:
    """Where the words that name the blamed end: at what they are blamed for."""
    for at in range(stop, len(words.words)):
        if words.starts[at] >= end:
            break
        if words.words[at] in _WHAT_FOR:
            return words.starts[at]
    return end


def _holds(spans: Iterable[Span], at: int) -> bool:
    return any(start <= at < end for start, end in spans)


def _phrases(
    words: Words, start: int, end: int, kinds: Incidents
) -> Iterator[tuple[int, int, str]]:
    first, last = words.number(start), words.number(end)
    for at, stop, label in kinds.charges.places(words.words[first:last]):
        yield first + at, first + stop, label
