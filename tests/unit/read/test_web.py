from __future__ import annotations

from sayso.read.web import read_page

PARAGRAPHS = [
    "At least 12 people were killed when shells hit a market in Tal Zor, a monitor said.",
    "The Dolan Monitor said the shells had been fired from hills that are held by the army.",
    "“We did not fire a single shell,” General Pol Varo told reporters on Friday morning.",
]
PAGE = f"""<!DOCTYPE html><html lang="en"><head><title>Shells fall | The Selm Herald</title>
<meta property="og:site_name" content="The Selm Herald">
<meta property="article:published_time" content="2019-05-03T08:00:00Z">
<link rel="canonical" href="https://herald.example/2019/shells">
<script type="application/ld+json">
{{"@type": "NewsArticle", "author": {{"name": "Ana Beru"}}}}</script>
<style>p {{ color: red }}</style></head><body>
<nav><a>Home</a> <a>World</a></nav><article><h1>Shells fall on Tal Zor</h1>
<figure><img alt="unseen"><figcaption>A woman walks past a stall.</figcaption></figure>
<p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p><h2>Army denies</h2><p>{PARAGRAPHS[2]}</p>
<p hidden>hidden words</p><p style="display: none">more hidden words</p>
<!-- a comment --><script>evil()</script><noscript>no script</noscript></article>
<footer>Copyright 2019</footer></body></html>"""


def test_all_visible_text_in_document_order():
    page = read_page(PAGE)
    assert page.text.split("\n\n") == [
        "Home World", "Shells fall on Tal Zor", "A woman walks past a stall.", *PARAGRAPHS[:2],
        "Army denies", PARAGRAPHS[2], "Copyright 2019",
    ]  # fmt: skip


def test_parts_slice_the_text_and_cover_it():
    page = read_page(PAGE)
    assert "\n\n".join(page.text[p.start : p.end] for p in page.parts) == page.text


def test_metadata():
    page = read_page(PAGE)
    assert page.title == "Shells fall on Tal Zor"
    assert (page.author, page.outlet) == ("Ana Beru", "The Selm Herald")
    assert page.url == "https://herald.example/2019/shells"
    assert page.dates == ("2019-05-03T08:00:00Z",)


def test_kinds(blocks):
    assert [kind for kind, _ in blocks(PAGE, "p.html")] == [
        "furniture", "headline", "caption", "prose", "prose", "heading", "prose", "furniture",
    ]  # fmt: skip


def test_entities_line_breaks_and_broken_markup():
    page = read_page("<p>One &amp; two<br>three <b>four <p>Five < six</i></table>")
    assert page.text == "One & two\nthree four\n\nFive < six"


def test_markup_nested_past_all_limits_keeps_its_words():
    assert read_page("<div>" * 50_000 + "The town fell.").text == "The town fell."


def test_hostile_pages_do_not_raise():
    for markup in (
        "",
        "<",
        "<!doctype",
        "&#0;",
        "<p>\0</p>",
        "<?xml version='1.0' encoding='x'?>",
        "\ufeff",
    ):
        read_page(markup)
