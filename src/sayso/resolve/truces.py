"""Truces of a document: mentions of the same one put together, dates as windows of days."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Iterable

import msgspec

from sayso.ids import Span, record_id
from sayso.resolve.actors import ActorIndex
from sayso.resolve.events import Overlaps
from sayso.schema import (
    Annotations,
    Document,
    Evidence,
    LocalActor,
    LocalTruce,
    Place,
    Publication,
    Statement,
    Time,
    TruceSpan,
    TruceState,
    TruceStatus,
    TruceTold,
    Voice,
)

METHOD = "truces.rules/1"

_ARTICLE = re.compile(r"(?:the|an?|its|his|her|their)\s+", re.IGNORECASE)
_INDEFINITE = re.compile(r"\b(?:an?|another|new|proposed)\s+(?:[\w-]+\s+){0,3}$", re.IGNORECASE)
_LASTS = re.compile(r"P(?:T(?P<hours>\d+)H|(?P<count>\d+)(?P<unit>[DWM]))")
_RANK: dict[TruceStatus, int] = {"unknown": 0, "proposed": 1, "in force": 2, "ended": 3}
MOST_HOW = 300


class _Found(msgspec.Struct, kw_only=True):
    """What one mention tells, its names looked up."""

    span: TruceSpan
    sentence: Span
    brokers: tuple[str, ...]
    parties: tuple[str, ...]
    places: tuple[str, ...]
    excluded: tuple[str, ...]
    breaches: tuple[str, ...]
    proposer: str | None
    began: tuple[str, str] | None
    ended: tuple[str, str] | None
    breached_on: tuple[str, str] | None
    indefinite: bool

    @property
    def tells(self) -> bool:
        """Whether the mention says anything but that there is a truce."""
        return bool(
            self.brokers or self.parties or self.places or self.excluded or self.breaches
            or self.proposer or self.began or self.ended or self.span.lasts
        )  # fmt: skip


def resolve_truces(
    document: Document,
    annotations: Annotations,
    actors: tuple[LocalActor, ...],
    places: tuple[Place, ...],
    times: tuple[Time, ...],
    publication: Publication,
    statements: tuple[Statement, ...] = (),
) -> tuple[LocalTruce, ...]:
    """The truces that a document tells of, in the order of their first mention.

    Mentions go together unless their places, lengths or days differ, or one introduces another
    truce ("a 72-hour truce", "a new ceasefire"). Days are windows, from the time expressions alone.
    Where only the end and the length are told the beginning is worked out, and `how` says so.
    What voices say of it, mention by mention, is in `told`.
    """
    who, where, when = ActorIndex(actors), Overlaps(places), Overlaps(times)
    found = [
        _look_up(document, span, annotations.sentences, who, where, when)
        for span in annotations.truces
    ]
    telling = [mention for mention in found if mention.tells]
    groups = _groups(telling or found[:1])
    voices = _Voices(document, statements, who, where, publication)
    return tuple(_truce(document, group, voices) for group in groups)


_WATCHERS = frozenset({"monitor", "agency", "outlet", "rescue service"})
"""Kinds of actors that tell of breaches and commit none."""


def _can_fight(actor: LocalActor | None) -> bool:
    return actor is None or actor.kind not in _WATCHERS


def _look_up(
    document: Document,
    span: TruceSpan,
    sentences: tuple[Span, ...],
    who: ActorIndex,
    where: Overlaps[Place],
    when: Overlaps[Time],
) -> _Found:
    text = document.text

    def names(spans: Iterable[Span]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(_name(text, part, who, where) for part in spans))

    def days(part: Span | None) -> tuple[str, str] | None:
        time = when.best(part)
        return (time.earliest, time.latest) if time and time.earliest and time.latest else None

    sentence = _sentence(span, sentences)
    return _Found(
        span=span,
        sentence=sentence,
        brokers=names(span.brokers),
        parties=names(span.parties),
        places=tuple(dict.fromkeys(_place(text, part, where) for part in span.places)),
        excluded=names(span.excluded),
        breaches=names(part for part in span.breached_by if _can_fight(who.at(*part))),
        proposer=_name(text, span.proposer, who, where) if span.proposer else None,
        began=days(span.began),
        ended=days(span.ended),
        breached_on=days(span.breached_on),
        indefinite=bool(_INDEFINITE.search(text[max(0, span.start - 60) : span.start])),
    )


def _sentence(span: TruceSpan, sentences: tuple[Span, ...]) -> Span:
    at = bisect_right(sentences, (span.start, 1 << 62)) - 1
    if at >= 0 and sentences[at][1] >= span.end:
        return sentences[at]
    return span.start, span.end


def _name(text: str, span: Span, who: ActorIndex, where: Overlaps[Place]) -> str:
    actor = who.at(*span)
    if actor is not None:
        return actor.name
    place = where.best(span)
    if place is not None and place.role == "demonym" and (place.start, place.end) == span:
        return place.name
    words = " ".join(text[span[0] : span[1]].split())
    return _ARTICLE.sub("", words, count=1) if _ARTICLE.match(words) else words


def _place(text: str, span: Span, where: Overlaps[Place]) -> str:
    place = where.best(span)
    return place.name if place else " ".join(text[span[0] : span[1]].split())


def _groups(mentions: list[_Found]) -> list[list[_Found]]:
    groups: list[list[_Found]] = []
    for mention in mentions:
        fits = [group for group in groups if not any(_differ(mention, m) for m in group)]
        introduces = mention.indefinite and (
            mention.span.lasts is not None or mention.proposer is not None
        )
        if fits and not introduces:
            fits[-1].append(mention)
        else:
            groups.append([mention])
    return groups


def _differ(left: _Found, right: _Found) -> bool:
    """Whether two mentions cannot be of one truce."""
    if left.places and right.places and not set(left.places) & set(right.places):
        return True
    if left.span.lasts and right.span.lasts and _hours(left.span) != _hours(right.span):
        return True
    if _apart(left.began, right.began) or _apart(left.ended, right.ended):
        return True
    return bool(left.began and right.ended and left.began[0] > right.ended[1]) or bool(
        right.began and left.ended and right.began[0] > left.ended[1]
    )


def _apart(left: tuple[str, str] | None, right: tuple[str, str] | None) -> bool:
    return bool(left and right and (left[1] < right[0] or right[1] < left[0]))


def _hours(span: TruceSpan) -> int | None:
    """How long it is to last, in hours; months count as 30 days."""
    match = _LASTS.fullmatch(span.lasts or "")
    if not match:
        return None
    if match["hours"]:
        return int(match["hours"])
    return int(match["count"]) * {"D": 24, "W": 168, "M": 720}[match["unit"]]


class _Voices:
    """On whose word a mention of a truce stands."""

    def __init__(
        self,
        document: Document,
        statements: tuple[Statement, ...],
        who: ActorIndex,
        where: Overlaps[Place],
        publication: Publication,
    ) -> None:
        self._document = document
        self._who, self._where = who, where
        self._publication = publication
        # The shortest content that holds a mention is of the innermost voice.
        self._contents = sorted(
            (end - start, start, end, n)
            for n, statement in enumerate(statements)
            for start, end in statement.content_spans
        )
        self._statements = statements

    def told(self, mention: _Found) -> TruceTold | None:
        """What a mention says of the state of its truce; null where it says nothing of it."""
        span = mention.span
        state = _state(mention)
        if state is None:
            return None
        speaker, actor, voice = self._voice(span, mention.breaches)
        out = self._publication.earliest, self._publication.latest
        days = {
            "violation alleged": mention.breached_on,
            "ended": mention.ended,
            "collapsed": mention.ended,
            "in force": mention.began,
        }.get(state)
        return TruceTold(
            state=state,
            speaker=speaker,
            speaker_actor=actor,
            voice=voice,
            earliest=(days or out)[0],
            latest=(days or out)[1],
            dated=days is not None,
            document=self._document.source,
            start=span.start,
            end=span.end,
            accused=mention.breaches if state == "violation alleged" else (),
        )

    def _voice(
        self, span: TruceSpan, accused: tuple[str, ...]
    ) -> tuple[str | None, str | None, Voice]:
        """Whoever accuses, else the speaker of the innermost content: nobody accuses themselves."""
        if span.accuser is not None:
            said = self._spoken_by(span.accuser)
            if said is not None:
                return said.speaker, said.speaker_actor, said.voice
            actor = self._who.at(*span.accuser)
            name = _name(self._document.text, span.accuser, self._who, self._where)
            known = actor is not None or any(c.isupper() for c in name[:1])
            return name, actor.id if actor else None, "named" if known else "unnamed"
        for _, start, end, n in self._contents:
            said = self._statements[n]
            if start <= span.start < end and _can_accuse(said, accused):
                return said.speaker, said.speaker_actor, said.voice
        return None, None, "unnamed" if span.accused_by_nobody else "outlet"

    def _spoken_by(self, source: Span) -> Statement | None:
        """The statement whose source stands at some words, for it says whom a pronoun means."""
        return next(
            (
                statement
                for statement in self._statements
                if statement.speaker
                and any(a < source[1] and source[0] < b for a, b in statement.source_spans)
            ),
            None,
        )


def _can_accuse(said: Statement, accused: tuple[str, ...]) -> bool:
    """Whether a statement's speaker is somebody, and not whom it is about."""
    return said.speaker not in accused and (said.speaker or "").casefold() not in _RELATIVE


_RELATIVE = frozenset({"which", "who", "that"})


def _state(mention: _Found) -> TruceState | None:
    if mention.breaches:
        return "violation alleged"
    status = mention.span.status
    return mention.span.turn or (None if status == "unknown" else status)


def _truce(document: Document, group: list[_Found], voices: _Voices) -> LocalTruce:
    spans = [(m.span.start, m.span.end) for m in group]
    began = _narrowest(m.began for m in group)
    ended = _narrowest(m.ended for m in group)
    lasts = next((m.span for m in group if m.span.lasts), None)
    inferred = ""
    if ended and not began and lasts is not None and _is_over(group):
        began, inferred = _back(ended, _hours(lasts)), _words_of_length(lasts)
    status = max((m.span.status for m in group), key=lambda status: _RANK[status])
    if ended and status == "unknown":
        status = "ended"
    proposer = next((m.proposer for m in group if m.proposer), None)
    if proposer and not any(m.span.status in ("in force", "ended") for m in group):
        status = "proposed"
    told = dict.fromkeys(
        " ".join(document.text[a:b].split()) for a, b in (m.sentence for m in group)
    )
    how = " … ".join(told)[:MOST_HOW]
    if inferred and began:
        how = f"start worked out from its end and its length ({inferred}): {how}"
    where = _all(m.places for m in group)
    return LocalTruce(
        id=record_id(document.source, document.text_sha256, "truce", spans[:1]),
        evidence=tuple(Evidence(document=document.source, start=a, end=b) for a, b in spans),
        method=METHOD,
        document=document.source,
        name=_title(document.text, group[0].span, where, began, ended),
        parties=_all(m.parties for m in group),
        brokers=_all(m.brokers for m in group),
        places=where,
        excluded=_all(m.excluded for m in group),
        proposer=proposer,
        began_earliest=began[0] if began else None,
        began_latest=began[1] if began else None,
        ended_earliest=ended[0] if ended else None,
        ended_latest=ended[1] if ended else None,
        status=status,
        how=how,
        breaches=_all(m.breaches for m in group),
        told=tuple(one for m in group if (one := voices.told(m)) is not None),
    )


def _all(lists: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for names in lists for name in names))


def _narrowest(windows: Iterable[tuple[str, str] | None]) -> tuple[str, str] | None:
    """The window on which those given agree; windows of one group always meet."""
    known = [window for window in windows if window]
    if not known:
        return None
    return max(start for start, _ in known), min(end for _, end in known)


def _is_over(group: list[_Found]) -> bool:
    return any(m.ended and m.span.lasts and m.span.status == "ended" for m in group)


def _back(window: tuple[str, str], hours: int | None) -> tuple[str, str] | None:
    if not hours:
        return None
    days = dt.timedelta(days=round(hours / 24))
    first, last = (dt.date.fromisoformat(day) for day in window)
    if first.toordinal() <= days.days:
        return None
    return (first - days).isoformat(), (last - days).isoformat()


def _words_of_length(span: TruceSpan) -> str:
    match = _LASTS.fullmatch(span.lasts or "")
    assert match is not None
    count = match["hours"] or match["count"]
    unit = "hour" if match["hours"] else {"D": "day", "W": "week", "M": "month"}[match["unit"]]
    return f"{count} {unit}{'' if count == '1' else 's'}"


def _title(
    text: str,
    span: TruceSpan,
    places: tuple[str, ...],
    began: tuple[str, str] | None,
    ended: tuple[str, str] | None,
) -> str:
    """A name made of facts: "72-hour truce in Alpha and Beta, from 27 February 2016"."""
    name = " ".join(text[span.start : span.end].split()).lower()
    if span.lasts and _hours(span):
        count, _, unit = _words_of_length(span).partition(" ")
        name = f"{count}-{unit.removesuffix('s')} {name}"
    if places:
        name += f" in {' and '.join(places[:3])}"
    if began:
        name += f", from {_day(began)}"
    if ended:
        name += f", until {_day(ended)}" if began else f", ended {_day(ended)}"
    return name


def _day(window: tuple[str, str]) -> str:
    first, last = (dt.date.fromisoformat(day) for day in window)
    if first == last:
        return f"{first.day} {first:%B} {first.year}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first:%B} {first.year}"
    return f"between {first.isoformat()} and {last.isoformat()}"
