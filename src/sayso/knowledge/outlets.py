"""Outlets and agencies: names, codes, addresses and, as plain fact, who owns or funds them."""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec

from sayso.errors import KnowledgeError
from sayso.knowledge.files import files, read_yaml

_BARE = re.compile(r"[\W_]+")
_HOST = re.compile(
    r"(?:https?://)?(?:www\.|m\.|en\.|english\.)?([a-z0-9-]+(?:\.[a-z0-9-]+)+)", re.I
)


class Outlet(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One outlet. `source` says where `owner` and `kind` are from; `codes` are short names that
    stand for it in tables and nowhere else; `country` is an ISO 3166 code.
    """

    name: str
    aliases: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    owner: str | None = None
    country: str | None = None
    kind: str | None = None
    source: str | None = None

    @property
    def is_agency(self) -> bool:
        """Whether others carry its reports."""
        return self.kind is not None and "agency" in self.kind


def _key(name: str) -> str:
    bare = _BARE.sub("", name).casefold()
    return bare.removeprefix("the") if len(bare) > 6 else bare


class Outlets:
    """The outlets that are known, by name, alias, code and address."""

    def __init__(self, outlets: tuple[Outlet, ...]) -> None:
        self.all = tuple({outlet.name: outlet for outlet in outlets}.values())
        self._names = {
            _key(name): outlet
            for outlet in self.all
            for name in (*outlet.codes, *outlet.aliases, outlet.name)
        }
        self._domains = {domain.lower(): outlet for outlet in self.all for domain in outlet.domains}

    def find(self, text: str) -> Outlet | None:
        """The outlet that a whole text is the name, alias, code or address of; else None.

        Case, punctuation, spaces and a leading "the" do not matter.
        """
        if len(text) > 300:
            return None
        found = self._names.get(_key(text))
        if found:
            return found
        host = _HOST.fullmatch(text.strip().split("/")[0]) or _HOST.match(text.strip())
        return self.find_domain(host.group(1)) if host else None

    def find_domain(self, host: str) -> Outlet | None:
        """The outlet of a host name or of the domain that it belongs to."""
        parts = host.lower().strip(".").split(".")
        for start in range(max(1, len(parts) - 1)):
            found = self._domains.get(".".join(parts[start:]))
            if found:
                return found
        return None

    def named_in(self, text: str) -> list[tuple[int, int, Outlet]]:
        """Names and aliases (not codes) of outlets in a text, in order, longest first."""
        return [
            (match.start(), match.end(), self._names[_key(match.group())])
            for match in self.pattern.finditer(text)
        ]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Every name and alias as whole words, longest first; capitals matter."""
        return _any_of({n for o in self.all for n in (o.name, *o.aliases)})

    @cached_property
    def agency_pattern(self) -> str:
        """A regular expression for the name of any agency, in no group."""
        return _any_of({n for o in self.agencies for n in (o.name, *o.aliases)}).pattern

    @property
    def agencies(self) -> tuple[Outlet, ...]:
        """Outlets whose reports others carry."""
        return tuple(outlet for outlet in self.all if outlet.is_agency)


def _any_of(names: set[str]) -> re.Pattern[str]:
    ordered = sorted(names, key=lambda name: (-len(name), name))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, ordered))})(?!\w)")


def load_outlets(folders: tuple[str, ...] = ()) -> Outlets:
    """Sayso's outlets, then those of a user's folders; a later one replaces one of its name.

    Raises KnowledgeError where a file is not a list of outlets.
    """
    outlets: list[Outlet] = []
    for path in files("outlets.yaml", folders):
        outlets += _outlets(read_yaml(path), path)
    return Outlets(tuple(outlets))


def _outlets(found: Any, path: Path) -> list[Outlet]:
    try:
        return msgspec.convert(found or [], list[Outlet])
    except msgspec.ValidationError as error:
        raise KnowledgeError(f"{path}: {error}", hint="see docs/knowledge.md") from error
