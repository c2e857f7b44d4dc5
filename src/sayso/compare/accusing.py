"""Accusing: on whom words lay a deed, and who does so: "X blamed Y for", "Y, accused by X of"."""

from __future__ import annotations

from typing import Literal

import msgspec

from sayso.compare.incidents import Incidents
from sayso.compare.parties import Parties, Party
from sayso.compare.wording import Words

ON_REACH = 15
"""Words between "blamed" or "attributed" and the "on" or "to" before whom."""

HOLD_REACH = 12
"""Words between "hold" and "responsible"."""

UNDONE_REACH = 2
IF_REACH = 8

_BE = frozenset({"is", "are", "was", "were", "be", "been", "being"})
_HOLD = frozenset({"hold", "holds", "held", "holding"})
_OBJECT = frozenset({"of", "for", "by"})
_BARE = frozenset({"responsible", "accountable"})
_OWN = frozenset({"we", "i"})


class Laid(msgspec.Struct, frozen=True):
    """A deed laid on a party. `how`: by a verb of accusing, whose subject accuses ("active") or is
    accused ("passive"), or as a fact ("carried out by", "was behind"). `verb` is the number of the
    verb, `own` whether "we" or "I" accuse, `by` who does so where the words name them.
    """

    accused: Party
    how: Literal["active", "passive", "fact"]
    verb: int
    by: Party = Party()
    own: bool = False


def laid(
    label: str, at: int, stop: int, words: Words, parties: Parties, kinds: Incidents
) -> Laid | None:
    """What a phrase of laying a deed on somebody (its label, the numbers of its words) says; null
    where it lays it on nobody: "did not blame", "could blame", "if it was carried out by".
    """
    start, end = words.sentences[words.sentence_at(words.starts[at])]
    first = words.number(start)
    told = words.words
    if label in ("done_by", "answerable") and "if" in told[max(first, at - IF_REACH) : at]:
        return None
    if label == "done_by":
        return Laid(parties.after(stop, end), "fact", at)
    if label == "answerable":
        held = [n for n in range(max(first, at - HOLD_REACH), at) if told[n] in _HOLD]
        if not held:
            if stop - at == 1 and told[at] in _BARE and not _is_passive(told, at, first):
                return None  # "the responsible ministry"
            accused = parties.before(at, first)
            negated = accused.negated or told[at] == "not"
            return Laid(msgspec.structs.replace(accused, negated=negated), "fact", at)
        verb = held[-1]
        if _is_undone(told, verb, kinds):
            return None
        if told[verb] == "held" and _is_passive(told, verb, first):
            return Laid(parties.before(verb, first), "passive", verb)
        accused = parties.after(verb + 1, words.starts[at])
        return Laid(accused, "active", verb, *_subject(verb, first, told, parties))
    if _is_undone(told, at, kinds):
        return None
    after = told[stop] if stop < len(told) and words.starts[stop] < end else ""
    on = "to" if told[at].startswith("attribut") else "on"
    passive = told[at].endswith("ed") and (after in _OBJECT or _is_passive(told, at, first))
    if after == "by":
        return Laid(parties.before(at, first), "passive", at, parties.after(stop + 1, end))
    if after == on:
        by, own = _subject(at, first, told, parties)
        if passive or (told[at].endswith("ed") and not (by.known or own)):
            return Laid(parties.after(stop + 1, end), "passive", at)
        return Laid(parties.after(stop + 1, end), "active", at, by, own)
    if passive:
        return Laid(parties.before(at, first), "passive", at)
    by, own = _subject(at, first, told, parties)
    return Laid(_object(at, stop, end, on, words, parties), "active", at, by, own)


def _object(at: int, stop: int, end: int, on: str, words: Words, parties: Parties) -> Party:
    """Whom an active verb of accusing has for its object, or "blamed the attack on" behind "on"."""
    told = words.words
    if not told[at].startswith(("blam", "attribut")):
        return parties.after(stop, end)
    noun = told[at - 1 : at] in (("the",), ("full",), ("all",))
    for n in range(stop, min(stop + ON_REACH, words.number(end))):
        if told[n] == "for" and not noun:
            break
        if told[n] == on and (party := parties.after(n + 1, end)).known:
            return party
    return Party() if noun or on == "to" else parties.after(stop, end)


def _subject(at: int, first: int, told: tuple[str, ...], parties: Parties) -> tuple[Party, bool]:
    """Who stands before a verb, and whether that is "we" or "I"."""
    n = at - 1
    while n > first and (told[n].endswith("ly") or told[n] in ("have", "do", "also")):
        n -= 1
    return parties.before(at, first), n >= first and told[n] in _OWN


def _is_passive(told: tuple[str, ...], at: int, first: int) -> bool:
    """Whether a form of "be" stands right before a word, adverbs aside."""
    n = at - 1
    while n > first and (told[n].endswith("ly") or told[n] in ("also", "not", "again")):
        n -= 1
    return n >= first and told[n] in _BE


def _is_undone(told: tuple[str, ...], at: int, kinds: Incidents) -> bool:
    return any(word in kinds.undone for word in told[max(0, at - UNDONE_REACH) : at])
