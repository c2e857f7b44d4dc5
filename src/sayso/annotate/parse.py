"""The grammar of a document as spaCy's objects: made once a document, on first use.

By the encoder, in the one pass that the attributions are found in too; or by spaCy's own pipeline.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from sayso.annotate.spacy_models import load
from sayso.annotate.threads import keep_to_one
from sayso.ids import Span
from sayso.schema import BlockKind, Document

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as DocSpan

    from sayso.annotate.encoder import Encoded

PIECE_LENGTH = 20_000
"""Longest run, in code points, handed to spaCy at once: keeps memory flat on endless texts."""

BATCH_SIZE = 16
ANNOTATED: frozenset[BlockKind] = frozenset({"headline", "dateline", "heading", "prose", "caption"})
Run = tuple[BlockKind, int, int]
"""A stretch of the working text, [start, end), and the kind of the block that it is of."""
_BREAK = re.compile(r"\n+|(?<=[.!?])\s+|\s+")


class Piece(msgspec.Struct, frozen=True):
    """A parsed run of the working text: `doc` counts from `start`."""

    start: int
    kind: BlockKind
    doc: Doc

    def span(self, part: DocSpan | Token) -> Span:
        """Where a spaCy span or token stands in the working text."""
        if hasattr(part, "idx"):
            return self.start + part.idx, self.start + part.idx + len(part)
        return self.start + part.start_char, self.start + part.end_char


class Parse:
    """A document's parse. Nothing is loaded until `pieces` is asked for.

    `model` names a spaCy pipeline; None stands for the encoder. Furniture is not parsed, a
    sentence never crosses a block, and runs longer than `PIECE_LENGTH` are cut at a line, sentence
    or word end.
    """

    def __init__(self, document: Document, *, model: str | None = None) -> None:
        self.document = document
        self.model = model

    @cached_property
    def encoded(self) -> Encoded | None:
        """The encoder's one reading of the document; None of one too long to be kept whole.

        Raises UsageError where sayso was installed without its weights.
        """
        runs = list(_runs(self.document))
        return _encode(self.document.text, runs) if len(list(_together(runs))) <= 1 else None

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """The parsed pieces, in text order."""
        if self.model is not None:
            (pieces,) = _by_spacy([self.document], self.model)
            return pieces
        return tuple(self._by_encoder())

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """Every sentence's span, in text order."""
        return tuple(piece.span(sent) for piece in self.pieces for sent in piece.doc.sents)

    def _by_encoder(self) -> Iterator[Piece]:
        keep_to_one()
        from sayso.annotate.docs import make_docs  # loads spaCy: not for attributions alone

        text = self.document.text
        for runs in _together(list(_runs(self.document))):
            encoded = self.encoded or _encode(text, runs)
            docs = make_docs([(start, text[start:end]) for _, start, end in runs], encoded)
            for (kind, start, _), doc in zip(runs, docs, strict=True):
                yield Piece(start, kind, doc)


def parse_together(parses: Sequence[Parse]) -> None:
    """Fills the pieces of several parses by one spaCy pipeline in shared batches: quicker.

    The encoder reads each text alone, when it is asked.
    """
    if parses and parses[0].model is not None:
        documents = [parse.document for parse in parses]
        for parse, pieces in zip(parses, _by_spacy(documents, parses[0].model), strict=True):
            parse.__dict__["pieces"] = pieces  # where cached_property looks


def _by_spacy(documents: Sequence[Document], model: str) -> list[tuple[Piece, ...]]:
    runs = [(n, *run) for n, document in enumerate(documents) for run in _runs(document)]
    texts = (documents[n].text[start:end] for n, _, start, end in runs)
    found: list[list[Piece]] = [[] for _ in documents]
    for (n, kind, start, _), doc in zip(
        runs, load(model).pipe(texts, batch_size=BATCH_SIZE), strict=True
    ):
        found[n].append(Piece(start, kind, doc))
    return [tuple(pieces) for pieces in found]


def _encode(text: str, runs: Sequence[Run]) -> Encoded:
    from sayso.annotate.encoder import shipped
    from sayso.annotate.pieces import read_pieces, within

    encoder = shipped()
    pieces = within(read_pieces(encoder.tokenizer, text), [(start, end) for _, start, end in runs])
    return encoder.encode(pieces)


def _together(runs: Sequence[Run]) -> Iterator[list[Run]]:
    """Runs in groups of at most `PIECE_LENGTH` code points, which are read together."""
    group: list[Run] = []
    held = 0
    for run in runs:
        length = run[2] - run[1]
        if group and held + length > PIECE_LENGTH:
            yield group
            group, held = [], 0
        group.append(run)
        held += length
    if group:
        yield group


def _runs(document: Document) -> Iterator[Run]:
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
