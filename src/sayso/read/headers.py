"""What a text says of itself: outlet, author, address and dates of publication."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from sayso.knowledge.outlets import Outlets
from sayso.read.dates import find_dates
from sayso.read.patterns import Patterns
from sayso.schema import Block, DateClaim

_HOST = re.compile(r"(?<![\w@.])(?:https?://)?((?:[a-z0-9-]+\.)+[a-z]{2,})(?:/\S*)?", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[\w.-]+/[^\s<>\"“”]+")
_NAMES = r"\s+([A-Z][\w.'’-]+(?:(?:\s|,\s|\sand\s)(?:al-|bin |de |van )?[A-Z][\w.'’-]+){0,6})"
_BY = re.compile(r"(?:^|[\s,|])(?:by|By|BY|[A-Z][a-z]+ by)" + _NAMES)
_REPORTING_BY = re.compile(r"(?:^|\W)(?:[Rr]eporting|Story|[Ww]ritten|Words) by" + _NAMES)
_NAME = re.compile(r"(?:The\s)?[A-Z][\w&'’.-]*(?:\s(?:of|and|the|al-\w+|[A-Z][\w&'’.-]*)){0,4}")
_BY_OUTLET = re.compile(r"\s*by\s+(.{2,60})", re.IGNORECASE)
_BYLINE = re.compile(r"by\s", re.IGNORECASE)
_SOURCE = re.compile(r"^\W*(?:source|sources|with|via|agencies|[-–—(])", re.IGNORECASE)


def find_outlet(
    text: str, blocks: Sequence[Block], outlets: Outlets, patterns: Patterns
) -> str | None:
    """The outlet that datelines and furniture name.

    An address comes first, then a known name on a line of its own, then the known name that
    stands there most often, then a name that is not known but stands as outlets' names do. An
    agency in a credit or in a place's dateline is who wrote, not who published: it does not count.
    """
    named: Counter[str] = Counter()
    unknown: list[str] = []
    for block in blocks:
        if block.kind not in ("dateline", "furniture") or block.end - block.start > 5_000:
            continue
        words = text[block.start : block.end]
        for host in _HOST.finditer(words):
            known = outlets.find_domain(host.group(1))
            if known:
                return known.name
        whole = outlets.find(words)
        if whole and not whole.is_agency:
            named[whole.name] += 3
        if block.kind == "furniture" and _SOURCE.match(words):
            continue
        for start, _, outlet in outlets.named_in(words):
            by_line = words[:start].rstrip().lower().endswith(" by")
            if block.kind == "furniture" or by_line:
                named[outlet.name] += 2 if by_line else 1
        unknown += _unknown_names(words, block, patterns)
    if named:
        return named.most_common(1)[0][0]
    return unknown[0] if unknown else None


def _unknown_names(words: str, block: Block, patterns: Patterns) -> list[str]:
    """Names that stand as outlets' do: "X moderates all comments", "© 2019 X", beside a date."""
    if block.kind == "furniture":
        found = (pattern.fullmatch(words[:400]) for pattern in patterns.outlet_lines)
        return [match.group("name").strip() for match in found if match]
    rest = words
    for date in reversed(find_dates(words)):
        rest = rest[: date.start] + rest[date.end :]
    rest = patterns.date_cue.sub("", rest)
    by = _BY_OUTLET.match(rest)
    name = (by.group(1) if by else rest).strip(" ,|-–—:")
    fits = _NAME.fullmatch(name) and patterns.outlet_word.search(name)
    return [name] if fits and not _BYLINE.match(name) else []


def find_author(
    text: str, blocks: Sequence[Block], outlets: Outlets, patterns: Patterns
) -> str | None:
    """Whom a byline names, unless it is an outlet."""
    for block in blocks:
        if block.kind not in ("dateline", "furniture") or block.end - block.start > 1_000:
            continue
        by = _BY if block.kind == "dateline" else _REPORTING_BY
        for match in by.finditer(text[block.start : block.end]):
            name = match.group(1).rstrip(".,")
            is_outlet = outlets.named_in(name) or patterns.outlet_word.search(name)
            if not is_outlet and not outlets.find(name):
                return name
    return None


def find_address(text: str, blocks: Sequence[Block]) -> str | None:
    """The first full web address in datelines and furniture (a bare site is no article's)."""
    for block in blocks:
        if block.kind in ("dateline", "furniture") and block.end - block.start < 2_000:
            match = _ADDRESS.search(text, block.start, block.end)
            if match:
                return match.group().rstrip(".,;)")
    return None


def find_claims(text: str, blocks: Sequence[Block], patterns: Patterns) -> list[DateClaim]:
    """Dates where a date of publication stands, first those of publication, then of changes.

    That is: in datelines and furniture before the prose, and after it where words such as
    "Posted on" say so. `words` and the span hold those words too.
    """
    first = next(
        (k for k, b in enumerate(blocks) if b.kind == "prose" and b.end - b.start > 200),
        len(blocks),
    )
    published: list[DateClaim] = []
    updated: list[DateClaim] = []
    for k, block in enumerate(blocks):
        if block.kind not in ("dateline", "furniture"):
            continue
        head = text[block.start : min(block.end, block.start + 2_000)]
        for date in find_dates(head):
            cue = _cue_before(head, date.start, patterns)
            if cue is None and (k > first or (block.kind == "furniture" and len(head) > 160)):
                continue
            start = block.start + (cue.start() if cue else date.start)
            end = block.start + date.end
            claim = DateClaim(
                value=date.value, how="text", words=text[start:end], start=start, end=end
            )
            late = cue is not None and cue.group("updated") is not None
            (updated if late else published).append(claim)
    first_of: dict[tuple[str, bool], DateClaim] = {}
    for claim in published:
        first_of.setdefault((claim.value, False), claim)
    for claim in updated:
        first_of.setdefault((claim.value, True), claim)
    return list(first_of.values())


def _cue_before(text: str, at: int, patterns: Patterns) -> re.Match[str] | None:
    """Words such as "Posted on" that end right before a date."""
    begin = max(0, at - 40)
    for cue in patterns.date_cue.finditer(text, begin, at):
        if not text[cue.end() : at].strip(" :\t0123456789"):
            return cue
    return None
