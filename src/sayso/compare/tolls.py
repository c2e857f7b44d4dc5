"""Tolls: the dead and wounded that voices give in a telling, and how two of them stand."""

from __future__ import annotations

from typing import Literal

import msgspec

from sayso.compare.quantities import Quantity, fit, group_of, side_of, size
from sayso.compare.speakers import Voice
from sayso.schema import Figure

Role = Literal["whole", "part", "earlier"]
Verdict = Literal["agree", "grown", "shrunk", "apart"]

FAR_APART = 3
"""Times by which tolls of one whole may differ: what differs more is of another whole."""

SAME_TIME = 1
"""Days between two reports that speak at about the same time."""

GROWS = 14
"""Days over which the count of one incident grows."""


class Toll(msgspec.Struct, frozen=True):
    """One number that a voice gives in a telling for one quantity.

    `figure` stands for `same`, every figure of the telling that gives it. The largest number of a
    quantity is the whole, a smaller one a part of it, unless words call it an earlier count;
    `others` are further numbers of such people by the same voice.
    """

    voice: Voice
    quantity: Quantity
    figure: Figure
    same: tuple[Figure, ...]
    document: str
    role: Role
    firm: bool
    head: bool
    where: frozenset[str] | None = None
    others: frozenset[float] = frozenset()

    @property
    def part(self) -> bool:
        """Whether it is of a part of the whole."""
        return self.role == "part"

    @property
    def vague(self) -> bool:
        """Whether it is a word for an order of magnitude: "dozens"."""
        return self.figure.bound == "order"


def counted(toll: Toll) -> tuple[str, str, str | None, str]:
    """What a toll counts in its document, and who: what such tolls share."""
    return toll.document, toll.voice.key, toll.quantity.effect, group_of(toll.quantity.of)


def judge(x: Toll, y: Toll, *, days: tuple[int | None, int | None]) -> Verdict | None:
    """How the numbers of two tolls stand to each other, given the days of their reports.

    "agree": they can be one number. "grown", "shrunk": both of one voice, `y` a later count of `x`
    or `x` of `y`. "apart": of different voices, at about the same time, and both cannot hold. Null:
    of different things, a part and a whole, or nothing that can be said.
    """
    if (x.quantity.unit, x.quantity.effect) != (y.quantity.unit, y.quantity.effect):
        return None
    one_voice = x.voice.key == y.voice.key
    same_kind = group_of(x.quantity.of) == group_of(y.quantity.of) and not _are_enemies(x, y)
    if x.part != y.part:
        if not one_voice or not same_kind or x.figure.value is None:
            return None
        if x.figure.value == y.figure.value:
            return "agree"
        return _later_count(x, y, days) if _are_of_one_kind(x, y) else None
    if not same_kind and "attacker" in (group_of(x.quantity.of), group_of(y.quantity.of)):
        return None  # the dead of the attack leave out those who made it
    if not same_kind and (x.part or "people" not in (x.quantity.of, y.quantity.of)):
        return None
    if _agree(x, y, one_voice and same_kind, same_kind):
        return "agree"
    if x.vague or y.vague:
        return None
    if one_voice:
        return _later_count(x, y, days)
    if x.part or not _one_kind(x, y):
        return None
    if fit(x.figure, y.figure) != "apart" or _may_be_within(x, y) or _may_be_within(y, x):
        return None
    return "apart" if _at_odds(x, y, days) else None


def _agree(x: Toll, y: Toll, one_voice: bool, same_kind: bool) -> bool:
    if not same_kind or one_voice:
        exact = x.figure.value is not None and x.figure.value == y.figure.value
        return exact or (same_kind and (x.vague or y.vague) and fit(x.figure, y.figure) == "agree")
    return fit(x.figure, y.figure) == "agree"


def _later_count(
    x: Toll, y: Toll, days: tuple[int | None, int | None]
) -> Literal["grown", "shrunk"] | None:
    """Which of one voice's numbers is the later count: the larger, if it did not come out first."""
    if x.voice.kind == "outlet":
        return None
    small, large = (0, 1) if size(x.figure) < size(y.figure) else (1, 0)
    pair = (x, y)
    if pair[small].role != "earlier" and not (_stands(x) and _stands(y)):
        return None
    if x.document == y.document and pair[small].role != "earlier":
        return None
    first, second = days[small], days[large]
    if first is not None and second is not None and not 0 <= second - first <= GROWS:
        return None
    kinds = (pair[small].quantity.of, pair[large].quantity.of)
    if x.document != y.document and size(pair[small].figure) in pair[large].others:
        return None  # a report that gives both numbers tells of a part, or of something else
    if _is_rounded(pair[small], pair[large]):
        return None
    if x.part and (kinds[0] != kinds[1] or group_of(kinds[0]) in ("people", "fighter")):
        return None  # parts by place, not by kind
    if not _one_kind(x, y) and not _is_wider(pair[small], pair[large]):
        return None  # more people than children: the children are a part of them
    return "grown" if large == 1 else "shrunk"


def _is_wider(small: Toll, large: Toll) -> bool:
    """Whether a later number of the whole may count others too: people in one headline, fighters in
    another.
    """
    kinds = {small.quantity.of, large.quantity.of}
    wide = "people" in kinds and all(group_of(of) in ("people", "fighter") for of in kinds)
    return wide and small.head and large.head


def _is_rounded(small: Toll, large: Toll) -> bool:
    """Whether one number can be the other in round words: "more than 50" and 55."""
    low, number = size(small.figure), size(large.figure)
    return small.figure.bound == "more than" and low % 10 == 0 and number < low + 10


def _one_kind(x: Toll, y: Toll) -> bool:
    """Whether two tolls count the same people; fighters by other words may be the other side."""
    a, b = x.quantity.of, y.quantity.of
    if group_of(a) != "fighter":
        return a == b or group_of(a) == group_of(b) == "people"
    sides = {side_of(x.figure), side_of(y.figure)}
    return sides == {"state"} or (a == b and not _are_enemies(x, y))


def _are_of_one_kind(x: Toll, y: Toll) -> bool:
    """Whether a part and a whole are both told as those of one kind of people: "four civilians"
    among the dead of one report, "eight civilians" in another.
    """
    kind = x.quantity.of
    return kind == y.quantity.of != "people" and all(t.where == frozenset() for t in (x, y))


def _are_enemies(x: Toll, y: Toll) -> bool:
    """Whether one toll is of the state's fighters and the other of those against it."""
    sides = {side_of(x.figure), side_of(y.figure)} - {None}
    return "state" in sides and len(sides) > 1


def _may_be_within(x: Toll, y: Toll) -> bool:
    """Whether the fewer civilians of one toll can be among the people of the other."""
    kinds = (x.quantity.of, y.quantity.of)
    return kinds == ("civilian", "people") and size(x.figure) < size(y.figure)


def _stands(toll: Toll) -> bool:
    return toll.firm or toll.head or toll.role != "whole" or _is_plain(toll)


def _is_plain(toll: Toll) -> bool:
    """Whether somebody's number below the lead goes on about the whole incident; an outlet's own
    may be of anything.
    """
    return toll.where == frozenset() and toll.voice.kind != "outlet"


def _are_of_one(x: Toll, y: Toll) -> bool:
    """Whether both are of the whole incident, or of one place of it."""
    if x.where and y.where:
        return bool(x.where & y.where)
    return all(t.firm or _is_plain(t) for t in (x, y))


def _at_odds(x: Toll, y: Toll, days: tuple[int | None, int | None]) -> bool:
    """Whether numbers of two voices that cannot both hold are surely of the same whole at the same
    time. The wounded, kinds of people and the outlet's own numbers count only at the head of a
    report, and so do tolls far apart.
    """
    if not _are_of_one(x, y):
        return False
    first, second = days
    if x.document != y.document:
        if first is None or second is None or abs(first - second) > SAME_TIME:
            return False
        if first != second:
            early, late = (x, y) if first < second else (y, x)
            if size(late.figure) > size(early.figure):
                return False  # a count that may have grown meanwhile
    elif "outlet" in (x.voice.kind, y.voice.kind):
        return False
    heads = x.head and y.head
    plain = x.quantity.effect == "killed" and group_of(x.quantity.of) in ("people", "fighter")
    if not plain and not heads:
        return False
    if any(t.voice.kind == "outlet" and not t.head for t in (x, y)):
        return False
    sizes = sorted((size(x.figure), size(y.figure)))
    return sizes[1] <= FAR_APART * sizes[0]
