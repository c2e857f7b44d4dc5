"""Attributions in reports on conflict: `python -m eval.conflict [--part dev] [--errors N]`.

The set is `eval/conflict.jsonl`: FA-KES articles and the seeds, offsets alone, labelled by
docs/codebook.md; nested attributions and chains are in it. An attribution is found as in
`eval.attributions` (half of the contents' words, half of the shorter source). `statements` keeps on
both sides what is typed so. A chain is exact when every link but the outlet is the labelled voice,
in order. The gate's third is counted; its errors are never printed.
"""

from __future__ import annotations

import argparse
import csv
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import msgspec

from eval.attributions import Row, document_of, matched
from sayso import knowledge
from sayso.annotate import annotate
from sayso.annotate.quotes import Quotes, find_quotes, form_of
from sayso.config import Settings
from sayso.ids import Span
from sayso.resolve import resolve
from sayso.schema import Statement

SHARED = Path(__file__).resolve().parents[2] / "shared"
LABELS = Path(__file__).with_name("conflict.jsonl")
TABLE = SHARED / "data" / "fa-kes" / "FA-KES-Dataset.csv"
PARTS = ("dev", "gate")

_ARTICLE = re.compile(r"^(?:an?|the)\s+", re.I)


class Label(msgspec.Struct, frozen=True):
    """A labelled attribution. `chain`: a span of the article for each voice, innermost first."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    type: str
    chain: tuple[Span, ...]


class Labelled(msgspec.Struct, frozen=True):
    """The labels of an article, by its id."""

    article: str
    text_sha256: str
    part: str
    attributions: tuple[Label, ...]


class Article(msgspec.Struct, frozen=True):
    """An article with its labels, what sayso made of it, and its actors' names by id."""

    name: str
    text: str
    gold: tuple[Label, ...]
    found: tuple[Statement, ...]
    mentions: dict[str, tuple[Span, ...]]


def texts() -> Iterator[tuple[str, str, str | None]]:
    """Id, text (headline, empty line, body) and outlet of every article that can be labelled."""
    seen: dict[str, int] = {}
    with TABLE.open(encoding="latin-1", newline="") as file:
        for row in csv.DictReader(file):
            key = row["unit_id"]
            seen[key] = seen.get(key, 0) + 1
            name = key if seen[key] == 1 else f"{key}#{seen[key]}"
            text = f"{row['article_title']}\n\n{row['article_content']}"
            yield f"fa-kes:{name}", text, row["source"]
    for path in sorted((SHARED / "seeds").glob("*.txt")):
        with path.open(encoding="utf8", newline="") as file:
            yield f"seed:{path.name[:3]}", file.read(), None


def labels() -> Iterator[Labelled]:
    """The labelled articles, in the order of their ids."""
    for line in LABELS.read_text("utf-8").splitlines():
        yield msgspec.json.decode(line, type=Labelled)


def articles(part: str, *, settings: Settings | None = None) -> Iterator[Article]:
    """The articles of a part with what sayso makes of them. Raises ValueError on changed text."""
    known = knowledge.load()
    by_name = {name: (text, outlet) for name, text, outlet in texts()}
    settings = settings or Settings()
    for labelled in labels():
        if labelled.part != part:
            continue
        text, outlet = by_name[labelled.article]
        document = document_of(labelled.article, text)
        if document.text_sha256 != labelled.text_sha256:
            raise ValueError(f"{labelled.article}: not the text that was labelled")
        named = known.outlets.find(outlet) if outlet else None
        document = msgspec.structs.replace(document, outlet=named.name if named else outlet)
        found = annotate(document, settings=settings, knowledge=known)
        resolved = resolve(document, found, knowledge=known)
        yield Article(
            name=labelled.article,
            text=text,
            gold=labelled.attributions,
            found=resolved.statements,
            mentions={a.id: a.spans for a in resolved.actors},
        )


def row_of(item: Label | Statement) -> Row:
    """The spans of a label or a statement."""
    if isinstance(item, Label):
        return Row(item.source, item.cue, item.content)
    return Row(item.source_spans, item.cue_spans, item.content_spans)


def measure_part(read: Iterable[Article]) -> dict[str, float]:
    """Precision, recall and F1; types, chains and false statements, as shares."""
    counts = dict.fromkeys(
        [
            "gold",
            "found",
            "hit",
            "s_gold",
            "s_found",
            "s_hit",
            "typed",
            "chain",
            "chained",
            "long",
            "long_right",
            "false",
        ],
        0,
    )
    for article in read:
        for kind in ("", "s_"):
            gold = [g for g in article.gold if not kind or g.type == "statement"]
            found = [f for f in article.found if not kind or f.type == "statement"]
            pairs, _, _ = matched(article.text, map(row_of, gold), map(row_of, found))
            counts[kind + "gold"] += len(gold)
            counts[kind + "found"] += len(found)
            counts[kind + "hit"] += len(pairs)
            if not kind:
                counts["typed"] += sum(gold[g].type == found[f].type for g, f in pairs)
                continue
            for g, f in pairs:
                right = same_chain(article, gold[g], found[f])
                counts["chained"] += 1
                counts["chain"] += right
                counts["long"] += len(gold[g].chain) > 1
                counts["long_right"] += right and len(gold[g].chain) > 1
        counts["false"] += sum(is_no_attribution(article, f) for f in article.found)

    def share(part: str, whole: str) -> float:
        return counts[part] / counts[whole] if counts[whole] else 0.0

    scores: dict[str, float] = {}
    for name, kind in (("all", ""), ("statements", "s_")):
        precision, recall = share(kind + "hit", kind + "found"), share(kind + "hit", kind + "gold")
        both = precision + recall
        scores |= {
            f"{name} precision": precision,
            f"{name} recall": recall,
            f"{name} F1": 2 * precision * recall / both if both else 0.0,
        }
    return scores | {
        "type right": share("typed", "hit"),
        "chain exact": share("chain", "chained"),
        "chain of two or more exact": share("long_right", "long"),
        "no action or furniture": 1.0 - share("false", "s_found"),
    }


def is_no_attribution(article: Article, found: Statement) -> bool:
    """Whether what was typed a statement has neither a labelled cue nor a labelled content."""
    if found.type != "statement":
        return False
    return not any(
        _touch(found.cue_spans, g.cue) or _touch(found.content_spans, g.content)
        for g in article.gold
    )


def _touch(left: Iterable[Span], right: Iterable[Span]) -> bool:
    return any(a < d and c < b for a, b in left for c, d in right)


def same_chain(article: Article, gold: Label, found: Statement) -> bool:
    """Whether a statement's chain, the outlet left out, names the labelled voices in order.

    A voice that the text does not name at all ("was reported") has no label.
    """
    links = list(zip(found.chain, found.chain_actors, strict=True))[:-1]
    links = links if found.source_spans else links[1:]
    return len(links) == len(gold.chain) and all(
        _same_voice(article, span, name, actor)
        for span, (name, actor) in zip(gold.chain, links, strict=True)
    )


def _same_voice(article: Article, span: Span, name: str, actor: str | None) -> bool:
    """Whether a link is the voice whose fullest name stands at a span."""
    if any(a < span[1] and span[0] < b for a, b in article.mentions.get(actor or "", ())):
        return True
    left = _ARTICLE.sub("", article.text[slice(*span)]).lower()
    right = _ARTICLE.sub("", name).lower()
    return left == right or left in right or right in left


def errors(article: Article) -> Iterator[str]:
    """What was missed, invented, or given the wrong chain or type, a line each."""
    gold, found = article.gold, article.found
    pairs, _, _ = matched(article.text, map(row_of, gold), map(row_of, found))
    for k in sorted(set(range(len(gold))) - {g for g, _ in pairs}):
        yield _told("missed", article, gold[k])
    for k in sorted(set(range(len(found))) - {f for _, f in pairs}):
        kind = "no attribution" if is_no_attribution(article, found[k]) else "false"
        yield _told(kind, article, found[k])
    for g, f in pairs:
        if not same_chain(article, gold[g], found[f]):
            wanted = [article.text[a:b] for a, b in gold[g].chain]
            yield _told("chain", article, found[f], f"{wanted} not {list(found[f].chain[:-1])}")
        if gold[g].type != found[f].type:
            yield _told("type", article, found[f], gold[g].type)


def _told(kind: str, article: Article, item: Label | Statement, more: str = "") -> str:
    text, row = article.text, row_of(item)
    words = (
        " … ".join(text[a:b] for a, b in part)[:90] for part in (row.source, row.cue, row.content)
    )
    form = form_of(text, row.content, Quotes(find_quotes(text, 0, len(text))))
    return " | ".join((kind, article.name, item.type, form, *words, more)).replace("\n", " ")


def measure() -> dict[str, float]:
    """The scores of development and gate."""
    return {
        f"{part} {name}": value
        for part in PARTS
        for name, value in measure_part(articles(part)).items()
    }


def main() -> int:
    """Measure, and print what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", default="dev", choices=("train", *PARTS))
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--weights", default="default", choices=("default", "none"))
    options = parser.parse_args()
    if not TABLE.is_file():
        print(f"FA-KES is not at {TABLE}: skipped")
        return 0
    read = list(articles(options.part, settings=Settings(weights=options.weights)))
    for name, value in measure_part(read).items():
        print(f"{name:28} {100 * value:5.1f}")
    if options.errors and options.part != "gate":
        lines = (line for article in read for line in errors(article))
        print(*islice(lines, options.errors), sep="\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
