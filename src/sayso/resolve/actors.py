"""Who a document speaks of: its clusters of mentions, made local actors."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from functools import cache

from sayso.ids import Span, record_id
from sayso.knowledge import Knowledge, load
from sayso.knowledge.actors import Entry, Registry, held
from sayso.knowledge.slips import slips
from sayso.knowledge.spelling import name_keys
from sayso.schema import (
    ActorKind,
    Annotations,
    Document,
    Evidence,
    LocalActor,
    Mention,
    Publication,
)

METHOD = "actors.registry/1"


class ActorIndex:
    """Finds the actor that stands at a span. Built once a document."""

    def __init__(self, actors: Iterable[LocalActor]) -> None:
        found = sorted(
            ((start, end, actor) for actor in actors for start, end in actor.spans),
            key=lambda row: (row[0], row[1]),
        )
        self._starts = [start for start, _, _ in found]
        self._ends = [end for _, end, _ in found]
        self._actors = [actor for _, _, actor in found]
        self._longest = max((end - start for start, end, _ in found), default=0)

    def at(self, start: int, end: int) -> LocalActor | None:
        """The actor of the mention that overlaps a span best; null where none does.

        Best is the most characters of the span taken and the fewest left outside: of "army
        spokesman Janik Brandt" Brandt, of "Brandt" Brandt too. Of equals the first.
        """
        first = bisect_right(self._starts, start - self._longest - 1)
        best: tuple[float, int] | None = None
        chosen = None
        for at in range(first, bisect_right(self._starts, end - 1)):
            shared = min(end, self._ends[at]) - max(start, self._starts[at])
            if shared <= 0:
                continue
            union = max(end, self._ends[at]) - min(start, self._starts[at])
            quality = (shared / union, -self._starts[at])
            if best is None or quality > best:
                best, chosen = quality, self._actors[at]
        return chosen


def resolve_actors(
    document: Document, annotations: Annotations, publication: Publication, *, knowledge: Knowledge
) -> tuple[LocalActor, ...]:
    """The actors of one document, in the order in which they are first mentioned.

    One for each cluster that holds a name of a person or group; `name` is the registry's where
    the actor is known, else the fullest form in the text. Clusters of one registry entry are one
    actor. Unnamed people ("a local activist") are none.
    """
    registry = knowledge.actors
    kinds = _kind_words(knowledge.folders)
    day = publication.day or publication.latest
    groups: dict[object, list[Mention]] = defaultdict(list)
    entries: dict[object, Entry] = {}
    for number, mentions in _clusters(annotations.mentions).items():
        entry = _entry(document.text, mentions, registry, day)
        name: object = entry.key if entry else number
        if entry:
            entries[name] = entry
        groups[name] += mentions
    actors = [
        _actor(document, mentions, entries.get(name), registry, kinds, day)
        for name, mentions in groups.items()
    ]
    return tuple(sorted(actors, key=lambda actor: actor.spans[0]))


def _clusters(mentions: Iterable[Mention]) -> dict[int, list[Mention]]:
    found: dict[int, list[Mention]] = defaultdict(list)
    for mention in mentions:
        if mention.cluster is not None and mention.kind in ("person", "group"):
            found[mention.cluster].append(mention)
    return {
        number: group
        for number, group in found.items()
        if any(mention.form == "name" for mention in group)
    }


def _words(text: str, span: Span) -> str:
    return " ".join(text[span[0] : span[1]].split())


def _role(text: str, span: Span) -> str:
    """The words of a role without their article."""
    words = _words(text, span)
    first, _, rest = words.partition(" ")
    return rest if rest and first.lower() in ("a", "an", "the") else words


def _entry(text: str, mentions: list[Mention], registry: Registry, day: str | None) -> Entry | None:
    """The entry that the names of a cluster mean: the fullest name that has one."""
    names = {_words(text, m.head): m.kind for m in mentions if m.form == "name"}
    if any(kind == "person" and len(name_keys(name)) > 1 for name, kind in names.items()):
        # A surname says who only where no full name says otherwise.
        names = {name: kind for name, kind in names.items() if len(name_keys(name)) > 1}
    for name in sorted(names, key=lambda name: (-len(name), name)):
        entry = registry.find(name, day=day)
        if entry and (entry.kind == "person") == (names[name] == "person"):
            return entry
    mistyped = [hit for name in names for hit in slips(registry).scan(name)]
    return mistyped[0].entries[0] if mistyped else None


def _actor(
    document: Document,
    mentions: list[Mention],
    entry: Entry | None,
    registry: Registry,
    kinds: dict[str, ActorKind],
    day: str | None,
) -> LocalActor:
    text = document.text
    named = [m for m in mentions if m.form == "name"]
    seen = tuple(dict.fromkeys(_words(text, m.head) for m in named))
    roles = tuple(dict.fromkeys(_role(text, m.role) for m in mentions if m.role))
    spans = tuple(sorted({(m.start, m.end) for m in mentions}))
    first = min((m.head for m in named), default=spans[0])
    name = entry.name if entry else max(seen, key=len)
    kind: ActorKind = "person" if named[0].kind == "person" else _kind_by_word(name, kinds)
    return LocalActor(
        id=record_id(document.source, document.text_sha256, "actor", (first,)),
        evidence=tuple(Evidence(document=document.source, start=a, end=b) for a, b in spans),
        method=METHOD,
        document=document.source,
        name=name,
        kind=entry.kind if entry else kind,
        key=entry.key if entry else None,
        names=seen,
        roles=roles,
        affiliations=_affiliations(entry, registry, day) or _told_affiliations(roles, registry),
        spans=spans,
    )


@cache
def _kind_words(folders: tuple[str, ...]) -> dict[str, ActorKind]:
    """The kind that a word in an unknown group's name says, from roles.yaml."""
    rows: dict[ActorKind, list[str]] = load(folders).lexicon("roles")["kinds"]
    return {word: kind for kind, words in rows.items() for word in words}


def _kind_by_word(name: str, kinds: dict[str, ActorKind]) -> ActorKind:
    """The kind of an unknown group: the last telling word decides ("Northern Army Hospital")."""
    found = [kinds[word] for word in name.lower().split() if word in kinds]
    return found[-1] if found else "group"


def _told_affiliations(roles: tuple[str, ...], registry: Registry) -> tuple[str, ...]:
    """Known actors that the words of a role name: "deputy head of the Northern Coalition"."""
    hits = [hit for role in roles for hit in registry.scan(role)]
    return tuple(dict.fromkeys(hit.entries[0].name for hit in hits if len(hit.entries) == 1))


def _affiliations(entry: Entry | None, registry: Registry, day: str | None) -> tuple[str, ...]:
    """Names of what an entry belonged to on a day, or ever where the day is not known."""
    if entry is None:
        return ()
    ties = [(tie.of, tie.from_, tie.to) for tie in entry.affiliations]
    ties += [(role.of, role.from_, role.to) for role in entry.roles if role.of]
    return tuple(
        dict.fromkeys(
            owner.name
            for of, from_, to in ties
            if (day is None or held(from_, to, day)) and (owner := registry.get(of))
        )
    )
