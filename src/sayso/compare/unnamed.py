"""Sources without a name of their own: whom they mean, where their words or the report say so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

import msgspec

from sayso.knowledge import Knowledge
from sayso.knowledge.actors import Registry

REACH = 1_500
"""Characters after "a monitor said" in which a report names the monitor, where it names several."""

COUNTERS = frozenset({"monitor", "rescue service", "agency"})
"""Kinds of bodies that count the dead."""

_WITH = frozenset({"with"})
_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")


class Body(msgspec.Struct, frozen=True):
    """A known body: its id, its kind, its names' words, and where a document names it."""

    actor: str
    kind: str
    words: frozenset[str]
    starts: tuple[int, ...] = ()
    seat: str | None = None


def short_for(words: str, bodies: Iterable[Body]) -> Body | None:
    """The one body of a case whose name holds a capitalised word that stands alone for it."""
    if not words[:1].isupper() or " " in words.strip():
        return None
    fits = [body for body in bodies if words.casefold() in body.words]
    return fits[0] if len(fits) == 1 else None


class Bridges:
    """From the words of an unnamed source to a named voice."""

    def __init__(self, knowledge: Knowledge) -> None:
        lexicon = knowledge.lexicon("voices")
        self._kinds = {
            phrase: kind for kind, phrases in lexicon["kinds"].items() for phrase in phrases
        }
        self._offices = frozenset(lexicon["offices"])
        self._beside = frozenset(lexicon["beside"])
        self._things = frozenset(lexicon["things"])
        self._links = frozenset(lexicon["links"])
        self._staff = frozenset(lexicon["staff"])
        self._own = frozenset(lexicon["own"])
        self._state = tuple(sorted(lexicon["state"], key=len, reverse=True))
        self._channels = tuple(
            (phrase, name) for name, phrases in lexicon["channels"].items() for phrase in phrases
        )
        self._registry: Registry = knowledge.actors

    def body(self, words: str, at: int, bodies: Sequence[Body]) -> str | None:
        """The actor that words of a source at an offset mean, of those that its document names."""
        plain = _plain(words)
        kinds = [self._kinds[part] for part in plain.split(" and ") if part in self._kinds]
        for kind in kinds[:1]:
            return _nearest(at, [body for body in bodies if body.kind == kind])
        telling = {word for word in plain.split() if word not in self._beside}
        if not telling or words == words.lower():
            return None
        return _nearest(at, [b for b in bodies if telling <= b.words and b.kind != "state"])

    def named_inside(self, words: str) -> str | None:
        """The name of the one body that counts the dead in the words of a source: "state television
        with the news agency X". Not one that was only told, or whose member speaks.
        """
        hits = [hit for hit in self._registry.scan(words) if len(hit.entries) == 1]
        found = {hit.entries[0].name: hit for hit in hits if hit.entries[0].kind in COUNTERS}
        if len(found) != 1:
            return None
        name, hit = found.popitem()
        before = _plain(words[: hit.start]).split()
        return None if self._links & set(before) - _WITH else name

    def seated(self, words: str, monitors: Iterable[Body]) -> str | None:
        """The one known monitor that words such as "Norway-based monitor" describe: the registry
        has to say from where it works.
        """
        place, based, what = _plain(words).partition("-based ")
        kind = self._kinds.get(what)
        if not based or kind is None:
            return None
        hits = self._registry.candidates(place.title()) or self._registry.candidates(place.upper())
        states = {entry.key for hit in hits for entry in hit.entries if entry.kind == "state"}
        fits = {body.actor for body in monitors if body.kind == kind and body.seat in states}
        return fits.pop() if len(fits) == 1 else None

    def office(self, words: str) -> str | None:
        """The name of the ministry that "the defence ministry in Oslo" means, by what a capital
        stands for.
        """
        what, where, capital = _plain(words).partition(" in ")
        if not where or what not in self._offices:
            return None
        entry = self._registry.find(capital.title())
        state = self._registry.state_of(entry) if entry else None
        if state is None or capital.title() not in state.metonyms:
            return None
        for adjective in state.demonyms:
            found = self._registry.find(f"{adjective} {what.title()}")
            if found is not None and found.kind == "ministry":
                return found.name
        return None

    def named_office(self, words: str, bodies: Iterable[Body]) -> str | None:
        """The one ministry of a report that "the ministry" or "the interior ministry" can mean."""
        plain = _plain(words).removeprefix("the ")
        if plain not in self._offices:
            return None
        fits = {b.actor for b in bodies if b.kind == "ministry" and set(plain.split()) <= b.words}
        return fits.pop() if len(fits) == 1 else None

    def is_staff(self, words: str, outlet: str | None) -> bool:
        """Whether some words mean somebody who reports for the outlet itself: by its name, or by no
        name at all ("TV correspondent").
        """
        plain = _plain(words).split()
        if not self._staff & set(plain):
            return False
        if set(plain) <= self._staff | self._own:
            return True
        name = _plain(outlet or "").replace(" ", "").replace("-", "").removeprefix("the")
        return bool(name) and name in "".join(plain).replace("-", "")

    def is_nobody(self, words: str) -> bool:
        """Whether some words that were taken for a source are a thing: "an earlier toll from …"."""
        head: list[str] = []
        for word in _plain(words).split():
            if word in self._links:
                break
            head.append(word)
        return bool(head) and head[-1] in self._things

    def channel(self, words: str) -> str | None:
        """The state channel that some words mean, by its state: "state television of Norway"; empty
        where the state is not said, null for what is no state channel.
        """
        plain = _plain(words)
        for phrase, name in self._channels:
            for state in self._state:
                if plain.endswith(f"{state} {phrase}"):
                    country = self._country(plain.removesuffix(f"{state} {phrase}").split())
                    return f"{name} of {country}" if country else ""
        return None

    def _country(self, before: Sequence[str]) -> str | None:
        """The state that a word before a channel means, by its name or demonym."""
        for word in reversed(before):
            hits = self._registry.candidates(word.title())
            states = {entry.name for hit in hits for entry in hit.entries if entry.kind == "state"}
            if len(states) == 1:
                return states.pop()
        return None


@lru_cache(maxsize=4)
def bridges(knowledge: Knowledge) -> Bridges:
    """The bridges that some knowledge holds, made once."""
    return Bridges(knowledge)


def _nearest(at: int, bodies: Iterable[Body]) -> str | None:
    """The body among several that is named next after an offset, or the only one there is."""
    known = {body.actor: body for body in bodies}
    if len(known) == 1:
        return next(iter(known))
    after = [
        (start, actor)
        for actor, body in known.items()
        for start in body.starts
        if at <= start <= at + REACH
    ]
    return min(after)[1] if after else None


def _plain(words: str) -> str:
    return " ".join(match.group().casefold() for match in _WORD.finditer(words))
