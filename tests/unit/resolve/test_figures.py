"""Figures resolved: on whose word, in which event, as part of which whole."""

from collections.abc import Callable

from sayso.resolve.figures import resolve_figures
from sayso.schema import Annotations, Document, Event, Evidence, FigureSpan, Statement

TEXT = 'A raid killed 12. "We lost 12 men, 3 of them boys," she said.'


def span(words: str, *, part_of: int | None = None, nth: int = 0) -> FigureSpan:
    start = TEXT.index(words, 15 if nth else 0)
    return FigureSpan(
        start=start, end=start + len(words), value=1.0, low=1.0, high=1.0, bound="exact",
        unit="people", effect="killed", part_of=part_of, method="test/1",
    )  # fmt: skip


def statement(document: Document) -> Statement:
    start = TEXT.index('"')
    return Statement(
        id="s1", evidence=(Evidence(document="a.txt", start=start, end=len(TEXT)),),
        method="test/1", document=document.source, type="statement", form="direct",
        speaker="Ann Orlin", speaker_actor=None, voice="named", speaker_text="she", cue="said",
        content=TEXT[start : start + 33], source_spans=(), cue_spans=(),
        content_spans=((start, TEXT.index(" she")),), chain=("Ann Orlin", "Daily"),
        chain_actors=(None, None), denied=False,
    )  # fmt: skip


def event() -> Event:
    return Event(
        id="e1", evidence=(Evidence(document="a.txt", start=9, end=15),), method="test/1",
        document="a.txt", type="ASSAULT", status="asserted", agent=None, agent_actor=None,
        target=None, target_actor=None, place=None, lat=None, lon=None, radius_km=None,
        earliest=None, latest=None, speaker=None, speaker_actor=None, voice="outlet",
        statement=None, start=7, end=13,
    )  # fmt: skip


def test_voice_event_and_whole(document: Callable[..., Document]) -> None:
    made = document(TEXT, outlet="Daily")
    annotations = Annotations(
        sentences=((0, 17), (18, len(TEXT))),
        figures=(span("12"), span("12", nth=1), span("3", part_of=1)),
    )
    own, told, part = resolve_figures(made, annotations, (statement(made),), (event(),))
    assert (own.voice, own.speaker, own.statement, own.chain) == ("outlet", None, None, ("Daily",))
    assert (own.event, told.event) == ("e1", None)
    assert (told.voice, told.speaker, told.statement) == ("named", "Ann Orlin", "s1")
    assert part.part_of == told.id
    assert len({own.id, told.id, part.id}) == 3
    assert own.evidence and TEXT[own.evidence[0].start : own.evidence[0].end] == "12"
    assert own.matter is None and own.score is None
