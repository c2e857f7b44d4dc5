"""Events: who did what to whom, by the types of PLOVER, from a document's parse."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

import msgspec

from sayso.annotate.arguments import phrase, spread, targets_of
from sayso.annotate.claims import BEFORE, claimants
from sayso.annotate.columns import columns
from sayso.annotate.counted import Words, is_person, words
from sayso.annotate.event_means import VIOLENT, agents_and_means, parties_between
from sayso.annotate.triggers import (
    Lexicon,
    Trigger,
    is_conditional,
    is_negated,
    lexicon,
    modal,
    noun_type,
    status_of,
    verb_lemma,
    verb_type,
)
from sayso.knowledge import Knowledge
from sayso.schema import Document, EventSpan

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as DocSpan

    from sayso.annotate.parse import Parse, Piece
    from sayso.ids import Span

METHOD = "events.rules/1"

MOST_WORDS = 500
"""Words of a sentence, at most: what is longer is a list or noise, and its parse says nothing."""

MOST_IN_SENTENCE = 25
"""Events of one sentence, at most: a list that never ends is no report."""

_PLACE_PREPOSITIONS = frozenset(
    {"in", "near", "at", "on", "outside", "around", "inside", "across", "over"}
)
_PLACES = frozenset({"GPE", "LOC", "FAC"})
_EQUIPPED = frozenset({"armed", "equipped", "trained", "funded", "backed", "supported", "led"})
"""After a noun these say what somebody is, not what was done: "men armed with rifles"."""
_AIMED = frozenset({"THREATEN", "REJECT", "AGREE", "SUPPORT"})
_STRUCK = frozenset({"FIGHT", "ASSAULT"})
_TOGETHER = frozenset({"CONSULT", "AGREE", "COOPERATE"})
_IN_LIST = frozenset({"VERB", "PUNCT", "CCONJ", "ADV"})
"""What stands between the verbs of a list."""
_FAR = 1000
_NEAR = 40


def find_events(
    document: Document,  # noqa: ARG001 -- called like every annotator
    parse: Parse,
    *,
    knowledge: Knowledge,
) -> tuple[EventSpan, ...]:
    """The events of a document, in text order.

    `score` is the salience: 1 for the main event of the text (the one nearest the root of the
    first sentence that has any), then 1/2, 1/3, … sentence by sentence, so that
    `sorted(events, key=lambda e: -e.score)` begins with the main one.
    """
    known = lexicon(knowledge.lexicon("events"))
    people = words(knowledge.lexicon("counted"))
    ranked: list[EventSpan] = []
    for piece in parse.pieces:
        entities = tuple(piece.doc.ents)
        begins = [ent.start for ent in entities]
        before: list[EventSpan] = []
        for first, last in columns(piece.doc).sentences:
            if last - first <= MOST_WORDS:
                inside = entities[bisect_left(begins, first) : bisect_left(begins, last)]
                told = _in_sentence(piece, (first, last), inside, known, people)
                claim = claimants(piece.doc, columns(piece.doc).lower, (first, last)).get(BEFORE)
                if claim and before and not before[0].agents and before[0].type in VIOLENT:
                    place = ranked.index(before[0])
                    ranked[place] = _claimed(piece, before[0], claim)
                ranked.extend(told)
                before = told
    scored = (
        msgspec.structs.replace(event, score=round(1 / rank, 4))
        for rank, event in enumerate(ranked, start=1)
    )
    return tuple(sorted(scored, key=lambda event: (event.start, event.end)))


def _in_sentence(
    piece: Piece,
    sentence: tuple[int, int],
    entities: tuple[DocSpan, ...],
    known: Lexicon,
    people: Words,
) -> list[EventSpan]:
    """The events of a sentence, a range of tokens, the main one first."""
    triggers = _triggers(piece.doc, sentence, known, people)
    depths = {trigger.token.i: _depth(trigger.token) for trigger in triggers}
    triggers.sort(key=lambda trigger: (depths[trigger.token.i], trigger.token.i))
    found: dict[Span, EventSpan] = {}
    claims = claimants(piece.doc, columns(piece.doc).lower, sentence) if triggers else {}
    for trigger in triggers[:MOST_IN_SENTENCE]:
        event = _event(piece, trigger, people, entities, known)
        deed = next((t.i for t in (trigger.token, trigger.noun) if t and t.i in claims), None)
        if deed is not None and trigger.type in VIOLENT:
            event = _claimed(piece, event, claims[deed])
        found.setdefault((event.start, event.end), event)
    return list(found.values())


def _depth(token: Token) -> int:
    """How far a trigger stands from the root; side clauses count as further."""
    depth, node = 0, token
    while node.head.i != node.i and depth < _FAR:
        depth += 3 if node.dep_ in ("relcl", "advcl", "acl", "appos") else 1
        node = node.head
    return depth


def _triggers(doc: Doc, sentence: tuple[int, int], known: Lexicon, people: Words) -> list[Trigger]:
    found: list[Trigger] = []
    used: set[int] = set()
    pos, whole = columns(doc).pos, range(*sentence)
    for token in (doc[i] for i in whole if pos[i] == "VERB"):
        if token.dep_ in ("aux", "auxpass", "amod", "compound"):
            continue
        if token.lower_ in _EQUIPPED and token.dep_ == "acl":
            continue
        trigger = _verb_trigger(token, known, people)
        if trigger:
            found.append(trigger)
            if trigger.noun is not None:
                used.add(trigger.noun.i)
    for token in (doc[i] for i in whole if pos[i] == "NOUN"):
        if token.i not in used and _is_event_noun(token, known, only=not found):
            kind = noun_type(token, known)
            if kind:
                found.append(Trigger(token, kind, None, status_of(token, known)))
    return found


def _is_event_noun(token: Token, known: Lexicon, *, only: bool) -> bool:
    """Whether a noun tells of an event by itself. In a sentence without any other event also the
    weaker nouns do, where they stand near its root.
    """
    lemma = token.lemma_.lower()
    if token.dep_ == "compound" or lemma not in known.event_nouns:
        return False
    if lemma in known.alone or any(
        f"{child.lemma_.lower()} {lemma}" in known.alone for child in token.children
    ):
        return True
    near = token.head.dep_ == "ROOT" or token.head.head.dep_ == "ROOT"
    return only and near and lemma in known.nouns


def _verb_trigger(token: Token, known: Lexicon, people: Words) -> Trigger | None:
    lemma = verb_lemma(token, known)
    if lemma not in known.can_trigger:
        return None
    base = verb_type(token, known)
    noun = base[1] if base else None
    operated = _operator(token, lemma, known)
    if operated:
        return Trigger(token, operated, noun, status_of(token, known))
    if base is not None and base[0] == "COERCE" and lemma in known.preventing and noun is None:
        held = [c for c in token.children if c.dep_ in ("dobj", "obj", "nsubjpass")]
        if not any(c.ent_type_ or is_person(c, people) for c in held):
            return None
    if base is None or (lemma in known.saying and noun is None and lemma != "insist"):
        return None
    if is_negated(token) and base[0] in known.friendly:
        return Trigger(
            token, "REJECT", noun, "hypothetical" if is_conditional(token) else "asserted"
        )
    return Trigger(token, _by_mood(token, base[0], known), noun, status_of(token, known))


def _below(token: Token) -> Token | None:
    """The verb of an infinitive or clause below: of "called on A to leave" it is "leave"."""
    for child in token.children:
        if child.pos_ not in ("VERB", "AUX") or child.i < token.i:
            continue
        if child.dep_ in ("xcomp", "ccomp"):
            return child
        infinitive = any(c.dep_ == "aux" and c.lower_ == "to" for c in child.children)
        if child.dep_ == "advcl" and infinitive and any(c.dep_ == "prep" for c in token.children):
            return child
    return None


def _operator(token: Token, lemma: str, known: Lexicon) -> str | None:
    """What a verb makes of what is below it: promised, threatened, refused or asked for."""
    below = _below(token)
    if below is None:
        return None
    content = verb_type(below, known)
    if lemma in known.threatening:
        return "THREATEN"
    if lemma in known.refusing and below.dep_ == "xcomp":
        return "REJECT"
    if lemma in known.failing:
        return "REJECT" if content and content[0] in known.friendly else None
    if lemma in known.asking and lemma not in ("want", "tell"):
        if lemma == "seek" and not any(c.dep_ == "dobj" for c in token.children):
            return None
        # To rally support on behalf of somebody is support (CAMEO 053), not a demand.
        supports = content and content[0] == "SUPPORT" and lemma == "urge"
        return "SUPPORT" if supports else "DEMAND"
    if lemma in ("want", "tell") and any(
        c.dep_ in ("nsubj", "dobj") and c.i > token.i for c in (*below.children, *token.children)
    ):
        return "DEMAND" if below.tag_ == "VB" and not modal(below) else None
    if lemma in known.promising or lemma in ("plan", "prepare", "intend"):
        if is_negated(token):
            return "REJECT"
        hostile = content is not None and content[0] in known.hostile
        return "THREATEN" if hostile and lemma not in ("agree", "consent") else "AGREE"
    return None


def _by_mood(token: Token, kind: str, known: Lexicon) -> str:
    """PLOVER's reading of what has not happened: promised is AGREE, intended harm THREATEN."""
    how = modal(token)
    if how == "duty":
        return "DEMAND"
    if _is_ready(token, known):
        return "AGREE" if kind in known.friendly else "THREATEN" if kind in known.hostile else kind
    if how not in ("future", "would", "possible"):
        return kind
    if how == "possible" and kind in known.friendly:
        return kind
    if kind in known.friendly:
        return "AGREE"
    # An announced measure is the measure: "announced it would ban all aid".
    announced = token.dep_ == "ccomp" and token.head.lemma_.lower() == "announce"
    if announced and kind in ("SANCTION", "COERCE"):
        return kind
    return "THREATEN" if kind in known.hostile else kind


def _is_ready(token: Token, known: Lexicon) -> bool:
    """As in "is ready to host", "was willing to send"."""
    parent = token.head
    return (
        token.dep_ == "xcomp"
        and parent.pos_ in ("ADJ", "VERB")
        and parent.lower_ in known.ready
        and not is_negated(parent)
        and not is_negated(parent.head)
    )


def _event(
    piece: Piece,
    trigger: Trigger,
    people: Words,
    entities: tuple[DocSpan, ...],
    known: Lexicon,
) -> EventSpan:
    token, noun = trigger.token, trigger.noun
    agents, means = agents_and_means(trigger, known)
    sides = parties_between(token if noun is None else noun)
    if len(sides) > 1 and not agents:
        targets = [] if token.pos_ == "VERB" else sides[1:]
        agents = sides[:1]
    elif trigger.type == "DEMAND" and modal(token) == "duty":
        targets, agents = agents, _sayer(token)
    else:
        # What is threatened, refused or promised is aimed at whom its own verb names.
        inner = _below(token) if trigger.type in _AIMED and noun is None else None
        targets = (
            targets_of(inner, agents, people, never=_never(inner, None, known))
            if inner is not None
            else []
        )
        targets = targets or targets_of(
            token,
            agents,
            people,
            noun=noun,
            never=_never(token, means, known),
            place_last=trigger.type in _STRUCK,
            no_place=trigger.type in _TOGETHER and len(spread(agents)) > 1,
        )
    if trigger.type in _STRUCK or trigger.type == "THREATEN":
        targets = [t for t in targets if not _is_deed(t, known)]
    if not targets and token.pos_ == "VERB" and noun is None:
        shared = [c for c in token.conjuncts if c.pos_ == "VERB" and c.i > token.i]
        shared = shared if trigger.type in _STRUCK else list(_shares(token))
        targets = next((t for c in shared if (t := targets_of(c, agents, people))), [])
    start, end = piece.span(token)
    if noun is not None and 0 < noun.i - token.i <= 5:
        end = piece.span(noun)[1]
    return EventSpan(
        start=start,
        end=end,
        type=trigger.type,
        status=trigger.status,
        agents=_phrases(piece, agents, alone=len(sides) > 1),
        targets=_phrases(piece, targets),
        instrument=phrase(piece, means) if means is not None else None,
        place=_place(piece, token, entities),
        time=_time(piece, token, entities),
        method=METHOD,
    )


def _claimed(piece: Piece, event: EventSpan, who: list[Token]) -> EventSpan:
    """An event that somebody claims: by its own words it has no other agent, or that one."""
    agents = _phrases(piece, who)
    return msgspec.structs.replace(event, agents=event.agents or agents, claimed_by=agents[0])


def _shares(token: Token) -> Iterator[Token]:
    """The verbs that follow in a list, whose object a verb shares: "looted and burned the shop"."""
    for other in token.conjuncts:
        between = token.doc[token.i + 1 : other.i]
        if other.pos_ == "VERB" and all(t.pos_ in _IN_LIST for t in between):
            yield other


def _is_deed(token: Token, known: Lexicon) -> bool:
    """Whether a phrase names the attack itself, which is no target of it."""
    low = token.lemma_.lower()
    return not token.ent_type_ and (low in known.attacks or low in known.weapons)


def _never(token: Token, means: Token | None, known: Lexicon) -> frozenset[str]:
    """Lemmas that are no target here: what was used, and whom one sends."""
    used = frozenset({means.lemma_.lower()} if means is not None else ())
    return used | known.sent if verb_lemma(token, known) in known.sending else used


def _phrases(piece: Piece, heads: list[Token], *, alone: bool = False) -> tuple[Span, ...]:
    """The phrases of these heads and, unless they stand `alone`, of those joined to them."""
    return tuple(dict.fromkeys(phrase(piece, head) for head in (heads if alone else spread(heads))))


def _sayer(token: Token) -> list[Token]:
    """Who says that something must be."""
    node = token
    while node.head.i != node.i and node.dep_ in ("ccomp", "conj", "xcomp"):
        node = node.head
        subjects = [c for c in node.children if c.dep_ == "nsubj"]
        if subjects and node.i != token.i:
            return subjects
    return []


def _place(piece: Piece, token: Token, entities: tuple[DocSpan, ...]) -> Span | None:
    """The nearest place that the trigger's clause names after a preposition of place."""
    best: tuple[int, Span] | None = None
    for ent in entities:
        if ent.label_ not in _PLACES or abs(ent.start - token.i) > _NEAR:
            continue
        before = ent[0].i - 1
        while before >= max(0, ent.start - 6) and token.doc[before].pos_ in ("DET", "ADJ", "NOUN"):
            before -= 1
        word = token.doc[before].lower_ if before >= 0 else ""
        inside = any(a.i == token.i for a in ent.root.ancestors)
        if word in _PLACE_PREPOSITIONS or (inside and word == "of"):
            distance = abs(ent.start - token.i) + (0 if inside else 20)
            if best is None or distance < best[0]:
                best = distance, piece.span(ent)
    return best[1] if best and best[0] < 40 else None


def _time(piece: Piece, token: Token, entities: tuple[DocSpan, ...]) -> Span | None:
    """The nearest time expression below the trigger, else of its sentence."""
    best: tuple[int, Span] | None = None
    for ent in entities:
        if ent.label_ not in ("DATE", "TIME") or abs(ent.start - token.i) > _NEAR:
            continue
        inside = any(a.i == token.i for a in ent.root.ancestors)
        distance = abs(ent.start - token.i) + (0 if inside else 15)
        if best is None or distance < best[0]:
            best = distance, piece.span(ent)
    return best[1] if best and best[0] < 35 else None
