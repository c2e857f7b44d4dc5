"""Figures: the numbers of a document that count or measure something, and what they count.

Dates, times, durations, ages, ordinals and numbers that are part of a name are left out.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Any

from sayso.annotate.counted import (
    Counted,
    Words,
    counted_after,
    effect_after,
    effect_before,
    effect_by_parse,
    effect_in,
    words,
)
from sayso.annotate.numbers import Grammar, Number, find_numbers, grammar
from sayso.annotate.parts import Draft, join_parts
from sayso.knowledge import Knowledge
from sayso.schema import Document, FigureSpan

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from sayso.annotate.parse import Parse, Piece

METHOD = "figures.rules/1"

_NEXT_WORD = re.compile(r"[\s-]{0,2}(?P<word>[A-Za-z][\w.’'-]*)")
_LAST_WORD = re.compile(r"(?P<word>[A-Za-z][\w.’']*)[\s,-]{0,3}$")
_NOT_AGE = re.compile(r"\b(?:age|ages|aged)(?:\s+(?:of|between))?\s+$", re.IGNORECASE)
_DAY_BEFORE = re.compile(
    r"(?:\b\d{1,2}(?:st|nd|rd|th)?|\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*)[\s,.-]*$",
    re.I,
)
_DISPLACED = re.compile(
    r"\s*(?:\w+\s+){0,3}?(?:to\s+(?:flee|leave)|out of (?:their|the)|from their)\b", re.I
)
_MONTHS = frozenset({
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
})  # fmt: skip


def find_figures(
    document: Document,  # noqa: ARG001 -- called like every annotator
    parse: Parse,
    *,
    knowledge: Knowledge,
) -> tuple[FigureSpan, ...]:
    """The figures of a document, in text order; `part_of` counts in the returned tuple."""
    rules = grammar(knowledge.lexicon("units"))
    known = words(knowledge.lexicon("counted"))
    skip = _Skip(knowledge.lexicon("units"))
    drafts: list[Draft] = []
    for piece in parse.pieces:
        found = _in_piece(piece, rules, known, skip)
        drafts.extend(join_parts(piece.doc, found, known, first=len(drafts)))
    return tuple(_frozen(draft) for draft in drafts)


class _Skip:
    """The words that make the number beside them no figure."""

    def __init__(self, units: dict[str, Any]) -> None:
        self.after = frozenset(units["not_counted"])
        self.before = frozenset(units["not_counted_before"])


def _in_piece(piece: Piece, rules: Grammar, known: Words, skip: _Skip) -> list[Draft]:
    doc = piece.doc
    drafts = []
    starts = frozenset(token.idx for token in doc)
    text = doc.text
    for number in find_numbers(text, rules):
        draft = _draft(piece, text, number, known, skip, starts)
        if draft:
            drafts.append(draft)
    taken = {i for draft in drafts for i in range(draft.first, draft.last + 1)}
    drafts.extend(_single_casualties(piece, text, known, taken))
    # Asking spaCy for a token's sentence walks the sentence: on endless ones that adds up.
    begins = [sentence.start for sentence in doc.sents]
    for draft in drafts:
        draft.sentence = bisect_right(begins, draft.first)
    return sorted(drafts, key=lambda draft: draft.start)


def _draft(
    piece: Piece,
    text: str,
    number: Number,
    known: Words,
    skip: _Skip,
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
    if number.kind == "count" and _is_no_count(text, number, counted, skip, doc):
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
        return None
    return draft


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
    told = effect_after(doc, draft.last + 1, known, people=people)
    draft.told_after = told is not None
    draft.effect = (
        draft.effect
        or told
        or _driven(draft, doc)
        or effect_before(doc, draft.first, known, people=people)
        or (effect_by_parse(doc, counted.head, known, people=people) if counted else None)
    )
    if counted is None and draft.effect:
        draft.people = True
        draft.unit = draft.unit or "people"
    if not draft.people and draft.effect in ("wounded", "missing", "detained"):
        draft.effect = None


def _driven(draft: Draft, doc: Doc) -> str | None:
    """As in "forced 3,000 residents out of their homes", "caused thousands to flee"."""
    end = doc[draft.last].idx + len(doc[draft.last])
    before = doc[draft.first - 1].lemma_.lower() if draft.first else ""
    if before in ("force", "drive", "cause", "compel", "prompt", "oblige") and _DISPLACED.match(
        draft.text, end
    ):
        return "displaced"
    return None


def _is_no_count(text: str, number: Number, counted: Counted | None, skip: _Skip, doc: Doc) -> bool:
    """Whether a number is a date, a clock time, an age, a duration, a reference or a name."""
    following = _NEXT_WORD.match(text, number.core[1])
    next_word = following["word"] if following else ""
    before = text[max(0, number.start - 24) : number.start]
    preceding = _LAST_WORD.search(before)
    last_word = preceding["word"].lower().rstrip(".") if preceding else ""
    people_next = bool(counted and counted.people)
    if _is_year(text, number) and _DAY_BEFORE.search(before):
        return True
    if next_word.lower().rstrip(".’'") in skip.after or next_word == "May":
        return True
    if counted and doc[counted.head].lower_ in skip.after:
        return True
    if _NOT_AGE.search(before):
        return True
    if last_word in skip.before and not (
        last_word in _MONTHS and people_next and not before.endswith(" ,")
    ):
        return True
    if number.core == (number.start, number.end) and _is_year(text, number) and not people_next:
        return True
    if _is_year(text, number) and last_word in (
        "in",
        "since",
        "until",
        "late",
        "early",
        "mid",
        "by",
        "of",
        "during",
    ):
        return True
    core = text[number.core[0] : number.core[1]].lower()
    return core in ("one", "zero") and not people_next


def _is_year(text: str, number: Number) -> bool:
    core = text[number.core[0] : number.core[1]]
    return len(core) == 4 and core.isdigit() and 1900 <= int(core) <= 2100


def _stands(draft: Draft, doc: Doc, number: Number) -> bool:
    """Whether a count counts something: a bare number does not, nor does a vague one of things."""
    if number.weak and not (draft.people and draft.effect):
        return False
    core = draft.text[number.core[0] : number.core[1]].lower()
    if core == "one":
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
    found = []
    for token in doc:
        if token.lower_ not in ("a", "an", "another") or token.i in taken:
            continue
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
        # The casualty's words are the figure: "a" alone says nothing.
        if draft.effect and draft.of_span and not _is_only_possible(doc, counted):
            end = draft.of_span[1]
            draft.number = Number(
                start=number.start, end=end, core=(number.start, end), value=1.0, low=1.0,
                high=1.0, bound="exact", spelled=True,
            )  # fmt: skip
            found.append(draft)
    return found


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
