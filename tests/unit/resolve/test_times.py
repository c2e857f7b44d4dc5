"""Values of time expressions: from a day, from a window, from the narrative."""

from __future__ import annotations

import datetime as dt

import pytest

from sayso.annotate.times import find_times
from sayso.knowledge import load
from sayso.resolve.times import resolve_times
from sayso.resolve.timex_calendar import easter
from sayso.resolve.timex_units import period
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
        ("They met on Christmas Day 2015.", "2015-12-25"),
        ("They met in the first half of the year.", "2019-H1"),
        ("They will meet in two weeks' time.", "2019-W22"),
        ("They danced in the nineties.", "199"),
        ("On Fridays they march.", "XXXX-WXX-5"),
        ("It rang at 10 o'clock on Tuesday night.", "2019-05-14T22:00"),
        ("It fell in the early hours of Monday.", "2019-05-13TMO"),
        ("It fell on the 3rd.", "2019-05-03"),
        ("Songs of Bloody Sunday were sung.", "XXXX-WXX-7"),
        ("They met in Jan '98.", "1998-01"),
        ("He left a week ago Monday.", "2019-05-06"),
        ("He left three weeks ago Sunday.", "2019-04-21"),
        ("It fell a year ago Tuesday.", "2018-05-14"),
        ("It fell a year ago this week.", "2018-W20"),
        ("They meet a week from Monday.", "2019-05-27"),
        ("He left on Monday of last week.", "2019-05-06"),
        ("He left the Monday before last.", "2019-05-06"),
        ("It fell the year before last.", "2017"),
        ("It began a year and a half ago.", "2017-11"),
        ("It began half a year ago.", "2018-11"),
        ("It began a quarter of a century ago.", "1994"),
        ("It ended on the 24th of last month.", "2019-04-24"),
        ("It took two hours and 15 minutes.", "PT2H15M"),
        ("He got one year and six months.", "P1Y6M"),
        ("It grew over the past year.", "P1Y"),
        ("A monthlong siege ended.", "P1M"),
        ("It stood for centuries.", "PXC"),
        ("It was the third day of talks.", "2019-05-15"),
        ("Shops shut for a third consecutive week.", "2019-W20"),
        ("He will one day return.", "FUTURE_REF"),
        ("They pay it twice a week.", "P1W"),
        ("It rose in Q3 2015.", "2015-Q3"),
        ("He came at 5:30 in the morning.", "2019-05-15T05:30"),
        ("They struck overnight Thursday.", "2019-05-09TNI"),
        ("Shops will shut by early June.", "2019-06"),
        ("One hundred and fifty years ago it fell.", "1869"),
        ("It fell in the 1990's.", "199"),
        ("It rose in the fourth quarter.", "2018-Q4"),
        ("The week before, it fell.", "2019-W19"),
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


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("On 3 March 2018 it broke. The next day it rained.", ["2018-03-03", "2018-03-04"]),
        ("On 3 March 2018 it broke. On 5 March it rained.", ["2018-03-03", "2018-03-05"]),
        ("On 3 March 2018 it broke. On 5 May it rained.", ["2018-03-03", "2019-05-05"]),
        ("In March 2018 it broke. A month later it rained.", ["2018-03", "2018-04"]),
        ("In March 2018 it broke. Two days later it rained.", ["2018-03", "2018-XX-XX"]),
        ("In March 2018 a pause began. It ended on the 19th.", ["2018-03", "2018-03-19"]),
        ("It broke on Sunday. That night it rained.", ["2019-05-12", "2019-05-12TNI"]),
        ("It broke on Sunday. Earlier in the day it rained.", ["2019-05-12", "2019-05-12"]),
        ("Shops are open Monday through Friday.", ["2019-05-13", "2019-05-17"]),
        ("In April sales fell from the same month last year.", ["2019-04", "2018-04"]),
        ("The offer ends on June 3. Until then it holds.", ["2019-06-03", "2019-06-03"]),
        ("It opened in 2016-17.", ["2016", "2017"]),
        (
            "The day before last Tuesday's vote he left. The next day he came back.",
            ["2019-05-13", "2019-05-15"],
        ),
    ],
)
def test_the_narrative_anchors_what_follows(text: str, values: list[str]) -> None:
    assert [time.value for time in resolve(text, WEDNESDAY)] == values


@pytest.mark.parametrize(
    ("words", "earliest", "latest"),
    [
        ("in early 2018", "2018-01-01", "2018-07-02"),
        ("in late April", "2019-04-16", "2019-04-30"),
        ("in mid-April", "2019-04-08", "2019-04-23"),
        ("at the end of April", "2019-04-16", "2019-04-30"),
        ("earlier this month", "2019-05-01", "2019-05-15"),
        ("later this month", "2019-05-15", "2019-05-31"),
        ("during Ramadan", "2019-05-05", "2019-06-05"),
        ("on Eid al-Fitr 2016", "2016-07-06", "2016-07-10"),
    ],
)
def test_parts_of_stretches_and_moon_feasts_are_ranges(
    words: str, earliest: str, latest: str
) -> None:
    (time,) = resolve(f"It fell {words}.", WEDNESDAY)
    assert (time.earliest, time.latest) == (earliest, latest)


def test_a_day_of_an_unknown_year_keeps_its_month_and_day() -> None:
    assert [t.value for t in resolve("Born in 1952, he left on May 25.", None)] == [
        "1952",
        "XXXX-05-25",
    ]
    (time,) = resolve("He left on May 25.", "2015-01-01", "2017-12-31")
    assert time.value == "XXXX-05-25"


def test_a_day_beside_the_window_takes_its_year() -> None:
    (time,) = resolve("Starting May 25, they will strike.", "2016-05-21", "2016-06-06")
    assert time.value == "2016-05-25"


def test_earlier_in_the_day_is_of_today_where_no_day_was_told_of_late() -> None:
    text = f"It broke on Sunday. {'They mended it and went on. ' * 40}Earlier in the day it rained."
    assert [time.value for time in resolve(text, WEDNESDAY)] == ["2019-05-12", "2019-05-15"]


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
