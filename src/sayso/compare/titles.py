"""What a matter is called, where and when it was: from its own facts, by the most reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sayso.compare.days import in_words, iso
from sayso.compare.ground import Spot, nearness
from sayso.compare.incidents import Incidents
from sayso.compare.tellings import Telling

LEAST_SHARE = 0.5
"""A kind named by more than this share of the reports may name the matter, the narrowest first."""

_WAYS = frozenset({"near", "outside", "around", "north", "south", "east", "west", "close"}) | {
    f"{a}{b}" for a in ("north", "south") for b in ("east", "west")
}
"""Words with which a place told by its way begins."""

MOST_DAYS = 10
WIDE_WINS = 2
"""A province named so many times as often as any town is where a matter was."""

FOCUS_VOTES = 3
"""A place of a report's first sentences counts so many times one of its later ones."""


def title_of(tellings: Sequence[Telling], kinds: Incidents) -> str:
    """A plain title: "Air strike in Douma, 12 February 2015"."""
    kind = kind_of(tellings, kinds)
    name = "Events" if kind is None else kind[0].upper() + kind[1:]
    place = place_of(tellings)
    return f"{name}{_where(place)}{_when(tellings)}"


def _where(place: Spot | None) -> str:
    if place is None:
        return ""
    if place.way is None:
        return f" in {place.name}"
    first = place.name.split()[0].casefold()
    if place.way == "near" or first in _WAYS or first[0].isdigit():
        return f" near {place.name}" if place.way == "near" else f" {place.name}"
    return f" in the {place.name}" if place.name[0].islower() else f" in {place.name}"


def _when(tellings: Sequence[Telling]) -> str:
    first, last = _days(tellings)
    if first is None or last is None:
        return ""
    if not any(telling.dated for telling in tellings):
        return f", reported {in_words(first, last)}"
    if last - first > MOST_DAYS:
        return f", from {in_words(first, last)}" if last - first < 120 else ""
    return f", {in_words(first, last)}"


def earliest_and_latest(tellings: Sequence[Telling]) -> tuple[str | None, str | None]:
    """The ISO days between which a matter was, null where no telling knows."""
    first, last = _days(tellings)
    return (iso(first), iso(last)) if first is not None and last is not None else (None, None)


def _days(tellings: Sequence[Telling]) -> tuple[int | None, int | None]:
    """The days that most dated tellings agree on, else the span of the windows of news."""
    dated = [t.days for t in tellings if t.days and t.dated]
    if dated:
        votes = Counter(day for days in dated for day in range(days.first, days.last + 1))
        most = max(votes.values())
        best = [day for day, n in votes.items() if n == most]
        return min(best), max(best)
    known = [t.days for t in tellings if t.days]
    if not known:
        return None, None
    first, last = max(d.first for d in known), min(d.last for d in known)
    if first <= last:
        return first, last
    return min(d.first for d in known), max(d.last for d in known)


def kind_of(tellings: Sequence[Telling], kinds: Incidents) -> str | None:
    """The narrowest kind that enough reports name, else the commonest."""
    counts = Counter(kind for t in tellings for kind in set(t.kinds))
    first = Counter(t.kinds[0] for t in tellings if t.kinds)
    if not counts:
        return None
    enough = [k for k, n in counts.items() if n > LEAST_SHARE * len(tellings)]
    pool = enough or list(counts)
    return max(pool, key=lambda k: (kinds.rank(k), first[k], counts[k], k))


def place_of(tellings: Sequence[Telling]) -> Spot | None:
    """The place that most reports name; of those named as often, the narrowest and earliest."""
    votes: Counter[str] = Counter()
    spots: dict[str, Spot] = {}
    order: Counter[str] = Counter()
    for telling in tellings:
        focus = {spot.key for spot in telling.focus}
        for n, spot in enumerate(telling.spots):
            votes[spot.key] += FOCUS_VOTES if spot.key in focus else 1
            order[spot.key] += n
            kept = spots.setdefault(spot.key, spot)
            spots[spot.key] = min(kept, spot, key=lambda s: (s.lat is None, s.name))
    if not votes:
        return None
    narrow = [k for k in votes if not spots[k].wide] or list(votes)
    wide = max((votes[k] for k in votes if spots[k].wide), default=0)
    if wide > WIDE_WINS * max(votes[k] for k in narrow):
        narrow = [k for k in votes if spots[k].wide]
    most = max(votes[k] for k in narrow)
    close = [k for k in narrow if votes[k] >= max(1, 0.6 * most)]
    chosen = min(
        close,
        key=lambda k: (
            spots[k].way is not None,
            -votes[k],
            order[k] / votes[k],
            spots[k].radius,
            k,
        ),
    )
    inside = [
        k
        for k in close
        if spots[k].radius < spots[chosen].radius
        and spots[k].lat is not None
        and nearness(spots[k], spots[chosen]) >= 0.8
    ]
    best = min(inside, key=lambda k: (-votes[k], spots[k].radius, k), default=chosen)
    return spots[best]
