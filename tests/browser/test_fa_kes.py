"""The pages of a real pile: the first articles of FA-KES, where the corpora are at hand."""

import csv
import io
import re

import pytest
from tests.browser.test_access import AXE, axe  # noqa: F401 -- a fixture
from tests.browser.test_pages import KINDS
from tests.conftest import SHARED

from sayso import pipeline
from sayso.read import TableOptions
from sayso.show import write_report
from sayso.show.words import printable
from sayso.store import Case

pytestmark = [pytest.mark.browser, pytest.mark.shared]

TABLE = SHARED / "data" / "fa-kes" / "FA-KES-Dataset.csv"
ROWS = 120
EACH = 6
"""Anchors of each kind that are opened."""

CITED = re.compile(
    r"Cite [^“]*“(?P<words>.*)” [^”]*, [^”]*\. Characters (?P<spans>[\d–, ]+) of text"
    r" (?P<hash>[0-9a-f]{16}), sayso \S+, #(?P<id>[sf]-[0-9a-f]{20})$",
    re.DOTALL,
)


@pytest.fixture(scope="session")
def view(tmp_path_factory):
    """The first articles of FA-KES, read and compared."""
    if not TABLE.is_file():
        pytest.skip("FA-KES is not beside the repository (../shared/data/fa-kes)")
    folder = tmp_path_factory.mktemp("fa-kes")
    with TABLE.open(encoding="utf-8", errors="replace", newline="") as file:
        rows = [row for _, row in zip(range(ROWS + 1), csv.reader(file), strict=False)]
    with (folder / "pile.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    columns = {"text": "article_content", "title": "article_title", "outlet": "source"}
    options = TableOptions(columns=columns | {"date": "date", "id": "unit_id"})
    with Case(folder / "f.case", create=True) as case:
        pipeline.read([folder / "pile.csv"], case, options=options)
        return pipeline.view(case)


@pytest.fixture(scope="session")
def report(view, tmp_path_factory):
    path = tmp_path_factory.mktemp("fa-kes-report") / "report.html"
    write_report(view, path, with_text=True)
    return path


@pytest.fixture
def addresses(view):
    """An address of each kind of page: the matter with most accounts, the actor named most."""
    matter = max(view.matters, key=lambda one: len(one.accounts))
    actor = max(view.actors, key=lambda one: one.mentions)
    document = max(view.documents, key=lambda one: len(one.text))
    return {kind: kind for kind in KINDS if " " not in kind} | {
        "a matter": f"m-{matter.id}",
        "an actor": f"a-{actor.id}",
        "a report": f"d-{document.id}",
    }


ANCHORS = """(each) => {
  const groups = {};
  for (const { id } of document.querySelectorAll("main [id]")) {
    const kind = /^([a-z])-[0-9a-f]/.exec(id)?.[1];
    if (kind) (groups[kind] ||= []).push(id);
  }
  return Object.values(groups).flatMap((ids) =>
    ids.filter((_, n) => n % Math.ceil(ids.length / each) === 0));
}"""

ONE_PAGE = """(id) => {
  const page = document.getElementById(id).closest(".page");
  const pages = [...document.querySelectorAll("main > .page")];
  const shown = pages.filter((one) => one.offsetParent !== null);
  return shown.length === 1 && shown[0] === page;
}"""


def test_every_kind_of_page_and_anchor_opens_and_asks_for_nothing(opened, report, addresses):
    page = opened(report, width=360)
    ids = page.evaluate(ANCHORS, EACH)
    assert {id_[0] for id_ in ids} >= set("maedsfwp")
    for id_ in (*addresses.values(), *ids):
        page.evaluate(f"location.hash = '{id_}'")
        page.wait_for_function(ONE_PAGE, arg=id_)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, id_
    assert page.asked == [report.as_uri()]
    assert page.said == []


ALONE = """async ([id, options]) => {
  const main = document.querySelector("main"), pages = [...main.children];
  main.replaceChildren(document.getElementById(id));  // axe walks the whole tree, shown or not
  const result = await axe.run({ include: [[`[id='${id}']`]] }, eval(`(${options})`));
  main.replaceChildren(...pages);
  return { violations: result.violations };
}"""


def test_axe_finds_nothing(opened, report, addresses, axe):  # noqa: F811 -- the fixture
    page = opened(report, width=360, color_scheme="dark", bypass_csp=True)
    page.evaluate(axe)
    found = {}
    for kind, id_ in addresses.items():
        page.evaluate(f"location.hash = '{id_}'")
        page.wait_for_function(ONE_PAGE, arg=id_)
        result = page.evaluate(ALONE, [id_, AXE])
        for violation in result["violations"]:
            nodes = [node["html"][:120] for node in violation["nodes"][:3]]
            found.setdefault(violation["id"], (kind, violation["help"], nodes))
    assert found == {}


def test_filters_stand_in_the_address_and_come_back(opened, report, view):
    speaker = next(s.speaker for s in view.statements if s.voice == "named")
    wanted = {
        "statements": ("speaker", speaker, sum(s.speaker == speaker for s in view.statements)),
        "figures": ("type", "killed", sum(f.effect == "killed" for f in view.figures)),
        "events": ("status", "planned", sum(e.status == "planned" for e in view.events)),
    }
    page = opened(report)
    for name, (key, value, count) in wanted.items():
        address = page.evaluate("(asked) => String(new URLSearchParams(asked))", {key: value})
        page.evaluate(f"location.hash = '{name}?{address}'")
        page.locator(f"#{name} output", has_text=f"{count:,} of ").wait_for()
        assert page.url.endswith(f"#{name}?{address}")


def test_tables_sort_and_copy_as_csv(opened, report, view):
    page = opened(report, "#figures", permissions=["clipboard-read", "clipboard-write"])
    page.locator("#figures thead button", has_text="Low").click()
    page.locator("#figures thead button", has_text="Low").click()
    page.locator("#figures").get_by_text("Copy as CSV").click()
    page.locator("#figures").get_by_text("Copied").wait_for()
    rows = list(csv.DictReader(io.StringIO(page.evaluate("navigator.clipboard.readText()"))))
    lows = [float(row["Low"].replace(",", "")) for row in rows if row["Low"]]
    assert len(rows) == len(view.figures)
    assert lows == sorted(lows, reverse=True)


def test_every_citation_quotes_its_characters_without_scripts(opened, report, view):
    page = opened(report, scripts=False)
    texts = {document.text_sha256[:16]: document.text for document in view.documents}
    cited = set()
    for text in page.locator("details.cite").all_text_contents():
        match = CITED.match(text)
        if match is None:
            assert text.startswith("Cite this report"), text
            continue
        spans = [part.split("–") for part in match["spans"].split(", ")]
        words = " … ".join(texts[match["hash"]][int(start) : int(end)] for start, end in spans)
        assert match["words"] == printable(words)
        cited.add(match["id"])
    assert cited >= {f"s-{s.id}" for s in view.statements} | {f"f-{f.id}" for f in view.figures}
