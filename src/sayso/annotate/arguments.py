"""Who does it and to whom: the arguments of an event trigger, by the dependency parse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.annotate.counted import Words, is_person

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from sayso.annotate.parse import Piece
    from sayso.ids import Span

MOST_CONJUNCTS = 6
MOST_BELOW = 40

_SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_LEFT = frozenset(
    {"compound", "amod", "nmod", "poss", "nummod", "quantmod", "case", "punct", "advmod"}
)
_ACTORS = frozenset({"PERSON", "ORG", "GPE", "NORP"})
_TARGET_PREPOSITIONS = (
    "against", "with", "to", "on", "at", "into", "from", "toward", "towards", "for", "upon",
    "over", "between", "among", "of", "in", "near",
)  # fmt: skip
_AIMING = frozenset({"at", "on", "against", "into", "toward", "towards", "upon"})
_TRIMMED = frozenset(
    {
        "at",
        "more",
        "than",
        "least",
        "some",
        "of",
        "other",
        "'s",
        "’s",
        "called",
        "many",
        "several",
        "so",
    }
)
_QUANTITIES = frozenset(
    {
        "group",
        "series",
        "number",
        "dozen",
        "dozens",
        "scores",
        "hundreds",
        "thousands",
        "tens",
        "lot",
        "wave",
        "string",
        "spate",
        "coalition",
        "handful",
        "majority",
        "part",
        "most",
        "patch",
        "couple",
        "pair",
        "member",
        "members",
    }
)
_NAMED = frozenset({"NOUN", "PROPN", "NUM"})
_WHERE = frozenset({"in", "near", "at"})
_DAYS = frozenset({"DATE", "TIME"})
_DIRECT = frozenset({"dobj", "obj", "nsubjpass", "pobj"})
_RELATIVE = frozenset({"who", "which", "that", "whom"})
_STATIVE = frozenset(
    {"committed", "opposed", "prepared", "determined", "engaged", "involved", "willing", "resolved"}
)
_PRONOUNS = frozenset({"it", "he", "she", "they"})
_SAY_ROLES = ("ccomp", "xcomp", "advcl", "conj", "pcomp", "relcl")


def agents_of(token: Token, *, noun: Token | None = None) -> list[Token]:
    """The heads of the phrases that say who does it; an empty list where nobody is said."""
    if token.pos_ in ("NOUN", "PROPN"):
        return _nominal_agents(token)
    found = _verbal_agents(token, depth=0)
    return found or (_nominal_agents(noun) if noun is not None else [])


def _verbal_agents(token: Token, *, depth: int) -> list[Token]:
    if is_passive(token) and token.lower_ not in _STATIVE:
        return [
            grand
            for child in token.children
            if child.dep_ in ("agent", "prep") and child.lower_ == "by"
            for grand in child.children
            if grand.dep_ == "pobj"
        ]
    for child in token.children:
        if child.dep_ in ("nsubj", "csubj", "nsubjpass"):
            return [_antecedent(child, token)]
    if depth > 4 or token.head.i == token.i:
        return []
    parent = token.head
    if token.dep_ == "acl" and token.tag_ == "VBG":
        return [parent]
    if token.dep_ == "xcomp":
        objects = [c for c in parent.children if c.dep_ in ("dobj", "dative") and c.i < token.i]
        return objects or _verbal_agents(parent, depth=depth + 1)
    if token.dep_ == "pcomp" and (accused := _accused(parent)):
        return [accused]
    if token.dep_ in ("conj", "advcl", "pcomp", "prep", "ccomp", "acomp") or parent.pos_ in (
        "ADP",
        "ADJ",
    ):
        if parent.pos_ in ("VERB", "AUX", "ADP", "ADJ"):
            passive_parent = is_passive(parent)
            if passive_parent and token.dep_ in ("conj",):
                return [_antecedent(c, parent) for c in parent.children if c.dep_ == "nsubjpass"]
            return _verbal_agents(parent, depth=depth + 1)
        if parent.pos_ in ("NOUN", "PROPN") and depth == 0:
            return _nominal_agents(parent)
    if token.dep_ == "acl" and parent.pos_ == "NOUN":
        return _nominal_agents(parent) or _verbal_agents(parent.head, depth=depth + 1)
    return []


def _accused(preposition: Token) -> Token | None:
    """Of "men accused of killing", "he was accused of killing": who did the killing."""
    verb = preposition.head
    if preposition.lower_ not in ("of", "to", "for") or not is_passive(verb):
        return None
    if verb.dep_ == "acl":
        return verb.head
    return next((child for child in verb.children if child.dep_ == "nsubjpass"), None)


def _antecedent(subject: Token, verb: Token) -> Token:
    """Whom a relative pronoun, or an "it" after "said", stands for."""
    if subject.lower_ in _RELATIVE and verb.dep_ == "relcl":
        return verb.head
    if subject.lower_ in _PRONOUNS and verb.dep_ in _SAY_ROLES:
        for child in verb.head.children:
            if child.dep_ == "nsubj" and child.i < subject.i and child.lower_ not in _PRONOUNS:
                return child
    return subject


def subject_of(verb: Token) -> Token | None:
    """A verb's grammatical subject, also where the parser hangs it on an auxiliary."""
    for holder in (verb, *(c for c in verb.children if c.dep_ in ("aux", "auxpass"))):
        for child in holder.children:
            if child.dep_ in _SUBJECTS and child.pos_ in ("NOUN", "PROPN", "PRON"):
                return child
    return None


def is_passive(token: Token) -> bool:
    """Whether a verb takes what is done to it as its subject, or follows it ("hit by shells")."""
    if any(child.dep_ in ("auxpass", "nsubjpass") for child in token.children):
        return True
    return token.dep_ == "acl" and token.tag_ == "VBN"


def _doers(noun: Token) -> list[Token]:
    """Whom "by" names as the doers of a deed; beside an active verb the deed's, not the verb's:
    "condemned the bombing of the school by rebels".
    """
    told = [*noun.children]
    if noun.dep_ == "dobj" and not is_passive(noun.head):
        told += [child for child in noun.head.children if child.i > noun.i]
    return [
        grand
        for child in told
        if child.dep_ in ("prep", "agent") and child.lower_ == "by"
        for grand in child.children
        if grand.dep_ == "pobj" and grand.ent_type_ not in _DAYS
    ]


def _nominal_agents(noun: Token) -> list[Token]:
    by = _doers(noun)
    if by:
        return by
    led = [
        grand
        for child in noun.children
        if child.lower_ in ("led", "backed") and child.i < noun.i
        for grand in child.children
        if grand.ent_type_ in _ACTORS or grand.pos_ == "PROPN"
    ]
    return (
        led[:1]
        or [
            child
            for child in noun.children
            if (child.dep_ == "poss" and child.ent_type_ not in ("DATE", "TIME"))
            or (child.dep_ in ("amod", "compound", "nmod") and child.ent_type_ in _ACTORS)
        ][:1]
    )


def targets_of(
    token: Token,
    agents: list[Token],
    people: Words,
    *,
    noun: Token | None = None,
    never: frozenset[str] = frozenset(),
    place_last: bool = False,
    no_place: bool = False,
) -> list[Token]:
    """The heads of the phrases that say to whom: actors first, else what it is done to.

    Lemmas in `never` are passed over. With `place_last` what is hit comes before where ("a mosque
    in Marn"); with `no_place` where it is done is no target at all.
    """
    taken = {t.i for a in agents for t in (a, *a.conjuncts)}
    candidates = [
        c for c in _candidates(token, noun) if c.i not in taken and not (agents and _is_own(c))
    ]
    candidates = [c for c in candidates if c.lemma_.lower() not in never]
    if place_last or no_place:
        places = [c for c in candidates if _is_where(c)]
        candidates = [c for c in candidates if not _is_where(c) and not (no_place and c == noun)]
        hit = [c for c in candidates if c.pos_ in _NAMED and c.dep_ in _DIRECT]
        if place_last and not any(_actor_in(c, people, taken) for c in candidates):
            if hit:
                return [_whose(hit[0], people) or hit[0]]
            candidates = places
    for candidate in candidates:
        if candidate.lower_ in ("who", "which", "that") and candidate.head.dep_ == "relcl":
            return [candidate.head.head]
        actor = _actor_in(candidate, people, taken)
        if actor is not None:
            return [actor]
    deeper = [below for candidate in candidates for below in _below(candidate)]
    for child in token.children:
        if child.dep_ in ("xcomp", "ccomp") and child.i > token.i:
            deeper.extend(_below(child))
    for below in deeper:
        if below.i in taken or below.ent_type_ in _DAYS or _is_own(below):
            continue
        if no_place and _is_where(below):
            continue
        owner = below.head if below.dep_ in ("amod", "compound", "nmod") else below
        if below.ent_type_ in _ACTORS or (is_person(below, people) and below.pos_ in _NAMED):
            return [owner if is_person(owner, people) and owner.i not in taken else below]
    direct = [c for c in candidates if c.dep_ in _DIRECT and c.pos_ != "PRON"]
    return direct[:1]


def _whose(hit: Token, people: Words) -> Token | None:
    """Of "a camp for refugees" the refugees, of "the village of X" X."""
    for child in hit.children:
        if child.dep_ == "prep" and child.lower_ in ("of", "for"):
            for grand in child.children:
                if grand.dep_ == "pobj" and (
                    grand.ent_type_ in _ACTORS or is_person(grand, people)
                ):
                    return grand
    return None


def _is_where(token: Token) -> bool:
    return token.dep_ == "pobj" and token.head.lower_ in _WHERE


def _is_own(token: Token) -> bool:
    """Whether a phrase is the doer's own: "its troops"."""
    return (
        any(c.dep_ == "poss" and c.pos_ == "PRON" for c in token.children) and not token.ent_type_
    )


def _candidates(token: Token, noun: Token | None) -> Iterator[Token]:
    verbal = token.pos_ not in ("NOUN", "PROPN")
    if verbal:
        if is_passive(token):
            yield from (c for c in token.children if c.dep_ == "nsubjpass")
            if token.dep_ == "acl":
                yield token.head
        for child in token.children:
            if child.dep_ in ("dobj", "obj", "dative") and child is not noun and child != noun:
                yield child
                yield from (g for g in child.children if g.dep_ == "pobj")
    for holder in (noun, token):
        if holder is None:
            continue
        if holder.pos_ == "NOUN":
            yield from (
                c
                for c in holder.children
                if c.dep_ == "poss" and c.ent_type_ not in ("DATE", "TIME")
            )
        yield from _prepositional(holder)
    if noun is not None:
        yield noun


def _prepositional(holder: Token) -> list[Token]:
    """What prepositions say of a trigger, also where they were read with its object or its doer:
    "fired rockets | at the town", "an attack by gunmen | on a mosque".
    """
    found = []
    for child in (*holder.children, *_aimed_further(holder)):
        if child.dep_ in ("prep", "dative") and child.lower_ in _TARGET_PREPOSITIONS:
            rank = _TARGET_PREPOSITIONS.index(child.lower_)
            for grand in child.children:
                if grand.dep_ == "pobj" and grand.ent_type_ not in _DAYS:
                    found.append((rank, grand.i, grand))  # noqa: PERF401 -- three loops read better
    return [grand for _, _, grand in sorted(found, key=lambda row: row[:2])]


def _aimed_further(holder: Token) -> Iterator[Token]:
    objects = [child for child in holder.children if child.dep_ == "dobj"]
    for said in (*objects, *_doers(holder)):
        yield from (c for c in said.children if c.dep_ == "prep" and c.lower_ in _AIMING)


def _actor_in(head: Token, people: Words, taken: set[int]) -> Token | None:
    """The actor that a phrase names: itself, or the owner ("Ruritania's exports")."""
    if head.ent_type_ in _ACTORS or (is_person(head, people) and head.pos_ in _NAMED):
        return head
    for child in head.children:
        owns = child.dep_ in ("poss", "compound", "amod", "nmod") and child.ent_type_ in _ACTORS
        if owns and child.i not in taken:
            return child
    return next((doer for doer in _doers(head) if doer.i not in taken), None)


def _below(token: Token) -> Iterator[Token]:
    stack, seen = list(token.children), 0
    while stack and seen < MOST_BELOW:
        child = stack.pop(0)
        seen += 1
        yield child
        stack.extend(child.children)


def phrase(piece: Piece, head: Token) -> Span:
    """The words of an argument: its head with what stands before it, without article and number."""
    lefts = [child for child in head.children if child.i < head.i and child.dep_ in _LEFT]
    first = head
    if lefts:
        first = lefts[0].left_edge if lefts[0].dep_ != "punct" else lefts[0]
        if lefts[0].dep_ == "poss":
            first = lefts[0]
    tokens = list(head.doc[first.i : head.i + 1])
    while len(tokens) > 1 and (
        tokens[0].pos_ in ("DET", "NUM", "PUNCT", "ADV", "PRON", "SYM")
        or tokens[0].lower_ in _TRIMMED
    ):
        tokens = tokens[1:]
    start, _ = piece.span(tokens[0])
    _, end = piece.span(head)
    return start, end


def spread(heads: list[Token]) -> list[Token]:
    """The heads with those joined to them: "A, B and C" are three."""
    found: list[Token] = []
    for head in map(_counted, heads):
        joined = [
            c for c in head.conjuncts if c.pos_ in ("NOUN", "PROPN", "ADJ", "PRON") and c.i > head.i
        ]
        found.extend(t for t in [head, *joined][:MOST_CONJUNCTS] if t not in found)
    return found


def _counted(head: Token) -> Token:
    """Of "a group of diplomats" the diplomats."""
    if head.lower_ in _QUANTITIES:
        for child in head.children:
            if child.dep_ == "prep" and child.lower_ == "of":
                for grand in child.children:
                    if grand.dep_ == "pobj":
                        return grand
    return head
