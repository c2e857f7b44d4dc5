"""A first paragraph that runs on from page furniture, and a last one that runs on into it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sayso.ids import Span
from sayso.read.captions import credited_caption
from sayso.read.dates import WEEKDAY, find_dates
from sayso.read.patterns import Patterns
from sayso.schema import Block, BlockKind

MOST_PIECES = 12
LINKED_REACH = 200
"""Characters in which the links before a headline that is said again stand."""

LOOK_AHEAD = 450
"""Characters of a first paragraph in which an agency with its date is looked for."""
LONGEST_CLOSING = 700
LONGEST_CREDIT = 120
LONGEST_FOOT = 3_000

_Piece = tuple[BlockKind, int, int]

_TIME = re.compile(
    r"[\s,|-]{0,3}(?:at\s)?(?:\d{1,2}:\d\d(?::\d\d)?(?:\s?[ap]\.?m\.?)?|\d{4})?\)?"
    r"(?:\s?(?:UTC|GMT|KSA|MSK)(?:[+-]\d{1,2})?\b)?(?=[\s)]|$)",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r",?\s(?:was|were|is|are|has|had|will|saw|mark(?:s|ed)|and|to|until|in)\b")
"""After a date: a sentence that begins with it ("12 May 2015 was …")."""
_BITS = re.compile(
    r"(?:[A-Z][\w.'’-]*|[-–—|/]|\d{1,4})(?:\s(?:[A-Z][\w.'’-]*|[-–—|/]|\d{1,4})){0,11}\s"
)
_BY = re.compile(r"\s*(?:by|By|BY)\s+")
_NAMES = re.compile(r"[A-Z][\w.'’-]+(?:\s[A-Z][\w.'’-]+){0,2}")
_DAY_DATE = re.compile(rf"{WEEKDAY},?\s(?:\d|[A-Z][a-z]+\s\d)", re.IGNORECASE)
_VERB = re.compile(
    r"\b(?:was|were|have|has|had|said|says|are|is|will|struck|hit|left|took|began|met|fell|broke|"
    r"rose|led|blew|fought|held|\w{3,}ed)\b"
)
_TAGS = re.compile(r"(?:Tags|Topics|Keywords):?\s+(?=[A-Z])")
_TAGS_AFTER = re.compile(r"(?<=[\w.”\"])\s(?=Tags:?\s[A-Z])")
_RUNNING = re.compile(r"\b(?:a|an|by|when|that|which|who|from)\b")
_JOINING = frozenset(("of", "on", "in", "near", "the", "and", "for", "at", "to"))
_FULL_STOP = re.compile(r"\.\s+(?=[A-Z\"“\d])")
_AFTER_TITLE = re.compile(r"\s?[.!?:;,”\"')]*")
_AFTER_SENTENCE = re.compile(r"[.!?)”\"\]]\s*(?=\S)")
_SENTENCE_END = re.compile(r"[.!?][”\"]?\s")
_SITE = re.compile(r"\s[-–—|]\s")
_CODA = re.compile(
    r"(?<=[a-z0-9)]{3}[.!?])[\"”]?\s+(?:[A-Z][\w.'’-]*\.?(?:\s?/\s?|\s|$)|(?:[Bb]ulletin|and)(?:\s|$)){1,6}$"
)


def split_opening(
    text: str, start: int, end: int, patterns: Patterns, *, title: str
) -> list[Block]:
    """Blocks of a first paragraph: dateline, caption and furniture, then its prose.

    `title` is the article's headline where it is known: where the paragraph repeats it, it is
    furniture.
    """
    pieces: list[_Piece] = []
    at = start
    for _ in range(MOST_PIECES):
        piece = _leading(text, at, end, patterns, title=title, fresh=at == start)
        if piece is None:
            break
        kind, stop = piece
        pieces.append((kind, at, stop))
        at = _skip_space(text, stop, end)
    pieces += _inside(text, at, end, patterns)
    return _blocks(text, pieces)


def _leading(
    text: str, at: int, end: int, patterns: Patterns, *, title: str, fresh: bool
) -> tuple[BlockKind, int] | None:
    """The kind and end of what stands at `at` before the prose, if anything does."""
    if at >= end:
        return None
    dated = _dated(text, at, end, patterns, title=title)
    if dated:
        return dated
    repeated = title_end(text, at, end, title)
    if repeated:
        # the page says its headline again: read twice, it would count twice
        return "furniture", repeated
    place = patterns.dateline.match(text, at, min(end, at + 120))
    if place and place.end() < end:
        return "dateline", place.end()
    furniture = patterns.opening.match(text, at, end)
    if furniture and furniture.end() > at and _ends_word(text, furniture.end()):
        return "furniture", furniture.end()
    tags = _tags_end(text, at, end, patterns)
    if tags:
        return "furniture", tags
    agency = patterns.agency_date.match(text, at, min(end, at + 120))
    if agency:
        return _dated_after(text, agency, end, patterns)
    alone = None if fresh else patterns.agency_alone.match(text, at, min(end, at + 80))
    if alone:
        return "dateline", alone.end()
    bits = _BITS.match(text, at, min(end, at + 120))
    dates = find_dates(text[at : min(end, at + 150)]) if bits else []
    if bits and dates and 0 < dates[0].start <= bits.end() - at:
        begin = at + dates[0].start
        return ("furniture", begin) if _dated(text, begin, end, patterns, title=title) else None
    linked = _linked_end(text, at, end, title)
    return ("furniture", linked) if linked else None


def _dated_after(
    text: str, agency: re.Match[str], end: int, patterns: Patterns
) -> tuple[BlockKind, int] | None:
    dated = _dated(text, agency.end(), end, patterns, title="")
    return ("dateline", dated[1]) if dated else None


def _dated(
    text: str, at: int, end: int, patterns: Patterns, *, title: str
) -> tuple[BlockKind, int] | None:
    """A date of publication at `at`, with its cue, time of day and byline."""
    cue = patterns.date_cue.match(text, at, end)
    begin = cue.end() if cue else at
    dates = find_dates(text[begin : min(end, begin + 45)])
    if not dates or dates[0].start > 0:
        return None
    stop = begin + dates[0].end
    if not _ends_word(text, stop):
        furniture = patterns.opening.match(text, stop, end)
        return ("furniture", furniture.end()) if furniture else None
    if not cue and _GOES_ON.match(text, stop, end):
        return None
    time = _TIME.match(text, stop, end)
    if time:
        stop = time.end()
    return "dateline", _byline_end(text, stop, end, patterns, title=title)


def _byline_end(text: str, at: int, end: int, patterns: Patterns, *, title: str) -> int:
    by = _BY.match(text, at, end)
    if not by:
        return at
    repeats = title[:25].strip()
    found = text.find(repeats, by.end(), by.end() + 120) if len(repeats) > 10 else -1
    if found > by.end():
        return found
    names = _NAMES.match(text, by.end(), min(end, by.end() + 60))
    if not names:
        return at
    for word in re.finditer(r"\S+", names.group()):
        if word.start() and patterns.starter.match(names.group()[word.start() :] + " "):
            return names.start() + word.start()
    words = names.group().split()
    return names.start() + len(" ".join(words[:2])) if len(words) > 2 else names.end()


def title_end(text: str, at: int, end: int, title: str) -> int | None:
    """Where a repetition of the title at `at` ends; only letters and digits are compared.

    The name of a site after the title's last dash or bar need not be repeated.
    """
    for variant in _variants(title[:400]):
        letters = [c for c in variant.casefold() if c.isalnum()]
        if len(letters) < 12:
            break
        k = at
        for letter in letters:
            while k < end and not text[k].isalnum():
                k += 1
            if k >= end or text[k].casefold() != letter:
                break
            k += 1
        else:
            if k >= end or not text[k].isalnum():
                closing = _AFTER_TITLE.match(text, k, end)
                return closing.end() if closing else k
    return None


def _linked_end(text: str, at: int, end: int, title: str) -> int | None:
    """Where the headline is said again, with links and no full stop in front of it: its end."""
    begins = title[:25].strip()
    again = text.find(begins, at + 1, min(end, at + LINKED_REACH)) if len(begins) > 10 else -1
    if again < 0 or _FULL_STOP.search(text, at, again + 1):
        return None
    return title_end(text, again, end, title)


def _variants(title: str) -> Iterator[str]:
    """The title, then without its last parts: "Title - Region - Outlet"."""
    yield title
    parts = _SITE.split(title)
    for count in range(len(parts) - 1, 0, -1):
        yield title[: sum(map(len, parts[:count])) + 3 * (count - 1)]


def _tags_end(text: str, at: int, end: int, patterns: Patterns) -> int | None:
    """Where a run of tags ends: at its full stop, else where a sentence with a verb begins."""
    tags = _TAGS.match(text, at, end)
    if not tags:
        return None
    window = text[tags.end() : min(end, tags.end() + 300)]
    verb = _VERB.search(window)
    limit = verb.start() if verb else len(window)
    full_stop = _FULL_STOP.search(window, 0, limit)
    if full_stop and not _RUNNING.search(window, 0, full_stop.start()):
        return tags.end() + full_stop.end()
    words = list(re.finditer(r"\S+", window[:limit]))
    for word in words[1:]:
        if patterns.starter.match(window, word.start()):
            return tags.end() + word.start()
    for k in range(len(words) - 1, 0, -1):
        before = words[k - 1].group().lower()
        if words[k].group()[0].isupper() and before not in (
            "of",
            "on",
            "in",
            "near",
            "the",
            "and",
            "for",
            "at",
            "to",
        ):
            return tags.end() + words[k].start()
    return None


def _inside(text: str, at: int, end: int, patterns: Patterns) -> list[_Piece]:
    """Prose from `at` on, with what stands between its first sentences."""
    pieces: list[_Piece] = []
    for _ in range(MOST_PIECES):
        found = _between(text, at, end, patterns)
        if not found:
            break
        pieces += [("prose", at, found[1]), found]
        at = _skip_space(text, found[2], end)
        furniture = patterns.opening.match(text, at, end)
        if furniture and furniture.end() > at and _ends_word(text, furniture.end()):
            pieces.append(("furniture", at, furniture.end()))
            at = _skip_space(text, furniture.end(), end)
    return [*pieces, ("prose", at, end)]


def _between(text: str, at: int, end: int, patterns: Patterns) -> _Piece | None:
    """An agency with its date, tags, a caption or a dateline after a summary at `at`."""
    near = min(end, at + LOOK_AHEAD)
    has_day = _DAY_DATE.search(text, at, near)
    agency = patterns.agency_date.search(text, at, near) if has_day else None
    dated = _dated_after(text, agency, end, patterns) if agency else None
    if agency and dated:
        return "dateline", agency.start(), dated[1]
    tags = _TAGS_AFTER.search(text, at, near)
    stop = _tags_end(text, tags.end(), end, patterns) if tags else None
    if tags and stop:
        return "furniture", tags.end(), stop
    place = patterns.inner_dateline.search(text, at, min(end, at + 2 * LOOK_AHEAD))
    caption = credited_caption(text, at, place.start() if place else end, patterns)
    if caption:
        return "caption", *caption
    return ("dateline", *place.span()) if place else None


def _ends_word(text: str, at: int) -> bool:
    return at >= len(text) or not (text[at - 1].isalnum() and text[at].isalnum())


def _skip_space(text: str, at: int, end: int) -> int:
    while at < end and text[at].isspace():
        at += 1
    return at


def _blocks(text: str, pieces: list[_Piece]) -> list[Block]:
    """Blocks of the pieces, without white space at their ends; empty ones are left out."""
    blocks = []
    for kind, a, b in pieces:
        trimmed = trim(text, a, b)
        if trimmed:
            blocks.append(Block(kind=kind, start=trimmed[0], end=trimmed[1]))
    return blocks


def trim(text: str, start: int, end: int) -> Span | None:
    """A span without the white space at its ends; None where nothing else is in it."""
    piece = text[start:end]
    bare = piece.strip()
    if not bare:
        return None
    begin = start + len(piece) - len(piece.lstrip())
    return begin, begin + len(bare)


def closing_start(
    text: str, start: int, end: int, patterns: Patterns, *, outlet_names: list[Span]
) -> int:
    """Where the furniture at the end of a last paragraph begins: `end` where there is none.

    `outlet_names` are the spans of outlets' names: one that is followed by what the outlet is
    ("X is a daily newspaper …") begins the furniture.
    """
    at = _foot_start(text, start, end, patterns)
    for a, b in outlet_names:
        if max(start, at - LONGEST_FOOT) <= a and b < at and patterns.about.match(text, b, at):
            at = a
            break
    for _ in range(MOST_PIECES):
        at = _before_space(text, start, at)
        earlier = _closing(text, start, at, patterns)
        if earlier is None:
            break
        at = earlier
    return at if at > start else end


def _closing(text: str, start: int, at: int, patterns: Patterns) -> int | None:
    begin = max(start, at - LONGEST_CLOSING)
    tail = text[begin:at]
    if "ommunity" in tail or "Source" in tail[-80:] or "Read " in tail[-12:]:
        end = patterns.end.search(tail)
        if end:
            return begin + end.start()
    credit = patterns.credit_end.search(tail, max(0, len(tail) - LONGEST_CREDIT))
    if credit:
        return begin + credit.start()
    places = [m.end() for m in _AFTER_SENTENCE.finditer(tail)]
    for place in [0, *places] if begin == start else places:
        if place < len(tail) and patterns.closing.match(tail, place):
            return begin + place
    coda = _CODA.search(tail, max(0, len(tail) - LONGEST_CREDIT))
    if coda:
        return begin + coda.start() + (tail[coda.start()] in '"”')
    return _headlines_start(tail, begin)


def _headlines_start(tail: str, begin: int) -> int | None:
    """Where headlines of other articles begin: words in title case after the last full stop."""
    if tail.endswith((".", "!", "?", "”", '"', ")")):
        return None
    stops = list(_SENTENCE_END.finditer(tail))
    if not stops:
        return None
    words = tail[stops[-1].end() :].split()
    capitals = sum(word[0].isupper() or word[0].isdigit() for word in words)
    return begin + stops[-1].end() if len(words) >= 6 and capitals * 10 >= len(words) * 7 else None


def _foot_start(text: str, start: int, end: int, patterns: Patterns) -> int:
    """Where three or more marks of a page's foot begin."""
    begin = max(start, end - LONGEST_FOOT)
    low = text[begin:end].lower()
    if sum(mark in low for mark in patterns.foot_words) < 3:
        return end
    marks = list(patterns.foot.finditer(text, begin, end))
    if len({mark.group().lower() for mark in marks}) < 3:
        return end
    ends = [m.end() for m in _SENTENCE_END.finditer(text, begin, marks[0].start() + 1)]
    return ends[-1] if ends and marks[0].start() - ends[-1] < 250 else marks[0].start()


def _before_space(text: str, start: int, at: int) -> int:
    while at > start and text[at - 1].isspace():
        at -= 1
    return at
