"""Accounts: a matter's voices side by side, with what each says and in which reports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from sayso.compare.charges import Charge, blamed, charges_of, worth_telling
from sayso.compare.counts import claims_of, depth, distinct_outlets, distinct_texts
from sayso.compare.days import number
from sayso.compare.incidents import Incidents
from sayso.compare.quantities import group_of, in_words, side_of, size
from sayso.compare.speakers import Voice
from sayso.compare.standing import Standing
from sayso.compare.tally import tolls_of, with_others
from sayso.compare.tellings import Telling
from sayso.compare.titles import earliest_and_latest, place_of, title_of
from sayso.compare.tolls import Toll
from sayso.compare.voices import Voices
from sayso.compare.wording import Words
from sayso.ids import record_id
from sayso.schema import Account, AccountToll, Document, Evidence, Matter, Publication, Resolved

METHOD = "matters.linkage/1"
LARGEST = 20_000
"""No incident that reports tell of killed or wounded so many: such a toll is a war's."""

TIMES_LARGER = 3
"""A toll outside the first sentences that is so many times any that stands there is of more."""

WOUNDED_TO_DEAD = 20
"""More wounded for each of the dead than this are of more than one incident."""

_EFFECTS = ("killed", "wounded")


class Pile(msgspec.Struct, frozen=True):
    """What describing matters looks things up in, by document. `documents` are without their texts,
    `texts` maps a copy to the document whose text it is.
    """

    documents: Mapping[str, Document]
    publications: Mapping[str, Publication]
    items: Mapping[str, Resolved]
    words: Mapping[str, Words]
    voices: Voices
    kinds: Incidents
    texts: Mapping[str, str]

    def day(self, document: str) -> int | None:
        """The last day on which a report can have come out, as an ordinal."""
        return number(self.publications[document].latest)

    def publication(self, document: str) -> Publication:
        """When a report came out."""
        return self.publications[document]


class Said(msgspec.Struct, frozen=True):
    """All tolls and charges of a matter."""

    tolls: tuple[Toll, ...]
    charges: tuple[Charge, ...]


def said_of(members: Sequence[Telling], pile: Pile) -> Said:
    """What the voices of a matter's tellings say, by document and place. Numbers of more than the
    incident are left out before it is told which are parts of which.
    """
    tolls: list[Toll] = []
    charges: list[Charge] = []
    given = [tolls_of(t, pile.voices, pile.words[t.document], pile.kinds) for t in members]
    without = frozenset(_beyond([toll for of_one in given for toll in of_one]))
    for telling, found in zip(members, given, strict=True):
        words = pile.words[telling.document]
        if any(figure.id in without for figure in telling.figures):
            found = tolls_of(telling, pile.voices, words, pile.kinds, without=without)
        tolls += found
        standing = Standing(pile.items[telling.document], pile.voices)
        charges += charges_of(telling, pile.voices, standing, words, pile.kinds)
    return Said(tuple(with_others(_on_the_models_word(tolls, pile.texts))), tuple(charges))


def _on_the_models_word(tolls: Sequence[Toll], texts: Mapping[str, str]) -> list[Toll]:
    """The tolls, with those that a print of a text gives as the outlet's own on the word of whom
    another print of it cites for the same number, where that is one voice.
    """
    cited: dict[tuple[str, str | None, str, float | None], dict[str, Voice]] = defaultdict(dict)
    for toll in tolls:
        if toll.voice.kind != "outlet":
            cited[_number(toll, texts)][toll.voice.key] = toll.voice
    made = []
    for toll in tolls:
        known = cited.get(_number(toll, texts), {})
        if toll.voice.kind == "outlet" and len(known) == 1 and toll.figure.value is not None:
            toll = msgspec.structs.replace(toll, voice=next(iter(known.values())))
        made.append(toll)
    return made


def _number(toll: Toll, texts: Mapping[str, str]) -> tuple[str, str | None, str, float | None]:
    """What tells a number in the prints of one text."""
    text = texts.get(toll.document, toll.document)
    return text, toll.quantity.effect, group_of(toll.quantity.of), toll.figure.value


def _beyond(tolls: Sequence[Toll]) -> Iterator[str]:
    """The ids of figures that are many times larger than what any lead gives: a war's. More wounded
    than a lead tells of may be its report's alone, so they are also measured by the dead.
    """
    largest: dict[str | None, float] = {}
    heads = {toll.quantity.effect for toll in tolls if toll.head}
    for toll in tolls:
        effect = toll.quantity.effect
        if (toll.head or (toll.firm and effect not in heads)) and _most(toll) < LARGEST:
            largest[effect] = max(largest.get(effect, 0.0), _most(toll))
    dead = largest.get("killed", LARGEST / WOUNDED_TO_DEAD)
    largest["wounded"] = max(largest.get("wounded", 0.0), WOUNDED_TO_DEAD * dead)
    for toll in tolls:
        most = TIMES_LARGER * largest.get(toll.quantity.effect, LARGEST)
        if _most(toll) >= LARGEST or not (toll.head or size(toll.figure) <= most):
            yield from (figure.id for figure in toll.same)


def _most(toll: Toll) -> float:
    """The size of a toll, or of a word for it such as "hundreds"."""
    return max(map(size, toll.same))


def describe(members: Sequence[Telling], said: Said, pile: Pile, *, disagreements: int) -> Matter:
    """The matter of some tellings."""
    main = sorted({t.document for t in members if t.main})
    aside = sorted({t.document for t in members} - set(main))
    first = members[0]
    earliest, latest = earliest_and_latest(members)
    place = place_of(members)
    spans = [(t.document, t.spans[0]) for t in members]
    voices = _main_voices(members, said, pile)
    return Matter(
        id=record_id(
            first.document,
            pile.documents[first.document].text_sha256,
            "matter",
            (first.spans[0],),
        ),
        evidence=tuple(Evidence(document=source, start=a, end=b) for source, (a, b) in spans),
        method=METHOD,
        title=title_of(members, pile.kinds),
        place=place.name if place else None,
        earliest=earliest,
        latest=latest,
        documents=tuple(main),
        also_in=tuple(aside),
        accounts=_accounts(said, pile),
        reports=len(main) + len(aside),
        origins=len({voice.key for _, voice in voices if voice.counts}),
        claims=claims_of(said.tolls, pile.documents, pile.texts),
        texts=distinct_texts((*main, *aside), pile.texts),
        outlets=distinct_outlets((*main, *aside), pile.documents),
        disagreements=disagreements,
        unknown=len(
            {source for source, voice in voices if not voice.counts}
            - {source for source, voice in voices if voice.counts}
        ),
    )


def main_tolls(tolls: Sequence[Toll]) -> list[Toll]:
    """The tolls of a matter's main claim: its dead, else its wounded; parts left out."""
    for effect in _EFFECTS:
        whole = [t for t in tolls if t.quantity.effect == effect and t.role == "whole"]
        if whole:
            return [t for t in whole if t.firm] or whole
    return []


def _main_voices(members: Sequence[Telling], said: Said, pile: Pile) -> list[tuple[str, Voice]]:
    """The voices of a matter's main claim, each with a document that has it."""
    tolls = main_tolls(said.tolls)
    if tolls:
        return [(toll.document, toll.voice) for toll in tolls]
    charges = worth_telling(said.charges, others=False)
    if charges:
        return [(charge.document, charge.voice) for charge in charges]
    return [
        (t.document, pile.voices.of(s))
        for t in members
        for s in t.statements
        if s.content_spans[0][0] < t.spans[min(4, len(t.spans)) - 1][1]
    ]


def _accounts(said: Said, pile: Pile) -> tuple[Account, ...]:
    """One account for each voice: named ones first, those in most reports before others."""
    voices: dict[str, Voice] = {}
    tolls: dict[str, list[Toll]] = {}
    charges: dict[str, list[Charge]] = {}
    for toll in said.tolls:
        voices.setdefault(toll.voice.key, toll.voice)
        tolls.setdefault(toll.voice.key, []).append(toll)
    for charge in worth_telling(said.charges, others=bool(said.tolls)):
        voices.setdefault(charge.voice.key, charge.voice)
        charges.setdefault(charge.voice.key, []).append(charge)
    made = [_account(voices[key], tolls.get(key, ()), charges.get(key, ()), pile) for key in voices]
    order = {"named": 0, "unnamed": 1, "outlet": 2}
    return tuple(
        sorted(
            made, key=lambda a: (order[a.voice], -len(a.documents), a.speaker or "", a.documents)
        )
    )


def _account(voice: Voice, tolls: Sequence[Toll], charges: Sequence[Charge], pile: Pile) -> Account:
    documents = sorted({t.document for t in tolls} | {c.document for c in charges})
    tolls = _ranked(tolls, pile)
    parts = [*_toll_words(tolls), *_charge_words(charges, pile)]
    spoke = {t.voice.person for t in tolls} | {c.voice.person for c in charges}
    people = sorted(person for person in spoke if person and person != voice.name)
    by = f" ({', '.join(people)})" if people else ""
    figures = [f for t in tolls for f in t.same]
    return Account(
        speaker=voice.name,
        voice=voice.kind,
        says="; ".join(parts) + by,
        figures=tuple(dict.fromkeys(f.id for f in figures)),
        documents=tuple(documents),
        people=tuple(people),
        tolls=tuple(_account_toll(toll, pile) for toll in tolls),
        outlets=distinct_outlets(documents, pile.documents),
        texts=distinct_texts(documents, pile.texts),
        depth=depth([f.chain for f in figures] or [c.chain for c in charges]),
    )


def _account_toll(toll: Toll, pile: Pile) -> AccountToll:
    figure = toll.figure
    return AccountToll(
        figure=figure.id,
        document=toll.document,
        on=pile.publication(toll.document).latest,
        value=figure.value,
        low=figure.low,
        high=figure.high,
        bound=figure.bound,
        of=figure.of,
        effect=figure.effect,
        part=toll.part,
    )


def _ranked(tolls: Sequence[Toll], pile: Pile) -> list[Toll]:
    """The dead before the wounded, wholes before parts, by day, then by number."""
    order = {effect: n for n, effect in enumerate(_EFFECTS)}
    return sorted(
        tolls,
        key=lambda t: (
            order.get(t.quantity.effect or "", 2),
            t.part,
            pile.day(t.document) or 0,
            size(t.figure),
            t.figure.id,
        ),
    )


def _toll_words(tolls: Sequence[Toll]) -> list[str]:
    """Every distinct toll in words; one number of fighters by whatever name once."""
    said: dict[tuple[object, ...], str] = {}
    for toll in tolls:
        figure = toll.figure
        kind = group_of(toll.quantity.of)
        who = (kind, side_of(figure)) if kind == "fighter" else figure.of
        key = (figure.bound, figure.value, figure.low, toll.quantity.effect, toll.part, who)
        said.setdefault(key, in_words(figure) + (" (a part)" if toll.part else ""))
    return list(dict.fromkeys(said.values()))


def _charge_words(charges: Sequence[Charge], pile: Pile) -> list[str]:
    found = []
    for charge in charges:
        if charge.stance == "blames" and (whom := blamed(charge, pile.voices)):
            found.append(f"{'blames' if charge.clear else 'lays it on'} {whom}")
        elif charge.stance == "claims":
            found.append("claims responsibility")
        elif charge.stance == "means":
            found.append(f"tells of an {charge.kind}")
        elif charge.stance == "denies":
            found.append("denies it")
    return list(dict.fromkeys(found))
