"""Captions of photographs, told by their credits and by what they show."""

from __future__ import annotations

import re

from sayso.read.dates import find_dates
from sayso.read.patterns import Patterns

LONGEST = 600
"""Characters a caption has at most."""
_SENTENCE_END = re.compile(r"(?<=[a-z0-9)\]”\"])[.!?](?=\s+[A-Z\"“])")
_PAST = re.compile(r"\b(?:was|were|had)\b")


def is_caption(paragraph: str, patterns: Patterns) -> bool:
    """Whether a paragraph of its own is a caption.

    Signs are counted: a credit that speaks of a photograph (3), an agency in brackets at the end
    (2), people placed by "(L)" or "(right)" (2), "is seen" (2), a scene verb in the present (1),
    a full date (1), no full stop before the credit (1); words of reporting count against it (2).
    Three signs make a caption; a longer text needs as many as it has sentences.
    """
    if len(paragraph) > LONGEST:
        return False
    credit = next(reversed(list(patterns.credit.finditer(paragraph))), None)
    at_end = credit is not None and not paragraph[credit.end() :].strip(" .")
    words = paragraph[: credit.start()].rstrip() if credit and at_end else paragraph
    signs = 0
    if credit and at_end:
        signs += 3 if credit.group("photo") else 2
        signs += bool(words) and words[-1] not in '.!?”"'
    signs += _scene_signs(words, patterns)
    sentences = 1 + len(_SENTENCE_END.findall(words))
    return signs >= max(3, sentences)


def _scene_signs(words: str, patterns: Patterns) -> int:
    signs = 2 if patterns.position.search(words) else 0
    if patterns.shown.search(words):
        signs += 2
    elif patterns.scene.search(words) and not _PAST.search(words.split(", as ")[0][:120]):
        signs += 1
    signs += bool(find_dates(words))
    return signs - 2 * bool(patterns.reported.search(words))


def credited_caption(text: str, start: int, end: int, patterns: Patterns) -> tuple[int, int] | None:
    """A caption that runs on inside a paragraph: its sentence and the credit that ends it.

    `start` is where the caption may begin; a summary may stand before it. None where no credit
    ends a sentence in the first `LONGEST` characters.
    """
    stop = min(end, start + LONGEST + 200)
    for credit in patterns.credit.finditer(text, start, stop):
        after = text[credit.end() : credit.end() + 2].strip()
        if after and not (after[0].isupper() or after[0].isdigit() or after[0] in "\"“‘.'"):
            continue
        begin = _sentence_start(text, start, credit.start())
        words = text[begin : credit.start()].rstrip()
        stopped = words.endswith((".", "!", "?"))
        shows = _scene_signs(words, patterns)
        if len(words) <= LONGEST and words and (credit.group("photo") or shows >= 1 or not stopped):
            close = credit.end() + (text[credit.end() : credit.end() + 1] == ".")
            return begin, close
    return None


def _sentence_start(text: str, start: int, end: int) -> int:
    """Where the last whole sentence before `end` begins; dates left alone belong to it."""
    window = text[start:end].rstrip()
    ends = [m.end() for m in _SENTENCE_END.finditer(window) if m.end() < len(window)]
    for cut in reversed(ends):
        rest = window[cut:].strip(" .")
        if len(rest.split()) > 4 and not (find_dates(rest) and len(rest) < 30):
            return start + cut + len(window[cut:]) - len(window[cut:].lstrip())
    return start
