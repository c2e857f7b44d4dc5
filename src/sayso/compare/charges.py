"""Charges: who, by a telling's voices, did it, took it on themselves or denied it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from sayso.compare.charge import Charge, Scene, Stance, blamed, is_own, one_deed
from sayso.compare.deeds import Deeds
from sayso.compare.incidents import Incidents
from sayso.compare.parties import Parties, Party
from sayso.compare.spoken import said
from sayso.compare.standing import Standing
from sayso.compare.tellings import Telling
from sayso.compare.voices import Voices
from sayso.compare.wording import Words
from sayso.schema import Event

_NO_DEED = frozenset({"fighting", "movement", "aid", "truce", "talks"})
"""Groups of kinds that have no one agent to answer for them."""

_ATTACKS = frozenset({"ASSAULT", "FIGHT"})
_LEAD = 5
"""Sentences at a telling's beginning in which an assault is its incident."""

_AROUND = 30
"""Characters around an event in which its kind is named, """

_FURTHER = 90
"""and after it for a narrower kind of the same group."""


def charges_of(
    telling: Telling, voices: Voices, standing: Standing, words: Words, kinds: Incidents
) -> list[Charge]:
    """Who, by whose word, did it, took it on themselves, or denied it, in text order."""
    deeds = Deeds(telling, standing, words, kinds)
    parties = Parties(standing, words, kinds)
    scene = Scene(telling, voices, standing, words, kinds, deeds, parties)
    found = [*_assaults(scene), *said(scene)]
    found = [c for c in found if all(map(voices.can_act, c.agents))]
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
    kept: dict[tuple[object, ...], Charge] = {}
    for charge in charges:
        key = (charge.voice.key, charge.stance, charge.agent, charge.among, charge.side)
        if key not in kept or _weight(charge) > _weight(kept[key]):
            kept[key] = charge
    return list(kept.values())


def _weight(charge: Charge) -> tuple[bool, bool]:
    return not charge.aside, charge.clear


def _assaults(scene: Scene) -> Iterator[Charge]:
    telling, voices, kinds, words = scene.telling, scene.voices, scene.kinds, scene.words
    last = telling.spans[min(len(telling.spans), _LEAD) - 1][1]
    second = telling.spans[min(len(telling.spans), 2) - 1][1]
    for event in telling.events:
        if event.type not in _ATTACKS or event.status != "asserted" or event.start >= last:
            continue
        kind = _kind_at(event, words, kinds)
        if kind is None or kinds.group(kind) in _NO_DEED or scene.deeds.is_other(event.start):
            continue
        voice = voices.of(event)
        party = _doers(event, scene)
        charge = Charge(
            voice,
            "means",
            None,
            event.id,
            event.document,
            event.evidence,
            event.agent or "",
            kind=kind,
            kinds=frozenset({kind}),
            spots=scene.standing.spots(*words.sentences[words.sentence_at(event.start)]),
            first=event.start < second,
        )
        if event.statement is None and event.voice == "named":  # "a blast claimed by X"
            claimant = voices.actor(event.speaker_actor, event.speaker)
            yield msgspec.structs.replace(charge, stance="claims", agent=claimant)
        elif party.either:
            if party.known:
                yield msgspec.structs.replace(charge, stance="blames", among=party.actors)
        elif not party.actors and kind in kinds.means:
            yield charge
        for agent in party.actors if not party.either else ():
            own = is_own(agent, voice, voices)
            if own and (agent not in voice.keys or voices.kind(agent) != "armed group"):
                continue  # a state's word on its own forces is a report, no charge
            stance: Stance = "claims" if own else "blames"
            yield msgspec.structs.replace(charge, stance=stance, agent=agent)


def _doers(event: Event, scene: Scene) -> Party:
    """An event's agents, as far as they are known. "Warplanes" that belong to nobody are no one to
    blame, nor are those whom a toll counts ("20 fighters killed"), nor persons of no fame, whom
    only words of blame lay a deed on.
    """
    if event.agent is None:
        return Party()
    voices, names = scene.voices, event.agent.split("; ")
    known = voices.actor(event.agent_actor, event.agent) if event.agent_actor else None
    for told in event.evidence[1:]:
        span = told.start, told.end
        held = scene.standing.sharing(*span)
        starts = [s for s, _, a in held if (a == known if known else voices.name(a) in names)]
        if not starts:
            continue
        if scene.standing.counts(*span) or scene.deeds.is_scene(*span):
            return Party()
        end = scene.words.sentences[scene.words.sentence_at(told.start)][1]
        party = scene.parties.around(min(told.start, *starts), end)
        if known or len(party.actors) > 1:
            return msgspec.structs.replace(party, actors=tuple(filter(scene.can_do, party.actors)))
        return Party()
    return Party((known,)) if known and scene.can_do(known) else Party()


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


__all__ = ["Charge", "blamed", "charges_of", "one_deed", "set_of", "worth_telling"]
