import csv
import io
import json
import re
from pathlib import Path

import msgspec
import pytest

from sayso.show import FIELDS, KINDS, export_lines, export_rows

CONTRACT = Path(__file__).parents[3] / "docs/contract.md"


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_gives_rows_with_its_fields(view, kind):
    rows = [json.loads(line) for line in export_lines(view, kind, format="jsonl")]
    assert rows, kind
    for row in rows:
        assert tuple(row) == FIELDS[kind]
        assert row["id"]
        assert row["method"]
        assert row["evidence"] or kind == "problems"


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_is_documented(kind):
    text = CONTRACT.read_text("utf-8")
    head, _, rest = text.partition(f"\n## {kind}\n")
    assert rest, f"no section on {kind}"
    section = rest.split("\n## ")[0]
    named = set(re.findall(r"`(\w+)`", section + head))
    assert set(FIELDS[kind]) <= named


def test_evidence_slices_to_the_words(view):
    text = view.documents[0].text
    (row,) = export_rows(view, "figures")
    (where,) = row["evidence"]
    assert text[where["start"] : where["end"]] == row["text"]


def test_names_keep_from_and_to(view):
    (row,) = export_rows(view, "actors")
    assert list(row["names"]) == [{"text": "Monitor", "from": "2018-01-01", "to": None}]


def test_copies_are_told_by_source(view):
    (document,) = view.documents

    id_ = document.id
    (row,) = export_rows(msgspec.structs.replace(view, copies={id_: id_}), "documents")
    assert row["copy_of"] == document.source


def test_csv_reads_back_and_runs_no_formula(view):
    hostile = msgspec.structs.replace(view.statements[0], content="=HYPERLINK(1)")
    lines = export_lines(
        msgspec.structs.replace(view, statements=(hostile,)), "statements", format="csv"
    )
    (row,) = csv.DictReader(io.StringIO("".join(lines)))
    assert row["content"] == "'=HYPERLINK(1)"
    assert row["chain"] == "Monitor; Courier"
    assert json.loads(row["content_spans"]) == [[7, 50]]
