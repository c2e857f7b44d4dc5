"""Relations on the page: their further evidence, and the table of numbers that cannot both hold."""

from __future__ import annotations

import re

import msgspec
import pytest

from sayso.schema import Account, AccountToll, Block, Evidence, Figure, Relation, View
from sayso.show.index import Index, make_index
from sayso.show.matter import TABLED, matter_pages, rank
from sayso.show.numbers import giver, givers_of
from sayso.show.report import report_lines
from sayso.show.tables import relation_rows

WORDS = "{} were killed in Dorrun, a voice said. It said {} again."
TELLING = {"a": 12, "b": 30, "c": 12, "d": 30, "e": 45}
"""Reports with the number that each gives."""

VOICES = {12: "Monitor", 30: "Harbour Office", 45: None}


def figure_of(case: View, source: str) -> Figure:
    return next(figure for figure in case.figures if figure.document == source)


def again(case: View, source: str) -> Evidence:
    """The second time that a report gives its number."""
    (text,) = (document.text for document in case.documents if document.source == source)
    start = text.rindex(str(TELLING[source]))
    return Evidence(document=source, start=start, end=start + 2)


def relation(case: View, left: str, right: str, *also: Evidence) -> Relation:
    """A contradiction between the numbers of two reports."""
    one, other = figure_of(case, left), figure_of(case, right)
    return Relation(
        id=f"{left}{right}",
        evidence=(*one.evidence, *other.evidence, *also),
        method="test/1",
        kind="contradicts",
        left=one.id,
        right=other.id,
        reason="both cannot hold",
    )


def with_relations(case: View, *relations: Relation) -> Index:
    return make_index(msgspec.structs.replace(case, relations=relations), with_text=True)


@pytest.fixture
def case(view: View) -> View:
    """Five reports of one matter. "c" tells its number on nobody's word, and the monitor's account
    takes it up; "e" gives its own.
    """
    (pattern,) = view.figures
    documents, figures = [], []
    for source, value in TELLING.items():
        text = WORDS.format(value, value)
        documents.append(
            msgspec.structs.replace(
                view.documents[0],
                source=source,
                text=text,
                blocks=(Block(kind="prose", start=0, end=len(text)),),
                outlet=f"The {source.upper()} Courier",
            )
        )
        figures.append(
            msgspec.structs.replace(
                pattern,
                id=f"f{source}",
                evidence=(Evidence(document=source, start=0, end=2),),
                document=source,
                start=0,
                end=2,
                text=str(value),
                value=value,
                low=value,
                high=value,
                bound="exact",
                speaker=None if source == "c" else VOICES[value],
                matter=view.matters[0].id,
            )
        )
    accounts = tuple(
        Account(
            speaker=VOICES[value],
            voice="named",
            says="",
            figures=tuple(f"f{source}" for source in taken_up),
            documents=tuple(source for source in TELLING if TELLING[source] == value),
            tolls=tuple(
                AccountToll(
                    figure=f"f{source}", document=source, on=None, value=value, low=value,
                    high=value, bound="exact", of="people", effect="killed",
                )
                for source in TELLING
                if TELLING[source] == value and source not in taken_up
            ),
        )
        for value, taken_up in ((12, ("c",)), (30, ()))
    )  # fmt: skip
    matter = msgspec.structs.replace(view.matters[0], documents=tuple(TELLING), accounts=accounts)
    publication = next(iter(view.publications.values()))
    nothing = ("statements", "times", "places", "events", "actors", "truces", "relations")
    return msgspec.structs.replace(
        view,
        documents=tuple(documents),
        publications=dict.fromkeys(TELLING, publication),
        figures=tuple(figures),
        matters=(matter,),
        **dict.fromkeys((*nothing, "naming", "queries", "problems"), ()),
    )


# --- Index.further -------------------------------------------------------------------------


def test_two_sides_alone_have_no_further_evidence(case: View) -> None:
    assert with_relations(case).further(relation(case, "a", "b")) == []


def test_further_evidence_is_that_of_other_words_in_order(case: View) -> None:
    further = [again(case, "d"), again(case, "a"), again(case, "c")]
    found = with_relations(case).further(relation(case, "a", "b", *further))
    assert found == [again(case, "a"), again(case, "c"), again(case, "d")]


def test_further_evidence_that_touches_is_one(case: View) -> None:
    spans = [(0, 2), (3, 7), (20, 26)]
    further = [Evidence(document="c", start=start, end=end) for start, end in spans]
    found = with_relations(case).further(relation(case, "a", "b", *further))
    assert [(e.start, e.end) for e in found] == [(0, 7), (20, 26)]


def test_evidence_of_a_side_that_is_not_in_the_case_is_further(case: View) -> None:
    half = msgspec.structs.replace(relation(case, "a", "b"), right="nothing")
    found = with_relations(case).further(half)
    assert found == list(figure_of(case, "b").evidence)


# --- the page of relations -----------------------------------------------------------------


def test_the_page_of_relations_leads_to_the_further_evidence(case: View) -> None:
    index = with_relations(
        case, relation(case, "a", "b", again(case, "c")), relation(case, "b", "e")
    )
    further, none = relation_rows(index)
    key = index.reports["c"].key
    assert f"#w-{key}-{again(case, 'c').start}>" in further["also"]
    assert none["also"] == ""
    html = "".join(report_lines(index.view, with_text=True))
    page = html[html.index('id="relations"') : html.index('id="truces"')]
    assert page.count("Also: ") == 1
    leads = re.findall(r"href=#(w-[\w-]+)", page)
    assert leads
    for anchor in leads:
        assert f"id={anchor}" in html


def test_copies_have_their_passages_on_the_matters_page_alone(case: View) -> None:
    one, other = (document.id for document in case.documents[:2])
    copies = msgspec.structs.replace(
        relation(case, "a", "b", again(case, "a")), kind="copies", left=one, right=other
    )
    (row,) = relation_rows(with_relations(case, copies))
    assert row["also"] == ""


# --- who gives a figure --------------------------------------------------------------------


def test_givers_are_the_accounts_of_tolls_and_of_figures_taken_up(case: View) -> None:
    (matter,) = case.matters
    givers = givers_of(matter)
    assert {id_: account.speaker for id_, account in givers.items()} == {
        "fa": "Monitor", "fc": "Monitor", "fb": "Harbour Office", "fd": "Harbour Office",
    }  # fmt: skip


def test_a_figure_is_given_by_its_account_else_by_its_speaker_else_by_the_outlet(
    case: View,
) -> None:
    index, givers = with_relations(case), givers_of(case.matters[0])
    assert giver(index, figure_of(case, "c"), givers) == "Monitor"
    assert giver(index, figure_of(case, "b"), {}) == "Harbour Office"
    assert giver(index, figure_of(case, "e"), givers) == "own word of The E Courier"


# --- the table of numbers that cannot both hold --------------------------------------------


def test_few_contradictions_stand_side_by_side(case: View) -> None:
    pairs = [relation(case, "a", "b"), relation(case, "a", "e")]
    assert len(pairs) < TABLED
    index = with_relations(case, *pairs)
    (page,) = matter_pages(index, rank(index))
    assert page["opposed"] == []
    assert len(page["disputed"]) == 1  # of one reason
    assert len(page["disputed"][0]["sides"][1]) == 2


def test_many_contradictions_are_a_table_with_each_number_once(case: View) -> None:
    pairs = [
        relation(case, "a", "b", *figure_of(case, "d").evidence, again(case, "a")),
        relation(case, "a", "e"),
        relation(case, "b", "c"),
        relation(case, "b", "e"),
    ]
    assert len(pairs) >= TABLED
    index = with_relations(case, *pairs)
    (page,) = matter_pages(index, rank(index))
    assert page["disputed"] == []
    rows = {(row["voice"], row["number"]): row for row in page["opposed"]}
    own, monitor = "own word of The E Courier", "Monitor"
    assert list(rows) == [
        (own, "45 people (killed)"),
        ("Harbour Office", "30 people (killed)"),
        (monitor, "12 people (killed)"),
    ]
    against = rows[monitor, "12 people (killed)"]["against"]
    assert against == f"30 people (killed), Harbour Office; 45 people (killed), {own}"
    sides = {voice: [side["link"] for side in row["sides"]] for (voice, _), row in rows.items()}
    assert [len(links) for links in sides.values()] == [1, 2, 2]
    assert "f-fd" in sides["Harbour Office"][1]  # further evidence that is the same number
    also = {voice: row["also"] for (voice, _), row in rows.items()}
    assert f"-{again(case, 'a').start}>" in also[monitor]  # further evidence that is no figure
    assert also["Harbour Office"] == also[own] == ""
