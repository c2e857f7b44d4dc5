"""Checking a user's own tables: states, places and demonyms."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from sayso.errors import KnowledgeError
from sayso.knowledge import gazetteer
from sayso.knowledge.files import OWN
from sayso.knowledge.findings import Finding, error, warning
from sayso.knowledge.place_keys import place_key

_COUNTRY = re.compile(r"[A-Z]{2}")
_LINE = re.compile(r", line (\d+): ")


def state_keys(path: Path) -> set[str]:
    if not path.is_file():
        return set()
    text = path.read_text("utf-8-sig", errors="replace")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return {row.get("key") or "" for row in csv.DictReader(lines)}


def check_states(path: Path, counts: dict[str, int]) -> Iterator[Finding]:
    for line, row, broken in _table(path, ("key", "name")):
        if broken:
            yield broken
            continue
        counts["states"] = counts.get("states", 0) + 1
        for column in ("key", "name"):
            if not row[column]:
                yield error(path, line, f"no {column}", "a state needs a key and a name")


def check_places(folder: Path, counts: dict[str, int]) -> Iterator[Finding]:
    """What is wrong with the tables of places; of sayso's own folder all of `places/` is read."""
    own = sorted((folder / "places").glob("*.csv")) if folder.resolve() == OWN else []
    held: set[str] = set()
    seen: dict[tuple[str, str, str], tuple[Path, int]] = {}
    for path in (folder / "places.csv", *(p for p in own if p.name != "countries.csv")):
        for line, row, broken in _table(path, gazetteer.COLUMNS) if path.is_file() else ():
            if broken:
                yield broken
                continue
            counts["places"] = counts.get("places", 0) + 1
            wrong = list(_told(path, line, gazetteer.own_entry, row, path, line, f"user:{line}"))
            yield from wrong
            names = (row["name"], *row["alt_names"].split("|"))
            held |= {place_key(name) for name in names if name}
            if row["country"] and not _COUNTRY.fullmatch(row["country"]):
                yield error(path, line, f"{row['country']!r} is no country", "such as SY")
            same = (place_key(row["name"]), row["kind"], row["country"])
            if same in seen and not wrong:
                there, first = seen[same]
                message = f"{row['name']!r} stands in {there.name}, line {first}, too"
                yield warning(path, line, message, "keep one, or name the province in brackets")
            seen.setdefault(same, (path, line))
    for path in sorted(folder.glob("places*.txt")):
        for line, raw in enumerate(path.read_text("utf-8", errors="replace").split("\n"), 1):
            if raw.strip():
                counts["places"] = counts.get("places", 0) + 1
                yield from _told(path, line, gazetteer.geonames_entry, raw, path, line)
    path = folder / "demonyms.csv"
    if path.is_file():
        known = gazetteer.load_gazetteer()
        for line, row, broken in _table(path, ("place", "forms")):
            if broken:
                yield broken
                continue
            counts["demonyms"] = counts.get("demonyms", 0) + 1
            key = place_key(row["place"])
            if row["place"] not in known.countries and key not in held and not known.own(key):
                hint = "an ISO 3166-1 code, or a name of places.csv"
                yield error(path, line, f"no place named {row['place']!r}", hint)


def _told(path: Path, line: int, read: Any, *arguments: Any) -> Iterator[Finding]:
    """What a reader says against a row."""
    try:
        read(*arguments)
    except KnowledgeError as broken:
        message = _LINE.split(broken.message, maxsplit=1)[-1]
        yield error(path, line, message, broken.hint)


def _table(
    path: Path, columns: Iterable[str]
) -> Iterator[tuple[int, Mapping[str, str], Finding | None]]:
    """Rows of a CSV file with their lines; in place of one that cannot be cut, what is wrong."""
    text = path.read_bytes().decode("utf-8-sig", errors="replace")
    header: list[str] = []
    for line, raw in enumerate(text.splitlines(), 1):
        if not raw.strip() or raw.startswith("#"):
            continue
        cells = [cell.strip() for cell in next(csv.reader([raw]))]
        if not header:
            header = cells
            missing = [column for column in columns if column not in header]
            if missing:
                message = f"no column {missing[0]!r}"
                yield line, {}, error(path, line, message, f"columns: {', '.join(columns)}")
                return
            continue
        broken = None
        if "\ufffd" in raw:
            broken = error(path, line, "not UTF-8", "save it as UTF-8")
        elif len(cells) != len(header):
            message = f"{len(cells)} cells where the header has {len(header)}"
            broken = error(path, line, message, 'put cells that hold commas in quotes ("…")')
        yield line, dict(zip(header, cells, strict=False)), broken
