"""The roster: what voices look up of the actors of a case, noted as it is looked up.

What was made of a few documents stays right as long as every look-up that it made would find the
same again; so notes are kept beside it, and asked again when documents were added.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import blake2b

import msgspec

from sayso.compare.actors import Cast
from sayso.compare.kept import Lazy
from sayso.compare.unnamed import Body
from sayso.knowledge import Knowledge
from sayso.knowledge.actors import Entry, Registry
from sayso.knowledge.spelling import spelling_key
from sayso.schema import Actor, Resolved


class Roster:
    """The actors of a case, each under a handle that lasts, by local id, name and key."""

    def __init__(self, cast: Cast, resolved: Sequence[Resolved], *, knowledge: Knowledge) -> None:
        registry = knowledge.actors
        # An actor's id is that of its first mention, which may change when a report is added; its
        # key in the registry does not.
        handles = {actor.id: f"@{actor.key}" if actor.key else actor.id for actor in cast.actors}
        self.actors = {handles[actor.id]: actor for actor in cast.actors}
        self.of = {local: handles[actor] for local, actor in cast.of.items()}
        self.by_name = {
            spelling_key(actor.name): handles[actor.id] for actor in reversed(cast.actors)
        }
        self.by_key = {actor.key: handles[actor.id] for actor in cast.actors if actor.key}
        self.bodies = {
            handle: _body(handle, actor, entry, registry)
            for handle, actor in self.actors.items()
            if (entry := registry.get(actor.key or "")) and actor.kind not in ("person", "state")
        }
        self.monitors = tuple(b for b in self.bodies.values() if b.kind == "monitor")
        roles: dict[str, dict[str, None]] = {}
        for item in resolved:
            for local in item.actors:
                for role in local.roles:
                    roles.setdefault(self.of[local.id], {})[role] = None
        self.offices: Lazy[Entry | None] = Lazy(
            lambda person: _office(roles.get(person, ()), registry)
        )
        self._answers: Lazy[str] = Lazy(self._answer)

    def _answer(self, asked: str) -> str:
        """What a look-up finds, as a short name of it."""
        how, _, what = asked.partition(" ")
        if how == "of":
            return self.of.get(what, "")
        if how == "name":
            return self.by_name.get(what, "")
        if how == "key":
            return self.by_key.get(what, "")
        found: object = None
        if how == "actor":
            actor = self.actors.get(what)
            found = actor and (
                actor.name,
                actor.kind,
                actor.key,
                actor.affiliations[:1],
                sorted(actor.affiliations),
            )
        elif how == "office":
            office = self.offices[what]
            found = office and (office.key, office.name)
        elif how == "body":
            body = self.bodies.get(what)
            found = body and (body.kind, sorted(body.words))
        else:
            found = sorted((body.actor, sorted(body.words)) for body in self.monitors)
        return blake2b(msgspec.msgpack.encode(found), digest_size=8).hexdigest()

    def answers(self, notes: Sequence[str]) -> str:
        """One name for what all of some look-ups find."""
        found = "\n".join([self._answers[note] for note in notes])
        return blake2b(found.encode(), digest_size=10).hexdigest()


def _body(handle: str, actor: Actor, entry: Entry, registry: Registry) -> Body:
    """A known actor as a body, by the names that are known of it, whatever reports call it."""
    words = {word.casefold() for form, _ in entry.forms() for word in form.split()}
    state = registry.state_of(entry)
    owner = state.key if state else None
    return Body(handle, actor.kind, frozenset(words), seat=entry.seat, state=owner)


def _office(roles: Iterable[str], registry: Registry) -> Entry | None:
    found = [
        hit.entries[0]
        for role in roles
        for hit in registry.scan(role)
        if len(hit.entries) == 1 and hit.entries[0].kind != "person"
    ]
    return next((entry for entry in found if entry.kind != "state"), next(iter(found), None))


class Lookups:
    """Looks things up in a roster, and notes what was asked."""

    def __init__(self, roster: Roster) -> None:
        self._roster = roster
        self._notes: dict[str, None] = {}

    def notes(self) -> tuple[str, ...]:
        """What was asked so far, in order."""
        return tuple(self._notes)

    def of(self, local: str | None) -> str | None:
        """The actor of the case that a local actor is."""
        if not local:
            return None
        self._notes[f"of {local}"] = None
        return self._roster.of.get(local)

    def by_name(self, name: str) -> str | None:
        """The actor of the case with a name, spelling aside."""
        key = spelling_key(name)
        self._notes[f"name {key}"] = None
        return self._roster.by_name.get(key)

    def by_key(self, key: str) -> str | None:
        """The actor of the case that is an entry of the registry."""
        self._notes[f"key {key}"] = None
        return self._roster.by_key.get(key)

    def actor(self, id_: str | None) -> Actor | None:
        """An actor of the case: its id, name, kind, key and affiliations may be used."""
        if id_ is None:
            return None
        self._notes[f"actor {id_}"] = None
        return self._roster.actors.get(id_)

    def body(self, id_: str) -> Body | None:
        """An actor as a body, null where it is none that is known."""
        self._notes[f"body {id_}"] = None
        return self._roster.bodies.get(id_)

    def office(self, id_: str) -> Entry | None:
        """The body, or else the state, that the roles which reports give a person name."""
        self._notes[f"office {id_}"] = None
        return self._roster.offices[id_]

    def monitors(self) -> Sequence[Body]:
        """The known monitors that the case names."""
        self._notes["monitors "] = None
        return self._roster.monitors
