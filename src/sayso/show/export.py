"""Exports: the output contract, row by row."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import msgspec

from sayso.ids import record_id
from sayso.schema import Derived, Problem, Publication, View

_ALWAYS = ("id", "evidence", "method", "score")

FIELDS: dict[str, tuple[str, ...]] = {
    "documents": (
        "id", "source", "path", "row", "outlet", "headline", "author", "url",
        "published_earliest", "published_latest", "published_how", "language", "read_at",
        "bytes_sha256", "text_sha256", "blocks", "copy_of", "evidence", "method",
    ),
    "statements": (
        "id", "document", "type", "form", "speaker", "voice", "speaker_text", "cue", "content",
        "source_spans", "cue_spans", "content_spans", "chain", "denied", "score", "evidence",
        "method",
    ),
    "figures": (
        "id", "document", "text", "value", "low", "high", "bound", "unit", "of", "effect",
        "part_of", "speaker", "voice", "chain", "statement", "matter", "event", "start", "end",
        "score", "evidence", "method",
    ),
    "times": (
        "id", "document", "text", "type", "value", "earliest", "latest", "start", "end", "score",
        "evidence", "method",
    ),
    "places": (
        "id", "document", "text", "name", "role", "lat", "lon", "radius_km", "gazetteer",
        "approximate", "start", "end", "score", "evidence", "method",
    ),
    "events": (
        "id", "document", "type", "status", "agent", "target", "instrument", "place", "lat", "lon",
        "radius_km", "earliest", "latest", "speaker", "voice", "statement", "start", "end", "score",
        "evidence", "method",
    ),
    "actors": (
        "id", "name", "kind", "names", "affiliations", "mentions", "key", "score", "evidence",
        "method",
    ),
    "truces": (
        "id", "name", "parties", "brokers", "places", "excluded", "proposer", "began_on",
        "ended_on", "status", "how", "breaches", "documents", "began_earliest",
        "began_latest", "ended_earliest", "ended_latest", "told", "alleged_breaches", "score",
        "evidence", "method",
    ),
    "matters": (
        "id", "title", "place", "earliest", "latest", "documents", "also_in", "accounts",
        "reports", "texts", "outlets", "origins", "unknown", "claims", "disagreements", "toll",
        "toll_rule", "score", "evidence", "method",
    ),
    "relations": ("id", "kind", "left", "right", "reason", "score", "evidence", "method"),
    "naming": ("id", "actor", "label", "by", "count", "score", "evidence", "method"),
    "queries": ("id", "document", "kind", "message", "score", "evidence", "method"),
    "problems": ("id", "document", "path", "stage", "message", "hint", "evidence", "method"),
}  # fmt: skip
"""Every kind's fields, in the order in which they are written (docs/contract.md explains each)."""

KINDS = tuple(FIELDS)

Row = dict[str, Any]


def export_rows(view: View, kind: str) -> Iterator[Row]:
    """The rows of one kind, as plain values in the order of `FIELDS[kind]`."""
    fields = FIELDS[kind]
    make = _MAKERS.get(kind)
    rows = make(view) if make else map(_builtins, getattr(view, kind))
    for row in rows:
        yield {field: row[field] for field in fields}


def export_lines(view: View, kind: str, *, format: str) -> Iterator[str]:  # noqa: A002 -- as the option is called
    """The rows of one kind as lines of JSON ("jsonl") or CSV with a header ("csv")."""
    rows = export_rows(view, kind)
    if format == "csv":
        return csv_lines(rows, FIELDS[kind])
    return (msgspec.json.encode(row).decode() + "\n" for row in rows)


def _builtins(record: Derived) -> Row:
    return msgspec.to_builtins(record)  # type: ignore[no-any-return]


def _documents(view: View) -> Iterator[Row]:
    sources = {document.id: document.source for document in view.documents}
    unknown = Publication(earliest=None, latest=None, how="not resolved")
    for document in view.documents:
        publication = view.publications.get(document.source, unknown)
        id_ = document.id
        row = msgspec.to_builtins(document)
        row |= {
            "id": id_,
            "published_earliest": publication.earliest,
            "published_latest": publication.latest,
            "published_how": publication.how,
            "copy_of": sources.get(view.copies.get(id_, "")),
            "evidence": [{"document": document.source, "start": 0, "end": len(document.text)}],
            "method": document.reader,
        }
        yield row


def _problems(view: View) -> Iterator[Row]:
    lengths = {document.source: len(document.text) for document in view.documents}
    for problem in view.problems:
        length = lengths.get(problem.document or "")
        where = [{"document": problem.document, "start": 0, "end": length}] if length else []
        row = msgspec.to_builtins(problem)
        yield row | {"id": _problem_id(problem), "evidence": where, "method": problem.stage}


def _problem_id(problem: Problem) -> str:
    return record_id(problem.document or problem.path or "", problem.message, "problem")


_MAKERS: dict[str, Callable[[View], Iterator[Row]]] = {
    "documents": _documents,
    "problems": _problems,
}

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_lines(rows: Iterable[Row], fields: tuple[str, ...]) -> Iterator[str]:
    """CSV with a header (RFC 4180), safe to open in a spreadsheet."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(fields)
    for row in rows:
        writer.writerow([_cell(row[field]) for field in fields])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue()


def _cell(value: Any) -> Any:
    """A value for a spreadsheet: lists of words joined by "; ", other lists as JSON.

    Words that a spreadsheet would run as a formula get an apostrophe before them (OWASP).
    """
    if isinstance(value, list | tuple) and all(isinstance(item, str) for item in value):
        value = "; ".join(value)
    elif isinstance(value, list | tuple | dict):
        value = msgspec.json.encode(value).decode()
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value
