"""What must hold of whole runs: order, jobs, repetition, interruption."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sayso import pipeline
from sayso.config import Settings
from sayso.errors import UsageError
from sayso.samples import KNOWLEDGE, PILE
from sayso.show import KINDS, export_lines
from sayso.store import Case, verify

SETTINGS = Settings(knowledge=(str(KNOWLEDGE),))


def read_into(case: Path, *paths: Path, jobs: int = 1) -> pipeline.Summary:
    with Case(case, create=True) as opened:
        return pipeline.read(list(paths), opened, settings=SETTINGS, jobs=jobs)


def exported(case: Path) -> dict[str, list[str]]:
    """Every line of every kind, without the moments of reading."""
    with Case(case) as opened:
        assert list(verify(opened)) == []
        view = pipeline.view(opened)
    lines = {kind: list(export_lines(view, kind, format="jsonl")) for kind in KINDS}
    times = {document.read_at for document in view.documents}
    for time in times:
        lines["documents"] = [line.replace(time, "") for line in lines["documents"]]
    return lines


@pytest.fixture(scope="module")
def whole(tmp_path_factory) -> dict[str, list[str]]:
    """The sample pile, read in one go."""
    case = tmp_path_factory.mktemp("whole") / "a.case"
    read_into(case, PILE)
    return exported(case)


def test_every_kind_is_filled(whole):
    empty = [kind for kind in KINDS if not whole[kind] and kind != "problems"]
    assert empty == []


def test_the_order_of_inputs_does_not_matter(whole, tmp_path):
    files = sorted(PILE.iterdir(), reverse=True)
    read_into(tmp_path / "a.case", *files)
    assert exported(tmp_path / "a.case") == whole


def test_reading_in_parts_equals_reading_at_once(whole, tmp_path):
    files = sorted(PILE.iterdir())
    read_into(tmp_path / "a.case", *files[4:])
    read_into(tmp_path / "a.case", *files[:4])
    assert exported(tmp_path / "a.case") == whole


def test_reading_twice_equals_reading_once(whole, tmp_path):
    read_into(tmp_path / "a.case", PILE)
    again = read_into(tmp_path / "a.case", PILE)
    assert (again.derived, again.unchanged) == (0, again.files)
    assert exported(tmp_path / "a.case") == whole


def test_two_jobs_make_the_same_case(whole, tmp_path, monkeypatch):
    monkeypatch.setattr(pipeline, "SHARD", 3)
    read_into(tmp_path / "a.case", PILE, jobs=2)
    assert exported(tmp_path / "a.case") == whole


def test_what_is_removed_leaves_no_trace(whole, tmp_path):
    extra = tmp_path / "extra.txt"
    extra.write_text("Dorrun shelled\n\nTwo people died in Dorrun on 9 March 2019, Sund said.")
    case = tmp_path / "a.case"
    read_into(case, PILE, extra)
    with Case(case) as opened:
        assert pipeline.remove(opened, ["extra.txt"]) == ["extra.txt"]
    assert exported(case) == whole


def test_a_changed_file_replaces_its_old_reading(whole, tmp_path):
    pile = tmp_path / "pile"
    shutil.copytree(PILE, pile)
    changed = next(pile.glob("halvik-0310*"))
    kept = changed.read_bytes()
    changed.write_text("Something else\n\nNobody said anything.")
    case = tmp_path / "a.case"
    read_into(case, pile)
    changed.write_bytes(kept)
    summary = read_into(case, pile)
    assert summary.derived == 1
    moved = {
        kind: [line.replace(str(pile), str(PILE)) for line in lines]
        for kind, lines in exported(case).items()
    }
    assert moved == whole


KILLED = """
import os, signal, sys
from pathlib import Path
from sayso import pipeline
from sayso.config import Settings
from sayso.samples import KNOWLEDGE, PILE
from sayso.store import Case

pipeline.SHARD = 2
pipeline.KEPT_AT_ONCE = 1
stage, count = sys.argv[2], int(sys.argv[3])

def progress(now, done, total):
    if now == stage and done >= count:
        os.kill(os.getpid(), signal.SIGKILL)

with Case(Path(sys.argv[1]), create=True) as case:
    settings = Settings(knowledge=(str(KNOWLEDGE),))
    pipeline.read([PILE], case, settings=settings, progress=progress)
"""


@pytest.mark.parametrize(("stage", "count"), [("read", 3), ("annotate", 4), ("compare", 0)])
def test_a_run_that_is_killed_is_resumed(whole, tmp_path, stage, count):
    case = tmp_path / "a.case"
    run = subprocess.run([sys.executable, "-c", KILLED, str(case), stage, str(count)])
    assert run.returncode == -9
    with Case(case) as opened:
        assert list(verify(opened)) == []
    summary = read_into(case, PILE)
    assert summary.derived == (0 if stage == "compare" else summary.documents - count // 4 * 4)
    assert exported(case) == whole


def test_corrections_survive_every_new_run(tmp_path):
    case = tmp_path / "a.case"
    read_into(case, PILE)
    with Case(case) as opened:
        figure = next(f for f in pipeline.view(opened).figures if f.effect == "killed")
        pipeline.correct(opened, figure.id, "value", 99.0, made_by="an editor", reason="counted")
    with Case(case, create=True) as opened:
        pipeline.read([PILE], opened, settings=Settings())  # other settings: all is derived again
        pipeline.read([PILE], opened, settings=SETTINGS)
        (found,) = [f for f in pipeline.view(opened).figures if f.id == figure.id]
    assert found.value == 99.0
    assert found.method.endswith("+ correction")


def test_a_correction_takes_with_it_what_follows_from_it(tmp_path):
    case = tmp_path / "a.case"
    read_into(case, PILE)
    with Case(case) as opened:
        shown = pipeline.view(opened)
        figure = next(f for f in shown.figures if f.bound == "at least")
        statement = next(s for s in shown.statements if s.voice == "unnamed")
        document = next(d for d in shown.documents if d.source == "nw-0314")
        id_ = document.id
        pipeline.correct(opened, figure.id, "value", 13.0, made_by="me")
        pipeline.correct(opened, statement.id, "speaker", "A. Somebody", made_by="me")
        pipeline.correct(opened, id_, "published_earliest", "2019-03-13", made_by="me")
        shown = pipeline.view(opened)
    corrected = next(f for f in shown.figures if f.id == figure.id)
    assert (corrected.low, corrected.high, corrected.bound) == (13.0, 13.0, "exact")
    said = next(s for s in shown.statements if s.id == statement.id)
    assert (said.voice, said.chain[0]) == ("named", "A. Somebody")
    assert shown.publications["nw-0314"].earliest == "2019-03-13"


@pytest.mark.parametrize(
    ("id_", "field", "value"),
    [("nothing", "value", 1), (None, "gossip", 1), (None, "value", "many"), (None, "id", "x")],
)
def test_a_correction_that_does_not_fit_is_refused(tmp_path, id_, field, value):
    case = tmp_path / "a.case"
    read_into(case, PILE / "wires.csv")
    with Case(case) as opened:
        figure = pipeline.view(opened).figures[0]
        with pytest.raises(UsageError):
            pipeline.correct(opened, id_ or figure.id, field, value, made_by="me")
