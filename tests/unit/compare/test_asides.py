"""Asides: what a report tells of beside what it is mainly about, and where it goes back to it."""

from __future__ import annotations

import msgspec
import pytest
from tests.unit.compare.pile import Report

from sayso.compare.incidents import incidents
from sayso.compare.tellings import tellings_of
from sayso.compare.wording import read_words
from sayso.knowledge import load
from sayso.schema import Figure

LEAD = (
    "Warplanes kill 21 in rebel-held Marat\n"
    "Government air strikes killed 21 people in Marat on Tuesday, a monitor said. "
)


def report(text: str, lead: str = LEAD) -> Report:
    made = Report("a", lead + text, day="2031-03-05")
    made.place("Marat", 10.0, 20.0)
    made.time("Tuesday", "2031-03-04")
    if "21" in lead:
        made.figure("21", 21)
    return made


def is_main(made: Report, figure: Figure) -> bool:
    knowledge = load()
    told = tellings_of(made.resolved, read_words(made.document), incidents(knowledge))
    return figure.id in {f.id for f in told[0].figures}


@pytest.mark.parametrize(
    "sentence",
    [
        "A similar raid on the town killed 15 people.",
        "A commander was among 15 killed in an earlier coalition strike.",
        "The raids came after shelling that killed 15 people.",
        "The raids were a response to rockets that killed 15 people.",
        "Rebel rockets killed 15 people in government-held streets.",
        "Insurgents fired on the town too, killing 15.",
        "A suicide bomber killed 15 people.",
        "At least 15 people have been killed in strikes since the army began an offensive.",
    ],
)
def test_a_toll_of_something_else_is_an_aside(sentence: str) -> None:
    made = report(f"Shops were closed. {sentence}")
    assert not is_main(made, made.figure("15", 15))


@pytest.mark.parametrize(
    "sentence",
    [
        "The strikes killed 15 people at the market.",
        "Minutes later jets killed another 15 in another attack on this market.",
        "Meanwhile a doctor said that he had counted 15 bodies.",
        "The army, which shells rebel-held towns, killed 15 in the raids.",
    ],
)
def test_a_toll_of_the_lead_is_none(sentence: str) -> None:
    made = report(f"Shops were closed. {sentence}")
    assert is_main(made, made.figure("15", 15))


def test_a_count_since_the_dawn_of_a_day_is_of_that_day() -> None:
    made = report("Some 15 people have been killed since dawn in the air strikes.")
    made.time("dawn", "2031-03-04")
    assert is_main(made, made.figure("15", 15))


def test_a_toll_of_another_day_or_month_is_an_aside() -> None:
    made = report("Raids killed 15 people on Monday. In January 40 died in raids.")
    made.time("Monday", "2031-03-03")
    month = made.time("January", "2031-01-01")
    made.records["times"][-1] = msgspec.structs.replace(month, latest="2031-01-31")
    assert not is_main(made, made.figure("15", 15))
    assert not is_main(made, made.figure("40", 40))


def test_a_toll_that_goes_on_with_an_aside_stays_in_it() -> None:
    made = report(
        "In another incident a shell hit a school in Sulva. The attack left 15 dead, it said. "
        "In Marat the raids killed 3 children."
    )
    made.place("Sulva", 11.0, 22.0)
    assert not is_main(made, made.figure("15", 15))
    assert is_main(made, made.figure("3", 3))


def test_a_day_of_the_lead_ends_an_aside_of_another() -> None:
    made = report(
        "A similar raid killed 15 people last year. On Tuesday the governor spoke of 31 dead."
    )
    made.time("Tuesday", "2031-03-04", nth=1)
    assert not is_main(made, made.figure("15", 15))
    assert is_main(made, made.figure("31", 31))


def test_in_fighting_both_sides_fire() -> None:
    lead = "Battle for Marat\nThe army and rebels clashed in Marat on Tuesday amid air strikes. "
    made = report("Shops were closed. Rebel rockets killed 15 people.", lead)
    assert is_main(made, made.figure("15", 15))


def test_an_unlocated_quarter_is_of_the_leads_town() -> None:
    made = report("Shops were closed. In the Old Weir neighbourhood the raids killed 15 people.")
    place = made.place("Old Weir", 0.0, 0.0)
    made.records["places"][-1] = msgspec.structs.replace(place, lat=None, lon=None)
    assert is_main(made, made.figure("15", 15))


def test_a_toll_in_the_headline_is_told_even_of_many_weeks() -> None:
    made = Report("a", "Bombing of Marat has claimed the lives of 21 people\nIt goes on.")
    assert is_main(made, made.figure("21", 21))


def test_what_a_picture_shows_is_no_lead() -> None:
    made = Report(
        "a",
        "Raids go on\nA man walks home after a raid in Sulva. Raids killed 21 people in Marat.",
    )
    made.place("Sulva", 11.0, 22.0)
    made.place("Marat", 10.0, 20.0)
    told = tellings_of(made.resolved, read_words(made.document), incidents(load()))
    assert [spot.name for spot in told[0].focus] == ["Marat"]


def test_a_sentence_that_begins_with_a_day_is_of_that_day_where_the_lead_has_none() -> None:
    lead = "Shells kill 3 in Marat\nShells killed 3 people in Marat, police said. "
    lead += "Trams stood still in the town. So did the two mills by the river. "
    lead += "A bell was rung at noon. "
    made = Report("a", lead + "On Sunday gas shells killed 35 people there.", day="2031-03-05")
    made.place("Marat", 10.0, 20.0)
    made.time("Sunday", "2031-03-02")
    made.figure("3 people", 3)
    assert not is_main(made, made.figure("35", 35))


def test_a_toll_of_a_nearby_town_is_an_aside() -> None:
    lead = "Raid in Varn province kills 50\nA raid killed 50 people in Varn province on Tuesday. "
    made = Report("a", lead + "Shells killed 2 in the nearby town of Sulva.", day="2031-03-05")
    made.place("Varn province", 10.0, 20.0, radius=80.0)
    made.place("Sulva", 10.1, 20.1)
    made.time("Tuesday", "2031-03-04")
    made.figure("50 people", 50)
    assert not is_main(made, made.figure("2", 2))


def test_shells_amid_fighting_are_one_sides_fire() -> None:
    lead = (
        "Rocket attacks kill 30 in Marat\nRebel rockets killed 30 people in Marat on Tuesday, the "
        "scene of fierce fighting. "
    )
    made = report("Shops were closed. Air strikes on the rebel-held side killed 9 more.", lead)
    made.figure("30 people", 30)
    assert not is_main(made, made.figure("9", 9))


def test_a_town_that_an_aside_lies_by_does_not_end_it() -> None:
    made = report(
        "Shops were closed in the old town. Trams stood still for hours. Last month raids killed "
        "15 people in Low Sulva. Jets killed 18 people in Sulva then.",
        LEAD.replace("on Tuesday", "and Sulva on Tuesday"),
    )
    made.place("Sulva", 11.0, 22.0)
    made.place("Low Sulva", 11.01, 22.0)
    at = made.place("Sulva then", 11.0, 22.0)
    made.records["places"][-1] = msgspec.structs.replace(at, name="Sulva", text="Sulva")
    assert not is_main(made, made.figure("15", 15))
    assert not is_main(made, made.figure("18", 18))


def test_what_stands_after_a_day_after_is_another_deeds_in_the_lead_too() -> None:
    made = report(
        "",
        lead="Rockets hit Marat\nRockets killed 21 people in Marat on Tuesday, a day after air "
        "strikes on a school left 35 dead. ",
    )
    told = made.figure("35", 35)
    assert is_main(made, made.records["figures"][0])
    assert not is_main(made, told)


@pytest.mark.parametrize(("month", "main"), [("a mid-January raid that", False), ("it", True)])
def test_a_toll_of_a_deed_of_another_month_is_an_aside(month: str, main: bool) -> None:
    made = report(f"Shops were closed. The army said {month} killed 15 people.")
    if not main:
        time = made.time("mid-January", "2031-01-15")
        longer = msgspec.structs.replace(time, earliest="2031-01-11", latest="2031-01-20")
        made.records["times"][-1] = longer
    assert is_main(made, made.figure("15", 15)) is main


def test_a_report_ranks_its_incident_among_others_of_a_time() -> None:
    made = report(
        "The strikes, the first on the town since the war began, killed 15 at a gate. "
        "At least 900 have been killed since the war began."
    )
    assert is_main(made, made.figure("15", 15))
    assert not is_main(made, made.figure("900", 900))


def test_an_aside_that_begins_with_meanwhile_is_of_the_day_of_the_report() -> None:
    made = report("Shops were closed. Shelling in the town of Selm meanwhile killed another 15.")
    made.place("Selm", 11.0, 21.0)
    figure = made.figure("15", 15)
    told = tellings_of(made.resolved, read_words(made.document), incidents(load()))
    (aside,) = [t for t in told if figure.id in {f.id for f in t.figures}]
    assert aside.dated
    assert aside.days == told[0].days
    assert not aside.added
