"""Makes the map's outlines: `python -m docs.outlines countries-10m.json`.

The input is `countries-10m.json` of the npm package world-atlas 2.0.2 (`npm pack world-atlas`):
Natural Earth 4.1 at 1:10 million (public domain) as TopoJSON. Borders are thinned once for both of
their countries (Visvalingam and Whyatt 1993), so that neighbours still fit.
"""

from __future__ import annotations

import heapq
import json
import math
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

OUTLINES = Path(__file__).resolve().parents[1] / "src/sayso/show/page/outlines.json"

SCALE = 100
"""Steps of a degree that are kept: 0.01 degrees, at most 1.1 km."""

LEAST = 0.0012
"""A corner goes when the triangle that it makes is smaller than this, in square degrees."""

Point = tuple[float, float]


def thinned(line: list[Point]) -> list[Point]:
    """The line without its least telling corners; its ends stay."""
    left = list(range(-1, len(line) - 1))
    right = list(range(1, len(line) + 1))
    heap = [(_area(line, i - 1, i, i + 1), i) for i in range(1, len(line) - 1)]
    areas = {i: area for area, i in heap}
    heapq.heapify(heap)
    gone: set[int] = set()
    while heap and heap[0][0] < LEAST:
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
    (kx, ky), (x0, y0) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((x * kx + x0, y * ky + y0))
        arcs.append(thinned(line))
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


def _ring(ring: list[int], arcs: list[list[Point]]) -> list[tuple[int, int]]:
    points: list[tuple[int, int]] = []
    for number in ring:
        line = arcs[number] if number >= 0 else arcs[~number][::-1]
        for x, y in line:
            point = (round(x * SCALE), round(y * SCALE))
            if not points or points[-1] != point:
                points.append(point)
    return points


def _steps(ring: list[tuple[int, int]]) -> list[int]:
    flat = list(ring[0])
    for (ax, ay), (bx, by) in pairwise(ring):
        flat += [bx - ax, by - ay]
    return flat


def main() -> int:
    countries = outlines(json.loads(Path(sys.argv[1]).read_text("utf-8")))
    source = "Natural Earth 4.1, 1:10 million (public domain), from world-atlas 2.0.2, thinned"
    lines = ",\n".join(json.dumps(c, ensure_ascii=False, separators=(",", ":")) for c in countries)
    licence = (
        "Natural Earth: public domain. world-atlas: Copyright 2013-2019 Michael Bostock, ISC:"
        " permission to use, copy, modify and distribute with or without fee is granted, provided"
        " that this notice appears in all copies; the software is provided as is, without warranty"
    )
    head = json.dumps({"source": source, "licence": licence, "scale": SCALE})[:-1]
    OUTLINES.write_text(f'{head}, "countries": [\n{lines}\n]}}\n', "utf-8")
    sys.stdout.write(f"{len(countries)} countries, {OUTLINES.stat().st_size / 1e3:.0f} kB\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
