"""The map: outlines, places with their radii, and a list of what it cannot show."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import Any

import msgspec
from markupsafe import Markup

from sayso.schema import Place
from sayso.show.ground import (
    HEIGHT,
    KM,
    WIDTH,
    Box,
    Ring,
    Window,
    holds,
    is_outside,
    outlines,
    points_of,
    regions,
)
from sayso.show.html import safe, shown
from sayso.show.index import Index

WIDEST_KM = 400
"""Places less sure than this are wider than a map of the story: they are listed, not drawn."""

_KEPT = 0.92
_ENOUGH = 0.6
_LEAP = 1.6
"""The window of the map holds `_KEPT` of the mentions, or `_ENOUGH` of them where the next place
lies so many times farther off than all before it; what lies outside is listed.
"""

_LEAST_KM = 40
"""The least half width of the window."""

_LABELS = 40

_REGION = 45
"""Regions of a country are drawn where the middling one is at least so wide on the map."""


class Spot(msgspec.Struct, frozen=True, kw_only=True):
    """A place of the case with how often it is named."""

    name: str
    lat: float
    lon: float
    radius_km: float
    mentions: int
    anchor: str
    matters: int


def draw_map(index: Index) -> dict[str, Any] | None:
    """The map with what it leaves out; null when no place is sure enough to be drawn."""
    spots = _spots(index)
    countries = {country.name for country in outlines().countries}
    wide = [s for s in spots if s.radius_km > WIDEST_KM or s.name in countries]
    near = [spot for spot in spots if spot not in wide]
    if not near:
        return None
    window = _window(near)
    inside = [spot for spot in near if window.holds(spot.lat, spot.lon)]
    return {
        "svg": _svg(window, inside, index.with_text),
        "source": f"{outlines().source}; regions: {regions().source}",
        "drawn": len(inside),
        "outside": [spot for spot in near if not window.holds(spot.lat, spot.lon)],
        "wide": wide,
    }


def _spots(index: Index) -> list[Spot]:
    """Literal places with coordinates, most named first."""
    groups: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for place in index.view.places:
        if place.role == "literal" and place.lat is not None:
            groups[place.name, place.gazetteer or ""].append(place)
    matters: dict[str, int] = defaultdict(int)
    for matter in index.view.matters:
        matters[matter.place or ""] += 1
    spots = [
        Spot(
            name=name,
            lat=group[0].lat or 0.0,
            lon=group[0].lon or 0.0,
            radius_km=group[0].radius_km or 1.0,
            mentions=len(group),
            anchor=f"w-{index.reports[group[0].document].key}-{group[0].start}",
            matters=matters[name],
        )
        for (name, _), group in groups.items()
    ]
    return sorted(spots, key=lambda spot: (-spot.mentions, spot.name))


def _window(spots: Sequence[Spot]) -> Window:
    """The window round what is named most: the farthest places go while few mentions go with them.

    What is far is told by the distance from the weighted middle.
    """
    total = sum(spot.mentions for spot in spots)
    lat = _median([(spot.lat, spot.mentions) for spot in spots])
    lon = _median([(spot.lon, spot.mentions) for spot in spots])
    narrow = max(0.15, math.cos(math.radians(lat)))
    by_distance = sorted(
        spots, key=lambda spot: math.hypot(spot.lat - lat, (spot.lon - lon) * narrow)
    )
    kept: list[Spot] = []
    held, far = 0, 0.0
    for spot in by_distance:
        distance = math.hypot(spot.lat - lat, (spot.lon - lon) * narrow)
        leaps = distance > max(_LEAP * far, 2 * _LEAST_KM / KM)
        if held >= _KEPT * total or (held >= _ENOUGH * total and leaps):
            break
        kept.append(spot)
        held += spot.mentions
        far = max(far, distance)
    margin = [min(max(spot.radius_km, 5.0), _LEAST_KM) / KM for spot in kept]
    south = min(spot.lat - m for spot, m in zip(kept, margin, strict=True))
    north = max(spot.lat + m for spot, m in zip(kept, margin, strict=True))
    west = min(spot.lon - m / narrow for spot, m in zip(kept, margin, strict=True))
    east = max(spot.lon + m / narrow for spot, m in zip(kept, margin, strict=True))
    half_high = max((north - south) * 0.56, _LEAST_KM / KM)
    half_wide = max((east - west) * narrow * 0.56, _LEAST_KM / KM)
    per_degree = min(HEIGHT / 2 / half_high, WIDTH / 2 / half_wide)
    return Window(
        west=(west + east) / 2 - WIDTH / 2 / per_degree / narrow,
        north=(south + north) / 2 + HEIGHT / 2 / per_degree,
        per_degree=per_degree,
        narrow=narrow,
    )


def _median(weighted: Sequence[tuple[float, int]]) -> float:
    half = sum(weight for _, weight in weighted) / 2
    passed = 0
    for value, weight in sorted(weighted):
        passed += weight
        if passed >= half:
            return value
    return 0.0


def _svg(window: Window, spots: Sequence[Spot], with_text: bool) -> Markup:
    parts = [
        f"<svg class=map viewBox='0 0 {WIDTH} {HEIGHT}' role=group aria-label='Map'>",
        f"<rect class=sea width={WIDTH} height={HEIGHT} />",
    ]
    land, names = _countries(window)
    borders, regional = _regions(window)
    parts += [*land, borders]
    for spot in sorted(spots, key=lambda spot: -spot.radius_km):
        x, y = window.at(spot.lat, spot.lon)
        kind = "wide" if window.km(spot.radius_km) > 30 else "spot"
        parts.append(f"<circle class={kind} cx={x} cy={y} r={max(window.km(spot.radius_km), 2)} />")
    taken: list[Box] = []
    parts += _labels(window, spots, taken, with_text)
    parts += _country_labels(names, taken)
    parts += _region_labels(window, regional, taken, spots)
    parts.append(_bar(window))
    return safe("".join(parts) + "</svg>")


def _countries(window: Window) -> tuple[list[str], list[tuple[str, list[Ring]]]]:
    """Land that the window cuts, and the names of its countries with their rings."""
    known = outlines()
    unit = known.scale
    paths: list[str] = []
    names: list[tuple[str, list[Ring]]] = []
    for country in known.countries:
        if not window.meets([edge / unit for edge in country.box]):
            continue
        rings = [points_of(ring, unit, window) for ring in country.rings]
        rings = [ring for ring in rings if not is_outside(ring)]
        if rings:
            lines = ("M" + "L".join(f"{x:g} {y:g}" for x, y in ring) + "Z" for ring in rings)
            paths.append(f"<path class=land d='{''.join(lines)}' />")
            names.append((country.name, rings))
    return paths, names


def _regions(window: Window) -> tuple[str, list[tuple[str, float, float, float]]]:
    """Borders between first-level regions, where these are not too small to be seen, and the
    regions' names with their middle and size on the map.
    """
    known = regions()
    lines: list[str] = []
    names: list[tuple[str, float, float, float]] = []
    for country in known.countries:
        size = median(region[3] for region in country.names) if country.names else 0
        wide = size / known.scale * window.per_degree >= _REGION
        if not wide or not window.meets([edge / known.scale for edge in country.box]):
            continue
        for line in country.lines:
            points = points_of(line, known.scale, window)
            if len(points) > 1 and not is_outside(points):
                lines.append("M" + "L".join(f"{x:g} {y:g}" for x, y in points))
        for name, lon, lat, root in country.names:
            x, y = window.at(lat / known.scale, lon / known.scale)
            names.append((name, x, y, root / known.scale * window.per_degree))
    return (f"<path class=region d='{''.join(lines)}' />" if lines else ""), names


def _labels(window: Window, spots: Sequence[Spot], taken: list[Box], with_text: bool) -> list[str]:
    """Names beside their places, the most mentioned first; none over another."""
    parts = []
    for spot in spots:
        x, y = window.at(spot.lat, spot.lon)
        words = f"{spot.name} {spot.mentions}"
        length = 8.2 * len(words) + 4
        box = _free(x, y, length, taken)
        if box is None or len(taken) >= _LABELS:
            continue
        taken.append(box)
        times = f"{spot.mentions} mention{'' if spot.mentions == 1 else 's'}"
        sure = f"{times}, within {spot.radius_km:g} km"
        label = (
            f"<text class=place x={box[0] + 2:g} y={box[1] + 14:g}>{shown(spot.name)}"
            f" <tspan>{spot.mentions}</tspan></text>"
        )
        dot = f"<circle class=dot cx={x} cy={y} r=2.5 />"
        inner = f"<title>{shown(spot.name)}: {sure}</title>{dot}{label}"
        parts.append(f"<a href=#{spot.anchor}>{inner}</a>" if with_text else f"<g>{inner}</g>")
    return parts


def _region_labels(
    window: Window,
    names: Sequence[tuple[str, float, float, float]],
    taken: list[Box],
    spots: Sequence[Spot],
) -> list[str]:
    """Names of regions where there is room for them; not of those that a place names, by its words
    or, spelled otherwise, as a wide place about the region's middle.
    """
    parts = []
    labelled = {_bare(spot.name) for spot in spots}
    wide = [(*window.at(s.lat, s.lon), window.km(s.radius_km)) for s in spots]
    for name, x, y, size in names:
        half = 3.4 * len(name)
        box = (x - half, y - 10, x + half, y + 3)
        if any(r > size / 4 and math.hypot(x - a, y - b) < size / 2 for a, b, r in wide):
            continue
        inside = box[0] > 2 and box[2] < WIDTH - 2 and 14 < y < HEIGHT - 24
        if inside and half < size and _bare(name) not in labelled and not _meets(box, taken):
            taken.append(box)
            parts.append(f"<text class=region x={x:g} y={y:g}>{shown(name)}</text>")
    return parts


def _bare(name: str) -> str:
    """A place's name without case and without the words for what it is."""
    words = [word for word in name.casefold().split() if word not in _KINDS]
    return "".join(letter for word in words for letter in word if letter.isalnum())


def _country_labels(countries: Sequence[tuple[str, list[Ring]]], taken: list[Box]) -> list[str]:
    """Names of countries on their own ground."""
    parts = []
    for name, rings in countries:
        area = _inside(name, rings, taken)
        if area:
            taken.append(area)
            x, y = (area[0] + area[2]) / 2, area[3] - 4
            parts.append(f"<text class=country x={x:g} y={y:g}>{shown(name)}</text>")
    return parts


_KINDS = frozenset({"province", "governorate", "state", "region", "oblast", "district", "the"})


def _inside(name: str, rings: Sequence[Ring], taken: Sequence[Box]) -> Box | None:
    """Where a country's name stands on its own ground, as near as can be to the middle of it."""
    half = 6.2 * len(name)
    columns = [WIDTH * (n + 1) / 17 for n in range(16)]
    rows = [HEIGHT * (n + 1) / 13 for n in range(12)]
    ground = [(x, y) for y in rows for x in columns if holds(rings, x, y)]
    if not ground:
        return None
    mx, my = (sum(axis) / len(ground) for axis in zip(*ground, strict=True))
    for x, y in sorted(ground, key=lambda point: math.hypot(point[0] - mx, point[1] - my)):
        box = (x - half, y - 14, x + half, y + 4)
        fits = box[0] > 4 and box[2] < WIDTH - 4 and 20 < y < HEIGHT - 24
        own = fits and holds(rings, box[0], y) and holds(rings, box[2], y)
        if own and not _meets(box, taken):
            return box
    return None


def _free(x: float, y: float, length: float, taken: Sequence[Box]) -> Box | None:
    """Where a label fits: right, left, above or below its point."""
    for left, top in (
        (x + 4, y - 9),
        (x - length - 4, y - 9),
        (x - length / 2, y - 22),
        (x - length / 2, y + 5),
    ):
        box = (left, top, left + length, top + 18)
        if left < 0 or top < 0 or box[2] > WIDTH or box[3] > HEIGHT - 20:
            continue
        if not _meets(box, taken):
            return box
    return None


def _meets(box: Box, taken: Sequence[Box]) -> bool:
    return any(box[0] < b[2] and b[0] < box[2] and box[1] < b[3] and b[1] < box[3] for b in taken)


def _bar(window: Window) -> str:
    """A bar of a round number of kilometres."""
    lengths = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
    kilometres = next((a for a, b in pairwise(lengths) if window.km(b) > WIDTH / 5), lengths[-1])
    length = window.km(kilometres)
    y = HEIGHT - 14
    return (
        f"<path class=bar d='M16 {y - 5}V{y}H{16 + length}V{y - 5}' />"
        f"<text class=bar x={22 + length} y={y}>{kilometres:,} km</text>"
    )
