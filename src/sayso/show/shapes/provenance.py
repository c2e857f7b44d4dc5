"""PROV-JSON (W3C submission of 2013): how each record came to be.

Texts are entities, and so is every record; a method with its version is an activity that used the
texts and generated the records; sayso, and whoever corrected, are agents.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from sayso.schema import Derived, View

KINDS = (
    "statements", "figures", "times", "places", "events", "actors", "truces", "matters",
    "relations", "naming", "queries",
)  # fmt: skip
"""The kinds of record that are told."""

_CORRECTED = " + correction"


def provenance(view: View) -> Iterator[str]:
    """One PROV-JSON document, a record a line inside each of its parts."""
    texts = {document.source: f"text:{document.text_sha256}" for document in view.documents}
    records = [(kind, record) for kind in KINDS for record in getattr(view, kind)]
    methods = sorted({record.method for _, record in records})
    readers = sorted({document.reader for document in view.documents})
    prefixes = {
        "sayso": "urn:sayso:",
        "text": "urn:sha256:",
        "method": "urn:sayso:method:",
        "agent": "urn:sayso:agent:",
    }
    yield '{"prefix":' + msgspec.json.encode(prefixes).decode()
    yield from _part("entity", _entities(view, records))
    activities: list[tuple[str, Any]] = [
        (_method(name), {"prov:label": name}) for name in (*readers, *methods)
    ]
    yield from _part("activity", activities)
    agents: list[tuple[str, Any]] = [
        ("agent:sayso", {"prov:type": "prov:SoftwareAgent", "sayso:version": view.version})
    ]
    if any(name.endswith(_CORRECTED) for name in methods):
        agents.append(("agent:people", {"prov:type": "prov:Person"}))
    yield from _part("agent", agents)
    yield from _part("wasAssociatedWith", _numbered("a", _associated(readers, methods)))
    yield from _part("wasGeneratedBy", _numbered("g", _generated(view, texts, records)))
    yield from _part("wasDerivedFrom", _numbered("d", _derived(texts, records)))
    yield "}\n"


def _entities(
    view: View, records: Iterable[tuple[str, Derived]]
) -> Iterator[tuple[str, dict[str, Any]]]:
    for hash_, documents in _by_hash(view).items():
        yield (
            f"text:{hash_}",
            {
                "prov:label": "; ".join(document.source for document in documents),
                "sayso:bytes_sha256": documents[0].bytes_sha256,
            },
        )
    for kind, record in records:
        spans = "; ".join(f"{e.document} {e.start}-{e.end}" for e in record.evidence)
        yield f"sayso:{record.id}", {"prov:type": f"sayso:{kind}", "sayso:evidence": spans}


def _by_hash(view: View) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for document in view.documents:
        found.setdefault(document.text_sha256, []).append(document)
    return found


def _associated(readers: Iterable[str], methods: Iterable[str]) -> Iterator[dict[str, str]]:
    for name in (*readers, *methods):
        yield {"prov:activity": _method(name), "prov:agent": "agent:sayso"}
        if name.endswith(_CORRECTED):
            yield {"prov:activity": _method(name), "prov:agent": "agent:people"}


def _generated(
    view: View, texts: dict[str, str], records: Iterable[tuple[str, Derived]]
) -> Iterator[dict[str, str]]:
    told: set[str] = set()
    for document in view.documents:
        if texts[document.source] not in told:
            told.add(texts[document.source])
            yield {
                "prov:entity": texts[document.source],
                "prov:activity": _method(document.reader),
                "prov:time": document.read_at,
            }
    for _, record in records:
        yield {"prov:entity": f"sayso:{record.id}", "prov:activity": _method(record.method)}


def _derived(
    texts: dict[str, str], records: Iterable[tuple[str, Derived]]
) -> Iterator[dict[str, str]]:
    for _, record in records:
        for text in dict.fromkeys(texts[e.document] for e in record.evidence):
            yield {"prov:generatedEntity": f"sayso:{record.id}", "prov:usedEntity": text}


def _method(name: str) -> str:
    """A method's qualified name: PROV names hold no spaces, slashes or pluses."""
    return "method:" + "".join(c if c.isalnum() or c in ".-" else "_" for c in name)


def _numbered(letter: str, rows: Iterable[dict[str, str]]) -> Iterator[tuple[str, dict[str, str]]]:
    for number, row in enumerate(rows, start=1):
        yield f"_:{letter}{number}", row


def _part(name: str, members: Iterable[tuple[str, Any]]) -> Iterator[str]:
    """One member of the document's object, its own members a line each."""
    yield f',\n"{name}":{{'
    before = "\n"
    for key, value in members:
        yield f"{before}{msgspec.json.encode(key).decode()}:{msgspec.json.encode(value).decode()}"
        before = ",\n"
    yield "}"
