"""Standing disagreements: who is blamed for the state of a place, over months and reports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import msgspec

from sayso.compare.accounts import Pile
from sayso.compare.charges import Charge
from sayso.compare.days import in_words
from sayso.compare.ground import spot
from sayso.compare.wording import Words
from sayso.schema import Resolved

APART = 250
"""Days beyond which blame for the state of a place is about another state of it."""


class Standing(msgspec.Struct, frozen=True):
    """Blame for a lasting state of things in a place, with the day of the report."""

    charge: Charge
    place: str
    name: str
    day: int | None


def standing_disagreements(
    standing: Sequence[Standing], pile: Pile
) -> Iterator[tuple[Charge, Charge, str]]:
    """Pairs of charges that lay the state of one place on agents who do not belong together, each
    with a reason; one pair for two voices and a place, the nearest in time.
    """
    by_place: dict[str, list[Standing]] = defaultdict(list)
    for found in standing:
        by_place[found.place].append(found)
    for place in sorted(by_place):
        best: dict[tuple[str, ...], tuple[int, Standing, Standing]] = {}
        mine = by_place[place]
        for n, a in enumerate(mine):
            for b in mine[n + 1 :]:
                if a.charge.document != b.charge.document and _disagree(a.charge, b.charge, pile):
                    apart = abs((a.day or 0) - (b.day or 0)) if a.day and b.day else APART
                    key = tuple(sorted((a.charge.voice.key, b.charge.voice.key)))
                    if apart <= APART and (key not in best or apart < best[key][0]):
                        best[key] = (apart, a, b)
        for _, a, b in best.values():
            yield a.charge, b.charge, _reason(a, b, pile)


def standing_of(charge: Charge, pile: Pile) -> Iterator[Standing]:
    """What a charge blames for the state of places."""
    if not charge.clear or charge.stance != "blames" or not charge.voice.counts:
        return
    words: Words = pile.words[charge.document]
    start = min(e.start for e in charge.evidence)
    end = max(e.end for e in charge.evidence)
    if "situations" not in pile.kinds.cues.found(words.between(start, end)):
        return
    item: Resolved = pile.items[charge.document]
    seen = set()
    for place in item.places:
        found = spot(place) if start <= place.start < end else None
        if found and not found.wide and found.key not in seen:
            seen.add(found.key)
            yield Standing(charge, found.key, found.name, pile.day(charge.document))


def _disagree(a: Charge, b: Charge, pile: Pile) -> bool:
    if a.agent is None or b.agent is None or a.voice.key == b.voice.key:
        return False
    return not pile.voices.one_side(a.voice, b.voice) and not pile.voices.related(a.agent, b.agent)


def _reason(a: Standing, b: Standing, pile: Pile) -> str:
    told = [
        f"{s.charge.voice.shown} lays it on {pile.voices.name(s.charge.agent or '')}"
        + (f" (report of {in_words(s.day, s.day)})" if s.day else "")
        for s in (a, b)
    ]
    return f"on the state of {a.name}, {told[0]}, {told[1]}"
