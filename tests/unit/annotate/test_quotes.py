"""Quotation marks: pairs, odd ones, nested ones, and the form of contents."""

import time

import pytest

from sayso.annotate.quotes import Quotes, find_quotes, form_of


def words(text: str) -> list[str]:
    return [text[q.start : q.end] for q in find_quotes(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "we left" and "you stayed".', ['"we left"', '"you stayed"']),
        ("“One,” she said. “Two.”", ["“One,”", "“Two.”"]),
        ('“We left," he said.', ['“We left,"']),
        ("«Nous,» he said. „Wir“ too.", ["«Nous,»"]),
        ("It was “the ‘normal’ opposition” again.", ["“the ‘normal’ opposition”"]),
        ("They were ‘ready’ and the men's boots were 'dry'.", ["‘ready’", "'dry'"]),
        ("The rebels' house and the army's guns.", []),
    ],
)
def test_pairs(text: str, expected: list[str]) -> None:
    assert words(text)[: len(expected)] == expected


def test_an_odd_mark_ends_with_its_paragraph() -> None:
    text = '"We left.\n"We came back," he said.\nNobody spoke.'
    found = find_quotes(text, 0, len(text))
    assert [(text[q.start : q.end], q.closed) for q in found] == [
        ('"We left.', False),
        ('"We came back,"', True),
    ]


def test_a_stray_straight_mark_does_not_turn_the_rest_inside_out() -> None:
    assert words('We left" he said. "We came back" she said.') == ['"We came back"']
    assert words('He said "we left. "We came back" she said.') == ['"We came back"']


def test_five_thousand_marks_take_no_time() -> None:
    text = '"a b ' * 5001 + "'c' ‘d’ " * 5001
    began = time.perf_counter()
    assert find_quotes(text, 0, len(text))
    assert time.perf_counter() - began < 1


@pytest.mark.parametrize(
    ("content", "form"),
    [
        ('"We left"', "direct"),
        ('that they "left" the town', "mixed"),
        ("that they left the town", "indirect"),
    ],
)
def test_form(content: str, form: str) -> None:
    text = f"He said {content}."
    quotes = Quotes(find_quotes(text, 0, len(text)))
    assert form_of(text, [(8, 8 + len(content))], quotes) == form
