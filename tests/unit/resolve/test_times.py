"""Values of time expressions: from a day, from a window, from the narrative."""

from __future__ import annotations

import datetime as dt

import pytest

from sayso.annotate.times import find_times
from sayso.knowledge import load
from sayso.resolve.times import resolve_times
from sayso.resolve.timex_calendar import easter
from sayso.resolve.timex_values import period
from sayso.schema import Annotations, Block, Document, Publication, Time


def resolve(text: str, earliest: str | None, latest: str | None = "same") -> tuple[Time, ...]:
    latest = earliest if latest == "same" else latest
    document = Document(
        source="a.txt",
        path="a.txt",
        text=text,
        blocks=(Block(kind="prose", start=0, end=len(text)),),
        bytes_sha256="0" * 64,
        text_sha256="0" * 64,
        read_at="2020-01-01T00:00:00Z",
        reader="test",
    )
    spans = find_times(document, None, knowledge=load())
    publication = Publication(earliest=earliest, latest=latest, how="test")
    return resolve_times(document, Annotations(times=spans), publication)


WEDNESDAY = "2019-05-15"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("It fell on Monday.", "2019-05-13"),
        ("It fell on Wednesday.", "2019-05-15"),
        ("The pause starting Friday will hold.", "2019-05-17"),
        ("It fell last Friday.", "2019-05-10"),
        ("Guns fell silent late on Monday.", "2019-05-13"),
        ("A shell hit it on Friday night.", "2019-05-10TNI"),
        ("Talks are penciled in for June.", "2019-06"),
        ("The road has been shut since last September.", "2018-09"),
        ("They met in December.", "2018-12"),
        ("They met on December 30.", "2018-12-30"),
        ("The hall was hit on September 30 last year.", "2018-09-30"),
        ("They met yesterday.", "2019-05-14"),
        ("They met earlier this month.", "2019-05"),
        ("They met last week.", "2019-W19"),
        ("They met over the weekend.", "2019-W19-WE"),
        ("Two weeks ago they met.", "2019-W18"),
        ("They met three days ago.", "2019-05-12"),
        ("They met in the spring of 2016.", "2016-SP"),
        ("Profit fell in the third quarter of 2015.", "2015-Q3"),
        ("It rose in the late 1970s.", "197"),
        ("A 72-hour pause was agreed.", "PT72H"),
        ("It lasted two and a half years.", "P2Y6M"),
        ("They fought for decades.", "PXY"),
        ("They met every day.", "P1D"),
        ("The market opens on Saturdays and sells flour.", "XXXX-WXX-6"),
        ("He is currently abroad.", "PRESENT_REF"),
        ("They met on Christmas Day.", "2018-12-25"),
        ("The mast fell at 1456 GMT on Monday.", "2019-05-13T14:56Z"),
        ("It happened on 30 February 2018.", "2018-02"),
    ],
)
def test_value_from_a_day(text: str, value: str) -> None:
    assert [time.value for time in resolve(text, WEDNESDAY)] == [value]


def test_narrative_carries_from_the_last_day_named() -> None:
    text = "The dam broke on 3 March 2018. A day earlier it held. Two days later it rained."
    assert [time.value for time in resolve(text, WEDNESDAY)] == [
        "2018-03-03",
        "2018-03-02",
        "2018-03-04",
    ]


def test_the_following_week_follows_the_narrative() -> None:
    text = "They met on 3 March 2018. The following week they left."
    assert resolve(text, WEDNESDAY)[1].value == "2018-W10"


def test_a_year_is_shared_over_a_range() -> None:
    text = "The siege ran from May to June 2015."
    assert [time.value for time in resolve(text, WEDNESDAY)] == ["2015-05", "2015-06"]


def test_a_window_leaves_open_what_its_ends_disagree_on() -> None:
    (time,) = resolve("It fell on Monday.", "2019-05-13", "2019-05-22")
    assert (time.value, time.earliest, time.latest) == ("XXXX-WXX-1", "2019-05-13", "2019-05-20")
    (time,) = resolve("It fell yesterday.", "2019-05-13", "2019-05-14")
    assert (time.value, time.earliest, time.latest) == ("2019-05-XX", "2019-05-12", "2019-05-13")


def test_without_a_day_values_stay_partial_and_nothing_is_invented() -> None:
    (monday, month) = resolve("It fell on Monday, and again in June.", None)
    assert (monday.value, monday.earliest, monday.latest) == ("XXXX-WXX-1", None, None)
    assert (month.value, month.earliest) == ("XXXX-06", None)


def test_an_open_window_leaves_its_end_open() -> None:
    (time,) = resolve("It fell on Monday.", "2019-05-13", None)
    assert (time.value, time.latest) == ("XXXX-WXX-1", None)


def test_ranges_of_days() -> None:
    (time,) = resolve("They met last week.", WEDNESDAY)
    assert (time.earliest, time.latest) == ("2019-05-06", "2019-05-12")
    (time,) = resolve("They fought for the past four days.", WEDNESDAY)
    assert (time.earliest, time.latest) == ("2019-05-11", WEDNESDAY)


def test_records_are_anchored() -> None:
    (time,) = resolve("It fell on Monday.", WEDNESDAY)
    assert time.evidence[0].start == time.start == 11
    assert time.id == resolve("It fell on Monday.", None)[0].id


def test_easter_is_computed() -> None:
    assert [easter(year) for year in (2016, 2017, 2024)] == [
        dt.date(2016, 3, 27),
        dt.date(2017, 4, 16),
        dt.date(2024, 3, 31),
    ]


@pytest.mark.parametrize(
    ("amount", "unit", "value"),
    [
        ("72", "h", "PT72H"),
        ("X", "D", "PXD"),
        ("2", "E", "P20Y"),
        ("5.5", "h", "PT5H30M"),
        ("0.5", "Y", "P6M"),
    ],
)
def test_periods(amount: str, unit: str, value: str) -> None:
    assert period(amount, unit) == value
