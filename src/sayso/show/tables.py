"""The long tables, row by row. End tags that HTML lets be left out are left out: there are
thousands of them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from operator import attrgetter
from typing import Any

import msgspec

from sayso.schema import Event, Figure, Matter, Place, Statement
from sayso.show.cite import figure_citation, statement_citation
from sayso.show.html import joined, link, short, shown
from sayso.show.index import Index, by_document, side_of
from sayso.show.matter import Ranked
from sayso.show.words import days_words, figure_words, number_words

Row = dict[str, Any]

_START = attrgetter("start")

MATTERS = 5
"""Matters of a place that its row names; the table of matters holds all."""


class Column(msgspec.Struct, frozen=True):
    """A column's heading. `filter` names what it is filtered by in the page's address; cells of a
    column with `many` hold several values, parted by "; ".
    """

    title: str
    filter: str = ""
    many: bool = False
    number: bool = False


COLUMNS: dict[str, tuple[Column, ...]] = {
    "matters": (
        Column("Matter"),
        Column("Place", "place"),
        Column("When", "date"),
        Column("Differences", number=True),
        Column("Reports", number=True),
        Column("Origins", number=True),
        Column("Voices", "speaker", many=True),
        Column("Outlets", "outlet", many=True),
    ),
    "documents": (
        Column("Report"),
        Column("Headline"),
        Column("Outlet", "outlet"),
        Column("Published", "date"),
        Column("Known from"),
        Column("Statements", number=True),
        Column("Copy of"),
        Column("Source"),
        Column("SHA-256 of the text"),
    ),
    "statements": (
        Column("Speaker", "speaker"),
        Column("Via"),
        Column("Outlet", "outlet"),
        Column("Published", "date"),
        Column("Words"),
        Column("Cue"),
        Column("Kind", "type", many=True),
        Column("Voice", "voice"),
        Column("Places", "place", many=True),
        Column("At"),
    ),
    "figures": (
        Column("Figure"),
        Column("Low", number=True),
        Column("High", number=True),
        Column("Effect", "type"),
        Column("Speaker", "speaker"),
        Column("Voice", "voice"),
        Column("Via"),
        Column("Outlet", "outlet"),
        Column("Published", "date"),
        Column("Place", "place"),
        Column("Matter"),
        Column("Checks"),
        Column("At"),
    ),
    "events": (
        Column("Type", "type"),
        Column("Who", "who"),
        Column("To whom", "whom"),
        Column("Where", "place"),
        Column("When", "date"),
        Column("Status", "status"),
        Column("On whose word", "speaker"),
        Column("Outlet", "outlet"),
        Column("At"),
    ),
}
"""The columns of each long table, in order."""


def matter_rows(ranked: list[Ranked]) -> Iterator[str]:
    """A row a matter, in the order in which they are ranked."""
    for one in ranked:
        matter = one.matter
        voices = dict.fromkeys(a.speaker for a in matter.accounts if a.speaker)
        yield (
            f"<tr><th scope=row>{link(f'm-{matter.id}', matter.title)}"
            f"<td>{shown(matter.place or '')}<td>{_days(matter)}"
            f"<td class=n>{one.differences}<td class=n>{matter.reports}"
            f"<td class=n>{matter.origins}<td>{joined(map(shown, voices), '; ')}"
            f"<td>{joined(map(shown, one.outlets), '; ')}\n"
        )


def document_rows(index: Index) -> Iterator[str]:
    """A row a document. Without text the row itself is what links lead to."""
    said = by_document(index.view.statements)
    for source, report in index.reports.items():
        document = report.document
        label = index.report_link(source) if index.with_text else shown(report.label)
        id_ = "" if index.with_text else f" id={report.anchor}"
        copy = index.report_link(report.copy_of) if report.copy_of else ""
        yield (
            f"<tr{id_}><th scope=row>{label}"
            f"<td>{shown(document.headline or '')}<td>{report.shown_outlet}<td>{report.shown_day}"
            f"<td>{shown(report.publication.how)}<td class=n>{len(said.get(source, ()))}"
            f"<td>{copy}<td>{shown(source)}<td class=hash>{document.text_sha256}\n"
        )


def statement_rows(index: Index) -> Iterator[str]:
    """A row a statement, with the places that its words name."""
    literal = (place for place in index.view.places if place.role == "literal")
    places = by_document(sorted(literal, key=_START))
    for s in index.view.statements:
        report = index.reports[s.document]
        start, end = s.content_spans[0][0], s.content_spans[-1][1]
        words = short(s.content) if index.with_text else shown(s.content)
        kind = f"{s.type}; {s.form}" + ("; denied" if s.denied else "")
        yield (
            f"<tr{_row_id(index, 's', s)}><th scope=row>{index.actor(s.speaker)}"
            f"<td>{shown(', '.join(s.chain[1:-1]))}<td>{report.shown_outlet}<td>{report.shown_day}"
            f"<td>{words}<td>{shown(s.cue)}<td>{kind}<td>{s.voice}"
            f"<td>{_places(places.get(s.document, ()), s)}<td>{_at(index, 's', s, start, end)}\n"
        )


def figure_rows(index: Index) -> Iterator[str]:
    """A row a figure, with the matter that it belongs to."""
    for f in index.view.figures:
        report = index.reports[f.document]
        matter = index.matters.get(f.matter or "")
        event = index.events.get(f.event or "")
        place = (event.place if event else None) or (matter.place if matter else None) or ""
        about = link(f"m-{matter.id}", matter.title) if matter else ""
        yield (
            f"<tr{_row_id(index, 'f', f)}><th scope=row>{short(figure_words(f), 120)}"
            f"<td class=n>{number_words(f.low)}<td class=n>{number_words(f.high)}"
            f"<td>{f.effect or ''}<td>{shown(f.speaker or 'the outlet itself')}<td>{f.voice}"
            f"<td>{shown(', '.join(f.chain[1:-1]))}<td>{report.shown_outlet}<td>{report.shown_day}"
            f"<td>{shown(place)}<td>{about}<td>{index.checks(f)}"
            f"<td>{_at(index, 'f', f, f.start, f.end)}\n"
        )


def event_rows(index: Index) -> Iterator[str]:
    """A row an event."""
    for e in index.view.events:
        yield (
            f"<tr{_row_id(index, 'e', e)}><th scope=row>{e.type.lower()}<td>{shown(e.agent or '')}"
            f"<td>{shown(e.target or '')}<td>{shown(e.place or '')}<td>{_days(e)}<td>{e.status}"
            f"<td>{shown(e.speaker or 'the outlet itself')}"
            f"<td>{index.reports[e.document].shown_outlet}"
            f"<td>{_at(index, 'e', e, e.start, e.end)}\n"
        )


def _row_id(index: Index, prefix: str, record: Statement | Figure | Event) -> str:
    """The anchor that a record's row carries where there is no article to carry it."""
    return "" if index.with_text else f" id={prefix}-{record.id}"


def _at(index: Index, prefix: str, record: Statement | Figure | Event, start: int, end: int) -> str:
    """The way to the words; where the articles are left out, their place and how to cite them."""
    if index.with_text or isinstance(record, Event):
        return f"<a href=#{prefix}-{record.id}>{start}–{end}</a>"
    if isinstance(record, Statement):
        return statement_citation(index, record)
    return figure_citation(index, record)


def _days(record: Matter | Event) -> str:
    return days_words(record.earliest, record.latest)


def _places(places: tuple[Place, ...], statement: Statement) -> str:
    names = dict.fromkeys(
        place.name
        for start, end in statement.content_spans
        for place in places[
            bisect_left(places, start, key=_START) : bisect_left(places, end, key=_START)
        ]
    )
    return joined(map(shown, names), "; ")


# --- shorter tables, for the templates ------------------------------------------------------


def relation_rows(index: Index) -> list[Row]:
    """Each relation with where its two sides stand and what they say, and where else the same
    stands.
    """
    documents = {report.key: report for report in index.reports.values()}
    rows = []
    for relation in index.view.relations:
        sides: list[tuple[str, str]] = []
        for id_ in (relation.left, relation.right):
            report = documents.get(id_)
            if report:
                sides.append((link(report.anchor, report.label), ""))
            else:
                sides.append(_side(index, side_of(index, id_)))
        also = index.further(relation) if relation.kind != "copies" else []
        rows.append(
            {
                "kind": relation.kind,
                "reason": shown(relation.reason),
                "sides": sides,
                "also": index.where(also),
            }
        )
    return rows


def _side(index: Index, side: Any) -> tuple[str, str]:
    if side is None:
        return "not in the case", ""
    if isinstance(side, Statement):
        words, prefix = side.content, "s"
    elif isinstance(side, Figure):
        words, prefix = figure_words(side), "f"
    else:
        words, prefix = f"{side.agent or 'somebody'}: {side.type.lower()} {side.target or ''}", "e"
    who = side.speaker or "the outlet itself"
    return link(f"{prefix}-{side.id}", short(f"{who}: {words}", 160)), index.reports[
        side.document
    ].label


def place_rows(index: Index, *, located: bool) -> list[Row]:
    """Places by name and gazetteer entry, most mentioned first."""
    groups: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for place in index.view.places:
        if (place.lat is not None) == located:
            groups[place.name, place.gazetteer or ""].append(place)
    matters: dict[str, list[Matter]] = defaultdict(list)
    for matter in index.view.matters:
        matters[matter.place or ""].append(matter)
    rows = []
    for (name, gazetteer), group in groups.items():
        about = matters[name] if index.places[name] == f"p-{group[0].id}" else []
        first = next((place for place in group if place.role == "literal"), group[0])
        where = index.reports[first.document].key
        words = f"{index.reports[first.document].label}: {first.start}"
        leads = index.with_text and first.role == "literal"
        rows.append(
            {
                "name": name,
                "gazetteer": gazetteer,
                "first": first,
                "where": link(f"w-{where}-{first.start}", words) if leads else shown(words),
                "mentions": len(group),
                "roles": sorted({place.role for place in group}),
                "anchor": f"p-{group[0].id}",
                "matters": joined(link(f"m-{m.id}", m.title) for m in about[:MATTERS]),
                "more": max(0, len(about) - MATTERS),
                "matter_count": len(about),
            }
        )
    return sorted(rows, key=lambda row: (-row["mentions"], row["name"]))
