"""Slips of the pen in known names: "Northern Obsevatory for Graves" is the Observatory.

A name of three words or more in which all words but one are right, and that one, a long one, is a
letter or two off: one letter left out, put in, changed or two swapped (the optimal string alignment
distance; Damerau 1964, "A technique for computer detection and correction of spelling errors").
"""

from __future__ import annotations

from functools import lru_cache

from sayso.knowledge.actors import Entry, Hit, Registry
from sayso.knowledge.spelling import name_keys, word_key, words_of

FEWEST_WORDS = 3
MOST_WORDS = 9
SHORTEST = 6
"""Letters of the shortest word that may hold a slip."""

LONG = 10
"""A word of so many letters may hold two."""

_Others = tuple[str, ...]


class Slips:
    """Finds known names in which one word is mistyped."""

    def __init__(self, registry: Registry) -> None:
        self._names: dict[tuple[int, _Others], dict[str, dict[str, Entry]]] = {}
        self._sizes: set[int] = set()
        for entry in registry.entries.values():
            if entry.kind == "person":
                continue
            for text, way in entry.forms():
                keys = name_keys(text)
                if way != "name" or not FEWEST_WORDS <= len(keys) <= MOST_WORDS:
                    continue
                self._sizes.add(len(keys))
                for at, key in enumerate(keys):
                    if len(key) >= SHORTEST:
                        words = self._names.setdefault((at, (*keys[:at], *keys[at + 1 :])), {})
                        words.setdefault(key, {})[entry.key] = entry

    def scan(self, text: str) -> list[Hit]:
        """The mistyped names in a text, in order, none overlapping another. Linear in the text."""
        words = words_of(text)
        keys = [word_key(word) for _, _, word in words]
        hits: list[Hit] = []
        at = 0
        while at < len(words):
            hit = self._at(words, keys, at) if words[at][2][0].isupper() else None
            if hit is None:
                at += 1
                continue
            hits.append(hit)
            while at < len(words) and words[at][0] < hit.end:
                at += 1
        return hits

    def _at(self, words: list[tuple[int, int, str]], keys: list[str], at: int) -> Hit | None:
        for size in sorted(self._sizes, reverse=True):
            if at + size > len(words) or not words[at + size - 1][2][0].isupper():
                continue
            entry = self._meant(tuple(keys[at : at + size]))
            if entry is not None:
                start, end = words[at][0], words[at + size - 1][1]
                return Hit(start=start, end=end, way="name", entries=(entry,))
        return None

    def _meant(self, keys: tuple[str, ...]) -> Entry | None:
        found: dict[str, Entry] = {}
        for at, key in enumerate(keys):
            if len(key) < SHORTEST:
                continue
            known = self._names.get((at, (*keys[:at], *keys[at + 1 :])), {})
            if key in known:
                return None
            for right, entries in known.items():
                if is_slip(key, right):
                    found |= entries
        return next(iter(found.values())) if len(found) == 1 else None


def is_slip(word: str, right: str) -> bool:
    """Whether a word is another but for a letter or two; not by its first letter or a plural."""
    if word[0] != right[0] or word.rstrip("s") == right.rstrip("s"):
        return False
    most = 2 if len(right) >= LONG else 1
    return abs(len(word) - len(right)) <= most and _distance(word, right) <= most


def _distance(a: str, b: str) -> int:
    """Letters left out, put in, changed, or swapped with the next."""
    rows = [list(range(len(b) + 1))]
    for i, x in enumerate(a, 1):
        row = [i]
        for j, y in enumerate(b, 1):
            cost = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and y == a[i - 2]:
                cost = min(cost, rows[-2][j - 2] + 1)
            row.append(cost)
        rows.append(row)
    return rows[-1][-1]


@lru_cache(maxsize=4)
def slips(registry: Registry) -> Slips:
    """The slips of a registry's names, made once."""
    return Slips(registry)
