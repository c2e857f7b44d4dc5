"""Who is said to have done it: blame, claims and denials of this deed, and not of another."""

from __future__ import annotations

import pytest
from tests.unit.compare.pile import Report

from sayso.compare import compare
from sayso.knowledge import load
from sayso.schema import Compared

LEAD = (
    "Gas attack on Marat\nA gas attack killed 12 people in Marat on Tuesday, Varn Watch said. "
    "Families fled over the hills. Doctors ran out of masks. The hospital closed its doors. "
    "Streets were empty by noon. "
)


def report_of(words: str) -> Report:
    report = Report("a", LEAD + words, day="2031-03-05")
    report.place("Marat", 10.0, 20.0)
    report.time("Tuesday", "2031-03-04")
    watch = report.actor("Varn Watch", "monitor")
    report.figure("12 people", 12, by="Varn Watch", actor=watch)
    return report


def run(report: Report) -> Compared:
    return compare([report.document], [report.resolved], knowledge=load())


def says(report: Report, speaker: str) -> str:
    (matter,) = run(report).matters
    return next((account.says for account in matter.accounts if account.speaker == speaker), "")


def spoke(words: str, cue: str, content: str, *, speaker: str = "Ida Moor") -> Report:
    report = report_of(words)
    report.actor("Grey Front", "armed group")
    actor = next((a for a in report.records["actors"] if a.name == speaker), None)
    actor = actor or report.actor(speaker, "person")
    report.statement(speaker, cue, content, actor=actor)
    return report


@pytest.mark.parametrize(
    ("words", "cue", "content"),
    [
        (
            "Ida Moor blamed the Grey Front for the attack.",
            "blamed",
            "the Grey Front for the attack",
        ),
        ("Ida Moor accused the Grey Front of using gas.", "accused", "the Grey Front of using gas"),
    ],
)
def test_blame_for_the_deed(words: str, cue: str, content: str) -> None:
    assert says(spoke(words, cue, content), "Ida Moor") == "blames Grey Front"


@pytest.mark.parametrize(
    ("words", "cue", "content"),
    [
        (
            "Ida Moor accused the Grey Front of gas and other chemical attacks.",
            "accused",
            "the Grey Front of gas and other chemical attacks",
        ),
        (
            "Ida Moor accused the Grey Front of arming smugglers.",
            "accused",
            "the Grey Front of arming smugglers",
        ),
        (
            "Ida Moor accused the Grey Front of war crimes.",
            "accused",
            "the Grey Front of war crimes",
        ),
        (
            "Ida Moor accused the Grey Front of preventing people from leaving under air strikes.",
            "accused",
            "the Grey Front of preventing people from leaving under air strikes",
        ),
    ],
)
def test_blame_for_something_else_is_no_account(words: str, cue: str, content: str) -> None:
    assert not says(spoke(words, cue, content), "Ida Moor")


def test_blame_right_after_another_attacks_sentence_is_of_that_attack() -> None:
    report = spoke(
        "Gas was used in Odal in 2024. Ida Moor accused the Grey Front of that attack.",
        "accused",
        "the Grey Front of that attack",
    )
    report.time("2024", "2024-01-01")
    assert not says(report, "Ida Moor")


@pytest.mark.parametrize(
    "words",
    [
        "The Grey Front denied any involvement.",
        "The Grey Front denied carrying out the gas attack.",
        "The Grey Front rejected the accusations.",
    ],
)
def test_a_denial_of_the_deed(words: str) -> None:
    content = words.removeprefix("The Grey Front ").split(" ", 1)[1].rstrip(".")
    report = spoke(words, words.split()[3], content, speaker="Grey Front")
    assert says(report, "Grey Front") == "denies it"


@pytest.mark.parametrize(
    "words",
    [
        "The Grey Front did not deny that the gas attack was its own.",
        "The Grey Front has denied previous accusations of using gas.",
        "The Grey Front has repeatedly denied using gas.",
        "The Grey Front rejected a plea to halt flights.",
        "The Grey Front will deny the gas attack.",
    ],
)
def test_what_is_no_denial_of_the_deed(words: str) -> None:
    cue = next(w for w in ("denied", "deny", "rejected") if w in words)
    content = words.split(f"{cue} ", 1)[1].rstrip(".")
    report = spoke(words, cue, content, speaker="Grey Front")
    assert not says(report, "Grey Front")


def test_forces_of_a_person_are_the_states() -> None:
    report = report_of(
        "Ida Moor blamed the gas attack on forces loyal to Norway President Olo Brandt."
    )
    moor = report.actor("Ida Moor", "person")
    report.actor("Norway", "state")
    report.actor("Olo Brandt", "person", affiliations=("Norway",))
    content = "the gas attack on forces loyal to Norway President Olo Brandt"
    report.statement("Ida Moor", "blamed", content, actor=moor)
    assert says(report, "Ida Moor") == "blames Norway"


def test_a_name_that_another_is_linked_to_is_not_blamed() -> None:
    report = report_of("Ida Moor said the gas attack was carried out by Red Star-linked Blue Dawn.")
    moor = report.actor("Ida Moor", "person")
    report.actor("Red Star", "armed group")
    report.actor("Blue Dawn", "armed group")
    content = "the gas attack was carried out by Red Star-linked Blue Dawn"
    report.statement("Ida Moor", "said", content, actor=moor)
    assert says(report, "Ida Moor") == "blames Blue Dawn"


def test_a_claim_that_somebody_tells_of_is_the_claimants_account() -> None:
    report = report_of("Ida Moor said the Grey Front claimed responsibility for the gas attack.")
    moor = report.actor("Ida Moor", "person")
    report.actor("Grey Front", "armed group")
    content = "the Grey Front claimed responsibility for the gas attack"
    report.statement("Ida Moor", "Moor said", content, actor=moor)
    assert says(report, "Grey Front") == "claims responsibility"
    assert not says(report, "Ida Moor")


def test_an_outlets_bare_word_for_how_it_was_done_is_no_account_beside_a_toll() -> None:
    report = Report(
        "a",
        "Strike on Marat\nAn air strike killed 12 people in Marat on Tuesday, Varn Watch said.",
        day="2031-03-05",
    )
    report.place("Marat", 10.0, 20.0)
    report.time("Tuesday", "2031-03-04")
    report.figure("12 people", 12, by="Varn Watch", actor=report.actor("Varn Watch", "monitor"))
    report.event("air strike", None)
    (matter,) = run(report).matters
    assert [account.speaker for account in matter.accounts] == ["Varn Watch"]


def test_a_bomb_of_gas_is_no_air_strike() -> None:
    report = Report(
        "a",
        "Gas on Marat\nVarn Watch said a barrel bomb was dropped on Marat on Tuesday, and that it "
        "was full of some toxic gas.",
        day="2031-03-05",
    )
    report.place("Marat", 10.0, 20.0)
    report.time("Tuesday", "2031-03-04")
    watch = report.actor("Varn Watch", "monitor")
    report.event("dropped", None, speaker=watch.name, speaker_actor=watch.id, voice="named")
    assert not any("air strike" in a.says for m in run(report).matters for a in m.accounts)
