"""Place names: found in the gazetteer, judged by the words round them.

A name is looked up, longest first; then its neighbours say whether it is a place at all and in
which role: a spot on the map, a people ("Turkish officials"), a government ("Moscow said") or a
part of another name ("Aleppo University"). No parse is needed: spaCy's entities on top add 0.2
points of located F1 on GeoVirus and 0.8 on LGL for five times the CPU, entities alone lose 5 and 7
(every third article, November 2026).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from sayso.annotate.place_offsets import find_offsets, within_before, within_of
from sayso.annotate.place_roles import (
    CONNECTING,
    GAPS,
    LARGE_TOWN,
    Found,
    Lexicon,
    Word,
    goes_on,
    is_kept,
    is_other,
    joined,
    judge,
    key_of,
    lexicon_of,
)
from sayso.knowledge.gazetteer import MOST_WORDS, Gazetteer
from sayso.knowledge.place_keys import ARTICLES, fold, key_of_folded, place_key
from sayso.knowledge.spelling import words_of
from sayso.knowledge.towns import TRANSLITERATED
from sayso.schema import PlaceSpan

if TYPE_CHECKING:
    from sayso.annotate.parse import Parse
    from sayso.knowledge import Knowledge
    from sayso.schema import Document

METHOD = "places.rules/1"
ANNOTATED = frozenset({"headline", "dateline", "heading", "prose", "caption"})
LONGEST_WORD = 60
METROPOLIS = 1_000_000
"""Towns of that many people are known by a genitive without its apostrophe, as countries are."""
_SHORTEST_GENITIVE = 4
_INITIALS = 2
"""The most letters before a full stop inside a name: "W.Va."."""

_OWN_VOTES = {"country": 3, "province": 1, "region": 1, "city": 1, "landmark": 1}
_AFTER_SHORT = frozenset({"st", "ste", "mt", "ft", "pt"})
_ELIDED = re.compile(r"[dl]['’][A-Z]")
_SENTENCE_END = re.compile(r"[.!?:;\n\"“”•|/]")
_NAME_PARTS = ARTICLES | {"abu", "umm", "ibn"}


def find_places(document: Document, parse: Parse, *, knowledge: Knowledge) -> tuple[PlaceSpan, ...]:
    """Every place name of a document with its role, in text order; offset phrases besides.

    A phrase such as "50 kilometers west of X" is a span of its own, after the name's.
    """
    del parse
    gazetteer = knowledge.gazetteer
    lexicon = lexicon_of(knowledge)
    blocks = [
        words
        for block in document.blocks
        if block.kind in ANNOTATED
        for words in (list(_words(document.text, block.start, block.end, lexicon.titles)),)
    ]
    story = _story_countries(blocks, gazetteer)
    found = [list(_candidates(words, gazetteer, lexicon, story)) for words in blocks]
    sure = {one.key for block in found for one in block if one.sure}
    others = {
        one.key
        for block in found
        for one in block
        if one.role == "part of a name" and not one.entries
    }
    spans: list[PlaceSpan] = []
    for words, candidates in zip(blocks, found, strict=True):
        kept = [one for one in candidates if is_kept(one, sure, others)]
        spans += [_span(document.text, words, one) for one in kept]
    spans = list(_contain(document.text, spans))
    spans += find_offsets(document, spans, is_wide=lambda name: gazetteer.is_wide(place_key(name)))
    return tuple(sorted(spans, key=lambda span: (span.start, span.end)))


def _words(text: str, start: int, end: int, titles: frozenset[str]) -> Iterator[Word]:
    part = text[start:end]
    before = 0
    abbreviated = False
    for at, to, word in words_of(part):
        gap = part[before:at]
        lower = word.lower()
        yield Word(
            start=start + at,
            end=start + to,
            text=word,
            lower=lower,
            folded=fold(word, keep_case=True),
            gap=gap,
            close=gap in GAPS,
            capital=word[0].isupper() or (word[0] in "dl" and _ELIDED.match(word) is not None),
            first=before == 0
            or (
                gap != " "
                and _SENTENCE_END.search(gap) is not None
                and not (gap == ". " and abbreviated)
            ),
        )
        before = to
        abbreviated = lower in titles


def _story_countries(blocks: list[list[Word]], gazetteer: Gazetteer) -> tuple[str, ...]:
    """The countries that a document speaks of, most spoken of first, at most six."""
    votes: Counter[str] = Counter()
    for words in blocks:
        for at, word in enumerate(words):
            if not word.capital or len(word.text) > LONGEST_WORD:
                continue
            for width in (1, 2, 3):
                if at + width > len(words):
                    break
                key = key_of(words, at, at + width)
                for entry in gazetteer.demonyms.get(key, ()):
                    votes[entry.country] += 2
                for entry in gazetteer.own(key)[:1]:
                    votes[entry.country] += _OWN_VOTES.get(entry.kind, 0)
                for entry in gazetteer.large_towns(key, LARGE_TOWN)[:1]:
                    votes[entry.country] += 1
    votes.pop("", None)
    return tuple(country for country, _ in votes.most_common(6))


def _candidates(
    words: list[Word], gazetteer: Gazetteer, lexicon: Lexicon, story: tuple[str, ...]
) -> Iterator[Found]:
    at = 0
    last: Found | None = None
    while at < len(words):
        match = _longest(words, at, gazetteer, lexicon, story)
        found = judge(words, at, *match, lexicon, gazetteer, last, story) if match else None
        if found is None:
            found = _unknown(words, at, gazetteer, lexicon, story)
        if found:
            last = found
            yield found
        at = found.last if found else max(at + 1, match[0] if match else 0)


def _unknown(
    words: list[Word], at: int, gazetteer: Gazetteer, lexicon: Lexicon, story: tuple[str, ...]
) -> Found | None:
    """A name that no gazetteer holds, but the words say it is a place: "the village of X"."""
    if not (words[at].capital or goes_on(words, at)):
        return None
    if joined(words, at) and words[at - 1].capital:
        return None
    end = at + 1 if words[at].capital else at + 2
    while end < len(words) and words[end].gap in (" ", "-") and end - at < MOST_WORDS:
        if words[end].capital:
            end += 1
        elif goes_on(words, end):
            end += 2
        else:
            break
    of_kind = (
        at >= 2
        and joined(words, at)
        and words[at - 1].lower == "of"
        and words[at - 2].lower in lexicon.small_kinds
    )
    kind_after = (
        joined(words, end)
        and words[end].gap == " "
        and words[end].lower in lexicon.small_kinds
        and at > 0
        and words[at - 1].lower in lexicon.locative | {"the", "of"}
        and not words[at].first
    )
    if not (of_kind or kind_after) or any(
        is_other(word.folded, lexicon) or word.lower in lexicon.titles - _NAME_PARTS
        for word in words[at:end]
    ):
        return None
    if any(_longest(words, inner, gazetteer, lexicon, story) for inner in range(at + 1, end)):
        return None
    key = key_of(words, at, end)
    return Found(at, end, key, "literal", True, ())


def _longest(
    words: list[Word], at: int, gazetteer: Gazetteer, lexicon: Lexicon, story: tuple[str, ...]
) -> tuple[int, str] | None:
    """The end and the key of the longest name that begins at a word."""
    word = words[at]
    if not word.capital and not (
        word.lower in ARTICLES
        and word.lower != "the"
        and at + 1 < len(words)
        and words[at + 1].capital
        and words[at + 1].gap == "-"
    ):
        return None
    if word.text.isdigit() or len(word.text) > LONGEST_WORD or word.lower == "the":
        return None
    end = at + 1
    while (
        end < len(words)
        and end - at < MOST_WORDS
        and (
            words[end].close
            or (words[end].gap == ". " and words[end - 1].lower in _AFTER_SHORT)
            or (words[end].gap == "." and len(words[end - 1].text) <= _INITIALS)
        )
        and (
            words[end].capital
            or words[end].lower in CONNECTING
            or words[end].lower in lexicon.kinds
        )
        and len(words[end].text) <= LONGEST_WORD
    ):
        end += 1
    for stop in range(end, at, -1):
        if not _can_end(words[stop - 1], lexicon, alone=stop - at == 1):
            continue
        key = key_of(words, at, stop)
        if gazetteer.holds(key, story) or key in gazetteer.demonyms:
            return stop, key
    if bare := _bare_genitive(word, gazetteer):
        return at + 1, bare
    spelt = tuple(country for country in story if country in TRANSLITERATED)
    for stop in range(end, at, -1) if spelt else ():
        name = " ".join(w.text for w in words[at:stop])
        if _can_end(words[stop - 1], lexicon, alone=True) and gazetteer.spells(name, spelt):
            return stop, key_of(words, at, stop)
    return None


def _bare_genitive(word: Word, gazetteer: Gazetteer) -> str:
    """The key of a country or well-known town whose genitive lost its apostrophe: "Syrias"."""
    key = key_of_folded([word.folded])
    if len(key) <= _SHORTEST_GENITIVE or not key.endswith("s") or key.endswith("ss"):
        return ""
    stem = key[:-1]
    known = gazetteer.own(stem)[:1]
    if known and known[0].kind in ("country", "city", "region"):
        return stem
    return stem if gazetteer.large_towns(stem, METROPOLIS) else ""


def _can_end(word: Word, lexicon: Lexicon, *, alone: bool) -> bool:
    """Whether a name can end with a word: a capital, or "valley" and the like after one."""
    if word.lower in ARTICLES:
        return False
    return word.capital or (word.lower in lexicon.kinds and not alone)


def _contain(text: str, spans: list[PlaceSpan]) -> Iterator[PlaceSpan]:
    """The spans with the containers that the words give them."""
    for at, span in enumerate(spans):
        within = None
        if span.role == "literal":
            within = within_of(text, span, spans[at + 1 : at + 4])
            if within is None and at:
                within = within_before(text, spans[at - 1], span)
        yield msgspec.structs.replace(span, within=within) if within else span


def _span(text: str, words: list[Word], one: Found) -> PlaceSpan:
    start, end = words[one.first].start, words[one.last - 1].end
    name = " ".join(text[start:end].split())
    if one.last - one.first == 1 and place_key(name) == f"{one.key}s":
        name = name[:-1]
    if one.kind == "countryside" and one.role == "literal":
        name = f"{name} countryside"
    if one.kind == "province" and one.role == "literal" and words[one.last - 1].capital:
        following = words[one.last].lower if one.last < len(words) else ""
        if following not in ("region", "area", "state") or words[one.last].capital:
            name = f"{name} province"
    return PlaceSpan(
        start=start,
        end=end,
        name=name,
        role=one.role,
        method=METHOD,
    )
