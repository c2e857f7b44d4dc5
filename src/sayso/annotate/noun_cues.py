"""Cues that are no finite verbs: nouns of saying, "according to", and "citing"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.annotate.phrases import (
    MOST_STEPS,
    Report,
    Tokens,
    can_speak,
    is_to,
    phrase,
    ranges,
    subject,
)

if TYPE_CHECKING:
    from spacy.tokens import Token

    from sayso.annotate.lexicon import Cues


def of_noun(noun: Token, cues: Cues) -> Report | None:
    """A noun that holds a statement, with its owner and the clause behind it."""
    content: set[int] = set()
    for child in noun.children:
        if child.i > noun.i and child.dep_ in {"acl", "ccomp", "relcl"}:
            first = child.left_edge
            if (child.dep_ != "relcl" and is_to(child) and child.tag_ == "VB") or (
                first.lower_ == "that" and first.dep_ in {"mark", "dobj"} and first.tag_ == "IN"
            ):
                content |= {t.i for t in child.subtree}
    if not content:
        return None
    sources = _owner(noun, cues)
    return (
        Report(
            at=noun.i,
            lemma=noun.lemma_.lower(),
            type=cues.nouns[noun.lemma_.lower()],
            sources=sources,
            cue=((noun.i, noun.i + 1),),
            contents=ranges(content - set().union(*(range(a, b) for a, b in sources))),
            denied=noun.lemma_.lower() in cues.deny_nouns,
        )
        if sources
        else None
    )


def _owner(noun: Token, cues: Cues) -> tuple[Tokens, ...]:
    for child in noun.children:
        if child.dep_ == "poss":
            low, high = phrase(child)
            return ((low, min(high, child.i + 1)),)
        if child.dep_ == "prep" and child.lower_ in {"by", "from"} and child.i > noun.i:
            found = next((o for o in child.children if o.dep_ == "pobj"), None)
            if found is not None:
                return (phrase(found),)
    verb = noun.head
    if noun.dep_ == "dobj" and verb.lemma_.lower() in cues.giving:
        return subject(verb, cues)[0]
    return ()


def according(token: Token) -> Report | None:
    doc = token.doc
    if token.i + 1 >= len(doc) or doc[token.i + 1].lower_ != "to":
        return None
    governors = (doc[token.i + 1], token)
    pobj = next(
        (o for t in governors for o in t.children if o.dep_ in {"pobj", "dobj"} and o.i > token.i),
        None,
    )
    if pobj is None:
        return None
    source = phrase(pobj)
    top = token
    for _ in range(MOST_STEPS):
        if top.head.i == top.i or (top.pos_ in {"VERB", "AUX"} and top.i != token.i):
            break
        top = top.head
    content = {t.i for t in top.subtree} - set(range(token.i, source[1]))
    return Report(
        at=token.i,
        lemma="according",
        type="statement",
        sources=(source,),
        cue=((token.i, token.i + 2),),
        contents=ranges(content),
    )


def cited(verb: Token, lemma: str, cues: Cues) -> Report | None:
    """Read "A reported B, citing C" as C saying B; C must be somebody or their words."""
    source = next((c for c in verb.children if c.dep_ == "dobj"), None)
    head = verb.head
    if source is None or verb.dep_ not in {"advcl", "acl"} or not can_speak(source, cues):
        return None
    group = {t.i for t in verb.subtree}
    clauses = behind_citing([verb], cues)
    if clauses:
        content = {t.i for c in clauses for t in c.subtree}
        start = min(content)
        low, high = phrase(source)
        return Report(
            at=verb.i,
            lemma=lemma,
            type="statement",
            sources=((low, min(high, start)),),
            cue=((verb.i, verb.i + 1),),
            contents=ranges(content),
        )
    clauses = [c for c in head.children if c.dep_ == "ccomp"]
    content = {t.i for c in clauses or [head] for t in c.subtree} - group
    return Report(
        at=verb.i,
        lemma=lemma,
        type="statement",
        sources=(phrase(source),),
        cue=((verb.i, verb.i + 1),),
        contents=ranges(content),
    )


def behind_citing(after: list[Token], cues: Cues) -> list[Token]:
    """The clause of "reported, citing a source, that ...", parsed under the source."""
    citing = (c for c in after if c.lower_ in cues.citing)
    return [
        clause_head
        for verb in citing
        for source in (verb, *(c for c in verb.children if c.dep_ == "dobj"))
        for clause_head in source.children
        if clause_head.dep_ in {"acl", "ccomp", "relcl"} and clause_head.left_edge.lower_ == "that"
    ]
