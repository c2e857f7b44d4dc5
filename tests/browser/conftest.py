"""A headless Chromium, and the report of the sample pile."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from sayso import pipeline
from sayso.config import Settings
from sayso.samples import KNOWLEDGE, PILE
from sayso.show import write_report
from sayso.store import Case

FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking")


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    """Chromium, or a skip with a word."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        pytest.skip("there is no Chromium on the PATH")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=list(FLAGS))
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def sample_report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample pile's report."""
    folder = tmp_path_factory.mktemp("sample")
    with Case(folder / "s.case", create=True) as case:
        pipeline.read([PILE], case, settings=Settings(knowledge=(str(KNOWLEDGE),)))
        view = pipeline.view(case)
    write_report(view, folder / "report.html", with_text=True)
    return folder / "report.html"
