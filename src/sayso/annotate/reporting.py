"""Who reports what, by the parse: subjects of verbs and what the verbs govern.

A `Report` is a verb, a noun or "according to" read as a cue. Which verbs are cues, and with what
they govern, is for the lexicon to say (knowledge/cues.yaml).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.tokens import Doc, Token

    from sayso.annotate.lexicon import Cues
    from sayso.schema import AttributionType

Tokens = tuple[int, int]
"""A half-open range of token indices of one spaCy Doc."""

SUBJECTS = frozenset({"nsubj", "nsubjpass"})
OBJECTS = frozenset({"dobj", "oprd", "attr", "acomp"})
_INTO_CUE = frozenset({"aux", "auxpass", "neg", "prt", "advmod"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_NOMINAL = frozenset({"NN", "NNP", "NNPS", "NNS", "JJ", "JJS", "POS", "HYPH"})
_INFINITIVES = frozenset({"xcomp", "ccomp", "advcl"})
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
            if child.i > head.i and child.dep_ in {"acl", "advcl", "npadvmod"}:
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


def reports(doc: Doc, cues: Cues) -> Iterator[Report]:
    """Every cue of a parsed text, in order."""
    for token in doc:
        report: Report | None = None
        if token.lower_ == "according":
            report = _according(token)
        elif token.pos_ in {"VERB", "AUX"} or token.tag_.startswith("VB"):
            lemma = cues.lemma(token.lemma_.lower())
            if lemma in cues.frames:
                report = _of_verb(token, lemma, cues)
            if token.lower_ in cues.closing and not _is_sound(report, doc, cues):
                report = _closing(token, lemma, cues) or report
        elif token.pos_ == "NOUN" and token.lemma_.lower() in cues.nouns:
            report = _of_noun(token, cues)
        if report:
            yield report


def _is_sound(report: Report | None, doc: Doc, cues: Cues) -> bool:
    """Whether a verb's reading has content, and a source that can speak."""
    if report is None or not report.contents:
        return False
    if not report.sources:
        return True
    source = doc[slice(*report.sources[0])].root
    return can_speak(source, cues) and source.lemma_.lower() not in cues.counted


def _closing(verb: Token, lemma: str, cues: Cues) -> Report | None:
    """Read "... killed ten people on Monday activists said", its comma lost.

    The noun phrase right before the verb, if it can speak, is the source; the sentence before it
    is the content; behind the verb no clause follows.
    """
    sent = verb.sent
    behind = verb.doc[verb.i + 1 : sent.end]
    if verb.i == sent.start or any(t.tag_ in _FINITE or t.tag_ == "WP" for t in behind):
        return None
    if any(t.is_quote for t in sent) or any(c.dep_ in {"aux", "neg"} for c in verb.children):
        return None
    head = verb.doc[verb.i - 1]
    if not can_speak(head, cues):
        return None
    start = _phrase_start(head, sent.start)
    owner = verb.doc[start - 2] if start - 2 > sent.start else None
    if owner is not None and owner.lemma_ in cues.citable and verb.doc[start - 1].tag_ == "IN":
        start = _phrase_start(owner, sent.start)
    before = verb.doc[sent.start : start]
    if not any(t.tag_ in _FINITE or t.tag_ == "VBN" for t in before):
        return None
    return Report(
        at=verb.i,
        lemma=lemma,
        type="statement",
        sources=((start, verb.i),),
        cue=((verb.i, verb.i + 1),),
        contents=((sent.start, start),),
    )


def _phrase_start(head: Token, stop: int) -> int:
    """Where the noun phrase that ends in a token begins, told by tags alone.

    A proper noun takes its name and titles along, a common noun its adjectives, either an article.
    """
    doc = head.doc
    if head.tag_ == "PRP":
        return head.i
    low = head.i
    while low > stop:
        before = doc[low - 1]
        if before.tag_ in {"DT", "PRP$"}:
            return low - 1
        same_name = before.ent_iob_ != "O" and doc[low].ent_iob_ == "I"
        if not (same_name or before.tag_ in _NOMINAL) or before.ent_type_ in {"DATE", "TIME"}:
            break
        if before.tag_ == "NNS" and not same_name:
            break
        if (
            before.tag_.startswith("NNP")
            and not doc[low].tag_.startswith("NNP")
            and (before.ent_type_ in {"GPE", "LOC", "FAC"})
        ):
            break
        low -= 1
    return low


def _of_verb(verb: Token, lemma: str, cues: Cues) -> Report | None:
    if verb.dep_ in {"aux", "auxpass", "amod", "compound"}:
        return None
    if verb.lower_ in cues.citing:
        cited = _cited(verb, lemma, cues)
        if cited:
            return cited
    inverted = _inverted(verb, lemma, cues)
    if inverted:
        return inverted
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


def _inverted(verb: Token, lemma: str, cues: Cues) -> Report | None:
    """Read "... killed ten people said the monitor", its comma lost: what stands behind the verb,
    and can speak, is the source, and the sentence before it the content.
    """
    if verb.lower_ not in cues.inverting or verb.i + 1 >= len(verb.doc):
        return None
    after = [c for c in verb.children if c.i > verb.i and c.dep_ != "punct"]
    source = next((c for c in after if c.dep_ in {"dobj", "attr", "oprd", "nsubj"}), None)
    if source is None or not can_speak(source, cues) or source.left_edge.i != verb.i + 1:
        return None
    if any(c.dep_ in {"ccomp", "xcomp"} for c in after) or source.tag_.startswith("PRP"):
        return None
    start = verb.sent.start
    before = verb.doc[start : verb.i]
    if not any(t.tag_ in _FINITE for t in before) or any(t.is_quote for t in before):
        return None
    return Report(
        at=verb.i,
        lemma=lemma,
        type="statement",
        sources=(phrase(source),),
        cue=((verb.i, verb.i + 1),),
        contents=((start, verb.i),),
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
        clauses = [c for c in children if c.dep_ == "ccomp"] or _behind_citing(after, cues)
        if clauses:
            parts = (clause(c, verb, sources, cues) for c in clauses)
            return kind, set().union(*parts), ()
        if _is_inserted(verb):
            return kind, clause(verb.head, verb, sources, cues), ()
    kind = cues.type_of(lemma, "to")
    infinitive = next((c for c in after if c.dep_ in _INFINITIVES and _is_to(c)), None)
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


def _behind_citing(after: list[Token], cues: Cues) -> list[Token]:
    """The clause of "reported, citing a source, that ...", parsed under the source."""
    citing = (c for c in after if c.lower_ in cues.citing)
    return [
        clause_head
        for verb in citing
        for source in (verb, *(c for c in verb.children if c.dep_ == "dobj"))
        for clause_head in source.children
        if clause_head.dep_ in {"acl", "ccomp", "relcl"} and clause_head.left_edge.lower_ == "that"
    ]


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


def _is_to(verb: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children) or verb.tag_ == "VBG"


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


def _cited(verb: Token, lemma: str, cues: Cues) -> Report | None:
    """Read "A reported B, citing C" as C saying B; C must be somebody or their words."""
    source = next((c for c in verb.children if c.dep_ == "dobj"), None)
    head = verb.head
    if source is None or verb.dep_ not in {"advcl", "acl"} or not can_speak(source, cues):
        return None
    group = {t.i for t in verb.subtree}
    clauses = _behind_citing([verb], cues)
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


def can_speak(noun: Token, cues: Cues) -> bool:
    """Whether a noun names somebody, or words of somebody's."""
    if noun.ent_type_ in {"PERSON", "ORG", "NORP", "GPE"} or noun.tag_ in {"PRP", "WP", "NNP"}:
        return True
    return noun.lemma_.lower() in cues.citable


def _of_noun(noun: Token, cues: Cues) -> Report | None:
    """A noun that holds a statement, with its owner and the clause behind it."""
    content: set[int] = set()
    for child in noun.children:
        if child.i > noun.i and child.dep_ in {"acl", "ccomp", "relcl"}:
            first = child.left_edge
            if (child.dep_ != "relcl" and _is_to(child) and child.tag_ == "VB") or (
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


def _according(token: Token) -> Report | None:
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
