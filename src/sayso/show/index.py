"""The case looked up from all sides: what a page needs to lead from one record to another."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from markupsafe import Markup

from sayso.schema import (
    Document,
    Event,
    Evidence,
    Figure,
    Matter,
    Publication,
    Query,
    Relation,
    Statement,
    View,
)
from sayso.show.html import joined, link, safe, shown
from sayso.show.words import date_words

NOT_RESOLVED = Publication(earliest=None, latest=None, how="not resolved")


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """A document as the page speaks of it. `label` is "Outlet, day", made unique; `key` its
    document's id; `shown_outlet` and `shown_day` are safe for the page.
    """

    document: Document
    key: str
    anchor: str
    label: str
    outlet: str
    published: str
    publication: Publication
    copy_of: str | None
    shown_outlet: Markup
    shown_day: Markup


class Index(msgspec.Struct, frozen=True, kw_only=True):
    """Records by id and by document. `actors` maps a name to the anchor of its page."""

    view: View
    with_text: bool
    reports: dict[str, Report]
    actors: dict[str, str]
    statements: dict[str, Statement]
    figures: dict[str, Figure]
    events: dict[str, Event]
    matters: dict[str, Matter]
    figures_of: dict[str, tuple[Figure, ...]]
    """Figures by the id of their matter."""
    relations_of: dict[str, tuple[Relation, ...]]
    """Relations other than copies by the id of the matter that both sides are about."""
    places: dict[str, str]
    """The anchor of each place's row by its name: that of its most named gazetteer entry."""
    doubts: dict[str, tuple[Query, ...]]
    """Queries by the document that they are about."""

    def report_link(self, source: str) -> Markup:
        """A link to a document, by its outlet and day."""
        report = self.reports[source]
        return link(report.anchor, report.label)

    def report_links(self, sources: Iterable[str]) -> Markup:
        """Links to documents, parted by semicolons."""
        return joined((self.report_link(source) for source in sources), "; ")

    def actor(self, name: str | None) -> Markup:
        """A name as a link to the actor's page, where there is one; null is the outlet itself."""
        if name is None:
            return safe("the outlet itself")
        anchor = self.actors.get(name)
        return link(anchor, name) if anchor else shown(name)

    def place(self, name: str | None) -> Markup:
        """A place's name as a link to its row in the table of places, where it has one."""
        if name is None:
            return safe("unknown")
        anchor = self.places.get(name)
        return link(anchor, name) if anchor else shown(name)

    def checks(self, figure: Figure) -> Markup:
        """The queries that a figure's words have part in, each with the way to its words."""
        return joined(
            (
                f"{self.words_link(one, query.kind)}: {shown(query.message)}"
                for query in self.doubts.get(figure.document, ())
                for one in query.evidence[:1]
                if any(
                    e.document == figure.document and e.start < figure.end and figure.start < e.end
                    for e in query.evidence
                )
            ),
            "; ",
        )

    def words_link(self, evidence: Evidence, words: str | None = None) -> Markup:
        """A link to words of an article; where the text is left out, their place alone."""
        words = words or f"{evidence.start}–{evidence.end}"
        if not self.with_text:
            return shown(words)
        return link(f"w-{self.reports[evidence.document].key}-{evidence.start}", words)

    def further(self, relation: Relation) -> list[Evidence]:
        """The evidence of a relation beyond its two sides' own words: the same in other reports.
        What touches is one.
        """
        own = {
            e
            for side in (side_of(self, relation.left), side_of(self, relation.right))
            if side is not None
            for e in side.evidence
        }
        rest: list[Evidence] = []
        for one in sorted(set(relation.evidence) - own, key=lambda e: (e.document, e.start)):
            last = rest[-1] if rest else None
            if last and last.document == one.document and one.start <= last.end + 1:
                rest[-1] = msgspec.structs.replace(last, end=max(last.end, one.end))
            else:
                rest.append(one)
        return rest

    def where(self, evidence: Sequence[Evidence]) -> Markup:
        """Every place of some evidence, document by document."""
        by_document: dict[str, list[Evidence]] = defaultdict(list)
        for one in evidence:
            by_document[one.document].append(one)
        return joined(
            (
                f"{self.report_link(source)} {joined(map(self.words_link, group))}"
                for source, group in by_document.items()
            ),
            "; ",
        )


def make_index(view: View, *, with_text: bool) -> Index:
    """The index of a case."""
    reports = {report.document.source: report for report in _reports(view)}
    figures_of: dict[str, list[Figure]] = defaultdict(list)
    for figure in view.figures:
        if figure.matter:
            figures_of[figure.matter].append(figure)
    actors: dict[str, str] = {}
    for actor in view.actors:
        actors.setdefault(actor.name, f"a-{actor.id}")
    index = Index(
        view=view,
        with_text=with_text,
        reports=reports,
        actors=actors,
        statements={record.id: record for record in view.statements},
        figures={record.id: record for record in view.figures},
        events={record.id: record for record in view.events},
        matters={matter.id: matter for matter in view.matters},
        figures_of={id_: tuple(group) for id_, group in figures_of.items()},
        relations_of={},
        places=_places(view),
        doubts=by_document(view.queries),
    )
    return msgspec.structs.replace(index, relations_of=_relations_of(index))


def _places(view: View) -> dict[str, str]:
    first: dict[tuple[str, str | None], str] = {}
    named: Counter[tuple[str, str | None]] = Counter()
    for place in view.places:
        first.setdefault((place.name, place.gazetteer), f"p-{place.id}")
        named[place.name, place.gazetteer] += 1
    return {name: first[name, row] for (name, row), _ in reversed(named.most_common())}


def _reports(view: View) -> Iterable[Report]:
    keys = {document.source: document.id for document in view.documents}
    sources = {key: source for source, key in keys.items()}
    plain = {d.source: _label(d, view.publications.get(d.source)) for d in view.documents}
    times = Counter(plain.values())
    for document in view.documents:
        source = document.source
        label = plain[source]
        publication = view.publications.get(source, NOT_RESOLVED)
        outlet = document.outlet or "unknown outlet"
        day = date_words(publication)
        yield Report(
            document=document,
            key=keys[document.source],
            anchor=f"d-{keys[document.source]}",
            label=label if times[label] == 1 else f"{label} ({source})",
            outlet=outlet,
            published=day,
            publication=publication,
            copy_of=sources.get(view.copies.get(keys[document.source], "")),
            shown_outlet=shown(outlet),
            shown_day=shown(day),
        )


def _label(document: Document, publication: Publication | None) -> str:
    if document.outlet is None:
        return document.source
    return f"{document.outlet}, {date_words(publication)}"


def _relations_of(index: Index) -> dict[str, tuple[Relation, ...]]:
    """Which matters a relation is about: its figures say so; of statements and events, those
    matters that both documents tell of and in which both speakers have an account.
    """
    matters_in: dict[str, list[Matter]] = defaultdict(list)
    for matter in index.view.matters:
        for source in dict.fromkeys((*matter.documents, *matter.also_in)):
            matters_in[source].append(matter)
    found: dict[str, list[Relation]] = defaultdict(list)
    for relation in index.view.relations:
        if relation.kind == "copies":
            continue
        sides = [side_of(index, relation.left), side_of(index, relation.right)]
        named = {side.matter for side in sides if isinstance(side, Figure) and side.matter}
        if not named and None not in sides:
            named = _shared(sides, matters_in)
        for id_ in sorted(named):
            found[id_].append(relation)
    return {id_: tuple(group) for id_, group in found.items()}


def side_of(index: Index, id_: str) -> Any:
    """The statement, figure or event of an id; null when it is none of them."""
    return index.statements.get(id_) or index.figures.get(id_) or index.events.get(id_)


def _shared(sides: Sequence[Any], matters_in: dict[str, list[Matter]]) -> set[str]:
    common = [{matter.id: matter for matter in matters_in.get(side.document, ())} for side in sides]
    both = [matter for id_, matter in common[0].items() if id_ in common[1]]
    speakers = {side.speaker for side in sides}
    told = [m for m in both if speakers <= {account.speaker for account in m.accounts}]
    return {matter.id for matter in told or both[:1]}


def by_document(records: Iterable[Any]) -> dict[str, tuple[Any, ...]]:
    """Records by their document, in the order in which they come."""
    groups: dict[str, list[Any]] = defaultdict(list)
    for record in records:
        groups[record.document].append(record)
    return {source: tuple(group) for source, group in groups.items()}
