"""Every export of a case, written into one folder beside its report."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sayso.schema import View
from sayso.show.export import KINDS, export_lines
from sayso.show.shapes import SHAPES

BOM = "\ufeff"
"""What tells a spreadsheet that a CSV file is UTF-8."""


def write_exports(view: View, folder: Path) -> list[Path]:
    """Writes each kind as CSV for spreadsheets (with a byte order mark) and each shape.

    Returns the files. Raises OSError when one cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for kind in KINDS:
        lines = export_lines(view, kind, format="csv")
        written.append(_write(folder / f"{kind}.csv", lines, bom=True))
    for name, shape in SHAPES.items():
        path = folder / f"{name}.{shape.suffix}"
        written.append(_write(path, shape.lines(view), bom=shape.suffix == "csv"))
    return written


def _write(path: Path, lines: Iterator[str], *, bom: bool) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(BOM if bom else "")
        file.writelines(lines)
    return path
