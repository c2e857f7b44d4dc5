"""Who claims a deed as their own: "claimed by X", "X claimed responsibility for the attack"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.annotate.arguments import agents_of, is_passive
from sayso.annotate.triggers import is_negated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Token

BEFORE = -1
"""The key of what the sentence before told: "It was claimed by X"."""

_CLAIM = frozenset({"claim", "claims", "claimed", "claiming"})
_TAKE = frozenset({
    "take", "takes", "took", "taken", "taking", "accept", "accepts", "accepted", "accepting",
    "assume", "assumes", "assumed", "assuming", "admit", "admits", "admitted", "admitting",
})  # fmt: skip
_NOBODY = frozenset({"nobody", "none", "no", "neither", "anyone", "one", "who", "it", "that"})
_AGAIN = frozenset({"it", "this", "that", "which"})
_NEAR = 4
"""Words between "responsibility" and its "for", at most."""


def claimants(doc: Doc, words: list[str], sentence: tuple[int, int]) -> dict[int, list[Token]]:
    """The heads of the phrases that claim a deed, by the index of the deed's token.

    `words` are the lower-cased tokens of the Doc, `sentence` is a range of them. A deed is an
    event noun or a verb; what took place in a clause on it ("the attack that killed 12") has the
    same claimant. The deeds that nobody claims ("no group has claimed …") are left out.
    """
    found: dict[int, list[Token]] = {}
    for i in range(*sentence):
        if words[i] not in _CLAIM and not (
            words[i] in _TAKE and "responsibility" in words[i : i + 2 + _NEAR]
        ):
            continue
        verb = doc[i]
        who = [head for head in _claiming(verb) if head.lower_ not in _NOBODY]
        if (
            not who
            or is_negated(verb)
            or any(_is_no(child) for head in who for child in head.children)
        ):
            continue
        for deed in _deeds(verb):
            key = BEFORE if deed.lower_ in _AGAIN and deed.i < i else deed.i
            found.setdefault(key, who)
            found.update((inner.i, who) for inner in _told_of(deed) if inner.i not in found)
    return found


def _is_no(word: Token) -> bool:
    return word.lower_ in ("no", "neither")


def _claiming(verb: Token) -> list[Token]:
    """Who claims: the subject, or of a passive the by-phrase."""
    if is_passive(verb) or any(child.lower_ == "by" for child in verb.children):
        return [
            grand
            for child in verb.children
            if child.lower_ == "by"
            for grand in child.children
            if grand.dep_ == "pobj"
        ]
    return agents_of(verb)


def _deeds(verb: Token) -> Iterator[Token]:
    """What is claimed: the object, the subject of a passive, or what the responsibility is for."""
    things = [c for c in verb.children if c.dep_ in ("dobj", "obj", "nsubjpass")]
    if verb.dep_ == "acl":
        things.append(verb.head)
    for thing in things:
        if thing.lower_ != "responsibility":
            if thing.lower_ in _AGAIN and verb.dep_ == "relcl":
                yield verb.head
            elif thing.lower_ in _AGAIN or thing.pos_ == "NOUN":
                yield thing
            continue
        for holder in (thing, verb):
            for child in holder.children:
                if child.lower_ == "for" and 0 < child.i - thing.i <= _NEAR:
                    yield from (c for c in child.children if c.dep_ in ("pobj", "pcomp"))


def _told_of(deed: Token) -> Iterator[Token]:
    """The verbs of the clauses on a deed, and the deeds joined to it."""
    for child in deed.children:
        if child.dep_ == "relcl" or (child.dep_ == "acl" and child.tag_ == "VBG"):
            yield child
    yield from (other for other in deed.conjuncts if other.i > deed.i)
