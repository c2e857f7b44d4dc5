"""Time expressions with their TIMEX3 values and the days that they can mean.

Values follow TimeML (Pustejovsky and others 2003; TIMEX3 in ISO 24617-1).
"""

from __future__ import annotations

import datetime as dt

import msgspec

from sayso import ids
from sayso.resolve.timex_calendar import Day, Reading, shift_days
from sayso.resolve.timex_context import Context
from sayso.resolve.timex_values import read
from sayso.schema import Annotations, Document, Evidence, Publication, Time, TimeSpan

METHOD = "times.values/1"
PRINT_LEAST, PRINT_MOST = 1400, 2999
"""Years in which an article can have come out: a day of writing beyond them is taken as unknown."""
_TOLD_BY = frozenset(
    {"date", "nth_day", "weekday", "deictic", "shift", "unit", "narrative", "festival"}
)
_SPELLED = frozenset({"date", "festival", "season", "year_end"})
BESIDE_MOST = 45
"""Days from a window of publication within which a day without its year is taken to be meant."""
ASIDE = frozenset({"caption", "dateline"})


def resolve_times(
    document: Document, annotations: Annotations, publication: Publication
) -> tuple[Time, ...]:
    """The time expressions of a document, anchored at its publication.

    Where publication is a window, each expression is read from both ends: what differs is left
    open in the value ("2016-06-XX", "XXXX-WXX-1") and widens the range of days.
    """
    first, last = _day(publication.earliest), _day(publication.latest)
    spans = share_years(document, annotations.times)
    aside = tuple((b.start, b.end) for b in document.blocks if b.kind in ASIDE)
    from_first = read_all(spans, first, aside=aside)
    from_last = from_first if last == first else read_all(spans, last, aside=aside)
    return tuple(
        _time(
            document,
            span,
            _nearest(early, late, span, first, last)
            or merge(early, late, span, sure=first == last),
        )
        for span, early, late in zip(spans, from_first, from_last, strict=True)
    )


def read_all(
    spans: tuple[TimeSpan, ...], day: Day | None, *, aside: tuple[ids.Span, ...] = ()
) -> list[Reading]:
    """Every expression read from one day of writing, with the narrative carried along.

    What stands in `aside` (captions, date lines) is no part of the narrative.
    """
    context = Context(written=day)
    readings = []
    for span in spans:
        reading = read(span, context)
        if not any(start <= span.start < end for start, end in aside):
            _carry_on(context, span, reading)
        readings.append(reading)
    return readings


def _carry_on(context: Context, span: TimeSpan, reading: Reading) -> None:
    if span.rule == "quarter" and reading.earliest:
        context.quarter = (reading.earliest.year, (reading.earliest.month + 2) // 3)
    if span.rule == "duration" and (
        span.parts["unit"] == "Y" or span.parts["n"] in ("6", "9", "12")
    ):
        context.by_quarter = False
    if span.parts.get("unit") == "Q" or span.rule == "quarter":
        context.by_quarter = True
    if span.type in ("DURATION", "SET") or span.rule in ("reference", "year_end"):
        return
    if reading.earliest and span.rule == "date" and "month" in span.parts:
        context.month = Day(reading.earliest.year, int(span.parts["month"]), 1)
    if reading.earliest and span.rule in _TOLD_BY:
        stretch = reading.value.count("-")
        context.told = (
            "day" if stretch > 1 or "W" in reading.value else "month" if stretch else "year"
        )
    if reading.earliest and reading.earliest == reading.latest:
        if span.rule in ("date", "nth_day", "festival"):
            kept = "year" not in span.parts and context.with_year
            same = context.day is not None and context.day.year == reading.earliest.year
            context.with_year = "year" in span.parts or (kept and same)
        elif span.rule in ("weekday", "deictic"):
            context.with_year = False
        # "The day before Tuesday's vote" tells of the vote: the story goes on from Tuesday.
        there = shift_days(reading.earliest, -int(span.parts.get("plus", 0))) or reading.earliest
        context.day, context.year, context.at = there, there.year, span.end
    elif reading.earliest and span.rule == "date":
        context.year = reading.earliest.year
        if "month" in span.parts and context.day and context.day.year != reading.earliest.year:
            context.day = None


def share_years(document: Document, spans: tuple[TimeSpan, ...]) -> tuple[TimeSpan, ...]:
    """Years handed back over "to", "and" or a hyphen: "from May to June 2015" is in 2015 twice."""
    shared = list(spans)
    for place in range(len(shared) - 2, -1, -1):
        left, right = shared[place], shared[place + 1]
        if left.rule != "date" or right.rule != "date" or "year" not in right.parts:
            continue
        if {"year", "ref", "year_ref"} & set(left.parts) or "month" not in right.parts:
            continue
        between = document.text[left.end : right.start].strip().lower()
        if between in ("to", "and", "-", "–", "until", "till", "through", "or"):
            year = int(right.parts["year"]) - (int(left.parts["month"]) > int(right.parts["month"]))
            shared[place] = msgspec.structs.replace(left, parts=left.parts | {"year": year})
    return tuple(shared)


def _nearest(
    early: Reading, late: Reading, span: TimeSpan, first: Day | None, last: Day | None
) -> Reading | None:
    """Of two years that the ends of a window give a month or day, the one that lies by the window.

    "Starting May 25", written between 21 May and 6 June 2016, is no day of 2017.
    """
    if span.rule != "date" or first is None or last is None or early == late:
        return None
    if early.earliest is None or late.earliest is None or "month" not in span.parts:
        return None
    if (last - first).days > 2 * BESIDE_MOST:
        return None
    away = [
        max(0, (first - there).days, (there - last).days)
        for there in (early.earliest, late.earliest)
    ]
    near = min(away)
    if near > BESIDE_MOST or max(away) < near + 4 * BESIDE_MOST:
        return None
    return early if away[0] == near else late


def merge(early: Reading, late: Reading, span: TimeSpan, *, sure: bool) -> Reading:
    """What two ends of a publication window agree on."""
    if sure or early == late:
        return early
    value = _common(early.value, late.value, span)
    earliest = min(early.earliest, late.earliest) if early.earliest and late.earliest else None
    latest = max(early.latest, late.latest) if early.latest and late.latest else None
    return Reading(value, earliest, latest)


def _common(left: str, right: str, span: TimeSpan) -> str:
    """The value with X for what differs: 2016-06-06 and 2016-06-07 make 2016-06-XX."""
    if left == right:
        return left
    day, part = left[:10], left[10:] if left[10:] == right[10:] else ""
    if span.rule == "weekday":
        return f"XXXX-WXX-{span.parts['weekday']}{part}"
    if len(left) < 10 or len(right) < 10:
        part, day = "", left
    left_parts, right_parts = day.split("-"), right[: len(day)].split("-")
    if len(left_parts) != len(right_parts):
        return left if "X" in left else right
    same = True
    common = []
    spelled = span.rule in _SPELLED  # the words themselves give month and day, whatever the year
    for one, other in zip(left_parts, right_parts, strict=True):
        same = (same or spelled) and one == other
        kept = one[:1] if one[:1] in "WQH" or not one[-1:].isdigit() else ""
        common.append(one if same else kept + "X" * (len(one) - len(kept)))
    return "-".join(common) + part


def _day(iso: str | None) -> Day | None:
    day = dt.date.fromisoformat(iso) if iso else None
    return day if day and PRINT_LEAST <= day.year <= PRINT_MOST else None


def _time(document: Document, span: TimeSpan, reading: Reading) -> Time:
    return Time(
        id=ids.record_id(document.source, document.text_sha256, "time", [(span.start, span.end)]),
        evidence=(Evidence(document=document.source, start=span.start, end=span.end),),
        method=METHOD,
        document=document.source,
        text=document.text[span.start : span.end],
        type=span.type,
        value=reading.value,
        earliest=reading.earliest.isoformat() if reading.earliest else None,
        latest=reading.latest.isoformat() if reading.latest else None,
        start=span.start,
        end=span.end,
    )
