import msgspec
import pytest

from sayso.schema import Publication
from sayso.show.words import date_words, figure_words, number_words, printable


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


def test_a_figure_in_words(view):
    (figure,) = view.figures
    assert figure_words(figure) == "at least 12 people (killed)"
    children = msgspec.structs.replace(figure, bound="exact", value=9.0, of="children")
    assert figure_words(children) == "9 children (killed)"
    dozens = msgspec.structs.replace(figure, bound="order", value=None, low=24, high=99, of=None)
    assert figure_words(dozens) == "24–99 people (killed)"
    share = msgspec.structs.replace(figure, value=35.0, bound="about", unit="percent", effect=None)
    assert figure_words(share) == "about 35 percent of people"
