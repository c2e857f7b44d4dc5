"""The patterns of page furniture, compiled from knowledge/furniture.yaml once a process."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any
from weakref import WeakKeyDictionary

from sayso.knowledge import Knowledge


def _words(words: list[str]) -> str:
    ordered = sorted((str(word) for word in words), key=lambda word: (-len(word), word))
    return "|".join(map(re.escape, ordered))


class Patterns:
    """What furniture, captions, datelines and dates of publication look like."""

    def __init__(self, lists: dict[str, Any], agencies: str) -> None:
        self._lists = lists
        self._agencies = agencies

    def _compile(self, pattern: str) -> re.Pattern[str]:
        return re.compile(pattern, re.IGNORECASE)

    @cached_property
    def line(self) -> re.Pattern[str]:
        """A whole line of furniture."""
        return self._compile("|".join(f"(?:{p})" for p in self._lists["lines"]))

    @cached_property
    def section(self) -> re.Pattern[str]:
        """A line that begins the part of a page after its article."""
        return self._compile("|".join(f"(?:{p})" for p in self._lists["sections"]))

    @cached_property
    def opening(self) -> re.Pattern[str]:
        """Furniture that a first paragraph begins with."""
        return self._compile("|".join(f"(?:{p})" for p in self._lists["openings"]))

    @cached_property
    def closing(self) -> re.Pattern[str]:
        """Furniture that a last paragraph ends with, after the end of a sentence."""
        return self._compile(
            "(?:" + "|".join(f"(?:{p})" for p in self._lists["closings"]) + r")\s*\Z"
        )

    @cached_property
    def end(self) -> re.Pattern[str]:
        """Furniture that a last paragraph ends with, in the middle of a sentence or not."""
        return self._compile("(?:" + "|".join(f"(?:{p})" for p in self._lists["ends"]) + r")\s*\Z")

    @cached_property
    def credit_end(self) -> re.Pattern[str]:
        """An agency's name after a dash or in brackets at the end of a text: "--Reuters"."""
        agency = f"(?:{self._agencies})"
        several = rf"{agency}(?:(?:\s*[,/&+]\s*|\s+and\s+){agency})*"
        inside = rf"(?:with\s+)?{several}(?:\s+(?:contributed|and\s+agencies))?"
        return self._compile(rf"\s*(?:[-–—]{{1,3}}\s*{several}|\({inside}\))\.?\s*\Z")

    @cached_property
    def foot(self) -> re.Pattern[str]:
        """Words of a page's foot."""
        return self._compile(rf"\b(?:{_words(self._lists['foot'])})\b")

    @cached_property
    def foot_words(self) -> tuple[str, ...]:
        """The same words, in small letters."""
        return tuple(word.lower() for word in self._lists["foot"])

    @cached_property
    def about(self) -> re.Pattern[str]:
        """What follows an outlet's name where it tells of itself."""
        return self._compile(r"\s*" + self._lists["about"])

    @cached_property
    def date_cue(self) -> re.Pattern[str]:
        """Words before a date of publication; the group "updated" where they tell of a change."""
        published, updated = _words(self._lists["published"]), _words(self._lists["updated"])
        return self._compile(rf"\(?(?:(?P<updated>{updated})|(?P<published>{published}))\b\s*:?\s*")

    @cached_property
    def credit(self) -> re.Pattern[str]:
        """A photograph's credit in brackets. Group "photo" where it says so itself."""
        photo = rf"[^()]{{0,60}}\b(?:{_words(self._lists['credits'])})\b[^()]{{0,60}}"
        agency = rf"(?:{self._agencies})"
        return self._compile(
            rf"[(\[](?:(?P<photo>{photo})|{agency}(?:\s*(?:[/,&]|and)\s*[\w .]{{2,40}})?"
            rf"|[\w .'’-]{{2,40}}\s*(?:/|\band\s+Agencies\b)\s*[\w .'’-]{{0,40}})[)\]]"
        )

    @cached_property
    def position(self) -> re.Pattern[str]:
        """Who stands where in a picture: "(L)", "(right)"."""
        return self._compile(rf"\((?:{_words(self._lists['positions'])})\)")

    @cached_property
    def scene(self) -> re.Pattern[str]:
        """A verb of what a picture shows, in the present."""
        return re.compile(rf"\b(?:{_words(self._lists['scenes'])})\b")

    @cached_property
    def shown(self) -> re.Pattern[str]:
        """Words that show a picture: "is seen", "are pictured", "A view shows"."""
        shown = _words(self._lists["shown"])
        showing = _words(self._lists["showing"])
        views = _words(self._lists["views"])
        return self._compile(
            rf"\b(?:is|are)\s+(?:{shown})\b|^(?:{views})\b(?:.{{0,60}}\b(?:{showing})\b)?"
        )

    @cached_property
    def reported(self) -> re.Pattern[str]:
        """Words of reporting, which captions seldom hold."""
        return re.compile(rf"\b(?:{_words(self._lists['reported'])})\b")

    @cached_property
    def agency_date(self) -> re.Pattern[str]:
        """An agency's name right before a date with its weekday: "AFP Sunday 15 Feb 2015"."""
        agency = f"(?:{self._agencies}|(?-i:Agencies))"
        return self._compile(
            rf"(?<!\w)(?:[A-Z][\w ]{{0,20}} and )?{agency}"
            rf"(?:(?:\s*[,/&]\s*|\s+and\s+)(?:{agency}|[A-Z]\w+))*"
            r"[,\s]+(?=(?:mon|tues|wednes|thurs|fri|satur|sun)day\b)"
        )

    @cached_property
    def agency_alone(self) -> re.Pattern[str]:
        """An agency's name before the first sentence: "AFP At least 15 …"."""
        return re.compile(
            rf"(?:{self._agencies})(?:\s*[/,&]\s*(?:{self._agencies}))*\s+(?=[A-Z\"“\d])"
        )

    @cached_property
    def dateline(self) -> re.Pattern[str]:
        """A place before the first sentence: "GOMA, Congo (Reuters) - ", "Beirut- "."""
        caps = r"[A-Z][A-Z'’.-]{2,}(?:[ /][A-Z][A-Z'’.-]+){0,3}"
        name = r"[A-Z][\w'’.-]+(?:[ ,/]+[A-Z][\w'’.-]+){0,4}"
        region = r"(?:,\s[A-Z][\w'’. -]{1,40}?)?"
        agency = rf"\((?:{self._agencies}|[A-Z][\w .'’/-]{{1,30}})\)"
        known = f"(?i:\\(?(?:{self._agencies})\\)?)"
        dash = r"\s*[-–—]{1,2}\s+"
        barred = _words(self._lists["not_places"])
        cities = _words(self._lists["cities"])
        countries = _words(self._lists["countries"])
        return re.compile(
            rf"(?!(?:{barred})\b)(?:"
            rf"{caps}{region}(?:[,\s]+[A-Z][a-z]+\s\d{{1,2}})?\s*{agency}{dash}"
            rf"|{caps}{region}\s*{known}(?:{dash}|\s+)(?=[\"“‘'(A-Z\d])"
            rf"|{caps}{region}(?:[,\s]+[A-Z][a-z]+\s\d{{1,2}})?{dash}(?=[\"“‘'(A-Z\d])"
            rf"|{name}\s*{known}{dash}"
            rf"|[A-Z][a-z]+(?:[ ,/]+[A-Z][a-z]+){{0,2}}[-–—] (?=[\"“‘'A-Z\d])"
            rf"|(?:{cities}):?\s+(?=[\"“‘'A-Z\d][\w\"“‘']*[a-z\d ])"
            rf"|[A-Z]{{3,}}(?:[ -][A-Z]{{2,}}){{0,3}},?\s(?:{countries})\s+(?=[\"“‘'A-Z\d])"
            rf")"
        )

    @cached_property
    def inner_dateline(self) -> re.Pattern[str]:
        """A dateline with its agency inside a paragraph, after a summary."""
        return re.compile(
            rf"(?<=[\s.!?])[A-Z]{{3,}}(?:[ -][A-Z]{{2,}}){{0,3}}(?:,\s[A-Z]\w+(?:\s[A-Z]\w+)?)?\s*"
            rf"\((?i:{self._agencies})\)\s*(?:[-–—]{{1,2}}\s*)?"
        )

    @cached_property
    def outlet_word(self) -> re.Pattern[str]:
        """A word of an outlet's name."""
        return re.compile(rf"\b(?:{_words(self._lists['outlet_words'])})\b")

    @cached_property
    def outlet_lines(self) -> tuple[re.Pattern[str], ...]:
        """Lines of furniture that hold an outlet's name, known or not, in the group "name"."""
        return tuple(self._compile(p) for p in self._lists["outlet_lines"])

    @cached_property
    def starter(self) -> re.Pattern[str]:
        """A word that begins a sentence."""
        return re.compile(rf"(?:(?:{_words(self._lists['starters'])})|\d+)\s")


_made: WeakKeyDictionary[Knowledge, Patterns] = WeakKeyDictionary()


def patterns_of(knowledge: Knowledge) -> Patterns:
    """The patterns of some knowledge, made once."""
    if knowledge not in _made:
        agencies = knowledge.outlets.agency_pattern
        _made[knowledge] = Patterns(knowledge.lexicon("furniture"), agencies)
    return _made[knowledge]
