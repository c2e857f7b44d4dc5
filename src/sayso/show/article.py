"""An article as its readers see it: the words as they were, and beside each block what they say."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import Any

import msgspec

from sayso.schema import Event, Figure, Place, Query, Statement, Time
from sayso.show.cite import figure_citation, report_citation, statement_citation
from sayso.show.html import joined, running, safe, shown
from sayso.show.index import Index, Report, by_document
from sayso.show.reader import Paragraph, paragraphs
from sayso.show.words import figure_words, interval_words, place_words, time_words

_START = attrgetter("start")


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """What one article says, each kind in the order of the text."""

    statements: tuple[Statement, ...] = ()
    figures: tuple[Figure, ...] = ()
    times: tuple[Time, ...] = ()
    places: tuple[Place, ...] = ()
    events: tuple[Event, ...] = ()
    queries: tuple[Query, ...] = ()


def articles(index: Index) -> Iterator[str]:
    """Every article of the case as HTML, one at a time."""
    view = index.view
    kinds = {
        kind: by_document(getattr(view, kind))
        for kind in ("statements", "figures", "times", "places", "events", "queries")
    }
    for kind in ("figures", "times", "places"):
        kinds[kind] = {
            source: tuple(sorted(group, key=_START)) for source, group in kinds[kind].items()
        }
    noted = _noted(index)
    for number, (source, report) in enumerate(index.reports.items()):
        said = Said(**{kind: groups.get(source, ()) for kind, groups in kinds.items()})
        yield "".join(_article(index, report, said, noted[source], number))


def _noted(index: Index) -> dict[str, set[int]]:
    """Where queries, names, truces and shared passages stand, by document: what links lead to."""
    view = index.view
    found: dict[str, set[int]] = defaultdict(set)
    copies = [relation for relation in view.relations if relation.kind == "copies"]
    for record in (*view.queries, *view.naming, *view.truces, *view.matters, *copies):
        for evidence in record.evidence:
            found[evidence.document].add(evidence.start)
    for relation in view.relations:
        if relation.kind != "copies":
            for evidence in index.further(relation):
                found[evidence.document].add(evidence.start)
    for truce in view.truces:
        for told in truce.told:
            found[told.document].add(told.start)
    first: dict[tuple[str, str | None], Place] = {}
    for place in view.places:
        if place.role == "literal":
            first.setdefault((place.name, place.gazetteer), place)
    for place in first.values():
        found[place.document].add(place.start)
    return found


def _article(
    index: Index, report: Report, said: Said, noted: set[int], number: int
) -> Iterator[str]:
    document = report.document
    anchors = [(s.evidence[0].start, f"s-{s.id}") for s in said.statements]
    anchors += [(f.start, f"f-{f.id}") for f in said.figures]
    anchors += [(e.start, f"e-{e.id}") for e in said.events]
    anchors += [(start, f"w-{report.key}-{start}") for start in noted]
    literal = [place for place in said.places if place.role == "literal"]
    marked: list[Any] = [*said.figures, *said.times, *literal]
    facts = [(record.start, record.end) for record in marked]
    yield _head(index, report)
    parents = _parents(said.statements)
    told: set[tuple[str, str]] = set()
    for paragraph in paragraphs(document, said.statements, anchors, facts):
        yield f'<div class="k {paragraph.kind}"><p data-at={paragraph.start}>'
        if paragraph.kind != "prose":
            yield f"<span class=kind>{paragraph.kind}</span> "
        yield from _words(paragraph, number)
        margin = [
            *_notes(index, paragraph, said.statements, parents, number),
            *_queries(index, said.queries, paragraph),
            *_facts(index, said, paragraph, told),
        ]
        if margin:
            yield "</p><div class=margin>" + "".join(margin) + "</div></div>\n"
        else:
            yield "</p></div>\n"
    yield "</article>\n"


def _head(index: Index, report: Report) -> str:
    document = report.document
    about = [
        report.shown_outlet,
        safe(f"{report.shown_day} ({shown(report.publication.how)})"),
        shown(document.source),
    ]
    if document.author:
        about.append(shown(f"by {document.author}"))
    if document.url:
        about.append(shown(document.url))
    if report.copy_of:
        about.append(safe(f"copy of {index.report_link(report.copy_of)}"))
    if document.language not in (None, "en"):
        about.append(shown(f"language {document.language}: kept, not annotated"))
    title = shown(document.headline or document.source)
    return (
        f"<article class='page reader' id={report.anchor} aria-labelledby=t-{report.key}>\n"
        f"<p class=up><a href=#documents>All reports</a></p>"
        f"<h1 id=t-{report.key}>{title}</h1>\n<p class=about>{joined(about, ' · ')}</p>\n"
        f"<details class='cite about'><summary>Cite this report</summary>"
        f"{shown(report_citation(index, report))}</details>\n"
    )


def _words(paragraph: Paragraph, number: int) -> Iterator[str]:
    for run in paragraph.runs:
        text = running(run.text)
        for note in run.opens:
            yield f"<sup><a href=#n{number}-{note}>{note + 1}</a></sup>"
        if not run.anchors and not run.classes:
            yield text
            continue
        *others, last = run.anchors or ("",)
        yield "".join(f"<span id={anchor}></span>" for anchor in others)
        own = f" id={last}" if last else ""
        if run.classes:
            classes = f'"{run.classes}"' if " " in run.classes else run.classes
            own += f" class={classes}"
        yield f"<span{own}>{text}</span>"


def _parents(statements: Sequence[Statement]) -> dict[int, int]:
    """The number of the statement inside whose content another's stands, the innermost one."""
    spans = sorted(
        (start, -end, number)
        for number, statement in enumerate(statements)
        for start, end in statement.content_spans
    )
    parents: dict[int, int] = {}
    open_: list[tuple[int, int]] = []
    for _, minus_end, number in spans:
        while open_ and open_[-1][0] < -minus_end:
            open_.pop()
        if open_ and open_[-1][1] != number:
            parents.setdefault(number, open_[-1][1])
        open_.append((-minus_end, number))
    return parents


def _notes(
    index: Index,
    paragraph: Paragraph,
    statements: Sequence[Statement],
    parents: dict[int, int],
    number: int,
) -> Iterator[str]:
    if not paragraph.notes:
        return
    yield "<ol class=notes>"
    for note in paragraph.notes:
        yield _note(index, statements[note], note, parents.get(note), number)
    yield "</ol>"


def _note(index: Index, s: Statement, note: int, parent: int | None, number: int) -> str:
    parts = [f"<li id=n{number}-{note} value={note + 1}><b>{index.actor(s.speaker)}</b>"]
    if s.voice == "unnamed":
        parts.append(" <span class=tag>unnamed</span>")
    if s.speaker_text and not _is_name(s.speaker_text, s.speaker):
        parts.append(f", here “{shown(s.speaker_text)}”")
    kind = f"{s.type}, {s.form}" + (", denied" if s.denied else "")
    parts.append(f" <span class=tag>{kind}</span>")
    if parent is not None:
        parts.append(f" within <a href=#n{number}-{parent}>{parent + 1}</a>")
    if len(s.chain) > 1:
        parts.append(f"<br><span class=chain>{shown(' → '.join(s.chain))}</span>")
    parts.append(f"{statement_citation(index, s)}</li>")
    return "".join(parts)


def _is_name(words: str, speaker: str | None) -> bool:
    """Whether a source's words are the speaker's name, but for the article."""
    return words.lower().removeprefix("the ") == (speaker or "").lower().removeprefix("the ")


def _queries(index: Index, queries: Sequence[Query], paragraph: Paragraph) -> Iterator[str]:
    """Queries of which the first words stand in this block."""
    for query in queries:
        here = [e for e in query.evidence if e.document == query.document]
        if here and paragraph.start <= here[0].start < paragraph.end:
            words = joined(map(index.words_link, query.evidence))
            yield (
                f"<div class=query role=note><b>Query: {query.kind}</b> {shown(query.message)}"
                f" ({words})</div>"
            )


def _inside(records: Sequence[Any], start: int, end: int) -> Sequence[Any]:
    """Those of some records in the order of the text that begin in a block."""
    first = bisect_left(records, start, key=_START)
    return records[first : bisect_left(records, end, key=_START)]


def _facts(
    index: Index, said: Said, paragraph: Paragraph, told: set[tuple[str, str]]
) -> Iterator[str]:
    """What figures, times and places of this block resolved to, and by what. A place is told once
    an article, where it is named first; `told` holds those that have been.
    """
    start, end = paragraph.start, paragraph.end
    figures = _inside(said.figures, start, end)
    times = _inside(said.times, start, end)
    named = {(place.text, place.name): place for place in _inside(said.places, start, end)}
    places = [place for words, place in named.items() if words not in told]
    told.update(named)
    counts = [
        f"{len(records)} {noun}{'' if len(records) == 1 else 's'}"
        for records, noun in ((figures, "figure"), (times, "time"), (places, "place"))
        if records
    ]
    if not counts:
        return
    yield f"<details class=facts><summary>{', '.join(counts)}</summary><ul>"
    for figure in figures:
        who = "" if figure.voice == "outlet" else f"; on the word of {shown(figure.speaker or '?')}"
        yield (
            f"<li>“{shown(figure.text)}” {shown(figure_words(figure))}:"
            f" {interval_words(figure)}{who}"
            f"{figure_citation(index, figure)}"
        )
    for time in times:
        yield f"<li>“{shown(time.text)}” {shown(time_words(time))}"
    for place in places:
        yield f"<li>“{shown(place.text)}” {shown(place_words(place))}"
    yield "</ul></details>"
