"""Place names in invented sentences: what is found, in which role, and with which offset."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sayso import knowledge
from sayso.annotate.parse import Parse
from sayso.annotate.places import find_places
from sayso.schema import Document, PlaceSpan

Find = Callable[[str], tuple[PlaceSpan, ...]]


@pytest.fixture
def find(document: Callable[..., Document]) -> Find:
    def run(text: str) -> tuple[PlaceSpan, ...]:
        made = document(text)
        parse = Parse(made, model="none is loaded")
        return find_places(made, parse, knowledge=knowledge.load(()))

    return run


def roles(text: str, spans: tuple[PlaceSpan, ...]) -> dict[str, str]:
    return {text[s.start : s.end]: s.role for s in spans if s.offset is None}


@pytest.mark.parametrize(
    ("text", "words", "role"),
    [
        ("A bakery in Aleppo was hit, residents of Syria said.", "Aleppo", "literal"),
        ("Two Turkish officials met the group.", "Turkish", "demonym"),
        ("Nobody told the Syrians about it.", "Syrians", "demonym"),
        ("Moscow said the raid never happened.", "Moscow", "metonym"),
        ("A deal brokered by Washington fell apart.", "Washington", "metonym"),
        ("Talks between Washington and Moscow stalled.", "Moscow", "metonym"),
        ("Washington and Moscow agreed on a truce.", "Washington", "metonym"),
        ("Officials in Washington and Moscow met.", "Moscow", "literal"),
        ("Shells hit Syrias Hama province.", "Hama province", "literal"),
        ("The coalition bombed Raqa, officials in Syria said.", "Raqa", "literal"),
        ("Kremlin spokesman Anton Petin denied it.", "Kremlin", "metonym"),
        ("A lecture at Aleppo University was cut short.", "Aleppo", "part of a name"),
        ("The Free Syrian Army took the hill.", "Syrian", "part of a name"),
        ("They signed the Damascus Declaration.", "Damascus", "part of a name"),
        ("The Syrian army shelled the road.", "Syrian", "demonym"),
        ("Snow fell across the U.S. on Sunday.", "U.S.", "literal"),
        ("US-led jets flew over the town.", "US", "literal"),
        ("He flew from Kobani to Syria's capital.", "Kobani", "literal"),
        ("Shops closed in Al-Bab, Syria.", "Al-Bab", "literal"),
    ],
)
def test_roles(find: Find, text: str, words: str, role: str) -> None:
    assert roles(text, find(text)).get(words) == role


@pytest.mark.parametrize(
    "text",
    [
        "Michael Jordan retired.",
        "Paris Hilton smiled.",
        "Mr. Aden laughed.",
        "In March the ice broke.",
        "Assad spoke on Monday, SANA reported.",
        "He told us it was nice.",
        "Gen. Paul Houston resigned.",
    ],
)
def test_people_months_and_plain_words_are_no_places(find: Find, text: str) -> None:
    assert roles(text, find(text)) == {}


@pytest.mark.parametrize(
    ("text", "words", "kilometres", "bearing"),
    [
        (
            "Fighters stood 50 kilometers (30 miles) west of Raqqah in Syria.",
            "50 kilometers (30 miles) west of Raqqah",
            50.0,
            270.0,
        ),
        (
            "A shell fell 10km northeast of Damascus.",
            "10km northeast of Damascus",
            10.0,
            45.0,
        ),
        ("Smoke rose north of Aleppo.", "north of Aleppo", None, 0.0),
        ("A drone crashed near Aleppo.", "near Aleppo", None, None),
        (
            "They camped on the outskirts of Damascus.",
            "on the outskirts of Damascus",
            None,
            None,
        ),
        (
            "The road between Damascus and Homs is shut.",
            "between Damascus and Homs",
            None,
            None,
        ),
        (
            "Raqqah was quiet. Tanks waited 60 miles south of the city.",
            "60 miles south of the city",
            96.6,
            180.0,
        ),
    ],
)
def test_offsets(
    find: Find, text: str, words: str, kilometres: float | None, bearing: float | None
) -> None:
    found = {text[s.start : s.end]: s.offset for s in find(text) if s.offset}
    assert list(found) == [words]
    offset = found[words]
    assert offset is not None
    assert offset.kilometres == (pytest.approx(kilometres, abs=0.1) if kilometres else None)
    assert offset.bearing == bearing


def test_the_city_is_the_one_named_last(find: Find) -> None:
    text = "Homs fell, then Raqqah. They halted north of the city."
    assert [s.name for s in find(text) if s.offset] == ["Raqqah"]


@pytest.mark.parametrize(
    ("text", "words", "within"),
    [
        ("A mill in Idlib, Syria burned.", "Idlib", "Syria"),
        ("The Damascus suburb of Darayya was calm.", "Darayya", "Damascus"),
        ("A well in the town of Azaz in Aleppo province dried up.", "Azaz", "Aleppo province"),
        ("Talks in Berlin on Wednesday as Russia watched.", "Berlin", None),
    ],
)
def test_containers(find: Find, text: str, words: str, within: str | None) -> None:
    assert {text[s.start : s.end]: s.within for s in find(text)}[words] == within


def test_a_genitive_without_its_apostrophe_is_still_the_country(find: Find) -> None:
    text = "Most of Syrias wells are dry."
    assert [(text[s.start : s.end], s.name) for s in find(text)] == [("Syrias", "Syria")]


def test_the_city_is_never_a_country(find: Find) -> None:
    text = "Homs fell. Syria and London-based monitors knew. They halted north of the city."
    assert [s.name for s in find(text) if s.offset] == ["Homs"]


def test_a_village_that_no_gazetteer_holds_is_found(find: Find) -> None:
    text = "Shots rang out in the village of Tal al-Qorvan in Syria."
    assert roles(text, find(text))["Tal al-Qorvan"] == "literal"


def test_a_name_does_not_run_on_into_the_next_sentence(find: Find) -> None:
    text = "The town lies in Qalamoun The Syrian army left."
    assert "Qalamoun" in roles(text, find(text))


def test_furniture_is_left_alone(document: Callable[..., Document]) -> None:
    made = document("Aleppo", blocks=())
    parse = Parse(made, model="none is loaded")
    assert find_places(made, parse, knowledge=knowledge.load(())) == ()
