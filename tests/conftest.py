"""What tests share: the corpora beside the repository, and small hand-made documents."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from sayso.schema import Block, Document, View
from tests.view import make_view

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture
def shared() -> Path:
    """The folder of corpora; tests that need it are skipped where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("the corpora beside the repository (../shared) are absent")
    return SHARED


@pytest.fixture
def document() -> Callable[..., Document]:
    """Makes a document of one prose block."""

    def make(text: str, *, source: str = "a.txt", **fields: object) -> Document:
        values = {
            "source": source,
            "path": f"/pile/{source}",
            "text": text,
            "blocks": (Block(kind="prose", start=0, end=len(text)),) if text.strip() else (),
            "bytes_sha256": sha256(text.encode()).hexdigest(),
            "text_sha256": sha256(text.encode()).hexdigest(),
            "language": "en",
            "read_at": "2020-01-01T00:00:00Z",
            "reader": "test/1",
        }
        return Document(**(values | fields))  # type: ignore[arg-type]

    return make


@pytest.fixture
def view() -> View:
    """One document with one record of each kind; its words are hostile."""
    return make_view()
