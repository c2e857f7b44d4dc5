"""Events on invented sentences: type, status, who, to whom, and the main one first."""

from collections.abc import Callable

import pytest

from sayso.annotate.events import find_events
from sayso.annotate.parse import Parse
from sayso.knowledge import load
from sayso.schema import Document, EventSpan

Make = Callable[..., Document]


def events(made: Document) -> tuple[EventSpan, ...]:
    return find_events(made, Parse(made), knowledge=load())


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
    ("text", "word", "agents"),
    [
        (
            "An attack claimed by the Northern Front killed 12 in Marn.",
            "attack",
            ["Northern Front"],
        ),
        ("The Front claimed responsibility for the bombing.", "bombing", ["Front"]),
        ("The Front claimed responsibility for the bombing that killed 12.", "killed", ["Front"]),
        ("Responsibility for the bombing was claimed by the Front.", "bombing", ["Front"]),
        ("A blast killed 12 people. It was claimed by the Front.", "killed", ["Front"]),
        ("No group claimed responsibility for the attack.", "attack", []),
        ("The Front has not claimed the attack.", "attack", []),
    ],
)
def test_who_claims_a_deed_did_it(document: Make, text: str, word: str, agents: list[str]) -> None:
    event = next(e for e in events(document(text)) if text[e.start : e.end].endswith(word))
    assert [text[a:b] for a, b in event.agents] == agents
    assert (event.claimed_by is not None) == bool(agents)


def test_the_verbs_of_a_list_share_its_object(document: Make) -> None:
    text = "The soldiers raided, looted and burned the market."
    found = events(document(text))
    assert [text[e.start : e.end] for e in found] == ["raided", "looted", "burned"]
    assert {tuple(text[a:b] for a, b in e.targets) for e in found} == {("market",)}


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


@pytest.mark.parametrize(
    ("text", "word", "agents", "targets", "instrument"),
    [
        (
            "Polish air strikes killed five children.",
            "killed",
            ["Polish"],
            ["children"],
            "Polish air strikes",
        ),
        (
            "Air raids by the coalition killed ten men.",
            "killed",
            ["coalition"],
            ["men"],
            "Air raids",
        ),
        (
            "Ten people were killed in an attack by gunmen on a mosque in Warsaw.",
            "killed",
            ["gunmen"],
            ["people"],
            None,
        ),
        (
            "Ten people were killed in an attack by gunmen on a mosque in Warsaw.",
            "attack",
            ["gunmen"],
            ["mosque"],
            None,
        ),
        (
            "The house was hit by a missile fired by soldiers.",
            "hit",
            ["soldiers"],
            ["house"],
            "missile",
        ),
        ("Rebels fired rockets at Warsaw.", "fired", ["Rebels"], ["Warsaw"], "rockets"),
        (
            "Soldiers killed ten rebels with barrel bombs.",
            "killed",
            ["Soldiers"],
            ["rebels"],
            "barrel bombs",
        ),
        (
            "Men armed with rifles attacked the checkpoint.",
            "attacked",
            ["Men"],
            ["checkpoint"],
            None,
        ),
        (
            "Warplanes of the Polish army bombed Marn.",
            "bombed",
            ["Polish army"],
            ["Marn"],
            "Warplanes",
        ),
        (
            "The guards prevented protesters from entering the square.",
            "prevented",
            ["guards"],
            ["protesters"],
            None,
        ),
        (
            "The shelling of Warsaw by government forces resumed.",
            "shelling",
            ["government forces"],
            ["Warsaw"],
            None,
        ),
        ("Clashes between soldiers and rebels went on.", "Clashes", ["soldiers"], ["rebels"], None),
        (
            "The army, police and militia stormed the camp.",
            "stormed",
            ["army", "police", "militia"],
            ["camp"],
            None,
        ),
        ("Men accused of killing the mayor fled.", "killing", ["Men"], ["mayor"], None),
        (
            "The council condemned the bombing of the school by rebels.",
            "condemned",
            ["council"],
            ["rebels"],
            None,
        ),
        ("Poland plans to send troops to Hungary.", "send", ["Poland"], ["Hungary"], None),
    ],
)
def test_agents_targets_and_means(
    document: Make, text: str, word: str, agents: list[str], targets: list[str], instrument: str
) -> None:
    (event,) = [e for e in events(document(text)) if text[e.start : e.end] == word]
    assert [text[a:b] for a, b in event.agents] == agents
    assert [text[a:b] for a, b in event.targets] == targets
    assert (text[slice(*event.instrument)] if event.instrument else None) == instrument


def test_what_has_not_happened_is_denied(document: Make) -> None:
    (event,) = events(document("The groups have not split from Hungary."))
    assert (event.type, event.status) == ("SANCTION", "denied")
    assert not events(document("The pillar prevented the roof from falling."))


def test_an_attack_spoken_about_took_place(document: Make) -> None:
    text = "Poland called on Hungary to express concern over the attacks."
    found = {text[e.start : e.end]: e.status for e in events(document(text))}
    assert found["attacks"] == "asserted"


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


@pytest.mark.parametrize(
    ("text", "word", "agents"),
    [
        (
            "A bomber blew himself up during the wedding of a member of the Northern Guard "
            "killing 22 people.",
            "killing",
            ["bomber"],
        ),
        ("Twelve people were killed in regime barrel bomb attacks on Marn.", "killed", ["regime"]),
        (
            "A helicopter belonging to the army dropped a bomb on Marn.",
            "dropped",
            ["army"],
        ),
    ],
)
def test_whose_deed_it_is(document: Make, text: str, word: str, agents: list[str]) -> None:
    event = next(e for e in events(document(text)) if text[e.start : e.end].startswith(word))
    assert [text[a:b] for a, b in event.agents] == agents
