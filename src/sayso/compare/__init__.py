"""compare: what the documents of a case mean together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from sayso.compare.actors import merge_actors
from sayso.compare.blame import standing_disagreements
from sayso.compare.copies import find_copies
from sayso.compare.join import Join
from sayso.compare.kept import Kept
from sayso.compare.matters import Outcome, find_matters
from sayso.compare.naming import count_naming
from sayso.compare.relations import charge_relation
from sayso.compare.repeats import repeats_of
from sayso.compare.roster import Roster
from sayso.compare.sketches import Shelf, sketch_of
from sayso.compare.truces import keep_ledger, status_on
from sayso.knowledge import Knowledge
from sayso.schema import Compared, Document, Relation, Resolved


def compare(
    documents: Sequence[Document], resolved: Sequence[Resolved], *, knowledge: Knowledge
) -> Compared:
    """Everything that can be said of documents together. The order of the inputs does not matter.

    Documents without resolved records, and records without a document, are left out. Cost grows
    nearly linearly with the number of documents: pairs are looked at only where they share rare
    runs of words, or a place and a day.
    """
    known = {document.source: document for document in documents}
    items = {item.document: item for item in resolved if item.document in known}
    return compare_with(
        items, lambda source: (known[source], items[source]), Kept(), knowledge=knowledge
    )


def compare_with(
    sources: Iterable[str],
    load: Callable[[str], tuple[Document, Resolved]],
    kept: Kept,
    *,
    knowledge: Knowledge,
) -> Compared:
    """The same, given the sources of documents, a way to load one, and what was kept before.

    Only what was not kept is loaded and made again; the result is that of comparing all at once.
    `kept.now` is what the next comparing is to be given. It must be of this version of sayso and
    of the same knowledge, and without the sketches of documents that changed.
    """
    shelf = Shelf(load, knowledge=knowledge)
    sketches = [sketch_of(s, shelf, kept, knowledge=knowledge) for s in sorted(set(sources))]
    documents = {sketch.source: sketch.document for sketch in sketches}
    items = [sketch.resolved for sketch in sketches]
    cast = merge_actors(documents, items, knowledge=knowledge)
    copied, copies = find_copies(sketches, shelf.words, kept)
    by_id = {document.id: source for source, document in documents.items()}
    join = Join(
        sketches=sketches,
        documents=documents,
        publications={sketch.source: sketch.resolved.publication for sketch in sketches},
        versions={sketch.source: sketch.version for sketch in sketches},
        texts={by_id[copy]: by_id[original] for copy, original in copies.items()},
        shelf=shelf,
        roster=Roster(cast, items, knowledge=knowledge),
        kept=kept,
        knowledge=knowledge,
    )
    outcomes = find_matters(join)
    return Compared(
        actors=cast.actors,
        truces=keep_ledger(documents, items, cast, knowledge=knowledge),
        matters=tuple(outcome.matter for outcome in outcomes if outcome.matter),
        relations=(*copied, *_related(outcomes, join)),
        naming=count_naming(documents, items, cast),
        copies=copies,
        figure_matters={
            figure: outcome.matter.id
            for outcome in outcomes
            if outcome.matter
            for figure in outcome.figures
        },
    )


def _related(outcomes: Sequence[Outcome], join: Join) -> tuple[Relation, ...]:
    """The relations of figures and statements, each once."""
    made: dict[str, Relation] = {}
    for outcome in outcomes:
        for relation in outcome.relations:
            made.setdefault(relation.id, relation)
    pile = join.pile()
    standing = [found for outcome in outcomes for found in outcome.standing]
    for left, right, reason in standing_disagreements(standing, pile):
        relation = charge_relation("contradicts", left, right, reason, pile)
        made.setdefault(relation.id, relation)
    for relation in repeats_of(join):
        made.setdefault(relation.id, relation)
    return tuple(made.values())


__all__ = ["Kept", "compare", "compare_with", "status_on"]
