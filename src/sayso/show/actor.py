"""An actor's page: names over time, affiliations, what it said and is said to have done."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from sayso.schema import Actor, Event, Name, Naming, Statement
from sayso.show.charts import axis_of, band_svg
from sayso.show.html import joined, link, safe, short, shown
from sayso.show.index import Index
from sayso.show.words import days_words

MOST = 20
"""Statements, events and names of an actor that its page shows; the tables hold all."""

Row = dict[str, Any]


def actor_pages(index: Index) -> Iterator[Row]:
    """What the template of an actor's page needs, actor by actor."""
    view = index.view
    said: dict[str, list[Statement]] = defaultdict(list)
    done: dict[str, list[Event]] = defaultdict(list)
    suffered: dict[str, list[Event]] = defaultdict(list)
    called: dict[str, list[Naming]] = defaultdict(list)
    calls: dict[str, list[Naming]] = defaultdict(list)
    for statement in view.statements:
        said[statement.speaker or ""].append(statement)
    for event in view.events:
        done[event.agent or ""].append(event)
        suffered[event.target or ""].append(event)
    for naming in view.naming:
        called[naming.actor].append(naming)
        calls[naming.by].append(naming)
    for actor in view.actors:
        if index.actors[actor.name] != f"a-{actor.id}":
            continue
        name = actor.name
        yield {
            "actor": actor,
            "affiliations": joined(map(index.actor, actor.affiliations), "; "),
            "names": _names(actor),
            "said": [_said(index, s) for s in said[name][:MOST]],
            "said_more": max(0, len(said[name]) - MOST),
            "done": [_event(index, e, e.target) for e in done[name][:MOST]],
            "done_more": max(0, len(done[name]) - MOST),
            "suffered": [_event(index, e, e.agent) for e in suffered[name][:MOST]],
            "suffered_more": max(0, len(suffered[name]) - MOST),
            "called": [_naming(index, row, row.by) for row in called[name][:MOST]],
            "calls": [_naming(index, row, row.actor) for row in calls[name][:MOST]],
        }


def _names(actor: Actor) -> Row:
    """Names with the days between which they held, on a line where any are known."""
    dated = [name for name in actor.names if name.from_ or name.to]
    axis = axis_of([day for name in dated for day in (name.from_, name.to) if day])
    spans: dict[tuple[str | None, str | None], list[str]] = defaultdict(list)
    for name in actor.names:
        spans[name.from_, name.to].append(name.text)
    return {
        "dated": [
            {
                "names": shown(", ".join(texts)),
                "days": _held(Name(text="", from_=from_, to=to)),
                "svg": safe(band_svg(axis, from_, to, kind="held")) if axis else "",
            }
            for (from_, to), texts in sorted(spans.items(), key=lambda item: item[0][0] or "")
            if from_ or to
        ],
        "undated": shown(", ".join(spans.get((None, None), ()))),
    }


def _held(name: Name) -> str:
    if name.from_ is None:
        return f"until {name.to}"
    return f"from {name.from_}" + (f" to {name.to}" if name.to else "")


def _said(index: Index, statement: Statement) -> Row:
    return {
        "cue": shown(statement.cue),
        "words": short(statement.content, 160),
        "link": link(f"s-{statement.id}", "words"),
        "report": index.report_link(statement.document),
    }


def _event(index: Index, event: Event, other: str | None) -> Row:
    return {
        "type": event.type.lower(),
        "status": event.status,
        "other": shown(other or ""),
        "place": shown(event.place or ""),
        "days": days_words(event.earliest, event.latest),
        "speaker": shown(event.speaker or "the outlet itself"),
        "link": link(f"e-{event.id}", "words"),
        "report": index.report_link(event.document),
    }


def _naming(index: Index, naming: Naming, other: str) -> Row:
    return {
        "label": shown(naming.label),
        "other": index.actor(other),
        "count": naming.count,
        "where": index.where(naming.evidence[:3]),
        "more": max(0, len(naming.evidence) - 3),
    }
