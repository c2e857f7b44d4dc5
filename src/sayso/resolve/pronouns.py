"""Whom "it said" and "he added" go on with: whoever was cited last, of bodies or of people."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from sayso.resolve.speakers import NOBODY, Speaker

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sayso.ids import Span
    from sayso.knowledge.speaking import Speaking
    from sayso.schema import AttributionSpan, LocalActor

REACH = 600
"""Code points back in which whom the mentions make a pronoun was cited, if they ever were."""

SENTENCES = 2
"""Sentences back in which a group is named of whose deed "the claim" is told."""

OPENING = 12
"""Code points from a sentence's start to the name that opens it."""

_IMPERSONAL = re.compile(r"(?:was|is|has\s+been|had\s+been|been)\s+\w+ed\b")
_CLAIM = re.compile(r"(?:the|its|their)\s+claim\b")
_BODILY = frozenset({"it"})
_GROUPS = frozenset({"the group", "the organisation", "the organization"})
_COUNTING = re.compile(r"\b(?:report|document|record|count|tall|register|verif)(?:ed|ied|s|ing)\b")
_PRONOUNS = _BODILY | {"he", "she"}
_OPEN = _PRONOUNS | {"they", "who", "which", "that", "this", "some"}
_SUBORDINATE = re.compile(
    r"\b(?:which|as|since|what|that|because|while|after|when|where|though|although|and)\s+$"
)


def taken_up(
    text: str,
    spans: Sequence[AttributionSpan],
    speakers: Sequence[Speaker],
    sentences: Sequence[Span],
    actors: Iterable[LocalActor],
    *,
    who: Speaking,
    documents: frozenset[str],
) -> list[Speaker]:
    """The speakers, with a pronoun put down to who was cited last in its sentence or the one
    before, where mentions left it open or made it somebody who said nothing nearby.

    "It" is a body, "he" and "she" a person. Inside a clause ("… an attack which it estimates")
    only the clause's own sentence is looked at.
    """
    known = {actor.id: actor for actor in actors}
    starts = [a for a, _ in sentences]
    order = sorted((span.cues[0][0], k) for k, span in enumerate(spans) if span.cues)
    found = list(speakers)
    for place, (at, k) in enumerate(order):
        sources = spans[k].sources
        words = text[slice(*sources[0])].lower() if sources else ""
        if words in _GROUPS and _COUNTING.search(text[slice(*spans[k].cues[0])]):
            words = "it"  # who counts the dead was cited before, whatever group was told of since
        if words not in _PRONOUNS:
            continue
        here = bisect_right(starts, at)
        inside = _SUBORDINATE.search(text, max(0, sources[0][0] - 12), sources[0][0])
        first = here if inside else here - 1
        texts = documents if found[k].voice == "named" else frozenset()
        before = [
            (b, found[j])
            for b, j in order[:place]
            if j != k and _can_be(found[j], words in _BODILY, known, who, texts)
        ]
        near = [speaker for b, speaker in before if bisect_right(starts, b) >= first]
        cited = any(
            s.name == found[k].name
            for b, s in before
            if at - b <= REACH and (not inside or bisect_right(starts, b) == here)
        )
        if words in _BODILY and _IMPERSONAL.match(text, *spans[k].cues[0]):
            found[k] = Speaker(name=NOBODY, actor=None, voice="unnamed")
            continue
        if inside or (found[k].voice == "named" and words not in _BODILY):
            near = [speaker for speaker in near if speaker.voice == "named"]
        if near and not cited:
            found[k] = near[-1]
    return found


def claimants(
    text: str,
    spans: Sequence[AttributionSpan],
    speakers: Sequence[Speaker],
    sentences: Sequence[Span],
    actors: Iterable[LocalActor],
) -> list[Speaker]:
    """The speakers, with "the claim" put down to the armed group that opens the sentence before, or
    the one before that, where nobody else is cited for having claimed.
    """
    starts = [a for a, _ in sentences]
    fighters = [
        (a, actor) for actor in actors if actor.kind == "armed group" for a, _ in actor.spans
    ]
    found = list(speakers)
    for k, span in enumerate(spans):
        words = text[slice(*span.sources[0])].lower() if span.sources else ""
        if not _CLAIM.match(words):
            continue
        here = bisect_right(starts, span.sources[0][0]) - 1
        for number in range(max(0, here - 1), max(-1, here - 1 - SENTENCES), -1):
            opening = [actor for a, actor in fighters if 0 <= a - starts[number] <= OPENING]
            if opening:
                found[k] = Speaker(name=opening[0].name, actor=opening[0].id, voice="named")
                break
    return found


def _can_be(
    speaker: Speaker,
    bodily: bool,
    known: dict[str, LocalActor],
    who: Speaking,
    documents: frozenset[str],
) -> bool:
    """Whether a speaker can be "it", or else "he": one of them, and none of some texts."""
    name = speaker.name or ""
    if not name or name == NOBODY or name.lower() in _OPEN or speaker.voice == "outlet":
        return False
    actor = known.get(speaker.actor or "")
    if actor is not None:
        return (actor.kind != "person") == bodily
    head = who.head(name)
    last = head[-1].casefold() if head else ""
    if speaker.voice == "named":
        return (last in who.bodies) == bodily
    several = last.endswith("s") and last[:-1] in who.people | who.bodies
    if several or last in documents or not who.can(name):
        return False
    return (last not in who.people) == bodily
