"""The registry of actors: states and their bodies, groups, forces, monitors, agencies, people.

Entries stand in `actors/*.yaml` and `states.csv`, and in files of the same form in a user's
folders (docs/knowledge.md, "Actors"). Dates say when a name, tie or role held; they choose
between entries that share a name and never hide one: reports use old names for years.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Literal

import msgspec

from sayso.errors import KnowledgeError
from sayso.knowledge.files import OWN, files, read_csv, read_yaml
from sayso.knowledge.outlets import load_outlets
from sayso.knowledge.spelling import is_article, name_keys, word_key, words_of
from sayso.schema import ActorKind, Name, Struct

Way = Literal["name", "acronym", "metonym", "short", "people", "demonym"]
"""How a form names an entry: a full name, an acronym, a metonym ("Moscow"), a surname alone,
a people for its state ("the Americans"), or the adjective of a state ("Syrian")."""

_ASIDE = re.compile(r"\([^)]*\)")
_LONGEST = 12
"""Words in the longest name that is looked for."""


class Affiliation(Struct, frozen=True, kw_only=True):
    """A tie to another entry, by its key, with the days between which it held."""

    of: str
    as_: str = msgspec.field(default="", name="as")
    from_: str | None = msgspec.field(default=None, name="from")
    to: str | None = None


class Role(Struct, frozen=True, kw_only=True):
    """An office or post of a person, with the days between which it was held."""

    title: str
    of: str | None = None
    from_: str | None = msgspec.field(default=None, name="from")
    to: str | None = None


class Entry(Struct, frozen=True, kw_only=True):
    """An actor that is known before anything is read."""

    key: str
    name: str
    kind: ActorKind
    names: tuple[Name, ...] = ()
    acronyms: tuple[str, ...] = ()
    metonyms: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    peoples: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    affiliations: tuple[Affiliation, ...] = ()
    roles: tuple[Role, ...] = ()
    gender: Literal["m", "f"] | None = None
    after_the: bool = False
    """A name only behind "the": outlets such as The Guardian."""
    seat: str | None = None
    """The key of the state that it works from, where that is another than its field of work."""
    source: str

    def forms(self) -> Iterator[tuple[str, Way]]:
        """Every written form with its way."""
        yield self.name, "name"
        yield from ((name.text, "name") for name in self.names)
        yield from ((text, "acronym") for text in self.acronyms)
        yield from ((text, "metonym") for text in self.metonyms)
        yield from ((text, "short") for text in self.short)
        yield from ((text, "people") for text in self.peoples)
        yield from ((text, "demonym") for text in self.demonyms)


class Body(Struct, frozen=True, kw_only=True):
    """A body that every state can have: found as "{demonym} X", "{state}'s X" or "X of {state}"."""

    key: str
    name: str
    kind: ActorKind
    forms: tuple[str, ...]
    of_state: bool = False
    """The state itself speaks through it ("the Syrian government"): no entry of its own."""


class Hit(Struct, frozen=True, kw_only=True):
    """A form found in a text, with every entry that it can name."""

    start: int
    end: int
    way: Way
    entries: tuple[Entry, ...]


_Node = dict[str, Any]
_END = ""


class Registry:
    """All entries, ready for look-up and for scanning texts in one pass."""

    def __init__(self, entries: Iterable[Entry], bodies: Iterable[Body] = ()) -> None:
        self.entries = {entry.key: entry for entry in entries}
        self._trie: _Node = {}
        self._acronyms: dict[str, list[Entry]] = {}
        self._bodies: _Node = {}
        self._body_of = {body.key: body for body in bodies}
        self._made: dict[str, Entry] = {}
        for entry in self.entries.values():
            for text, way in entry.forms():
                if way == "acronym":
                    self._add_acronym(text, entry)
                else:
                    _insert(self._trie, name_keys(text), (way, entry))
        for body in self._body_of.values():
            for text in body.forms:
                _insert(self._bodies, name_keys(text), body)

    def _add_acronym(self, text: str, entry: Entry) -> None:
        plain = text.replace(".", "")
        self._acronyms.setdefault(plain, []).append(entry)

    def get(self, key: str) -> Entry | None:
        """The entry of a key, bodies of states ("RU/defence") included."""
        state, _, part = key.partition("/")
        if key not in self.entries and state in self.entries and part in self._body_of:
            return self.body(self.entries[state], self._body_of[part])
        return self.entries.get(key)

    def candidates(self, name: str) -> tuple[Hit, ...]:
        """Every way in which the whole of a name, and no more, is known."""
        words = words_of(name)
        while words and (
            words[0][2].lower() == "the" or (len(words) > 1 and is_article(words[0][2]))
        ):
            del words[0]
        if not words:
            return ()
        return tuple(hit for hit in self._at(words, 0, anchored=False) if hit.end >= words[-1][1])

    def find(
        self, name: str, *, day: str | None = None, kind: ActorKind | None = None
    ) -> Entry | None:
        """The one entry that a name can mean, or null: unknown, or shared and left open.

        `day` (ISO) chooses between entries whose names or roles held at different times.
        """
        hits = self.candidates(name)
        for way in ("name", "acronym", "metonym", "short", "people"):
            entries = [e for hit in hits if hit.way == way for e in hit.entries]
            entries = [e for e in entries if e.key in self.entries] or entries
            chosen = choose(entries, name, day=day, kind=kind)
            if chosen or len(entries) > 1:
                return chosen
        return None

    def scan(self, text: str) -> list[Hit]:
        """The known names in a text, longest first where they overlap, in text order.

        Linear in the text. The first word of a name must be capitalised; acronyms match by case.
        Demonyms alone are hits too, with way "demonym".
        """
        words = words_of(text)
        hits: list[Hit] = []
        at = 0
        while at < len(words):
            found = [
                hit
                for hit in self._at(words, at, anchored=True)
                if not hit.entries[0].after_the or (at and words[at - 1][2].lower() == "the")
            ]
            if not found:
                at += 1
                continue
            best = max(found, key=lambda hit: (hit.end, hit.entries[0].key in self.entries))
            hits.append(_with_article(text, words, at, best))
            while at < len(words) and words[at][0] < best.end:
                at += 1
        return hits

    def _at(self, words: list[tuple[int, int, str]], at: int, *, anchored: bool) -> list[Hit]:
        start, end, word = words[at]
        if anchored and not word[0].isupper():
            return []
        hits = []
        if entries := self._acronym(word):
            hits.append(Hit(start=start, end=end, way="acronym", entries=tuple(entries)))
        for stop, payload in _walk(self._trie, words, at):
            by_way: dict[Way, list[Entry]] = {}
            for way, entry in payload:
                by_way.setdefault(way, []).append(entry)
            for way, found in by_way.items():
                hits.append(
                    Hit(start=start, end=words[stop - 1][1], way=way, entries=_distinct(found))
                )
                hits.extend(self._body_after(words, at, stop, way, found))
        hits.extend(self._body_after(words, at, at + 1, "name", entries or []))
        hits.extend(self._body_before(words, at))
        return hits

    def _acronym(self, word: str) -> list[Entry] | None:
        """Entries of an acronym: as written, plural, or ("Isis", "Nato") capitalised."""
        found = self._acronyms.get(word)
        if not found and word[-1] == "s" and word[:-1].isupper():
            found = self._acronyms.get(word[:-1])
        if not found and len(word) > 3 and word[1:].islower():
            found = self._acronyms.get(word.upper())
        return found

    def _body_after(
        self, words: list[tuple[int, int, str]], at: int, stop: int, way: Way, states: list[Entry]
    ) -> Iterator[Hit]:
        """Bodies of a state: "Syrian army", "Russia's Foreign Ministry"."""
        found = [e for e in states if e.kind == "state"]
        if not found or way not in ("name", "demonym") or stop >= len(words):
            return
        for end, bodies in _walk(self._bodies, words, stop):
            if way == "name" and not _possessive(words, stop) and words[stop][2].islower():
                continue  # "Syria forces" is a clause as often as a name
            entries = tuple(self.body(state, body) for state in found for body in bodies)
            yield Hit(
                start=words[at][0], end=words[end - 1][1], way="name", entries=_distinct(entries)
            )

    def _body_before(self, words: list[tuple[int, int, str]], at: int) -> Iterator[Hit]:
        """Bodies with their state after them: "Ministry of Defence of Ukraine"."""
        for end, bodies in _walk(self._bodies, words, at):
            after = end
            if after >= len(words) or words[after][2].lower() != "of":
                continue
            after += 1
            if after < len(words) and words[after][2].lower() == "the":
                after += 1
            if after >= len(words):
                continue
            for stop, payload in _walk(self._trie, words, after):
                states = [e for way, e in payload if way == "name" and e.kind == "state"]
                entries = tuple(self.body(state, body) for state in states for body in bodies)
                if entries:
                    yield Hit(
                        start=words[at][0], end=words[stop - 1][1], way="name", entries=entries
                    )

    def body(self, state: Entry, body: Body) -> Entry:
        """The entry of a state's body: the files' own, else made from the state."""
        if body.of_state:
            return state
        key = f"{state.key}/{body.key}"
        own = self.entries.get(key) or self._made.get(key)
        if own:
            return own
        made = Entry(
            key=key,
            name=body.name.format(adjective=state.demonyms[0] if state.demonyms else state.name),
            kind=body.kind,
            affiliations=(Affiliation(of=state.key, as_="body"),),
            source=f"made from {state.key} and bodies.yaml",
        )
        self._made[key] = made
        return made

    def state_of(self, entry: Entry) -> Entry | None:
        """The state that an entry is, belongs to or serves, where its first tie says so."""
        if entry.kind == "state":
            return entry
        ties = [tie.of for tie in entry.affiliations] + [r.of for r in entry.roles if r.of]
        owners = (self.entries.get(key.split("/")[0]) for key in ties)
        return next((owner for owner in owners if owner and owner.kind == "state"), None)


def choose(
    entries: Iterable[Entry], name: str, *, day: str | None = None, kind: ActorKind | None = None
) -> Entry | None:
    """The one entry left after kind and day have been asked; null when none or several."""
    left = list(_distinct(entries))
    if kind:
        left = [e for e in left if e.kind == kind]
    if len(left) > 1 and day:
        left = [e for e in left if _held(e, name, day)] or left
    return left[0] if len(left) == 1 else None


def _held(entry: Entry, name: str, day: str) -> bool:
    """Whether the name, and for people some role, held on a day."""
    wanted = name_keys(name)
    dated = [n for n in entry.names if name_keys(n.text) == wanted]
    spans = [(n.from_, n.to) for n in dated] or [(r.from_, r.to) for r in entry.roles]
    return not spans or any(held(from_, to, day) for from_, to in spans)


def held(from_: str | None, to: str | None, day: str) -> bool:
    """Whether a day lies between two, which may be months or years alone or open."""
    return (from_ is None or day[: len(from_)] >= from_) and (to is None or day[: len(to)] <= to)


def _possessive(words: list[tuple[int, int, str]], stop: int) -> bool:
    """Whether the word before `stop` ends in 's, or in an s whose apostrophe was lost."""
    _, end, word = words[stop - 1]
    return words[stop][0] - end > 1 or word.endswith("s")


def _with_article(text: str, words: list[tuple[int, int, str]], at: int, hit: Hit) -> Hit:
    """The hit with an Arabic article before it taken in: "al-Nusra", "Al Nusra"."""
    if at == 0:
        return hit
    start, end, word = words[at - 1]
    joined = text[end : hit.start]
    if is_article(word) and (
        joined == "-" or (joined == " " and word[0].isupper() and len(word) == 2)
    ):
        return Hit(start=start, end=hit.end, way=hit.way, entries=hit.entries)
    return hit


def _insert(trie: _Node, keys: tuple[str, ...], payload: object) -> None:
    node = trie
    for key in keys:
        node = node.setdefault(key, {})
    node.setdefault(_END, []).append(payload)


def _walk(trie: _Node, words: list[tuple[int, int, str]], at: int) -> Iterator[tuple[int, Any]]:
    """(index after the last word, payload) of every name in the trie that begins at a word.

    Articles are passed over, "Abdel Rahman" is one word, and a last word may carry the s of a
    plural or of a possessive that lost its apostrophe.
    """
    node = trie
    last = min(len(words), at + _LONGEST)
    while at < last:
        word = words[at][2]
        if node is not trie and is_article(word) and word_key(word) not in node:
            at += 1
            continue
        key = word_key(word)
        if key == "abd" and key not in node:
            follow = at + 1
            if follow < last and is_article(words[follow][2]):
                follow += 1
            if follow < last:
                key, at = f"abd{word_key(words[follow][2])}", follow
        child = node.get(key)
        if child is None:
            single = node.get(word_key(word[:-1])) if key[-1:] == "s" and len(key) > 3 else None
            if single and (payload := single.get(_END)):
                yield at + 1, payload
            return
        node = child
        at += 1
        if payload := node.get(_END):
            yield at, payload


def _distinct(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple({entry.key: entry for entry in entries}.values())


# --- loading ------------------------------------------------------------------------------


def load_actors(folders: tuple[str, ...] = ()) -> Registry:
    """Sayso's registry with a user's entries laid over it, by key.

    Raises KnowledgeError naming the file and entry that cannot be used.
    """
    entries = {entry.key: entry for entry in _states(folders)}
    for path in _actor_files(folders):
        entries |= {entry.key: entry for entry in _read_entries(path)}
    entries |= {entry.key: entry for entry in _outlets(folders, entries.values())}
    bodies = [
        _convert(row, Body, path)
        for path in files("bodies.yaml", folders)
        for row in read_yaml(path) or ()
    ]
    for entry in entries.values():
        for tie in entry.affiliations:
            if tie.of.split("/")[0] not in entries:
                raise KnowledgeError(
                    f"{entry.key}: affiliation with {tie.of!r}, which no file holds",
                    hint="add an entry with that key or mend the key",
                )
    return Registry(entries.values(), bodies)


def _outlets(folders: tuple[str, ...], known: Iterable[Entry]) -> Iterator[Entry]:
    """The outlets of outlets.yaml that no entry names already."""
    taken = {name_keys(text) for entry in known for text, way in entry.forms() if way != "short"}
    for outlet in load_outlets(folders).all:
        names = [_ASIDE.sub("", text).strip() for text in (outlet.name, *outlet.aliases)]
        if any(name_keys(text) in taken for text in names):
            continue
        plain = [n for n in names if not (n.isupper() and len(n) < 6)]
        yield Entry(
            key=f"outlet:{outlet.name}",
            name=outlet.name,
            kind="agency" if outlet.is_agency else "outlet",
            names=tuple(Name(text=text) for text in plain),
            acronyms=tuple(n for n in names if n not in plain),
            after_the=names[0].lower().startswith("the ") and len(names[0].split()) == 2,
            source=outlet.source or "outlets.yaml",
        )


def _actor_files(folders: tuple[str, ...]) -> list[Path]:
    """Sayso's `actors/*.yaml`, then `actors.yaml` and `actors/*.yaml` of each user folder."""
    own = sorted((OWN / "actors").glob("*.yaml"))
    for folder in folders:
        own += [p for p in (Path(folder) / "actors.yaml",) if p.is_file()]
        own += sorted((Path(folder) / "actors").glob("*.yaml"))
    return own


def _read_entries(path: Path) -> Iterator[Entry]:
    rows = read_yaml(path) or []
    if not isinstance(rows, list):
        raise KnowledgeError(f"{path}: not a list of actors", hint="see docs/knowledge.md, Actors")
    for row in rows:
        yield read_entry(row, path)


def read_entry(row: object, path: Path) -> Entry:
    """An entry of a file of actors. Raises KnowledgeError where it has not the form."""
    if isinstance(row, dict) and isinstance(row.get("names"), list):
        row = row | {"names": [n if isinstance(n, dict) else {"text": n} for n in row["names"]]}
    entry: Entry = _convert(row, Entry, path)
    return entry


def _convert(row: object, kind: type[Any], path: Path) -> Any:
    try:
        return msgspec.convert(_plain(row), kind)
    except msgspec.ValidationError as error:
        name = row.get("key") if isinstance(row, dict) else row
        raise KnowledgeError(
            f"{path}: {name}: {error}", hint="see docs/knowledge.md, Actors"
        ) from error


def _plain(value: object) -> object:
    """YAML's own dates back to ISO text; the rest as it is."""
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value.isoformat() if hasattr(value, "isoformat") else value


def _states(folders: tuple[str, ...]) -> Iterator[Entry]:
    """The states of `states.csv`; cells with several forms are parted by "|"."""
    for path in files("states.csv", folders):
        for row in read_csv(path):
            if not row.get("key") or not row.get("name"):
                raise KnowledgeError(f"{path}: {row}", hint="a state needs a key and a name")
            yield Entry(
                key=row["key"],
                name=row["name"],
                kind="state",
                names=tuple(Name(text=text) for text in _cell(row, "names")),
                acronyms=_cell(row, "acronyms"),
                metonyms=_cell(row, "metonyms"),
                peoples=_cell(row, "peoples"),
                demonyms=_cell(row, "demonyms"),
                source=row.get("source") or f"{path.name}: see its head",
            )


def _cell(row: dict[str, str], column: str) -> tuple[str, ...]:
    return tuple(part for part in (row.get(column) or "").split("|") if part)
