"""verify: hashes every original and text again, and slices every record again."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256

from sayso.schema import Derived, Document, Resolved
from sayso.store.case import ACROSS, LOCAL, Case

JOINT = " … "
"""What joins the parts of a discontinuous span in the words that are shown."""


def verify(case: Case) -> Iterator[str]:
    """Every failure found, as a line of words. Nothing is yielded for a sound case."""
    yield from _file(case)
    yield from _originals(case)
    documents = {document.source: document for document in case.documents()}
    for document in documents.values():
        yield from _document(document)
    for resolved in case.resolved():
        yield from _resolved(resolved, documents)
    compared = case.compared()
    for kind in ACROSS:
        for record in getattr(compared, kind):
            yield from _record(kind, record, documents)


def _file(case: Case) -> Iterator[str]:
    for (line,) in case._all("PRAGMA integrity_check"):
        if line != "ok":
            yield f"case file: {line}"
    for table, _, parent, _ in case._all("PRAGMA foreign_key_check"):
        yield f"case file: a row of {table} hangs on a missing row of {parent}"


def _originals(case: Case) -> Iterator[str]:
    for digest, size, packed in case._run("SELECT sha256, size, content FROM originals"):
        content, damage = _unpack(packed)
        if damage:
            yield f"original {digest[:12]}: {damage}"
        elif len(content) != size or sha256(content).hexdigest() != digest:
            yield f"original {digest[:12]}: its bytes do not have the SHA-256 of their name"


def _unpack(packed: bytes) -> tuple[bytes, str]:
    try:
        return zlib.decompress(packed), ""
    except zlib.error as error:
        return b"", str(error)


def _document(document: Document) -> Iterator[str]:
    text = document.text
    if sha256(text.encode("utf-8", "surrogatepass")).hexdigest() != document.text_sha256:
        yield f"{document.source}: its text does not have the SHA-256 it was stored under"
    last = 0
    for block in document.blocks:
        if not last <= block.start < block.end <= len(text):
            yield f"{document.source}: block {block.start}–{block.end} is out of order or range"
        last = block.end


def _resolved(resolved: Resolved, documents: dict[str, Document]) -> Iterator[str]:
    seen: Counter[tuple[str, str]] = Counter()
    for kind in LOCAL:
        for record in getattr(resolved, kind):
            seen[kind, record.id] += 1
            yield from _record(kind, record, documents)
    for (kind, id_), count in seen.items():
        if count > 1:
            yield f"{resolved.document}: {count} {kind} share the id {id_}"


def _record(kind: str, record: Derived, documents: dict[str, Document]) -> Iterator[str]:
    name = f"{kind} {record.id}"
    if not record.evidence:
        yield f"{name}: stands on no evidence"
    for evidence in record.evidence:
        document = documents.get(evidence.document)
        if document is None:
            yield f"{name}: its document {evidence.document} is not in the case"
        elif not 0 <= evidence.start < evidence.end <= len(document.text):
            yield f"{name}: evidence {evidence.start}–{evidence.end} is out of range"
    yield from _words(name, record, documents)


def _words(name: str, record: Derived, documents: dict[str, Document]) -> Iterator[str]:
    """Slicing the working text must give the words that the record shows."""
    document = documents.get(getattr(record, "document", ""))
    if document is None:
        return
    shown = getattr(record, "text", None)
    if shown is not None and document.text[record.start : record.end] != shown:  # type: ignore[attr-defined]
        yield f"{name}: its words are not those at its place in {document.source}"
    for words, spans in (
        ("speaker_text", "source_spans"),
        ("cue", "cue_spans"),
        ("content", "content_spans"),
    ):
        if hasattr(record, spans):
            sliced = JOINT.join(document.text[a:b] for a, b in getattr(record, spans))
            if getattr(record, words) != sliced:
                yield f"{name}: its {words} is not what stands at {spans} in {document.source}"
