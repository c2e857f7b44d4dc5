"""A web page → its visible text, what its markup says of each block, and its metadata.

Nothing visible is removed: trafilatura's extraction only tells which blocks are the article.
"""

from __future__ import annotations

import json
import re
from html import unescape
from typing import TYPE_CHECKING, Any, Literal

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator

Hint = Literal["title", "heading", "caption", "date", "byline", "main", "furniture", ""]

MOST_FOR_EXTRACTION = 1_000_000
"""Characters of markup above which trafilatura is not asked: it is built for single articles."""
DEEPEST_FOR_EXTRACTION = 200
"""Nesting above which it is not asked either: it recurses."""

_UNSEEN = frozenset((
    "head", "script", "style", "noscript", "template", "svg", "math", "canvas", "audio",
    "video", "object", "iframe", "embed", "datalist", "map",
))  # fmt: skip
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "button", "caption", "center",
    "dd", "details", "dialog", "div", "dl", "dt", "fieldset", "figcaption", "figure",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "legend", "li",
    "main", "menu", "nav", "ol", "option", "p", "pre", "section", "select", "summary",
    "table", "tbody", "td", "textarea", "tfoot", "th", "thead", "title", "tr", "ul",
))  # fmt: skip
_ASIDE = frozenset((
    "nav", "footer", "aside", "form", "button", "menu", "select", "option", "textarea",
    "dialog",
))  # fmt: skip
_ASIDE_NAMES = re.compile(
    r"(?:^|[\s_-])(?:share|sharing|social|related|comments?|breadcrumbs?|menu|navbar|nav|footer|"
    r"sidebar|promo|newsletter|cookies?|advert\w*|ads?|tags|most-?read|recommended|subscribe|"
    r"toolbar|pagination|disqus)(?:$|[\s_-])",
    re.IGNORECASE,
)
_CAPTION_NAMES = re.compile(r"(?:^|[\s_-])(?:wp-)?(?:caption|credit|photo-?text)", re.IGNORECASE)
_BYLINE_NAMES = re.compile(r"(?:^|[\s_-])(?:byline|author)(?:$|[\s_-])", re.IGNORECASE)
_DATE_NAMES = re.compile(
    r"(?:^|[\s_-])(?:date|dateline|pub-?date|timestamp|published|posted-on|entry-date)(?:$|[\s_-])",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\n\r\f\v]+")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_TAG = re.compile(r"<[^<>]*>")
_UNSEEN_MARKUP = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|template|noscript|head|svg)\b.*?(?:</\1\s*>|\Z)",
    re.DOTALL | re.IGNORECASE,
)
_HIDDEN_MARKUP = re.compile(r"\shidden[\s=>]|display\s*:\s*none", re.IGNORECASE)
_ENTITY = re.compile(r"&#(?:0+|x0+);", re.IGNORECASE)


class Part(msgspec.Struct, frozen=True):
    """A block of a page's text, with what the markup says it is."""

    start: int
    end: int
    hint: Hint


class Page(msgspec.Struct, frozen=True):
    """A page's text, the parts of it in order, and its metadata (absent where it says nothing)."""

    text: str
    parts: tuple[Part, ...]
    title: str | None = None
    author: str | None = None
    outlet: str | None = None
    url: str | None = None
    dates: tuple[str, ...] = ()
    language: str | None = None


def read_page(markup: str) -> Page:
    """The visible text of a page in document order, its blocks parted by blank lines.

    Runs of white space in a block become one space (not in <pre>), <br> a line end. Scripts,
    styles, comments, templates and what the page itself hides are not visible. Broken markup is
    mended as libxml2 mends it. Never raises.
    """
    from lxml import etree, html  # type: ignore[import-untyped]

    clean = _ENTITY.sub("\ufffd", _DECLARATION.sub("", markup)).replace("\0", "\ufffd")
    parser = html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True)
    # an empty page, or one of comments alone, has no root
    try:
        root = html.document_fromstring(clean, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return Page("", ())
    walk = _Walk()
    walk.over(root)
    text, parts = walk.done()
    if not parts and not _HIDDEN_MARKUP.search(clean):
        # libxml2 gives up on markup nested past its limit: what stands between tags is kept
        bare = " ".join(unescape(_TAG.sub(" ", _UNSEEN_MARKUP.sub(" ", clean))).split())
        return Page(bare, (Part(0, len(bare), ""),) if bare else ())
    parts = _with_main(parts, text, root, deepest=walk.deepest, size=len(clean))
    return Page(text, parts, **_metadata(root))


class _Walk:
    """One pass over a tree that gathers text block by block."""

    def __init__(self) -> None:
        self.deepest = 0
        self._out: list[str] = []
        self._length = 0
        self._parts: list[Part] = []
        self._buffer: list[str] = []
        self._hint: Hint = ""

    def over(self, root: Any) -> None:
        """Iterative, so that no nesting is too deep."""
        stack: list[tuple[Any, bool, Hint]] = [(root, True, "")]
        depth = 0
        while stack:
            element, entering, outer = stack.pop()
            if not entering:
                depth -= 1
                if element.tag in _BLOCKS:
                    self._flush()
                    self._hint = outer
                self._add(element.tail, pre=False)
                continue
            tag = element.tag
            if not isinstance(tag, str) or tag in _UNSEEN or _is_hidden(element):
                self._add(element.tail, pre=False)
                continue
            depth += 1
            self.deepest = max(self.deepest, depth)
            before = self._hint
            if tag in _BLOCKS:
                self._flush()
                self._hint = before if before == "furniture" else _hint(element) or before
            elif tag == "br":
                self._buffer.append("\n")
            elif tag == "time" and not "".join(self._buffer).strip():
                self._hint = self._hint or "date"
            self._add(element.text, pre=tag == "pre")
            stack.append((element, False, before))
            stack.extend((child, True, "") for child in reversed(element))

    def _add(self, text: str | None, *, pre: bool) -> None:
        if text:
            self._buffer.append(text if pre else _SPACE.sub(" ", text))

    def _flush(self) -> None:
        lines = "".join(self._buffer).split("\n")
        self._buffer.clear()
        kept = [re.sub(r"  +", " ", line).strip() for line in lines]
        block = "\n".join(line for line in kept if line)
        if not block:
            return
        if self._out:
            self._out.append("\n\n")
            self._length += 2
        self._parts.append(Part(self._length, self._length + len(block), self._hint))
        self._out.append(block)
        self._length += len(block)

    def done(self) -> tuple[str, tuple[Part, ...]]:
        self._flush()
        return "".join(self._out), tuple(self._parts)


def _is_hidden(element: Any) -> bool:
    if element.get("hidden") is not None or _HIDDEN.search(element.get("style") or ""):
        return True
    closed = element.tag == "dialog" and element.get("open") is None
    return closed or element.tag == "input"


def _hint(element: Any) -> Hint:
    tag = element.tag
    if tag == "h1":
        return "title"
    if tag in ("h2", "h3", "h4", "h5", "h6"):
        return "heading"
    if tag in ("figcaption", "caption"):
        return "caption"
    if tag in _ASIDE:
        return "furniture"
    names = f"{element.get('class') or ''} {element.get('id') or ''}"[:300]
    if tag in ("body", "article", "main") or not names.strip():
        return ""
    if tag in ("div", "section", "ul", "ol", "p", "li", "table") and _ASIDE_NAMES.search(names):
        return "furniture"
    if _CAPTION_NAMES.search(names):
        return "caption"
    if _DATE_NAMES.search(names):
        return "date"
    return "byline" if _BYLINE_NAMES.search(names) else ""


# --- which blocks are the article ----------------------------------------------------------


def _with_main(
    parts: tuple[Part, ...], text: str, root: Any, *, deepest: int, size: int
) -> tuple[Part, ...]:
    """Parts that the extraction takes for the article are "main", other plain ones furniture.

    Left as they are where the extraction finds no article.
    """
    if size > MOST_FOR_EXTRACTION or deepest > DEEPEST_FOR_EXTRACTION or not parts:
        return parts
    from trafilatura import extract

    article = extract(root, fast=True, include_comments=False, include_formatting=False)
    lines = {_bare(line) for line in (article or "").splitlines()} - {""}
    whole = _bare(article or "")
    if not lines:
        return parts

    def is_main(part: Part) -> bool:
        bare = _bare(text[part.start : part.end])
        return bare in lines or (len(bare) > 40 and bare in whole)

    mains = [is_main(part) for part in parts]
    if sum(p.end - p.start for p, m in zip(parts, mains, strict=True) if m) < 200:
        return parts
    return tuple(_labelled(part, text, main=main) for part, main in zip(parts, mains, strict=True))


def _labelled(part: Part, text: str, *, main: bool) -> Part:
    if main and part.hint in ("", "furniture"):
        return Part(part.start, part.end, "main")
    if not main and part.hint in ("", "heading"):
        # short plain lines above the article (outlet, place, date) are judged by their words
        lost = (
            part.hint == "heading"
            or part.end - part.start > 80
            or "\n" in text[part.start : part.end]
        )
        return Part(part.start, part.end, "furniture" if lost else "")
    return part


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).lower()


# --- metadata ------------------------------------------------------------------------------

_TITLES = ("og:title", "twitter:title", "dc.title", "headline")
_AUTHORS = ("author", "article:author", "dc.creator", "byl", "parsely-author", "sailthru.author")
_OUTLETS = ("og:site_name", "application-name", "dc.publisher", "publisher")
_DATES = (
    "article:published_time", "datepublished", "date", "dc.date", "dc.date.issued", "pubdate",
    "publishdate", "publish-date", "parsely-pub-date", "sailthru.date", "og:published_time",
    "citation_publication_date", "article.published",
)  # fmt: skip


def _metadata(root: Any) -> dict[str, Any]:
    """Metadata as the page states it; JSON-LD first, then <meta>, <link> and <time>."""
    metas: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        if name and (meta.get("content") or "").strip():
            metas.setdefault(name.strip().lower(), meta.get("content").strip()[:2000])
    article = next(_articles(root), {})
    canonical = next(
        (e.get("href") for e in root.iter("link") if e.get("rel") == "canonical"), None
    )
    dates = [_text(article.get("datePublished")), *(metas.get(name) for name in _DATES)]
    dates += [
        e.get("datetime")
        for e in root.iter("time")
        if e.get("itemprop") == "datePublished" or e.get("pubdate") is not None
    ]
    heading = [" ".join(e.text_content().split()) for e in root.iter("h1")]
    title = next((" ".join(e.text_content().split()) for e in root.iter("title")), None)
    return {
        "title": _first(
            _text(article.get("headline")),
            heading[0] if len(heading) == 1 else None,
            *(metas.get(name) for name in _TITLES),
            title,
        ),
        "author": _first(
            _text(article.get("author")),
            *(a for n in _AUTHORS if (a := metas.get(n)) and "://" not in a),
        ),
        "outlet": _first(_text(article.get("publisher")), *(metas.get(name) for name in _OUTLETS)),
        "url": _first(canonical, metas.get("og:url"), _text(article.get("url"))),
        "dates": tuple(dict.fromkeys(d for d in dates if d)),
        "language": _first((root.get("lang") or "").split("-")[0].lower()),
    }


def _first(*values: str | None) -> str | None:
    return next((value.strip() for value in values if value and value.strip()), None)


def _articles(root: Any) -> Iterator[dict[str, Any]]:
    for script in root.iter("script"):
        if (script.get("type") or "").strip().lower() == "application/ld+json":
            try:
                found = json.loads(script.text or "")
            except (ValueError, RecursionError):
                continue
            yield from _articles_in(found)


def _articles_in(found: Any) -> Iterator[dict[str, Any]]:
    items = found if isinstance(found, list) else [found]
    for item in items:
        if isinstance(item, dict):
            graph = item.get("@graph")
            for entry in [item, *(graph if isinstance(graph, list) else [])]:
                if isinstance(entry, dict) and "Article" in str(entry.get("@type", "")):
                    yield entry


def _text(value: Any) -> str | None:
    """The words of a JSON-LD value: a string, a thing's name, or the names of several."""
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, dict):
        return _text(value.get("name"))
    if isinstance(value, list):
        return ", ".join(name for name in map(_text, value) if name) or None
    return None
