"""Mentions on invented sentences, and on text that is out to break them."""

from collections.abc import Callable

import pytest

from sayso.annotate.mentions import find_mentions
from sayso.annotate.parse import Parse
from sayso.knowledge import load
from sayso.schema import Block, Document, Mention


def mentions(made: Document) -> tuple[Mention, ...]:
    return find_mentions(made, Parse(made), knowledge=load())


def test_a_role_is_part_of_the_mention_and_the_name_its_head(
    document: Callable[..., Document],
) -> None:
    text = "Kremlin spokesman Pavel Novak said the talks would go on."
    found = next(m for m in mentions(document(text)) if "Novak" in text[m.start : m.end])
    assert text[found.start : found.end] == "Kremlin spokesman Pavel Novak"
    assert text[slice(*found.head)] == "Pavel Novak"
    assert found.role is not None
    assert text[slice(*found.role)] == "Kremlin spokesman"
    assert (found.form, found.kind) == ("name", "person")


@pytest.mark.parametrize(
    "text",
    [
        "Officials in Washington and Moscow met on Monday.",
        "Moscow, Northern Region – Soldiers left the town.",
    ],
)
def test_a_place_beside_a_place_or_in_a_dateline_is_none(
    document: Callable[..., Document], text: str
) -> None:
    assert not [m for m in mentions(document(text)) if "Moscow" in text[m.start : m.end]]


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("Moscow said the talks had failed.", "Moscow", "group"),
        ("Syrias army moved north.", "Syrias army", "group"),
        ("Russia has warned Washington about the plan.", "Washington", "group"),
    ],
)
def test_a_capital_that_acts_is_a_mention(
    document: Callable[..., Document], text: str, words: str, kind: str
) -> None:
    found = {text[m.start : m.end]: m.kind for m in mentions(document(text))}
    assert found.get(words) == kind, found


@pytest.mark.parametrize(
    "text", ["The men met in Moscow on Friday.", "The road north of Damascus was closed."]
)
def test_a_capital_that_says_where_is_none(document: Callable[..., Document], text: str) -> None:
    words = {text[m.start : m.end] for m in mentions(document(text))}
    assert not words & {"Moscow", "Damascus"}


def test_unnamed_people_are_nominals(document: Callable[..., Document]) -> None:
    text = "A local activist said residents had fled."
    found = {text[m.start : m.end]: (m.form, m.plural) for m in mentions(document(text))}
    assert found["A local activist"] == ("nominal", False)
    assert found["residents"] == ("nominal", True)


def test_furniture_holds_no_mentions(document: Callable[..., Document]) -> None:
    text = "Russia spoke.\nShare with Peter Larkin"
    made = document(
        text,
        blocks=(
            Block(kind="prose", start=0, end=13),
            Block(kind="furniture", start=14, end=len(text)),
        ),
    )
    assert {text[m.start : m.end] for m in mentions(made)} == {"Russia"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\0\0\0",
        '"' * 5_001,
        "40 May 20166 said 12345678901234567890123456.",
        "🕊️ ‏‮ said\u202c 🙂",
        "He said he said " * 300,
        "x" * 30_000,
        "The The The of of of, , , said said (SDF) (SDF) (",
    ],
)
def test_hostile_text(document: Callable[..., Document], text: str) -> None:
    for mention in mentions(document(text)):
        assert 0 <= mention.start <= mention.head[0] < mention.head[1] <= mention.end <= len(text)
