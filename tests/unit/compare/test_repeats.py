"""One speaker's statement in several reports."""

from __future__ import annotations

from tests.unit.compare.pile import Report

from sayso.compare import compare
from sayso.knowledge import load
from sayso.schema import Relation


def repeats(*reports: Report) -> list[Relation]:
    found = compare([r.document for r in reports], [r.resolved for r in reports], knowledge=load())
    return [relation for relation in found.relations if relation.kind == "repeats"]


def said(source: str, speaker: str, content: str, *, day: str = "2031-03-05") -> Report:
    report = Report(source, f"{speaker} said {content}", day=day)
    person = report.actor(speaker, "person")
    report.statement(speaker, "said", content, actor=person)
    return report


def test_the_same_threat_in_two_reports_is_one_statement_repeated() -> None:
    a = said("a", "Ida Moor", "the council would suspend ferry talks unless the piers reopen")
    b = said("b", "Ida Moor", "ferry talks would be suspended by the council unless piers reopen")
    (relation,) = repeats(a, b)
    assert relation.reason == "Ida Moor is reported to say the same in both"


def test_the_same_words_of_another_speaker_are_no_repeat() -> None:
    words = "the council would suspend ferry talks unless the piers reopen"
    assert not repeats(said("a", "Ida Moor", words), said("b", "Olo Finn", words))


def test_months_apart_it_is_no_repeat() -> None:
    words = "the council would suspend ferry talks unless the piers reopen"
    a = said("a", "Ida Moor", words)
    assert not repeats(a, said("b", "Ida Moor", words, day="2031-08-05"))
