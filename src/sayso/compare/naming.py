"""Naming: what each outlet and speaker calls whom, counted. Shown, never judged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sayso.compare.actors import Cast
from sayso.ids import record_id
from sayso.schema import Document, LocalNaming, Naming, Resolved

METHOD = "naming.count/1"


def count_naming(
    documents: Mapping[str, Document], resolved: Sequence[Resolved], cast: Cast
) -> tuple[Naming, ...]:
    """How often somebody calls an actor something; evidence holds every instance.

    Labels are compared without case; the form shown is the commonest. Most used first within
    an actor, actors and names in alphabetical order.
    """
    names = {actor.id: actor.name for actor in cast.actors}
    groups: dict[tuple[str, str, str], list[LocalNaming]] = defaultdict(list)
    for item in resolved:
        for use in item.naming:
            actor = names.get(cast.of.get(use.actor_id or "", ""), use.actor)
            groups[actor, use.label.casefold(), use.by].append(use)
    made = [_naming(actor, uses, documents) for (actor, _, _), uses in groups.items()]
    return tuple(sorted(made, key=lambda n: (n.actor, n.by, -n.count, n.label)))


def _naming(actor: str, uses: Sequence[LocalNaming], documents: Mapping[str, Document]) -> Naming:
    uses = sorted(uses, key=lambda use: (use.document, use.start, use.end))
    forms = sorted(use.label for use in uses)
    label = max(dict.fromkeys(forms), key=forms.count)
    first = uses[0]
    return Naming(
        id=record_id(
            first.document,
            documents[first.document].text_sha256,
            f"naming {actor} {label.casefold()} {first.by}",
            ((first.start, first.end),),
        ),
        evidence=tuple(e for use in uses for e in use.evidence),
        method=METHOD,
        actor=actor,
        label=label,
        by=first.by,
        count=len(uses),
    )
