import time
from html.parser import HTMLParser

import msgspec
import pytest

from sayso.schema import Block
from sayso.show.article import articles
from sayso.show.index import make_index
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
    assert "foreignobject" not in [tag for tag, _ in parsed.tags]
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
    assert head.runs[0].classes == "c b"
    assert body.runs[0].text == document.text[7:20]
    assert body.runs[0].classes == "c e"


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


def test_figures_times_and_places_are_marked(view):
    (document,) = view.documents
    (figure,) = view.figures
    _, body = paragraphs(document, view.statements, [], [(figure.start, figure.end)])
    assert [run.text for run in body.runs if "f" in run.classes.split()] == [figure.text]


def test_a_run_of_each_statement_opens_with_its_number(view):
    (document,) = view.documents
    inner = msgspec.structs.replace(view.statements[0], content_spans=((30, 40),))
    _, body = paragraphs(document, [view.statements[0], inner], [])
    assert [run.opens for run in body.runs if run.opens] == [(0,), (1,)]
    assert any("n" in run.classes.split() for run in body.runs)


def test_an_article_tells_chain_speaker_and_what_things_resolved_to(view):
    article = "".join(articles(make_index(view, with_text=True)))
    assert "Monitor → Courier" in article
    assert "“At least 12 people” at least 12 people (killed): 12 or more" in article
    assert "“Dorrun” Dorrun: 1.00, 2.00 within 3 km, user:places.csv:2" in article
    assert "“Monday” date 2019-03-04" in article
    assert "Query: sum" in article


def test_statements_and_figures_are_cited_without_scripts(view):
    article = "".join(articles(make_index(view, with_text=True)))
    (statement,), (figure,) = view.statements, view.figures
    start, end = statement.content_spans[0]
    assert (
        f"“At least 12 people died in Dorrun on Monday” Monitor → Courier, 2019-03-05. Characters"
        f" {start}–{end} of text {'0' * 16}, sayso 0, #s-{statement.id}<"
    ) in article
    assert "“At least 12 people” Monitor → Courier, 2019-03-05." in article
    assert f"#f-{figure.id}<" in article
    share = "".join(page(view, with_text=False).text)
    assert f"#s-{statement.id}" in share


def test_a_place_is_told_once_an_article(view):
    (document,) = view.documents
    text = f"{document.text}\n\nDorrun again"
    second = Block(kind="prose", start=len(text) - 12, end=len(text))
    place = msgspec.structs.replace(
        view.places[0], id="2" * 20, start=len(text) - 12, end=len(text) - 6
    )
    longer = msgspec.structs.replace(document, text=text, blocks=(*document.blocks, second))
    twice = msgspec.structs.replace(
        view, documents=(longer,), places=(*view.places, place), queries=()
    )
    article = "".join(articles(make_index(twice, with_text=True)))
    assert article.count("Dorrun: 1.00, 2.00") == 1


def test_a_figure_is_told_with_the_queries_about_it(view):
    index = make_index(view, with_text=True)
    assert "look at this" in index.checks(view.figures[0])
    elsewhere = msgspec.structs.replace(view.figures[0], start=0, end=5)
    assert index.checks(elsewhere) == ""


def test_a_nested_statement_names_the_one_it_stands_in(view):
    inner = msgspec.structs.replace(view.statements[0], id="1" * 20, content_spans=((30, 40),))
    nested = msgspec.structs.replace(view, statements=(view.statements[0], inner))
    article = "".join(articles(make_index(nested, with_text=True)))
    assert "within <a href=#n0-0>1</a>" in article


def test_every_paragraph_of_a_long_article_costs_alike(view):
    (document,) = view.documents
    text = "At least 12 people died.\n" * 4000
    blocks = tuple(Block(kind="prose", start=25 * n, end=25 * n + 24) for n in range(4000))
    figures = tuple(
        msgspec.structs.replace(view.figures[0], id=f"{n:020}", start=25 * n, end=25 * n + 18)
        for n in range(4000)
    )
    long = msgspec.structs.replace(document, text=text, blocks=blocks)
    crowded = msgspec.structs.replace(view, documents=(long,), figures=figures, queries=())
    started = time.process_time()
    "".join(articles(make_index(crowded, with_text=True)))
    assert time.process_time() - started < 3
