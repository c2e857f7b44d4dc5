"""Tellings: the passages of one document that tell of one incident.

The headline and the first sentences tell of what a report is mainly about; `asides` parts the later
sentences.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec

from sayso.compare import marks
from sayso.compare.asides import (
    Lead,
    fire_told,
    is_dated_apart,
    is_elsewhere,
    is_of_another_place,
    lead_of,
    part,
    size,
)
from sayso.compare.days import Window, window
from sayso.compare.ground import Spot, astray
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

PICTURE_VERB = 8
"""Among so many first words of the sentence after the headline stands the verb of a caption."""

OLDEST_NEWS = 7
"""Days before publication beyond which a day in a lead dates something else."""

BEFORE_PUBLICATION = 3
"""Days before publication on which what a report tells as news may have been."""

LONGEST_PUBLICATION = 45

OTHER_TIMES = frozenset({"earlier", "cumulative", "sum", "sequel"})
"""Cues of asides that are not of the lead's day, though they begin with "meanwhile"."""


Bond = tuple[str | None, float, str | None]
"""What befell how many, and the named voice that says so."""

TELLING_TOLL = 10
"""A toll of so many in the leads of two reports of one day is hardly chance."""


class Telling(msgspec.Struct, frozen=True):
    """What one document tells of one incident. `days` is when it was, as far as that is known;
    `dated` says whether words gave it or only the publication window did, `exact` whether the first
    sentences put a toll on one calendar day.

    Of its first sentences `told` are the kinds, `core` their groups, `fire` the one side that
    fires, `focus` the places (`placed` says whether the lead names any) and `head` the ids of the
    figures; `bonds` are the tolls of the lead that tell it from others, each with its named voice;
    `lead` counts the stems of its lead's words that can tell it from others, the first sentences'
    twice. `firm` are the ids of figures that are of the whole incident: in the lead, or beside a
    word for the whole toll, and not of a place of their own; `earlier` those of counts that words
    call earlier ones, `added` those of "three more": a part beside others.
    """

    document: str
    main: bool
    published: Window | None
    kinds: tuple[str, ...]
    told: tuple[str, ...]
    groups: frozenset[str]
    core: frozenset[str]
    fire: frozenset[str]
    spots: tuple[Spot, ...]
    focus: tuple[Spot, ...]
    placed: bool
    days: Window | None
    dated: bool
    exact: bool
    spans: tuple[Span, ...]
    lead: dict[str, int]
    head: frozenset[str]
    bonds: frozenset[Bond]
    firm: frozenset[str]
    places: dict[str, frozenset[str]]
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
    captions = words.captions | _pictures(words, incidents)
    head = _lead(words, captions)
    sentences = _with_scenes(sentences, head)
    first = [sentences[n] for n in head[:HEADLINE]]
    days = (
        _main_days(first, published)
        or _main_days([sentences[n] for n in head], published)
        or _main_days([s for s in sentences if _goes_on(s, first, incidents)], published)
    )
    news = days or _news_window(published)
    about = lead_of(first, first, days=news, dated=bool(days), incidents=incidents)
    head = _without_asides(head, sentences, about, incidents)
    lead = lead_of(
        [sentences[n] for n in head], first, days=news, dated=bool(days), incidents=incidents
    )
    groups = part(sentences, head, lead, captions, incidents)
    return [
        _telling(
            item,
            words,
            incidents,
            [sentences[k] for k in group],
            days=news,
            dated=bool(days),
            published=published,
            lead=len(head) if n == 0 else 0,
        )
        for n, group in enumerate(groups)
    ]


def _published(item: Resolved) -> Window | None:
    days = window(item.publication.earliest, item.publication.latest)
    return days if days and days.length <= LONGEST_PUBLICATION else None


def _news_window(published: Window | None) -> Window | None:
    return published and Window(published.first - BEFORE_PUBLICATION, published.last)


def _pictures(words: Words, incidents: Incidents) -> frozenset[int]:
    """The number of the sentence after the headline, where it tells what a picture shows."""
    first = words.between(*words.sentences[1])[:PICTURE_VERB] if len(words.sentences) > 1 else ()
    return frozenset({1}) if any(word in incidents.pictures for word in first) else frozenset()


def _lead(words: Words, captions: frozenset[int]) -> list[int]:
    """The numbers of the sentences that are the lead; captions are none, for they date pictures."""
    most = words.starts[min(LEAD_WORDS, len(words.starts) - 1)] if words.starts else 0
    found: list[int] = []
    long = 0
    for n, (start, end) in enumerate(words.sentences):
        if n in captions:
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


def _goes_on(sentence: Sentence, first: Sequence[Sentence], incidents: Incidents) -> bool:
    """Whether a sentence goes on with the deed of the first ones: by its words, or as it begins
    with a day and their narrow kind ("Monday’s twin bombings").
    """
    if "going on" in sentence.cues:
        return bool(sentence.kinds)
    told = incidents.narrow(kind for s in first for kind in s.kinds)
    return sentence.begins and bool(told & frozenset(sentence.kinds[:1]))


def _with_scenes(sentences: Sequence[Sentence], head: Sequence[int]) -> list[Sentence]:
    """The sentences without places that are no scenes: those far from all others."""
    far = astray(_spots(sentences))
    if all(s.key in far for s in _spots([sentences[n] for n in head[:HEADLINE]])):
        first = frozenset(s.key for n in head[:HEADLINE] for s in sentences[n].spots)
        far -= first
    return [
        msgspec.structs.replace(s, spots=tuple(x for x in s.spots if x.key not in far))
        if any(x.key in far for x in s.spots)
        else s
        for s in sentences
    ]


def _without_asides(
    head: Sequence[int], sentences: Sequence[Sentence], first: Lead, incidents: Incidents
) -> list[int]:
    """The sentences of a lead without asides after the first ones, and what goes on with these."""
    kept = list(head[:HEADLINE])
    for n in head[HEADLINE:]:
        mine = sentences[n]
        goes_on = "going on" in mine.cues and not mine.spots and not mine.days
        if not _is_aside(mine, first, incidents) and not (goes_on and n - 1 not in kept):
            kept.append(n)
    return kept


def _is_aside(sentence: Sentence, first: Lead, incidents: Incidents) -> bool:
    """Whether a sentence of the lead after the first speaks of another day or, elsewhere, of
    another place, or gives tolls of something else.
    """
    if is_dated_apart(sentence, first.days):
        return True
    if "elsewhere" in sentence.cues and is_of_another_place(sentence, first):
        return True
    told = all(size(f) in first.tolls for f in sentence.tolls)
    return not told and is_elsewhere(sentence, first, incidents)


def _telling(
    item: Resolved,
    words: Words,
    incidents: Incidents,
    mine: Sequence[Sentence],
    *,
    days: Window | None,
    dated: bool,
    published: Window | None,
    lead: int,
) -> Telling:
    spans = tuple(sentence.span for sentence in mine)
    head = mine[: lead or None]
    kinds = Counter(kind for sentence in head for kind in sentence.kinds)
    if not lead:
        own = next((s.days for s in mine if s.days), None)
        meanwhile = "elsewhere" in mine[0].cues and not (mine[0].cues | _cues(mine)) & OTHER_TIMES
        days = own or (days if meanwhile else None)
        dated = own is not None or (meanwhile and dated)
    telling = [kind for kind in kinds if incidents.group(kind) in incidents.violent]
    groups = frozenset(incidents.group(kind) for kind in telling or kinds)
    core = frozenset(
        group
        for s in mine[:HEADLINE]
        for kind in s.kinds
        if (group := incidents.group(kind)) in incidents.violent
    )
    inside = Inside(spans)
    spots = _spots(mine)
    told = _told(mine[:HEADLINE], head, incidents)
    return Telling(
        document=item.document,
        main=lead > 0,
        published=published,
        kinds=tuple(kind for kind, _ in kinds.most_common()),
        told=tuple(kind for kind, _ in (told or kinds).most_common()),
        groups=groups,
        core=core or groups,
        fire=fire_told(mine[:HEADLINE], incidents),
        spots=_spots(head) or spots,
        focus=_spots(mine[:HEADLINE]) or _spots(head) or spots,
        placed=bool(_spots(head)),
        days=days,
        dated=dated,
        exact=any(s.exact and s.days == days and s.tolls for s in mine[:HEADLINE]),
        spans=spans,
        lead=Counter(
            word
            for s in (*mine[:HEADLINE], *head)
            for word in map(stem, words.between(*s.span))
            if word not in incidents.ignored and len(word) > 1
        ),
        head=frozenset(f.id for s in mine[:HEADLINE] for f in s.tolls),
        bonds=frozenset(
            (f.effect, f.value, f.speaker if f.voice == "named" else None)
            for s in head
            for f in s.tolls
            if f.value is not None and f.value >= TELLING_TOLL and "cumulative" not in s.cues
        ),
        firm=frozenset(marks.firm(mine, first=HEADLINE, lead=len(head))),
        places=dict(marks.plain(mine, words, days, incidents, first=HEADLINE)),
        earlier=frozenset(marks.earlier(mine, words, incidents)),
        added=frozenset(
            f.id
            for s in mine[0 if lead else 1 :]  # "another 12" of an aside is beside the lead's
            for f in s.tolls
            if marks.is_added(f, words, incidents)
        ),
        figures=tuple(
            f
            for n, s in enumerate(mine)
            if "cumulative" not in s.cues and (n < HEADLINE or "sum" not in s.cues)
            for f in s.tolls
            if not marks.is_foreseen(f, words)
        ),
        statements=tuple(
            s for s in item.statements if s.content_spans and inside(s.content_spans[0][0])
        ),
        events=tuple(e for e in item.events if inside(e.start)),
    )


def _told(
    first: Sequence[Sentence], head: Sequence[Sentence], incidents: Incidents
) -> Counter[str]:
    """The kinds of the first sentences: those that killed, where words tell of other means than
    fighting, in which both sides use what they have.
    """
    for sentences in (first, head):
        deadly = [s for s in sentences if any(f.effect == "killed" for f in s.tolls)]
        kinds = Counter(kind for s in deadly for kind in s.kinds)
        if (frozenset(map(incidents.group, kinds)) & incidents.violent) - {"any", "fighting"}:
            return kinds
    return Counter(kind for s in first for kind in s.kinds)


def _cues(sentences: Sequence[Sentence]) -> frozenset[str]:
    return frozenset(cue for sentence in sentences for cue in sentence.cues)


def _spots(sentences: Sequence[Sentence]) -> tuple[Spot, ...]:
    return tuple(dict.fromkeys(found for sentence in sentences for found in sentence.spots))
