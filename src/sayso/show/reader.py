"""The reader: an article's text cut into runs, each knowing what it is part of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec

from sayso.schema import Block, Document, Statement
from sayso.show.words import printable


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """Words of one block that are marked alike. `classes` name the marks for the page's style.

    `opens` holds the numbers of the statements whose content begins here, `anchors` the ids of
    the records that begin here.
    """

    text: str
    classes: str
    opens: tuple[int, ...] = ()
    anchors: tuple[str, ...] = ()


class Paragraph(msgspec.Struct, frozen=True, kw_only=True):
    """A block with its runs, and the numbers of the statements to be told beside it."""

    kind: str
    runs: tuple[Run, ...]
    notes: tuple[int, ...]


def paragraphs(
    document: Document, statements: Sequence[Statement], anchors: Sequence[tuple[int, str]]
) -> Iterator[Paragraph]:
    """The document block by block.

    `statements` are the document's, numbered by their order; `anchors` are (start, id) of the
    records that a link may lead to. Time grows with the text and its marks, not their product.
    """
    marks = sorted(_marks(statements))
    places = sorted(anchors)
    first = place = 0
    active: list[tuple[int, int, str, int]] = []
    for block in document.blocks:
        while first < len(marks) and marks[first][0] < block.end:
            active.append(marks[first])
            first += 1
        active = [mark for mark in active if mark[1] > block.start]
        here = []
        while place < len(places) and places[place][0] < block.end:
            here.append(places[place])
            place += 1
        runs = tuple(_runs(document.text, block, active, here))
        notes = sorted({number for run in runs for number in run.opens})
        yield Paragraph(kind=block.kind, runs=runs, notes=tuple(notes))


def _marks(statements: Sequence[Statement]) -> Iterator[tuple[int, int, str, int]]:
    for number, statement in enumerate(statements):
        for role in ("source", "cue", "content"):
            for part, (start, end) in enumerate(getattr(statement, f"{role}_spans")):
                yield start, end, role if part == 0 or role != "content" else "more", number


def _runs(
    text: str,
    block: Block,
    marks: Sequence[tuple[int, int, str, int]],
    anchors: Sequence[tuple[int, str]],
) -> Iterator[Run]:
    cuts = {block.start, block.end}
    for start, end, _, _ in marks:
        cuts |= {min(max(start, block.start), block.end), min(max(end, block.start), block.end)}
    cuts |= {max(start, block.start) for start, _ in anchors}
    edges = sorted(cuts)
    waiting = sorted(marks)
    named = sorted(anchors)
    active: list[tuple[int, int, str, int]] = []
    at = ref = 0
    for start, end in pairwise(edges):
        while at < len(waiting) and waiting[at][0] <= start:
            active.append(waiting[at])
            at += 1
        active = [mark for mark in active if mark[1] > start]
        ids = []
        while ref < len(named) and named[ref][0] <= start:
            ids.append(named[ref][1])
            ref += 1
        yield Run(
            text=printable(text[start:end]),
            classes=_classes(active, start, end),
            opens=tuple(sorted({m[3] for m in active if m[2] == "content" and m[0] == start})),
            anchors=tuple(ids),
        )


def _classes(active: Sequence[tuple[int, int, str, int]], start: int, end: int) -> str:
    roles = {"content" if mark[2] == "more" else mark[2] for mark in active}
    depth = sum(mark[2] in ("content", "more") for mark in active)
    names: list[str] = [role for role in ("source", "cue", "content") if role in roles]
    contents = [mark for mark in active if mark[2] in ("content", "more")]
    if depth > 1:
        names.append("nested")
    if any(mark[0] == start for mark in contents):
        names.append("begins")
    if any(mark[1] == end for mark in contents):
        names.append("ends")
    return " ".join(names)
