"""A text as the encoder reads it: word pieces with their places, their features, its windows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sayso.annotate.quotes import find_quotes
from sayso.ids import Span

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]

FEATURES = 3
"""Of each piece: case (0 lower, 1 Capitalised, 2 CAPITALS), inside quotation marks, first of a
paragraph."""
SEARCH = 90
"""How far back from a window's widest end, in pieces, a paragraph's start is looked for."""

_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Pieces:
    """A text cut into word pieces.

    All arrays are of the same length n: `ids` in the vocabulary, `starts` and `ends` in code points
    of the text, `words` numbering the words that the pieces belong to (never falling), `features`
    (n, FEATURES).
    """

    ids: Ints
    starts: Ints
    ends: Ints
    words: Ints
    features: Ints

    def __len__(self) -> int:
        return len(self.ids)

    def pick(self, which: Flags | slice) -> Pieces:
        """Some of the pieces, offsets unchanged."""
        return Pieces(
            self.ids[which],
            self.starts[which],
            self.ends[which],
            self.words[which],
            self.features[which],
        )


def read_pieces(tokenizer: Tokenizer, text: str) -> Pieces:
    """Cut a text into pieces. Never raises: lone surrogates are read as U+FFFD, offsets kept."""
    encoding = tokenizer.encode(_SURROGATE.sub("\ufffd", text), add_special_tokens=False)
    ids = np.array(encoding.ids, dtype=np.int64)
    offsets = np.array(encoding.offsets, dtype=np.int64).reshape(-1, 2)
    words = np.array(encoding.word_ids, dtype=np.int64)
    starts, ends = offsets[:, 0], offsets[:, 1]
    return Pieces(
        ids, starts, ends, _join_words(text, starts, ends, words), _features(text, starts, ends)
    )


def within(pieces: Pieces, blocks: Sequence[Span]) -> Pieces:
    """The pieces inside blocks of the text; their words keep their numbers."""
    starts = np.array([a for a, _ in blocks], dtype=np.int64)
    ends = np.array([b for _, b in blocks], dtype=np.int64)
    block = np.searchsorted(starts, pieces.starts, side="right") - 1
    kept = np.zeros(len(pieces), dtype=np.bool_)
    if len(starts):
        kept = (block >= 0) & (pieces.ends <= ends[block])
    inside = pieces.pick(kept)
    features = inside.features.copy()
    features[:, 2] |= np.r_[1, np.diff(block[kept]) > 0] if len(inside) else 0
    return Pieces(inside.ids, inside.starts, inside.ends, inside.words, features)


def left_out(words: Ints) -> Flags:
    """Before which of some pieces, by the numbers of their words, words were left out."""
    apart: Flags = np.diff(words, prepend=words[:1]) > 1
    return apart


def cut_windows(pieces: Pieces, widest: int) -> list[Span]:
    """Cut a text into windows of at most `widest` pieces, at paragraphs where they can part."""
    length, start, cut = len(pieces), 0, []
    while start < length:
        end = min(length, start + widest)
        if end < length:
            low = max(end - SEARCH, start + widest // 4)
            starts = np.flatnonzero(pieces.features[low:end, 2])
            if len(starts):
                end = low + int(starts[-1])
        cut.append((start, end))
        start = end
    return cut


def average_words(rows: Floats, words: Ints) -> Floats:
    """Rows (n, k), each replaced by the mean over its word's pieces, so that no word is split."""
    starts = np.flatnonzero(np.r_[True, np.diff(words) != 0])
    counts = np.diff(np.r_[starts, len(words)])
    means: Floats = np.add.reduceat(rows, starts, axis=0) / counts[:, None].astype(rows.dtype)
    return np.repeat(means, counts, axis=0)


def _join_words(text: str, starts: Ints, ends: Ints, words: Ints) -> Ints:
    """Number the words anew, so that a mark inside a word does not part it."""
    if not len(words):
        return words
    parted = np.r_[True, np.diff(words) != 0]
    touching = np.r_[False, starts[1:] == ends[:-1]]
    for k in np.flatnonzero(parted & touching):
        at = int(starts[k])
        if _joins(text, at) or _joins(text, at - 1):
            parted[k] = False
    return np.cumsum(parted) - 1


def _joins(text: str, at: int) -> bool:
    """Whether a mark is part of the word around it: don't, 20-year-old, 6,000, U.S.

    The possessive 's parts, since it can end a source or be a cue.
    """
    if not 0 < at < len(text) - 1:
        return False
    mark, before, after = text[at], text[at - 1], text[at + 1]
    if mark in "'’":
        possessive = after in "sS" and not text[at + 2 : at + 3].isalnum()
        return before.isalnum() and after.isalnum() and not possessive
    if mark == "-":
        return before.isalnum() and after.isalnum()
    if mark in ".,":
        return (before.isdigit() and after.isdigit()) or (
            mark == "." and before.isupper() and after.isupper()
        )
    return False


def _features(text: str, starts: Ints, ends: Ints) -> Ints:
    features = np.zeros((len(starts), FEATURES), dtype=np.int64)
    if not len(starts):
        return features
    features[:, 0] = [_case(text[a:b]) for a, b in zip(starts, ends, strict=True)]
    features[:, 1] = _quoted(text)[starts]
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    lines = np.cumsum((codes == ord("\n")) | (codes == ord("\r")))[starts]
    features[:, 2] = np.r_[1, np.diff(lines) > 0]
    return features


def _quoted(text: str) -> Flags:
    """Say of each character whether it stands inside quotation marks, the marks included."""
    edges = np.zeros(len(text) + 1, dtype=np.int32)
    for quote in find_quotes(text, 0, len(text)):
        edges[quote.start] += 1
        edges[quote.end] -= 1
    inside: Flags = np.cumsum(edges)[:-1] > 0
    return inside


def _case(piece: str) -> int:
    if not piece[:1].isupper():
        return 0
    return 2 if len(piece) > 1 and piece.isupper() else 1
