"""The gazetteer: its own rows are sound, users' files are read, broken rows are named."""

from __future__ import annotations

from pathlib import Path

import pytest

from sayso.errors import KnowledgeError
from sayso.knowledge import load
from sayso.knowledge.files import OWN, read_csv
from sayso.knowledge.gazetteer import load_gazetteer
from sayso.knowledge.place_keys import place_key

HEADER = "name,alt_names,kind,lat,lon,radius_km,country,admin,source\n"
OWN_FILES = sorted(p for p in (OWN / "places").glob("*.csv") if p.name != "countries.csv")


def test_enough_rows_and_none_without_a_source_is_precise() -> None:
    rows = [row for path in OWN_FILES for row in read_csv(path)]
    assert len(rows) >= 400
    for row in rows:
        assert row["source"] or float(row["radius_km"]) >= 10, row


@pytest.mark.parametrize("path", OWN_FILES, ids=lambda path: path.name)
def test_rows_of_one_file_are_apart(path: Path) -> None:
    keys = [(place_key(row["name"]), row["country"]) for row in read_csv(path)]
    assert not {key for key in keys if keys.count(key) > 1}


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Aleppo", "geonames:170063"),
        ("Kiev", "geonames:703448"),
        ("U.S.", "geonames:6252001"),
        ("Eastern Ghouta", "sayso:eastern-ghouta"),
        ("Raqa", "geonames:172955"),
        ("Al Qāmishlī", "geonames:173377"),
        ("Kandahar Airfield", "sayso:kandahar-airfield"),
        ("al-Udeid", "sayso:al-udeid-air-base"),
        ("Incirlik", "sayso:incirlik"),
        ("Dayr al-Zawr", "geonames:170794"),
        ("Deir Ezzor", "geonames:170794"),
        ("Daraya", "geonames:170892"),
        ("Middle East", "sayso:middle-east"),
        ("Golan Heights", "sayso:golan-heights"),
        ("Côte d'Ivoire", "geonames:2287781"),
    ],
)
def test_look_up(name: str, found: str) -> None:
    assert load(()).gazetteer.look_up(name, countries=("SY",))[0].id == found


@pytest.mark.parametrize("name", ["us", "it", "Xyzzy Qwrt", "", "   ", "\x00", "1234"])
def test_nothing_is_found_for_nothing(name: str) -> None:
    assert load(()).gazetteer.look_up(name) == ()


def test_small_towns_come_with_their_country() -> None:
    known = load(()).gazetteer
    assert not known.holds("shahba")
    assert known.holds("shahba", ("SY",))
    assert known.look_up("Shahba") == ()
    assert {entry.country for entry in known.look_up("Shahba", countries=("SY",))} == {"SY"}


def test_demonyms_name_a_country() -> None:
    known = load(()).gazetteer
    assert known.demonym("Turkish")[0].country == "TR"
    assert known.demonym("Syrians")[0].country == "SY"
    assert known.demonym("Gazan")[0].id == "sayso:gaza-strip"


def test_a_users_row_wins(tmp_path: Path) -> None:
    (tmp_path / "places.csv").write_text(
        HEADER + "# a comment\nAleppo,Hallab,town,1,2,3,SY,,own survey\n", "utf-8"
    )
    known = load_gazetteer((str(tmp_path),))
    assert known.look_up("Hallab")[0].id == "user:places.csv:3"
    assert (known.look_up("Aleppo")[0].lat, known.look_up("Aleppo")[0].lon) == (1.0, 2.0)


def test_a_geonames_file_is_read(tmp_path: Path) -> None:
    cells = ["77", "Zorvan", "Zorvan", "Zurvan", "35.5", "40.5", "P", "PPL", "SY", "", "07"]
    cells += ["", "", "", "1200", "", "", "Asia/Damascus", "2020-01-01"]
    (tmp_path / "places-syria.txt").write_text("\t".join(cells) + "\n", "utf-8")
    place = load_gazetteer((str(tmp_path),)).look_up("Zurvan")[0]
    assert (place.id, place.lat, place.population) == ("geonames:77", 35.5, 1200)


@pytest.mark.parametrize(
    ("rows", "line", "why"),
    [
        ("X,,town,95,2,10,SY,,s\n", 2, "lat"),
        ("X,,town,abc,2,10,SY,,s\n", 2, "not a number"),
        ("X,,town,1e5,2,10,SY,,s\n", 2, "not a number"),
        ("X,,planet,1,2,10,SY,,s\n", 2, "not a kind"),
        ("X,,town,1,2,0,SY,,s\n", 2, "radius"),
        ("X,,town,1,2,3,SY,,\n", 2, "without a source"),
        ("A,,town,1,2,10,SY,,s\nX,,town,1,2\n", 3, "cells"),
        (",,town,1,2,10,SY,,s\n", 2, "no name"),
    ],
)
def test_a_broken_row_is_named(tmp_path: Path, rows: str, line: int, why: str) -> None:
    (tmp_path / "places.csv").write_text(HEADER + rows, "utf-8")
    with pytest.raises(KnowledgeError) as caught:
        load_gazetteer((str(tmp_path),))
    assert f"places.csv, line {line}" in str(caught.value)
    assert why in str(caught.value)


def test_a_missing_column_and_a_missing_folder_are_named(tmp_path: Path) -> None:
    (tmp_path / "places.csv").write_text("name,kind\nX,town\n", "utf-8")
    with pytest.raises(KnowledgeError, match="no column 'alt_names'"):
        load_gazetteer((str(tmp_path),))
    with pytest.raises(KnowledgeError, match="no knowledge folder"):
        load_gazetteer((str(tmp_path / "absent"),))
