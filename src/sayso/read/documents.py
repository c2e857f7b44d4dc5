"""Text, with what is known of it from elsewhere → Document."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256

import msgspec

from sayso.ids import Span
from sayso.knowledge import Knowledge
from sayso.read.blocks import find_blocks
from sayso.read.headers import find_address, find_author, find_claims, find_outlet
from sayso.read.language import find_language
from sayso.read.openings import trim
from sayso.read.paragraphs import find_paragraphs
from sayso.read.patterns import patterns_of
from sayso.read.web import Hint
from sayso.schema import Block, DateClaim, Document

READER = "read/1"
"""The version of the reader: it changes when the same bytes would give another working text."""


LONGEST = 5_000_000
"""Characters above which a text is one block of prose: no article is as long."""


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """What a table or a page's metadata says of an article; null is not said.

    `titled`: the working text begins with the headline and two newlines.
    """

    outlet: str | None = None
    headline: str | None = None
    author: str | None = None
    url: str | None = None
    dates: tuple[DateClaim, ...] = ()
    language: str | None = None
    titled: bool = False


def text_hash(text: str) -> str:
    """SHA-256 of a working text in UTF-8."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def storable(text: str) -> str:
    """A text that can be encoded: lone surrogates, which JSON can smuggle in, become U+FFFD."""
    return (
        text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
        if not _sound(text)
        else text
    )


def _sound(text: str) -> bool:
    return text.isascii() or not any("\ud800" <= character <= "\udfff" for character in text)


def make_document(
    text: str,
    *,
    source: str,
    path: str,
    bytes_sha256: str,
    read_at: str,
    knowledge: Knowledge,
    row: int | None = None,
    known: Known | None = None,
    paragraphs: Sequence[Span] | None = None,
    hints: Sequence[Hint] = (),
) -> Document:
    """A document with its blocks, and with what its own words say of outlet, author and dates.

    What the table or the page says of outlet, headline, author and address comes first; dates of
    both are kept, the text's before the table's.
    """
    known = known or Known()
    patterns = patterns_of(knowledge)
    if len(text) > LONGEST:
        # far too long for an article: kept whole, and not looked at line by line
        paragraphs = [span] if (span := trim(text, 0, len(text))) else []
        hints = ()
    begin = len(known.headline or "") if known.titled else 0
    spans = find_paragraphs(text, begin) if paragraphs is None else paragraphs
    blocks = find_blocks(text, spans, knowledge=knowledge, hints=hints, title=known.headline)
    if known.titled and known.headline:
        blocks.insert(0, Block(kind="headline", start=0, end=begin))
    claims = find_claims(text, blocks, patterns)
    headline = known.headline or next(
        (text[b.start : b.end] for b in blocks if b.kind == "headline"), None
    )
    return Document(
        source=source,
        path=path,
        row=row,
        text=text,
        blocks=tuple(blocks),
        bytes_sha256=bytes_sha256,
        text_sha256=text_hash(text),
        outlet=known.outlet or find_outlet(text, blocks, knowledge.outlets, patterns),
        headline=headline,
        author=known.author or find_author(text, blocks, knowledge.outlets, patterns),
        url=known.url or find_address(text, blocks),
        dates=(*claims, *known.dates),
        language=find_language(text) or known.language,
        read_at=read_at,
        reader=READER,
    )


def plain(text: str, *, source: str, date: str | None = None) -> Document:
    """Raw text as it is, for `sayso annotate`: nothing is cleaned and nothing is furniture.

    Blocks are its paragraphs, all prose but a short first line without a full stop, which is a
    headline and annotated all the same. `date` is an ISO day that the user gives.
    """
    blocks = [Block(kind="prose", start=a, end=b) for a, b in find_paragraphs(text)]
    if len(blocks) > 1:
        first = text[blocks[0].start : blocks[0].end]
        if len(first) <= 150 and not first.rstrip("\"”’')").endswith(
            (".", "!", "?", ":", ";", ",")
        ):
            blocks[0] = Block(kind="headline", start=blocks[0].start, end=blocks[0].end)
    whole = text_hash(text)
    return Document(
        source=source,
        path="",
        text=text,
        blocks=tuple(blocks),
        bytes_sha256=whole,
        text_sha256=whole,
        dates=(DateClaim(value=date, how="given", words=date),) if date else (),
        language=find_language(text),
        read_at=datetime.now(UTC).isoformat(timespec="seconds"),
        reader=READER,
    )
