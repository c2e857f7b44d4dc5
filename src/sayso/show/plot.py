"""A matter's toll by days of report, as one SVG: who gave which number when.

Days stand in columns, for reports heap on a few of them; a gap is told in days. A mark's shape says
the kind of voice and its letter which one; its place and words say the number, so nothing hangs on
colour. Widths are per cent of the plot, heights units: it fits a phone, a screen and a sheet.
"""

from __future__ import annotations

from bisect import insort
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from string import ascii_letters, ascii_uppercase
from typing import Any

import msgspec

from sayso.schema import Account, AccountToll, Matter, Publication, Relation
from sayso.show.charts import Scale, scale_of
from sayso.show.html import joined, safe, shown
from sayso.show.index import Index
from sayso.show.words import date_words, number_words

EFFECTS = ("killed", "wounded")
"""What has a panel, from above."""

_LETTERS = ascii_uppercase + ascii_letters[:26]
_SLOT = 32
"""Units between two marks beside each other: a target of 24, and the number under it."""
_HEAD, _GUTTER, _EDGE = 52, 38, 8
"""Units of a day's words, and of the plot's left and right edges."""
_TALL, _LOW = 200, 140
"""Heights of the first panel and of the second."""
_ABOVE, _BELOW = 40, 24
"""Units over a panel's line of numbers, for its title and for arrows; and under it."""
_SIGNS = {"at least": "≥", "more than": ">", "at most": "≤", "less than": "<", "about": "~"}
_ROUND = (1, 2, 5)
_KINDS = (
    ("named", "a disc is a named voice"),
    ("outlet", "a square an outlet’s own word"),
    ("unnamed", "a dashed ring somebody unnamed"),
)
_DRAWN = (
    ("class=arrow d='M0-9", "an arrow up says “or more”"),
    ("class=arrow d='M0 9", "an arrow down “or less”"),
    ("class=range", "a bar is what “about” allows"),
    ("class=order", "a hatched bar what words such as “dozens” allow"),
    ("class=step", "lines join a number to its update by the same voice"),
    ("class=gap", "at a dashed line days without a report are left out"),
)

Row = dict[str, Any]
Day = tuple[str, str]
"""The first and last day on which a report can have come out; "~" where it is not known."""


Updates = Sequence[tuple[str, str]]
"""Ids of figures: the later one, and the one that it updates."""


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """A number that a voice gives in reports of one day. `figures` are the ids of all of them."""

    voice: int
    kind: str
    day: Day
    toll: AccountToll
    figures: tuple[str, ...]
    words: str


class Placed(msgspec.Struct, frozen=True, kw_only=True):
    """A mark at its slot within its day, and the heights of its number, its least and its most."""

    mark: Mark
    slot: int
    y: float
    low: float | None
    high: float | None


def toll_plot(
    index: Index, matter: Matter, accounts: Sequence[Account], relations: Sequence[Relation]
) -> Row | None:
    """The plot of a matter's dead and wounded with the key to its voices; null for fewer than two
    numbers. Parts of a whole are left to the tables. `accounts` are in the order of the letters.
    """
    voices, marks = _marks(index, accounts)
    if len(marks) < 2:
        return None
    updates = [(r.left, r.right) for r in relations if r.kind == "updates"]
    days = sorted({mark.day for mark in marks})
    panels: list[tuple[str, Scale, list[Placed]]] = []
    for effect in EFFECTS:
        some = [mark for mark in marks if mark.toll.effect == effect]
        if some:
            scale = scale_of([mark.toll for mark in some])
            height = _LOW if panels else _TALL
            panels.append((effect, scale, _placed(some, scale, height, updates)))
    columns, width = _columns(days, [placed for _, _, group in panels for placed in group])
    parts: list[str] = []
    top = 0.0
    for number, (effect, scale, placed) in enumerate(panels):
        height = _LOW if number else _TALL
        heading = f"<text class=panel x=0 y={top + 14:g}>{effect.capitalize()}</text>"
        at = {p.mark.figures: _x(columns, width, p) for p in placed}
        parts += [heading, *_grid(scale, top, height), *_steps(placed, at, updates, top)]
        ends = {id(one) for pair in _joined(placed, updates) for one in pair}
        parts += [
            _mark(p, at[p.mark.figures], top, halo=bool(ends) and id(p) not in ends) for p in placed
        ]
        top += _ABOVE + height + _BELOW
    parts += _day_words(days, columns, width, top)
    told = f"{len(marks)} numbers of {len(voices)} voice{'s' if len(voices) > 1 else ''}"
    id_ = f"plot-{matter.id}"
    return {
        "svg": safe(
            f"<svg class=plot height={top + 44:g} role=group aria-labelledby={id_}"
            f" style='min-width:{width:g}px;max-width:{max(1.8 * width, 360):g}px'>"
            f"<title id={id_}>Toll by day of report: {told}</title>"
            f"<desc>{shown(_desc(marks))}</desc>{''.join(parts)}</svg>"
        ),
        "voices": [
            {"key": safe(_key(number, kind)), "name": name}
            for number, (name, kind) in enumerate(voices)
        ],
        "how": _how(marks, parts, any(scale.logarithmic for _, scale, _ in panels)),
    }


def _how(marks: Sequence[Mark], parts: Sequence[str], logarithmic: bool) -> str:
    """How to read what this plot shows, and no more."""
    drawn = "".join(parts)
    kinds = {mark.kind for mark in marks}
    told = [words for kind, words in _KINDS if kind in kinds]
    told += [words for sign, words in _DRAWN if sign in drawn]
    if logarithmic:
        told.append("the scale is logarithmic")
    return f"{'; '.join(told).capitalize()}."


# --- what is drawn --------------------------------------------------------------------------


def _marks(index: Index, accounts: Sequence[Account]) -> tuple[list[tuple[Any, str]], list[Mark]]:
    """Voices in the order of their letters, with their kind; and their numbers, each once a day."""
    groups: dict[tuple[Any, ...], list[AccountToll]] = defaultdict(list)
    voices: dict[tuple[str | None, str], tuple[Any, str]] = {}
    for account in accounts:
        for toll in account.tolls:
            drawn = (toll.value, toll.low, toll.high) != (None, None, None)
            if toll.part or not drawn or toll.effect not in EFFECTS:
                continue
            if toll.figure not in index.figures:
                continue
            outlet = index.reports[toll.document].outlet if account.speaker is None else ""
            voice = (account.speaker, outlet)
            if voice not in voices:
                name = index.actor(account.speaker)
                if account.speaker is None:
                    name = joined(("own word of ", shown(outlet)), between="")
                voices[voice] = (name, account.voice)
            day = _day(index.reports[toll.document].publication)
            number = (toll.value, toll.low, toll.high, toll.bound)
            groups[voice, day, toll.effect, number].append(toll)
    numbers = {voice: place for place, voice in enumerate(voices)}
    marks = []
    for (voice, day, _, _), tolls in groups.items():
        marks.append(
            Mark(
                voice=numbers[voice],
                kind=voices[voice][1],
                day=day,
                toll=tolls[0],
                figures=tuple(toll.figure for toll in tolls),
                words=_words(index, voice, tolls),
            )
        )
    return list(voices.values()), marks


def _day(publication: Publication) -> Day:
    first = publication.earliest or publication.latest or "~"
    return first, publication.latest or "~"


def _words(index: Index, voice: tuple[str | None, str], tolls: Sequence[AccountToll]) -> str:
    """A mark in words: voice, number, effect, reports and their day."""
    first = tolls[0]
    name = voice[0] or f"own word of {voice[1]}"
    of = "" if first.of in (None, "people") else f" {first.of}"
    reports = dict.fromkeys(toll.document for toll in tolls)
    outlets = dict.fromkeys(index.reports[source].outlet for source in reports)
    count = f"{len(reports)} reports: " if len(reports) > 1 else ""
    day = date_words(index.reports[first.document].publication)
    number = _number(first)
    if first.value is None:
        number = f"“{index.figures[first.figure].text}” ({number})"
    return f"{name}: {number}{of} {first.effect}; {count}{', '.join(outlets)}, {day}"


def _number(toll: AccountToll) -> str:
    if toll.value is not None:
        bound = "" if toll.bound == "exact" else f"{toll.bound} "
        return bound + number_words(toll.value)
    if toll.high is None:
        return f"{number_words(toll.low)} or more"
    return f"{number_words(toll.low) or 0} to {number_words(toll.high)}"


def _desc(marks: Sequence[Mark]) -> str:
    numbers: dict[str, list[float]] = defaultdict(list)
    for mark in marks:
        ends = (mark.toll.low, mark.toll.value, mark.toll.high)
        numbers[mark.toll.effect or ""] += [n for n in ends if n is not None]
    return (
        "; ".join(
            f"{effect}: from {number_words(min(some))} to {number_words(max(some))}"
            for effect, some in numbers.items()
        )
        + ". Each mark leads to its words; the tables below hold every number."
    )


# --- where it stands ------------------------------------------------------------------------


def _placed(marks: Sequence[Mark], scale: Scale, height: int, updates: Updates) -> list[Placed]:
    """Marks in the first slot of their day where none is under or over another, and none stands
    left of what it updates.
    """
    earlier: dict[str, list[str]] = defaultdict(list)
    for later, old in updates:
        earlier[later].append(old)
    slots: dict[tuple[Day, str], int] = {}
    taken: dict[tuple[Day, int], list[tuple[float, float]]] = defaultdict(list)
    placed = []

    def at(number: float | None) -> float | None:
        return None if number is None else round(_ABOVE + height * (1 - scale.at(number) / 100), 1)

    for mark in sorted(marks, key=lambda m: (_middle(m.toll), m.voice)):
        low, high = at(mark.toll.low), at(mark.toll.high)
        y = at(mark.toll.value)
        if y is None:
            y = (low + high) / 2 if low is not None and high is not None else low or high or 0.0
        top = min(y - (28 if high is None else 12), high - 14 if _is_bar(mark.toll) and high else y)
        foot = max(y + 24, low + 14 if _is_bar(mark.toll) and low else y)
        olds = [old for figure in mark.figures for old in earlier[figure]]
        slot = max((slots.get((mark.day, old), 0) for old in olds), default=0)
        while any(a < foot and top < b for a, b in taken[mark.day, slot]):
            slot += 1
        slots |= {(mark.day, figure): slot for figure in mark.figures}
        insort(taken[mark.day, slot], (top, foot))
        placed.append(Placed(mark=mark, slot=slot, y=y, low=low, high=high))
    return placed


def _middle(toll: AccountToll) -> float:
    ends = [n for n in (toll.low, toll.high) if n is not None]
    return toll.value if toll.value is not None else sum(ends) / len(ends)


def _is_bar(toll: AccountToll) -> bool:
    return toll.low is not None and toll.high is not None and toll.low < toll.high


def _columns(
    days: Sequence[Day], placed: Iterable[Placed]
) -> tuple[dict[Day, tuple[float, float]], float]:
    """Each day's left edge and width in units, and the units of the whole plot."""
    slots: dict[Day, int] = defaultdict(int)
    for one in placed:
        slots[one.mark.day] = max(slots[one.mark.day], one.slot + 1)
    columns: dict[Day, tuple[float, float]] = {}
    left = float(_GUTTER)
    for day in days:
        wide = max(_HEAD, _SLOT * slots[day] + 8)
        columns[day] = (left, wide)
        left += wide
    return columns, left + _EDGE


def _x(columns: Mapping[Day, tuple[float, float]], width: float, one: Placed) -> float:
    """A mark's place in per cent of the plot's width."""
    left, wide = columns[one.mark.day]
    if wide <= _HEAD and one.slot == 0:
        return round(100 * (left + wide / 2) / width, 2)
    return round(100 * (left + 4 + _SLOT * (one.slot + 0.5)) / width, 2)


# --- how it is drawn ------------------------------------------------------------------------


def _mark(one: Placed, x: float, top: float, *, halo: bool) -> str:
    """A mark that leads to its words. A halo parts it from lines that pass behind it."""
    toll = one.mark.toll
    y = one.y
    parts = ["<circle class=halo r=13 />"] if halo else []
    if _is_bar(toll) and one.low is not None and one.high is not None:
        kind = "order" if toll.value is None else "range"
        half = 5 if kind == "order" else 1.5
        parts.append(
            f"<rect class={kind} x={-half} y={one.high - y:g} width={2 * half:g}"
            f" height={one.low - one.high:g} />"
        )
        if toll.value is None:
            parts += [
                f"<text class=end y={one.high - y - 4:g}>{number_words(toll.high)}</text>",
                f"<text class=end y={one.low - y + 12:g}>{number_words(toll.low)}</text>",
            ]
    elif toll.high is None:
        parts.append("<path class=arrow d='M0-9V-22M-4-18L0-23L4-18' />")
    elif toll.low is None:
        parts.append("<path class=arrow d='M0 9V36M-4 32L0 37L4 32' />")
    if toll.value is not None or not _is_bar(toll):
        ends = toll.low if toll.low is not None else toll.high
        number = number_words(toll.value if toll.value is not None else ends)
        parts.append(f"<text y=21>{_SIGNS.get(toll.bound, '')}{number}</text>")
    words = shown(one.mark.words)
    return (
        f"<svg x={x}% y={top + y:g} width=1 height=1><a href=#f-{toll.figure}>"
        f"<title>{words}</title><rect class=touch x=-12 y=-12 width=24 height=24 />"
        f"{''.join(parts)}{_shape(one.mark.voice, one.mark.kind)}</a></svg>"
    )


def _shape(voice: int, kind: str) -> str:
    """A voice's letter in the shape of its kind: disc, ring of dashes, square."""
    letter = _LETTERS[voice] if voice < len(_LETTERS) else "…"
    form = "<rect class=outlet x=-8 y=-8 width=16 height=16 />"
    if kind != "outlet":
        form = f"<circle class={kind} r=9 />"
    return f"{form}<text class='l {kind}' y=4>{letter}</text>"


def _key(voice: int, kind: str) -> str:
    return (
        "<svg class=key width=22 height=22 aria-hidden=true focusable=false>"
        f"<svg x=11 y=11 width=1 height=1>{_shape(voice, kind)}</svg></svg>"
    )


def _steps(
    placed: Sequence[Placed], at: Mapping[tuple[str, ...], float], updates: Updates, top: float
) -> list[str]:
    """A voice's number and what it is updated to, joined: along, then up or down."""
    lines: dict[str, None] = {}
    for a, b in _joined(placed, updates):
        x1, x2, y1, y2 = at[a.mark.figures], at[b.mark.figures], top + a.y, top + b.y
        lines[f"<line class=step x1={x1}% x2={x2}% y1={y1:g} y2={y1:g} />"] = None
        lines[f"<line class=step x1={x2}% x2={x2}% y1={y1:g} y2={y2:g} />"] = None
    return list(lines)


def _joined(placed: Sequence[Placed], updates: Updates) -> list[tuple[Placed, Placed]]:
    """Marks and those that next update them: what goes by way of another mark is left out."""
    of = {figure: place for place, one in enumerate(placed) for figure in one.mark.figures}
    after: dict[int, set[int]] = defaultdict(set)
    for later, earlier in updates:
        if later in of and earlier in of and of[later] != of[earlier]:
            after[of[earlier]].add(of[later])
    return [
        (placed[a], placed[b])
        for a, nexts in sorted(after.items())
        for b in sorted(nexts)
        if not any(b in after[c] for c in nexts if c != b and c in after)
    ]


def _grid(scale: Scale, top: float, height: int) -> list[str]:
    """Lines of round numbers, with the numbers at the left."""
    parts = []
    last = None
    for number in _round_numbers(scale):
        y = round(top + _ABOVE + height * (1 - scale.at(number) / 100), 1)
        if last is not None and last - y < 30:
            continue
        last = y
        parts.append(
            f"<line class=grid x1=0 x2=100% y1={y:g} y2={y:g} />"
            f"<text class=number x=0 y={y - 3:g}>{number_words(number)}</text>"
        )
    return parts


def _round_numbers(scale: Scale) -> list[float]:
    """0 and, up to the scale's most, a round step's multiples; or 1, 2, 5, 10 and so on."""
    powers = [10.0**n for n in range(13)]
    if scale.logarithmic:
        return [0.0, *(p * n for p in powers for n in _ROUND if p * n <= scale.most)]
    step = next((p * n for p in powers for n in _ROUND if scale.most / (p * n) <= 6), scale.most)
    return [step * n for n in range(int(scale.most / step) + 1)]


def _day_words(
    days: Sequence[Day], columns: Mapping[Day, tuple[float, float]], width: float, top: float
) -> list[str]:
    """The days under their columns, with the year where it is another, and gaps in days."""
    parts = []
    before: Day | None = None
    for day in days:
        left, wide = columns[day]
        x = round(100 * (left + wide / 2) / width, 2)
        edge = round(100 * left / width, 2)
        lines = _day_lines(day, before)
        gap = _gap(before, day) if before else 1
        kind = "gap" if gap > 1 else "edge"
        if before:
            parts.append(f"<line class={kind} x1={edge}% x2={edge}% y1=20 y2={top + 4:g} />")
        for number, words in enumerate(lines):
            y = top + 12 + 14 * number
            parts.append(f"<text class=day x={x}% y={y:g}>{words}</text>")
        before = day
    return parts


def _day_lines(day: Day, before: Day | None) -> list[str]:
    first, last = day
    if first == "~":
        return ["day", "unknown"]
    began = date.fromisoformat(first)
    words = _short(began)
    if last == "~":
        words = f"{words} on"
    elif last != first:
        words = f"{words}–{_short(date.fromisoformat(last))}"
    year = [str(began.year)] if before is None or before[0][:4] != first[:4] else []
    gap = _gap(before, day) if before else 1
    return [words, *year, *([f"+{gap} days"] if gap > 1 else [])]


def _short(day: date) -> str:
    return f"{day.day} {day:%b}"


def _gap(before: Day, day: Day) -> int:
    """Days from one column to the next; 1 where they follow each other or cannot be told."""
    last = before[0] if before[1] == "~" else before[1]
    if "~" in (last, day[0]):
        return 1
    return max(1, (date.fromisoformat(day[0]) - date.fromisoformat(last)).days)
