"""Quantities: when two figures count the same, and whether both can hold."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal

import msgspec

from sayso.schema import Figure

_FIGHTERS = frozenset(
    {"fighter", "militant", "rebel", "soldier", "terrorist", "extremist", "jihadist", "insurgent"}
    | {"gunman", "combatant", "troop", "militiaman", "jihadi", "force", "serviceman", "trooper"}
    | {"personnel", "guerrilla", "mercenary", "loyalist"}
)
_OF_THE_STATE = frozenset({"soldier", "troop", "serviceman", "trooper", "loyalist"})
_AGAINST_IT = frozenset(
    {"militant", "terrorist", "extremist", "jihadist", "jihadi", "insurgent", "guerrilla"}
)
_REBELS = frozenset({"rebel", "opposition"})
_STATE_WORDS = frozenset(
    {"army", "regime", "government", "pro-government", "pro-regime", "loyal", "loyalist"}
)
_AGAINST_WORDS = _AGAINST_IT | {"anti-government", "anti-regime", "islamist", "takfiri"}
_YOUNG_OR_PLAIN = frozenset(
    {"child", "kid", "woman", "girl", "boy", "man", "baby", "infant", "toddler", "teenager"}
    | {"schoolchild", "schoolchildren", "newborn", "elderly"}
)
_ATTACKERS = frozenset({"bomber", "attacker", "assailant", "hijacker", "kidnapper"})
Fit = Literal["agree", "compatible", "apart"]

_EVERYBODY = frozenset(
    {"", "people", "person", "other", "dead", "victim", "casualty", "body", "life", "death", "soul"}
    | {"fatality", "wounded", "injured", "injury", "corpse", "martyr", "human", "individual"}
    | {"killed", "toll", "deceased", "national", "citizen"}
)
_NO_NOUN = frozenset(
    {"", "other", "dead", "victim", "casualty", "body", "life", "death", "soul", "fatality"}
    | {"wounded", "injured", "injury", "corpse", "martyr", "killed", "toll", "deceased"}
)
_IRREGULAR = {"children": "child", "lives": "life", "people": "people", "police": "policeman"}
OPEN = 1.25
"""An open bound is taken to reach this many times its number where two figures are said to agree;
whether two can both hold is asked without it."""


class Quantity(msgspec.Struct, frozen=True):
    """What a figure counts: figures may disagree only where this is equal."""

    unit: str | None
    effect: str | None
    of: str


def quantity(figure: Figure, persons: frozenset[str]) -> Quantity:
    """The quantity of a figure. "People", "others" and a bare number of dead are one; so is what
    is no kind of person in `persons` (singular nouns): a nationality, or words misread.
    """
    words = (figure.of or "").casefold().split()
    last = singular(words[-1]) if words else ""
    everybody = last in _EVERYBODY or last not in persons
    return Quantity(figure.unit, figure.effect, "people" if everybody else last)


def group_of(of: str) -> str:
    """What is counted, with words that outlets change for each other as one: those for who fights,
    those for who carried it out, and civilians with people.
    """
    if of in _FIGHTERS:
        return "fighter"
    if of in _ATTACKERS:
        return "attacker"
    return "people" if of == "civilian" else of


Side = Literal["state", "rebels", "others against it"]


def side_of(figure: Figure) -> Side | None:
    """The side of the fighters that a figure counts, by their own words; null where they do not
    say ("12 fighters") or say two.
    """
    words = (figure.of or "").casefold().split()
    if not words or (last := singular(words[-1])) not in _FIGHTERS:
        return None
    found: set[Side] = set()
    if "free" not in words and (last in _OF_THE_STATE or _STATE_WORDS & set(words)):
        found.add("state")
    if last == "rebel" or _REBELS & set(words):
        found.add("rebels")
    elif last in _AGAINST_IT or _AGAINST_WORDS & set(words):
        found.add("others against it")
    return found.pop() if len(found) == 1 else None


def within(of: str) -> tuple[str, ...]:
    """Of whom a kind of people can be a part, where both are counted and it is fewer; people who
    are fewer than the civilians are of a part, too.
    """
    if of == "people":
        return ("civilian",)
    return ("people", "civilian") if of in _YOUNG_OR_PLAIN else ("people",)


def says_nothing(figure: Figure, persons: frozenset[str]) -> bool:
    """Whether a figure leaves open what it counts: no noun, one for the toll itself, or words that
    are no people.
    """
    words = (figure.of or "").casefold().split()
    last = singular(words[-1]) if words else ""
    return last in _NO_NOUN or last not in persons


def singular(noun: str) -> str:
    """The singular of a noun for people, as far as endings tell it."""
    if noun in _IRREGULAR:
        return _IRREGULAR[noun]
    if noun.endswith("men"):
        return f"{noun[:-3]}man"
    if noun.endswith("ies"):
        return f"{noun[:-3]}y"
    return noun[:-1] if noun.endswith("s") and not noun.endswith("ss") else noun


def bounds(figure: Figure) -> tuple[float, float]:
    """The interval that a figure allows; infinite where it is open."""
    low = figure.low if figure.low is not None else 0.0
    high = figure.high if figure.high is not None else math.inf
    return low, high


def fit(a: Figure, b: Figure) -> Fit:
    """Whether two figures of one quantity agree, can both hold, or cannot."""
    (low_a, high_a), (low_b, high_b) = bounds(a), bounds(b)
    if low_a > high_b or low_b > high_a:
        return "apart"
    near_a, near_b = _near(low_a, high_a), _near(low_b, high_b)
    if a.value is not None and a.value == b.value:
        return "agree"
    return "agree" if low_a <= near_b and low_b <= near_a else "compatible"


def _near(low: float, high: float) -> float:
    """Up to where an interval is taken to mean it: its end, or a little above an open bound."""
    return low * OPEN if math.isinf(high) and low else high


def size(figure: Figure) -> float:
    """One number to order figures by: the value, else the lower bound, else the upper."""
    for number in (figure.value, figure.low, figure.high):
        if number is not None:
            return number
    return 0.0


_BOUNDS = {
    "exact": "",
    "about": "about ",
    "at least": "at least ",
    "more than": "more than ",
    "at most": "at most ",
    "less than": "fewer than ",
    "order": "",
}


def in_words(figure: Figure) -> str:
    """A figure with what it counts and what befell it: "at least 58 people killed"."""
    number = f"{figure.value:,.0f}" if figure.value is not None else figure.text
    if figure.of and figure.value is None and number.lower().endswith("s"):
        number += " of"  # dozens of people
    parts = [f"{_BOUNDS[figure.bound]}{number}", figure.of or ""]
    if figure.effect and figure.effect not in parts[1]:
        parts.append(figure.effect)
    return " ".join(part for part in parts if part)


def largest(figures: Sequence[Figure]) -> Figure:
    """The largest of figures, the first in the text of equals."""
    return max(figures, key=lambda f: (size(f), -f.start))
