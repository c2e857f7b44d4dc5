"""Matters against labelled FA-KES articles: `python -m eval.matters`.

The whole table is read, annotated, resolved and compared (some minutes of one core), then B-cubed
precision, recall and F1 (Bagga and Baldwin 1998) are taken over the articles of `matters.csv`;
an article that no matter is mainly about stands by itself.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from eval.copies import TABLE, articles
from sayso.annotate import annotate_all
from sayso.compare import compare
from sayso.config import Settings
from sayso.knowledge import load
from sayso.resolve import resolve
from sayso.schema import Compared, Document, Resolved

LABELS = Path(__file__).with_name("matters.csv")


def measure() -> dict[str, float]:
    """B-cubed over the labelled articles; nothing where the corpus is absent."""
    if not TABLE.is_file():
        return {}
    _, _, found = compared()
    return score(found)


def score(found: Compared) -> dict[str, float]:
    """B-cubed precision, recall and F1 of the matters that were found."""
    matters: dict[str, str] = {}
    for matter in found.matters:
        for source in matter.documents:
            matters.setdefault(source, matter.id)
    precision, recall, f1 = b_cubed(matters, labels())
    return {"precision": precision, "recall": recall, "f1": f1}


@lru_cache(maxsize=1)
def compared() -> tuple[tuple[Document, ...], tuple[Resolved, ...], Compared]:
    """The whole table, read, annotated, resolved and compared, once for every scorer of it."""
    knowledge = load()
    documents = articles()
    annotated = annotate_all(documents, settings=Settings(), knowledge=knowledge)
    resolved = [
        resolve(document, annotations, knowledge=knowledge)
        for document, annotations in zip(documents, annotated, strict=True)
    ]
    return (
        tuple(documents),
        tuple(resolved),
        compare(documents, resolved, knowledge=knowledge),
    )


def labels() -> dict[str, str]:
    """The number of the incident of each labelled article."""
    with LABELS.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(line for line in lines if not line.startswith("#"))
        return {row["article"]: row["matter"] for row in rows}


def b_cubed(predicted: Mapping[str, str], gold: Mapping[str, str]) -> tuple[float, float, float]:
    """B-cubed precision, recall and F1 of a grouping over the articles of `gold`."""
    precision = recall = 0.0
    for article in gold:
        mine = {a for a in gold if predicted.get(a, a) == predicted.get(article, article)}
        true = {a for a in gold if gold[a] == gold[article]}
        precision += len(mine & true) / len(mine)
        recall += len(mine & true) / len(true)
    precision, recall = precision / len(gold), recall / len(gold)
    return precision, recall, 2 * precision * recall / (precision + recall)


if __name__ == "__main__":
    scores = measure()
    words = ", ".join(f"{name} {value:.3f}" for name, value in scores.items())
    print(f"matters: {words}" if scores else f"matters: skipped, there is no {TABLE}")
