"""Numbers as they are written: value, interval, bound, unit, and what is no number."""

import pytest

from sayso.annotate.numbers import Number, find_numbers, grammar
from sayso.knowledge import load


def numbers(text: str) -> list[Number]:
    return find_numbers(text, grammar(load().lexicon("units")))


@pytest.mark.parametrize(
    ("text", "words", "value", "low", "high", "bound"),
    [
        ("some two thousand militants", "some two thousand", 2000, 1800, 2200, "about"),
        ("over 470,000 people", "over 470,000", 470_000, 470_000, None, "more than"),
        ("more than a dozen cars", "more than a dozen", 12, 12, None, "more than"),
        ("dozens of cars", "dozens", None, 24, 99, "order"),
        ("several hundred cars", "several hundred", None, 300, 900, "order"),
        ("nearly 70 cars", "nearly 70", 70, 63, 70, "about"),
        ("at least 43 cars", "at least 43", 43, 43, None, "at least"),
        ("at least some 40 cars", "at least some 40", 40, 40, None, "at least"),
        ("as many as 300 cars", "as many as 300", 300, None, 300, "at most"),
        ("at least at 43 cars", "at least at 43", 43, 43, None, "at least"),
        ("over at 43 cars", "43", 43, 43, 43, "exact"),
        ("as high as 300 cars", "as high as 300", 300, None, 300, "at most"),
        ("43+ cars", "43+", 43, 43, None, "at least"),
        ("12 or more cars", "12 or more", 12, 12, None, "at least"),
        ("between 20 and 30 cars", "between 20 and 30", None, 20, 30, "about"),
        ("a sum ranging from 20 to 30 cars", "20 to 30", None, 20, 30, "about"),
        ("two to three million cars", "two to three million", None, 2e6, 3e6, "about"),
        ("one hundred and twenty cars", "one hundred and twenty", 120, 120, 120, "exact"),
        ("half a million cars", "half a million", 500_000, 500_000, 500_000, "exact"),
        (
            "over a quarter of a million cars",
            "over a quarter of a million",
            250_000,
            250_000,
            None,
            "more than",
        ),
        ("around 300 000 cars", "around 300 000", 300_000, 270_000, 330_000, "about"),
        ("a 98-kilometer strip", "98-kilometer", 98, 98, 98, "exact"),
    ],
)
def test_value_interval_and_bound(
    text: str, words: str, value: float | None, low: float, high: float | None, bound: str
) -> None:
    (found,) = numbers(text)
    assert text[found.start : found.end] == words
    assert (found.value, found.low, found.high, found.bound) == (value, low, high, bound)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("50 kilometers", 50, "km"),
        ("30 miles", 48.28, "km"),
        ("60km", 60, "km"),
        ("35 percent", 35, "percent"),
        ("12.5 per cent", 12.5, "percent"),
        ("over a third of them", 33.33, "percent"),
        ("$3bn", 3e9, "USD"),
        ("5.1 million dollars", 5.1e6, "USD"),
    ],
)
def test_units_go_over_into_metric_ones(text: str, value: float, unit: str) -> None:
    (found,) = numbers(text)
    assert (found.value, found.unit) == (value, unit)


@pytest.mark.parametrize(
    "text",
    [
        "Su-27 and F-16 jets", "a 72-hour pause", "a 21-year-old", "at 6:30", "a third person",
        "12345678901234567890123456 of them", "the VII summit", "",
    ],
)  # fmt: skip
def test_what_is_no_number(text: str) -> None:
    assert numbers(text) == []


def test_two_numbers_joined_by_and_stay_two() -> None:
    assert [n.value for n in numbers("two and three, from 10 to 15")] == [2, 3, 10, 15]


@pytest.mark.parametrize("text", ["four-wheel cars", "a five-member family", "a 3-year-old truce"])
def test_a_number_in_a_compound_counts_nothing(text: str) -> None:
    assert numbers(text) == []
