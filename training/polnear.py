"""PolNeAR as the trainer reads it: articles with their attributions, and changes made to them.

PolNeAR (Newell, Margolin and Ruths 2018, "An Attribution Relations Corpus for Political News",
LREC) comes as `text/*.txt` and brat standoff `attributions/*.ann`. Offsets count characters with
line ends as in the file.
"""

from __future__ import annotations

import glob
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sayso.ids import Span

_SPAN = re.compile(r"T\d+\t\w+ \d")
_EVENT = re.compile(r"E\d+\tAttribution:")
_QUOTES = re.compile('["“”„‟«»]')
_ALL_MARKS = re.compile("[\"“”„‟«»'‘’,]")


@dataclass(frozen=True, slots=True)
class Attribution:
    """Spans in code points of the text, half-open, in the order of the file.

    `type` is "statement" or "attitude"; "" where the corpus does not say.
    """

    sources: tuple[Span, ...]
    cues: tuple[Span, ...]
    contents: tuple[Span, ...]
    type: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """An article and what one or more annotators found in it, the first by name first."""

    name: str
    text: str
    readings: tuple[tuple[Attribution, ...], ...]


def read_annotations(path: Path) -> tuple[Attribution, ...]:
    """Read one brat file. The words of a `T` line can hold line ends, so lines are told by form."""
    spans: dict[str, list[Span]] = {}
    events: list[str] = []
    for line in path.read_text(encoding="utf8").split("\n"):
        if _SPAN.match(line):
            key, where = line.split("\t")[:2]
            spans[key] = [_span(part) for part in where.split(" ", 1)[1].split(";")]
        elif _EVENT.match(line):
            events.append(line.split("\t", 1)[1])
    return tuple(_attribution(event, spans) for event in events)


def _span(part: str) -> Span:
    start, end = part.split()
    return int(start), int(end)


def _attribution(event: str, spans: dict[str, list[Span]]) -> Attribution:
    roles: dict[str, list[Span]] = {"Source": [], "Cue": [], "Content": []}
    for part in event.split():
        role, key = part.split(":")
        role = role.rstrip("0123456789")
        if role in roles:
            roles[role] += spans.get(key, [])
    return Attribution(tuple(roles["Source"]), tuple(roles["Cue"]), tuple(roles["Content"]))


def articles(root: Path, split: str) -> Iterator[Article]:
    """Read a split (`train`, `dev`), articles in the order of their names."""
    for path in sorted((root / split / "text").glob("*.txt")):
        with path.open(encoding="utf8", newline="") as file:
            text = file.read()
        pattern = f"{glob.escape(path.stem)}_*.ann"
        found = sorted((root / split / "attributions").glob(pattern))
        if found:
            yield Article(path.stem, text, tuple(read_annotations(p) for p in found))


# --- changes, so that the model does not lean on marks that a text may have lost -----------------


def disturb(text: str, chance: random.Random) -> tuple[str, NDArray[np.int64]]:
    """Change the marks of a text at random, as careless conversions do.

    Returns the changed text and a map (len(text) + 1) from old offsets to new. Shares: 72 % stay as
    they are, 8 % change straight for curly marks or the reverse, 6 % lose their double quotation
    marks, 8 % all quotation marks, apostrophes and commas (as FA-KES has), 6 % only their line
    ends; half of those that lose all marks lose their line ends too.
    """
    draw = chance.random()
    kept = np.arange(len(text) + 1, dtype=np.int64)
    if draw < 0.72:
        return text, kept
    if draw < 0.80:
        return restyle(text), kept
    if draw < 0.86:
        return strip(text, _QUOTES)
    if draw < 0.94:
        changed = strip(text, _ALL_MARKS)
        return (join_lines(changed[0]), changed[1]) if chance.random() < 0.5 else changed
    return join_lines(text), kept


def restyle(text: str) -> str:
    """Make curly quotation marks straight; where there are none, straight ones curly."""
    if "“" in text or "”" in text:
        return re.sub("[“”]", '"', text).replace("‘", "'").replace("’", "'")
    opened = re.sub(r'(^|[\s(\[—-])"', r"\1“", text)
    return opened.replace('"', "”").replace("'", "’")


def strip(text: str, marks: re.Pattern[str]) -> tuple[str, NDArray[np.int64]]:
    """Take marks out of a text; returns it and the map from old offsets to new."""
    kept = np.ones(len(text), dtype=np.int64)
    kept[[m.start() for m in marks.finditer(text)]] = 0
    return marks.sub("", text), np.r_[0, np.cumsum(kept)]


def join_lines(text: str) -> str:
    """Put a space for every line end."""
    return re.sub("[\r\n]", " ", text)
