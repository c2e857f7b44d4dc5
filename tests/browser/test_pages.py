import msgspec
import pytest

from sayso.show import write_report

pytestmark = pytest.mark.browser


@pytest.fixture(params=[True, False], ids=["scripts on", "scripts off"])
def scripts(request):
    return request.param


def opened(browser, path, *, width=1280, scripts=True):
    context = browser.new_context(
        viewport={"width": width, "height": 900}, java_script_enabled=scripts
    )
    page = context.new_page()
    page.asked, page.said = [], []
    page.on("request", lambda request: page.asked.append(request.url))
    page.on("console", lambda message: page.said.append(message.text))
    page.on("dialog", lambda dialog: page.said.append(dialog.message))
    page.goto(path.as_uri())
    return page


def test_nothing_is_fetched(browser, sample_report):
    page = opened(browser, sample_report)
    assert page.asked == [sample_report.as_uri()]
    assert page.said == []


@pytest.mark.parametrize("width", [360, 820, 1440])
def test_the_page_never_scrolls_sideways(browser, sample_report, width):
    page = opened(browser, sample_report, width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_everything_is_there_with_scripts_on_or_off(browser, sample_report, scripts):
    page = opened(browser, sample_report, scripts=scripts)
    for name in ("overview", "matters", "documents", "statements", "figures", "events", "truces"):
        assert page.locator(f"#{name}").count() == 1, name
    assert page.locator("#statements tbody tr").count() > 30


def test_a_claim_leads_to_its_words(browser, sample_report):
    page = opened(browser, sample_report)
    link = page.locator("#statements tbody tr td:last-child a").first
    link.click()
    target = page.url.partition("#")[2]
    assert page.locator(f"[id='{target}']").is_visible() or page.locator(f"[id='{target}']").count()
    box = page.locator(f"[id='{target}']").bounding_box()
    assert box is not None
    assert -10 <= box["y"] <= 900


def test_a_table_sorts_by_keyboard(browser, sample_report):
    page = opened(browser, sample_report)
    head = page.locator("#statements thead button").first
    head.focus()
    page.keyboard.press("Enter")
    assert page.locator("#statements thead th").first.get_attribute("aria-sort") == "ascending"
    names = page.locator("#statements tbody th").all_inner_texts()
    keys = [name.lower() for name in names]
    assert keys == sorted(keys)


def test_a_table_filters(browser, sample_report):
    page = opened(browser, sample_report)
    box = page.get_by_label("Filter statements")
    box.fill("solenne")
    page.locator("#statements output").get_by_text(" of ").wait_for()
    shown = page.locator("#statements tbody tr:visible").all_inner_texts()
    assert shown
    assert all("solenne" in row.lower() for row in shown)


def test_the_skip_link_is_first_by_keyboard(browser, sample_report):
    page = opened(browser, sample_report)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the overview"


HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(2)><svg onload=alert(3)>"
    '<a href="javascript:alert(4)">x</a></textarea>\u202eevil\u2066 {{ 7*7 }} ' + "w" * 10_000
)


def test_hostile_words_run_nothing_and_break_nothing(browser, view, tmp_path):
    (document,) = view.documents
    text = document.text + HOSTILE
    blocks = (*document.blocks[:-1], msgspec.structs.replace(document.blocks[-1], end=len(text)))
    hostile = msgspec.structs.replace(
        view,
        documents=(
            msgspec.structs.replace(
                document, text=text, blocks=blocks, headline=HOSTILE, outlet=HOSTILE, author=HOSTILE
            ),
        ),
        statements=tuple(
            msgspec.structs.replace(s, content=HOSTILE, speaker=HOSTILE, chain=(HOSTILE,))
            for s in view.statements
        ),
        queries=tuple(msgspec.structs.replace(q, message=HOSTILE) for q in view.queries),
    )
    path = tmp_path / "report.html"
    write_report(hostile, path, with_text=True)
    page = opened(browser, path, width=360)
    assert page.asked == [path.as_uri()]
    assert page.said == []
    assert page.locator("img, svg, a[href^='javascript']").count() == 0
    assert page.evaluate("document.scripts.length") == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
