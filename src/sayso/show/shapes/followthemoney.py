"""FollowTheMoney entities: actors, articles, and matters as events that join them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import msgspec

from sayso.schema import Actor, View

SCHEMATA = {
    "person": "Person",
    "state": "PublicBody",
    "government": "PublicBody",
    "ministry": "PublicBody",
    "armed force": "Organization",
    "armed group": "Organization",
    "body": "Organization",
    "party": "Organization",
    "monitor": "Organization",
    "rescue service": "Organization",
    "agency": "Organization",
    "outlet": "Organization",
    "company": "Company",
    "group": "Organization",
    "unknown": "LegalEntity",
}
"""The schema of each kind of actor."""


def entities(view: View) -> Iterator[str]:
    """An entity a line, as `ftm` and OpenAleph read them."""
    ids = {actor.name: _id(actor.id) for actor in view.actors}
    for actor in view.actors:
        yield _line(_actor(actor))
        yield from map(_line, _memberships(actor, ids, view))
    mentioned = _mentioned(view)
    for document in view.documents:
        publication = view.publications.get(document.source)
        names = mentioned[document.source]
        yield _line(
            _entity(
                _id(document.id),
                "Article",
                title=[document.headline or document.source],
                author=[document.author],
                publisher=[document.outlet],
                sourceUrl=[document.url],
                publishedAt=[publication.day if publication else None],
                fileName=[document.source],
                language=[{"en": "eng"}.get(document.language or "")],
                processedAt=[document.read_at],
                processingAgent=[f"sayso {view.version}"],
                namesMentioned=sorted(names),
            )
        )
    sources = {document.source: _id(document.id) for document in view.documents}
    for matter in view.matters:
        accounts = [
            f"{account.speaker or 'the outlet itself'}: {account.says}"
            for account in matter.accounts
        ]
        involved = [ids[a.speaker] for a in matter.accounts if a.speaker in ids]
        yield _line(
            _entity(
                _id(matter.id),
                "Event",
                name=[matter.title],
                location=[matter.place],
                startDate=[matter.earliest],
                endDate=[matter.latest],
                involved=involved,
                description=accounts,
                summary=[f"{matter.reports} reports, {matter.origins} origins"],
                proof=[sources[s] for s in (*matter.documents, *matter.also_in)],
            )
        )


def _actor(actor: Actor) -> dict[str, Any]:
    others = sorted({name.text for name in actor.names} - {actor.name})
    dates = [
        f"{name.text}: from {name.from_ or '…'} to {name.to or '…'}"
        for name in actor.names
        if name.from_ or name.to
    ]
    return _entity(
        _id(actor.id),
        SCHEMATA[actor.kind],
        name=[actor.name],
        alias=others,
        notes=dates,
        summary=[actor.kind],
    )


def _memberships(actor: Actor, ids: dict[str, str], view: View) -> Iterator[dict[str, Any]]:
    for name in actor.affiliations:
        if name in ids and ids[name] != _id(actor.id):
            yield _entity(
                f"{_id(actor.id)}-{ids[name]}",
                "UnknownLink",
                subject=[_id(actor.id)],
                object=[ids[name]],
                role=["affiliated with"],
                publisher=[f"sayso {view.version}"],
            )


def _mentioned(view: View) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for actor in view.actors:
        for evidence in actor.evidence:
            found[evidence.document].add(actor.name)
    return found


def _id(id_: str) -> str:
    return f"sayso-{id_}"


def _entity(id_: str, schema: str, **properties: list[Any]) -> dict[str, Any]:
    """An entity without the properties that nothing is known of."""
    known = {name: list(dict.fromkeys(filter(None, v))) for name, v in properties.items()}
    return {"id": id_, "schema": schema, "properties": {n: v for n, v in known.items() if v}}


def _line(entity: dict[str, Any]) -> str:
    return msgspec.json.encode(entity).decode() + "\n"
