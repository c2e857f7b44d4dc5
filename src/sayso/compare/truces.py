"""The ledger of truces: one entry for each cessation of hostilities, whoever tells of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set

import msgspec

from sayso.compare.actors import Cast
from sayso.compare.days import Window, in_words, iso, number, window
from sayso.ids import record_id
from sayso.knowledge import Knowledge
from sayso.knowledge.spelling import spelling_key
from sayso.schema import (
    Document,
    LocalTruce,
    Publication,
    Resolved,
    Truce,
    TruceBreach,
    TruceStatus,
    TruceTold,
)

ALLEGED = "violation alleged"
METHOD = "truce-ledger.windows/1"
WIDEST = 45
"""Days: a wider window says too little of when a truce began or ended to tell two apart."""

REASON = 80
"""Characters of a reason before the words it rests on; the words stand in the evidence."""

NAME_WORDS = 2
"""So many words with a capital are a name; one may only begin a sentence."""

LONGEST_OPEN = 400
"""Days after its start for which a mention without dates can still mean a truce without an end."""


class _Telling(msgspec.Struct, frozen=True):
    truce: LocalTruce
    publication: Publication
    began: Window | None
    ended: Window | None
    places: frozenset[str]
    brokers: tuple[str, ...]

    @property
    def dated(self) -> bool:
        return bool(self.began or self.ended)


def keep_ledger(
    documents: Mapping[str, Document],
    resolved: Sequence[Resolved],
    cast: Cast,
    *,
    knowledge: Knowledge,
) -> tuple[Truce, ...]:
    """One record for each truce across documents, in the order in which they began.

    Mentions are one truce when they cover the same ground (the whole country, or a place in common)
    and the windows of their start or end overlap. A mention without dates joins the one truce on
    that ground with a broker in common, or else the only one that can have been on when it came
    out. Proposals stay apart from truces of other places.
    """
    names = {member: actor.name for actor in cast.actors for member in actor.members}
    known = {form.text.casefold() for actor in cast.actors for form in actor.names}
    known |= {name.casefold() for name in names.values()}
    sides = frozenset(knowledge.lexicon("truces")["party_words"])
    tellings = [
        _telling(_without_loose_words(truce, item, known, sides), item.publication, knowledge)
        for item in resolved
        for truce in item.truces
    ]
    tellings.sort(
        key=lambda t: (not t.dated, t.truce.document, t.truce.evidence[0].start, t.truce.id)
    )
    groups: list[list[_Telling]] = []
    blocks: dict[str, list[int]] = defaultdict(list)
    for telling in tellings:
        near = sorted({n for key in _blocks(telling) for n in blocks[key]})
        fits = (
            [n for n in near if any(_same(telling, other) for other in groups[n])]
            if telling.dated
            else _open_to(telling, groups)
        )
        if fits:
            groups[fits[0]].append(telling)
        else:
            fits = [len(groups)]
            groups.append([telling])
        for key in _blocks(telling):
            blocks[key].append(fits[0])
    made = [_truce(group, documents, names) for group in groups]
    return tuple(sorted(made, key=lambda t: (t.began_on or t.ended_on or "9999", t.name, t.id)))


def _without_loose_words(
    truce: LocalTruce, item: Resolved, known: Set[str], sides: Set[str]
) -> LocalTruce:
    """A mention without the accused that are no side ("foes"), and without places that are none: a
    part of a name, or a state that brokered it.
    """
    literal = {place.name for place in item.places if place.role != "part of a name"}
    places = tuple(
        place
        for place in truce.places
        if place in literal and place not in (*truce.brokers, *truce.excluded)
    )
    was, now = (
        f" in {' and '.join(found[:3])}" if found else "" for found in (truce.places, places)
    )
    told = tuple(
        msgspec.structs.replace(one, accused=_sides(one.accused, known, sides))
        for one in truce.told
    )
    return msgspec.structs.replace(
        truce,
        name=truce.name.replace(was, now, 1) if was else truce.name,
        places=places,
        breaches=_sides(truce.breaches, known, sides),
        told=tuple(one for one in told if one.state != ALLEGED or one.accused or one.speaker),
    )


def _sides(accused: Sequence[str], known: Set[str], sides: Set[str]) -> tuple[str, ...]:
    """Those of the accused that are actors of the case, names, or clear phrases for a side."""
    return tuple(
        name
        for name in accused
        if name.casefold() in known
        or sum(word[:1].isupper() for word in name.split()) >= NAME_WORDS
        or (name.casefold().split() or [""])[-1] in sides
    )


def _telling(truce: LocalTruce, publication: Publication, knowledge: Knowledge) -> _Telling:
    began = window(truce.began_earliest, truce.began_latest)
    ended = window(truce.ended_earliest, truce.ended_latest)
    return _Telling(
        truce,
        publication,
        began if began and began.length <= WIDEST else None,
        ended if ended and ended.length <= WIDEST else None,
        frozenset(
            spelling_key(place) for place in truce.places if not _is_country(place, knowledge)
        ),
        _canonical(truce.brokers, knowledge),
    )


def _canonical(names: Sequence[str], knowledge: Knowledge) -> tuple[str, ...]:
    """Names as the registry has them: "Moscow" and "Russian" are Russia."""
    found = []
    for name in names:
        known = {e.name for hit in knowledge.actors.candidates(name) for e in hit.entries}
        found.append(known.pop() if len(known) == 1 else name)
    return tuple(dict.fromkeys(found))


def _is_country(place: str, knowledge: Knowledge) -> bool:
    entry = knowledge.actors.find(place)
    return entry is not None and entry.kind == "state"


def _blocks(telling: _Telling) -> list[str]:
    """Keys of the fortnights that a start or an end can lie in."""
    found = []
    for which, days in (("began", telling.began), ("ended", telling.ended)):
        if days:
            found += [f"{which} {n}" for n in range(days.first // 14, days.last // 14 + 1)]
    return found


def _same(a: _Telling, b: _Telling) -> bool:
    if a.places and b.places and not a.places & b.places:
        return False
    if bool(a.places) != bool(b.places) and not _same_day(a, b):
        return False
    for mine, theirs in ((a.began, b.began), (a.ended, b.ended)):
        if mine and theirs and not mine.overlaps(theirs):
            return False
    return any(
        mine and theirs and mine.overlaps(theirs)
        for mine, theirs in ((a.began, b.began), (a.ended, b.ended))
    )


def _same_day(a: _Telling, b: _Telling) -> bool:
    """Whether two truces, one of them told without its place, began or ended on one sure day."""
    if _proposed(a) or _proposed(b):
        return False
    pairs = ((a.began, b.began), (a.ended, b.ended))
    return any(mine == theirs and mine.length == 1 for mine, theirs in pairs if mine and theirs)


def _open_to(telling: _Telling, groups: Sequence[Sequence[_Telling]]) -> list[int]:
    """The group that a mention without dates joins, if there is just one.

    A mention without places can mean a truce of any place, so it joins only where one was on.
    """
    ground = [
        n
        for n, group in enumerate(groups)
        if (not telling.places or any(telling.places & other.places for other in group))
        and (telling.truce.status == "proposed") == all(_proposed(other) for other in group)
        and _could_mean(telling, group)
    ]
    shared = [
        n for n in ground if any(set(telling.brokers) & set(other.brokers) for other in groups[n])
    ]
    for fits in (shared, ground):
        if len(fits) == 1:
            return fits
    return []


def _proposed(telling: _Telling) -> bool:
    return telling.truce.status == "proposed"


def _could_mean(telling: _Telling, group: Sequence[_Telling]) -> bool:
    """Whether a truce can have been talked of when the mention came out."""
    out = number(telling.publication.latest), number(telling.publication.earliest)
    if out[0] is None or out[1] is None:
        same = telling.truce.document
        return any(other.truce.document == same for other in group)
    began = _meet(other.began for other in group)
    ended = _meet(other.ended for other in group)
    if began and out[0] < began.first:
        return False
    if ended:
        return out[1] <= ended.last + WIDEST
    if began:
        return out[1] <= began.last + LONGEST_OPEN
    mine = Window(out[1], out[0])
    return any(
        (days := window(other.publication.earliest, other.publication.latest))
        and days.overlaps(mine, slack=WIDEST)
        for other in group
    )


def _meet(windows: Iterable[Window | None]) -> Window | None:
    """What windows have in common; where they part, the narrowest of them (the first of equals)."""
    known = [days for days in windows if days]
    if not known:
        return None
    meet = Window(max(days.first for days in known), min(days.last for days in known))
    narrowest = min(known, key=lambda days: (days.length, days.first))
    return meet if meet.first <= meet.last else narrowest


def _truce(
    group: Sequence[_Telling], documents: Mapping[str, Document], names: Mapping[str, str]
) -> Truce:
    group = sorted(group, key=lambda t: (t.truce.document, t.truce.evidence[0].start, t.truce.id))
    began = _meet(t.began for t in group)
    ended = _meet(t.ended for t in group)
    status, why = _status(group)
    sources = sorted({t.truce.document for t in group})
    told = _told(group, names)
    first = group[0].truce.evidence[0]
    return Truce(
        id=record_id(
            first.document,
            documents[first.document].text_sha256,
            f"ledger {group[0].truce.id}",
            ((first.start, first.end),),
        ),
        evidence=tuple(e for t in group for e in t.truce.evidence),
        method=METHOD,
        name=_name(group, began),
        parties=_joined(t.truce.parties for t in group),
        brokers=_joined(t.brokers for t in group),
        places=_joined(t.truce.places for t in group),
        excluded=_joined(t.truce.excluded for t in group),
        proposer=_commonest(t.truce.proposer for t in group if t.truce.proposer) or None,
        began_on=iso(began.first) if began and began.length == 1 else None,
        ended_on=iso(ended.first) if ended and ended.length == 1 else None,
        status=status,
        how=_how(group, began, ended, why),
        documents=tuple(sources),
        breaches=_joined(t.truce.breaches for t in group),
        began_earliest=iso(began.first) if began else None,
        began_latest=iso(began.last) if began else None,
        ended_earliest=iso(ended.first) if ended else None,
        ended_latest=iso(ended.last) if ended else None,
        told=told,
        alleged_breaches=tuple(
            TruceBreach(
                accuser=one.speaker,
                voice=one.voice,
                accused=one.accused,
                earliest=one.earliest,
                latest=one.latest,
                dated=one.dated,
                document=one.document,
                start=one.start,
                end=one.end,
            )
            for one in told
            if one.state == ALLEGED
        ),
    )


def _told(group: Sequence[_Telling], names: Mapping[str, str]) -> tuple[TruceTold, ...]:
    """What voices say of a truce, under their names in the case, in the order of the days."""
    told = [
        msgspec.structs.replace(
            one, speaker=names.get(one.speaker_actor or "", one.speaker), speaker_actor=None
        )
        for telling in group
        for one in telling.truce.told
    ]
    return tuple(
        sorted(told, key=lambda t: (t.earliest or "9999", t.latest or "9999", t.document, t.start))
    )


def status_on(truce: Truce, day: str) -> tuple[TruceTold, ...]:
    """How a truce stood on an ISO day by each voice that says so: the last that a voice told by
    then (proposed, in force, extended, ended, collapsed), and every breach alleged for that day.
    In the order of the voices; `latest` after the day means that it may not have been so yet.

    Voices differ where the states do. A voice is a speaker, or the report where it is the outlet's
    own word or nobody's; of what is told for the same days the later in the text holds. What has no
    day is left out.
    """
    last: dict[tuple[str, str], TruceTold] = {}
    alleged = []
    for one in truce.told:
        if one.earliest is None or one.earliest > day:
            continue
        if one.state != ALLEGED:
            last[one.speaker or "", one.voice if one.speaker else one.document] = one
        elif one.latest is not None and day <= one.latest:
            alleged.append(one)
    return tuple(last[voice] for voice in sorted(last)) + tuple(alleged)


def _name(group: Sequence[_Telling], began: Window | None) -> str:
    """The commonest words for a truce, with its start where it is known."""
    words = _commonest(t.truce.name.split(",")[0] for t in group)
    if began is None:
        return words
    if began.length == 1:
        return f"{words}, from {in_words(began.first, began.last)}"
    return f"{words}, from some day of {in_words(began.first, began.last)}"


def _status(group: Sequence[_Telling]) -> tuple[TruceStatus, str]:
    """The status by the latest knowledge: an end that is told stands; else the last report's."""
    if any(t.truce.status == "ended" for t in group):
        return "ended", "a report tells of its end"
    clear = [t for t in group if t.truce.status != "unknown"]
    if not clear:
        return "unknown", "no report says whether it held"
    latest = max(
        clear, key=lambda t: (t.publication.latest or "", t.truce.status, t.truce.document)
    )
    out = window(latest.publication.earliest, latest.publication.latest)
    if out is None:
        return latest.truce.status, "as last reported"
    told = in_words(out.first, out.last)
    return latest.truce.status, f"status as of the report of {told}"


def _how(group: Sequence[_Telling], began: Window | None, ended: Window | None, why: str) -> str:
    parts = []
    for word, days in (("start", began), ("end", ended)):
        if days is None:
            parts.append(f"{word} not told")
        elif days.length > 1:
            parts.append(f"{word} between {iso(days.first)} and {iso(days.last)}")
    reasons = (t.truce.how.partition(": ") for t in group)
    parts += sorted({reason for reason, colon, _ in reasons if colon and len(reason) <= REASON})
    if len(group) > 1:
        reports = len({t.truce.document for t in group})
        parts.append(f"{len(group)} mentions in {reports} report{'s' if reports > 1 else ''}")
    return "; ".join((*parts, why))


def _commonest(values: Iterable[str | None]) -> str:
    counts = Counter(value for value in values if value)
    return min(counts, key=lambda value: (-counts[value], -len(value), value), default="")


def _joined(lists: Iterable[Sequence[str]]) -> tuple[str, ...]:
    """The distinct values of lists, those named most often first, spelling aside."""
    counts: Counter[str] = Counter()
    forms: dict[str, str] = {}
    for values in lists:
        for value in values:
            key = spelling_key(value) or value
            forms[key] = min(forms.get(key, value), value)
            counts[key] += 1
    return tuple(forms[key] for key in sorted(counts, key=lambda key: (-counts[key], key)))
