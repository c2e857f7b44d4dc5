from __future__ import annotations

import os
from pathlib import Path

import pytest

from sayso.read import decode, discover, plain
from sayso.schema import Document, Problem

TEXT = "A monitor said on Monday that twelve people had been killed in the town."


@pytest.mark.parametrize(
    "data",
    [
        "“The town fell,” he said.".encode(),
        b"\xef\xbb\xbf" + "“The town fell,” he said.".encode(),
        "“The town fell,” he said.".encode("utf-16"),
        "“The town fell,” he said.".encode("cp1252"),
        "“The town fell,” he said.".encode("utf-16-le"),
        "“The town fell,” he said.".encode("utf-16-be"),
    ],
)
def test_encodings(data):
    assert decode(data) == ("“The town fell,” he said.", "")


def test_other_scripts():
    arabic = "قالت وزارة الدفاع إن الطائرات قصفت مواقع المسلحين في الريف يوم الاثنين. " * 4
    for encoding in ("utf-8", "utf-16-le", "utf-16-be", "cp1256"):
        assert decode(arabic.encode(encoding))[0] == arabic, encoding


def test_latin_1_and_declared_charsets(read):
    assert decode("Un général".encode("latin-1"))[0] == "Un général"
    page = '<meta charset="windows-1251"><p>Министерство обороны</p>'.encode("cp1251")
    (document,) = read(page, "p.html")
    assert document.text == "Министерство обороны"


def test_text_is_unchanged_with_its_line_ends(read):
    text = "The town\r\nfell.\r\rNULs \x00 and \u202ebidi\u202c marks stay.\n\n"
    (document,) = read(text)
    assert document.text == text


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "a.txt"),
        (b" \n\t", "a.txt"),
        (b"\x89PNG\r\n\x1a\n123", "a.txt"),
        (bytes(range(256)) * 20, "a.txt"),
        (b"%PDF-1.4 abc", "a.txt"),
        (b"<!-- nothing -->", "a.html"),
        (b"<script>alert(1)</script>", "a.html"),
    ],
)
def test_what_is_no_text_is_a_problem(read, data, name):
    (problem,) = read(data, name)
    assert isinstance(problem, Problem)
    assert problem.hint
    assert problem.path == f"/pile/{name}"


def test_a_few_broken_bytes_are_told_and_the_rest_kept(read):
    data = ("“Oui” – “non” – " * 40).encode() + b"\x9d end"
    problem, document = read(data)
    assert isinstance(problem, Problem)
    assert isinstance(document, Document)
    assert document.text.startswith("“Oui” –")


def test_discover(tmp_path: Path):
    for name in ("b.txt", "a.html", "sub/c.csv", ".hidden.txt", "image.png", "d.pdf", "README"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(TEXT)
    (tmp_path / "noise").write_bytes(bytes(range(256)))
    (tmp_path / "my.case.txt").write_text("x")
    (tmp_path / "sub" / "loop").symlink_to(tmp_path)
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    found, problems = discover([tmp_path, tmp_path / "b.txt"], exclude=tmp_path / "my.case.txt")
    assert [str(p.relative_to(tmp_path)) for p in found] == [
        "README",
        "a.html",
        "b.txt",
        "sub/c.csv",
    ]
    assert {Path(p.path or "").name for p in problems} == {
        "image.png",
        "d.pdf",
        "noise",
        "gone.txt",
    }
    assert all(p.hint for p in problems)


def test_missing_and_empty_folders(tmp_path: Path):
    (tmp_path / "empty").mkdir()
    found, problems = discover([tmp_path / "empty", tmp_path / "gone"])
    assert not found
    assert len(problems) == 2


def test_what_is_not_a_regular_file(tmp_path: Path):
    os.mkfifo(tmp_path / "pipe.txt")
    found, problems = discover([tmp_path])
    assert not found
    assert len(problems) == 1


def test_plain_cleans_nothing():
    text = f"SHARE THIS ARTICLE\n\n{TEXT}\n\nwww.presstv.ir\n"
    document = plain(text, source="a", date="2016-04-21")
    assert document.text == text
    assert [b.kind for b in document.blocks] == ["headline", "prose", "prose"]
    assert [(d.value, d.how) for d in document.dates] == [("2016-04-21", "given")]
    assert plain("", source="a").blocks == ()
