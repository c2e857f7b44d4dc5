"""A matter's numbers: each one that is told, on how many words it stands, and who tells it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from sayso.schema import Account, Claim, Figure, Matter
from sayso.show.charts import Scale, interval_svg, scale_of
from sayso.show.html import joined, link, safe, shown
from sayso.show.index import Index
from sayso.show.words import interval_words, number_words

FIRST = 6
"""Numbers shown at once; the others, and those of a part of the whole, stand folded below them."""

FEW = 10
"""Figures that are shown at once, report by report; more of them stand folded."""

VOICES = 4
"""Voices named beside a number."""

_ORDER = ("killed", "wounded")

Row = dict[str, Any]
Givers = Mapping[str, Account]


def number_tables(index: Index, matter: Matter, figures: Sequence[Figure]) -> list[Row]:
    """The dead, the wounded and so on: the numbers told of them with their counts, where several
    reports tell one number or there are many, and every figure by the day of its report.
    """
    by_effect: dict[str, list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.effect:
            by_effect[figure.effect].append(figure)
    claims: dict[str, list[tuple[Claim, Figure]]] = defaultdict(list)
    for claim in matter.claims:
        figure_of = _figure(index, claim)
        if claim.effect and figure_of:
            claims[claim.effect].append((claim, figure_of))
    effects = sorted(
        {*by_effect, *claims},
        key=lambda e: (_ORDER.index(e) if e in _ORDER else len(_ORDER), -len(by_effect[e]), e),
    )
    givers = givers_of(matter)
    return [_table(index, effect, claims[effect], by_effect[effect], givers) for effect in effects]


def givers_of(matter: Matter) -> Givers:
    """The account of each figure that one gives, by the figure's id. An account may give a number
    that its report tells on nobody's word: that of a copy, or of a name one sentence on.
    """
    return {
        id_: account
        for account in matter.accounts
        for id_ in (*(toll.figure for toll in account.tolls), *account.figures)
    }


def giver(index: Index, figure: Figure, givers: Givers) -> Markup:
    """Who gives a figure: the voice of its account, or the outlet on its own word."""
    account = givers.get(figure.id)
    name = account.speaker if account else figure.speaker
    if name is not None:
        return index.actor(name)
    return joined(("own word of ", index.reports[figure.document].shown_outlet), between="")


def _table(
    index: Index,
    effect: str,
    claims: Sequence[tuple[Claim, Figure]],
    figures: Sequence[Figure],
    givers: Givers,
) -> Row:
    telling = len(figures) > FEW or any(claim.reports > 1 for claim, _ in claims)
    rows: list[Row] = []
    scale = scale_of([figure for _, figure in claims])
    if telling:
        rows = [_claim(index, claim, figure, scale, givers) for claim, figure in claims]
    first = [row for row in rows if not row["part"]][:FIRST] or rows[:FIRST]
    own = scale_of(figures)
    ordered = sorted(figures, key=lambda f: (_moment(index, f), f.document, f.start))
    return {
        "effect": effect,
        "claims": first,
        "more": [row for row in rows if row not in first],
        "scale": _scale_words(scale),
        "own_scale": _scale_words(own),
        "rows": [_figure_row(index, figure, own, givers) for figure in ordered],
        "folded": bool(rows) and len(figures) > FEW,
    }


def _scale_words(scale: Scale) -> str:
    logarithmic = ", on a logarithmic scale" if scale.logarithmic else ""
    return f"From 0 to {number_words(scale.most)}{logarithmic}"


def _figure(index: Index, claim: Claim) -> Figure | None:
    """The figure that shows a claim best: one with its very number and an exact bound, if any."""
    figures = [index.figures[id_] for id_ in claim.figures if id_ in index.figures]
    same = [figure for figure in figures if figure.value == claim.value] or figures
    return min(same, key=lambda f: (f.text not in claim.says, f.id), default=None)


def _claim(index: Index, claim: Claim, figure: Figure, scale: Scale, givers: Givers) -> Row:
    return {
        "says": link(f"f-{figure.id}", _words(claim, figure)),
        "part": claim.part,
        "svg": safe(interval_svg(figure, scale)),
        "reports": claim.reports,
        "texts": claim.texts,
        "outlets": claim.outlets,
        "origins": claim.origins,
        "unknown": claim.unknown,
        "voices": _voices(index, claim, givers),
    }


def _words(claim: Claim, figure: Figure) -> str:
    """A claim's words without the effect, which the heading tells; the report's own words where
    they give no number.
    """
    return figure.text if claim.value is None else claim.says.removesuffix(f" {claim.effect}")


def _voices(index: Index, claim: Claim, givers: Givers) -> Markup:
    """Who gives a number: voices, and outlets on their own word."""
    voices: dict[Markup, None] = {}
    outlets: dict[Markup, None] = {}
    for figure in (index.figures[id_] for id_ in claim.figures if id_ in index.figures):
        account = givers.get(figure.id)
        if (account.speaker if account else figure.speaker) is None:
            outlets[index.reports[figure.document].shown_outlet] = None
        else:
            voices[giver(index, figure, givers)] = None
    words = list(voices)[:VOICES]
    if outlets:
        others = f" and {len(outlets) - 2} more" if len(outlets) > 2 else ""
        words.append(joined(("own word of ", joined(list(outlets)[:2], ", "), others), between=""))
    if len(voices) > VOICES:
        words.append(safe(f"{len(voices) - VOICES} more voices"))
    return joined(words, "; ")


def _moment(index: Index, figure: Figure) -> str:
    publication = index.reports[figure.document].publication
    return publication.earliest or publication.latest or "~"


def _figure_row(index: Index, figure: Figure, scale: Scale, givers: Givers) -> Row:
    report = index.reports[figure.document]
    account = givers.get(figure.id)
    named = account.speaker if account else figure.speaker
    here = index.actor(figure.speaker) if figure.speaker else "not named beside the number"
    return {
        "voice": giver(index, figure, givers),
        "here": here if figure.speaker != named else "",
        "unnamed": figure.voice == "unnamed",
        "via": shown(", ".join(figure.chain[1:-1])),
        "outlet": report.shown_outlet,
        "day": report.shown_day,
        "words": link(f"f-{figure.id}", figure.text if len(figure.text) < 90 else "words"),
        "of": shown(figure.of or figure.unit or ""),
        "part": figure.part_of is not None,
        "interval": interval_words(figure),
        "svg": safe(interval_svg(figure, scale)),
        "checks": index.checks(figure),
    }
