"""sayso from Python: three functions, typed results."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import Any

from sayso import pipeline
from sayso.config import Settings
from sayso.pipeline import Summary
from sayso.read import TableOptions
from sayso.schema import View
from sayso.store import Case

AnyPath = str | PathLike[str]


def read(
    *paths: AnyPath,
    case: AnyPath,
    columns: Mapping[str, str] | None = None,
    date_format: str | None = None,
    settings: Settings | None = None,
    jobs: int = 1,
) -> Summary:
    """Reads files, folders and tables into a case file, made where there is none.

    `columns` names a table's columns by what they hold (text, title, outlet, date, id, author,
    url); `date_format` is a strptime format for its dates. Raises CaseError and UsageError.
    """
    options = TableOptions(columns=dict(columns or {}), date_format=date_format)
    with Case(Path(case), create=True) as opened:
        return pipeline.read(
            [Path(path) for path in paths], opened, options=options, settings=settings, jobs=jobs
        )


def open_case(case: AnyPath) -> View:
    """All that a case holds, as typed records. Raises CaseError."""
    with Case(Path(case)) as opened:
        return pipeline.view(opened)


def annotate(
    text: str,
    *,
    date: str | None = None,
    only: Sequence[str] = pipeline.PARTS,
    settings: Settings | None = None,
) -> dict[str, Any]:
    """What a raw text says, with character spans: the same as `sayso annotate` prints."""
    return pipeline.annotate_text(text, date=date, only=only, settings=settings)
