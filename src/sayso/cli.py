"""The command line: words in, words out. Everything else is done by the pipeline."""

from __future__ import annotations

import errno
import os
import signal
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from itertools import chain
from pathlib import Path
from typing import Annotated, Any, NoReturn

import msgspec
import typer

from sayso import __version__
from sayso.errors import SaysoError, UsageError

DONE, INCOMPLETE, MISUSE, INTERRUPTED = 0, 1, 2, 130
RESUME = "interrupted; what was read is kept: run the same command again to go on"

app = typer.Typer(
    name="sayso",
    help="On whose say-so? Reads news reports about one story and builds a checkable record"
    " of who said what.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class Format(StrEnum):
    """How an export is written."""

    jsonl = "jsonl"
    csv = "csv"


class Rule(StrEnum):
    """How one toll of several is chosen."""

    lowest = "lowest"
    highest = "highest"
    latest = "latest"
    median = "median"


TollChoice = Annotated[
    Rule | None, typer.Option(help="Choose one toll for each matter, by this rule; else none.")
]
CasePath = Annotated[Path, typer.Argument(metavar="CASE", help="The case file.")]
Knowledge = Annotated[
    list[Path] | None,
    typer.Option(help="A folder of your own actors, outlets and places; may be repeated."),
]


class Weights(StrEnum):
    """How attributions are found."""

    default = "default"
    none = "none"


WeightsChoice = Annotated[
    Weights | None,
    typer.Option(help="Find attributions by the trained encoder, or by rule (none)."),
]
ConfigFile = Annotated[Path | None, typer.Option("--config", help="A TOML file of settings.")]
Output = Annotated[Path | None, typer.Option("-o", "--output", help="Where to write.")]


@app.command()
def read(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Folders, files, tables.")],
    case: Annotated[Path, typer.Option(help="The case file; made where there is none.")],
    columns: Annotated[
        str | None, typer.Option(help="A table's columns: text=…,title=…,outlet=…,date=…,id=…")
    ] = None,
    date_format: Annotated[
        str | None, typer.Option(help="How a table writes its dates, such as %d/%m/%Y.")
    ] = None,
    knowledge: Knowledge = None,
    weights: WeightsChoice = None,
    config: ConfigFile = None,
    jobs: Annotated[int, typer.Option(min=1, help="Processes to spread the work over.")] = 1,
) -> None:
    """Read reports into a case, and compare them. Run it again to resume or to add."""
    from sayso import pipeline
    from sayso.read import TableOptions, parse_columns
    from sayso.store import Case

    options = parse_columns(columns) if columns else TableOptions()
    if date_format is not None and "%" not in date_format:
        raise UsageError(f"not a date format: {date_format}", hint="for example %d/%m/%Y")
    options = msgspec.structs.replace(options, date_format=date_format)
    with Case(case, create=True) as opened, _progress() as progress:
        settings = _settings(opened.settings, config, knowledge, weights)
        summary = pipeline.read(
            paths, opened, options=options, settings=settings, jobs=jobs, progress=progress
        )
    for problem in summary.problems:
        _say(f"{problem.document or problem.path}: {problem.message} ({problem.hint})")
    _say(
        f"{case}: {_count(summary.documents, 'document')},"
        f" {summary.derived} new or changed; {_count(summary.files, 'file')} read,"
        f" {summary.unchanged} of them unchanged; {_count(len(summary.problems), 'problem')}"
    )
    unread = [p for p in summary.problems if p.stage == "read"]
    raise typer.Exit(INCOMPLETE if unread else DONE)


@app.command()
def report(
    case: CasePath,
    output: Annotated[Path, typer.Option("-o", "--output", help="The page to write.")] = Path(
        "report.html"
    ),
    no_text: Annotated[
        bool,
        typer.Option("--no-text", help="Leave the articles' full text out; statements stay."),
    ] = False,
    exports: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Write every export beside it, too.")
    ] = None,
    toll: TollChoice = None,
) -> None:
    """Write the report: one HTML file that needs no network."""
    from sayso import pipeline
    from sayso.show import with_tolls, write_exports, write_report
    from sayso.store import Case

    with Case(case) as opened:
        shown = pipeline.view(opened)
    shown = with_tolls(shown, toll.value) if toll else shown
    with _written(output) as part:
        write_report(shown, part, with_text=not no_text)
    _say(f"report written to {output}")
    if exports:
        _say(f"{_count(len(write_exports(shown, exports)), 'export')} written to {exports}")


@app.command()
def export(
    case: CasePath,
    kind: Annotated[str, typer.Argument(metavar="KIND", help="What to export.")],
    format: Annotated[Format, typer.Option(help="JSON Lines or CSV.")] = Format.jsonl,  # noqa: A002 -- the option's name
    bom: Annotated[
        bool, typer.Option("--bom", help="Begin with the mark that spreadsheets know UTF-8 by.")
    ] = False,
    toll: TollChoice = None,
    output: Output = None,
) -> None:
    """Write one kind of record: documents, statements, figures, times, places, events, actors,
    truces, matters, relations, naming, queries or problems. Or the case in another tool's shape:
    geojson, followthemoney, provenance, claims, acled or ucdp.
    """
    from sayso import pipeline
    from sayso.show import BOM, KINDS, SHAPES, export_lines, with_tolls
    from sayso.store import Case

    if kind not in KINDS and kind not in SHAPES:
        raise UsageError(f"no such kind: {kind}", hint=f"one of: {', '.join((*KINDS, *SHAPES))}")
    with Case(case) as opened:
        shown = pipeline.view(opened)
    shown = with_tolls(shown, toll.value) if toll else shown
    shape = SHAPES.get(kind)
    lines = shape.lines(shown) if shape else export_lines(shown, kind, format=format.value)
    _write(chain([BOM] if bom else [], lines), output)


@app.command()
def search(
    case: CasePath,
    words: Annotated[list[str], typer.Argument(metavar="WORDS...", help="Words, or “a phrase”.")],
    limit: Annotated[int, typer.Option(min=1, help="How many documents at most.")] = 20,
    json: Annotated[bool, typer.Option("--json", help="JSON Lines, with every span.")] = False,
) -> None:
    """Find the documents that hold all the words, and where."""
    from sayso import pipeline
    from sayso.show import search_lines
    from sayso.store import Case
    from sayso.store import search as find

    query = " ".join(f'"{word}"' if " " in word and '"' not in word else word for word in words)
    with Case(case) as opened:
        hits = find(opened, query, limit=limit)
        shown = pipeline.view(opened) if hits and not json else None
    if json:
        _write((msgspec.json.encode(hit).decode() + "\n" for hit in hits), None)
    elif shown:
        rows = [(hit.document, hit.spans) for hit in hits]
        _write(search_lines(shown, rows, colour=sys.stdout.isatty()), None)
    else:
        _say("nothing found")


@app.command()
def remove(
    case: CasePath,
    sources: Annotated[list[str], typer.Argument(metavar="SOURCE...", help="Documents or paths.")],
) -> None:
    """Take documents, and all that hangs on them, out of a case."""
    from sayso import pipeline
    from sayso.store import Case

    with Case(case) as opened:
        gone = pipeline.remove(opened, sources)
    _say(f"removed {_count(len(gone), 'document')}: {', '.join(gone)}")


@app.command()
def correct(
    case: CasePath,
    id: Annotated[str, typer.Argument(metavar="ID", help="The record's id, as exported.")],  # noqa: A002 -- the argument's name
    field: Annotated[str, typer.Argument(metavar="FIELD", help="Which field is wrong.")],
    value: Annotated[
        str, typer.Argument(metavar="VALUE", help="What it is: JSON, or plain words.")
    ],
    by: Annotated[str, typer.Option(help="Who decides.")],
    reason: Annotated[str, typer.Option(help="Why.")] = "",
) -> None:
    """Correct one field of one record. The correction is logged and survives every new run."""
    from sayso import pipeline
    from sayso.store import Case

    with Case(case) as opened:
        pipeline.correct(opened, id, field, _value(value), made_by=by, reason=reason)
    _say(f"corrected {field} of {id}")


@app.command()
def annotate(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="Text files; - for input.")
    ],
    date: Annotated[
        str | None, typer.Option(metavar="YYYY-MM-DD", help="The day of publication.")
    ] = None,
    only: Annotated[
        str | None,
        typer.Option(help="Just these: attributions,times,names,places,figures,events."),
    ] = None,
    knowledge: Knowledge = None,
    weights: WeightsChoice = None,
    config: ConfigFile = None,
) -> None:
    """Print what raw text says as one JSON object a file. Nothing is cleaned or stored."""
    from sayso import pipeline
    from sayso.config import Settings
    from sayso.read import decode

    day = _day(date)
    only_parts = pipeline.PARTS if only is None else tuple(only.split(","))
    settings = _settings(Settings(), config, knowledge, weights)
    failed = False
    for file in files:
        text, problem = decode(_input_bytes(file))
        if text is None:
            _say(f"{file}: {problem}")
            failed = True
            continue
        found = pipeline.annotate_text(
            text, source=file.name, date=day, only=only_parts, settings=settings
        )
        sys.stdout.write(msgspec.json.encode(found).decode() + "\n")
    raise typer.Exit(INCOMPLETE if failed else DONE)


@app.command()
def verify(case: CasePath) -> None:
    """Hash and slice everything in a case again. Exits with 2 and names each failure."""
    from sayso import store

    with store.Case(case) as opened:
        failures = list(store.verify(opened))
        documents = len(opened.sources())
    for failure in failures:
        _say(failure)
    if failures:
        raise SaysoError(
            f"{case}: {_count(len(failures), 'failure')}", hint="restore a backup, or read again"
        )
    _say(f"{case}: {_count(documents, 'document')}, all sound")


own_knowledge = typer.Typer(help="Look after your own actors, outlets and places.")
app.add_typer(own_knowledge, name="knowledge")


@own_knowledge.command("check")
def check_knowledge(
    folders: Annotated[
        list[Path], typer.Argument(metavar="FOLDER...", help="Folders of your own knowledge.")
    ],
) -> None:
    """Say what is wrong with your own knowledge files, by line. Exits with 1 where one is."""
    from sayso.knowledge.check import check

    wrong = False
    for folder in folders:
        checked = check(folder)
        for finding in checked.findings:
            _say(str(finding))
        held = ", ".join(f"{number:,} {noun}" for noun, number in checked.counts.items())
        errors = len(checked.errors)
        told = f"{_count(errors, 'error')}, {_count(len(checked.findings) - errors, 'warning')}"
        _say(f"{folder}: {held or 'nothing read'}; {told}")
        wrong = wrong or errors > 0
    raise typer.Exit(INCOMPLETE if wrong else DONE)


@app.command()
def demo(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where to work.")] = Path("demo"),
) -> None:
    """Read the sample pile that ships with sayso, and write its report."""
    from sayso import pipeline
    from sayso.config import Settings
    from sayso.samples import KNOWLEDGE, PILE
    from sayso.show import write_report
    from sayso.store import Case

    folder.mkdir(parents=True, exist_ok=True)
    case, page = folder / "sample.case", folder / "report.html"
    with Case(case, create=True) as opened, _progress() as progress:
        settings = Settings(knowledge=(str(KNOWLEDGE),))
        pipeline.read([PILE], opened, settings=settings, progress=progress)
        shown = pipeline.view(opened)
    with _written(page) as part:
        write_report(shown, part, with_text=True)
    _say(f"case: {case}\nreport: {page.absolute()}")


@app.callback(invoke_without_command=True)
def start(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and end.", is_eager=True)
    ] = False,
) -> None:
    """On whose say-so? Reads news reports into a checkable record of who said what."""
    if version:
        sys.stdout.write(f"sayso {__version__}\n")
        raise typer.Exit


def run() -> int:
    """Runs a command; returns the exit code. Errors a person can mend are one line with a hint."""
    signal.signal(signal.SIGTERM, _terminated)
    try:
        code = app(standalone_mode=False)
    except KeyboardInterrupt:
        _say(RESUME)
        return INTERRUPTED
    except (SaysoError, OSError, sqlite3.Error, MemoryError) as error:
        _say(f"sayso: {_words(error)}")
        return MISUSE
    except Exception as error:
        return _misuse(error)
    if code == INTERRUPTED:  # Typer turns Ctrl-C into this code before we see it
        _say(RESUME)
    return code if isinstance(code, int) else DONE


def _misuse(error: Exception) -> int:
    """What Typer found wrong with the command's words; anything else is a fault and is raised."""
    message = getattr(error, "format_message", None)
    if message is None:
        raise error
    _say(f"sayso: {message()} (see sayso --help)")
    return MISUSE


_HINTS = {
    errno.ENOENT: "is the path right?",
    errno.EACCES: "may you read or write there?",
    errno.EROFS: "the disk is read-only",
    errno.ENOSPC: "free some space, then run again",
    errno.EISDIR: "name a file",
}


def _words(error: BaseException) -> str:
    if isinstance(error, OSError) and error.strerror:
        where = f"{error.filename}: " if error.filename else ""
        return f"{where}{error.strerror} ({_HINTS.get(error.errno or 0, 'check the path')})"
    return str(error) or "out of memory (read fewer or smaller files at once)"


def _terminated(*_: Any) -> NoReturn:
    raise KeyboardInterrupt


def _say(words: str) -> None:
    sys.stderr.write(words + "\n")


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def _settings(
    base: Any, config: Path | None, knowledge: list[Path] | None, weights: Weights | None
) -> Any:
    from sayso.config import load_settings

    settings = load_settings(config) if config else base
    if knowledge:
        folders = tuple(str(path.absolute()) for path in knowledge)
        settings = msgspec.structs.replace(settings, knowledge=folders)
    if weights:
        settings = msgspec.structs.replace(settings, weights=weights.value)
    return settings


def _day(date: str | None) -> str | None:
    from datetime import date as day

    if date is None:
        return None
    try:
        return day.fromisoformat(date).isoformat()
    except ValueError as error:
        raise UsageError(f"not a day: {date}", hint="write it as YYYY-MM-DD") from error


def _value(words: str) -> Any:
    try:
        return msgspec.json.decode(words)
    except msgspec.DecodeError:
        return words


def _input_bytes(file: Path) -> bytes:
    return sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()


@contextmanager
def _written(path: Path) -> Iterator[Path]:
    """A file to write beside `path`, moved into its place when all went well."""
    if path.is_dir():
        raise UsageError(f"{path} is a folder", hint="name a file to write")
    part = path.with_name(f".{path.name}.part")
    try:
        yield part
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _write(lines: Iterator[str], output: Path | None) -> None:
    if output is None:
        try:
            sys.stdout.writelines(lines)
            sys.stdout.flush()
        except BrokenPipeError:  # the reader has seen enough: no error of ours
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return
    with _written(output) as part, part.open("w", encoding="utf-8", newline="") as file:
        file.writelines(lines)


@contextmanager
def _progress() -> Iterator[Callable[[str, int, int], None]]:
    """A progress bar on a terminal, nothing in a pipe."""
    if not sys.stderr.isatty():
        yield lambda *_: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description:<9}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeElapsedColumn(), console=Console(stderr=True)) as bar:
        tasks: dict[str, Any] = {}

        def step(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(stage)
            bar.update(tasks[stage], completed=done, total=total)

        yield step
