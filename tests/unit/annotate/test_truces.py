"""Truces on invented sentences: who brokered, who is left out, where, when, how long."""

from collections.abc import Callable

import pytest

from sayso.annotate.parse import Parse
from sayso.annotate.truces import find_truces
from sayso.ids import Span
from sayso.knowledge import load
from sayso.schema import Document, TruceSpan

Make = Callable[..., Document]


def truce(made: Document) -> TruceSpan:
    (found,) = find_truces(made, Parse(made), knowledge=load())
    return found


def said(text: str, spans: tuple[Span, ...]) -> list[str]:
    return [text[a:b] for a, b in spans]


@pytest.mark.parametrize(
    ("text", "brokers"),
    [
        ("Brokered by Oslo and Bern, the truce was introduced in May.", ["Oslo", "Bern"]),
        ("The Oslo-Bern brokered ceasefire holds.", ["Oslo", "Bern"]),
        ("The truce, which had been mediated by Oslo and Bern, holds.", ["Oslo", "Bern"]),
    ],
)
def test_brokers(document: Make, text: str, brokers: list[str]) -> None:
    assert said(text, truce(document(text)).brokers) == brokers


@pytest.mark.parametrize(
    ("text", "excluded"),
    [
        ("The truce does not apply to groups such as Redhand (RH) and Blue Front, which means war.",
         ["Redhand", "Blue Front"]),
        ("Redhand and Blue Front militant groups were excluded from the truce.",
         ["Redhand", "Blue Front"]),
        ("Redhand, along with Blue Front (BF), is excluded from the ceasefire.",
         ["Redhand", "Blue Front"]),
    ],
)  # fmt: skip
def test_who_is_left_out(document: Make, text: str, excluded: list[str]) -> None:
    assert said(text, truce(document(text)).excluded) == excluded


def test_a_proposed_truce(document: Make) -> None:
    text = (
        "The Marn Center proposed the introduction of a 72-hour cease-fire starting Tuesday "
        "in areas of East Marn and Oldport."
    )
    found = truce(document(text))
    assert found.proposer is not None and found.began is not None
    assert text[slice(*found.proposer)] == "Marn Center"
    assert text[slice(*found.began)] == "Tuesday"
    assert said(text, found.places) == ["East Marn", "Oldport"]
    assert (found.lasts, found.status) == ("PT72H", "proposed")


def test_a_truce_that_ended(document: Make) -> None:
    text = "The ceasefire in Hungary came to an end on September 19 after a week."
    found = truce(document(text))
    assert found.ended is not None
    assert text[slice(*found.ended)] == "September 19"
    assert (found.lasts, found.status, found.began) == ("P1W", "ended", None)


def test_a_feared_end_is_no_end(document: Make) -> None:
    text = "There are fears that the ceasefire, in place since February 27, could collapse."
    found = truce(document(text))
    assert found.status == "in force"
    assert found.began is not None and text[slice(*found.began)] == "February 27"


def test_who_is_accused_of_breaking_it(document: Make) -> None:
    text = "Redhand rebels have been accused of breaking the truce."
    assert said(text, truce(document(text)).breached_by) == ["Redhand rebels"]


def test_no_truce(document: Make) -> None:
    made = document("Nothing here.")
    assert find_truces(made, Parse(made, model="none"), knowledge=load()) == ()


@pytest.mark.parametrize(
    ("text", "turn"),
    [
        ("The truce in Marn collapsed on Tuesday.", "collapsed"),
        ("The truce in Marn expired on Tuesday.", None),
        ("The ceasefire was extended by three days.", "extended"),
        ("The ceasefire could be extended by three days.", None),
    ],
)
def test_how_it_went_on(document: Make, text: str, turn: str | None) -> None:
    assert truce(document(text)).turn == turn


def test_who_accuses_whom_of_breaking_it_and_when(document: Make) -> None:
    text = "The government accused the rebels of violating the truce on Friday."
    found = truce(document(text))
    assert said(text, found.breached_by) == ["rebels"]
    assert found.accuser is not None
    assert text[slice(*found.accuser)].endswith("government")
    assert found.breached_on is not None
    assert text[slice(*found.breached_on)].endswith("Friday")


def test_who_is_accused_by_nobody(document: Make) -> None:
    found = truce(document("The rebels have been accused of breaking the truce."))
    assert (found.accuser, found.accused_by_nobody) == (None, True)
