"""Repeats: one speaker's statement carried by several reports."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

import msgspec

from sayso.compare.accounts import Pile
from sayso.compare.join import Join
from sayso.compare.speakers import Voice
from sayso.compare.standing import Standing
from sayso.compare.wording import Rarity, Words, stem
from sayso.ids import record_id
from sayso.schema import Relation, Resolved, Statement

METHOD = "repeats.words/2"
LEAST_WORDS = 4
LEAST_SHARED = 3
LEAST_SHARE = 0.5
"""Share of the shorter statement's weight of words that the other must have."""

LEAST_OF_LONGER = 0.25
DAYS_APART = 10
"""Days between reports of one statement; words quoted alike may be further apart."""

COMMONEST = 60
"""A word in more statements than this brings no two together."""

MOST_EARLIER = 40


class Heard(msgspec.Struct, frozen=True):
    """A statement with its voice, the words that tell it from others, in order, and its numbers."""

    statement: Statement
    voice: Voice
    words: tuple[str, ...]
    day: int | None
    numbers: tuple[float, ...] = ()


class _Entry(msgspec.Struct, frozen=True):
    statement: Statement
    voice: Voice
    words: frozenset[str]
    day: int | None
    numbers: frozenset[float]
    text: str


class _HeardIn(msgspec.Struct, frozen=True):
    statements: tuple[Heard, ...]
    notes: tuple[str, ...]
    answers: str


_DECODER = msgspec.msgpack.Decoder(_HeardIn)


def repeats_of(join: Join) -> Iterator[Relation]:
    """The repeats among all documents: what each says is kept, who says the same is found anew."""
    found = [one for sketch in join.sketches for one in _kept_heard(sketch.source, join)]
    return repeated_statements(found, join.pile())


def _kept_heard(source: str, join: Join) -> tuple[Heard, ...]:
    key = f"heard {join.versions[source]}"
    found = join.kept.get(key, _DECODER)
    if found is None or join.roster.answers(found.notes) != found.answers:
        pile = join.pile()
        statements = tuple(heard_in(join.shelf.items[source], join.shelf.words[source], pile))
        notes = pile.voices.notes()
        found = _HeardIn(statements, notes, join.roster.answers(notes))
        join.kept.put(key, found)
    return found.statements


def repeated_statements(found: Sequence[Heard], pile: Pile) -> Iterator[Relation]:
    """A relation "repeats" for two texts in which one named speaker says the same, from the later
    to the earliest: their first such statements stand for all, which are the evidence. Names of
    actors count as the actor, however written. What prints of one text have in common is no repeat.
    """
    heard = [_entry(one, pile) for one in found]
    rarity = Rarity(one.words for one in heard)
    heard.sort(
        key=lambda one: (one.day is None, one.day or 0, one.statement.document, one.statement.id)
    )
    index: dict[tuple[str, str], list[int]] = defaultdict(list)
    weights = [sum(rarity.of(word) for word in one.words) for one in heard]
    repeated: dict[tuple[str, str, str], list[tuple[_Entry, _Entry]]] = defaultdict(list)
    for n, one in enumerate(heard):
        rare = sorted(word for word in one.words if rarity.count(word) <= COMMONEST)
        keys = [(key, word) for key in one.voice.keys or (one.voice.key,) for word in rare]
        shared: Counter[int] = Counter()
        for key in keys:
            shared.update(index[key][-MOST_EARLIER:])
        fits = [m for m in sorted(shared) if _same(heard[m], one, rarity, weights[m], weights[n])]
        if fits and not any(heard[m].text == one.text for m in fits):
            person = one.voice.person
            first = heard[min(fits, key=lambda m: (heard[m].voice.person != person, m))]
            who = one.voice.person or one.voice.key
            repeated[one.text, first.text, who].append((one, first))
        for key in keys:
            index[key].append(n)
    for pairs in repeated.values():
        yield _relation(pairs, pile)


def _entry(one: Heard, pile: Pile) -> _Entry:
    source = one.statement.document
    return _Entry(
        one.statement,
        one.voice,
        frozenset(one.words),
        one.day,
        frozenset(one.numbers),
        pile.texts.get(source, source),
    )


def heard_in(item: Resolved, words: Words, pile: Pile) -> Iterator[Heard]:
    """The statements of a document that can be told from others."""
    standing = Standing(item, pile.voices)
    counted = sorted((f.start, f.value) for f in item.figures if f.value is not None)
    for statement in item.statements:
        if statement.voice != "named" or not statement.content_spans:
            continue
        said: set[str] = set()
        for start, end in statement.content_spans:
            actors, taken = standing.inside(start, end)
            said |= {f"actor {actor}" for actor in actors}
            first, last = words.number(start), words.number(end)
            said |= {
                stem(word)
                for word, at in zip(words.words[first:last], words.starts[first:last], strict=True)
                if word not in pile.kinds.common and not any(a <= at < b for a, b in taken)
            }
        if len(said) >= LEAST_WORDS:
            voice = pile.voices.of(statement)
            yield Heard(
                _bare(statement),
                voice,
                tuple(sorted(said)),
                pile.day(item.document),
                _numbers(statement, counted),
            )


def _numbers(statement: Statement, counted: Sequence[tuple[int, float]]) -> tuple[float, ...]:
    """The numbers of what a statement says, given those of its document by where they stand."""
    found = set()
    for start, end in statement.content_spans:
        first, last = bisect_left(counted, (start,)), bisect_left(counted, (end,))
        found |= {number for _, number in counted[first:last]}
    return tuple(sorted(found))


def _bare(statement: Statement) -> Statement:
    """A statement without the words that its spans stand for."""
    return msgspec.structs.replace(statement, content="", cue="", speaker_text="", chain=())


def _same(a: _Entry, b: _Entry, rarity: Rarity, weight_a: float, weight_b: float) -> bool:
    if a.statement.document == b.statement.document:
        return False
    if a.voice.person and b.voice.person and a.voice.person != b.voice.person:
        return False
    if a.day is not None and b.day is not None and abs(a.day - b.day) > DAYS_APART:
        return False
    if a.numbers - b.numbers and b.numbers - a.numbers:
        return False  # each counts what the other does not
    shared = a.words & b.words
    if len(shared) < LEAST_SHARED:
        return False
    weight = sum(rarity.of(word) for word in shared)
    smaller, larger = sorted((weight_a, weight_b))
    return weight >= LEAST_SHARE * smaller and weight >= LEAST_OF_LONGER * larger


def _relation(pairs: Sequence[tuple[_Entry, _Entry]], pile: Pile) -> Relation:
    left, right = pairs[0]
    a, b = left.statement, right.statement
    evidence = [e for pair in pairs for one in pair for e in one.statement.evidence]
    return Relation(
        id=record_id(
            a.document,
            pile.documents[a.document].text_sha256,
            f"repeats {a.id} {b.id}",
            a.content_spans,
        ),
        evidence=tuple(dict.fromkeys(evidence)),
        method=METHOD,
        kind="repeats",
        left=a.id,
        right=b.id,
        reason=f"{left.voice.person or left.voice.shown} is reported to say the same in both",
    )
