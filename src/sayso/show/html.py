"""Words made safe for a page. What is written row by row is made here, not by the templates:
a template's macro costs ten times a function's call.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from markupsafe import Markup, escape

from sayso.show.words import printable

_SPECIAL = re.compile("[&<>'\"]")

SHORT = 280
"""Characters of a statement's words that a table shows; the article shows them all."""


@lru_cache(maxsize=1 << 15)
def shown(text: str) -> Markup:
    """The words, escaped, with control and direction characters as pictures of themselves.

    Kept, because names, days and outlets come again and again.
    """
    return escape(printable(text))


def running(text: str) -> str:
    """Words of an article, `printable` already, escaped; most of them need nothing."""
    return text if _SPECIAL.search(text) is None else str(escape(text))


def short(text: str, most: int = SHORT) -> Markup:
    """The words' beginning, and an ellipsis where more follows."""
    return shown(text if len(text) <= most else text[:most].rstrip() + "…")


def link(anchor: str, words: str) -> Markup:
    """A link within the page."""
    return Markup(f"<a href=#{anchor}>{shown(words)}</a>")  # noqa: S704 -- both parts are safe


def joined(parts: Iterable[str], between: str = ", ") -> Markup:
    """Safe pieces, one after the other."""
    return Markup(between.join(parts))  # noqa: S704 -- the pieces are


def safe(text: str) -> Markup:
    """Says that a text is HTML already."""
    return Markup(text)  # noqa: S704 -- called with what this package made
