"""Tolls: the dead and wounded that voices give in a telling, and how two of them stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Literal

import msgspec

from sayso.compare.incidents import Incidents
from sayso.compare.quantities import Quantity, fit, group_of, largest, quantity, size
from sayso.compare.tellings import Telling
from sayso.compare.unnamed import COUNTERS
from sayso.compare.voices import Voice, Voices
from sayso.compare.wording import Words
from sayso.ids import Span
from sayso.schema import Figure

Role = Literal["whole", "part", "earlier"]
Verdict = Literal["agree", "grown", "shrunk", "apart"]

FAR_APART = 3
"""Times by which tolls of one whole may differ: what differs more is of another whole."""

SAME_TIME = 1
"""Days between two reports that speak at about the same time."""

GROWS = 14
"""Days over which the count of one incident grows."""

TELLING_REACH = 14
"""Words from a body's name on in which "gave" or "reported" is its doing."""


class Toll(msgspec.Struct, frozen=True):
    """One number that a voice gives in a telling for one quantity.

    `figure` stands for `same`, every figure of the telling that gives it. The largest number of a
    quantity is the whole, a smaller one a part of it, unless words call it an earlier count.
    """

    voice: Voice
    quantity: Quantity
    figure: Figure
    same: tuple[Figure, ...]
    document: str
    role: Role
    firm: bool
    head: bool

    @property
    def part(self) -> bool:
        """Whether it is of a part of the whole."""
        return self.role == "part"

    @property
    def vague(self) -> bool:
        """Whether it is a word for an order of magnitude: "dozens"."""
        return self.figure.bound == "order"


def tolls_of(telling: Telling, voices: Voices, words: Words, kinds: Incidents) -> list[Toll]:
    """The tolls of a telling, the largest first within a voice and quantity.

    A number that the outlet gives in its own words, and that somebody gives in the same telling
    too, stands on that voice's word: headlines repeat what the text attributes. A part that the
    outlet gives of a whole stands on the whole's word, and so does a number without a source whose
    dead the next sentence goes on with ("those killed", "the toll") on somebody's word, or in whose
    sentence one body that counts the dead stands beside a word of telling ("gave a toll of").
    """
    going_on = [
        *_going_on(telling, voices, words, kinds),
        *_beside_a_counter(telling, voices, words, kinds),
    ]
    known = {figure.id: figure for figure in telling.figures}
    groups: dict[tuple[str, Quantity], list[Figure]] = {}
    said: dict[str, Voice] = {}
    for figure in telling.figures:
        if (figure.low is None and figure.high is None) or _is_of_things(figure, kinds):
            continue
        voice = _voice_of(figure, known, voices, going_on)
        said[voice.key] = voice
        groups.setdefault((voice.key, quantity(figure, kinds.persons)), []).append(figure)
    made = [
        toll
        for (voice, counted), figures in groups.items()
        for toll in _tolls(said[voice], counted, figures, telling)
    ]
    return _parts_of_people(_without_echoes(made))


def _is_of_things(figure: Figure, kinds: Incidents) -> bool:
    words = (figure.of or "").casefold().split()
    return figure.unit == "percent" or bool({*words[-1:], figure.unit} & kinds.things)


def _voice_of(
    figure: Figure,
    known: Mapping[str, Figure],
    voices: Voices,
    going_on: Sequence[tuple[Span, Voice]],
) -> Voice:
    voice = voices.of(figure)
    if voice.kind != "outlet" and voices.is_somebody(voice):
        return voice
    whole = known.get(figure.part_of or "")
    if whole is not None and (over := voices.of(whole)).kind != "outlet":
        return over
    return next((v for (a, b), v in going_on if a <= (whole or figure).start < b), voice)


def _going_on(
    telling: Telling, voices: Voices, words: Words, kinds: Incidents
) -> list[tuple[Span, Voice]]:
    """Sentences whose dead the next one goes on with on somebody's word, with that voice."""
    found = []
    for before, (start, end) in pairwise(telling.spans):
        if not kinds.the_dead.found(words.between(start, end)):
            continue
        cited = {
            voice.key: voice
            for s in telling.statements
            if start <= s.content_spans[0][0] < end and (voice := voices.of(s)).kind != "outlet"
        }
        if len(cited) == 1:
            found.append((before, next(iter(cited.values()))))
    return found


def _beside_a_counter(
    telling: Telling, voices: Voices, words: Words, kinds: Incidents
) -> list[tuple[Span, Voice]]:
    """Sentences in which just one monitor, rescue service or agency tells, with its voice."""
    found = []
    bodies = [body for body in voices.bodies_in(telling.document) if body.kind in COUNTERS]
    for start, end in telling.spans:
        telling_here = {
            body.actor
            for body in bodies
            for at in body.starts
            if start <= at < end and _tells(words, at, start, end, kinds)
        }
        if len(telling_here) == 1:
            found.append(((start, end), voices.of_actor(telling_here.pop())))
    return found


def _tells(words: Words, at: int, start: int, end: int, kinds: Incidents) -> bool:
    """Whether a body at an offset is told to tell something: it is no one's hearer."""
    here = words.number(at)
    before = words.words[max(words.number(start), here - 3) : here]
    after = words.words[here : min(words.number(end), here + TELLING_REACH)]
    if "according" not in before and any(word in kinds.hearing for word in before[-2:]):
        return False
    return any(word in kinds.telling for word in (*before, *after))


def _tolls(
    voice: Voice, counted: Quantity, figures: Sequence[Figure], telling: Telling
) -> list[Toll]:
    """The numbers that one voice gives of one quantity, the whole first."""
    wholes = [f for f in figures if f.part_of is None and f.id not in telling.added]
    best = largest(wholes) if wholes else None
    numbers: list[list[Figure]] = []
    for figure in sorted(figures, key=lambda f: (f.bound == "order", -size(f), f.start)):
        mine = next((n for n in numbers if _one_number(n[0], figure)), None)
        if mine is None:
            numbers.append([figure])
        else:
            mine.append(figure)
    made = []
    for same in numbers:
        cited = {f.id for f in same if f.voice != "outlet"}
        first = max(
            same,
            key=lambda f: (f.part_of is None, f.id in cited, f.bound != "exact", -f.start),
        )
        role: Role = "part"
        if best is not None and best in same:
            role = "whole"
        elif any(f.id in telling.earlier for f in same):
            role = "earlier"
        elif best is None and not any(f.id in telling.added or f.part_of for f in same):
            role = "whole"
        made.append(
            Toll(
                voice,
                counted,
                first,
                tuple(sorted(same, key=lambda f: f.start)),
                telling.document,
                role,
                any(f.id in telling.firm for f in same),
                any(f.id in telling.head for f in same),
            )
        )
    return made


def _one_number(a: Figure, b: Figure) -> bool:
    """Whether two figures of one voice and quantity give one number: "dozens" stands for it too."""
    if (a.part_of is None) != (b.part_of is None):
        return False
    if a.value is not None and b.value is not None:
        return a.value == b.value
    return fit(a, b) == "agree"


def _without_echoes(tolls: Sequence[Toll]) -> list[Toll]:
    """The tolls without the outlet's own that only repeat what somebody is cited for; what repeats
    is kept as words of that voice.
    """
    kept = [toll for toll in tolls if toll.voice.kind != "outlet"]
    for toll in tolls:
        if toll.voice.kind != "outlet":
            continue
        echoed = [n for n, other in enumerate(kept) if _echoes(toll, other)]
        if not echoed:
            kept.append(toll)
            continue
        n = min(echoed, key=lambda n: (kept[n].quantity != toll.quantity, kept[n].part, n))
        if kept[n].voice.kind != "outlet":
            kept[n] = msgspec.structs.replace(
                kept[n],
                same=tuple(sorted((*kept[n].same, *toll.same), key=lambda f: f.start)),
                role="whole" if toll.role == "whole" else kept[n].role,
                firm=kept[n].firm or toll.firm,
                head=kept[n].head or toll.head,
            )
    return kept


def _echoes(own: Toll, cited: Toll) -> bool:
    if cited.voice.kind == "outlet" or own.quantity.effect != cited.quantity.effect:
        return False
    if own.figure.value is not None:
        return own.figure.value == cited.figure.value
    return own.quantity == cited.quantity and fit(own.figure, cited.figure) == "agree"


def _parts_of_people(tolls: Sequence[Toll]) -> list[Toll]:
    """Kinds of people that are fewer than the people of the same voice are a part of them."""
    most: dict[tuple[str, str | None], float] = {}
    for toll in tolls:
        if toll.role == "whole" and toll.quantity.of == "people" and not toll.vague:
            key = (toll.voice.key, toll.quantity.effect)
            most[key] = max(most.get(key, 0.0), size(toll.figure))
    return [
        msgspec.structs.replace(toll, role="part")
        if toll.role == "whole"
        and toll.quantity.of != "people"
        and size(toll.figure) < most.get((toll.voice.key, toll.quantity.effect), 0.0)
        else toll
        for toll in tolls
    ]


# --- two tolls -----------------------------------------------------------------------------


def judge(x: Toll, y: Toll, *, days: tuple[int | None, int | None]) -> Verdict | None:
    """How the numbers of two tolls stand to each other, given the days of their reports.

    "agree": they can be one number. "grown", "shrunk": both of one voice, `y` a later count of `x`
    or `x` of `y`. "apart": of different voices, at about the same time, and both cannot hold. Null:
    of different things, a part and a whole, or nothing that can be said.
    """
    if (x.quantity.unit, x.quantity.effect) != (y.quantity.unit, y.quantity.effect):
        return None
    one_voice = x.voice.key == y.voice.key
    same_kind = group_of(x.quantity.of) == group_of(y.quantity.of)
    if x.part != y.part:
        same = one_voice and same_kind and x.figure.value is not None
        return "agree" if same and x.figure.value == y.figure.value else None
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
    if x.part or not _one_kind(x.quantity.of, y.quantity.of):
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
    if x.voice.kind == "outlet" or not (_stands(x) and _stands(y)):
        return None
    small, large = (0, 1) if size(x.figure) < size(y.figure) else (1, 0)
    pair = (x, y)
    if x.document == y.document and pair[small].role != "earlier":
        return None
    first, second = days[small], days[large]
    if first is not None and second is not None and not 0 <= second - first <= GROWS:
        return None
    kinds = (pair[small].quantity.of, pair[large].quantity.of)
    if x.part and (kinds[0] != kinds[1] or group_of(kinds[0]) in ("people", "fighter")):
        return None  # parts by place, not by kind
    if not _one_kind(*kinds) and kinds[0] != "people":
        return None  # more people than children: the children are a part of them
    return "grown" if large == 1 else "shrunk"


def _one_kind(a: str, b: str) -> bool:
    """Whether two words count the same people; fighters by other words may be the other side."""
    return a == b or group_of(a) == group_of(b) == "people"


def _may_be_within(x: Toll, y: Toll) -> bool:
    """Whether the fewer civilians of one toll can be among the people of the other."""
    kinds = (x.quantity.of, y.quantity.of)
    return kinds == ("civilian", "people") and size(x.figure) < size(y.figure)


def _stands(toll: Toll) -> bool:
    return toll.firm or toll.head or toll.role != "whole"


def _at_odds(x: Toll, y: Toll, days: tuple[int | None, int | None]) -> bool:
    """Whether numbers of two voices that cannot both hold are surely of the same whole at the same
    time. The wounded, kinds of people and the outlet's own numbers count only at the head of a
    report, and so do tolls far apart.
    """
    if not (x.firm and y.firm):
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
    plain = x.quantity.effect == "killed" and group_of(x.quantity.of) == "people"
    if not plain and not heads:
        return False
    if any(t.voice.kind == "outlet" and not t.head for t in (x, y)):
        return False
    sizes = sorted((size(x.figure), size(y.figure)))
    return sizes[1] <= FAR_APART * sizes[0]
