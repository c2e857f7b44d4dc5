"""Numbers without a source: on whose word they stand, by the sentences around them."""

from __future__ import annotations

import msgspec
import pytest
from tests.unit.compare.pile import Report
from tests.unit.compare.test_matters import run
from tests.unit.compare.test_tolls import accounts, report


def told_next(sentence: str, content: str, *, cue: str = "said", kind: str = "monitor") -> Report:
    made = report(
        "a", f"Car bomb in Marat\nA car bomb killed 12 people in Marat on Tuesday. {sentence}"
    )
    made.figure("12 people", 12)
    made.statement("Varn Watch", cue, content, actor=made.actor("Varn Watch", kind))
    return made


def test_a_number_whose_deed_the_next_sentence_tells_of_is_of_its_voice() -> None:
    a = told_next("Varn Watch said the blast struck a gate.", "the blast struck a gate")
    assert list(accounts(run(a))) == ["Varn Watch"]


@pytest.mark.parametrize(
    ("sentence", "content", "cue", "kind"),
    [
        ("Varn Watch called the blast a crime.", "the blast a crime", "called", "monitor"),
        ("Varn Watch said trams stood still.", "trams stood still", "said", "monitor"),
        ("Varn Watch said the blast was its own.", "the blast was its own", "said", "armed group"),
    ],
)
def test_who_judges_or_fights_or_tells_of_something_else_gives_no_number(
    sentence: str, content: str, cue: str, kind: str
) -> None:
    a = told_next(sentence, content, cue=cue, kind=kind)
    assert (None, [12]) in [
        (voice, [t.value for t in account.tolls]) for voice, account in accounts(run(a)).items()
    ]


@pytest.mark.parametrize("begins", ["The blast killed 12 people", "The death toll reached 12"])
def test_a_sentence_that_begins_with_the_deed_or_the_dead_goes_on_with_the_voice(
    begins: str,
) -> None:
    a = report("a", f"Car bomb in Marat\nVarn Watch said a car bomb went off on Tuesday. {begins}.")
    watch = a.actor("Varn Watch", "monitor")
    a.statement("Varn Watch", "said", "a car bomb went off on Tuesday", actor=watch)
    a.figure("12", 12)
    assert list(accounts(run(a))) == ["Varn Watch"]


def test_a_number_beside_what_the_voice_of_the_sentence_before_adds_is_its_own() -> None:
    a = report(
        "a",
        "Car bomb in Marat\nVarn Watch said a car bomb went off on Tuesday. "
        "12 people died and Varn Watch added that roofs fell.",
    )
    watch = a.actor("Varn Watch", "monitor")
    a.statement("Varn Watch", "said", "a car bomb went off on Tuesday", actor=watch)
    a.statement("Varn Watch", "added", "that roofs fell", actor=watch)
    a.figure("12 people", 12)
    assert list(accounts(run(a))) == ["Varn Watch"]


@pytest.mark.parametrize(
    ("words", "voice"),
    [
        ("concerned by reports that 12 people died", "reports"),
        ("able to confirm reports that 12 people died", "Varn Watch"),
    ],
)
def test_what_a_speaker_only_cites_is_not_on_its_word(words: str, voice: str) -> None:
    a = report("a", f"Car bomb in Marat\nVarn Watch said it was {words} on Tuesday.")
    watch = a.actor("Varn Watch", "monitor")
    said = a.statement("Varn Watch", "said", f"it was {words}", actor=watch)
    a.figure("12 people", 12, by="Varn Watch", actor=watch)
    a.records["figures"] = [
        msgspec.structs.replace(figure, statement=said.id) for figure in a.records["figures"]
    ]
    assert list(accounts(run(a))) == [voice]


def test_onlookers_do_not_count() -> None:
    a = report("a", "Car bomb in Marat\nA car bomb killed 12 people in Marat on Tuesday. "
               "Witnesses said the blast struck a gate.")  # fmt: skip
    a.figure("12 people", 12)
    a.statement("Witnesses", "said", "the blast struck a gate")
    assert (None, [12]) in [
        (voice, [t.value for t in account.tolls]) for voice, account in accounts(run(a)).items()
    ]
