"""The pages of the sample pile in a real browser."""

import csv
import io

import pytest

pytestmark = pytest.mark.browser

KINDS = (
    "overview", "how", "matters", "documents", "statements", "figures", "events", "relations",
    "truces", "actors", "naming", "places", "queries", "problems", "a matter", "an actor",
    "a report",
)  # fmt: skip

SHOWN = """[...document.querySelectorAll('main > .page')]
  .filter((page) => page.offsetParent !== null).map((page) => page.id)"""


@pytest.fixture(params=[True, False], ids=["scripts on", "scripts off"])
def scripts(request):
    return request.param


def test_nothing_is_fetched_and_nothing_complains(opened, sample_report, pages):
    page = opened(sample_report)
    for address in pages.values():
        page.evaluate(f"location.hash = '{address}'")
    assert page.asked == [sample_report.as_uri()]
    assert page.said == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_address_shows_one_page(opened, sample_report, pages, kind, scripts):
    page = opened(sample_report, pages[kind], scripts=scripts)
    visible = page.locator("main > .page:visible")
    assert visible.count() == 1
    assert f"#{visible.get_attribute('id')}" == pages[kind]
    assert visible.locator("h1:visible, h2:visible").first.inner_text()


def test_without_an_address_the_overview_is_shown(opened, sample_report, scripts):
    page = opened(sample_report, scripts=scripts)
    assert page.locator("main > .page:visible").get_attribute("id") == "overview"


@pytest.mark.parametrize("width", [360, 820, 1440])
@pytest.mark.parametrize("kind", KINDS)
def test_no_page_scrolls_sideways(opened, sample_report, pages, kind, width):
    page = opened(sample_report, pages[kind], width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_how_to_read_fits_one_screen(opened, sample_report):
    page = opened(sample_report, "#how", width=360)
    box = page.locator("#how").bounding_box()
    assert box["height"] <= 800


@pytest.mark.parametrize(
    "row", ["#table-statements tbody tr td:last-child a", ".matter .toll a[href^='#f-']"]
)
def test_a_claim_leads_to_its_words(opened, sample_report, pages, row, scripts):
    where = "#statements" if "statements" in row else pages["a matter"]
    page = opened(sample_report, where, scripts=scripts, width=900)
    page.locator(f"{row}:visible").first.click()
    target = page.locator(f"[id='{page.url.partition('#')[2]}']")
    box = target.bounding_box()
    assert 0 <= box["y"] <= 900
    assert target.evaluate("e => e.closest('.page').classList.contains('reader')")


def test_on_a_wide_screen_the_article_stands_beside_the_matter(opened, sample_report, pages):
    page = opened(sample_report, pages["a matter"], width=1440)
    page.locator(".matter .toll a[href^='#f-']:visible").first.click()
    matter, article = page.locator(".matter:visible"), page.locator(".reader:visible")
    left, right = matter.bounding_box(), article.bounding_box()
    assert left["x"] + left["width"] <= right["x"]
    page.locator("nav a", has_text="Statements").click()
    assert page.locator("main > .page:visible").count() == 1


def test_going_back_leads_back(opened, sample_report, pages):
    page = opened(sample_report, pages["a matter"], width=900)
    page.locator(".matter .toll a[href^='#f-']:visible").first.click()
    page.go_back()
    assert page.locator("main > .page:visible").get_attribute("id") == pages["a matter"][1:]


def test_a_table_sorts_by_keyboard(opened, sample_report):
    page = opened(sample_report, "#statements")
    head = page.locator("#statements thead button").first
    head.focus()
    page.keyboard.press("Enter")
    assert page.locator("#statements thead th").first.get_attribute("aria-sort") == "ascending"
    names = [name.lower() for name in page.locator("#statements tbody th").all_inner_texts()]
    assert names == sorted(names)
    assert "sort=0" in page.url


def test_a_filter_stands_in_the_address_and_comes_back_with_it(opened, sample_report):
    page = opened(sample_report, "#statements")
    page.locator("#statements").get_by_label("Words").fill("truce")
    page.wait_for_url("**words=truce*")
    outlet = page.locator("#statements tbody tr:visible td:nth-child(3)").first.inner_text()
    select = page.locator("#statements").get_by_label("Outlet")
    select.focus()
    select.select_option(outlet)
    page.wait_for_url("**outlet=*")
    rows = page.locator("#statements tbody tr:visible").all_inner_texts()
    assert 0 < len(rows) < 80
    assert all("truce" in row.lower() for row in rows)
    again = opened(sample_report, "#" + page.url.partition("#")[2])
    again.locator("#statements output").get_by_text(" of ").wait_for()
    assert again.locator("#statements tbody tr:visible").all_inner_texts() == rows
    assert again.locator("#statements").get_by_label("Words").input_value() == "truce"


def test_days_filter_by_the_window_in_which_they_may_lie(opened, sample_report):
    page = opened(sample_report, "#statements?from=2019-03-15&to=2019-03-17")
    page.locator("#statements output").get_by_text(" of ").wait_for()
    days = page.locator("#statements tbody tr:visible td:nth-child(4)").all_inner_texts()
    assert days
    assert all("2019-03-15" <= day <= "2019-03-17" for day in days)


def test_one_search_counts_in_all_tables(opened, sample_report):
    page = opened(sample_report)
    page.get_by_label("Find in all").fill("dorrun")
    link = page.locator(".find output a", has_text="statements")
    link.click()
    page.wait_for_url("**#statements?words=dorrun")
    assert page.locator("#statements tbody tr:visible").count() == int(
        link.inner_text().split()[-1]
    )


def test_a_table_copies_as_csv(opened, sample_report):
    page = opened(sample_report, "#matters", permissions=["clipboard-read", "clipboard-write"])
    page.locator("#matters").get_by_text("Copy as CSV").click()
    page.get_by_text("Copied").first.wait_for()
    rows = list(csv.DictReader(io.StringIO(page.evaluate("navigator.clipboard.readText()"))))
    assert len(rows) == page.locator("#matters tbody tr").count()
    assert {"Matter", "Reports", "Origins"} <= rows[0].keys()


@pytest.mark.parametrize("share", [False, True], ids=["with text", "without"])
def test_a_statement_is_cited(opened, sample_report, sample_share, sample_view, share, scripts):
    statement = sample_view.statements[3]
    where = f"#s-{statement.id}"
    page = opened(sample_share if share else sample_report, where, scripts=scripts)
    cite = page.locator("details.cite", has_text=where)
    cite.locator("summary").focus()
    page.keyboard.press("Enter")
    cited = cite.text_content()
    document = next(d for d in sample_view.documents if d.source == statement.document)
    words = [document.text[start:end] for start, end in statement.content_spans]
    for part in (*words, *statement.chain, document.text_sha256[:16], where):
        assert " ".join(part.split()) in " ".join(cited.split())
    assert "–".join(map(str, statement.content_spans[0])) in cited
    assert cite.get_by_text("Copy").count() == scripts


def test_an_opened_citation_is_the_address_and_is_copied(opened, sample_report, sample_view):
    figure = sample_view.figures[0]
    page = opened(
        sample_report, f"#f-{figure.id}", permissions=["clipboard-read", "clipboard-write"]
    )
    cite = page.locator("details.cite", has_text=f"#f-{figure.id}")
    page.locator("details.facts", has=cite).locator("summary").first.click()
    cite.locator("summary").click()
    cite.get_by_text("Copy").click()
    cite.get_by_text("Copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(f"“{figure.text}”")
    assert copied.endswith(f"#f-{figure.id}")
    assert page.url.endswith(f"#f-{figure.id}")


def test_the_skip_link_is_first_by_keyboard(opened, sample_report):
    page = opened(sample_report, "#statements")
    page.evaluate("document.activeElement.blur()")
    page.locator(".skip").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "statements"


def test_print_prints_the_page_that_is_shown(opened, sample_report, pages):
    page = opened(sample_report, pages["a matter"])
    page.emulate_media(media="print")
    assert page.evaluate(SHOWN) == [pages["a matter"][1:]]
    assert not page.locator("nav").is_visible()
    assert not page.locator(".filter:visible").count()


def test_everything_is_on_one_page_on_request(opened, sample_report):
    page = opened(sample_report, "#everything", scripts=False)
    assert page.locator("main > .page:visible").count() == page.locator("main > .page").count()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_follows_the_scheme(opened, sample_report, scheme):
    page = opened(sample_report, color_scheme=scheme)
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (paper == "rgb(255, 255, 255)") == (scheme == "light")
