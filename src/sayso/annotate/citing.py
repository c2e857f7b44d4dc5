"""Who is only quoted: "the agency reported, citing a doctor", "they said quoting the ministry".

The encoder finds the one that cites and often not the one that is cited, above all where commas
are lost. What is handed on is the same; the cited stand inside (`resolve.chains`).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from sayso.schema import AttributionSpan

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sayso.annotate.lexicon import Cues
    from sayso.ids import Span

METHOD = "attributions.citing/1"

GAP = 40
"""Characters between an attribution and "citing", at most."""

LONGEST = 16
"""Words of a source, at most."""

_REACH = 160
_END = re.compile(
    r"[,.;:!?()\[\]\"“”\n]|\s(?:that|as|who|which|after|before|when|while|said|says|but)\s"
)
_THAT = re.compile(r",?\sthat\s+")
_SENTENCE_END = re.compile(r"[.!?][\"”’']?(?=\s|$)|\n")
_BREAK = re.compile(r"[.;:!?\n]")
_BEHIND_HEAD = re.compile(r"\s(?:of|in|at|on|from|with|for|to|close|near|inside|based)\s")


def with_cited(
    text: str, blocks: Sequence[Span], found: Sequence[AttributionSpan], *, cues: Cues
) -> list[AttributionSpan]:
    """The attributions of `found` and those to whom they cite; whoever is cited is not said."""
    cited = list(_cited(text, blocks, found, cues))
    sources = {source for span in cited for source in span.sources}
    return [span for span in found if not _within(span, sources)] + cited


def _within(span: AttributionSpan, sources: set[Span]) -> bool:
    """Whether an attribution has no other words than those of one who is cited."""
    return any(all(a <= c and d <= b for c, d in span.contents) for a, b in sources)


def _cited(
    text: str, blocks: Sequence[Span], found: Sequence[AttributionSpan], cues: Cues
) -> Iterator[AttributionSpan]:
    pattern = _pattern(cues.citing)
    for start, end in blocks:
        for match in pattern.finditer(text, start, end):
            source = _source(text, match.end(), end, cues)
            outer = _citer(text, match.start(), found)
            if source is None or outer is None or _is_taken(source, found):
                continue
            contents = _told(text, source[1], end) or outer.contents
            if any(a < source[1] and source[0] < b for a, b in contents):
                continue
            yield AttributionSpan(
                sources=(source,),
                cues=(match.span("cue"),),
                contents=contents,
                type="statement",
                form=outer.form,
                method=METHOD,
            )


def _source(text: str, start: int, end: int, cues: Cues) -> Span | None:
    """The words behind "citing" that are somebody, or somebody's words."""
    stop = _END.search(text, start, min(end, start + _REACH))
    words = text[start : stop.start() if stop else min(end, start + _REACH)].rstrip()
    if not words or len(words.split()) > LONGEST:
        return None
    head = _BEHIND_HEAD.split(words)[0].split()[-1]
    noun = head.lower().strip("'’")
    speaks = noun in cues.citable or noun.removesuffix("s") in cues.citable or head[0].isupper()
    return (start, start + len(words)) if speaks else None


def _citer(text: str, at: int, found: Sequence[AttributionSpan]) -> AttributionSpan | None:
    """The attribution that ends right before an offset, in its sentence."""
    best, nearest = None, GAP + 1
    for span in found:
        parts = (*span.sources, *span.cues, *span.contents)
        last = max((b for _, b in parts if b <= at), default=-1)
        if not span.sources or not span.cues or span.cues[0][0] >= at or at - last >= nearest:
            continue
        if span.type == "statement" and not _BREAK.search(text, last, at):
            best, nearest = span, at - last
    return best


def _told(text: str, start: int, end: int) -> tuple[Span, ...] | None:
    """What stands behind a source as "that …", to the end of its sentence."""
    that = _THAT.match(text, start, end)
    if that is None:
        return None
    stop = _SENTENCE_END.search(text, that.end(), end)
    return ((that.end(), stop.start() if stop else end),)


def _is_taken(source: Span, found: Sequence[AttributionSpan]) -> bool:
    return any(a < source[1] and source[0] < b for span in found for a, b in span.sources)


@lru_cache(maxsize=4)
def _pattern(verbs: frozenset[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<=[\s,])(?P<cue>{'|'.join(sorted(verbs))})\s+(?=\w)")
