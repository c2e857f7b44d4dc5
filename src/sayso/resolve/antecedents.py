"""Speakers whose name stands elsewhere: who issued a report, holds an office, who "we" are."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from sayso.knowledge.speaking import speaking
from sayso.resolve.described import described
from sayso.resolve.pronouns import claimants, taken_up
from sayso.resolve.ranges import Ranges
from sayso.resolve.speakers import (
    NOBODY,
    OUTLET_VOICE,
    Actors,
    Speaker,
    heads,
    is_name,
    resolve_speaker,
)

if TYPE_CHECKING:
    from sayso.ids import Span
    from sayso.knowledge import Knowledge
    from sayso.schema import Annotations, AttributionSpan, Document, LocalActor

FARTHEST_ISSUER = 2000
"""Code points between "the statement" and the sentence that says whose it is."""

FARTHEST_NAME = 600
"""Code points between an office and the name of who holds it."""

SHORT_OFFICE = 2
"""Words of an office that whoever is called by its last word alone may hold."""

NEXT_SENTENCES = 2
"""Sentences between what was said and "the claim" that takes it up, at most."""

_OWN = frozenset(["we", "i", "our", "my", "us", "me"])
_MONITORS = frozenset(["monitor", "observatory", "watchdog", "ngo"])
_OF = re.compile(r"\s(?:of|for|in|at|to)\s")
_TAKEN_UP = frozenset(["claim", "assertion", "accusation", "announcement"])


def resolve_speakers(
    document: Document,
    annotations: Annotations,
    actors: tuple[LocalActor, ...],
    found: Actors,
    *,
    knowledge: Knowledge,
) -> list[Speaker]:
    """The speaker of every attribution, in the order of the attributions."""
    cues = knowledge.lexicon("cues")
    documents = frozenset(cues.get("documents", ()))
    general = frozenset(cues.get("headline_sources", ()))
    text, spans = document.text, annotations.attributions
    speakers = [
        resolve_speaker(document, a.sources, found, documents=documents, general=general)
        for a in spans
    ]
    sources, at = [a.sources for a in spans], [a.cues for a in spans]
    speakers = described(document, annotations, speakers, found, knowledge=knowledge)
    speakers = _monitors(speakers, actors, knowledge=knowledge)
    speakers = _office_holders(
        speakers, actors, posts=frozenset(knowledge.lexicon("voices")["posts"])
    )
    speakers = issuers(text, sources, at, speakers, annotations.sentences, documents=documents)
    speakers = introduced(
        text,
        sources,
        speakers,
        {actor.id: actor for actor in actors},
        offices=frozenset(cues.get("offices", ())),
    )
    speakers = claimants(text, spans, speakers, annotations.sentences, actors)
    speakers = taken_up(
        text,
        spans,
        speakers,
        annotations.sentences,
        actors,
        who=speaking(knowledge),
        documents=documents,
    )
    return _quoted_selves(text, spans, speakers)


def _monitors(
    speakers: Sequence[Speaker], actors: Iterable[LocalActor], *, knowledge: Knowledge
) -> list[Speaker]:
    """The speakers, with a bare "monitor" (as headlines have it) put down to the monitor that the
    document names first.
    """
    roles = knowledge.lexicon("roles")
    before = set(roles["modifiers"]["monitor"])
    monitors = [actor for actor in actors if actor.kind == "monitor"]
    # "… on Dorrun Monitor": a headline's word with the town before it names nobody.
    monitors.sort(key=lambda actor: not actor.key and actor.name.split()[-1].lower() in _MONITORS)
    named = next(iter(monitors), None)
    if named is None:
        return list(speakers)

    def is_monitor(name: str) -> bool:
        *front, last = name.lower().split() or [""]
        if not front:
            return last in _MONITORS
        return last == "group" and before.issuperset(front)

    return [
        Speaker(name=named.name, actor=named.id, voice="named")
        if s.voice == "unnamed" and is_monitor(s.name or "")
        else s
        for s in speakers
    ]


def _office_holders(
    speakers: Sequence[Speaker], actors: Iterable[LocalActor], *, posts: frozenset[str]
) -> list[Speaker]:
    """The speakers, with "Dorrun governor" put down to the one person whose role has the words, and
    "the provincial governor" to the only person whom the report calls governor.
    """
    roles = [
        (actor, frozenset(role.lower().split()), _OF.split(role.lower())[0].split()[-1:])
        for actor in actors
        if actor.kind == "person"
        for role in actor.roles
        if role.strip()
    ]
    found = []
    for speaker in speakers:
        words = (speaker.name or "").lower().split() if speaker.voice == "unnamed" else []
        holders = {
            actor.id: actor
            for actor, role, last in roles
            if words[-1:] == last
            and (
                (len(words) > 1 and role.issuperset(words))
                or (role == {*last} and set(last) <= posts and len(words) <= SHORT_OFFICE)
            )
        }
        one = next(iter(holders.values())) if len(holders) == 1 else None
        found.append(Speaker(name=one.name, actor=one.id, voice="named") if one else speaker)
    return found


def _quoted_selves(
    text: str, spans: Sequence[AttributionSpan], speakers: Sequence[Speaker]
) -> list[Speaker]:
    """The speakers, with the "I" and "we" of quoted words put down to whoever is quoted."""
    contents = Ranges((a, b, k) for k, span in enumerate(spans) for a, b in span.contents)
    found = list(speakers)
    for k, span in enumerate(spans):
        own = span.sources and text[slice(*span.sources[0])].lower() in _OWN
        if not own or text[slice(*span.sources[0])] == "US":
            continue
        holding = sorted(contents.holding(*span.sources[0]), key=lambda row: row[1] - row[0])
        outer = (
            speakers[j]
            for _, _, j in holding
            if j != k and speakers[j] != OUTLET_VOICE and speakers[j].name != NOBODY
        )
        found[k] = next(outer, speakers[k])
    return found


def issuers(
    text: str,
    sources: Sequence[tuple[Span, ...]],
    cues: Sequence[tuple[Span, ...]],
    speakers: Sequence[Speaker],
    sentences: Sequence[Span],
    *,
    documents: frozenset[str],
) -> list[Speaker]:
    """The speakers, with "the statement" or "the report" put down to whoever issued it before.

    That is the speaker of the nearest earlier attribution in whose source, or else in whose
    sentence, the same noun stands.
    """
    starts = [start for start, _ in sentences]
    order = sorted((spans[0][0], k) for k, spans in enumerate(cues) if spans)
    found = list(speakers)
    for place, (at, k) in enumerate(order):
        noun = _head_noun(text, sources[k])
        noun = noun if noun in _TAKEN_UP else (found[k].name or "").lower()
        if found[k].actor or found[k].voice != "unnamed" or noun not in documents | _TAKEN_UP:
            continue
        if not sources[k] or not text[sources[k][0][0] :][:4].lower().startswith(("the ", "its ")):
            continue
        near = [(b, j) for b, j in reversed(order[:place]) if at - b <= FARTHEST_ISSUER]
        speaking = [
            (before, j)
            for before, j in near
            if (found[j].name or "").lower() not in documents and found[j].name != NOBODY
        ]
        own = (j for _, j in speaking if any(_holds(text, span, noun) for span in sources[j]))
        around = (
            j
            for before, j in speaking
            if sentences and _holds(text, sentences[max(0, bisect_right(starts, before) - 1)], noun)
        )
        issuer = next(own, None)
        issuer = next(around, None) if issuer is None else issuer
        if issuer is None and noun in _TAKEN_UP:
            # "… said it had shot them. The claim said …": whoever spoke right before.
            here = bisect_right(starts, at)
            issuer = next(
                (j for b, j in speaking if here - bisect_right(starts, b) <= NEXT_SENTENCES), None
            )
        if issuer is not None:
            found[k] = found[issuer]
    return found


def introduced(
    text: str,
    sources: Sequence[tuple[Span, ...]],
    speakers: Sequence[Speaker],
    actors: Mapping[str, LocalActor],
    *,
    offices: frozenset[str],
) -> list[Speaker]:
    """The speakers, with an office ("the deputy head of the council") put down to the person whom
    the very next attribution names for the first time, and names without any office.
    """
    order = sorted((spans[0], k) for k, spans in enumerate(sources) if spans)
    found = list(speakers)
    for (span, k), (later, j) in pairwise(order):
        person = actors.get(found[j].actor or "")
        if found[k].voice != "unnamed" or person is None or person.kind != "person":
            continue
        words = text[slice(*span)]
        head = next(iter(heads(text, *span, documents=frozenset())), span)
        is_office = words.lower().startswith("the ") and text[slice(*head)].lower() in offices
        is_first = min(person.spans)[0] >= later[0] and is_name(text[slice(*later)])
        if is_office and is_first and later[0] - span[1] <= FARTHEST_NAME:
            found[k] = found[j]
    return found


def _head_noun(text: str, sources: tuple[Span, ...]) -> str:
    """The first head of a source's words, lower-cased: "letter" of "the joint letter"."""
    head = next(iter(heads(text, *sources[0], documents=frozenset())), None) if sources else None
    return text[slice(*head)].lower() if head else ""


def _holds(text: str, span: Span, noun: str) -> bool:
    return re.search(rf"\b{re.escape(noun)}\b", text[slice(*span)].lower()) is not None
