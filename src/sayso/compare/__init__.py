"""compare: what the documents of a case mean together."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from sayso.compare.actors import merge_actors
from sayso.compare.copies import find_copies
from sayso.compare.matters import find_matters
from sayso.compare.naming import count_naming
from sayso.compare.relations import relate
from sayso.compare.truces import keep_ledger
from sayso.compare.wording import read_words
from sayso.knowledge import Knowledge
from sayso.schema import Compared, Document, Resolved


def compare(
    documents: Sequence[Document], resolved: Sequence[Resolved], *, knowledge: Knowledge
) -> Compared:
    """Everything that can be said of documents together. The order of the inputs does not matter.

    Documents without resolved records, and records without a document, are left out. Cost grows
    nearly linearly with the number of documents: pairs are looked at only where they share rare
    runs of words, or a place and a day.
    """
    known = {document.source: document for document in documents}
    items = sorted(
        (item for item in resolved if item.document in known), key=lambda item: item.document
    )
    by_source = {item.document: known[item.document] for item in items}
    words = {source: read_words(document) for source, document in by_source.items()}
    publications = {item.document: item.publication for item in items}
    cast = merge_actors(by_source, items, knowledge=knowledge)
    copied, copies = find_copies(
        tuple(by_source.values()), words, publications, knowledge=knowledge
    )
    sources = {document.id: source for source, document in by_source.items()}
    texts = {sources[copy]: sources[original] for copy, original in copies.items()}
    found = find_matters(by_source, items, words, cast, texts, knowledge=knowledge)
    related, disagreements = relate(items, words, found)
    return Compared(
        actors=cast.actors,
        truces=keep_ledger(by_source, items, knowledge=knowledge),
        matters=tuple(
            msgspec.structs.replace(matter, disagreements=disagreements.get(matter.id, 0))
            for matter in found.matters
        ),
        relations=(*copied, *related),
        naming=count_naming(by_source, items, cast),
        copies=copies,
        figure_matters=found.figure_matters,
    )


__all__ = ["compare"]
