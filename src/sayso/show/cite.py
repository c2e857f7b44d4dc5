"""Citations: what a reader needs to find the words again and to check them, with or without
scripts.
"""

from __future__ import annotations

from collections.abc import Sequence

from sayso.ids import Span
from sayso.schema import Figure, Matter, Statement
from sayso.show.html import running
from sayso.show.index import Index, Report
from sayso.show.words import days_words, printable

HASH = 16
"""Letters of a text's SHA-256 in the citation of a statement or figure; the article's own citation
and the table of reports hold all of it.
"""


def statement_citation(index: Index, statement: Statement) -> str:
    """A statement as a footnote, folded: its words, who said them, through whom, where, which text.

    Returns HTML: escaped words in a `details`.
    """
    return _folded(
        index,
        f"s-{statement.id}",
        statement.content,
        statement.chain or (statement.speaker or "",),
        index.reports[statement.document],
        statement.content_spans,
    )


def figure_citation(index: Index, figure: Figure) -> str:
    """A figure as a footnote, folded."""
    return _folded(
        index,
        f"f-{figure.id}",
        figure.text,
        figure.chain or (figure.speaker or "",),
        index.reports[figure.document],
        ((figure.start, figure.end),),
    )


def spans_words(spans: Sequence[Span]) -> str:
    """Spans as a reader cites them: "12–40, 52–60"."""
    return ", ".join(f"{start}–{end}" for start, end in spans)


def _folded(
    index: Index,
    anchor: str,
    words: str,
    chain: Sequence[str],
    report: Report,
    spans: Sequence[Span],
) -> str:
    carried = running(printable(" → ".join(name for name in chain if name) or report.outlet))
    return (
        f"<details class=cite><summary>Cite {spans_words(spans)}</summary>"
        f"“{running(printable(words))}” {carried},"
        f" {report.shown_day}. Characters {spans_words(spans)} of text"
        f" {report.document.text_sha256[:HASH]}, sayso {index.view.version}, #{anchor}</details>"
    )


def report_citation(index: Index, report: Report) -> str:
    """A report as a footnote, with the whole hash of its text."""
    document = report.document
    return (
        f"{report.outlet}, “{document.headline or document.source}”, {report.published}."
        f" Text with SHA-256 {document.text_sha256}, read as {document.source} on"
        f" {document.read_at[:10]}. sayso {index.view.version}, case {index.view.case},"
        f" #{report.anchor}"
    )


def matter_citation(index: Index, matter: Matter) -> str:
    """A matter as a footnote: title, counts, reports with the hashes of their texts, version."""
    when = days_words(matter.earliest, matter.latest) or "day unknown"
    place = matter.place or "place unknown"
    sources = dict.fromkeys((*matter.documents, *matter.also_in))
    reports = "; ".join(
        f"{index.reports[s].label}, text SHA-256 {index.reports[s].document.text_sha256[:HASH]}"
        for s in sources
    )
    return (
        f"“{matter.title}” ({place}, {when}): reports {matter.reports}, named origins of"
        f" its main claim {matter.origins}. In: {reports}. sayso {index.view.version},"
        f" case {index.view.case}, matter {matter.id}, #m-{matter.id}"
    )
