"""What an article brings along is words, whatever it is."""

import msgspec
import pytest

from sayso.schema import Block
from sayso.show import write_report

pytestmark = pytest.mark.browser

HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(2)><svg onload=alert(3)>"
    '<a href="javascript:alert(4)">x</a></textarea></style>\' onmouseover=alert(5) '
    "\u202eevil\u2066 {{ 7*7 }} " + "w" * 10_000
)
ARABIC = "قال المتحدث: «سقط ١٢ قتيلاً»."


def filled(view, words):
    """The view with the words in every place that holds words."""

    def replaced(value):
        if isinstance(value, msgspec.Struct):
            fields = {
                name: replaced(getattr(value, name))
                for name in value.__struct_fields__
                if name in PLACES or isinstance(getattr(value, name), tuple)
            }
            return msgspec.structs.replace(value, **fields)
        if isinstance(value, tuple):
            return tuple(replaced(item) for item in value)
        return words if isinstance(value, str) else value

    document = view.documents[0]
    text = document.text + words
    blocks = (*document.blocks[:-1], msgspec.structs.replace(document.blocks[-1], end=len(text)))
    hostile = {
        kind: tuple(keeping(record, replaced) for record in getattr(view, kind))
        for kind in (
            "statements", "figures", "times", "places", "events", "actors", "truces", "matters",
            "naming", "queries", "problems", "relations",
        )
    }  # fmt: skip
    shown = msgspec.structs.replace(
        document, text=text, blocks=blocks, headline=words, outlet=words, author=words, url=words
    )
    return msgspec.structs.replace(view, documents=(shown,), **hostile)


PLACES = frozenset(
    {
        "content", "speaker", "speaker_text", "cue", "of", "unit", "text", "gazetteer", "agent",
        "target", "place", "name", "title", "says", "reason", "actor", "label", "by", "message",
        "hint", "how", "proposer",
    }
)  # fmt: skip
KEPT = frozenset(
    {"evidence", "documents", "also_in", "source_spans", "cue_spans", "content_spans", "figures",
     "chain_actors", "members"}
)  # fmt: skip


def keeping(record, replaced):
    """The record with hostile words, its links and spans as they were."""
    changed = replaced(record)
    kept = {name: getattr(record, name) for name in KEPT & set(record.__struct_fields__)}
    if "accounts" in record.__struct_fields__:
        kept["accounts"] = tuple(keeping(account, replaced) for account in record.accounts)
    return msgspec.structs.replace(changed, **kept)


@pytest.fixture
def hostile_report(view, tmp_path):
    figure = msgspec.structs.replace(view.figures[0], matter=view.matters[0].id)
    path = tmp_path / "report.html"
    hostile = filled(msgspec.structs.replace(view, figures=(figure,)), HOSTILE)
    write_report(hostile, path, with_text=True)
    return path


PAGES = ("overview", "matters", "documents", "statements", "figures", "events", "relations",
         "truces", "actors", "naming", "places", "queries", "problems")  # fmt: skip


def test_hostile_words_run_nothing_and_break_nothing(opened, hostile_report, view):
    page = opened(hostile_report, width=360)
    own = [f"m-{view.matters[0].id}", f"a-{view.actors[0].id}", f"d-{view.documents[0].id}"]
    for name in (*PAGES, *own):
        page.evaluate(f"location.hash = '{name}'")
        page.locator(f"[id='{name}']").wait_for(state="visible")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, name
    assert page.asked == [hostile_report.as_uri()]
    assert page.said == []
    assert page.locator("img, [onload], [onerror], [onmouseover]").count() == 0
    assert page.locator("a:not([href^='#'])").count() == 0
    assert page.evaluate("document.scripts.length") == 1
    assert page.evaluate("document.querySelectorAll('textarea').length") == 0


def test_hostile_words_can_be_filtered_sorted_copied_and_cited(opened, hostile_report):
    page = opened(hostile_report, "#statements")
    page.locator("#statements").get_by_label("Words").fill("<script>alert(1)")
    page.wait_for_url("**words=*")
    assert page.locator("#statements tbody tr:visible").count() == 1
    select = page.locator("#statements").get_by_label("Outlet")
    select.focus()
    select.select_option(index=1)
    page.locator("#statements thead button").first.click()
    page.locator("#statements tbody a").last.click()
    cite = page.locator(".notes details.cite:visible").first
    cite.locator("summary").click()
    assert "onerror=alert(2)" in cite.text_content()
    cite.get_by_text("Copy").wait_for()
    assert page.said == []


NONE = ("figures", "times", "places", "events", "queries", "matters", "relations", "naming",
        "truces", "actors")  # fmt: skip

FIRST_AND_LAST = """(text) => {
  const range = document.createRange();
  const at = (n) => {
    range.setStart(text, n);
    range.setEnd(text, n + 1);
    return range.getBoundingClientRect().x;
  };
  return [at(0), at(text.length - 2)];
}"""


def test_right_to_left_words_stand_right(opened, view, tmp_path):
    document = view.documents[0]
    text = f"{ARABIC}\n\nThe monitor said: {ARABIC}"
    blocks = (
        Block(kind="prose", start=0, end=len(ARABIC)),
        Block(kind="prose", start=len(ARABIC) + 2, end=len(text)),
    )
    statement = msgspec.structs.replace(
        view.statements[0],
        content=ARABIC,
        content_spans=((0, len(ARABIC)),),
        source_spans=(),
        cue_spans=(),
    )
    arabic = msgspec.structs.replace(
        view,
        documents=(msgspec.structs.replace(document, text=text, blocks=blocks),),
        statements=(statement,),
        **dict.fromkeys(NONE, ()),
    )
    path = tmp_path / "report.html"
    write_report(arabic, path, with_text=True)
    places = {f"#d-{document.id}": ".reader .c", "#statements": "#statements td:nth-child(5)"}
    for page, words in places.items():
        shown = opened(path, page)
        node = shown.locator(words).first.evaluate_handle("(found) => found.firstChild")
        first, last = shown.evaluate(FIRST_AND_LAST, node)
        assert first > last, page
