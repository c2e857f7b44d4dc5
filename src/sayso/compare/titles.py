"""What a matter is called, where and when it was: from its own facts, by the most reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sayso.compare.days import in_words, iso
from sayso.compare.ground import Spot, distance, nearness
from sayso.compare.incidents import Incidents
from sayso.compare.tellings import Telling

LEAST_SHARE = 0.5
"""A kind named by more than this share of the reports may name the matter, the narrowest first."""

CLOSE = 0.7
"""A place with so much of the most votes may be chosen for being narrower."""

INSIDE = 0.8
FAR_KM = 50.0
"""A town nearer than this lies in the other's country, and no list of two tells of it."""

PROVINCE_KM = 40.0

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
    other = _second_town(tellings, place)
    return f"{name}{_where(place)}{f' and {other.name}' if other else ''}{_when(tellings)}"


def _second_town(tellings: Sequence[Telling], place: Spot | None) -> Spot | None:
    """The one other town, far from the place, that all reports mainly about a matter name in their
    first sentences too: of a day's list; null where they name more.
    """
    named = [{s.key: s for s in t.focus if _is_town(s)} for t in _mainly(tellings) if t.placed]
    shared = [s for key, s in named[0].items() if all(key in one for one in named)] if named else []
    if place is None or place.key not in {s.key for s in shared}:
        return None
    far = [s for s in shared if (distance(s, place) or 0.0) > FAR_KM]
    return far[0] if len(far) == 1 else None


def _is_town(spot: Spot) -> bool:
    return spot.lat is not None and spot.way is None and spot.radius < PROVINCE_KM


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
    if not any(telling.dated for telling in tellings):
        out = [t.published for t in _mainly(tellings) if t.published]
        if not out:
            return ""
        return f", reported {in_words(min(d.first for d in out), max(d.last for d in out))}"
    first, last = _days(tellings)
    if first is None or last is None:
        return ""
    if last - first > MOST_DAYS:
        return f", from {in_words(first, last)}" if last - first < 120 else ""
    return f", {in_words(first, last)}"


def earliest_and_latest(tellings: Sequence[Telling]) -> tuple[str | None, str | None]:
    """The ISO days between which a matter was, null where no telling knows."""
    first, last = _days(tellings)
    return (iso(first), iso(last)) if first is not None and last is not None else (None, None)


def _days(tellings: Sequence[Telling]) -> tuple[int | None, int | None]:
    """The days that most dated tellings agree on, else the span of the windows of news."""
    dated = [t.days for t in _mainly(tellings) if t.days and t.dated]
    dated = dated or [t.days for t in tellings if t.days and t.dated]
    tellings = _mainly(tellings)
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
    """The narrowest kind that enough reports begin with, else the commonest of those.

    Only reports that are mainly about the matter count, if there are any, and of them the headline
    and the first sentence; a word like "attack" names a matter only where no other does, and a
    "bombing" is the narrower one that enough leads tell of.
    """
    tellings = _mainly(tellings)
    told = Counter(kind for t in tellings for kind in set(t.told))
    if frozenset(map(kinds.group, told)) & kinds.violent == {"any"}:
        told = Counter(kind for t in tellings for kind in {*t.told, *t.kinds})
    first = Counter(t.told[0] for t in tellings if t.told)
    clear = [kind for kind in told if kinds.group(kind) != "any"] or list(told)
    enough = [kind for kind in clear if told[kind] > LEAST_SHARE * len(tellings)]
    best: str | None
    if enough:
        best = max(enough, key=lambda k: (kinds.rank(k), first[k], told[k], k))
    else:
        best = max(clear, key=lambda k: (told[k], kinds.rank(k), first[k], k), default=None)
    if best is None or kinds.group(best) != best:
        return best
    later = Counter(kind for t in tellings for kind in set(t.kinds) if kinds.group(kind) == best)
    narrower = [kind for kind, n in later.items() if n > LEAST_SHARE * len(tellings)]
    return max(narrower, key=lambda k: (kinds.rank(k), later[k], k), default=best)


def _is_inside(inner: Spot, outer: Spot) -> bool:
    """Whether a place is in another; a province is longer than its radius tells."""
    if nearness(inner, outer) >= INSIDE:
        return True
    apart = distance(inner, outer)
    return outer.radius >= PROVINCE_KM and apart is not None and apart <= 1.5 * outer.radius


def _mainly(tellings: Sequence[Telling]) -> Sequence[Telling]:
    """Those of reports that are mainly about the matter, or all where there are none."""
    return [telling for telling in tellings if telling.main] or tellings


def place_of(tellings: Sequence[Telling]) -> Spot | None:
    """The place that most reports name that are mainly about the matter; of those named as often,
    the narrowest and earliest.
    """
    tellings = _mainly(tellings)
    votes: Counter[str] = Counter()
    named: Counter[str] = Counter()
    spots: dict[str, Spot] = {}
    order: Counter[str] = Counter()
    for telling in tellings:
        focus = {spot.key for spot in telling.focus} if telling.placed else set()
        for n, key in enumerate(dict.fromkeys(spot.key for spot in telling.spots)):
            votes[key] += FOCUS_VOTES if key in focus else 1
            order[key] += n
        in_focus = {spot.named for spot in telling.focus} if telling.placed else set()
        for name in {spot.named for spot in telling.spots}:
            named[name] += FOCUS_VOTES if name in in_focus else 1
        for spot in telling.spots:
            kept = spots.setdefault(spot.key, spot)
            spots[spot.key] = min(kept, spot, key=lambda s: (s.lat is None, s.name))
    if not votes:
        return None
    narrow = [k for k in votes if not spots[k].wide] or list(votes)
    wide = max((votes[k] for k in votes if spots[k].wide), default=0)
    if wide > WIDE_WINS * max(votes[k] for k in narrow):
        narrow = [k for k in votes if spots[k].wide]
    most = max(votes[k] for k in narrow)
    close = [k for k in narrow if votes[k] >= max(1, CLOSE * most)]
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
    if spots[chosen].radius >= PROVINCE_KM:  # "Marat" and "near Marat" are one town of it
        close = [k for k in narrow if named[spots[k].named] >= CLOSE * most]
    inside = [
        k
        for k in close
        if spots[k].radius < spots[chosen].radius
        and spots[k].lat is not None
        and _is_inside(spots[k], spots[chosen])
    ]
    best = min(
        inside,
        key=lambda k: (-votes[k], spots[k].way is not None, spots[k].radius, k),
        default=chosen,
    )
    return spots[best]
