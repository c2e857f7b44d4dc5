"""What plainer ways give on the same labels: `python -m bench.baselines`.

Matters: articles of one day that name one place first; articles within three days whose TF-IDF
vectors are near (the best of several thresholds, chosen on the labels themselves). Copies: Jaccard
of five-word shingles of at least .5, which is what MinHash estimates (Broder 1997).
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from eval.copies import TABLE, recall, variants
from eval.matters import b_cubed, compared, labels, score

from sayso.compare.wording import Rarity, likeness
from sayso.schema import Document, Resolved

DAYS = 3
THRESHOLDS = (0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6)
JACCARD = 0.5
SHINGLE = 5
_WORD = re.compile(r"\w+")


def day_and_place(resolved: Sequence[Resolved]) -> dict[str, str]:
    """Articles by the day they came out and the first place below a country that they name."""
    found = {}
    for item in resolved:
        near = [p for p in item.places if p.role == "literal" and (p.radius_km or 0) < 150]
        first = min(near, key=lambda p: p.start).name if near else item.document
        found[item.document] = f"{item.publication.latest} {first}"
    return found


def by_wording(
    documents: Sequence[Document], resolved: Sequence[Resolved], threshold: float
) -> dict[str, str]:
    """Articles joined (single linkage) where their TF-IDF vectors' cosine reaches a threshold."""
    days = {r.document: _ordinal(r.publication.latest) for r in resolved}
    words = [_words(d.text) for d in documents]
    rarity = Rarity(words)
    vectors = [rarity.vector(Counter(x for x in w if len(x) > 1)) for w in words]
    over = list(range(len(documents)))

    def root(n: int) -> int:
        while over[n] != n:
            n = over[n]
        return n

    order = sorted(range(len(documents)), key=lambda n: days[documents[n].source])
    for at, a in enumerate(order):
        for b in order[at + 1 :]:
            if days[documents[b].source] - days[documents[a].source] > DAYS:
                break
            if likeness(vectors[a], vectors[b]) >= threshold:
                over[root(a)] = root(b)
    return {d.source: str(root(n)) for n, d in enumerate(documents)}


def _ordinal(day: str | None) -> int:
    return date.fromisoformat(day).toordinal() if day else 0


def _words(text: str) -> list[str]:
    return [match.group().casefold() for match in _WORD.finditer(text)]


def jaccard_recall() -> dict[str, float]:
    """Recall of variants by Jaccard of shingles."""
    whole, made = variants()
    shingles: Mapping[str, set[tuple[str, ...]]] = {
        d.source: _shingles(d.text) for d in (*whole, *(v for _, v, _ in made))
    }

    def near(variant: Document, source: str) -> bool:
        a, b = shingles[variant.source], shingles[source]
        return len(a & b) >= JACCARD * len(a | b)

    return recall(made, near)


def _shingles(text: str) -> set[tuple[str, ...]]:
    words = _words(text)
    return {tuple(words[n : n + SHINGLE]) for n in range(len(words) - SHINGLE + 1)}


def main() -> int:
    if not TABLE.is_file():
        print("FA-KES (../shared) is absent: nothing is measured")
        return 0
    documents, resolved, found = compared()
    gold = labels()
    print("matters: B-cubed precision, recall, F1")
    ours = score(found)
    print(f"  sayso: {ours['precision']:.3f}, {ours['recall']:.3f}, {ours['f1']:.3f}")
    print(f"  same day, same place: {_told(b_cubed(day_and_place(resolved), gold))}")
    tried = {t: b_cubed(by_wording(documents, resolved, t), gold) for t in THRESHOLDS}
    best = max(tried, key=lambda t: tried[t][2])
    print(f"  TF-IDF within {DAYS} days, cosine {best}: {_told(tried[best])}")
    told = ", ".join(f"{name} {value:.3f}" for name, value in jaccard_recall().items())
    print(f"copies: recall by Jaccard of {JACCARD}: {told}")
    return 0


def _told(scores: tuple[float, float, float]) -> str:
    return ", ".join(f"{score:.3f}" for score in scores)


if __name__ == "__main__":
    sys.exit(main())
