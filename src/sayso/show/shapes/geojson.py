"""GeoJSON (RFC 7946): places, events and matters, each with the radius in which it lies."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from sayso.schema import View
from sayso.show.shapes.matters import facts_of, point_of


def features(view: View) -> Iterator[str]:
    """A FeatureCollection, a feature a line. What is not located has a null geometry.

    Only literal place names are features: a demonym is no place where something happened.
    """
    yield '{"type":"FeatureCollection","features":[\n'
    before = ""
    for feature in _features(view):
        yield before + msgspec.json.encode(feature).decode()
        before = ",\n"
    yield "\n]}\n"


def _features(view: View) -> Iterator[dict[str, Any]]:
    for place in view.places:
        if place.role == "literal":
            yield _feature(
                place.id,
                (place.lat, place.lon),
                kind="place",
                name=place.name,
                words=place.text,
                radius_km=place.radius_km,
                gazetteer=place.gazetteer,
                document=place.document,
                start=place.start,
                end=place.end,
            )
    for event in view.events:
        if event.place:
            yield _feature(
                event.id,
                (event.lat, event.lon),
                kind="event",
                type=event.type,
                status=event.status,
                agent=event.agent,
                target=event.target,
                place=event.place,
                radius_km=event.radius_km,
                earliest=event.earliest,
                latest=event.latest,
                speaker=event.speaker,
                voice=event.voice,
                document=event.document,
                start=event.start,
                end=event.end,
            )
    facts = facts_of(view)
    for matter in view.matters:
        point = point_of(facts, matter)
        yield _feature(
            matter.id,
            (point.lat, point.lon) if point else (None, None),
            kind="matter",
            title=matter.title,
            place=matter.place,
            radius_km=point.radius_km if point else None,
            earliest=matter.earliest,
            latest=matter.latest,
            reports=matter.reports,
            origins=matter.origins,
        )


def _feature(id_: str, point: tuple[float | None, float | None], **fields: Any) -> dict[str, Any]:
    lat, lon = point
    geometry = None
    if lat is not None and lon is not None:
        geometry = {"type": "Point", "coordinates": [round(lon, 6), round(lat, 6)]}
    return {"type": "Feature", "id": id_, "geometry": geometry, "properties": fields}
