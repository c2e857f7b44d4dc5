"""The report: one HTML file, nothing fetched, nothing run that an article brought along."""

from __future__ import annotations

import base64
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from hashlib import sha256
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any

import jinja2
import msgspec

from sayso.schema import Document, Figure, Matter, Place, Publication, Relation, Statement, View
from sayso.show.reader import Paragraph, paragraphs
from sayso.show.words import (
    chain_words,
    date_words,
    days_words,
    figure_words,
    number_words,
    printable,
)

_PAGE = Path(__file__).parent / "page"

LOUDEST = 25
"""Speakers listed in the overview."""

Row = dict[str, Any]


class Article(msgspec.Struct, frozen=True, kw_only=True):
    """A document as the reader shows it."""

    document: Document
    anchor: str
    published: str
    how: str
    copy_of: str | None
    statements: tuple[Statement, ...]
    paragraphs: tuple[Paragraph, ...]


def write_report(view: View, path: Path, *, with_text: bool) -> None:
    """Writes the report of a case. Without text, articles are listed but not shown.

    Raises OSError when the file cannot be written.
    """
    with path.open("w", encoding="utf-8") as file:
        file.writelines(report_lines(view, with_text=with_text))


def report_lines(view: View, *, with_text: bool) -> Iterator[str]:
    """The report's HTML in pieces, so that a large case does not stand in memory twice."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_PAGE),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters |= {
        "shown": printable,
        "number": number_words,
        "figure": figure_words,
        "chain": chain_words,
        "days": lambda record: days_words(record.earliest, record.latest),
    }
    style = (_PAGE / "page.css").read_text("utf-8")
    script = (_PAGE / "page.js").read_text("utf-8")
    yield from environment.get_template("report.html").generate(
        view=view,
        with_text=with_text,
        style=style,
        script=script,
        script_hash=base64.b64encode(sha256(script.encode()).digest()).decode(),
        outlets=_outlets(view),
        speakers=_speakers(view),
        documents=_documents(view),
        articles=_articles(view) if with_text else (),
        statements=view.statements,
        figures={figure.id: figure for figure in view.figures},
        matters=_matters(view),
        relations=_relations(view),
        located=_places(view.places, located=True),
        unlocated=_places(view.places, located=False),
        headlines={d.source: d.headline or d.source for d in view.documents},
        anchors={d.source: f"d-{d.id}" for d in view.documents},
        words={d.source: f"w-{d.id}" for d in view.documents},
    )


def _outlets(view: View) -> list[Row]:
    documents = Counter(document.outlet or "unknown outlet" for document in view.documents)
    outlet_of = {d.source: d.outlet or "unknown outlet" for d in view.documents}
    said = Counter(outlet_of[statement.document] for statement in view.statements)
    return [
        {"name": name, "documents": count, "statements": said[name]}
        for name, count in sorted(documents.items(), key=lambda item: (-item[1], item[0]))
    ]


def _speakers(view: View) -> list[Row]:
    outlet_of = {d.source: d.outlet or "unknown outlet" for d in view.documents}
    spoken: dict[str, list[Statement]] = defaultdict(list)
    for statement in view.statements:
        if statement.voice == "named" and statement.speaker:
            spoken[statement.speaker].append(statement)
    loudest = sorted(spoken.items(), key=lambda item: (-len(item[1]), item[0]))[:LOUDEST]
    return [
        {
            "name": name,
            "statements": len(statements),
            "documents": len({s.document for s in statements}),
            "outlets": sorted({outlet_of[s.document] for s in statements}),
        }
        for name, statements in loudest
    ]


def _documents(view: View) -> list[Row]:
    sources = {document.id: document.source for document in view.documents}
    counts = Counter(statement.document for statement in view.statements)
    unknown = Publication(earliest=None, latest=None, how="not resolved")
    return [
        {
            "document": document,
            "anchor": f"d-{document.id}",
            "publication": view.publications.get(document.source, unknown),
            "published": date_words(view.publications.get(document.source)),
            "copy_of": sources.get(view.copies.get(document.id, "")),
            "statements": counts[document.source],
        }
        for document in view.documents
    ]


def _articles(view: View) -> Iterator[Article]:
    statements = _by_document(view.statements)
    others = [
        _by_document(records) for records in (view.figures, view.events, view.places, view.times)
    ]
    noted = _noted(view)
    for row in _documents(view):
        document = row["document"]
        said = statements.get(document.source, ())
        id_ = document.id
        anchors = [(s.evidence[0].start, f"s-{s.id}") for s in said]
        for prefix, records in zip("fept", others, strict=True):
            anchors += [(r.start, f"{prefix}-{r.id}") for r in records.get(document.source, ())]
        anchors += [(start, f"w-{id_}-{start}") for start in noted.get(document.source, ())]
        yield Article(
            document=document,
            anchor=row["anchor"],
            published=row["published"],
            how=row["publication"].how,
            copy_of=row["copy_of"],
            statements=said,
            paragraphs=tuple(paragraphs(document, said, anchors)),
        )


def _noted(view: View) -> dict[str, set[int]]:
    """Where queries, names and truces stand, by document: places that their tables lead to."""
    found: dict[str, set[int]] = defaultdict(set)
    for record in (*view.queries, *view.naming, *view.truces):
        for evidence in record.evidence:
            found[evidence.document].add(evidence.start)
    return found


def _by_document(records: Sequence[Any]) -> dict[str, tuple[Any, ...]]:
    ordered = sorted(records, key=attrgetter("document"))
    return {source: tuple(group) for source, group in groupby(ordered, attrgetter("document"))}


def _matters(view: View) -> list[Matter]:
    """Matters of several reports first: those that rest on the fewest origins lead."""
    return sorted(view.matters, key=lambda m: (-(m.reports - m.origins), -m.reports, m.title))


def _relations(view: View) -> list[Row]:
    """Each relation with where its two sides stand and what they say."""
    anchors: dict[str, tuple[str, str, str]] = {}
    for statement in view.statements:
        words = f"{statement.speaker or 'the outlet'}: {statement.content}"
        anchors[statement.id] = (f"s-{statement.id}", words, statement.document)
    for figure in view.figures:
        words = f"{figure.speaker or 'the outlet'}: {_figure_side(figure)}"
        anchors[figure.id] = (f"f-{figure.id}", words, figure.document)
    for event in view.events:
        words = f"{event.agent or 'somebody'}: {event.type} {event.target or ''}"
        anchors[event.id] = (f"e-{event.id}", words, event.document)
    for document in view.documents:
        id_ = document.id
        anchors[id_] = (f"d-{id_}", document.headline or document.source, document.source)
    return [_relation(relation, anchors) for relation in view.relations]


def _figure_side(figure: Figure) -> str:
    return figure_words(figure)


def _relation(relation: Relation, anchors: dict[str, tuple[str, str, str]]) -> Row:
    missing = ("", "not in the case", "")
    return {
        "relation": relation,
        "left": anchors.get(relation.left, missing),
        "right": anchors.get(relation.right, missing),
    }


def _places(places: Sequence[Place], *, located: bool) -> list[Row]:
    """Places by name and gazetteer entry, most mentioned first."""
    groups: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for place in places:
        if (place.lat is not None) == located:
            groups[place.name, place.gazetteer or ""].append(place)
    rows = [
        {
            "name": name,
            "gazetteer": gazetteer,
            "first": group[0],
            "mentions": len(group),
            "roles": sorted({place.role for place in group}),
            "documents": len({place.document for place in group}),
        }
        for (name, gazetteer), group in groups.items()
    ]
    return sorted(rows, key=lambda row: (-row["mentions"], row["name"]))
