"""Hand-made documents with their resolved records, found by the words that they stand on."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from sayso.ids import Span, record_id
from sayso.schema import (
    Block,
    Document,
    Event,
    Evidence,
    Figure,
    LocalActor,
    LocalNaming,
    LocalTruce,
    Place,
    Publication,
    Resolved,
    Statement,
    Time,
)


class Report:
    """A report under construction: every method adds one record, by its words."""

    def __init__(
        self, source: str, text: str, *, outlet: str = "Daily Kettle", day: str | None = None
    ) -> None:
        sha = sha256(text.encode()).hexdigest()
        headline, _, _ = text.partition("\n")
        blocks = [Block(kind="headline", start=0, end=len(headline))]
        if len(text) > len(headline):
            blocks.append(Block(kind="prose", start=len(headline) + 1, end=len(text)))
        self.document = Document(
            source=source,
            path=f"/pile/{source}",
            text=text,
            blocks=tuple(blocks),
            bytes_sha256=sha,
            text_sha256=sha,
            outlet=outlet,
            headline=headline,
            language="en",
            read_at="2031-01-01T00:00:00Z",
            reader="test/1",
        )
        self.publication = Publication(earliest=day, latest=day, how="given")
        self.records: dict[str, list[Any]] = {}

    @property
    def resolved(self) -> Resolved:
        return Resolved(
            document=self.document.source,
            publication=self.publication,
            **{kind: tuple(found) for kind, found in self.records.items()},
        )

    def span(self, words: str, *, nth: int = 0) -> Span:
        at = -1
        for _ in range(nth + 1):
            at = self.document.text.index(words, at + 1)
        return at, at + len(words)

    def _base(self, kind: str, *spans: Span) -> dict[str, Any]:
        source = self.document.source
        return {
            "id": record_id(source, self.document.text_sha256, kind, spans),
            "evidence": tuple(Evidence(document=source, start=a, end=b) for a, b in spans),
            "method": "test/1",
            "document": source,
        }

    def _add(self, kind: str, record: Any) -> Any:
        self.records.setdefault(kind, []).append(record)
        return record

    def place(self, words: str, lat: float, lon: float, *, radius: float = 3.0) -> Place:
        span = self.span(words)
        return self._add(
            "places",
            Place(
                **self._base("place", span),
                text=words,
                name=words,
                role="literal",
                lat=lat,
                lon=lon,
                radius_km=radius,
                gazetteer="test",
                start=span[0],
                end=span[1],
            ),
        )

    def time(self, words: str, day: str, *, nth: int = 0) -> Time:
        span = self.span(words, nth=nth)
        return self._add(
            "times",
            Time(
                **self._base("time", span),
                text=words,
                type="DATE",
                value=day,
                earliest=day,
                latest=day,
                start=span[0],
                end=span[1],
            ),
        )

    def actor(self, name: str, kind: str = "body", **fields: Any) -> LocalActor:
        text, spans, at = self.document.text, [], self.document.text.find(name)
        while at >= 0:
            spans.append((at, at + len(name)))
            at = text.find(name, at + 1)
        values = {
            "name": name,
            "kind": kind,
            "key": None,
            "names": (name,),
            "roles": (),
            "affiliations": (),
            "spans": tuple(spans),
        }
        return self._add("actors", LocalActor(**self._base("actor", *spans), **(values | fields)))

    def statement(
        self, speaker: str | None, cue: str, content: str, *, actor: LocalActor | None = None
    ) -> Statement:
        cue_span, content_span = self.span(cue), self.span(content)
        chain = (speaker, self.document.outlet) if speaker else (self.document.outlet,)
        return self._add(
            "statements",
            Statement(
                **self._base("statement", cue_span, content_span),
                type="statement",
                form="indirect",
                speaker=speaker,
                speaker_actor=actor.id if actor else None,
                voice="named" if speaker else "outlet",
                speaker_text=speaker or "",
                cue=cue,
                content=content,
                source_spans=(),
                cue_spans=(cue_span,),
                content_spans=(content_span,),
                chain=chain,
                chain_actors=(),
                denied=False,
            ),
        )

    def figure(
        self,
        words: str,
        value: float | None,
        *,
        by: str | None = None,
        actor: LocalActor | None = None,
        voice: str | None = None,
        low: float | None = None,
        high: float | None = None,
        bound: str = "exact",
        of: str | None = "people",
        effect: str | None = "killed",
        part_of: str | None = None,
        nth: int = 0,
    ) -> Figure:
        span = self.span(words, nth=nth)
        closed = bound == "exact"
        chain = (by, self.document.outlet) if by else (self.document.outlet,)
        return self._add(
            "figures",
            Figure(
                **self._base("figure", span),
                text=words,
                value=value,
                low=value if low is None else low,
                high=value if closed and high is None else high,
                bound=bound,
                unit=None,
                of=of,
                effect=effect,
                part_of=part_of,
                speaker=by,
                speaker_actor=actor.id if actor else None,
                voice=voice or ("named" if by else "outlet"),
                chain=chain,
                statement=None,
                matter=None,
                event=None,
                start=span[0],
                end=span[1],
            ),
        )

    def event(self, words: str, agent: LocalActor | None, **fields: Any) -> Event:
        span = self.span(words)
        values = {
            "type": "ASSAULT",
            "status": "asserted",
            "agent": agent.name if agent else None,
            "agent_actor": agent.id if agent else None,
            "target": None,
            "target_actor": None,
            "place": None,
            "lat": None,
            "lon": None,
            "radius_km": None,
            "earliest": None,
            "latest": None,
            "speaker": None,
            "speaker_actor": None,
            "voice": "outlet",
            "statement": None,
            "start": span[0],
            "end": span[1],
        }
        return self._add("events", Event(**self._base("event", span), **(values | fields)))

    def truce(self, words: str, **fields: Any) -> LocalTruce:
        values = {
            "name": words,
            "parties": (),
            "brokers": (),
            "places": (),
            "excluded": (),
            "proposer": None,
            "began_earliest": None,
            "began_latest": None,
            "ended_earliest": None,
            "ended_latest": None,
            "status": "unknown",
            "how": "",
        }
        span = self.span(words)
        return self._add("truces", LocalTruce(**self._base("truce", span), **(values | fields)))

    def naming(self, label: str, *, actor: LocalActor, by: str, nth: int = 0) -> LocalNaming:
        span = self.span(label, nth=nth)
        return self._add(
            "naming",
            LocalNaming(
                **self._base("naming", span),
                actor=actor.name,
                actor_id=actor.id,
                label=label,
                by=by,
                start=span[0],
                end=span[1],
            ),
        )


def blast(
    source: str,
    *,
    outlet: str,
    toll: str,
    value: float,
    by: str | None = "Varn Watch",
    day: str = "2031-03-05",
    place: tuple[str, float, float] = ("Marat", 10.0, 20.0),
    bound: str = "exact",
) -> Report:
    """A short report of a car bomb at a market, with one toll on somebody's word."""
    name, lat, lon = place
    words = f" {by} said" if by else ""
    report = Report(
        source,
        f"Car bomb at market in {name}\n"
        f"A car bomb killed {toll} at a crowded market in {name} on Tuesday{words}. "
        f"Shops near the bus station were burning, {outlet} reporters saw.",
        outlet=outlet,
        day=day,
    )
    actor = report.actor(by, "monitor") if by else None
    report.place(name, lat, lon)
    report.time("Tuesday", "2031-03-04")
    report.figure(toll, value, by=by, actor=actor, bound=bound)
    return report
