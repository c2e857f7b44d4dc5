"""Which language a text is in: by script and common words first, by model only in doubt."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

SAMPLE = 2_000
"""Characters looked at, from the middle of what is read."""

_WORD = re.compile(r"[^\W\d_]+")
_LETTER = re.compile(r"[^\W\d_]")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
_ENGLISH = frozenset((
    "the", "of", "and", "to", "in", "a", "that", "for", "on", "was", "is", "with", "by",
    "as", "it", "at", "from", "were", "have", "has", "said", "be", "are", "an", "had",
    "this", "not", "but", "which", "who", "its", "after", "their", "he", "his", "they",
    "been", "more", "than", "also", "would",
))  # fmt: skip
_FEWEST = 30
"""Words below which a text in Latin letters is too short to tell."""


def find_language(text: str) -> str | None:
    """The ISO 639-1 code of a text's language; None where there is too little to tell.

    A text in Latin letters where one word in eight is a common English one is English; py3langid
    (Lui and Baldwin 2012) is asked only about the rest.
    """
    middle = max(0, (len(text) - SAMPLE) // 2)
    sample = text[middle : middle + SAMPLE]
    letters = len(_LETTER.findall(sample))
    if len(_LATIN.findall(sample)) * 2 >= letters:
        words = _WORD.findall(sample.lower())
        if words and sum(word in _ENGLISH for word in words) * 8 >= len(words):
            return "en"
        return _by_model(sample, latin=True) if len(words) >= _FEWEST else None
    return _by_model(sample, latin=False) if letters >= 10 else None


def _by_model(sample: str, *, latin: bool) -> str | None:
    code, probability = _identifier().classify(sample)
    # lists of names and headings look like any language: a weak guess is no guess
    return str(code) if probability > (0.9 if latin else 0.3) else None


@cache
def _identifier() -> Any:
    # loading takes a second, so it waits for the first text that needs it
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
