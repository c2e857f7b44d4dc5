"""Phrases of a parse: who a verb's subject is, and how far its clauses reach.

All ranges are of token indices, half-open, in one spaCy Doc.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Token

    from sayso.annotate.lexicon import Cues
    from sayso.schema import AttributionType

Tokens = tuple[int, int]
"""A half-open range of token indices of one spaCy Doc."""

SUBJECTS = frozenset({"nsubj", "nsubjpass"})
OBJECTS = frozenset({"dobj", "oprd", "attr", "acomp"})
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_INTO_CUE = frozenset({"aux", "auxpass", "neg", "prt", "advmod"})
MOST_STEPS = 12
"""How far up a chain of conjoined or governed verbs a subject is looked for."""


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """A cue with its source and content, in tokens.

    `quoting` says that words in quotation marks beside it are its content too; a report without
    contents stands or falls with them.
    """

    at: int
    lemma: str
    type: AttributionType
    sources: tuple[Tokens, ...]
    cue: tuple[Tokens, ...]
    contents: tuple[Tokens, ...]
    quoting: bool = False
    beside_only: bool = False
    denied: bool = False


def ranges(indices: Iterable[int]) -> tuple[Tokens, ...]:
    """Token indices as ranges, in order."""
    found: list[list[int]] = []
    for i in sorted(set(indices)):
        if found and found[-1][1] == i:
            found[-1][1] = i + 1
        else:
            found.append([i, i + 1])
    return tuple((a, b) for a, b in found)


def phrase(head: Token) -> Tokens:
    """A noun phrase as PolNeAR marks sources: with titles, appositions and what belongs to it, but
    without relative clauses, ages and what stands loose behind it.
    """
    kept = {head.i}
    todo = [head]
    while todo:
        token = todo.pop()
        for child in token.children:
            if child.dep_ == "relcl":
                continue
            if child.i > token.i and child.dep_ in {"acl", "advcl", "npadvmod"}:
                continue
            if child.dep_ == "punct" and child.i > head.i:
                kept.add(child.i)
                continue
            kept.add(child.i)
            todo.append(child)
    doc = head.doc
    low = high = head.i
    while low - 1 in kept:
        low -= 1
    while high + 1 in kept:
        high += 1
    while high > head.i and (doc[high].is_punct or doc[high].is_space or doc[high].dep_ == "cc"):
        if doc[high].text in {")", "]"} and any(t.text in {"(", "["} for t in doc[low:high]):
            break
        high -= 1
    while low < head.i and (
        doc[low].is_punct or doc[low].is_space or doc[low].ent_type_ in {"DATE", "TIME"}
    ):
        low += 1
    return low, high + 1


def subject(verb: Token, cues: Cues) -> tuple[tuple[Tokens, ...], bool]:
    """The source tokens that a verb has for its subject, and whether it is passive.

    A relative pronoun comes with its antecedent; a conjoined or governed verb has its governor's
    subject; a participle behind a noun has the noun. Of a passive the by-phrase is the source.
    """
    token = verb
    for _ in range(MOST_STEPS):
        own = [child for child in token.children if child.dep_ in SUBJECTS]
        agents = [a for a in token.children if a.dep_ == "agent"]
        is_passive = any(c.dep_ in {"nsubjpass", "auxpass"} for c in token.children)
        if token.i == verb.i and (is_passive or _is_bare_participle(token)):
            found = [p for a in agents for p in a.children if p.dep_ == "pobj"]
            return tuple(phrase(p) for p in found[:1]), True
        if own:
            return _with_antecedent(token, own[-1]), False
        head = token.head
        if head.i == token.i:
            break
        if token.dep_ in {"acl", "relcl"} and token.tag_ == "VBG":
            if can_speak(head, cues) or head.lemma_.lower() in cues.documents:
                return (phrase(head),), False
            token = head
            continue
        if token.pos_ in {"NOUN", "PROPN"} and head.pos_ in {"NOUN", "PROPN", "ADP", "VERB", "AUX"}:
            token = head
            continue
        if token.dep_ == "conj" and head.dep_ == "dobj":
            token = head.head
            continue
        if token.dep_ in {"prep", "agent"} or head.pos_ in {"VERB", "AUX"} or token.dep_ == "pcomp":
            token = head
            continue
        break
    return (), False


def _is_bare_participle(verb: Token) -> bool:
    """Whether a verb is passive without an auxiliary ("asked whether", "a report published by")."""
    return (
        verb.tag_ == "VBN"
        and verb.dep_ in {"acl", "advcl"}
        and not any(c.dep_ in {"aux", "nsubj"} for c in verb.children)
    )


def _with_antecedent(verb: Token, word: Token) -> tuple[Tokens, ...]:
    if word.tag_ in {"WP", "WDT"} and verb.dep_ == "relcl":
        return phrase(verb.head), (word.i, word.i + 1)
    if word.tag_ in {"WP", "WDT"} and verb.dep_ == "conj" and verb.head.dep_ == "relcl":
        return phrase(verb.head.head), (word.i, word.i + 1)
    return (phrase(word),)


def cue_words(verb: Token, *more: Token) -> tuple[Tokens, ...]:
    """The verb with the auxiliaries, negation and adverbs right beside it."""
    indices = {verb.i, *(token.i for token in more)}
    near = {c.i for c in verb.children if c.dep_ in _INTO_CUE and not c.tag_.startswith("NN")}
    low, high = verb.i, verb.i
    while low - 1 in near:
        low -= 1
    while high + 1 in near and verb.doc[high + 1].dep_ == "prt":
        high += 1
    return ranges({*indices, *range(low, high + 1)})


def clause(head: Token, verb: Token, sources: tuple[Tokens, ...], cues: Cues) -> set[int]:
    """The tokens of a clause that a verb governs, without the verb's own group in it and without
    what the same source goes on to say behind it ("said A, adding that B").
    """
    inside = {t.i for t in head.subtree}
    if verb.i in inside:
        inside -= {t.i for t in verb.subtree}
    for other in (t for t in head.subtree if t.i > verb.i and goes_on(t, cues)):
        inside -= {t.i for t in other.subtree}
    for a, b in sources:
        inside -= set(range(a, b))
    inside.discard(verb.i)
    return inside


def goes_on(verb: Token, cues: Cues) -> bool:
    """Whether a cue verb inside a reported clause belongs to who reports it, not to the clause.

    So are participles behind a comma ("said that A left, adding B"), or behind a clause whose
    subject cannot speak, and conjoined verbs of saying that have no subject of their own and stand
    in the tense of the reporting verb.
    """
    lemma = cues.lemma(verb.lemma_.lower())
    if cues.type_of(lemma, "quote") is None and lemma not in cues.plain:
        return False
    if any(c.dep_ in SUBJECTS for c in verb.children):
        return False
    above = reporter(verb, cues)
    if above is None:
        return False
    left = verb.left_edge.i
    before = verb.doc[left - 1].text if left else ""
    if verb.tag_ == "VBG" and verb.dep_ in {"advcl", "conj", "acl", "xcomp"}:
        return before in {",", "—", "–", "--", "-"} or not _has_speaker(verb, cues)
    return verb.dep_ == "conj" and lemma in cues.plain and verb.tag_ == above.tag_


def _has_speaker(verb: Token, cues: Cues) -> bool:
    """Whether a participle's own noun or clause gives it somebody who can speak."""
    head = verb.head
    if verb.dep_ == "acl":
        return can_speak(head, cues)
    own = next((c for c in head.children if c.dep_ in SUBJECTS), None)
    return own is not None and can_speak(own, cues)


def reporter(verb: Token, cues: Cues) -> Token | None:
    """The reporting verb above a verb, whose clause it stands in."""
    token = verb
    for _ in range(MOST_STEPS):
        head = token.head
        if head.i == token.i:
            return None
        if token.dep_ == "ccomp" and cues.type_of(cues.lemma(head.lemma_.lower()), "that"):
            return head if head.i < token.i else None
        token = head
    return None


def can_speak(noun: Token, cues: Cues) -> bool:
    """Whether a noun names somebody, or words of somebody's."""
    if noun.ent_type_ in {"PERSON", "ORG", "NORP", "GPE"} or noun.tag_ in {"PRP", "WP", "NNP"}:
        return True
    return noun.lemma_.lower() in cues.citable


def is_to(verb: Token) -> bool:
    """Whether a verb is an infinitive with "to", or a participle in its place."""
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children) or verb.tag_ == "VBG"
