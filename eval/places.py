"""Places against GeoVirus and LGL: `python -m eval.places [--full] [--errors N]`.

Located F1 as in ../shared/scorers/README.md: 2·hits / (hits + gold + stray). A gold toponym is
hit by a place that overlaps it and lies within 161 km of it (Gritta et al. 2018); stray is a placed
span that overlaps no gold toponym of any kind. Found F1 asks for the overlap alone. A quick run
takes every third article, --full all of them.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from xml.etree import ElementTree

import msgspec

from sayso import knowledge
from sayso.annotate.parse import Parse
from sayso.annotate.places import find_places
from sayso.resolve.geography import distance_km
from sayso.resolve.places import resolve_places
from sayso.schema import Annotations, Block, Document, Place

SHARED = Path(__file__).resolve().parents[2] / "shared"
CORPORA = {"geovirus": "GeoVirus.xml", "lgl": "lgl.xml"}
NEAR_KM = 161.0
FLOORS = {"geovirus": 68.0}
SAMPLE_STEP = 3


class Toponym(msgspec.Struct, frozen=True):
    """A gold toponym; `lat` and `lon` are null where the corpus gives none."""

    start: int
    end: int
    lat: float | None
    lon: float | None


class Score(msgspec.Struct, frozen=True):
    """Counts of one corpus, with errors by kind as (words, count)."""

    articles: int
    hits: int
    gold: int
    stray: int
    found: int
    errors: dict[str, Counter[str]]

    @property
    def located_f1(self) -> float:
        """Located F1 in per cent."""
        return 200 * self.hits / max(1, self.hits + self.gold + self.stray)

    @property
    def found_f1(self) -> float:
        """F1 of finding alone, in per cent."""
        return 200 * self.found / max(1, self.found + self.gold + self.stray)

    @property
    def precision(self) -> float:
        """Located hits among hits and strays, in per cent."""
        return 100 * self.hits / max(1, self.hits + self.stray)

    @property
    def recall(self) -> float:
        """Located hits among gold toponyms, in per cent."""
        return 100 * self.hits / max(1, self.gold)


def articles(corpus: str) -> Iterator[tuple[str, tuple[Toponym, ...]]]:
    """Texts with their gold toponyms. GeoVirus counts from 1, LGL from 0."""
    root = ElementTree.parse(SHARED / "data" / "toponyms" / CORPORA[corpus]).getroot()
    for article in root:
        text = article.findtext("text") or ""
        yield text, tuple(_gold(article, corpus))


def _gold(article: ElementTree.Element, corpus: str) -> Iterator[Toponym]:
    shift = 1 if corpus == "geovirus" else 0
    for item in article.iter("location" if corpus == "geovirus" else "toponym"):
        place = item if corpus == "geovirus" else item.find("gaztag")
        lat = place.findtext("lat") if place is not None else None
        lon = place.findtext("lon") if place is not None else None
        yield Toponym(
            start=int(item.findtext("start") or 0) - shift,
            end=int(item.findtext("end") or 0) - shift,
            lat=float(lat) if lat else None,
            lon=float(lon) if lon else None,
        )


def document_of(text: str, *, source: str = "article") -> Document:
    """A document of one prose block."""
    return Document(
        source=source,
        path=source,
        text=text,
        blocks=(Block(kind="prose", start=0, end=len(text)),),
        bytes_sha256="",
        text_sha256=sha256(text.encode()).hexdigest(),
        read_at="",
        reader="eval",
    )


def places_of(text: str) -> tuple[Place, ...]:
    """The resolved places of a text."""
    known = knowledge.load(())
    document = document_of(text)
    spans = find_places(document, Parse(document), knowledge=known)
    return resolve_places(document, Annotations(places=spans), knowledge=known)


def measure() -> dict[str, float]:
    """Scores from 0 to 1 over every article, for the gate (`python -m eval places`)."""
    scores = {}
    for corpus in CORPORA:
        score = score_of(corpus, full=True)
        scores[f"{corpus} located F1"] = score.located_f1 / 100
        scores[f"{corpus} found F1"] = score.found_f1 / 100
    return scores


def score_of(corpus: str, *, full: bool = False) -> Score:
    """The score of a corpus: every article, or every third."""
    total: Counter[str] = Counter()
    errors: dict[str, Counter[str]] = {"missed": Counter(), "far": Counter(), "stray": Counter()}
    for number, (text, gold) in enumerate(articles(corpus)):
        if full or number % SAMPLE_STEP == 0:
            total["articles"] += 1
            _compare(text, gold, places_of(text), total, errors)
    return Score(
        articles=total["articles"],
        hits=total["hits"],
        gold=total["gold"],
        stray=total["stray"],
        found=total["found"],
        errors=errors,
    )


def _compare(
    text: str,
    gold: tuple[Toponym, ...],
    places: tuple[Place, ...],
    total: Counter[str],
    errors: dict[str, Counter[str]],
) -> None:
    for one in gold:
        if one.lat is None or one.lon is None:
            continue
        total["gold"] += 1
        over = [p for p in places if p.start < one.end and one.start < p.end and p.lat is not None]
        total["found"] += bool(over)
        ways = [distance_km((p.lat or 0, p.lon or 0), (one.lat, one.lon)) for p in over]
        words = text[one.start : one.end]
        if any(way <= NEAR_KM for way in ways):
            total["hits"] += 1
        elif ways:
            errors["far"][f"{words} ({min(ways):.0f} km, {over[0].gazetteer})"] += 1
        else:
            errors["missed"][words] += 1
    for place in places:
        if place.lat is None:
            continue
        if not any(place.start < one.end and one.start < place.end for one in gold):
            total["stray"] += 1
            before = text[max(0, place.start - 15) : place.start]
            after = text[place.end : place.end + 15]
            errors["stray"][f"{before}[{place.text}|{place.role}]{after}".replace("\n", " ")] += 1


def main() -> None:
    """Print the scores; exit with 1 below a floor."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--full", action="store_true", help="every article, not every third")
    options.add_argument("--errors", type=int, default=0, metavar="N", help="show N of each kind")
    chosen = options.parse_args()
    below = False
    for corpus, name in CORPORA.items():
        if not (SHARED / "data" / "toponyms" / name).is_file():
            print(f"{corpus}: skipped, no {name} in ../shared/data/toponyms")
            continue
        score = score_of(corpus, full=chosen.full)
        print(
            f"{corpus}: located F1 {score.located_f1:.1f} (P {score.precision:.1f}, "
            f"R {score.recall:.1f}), found F1 {score.found_f1:.1f}; {score.articles} articles, "
            f"{score.gold} toponyms: {sum(score.errors['missed'].values())} missed, "
            f"{sum(score.errors['far'].values())} far, {score.stray} stray"
        )
        for kind, counts in score.errors.items():
            for words, count in counts.most_common(chosen.errors):
                print(f"  {kind} {count} {words}")
        below |= score.located_f1 < FLOORS.get(corpus, 0.0)
    sys.exit(int(below))


if __name__ == "__main__":
    main()
