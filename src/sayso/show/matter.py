"""A matter's page: what it is made of, ready for its template."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
from markupsafe import Markup

from sayso.schema import Account, Event, Evidence, Figure, Matter, Naming, Relation, Statement
from sayso.show.chains import Chain, chain_counts, picture
from sayso.show.charts import interval_svg, scale_of
from sayso.show.cite import matter_citation
from sayso.show.html import joined, link, safe, short, shown
from sayso.show.index import Index, by_document, side_of
from sayso.show.words import figure_words, interval_words, number_words

QUOTED = 3
"""Statements quoted of an account; the article holds the rest."""

PASSAGE = 160
"""Characters of a shared passage that are shown."""

_DEPTH = {2: "told to a voice that told the outlet", 3: "through two voices before the outlet"}
"""How far an account stands from the outlet, where further than a voice that the outlet cites."""

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
        yield {
            "ranked": one,
            "matter": matter,
            "documents": index.report_links(matter.documents),
            "also_in": index.report_links(s for s in matter.also_in if s not in matter.documents),
            "accounts": [
                _account(index, matter, account, disputed, said) for account in matter.accounts
            ],
            "tolls": _tolls(index, figures),
            "disputed": [_relation(index, relation) for relation in disputed],
            "agreed": _agreed(index, relations),
            "chosen": _chosen(index, matter),
            "picture": safe(picture(chains)),
            "chains": [(shown(" → ".join(chain)), count) for chain, count in chains],
            "copies": _copies(index, sources, copies),
            "naming": _naming(index, sources, naming),
            "citation": shown(matter_citation(index, matter)),
            "next": ranked[place + 1].matter if place + 1 < len(ranked) else None,
        }


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


def _through_copy(index: Index, chain: Chain, source: str) -> Chain:
    """The chain with the outlet whose text the document reuses as one more carrier."""
    copied = index.reports[source].copy_of
    outlet = index.reports[copied].outlet if copied else None
    if outlet is None or outlet in chain or len(chain) < 2:
        return chain
    return (*chain[:-1], outlet, chain[-1])


def _account(
    index: Index,
    matter: Matter,
    account: Account,
    disputed: Sequence[Relation],
    said: dict[str, tuple[Statement, ...]],
) -> Row:
    figures = [index.figures[id_] for id_ in account.figures if id_ in index.figures]
    quotes: dict[str, Statement] = {}
    for figure in figures:
        statement = index.statements.get(figure.statement or "")
        if statement:
            quotes.setdefault(statement.content, statement)
    for relation in disputed:
        for side in (side_of(index, relation.left), side_of(index, relation.right)):
            if isinstance(side, Statement) and _speaks(account, side):
                quotes.setdefault(side.content, side)
    if not quotes and not figures:
        quotes = {s.content: s for s in _spoken(account, said)}
    return {
        "voice": index.actor(account.speaker),
        "tag": "unnamed" if account.voice == "unnamed" else "",
        "says": shown(account.says),
        "people": joined(map(index.actor, account.people)),
        "depth": _DEPTH.get(account.depth, "") if account.texts else "",
        "quotes": [
            (
                link(f"s-{s.id}", "words"),
                shown(s.cue),
                short(s.content, 220),
                index.report_link(s.document),
            )
            for s in list(quotes.values())[:QUOTED]
        ],
        "figures": joined(
            dict.fromkeys(link(f"f-{f.id}", figure_words(f)) for f in figures if not quotes)
        ),
        "where": ""
        if quotes or figures
        else index.where([e for e in matter.evidence if e.document in account.documents]),
        "documents": index.report_links(account.documents),
        "reports": len(account.documents),
    }


def _spoken(account: Account, said: dict[str, tuple[Statement, ...]]) -> list[Statement]:
    """What an account's voice, or those who spoke for it, say in its reports; denials first."""
    voices = {account.speaker, *account.people} - {None}
    spoken = [
        s for source in account.documents for s in said.get(source, ()) if s.speaker in voices
    ]
    return sorted(spoken, key=lambda s: not s.denied)[:QUOTED]


def _speaks(account: Account, statement: Statement) -> bool:
    """Whether a statement is an account's: its speaker's, or of one who speaks for it."""
    if statement.document not in account.documents or statement.speaker is None:
        return False
    return statement.speaker == account.speaker or f"({statement.speaker})" in account.says


def _tolls(index: Index, figures: Sequence[Figure]) -> list[Row]:
    """The figures of dead, wounded and so on, each group on a scale of its own, by time."""
    groups: dict[str, list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.effect:
            groups[figure.effect].append(figure)
    tolls = []
    for effect, group in sorted(groups.items(), key=lambda item: -len(item[1])):
        scale = scale_of(group)
        ordered = sorted(group, key=lambda f: (_moment(index, f), f.document, f.start))
        tolls.append(
            {
                "effect": effect,
                "most": number_words(scale.most),
                "logarithmic": scale.logarithmic,
                "rows": [
                    _toll(index, figure, safe(interval_svg(figure, scale))) for figure in ordered
                ],
            }
        )
    return tolls


def _chosen(index: Index, matter: Matter) -> Markup | None:
    """The toll that the user's rule chose, with who gives it."""
    figure = index.figures.get(matter.toll.figure) if matter.toll else None
    if figure is None:
        return None
    words = link(f"f-{figure.id}", figure_words(figure))
    return joined((words, index.actor(figure.speaker), index.report_link(figure.document)), ", ")


def _moment(index: Index, figure: Figure) -> str:
    publication = index.reports[figure.document].publication
    return publication.earliest or publication.latest or "~"


def _toll(index: Index, figure: Figure, svg: Markup) -> Row:
    report = index.reports[figure.document]
    return {
        "voice": index.actor(figure.speaker),
        "unnamed": figure.voice == "unnamed",
        "via": shown(", ".join(figure.chain[1:-1])),
        "outlet": report.shown_outlet,
        "day": report.shown_day,
        "words": link(f"f-{figure.id}", figure.text if len(figure.text) < 90 else "words"),
        "of": shown(figure.of or figure.unit or ""),
        "part": figure.part_of is not None,
        "interval": interval_words(figure),
        "svg": svg,
    }


def _relation(index: Index, relation: Relation) -> Row:
    return {
        "kind": relation.kind,
        "reason": shown(relation.reason),
        "sides": [_side(index, side_of(index, id_)) for id_ in (relation.left, relation.right)],
    }


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
    """Who calls whom what in a matter's documents."""
    found: dict[str, tuple[Naming, list[Evidence]]] = {}
    for source in sources:
        for row, evidence in naming.get(source, ()):
            found.setdefault(row.id, (row, []))[1].append(evidence)
    rows = sorted(found.values(), key=lambda item: (item[0].actor, item[0].label, item[0].by))
    return [
        {
            "actor": index.actor(row.actor),
            "label": shown(row.label),
            "by": shown(row.by),
            "where": joined(
                index.words_link(e, f"{index.reports[e.document].label}: {e.start}")
                for e in evidence
            ),
        }
        for row, evidence in rows
    ]
