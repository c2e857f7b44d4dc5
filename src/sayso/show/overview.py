"""The overview: what was read, where accounts differ, who speaks through whom, when and where."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from sayso.schema import Evidence
from sayso.show.html import joined, link, shown
from sayso.show.index import Index
from sayso.show.map import draw_map
from sayso.show.matter import Ranked
from sayso.show.timeline import timeline

LEADING = 8
"""Matters shown in each of the overview's two lists."""

SPEAKERS = 12
OUTLETS = 8
CARRIERS = 8
"""Speakers, outlets and carriers of the tables of who speaks through whom."""

PLACES = 10
"""Places told with their matters; the table of places holds all."""

Row = dict[str, Any]


def overview(index: Index, ranked: Sequence[Ranked]) -> Row:
    """What the overview's template needs."""
    view = index.view
    echoed = sorted(
        (one for one in ranked if one.surplus > 0),
        key=lambda one: (-one.surplus, -one.matter.reports, one.matter.title),
    )
    return {
        "counts": _counts(index),
        "differing": [one for one in ranked if one.differences][:LEADING],
        "echoed": echoed[:LEADING],
        "timeline": timeline(index, ranked),
        "map": draw_map(index),
        "unlocated": _unlocated(index),
        "speakers": _speakers(index),
        "carriers": _carriers(index),
        "places": _places(index),
        "unread": Counter(problem.stage for problem in view.problems),
        "foreign": [r for r in index.reports.values() if r.document.language not in (None, "en")],
        "undated": sum(
            report.publication.earliest is None and report.publication.latest is None
            for report in index.reports.values()
        ),
    }


def _counts(index: Index) -> list[tuple[int, str, str]]:
    """Numbers of the first line: how many, of what, and where it leads."""
    view = index.view
    outlets = {report.outlet for report in index.reports.values() if report.document.outlet}
    origins = {s.chain[0] for s in view.statements if s.voice == "named" and s.chain}
    return [
        (len(view.documents), "report", "documents"),
        (len(outlets), "outlet", "documents"),
        (len(view.statements), "statement", "statements"),
        (len(origins), "named origin", "actors"),
        (len(view.matters), "matter", "matters"),
        (len(view.queries), "query", "queries"),
    ]


# --- where ---------------------------------------------------------------------------------


def _unlocated(index: Index) -> list[Row]:
    """Literal place names without coordinates, most mentioned first."""
    groups: dict[str, list[Any]] = defaultdict(list)
    for place in index.view.places:
        if place.lat is None and place.role == "literal":
            groups[place.name].append(place)
    return [
        {
            "name": name,
            "mentions": len(group),
            "where": index.words_link(
                Evidence(document=group[0].document, start=group[0].start, end=group[0].end), name
            ),
        }
        for name, group in sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))
    ]


def _places(index: Index) -> list[Row]:
    """Places with most matters, and the matters of each that most reports tell of."""
    groups: dict[str, list[Any]] = defaultdict(list)
    for matter in index.view.matters:
        if matter.place:
            groups[matter.place].append(matter)
    ranked = sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))[:PLACES]
    rows = []
    for name, matters in ranked:
        matters.sort(key=lambda m: (-m.reports, m.title))
        first = [link(f"m-{m.id}", m.title) for m in matters[:3]]
        rows.append(
            {"name": index.place(name), "count": len(matters), "first": joined(first, "; ")}
        )
    return rows


# --- who -----------------------------------------------------------------------------------


def _speakers(index: Index) -> Row:
    """Who is quoted most, and by which outlets: a number in each cell."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    carriers: Counter[str] = Counter()
    for statement in index.view.statements:
        if statement.voice == "named" and statement.speaker:
            outlet = index.reports[statement.document].outlet
            counts[statement.speaker][outlet] += 1
            carriers[outlet] += 1
    loudest = sorted(counts.items(), key=lambda item: (-item[1].total(), item[0]))[:SPEAKERS]
    outlets = [name for name, _ in sorted(carriers.items(), key=lambda i: (-i[1], i[0]))][:OUTLETS]
    most = max((count for _, row in loudest for count in row.values()), default=1)
    return {
        "outlets": [shown(name) for name in outlets],
        "more_outlets": max(0, len(carriers) - OUTLETS),
        "more": max(0, len(counts) - SPEAKERS),
        "rows": [
            {
                "name": index.actor(name),
                "total": row.total(),
                "cells": [(row[o], _side(row[o], most)) for o in outlets],
                "others": sum(row.values()) - sum(row[outlet] for outlet in outlets),
            }
            for name, row in loudest
        ],
    }


def _carriers(index: Index) -> list[Row]:
    """Voices between origin and outlet, those that carry most first: for whom, and to whom."""
    carried: Counter[str] = Counter()
    origins: dict[str, Counter[str]] = defaultdict(Counter)
    outlets: dict[str, set[str]] = defaultdict(set)
    for statement in index.view.statements:
        for name in statement.chain[1:-1]:
            carried[name] += 1
            origins[name][statement.chain[0]] += 1
            outlets[name].add(index.reports[statement.document].outlet)
    return [
        {
            "name": index.actor(name),
            "count": count,
            "origins": joined(map(index.actor, [o for o, _ in origins[name].most_common(4)])),
            "more": max(0, len(origins[name]) - 4),
            "outlets": len(outlets[name]),
        }
        for name, count in sorted(carried.items(), key=lambda item: (-item[1], item[0]))[:CARRIERS]
    ]


def _side(count: int, most: int) -> float:
    """The side of a square whose area says how many, of at most 18 units."""
    return round(18 * math.sqrt(count / most), 1)
