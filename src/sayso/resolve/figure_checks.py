"""Arithmetic on the figures of one document: shares, sums and pairs of units that do not agree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from sayso.schema import Document, Figure, FigureSpan

Doubt = tuple[str, tuple[Figure, ...]]
"""A message, and the figures that it is about."""

ABOUT = 0.05
"""How far an "about" may be off before a share computed from it is doubted, as a share of it."""

_NUMBER = re.compile(r"\d[\d,\u00a0\u202f]*(?:\.\d+)?")
_BRACKET = re.compile(r"\s*[(\[/]\s*(?:about|around|some|roughly|nearly|or)?\s*")
MEASURES = frozenset({"km", "m", "km²", "kg", "t", "l"})


def shares(spans: tuple[FigureSpan, ...], figures: tuple[Figure, ...]) -> Iterator[Doubt]:
    """Shares that the part and the whole do not give: "28,000 (45 percent)" of 80,000."""
    for span, figure in zip(spans, figures, strict=True):
        if span.share is None or span.part_of is None:
            continue
        whole = figures[span.part_of]
        part_range, whole_range = _reach(figure), _reach(whole)
        if not part_range or not whole_range or whole_range[0] <= 0:
            continue
        low, high = part_range[0] / whole_range[1], part_range[1] / whole_range[0]
        half = 0.5 / 100
        if high < span.share - half or low > span.share + half:
            stated = f"{span.share * 100:g} percent"
            computed = (figure.value or low) / (whole.value or whole_range[1])
            yield (
                f"{figure.text} is given as {stated} of {whole.text}, but is {computed:.0%} of it",
                (figure, whole),
            )


def _reach(figure: Figure) -> tuple[float, float] | None:
    """The values that a figure can mean; open ends are not guessed."""
    if figure.value is None:
        if figure.low is None or figure.high is None:
            return None
        return figure.low, figure.high
    slack = figure.value * ABOUT if figure.bound != "exact" else 0.0
    return figure.value - slack, figure.value + slack


def sums(spans: tuple[FigureSpan, ...], figures: tuple[Figure, ...]) -> Iterator[Doubt]:
    """Parts of one list that are more than their whole: "12 dead, including 9 women and 5 men"."""
    parts: dict[int, list[int]] = {}
    for k, span in enumerate(spans):
        if span.part_of is not None and span.unit != "percent":
            parts.setdefault(span.part_of, []).append(k)
    for whole_index, indices in parts.items():
        whole = figures[whole_index]
        for run in _lists(spans, indices):
            listed = [figures[k] for k in run]
            lows = [figure.low for figure in listed if figure.low is not None]
            if len(run) > 1 and whole.high is not None and sum(lows) > whole.high:
                words = " and ".join(f"{f.text} {f.of or ''}".strip() for f in listed)
                yield (
                    f"the parts ({words}) add up to {_plain(sum(lows))}, more than the whole "
                    f"({whole.text} {whole.of or ''})".replace(" )", ")"),
                    (whole, *listed),
                )


def _lists(spans: tuple[FigureSpan, ...], indices: list[int]) -> Iterator[list[int]]:
    """Runs of parts that follow one another and count different things in the same state."""
    run: list[int] = []
    for k in indices:
        nouns = {spans[j].of for j in run}
        follows = run and spans[k].start - spans[run[-1]].end < 40
        if follows and spans[k].of not in nouns and spans[k].effect == spans[run[0]].effect:
            run.append(k)
        else:
            if run:
                yield run
            run = [k]
    if run:
        yield run


def units(document: Document, figures: tuple[Figure, ...]) -> Iterator[Doubt]:
    """Pairs of units that differ by more than their rounding: "50 kilometers (80 miles)"."""
    for left, right in pairwise(figures):
        if left.unit not in MEASURES or left.unit != right.unit or right.start < left.end:
            continue
        if not _BRACKET.fullmatch(document.text[left.end : right.start]):
            continue
        first, second = _rounded(left), _rounded(right)
        if first and second and (first[1] < second[0] or second[1] < first[0]):
            yield (
                f"{left.text} and {right.text} are not the same: {right.text} is "
                f"{_plain(right.value or 0)} {right.unit}",
                (left, right),
            )


def _rounded(figure: Figure) -> tuple[float, float] | None:
    """What a measured figure can stand for, given how finely it is written ("50": 45 to 55)."""
    match = _NUMBER.search(figure.text)
    if not match or figure.value is None:
        return None
    digits = re.sub(r"[^\d.]", "", match.group())
    stated = float(digits)
    if not stated:
        return None
    if "." in digits:
        step = 10.0 ** -len(digits.split(".")[1])
    else:
        step = 10.0 ** (len(digits) - len(digits.rstrip("0")))
    factor = figure.value / stated
    return (stated - step / 2) * factor, (stated + step / 2) * factor


def _plain(value: float) -> str:
    return f"{value:,.1f}".removesuffix(".0")
