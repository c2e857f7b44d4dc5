"""Actors of the case: the local actors of documents, put together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

import msgspec

from sayso.ids import record_id
from sayso.knowledge import Knowledge
from sayso.knowledge.actors import Entry, Registry
from sayso.knowledge.spelling import name_keys as keys_of_name
from sayso.schema import Actor, ActorKind, Document, LocalActor, Name, Resolved

METHOD = "case-actors.names/1"
name_keys = lru_cache(maxsize=1 << 17)(keys_of_name)
"""The keys of names, which come again and again."""

_VAGUE: frozenset[ActorKind] = frozenset({"group", "unknown"})


def spelling_key(name: str) -> str:
    """One key for all transliterations of a name."""
    return " ".join(name_keys(name))


class Cast(msgspec.Struct, frozen=True):
    """The actors of a case, and which of them each local actor is, by id."""

    actors: tuple[Actor, ...]
    of: dict[str, str]


def merge_actors(
    documents: Mapping[str, Document], resolved: Sequence[Resolved], *, knowledge: Knowledge
) -> Cast:
    """One actor for each that the documents speak of.

    Local actors of one registry entry are one; so are those of one full name, spelling aside, whose
    kinds agree. A surname alone joins the one full name that has it in documents which name the
    same people and groups; where two fit it stays by itself.
    """
    local = [actor for item in resolved for actor in item.actors]
    groups: dict[tuple[str, ...], list[LocalActor]] = defaultdict(list)
    surnames: list[LocalActor] = []
    for actor in local:
        if actor.key:
            groups["key", actor.key].append(actor)
        elif actor.kind == "person" and len(name_keys(actor.name)) < 2:
            surnames.append(actor)
        else:
            groups["name", _family(actor.kind), spelling_key(actor.name)].append(actor)
    groups = _split_namesakes(_join_to_known(groups))
    _place_surnames(groups, surnames, local)
    made = [_actor(group, documents, knowledge.actors) for group in groups.values()]
    made.sort(key=lambda actor: (actor.evidence[0].document, actor.evidence[0].start, actor.id))
    return Cast(tuple(made), {member: actor.id for actor in made for member in actor.members})


def _family(kind: ActorKind) -> str:
    return "person" if kind == "person" else "body"


def _join_to_known(
    groups: Mapping[tuple[str, ...], list[LocalActor]],
) -> dict[tuple[str, ...], list[LocalActor]]:
    """Names without a key join the registry's entry that documents elsewhere gave that name."""
    keys: dict[tuple[str, str], set[str]] = defaultdict(set)
    for group in groups.values():
        for actor in group:
            for form in (actor.name, *actor.names) if actor.key else ():
                if actor.key and len(name_keys(form)) > 1:
                    keys[_family(actor.kind), spelling_key(form)].add(actor.key)
    joined: dict[tuple[str, ...], list[LocalActor]] = defaultdict(list)
    for name, group in groups.items():
        known = keys.get((name[1], name[2]), set()) if name[0] == "name" else set()
        place = ("key", min(known)) if len(known) == 1 else name
        joined[place] += group
    return joined


def _split_namesakes(
    groups: Mapping[tuple[str, ...], list[LocalActor]],
) -> dict[tuple[str, ...], list[LocalActor]]:
    """People of one name whose affiliations are known and have nothing in common are parted."""
    parted: dict[tuple[str, ...], list[LocalActor]] = {}
    for name, group in groups.items():
        if name[0] == "key" or name[1] != "person":
            parted[name] = group
            continue
        camps: list[tuple[set[str], list[LocalActor]]] = []
        for actor in sorted(group, key=lambda a: (not a.affiliations, a.id)):
            mine = set(actor.affiliations)
            fits = [camp for camp in camps if not mine or not camp[0] or camp[0] & mine]
            if fits:
                fits[0][0].update(mine)
                fits[0][1].append(actor)
            else:
                camps.append((mine, [actor]))
        for number, (_, members) in enumerate(camps):
            parted[(*name, str(number))] = members
    return parted


def _place_surnames(
    groups: dict[tuple[str, ...], list[LocalActor]],
    surnames: Sequence[LocalActor],
    local: Sequence[LocalActor],
) -> None:
    """Puts people known by one name where exactly one full name fits, else by themselves.

    Documents share company when they name another actor that is the same in both.
    """
    company: dict[str, set[str]] = defaultdict(set)
    common: Counter[str] = Counter()
    for actor in local:
        company[actor.document].add(actor.key or spelling_key(actor.name))
    for names in company.values():
        common.update(names)
    usual = max(3, len(company) // 10)
    holders: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for name, group in groups.items():
        if group[0].kind == "person":
            ends = {keys[-1] for a in group for n in (a.name, *a.names) if (keys := name_keys(n))}
            for end in ends:
                holders[end].append(name)
    alone: dict[tuple[str, ...], list[LocalActor]] = defaultdict(list)
    for actor in surnames:
        keys = name_keys(actor.name)
        mine = {c for c in company[actor.document] if common[c] <= usual}
        fits = []
        for name in holders.get(keys[-1] if keys else "", ()):
            shared = any(
                mine & company[a.document] - {spelling_key(actor.name)} for a in groups[name]
            )
            if (shared or _roles_agree(actor, groups[name])) and not _roles_clash(
                actor, groups[name]
            ):
                fits.append(name)
        if len(fits) == 1:
            groups[fits[0]].append(actor)
        else:
            alone["alone", spelling_key(actor.name), actor.document].append(actor)
    groups.update(alone)


def _roles_agree(actor: LocalActor, group: Iterable[LocalActor]) -> bool:
    mine = {role.casefold() for role in actor.roles}
    return bool(mine) and any(mine & {role.casefold() for role in a.roles} for a in group)


def _roles_clash(actor: LocalActor, group: Iterable[LocalActor]) -> bool:
    mine = set(actor.affiliations)
    theirs = {tie for a in group for tie in a.affiliations}
    return bool(mine and theirs) and not mine & theirs


def _actor(
    members: Sequence[LocalActor], documents: Mapping[str, Document], registry: Registry
) -> Actor:
    members = sorted(members, key=lambda a: (a.document, a.spans[0] if a.spans else (0, 0), a.id))
    key = next((a.key for a in members if a.key), None)
    entry = registry.get(key) if key else None
    evidence = tuple(e for actor in members for e in actor.evidence)
    first = evidence[0]
    return Actor(
        id=record_id(
            first.document,
            documents[first.document].text_sha256,
            f"case actor {members[0].id}",
            ((first.start, first.end),),
        ),
        evidence=evidence,
        method=METHOD,
        name=entry.name if entry else _fullest(members),
        kind=entry.kind if entry else _kind(members),
        names=_names(members, entry),
        affiliations=_affiliations(members),
        mentions=len(evidence),
        key=key,
        members=tuple(actor.id for actor in members),
    )


def _fullest(members: Sequence[LocalActor]) -> str:
    counts = Counter(actor.name for actor in members)
    most = max(len(name_keys(name)) for name in counts)
    full = {name: n for name, n in counts.items() if len(name_keys(name)) == most}
    return min(full, key=lambda name: (-full[name], name))


def _kind(members: Sequence[LocalActor]) -> ActorKind:
    counts = Counter(actor.kind for actor in members)
    clear = {kind: n for kind, n in counts.items() if kind not in _VAGUE} or dict(counts)
    return min(clear, key=lambda kind: (-clear[kind], kind))


def _names(members: Sequence[LocalActor], entry: Entry | None) -> tuple[Name, ...]:
    """Every form known, with its days, then every other form seen, each once."""
    known = {name.text: name for name in entry.names} if entry else {}
    if entry:
        known.setdefault(entry.name, Name(text=entry.name))
        for text in (*entry.acronyms, *entry.metonyms):
            known.setdefault(text, Name(text=text))
    seen = Counter(form for actor in members for form in (actor.name, *actor.names))
    for form in sorted(seen, key=lambda form: (-seen[form], form)):
        known.setdefault(form, Name(text=form))
    return tuple(known.values())


def _affiliations(members: Sequence[LocalActor]) -> tuple[str, ...]:
    counts = Counter(tie for actor in members for tie in actor.affiliations)
    return tuple(sorted(counts, key=lambda tie: (-counts[tie], tie)))
