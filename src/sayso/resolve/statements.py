"""Statements: who is behind each attribution, and the chain that carried it to the reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.ids import Span, record_id
from sayso.resolve.antecedents import resolve_speakers
from sayso.resolve.chains import Link, chains
from sayso.resolve.ranges import Ranges
from sayso.resolve.speakers import Actors
from sayso.schema import (
    Annotations,
    Document,
    Evidence,
    LocalActor,
    Statement,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sayso.knowledge import Knowledge

METHOD = "statements.rules/1"
UNKNOWN_OUTLET = "unknown outlet"


def resolve_statements(
    document: Document,
    annotations: Annotations,
    actors: tuple[LocalActor, ...],
    *,
    knowledge: Knowledge,
) -> tuple[Statement, ...]:
    """The statements of a document, one for each attribution, in text order.

    A chain holds the names from the innermost speaker to the outlet; `chain_actors` the ids of
    those that are actors of the document.
    """
    cues = knowledge.lexicon("cues")
    found = Actors(actors, annotations)
    spans = annotations.attributions
    speakers = resolve_speakers(document, annotations, actors, found, knowledge=knowledge)
    links = chains(
        document.text, spans, speakers, found, sentences=annotations.sentences, cues=cues
    )
    outlet = Link(name=document.outlet or UNKNOWN_OUTLET, actor=None)
    records: dict[str, Statement] = {}
    for span, speaker, chain in zip(spans, speakers, links, strict=True):
        told_to_us = bool(chain) and chain[-1].name == outlet.name
        full = chain if told_to_us else (*chain, outlet)
        all_spans = sorted((*span.sources, *span.cues, *span.contents))
        key = record_id(document.source, document.text_sha256, "statement", all_spans)
        records[key] = Statement(
            id=key,
            evidence=tuple(
                Evidence(document=document.source, start=a, end=b) for a, b in all_spans
            ),
            method=METHOD,
            score=span.score,
            document=document.source,
            type=span.type,
            form=span.form,
            speaker=speaker.name,
            speaker_actor=speaker.actor,
            voice=speaker.voice,
            speaker_text=words_of(document.text, span.sources),
            cue=words_of(document.text, span.cues),
            content=words_of(document.text, span.contents),
            source_spans=span.sources,
            cue_spans=span.cues,
            content_spans=span.contents,
            chain=tuple(link.name for link in full),
            chain_actors=tuple(link.actor for link in full),
            denied=span.denied,
        )
    return tuple(records.values())


def words_of(text: str, spans: Iterable[Span]) -> str:
    """The words of a span's parts, joined by " … "."""
    return " … ".join(text[start:end] for start, end in spans)


class StatementIndex:
    """Statements by the ranges of their contents: made once, asked often."""

    def __init__(self, statements: Iterable[Statement]) -> None:
        self._ranges = Ranges((a, b, s) for s in statements for a, b in s.content_spans)

    def innermost(self, start: int, end: int) -> Statement | None:
        """The statement with the smallest content span that holds the range, or None."""
        return self._ranges.smallest(start, end)

    def told(self, start: int, end: int) -> Statement | None:
        """As `innermost`, but one without a source ("was reportedly hit") gives way to one that has
        a source: that is on whose word the range stands.
        """
        rows = [(b - a, k, s) for k, (a, b, s) in enumerate(self._ranges.holding(start, end))]
        best = min(rows, key=lambda row: (not row[2].source_spans, *row[:2]), default=None)
        return best[2] if best else None


def innermost(statements: Iterable[Statement], start: int, end: int) -> Statement | None:
    """The statement with the smallest content span that holds a range; see StatementIndex."""
    return StatementIndex(statements).innermost(start, end)
