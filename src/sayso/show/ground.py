"""The ground of the map: bundled outlines of countries and of their first-level regions, and the
window through which they are seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import accumulate
from pathlib import Path

import msgspec

WIDTH, HEIGHT = 960, 600
"""The map's size in its own units."""

KM = 111.2
"""Kilometres of a degree of latitude."""


Ring = list[tuple[float, float]]
Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


class Country(msgspec.Struct, frozen=True):
    """An outline: `box` is west, south, east, north; rings are a first point and steps."""

    name: str
    box: tuple[int, int, int, int]
    rings: list[list[int]]


class Outlines(msgspec.Struct, frozen=True):
    """The countries of the world, in steps of 1 / `scale` degrees."""

    source: str
    scale: int
    countries: list[Country]


class Region(msgspec.Struct, frozen=True):
    """The first-level regions of a country: the borders between them, each a first point and steps,
    and of each its name, its middle (x, y) and its size, the root of its area.
    """

    box: tuple[int, int, int, int]
    lines: list[list[int]]
    names: list[tuple[str, int, int, int]]


class Regions(msgspec.Struct, frozen=True):
    """First-level regions of the world, in steps of 1 / `scale` degrees."""

    source: str
    scale: int
    countries: list[Region]


class Window(msgspec.Struct, frozen=True, kw_only=True):
    """What the map shows: an equirectangular view, true to scale at its middle."""

    west: float
    north: float
    per_degree: float
    narrow: float

    def at(self, lat: float, lon: float) -> tuple[float, float]:
        """A point in the map's units."""
        x = (lon - self.west) * self.per_degree * self.narrow
        return round(x, 1), round((self.north - lat) * self.per_degree, 1)

    def km(self, kilometres: float) -> float:
        """A length in the map's units."""
        return round(kilometres / KM * self.per_degree, 1)

    def holds(self, lat: float, lon: float) -> bool:
        """Whether a point lies inside."""
        x, y = self.at(lat, lon)
        return 0 <= x <= WIDTH and 0 <= y <= HEIGHT

    def meets(self, box: Sequence[float]) -> bool:
        """Whether a box (west, south, east, north, in degrees) lies partly inside."""
        west, south, east, north = box
        right = self.west + WIDTH / self.per_degree / self.narrow
        bottom = self.north - HEIGHT / self.per_degree
        return not (east < self.west or west > right or north < bottom or south > self.north)


@cache
def outlines() -> Outlines:
    """The bundled outlines (docs/outlines.py makes them)."""
    path = Path(__file__).parent / "page" / "outlines.json"
    return msgspec.json.decode(path.read_bytes(), type=Outlines)


@cache
def regions() -> Regions:
    """The bundled first-level regions (docs/outlines.py makes them)."""
    path = Path(__file__).parent / "page" / "regions.json"
    return msgspec.json.decode(path.read_bytes(), type=Regions)


def country_of(lat: float, lon: float) -> str | None:
    """The country on whose ground a point lies, by the bundled outlines; null at sea."""
    known = outlines()
    x, y = lon * known.scale, lat * known.scale
    for country in known.countries:
        west, south, east, north = country.box
        inside = west <= x <= east and south <= y <= north
        if inside and holds([_corners(ring) for ring in country.rings], x, y):
            return country.name
    return None


def _corners(ring: Sequence[int]) -> Ring:
    """A ring's corners in the outlines' own steps."""
    return list(zip(accumulate(ring[::2]), accumulate(ring[1::2]), strict=True))


def points_of(ring: Sequence[int], unit: int, window: Window) -> Ring:
    """A ring in the map's units, points nearer than a unit to the last one left out, far ones
    drawn in to a frame round the map.
    """
    x = y = 0
    points: Ring = []
    for dx, dy in zip(ring[::2], ring[1::2], strict=True):
        x, y = x + dx, y + dy
        px, py = window.at(y / unit, x / unit)
        point = (round(min(max(px, -500), WIDTH + 500)), round(min(max(py, -500), HEIGHT + 500)))
        if not points or abs(points[-1][0] - point[0]) + abs(points[-1][1] - point[1]) > 1:
            points.append(point)
    return points


def is_outside(points: Ring) -> bool:
    xs = [x for x, _ in points]
    ys = [y for _, y in points]
    return max(xs) < 0 or min(xs) > WIDTH or max(ys) < 0 or min(ys) > HEIGHT


def holds(rings: Sequence[Ring], x: float, y: float) -> bool:
    """Whether a point lies inside some rings: a ray to the right crosses an odd number of edges."""
    odd = False
    for ring in rings:
        ax, ay = ring[-1]
        for bx, by in ring:
            if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
                odd = not odd
            ax, ay = bx, by
    return odd
