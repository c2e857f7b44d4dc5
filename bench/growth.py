"""How comparing grows: `python -m bench.growth [--articles N]`.

FA-KES articles are annotated once; then they, and ten times as many, are compared. The others are
made of them by shifting days (by years) and places (by name and on the map), so that they tell of
incidents of their own. Last, the large pile is kept in a case on disk and ten articles are added to
it: what was kept is used again, and the records must be those of comparing all at once.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
from eval.copies import TABLE, articles

from sayso.annotate import annotate_all
from sayso.compare import compare
from sayso.config import Settings
from sayso.ids import record_id
from sayso.knowledge import load
from sayso.pipeline import compare_case
from sayso.resolve import resolve
from sayso.schema import Compared, Document, Resolved
from sayso.store import Case, encode_resolved

ADDED = 10
DAYS = 800
"""Days between an article and the one that is made of it."""

DEGREES = 3.0
_DATED = ("earliest", "latest", "began_earliest", "began_latest", "ended_earliest", "ended_latest")


def shifted(document: Document, resolved: Resolved, times: int) -> tuple[Document, Resolved]:
    """An article and its records, so many times shifted in time and space."""
    source = f"{document.source}+{times}"
    moved = msgspec.structs.replace(document, source=source, headline=document.headline)
    ids: dict[str, str] = {}

    def new_id(old: str) -> str:
        return ids.setdefault(old, record_id(source, old, "shifted", ()))

    def change(value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            return {k: change(v, k) for k, v in value.items()}
        if isinstance(value, list | tuple):
            return [change(v, key) for v in value]
        if key == "document":
            return source
        if key in _DATED and isinstance(value, str):
            return (date.fromisoformat(value) + timedelta(days=DAYS * times)).isoformat()
        if key == "lon" and value is not None:
            return value + DEGREES * times
        if key in ("id", "statement", "event", "part_of", "matter") or key.endswith("actor"):
            return new_id(value) if isinstance(value, str) else value
        if key == "chain_actors" and isinstance(value, str):
            return new_id(value)
        return value

    body = change(msgspec.to_builtins(resolved))
    for place in body["places"]:
        if (place["radius_km"] or 0) < 150:
            place["name"] = f"{place['name']} {times}"
    return moved, msgspec.convert(body, type=Resolved)


def cost(work: Callable[[], Compared]) -> tuple[float, Compared]:
    """CPU seconds of some work, and what it gave."""
    began = time.process_time()
    result = work()
    return time.process_time() - began, result


def grown(
    documents: Sequence[Document], resolved: Sequence[Resolved], *, times: int
) -> tuple[list[Document], list[Resolved]]:
    """So many times the articles: themselves, and those made of them."""
    pairs = [
        (d, r) if n == 0 else shifted(d, r, n)
        for n in range(times)
        for d, r in zip(documents, resolved, strict=True)
    ]
    return [d for d, _ in pairs], [r for _, r in pairs]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.growth", description=__doc__)
    parser.add_argument("--articles", type=int, default=804, help="how many FA-KES articles")
    parser.add_argument("--times", type=int, default=10, help="how many times as many")
    parser.add_argument("--case", type=Path, help="a case of them, to spare the annotating")
    asked = parser.parse_args()
    if not TABLE.is_file():
        print("FA-KES (../shared) is absent: nothing is measured")
        return 0
    if asked.case:
        with Case(asked.case) as case:
            documents, known = case.documents(), case.resolved()
        report(documents[: asked.articles], known[: asked.articles], None, times=asked.times)
        return 0
    knowledge = load()
    documents = articles()[: asked.articles]
    began = time.process_time()
    annotated = annotate_all(documents, settings=Settings(), knowledge=knowledge)
    resolved = [
        resolve(document, annotations, knowledge=knowledge)
        for document, annotations in zip(documents, annotated, strict=True)
    ]
    annotating = time.process_time() - began
    report(documents, resolved, annotating, times=asked.times)
    return 0


def report(
    documents: Sequence[Document],
    resolved: Sequence[Resolved],
    annotating: float | None,
    *,
    times: int,
) -> None:
    """Compares, and prints what it took."""
    knowledge = load()
    compare(documents[:5], resolved[:5], knowledge=knowledge)  # word lists are read once a process
    once, found = cost(lambda: compare(documents, resolved, knowledge=knowledge))
    many, more = grown(documents, resolved, times=times)
    large, whole = cost(lambda: compare(many, more, knowledge=knowledge))
    print(f"{len(documents)} articles: {len(found.matters)} matters, comparing {once:.1f} CPU s")
    if annotating:
        print(
            f"annotating them: {annotating:.1f} CPU s; comparing is {once / annotating:.3f} of it"
        )
    told = f"{len(many)} articles: comparing {large:.1f} CPU s, {large / once:.1f} times"
    print(f"{told}; {len(whole.matters)} matters")
    first, added, same = adding(many, more, whole)
    told = f"in a case: {len(many) - ADDED} in {first:.1f} CPU s, {ADDED} added in {added:.1f}"
    print(f"{told}; {'the same' if same else 'NOT THE SAME'} as all at once")


def adding(
    documents: Sequence[Document], resolved: Sequence[Resolved], whole: Compared
) -> tuple[float, float, bool]:
    """CPU seconds of comparing all but some of a case, of adding those, and whether that ends where
    comparing all at once ends. Those added are spread over the pile.
    """
    step = len(documents) // ADDED
    late = set(range(0, step * ADDED, step))
    early = [n for n in range(len(documents)) if n not in late]
    with TemporaryDirectory() as folder, Case(Path(folder) / "growth.case", create=True) as case:
        times = []
        for portion in (early, sorted(late)):
            with case.writing():
                for n in portion:
                    case.keep_document(documents[n])
                    case.keep_resolved(
                        documents[n].source,
                        encode_resolved(resolved[n]),
                        publication=resolved[n].publication,
                        problems=(),
                        derived_by="growth",
                    )
                case.set("compared_by", "")
            began = time.process_time()
            compare_case(case)
            times.append(time.process_time() - began)
        return times[0], times[1], case.compared() == whole


if __name__ == "__main__":
    sys.exit(main())
