"""Whose fire a sentence tells of: the state's or the insurgents', as far as its words say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sayso.compare.incidents import Incidents

_REACH = 3
"""Words between a side and its fire ("rebels have also fired"), or between "by" and a side."""


_HIT = ("kill", "wound", "injur")


def fire_of(words: Sequence[str], incidents: Incidents) -> frozenset[str]:
    """The sides whose fire a run of words tells of: those that fire by its words, else those
    against whom the shelled side stands. Words from "came after" on tell of other fire. Empty where
    nothing is said.
    """
    places = incidents.fires.places(words)
    end = next((at for at, _, label in places if label == "sequel" and at), len(words))
    marks = {at: label for at, _, label in places if at < end}
    kinds = incidents.words.found(words[:end])
    firing: set[str] = set()
    shelled: set[str] = set()
    for at, label in marks.items():
        if label not in incidents.sides:
            continue
        before = words[max(0, at - _REACH) : at]
        if marks.get(at + 1) == "held" or _is_holder(before, incidents):
            shelled.add(label)
        elif "by" in before or (_fires(at, marks) and not _is_hit(before)):
            firing.add(label)
    if firing or not any(incidents.group(kind) == "bombardment" for kind in kinds):
        return frozenset(firing)
    return frozenset(side for side in incidents.sides if shelled and side not in shelled)


def _is_holder(before: Sequence[str], incidents: Incidents) -> bool:
    """Whether words right before a side are "held by", "controlled by the"."""
    at = before.index("by") if "by" in before else 0
    return at > 0 and before[at - 1] in incidents.held


def _is_hit(before: Sequence[str]) -> bool:
    """Whether a side is who was hit: of "killed 50 rebels", "wounding rebels"."""
    last = before[-1:]
    return any(word.isdecimal() or word.startswith(_HIT) for word in last)


def _fires(at: int, marks: Mapping[int, str]) -> bool:
    return any(marks.get(n) == "fire" for n in range(at + 1, at + 2 + _REACH))
