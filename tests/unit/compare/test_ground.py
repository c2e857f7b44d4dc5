"""Spots: what a place's words say of where."""

from sayso.compare.ground import Spot, astray, spot
from sayso.ids import record_id
from sayso.schema import Place


def _place(text: str, name: str, lat: float) -> Place:
    return Place(
        id=record_id("a", "b", "place", ((0, len(text)),)),
        evidence=(),
        method="test/1",
        document="a",
        start=0,
        end=len(text),
        text=text,
        name=name,
        role="literal",
        lat=lat,
        lon=10.0,
        radius_km=5.0,
        gazetteer=None,
    )


def test_near_a_place_is_told_under_its_name() -> None:
    town = _place("Marn", "Marn", 50.0)
    near, plain = spot(_place("near Marn", "Marn", 50.0), told_from=town), spot(town)
    assert near is not None
    assert plain is not None
    assert (near.way, near.named) == ("near", plain.named)
    assert near.key != plain.key


def test_a_way_from_a_place_is_another_place() -> None:
    town = _place("Marn", "Marn", 50.0)
    away = spot(_place("30 km north of Marn", "Marn", 50.3), told_from=town)
    assert away is not None
    assert away.way == "away"
    assert away.named != spot(town).named  # type: ignore[union-attr]


def test_a_place_far_from_all_others_is_astray() -> None:
    town, mill, far = (
        Spot(name, name, lat, lon, 5.0)
        for name, lat, lon in (("town", 10.0, 20.0), ("mill", 10.5, 20.5), ("far", 30.0, 40.0))
    )
    assert astray([town, far, mill]) == {"far"}
    assert astray([town, far]) == frozenset()
    assert astray([]) == frozenset()
