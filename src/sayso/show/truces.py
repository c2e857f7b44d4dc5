"""Truces: each as a span of days with its alleged breaches, and what every voice says of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from markupsafe import Markup

from sayso.schema import Evidence, Truce, TruceBreach, TruceTold
from sayso.show.charts import Axis, Edge, Mark, axis_of, axis_words, span_svg
from sayso.show.html import joined, safe
from sayso.show.index import Index
from sayso.show.words import days_words

Row = dict[str, Any]


def truce_windows(truce: Truce) -> tuple[Edge, Edge]:
    """The windows of a truce's start and end, nulls where they are not told."""
    began = (truce.began_on or truce.began_earliest, truce.began_on or truce.began_latest)
    ended = (truce.ended_on or truce.ended_earliest, truce.ended_on or truce.ended_latest)
    return began, ended


def truce_svg(axis: Axis, truce: Truce) -> Markup:
    """A truce on an axis, its alleged breaches as marks over it."""
    began, ended = truce_windows(truce)
    marks: list[Mark] = [
        (one.earliest, one.latest, one.dated) for one in truce.alleged_breaches if one.latest
    ]
    return safe(span_svg(axis, began, ended, proposed=truce.status == "proposed", marks=marks))


def breach_words(index: Index, truce: Truce, most: int) -> Markup:
    """Who is said to have broken a truce, when, and on whose word; or who alone, where no more is
    told.
    """
    if not truce.alleged_breaches:
        return joined(map(index.actor, truce.breaches))
    told = dict.fromkeys(_breach(index, one) for one in truce.alleged_breaches)
    more = f"; {len(told) - most} more" if len(told) > most else ""
    return joined(("; ".join(list(told)[:most]), more), between="")


def truce_entries(index: Index) -> Iterator[Row]:
    """What the page of truces needs, truce by truce."""
    for truce in index.view.truces:
        began, ended = truce_windows(truce)
        told = [day for one in truce.told for day in (one.earliest, one.latest) if day]
        axis = axis_of([day for day in (*began, *ended, *told) if day])
        yield {
            "truce": truce,
            "began": edge_words("", began),
            "ended": edge_words("", ended),
            "axis": safe(axis_words(axis)) if axis else "",
            "svg": truce_svg(axis, truce) if axis else "",
            "drawn": any((*began, *ended)) or bool(truce.alleged_breaches),
            "breaches": breach_words(index, truce, 12),
            "told": [_told(index, one) for one in truce.told],
        }


def edge_words(word: str, edge: Edge) -> str:
    """A start or end in words: "from 2016-02-27", "from some day of …", "start not told"."""
    first, last = edge
    if not first or not last:
        return {"from": "start not told", "to": "end not told"}.get(word, "not told")
    days = first if first == last else f"some day of {first} to {last}"
    return f"{word} {days}".strip()


def _breach(index: Index, one: TruceBreach) -> str:
    accused = joined(map(index.actor, one.accused)) or "nobody named"
    days = days_words(one.earliest, one.latest) or "day unknown"
    report = "" if one.dated else " (day of the report)"
    return f"{accused}, {days}{report}, on the word of {_voice(index, one)}"


def _voice(index: Index, one: TruceBreach | TruceTold) -> Markup:
    name = one.accuser if isinstance(one, TruceBreach) else one.speaker
    return (
        safe("somebody unnamed") if name is None and one.voice == "unnamed" else index.actor(name)
    )


def _told(index: Index, one: TruceTold) -> Row:
    days = days_words(one.earliest, one.latest) or "unknown"
    words = Evidence(document=one.document, start=one.start, end=one.end)
    return {
        "days": days if one.dated else f"{days} (the report’s)",
        "state": one.state,
        "voice": _voice(index, one),
        "accused": joined(map(index.actor, one.accused)),
        "where": index.where([words]),
    }
