"""Distances and bearings on the sphere: kilometres and degrees."""

from __future__ import annotations

import math

EARTH_KM = 6371.0088
"""The mean radius of the Earth (IUGG)."""

BEARINGS = {
    "north": 0.0,
    "northeast": 45.0,
    "east": 90.0,
    "southeast": 135.0,
    "south": 180.0,
    "southwest": 225.0,
    "west": 270.0,
    "northwest": 315.0,
}

Point = tuple[float, float]
"""Latitude and longitude in degrees."""


def distance_km(one: Point, other: Point) -> float:
    """The great-circle distance, by the haversine formula."""
    lat1, lat2 = math.radians(one[0]), math.radians(other[0])
    dlat, dlon = lat2 - lat1, math.radians(other[1] - one[1])
    h = math.sin(dlat / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin(dlon / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(h)))


def destination(start: Point, bearing: float, km: float) -> Point:
    """The point `km` away from `start` on a bearing in degrees clockwise from north."""
    lat, lon = math.radians(start[0]), math.radians(start[1])
    angle, way = math.radians(bearing), km / EARTH_KM
    to_lat = math.asin(
        math.sin(lat) * math.cos(way) + math.cos(lat) * math.sin(way) * math.cos(angle)
    )
    to_lon = lon + math.atan2(
        math.sin(angle) * math.sin(way) * math.cos(lat),
        math.cos(way) - math.sin(lat) * math.sin(to_lat),
    )
    return math.degrees(to_lat), (math.degrees(to_lon) + 540.0) % 360.0 - 180.0


def middle(one: Point, other: Point) -> Point:
    """The point half-way between two."""
    return destination(one, bearing_of(one, other), distance_km(one, other) / 2)


def bearing_of(start: Point, end: Point) -> float:
    """The bearing, in degrees clockwise from north, in which `end` lies from `start`."""
    lat1, lat2 = math.radians(start[0]), math.radians(end[0])
    dlon = math.radians(end[1] - start[1])
    y = math.sin(dlon) * math.cos(lat2)
    x = math.cos(lat1) * math.sin(lat2) - math.sin(lat1) * math.cos(lat2) * math.cos(dlon)
    return math.degrees(math.atan2(y, x)) % 360.0
