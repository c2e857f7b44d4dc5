"""One number told twice in a report: headlines, agencies that carry it, other words for people."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from sayso.compare.quantities import fit, group_of, says_nothing, side_of, size
from sayso.compare.tellings import Telling
from sayso.compare.tolls import Toll, counted
from sayso.compare.voices import Voices

BY_CHANCE = 10
"""Larger numbers of one effect in a report are not equal by chance, whatever words count them."""

_CARRIERS = frozenset({"agency", "outlet"})


def without_retold(tolls: Sequence[Toll], voices: Voices) -> list[Toll]:
    """The tolls without those of agencies that only carried what another is cited for with the same
    number: of "a doctor told the agency" the doctor's.
    """
    kept = list(tolls)
    for toll in tolls:
        if not toll.voice.keys or voices.kind(toll.voice.keys[0]) not in _CARRIERS:
            continue
        inner = next((n for n, other in enumerate(kept) if _carries(toll, other)), None)
        if inner is not None:
            kept[inner] = _joined(kept[inner], toll)
            kept.remove(toll)
    return kept


def by_the_text(tolls: Sequence[Toll], beside: frozenset[str]) -> list[Toll]:
    """The tolls with a number that only the head gives to a voice which the text gives another, and
    that the text gives to somebody else, as theirs: "a monitor said" above a text of several. The
    largest that is left to the voice is its whole, unless it stands `beside` others or is a part.
    """
    kept = list(tolls)
    for toll in tolls:
        if toll.voice.kind == "outlet" or not toll.head or len(toll.same) > 1:
            continue
        theirs = next((n for n, other in enumerate(kept) if _is_theirs(toll, other)), None)
        if theirs is not None and any(_is_another(toll, other) for other in kept):
            kept[theirs] = _joined(kept[theirs], toll)
            kept.remove(toll)
            left = [
                n
                for n, other in enumerate(kept)
                if counted(other) == counted(toll) and not any(f.id in beside for f in other.same)
            ]
            if left and toll.role == "whole":
                n = max(left, key=lambda n: size(kept[n].figure))
                kept[n] = msgspec.structs.replace(kept[n], role="whole")
    return kept


def _is_theirs(toll: Toll, other: Toll) -> bool:
    told = other.voice.kind != "outlet" and other.voice.key != toll.voice.key
    return (
        told and not other.head and other.figure.bound == toll.figure.bound and _equal(toll, other)
    )


def _is_another(toll: Toll, other: Toll) -> bool:
    return counted(toll) == counted(other) and size(toll.figure) != size(other.figure)


def _carries(outer: Toll, inner: Toll) -> bool:
    """Whether a toll's voice stands behind another's in its chain, and the number is the same."""
    return (
        outer.voice.key != inner.voice.key
        and _equal(outer, inner)
        and any(outer.voice.name in f.chain[1:-1] for f in inner.same)
    )


def _equal(a: Toll, b: Toll) -> bool:
    return (
        (a.quantity.unit, a.quantity.effect) == (b.quantity.unit, b.quantity.effect)
        and a.figure.value is not None
        and a.figure.value == b.figure.value
        and group_of(a.quantity.of) == group_of(b.quantity.of)
    )


def _joined(into: Toll, toll: Toll) -> Toll:
    """One toll of two: the face of the first."""
    return msgspec.structs.replace(
        into,
        same=tuple(sorted((*into.same, *toll.same), key=lambda f: f.start)),
        role="whole" if toll.role == "whole" else into.role,
        firm=into.firm or toll.firm,
        where=toll.where if into.where is None else into.where,
        head=into.head or toll.head,
    )


def without_echoes(
    tolls: Sequence[Toll], telling: Telling, parts: frozenset[str], persons: frozenset[str]
) -> list[Toll]:
    """The tolls without the outlet's own that only repeat what somebody is cited for; what repeats
    is kept as words of that voice, and what words make a part stays one.
    """
    kept = [toll for toll in tolls if toll.voice.kind != "outlet"]
    headline = telling.spans[0][1] if telling.main else 0
    for toll in tolls:
        if toll.voice.kind != "outlet":
            continue
        open_ = all(f.start < headline for f in toll.same)
        echoed = [n for n, other in enumerate(kept) if _echoes(toll, other, open_, persons)]
        if not echoed:
            kept.append(toll)
            continue
        n = min(
            echoed,
            key=lambda n: (
                kept[n].quantity != toll.quantity,
                kept[n].part,
                fit(kept[n].figure, toll.figure) != "agree",
                n,
            ),
        )
        joined = _joined(kept[n], toll)
        if any(f.id in parts for f in kept[n].same):
            joined = msgspec.structs.replace(joined, role="part")
        kept[n] = joined
    return kept


def _echoes(own: Toll, cited: Toll, open_: bool, persons: frozenset[str]) -> bool:
    """Whether the outlet's own number only repeats a cited one of the same people. A word such as
    "dozens" repeats a number that is meant by it, in a headline (`open_`) any that it can mean.
    """
    if cited.voice.kind == "outlet" or own.quantity.effect != cited.quantity.effect:
        return False
    alike = group_of(own.quantity.of) == group_of(cited.quantity.of)
    if own.figure.value is not None:
        return own.figure.value == cited.figure.value and (
            alike
            or size(own.figure) > BY_CHANCE
            or any(says_nothing(t.figure, persons) for t in (own, cited))
        )
    how = fit(own.figure, cited.figure)
    return alike and (how == "agree" or (open_ and how == "compatible" and not cited.vague))


def one_toll(tolls: Sequence[Toll]) -> list[Toll]:
    """The tolls with those of people and of civilians that are one number of one voice as one, and
    those of one side's fighters, and any at the head that cannot be equal by chance; people and
    the more careful bound are the face.
    """
    made: list[Toll] = []
    for toll in tolls:
        n = next((n for n, other in enumerate(made) if _is_one_toll(other, toll)), None)
        if n is None:
            made.append(toll)
        else:
            first, second = sorted((made[n], toll), key=_narrowness)
            made[n] = _joined(first, second)
    return made


def _narrowness(toll: Toll) -> tuple[bool, bool]:
    return group_of(toll.quantity.of) != "people", toll.figure.bound == "exact"


def _is_one_toll(a: Toll, b: Toll) -> bool:
    same = a.figure.value is not None and a.figure.value == b.figure.value
    if not same or a.role != b.role or a.voice.key != b.voice.key:
        return False
    if (a.quantity.unit, a.quantity.effect) != (b.quantity.unit, b.quantity.effect):
        return False
    kinds = {group_of(a.quantity.of), group_of(b.quantity.of)}
    if kinds & {"fighter", "attacker"}:
        side = side_of(a.figure)
        return len(kinds) == 1 and side is not None and side == side_of(b.figure)
    return len(kinds) == 1 or (a.head and b.head and size(a.figure) > BY_CHANCE)
