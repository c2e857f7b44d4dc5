"""Events resolved: names, place, days and voice; what is unknown stays null."""

from collections.abc import Callable

import pytest

from sayso.resolve.events import resolve_events
from sayso.schema import (
    Annotations,
    Document,
    EventSpan,
    Evidence,
    LocalActor,
    Place,
    Publication,
    Time,
)

TEXT = "On Monday the Polish army and they shelled Marn."
PUBLISHED = Publication(earliest="2020-01-02", latest="2020-01-02", how="given")


def at(words: str) -> tuple[int, int]:
    return TEXT.index(words), TEXT.index(words) + len(words)


def evidence(words: str) -> tuple[Evidence, ...]:
    return (Evidence(document="a.txt", start=at(words)[0], end=at(words)[1]),)


ACTOR = LocalActor(
    id="a1", evidence=evidence("Polish army"), method="test/1", document="a.txt",
    name="Polish Army", kind="armed force", key="pl-army", names=("Polish army",), roles=(),
    affiliations=(), spans=(at("the Polish army"),),
)  # fmt: skip
PLACE = Place(
    id="p1", evidence=evidence("Marn"), method="test/1", document="a.txt", text="Marn",
    name="Marn", role="literal", lat=1.0, lon=2.0, radius_km=3.0, gazetteer="test",
    start=at("Marn")[0],
    end=at("Marn")[1],
)  # fmt: skip
TIME = Time(
    id="t1", evidence=evidence("Monday"), method="test/1", document="a.txt", text="Monday",
    type="DATE", value="2019-12-30", earliest="2019-12-30", latest="2019-12-30",
    start=at("Monday")[0], end=at("Monday")[1],
)  # fmt: skip


def span(**fields: object) -> EventSpan:
    values: dict[str, object] = {
        "start": at("shelled")[0],
        "end": at("shelled")[1],
        "type": "FIGHT",
        "status": "asserted",
        "method": "test/1",
    }
    return EventSpan(**(values | fields))  # type: ignore[arg-type]


def test_names_place_and_days(document: Callable[..., Document]) -> None:
    told = span(
        agents=(at("Polish army"),), targets=(at("Marn"),), place=at("Marn"), time=at("On Monday")
    )
    (event,) = resolve_events(
        document(TEXT), Annotations(events=(told,)), (ACTOR,), (), (PLACE,), (TIME,), PUBLISHED
    )
    assert (event.agent, event.agent_actor) == ("Polish Army", "a1")
    assert (event.target, event.target_actor) == ("Marn", None)
    assert (event.place, event.lat, event.earliest) == ("Marn", 1.0, "2019-12-30")
    assert (event.voice, event.speaker, event.score) == ("outlet", None, None)


def test_several_agents_and_pronouns(document: Callable[..., Document]) -> None:
    told = span(agents=(at("Polish army"), at("they")), targets=(at("they"),))
    (event,) = resolve_events(
        document(TEXT), Annotations(events=(told,)), (ACTOR,), (), (), (), PUBLISHED
    )
    assert (event.agent, event.agent_actor) == ("Polish Army", None)
    assert event.target is None
    assert (event.place, event.earliest, event.latest) == (None, None, None)


def test_regime_forces_are_the_state_whose_regime_the_text_names(
    document: Callable[..., Document],
) -> None:
    text = "Ruritania's regime kept silent. Regime forces shelled Marn."
    state = LocalActor(
        id="s1", evidence=evidence("Marn"), method="test/1", document="a.txt", name="Ruritania",
        kind="state", key=None, names=("Ruritania",), roles=(), affiliations=(), spans=((0, 9),),
    )  # fmt: skip
    start = text.index("Regime forces")
    told = span(
        start=text.index("shelled"), end=text.index("shelled") + 7, agents=((start, start + 13),)
    )
    (event,) = resolve_events(
        document(text), Annotations(events=(told,)), (state,), (), (), (), PUBLISHED
    )
    assert (event.agent, event.agent_actor) == ("Ruritania", "s1")


@pytest.mark.parametrize("words", ["Sund-led", "Sund"])
def test_who_leads_an_alliance_is_not_its_deed(
    document: Callable[..., Document], words: str
) -> None:
    text = "A Sund-led strike hit Marn."
    start = text.index(words)
    span = EventSpan(
        start=text.index("strike"), end=text.index("strike") + 6, type="FIGHT", status="actual",
        agents=((start, start + len(words)),), method="test/1",
    )  # fmt: skip
    (found,) = resolve_events(
        document(text), Annotations(events=(span,)), (), (), (), (), PUBLISHED
    )
    assert found.agent is None
