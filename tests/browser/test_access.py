"""WCAG 2.2 AA as far as axe-core sees it, on every kind of page."""

from pathlib import Path

import pytest
from tests.browser.test_pages import KINDS

pytestmark = pytest.mark.browser

AXE = "{ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }"


@pytest.fixture(scope="session")
def axe():
    """The source of axe-core, or a skip with a word."""
    package = pytest.importorskip("axe_playwright_python", reason="axe-core is not installed")
    return Path(package.__file__).with_name("axe.min.js").read_text("utf-8")


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_axe_finds_nothing(opened, sample_report, pages, axe, scheme, width):
    """The whole document once, then each page with header and footer: what is hidden costs time."""
    page = opened(sample_report, width=width, color_scheme=scheme, bypass_csp=True)
    page.evaluate(axe)
    found = {}
    for kind in KINDS:
        page.evaluate(f"location.hash = '{pages[kind]}'")
        page.locator(f"[id='{pages[kind][1:]}']").wait_for(state="visible")
        parts = f"{{ include: [['header'], [\"[id='{pages[kind][1:]}']\"], ['footer']] }}"
        where = "document" if kind == "overview" else parts
        result = page.evaluate(f"axe.run({where}, {AXE})")
        for violation in result["violations"]:
            nodes = [node["html"][:120] for node in violation["nodes"][:3]]
            found.setdefault(violation["id"], (kind, violation["help"], nodes))
    assert found == {}
