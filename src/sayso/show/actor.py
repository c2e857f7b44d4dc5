"""An actor's page: names over time, affiliations, what it said and is said to have done."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from sayso.schema import Event, EventStatus, Naming, Statement
from sayso.show.html import joined, link, short, shown
from sayso.show.index import Index
from sayso.show.names import case_axis, names_of
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
    axis = case_axis(index)
    for actor in view.actors:
        if index.actors[actor.name] != f"a-{actor.id}":
            continue
        name = actor.name
        yield {
            "actor": actor,
            "affiliations": joined(map(index.actor, actor.affiliations), "; "),
            "names": names_of(index, actor, axis),
            "said": [_said(index, s) for s in said[name][:MOST]],
            "said_more": max(0, len(said[name]) - MOST),
            "done": [_event(index, e, e.target) for e in _by_status(done[name])[:MOST]],
            "done_more": max(0, len(done[name]) - MOST),
            "done_counts": _counts(done[name]),
            "suffered": [_event(index, e, e.agent) for e in _by_status(suffered[name])[:MOST]],
            "suffered_more": max(0, len(suffered[name]) - MOST),
            "suffered_counts": _counts(suffered[name]),
            "called": [_naming(index, row, row.by) for row in called[name][:MOST]],
            "calls": [_naming(index, row, row.actor) for row in calls[name][:MOST]],
        }


_STATUSES: tuple[EventStatus, ...] = ("asserted", "denied", "planned", "threatened", "hypothetical")


def _by_status(events: list[Event]) -> list[Event]:
    """What is asserted first, then what is denied, planned, threatened and supposed."""
    return sorted(events, key=lambda event: _STATUSES.index(event.status))


def _counts(events: list[Event]) -> str:
    """How many events of each status: "15 asserted, 2 planned"."""
    counts = Counter(event.status for event in events)
    return ", ".join(f"{counts[status]:,} {status}" for status in _STATUSES if counts[status])


def _said(index: Index, statement: Statement) -> Row:
    return {
        "cue": shown(statement.cue),
        "via": shown(", ".join(statement.chain[1:-1])),
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
