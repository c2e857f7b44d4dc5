"""The plot of a matter's toll by days of report."""

import re

import msgspec

from sayso.schema import Account, AccountToll, Relation
from sayso.show.index import make_index
from sayso.show.plot import toll_plot
from sayso.show.report import report_lines


def toll(figure, value, **fields):
    values = {"low": value, "high": value, "bound": "exact", "of": "people", "effect": "killed"}
    return AccountToll(
        **({"figure": figure.id, "document": figure.document, "on": None, "value": value} | values)
        | fields
    )


def plot(view, *tolls, voices=None, relations=(), days=None):
    """The plot of tolls, one account a toll unless `voices` names their speakers; the reports that
    `days` name come out on these days.
    """
    (figure,) = view.figures
    figures = [msgspec.structs.replace(figure, id=f"f{n}") for n, _ in enumerate(tolls)]
    documents = [
        msgspec.structs.replace(view.documents[0], source=f"d{n}") for n, _ in enumerate(tolls)
    ]
    publications = dict(view.publications)
    some = next(iter(view.publications.values()))
    tolls = [
        msgspec.structs.replace(one, figure=f"f{n}", document=f"d{n}")
        for n, one in enumerate(tolls)
    ]
    for n, day in enumerate(days or ["2031-03-04"] * len(tolls)):
        publications[f"d{n}"] = msgspec.structs.replace(some, earliest=day, latest=day)
    speakers = voices or [f"Voice {n}" for n, _ in enumerate(tolls)]
    accounts = [
        Account(
            speaker=speaker, voice="named" if speaker else "outlet", says="", figures=(),
            documents=("d0",),
            tolls=tuple(t for t, who in zip(tolls, speakers, strict=True) if who == speaker),
        )
        for speaker in dict.fromkeys(speakers)
    ]  # fmt: skip
    matter = msgspec.structs.replace(view.matters[0], accounts=tuple(accounts))
    case = msgspec.structs.replace(
        view,
        figures=tuple(figures),
        documents=(*view.documents, *documents),
        publications=publications,
        matters=(matter,),
    )
    return toll_plot(make_index(case, with_text=True), matter, accounts, relations)


def updates(view, later, earlier):
    return Relation(
        id=f"{later}{earlier}", evidence=view.matters[0].evidence, method="test/1", score=None,
        kind="updates", left=later, right=earlier, reason="",
    )  # fmt: skip


def test_one_number_is_no_plot(view):
    (figure,) = view.figures
    assert plot(view, toll(figure, 9)) is None
    assert plot(view, toll(figure, 9), toll(figure, 4, part=True)) is None


def test_each_number_is_a_link_with_its_voice_and_day_in_words(view):
    (figure,) = view.figures
    drawn = plot(view, toll(figure, 9), toll(figure, 31), days=["2031-03-04", "2031-03-07"])
    svg = drawn["svg"]
    assert re.findall(r"<a href=#f-(f\d)>", svg) == ["f0", "f1"]
    assert "<title>Voice 0: 9 killed; " in svg
    assert "2031-03-07</title>" in svg
    assert svg.index(">4 Mar<") < svg.index(">7 Mar<")
    assert ">+3 days<" in svg
    assert "killed: from 9 to 31" in svg
    assert [voice["name"] for voice in drawn["voices"]] == ["Voice 0", "Voice 1"]


def test_bounds_are_arrows_bars_and_hatches(view):
    (figure,) = view.figures
    drawn = plot(
        view,
        toll(figure, 12, high=None, bound="at least"),
        toll(figure, 30, low=27, high=33, bound="about"),
        toll(figure, None, low=24, high=99, bound="order"),
        toll(figure, 50, low=None, bound="at most"),
    )
    svg, how = drawn["svg"], drawn["how"]
    assert svg.count("class=arrow") == 2
    assert svg.count("class=range") == svg.count("class=order") == 1
    for sign in ("≥12", "~30", "≤50", ">24<", ">99<"):
        assert sign in svg
    for words in ("arrow up", "arrow down", "“about”", "“dozens”"):
        assert words in how


def test_an_outlets_own_word_is_a_square_and_each_outlet_its_own_voice(view):
    (figure,) = view.figures
    drawn = plot(view, toll(figure, 9), toll(figure, 31), voices=["Monitor", None])
    assert drawn["svg"].count("class=outlet") == 1
    assert "own word of " in drawn["voices"][1]["name"]


def test_updates_are_steps_and_what_goes_by_way_of_another_is_left_out(view):
    (figure,) = view.figures
    tolls = [toll(figure, n) for n in (9, 20, 31)]
    pairs = [updates(view, "f1", "f0"), updates(view, "f2", "f1"), updates(view, "f2", "f0")]
    svg = plot(view, *tolls, voices=["Monitor"] * 3, relations=pairs)["svg"]
    assert svg.count("class=step") == 4
    places = [float(x) for x in re.findall(r"<svg x=([\d.]+)% ", svg)]
    assert places == sorted(places)


def test_numbers_of_one_day_never_lie_over_each_other(view):
    (figure,) = view.figures
    svg = plot(view, *(toll(figure, 9 + n % 2) for n in range(8)))["svg"]
    marks = re.findall(r"<svg x=([\d.]+)% y=([\d.]+)", svg)
    assert len(set(marks)) == 8


def test_a_report_without_a_day_stands_last(view):
    (figure,) = view.figures
    svg = plot(view, toll(figure, 9), toll(figure, 31), days=[None, "2031-03-04"])["svg"]
    assert svg.index(">4 Mar<") < svg.index(">unknown<")


def test_dead_and_wounded_share_their_days(view):
    (figure,) = view.figures
    svg = plot(view, toll(figure, 9), toll(figure, 31, effect="wounded"))["svg"]
    assert svg.index(">Killed<") < svg.index(">Wounded<")
    assert svg.count(">4 Mar<") == 1


def test_the_page_shows_the_plot_with_its_key(view):
    (figure,) = view.figures
    account = Account(
        speaker="Monitor", voice="named", says="", figures=(), documents=(figure.document,),
        tolls=(toll(figure, 9), toll(figure, 31)),
    )  # fmt: skip
    matter = msgspec.structs.replace(view.matters[0], accounts=(account,))
    case = msgspec.structs.replace(view, matters=(matter,))
    html = "".join(report_lines(case, with_text=True))
    assert "<h2>The toll by day of report</h2>" in html
    assert "<ul class=voices>" in html
