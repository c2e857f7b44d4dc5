"""First-event type, source and target accuracy on the PLOVER gold standard records.

    python -m eval.events [--held] [--errors]

158 sentences, each with one event. The type of the main event must be the record's; a source or
target is right where the words found for the main event and one of the record's actors share at
least half of the shorter one's words. Rules were made on two thirds of the records; `--held` scores
every third (index 2 modulo 3), which was kept for measuring. Anchor: a verb look-up gets 34.2 % of
the types (`../shared/anchors.md`).
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from pathlib import Path
from typing import Any

from sayso.annotate.events import find_events
from sayso.annotate.parse import Parse
from sayso.ids import Span
from sayso.knowledge import load
from sayso.schema import Block, Document, EventSpan

RECORDS = Path(__file__).resolve().parents[2] / "shared/data/plover/gold_standard_dev.json"


def main_event(text: str) -> EventSpan | None:
    """The main event of a text, as `sayso annotate --only events` lists it first."""
    document = Document(
        source="record",
        path="record",
        text=text,
        blocks=(Block(kind="prose", start=0, end=len(text)),),
        bytes_sha256="",
        text_sha256="",
        read_at="",
        reader="eval",
    )
    parse = Parse(document)
    events = find_events(document, parse, knowledge=load())
    return max(events, key=lambda event: event.score or 0.0, default=None)


def records(*, held: bool) -> list[dict[str, Any]]:
    """The records, or only the third that rules were not made on."""
    found: list[dict[str, Any]] = json.loads(RECORDS.read_text("utf-8"))
    return [record for k, record in enumerate(found) if not held or k % 3 == 2]


def is_found(text: str, spans: tuple[Span, ...], actors: list[str]) -> bool:
    """Whether one of the spans names one of the actors."""
    return any(
        len(found & gold) * 2 >= min(len(found), len(gold)) and found & gold
        for found in (_words(text[a:b]) for a, b in spans)
        for gold in map(_words, actors)
    )


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower())) - {"the", "a", "of"}


def _actors(field: Any) -> list[str]:
    rows = [field] if isinstance(field, dict) else field or []
    return [row["actorText"] for row in rows]


def measure(*, held: bool = False, errors: bool = False) -> dict[str, float]:
    """Accuracies (0–1) of type, source and target; empty where the records are not there."""
    if not RECORDS.is_file():
        return {}
    right = {"type": 0, "source": 0, "target": 0}
    total = {"type": 0, "source": 0, "target": 0}
    for record in records(held=held):
        text, event = record["text"], main_event(record["text"])
        total["type"] += 1
        is_right = event is not None and event.type == record["event"]
        right["type"] += is_right
        if errors and not is_right:
            print(f"{record['event']} read as {event.type if event else 'nothing'}: {text}")
        for role in ("source", "target"):
            actors = _actors(record.get(role))
            if actors:
                spans = () if event is None else getattr(event, _ROLES[role])
                total[role] += 1
                right[role] += is_found(text, spans, actors)
    return {name: right[name] / total[name] for name in total if total[name]}


_ROLES = {"source": "agents", "target": "targets"}


def main() -> int:
    """Print the accuracies."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--held", action="store_true", help="only the third kept for measuring")
    options.add_argument("--errors", action="store_true", help="print what was read wrongly")
    chosen = options.parse_args()
    scores = measure(held=chosen.held, errors=chosen.errors)
    if not scores:
        print(f"skipped: no records at {RECORDS}")
    for name, value in scores.items():
        print(f"{name}: {value:.1%}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
