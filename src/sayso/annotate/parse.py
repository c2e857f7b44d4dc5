"""spaCy's reading of a document: loaded once a process, made once a document, on first use."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, cached_property
from typing import TYPE_CHECKING

import msgspec

from sayso.annotate.threads import keep_to_one
from sayso.errors import UsageError
from sayso.ids import Span
from sayso.schema import BlockKind, Document

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as DocSpan

PIECE_LENGTH = 20_000
"""Longest run, in code points, handed to spaCy at once: keeps memory flat on endless texts."""

BATCH_SIZE = 16
ANNOTATED: frozenset[BlockKind] = frozenset({"headline", "dateline", "heading", "prose", "caption"})
_BREAK = re.compile(r"\n+|(?<=[.!?])\s+|\s+")


class Piece(msgspec.Struct, frozen=True):
    """A parsed run of the working text: `doc` counts from `start`."""

    start: int
    kind: BlockKind
    doc: Doc

    def span(self, part: DocSpan | Token) -> Span:
        """Where a spaCy span or token stands in the working text."""
        start = part.idx if hasattr(part, "idx") else part.start_char
        return self.start + start, self.start + start + len(part.text)


class Parse:
    """A document's parse. Nothing is loaded until `pieces` is asked for.

    Furniture is not parsed, a sentence never crosses a block, and runs longer than
    `PIECE_LENGTH` are cut at a line, sentence or word end.
    """

    def __init__(self, document: Document, *, model: str) -> None:
        self.document = document
        self.model = model

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """The parsed pieces, in text order."""
        (pieces,) = _pieces([self.document], self.model)
        return pieces

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """Every sentence's span, in text order."""
        return tuple(piece.span(sent) for piece in self.pieces for sent in piece.doc.sents)


def parse_together(parses: Sequence[Parse]) -> None:
    """Fills the pieces of several parses of one model in shared batches, which is quicker."""
    if parses:
        documents = [parse.document for parse in parses]
        for parse, pieces in zip(parses, _pieces(documents, parses[0].model), strict=True):
            parse.__dict__["pieces"] = pieces  # where cached_property looks


def _pieces(documents: Sequence[Document], model: str) -> list[tuple[Piece, ...]]:
    runs = [(n, *run) for n, document in enumerate(documents) for run in _runs(document)]
    texts = (documents[n].text[start:end] for n, _, start, end in runs)
    found: list[list[Piece]] = [[] for _ in documents]
    for (n, kind, start, _), doc in zip(
        runs, load(model).pipe(texts, batch_size=BATCH_SIZE), strict=True
    ):
        found[n].append(Piece(start, kind, doc))
    return [tuple(pieces) for pieces in found]


def _runs(document: Document) -> Iterator[tuple[BlockKind, int, int]]:
    for block in document.blocks:
        if block.kind in ANNOTATED:
            for start, end in _cut(document.text, block.start, block.end):
                yield block.kind, start, end


def _cut(text: str, start: int, end: int) -> Iterator[Span]:
    while end - start > PIECE_LENGTH:
        window = text[start : start + PIECE_LENGTH]
        breaks = list(_BREAK.finditer(window, PIECE_LENGTH // 2))
        lines = [b for b in breaks if "\n" in b.group()]
        stops = [b for b in breaks if window[b.start() - 1] in ".!?"]
        best = (lines or stops or breaks)[-1:]
        cut = start + (best[0].end() if best else PIECE_LENGTH)
        yield start, cut
        start = cut
    if start < end:
        yield start, end


@cache
def load(model: str) -> Language:
    """The named spaCy pipeline, ready and quick.

    Matrices are small here: one thread costs a third less CPU than two and takes no longer, and
    turning BLIS off on every model node changes no analysis (docs/design/speed.md).

    Raises UsageError when no such pipeline is installed.
    """
    keep_to_one()
    import spacy

    try:
        nlp = spacy.load(model)
    except OSError as error:
        raise UsageError(
            f"no spaCy pipeline named {model!r} is installed",
            hint="name an installed one in the configuration, or leave `model` out",
        ) from error
    for _, component in nlp.pipeline:
        network = getattr(component, "model", None)
        for node in network.walk() if network is not None else ():
            if hasattr(node.ops, "use_blis"):
                node.ops.use_blis = False
    return nlp
