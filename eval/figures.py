"""Figures in reports on conflict: `python -m eval.figures [--part dev] [--errors N]`.

The set is `eval/figures.jsonl`: 48 FA-KES articles, offsets and values, labelled by
docs/codebook.md before sayso was run on them. A figure is found where one of sayso's overlaps it;
then its value, its bound, what it counts (with what befell that) and its voice are compared. A
figure is all right when the four are. The gate's third is counted; its errors are never printed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from eval.speakers import Read, read, run
from sayso.config import Settings
from sayso.ids import Span
from sayso.resolve.speakers import NOBODY
from sayso.schema import Figure

LABELS = Path(__file__).with_name("figures.jsonl")
PARTS = ("dev", "gate")
FIELDS = ("value", "bound", "what", "voice")
NEAR = 0.01
"""How far a measured value may be off, as a share of it: units are converted with rounding."""

_PEOPLE = frozenset(
    [
        "people",
        "person",
        "persons",
        "other",
        "others",
        "one",
        "ones",
        "more",
        "dead",
        "killed",
        "wounded",
        "injured",
        "victims",
        "victim",
        "casualties",
        "lives",
    ]
)
_WORD = re.compile(r"\w+")


class Label(msgspec.Struct, frozen=True, omit_defaults=True):
    """A labelled figure. `voice` is null for the outlet's own word and for nobody's; `teller` then
    holds the words of a source that is the outlet itself ("our reporter said").
    """

    span: Span
    value: float | None
    low: float | None
    high: float | None
    bound: str
    of: Span | None
    effect: str | None
    voice: Span | None
    part_of: int | None
    teller: tuple[Span, ...] = ()
    optional: bool = False


class Labelled(msgspec.Struct, frozen=True):
    """The labels of an article, by its id."""

    article: str
    text_sha256: str
    part: str
    figures: tuple[Label, ...]


def labels(part: str) -> Iterator[Labelled]:
    """The labelled articles of a part."""
    for line in LABELS.read_text("utf-8").splitlines():
        row = msgspec.json.decode(line, type=Labelled)
        if row.part == part:
            yield row


def matched(gold: Iterable[Label], found: Iterable[Figure]) -> list[tuple[int, int]]:
    """Pairs of overlapping figures (by number), each in one pair, the longest overlaps first."""
    overlaps = sorted(
        (
            (-(min(g.span[1], f.end) - max(g.span[0], f.start)), i, j)
            for i, g in enumerate(gold)
            for j, f in enumerate(tuple(found))
            if g.span[0] < f.end and f.start < g.span[1]
        ),
    )
    pairs: dict[int, int] = {}
    for _, i, j in overlaps:
        if i not in pairs and j not in pairs.values():
            pairs[i] = j
    return sorted(pairs.items())


def wrong_fields(article: Read, gold: Label, found: Figure, others: Iterable[Label]) -> list[str]:
    """Which of value, bound, what and voice a found figure has not as labelled."""
    right = {
        "value": _same_value(gold, found),
        "bound": gold.bound == found.bound,
        "what": gold.effect == found.effect and _same_noun(article, gold, found, others),
        "voice": _same_voice(article, gold, found),
    }
    return [field for field in FIELDS if not right[field]]


def _same_value(gold: Label, found: Figure) -> bool:
    """Values agree; of an order ("dozens") the least that it can mean does."""
    wanted, given = (gold.value, found.value) if gold.value is not None else (gold.low, found.low)
    if found.value is not None and gold.value is None:
        return False
    return wanted is not None and given is not None and abs(wanted - given) <= NEAR * abs(wanted)


def _same_noun(article: Read, gold: Label, found: Figure, others: Iterable[Label]) -> bool:
    """Whether the core of what is labelled is in what was found. Where the words say no more than
    that people are meant, what the list named before is as good as nothing.
    """
    wanted = _WORD.findall(article.words(gold.of).lower())
    given = _WORD.findall((found.of or "").lower())
    if not wanted or wanted[-1] in _PEOPLE:
        told = {w for other in others for w in _WORD.findall(article.words(other.of).lower())[-1:]}
        return not given or given[-1] in _PEOPLE or given[-1] in told
    return wanted[-1] in given


def _same_voice(article: Read, gold: Label, found: Figure) -> bool:
    if gold.voice is not None:
        return article.is_voice(gold.voice, found.speaker, found.speaker_actor)
    if found.voice == "outlet" or found.speaker in (None, NOBODY):
        return True
    return any(article.is_voice(t, found.speaker, found.speaker_actor) for t in gold.teller)


def measure_part(
    part: str, *, settings: Settings, gold: bool = False, errors: list[str] | None = None
) -> dict[str, float]:
    """Precision and recall of finding; of those found the share with each field right; and of all
    labelled and of all found the share with every field right. Errors are appended to `errors`.
    """
    counts: Counter[str] = Counter()
    for row in labels(part):
        article = read(row.article, row.text_sha256, settings=settings, gold=gold)
        found = article.resolved.figures
        pairs = matched(row.figures, found)
        must = {i for i, label in enumerate(row.figures) if not label.optional}
        spare = {j for i, j in pairs if i not in must}
        counts["gold"] += len(must)
        counts["found"] += len(found) - len(spare)
        at = {figure.id: j for j, figure in enumerate(found)}
        partner = dict(pairs)
        told: list[tuple[str, Label | None, Figure | None]] = []
        for i in sorted(must):
            label = row.figures[i]
            if i not in partner:
                told.append(("missed", label, None))
                continue
            figure = found[partner[i]]
            counts["hit"] += 1
            wrong = wrong_fields(article, label, figure, row.figures)
            counts.update(field for field in FIELDS if field not in wrong)
            counts["right"] += not wrong
            whole = partner.get(label.part_of) if label.part_of is not None else None
            counts["whole"] += (at[figure.part_of] if figure.part_of else None) == whole
            told += [(kind, label, figure) for kind in wrong]
        used = set(partner.values())
        told += [("invented", None, f) for j, f in enumerate(found) if j not in used]
        if errors is not None:
            errors += [_told(article, kind, label, f) for kind, label, f in told]
    return _scores(counts)


def _scores(counts: Counter[str]) -> dict[str, float]:
    def share(part: str, whole: str) -> float:
        return counts[part] / counts[whole] if counts[whole] else 0.0

    return {
        "precision": share("hit", "found"),
        "recall": share("hit", "gold"),
        **{f"{field} right": share(field, "hit") for field in FIELDS},
        "part of right": share("whole", "hit"),
        "all right, of labelled": share("right", "gold"),
        "all right, of found": share("right", "found"),
    }


def _told(article: Read, kind: str, gold: Label | None, found: Figure | None) -> str:
    start, end = gold.span if gold else (found.start, found.end) if found else (0, 0)
    text = article.document.text
    place = f"{text[max(0, start - 60) : start]}[{text[start:end]}]{text[end : end + 60]}"
    wanted = given = ""
    if gold:
        wanted = (
            f"{gold.value or gold.low} {gold.bound} | {article.words(gold.of)} | {gold.effect} "
            f"| {article.words(gold.voice)}"
        )
    if found:
        given = (
            f"{found.value or found.low} {found.bound} | {found.of} | {found.effect} "
            f"| {found.speaker}"
        )
    line = (
        f"{kind:8} {article.document.source}: {place}\n      wanted {wanted}\n      found  {given}"
    )
    return line.replace("\n\n", " / ")


def measure() -> dict[str, float]:
    """The scores of development and gate, with the encoder that ships."""
    settings = Settings(weights="default")
    return {
        f"{part} {name}": value
        for part in PARTS
        for name, value in measure_part(part, settings=settings).items()
    }


if __name__ == "__main__":
    raise SystemExit(run(__doc__, measure_part))
