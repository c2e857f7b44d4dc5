"""Quotation marks: which stretches of a text stand between them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

import msgspec

from sayso.schema import Form

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sayso.ids import Span

_MARK = re.compile("[\"“”„‟«»]|``|''|(?<![\\w’'])[‘'](?=\\w)|(?<=[\\w.,!?…])[’'](?!\\w)")
_OPENING = frozenset(["“", "„", "«", "``", "‘"])
_CLOSING = frozenset(["”", "»", "''", "’"])
_SINGLE = frozenset("‘’'")
_PARAGRAPH = re.compile(r"[^\r\n]+")
_WORD = re.compile(r"\w+")

LONGEST_SINGLE = 400
"""A pair of single marks further apart, in code points, is two apostrophes."""


class Quote(msgspec.Struct, frozen=True):
    """A quoted stretch, marks included. `closed` is false where the paragraph ended first."""

    start: int
    end: int
    closed: bool


def find_quotes(text: str, start: int, end: int) -> tuple[Quote, ...]:
    """The outermost quoted stretches between two places of a text, in order.

    A quotation ends with its paragraph at the latest, so that an odd mark cannot turn the rest of
    the text inside out, and a straight mark that leans the wrong way opens or closes nothing; a
    quotation that the next paragraph takes up again opens there anew. Single marks count where no
    double ones are around them. Linear in the text.
    """
    found: list[Quote] = []
    for paragraph in _PARAGRAPH.finditer(text, start, end):
        found += _in_paragraph(text, *paragraph.span())
    return tuple(found)


def _in_paragraph(text: str, start: int, end: int) -> list[Quote]:
    found: list[Quote] = []
    singles: list[Quote] = []
    opened = single = -1
    for match in _MARK.finditer(text, start, end):
        mark, at = match.group(), match.start()
        if mark in _SINGLE:
            if opened >= 0:
                continue
            if _opens(mark, text, at, start):
                single = at if single < 0 else single
            elif single >= 0:
                if match.end() - single <= LONGEST_SINGLE:
                    singles.append(Quote(single, match.end(), closed=True))
                single = -1
        elif opened < 0:
            if mark not in _CLOSING and not (mark == '"' and _looks(text, at) == "closing"):
                opened = at
        elif mark == '"' and text[opened] == '"' and _looks(text, at) == "opening":
            opened = at
        elif mark not in _OPENING:
            found.append(Quote(opened, match.end(), closed=True))
            opened = -1
    if opened >= 0 and _WORD.search(text, opened, end):
        found.append(Quote(opened, opened + len(text[opened:end].rstrip()), closed=False))
    kept = (
        [s for s in singles if not any(q.start < s.end and s.start < q.end for q in found)]
        if (len(singles) * len(found) < 10_000)
        else []
    )
    return sorted(found + kept, key=lambda quote: quote.start)


def _looks(text: str, at: int) -> str:
    """Whether a straight mark leans to the words behind it ("opening"), before it, or neither."""
    before = text[at - 1 : at] if at else ""
    behind = text[at + 1 : at + 2]
    if (not before or before.isspace()) and behind and not behind.isspace():
        return "opening"
    if before and not before.isspace() and (not behind or behind.isspace()):
        return "closing"
    return ""


def _opens(mark: str, text: str, at: int, start: int) -> bool:
    if mark == "'":
        return at == start or not (text[at - 1].isalnum() or text[at - 1] in ".,!?…")
    return mark == "‘"


class Quotes:
    """The quoted stretches of a text, to be asked by place."""

    def __init__(self, quotes: Sequence[Quote]) -> None:
        self.all = tuple(quotes)
        self._starts = [quote.start for quote in quotes]
        self._ends = [quote.end for quote in quotes]

    def overlapping(self, start: int, end: int) -> tuple[Quote, ...]:
        """The quotes that share characters with a range."""
        return self.all[bisect_right(self._ends, start) : bisect_left(self._starts, end)]

    def holding(self, at: int) -> Quote | None:
        """The quote that a place stands in, or None."""
        found = self.overlapping(at, at + 1)
        return found[0] if found else None

    def ending_by(self, at: int) -> Quote | None:
        """The last quote that ends at a place or before it."""
        k = bisect_right(self._ends, at) - 1
        return self.all[k] if k >= 0 else None

    def starting_from(self, at: int) -> Quote | None:
        """The first quote that starts at a place or behind it."""
        k = bisect_left(self._starts, at)
        return self.all[k] if k < len(self.all) else None


def form_of(text: str, contents: Iterable[Span], quotes: Quotes) -> Form:
    """The form of contents: direct where all words are quoted, mixed where some are."""
    quoted = bare = 0
    for start, end in contents:
        inside = quotes.overlapping(start, end)
        marked = sum(len(_WORD.findall(text, max(start, q.start), min(end, q.end))) for q in inside)
        quoted += marked
        bare += len(_WORD.findall(text, start, end)) - marked
    if not quoted:
        return "indirect"
    return "direct" if bare <= quoted // 20 else "mixed"
