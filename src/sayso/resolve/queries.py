"""Queries: doubts about one document that a person should look at, with both sides shown."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator

from sayso.ids import Span, record_id
from sayso.resolve.figure_checks import shares, sums, units
from sayso.resolve.paraphrases import paraphrases
from sayso.schema import (
    Annotations,
    Block,
    DateClaim,
    Document,
    EventSpan,
    Evidence,
    Figure,
    Publication,
    Query,
    QueryKind,
    Statement,
)

METHOD = "queries.rules/1"

LONGEST_RUN = 4
"""Figures of a body that may be added up to meet a headline's toll, at most."""

SLACK_DAYS = 1
"""Days by which two stated dates may differ: time zones and late nights."""

_CASUALTIES = ("killed", "wounded")
_VIOLENT = frozenset({"FIGHT", "ASSAULT"})
_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(rf"\b(?:{words})\b", re.IGNORECASE))
    for name, words in (
        ("an air strike", r"air[\s-]?(?:strikes?|raids?)|warplanes?|jets?|barrel bombs?"),
        ("shelling", r"shell(?:s|ing|ed)?|mortars?|rockets?|artillery"),
        ("a bomb", r"car bomb\w*|suicide|explosions?|blasts?|IEDs?|mines?"),
        ("chemical weapons", r"chemical|chlorine|sarin|gas"),
    )
)
_PHRASE_END = re.compile(
    r"[,.;:()\n]|\s(?:in|on|at|near|of|close|that|which|who|by|from|to|and|with|was|were)\s"
)
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_FULL_DATE = re.compile(
    rf"\b(?:(?P<m1>{'|'.join(_MONTHS)})\s+(?P<d1>\d{{1,2}})|(?P<d2>\d{{1,2}})\s+(?P<m2>{'|'.join(_MONTHS)})),?\s+(?P<year>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    r"\b(?:until|by|before|will|would|scheduled|planned|due|expected|upcoming|next|slated|from)\b",
    re.IGNORECASE,
)

_Side = tuple[str, list[Span]]


def raise_queries(
    document: Document,
    annotations: Annotations,
    publication: Publication,
    figures: tuple[Figure, ...],
    statements: tuple[Statement, ...],
) -> tuple[Query, ...]:
    """The doubts about a document: share, sum, unit, headline, caption, paraphrase, date.

    Only what is doubtful is raised. Evidence holds both sides wherever both stand in the text.
    """
    found: list[tuple[QueryKind, str, list[Span]]] = []

    def add(kind: QueryKind, sides: Iterable[_Side]) -> None:
        found.extend((kind, message, spans) for message, spans in sides)

    if len(figures) == len(annotations.figures):
        add("share", _of_figures(shares(annotations.figures, figures)))
        add("sum", _of_figures(sums(annotations.figures, figures)))
        add("unit", _of_figures(units(document, figures)))
        add("paraphrase", paraphrases(document, annotations, figures, statements))
    add("headline", _headline(document, figures))
    add("caption", _caption_figures(document, figures))
    add("caption", _caption_kinds(document, annotations))
    add("date", _dates(document, publication))
    queries = {
        query.id: query
        for query in (_query(document, kind, message, spans) for kind, message, spans in found)
    }
    return tuple(queries.values())


def _query(document: Document, kind: QueryKind, message: str, spans: list[Span]) -> Query:
    return Query(
        id=record_id(document.source, document.text_sha256, f"query/{kind}", spans),
        evidence=tuple(Evidence(document=document.source, start=a, end=b) for a, b in spans),
        method=METHOD,
        document=document.source,
        kind=kind,
        message=message,
    )


def _of_figures(doubts: Iterable[tuple[str, tuple[Figure, ...]]]) -> Iterator[_Side]:
    for message, told in doubts:
        yield message, [(figure.start, figure.end) for figure in told]


def _in_blocks(document: Document, figures: Iterable[Figure], kinds: set[str]) -> list[Figure]:
    blocks = [block for block in document.blocks if block.kind in kinds]
    return [f for f in figures if any(b.start <= f.start < b.end for b in blocks)]


def _tolls(figures: Iterable[Figure]) -> list[Figure]:
    return [
        figure
        for figure in figures
        if figure.unit == "people"
        and figure.part_of is None
        and any(effect in (figure.effect or "") for effect in _CASUALTIES)
    ]


def _headline(document: Document, figures: tuple[Figure, ...]) -> Iterator[_Side]:
    """A headline's toll that no toll of the body allows."""
    body = _tolls(_in_blocks(document, figures, {"prose"}))
    # Flattened pages repeat their headline at the head of the text: that is no second voice.
    repeats = _repeats(document)
    body = [f for f in body if not any(a <= f.start < b for a, b in repeats)]
    for toll in _tolls(_in_blocks(document, figures, {"headline"})):
        others = [figure for figure in body if _same_effect(toll, figure)]
        if others and not _is_met(toll, others):
            given = ", ".join(dict.fromkeys(_told(figure) for figure in others[:4]))
            yield (
                f"the headline says {_told(toll)}; the text says {given}",
                [(toll.start, toll.end), *((f.start, f.end) for f in others[:4])],
            )


def _repeats(document: Document) -> list[Span]:
    found = []
    for block in document.blocks:
        if block.kind == "headline":
            words = document.text[block.start : block.end].strip()
            at = document.text.find(words, block.end) if words else -1
            if at >= 0:
                found.append((at, at + len(words)))
    return found


def _same_effect(left: Figure, right: Figure) -> bool:
    one, two = left.effect or "", right.effect or ""
    return one == two or (" or " in one and two in one.split(" or ")) or one in two.split(" or ")


def _is_met(toll: Figure, others: list[Figure]) -> bool:
    """Whether a figure of the body, or a few that follow one another added up, allows the toll."""
    for first in range(len(others)):
        low, high = 0.0, 0.0
        for figure in others[first : first + LONGEST_RUN]:
            low += figure.low or 0.0
            high += figure.high if figure.high is not None else float("inf")
            if low <= _top(toll) and _bottom(toll) <= high:
                return True
    return False


def _top(figure: Figure) -> float:
    return figure.high if figure.high is not None else float("inf")


def _bottom(figure: Figure) -> float:
    return figure.low if figure.low is not None else 0.0


def _told(figure: Figure) -> str:
    return " ".join(part for part in (figure.text, figure.of, figure.effect) if part)


def _caption_figures(document: Document, figures: tuple[Figure, ...]) -> Iterator[_Side]:
    """A caption's toll that no toll of the text allows."""
    body = _tolls(_in_blocks(document, figures, {"prose", "headline"}))
    for toll in _tolls(_in_blocks(document, figures, {"caption"})):
        others = [figure for figure in body if figure.effect == toll.effect]
        if others and not _is_met(toll, others):
            given = ", ".join(dict.fromkeys(_told(figure) for figure in others[:4]))
            yield (
                f"the caption says {_told(toll)}; the text says {given}",
                [(toll.start, toll.end), *((f.start, f.end) for f in others[:4])],
            )


def _caption_kinds(document: Document, annotations: Annotations) -> Iterator[_Side]:
    """A caption that names a weapon which the text, telling of the same target, does not name."""
    captions = [block for block in document.blocks if block.kind == "caption"]
    prose = [block for block in document.blocks if block.kind == "prose"]
    violent = [event for event in annotations.events if event.type in _VIOLENT and event.targets]
    told = [event for event in violent if _holds(prose, event)]
    for event in violent:
        if not _holds(captions, event):
            continue
        kind = _weapon(document.text, _reach(event))
        target = _head(document.text, event)
        same = [other for other in told if target in _target_words(document.text, other)]
        if kind is None or not same:
            continue
        kinds = {_weapon(document.text, _around(annotations, other)) for other in same}
        if kind in kinds:
            continue
        named = " or ".join(sorted(k for k in kinds if k)) or "no weapon"
        yield (
            f"the caption says {kind} hit the {target}; the text, telling of the {target}, "
            f"names {named}",
            [_reach(event), *(_reach(other) for other in same[:3])],
        )


def _holds(blocks: list[Block], event: EventSpan) -> bool:
    return any(block.start <= event.start < block.end for block in blocks)


def _reach(event: EventSpan) -> Span:
    """From the first to the last word of an event's trigger and arguments."""
    spans = [(event.start, event.end), *event.agents, *event.targets]
    spans += [event.instrument] if event.instrument else []
    return min(a for a, _ in spans), max(b for _, b in spans)


def _around(annotations: Annotations, event: EventSpan) -> Span:
    for start, end in annotations.sentences:
        if start <= event.start < end:
            return start, end
    return _reach(event)


def _weapon(text: str, span: Span) -> str | None:
    words = text[span[0] : span[1]]
    return next((name for name, pattern in _KINDS if pattern.search(words)), None)


def _head(text: str, event: EventSpan) -> str:
    start, end = event.targets[0]
    return (text[start:end].lower().split() or [""])[-1].removesuffix("s")


def _target_words(text: str, event: EventSpan) -> set[str]:
    """The words of what an event hit, up to the end of its noun phrase ("UN aid convoy")."""
    start, end = event.targets[0]
    more = _PHRASE_END.split(text[end : end + 40], maxsplit=1)[0]
    return {word.removesuffix("s") for word in (text[start:end] + more).lower().split()}


def _dates(document: Document, publication: Publication) -> Iterator[_Side]:
    """A table's date against the text's own; days in the text that lie after the publication."""
    own = [claim for claim in document.dates if claim.start is not None and _day(claim)]
    stated = [claim for claim in document.dates if claim.start is None and _day(claim)]
    for claim in own[:1]:
        for other in stated:
            days = abs((_known(claim) - _known(other)).days)
            if days > SLACK_DAYS and claim.start is not None and claim.end is not None:
                yield (
                    f"the {_where(other)} says {_known(other)}, the text says {_known(claim)} "
                    f"({claim.words or document.text[claim.start : claim.end]})",
                    [(claim.start, claim.end)],
                )
    if publication.latest and (own or stated):
        latest = dt.date.fromisoformat(publication.latest)
        for match in _FULL_DATE.finditer(document.text):
            day = _full(match)
            ahead = _AHEAD.search(document.text[max(0, match.start() - 50) : match.start()])
            if day and (day - latest).days > SLACK_DAYS and not ahead:
                yield (
                    f"the text tells of {day}, after its publication date {latest} "
                    f"({publication.how})",
                    [match.span()],
                )
                return


def _where(claim: DateClaim) -> str:
    return {"table": "table", "metadata": "page", "given": "option --date", "text": "text"}[
        claim.how
    ]


def _day(claim: DateClaim) -> dt.date | None:
    match = re.match(r"(\d{4})-(\d\d)-(\d\d)", claim.value)
    return _date(*(int(part) for part in match.groups())) if match else None


def _known(claim: DateClaim) -> dt.date:
    day = _day(claim)
    assert day is not None
    return day


def _full(match: re.Match[str]) -> dt.date | None:
    month = (match["m1"] or match["m2"]).lower()
    return _date(int(match["year"]), _MONTHS.index(month) + 1, int(match["d1"] or match["d2"]))


def _date(year: int, month: int, day: int) -> dt.date | None:
    """The date, or None for days that no calendar has ("40 May")."""
    if not (1 <= year <= 9999 and 1 <= month <= 12 and day >= 1):
        return None
    last = (
        (dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)).day
        if year < 9999
        else 31
    )
    return dt.date(year, month, day) if day <= last else None
