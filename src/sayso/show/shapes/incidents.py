"""Tables in the shape of ACLED's and UCDP GED's, a row a matter, with their columns of precision.

They are drafts for a coder, not codings: who is right about a toll is left open. ACLED's
`fatalities` and UCDP's `best` stay empty unless the user names a rule to choose by (`--toll`);
`low` and `high` are the lowest and highest number that any voice gives. Columns after the ACLED
Codebook 2024 and the UCDP GED Codebook 24.1.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from sayso.schema import Matter, Place, View
from sayso.show.export import csv_lines
from sayso.show.ground import country_of
from sayso.show.shapes.matters import Facts, documents_of, facts_of, point_of, sides_of, toll_of

Row = dict[str, Any]

ACLED = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type",
    "sub_event_type", "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2",
    "interaction", "civilian_targeting", "iso", "region", "country", "admin1", "admin2", "admin3",
    "location", "latitude", "longitude", "geo_precision", "source", "source_scale", "notes",
    "fatalities", "tags", "timestamp", "fatalities_low", "fatalities_high", "event_date_end",
    "radius_km", "reports", "origins",
)  # fmt: skip
"""ACLED's columns in its order, then our own, from `fatalities_low` on."""

UCDP = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_new_id",
    "conflict_name", "dyad_new_id", "dyad_name", "side_a_new_id", "side_a", "side_b_new_id",
    "side_b", "number_of_sources", "source_article", "source_office", "source_date",
    "source_headline", "source_original", "where_prec", "where_coordinates", "where_description",
    "adm_1", "adm_2", "latitude", "longitude", "geom_wkt", "priogrid_gid", "country",
    "country_id", "region", "event_clarity", "date_prec", "date_start", "date_end", "deaths_a",
    "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high", "low", "gwnoa", "gwnob",
    "radius_km", "origins",
)  # fmt: skip
"""UCDP GED's columns in its order, then our own, from `radius_km` on."""


def acled(view: View) -> Iterator[str]:
    """CSV with ACLED's columns. A matter without a day or a place is left out: ACLED has no row
    for it.
    """
    kinds = _kinds()
    return csv_lines((_acled(*one, kinds) for one in _matters(view)), ACLED)


def ucdp(view: View) -> Iterator[str]:
    """CSV with UCDP GED's columns; matters as in `acled`."""
    return csv_lines((_ucdp(view, *one) for one in _matters(view)), UCDP)


def _matters(view: View) -> Iterator[tuple[Facts, Matter, Place]]:
    facts = facts_of(view)
    for matter in view.matters:
        point = point_of(facts, matter)
        if point and matter.earliest and matter.latest:
            yield facts, matter, point


def _kinds() -> dict[str, Row]:
    path = Path(__file__).with_name("incidents.csv")
    with path.open(encoding="utf-8", newline="") as file:
        return {row["kind"]: row for row in csv.DictReader(file)}


def _acled(facts: Facts, matter: Matter, point: Place, kinds: dict[str, Row]) -> Row:
    kind = kinds.get(matter.title.split(" in ")[0].lower(), {})
    low, high = toll_of(facts, matter)
    agents, targets = sides_of(facts, matter)
    row = dict.fromkeys(ACLED, "")
    return row | {
        "event_id_cnty": matter.id,
        "event_date": matter.earliest,
        "event_date_end": matter.latest,
        "year": (matter.earliest or "")[:4],
        "time_precision": acled_time(_days(matter)),
        "disorder_type": kind.get("disorder_type", ""),
        "event_type": kind.get("event_type", ""),
        "sub_event_type": kind.get("sub_event_type", ""),
        "actor1": "; ".join(agents),
        "actor2": "; ".join(targets),
        "country": country_of(point.lat or 0.0, point.lon or 0.0) or "",
        "location": point.name,
        "latitude": point.lat,
        "longitude": point.lon,
        "geo_precision": acled_place(point.radius_km),
        "source": "; ".join(_outlets(facts, matter)),
        "notes": f"{matter.title}. {'; '.join(_accounts(matter))}",
        "fatalities": _chosen(matter),
        "fatalities_low": low,
        "fatalities_high": high,
        "radius_km": point.radius_km,
        "reports": matter.reports,
        "origins": matter.origins,
    }


def _ucdp(view: View, facts: Facts, matter: Matter, point: Place) -> Row:
    low, high = toll_of(facts, matter)
    agents, targets = sides_of(facts, matter)
    documents = documents_of(facts, matter)
    published = [view.publications.get(d.source) for d in documents]
    row = dict.fromkeys(UCDP, "")
    return row | {
        "id": matter.id,
        "year": (matter.earliest or "")[:4],
        "side_a": "; ".join(agents),
        "side_b": "; ".join(targets),
        "number_of_sources": len(documents),
        "source_article": "; ".join(d.source for d in documents),
        "source_office": "; ".join(_outlets(facts, matter)),
        "source_date": "; ".join(p.day or "" for p in published if p),
        "source_headline": "; ".join(d.headline or "" for d in documents),
        "source_original": "; ".join(dict.fromkeys(a.speaker or "" for a in matter.accounts)),
        "where_prec": ucdp_place(point.radius_km),
        "where_coordinates": point.name,
        "where_description": f"{point.name}, within {point.radius_km:g} km",
        "latitude": point.lat,
        "longitude": point.lon,
        "geom_wkt": f"POINT ({point.lon:g} {point.lat:g})",
        "country": country_of(point.lat or 0.0, point.lon or 0.0) or "",
        "date_prec": ucdp_time(_days(matter)),
        "date_start": matter.earliest,
        "date_end": matter.latest,
        "best": _chosen(matter),
        "low": low,
        "high": high,
        "radius_km": point.radius_km,
        "origins": matter.origins,
    }


def _chosen(matter: Matter) -> float | str:
    """The number of dead that the rule named by the user chooses; empty without one."""
    toll = matter.toll
    return toll.value if toll and toll.effect == "killed" and toll.value is not None else ""


def _days(matter: Matter) -> int:
    first, last = (date.fromisoformat(day) for day in (matter.earliest or "", matter.latest or ""))
    return (last - first).days + 1


def _outlets(facts: Facts, matter: Matter) -> list[str]:
    named = (document.outlet or "unknown outlet" for document in documents_of(facts, matter))
    return list(dict.fromkeys(named))


def _accounts(matter: Matter) -> Iterator[str]:
    for account in matter.accounts:
        yield f"{account.speaker or 'the outlet itself'}: {account.says}"


def acled_time(days: int) -> int:
    """ACLED's time precision: 1 the day, 2 within a week, 3 within a month or more."""
    return 1 if days == 1 else 2 if days <= 7 else 3


def acled_place(radius_km: float | None) -> int:
    """ACLED's geographical precision: 1 the town, 2 near a town, 3 a region."""
    if radius_km is None or radius_km > 50:
        return 3
    return 1 if radius_km <= 10 else 2


def ucdp_time(days: int) -> int:
    """UCDP's date precision: 1 the day, 2 two to six days, 3 a week, 4 a month, 5 more."""
    for precision, most in ((1, 1), (2, 6), (3, 7), (4, 31)):
        if days <= most:
            return precision
    return 5


def ucdp_place(radius_km: float | None) -> int:
    """UCDP's precision of place: 1 the spot, 2 within 25 km, 3 a district, 4 a province, 6 a
    country.

    5 (a line, or an area that is no unit) cannot be told from a radius and is not given.
    """
    for precision, most in ((1, 5), (2, 25), (3, 50), (4, 150)):
        if radius_km is not None and radius_km <= most:
            return precision
    return 6
