"""Reading knowledge files: sayso's own first, then a user's, by the same door."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from sayso.errors import KnowledgeError

OWN = Path(__file__).parent


def files(name: str, folders: tuple[str, ...]) -> Iterator[Path]:
    """The files of one name: sayso's, then each user folder's that has it.

    Raises KnowledgeError when a user's folder does not exist.
    """
    for folder in folders:
        if not Path(folder).is_dir():
            raise KnowledgeError(f"no knowledge folder at {folder}", hint="see docs/knowledge.md")
    for path in (OWN / name, *(Path(folder) / name for folder in folders)):
        if path.is_file():
            yield path


def read_yaml(path: Path) -> Any:
    """The content of a YAML file. Raises KnowledgeError naming file and line when broken."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return yaml.load(path.read_text("utf-8"), Loader=loader)  # noqa: S506 -- a safe loader, in C
    except (yaml.YAMLError, ValueError) as error:  # a ValueError: not UTF-8, or 2016-13-01
        raise KnowledgeError(f"{path}: {error}", hint="mend the YAML at that line") from error


def read_csv(path: Path) -> list[dict[str, str]]:
    """The rows of a UTF-8 CSV file with a header line; lines that begin with # are comments."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(line for line in lines if not line.startswith("#")))
