"""What words around a number make of it: of the whole incident, beside others, an earlier count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

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
    """Ids of the figures of counts that words call earlier ones."""
    for sentence in sentences:
        for figure in sentence.tolls:
            at = words.number(figure.start)
            before = words.words[max(words.number(sentence.span[0]), at - RECOUNT_REACH) : at]
            if incidents.recounts.found(before):
                yield figure.id
