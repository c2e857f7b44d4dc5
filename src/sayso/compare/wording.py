"""The words of documents as comparing sees them: tokens with offsets, sentences, rarity."""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache

import msgspec

from sayso.ids import Span
from sayso.schema import Document

_WORD = re.compile(r"\w+(?:['’]\w+)?")
_STOP = re.compile(r"\n+|[.!?]+[\"”’')\]]*\s+(?=[\"“‘'(\[]?[A-Z0-9])")
_ABBREVIATED = frozenset(
    {"mr", "mrs", "ms", "dr", "gen", "lt", "col", "maj", "sgt", "capt", "adm", "brig", "prof"}
    | {"sen", "rep", "gov", "st", "no", "vs", "jan", "feb", "aug", "sept", "oct", "nov", "dec"}
)
_LONGEST_WORD = 40
"""Longer runs of letters and digits are addresses or noise, not words."""


class Words(msgspec.Struct, frozen=True):
    """A document's words outside furniture, lower case, with where each stands.

    A dateline has words but no sentence: it says where a report was written, not what of.
    `sentences` are spans of the working text in order, the headline's first where it stands first.
    """

    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    sentences: tuple[Span, ...]
    captions: frozenset[int] = frozenset()
    """Numbers of the sentences that stand in captions."""

    def between(self, start: int, end: int) -> tuple[str, ...]:
        """The words that begin inside a span."""
        return self.words[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def number(self, at: int) -> int:
        """The number of the first word that begins at an offset or after it."""
        return bisect_left(self.starts, at)

    def sentence_at(self, at: int) -> int:
        """The number of the sentence that an offset stands in, or the last before it."""
        return max(0, bisect_right(self.sentences, (at, 1 << 60)) - 1)

    def holds(self, at: int) -> bool:
        """Whether an offset stands in a sentence: not in furniture or a dateline."""
        return bool(self.sentences) and at <= self.sentences[self.sentence_at(at)][1]


def read_words(document: Document) -> Words:
    """The words and sentences of a document. Linear in its length."""
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    sentences: list[Span] = []
    captions: set[int] = set()
    for block in document.blocks:
        if block.kind == "furniture":
            continue
        for match in _WORD.finditer(document.text, block.start, block.end):
            if match.end() - match.start() <= _LONGEST_WORD:
                words.append(match.group().casefold())
                starts.append(match.start())
                ends.append(match.end())
        if block.kind == "dateline":
            continue
        before = len(sentences)
        sentences += _sentences(document.text, block.start, block.end)
        if block.kind == "caption":
            captions.update(range(before, len(sentences)))
    return Words(tuple(words), tuple(starts), tuple(ends), tuple(sentences), frozenset(captions))


def _sentences(text: str, start: int, end: int) -> Iterable[Span]:
    begun = start
    for match in _STOP.finditer(text, start, end):
        if text[match.start()] == "." and _is_abbreviation(text, begun, match.start()):
            continue
        if text[begun : match.start()].strip():
            yield begun, match.start()
        begun = match.end()
    if text[begun:end].strip():
        yield begun, end


def _is_abbreviation(text: str, begun: int, stop: int) -> bool:
    at = max(begun, stop - 6)
    last = text[at:stop].rsplit(" ", 1)[-1].rsplit(".", 1)[-1].lower()
    return len(last) == 1 or last in _ABBREVIATED


_HALVING = math.log(2)


class Rarity:
    """How telling a word is in a pile: the logarithm of the share of texts without it.

    Inverse document frequency (Spärck Jones 1972), smoothed so that a pile of two texts works.
    """

    def __init__(self, texts: Iterable[Iterable[str]]) -> None:
        counts: Counter[str] = Counter()
        self.size = 0
        for words in texts:
            counts.update(set(words))
            self.size += 1
        self._counts = counts
        self._levels: dict[str, int] = {}

    def count(self, word: str) -> int:
        """In how many texts a word stands."""
        return self._counts[word]

    def of(self, word: str) -> float:
        """The weight of a word: 0 for one that stands in every text."""
        return math.log((self.size + 1) / (self._counts[word] + 0.5)) if self._counts[word] else 0.0

    def level(self, word: str) -> int:
        """The weight of a word in halvings, at most 255: how many times the texts must be halved
        until all that are left can have it. It hardly ever changes when texts are added.
        """
        level = self._levels.get(word)
        if level is None:
            level = self._levels[word] = min(255, max(0, round(self.of(word) / _HALVING)))
        return level

    def vector(self, counts: Mapping[str, int]) -> dict[str, float]:
        """A text, as counts of its words, as weights of length 1."""
        weights = {word: (1 + math.log(n)) * self.level(word) for word, n in counts.items()}
        length = math.sqrt(sum(weight * weight for weight in weights.values()))
        return {word: weight / length for word, weight in weights.items()} if length else {}


def likeness(left: Mapping[str, float], right: Mapping[str, float]) -> float:
    """The cosine of two vectors of length 1: 0 to 1."""
    if len(right) < len(left):
        left, right = right, left
    return sum(weight * right.get(word, 0.0) for word, weight in left.items())


_ENDINGS = ("ations", "ation", "ings", "ing", "ers", "ies", "ied", "ed", "er", "es", "s", "y", "e")


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """A word without its common ending, so that "attacked" and "attacks" meet. Crude on purpose."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: len(word) - len(ending)]
    return word
