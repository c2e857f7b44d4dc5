"""What a source took from the words around it, in texts that have lost their commas.

"… in the western Selm neighbourhood | activists said", "… killed ten on | Monday activists said",
"residents | and a monitor said", "the watch and | a doctor said", "SELM | A military source said",
"according to the monitor | a".
"""

from __future__ import annotations

import re
from calendar import day_name, month_name
from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from sayso.knowledge import Knowledge
    from sayso.schema import AttributionSpan

_NAME = r"[A-Z][\w’'-]*"
_AFTER_NAME = re.compile(rf"(?<!\w){_NAME}\s+$")
_HEADING = re.compile(
    rf"(?:{_NAME}\s+){{1,4}}(?=(?:A|An|The)\s+[a-z])|(?:[A-Z]{{4,}}\s+){{2,6}}(?=[A-Z][a-z]+\s+[a-z]|[a-z])"
)
_DATELINE = re.compile(r"\(?[A-Z][\w. /]{1,20}\)\s*[-–—]+\s*(?=\w)")
_PASSIVE = re.compile(r"(?:was|were|been|is|are|being)\s+(?:\w+ly\s+)?\w+ed", re.I)
_AGENT = re.compile(
    r"\s+by\s+(?P<who>[^\d\W](?:(?!\s(?:after|when|as|while|who|which|that|in|on|at|near|following|during"
    r"|since|for|to|said)\s)[^.,;:!?\n]){2,60})"
)
_TRAILING = re.compile(r"(?:\s+(?:a|an|and|or))+$")
_JOINT = re.compile(r"(?:and|or)\s+(?=\w)")
_PLURAL = re.compile(r"(?<![\w’'-])[a-z]{3,}s\s+$")
_TOGETHER = re.compile(r"(?<=\s)(?:the|an?)\s+(?:[\w’'-]+\s+){1,3}and\s+$")
_PRONOUN = re.compile(r"(?:he|she|it|they|we|who|which)\b", re.I)
_DAYS = "|".join(name for name in (*day_name, *month_name) if name)
_AMBIGUOUS = frozenset({"state"})
"""Kinds of places that are more often said of who speaks: "state media"."""

_REACH = 40
"""Characters in front of a source in which the name of a place ends."""


def with_clean_source(text: str, span: AttributionSpan, *, knowledge: Knowledge) -> AttributionSpan:
    """The attribution without the words in its source that go with what stands beside it.

    What is taken from the front goes to the content that ends right before it. Linear in the
    length of the source.
    """
    if not span.sources:
        return _with_agent(text, span)
    if len(span.sources) != 1:
        return span
    start, end = span.sources[0]
    trailing = _TRAILING.search(text, start, end)
    end = trailing.start() if trailing else end
    heading = _DATELINE.match(text, start, end) or _HEADING.match(text, start, end)
    if heading:
        return msgspec.structs.replace(span, sources=((heading.end(), end),))
    begin = start
    if any(_adjoins(text, content, start) for _, content in span.contents):
        begin = _start(text, start, end, _patterns(knowledge))
    if (begin, end) == span.sources[0]:
        return span
    contents = tuple(
        (a, begin - _blanks(text, begin)) if _adjoins(text, b, start) and a < begin else (a, b)
        for a, b in span.contents
    )
    return msgspec.structs.replace(span, sources=((begin, end),), contents=contents)


def _with_agent(text: str, span: AttributionSpan) -> AttributionSpan:
    """The attribution with who said it where only its content holds them: "12 deaths were reported
    by rescuers after …".
    """
    if not span.cues or not _PASSIVE.fullmatch(text, *span.cues[-1]):
        return span
    at = span.cues[-1][1]
    agent = _AGENT.match(text, at, min(at + 80, len(text)))
    held = [k for k, (a, b) in enumerate(span.contents) if agent and a <= agent.start("who") < b]
    if span.type != "statement" or agent is None or not held or len(span.contents) < len(held) + 1:
        return span
    source = agent.span("who")
    contents = tuple(
        part
        for a, b in span.contents
        for part in ((a, b) if not a <= source[0] < b else (source[1] + 1, b),)
        if part[0] < part[1]
    )
    return msgspec.structs.replace(span, sources=(source,), contents=contents)


def _start(
    text: str, start: int, end: int, patterns: tuple[re.Pattern[str], re.Pattern[str]]
) -> int:
    """Where a source begins that stands right behind its content."""
    if _JOINT.match(text, start, end):
        beside = _PLURAL.search(text, max(0, start - _REACH), start)
        return beside.start() if beside else start
    together = _TOGETHER.search(text, max(0, start - 2 * _REACH), start)
    if together and not _PRONOUN.match(text, start, end):
        return together.start()
    kind, day = patterns
    when = day.match(text, start, end)
    if when:
        return when.end()
    where = kind.match(text, start, end)
    if where and _AFTER_NAME.search(text, max(0, start - _REACH), start):
        return where.end()
    return start


def _adjoins(text: str, content: int, source: int) -> bool:
    """Whether nothing but blanks stands between a content's end and a source."""
    return content < source and text[content:source].isspace() and "\n" not in text[content:source]


def _blanks(text: str, at: int) -> int:
    """How many blanks stand right before an offset."""
    begin = at
    while begin and text[begin - 1].isspace():
        begin -= 1
    return at - begin


@lru_cache(maxsize=4)
def _patterns(knowledge: Knowledge) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Kinds of places in front of more words, and days and months there."""
    words = set(knowledge.lexicon("place_words")["kinds"]) - _AMBIGUOUS
    kinds = "|".join(sorted(words, key=len, reverse=True))
    return (
        re.compile(rf"(?:{kinds})\s+(?=[a-z])"),
        re.compile(rf"(?:on\s+)?(?:{_DAYS})\s+(?=\w)"),
    )
