"""Charges: who, by a telling's voices, did it, took it on themselves or denied it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

import msgspec

from sayso.compare.deeds import Deeds
from sayso.compare.ground import Spot, nearness
from sayso.compare.incidents import Incidents
from sayso.compare.speakers import Voice
from sayso.compare.standing import Standing
from sayso.compare.tellings import Telling
from sayso.compare.voices import Voices
from sayso.compare.wording import Words
from sayso.ids import Span
from sayso.schema import Event, Evidence, Statement

Stance = Literal["blames", "claims", "denies", "means"]
_NO_DEED = frozenset({"fighting", "movement", "aid", "truce", "talks"})
"""Groups of kinds that have no one agent to answer for them."""

_ATTACKS = frozenset({"ASSAULT", "FIGHT"})
_LEAD = 5
"""Sentences at a telling's beginning in which an assault is its incident."""

_NEAR = 90
"""Characters between a word of blame and the name of the blamed."""

_AROUND = 30
"""Characters around an event in which its kind is named, """

_FURTHER = 90
"""and after it for a narrower kind of the same group."""

_WHAT_FOR = frozenset({"for", "of", "in", "after", "over"})
_AFTER = frozenset(
    {
        "blamed",
        "blames",
        "blaming",
        "blame",
        "accused",
        "accuses",
        "accusing",
        "condemned",
        "role",
        "involvement",
        "perpetrated",
        "carried",
    }
)


class Charge(msgspec.Struct, frozen=True):
    """A voice's word on who did it. `agent` is an actor of the case; for "denies" it is whoever is
    cleared, null where the whole is denied. "means" only says how it was done: `kind`.
    """

    voice: Voice
    stance: Stance
    agent: str | None
    record: str
    document: str
    evidence: tuple[Evidence, ...]
    words: str
    chain: tuple[str, ...] = ()
    kind: str | None = None
    kinds: frozenset[str] = frozenset()
    """The kinds of incident that the words of the charge, or else of its sentence, name."""

    spots: tuple[Spot, ...] = ()
    """The places that its sentences name."""

    clear: bool = False
    """Whether words of blame say so, and not only an event with its agent."""

    first: bool = False
    """Whether it stands in the first sentences of the telling."""

    aside: bool = False
    """Whether its words are about something else than the telling's deed."""


def one_deed(a: Charge, b: Charge, kinds: Incidents) -> bool:
    """Whether two charges can be for one deed, by the kinds and places that their words name."""
    if not kinds.one_deed(a.kinds, b.kinds):
        return False
    return not (a.spots and b.spots) or any(nearness(x, y) for x in a.spots for y in b.spots)


def charges_of(
    telling: Telling, voices: Voices, standing: Standing, words: Words, kinds: Incidents
) -> list[Charge]:
    """Who, by whose word, did it, took it on themselves, or denied it, in text order."""
    deeds = Deeds(telling, standing, words, kinds)
    found = [
        *_assaults(telling, voices, standing, words, kinds, deeds),
        *_said(telling, voices, standing, words, kinds, deeds),
    ]
    found = [c for c in found if c.agent is None or voices.can_act(c.agent)]
    return sorted(set_of(found), key=lambda c: (c.evidence[0].start, c.stance, c.record))


def worth_telling(charges: Sequence[Charge], *, others: bool) -> list[Charge]:
    """The charges that make an account: those about the deed, and how it was done by an outlet's
    own word only where nobody says more. `others` says whether a toll is told.
    """
    about = [c for c in charges if not c.aside]
    if any(c.stance in ("blames", "denies") for c in about):
        return about  # how it was done may be what they are at odds on
    more = others or any(c.stance != "means" or c.voice.kind != "outlet" for c in about)
    return [c for c in about if not (more and c.stance == "means" and c.voice.kind == "outlet")]


def set_of(charges: Iterable[Charge]) -> list[Charge]:
    """One charge for each voice, stance and agent: the first of those about the deed if there are
    any, by clear words of claim if there are any.
    """
    kept: dict[tuple[str, str, str | None], Charge] = {}
    for charge in charges:
        key = (charge.voice.key, charge.stance, charge.agent)
        if key not in kept or _weight(charge) > _weight(kept[key]):
            kept[key] = charge
    return list(kept.values())


def _weight(charge: Charge) -> tuple[bool, bool]:
    return not charge.aside, charge.clear and charge.stance == "claims"


def _assaults(
    telling: Telling,
    voices: Voices,
    standing: Standing,
    words: Words,
    kinds: Incidents,
    deeds: Deeds,
) -> Iterator[Charge]:
    last = telling.spans[min(len(telling.spans), _LEAD) - 1][1]
    second = telling.spans[min(len(telling.spans), 2) - 1][1]
    for event in telling.events:
        if event.type not in _ATTACKS or event.status != "asserted" or event.start >= last:
            continue
        # "Warplanes" that belong to nobody are no one to blame.
        agent = voices.actor(event.agent_actor, event.agent or "") if event.agent_actor else None
        agent = _side(agent, event, voices, standing, words)
        kind = _kind_at(event, words, kinds)
        voice = voices.of(event)
        own = agent is not None and voices.one_side(voice, voices.of_actor(agent))
        if kind is None or kinds.group(kind) in _NO_DEED or deeds.is_other(event.start):
            continue
        if own and (agent not in voice.keys or voices.kind(agent or "") != "armed group"):
            continue  # a state's word on its own forces is a report, no charge
        if agent or kind in kinds.means:
            yield Charge(
                voice,
                "claims" if own else "blames" if agent else "means",
                agent,
                event.id,
                event.document,
                event.evidence,
                event.agent or "",
                kind=kind,
                kinds=frozenset({kind}),
                spots=standing.spots(*words.sentences[words.sentence_at(event.start)]),
                first=event.start < second,
            )


def _side(
    agent: str | None, event: Event, voices: Voices, standing: Standing, words: Words
) -> str | None:
    """An event's agent, or the state whose forces its words name by a person: "X's regime"."""
    if agent is None or voices.kind(agent) != "person":
        return agent
    for told in event.evidence[1:]:
        found, spans = standing.inside(told.start, told.end)
        for actor, (start, end) in zip(found, spans, strict=True):
            if actor == agent:
                return standing.as_side(actor, start, end, words)
    return agent


def _kind_at(event: Event, words: Words, kinds: Incidents) -> str | None:
    """The kind that the words around an event name, or a narrower one of its group further on: of
    "a barrel bomb … containing toxic gas" the gas.
    """
    start, end = words.sentences[words.sentence_at(event.start)]
    first = max(start, event.start - _AROUND)
    near = kinds.words.found(words.between(first, min(end, event.end + _AROUND)))
    best = max(near, key=kinds.rank, default=None)
    if best is None:
        return None
    further = kinds.words.found(words.between(first, min(end, event.end + _FURTHER)))
    same = [kind for kind in further if kinds.group(kind) == kinds.group(best)]
    return max((best, *same), key=kinds.rank)


def _said(
    telling: Telling,
    voices: Voices,
    standing: Standing,
    words: Words,
    kinds: Incidents,
    deeds: Deeds,
) -> Iterator[Charge]:
    for statement in telling.statements:
        voice = voices.of(statement)
        start = min(a for a, _ in (*statement.cue_spans, *statement.content_spans))
        end = max(b for _, b in (*statement.cue_spans, *statement.content_spans))
        phrases = list(_phrases(words, start, end, kinds))
        if any(label == "doubts" for _, _, label in phrases):
            continue
        for at, stop, label in phrases:
            first, final = words.starts[at], words.ends[stop - 1]
            in_cue = _holds(statement.cue_spans, first)
            if not in_cue and any(_holds(s.cue_spans, first) for s in telling.statements):
                continue  # another's cue: theirs to answer for
            whose, agent = voice, None
            if label == "claims":
                found = _claimant(statement, voice, at, in_cue, voices, standing, words)
                if found is None:
                    continue
                whose, agent = found
                stance: Stance = "claims"
                about = deeds.is_claimed(at)
            elif label == "denials" or statement.denied:
                if not in_cue and not statement.denied:
                    continue
                _, last = words.sentences[words.sentence_at(first)]
                agent = standing.after(final, min(end, last, final + _NEAR), words)
                stance = "denies"
                if not deeds.is_denied(at, stop):
                    continue
                about = True
            else:
                agent = _blamed(at, stop, start, end, standing, words)
                stance = "blames"
                if agent is None or agent in voice.keys or words.words[stop : stop + 1] == ("by",):
                    continue  # "the army, accused by Dolan of": no word of the army's
                about = deeds.is_blamed(at, stop)
            yield Charge(
                whose,
                stance,
                agent,
                statement.id,
                statement.document,
                statement.evidence,
                statement.content,
                statement.chain,
                max(telling.kinds, key=kinds.rank, default=None),
                _named(words, start, end, kinds),
                standing.spots(start, end),
                clear=True,
                aside=not about,
            )


def _claimant(
    statement: Statement,
    voice: Voice,
    at: int,
    in_cue: bool,
    voices: Voices,
    standing: Standing,
    words: Words,
) -> tuple[Voice, str | None] | None:
    """Who claims a deed, as a voice and an actor: the speaker, or whom another tells of as claiming
    it, on whose account it is then. Null where nobody does.
    """
    if (statement.speaker or "").casefold().startswith("no "):
        return None
    mine = voices.actor(statement.speaker_actor, statement.speaker)
    if in_cue:
        return voice, mine
    first = words.starts[at]
    begin, _ = words.sentences[words.sentence_at(first)]
    told = standing.before(max(begin, first - _NEAR), first, words)
    if told is None or not voices.can_act(told):
        return None
    return (voice, told) if told in voice.keys else (voices.of_actor(told), told)


def _blamed(
    at: int, stop: int, start: int, end: int, standing: Standing, words: Words
) -> str | None:
    """Whom a phrase of blame names, after it or before it by the phrase's kind."""
    first, final = words.starts[at], words.ends[stop - 1]
    if words.words[at] not in _AFTER:
        return standing.before(max(start, first - _NEAR), first, words)
    return standing.after(final, _reach(words, stop, min(end, final + _NEAR)), words)


def _named(words: Words, start: int, end: int, kinds: Incidents) -> frozenset[str]:
    """The kinds that some words name, or else the sentence around them."""
    found = kinds.words.found(words.between(start, end))
    if not found and words.sentences:
        found = kinds.words.found(words.between(*words.sentences[words.sentence_at(start)]))
    return frozenset(found)


def _reach(words: Words, stop: int, end: int) -> int:
    """Where the words that name the blamed end: at what they are blamed for."""
    for at in range(stop, len(words.words)):
        if words.starts[at] >= end:
            break
        if words.words[at] in _WHAT_FOR:
            return words.starts[at]
    return end


def _holds(spans: Iterable[Span], at: int) -> bool:
    return any(start <= at < end for start, end in spans)


def _phrases(
    words: Words, start: int, end: int, kinds: Incidents
) -> Iterator[tuple[int, int, str]]:
    first, last = words.number(start), words.number(end)
    for at, stop, label in kinds.charges.places(words.words[first:last]):
        yield first + at, first + stop, label
