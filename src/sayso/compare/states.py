"""States as voices: their media, their agencies, and who rules them, by whatever words."""

from __future__ import annotations

from collections.abc import Iterable

from sayso.knowledge import Knowledge
from sayso.knowledge.speaking import speaking

REACH = 3
"""Words right before "television" among which one makes it a state's: "state-run Syrian TV"."""


class States:
    """From words for a state's media or government to the state."""

    def __init__(self, knowledge: Knowledge) -> None:
        lexicon = knowledge.lexicon("voices")
        self._own = frozenset(lexicon["state"])
        self._channels = tuple(
            (phrase, name) for name, phrases in lexicon["channels"].items() for phrase in phrases
        )
        self._governments = frozenset(lexicon["governments"])
        self._opposition = frozenset(lexicon["opposition"])
        self._registry = knowledge.actors
        self._speaking = speaking(knowledge)
        self._agencies: dict[str, list[str]] = {}
        for key, entry in self._registry.entries.items():
            if (state := self.owner(key)) is not None:
                self._agencies.setdefault(state, []).append(entry.name)

    def channel(self, words: str) -> tuple[str, str | None] | None:
        """What kind of a state's media some words mean, and the state where they say it: "state
        television of Norway"; null for what is none.
        """
        plain = self._head(words)
        for phrase, name in self._channels:
            front = plain.removesuffix(phrase).split()
            if plain.endswith(f" {phrase}") and self._own & set(front[-REACH:]):
                return name, self._country(words.split())
        return None

    def adjective(self, state: str) -> str:
        """The first demonym of a state, or its name."""
        entry = self._registry.find(state)
        return entry.demonyms[0] if entry and entry.demonyms else state

    def named(self, name: str) -> str | None:
        """The name of the state that a name means, if it means one."""
        entry = self._registry.find(name)
        return entry.name if entry and entry.kind == "state" else None

    def owner(self, key: str | None) -> str | None:
        """The name of the state whose agency a known actor is, if it is one."""
        entry = self._registry.get(key or "")
        state = self._registry.state_of(entry) if entry and entry.kind == "agency" else None
        return state.name if state else None

    def agency(self, state: str) -> str | None:
        """The name of the one agency of a state."""
        agencies = self._agencies.get(state, ())
        return agencies[0] if len(agencies) == 1 else None

    def ministry(self, words: str, state: str) -> str | None:
        """The name of the known ministry of a state that "the interior ministry" means."""
        plain = self._head(words).removeprefix("the ")
        entry = (
            self._registry.find(f"{self.adjective(state)} {plain.title()}")
            if " " in plain
            else None
        )
        return entry.name if entry and entry.kind == "ministry" else None

    def government(self, words: str, state: str | None) -> str | None:
        """The name of the state whose government some words mean by whoever heads it ("the Brandt
        government", "the government of President Brandt"), or of the known opposition of a state
        that "the opposition" means.
        """
        plain = self._head(words)
        if plain.split()[-1:] and plain.split()[-1] in self._governments:
            return self._country(words.partition(" and ")[0].split())
        if state and plain.removeprefix("the ") in self._opposition:
            entry = self._registry.find(f"{self.adjective(state)} opposition")
            return entry.name if entry else None
        return None

    def _head(self, words: str) -> str:
        """What some words call somebody, of several the first."""
        head = " ".join(word.casefold() for word in self._speaking.head(words))
        return head.partition(" and ")[0]

    def _country(self, words: Iterable[str]) -> str | None:
        """The state that the last of some words that means one does, by its name or demonym, or by
        whoever heads it.
        """
        for word in reversed(list(words)):
            hits = self._registry.candidates(word.title())
            known = [entry for hit in hits for entry in hit.entries]
            states = {entry.name for entry in known if entry.kind == "state"}
            if not states:
                owners = (self._registry.state_of(e) for e in known if e.kind == "person")
                states = {owner.name for owner in owners if owner}
            if len(states) == 1:
                return states.pop()
        return None
