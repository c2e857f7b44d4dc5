"""Opening a case file: created, checked, brought up to date, and held by one run at a time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sayso.errors import CaseError

APPLICATION_ID = 0x5A7_50CA5
"""Marks a SQLite file as a case (the file header's application id)."""

VERSION = 2
_HERE = Path(__file__).parent


def connect(path: Path, *, create: bool) -> sqlite3.Connection:
    """An open case file of the current version.

    One connection holds the file at a time: a crash at any moment releases it, and SQLite's
    rollback journal undoes what was half-written.

    Raises CaseError when the file is missing, is no case, is newer than this sayso, is in use,
    or cannot be written.
    """
    if not create and not path.is_file():
        raise CaseError(f"no case at {path}", hint="make one with: sayso read PATH... --case CASE")
    if path.is_dir():
        raise CaseError(f"{path} is a folder, not a case", hint="name a file, such as story.case")
    with explained(path):
        connection = sqlite3.connect(path, isolation_level=None, timeout=0.5)
    try:
        with explained(path):
            _prepare(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turns what SQLite reports of a case file into a CaseError with a hint."""
    try:
        yield
    except sqlite3.Error as error:
        raise _explain(error, path) from error


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    mark = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    tables = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    if tables == 0 and mark == 0:
        _create(connection)
    elif mark != APPLICATION_ID:
        raise CaseError(f"{path} is a database, but not a case", hint="name another file")
    elif version > VERSION:
        raise CaseError(
            f"{path} comes from a newer sayso (case version {version}; this one reads {VERSION})",
            hint="update sayso",
        )
    elif version < VERSION:
        _migrate(connection, version)


def _create(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA page_size = 8192")
    _script(connection, (_HERE / "schema.sql").read_text("utf-8"), VERSION)


def _migrate(connection: sqlite3.Connection, version: int) -> None:
    for step in range(version + 1, VERSION + 1):
        _script(connection, (_HERE / "migrations" / f"{step:04}.sql").read_text("utf-8"), step)


def _script(connection: sqlite3.Connection, script: str, version: int) -> None:
    """Runs a script whole or not at all, and notes the version that it leads to."""
    connection.executescript(
        f"BEGIN IMMEDIATE;\n{script}\n"
        f"PRAGMA application_id = {APPLICATION_ID};\nPRAGMA user_version = {version};\nCOMMIT;"
    )


_EXPLAINED = {
    sqlite3.SQLITE_NOTADB: ("is not a case file", "name another file, or restore a backup"),
    sqlite3.SQLITE_CORRUPT: ("is damaged", "restore a backup, or read the sources again"),
    sqlite3.SQLITE_BUSY: ("is in use by another run of sayso", "wait for it to end, or stop it"),
    sqlite3.SQLITE_LOCKED: ("is in use by another run of sayso", "wait for it to end, or stop it"),
    sqlite3.SQLITE_READONLY: ("cannot be written", "is the file or its disk read-only?"),
    sqlite3.SQLITE_CANTOPEN: ("cannot be opened", "does its folder exist? may you write there?"),
    sqlite3.SQLITE_FULL: ("cannot grow: the disk is full", "free some space, then run again"),
    sqlite3.SQLITE_IOERR: ("cannot be written: disk error", "is the disk full?"),
    sqlite3.SQLITE_PERM: ("may not be opened", "check its permissions"),
    sqlite3.SQLITE_TOOBIG: ("cannot hold a text this large", "split the input"),
}  # fmt: skip


def _explain(error: sqlite3.Error, path: Path) -> CaseError:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    message, hint = _EXPLAINED.get(code, (f"cannot be used: {error}", "is it a case file?"))
    return CaseError(f"{path} {message}", hint=hint)
