"""Which place a name means in this document, and where that is.

Every entry of the name is weighed: its kind and population, the country of the story, the
container that the words give, and how near it lies to the document's other places. Where nothing
bears the name, coordinates are null: "unlocated".
"""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

from sayso.ids import record_id
from sayso.knowledge.gazetteer import WIDE_KINDS, Entry, Gazetteer
from sayso.knowledge.place_keys import place_key
from sayso.resolve.geography import destination, distance_km, middle
from sayso.schema import Annotations, Document, Evidence, Place, PlaceSpan

if TYPE_CHECKING:
    from sayso.knowledge import Knowledge

METHOD = "places.gazetteer/1"
STORY_COUNTRIES = 6
KIND_WEIGHTS = {
    "country": 7.5,
    "continent": 7.0,
    "region": 6.5,
    "sea": 6.5,
    "gulf": 6.5,
    "city": 6.6,
}
WELL_KNOWN_KINDS = frozenset({"city", "landmark", "square", "lake", "river", "strait", "mountain"})
OWN_WEIGHT = 5.5
_KNOWN_ANYWHERE = frozenset({"province", "landmark"})
SMALL_TOWN = 15_000
LARGE_TOWN = 100_000
STORY_WEIGHT = 2.5
NEAR_WEIGHT = 1.5
NEAR_KM = 150.0
WITHIN_WEIGHT = 8.0
CAPITAL_WEIGHT = 1.0
BYNAME_WEIGHT = 2.0
"""Weights in units of one decimal place of population; set by hand, checked on a third of LGL and
GeoVirus (eval/places.py)."""

BEARING_SPREAD = 0.4
"""tan 22.5°: half the angle between two of the eight bearings, as a share of the way."""

UNSAID_KM = 10.0
"""How far "north of X" is taken to be, with as much again for doubt."""

Candidates = dict[str, tuple[Entry, ...]]


def resolve_places(
    document: Document, annotations: Annotations, *, knowledge: Knowledge
) -> tuple[Place, ...]:
    """A place for every span, in the order of the spans."""
    gazetteer = knowledge.gazetteer
    spans = annotations.places
    candidates: Candidates = {}
    votes = _votes(spans, gazetteer)
    story = tuple(country for country, _ in votes.most_common(STORY_COUNTRIES))
    for span in spans:
        if _key(span) not in candidates:
            candidates[_key(span)] = _entries(span, gazetteer, story)
    anchors = [held[0] for held in candidates.values() if len(held) == 1]
    chosen: dict[tuple[str, str | None], Entry | None] = {}
    for span in spans:
        key = (_key(span), span.within)
        if key not in chosen:
            chosen[key] = _choose(span, candidates, votes, anchors, gazetteer, story)
    by_name: dict[str, Entry | None] = {}
    for (name, within), entry in chosen.items():
        if within or name not in by_name:
            by_name[name] = entry
    starts = {span.start: span for span in spans if span.offset is None}
    found = []
    for span in spans:
        entry = chosen[_key(span), span.within] if span.within else by_name[_key(span)]
        other = starts.get(span.offset.words[0]) if span.offset else None
        end = by_name.get(_key(other)) if other else None
        found.append(_place(document, span, entry, end))
    return tuple(found)


def _key(span: PlaceSpan) -> str:
    return f"{'demonym' if span.role == 'demonym' else 'name'}:{span.name}"


def _entries(span: PlaceSpan, gazetteer: Gazetteer, story: tuple[str, ...]) -> tuple[Entry, ...]:
    demonyms = gazetteer.demonym(span.name)
    if span.role == "demonym" or (span.role == "part of a name" and demonyms):
        return demonyms
    found = gazetteer.look_up(span.name, countries=story)
    stem = span.name.removesuffix(" province").removesuffix(" countryside")
    if not found and stem != span.name:
        found = gazetteer.look_up(f"{stem} province", countries=story)
        found = found or gazetteer.look_up(stem, countries=story)
        found = tuple(sorted(found, key=lambda entry: entry.kind not in WIDE_KINDS))
    return found


def _votes(spans: tuple[PlaceSpan, ...], gazetteer: Gazetteer) -> Counter[str]:
    """How much a document speaks of each country (ISO code)."""
    votes: Counter[str] = Counter()
    for span in spans:
        if span.role == "demonym":
            for entry in gazetteer.demonym(span.name)[:1]:
                votes[entry.country] += 2
            continue
        found = gazetteer.look_up(span.name)
        countries = {entry.country for entry in found}
        if not found:
            continue
        if found[0].kind == "country":
            votes[found[0].country] += 3 if len(countries) == 1 else 1
        elif found[0].kind in WIDE_KINDS:
            votes[found[0].country] += 2 if len(countries) == 1 else 1
        elif found[0].population >= LARGE_TOWN or (
            len(countries) == 1
            and (found[0].population >= SMALL_TOWN or found[0].kind in WELL_KNOWN_KINDS)
        ):
            votes[found[0].country] += 1
    votes.pop("", None)
    return votes


def _choose(
    span: PlaceSpan,
    candidates: Candidates,
    votes: Counter[str],
    anchors: list[Entry],
    gazetteer: Gazetteer,
    story: tuple[str, ...],
) -> Entry | None:
    entries = tuple(entry for entry in candidates[_key(span)] if _fits(entry, votes))
    if len(entries) <= 1:
        return entries[0] if entries else None
    containers = gazetteer.look_up(span.within, countries=story) if span.within else ()
    most = max(votes.values(), default=1)
    famous = any(entry.population >= LARGE_TOWN for entry in entries)
    local = {one.country for one in anchors if one.kind not in ("country", "landmark", "square")}

    def weight(entry: Entry) -> float:
        total = KIND_WEIGHTS.get(entry.kind, 0.0)
        if not total:
            known = OWN_WEIGHT if votes[entry.country] or entry.kind in _KNOWN_ANYWHERE else 2.0
            settled = entry.kind in ("town", "village") and entry.population
            total = math.log10(entry.population + 10) if settled else known
        share = votes[entry.country] / most
        overshadowed = famous and entry.population < LARGE_TOWN and entry.country not in local
        total += STORY_WEIGHT * (share / 4 if overshadowed else share)
        near = sum(
            math.exp(-distance_km((entry.lat, entry.lon), (other.lat, other.lon)) / NEAR_KM)
            for other in anchors
            if other.kind not in ("country", "continent", "sea") and other.id != entry.id
        )
        total += NEAR_WEIGHT * min(2.0, near)
        if entry.kind == "town" and place_key(entry.name) != place_key(span.name):
            total -= BYNAME_WEIGHT
        if gazetteer.is_capital(entry):
            total += CAPITAL_WEIGHT
        if any(_holds(container, entry) for container in containers):
            total += WITHIN_WEIGHT
        return total

    return max(entries, key=weight)


def _fits(entry: Entry, votes: Counter[str]) -> bool:
    """Whether a place can be meant: a small one only where the document speaks of its country."""
    if entry.id.startswith("user:") or not entry.country or not votes:
        return True
    if entry.kind in WIDE_KINDS or entry.kind in WELL_KNOWN_KINDS:
        return True
    return votes[entry.country] > 0 or entry.population >= LARGE_TOWN


def _holds(container: Entry, entry: Entry) -> bool:
    if container.id == entry.id:
        return False
    if container.kind == "country":
        return container.country == entry.country
    if container.country and entry.country and container.country != entry.country:
        return False
    if container.kind == "province" and container.admin and entry.kind == "town":
        return container.admin == entry.admin
    way = distance_km((container.lat, container.lon), (entry.lat, entry.lon))
    return way <= max(container.radius_km * 1.2, 30.0)


def _place(
    document: Document,
    span: PlaceSpan,
    entry: Entry | None,
    end: Entry | None,
) -> Place:
    """The record of a span. `end` is the first place of "between X and Y"."""
    lat = lon = radius = None
    if entry is not None and span.role != "part of a name":
        lat, lon, radius = entry.lat, entry.lon, entry.radius_km
        if span.offset is not None:
            lat, lon, radius = _moved(span, entry, end)
        lat, lon, radius = round(lat, 4), round(lon, 4), round(radius, 1)
    return Place(
        id=record_id(
            document.source,
            document.text_sha256,
            "place offset" if span.offset else "place",
            [(span.start, span.end)],
        ),
        evidence=(Evidence(document=document.source, start=span.start, end=span.end),),
        method=METHOD,
        document=document.source,
        text=document.text[span.start : span.end],
        name=entry.name if entry is not None else span.name,
        role=span.role,
        lat=lat,
        lon=lon,
        radius_km=radius,
        gazetteer=entry.id if entry is not None else None,
        approximate=entry is not None and entry.approximate and lat is not None,
        start=span.start,
        end=span.end,
    )


def _moved(span: PlaceSpan, entry: Entry, other: Entry | None) -> tuple[float, float, float]:
    """Where an offset leads, and how sure that is."""
    assert span.offset is not None
    here = (entry.lat, entry.lon)
    way, bearing = span.offset.kilometres, span.offset.bearing
    if bearing is not None:
        if way is None:
            wide = entry.kind in WIDE_KINDS
            way = entry.radius_km / 2 if wide else entry.radius_km + UNSAID_KM
            radius = way + UNSAID_KM
        else:
            radius = entry.radius_km + way * BEARING_SPREAD
        return (*destination(here, bearing, way), radius)
    if way is not None:
        return (*here, entry.radius_km + way)
    if other is not None and other.id != entry.id:
        there = (other.lat, other.lon)
        return (*middle(here, there), distance_km(here, there) / 2 + entry.radius_km)
    return (*here, entry.radius_km + UNSAID_KM)
