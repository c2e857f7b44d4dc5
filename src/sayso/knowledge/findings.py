"""What is wrong with a line of a knowledge file."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import msgspec

SEE = "see docs/knowledge.md"


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """What is wrong with a line of a file, and what to do. `line` counts from 1, 0 for the file.

    An error keeps the file from being used; a warning does not.
    """

    path: str
    line: int
    message: str
    hint: str
    level: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        where = f"{self.path}:{self.line}" if self.line else self.path
        mark = "" if self.level == "error" else "warning: "
        return f"{where}: {mark}{self.message} ({self.hint})"


def error(path: Path, line: int, message: str, hint: str) -> Finding:
    return Finding(path=str(path), line=line, message=message, hint=hint)


def warning(path: Path, line: int, message: str, hint: str) -> Finding:
    return Finding(path=str(path), line=line, message=message, hint=hint, level="warning")
