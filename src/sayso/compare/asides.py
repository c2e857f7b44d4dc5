"""Parting a document's sentences: those of what it is mainly about, and those of each aside.

A sentence after the lead goes on with the lead unless its own day, place, kind, side or a cue
("last month") says that it speaks of something else; what goes on with an aside ("the attack",
a toll without day or place) stays in it until words go back to the lead.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

from sayso.compare.days import Window
from sayso.compare.ground import Spot, nearness
from sayso.compare.incidents import Incidents
from sayso.compare.sentences import Sentence
from sayso.schema import Figure

SAME_KIND = 0.7


class Lead(msgspec.Struct, frozen=True):
    """What the lead is about: its places and days (`dated` where words give them, not only the
    day of publication), groups of kinds, narrow kinds, the side that fires, its tolls.
    """

    spots: tuple[Spot, ...]
    days: Window | None
    dated: bool
    about: frozenset[str]
    narrow: frozenset[str]
    fire: frozenset[str]
    tolls: frozenset[tuple[str | None, float | None]]


def lead_of(
    sentences: Sequence[Sentence],
    first: Sequence[Sentence],
    *,
    days: Window | None,
    dated: bool,
    incidents: Incidents,
) -> Lead:
    """The lead that sentences make, of which the `first` say whose fire it is about."""
    return Lead(
        spots=tuple(dict.fromkeys(found for s in sentences for found in s.spots)),
        days=days,
        dated=dated,
        about=frozenset(incidents.group(kind) for s in sentences for kind in s.kinds),
        narrow=incidents.narrow(kind for s in sentences for kind in s.kinds),
        fire=fire_told(first, incidents) or fire_told(sentences, incidents),
        tolls=frozenset(size(f) for s in first for f in s.tolls),
    )


def fire_told(sentences: Sequence[Sentence], incidents: Incidents) -> frozenset[str]:
    """The one side whose fire sentences tell of; empty where they tell of none, of both, or first
    of fighting, in which both fire.
    """
    sides = frozenset(side for s in sentences for side in s.fire)
    clear = incidents.violent - {"any"}
    told = [[g for kind in s.kinds if (g := incidents.group(kind)) in clear] for s in sentences]
    fight = any(groups[:1] == ["fighting"] for groups in told)
    return sides if len(sides) == 1 and not fight else frozenset()


def part(
    sentences: Sequence[Sentence],
    head: Sequence[int],
    lead: Lead,
    captions: frozenset[int],
    incidents: Incidents,
) -> list[list[int]]:
    """Groups of numbers of sentences: the main one first, then each aside in its order."""
    groups: list[list[int]] = [list(head)]
    leading = frozenset(head)
    before: list[int] | None = None  # the aside of the sentence right before, empty if left out
    for n, mine in enumerate(sentences):
        if n in leading:
            before = None
            continue
        where = "apart" if n in captions else _where(mine, lead, before, sentences, incidents)
        if where == "main" and _aside_of(mine, lead.spots, groups[1:], sentences) is None:
            before = None
            if "cumulative" not in mine.cues:
                groups[0].append(n)
        elif where == "on" and before:
            before.append(n)
        elif mine.kinds or mine.tolls:
            before = _add_aside(groups, sentences, n, lead.spots, incidents)
        elif where != "on":
            before = []
    return groups


def _where(
    mine: Sentence,
    lead: Lead,
    before: list[int] | None,
    sentences: Sequence[Sentence],
    incidents: Incidents,
) -> Literal["main", "on", "apart"]:
    """Whether a sentence after the lead is about it, goes on with an aside right before it, or
    speaks of something else.
    """
    if is_elsewhere(mine, lead, incidents):
        return "apart"
    if before is None or _goes_back(mine, lead, [sentences[k] for k in before], incidents):
        return "main"
    if mine.tolls or "going on" in mine.cues:
        return "on"
    return "main"


def is_elsewhere(mine: Sentence, lead: Lead, incidents: Incidents) -> bool:
    """Whether a sentence speaks of something else than the lead."""
    if "earlier" in mine.cues and (mine.tolls or mine.kinds):
        return True
    if "elsewhere" in mine.cues and (mine.kinds or is_of_another_place(mine, lead)):
        return True
    if is_dated_apart(mine, lead.days):
        return True
    if not mine.tolls:
        return False
    if "sequel" in mine.cues or "sum" in mine.cues or _is_of_the_past(mine, lead):
        return True
    if _is_of_another_day(mine, lead) or _is_of_a_nearby_place(mine, lead):
        return True
    if mine.fire and lead.fire and not (mine.fire & lead.fire):
        return True
    if is_of_another_place(mine, lead) and not _gives_its_dead(mine, lead):
        return True
    return _is_of_another_kind(mine, lead, incidents)


def _gives_its_dead(mine: Sentence, lead: Lead) -> bool:
    """Whether a sentence gives the one number of dead that the lead gives, by a quarter's name."""
    dead = {toll for toll in lead.tolls if toll[0] == "killed"}
    return len(dead) == 1 and {size(f) for f in mine.tolls if f.effect == "killed"} == dead


def _is_of_another_day(mine: Sentence, lead: Lead) -> bool:
    """Whether a new toll is of one day, and the lead by its words of others; a lead without a day
    is of the day on which the report came out, where a sentence begins with another.
    """
    if not (lead.days and mine.exact and mine.days) or not (lead.dated or mine.begins):
        return False
    told = all(size(f) in lead.tolls for f in mine.tolls)
    days = lead.days if lead.dated else Window(lead.days.last, lead.days.last)
    return not told and not mine.days.overlaps(days)


def _is_of_a_nearby_place(mine: Sentence, lead: Lead) -> bool:
    """Whether a new toll is of "the nearby town of" a place, and of none that the lead names."""
    told = all(size(f) in lead.tolls for f in mine.tolls)
    known = any(s.named == t.named for s in mine.spots for t in lead.spots)
    return not told and not known and bool(mine.nearby)


def is_dated_apart(sentence: Sentence, days: Window | None) -> bool:
    """Whether a sentence's days are more than one away from some days."""
    return bool(sentence.days and days and not sentence.days.overlaps(days, slack=1))


def _is_of_the_past(mine: Sentence, lead: Lead) -> bool:
    return bool(mine.past and lead.days and mine.past.last < lead.days.first)


def is_of_another_place(mine: Sentence, lead: Lead) -> bool:
    """Whether its towns, or its provinces, are none of the lead's."""
    narrow = [s for s in mine.spots if not s.wide and s.key not in mine.quarters]
    main = [s for s in lead.spots if not s.wide]
    if narrow and main:
        return not any(nearness(a, b) > 0 for a in narrow for b in main)
    wide = [s for s in mine.spots if s.wide]
    return bool(wide and lead.spots) and not any(
        nearness(a, b) > 0 for a in mine.spots for b in lead.spots
    )


def _is_of_another_kind(mine: Sentence, lead: Lead, incidents: Incidents) -> bool:
    groups = frozenset(incidents.group(kind) for kind in mine.kinds)
    if groups and lead.about and incidents.agree(groups, lead.about) < SAME_KIND:
        return True
    narrow = incidents.narrow(mine.kinds)
    return bool(narrow and lead.narrow) and not (
        frozenset(map(incidents.group, narrow)) & frozenset(map(incidents.group, lead.narrow))
    )


def _goes_back(
    mine: Sentence,
    lead: Lead,
    aside: Sequence[Sentence],
    incidents: Incidents,
) -> bool:
    """Whether a sentence after an aside goes back to the lead: by its place, its toll, its day or
    its kind, where the aside has another.
    """
    if any(size(f) in lead.tolls for f in mine.tolls):
        return True
    days = lead.days if lead.dated else None
    of_its_day = days and mine.days and mine.days.overlaps(days)
    if days and of_its_day and any(_is_of_another_time(s, days) for s in aside):
        return True
    known = {s.named for s in lead.spots}
    theirs = [spot for s in aside for spot in s.spots]
    if any(s.named in known and not any(_lies_in(t, s) for t in theirs) for s in mine.spots):
        return True
    groups = frozenset(incidents.group(kind) for kind in mine.kinds)
    there = frozenset(incidents.group(kind) for s in aside for kind in s.kinds)
    if not there:
        return bool((groups - {"any"}) & lead.about)
    return bool(groups) and incidents.agree(groups, lead.about) > incidents.agree(groups, there)


def _lies_in(spot: Spot, place: Spot) -> bool:
    """Whether a place of an aside is a place of the lead, or in or about it."""
    return spot.named == place.named or nearness(spot, place) > 0


def _is_of_another_time(sentence: Sentence, days: Window) -> bool:
    apart = sentence.days and not sentence.days.overlaps(days)
    return bool(apart or sentence.past or "earlier" in sentence.cues)


def size(figure: Figure) -> tuple[str | None, float | None]:
    """What a toll is of, and its least."""
    return figure.effect, figure.low


def _aside_of(
    sentence: Sentence,
    main: Sequence[Spot],
    asides: Sequence[list[int]],
    sentences: Sequence[Sentence],
) -> list[int] | None:
    """The aside that is about a place which a sentence names and the lead does not."""
    narrow = [s for s in sentence.spots if not s.wide]
    if not sentence.kinds or not narrow:
        return None
    known = {s.named for s in main}
    names = {s.named for s in narrow} - known
    for aside in asides if names else ():
        if any(s.named in names for n in aside for s in sentences[n].spots):
            return aside
    return None


def _add_aside(
    groups: list[list[int]],
    sentences: Sequence[Sentence],
    n: int,
    main: Sequence[Spot],
    incidents: Incidents,
) -> list[int]:
    """Puts a sentence about something else with the aside that it goes on with, or begins one."""
    mine = sentences[n]
    aside = _aside_of(mine, main, groups[1:], sentences)
    if aside is None:
        aside = next((a for a in groups[1:] if _goes_on(mine, n, a, sentences, incidents)), None)
    if aside is None:
        groups.append([n])
        return groups[-1]
    aside.append(n)
    return aside


def _goes_on(
    mine: Sentence,
    n: int,
    aside: Sequence[int],
    sentences: Sequence[Sentence],
    incidents: Incidents,
) -> bool:
    """Whether a sentence is about an aside's incident: next to it and not of another day, or of its
    day, its kind and its place.
    """
    last = sentences[aside[-1]]
    same_days = mine.days is None or last.days is None or mine.days.overlaps(last.days)
    if aside[-1] == n - 1 and "elsewhere" not in mine.cues and same_days:
        return True
    days = next((sentences[k].days for k in aside if sentences[k].days), None)
    if not mine.days or not days or not mine.days.overlaps(days, slack=1):
        return False
    theirs = [s for k in aside for s in sentences[k].spots if not s.wide]
    near = any(nearness(a, b) > 0 for a in mine.spots for b in theirs)
    kinds = frozenset(incidents.group(kind) for k in aside for kind in sentences[k].kinds)
    return near and incidents.agree(frozenset(map(incidents.group, mine.kinds)), kinds) > 0
