"""Checking a user's own knowledge: every fault is told, with its line; sound files pass."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from sayso.errors import KnowledgeError
from sayso.knowledge.check import check
from sayso.knowledge.files import OWN, read_yaml
from sayso.samples import KNOWLEDGE

PLACES = "name,alt_names,kind,lat,lon,radius_km,country,admin,source\n"


def told(folder: Path, name: str, text: str) -> list[tuple[int, str, str]]:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    return [(found.line, found.level, found.message) for found in check(folder).findings]


def actor(lines: str) -> str:
    return f"- key: ridge\n  name: Ridge Front\n  kind: armed group\n  source: its site\n{lines}"


def test_the_sample_s_knowledge_is_sound() -> None:
    checked = check(KNOWLEDGE)
    assert checked.findings == ()
    assert checked.counts == {"actors": 12, "outlets": 6, "places": 11}


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (actor("  affiliation: [{of: US}]\n"), 5, "no such field: 'affiliation'"),
        (actor("  affiliations: [{of: coast}]\n"), 5, "with 'coast', which no file holds"),
        (actor("  affiliations: [{of: US, since: 2012-01-01}]\n"), 5, "no such field: 'since'"),
        (actor("  names: [{text: Hill, from: 2012-13-01}]\n"), 5, "'2012-13-01' is no day"),
        (actor("  names: [{text: Hill, from: 2012-02-30}]\n"), 5, "'2012-02-30' is no day"),
        (actor("  names: [{text: Hill, from: 2014-01-01, to: '2013'}]\n"), 5, "is after"),
        (actor("").replace("armed group", "militia"), 3, "Invalid enum value 'militia'"),
        (actor("").replace("  source: its site\n", ""), 1, "no 'source'"),
        (actor("") + actor(""), 5, "key 'ridge' stands in actors.yaml, line 1, too"),
        ("- just words\n", 1, "not an actor"),
        ("key: ridge\n", 1, "not a list"),
        ("- key: [\n", 2, "not YAML"),
        ("- {[1]: 2}\n", 1, "not YAML"),
    ],
)
def test_faults_of_actors(tmp_path: Path, text: str, line: int, words: str) -> None:
    found = told(tmp_path, "actors.yaml", text)
    assert [(at, level) for at, level, message in found if words in message] == [(line, "error")]


def test_a_state_s_body_and_an_own_key_may_be_tied_to(tmp_path: Path) -> None:
    text = actor("  affiliations: [{of: RU/defence}, {of: coast}, {of: XX}]\n")
    text += "- {key: coast, name: Coast Union, kind: body, source: its site}\n"
    (tmp_path / "states.csv").write_text("key,name\nXX,Marnland\n")
    assert told(tmp_path, "actors/own.yaml", text) == []


def test_a_name_that_another_actor_bears_is_a_warning(tmp_path: Path) -> None:
    text = actor("").replace("Ridge Front", "Hezbollah")
    ((line, level, message),) = told(tmp_path, "actors.yaml", text)
    assert (line, level) == (1, "warning")
    assert "stays open" in message


@pytest.mark.parametrize(
    ("name", "text", "line", "words"),
    [
        ("outlets.yaml", "- name: A\n  domains: [not one]\n", 2, "no domain"),
        ("outlets.yaml", "- name: A\n  country: Syria\n", 2, "no country"),
        ("outlets.yaml", "- aliases: [A]\n", 1, "missing required field `name`"),
        ("outlets.yaml", "- name: A\n  colour: red\n", 2, "no such field: 'colour'"),
        ("places.csv", PLACES + "Marn,,village,95,10,3,SY,,mine\n", 2, "beyond 90"),
        ("places.csv", PLACES + "# a\nMarn,,village,35,10,3,SY,,\n", 3, "needs a radius of 10"),
        ("places.csv", PLACES + "Marn,,hamlet,35,10,30,SY,,mine\n", 2, "is not a kind"),
        ("places.csv", PLACES + "Marn,,village,35,10,30\n", 2, "6 cells"),
        ("places.csv", PLACES + "Marn,,village,35,10,30,Syria,,mine\n", 2, "is no country"),
        ("places.csv", "name,lat\nMarn,3\n", 1, "no column 'alt_names'"),
        ("places_of_mine.txt", "\na\tb\n", 2, "2 columns where GeoNames has 19"),
        ("demonyms.csv", "place,forms\nSY,Syrian\nNowhere,Nower\n", 3, "no place named"),
        ("states.csv", "key,name\nXX,\n", 2, "no name"),
    ],
)
def test_faults_of_other_files(tmp_path: Path, name: str, text: str, line: int, words: str) -> None:
    found = told(tmp_path, name, text)
    assert [at for at, level, message in found if words in message and level == "error"] == [line]


def test_every_fault_is_told_not_the_first_alone(tmp_path: Path) -> None:
    rows = "Marn,,village,95,10,3,SY,,mine\n" * 3
    assert [line for line, _, _ in told(tmp_path, "places.csv", PLACES + rows)] == [2, 3, 4]


def test_files_and_entries_that_nothing_reads_are_warnings(tmp_path: Path) -> None:
    assert told(tmp_path, "actor.yaml", "") == [(0, "warning", "is not read")]
    found = told(tmp_path, "labels.yaml", "frobs: []\n")
    assert [(line, level) for line, level, _ in found] == [(0, "warning"), (1, "warning")]


def test_a_folder_that_is_not_there_is_misuse(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError):
        check(tmp_path / "none")
    assert check(tmp_path).findings[0].message == "holds no knowledge file"


def test_a_day_of_no_calendar_is_a_knowledge_error_when_read(tmp_path: Path) -> None:
    path = tmp_path / "actors.yaml"
    path.write_text("- {from: 2012-13-01}\n")
    with pytest.raises(KnowledgeError):
        read_yaml(path)


def test_sayso_s_own_registry_passes(tmp_path: Path) -> None:
    folder = tmp_path / "actors"
    folder.mkdir()
    for path in (OWN / "actors").glob("*.yaml"):
        (folder / path.name).write_bytes(path.read_bytes())
    for name in ("states.csv", "outlets.yaml"):
        (tmp_path / name).write_bytes((OWN / name).read_bytes())
    assert [str(found) for found in check(tmp_path).errors] == []


def test_all_that_sayso_ships_passes() -> None:
    found = check(OWN)
    assert [str(one) for one in found.findings] == []
    assert found.counts["places"] > 1_500


def test_what_stands_twice_is_told(tmp_path: Path) -> None:
    spells = ("to: 2016-07-28", "from: 2016-07-28", "from: '2017'")
    names = ", ".join(f"{{text: Ona, {spell}}}" for spell in spells)
    row = f"- {{key: ona, name: Ona Group, kind: group, source: mine, names: [{names}]}}\n"
    found = told(tmp_path, "actors.yaml", row)
    assert [level for _, level, _ in found] == ["warning"]
    assert "'Ona' stands twice for days that overlap" in found[0][2]
    (tmp_path / "actors.yaml").unlink()
    rows = "Marn,,village,35,10,13,SY,,\n" * 2
    assert [line for line, _, _ in told(tmp_path, "places.csv", PLACES + rows)] == [3]


def test_the_command_tells_by_line_and_exits(tmp_path: Path) -> None:
    def run(*folders: Path) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "sayso", "knowledge", "check", *map(str, folders)]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    (tmp_path / "outlets.yaml").write_text("- name: A\n  colour: red\n")
    found = run(KNOWLEDGE, tmp_path)
    assert found.returncode == 1
    assert f"{tmp_path / 'outlets.yaml'}:2: no such field: 'colour' (one of:" in found.stderr
    assert "1 error, 0 warnings" in found.stderr
    assert run(KNOWLEDGE).returncode == 0
    assert run(tmp_path / "none").returncode == 2
