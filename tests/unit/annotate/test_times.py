"""Time expressions: what is found, where it ends, which way it points, and what is no time."""

from __future__ import annotations

import sys

import pytest

from sayso.annotate.times import find_times
from sayso.annotate.timex_rules import RULES
from sayso.annotate.timex_tokens import load_lexicon, number_classes, tokenise
from sayso.knowledge import load
from sayso.schema import Block, Document, TimeSpan


def document(text: str, *blocks: Block) -> Document:
    return Document(
        source="a.txt",
        path="a.txt",
        text=text,
        blocks=blocks or (Block(kind="prose", start=0, end=len(text)),),
        bytes_sha256="0" * 64,
        text_sha256="0" * 64,
        read_at="2020-01-01T00:00:00Z",
        reader="test",
    )


def times(text: str) -> tuple[TimeSpan, ...]:
    return find_times(document(text), None, knowledge=load())


def words(text: str) -> list[str]:
    return [text[span.start : span.end] for span in times(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The bridge fell on 3 May 2019.", ["3 May 2019"]),
        ("The bridge fell on May 3, 2019, they said.", ["May 3, 2019"]),
        ("The bridge fell on Friday, May 3rd.", ["Friday, May 3rd"]),
        ("OSTRAV 21-04-2016 The mayor spoke.", ["21-04-2016"]),
        ("Updated 08.04.2017 by the desk.", ["08.04.2017"]),
        ("Reported Jul 012016 from Ostrav.", ["Jul 012016"]),
        ("It opened in 1984 and closed in the 1990s.", ["1984", "the 1990s"]),
        ("A temple of the 11th century stands there.", ["the 11th century"]),
        ("Sales fell in the third quarter of 2015.", ["the third quarter of 2015"]),
        ("He came late on Monday and left on Friday night.", ["late on Monday", "Friday night"]),
        ("Earlier this month two men met.", ["Earlier this month"]),
        ("Talks in mid-August and early 2014 failed.", ["mid-August", "early 2014"]),
        ("It lasted for nearly five years.", ["nearly five years"]),
        ("A 72-hour pause and a seven-day truce.", ["72-hour", "seven-day"]),
        ("Buses run every day and each Thursday.", ["every day", "each Thursday"]),
        ("The shop closed at 3 p.m. Tuesday.", ["3 p.m. Tuesday"]),
        ("The mast fell at 1456 GMT.", ["1456 GMT"]),
        ("Over the past four years nothing moved.", ["the past four years"]),
        ("Between 3 and 5 May shells fell.", ["3", "5 May"]),
        ("The camp opened from 2011-2014.", ["2011", "2014"]),
        ("Saturdays blast killed two.", ["Saturdays"]),
        ("Two days later the mayor left.", ["Two days later"]),
        ("He left the day before yesterday.", ["the day before yesterday"]),
        ("They met on New Year's Eve.", ["New Year's Eve"]),
        ("They met in June. It rained at 3 pm.", ["June", "3 pm"]),
        ("They met on Christmas Day 2015.", ["Christmas Day 2015"]),
        ("They met on 27-Feb-2016 and 2016/03/01.", ["27-Feb-2016", "2016/03/01"]),
        ("It ended on the 19th after a storm.", ["the 19th"]),
        ("It ended on the 19th floor.", []),
        ("He came on the night of March 3.", ["the night of March 3"]),
        ("He came in the early hours of Monday.", ["the early hours of Monday"]),
        ("He fled at dawn and came back two weeks' time later.", ["dawn", "two weeks' time"]),
        ("That evening it will last seven days.", ["That evening", "seven days"]),
        ("The Sunday Times was sold out.", []),
        ("He left a week ago Monday.", ["a week ago Monday"]),
        ("He left on Monday of last week.", ["Monday of last week"]),
        ("It fell the year before last.", ["the year before last"]),
        ("The talk took two hours and 15 minutes.", ["two hours and 15 minutes"]),
        ("An 18- to 24-month plan failed.", ["18- to 24-month"]),
        ("It takes six-to-eight weeks.", ["six-to-eight weeks"]),
        ("A monthlong siege and a month-old truce ended.", ["monthlong"]),
        ("It was the second day of talks.", ["the second day"]),
        ("Shops shut for a third consecutive week.", ["a third consecutive week"]),
        ("He saw one second-hand car a second time.", []),
        ("They met day after day.", []),
        ("He came at 5:30 in the morning.", ["5:30 in the morning"]),
        ("It opened in 2016-17.", ["2016", "17"]),
        ("It was built in the 1990's.", ["the 1990's"]),
        ("They struck overnight Thursday.", ["overnight Thursday"]),
        ("Strikes on Thursday overnight killed two.", ["Thursday overnight"]),
        ("He signed a June deal and the March vote.", ["June", "March"]),
        ("She joined the March for Bread.", []),
        ("It rose over the years.", ["the years"]),
        ("They pay it twice a week.", ["twice a week"]),
        ("It rose in Q3 2015.", ["Q3 2015"]),
        ("He left the day before last Tuesday.", ["the day before last Tuesday"]),
    ],
)
def test_finds_expressions_whole(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Rebels may march on the town and the sun sat low.",
        "The 35-year-old driver and a woman 52 years old were hurt.",
        "The code 40 May 20166 stands on the wall.",
        "The number 12345678901234567890123456 was painted there.",
        "Some 2016 people fled and 1990 fighters stayed.",
        "A second man fell.",
        "Three-quarters of the flour was lost.",
        "",
    ],
)
def test_leaves_other_words_alone(text: str) -> None:
    assert words(text) == []


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("They offered a 72-hour pause starting Tuesday in two suburbs.", "after"),
        ("The next round is penciled in for June.", "after"),
        ("The council will vote on Tuesday.", "after"),
        ("The offer runs until Friday.", "after"),
        ("The deal will be finalized by June 10.", "after"),
        ("Guns fell silent on Tuesday, a monitor said.", "before"),
        ("The road has been shut since September.", "before"),
        ("On Tuesday, the board is to meet.", "after"),
        ("He said on Wednesday that on Sunday they would meet.", "after"),
        ("The mayor will go, but he came on Sunday.", "before"),
        ("The trial opens Monday.", "after"),
        ("The meeting is Tuesday.", "after"),
        ("The pause, which was to end on Friday, held.", "after"),
        ("Between March and May half left.", "before"),
        ("They waited until the case is heard in May.", "after"),
        ("Leaders vote Monday.", "after"),
        ("The envoy leaves Monday for Ostrav.", "after"),
        ("Court to hear case Monday.", "after"),
        ("They agreed to meet Monday.", "after"),
        ("He had to leave Monday.", "before"),
        ("It had been due to expire Friday.", "before"),
        ("Friday is the deadline.", "after"),
        ("The board will discuss Saturday's attack.", "before"),
        ("The board will vote in Saturday's election.", "after"),
        ("He set it aside on Friday.", "before"),
        ("The pause is set for Friday.", "after"),
        ("The board announced the plan on Friday.", "before"),
        ("The report comes after the attack on Friday.", None),
        ("The yen rose to 1.8 marks Friday.", "before"),
    ],
)
def test_direction_comes_from_cue_and_tense(text: str, direction: str | None) -> None:
    assert [span.direction for span in times(text)][-1] == direction


def test_plural_weekday_after_on_is_a_set() -> None:
    (span,) = times("The market opens on Saturdays and sells flour.")
    assert (span.type, span.rule) == ("SET", "set_weekday")


def test_weekdays_that_come_round_together_are_sets() -> None:
    for text in ("They meet every Monday and Tuesday.", "They met on Monday and Tuesday nights."):
        assert [(span.type, span.rule) for span in times(text)] == [("SET", "set_weekday")] * 2


def test_weekdays_in_a_list_point_the_same_way() -> None:
    assert [span.direction for span in times("They meet next Monday and Tuesday.")][-1] == "after"


def test_a_clock_takes_the_day_that_follows_it() -> None:
    first, second, day = times("It began at 7 p.m. (1600 GMT) on Monday.")
    assert first.rule == second.rule == day.rule == "weekday"
    assert (first.parts["clock"], second.parts["clock"]) == ("T19:00", "T16:00Z")


def test_furniture_is_left_out_and_spans_count_in_the_text() -> None:
    text = "Sun 3 May 2019\n\nHe left on Monday."
    one = document(
        text,
        Block(kind="furniture", start=0, end=14),
        Block(kind="prose", start=16, end=len(text)),
    )
    (span,) = find_times(one, None, knowledge=load())
    assert text[span.start : span.end] == "Monday"


def test_a_well_known_day_carries_its_year_for_publication_only() -> None:
    (span,) = times("The ceasefire came into force on February 27.")
    assert span.parts["known_year"] == 2016
    assert "year" not in span.parts


def test_every_number_has_classes_that_the_rules_know() -> None:
    lexicon = load_lexicon(load())
    times("")  # seals the lexicon
    for digits in [*map(str, range(10_000)), "00", "007", "0000", "12,000", "1.5", "31st", "99th"]:
        lexicon._characters[number_classes(digits)]


def test_a_rule_that_is_skipped_would_not_have_matched() -> None:
    lexicon = load_lexicon(load())
    times("")  # seals the lexicon
    texts = [
        "On Tuesday, May 3, 2019, at 9 a.m. EST, two or three days after the 1990s, the second day "
        "of last week's talks, a year and a half ago, a quarter of a century ago and every other "
        "week, six months to a year later, in Q3 2015, by then, now, soon, twice a week, half an "
        "hour, the year before last, the third quarter of 2015, at dawn, on the 19th, and 2016-17."
    ]
    for text in texts:
        _, characters = tokenise(text, 0, len(text), lexicon)
        for rule, _ in RULES:
            if lexicon.compile(rule).search(characters):
                needed = lexicon.needed(rule)
                assert not any(set(characters).isdisjoint(one_of) for one_of in needed), rule


def test_tokens_keep_their_places() -> None:
    text = "İstanbul’s 5 p.m. bus — 21st"
    lexicon = load_lexicon(load())
    times("")
    tokens, characters = tokenise(text, 0, len(text), lexicon)
    assert len(tokens) == len(characters)
    assert [text[t.start : t.end] for t in tokens][:3] == ["İstanbul", "’s", "5"]


@pytest.mark.parametrize(
    "text",
    [
        '"' * 5001,
        "a" * 50_000,
        "1 " * 20_000,
        "the week of " * 5_000,
        "\x00\u202e" * 2_000,
        "May " * 9_000,
    ],
)
def test_hostile_text_is_read_quickly(text: str) -> None:
    times(text)


def test_costs_no_spacy() -> None:
    before = "spacy" in sys.modules
    times("He left on Monday.")
    assert ("spacy" in sys.modules) == before
