"""Matters: reports and passages about one incident, put together.

Pairs of tellings are looked at only where they share a day and a cell of the map, or rare words;
they are scored by place, kind, toll and wording; groups grow from the best pair down, and a group
takes another only while their pairs agree on average (average linkage): groups stay narrow.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from sayso.compare.accounts import Pile, Said, describe, said_of
from sayso.compare.actors import Cast
from sayso.compare.charges import Charge
from sayso.compare.ground import Spot, cells, nearness
from sayso.compare.incidents import Incidents, incidents
from sayso.compare.tellings import Telling, tellings_of
from sayso.compare.voices import Voices
from sayso.compare.wording import Rarity, Words, likeness, stem
from sayso.knowledge import Knowledge
from sayso.schema import Document, Matter, Resolved

TOGETHER = 0.53
"""Least score of two tellings of one incident, and least mean score of two groups."""

APART = -1.0
"""The score of what cannot be one incident."""

NEXT_DAY = 0.2
"""The day score of tellings dated a day apart: one of the two days may be of the report."""

NEXT_DAY_OTHER_TOLL = -1.6
"""The same where their tolls are far apart too."""

LONGEST_NEWS = 10
"""Days; a longer window, of publication alone, speaks against two tellings being of one."""

FOCUS_APART = 0.0
"""The place score of tellings whose first sentences name different towns, later ones the same."""

CORE_APART = 0.3
"""What the kinds of first sentences may fall short of those of the leads at no cost."""

LIKENESS_FULL = 0.4
"""Cosine of two leads at which wording says no more."""

RARE = 12
"""A word in so few tellings brings its tellings together wherever and whenever they are."""

RARE_SHARED = 3
TELLING_TOLL = 5
"""A toll of so many at the head of two reports of one day brings them together."""

MOST_IN_CELL = 400
ASIDE_PENALTY = 0.05
SAMPLE = 8
"""Tellings of each group that are compared when groups meet; larger groups are sampled evenly."""


class Group(msgspec.Struct, frozen=True):
    """The tellings of one matter."""

    matter: Matter
    tellings: tuple[Telling, ...]
    said: Said


class Found(msgspec.Struct, frozen=True):
    """Matters with the tellings behind them, and the matter of each figure by id. `charges` are all
    that was found, also in tellings that are of no clear incident.
    """

    matters: tuple[Matter, ...]
    groups: tuple[Group, ...]
    figure_matters: dict[str, str]
    charges: tuple[Charge, ...]
    pile: Pile


class _Seen(msgspec.Struct, frozen=True):
    """A telling with what pairs are scored by."""

    telling: Telling
    vector: dict[str, float]
    tolls: tuple[tuple[float, float | None], ...]


def find_matters(
    documents: Mapping[str, Document],
    resolved: Sequence[Resolved],
    words: Mapping[str, Words],
    cast: Cast,
    texts: Mapping[str, str],
    *,
    knowledge: Knowledge,
) -> Found:
    """The matters of a case with their accounts, in the order of their days. `texts` maps a copy to
    the document whose text it is.

    A matter of one report stands only where the report's incident is clear: it has a kind and a
    place or a toll, and a day. What reports only recall stands where they give a toll of it.
    """
    kinds = incidents(knowledge)
    tellings = [
        telling
        for item in resolved
        for telling in tellings_of(item, words[item.document], kinds)
        if telling.main or _says_something(telling)
    ]
    tellings.sort(key=lambda telling: telling.key)
    voices = Voices(documents, resolved, cast, knowledge=knowledge)
    items = {item.document: item for item in resolved}
    pile = Pile(documents, items, words, voices, kinds, texts)
    groups = []
    charges: list[Charge] = []
    for members in _cluster(_seen(tellings, kinds), kinds):
        said = said_of(members, pile)
        charges += said.charges
        if _is_clear(members, kinds) and (any(t.main for t in members) or said.tolls):
            groups.append(Group(describe(members, said, pile), tuple(members), said))
    groups.sort(key=lambda g: (g.matter.earliest or "9999", g.matter.title, g.matter.id))
    return Found(
        tuple(group.matter for group in groups),
        tuple(groups),
        {
            figure.id: group.matter.id
            for group in groups
            for telling in group.tellings
            for figure in telling.figures
        },
        tuple(charges),
        pile,
    )


def _says_something(telling: Telling) -> bool:
    """Whether an aside says enough of an incident to be told from others."""
    narrow = any(not spot.wide for spot in telling.spots)
    return bool(telling.kinds) and telling.dated and (narrow or bool(telling.figures))


def _is_clear(members: Sequence[Telling], kinds: Incidents) -> bool:
    if not any(telling.kinds for telling in members):
        return False
    violent = any(telling.groups & kinds.violent for telling in members)
    if len({telling.document for telling in members}) > 1:
        return violent or any(telling.main for telling in members)
    telling = members[0]
    placed = bool(telling.spots)
    if telling.main:
        short = telling.days is not None and telling.days.length <= LONGEST_NEWS
        return violent and short and (placed or bool(telling.figures))
    return violent and telling.dated and placed and bool(telling.figures)


def _seen(tellings: Sequence[Telling], kinds: Incidents) -> list[_Seen]:
    common = frozenset(stem(word) for word in kinds.common) | kinds.common
    leads = [[stem(word) for word in telling.lead] for telling in tellings]
    rarity = Rarity(leads)
    return [
        _Seen(
            telling,
            rarity.vector(lead, ignored=common),
            tuple(
                (f.low, f.high)
                for f in telling.figures
                if f.effect == "killed" and f.low is not None and f.part_of is None
            ),
        )
        for telling, lead in zip(tellings, leads, strict=True)
    ]


def _cluster(seen: Sequence[_Seen], kinds: Incidents) -> list[list[Telling]]:
    """Groups of tellings, each in the order of its tellings' keys."""
    scores: dict[tuple[int, int], float] = {}

    def score(a: int, b: int) -> float:
        pair = (a, b) if a < b else (b, a)
        known = scores.get(pair)
        if known is None:
            known = scores[pair] = _score(seen[pair[0]], seen[pair[1]], kinds)
        return known

    edges = [(score(a, b), a, b) for a, b in _pairs(seen)]
    edges = sorted((-s, a, b) for s, a, b in edges if s >= TOGETHER)
    home = list(range(len(seen)))
    groups = {n: [n] for n in home}
    for _, a, b in edges:
        left, right = home[a], home[b]
        if left == right:
            continue
        pairs = [(i, j) for i in _sample(groups[left]) for j in _sample(groups[right])]
        if sum(score(i, j) for i, j in pairs) / len(pairs) < TOGETHER:
            continue
        into, gone = min(left, right), max(left, right)
        groups[into] = sorted(groups[into] + groups[gone])
        for n in groups.pop(gone):
            home[n] = into
    return [[seen[n].telling for n in members] for members in groups.values()]


def _sample(members: Sequence[int]) -> Sequence[int]:
    if len(members) <= SAMPLE:
        return members
    return [members[n * len(members) // SAMPLE] for n in range(SAMPLE)]


def _pairs(seen: Sequence[_Seen]) -> set[tuple[int, int]]:
    """Pairs worth a look: a day and a cell or a toll in common, or several rare words."""
    blocks: dict[object, list[int]] = defaultdict(list)
    rare: dict[str, list[int]] = defaultdict(list)
    for n, one in enumerate(seen):
        for key in _blocks(one.telling):
            blocks[key].append(n)
        for word in one.vector:
            rare[word].append(n)
    found: set[tuple[int, int]] = set()
    for members in blocks.values():
        if len(members) <= MOST_IN_CELL:
            found.update(_twos(members))
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for members in rare.values():
        if len(members) <= RARE:
            for pair in _twos(members):
                if _day_score(seen[pair[0]].telling, seen[pair[1]].telling) != APART:
                    shared[pair] += 1
    found.update(pair for pair, n in shared.items() if n >= RARE_SHARED)
    return {(a, b) for a, b in found if seen[a].telling.document != seen[b].telling.document}


def _twos(members: Sequence[int]) -> Iterator[tuple[int, int]]:
    for n, a in enumerate(members):
        for b in members[n + 1 :]:
            yield a, b


def _blocks(telling: Telling) -> Iterable[object]:
    if telling.days is None or telling.days.length > 60:
        return set()
    where: set[object] = {cell for spot in telling.spots for cell in cells(spot)}
    where |= {spot.key for spot in telling.spots}
    where |= {
        (figure.effect, figure.value)
        for figure in telling.figures
        if figure.id in telling.head and (figure.value or 0) >= TELLING_TOLL
    }
    days = range(telling.days.first - 1, telling.days.last + 1)
    return {(day, place) for day in days for place in where}


def _score(a: _Seen, b: _Seen, kinds: Incidents) -> float:
    """How surely two tellings are of one incident, 0 to 1; below 0 they cannot be."""
    one, two = a.telling, b.telling
    if one.document == two.document:
        return 0.0
    days = _day_score(one, two)
    if days == APART:
        return APART
    kind = min(kinds.agree(one.groups, two.groups), kinds.agree(one.core, two.core) + CORE_APART)
    if kind == 0 or (place := _place_score(one, two)) == APART:
        return APART
    wording = min(1.0, likeness(a.vector, b.vector) / LIKENESS_FULL)
    toll = _toll_score(a.tolls, b.tolls)
    if days == NEXT_DAY and toll <= 0:
        days = NEXT_DAY_OTHER_TOLL
    total = 0.3 * place + 0.1 * kind + 0.4 * wording + 0.12 * toll + 0.13 * days
    if not (one.main and two.main):
        total -= ASIDE_PENALTY
    return total


def _day_score(a: Telling, b: Telling) -> float:
    if a.days is None or b.days is None:
        return 0.0
    if a.dated and b.dated:
        if a.days.overlaps(b.days):
            return 1.0
        return NEXT_DAY if a.days.overlaps(b.days, slack=1) else APART
    if not a.days.overlaps(b.days, slack=1):
        return APART
    return 0.6 if max(a.days.length, b.days.length) <= LONGEST_NEWS else -0.5


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


def _toll_score(
    a: Sequence[tuple[float, float | None]], b: Sequence[tuple[float, float | None]]
) -> float:
    """1 for a toll in common, 0.3 for tolls that can both hold, below 0 for tolls far apart."""
    if not a or not b:
        return 0.2
    if set(a) & set(b):
        return 1.0
    top_a, top_b = max(low for low, _ in a), max(low for low, _ in b)
    ratio = max(top_a, top_b) / max(1.0, min(top_a, top_b))
    if ratio <= 1.6:
        return 0.4
    return 0.0 if ratio <= 4 else -0.6
