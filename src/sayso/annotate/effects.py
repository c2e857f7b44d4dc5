"""What befell those that a number counts: the words in, behind, before and over it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.annotate.counted import (
    JOINERS,
    NOUNS,
    PASSED,
    Counted,
    Words,
    is_number,
    is_person,
    look,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

REACH = 7
"""Words between a figure and the word that tells what befell it, at most."""

FAR = 25
"""Words between a figure and the toll that rose to it, at most."""

_BE = frozenset({"be", "get"})
_LINKS = frozenset({
    "of", "to", "at", ":", "reached", "rose", "hit", "risen", "stands", "stood", "is", "was",
    "by", "the", "a", "an", "as", "rises", "climbed", "its", "their", "among", "from",
    "including", "exceeded", "put", "be", "total", "another", "further", "become",
})  # fmt: skip
_HEADLINE_VERBS = frozenset({"kills", "injures", "wounds"})
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
        "become",
        "update",
        "revise",
    }
)
_PUTTING = frozenset({"put", "place", "set", "estimate"})
_ORDERS = frozenset(
    {
        "dozens",
        "scores",
        "hundreds",
        "thousands",
        "tens",
        "millions",
        "handful",
        "total",
        "number",
        "half",
        "majority",
    }
)


def effect_in(doc: Doc, counted: Counted, known: Words) -> str | None:
    """What the counted phrase itself says: "15 wounded civilians", "41 deaths"."""
    states = [known.by_state.get(token.lower_) for token in doc[counted.first : counted.head + 1]]
    states.append(_beside_state(doc, counted, known))
    told = _joined([state for state in states if state])
    head = doc[counted.head]
    if told or head.lemma_.lower() in ("life", "remains"):
        return told
    nouns = [look(token, known.by_noun) for token in (head, doc[counted.last])]
    return _joined([noun for noun in nouns if noun]) if nouns[0] else None


def _beside_state(doc: Doc, counted: Counted, known: Words) -> str | None:
    """What "and injured" says behind "hundreds of dead": of the same people, no number of others
    follows.
    """
    behind = list(doc[counted.last + 1 : counted.last + 4])
    if len(behind) < 2 or behind[0].lower_ not in JOINERS:
        return None
    if doc[counted.head].lower_ not in known.by_state or (
        len(behind) > 2 and (is_number(behind[2]) or behind[2].pos_ == "DET")
    ):
        return None
    return known.by_state.get(behind[1].lower_)


def effect_of_cases(doc: Doc, counted: Counted, known: Words) -> str | None:
    """What befell the people of "30 cases of asphyxiation", "6 suffocation cases"; else null."""
    if doc[counted.head].lower_ not in ("case", "cases"):
        return None
    beside = doc[counted.head - 1]
    behind = doc[counted.head + 1 : counted.head + 3]
    if len(behind) == 2 and behind[0].lower_ == "of":
        beside = behind[1]
    told = look(beside, known.by_noun)
    return told if told in ("killed", "wounded") else None


def effect_after(
    doc: Doc, index: int, known: Words, *, people: bool, bare: bool = False
) -> str | None:
    """What the words right after say: "were killed", "dead", "fled", "killed by".

    `bare`: they stand right behind a number, which then did not wound anybody ("30 wounded").
    """
    found: list[str] = []
    passive = False
    index = _past_examples(doc, _past_bracket(doc, index))
    if people and (told := _among_or_under(doc, index, known)):
        return told
    for token in doc[index : index + REACH]:
        low, lemma = token.lower_, token.lemma_.lower()
        told_more = low in JOINERS or lemma in known.by_object or low in known.by_state
        if found and not told_more:
            break
        effect = _told_after(token, doc, known, passive=passive, bare=bare and token.i == index)
        if effect and (people or lemma not in known.people_only):
            found.append(effect)
        elif lemma in _BE:
            passive = True
        elif lemma == "have" and not found:
            passive = False  # "are reported to have died"
        elif not found and people and token.tag_ == "NNS" and is_person(token, known):
            continue
        elif (
            not found
            and low not in PASSED
            and token.pos_ not in ("ADV", "AUX", "SPACE")
            and token.text not in "'’\"”)"
        ) or (found and low not in JOINERS):
            break
    return _joined(found)


def _among_or_under(doc: Doc, index: int, known: Words) -> str | None:
    """As in "are reportedly among the dead" and "live under siege"."""
    words = [token.lower_ for token in doc[index : index + REACH]]
    at = next((k for k, word in enumerate(words) if word in ("among", "under")), len(words))
    before = doc[index : index + at]
    if (
        at == len(words)
        or (at and not any(t.lemma_.lower() in ("be", "live", "remain") for t in before))
        or not all(t.pos_ in ("AUX", "VERB", "ADV") for t in before)
    ):
        return None
    rest = words[at + 1 : at + 5]
    if words[at] == "under":
        return "besieged" if {"siege", "blockade"} & set(rest) else None
    states = [known.by_state[word] for word in rest if word in known.by_state]
    told_of = rest[:1] and (
        rest[0] in ("the", "those") or rest[1:2] in (["'s"], ["’s"]) or rest[0].rstrip("s") in _DAYS
    )
    if told_of or (rest and is_number(doc[index + at + 1])):
        return states[0] if states else "killed" if {"victims", "fatalities"} & {*rest} else None
    return None


def _past_bracket(doc: Doc, index: int) -> int:
    """Where the words behind another name in brackets begin: "23 Reds (the Army) were killed"."""
    if index >= len(doc) or doc[index].text != "(":
        return index
    closing = (t.i + 1 for t in doc[index : index + REACH] if t.text == ")")
    return next(closing, index)


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


def _told_after(token: Token, doc: Doc, known: Words, *, passive: bool, bare: bool) -> str | None:
    low, lemma = token.lower_, token.lemma_.lower()
    if bare and lemma == "fall":
        return None  # shells do so more often than people
    if bare and low in ("die", "dies"):
        return known.by_subject.get("die")
    if token.pos_ == "VERB" and not passive and lemma in known.by_subject:
        # "Suffered suffocation": the noun says what.
        rest = doc[token.i + 1 : token.i + 4] if lemma == "suffer" else ()
        nouns = [look(t, known.by_noun) for t in rest if t.pos_ in NOUNS]
        return next((noun for noun in nouns if noun), known.by_subject[lemma])
    if bare and _before_number(token, doc) and low in known.by_harm:
        return None  # "kill 83 injured 100"
    if low in known.by_state or (token.tag_ in ("VBN", "VBD") and lemma in known.by_object):
        passive = passive or bare or token.pos_ == "ADJ"
        if not passive and is_active(token, doc, known) and not _left(token):
            return None
        return known.by_state.get(low) or known.by_object[lemma]
    return None


def _before_number(token: Token, doc: Doc) -> bool:
    """Whether a word stands between the number of the dead and one that it is the verb of."""
    if token.i < 2 or token.i + 1 >= len(doc) or not is_number(doc[token.i + 1]):
        return False
    return doc[token.i - 2].lower_ in ("kill", "kills", "killing", "slay")


def _left(token: Token) -> bool:
    """Whether it is what somebody was left as: "left three others wounded"."""
    others = token.i > 0 and token.doc[token.i - 1].lower_ == "others"
    before = token.doc[max(0, token.i - REACH * (1 + others)) : token.i]
    return any(
        t.lemma_.lower() == "leave" and (t.tag_ != "VBN" or t.nbor(-1).lemma_ == "have")
        for t in before
        if t.i
    )


def is_active(token: Token, doc: Doc, known: Words) -> bool:
    """Whether "killed" right after a noun has an object of its own ("two bombers killed 23")."""
    nexts = [t for t in doc[token.i + 1 : token.i + 3] if t.lower_ not in JOINERS]
    if not nexts:
        return False
    following = nexts[0]
    states = ("injured", "wounded", "hurt", "dead", "missing", "unaccounted")
    if is_number(following) or following.lower_ in ("many", "more", "some", "another"):
        # "6 citizens killed, 22 injured" has lost its comma; "two bombers killed 23" has not.
        rest = doc[following.i : following.i + 5]
        if any(t.lower_ in states for t in rest):
            return False
    if following.lower_ in states and token.lower_ in ("killed", "dead"):
        return False  # "25 killed injured"
    if following.lower_ in known.tellers:
        return False  # "50 rebels killed NGO"
    if following.lower_ in ("last", "this", "yesterday", "today", "overnight", "all", "who"):
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
            and look(token, known.by_noun)
            and token.pos_ in NOUNS
            and step > 1
        ):
            found.append(look(token, known.by_noun) or "")
        elif step == 1 and low in known.by_harm and _acts(token, doc, step):
            found.append(known.by_harm[low])
        elif (
            allowed
            and (not found or token.pos_ != "NOUN" or _is_joined(doc, token.i))
            and look(token, known.by_object)
            and _acts(token, doc, step)
            and (lemma != "destroy" or _counts_people(doc, index + 1, known))
        ):
            found.append(look(token, known.by_object) or "")
        elif (
            found
            and allowed
            and _is_joined(doc, token.i)
            and look(token, known.by_noun)
            and not (token.i and is_number(doc[token.i - 1]))
        ):
            found.append(look(token, known.by_noun) or "")
        elif step == 1 and people and (toll := _toll_put(doc, token, known)):
            return toll
        elif not found and lemma in _RISING and people:
            return _toll_before(doc, token.i, known)
        elif low in JOINERS and found:
            continue
        elif found or (
            low not in _LINKS and token.pos_ not in ("ADV", "AUX") and token.text not in "\"“'‘"
        ):
            break
    return _joined(found[::-1])


def _counts_people(doc: Doc, index: int, known: Words) -> bool:
    """Whether people are named right behind: things are destroyed more often than fighters."""
    for token in doc[index : index + REACH + 2]:
        if token.tag_ in ("NNS", "NNPS"):
            return is_person(token, known)
    return False


def _is_joined(doc: Doc, index: int) -> bool:
    """Whether "and" or "or" stands behind a word: "the killing or wounding of 20"."""
    return index + 1 < len(doc) and doc[index + 1].lower_ in JOINERS


def _toll_put(doc: Doc, before: Token, known: Words) -> str | None:
    """As in "puts the death toll, a year on, at 20", "the toll over the weekend was 20"."""
    low, start = before.lower_, max(0, before.i - FAR)
    behind = doc[before.i + 1].lower_ if before.i + 1 < len(doc) else ""
    if low in ("toll", "tolls") and behind in ("at", "between", "estimated"):
        return look(before, known.by_noun)  # "put the toll at least at 20"
    if low == "from" and before.i and doc[before.i - 1].lemma_.lower() in ("range", "vary"):
        return _toll_before(doc, before.i, known)
    if low == "at":
        words = {token.lemma_.lower() for token in doc[max(start, before.sent.start) : before.i]}
        return _toll_before(doc, before.i, known) if words & _PUTTING else None
    if low == "of" and (told := _toll_of(doc, before, known)):
        return told
    if low in ("was", "is", "be", "estimated"):
        subjects = [t for t in before.children if t.dep_ in ("nsubj", "nsubjpass")]
        subjects += [before.head] if low == "estimated" else []
        if any(t.lemma_.lower() == "toll" or _is_death_count(t) for t in subjects):
            return _toll_before(doc, before.i, known)
    if low == "to":
        words = {token.lemma_.lower() for token in doc[max(start, before.sent.start) : before.i]}
        if words & _RISING and words & {"toll", "number"}:
            return _toll_before(doc, before.i, known)
    return None


def _is_death_count(token: Token) -> bool:
    """Whether a word is the "count" of "death count"."""
    before = token.doc[token.i - 1].lower_ if token.i else ""
    return token.lower_ == "count" and before in ("death", "body")


def _toll_of(doc: Doc, before: Token, known: Words) -> str | None:
    """As in "an earlier toll on the evening of the raid of 15"."""
    for token in reversed(doc[max(0, before.i - REACH) : before.i]):
        if token.lemma_.lower() == "toll" and token.pos_ in NOUNS:
            return look(token, known.by_noun)
        if token.pos_ in ("VERB", "AUX", "PUNCT", "CCONJ", "NUM"):
            break
    return None


def _toll_before(doc: Doc, index: int, known: Words) -> str | None:
    """What rose: "the death toll from strikes on the town rose to 20"."""
    for token in reversed(doc[max(0, index - FAR) : index]):
        if token.pos_ in NOUNS and token.lemma_.lower() in (
            "toll",
            "death",
            "casualty",
            "fatality",
        ):
            return look(token, known.by_noun)
        if token.lower_ in known.by_state:
            return known.by_state[token.lower_]
        if token.text == ".":
            break
    return None


def _acts(token: Token, doc: Doc, step: int) -> bool:
    """Whether a verb before a number takes it as its object: not "were killed, 12 of them"."""
    if token.pos_ not in ("VERB", "NOUN", "ADJ", "PROPN"):
        return False
    if token.tag_ in ("NNS", "NNPS") and step > 1 and token.lower_ not in _HEADLINE_VERBS:
        return False
    # "IS" in capitals is a name.
    before = [t.lemma_.lower() for t in doc[max(0, token.i - 3) : token.i] if t.text != "IS"]
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
        joined = [
            t.lemma_.lower()
            for t in (governor.conjuncts if role == "nsubjpass" else ())
            if t.tag_ == "VBN" and not any(c.dep_ in ("nsubj", "nsubjpass") for c in t.children)
        ]
        told = (known.by_object.get(verb) for verb in (lemma, *joined))
        return next((effect for effect in told if effect), None)
    if role == "nsubj":
        states = [c.lower_ for c in governor.children if c.dep_ in ("acomp", "attr", "oprd")]
        stated = [known.by_state[s] for s in states if s in known.by_state]
        if governor.tag_ == "VBN" and any(c.dep_ == "auxpass" for c in governor.children):
            return known.by_object.get(lemma)
        return stated[0] if stated else known.by_subject.get(lemma)
    if role == "pobj" and governor.lower_ == "of" and governor.head.pos_ in NOUNS:
        return known.by_noun.get(governor.head.lemma_.lower())
    return None


def _joined(effects: list[str]) -> str | None:
    """As in "killed or wounded" where both befell the same count."""
    distinct = list(dict.fromkeys(effects))
    return " or ".join(distinct) if distinct else None
