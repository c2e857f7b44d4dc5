"""Figures of a document: on whose word each stands, for which event, as part of which whole."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from sayso.ids import Span, record_id
from sayso.resolve.statements import UNKNOWN_OUTLET, StatementIndex
from sayso.schema import Annotations, Document, Event, Evidence, Figure, FigureSpan, Statement

METHOD = "figures.rules/1"

_EVENTLESS = frozenset({"percent", "km", "m", "km²"})


def resolve_figures(
    document: Document,
    annotations: Annotations,
    statements: tuple[Statement, ...],
    events: tuple[Event, ...],
) -> tuple[Figure, ...]:
    """The figures of a document in text order, on the word of the statement that holds each.

    A figure outside every statement stands in the outlet's own voice: speaker null, voice
    "outlet". `event` is the id of the event of its sentence that stands nearest, null where there
    is none. `matter` is left null: what a figure is about is decided among documents.
    """
    held = StatementIndex(statements)
    near = _Nearest(events, annotations.sentences)
    ids = [_id(document, span) for span in annotations.figures]
    return tuple(
        _figure(document, span, ids, k, held.told(span.start, span.end), near)
        for k, span in enumerate(annotations.figures)
    )


def _id(document: Document, span: FigureSpan) -> str:
    return record_id(document.source, document.text_sha256, "figure", ((span.start, span.end),))


def _figure(
    document: Document,
    span: FigureSpan,
    ids: list[str],
    k: int,
    statement: Statement | None,
    near: _Nearest,
) -> Figure:
    evidence = [(span.start, span.end)]
    if span.of_span and span.of_span[0] >= span.end:
        evidence.append(span.of_span)
    return Figure(
        id=ids[k],
        evidence=tuple(Evidence(document=document.source, start=a, end=b) for a, b in evidence),
        method=METHOD,
        document=document.source,
        text=document.text[span.start : span.end],
        value=span.value,
        low=span.low,
        high=span.high,
        bound=span.bound,
        unit=span.unit,
        of=span.of,
        effect=span.effect,
        part_of=ids[span.part_of] if span.part_of is not None else None,
        speaker=statement.speaker if statement else None,
        speaker_actor=statement.speaker_actor if statement else None,
        voice=statement.voice if statement else "outlet",
        chain=statement.chain if statement else (document.outlet or UNKNOWN_OUTLET,),
        statement=statement.id if statement else None,
        matter=None,
        event=None if span.unit in _EVENTLESS else near.event(span.start, span.end),
        start=span.start,
        end=span.end,
    )


class _Nearest:
    """Finds the event of the same sentence whose trigger stands nearest to a span."""

    def __init__(self, events: tuple[Event, ...], sentences: tuple[Span, ...]) -> None:
        self._events = sorted(events, key=lambda event: event.start)
        self._starts = [event.start for event in self._events]
        self._sentences = sentences
        self._sentence_starts = [start for start, _ in sentences]

    def event(self, start: int, end: int) -> str | None:
        """The id of that event."""
        at = bisect_right(self._sentence_starts, start) - 1
        if at < 0:
            return None
        first, last = self._sentences[at]
        held = self._events[bisect_left(self._starts, first) : bisect_left(self._starts, last)]
        best = min(held, key=lambda e: max(e.start - end, start - e.end, 0), default=None)
        return best.id if best else None
