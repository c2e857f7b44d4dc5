"""Reports: the verbs of a parse that hand something to a source, with what they govern.

Which verbs are cues, and with what, is for the lexicon to say (knowledge/cues.yaml).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.annotate.commaless import closing, inverted, is_sound
from sayso.annotate.noun_cues import according, behind_citing, cited, of_noun
from sayso.annotate.phrases import (
    OBJECTS,
    Report,
    Tokens,
    clause,
    cue_words,
    goes_on,
    is_to,
    ranges,
    reporter,
    subject,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Token

    from sayso.annotate.lexicon import Cues
    from sayso.schema import AttributionType

_INFINITIVES = frozenset({"xcomp", "ccomp", "advcl"})


def reports(doc: Doc, cues: Cues) -> Iterator[Report]:
    """Every cue of a parsed text, in order."""
    for token in doc:
        report: Report | None = None
        if token.lower_ == "according":
            report = according(token)
        elif token.pos_ in {"VERB", "AUX"} or token.tag_.startswith("VB"):
            lemma = cues.lemma(token.lemma_.lower())
            if lemma in cues.frames:
                report = _of_verb(token, lemma, cues)
            if token.lower_ in cues.closing and not is_sound(report, doc, cues):
                report = closing(token, lemma, cues) or report
        elif token.pos_ == "NOUN" and token.lemma_.lower() in cues.nouns:
            report = of_noun(token, cues)
        if report:
            yield report


def _of_verb(verb: Token, lemma: str, cues: Cues) -> Report | None:
    if verb.dep_ in {"aux", "auxpass", "amod", "compound"}:
        return None
    if verb.lower_ in cues.citing:
        found = cited(verb, lemma, cues)
        if found:
            return found
    found = inverted(verb, lemma, cues)
    if found:
        return found
    governor = reporter(verb, cues) if goes_on(verb, cues) else None
    sources, passive = subject(governor if governor is not None else verb, cues)
    if passive and governor is None:
        return _passive(verb, lemma, sources, cues)
    if not sources:
        return None
    governed = _governed(verb, lemma, sources, cues)
    quoting = cues.type_of(lemma, "quote")
    if governed is None and quoting is None:
        return None
    kind, content, more = governed or (quoting or "statement", set(), ())
    return Report(
        at=verb.i,
        lemma=lemma,
        type=kind,
        sources=sources,
        cue=cue_words(verb, *more),
        contents=ranges(content),
        quoting=quoting is not None,
        beside_only=lemma in cues.beside_only,
        denied=_is_denial(verb, lemma, cues),
    )


def _governed(
    verb: Token, lemma: str, sources: tuple[Tokens, ...], cues: Cues
) -> tuple[AttributionType, set[int], tuple[Token, ...]] | None:
    """What a cue verb governs: the type, the content's tokens, and words that join the cue."""
    children = list(verb.children)
    after = [child for child in children if child.i > verb.i]
    objects = [c for c in after if c.dep_ in OBJECTS | {"dative"}]
    kind = cues.type_of(lemma, "that")
    if kind:
        clauses = [c for c in children if c.dep_ == "ccomp"] or behind_citing(after, cues)
        if clauses:
            parts = (clause(c, verb, sources, cues) for c in clauses)
            return kind, set().union(*parts), ()
        if _is_inserted(verb):
            return kind, clause(verb.head, verb, sources, cues), ()
    kind = cues.type_of(lemma, "to")
    infinitive = next((c for c in after if c.dep_ in _INFINITIVES and is_to(c)), None)
    if kind and infinitive is not None and _takes_infinitive(verb, infinitive, lemma, cues):
        content = clause(infinitive, verb, sources, cues)
        if lemma in cues.addressed or lemma in cues.called_upon:
            content |= _addressee(verb, infinitive)
        return kind, content, ()
    for prep in (c for c in after if c.dep_ == "prep"):
        inside = {t.i for t in prep.subtree} - {prep.i}
        kind = cues.type_of(lemma, f"prep {prep.lower_}")
        if kind and inside and not objects:
            return kind, inside, (prep,)
    return _with_object(lemma, objects, after, cues)


def _with_object(
    lemma: str, objects: list[Token], after: list[Token], cues: Cues
) -> tuple[AttributionType, set[int], tuple[Token, ...]] | None:
    kind = cues.type_of(lemma, "object")
    if not kind or not objects or not _fits(lemma, objects, cues):
        return None
    content = {t.i for o in objects for t in o.subtree}
    for other in (t for o in objects for t in o.subtree):
        if other.dep_ == "conj" and other.tag_.startswith("VB") and other.head in objects:
            content -= {t.i for t in other.subtree}
    joined = cues.object_with.get(lemma, frozenset())
    preps = [c for c in after if c.dep_ in {"prep", "agent"} and c.lower_ in joined]
    required = cues.only_with.get(lemma)
    if required and not any(prep.lower_ in required for prep in preps):
        return None
    for prep in preps:
        content |= {t.i for t in prep.subtree}
    return kind, content, ()


def _fits(lemma: str, objects: list[Token], cues: Cues) -> bool:
    """Whether objects are what a verb can say, and not what it acts on."""
    heads = {o.lemma_.lower() for o in objects if o.dep_ != "dative"}
    if not heads or heads & cues.not_objects.get(lemma, frozenset()):
        return False
    if lemma in cues.only_objects:
        named = any(o.dep_ == "oprd" for o in objects)
        return named or bool(heads & cues.only_objects[lemma])
    return True


def _takes_infinitive(verb: Token, infinitive: Token, lemma: str, cues: Cues) -> bool:
    if lemma in cues.called_upon:
        words = cues.called_upon[lemma]
        return any(c.dep_ == "prep" and c.lower_ in words for c in verb.children)
    return infinitive.dep_ != "advcl" or lemma in cues.addressed


def _is_inserted(verb: Token) -> bool:
    """Whether a verb stands inside or behind the clause that it reports ("A, he said, B")."""
    if verb.dep_ == "parataxis":
        return True
    return (
        verb.dep_ == "ccomp"
        and verb.i > verb.head.i
        and verb.head.pos_ in {"VERB", "AUX"}
        and (
            verb.left_edge.i > 0
            and verb.doc[verb.left_edge.i - 1].text in {",", "”", '"', "—", "-"}
        )
    )


def _addressee(verb: Token, infinitive: Token) -> set[int]:
    """The words between a verb and its infinitive: who is asked or told."""
    low = infinitive.left_edge.i
    found: set[int] = set()
    for child in verb.children:
        if verb.i < child.i < low and child.dep_ in {"dobj", "dative"}:
            found |= {t.i for t in child.subtree if t.i < infinitive.i}
        if verb.i < child.i < low and child.dep_ == "prep" and child.lower_ in {"on", "upon"}:
            found |= {t.i for t in child.subtree if t.i != child.i and t.i < infinitive.i}
    return found


def _is_denial(verb: Token, lemma: str, cues: Cues) -> bool:
    if lemma not in cues.denials or any(c.dep_ == "neg" for c in verb.children):
        return False
    if lemma not in cues.weak_denials:
        return True
    return any(
        c.dep_ == "ccomp" or (c.dep_ == "dobj" and c.lemma_.lower() in cues.claims)
        for c in verb.children
    )


def _passive(verb: Token, lemma: str, sources: tuple[Tokens, ...], cues: Cues) -> Report | None:
    """A cue in the passive: what it governs is in its subject, its clause or both."""
    if not sources and lemma not in cues.agentless:
        return None
    kind = cues.type_of(lemma, "that") or cues.type_of(lemma, "object")
    if not kind:
        return None
    content: set[int] = set()
    has_clause = False
    for child in verb.children:
        governed = child.dep_ in {"ccomp", "xcomp", "oprd"} or (
            child.dep_ == "prep" and child.lower_ in cues.object_with.get(lemma, frozenset())
        )
        is_subject = child.dep_ == "nsubjpass" and lemma not in cues.addressed
        if governed or (is_subject and child.lower_ not in {"it", "there", "who", "which"}):
            content |= {t.i for t in child.subtree}
            has_clause = has_clause or governed
    if not sources and not has_clause:
        return None
    if lemma in {"tell", "inform", "notify", "assure"}:
        content -= {t.i for c in verb.children if c.dep_ == "nsubjpass" for t in c.subtree}
    for a, b in sources:
        content -= set(range(a, b))
    return (
        Report(
            at=verb.i,
            lemma=lemma,
            type=kind,
            sources=sources,
            cue=cue_words(verb),
            contents=ranges(content - {verb.i}),
            denied=_is_denial(verb, lemma, cues),
        )
        if content
        else None
    )
