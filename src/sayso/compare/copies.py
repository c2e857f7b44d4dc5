"""Copies: documents that reuse another's text, by containment of hashed runs of words.

A sampled inverted index of five-word shingles proposes pairs; a pair stands when enough shared
shingles line up in both texts. Containment, not Jaccard: a passage cut from a long text is found
(Broder 1997; measured against MinHash in docs/design).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING
from zlib import crc32

import msgspec

from sayso.compare.days import number
from sayso.compare.kept import Kept, Lazy
from sayso.compare.wording import Words
from sayso.ids import Span, record_id
from sayso.knowledge import Knowledge
from sayso.schema import Document, Evidence, Publication, Relation

if TYPE_CHECKING:
    from sayso.compare.sketches import Sketch

METHOD = "copies.shingles/1"
SHINGLE = 5
SAMPLED = 4
"""One shingle in so many, chosen by its hash, goes into the index."""

LEAST_SHARED = 16
"""Shingles in line that make a shared passage: 20 words."""

LEAST_OF_SHORT = 0.3
LEAST_IN_SHORT = 6
"""Of a short text this share of its shingles does, but never fewer than so many."""

LEAST_SAMPLED = 2
MOST_DOCUMENTS = 40
"""A shingle in more documents than this is a set phrase of the pile and not looked at."""

BOILERPLATE_DOCUMENTS = 4
BOILERPLATE_DAYS = 10
"""A shingle in so many documents that came out further apart than this is a background phrase."""

LARGEST_GAP = 15
LARGEST_SHIFT = 12
"""Words that may be put in, taken out or changed between two shared shingles of one passage."""

LEAST_RUN = 3
LEAST_LONGEST = 10
"""Shingles in the longest passage: shorter ones scattered over two texts are set phrases."""

COPY = 0.5
"""The share of a text's shingles found in another that makes the whole text a copy of it."""

BACKGROUND = 0.15
"""Less than this share of both reports of one outlet, far apart in time, is its background."""

PARAGRAPH = 0.35
"""Less than this share of both, after both leads, is an outlet's background on another day."""

_LEAD = 350
"""Characters of headline, dateline and first sentence."""

WHOLE = 0.85
_MODULUS = (1 << 61) - 1
_BASE = 1_000_003
_HEAD, _TAIL = 240, 48
"""Characters at the beginning and end of a text in which agencies are credited."""


class Overlap(msgspec.Struct, frozen=True):
    """What two documents share: spans in each, shingles, and the share of each text's own."""

    left_spans: tuple[Span, ...]
    right_spans: tuple[Span, ...]
    shared: int
    of_left: float
    of_right: float


def find_copies(
    sketches: Sequence[Sketch], words: Mapping[str, Words], kept: Kept
) -> tuple[tuple[Relation, ...], dict[str, str]]:
    """Relations "copies" (left the copy, right the original), and each copy's original by id.

    A relation stands for every pair that shares a passage; the mapping holds only documents that
    consist of another's text for the most part, and leads to the end of a chain of copies. `words`
    are asked for only where an overlap was not kept.
    """
    by_source = {sketch.source: sketch for sketch in sketches}
    days = {sketch.source: _middle(sketch.resolved.publication) for sketch in sketches}
    shingles = {sketch.source: sketch.runs() for sketch in sketches}
    dropped = _boilerplate(shingles, days)
    known = Lazy(lambda source: _Side(by_source[source], shingles[source], dropped))
    relations = []
    parents: dict[str, tuple[float, str]] = {}
    for a, b in _candidates(shingles, dropped):
        overlap = _kept_overlap(known[a], known[b], words, kept)
        if overlap is None:
            continue
        first, second = by_source[a], by_source[b]
        if _is_background(first.document, second.document, overlap, days):
            continue
        left_is_copy, why = _direction(first, second, overlap)
        if not left_is_copy:
            first, second = second, first
            overlap = Overlap(
                overlap.right_spans,
                overlap.left_spans,
                overlap.shared,
                overlap.of_right,
                overlap.of_left,
            )
        relations.append(_relation(first.document, second.document, overlap, why))
        if overlap.of_left >= COPY:
            best = parents.get(first.source)
            mine = (overlap.of_left, second.source)
            if best is None or (-mine[0], mine[1]) < (-best[0], best[1]):
                parents[first.source] = mine
    links = {copy: original for copy, (_, original) in parents.items()}
    ids = {sketch.source: sketch.document.id for sketch in sketches}
    return tuple(relations), {ids[copy]: ids[_root(copy, links)] for copy in links}


class _Side:
    """One document of a pair: its shingles, and which of them are too common to tell anything."""

    def __init__(self, sketch: Sketch, shingles: Sequence[int], dropped: frozenset[int]) -> None:
        self.source = sketch.source
        self.shingles = shingles
        self.common = bytes(shingle in dropped for shingle in shingles)
        seed = blake2b(sketch.version.encode(), digest_size=8)
        seed.update(self.common)
        self.sign = seed.hexdigest()


class _Judged(msgspec.Struct, frozen=True):
    overlap: Overlap | None


_DECODER = msgspec.msgpack.Decoder(_Judged)


def _kept_overlap(
    left: _Side, right: _Side, words: Mapping[str, Words], kept: Kept
) -> Overlap | None:
    key = f"overlap {left.sign} {right.sign}"
    found = kept.get(key, _DECODER)
    if found is None:
        found = _Judged(_overlap(left, right, words[left.source], words[right.source]))
        kept.put(key, found)
    return found.overlap


def _is_background(
    a: Document, b: Document, overlap: Overlap, days: Mapping[str, int | None]
) -> bool:
    """Whether one outlet only repeats a paragraph of background in reports of different days: a
    small share of both far apart in time, or one that stands after the lead of both.
    """
    first, second = days.get(a.source), days.get(b.source)
    if a.outlet is None or a.outlet != b.outlet or first is None or second is None:
        return False
    share, apart = max(overlap.of_left, overlap.of_right), abs(first - second)
    if share < BACKGROUND and apart > BOILERPLATE_DAYS:
        return True
    begins = min(start for start, _ in (*overlap.left_spans, *overlap.right_spans))
    return share < PARAGRAPH and apart > 0 and begins >= _LEAD


def _root(copy: str, links: Mapping[str, str]) -> str:
    seen = [copy]
    while (following := links.get(seen[-1])) is not None and following not in seen:
        seen.append(following)
    return seen[-1]


def shingles_of(words: Sequence[str]) -> list[int]:
    """The hashes of every run of `SHINGLE` words, in text order."""
    hashes = [crc32(word.encode("utf-8", "surrogatepass")) + 1 for word in words]
    power = pow(_BASE, SHINGLE, _MODULUS)
    found = []
    rolling = 0
    for at, value in enumerate(hashes):
        rolling = (rolling * _BASE + value) % _MODULUS
        if at >= SHINGLE:
            rolling = (rolling - hashes[at - SHINGLE] * power) % _MODULUS
        if at >= SHINGLE - 1:
            found.append(rolling)
    return found


def _boilerplate(
    shingles: Mapping[str, Sequence[int]], days: Mapping[str, int | None]
) -> frozenset[int]:
    """Shingles too common to tell anything: in many documents, or in several far apart in time."""
    counts: Counter[int] = Counter()
    for found in shingles.values():
        counts.update(set(found))
    common = {s for s, n in counts.items() if n >= BOILERPLATE_DOCUMENTS}
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    for source, found in shingles.items():
        day = days.get(source)
        if day is None:
            continue
        for shingle in common.intersection(found):
            first[shingle] = min(day, first.get(shingle, day))
            last[shingle] = max(day, last.get(shingle, day))
    return frozenset(
        s
        for s in common
        if counts[s] > MOST_DOCUMENTS or (s in first and last[s] - first[s] > BOILERPLATE_DAYS)
    )


def _candidates(
    shingles: Mapping[str, Sequence[int]], dropped: frozenset[int]
) -> list[tuple[str, str]]:
    index: dict[int, list[str]] = defaultdict(list)
    for source in sorted(shingles):
        for shingle in {s for s in shingles[source] if s % SAMPLED == 0} - dropped:
            index[shingle].append(source)
    pairs: Counter[tuple[str, str]] = Counter()
    for sources in index.values():
        if 1 < len(sources) <= MOST_DOCUMENTS:
            pairs.update((a, b) for n, a in enumerate(sources) for b in sources[n + 1 :])
    return sorted(pair for pair, shared in pairs.items() if shared >= LEAST_SAMPLED)


def _overlap(left: _Side, right: _Side, left_words: Words, right_words: Words) -> Overlap | None:
    where: dict[int, int] = {}
    for at, shingle in enumerate(right.shingles):
        where.setdefault(shingle, at)
    matched = [(i, where[s]) for i, s in enumerate(left.shingles) if s in where]
    runs = _runs(matched)
    telling = sum(not left.common[i] for run in runs for i, _ in run)
    shared = sum(len(run) for run in runs)
    shorter = min(len(left.shingles), len(right.shingles))
    least = min(LEAST_SHARED, max(LEAST_IN_SHORT, int(LEAST_OF_SHORT * shorter)))
    longest = max((sum(not left.common[i] for i, _ in run) for run in runs), default=0)
    if telling < least or longest < min(LEAST_LONGEST, least):
        return None
    return Overlap(
        tuple(_span(left_words, min(i for i, _ in run), max(i for i, _ in run)) for run in runs),
        tuple(
            sorted(
                _span(right_words, min(j for _, j in run), max(j for _, j in run)) for run in runs
            )
        ),
        shared,
        len({i for run in runs for i, _ in run}) / len(left.shingles),
        len({j for run in runs for _, j in run}) / len(right.shingles),
    )


def _runs(matched: Sequence[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Matches that go on in both texts together, small changes allowed for; short ones left out."""
    runs: list[list[tuple[int, int]]] = []
    for i, j in matched:
        for run in reversed(runs[-3:]):
            last_i, last_j = run[-1]
            if (
                i - last_i <= LARGEST_GAP
                and 0 < j - last_j <= LARGEST_GAP + LARGEST_SHIFT
                and abs((j - last_j) - (i - last_i)) <= LARGEST_SHIFT
            ):
                run.append((i, j))
                break
        else:
            runs.append([(i, j)])
    return [run for run in runs if len(run) >= LEAST_RUN]


def _span(words: Words, first: int, last: int) -> Span:
    return words.starts[first], words.ends[last + SHINGLE - 1]


def _middle(publication: Publication) -> int | None:
    days = [d for d in (number(publication.earliest), number(publication.latest)) if d is not None]
    return sum(days) // len(days) if days else None


def credits_of(document: Document, knowledge: Knowledge) -> frozenset[str]:
    """Names of agencies that a document credits: in its byline, at its head or at its end."""
    agencies, names = _agencies(knowledge)
    text = document.text
    found = [m.group(1) for m in agencies.finditer(text[:_HEAD])]
    found += [m.group(2) for m in agencies.finditer(text[-_TAIL:]) if m.group(2)]
    found += [form for form in names if form in (document.author or "").split()]
    return frozenset(names[form] for form in found if form)


def _credit_pattern(names: Iterable[str]) -> re.Pattern[str]:
    """An agency as in "AFP Tuesday 5 Jul", "(AFP)", "Reuters -" (group 1), or an end (group 2)."""
    forms = "|".join(re.escape(form) for form in sorted(names, key=len, reverse=True)) or "(?!)"
    return re.compile(
        rf"\b({forms})(?=\s*(?:[-–—)/]|Print\b|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\d))"
        rf"|[-–—(/:]\s*({forms})\W*$"
    )


@lru_cache(maxsize=4)
def _agencies(knowledge: Knowledge) -> tuple[re.Pattern[str], dict[str, str]]:
    """How agencies are credited, and every written form of an agency's name with its name."""
    names = {
        form: entry.name
        for entry in knowledge.actors.entries.values()
        if entry.kind == "agency"
        for text, way in entry.forms()
        if way in ("name", "acronym")
        for form in {text, text.upper()}
    }
    return _credit_pattern(names), names


def _direction(left: Sketch, right: Sketch, overlap: Overlap) -> tuple[bool, str]:
    """Whether the left is the copy, and the reason in words."""
    a, b = left.document, right.document
    for left_is_copy, copy, original in ((True, left, right), (False, right, left)):
        own = _same_name(original.document.outlet, copy.credits)
        if own and not _same_name(copy.document.outlet, copy.credits):
            return left_is_copy, f"it credits {own}"
    first, second = left.resolved.publication, right.resolved.publication
    if second.latest and first.earliest and first.earliest > second.latest:
        return True, "it came out later"
    if first.latest and second.earliest and second.earliest > first.latest:
        return False, "it came out later"
    both = sorted({*left.credits} & {*right.credits})
    if bool(left.credits) != bool(right.credits) and a.outlet != b.outlet:
        name = min((*left.credits, *right.credits))
        return bool(left.credits), f"it credits {name}, which both texts may be"
    if overlap.of_left >= WHOLE and overlap.of_right < overlap.of_left - 0.15:
        return True, "all of it stands in the longer text"
    if overlap.of_right >= WHOLE and overlap.of_left < overlap.of_right - 0.15:
        return False, "all of it stands in the longer text"
    unknown = "which of the two came first is not known"
    return b.source < a.source, f"both credit {both[0]}; {unknown}" if both else unknown


def _same_name(outlet: str | None, names: Sequence[str]) -> str | None:
    plain = (outlet or "").casefold()
    return next((n for n in sorted(names) if plain and plain in (n.casefold(),)), None)


def _relation(copy: Document, original: Document, overlap: Overlap, why: str) -> Relation:
    left, right = copy.id, original.id
    spans = (*overlap.left_spans,)
    return Relation(
        id=record_id(copy.source, copy.text_sha256, f"copies {right}", spans),
        evidence=(
            *(Evidence(document=copy.source, start=a, end=b) for a, b in overlap.left_spans),
            *(Evidence(document=original.source, start=a, end=b) for a, b in overlap.right_spans),
        ),
        method=METHOD,
        kind="copies",
        left=left,
        right=right,
        reason=f"{_how(overlap)}; {why}",
    )


def _how(overlap: Overlap) -> str:
    percent = round(100 * overlap.of_left)
    if overlap.of_left >= WHOLE and overlap.of_right >= WHOLE:
        return f"the whole text again ({percent} % of its runs of words)"
    if overlap.of_left >= WHOLE:
        return f"a shortened reprint: {percent} % of it stands in the other text"
    if overlap.of_right >= WHOLE:
        return "holds nearly all of the other text beside words of its own"
    if overlap.of_left >= COPY:
        return f"mostly the other's text: {percent} % of its runs of words"
    return f"shares passages with it: {percent} % of its runs of words"
