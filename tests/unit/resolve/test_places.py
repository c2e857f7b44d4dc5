"""Where a name is: chosen by the story, the container and the neighbours; offsets computed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sayso import knowledge
from sayso.annotate.parse import Parse
from sayso.annotate.places import find_places
from sayso.resolve.geography import bearing_of, destination, distance_km, middle
from sayso.resolve.places import resolve_places
from sayso.schema import Annotations, Document, Place

Resolve = Callable[[str], dict[str, Place]]


@pytest.fixture
def resolve(document: Callable[..., Document]) -> Resolve:
    def run(text: str) -> dict[str, Place]:
        made, known = document(text), knowledge.load(())
        spans = find_places(made, Parse(made, model="none is loaded"), knowledge=known)
        places = resolve_places(made, Annotations(places=spans), knowledge=known)
        assert len(places) == len(spans)
        assert len({place.id for place in places}) == len(places)
        return {place.text: place for place in places}

    return run


def near(place: Place, lat: float, lon: float, km: float) -> bool:
    assert place.lat is not None and place.lon is not None
    return distance_km((place.lat, place.lon), (lat, lon)) <= km


def test_a_point_without_a_source_says_so(resolve: Resolve) -> None:
    found = resolve("Shells fell in Handarat, in Aleppo, Syria.")
    assert found["Handarat"].approximate
    assert not found["Aleppo"].approximate


@pytest.mark.parametrize(
    ("text", "words", "lat", "lon"),
    [
        ("Syrian troops left Tripoli Street in Homs.", "Homs", 34.73, 36.71),
        ("Libyan boats reached Tripoli.", "Tripoli", 32.89, 13.19),
        ("Lebanese boats reached Tripoli, Lebanon.", "Tripoli", 34.43, 35.84),
        ("Clerks in Paris, Texas, went home.", "Paris", 33.66, -95.56),
        ("US officials and Americans met Syrians in Geneva.", "Geneva", 46.2, 6.15),
        ("Turkish officials objected.", "Turkish", 39.0, 35.0),
        ("The White House spoke of Syria.", "White House", 38.9, -77.04),
        ("He came to New York from Kyiv and Donetsk, Ukraine.", "New York", 40.71, -74.01),
        ("Syrian media spoke of Sheikh Maqsood.", "Sheikh Maqsood", 36.23, 37.15),
        ("Iraqi police entered Haditha.", "Haditha", 34.14, 42.38),
    ],
)
def test_where(resolve: Resolve, text: str, words: str, lat: float, lon: float) -> None:
    assert near(resolve(text)[words], lat, lon, 30)


def test_a_province_is_not_its_capital(resolve: Resolve) -> None:
    places = resolve("Shelling hit the Syrian province of Aleppo.")
    assert places["Aleppo"].gazetteer == "sayso:aleppo-province-sy"
    assert (places["Aleppo"].radius_km or 0) > 50


@pytest.mark.parametrize("name", ["Raqqa", "Raqqah", "ar-Raqqah", "al-Raqqa", "Rakka"])
def test_spellings_are_one_place(resolve: Resolve, name: str) -> None:
    place = resolve(f"Syrian rebels fled from {name}.")[name]
    assert place.gazetteer == "geonames:172955"


def test_unknown_is_unlocated_and_still_there(resolve: Resolve) -> None:
    place = resolve("Syrian troops held the village of Tal al-Qorvan.")["Tal al-Qorvan"]
    assert (place.lat, place.lon, place.radius_km, place.gazetteer) == (None, None, None, None)


def test_a_part_of_a_name_has_no_place_of_its_own(resolve: Resolve) -> None:
    assert resolve("Aleppo University in Syria reopened.")["Aleppo"].lat is None


def test_a_village_of_a_country_not_spoken_of_is_not_guessed(resolve: Resolve) -> None:
    places = resolve("Syrian troops took the village of Aita al-Shaab.")
    assert places["Aita al-Shaab"].lat is None


def test_an_offset_is_computed_and_less_sure_than_its_place(resolve: Resolve) -> None:
    places = resolve("Syrian tanks stood 50 kilometers west of Raqqah.")
    phrase, name = places["50 kilometers west of Raqqah"], places["Raqqah"]
    assert name.lat and name.lon and phrase.lat and phrase.lon
    assert distance_km((name.lat, name.lon), (phrase.lat, phrase.lon)) == pytest.approx(50, abs=1)
    assert bearing_of((name.lat, name.lon), (phrase.lat, phrase.lon)) == pytest.approx(270, abs=1)
    assert (phrase.radius_km or 0) > (name.radius_km or 0)


def test_between_is_the_middle(resolve: Resolve) -> None:
    places = resolve("The road between Damascus and Homs in Syria is shut.")
    phrase = places["between Damascus and Homs"]
    assert near(phrase, 34.1, 36.5, 15)


def test_geography() -> None:
    paris, london = (48.8566, 2.3522), (51.5074, -0.1278)
    assert distance_km(paris, london) == pytest.approx(343.6, abs=1)
    assert destination((0.0, 179.5), 90, 111.2)[1] == pytest.approx(-179.5, abs=0.01)
    assert distance_km(middle(paris, london), paris) == pytest.approx(171.8, abs=1)
