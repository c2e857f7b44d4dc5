"""Lines → paragraphs: told apart by blank lines, and by lines where no text is hard-wrapped."""

from __future__ import annotations

import re
from itertools import pairwise

from sayso.ids import Span

_LINE = re.compile(r"[^\r\n\x0b\x0c\x85\u2028\u2029]+")
_BLANK = re.compile(r"\S")
NARROWEST, WIDEST = 40, 110
"""Widths, in characters, between which lines of prose can be hard-wrapped."""


def find_paragraphs(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Spans of paragraphs, in order, without white space at their ends.

    Every line is a paragraph, unless the text is hard-wrapped: then lines that are full (the
    next word would not have fitted) are joined to the next.
    """
    lines = _lines(text, start, len(text) if end is None else end)
    width = _wrap_width(text, lines)
    if width is None:
        return lines
    paragraphs: list[Span] = []
    for k, (a, b) in enumerate(lines):
        if k and _goes_on(text, lines[k - 1], (a, b), width):
            paragraphs[-1] = (paragraphs[-1][0], b)
        else:
            paragraphs.append((a, b))
    return paragraphs


def _lines(text: str, start: int, end: int) -> list[Span]:
    spans = []
    for match in _LINE.finditer(text, start, end):
        line = match.group()
        bare = line.strip()
        if bare:
            a = match.start() + len(line) - len(line.lstrip())
            spans.append((a, a + len(bare)))
    return spans


def _adjacent(text: str, left: Span, right: Span) -> bool:
    """Whether no blank line stands between two lines."""
    between = text[left[1] : right[0]]
    return between.replace("\r\n", "\n").count("\n") + between.count("\r") <= 1 or (
        between.count("\r\n") == 1 and between.count("\n") == 1
    )


def _wrap_width(text: str, lines: list[Span]) -> int | None:
    """The width at which a text is hard-wrapped; None where it is not.

    It is wrapped where nearly no line is longer than `WIDEST` and most lines that have a
    neighbour right below stop in the middle of a sentence, as far right as the others.
    """
    lengths = sorted(b - a for a, b in lines)
    if len(lengths) < 3 or lengths[-1] > WIDEST or lengths[-1] < NARROWEST:
        return None
    width = lengths[-1]
    above = [left for left, right in pairwise(lines) if _adjacent(text, left, right)]
    open_ended = [(a, b) for a, b in above if text[b - 1] not in '.!?:”"' and b - a > width * 0.7]
    return width if len(above) >= 2 and len(open_ended) * 2 > len(above) else None


def _goes_on(text: str, left: Span, right: Span, width: int) -> bool:
    if not _adjacent(text, left, right):
        return False
    first_word = text[right[0] : right[1]].split(maxsplit=1)[0]
    length = left[1] - left[0]
    return length + 1 + len(first_word) > width or (
        length > width * 0.6 and text[right[0]].islower()
    )
