"""A charge: a voice's word on who did it; and what charges of a telling are read with."""

from __future__ import annotations

from typing import Literal

import msgspec

from sayso.compare.deeds import Deeds
from sayso.compare.ground import Spot, nearness
from sayso.compare.incidents import Incidents
from sayso.compare.parties import Parties
from sayso.compare.speakers import Voice
from sayso.compare.standing import Standing
from sayso.compare.tellings import Telling
from sayso.compare.voices import Voices
from sayso.compare.wording import Words
from sayso.schema import Evidence

Stance = Literal["blames", "claims", "denies", "means"]
OF_A_STATE = frozenset(
    {"state", "government", "ministry", "armed force", "agency", "outlet", "person"}
)
"""Kinds of voices that are on the side of their state."""

RULING = frozenset({"state", "government", "armed force"})


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

    among: tuple[str, ...] = ()
    """Those of whom one did it, where the words leave open which; `agent` is null then."""

    side: str | None = None
    """The word for those who did it ("rebels") where nobody is named; `agent` is null then."""

    @property
    def agents(self) -> tuple[str, ...]:
        """Every actor of the case that it names."""
        return (*self.among, *([self.agent] if self.agent else []))


def one_deed(a: Charge, b: Charge, kinds: Incidents) -> bool:
    """Whether two charges can be for one deed, by the kinds and places that their words name."""
    if not kinds.one_deed(a.kinds, b.kinds):
        return False
    return not (a.spots and b.spots) or any(nearness(x, y) for x in a.spots for y in b.spots)


class Scene(msgspec.Struct, frozen=True):
    """A telling with what its charges are read with."""

    telling: Telling
    voices: Voices
    standing: Standing
    words: Words
    kinds: Incidents
    deeds: Deeds
    parties: Parties

    def can_do(self, actor: str) -> bool:
        """Whether an event can lay a deed on an actor: no person whom nobody knows."""
        return self.voices.kind(actor) != "person" or self.standing.is_known(actor)


def blamed(charge: Charge, voices: Voices) -> str | None:
    """Whom a charge of blame names, in words."""
    if charge.agent is None:
        names = " or ".join(map(voices.name, charge.among))
        return f"either {names}" if names else charge.side
    return voices.name(charge.agent)


def is_own(agent: str, voice: Voice, voices: Voices) -> bool:
    """Whether an actor is on a voice's side. Who is of no state answers for themselves alone: the
    opposition or the rescuers of a state can blame that state.
    """
    if voice.keys and voices.kind(voice.keys[0]) not in OF_A_STATE:
        return voices.related(agent, voice.keys[0]) and voices.kind(agent) not in RULING
    return voices.one_side(voice, voices.of_actor(agent))
