"""From cues to attributions: which words, quoted or not, are each cue's content.

The parse says what a verb governs; quotation marks go on where the parse stops: behind the
sentence, in the next paragraph, on both sides of "he said".
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

import msgspec

from sayso.annotate.phrases import Report
from sayso.annotate.quotes import Quote, Quotes, form_of
from sayso.schema import AttributionSpan

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sayso.ids import Span

METHOD = "attributions.rules/1"
LONGEST_GAP = 160
"""Code points between a cue and the quotation that it opens or that goes on behind it."""
LONGEST_REST = 300
"""Code points between the parsed end of a clause and the source behind it that are taken in."""

MOST_LOOSE_WORDS = 3
"""Words between a clause and the source behind it that are taken in where no comma stands."""
LONGEST_NICKNAME = 30
"""Code points of a quotation that can stand inside a source's name."""

_BEFORE_SOURCE = frozenset(',”"’»')
_BESIDE = re.compile(r"[^\S\r\n]*[,.;:?!…–—-]*[^\S\r\n]*(?:(?:and|but|then|as)\s+)?")
_OPENS = re.compile(r"[^\S\r\n]*(?:[,:–—-][^\S\r\n]*)?(?:that\s+)?|\s*:\s*")
_STOP = re.compile(r"[.!?…][\"”’')]*\s+(?=[\"“‘A-Z])|[\r\n]")
_LINE_END = re.compile(r"[^\S\r\n]*(?:[\r\n]|\Z)")
_WORD = re.compile(r"\w")
_DATELINE = re.compile(
    r"[A-Z][A-Z.'’-]+(?:[ /][A-Z][A-Z.'’-]+)*(?:, [A-Z][\w. ]{1,30})?"
    r"(?: \([\w .]{2,20}\))?\s+[-–—]+\s+"
    r"|\d{1,2} [A-Z][a-z]{2,8}\.? \d{4}\s+|[A-Z][a-z]{2,8}\.? \d{1,2},? \d{4}\s+"
)
_EDGE = " \t\r\n\f\v\u00a0,;:–—-"
_FIRST_PERSON = frozenset(["i", "we", "you", "me", "us"])


class Draft(msgspec.Struct):
    """An attribution in the making: spans of the working text."""

    report: Report
    sources: list[Span]
    cues: list[Span]
    contents: list[Span]

    @property
    def start(self) -> int:
        """Where the source and cue begin."""
        return min(a for a, _ in (*self.sources, *self.cues))

    @property
    def end(self) -> int:
        """Where the source and cue end."""
        return max(b for _, b in (*self.sources, *self.cues))


class Page(msgspec.Struct):
    """A text with its quotations and the starts of its sentences.

    `claimed` maps the start of a quotation to the draft whose content it is, or to None where it
    is nobody's of these.
    """

    text: str
    quotes: Quotes
    starts: list[int]
    claimed: dict[int, Draft | None]

    def is_quoted(self, at: int) -> bool:
        """Whether a place stands between quotation marks."""
        return self.quotes.holding(at) is not None

    def claim(self, quote: Quote, draft: Draft) -> None:
        """Make a quotation a draft's content."""
        self.claimed[quote.start] = draft
        draft.contents.append((quote.start, quote.end))


def claim_quotes(drafts: list[Draft], page: Page) -> list[Draft]:
    """Give each cue the quotations beside it; what cannot be an attribution is left out."""
    kept = [draft for draft in drafts if not _is_misread(draft, page)]
    cue_starts = sorted(d.cues[0][0] for d in kept)
    for draft in kept:
        if draft.report.quoting and not page.is_quoted(draft.cues[0][0]):
            for quote in _beside(draft, page, cue_starts):
                if quote.start not in page.claimed:
                    page.claim(quote, draft)
    for draft in kept:
        _reach_to_cue(draft, page.text, cue_starts)
        _take_whole_quotes(draft, page)
    return kept


def assemble(drafts: list[Draft], page: Page) -> list[AttributionSpan]:
    """Hand on the quotations that are left, and make records of what has content."""
    _hand_on(drafts, page)
    return [a for a in (_record(d, page) for d in drafts) if a]


def _is_misread(draft: Draft, page: Page) -> bool:
    """Whether the source stands in a quotation that the cue stands outside of."""
    if not draft.sources:
        return False
    holder = page.quotes.holding(draft.sources[0][0])
    return (
        holder is not None
        and holder != page.quotes.holding(draft.cues[0][0])
        and (draft.sources[0][1] <= holder.end and holder.end - holder.start > LONGEST_NICKNAME)
    )


def _beside(draft: Draft, page: Page, cue_starts: list[int]) -> list[Quote]:
    """The quotations right before and right behind a source and its cue."""
    found = []
    text = page.text
    before = page.quotes.ending_by(draft.start)
    if before and _BESIDE.fullmatch(text, before.end, draft.start):
        ahead = bool(draft.contents) and min(a for a, _ in draft.contents) >= draft.end
        passed = text[max(0, before.end - 2) : draft.start]
        if not (ahead and any(mark in passed for mark in ".!?")):
            found.append(before)
    after = page.quotes.starting_from(draft.end)
    if after is None or after.start - draft.end > LONGEST_GAP:
        return found
    gap = text[draft.end : after.start]
    k = bisect_left(cue_starts, draft.end)
    others = k < len(cue_starts) and cue_starts[k] < after.start
    close = _OPENS.fullmatch(gap) is not None
    far = not draft.contents and not found and not others and not draft.report.beside_only
    if close or (far and not _STOP.search(gap)):
        found.append(after)
    return found


def _reach_to_cue(draft: Draft, text: str, cue_starts: list[int]) -> None:
    """Let content that stands before its source and cue reach up to them ("A and B, C said")."""
    if not draft.contents or draft.report.lemma == "according":
        return
    start, end = min(a for a, _ in draft.contents), max(b for _, b in draft.contents)
    gap = text[end : draft.start]
    if end >= draft.start or len(gap) > LONGEST_REST or _STOP.search(gap):
        return
    k = bisect_left(cue_starts, end)
    if k < len(cue_starts) and cue_starts[k] < draft.start:
        return
    if gap.rstrip()[-1:] in _BEFORE_SOURCE or 0 < len(gap.split()) <= MOST_LOOSE_WORDS:
        draft.contents = [(start, draft.start)]


def _take_whole_quotes(draft: Draft, page: Page) -> None:
    """Widen content to the whole of a quotation that it reaches into from outside."""
    if not draft.contents or page.is_quoted(draft.cues[0][0]):
        return
    own = (*draft.sources, *draft.cues)
    for start, end in tuple(draft.contents):
        for quote in page.quotes.overlapping(start, end):
            if page.claimed.get(quote.start, draft) is not draft:
                continue
            if not any(quote.start < b and a < quote.end for a, b in own):
                page.claim(quote, draft)


def _hand_on(drafts: list[Draft], page: Page) -> None:
    """Hand a quotation without a cue on to the speaker of the sentence, or of the quotation left
    open, before it.
    """
    speaking = [
        (max([d.end, *(b for _, b in d.contents)]), k)
        for k, d in enumerate(drafts)
        if d.contents
        and d.report.quoting
        and d.report.type == "statement"
        and not page.is_quoted(d.cues[0][0])
    ]
    for end, k in sorted(speaking):
        place = end
        quote = page.quotes.starting_from(place)
        while quote and _goes_on(place, quote, page):
            page.claim(quote, drafts[k])
            place = quote.end
            quote = page.quotes.starting_from(place)


def _goes_on(place: int, quote: Quote, page: Page) -> bool:
    """Whether a quotation takes up what was said up to a place before it.

    In the same paragraph it must open the next sentence; in the next one the quotation before it
    must have been left open, or it must be all of its paragraph.
    """
    gap = page.text[place : quote.start]
    if quote.start in page.claimed or len(gap) > LONGEST_GAP:
        return False
    if gap.strip() == ":":
        return True
    follows = _is_one_sentence(page, place, quote.start)
    if "\n" not in gap and "\r" not in gap:
        return follows
    last = page.quotes.ending_by(place)
    if last is None or last.start not in page.claimed:
        return False
    is_whole = _LINE_END.match(page.text, quote.end) is not None
    return (not last.closed and not gap.strip()) or (is_whole and follows)


def _is_one_sentence(page: Page, start: int, end: int) -> bool:
    """Whether no sentence begins, and has a word, between two places."""
    starts = page.starts
    k = bisect_right(starts, start)
    return k >= len(starts) or starts[k] >= end or not _WORD.search(page.text, starts[k], end)


def _record(draft: Draft, page: Page) -> AttributionSpan | None:
    text, quotes = page.text, page.quotes
    sources = tuple(draft.sources)
    holder = quotes.holding(draft.cues[0][0])
    first_person = bool(sources) and text[slice(*sources[0])].lower() in _FIRST_PERSON
    if (holder or first_person) and draft.report.type == "attitude":
        return None
    if holder and first_person:
        return None
    contents = draft.contents
    if holder:
        contents = [(max(a, holder.start + 1), min(b, holder.end)) for a, b in contents]
    parts = _without(merged(text, contents), [*draft.sources, *draft.cues])
    kept = tuple(s for s in (trim(text, *part, quotes=quotes) for part in parts) if s)
    if not kept:
        return None
    return AttributionSpan(
        sources=sources,
        cues=tuple(draft.cues),
        contents=kept,
        type=draft.report.type,
        form=form_of(text, kept, quotes) if holder is None else "indirect",
        denied=draft.report.denied,
        method=METHOD,
    )


def source_at(text: str, start: int, end: int) -> Span | None:
    """A source's place without what was parsed into it: a dateline, a date, the end of a bracket.

    A name that the tokenizer cut at its hyphen ("al-") is made whole. None if no word is left.
    """
    dateline = _DATELINE.match(text, start, end)
    start = dateline.end() if dateline else start
    close = text.find(")", start, end)
    if close >= 0 and text.find("(", start, close) < 0:
        start = close + 1
    while start > 0 and (text[start - 1] == "-" or text[start - 1].isalnum()) and text[start:end]:
        if not (text[start].isalnum() or text[start] == "-"):
            break
        start -= 1
    return trim(text, start, end)


def merged(text: str, spans: Iterable[Span]) -> list[Span]:
    """Spans in order, with those that touch, or that only marks and blanks part, made one."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if end <= start:
            continue
        if found and (start <= found[-1][1] or not re.search(r"\w|\n", text[found[-1][1] : start])):
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _without(spans: list[Span], holes: Iterable[Span]) -> list[Span]:
    for low, high in holes:
        cut: list[Span] = []
        for start, end in spans:
            if low >= end or high <= start:
                cut.append((start, end))
            else:
                cut += [(start, low), (high, end)]
        spans = [(a, b) for a, b in cut if a < b]
    return spans


def trim(text: str, start: int, end: int, *, quotes: Quotes | None = None) -> Span | None:
    """A span without blanks and stops at its edges; None if no word is left.

    Its quotation marks are kept, and a full stop inside them.
    """
    while start < end and text[start] in _EDGE + ".!?)":
        start += 1
    while start < end and text[end - 1] in _EDGE:
        end -= 1
    while start < end and text[end - 1] == "." and not (quotes and quotes.holding(end - 1)):
        end -= 1
    while start < end and text[end - 1] in '"“‘' and not (quotes and quotes.holding(end - 1)):
        end -= 1
    return (start, end) if _WORD.search(text, start, end) else None
