"""What a number counts, and what befell it: the words around one number of a parsed piece."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

MOST_WORDS = 8
"""Words of a counted noun phrase, at most."""

REACH = 7
"""Words between a figure and the word that tells what befell it, at most."""

_NOUNS = frozenset({"NOUN", "PROPN"})
_INSIDE = frozenset({"ADJ", "NOUN", "PROPN"})
_PASS = frozenset({
    "also", "reportedly", "believed", "to", "have", "confirmed", "said", "feared", "reported",
    "thought", "known", "presumed", "were", "was", "been", "being", "be", "is", "are", "had",
    "has", "got", "left", "already", "later", "allegedly", "so", "far", "may", "might", "could",
    "will", "would", "who", "that", "alone", "all", "instantly", "others", "more", "other",
    "gone", "went", "go",
})  # fmt: skip
_BE = frozenset({"be", "get"})
_LINKS = frozenset({
    "of", "to", "at", ":", "reached", "rose", "hit", "risen", "stands", "stood", "is", "was",
    "by", "the", "a", "an", "as", "rises", "climbed", "its", "their", "among", "from",
    "including", "exceeded", "put", "be", "total",
})  # fmt: skip
_BEFORE_NOUN = frozenset(
    {"more", "other", "additional", "further", "new", "of", "separate", "different", "such"}
)
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
_ORDERS = frozenset(
    {
        "dozens",
        "scores",
        "hundreds",
        "thousands",
        "tens",
        "millions",
        "handful",
        "number",
        "half",
        "majority",
    }
)
_JOINERS = frozenset({"and", "or", "/", "&"})
_RISING = frozenset(
    {
        "rise",
        "reach",
        "climb",
        "bring",
        "increase",
        "jump",
        "hit",
        "grow",
        "mount",
        "raise",
        "put",
        "stand",
    }
)


class Words(msgspec.Struct, frozen=True):
    """knowledge/counted.yaml, turned for look-up: from a word to what it tells."""

    persons: frozenset[str]
    collectors: frozenset[str]
    through: frozenset[str]
    singular: frozenset[str]
    people_only: frozenset[str]
    by_object: dict[str, str]
    by_subject: dict[str, str]
    by_state: dict[str, str]
    by_noun: dict[str, str]


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
        people_only=frozenset(lexicon["people_only"]),
        by_object=table("object"),
        by_subject=table("subject"),
        by_state=table("state"),
        by_noun=table("nouns"),
    )


def forms(token: Token) -> tuple[str, ...]:
    """The forms under which a word is looked up: headlines and lost marks confuse the lemma."""
    low = token.lower_
    return token.lemma_.lower(), low, low.removesuffix("s")


def _look(token: Token, table: dict[str, str]) -> str | None:
    return next((table[form] for form in forms(token) if form in table), None)


def is_person(token: Token, known: Words) -> bool:
    """Whether a noun stands for people: listed, or a nationality in the plural ("Syrians")."""
    low = token.lower_
    if any(form in known.persons for form in forms(token)):
        return True
    if token.tag_ == "NNS" and low.endswith(("smen", "rmen", "women", "nmen", "emen")):
        return True
    return token.ent_type_ == "NORP" and low.endswith(("s", "ese", "ish")) and token.tag_ != "JJ"


def counted_after(doc: Doc, index: int, known: Words, *, plural: bool = False) -> Counted | None:
    """The noun phrase that begins at a token, right after a number: "Syrian rebel fighters".

    `plural`: the number is more than one, so that a single person is not what it counts.
    """
    of = False
    while index < len(doc) and (
        doc[index].lower_ in _BEFORE_NOUN or (of and doc[index].lower_ in _DETERMINERS)
    ):
        of = of or doc[index].lower_ == "of"
        index += 1
    head = -1
    for token in doc[index : index + MOST_WORDS]:
        if not _goes_on(token, doc, known):
            break
        if token.pos_ in _NOUNS or is_person(token, known):
            head = token.i
            if _ends(token, doc, known):
                break
    if head < 0:
        return None
    people = is_person(doc[head], known)
    if plural and _is_single(doc[head]):
        # "Raid kills 19: monitor" has lost its colon.
        return None
    end = _extended(doc, head, known, people=people)
    return Counted(index, end, head, people)


def _is_single(token: Token) -> bool:
    """Whether a noun is of one thing, so that a number greater than one does not count it."""
    low = token.lower_
    plural = token.tag_ in ("NNS", "NNPS") or low.endswith(("s", "men", "people"))
    return token.pos_ in _NOUNS and not plural and low not in _PLURALS


def _goes_on(token: Token, doc: Doc, known: Words) -> bool:
    if token.lower_ in _JOINERS:
        return _joins_modifiers(token, doc, known)
    if token.lower_ in known.by_state:
        following = doc[token.i + 1] if token.i + 1 < len(doc) else None
        if following is not None and following.lower_ in _JOINERS:
            return _joins_modifiers(following, doc, known)
        return bool(following and following.pos_ in _NOUNS and following.lower_ not in _PASS)
    if token.lower_ == "to" and doc[token.i - 1].text == "-":
        return True
    if token.text in "-'’‘“”\"" or token.tag_ in ("POS", "HYPH"):
        return True
    if token.tag_ in ("VBN", "VBG", "VBD") and token.i + 1 < len(doc):
        return doc[token.i + 1].pos_ in _NOUNS and token.lower_ not in known.by_state
    return token.pos_ in _INSIDE


def _joins_modifiers(joiner: Token, doc: Doc, known: Words) -> bool:
    """Whether "and" joins words before one noun: "rocket and mortar shells"."""
    if joiner.i == 0 or joiner.i + 2 >= len(doc):
        return False
    left, right, after = doc[joiner.i - 1], doc[joiner.i + 1], doc[joiner.i + 2]
    if left.lower_ in known.by_state:
        return right.lower_ in known.by_state and after.pos_ in _NOUNS
    return (
        left.tag_ in ("NN", "JJ", "NNP")
        and right.tag_ in ("NN", "JJ", "NNP")
        and after.tag_ == "NNS"
    )


def _ends(token: Token, doc: Doc, known: Words) -> bool:
    """Whether a counted phrase ends with this noun: it is plural, or no noun follows."""
    following = doc[token.i + 1] if token.i + 1 < len(doc) else None
    if following is None or following.lower_ in known.by_state:
        return True
    if following.text in ("-", "'s", "’s", "’", "'") or following.tag_ == "HYPH":
        return False
    if following.lower_ in _JOINERS and token.tag_ in ("NN", "NNP"):
        return not _joins_modifiers(following, doc, known)
    if token.tag_ == "NNS" and following.tag_ == "NNS" and not is_person(token, known):
        return False
    plural = token.tag_ in ("NNS", "NNPS") or (
        token.lower_.endswith("s") and is_person(token, known)
    )
    return plural or (following.pos_ not in _NOUNS and following.pos_ != "ADJ")


def _extended(doc: Doc, head: int, known: Words, *, people: bool) -> int:
    """The last token of the phrase with "and children" or "of the security forces" taken in."""
    end = head
    nexts = doc[head + 1 : head + 4]
    if people and len(nexts) > 1 and nexts[0].lower_ in ("and", "or"):
        for token in nexts[1:]:
            if token.tag_ == "NNS" and is_person(token, known):
                return int(token.i)
            if token.pos_ != "ADJ":
                break
    if doc[head].lemma_.lower() in known.collectors and len(nexts) > 1 and nexts[0].lower_ == "of":
        for token in doc[head + 2 : head + 2 + MOST_WORDS]:
            if token.pos_ in _NOUNS:
                end = token.i
            elif token.pos_ not in ("DET", "ADJ", "PRON") and token.tag_ not in ("POS", "HYPH"):
                break
    return int(end)


def effect_in(doc: Doc, counted: Counted, known: Words) -> str | None:
    """What the counted phrase itself says: "15 wounded civilians", "41 deaths"."""
    states = [known.by_state.get(token.lower_) for token in doc[counted.first : counted.head + 1]]
    told = _joined([state for state in states if state])
    head = doc[counted.head]
    return told or (
        _look(head, known.by_noun) if head.lemma_.lower() not in ("life", "remains") else None
    )


def effect_after(doc: Doc, index: int, known: Words, *, people: bool) -> str | None:
    """What the words right after say: "were killed", "dead", "fled", "killed by"."""
    found: list[str] = []
    passive = False
    index = _past_examples(doc, index)
    for token in doc[index : index + REACH]:
        low, lemma = token.lower_, token.lemma_.lower()
        told_more = low in _JOINERS or lemma in known.by_object or low in known.by_state
        if found and not told_more:
            break
        effect = _told_after(token, doc, known, passive=passive)
        if effect and (people or lemma not in known.people_only):
            found.append(effect)
        elif lemma in _BE:
            passive = True
        elif not found and people and token.tag_ == "NNS" and is_person(token, known):
            continue
        elif (
            not found
            and low not in _PASS
            and token.pos_ not in ("ADV", "AUX", "SPACE")
            and token.text not in "'’\"”)"
        ) or (found and low not in _JOINERS):
            break
    return _joined(found)


def _past_examples(doc: Doc, index: int) -> int:
    """Where the verb of "tens of fighters, including foreigners, were killed" begins."""
    nexts = [token.lower_ for token in doc[index : index + 2]]
    if "including" not in nexts and nexts[:2] != ["among", "them"]:
        return index
    for token in doc[index : index + REACH * 2]:
        if token.lower_ in ("were", "was", "have", "has", "had"):
            return int(token.i)
        if token.text == ".":
            break
    return index


def _told_after(token: Token, doc: Doc, known: Words, *, passive: bool) -> str | None:
    low, lemma = token.lower_, token.lemma_.lower()
    if token.pos_ == "VERB" and not passive and lemma in known.by_subject:
        return known.by_subject[lemma]
    if low in known.by_state or (token.tag_ in ("VBN", "VBD") and lemma in known.by_object):
        if not passive and token.pos_ != "ADJ" and _is_active(token, doc):
            return None
        return known.by_state.get(low) or known.by_object[lemma]
    return None


def _is_active(token: Token, doc: Doc) -> bool:
    """Whether "killed" right after a noun has an object of its own ("two bombers killed 23")."""
    nexts = [t for t in doc[token.i + 1 : token.i + 3] if t.lower_ not in _JOINERS]
    if not nexts:
        return False
    following = nexts[0]
    if following.pos_ == "NUM" or following.lower_ in ("dozens", "scores", "others"):
        # "6 citizens killed, 22 injured" has lost its comma; "two bombers killed 23" has not.
        rest = doc[following.i : following.i + 5]
        if any(t.lower_ in ("injured", "wounded", "hurt", "dead", "missing") for t in rest):
            return False
    if following.lower_ in ("last", "this", "yesterday", "today", "overnight", "all"):
        return False
    return following.pos_ in ("DET", "NUM", "PRON", "ADJ", "NOUN", "PROPN") and not (
        following.ent_type_ in ("DATE", "TIME") or following.lower_ in _DAYS
    )


_DAYS = frozenset({
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "yesterday",
    "today", "overnight", "earlier", "more", "less", "least",
})  # fmt: skip


def effect_before(doc: Doc, index: int, known: Words, *, people: bool) -> str | None:
    """What the words right before token `index` say: "killed", "the death toll rose to"."""
    found: list[str] = []
    for step in range(1, REACH + 1):
        if index - step < 0:
            break
        token = doc[index - step]
        low, lemma = token.lower_, token.lemma_.lower()
        allowed = people or lemma not in known.people_only
        if (
            not found
            and allowed
            and _look(token, known.by_noun)
            and token.pos_ in _NOUNS
            and step > 1
        ):
            found.append(_look(token, known.by_noun) or "")
        elif allowed and _look(token, known.by_object) and _acts(token, doc, step):
            found.append(_look(token, known.by_object) or "")
        elif not found and lemma in _RISING and people:
            return _toll_before(doc, token.i, known)
        elif low in _JOINERS and found:
            continue
        elif found or (
            low not in _LINKS and token.pos_ not in ("ADV", "AUX") and token.text not in "\"“'‘"
        ):
            break
    return _joined(found[::-1])


def _toll_before(doc: Doc, index: int, known: Words) -> str | None:
    """What rose: "the death toll from strikes on the town rose to 20"."""
    for token in reversed(doc[max(0, index - 25) : index]):
        if token.pos_ in _NOUNS and token.lemma_.lower() in (
            "toll",
            "death",
            "casualty",
            "fatality",
        ):
            return _look(token, known.by_noun)
        if token.lower_ in known.by_state:
            return known.by_state[token.lower_]
        if token.text == ".":
            break
    return None


def _acts(token: Token, doc: Doc, step: int) -> bool:
    """Whether a verb before a number takes it as its object: not "were killed, 12 of them"."""
    if token.pos_ not in ("VERB", "NOUN", "ADJ", "PROPN"):
        return False
    if token.tag_ in ("NNS", "NNPS") and token.lower_ not in ("kills", "injures", "wounds"):
        return False
    before = [t.lemma_.lower() for t in doc[max(0, token.i - 3) : token.i]]
    after = doc[token.i + 1].lower_ if token.i + 1 < len(doc) else ""
    return not (_BE & set(before) and after not in ("",)) and not (step > 1 and after == "by")


def effect_by_parse(doc: Doc, index: int, known: Words, *, people: bool) -> str | None:
    """What the governing verb or noun says, by the dependency parse."""
    token = doc[index]
    for _ in range(4):
        if token.dep_ not in ("conj", "appos") or token.head.i == token.i:
            break
        token = token.head
    if (
        token.dep_ == "pobj"
        and token.head.lower_ == "of"
        and token.head.head.pos_ in ("NUM", "NOUN")
    ) and (token.head.head.lower_ in _ORDERS or token.head.head.pos_ == "NUM"):
        token = token.head.head
    governor, role = token.head, token.dep_
    lemma = governor.lemma_.lower()
    if not people and (
        lemma in known.people_only or governor.head.lemma_.lower() in known.people_only
    ):
        return None
    if role in ("nsubjpass", "dobj", "obj"):
        return known.by_object.get(lemma)
    if role == "nsubj":
        states = [c.lower_ for c in governor.children if c.dep_ in ("acomp", "attr", "oprd")]
        stated = [known.by_state[s] for s in states if s in known.by_state]
        if governor.tag_ == "VBN" and any(c.dep_ == "auxpass" for c in governor.children):
            return known.by_object.get(lemma)
        return stated[0] if stated else known.by_subject.get(lemma)
    if role == "pobj" and governor.lower_ == "of" and governor.head.pos_ in _NOUNS:
        return known.by_noun.get(governor.head.lemma_.lower())
    return None


def _joined(effects: list[str]) -> str | None:
    """As in "killed or wounded" where both befell the same count."""
    distinct = list(dict.fromkeys(effects))
    return " or ".join(distinct) if distinct else None
