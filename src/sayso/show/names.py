"""An actor's names over time: when each is known to hold, and when these reports use it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

import msgspec
from markupsafe import Markup

from sayso.schema import Actor
from sayso.show.charts import Axis, axis_of, axis_words, name_svg
from sayso.show.html import safe, shown
from sayso.show.index import Index

MOST = 8
"""Names on an actor's line of time; the others follow in words."""

Row = dict[str, Any]

Held = tuple[str | None, str | None]


class Use(msgspec.Struct, frozen=True, kw_only=True):
    """How these reports use the spellings of one name: how often, and on which days first and last
    (the last day on which a report can have come out).
    """

    forms: tuple[str, ...]
    held: Held
    times: int
    first: str | None
    last: str | None


def names_of(index: Index, actor: Actor, axis: Axis | None) -> Row:
    """Names with the days between which they held and were used, and the rest in words."""
    uses = _uses(index, actor)
    told = [use for use in uses if use.held != (None, None) or use.times]
    dated = any(use.held != (None, None) for use in told)
    if axis is None or not (dated or len(told) > 1):
        return {"rows": [], "others": _words(use.forms for use in uses), "axis": ""}
    rows = sorted(told, key=lambda use: (-use.times, use.held[0] or "~"))[:MOST]
    rows.sort(key=lambda use: (use.held[0] or use.first or "~", -use.times))
    return {
        "axis": safe(axis_words(axis)),
        "rows": [_row(axis, use) for use in rows],
        "others": _words(use.forms for use in uses if use not in rows),
    }


def case_axis(index: Index) -> Axis | None:
    """The days on which the case's reports came out."""
    publications = [report.publication for report in index.reports.values()]
    return axis_of([day for p in publications for day in (p.earliest, p.latest) if day])


def _row(axis: Axis, use: Use) -> Row:
    days = "" if use.first is None else use.first
    if use.last != use.first:
        days += f" to {use.last}"
    return {
        "names": shown(", ".join(use.forms)),
        "held": _held(use.held),
        "times": use.times,
        "days": days,
        "svg": safe(name_svg(axis, use.held, (use.first, use.last))),
    }


def _words(groups: Iterable[Sequence[str]]) -> Markup:
    return shown(", ".join(form for forms in groups for form in forms))


def _uses(index: Index, actor: Actor) -> list[Use]:
    """The actor's names, those that differ in spelling alone or hold for the same days together."""
    known: dict[str, Held] = {}
    forms: dict[str, list[str]] = defaultdict(list)
    for name in actor.names:
        key = _key(name.text)
        known.setdefault(key, (name.from_, name.to))
        forms[key].append(name.text)
    seen: Counter[str] = Counter()
    days: dict[str, list[str]] = defaultdict(list)
    for one in actor.evidence:
        report = index.reports[one.document]
        key = _key(report.document.text[one.start : one.end])
        if key in known:
            seen[key] += 1
            if report.publication.latest:
                days[key].append(report.publication.latest)
    groups: dict[tuple[Held, str], list[str]] = defaultdict(list)
    for key, held in known.items():
        groups[held, "" if held != (None, None) else key].append(key)
    uses = []
    for (held, _), keys in groups.items():
        keys.sort(key=lambda key: -seen[key])
        used = [day for key in keys for day in days[key]]
        uses.append(
            Use(
                forms=tuple(forms[key][0] for key in keys),
                held=held,
                times=sum(seen[key] for key in keys),
                first=min(used, default=None),
                last=max(used, default=None),
            )
        )
    return uses


@lru_cache(maxsize=1 << 14)
def _key(name: str) -> str:
    """A name as it is compared: letters and digits alone, without case, article or plural's s."""
    words = "".join(c if c.isalnum() else " " for c in name.casefold()).split()
    bare = [word for word in words if word not in ("the", "al")] or words
    return "".join(bare).removesuffix("s")


def _held(held: Held) -> str:
    first, last = held
    if first is None:
        return f"until {last}" if last else ""
    return f"from {first}" + (f" to {last}" if last else "")
