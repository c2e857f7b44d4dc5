"""What words around a number make of it: of the whole incident, beside others, an earlier count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from sayso.compare.days import Window
from sayso.compare.incidents import Incidents
from sayso.compare.sentences import Sentence
from sayso.compare.wording import Words
from sayso.schema import Figure

NEAR_MORE = 7
"""Characters after a number in which "more" or "others" makes it one beside others."""

MORE_THAN = ("more", "than")
"""The bound of a number, and no word for others."""

OTHER = frozenset({"elsewhere", "cumulative", "sum", "earlier", "sequel"})
"""Cues of sentences that tell of something else."""

RECOUNT_REACH = 8
"""Words between "an earlier toll" and its number."""

FIRST = frozenset({"earlier", "previous", "previously", "initial", "initially", "preliminary"})
COUNTS = frozenset({"toll", "tolls", "count", "figure", "tally", "estimate", "number"})

LOST = frozenset({"lost", "lose", "loses", "losing"})
LOSS_REACH = 3
"""Words between "lost" and the number of a side's own dead."""

BODIES_REACH = 12
BODIES = frozenset({"body", "bodies", "corpse", "corpses", "remains"})
"""What is seen, brought in or counted at one place; words between it and a number of it."""

HOPES = frozenset({"could", "may", "might", "would", "will"})
EXPECTED = frozenset({"expected", "likely", "feared", "set", "bound"})
GROWTH_REACH = 4
GROWTH = frozenset({"reach", "rise", "climb", "increase", "grow", "exceed", "surpass", "top"})
UP_TO = frozenset({"to", "above", "past", "beyond", "over"})
"""Words of what a toll could grow to: "could rise to 200", "is likely to exceed 200"."""


def is_lost(figure: Figure, words: Words) -> bool:
    """Whether a number is of a side's own dead: "the rebels also lost 12 fighters"."""
    at = words.number(figure.start)
    return bool(LOST & set(words.words[max(0, at - LOSS_REACH) : at]))


def is_of_bodies(figure: Figure, words: Words) -> bool:
    """Whether a number is of bodies: "40 bodies", "the bodies of six men and a woman"."""
    if BODIES & set((figure.of or "").casefold().split()):
        return True
    start, _ = words.sentences[words.sentence_at(figure.start)]
    at = words.number(figure.start)
    before = words.words[max(words.number(start), at - BODIES_REACH) : at]
    return any(a in BODIES and b == "of" for a, b in pairwise(before))


def is_foreseen(figure: Figure, words: Words) -> bool:
    """Whether a number is only what a toll could grow to: "could reach 200"."""
    at = words.number(figure.start)
    before = words.words[max(0, at - GROWTH_REACH) : at]
    if before[-1:] and before[-1] in UP_TO:
        before = before[:-1]
    *_, first, hope, growth = ("", "", "", *before)
    return growth in GROWTH and (hope in HOPES or (hope == "to" and first in EXPECTED))


def firm(sentences: Sequence[Sentence], *, first: int, lead: int) -> Iterator[str]:
    """Ids of the figures of the whole incident: in the `first` sentences, in the `lead` without a
    place of their own, or beside a word for the whole toll.
    """
    focus = {s.key for sentence in sentences[:first] for s in sentence.spots}
    for n, sentence in enumerate(sentences):
        own = {s.key for s in sentence.spots if not s.wide} - focus
        if n < first or (not own and (n < lead or "total" in sentence.cues)):
            yield from (f.id for f in sentence.tolls if "more" not in sentence.cues or n < first)


def plain(
    sentences: Sequence[Sentence],
    words: Words,
    days: Window | None,
    incidents: Incidents,
    *,
    first: int,
) -> Iterator[tuple[str, frozenset[str]]]:
    """Ids of the figures of sentences that go on about the incident, without a day or a kind of
    incident of their own, each with the keys of the towns and quarters that only they name.
    """
    focus = {s.key for sentence in sentences[:first] for s in sentence.spots}
    kinds = {incidents.group(k) for sentence in sentences[:first] for k in sentence.kinds} - {"any"}
    for sentence in sentences:
        own = {s.key for s in sentence.spots if not s.wide} | sentence.quarters
        other = sentence.days and days and not sentence.days.overlaps(days)
        told = {incidents.group(k) for k in sentence.kinds} - {"any"}
        if other or (told and kinds and not told & kinds) or sentence.cues & OTHER:
            continue
        for figure in sentence.tolls:
            if not is_added(figure, words, incidents):
                yield figure.id, frozenset(own - focus)


def is_added(figure: Figure, words: Words, incidents: Incidents) -> bool:
    """Whether a number counts some beside others: "another 12", "three more people". Words of the
    next sentence say nothing of it, nor does the bound of the next number ("and more than 40").
    """
    start, end = words.sentences[words.sentence_at(figure.start)]
    at = words.number(figure.start)
    before = range(max(words.number(start), at - 1), min(at + 1, words.number(figure.end)))
    after = range(words.number(figure.end), words.number(min(end, figure.end + NEAR_MORE)))
    return any(
        words.words[n] in incidents.beside_others and words.words[n : n + 2] != MORE_THAN
        for n in (*before, *after)
    )


def earlier(sentences: Sequence[Sentence], words: Words, incidents: Incidents) -> Iterator[str]:
    """Ids of the figures of counts that words call earlier ones: "an earlier toll of", "had
    initially said", "up from".
    """
    for sentence in sentences:
        for figure in sentence.tolls:
            at = words.number(figure.start)
            before = words.words[max(words.number(sentence.span[0]), at - RECOUNT_REACH) : at]
            before = tuple(word for word in before if word != "death")
            said = any(
                a in FIRST and (b in COUNTS or b in incidents.telling) for a, b in pairwise(before)
            )
            if said or incidents.recounts.found(before):
                yield figure.id
