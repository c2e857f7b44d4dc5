"""Clusters of mentions, and the clustering of names: full names first, then what shortens them.

Two names that conflict never come together.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from sayso.annotate.drafts import Draft, Roles
from sayso.knowledge.actors import Registry


class Cluster(msgspec.Struct):
    """What is known of one referent so far."""

    number: int
    kind: str
    keys: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    names: list[tuple[str, ...]] = []
    nouns: set[str] = set()
    roles: set[str] = set()
    gender: str | None = None
    state: str | None = None
    plural: bool = False
    last: Draft | None = None
    first: Draft | None = None


class Clusters:
    """The referents of one document while it is read."""

    def __init__(self, roles: Roles, registry: Registry) -> None:
        self.all: list[Cluster] = []
        self.roles = roles
        self.registry = registry
        self.of: dict[int, Cluster] = {}

    def new(self, draft: Draft) -> Cluster:
        made = Cluster(number=len(self.all), kind=draft.kind)
        self.all.append(made)
        return self.add(made, draft)

    def add(self, to: Cluster, draft: Draft) -> Cluster:
        draft.cluster = to.number
        self.of[id(draft)] = to
        if draft.form == "name":
            if draft.words not in to.names:
                to.names.append(draft.words)
            keys = frozenset(draft.keys)
            if draft.weak and not to.keys and any(len(words) > 1 for words in to.names):
                keys = frozenset()  # another bearer of a known surname
            to.keys = (to.keys & keys or to.keys) if to.keys else keys
            to.kinds = to.kinds | draft.kinds
            to.state = to.state or draft.state or self._state(draft)
        if draft.noun and draft.form == "nominal":
            to.nouns.add(draft.noun)
            to.state = to.state or draft.state
        to.roles |= draft.roles
        if draft.role and draft.state:
            to.state = to.state or draft.state
        to.gender = to.gender or draft.gender
        to.plural = to.plural or (draft.plural and draft.form != "pronoun")
        to.first = to.first or draft
        return to

    def _state(self, draft: Draft) -> str | None:
        entry = self.registry.get(draft.keys[0]) if draft.keys else None
        owner = self.registry.state_of(entry) if entry else None
        return owner.key if owner else None


def mend_kinds(names: list[Draft]) -> None:
    """A lone word that the parse took for a group is a person where a full name ends with it."""
    surnames = {d.words[-1] for d in names if d.kind == "person" and len(d.words) > 1}
    for draft in names:
        lone = draft.kind == "group" and not draft.keys and len(draft.words) == 1
        if lone and {draft.words[0], _without_s(draft.words)[0]} & surnames:
            draft.kind = "person"


def cluster_people(names: list[Draft], clusters: Clusters) -> None:
    """Full names first, then surnames and given names with the one full name that they fit."""
    full = [d for d in names if len(d.words) > 1 and not d.weak]
    for draft in full:
        same = [c for c in clusters.all if _same_person(c, draft)]
        clusters.add(same[0], draft) if same else clusters.new(draft)
    people = [c for c in clusters.all if c.kind == "person"]
    for draft in (d for d in names if id(d) not in clusters.of):
        fits = [c for c in people if _is_short_for(draft, c)]
        if len(fits) > 1:
            known = [c for c in fits if set(draft.keys) & c.keys] or fits
            before = [c for c in known if c.first is not None and c.first.start < draft.start]
            nearest = max(
                before, key=lambda c: _last_before(c, draft, names, clusters), default=None
            )
            fits = [nearest] if nearest else []
        if fits:
            clusters.add(fits[0], draft)
        else:
            people.append(clusters.new(draft))


def _same_person(known: Cluster, draft: Draft) -> bool:
    if known.kind != "person":
        return False
    if known.keys and draft.keys:
        return bool(known.keys & set(draft.keys))
    return any(_agree(words, draft.words) for words in known.names)


def _agree(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """Whether two full names can be one person's: the same, or one with names left out."""
    if left == right:
        return True
    short, long = sorted((left, right), key=len)
    return (
        len(short) > 1
        and short[-1] == long[-1]
        and short[0] == long[0]
        and all(word in long for word in short)
    )


def _is_short_for(draft: Draft, known: Cluster) -> bool:
    """Whether a short name is the end of a full one, or the registry says that it is one."""
    if draft.keys and known.keys:
        return bool(set(draft.keys) & known.keys)
    size = len(draft.words)
    if draft.keys and not known.keys and len(known.names[0]) > 1 and draft.weak:
        return any(words[-size:] == draft.words for words in known.names)
    return any(
        words[-size:] == draft.words or words[-size:] == _without_s(draft.words)
        or _without_s(words[-size:]) == draft.words
        for words in known.names
    )  # fmt: skip


def _without_s(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words without a last s: "Khatibs" where the apostrophe was lost."""
    if words and len(words[-1]) > 4 and words[-1].endswith("s"):
        return (*words[:-1], words[-1][:-1])
    return words


def _last_before(known: Cluster, draft: Draft, names: Iterable[Draft], clusters: Clusters) -> int:
    return max(
        (d.start for d in names if d.start < draft.start and clusters.of.get(id(d)) is known),
        default=-1,
    )


def cluster_groups(names: list[Draft], clusters: Clusters) -> None:
    groups: list[Cluster] = []
    by_key: dict[str, Cluster] = {}
    by_words: dict[tuple[str, ...], Cluster] = {}
    initials: dict[str, Cluster] = {}
    for draft in names:
        found = clusters.of.get(id(draft.alias_of)) if draft.alias_of is not None else None
        if found is not None and found.keys and draft.keys and not found.keys & set(draft.keys):
            found = None
        for key in draft.keys:
            if len(draft.keys) == 1 or key in by_key:
                found = found or by_key.get(key)
        if not draft.keys:
            found = found or by_words.get(draft.words) or by_words.get(_without_s(draft.words))
            if draft.raw.isupper():
                found = found or initials.get(draft.raw) or initials.get(_mixed(draft.raw))
        if found is None:
            found = clusters.new(draft)
            groups.append(found)
        else:
            clusters.add(found, draft)
        for key in found.keys:
            by_key.setdefault(key, found)
        if not draft.keys or not by_words.get(draft.words):
            by_words.setdefault(draft.words, found)
        letters = "".join(w[0] for w in draft.raw.split() if w[:1].isupper())
        if len(letters) > 2 and not draft.keys:
            initials.setdefault(letters, found)
        if len(letters) > 3:
            initials.setdefault(_mixed(letters), found)


def _mixed(letters: str) -> str:
    """A key for an acronym of four letters or more whose letters were mixed up; else no key."""
    return "?" + "".join(sorted(letters)) if len(letters) > 3 else "?"


def enrich(clusters: Clusters, registry: Registry) -> None:
    """What the registry knows of named clusters: gender, kinds, words of their offices. Of unknown
    groups the words of their names tell the kinds.
    """
    for known in clusters.all:
        if not known.keys and known.kind == "group" and not known.kinds:
            known.kinds = _kinds_by_words(known, clusters.roles)
        if len(known.keys) != 1:
            continue
        entry = registry.get(next(iter(known.keys)))
        if entry is None:
            continue
        known.gender = known.gender or entry.gender
        known.kinds = frozenset([entry.kind])
        for role in entry.roles:
            known.roles |= {
                w for word in role.title.lower().split() if (w := clusters.roles.singular(word))
            }


def _kinds_by_words(known: Cluster, roles: Roles) -> frozenset[str]:
    """The kinds that the words of an unknown group's names say: "Relief Union" is a body too."""
    words = {word for name in known.names for word in name}
    return frozenset(kind for word in words for kind in roles.kinds.get(word, ()))
