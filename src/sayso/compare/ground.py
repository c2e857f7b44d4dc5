"""Where incidents are: places of a telling, their distances, and cells to block them by."""

from __future__ import annotations

import math
from typing import Literal

import msgspec

from sayso.knowledge.spelling import spelling_key
from sayso.schema import Place

WIDE_KM = 60.0
"""A place of this radius or more is a province or a region: it holds towns and is no town."""

COUNTRY_KM = 150.0
"""A place of this radius or more says nothing of where an incident was."""

CELL_DEGREES = 0.5
EARTH_KM = 6371.0
_KM_PER_DEGREE = 111.2


class Spot(msgspec.Struct, frozen=True):
    """A place that a telling names: degrees (WGS 84), kilometres, and its name and its key.

    Unlocated places have no coordinates and are compared by name. `way` is "near" for
    "near Oslo", under the name of Oslo, and "away" for "30 km north of Oslo", under those words.
    """

    name: str
    key: str
    lat: float | None
    lon: float | None
    radius: float
    way: Literal["near", "away"] | None = None

    @property
    def named(self) -> str:
        """The key of the place that the words name: of "near Oslo", Oslo's."""
        return self.key.removeprefix("near ")

    @property
    def wide(self) -> bool:
        """Whether it is a province or region."""
        return self.radius >= WIDE_KM


def spot(place: Place, *, told_from: Place | None = None) -> Spot | None:
    """The spot of a place; null for countries, demonyms, metonyms and parts of names. `told_from`
    is the place inside its words: "Oslo" of "near Oslo" or "30 km north of Oslo".
    """
    if place.role != "literal" or (place.radius_km or 0.0) >= COUNTRY_KM:
        return None
    key, radius = spelling_key(place.name), place.radius_km or 5.0
    if told_from is None:
        return Spot(place.name, key, place.lat, place.lon, radius)
    if (place.lat, place.lon) == (told_from.lat, told_from.lon):
        return Spot(place.name, f"near {key}", place.lat, place.lon, radius, way="near")
    words = " ".join(place.text.split())
    return Spot(words, spelling_key(words), place.lat, place.lon, radius, way="away")


def distance(a: Spot, b: Spot) -> float | None:
    """Kilometres between two spots on a sphere (haversine); null where one is unlocated."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    p, q = math.radians(a.lat), math.radians(b.lat)
    across = math.radians(b.lon - a.lon)
    h = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(across / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(h)))


def nearness(a: Spot, b: Spot) -> float:
    """How well two spots can be one incident's place: 1 the same, 0 apart.

    A town inside a province is .6, a quarter in its town .8, neighbours within their radii .5.
    """
    if a.key == b.key:
        return 1.0 if not a.wide else 0.7
    apart = distance(a, b)
    if apart is None:
        return 0.0
    larger, smaller = max(a.radius, b.radius), min(a.radius, b.radius)
    if a.wide or b.wide:
        return 0.6 if apart <= larger else 0.0
    if apart <= larger + smaller:
        return 0.8 if apart <= larger else 0.5
    return 0.0


def cells(spot: Spot) -> list[tuple[int, int]]:
    """Half-degree cells that a spot's circle touches, at most nine; none where unlocated."""
    if spot.lat is None or spot.lon is None:
        return []
    reach = min(CELL_DEGREES, spot.radius / _KM_PER_DEGREE)
    rows = range(_cell(spot.lat - reach), _cell(spot.lat + reach) + 1)
    columns = range(_cell(spot.lon - reach), _cell(spot.lon + reach) + 1)
    return [(row, column) for row in rows for column in columns]


def _cell(degrees: float) -> int:
    return math.floor(degrees / CELL_DEGREES)
