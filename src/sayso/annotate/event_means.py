"""Who does it and by what means: an air raid kills, but those who flew it are the agents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.annotate.arguments import agents_of, is_passive

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from sayso.annotate.triggers import Lexicon, Trigger

VIOLENT = frozenset({"FIGHT", "ASSAULT", "COERCE"})
_WITHIN = frozenset({"in", "during", "by", "from"})
_HOLDERS = frozenset({"regime", "government", "army", "military", "coalition", "police"})
"""Before a weapon, an attack or aircraft these say whose it is: "regime barrel bombs"."""
_MEMBERS = frozenset({"member", "members", "number", "group", "dozens", "scores", "hundreds"})
_FRONT = 5
"""Words in front of an attack among which its owner stands."""
_SUFFERED = frozenset({"die", "perish", "suffer"})


def agents_and_means(trigger: Trigger, known: Lexicon) -> tuple[list[Token], Token | None]:
    """The heads of the phrases that say who did it, and of the one that says by what.

    A weapon or an attack is never the agent: its owner is ("the coalition's air raids", "a missile
    fired by the army"), or nobody is said. Aircraft and tanks stay where no owner is named.
    """
    found = [_doer(head, trigger.token) for head in agents_of(trigger.token, noun=trigger.noun)]
    agents = [head for head in found if head.pos_ not in ("VERB", "AUX")]
    if trigger.type not in VIOLENT:
        return agents, None
    means = _named_means(trigger, known)
    people: list[Token] = []
    for head in agents:
        low = head.lemma_.lower()
        if (low in known.weapons or low in known.attacks) and not head.ent_type_:
            means = means or _if_weapon(head, known)
            people.extend(_owners(head))
        elif low in known.vehicles and (owners := _of(head) or _belonging(head)):
            means = means or head
            people.extend(owners)
        else:
            people.append(head)
    if not agents and (is_passive(trigger.token) or trigger.token.lemma_.lower() in _SUFFERED):
        for head in _suffered_in(trigger.token, known):
            means = means or _if_weapon(head, known)
            people.extend(_owners(head))
        people.extend(_flown(trigger.token, known))
    return people, means


def _doer(head: Token, trigger: Token) -> Token:
    """Who does it. What stands in a phrase of where or whose of an object does not: of "hit the
    wedding of a member of the guard, killing 22" whoever hit it, of "raids on the town killing 22"
    the raids.
    """
    if trigger.dep_ != "acl" or trigger.tag_ != "VBG" or head.i != trigger.head.i:
        return head
    top = head
    while (
        top.dep_ == "pobj"
        and top.head.lower_ == "of"
        and top.head.head.lower_ in _MEMBERS
        and top.head.head.pos_ == "NOUN"
    ):
        top = top.head.head
    if top.dep_ != "pobj" or top.head.lower_ in ("by", "from", "with"):
        return head
    holder = top.head.head
    while holder.pos_ in ("NOUN", "PROPN") and holder.dep_ == "pobj" and holder.head.lower_ != "by":
        holder = holder.head.head
    if holder.pos_ in ("VERB", "AUX"):
        return next(iter(agents_of(holder)), head)
    if holder.pos_ not in ("NOUN", "PROPN") or holder.dep_ not in ("dobj", "obj"):
        return holder if holder.pos_ in ("NOUN", "PROPN") else head
    return next(iter(agents_of(holder.head)), head)


def _if_weapon(head: Token, known: Lexicon) -> Token | None:
    """The phrase's head where it names a weapon: of "a drone attack", not of "an attack"."""
    if _is_means(head, known) or any(
        child.dep_ in ("compound", "amod") and _is_means(child, known) for child in head.children
    ):
        return head
    return None


def _owners(noun: Token) -> list[Token]:
    """Whose weapon or attack it is."""
    for child in noun.children:
        if child.dep_ == "acl" and child.tag_ == "VBN" and (fired := agents_of(child)):
            return [head for head in fired if head.i != noun.i]
    return agents_of(noun) or _of(noun, actors=True) or _belonging(noun) or _held_by(noun)


def _belonging(noun: Token) -> list[Token]:
    """The owner in "a helicopter belonging to the army"."""
    return [
        owner
        for child in noun.children
        if child.lower_ in ("belonging", "belonged")
        for to in child.children
        if to.lower_ == "to"
        for owner in to.children
        if owner.dep_ == "pobj"
    ]


def _held_by(noun: Token) -> list[Token]:
    """The owner in front: "regime barrel bomb attacks", "a government air raid"."""
    first = noun.left_edge.i
    found = [
        token
        for token in noun.doc[max(first, noun.i - _FRONT) : noun.i]
        if token.lower_ in _HOLDERS and token.dep_ in ("compound", "amod", "nmod", "poss")
    ]
    return found[:1]


def _of(noun: Token, *, actors: bool = False) -> list[Token]:
    """The owner after "of": "warplanes and helicopters of the army"."""
    for holder in (noun, *noun.conjuncts):
        for child in holder.children:
            if child.dep_ == "prep" and child.lower_ == "of":
                found = [grand for grand in child.children if grand.dep_ == "pobj"]
                return [head for head in found if head.ent_type_ or not actors]
    return []


def _flown(verb: Token, known: Lexicon) -> Iterator[Token]:
    """The aircraft from which something was dropped, or their owner: "dropped from helicopters"."""
    for child in verb.children:
        if child.dep_ in ("prep", "agent") and child.lower_ in ("from", "by"):
            for grand in child.children:
                if grand.dep_ == "pobj" and grand.lemma_.lower() in known.vehicles:
                    yield from _of(grand) or _belonging(grand) or [grand]


def _named_means(trigger: Trigger, known: Lexicon) -> Token | None:
    """What the words say was used: "fired rockets", "with barrel bombs", "a drone attack"."""
    for holder in (trigger.noun, trigger.token):
        if holder is None:
            continue
        for child in holder.children:
            low = child.lemma_.lower()
            if holder.pos_ == "NOUN" and child.dep_ in ("compound", "amod"):
                if low in known.weapons or low in known.vehicles:
                    return child
            elif low in known.weapons and child.dep_ in ("dobj", "obj"):
                shot = holder.lemma_.lower() in known.shooting
                if shot:
                    return child
            for part in (child, *(child.children if child.dep_ in ("dobj", "obj") else ())):
                if (part.dep_ == "prep" and part.lower_ == "with") or part.lower_ == "using":
                    found: list[Token] = [g for g in part.children if g.dep_ in ("pobj", "dobj")]
                    if found and _is_means(found[0], known):
                        return found[0]
    return None


def _is_means(token: Token, known: Lexicon) -> bool:
    low = token.lemma_.lower()
    return low in known.weapons or low in known.vehicles


def _suffered_in(verb: Token, known: Lexicon) -> Iterator[Token]:
    """The attack in which somebody was killed: "killed in a raid by gunmen"."""
    for child in verb.children:
        if child.dep_ in ("prep", "agent") and child.lower_ in _WITHIN:
            for grand in child.children:
                low = grand.lemma_.lower()
                if grand.dep_ == "pobj" and (low in known.weapons or low in known.attacks):
                    yield grand


def parties_between(noun: Token) -> list[Token]:
    """Both sides of "clashes between A and B", the first one first; else nothing."""
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ == "between":
            for grand in child.children:
                if grand.dep_ == "pobj":
                    return [grand, *(c for c in grand.conjuncts if c.i > grand.i)]
    return []
