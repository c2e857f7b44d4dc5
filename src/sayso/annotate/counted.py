"""What a number counts: the noun phrase behind one number of a parsed piece."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

MOST_WORDS = 12
"""Words of a counted noun phrase, hyphens and quotation marks among them, at most."""

SHORT_BRACKET = 7
"""Words of a bracket between a number and its noun, the marks among them, at most."""

NOUNS = frozenset({"NOUN", "PROPN"})
QUOTES = frozenset("'’‘“”\"")
_INSIDE = frozenset({"ADJ", "NOUN", "PROPN"})
_BEFORE_NOUN = frozenset(
    {"more", "other", "additional", "further", "new", "of", "separate", "different", "such"}
)
_NO_NOUNS = frozenset({"most", "mostly", "mainly", "many", "some", "including", "all"})
"""Words behind a number that begin to tell who the counted are: "18, most of them children"."""

ORDERS = frozenset({"dozens", "scores", "hundreds", "thousands", "tens", "several", "others"})
_OPENING = {"(": ")", "[": "]"}
_DETERMINERS = frozenset({"the", "its", "their", "his", "her", "our", "those", "these"})
_PLURALS = frozenset(
    [
        "children",
        "police",
        "personnel",
        "staff",
        "dead",
        "wounded",
        "injured",
        "crew",
        "militia",
        "aircraft",
        "cattle",
        "youth",
        "infantry",
        "elderly",
        "missing",
        "displaced",
        "cavalry",
    ]
)
JOINERS = frozenset({"and", "or", "/", "&"})


_AUXILIARIES = (
    r"(?:[\s,]+(?:who|have|has|had|were|was|are|is|be|been|being|to|also|all|reportedly|allegedly"
    r"|already|later|since|may|might))*[\s,]+"
)

PASSED = frozenset({
    "also", "reportedly", "believed", "to", "have", "confirmed", "said", "feared", "reported",
    "thought", "known", "presumed", "were", "was", "been", "being", "be", "is", "are", "had",
    "has", "got", "left", "already", "later", "allegedly", "so", "far", "may", "might", "could",
    "will", "would", "who", "that", "alone", "all", "instantly", "others", "more", "other",
    "gone", "went", "go", "estimated", "assumed", "recorded", "listed", "registered", "documented",
})  # fmt: skip
"""Words between what is counted and what befell it: they are no part of either."""


class Words(msgspec.Struct, frozen=True):
    """knowledge/counted.yaml, turned for look-up: from a word to what it tells."""

    persons: frozenset[str]
    collectors: frozenset[str]
    through: frozenset[str]
    singular: frozenset[str]
    kin: frozenset[str]
    losing: frozenset[str]
    tellers: frozenset[str]
    telling: frozenset[str]
    people_only: frozenset[str]
    by_object: dict[str, str]
    by_subject: dict[str, str]
    by_state: dict[str, str]
    by_noun: dict[str, str]
    by_harm: dict[str, str]
    """Every form of the verbs of killing and wounding: headlines are tagged wrongly."""
    phrases: tuple[tuple[str, re.Pattern[str]], ...]
    """Effects with what is looked for behind what is counted, auxiliaries passed over."""


class Counted(msgspec.Struct, frozen=True):
    """A counted noun phrase: tokens `first` to `last` (both inside) of a piece, `head` its core."""

    first: int
    last: int
    head: int
    people: bool


def words(lexicon: dict[str, Any]) -> Words:
    """The look-up tables of `knowledge.lexicon("counted")`; the same content is turned once."""
    return _turn(msgspec.msgpack.encode(lexicon))


@lru_cache(maxsize=8)
def _turn(packed: bytes) -> Words:
    lexicon = msgspec.msgpack.decode(packed)
    effects = lexicon["effects"].items()

    def table(part: str) -> dict[str, str]:
        return {word: effect for effect, row in effects for word in row[part]}

    return Words(
        persons=frozenset(lexicon["persons"]),
        collectors=frozenset(lexicon["collectors"]),
        through=frozenset(lexicon["through"]),
        singular=frozenset(lexicon["singular"]),
        kin=frozenset(lexicon["kin"]),
        losing=frozenset(lexicon["losing"]),
        tellers=frozenset(lexicon["tellers"]),
        telling=frozenset(lexicon["telling"]),
        people_only=frozenset(lexicon["people_only"]),
        by_object=table("object"),
        by_subject=table("subject"),
        by_state=table("state"),
        by_noun=table("nouns"),
        by_harm={
            form: effect
            for verb, effect in table("object").items()
            if effect in ("killed", "wounded") and verb not in lexicon["people_only"]
            for form in _inflected(verb)
        },
        phrases=tuple(
            (effect, re.compile(f"{_AUXILIARIES}(?:{phrase})\\b"))
            for effect, row in effects
            for phrase in row.get("phrases", ())
        ),
    )


def _inflected(verb: str) -> tuple[str, ...]:
    """The regular forms of a verb."""
    stem = verb.removesuffix("e")
    return verb, f"{verb}s", f"{stem}ed", f"{stem}ing"


def forms(token: Token) -> tuple[str, ...]:
    """The forms under which a word is looked up: headlines and lost marks confuse the lemma."""
    low = token.lower_
    return token.lemma_.lower(), low, low.removesuffix("s")


def look(token: Token, table: dict[str, str]) -> str | None:
    """What a table of `Words` says of a word, under any of its forms."""
    return next((table[form] for form in forms(token) if form in table), None)


def is_person(token: Token, known: Words) -> bool:
    """Whether a noun stands for people: listed, or a nationality in the plural ("Syrians")."""
    low = token.lower_
    if any(form in known.persons for form in forms(token)):
        return True
    if token.tag_ == "NNS" and low.endswith(("smen", "rmen", "women", "nmen", "emen")):
        return True
    return token.ent_type_ == "NORP" and low.endswith(("s", "ese", "ish")) and token.tag_ != "JJ"


def counted_after(
    doc: Doc, index: int, known: Words, *, plural: bool = False, inner: bool = False
) -> Counted | None:
    """The noun phrase that begins at a token, right after a number: "Syrian rebel fighters".

    `plural`: the number is more than one, so that a single person is not what it counts. `inner`:
    the phrase is looked for behind "dead from", and no further one inside it.
    """
    of = False
    index = _past_bracket(doc, index)
    if index < len(doc) and doc[index].lower_ in _NO_NOUNS and doc[index].whitespace_:
        return None
    if index + 1 < len(doc) and doc[index].text in QUOTES and doc[index + 1].lower_ == "of":
        index += 1  # as in: "dozens" of people
    while index < len(doc) and (
        doc[index].lower_ in _BEFORE_NOUN or (of and doc[index].lower_ in _DETERMINERS)
    ):
        of = of or doc[index].lower_ == "of"
        index += 1
    if not inner and (told := _of_states(doc, index, known)):
        return told
    head = -1
    closed = 0
    for token in doc[index : index + MOST_WORDS]:
        if token.i < closed:
            continue
        if head >= 0 and token.text == "(":
            closed = _behind_bracket(doc, token.i)
            continue
        if not _goes_on(token, doc, known):
            break
        if token.pos_ in NOUNS or is_person(token, known):
            head = token.i
            if _ends(token, doc, known):
                break
    if head < 0:
        return None
    people = is_person(doc[head], known)
    end = _extended(doc, head, known, people=people)
    if plural and _is_single(doc[head]) and end == head and not _has_state_behind(doc, head, known):
        # "Raid kills 19: monitor" has lost its colon; "19 civilian killed" only its s.
        return None
    return Counted(index, end, head, people)


def _past_bracket(doc: Doc, index: int) -> int:
    """The token behind a short bracket between a number and its noun: "80 (ABC group) fighters"."""
    close = _OPENING.get(doc[index].text) if index < len(doc) else None
    for token in doc[index : index + SHORT_BRACKET] if close else ():
        if token.like_num:
            break
        if token.text == close:
            return int(token.i) + 1
    return index


def _of_states(doc: Doc, index: int, known: Words) -> Counted | None:
    """Who "dead and injured from army personnel" are: the noun behind "from"."""
    at = index
    while at < len(doc) and (doc[at].lower_ in JOINERS or doc[at].lower_ in known.by_state):
        at += 1
    if at == index or at >= len(doc) or doc[at].lower_ not in ("from", "among"):
        return None
    found = counted_after(doc, at + 1, known, inner=True)
    if found is None or not found.people or _is_single(doc[found.head]):
        return None
    return Counted(index, found.last, found.head, people=True)


def _has_state_behind(doc: Doc, head: int, known: Words) -> bool:
    if head + 1 >= len(doc) or not is_person(doc[head], known):
        return False
    behind = doc[head + 1].lower_
    return behind in known.by_state or behind in ("were", "are", "have")


def _behind_bracket(doc: Doc, index: int) -> int:
    """The token behind a short bracket that opens at a token; `index` where it is not closed."""
    for token in doc[index : index + MOST_WORDS]:
        if token.text == ")":
            return int(token.i) + 1
    return index


def _is_single(token: Token) -> bool:
    """Whether a noun is of one thing, so that a number greater than one does not count it."""
    low = token.lower_
    plural = token.tag_ in ("NNS", "NNPS") or low.endswith(("s", "men", "people"))
    return token.pos_ in NOUNS and not plural and low not in _PLURALS


def is_number(token: Token) -> bool:
    """Whether a word is a number, or stands for one: "dozens", "several"."""
    return bool(token.like_num) or token.pos_ == "NUM" or token.lower_ in ORDERS


def _is_verb_here(token: Token, doc: Doc, known: Words) -> bool:
    """Whether a word before a further number is a headline's verb: "kills 3 wounds 20"."""
    if token.i + 1 >= len(doc) or not is_number(doc[token.i + 1]):
        return False
    return token.lower_ in known.by_harm or token.lower_ in known.by_state


def is_teller(doc: Doc, counted: Counted, known: Words) -> bool:
    """Whether a noun behind a number of dead is their source, its comma or dash lost: "kills 14
    State media", "wounding dozens more observers said".
    """
    return doc[counted.head].lower_ in known.tellers or tells(doc, counted, known)


def tells(doc: Doc, counted: Counted, known: Words) -> bool:
    """Whether a verb of saying stands right behind, with nobody behind it who says it instead."""
    at = counted.last + 1
    if at >= len(doc) or doc[at].lower_ not in known.telling:
        return False
    behind = doc[at + 1] if at + 1 < len(doc) else None
    return (
        behind is None
        or behind.pos_ not in ("DET", "PROPN", "NOUN", "ADJ")
        or behind.ent_type_ in ("DATE", "TIME")
    )


def _goes_on(token: Token, doc: Doc, known: Words) -> bool:
    if _is_verb_here(token, doc, known):
        return False
    if token.lower_ in JOINERS:
        return _joins_modifiers(token, doc, known)
    if token.lower_ in known.by_state:
        following = doc[token.i + 1] if token.i + 1 < len(doc) else None
        if following is not None and following.lower_ in JOINERS:
            return _joins_modifiers(following, doc, known)
        if following is not None and following.pos_ == "ADJ":
            following = doc[following.i + 1] if following.i + 1 < len(doc) else None
        return bool(following and following.pos_ in NOUNS and following.lower_ not in PASSED)
    if token.lower_ == "to" and doc[token.i - 1].text == "-":
        return True
    if token.text in QUOTES or token.text == "-" or token.tag_ in ("POS", "HYPH"):
        return True
    if token.text.isupper() and len(token.text) > 1 and token.is_alpha:
        return True  # "IS" is no verb here
    if _is_hyphened(token, doc):
        return True
    if token.tag_ in ("VBN", "VBG", "VBD") and token.i + 1 < len(doc):
        return doc[token.i + 1].pos_ in NOUNS and token.lower_ not in known.by_state
    return token.pos_ in _INSIDE


def _is_hyphened(token: Token, doc: Doc) -> bool:
    """Whether a word is part of one with a hyphen: "pick" and "up" of "pick-up trucks"."""
    after = doc[token.i + 1] if token.i + 1 < len(doc) else None
    if after is not None and after.text == "-" and not token.whitespace_ and not after.whitespace_:
        return True
    before = doc[token.i - 1 : token.i].text
    return before == "-" and token.i > 1 and not doc[token.i - 2].whitespace_


def _joins_modifiers(joiner: Token, doc: Doc, known: Words) -> bool:
    """Whether "and" joins words before one noun: "rocket and mortar shells"."""
    if joiner.i == 0 or joiner.i + 2 >= len(doc):
        return False
    left, right, after = doc[joiner.i - 1], doc[joiner.i + 1], doc[joiner.i + 2]
    if left.lower_ in known.by_state:
        return right.lower_ in known.by_state and after.pos_ in NOUNS
    if left.tag_ == "NNP" and right.tag_ == "NNP":
        # "Northern Star and Sons of the-Hill targets": names of several words.
        rest = doc[joiner.i + 1 : joiner.i + MOST_WORDS]
        stop = next((t for t in rest if t.tag_ != "NNP" and t.text not in ("-", "al")), None)
        return stop is not None and stop.tag_ == "NNS"
    return (
        left.tag_ in ("NN", "JJ", "NNP")
        and (right.tag_ in ("NN", "JJ", "NNP") or right.lower_ == "allied")
        and after.tag_ == "NNS"
    )


def _ends(token: Token, doc: Doc, known: Words) -> bool:
    """Whether a counted phrase ends with this noun: it is plural, or no noun follows."""
    following = doc[token.i + 1] if token.i + 1 < len(doc) else None
    if following is not None and following.text == "(" and _is_single(token):
        behind = _behind_bracket(doc, following.i)
        following = doc[behind] if following.i < behind < len(doc) else following
    if following is None or following.lower_ in known.by_state:
        return True
    if following.text in ("-", "'s", "’s", "’", "'") or following.tag_ == "HYPH":
        return False
    if following.lower_ in JOINERS and token.tag_ in ("NN", "NNP"):
        return not _joins_modifiers(following, doc, known)
    if token.tag_ == "NNS" and following.tag_ == "NNS" and not is_person(token, known):
        return False
    if _is_single(token) and following.tag_ == "VBG" and following.lower_ not in known.by_state:
        # "Seven Northern fighting positions".
        return following.i + 1 >= len(doc) or doc[following.i + 1].tag_ != "NNS"
    plural = token.tag_ in ("NNS", "NNPS") or (
        token.lower_.endswith(("s", "children")) and is_person(token, known)
    )
    return plural or (following.pos_ not in NOUNS and following.pos_ != "ADJ")


def _extended(doc: Doc, head: int, known: Words, *, people: bool) -> int:
    """The last token of the phrase with "and children" or "of the security forces" taken in."""
    end = head
    nexts = doc[head + 1 : head + 4]
    if people and len(nexts) > 1 and nexts[0].lower_ in ("and", "or"):
        for token in nexts[1:]:
            if token.tag_ in ("NNS", "NNPS") and is_person(token, known):
                return int(token.i)
            if token.pos_ != "ADJ":
                break
    if doc[head].lemma_.lower() in known.collectors and len(nexts) > 1 and nexts[0].lower_ == "of":
        for token in doc[head + 2 : head + 2 + MOST_WORDS]:
            if token.pos_ in NOUNS:
                end = token.i
            elif token.pos_ not in ("DET", "ADJ", "PRON") and token.tag_ not in ("POS", "HYPH"):
                break
    return int(end)
