"""Chains: the voices that a statement went through on its way to the outlet."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Any

import msgspec

from sayso.resolve.ranges import Ranges

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.ids import Span
    from sayso.resolve.speakers import Actors, Speaker
    from sayso.schema import AttributionSpan

MOST_LINKS = 8
"""No chain of voices in a news text is longer; nesting beyond it is left out."""

_CARRIED = frozenset({"agency", "outlet"})
_NAME_RUN = re.compile(
    r"(?:the\s+)?((?:[A-Z][\w’'.&-]*|al-[A-Z]\w*)(?:\s+(?:[A-Z][\w’'.&-]*|al-[A-Z]\w*|of|for|and))*)"
)


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """A voice in a chain."""

    name: str
    actor: str | None


def outer_of(
    spans: Sequence[AttributionSpan], *, inner_cues: frozenset[str], text: str
) -> list[int | None]:
    """For every attribution the one whose content holds it next, or None.

    Of two with the same content, a `citing` one is the inner, and otherwise the later is the outer
    ("A said, according to a statement by B").
    """
    contents = Ranges((a, b, k) for k, span in enumerate(spans) for a, b in span.contents)
    whole = [sum(b - a for a, b in span.contents) for span in spans]
    outer: list[int | None] = []
    for k, span in enumerate(spans):
        start, end = span.cues[0] if span.cues else span.contents[0]
        candidates = [
            (whole[j], j)
            for _, _, j in contents.holding(start, end)
            if j != k and whole[j] >= whole[k]
        ]
        same = [
            (whole[j], j)
            for _, _, j in contents.holding(*span.contents[0])
            if j != k
            and spans[j].contents == span.contents
            and _rank(spans[j], j, inner_cues, text) > _rank(span, k, inner_cues, text)
        ]
        best = min(same or candidates, default=None)
        outer.append(best[1] if best else None)
    return outer


def _rank(span: AttributionSpan, k: int, inner_cues: frozenset[str], text: str) -> tuple[bool, int]:
    cue = " ".join(text[a:b] for a, b in span.cues).lower()
    return cue.split(" ")[0] not in inner_cues, k


class Carriers:
    """Finds who carried or was told a statement, in the words beside its cue."""

    def __init__(self, cues: dict[str, Any], actors: Actors) -> None:
        self._words = frozenset(cues.get("carrier_words", ()))
        self._phrases = re.compile(
            r"\b(?:" + "|".join(map(re.escape, cues.get("carried", ("told",)))) + r")\s+", re.I
        )
        self._actors = actors

    def links(self, text: str, span: AttributionSpan, sentence: Span) -> list[Link]:
        """Agencies and outlets that were told, or carried, what was said in a sentence."""
        found: list[Link] = []
        for match in self._phrases.finditer(text, *sentence):
            if any(a <= match.start() < b for a, b in span.contents):
                continue
            link = self._carrier(text, match.end(), sentence[1])
            if link and link not in found:
                found.append(link)
        return found

    def _carrier(self, text: str, start: int, end: int) -> Link | None:
        run = _NAME_RUN.match(text, start, end)
        stop = run.end() if run else min(end, start + 60)
        for a, _, actor in self._actors.overlapping(start, max(start + 1, stop)):
            if actor.kind in _CARRIED and a <= start + 40:
                return Link(name=actor.name, actor=actor.id)
        if run and {word.lower() for word in run.group(1).split()} & self._words:
            return Link(name=run.group(1).rstrip(".,"), actor=None)
        return None


def chains(
    text: str,
    spans: Sequence[AttributionSpan],
    speakers: Sequence[Speaker],
    actors: Actors,
    *,
    sentences: Sequence[Span],
    cues: dict[str, Any],
) -> list[tuple[Link, ...]]:
    """The links of every attribution, innermost first, without the outlet."""
    inner_cues = frozenset(cues.get("citing", ()))
    outer = outer_of(spans, inner_cues=inner_cues, text=text)
    carriers = Carriers(cues, actors)
    starts = [a for a, _ in sentences]
    own: list[list[Link]] = []
    for span, speaker in zip(spans, speakers, strict=True):
        links = [Link(name=speaker.name, actor=speaker.actor)] if speaker.name else []
        if span.cues and sentences:
            at = max(0, bisect_right(starts, span.cues[0][0]) - 1)
            links += carriers.links(text, span, sentences[at])
        own.append(links)
    _carry_on(own, spans, outer)
    made: list[tuple[Link, ...]] = []
    for k in range(len(spans)):
        chain: list[Link] = []
        seen: set[int] = set()
        voice: int | None = k
        while voice is not None and voice not in seen and len(seen) < MOST_LINKS:
            seen.add(voice)
            if voice == k or spans[voice].sources:
                chain += [link for link in own[voice] if link not in chain]
            voice = outer[voice]
        made.append(tuple(chain))
    return made


def _carry_on(
    own: list[list[Link]], spans: Sequence[AttributionSpan], outer: Sequence[int | None]
) -> None:
    """Give a voice that goes on ("he added") the carriers that it was introduced with."""
    telling: list[Link] = []
    for k in sorted(range(len(spans)), key=lambda k: (spans[k].sources or spans[k].contents)[0]):
        if outer[k] is not None or not own[k]:
            continue
        if len(own[k]) == 1 and own[k] == telling[:1]:
            own[k] = telling
        telling = own[k]
