"""Numbers without a source of their own: on whose word they stand, by the sentences around them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

import msgspec

from sayso.compare.incidents import Incidents
from sayso.compare.quantities import fit, group_of, quantity
from sayso.compare.speakers import Voice
from sayso.compare.tellings import Telling
from sayso.compare.unnamed import COUNTERS
from sayso.compare.voices import Voices
from sayso.compare.wording import Words
from sayso.ids import Span
from sayso.schema import Figure

TELLING_REACH = 14
"""Words from a body's name on in which "gave" or "reported" is its doing."""

FIRST_WORDS = 3
"""Words at the beginning of a sentence in which "another 12" goes on with the one before."""

_ANOTHER = "another"


class Vouching(msgspec.Struct, frozen=True):
    """Who vouches for the numbers of a telling that have no source of their own: for `found`
    figures by id the voice that the sentences around them give.
    """

    known: Mapping[str, Figure]
    found: Mapping[str, Voice]
    voices: Voices

    def of(self, figure: Figure) -> Voice:
        """The voice of a figure. A part without a source stands on the word of its whole."""
        voice = self.voices.of(figure)
        if voice.kind != "outlet" and self.voices.is_somebody(voice):
            return voice
        whole = self.known.get(figure.part_of or "")
        if whole is not None and (over := self.voices.of(whole)).kind != "outlet":
            return over
        return self.found.get((whole or figure).id, voice)


class _Line(msgspec.Struct, frozen=True):
    """A sentence of a telling: its number in the document, whom it cites, and its tolls."""

    span: Span
    number: int
    words: Sequence[str]
    cited: Mapping[str, Voice]
    figures: Sequence[Figure]

    @property
    def voice(self) -> Voice | None:
        """The one voice that it cites."""
        return next(iter(self.cited.values())) if len(self.cited) == 1 else None


def vouching(telling: Telling, voices: Voices, words: Words, kinds: Incidents) -> Vouching:
    """Who vouches for the sourceless numbers of a telling. First who counts the dead beside a word
    of telling in the sentence itself, then the sentences before and after it.
    """
    lines = _lines(telling, voices, words)
    found: dict[str, Voice] = {}
    for figure, voice in (
        *_going_on(lines, kinds),
        *_beside_a_counter(lines, telling.document, voices, words, kinds),
        *_another(lines, voices, words),
        *_between(lines, voices),
    ):
        found.setdefault(figure.id, voice)
    return Vouching({figure.id: figure for figure in telling.figures}, found, voices)


def _lines(telling: Telling, voices: Voices, words: Words) -> list[_Line]:
    """The sentences of a telling."""
    cited: dict[int, dict[str, Voice]] = defaultdict(dict)
    figures: dict[int, list[Figure]] = defaultdict(list)
    for statement in telling.statements:
        voice = voices.of(statement)
        if voice.kind != "outlet":
            cited[words.sentence_at(statement.content_spans[0][0])][voice.key] = voice
    for figure in telling.figures:
        figures[words.sentence_at(figure.start)].append(figure)
    return [
        _Line(span, n, words.between(*span), cited.get(n, {}), figures.get(n, ()))
        for span in telling.spans
        for n in (words.sentence_at(span[0]),)
    ]


def _going_on(lines: Sequence[_Line], kinds: Incidents) -> Iterator[tuple[Figure, Voice]]:
    """Numbers whose dead the next sentence goes on with ("those killed", "the toll") on one voice's
    word. Not where it counts the same anew.
    """
    for before, after in pairwise(lines):
        voice = after.voice
        if voice is None or not kinds.the_dead.found(after.words):
            continue
        for figure in before.figures:
            if not any(_counts_anew(figure, new, kinds) for new in after.figures):
                yield figure, voice


def _counts_anew(old: Figure, new: Figure, kinds: Incidents) -> bool:
    """Whether a number is another one of the same whole."""
    if new.part_of is not None or old.effect != new.effect:
        return False
    of, anew = (group_of(quantity(f, kinds.persons).of) for f in (old, new))
    return of == anew and fit(old, new) != "agree"


def _another(
    lines: Sequence[_Line], voices: Voices, words: Words
) -> Iterator[tuple[Figure, Voice]]:
    """Numbers of a sentence that begins with "Another 12": of whom the sentence before cites."""
    for before, after in pairwise(lines):
        if after.number != before.number + 1 or after.cited:
            continue
        if before.voice is None or not voices.is_somebody(before.voice):
            continue
        if _ANOTHER not in after.words[:FIRST_WORDS]:
            continue
        first = words.number(after.span[0])
        if any(words.number(f.start) < first + FIRST_WORDS for f in after.figures):
            for figure in after.figures:
                yield figure, before.voice


def _between(lines: Sequence[_Line], voices: Voices) -> Iterator[tuple[Figure, Voice]]:
    """Numbers of a sentence without a source between two of one speaker."""
    for before, mine, after in zip(lines, lines[1:], lines[2:], strict=False):
        last, next_ = before.voice, after.voice
        if mine.cited or last is None or next_ is None or after.number - before.number != 2:
            continue
        open_ = last.kind == next_.kind == "unnamed" and not voices.is_somebody(next_)
        if last.key == next_.key or open_:
            for figure in mine.figures:
                yield figure, last


def _beside_a_counter(
    lines: Sequence[_Line], document: str, voices: Voices, words: Words, kinds: Incidents
) -> Iterator[tuple[Figure, Voice]]:
    """Numbers of sentences in which just one monitor, rescue service or agency tells."""
    bodies = [body for body in voices.bodies_in(document) if body.kind in COUNTERS]
    for line in lines:
        start, end = line.span
        telling_here = {
            body.actor
            for body in bodies
            for at in body.starts
            if start <= at < end and _tells(words, at, start, end, kinds)
        }
        if len(telling_here) == 1:
            voice = voices.of_actor(telling_here.pop())
            for figure in line.figures:
                yield figure, voice


def _tells(words: Words, at: int, start: int, end: int, kinds: Incidents) -> bool:
    """Whether a body at an offset is told to tell something: it is no one's hearer."""
    here = words.number(at)
    before = words.words[max(words.number(start), here - 3) : here]
    after = words.words[here : min(words.number(end), here + TELLING_REACH)]
    if "according" not in before and any(word in kinds.hearing for word in before[-2:]):
        return False
    return any(word in kinds.telling for word in (*before, *after))
