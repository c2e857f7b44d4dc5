"""Attributions against PolNeAR dev: `python -m eval.attributions [--errors N]`.

An attribution is found when its contents share half of their words (Jaccard) with the gold's, and
its source half of the shorter one's. `statements` keeps on both sides what has a verb of
communication, or "according", in its cue. PolNeAR marks only the outermost of nested attributions,
so the scores are of the outermost; those of all that is found are given beside them. PolNeAR:
Newell, Margolin and Ruths 2018; the scorer agrees with ../shared/scorers/attributions.py.
"""

from __future__ import annotations

import argparse
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from itertools import islice
from pathlib import Path

import msgspec

from sayso import knowledge
from sayso.annotate.attributions import attributions_by_rule, find_attributions
from sayso.annotate.parse import Parse
from sayso.annotate.quotes import Quotes, find_quotes, form_of
from sayso.config import Settings
from sayso.ids import Span
from sayso.schema import AttributionSpan, Block, Document

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "data" / "polnear"
FORMS = ("direct", "mixed", "indirect")
TYPES = ("stating", "other cue")

_WORD = re.compile(r"\w+(?:['’]\w+)*")
_SPAN_LINE = re.compile(r"T\d+\t\w+ \d")
_COMMUNICATION = """
    say tell add note state declare announce claim argue report explain warn insist admit
    acknowledge deny confirm ask tweet write stress emphasize emphasise reveal assert contend vow
    promise allege respond reply accuse comment describe quote testify estimate
"""


class Row(msgspec.Struct, frozen=True):
    """An attribution, gold or found: spans of the text."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]


class Words(msgspec.Struct, frozen=True):
    """A row as sets of the text's word numbers."""

    source: frozenset[int]
    content: frozenset[int]


class Article(msgspec.Struct, frozen=True):
    """A text with its gold rows and what was found in it, outermost or all."""

    name: str
    text: str
    gold: tuple[Row, ...]
    found: tuple[Row, ...]
    outermost: tuple[Row, ...]


def _forms(verb: str) -> set[str]:
    forms = {verb, verb + "s", verb + "ed", verb + "ing"}
    if verb.endswith("e"):
        forms |= {verb + "d", verb[:-1] + "ing"}
    if verb.endswith("y"):
        forms |= {verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"}
    return forms


_STATING = frozenset[str]().union(*map(_forms, _COMMUNICATION.split())) | frozenset(
    [
        "said",
        "told",
        "wrote",
        "written",
        "according",
        "admitted",
        "admitting",
        "says",
        "denies",
        "denied",
    ]
)


def gold_rows(path: Path) -> tuple[Row, ...]:
    """The attributions of a brat standoff file."""
    spans: dict[str, tuple[Span, ...]] = {}
    rows = []
    lines = path.read_text("utf-8").split("\n")
    for line in lines:
        if _SPAN_LINE.match(line):
            key, middle = line.split("\t")[:2]
            places = middle.split(" ", 1)[1].split(";")
            spans[key] = tuple((int(p.split()[0]), int(p.split()[1])) for p in places)
    for line in lines:
        if re.match(r"E\d+\tAttribution:", line):
            parts: dict[str, tuple[Span, ...]] = {"source": (), "cue": (), "content": ()}
            for part in line.split("\t", 1)[1].split():
                role, key = part.split(":")
                role = re.sub(r"\d+$", "", role).lower()
                if role in parts and key in spans:
                    parts[role] += spans[key]
            rows.append(Row(**parts))
    return tuple(rows)


def document_of(name: str, text: str) -> Document:
    """A text as a document: a block for each line, the first for its headline."""
    lines = [m.span() for m in re.finditer(r"[^\r\n]+", text) if m.group().strip()]
    return Document(
        source=name,
        path=name,
        text=text,
        blocks=tuple(
            Block(kind="prose" if k else "headline", start=a, end=b)
            for k, (a, b) in enumerate(lines)
        ),
        bytes_sha256="",
        text_sha256=sha256(text.encode()).hexdigest(),
        language="en",
        read_at="",
        reader="",
    )


def outermost(found: Iterable[AttributionSpan]) -> tuple[AttributionSpan, ...]:
    """The attributions whose cue stands in no other's content."""
    spans = tuple(found)
    contents = sorted((a, b, k) for k, span in enumerate(spans) for a, b in span.contents)
    starts = [a for a, _, _ in contents]

    def is_inside(k: int) -> bool:
        anchor = (spans[k].cues or spans[k].sources or spans[k].contents)[0][0]
        before = contents[: bisect_right(starts, anchor)]
        return any(anchor < b and j != k for _, b, j in before)

    return tuple(span for k, span in enumerate(spans) if not is_inside(k))


def articles(
    split: str = "dev",
    *,
    most: int = 0,
    find: Callable[..., tuple[AttributionSpan, ...]] = find_attributions,
) -> Iterator[Article]:
    """The articles of a split with what sayso finds in them; `most` stops early (0: all)."""
    settings = Settings()
    known = knowledge.load()
    paths = sorted((CORPUS / split / "text").glob("*.txt"))
    for path in paths[: most or None]:
        with path.open(encoding="utf-8", newline="") as file:
            text = file.read()
        stem = path.stem.replace("[", "[[]")
        standoff = sorted((CORPUS / split / "attributions").glob(f"{stem}_*.ann"))[0]
        document = document_of(path.stem, text)
        parse = Parse(document, model=settings.model)
        found = find(document, parse, knowledge=known)
        yield Article(
            path.stem,
            text,
            gold_rows(standoff),
            tuple(_row(span) for span in found),
            tuple(_row(span) for span in outermost(found)),
        )


def _row(span: AttributionSpan) -> Row:
    return Row(span.sources, span.cues, span.contents)


def is_statement(row: Row, text: str) -> bool:
    """Whether a cue has a verb of communication or "according" in it."""
    words = (w.lower() for a, b in row.cue for w in _WORD.findall(text[a:b]))
    return any(word in _STATING for word in words)


def matched(
    text: str, gold: Iterable[Row], found: Iterable[Row]
) -> tuple[list[tuple[int, int]], list[int], list[int]]:
    """Pairs of matching (gold, found) rows by number, and the numbers of all that have content."""
    places = [m.span() for m in _WORD.finditer(text)]
    wanted = [(k, w) for k, r in enumerate(gold) if (w := _words(r, places)).content]
    given = [(k, w) for k, r in enumerate(found) if (w := _words(r, places)).content]
    close = sorted(
        (
            (overlap, i, j)
            for i, (_, g) in enumerate(wanted)
            for j, (_, p) in enumerate(given)
            if (overlap := _overlap(g, p)) >= 0.5
        ),
        reverse=True,
    )
    used_gold: set[int] = set()
    used_found: set[int] = set()
    pairs = []
    for _, i, j in close:
        if i not in used_gold and j not in used_found:
            used_gold.add(i)
            used_found.add(j)
            pairs.append((wanted[i][0], given[j][0]))
    return pairs, [k for k, _ in wanted], [k for k, _ in given]


def _words(row: Row, places: list[Span]) -> Words:
    def inside(spans: Iterable[Span]) -> frozenset[int]:
        parts = tuple(spans)
        return frozenset(
            i for i, (x, y) in enumerate(places) if any(x < b and y > a for a, b in parts)
        )

    return Words(inside(row.source), inside(row.content))


def _overlap(gold: Words, found: Words) -> float:
    shared = len(gold.content & found.content)
    if not shared:
        return 0.0
    if gold.source:
        shorter = min(len(gold.source), len(found.source))
        if not shorter or len(gold.source & found.source) / shorter < 0.5:
            return 0.0
    return shared / len(gold.content | found.content)


def score(
    pairs: Iterable[tuple[str, Iterable[Row], Iterable[Row]]], *, statements: bool = False
) -> tuple[float, float, float]:
    """Precision, recall and F1 over (text, gold rows, found rows)."""
    hits = wanted = given = 0
    for text, gold, found in pairs:
        kept = [
            [r for r in rows if not statements or is_statement(r, text)] for rows in (gold, found)
        ]
        pair, all_gold, all_found = matched(text, *kept)
        hits, wanted, given = hits + len(pair), wanted + len(all_gold), given + len(all_found)
    precision = hits / given if given else 0.0
    recall = hits / wanted if wanted else 0.0
    both = precision + recall
    return precision, recall, 2 * precision * recall / both if both else 0.0


def by_kind(read: Iterable[Article]) -> dict[str, float]:
    """Precision and recall by the form of the content, and by whether the cue states."""
    counts: Counter[tuple[str, str]] = Counter()
    for article in read:
        pairs, wanted, given = matched(article.text, article.gold, article.outermost)
        gold = [kinds_of(article.text, row) for row in article.gold]
        found = [kinds_of(article.text, row) for row in article.outermost]
        counts.update(("wanted", kind) for k in wanted for kind in gold[k])
        counts.update(("given", kind) for k in given for kind in found[k])
        counts.update(("recalled", kind) for k, _ in pairs for kind in gold[k])
        counts.update(("right", kind) for _, k in pairs for kind in found[k])
    return {
        f"{name} {kind}": counts[hit, kind] / counts[of, kind]
        for kind in (*FORMS, *TYPES)
        for name, hit, of in (("precision", "right", "given"), ("recall", "recalled", "wanted"))
        if counts[of, kind]
    }


def kinds_of(text: str, row: Row) -> tuple[str, str]:
    """The form of a row's content, and what its cue is."""
    form = form_of(text, row.content, Quotes(find_quotes(text, 0, len(text))))
    return form, TYPES[0] if is_statement(row, text) else TYPES[1]


def measure(*, split: str = "dev", most: int = 0) -> dict[str, float]:
    """F1, precision and recall, of all and of statements, recall by form, and the rule's F1."""
    read = tuple(articles(split, most=most))
    scores: dict[str, float] = {}
    sides: tuple[tuple[str, Callable[[Article], tuple[Row, ...]]], ...] = (
        ("", lambda article: article.outermost),
        (" with nested", lambda article: article.found),
    )
    for side, rows in sides:
        pairs = [(a.text, a.gold, rows(a)) for a in read]
        for name, only in (("all", False), ("statements", True)):
            precision, recall, f1 = score(pairs, statements=only)
            scores[f"{name} F1{side}"] = f1
            if not side:
                scores |= {f"{name} precision": precision, f"{name} recall": recall}
    ruled = articles(split, most=most, find=attributions_by_rule)
    by_rule = [(a.text, a.gold, a.outermost) for a in ruled]
    for name, only in (("all", False), ("statements", True)):
        scores[f"{name} F1 by rule"] = score(by_rule, statements=only)[2]
    return scores | by_kind(read)


def errors(read: Iterable[Article]) -> Iterator[str]:
    """What was missed and what was false, a line each, for eyes."""
    for article in read:
        text = article.text
        pairs, wanted, given = matched(text, article.gold, article.outermost)
        missed = sorted(set(wanted) - {g for g, _ in pairs})
        false = sorted(set(given) - {f for _, f in pairs})
        for name, rows, places in (
            ("missed", article.gold, missed),
            ("false", article.outermost, false),
        ):
            for k in places:
                words = [
                    " … ".join(" ".join(text[a:b].split()) for a, b in part)[:120]
                    for part in (rows[k].source, rows[k].cue, rows[k].content)
                ]
                yield " | ".join((name, *kinds_of(text, rows[k]), article.name, *words))


def main() -> int:
    """Measure, and print what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--split", default="dev")
    parser.add_argument("--most", type=int, default=0, help="articles (0: all)")
    parser.add_argument("--errors", type=int, default=0)
    options = parser.parse_args()
    if not CORPUS.is_dir():
        print(f"PolNeAR is not at {CORPUS}: skipped")
        return 0
    if options.errors:
        read = articles(options.split, most=options.most)
        print(*islice(errors(read), options.errors), sep="\n")
        return 0
    scores = measure(split=options.split, most=options.most)
    for name, value in scores.items():
        print(f"{name:32} {100 * value:5.1f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
