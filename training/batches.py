"""Articles as the network sees them: pieces, labels, windows, batches.

A batch is some articles whole (or long stretches of them). Their windows are encoded together and
their states laid end to end again, so that the argument layer reads across window edges, as it does
when sayso reads.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from sayso.annotate.encoder import (
    AFTER,
    ATTITUDE,
    BEFORE,
    BEGINS,
    CONTENT,
    SOURCE,
    STATEMENT,
    argument_reach,
)
from sayso.annotate.pieces import FEATURES, Pieces, cut_windows, read_pieces
from sayso.ids import Span

from .cue_types import is_statement
from .grammar import Grammar, in_pieces
from .model import INSIDE
from .polnear import Article, Attribution, disturb

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]
UNLABELLED = -100
TYPES = {"statement": STATEMENT, "attitude": ATTITUDE}
WIDEST, NARROWEST = 320, 192
WINDOWS_A_BATCH = 8


@dataclass(frozen=True, slots=True)
class Target:
    """One cue in pieces (half-open), its type, and the pieces of its source and content."""

    start: int
    end: int
    type: int
    source: Ints
    content: Ints


@dataclass(frozen=True, slots=True)
class Labelled:
    """An article (or a stretch of one) with its labels.

    `tags` (n,) of outside, begins, inside; `roles` (n, 2): in anybody's source, in any content.
    Where nobody labelled attributions, all are UNLABELLED. `grammar` counts in pieces.
    """

    pieces: Pieces
    tags: Ints
    roles: Floats
    targets: tuple[Target, ...]
    grammar: Grammar | None


def label(
    tokenizer: Tokenizer,
    article: Article,
    chance: random.Random | None,
    grammar: Grammar | None = None,
) -> Labelled:
    """Cut and label an article; with `chance`, change its marks and draw one of its annotators."""
    text, moved, reading = article.text, None, article.readings[0] if article.readings else ()
    if chance is not None:
        text, moved = disturb(text, chance)
        if article.readings:
            reading = chance.choice((article.readings[0], *article.readings))
            reading = tuple(_move(a, moved) for a in reading)
    pieces = read_pieces(tokenizer, text)
    grammar = grammar and in_pieces(grammar, text, moved, pieces)
    if not article.readings:
        nothing = np.full(len(pieces), UNLABELLED, dtype=np.int64)
        return Labelled(
            pieces, nothing, np.tile(nothing[:, None], 2).astype(np.float32), (), grammar
        )
    tags = np.zeros(len(pieces), dtype=np.int64)
    roles = np.zeros((len(pieces), 2), dtype=np.float32)
    targets = []
    for found in reading:
        target = _target(pieces, text, found)
        if target is not None:
            tags[target.start : target.end] = INSIDE
            tags[target.start] = BEGINS
            roles[target.source, 0] = roles[target.content, 1] = 1.0
            targets.append(target)
    return Labelled(pieces, tags, roles, tuple(targets), grammar)


def _move(found: Attribution, moved: Ints) -> Attribution:
    def shift(spans: tuple[Span, ...]) -> tuple[Span, ...]:
        return tuple((int(moved[a]), int(moved[b])) for a, b in spans if moved[a] < moved[b])

    return Attribution(shift(found.sources), shift(found.cues), shift(found.contents), found.type)


def _target(pieces: Pieces, text: str, found: Attribution) -> Target | None:
    cue = _pieces_of(pieces, found.cues)
    if not len(cue) or not found.contents:
        return None
    words = " ".join(text[a:b] for a, b in found.cues)
    return Target(
        int(cue.min()),
        int(cue.max()) + 1,
        TYPES[found.type] if found.type else STATEMENT if is_statement(words) else ATTITUDE,
        _pieces_of(pieces, found.sources),
        _pieces_of(pieces, found.contents),
    )


def _pieces_of(pieces: Pieces, spans: Sequence[Span]) -> Ints:
    ranges = [
        np.arange(
            np.searchsorted(pieces.ends, a, side="right"),
            np.searchsorted(pieces.starts, b, side="left"),
        )
        for a, b in spans
    ]
    return np.concatenate(ranges).astype(np.int64) if ranges else np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Batch:
    """B windows of T pieces, [CLS] first and [SEP] last; `cells` says where each piece sits.

    `cells` (P,) are places in the flattened (B * T) windows of the P pieces of all articles laid
    end to end; `firsts` are the places in P where an article starts, with P at the end.
    """

    ids: Ints
    features: Ints
    mask: Floats
    cells: Ints
    firsts: list[int]
    articles: list[Labelled]


def batches(
    articles: Sequence[Labelled], edges: tuple[int, int], chance: random.Random
) -> Iterator[Batch]:
    """Deal all articles into batches of about WINDOWS_A_BATCH windows. `edges`: ids of CLS, SEP."""
    order = list(range(len(articles)))
    chance.shuffle(order)
    hand: list[tuple[Labelled, list[Span]]] = []
    held = 0
    for k in order:
        article = articles[k]
        cut = cut_windows(article.pieces, chance.randint(NARROWEST, WIDEST))
        for at in range(0, len(cut), WINDOWS_A_BATCH):
            stretch = cut[at : at + WINDOWS_A_BATCH]
            if hand and held + len(stretch) > WINDOWS_A_BATCH + 1:
                yield lay_out(hand, edges)
                hand, held = [], 0
            hand.append(_stretch(article, stretch))
            held += len(stretch)
    if hand:
        yield lay_out(hand, edges)


def _stretch(article: Labelled, cut: list[Span]) -> tuple[Labelled, list[Span]]:
    """The part of an article that some of its windows hold, offsets in pieces counted anew."""
    start, end = cut[0][0], cut[-1][1]
    if (start, end) == (0, len(article.pieces)):
        return article, cut
    old = article.pieces
    pieces = Pieces(
        old.ids[start:end],
        old.starts[start:end],
        old.ends[start:end],
        old.words[start:end],
        old.features[start:end],
    )
    targets = tuple(
        Target(
            t.start - start,
            t.end - start,
            t.type,
            _within(t.source, start, end),
            _within(t.content, start, end),
        )
        for t in article.targets
        if start <= t.start and t.end <= end
    )
    grammar = article.grammar and article.grammar.stretch(start, end)
    part = Labelled(pieces, article.tags[start:end], article.roles[start:end], targets, grammar)
    return part, [(a - start, b - start) for a, b in cut]


def _within(places: Ints, start: int, end: int) -> Ints:
    return places[(places >= start) & (places < end)] - start


def lay_out(hand: Sequence[tuple[Labelled, list[Span]]], edges: tuple[int, int]) -> Batch:
    """Pad the windows of some articles into one batch."""
    cuts = [(article, a, b) for article, cut in hand for a, b in cut]
    shape = (len(cuts), max(b - a for _, a, b in cuts) + 2)
    ids = np.zeros(shape, dtype=np.int64)
    features = np.zeros((*shape, FEATURES), dtype=np.int64)
    mask = np.zeros(shape, dtype=np.float32)
    cells = []
    for row, (article, a, b) in enumerate(cuts):
        ids[row, 0], ids[row, b - a + 1] = edges
        ids[row, 1 : b - a + 1] = article.pieces.ids[a:b]
        features[row, 1 : b - a + 1] = article.pieces.features[a:b]
        mask[row, : b - a + 2] = 1.0
        cells.append(row * shape[1] + 1 + np.arange(b - a))
    firsts = np.cumsum([0, *(len(article.pieces) for article, _ in hand)]).tolist()
    return Batch(ids, features, mask, np.concatenate(cells), firsts, [a for a, _ in hand])


@dataclass(frozen=True, slots=True)
class Questions:
    """N cues asked for their arguments: places in P (N, R), cue and mask as 1 and 0, answers (N, R)
    with UNLABELLED outside the article; R is the reach that was asked with.
    """

    places: Ints
    cue: Floats
    mask: Floats
    answers: Ints


def questions(
    first: int,
    article: Labelled,
    asked: Sequence[Target],
    before: int = BEFORE,
    after: int = AFTER,
) -> Questions:
    """Lay out what the argument layer reads and should answer for some cues of one article."""
    length = len(article.pieces)
    places, inside = argument_reach([t.start for t in asked], length, before, after)
    cue = np.zeros(places.shape, dtype=np.float32)
    answers = np.zeros(places.shape, dtype=np.int64)
    for row, target in enumerate(asked):
        answer = np.zeros(length, dtype=np.int64)
        answer[target.source] = SOURCE
        answer[target.content] = CONTENT
        answers[row] = answer[places[row]]
        cue[row] = (places[row] >= target.start) & (places[row] < target.end) & inside[row]
    answers[~inside] = UNLABELLED
    return Questions(places + first, cue, inside.astype(np.float32), answers)
