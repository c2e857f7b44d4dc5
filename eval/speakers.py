"""Speakers in reports on conflict: `python -m eval.speakers [--part dev] [--errors]`.

The set is `eval/conflict.jsonl` (docs/codebook.md): the first link of an attribution's chain is
whose word it is, marked by its fullest name in the article. Of sayso's attributions whose source
overlaps a labelled one, the share is counted whose speaker is that voice; with `--gold` the
labelled attributions are resolved in place of sayso's, so that speakers are measured apart from
finding. Named, unnamed and pronoun sources are also counted apart. The gate's third is counted; its
errors are never printed. The seeds are left out: they are read by eye.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache

import msgspec

from eval.conflict import TABLE, Label, Labelled, labels
from sayso import knowledge
from sayso.annotate import annotate
from sayso.annotate.quotes import Quotes, find_quotes, form_of
from sayso.config import Settings
from sayso.ids import Span
from sayso.read import parse_columns, read_file, unique_source
from sayso.resolve import resolve
from sayso.resolve.speakers import NOBODY
from sayso.schema import Annotations, AttributionSpan, Document, Resolved, Statement

PARTS = ("dev", "gate")
COLUMNS = "text=article_content,title=article_title,outlet=source,date=date,id=unit_id"
PRONOUNS = frozenset(["he", "she", "it", "they", "we", "i", "who"])

_ARTICLE = re.compile(r"^(?:an?|the)\s+", re.I)
_CUT = re.compile(
    r",|;|\(|\s-\s|\s(?:of|at|in|for|from|with|on|near|inside|by|to|who|which|that|close|based)\s"
)
_ALIAS = re.compile(r"\((\w[\w-]*)\)")
_WORD = re.compile(r"\w[\w'’-]*")
_SMALL = frozenset(["of", "for", "the", "and", "in", "al", "el", "to"])


class Read(msgspec.Struct, frozen=True):
    """An article of the table as sayso reads it."""

    document: Document
    annotations: Annotations
    resolved: Resolved

    def words(self, span: Span | None) -> str:
        """The words of a span on one line."""
        return " ".join(self.document.text[slice(*span)].split()) if span else ""

    def is_voice(self, span: Span, name: str | None, actor: str | None) -> bool:
        """Whether a voice is the one whose fullest name stands at a span: a name of the actor's
        stands there, or the words are the same but for what one of them leaves out.
        """
        cores = _cores(self.document.text, span)
        if any(a < d and c < b for a, b in self._heads(actor) for c, d in cores):
            return True
        wanted, given = _plain(self.words(span)), _plain(name or "")
        if not given or _last(wanted) != _last(given):
            return bool(given) and wanted == given
        less, more = sorted((set(_WORD.findall(wanted)), set(_WORD.findall(given))), key=len)
        return less <= more

    def _heads(self, actor: str | None) -> list[Span]:
        spans = next((set(a.spans) for a in self.resolved.actors if a.id == actor), set())
        return [m.head for m in self.annotations.mentions if (m.start, m.end) in spans]


def _plain(words: str) -> str:
    return _ARTICLE.sub("", " ".join(words.lower().split()))


def _last(words: str) -> str:
    """The core of a noun phrase: its last word, what follows a preposition left out."""
    found: list[str] = _WORD.findall(_CUT.split(words)[0])
    return found[-1] if found else ""


def _cores(text: str, span: Span) -> list[Span]:
    """Where the name itself stands: all of "Northern Watch for Rights", of "a source at the
    Northern Watch" the word "source", of "the rights agency (NRA)" the words "agency" and "NRA".
    """
    words = text[slice(*span)]
    told = [w for w in _WORD.findall(_ARTICLE.sub("", words)) if w.lower() not in _SMALL]
    if told and all(w[0].isupper() for w in told):
        return [span]
    cut = _CUT.search(words)
    last = list(_WORD.finditer(words[: cut.start()] if cut else words))[-1:]
    found = [m.span() for m in last] + [m.span(1) for m in _ALIAS.finditer(words)]
    return [(span[0] + a, span[0] + b) for a, b in found]


@cache
def documents() -> dict[str, Document]:
    """The table's articles by their id, as `sayso read` makes them of the text that was labelled
    (Latin-1, as the table is not sound UTF-8).
    """
    data = TABLE.read_bytes().decode("latin-1").encode()
    items = read_file(
        TABLE, data, options=parse_columns(COLUMNS), knowledge=knowledge.load(), read_at=""
    )
    found: dict[str, Document] = {}
    for item in items:
        if isinstance(item, Document):
            source = unique_source(item.source, found)
            found[source] = msgspec.structs.replace(item, source=source)
    return {f"fa-kes:{source}": document for source, document in found.items()}


def read(article: str, text_sha256: str, *, settings: Settings, gold: bool = False) -> Read:
    """An article annotated and resolved; with `gold` the labelled attributions in place of sayso's.

    Raises ValueError where the text is not the one that was labelled, or annotating failed.
    """
    known = knowledge.load()
    document = documents()[article]
    if document.text_sha256 != text_sha256:
        raise ValueError(f"{article}: not the text that was labelled")
    found = annotate(document, settings=settings, knowledge=known)
    if found.problems:
        raise ValueError(found.problems[0].message)
    if gold:
        found = msgspec.structs.replace(found, attributions=_labelled(article, document))
    return Read(document, found, resolve(document, found, knowledge=known))


def _labelled(article: str, document: Document) -> tuple[AttributionSpan, ...]:
    text = document.text
    quotes = Quotes(find_quotes(text, 0, len(text)))
    row = next(row for row in labels() if row.article == article)
    return tuple(
        AttributionSpan(
            sources=a.source, cues=a.cue, contents=a.content,
            type="statement" if a.type == "statement" else "attitude",
            form=form_of(text, a.content, quotes), method="labels",
        )
        for a in row.attributions
    )  # fmt: skip


def pairs(
    gold: tuple[Label, ...], found: tuple[Statement, ...]
) -> Iterator[tuple[Label, Statement]]:
    """Each statement with the label whose source, and then cue and contents, it overlaps most."""
    for statement in found:
        near = [
            (_shared(g.source, statement.source_spans), _shared(g.cue, statement.cue_spans)
             + _shared(g.content, statement.content_spans), -k)
            for k, g in enumerate(gold)
        ]  # fmt: skip
        best = max(near, default=(0, 0, 0), key=lambda row: (row[0] > 0, row[1], row[0], row[2]))
        if best[0]:
            yield gold[-best[2]], statement


def _shared(left: tuple[Span, ...], right: tuple[Span, ...]) -> int:
    return sum(max(0, min(b, d) - max(a, c)) for a, b in left for c, d in right)


def is_right(article: Read, gold: Label, found: Statement) -> bool:
    """Whether the speaker is the labelled one: whose word it is, or, in "the paper reported, citing
    an official", the voice that stands in the source. Where the label has no voice the source is
    the outlet itself ("our reporter said"): its own voice is right, and so are its words.
    """
    if gold.chain:
        there = [link for link in gold.chain[1:] if _shared(gold.source, (link,))]
        voices = (gold.chain[0], *there)
        return any(article.is_voice(v, found.speaker, found.speaker_actor) for v in voices)
    if found.voice == "outlet" or found.speaker in (None, NOBODY):
        return True
    return any(article.is_voice(s, found.speaker, found.speaker_actor) for s in gold.source)


def kind_of(article: Read, gold: Label) -> str:
    """How the source is written: a pronoun, the voice's fullest words, or others for it."""
    words = _plain(article.words(gold.source[0]))
    if words in PRONOUNS:
        return "pronouns"
    at_name = any(_shared((s,), gold.chain[:1]) for s in gold.source)
    return "named in place" if at_name else "named elsewhere"


def measure_part(
    part: str, *, settings: Settings, gold: bool = False, errors: list[str] | None = None
) -> dict[str, float]:
    """The share of speakers that are right, over all and by how the source is written."""
    counts: Counter[tuple[str, bool]] = Counter()
    for row in labels():
        if row.part != part or not row.article.startswith("fa-kes:"):
            continue
        article = read(row.article, row.text_sha256, settings=settings, gold=gold)
        for label, statement in pairs(row.attributions, article.resolved.statements):
            right = is_right(article, label, statement)
            counts[kind_of(article, label), right] += 1
            if not right and errors is not None:
                errors.append(_told(article, row, label, statement))
    kinds = sorted({kind for kind, _ in counts})
    total = sum(counts.values())
    right_count = sum(count for (_, right), count in counts.items() if right)
    return {
        "speaker right": right_count / total if total else 0.0,
        **{f"{k}: right": counts[k, True] / (counts[k, True] + counts[k, False]) for k in kinds},
    }


def _told(article: Read, row: Labelled, gold: Label, found: Statement) -> str:
    wanted = article.words(gold.chain[0]) if gold.chain else "(outlet)"
    a, b = gold.source[0]
    text = article.document.text
    around = " ".join(f"{text[max(0, a - 90) : a]}[{text[a:b]}]{text[b : b + 50]}".split())
    given = f"{found.speaker} ({found.voice}, {found.speaker_text})"
    return f"{row.article} {around}\n      wanted {wanted} | found {given}"


def measure() -> dict[str, float]:
    """The share of right speakers of development and gate, with the encoder that ships."""
    settings = Settings(weights="default")
    return {
        f"{part} speaker right": measure_part(part, settings=settings)["speaker right"]
        for part in PARTS
    }


def run(about: str | None, measure_part: Callable[..., dict[str, float]]) -> int:
    """A scorer's command line: measure a part, and print what is asked for."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--part", default="dev", choices=("train", *PARTS))
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--weights", choices=("default", "none"))
    parser.add_argument("--gold", action="store_true", help="with the labelled attributions")
    options = parser.parse_args()
    if not TABLE.is_file():
        print(f"FA-KES is not at {TABLE}: skipped")
        return 0
    settings = Settings(weights=options.weights) if options.weights else Settings()
    errors: list[str] | None = [] if options.errors and options.part != "gate" else None
    scores = measure_part(options.part, settings=settings, gold=options.gold, errors=errors)
    for line in sorted(errors or ()):
        print(line)
    for name, value in scores.items():
        print(f"{name:28} {100 * value:5.1f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(run(__doc__, measure_part))
