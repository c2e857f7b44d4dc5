"""CSV, TSV, JSON Lines and JSON → rows, one at a time."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

MOST_RESTARTS = 20
"""How often a table with broken quotes is taken up again after the broken line."""


class Row(msgspec.Struct, frozen=True):
    """A row: its number (the first row of data is 1), its line in the file, its cells by column."""

    number: int
    line: int
    cells: dict[str, str]


class BrokenRow(msgspec.Struct, frozen=True):
    """A line that is not a row, and why."""

    line: int
    message: str


class Table(msgspec.Struct, frozen=True):
    """A table's columns; `rows()` reads it from the top each time it is called."""

    columns: list[str]
    text: str
    kind: str
    delimiter: str = ","

    def rows(self) -> Iterator[Row | BrokenRow]:
        """Rows and broken lines in the order of the file, one held at a time."""
        if self.kind == "csv":
            return _csv_rows(self)
        return _json_rows(_json_items(self.text, self.kind))


def open_table(text: str, *, suffix: str) -> Table:
    """The table in a file's text. Nothing but its columns is read yet."""
    if suffix in (".csv", ".tsv"):
        delimiter = "\t" if suffix == ".tsv" else _delimiter(text)
        header = next(iter(_records(text, delimiter)), None)
        return Table(header.cells if header else [], text, "csv", delimiter)
    kind = "lines" if suffix in (".jsonl", ".ndjson") else "json"
    columns: dict[str, None] = {}
    for item in _json_items(text, kind):
        if not isinstance(item[1], str):
            columns |= dict.fromkeys(item[1])
        if item[0] > 1000:
            break
    return Table(list(columns), text, kind)


# --- CSV -----------------------------------------------------------------------------------


class _Record(msgspec.Struct, frozen=True):
    cells: list[str]
    line: int
    lines: int
    start: int
    end: int


def _delimiter(text: str) -> str:
    header = text[: text.find("\n") if "\n" in text else 10_000][:10_000]
    return max(",;\t|", key=lambda mark: len(_first(header, mark)))


def _first(header: str, mark: str) -> list[str]:
    return next(iter(_records(header, mark)), _Record([], 0, 0, 0, 0)).cells


def _records(text: str, delimiter: str, start: int = 0, line: int = 1) -> Iterator[_Record]:
    """Records with the line and character where each begins. Blank lines are none."""
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    lines = _Lines(text, start)
    begun, before = start, 0
    # NULs are kept: the csv module reads them as any character
    for cells in csv.reader(lines, delimiter=delimiter):
        if cells:
            yield _Record(cells, line + before, lines.count - before, begun, lines.at)
        begun, before = lines.at, lines.count


class _Lines:
    """Lines of a text from a character on, counting what was handed out."""

    def __init__(self, text: str, start: int) -> None:
        self._lines = io.StringIO(text, newline="")
        self._lines.seek(start)
        self.at, self.count = start, 0

    def __iter__(self) -> Iterator[str]:
        for line in self._lines:
            self.at += len(line)
            self.count += 1
            yield line


def _csv_rows(table: Table) -> Iterator[Row | BrokenRow]:
    records = _records(table.text, table.delimiter)
    next(records, None)
    number, restarts = 0, 0
    while (record := next(records, None)) is not None:
        number += 1
        if _unclosed(table, record) and restarts < MOST_RESTARTS:
            restarts += 1
            yield BrokenRow(record.line, f"the quote opened in line {record.line} is not closed")
            following = table.text.find("\n", record.start) + 1
            if not following:
                return
            records = _records(table.text, table.delimiter, following, record.line + 1)
        elif restarts and len(record.cells) != len(table.columns):
            # what is left of the broken row above: told with it
            continue
        elif len(record.cells) > len(table.columns) and any(record.cells[len(table.columns) :]):
            message = f"{len(record.cells)} cells where the header has {len(table.columns)}"
            yield BrokenRow(record.line, message)
        else:
            yield Row(number, record.line, dict(zip(table.columns, record.cells, strict=False)))


def _unclosed(table: Table, record: _Record) -> bool:
    """Whether a record of several lines swallowed others because a quote is not closed."""
    whole = record.lines == 1 and len(record.cells) == len(table.columns)
    if whole and record.end < len(table.text):  # the last line of all may still lack its mark
        return False
    lines = io.StringIO(table.text[record.start : record.end], newline="")
    try:
        strict = list(csv.reader(lines, delimiter=table.delimiter, strict=True))
    except csv.Error:
        return record.lines > 1 or record.end >= len(table.text)
    return record.lines > 1 and len(strict[0]) != len(table.columns)


# --- JSON ----------------------------------------------------------------------------------

_Item = tuple[int, dict[str, Any] | str]
"""A line (or place in a list), and the object there or why there is none."""


def _json_items(text: str, kind: str) -> Iterator[_Item]:
    if kind == "lines":
        for number, line in enumerate(io.StringIO(text, newline=""), start=1):
            if line.strip():
                yield number, _object(line)
        return
    whole = _parsed(text)
    if isinstance(whole, str):
        # JSON Lines are often named .json
        if "\n" in text.strip():
            yield from _json_items(text, "lines")
        else:
            yield 1, whole
        return
    for number, item in enumerate(_listed(whole[0]), start=1):
        yield number, item if isinstance(item, dict) else "not an object"


def _listed(whole: Any) -> Iterable[Any]:
    if isinstance(whole, dict):
        lists = [v for v in whole.values() if isinstance(v, list) and v and isinstance(v[0], dict)]
        return lists[0] if len(lists) == 1 else [whole]
    return whole if isinstance(whole, list) else [whole]


def _parsed(text: str) -> tuple[Any] | str:
    """The value, in a tuple of one, or why there is none."""
    try:
        return (json.loads(text),)
    except (ValueError, RecursionError) as error:
        return f"not JSON: {str(error)[:100]}"


def _object(line: str) -> dict[str, Any] | str:
    value = _parsed(line)
    if isinstance(value, str):
        return value
    return value[0] if isinstance(value[0], dict) else "not an object"


def _json_rows(items: Iterable[_Item]) -> Iterator[Row | BrokenRow]:
    for number, (line, item) in enumerate(items, start=1):
        if isinstance(item, str):
            yield BrokenRow(line, item)
        else:
            yield Row(number, line, {key: _cell(value) for key, value in item.items()})


def _cell(value: Any) -> str:
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return "\n\n".join(value)
    return json.dumps(value, ensure_ascii=False)
