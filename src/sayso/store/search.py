"""Full-text search over a case: where words stand, to the character."""

from __future__ import annotations

import re
import sqlite3

import msgspec

from sayso.ids import Span
from sayso.store.case import Case

_OPEN, _CLOSE = "\ue000", "\ue001"  # private-use marks: SQLite puts them around each match


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """A document that holds the words. `spans` are the matches in its working text."""

    document: str
    text: str
    spans: tuple[Span, ...]


def search(case: Case, words: str, *, limit: int = 50) -> list[Hit]:
    """Documents that hold all the words, best first.

    Words in double quotation marks are a phrase; a word that ends in * matches its beginning.
    """
    query = _query(words)
    if not query:
        return []
    rows: list[sqlite3.Row] = case._all(
        "SELECT source, highlight(words, 1, ?, ?) FROM words JOIN documents ON words.rowid = number"
        " WHERE words MATCH ? ORDER BY rank, source LIMIT ?",
        (_OPEN, _CLOSE, query, limit),
    )  # type: ignore[assignment]
    return [_hit(source, marked) for source, marked in rows]


def _query(words: str) -> str:
    """The words as an FTS5 query in which nothing is an operator but a closing *."""
    terms = []
    for phrase, word in re.findall(r'"([^"]*)"|([^\s"]+)', words):
        star = "*" if word.endswith("*") else ""
        bare = (phrase or word.rstrip("*")).strip()
        if re.search(r"\w", bare):
            terms.append(f'"{bare}"{star}')
    return " ".join(terms)


def _hit(source: str, marked: str) -> Hit:
    spans, parts, length, start = [], [], 0, 0
    for piece in re.split(f"([{_OPEN}{_CLOSE}])", marked):
        if piece == _OPEN:
            start = length
        elif piece == _CLOSE:
            spans.append((start, length))
        else:
            parts.append(piece)
            length += len(piece)
    return Hit(document=source, text="".join(parts), spans=tuple(spans))
