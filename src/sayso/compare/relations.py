"""Relations: how figures and statements stand to each other, each with a plain reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from sayso.compare.accounts import Pile
from sayso.compare.blame import standing_disagreements
from sayso.compare.claims import Charge, Toll
from sayso.compare.days import in_words as day_in_words
from sayso.compare.matters import Found, Group
from sayso.compare.quantities import Quantity, fit, in_words, size
from sayso.compare.repeats import repeated_statements
from sayso.compare.wording import Words
from sayso.ids import record_id
from sayso.schema import Evidence, Relation, RelationKind, Resolved

METHOD = "relations.rules/1"
FAR_APART = 3
"""Times by which tolls may differ when one of them does not stand at the head of its report."""

SAME_TIME = 1
"""Days between two reports that speak at about the same time."""


def relate(
    resolved: Sequence[Resolved], words: Mapping[str, Words], found: Found
) -> tuple[Relation, ...]:
    """Repeats, corroboration, updates, contradictions and denials.

    Every report of one voice's claim is linked to the first that has it, not to all others; of two
    voices one pair stands for all: what grows with the reports of a matter is lines, not squares.
    """
    made: dict[str, Relation] = {}
    for group in found.groups:
        for relation in (*_tolls(group, found.pile), *_charges(group, found.pile)):
            made.setdefault(relation.id, relation)
    for left, right, reason in standing_disagreements(found.charges, found.pile):
        relation = _charge_relation("contradicts", left, right, reason, found.pile)
        made.setdefault(relation.id, relation)
    for relation in repeated_statements(resolved, words, found.pile):
        made.setdefault(relation.id, relation)
    return tuple(made.values())


# --- tolls ---------------------------------------------------------------------------------


def _tolls(group: Group, pile: Pile) -> Iterator[Relation]:
    by_quantity: dict[tuple[Quantity, bool], list[Toll]] = defaultdict(list)
    for toll in group.said.tolls:
        by_quantity[toll.quantity, toll.part].append(toll)
    for tolls in by_quantity.values():
        by_voice: dict[str, list[Toll]] = defaultdict(list)
        for toll in tolls:
            by_voice[toll.voice.key].append(toll)
        series = []
        for mine in by_voice.values():
            mine.sort(key=lambda t: (pile.day(t.document) or 0, size(t.figure), t.figure.id))
            series.append(mine)
            yield from _one_voice(mine, pile)
        series.sort(key=lambda mine: mine[0].voice.key)
        for n, left in enumerate(series):
            for right in series[n + 1 :]:
                yield from _two_voices(left, right, pile)


def _one_voice(series: Sequence[Toll], pile: Pile) -> Iterator[Relation]:
    """One origin's tolls in several reports: said again, or grown."""
    firsts: list[Toll] = []
    for toll in series:
        same = next((f for f in firsts if _alike(f, toll)), None)
        if same is not None:
            if same.document != toll.document and toll.voice.kind == "named":
                yield _relation(
                    "repeats",
                    toll,
                    same,
                    f"both reports carry the figure of {toll.voice.shown}: {in_words(toll.figure)}",
                    pile,
                )
            continue
        if firsts and _has_grown(toll, firsts[-1], pile):
            yield _update(toll, firsts[-1], pile)
        firsts.append(toll)


def _has_grown(new: Toll, old: Toll, pile: Pile) -> bool:
    """Whether a toll is a later count of another. An outlet's own words are no one origin."""
    return (
        new.voice.kind != "outlet"
        and new.document != old.document
        and size(new.figure) > size(old.figure)
        and _comparable(new, old, pile)
    )


def _alike(a: Toll, b: Toll) -> bool:
    """Whether two tolls of one origin are one claim and not a growing count."""
    if a.figure.value is None or b.figure.value is None:
        return fit(a.figure, b.figure) == "agree"
    return a.figure.value == b.figure.value


def _update(new: Toll, old: Toll, pile: Pile) -> Relation:
    who = new.voice.shown
    first, second = pile.day(old.document), pile.day(new.document)
    when = ""
    if first is not None and second is not None:
        when = (
            f" between {day_in_words(first, first)} and {day_in_words(second, second)}"
            if first != second
            else f" on {day_in_words(first, first)}; the order within the day is not known"
        )
    reason = f"the toll of {who} grew from {in_words(old.figure)} to {in_words(new.figure)}{when}"
    return _relation("updates", new, old, reason, pile)


def _two_voices(left: Sequence[Toll], right: Sequence[Toll], pile: Pile) -> Iterator[Relation]:
    """What two voices' tolls, given at about the same time, say of each other."""
    a, b = left[0].voice, right[0].voice
    if set(a.keys) & set(b.keys) or pile.voices.one_side(a, b):
        return
    pairs = [
        (x, y)
        for x in left
        for y in right
        if x.firm
        and y.firm
        and _same_time(x, y, pile)
        and (x.document != y.document or "outlet" not in (a.kind, b.kind))
    ]
    if not pairs:
        return
    fits = [fit(x.figure, y.figure) for x, y in pairs]
    if "agree" in fits:
        x, y = pairs[fits.index("agree")]
        vague = x.figure.bound == y.figure.bound == "order"
        if a.counts and b.counts and not vague:
            yield _relation(
                "corroborates",
                x,
                y,
                f"{a.shown} and {b.shown}, independently as far as the reports show, give "
                f"{_both(in_words(x.figure), in_words(y.figure))}",
                pile,
            )
        return
    against = [pair for pair in pairs if _comparable(*pair, pile)]
    if "compatible" in fits or not against:
        return
    x, y = max(
        against, key=lambda pair: (_latest(pair, pile), size(pair[0].figure), pair[0].figure.id)
    )
    yield _relation(
        "contradicts",
        x,
        y,
        f"both cannot hold: {_who(x, pile)} gives {in_words(x.figure)}, "
        f"{_who(y, pile)} {in_words(y.figure)}, at about the same time",
        pile,
    )


def _comparable(x: Toll, y: Toll, pile: Pile) -> bool:
    """Whether two tolls that cannot both hold are surely of the same whole.

    Words for an order of magnitude contradict nothing; the wounded, parts of the people and the
    outlet's own numbers count only at the head of a report, and so do tolls far apart.
    """
    if "order" in (x.figure.bound, y.figure.bound) or not (x.firm and y.firm):
        return False
    heads = x.head and y.head
    first, second = pile.day(x.document), pile.day(y.document)
    if first is not None and second is not None and first != second:
        early, late = (x, y) if first < second else (y, x)
        if size(late.figure) > size(early.figure) and x.voice.key != y.voice.key:
            return False  # a count that may have grown meanwhile
    if x.quantity.effect != "killed" or x.quantity.of not in ("people", "civilian"):
        return heads
    if any(t.voice.kind == "outlet" and not t.head for t in (x, y)):
        return False
    sizes = sorted((size(x.figure), size(y.figure)))
    return heads or sizes[1] <= FAR_APART * sizes[0]


def _both(left: str, right: str) -> str:
    return left if left == right else f"{left} and {right}"


def _who(toll: Toll, pile: Pile) -> str:
    if toll.voice.kind == "outlet":
        return pile.documents[toll.document].outlet or toll.document
    return toll.voice.shown


def _latest(pair: tuple[Toll, Toll], pile: Pile) -> int:
    return sum(pile.day(toll.document) or 0 for toll in pair)


def _same_time(x: Toll, y: Toll, pile: Pile) -> bool:
    if x.document == y.document:
        return True
    a, b = pile.day(x.document), pile.day(y.document)
    return a is not None and b is not None and abs(a - b) <= SAME_TIME


def _relation(kind: RelationKind, left: Toll, right: Toll, reason: str, pile: Pile) -> Relation:
    return make(
        kind,
        (left.figure.id, left.document, left.figure.evidence),
        (right.figure.id, right.document, right.figure.evidence),
        reason,
        pile,
    )


# --- blame and denial ----------------------------------------------------------------------


def _charges(group: Group, pile: Pile) -> Iterator[Relation]:
    charges = group.said.charges
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
                yield _charge_relation("contradicts", a, b, _opposed_reason(a, b, pile), pile)
    for means in (c for c in charges if not c.clear and c.kind in pile.kinds.means):
        blame = next((b for b in kept if _lacks_means(b, means, pile)), None)
        if blame is not None:
            reason = (
                f"{_speaker(means, pile)} tells of an {means.kind}, {_speaker(blame, pile)} lays "
                f"it on {pile.voices.name(blame.agent or '')}: the kind and the blame differ"
            )
            yield _charge_relation("contradicts", means, blame, reason, pile)
            break
    for denial in (c for c in charges if c.stance == "denies"):
        cleared = {denial.agent} if denial.agent else set(denial.voice.keys)
        for charge in kept:
            if (
                (charge.clear or charge.first)
                and charge.voice.key != denial.voice.key
                and any(
                    c and charge.agent and pile.voices.related(c, charge.agent) for c in cleared
                )
            ):
                reason = (
                    f"{denial.voice.shown} denies what {charge.voice.shown} lays on "
                    f"{pile.voices.name(charge.agent or '')}"
                )
                yield _charge_relation("denies", denial, charge, reason, pile)
                break


def _opposed(a: Charge, b: Charge, all_: Sequence[Charge], pile: Pile) -> bool:
    """Whether two voices lay one incident on different agents. A voice that also blames the other's
    agent does not disagree with it.
    """
    if a.voice.key == b.voice.key or a.agent is None or b.agent is None:
        return False
    if not (a.clear or b.clear) or not all(c.clear or c.first for c in (a, b)):
        return False
    if pile.voices.one_side(a.voice, b.voice):
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
    if means.kind in pile.kinds.words.found(blame.words.casefold().split()):
        return False
    able = pile.kinds.means[means.kind or ""]
    return pile.voices.kind(blame.agent) not in (*able, "unknown", "person")


def _charge_relation(
    kind: RelationKind, left: Charge, right: Charge, reason: str, pile: Pile
) -> Relation:
    return make(
        kind,
        (left.record, left.document, left.evidence),
        (right.record, right.document, right.evidence),
        reason,
        pile,
    )


def make(
    kind: RelationKind,
    left: tuple[str, str, tuple[Evidence, ...]],
    right: tuple[str, str, tuple[Evidence, ...]],
    reason: str,
    pile: Pile,
) -> Relation:
    """A relation of two records, each given as (id, document, evidence)."""
    left_id, source, left_evidence = left
    right_id, _, right_evidence = right
    return Relation(
        id=record_id(
            source,
            pile.documents[source].text_sha256,
            f"{kind} {left_id} {right_id}",
            [(e.start, e.end) for e in left_evidence],
        ),
        evidence=(*left_evidence, *right_evidence),
        method=METHOD,
        kind=kind,
        left=left_id,
        right=right_id,
        reason=reason,
    )
