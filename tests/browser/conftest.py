"""A headless Chromium, and the report of the sample pile."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from sayso import pipeline
from sayso.config import Settings
from sayso.samples import KNOWLEDGE, PILE
from sayso.schema import View
from sayso.show import write_report
from sayso.store import Case

FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking")


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium, or a skip with a word."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        pytest.skip("there is no Chromium on the PATH")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=list(FLAGS))
        yield chromium
        chromium.close()


@pytest.fixture
def opened(browser: Any) -> Iterator[Callable[..., Any]]:
    """Opens a page of a report; notes in `asked` what is fetched and in `said` what is run."""
    contexts = []

    def open_(
        path: Path, page: str = "", *, width: int = 1280, scripts: bool = True, **how: Any
    ) -> Any:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=scripts, **how
        )
        contexts.append(context)
        shown = context.new_page()
        shown.asked, shown.said = [], []
        shown.on("request", lambda request: shown.asked.append(request.url))
        shown.on("console", lambda message: shown.said.append(message.text))
        shown.on("pageerror", lambda error: shown.said.append(str(error)))
        shown.on("dialog", lambda dialog: shown.said.append(dialog.message))
        shown.goto(path.as_uri() + page)
        return shown

    yield open_
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def sample_view(tmp_path_factory: pytest.TempPathFactory) -> View:
    """The sample pile, read and compared."""
    folder = tmp_path_factory.mktemp("sample")
    with Case(folder / "s.case", create=True) as case:
        pipeline.read([PILE], case, settings=Settings(knowledge=(str(KNOWLEDGE),)))
        return pipeline.view(case)


@pytest.fixture(scope="session")
def sample_report(sample_view: View, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample pile's report."""
    path = tmp_path_factory.mktemp("report") / "report.html"
    write_report(sample_view, path, with_text=True)
    return path


@pytest.fixture(scope="session")
def sample_share(sample_view: View, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample pile's report without the articles' text."""
    path = tmp_path_factory.mktemp("share") / "report.html"
    write_report(sample_view, path, with_text=False)
    return path


@pytest.fixture(scope="session")
def pages(sample_view: View) -> dict[str, str]:
    """An address of each kind of page."""
    matter = max(sample_view.matters, key=lambda one: one.reports)
    actor = max(sample_view.actors, key=lambda one: one.mentions)
    report = next(d for d in sample_view.documents if d.source in matter.documents)
    lists = (
        "overview", "how", "matters", "documents", "statements", "figures", "events", "relations",
        "truces", "actors", "naming", "places", "queries", "problems",
    )  # fmt: skip
    return {name: f"#{name}" for name in lists} | {
        "a matter": f"#m-{matter.id}",
        "an actor": f"#a-{actor.id}",
        "a report": f"#d-{report.id}",
    }
