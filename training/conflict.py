"""The conflict set's training third, as the trainer reads it.

`eval/conflict.jsonl` holds offsets alone; the texts are FA-KES's and the seeds' (docs/codebook.md).
PolNeAR marks only outermost attributions and so does the first reading of a text; what lies inside
a content is read as a text of its own, and is taught as one.
"""

from __future__ import annotations

from collections.abc import Iterator

from eval.conflict import labels, texts

from sayso.annotate.attribution_spans import unwrapped
from sayso.ids import Span

from .polnear import Article, Attribution


def articles() -> Iterator[Article]:
    """Read the training third's articles, then the contents of their attributions as texts."""
    read = {name: text for name, text, _ in texts()}
    for labelled in labels():
        if labelled.part == "train":
            name, text = labelled.article, read[labelled.article]
            found = [Attribution(a.source, a.cue, a.content, a.type) for a in labelled.attributions]
            yield Article(name, text, (tuple(_outermost(found)),))
            yield from _contents(name, text, found)


def plain_articles() -> Iterator[Article]:
    """FA-KES's articles that nobody labelled, in any part: for their grammar alone."""
    labelled = {row.article for row in labels()}
    for name, text, _ in texts():
        if name.startswith("fa-kes:") and name not in labelled:
            yield Article(name, text, ())


def _outermost(found: list[Attribution]) -> list[Attribution]:
    return [a for a in found if not any(_holds(b, a) for b in found)]


def _holds(outer: Attribution, inner: Attribution) -> bool:
    """Whether an attribution's cue or, where it has none, its content stands inside another's."""
    if outer is inner or not (inner.cues or outer.cues):
        return False
    start, end = (inner.cues or inner.contents)[0]
    return any(a <= start and end <= b for a, b in outer.contents)


def _contents(name: str, text: str, found: list[Attribution]) -> Iterator[Article]:
    for k, outer in enumerate(found):
        inside = [a for a in found if _holds(outer, a)]
        start, end = unwrapped(text, max(outer.contents, key=lambda span: span[1] - span[0]))
        direct = [
            Attribution(
                *(_shift(spans, start, end) for spans in (a.sources, a.cues, a.contents)), a.type
            )
            for a in _outermost(inside)
        ]
        if end - start > 40:
            readings = tuple(a for a in direct if a.cues and a.contents)
            yield Article(f"{name}/{k}", text[start:end], (readings,))


def _shift(spans: tuple[Span, ...], start: int, end: int) -> tuple[Span, ...]:
    return tuple((a - start, b - start) for a, b in spans if start <= a and b <= end)
