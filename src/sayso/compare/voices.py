"""Voices: on whose word a thing stands."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sayso.compare.kept import Lazy
from sayso.compare.meant import Meant, Record, outlet_voice
from sayso.compare.roster import Roster
from sayso.compare.sketches import Shelf
from sayso.compare.speakers import Speakers, Voice
from sayso.compare.unnamed import Body
from sayso.knowledge import Knowledge
from sayso.schema import Document, Figure, LocalActor

PROPER_WORDS = 3
"""So many capitalised words are a name whatever the last is: "Northern Casualty Monitor"."""

PREPOSITION = len("in the ")
_CLAIMING = re.compile(r"\bclaim(?:s|ed|ing)?\b", re.I)
_RESPONSIBILITY = re.compile(r"(?:\W*\w+){0,3}?\W*(?:responsibility|credit)\b", re.I)
_GENERIC_ENDS = frozenset(
    {"monitor", "monitors", "activists", "sources", "source", "reports", "report"}
)


class Voices(Speakers):
    """Finds the voice of records. `texts` maps a copy to the document whose text it is."""

    def __init__(
        self,
        documents: Mapping[str, Document],
        shelf: Shelf,
        roster: Roster,
        *,
        knowledge: Knowledge,
        texts: Mapping[str, str],
    ) -> None:
        super().__init__(shelf, roster, knowledge=knowledge)
        self._documents = documents
        self._generic = frozenset(knowledge.lexicon("incidents")["generic"])
        self._nobodies = self._generic | {"unnamed", "unnamed source"}
        self._meant: Lazy[Meant] = Lazy(
            lambda source: Meant(
                documents[source], documents[texts.get(source, source)], shelf, self
            )
        )

    def of(self, record: Record) -> Voice:
        """The voice of a record: the innermost of its chain."""
        if record.voice == "outlet":
            return outlet_voice(self._documents[record.document])
        if isinstance(record, Figure) and self._only_claims(record):
            return self._over(record)
        local = self._local(record)
        if (local is None or local.key is None) and self._is_place(record):
            return self._over(record)
        meant = self._meant[record.document]
        if record.voice == "unnamed" or not record.speaker or self._is_generic(record):
            return meant.voice(record) or self._over(record)
        if local is None or local.key is None:
            channel = meant.channel(record.speaker)
            if channel is not None:
                return channel
            if local is None and self.bridges.is_thing(record.speaker):
                return self._over(record)
            office = self.bridges.office(record.speaker)
            if office is not None:
                return self.named(office, None)
        return self.named(record.speaker, record.speaker_actor, record.document)

    def _over(self, record: Record) -> Voice:
        """The next voice in the chain of a record whose innermost gives no toll, or the outlet."""
        said = self._meant[record.document].statement(record)
        if said is not None:
            for name, actor in list(zip(said.chain, said.chain_actors, strict=False))[1:-1]:
                if actor is not None:
                    return self.named(name, actor, record.document)
        return outlet_voice(self._documents[record.document])

    def _is_place(self, record: Record) -> bool:
        """Whether what was taken for a source is a place and no more: "in Dorrun adding that …"."""
        said = self._meant[record.document].statement(record)
        if said is None or not said.source_spans:
            return False
        start, end = said.source_spans[0]
        return any(
            place.role == "literal"
            and start <= place.start <= start + PREPOSITION
            and place.end == end
            for place in self._shelf.items[record.document].places
        )

    def _only_claims(self, figure: Figure) -> bool:
        """Whether a number stands in what somebody claims to have done: "claimed responsibility for
        a blast that killed 30" is nobody's count.
        """
        said = self._meant[figure.document].statement(figure)
        claiming = _CLAIMING.search(said.cue) if said else None
        if said is None or claiming is None:
            return False
        rest = said.cue[claiming.end() :]
        return bool(_RESPONSIBILITY.match(rest) or _RESPONSIBILITY.match(said.content))

    def _is_generic(self, record: Record) -> bool:
        """Whether a speaker's name is no name: "Monitor", "58". Known actors always have one."""
        actor = self._local(record)
        if actor and actor.key:
            return False
        plain = (record.speaker or "").removeprefix("the ").removeprefix("The ")
        words = plain.split()
        proper = len(words) >= PROPER_WORDS and all(word[:1].isupper() for word in words)
        return (
            plain.casefold() in self._generic
            or (words[-1].casefold() in _GENERIC_ENDS and not proper)
            or not any(c.isalpha() for c in plain)
        )

    def _local(self, record: Record) -> LocalActor | None:
        """The local actor that a record has for its speaker."""
        return self._shelf.actors[record.document].get(record.speaker_actor or "")

    def bodies_in(self, document: str) -> tuple[Body, ...]:
        """The known bodies that a document names, with where."""
        return self._meant[document].bodies

    def is_somebody(self, voice: Voice) -> bool:
        """Whether a voice is more than a pronoun or "sources"."""
        return voice.kind != "unnamed" or (voice.name or "").casefold() not in self._nobodies
