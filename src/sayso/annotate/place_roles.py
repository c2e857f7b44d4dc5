"""What a name is in its surroundings: a place or not, and in which role."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import msgspec

from sayso.knowledge.gazetteer import WIDE_KINDS, Entry, Gazetteer
from sayso.knowledge.place_keys import ARTICLES, key_of_folded, place_key

if TYPE_CHECKING:
    from sayso.knowledge import Knowledge
    from sayso.schema import PlaceRole

LARGE_TOWN = 100_000
"""Towns of that many people are taken without a word that says "here is a place"."""

_ABBREVIATION = 5
"""The most letters of an abbreviated province ("Tenn", "w va"), which must follow a comma."""

_SHORTEST_GENITIVE = 4
"""Letters of a country's name, at least, whose genitive may have lost its apostrophe."""

GAPS = frozenset(" \u00a0-‐‑'’")
"""What may stand between two words of one name."""

CONNECTING = ARTICLES | {"of", "and", "upon", "on", "de", "du", "la", "le", "i", "in", "for"}
"""Words that may stand inside a name."""

_GROUP_LANDS = ("iraq", "levant", "syria", "sham")


class Word(msgspec.Struct, frozen=True, gc=False):
    """A word of the working text; `gap` stands before it, `first` opens a sentence or quotation.

    `folded` is the word without accents, `close` says that no more than a space or hyphen parts it
    from the word before it.
    """

    start: int
    end: int
    text: str
    lower: str
    folded: str
    gap: str
    capital: bool
    first: bool
    close: bool


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
    first_names: frozenset[str]
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


@cache
def lexicon_of(knowledge: Knowledge) -> Lexicon:
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


def joined(words: list[Word], at: int) -> bool:
    """Whether a word follows the one before it with no more than a space or hyphen between."""
    return 0 < at < len(words) and words[at].close


def key_of(words: list[Word], at: int, end: int) -> str:
    """`key_of_words` of a run of words."""
    return key_of_folded([word.folded for word in words[at:end]])


def judge(
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
    after = words[end] if joined(words, end) else None
    name = " ".join(word.text for word in words[at:end])
    entries = gazetteer.look_up_key(key, name=name, countries=story)
    if key in gazetteer.demonyms and not (entries and entries[0].kind in WIDE_KINDS):
        role: PlaceRole = "demonym"
        if _part_of_name(words, at, end, lexicon, gazetteer, demonym=True):
            role = "part of a name"
        elif end - at == 1 and _is_surname(before, lexicon, gazetteer):
            return Found(at, end, key, "part of a name", False, ())
        return Found(at, end, key, role, True, gazetteer.demonyms[key])
    single = end - at == 1
    if (single and is_other(key, lexicon)) or key in lexicon.not_place_phrases:
        return None
    if single and (words[at].text in lexicon.acronyms or goes_on(words, end)):
        return None
    if _part_of_name(words, at, end, lexicon, gazetteer, demonym=False):
        known = bool(entries) and (entries[0].kind != "town" or entries[0].population >= LARGE_TOWN)
        return Found(at, end, key, "part of a name", True, entries) if known else None
    wide = bool(entries) and entries[0].kind in WIDE_KINDS
    own = any(
        one.id.startswith("user:")
        or one.kind in ("landmark", "square", "city")
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
        and (not before.first or before.lower in lexicon.first_names)
        and not _expected(before, lexicon, gazetteer)
    )
    odd_after = (
        after is not None
        and after.capital
        and words[end].gap == " "
        and not _expected(after, lexicon, gazetteer)
        and after.lower not in lexicon.neutral_after
    )
    if odd_before or (odd_after and (not wide or key in lexicon.given_names)):
        return Found(at, end, key, "part of a name", False, ())
    kind = _kind(words, at, end, lexicon)
    local = (
        end < len(words)
        and words[end].gap in (" ", "-")
        and words[end].lower in lexicon.local_nouns
    )
    strong = wide or own or any(entry.population >= LARGE_TOWN for entry in entries[:1])
    placed = (
        (before is not None and before.lower in lexicon.locative and not words[at].first)
        or bool(kind)
        or (local and words[at].lower not in lexicon.given_names)
        or _contained(words, end, gazetteer)
        or _listed(words, at, last)
        or (not single and bool(entries) and entries[0].population >= 15_000)
    )
    role = "literal"
    if entries and (
        _agent(words, at, end, entries, lexicon, gazetteer)
        or (_governs(entries, gazetteer) and _joins_metonym(words, at, last))
    ):
        role = "metonym"
    return Found(at, end, key, role, strong or placed, entries, kind, placed)


def goes_on(words: list[Word], end: int) -> bool:
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


def is_other(key: str, lexicon: Lexicon) -> bool:
    """Whether a word that is also a town's name is nearly always something else."""
    if len(key) == 1 or key in lexicon.not_places:
        return True
    return len(key) <= 3 and not key.isupper() and key.lower() in lexicon.not_places


def _is_surname(before: Word | None, lexicon: Lexicon, gazetteer: Gazetteer) -> bool:
    """Whether a capitalised word before a demonym makes it a surname or "Native American"."""
    if before is None or not before.capital or before.first or before.lower in lexicon.titles:
        return False
    return before.lower == "native" or not _expected(before, lexicon, gazetteer)


def _before_article(words: list[Word], at: int) -> Word | None:
    """The word before a name, an Arabic article between them passed over."""
    if not joined(words, at):
        return None
    if at > 1 and words[at - 1].text in ARTICLES - {"the"} and joined(words, at - 1):
        return words[at - 2]
    return words[at - 1]


def _expected(word: Word, lexicon: Lexicon, gazetteer: Gazetteer) -> bool:
    """Whether a capitalised neighbour is nothing that speaks against a place."""
    lower = word.lower
    key = key_of_folded([word.folded])
    return (
        lower in lexicon.locative
        or lower in lexicon.kinds
        or lower in lexicon.neutral_after
        or lower in lexicon.office_heads
        or lower in CONNECTING
        or key in gazetteer.demonyms
        or gazetteer.is_wide(key)
        or (len(key) > _SHORTEST_GENITIVE and key[-1] == "s" and gazetteer.is_wide(key[:-1]))
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
    if joined(words, end) and [w.lower for w in words[end : end + 2]] == ["news", "agency"]:
        return True
    if joined(words, end) and words[end].lower in lexicon.tails:
        return True
    head = ""
    stop = end
    while (
        stop - end < 4
        and joined(words, stop)
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
        and joined(words, at)
        and joined(words, at - 1)
        and words[at - 2].capital
        and words[at - 2].lower in lexicon.name_heads
        and words[at - 2].lower not in lexicon.office_titles
    ):
        return True
    if not demonym or not joined(words, at):
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
    if joined(words, end) and words[end].lower in lexicon.kinds and words[end].gap == " ":
        return lexicon.kinds[words[end].lower]
    if joined(words, at) and words[at - 1].lower in lexicon.kinds:
        return lexicon.kinds[words[at - 1].lower]
    if (
        at >= 2
        and joined(words, at)
        and words[at - 1].lower == "of"
        and words[at - 2].lower in lexicon.kinds
    ):
        return lexicon.kinds[words[at - 2].lower]
    return ""


def _contained(words: list[Word], end: int, gazetteer: Gazetteer) -> bool:
    """Whether a comma and a country or province follow: "X, Texas"."""
    if end >= len(words) or words[end].gap != ", " or not words[end].capital:
        return False
    return any(gazetteer.is_wide(key_of(words, end, end + width)) for width in (1, 2, 3))


def _listed(words: list[Word], at: int, last: Found | None) -> bool:
    """Whether a name goes on a list of places: "X, Y and Z"."""
    if last is None or not last.sure or last.role != "literal":
        return False
    if last.last == at:
        return words[at].gap == ", "
    return last.last == at - 1 and words[at - 1].lower == "and" and words[at].gap == " "


def _joins_metonym(words: list[Word], at: int, last: Found | None) -> bool:
    """Whether a name is the second of two governments: "between Washington and Moscow"."""
    return (
        last is not None
        and last.role == "metonym"
        and last.last == at - 1
        and words[at - 1].lower in ("and", "or")
        and words[at].close
        and words[at - 1].close
    )


def _governs(entries: tuple[Entry, ...], gazetteer: Gazetteer) -> bool:
    """Whether a name can stand for a government: a country's, a capital's or a seat's."""
    return entries[0].kind in ("country", "landmark") or any(
        gazetteer.is_capital(entry) for entry in entries
    )


def _agent(
    words: list[Word],
    at: int,
    end: int,
    entries: tuple[Entry, ...],
    lexicon: Lexicon,
    gazetteer: Gazetteer,
) -> bool:
    """Whether a country or capital stands for its government."""
    if not _governs(entries, gazetteer):
        return False
    capital = any(gazetteer.is_capital(entry) for entry in entries)
    landmark = entries[0].kind == "landmark"
    before = words[at - 1] if joined(words, at) else None
    if (
        before is not None
        and before.lower in lexicon.locative
        and before.lower
        not in (
            "to",
            "between",
        )
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
        if nxt.lower == "and" and end + 2 < len(words) and words[end + 1].capital:
            governs = gazetteer.is_wide(words[end + 1].folded.lower()) or capital
            if governs and words[end + 2].lower in lexicon.agency_verbs:
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


def _titled(words: list[Word], at: int, lexicon: Lexicon) -> bool:
    """Whether a title or its abbreviation stands before: "Mr. X", "President X"."""
    if at == 0:
        return False
    before = words[at - 1]
    return before.capital and before.lower in lexicon.titles and words[at].gap in (" ", ". ")


def is_kept(one: Found, sure: set[str], others: set[str]) -> bool:
    """Whether a candidate is taken: by its own words, or by those of another of its name.

    A name that the document also gives to a person is taken only where the words place it.
    """
    if not one.entries:
        return one.role == "literal"
    if one.key in others and one.entries[0].kind != "country":
        return one.placed
    return one.sure or one.key in sure
