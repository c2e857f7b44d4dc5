"""Event types: which of PLOVER's 18 a verb or noun stands for, with what it takes along."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from sayso.schema import EventStatus

CLAUSE_WORDS = 40
"""Words of a clause that are looked at, at most."""

_BELOW = frozenset({
    "dobj", "obj", "pobj", "prep", "xcomp", "dative", "nsubjpass", "attr", "oprd", "prt",
    "acomp", "compound", "amod", "advmod", "conj", "pcomp", "agent", "nmod", "poss", "npadvmod",
})  # fmt: skip
_CLAUSAL = frozenset({"relcl", "advcl", "ccomp", "acl", "parataxis", "csubj"})
_OPERATORS = (
    "light", "phase", "saying", "promising", "threatening", "refusing", "asking", "intending",
    "failing",
)  # fmt: skip
_ASIDE = frozenset({
    "following", "after", "before", "during", "since", "until", "amid", "despite", "because",
    "while", "over", "as",
})  # fmt: skip
_ABOUT = frozenset({"about", "regarding", "concerning"})
_CONDITIONS = frozenset({"if", "unless", "whether"})
MOST_DEEP = 4
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_OBJECTS = frozenset({"dobj", "obj", "dative", "attr", "oprd"})
_FUTURE = frozenset({"will", "'ll", "shall", "wo"})
_POSSIBLE = frozenset({"would", "could", "may", "might", "can"})
_DUTY = frozenset({"must", "should", "ought"})


class Lexicon(msgspec.Struct, frozen=True, kw_only=True):
    """knowledge/events.yaml, turned for look-up by lemma."""

    phrasal: dict[tuple[str, str], str]
    verbs: dict[str, str]
    nouns: dict[str, str]
    alone: frozenset[str]
    light: frozenset[str]
    phase: frozenset[str]
    saying: frozenset[str]
    promising: frozenset[str]
    threatening: frozenset[str]
    refusing: frozenset[str]
    asking: frozenset[str]
    intending: frozenset[str]
    ready: frozenset[str]
    not_done: frozenset[str]
    friendly: frozenset[str]
    hostile: frozenset[str]
    pairs: dict[str, tuple[tuple[frozenset[str], str], ...]]
    conventional: frozenset[str]
    unconventional: frozenset[str]
    violence: frozenset[str]
    civil: frozenset[str]
    failing: frozenset[str]
    weapons: frozenset[str]
    attacks: frozenset[str]
    vehicles: frozenset[str]
    shooting: frozenset[str]
    sending: frozenset[str]
    sent: frozenset[str]
    preventing: frozenset[str]
    every: frozenset[str]
    can_trigger: frozenset[str]
    """Lemmas of the verbs that can be an event: what is not there is passed over at once."""
    event_nouns: frozenset[str]
    """Lemmas of the nouns that can be an event by themselves."""


class Trigger(msgspec.Struct, frozen=True):
    """The token that is the event, its type, and the event noun that a light verb took."""

    token: Token
    type: str
    noun: Token | None
    status: EventStatus


def lexicon(data: dict[str, Any]) -> Lexicon:
    """The look-up tables of `knowledge.lexicon("events")`; the same content is turned once."""
    return _turn(msgspec.msgpack.encode(data))


@lru_cache(maxsize=8)
def _turn(packed: bytes) -> Lexicon:
    data = msgspec.msgpack.decode(packed)
    pairs: dict[str, list[tuple[frozenset[str], str]]] = {}
    for row in data["pairs"]:
        for verb in row["verbs"]:
            pairs.setdefault(verb, []).append((frozenset(row["nouns"]), row["type"]))
    phrasal = {
        (key.split()[0], " ".join(key.split()[1:])): kind for key, kind in data["phrasal"].items()
    }
    sets = {
        name: frozenset(data[name])
        for name in ("alone", "light", "phase", "saying", "promising", "threatening", "refusing",
                     "asking", "intending", "ready", "not_done", "friendly", "hostile",
                     "conventional", "unconventional", "violence", "civil", "failing",
                     "weapons", "attacks",
                     "vehicles", "shooting", "sending", "sent", "preventing")
    }  # fmt: skip
    verbs = {verb: kind for kind, verbs in data["verbs"].items() for verb in verbs}
    operators = (sets[name] for name in _OPERATORS)
    every = frozenset(verbs) | frozenset(pairs) | frozenset().union(*operators)
    nouns = {noun: kind for kind, nouns in data["nouns"].items() for noun in nouns}
    return Lexicon(
        phrasal=phrasal,
        verbs=verbs,
        every=every,
        can_trigger=every | {verb for verb, _ in phrasal},
        nouns=nouns,
        event_nouns=frozenset(nouns) | {phrase.split()[-1] for phrase in sets["alone"]},
        pairs={verb: tuple(rows) for verb, rows in pairs.items()},
        **sets,
    )


def clause(token: Token) -> Iterator[Token]:
    """The tokens of a verb's own clause: its arguments and what hangs on them, no other clause."""
    stack, seen = list(token.children), 0
    while stack and seen < CLAUSE_WORDS:
        child = stack.pop(0)
        if child.dep_ in _CLAUSAL or (child.dep_ == "conj" and child.pos_ in ("VERB", "AUX")):
            continue
        seen += 1
        yield child
        stack.extend(child.children)


def verb_lemma(token: Token, known: Lexicon) -> str:
    """A verb's lemma; where the parser's is no verb that is known ("stag" for "staged") the one
    that the ending allows.
    """
    lemma, low = token.lemma_.lower(), token.lower_
    if lemma in known.every:
        return lemma
    guesses = (low.removesuffix("d"), low.removesuffix("ed"), low.removesuffix("ing") + "e", low)
    return next((guess for guess in guesses if guess in known.every), lemma)


def verb_type(token: Token, known: Lexicon) -> tuple[str, Token | None] | None:
    """The base type of a verb with its objects, and the event noun that it took, if any."""
    lemma = verb_lemma(token, known)
    below = [t for t in clause(token) if t.dep_ not in _SUBJECTS or t.dep_ == "nsubjpass"]
    pair = _pair_type(token, lemma, below, known)
    if pair:
        return pair if pair[0] else None
    for child in token.children:
        if child.dep_ in ("prt", "prep", "advmod", "dobj", "acomp"):
            kind = known.phrasal.get((lemma, child.lemma_.lower()))
            if kind:
                return kind, None
    if lemma in known.light or lemma in known.phase:
        for child in token.children:
            if child.dep_ in ("dobj", "obj", "nsubjpass"):
                noun = noun_type(child, known)
                if noun:
                    return _violent(noun, child, token, known), child
    kind = known.verbs.get(lemma)
    return (_violent(kind, token, token, known), None) if kind else None


def _pair_type(
    token: Token, lemma: str, below: list[Token], known: Lexicon
) -> tuple[str, Token | None] | None:
    rows = known.pairs.get(lemma)
    if not rows:
        return None
    for child in below[:24]:
        word = child.lemma_.lower()
        if child.lower_ == "called" or not _is_near(child, token):
            continue
        for nouns, kind in rows:
            if word not in nouns and child.lower_ not in nouns:
                continue
            if kind == "PROTEST" and word == "strike" and not _is_civil(token, known):
                continue
            is_event = child.dep_ in _OBJECTS and noun_type(child, known) is not None
            return kind, child if is_event else None
    return None


def _is_near(child: Token, verb: Token) -> bool:
    """Whether a word is of the verb's own phrase, not of "after talks" or "following a visit"."""
    node = child
    for _ in range(MOST_DEEP):
        if node.dep_ in ("prep", "mark") and node.lower_ in _ASIDE:
            return False
        node = node.head
        if node.i == verb.i:
            return True
    return False


def _is_civil(verb: Token, known: Lexicon) -> bool:
    words = {t.lemma_.lower() for t in clause(verb)} | {t.lower_ for t in clause(verb)}
    return bool(words & known.civil)


def noun_type(token: Token, known: Lexicon) -> str | None:
    """The type of an event noun: "suicide attack" before "attack"."""
    if token.pos_ not in ("NOUN", "PROPN"):
        return None
    lemma = token.lemma_.lower()
    modifiers = [c.lemma_.lower() for c in token.children if c.dep_ in ("compound", "amod")]
    for modifier in reversed(modifiers):
        kind = known.nouns.get(f"{modifier} {lemma}")
        if kind:
            return kind
    return known.nouns.get(lemma) or known.nouns.get(token.lower_)


def _violent(kind: str, token: Token, top: Token, known: Lexicon) -> str:
    """FIGHT or ASSAULT, by the weapons and the perpetrators that the clause names."""
    if kind not in ("FIGHT", "ASSAULT") or token.lemma_.lower() not in known.violence:
        return kind
    words = {t.lemma_.lower() for t in clause(top)}
    words |= {
        t.lemma_.lower() for child in top.children if child.dep_ == "advcl" for t in clause(child)
    }
    words |= {top.lemma_.lower()}
    if top.dep_ in ("acl", "relcl", "advcl", "conj"):
        words |= {top.head.lemma_.lower()} | {c.lemma_.lower() for c in top.head.children}
    if words & known.unconventional:
        return "ASSAULT"
    return "FIGHT" if words & known.conventional else kind


def modal(token: Token) -> str | None:
    """What the auxiliaries make of a verb: "future", "possible", "duty", or nothing."""
    for child in token.children:
        if child.dep_ != "aux":
            continue
        low = child.lower_
        if low in _FUTURE:
            return "future"
        if low in _POSSIBLE:
            return "possible" if low != "would" else "would"
        if low in _DUTY:
            return "duty"
    return None


def is_negated(token: Token) -> bool:
    """Whether a verb is denied of its subject."""
    return any(
        child.dep_ == "neg" or (child.dep_ in _SUBJECTS and child.lower_ in ("nobody", "none"))
        for child in token.children
    ) or any(
        grand.lower_ == "no" and grand.dep_ == "det"
        for child in token.children
        if child.dep_ in ("nsubj", "nsubjpass", "dobj")
        for grand in child.children
    )


def is_conditional(token: Token) -> bool:
    """Whether a clause stands under "if"."""
    return any(c.dep_ == "mark" and c.lower_ in _CONDITIONS for c in token.children)


def status_of(token: Token, known: Lexicon) -> EventStatus:
    """How a trigger stands in its text: asserted unless its clause or what governs it says else."""
    if is_negated(token):
        return "denied"
    if is_conditional(token):
        return "hypothetical"
    how = modal(token)
    if how in ("possible", "duty"):
        return "hypothetical"
    if how in ("future", "would"):
        return "planned"
    return _status_from_above(token, known)


def _status_from_above(token: Token, known: Lexicon) -> EventStatus:
    node = token
    for _ in range(6):
        parent = node.head
        if parent.i == node.i:
            break
        if node.dep_ == "prep" and node.lower_ in _ASIDE | _ABOUT:
            break  # "called to express concern over the attacks": they took place
        lemma = parent.lemma_.lower()
        infinitive = node.tag_ == "VB" or node.dep_ in (
            "xcomp",
            "pcomp",
            "pobj",
            "dobj",
            "prep",
            "acl",
        )
        if infinitive and parent.i < node.i:
            if lemma in ("threat", "threaten", "warn", "warning"):
                return "threatened"
            if lemma in ("deny", "denial", "refuse", "refusal", "reject"):
                return "denied"
            if lemma in known.not_done or lemma in known.asking:
                return "hypothetical"
            if lemma in known.intending or lemma in known.promising or lemma in known.ready:
                return "planned"
        if node.dep_ == "ccomp" and lemma == "deny":
            return "denied"
        if node.dep_ == "ccomp" and lemma in known.threatening and modal(node):
            return "threatened"
        if node.dep_ in ("advcl", "relcl", "ccomp", "conj", "ROOT", "parataxis"):
            break
        if modal(node) in ("future", "would"):
            return "planned"
        node = parent
    if token.pos_ == "NOUN":
        verb = token.head
        if verb.pos_ == "VERB" and token.dep_ in ("dobj", "nsubjpass", "nsubj"):
            return status_of_verb(verb)
    return "asserted"


def status_of_verb(verb: Token) -> EventStatus:
    """The status that a verb's own auxiliaries give to the event noun in its clause."""
    how = modal(verb)
    if is_negated(verb):
        return "denied"
    if how in ("future", "would"):
        return "planned"
    return "hypothetical" if how in ("possible", "duty") else "asserted"
