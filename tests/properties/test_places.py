"""Whatever the text: nothing raises, every span slices a whole word, ids are unique."""

from __future__ import annotations

import time
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso import knowledge
from sayso.annotate.parse import Parse
from sayso.annotate.places import find_places
from sayso.resolve.places import resolve_places
from sayso.schema import Annotations, Block, Document, Place

WORDS = [
    "Aleppo",
    "Syria",
    "Syrian",
    "Moscow",
    "said",
    "north of",
    "near",
    "the city",
    "between",
    "and",
    "in",
    "50 km",
    "Raqqah",
    "al-Bab",
    "ar-",
    "al-",
    "Jordan",
    "Michael",
    "U.S.",
    "US",
    "Washington,",
    "province",
    "Damascus's",
    "“",
    "”",
    "'",
    "’",
    "-",
    "\n",
    ".",
    "،",
    "\x00",
    "\u202e",
    "🙂",
    "Dr.",
    "Old City",
    "Lake Assad",
    "Deir ez-Zor",
    "’s",
    "A",
    "B.C.",
    "miles (30 miles) west",
    "Texas",
    "Paris,",
    "University",
]  # fmt: skip
phrases = st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join)
texts = st.one_of(st.text(max_size=200), phrases)


def places_of(text: str) -> tuple[Place, ...]:
    known = knowledge.load(())
    digest = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    document = Document(
        source="a.txt",
        path="a.txt",
        text=text,
        blocks=(Block(kind="prose", start=0, end=len(text)),),
        bytes_sha256=digest,
        text_sha256=digest,
        read_at="2020-01-01T00:00:00Z",
        reader="test/1",
    )
    parse = Parse(document, model="none is loaded")
    spans = find_places(document, parse, knowledge=known)
    return resolve_places(document, Annotations(places=spans), knowledge=known)


@settings(max_examples=150, deadline=None)
@given(texts)
def test_every_place_is_sound(text: str) -> None:
    places = places_of(text)
    assert len({place.id for place in places}) == len(places)
    for place in places:
        assert text[place.start : place.end] == place.text and place.text.strip() == place.text
        assert not (place.start and text[place.start - 1].isalnum() and place.text[0].isalnum())
        assert (place.lat is None) == (place.lon is None) == (place.radius_km is None)
        if place.lat is not None and place.lon is not None:
            assert -90 <= place.lat <= 90 and -180 <= place.lon <= 180


@pytest.mark.parametrize(
    "text",
    [
        "",
        "“" * 5_001,
        "40 May 20166 " + "9" * 26,
        "A" * 200_000,
        "Al-" * 50_000,
        "north of the city " * 5_000,
        "between Aleppo and Homs " * 2_000,
        "Aleppo " * 20_000,
        "50 kilometers (30 miles) west of " * 3_000,
    ],
    ids=["empty", "quotes", "numbers", "word", "articles", "city", "between", "names", "ways"],
)
def test_hostile_texts_take_linear_time(text: str) -> None:
    places_of("Aleppo")
    began = time.process_time()
    places_of(text)
    assert time.process_time() - began < 6
