"""A matter's page: what it is made of, ready for its template."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
from markupsafe import Markup

from sayso.schema import Event, Evidence, Figure, Matter, Naming, Relation, Statement
from sayso.show.accounts import account_rows
from sayso.show.chains import Chain, chain_counts, picture
from sayso.show.cite import matter_citation
from sayso.show.html import joined, link, safe, short, shown
from sayso.show.index import Index, by_document, side_of
from sayso.show.numbers import number_tables
from sayso.show.words import figure_words

LISTED = 6
"""Relations, passages and names shown at once, and reports in a line; more of them stand folded."""

DRAWN = 14
"""Chains that are drawn; the words below the picture hold all."""

PASSAGE = 160
"""Characters of a shared passage that are shown."""

AROUND = 70
"""Characters shown on each side of a figure or event that stands for an account."""

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
        chains = chain_counts(_carried(index, matter, figures, disputed))
        accounts, others = account_rows(index, matter, disputed, said)
        yield {
            "ranked": one,
            "matter": matter,
            "place": index.place(matter.place),
            "documents": _reports(index, matter.documents),
            "also_in": _reports(index, [s for s in matter.also_in if s not in matter.documents]),
            "accounts": accounts,
            "others": others,
            "tolls": number_tables(index, matter, figures),
            "disputed": _disputed(index, disputed),
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
    for relation in relations:
        both = groups.setdefault((relation.kind, relation.reason), ({}, {}))
        for side, id_ in zip(both, (relation.left, relation.right), strict=True):
            side.setdefault(id_, _side(index, side_of(index, id_)))
    return [
        {
            "kind": kind,
            "reason": shown(reason),
            "sides": [list(side.values()) for side in both],
        }
        for (kind, reason), both in groups.items()
    ]


def _agreed(index: Index, relations: Sequence[Relation]) -> list[Row]:
    """Repetitions, confirmations and updates; those of one reason together."""
    groups: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for relation in relations:
        if relation.kind in AGREED:
            for id_ in (relation.left, relation.right):
                side = _side(index, side_of(index, id_))
                if side:
                    words = f"{side['report']}, {side['link']}"
                    groups[relation.kind, relation.reason][words] = None
    return [
        {"kind": kind, "reason": shown(reason), "where": joined(where, "; ")}
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
