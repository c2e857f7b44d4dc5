"""Figures: the numbers of a document that count or measure something, and what they count.

Dates, times, durations, ages, ordinals and numbers that are part of a name are left out.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from sayso.annotate.columns import columns
from sayso.annotate.counted import (
    Counted,
    Words,
    counted_after,
    is_person,
    words,
)
from sayso.annotate.effects import effect_after, effect_before, effect_by_parse, effect_in
from sayso.annotate.numbers import Grammar, Number, find_numbers, grammar
from sayso.annotate.parts import Draft, join_parts
from sayso.annotate.uncounted import ELLIPTIC, Skip, is_no_count
from sayso.knowledge import Knowledge
from sayso.schema import Document, FigureSpan

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from sayso.annotate.parse import Parse, Piece

METHOD = "figures.rules/1"

_DISPLACED = re.compile(
    r"\s*(?:\w+\s+){0,3}?(?:to\s+(?:flee|leave)|out of (?:their|the)|from their)\b", re.I
)
_STATES = frozenset({"wounded", "captured", "detained", "abducted", "besieged"})
_TIMED = frozenset(
    ["at", "by", "since", "from", "around", "about", "until", "to", "on", "in", "of"]
)
"""Words before a bare number that make it a time or an amount."""

_INCLUDING_BEFORE = re.compile(r"\b(?:including|among\s+them)\s+$", re.IGNORECASE)


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
    drafts.extend(_single_casualties(piece, text, known, taken))
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
    if number.kind == "count" and is_no_count(text, number, counted, skip, doc):
        return None
    draft = Draft(
        piece=piece,
        text=text, number=number, first=first, last=counted.last if counted else last,
        after=last + 1, counted=counted, people=bool(counted and counted.people),
        unit=number.unit, of=None, of_span=None, effect=None,
    )  # fmt: skip
    if number.kind in ("count", "share"):
        _tell(draft, doc, known)
    if number.kind == "count" and not _stands(draft, doc, number):
        draft.tentative = draft.elliptic = _is_elliptic(draft, doc)
        return draft if draft.elliptic else None
    return draft


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


def _tell(draft: Draft, doc: Doc, known: Words) -> None:
    """What the draft counts, and what befell it."""
    counted = draft.counted
    if counted:
        begin, end = doc[counted.first].idx, doc[counted.last].idx + len(doc[counted.last])
        draft.of_span = (begin, end)
        draft.of = " ".join(draft.text[begin:end].split())
        if doc[counted.head].lower_ in ("lives", "souls"):
            draft.of = "people"
        draft.unit = draft.unit or ("people" if counted.people else doc[counted.head].lower_)
        draft.effect = effect_in(doc, counted, known)
    people = draft.people or counted is None
    told = None
    if not _is_of_another(draft, doc):
        told = effect_after(doc, draft.last + 1, known, people=people, bare=counted is None)
    draft.told_after = told is not None
    before = effect_before(doc, draft.first, known, people=people)
    parsed = effect_by_parse(doc, counted.head, known, people=people) if counted else None
    if told and before and _is_apposed(doc, draft.last + 1):
        # "Killed 20 fighters fleeing the town": the verb says what befell them.
        told, draft.told_after = None, False
    if "killed" in (told, parsed) and draft.effect in _STATES:
        draft.effect = "killed"  # "six injured civilians died"
    draft.effect = draft.effect or told or _driven(draft, doc) or before or parsed
    if draft.effect is None and _INCLUDING_BEFORE.search(draft.text[: draft.start][-24:]):
        draft.effect = _of_whole(doc, draft.first, known)
    if counted is None and draft.effect:
        draft.people = True
        draft.unit = draft.unit or "people"
    if not draft.people and draft.effect in ("wounded", "missing", "detained", "besieged"):
        draft.effect = None


def _is_of_another(draft: Draft, doc: Doc) -> bool:
    """Whether the verb behind has another subject: "a bus with 12 passengers was shelled"."""
    many = draft.counted is not None and draft.number.value not in (1.0, None)
    return many and draft.last + 1 < len(doc) and doc[draft.last + 1].lower_ in ("was", "is", "has")


def _is_apposed(doc: Doc, index: int) -> bool:
    """Whether a participle tells what they were doing: "fleeing", "trying to flee"."""
    return index < len(doc) and doc[index].tag_ == "VBG"


def _of_whole(doc: Doc, index: int, known: Words) -> str | None:
    """What befell people without a number that some are picked from: "killing civilians, including
    three children".
    """
    people = next(
        (t for t in reversed(doc[max(0, index - 6) : index]) if is_person(t, known)), None
    )
    if people is None:
        return None
    return effect_before(doc, people.i, known, people=True) or effect_by_parse(
        doc, people.i, known, people=True
    )


def _driven(draft: Draft, doc: Doc) -> str | None:
    """As in "forced 3,000 residents out of their homes", "caused thousands to flee"."""
    end = doc[draft.last].idx + len(doc[draft.last])
    before = doc[draft.first - 1].lemma_.lower() if draft.first else ""
    if before in ("force", "drive", "cause", "compel", "prompt", "oblige") and _DISPLACED.match(
        draft.text, end
    ):
        return "displaced"
    return None


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


def _single_casualties(piece: Piece, text: str, known: Words, taken: set[int]) -> list[Draft]:
    """As in "A child was killed", "killed a man": one, though no number says so."""
    doc = piece.doc
    found: list[Draft] = []
    for i, lower in enumerate(columns(doc).lower):
        if lower not in ("a", "an", "another") or i in taken:
            continue
        token = doc[i]
        counted = counted_after(doc, token.i + 1, known)
        if counted is None or not _is_single(doc, counted, known):
            continue
        number = Number(
            start=token.idx, end=token.idx + len(token), core=(token.idx, token.idx + len(token)),
            value=1.0, low=1.0, high=1.0, bound="exact", spelled=True,
        )  # fmt: skip
        draft = Draft(
            piece=piece,
            text=text, number=number, first=token.i, last=counted.last, after=token.i + 1,
            counted=counted, people=True, unit="people", of=None, of_span=None, effect=None,
        )  # fmt: skip
        _tell(draft, doc, known)
        draft.effect = draft.effect or _among(doc, token.i, known)
        draft.tentative = draft.effect is None
        last = found[-1].last if found else -2
        if draft.tentative and not _may_be_listed(doc, token.i, counted.last, known, after=last):
            continue
        # The casualty's words are the figure: "a" alone says nothing.
        if draft.of_span and not _is_only_possible(doc, counted):
            end = draft.of_span[1]
            draft.number = Number(
                start=number.start, end=end, core=(number.start, end), value=1.0, low=1.0,
                high=1.0, bound="exact", spelled=True,
            )  # fmt: skip
            found.append(draft)
    return found


def _among(doc: Doc, index: int, known: Words) -> str | None:
    """As in "among those killed on Monday was a child"."""
    if index < 3 or doc[index - 1].lower_ not in ("was", "were", "is", "are"):
        return None
    before = doc[max(doc[index].sent.start, index - 12) : index - 1]
    if not any(token.lower_ == "among" for token in before):
        return None
    states = [known.by_state[t.lower_] for t in before if t.lower_ in known.by_state]
    return states[-1] if states else None


def _may_be_listed(doc: Doc, index: int, last: int, known: Words, *, after: int) -> bool:
    """Whether "a child" stands in a list and is no subject of its own: "including a child", "and a
    child", "a nurse, a child and two soldiers were killed". `after`: where the one before it ends.
    """
    following = doc[last + 1] if last + 1 < len(doc) else None
    if (
        following is not None
        and following.tag_ in ("VBD", "VBZ", "VBP", "MD")
        and following.lower_ not in known.by_state
        and following.lower_ not in ("were", "was", "are")
    ):
        return False
    before = [token.lower_ for token in doc[max(0, index - 3) : index]]
    word = before[-1] if before else ""
    return (
        word in ("and", "including", "plus", "(", "among")
        or before[-2:] in (["among", "them"], ["well", "as"], ["along", "with"])
        or before[-3:] == ["in", "addition", "to"]
        or (word == "," and doc[index - 2].i == after)
        or index - 1 == after
        or doc[index].is_sent_start is True
    )


def _is_single(doc: Doc, counted: Counted, known: Words) -> bool:
    head = doc[counted.head]
    return (
        head.lower_ in known.singular
        and head.tag_ in ("NN", "NNP")
        and counted.last == counted.head
        and counted.head - counted.first < 4
    )


def _is_only_possible(doc: Doc, counted: Counted) -> bool:
    verb = doc[counted.head].head
    return any(
        child.dep_ == "neg" or (child.dep_ == "aux" and child.tag_ == "MD")
        for child in verb.children
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
