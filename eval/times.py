"""Relaxed, strict and value F1 of time expressions on TimeBank/AQUAINT and MEANTIME.

    python -m eval.times [--unseen] [--errors CORPUS] [--kinds CORPUS] [--windows]

TimeBank: the files whose name's SHA-256 is not 0 modulo 5 (rules are made on these); `--unseen`
scores the other fifth. MEANTIME: the first six sentences, which are those that are annotated; the
date line is left out, tokens are joined by blanks. Scores agree with `../shared/scorers/times.py`
(TempEval-3: a gold expression meets the predicted one that overlaps it most; F1 over all documents
together; a value must be equal). Text goes through the same functions as `sayso annotate --date`.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import hashlib
import html
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from sayso.annotate.parse import Parse
from sayso.annotate.times import find_times
from sayso.knowledge import load
from sayso.resolve.publication import infer, resolve_publication
from sayso.resolve.publication_clues import clues_of
from sayso.resolve.times import resolve_times
from sayso.resolve.timex_calendar import valid
from sayso.schema import Annotations, Block, DateClaim, Document, TimeSpan

SHARED = Path(__file__).resolve().parents[2] / "shared"
Gold = tuple[int, int, str, str]
"""Start, end, type and value of a gold expression."""
Sample = tuple[str, str, str, list[Gold]]
"""Name, ISO date of writing, text and gold expressions of a document."""


def unseen(name: str) -> bool:
    """Whether a TimeBank file belongs to the fifth that rules are not made on."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % 5 == 0


def timebank(*, held_out: bool) -> Iterator[Sample]:
    """TimeBank and AQUAINT in TimeML; offsets count in the text between <TEXT> tags."""
    for path in sorted((SHARED / "data" / "timebank").glob("*/*.tml")):
        if unseen(path.name) != held_out:
            continue
        source = path.read_text("utf-8")
        day = re.search(r"<DCT>.*?value=\"([^\"]+)\"", source, re.S)
        body = re.search(r"<TEXT>(.*?)</TEXT>", source, re.S)
        if day is None or body is None:
            continue
        pieces, length, found, stack = [], 0, [], []
        for piece in re.split(r"(<[^>]+>)", body.group(1)):
            if piece.startswith("<TIMEX3"):
                stack.append((length, dict(re.findall(r"(\w+)=\"([^\"]*)\"", piece))))
            elif piece.startswith("</TIMEX3>"):
                start, fields = stack.pop()
                found.append((start, length, fields.get("type", ""), fields.get("value", "")))
            elif not piece.startswith("<"):
                words = html.unescape(piece)
                pieces.append(words)
                length += len(words)
        yield path.name, day.group(1)[:10], "".join(pieces), found


def meantime(*, sentences: int = 6) -> Iterator[Sample]:
    """MEANTIME's annotated sentences without the date line."""
    for path in sorted((SHARED / "data" / "meantime").glob("intra-doc_annotation/*/*.xml")):
        source = path.read_text("utf-8")
        tokens = [
            (dict(re.findall(r'(\w+)="([^"]*)"', fields)), html.unescape(word))
            for fields, word in re.findall(r"<token ([^>]*)>(.*?)</token>", source, re.S)
        ]
        marked = [
            (dict(re.findall(r'(\w+)="([^"]*)"', fields)), re.findall(r't_id="(\d+)"', inside))
            for fields, inside in re.findall(r"<TIMEX3 ([^>]*?)>(.*?)</TIMEX3>", source, re.S)
        ]
        written = [m for m in marked if m[0].get("functionInDocument") == "CREATION_TIME"]
        if not written:
            continue
        sentence_of = {fields["t_id"]: int(fields["sentence"]) for fields, _ in tokens}
        date_lines = {sentence_of[t] for _, ids in written for t in ids} & {0, 1}
        text, where = "", {}
        for fields, word in tokens:
            number = int(fields["sentence"])
            if number < sentences and number not in date_lines:
                where[fields["t_id"]] = (len(text), len(text) + len(word))
                text += word + " "
        found = [
            (where[ids[0]][0], where[ids[-1]][1], fields.get("type", ""), fields.get("value", ""))
            for fields, ids in marked
            if ids
            and all(t in where for t in ids)
            and fields.get("functionInDocument") != "CREATION_TIME"
        ]
        day = written[0][0]["value"][:10]
        if re.fullmatch(r"\d\d-\d\d-\d{4}", day):  # one file has its date day first
            day = f"{day[6:]}-{day[3:5]}-{day[:2]}"
        yield path.name, day, text, found


def document(name: str, text: str, day: str | None) -> Document:
    """A text as `sayso annotate FILE --date` takes it: as it is, all prose."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Document(
        source=name,
        path=name,
        text=text,
        blocks=(Block(kind="prose", start=0, end=len(text)),),
        bytes_sha256=digest,
        text_sha256=digest,
        dates=(DateClaim(value=day, how="given"),) if day else (),
        read_at="2000-01-01T00:00:00Z",
        reader="eval",
    )


def predict(name: str, text: str, day: str | None) -> list[Gold]:
    """What sayso finds in a text."""
    knowledge = load()
    one = document(name, text, day)
    spans = find_times(one, Parse(one), knowledge=knowledge)
    annotations = Annotations(times=spans)
    times = resolve_times(one, annotations, resolve_publication(one, annotations))
    return [(t.start, t.end, t.type, t.value) for t in times]


def score(gold: dict[str, list[Gold]], system: dict[str, list[Gold]]) -> tuple[float, float, float]:
    """Relaxed, strict and value F1, 0–1."""
    golds = sum(map(len, gold.values()))
    systems = sum(len(system.get(name, [])) for name in gold)
    relaxed = strict = value = 0
    for name, expected in gold.items():
        for one, other in pairs(expected, system.get(name, [])):
            if other is not None:
                relaxed += 1
                strict += one[:2] == other[:2]
                value += one[3] == other[3]
    total = golds + systems
    return tuple(2 * hits / total if total else 0.0 for hits in (relaxed, strict, value))  # type: ignore[return-value]


def pairs(gold: list[Gold], system: list[Gold]) -> Iterator[tuple[Gold, Gold | None]]:
    """Each gold expression with the one that overlaps it most, each used once."""
    used: set[int] = set()
    for one in gold:
        meeting = [
            (min(one[1], other[1]) - max(one[0], other[0]), place)
            for place, other in enumerate(system)
            if other[0] < one[1] and one[0] < other[1] and place not in used
        ]
        if meeting:
            used.add(max(meeting)[1])
            yield one, system[max(meeting)[1]]
        else:
            yield one, None


def run(samples: list[Sample]) -> tuple[dict[str, list[Gold]], dict[str, list[Gold]]]:
    """Gold and predictions by document."""
    system = {name: predict(name, text, day) for name, day, text, _ in samples}
    return {name: found for name, _, _, found in samples}, system


def measure(*, held_out: bool = False) -> dict[str, float]:
    """F1 (0–1) by corpus; empty where the corpora are not there."""
    if not (SHARED / "data" / "timebank").is_dir():
        return {}
    corpora = {
        "timebank_unseen" if held_out else "timebank": list(timebank(held_out=held_out)),
        "meantime": list(meantime()),
    }
    result: dict[str, float] = {}
    for corpus, samples in corpora.items():
        gold, system = run(samples)
        relaxed, strict, value = score(gold, system)
        result |= {
            f"{corpus}_relaxed": relaxed,
            f"{corpus}_strict": strict,
            f"{corpus}_value": value,
        }
    return result


_KINDS = (
    ("set", r"SET .*"),
    ("reference", r".*_REF"),
    ("length", r"DURATION P.*|\w+ P[\dX.]+[A-Z].*|\w+ PT.*"),
    ("clock", r".*T\d\d.*"),
    ("part of a day", r".*T[A-Z]{2}"),
    ("week or weekend", r".*-W\w\w?(-WE)?"),
    ("quarter or half", r".*-[QH]\w"),
    ("season", r".*-(SP|SU|FA|WI)"),
    ("day", r".*-\w\w-\w\w?|.*-W\w\w-\w"),
    ("month", r".*\w{4}-\w\w"),
    ("year", r"\w+ (FY)?\w{4}"),
    ("decade or century", r"\w+ \w{2,3}"),
)


def kind_of(one: Gold) -> str:
    """The kind of an expression by its type and value: "day", "length", "reference" …"""
    words = f"{one[2]} {one[3]}"
    return next((kind for kind, rule in _KINDS if re.fullmatch(rule, words)), "other")


def kinds(gold: dict[str, list[Gold]], system: dict[str, list[Gold]]) -> dict[str, dict[str, int]]:
    """By kind: how many the gold has, how many of them are found and have the right value, how
    values go wrong (another value of that kind, or another kind), and how many are found in vain
    (counted under the kind that was found).
    """
    names = ("gold", "found", "right", "other value", "other kind", "in vain")
    table = {kind: dict.fromkeys(names, 0) for kind in (*(k for k, _ in _KINDS), "other")}
    for name, expected in gold.items():
        used = set()
        for one, other in pairs(expected, system.get(name, [])):
            row = table[kind_of(one)]
            row["gold"] += 1
            if other is None:
                continue
            used.add(other)
            row["found"] += 1
            same = "other value" if kind_of(other) == kind_of(one) else "other kind"
            row["right" if one[3] == other[3] else same] += 1
        for other in system.get(name, []):
            if other not in used:
                table[kind_of(other)]["in vain"] += 1
    return {kind: row for kind, row in table.items() if any(row.values())}


def windows(*, mass: float, rows: int = 300) -> dict[str, float]:
    """How inferred publication windows fare on FA-KES rows whose own date is taken away.

    Rows are those whose text gives the table's date; of them, the first `rows`, with every full
    date within a day of it left out. `closed` windows have two ends; `held` is the share of them,
    `open_held` of those with an open end, that hold the true day; `width` is the median in days.
    """
    path = SHARED / "data" / "fa-kes" / "FA-KES-Dataset.csv"
    if not path.is_file():
        return {}
    seen = closed = held = half_open = open_held = 0
    widths: list[int] = []
    with path.open(encoding="latin-1", newline="") as lines:
        for row in csv.DictReader(lines):
            month, number, year = (int(part) for part in row["date"].split("/"))
            true = dt.date(year, month, number)
            one = document(
                row["unit_id"], f"{row['article_title']}\n\n{row['article_content']}", None
            )
            spans = find_times(one, None, knowledge=load())
            kept = tuple(span for span in spans if not _dates(span, true))
            if len(kept) == len(spans) or seen >= rows:
                continue
            seen += 1
            window = infer(clues_of(one, kept), mass=mass)
            if window.earliest is None:
                continue
            holds = window.earliest <= true.isoformat() <= (window.latest or "9999")
            if window.latest is None:
                half_open, open_held = half_open + 1, open_held + holds
                continue
            closed, held = closed + 1, held + holds
            ends = dt.date.fromisoformat(window.latest), dt.date.fromisoformat(window.earliest)
            widths.append((ends[0] - ends[1]).days + 1)
    return {
        "rows": seen,
        "closed": closed,
        "held": held / max(closed, 1),
        "width": median(widths) if widths else 0.0,
        "open": half_open,
        "open_held": open_held / max(half_open, 1),
        "none": seen - closed - half_open,
    }


def _dates(span: TimeSpan, true: dt.date) -> bool:
    parts = span.parts
    if span.rule != "date" or not {"year", "month", "day"} <= set(parts):
        return False
    day = valid(int(parts["year"]), int(parts["month"]), int(parts["day"]))
    return day is not None and abs((day - true).days) <= 1


def _errors(samples: list[Sample]) -> Iterator[str]:
    """One line for each expression missed, found in vain, or of another value."""
    _, system = run(samples)
    for name, day, text, expected in samples:
        used = set()
        for one, other in pairs(expected, system[name]):
            where = f"{day} | {_around(text, one)}"
            if other is None:
                yield f"MISS | {one[2]} {one[3]} | {where}"
                continue
            used.add(other)
            if one[3] != other[3]:
                yield f"VALUE | {one[3]} | got {other[3]} | {where}"
        for other in system[name]:
            if other not in used:
                yield f"STRAY | {other[2]} {other[3]} | {day} | {_around(text, other)}"


def _around(text: str, one: Gold) -> str:
    start, end = one[:2]
    words = f"{text[max(0, start - 40) : start]}[{text[start:end]}]{text[end : end + 30]}"
    return " ".join(words.split())


def main() -> int:
    """Print the scores."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument(
        "--unseen", action="store_true", help="score the held-out fifth of TimeBank"
    )
    options.add_argument(
        "--errors", choices=("timebank", "meantime"), help="list the errors on one corpus"
    )
    options.add_argument(
        "--kinds", choices=("timebank", "meantime"), help="count the errors on one corpus by kind"
    )
    options.add_argument(
        "--windows", action="store_true", help="how inferred publication windows fare on FA-KES"
    )
    chosen = options.parse_args()
    if chosen.errors:
        samples = list(timebank(held_out=False) if chosen.errors == "timebank" else meantime())
        sys.stdout.writelines(f"{line}\n" for line in sorted(_errors(samples)))
        return 0
    if chosen.kinds:
        table = kinds(
            *run(list(timebank(held_out=False) if chosen.kinds == "timebank" else meantime()))
        )
        for kind, row in table.items():
            print(f"{kind:18}", *(f"{name} {count}" for name, count in row.items()), sep="  ")
        return 0
    if chosen.windows:
        for mass in (0.5, 0.7, 0.8, 0.9):
            print(
                f"mass {mass}:",
                *(f"{name} {value:g}" for name, value in windows(mass=mass).items()),
            )
        return 0
    scores = measure(held_out=chosen.unseen)
    if not scores:
        print("times: skipped, no corpora at", SHARED)
    for name, value in scores.items():
        print(f"{name:26} {value:.4f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
