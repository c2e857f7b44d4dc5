"""The index of towns: it is that of the installed package, and says where they stand."""

from __future__ import annotations

import pytest

from sayso.knowledge import towns
from sayso.knowledge.place_keys import place_key, quick_key
from sayso.knowledge.spelling import spelling_key


def test_the_shipped_index_is_the_one_that_would_be_made() -> None:
    """Else: python -m sayso.knowledge.towns, after a change of keys, spelling or package."""
    assert towns.INDEX.read_bytes() == towns.build()


def test_towns_are_found_by_key_and_by_spelling() -> None:
    known = towns.load_towns()
    assert "FR" in {town.countrycode for town in known.large("paris")}
    assert [town.countrycode for town in known.small("salkhad")] == ["SY"]
    assert known.spelt("SY", spelling_key("Salkhadd"))
    assert known.spelt("FR", "paris") == ()
    assert known.large("") == known.small("no such town") == ()
    assert known.large("\x00") == known.small("\ud800") == ()


@pytest.mark.parametrize(
    "name",
    ["Orvin", "Al-Orvin", "Orvin-sur-Vel", "Saint Orvin, Vel", "Örvin", "Şorvin al Vel", "É", "al",
     "", "-", "`", "d'Orvin", "St. Orvin", "Orvin (Vel)", "Ор", "1st Orvin", "The Orvin", "OR"],
)  # fmt: skip
def test_a_quick_key_is_the_key(name: str) -> None:
    assert quick_key(name) == place_key(name)
