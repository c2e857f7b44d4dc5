"""Counts: reports, distinct texts, outlets and independent origins of what is claimed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sayso.compare.quantities import group_of, in_words, side_of, size
from sayso.compare.tolls import Toll
from sayso.schema import Claim, Document

NEAR = 1.1
"""A number with an open bound ("more than 50") is one claim with another up to so many times it."""


def distinct_texts(sources: Iterable[str], texts: Mapping[str, str]) -> int:
    """How many texts some documents are, copies of one text counted once."""
    return len({texts.get(source, source) for source in sources})


def distinct_outlets(sources: Iterable[str], documents: Mapping[str, Document]) -> int:
    """How many outlets published some documents; an unknown outlet is one of its own."""
    return len({(documents[s].outlet or f"document {s}").casefold() for s in sources})


def depth(chains: Iterable[Sequence[str]]) -> int:
    """How many voices at the least carried something to the outlet: a chain has the outlet last."""
    return min((len(chain) - 1 for chain in chains if chain), default=0)


def claims_of(
    tolls: Sequence[Toll], documents: Mapping[str, Document], texts: Mapping[str, str]
) -> tuple[Claim, ...]:
    """The tolls of a matter by what they claim, whoever does: wholes and the most reported first.

    Numbers are one claim when they are equal, count the same effect and not two different kinds of
    people; an open number joins the one claim right above it. Single persons are one claim
    where their nouns are one, parts that are no kind of people where their voice is.
    """
    groups: list[list[Toll]] = []
    ranked = sorted(
        tolls,
        key=lambda t: (t.figure.value is None, t.figure.bound != "exact", t.document, t.figure.id),
    )
    for toll in ranked:
        fits = [group for group in groups if _is_same(toll, group)]
        if len(fits) == 1 or (fits and toll.figure.value is not None):
            fits[0].append(toll)
        else:
            groups.append([toll])
    made = [_claim(group, documents, texts) for group in groups]
    return tuple(
        sorted(made, key=lambda c: (c.part, c.effect or "", -c.reports, -(c.value or 0), c.figures))
    )


def _is_same(toll: Toll, group: Sequence[Toll]) -> bool:
    first = group[0]
    if (toll.quantity.unit, toll.quantity.effect, toll.part) != (
        first.quantity.unit,
        first.quantity.effect,
        first.part,
    ):
        return False
    if not all(_is_alike(toll, other) for other in group):
        return False
    if toll.figure.value is None or first.figure.value is None:
        return toll.figure.low == first.figure.low and toll.figure.high == first.figure.high
    if toll.figure.value == first.figure.value:
        return True
    small, large = sorted((toll.figure, first.figure), key=size)
    return (
        small.bound == "more than" and large.bound == "exact" and size(large) <= NEAR * size(small)
    )


def _is_alike(a: Toll, b: Toll) -> bool:
    """Whether two tolls count the same people. Single persons are told apart by their nouns; parts
    that are no kind of people, such as a village's dead, by whoever tells of them.
    """
    kinds = {group_of(a.quantity.of), group_of(b.quantity.of)}
    sides = {side_of(a.figure), side_of(b.figure)} - {None}
    if "state" in sides and len(sides) > 1:
        return False
    if "fighter" in kinds and "civilian" in (a.quantity.of, b.quantity.of):
        return False
    if a.figure.value == b.figure.value == 1:
        return a.quantity.of == b.quantity.of
    if a.part:
        return len(kinds) == 1 and (not kinds & {"people", "fighter"} or a.voice.key == b.voice.key)
    return len(kinds - {"people"}) <= 1


def _claim(
    group: Sequence[Toll], documents: Mapping[str, Document], texts: Mapping[str, str]
) -> Claim:
    sources = sorted({toll.document for toll in group})
    named = {toll.document for toll in group if toll.voice.counts}
    figure = group[0].figure
    return Claim(
        says=in_words(figure),
        effect=figure.effect,
        value=figure.value,
        figures=tuple(sorted({f.id for toll in group for f in toll.same})),
        documents=tuple(sources),
        reports=len(sources),
        texts=distinct_texts(sources, texts),
        outlets=distinct_outlets(sources, documents),
        origins=len({toll.voice.key for toll in group if toll.voice.counts}),
        unknown=len(set(sources) - named),
        depth=depth(f.chain for toll in group for f in toll.same),
        part=group[0].part,
    )
