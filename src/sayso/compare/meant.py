"""Meant: whom a report means by a source without a name, by what else it says."""

from __future__ import annotations

from collections import Counter
from functools import cached_property

import msgspec

from sayso.compare.sketches import Shelf
from sayso.compare.speakers import Speakers, Voice
from sayso.compare.unnamed import COUNTERS, Body, short_for
from sayso.schema import Document, Event, Figure, Statement

Record = Figure | Statement | Event

_SPOKEN_FOR = frozenset({*COUNTERS, "body", "group", "party"})


def outlet_voice(document: Document) -> Voice:
    """The own voice of the outlet of a report."""
    outlet = document.outlet or document.source
    return Voice(f"outlet {outlet.casefold()}", "outlet", None)


class Meant:
    """Whom one report means. `original` is the report whose text it prints, or itself."""

    def __init__(
        self, document: Document, original: Document, shelf: Shelf, speakers: Speakers
    ) -> None:
        self._document = document
        self._original = original
        self._statements = shelf.items[document.source].statements
        self._said = shelf.said[document.source]
        self._actors = shelf.items[document.source].actors
        self._places = shelf.items[document.source].places
        self._speakers = speakers
        self._lookups = speakers.lookups
        self._bridges = speakers.bridges

    def voice(self, record: Record) -> Voice | None:
        """The voice of a record whose speaker has no name: whom its words mean, else somebody
        unnamed. Null where the words mean nobody.
        """
        words = self._bridges.told_of(record.speaker or "unnamed source")
        if self._bridges.is_staff(words, self._document.outlet):
            return outlet_voice(self._document)
        words = self._first_of(record) or words
        name = self._bridges.apposed(record.speaker or "")
        if name is not None:
            return self._speakers.named(name, None, self._document.source)
        inside = self._inside(record)
        if inside is not None:
            return inside
        meant = self._body(words, record)
        if meant is not None:
            return self._speakers.of_actor(meant)
        channel = self.channel(words)
        if channel is not None:
            return channel
        name = (
            self._bridges.office(words)
            or self._bridges.named_inside(words)
            or self._bridges.agency(words, self._state)
            or self._bridges.states.government(words, self._state)
        )
        if self._bridges.is_office(words):
            ministry = self._ministry_before(record)
            if ministry is not None:
                return ministry
            name = self._bridges.states.ministry(words, self._state) if self._state else None
        if name is not None:
            return self._speakers.named(name, None)
        if self._bridges.is_nobody(words):
            return None
        return self.unnamed(words, record)

    def unnamed(self, words: str, record: Record) -> Voice:
        """Somebody without a name, by what they are called in one outlet."""
        # Whose text it is tells whose source: a copy's medics are those of what was copied.
        home = self._original if record.voice == "unnamed" else self._document
        key = f"unnamed {(home.outlet or home.source).casefold()} {self._bridges.key(words)}"
        return Voice(key, "unnamed", words)

    def statement(self, record: Record) -> Statement | None:
        """The statement that a record is, or stands in."""
        return self._said.get(record.id) or self._said.get(getattr(record, "statement", None) or "")

    def _body(self, words: str, record: Record) -> str | None:
        """The body of the case that the words of an unnamed source mean."""
        monitors = self._lookups.monitors()
        spoken_for = self._bridges.spoken_for(words)
        if spoken_for is not None:
            return self._lookups.by_name(spoken_for)
        words = self._bridges.without_spokesman(words)
        meant = (
            self._bridges.seated(words, monitors)
            or self._bridges.named_office(words, self.bodies)
            or self._bridges.body(words, record.evidence[0].start, self.bodies)
        )
        short = short_for(words, monitors) if meant is None else None
        return short.actor if short else meant

    def _ministry_before(self, record: Record) -> Voice | None:
        """The ministry that was cited last."""
        at = record.evidence[0].start
        for s in sorted(self._statements, key=lambda s: -s.evidence[0].start):
            if s.evidence[0].start >= at or not s.speaker:
                continue
            name = self._bridges.office(s.speaker)
            if name is not None:
                return self._speakers.named(name, None)
            actor = self._lookups.actor(self._lookups.of(s.speaker_actor))
            if actor is not None and actor.kind == "ministry":
                return self._speakers.named(s.speaker, s.speaker_actor)
        return None

    def _first_of(self, record: Record) -> str | None:
        """How a report first calls the unnamed source of a record: "the source" is the last one."""
        said = self.statement(record)
        return self._firsts.get(said.id) if said else None

    @cached_property
    def _firsts(self) -> dict[str, str]:
        """How the report first calls the unnamed source of a statement, by the statement's id."""
        told = sorted(
            (s for s in self._statements if s.voice == "unnamed"),
            key=lambda s: s.evidence[0].start,
        )
        firsts: dict[str, str] = {}
        for n, s in enumerate(told):
            same = (
                firsts[t.id]
                for t in reversed(told[:n])
                if self._bridges.goes_on(s.speaker or "", firsts[t.id])
            )
            firsts[s.id] = next(same, self._bridges.told_of(s.speaker or ""))
        return firsts

    def _inside(self, record: Record) -> Voice | None:
        """The body in the words of a source without a name: a known one that speaks together with
        somebody ("the monitor and medics") or opens the words ("the monitor a group in Selm"), or
        one whose people they are ("activists from the Northern Council").
        """
        said = self.statement(record)
        if said is None or not said.source_spans:
            return None
        (start, end), words = said.source_spans[0], said.speaker_text
        jointly = " and " in words
        kinds = {*COUNTERS, "body"} if jointly else COUNTERS
        opening = start + self._bridges.opening(words)
        inside = {
            body.actor
            for body in self.bodies
            for at in body.starts
            if body.kind in kinds and (start <= at < end if jointly else at == opening)
        }
        if len(inside) == 1:
            return self._speakers.of_actor(inside.pop())
        theirs = {
            a.name: a.id
            for a in self._actors
            if a.kind in _SPOKEN_FOR
            for at, stop in a.spans
            if start < at and stop <= end and self._bridges.are_of(words[: at - start])
        }
        name = next(iter(theirs)) if len(theirs) == 1 else None
        return self._speakers.named(name, theirs[name]) if name else None

    def channel(self, words: str) -> Voice | None:
        """The state channel that some words mean, if they do."""
        kind, state = self._bridges.states.channel(words) or (None, None)
        state = state or self._state
        if kind is None or state is None:
            return None
        name = f"{self._bridges.states.adjective(state)} {kind}"
        owner = self._lookups.by_name(state)
        return Voice(f"channel {name.casefold()}", "named", name, None, (owner,) if owner else ())

    @cached_property
    def _state(self) -> str | None:
        """The state whose media a report means by "state media": whose agency it names, else the
        state that it names most.
        """
        owners = {owner for a in self._actors if (owner := self._bridges.states.owner(a.key))}
        if len(owners) == 1:
            return owners.pop()
        named = Counter(
            state for place in self._places if (state := self._bridges.states.named(place.name))
        )
        first = named.most_common(2)
        tied = len(first) > 1 and first[0][1] == first[1][1]
        return None if tied or not first else first[0][0]

    @cached_property
    def bodies(self) -> tuple[Body, ...]:
        """The known bodies that the report names, with where."""
        found = []
        for local in self._actors:
            starts = tuple(start for start, _ in local.spans)
            body = self._lookups.body(self._lookups.of(local.id) or "")
            if body is None and local.key is None and local.kind != "person":
                body = short_for(local.name, self._lookups.monitors())
            if body is not None:
                found.append(msgspec.structs.replace(body, starts=starts))
        monitors = self._lookups.monitors()
        for s in self._statements:
            words = self._bridges.told_of(s.speaker or "")
            body = short_for(words, monitors)
            seated = self._bridges.seated(words, monitors)
            if seated is not None:
                body = next(b for b in monitors if b.actor == seated)
            if s.voice == "unnamed" and s.source_spans and body is not None:
                starts = (s.source_spans[0][0],)
                found.append(msgspec.structs.replace(body, starts=starts))
        return tuple(found)
