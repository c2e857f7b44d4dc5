"""Attributions without a verb: a headline's source, a signed quotation, a transcript's turn."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from sayso.annotate.quotes import form_of
from sayso.schema import AttributionSpan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.annotate.lexicon import Cues
    from sayso.annotate.quotes import Quote, Quotes
    from sayso.ids import Span

METHOD = "attributions.rules/1"
_TURN = re.compile(
    r"^[\"“]?(?P<name>[A-Z][\w.’'-]{1,20}(?: [A-Z][\w.’'-]{0,20}){0,3})(?P<colon>:)[^\S\r\n]+"
    r"(?P<words>[^\r\n]*[^\s])",
    re.M,
)
LONGEST_HEADLINE = 300
"""Code points; what is longer is no headline."""
MOST_NAME_WORDS = 6

_SUFFIX = re.compile(r"\s+[|–—-]\s+[^|–—-]{2,40}$")
_FRONT = re.compile(r"\s*([^:\n]{2,60}?)\s?(:)\s+(?=\S)")
_BACK = re.compile(r"(:|\s[–—-])\s+([^:\n]{2,60})$")
_LAST = re.compile(r"(?<=[\w’'”\"])\s+((?:\w+\s+)?\w+)$")
_NATION = re.compile(r"\b[A-Z][a-z]+(?:ian|ish|ese|ic|an|i|ch|ni)\s+$")
_SIGNED = re.compile(
    r"\s*([—–]|-{1,2})\s*((?:[A-Z][\w.’'-]*\s+){0,4}[A-Z][\w.’'-]*)\s*(?=[,.(\n]|$)"
)


def headline_attribution(
    text: str, start: int, end: int, quotes: Quotes, *, cues: Cues
) -> AttributionSpan | None:
    """A headline's source: "A: words", "words: a monitor", or, its colon lost, "words Monitor".

    What stands behind a last dash or bar is the outlet's or a section's name and no content,
    unless it is a source ("- City Governor").
    """
    line = text[start:end].split("\n", 1)[0].rstrip(" .")
    if not line.strip() or len(line) > LONGEST_HEADLINE:
        return None
    line = _without_suffix(line, cues)
    front = _FRONT.match(line)
    if front and _fronts(front.group(1), line, cues):
        return _made(text, quotes, start, front.span(1), front.span(2), (front.end(), len(line)))
    back = _BACK.search(line)
    if back and _backs(back.group(2), cues):
        cue = _stripped(line, back.span(1))
        return _made(text, quotes, start, back.span(2), cue, (0, back.start()))
    last = _LAST.search(line)
    if last:
        for words in (last.group(1), last.group(1).split()[-1]):
            low = words.lower()
            if low in cues.bare_headline_sources and (low.split()[-1:] != line.split()[:1]):
                place = (len(line) - len(words), len(line))
                nation = _NATION.search(line, 0, place[0])
                if nation and low.split()[0] in {"state", "army", "media"}:
                    place = (nation.start(), len(line))
                content = (0, len(line[: place[0]].rstrip(" ,")))
                if _reads_without(line[: place[0]], cues):
                    return _made(text, quotes, start, place, place, content)
    return None


def _without_suffix(line: str, cues: Cues) -> str:
    found = _SUFFIX.search(line)
    while found and not _backs(re.sub(r"^\s+[|–—-]\s+", "", found.group()), cues):
        line = line[: found.start()]
        found = _SUFFIX.search(line)
    return line


def _fronts(words: str, line: str, cues: Cues) -> bool:
    """Whether words before a colon can be a source."""
    parts = words.split()
    if len(parts) > MOST_NAME_WORDS or line.endswith("?") or not words[0].isupper():
        return False
    if parts[0].lower() in cues.headline_labels or words.lower() in cues.headline_labels:
        return False
    return parts[-1].lower() in cues.headline_sources or all(
        part[0].isupper() or part[0].isdigit() or part.lower() in {"of", "the", "al", "for", "and"}
        for part in parts
    )


def _backs(words: str, cues: Cues) -> bool:
    """Whether words behind a last colon or dash can be a source."""
    parts = words.split()
    low = words.lower()
    if low in cues.headline_sources or parts[-1].lower() in cues.headline_sources:
        return len(parts) <= MOST_NAME_WORDS
    return False


def _reads_without(line: str, cues: Cues) -> bool:
    """Whether a headline still ends in a whole phrase once its bare last words are taken off."""
    parts = line.split()
    return len(parts) >= 3 and parts[-1].lower() not in cues.headline_joints


def _stripped(line: str, span: Span) -> Span:
    lead = len(line[slice(*span)]) - len(line[slice(*span)].lstrip())
    return span[0] + lead, span[1]


def _made(
    text: str, quotes: Quotes, start: int, source: Span, cue: Span, content: Span
) -> AttributionSpan:
    a, b, c = ((start + low, start + high) for low, high in (source, cue, content))
    lead = len(text[slice(*c)]) - len(text[slice(*c)].lstrip())
    contents = ((c[0] + lead, c[1]),)
    return AttributionSpan(
        sources=(a,),
        cues=() if a == b else (b,),
        contents=contents,
        type="statement",
        form=form_of(text, contents, quotes),
        method=METHOD,
    )


def speaker_turns(
    text: str, start: int, end: int, quotes: Quotes, *, cues: Cues
) -> list[AttributionSpan]:
    """The turns of a transcript or an interview ("BERG: We left.") between two places of a text.

    A label counts as a speaker where it comes back: twice in capitals, else three times.
    """
    turns = list(_TURN.finditer(text, start, end))
    times = Counter(turn.group("name") for turn in turns)
    found = []
    for turn in turns:
        name = turn.group("name")
        if name.lower() in cues.headline_labels or times[name] < (2 if name.isupper() else 3):
            continue
        contents = (turn.span("words"),)
        found.append(
            AttributionSpan(
                sources=(turn.span("name"),),
                cues=(turn.span("colon"),),
                contents=contents,
                type="statement",
                form=form_of(text, contents, quotes),
                method=METHOD,
            )
        )
    return found


def signed_quotes(
    text: str, quotes: Sequence[Quote], spans: Quotes
) -> list[tuple[Quote, AttributionSpan]]:
    """Quotations with the speaker's name behind a dash (“…” —A. Name), with what they are."""
    found = []
    for quote in quotes:
        match = _SIGNED.match(text, quote.end, quote.end + 120)
        if not match or not quote.closed:
            continue
        contents = ((quote.start, quote.end),)
        found.append(
            (
                quote,
                AttributionSpan(
                    sources=(match.span(2),),
                    cues=(match.span(1),),
                    contents=contents,
                    type="statement",
                    form=form_of(text, contents, spans),
                    method=METHOD,
                ),
            )
        )
    return found
