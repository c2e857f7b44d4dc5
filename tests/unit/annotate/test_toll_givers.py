"""Who gives a toll."""

import pytest

from sayso.annotate.lexicon import cues_of
from sayso.annotate.quotes import Quotes
from sayso.annotate.toll_givers import toll_givers
from sayso.knowledge import load


def given(text: str) -> list[tuple[str, str, str]]:
    found = toll_givers(text, [(0, len(text))], Quotes([]), cues=cues_of(load()))
    return [
        tuple(text[slice(*spans[0])] for spans in (a.sources, a.cues, a.contents)) for a in found
    ]


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        (
            "Shells fell. Dolan Watch, which has monitors in Selm, gave a lower toll of 31.",
            "Dolan Watch",
            "a lower toll of 31",
        ),
        (
            "On Tuesday, the governor of Selm, Ana Brandt, put the toll at 20.",
            "the governor of Selm, Ana Brandt",
            "the toll at 20",
        ),
        ("Shells fell. Dolan Watch gave a lower toll of 31.", "Dolan Watch", "a lower toll of 31"),
        ("The monitor on Tuesday raised the death toll to 9", "The monitor", "the death toll to 9"),
        ("Eight died, but Dolan Watch gave a toll of 12.", "Dolan Watch", "a toll of 12"),
        ("Medics who gave the first toll fled.", None, ""),
        ("Nobody knows, and it put the toll higher.", None, ""),
    ],
)  # fmt: skip
def test_a_toll_is_on_the_word_of_who_gives_it(text, source, content):
    assert [(a, c) for a, _, c in given(text)] == ([(source, content)] if source else [])


def test_hostile_text_is_read_to_its_end():
    assert given("gave a toll " * 5_000) is not None
