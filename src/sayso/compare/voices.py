"""Voices: on whose word a thing stands. A person who speaks for a body counts as that body."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import msgspec

from sayso.compare.roster import Lookups, Roster
from sayso.compare.sketches import Shelf
from sayso.compare.unnamed import COUNTERS, Body, bridges, short_for
from sayso.knowledge import Knowledge
from sayso.knowledge.slips import slips
from sayso.knowledge.spelling import spelling_key
from sayso.schema import Actor, Document, Event, Figure, LocalActor, Statement
from sayso.schema import Voice as VoiceKind

PROPER_WORDS = 3
"""So many capitalised words are a name whatever the last is: "Northern Casualty Monitor"."""

PRONOUN_REACH = 500
"""Characters back in which an open "it" or "he" finds whoever was cited last."""

PREPOSITION = len("in the ")
_PERSONAL = frozenset({"he", "she"})
_PRONOUNS = _PERSONAL | {"it"}
_CLAIMING = re.compile(r"\bclaim(?:s|ed|ing)?\b", re.I)
_RESPONSIBILITY = re.compile(r"(?:\W*\w+){0,3}?\W*(?:responsibility|credit)\b", re.I)
_FORCES = frozenset({"state", "government", "armed group", "armed force", "party", "person"})
_GENERIC_ENDS = frozenset(
    {"monitor", "monitors", "activists", "sources", "source", "reports", "report"}
)


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
    """Finds the voice of records. `texts` maps a copy to the document whose text it is."""

    def __init__(
        self,
        documents: Mapping[str, Document],
        shelf: Shelf,
        roster: Roster,
        *,
        knowledge: Knowledge,
        texts: Mapping[str, str] | None = None,
    ) -> None:
        self._documents = documents
        self._texts = texts or {}
        self._shelf = shelf
        self._lookups = Lookups(roster)
        self._registry = knowledge.actors
        self._generic = frozenset(knowledge.lexicon("incidents")["generic"])
        self._bridges = bridges(knowledge)
        self._nobodies = self._generic | {"unnamed", "unnamed source"}
        self._channels: dict[str, set[str]] = {}
        self._named_in: dict[str, tuple[Body, ...]] = {}
        self._bodies: dict[str, tuple[str, str] | None] = {}
        self._firsts: dict[str, dict[str, str]] = {}

    def notes(self) -> tuple[str, ...]:
        """What was looked up of the case's actors."""
        return self._lookups.notes()

    def of(self, record: Figure | Statement | Event) -> Voice:
        """The voice of a record: the innermost of its chain."""
        if record.voice == "outlet":
            return self._outlet(record.document)
        if isinstance(record, Figure) and self._only_claims(record):
            return self._over(record)
        local = self._local(record)
        if (local is None or local.key is None) and self._is_place(record):
            return self._over(record)
        if record.voice == "unnamed" or not record.speaker or self._is_generic(record):
            return self._unnamed(record)
        if local is None or local.key is None:
            channel = self._channel_of(record.speaker, record.document)
            if channel is not None:
                return channel
            if local is None and self._bridges.is_thing(record.speaker):
                return self._over(record)
            office = self._bridges.office(record.speaker)
            if office is not None:
                return self.named(office, None)
        return self.named(record.speaker, record.speaker_actor, record.document)

    def _outlet(self, document: str) -> Voice:
        outlet = self._documents[document].outlet or document
        return Voice(f"outlet {outlet.casefold()}", "outlet", None)

    def _unnamed(self, record: Figure | Statement | Event) -> Voice:
        """The voice of a record whose speaker has no name: whom its words mean, if anybody."""
        words = self._bridges.told_of(record.speaker or "unnamed source")
        outlet = self._documents[record.document].outlet
        if self._bridges.is_staff(words, outlet):
            return self._outlet(record.document)
        channel = self._channel_of(words, record.document)
        if channel is not None:
            return channel
        if words.casefold() in _PRONOUNS:
            meant_before = self._before(record)
            if meant_before is not None:
                return meant_before
        else:
            words = self._first_of(record) or words
        beside = self._beside(record)
        if beside is not None:
            return self.of_actor(beside)
        meant = self._meant(words, record)
        if meant is not None:
            return self.of_actor(meant)
        name = self._bridges.office(words) or self._bridges.named_inside(words)
        if self._bridges.is_office(words):
            ministry = self._ministry_before(record)
            if ministry is not None:
                return ministry
        if name is not None:
            return self.named(name, None)
        if self._bridges.is_nobody(words):
            return self._over(record)
        # Whose text it is tells whose source: a copy's medics are those of what was copied.
        home = record.document
        if record.voice == "unnamed":
            home = self._texts.get(home, home)
        home = self._documents[home].outlet or home if home in self._documents else home
        key = f"unnamed {home.casefold()} {self._bridges.key(words)}"
        return Voice(key, "unnamed", words)

    def _meant(self, words: str, record: Figure | Statement | Event) -> str | None:
        """The body of the case that the words of an unnamed source mean."""
        bodies = self.bodies_in(record.document)
        monitors = self._lookups.monitors()
        spoken_for = self._bridges.spoken_for(words)
        if spoken_for is not None:
            return self._lookups.by_name(spoken_for)
        meant = (
            self._bridges.seated(words, monitors)
            or self._bridges.named_office(words, bodies)
            or self._bridges.body(words, record.evidence[0].start, bodies)
        )
        short = short_for(words, monitors) if meant is None else None
        return short.actor if short else meant

    def _ministry_before(self, record: Figure | Statement | Event) -> Voice | None:
        """The ministry that was cited last."""
        at = record.evidence[0].start
        said = self._shelf.items[record.document].statements
        for s in sorted(said, key=lambda s: -s.evidence[0].start):
            if s.evidence[0].start >= at or not s.speaker:
                continue
            name = self._bridges.office(s.speaker)
            if name is not None:
                return self.named(name, None)
            actor = self._lookups.actor(self._lookups.of(s.speaker_actor))
            if actor is not None and actor.kind == "ministry":
                return self.named(s.speaker, s.speaker_actor)
        return None

    def _over(self, record: Figure | Statement | Event) -> Voice:
        """The next voice in the chain of a record whose innermost gives no toll, or the outlet."""
        said = self._statement(record)
        if said is not None:
            for name, actor in list(zip(said.chain, said.chain_actors, strict=False))[1:-1]:
                if actor is not None:
                    return self.named(name, actor, record.document)
        return self._outlet(record.document)

    def _statement(self, record: Figure | Statement | Event) -> Statement | None:
        statements = self._shelf.said[record.document]
        return statements.get(record.id) or statements.get(getattr(record, "statement", None) or "")

    def _is_place(self, record: Figure | Statement | Event) -> bool:
        """Whether what was taken for a source is a place and no more: "in Dorrun adding that …"."""
        said = self._statement(record)
        if said is None or not said.source_spans:
            return False
        start, end = said.source_spans[0]
        return any(
            place.role == "literal"
            and start <= place.start <= start + PREPOSITION
            and place.end == end
            for place in self._shelf.items[record.document].places
        )

    def _only_claims(self, figure: Figure) -> bool:
        """Whether a number stands in what somebody claims to have done: "claimed responsibility for
        a blast that killed 30" is nobody's count.
        """
        said = self._statement(figure)
        if said is None or not _CLAIMING.search(said.cue):
            return False
        return bool(
            _RESPONSIBILITY.match(said.cue[_CLAIMING.search(said.cue).end() :])  # type: ignore[union-attr]
            or _RESPONSIBILITY.match(said.content)
        )

    def _first_of(self, record: Figure | Statement | Event) -> str | None:
        """How a report first calls the unnamed source of a record: "the source" is the last one."""
        said = self._statement(record)
        if said is None:
            return None
        firsts = self._firsts.get(record.document)
        if firsts is None:
            firsts = {}
            told = sorted(
                (s for s in self._shelf.items[record.document].statements if s.voice == "unnamed"),
                key=lambda s: s.evidence[0].start,
            )
            for n, s in enumerate(told):
                same = (
                    firsts[t.id]
                    for t in reversed(told[:n])
                    if self._bridges.goes_on(s.speaker or "", t.speaker or "")
                )
                firsts[s.id] = next(same, self._bridges.told_of(s.speaker or ""))
            self._firsts[record.document] = firsts
        return firsts.get(said.id)

    def _local(self, record: Figure | Statement | Event) -> LocalActor | None:
        """The local actor that a record has for its speaker."""
        return self._shelf.actors[record.document].get(record.speaker_actor or "")

    def _actor(self, id_: str) -> Actor:
        found = self._lookups.actor(id_)
        assert found is not None
        return found

    def _beside(self, record: Figure | Statement | Event) -> str | None:
        """The known body that speaks together with somebody unnamed: "the monitor and medics"."""
        said = self._statement(record)
        if said is None or " and " not in said.speaker_text:
            return None
        inside = {
            body.actor
            for body in self.bodies_in(record.document)
            if body.kind in {*COUNTERS, "body"}
            for at in body.starts
            if any(a <= at < b for a, b in said.source_spans)
        }
        return inside.pop() if len(inside) == 1 else None

    def _before(self, record: Figure | Statement | Event) -> Voice | None:
        """The voice that a pronoun left open goes on with: "it" the last body cited, "he" the last
        person.
        """
        at = record.evidence[0].start
        near = [
            s
            for s in self._shelf.items[record.document].statements
            if s.voice == "named" and s.speaker and 0 < at - s.evidence[0].start <= PRONOUN_REACH
        ]
        personal = (record.speaker or "").casefold() in _PERSONAL
        for s in sorted(near, key=lambda s: -s.evidence[0].start):
            voice = self.named(s.speaker or "", s.speaker_actor, record.document)
            if personal == (voice.person is not None):
                return voice
        return None

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
            for s in self._shelf.items[document].statements:
                body = short_for(s.speaker or "", self._lookups.monitors())
                if s.voice == "unnamed" and s.source_spans and body is not None:
                    starts = (s.source_spans[0][0],)
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

    def named(self, name: str, local: str | None, document: str | None = None) -> Voice:
        """The voice of a named speaker, given the id of its local actor where there is one, and
        the document that names them.
        """
        handle = self._lookups.of(local)
        actor = self._lookups.actor(handle)
        if actor is None or (actor.key is None and actor.kind != "person"):
            known = self._known_inside(name) or self._shortened(name) or self._lookups.by_name(name)
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
        over = (body[0], *self._state(body[0])) if self._lookups.actor(body[0]) else ()
        return Voice(body[0], "named", body[1], actor.name, (handle, *over))

    def _led_by(self, person: str | None, document: str | None) -> tuple[str, str] | None:
        """The body of no fame that a report calls somebody the manager or the spokesman of."""
        if document is None:
            return None
        locals_ = self._shelf.items[document].actors
        mine = next((a for a in locals_ if a.id == person), None)
        for role in mine.roles if mine else ():
            if not self._bridges.capacity(role):
                continue
            bodies = [
                a
                for a in locals_
                if a.kind not in ("person", "state") and self._bridges.is_whole(a.name, role)
            ]
            if len(bodies) == 1:
                voice = self.named(bodies[0].name, bodies[0].id)
                return voice.key, voice.name or bodies[0].name
            elsewhere = self._lookups.by_name(self._bridges.led(role) or "")
            actor = self._lookups.actor(elsewhere)
            if elsewhere and actor and actor.kind not in ("person", "state"):
                return elsewhere, actor.name
        return None

    def _known_inside(self, name: str) -> str | None:
        """The actor whose known name ends a longer one: "Britain-based Observatory of X"."""
        hits = [hit for hit in self._registry.scan(name) if hit.end >= len(name)]
        hits = hits or [hit for hit in slips(self._registry).scan(name) if hit.end >= len(name)]
        keys = {e.key for hit in hits for e in hit.entries if e.kind not in ("state", "person")}
        return self._lookups.by_key(min(keys)) if len(keys) == 1 else None

    def _shortened(self, name: str) -> str | None:
        """The one monitor of the case that another form of its name means: "the London-based
        Observatory", "Observatory for Graves".
        """
        plain = self._bridges.without_seat(name)
        if plain is None:
            return None
        fits = {b.actor for b in self._lookups.monitors() if plain <= b.words}
        return fits.pop() if len(fits) == 1 else None

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
