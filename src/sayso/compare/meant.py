"""Meant: whom a report means by a source without a name, by what else it says."""

from __future__ import annotations

from functools import cached_property

import msgspec

from sayso.compare.sketches import Shelf
from sayso.compare.speakers import Speakers, Voice
from sayso.compare.unnamed import COUNTERS, Body, short_for
from sayso.schema import Document, Event, Figure, Statement

Record = Figure | Statement | Event


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
        channel = self.channel(words)
        if channel is not None:
            return channel
        words = self._first_of(record) or words
        beside = self._beside(record)
        if beside is not None:
            return self._speakers.of_actor(beside)
        meant = self._body(words, record)
        if meant is not None:
            return self._speakers.of_actor(meant)
        name = self._bridges.office(words) or self._bridges.named_inside(words)
        if self._bridges.is_office(words):
            ministry = self._ministry_before(record)
            if ministry is not None:
                return ministry
        if name is not None:
            return self._speakers.named(name, None)
        if self._bridges.is_nobody(words):
            return None
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
                if self._bridges.goes_on(s.speaker or "", t.speaker or "")
            )
            firsts[s.id] = next(same, self._bridges.told_of(s.speaker or ""))
        return firsts

    def _beside(self, record: Record) -> str | None:
        """The known body that speaks together with somebody unnamed: "the monitor and medics"."""
        said = self.statement(record)
        if said is None or " and " not in said.speaker_text:
            return None
        inside = {
            body.actor
            for body in self.bodies
            if body.kind in {*COUNTERS, "body"}
            for at in body.starts
            if any(a <= at < b for a, b in said.source_spans)
        }
        return inside.pop() if len(inside) == 1 else None

    def channel(self, words: str) -> Voice | None:
        """The state channel that some words mean, if they do."""
        found = self._bridges.channel(words)
        name = self._channel if found == "" else found
        return Voice(f"channel {name.casefold()}", "named", name) if name else None

    @cached_property
    def _channel(self) -> str | None:
        """The one state channel that the report calls by its state."""
        speakers = {s.speaker for s in self._statements if s.speaker}
        found = {name for speaker in speakers if (name := self._bridges.channel(speaker))}
        return found.pop() if len(found) == 1 else None

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
        for s in self._statements:
            body = short_for(s.speaker or "", self._lookups.monitors())
            if s.voice == "unnamed" and s.source_spans and body is not None:
                starts = (s.source_spans[0][0],)
                found.append(msgspec.structs.replace(body, starts=starts))
        return tuple(found)
