"""Naming: what outlets and speakers call whom."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec

from sayso.ids import Span, record_id
from sayso.resolve.ranges import Ranges
from sayso.resolve.speakers import Actors
from sayso.resolve.statements import UNKNOWN_OUTLET, StatementIndex
from sayso.schema import Annotations, Document, Evidence, LocalActor, LocalNaming, Statement

if TYPE_CHECKING:
    from sayso.knowledge import Knowledge

METHOD = "naming.rules/1"

MOST_WORDS = 3
"""Words behind a quality ("so-called") that are taken for what it qualifies."""
_NEAR = 60
"""Code points between a label and the actor's name in one noun phrase."""
_NAME_FIRST = re.compile(r"(?:[’']s?|s)?[\s-]+(?:[a-z-]+\s+)?|[’']s?\s+")
_NAME_LAST = re.compile(
    r",?\s+(?:(?:group|groups|organi[sz]ations?|fighters?|forces|leader|faction|alliance|known as"
    r"|called|like|such as|of|including|the|president)\s+)*"
)
_WORDS_AFTER = re.compile(r"\s+[\"“‘']?([a-z][\w-]*)")
_NO_NOUN = frozenset(
    [
        "and",
        "or",
        "of",
        "in",
        "to",
        "who",
        "that",
        "which",
        "for",
        "on",
        "at",
        "is",
        "are",
        "was",
        "were",
        "have",
        "has",
        "had",
        "been",
        "by",
        "from",
        "with",
        "as",
        "near",
        "around",
        "inside",
        "against",
        "it",
        "they",
        "he",
        "she",
        "we",
        "his",
        "her",
        "its",
        "their",
        "this",
        "these",
        "the",
        "a",
        "an",
        "would",
        "could",
        "will",
        "over",
        "under",
        "after",
        "before",
        "during",
        "but",
    ]
)
_SPEAKING = frozenset({"person", "agency", "outlet", "monitor", "ministry", "rescue service"})
"""Kinds of actors whose name before a label is somebody else's ("AGENCY rebels took ...")."""
_OPENING, _CLOSING = "“„«", "”»"


class Label(msgspec.Struct, frozen=True):
    """A label as it stands in a text: `group` is the list it comes from."""

    label: str
    group: str
    start: int
    end: int


def resolve_naming(
    document: Document,
    annotations: Annotations,
    actors: tuple[LocalActor, ...],
    statements: tuple[Statement, ...],
    *,
    knowledge: Knowledge,
) -> tuple[LocalNaming, ...]:
    """Every use of a loaded label for an actor, in text order.

    `actor` is the one that the label's noun phrase names or refers to; where the document leaves
    that open, the words themselves, with a null `actor_id`. `by` is the speaker where the label
    stands in words quoted directly, else the outlet.
    """
    found = Actors(actors, annotations)
    index = StatementIndex(statements)
    outlet = document.outlet or UNKNOWN_OUTLET
    records = []
    names = Ranges((*m.head, n) for n, m in enumerate(annotations.mentions) if m.form == "name")
    for use in _labels(document, knowledge):
        if _in_a_name(use, names):
            continue
        actor = _named(document.text, use, found)
        if actor is None and use.group == "deeds":
            continue
        statement = index.innermost(use.start, use.end)
        own = statement is None or not _in_own_words(document.text, statement, use)
        records.append(
            LocalNaming(
                id=record_id(
                    document.source, document.text_sha256, "naming", [(use.start, use.end)]
                ),
                evidence=(Evidence(document=document.source, start=use.start, end=use.end),),
                method=METHOD,
                document=document.source,
                actor=actor.name if actor else _own_words(document.text, use),
                actor_id=actor.id if actor else None,
                label=use.label,
                by=outlet if own or statement is None else statement.speaker or outlet,
                start=use.start,
                end=use.end,
            )
        )
    return tuple(records)


def _in_a_name(use: Label, names: Ranges[int]) -> bool:
    """Whether a label is a part of somebody's proper name: "Ridge Liberation Front"."""
    held = names.holding(use.start, use.end)
    return any(end - start > use.end - use.start for start, end, _ in held)


def _labels(document: Document, knowledge: Knowledge) -> list[Label]:
    pattern, labels = _patterns(knowledge.folders)
    found: list[Label] = []
    for block in document.blocks:
        if block.kind == "furniture":
            continue
        for match in pattern.finditer(document.text, block.start, block.end):
            label, group = labels[" ".join(match.group().lower().split())]
            if group != "exceptions":  # longer forms match first, so they shield the label in them
                found.append(Label(label, group, *match.span()))
    return found


@lru_cache(maxsize=8)
def _patterns(folders: tuple[str, ...]) -> tuple[re.Pattern[str], dict[str, tuple[str, str]]]:
    from sayso.knowledge import load

    labels: dict[str, tuple[str, str]] = {}
    for group, entries in load(folders).lexicon("labels").items():
        for label, forms in entries.items():
            for form in forms:
                labels[form.lower()] = (label, group)
    forms_first = sorted(labels, key=len, reverse=True)
    either = "|".join(r"\s+".join(map(re.escape, form.split())) for form in forms_first)
    return re.compile(rf"(?<![\w-])(?:{either})(?![\w-])", re.I), labels


def _named(text: str, use: Label, actors: Actors) -> LocalActor | None:
    """The actor whom a label is used for: in its noun phrase, beside it, or by its mention."""
    around = actors.overlapping(max(0, use.start - _NEAR), use.end + _NEAR)
    beside: list[tuple[int, int, LocalActor]] = []
    for start, end, actor in around:
        if start <= use.start and use.end <= end and actors.named(actor):
            beside.append((0, end - start, actor))
        elif (
            end <= use.start
            and actor.kind not in _SPEAKING
            and _NAME_FIRST.fullmatch(text, end, use.start)
        ):
            beside.append((1, use.start - end, actor))
        elif start >= use.end and _NAME_LAST.fullmatch(text, use.end, start):
            beside.append((2, start - use.end, actor))
    named = [row for row in beside if actors.named(row[2])]
    return min(named, key=lambda row: row[:2])[2] if named else None


def _own_words(text: str, use: Label) -> str:
    """What a label names where no actor is known: the label's words with the noun behind it."""
    words = " ".join(text[use.start : use.end].split())
    if use.group != "qualities":
        return words
    found: list[str] = []
    at = use.end
    while len(found) < MOST_WORDS:
        after = _WORDS_AFTER.match(text, at)
        if after is None or after.group(1) in _NO_NOUN:
            break
        found.append(after.group(1))
        at = after.end()
    return " ".join(found) or words


def _in_own_words(text: str, statement: Statement, use: Label) -> bool:
    """Whether a label stands between the quotation marks of a statement."""
    if statement.form == "direct":
        return True
    if statement.form == "indirect":
        return False
    return any(_is_quoted(text, part, use.start) for part in statement.content_spans)


def _is_quoted(text: str, part: Span, at: int) -> bool:
    if not part[0] <= at < part[1]:
        return False
    is_open = False
    for mark in re.findall(f'["{_OPENING}{_CLOSING}]', text[part[0] : at]):
        is_open = mark in _OPENING or (mark == '"' and not is_open)
    return is_open
