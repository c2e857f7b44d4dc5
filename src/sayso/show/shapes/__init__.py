"""The case in the shapes that other tools read. Each is a function from a case to lines of text."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec

from sayso.schema import View
from sayso.show.shapes.claims import claims
from sayso.show.shapes.followthemoney import entities
from sayso.show.shapes.geojson import features
from sayso.show.shapes.incidents import acled, ucdp
from sayso.show.shapes.provenance import provenance


class Shape(msgspec.Struct, frozen=True):
    """A format: how it is made and how its files end."""

    lines: Callable[[View], Iterator[str]]
    suffix: str


SHAPES = {
    "geojson": Shape(features, "geojson"),
    "followthemoney": Shape(entities, "ftm.json"),
    "provenance": Shape(provenance, "prov.json"),
    "claims": Shape(claims, "jsonld"),
    "acled": Shape(acled, "csv"),
    "ucdp": Shape(ucdp, "csv"),
}
"""What `sayso export CASE` writes beside the kinds of the contract (docs/exports.md shows each)."""

__all__ = ["SHAPES", "Shape"]
