"""How surely two tellings are of one incident: by place, kind, side, toll, day and wording."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cached_property
from hashlib import blake2b

from sayso.compare.days import Window
from sayso.compare.ground import Spot, distance, nearness
from sayso.compare.incidents import Incidents
from sayso.compare.join import Join
from sayso.compare.tellings import Telling
from sayso.compare.wording import Rarity, likeness

APART = -1.0
"""The score of what cannot be one incident."""

NEXT_DAY = 0.2
"""The day score of tellings dated a day apart: one of the two days may be of the report."""

DAY_BEFORE = 0.1
"""The same where one report was out before the day that the other names: 0 for deeds, for only
what is announced, like a truce, is told of before it is.
"""

NEXT_DAY_OTHER_TOLL = -1.6
"""The same where their tolls are far apart too."""

FRESH = 1
"""Days before publication on which was what a report tells without saying when."""

ONE_OF_ITS_DAYS = 0.6
"""The day score of reports of which one does not say on which of some days it was."""

OLD_NEWS = 0.3
"""The day score of reports of which one, fresh, would tell of another day."""

LONGEST_NEWS = 10
"""Days; a longer window, of publication alone, speaks against two tellings being of one."""

FOCUS_APART = 0.0
"""The place score of tellings whose first sentences name different towns, later ones the same."""

CORE_APART = 0.3
"""What the kinds of first sentences may fall short of those of the leads at no cost."""

LIKENESS_FULL = 0.4
"""Cosine of two leads at which wording says no more."""

ASIDE_PENALTY = 0.05
OTHER_KIND = 0.25
"""What first sentences cost that tell of other narrow kinds: a downed helicopter, a gas attack."""

ONE_VOICE = 0.2
"""What one number of one named voice in two leads adds, whatever their places and days."""

OTHER_BATTLE = 0.1
OTHER_WORDS = 0.15
"""Fighting of one day and city is of many fronts: leads with hardly a word in common cost this."""

ONE_REGION_KM = 150.0
"""Places farther from each other are no two readings of one incident's place."""

ONE_WORDING = 0.001
SAME_WORDING = 0.8
MANY_TIMES = 3
"""A number so many times larger than a lead's largest counts something else."""

SMALL_TOLL = 10
"""A number below this may be equal by chance."""

SMALL_TOLL_BOND = 0.5


class Seen:
    """A telling with what pairs are scored by. `sign` names all that its scores depend on."""

    def __init__(self, telling: Telling, rarity: Rarity, join: Join) -> None:
        self.telling = telling
        self._rarity = rarity
        tolls = [
            f
            for f in telling.figures
            if f.effect == "killed" and f.low is not None and f.part_of is None
        ]
        most = max((f.low or 0 for f in tolls if f.id in telling.firm), default=0) or math.inf
        self.tolls = tuple(
            (f.low, f.high) for f in tolls if f.low is not None and f.low <= MANY_TIMES * most
        )
        self.firm = frozenset((f.low, f.high) for f in tolls if f.id in telling.firm)
        name = f"{join.versions[telling.document]} {telling.spans[0]}".encode()
        seed = blake2b(name, digest_size=8)
        seed.update(bytes(map(rarity.level, telling.lead)))
        self.sign = int.from_bytes(seed.digest())

    @cached_property
    def vector(self) -> dict[str, float]:
        """Its lead as weights of words, of length 1."""
        return self._rarity.vector(self.telling.lead)


def score_of(a: Seen, b: Seen, kinds: Incidents) -> float:
    """How surely two tellings are of one incident, 0 to 1; below 0 they cannot be."""
    one, two = a.telling, b.telling
    if one.document == two.document:
        return 0.0
    likely = min(1.0, likeness(a.vector, b.vector) / LIKENESS_FULL)
    bond = _bond(one, two, likely)
    days = day_score(one, two)
    if days == APART and not bond:
        return APART
    kind = min(kinds.agree(one.groups, two.groups), kinds.agree(one.core, two.core) + CORE_APART)
    place = _place_score(one, two)
    if place == APART and bond and _least_distance(one, two) <= ONE_REGION_KM:
        place = 0.0
    if kind == 0 or place == APART or _is_cross_fire(one, two):
        return APART
    toll = _toll_score(a, b)
    if days == DAY_BEFORE:
        days = 0.0 if one.groups & two.groups & kinds.violent else NEXT_DAY
    if days == NEXT_DAY and (toll <= 0 or (one.exact and two.exact and toll < SMALL_TOLL_BOND)):
        days = NEXT_DAY_OTHER_TOLL
    if days == ONE_OF_ITS_DAYS and toll < 0 and not _out_together(one, two):
        days = 0.0
    if days == OLD_NEWS and toll <= 0 and not (one.dated or two.dated):
        days = NEXT_DAY_OTHER_TOLL
    total = (
        0.3 * place
        + 0.1 * kind
        + 0.4 * likely
        + 0.12 * toll
        + 0.13 * max(days, 0.0 if bond else days)
        + bond
    )
    if not kinds.mix(one.told, two.told):
        total -= OTHER_KIND
    if likely < OTHER_WORDS and _is_battle(one) and _is_battle(two):
        total -= OTHER_BATTLE
    if not (one.main and two.main):
        total -= ASIDE_PENALTY
    return total


def _bond(a: Telling, b: Telling, likely: float) -> float:
    """What a toll in common in two leads of one day adds: much where one named voice gives it,
    nothing (but above 0) where only the wording is alike.
    """
    if not (a.published and b.published and a.published.overlaps(b.published, slack=1)):
        return 0.0
    if any(voice for _, _, voice in a.bonds & b.bonds):
        return ONE_VOICE
    equal = {bond[:2] for bond in a.bonds} & {bond[:2] for bond in b.bonds}
    return ONE_WORDING if equal and likely >= SAME_WORDING else 0.0


def _is_cross_fire(a: Telling, b: Telling) -> bool:
    """Whether the one tells of the fire of one side, the other of the other's."""
    return bool(a.fire and b.fire) and a.fire != b.fire


def _is_battle(telling: Telling) -> bool:
    return telling.core - {"any"} == {"fighting"}


def day_score(a: Telling, b: Telling) -> float:
    if a.days is None or b.days is None:
        return 0.0
    if a.dated and b.dated:
        if a.days.overlaps(b.days):
            return 1.0
        return NEXT_DAY if a.days.overlaps(b.days, slack=1) else APART
    if not a.days.overlaps(b.days, slack=1):
        return APART
    if not a.days.overlaps(b.days):
        return DAY_BEFORE
    if max(a.days.length, b.days.length) > LONGEST_NEWS:
        return -0.5
    return ONE_OF_ITS_DAYS if _news_of(a).overlaps(_news_of(b)) else OLD_NEWS


def _out_together(a: Telling, b: Telling) -> bool:
    return bool(a.published and b.published and a.published.overlaps(b.published))


def _news_of(telling: Telling) -> Window:
    """The days of what a telling tells: of a report without days, its own and the day before."""
    days = telling.days or Window(0, 0)
    return days if telling.dated else Window(max(days.first, days.last - FRESH), days.last)


def _place_score(a: Telling, b: Telling) -> float:
    if not a.spots or not b.spots:
        return 0.3
    whole = _narrow_score(a.spots, b.spots)
    if whole == APART:
        return APART
    focus = _narrow_score(a.focus, b.focus)
    if focus == APART:
        return FOCUS_APART
    if whole is None:
        return max(nearness(x, y) for x in a.spots for y in b.spots)
    return whole if focus is None else (whole + focus) / 2


def _least_distance(a: Telling, b: Telling) -> float:
    """Kilometres between the nearest located places of two tellings."""
    apart = (distance(x, y) for x in a.spots for y in b.spots)
    return min((km for km in apart if km is not None), default=math.inf)


def _narrow_score(a: Sequence[Spot], b: Sequence[Spot]) -> float | None:
    """How well the towns and quarters of two tellings agree; null where one names none."""
    narrow_a = [s for s in a if not s.wide]
    narrow_b = [s for s in b if not s.wide]
    if not narrow_a or not narrow_b:
        return None
    best = max(nearness(x, y) for x in narrow_a for y in narrow_b)
    if best:
        return best
    return APART if all(s.lat is not None for s in (*narrow_a, *narrow_b)) else 0.2


def _toll_score(one: Seen, two: Seen) -> float:
    """1 for a toll in common, 0.4 for tolls that can both hold, below 0 for tolls far apart."""
    a, b = one.tolls, two.tolls
    if not a or not b:
        return 0.2
    same = max((low for low, _ in set(a) & set(b)), default=None)
    if same is not None:
        large = any(low >= SMALL_TOLL for low, _ in one.firm & two.firm if low is not None)
        return 1.0 if large else SMALL_TOLL_BOND
    top_a, top_b = max(low for low, _ in a), max(low for low, _ in b)
    ratio = max(top_a, top_b) / max(1.0, min(top_a, top_b))
    if ratio <= 1.6:
        return 0.4
    return 0.0 if ratio <= 4 else -0.6
