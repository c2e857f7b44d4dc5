"""The tolls of a telling: which figures are one number, on whose word, and parts of which."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations

import msgspec

from sayso.compare import marks
from sayso.compare.echoes import by_the_text, one_toll, without_echoes, without_retold
from sayso.compare.ground import nearness
from sayso.compare.incidents import Incidents
from sayso.compare.quantities import (
    Quantity,
    fit,
    group_of,
    largest,
    quantity,
    side_of,
    size,
    within,
)
from sayso.compare.sourceless import vouching
from sayso.compare.speakers import Voice
from sayso.compare.tellings import Telling
from sayso.compare.tolls import Role, Toll, counted
from sayso.compare.voices import Voices
from sayso.compare.wording import Words
from sayso.schema import Figure

MOST_ADDENDS = 12
"""Numbers side by side that are added up to see whether they make a whole."""

_EFFECTS = ("killed", "wounded")
_LOOSE = frozenset({"more than", "less than", "at most"})


def tolls_of(
    telling: Telling,
    voices: Voices,
    words: Words,
    kinds: Incidents,
    *,
    without: frozenset[str] = frozenset(),
) -> list[Toll]:
    """The tolls of a telling, the largest first within a voice and quantity, without the figures
    whose ids are given and their parts.

    A number that the outlet gives in its own words, and that somebody gives in the same telling
    too, stands on that voice's word: headlines repeat what the text attributes. A number without a
    source stands on the word of whoever the sentences around it say (`sourceless`).
    """
    vouched = vouching(telling, voices, words, kinds)
    groups: dict[tuple[str, str | None, str | None, str], list[Figure]] = {}
    said: dict[str, Voice] = {}
    for figure in telling.figures:
        if (figure.low is None and figure.high is None) or _is_of_things(figure, kinds):
            continue
        if figure.id in without or figure.part_of in without:
            continue
        voice = vouched.of(figure)
        said[voice.key] = voice
        what = quantity(figure, kinds.persons)
        key = (voice.key, what.unit, what.effect, _people(figure, what))
        groups.setdefault(key, []).append(figure)
    parts = _parts(telling)
    by_voice: dict[str, list[Figure]] = defaultdict(list)
    for (name, *_), figures in groups.items():
        by_voice[name] += figures
    added = _added(telling, words) | _bodies(telling, words)
    added |= _addends(by_voice.values(), telling, parts, kinds.persons)
    lost = frozenset(f.id for f in telling.figures if marks.is_lost(f, words))
    made = [
        toll
        for (voice, *_), figures in groups.items()
        for toll in _tolls(said[voice], figures, telling, parts, added, kinds.persons)
    ]
    made = by_the_text(without_retold(made, voices), parts | added)
    made = without_echoes(made, telling, parts, kinds.persons)
    made = one_toll(_parts_of_people(made, lost))
    made = _parts_by_place(made) if _tells_of_places(telling) else made
    return _with_first(made) if telling.main else made


def _is_of_things(figure: Figure, kinds: Incidents) -> bool:
    words = (figure.of or "").casefold().split()
    return figure.unit == "percent" or bool({*words[-1:], figure.unit} & kinds.things)


def _people(figure: Figure, what: Quantity) -> str:
    """What a figure counts; fighters of one side are one, by whatever words."""
    side = side_of(figure)
    if side is None:
        return what.of
    return f"{side}" if side != "others against it" else f"{what.of} against it"


def _parts(telling: Telling) -> frozenset[str]:
    """The figures that words make a part of another number: of the same people, and not of all."""
    known = {figure.id: figure for figure in telling.figures}
    return frozenset(
        f.id
        for f in telling.figures
        if f.part_of is not None
        and (
            (whole := known.get(f.part_of)) is None
            or (f.effect == whole.effect and (f.value is None or f.value != whole.value))
        )
    )


def _added(telling: Telling, words: Words) -> frozenset[str]:
    """The figures that count some beside others whom the same befell: of "2 killed and 40 others
    wounded", the wounded are beside the dead, and all there are. What is beside no number at all is
    beside one that is told elsewhere.
    """
    found = set()
    effects: set[str | None] = set()
    last: Figure | None = None
    for figure in sorted(telling.figures, key=lambda f: f.start):
        if figure.id in telling.added:
            at = words.sentence_at(figure.start)
            close = last is not None and words.sentence_at(last.start) == at
            beside = {last.effect} if last and close else effects
            if not beside or figure.effect in beside:
                found.add(figure.id)
        effects.add(figure.effect)
        last = figure
    return frozenset(found)


def _bodies(telling: Telling, words: Words) -> frozenset[str]:
    """The figures of bodies, seen or counted at one place, beside a larger number of dead."""
    dead = [f for f in telling.figures if f.effect == "killed"]
    bodies = frozenset(f.id for f in dead if marks.is_of_bodies(f, words))
    most = max((size(f) for f in dead if f.id not in bodies), default=0.0)
    return frozenset(f.id for f in dead if f.id in bodies and size(f) < most)


def _addends(
    given: Iterable[Sequence[Figure]],
    telling: Telling,
    parts: frozenset[str],
    persons: frozenset[str],
) -> frozenset[str]:
    """The figures of one voice, side by side, that add up to a number of the whole incident."""
    wholes: dict[str | None, set[float | None]] = defaultdict(set)
    for figure in telling.figures:
        if figure.id in telling.firm and figure.id not in parts:
            wholes[figure.effect].add(figure.value)
    found: set[str] = set()
    for figures in given:
        known: dict[tuple[str | None, float], Figure] = {}
        for figure in sorted(figures, key=lambda f: f.start):
            if figure.bound not in _LOOSE and figure.value is not None and figure.id not in parts:
                known.setdefault((figure.effect, figure.value), figure)
        for effect in _EFFECTS:
            row = [figure for (what, _), figure in known.items() if what == effect]
            for first in range(len(row)):
                total = size(row[first])
                for last in range(first + 1, min(len(row), first + MOST_ADDENDS)):
                    total += size(row[last])
                    if total in wholes[effect] and _add_up(row[first : last + 1], persons):
                        found.update(f.id for f in row[first : last + 1])
    return frozenset(found)


def _add_up(figures: Sequence[Figure], persons: frozenset[str]) -> bool:
    """Whether figures are beside each other: children may be among the people, fighters not."""
    kinds = {group_of(quantity(figure, persons).of) for figure in figures}
    return "people" not in kinds or kinds <= {"people", "fighter"}


def _tolls(
    voice: Voice,
    figures: Sequence[Figure],
    telling: Telling,
    parts: frozenset[str],
    added: frozenset[str],
    persons: frozenset[str],
) -> list[Toll]:
    """The numbers that one voice gives of one quantity, the whole first. The whole is the largest
    at the head of the report, else the largest; what is larger further down is another whole.
    """
    beside_or_old = parts | added | telling.earlier
    wholes = [f for f in figures if f.id not in beside_or_old]
    wholes = [f for f in wholes if f.id in telling.head] or wholes
    best = largest([f for f in wholes if f.bound != "order"] or wholes) if wholes else None
    of_kind = group_of(quantity(figures[0], persons).of) != "people"
    numbers: list[list[Figure]] = []
    for figure in sorted(figures, key=lambda f: (f.bound == "order", -size(f), f.start)):
        mine = next((n for n in numbers if _one_number(n[0], figure, parts, of_kind=of_kind)), None)
        if mine is None:
            numbers.append([figure])
        else:
            mine.append(figure)
    made = []
    for same in numbers:
        cited = {f.id for f in same if f.voice != "outlet"}
        face = max(
            same,
            key=lambda f: (
                f.bound != "order",
                of_kind or f.id not in parts,
                f.id in cited,
                f.bound != "exact",
                -f.start,
            ),
        )
        by_words = any(f.id in parts for f in same)
        beside = by_words or any(f.id in added for f in same)
        role: Role = "part"
        if best is not None and best in same and not (by_words and of_kind):
            role = "whole"
        elif any(f.id in telling.earlier for f in same):
            role = "earlier"
        elif not beside and (best is None or size(face) > size(best)):
            role = "whole"
        made.append(
            Toll(
                voice,
                quantity(face, persons),
                face,
                tuple(sorted(same, key=lambda f: f.start)),
                telling.document,
                role,
                any(f.id in telling.firm for f in same),
                any(f.id in telling.head for f in same),
                _places(same, telling),
            )
        )
    return made


def _places(same: Sequence[Figure], telling: Telling) -> frozenset[str] | None:
    """The towns and quarters that only the sentences of a number name, the fewest where several go
    on about the incident; null where none does.
    """
    found = [telling.places[f.id] for f in same if f.id in telling.places]
    return min(found, key=lambda keys: (len(keys), sorted(keys)), default=None)


def _one_number(a: Figure, b: Figure, parts: frozenset[str], *, of_kind: bool) -> bool:
    """Whether two figures of one voice and quantity give one number: "dozens" stands for it too."""
    if a.value is not None and b.value is not None:
        return a.value == b.value and (of_kind or (a.id in parts) == (b.id in parts))
    return (a.id in parts) == (b.id in parts) and fit(a, b) == "agree"


def _parts_of_people(tolls: Sequence[Toll], lost: frozenset[str]) -> list[Toll]:
    """Kinds of people that are fewer than the people of the same voice are a part of them, and so
    are children and others who do not fight of its civilians; those at the head only of such there.
    Attackers are none of their victims, nor are the fighters that a side itself `lost`.
    """
    most: dict[tuple[str, str | None, str, bool], float] = {}
    for toll in tolls:
        if toll.role == "whole" and group_of(toll.quantity.of) == "people" and not toll.vague:
            for head in {toll.head, False}:
                key = (toll.voice.key, toll.quantity.effect, toll.quantity.of, head)
                most[key] = max(most.get(key, 0.0), size(toll.figure))
    return [
        msgspec.structs.replace(toll, role="part")
        if toll.role == "whole"
        and not _is_of_doers(toll, lost)
        and any(
            size(toll.figure) < most.get((toll.voice.key, toll.quantity.effect, of, toll.head), 0.0)
            for of in within(toll.quantity.of)
        )
        else toll
        for toll in tolls
    ]


def _is_of_doers(toll: Toll, lost: frozenset[str]) -> bool:
    group = group_of(toll.quantity.of)
    return group == "attacker" or (group == "fighter" and any(f.id in lost for f in toll.same))


def _tells_of_places(telling: Telling) -> bool:
    """Whether a report's first sentences name towns far from each other: its total is over them."""
    towns = [spot for spot in telling.focus if not spot.wide]
    return any(nearness(a, b) == 0 for a, b in combinations(towns, 2))


def _parts_by_place(tolls: Sequence[Toll]) -> list[Toll]:
    """Numbers below the head of a report on several places are a part of the number that it gives
    there itself, whoever gives them.
    """
    most: dict[str | None, float] = {}
    for toll in tolls:
        own = toll.voice.kind == "outlet" and toll.head and toll.role == "whole"
        if own and group_of(toll.quantity.of) == "people":
            effect = toll.quantity.effect
            most[effect] = max(most.get(effect, 0.0), size(toll.figure))
    return [
        msgspec.structs.replace(toll, role="part")
        if toll.role == "whole"
        and not toll.head
        and group_of(toll.quantity.of) not in ("fighter", "attacker")
        and size(toll.figure) < most.get(toll.quantity.effect, 0.0)
        else toll
        for toll in tolls
    ]


def _with_first(tolls: Sequence[Toll]) -> list[Toll]:
    """The tolls; the first number of dead is of the whole incident where the lead gives none."""
    dead = [t for t in tolls if t.role == "whole" and t.quantity.effect == "killed"]
    first = min(dead, key=lambda t: t.same[0].start, default=None)
    if first is None or any(t.firm or t.head for t in dead):
        return list(tolls)
    return [msgspec.structs.replace(t, firm=True) if t is first else t for t in tolls]


def with_others(tolls: Sequence[Toll]) -> list[Toll]:
    """The tolls, each with the other numbers that its voice gives of such people in its document.
    Of two at the head, one may be what a headline was before the text below it was brought up to
    date.
    """
    given: dict[tuple[str, str, str | None, str], list[Toll]] = defaultdict(list)
    for toll in tolls:
        if toll.role != "earlier" and not toll.vague:
            given[counted(toll)].append(toll)
    made = []
    for toll in tolls:
        beside = given.get(counted(toll), ())
        others = {size(t.figure) for t in beside if not (t.head and toll.head)}
        others -= {size(toll.figure)}
        made.append(msgspec.structs.replace(toll, others=frozenset(others)) if others else toll)
    return made
