"""The words of sources without a name: whom they can mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

import msgspec

from sayso.knowledge import Knowledge
from sayso.knowledge.actors import Registry
from sayso.knowledge.speaking import speaking

REACH = 1_500
"""Characters after "a monitor said" in which a report names the monitor, where it names several."""

COUNTERS = frozenset({"monitor", "rescue service", "agency"})
"""Kinds of bodies that count the dead."""

KEY_WORDS = 2
"""By so many last words of what it is called is an unnamed source of one outlet the same."""

STATE_AGENCY = "state agency"
_WITH = frozenset({"with"})
_CONTENT = 3
_LED = re.compile(
    r"\s(?:of|at|for)\s(?:the\s)?"
    r"(?P<name>(?:al-)?[A-Z][\w’'-]*(?:\s(?:al-)?[A-Z][\w’'-]*)*)"
)
_RELATIVE = re.compile(r"\s(?:who|which|that|whose)\s.*", re.S)
_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")


class Body(msgspec.Struct, frozen=True):
    """A known body: its id, its kind, its names' words, and where a document names it."""

    actor: str
    kind: str
    words: frozenset[str]
    starts: tuple[int, ...] = ()
    seat: str | None = None
    state: str | None = None


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
        self._ministers: dict[str, str] = lexicon["ministers"]
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
        self._speaking = speaking(knowledge)
        self._spokesmen = frozenset(lexicon["spokesmen"])
        self._capacities = frozenset(lexicon["capacities"])
        self._sources = frozenset(lexicon["sources"])
        self._calendar = frozenset(knowledge.lexicon("names")["calendar"])

    def body(self, words: str, at: int, bodies: Sequence[Body]) -> str | None:
        """The actor that words of a source at an offset mean, of those that its document names."""
        plain = _plain(words)
        for part in plain.split(" and ")[:1]:
            kind, state = self._kind(part)
            if kind == STATE_AGENCY:
                owned = [b for b in bodies if b.kind == "agency" and b.state]
                return _nearest(at, [b for b in owned if state in (None, b.state)])
            if kind:
                return _nearest(at, [body for body in bodies if body.kind == kind])
        telling = {word for word in plain.split() if word not in self._beside}
        if not telling or words == words.lower():
            return None
        return _nearest(at, [b for b in bodies if telling <= b.words and b.kind != "state"])

    def _kind(self, plain: str) -> tuple[str | None, str | None]:
        """The kind of body that words mean, with the state that they name in front: "Norwegian
        state media". A headline's words run on: "on Dorrun Monitor".
        """
        words = plain.split()
        for size in range(len(words)):
            kind = self._kinds.get(" ".join(words[size:]))
            if kind is None:
                continue
            before = [word for word in words[:size] if word not in self._beside]
            state = self._state_key(before[-1]) if before else None
            if not before or len(words) - size > 1 or (state and len(before) == 1):
                return kind, state
            return None, None
        return None, None

    def _state_key(self, word: str) -> str | None:
        hits = self._registry.candidates(word.title())
        states = {entry.key for hit in hits for entry in hit.entries if entry.kind == "state"}
        return states.pop() if len(states) == 1 else None

    def spoken_for(self, words: str) -> str | None:
        """The name of the known body for which an unnamed spokesman speaks."""
        first, _, rest = words.partition(" for ") if " for " in words else words.partition(" of ")
        if not self._spokesmen & set(_plain(first).split()[-1:]):
            return None
        rest = rest.removeprefix("the ").removeprefix("The ")
        hits = [hit for hit in self._registry.scan(rest) if hit.start == 0]
        entries = [entry for hit in hits for entry in hit.entries if entry.kind != "person"]
        return entries[0].name if len(entries) == 1 else None

    def capacity(self, role: str) -> bool:
        """Whether a role is one in which somebody speaks for a body: "manager of …"."""
        head = _plain(role).split(" of ")[0].split(" for ")[0].split(" at ")[0].split()
        return bool(head) and head[-1] in self._capacities

    def told_of(self, words: str) -> str:
        """The words of an unnamed source without what is no part of them: a heading or a day in
        front ("Dorrun A military source", "Monday activists"), a link that leads nowhere.
        """
        told = _RELATIVE.sub("", words).split()
        article = next((n for n, word in enumerate(told) if n and word in ("A", "An")), -1)
        told = told[article + 1 :]
        while len(told) > 1 and told[0].casefold() in self._calendar | {"and"}:
            del told[0]
        while len(told) > 1 and told[-1].casefold() in self._links:
            del told[-1]
        return " ".join(told) or words

    def is_whole(self, name: str, role: str) -> bool:
        """Whether a name is all of the body that a role is in: not Dorrun of "Dorrun's works"."""
        found = re.search(rf"\s{re.escape(name)}(?=\W|$)\W*(?P<next>\w*)", role)
        if found is None:
            return False
        after = found["next"]
        return not after or after in self._links or after in self._speaking.bodies

    def led(self, role: str) -> str | None:
        """The name of the body that a role is in: "Nour" of "manager of Nour hospital"."""
        found = _LED.search(role)
        name = found["name"] if found else ""
        return name if name and self.is_whole(name, role) else None

    def key(self, words: str) -> str:
        """What an unnamed source is called, with the names of where it is: not what else is told
        of it.
        """
        head = self._head(words)
        plain = [_one(word) for word in head[-KEY_WORDS:]]
        return " ".join((*plain, *sorted(self._seat(words)))) or _plain(words)

    def _head(self, words: str) -> list[str]:
        """What an unnamed source is called, of several the first."""
        head = [word.casefold() for word in self._speaking.head(words)]
        if "and" in head[1:]:
            head = head[: head.index("and", 1)]
        first = next((n for n, word in enumerate(head) if word not in self._beside), 0)
        return head[first:]

    def _seat(self, words: str) -> set[str]:
        """The names in what stands behind a source's noun: "Dorrun" of "residents of Dorrun"."""
        behind = _RELATIVE.sub("", words).split()[len(self._speaking.head(words)) :]
        return {_plain(word) for word in behind if word[:1].isupper()}

    def goes_on(self, words: str, before: str) -> bool:
        """Whether words for an unnamed source take up one of before: "the source" a police source,
        "the medical source who had told of it" a medical source in town.
        """
        mine, theirs = (list(map(_one, self._head(w))) for w in (words, before))
        if not mine or not theirs:
            return False
        seats = self._seat(words), self._seat(before)
        if not (seats[0] <= seats[1] or seats[1] <= seats[0]):
            return False
        if mine == theirs:
            return True
        return mine == theirs[-len(mine) :] and mine[-1] in self._sources and not seats[0]

    def is_thing(self, name: str) -> bool:
        """Whether a name is no name but a thing with a capital, as headlines write them."""
        return bool(name) and _plain(name).split()[-1:][0] in self._things if _plain(name) else True

    def without_seat(self, name: str) -> frozenset[str] | None:
        """The words of a name without "London-based" in front, if they are telling; else null."""
        words = [w for w in _plain(name).split() if w not in self._beside and w != "syrian"]
        told = [w for w in words if not w.endswith("-based") and w not in self._links]
        if "observatory" not in told and len(told) < _CONTENT:
            return None
        return frozenset(told)

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
        """The name of the ministry that "the defence ministry in Oslo", by what a capital stands
        for, or "Norwegian FM" means.
        """
        what, where, capital = _plain(words).partition(" in ")
        state = None
        if where and what in self._offices:
            entry = self._registry.find(capital.title())
            state = self._registry.state_of(entry) if entry else None
            state = state if state and capital.title() in state.metonyms else None
        elif not where:
            adjective, _, minister = what.partition(" ")
            what = self._ministers.get(minister, "")
            state = self._registry.get(self._state_key(adjective) or "") if what else None
        if state is None:
            return None
        for adjective in state.demonyms:
            found = self._registry.find(f"{adjective} {what.title()}")
            if found is not None and found.kind == "ministry":
                return found.name
        return None

    def is_office(self, words: str) -> bool:
        """Whether words mean a ministry, and do not say which."""
        return _plain(words).removeprefix("the ") in self._offices

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
        """Whether some words that were taken for a source are none: "recovery", or a thing: "an
        earlier toll from …".
        """
        return not self._speaking.can(words)

    def channel(self, words: str) -> str | None:
        """The state channel that some words mean, by its state: "state television of Norway"; empty
        where the state is not said, null for what is no state channel.
        """
        plain = _plain(words)
        for phrase, name in self._channels:
            for state in self._state:
                if plain.endswith(f"{state} {phrase}"):
                    country = self._country(plain.removesuffix(f"{state} {phrase}").split())
                    if country is None:
                        return ""
                    entry = self._registry.find(country)
                    adjective = entry.demonyms[0] if entry and entry.demonyms else country
                    return f"{adjective} {name}"
        return None

    def _country(self, before: Sequence[str]) -> str | None:
        """The state that a word before a channel means, by its name or demonym."""
        for word in reversed(before):
            hits = self._registry.candidates(word.title())
            known = [entry for hit in hits for entry in hit.entries]
            states = {entry.name for entry in known if entry.kind == "state"}
            if not states:  # "the Brandt government's channel"
                owners = (self._registry.state_of(e) for e in known if e.kind == "person")
                states = {owner.name for owner in owners if owner}
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


def _one(word: str) -> str:
    """A word without the s of a plural."""
    return word[:-1] if len(word) > _CONTENT and word.endswith("s") else word


def _plain(words: str) -> str:
    return " ".join(match.group().casefold() for match in _WORD.finditer(words))
