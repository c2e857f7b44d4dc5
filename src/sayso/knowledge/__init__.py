"""What sayso knows before it reads: actors, outlets, places and word lists, as data.

Each part is loaded when it is first asked for. A user's folders hold files of the same names
and are read after sayso's own, so that a user's row wins.
"""

from __future__ import annotations

from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from sayso.knowledge.files import files, read_yaml

if TYPE_CHECKING:
    from sayso.knowledge.actors import Registry
    from sayso.knowledge.gazetteer import Gazetteer
    from sayso.knowledge.outlets import Outlets


class Knowledge:
    """Sayso's knowledge together with that of a user's folders."""

    def __init__(self, folders: tuple[str, ...] = ()) -> None:
        self.folders = folders
        self._lexicons: dict[str, dict[str, Any]] = {}

    @cached_property
    def actors(self) -> Registry:
        """States, governments, groups, bodies, monitors, agencies and people."""
        from sayso.knowledge.actors import load_actors

        return load_actors(self.folders)

    @cached_property
    def outlets(self) -> Outlets:
        """Outlets with their names, codes, addresses and owners."""
        from sayso.knowledge.outlets import load_outlets

        return load_outlets(self.folders)

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """Places with coordinates and radius."""
        from sayso.knowledge.gazetteer import load_gazetteer

        return load_gazetteer(self.folders)

    def lexicon(self, name: str) -> dict[str, Any]:
        """A word list by file name without ending; a user's entries are laid over sayso's."""
        if name not in self._lexicons:
            merged: dict[str, Any] = {}
            for path in files(f"{name}.yaml", self.folders):
                merged |= read_yaml(path) or {}
            self._lexicons[name] = merged
        return self._lexicons[name]


@cache
def load(folders: tuple[str, ...] = ()) -> Knowledge:
    """The knowledge of these folders, once a process."""
    return Knowledge(folders)
