"""How the tolls of a matter stand to each other, claim by claim.

A claim is one voice's number of one quantity, in however many reports. Two claims are told once,
by the two of their figures that are nearest in time, a growing count by the first reports of its
numbers; the other reports of both are evidence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

import msgspec

from sayso.compare.accounts import Pile, Said
from sayso.compare.days import in_words as day_in_words
from sayso.compare.links import Side, link
from sayso.compare.quantities import fit, group_of, in_words, size
from sayso.compare.tolls import FAR_APART, Toll, judge
from sayso.schema import Evidence, Relation, RelationKind

BESIDE = 3
"""Sentences on in which a report sets a number beside another, where neither is of its lead."""

Told = tuple[Relation, frozenset[str]]
"""A relation with the keys of its two voices."""

Stand = Literal["agree", "apart"]


class Claim(msgspec.Struct, frozen=True):
    """One voice's number: its tolls by day and document."""

    tolls: tuple[Toll, ...]

    @property
    def first(self) -> Toll:
        """The first toll that has it, one of the whole before one of a part."""
        return next((toll for toll in self.tolls if not toll.part), self.tolls[0])

    @property
    def voice(self) -> str:
        """The key of its voice."""
        return self.first.voice.key


def toll_relations(said: Said, pile: Pile) -> Iterator[Told]:
    """The relations of a matter's tolls, each with the keys of its voices."""
    claims = _claims(said.tolls, pile)
    yield from _repeats(claims, pile)
    yield from _updates(claims, pile)
    yield from _between(said.tolls, claims, pile)


def _claims(tolls: Sequence[Toll], pile: Pile) -> list[Claim]:
    """The claims of a matter. A number that its voice gives of the whole somewhere is that claim,
    also where another report has it as a part.
    """
    wholes = {_claim_key(toll, part=False) for toll in tolls if not toll.part}
    claims: dict[_ClaimKey, list[Toll]] = defaultdict(list)
    for toll in tolls:
        key = _claim_key(toll, part=False)
        claims[key if key in wholes else _claim_key(toll, part=True)].append(toll)
    return [
        Claim(tuple(sorted(claims[key], key=lambda t: _when(t, pile))))
        for key in sorted(claims, key=str)
    ]


_Counted = tuple[str, str | None, str]
"""A voice, what befell whom it counts, and the group of these."""

_ClaimKey = tuple[str, str, str | None, bool, float | None]


def _claim_key(toll: Toll, *, part: bool) -> _ClaimKey:
    of = toll.quantity.of if part else group_of(toll.quantity.of)
    return toll.voice.key, of, toll.quantity.effect, part, _number(toll)


def _when(toll: Toll, pile: Pile) -> tuple[int, str, str]:
    return pile.day(toll.document) or 0, toll.document, toll.figure.id


def _number(toll: Toll) -> float | None:
    return toll.figure.value if toll.figure.value is not None else toll.figure.low


# --- one voice -----------------------------------------------------------------------------


def _repeats(claims: Sequence[Claim], pile: Pile) -> Iterator[Told]:
    """One voice's number in several reports: each further text repeats the first, with its prints
    as evidence. A part that goes with its whole is not told again.
    """
    told: set[tuple[str, str | None, frozenset[str]]] = set()
    for claim in sorted(claims, key=lambda claim: claim.first.part):
        first = claim.first
        if first.voice.kind != "named":
            continue
        prints: dict[str, list[Toll]] = {_text(first, pile): [first]}
        for toll in claim.tolls:
            prints.setdefault(_text(toll, pile), []).append(toll)
        original, *others = prints
        for text in others:
            toll = prints[text][0]
            key = (claim.voice, toll.quantity.effect, frozenset((original, text)))
            if first.part and key in told:
                continue
            told.add(key)
            reason = f"both reports carry the figure of {toll.voice.shown}: {in_words(toll.figure)}"
            also = [e for t in (*prints[text], *prints[original]) for e in t.figure.evidence]
            yield _told("repeats", toll, first, reason, pile, also=also)


def _text(toll: Toll, pile: Pile) -> str:
    return pile.texts.get(toll.document, toll.document)


def _updates(claims: Sequence[Claim], pile: Pile) -> Iterator[Told]:
    """One voice's growing count: each number with the next that it grew to."""
    by_voice: dict[tuple[str, str | None], list[Claim]] = defaultdict(list)
    for claim in claims:
        by_voice[claim.voice, claim.first.quantity.effect].append(claim)
    for counts in by_voice.values():
        grew: dict[tuple[int, int], list[tuple[Toll, Toll]]] = {}
        for m, old in enumerate(counts):
            for n, new in enumerate(counts):
                if m != n and (pairs := _grown(old, new, pile)):
                    grew[m, n] = pairs
        for m, n in grew:
            if any((m, k) in grew and (k, n) in grew for k in range(len(counts))):
                continue
            apart = [(x, y) for x, y in grew[m, n] if x.document != y.document]
            earlier, later = _first_grown(apart or grew[m, n], pile)
            also = _others(grew[m, n])
            yield _told("updates", later, earlier, _growth(later, earlier, pile), pile, also=also)


def _grown(old: Claim, new: Claim, pile: Pile) -> list[tuple[Toll, Toll]]:
    """The pairs of an older and a newer number of one voice."""
    return [
        (x, y)
        for x in old.tolls
        for y in new.tolls
        if judge(x, y, days=(pile.day(x.document), pile.day(y.document))) == "grown"
    ]


def _growth(new: Toll, old: Toll, pile: Pile) -> str:
    first, second = pile.day(old.document), pile.day(new.document)
    when = ""
    if new.document == old.document:
        when = ", as the report itself says" if "earlier" in (old.role, new.role) else ""
    elif first is not None and second is not None:
        when = (
            f" between {day_in_words(first, first)} and {day_in_words(second, second)}"
            if first != second
            else f" on {day_in_words(first, first)}; the order within the day is not known"
        )
    return (
        f"the toll of {new.voice.shown} grew from {in_words(old.figure)} to "
        f"{in_words(new.figure)}{when}"
    )


# --- two voices ----------------------------------------------------------------------------


def _between(tolls: Sequence[Toll], claims: Sequence[Claim], pile: Pile) -> Iterator[Told]:
    """What the claims of different voices say of each other."""
    given = {(c.voice, c.first.quantity.effect, _number(c.first)) for c in claims}
    largest = _largest(tolls)
    growing = _growing(tolls)
    for n, left in enumerate(claims):
        for right in claims[n + 1 :]:
            if left.voice == right.voice or _are_one(left.first, right.first, pile):
                continue
            stand: Stand
            for stand in ("apart", "agree"):
                pairs = _standing(left, right, stand, given, largest, growing, pile)
                if pairs:
                    yield _relation(stand, pairs, pile)
                    break


def _largest(tolls: Sequence[Toll]) -> dict[_Counted, float]:
    """The largest whole of each voice, by effect."""
    largest: dict[_Counted, float] = {}
    for toll in tolls:
        if toll.role == "whole" and not toll.vague:
            largest[_key(toll)] = max(largest.get(_key(toll), 0.0), size(toll.figure))
    return largest


def _growing(tolls: Sequence[Toll]) -> set[_Counted]:
    """The voices, with the effect, that gave several numbers of one whole: they counted on."""
    given: dict[_Counted, set[float]] = defaultdict(set)
    for toll in tolls:
        if toll.role == "whole" and not toll.vague and toll.voice.kind != "outlet":
            given[_key(toll)].add(size(toll.figure))
    return {voice for voice, numbers in given.items() if len(numbers) > 1}


def _are_one(x: Toll, y: Toll, pile: Pile) -> bool:
    """Whether two voices are of one side."""
    return bool(set(x.voice.keys) & set(y.voice.keys)) or pile.voices.one_side(x.voice, y.voice)


def _standing(
    left: Claim,
    right: Claim,
    stand: Stand,
    given: set[tuple[str, str | None, float | None]],
    largest: Mapping[_Counted, float],
    growing: set[_Counted],
    pile: Pile,
) -> list[tuple[Toll, Toll]]:
    """The pairs of figures by which two claims stand so to each other."""
    pairs = [(x, y) for x in left.tolls for y in right.tolls if not _is_the_outlet(x, y, pile)]
    if stand == "agree":
        return [(x, y) for x, y in pairs if _bears_out(x, y, pile)]
    somebody = all(pile.voices.is_somebody(c.first.voice) for c in (left, right))
    if not somebody or _gave_both(left.first, right.first, given):
        return []
    beside = [(x, y) for x, y in pairs if _side_by_side(x, y, pile)]
    if any(size(c.first.figure) < largest.get(_key(c.first), 0.0) for c in (left, right)):
        return beside
    small = min(left.first, right.first, key=lambda toll: size(toll.figure))
    together = {t.document for t in left.tolls} & {t.document for t in right.tolls}
    if _key(small) in growing and not together:
        return beside
    if fit(left.first.figure, right.first.figure) != "apart":
        return beside
    judged = [(x, y) for x, y in pairs if _judged(x, y, pile) == "apart"]
    return list(dict.fromkeys((*beside, *judged))) if beside or judged else []


def _key(toll: Toll) -> _Counted:
    return toll.voice.key, toll.quantity.effect, group_of(toll.quantity.of)


def _gave_both(x: Toll, y: Toll, given: set[tuple[str, str | None, float | None]]) -> bool:
    """Whether a voice gave the other's number too: it counted on, or counts anew."""
    return any((a.voice.key, a.quantity.effect, _number(b)) in given for a, b in ((x, y), (y, x)))


def _judged(x: Toll, y: Toll, pile: Pile) -> str | None:
    if x.document == y.document and "outlet" in (x.voice.kind, y.voice.kind):
        return None
    return judge(x, y, days=(pile.day(x.document), pile.day(y.document)))


def _side_by_side(x: Toll, y: Toll, pile: Pile) -> bool:
    """Whether one report sets closed numbers of two voices side by side, so that they differ by its
    own word.
    """
    if x.document != y.document or x.part or y.part or "earlier" in (x.role, y.role):
        return False
    if "outlet" in (x.voice.kind, y.voice.kind) or x.quantity.effect != y.quantity.effect:
        return False
    if group_of(x.quantity.of) != group_of(y.quantity.of) or x.vague or y.vague:
        return False
    if x.where != y.where and (x.where or y.where):
        return False  # of a quarter that the other does not name
    small, large = sorted((x, y), key=lambda toll: size(toll.figure))
    if small.quantity.of == "civilian" != large.quantity.of:
        return False
    if fit(x.figure, y.figure) != "apart" or size(large.figure) > FAR_APART * size(small.figure):
        return False
    if x.firm or y.firm:
        return True
    words = pile.words[x.document]
    return any(
        abs(words.sentence_at(a.start) - words.sentence_at(b.start)) <= BESIDE
        for a in x.same
        for b in y.same
    )


def _bears_out(x: Toll, y: Toll, pile: Pile) -> bool:
    """Whether two named voices, independent as far as is known, give one number; a word such as
    "dozens" only at both heads or in one report.
    """
    if not (x.voice.counts and y.voice.counts) or x.part or _judged(x, y, pile) != "agree":
        return False
    if group_of(x.quantity.of) != group_of(y.quantity.of) or (x.vague and y.vague):
        return False
    return not (x.vague or y.vague) or (x.firm and y.firm) or x.document == y.document


def _is_the_outlet(x: Toll, y: Toll, pile: Pile) -> bool:
    """Whether one toll is an outlet's own and the other cites that outlet by its name."""
    return any(
        own.voice.kind == "outlet"
        and cited.voice.counts
        and (cited.voice.name or "").casefold() == _who(own, pile).casefold()
        for own, cited in ((x, y), (y, x))
    )


def _relation(stand: Stand, pairs: Sequence[tuple[Toll, Toll]], pile: Pile) -> Told:
    x, y = _nearest(pairs, pile)
    also = _others(pairs)
    if stand == "apart":
        reason = (
            f"both cannot hold: {_who(x, pile)} gives {in_words(x.figure)}, "
            f"{_who(y, pile)} {in_words(y.figure)}, at about the same time"
        )
        return _told("contradicts", x, y, reason, pile, also=also)
    numbers = dict.fromkeys((in_words(x.figure), in_words(y.figure)))
    reason = (
        f"{x.voice.shown} and {y.voice.shown}, independently as far as the reports show, give "
        f"{' and '.join(numbers)}"
    )
    return _told("corroborates", x, y, reason, pile, also=also)


def _who(toll: Toll, pile: Pile) -> str:
    if toll.voice.kind == "outlet":
        return pile.documents[toll.document].outlet or toll.document
    return toll.voice.shown


# --- relations -----------------------------------------------------------------------------


def _nearest(pairs: Sequence[tuple[Toll, Toll]], pile: Pile) -> tuple[Toll, Toll]:
    """The pair that stands for two claims: of one report, else of the nearest days."""

    def apart(pair: tuple[Toll, Toll]) -> tuple[bool | int | str, ...]:
        x, y = pair
        a, b = pile.day(x.document), pile.day(y.document)
        days = abs(a - b) if a and b else 0
        return x.document != y.document, days, x.document, y.document, x.figure.id, y.figure.id

    return min(pairs, key=apart)


def _first_grown(pairs: Sequence[tuple[Toll, Toll]], pile: Pile) -> tuple[Toll, Toll]:
    """The pair that stands for a count that grew: of different days where there are such, the first
    report of the new number beside the first of the old.
    """

    def told(pair: tuple[Toll, Toll]) -> tuple[bool, tuple[int, str, str], tuple[int, str, str]]:
        old, new = _when(pair[0], pile), _when(pair[1], pile)
        return old[0] == new[0], new, old

    return min(pairs, key=told)


def _others(pairs: Sequence[tuple[Toll, Toll]]) -> tuple[Evidence, ...]:
    return tuple(e for pair in pairs for toll in pair for e in toll.figure.evidence)


def _told(
    kind: RelationKind,
    left: Toll,
    right: Toll,
    reason: str,
    pile: Pile,
    *,
    also: Sequence[Evidence] = (),
) -> Told:
    relation = link(kind, _side(left), _side(right), reason, pile, also=also)
    return relation, frozenset((left.voice.key, right.voice.key))


def _side(toll: Toll) -> Side:
    return Side(toll.figure.id, toll.document, toll.figure.evidence)
