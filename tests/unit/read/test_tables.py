from __future__ import annotations

import json

import pytest

from sayso.errors import UsageError
from sayso.read import parse_columns, unique_source
from sayso.read.dates import date_order
from sayso.schema import Document, Problem

TEXT = "A monitor said on Monday that twelve people had been killed in the town."


def split(found):
    documents = [item for item in found if isinstance(item, Document)]
    problems = [item for item in found if isinstance(item, Problem)]
    assert all(p.stage == "read" and p.hint and p.path for p in problems)
    return documents, problems


def test_a_row_is_title_two_newlines_and_text(read):
    (document,) = read(f"id,title,text,source\n7,Shells fall,{TEXT},trt\n", "t.csv")
    assert document.text == f"Shells fall\n\n{TEXT}"
    assert (document.source, document.row, document.outlet) == ("7", 1, "TRT World")
    assert document.headline == "Shells fall"


def test_an_unknown_outlet_stays_as_it_is(read):
    (document,) = read(f"id,text,source\n7,{TEXT},selmpost\n", "t.csv")
    assert document.outlet == "selmpost"


def test_repeated_and_missing_ids(read):
    documents, _ = split(read(f"id,text\n1,{TEXT}\n1,{TEXT}\n1#2,{TEXT}\n,{TEXT}\n", "t.csv"))
    assert [d.source for d in documents] == ["1", "1#2", "1#2#2", "t.csv:4"]


def test_unique_source():
    assert unique_source("a", set()) == "a"
    assert unique_source("a", {"a", "a#2"}) == "a#3"


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (["3/4/2016", "3/14/2016"], "mdy"),
        (["3/4/2016", "14/3/2016"], "dmy"),
        (["3/4/2016"], None),
        (["13/4/2016", "4/13/2016"], None),
        (["2016-04-03"], None),
    ],
)
def test_the_order_of_a_column(cells, order):
    assert date_order(cells) == order


def test_dates_by_the_whole_column(read):
    documents, problems = split(
        read(f"id,text,date\n1,{TEXT},3/4/2016\n2,{TEXT},3/14/2016\n", "t.csv")
    )
    assert [d.dates[0].value for d in documents] == ["2016-03-04", "2016-03-14"]
    assert documents[0].dates[0].how == "table"
    assert not problems


def test_an_ambiguous_column_gives_no_dates_and_says_so(read):
    table = f"id,text,date\n1,{TEXT},3/4/2016\n2,{TEXT},5/6/2016\n"
    documents, problems = split(read(table, "t.csv"))
    assert [d.dates for d in documents] == [(), ()]
    assert len(problems) == 1
    assert "--date-format" in problems[0].hint
    documents, problems = split(read(table, "t.csv", date_format="%d/%m/%Y"))
    assert [d.dates[0].value for d in documents] == ["2016-04-03", "2016-06-05"]
    assert not problems


def test_both_dates_are_kept_where_table_and_text_disagree(read):
    table = f"id,title,text,date\n1,Shells fall on Selm,12-05-2016 {TEXT},2016-04-01\n"
    (document,) = read(table, "t.csv")
    assert [(c.value, c.how) for c in document.dates] == [
        ("2016-05-12", "text"),
        ("2016-04-01", "table"),
    ]


@pytest.mark.parametrize("second", [f'"{TEXT}', f'"{TEXT}\nand it goes on'])
def test_an_unclosed_quote_costs_one_row(read, second):
    table = f'id,text\n1,"{TEXT}"\n2,{second}\n3,"{TEXT}"\n4,{TEXT}\n'
    documents, problems = split(read(table, "t.csv"))
    assert [d.source for d in documents] == ["1", "3", "4"]
    assert len(problems) == 1
    assert "line 3" in problems[0].message


def test_cells_of_several_lines_and_beyond_the_csv_limit(read):
    long = "A very long cell. " * 20_000
    documents, problems = split(read(f'id,text\n1,"{TEXT}\n\n{TEXT}"\n2,"{long}"\n', "t.csv"))
    assert [len(d.text) for d in documents] == [2 * len(TEXT) + 2, len(long)]
    assert not problems


def test_a_missing_text_column_names_those_that_are_there(read):
    (problem,) = read("a,b\n1,2\n", "t.csv")
    assert isinstance(problem, Problem)
    assert "a, b" in problem.hint


def test_a_column_that_is_not_there(read):
    (problem,) = read(f"id,text\n1,{TEXT}\n", "t.csv", columns={"text": "body"})
    assert "'body'" in problem.message


def test_columns_as_the_user_says(read):
    columns = {"text": "x", "title": "y"}
    (document,) = read(f"x,y,text\n{TEXT},Shells fall,no\n", "t.csv", columns=columns)
    assert document.text == f"Shells fall\n\n{TEXT}"


def test_json_lines_with_a_broken_line(read):
    lines = [json.dumps({"id": "a", "text": TEXT}), "{broken", "[1]", json.dumps({"text": TEXT})]
    documents, problems = split(read("\n".join(lines), "t.jsonl"))
    assert [d.source for d in documents] == ["a", "t.jsonl:4"]
    assert ["line 2" in problems[0].message, "line 3" in problems[1].message] == [True, True]


def test_json_that_is_a_list_of_objects(read):
    documents, _ = split(read(json.dumps([{"body": TEXT}, {"body": TEXT}]), "t.json"))
    assert len(documents) == 2


def test_lone_surrogates_do_not_reach_the_text(read):
    (document,) = read(f'{{"text": "\\ud800 {TEXT}"}}\n', "t.jsonl")
    document.text.encode()


@pytest.mark.parametrize("data", ["[" * 100_000, "3", '{"a":', "[]", "{}"])
def test_json_without_rows(read, data):
    documents, problems = split(read(data, "t.json"))
    assert not documents
    assert problems


def test_rows_without_text(read):
    documents, problems = split(read(f"id,text\n1,\n2,{TEXT}\n,\n", "t.csv"))
    assert [d.source for d in documents] == ["2"]
    assert "line 2" in problems[0].message


def test_parse_columns():
    assert parse_columns("text=body, title=head").columns == {"text": "body", "title": "head"}
    for nonsense in ("", "text", "text=", "words=body", "text=a,text=b"):
        with pytest.raises(UsageError) as raised:
            parse_columns(nonsense)
        assert raised.value.hint
