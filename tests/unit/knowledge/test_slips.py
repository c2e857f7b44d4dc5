"""Mistyped names: what is taken for a slip and what is not."""

from __future__ import annotations

import pytest

from sayso.knowledge.actors import Entry, Registry
from sayso.knowledge.slips import is_slip, slips

WATCH = Entry(key="watch", name="Varn Observatory for Open Graves", kind="monitor", source="test")
GUARD = Entry(key="guard", name="Northern River Guard", kind="armed force", source="test")


@pytest.mark.parametrize(
    ("word", "right", "slip"),
    [
        ("obervatory", "observatory", True),
        ("obesrvatory", "observatory", True),
        ("obervatorty", "observatory", True),
        ("observatory", "observatory", False),
        ("observatories", "observatory", False),
        ("committees", "committee", False),
        ("eastern", "western", False),
        ("northern", "southern", False),
    ],
)
def test_a_letter_or_two_of_a_long_word_is_a_slip(word: str, right: str, slip: bool) -> None:
    assert is_slip(word, right) is slip


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the Varn Obervatory for Open Graves said", ["Varn Obervatory for Open Graves"]),
        ("the Varn Observatory for Open Graves said", []),
        ("the Varn obervatory for open graves said", []),
        ("the Varn Conservatory for Open Graves said", []),
        ("the Varn Obervatory said", []),
        ("the Nortern River Guard and the Southern River Guard", ["Nortern River Guard"]),
        ("", []),
        ("A " * 5_000, []),
    ],
)
def test_only_long_known_names_with_one_wrong_word_are_found(text: str, found: list[str]) -> None:
    hits = slips(Registry([WATCH, GUARD])).scan(text)
    assert [text[hit.start : hit.end] for hit in hits] == found
