"""Actors of the case and what they are called."""

from __future__ import annotations

from tests.unit.compare.pile import Report

from sayso.compare import compare
from sayso.knowledge import load
from sayso.schema import Actor, Compared


def run(*reports: Report) -> Compared:
    return compare([r.document for r in reports], [r.resolved for r in reports], knowledge=load())


def names(found: Compared) -> list[str]:
    return sorted(actor.name for actor in found.actors)


def actor(found: Compared, name: str) -> Actor:
    (one,) = [a for a in found.actors if a.name == name]
    return one


def test_one_registry_key_is_one_actor_with_its_known_names() -> None:
    a, b = Report("a", "Daesh retreats"), Report("b", "ISIS retreats")
    entry = load().actors.find("ISIS")
    assert entry is not None
    a.actor("Daesh", "armed group", key=entry.key)
    b.actor("ISIS", "armed group", key=entry.key)
    (one,) = run(a, b).actors
    assert one.name == entry.name
    assert {"Daesh", "ISIS"} <= {name.text for name in one.names}
    assert one.mentions == 2


def test_spellings_of_one_full_name_are_one_person() -> None:
    a, b = Report("a", "Yusuf al-Karim spoke"), Report("b", "Youssef Karim spoke")
    a.actor("Yusuf al-Karim", "person")
    b.actor("Youssef Karim", "person")
    assert len(run(a, b).actors) == 1


def test_a_person_and_a_body_of_one_name_stay_apart() -> None:
    a, b = Report("a", "Amal Nour spoke"), Report("b", "Amal Nour opened a clinic")
    a.actor("Amal Nour", "person")
    b.actor("Amal Nour", "company")
    assert len(run(a, b).actors) == 2


def test_a_surname_joins_the_only_full_name_in_the_same_company() -> None:
    a = Report("a", "Ida Moor of the Tarn Council spoke")
    a.actor("Ida Moor", "person")
    a.actor("Tarn Council")
    b = Report("b", "Moor left the Tarn Council")
    b.actor("Moor", "person")
    b.actor("Tarn Council")
    assert names(run(a, b)) == ["Ida Moor", "Tarn Council"]


def test_a_surname_that_two_full_names_share_stays_by_itself() -> None:
    reports = []
    for source, first in (("a", "Ida"), ("b", "Olo")):
        report = Report(source, f"{first} Moor of the Tarn Council spoke")
        report.actor(f"{first} Moor", "person")
        report.actor("Tarn Council")
        reports.append(report)
    c = Report("c", "Moor left the Tarn Council")
    c.actor("Moor", "person")
    c.actor("Tarn Council")
    assert "Moor" in names(run(*reports, c))


def test_labels_are_counted_by_actor_and_speaker_with_every_instance() -> None:
    report = Report("a", "The rebels came. Rebels left. The militants stayed.")
    front = report.actor("rebels", "armed group")
    report.naming("rebels", actor=front, by="Kettle")
    report.naming("Rebels", actor=front, by="Kettle")
    report.naming("militants", actor=front, by="Kettle")
    found = run(report)
    assert [(n.label, n.count, len(n.evidence)) for n in found.naming] == [
        ("Rebels", 2, 2),
        ("militants", 1, 1),
    ]
