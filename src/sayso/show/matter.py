"""A matter's page: what it is made of, ready for its template."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
from markupsafe import Markup

from sayso.schema import Event, Evidence, Figure, Matter, Naming, Relation, Statement
from sayso.show.accounts import account_rows, by_weight
from sayso.show.chains import Chain, chain_counts, picture
from sayso.show.cite import matter_citation
from sayso.show.html import joined, link, safe, short, shown
from sayso.show.index import Index, by_document, side_of
from sayso.show.numbers import Givers, giver, givers_of, number_tables
from sayso.show.plot import toll_plot
from sayso.show.words import figure_words

LISTED = 6
"""Relations, passages and names shown at once, and reports in a line; more of them stand folded."""

DRAWN = 14
"""Chains that are drawn; the words below the picture hold all."""

PASSAGE = 160
"""Characters of a shared passage that are shown."""

AROUND = 70
"""Characters shown on each side of a figure or event that stands for an account."""

TABLED = 3
"""Pairs of numbers that cannot both hold from which on a table tells them, each number once."""

DISPUTED = ("contradicts", "denies")
AGREED = ("repeats", "corroborates", "updates")

Row = dict[str, Any]


class Ranked(msgspec.Struct, frozen=True, kw_only=True):
    """A matter with what it is ranked by. `differences` counts pairs of voices of which one
    contradicts or denies the other.
    """

    matter: Matter
    differences: int
    outlets: tuple[str, ...]

    @property
    def surplus(self) -> int:
        """Reports beyond one an origin: how much of the echo is echo."""
        return self.matter.reports - max(1, self.matter.origins)


def rank(index: Index) -> list[Ranked]:
    """Matters whose accounts differ most first, then those that many reports carry from few
    origins.
    """
    ranked = []
    for matter in index.view.matters:
        relations = index.relations_of.get(matter.id, ())
        sources = dict.fromkeys((*matter.documents, *matter.also_in))
        ranked.append(
            Ranked(
                matter=matter,
                differences=matter.disagreements
                or sum(relation.kind in DISPUTED for relation in relations),
                outlets=tuple(dict.fromkeys(index.reports[s].outlet for s in sources)),
            )
        )
    return sorted(
        ranked,
        key=lambda r: (-r.differences, -r.surplus, -r.matter.reports, r.matter.title, r.matter.id),
    )


def matter_pages(index: Index, ranked: Sequence[Ranked]) -> Iterator[Row]:
    """What the template of a matter's page needs, matter by matter."""
    naming: dict[str, list[tuple[Naming, Evidence]]] = defaultdict(list)
    for row in index.view.naming:
        for evidence in row.evidence:
            naming[evidence.document].append((row, evidence))
    copies: dict[str, list[Relation]] = defaultdict(list)
    for relation in index.view.relations:
        if relation.kind == "copies":
            for source in {evidence.document for evidence in relation.evidence}:
                copies[source].append(relation)
    said = by_document(index.view.statements)
    for place, one in enumerate(ranked):
        matter = one.matter
        sources = tuple(dict.fromkeys((*matter.documents, *matter.also_in)))
        relations = index.relations_of.get(matter.id, ())
        figures = index.figures_of.get(matter.id, ())
        disputed = [relation for relation in relations if relation.kind in DISPUTED]
        numbers = [r for r in disputed if r.left in index.figures and r.right in index.figures]
        numbers = numbers if len(numbers) >= TABLED else []
        chains = chain_counts(_carried(index, matter, figures, disputed))
        accounts, others = account_rows(index, matter, disputed, said)
        weighed, _ = by_weight(index, matter, disputed)
        yield {
            "ranked": one,
            "matter": matter,
            "place": index.place(matter.place),
            "documents": _reports(index, matter.documents),
            "also_in": _reports(index, [s for s in matter.also_in if s not in matter.documents]),
            "accounts": accounts,
            "others": others,
            "plot": toll_plot(index, matter, weighed, relations),
            "tolls": number_tables(index, matter, figures),
            "opposed": _opposed(index, figures, numbers, givers_of(matter)),
            "disputed": _disputed(index, [r for r in disputed if r not in numbers]),
            "agreed": _agreed(index, relations),
            "chosen": _chosen(index, matter),
            "picture": safe(picture(chains[:DRAWN])) if _telling(chains, sources) else "",
            "undrawn": max(0, len(chains) - DRAWN),
            "chains": [(shown(" → ".join(chain)), count) for chain, count in chains],
            "copies": _copies(index, sources, copies),
            "naming": _naming(index, sources, naming),
            "citation": shown(matter_citation(index, matter)),
            "next": ranked[place + 1].matter if place + 1 < len(ranked) else None,
        }


def _reports(index: Index, sources: Sequence[str]) -> list[Row]:
    """Reports with their headlines, by day: what a matter stands in."""
    reports = sorted((index.reports[source] for source in sources), key=lambda r: r.published)
    return [
        {
            "link": link(report.anchor, report.label),
            "headline": short(report.document.headline or "", 90),
            "copied": bool(report.copy_of),
        }
        for report in reports
    ]


def _carried(
    index: Index, matter: Matter, figures: Sequence[Figure], disputed: Sequence[Relation]
) -> Iterator[tuple[Chain, str]]:
    """The chains of a matter's figures and disputes; of other accounts, voice and outlet alone."""
    told = set()
    sides = [
        side_of(index, id_) for relation in disputed for id_ in (relation.left, relation.right)
    ]
    records: list[Any] = [*figures, *(side for side in sides if isinstance(side, Statement))]
    for record in records:
        told.add((record.speaker, record.document))
        yield _through_copy(index, record.chain, record.document), record.document
    for account in matter.accounts:
        for source in account.documents:
            outlet = index.reports[source].outlet
            if account.speaker and (account.speaker, source) not in told:
                yield _through_copy(index, (account.speaker, outlet), source), source


def _telling(chains: Sequence[tuple[Chain, int]], sources: Sequence[str]) -> bool:
    """Whether a picture of the chains tells more than the accounts: several reports, or a voice
    between origin and outlet.
    """
    return len(sources) > 1 or any(len(chain) > 2 for chain, _ in chains)


def _through_copy(index: Index, chain: Chain, source: str) -> Chain:
    """The chain with the outlet whose text the document reuses as one more carrier."""
    copied = index.reports[source].copy_of
    outlet = index.reports[copied].outlet if copied else None
    if outlet is None or outlet in chain or len(chain) < 2:
        return chain
    return (*chain[:-1], outlet, chain[-1])


def _chosen(index: Index, matter: Matter) -> Markup | None:
    """The toll that the user's rule chose, with who gives it."""
    figure = index.figures.get(matter.toll.figure) if matter.toll else None
    if figure is None:
        return None
    words = link(f"f-{figure.id}", figure_words(figure))
    return joined((words, index.actor(figure.speaker), index.report_link(figure.document)), ", ")


def _disputed(index: Index, relations: Sequence[Relation]) -> list[Row]:
    """Contradictions and denials; those of one reason together, each side's words once."""
    groups: dict[tuple[str, str], tuple[dict[str, Row | None], dict[str, Row | None]]] = {}
    also: dict[tuple[str, str], list[Evidence]] = defaultdict(list)
    for relation in relations:
        key = (relation.kind, relation.reason)
        both = groups.setdefault(key, ({}, {}))
        for side, id_ in zip(both, (relation.left, relation.right), strict=True):
            side.setdefault(id_, _side(index, side_of(index, id_)))
        also[key] += index.further(relation)
    return [
        {
            "kind": kind,
            "reason": shown(reason),
            "sides": [list(side.values()) for side in both],
            "also": index.where(list(dict.fromkeys(also[kind, reason]))),
        }
        for (kind, reason), both in groups.items()
    ]


def _opposed(
    index: Index, figures: Sequence[Figure], relations: Sequence[Relation], givers: Givers
) -> list[Row]:
    """Numbers that cannot both hold, as a table: each once, with its words and what it is
    against.
    """
    standing = {(figure.document, figure.start): figure for figure in figures}

    def key(figure: Figure) -> tuple[str, ...]:
        return giver(index, figure, givers), figure_words(figure)

    rows: dict[tuple[str, ...], tuple[Figure, dict[str, Figure], dict[str, None]]] = {}
    also: dict[tuple[str, ...], list[Evidence]] = defaultdict(list)
    for relation in relations:
        left, right = index.figures[relation.left], index.figures[relation.right]
        for one, other in ((left, right), (right, left)):
            _, same, against = rows.setdefault(key(one), (one, {}, {}))
            same[one.id] = one
            against[f"{figure_words(other)}, {giver(index, other, givers)}"] = None
        for evidence in index.further(relation):
            figure = standing.get((evidence.document, evidence.start))
            if figure and key(figure) in rows:
                rows[key(figure)][1][figure.id] = figure
            else:
                also[key(left)].append(evidence)
    ordered = sorted(rows.values(), key=lambda row: (row[0].effect or "", -(row[0].value or 0)))
    return [
        {
            "voice": giver(index, one, givers),
            "number": figure_words(one),
            "against": joined(against, "; "),
            "sides": [_side(index, figure) for figure in same.values()],
            "also": index.where(also[key(one)]),
        }
        for one, same, against in ordered
    ]


def _agreed(index: Index, relations: Sequence[Relation]) -> list[Row]:
    """Repetitions, confirmations and updates; those of one reason together, with every place."""
    groups: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    also: dict[tuple[str, str], dict[Evidence, None]] = defaultdict(dict)
    for relation in relations:
        if relation.kind in AGREED:
            key = (relation.kind, relation.reason)
            for id_ in (relation.left, relation.right):
                side = _side(index, side_of(index, id_))
                if side:
                    groups[key][f"{side['report']}, {side['link']}"] = None
            also[key] |= dict.fromkeys(index.further(relation))
    return [
        {
            "kind": kind,
            "reason": shown(reason),
            "where": joined(where, "; "),
            "also": index.where(list(also[kind, reason])),
        }
        for (kind, reason), where in groups.items()
    ]


def _side(index: Index, side: Any) -> Row | None:
    """One side of a relation: who, through whom, the words and the way to them."""
    if side is None:
        return None
    cue = ""
    if isinstance(side, Statement):
        words, anchor = short(side.content, 220), f"s-{side.id}"
        cue = shown(side.cue)
    elif isinstance(side, Figure):
        words, anchor = _around(index, side), f"f-{side.id}"
    else:
        words, anchor = _around(index, side), f"e-{side.id}"
    return {
        "voice": index.actor(side.speaker),
        "cue": cue,
        "words": words,
        "link": link(anchor, "words"),
        "report": index.report_link(side.document),
    }


def _around(index: Index, record: Figure | Event) -> Markup:
    """The words around a figure or event, to whole words and no further than its paragraph."""
    text = index.reports[record.document].document.text
    start = max(text.rfind("\n", 0, record.start) + 1, record.start - AROUND)
    end = text.find("\n", record.end)
    end = min(len(text) if end < 0 else end, record.end + AROUND)
    while start > 0 and start < record.start and text[start - 1].isalnum():
        start += 1
    while end < len(text) and end > record.end and text[end].isalnum():
        end -= 1
    return shown(" ".join(text[start:end].split()))


def _copies(index: Index, sources: Sequence[str], copies: dict[str, list[Relation]]) -> list[Row]:
    """Passages that two of a matter's documents share, with their beginning."""
    inside = set(sources)
    rows = []
    for relation in {r.id: r for source in sources for r in copies.get(source, ())}.values():
        documents = list(dict.fromkeys(e.document for e in relation.evidence))
        if len(documents) != 2 or not inside.issuperset(documents):
            continue
        first = {source: _first(relation, source) for source in documents}
        passage = first[documents[0]]
        text = index.reports[passage.document].document.text[passage.start : passage.end]
        rows.append(
            {
                "reason": shown(relation.reason),
                "passage": short(" ".join(text.split()), PASSAGE),
                "left": index.report_link(documents[0]),
                "left_words": index.words_link(first[documents[0]], "words"),
                "right": index.report_link(documents[1]),
                "right_words": index.words_link(first[documents[1]], "words"),
            }
        )
    return rows


def _first(relation: Relation, source: str) -> Evidence:
    return next(evidence for evidence in relation.evidence if evidence.document == source)


def _naming(
    index: Index, sources: Sequence[str], naming: dict[str, list[tuple[Naming, Evidence]]]
) -> list[Row]:
    """Who calls whom what in a matter's documents: actors that have a page."""
    found: dict[str, tuple[Naming, list[Evidence]]] = {}
    for source in sources:
        for row, evidence in naming.get(source, ()):
            if row.actor not in index.actors:  # "militants" called militants: the table holds it
                continue
            found.setdefault(row.id, (row, []))[1].append(evidence)
    rows = sorted(found.values(), key=lambda item: (item[0].actor, item[0].label, item[0].by))
    return [
        {
            "actor": index.actor(row.actor),
            "label": shown(row.label),
            "by": shown(row.by),
            "where": index.where(evidence[:LISTED]),
            "more": max(0, len(evidence) - LISTED),
        }
        for row, evidence in rows
    ]
