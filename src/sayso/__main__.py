"""Where `sayso` starts: the help answers at once, everything else loads the command line."""

from __future__ import annotations

import sys


def main() -> None:
    """Runs the command line."""
    if sys.argv[1:] in ([], ["--help"], ["-h"]):
        # The words are Typer's own, written by `make docs` and held equal by a test: loading
        # Typer alone costs several starts of Python.
        with open(f"{__file__.rpartition('/')[0] or '.'}/help.txt", encoding="utf-8") as words:  # noqa: PTH123 -- pathlib is slow to load
            sys.stdout.write(words.read())
        return
    from sayso.cli import run

    sys.exit(run())


if __name__ == "__main__":
    main()
