"""Relations: how figures and statements stand to each other, each with a plain reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sayso.compare.accounts import Pile, Said
from sayso.compare.charges import Charge, one_deed
from sayso.compare.links import Side, link
from sayso.compare.toll_relations import Told, toll_relations
from sayso.schema import Relation, RelationKind


def relate(said: Said, pile: Pile) -> tuple[tuple[Relation, ...], int]:
    """Repeats, corroboration, updates, contradictions and denials of one matter; and how many pairs
    of voices disagree.

    Claims are told, not pairs of reports: what grows with the reports is evidence.
    """
    made: dict[str, Relation] = {}
    opposed = set()
    for relation, voices in (*toll_relations(said, pile), *_charges(said, pile)):
        made.setdefault(relation.id, relation)
        if relation.kind in ("contradicts", "denies"):
            opposed.add(voices)
    return tuple(made.values()), len(opposed)


# --- blame and denial ----------------------------------------------------------------------


def _charges(said: Said, pile: Pile) -> Iterator[Told]:
    charges = [charge for charge in said.charges if not charge.aside]
    blames = [c for c in charges if c.stance in ("blames", "claims") and c.agent]
    first: dict[tuple[str, str], Charge] = {}
    for charge in blames:
        first.setdefault((charge.voice.key, charge.agent or ""), charge)
    done: set[tuple[str, str]] = set()
    kept = list(first.values())
    for n, a in enumerate(kept):
        for b in kept[n + 1 :]:
            pair = (a.voice.key, b.voice.key)
            if pair not in done and _opposed(a, b, kept, pile):
                done.add(pair)
                relation = charge_relation("contradicts", a, b, _opposed_reason(a, b, pile), pile)
                yield relation, frozenset(pair)
    for means in (c for c in charges if not c.clear and c.kind in pile.kinds.means):
        blame = next((b for b in kept if _lacks_means(b, means, pile)), None)
        if blame is not None:
            reason = (
                f"{_speaker(means, pile)} tells of an {means.kind}, {_speaker(blame, pile)} lays "
                f"it on {pile.voices.name(blame.agent or '')}: the kind and the blame differ"
            )
            relation = charge_relation("contradicts", means, blame, reason, pile)
            yield relation, frozenset((means.voice.key, blame.voice.key))
            break
    denied: set[tuple[str, str, str]] = set()
    for denial in (c for c in charges if c.stance == "denies"):
        cleared = {denial.agent, *denial.voice.keys}
        for charge in kept:
            if (
                (charge.clear or charge.first)
                and (denial.voice.key, charge.voice.key, denial.document) not in denied
                and one_deed(charge, denial, pile.kinds)
                and charge.voice.key != denial.voice.key
                and any(
                    c and charge.agent and pile.voices.related(c, charge.agent) for c in cleared
                )
            ):
                reason = (
                    f"laid on {pile.voices.name(charge.agent or '')} by {_speaker(charge, pile)}, "
                    f"denied by {denial.voice.shown}"
                )
                denied.add((denial.voice.key, charge.voice.key, denial.document))
                relation = charge_relation("denies", denial, charge, reason, pile)
                yield relation, frozenset((denial.voice.key, charge.voice.key))
                break


def _opposed(a: Charge, b: Charge, all_: Sequence[Charge], pile: Pile) -> bool:
    """Whether two voices lay one incident on different agents. A voice that also blames the other's
    agent does not disagree with it.
    """
    if a.voice.key == b.voice.key or a.agent is None or b.agent is None:
        return False
    if not (pile.voices.is_somebody(a.voice) and pile.voices.is_somebody(b.voice)):
        return False
    if not (a.clear and b.clear):
        return False
    if pile.voices.one_side(a.voice, b.voice) or not one_deed(a, b, pile.kinds):
        return False
    mine = [c.agent for c in all_ if c.voice.key == a.voice.key and c.agent]
    theirs = [c.agent for c in all_ if c.voice.key == b.voice.key and c.agent]
    return not any(pile.voices.related(x, y) for x in mine for y in theirs)


def _opposed_reason(a: Charge, b: Charge, pile: Pile) -> str:
    names = [pile.voices.name(c.agent or "") for c in (a, b)]
    return f"{_speaker(a, pile)} lays it on {names[0]}, {_speaker(b, pile)} on {names[1]}"


def _speaker(charge: Charge, pile: Pile) -> str:
    if charge.voice.kind == "outlet":
        return pile.documents[charge.document].outlet or charge.document
    return charge.voice.shown


def _lacks_means(blame: Charge, means: Charge, pile: Pile) -> bool:
    """Whether a voice tells of a kind of incident that whoever another blames lacks means for."""
    if blame.voice.key == means.voice.key or blame.agent is None or not blame.clear:
        return False
    if pile.voices.one_side(blame.voice, means.voice):
        return False
    # The blame may call it "the blast": what its own report is about tells that it is the same.
    if blame.kind != means.kind and not one_deed(blame, means, pile.kinds):
        return False
    if means.kind in pile.kinds.words.found(blame.words.casefold().split()):
        return False
    able = pile.kinds.means[means.kind or ""]
    return pile.voices.kind(blame.agent) not in (*able, "unknown", "person")


def charge_relation(
    kind: RelationKind, left: Charge, right: Charge, reason: str, pile: Pile
) -> Relation:
    """The relation of two charges."""
    return link(kind, _side(left), _side(right), reason, pile)


def _side(charge: Charge) -> Side:
    return Side(charge.record, charge.document, charge.evidence)
