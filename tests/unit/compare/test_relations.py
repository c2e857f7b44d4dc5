"""How claims of tolls stand to each other: each pair of claims is told once."""

from __future__ import annotations

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
