"""Paraphrases against quotations: the same share or number, told of different things."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from sayso.ids import Span
from sayso.schema import Annotations, Document, Figure, FigureSpan, Statement

REACH = 900
"""Characters between a paraphrase and the quotation that it may render, at most."""

_NAME = r"(?:[A-Z]|al-|el-)[\w’'-]*(?:\s+(?:[A-Z]|al-|el-)[\w’'-]*)*"
_PAIR = re.compile(
    rf"(?P<left>{_NAME})\s*(?:\[[^\]]{{0,40}}\]\s*)?(?:,\s*)?\s*(?:and|&)\s+(?P<right>{_NAME})"
)
_CAPITAL = re.compile(_NAME)
_ARMED = frozenset([
    "soldier", "fighter", "militant", "terrorist", "rebel", "insurgent", "troop", "gunman",
    "gunmen", "jihadist", "extremist", "combatant",
])  # fmt: skip
_UNARMED = frozenset([
    "civilian", "child", "woman", "resident", "refugee", "villager", "infant", "girl", "boy",
    "protester", "student", "women", "children",
])  # fmt: skip


def paraphrases(
    document: Document,
    annotations: Annotations,
    figures: tuple[Figure, ...],
    statements: tuple[Statement, ...],
) -> Iterator[tuple[str, list[Span]]]:
    """Doubts, each a message with the spans of both sides.

    A paraphrase is a figure outside quotation, a quotation one inside a direct statement near it.
    They are compared where they give the same share, or the same number of the same effect.
    """
    forms = {statement.id: statement for statement in statements}
    quoted = [k for k, f in enumerate(figures) if _is_quoted(f, forms, document.text)]
    if not quoted:
        return
    for k, figure in enumerate(figures):
        if k in quoted or figure.of is None:
            continue
        for j in quoted:
            other = figures[j]
            if abs(other.start - figure.start) > REACH or _other_voice(figure, other):
                continue
            told = _told_apart(document, annotations, figures, k, j)
            if told:
                sentence = _sentence(annotations.sentences, other)
                yield told, [_phrase(annotations.figures[k]), sentence]
                break


def _is_quoted(figure: Figure, forms: dict[str, Statement], text: str) -> bool:
    statement = forms.get(figure.statement or "")
    if statement is None or statement.form == "indirect":
        return False
    if statement.form == "direct":
        return True
    before = text[statement.content_spans[0][0] : figure.start]
    return len(re.findall(r"[“”\"]", before)) % 2 == 1


def _other_voice(left: Figure, right: Figure) -> bool:
    """Whether the two stand on different named words. "The deputy head" and his name may be one."""
    both_named = left.voice == "named" and right.voice == "named"
    return both_named and left.speaker != right.speaker


def _told_apart(
    document: Document,
    annotations: Annotations,
    figures: tuple[Figure, ...],
    k: int,
    j: int,
) -> str | None:
    left, right = figures[k], figures[j]
    share, quoted_share = _share(annotations.figures[k]), _share(annotations.figures[j])
    if share and quoted_share:
        if not _meet(share, quoted_share):
            return None
        return _by_names(document, annotations, left, right)
    same = left.value is not None and left.value == right.value and left.effect == right.effect
    if same and left.effect and share is None and quoted_share is None and right.of:
        kinds = {_kind(left.of), _kind(right.of)}
        if kinds == {"armed", "unarmed"}:
            return (
                f"the paraphrase counts {left.of} ({left.text}); the quotation counts {right.of} "
                f"({right.text})"
            )
    return None


def _share(span: FigureSpan) -> Span | tuple[float, float] | None:
    """The share that a figure gives, as an interval of percent."""
    if span.share is not None:
        return span.share * 100 - 0.5, span.share * 100 + 0.5
    if span.unit != "percent" or span.value is None:
        return None
    low = span.low if span.low is not None else 0.0
    high = span.high if span.high is not None else min(100.0, span.value * 1.25)
    return low, high


def _meet(left: tuple[float, float], right: tuple[float, float]) -> bool:
    return left[0] <= right[1] and right[0] <= left[1]


def _by_names(
    document: Document, annotations: Annotations, left: Figure, right: Figure
) -> str | None:
    """Whom the paraphrase counts against whom the quotation counts."""
    names = _CAPITAL.findall(left.of or "")
    if not names:
        return None
    start, end = _sentence(annotations.sentences, right)
    words = document.text[start:end]
    own = _CAPITAL.findall(right.of or "")
    if own:
        if {n.lower() for n in own} & {n.lower() for n in names}:
            return None
        return (
            f"the paraphrase counts {left.of} ({left.text}); the quotation counts {right.of} "
            f"({right.text})"
        )
    for pair in _PAIR.finditer(words):
        together = f"{pair['left']} and {pair['right']}"
        if len(names) < 2 and pair.start() < right.start - start:
            return (
                f"the paraphrase counts {left.of} alone ({left.text}); the quotation counts "
                f"{together} together ({right.text})"
            )
    return None


def _kind(of: str | None) -> str | None:
    words = (of or "").lower().split()
    last = {w for word in words[-1:] for w in (word, word.removesuffix("s"))}
    return "armed" if last & _ARMED else "unarmed" if last & _UNARMED else None


def _phrase(span: FigureSpan) -> Span:
    end = max(span.end, span.of_span[1]) if span.of_span else span.end
    return min(span.start, span.of_span[0] if span.of_span else span.start), end


def _sentence(sentences: tuple[Span, ...], figure: Figure) -> Span:
    at = bisect_right(sentences, (figure.start, 1 << 62)) - 1
    if at >= 0 and sentences[at][1] >= figure.end:
        return sentences[at]
    return figure.start, figure.end
