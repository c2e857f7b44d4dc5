"""Keys of place names: what a name is looked up by.

Case, accents, apostrophes and hyphens do not count, nor does the Arabic article.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from sayso.knowledge.spelling import words_of

ARTICLES = frozenset({
    "the", "al", "el", "an", "ar", "as", "ash", "at", "ath", "ad", "adh", "az", "ez", "er", "es",
    "ed", "ul",
})  # fmt: skip
"""Words that do not count in a name: "the" and the Arabic article as it is assimilated."""

_SHORT = 3
"""The most letters of an article, and of a name that keeps its capitals."""

_PLAIN = re.compile(r"[A-Za-z0-9 ,-]*")
_GAPS = str.maketrans("-,", "  ", "`")


def place_key(name: str) -> str:
    """The key under which a name is looked up: words without case, accents, article and "the".

    A word of three letters or fewer keeps its capitals, so that "US" is not "us".
    """
    return key_of_words([word for _, _, word in words_of(name)])


def key_of_words(words: Iterable[str]) -> str:
    """`place_key` of words that `spelling.words_of` has cut."""
    return key_of_folded([fold(word, keep_case=True) for word in words])


def key_of_folded(folded: list[str]) -> str:
    """`key_of_words` of words that `fold` has been over, their case kept."""
    kept = [word for word in folded if word.lower() not in ARTICLES] or folded
    if len(kept) == 1 and len(kept[0]) <= _SHORT:
        return kept[0]
    return " ".join(kept).casefold()


def fold(word: str, *, keep_case: bool = False) -> str:
    """A word without accents and apostrophes, and without case unless that is kept."""
    plain = word if word.isascii() and "'" not in word else word.translate(_accents())
    return plain if keep_case else plain.casefold()


def quick_key(name: str) -> str:
    """`place_key` of a town's name without cutting words, where it is plain, as most are."""
    plain = name
    if not name.isascii():
        plain = name.translate(_letters())
        if not _PLAIN.fullmatch(plain):
            return place_key(name)
    low = plain.lower()
    if low.isalpha():
        return low if len(low) > _SHORT else key_of_words([plain])
    if "'" in low or "." in low or "/" in low or "(" in low:
        return place_key(name)
    words = low.translate(_GAPS).split()
    if len(words) > 1 and ARTICLES.isdisjoint(words):
        return " ".join(words)
    return key_of_words(plain.translate(_GAPS).split())


@cache
def _accents() -> dict[int, str | None]:
    return {ord(c): None for c in "'’ʼ`ʿʾ‘"} | _letters()


@cache
def _letters() -> dict[int, str | None]:
    import unicodedata

    table: dict[int, str | None] = {}
    for point in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        plain = unicodedata.normalize("NFKD", chr(point))
        kept = "".join(c for c in plain if not unicodedata.combining(c))
        if kept != chr(point):
            table[point] = kept
    return table | {0xDF: "ss", 0xF8: "o", 0xD8: "O", 0x142: "l", 0x141: "L", 0x131: "i"}
