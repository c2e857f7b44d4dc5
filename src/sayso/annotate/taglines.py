"""Taglines: "…" A. Name said, told by their words where the parse went another way."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sayso.annotate.assembly import Draft, Page
from sayso.annotate.phrases import Report

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sayso.annotate.lexicon import Cues

FEWEST_WORDS = 3
"""Words of the shortest quotation that is given a speaker so."""
LONGEST_TAGLINE = 120
"""Code points behind a quotation that are searched."""

_NAME = (
    r"(?:[Tt]he |[Aa]n? )?(?:[a-z][\w-]+ ){0,3}?"
    r"(?:(?:[A-Z][\w.’'-]*|al-[A-Z][\w-]*)(?: (?:of|for|and|the|al|in))?[ ]){0,8}"
    r"(?:[A-Z][\w’'-]*|al-[A-Z][\w-]*)"
)
_NAME_FIRST = re.compile(rf"[,.\s]*\b(?P<source>{_NAME}|he|she|they|it) (?P<cue>[a-z]+)\b")
_VERB_FIRST = re.compile(rf"[,.\s]*\b(?P<cue>[a-z]+) (?P<source>{_NAME})(?=[,.;\s]|$)")
_WORDS = re.compile(r"\w+")


def tagline_drafts(page: Page, cues: Cues) -> Iterator[Draft]:
    """A draft, its quotation claimed, for every quotation that nobody has and a tagline follows."""
    for quote in page.quotes.all:
        if quote.start in page.claimed:
            continue
        if len(_WORDS.findall(page.text, quote.start, quote.end)) < FEWEST_WORDS:
            continue
        line_end = page.text.find("\n", quote.end, quote.end + LONGEST_TAGLINE)
        end = line_end if line_end >= 0 else min(len(page.text), quote.end + LONGEST_TAGLINE)
        for pattern in (_NAME_FIRST, _VERB_FIRST):
            found = pattern.match(page.text, quote.end, end)
            if found and found.group("cue") in cues.quoting_forms:
                draft = Draft(
                    report=Report(
                        at=0,
                        lemma=found.group("cue"),
                        type="statement",
                        sources=(),
                        cue=(),
                        contents=(),
                        quoting=True,
                    ),
                    sources=[found.span("source")],
                    cues=[found.span("cue")],
                    contents=[],
                )
                page.claim(quote, draft)
                yield draft
                break
