"""Figures: the numbers of a document that count or measure something, and what they count.

Dates, times, durations, ages, ordinals and numbers that are part of a name are left out.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from sayso.annotate.casualties import single_casualties
from sayso.annotate.columns import columns
from sayso.annotate.counted import Counted, Words, counted_after, is_teller, words
from sayso.annotate.effects import effect_before
from sayso.annotate.numbers import Grammar, Number, find_numbers, grammar
from sayso.annotate.parts import Draft, join_parts
from sayso.annotate.told import tell
from sayso.annotate.uncounted import ELLIPTIC, Skip, is_no_count
from sayso.knowledge import Knowledge
from sayso.schema import Document, FigureSpan

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from sayso.annotate.parse import Parse, Piece

METHOD = "figures.rules/1"

_TIMED = frozenset(
    ["at", "by", "since", "from", "around", "about", "until", "to", "on", "in", "of"]
)
"""Words before a bare number that make it a time or an amount."""


def find_figures(
    document: Document,  # noqa: ARG001 -- called like every annotator
    parse: Parse,
    *,
    knowledge: Knowledge,
) -> tuple[FigureSpan, ...]:
    """The figures of a document, in text order; `part_of` counts in the returned tuple."""
    rules = grammar(knowledge.lexicon("units"))
    known = words(knowledge.lexicon("counted"))
    skip = Skip(knowledge.lexicon("units"))
    drafts: list[Draft] = []
    for piece in parse.pieces:
        found = _in_piece(piece, rules, known, skip)
        drafts.extend(join_parts(piece.doc, found, known, first=len(drafts)))
    return tuple(_frozen(draft) for draft in drafts)


def _in_piece(piece: Piece, rules: Grammar, known: Words, skip: Skip) -> list[Draft]:
    doc = piece.doc
    drafts = []
    starts = frozenset(columns(doc).starts)
    text = columns(doc).whole
    for number in find_numbers(text, rules):
        draft = _draft(piece, text, number, known, skip, starts)
        if draft:
            drafts.append(draft)
    taken = {i for draft in drafts for i in range(draft.first, draft.last + 1)}
    drafts.extend(single_casualties(piece, text, known, taken))
    # Asking spaCy for a token's sentence walks the sentence: on endless ones that adds up.
    begins = [first for first, _ in columns(doc).sentences]
    for draft in drafts:
        draft.sentence = bisect_right(begins, draft.first)
    return sorted(drafts, key=lambda draft: draft.start)


def _draft(
    piece: Piece,
    text: str,
    number: Number,
    known: Words,
    skip: Skip,
    starts: frozenset[int],
) -> Draft | None:
    doc = piece.doc
    span = doc.char_span(number.start, number.end, alignment_mode="expand")
    if span is None or (number.start not in starts and number.kind == "count"):
        return None
    first, last = span.start, span.end - 1
    counted = None
    if number.kind in ("count", "share"):
        plural = number.kind == "count" and number.value != 1
        counted = counted_after(doc, last + 1, known, plural=plural)
    if number.kind == "share" and not _is_share_of(doc, last + 1):
        counted = None
    if counted and number.kind == "count" and _is_source(doc, first, counted, known):
        counted = None
    if number.kind == "count" and is_no_count(text, number, counted, skip, doc):
        return None
    draft = Draft(
        piece=piece,
        text=text, number=number, first=first, last=counted.last if counted else last,
        after=last + 1, counted=counted, people=bool(counted and counted.people),
        unit=number.unit, of=None, of_span=None, effect=None,
    )  # fmt: skip
    if number.kind in ("count", "share"):
        tell(draft, doc, known)
    if number.kind == "count" and not _stands(draft, doc, number):
        draft.tentative = draft.elliptic = _is_elliptic(draft, doc)
        return draft if draft.elliptic else None
    return draft


def _is_source(doc: Doc, first: int, counted: Counted, known: Words) -> bool:
    """Whether the noun behind a number tells of the dead before it, and is not counted."""
    if doc[first].is_sent_start or not is_teller(doc, counted, known):
        return False
    return effect_before(doc, first, known, people=True) in ("killed", "wounded")


def _is_elliptic(draft: Draft, doc: Doc) -> bool:
    """Whether a bare number may count what the one before it does: "12 raids on Dorrun and 3 on
    Vel".
    """
    if draft.number.kind != "count" or draft.number.weak or not draft.first:
        return False
    before = doc[draft.first - 1]
    return (
        before.lower_ not in _TIMED
        and (before.pos_ in ("PROPN", "NOUN", "CCONJ", "PUNCT") or before.lower_ == "another")
        and ELLIPTIC.match(draft.text, draft.number.end) is not None
    )


def _is_share_of(doc: Doc, index: int) -> bool:
    return index < len(doc) and doc[index].lower_ in ("of", "the")


def _stands(draft: Draft, doc: Doc, number: Number) -> bool:
    """Whether a count counts something: a bare number does not, nor does a vague one of things."""
    if number.weak and not (draft.people and draft.effect):
        return False
    core = draft.text[number.core[0] : number.core[1]].lower()
    if core == "one" and number.core[0] == number.start:
        previous = doc[draft.first - 1].lower_ if draft.first else ""
        of_next = draft.after < len(doc) and doc[draft.after].lower_ == "of"
        return bool(draft.effect) and previous not in ("no", "any", "every") and not of_next
    if draft.counted is not None or draft.effect is not None:
        return True
    # "50 of them", "of whom 28,000": what they count is said by the whole.
    nexts = [token.lower_ for token in doc[draft.after : draft.after + 2]]
    previous = doc[draft.first - 1].lower_ if draft.first else ""
    return (
        nexts[:1] == ["of"]
        or previous in ("whom", "which", "them", "including")
        or nexts[:1] == ["others"]
    )


def _frozen(draft: Draft) -> FigureSpan:
    number, offset = draft.number, draft.piece.start
    of_span = draft.of_span
    return FigureSpan(
        start=offset + number.start,
        end=offset + number.end,
        value=number.value,
        low=number.low,
        high=number.high,
        bound=number.bound,
        unit=draft.unit,
        of=draft.of,
        of_span=(offset + of_span[0], offset + of_span[1]) if of_span else None,
        effect=draft.effect,
        part_of=draft.part_of,
        share=draft.share,
        method=METHOD,
    )
