"""From the encoder's answers to attributions: spans of the text, their type and form.

The encoder was taught outermost attributions (all that PolNeAR marks), so what stands inside a
content is found by reading that content again, as a text of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import msgspec
import numpy as np

from sayso.annotate.encoder import (
    ATTITUDE,
    CONTENT,
    SOURCE,
    STATEMENT,
    Answer,
    Encoded,
    Encoder,
    flag_runs,
)
from sayso.annotate.pieces import Flags, Pieces, average_words, left_out, read_pieces, within
from sayso.annotate.quotes import Quotes, find_quotes, form_of
from sayso.ids import Span
from sayso.schema import AttributionSpan

WEAKEST_SOURCE = 0.05
"""Below this probability nobody is taken to be named as the source."""
DEEPEST = 2
"""How often a content is read again: voices within voices within a voice."""

SURER = 0.03
"""By how much another must be surer of a part of a content to take it away."""
NEIGHBOURS = 8
"""Attributions before and behind that a part may belong to instead: keeps the work linear."""

_LINKS, _JOINTS = frozenset({"of", "for"}), frozenset({"and", "or"})
"""Behind the first no source begins, nor with the second."""
_PARTING = " \t\r\n\xa0,;:"
_SENTENCE_END = re.compile(r"[.!?][\"”’']*\s|\n")
_STOP = re.compile(r"(?<![A-Z.])\.$")
_WORD = re.compile(r"\w+")
_MARKS = "\"“”„‟«»‘’' "
_WRAPPING = re.compile(rf"(?:that\s+)?[{_MARKS}]*", re.I)


def attributions_of(
    encoder: Encoder,
    text: str,
    blocks: Sequence[Span] | None = None,
    *,
    cue_words: frozenset[str] = frozenset(),
    encoded: Encoded | None = None,
) -> list[AttributionSpan]:
    """Find the attributions of a text: in the order of their cues, nested ones behind their outer.

    `blocks` are the ranges of the text to read, in order; all of it where they are None. No span
    reaches over text that is left out. A content with one of `cue_words` (in small letters) in it
    is read again for nested ones. `encoded` is what the encoder made of these blocks, where it
    has read them. Never raises on any text.
    """
    quotes = Quotes(find_quotes(text, 0, len(text)))
    pieces = encoded.pieces if encoded else read_pieces(encoder.tokenizer, text)
    if blocks is not None and not encoded:
        pieces = within(pieces, blocks)
    reading = Reading(text, pieces, quotes, encoded)
    return list(_read(encoder, reading, cue_words, depth=0))


def unwrapped(text: str, content: Span) -> Span:
    """What is inside a content: without its quotation marks, and without "that" before it."""
    start, end = content
    wrapping = _WRAPPING.match(text, start, end)
    start = wrapping.end() if wrapping else start
    while start < end and text[end - 1] in _MARKS:
        end -= 1
    return start, end


def _read(
    encoder: Encoder, reading: Reading, cue_words: frozenset[str], *, depth: int
) -> Iterator[AttributionSpan]:
    for found in reading.attributions(encoder):
        yield found
        for content in found.contents if depth < DEEPEST else ():
            start, end = unwrapped(reading.text, content)
            if cue_words & set(_WORD.findall(reading.text[start:end].lower())):
                inner = reading.inside(encoder, start, end)
                yield from _read(encoder, inner, cue_words, depth=depth + 1)


@dataclass(frozen=True, slots=True)
class Reading:
    """A text with its pieces, and what the encoder made of them where it has read them."""

    text: str
    pieces: Pieces
    quotes: Quotes
    encoded: Encoded | None = None

    def inside(self, encoder: Encoder, start: int, end: int) -> Reading:
        """A part of the text to be read as a text of its own; offsets stay those of the whole."""
        own = read_pieces(encoder.tokenizer, self.text[start:end])
        pieces = Pieces(own.ids, own.starts + start, own.ends + start, own.words, own.features)
        return Reading(self.text, pieces, self.quotes)

    def attributions(self, encoder: Encoder) -> list[AttributionSpan]:
        """The attributions of the text, in the order of their cues."""
        kept: list[tuple[AttributionSpan, Answer]] = []
        last: AttributionSpan | None = None
        for told in encoder.read(self.pieces, self.encoded):
            answer = self._with_whole_source(told)
            found = self.attribution(answer, encoder.settings.keep, encoder.settings.method)
            if found is not None:
                last = self.with_going_on(found, answer, last)
                kept.append((last, answer))
        parts = [
            [(start, end, self._surety((start, end), answer)) for start, end in found.contents]
            for found, answer in kept
        ]
        return [
            _with_own_parts(
                found, parts[k], parts[max(0, k - NEIGHBOURS) : k] + parts[k + 1 : k + NEIGHBOURS]
            )
            for k, (found, _) in enumerate(kept)
        ]

    def _surety(self, part: Span, answer: Answer) -> float:
        """The mean probability of content in a part of a content."""
        start, end = np.searchsorted(self.pieces.starts, part) - answer.first
        shares = answer.shares[max(start, 0) : max(end, 0), CONTENT]
        return float(shares.mean()) if len(shares) else 0.0

    def attribution(self, answer: Answer, keep: float, method: str) -> AttributionSpan | None:
        """The attribution of an answer, or None where its score is under `keep`."""
        content = answer.roles == CONTENT
        if not content.any():
            return None
        score = answer.cue.probability * float(answer.shares[content, CONTENT].mean())
        if score < keep:
            return None
        contents = tuple(map(self._with_marks, self._spans(content, answer.first)))
        cue = np.ones(answer.cue.end - answer.cue.start, dtype=np.bool_)
        cues = self._spans(cue, answer.cue.start)
        if not cues or not any(c.isalnum() for a, b in contents for c in self.text[a:b]):
            return None
        types = answer.cue.types
        return AttributionSpan(
            sources=self._spans(self._source(answer), answer.first),
            cues=cues,
            contents=contents,
            type="attitude" if types[ATTITUDE] > types[STATEMENT] else "statement",
            form=form_of(self.text, contents, self.quotes),
            score=round(score, 3),
            method=method,
        )

    def with_going_on(
        self, found: AttributionSpan, answer: Answer, last: AttributionSpan | None
    ) -> AttributionSpan:
        """The attribution with the last one's source, where a participle without one goes on.

        "The mayor said the road was cut adding that …", in one sentence and with its comma lost.
        """
        start, end = found.cues[0]
        if (answer.roles == SOURCE).any() or not self.text[start:end].endswith("ing"):
            return found
        if last is None or not last.sources or last.cues[0][0] > start:
            return found
        if _SENTENCE_END.search(self.text, last.cues[0][1], start):
            return found
        if any(a < d and c < b for a, b in last.sources for c, d in found.contents):
            return found
        return msgspec.structs.replace(found, sources=last.sources)

    def _with_whole_source(self, answer: Answer) -> Answer:
        """The answer whose source does not begin inside a phrase: "and medics", "(the Observatory
        for) Human Rights", where the text has lost its commas and the content took the rest.
        """
        first, roles = answer.first, answer.roles
        for begin, _ in flag_runs(roles == SOURCE):
            at = first + begin
            before = self._word_at(at - 1) if begin else ""
            if before not in _LINKS and (not begin or self._word_at(at) not in _JOINTS):
                continue
            words = self.pieces.words[first : first + len(roles)]
            likely = average_words(answer.shares, words)[:, SOURCE]
            start = begin
            while start and likely[start - 1] >= WEAKEST_SOURCE and roles[start - 1] == CONTENT:
                start -= 1
            roles = np.where(
                (np.arange(len(roles)) >= start) & (np.arange(len(roles)) < begin), SOURCE, roles
            )
        return replace(answer, roles=roles)

    def _word_at(self, piece: int) -> str:
        start, end = int(self.pieces.starts[piece]), int(self.pieces.ends[piece])
        return self.text[start:end].lower()

    def _source(self, answer: Answer) -> Flags:
        """The run of pieces that is most of all the source; a weak one where none is strong."""
        shares = answer.shares
        strong: Flags = answer.roles == SOURCE
        if not strong.any():
            words = self.pieces.words[answer.first : answer.first + len(shares)]
            likely = average_words(shares, words)[:, SOURCE]
            peak = int(likely.argmax())
            if likely[peak] < WEAKEST_SOURCE:
                return strong
            strong = (likely >= 0.5 * likely[peak]) & (answer.roles != CONTENT)
        runs = flag_runs(strong)
        if not runs:
            return strong
        start, end = max(runs, key=lambda run: float(shares[run[0] : run[1], SOURCE].sum()))
        best = np.zeros(len(shares), dtype=np.bool_)
        best[start:end] = True
        return best

    def _with_marks(self, content: Span) -> Span:
        """The content with the quotation marks beside it, which belong to it."""
        start, end = content
        for quote in self.quotes.overlapping(start, end):
            if quote.start < start and not _WORD.search(self.text, quote.start, start):
                start = quote.start
            if quote.closed and end < quote.end and not _WORD.search(self.text, end, quote.end):
                end = quote.end
        return start, end

    def _spans(self, flags: Flags, first: int) -> tuple[Span, ...]:
        """Spans in the text of runs of pieces, parted where text was left out, edges tidied.

        A run of marks alone is dropped, unless it is all there is (a colon can be a cue).
        """
        here = slice(first, first + len(flags))
        starts, ends = self.pieces.starts[here], self.pieces.ends[here]
        runs = flag_runs(flags, left_out(self.pieces.words[here]))
        whole = [(int(starts[a]), int(ends[b - 1])) for a, b in runs]
        tidy = [_tidy(self.text, a, b) for a, b in whole]
        kept = [(a, b) for a, b in tidy if any(c.isalnum() for c in self.text[a:b])]
        return tuple(kept or [span for span in whole if span[0] < span[1]])


Part = tuple[int, int, float]
"""A part of a content: start, end, and how sure it is."""


def _with_own_parts(
    found: AttributionSpan, parts: Sequence[Part], others: Sequence[Sequence[Part]]
) -> AttributionSpan:
    """The attribution without parts of its content that others are surer of."""
    if len(parts) == 1:
        return found
    own = tuple(
        (start, end)
        for start, end, sure in parts
        if not any(
            theirs > sure + SURER and 2 * (min(b, end) - max(a, start)) > end - start
            for other in others
            for a, b, theirs in other
        )
    )
    return msgspec.structs.replace(found, contents=own or found.contents)


def _tidy(text: str, start: int, end: int) -> Span:
    """Leave out white space and parting marks at both ends, and a sentence's full stop."""
    while end > start and (
        text[end - 1] in _PARTING + "([" or _STOP.search(text, max(start, end - 3), end)
    ):
        end -= 1
    while start < end and text[start] in _PARTING + ")]":
        start += 1
    return start, end
