"""The page in a browser: `python -m bench.page REPORT.html`. Milliseconds of the wall clock.

First screen is the first contentful paint; a page's is from the click to the second frame after
it; a filter's is from the last key to the count that is told, its 120 ms of waiting for another key
included. Needs playwright and a Chromium on the PATH.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any

PAINT = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
READY = "performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"

GO = """(address) => new Promise((done) => {
  const from = performance.now();
  location.hash = address;
  requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - from)));
})"""

FILTER = """([page, words]) => new Promise((done) => {
  const told = document.querySelector(`#${page} output`), from = performance.now();
  new MutationObserver((_, seen) => {
    seen.disconnect();
    requestAnimationFrame(() => requestAnimationFrame(() =>
      done([performance.now() - from, told.textContent])));
  }).observe(told, { childList: true, characterData: true, subtree: true });
  const input = document.querySelector(`#${page} input[type=search]`);
  input.value = words;
  input.dispatchEvent(new Event("input"));
})"""


def measure(page: Any, report: Path) -> list[tuple[str, str]]:
    """What was measured, in words."""
    page.goto(report.absolute().as_uri(), timeout=300_000)
    rows = [
        ("first screen", f"{page.evaluate(PAINT):.0f} ms"),
        ("whole document read, tables ready", f"{page.evaluate(READY):.0f} ms"),
        ("elements", f"{page.evaluate('document.querySelectorAll(`*`).length'):,}"),
    ]
    article = page.evaluate("document.querySelector('.reader:last-of-type').id")
    for address in ("#matters", "#statements", "#figures", "#events", f"#{article}"):
        took = page.evaluate(GO, address)
        rows += [(f"to {address}", f"{took:.0f} ms")]
    for name, words in (("statements", "killed"), ("events", "government"), ("figures", "31")):
        page.evaluate(GO, f"#{name}")
        took, told = page.evaluate(FILTER, [name, words])
        rows.append((f"filter of {name} by {words!r}: {told}", f"{took:.0f} ms"))
    return rows


def main() -> int:
    from playwright.sync_api import sync_playwright

    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if len(sys.argv) != 2 or not found:
        print("usage: python -m bench.page REPORT.html, with a Chromium on the PATH")
        return 2
    report = Path(sys.argv[1])
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        rows = measure(chromium.new_page(), report)
        chromium.close()
    print(f"{report}: {report.stat().st_size / 1e6:.1f} MB")
    for name, value in rows:
        print(f"{name:<60} {value:>10}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
