"""Speakers: the voices of names. A person who speaks for a body counts as that body."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from sayso.compare.roster import Lookups, Roster
from sayso.compare.sketches import Shelf
from sayso.compare.unnamed import bridges
from sayso.knowledge import Knowledge
from sayso.knowledge.slips import slips
from sayso.knowledge.spelling import spelling_key
from sayso.schema import Actor
from sayso.schema import Voice as VoiceKind

_FORCES = frozenset({"state", "government", "armed group", "armed force", "party", "person"})


class Voice(msgspec.Struct, frozen=True):
    """Who vouches for something. Equal `key`: one origin.

    `name` is the body or person that counts, null for the outlet's own voice; `person` whoever
    spoke for the body. `keys` hold every actor of the case behind it, the person first.
    """

    key: str
    kind: VoiceKind
    name: str | None
    person: str | None = None
    keys: tuple[str, ...] = ()

    @property
    def counts(self) -> bool:
        """Whether it is a named origin."""
        return self.kind == "named"

    @property
    def shown(self) -> str:
        """The voice in a sentence."""
        if self.person and self.person != self.name:
            return f"{self.name} ({self.person})"
        return self.name or "the outlet itself"


class Speakers:
    """The voices of names and of actors of the case, and how the actors stand to each other."""

    def __init__(self, shelf: Shelf, roster: Roster, *, knowledge: Knowledge) -> None:
        self._shelf = shelf
        self._registry = knowledge.actors
        self._bodies: dict[str, tuple[str, str] | None] = {}
        self.lookups = Lookups(roster)
        self.bridges = bridges(knowledge)

    def notes(self) -> tuple[str, ...]:
        """What was looked up of the case's actors."""
        return self.lookups.notes()

    def named(self, name: str, local: str | None, document: str | None = None) -> Voice:
        """The voice of a named speaker, given the id of its local actor where there is one, and
        the document that names them.
        """
        handle = self.lookups.of(local)
        actor = self.lookups.actor(handle)
        if actor is None or (actor.key is None and actor.kind != "person"):
            known = self._known_inside(name) or self._shortened(name) or self.lookups.by_name(name)
            if known:
                handle, actor = known, self._actor(known)
        if actor is None or handle is None:
            return Voice(f"name {spelling_key(name)}", "named", name)
        if actor.kind != "person":
            return self.of_actor(handle)
        if handle not in self._bodies:
            self._bodies[handle] = self._body(handle, actor.affiliations)
        body = self._bodies[handle] or self._led_by(local, document)
        if body is None:
            return Voice(handle, "named", actor.name, actor.name, (handle,))
        over = (body[0], *self._state(body[0])) if self.lookups.actor(body[0]) else ()
        return Voice(body[0], "named", body[1], actor.name, (handle, *over))

    def of_actor(self, id_: str) -> Voice:
        """The voice of an actor of the case that is a body."""
        actor = self._actor(id_)
        return Voice(id_, "named", actor.name, None, (id_, *self._state(id_)))

    def _led_by(self, person: str | None, document: str | None) -> tuple[str, str] | None:
        """The body of no fame that a report calls somebody the manager or the spokesman of."""
        if document is None:
            return None
        locals_ = self._shelf.items[document].actors
        mine = next((a for a in locals_ if a.id == person), None)
        for role in mine.roles if mine else ():
            if not self.bridges.capacity(role):
                continue
            bodies = [
                a
                for a in locals_
                if a.kind not in ("person", "state") and self.bridges.is_whole(a.name, role)
            ]
            if len(bodies) == 1:
                voice = self.named(bodies[0].name, bodies[0].id)
                return voice.key, voice.name or bodies[0].name
            elsewhere = self.lookups.by_name(self.bridges.led(role) or "")
            actor = self.lookups.actor(elsewhere)
            if elsewhere and actor and actor.kind not in ("person", "state"):
                return elsewhere, actor.name
        return None

    def _known_inside(self, name: str) -> str | None:
        """The actor whose known name ends a longer one: "Britain-based Observatory of X"."""
        hits = [hit for hit in self._registry.scan(name) if hit.end >= len(name)]
        hits = hits or [hit for hit in slips(self._registry).scan(name) if hit.end >= len(name)]
        keys = {e.key for hit in hits for e in hit.entries if e.kind not in ("state", "person")}
        return self.lookups.by_key(min(keys)) if len(keys) == 1 else None

    def _shortened(self, name: str) -> str | None:
        """The one monitor of the case that another form of its name means: "the London-based
        Observatory", "Observatory for Graves".
        """
        plain = self.bridges.without_seat(name)
        if plain is None:
            return None
        fits = {b.actor for b in self.lookups.monitors() if plain <= b.words}
        return fits.pop() if len(fits) == 1 else None

    def _body(self, person: str, affiliations: Sequence[str]) -> tuple[str, str] | None:
        """Whom a person speaks for: as is known, else by the roles that reports give."""
        for name in affiliations:
            known = self.lookups.by_name(name)
            return known or f"name {spelling_key(name)}", name
        office = self.lookups.office(person)
        if office is None:
            return None
        return self.lookups.by_key(office.key) or f"key {office.key}", office.name

    def _state(self, body: str) -> tuple[str, ...]:
        """The state, as an actor of the case, that a body belongs to, if that is another."""
        actor = self.lookups.actor(body)
        entry = self._registry.get(actor.key) if actor and actor.key else None
        state = self._registry.state_of(entry) if entry else None
        found = self.lookups.by_key(state.key) if state else None
        return (found,) if found and found != body else ()

    def _actor(self, id_: str) -> Actor:
        found = self.lookups.actor(id_)
        assert found is not None
        return found

    def actor(self, local: str | None, name: str | None) -> str | None:
        """The id of the actor of the case behind a local actor or a name, null where unknown."""
        return self.lookups.of(local) or self.lookups.by_name(name or "")

    def name(self, actor: str) -> str:
        """The name of an actor of the case."""
        return self._actor(actor).name

    def kind(self, actor: str) -> str:
        """The kind of an actor of the case."""
        return self._actor(actor).kind

    def can_act(self, actor: str) -> bool:
        """Whether an actor is one that can be blamed: of a kind that acts with force."""
        return self._actor(actor).kind in _FORCES

    def related(self, a: str, b: str) -> bool:
        """Whether two actors are one, or one belongs to the other or both to one state."""
        if a == b:
            return True
        return bool(self._ties(a) & self._ties(b))

    def one_side(self, a: Voice, b: Voice) -> bool:
        """Whether two voices are of one body, or one belongs to the other."""
        return any(
            self.lookups.actor(x) and self.lookups.actor(y) and self.related(x, y)
            for x in a.keys
            for y in b.keys
        )

    def _ties(self, actor: str) -> set[str]:
        """An actor's name, and the names of what it belongs to, some steps up."""
        one = self._actor(actor)
        names = {one.name, *one.affiliations}
        entry = self._registry.get(one.key) if one.key else None
        for _ in range(3):
            if entry is None:
                break
            names.add(entry.name)
            ties = [tie.of for tie in entry.affiliations]
            names |= {e.name for key in ties if (e := self._registry.get(key))}
            entry = self._registry.get(ties[0]) if ties else None
        return names
