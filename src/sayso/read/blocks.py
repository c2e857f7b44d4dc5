"""Paragraphs → blocks: headline, dateline, heading, prose, caption, furniture."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from sayso.ids import Span
from sayso.knowledge import Knowledge
from sayso.read.captions import is_caption
from sayso.read.dates import find_dates
from sayso.read.openings import closing_start, split_opening, title_end, trim
from sayso.read.patterns import Patterns, patterns_of
from sayso.read.web import Hint
from sayso.schema import Block, BlockKind

LONGEST_HEADING = 120
LONGEST_HEADLINE = 250
LONGEST_LINE = 400
"""Characters above which a line is not tried against patterns of furniture."""

_STOPS = tuple(".!?…:;,”\"’')")
_FULL_STOPS = tuple(".!?…")
_CRUMB = re.compile(r"[\w&'’ .-]{1,40}")
_MARK = re.compile(r"[/>»›|•·]")
_SPACED_MARK = re.compile(r"\s[/>»›|•·]\s")
_BYLINE = re.compile(r"(?:by|from|story by|words by|written by)\s+(?-i:[A-Z])[^.!?]{2,80}", re.I)
_BESIDE_DATES = frozenset(
    ["at", "by", "am", "pm", "on", "and", "in", "gmt", "utc", "est", "edt", "bst", "msk", "ksa"]
)
_QUOTED = re.compile(r"[\"“”]")


class _Line(msgspec.Struct):
    """A paragraph on its way to a kind; "" is not decided yet."""

    start: int
    end: int
    words: str
    hint: Hint
    kind: BlockKind | None = None


def find_blocks(
    text: str,
    paragraphs: Sequence[Span],
    *,
    knowledge: Knowledge,
    hints: Sequence[Hint] = (),
    title: str | None = None,
) -> list[Block]:
    """The blocks of a page's paragraphs: in order, covering every character but white space.

    `hints` say what markup tells of each paragraph; `title` is the headline where it is known
    from elsewhere.
    """
    patterns = patterns_of(knowledge)
    given = hints or [""] * len(paragraphs)
    lines = [_Line(a, b, text[a:b], hint) for (a, b), hint in zip(paragraphs, given, strict=True)]
    for line in lines:
        line.kind = _kind_alone(line, patterns, knowledge)
    prose = [k for k, line in enumerate(lines) if line.kind is None and _is_prose(line)]
    if title and not prose:
        # the text of a table row or page under its title, however short
        prose = [
            k for k, line in enumerate(lines) if line.kind is None and len(line.words.split()) > 3
        ]
        for k in prose:
            lines[k].kind = "prose"
    first = prose[0] if prose else len(lines)
    last = _last_of_article(lines, prose, patterns)
    headline = _headline(lines, first, title)
    _name_lines(lines, first, headline, patterns)
    for k, line in enumerate(lines):
        if k > last and line.hint != "main":
            line.kind = "furniture"
        elif k == headline:
            line.kind = "headline"
        elif line.kind is None:
            line.kind = _kind_in_place(k, line, lines, first=first, last=last)
    return _split(text, lines, patterns, knowledge, title=title or _title_of(lines))


def _kind_alone(line: _Line, patterns: Patterns, knowledge: Knowledge) -> BlockKind | None:
    """What a line is by itself, wherever it stands."""
    words, hint = line.words, line.hint
    by_hint: dict[Hint, BlockKind] = {"title": "headline", "caption": "caption"}
    if hint == "furniture":
        return "furniture"
    if hint in by_hint:
        return by_hint[hint]
    if len(words) > LONGEST_LINE:
        return "caption" if is_caption(words, patterns) else None
    if hint != "main" and (patterns.line.fullmatch(words) or _is_crumbs(words)):
        return "furniture"
    if _is_dateline(words, patterns, knowledge):
        return "dateline"
    if is_caption(words, patterns):
        return "caption"
    if hint == "heading":
        return "heading"
    return "dateline" if hint in ("date", "byline") and len(words) < 150 else None


def _is_crumbs(words: str) -> bool:
    """Breadcrumbs: "News / World / Africa": few short words between slashes, bars or arrows."""
    if len(words) > 120 or words.endswith(_FULL_STOPS) or not _SPACED_MARK.search(words):
        return False
    parts = [part.strip() for part in _MARK.split(words)]
    return 2 <= len(parts) <= 7 and all(
        _CRUMB.fullmatch(part) and len(part.split()) <= 4 for part in parts
    )


def _is_dateline(words: str, patterns: Patterns, knowledge: Knowledge) -> bool:
    """A line of date, byline, agency and outlet and nothing else."""
    if len(words) > 160 or words.endswith(("?", "!")):
        return False
    if _BYLINE.fullmatch(words) or knowledge.outlets.find(words):
        return True
    rest = words
    dates = find_dates(words)
    if not dates:
        return False
    for date in reversed(dates):
        rest = rest[: date.start] + " " + rest[date.end :]
    rest = patterns.date_cue.sub(" ", rest)
    rest = knowledge.outlets.pattern.sub(" ", rest)
    left = re.findall(r"[^\W\d_]{2,}", rest)
    small = {
        "at",
        "by",
        "am",
        "pm",
        "on",
        "gmt",
        "utc",
        "est",
        "edt",
        "bst",
        "and",
        "in",
        "msk",
        "ksa",
    }
    others = [word for word in left if word.lower() not in small]
    capitals = [word for word in others if word[0].isupper()]
    # a byline or a place may stand beside the date; a sentence may not
    return len(others) <= 5 and len(capitals) == len(others) and not words.endswith(".")


def _is_prose(line: _Line) -> bool:
    """Whether a line reads as a paragraph: long, or ended as a sentence is."""
    words = line.words
    if line.hint == "heading":
        return False
    count = len(words[:1000].split())
    ended = words.rstrip("\"”’')]").endswith(_FULL_STOPS)
    return (
        (ended and count >= 5) or count > 25 or (_QUOTED.search(words) is not None and count > 12)
    )


def _last_of_article(lines: list[_Line], prose: list[int], patterns: Patterns) -> int:
    """The index of the article's last line: what follows is the rest of the page.

    A section that ends articles (comments, related stories) counts once half of the prose is
    behind it; after the last prose only datelines and captions still belong.
    """
    if not prose:
        return len(lines) - 1
    last = prose[-1]
    whole = sum(len(lines[k].words) for k in prose)
    before = 0
    for k, line in enumerate(lines[: last + 1]):
        is_section = (
            line.hint != "main"
            and len(line.words) < 200
            and before * 2 >= whole
            and patterns.section.fullmatch(line.words)
        )
        if is_section:
            last = k - 1
            break
        if line.kind is None and _is_prose(line):
            before += len(line.words)
    while last + 1 < len(lines) and lines[last + 1].kind in ("dateline", "caption"):
        last += 1
    return last


def _headline(lines: list[_Line], first: int, title: str | None) -> int | None:
    """The index of the headline: what repeats the title, else the first bare line before prose."""
    if any(line.kind == "headline" for line in lines):
        return None
    for k, line in enumerate(lines[: first + 1]):
        if title and line.kind in (None, "heading") and len(line.words) < LONGEST_HEADLINE:
            stop = title_end(line.words, 0, len(line.words), title)
            if stop is not None and stop >= len(line.words) - 1:
                return k
    if title:
        return None
    for k, line in enumerate(lines[:first]):
        bare = line.kind in (None, "heading") and len(line.words) <= LONGEST_HEADLINE
        if bare and len(line.words.split()) >= 3:
            return k
    return None


def _name_lines(lines: list[_Line], first: int, headline: int | None, patterns: Patterns) -> None:
    """A short line of capitals right beside a date above the prose is the dateline's too."""
    for k, line in enumerate(lines[:first]):
        if line.kind is None and k != headline and patterns.outlet_word.search(line.words):
            beside = lines[max(0, k - 1) : k] + lines[k + 1 : k + 2]
            short = len(line.words) <= 40 and line.words.replace(" ", "").isalpha()
            if short and any(other.kind == "dateline" for other in beside):
                line.kind = "dateline"


def _kind_in_place(k: int, line: _Line, lines: list[_Line], *, first: int, last: int) -> BlockKind:
    """What an undecided line is by where it stands."""
    if _is_prose(line) or first == len(lines):
        return "prose"
    words = line.words
    short = len(words) <= LONGEST_HEADING and len(words.split()) <= 16
    if not short:
        return "prose"
    if k < first and k < len(lines):
        # above the article: one line of words is a summary or kicker, bits of the page are not
        return "heading" if len(words.split()) >= 4 else "furniture"
    ended = words.endswith(_STOPS)
    followed = any(
        _is_prose(other)
        for other in lines[k + 1 : last + 1]
        if other.kind is None or other.kind == "prose"
    )
    if ended or not followed:
        return "prose" if ended or k <= last else "furniture"
    return "heading"


def _title_of(lines: list[_Line]) -> str:
    return next((line.words for line in lines if line.kind == "headline"), "")


def _split(
    text: str, lines: list[_Line], patterns: Patterns, knowledge: Knowledge, *, title: str
) -> list[Block]:
    """Blocks of the lines; the first and last paragraphs of prose are split from page furniture."""
    proses = [k for k, line in enumerate(lines) if line.kind == "prose"]
    blocks: list[Block] = []
    for k, line in enumerate(lines):
        assert line.kind is not None
        if line.kind != "prose" or k not in (proses[0], proses[-1]):
            blocks.append(Block(kind=line.kind, start=line.start, end=line.end))
            continue
        end = line.end
        if k == proses[-1]:
            near = max(line.start, end - 3_000)
            named = [(near + a, near + b) for a, b, _ in knowledge.outlets.named_in(text[near:end])]
            end = closing_start(text, line.start, end, patterns, outlet_names=named)
        if k == proses[0]:
            blocks += split_opening(text, line.start, end, patterns, title=title)
        else:
            body = trim(text, line.start, end)
            blocks += [Block(kind="prose", start=body[0], end=body[1])] if body else []
        rest = trim(text, end, line.end)
        if rest:
            blocks.append(Block(kind="furniture", start=rest[0], end=rest[1]))
    return blocks
