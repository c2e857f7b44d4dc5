"""The gate: `python -m eval [NAME...]` scores each room and fails when a score is under its floor.

`--pin` writes today's scores as floors: a floor is raised where the score rose, and lowered only
with `--lower` beside it, so that no floor sinks in silence. Beside its floors stands the hash of
the data that they were measured on; other data fails the gate until the floors are pinned anew.
"""

from __future__ import annotations

import argparse
import importlib
import sys
import time
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
FLOORS = Path(__file__).parent / "floors.json"

SCORERS: dict[str, tuple[Path, ...]] = {
    "attributions": (SHARED / "data/polnear/dev",),
    "conflict": (ROOT / "eval/conflict.jsonl", SHARED / "data/fa-kes", SHARED / "seeds"),
    "figures": (ROOT / "eval/figures.jsonl", ROOT / "eval/conflict.jsonl", SHARED / "data/fa-kes"),
    "speakers": (ROOT / "eval/conflict.jsonl", SHARED / "data/fa-kes"),
    "times": (SHARED / "data/timebank", SHARED / "data/meantime"),
    "places": (SHARED / "data/toponyms",),
    "events": (SHARED / "data/plover",),
    "copies": (SHARED / "data/fa-kes",),
    "matters": (SHARED / "data/fa-kes",),
    "tolls": (SHARED / "data/fa-kes",),
    "sample": (ROOT / "src/sayso/samples",),
}
"""Each scorer (a module of this package with `measure() -> dict[str, float]`) and its data."""

SLACK = 0.003
"""How far under its floor a score may fall: processors differ in the last digits of a model."""


class Floor(msgspec.Struct):
    data: str
    scores: dict[str, float]


def data_hash(folders: tuple[Path, ...]) -> str:
    """One hash of the names and bytes of the data that a scorer reads."""
    seed = sha256()
    for folder in folders:
        for path in sorted(
            p for p in (folder, *folder.rglob("*")) if p.is_file() and "__pycache__" not in p.parts
        ):
            seed.update(str(path.relative_to(folder)).encode())
            seed.update(path.read_bytes())
    return seed.hexdigest()[:16]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m eval", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(SCORERS))
    parser.add_argument("--pin", action="store_true", help="write today's scores as floors")
    parser.add_argument("--lower", action="store_true", help="let --pin lower a floor")
    asked = parser.parse_args()
    floors = (
        msgspec.json.decode(FLOORS.read_bytes(), type=dict[str, Floor]) if FLOORS.exists() else {}
    )
    failed = passed = skipped = 0
    for name in asked.names or SCORERS:
        folders = SCORERS[name]
        missing = [folder for folder in folders if not folder.exists()]
        if missing:
            print(f"{name}: skipped, {missing[0]} is absent", flush=True)
            skipped += 1
            continue
        began = time.process_time()
        scores = importlib.import_module(f"eval.{name}").measure()
        print(f"{name} ({time.process_time() - began:.0f} CPU seconds)", flush=True)
        now = Floor(data_hash(folders), scores)
        if asked.pin:
            floors[name] = _pinned(floors.get(name), now, asked.lower)
        for line, good in _verdicts(floors.get(name), now):
            print("  " + line)
            failed, passed = failed + (not good), passed + good
    if asked.pin:
        text = msgspec.json.format(msgspec.json.encode(floors, order="sorted"), indent=2)
        FLOORS.write_bytes(text + b"\n")
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed else 0


def _pinned(old: Floor | None, now: Floor, lower: bool) -> Floor:
    pinned: dict[str, float] = {}
    for name, score in now.scores.items():
        floor = int(score * 1000) / 1000
        before = old.scores.get(name) if old and old.data == now.data else None
        pinned[name] = floor if before is None or lower else max(floor, before)
    return Floor(now.data, pinned)


def _verdicts(floor: Floor | None, now: Floor) -> Any:
    """A line and whether it is good, for every score and every floor without one."""
    if floor is None:
        yield "no floor is pinned: python -m eval --pin", False
        return
    if floor.data != now.data:
        yield f"the data changed ({floor.data} to {now.data}): measure and pin anew", False
    for name in sorted(now.scores.keys() | floor.scores.keys()):
        score, least = now.scores.get(name), floor.scores.get(name)
        good = score is not None and (least is None or score >= least - SLACK)
        told = "missing" if score is None else f"{score:.3f}"
        least_told = "none" if least is None else f"{least:.3f}"
        yield f"{'ok  ' if good else 'FELL'} {name}: {told} (floor {least_told})", good


if __name__ == "__main__":
    sys.exit(main())
