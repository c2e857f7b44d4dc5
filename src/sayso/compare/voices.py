"""Voices: on whose word a thing stands. A person who speaks for a body counts as that body."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from sayso.compare.roster import Lookups, Roster
from sayso.compare.sketches import Shelf
from sayso.compare.unnamed import Body, bridges, short_for
from sayso.knowledge import Knowledge
from sayso.knowledge.spelling import spelling_key
from sayso.schema import Actor, Document, Event, Figure, LocalActor, Statement
from sayso.schema import Voice as VoiceKind

UNNAMED_WORDS = 2
"""By so many last words is an unnamed source of one outlet the same: "Syrian state TV"."""

PROPER_WORDS = 3
"""So many capitalised words are a name whatever the last is: "Northern Casualty Monitor"."""

PRONOUN_REACH = 500
"""Characters back in which an open "it" or "he" finds whoever was cited last."""

_PERSONAL = frozenset({"he", "she"})
_PRONOUNS = _PERSONAL | {"it"}
_FORCES = frozenset({"state", "government", "armed group", "armed force", "party", "person"})
_GENERIC_ENDS = frozenset({"monitor", "monitors", "activists", "sources", "source"})


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


class Voices:
    """Finds the voice of records."""

    def __init__(
        self,
        documents: Mapping[str, Document],
        shelf: Shelf,
        roster: Roster,
        *,
        knowledge: Knowledge,
    ) -> None:
        self._documents = documents
        self._shelf = shelf
        self._lookups = Lookups(roster)
        self._registry = knowledge.actors
        self._generic = frozenset(knowledge.lexicon("incidents")["generic"])
        self._bridges = bridges(knowledge)
        self._nobodies = self._generic | {"unnamed", "unnamed source"}
        self._channels: dict[str, set[str]] = {}
        self._named_in: dict[str, tuple[Body, ...]] = {}
        self._bodies: dict[str, tuple[str, str] | None] = {}

    def notes(self) -> tuple[str, ...]:
        """What was looked up of the case's actors."""
        return self._lookups.notes()

    def of(self, record: Figure | Statement | Event) -> Voice:
        """The voice of a record: the innermost of its chain."""
        outlet = self._documents[record.document].outlet or record.document
        if record.voice == "outlet":
            return Voice(f"outlet {outlet.casefold()}", "outlet", None)
        if record.voice == "unnamed" or not record.speaker or self._is_generic(record):
            words = record.speaker or "unnamed source"
            published_by = self._documents[record.document].outlet
            if self._bridges.is_staff(words, published_by) or self._bridges.is_nobody(words):
                return Voice(f"outlet {outlet.casefold()}", "outlet", None)
            channel = self._channel_of(words, record.document)
            if channel is not None:
                return channel
            meant_before = self._before(record) if words.casefold() in _PRONOUNS else None
            if meant_before is not None:
                return meant_before
            at = record.evidence[0].start
            beside = self._beside(record)
            if beside is not None:
                return self.of_actor(beside)
            office = self._bridges.office(words)
            if office is not None:
                return self.named(office, None)
            bodies = self.bodies_in(record.document)
            meant = (
                self._bridges.seated(words, self._lookups.monitors())
                or self._bridges.named_office(words, bodies)
                or self._bridges.body(words, at, bodies)
            )
            short = short_for(words, self._lookups.monitors())
            if meant is None and short is not None:
                meant = short.actor
            if meant is not None:
                return self.of_actor(meant)
            inside = self._bridges.named_inside(words)
            if inside is not None:
                return self.named(inside, None)
            who = " ".join(words.casefold().split()[-UNNAMED_WORDS:])
            return Voice(f"unnamed {outlet.casefold()} {who}", "unnamed", words)
        local = self._local(record)
        if local is None or local.key is None:
            channel = self._channel_of(record.speaker, record.document)
            if channel is not None:
                return channel
        return self.named(record.speaker, record.speaker_actor)

    def _local(self, record: Figure | Statement | Event) -> LocalActor | None:
        """The local actor that a record has for its speaker."""
        return self._shelf.actors[record.document].get(record.speaker_actor or "")

    def _actor(self, id_: str) -> Actor:
        found = self._lookups.actor(id_)
        assert found is not None
        return found

    def _beside(self, record: Figure | Statement | Event) -> str | None:
        """The known body that speaks together with somebody unnamed: "the monitor and medics"."""
        statements = self._shelf.said[record.document]
        said = statements.get(record.id) or statements.get(getattr(record, "statement", None) or "")
        if said is None or " and " not in said.speaker_text:
            return None
        inside = {
            body.actor
            for body in self.bodies_in(record.document)
            for at in body.starts
            if any(a <= at < b for a, b in said.source_spans)
        }
        return inside.pop() if len(inside) == 1 else None

    def _before(self, record: Figure | Statement | Event) -> Voice | None:
        """The voice that a pronoun left open goes on with: the last named one right before it."""
        at = record.evidence[0].start
        near = [
            s
            for s in self._shelf.items[record.document].statements
            if s.voice == "named" and s.speaker and 0 < at - s.evidence[0].start <= PRONOUN_REACH
        ]
        if not near:
            return None
        last = max(near, key=lambda s: s.evidence[0].start)
        voice = self.named(last.speaker or "", last.speaker_actor)
        words = (record.speaker or "").casefold()
        return voice if (words in _PERSONAL) == (voice.person is not None) else None

    def _channel_of(self, words: str, document: str) -> Voice | None:
        """The state channel that some words mean, if they do."""
        found = self._bridges.channel(words)
        name = self._channel_in(document) if found == "" else found
        return Voice(f"channel {name.casefold()}", "named", name) if name else None

    def _channel_in(self, document: str) -> str | None:
        """The one state channel that a document calls by its state."""
        found = self._channels.get(document)
        if found is None:
            said = self._shelf.items[document].statements
            speakers = {s.speaker for s in said if s.speaker}
            found = {name for speaker in speakers if (name := self._bridges.channel(speaker))}
            self._channels[document] = found
        return next(iter(found)) if len(found) == 1 else None

    def bodies_in(self, document: str) -> tuple[Body, ...]:
        """The known bodies that a document names, with where."""
        found = self._named_in.get(document)
        if found is None:
            bodies = []
            for local in self._shelf.items[document].actors:
                starts = tuple(start for start, _ in local.spans)
                body = self._lookups.body(self._lookups.of(local.id) or "")
                if body is None and local.key is None and local.kind != "person":
                    body = short_for(local.name, self._lookups.monitors())
                if body is not None:
                    bodies.append(msgspec.structs.replace(body, starts=starts))
            found = self._named_in[document] = tuple(bodies)
        return found

    def of_actor(self, id_: str) -> Voice:
        """The voice of an actor of the case that is a body."""
        actor = self._actor(id_)
        return Voice(id_, "named", actor.name, None, (id_, *self._state(id_)))

    def _is_generic(self, record: Figure | Statement | Event) -> bool:
        """Whether a speaker's name is no name: "Monitor", "58". Known actors always have one."""
        actor = self._local(record)
        if actor and actor.key:
            return False
        plain = (record.speaker or "").removeprefix("the ").removeprefix("The ")
        words = plain.split()
        proper = len(words) >= PROPER_WORDS and all(word[:1].isupper() for word in words)
        return (
            plain.casefold() in self._generic
            or (words[-1].casefold() in _GENERIC_ENDS and not proper)
            or not any(c.isalpha() for c in plain)
        )

    def named(self, name: str, local: str | None) -> Voice:
        """The voice of a named speaker, given the id of its local actor where there is one."""
        handle = self._lookups.of(local)
        actor = self._lookups.actor(handle)
        if actor is None or (actor.key is None and actor.kind != "person"):
            known = self._lookups.by_name(name) or self._known_inside(name)
            if known:
                handle, actor = known, self._actor(known)
        if actor is None or handle is None:
            return Voice(f"name {spelling_key(name)}", "named", name)
        if actor.kind != "person":
            return self.of_actor(handle)
        if handle not in self._bodies:
            self._bodies[handle] = self._body(handle, actor.affiliations)
        body = self._bodies[handle]
        if body is None:
            return Voice(handle, "named", actor.name, actor.name, (handle,))
        over = (body[0], *self._state(body[0])) if self._lookups.actor(body[0]) else ()
        return Voice(body[0], "named", body[1], actor.name, (handle, *over))

    def _known_inside(self, name: str) -> str | None:
        """The actor whose known name ends a longer one: "Britain-based Observatory of X"."""
        hits = [hit for hit in self._registry.scan(name) if hit.end >= len(name)]
        keys = {e.key for hit in hits for e in hit.entries if e.kind not in ("state", "person")}
        return self._lookups.by_key(min(keys)) if len(keys) == 1 else None

    def actor(self, local: str | None, name: str | None) -> str | None:
        """The id of the actor of the case behind a local actor or a name, null where unknown."""
        return self._lookups.of(local) or self._lookups.by_name(name or "")

    def name(self, actor: str) -> str:
        """The name of an actor of the case."""
        return self._actor(actor).name

    def kind(self, actor: str) -> str:
        """The kind of an actor of the case."""
        return self._actor(actor).kind

    def can_act(self, actor: str) -> bool:
        """Whether an actor is one that can be blamed: of a kind that acts with force."""
        return self._actor(actor).kind in _FORCES

    def is_somebody(self, voice: Voice) -> bool:
        """Whether a voice is more than a pronoun or "sources"."""
        return voice.kind != "unnamed" or (voice.name or "").casefold() not in self._nobodies

    def related(self, a: str, b: str) -> bool:
        """Whether two actors are one, or one belongs to the other or both to one state."""
        if a == b:
            return True
        return bool(self._ties(a) & self._ties(b))

    def one_side(self, a: Voice, b: Voice) -> bool:
        """Whether two voices are of one body, or one belongs to the other."""
        return any(
            self._lookups.actor(x) and self._lookups.actor(y) and self.related(x, y)
            for x in a.keys
            for y in b.keys
        )

    def _state(self, body: str) -> tuple[str, ...]:
        """The state, as an actor of the case, that a body belongs to, if that is another."""
        actor = self._lookups.actor(body)
        entry = self._registry.get(actor.key) if actor and actor.key else None
        state = self._registry.state_of(entry) if entry else None
        found = self._lookups.by_key(state.key) if state else None
        return (found,) if found and found != body else ()

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

    def _body(self, person: str, affiliations: Sequence[str]) -> tuple[str, str] | None:
        """Whom a person speaks for: as is known, else by the roles that reports give."""
        for name in affiliations:
            known = self._lookups.by_name(name)
            return known or f"name {spelling_key(name)}", name
        office = self._lookups.office(person)
        if office is None:
            return None
        return self._lookups.by_key(office.key) or f"key {office.key}", office.name
