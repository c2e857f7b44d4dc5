"""The command line as a person meets it: exit codes, one-line errors, bad input."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple
from unittest import mock

import pytest

from sayso.cli import DONE, INCOMPLETE, MISUSE, run
from sayso.samples import KNOWLEDGE, PILE

GOOD = "Truce holds\n\nBy A. Writer\n\nThe truce holds, Sund said on Monday.\n"


class Run(NamedTuple):
    """What a command left behind."""

    returncode: int
    stdout: str
    stderr: str


def sayso(*words: object, cwd: Path | None = None, stdin: bytes = b"") -> Run:
    """Runs the command line in this process, where the models are loaded once."""
    out, told = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.StringIO()
    given = io.TextIOWrapper(io.BytesIO(stdin), "utf-8")
    before = Path.cwd()
    os.chdir(cwd or before)
    try:
        with (
            mock.patch.object(sys, "argv", ["sayso", *map(str, words)]),
            mock.patch.object(sys, "stdin", given),
            redirect_stdout(out),
            redirect_stderr(told),
        ):
            code = run()
    finally:
        os.chdir(before)
    out.flush()
    return Run(code, out.buffer.getvalue().decode(), told.getvalue())  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def sample(tmp_path_factory) -> Path:
    case = tmp_path_factory.mktemp("cli") / "s.case"
    run = sayso("read", PILE, "--case", case, "--knowledge", KNOWLEDGE)
    assert run.returncode == DONE, run.stderr
    return case


def test_read_says_what_it_did(sample):
    run = sayso("read", PILE, "--case", sample)
    assert run.returncode == DONE
    assert "11 documents, 0 new or changed" in run.stderr
    assert run.stdout == ""


def test_export_pipes_json_lines(sample):
    run = sayso("export", sample, "statements")
    rows = [json.loads(line) for line in run.stdout.splitlines()]
    assert run.returncode == DONE
    assert {row["document"] for row in rows} > {"nw-0314"}


def test_export_of_an_unknown_kind_names_the_kinds(sample):
    run = sayso("export", sample, "rumours")
    assert run.returncode == MISUSE
    assert "statements" in run.stderr
    assert run.stderr.count("\n") == 1


def test_search_finds_words_and_voices(sample):
    run = sayso("search", sample, "observers")
    assert run.returncode == DONE
    assert "[observers]" in run.stdout
    assert "said by:" in run.stdout


def test_report_is_written_whole_or_not_at_all(sample, tmp_path):
    run = sayso("report", sample, "-o", tmp_path / "r.html")
    assert run.returncode == DONE
    assert (tmp_path / "r.html").read_text("utf-8").rstrip().endswith("</html>")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["r.html"]
    folder = sayso("export", sample, "statements", "-o", tmp_path)
    assert (folder.returncode, folder.stderr.count("\n")) == (MISUSE, 1)
    missing = sayso("report", sample, "-o", tmp_path / "nowhere" / "r.html")
    assert missing.returncode == MISUSE
    assert missing.stderr.count("\n") == 1


def test_verify_names_each_failure_and_exits_with_2(sample, tmp_path):
    import shutil
    import sqlite3

    broken = tmp_path / "b.case"
    shutil.copy(sample, broken)
    assert sayso("verify", broken).returncode == DONE
    with sqlite3.connect(broken) as case:
        case.execute(
            'UPDATE records SET body = replace(body, \'"text":"Saturday\', \'"text":"Sunday\')'
        )
    run = sayso("verify", broken)
    assert run.returncode == MISUSE
    assert "its words are not those" in run.stderr


def test_annotate_prints_one_object_a_file(tmp_path):
    (tmp_path / "a.txt").write_text(GOOD, "utf-8")
    run = sayso("annotate", tmp_path / "a.txt", "--only", "times", "--date", "2019-03-05")
    (row,) = [json.loads(line) for line in run.stdout.splitlines()]
    assert run.returncode == DONE
    assert set(row) == {"source", "times"}
    assert [t["value"] for t in row["times"]] == ["2019-03-04"]


def test_annotate_says_what_it_does_not_read():
    arabic = "قالت الحكومة إن الهدنة مستمرة في المدينة اليوم. " * 8
    row = json.loads(sayso("annotate", "-", stdin=arabic.encode()).stdout)
    assert row["attributions"] == []
    assert "does not read" in row["problems"][0]["message"]


def test_annotate_reads_standard_input():
    run = sayso("annotate", "-", "--only", "times", stdin=b"It ended in May 2017.")
    assert json.loads(run.stdout)["times"][0]["value"] == "2017-05"


@pytest.mark.parametrize(
    "words",
    [
        ("annotate", "missing.txt"),
        ("annotate", "-", "--only", "gossip"),
        ("annotate", "-", "--date", "40 May 20166"),
        ("read", ".", "--case", "."),
        ("read", ".", "--case", "nowhere/x.case"),
        ("read", ".", "--case", "x.case", "--columns", "gossip"),
        ("read", ".", "--case", "x.case", "--jobs", "0"),
        ("read", ".", "--case", "x.case", "--date-format", "nonsense"),
        ("read", ".", "--case", "x.case", "--config", "typo.toml"),
        ("read", ".", "--case", "x.case", "--knowledge", "nowhere"),
        ("read", ".", "--case", "x.case", "--config", "nowhere.toml"),
        ("read",),
        ("verify", "missing.case"),
        ("search", "missing.case", "x"),
        ("gossip",),
    ],
)  # fmt: skip
def test_misuse_is_one_line_with_a_hint(tmp_path, words):
    (tmp_path / "typo.toml").write_text("most_charcters = 9")
    run = sayso(*words, cwd=tmp_path)
    assert run.returncode == MISUSE, run.stderr
    assert len(run.stderr.strip().splitlines()) == 1, run.stderr
    assert run.stderr.startswith("sayso: ")
    assert "(" in run.stderr


BAD = {
    "empty.txt": b"",
    "blank.txt": b" \n\n ",
    "noise.txt": bytes(range(256)) * 64,
    "image.png": b"\x89PNG\r\n\x1a\n" + b"\0" * 64,
    "image.txt": b"\x89PNG\r\n\x1a\n" + b"\0" * 64,
    "columns.csv": b"when,where\n2019-01-01,here\n",
    "unclosed.csv": b'id,title,text\n1,A,"Sund said the truce holds."\n2,B,"unclosed',
    "broken.jsonl": b'{"id": "ok", "text": "Sund said so."}\n{"id": \n'
    b'{"id": "ok2", "text": "Kest said so."}\n',
}
FINE = {
    "good.txt": GOOD.encode(),
    "latin.txt": "Café fermé\n\nThe café is closed, Sund said on Monday.".encode("latin-1"),
    "utf16.txt": GOOD.encode("utf-16"),
    "controls.txt": f"{GOOD}\0 and \u202emore\u2066 words.\n".encode(),
    "arabic.txt": ("قالت الحكومة إن الهدنة مستمرة في المدينة اليوم. " * 8).encode(),
    "broken.html": b"<html><body><h1>Truce<p>The truce holds, <b>Sund said "
    b"<script>alert(1)</script><table><td>x",
    "quotes.txt": ("Quotes\n\n" + '"' * 5001 + " Sund said.\n").encode(),
    "dates.txt": b"Dates\n\nOn 40 May 20166 Sund said 99999999999999999999999999 people left.\n",
}


def test_bad_input_is_told_and_loses_nothing_else(tmp_path):
    pile = tmp_path / "pile"
    pile.mkdir()
    for name, content in (BAD | FINE).items():
        (pile / name).write_bytes(content)
    (pile / "loop").symlink_to(pile)
    case = tmp_path / "a.case"
    run = sayso("read", pile, "--case", case)
    assert run.returncode == INCOMPLETE, run.stderr
    problems = [json.loads(line) for line in sayso("export", case, "problems").stdout.splitlines()]
    told = " ".join(f"{row['path']} {row['document']}" for row in problems)
    for name in BAD:
        assert name in told, name
    assert "arabic.txt" in told
    assert all(row["message"] and row["hint"] for row in problems)
    documents = [
        json.loads(line) for line in sayso("export", case, "documents").stdout.splitlines()
    ]
    sources = {row["source"] for row in documents}
    assert sources >= set(FINE) | {"1", "ok", "ok2"}
    assert sayso("verify", case).returncode == DONE
    page = tmp_path / "r.html"
    assert sayso("report", case, "-o", page).returncode == DONE
    assert "alert(1)" not in page.read_text("utf-8")


@pytest.mark.parametrize("name", ["nothing", "missing"])
def test_nothing_to_read_is_told(tmp_path, name):
    (tmp_path / "nothing").mkdir()
    run = sayso("read", tmp_path / name, "--case", tmp_path / "a.case")
    assert run.returncode == INCOMPLETE
    assert name in run.stderr


def test_a_very_long_text_is_kept_and_not_annotated(tmp_path):
    (tmp_path / "long.txt").write_text("The army said so. " * 150_000)
    run = sayso("read", tmp_path / "long.txt", "--case", tmp_path / "a.case")
    assert run.returncode == DONE
    assert "too long to annotate" in run.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a full device")
def test_a_full_disk_is_one_line(sample):
    command = f"{sys.executable} -m sayso export {sample} statements > /dev/full"
    run = subprocess.run(command, shell=True, capture_output=True, check=False)
    assert run.returncode == MISUSE
    assert run.stderr.decode().count("\n") == 1


def test_a_reader_that_stops_early_is_no_error(sample):
    command = f"{sys.executable} -m sayso export {sample} statements | head -n 1"
    run = subprocess.run(command, shell=True, capture_output=True, check=False)
    assert run.stderr == b""


def test_workers_end_with_a_parent_that_is_killed(tmp_path):
    code = (
        "import os, signal\n"
        "from sayso import engine\n"
        "if __name__ == '__main__':\n"
        "    for _ in engine.run(os.getpgid, [0] * 9, jobs=2):\n"
        "        os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    script = tmp_path / "killed.py"
    script.write_text(code)
    # The pipe closes only when every process that holds it has ended.
    run = subprocess.run([sys.executable, script], capture_output=True, timeout=60, check=False)
    assert run.returncode == -9


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_case_is_one_line(sample):
    sample.chmod(0o444)
    run = sayso("read", PILE, "--case", sample)
    assert run.returncode == MISUSE
