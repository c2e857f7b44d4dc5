"""Tolls with the right voice, and how pairs of them stand: `python -m eval tolls`.

The labels (`tolls.csv`, `toll_pairs.csv`: ids and offsets, by docs/codebook.md) are of matters of
FA-KES; the whole table is read, annotated, resolved and compared. Half of the matters, by a hash of
their number, are the gate: their scores are told, their errors never shown.
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from itertools import chain
from pathlib import Path

import msgspec

from eval.copies import TABLE
from eval.matters import compared
from sayso.compare.quantities import group_of, singular
from sayso.knowledge import Knowledge, load
from sayso.knowledge.spelling import spelling_key
from sayso.schema import Account, Compared, Document, Figure, Resolved

TOLLS = Path(__file__).with_name("tolls.csv")
PAIRS = Path(__file__).with_name("toll_pairs.csv")
AGREE = {"repeats": "agreement", "corroborates": "agreement"}
AGREE |= {"updates": "update", "contradicts": "contradiction"}
NO_RELATION = ("part", "neither")

Misses = list[str]


class Toll(msgspec.Struct, frozen=True):
    """A labelled toll: where its number stands, and its voice by the span of its fullest name."""

    id: str
    matter: str
    article: str
    span: tuple[int, int]
    value: float | None
    voice: str
    name: str
    name_span: tuple[int, int] | None

    @property
    def gate(self) -> bool:
        """Whether its errors stay unread."""
        return in_gate(self.matter)


def in_gate(matter: str) -> bool:
    """Whether a matter is of the gate: half of them, by a hash of its number."""
    return sha256(f"matter {matter}".encode()).digest()[0] % 2 == 0


def measure(misses: Misses | None = None) -> dict[str, float]:
    """Shares by name, for the development half and the gate; nothing where the corpus is absent."""
    if not TABLE.is_file():
        return {}
    documents, resolved, found = compared()
    return score(documents, resolved, found, misses)


def score(
    documents: Sequence[Document],
    resolved: Sequence[Resolved],
    found: Compared,
    misses: Misses | None = None,
) -> dict[str, float]:
    """The scores of what was found. What went wrong outside the gate is appended to `misses`."""
    misses = [] if misses is None else misses
    tally: dict[str, list[bool]] = defaultdict(list)

    def count(name: str, gate: bool, good: bool, told: str) -> None:
        tally[f"{name}, {'gate' if gate else 'development'}"].append(good)
        if not good and not gate:
            misses.append(f"{name}: {told}")

    labelled = read_tolls({d.source: d for d in documents})
    look = _Look(resolved, found)
    knowledge = load()
    heard: set[str] = set()
    for toll in labelled.values():
        account = look.account(toll)
        told = f"{account.voice} {account.speaker}" if account else "no account has it"
        words = f"{toll.id} {toll.article} {toll.value}: {toll.voice} {toll.name!r}, got {told}"
        good = account is not None and _is_voice(toll, account, look, knowledge)
        count("voice", toll.gate, good, words)
        heard |= {toll.id} if good else set()
        figure = look.at(toll)
        count(
            "figure at the span", toll.gate, figure is not None, f"{toll.id} {toll.article}: {told}"
        )
    for left, right, label in read_pairs():
        a, b = labelled[left], labelled[right]
        got = look.verdict(a, b)
        wanted = "none" if label in NO_RELATION else label
        count("pairs", a.gate, got == wanted, f"{left} {right} {label}, got {got}")
        if {left, right} <= heard:
            count("pairs of right voices", a.gate, got == wanted, f"{left} {right} {label}: {got}")
        if wanted != "none":
            count("update, contradiction or agreement", a.gate, got == wanted, f"{left} {right}")
    return {name: sum(hits) / len(hits) for name, hits in sorted(tally.items())}


def read_tolls(documents: dict[str, Document]) -> dict[str, Toll]:
    """The labelled tolls by id, with the words of their voices."""
    found = {}
    for row in _rows(TOLLS):
        name_span = (int(row["voice_start"]), int(row["voice_end"])) if row["voice_start"] else None
        text = documents[row["article"]].text
        found[row["toll"]] = Toll(
            row["toll"],
            row["matter"],
            row["article"],
            (int(row["start"]), int(row["end"])),
            float(row["value"]) if row["value"] else None,
            row["voice"],
            text[name_span[0] : name_span[1]] if name_span else "",
            name_span,
        )
    return found


def read_pairs() -> list[tuple[str, str, str]]:
    """The labelled pairs: left, right, label."""
    return [(row["left"], row["right"], row["label"]) for row in _rows(PAIRS)]


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(line for line in lines if not line.startswith("#")))


class _Look:
    """Finds what was found of labelled tolls."""

    def __init__(self, resolved: Sequence[Resolved], found: Compared) -> None:
        self._figures: dict[str, list[Figure]] = {i.document: list(i.figures) for i in resolved}
        self._by_id = {f.id: f for item in resolved for f in item.figures}
        self._spans = {
            (item.document, actor.id): actor.spans for item in resolved for actor in item.actors
        }
        self._items = {item.document: item for item in resolved}
        self._case = {m: actor.name for actor in found.actors for m in actor.members}
        self._accounts: dict[str, list[Account]] = defaultdict(list)
        for matter in found.matters:
            for account in matter.accounts:
                for figure in account.figures:
                    self._accounts[figure].append(account)
        self._repeats = _Sets(
            chain(
                ((r.left, r.right) for r in found.relations if r.kind == "repeats"),
                self._one_number(found),
            )
        )
        self._related: dict[frozenset[str], list[str]] = defaultdict(list)
        for relation in found.relations:
            if relation.kind != "copies" and {relation.left, relation.right} <= self._by_id.keys():
                ends = frozenset(map(self._repeats.root, (relation.left, relation.right)))
                self._related[ends].append(AGREE.get(relation.kind, relation.kind))
        self._newer: dict[str, set[str]] = defaultdict(set)
        for relation in found.relations:
            if relation.kind == "updates":
                new, old = map(self._repeats.root, (relation.left, relation.right))
                self._newer[old].add(new)
        self._claims = {
            figure: n
            for n, claim in enumerate(c for m in found.matters for c in m.claims)
            for figure in claim.figures
        }

    def _one_number(self, found: Compared) -> Iterator[tuple[str, str]]:
        """Pairs of figures by which one account gives one number: prints of a text among them, of
        which one stands for all in a relation.
        """
        for account in (account for matter in found.matters for account in matter.accounts):
            given: dict[tuple[float, str | None, str], str] = {}
            for figure in (self._by_id[id_] for id_ in account.figures if id_ in self._by_id):
                if figure.value is not None:
                    key = (figure.value, figure.effect, _kind(figure))
                    yield given.setdefault(key, figure.id), figure.id

    def at(self, toll: Toll) -> Figure | None:
        """The figure at a labelled span with its value."""
        start, end = toll.span
        return next(
            (
                f
                for f in self._figures.get(toll.article, ())
                if f.start < end and start < f.end and f.value == toll.value
            ),
            None,
        )

    def same(self, toll: Toll) -> list[str]:
        """Ids of the figures of the article with a toll's value, of such people or just of people:
        the one at the span first.
        """
        there = self.at(toll)
        if there is None:
            return []
        others = [
            f.id
            for f in self._figures[toll.article]
            if f.value == toll.value
            and f.effect == there.effect
            and f.id != there.id
            and (_kind(f) == _kind(there) or "people" in (_kind(f), _kind(there)))
        ]
        return [there.id, *others]

    def account(self, toll: Toll) -> Account | None:
        """The account that holds a toll."""
        return next((a for id_ in self.same(toll) for a in self._accounts.get(id_, ())), None)

    def cites(self, toll: Toll, account: Account) -> bool:
        """Whether a figure of an account is of a statement whose source is at a toll's voice."""
        start, end = toll.name_span or (0, 0)
        ids = {self._by_id[id_].statement for id_ in account.figures if id_ in self._by_id}
        return any(
            a < end and start < b
            for statement in self._items[toll.article].statements
            if statement.id in ids
            for a, b in statement.source_spans
        )

    def names(self, toll: Toll) -> set[str]:
        """Names that the case has for whoever stands at the span of a toll's voice."""
        if toll.name_span is None:
            return set()
        start, end = toll.name_span
        return {
            self._case.get(actor.id, actor.name)
            for actor in self._items[toll.article].actors
            if any(a < end and start < b for a, b in actor.spans)
        }

    def _grew(self, old: str, new: str) -> bool:
        """Whether updates lead from one number to another, step by step."""
        seen, ahead = {old}, [old]
        while ahead:
            further = self._newer.get(ahead.pop(), set()) - seen
            seen |= further
            ahead += further
        return new in seen

    def verdict(self, a: Toll, b: Toll) -> str:
        """The relation of two tolls, or of tolls that repeat them; "update" too where the one grew
        to the other by several, "agreement" where they are one claim of their matter; "none" where
        nothing is said.
        """
        left, right = self.same(a), self.same(b)
        for x in left:
            for y in right:
                ends = frozenset((self._repeats.root(x), self._repeats.root(y)))
                if len(ends) == 1:
                    return "agreement"
                if ends in self._related:
                    return self._related[ends][0]
                if self._grew(*sorted(ends)) or self._grew(*sorted(ends, reverse=True)):
                    return "update"
        claims = [{self._claims[f] for f in side if f in self._claims} for side in (left, right)]
        return "agreement" if claims[0] & claims[1] else "none"


def _kind(figure: Figure) -> str:
    """The group of those whom a figure counts: "people" where it does not say more."""
    return group_of(singular((figure.of or "people").split()[-1].casefold()))


class _Sets:
    """Disjoint sets of ids."""

    def __init__(self, pairs: Iterator[tuple[str, str]]) -> None:
        self._over: dict[str, str] = {}
        for a, b in pairs:
            self._over[self.root(a)] = self.root(b)

    def root(self, id_: str) -> str:
        while (over := self._over.get(id_, id_)) != id_:
            id_ = over
        return id_


def _is_voice(toll: Toll, account: Account, look: _Look, knowledge: Knowledge) -> bool:
    """Whether an account is of a labelled voice: the same actor, or the same words of nobody."""
    if toll.voice == "outlet":
        return account.voice == "outlet"
    if account.voice == "outlet" or account.speaker is None:
        return False
    gold, got = spelling_key(toll.name), spelling_key(account.speaker)
    if toll.voice == "unnamed" and account.voice == "named":
        return False
    if toll.voice == "named" and account.voice != "named":
        return False
    if gold == got or account.speaker in look.names(toll) or look.cites(toll, account):
        return True
    known = {e.key for hit in knowledge.actors.candidates(toll.name) for e in hit.entries}
    theirs = {e.key for hit in knowledge.actors.candidates(account.speaker) for e in hit.entries}
    if known & theirs:
        return True
    content: Callable[[str], set[str]] = lambda key: {w for w in key.split() if len(w) > 3}  # noqa: E731
    shared = content(gold) & content(got)
    return bool(shared) and len(shared) >= min(len(content(gold)), len(content(got)))


if __name__ == "__main__":
    told: Misses = []
    for name, value in measure(told).items():
        print(f"{name}: {value:.3f}")
    sys.stdout.writelines(f"- {line}\n" for line in told)
