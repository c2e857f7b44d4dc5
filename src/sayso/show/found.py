"""What a search found, for a terminal: each document, and the words with their places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from sayso.ids import Span
from sayso.schema import Document, Statement, View
from sayso.show.words import chain_words, date_words, printable

AROUND = 60
"""Code points shown on each side of a match."""

SHOWN = 3
"""Matches shown of a document."""


def search_lines(
    view: View, hits: Iterable[tuple[str, Sequence[Span]]], *, colour: bool
) -> Iterator[str]:
    """Lines for a terminal: a heading a document, then its matches, on whose word they stand."""
    documents = {document.source: document for document in view.documents}
    statements: dict[str, list[Statement]] = {}
    for statement in view.statements:
        statements.setdefault(statement.document, []).append(statement)
    for source, spans in hits:
        document = documents[source]
        date = date_words(view.publications.get(source))
        title = printable(document.headline or "no headline")
        yield f"{source}  {document.outlet or 'unknown outlet'}, {date}: {title}\n"
        for span in spans[:SHOWN]:
            yield f"  {span[0]}–{span[1]}  {_around(document, span, colour)}\n"
            said = _said(statements.get(source, []), span)
            if said:
                yield f"    said by: {chain_words(said)}\n"
        if len(spans) > SHOWN:
            yield f"  … and {len(spans) - SHOWN} more\n"


def _around(document: Document, span: Span, colour: bool) -> str:
    start, end = span
    before = document.text[max(0, start - AROUND) : start]
    after = document.text[end : end + AROUND]
    mark = ("\x1b[1m", "\x1b[0m") if colour else ("[", "]")
    match = printable(document.text[start:end])
    return f"…{_line(before)}{mark[0]}{match}{mark[1]}{_line(after)}…"


def _line(text: str) -> str:
    return printable(re.sub(r"\s+", " ", text))


def _said(statements: Sequence[Statement], span: Span) -> Statement | None:
    holding = [
        (end - start, statement.id, statement)
        for statement in statements
        for start, end in statement.content_spans
        if start <= span[0] and span[1] <= end
    ]
    return min(holding)[2] if holding else None
