"""Where incidents are: places of a telling, their distances, and cells to block them by."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec

from sayso.knowledge.spelling import spelling_key
from sayso.schema import Place

WIDE_KM = 60.0
"""A place of this radius or more is a province or a region: it holds towns and is no town."""

COUNTRY_KM = 150.0
"""A place of this radius or more says nothing of where an incident was."""

FAR_KM = 400.0
MOST_AROUND = 20
"""Places of a document that are looked at to tell whether one lies far from all others."""

CELL_DEGREES = 0.5
EARTH_KM = 6371.0
_KM_PER_DEGREE = 111.2
_ASIDE = re.compile(r"\([^()]*\)")


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
    words = " ".join(_ASIDE.sub(" ", place.text).split())
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


def astray(spots: Iterable[Spot]) -> frozenset[str]:
    """The keys of those places of a document that lie far from all its others, where others lie
    together: a person or a hospital that bears a far town's name, a capital that comments.
    """
    located = [s for s in dict.fromkeys(spots) if s.lat is not None][:MOST_AROUND]
    return frozenset(s.key for s in located if not _has_company(s, located))


def _has_company(spot: Spot, around: Sequence[Spot]) -> bool:
    """Whether a place around is near a spot, or no two of them are near each other."""
    others = [s for s in around if s.key != spot.key]
    if any(_within(spot, s) for s in others):
        return True
    return not any(_within(a, b) for n, a in enumerate(others) for b in others[n + 1 :])


def _within(a: Spot, b: Spot) -> bool:
    apart = distance(a, b)
    return apart is not None and apart <= FAR_KM


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
