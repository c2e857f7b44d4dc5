"""Place names: found in the gazetteer, judged by the words round them.

A name is looked up, longest first; then its neighbours say whether it is a place at all and in
which role: a spot on the map, a people ("Turkish officials"), a government ("Moscow said") or a
part of another name ("Aleppo University"). No parse is needed: with spaCy's entities on top the
scores on GeoVirus and LGL are no better (measured: `python -m eval.places --entities`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from sayso.annotate.place_offsets import find_offsets, within_before, within_of
from sayso.knowledge.gazetteer import (
    ARTICLES,
    MOST_WORDS,
    TRANSLITERATED,
    WIDE_KINDS,
    Entry,
    Gazetteer,
    fold,
    key_of_words,
    place_key,
)
from sayso.knowledge.spelling import words_of
from sayso.schema import PlaceRole, PlaceSpan

if TYPE_CHECKING:
    from sayso.annotate.parse import Parse
    from sayso.config import Settings
    from sayso.knowledge import Knowledge
    from sayso.schema import Document

METHOD = "places.rules/1"
ANNOTATED = frozenset({"headline", "dateline", "heading", "prose", "caption"})
LARGE_TOWN = 100_000
"""Towns of that many people are taken without a word that says "here is a place"."""

LONGEST_WORD = 60
_INITIALS = 2
"""The most letters before a full stop inside a name: "W.Va."."""

_ABBREVIATION = 5
"""The most letters of an abbreviated province ("Tenn", "w va"), which must follow a comma."""
_GAP = re.compile(r"[ \u00a0\-‐‑]|'|’")
_OWN_VOTES = {"country": 3, "province": 1, "region": 1, "city": 1, "landmark": 1}
_GROUP_LANDS = ("iraq", "levant", "syria", "sham")
_AFTER_SHORT = frozenset({"st", "ste", "mt", "ft", "pt"})
_SENTENCE_END = re.compile(r"[.!?:;\n\"“”•|/]")
_CONNECTING = frozenset("of the and upon on de du la le i in for".split()) | ARTICLES


class Word(msgspec.Struct, frozen=True, gc=False):
    """A word of the working text; `gap` stands before it, `first` opens a sentence or quotation."""

    start: int
    end: int
    text: str
    lower: str
    gap: str
    capital: bool
    first: bool


class Lexicon(msgspec.Struct, frozen=True):
    """The word lists of knowledge/place_words.yaml."""

    locative: frozenset[str]
    kinds: dict[str, str]
    name_heads: frozenset[str]
    office_heads: frozenset[str]
    office_titles: frozenset[str]
    tails: frozenset[str]
    titles: frozenset[str]
    given_names: frozenset[str]
    local_nouns: frozenset[str]
    tied: frozenset[str]
    acronyms: frozenset[str]
    run_breaks: frozenset[str]
    neutral_after: frozenset[str]
    agency_verbs: frozenset[str]
    auxiliaries: frozenset[str]
    agency_before: frozenset[str]
    agency_nouns: frozenset[str]
    agency_possessed: frozenset[str]
    mouths: frozenset[str]
    not_places: frozenset[str]
    not_place_phrases: frozenset[str]
    small_kinds: frozenset[str]


class Found(msgspec.Struct, frozen=True):
    """A candidate: words `first` to `last` (half-open) of a block, and how sure it is."""

    first: int
    last: int
    key: str
    role: PlaceRole
    sure: bool
    entries: tuple[Entry, ...]
    kind: str = ""
    placed: bool = False


def find_places(
    document: Document, parse: Parse, *, settings: Settings, knowledge: Knowledge
) -> tuple[PlaceSpan, ...]:
    """Every place name of a document with its role, in text order; offset phrases besides.

    A phrase such as "50 kilometers west of X" is a span of its own, after the name's.
    """
    del parse, settings
    gazetteer = knowledge.gazetteer
    lexicon = _lexicon(knowledge)
    blocks = [
        words
        for block in document.blocks
        if block.kind in ANNOTATED
        for words in (list(_words(document.text, block.start, block.end, lexicon.titles)),)
    ]
    story = _story_countries(blocks, gazetteer)
    found = [list(_candidates(words, gazetteer, lexicon, story)) for words in blocks]
    sure = {one.key for block in found for one in block if one.sure}
    others = {one.key for block in found for one in block if one.role == "part of a name" and not one.entries}
    spans: list[PlaceSpan] = []
    for words, candidates in zip(blocks, found, strict=True):
        kept = [one for one in candidates if _is_kept(one, sure, others)]
        spans += [_span(document.text, words, one) for one in kept]
    spans = list(_contain(document.text, spans))
    spans += find_offsets(document, spans)
    return tuple(sorted(spans, key=lambda span: (span.start, span.end)))


def _is_kept(one: Found, sure: set[str], others: set[str]) -> bool:
    """Whether a candidate is taken: by its own words, or by those of another of its name.

    A name that the document also gives to a person is taken only where the words place it.
    """
    if not one.entries:
        return one.role == "literal"
    if one.key in others and not one.entries[0].kind == "country":
        return one.placed
    return one.sure or one.key in sure


def _titled(words: list[Word], at: int, lexicon: Lexicon) -> bool:
    """Whether a title or its abbreviation stands before: "Mr. X", "President X"."""
    if at == 0:
        return False
    before = words[at - 1]
    return before.capital and before.lower in lexicon.titles and words[at].gap in (" ", ". ")


def _lexicon(knowledge: Knowledge) -> Lexicon:
    return _read_lexicon(knowledge.folders, id(knowledge), knowledge)


@cache
def _read_lexicon(folders: tuple[str, ...], _: int, knowledge: Knowledge) -> Lexicon:
    lists = knowledge.lexicon("place_words")
    phrases = frozenset(lists["not_place_phrases"])
    return Lexicon(
        kinds=lists["kinds"],
        not_place_phrases=phrases,
        **{
            name: frozenset(str(lists[name]).split())
            for name in Lexicon.__struct_fields__
            if name not in ("kinds", "not_place_phrases")
        },
    )


def _words(text: str, start: int, end: int, titles: frozenset[str]) -> Iterator[Word]:
    part = text[start:end]
    before = 0
    abbreviated = False
    for at, to, word in words_of(part):
        gap = part[before:at]
        yield Word(
            start=start + at,
            end=start + to,
            text=word,
            lower=word.lower(),
            gap=gap,
            capital=word[:1].isupper(),
            first=before == 0
            or (_SENTENCE_END.search(gap) is not None and not (gap == ". " and abbreviated)),
        )
        before = to
        abbreviated = word.lower() in titles


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
                key = key_of_words(w.text for w in words[at : at + width])
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
        if match is None:
            unknown = _unknown(words, at, lexicon)
            if unknown and any(
                _longest(words, inner, gazetteer, lexicon, story)
                for inner in range(at + 1, unknown.last)
            ):
                unknown = None
            if unknown:
                yield unknown
            at = unknown.last if unknown else at + 1
            continue
        found = _judge(words, at, *match, lexicon, gazetteer, last, story)
        at = match[0] if found or match[0] - at > 1 else at + 1
        if found:
            last = found
            yield found


def _unknown(words: list[Word], at: int, lexicon: Lexicon) -> Found | None:
    """A name that no gazetteer holds, but the words say it is a place: "the village of X"."""
    if not (words[at].capital or _goes_on(words, at)) or _joined(words, at) and words[at - 1].capital:
        return None
    end = at + 1 if words[at].capital else at + 2
    while end < len(words) and words[end].gap in (" ", "-") and end - at < MOST_WORDS:
        if words[end].capital:
            end += 1
        elif _goes_on(words, end):
            end += 2
        else:
            break
    of_kind = (
        at >= 2
        and _joined(words, at)
        and words[at - 1].lower == "of"
        and words[at - 2].lower in lexicon.small_kinds
    )
    kind_after = (
        _joined(words, end)
        and words[end].gap == " "
        and words[end].lower in lexicon.small_kinds
        and at > 0
        and words[at - 1].lower in lexicon.locative | {"the", "of"}
        and not words[at].first
    )
    if not (of_kind or kind_after) or any(
        _is_other(fold(word.text, keep_case=True), lexicon) or word.lower in lexicon.titles - ARTICLES - {"abu", "umm", "ibn"}
        for word in words[at:end]
    ):
        return None
    key = key_of_words(word.text for word in words[at:end])
    return Found(at, end, key, "literal", True, (), "")


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
            _GAP.fullmatch(words[end].gap)
            or (words[end].gap == ". " and words[end - 1].lower in _AFTER_SHORT)
            or (words[end].gap == "." and len(words[end - 1].text) <= _INITIALS)
        )
        and (
            words[end].capital
            or words[end].lower in _CONNECTING
            or words[end].lower in lexicon.kinds
        )
        and len(words[end].text) <= LONGEST_WORD
    ):
        end += 1
    for stop in range(end, at, -1):
        if not _can_end(words[stop - 1], lexicon, alone=stop - at == 1):
            continue
        key = key_of_words(w.text for w in words[at:stop])
        if gazetteer.holds(key, story) or key in gazetteer.demonyms:
            return stop, key
    spelt = tuple(country for country in story if country in TRANSLITERATED)
    for stop in range(end, at, -1) if spelt else ():
        name = " ".join(w.text for w in words[at:stop])
        if _can_end(words[stop - 1], lexicon, alone=True) and gazetteer.spells(name, spelt):
            return stop, key_of_words(w.text for w in words[at:stop])
    return None


def _can_end(word: Word, lexicon: Lexicon, *, alone: bool) -> bool:
    """Whether a name can end with a word: a capital, or "valley" and the like after one."""
    if word.lower in ARTICLES:
        return False
    return word.capital or (word.lower in lexicon.kinds and not alone)


def _joined(words: list[Word], at: int) -> bool:
    """Whether a word follows the one before it with no more than a space or hyphen between."""
    return 0 < at < len(words) and _GAP.fullmatch(words[at].gap) is not None


def _judge(
    words: list[Word],
    at: int,
    end: int,
    key: str,
    lexicon: Lexicon,
    gazetteer: Gazetteer,
    last: Found | None,
    story: tuple[str, ...],
) -> Found | None:
    """What a name is in its surroundings; None where it is no place."""
    before = _before_article(words, at)
    after = words[end] if _joined(words, end) else None
    name = " ".join(word.text for word in words[at:end])
    entries = gazetteer.look_up_key(key, name=name, countries=story)
    if key in gazetteer.demonyms and not (entries and entries[0].kind in WIDE_KINDS):
        role: PlaceRole = "demonym"
        if before and before.capital and not before.first and end - at == 1:
            if before.lower == "native" or not (
                before.lower in lexicon.titles or _expected(before, lexicon, gazetteer)
            ):
                return Found(at, end, key, "part of a name", False, ())
        if _part_of_name(words, at, end, lexicon, gazetteer, demonym=True):
            role = "part of a name"
        return Found(at, end, key, role, True, gazetteer.demonyms[key])
    single = end - at == 1
    if (single and _is_other(key, lexicon)) or key in lexicon.not_place_phrases:
        return None
    if single and (words[at].text in lexicon.acronyms or _goes_on(words, end)):
        return None
    if _part_of_name(words, at, end, lexicon, gazetteer, demonym=False):
        known = bool(entries) and (
            entries[0].kind != "town" or entries[0].population >= LARGE_TOWN
        )
        return Found(at, end, key, "part of a name", True, entries) if known else None
    wide = bool(entries) and entries[0].kind in WIDE_KINDS
    own = any(
        one.id.startswith("user:") or
        one.kind in ("landmark", "square", "city")
        or (one.kind != "town" and one.country in (*story, ""))
        or (one.kind == "town" and one.country in story and key in gazetteer.own_keys)
        for one in entries[:1]
    )
    country = bool(entries) and entries[0].kind == "country"
    if _abbreviated(key, entries) and words[at].gap != ", ":
        return None
    if _titled(words, at, lexicon) and not country:
        return Found(at, end, key, "part of a name", False, ())
    odd_before = (
        before is not None
        and before.capital
        and not before.first
        and before.gap is not None
        and not _expected(before, lexicon, gazetteer)
    )
    odd_after = (
        after is not None
        and after.capital
        and words[end].gap == " "
        and not _expected(after, lexicon, gazetteer)
        and not (after.lower in lexicon.neutral_after)
    )
    if odd_before or (odd_after and (not wide or key in lexicon.given_names)):
        return Found(at, end, key, "part of a name", False, ())
    kind = _kind(words, at, end, lexicon)
    local = end < len(words) and words[end].gap in (" ", "-") and words[end].lower in lexicon.local_nouns
    strong = wide or own or any(entry.population >= LARGE_TOWN for entry in entries[:1])
    placed = (
        (before is not None and before.lower in lexicon.locative and not words[at].first)
        or bool(kind)
        or (local and not words[at].lower in lexicon.given_names)
        or _contained(words, end, gazetteer)
        or _listed(words, at, last)
        or (not single and bool(entries) and entries[0].population >= 15_000)
    )
    role = "literal"
    if entries and _agent(words, at, end, entries, lexicon, gazetteer):
        role = "metonym"
    return Found(at, end, key, role, strong or placed, entries, kind, placed)


def _goes_on(words: list[Word], end: int) -> bool:
    """Whether an Arabic name goes on behind what was matched: "Bab" of "Bab al-Nasr"."""
    return (
        end + 1 < len(words)
        and words[end].gap == " "
        and words[end].text in ARTICLES
        and words[end].text != "the"
        and words[end + 1].gap == "-"
        and words[end + 1].capital
    )


def _abbreviated(key: str, entries: tuple[Entry, ...]) -> bool:
    """Whether a name is a province's abbreviation: "Tenn", "W.Va."."""
    return (
        len(key) <= _ABBREVIATION
        and bool(entries)
        and entries[0].kind == "province"
        and key.lower() != place_key(entries[0].name).lower()
        and key not in ("NSW",)
    )


def _is_other(key: str, lexicon: Lexicon) -> bool:
    """Whether a word that is also a town's name is nearly always something else."""
    if len(key) == 1 or key in lexicon.not_places:
        return True
    return len(key) <= 3 and not key.isupper() and key.lower() in lexicon.not_places


def _before_article(words: list[Word], at: int) -> Word | None:
    """The word before a name, an Arabic article between them passed over."""
    if not _joined(words, at):
        return None
    if at > 1 and words[at - 1].text in ARTICLES - {"the"} and _joined(words, at - 1):
        return words[at - 2]
    return words[at - 1]


def _expected(word: Word, lexicon: Lexicon, gazetteer: Gazetteer) -> bool:
    """Whether a capitalised neighbour is nothing that speaks against a place."""
    lower = word.lower
    key = key_of_words([word.text])
    return (
        lower in lexicon.locative
        or lower in lexicon.kinds
        or lower in lexicon.neutral_after
        or lower in lexicon.office_heads
        or lower in _CONNECTING
        or key in gazetteer.demonyms
        or gazetteer.is_wide(key)
    )


def _part_of_name(
    words: list[Word],
    at: int,
    end: int,
    lexicon: Lexicon,
    gazetteer: Gazetteer,
    *,
    demonym: bool,
) -> bool:
    """Whether the place belongs to the name of something else: "Free Syrian Army"."""
    exempt = lexicon.office_heads if demonym else lexicon.office_titles
    if end < len(words) and words[end].gap == "$":
        return True
    if end < len(words) and words[end].gap == "-" and words[end].lower in lexicon.tied:
        return False
    if _in_group_name(words, at):
        return True
    if [w.lower for w in words[end : end + 2]] == ["news", "agency"]:
        return True
    if _joined(words, end) and words[end].lower in lexicon.tails:
        return True
    head = ""
    stop = end
    while (
        stop - end < 4
        and _joined(words, stop)
        and words[stop].capital
        and words[stop].gap in (" ", "-", "\u00a0")
        and words[stop - 1].end + 1 == words[stop].start
    ):
        head = words[stop].lower
        if head in lexicon.name_heads and head not in exempt:
            return True
        if head in lexicon.run_breaks:
            break
        stop += 1
    if (
        at >= 2
        and words[at - 1].lower == "of"
        and _joined(words, at)
        and _joined(words, at - 1)
        and words[at - 2].capital
        and words[at - 2].lower in lexicon.name_heads
        and words[at - 2].lower not in lexicon.office_titles
    ):
        return True
    if not demonym or not _joined(words, at):
        return False
    before = words[at - 1]
    return (
        before.capital
        and not before.first
        and head in lexicon.name_heads
        and not _expected(before, lexicon, gazetteer)
    )


def _in_group_name(words: list[Word], at: int) -> bool:
    """Whether a name is half of a group's: "Islamic State in Iraq and the Levant"."""
    here = words[at].lower
    if here not in _GROUP_LANDS:
        return False
    recent = [word.lower for word in words[max(0, at - 7) : at]]
    paired = words[at + 1 : at + 2] and words[at + 1].lower == "and"
    while recent and recent[-1] in ("the", "and", *_GROUP_LANDS):
        paired = paired or recent[-1] == "and"
        recent.pop()
    return bool(paired) and recent[-3:] in (
        ["islamic", "state", "in"],
        ["islamic", "state", "of"],
    )


def _kind(words: list[Word], at: int, end: int, lexicon: Lexicon) -> str:
    """The kind of place that the words next to a name say: "province of X", "X airport"."""
    if _joined(words, end) and words[end].lower in lexicon.kinds and words[end].gap == " ":
        return lexicon.kinds[words[end].lower]
    if _joined(words, at) and words[at - 1].lower in lexicon.kinds:
        return lexicon.kinds[words[at - 1].lower]
    if (
        at >= 2
        and _joined(words, at)
        and words[at - 1].lower == "of"
        and words[at - 2].lower in lexicon.kinds
    ):
        return lexicon.kinds[words[at - 2].lower]
    return ""


def _contained(words: list[Word], end: int, gazetteer: Gazetteer) -> bool:
    """Whether a comma and a country or province follow: "X, Texas"."""
    if end >= len(words) or words[end].gap != ", " or not words[end].capital:
        return False
    return any(
        gazetteer.is_wide(key_of_words(w.text for w in words[end : end + width]))
        for width in (1, 2, 3)
    )


def _listed(words: list[Word], at: int, last: Found | None) -> bool:
    """Whether a name goes on a list of places: "X, Y and Z"."""
    if last is None or not last.sure or last.role != "literal":
        return False
    if last.last == at:
        return words[at].gap == ", "
    return last.last == at - 1 and words[at - 1].lower == "and" and words[at].gap == " "


def _agent(
    words: list[Word],
    at: int,
    end: int,
    entries: tuple[Entry, ...],
    lexicon: Lexicon,
    gazetteer: Gazetteer,
) -> bool:
    """Whether a country or capital stands for its government."""
    first = entries[0]
    capital = gazetteer.is_capital(first)
    landmark = first.kind == "landmark"
    if first.kind != "country" and not capital and not landmark:
        return False
    before = words[at - 1] if _joined(words, at) else None
    if before is not None and before.lower in lexicon.locative and before.lower not in (
        "to",
        "between",
    ):
        return False
    if end < len(words) and words[end].gap == " ":
        nxt = words[end]
        if nxt.lower in lexicon.agency_verbs and not (before and before.lower in ("of",)):
            return True
        if nxt.lower in lexicon.auxiliaries:
            follow = words[end + 1 : end + 4]
            return any(w.lower in lexicon.agency_verbs for w in follow if not w.first)
        if (capital or landmark) and nxt.lower in lexicon.mouths:
            return True
        if nxt.lower.endswith("ly") and end + 1 < len(words):
            return words[end + 1].lower in lexicon.agency_verbs
    if end < len(words) and words[end].gap in ("'s ", "’s ") and capital:
        return any(w.lower in lexicon.agency_possessed for w in words[end : end + 2])
    if before is None or before.lower not in lexicon.agency_before:
        return False
    recent = [w.lower for w in words[max(0, at - 5) : at - 1]]
    if before.lower in ("by", "with", "against", "on", "to", "between"):
        return any(word in lexicon.agency_nouns for word in recent[-2:])
    return True


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
