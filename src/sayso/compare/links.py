"""Links: a relation made of two records."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from sayso.compare.accounts import Pile
from sayso.ids import record_id
from sayso.schema import Evidence, Relation, RelationKind

METHOD = "relations.rules/3"


class Side(msgspec.Struct, frozen=True):
    """One side of a relation: a record's id, its document and the words that it stands on."""

    id: str
    document: str
    evidence: tuple[Evidence, ...]


def link(
    kind: RelationKind,
    left: Side,
    right: Side,
    reason: str,
    pile: Pile,
    *,
    also: Iterable[Evidence] = (),
) -> Relation:
    """A relation of two records; `also` is further evidence of the same, in other reports."""
    both = (*left.evidence, *right.evidence)
    return Relation(
        id=record_id(
            left.document,
            pile.documents[left.document].text_sha256,
            f"{kind} {left.id} {right.id}",
            [(e.start, e.end) for e in left.evidence],
        ),
        evidence=tuple(dict.fromkeys((*both, *also))),
        method=METHOD,
        kind=kind,
        left=left.id,
        right=right.id,
        reason=reason,
    )
