"""annotate: what the words of one document say, as spans. Nothing is resolved here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sayso.annotate.attributions import attributions_by_rule, find_attributions
from sayso.annotate.events import find_events
from sayso.annotate.figures import find_figures
from sayso.annotate.mentions import find_mentions
from sayso.annotate.parse import Parse, parse_together
from sayso.annotate.places import find_places
from sayso.annotate.times import find_times
from sayso.annotate.truces import find_truces
from sayso.config import Settings
from sayso.knowledge import Knowledge
from sayso.schema import Annotations, Document, Problem

KINDS = ("attributions", "mentions", "times", "places", "figures", "events", "truces")
"""What can be asked for, in the order in which it is made."""

_FIND: dict[str, Callable[..., tuple[Any, ...]]] = {
    "attributions": find_attributions,
    "mentions": find_mentions,
    "times": find_times,
    "places": find_places,
    "figures": find_figures,
    "events": find_events,
    "truces": find_truces,
}


def annotate(
    document: Document,
    *,
    settings: Settings,
    knowledge: Knowledge,
    only: frozenset[str] = frozenset(KINDS),
) -> Annotations:
    """The spans of one document. Work that `only` leaves out is not done.

    A text in another language, or longer than `settings.most_characters`, is not annotated;
    the annotations then hold a problem that says so.
    """
    parse = Parse(document, model=_model(settings))
    return _annotate(document, parse, settings=settings, knowledge=knowledge, only=only)


def annotate_all(
    documents: Sequence[Document], *, settings: Settings, knowledge: Knowledge
) -> Iterator[Annotations]:
    """The annotations of several documents, in order, parsed together in spaCy's batches.

    A fault on one document becomes a problem of that document.
    """
    parses = {
        document.source: Parse(document, model=_model(settings))
        for document in documents
        if not _unreadable(document, settings)
    }
    parse_together(list(parses.values()))
    for document in documents:
        parse = parses.pop(document.source, None) or Parse(document, model=_model(settings))
        yield _annotate(document, parse, settings=settings, knowledge=knowledge)


def _annotate(
    document: Document,
    parse: Parse,
    *,
    settings: Settings,
    knowledge: Knowledge,
    only: frozenset[str] = frozenset(KINDS),
) -> Annotations:
    problem = _unreadable(document, settings)
    if problem:
        return Annotations(problems=(problem,))
    found: dict[str, tuple[Any, ...]] = {}
    problems = []
    by_rule = settings.weights == "none"
    finders = _FIND | {"attributions": attributions_by_rule} if by_rule else _FIND
    for kind in KINDS:
        if kind in only:
            try:
                found[kind] = finders[kind](document, parse, knowledge=knowledge)
            except Exception as error:  # a fault in one kind must not lose the others
                problems.append(_failure(document, kind, error))
    unparsed = {"times"} if by_rule else {"times", "attributions"}
    sentences = parse.sentences if only - unparsed else ()  # no parse is made for them alone
    return Annotations(**found, sentences=sentences, problems=tuple(problems))


def _model(settings: Settings) -> str | None:
    """What parses: spaCy's pipeline beside the rule, else the encoder."""
    return settings.model if settings.weights == "none" else None


def _failure(document: Document, kind: str, error: Exception) -> Problem:
    return Problem(
        stage="annotate",
        document=document.source,
        message=f"{kind} failed: {type(error).__name__}: {error}",
        hint="this is a fault in sayso: please report it with the text",
    )


def _unreadable(document: Document, settings: Settings) -> Problem | None:
    if document.language not in ("en", None):
        return Problem(
            stage="annotate",
            document=document.source,
            message=f"written in {document.language!r}, which sayso does not read",
            hint="the text is kept; only English is annotated",
        )
    if len(document.text) > settings.most_characters:
        return Problem(
            stage="annotate",
            document=document.source,
            message=f"too long to annotate: {len(document.text):,} characters",
            hint=f"the text is kept; the limit is {settings.most_characters:,} (most_characters)",
        )
    return None
