"""Words of a text as classes: each token becomes one character, so that rules are small regular
expressions over a string of a few hundred characters instead of the text itself.

A character stands for a *set* of classes ("second" is an ordinal and a unit); `Lexicon.compile`
turns a rule written with class names into a pattern over such characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import msgspec

from sayso.knowledge import Knowledge

_TOKEN = re.compile(
    r"(?P<gap>\n[ \t\r]*\n\s*)"
    r"|(?P<iso>\d{4}(?P<mark_of_iso>[-/.])\d{1,2}(?P=mark_of_iso)\d{1,2}(?!\d|\.\d))"
    r"|(?P<numeric>\d{1,2}(?P<sep>[-./])\d{1,2}(?P=sep)(?:\d{4}|\d{2})(?![\d]))"
    r"|(?P<hour>\d{1,2}:\d\d(?::\d\d)?(?!\d))"
    r"|(?P<digits>\d+(?:[.,]\d+)*)"
    r"|(?P<half>[½¼¾])"
    r"|(?P<meridian>(?<=[\d\s])(?:[ap]\.\s?m\b\.?|[ap]\s?m\b))"
    r"|(?P<possessive>['’]s\b)"
    r"|(?P<word>[^\W\d_]+(?:['’][^\W\d_]{2,})?)"
    r"|(?P<mark>[^\w\s])",
    re.I,
)
_MARKS = {
    ",": "comma", "(": "open", ")": "close", "/": "slash",
    "-": "hyphen", "‐": "hyphen", "‑": "hyphen", "–": "hyphen", "—": "hyphen",
    ".": "stop", "!": "stop", "?": "stop", ";": "stop",
    "'": "apostrophe", "’": "apostrophe", "‘": "apostrophe",
}  # fmt: skip
_PLAIN = frozenset(_MARKS.values())
_NAMED = re.compile(r"<(\w+)(?::(\w+))?>|([a-z']+)(?!=)|(\s+)|\((\w+)=")
SHORTENED = frozenset({"month", "weekday"})
WHOLE = frozenset({"march", "april", "may", "june", "july"})
"""Short names written out: a full stop after them ends the sentence, it does not shorten them."""
FIRST_CHARACTER = 0x4E00
"""Classes are given characters from here: none of them means anything in a regular expression."""


class Token(msgspec.Struct, frozen=True):
    """A word, number or mark: `word` is in lower case, offsets count in the working text."""

    start: int
    end: int
    word: str
    classes: frozenset[str]

    def touches(self, other: Token) -> bool:
        """Whether `other` follows with nothing between."""
        return self.end == other.start


class Lexicon:
    """Which classes each word has, and the characters that stand for sets of classes."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.data = data
        self.values: dict[str, dict[str, Any]] = {
            name: {str(word): value for word, value in words.items()}
            if isinstance(words, dict)
            else dict.fromkeys(map(str, words))
            for name, words in data.items()
            if name not in ("dated", "context")
        }
        self.near: dict[str, frozenset[str]] = {
            name: frozenset(map(str, words)) for name, words in data["context"].items()
        }
        self.words: dict[str, frozenset[str]] = {}
        for name, words in self.values.items():
            for word in words:
                self._add(word, name)
        for phrase in self.values["festival"]:
            for piece in _TOKEN.finditer(phrase):
                self._add(piece.group(), "feast")
        self._characters: dict[frozenset[str], str] = {}

    def _add(self, word: str, name: str) -> None:
        self.words[word] = self.words.get(word, frozenset()) | {name}

    def literal(self, word: str) -> str:
        """The class of one word that a rule spells out."""
        name = f"={word}"
        self._add(word, name)
        return name

    def character(self, classes: frozenset[str]) -> str:
        """The character that stands for this set of classes."""
        if classes not in self._characters:
            self._characters[classes] = chr(FIRST_CHARACTER + len(self._characters))
        return self._characters[classes]

    def seal(self) -> None:
        """Give every set of classes that can occur its character: call before `compile`."""
        for classes in set(self.words.values()):
            self.character(classes)
            self.character(
                classes - {"month", "weekday", "weekdays", "season", "doubtful", "capital"}
            )
        for classes in (*_numbers(), frozenset[str](), *(frozenset({mark}) for mark in _PLAIN)):
            self.character(classes)
        for kind in ("iso", "numeric", "hour", "meridian", "possessive", "half", "gap"):
            self.character(frozenset({kind}))

    def compile(self, rule: str) -> re.Pattern[str]:
        """A rule as a pattern. `<name>` is a class, `<name:group>` the same as a named group,
        `(group= …)` a named group, a bare word is itself; blanks mean nothing, the rest is
        regular expression syntax.
        """

        def one(match: re.Match[str]) -> str:
            name, alias, word, _, group = match.groups()
            if group:
                return f"(?P<{group}>"
            if name:
                return f"(?P<{alias}>{self._set(name)})" if alias else self._set(name)
            return self._set(f"={word}") if word else ""

        return re.compile(_NAMED.sub(one, rule))

    def needed(self, rule: str) -> tuple[frozenset[str], ...]:
        """Sets of characters, one of each of which a text must hold for the rule to match in it:
        most rules need a word that most texts do not have.
        """
        found = []
        for text, part, optional in _parts(rule):
            if part.group("or"):
                return ()
            if optional:
                continue
            name, word = part.group("name", "word")
            names = [name] if name else [f"={word}"] if word else _alternatives(text)
            if names:
                found.append(frozenset("".join(self._set(one)[1:-1] for one in names)))
        return tuple(found)

    def _set(self, name: str) -> str:
        characters = [c for classes, c in self._characters.items() if name in classes]
        if not characters:
            raise KeyError(name)
        return f"[{''.join(characters)}]"

    def words_of(self, rule: str) -> Iterator[str]:
        """The bare words of a rule."""
        for match in _NAMED.finditer(rule):
            if match.group(3):
                yield match.group(3)


_PART = re.compile(r"\((?P<group>\d+)\)|<(?P<name>\w+)(?::\w+)?>|(?P<word>[a-z']+)|(?P<or>\|)")


def _parts(rule: str) -> Iterator[tuple[str, re.Match[str], bool]]:
    """The parts of a rule that stand in no group, and its groups (with their text), each with
    whether it may be left out.
    """
    groups, flat, depth, start = [], "", 0, 0
    for place, mark in enumerate(rule):
        if mark == "(":
            start, depth = (place if depth == 0 else start), depth + 1
        elif mark == ")":
            depth -= 1
            if depth == 0:
                groups.append(rule[start : place + 1])
                flat += f"({len(groups) - 1})"
        elif depth == 0:
            flat += mark
    for part in _PART.finditer(flat):
        text = groups[int(part.group("group"))] if part.group("group") else part.group()
        yield text, part, flat[part.end() : part.end() + 1] in ("?", "*")


def _alternatives(group: str) -> list[str]:
    """The classes of which a group must hold one; none where that is not plain to see."""
    inner = re.match(r"\((?:\?:|\w+=)([^()?*]+)\)$", group)
    if inner is None:
        return []
    names = []
    for choice in inner.group(1).split("|"):
        first = re.match(r"\s*(?:<(\w+)(?::\w+)?>|([a-z']+))", choice)
        if first is None:
            return []
        names.append(first.group(1) or f"={first.group(2)}")
    return names


_SAMPLES = [
    "101",
    "170",
    "7th",
    "45th",
    "1,200",
    "2.5",
    "21000",
    "012016",
    "994567",
    "1234567890",
    "0030",
    "0070",
    "1030",
    "1070",
    "1830",
    "1870",
    "1930",
    "1970",
    "2030",
    "2070",
    "2130",
    "2170",
    "2330",
    "2370",
    "2500",
]
"""Digits of every kind that `number_classes` tells apart, beside one and two figures."""


def _numbers() -> Iterator[frozenset[str]]:
    for digits in (*map(str, range(100)), *(f"{n:02d}" for n in range(10)), *_SAMPLES):
        yield number_classes(digits)


def number_classes(digits: str) -> frozenset[str]:
    """What a run of digits can be: a day, an hour, a year, a clock ("1456"), a joined day and year
    ("012016"), an ordinal ("21st").
    """
    if digits[-1].isalpha():
        value = int(digits[:-2])
        return frozenset({"nth", "day_number"} if 0 < value <= 31 else {"nth"})
    if not digits.isdigit():
        return (
            frozenset({"decimal"})
            if digits.count(".") == 1 and "," not in digits
            else frozenset({"amount"})
        )
    if len(digits) > 9:
        return frozenset({"amount"})
    value, found = int(digits), {"integer"} if len(digits) < 5 else {"amount"}
    if len(digits) <= 2:
        found |= {"two"} if len(digits) == 2 else set()
        found |= {"day_number"} if 1 <= value <= 31 else set()
        found |= {"hour_number"} if value <= 24 else set()
    if len(digits) == 4:
        found |= {"year"} if 1000 <= value <= 2199 else set()
        found |= {"recent_year"} if 1800 <= value <= 2059 else set()
        found |= {"clock"} if value < 2400 and value % 100 < 60 else set()
    if len(digits) == 3 and value % 100 < 60 and 100 <= value < 1300:
        found |= {"short_clock"}
    if len(digits) == 6 and 1 <= int(digits[:2]) <= 31 and 1900 <= int(digits[2:]) <= 2059:
        found |= {"joined"}
    return frozenset(found)


_NTH = re.compile(r"(?:st|nd|rd|th)\b", re.I)


def tokenise(text: str, start: int, end: int, lexicon: Lexicon) -> tuple[list[Token], str]:
    """The tokens of text[start:end], and their classes as a string of one character each."""
    tokens: list[Token] = []
    words, known = lexicon.words, lexicon._characters
    nothing = frozenset[str]()
    characters: list[str] = []
    position = start
    for match in _TOKEN.finditer(text, start, end):
        first, last = match.span()
        if first < position:
            continue
        kind = match.lastgroup
        word = match.group().lower()
        if kind == "word":
            classes = words.get(word.replace("’", "'"), nothing)
            if classes:
                if "capital" in classes and word == match.group():
                    classes -= {"month", "weekday", "weekdays", "season", "doubtful", "capital"}
                elif (
                    last < end
                    and text[last] == "."
                    and len(word) < 5
                    and word not in WHOLE
                    and classes & {"month", "weekday"}
                ):
                    last += 1
        elif kind == "digits":
            suffix = _NTH.match(text, last, end)
            if suffix:
                last = suffix.end()
                word = text[first:last].lower()
                if not word[:-2].isdigit() or len(word) > 5:
                    word = word[:-2]
            classes = number_classes(word)
        elif kind == "mark":
            classes = frozenset({_MARKS[word]}) if word in _MARKS else nothing
        else:
            classes = frozenset({kind or ""})
        tokens.append(Token(first, last, word, classes))
        characters.append(known[classes])
        position = last
    return tokens, "".join(characters)


@cache
def load_lexicon(knowledge: Knowledge) -> Lexicon:
    """The words of knowledge/times.yaml, once for each Knowledge."""
    return Lexicon(knowledge.lexicon("times"))
