"""Each shape against the checker of its own format, where one can be had."""

import csv
import io
import json
from pathlib import Path

import msgspec
import pytest

from sayso.show import SHAPES, write_exports
from sayso.show.ground import country_of
from sayso.show.shapes.followthemoney import SCHEMATA
from sayso.show.shapes.incidents import (
    ACLED,
    UCDP,
    acled_place,
    acled_time,
    ucdp_place,
    ucdp_time,
)


def text(view, shape):
    return "".join(SHAPES[shape].lines(view))


@pytest.fixture
def placed(view):
    """The view with its figure in its matter, and a second place that is not located."""
    figure = msgspec.structs.replace(view.figures[0], matter=view.matters[0].id)
    nowhere = msgspec.structs.replace(
        view.places[0], id="0" * 20, lat=None, lon=None, radius_km=None, gazetteer=None
    )
    return msgspec.structs.replace(view, figures=(figure,), places=(view.places[0], nowhere))


@pytest.mark.parametrize("shape", SHAPES)
def test_an_empty_case_has_every_shape(view, shape):
    nothing = {
        field: () for field in view.__struct_fields__ if isinstance(getattr(view, field), tuple)
    }
    written = text(msgspec.structs.replace(view, publications={}, copies={}, **nothing), shape)
    if SHAPES[shape].suffix not in ("csv", "ftm.json"):
        json.loads(written)


def test_geojson_is_valid(placed):
    geojson = pytest.importorskip("geojson")
    read = geojson.loads(text(placed, "geojson"))
    assert read.is_valid, read.errors()
    located, nowhere, event, matter = read["features"]
    assert located["geometry"]["coordinates"] == [2.0, 1.0]
    assert nowhere["geometry"] is None
    assert event["properties"]["radius_km"] == matter["properties"]["radius_km"] == 3.0


def test_followthemoney_keeps_every_property(placed):
    model = pytest.importorskip("followthemoney").model
    lines = [json.loads(line) for line in text(placed, "followthemoney").splitlines()]
    assert {line["schema"] for line in lines} == {"Organization", "Article", "Event"}
    ids = {line["id"] for line in lines}
    for line in lines:
        proxy = model.get_proxy(line)
        for name, values in line["properties"].items():
            assert sorted(proxy.get(name)) == sorted(values), (line["schema"], name)
            for value in values:
                assert not value.startswith("sayso-") or value in ids


@pytest.mark.parametrize("schema", sorted(set(SCHEMATA.values())))
def test_each_kind_of_actor_has_a_schema(schema):
    model = pytest.importorskip("followthemoney").model
    assert model.get(schema).is_a("LegalEntity")


def test_provenance_reads_back(placed):
    prov = pytest.importorskip("prov.model")
    read = prov.ProvDocument.deserialize(content=text(placed, "provenance"), format="json")
    derived = list(read.get_records(prov.ProvDerivation))
    generated = list(read.get_records(prov.ProvGeneration))
    entities = {str(record.identifier) for record in read.get_records(prov.ProvEntity)}
    made = {str(record.args[0]) for record in generated}
    assert made == entities
    assert len(derived) == len(entities) - 1  # all but the one text
    statement = f"sayso:{placed.statements[0].id}"
    assert statement in entities


def test_a_correction_has_people_for_an_agent(placed):
    prov = pytest.importorskip("prov.model")
    by_hand = msgspec.structs.replace(placed.statements[0], method="test/1 + correction")
    corrected = msgspec.structs.replace(placed, statements=(by_hand,))
    read = prov.ProvDocument.deserialize(content=text(corrected, "provenance"), format="json")
    agents = [str(record.identifier) for record in read.get_records(prov.ProvAgent)]
    assert agents == ["agent:sayso", "agent:people"]


CLAIM = {"@type", "@id", "text", "appearance", "description", "author"}
"""Of schema.org's Claim, and of CreativeWork and Thing above it."""


def test_claims_are_schema_org_without_a_rating(placed):
    graph = json.loads(text(placed, "claims"))
    assert graph["@context"] == "https://schema.org"
    (claim,) = graph["@graph"]
    assert claim.keys() <= CLAIM
    assert claim["text"] == placed.statements[0].content
    assert "ating" not in text(placed, "claims")
    assert claim["appearance"]["datePublished"] == "2019-03-05"


@pytest.mark.parametrize(("shape", "columns"), [("acled", ACLED), ("ucdp", UCDP)])
def test_incidents_have_the_columns_and_choose_no_toll(placed, shape, columns):
    (row,) = csv.DictReader(io.StringIO(text(placed, shape), newline=""))
    assert tuple(row) == columns
    assert row.get("fatalities", "") == row.get("best", "") == ""
    low, high = ("fatalities_low", "fatalities_high") if shape == "acled" else ("low", "high")
    assert (float(row[low]), float(row[high])) == (12, 12)
    assert row["latitude"] == "1.0"


def test_a_matter_without_a_day_is_no_row(placed):
    undated = msgspec.structs.replace(placed.matters[0], earliest=None, latest=None)
    written = text(msgspec.structs.replace(placed, matters=(undated,)), "acled")
    assert written.count("\r\n") == 1


@pytest.mark.parametrize(
    ("days", "acled", "ucdp"), [(1, 1, 1), (3, 2, 2), (7, 2, 3), (30, 3, 4), (90, 3, 5)]
)
def test_precision_of_days(days, acled, ucdp):
    assert (acled_time(days), ucdp_time(days)) == (acled, ucdp)


@pytest.mark.parametrize(
    ("radius", "acled", "ucdp"), [(3, 1, 1), (20, 2, 2), (40, 2, 3), (90, 3, 4), (None, 3, 6)]
)
def test_precision_of_places(radius, acled, ucdp):
    assert (acled_place(radius), ucdp_place(radius)) == (acled, ucdp)


@pytest.mark.parametrize(
    ("lat", "lon", "country"),
    [(48.86, 2.35, "France"), (30.05, 31.24, "Egypt"), (0.0, -30.0, None)],
)
def test_a_point_has_its_country(lat, lon, country):
    assert country_of(lat, lon) == country


def test_every_export_is_written_with_a_mark_for_spreadsheets(placed, tmp_path):
    written = write_exports(placed, tmp_path / "exports")
    assert len({path.name for path in written}) == 13 + len(SHAPES)
    for path in written:
        assert path.read_bytes().startswith(b"\xef\xbb\xbf") == (path.suffix == ".csv")


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_is_documented_by_an_example(shape):
    text = (Path(__file__).parents[3] / "docs/exports.md").read_text("utf-8")
    title = "acled and ucdp" if shape in ("acled", "ucdp") else shape
    section = text.partition(f"\n## {title}\n")[2]
    assert "```" in section.partition("\n## ")[0]
