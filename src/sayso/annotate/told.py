"""What a figure counts and what befell it: the words around its number, put together."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sayso.annotate.counted import JOINERS, QUOTES, Counted, Words, is_person
from sayso.annotate.effects import (
    effect_after,
    effect_before,
    effect_by_parse,
    effect_in,
    effect_of_cases,
)
from sayso.annotate.effects_far import effect_far, effect_in_phrase

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from sayso.annotate.parts import Draft

_DISPLACED = re.compile(
    r"\s*(?:\w+\s+){0,3}?(?:to\s+(?:flee|leave)|out of (?:their|the)|from their)\b", re.I
)
_STATES = frozenset({"wounded", "displaced", "captured", "detained", "abducted", "besieged"})
"""What those can be already who are then killed."""

_LIVES = frozenset({"life", "soul", "lives", "souls"})
_BEFALLEN = frozenset({"death", "injury", "fatality", "deaths", "injuries", "fatalities"})
"""Nouns that say what befell those that they count, and not who they are."""

_INCLUDING_BEFORE = re.compile(r"\b(?:including|among\s+them)\s+$", re.IGNORECASE)


def tell(draft: Draft, doc: Doc, known: Words, *, single: bool = False) -> None:
    """What the draft counts, and what befell it.

    `single`: one person without a number, whom a word of theirs alone does not make a casualty
    ("a man carries an injured girl").
    """
    counted = draft.counted
    if counted:
        draft.unit = draft.unit or ("people" if counted.people else doc[counted.head].lower_)
        draft.effect = effect_in(doc, counted, known) if not single else None
        if cases := effect_of_cases(doc, counted, known):
            draft.effect, draft.people, draft.unit = cases, True, "people"
    people = draft.people or counted is None
    told = None
    if not _is_of_another(draft, doc):
        told = effect_after(doc, draft.last + 1, known, people=people, bare=counted is None)
    draft.told_after = told is not None
    before = effect_before(doc, draft.first, known, people=people)
    parsed = effect_by_parse(doc, counted.head, known, people=people) if counted else None
    picked = _INCLUDING_BEFORE.search(draft.text[: draft.start][-24:]) is not None
    if told and (before or picked) and _is_apposed(doc, draft.last + 1):
        # "Killed 20 fighters fleeing the town": the verb says what befell them.
        told, draft.told_after = None, False
    if "killed" in (told, parsed) and draft.effect in _STATES:
        draft.effect = "killed"  # "six injured civilians died"
    draft.effect = draft.effect or told or _driven(draft, doc) or before or parsed
    if draft.effect is None and counted is None and draft.number.kind == "count":
        draft.effect = effect_in_phrase(doc, draft.text, draft.last, known)
    elif draft.effect is None and draft.people and counted:
        draft.effect = effect_far(doc, draft.text, counted, draft.first, known)
    if draft.effect is None and picked:
        draft.effect = _of_whole(doc, draft.first, known)
    if counted is None and draft.effect:
        draft.people = True
        draft.unit = draft.unit or "people"
    if not draft.people and draft.effect in ("wounded", "missing", "detained", "besieged"):
        draft.effect = None
    if counted:
        _name(draft, doc, counted, known)


def _name(draft: Draft, doc: Doc, counted: Counted, known: Words) -> None:
    """What is counted, in words: without marks, and without what only says what befell them."""
    head = doc[counted.head]
    if head.lemma_.lower() in _LIVES:
        draft.of, draft.of_span = "people", (head.idx, head.idx + len(head))
        return
    is_count = draft.number.kind == "count"
    if is_count and counted.people and head.lemma_.lower() in _BEFALLEN:
        return
    if draft.people and not counted.people and head.lower_ in ("case", "cases"):
        return
    first = counted.first
    while first < counted.head and (
        doc[first].text in QUOTES or _says_effect(doc[first], draft, known)
    ):
        first += 1
    begin, end = doc[first].idx, doc[counted.last].idx + len(doc[counted.last])
    draft.of_span = (begin, end)
    draft.of = " ".join(draft.text[begin:end].split())


def _says_effect(token: Token, draft: Draft, known: Words) -> bool:
    """Whether a word says what its figure's effect does: "wounded" of "115 wounded persons"."""
    if not draft.people or draft.effect not in ("killed", "wounded", "killed or wounded"):
        return False
    if token.lower_ in JOINERS or token.lower_ in ("from", "among"):
        return token.doc[token.i - 1].lower_ in known.by_state
    return known.by_state.get(token.lower_, "-") in draft.effect


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
