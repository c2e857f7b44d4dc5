from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from sayso.knowledge import load
from sayso.read import TableOptions, read_file
from sayso.schema import Document, Problem

Read = Callable[..., list[Document | Problem]]


@pytest.fixture
def read() -> Read:
    """Reads bytes or text as a file of some name."""

    def made(data: bytes | str, name: str = "report.txt", **options: Any) -> list[Any]:
        raw = data.encode() if isinstance(data, str) else data
        found: Iterator[Any] = read_file(
            Path("/pile") / name,
            raw,
            options=TableOptions(**options),
            knowledge=load(),
            read_at="2020-01-01T00:00:00Z",
        )
        return list(found)

    return made


@pytest.fixture
def blocks(read: Read) -> Callable[..., list[tuple[str, str]]]:
    """The kinds and words of a text's blocks."""

    def made(data: bytes | str, name: str = "report.txt") -> list[tuple[str, str]]:
        (document,) = read(data, name)
        assert isinstance(document, Document), document
        return [(b.kind, document.text[b.start : b.end]) for b in document.blocks]

    return made
