"""The reader: an article's text cut into runs, each knowing what it is part of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec

from sayso.ids import Span
from sayso.schema import Block, Document, Statement
from sayso.show.words import printable

ROLES = {"source": "s", "cue": "q", "content": "c", "more": "c", "fact": "f"}
"""The class of each mark in the page's style: one letter, for a page holds many. "n" is a content
in a content, "b" and "e" where one begins and ends.
"""

Mark = tuple[int, int, str, int]


class Run(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Words of one block that are marked alike. `classes` name the marks for the page's style.

    `opens` holds the numbers of the statements whose content begins here, `anchors` the ids of
    the records that begin here.
    """

    text: str
    classes: str
    opens: tuple[int, ...] = ()
    anchors: tuple[str, ...] = ()


class Paragraph(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A block with its runs, and the numbers of the statements to be told beside it."""

    kind: str
    start: int
    end: int
    runs: tuple[Run, ...]
    notes: tuple[int, ...]


def paragraphs(
    document: Document,
    statements: Sequence[Statement],
    anchors: Sequence[tuple[int, str]],
    facts: Sequence[Span] = (),
) -> Iterator[Paragraph]:
    """The document block by block.

    `statements` are the document's, numbered by their order; `anchors` are (start, id) of the
    records that a link may lead to; `facts` the spans of figures, times and places. Time grows
    with the text and its marks, not their product.
    """
    marks = sorted((*_marks(statements), *((start, end, "fact", -1) for start, end in facts)))
    places = sorted(anchors)
    first = place = 0
    active: list[Mark] = []
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
        yield Paragraph(
            kind=block.kind, start=block.start, end=block.end, runs=runs, notes=tuple(notes)
        )


def _marks(statements: Sequence[Statement]) -> Iterator[Mark]:
    for number, statement in enumerate(statements):
        for start, end in statement.source_spans:
            yield start, end, "source", number
        for start, end in statement.cue_spans:
            yield start, end, "cue", number
        for part, (start, end) in enumerate(statement.content_spans):
            yield start, end, "content" if part == 0 else "more", number


def _runs(
    text: str, block: Block, marks: Sequence[Mark], anchors: Sequence[tuple[int, str]]
) -> Iterator[Run]:
    if not marks and not anchors:
        yield Run(text=printable(text[block.start : block.end]), classes="")
        return
    cuts = {block.start, block.end}
    for start, end, _, _ in marks:
        cuts.add(min(max(start, block.start), block.end))
        cuts.add(min(max(end, block.start), block.end))
    cuts |= {max(start, block.start) for start, _ in anchors}
    waiting = sorted(marks)
    named = sorted(anchors)
    active: list[Mark] = []
    at = ref = 0
    for start, end in pairwise(sorted(cuts)):
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
            classes=_classes(active, start, end) if active else "",
            opens=tuple(sorted({m[3] for m in active if m[2] == "content" and m[0] == start})),
            anchors=tuple(ids),
        )


def _classes(active: Sequence[Mark], start: int, end: int) -> str:
    roles = {ROLES[mark[2]] for mark in active}
    contents = [mark for mark in active if ROLES[mark[2]] == "c"]
    names = [role for role in "sqcf" if role in roles]
    if len(contents) > 1:
        names.append("n")
    if any(mark[0] == start for mark in contents):
        names.append("b")
    if any(mark[1] == end for mark in contents):
        names.append("e")
    return " ".join(names)
