from __future__ import annotations

import pytest

PROSE = "A monitor said on Monday that twelve people had been killed in the town of Tal Zor. " * 3


def claims(document):
    for claim in document.dates:
        if claim.start is not None:
            assert document.text[claim.start : claim.end] == claim.words
    return [(claim.value, claim.how, claim.words) for claim in document.dates]


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("21-04-2016", "2016-04-21"),
        ("Posted on July 20 2016 by Asharq Al-Awsat", "2016-07-20"),
        ("Sun 16 Apr 2017", "2017-04-16"),
        ("Last updated at Jul 012016", "2016-07-01"),
        ("08.04.2017", "2017-04-08"),
        ("Date of publication 4 October 2016", "2016-10-04"),
        ("Published: 3 May 2019, 10:30 GMT", "2019-05-03"),
        ("2016-04-21T10:00:00Z", "2016-04-21"),
    ],
)
def test_dates_where_dates_of_publication_stand(read, line, value):
    (document,) = read(f"Shells fall on market\n\n{line}\n\n{PROSE}")
    assert [claim[:2] for claim in claims(document)] == [(value, "text")]


@pytest.mark.parametrize("line", ["40 May 20166", "31 February 2016", "12-13-14", "99.99.2016"])
def test_impossible_dates_are_none(read, line):
    (document,) = read(f"Shells fall on market\n\n{line}\n\n{PROSE}")
    assert document.dates == ()


def test_dates_inside_prose_are_no_dates_of_publication(read):
    (document,) = read(f"Shells fall on market\n\n{PROSE} It began on 4 May 2016.")
    assert document.dates == ()


def test_a_date_of_publication_comes_before_one_of_change(read):
    (document,) = read(
        f"Shells fall\n\nLast updated: 5 May 2016\n\nPublished: 4 May 2016\n\n{PROSE}"
    )
    assert [value for value, _, _ in claims(document)] == ["2016-05-04", "2016-05-05"]


@pytest.mark.parametrize(
    ("lines", "outlet"),
    [
        ("www.presstv.ir", "Press TV"),
        ("Rudaw moderates all comments submitted on our website.", "Rudaw"),
        ("The Selm Courier moderates all comments.", "The Selm Courier"),
        ("© 2019 The Harbour Post", "The Harbour Post"),
        ("(Reuters)", None),
    ],
)
def test_outlets_from_the_foot_of_a_page(read, lines, outlet):
    (document,) = read(f"Shells fall on market\n\n{PROSE}\n\n{PROSE}\n\n{lines}")
    assert document.outlet == outlet


def test_the_outlet_on_a_line_beside_the_date(read):
    (document,) = read(f"Shells fall on market\n\n10-03-2019\nRadio Selm\n\n{PROSE}")
    assert document.outlet == "Radio Selm"


def test_an_agency_in_a_dateline_is_not_the_outlet(read):
    (document,) = read(f"Shells fall on market\n\nSELM (Reuters) - {PROSE}")
    assert document.outlet is None


def test_a_byline(read):
    (document,) = read(f"Shells fall on market\n\nBy Ana Beru\n\n4 May 2016\n\n{PROSE}")
    assert document.author == "Ana Beru"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (PROSE, "en"),
        ("قالت وزارة الدفاع إن الطائرات قصفت مواقع المسلحين في الريف يوم الاثنين. " * 4, "ar"),
        ("La ville a été attaquée dans la nuit par des hommes armés selon des témoins. " * 4, "fr"),
        ("Tal Zor", None),
        ('"' * 5001, None),
    ],
)
def test_languages(read, text, language):
    (document,) = read(text)
    assert document.language == language
