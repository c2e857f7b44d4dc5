"""What refers to the same inside one document: names first, then noun phrases, then pronouns.

Rules, in the order of how sure they are (a sieve, after Lee et al. 2013, "Deterministic
coreference resolution based on entity-centric, precision-ranked rules"). Two names that conflict
never come together; what fits nothing is left open.
"""

from __future__ import annotations

from collections.abc import Sequence

from sayso.annotate.clusters import (
    Cluster,
    Clusters,
    cluster_groups,
    cluster_people,
    enrich,
    mend_kinds,
)
from sayso.annotate.drafts import Draft, Roles
from sayso.knowledge.actors import Registry
from sayso.knowledge.spelling import word_key

_REACH_NOMINAL = 12
_AHEAD = 3
_REACH_PRONOUN = 4
"""Sentences that are looked back over; `_AHEAD`, forward, for who "a monitor" was."""

_ALIKE = {"alliance": "coalition", "coalition": "alliance"}
"""Nouns that take up a name with the other one in it."""


_RIVAL = 3
"""A group named within so many sentences may be who "the rebels" are, so that another is not."""


def cluster(drafts: Sequence[Draft], roles: Roles, registry: Registry) -> None:
    """Numbers the drafts that refer to the same. `drafts` are in text order and are changed."""
    clusters = Clusters(roles, registry)
    names = [d for d in drafts if d.form == "name" and d.kind in ("person", "group")]
    mend_kinds(names)
    cluster_people([d for d in names if d.kind == "person"], clusters)
    cluster_groups([d for d in names if d.kind == "group"], clusters)
    enrich(clusters, registry)
    _follow(drafts, clusters)


# --- noun phrases and pronouns, in text order -----------------------------------------------


def _follow(drafts: Sequence[Draft], clusters: Clusters) -> None:
    """Reads on through the document, what was mentioned last in mind."""
    seen: list[tuple[Draft, Cluster]] = []
    waiting: Draft | None = None
    for at, draft in enumerate(drafts):
        if draft.kind not in ("person", "group"):
            continue
        found = clusters.of.get(id(draft))
        if found is None and draft.form == "nominal":
            found = _of_nominal(draft, seen, clusters)
        elif found is None:
            found = _of_pronoun(draft, seen)
            if found is not None:
                clusters.add(found, draft)
        if found is None:
            continue
        if (
            draft.form == "name"
            and waiting is not None
            and _names_the_waiting(waiting, draft, found, drafts, at)
        ):
            _merge(clusters, clusters.of[id(waiting)], found, drafts)
            draft.role = (waiting.start, waiting.end)
            waiting = None
        if (
            draft.form == "nominal"
            and draft.kind == "person"
            and draft.speaks
            and not draft.plural
            and not draft.quoted
        ):
            waiting = draft if not found.names else None
        found.last = draft
        seen.append((draft, found))


def _names_the_waiting(
    waiting: Draft, draft: Draft, found: Cluster, drafts: Sequence[Draft], at: int
) -> bool:
    """Whether a name tells who "the deputy head of … revealed" was: a speaker named for the first
    time, without a role of their own, in the next paragraph or right behind, after words of theirs.
    """
    return (
        waiting.definite
        and draft.kind == "person"
        and draft.speaks
        and draft.role is None
        and found.first is draft
        and not found.keys
        and not draft.quoted
        and len(draft.words) > 1
        and 0 < draft.sentence - waiting.sentence <= 3
        and draft.paragraph - waiting.paragraph <= 1
        and any(d.quoted for d in drafts[max(0, at - 40) : at] if d.start > waiting.start)
        and not any(
            d.kind == "person" and d.form == "name" and d.speaks
            for d in drafts[max(0, at - 40) : at]
            if d.start > waiting.start
        )
    )


def _merge(clusters: Clusters, old: Cluster, new: Cluster, drafts: Sequence[Draft]) -> None:
    for draft in drafts:
        if clusters.of.get(id(draft)) is old:
            clusters.add(new, draft)


def _of_nominal(
    draft: Draft, seen: list[tuple[Draft, Cluster]], clusters: Clusters
) -> Cluster | None:
    """The referent of a noun phrase: what it explains, what it takes up again, or a new one."""
    if draft.part_of is not None and (known := clusters.of.get(id(draft.part_of))):
        return clusters.add(known, draft)
    if draft.definite and not (draft.kind == "person" and draft.plural):
        if named := _by_word(draft, seen):
            return clusters.add(named, draft)
        if found := _taken_up(draft, seen, clusters):
            return clusters.add(found, draft)
    if draft.kind == "group" and not draft.plural and (ahead := _only_one(draft, clusters)):
        return clusters.add(ahead, draft)
    if draft.kind == "group" and not draft.definite and not draft.speaks:
        return None
    return clusters.new(draft)


def _taken_up(
    draft: Draft, seen: list[tuple[Draft, Cluster]], clusters: Clusters
) -> Cluster | None:
    """Who a definite phrase takes up: for one who speaks the last who spoke, else the nearest."""
    fits = _person_fits if draft.kind == "person" else _group_fits
    found: list[tuple[Draft, Cluster]] = []
    for before, known in reversed(seen):
        if draft.sentence - before.sentence > _REACH_NOMINAL:
            break
        if known.kind != draft.kind or not fits(draft, known, clusters):
            continue
        named_here = before.sentence == draft.sentence and before.form == "name"
        if named_here and not draft.plain and "armed group" in known.kinds:
            continue  # who is named in a sentence is not described in it once more
        found.append((before, known))
    if draft.plural and draft.kind == "group":
        rivals = {known.number for _, known in found}
        if len(rivals) > 1 or (found and draft.sentence - found[0][0].sentence > 1):
            return None
    if draft.speaks and draft.kind == "group":
        near = [(before, known) for before, known in found if draft.sentence - before.sentence <= 2]
        spoke = [known for before, known in near if before.speaks]
        if spoke:
            return spoke[0]
    return found[0][1] if found else None


def _by_word(draft: Draft, seen: list[tuple[Draft, Cluster]]) -> Cluster | None:
    """The last group with the noun in its name: "the ministry", "the Observatory"."""
    if draft.kind != "group" or draft.plural or not draft.bare:
        return None
    keys = {word_key(word) for word in (draft.noun, _ALIKE.get(draft.noun, draft.noun))}
    for before, known in reversed(seen):
        named = before.form == "name" and not keys.isdisjoint(before.words)
        if (
            (named or (before.noun == draft.noun and "ministry" in draft.kinds))
            and known.kind == "group"
            and not before.plural
            and (not known.kinds or known.kinds & draft.kinds)
            and (not draft.state or known.state in (None, draft.state))
        ):
            return known
    return None


def _person_fits(draft: Draft, known: Cluster, clusters: Clusters) -> bool:
    if draft.gender and known.gender and draft.gender != known.gender:
        return False
    if draft.state and known.state and draft.state != known.state:
        return False
    if draft.noun in ("source", "person", "figure"):
        return draft.noun in known.nouns
    if draft.noun in clusters.roles.anybody:
        if draft.of_group and known.state and draft.state != known.state:
            return False  # "the UN official" is no head of state
        if draft.noun == "leader" or draft.noun == "chief":
            return bool({draft.noun, "president", "head"} & (known.roles | known.nouns))
        return (
            bool(known.names or draft.noun in known.nouns)
            and not known.plural
            and (not draft.state or known.state == draft.state)
        )
    words = known.roles | known.nouns
    return draft.noun in words and (not draft.state or known.state in (None, draft.state))


def _group_fits(draft: Draft, known: Cluster, clusters: Clusters) -> bool:
    if draft.state and known.state != draft.state:
        return False
    if draft.noun in known.nouns and not known.names:
        return not draft.state or known.state == draft.state
    if not known.names:
        return False
    if draft.noun in clusters.roles.vague and not draft.bare and not draft.told_kind:
        return False
    if draft.noun in ("country", "media", "forces", "troops"):
        return draft.noun in known.nouns
    if "state" in draft.kinds and not draft.bare:
        return False
    general = draft.noun in clusters.roles.general or draft.noun in clusters.roles.fighters
    general = general or draft.told_kind
    if not general or "state" in draft.kinds or not known.kinds & draft.kinds:
        return False
    return not draft.plural or (
        draft.noun in clusters.roles.fighters
        and known.last is not None
        and draft.sentence - known.last.sentence <= _RIVAL
    )


def _only_one(draft: Draft, clusters: Clusters) -> Cluster | None:
    """The one named monitor or agency of a document that opens with "a monitor said"."""
    if draft.noun not in (
        "monitor",
        "watchdog",
        "observatory",
        "agency",
        "network",
        "group",
        "ngo",
    ):
        return None
    if draft.noun in ("group", "network", "agency") and draft.kinds != {"monitor"}:
        return None
    named = [c for c in clusters.all if c.names and "monitor" in c.kinds and c.first is not None]
    ahead = [c for c in named if c.first and 0 <= c.first.sentence - draft.sentence <= _AHEAD]
    if len(named) > 1:
        named = ahead[:1]
    return named[0] if named else None


def _of_pronoun(draft: Draft, seen: list[tuple[Draft, Cluster]]) -> Cluster | None:
    """Who a pronoun stands for: the subject or speaker before it that fits, nearest first."""
    if draft.noun in ("i", "we", "us", "them"):
        return None
    near = [
        (before, known)
        for before, known in seen[-40:]
        if 0 <= draft.sentence - before.sentence <= _REACH_PRONOUN
        and before.quoted == draft.quoted
        and before.aside == draft.aside
        and _pronoun_fits(draft, known)
    ]
    if draft.gender == "f":
        # Nothing says of most men that they are men: who is known to be a woman comes first.
        near = [(before, known) for before, known in near if known.gender == "f"] or near
    if not near:
        return None
    for distance in range(_REACH_PRONOUN + 1):
        here = [(b, k) for b, k in near if draft.sentence - b.sentence == distance]
        if not here:
            continue
        if draft.noun == "it" and distance and not draft.speaks:
            return None
        speakers = [k for b, k in here if b.speaks]
        subjects = [k for b, k in here if b.subject]
        if distance == 0:
            chosen = speakers if draft.speaks else subjects
            if chosen:
                return chosen[-1]
            if draft.speaks:
                continue
        if speakers or subjects:
            return (speakers or subjects)[-1]
        if draft.noun in ("he", "him", "she", "her"):
            return here[-1][1]
        if not draft.speaks:
            return None
    return None


def _pronoun_fits(draft: Draft, known: Cluster) -> bool:
    if draft.noun in ("he", "him", "she", "her"):
        return (
            known.kind == "person"
            and not known.plural
            and (known.gender is None or known.gender == draft.gender)
        )
    if draft.noun == "it":
        if draft.speaks and "source" in known.nouns and not known.plural:
            return True
        return known.kind == "group" and bool(known.names) and not known.plural
    return known.plural or known.kind == "group"
