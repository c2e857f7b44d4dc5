"""Matters: reports and passages about one incident, put together.

Pairs of tellings are looked at only where they share a day and a cell of the map, or rare words;
they are scored by place, kind, toll and wording; groups grow from the best pair down, and a group
takes another only while their pairs agree on average (average linkage): groups stay narrow.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from itertools import chain

import msgspec

from sayso.compare.accounts import describe, said_of
from sayso.compare.blame import Standing, standing_of
from sayso.compare.ground import cells
from sayso.compare.incidents import Incidents
from sayso.compare.join import Join
from sayso.compare.pairs import APART, LONGEST_NEWS, Seen, day_score, score_of
from sayso.compare.relations import relate
from sayso.compare.tellings import Telling
from sayso.compare.wording import Rarity
from sayso.schema import Matter, Relation

TOGETHER = 0.53
"""Least score of two tellings of one incident, and least mean score of two groups."""

RARE = 12
"""A word in so few tellings brings its tellings together wherever and whenever they are."""

RARE_SHARED = 3
TELLING_TOLL = 5
"""A toll of so many at the head of two reports of one day brings them together."""

MOST_IN_CELL = 400
SAMPLE = 8
"""Tellings of each group that are compared when groups meet; larger groups are sampled evenly."""


class Outcome(msgspec.Struct, frozen=True):
    """What comes of the tellings of one incident. `matter` is null where it is not clear;
    `standing` is blame for lasting states of places. It holds as long as the look-ups in `notes`
    give the same `answers`.
    """

    matter: Matter | None
    relations: tuple[Relation, ...]
    figures: tuple[str, ...]
    standing: tuple[Standing, ...]
    notes: tuple[str, ...]
    answers: str


def find_matters(join: Join) -> tuple[Outcome, ...]:
    """What comes of every incident that the documents tell of, in the order of its days.

    A matter of one report stands only where the report's incident is clear: it has a kind and a
    place or a toll, and a day. What reports only recall stands where they give a toll of it.
    """
    tellings = [telling for sketch in join.sketches for telling in sketch.tellings]
    tellings.sort(key=lambda telling: telling.key)
    seen = _seen(tellings, join)
    outcomes = [_kept_outcome(members, join) for members in _cluster(seen, join)]
    return tuple(sorted(outcomes, key=_order))


def _order(outcome: Outcome) -> tuple[str, ...]:
    matter = outcome.matter
    return (matter.earliest or "9999", matter.title, matter.id) if matter else ("~",)


_OUTCOME = msgspec.msgpack.Decoder(Outcome)


def _kept_outcome(members: Sequence[Telling], join: Join) -> Outcome:
    seed = blake2b(digest_size=12)
    for source in sorted({telling.document for telling in members}):
        model = join.texts.get(source, "")
        seed.update(f"{join.versions[source]} {model} {join.versions.get(model)}\n".encode())
    for telling in members:
        seed.update(f"{telling.spans[0]} {telling.document}\n".encode())
    key = f"outcome {seed.hexdigest()}"
    found = join.kept.get(key, _OUTCOME)
    if found is None or join.roster.answers(found.notes) != found.answers:
        found = _outcome([join.shelf.tellings[t.document][t.key] for t in members], join)
        join.kept.put(key, found)
    return found


def _outcome(members: Sequence[Telling], join: Join) -> Outcome:
    pile = join.pile()
    said = said_of(members, pile)
    matter = None
    relations: tuple[Relation, ...] = ()
    figures: tuple[str, ...] = ()
    if _is_clear(members, pile.kinds) and (any(t.main for t in members) or said.tolls):
        relations, disagreements = relate(said, pile)
        matter = describe(members, said, pile, disagreements=disagreements)
        figures = tuple(figure.id for telling in members for figure in telling.figures)
    standing = tuple(found for charge in said.charges for found in standing_of(charge, pile))
    notes = pile.voices.notes()
    return Outcome(matter, relations, figures, standing, notes, join.roster.answers(notes))


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


def _seen(tellings: Sequence[Telling], join: Join) -> list[Seen]:
    rarity = Rarity(telling.lead for telling in tellings)
    return [Seen(telling, rarity, join) for telling in tellings]


class _Table(msgspec.Struct, frozen=True):
    """Scores as bytes: two signs of eight bytes a pair, and a float."""

    signs: bytes
    scores: bytes

    def pairs(self) -> dict[tuple[int, int], float]:
        """The scores by their pairs."""
        signs, scores = array("Q"), array("d")
        signs.frombytes(self.signs)
        scores.frombytes(self.scores)
        return dict(zip(zip(signs[::2], signs[1::2], strict=True), scores, strict=True))


_SCORES = msgspec.msgpack.Decoder(_Table)


class _Scores:
    """Scores of pairs of tellings, as kept or made."""

    def __init__(self, seen: Sequence[Seen], join: Join) -> None:
        self._seen = seen
        self._kinds = join.shelf.kinds
        self._kept = join.kept
        old = join.kept.get("scores", _SCORES)
        self._old = old.pairs() if old else {}
        self._now: dict[tuple[int, int], float] = {}

    def keep(self) -> None:
        """Keeps the scores that were asked for."""
        signs = array("Q", chain.from_iterable(sorted(self._now)))
        scores = array("d", (self._now[pair] for pair in sorted(self._now)))
        self._kept.put("scores", _Table(signs.tobytes(), scores.tobytes()))

    def __call__(self, a: int, b: int) -> float:
        one, two = (self._seen[a], self._seen[b]) if a < b else (self._seen[b], self._seen[a])
        pair = one.sign, two.sign
        known = self._now.get(pair)
        if known is None:
            known = self._old.get(pair)
            self._now[pair] = known = score_of(one, two, self._kinds) if known is None else known
        return known


def _cluster(seen: Sequence[Seen], join: Join) -> list[list[Telling]]:
    """Groups of tellings, each in the order of its tellings' keys."""
    score = _Scores(seen, join)
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
    score.keep()
    return [[seen[n].telling for n in members] for members in groups.values()]


def _sample(members: Sequence[int]) -> Sequence[int]:
    if len(members) <= SAMPLE:
        return members
    return [members[n * len(members) // SAMPLE] for n in range(SAMPLE)]


def _pairs(seen: Sequence[Seen]) -> set[tuple[int, int]]:
    """Pairs worth a look: a day and a cell or a toll in common, or several rare words."""
    blocks: dict[object, list[int]] = defaultdict(list)
    rare: dict[str, list[int]] = defaultdict(list)
    for n, one in enumerate(seen):
        for key in _blocks(one.telling):
            blocks[key].append(n)
        for word in one.telling.lead:
            rare[word].append(n)
    found: set[tuple[int, int]] = set()
    for members in blocks.values():
        if len(members) <= MOST_IN_CELL:
            found.update(_twos(members))
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for members in rare.values():
        if len(members) <= RARE:
            for pair in _twos(members):
                if day_score(seen[pair[0]].telling, seen[pair[1]].telling) != APART:
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
    found: set[object] = {(day, place) for day in days for place in where}
    if telling.published:
        told = range(telling.published.first - 1, telling.published.last + 1)
        found |= {(day, "told", what, n) for day in told for what, n, _ in telling.bonds}
    return found
