"""The conflict set's training third, as the trainer reads it.

`eval/conflict.jsonl` holds offsets alone; the texts are FA-KES's and the seeds' (docs/codebook.md).
PolNeAR marks only outermost attributions and so does the first reading of a text; what lies inside
a content is read as a text of its own, and is taught as one.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sayso.annotate.attribution_spans import unwrapped
from sayso.ids import Span

from .polnear import Article, Attribution


def articles(labels: Path, shared: Path, *, part: str = "train") -> Iterator[Article]:
    """Read the articles of a part, then the contents of their attributions as texts."""
    texts = dict(_texts(shared))
    for line in labels.read_text("utf-8").splitlines():
        row = json.loads(line)
        if row["part"] == part:
            text = texts[row["article"]]
            found = [_attribution(a) for a in row["attributions"]]
            yield Article(row["article"], text, (tuple(_outermost(found)),))
            yield from _contents(row["article"], text, found)


def _texts(shared: Path) -> Iterator[tuple[str, str]]:
    table = shared / "data" / "fa-kes" / "FA-KES-Dataset.csv"
    seen: dict[str, int] = {}
    with table.open(encoding="latin-1", newline="") as file:
        for row in csv.DictReader(file):
            key = row["unit_id"]
            seen[key] = seen.get(key, 0) + 1
            name = key if seen[key] == 1 else f"{key}#{seen[key]}"
            yield f"fa-kes:{name}", f"{row['article_title']}\n\n{row['article_content']}"
    for path in sorted((shared / "seeds").glob("*.txt")):
        with path.open(encoding="utf8", newline="") as file:
            yield f"seed:{path.name[:3]}", file.read()


def _attribution(row: dict[str, Any]) -> Attribution:
    sources, cues, contents = (
        tuple((a, b) for a, b in row[role]) for role in ("source", "cue", "content")
    )
    return Attribution(sources, cues, contents, row["type"])


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
