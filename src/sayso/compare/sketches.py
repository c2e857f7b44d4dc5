"""Sketches: what joining documents asks of each, made once, without its words and sentences."""

from __future__ import annotations

from array import array
from hashlib import blake2b
from typing import TYPE_CHECKING

import msgspec

from sayso.compare.copies import credits_of, shingles_of
from sayso.compare.incidents import Incidents, incidents
from sayso.compare.kept import Kept, Lazy
from sayso.compare.tellings import Telling, tellings_of
from sayso.compare.wording import Words, read_words
from sayso.knowledge import Knowledge
from sayso.schema import Document, LocalActor, Resolved, Statement

if TYPE_CHECKING:
    from collections.abc import Callable


class Sketch(msgspec.Struct, frozen=True):
    """A document as it is joined to others. `version` names its content: text and records.

    `document` is without its text, `resolved` has only what is put together over all documents:
    actors, truces with their places, and naming; `tellings` are without statements and events.
    `shingles` are the hashes of its runs of words, eight bytes each.
    """

    version: str
    document: Document
    resolved: Resolved
    tellings: tuple[Telling, ...]
    shingles: bytes
    credits: tuple[str, ...]

    @property
    def source(self) -> str:
        """The source of the document."""
        return self.document.source

    def runs(self) -> array[int]:
        """The hashes of its runs of words, in text order."""
        found = array("Q")
        found.frombytes(self.shingles)
        return found


class Shelf:
    """Documents' records, words and tellings, each fetched when it is first asked for."""

    def __init__(
        self, load: Callable[[str], tuple[Document, Resolved]], *, knowledge: Knowledge
    ) -> None:
        self.kinds: Incidents = incidents(knowledge)
        self._whole: Lazy[tuple[Document, Resolved]] = Lazy(load)
        self.items: Lazy[Resolved] = Lazy(lambda source: self._whole[source][1])
        self.words: Lazy[Words] = Lazy(lambda source: read_words(self._whole[source][0]))
        self.tellings: Lazy[dict[object, Telling]] = Lazy(
            lambda source: {telling.key: telling for telling in self._tellings(source)}
        )
        self.said: Lazy[dict[str, Statement]] = Lazy(
            lambda source: {s.id: s for s in self.items[source].statements}
        )
        self.actors: Lazy[dict[str, LocalActor]] = Lazy(
            lambda source: {actor.id: actor for actor in self.items[source].actors}
        )

    def _tellings(self, source: str) -> list[Telling]:
        return tellings_of(self.items[source], self.words[source], self.kinds)

    def sketch(self, source: str, *, knowledge: Knowledge) -> Sketch:
        """The sketch of a document."""
        document, item = self._whole[source]
        of_truces = {place for truce in item.truces for place in truce.places}
        seed = blake2b(msgspec.msgpack.encode(document), digest_size=10)
        seed.update(msgspec.msgpack.encode(item))
        return Sketch(
            version=seed.hexdigest(),
            document=msgspec.structs.replace(document, text="", blocks=()),
            resolved=Resolved(
                document=source,
                publication=item.publication,
                actors=item.actors,
                truces=item.truces,
                places=tuple(p for p in item.places if p.name in of_truces),
                naming=item.naming,
            ),
            tellings=tuple(
                msgspec.structs.replace(telling, statements=(), events=())
                for telling in self.tellings[source].values()
                if telling.main or telling.says_something
            ),
            shingles=array("Q", shingles_of(self.words[source].words)).tobytes(),
            credits=tuple(sorted(credits_of(document, knowledge))),
        )


_DECODER = msgspec.msgpack.Decoder(Sketch)


def sketch_of(source: str, shelf: Shelf, kept: Kept, *, knowledge: Knowledge) -> Sketch:
    """The sketch of a document, as kept, or made and kept."""
    key = f"sketch {source}"
    found = kept.get(key, _DECODER)
    if found is None:
        found = shelf.sketch(source, knowledge=knowledge)
        kept.put(key, found)
    return found
