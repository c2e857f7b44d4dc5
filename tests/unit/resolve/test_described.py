"""Speakers behind a description, a pronoun or a mark: from spans and actors made by hand."""

from __future__ import annotations

import pytest
from tests.unit.resolve.test_statements import actor, at, document, resolved, span

from sayso.schema import Statement


def told(text: str, source: str, *rest: object, cue: str = "said") -> Statement:
    (found,) = resolved(document(text), [span(text, source, cue, "the road is shut")], rest)  # type: ignore[arg-type]
    return found


@pytest.mark.parametrize(
    "source",
    [
        "Health director for the Varn clinic Ana Brandt",
        "The head of the Varn clinic Dr. Ana Brandt",
    ],
)
def test_who_is_described_by_an_office_and_its_body_is_the_name_behind(source: str) -> None:
    text = f"{source} said the road is shut."
    who = actor("Ana Brandt", at(text, "Ana Brandt"))
    body = actor("Varn clinic", at(text, "Varn clinic"), kind="group")
    assert told(text, source, who, body).speaker == "Ana Brandt"


def test_a_name_right_behind_of_is_not_who_speaks() -> None:
    text = "The opponents of Ana Brandt said the road is shut."
    found = told(text, "The opponents of Ana Brandt", actor("Ana Brandt", at(text, "Ana Brandt")))
    assert (found.speaker, found.voice) == ("opponents of Ana Brandt", "unnamed")


@pytest.mark.parametrize(
    "source",
    ["The Front's branch in Dorrun Red Lamp", "A team of medics the Red Lamp in Dorrun"],
)
def test_a_known_body_behind_its_description_speaks(source: str) -> None:
    text = f"{source} said the road is shut."
    lamp = actor("Red Lamp", at(text, "Red Lamp"), kind="rescue service", key="red-lamp")
    assert told(text, source, lamp).speaker == "Red Lamp"


@pytest.mark.parametrize(
    "source",
    ["supporters of Red Lamp", "a senior member of the Red Lamp", "a source in Red Lamp"],
)
def test_who_belongs_to_a_body_is_not_the_body(source: str) -> None:
    text = f"{source} said the road is shut."
    lamp = actor("Red Lamp", at(text, "Red Lamp"), kind="rescue service", key="red-lamp")
    assert told(text, source, lamp).voice == "unnamed"


def test_a_bracket_is_the_name_that_it_closes() -> None:
    text = "The Varn Watch (VW) said the road is shut."
    watch = actor("Varn Watch", at(text, "VW"), at(text, "Varn Watch"), kind="monitor")
    assert told(text, ")", watch).speaker == "Varn Watch"


def test_what_cannot_speak_before_a_participle_goes_on_with_who_spoke() -> None:
    text = "Brandt said a shell had hit the square adding that the road is shut."
    who = actor("Ana Brandt", at(text, "Brandt"))
    first = span(text, "Brandt", "said", "a shell had hit the square")
    second = span(text, "the square", "adding", "the road is shut")
    found = resolved(document(text), [first, second], (who,))
    assert [s.speaker for s in found] == ["Ana Brandt", "Ana Brandt"]


def test_of_two_named_ones_the_first_speaks() -> None:
    text = "The Varn Watch and the Red Lamp said the road is shut."
    watch = actor("Varn Watch", at(text, "Varn Watch"), kind="monitor", key="watch")
    lamp = actor("Red Lamp", at(text, "Red Lamp"), kind="rescue service", key="lamp")
    assert told(text, "The Varn Watch and the Red Lamp", watch, lamp).speaker == "Varn Watch"


def test_activists_before_a_group_that_counts_no_dead_speak() -> None:
    text = "Local activists and the Red Lamp said the road is shut."
    lamp = actor("Red Lamp", at(text, "the Red Lamp"), kind="armed group", key="lamp")
    found = told(text, "Local activists and the Red Lamp", lamp)
    assert (found.voice, found.speaker) == ("unnamed", "Local activists and the Red Lamp")


def test_it_left_open_is_the_body_cited_before_not_the_person() -> None:
    text = "Varn Watch said a bus burned. It said the road is shut."
    watch = actor("Varn Watch", at(text, "Varn Watch"), kind="monitor", key="watch")
    first = span(text, "Varn Watch", "said", "a bus burned")
    second = span(text, "It", "said", "the road is shut").__class__(
        sources=(at(text, "It"),),
        cues=(at(text, "said", nth=1),),
        contents=(at(text, "the road is shut"),),
        type="statement",
        form="indirect",
        method="test/1",
    )
    found = resolved(document(text), [first, second], (watch,))
    assert [s.speaker for s in found] == ["Varn Watch", "Varn Watch"]


def test_the_claim_is_of_the_armed_group_that_opens_the_sentence_before() -> None:
    text = "A policeman said a bus burned. Red Lamp sent a man. The claim said the road is shut."
    lamp = actor("Red Lamp", at(text, "Red Lamp"), kind="armed group", key="lamp")
    first = span(text, "A policeman", "said", "a bus burned")
    second = span(text, "The claim", "said the", "the road is shut")
    found = resolved(document(text), [first, second], (lamp,))
    assert [s.speaker for s in found] == ["policeman", "Red Lamp"]


def test_of_several_the_first_speaks_where_it_has_a_name() -> None:
    text = "The Varn Watch and two of its medics said the road is shut."
    watch = actor("Varn Watch", at(text, "Varn Watch"), kind="monitor")
    assert told(text, "The Varn Watch and two of its medics", watch).speaker == "Varn Watch"


def test_an_and_inside_what_the_first_is_of_joins_nobody() -> None:
    text = "The head of roads and bridges in Dorrun said the road is shut."
    town = actor("Dorrun", at(text, "Dorrun"), kind="group")
    assert told(text, "The head of roads and bridges in Dorrun", town).voice == "unnamed"


def test_where_somebody_is_based_does_not_speak() -> None:
    text = "The watchdog's head Norland based Ana Brandt said the road is shut."
    land = actor("Norland", at(text, "Norland"), kind="state")
    who = actor("Ana Brandt", at(text, "Ana Brandt"))
    found = told(text, "The watchdog's head Norland based Ana Brandt", land, who)
    assert found.speaker == "Ana Brandt"
