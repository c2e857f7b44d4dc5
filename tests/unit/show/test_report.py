from html.parser import HTMLParser

import msgspec
import pytest

from sayso.schema import Block
from sayso.show.reader import paragraphs
from sayso.show.report import report_lines

ADDRESSES = ("src", "href", "action", "data", "srcset", "poster", "formaction")


class Page(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.tags, self.ids, self.links, self.text = [], [], [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self.ids += [value for name, value in attrs if name == "id"]
        self.links += [(tag, name, value) for name, value in attrs if name in ADDRESSES]

    def handle_data(self, data):
        self.text.append(data)


def page(view, **options):
    parsed = Page()
    parsed.feed("".join(report_lines(view, **({"with_text": True} | options))))
    return parsed


@pytest.mark.parametrize("with_text", [True, False])
def test_every_link_leads_to_something_on_the_page(view, with_text):
    parsed = page(view, with_text=with_text)
    for tag, name, value in parsed.links:
        assert value.startswith("#"), (tag, name, value)
        assert value[1:] in parsed.ids, (tag, value)


def test_ids_are_unique(view):
    ids = page(view).ids
    assert len(ids) == len(set(ids))


def test_hostile_words_stay_words(view):
    parsed = page(view)
    assert [tag for tag, _ in parsed.tags].count("script") == 1
    assert "img" not in [tag for tag, _ in parsed.tags]
    assert not [a for _, attrs in parsed.tags for a in attrs if a.startswith("on")]
    assert '<script>alert("x")' in "".join(parsed.text)


def test_without_text_the_article_is_left_out(view):
    assert "=cmd()" in "".join(page(view).text)
    assert "=cmd()" not in "".join(page(view, with_text=False).text)


def test_the_reader_shows_every_character_once(view):
    (document,) = view.documents
    shown = ["".join(run.text for run in p.runs) for p in paragraphs(document, view.statements, [])]
    assert shown == [document.text[b.start : b.end] for b in document.blocks]


def test_marks_that_cross_blocks_are_cut_at_them(view):
    (document,) = view.documents
    crossing = msgspec.structs.replace(view.statements[0], content_spans=((0, 20),))
    head, body = paragraphs(document, [crossing], [])
    assert head.runs[0].classes == "content begins"
    assert body.runs[0].text == document.text[7:20]
    assert body.runs[0].classes == "content ends"


def test_an_empty_case_has_a_report(view):
    nothing = {
        field: () for field in view.__struct_fields__ if isinstance(getattr(view, field), tuple)
    }
    text = "".join(page(msgspec.structs.replace(view, publications={}, **nothing)).text)
    assert "No matter was found" in text


def test_a_document_without_blocks_is_listed(view):
    (document,) = view.documents
    bare = msgspec.structs.replace(document, blocks=(Block(kind="furniture", start=0, end=2),))
    assert "Tolls" in "".join(page(msgspec.structs.replace(view, documents=(bare,))).text)
