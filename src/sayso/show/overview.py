"""The overview: what was read, where accounts differ, who speaks through whom, when and where."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from sayso.schema import Evidence, Truce
from sayso.show.charts import Axis, axis_of, axis_words, band_svg, span_svg
from sayso.show.html import joined, link, safe, shown
from sayso.show.index import Index
from sayso.show.map import draw_map
from sayso.show.matter import Ranked
from sayso.show.words import days_words

LEADING = 8
"""Matters shown in each of the overview's two lists."""

ON_TIMELINE = 25
"""Matters on the timeline; the table of matters holds all."""

SPEAKERS = 12
OUTLETS = 8
"""Speakers and outlets of the table of who speaks through whom."""

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
        "timeline": _timeline(index, ranked),
        "map": draw_map(index),
        "unlocated": _unlocated(index),
        "speakers": _speakers(index),
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


# --- when ----------------------------------------------------------------------------------


def _timeline(index: Index, ranked: Sequence[Ranked]) -> Row | None:
    """Matters and truces on one line of days, in the order of their days."""
    matters = [one for one in ranked if one.matter.earliest or one.matter.latest][:ON_TIMELINE]
    truces = [(truce, *truce_windows(truce)) for truce in index.view.truces]
    days = [d for one in matters for d in (one.matter.earliest, one.matter.latest) if d]
    shown_truces = [row for row in truces if any((*row[1], *row[2]))][:ON_TIMELINE]
    days += [day for _, began, ended in shown_truces for day in (*began, *ended) if day]
    axis = axis_of(days)
    if axis is None:
        return None
    ordered = sorted(matters, key=lambda one: one.matter.earliest or one.matter.latest or "")
    return {
        "axis": safe(axis_words(axis)),
        "matters": [_matter_band(axis, one) for one in ordered],
        "left_out": len(ranked) - len(matters),
        "truces": [_truce_band(index, axis, *row) for row in shown_truces],
        "undated_truces": [
            shown(truce.name) for truce, began, ended in truces if not any((*began, *ended))
        ],
    }


def _matter_band(axis: Axis, one: Ranked) -> Row:
    matter = one.matter
    return {
        "name": link(f"m-{matter.id}", matter.title),
        "days": days_words(matter.earliest, matter.latest),
        "reports": matter.reports,
        "svg": safe(band_svg(axis, matter.earliest, matter.latest)),
    }


_WINDOW = re.compile(r"(start|end) between (\d{4}-\d\d-\d\d) and (\d{4}-\d\d-\d\d)")


def truce_windows(
    truce: Truce,
) -> tuple[tuple[str | None, str | None], tuple[str | None, str | None]]:
    """The windows of a truce's start and end. Where a day is not sure, `how` tells the window."""
    told = {word: (first, last) for word, first, last in _WINDOW.findall(truce.how)}
    began = (truce.began_on, truce.began_on) if truce.began_on else told.get("start", (None, None))
    ended = (truce.ended_on, truce.ended_on) if truce.ended_on else told.get("end", (None, None))
    return began, ended


def _truce_band(
    index: Index,
    axis: Axis,
    truce: Truce,
    began: tuple[str | None, str | None],
    ended: tuple[str | None, str | None],
) -> Row:
    return {
        "name": link(f"r-{truce.id}", truce.name),
        "days": f"{_edge('from', began)}; {_edge('to', ended)}",
        "status": truce.status,
        "breaches": joined(map(index.actor, truce.breaches), ", "),
        "breach_count": len(truce.breaches),
        "svg": safe(span_svg(axis, began, ended, proposed=truce.status == "proposed")),
    }


def _edge(word: str, window: tuple[str | None, str | None]) -> str:
    """A start or end in words: "from 2016-02-27", "from some day of …", "start not told"."""
    first, last = window
    if not first or not last:
        return f"{'start' if word == 'from' else 'end'} not told"
    return f"{word} {first}" if first == last else f"{word} some day of {first} to {last}"


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


def _side(count: int, most: int) -> float:
    """The side of a square whose area says how many, of at most 18 units."""
    return round(18 * math.sqrt(count / most), 1)
