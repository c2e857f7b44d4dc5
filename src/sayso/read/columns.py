"""Which column of a table holds what."""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from sayso.errors import UsageError
from sayso.schema import Problem

FIELDS = ("text", "title", "outlet", "date", "id", "author", "url")

_NAMES = {
    "text": "text article_content article_text articletext article_body articlebody full_text "
    "fulltext maintext main_text content contents body story article document news_text",
    "title": "title article_title headline head heading news_title",
    "outlet": "outlet publisher newspaper source source_name media outlet_name site_name sitename "
    "publication site domain",
    "date": "date published publish_date published_date publication_date published_at "
    "published_on date_published date_publish pubdate pub_date publishdate datetime timestamp",
    "id": "id unit_id article_id document_id doc_id docid uid guid uuid",
    "author": "author authors byline by writer",
    "url": "url link href source_url article_url permalink web_url",
}
_ALIASES = {field: tuple(names.split()) for field, names in _NAMES.items()}


class TableOptions(msgspec.Struct, frozen=True, kw_only=True):
    """How the user says a table is laid out.

    `columns` maps fields (text, title, outlet, date, id, author, url) to column names;
    `date_format` is a strptime format for the date column.
    """

    columns: dict[str, str] = msgspec.field(default_factory=dict)
    date_format: str | None = None


def parse_columns(words: str) -> TableOptions:
    """The options of `--columns text=…,title=…`.

    Raises UsageError for an unknown field, a field given twice and anything without "=".
    """
    columns: dict[str, str] = {}
    for part in words.split(","):
        field, equals, column = (piece.strip() for piece in part.partition("="))
        if not equals or not column:
            raise UsageError(
                f"--columns: {part.strip()!r} is not FIELD=COLUMN",
                hint="for example --columns text=body,title=headline",
            )
        if field not in FIELDS:
            raise UsageError(
                f"--columns: there is no field {field!r}", hint=f"fields: {', '.join(FIELDS)}"
            )
        if field in columns:
            raise UsageError(f"--columns: {field} is given twice", hint="name one column a field")
        columns[field] = column
    return TableOptions(columns=columns)


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")


def find_columns(names: Iterable[str], options: TableOptions) -> dict[str, str]:
    """Field → column name, as the user says it, else by the common names of such columns."""
    by_alias: dict[str, str] = {}
    for name in names:
        by_alias.setdefault(_plain(name), name)
    columns = dict(options.columns)
    taken = set(columns.values())
    for field in FIELDS:
        if field not in columns:
            found = (
                by_alias[a] for a in _ALIASES[field] if by_alias.get(a, "") not in taken | {""}
            )
            column = next(found, None)
            if column is not None:
                columns[field] = column
                taken.add(column)
    return columns


def missing(names: Iterable[str], options: TableOptions, *, path: str) -> Problem | None:
    """Why a table cannot be read: the user's column, or any text column, is not there."""
    there = list(names)
    listed = ", ".join(there[:40]) or "none"
    for field, column in options.columns.items():
        if column not in there:
            return Problem(
                stage="read",
                path=path,
                message=f"there is no column {column!r} (--columns {field}={column})",
                hint=f"columns: {listed}",
            )
    if "text" not in find_columns(there, options):
        return Problem(
            stage="read",
            path=path,
            message="no column holds the text of articles",
            hint=f"name it with --columns text=…; columns: {listed}",
        )
    return None
