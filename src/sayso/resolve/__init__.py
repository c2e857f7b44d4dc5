"""resolve: what one document's words mean, on their own: no other document is looked at."""

from __future__ import annotations

from sayso.knowledge import Knowledge
from sayso.resolve.actors import resolve_actors
from sayso.resolve.events import resolve_events
from sayso.resolve.figures import resolve_figures
from sayso.resolve.naming import resolve_naming
from sayso.resolve.places import resolve_places
from sayso.resolve.publication import resolve_publication
from sayso.resolve.queries import raise_queries
from sayso.resolve.statements import resolve_statements
from sayso.resolve.times import resolve_times
from sayso.resolve.truces import resolve_truces
from sayso.schema import Annotations, Document, Resolved


def resolve(document: Document, annotations: Annotations, *, knowledge: Knowledge) -> Resolved:
    """The records of one document."""
    publication = resolve_publication(document, annotations)
    times = resolve_times(document, annotations, publication)
    places = resolve_places(document, annotations, knowledge=knowledge)
    actors = resolve_actors(document, annotations, publication, knowledge=knowledge)
    statements = resolve_statements(document, annotations, actors, knowledge=knowledge)
    events = resolve_events(document, annotations, actors, statements, places, times, publication)
    figures = resolve_figures(document, annotations, statements, events)
    truces = resolve_truces(document, annotations, actors, places, times, publication, statements)
    naming = resolve_naming(document, annotations, actors, statements, knowledge=knowledge)
    queries = raise_queries(document, annotations, publication, figures, statements)
    return Resolved(
        document=document.source,
        publication=publication,
        actors=actors,
        statements=statements,
        figures=figures,
        times=times,
        places=places,
        events=events,
        truces=truces,
        naming=naming,
        queries=queries,
        problems=annotations.problems,
    )
