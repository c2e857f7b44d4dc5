"""Makes the generated parts of the docs: `python -m docs.make`, or `--check` to compare alone."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer.main
from typer.testing import CliRunner

from sayso.cli import app

ROOT = Path(__file__).resolve().parents[1]
HELP = ROOT / "src/sayso/help.txt"
COMMANDS = ROOT / "docs/commands.md"
WIDTH = {"COLUMNS": "90", "TERMINAL_WIDTH": "90", "NO_COLOR": "1"}


def help_of(*command: str) -> str:
    """What `sayso COMMAND --help` prints, at a fixed width."""
    shown = CliRunner().invoke(app, [*command, "--help"], prog_name="sayso", env=WIDTH)
    return shown.output.replace("Usage: root", "Usage: sayso")


def commands() -> str:
    """The page of all commands."""
    head = "# Commands\n\nMade by `make docs` from the program itself.\n"
    parts = [head, f"## sayso\n\n```text\n{help_of().rstrip()}\n```\n"]
    parts += [
        f"## sayso {' '.join(words)}\n\n```text\n{help_of(*words).rstrip()}\n```\n"
        for words in _names(typer.main.get_command(app))
    ]
    return "\n".join(parts)


def _names(group: Any) -> Iterator[tuple[str, ...]]:
    """The words of every command, those of groups included."""
    for name, command in group.commands.items():
        inner = list(_names(command)) if hasattr(command, "commands") else [()]
        yield from ((name, *words) for words in inner)


def main() -> int:
    """Writes the files, or with --check says which differ."""
    stale = 0
    for path, text in ((HELP, help_of()), (COMMANDS, commands())):
        if "--check" not in sys.argv:
            path.write_text(text, "utf-8")
            continue
        old = path.read_text("utf-8") if path.exists() else ""
        if old != text:
            stale += 1
            sys.stdout.writelines(
                difflib.unified_diff(old.splitlines(True), text.splitlines(True), str(path), "now")
            )
    if stale:
        sys.stdout.write(f"{stale} generated files are stale: run make docs\n")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
