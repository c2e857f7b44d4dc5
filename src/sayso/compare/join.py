"""The documents of a case as they are put together: sketches of all, the rest where it is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from sayso.compare.accounts import Pile
from sayso.compare.kept import Kept
from sayso.compare.roster import Roster
from sayso.compare.sketches import Shelf, Sketch
from sayso.compare.voices import Voices
from sayso.knowledge import Knowledge
from sayso.schema import Document, Publication


class Join(msgspec.Struct, frozen=True):
    """What all documents are joined by. `documents` are without their texts; `texts` maps a copy to
    the document whose text it is.
    """

    sketches: Sequence[Sketch]
    documents: Mapping[str, Document]
    publications: Mapping[str, Publication]
    versions: Mapping[str, str]
    texts: Mapping[str, str]
    shelf: Shelf
    roster: Roster
    kept: Kept
    knowledge: Knowledge

    def pile(self) -> Pile:
        """What the accounts of a few documents look things up in, with notes of its own."""
        return Pile(
            self.documents,
            self.publications,
            self.shelf.items,
            self.shelf.words,
            Voices(
                self.documents,
                self.shelf,
                self.roster,
                knowledge=self.knowledge,
                texts=self.texts,
            ),
            self.shelf.kinds,
            self.texts,
        )
