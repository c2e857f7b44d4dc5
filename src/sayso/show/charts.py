"""Charts as inline SVG. Places along a line are per cent of its width, so that a chart needs no
measuring, fits a phone and a sheet of paper alike, and its words are words of the page.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from datetime import date

import msgspec

from sayso.schema import AccountToll, Figure
from sayso.show.html import shown

_WIDE = 30
"""A scale becomes logarithmic when its largest number is so many times its median."""


_APART = 13
"""Per cent of a line's width that two of its dates must lie apart, to be read on a phone."""
_HEAPS = 60
"""Stretches of a line for which days are counted, at most."""

_LEFTWARD = 76
"""From this per cent on a date's words stand before its mark."""


class Scale(msgspec.Struct, frozen=True, kw_only=True):
    """Numbers from 0 to `most` along a line, from 2 to 94 per cent of its width."""

    most: float
    logarithmic: bool

    def at(self, number: float) -> float:
        """The place of a number, in per cent."""
        share = number / self.most
        if self.logarithmic:
            share = math.log1p(number) / math.log1p(self.most)
        return round(2 + 92 * min(max(share, 0.0), 1.0), 1)


def scale_of(figures: Sequence[Figure | AccountToll]) -> Scale:
    """A scale that holds every number of some figures."""
    numbers = sorted(
        abs(n) for f in figures for n in (f.low, f.value, f.high) if n is not None and n < 1e12
    )
    most = max(numbers[-1], 1.0) if numbers else 1.0
    median = numbers[len(numbers) // 2] if numbers else 1.0
    return Scale(most=most, logarithmic=most > _WIDE * max(median, 1.0))


def interval_svg(figure: Figure, scale: Scale) -> str:
    """A figure as a line: a disc at the number told, a bar over what its words allow, dashes where
    that is open. The numbers stand beside it in words.
    """
    low, high, value = figure.low, figure.high, figure.value
    parts = ["<svg class=iv width=100% height=16 aria-hidden=true focusable=false>"]
    left = 0.0 if low is None else scale.at(low)
    right = 99.0 if high is None else scale.at(high)
    known_left, known_right = left, right
    if value is not None:
        known_left, known_right = (scale.at(value), right) if low is None else (left, right)
        known_right = scale.at(value) if high is None else known_right
    if low is None and high is None:
        known_left = known_right = 0.0
    if low is None:
        parts.append(_line(left, known_left, "open"))
    if high is None:
        parts.append(_line(known_right, right, "open"))
    if known_right > known_left:
        parts.append(_line(known_left, known_right, "bar"))
        parts += [_tick(known_left), _tick(known_right)]
    if value is not None:
        parts.append(f"<circle cx={scale.at(value)}% cy=8 r=5 />")
    return "".join(parts) + "</svg>"


def _line(x1: float, x2: float, kind: str) -> str:
    return f"<line class={kind} x1={x1}% x2={x2}% y1=8 y2=8 />"


def _tick(x: float) -> str:
    return f"<line class=tick x1={x}% x2={x}% y1=3 y2=13 />"


class Axis(msgspec.Struct, frozen=True, kw_only=True):
    """Days along a line, from 1 to 99 per cent of its width. `first` and `last` are ordinals."""

    first: int
    last: int

    def at(self, day: str) -> float:
        """The place of an ISO date, in per cent."""
        return self.place(date.fromisoformat(day).toordinal())

    def place(self, ordinal: int) -> float:
        """The place of a day by its number, in per cent."""
        share = (ordinal - self.first) / max(1, self.last - self.first)
        return round(1 + 98 * min(max(share, 0.0), 1.0), 2)

    def ticks(self, most: int = 7) -> list[tuple[float, str]]:
        """Places and words of round days: years, months or days, at most `most` or so."""
        days = self.last - self.first
        step, form = next(pair for pair in _STEPS if days / pair[0] <= most or pair == _STEPS[-1])
        ticks: list[tuple[float, str]] = []
        day = date.fromordinal(self.first)
        while day.toordinal() <= self.last:
            place = self.at(day.isoformat())
            if ticks and place - ticks[-1][0] < _APART and len(ticks) == 1:
                ticks.pop()  # the first day of the line gives way to the first round one
            apart = _APART if place < _LEFTWARD else 2 * _APART
            if not ticks or place - ticks[-1][0] >= apart:
                ticks.append((place, day.strftime(form).lstrip("0")))
            day = _next(day, step)
        return ticks


_STEPS = (
    (1, "%d %b %Y"), (2, "%d %b %Y"), (7, "%d %b %Y"), (14, "%d %b %Y"), (31, "%b %Y"),
    (92, "%b %Y"), (184, "%b %Y"), (366, "%Y"), (732, "%Y"), (3660, "%Y"), (36600, "%Y"),
)  # fmt: skip


def _next(day: date, step: int) -> date:
    if step < 31:
        return date.fromordinal(day.toordinal() + step)
    months = round(step / 30.5)
    count = day.year * 12 + day.month - 1
    count = (count // months + 1) * months
    return date(min(count // 12, 9999), count % 12 + 1, 1)


def axis_of(days: Sequence[str]) -> Axis | None:
    """An axis over some ISO dates, leaving a day free at each end; null where there is none."""
    ordinals = [date.fromisoformat(day).toordinal() for day in days]
    if not ordinals:
        return None
    return Axis(first=max(1, min(ordinals) - 1), last=max(ordinals) + 1)


def band_svg(axis: Axis, earliest: str | None, latest: str | None, *, kind: str = "") -> str:
    """A day as a mark, a window of days as a hatched band, an open end as dashes to the edge."""
    start = axis.at(earliest) if earliest else 0.0
    stop = axis.at(latest) if latest else 100.0
    parts = [f'<svg class="band {kind}" width=100% height=18 aria-hidden=true focusable=false>']
    if earliest and earliest == latest:
        parts.append(f"<rect class=day x={start}% y=3 width=5 height=12 />")
    else:
        width = round(max(stop - start, 0.8), 2)
        parts.append(f"<rect class=window x={start}% y=4 width={width}% height=10 />")
        parts.append(f"<rect class=hatch x={start}% y=4 width={width}% height=10 />")
    return "".join(parts) + "</svg>"


def heaps_svg(axis: Axis, days: Sequence[str]) -> tuple[str, int, int]:
    """How many of some ISO dates fall into each equal stretch of an axis, as bars; with how many
    days a stretch has, and the most that fall into one.
    """
    length = max(1, math.ceil((axis.last - axis.first + 1) / _HEAPS))
    counts = Counter((date.fromisoformat(day).toordinal() - axis.first) // length for day in days)
    most = max(counts.values(), default=1)
    parts = ["<svg class=heaps width=100% height=34 aria-hidden=true focusable=false>"]
    for number, count in sorted(counts.items()):
        left = axis.place(axis.first + number * length)
        width = max(axis.place(axis.first + (number + 1) * length) - left - 0.25, 0.3)
        height = round(30 * count / most, 1)
        parts.append(f"<rect x={left}% y={33 - height:g} width={width:.2f}% height={height} />")
    return "".join(parts) + "</svg>", length, most


def name_svg(
    axis: Axis, held: tuple[str | None, str | None], used: tuple[str | None, str | None]
) -> str:
    """A name: a hatched band over the days for which it is known to hold, a bar from its first use
    in these reports to its last.
    """
    parts = ["<svg class=held width=100% height=18 aria-hidden=true focusable=false>"]
    if held != (None, None):
        left = axis.at(held[0]) if held[0] else 0.0
        right = axis.at(held[1]) if held[1] else 100.0
        if right > left:
            parts.append(
                f"<rect class=hatch x={left}% y=2 width={round(right - left, 2)}% height=14 />"
            )
    if used[0] and used[1]:
        width = round(max(axis.at(used[1]) - axis.at(used[0]), 0.8), 2)
        parts.append(f"<rect class=day x={axis.at(used[0])}% y=6 width={width}% height=6 />")
    return "".join(parts) + "</svg>"


Edge = tuple[str | None, str | None]
"""The window of a start or an end: its first day and its last."""

Mark = tuple[str | None, str | None, bool]
"""The first and last day of what is marked on a span, and whether words tell them."""


def span_svg(
    axis: Axis, began: Edge, ended: Edge, *, proposed: bool = False, marks: Sequence[Mark] = ()
) -> str:
    """A truce: a solid bar while it was surely on, hatched where its start or end may lie, dashes
    where an end is not told; hatched throughout while only proposed. `marks` stand over it: full
    where words tell the day, hollow where it is the report's; a line over the days it may be.
    """
    left, solid_left = (axis.at(day) if day else 0.0 for day in began)
    solid_right = axis.at(ended[0]) if ended[0] else solid_left
    right = axis.at(ended[1]) if ended[1] else 99.0
    parts = ["<svg class=truce width=100% height=18 aria-hidden=true focusable=false>"]
    if began[0] and began[0] != began[1]:
        parts.append(_box("hatch", left, solid_left))
    if not ended[1] and began[1]:
        parts.append(f"<line class=open x1={solid_left}% x2=99% y1=9 y2=9 />")
    elif solid_right < right:
        parts.append(_box("hatch", solid_right, right))
    if began[1]:
        kind = "hatch" if proposed else "solid"
        parts.append(_box(kind, solid_left, max(solid_right, solid_left + 0.8)))
    return "".join((*parts, *(_mark(axis, mark) for mark in dict.fromkeys(marks)))) + "</svg>"


def _mark(axis: Axis, mark: Mark) -> str:
    first, last, dated = mark
    right = axis.at(last) if last else 99.0
    left = axis.at(first) if first else right
    line = f"<line class=breach x1={left}% x2={right}% y1=1 y2=1 />" if right > left else ""
    x = round((left + right) / 2, 2)
    return f"{line}<text class=breach x={x}% y=5 text-anchor=middle>{'▼' if dated else '▽'}</text>"


def _box(kind: str, left: float, right: float) -> str:
    width = round(max(right - left, 0.6), 2)
    return f"<rect class={kind} x={left}% y=4 width={width}% height=10 />"


def axis_words(axis: Axis) -> str:
    """The days under the bands: words placed by per cent, the last one never over the edge."""
    words = "".join(
        f"<text x={x}% y=12 text-anchor={'start' if x < _LEFTWARD else 'end'}>{shown(text)}</text>"
        f"<line class=tick x1={x}% x2={x}% y1=14 y2=18 />"
        for x, text in axis.ticks()
    )
    return f"<svg class=axis width=100% height=18 role=img aria-label='Days'>{words}</svg>"
