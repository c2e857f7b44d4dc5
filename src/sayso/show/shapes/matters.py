"""What shapes of incidents ask of a matter: its point, its toll, its sides."""

from __future__ import annotations

from collections import defaultdict

import msgspec

from sayso.schema import Document, Event, Figure, Matter, Place, View


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """Records of a case by what leads to them: documents by source, located literal places by
    document and name, events by document, figures by matter.
    """

    documents: dict[str, Document]
    places: dict[tuple[str, str], Place]
    events: dict[str, list[Event]]
    figures: dict[str, list[Figure]]


def facts_of(view: View) -> Facts:
    """The records of a case by what leads to them."""
    places: dict[tuple[str, str], Place] = {}
    for place in view.places:
        if place.lat is not None and place.role == "literal":
            places.setdefault((place.document, place.name), place)
    events: dict[str, list[Event]] = defaultdict(list)
    for event in view.events:
        events[event.document].append(event)
    figures: dict[str, list[Figure]] = defaultdict(list)
    for figure in view.figures:
        if figure.matter:
            figures[figure.matter].append(figure)
    documents = {document.source: document for document in view.documents}
    return Facts(documents=documents, places=places, events=events, figures=figures)


def point_of(facts: Facts, matter: Matter) -> Place | None:
    """The place of a matter as one of its documents locates it; null when none does."""
    for source in (*matter.documents, *matter.also_in):
        place = facts.places.get((source, matter.place or ""))
        if place:
            return place
    return None


def documents_of(facts: Facts, matter: Matter) -> list[Document]:
    """The documents that tell of a matter, those mainly about it first."""
    sources = dict.fromkeys((*matter.documents, *matter.also_in))
    return [facts.documents[source] for source in sources]


def toll_of(facts: Facts, matter: Matter) -> tuple[float | None, float | None]:
    """The lowest and highest number of dead that any voice gives, parts of a toll left out.

    An open end ("at least 12") counts by its known end. Null when nobody gives one.
    """
    dead = [
        figure
        for figure in facts.figures.get(matter.id, ())
        if figure.effect == "killed" and figure.part_of is None and figure.unit == "people"
    ]
    lows = [n for f in dead if (n := f.high if f.low is None else f.low) is not None]
    highs = [n for f in dead if (n := f.low if f.high is None else f.high) is not None]
    return (min(lows), max(highs)) if lows and highs else (None, None)


def sides_of(facts: Facts, matter: Matter) -> tuple[list[str], list[str]]:
    """Who is said to have done it and to whom: agents and targets of the asserted events at the
    matter's place and days, in its documents, each once.
    """
    agents: dict[str, None] = {}
    targets: dict[str, None] = {}
    for source in (*matter.documents, *matter.also_in):
        for event in facts.events.get(source, ()):
            if event.status == "asserted" and event.place == matter.place and _then(event, matter):
                if event.agent:
                    agents[event.agent] = None
                if event.target:
                    targets[event.target] = None
    return list(agents), list(targets)


def _then(event: Event, matter: Matter) -> bool:
    """Whether an event may lie in a matter's days. What has no day may."""
    if event.earliest and matter.latest and event.earliest > matter.latest:
        return False
    return not (event.latest and matter.earliest and event.latest < matter.earliest)
