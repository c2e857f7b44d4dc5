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

GIVEN_TOLL = 3
"""Words after "gave" in which "a toll" is what was given."""

NEXT = 2
"""Sentences on to the one that goes on with a deed: a line with a date may stand between."""

_ANOTHER = "another"
_DEFINITE = frozenset({"the", "this", "these", "those", "that"})
_JUDGING = frozenset({
    "called", "calling", "condemned", "condemning", "warned", "accused", "accusing", "blamed",
    "blaming", "denied", "denying", "rejected", "urged", "demanded", "vowed", "welcomed", "praised",
    "hailed", "threatened", "described",
})  # fmt: skip
"""Cues of saying that judge a deed and do not tell of it."""


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
    told: Sequence[str] = ()
    """The words in which those whom it cites tell something."""

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
        *_another(lines, voices, words, kinds),
        *_between(lines, voices),
        *_deed_told(lines, voices, kinds),
    ):
        found.setdefault(figure.id, voice)
    return Vouching({figure.id: figure for figure in telling.figures}, found, voices)


def _lines(telling: Telling, voices: Voices, words: Words) -> list[_Line]:
    """The sentences of a telling."""
    cited: dict[int, dict[str, Voice]] = defaultdict(dict)
    figures: dict[int, list[Figure]] = defaultdict(list)
    told: dict[int, list[str]] = defaultdict(list)
    for statement in telling.statements:
        voice = voices.of(statement)
        if voice.kind != "outlet":
            n = words.sentence_at(statement.content_spans[0][0])
            cited[n][voice.key] = voice
            judges = _JUDGING & set(statement.cue.casefold().split())
            if statement.type == "statement" and not judges:
                told[n] += (w for span in statement.content_spans for w in words.between(*span))
    for figure in telling.figures:
        figures[words.sentence_at(figure.start)].append(figure)
    return [
        _Line(span, n, words.between(*span), cited.get(n, {}), figures.get(n, ()), told.get(n, ()))
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


def _deed_told(
    lines: Sequence[_Line], voices: Voices, kinds: Incidents
) -> Iterator[tuple[Figure, Voice]]:
    """Numbers that nobody is cited for, and whose deed the next sentence goes on with ("the blast")
    on the word of one voice that counts and has no part in it.
    """
    for before, after in pairwise(lines):
        voice = after.voice
        if voice is None or before.cited or _gives_a_toll(before, kinds):
            continue
        if after.number - before.number > NEXT:
            continue
        if not _is_of_the_deed(after.told, kinds) or voices.is_party(voice):
            continue
        if kinds.onlookers & set((voice.name or "").casefold().split()):
            continue
        for figure in before.figures:
            if figure.statement is None and not any(
                _counts_anew(figure, new, kinds) for new in after.figures
            ):
                yield figure, voice


def _is_of_the_deed(words: Sequence[str], kinds: Incidents) -> bool:
    """Whether some words tell of a deed of violence as known: "the blast", "these strikes"."""
    return any(
        at and words[at - 1] in _DEFINITE and kinds.group(kind) in kinds.violent
        for at, _, kind in kinds.words.places(words)
    )


def _gives_a_toll(line: _Line, kinds: Incidents) -> bool:
    """Whether somebody "gave a toll of" in a sentence that cites nobody."""
    return any(
        word in kinds.telling and "toll" in line.words[n + 1 : n + 1 + GIVEN_TOLL]
        for n, word in enumerate(line.words)
    )


def _counts_anew(old: Figure, new: Figure, kinds: Incidents) -> bool:
    """Whether a number is another one of the same whole."""
    if new.part_of is not None or old.effect != new.effect:
        return False
    of, anew = (group_of(quantity(f, kinds.persons).of) for f in (old, new))
    return of == anew and fit(old, new) != "agree"


def _another(
    lines: Sequence[_Line], voices: Voices, words: Words, kinds: Incidents
) -> Iterator[tuple[Figure, Voice]]:
    """Numbers of a sentence that begins with "Another 12": of whom the sentence before cites; and
    those of one that begins with its deed ("The attack killed 12") or cites the same voice again.
    """
    for before, after in pairwise(lines):
        voice = before.voice
        if after.number != before.number + 1 or voice is None or not voices.is_somebody(voice):
            continue
        opens = after.words[:FIRST_WORDS]
        goes_on = before.told and (_is_of_the_deed(opens, kinds) or kinds.the_dead.found(opens))
        first = words.number(after.span[0]) + FIRST_WORDS
        counts_on = _ANOTHER in opens and any(words.number(f.start) < first for f in after.figures)
        if (not after.cited and (goes_on or counts_on)) or (
            after.voice is not None and after.voice.key == voice.key
        ):
            for figure in after.figures:
                yield figure, voice


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
    return any(word in kinds.telling - _JUDGING for word in (*before, *after))
