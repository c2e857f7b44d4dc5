"""Checking a user's own knowledge files: every fault of a folder, with its line and what to do.

Reading stops at the first file that cannot be used; here all are told at once, and what would be
read without a word but mean nothing (a misspelt field, a day that no calendar has) is told too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, get_args

import msgspec
import yaml

from sayso.errors import KnowledgeError
from sayso.knowledge.actors import Affiliation, Body, Entry, Registry, Role, load_actors, read_entry
from sayso.knowledge.check_tables import check_places, check_states, state_keys
from sayso.knowledge.files import OWN
from sayso.knowledge.findings import SEE, Finding, error, warning
from sayso.knowledge.outlets import Outlet
from sayso.knowledge.spelling import name_keys
from sayso.schema import ActorKind, Name

TABLES = frozenset({
    "actors.yaml", "outlets.yaml", "bodies.yaml", "states.csv", "places.csv", "demonyms.csv",
})  # fmt: skip
LISTS = frozenset(path.stem for path in OWN.glob("*.yaml")) - {"outlets", "bodies"}
_DAY = re.compile(r"\d{4}(-\d\d){0,2}")
_DOMAIN = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")
_COUNTRY = re.compile(r"[A-Z]{2}")
_TIES = {"names": Name, "affiliations": Affiliation, "roles": Role}


class Checked(msgspec.Struct, frozen=True, kw_only=True):
    """What a folder holds: entries by kind of file, and what is wrong, by file and line."""

    counts: dict[str, int]
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that keep a file from being used."""
        return tuple(found for found in self.findings if found.level == "error")


class _Loader(yaml.SafeLoader):
    """Leaves days as they are written, so that those of no calendar can be told."""

    yaml_constructors = {  # noqa: RUF012 -- PyYAML's own name for it
        **yaml.SafeLoader.yaml_constructors,
        "tag:yaml.org,2002:timestamp": yaml.SafeLoader.construct_yaml_str,
    }


class _Row(msgspec.Struct, frozen=True):
    """An entry of a YAML list: its value, its line, and the lines of its fields."""

    value: Any
    line: int
    fields: dict[str, int]


def check(folder: Path) -> Checked:
    """Every fault of the knowledge files in a folder.

    Raises KnowledgeError where there is no such folder.
    """
    if not folder.is_dir():
        raise KnowledgeError(f"no knowledge folder at {folder}", hint=SEE)
    counts: dict[str, int] = {}
    findings: list[Finding] = []
    known = load_actors()
    actors = [p for p in (folder / "actors.yaml",) if p.is_file()]
    actors += sorted((folder / "actors").glob("*.yaml"))
    findings += _check_actors(actors, folder / "states.csv", known, counts)
    for path in (folder / "outlets.yaml", folder / "bodies.yaml"):
        if path.is_file():
            findings += _check_plain(path, counts)
    if (folder / "states.csv").is_file():
        findings += check_states(folder / "states.csv", counts)
    findings += check_places(folder, counts)
    findings += _check_others(folder)
    if not counts and not findings:
        findings.append(warning(folder, 0, "holds no knowledge file", SEE))
    findings.sort(key=lambda found: (found.path, found.line, found.message))
    return Checked(counts=counts, findings=tuple(findings))


# --- YAML ---------------------------------------------------------------------------------


def _rows(path: Path, findings: list[Finding]) -> list[_Row]:
    """The entries of a YAML list with their lines; what is no list is a finding."""
    try:
        node = yaml.compose(path.read_text("utf-8-sig"), Loader=yaml.SafeLoader)
    except UnicodeDecodeError:
        findings.append(error(path, 0, "not UTF-8", "save it as UTF-8"))
        return []
    except yaml.YAMLError as broken:
        mark = getattr(broken, "problem_mark", None)
        why = getattr(broken, "problem", None) or str(broken)
        line = mark.line + 1 if mark else 0
        findings.append(error(path, line, f"not YAML: {why}", "mend the YAML at that line"))
        return []
    if node is None:
        return []
    if not isinstance(node, yaml.SequenceNode):
        line = node.start_mark.line + 1
        findings.append(error(path, line, "not a list", 'every entry begins with "- "'))
        return []
    build = _Loader("")
    rows = []
    for item in node.value:
        fields = {}
        if isinstance(item, yaml.MappingNode):
            fields = {str(key.value): key.start_mark.line + 1 for key, _ in item.value}
        try:
            value = build.construct_object(item, deep=True)
        except yaml.YAMLError as broken:
            why = getattr(broken, "problem", None) or "cannot be read"
            findings.append(error(path, item.start_mark.line + 1, f"not YAML: {why}", SEE))
            continue
        rows.append(_Row(value, item.start_mark.line + 1, fields))
    return rows


def _check_actors(
    paths: list[Path], states: Path, known: Registry, counts: dict[str, int]
) -> list[Finding]:
    findings: list[Finding] = []
    found: list[tuple[Path, _Row, Entry]] = []
    for path in paths:
        for row in _rows(path, findings):
            counts["actors"] = counts.get("actors", 0) + 1
            entry = _entry(path, row, findings)
            if entry:
                found.append((path, row, entry))
    keys = set(known.entries) | {entry.key for _, _, entry in found} | state_keys(states)
    seen: dict[str, tuple[Path, int]] = {}
    for path, row, entry in found:
        findings += _check_entry(path, row, entry, keys)
        if entry.key in seen:
            there, line = seen[entry.key]
            message = f"key {entry.key!r} stands in {there.name}, line {line}, too"
            findings.append(error(path, row.line, message, "keys are unique: rename one"))
        seen.setdefault(entry.key, (path, row.line))
    return findings + list(_shared_names(found, known))


def _entry(path: Path, row: _Row, findings: list[Finding]) -> Entry | None:
    value = row.value
    if not isinstance(value, dict):
        findings.append(error(path, row.line, "not an actor: no fields", SEE + ", Actors"))
        return None
    findings += _unknown_fields(path, row, value, Entry)
    for field, kind in _TIES.items():
        for part in value.get(field) or () if isinstance(value.get(field), list) else ():
            if isinstance(part, dict):
                findings += _unknown_fields(path, row, part, kind, at=row.fields.get(field))
    missing = [name for name in ("key", "name", "kind", "source") if not value.get(name)]
    if missing:
        hint = "give it; `source` says where the facts can be checked"
        findings.extend(error(path, row.line, f"no {name!r}", hint) for name in missing)
        return None
    try:
        return read_entry(value, path)
    except KnowledgeError as broken:
        message = broken.message.removeprefix(f"{path}: ")
        line = next((n for f, n in row.fields.items() if f"$.{f}" in message), row.line)
        kinds = f"one of: {', '.join(get_args(ActorKind))}"
        hint = kinds if message.endswith("`$.kind`") else SEE + ", Actors"
        findings.append(error(path, line, message, hint))
        return None


def _unknown_fields(
    path: Path, row: _Row, value: dict[Any, Any], kind: type[Any], *, at: int | None = None
) -> Iterator[Finding]:
    names = [field.encode_name for field in msgspec.structs.fields(kind)]
    for name in value:
        if name not in names:
            line = at or row.fields.get(str(name), row.line)
            yield error(path, line, f"no such field: {name!r}", f"one of: {', '.join(names)}")


def _check_entry(path: Path, row: _Row, entry: Entry, keys: set[str]) -> Iterator[Finding]:
    """Days, ties and names of one actor."""
    for field, kind in (("names", "name"), ("affiliations", "affiliation"), ("roles", "role")):
        line = row.fields.get(field, row.line)
        for part in getattr(entry, field):
            for day in (part.from_, part.to):
                if day is not None and not _is_day(day):
                    hint = "write 2016, 2016-07 or 2016-07-28, the first two in quotes"
                    yield error(path, line, f"{kind}: {day!r} is no day", hint)
            if part.from_ and part.to and part.from_[: len(part.to)] > part.to[: len(part.from_)]:
                yield error(path, line, f"{kind}: {part.from_} is after {part.to}", "swap them")
            of = getattr(part, "of", None)
            if of and of not in keys and of.split("/")[0] not in keys:
                message = f"{kind} with {of!r}, which no file holds"
                yield error(path, line, message, "add an entry with that key or mend the key")
    yield from _check_spells(path, row, entry)
    for text, way in entry.forms():
        if not name_keys(text):
            yield error(path, row.line, f"an empty {way}", "leave it out")
        elif way in ("name", "short") and not any(c.isupper() for c in text) and text.isascii():
            message = f"{text!r} has no capital letter and will never be found"
            yield warning(path, row.line, message, "write it as reports do")


def _check_spells(path: Path, row: _Row, entry: Entry) -> Iterator[Finding]:
    """What is told twice for days that overlap: a name, a tie or an office."""
    told: dict[str, list[tuple[tuple[str, ...], Name | Affiliation | Role]]] = {
        "names": [((name.text,), name) for name in entry.names],
        "affiliations": [((tie.of, tie.as_), tie) for tie in entry.affiliations],
        "roles": [((role.title, role.of or ""), role) for role in entry.roles],
    }
    for field, rows in told.items():
        for place, (what, part) in enumerate(rows):
            if any(what == other and _overlap(part, one) for other, one in rows[:place]):
                line = row.fields.get(field, row.line)
                message = f"{' '.join(what).strip()!r} stands twice for days that overlap"
                yield warning(path, line, message, "make one of them, or part their days")


def _overlap(left: Name | Affiliation | Role, right: Name | Affiliation | Role) -> bool:
    """Whether two spans of days share one beyond the day on which one ends and the other begins."""

    def before(end: str | None, start: str | None) -> bool:
        if end is None or start is None:
            return False
        shared = min(len(end), len(start))
        return end[:shared] <= start[:shared]

    return not before(left.to, right.from_) and not before(right.to, left.from_)


def _is_day(text: str) -> bool:
    if not _DAY.fullmatch(text):
        return False
    year, month, day = (int(part) for part in (text + "-01-01")[:10].split("-"))
    last = 31 if month == 12 else (date(year or 1, month % 12 + 1, 1) - date.resolution).day
    return year > 0 and 1 <= month <= 12 and 1 <= day <= (last if month != 2 else _february(year))


def _february(year: int) -> int:
    return 29 if year % 4 == 0 and (year % 100 or year % 400 == 0) else 28


def _shared_names(found: list[tuple[Path, _Row, Entry]], known: Registry) -> Iterator[Finding]:
    """Names that another actor of the same kind bears, without days to tell them apart."""
    own = {entry.key for _, _, entry in found}
    named: dict[tuple[str, ...], list[Entry]] = {}
    for entry in (
        *(e for e in known.entries.values() if e.key not in own),
        *(e for *_, e in found),
    ):
        for text, way in entry.forms():
            if way == "name":
                named.setdefault(name_keys(text), []).append(entry)
    for path, row, entry in found:
        for text, way in entry.forms():
            rivals = [
                other
                for other in named.get(name_keys(text), ())
                if way == "name" and other.key != entry.key and other.kind == entry.kind
            ]
            if rivals and not _dated(entry, text):
                message = f"{text!r} is a name of {rivals[0].key!r} too and stays open"
                yield warning(path, row.line, message, "give both their days, or take its key")


def _dated(entry: Entry, text: str) -> bool:
    return any(name.text == text and (name.from_ or name.to) for name in entry.names)


def _check_plain(path: Path, counts: dict[str, int]) -> list[Finding]:
    """outlets.yaml or bodies.yaml: entries of one form each."""
    kind: type[Any] = Outlet if path.stem == "outlets" else Body
    findings: list[Finding] = []
    seen: dict[str, int] = {}
    for row in _rows(path, findings):
        counts[path.stem] = counts.get(path.stem, 0) + 1
        value = row.value
        if not isinstance(value, dict):
            findings.append(error(path, row.line, "no fields", SEE))
            continue
        findings += _unknown_fields(path, row, value, kind)
        known = {field.encode_name for field in msgspec.structs.fields(kind)}
        try:
            made = msgspec.convert({k: v for k, v in value.items() if k in known}, kind)
        except msgspec.ValidationError as broken:
            line = next((n for f, n in row.fields.items() if f"$.{f}" in str(broken)), row.line)
            findings.append(error(path, line, str(broken), SEE))
            continue
        if made.name in seen:
            message = f"{made.name!r} stands in line {seen[made.name]} too; this one wins"
            findings.append(warning(path, row.line, message, "keep one"))
        seen.setdefault(made.name, row.line)
        if isinstance(made, Outlet):
            findings += _check_outlet(path, row, made)
    return findings


def _check_outlet(path: Path, row: _Row, outlet: Outlet) -> Iterator[Finding]:
    for domain in outlet.domains:
        if not _DOMAIN.fullmatch(domain.lower()):
            line = row.fields.get("domains", row.line)
            yield error(path, line, f"{domain!r} is no domain", "write it as in example.org")
    if outlet.country and not _COUNTRY.fullmatch(outlet.country):
        line = row.fields.get("country", row.line)
        yield error(path, line, f"{outlet.country!r} is no country", "an ISO 3166-1 code: SY")
    if (outlet.owner or outlet.kind) and not outlet.source:
        yield warning(
            path, row.line, f"{outlet.name!r} has no source", "say where it can be checked"
        )


# --- the rest -----------------------------------------------------------------------------


def _check_others(folder: Path) -> Iterator[Finding]:
    """Word lists, and files that nothing reads."""
    for path in sorted(folder.iterdir()):
        if path.suffix in (".yaml", ".yml") and path.stem in LISTS and path.suffix == ".yaml":
            yield from _check_list(path)
        elif not path.is_file() or _is_read(path) or path.name.startswith("."):
            continue
        elif folder.resolve() != OWN:  # which holds the code that reads it
            yield warning(path, 0, "is not read", "for the names of files " + SEE)


def _is_read(path: Path) -> bool:
    if path.name in TABLES or path.suffix in (".md", ".rst"):
        return True
    return path.suffix == ".txt" and path.name.startswith("places")


def _check_list(path: Path) -> Iterator[Finding]:
    """A word list: a mapping whose keys sayso's own list has."""
    own = yaml.safe_load((OWN / path.name).read_text("utf-8"))
    try:
        node = yaml.compose(path.read_text("utf-8-sig"), Loader=yaml.SafeLoader)
    except (yaml.YAMLError, UnicodeDecodeError) as broken:
        mark = getattr(broken, "problem_mark", None)
        yield error(path, mark.line + 1 if mark else 0, "not YAML", "mend the YAML at that line")
        return
    if node is None or not isinstance(own, dict):
        return
    if not isinstance(node, yaml.MappingNode):
        yield error(path, node.start_mark.line + 1, "not a mapping", "see sayso's own list")
        return
    for key, _ in node.value:
        if key.value not in {str(name) for name in own}:
            message = f"no such entry in sayso's own list: {key.value!r}"
            yield warning(
                path, key.start_mark.line + 1, message, f"one of: {', '.join(map(str, own))}"
            )
