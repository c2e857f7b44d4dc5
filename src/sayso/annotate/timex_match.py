"""A rule's match over the words of a text, read by group; and what a rule makes of it."""

from __future__ import annotations

import re
from collections.abc import Callable

import msgspec

from sayso.annotate.timex_tokens import Lexicon, Token
from sayso.schema import TimexType

Parts = dict[str, str | int]


class Made(msgspec.Struct, frozen=True):
    """What a rule makes of its words: tokens [first, last), the kind of value and its parts."""

    first: int
    last: int
    type: TimexType
    rule: str
    parts: Parts


def kept(**parts: str | int | None) -> Parts:
    """Parts without those that are None or ""."""
    return {name: value for name, value in parts.items() if value is not None and value != ""}


class Match:
    """A rule's match, read by group."""

    def __init__(self, match: re.Match[str], tokens: list[Token], lexicon: Lexicon) -> None:
        self.first, self.last = match.span()
        self.tokens, self.lexicon, self._match = tokens, lexicon, match

    def has(self, group: str) -> bool:
        """Whether the rule has the group and it took part."""
        return group in self._match.re.groupindex and self._match.group(group) is not None

    def at(self, group: str) -> Token:
        """The first token of a group."""
        return self.tokens[self._match.start(group)]

    def all(self, group: str) -> list[Token]:
        """The tokens of a group."""
        return self.tokens[self._match.start(group) : self._match.end(group)]

    def word(self, group: str) -> str:
        """The first word of a group, in lower case; "" where it took no part."""
        return self.at(group).word if self.has(group) else ""

    def value(self, group: str, name: str) -> int | str:
        """The lexicon's value of a group's first word."""
        found: int | str = self.lexicon.values[name][self.word(group)]
        return found

    def before(self, back: int = 1) -> str:
        """The word `back` tokens before the match, "" at the start."""
        return self.tokens[self.first - back].word if self.first >= back else ""

    def after(self, ahead: int = 0) -> Token | None:
        """The token `ahead` tokens after the match."""
        return self.tokens[self.last + ahead] if self.last + ahead < len(self.tokens) else None

    def made(
        self,
        kind: TimexType,
        rule: str,
        /,
        *,
        first: int = 0,
        last: int = 0,
        **parts: str | int | None,
    ) -> Made:
        """The result; parts that are None or "" are left out."""
        return Made(self.first + first, self.last + last, kind, rule, kept(**parts))

    def end(self, group: str) -> int:
        """The place after a group's last token."""
        return self._match.end(group)

    def near(self, name: str, ahead: int | None = None) -> bool:
        """Whether the word before, or the one `ahead` words after, is in a list of context."""
        token = self.after(ahead) if ahead is not None else None
        word = (token.word if token else "") if ahead is not None else self.before()
        return word in self.lexicon.near[name]

    def number(self, group: str) -> int | None:
        """The whole number that a group's digits name; None where it took no part."""
        return int(self.word(group)) if self.has(group) else None

    def amount(self) -> str:
        """The number of units, as ISO 8601 wants it; "X" for a vague one."""
        number = read_number(self.all("n"), self.lexicon)
        return "X" if number is None else f"{number:g}" if number < 1e6 else "X"

    def unit(self) -> str:
        """The letter of the unit."""
        units, word = self.lexicon.values, self.word("u")
        return str(units["unit"].get(word) or units["units"][word])

    def part(self, name: str = "daypart") -> str | None:
        """The part of the day, as TIMEX3 writes it."""
        return str(self.value("part", name)) if self.has("part") else None

    def weekday(self) -> int | None:
        """The ISO number of the weekday."""
        return int(self.value("weekday", "weekday")) if self.has("weekday") else None

    def month(self) -> int:
        """The number of the month."""
        return int(self.value("month", "month"))

    def day(self, group: str = "day") -> int:
        """The number that digits, an ordinal or its word name."""
        word = self.word(group)
        if word[0].isdigit():
            return int("".join(c for c in word if c.isdigit()))
        return int(self.lexicon.values["ordinal"][word])

    def year_ref(self) -> int | None:
        """Years from the one of writing: "June last year" is -1."""
        for group in ("yref", "possessor"):
            if self.has(group):
                return {"last": -1, "this": 0, "next": 1}.get(self.word(group), -1)
        return None

    def ref(self) -> str:
        """Which one of its kind: last, this, next (from the day of writing); previous, following,
        same, that (from the narrative); "" where no word says.
        """
        if not self.has("rel"):
            return ""
        words = [token.word for token in self.all("rel")]
        first, values = words[0], self.lexicon.values
        if first == "this" and len(words) > 1:
            return "last" if words[1] == "past" else "next"
        if first in ("previous", "preceding"):
            return "previous"
        if first in ("following", "same", "that"):
            return first
        if first in ("this", "current"):
            return "this"
        return "last" if first in values["last"] or first == "latest" else "next"

    def stage(self) -> str | None:
        """Which part of a stretch: early, mid, late, earlier, later, rest; None for all of it."""
        if self.has("stage"):
            word = self.word("stage")
            return {"middle": "mid", "beginning": "early", "sometime": None}.get(word, word)
        if self.has("edge"):
            words = [token.word for token in self.all("edge")]
            return next((stage for word, stage in _EDGES.items() if word in words), None)
        return None

    def start(self, group: str) -> int:
        """The place of a group's first token."""
        return self._match.start(group)


_EDGES = {
    "beginning": "early", "start": "early", "turn": "early", "middle": "mid", "end": "late",
    "close": "late", "rest": "rest", "remainder": "rest",
}  # fmt: skip
Maker = Callable[[Match], Made | None]


def read_number(tokens: list[Token], lexicon: Lexicon) -> float | None:
    """The number that words or digits name; None for a vague one ("several")."""
    total, values = 0.0, lexicon.values
    words = [token.word for token in tokens]
    if "few" in words or "many" in words:
        return None
    if "couple" in words:
        return 2
    for place, token in enumerate(tokens):
        word = token.word
        if word == "half" or word in "½":
            return total + 0.5
        if "slash" in token.classes:
            top, bottom = float(words[place - 1]), float(words[place + 1])
            return total - top + (top / bottom if bottom else 0)
        if word in values["scale"]:
            total = max(total, 1) * values["scale"][word]
        elif word in values["number"]:
            total += values["number"][word]
        elif word in values["tens"]:
            total += values["tens"][word]
        elif word[0].isdigit():
            total += float(word)
        elif word in values["vague"]:
            return None
    return total
