import pytest

from sayso.schema import Publication
from sayso.show.words import date_words, number_words, printable


@pytest.mark.parametrize(
    ("earliest", "latest", "words"),
    [
        (None, None, "date unknown"),
        ("2019-03-02", "2019-03-02", "2019-03-02"),
        ("2019-03-02", None, "2019-03-02 or later"),
        (None, "2019-03-02", "by 2019-03-02"),
        ("2019-03-02", "2019-03-05", "2019-03-02 to 2019-03-05"),
    ],
)
def test_a_window_of_publication_in_words(earliest, latest, words):
    assert date_words(Publication(earliest=earliest, latest=latest, how="")) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [(None, ""), (28000.0, "28,000"), (0.35, "0.35"), (1e300, "1e+300"), (-3.0, "-3")],
)
def test_numbers(value, words):
    assert number_words(value) == words


@pytest.mark.parametrize("character", ["\0", "\x1b", "\u202e", "\u2066", "\x7f"])
def test_control_and_direction_characters_are_shown_not_obeyed(character):
    shown = printable(f"a{character}b")
    assert len(shown) == 3
    assert character not in shown


def test_line_ends_and_tabs_stay():
    assert printable("a\n\tb") == "a\n\tb"
