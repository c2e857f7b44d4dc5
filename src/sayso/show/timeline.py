"""When: matters and truces on one line of days. Uncertain days are bands, never points."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from sayso.schema import Truce
from sayso.show.charts import Axis, axis_of, axis_words, band_svg, heaps_svg
from sayso.show.html import link, safe
from sayso.show.index import Index
from sayso.show.matter import Ranked
from sayso.show.truces import breach_words, edge_words, truce_svg, truce_windows
from sayso.show.words import days_words

SHOWN = 25
"""Matters on the line; the table of matters holds all. As many truces."""

NAMES = 12
"""Names of truces without a day that are told; the page of truces holds all."""

Row = dict[str, Any]


def timeline(index: Index, ranked: Sequence[Ranked]) -> Row | None:
    """Matters, the first of the ranking, and truces, each in the order of their days; null where
    nothing has a day.
    """
    matters = [one for one in ranked if one.matter.earliest or one.matter.latest]
    shown = matters[:SHOWN]
    dated = [truce for truce in index.view.truces if _days(truce)]
    days = [d for one in shown for d in (one.matter.earliest, one.matter.latest) if d]
    days += [day for truce in dated[:SHOWN] for day in _days(truce)]
    axis = axis_of(days)
    if axis is None:
        return None
    shown.sort(key=lambda one: one.matter.earliest or one.matter.latest or "")
    undated = Counter(truce.name for truce in index.view.truces if not _days(truce))
    return {
        "axis": safe(axis_words(axis)),
        "heaps": _heaps(axis, matters) if len(matters) > len(shown) else None,
        "matters": [_matter(axis, one) for one in shown],
        "left_out": len(ranked) - len(shown),
        "truces": [_truce(index, axis, truce) for truce in dated[:SHOWN]],
        "more_truces": max(0, len(dated) - SHOWN),
        "undated": undated.total(),
        "undated_names": undated.most_common(NAMES),
    }


def _days(truce: Truce) -> list[str]:
    return [day for edge in truce_windows(truce) for day in edge if day]


def _heaps(axis: Axis, matters: Sequence[Ranked]) -> Row:
    """How many matters fall into each equal stretch of the line, by their first day."""
    firsts = [one.matter.earliest or one.matter.latest or "" for one in matters]
    inside = [
        day for day in firsts if axis.first <= date.fromisoformat(day).toordinal() <= axis.last
    ]
    svg, days, most = heaps_svg(axis, inside)
    return {"svg": safe(svg), "days": days, "most": most, "count": len(inside)}


def _matter(axis: Axis, one: Ranked) -> Row:
    matter = one.matter
    return {
        "name": link(f"m-{matter.id}", matter.title),
        "days": days_words(matter.earliest, matter.latest),
        "svg": safe(band_svg(axis, matter.earliest, matter.latest)),
    }


def _truce(index: Index, axis: Axis, truce: Truce) -> Row:
    began, ended = truce_windows(truce)
    return {
        "name": link(f"r-{truce.id}", truce.name),
        "days": f"{edge_words('from', began)}; {edge_words('to', ended)}",
        "status": truce.status,
        "breaches": breach_words(index, truce, 3),
        "svg": truce_svg(axis, truce),
    }
