from __future__ import annotations

from pathlib import Path

import pytest

from sayso.errors import KnowledgeError
from sayso.knowledge.outlets import load_outlets


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("manar", "Al-Manar"),
        ("alaraby", "The New Arab"),
        ("www.presstv.co.uk", "Press TV"),
        ("https://english.alarabiya.net/News/1", "Al Arabiya"),
        ("PRESS TV", "Press TV"),
        ("New York Times", "The New York Times"),
        ("A town that nobody knows", None),
        ("", None),
        ("." * 10_000, None),
    ],
)
def test_find(words, name):
    found = load_outlets().find(words)
    assert (found.name if found else None) == name


def test_codes_are_not_names_in_running_text():
    assert load_outlets().named_in("The manar and the ahram reported, sana said") == []
    assert [o.name for _, _, o in load_outlets().named_in("SANA and Press TV said")] == [
        "SANA",
        "Press TV",
    ]


def test_every_outlet_says_who_it_is_and_where_that_stands():
    outlets = load_outlets().all
    for outlet in outlets:
        assert outlet.owner and outlet.country and outlet.kind and outlet.source, outlet.name
    names = [n for o in outlets for n in {x.lower() for x in (o.name, *o.aliases, *o.domains)}]
    assert len(names) == len(set(names))


def test_a_users_outlet_wins(tmp_path: Path):
    (tmp_path / "outlets.yaml").write_text(
        "- {name: Press TV, owner: someone}\n- {name: Selm Post}\n"
    )
    outlets = load_outlets((str(tmp_path),))
    assert outlets.find("selm post")
    found = outlets.find("Press TV")
    assert found and found.owner == "someone"


def test_a_broken_file_is_named(tmp_path: Path):
    (tmp_path / "outlets.yaml").write_text("- {nam: Press TV}\n")
    with pytest.raises(KnowledgeError):
        load_outlets((str(tmp_path),))
