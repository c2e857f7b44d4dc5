"""When an article came out: stated, or inferred from the clues of its own words.

The inference weighs every day on which the article can have come out by how well the text's time
expressions fit it: dates in the past lie before it, news names days that are near, "on Monday" is
mostly the last Monday. The window is the shortest run of days that holds `MASS` of the weight. How
often it holds the true day is measured by `python -m eval.times --windows`; it is no certainty.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterable

from sayso.resolve.publication_clues import Clue, clues_of
from sayso.resolve.timex_calendar import Day
from sayso.schema import Annotations, DateClaim, Document, Publication

MASS = 0.8
"""The share of the weight that a window holds."""

SPAN_MOST = 3 * 366
"""Days after the latest date of the text that are looked at."""

WIDTH_MOST = 200
"""A window wider than this many days says nothing: its end is left open."""

CLAIM_ORDER = ("given", "text", "table", "metadata")
CLAIM_NAMES = {
    "given": "the date that was given",
    "text": "the text's own date",
    "table": "the table's date",
    "metadata": "the page's metadata",
}
QUOTED_MOST = 6


def resolve_publication(document: Document, annotations: Annotations) -> Publication:
    """The days on which a document can have been published, as ISO dates; null where not known.

    A stated date is taken as it is: one that was given (`--date`), else the text's own, the table's
    or the page's; `how` tells where two of them disagree by more than a day.
    """
    claims = [(claim, day) for claim in document.dates if (day := _iso(claim.value))]
    claims.sort(key=lambda pair: CLAIM_ORDER.index(pair[0].how))
    if claims:
        return _stated(claims)
    return infer(clues_of(document, annotations.times))


def _iso(value: str) -> Day | None:
    if (
        len(value) < 10
        or value[4] != "-"
        or value[7] != "-"
        or not value[:10].replace("-", "").isdecimal()
    ):
        return None
    year, month, day = int(value[:4]), int(value[5:7]), int(value[8:10])
    if not (1 <= year <= 9998 and 1 <= month <= 12 and day >= 1):
        return None
    last = (dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)).day
    return dt.date(year, month, day) if day <= last else None


def _stated(claims: list[tuple[DateClaim, Day]]) -> Publication:
    claim, day = claims[0]
    order = f", {claim.order} as in the whole column" if claim.order else ""
    words = f" (“{claim.words}”{order})" if claim.words else ""
    how = f"{CLAIM_NAMES[claim.how]}{words}"
    for other, other_day in claims[1:]:
        if abs((other_day - day).days) > 1:
            how += f"; {CLAIM_NAMES[other.how]} says {other_day.isoformat()}"
            break
    return Publication(earliest=day.isoformat(), latest=day.isoformat(), how=how)


def infer(clues: list[Clue], *, mass: float = MASS) -> Publication:
    """The shortest window that holds `mass` of the weight; open or unknown where clues are few."""
    anchors = [clue for clue in clues if clue.anchor]
    if not clues:
        return Publication(earliest=None, latest=None, how="no date and no clue in the text")
    if not anchors:
        how = f"no date with a year in the text, only {_quote(clues)}"
        return Publication(earliest=None, latest=None, how=how)
    floor = max(clue.anchor for clue in anchors if clue.anchor)
    weights = weigh(clues, floor, SPAN_MOST)
    first, last = shortest(weights, mass)
    quoted = _quote(clues)
    if last - first > WIDTH_MOST:
        return Publication(
            earliest=floor.isoformat(),
            latest=None,
            how="inferred: not before the latest date of the text; its clues leave the end open: "
            + quoted,
        )
    return Publication(
        earliest=(floor + dt.timedelta(days=first)).isoformat(),
        latest=(floor + dt.timedelta(days=last)).isoformat(),
        how=f"inferred from the text's own clues, taken as news that names near days: {quoted}",
    )


def weigh(clues: Iterable[Clue], floor: Day, length: int) -> list[float]:
    """The weight of each of `length` days from `floor` on, adding up to 1."""
    logs = [0.0] * length
    first = floor.toordinal()
    length = min(length, Day.max.toordinal() - first - 400)
    for clue in clues:
        fit: Callable[[Day], float] = clue.fit
        for place in range(length):
            logs[place] += fit(dt.date.fromordinal(first + place))
    top = max(logs)
    weights = [math.exp(value - top) for value in logs]
    total = sum(weights)
    return [weight / total for weight in weights]


def shortest(weights: list[float], mass: float) -> tuple[int, int]:
    """The first and last place of the shortest run that holds this share of the weight."""
    best, start, held = (0, len(weights) - 1), 0, 0.0
    for end, weight in enumerate(weights):
        held += weight
        while held - weights[start] >= mass:
            held -= weights[start]
            start += 1
        if held >= mass and end - start < best[1] - best[0]:
            best = start, end
    return best


def _quote(clues: list[Clue]) -> str:
    seen = list(dict.fromkeys(f"“{clue.words}” {clue.says}" for clue in clues))
    more = f" and {len(seen) - QUOTED_MOST} more" if len(seen) > QUOTED_MOST else ""
    return "; ".join(seen[:QUOTED_MOST]) + more
