"""States as voices: their media, agencies, ministries and governments, by whatever words."""

from __future__ import annotations

import pytest

from sayso.compare.states import States
from sayso.knowledge import load


@pytest.mark.parametrize(
    ("words", "channel"),
    [
        ("Norwegian state media", ("state media", "Norway")),
        ("State-run Norwegian TV", ("state television", "Norway")),
        ("the state television channel", ("state television", None)),
        ("Norways government run TV", ("state television", "Norway")),
        ("state media and activists", ("state media", None)),
        ("private Norwegian TV", None),
        ("the media", None),
    ],
)
def test_a_states_media_by_their_state(words: str, channel: tuple[str, str | None] | None) -> None:
    assert States(load()).channel(words) == channel


def test_the_ministry_of_the_state_that_a_report_is_about() -> None:
    states = States(load())
    assert states.ministry("interior ministry", "Norway") == "Norwegian Interior Ministry"
    assert states.ministry("ministry", "Norway") is None


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("government of President Bashar al-Assad and his allies in Moscow", "Syria"),
        ("Norwegian government", "Norway"),
        ("government", None),
        ("Norwegian teachers", None),
    ],
)
def test_a_government_is_its_state(words: str, name: str | None) -> None:
    assert States(load()).government(words, "Norway") == name


def test_the_opposition_is_that_of_the_state_where_one_is_known() -> None:
    states = States(load())
    assert states.government("the opposition", "Syria") == "Syrian opposition"
    assert states.government("opposition activists", "Syria") is None
