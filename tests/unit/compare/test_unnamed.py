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


@pytest.mark.parametrize(
    ("words", "before"),
    [
        ("source", "police source in Selm"),
        ("medical source in the city who gave the toll", "Medical source"),
        ("medical source", "medical source and witnesses"),
        ("source at the Police Command", "source at Selm Police Command"),
        ("Activists", "activists in Selm"),
    ],
)
def test_the_same_head_goes_on_with_a_source(words: str, before: str) -> None:
    assert bridges(load()).goes_on(words, before)


@pytest.mark.parametrize(
    ("words", "before"),
    [
        ("source at Selm Police Command", "source at Orle Police Command"),
        ("activists in Selm", "activists in Orle"),
        ("medical source", "police source"),
        ("activists", "residents"),
        ("source", "activists"),
    ],
)
def test_another_head_or_another_place_is_another_source(words: str, before: str) -> None:
    assert not bridges(load()).goes_on(words, before)


def test_the_key_of_a_source_has_no_relative_clause() -> None:
    key = bridges(load()).key
    assert key("medical source who gave the toll") == key("Medical sources")
    assert key("source at Selm Police Command") != key("source at Orle Police Command")


def test_state_media_is_the_agency_of_that_state() -> None:
    known = bridges(load())
    own = Body("ntb", "agency", frozenset({"ntb"}), (900,), state="NO")
    other = Body("tt", "agency", frozenset({"tt"}), (30,), state="SE")
    private = Body("wire", "agency", frozenset({"wire"}), (20,))
    assert known.body("state media", 10, (own, private)) == "ntb"
    assert known.body("Norwegian state media", 10, (own, other, private)) == "ntb"
    assert known.body("state media", 10, (private,)) is None


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Norwegian FM", "Norwegian Foreign Ministry"),
        ("Norways foreign minister", "Norwegian Foreign Ministry"),
        ("Norwegian teacher", None),
    ],
)
def test_a_minister_speaks_for_the_ministry(words: str, name: str | None) -> None:
    assert bridges(load()).office(words) == name


def test_a_spokesman_counts_as_the_body_he_speaks_for() -> None:
    known = bridges(load())
    assert known.spoken_for("spokesman for the World Food Programme") == "World Food Programme"
    assert known.spoken_for("driver for the World Food Programme") is None
    assert known.spoken_for("spokesman for farmers") is None


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("Selm A military source", "military source"),
        ("Monday activists", "activists"),
        ("activists in", "activists"),
        ("medic who fled", "medic"),
        ("contributor to The Lantern", "contributor to The Lantern"),
    ],
)
def test_a_heading_a_day_and_a_clause_are_no_part_of_a_source(words: str, told: str) -> None:
    assert bridges(load()).told_of(words) == told


def test_a_name_that_goes_on_is_not_the_body_that_a_role_is_in() -> None:
    known = bridges(load())
    assert known.is_whole("Al-Nour", "manager of Al-Nour hospital in Selm")
    assert known.is_whole("River Guard", "head of the River Guard")
    assert not known.is_whole("Selms", "head of Selms water works")
    assert known.capacity("manager of Al-Nour hospital")
    assert not known.capacity("father of a guard at Al-Nour hospital")
    assert known.led("manager of al-Nour hospital in Selm") == "al-Nour"
    assert known.led("head of Selms water works") is None
    assert known.led("father of two") is None
