"""Tellings: the passages of one document that tell of one incident.

The headline and the first sentences tell of what a report is mainly about; a later sentence goes on
with it unless its own day or place, or a cue ("last month"), says that it speaks of something else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec

from sayso.compare import marks
from sayso.compare.days import Window, window
from sayso.compare.ground import Spot, nearness
from sayso.compare.incidents import Incidents
from sayso.compare.sentences import Inside, Sentence, sentences_of
from sayso.compare.wording import Words, stem
from sayso.ids import Span
from sayso.schema import Event, Figure, Resolved, Statement

LEAD_SENTENCES = 4
LEAD_WORDS = 130
"""What a report is mainly about stands in its headline and its first sentences."""

HEADLINE = 2
"""The headline and the first sentence are about what the report is about, whatever their days."""

LONG_SENTENCE = 6
"""Words of a sentence that counts as one of the first."""

OLDEST_NEWS = 7
"""Days before publication beyond which a day in a lead dates something else."""

BEFORE_PUBLICATION = 3
"""Days before publication on which what a report tells as news may have been."""

LONGEST_PUBLICATION = 45
SAME_KIND = 0.7


class Telling(msgspec.Struct, frozen=True):
    """What one document tells of one incident. `days` is when it was, as far as that is known;
    `dated` says whether words gave it or only the publication window did.

    Of its first sentences `focus` are the places, `core` the groups of kinds and `head` the ids of
    the figures; `lead` counts the stems of its lead's words that can tell it from others, the first
    sentences' twice. `firm` are the ids of
    figures that are of the whole incident: in the lead, or beside a word for the whole toll, and
    not of a place of their own; `earlier` those of counts that words call earlier ones, `added`
    those of "three more": a part beside others.
    """

    document: str
    main: bool
    kinds: tuple[str, ...]
    groups: frozenset[str]
    core: frozenset[str]
    spots: tuple[Spot, ...]
    focus: tuple[Spot, ...]
    days: Window | None
    dated: bool
    spans: tuple[Span, ...]
    lead: dict[str, int]
    head: frozenset[str]
    firm: frozenset[str]
    earlier: frozenset[str]
    added: frozenset[str]
    figures: tuple[Figure, ...]
    statements: tuple[Statement, ...]
    events: tuple[Event, ...]

    @property
    def says_something(self) -> bool:
        """Whether an aside says enough of an incident to be told from others."""
        narrow = any(not spot.wide for spot in self.spots)
        return bool(self.kinds) and self.dated and (narrow or bool(self.figures))

    @property
    def key(self) -> tuple[str, Span]:
        """What tells it from other tellings, stable in any order."""
        return self.document, self.spans[0]


def tellings_of(item: Resolved, words: Words, incidents: Incidents) -> list[Telling]:
    """The tellings of a document, its main one first. Linear in the document's length."""
    if not words.sentences:
        return []
    published = _published(item)
    sentences = sentences_of(item, words, incidents, published)
    head = _lead(words)
    first = [sentences[n] for n in head[:HEADLINE]]
    days = _main_days(first, published) or _main_days([sentences[n] for n in head], published)
    news = days or _news_window(published)
    head = [n for n in head if n in head[:HEADLINE] or not _is_dated_apart(sentences[n], news)]
    lead = [sentences[n] for n in head]
    spots = _spots(lead)
    about = frozenset(incidents.group(kind) for s in lead for kind in s.kinds)
    groups: list[list[int]] = [head]
    leading = frozenset(head)
    for n in range(len(sentences)):
        if n in leading:
            continue
        other = n in words.captions or _is_elsewhere(sentences[n], spots, news, about, incidents)
        if not other and _aside_of(sentences[n], spots, groups[1:], sentences) is None:
            if "cumulative" not in sentences[n].cues:
                groups[0].append(n)
        elif sentences[n].kinds or sentences[n].tolls:
            _add_aside(groups, sentences, n, spots, incidents)
    return [
        _telling(
            item,
            words,
            incidents,
            [sentences[k] for k in group],
            days=news if n == 0 else None,
            dated=bool(days),
            lead=len(head) if n == 0 else 0,
        )
        for n, group in enumerate(groups)
    ]


def _published(item: Resolved) -> Window | None:
    days = window(item.publication.earliest, item.publication.latest)
    return days if days and days.length <= LONGEST_PUBLICATION else None


def _news_window(published: Window | None) -> Window | None:
    return published and Window(published.first - BEFORE_PUBLICATION, published.last)


def _lead(words: Words) -> list[int]:
    """The numbers of the sentences that are the lead; captions are none, for they date pictures."""
    most = words.starts[min(LEAD_WORDS, len(words.starts) - 1)] if words.starts else 0
    found: list[int] = []
    long = 0
    for n, (start, end) in enumerate(words.sentences):
        if n in words.captions:
            continue
        long += len(words.between(start, end)) >= LONG_SENTENCE
        if found and (long > LEAD_SENTENCES or start > most):
            break
        found.append(n)
    return found or [0]


def _main_days(sentences: Sequence[Sentence], published: Window | None) -> Window | None:
    """The first day in a lead, unless it is too long before publication to be news."""
    oldest = published.last - OLDEST_NEWS if published else 0
    return next(
        (s.days for s in sentences if s.days and "earlier" not in s.cues and s.days.last >= oldest),
        None,
    )


def _is_elsewhere(
    sentence: Sentence,
    spots: Sequence[Spot],
    days: Window | None,
    about: frozenset[str],
    incidents: Incidents,
) -> bool:
    """Whether a sentence after the lead speaks of something else than the lead."""
    if sentence.cues & {"earlier", "elsewhere"} and (sentence.tolls or sentence.kinds):
        return True
    if _is_dated_apart(sentence, days):
        return True
    if not sentence.tolls:
        return False
    narrow = [s for s in sentence.spots if not s.wide]
    main = [s for s in spots if not s.wide]
    if narrow and main:
        return not any(nearness(a, b) > 0 for a in narrow for b in main)
    groups = frozenset(incidents.group(kind) for kind in sentence.kinds)
    return bool(groups and about) and incidents.agree(groups, about) < SAME_KIND


def _is_dated_apart(sentence: Sentence, days: Window | None) -> bool:
    return bool(sentence.days and days and not sentence.days.overlaps(days, slack=1))


def _aside_of(
    sentence: Sentence,
    main: Sequence[Spot],
    asides: Sequence[list[int]],
    sentences: Sequence[Sentence],
) -> list[int] | None:
    """The aside that is about a place which a sentence names and the lead does not."""
    narrow = [s for s in sentence.spots if not s.wide]
    if not sentence.kinds or not narrow:
        return None
    known = {s.named for s in main}
    names = {s.named for s in narrow} - known
    for aside in asides if names else ():
        if any(s.named in names for n in aside for s in sentences[n].spots):
            return aside
    return None


def _add_aside(
    groups: list[list[int]],
    sentences: Sequence[Sentence],
    n: int,
    main: Sequence[Spot],
    incidents: Incidents,
) -> None:
    """Puts a sentence about something else with the aside that it goes on with, or begins one."""
    mine = sentences[n]
    aside = _aside_of(mine, main, groups[1:], sentences)
    if aside is None:
        aside = next((a for a in groups[1:] if _goes_on(mine, n, a, sentences, incidents)), None)
    if aside is None:
        groups.append([n])
    else:
        aside.append(n)


def _goes_on(
    mine: Sentence,
    n: int,
    aside: Sequence[int],
    sentences: Sequence[Sentence],
    incidents: Incidents,
) -> bool:
    """Whether a sentence is about an aside's incident: next to it and not of another day, or of its
    day, its kind and its place.
    """
    last = sentences[aside[-1]]
    same_days = mine.days is None or last.days is None or mine.days.overlaps(last.days)
    if aside[-1] == n - 1 and "elsewhere" not in mine.cues and same_days:
        return True
    days = next((sentences[k].days for k in aside if sentences[k].days), None)
    if not mine.days or not days or not mine.days.overlaps(days, slack=1):
        return False
    theirs = [s for k in aside for s in sentences[k].spots if not s.wide]
    near = any(nearness(a, b) > 0 for a in mine.spots for b in theirs)
    kinds = frozenset(incidents.group(kind) for k in aside for kind in sentences[k].kinds)
    return near and incidents.agree(frozenset(map(incidents.group, mine.kinds)), kinds) > 0


def _telling(
    item: Resolved,
    words: Words,
    incidents: Incidents,
    mine: Sequence[Sentence],
    *,
    days: Window | None,
    dated: bool,
    lead: int,
) -> Telling:
    spans = tuple(sentence.span for sentence in mine)
    head = mine[: lead or None]
    kinds = Counter(kind for sentence in head for kind in sentence.kinds)
    if not lead:
        days = next((s.days for s in mine if s.days), None)
        dated = days is not None
    telling = [kind for kind in kinds if incidents.group(kind) in incidents.violent]
    groups = frozenset(incidents.group(kind) for kind in telling or kinds)
    core = frozenset(
        group
        for s in mine[:HEADLINE]
        for kind in s.kinds
        if (group := incidents.group(kind)) in incidents.violent
    )
    inside = Inside(spans)
    return Telling(
        document=item.document,
        main=lead > 0,
        kinds=tuple(kind for kind, _ in kinds.most_common()),
        groups=groups,
        core=core or groups,
        spots=_spots(head) or _spots(mine),
        focus=_spots(mine[:HEADLINE]) or _spots(head) or _spots(mine),
        days=days,
        dated=dated,
        spans=spans,
        lead=Counter(
            word
            for s in (*mine[:HEADLINE], *head)
            for word in map(stem, words.between(*s.span))
            if word not in incidents.ignored and len(word) > 1
        ),
        head=frozenset(f.id for s in mine[:HEADLINE] for f in s.tolls),
        firm=frozenset(marks.firm(mine, first=HEADLINE, lead=len(head))),
        earlier=frozenset(marks.earlier(mine, words, incidents)),
        added=frozenset(f.id for s in mine for f in s.tolls if marks.is_added(f, words, incidents)),
        figures=tuple(f for s in mine if "cumulative" not in s.cues for f in s.tolls),
        statements=tuple(
            s for s in item.statements if s.content_spans and inside(s.content_spans[0][0])
        ),
        events=tuple(e for e in item.events if inside(e.start)),
    )


def _spots(sentences: Sequence[Sentence]) -> tuple[Spot, ...]:
    return tuple(dict.fromkeys(found for sentence in sentences for found in sentence.spots))
