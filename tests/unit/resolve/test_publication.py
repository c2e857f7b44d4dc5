"""The publication window: stated dates first, then what the text's own words allow."""

from __future__ import annotations

import pytest

from sayso.annotate.times import find_times
from sayso.knowledge import load
from sayso.resolve.publication import resolve_publication, shortest
from sayso.schema import Annotations, Block, DateClaim, Document, Publication


def resolve(text: str, *claims: DateClaim) -> Publication:
    document = Document(
        source="a.txt",
        path="a.txt",
        text=text,
        blocks=(Block(kind="prose", start=0, end=len(text)),),
        bytes_sha256="0" * 64,
        text_sha256="0" * 64,
        dates=claims,
        read_at="2020-01-01T00:00:00Z",
        reader="test",
    )
    spans = find_times(document, None, knowledge=load())
    return resolve_publication(document, Annotations(times=spans))


def test_the_texts_date_wins_over_the_tables_and_a_difference_is_told() -> None:
    publication = resolve(
        "Posted 3 May 2019.",
        DateClaim(value="2019-03-05", how="table"),
        DateClaim(value="2019-05-03", how="text", words="3 May 2019"),
        DateClaim(value="2019-05-03", how="metadata"),
    )
    assert publication.day == "2019-05-03"
    assert "the table's date says 2019-03-05" in publication.how
    assert "“3 May 2019”" in publication.how


def test_a_given_date_wins_over_all() -> None:
    claims = (DateClaim(value="2019-05-03", how="text"), DateClaim(value="2020-01-01", how="given"))
    assert resolve("Posted 3 May 2019.", *claims).day == "2020-01-01"


@pytest.mark.parametrize("value", ["2019-13-40", "soon", "", "2019-02-30", "9999-12-31"])
def test_a_claim_that_is_no_date_is_passed_over(value: str) -> None:
    assert resolve("Nothing.", DateClaim(value=value, how="table")).earliest is None


def test_no_clue_is_said() -> None:
    publication = resolve("The bridge is old.")
    assert (publication.earliest, publication.latest) == (None, None)
    assert publication.how == "no date and no clue in the text"


def test_clues_without_a_year_give_no_window_but_are_quoted() -> None:
    publication = resolve("The bridge fell on Monday, a witness said.")
    assert (publication.earliest, publication.latest) == (None, None)
    assert "“Monday”" in publication.how


def test_captions_and_weekdays_narrow_the_window() -> None:
    # 6 May 2019 was a Monday.
    publication = resolve(
        "Smoke rises over Ostrav on May 4, 2019. (AFP) The bridge fell on Monday, the mayor said. "
        "Boats sank near Ostrav on May 3, 2019. (Reuters) Fires burned over the weekend."
    )
    assert publication.earliest is not None and publication.earliest in ("2019-05-05", "2019-05-06")
    assert publication.latest is not None
    assert publication.latest < "2019-06-20"
    assert "“May 4, 2019”" in publication.how


def test_an_old_date_in_prose_leaves_the_end_open() -> None:
    publication = resolve("The war has gone on since 15 March 2011, and on Monday two men fell.")
    assert publication.earliest == "2011-03-15"
    assert publication.latest is None


def test_a_future_date_bounds_from_above() -> None:
    publication = resolve(
        "The dam broke on 2 May 2019 (AFP). The council will vote on 12 May 2019."
    )
    assert publication.earliest is not None and publication.earliest >= "2019-05-02"
    assert publication.latest is not None and publication.latest <= "2019-05-12"


def test_a_date_line_is_the_articles_own() -> None:
    publication = resolve("Bridge falls\n\n03-05-2019\n\nThe bridge fell on Friday, they said.")
    assert publication.day == "2019-05-03"


def test_this_year_and_last_years_month_apart() -> None:
    publication = resolve(
        "Strikes have gone on since last September. Men shook hands on September 9, 2018. (AFP) "
        "The pause came to an end on September 19. He spoke on Thursday."
    )
    assert publication.earliest is not None and publication.earliest >= "2018-09-19"
    assert publication.latest is not None and publication.latest <= "2018-09-30"


def test_a_known_day_gives_the_year() -> None:
    publication = resolve(
        "The ceasefire that began on February 27 holds. In April the mayors met. "
        "“From May 25 no bus will run,” a driver said last week. Shops reopened on Friday."
    )
    assert publication.earliest is not None and publication.earliest >= "2016-04-20"
    assert publication.latest is not None and publication.latest <= "2016-06-10"
    assert "known to be of 2016" in publication.how


def test_shortest_run() -> None:
    assert shortest([0.1, 0.1, 0.4, 0.3, 0.1], 0.65) == (2, 3)
