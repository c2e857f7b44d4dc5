"""Numbers that count nothing: dates, clock times, ages, durations, references, parts of names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sayso.annotate.counted import Counted
from sayso.annotate.numbers import Number

if TYPE_CHECKING:
    from spacy.tokens import Doc

_NEXT_WORD = re.compile(r"[\s-]{0,2}(?P<word>[A-Za-z][\w.’'-]*)")
_LAST_WORD = re.compile(r"(?P<word>[A-Za-z][\w.’']*)[\s,-]{0,3}$")
_NOT_AGE = re.compile(r"\b(?:age|ages|aged)(?:\s+(?:of|between))?\s+$", re.IGNORECASE)
_DAY_BEFORE = re.compile(
    r"(?:\b\d{1,2}(?:st|nd|rd|th)?|\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*)[\s,.-]*$",
    re.I,
)
_HURT = re.compile(
    r"\s+(?:(?:was|is|has\s+been)\s+)?(?:\w+ly\s+)?"
    r"(?:killed|wounded|injured|dead|missing|died)\b",
    re.I,
)
_NAMED_BY_NUMBER = frozenset({
    "article", "resolution", "resolutions", "no", "number", "aged", "jan", "feb", "mar", "apr",
    "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
})  # fmt: skip
"""Words whose number counts nothing even before a noun for people."""

_MONTHS = frozenset({
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
})  # fmt: skip
ELLIPTIC = re.compile(
    r"\s+(?:in|at|near|on|around|outside)\s+(?:(?:the|each|a)\b|[A-Z]|al-|nearby|neigh)"
)
"""What stands behind a number that counts what the one before it does: a place."""


class Skip:
    """The words of knowledge/units.yaml that make the number beside them no figure."""

    def __init__(self, units: dict[str, Any]) -> None:
        self.after = frozenset(units["not_counted"])
        self.before = frozenset(units["not_counted_before"])


def is_no_count(text: str, number: Number, counted: Counted | None, skip: Skip, doc: Doc) -> bool:
    """Whether a number is a date, a clock time, an age, a duration, a reference or a name."""
    following = _NEXT_WORD.match(text, number.core[1])
    next_word = following["word"] if following else ""
    before = text[max(0, number.start - 24) : number.start]
    preceding = _LAST_WORD.search(before)
    last_word = preceding["word"].lower().rstrip(".") if preceding else ""
    people_next = bool(counted and counted.people)
    if _is_year(text, number) and _DAY_BEFORE.search(before):
        return True
    if next_word.lower().rstrip(".’'") in skip.after or next_word == "May":
        return True
    if counted and doc[counted.head].lower_ in skip.after:
        return True
    if _NOT_AGE.search(before):
        return True
    if last_word in skip.before and not (
        # "Earlier on the day 4 people": the word before is of another phrase.
        people_next
        and len(last_word) > 1
        and last_word not in _NAMED_BY_NUMBER
        and not before.endswith(" ,")
    ):
        return True
    if number.core == (number.start, number.end) and _is_year(text, number) and not people_next:
        return True
    if _is_year(text, number) and last_word in (
        "in",
        "since",
        "until",
        "late",
        "early",
        "mid",
        "by",
        "of",
        "during",
    ):
        return True
    core = text[number.core[0] : number.core[1]].lower()
    if core == "one" and (number.core[0] > number.start or _HURT.match(text, number.end)):
        return False  # "at least one checkpoint", "one was killed"
    if core == "one" and last_word == "and" and ELLIPTIC.match(text, number.end):
        return False  # "five in Dorrun and one in Vel"
    return core in ("one", "zero") and not people_next


def _is_year(text: str, number: Number) -> bool:
    core = text[number.core[0] : number.core[1]]
    return len(core) == 4 and core.isdigit() and 1900 <= int(core) <= 2100
