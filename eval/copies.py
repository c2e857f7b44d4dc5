"""Recall of copy detection on variants made of FA-KES articles: cut, mixed, quoted, reworded.

`measure()` makes 200 variants with a fixed seed, puts them beside all articles and asks whether
each is related to the article it was made of. Precision is judged by eye (docs/quality.md).
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from sayso.compare.copies import find_copies
from sayso.compare.kept import Kept
from sayso.compare.sketches import Shelf
from sayso.knowledge import load
from sayso.read import parse_columns, plain, read_file, unique_source
from sayso.schema import Document, Publication, Resolved

TABLE = Path(__file__).resolve().parents[2] / "shared" / "data" / "fa-kes" / "FA-KES-Dataset.csv"
COLUMNS = "text=article_content,title=article_title,outlet=source,date=date,id=unit_id"
EACH = 50
SHARE_CUT = 0.4
SHARE_CHANGED = 0.15
QUOTED = 60
"""Words of a quoted passage."""

LEAST_WORDS = 60
UNKNOWN = Publication(earliest=None, latest=None, how="not asked here")


def measure() -> dict[str, float]:
    """Recall by kind of variant and over all; nothing where the corpus is absent."""
    if not TABLE.is_file():
        return {}
    whole, made = variants()
    documents = sorted((*whole, *(v for _, v, _ in made)), key=lambda d: d.source)
    by_source = {d.source: d for d in documents}
    shelf = Shelf(
        lambda source: (by_source[source], Resolved(document=source, publication=UNKNOWN)),
        knowledge=load(),
    )
    sketches = [shelf.sketch(d.source, knowledge=load()) for d in documents]
    relations, _ = find_copies(sketches, shelf.words, Kept())
    pairs = {frozenset((r.left, r.right)) for r in relations}
    ids = {d.source: d.id for d in documents}
    return recall(made, lambda variant, source: frozenset((variant.id, ids[source])) in pairs)


Variant = tuple[str, Document, tuple[str, ...]]
"""A kind of variant, the text that was made, and the articles that it was made of."""


def variants() -> tuple[list[Document], list[Variant]]:
    """The articles of FA-KES that are long enough, and the variants made of them."""
    whole = [d for d in articles() if len(d.text.split()) >= LEAST_WORDS]
    chosen = random.Random(7)
    made: list[Variant] = []
    for kind, make in VARIANTS.items():
        for number in range(EACH):
            first, second = chosen.sample(whole, 2)
            text, sources = make(first, second, chosen)
            made.append((kind, plain(text, source=f"{kind} {number}"), sources))
    return whole, made


def recall(made: Sequence[Variant], found: Callable[[Document, str], bool]) -> dict[str, float]:
    """The share of variants found with the article they were made of, by kind and over all."""
    hits: dict[str, list[bool]] = {kind: [] for kind in VARIANTS}
    for kind, variant, sources in made:
        hits[kind] += [found(variant, source) for source in sources]
    scores = {kind: sum(some) / len(some) for kind, some in hits.items()}
    every = [hit for some in hits.values() for hit in some]
    return {**scores, "all": sum(every) / len(every)}


def articles() -> list[Document]:
    """The articles of FA-KES, a repeated id made unique as in a case."""
    kept: dict[str, Document] = {}
    items = read_file(
        TABLE,
        TABLE.read_bytes(),
        options=parse_columns(COLUMNS),
        knowledge=load(),
        read_at="2026-01-01T00:00:00+00:00",
    )
    for item in items:
        if isinstance(item, Document):
            source = unique_source(item.source, kept)
            kept[source] = msgspec.structs.replace(item, source=source)
    return list(kept.values())


def _cut(first: Document, _: Document, chosen: random.Random) -> tuple[str, tuple[str, ...]]:
    words = first.text.split()
    length = int(SHARE_CUT * len(words))
    start = chosen.choice((0, chosen.randrange(len(words) - length)))
    return " ".join(words[start : start + length]), (first.source,)


def _mixed(first: Document, second: Document, _: random.Random) -> tuple[str, tuple[str, ...]]:
    parts: list[str] = []
    halves = [[s for s in d.text.split(". ") if s.strip()] for d in (first, second)]
    for n in range(max(len(half) for half in halves)):
        parts += [half[n] for half in halves if n < (len(half) + 1) // 2]
    return ". ".join(parts), (first.source, second.source)


def _quoted(
    first: Document, second: Document, chosen: random.Random
) -> tuple[str, tuple[str, ...]]:
    words = first.text.split()
    start = chosen.randrange(max(1, len(words) - QUOTED))
    passage = " ".join(words[start : start + QUOTED])
    own = second.text.split()
    own = [w for w in own if w not in {"."}]
    chosen.shuffle(own)  # other words, in no order that another article has
    half = len(own) // 2
    return f'{" ".join(own[:half])} "{passage}" {" ".join(own[half:])}', (first.source,)


def _changed(
    first: Document, second: Document, chosen: random.Random
) -> tuple[str, tuple[str, ...]]:
    other = second.text.split()
    words = [
        chosen.choice(other) if chosen.random() < SHARE_CHANGED else word
        for word in first.text.split()
    ]
    return " ".join(words), (first.source,)


VARIANTS: dict[str, Callable[[Document, Document, random.Random], tuple[str, tuple[str, ...]]]] = {
    "cut": _cut,
    "mixed": _mixed,
    "quoted": _quoted,
    "changed": _changed,
}


if __name__ == "__main__":
    result = measure()
    if not result:
        print(f"copies: skipped, there is no {TABLE}")
    else:
        print("copies:", ", ".join(f"{name} {value:.3f}" for name, value in result.items()))
