"""Spoken charges: who, by words of blame, claim or denial in statements, did it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from sayso.compare.accusing import Laid, laid
from sayso.compare.charge import Charge, Scene, Stance, is_own
from sayso.compare.incidents import Incidents
from sayso.compare.speakers import Voice
from sayso.compare.standing import Standing
from sayso.compare.wording import Words
from sayso.ids import Span
from sayso.schema import Statement

_NEAR = 90
"""Characters between a word of claim or denial and the name of who did it."""

_MEMBERS = frozenset({"fighters", "fighter", "members", "member", "bombers", "bomber", "militants"})
"""Ends of phrases by which a group tells of its own people's deed: "one of its fighters"."""

_TOLD = ("told", "tells", "telling")
_SELF = frozenset({"it", "they"})


def said(scene: Scene) -> Iterator[Charge]:
    """The charges of a telling's statements, in their order."""
    telling, words = scene.telling, scene.words
    for statement in telling.statements:
        voice = scene.voices.of(statement)
        start = min(a for a, _ in (*statement.cue_spans, *statement.content_spans))
        end = max(b for _, b in (*statement.cue_spans, *statement.content_spans))
        phrases = list(_phrases(words, start, end, scene.kinds))
        if any(label == "doubts" for _, _, label in phrases):
            continue
        denying = any(
            label == "denials" and _holds(statement.cue_spans, words.starts[at])
            for at, _, label in phrases
        )
        for at, stop, label in phrases:
            first = words.starts[at]
            in_cue = _holds(statement.cue_spans, first)
            if not in_cue and _is_anothers(first, statement, telling.statements):
                continue  # theirs to answer for
            if label == "claims":
                found = _claims(statement, voice, at, stop, in_cue, scene)
            elif label == "refusals":
                found = _refusals(statement, voice, at, scene)
            elif label == "denials" or statement.denied:
                found = _denials(statement, voice, at, stop, end, in_cue, scene)
            elif denying:
                continue  # "denied that it was behind"
            else:
                found = _blames(statement, voice, at, stop, label, scene)
            for charge in found:
                yield msgspec.structs.replace(
                    charge,
                    kind=max(telling.kinds, key=scene.kinds.rank, default=None),
                    kinds=_named(words, start, end, scene.kinds),
                    spots=scene.standing.spots(start, end),
                )


def _charge(statement: Statement, voice: Voice, stance: Stance, agent: str | None) -> Charge:
    return Charge(
        voice,
        stance,
        agent,
        statement.id,
        statement.document,
        statement.evidence,
        statement.content,
        statement.chain,
        clear=True,
    )


def _claims(
    statement: Statement, voice: Voice, at: int, stop: int, in_cue: bool, scene: Scene
) -> Iterator[Charge]:
    found = _claimant(statement, voice, at, stop, in_cue, scene)
    members = scene.words.words[stop - 1] in _MEMBERS
    if found is None or (members and not scene.deeds.is_own_peoples(at)):
        return
    aside = not scene.deeds.is_claimed(at)
    yield msgspec.structs.replace(_charge(statement, found[0], "claims", found[1]), aside=aside)


def _denials(
    statement: Statement,
    voice: Voice,
    at: int,
    stop: int,
    end: int,
    in_cue: bool,
    scene: Scene,
) -> Iterator[Charge]:
    words = scene.words
    final = words.ends[stop - 1]
    if not (in_cue or statement.denied) or not scene.deeds.is_denied(at, stop):
        return
    _, last = words.sentences[words.sentence_at(final)]
    agent = scene.standing.after(final, min(end, last, final + _NEAR), words)
    yield _charge(statement, voice, "denies", agent)


def _refusals(statement: Statement, voice: Voice, at: int, scene: Scene) -> Iterator[Charge]:
    """A denial in what somebody says: "the reports were fabricated"."""
    if voice.kind != "outlet" and scene.deeds.is_refused(at):
        yield _charge(statement, voice, "denies", None)


def _blames(
    statement: Statement, voice: Voice, at: int, stop: int, label: str, scene: Scene
) -> Iterator[Charge]:
    """The charges of a phrase that lays the deed on somebody, on the account of who does so."""
    words, deeds = scene.words, scene.deeds
    read = laid(label, at, stop, words, scene.parties, scene.kinds)
    if read is None or not read.accused.known:
        return
    whose, clear = _accuser(statement, voice, read, scene)
    by = label == "done_by" and words.words[stop - 1] == "by"
    told = by and deeds.is_told(at)
    if whose is None or (by and not told):
        return
    about = deeds.is_claimed(at) if told else deeds.is_blamed(at, stop)
    party = read.accused
    charge = _charge(statement, whose, "blames", None)
    charge = msgspec.structs.replace(charge, aside=not about, clear=clear)
    if party.negated:
        for agent in party.actors if whose.kind != "outlet" and not charge.aside else ():
            yield msgspec.structs.replace(charge, stance="denies", agent=agent)
    elif party.either:
        yield msgspec.structs.replace(charge, among=party.actors)
    elif party.side:
        yield msgspec.structs.replace(charge, side=party.side)
    else:
        for agent in party.actors:
            if not is_own(agent, whose, scene.voices):
                yield msgspec.structs.replace(charge, agent=agent)


def _accuser(
    statement: Statement, voice: Voice, read: Laid, scene: Scene
) -> tuple[Voice | None, bool]:
    """Whose word lays a deed on somebody, and whether it is clear that it does: the subject of an
    active verb of accusing, whoever stands behind "by" in the passive, else the statement's voice.
    """
    if read.by.actors and read.how == "passive":
        return scene.voices.of_actor(read.by.actors[0]), True
    in_cue = _holds(statement.cue_spans, scene.words.starts[read.verb])
    clear = voice.kind != "outlet"
    if read.how == "fact":
        return voice, clear
    if read.how == "passive":
        speaking = _named_in(statement, scene.standing)
        mine = any(a in speaking or is_own(a, voice, scene.voices) for a in read.accused.actors)
        on = scene.words.words[read.verb + 1 : read.verb + 2] in (("on",), ("to",))
        if mine or not (clear or on) or read.by.side:
            return None, False
        return voice, clear
    if in_cue and _is_told(statement, scene.words):
        return None, False
    if in_cue or read.own:
        return voice, True
    if not read.by.actors:
        return None, False
    by = read.by.actors[0]
    return (voice if by in voice.keys else scene.voices.of_actor(by)), True


def _is_told(statement: Statement, words: Words) -> bool:
    """Whether a statement's source is one who was told: "told the council, blaming X"."""
    firsts = [words.number(start) for start, _ in statement.source_spans]
    return any(
        words.words[n - 1] in _TOLD or words.words[n - 2 : n] in [(verb, "the") for verb in _TOLD]
        for n in firsts
        if n
    )


def _is_anothers(first: int, mine: Statement, statements: Sequence[Statement]) -> bool:
    """Whether an offset stands in the cue of another statement, or in one's content that is nearer
    to it: of those that hold it a named speaker's, the shortest.
    """
    if any(_holds(s.cue_spans, first) for s in statements):
        return True
    held = [s for s in statements if _holds(s.content_spans, first)]
    if mine not in held:
        return bool(held)
    best = min(held, key=lambda s: (s.voice != "named", len(s.content)))
    return best is not mine


def _claimant(
    statement: Statement, voice: Voice, at: int, stop: int, in_cue: bool, scene: Scene
) -> tuple[Voice, str | None] | None:
    """Who claims a deed, as a voice and an actor: the speaker, or whom another tells of as claiming
    it, on whose account it is then. Null where nobody does.
    """
    if (statement.speaker or "").casefold().startswith("no "):
        return None
    voices, words, standing = scene.voices, scene.words, scene.standing
    mine = voices.actor(statement.speaker_actor, statement.speaker)
    _, end = words.sentences[words.sentence_at(words.starts[at])]
    if words.words[at : at + 2] == ("claimed", "by"):
        party = scene.parties.after(stop, end)
        told = party.actors[0] if party.known and party.actors and scene.deeds.is_told(at) else None
        return (voices.of_actor(told), told) if told else None
    if words.words[stop - 1] in _MEMBERS or words.words[at] in _SELF:
        here = standing.beginning(words.starts[at])
        mine = here[0] if here and words.words[at] in _SELF else mine
        if mine is None or statement.denied or voices.kind(mine) != "armed group":
            return None
        return (voice if mine in voice.keys else voices.of_actor(mine)), mine
    if in_cue and voice.kind != "outlet":
        named = [a for a in _named_in(statement, standing) if voices.can_act(a)]
        if voice.kind == "unnamed" and len(named) == 1:
            return voices.of_actor(named[0]), named[0]
        return voice, mine
    first = words.starts[at]
    begin, _ = words.sentences[words.sentence_at(first)]
    told = standing.before(max(begin, first - _NEAR), first, words)
    if told is None or not voices.can_act(told):
        return None
    return (voice, told) if told in voice.keys else (voices.of_actor(told), told)


def _named_in(statement: Statement, standing: Standing) -> list[str]:
    """The actors that the words for a statement's source name."""
    return [a for span in statement.source_spans for a in standing.inside(*span)[0]]


def _named(words: Words, start: int, end: int, kinds: Incidents) -> frozenset[str]:
    """The kinds that some words name, or else the sentence around them."""
    found = kinds.words.found(words.between(start, end))
    if not found and words.sentences:
        found = kinds.words.found(words.between(*words.sentences[words.sentence_at(start)]))
    return frozenset(found)


def _holds(spans: Iterable[Span], at: int) -> bool:
    return any(start <= at < end for start, end in spans)


def _phrases(
    words: Words, start: int, end: int, kinds: Incidents
) -> Iterator[tuple[int, int, str]]:
    first, last = words.number(start), words.number(end)
    for at, stop, label in kinds.charges.places(words.words[first:last]):
        yield first + at, first + stop, label
