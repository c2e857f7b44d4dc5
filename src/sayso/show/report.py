"""The report: one HTML file, nothing fetched, nothing run that an article brought along."""

from __future__ import annotations

import base64
import gc
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from sayso.schema import View
from sayso.show.actor import actor_pages
from sayso.show.article import articles
from sayso.show.html import safe, short, shown
from sayso.show.index import Index, make_index
from sayso.show.matter import LISTED, matter_pages, rank
from sayso.show.overview import overview
from sayso.show.tables import (
    COLUMNS,
    document_rows,
    event_rows,
    figure_rows,
    matter_rows,
    place_rows,
    relation_rows,
    statement_rows,
)
from sayso.show.truces import truce_entries
from sayso.show.words import days_words, number_words

_PAGE = Path(__file__).parent / "page"

BATCH = 2000
"""Pieces of HTML that are written at once."""

STYLES = ("page.css", "tables.css", "charts.css", "article.css", "print.css")
SCRIPTS = ("tables.js", "cite.js", "beside.js", "page.js")


def write_report(view: View, path: Path, *, with_text: bool) -> None:
    """Writes the report of a case. Without text, articles are listed but not shown.

    Raises OSError when the file cannot be written.
    """
    lines = report_lines(view, with_text=with_text)
    with path.open("w", encoding="utf-8") as file, _nothing_collected():
        while batch := "".join(islice(lines, BATCH)):
            file.write(batch)


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """What a page is made of holds no circles, and looking for them in a large case, again and
    again, takes a tenth of the time.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def report_lines(view: View, *, with_text: bool) -> Iterator[str]:
    """The report's HTML in pieces, so that a large case does not stand in memory twice."""
    index = make_index(view, with_text=with_text)
    ranked = rank(index)
    script = "".join((_PAGE / name).read_text("utf-8") for name in SCRIPTS)
    yield from (
        _environment(index)
        .get_template("report.html")
        .generate(
            view=view,
            index=index,
            with_text=with_text,
            style="".join((_PAGE / name).read_text("utf-8") for name in STYLES),
            script=script,
            script_hash=base64.b64encode(sha256(script.encode()).digest()).decode(),
            overview=overview(index, ranked),
            columns=COLUMNS,
            matter_rows=map(safe, matter_rows(ranked)),
            matters=matter_pages(index, ranked),
            document_rows=map(safe, document_rows(index)),
            articles=map(safe, articles(index)) if with_text else (),
            statement_rows=map(safe, statement_rows(index)),
            figure_rows=map(safe, figure_rows(index)),
            event_rows=map(safe, event_rows(index)),
            statuses=Counter(event.status for event in view.events).most_common(),
            relations=relation_rows(index),
            truces=truce_entries(index),
            actors=actor_pages(index),
            located=place_rows(index, located=True),
            unlocated=place_rows(index, located=False),
        )
    )


class _Environment(jinja2.Environment):
    """Looks into a row before it looks for an attribute: rows are asked a quarter of a million
    times, and each miss is an exception.
    """

    def getattr(self, obj: Any, attribute: str) -> Any:
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)


def _environment(index: Index) -> jinja2.Environment:
    environment = _Environment(
        loader=jinja2.FileSystemLoader(_PAGE),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    filters: dict[str, Any] = {
        "shown": lambda words: words if isinstance(words, Markup) else shown(words),
        "short": short,
        "number": number_words,
        "days": lambda record: days_words(record.earliest, record.latest),
        "actor": index.actor,
        "actors": lambda names: safe(", ".join(map(index.actor, names))),
        "reports": index.report_links,
        "where": index.where,
        "plural": _plural,
        "first_and_rest": lambda rows: (rows[:LISTED], rows[LISTED:]),
    }
    environment.filters |= filters
    return environment


_PLURALS = {"query": "queries"}


def _plural(count: int, noun: str) -> str:
    """A count with its noun: "1 report", "1,204 queries"."""
    return f"{count:,} {noun if count == 1 else _PLURALS.get(noun, noun + 's')}"
