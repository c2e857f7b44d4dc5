"""Times alone beside Microsoft's recognizers-text: `python -m bench.times [--peer PYTHON]`.

CPU seconds of finding and resolving every time expression of the same texts, counted inside each
process after it has read its rules on a first text, and of the whole processes. The texts are
FA-KES's, or the sample pile's where that is absent. The peer is no dependency of ours: it is asked
of this Python, or of the one named by --peer, and left out with a word where it cannot be loaded
(`pip install recognizers-text-date-time "emoji<2"`).
"""

from __future__ import annotations

import argparse
import csv
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import msgspec

from bench.__main__ import FA_KES, table
from sayso.samples import PILE

OURS = """
import json, sys, time
from sayso import annotate
texts = json.load(open(sys.argv[1]))
def read(text):
    return annotate(text, date="2016-06-08", only=("times",))["times"]
read(texts[0])
start = time.process_time()
found = sum(len(read(text)) for text in texts)
print(json.dumps([time.process_time() - start, time.process_time(), found]))
"""
PEER = """
import datetime, json, sys, time
from recognizers_date_time import Culture, recognize_datetime
texts = json.load(open(sys.argv[1]))
day = datetime.datetime(2016, 6, 8)
def read(text):
    return recognize_datetime(text, Culture.English, reference=day)
read(texts[0])
start = time.process_time()
found = sum(len(read(text)) for text in texts)
print(json.dumps([time.process_time() - start, time.process_time(), found]))
"""


class Run(msgspec.Struct, frozen=True):
    """CPU seconds of the texts alone and of the whole process, and how many times were found."""

    texts: float
    whole: float
    found: int


def run(python: str, code: str, path: Path) -> Run | None:
    """What a program cost on a file of texts; None where it cannot be loaded."""
    done = subprocess.run(
        [python, "-c", code, str(path)], capture_output=True, text=True, check=False
    )
    if "ImportError" in done.stderr or "ModuleNotFoundError" in done.stderr:
        return None
    if done.returncode:
        raise SystemExit(done.stderr)
    return Run(*json.loads(done.stdout))


def texts_of(count: int) -> list[str]:
    """So many texts of news."""
    if not FA_KES.is_file():
        pile = [path.read_text("utf-8", errors="replace") for path in sorted(PILE.glob("*.txt"))]
        return (pile * count)[:count]
    with tempfile.TemporaryDirectory() as folder:
        path = table(Path(folder) / "articles.csv", count)
        with path.open(encoding="utf-8", newline="") as lines:
            return [row["article_content"] for row in csv.DictReader(lines)]


def main() -> int:
    """Print both costs and their ratio."""
    parser = argparse.ArgumentParser(prog="python -m bench.times", description=__doc__)
    parser.add_argument("--texts", type=int, default=40, help="how many texts")
    parser.add_argument("--peer", default=sys.executable, help="a Python that has the peer")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "texts.json"
        path.write_text(json.dumps(texts_of(asked.texts)))
        ours = run(sys.executable, OURS, path)
        peer = run(asked.peer, PEER, path)
    assert ours is not None
    print(f"sayso: {ours.texts:.2f} CPU s ({ours.whole:.2f} with start-up), {ours.found} times")
    if peer is None:
        print("recognizers-text: skipped, not installed (see python -m bench.times --help)")
        return 0
    print(f"recognizers-text: {peer.texts:.2f} ({peer.whole:.2f}), {peer.found} times")
    print(f"ratio: {ours.texts / peer.texts:.3f} ({ours.whole / peer.whole:.3f} with start-up)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
