"""Sources without a name: whom they mean, as far as words and the registry say so."""

from __future__ import annotations

import pytest

from sayso.compare.unnamed import Body, bridges
from sayso.knowledge import load

WATCH = Body("watch", "monitor", frozenset({"varn", "watch"}), seat="NO")
LAMP = Body("lamp", "monitor", frozenset({"red", "lamp"}))


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("Norway-based monitor", "watch"),
        ("the Norway-based monitoring group", "watch"),
        ("Sweden-based monitor", None),
        ("Norway-based activists", None),
    ],
)
def test_a_monitor_told_by_its_seat_is_the_one_that_sits_there(
    words: str, meant: str | None
) -> None:
    assert bridges(load()).seated(words.removeprefix("the "), (WATCH, LAMP)) == meant


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("defence ministry in Oslo", "Norwegian Defence Ministry"),
        ("defence ministry in Trondheim", None),
        ("hospital in Oslo", None),
    ],
)
def test_a_ministry_in_a_capital_is_that_states(words: str, name: str | None) -> None:
    assert bridges(load()).office(words) == name


def test_the_ministry_is_the_one_that_the_report_names() -> None:
    defence = Body("d", "ministry", frozenset({"norwegian", "defence", "ministry"}))
    health = Body("h", "ministry", frozenset({"norwegian", "health", "ministry"}))
    known = bridges(load())
    assert known.named_office("ministry", (defence,)) == "d"
    assert known.named_office("ministry", (defence, health)) is None
    assert known.named_office("defence ministry", (defence, health)) == "d"


@pytest.mark.parametrize(
    ("words", "staff"),
    [("TV correspondent", True), ("our correspondent", True), ("Lantern correspondent", False)],
)
def test_a_correspondent_without_an_outlets_name_is_the_outlets_own(
    words: str, staff: bool
) -> None:
    assert bridges(load()).is_staff(words, "Kettle") is staff
