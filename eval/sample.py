"""Scores every room on the sample pile, against what a person found in it (samples/gold)."""

from __future__ import annotations

import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml

from sayso import pipeline
from sayso.config import Settings
from sayso.samples import GOLD, KNOWLEDGE, PILE
from sayso.schema import Document, Statement, View
from sayso.store import Case

ENOUGH = 0.5
"""Content matches when the Jaccard index of its words' places is at least this, as on PolNeAR."""

_WORD = re.compile(r"\w+(?:['’]\w+)*")
Misses = list[str]


def build() -> View:
    """The sample pile, read afresh."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Case(Path(folder) / "s.case", create=True) as case,
    ):
        pipeline.read([PILE], case, settings=Settings(knowledge=(str(KNOWLEDGE),)))
        return pipeline.view(case)


def measure(misses: Misses | None = None) -> dict[str, float]:
    """Scores by name, 0 to 1. What went wrong is appended to `misses`."""
    misses = [] if misses is None else misses
    view = build()
    gold = yaml.safe_load(GOLD.read_text("utf-8"))
    scores: dict[str, float] = {}
    tally: dict[str, Counter[bool]] = {}

    def right(name: str, good: bool, told: str) -> None:
        tally.setdefault(name, Counter())[good] += 1
        if not good:
            misses.append(f"{name}: {told}")

    documents = {document.source: document for document in view.documents}
    for source, facts in gold["documents"].items():
        document = documents[source]
        _metadata(view, document, facts, right)
        _times_and_places(view, document, facts, right)
        _figures(view, document, facts, right)
        for kind in facts.get("queries", ()):
            found = any(q.kind == kind for q in view.queries if q.document == source)
            right("queries", found, f"{source}: {kind}")
        for actor, label, by in facts.get("naming", ()):
            found = any(
                (n.actor, n.by) == (actor, by) and label in n.label.lower() for n in view.naming
            )
            right("naming", found, f"{source}: {actor} called {label} by {by}")
        for trigger, type_, agent, target in facts.get("events", ()):
            at = document.text.index(trigger)
            found = any(
                e.type == type_
                and e.start <= at < e.end
                and agent in (e.agent or "")
                and target in (e.target or "")
                for e in view.events
                if e.document == source
            )
            right("events", found, f"{source}: {trigger}")
    scores |= _statements(view, documents, gold["documents"], misses)
    _across(view, gold, documents, right)
    return scores | {name: count[True] / count.total() for name, count in tally.items()}


def _metadata(view: View, document: Document, facts: dict[str, Any], right: Any) -> None:
    publication = view.publications[document.source]
    for field in ("outlet", "headline", "author", "url"):
        if field in facts:
            found = getattr(document, field)
            right("metadata", found == facts[field], f"{document.source} {field}: {found!r}")
    right("published", publication.day == facts["published"], f"{document.source}: {publication}")
    for kind, words in facts.get("blocks", ()):
        at = document.text.index(words)
        found = next((b.kind for b in document.blocks if b.start <= at < b.end), None)
        right("blocks", found == kind, f"{document.source} {words!r}: {found}, not {kind}")


def _times_and_places(view: View, document: Document, facts: dict[str, Any], right: Any) -> None:
    for words, value in facts.get("times", ()):
        at = document.text.index(words)
        found = [
            t.value for t in view.times if t.document == document.source and t.start <= at < t.end
        ]
        right("times", value in found, f"{document.source} {words!r}: {found}, not {value}")
    for words, name in facts.get("places", ()):
        at = document.text.index(words)
        found = [
            p.name
            for p in view.places
            if p.document == document.source and p.start <= at < p.end and p.lat
        ]
        right("places", name in found, f"{document.source} {words!r}: {found}, not {name}")


def _figures(view: View, document: Document, facts: dict[str, Any], right: Any) -> None:
    for words, value, bound, of, effect, speaker in facts.get("figures", ()):
        at = document.text.index(words)
        end = at + len(words)
        near = [
            f
            for f in view.figures
            if f.document == document.source and f.start < end and at < f.end
        ]
        told = f"{document.source} {words!r}: " + "; ".join(
            f"{f.value} {f.bound} {f.of} {f.effect} {f.speaker}" for f in near
        )
        good = [f for f in near if f.value == value or (value is None and f.low)]
        right("figures: value and bound", any(f.bound == bound for f in good), told)
        right("figures: what and effect", any(_counted(f, of, effect) for f in good), told)
        right("figures: voice", any((f.speaker or "") == speaker for f in good), told)


def _counted(figure: Any, of: str, effect: str) -> bool:
    said = f"{figure.of or ''} {figure.unit or ''}".lower()
    return of.lower() in said and (figure.effect or "") == effect


def _statements(
    view: View, documents: dict[str, Document], gold: dict[str, Any], misses: Misses
) -> dict[str, float]:
    hits = speakers = chains = expected = found = 0
    for source, facts in gold.items():
        if "statements" not in facts:
            continue
        text = documents[source].text
        mine = [s for s in view.statements if s.document == source]
        left = dict(enumerate(mine))
        for speaker, chain, words in facts["statements"]:
            expected += 1
            match = _best(_places(text, [_span(text, words)]), left, text, speaker)
            if match is None:
                misses.append(f"statements missed: {source}: {speaker}: {words[:80]}")
                continue
            statement = left.pop(match)
            hits += 1
            speakers += statement.speaker == speaker
            chains += list(statement.chain) == chain
            if statement.speaker != speaker or list(statement.chain) != chain:
                misses.append(f"statements: {source}: {statement.chain} not {chain}: {words[:60]}")
        extra = [s for s in left.values() if not _optional(s, facts.get("also", ()), text)]
        found += len(extra)
        misses += [
            f"statements too many: {source}: {s.speaker} | {s.cue} | {s.content[:80]}"
            for s in extra
        ]
    precision = hits / (hits + found) if hits else 0.0
    recall = hits / expected
    return {
        "statements: precision": precision,
        "statements: recall": recall,
        "statements: speaker": speakers / expected,
        "statements: chain": chains / expected,
    }


def _span(text: str, words: str) -> tuple[int, int]:
    """Where the words stand; a speaker and cue cut out of their middle are passed over."""
    at = text.find(words)
    if at >= 0:
        return at, at + len(words)
    tokens = _WORD.findall(words)
    start = text.index(" ".join(words.split()[:4]))
    last = text.index(tokens[-1], start)
    return start, last + len(tokens[-1])


def _places(text: str, spans: Iterable[tuple[int, int]]) -> set[int]:
    return {m.start() for a, b in spans for m in _WORD.finditer(text, a, b)}


def _best(gold: set[int], left: dict[int, Statement], text: str, speaker: str) -> int | None:
    scored = []
    for number, statement in left.items():
        mine = _places(text, statement.content_spans)
        overlap = len(gold & mine) / len(gold | mine) if gold | mine else 0.0
        if overlap >= ENOUGH:
            scored.append((statement.speaker == speaker, overlap, -number))
    return -max(scored)[2] if scored else None


def _optional(statement: Statement, also: Iterable[str], text: str) -> bool:
    return any(
        statement.content in words or words in statement.content for words in also if words in text
    )


def _across(view: View, gold: dict[str, Any], documents: dict[str, Document], right: Any) -> None:
    for truce in gold["truces"]:
        found = any(_is_truce(t, truce) for t in view.truces)
        told = "; ".join(str(t) for t in view.truces)
        right("truces", found, f"{truce['name']}: {told}")
    ids = {source: document.id for source, document in documents.items()}
    for copy, original in gold["copies"]:
        right("copies", view.copies.get(ids[copy]) == ids[original], f"{copy} of {original}")
    right("copies: none invented", len(view.copies) <= len(gold["copies"]), str(len(view.copies)))
    for name, forms in gold["actors"]:
        actor = next((a for a in view.actors if a.name == name), None)
        known = {n.text for n in actor.names} if actor else set()
        right("actors", known >= set(forms), f"{name}: {sorted(known)}")
    for matter in gold["matters"]:
        wanted = set(matter["documents"])
        best = max(
            (len(wanted & set(m.documents)) / len(wanted | set(m.documents)) for m in view.matters),
            default=0,
        )
        right("matters", best >= ENOUGH, f"{matter['about']}: {best:.2f}")
    for relation in gold["relations"]:
        right(
            "relations",
            _related(view, documents, relation),
            f"{relation[0]}: {relation[2]} / {relation[4]}",
        )


def _is_truce(truce: Any, wanted: dict[str, Any]) -> bool:
    fields = ("began_on", "ended_on", "proposer", "status")
    return (
        all(getattr(truce, field) == wanted[field] for field in fields if field in wanted)
        and all(
            set(wanted.get(f, ())) <= set(getattr(truce, f))
            for f in ("brokers", "excluded", "places")
        )
        and len(truce.documents) >= wanted.get("documents_at_least", 1)
    )


def _related(view: View, documents: dict[str, Document], relation: list[str]) -> bool:
    kind, *sides = relation
    left, right = (set(_at(view, documents[s], w)) for s, w in (sides[:2], sides[2:]))
    shown = {
        record.id: {(e.document, e.start, e.end) for e in record.evidence}
        for record in (*view.figures, *view.statements, *view.events)
    }
    for r in view.relations:
        # one relation stands for all reports of two claims: they are its evidence
        told = {(e.document, e.start, e.end) for e in r.evidence}
        ends = [
            {r.left, r.right} & ids or {i for i in ids if told & shown[i]} for ids in (left, right)
        ]
        if r.kind == kind and all(ends):
            return True
    return False


def _at(view: View, document: Document, words: str) -> Iterator[str]:
    """Ids of the records at the words."""
    at = document.text.index(words)
    records: list[Any] = [*view.figures, *view.events]
    for record in records:
        if (
            record.document == document.source
            and record.start < at + len(words)
            and at < record.end
        ):
            yield record.id
    for statement in view.statements:
        if statement.document == document.source and any(
            a <= at < b for a, b in statement.content_spans
        ):
            yield statement.id


if __name__ == "__main__":
    told: Misses = []
    for name, score in measure(told).items():
        print(f"{name}: {score:.3f}")
    sys.stdout.writelines(f"- {line}\n" for line in told)
