"""A file's bytes → documents and problems, one at a time."""

from __future__ import annotations

from collections.abc import Container, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Literal

import msgspec

from sayso.knowledge import Knowledge
from sayso.read.columns import TableOptions, find_columns, missing
from sayso.read.dates import date_order, is_numeric, read_date
from sayso.read.discover import PAGES, TABLES, printable
from sayso.read.documents import Known, make_document, storable
from sayso.read.encodings import decode
from sayso.read.tables import BrokenRow, Row, Table, open_table
from sayso.read.web import read_page
from sayso.schema import DateClaim, Document, Problem

MOST_ROW_PROBLEMS = 100
"""Problems of single rows that are told one by one; the rest are counted."""


class _File(msgspec.Struct, frozen=True, kw_only=True):
    """What all documents of a file share."""

    path: str
    name: str
    bytes_sha256: str
    read_at: str
    knowledge: Knowledge

    def problem(self, message: str, hint: str) -> Problem:
        return Problem(stage="read", path=self.path, message=message, hint=hint)


def read_file(
    path: Path, data: bytes, *, options: TableOptions, knowledge: Knowledge, read_at: str
) -> Iterator[Document | Problem]:
    """The documents of a file, and what could not be read of it.

    A text or page is one document, called by its file name; a row of a table is called by its
    id, or by file name and row number (`name:row`) where it has none, and a repeated id becomes
    `id#2`. Rows are made one at a time. Never raises on what the bytes hold.
    """
    file = _File(
        path=printable(path),
        name=printable(path.name),
        bytes_sha256=sha256(data).hexdigest(),
        read_at=read_at,
        knowledge=knowledge,
    )
    suffix = path.suffix.lower()
    if not data.strip():
        yield file.problem("the file is empty", "remove it, or look at where it came from")
        return
    text, remark = decode(data, declared=suffix in PAGES)
    if text is None:
        yield file.problem(f"cannot be read as text: {remark}", "save it as text in UTF-8")
        return
    if remark:
        hint = "they stand as \ufffd in the text; save the file in UTF-8 to mend them"
        yield file.problem(remark, hint)
    if not text.strip():
        yield file.problem("there is nothing but white space", "remove the file")
    elif suffix in TABLES:
        yield from _table(text, suffix, file, options)
    elif suffix in PAGES or (not suffix and _is_markup(text)):
        yield from _page(text, file)
    else:
        yield _document(text, file)


def _is_markup(text: str) -> bool:
    head = text[:500].lstrip("\ufeff \t\r\n").lower()
    return head.startswith(("<!doctype html", "<html"))


def _document(text: str, file: _File) -> Document:
    return make_document(
        text,
        source=file.name,
        path=file.path,
        bytes_sha256=file.bytes_sha256,
        read_at=file.read_at,
        knowledge=file.knowledge,
    )


def _page(markup: str, file: _File) -> Iterator[Document | Problem]:
    page = read_page(markup)
    if not page.text:
        yield file.problem("the page shows no text", "save the page as the browser shows it")
        return
    dates: list[DateClaim] = []
    for words in page.dates:
        day = read_date(words)
        if day and day not in [date.value for date in dates]:
            dates.append(DateClaim(value=day, how="metadata", words=words))
    known = Known(
        outlet=_outlet(page.outlet, page.url, file.knowledge),
        headline=page.title,
        author=page.author,
        url=page.url,
        dates=tuple(dates),
        language=page.language,
    )
    yield make_document(
        page.text,
        source=file.name,
        path=file.path,
        bytes_sha256=file.bytes_sha256,
        read_at=file.read_at,
        knowledge=file.knowledge,
        known=known,
        paragraphs=[(part.start, part.end) for part in page.parts],
        hints=[part.hint for part in page.parts],
    )


def _outlet(words: str | None, url: str | None, knowledge: Knowledge) -> str | None:
    """The full name of an outlet given by name, code or address; else the words as given."""
    found = knowledge.outlets.find(words) if words else None
    if found is None and not words and url:
        found = knowledge.outlets.find(url)
    return found.name if found else words


# --- tables --------------------------------------------------------------------------------


_ORDERS: dict[str, Literal["month first", "day first"]] = {"mdy": "month first", "dmy": "day first"}


class _Dates(msgspec.Struct, frozen=True, kw_only=True):
    """How a table's dates are read, found from the whole column."""

    column: str | None
    options: TableOptions
    order: str | None = None
    problem: tuple[str, str] | None = None

    def read(self, cells: dict[str, str]) -> tuple[DateClaim, ...]:
        cell = cells.get(self.column or "", "").strip()
        order = self.order if self.order in ("mdy", "dmy") else None
        day = read_date(cell, order=order, date_format=self.options.date_format)  # type: ignore[arg-type]
        if day is None:
            return ()
        found = (
            _ORDERS.get(order or "") if is_numeric(cell) and not self.options.date_format else None
        )
        return (DateClaim(value=day, how="table", words=storable(cell), order=found),)


def _table(
    text: str, suffix: str, file: _File, options: TableOptions
) -> Iterator[Document | Problem]:
    table = open_table(text, suffix=suffix)
    reason = missing(table.columns, options, path=file.path)
    if reason:
        yield from [reason] if table.columns else _broken_only(table, file)
        return
    columns = find_columns(table.columns, options)
    dates = _dates(table, columns.get("date"), options)
    if dates.problem:
        yield file.problem(*dates.problem)
    taken: dict[str, int] = {}
    troubles = 0
    for row in table.rows():
        made = _row(row, file, columns, dates)
        if isinstance(made, Document):
            source = _numbered(made.source, taken)
            yield made if source == made.source else msgspec.structs.replace(made, source=source)
        elif made:
            troubles += 1
            if troubles <= MOST_ROW_PROBLEMS:
                yield made
    if troubles > MOST_ROW_PROBLEMS:
        more = troubles - MOST_ROW_PROBLEMS
        yield file.problem(f"{more} more rows could not be read", "mend the table")
    if not taken and not troubles:
        yield file.problem("the table has no rows", "check how it was exported")


def _broken_only(table: Table, file: _File) -> Iterator[Problem]:
    """Why a file of JSON holds no row at all."""
    broken = next((row for row in table.rows() if isinstance(row, BrokenRow)), None)
    message = f"line {broken.line}: {broken.message}" if broken else "the table is empty"
    yield file.problem(message, "each line must be one JSON object")


def _row(
    row: Row | BrokenRow,
    file: _File,
    columns: dict[str, str],
    dates: _Dates,
) -> Document | Problem | None:
    if isinstance(row, BrokenRow):
        hint = "mend that line; the other rows are kept"
        return file.problem(f"line {row.line}: {row.message}", hint)
    cells = {field: storable(row.cells.get(name) or "") for field, name in columns.items()}
    title, body = cells.get("title", "").strip(), cells["text"]
    if not body.strip():
        if not any(cell.strip() for cell in row.cells.values()):
            return None
        return file.problem(f"row {row.number} (line {row.line}) has no text", "fill its text cell")
    known = Known(
        outlet=_outlet(cells.get("outlet", "").strip() or None, cells.get("url"), file.knowledge),
        headline=title or None,
        author=cells.get("author", "").strip() or None,
        url=cells.get("url", "").strip() or None,
        dates=dates.read(row.cells),
        titled=bool(title),
    )
    source = cells.get("id", "").strip() or f"{file.name}:{row.number}"
    return make_document(
        f"{title}\n\n{body}" if title else body,
        source=source,
        path=file.path,
        bytes_sha256=file.bytes_sha256,
        read_at=file.read_at,
        knowledge=file.knowledge,
        row=row.number,
        known=known,
    )


def _numbered(source: str, taken: dict[str, int]) -> str:
    """`unique_source`, at once for the thousandth of the same id too: `taken` counts them."""
    number = taken.get(source, 0) + 1
    taken[source] = number
    if number == 1:
        return source
    while f"{source}#{number}" in taken:
        number += 1
    taken[source], taken[f"{source}#{number}"] = number, 1
    return f"{source}#{number}"


def _dates(table: Table, column: str | None, options: TableOptions) -> _Dates:
    """Reads the date column once through, for its order and for what cannot be read of it."""
    if column is None:
        return _Dates(column=None, options=options)
    cells = [row.cells.get(column, "") for row in table.rows() if isinstance(row, Row)]
    filled = [cell for cell in cells if cell.strip()]
    order = date_order(filled)
    dates = _Dates(column=column, options=options, order=order)
    unread = [cell for cell in filled if not dates.read({column: cell})]
    if not unread:
        return dates
    example = storable(unread[0].strip()[:40])
    if options.date_format is None and order is None and any(map(is_numeric, unread)):
        message = (
            f"day and month cannot be told apart in column {column!r} ({example!r}, for one):"
            f" {len(unread)} rows have no date from the table"
        )
    else:
        message = f"{len(unread)} dates of column {column!r} cannot be read ({example!r}, for one)"
    hint = "say how dates are written with --date-format, for example %d/%m/%Y"
    return msgspec.structs.replace(dates, problem=(message, hint))


def unique_source(source: str, taken: Container[str]) -> str:
    """The source itself, or `source#2`, `source#3`, … where it is taken."""
    if source not in taken:
        return source
    number = 2
    while f"{source}#{number}" in taken:
        number += 1
    return f"{source}#{number}"
