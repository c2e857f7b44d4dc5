"""The case: one SQLite file with what was read, what was derived, and what people decided."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import msgspec

from sayso.config import Settings
from sayso.ids import Span
from sayso.schema import (
    Actor,
    Compared,
    Derived,
    Document,
    Event,
    Figure,
    LocalActor,
    LocalNaming,
    LocalTruce,
    Matter,
    Naming,
    Place,
    Problem,
    Publication,
    Query,
    Relation,
    Resolved,
    Statement,
    Time,
    Truce,
)
from sayso.store.files import connect, explained

LOCAL: dict[str, type[Derived]] = {
    "actors": LocalActor,
    "statements": Statement,
    "figures": Figure,
    "times": Time,
    "places": Place,
    "events": Event,
    "truces": LocalTruce,
    "naming": LocalNaming,
    "queries": Query,
}
"""The records of one document: the field of `Resolved` that holds them, and their type."""

ACROSS: dict[str, type[Derived]] = {
    "actors": Actor,
    "truces": Truce,
    "matters": Matter,
    "relations": Relation,
    "naming": Naming,
}
"""The records of the whole case: the field of `Compared` that holds them, and their type."""

_ACROSS = (
    "case."  # kinds of the whole case are stored as "case.actors", beside a document's "actors"
)


_DECODERS = {kind: msgspec.json.Decoder(type_) for kind, type_ in LOCAL.items()}


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """A correction by a person: what `field` of the record at `spans` is to be. `value` is JSON."""

    made_at: str
    made_by: str
    text_sha256: str
    kind: str
    spans: tuple[Span, ...]
    field: str
    value: Any
    reason: str


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A stored record, encoded: what a worker hands back for the case to keep."""

    kind: str
    id: str
    body: bytes


def encode_resolved(resolved: Resolved) -> tuple[Row, ...]:
    """A document's records as rows, in the order of `LOCAL`."""
    return tuple(
        Row(kind=kind, id=record.id, body=msgspec.json.encode(record))
        for kind in LOCAL
        for record in getattr(resolved, kind)
    )


class Case:
    """An open case file. Use it in a `with`, or call `close`.

    Methods raise CaseError when the file is damaged, in use, or cannot be written.
    """

    def __init__(self, path: Path, *, create: bool = False) -> None:
        self.path = path
        self._connection = connect(path, create=create)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the file."""
        self._connection.close()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """All or nothing: what is written inside is kept when the block ends without an error."""
        with explained(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            if self._connection.in_transaction:
                self._connection.rollback()
            raise
        with explained(self.path):
            self._connection.execute("COMMIT")

    def _run(self, sql: str, values: Sequence[Any] = ()) -> sqlite3.Cursor:
        with explained(self.path):
            return self._connection.execute(sql, values)

    def _all(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        with explained(self.path):
            return self._connection.execute(sql, values).fetchall()

    # --- the case itself -------------------------------------------------------------------

    def get(self, key: str) -> str | None:
        """A fact about the case."""
        row = self._run("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return row[0] if row else None

    def set(self, key: str, value: str) -> None:
        """Notes a fact about the case."""
        self._run("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    @property
    def settings(self) -> Settings:
        """The settings that the case was last read with."""
        return msgspec.json.decode(self.get("settings") or "{}", type=Settings)

    # --- what was read ---------------------------------------------------------------------

    def input_is_known(self, path: str, sha256: str, options: str) -> bool:
        """Whether this file was read to its end as it stands, in the same way."""
        row = self._run("SELECT sha256, options FROM inputs WHERE path = ?", (path,)).fetchone()
        return bool(row == (sha256, options))

    def keep_original(self, sha256: str, content: bytes) -> None:
        """Keeps the bytes of an input."""
        if not self._all("SELECT 1 FROM originals WHERE sha256 = ?", (sha256,)):
            packed = zlib.compress(content, 6)
            self._run("INSERT INTO originals VALUES (?, ?, ?)", (sha256, len(content), packed))

    def keep_input(self, path: str, sha256: str, options: str, read_at: str) -> None:
        """Notes that a file was read to its end."""
        values = (path, sha256, options, read_at)
        self._run("INSERT OR REPLACE INTO inputs VALUES (?, ?, ?, ?)", values)
        self._drop_unused_originals()

    def _drop_unused_originals(self) -> None:
        self._run("DELETE FROM originals WHERE sha256 NOT IN (SELECT sha256 FROM inputs)")

    def sources(self) -> dict[str, str]:
        """Every document's source, with the path that it came from."""
        return dict(self._all("SELECT source, path FROM documents"))

    def keep_document(self, document: Document) -> bool:
        """Adds a document or replaces the one of its source. False when nothing changed.

        A document counts as changed when anything but the moment and bytes of its reading did.
        """
        old = self._all("SELECT body, text FROM documents WHERE source = ?", (document.source,))
        if old and _same(_document(*old[0]), document):
            self._run(
                "UPDATE documents SET body = ? WHERE source = ?", (_body(document), document.source)
            )
            return False
        self._forget(document.source)
        self._run("DELETE FROM documents WHERE source = ?", (document.source,))
        self._run(
            "INSERT INTO documents (source, path, text, text_sha256, headline, body)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (
                document.source,
                document.path,
                document.text,
                document.text_sha256,
                document.headline,
                _body(document),
            ),
        )
        return True

    def drop_documents(self, sources: Iterable[str]) -> int:
        """Removes documents and all that hangs on them; how many there were."""
        gone = 0
        for source in sources:
            self._forget(source)
            self._run("DELETE FROM problems WHERE document = ?", (source,))
            gone += self._run("DELETE FROM documents WHERE source = ?", (source,)).rowcount
        return gone

    def drop_input(self, path: str) -> None:
        """Forgets a file: its bytes go when no other input has the same."""
        self._run("DELETE FROM inputs WHERE path = ?", (path,))
        self._run("DELETE FROM problems WHERE path = ?", (path,))
        self._drop_unused_originals()

    def paths(self) -> list[str]:
        """The paths of the files read to their end."""
        return [row[0] for row in self._all("SELECT path FROM inputs ORDER BY path")]

    def documents(self) -> list[Document]:
        """Every document, by source."""
        rows = self._all("SELECT body, text FROM documents ORDER BY source")
        return [_document(*row) for row in rows]

    def publications(self) -> dict[str, Publication]:
        """Every derived document's window of publication."""
        rows = self._all("SELECT source, publication FROM documents WHERE publication IS NOT NULL")
        return {source: msgspec.json.decode(body, type=Publication) for source, body in rows}

    # --- problems --------------------------------------------------------------------------

    def keep_problem(self, problem: Problem) -> None:
        """Adds a problem, once."""
        values = (problem.document, problem.path, problem.stage, problem.message, problem.hint)
        self._run(
            "DELETE FROM problems WHERE document IS ? AND path IS ? AND stage = ? AND message = ?"
            " AND hint = ?",
            values,
        )
        self._run(
            "INSERT INTO problems (document, path, stage, message, hint) VALUES (?, ?, ?, ?, ?)",
            values,
        )

    def drop_problems(self, *, path: str) -> None:
        """Forgets what went wrong with a file, before it is read again."""
        self._run("DELETE FROM problems WHERE path = ?", (path,))

    def problems(self) -> list[Problem]:
        """Every problem, in a stable order."""
        rows = self._all(
            "SELECT document, path, stage, message, hint FROM problems"
            " ORDER BY coalesce(document, ''), coalesce(path, ''), stage, message"
        )
        return [
            Problem(document=document, path=path, stage=stage, message=message, hint=hint)
            for document, path, stage, message, hint in rows
        ]

    # --- what was derived ------------------------------------------------------------------

    def pending(self, derived_by: str) -> list[str]:
        """Sources whose records are missing or were made in another way, in order."""
        sql = "SELECT source FROM documents WHERE derived_by IS NOT ? ORDER BY source"
        return [row[0] for row in self._all(sql, (derived_by,))]

    def load_documents(self, sources: Sequence[str]) -> list[Document]:
        """These documents, in the order asked for."""
        found = {}
        for source in sources:
            rows = self._all("SELECT body, text FROM documents WHERE source = ?", (source,))
            found[source] = _document(*rows[0])
        return [found[source] for source in sources]

    def keep_resolved(
        self,
        source: str,
        rows: Sequence[Row],
        *,
        publication: Publication,
        problems: Sequence[Problem],
        derived_by: str,
    ) -> None:
        """Replaces a document's derived records."""
        number = self._run("SELECT number FROM documents WHERE source = ?", (source,)).fetchone()[0]
        self._forget(source)
        self._run("DELETE FROM records WHERE document = ?", (number,))
        self._run("DELETE FROM problems WHERE document = ? AND stage != 'read'", (source,))
        with explained(self.path):
            self._connection.executemany(
                "INSERT INTO records VALUES (?, ?, ?, ?)",
                [(row.kind, row.id, number, row.body.decode()) for row in rows],
            )
        for problem in problems:
            self.keep_problem(problem)
        self._run(
            "UPDATE documents SET derived_by = ?, publication = ? WHERE number = ?",
            (derived_by, msgspec.json.encode(publication).decode(), number),
        )

    def resolved(self) -> list[Resolved]:
        """Every derived document's records, by source."""
        found: dict[str, dict[str, list[Derived]]] = {
            source: {kind: [] for kind in LOCAL} for source in self.publications()
        }
        rows = self._run(
            "SELECT source, kind, records.body FROM records JOIN documents"
            " ON document = number ORDER BY records.rowid"
        )
        for source, kind, body in rows:
            found[source][kind].append(_DECODERS[kind].decode(body))
        publications = self.publications()
        return [
            Resolved(
                document=source,
                publication=publications[source],
                **{kind: tuple(records) for kind, records in kinds.items()},  # type: ignore[arg-type]
            )
            for source, kinds in sorted(found.items())
        ]

    def keep_compared(self, compared: Compared) -> None:
        """Replaces what was compared across documents."""
        self._run("DELETE FROM records WHERE document IS NULL")
        rows = [
            (_ACROSS + kind, record.id, None, msgspec.json.encode(record).decode())
            for kind in ACROSS
            for record in getattr(compared, kind)
        ]
        with explained(self.path):
            self._connection.executemany("INSERT INTO records VALUES (?, ?, ?, ?)", rows)
        self.set("copies", msgspec.json.encode(compared.copies).decode())
        self.set("figure_matters", msgspec.json.encode(compared.figure_matters).decode())

    def compared(self) -> Compared:
        """What was compared across documents, as last kept."""
        found: dict[str, list[Derived]] = {kind: [] for kind in ACROSS}
        decoders = {kind: msgspec.json.Decoder(type_) for kind, type_ in ACROSS.items()}
        rows = self._run("SELECT kind, body FROM records WHERE document IS NULL ORDER BY rowid")
        for stored, body in rows:
            kind = stored.removeprefix(_ACROSS)
            found[kind].append(decoders[kind].decode(body))
        return Compared(
            copies=msgspec.json.decode(self.get("copies") or "{}", type=dict[str, str]),
            figure_matters=msgspec.json.decode(
                self.get("figure_matters") or "{}", type=dict[str, str]
            ),
            **{kind: tuple(records) for kind, records in found.items()},  # type: ignore[arg-type]
        )

    # --- what comparing keeps for the next time ---------------------------------------------

    def comparable(self, most_characters: int) -> list[str]:
        """Sources of the derived documents of at most so many characters, in order."""
        rows = self._all(
            # SQLite's length of a text ends at its first NUL, that of its bytes does not.
            "SELECT source, length(CAST(text AS BLOB)) FROM documents"
            " WHERE publication IS NOT NULL ORDER BY source"
        )
        return [
            source
            for source, size in rows
            if size <= most_characters
            or len(self.load_documents([source])[0].text) <= most_characters
        ]

    def load_derived(self, source: str) -> tuple[Document, Resolved]:
        """A derived document with its records."""
        body, text, number, publication = self._run(
            "SELECT body, text, number, publication FROM documents WHERE source = ?", (source,)
        ).fetchone()
        kinds: dict[str, list[Derived]] = {kind: [] for kind in LOCAL}
        rows = self._run(
            "SELECT kind, body FROM records WHERE document = ? ORDER BY rowid", (number,)
        )
        for kind, record in rows:
            kinds[kind].append(_DECODERS[kind].decode(record))
        return _document(body, text), Resolved(
            document=source,
            publication=msgspec.json.decode(publication, type=Publication),
            **{kind: tuple(records) for kind, records in kinds.items()},  # type: ignore[arg-type]
        )

    def kept(self, made_by: str) -> dict[str, bytes]:
        """What the last comparing kept, if it was made in the same way."""
        if self.get("kept_by") != made_by:
            return {}
        return dict(self._all("SELECT key, body FROM kept"))

    def keep_for_next(
        self, old: Mapping[str, bytes], now: Mapping[str, bytes], *, made_by: str
    ) -> None:
        """Replaces what was kept (`old`, as `kept` gave it) by what is to be kept now."""
        if not old:
            self._run("DELETE FROM kept")
        with explained(self.path):
            self._connection.executemany(
                "DELETE FROM kept WHERE key = ?", ((key,) for key in old if key not in now)
            )
            self._connection.executemany(
                "INSERT OR REPLACE INTO kept VALUES (?, ?)",
                ((key, body) for key, body in now.items() if old.get(key) is not body),
            )
        self.set("kept_by", made_by)

    def _forget(self, source: str) -> None:
        """Drops what was kept of a document whose text or records change."""
        self._run("DELETE FROM kept WHERE key = ?", (f"sketch {source}",))

    # --- what people decided ---------------------------------------------------------------

    def decide(self, decision: Decision) -> None:
        """Adds a correction to the log."""
        self._run(
            "INSERT INTO decisions (made_at, made_by, text_sha256, kind, spans, field, value,"
            " reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                decision.made_at,
                decision.made_by,
                decision.text_sha256,
                decision.kind,
                msgspec.json.encode(decision.spans).decode(),
                decision.field,
                msgspec.json.encode(decision.value).decode(),
                decision.reason,
            ),
        )

    def decisions(self) -> list[Decision]:
        """Every correction, oldest first."""
        rows = self._all(
            "SELECT made_at, made_by, text_sha256, kind, spans, field, value, reason"
            " FROM decisions ORDER BY number"
        )
        return [
            Decision(
                made_at=made_at,
                made_by=made_by,
                text_sha256=text_sha256,
                kind=kind,
                spans=msgspec.json.decode(spans, type=tuple[Span, ...]),
                field=field,
                value=msgspec.json.decode(value),
                reason=reason,
            )
            for made_at, made_by, text_sha256, kind, spans, field, value, reason in rows
        ]


def now() -> str:
    """This moment, ISO 8601 in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _body(document: Document) -> str:
    return msgspec.json.encode(msgspec.structs.replace(document, text="")).decode()


def _document(body: str, text: str) -> Document:
    return msgspec.structs.replace(msgspec.json.decode(body, type=Document), text=text)


def _same(old: Document, new: Document) -> bool:
    return old == msgspec.structs.replace(new, read_at=old.read_at, bytes_sha256=old.bytes_sha256)
