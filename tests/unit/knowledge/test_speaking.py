"""Which words can mean somebody who speaks."""

from __future__ import annotations

import pytest

from sayso.knowledge import load
from sayso.knowledge.speaking import speaking


@pytest.mark.parametrize(
    "words",
    [
        "activists",
        "medical source in Selm who gave the toll",
        "a number of residents in town",
        "a group tracking the violence",
        "video posted on Monday by rebels",
        "local media",
        "residents and shops",
        "councillors",
        "Northern Watch",
        "hospital",
        "critic loyal to the mayor",
    ],
)
def test_people_bodies_media_and_documents_can_speak(words: str) -> None:
    assert speaking(load()).can(words)


@pytest.mark.parametrize(
    "words",
    [
        "recovery",
        "critical condition",
        "bombardment",
        "area",
        "province",
        "scene",
        "figures",
        "view",
        "toll",
        "latest toll from the north",
        "Rocket Shells",
        "Jet",
        ")",
        "",
        "of the",
        "12",
        "recovery " * 2_000,
    ],
)
def test_what_is_neither_is_nobody(words: str) -> None:
    assert not speaking(load()).can(words)
