"""Whose fire words tell of."""

from __future__ import annotations

import pytest

from sayso.compare.incidents import incidents
from sayso.compare.sides import fire_of
from sayso.knowledge import load


@pytest.mark.parametrize(
    ("words", "sides"),
    [
        ("air strikes on rebel held streets", {"state"}),
        ("air strikes on the town", set()),
        ("rebel rockets hit the town", {"insurgents"}),
        ("mortars fired by the insurgents", {"insurgents"}),
        ("shelling of government held streets", {"insurgents"}),
        ("shelling of streets held by rebels", {"state"}),
        ("government air strikes and rebel rockets", {"state", "insurgents"}),
        ("a bomb in a government held street", set()),
        ("government shelling that came after rebel rockets", {"state"}),
        ("shells fell on the town", set()),
        ("the army killed 50 terrorists in strikes", set()),
        ("", set()),
    ],
)
def test_who_fires(words: str, sides: set[str]) -> None:
    assert fire_of(words.split(), incidents(load())) == sides
