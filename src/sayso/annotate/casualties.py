"""Casualties without a number: "a child was killed", "a man, woman and child died"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.annotate.columns import columns
from sayso.annotate.counted import Counted, Words, counted_after, tells
from sayso.annotate.numbers import Number
from sayso.annotate.parts import Draft
from sayso.annotate.told import tell

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from sayso.annotate.parse import Piece

_YOUNG = frozenset({"baby", "infant", "toddler", "child"})
"""Persons that stand before another word for the same one: "a baby girl"."""


def single_casualties(piece: Piece, text: str, known: Words, taken: set[int]) -> list[Draft]:
    """As in "A child was killed", "killed a man": one, though no number says so."""
    doc = piece.doc
    found: list[Draft] = []
    for i, lower in enumerate(columns(doc).lower):
        if lower not in ("a", "an", "another") or i in taken:
            continue
        counted = counted_after(doc, i + 1, known)
        if counted is None or not _is_single(doc, counted, known):
            continue
        many, counted = _in_a_row(doc, counted, known)
        if tells(doc, counted, known):
            continue
        after = found[-1].last if found else -2
        draft = _single(piece, text, i, counted, many, known, after=after)
        if draft is None:
            continue
        found.append(draft)
        if many == 1 and (second := _second(doc, counted, known)):
            other = _single(piece, text, second.first, second, 1, known, after=second.first - 1)
            if other and (other.effect or draft.effect):
                other.effect = other.effect or draft.effect
                draft.effect, draft.tentative = draft.effect or other.effect, False
                found.append(other)
    return found


def _single(
    piece: Piece, text: str, i: int, counted: Counted, many: float, known: Words, *, after: int
) -> Draft | None:
    """The figure of one person, or of a row of them, whose words begin at token `i`.

    `after`: where the one before it ends. The casualty's words are the figure: "a" alone says
    nothing.
    """
    doc = piece.doc
    start, end = doc[i].idx, doc[counted.last].idx + len(doc[counted.last])
    number = Number(
        start=start, end=end, core=(start, end), value=many, low=many, high=many, bound="exact",
        spelled=True,
    )  # fmt: skip
    draft = Draft(
        piece=piece,
        text=text, number=number, first=i, last=counted.last, after=counted.first,
        counted=counted, people=True, unit="people", of=None, of_span=None, effect=None,
    )  # fmt: skip
    tell(draft, doc, known, single=True)
    draft.effect = draft.effect or _among(doc, i, known)
    draft.tentative = draft.effect is None
    if draft.tentative and not _may_be_listed(doc, i, counted.last, known, after=after):
        return None
    if not draft.of_span or _is_only_possible(doc, counted):
        return None
    if many > 1:
        draft.of, draft.of_span = "people", None
    return draft


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


def _in_a_row(doc: Doc, counted: Counted, known: Words) -> tuple[float, Counted]:
    """How many single persons stand behind one article, and all of them as one phrase: "a man,
    woman and child", "a woman and her child". Of "a woman and child" only the first: see `_second`.
    """
    persons, at = 1, counted.head + 1
    if doc[counted.head].lower_ in known.kin:  # their commas are lost: "a man woman and child"
        inside = (doc[i].lower_ for i in range(counted.first, counted.head))
        persons += sum(word in known.kin and word not in _YOUNG for word in inside)
    while at + 1 < len(doc) and doc[at].text == "," and _is_kin(doc, at + 1, known):
        persons, at = persons + 1, at + 2
    if at >= len(doc) or doc[at].lower_ != "and":
        return 1.0, counted
    hers = at + 1 < len(doc) and doc[at + 1].lower_ in ("his", "her", "their")
    last = at + 1 + hers
    if not _is_kin(doc, last, known) or not (hers or persons > 1):
        return 1.0, counted
    return persons + 1.0, Counted(counted.first, last, last, people=True)


def _second(doc: Doc, counted: Counted, known: Words) -> Counted | None:
    """The child of "a woman and child": one of its own, though it shares the article."""
    at = counted.last + 2
    if at < len(doc) and doc[at - 1].lower_ == "and" and _is_kin(doc, at, known):
        return Counted(at, at, at, people=True)
    return None


def _is_kin(doc: Doc, at: int, known: Words) -> bool:
    return at < len(doc) and doc[at].lower_ in known.kin and doc[at].tag_ == "NN"


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
