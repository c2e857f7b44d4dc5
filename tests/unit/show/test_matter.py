"""A matter's page: what weighs most comes first, the rest is folded and there."""

import msgspec

from sayso.schema import Account, AccountToll, Claim
from sayso.show.accounts import FIRST, account_rows
from sayso.show.index import make_index
from sayso.show.matter import matter_pages, rank
from sayso.show.names import case_axis, names_of
from sayso.show.numbers import number_tables
from sayso.show.report import report_lines


def account(speaker, documents, *, voice="named", **fields):
    return Account(
        speaker=speaker, voice=voice, says="denies it", figures=(), documents=documents, **fields
    )


def with_accounts(view, *accounts, **fields):
    matter = msgspec.structs.replace(view.matters[0], accounts=accounts, **fields)
    return matter, make_index(msgspec.structs.replace(view, matters=(matter,)), with_text=True)


def test_the_accounts_that_weigh_most_come_first_and_the_rest_is_folded(view):
    (source,) = (document.source for document in view.documents)
    quiet = [account(f"Voice {n}", (source,), voice="unnamed") for n in range(6)]
    matter, index = with_accounts(
        view, *quiet, account("Named", (source,)), account("Monitor", (source,))
    )
    first, rest = account_rows(index, matter, view.relations, {})
    assert len(first) == FIRST
    assert "Monitor" in first[0]["voice"]  # contradicted
    assert first[1]["voice"] == "Named"
    assert len(rest) == 4
    (page,) = matter_pages(index, rank(index))
    assert len(page["others"]) == 4
    html = "".join(report_lines(index.view, with_text=True))
    assert "<summary>4 other accounts</summary>" in html
    assert "Voice 5" in html


def test_an_outlets_own_account_names_the_outlet(view):
    source = view.documents[0].source
    matter, index = with_accounts(view, account(None, (source,), voice="outlet"))
    (row,), _ = account_rows(index, matter, (), {})
    assert row["voice"] == f"own word of {index.reports[source].shown_outlet}"


def toll(figure, on, value, **fields):
    values = {"low": value, "high": value, "bound": "exact", "of": "people", "effect": "killed"}
    return AccountToll(figure=figure, document="a", on=on, value=value, **(values | fields))


def test_an_account_tells_its_numbers_by_day_and_each_once(view):
    (figure,) = view.figures
    tolls = (
        toll(figure.id, "2019-03-06", 31),
        toll(figure.id, "2019-03-05", 9),
        toll(figure.id, "2019-03-06", 9),
        toll(figure.id, "2019-03-06", 4, of="children", part=True),
    )
    matter, index = with_accounts(
        view, account("Monitor", (view.documents[0].source,), tolls=tolls)
    )
    (row,), _ = account_rows(index, matter, (), {})
    (whole, numbers), (part, parts) = row["tolls"]
    assert (whole, part) == ("killed", "killed, a part")
    assert numbers.index("2019-03-05") < numbers.index(">9<") < numbers.index("→")
    assert numbers.count(">9<") == 1
    assert "4 children" in parts
    assert row["says"] == "denies it"


def test_a_number_is_told_with_its_reports_texts_outlets_and_origins(view):
    (figure,) = view.figures
    claim = Claim(
        says="at least 12 people killed", effect="killed", value=12.0, figures=(figure.id,),
        documents=("a",), reports=3, texts=2, outlets=2, origins=1, unknown=1, depth=1,
    )  # fmt: skip
    matter, index = with_accounts(view, claims=(claim,))
    (table,) = number_tables(index, matter, view.figures)
    (row,) = table["claims"]
    assert [row[key] for key in ("reports", "texts", "outlets", "origins", "unknown")] == [
        3, 2, 2, 1, 1,
    ]  # fmt: skip
    assert ">at least 12 people<" in row["says"]
    assert "Monitor" in row["voices"]
    assert len(table["rows"]) == 1
    assert not table["folded"]


def test_names_are_told_with_the_days_of_their_use(view):
    index = make_index(view, with_text=True)
    (actor,) = view.actors
    names = names_of(index, actor, case_axis(index))
    (row,) = names["rows"]
    assert row["times"] == 1
    assert row["days"] == "2019-03-05"
    assert row["held"] == "from 2018-01-01"
    assert "class=hatch" in row["svg"]


def test_spellings_of_one_name_stand_together(view):
    (actor,) = view.actors
    (name,) = actor.names
    spelled = msgspec.structs.replace(
        actor, names=(name, msgspec.structs.replace(name, text="the MONITOR", from_=None))
    )
    index = make_index(view, with_text=True)
    assert len(names_of(index, spelled, case_axis(index))["rows"]) == 1
