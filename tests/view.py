"""A small view, made by hand: one document with one record of each kind; its words are hostile."""

from __future__ import annotations

from sayso.ids import record_id
from sayso.schema import (
    Account,
    Actor,
    Block,
    Document,
    Event,
    Evidence,
    Figure,
    Matter,
    Name,
    Naming,
    Place,
    Problem,
    Publication,
    Query,
    Relation,
    Statement,
    Time,
    Truce,
    View,
)

TEXT = (
    'Tolls\n\nAt least 12 people died in Dorrun on Monday, the Monitor said. <script>alert("x")'
    "</script> =cmd()"
)
SOURCE = "a<b>.txt"


def evidence(words: str) -> tuple[Evidence, ...]:
    start = TEXT.index(words)
    return (Evidence(document=SOURCE, start=start, end=start + len(words)),)


def at(words: str) -> dict[str, int]:
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words)}


def span(words: str) -> tuple[tuple[int, int], ...]:
    start = TEXT.index(words)
    return ((start, start + len(words)),)


def common(words: str, kind: str) -> dict[str, object]:
    return {
        "id": record_id(SOURCE, "0", kind, span(words)),
        "evidence": evidence(words),
        "method": "test/1",
    }


def make_view() -> View:
    """One document with one record of each kind; its words are hostile."""
    content = "At least 12 people died in Dorrun on Monday"
    document = Document(
        source=SOURCE,
        path=f"/pile/{SOURCE}",
        text=TEXT,
        blocks=(
            Block(kind="headline", start=0, end=5),
            Block(kind="prose", start=7, end=len(TEXT)),
        ),
        bytes_sha256="0" * 64,
        text_sha256="0" * 64,
        outlet="<img src=x onerror=alert(1)>",
        headline="Tolls",
        read_at="2019-03-05T00:00:00Z",
        reader="read/1",
        language="en",
    )
    statement = Statement(
        **common(content, "statement"),
        document=SOURCE,
        type="statement",
        form="indirect",
        speaker="Monitor",
        speaker_actor=None,
        voice="named",
        speaker_text="the Monitor",
        cue="said",
        content=content,
        source_spans=span("the Monitor"),
        cue_spans=span("said"),
        content_spans=span(content),
        chain=("Monitor", "Courier"),
        chain_actors=(None, None),
        denied=False,
    )
    figure = Figure(
        **common("At least 12 people", "figure"),
        document=SOURCE,
        text="At least 12 people",
        value=12,
        low=12,
        high=None,
        bound="at least",
        unit="people",
        of="people",
        effect="killed",
        part_of=None,
        speaker="Monitor",
        speaker_actor=None,
        voice="named",
        chain=("Monitor", "Courier"),
        statement=statement.id,
        matter=None,
        event=None,
        **at("At least 12 people"),
    )
    event = Event(
        **common("died", "event"),
        document=SOURCE,
        type="ASSAULT",
        status="asserted",
        agent=None,
        agent_actor=None,
        target="people",
        target_actor=None,
        place="Dorrun",
        lat=1.0,
        lon=2.0,
        radius_km=3.0,
        earliest="2019-03-04",
        latest="2019-03-04",
        speaker="Monitor",
        speaker_actor=None,
        voice="named",
        statement=statement.id,
        **at("died"),
    )
    place = Place(
        **common("Dorrun", "place"),
        document=SOURCE,
        text="Dorrun",
        name="Dorrun",
        role="literal",
        lat=1.0,
        lon=2.0,
        radius_km=3.0,
        gazetteer="user:places.csv:2",
        **at("Dorrun"),
    )
    time = Time(
        **common("Monday", "time"),
        document=SOURCE,
        text="Monday",
        type="DATE",
        value="2019-03-04",
        earliest="2019-03-04",
        latest="2019-03-04",
        **at("Monday"),
    )
    matter = Matter(
        **common(content, "matter"),
        title="Deaths in Dorrun, 4 March 2019",
        place="Dorrun",
        earliest="2019-03-04",
        latest="2019-03-04",
        documents=(SOURCE,),
        also_in=(),
        accounts=(
            Account(
                speaker="Monitor",
                voice="named",
                says="at least 12 killed",
                figures=(figure.id,),
                documents=(SOURCE,),
            ),
        ),
        reports=1,
        origins=1,
    )
    return View(
        case="a.case",
        version="0",
        documents=(document,),
        publications={SOURCE: Publication(earliest="2019-03-05", latest="2019-03-05", how="text")},
        copies={},
        statements=(statement,),
        figures=(figure,),
        times=(time,),
        places=(place,),
        events=(event,),
        actors=(
            Actor(
                **common("Monitor", "actor"),
                name="Monitor",
                kind="monitor",
                names=(Name(text="Monitor", from_="2018-01-01"),),
                affiliations=(),
                mentions=1,
                key=None,
                members=(),
            ),
        ),
        truces=(
            Truce(
                **common("Monday", "truce"),
                name="truce",
                parties=(),
                brokers=("Sund",),
                places=(),
                excluded=(),
                proposer=None,
                began_on="2019-03-02",
                ended_on=None,
                status="in force",
                how="said",
                documents=(SOURCE,),
            ),
        ),
        matters=(matter,),
        relations=(
            Relation(
                **common("died", "relation"),
                kind="contradicts",
                left=statement.id,
                right=figure.id,
                reason="they differ",
            ),
        ),
        naming=(
            Naming(
                **common("people", "naming"), actor="people", label="martyrs", by="Monitor", count=1
            ),
        ),
        queries=(
            Query(**common("12", "query"), document=SOURCE, kind="sum", message="look at this"),
        ),
        problems=(
            Problem(stage="read", message="empty", hint="look", path="/pile/<i>.txt"),
            Problem(stage="annotate", message="too long", hint="split", document=SOURCE),
        ),
    )
