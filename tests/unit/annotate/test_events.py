"""Events on invented sentences: type, status, who, to whom, and the main one first."""

from collections.abc import Callable

import pytest

from sayso.annotate.events import find_events
from sayso.annotate.parse import Parse
from sayso.config import DEFAULT_MODEL
from sayso.knowledge import load
from sayso.schema import Document, EventSpan

Make = Callable[..., Document]


def events(made: Document) -> tuple[EventSpan, ...]:
    return find_events(made, Parse(made, model=DEFAULT_MODEL), knowledge=load())


def main_event(made: Document) -> EventSpan:
    return max(events(made), key=lambda event: event.score or 0.0)


@pytest.mark.parametrize(
    ("text", "kind", "agents", "targets"),
    [
        ("Poland has rejected a French request.", "REJECT", ["Poland"], ["French"]),
        ("Poland will send food aid to Hungary, officials said.", "AGREE", ["Poland"], ["Hungary"]),
        ("Poland threatened to impose sanctions on Hungary.", "THREATEN", ["Poland"], ["Hungary"]),
        ("Polish warplanes bombed rebels.", "FIGHT", ["Polish warplanes"], ["rebels"]),
        ("The camp was attacked by gunmen.", "FIGHT", ["gunmen"], ["camp"]),
        ("Poland and Hungary agreed to hold joint talks.", "AGREE", ["Poland", "Hungary"], []),
        ("The army launched an offensive against rebels.", "FIGHT", ["army"], ["rebels"]),
        ("Students staged a general strike in Warsaw.", "PROTEST", ["Students"], []),
        ("The ministry accused Hungary of lying.", "DISAPPROVE", ["ministry"], ["Hungary"]),
        ("Police arrested ten protesters.", "COERCE", ["Police"], ["protesters"]),
    ],
)
def test_type_agent_and_target(
    document: Make, text: str, kind: str, agents: list[str], targets: list[str]
) -> None:
    event = main_event(document(text))
    assert event.type == kind
    assert [text[a:b] for a, b in event.agents] == agents
    if targets:
        assert [text[a:b] for a, b in event.targets] == targets


@pytest.mark.parametrize(
    ("text", "word", "status"),
    [
        ("The army shelled Marn.", "shelled", "asserted"),
        ("The army did not shell Marn.", "shell", "denied"),
        ("The army will shell Marn.", "shell", "planned"),
        ("The army threatened to shell Marn.", "shell", "threatened"),
        ("The army could shell Marn.", "shell", "hypothetical"),
        ("They asked the army to shell Marn.", "shell", "hypothetical"),
    ],
)
def test_status(document: Make, text: str, word: str, status: str) -> None:
    (event,) = [e for e in events(document(text)) if text[e.start : e.end] == word]
    assert event.status == status


def test_a_nominal_event_takes_its_agent_from_by(document: Make) -> None:
    text = "Air raids by the coalition went on all night."
    (event,) = events(document(text))
    assert event.type == "FIGHT"
    assert [text[a:b] for a, b in event.agents] == ["coalition"]


def test_the_first_sentence_holds_the_main_event(document: Make) -> None:
    text = "Poland denounced the raid. Later police arrested ten people."
    assert (
        text[slice(main_event(document(text)).start, main_event(document(text)).end)] == "denounced"
    )
    starts = [event.start for event in events(document(text))]
    assert starts == sorted(starts)


def test_text_without_events(document: Make) -> None:
    assert events(document("")) == ()
    assert events(document('""" 40 May 20166 \x00 \U0001f600')) == ()
