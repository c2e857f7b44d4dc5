"""The sample pile's whole output. To accept a change: SAYSO_ACCEPT=1 pytest tests/golden, and
read the difference before you commit it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sayso import pipeline
from sayso.config import Settings
from sayso.samples import KNOWLEDGE, PILE
from sayso.schema import View
from sayso.show import export_lines
from sayso.store import Case

HERE = Path(__file__).parent
GOLDEN = ("statements", "figures", "truces", "matters", "relations", "queries", "naming")


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> View:
    with Case(tmp_path_factory.mktemp("golden") / "a.case", create=True) as case:
        pipeline.read([PILE], case, settings=Settings(knowledge=(str(KNOWLEDGE),)))
        return pipeline.view(case)


@pytest.mark.parametrize("kind", GOLDEN)
def test_the_sample_comes_out_as_it_did(view: View, kind: str) -> None:
    path = HERE / f"{kind}.jsonl"
    now = "".join(export_lines(view, kind, format="jsonl"))
    if os.environ.get("SAYSO_ACCEPT"):
        path.write_text(now, "utf-8")
    assert now.splitlines() == path.read_text("utf-8").splitlines()
