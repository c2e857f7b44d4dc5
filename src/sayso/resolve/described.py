"""Sources described and then named without a comma: "the head of the clinic Ana Brandt"."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from sayso.knowledge.place_keys import place_key
from sayso.knowledge.speaking import Speaking, speaking
from sayso.resolve.speakers import NOBODY, Speaker, heads, without_article

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.knowledge import Knowledge
    from sayso.knowledge.gazetteer import Gazetteer
    from sayso.resolve.speakers import Actors
    from sayso.schema import Annotations, Document, LocalActor

COUNTING = frozenset({"monitor", "rescue service", "agency", "outlet", "body"})
"""Kinds of bodies that are cited even behind those who speak with them."""

FEWEST_WORDS = 3
"""Words of the shortest source that describes and names."""

_LINK = re.compile(
    r"\b(?:of|for|in|at|from|with|to|on|by|near|inside|outside|about|against|and|or|than|as|between"
    r"|including|using|targeting|like|via)\b\s*"
)
_ARTICLE = re.compile(r"(?:the|an?|its|his|her|their)\s+", re.I)
_FULL_NAME = re.compile(
    r"(?:(?:Dr|Mr|Mrs|Ms|Prof|Col|Gen|Lt|Sheikh|Imam|Sayyed)\.?\s+)*"
    r"(?P<name>(?:(?:al|el|abu|ibn|bin)[- ])?[A-Z][\w’'-]+"
    r"(?:\s+(?:(?:al|el|abu|ibn|bin)[- ])?[A-Z][\w’'-]+){1,3})$"
)
_REST = re.compile(r"\s+(?:in|at|of|from)\s+[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+)?$")
_BEFORE = re.compile(
    r"(?:\b(?:the\s+|an?\s+)?[\w-]+\s+and\s+)?(?P<noun>[\w-]+)\s+(?:at|in|of|from|near|inside)\s+$"
)
_REACH = 80
_PLACE_WORDS = 3
TOWN = 100_000
"""People of a town whose name in front of another name is the town's."""


def described(
    document: Document,
    annotations: Annotations,
    speakers: Sequence[Speaker],
    actors: Actors,
    *,
    knowledge: Knowledge,
) -> list[Speaker]:
    """The speakers, with those who are described and named put down to the name.

    A source that ends in a person's name behind an office and its place ("the health director for
    Dorrun Ana Brandt") is that person; one that ends in a known body's name, or holds it behind an
    article, is that body ("a team of first responders the Northern Rescue in Dorrun"). Words that
    cannot speak in front of a participle ("… hit the town of Selm blaming the army") are whoever
    spoke last in the sentence.
    """
    who = speaking(knowledge)
    reader = _Reader(document.text, actors, annotations, who, knowledge.gazetteer)
    found = list(speakers)
    for k, span in enumerate(annotations.attributions):
        if found[k].voice == "outlet" or not span.sources:
            continue
        start, end = span.sources[0]
        if found[k].actor:
            if reader.people_first(start, end, found[k].actor):
                words = without_article(document.text[start:end])
                found[k] = Speaker(name=words, actor=None, voice="unnamed")
            continue
        one = reader.named(start, end)
        if one is None and found[k].voice == "unnamed" and not who.can(found[k].name or ""):
            one = reader.beside(start, end)
        if one is not None:
            found[k] = one
    return _going_on(document.text, annotations, found, who)


def _going_on(
    text: str, annotations: Annotations, speakers: Sequence[Speaker], who: Speaking
) -> list[Speaker]:
    """The speakers, with what cannot speak before a participle put down to who spoke before."""
    spans, starts = annotations.attributions, [a for a, _ in annotations.sentences]
    found = list(speakers)
    for k, span in enumerate(spans):
        speaker = found[k]
        if speaker.voice != "unnamed" or not (span.sources and span.cues):
            continue
        cue = text[slice(*span.cues[0])].split()
        if not cue or not cue[0].endswith("ing") or who.can(speaker.name or ""):
            continue
        number = bisect_right(starts, span.cues[0][0])
        before = [
            (other.cues[0][0], found[j])
            for j, other in enumerate(spans)
            if other.cues
            and other.sources
            and other.cues[0][0] < span.sources[0][0]
            and bisect_right(starts, other.cues[0][0]) == number
            and found[j].name != NOBODY
        ]
        if before:
            found[k] = max(before, key=lambda row: row[0])[1]
    return found


class _Reader:
    """Reads the sources of one document."""

    def __init__(
        self,
        text: str,
        actors: Actors,
        annotations: Annotations,
        who: Speaking,
        gazetteer: Gazetteer,
    ) -> None:
        self._text = text
        self._gazetteer = gazetteer
        self._actors = actors
        self._who = who
        self._places = {place.start: place.end for place in annotations.places}
        self._starts = [a for a, _ in annotations.sentences]

    def people_first(self, start: int, end: int, actor: str | None) -> bool:
        """Whether people without a name speak before one who does not count the dead: "activists
        and the extremist group".
        """
        first, joint, _ = self._text[start:end].partition(" and ")
        if not joint or _LINK.search(first):
            return False
        head = self._who.head(without_article(first))
        if not head or head[-1].lower() not in self._who.people or not head[-1].islower():
            return False
        rows = self._actors.overlapping(start + len(first), end)
        return any(other.id == actor and other.kind not in COUNTING for _, _, other in rows)

    def named(self, start: int, end: int) -> Speaker | None:
        """Whom a source names behind a description."""
        text = self._text
        if len(text[start:end].split()) < FEWEST_WORDS:
            return None
        first = next(iter(heads(text, start, end, documents=frozenset())), None)
        is_person = first is not None and text[slice(*first)].lower() in self._who.people
        rows = self._actors.overlapping(start, end)
        for a, b, actor in sorted(rows, key=lambda row: (-row[1], row[0])):
            if a <= start or not self._actors.named(actor):
                continue
            if actor.kind == "person":
                if is_person and b == end and self._is_apposed(start, a, actor):
                    return Speaker(name=actor.name, actor=actor.id, voice="named")
            elif actor.key and actor.kind != "state":
                ends = b == end or _REST.fullmatch(text, b, end)
                if ends and self._is_apposed(start, a, actor):
                    return Speaker(name=actor.name, actor=actor.id, voice="named")
        return self._last_name(start, end, rows) if is_person else None

    def _is_apposed(self, start: int, at: int, actor: LocalActor) -> bool:
        """Whether a name at an offset stands by itself behind a description, not behind "of"."""
        text = self._text
        article = _ARTICLE.match(text, at)
        link = max((m.end() for m in _LINK.finditer(text, start, at)), default=start)
        gap = text[link:at]
        bare = _ARTICLE.sub("", gap)
        if not bare.strip():
            return False
        if article or gap.rstrip().lower().endswith((" the", " an", " a")):
            return link > start or actor.kind != "person"
        last = bare.split()[-1]
        if actor.kind == "person":
            return last[0].isupper() or last.lower() in self._who.bodies
        return last[0].isupper() and "-" not in last and link > start

    def _last_name(
        self, start: int, end: int, rows: Sequence[tuple[int, int, LocalActor]]
    ) -> Speaker | None:
        """The full name behind the place or the body that an office is of."""
        link = max((m.end() for m in _LINK.finditer(self._text, start, end)), default=end)
        words = [m.end() for m in re.finditer(r"\S+", self._text[link:end])][:_PLACE_WORDS]
        stops = [link + n for n in words if self._is_place(self._text[link : link + n])]
        stops += [b for a, b, actor in rows if a > start and actor.kind != "person"]
        stops += [b for a, b in self._places.items() if start < a < end]
        for stop in sorted(stops, reverse=True):
            rest = self._text[stop:end]
            name = _FULL_NAME.match(rest.strip())
            held = any(c < end and d > stop for c, d, other in rows if other.kind != "person")
            if name and rest[:1].isspace() and not held and self._can_name(name["name"]):
                known = self._actors.called(name["name"])
                return Speaker(name=name["name"], actor=known.id if known else None, voice="named")
        return None

    def _is_place(self, words: str) -> bool:
        key = place_key(words)
        return bool(self._gazetteer.own(key)) or (
            self._gazetteer.holds(key, ()) and bool(self._gazetteer.large_towns(key, TOWN))
        )

    def _can_name(self, words: str) -> bool:
        common = self._who.people | self._who.bodies
        return not any(word.lower() in common for word in words.split())

    def beside(self, start: int, end: int) -> Speaker | None:
        """Whose words those are of which only a mark or a place was taken for the source: ")" of
        "the Northern Watch (NW) said", "the square" of "the watch and medics in the square said".
        """
        text = self._text
        if not any(c.isalpha() for c in text[start:end]):
            held = self._actors.overlapping(max(0, start - 1), start)
            actor = next((actor for _, b, actor in held if b == start), None)
            return Speaker(name=actor.name, actor=actor.id, voice="named") if actor else None
        at = bisect_right(self._starts, start) - 1
        sentence = self._starts[at] if at >= 0 else 0
        noun = _BEFORE.search(text, max(sentence, start - _REACH), start)
        if noun is None or not _ARTICLE.match(text, start, end):
            return None
        if noun["noun"].lower() not in self._who.people | self._who.bodies:
            return None
        words = without_article(text[noun.start() : end])
        article = _ARTICLE.match(text, noun.start(), end)
        head = article.end() if article else noun.start()
        actor = self._actors.at(noun.start(), start, head=(head, head + 1))
        if " and " in words and actor is not None and self._actors.named(actor):
            return Speaker(name=actor.name, actor=actor.id, voice="named")
        return Speaker(name=words or NOBODY, actor=None, voice="unnamed")
