"""How claims of tolls stand to each other: each pair of claims is told once."""

from __future__ import annotations

import msgspec
from tests.unit.compare.pile import Report, blast

from sayso.compare import compare
from sayso.knowledge import load
from sayso.schema import Relation


def relations(*reports: Report, kind: str) -> list[Relation]:
    found = compare([r.document for r in reports], [r.resolved for r in reports], knowledge=load())
    return [relation for relation in found.relations if relation.kind == kind]


def bomb(source: str, text: str, *, outlet: str = "Lantern", day: str = "2031-03-05") -> Report:
    """A report of the car bomb in Marat whose body is given."""
    report = Report(source, f"Car bomb at market in Marat\n{text}", outlet=outlet, day=day)
    report.place("Marat", 10.0, 20.0)
    report.time("Tuesday", "2031-03-04")
    return report


WORDS = {
    "b": "Traders carried their neighbours out over broken stalls and glass.",
    "c": "Ambulances came from three towns and the hospital asked for blood.",
    "d": "The hall burned until the evening while crews dug through its roof.",
}


def counted(source: str, number: int, *, by: str = "Varn Watch", day: str = "2031-03-05") -> Report:
    report = bomb(
        source,
        f"{by} counted {number} people killed when a car bomb tore through a hall in Marat on "
        f"Tuesday. {WORDS[source]}",
        day=day,
    )
    report.figure(f"{number} people", number, by=by, actor=report.actor(by, "monitor"))
    return report


def test_two_voices_that_differ_are_told_once_with_all_reports_as_evidence() -> None:
    reports = (
        blast("a", outlet="Kettle", toll="12 people", value=12),
        counted("b", 12),
        counted("c", 16, by="Marat Relief"),
        counted("d", 16, by="Marat Relief"),
    )
    (relation,) = relations(*reports, kind="contradicts")
    assert {e.document for e in relation.evidence} == {"a", "b", "c", "d"}


def test_a_growing_count_is_told_step_by_step() -> None:
    reports = (
        counted("b", 12),
        counted("c", 16, day="2031-03-06"),
        counted("d", 21, day="2031-03-07"),
    )
    grown = [relation.reason for relation in relations(*reports, kind="updates")]
    assert [reason.split(" between")[0] for reason in sorted(grown)] == [
        "the toll of Varn Watch grew from 12 people killed to 16 people killed",
        "the toll of Varn Watch grew from 16 people killed to 21 people killed",
    ]


def test_every_further_report_repeats_the_first_and_its_part_goes_with_it() -> None:
    reports = []
    for source in ("b", "c", "d"):
        report = bomb(
            source,
            f"Varn Watch counted 12 people killed, 3 children among them, when a car bomb tore "
            f"through a hall in Marat on Tuesday. {WORDS[source] * 3}",
        )
        actor = report.actor("Varn Watch", "monitor")
        whole = report.figure("12 people", 12, by="Varn Watch", actor=actor)
        report.figure(
            "3 children", 3, by="Varn Watch", actor=actor, of="children", part_of=whole.id
        )
        reports.append(report)
    found = relations(*reports, kind="repeats")
    assert len(found) == 2
    assert all("12 people" in relation.reason for relation in found)


def test_prints_of_one_text_do_not_repeat_each_other() -> None:
    a = blast("a", outlet="Kettle", toll="12 people", value=12)
    b = blast("b", outlet="Lantern", toll="12 people", value=12)
    assert not relations(a, b, kind="repeats")


def test_closed_numbers_that_one_report_sets_side_by_side_contradict() -> None:
    report = bomb(
        "a",
        "Varn Watch counted 12 people killed in a car bomb at a hall in Marat on Tuesday, then 39. "
        "Smoke rose over the roofs. Shops were shut. The mayor, Olo Finn, gave a toll of 31 dead.",
    )
    watch = report.actor("Varn Watch", "monitor")
    finn = report.actor("Olo Finn", "person")
    report.figure("39", 39, by="Varn Watch", actor=watch)
    report.figure("31", 31, by="Olo Finn", actor=finn)
    (relation,) = relations(report, kind="contradicts")
    assert "39 people killed" in relation.reason
    assert "31 people killed" in relation.reason


def below_the_lead(sentence: str) -> Report:
    """A report whose lead has no number, and Red Lamp's far below it."""
    report = bomb(
        "z",
        "A car bomb hit a hall in Marat on Tuesday. Smoke rose over the roofs of the town. "
        "Shops were shut for hours and the roads were empty. Nobody was let through to the hall. "
        f"Men with hoses came late in the night to help. {sentence}",
        outlet="Anvil",
    )
    report.figure("31 people", 31, by="Red Lamp", actor=report.actor("Red Lamp"))
    return report


def test_a_number_below_the_lead_contradicts_where_it_is_of_the_whole() -> None:
    other = counted("b", 12)
    plain = below_the_lead("The bomb killed 31 people, Red Lamp said.")
    assert len(relations(other, plain, kind="contradicts")) == 1
    added = below_the_lead("Another 31 people were killed, Red Lamp said.")
    assert not relations(other, added, kind="contradicts")
    place = below_the_lead("The bomb killed 31 people in Selm, Red Lamp said.")
    place.place("Selm", 10.4, 20.0)
    assert not relations(other, place, kind="contradicts")


def test_more_than_fifty_did_not_grow_to_55() -> None:
    old = counted("b", 50)
    figure = old.records["figures"][0]
    old.records["figures"][0] = msgspec.structs.replace(figure, bound="more than", high=None)
    assert not relations(old, counted("c", 55), kind="updates")
    assert relations(old, counted("c", 75), kind="updates")
