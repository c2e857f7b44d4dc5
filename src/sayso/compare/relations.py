"""Relations: how figures and statements stand to each other, each with a plain reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from sayso.compare.accounts import Pile, Said
from sayso.compare.charges import Charge, one_deed
from sayso.compare.days import in_words as day_in_words
from sayso.compare.quantities import fit, group_of, in_words, size
from sayso.compare.tolls import Toll, Verdict, judge
from sayso.ids import record_id
from sayso.schema import Evidence, Figure, Relation, RelationKind

METHOD = "relations.rules/2"
FEW = 15
"""So many pairs of two claims, or of reports of one, are all told; of more, one for each report."""


def relate(said: Said, pile: Pile) -> tuple[tuple[Relation, ...], int]:
    """Repeats, corroboration, updates, contradictions and denials of one matter; and how many pairs
    of voices disagree.

    In large matters every report of one voice's claim is linked to the first that has it, not to
    all others, and one pair stands for two claims: what grows with the reports is lines.
    """
    made: dict[str, Relation] = {}
    opposed = set()
    for relation, voices in (*_tolls(said, pile), *_charges(said, pile)):
        made.setdefault(relation.id, relation)
        if relation.kind in ("contradicts", "denies"):
            opposed.add(voices)
    return tuple(made.values()), len(opposed)


Told = tuple[Relation, frozenset[str]]
"""A relation with the keys of its two voices."""

# --- tolls ---------------------------------------------------------------------------------


def _tolls(said: Said, pile: Pile) -> Iterator[Told]:
    """How the tolls of a matter stand to each other, claim by claim. A claim is one voice's number
    of one quantity, in however many reports.
    """
    claims: dict[tuple[str, str, str | None, str, float | None], list[Toll]] = defaultdict(list)
    for toll in said.tolls:
        figure = toll.figure
        number = figure.value if figure.value is not None else figure.low
        of = toll.quantity.of if toll.part else group_of(toll.quantity.of)
        key = (toll.voice.key, of, toll.quantity.effect, toll.role, number)
        claims[key].append(toll)
    given = {(key[0], key[2], key[4]) for key in claims}
    largest: dict[tuple[str, str | None], float] = {}
    for toll in said.tolls:
        if toll.role == "whole" and not toll.vague:
            of_voice = (toll.voice.key, toll.quantity.effect)
            largest[of_voice] = max(largest.get(of_voice, 0.0), size(toll.figure))
    growing = _growing(said.tolls)
    ordered = [claims[key] for key in sorted(claims, key=str)]
    for mine in ordered:
        mine.sort(key=lambda t: (pile.day(t.document) or 0, t.document, t.figure.id))
    for n, mine in enumerate(ordered):
        pairs = _told_pairs(mine, mine, pile)
        yield from _related(pairs, pile)
        for other in ordered[n + 1 :]:
            pairs = _told_pairs(mine, other, pile)
            if not _may_differ(mine, other, given, largest) or _counting(mine, other, growing):
                pairs = [pair for pair in pairs if pair[2] != "apart"]
            yield from _related(pairs, pile)


def _growing(tolls: Sequence[Toll]) -> set[tuple[str, str | None]]:
    """The voices, with the effect, that gave several numbers of one whole: they counted on."""
    given: dict[tuple[str, str | None], set[float]] = defaultdict(set)
    for toll in tolls:
        if toll.role == "whole" and not toll.vague and toll.voice.kind != "outlet":
            given[toll.voice.key, toll.quantity.effect].add(size(toll.figure))
    return {voice for voice, numbers in given.items() if len(numbers) > 1}


def _counting(
    left: Sequence[Toll], right: Sequence[Toll], growing: set[tuple[str, str | None]]
) -> bool:
    """Whether the voice of the smaller number was counting on, so that the larger may only be of
    later in the day; not where one report sets the two side by side.
    """
    small = min(left[0], right[0], key=lambda toll: size(toll.figure))
    together = {t.document for t in left} & {t.document for t in right}
    return (small.voice.key, small.quantity.effect) in growing and not together


def _may_differ(
    left: Sequence[Toll],
    right: Sequence[Toll],
    given: set[tuple[str, str | None, float | None]],
    largest: Mapping[tuple[str, str | None], float],
) -> bool:
    """Whether two voices' claims can contradict each other: not where either voice has counted
    further since, gave the other's number too, or gives its own somewhere with an open bound that
    the other's satisfies ("56" in a headline, "at least 56" below it).
    """
    a, b = left[0], right[0]
    if _key(a, b) in given or _key(b, a) in given:
        return False
    if any(size(t.figure) < largest.get((t.voice.key, t.quantity.effect), 0.0) for t in (a, b)):
        return False
    return fit(_loosest(left), _loosest(right)) == "apart"


def _loosest(claim: Sequence[Toll]) -> Figure:
    return next((f for t in claim for f in t.same if f.high is None), claim[0].figure)


def _key(voice_of: Toll, number_of: Toll) -> tuple[str, str | None, float | None]:
    """One toll's voice with another's number: a voice that gave both counted on, or counts anew."""
    figure = number_of.figure
    number = figure.value if figure.value is not None else figure.low
    return voice_of.voice.key, number_of.quantity.effect, number


def _told_pairs(
    left: Sequence[Toll], right: Sequence[Toll], pile: Pile
) -> list[tuple[Toll, Toll, Verdict]]:
    """The pairs of two claims that say something of each other; with many, the nearest in time of
    two claims, and each with the first of one.
    """
    if left is right:
        firsts = left if len(left) * (len(left) - 1) // 2 <= FEW else left[:1]
        pairs = [(y, x) for n, x in enumerate(firsts) for y in left[n + 1 :]]
    else:
        pairs = [(x, y) for x in left for y in right]
    judged = [(x, y, verdict) for x, y in pairs if (verdict := _judge(x, y, pile))]
    if left is right or len(judged) <= FEW:
        return judged
    return sorted(judged, key=lambda row: _apart(row[0], row[1], pile))[:1]


def _judge(x: Toll, y: Toll, pile: Pile) -> Verdict | None:
    if x.document == y.document and "outlet" in (x.voice.kind, y.voice.kind):
        return None
    return judge(x, y, days=(pile.day(x.document), pile.day(y.document)))


def _apart(x: Toll, y: Toll, pile: Pile) -> tuple[int, str, str]:
    a, b = pile.day(x.document), pile.day(y.document)
    return (abs(a - b) if a and b else 0, x.figure.id, y.figure.id)


def _related(pairs: Sequence[tuple[Toll, Toll, Verdict]], pile: Pile) -> Iterator[Told]:
    for x, y, verdict in pairs:
        relation = _toll_relation(x, y, verdict, pile)
        if relation is not None:
            yield relation, frozenset((x.voice.key, y.voice.key))


def _toll_relation(x: Toll, y: Toll, verdict: Verdict, pile: Pile) -> Relation | None:
    """The relation that a verdict gives: none where voices are of one side, or nobody is named."""
    a, b = x.voice, y.voice
    if verdict in ("grown", "shrunk"):
        new, old = (y, x) if verdict == "grown" else (x, y)
        return _relation("updates", new, old, _grown(new, old, pile), pile)
    if a.key == b.key:
        if x.document == y.document or a.kind != "named":
            return None
        reason = f"both reports carry the figure of {a.shown}: {in_words(x.figure)}"
        return _relation("repeats", x, y, reason, pile)
    if verdict == "apart" and not (pile.voices.is_somebody(a) and pile.voices.is_somebody(b)):
        return None
    if set(a.keys) & set(b.keys) or pile.voices.one_side(a, b) or _is_the_outlet(x, y, pile):
        return None
    if verdict == "apart":
        reason = (
            f"both cannot hold: {_who(x, pile)} gives {in_words(x.figure)}, "
            f"{_who(y, pile)} {in_words(y.figure)}, at about the same time"
        )
        return _relation("contradicts", x, y, reason, pile)
    if not (a.counts and b.counts) or x.part or not _says_as_much(x, y):
        return None
    reason = (
        f"{a.shown} and {b.shown}, independently as far as the reports show, give "
        f"{_both(in_words(x.figure), in_words(y.figure))}"
    )
    return _relation("corroborates", x, y, reason, pile)


def _is_the_outlet(x: Toll, y: Toll, pile: Pile) -> bool:
    """Whether one toll is an outlet's own and the other cites that outlet by its name."""
    return any(
        own.voice.kind == "outlet"
        and cited.voice.counts
        and (cited.voice.name or "").casefold() == _who(own, pile).casefold()
        for own, cited in ((x, y), (y, x))
    )


def _says_as_much(x: Toll, y: Toll) -> bool:
    """Whether one number bears the other out: a word such as "dozens" only at both heads."""
    if group_of(x.quantity.of) != group_of(y.quantity.of) or (x.vague and y.vague):
        return False
    return not (x.vague or y.vague) or (x.firm and y.firm)


def _grown(new: Toll, old: Toll, pile: Pile) -> str:
    first, second = pile.day(old.document), pile.day(new.document)
    when = ""
    if new.document == old.document:
        when = ", as the report itself says" if "earlier" in (old.role, new.role) else ""
    elif first is not None and second is not None:
        when = (
            f" between {day_in_words(first, first)} and {day_in_words(second, second)}"
            if first != second
            else f" on {day_in_words(first, first)}; the order within the day is not known"
        )
    return (
        f"the toll of {new.voice.shown} grew from {in_words(old.figure)} to "
        f"{in_words(new.figure)}{when}"
    )


def _both(left: str, right: str) -> str:
    return left if left == right else f"{left} and {right}"


def _who(toll: Toll, pile: Pile) -> str:
    if toll.voice.kind == "outlet":
        return pile.documents[toll.document].outlet or toll.document
    return toll.voice.shown


def _relation(kind: RelationKind, left: Toll, right: Toll, reason: str, pile: Pile) -> Relation:
    return make(
        kind,
        (left.figure.id, left.document, left.figure.evidence),
        (right.figure.id, right.document, right.figure.evidence),
        reason,
        pile,
    )


# --- blame and denial ----------------------------------------------------------------------


def _charges(said: Said, pile: Pile) -> Iterator[Told]:
    charges = said.charges
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
        cleared = {denial.agent} if denial.agent else set(denial.voice.keys)
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
                    f"{denial.voice.shown} denies what {charge.voice.shown} lays on "
                    f"{pile.voices.name(charge.agent or '')}"
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
