"""Paths → the files to read. What is passed over is told, never dropped in silence."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from sayso.read.encodings import decode
from sayso.schema import Problem

TEXTS = frozenset({".txt", ".text", ".md"})
PAGES = frozenset({".html", ".htm", ".xhtml"})
TABLES = frozenset({".csv", ".tsv", ".jsonl", ".ndjson", ".json"})
READABLE = TEXTS | PAGES | TABLES
KINDS = "text, Markdown, HTML, CSV, TSV and JSON Lines"

_HINTS = {
    ".pdf": "save its text as .txt, for example with pdftotext",
    ".docx": "save it as plain text",
    ".doc": "save it as plain text",
    ".odt": "save it as plain text",
    ".rtf": "save it as plain text",
    ".xlsx": "export the sheet as CSV",
    ".xls": "export the sheet as CSV",
    ".zip": "unpack it first",
    ".gz": "unpack it first",
}


def discover(
    paths: Sequence[Path], *, exclude: Path | None = None
) -> tuple[list[Path], list[Problem]]:
    """Every readable file under the paths: absolute, sorted, each once.

    Folders are walked all the way down; a folder reached twice (a symlink loop) is walked once,
    hidden files and folders inside a folder are passed over, and so are the case file `exclude`
    and its companions. A file of another kind, a missing path and a folder without articles each
    give a Problem. Never raises on what it finds.
    """
    found: dict[Path, None] = {}
    problems: list[Problem] = []
    excluded = _companions(exclude)
    for path in paths:
        path = Path(os.path.abspath(path))  # noqa: PTH100 -- resolve() would follow links
        if path.is_dir():
            before = len(found), len(problems)
            for item in _walk(path):
                if isinstance(item, Problem):
                    problems.append(item)
                elif Path(os.path.realpath(item)) not in excluded:
                    _sort_in(item, found, problems, named=False)
            if before == (len(found), len(problems)):
                problems.append(
                    _problem(path, "no articles in this folder", f"sayso reads {KINDS}")
                )
        elif path.is_symlink() and not path.exists():
            problems.append(_problem(path, "a link that leads nowhere", "mend or remove the link"))
        elif not path.exists():
            problems.append(_problem(path, "no such file or folder", "check the path"))
        elif Path(os.path.realpath(path)) not in excluded:
            _sort_in(path, found, problems, named=True)
    return sorted(found), problems


def _companions(case: Path | None) -> frozenset[Path]:
    if case is None:
        return frozenset()
    real = os.path.realpath(case)
    return frozenset(Path(real + end) for end in ("", "-wal", "-shm", "-journal", ".lock"))


def _walk(folder: Path) -> Iterator[Path | Problem]:
    seen = {os.path.realpath(folder)}
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        if not os.access(here, os.R_OK | os.X_OK):
            yield _problem(here, "this folder may not be read", "change its permissions")
            continue
        for entry in sorted(os.scandir(here), key=lambda e: e.name):
            if entry.name.startswith("."):
                continue
            if entry.is_dir():
                real = os.path.realpath(entry.path)
                if real not in seen:
                    seen.add(real)
                    waiting.append(Path(entry.path))
            else:
                yield Path(entry.path)


def _sort_in(path: Path, found: dict[Path, None], problems: list[Problem], *, named: bool) -> None:
    """A file goes to those found, or to the problems. `named`: the user gave its very name."""
    suffix = path.suffix.lower()
    if not path.is_file():
        broken = path.is_symlink() and not path.exists()
        what = "a link that leads nowhere" if broken else "not a regular file"
        problems.append(_problem(path, what, "name a file or a folder"))
    elif not os.access(path, os.R_OK):
        problems.append(_problem(path, "this file may not be read", "change its permissions"))
    elif suffix in READABLE or ((named or not suffix) and _looks_like_text(path)):
        found[path] = None
    else:
        kind = f"a {suffix} file" if suffix else "a file of no known kind"
        hint = _HINTS.get(suffix, f"sayso reads {KINDS}")
        problems.append(_problem(path, f"not read: {kind}", hint))


def _looks_like_text(path: Path) -> bool:
    with path.open("rb") as file:
        return decode(file.read(4096))[0] is not None


def _problem(path: Path, message: str, hint: str) -> Problem:
    return Problem(stage="read", path=printable(path), message=message, hint=hint)


def printable(path: Path | str) -> str:
    """A path as text that can be stored: bytes that are not UTF-8 become U+FFFD."""
    return os.fsencode(path).decode("utf-8", "replace")
