"""What befell those that a number counts, told farther away: behind an aside, in a set phrase, or
in a sentence that is turned around. Asked only where the words beside the number say nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.annotate.counted import JOINERS, Counted, Words, look
from sayso.annotate.effects import effect_after, is_active

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

ASIDE = 14
"""Words between those that are counted and the verb that tells of them, at most."""

TURNED = 12
"""Words between "among the dead" and the number behind it, at most."""

PHRASE = 90
"""Characters behind what is counted in which a set phrase may stand."""

_ASIDES = frozenset({
    "including", "among", "most", "mostly", "mainly", "some", "many", "one", "two", "three", "of",
    "from", "in", "at", "near", "on", "(", "-", "–", "—", ",",
})  # fmt: skip
_STOPS = frozenset({
    "when", "after", "before", "as", "because", "while", "that", "which", "where", "who", "if",
    "but", ";", ".", ":", "said", "says", "told", "reported", "amid", "since", "until", "by",
    "fired", "to", "\"", "”",
})  # fmt: skip
_FINITE = frozenset({"were", "have", "had", "are"})
_TOLLS = frozenset({"killed", "wounded"})
_OPEN = frozenset({"DET", "ADP", "PRON", "NUM", "ADV"})
"""Kinds of words after which a state is somebody else's: "the dead", "two killed"."""

_GROUPS = frozenset({"victims", "casualties", "fatalities", "deaths"})
_INCLUDED = frozenset({"include", "comprise", "number"})
_BOUNDS = frozenset({"at", "least", "more", "than", "about", "some", "also", "around", "over"})


def effect_far(doc: Doc, text: str, counted: Counted, first: int, known: Words) -> str | None:
    """What befell the people of a counted phrase whose number begins at token `first`, or null."""
    return (
        effect_in_phrase(doc, text, counted.last, known)
        or _behind_aside(doc, text, counted.last, known)
        or _lost(doc, first, known)
        or _turned(doc, first, known)
    )


def effect_in_phrase(doc: Doc, text: str, last: int, known: Words) -> str | None:
    """What a set phrase behind token `last` says: "lost their lives", "sustained injuries"."""
    end = doc[last].idx + len(doc[last])
    behind = text[end : end + PHRASE].lower()
    return next((told for told, pattern in known.phrases if pattern.match(behind)), None)


def _behind_aside(doc: Doc, text: str, last: int, known: Words) -> str | None:
    """As in "84 people, including 17 children, were killed", "ten leaders of the group killed"."""
    if last + 2 >= len(doc):
        return None
    if doc[last + 1].lower_ not in _ASIDES and not (
        doc[last + 1].like_num and doc[last + 2].lower_ == "of"
    ):
        return None
    for token in doc[last + 1 : last + 1 + ASIDE]:
        if token.lower_ in _STOPS or (token.is_sent_start and token.i > last + 1):
            return None
        if token.lower_ in _FINITE:
            told = effect_after(doc, token.i, known, people=True)
            told = told or effect_in_phrase(doc, text, token.i - 1, known)
            if told or token.lower_ != "had":
                return told
        elif known.by_state.get(token.lower_) in _TOLLS:
            own = token.i > last + 1 and doc[token.i - 1].pos_ not in _OPEN
            if not own or is_active(token, doc, known):
                return None
            return effect_after(doc, token.i, known, people=True, bare=True)
        elif _dies(token, known):
            return known.by_subject[token.lemma_.lower()]
        elif token.tag_ in ("VBD", "VBZ", "VBP", "MD") or token.lower_ in ("has", "was", "is"):
            return None
    return None


def _dies(token: Token, known: Words) -> bool:
    lemma = token.lemma_.lower()
    return (
        token.tag_ in ("VBD", "VBP")
        and known.by_subject.get(lemma) == "killed"
        and lemma not in known.people_only
    )


def _lost(doc: Doc, first: int, known: Words) -> str | None:
    """As in "lost at least 12 soldiers": their own side tells so; or "shot dead six"."""
    at = first - 1
    while at >= 0 and doc[at].lower_ in _BOUNDS:
        at -= 1
    if at > 0 and doc[at].lower_ == "dead" and doc[at - 1].pos_ == "VERB":
        return known.by_state["dead"]
    return "killed" if at >= 0 and doc[at].lemma_.lower() in known.losing else None


def _turned(doc: Doc, first: int, known: Words) -> str | None:
    """As in "among the dead were 12 children", "those killed on Monday included two women"."""
    at = first - 1
    while at >= 0 and (doc[at].lower_ in _BOUNDS or doc[at].lower_ in JOINERS):
        at -= 1
    if at < 0:
        return None
    turned = doc[at].lower_ in ("were", "are", "was")
    if not turned and doc[at].lemma_.lower() not in _INCLUDED:
        return None
    start = max(0, at - TURNED)
    start = next((i for i in range(at - 1, start, -1) if doc[i].is_sent_start), start)
    before = list(doc[start:at])
    for k, token in enumerate(before):
        opens = before[k - 1].lower_ if k else ""
        if turned and not any(t.lower_ == "among" for t in before[:k]):
            continue
        if token.lower_ in known.by_state and opens in ("the", "those"):
            return known.by_state[token.lower_]
        if token.lower_ in _GROUPS and opens in ("the", "their", ""):
            return look(token, known.by_noun) or "killed"
    return None
