"""Queries: what is doubtful is raised with both sides, what agrees is not."""

from collections.abc import Callable

import pytest

from sayso.resolve.figures import resolve_figures
from sayso.resolve.queries import raise_queries
from sayso.schema import (
    Annotations,
    Block,
    DateClaim,
    Document,
    EventSpan,
    Evidence,
    FigureSpan,
    Publication,
    Query,
    Statement,
)

Make = Callable[..., Document]
UNKNOWN = Publication(earliest=None, latest=None, how="unknown")


def figure(text: str, words: str, value: float, **fields: object) -> FigureSpan:
    start = text.index(words)
    values: dict[str, object] = {
        "start": start,
        "end": start + len(words),
        "value": value,
        "low": value,
        "high": value,
        "bound": "exact",
        "method": "test/1",
    }
    return FigureSpan(**(values | fields))  # type: ignore[arg-type]


def queries(
    document: Document,
    *figures: FigureSpan,
    events: tuple[EventSpan, ...] = (),
    statements: tuple[Statement, ...] = (),
) -> tuple[Query, ...]:
    annotations = Annotations(figures=figures, events=events, sentences=((0, len(document.text)),))
    resolved = resolve_figures(document, annotations, statements, ())
    return raise_queries(document, annotations, UNKNOWN, resolved, statements)


@pytest.mark.parametrize(("part", "raised"), [(28_000, False), (12_000, True)])
def test_share(document: Make, part: float, raised: bool) -> None:
    text = f"of 80,000 men {part:,.0f} (35 percent) fell"
    found = queries(
        document(text),
        figure(text, "80,000", 80_000),
        figure(text, f"{part:,.0f}", part, part_of=0, share=0.35),
    )
    assert [q.kind for q in found] == (["share"] if raised else [])
    assert all(len(q.evidence) == 2 for q in found)


@pytest.mark.parametrize(("women", "raised"), [(3, False), (9, True)])
def test_sum(document: Make, women: int, raised: bool) -> None:
    text = f"12 dead, including {women} women and 5 men"
    found = queries(
        document(text),
        figure(text, "12", 12, of="dead"),
        figure(text, str(women), women, of="women", part_of=0),
        figure(text, "5", 5, of="men", part_of=0),
    )
    assert [q.kind for q in found] == (["sum"] if raised else [])


@pytest.mark.parametrize(
    ("km", "miles", "raised"), [(50, 30, False), (60, 40, False), (50, 80, True), (25, 15, False)]
)
def test_unit(document: Make, km: int, miles: int, raised: bool) -> None:
    text = f"some {km} kilometers ({miles} miles) west"
    found = queries(
        document(text),
        figure(text, f"{km} kilometers", km, unit="km"),
        figure(text, f"{miles} miles", miles * 1.609344, unit="km"),
    )
    assert [q.kind for q in found] == (["unit"] if raised else [])


@pytest.mark.parametrize(
    ("headline", "raised"), [("20 dead", True), ("12 dead", False), ("17 dead", False)]
)
def test_headline(document: Make, headline: str, raised: bool) -> None:
    text = f"{headline}\nIt killed 12 people, then 5 men."
    cut = len(headline)
    blocks = (
        Block(kind="headline", start=0, end=cut),
        Block(kind="prose", start=cut + 1, end=len(text)),
    )
    fields = {"unit": "people", "effect": "killed"}
    found = queries(
        document(text, blocks=blocks),
        figure(text, headline[:2], float(headline[:2]), **fields),
        figure(text[:cut].replace("1", "x") + text[cut:], "12", 12, **fields),
        figure(text[:cut].replace("5", "x") + text[cut:], "5", 5, **fields),
    )
    assert [q.kind for q in found] == (["headline"] if raised else [])


def test_caption_names_a_weapon_that_the_text_does_not(document: Make) -> None:
    caption, prose = (
        "A convoy was hit by an airstrike.",
        "Ann blames Redhand for the attack on a convoy.",
    )
    text = f"{caption}\n{prose}"
    cut = len(caption)
    blocks = (
        Block(kind="caption", start=0, end=cut),
        Block(kind="prose", start=cut + 1, end=len(text)),
    )
    hit, attack = text.index("hit"), text.index("attack")
    second = text.rindex("convoy")
    events = (
        EventSpan(start=hit, end=hit + 3, type="FIGHT", status="asserted",
                  agents=((23, 32),), targets=((2, 8),), method="test/1"),
        EventSpan(start=attack, end=attack + 6, type="FIGHT", status="asserted",
                  targets=((second, second + 6),), method="test/1"),
    )  # fmt: skip
    made = document(text, blocks=blocks)
    annotations = Annotations(events=events, sentences=((0, cut), (cut + 1, len(text))))
    (query,) = raise_queries(made, annotations, UNKNOWN, (), ())
    assert query.kind == "caption"
    assert "an air strike" in query.message and len(query.evidence) == 2


@pytest.mark.parametrize(
    ("quoted", "raised"), [("Blue Front and Redhand", True), ("our enemy", False)]
)
def test_paraphrase_narrower_than_the_quotation(document: Make, quoted: str, raised: bool) -> None:
    text = f'A third of Redhand fighters fell. "Of {quoted} men 35 percent fell," Ann said.'
    start = text.index('"')
    content = (start, text.index(" Ann"))
    statement = Statement(
        id="s1", evidence=(Evidence(document="a.txt", start=start, end=len(text)),),
        method="test/1", document="a.txt", type="statement", form="direct", speaker="Ann",
        speaker_actor=None, voice="named", speaker_text="Ann", cue="said", content="",
        source_spans=(), cue_spans=(), content_spans=(content,), chain=("Ann",),
        chain_actors=(None,), denied=False,
    )  # fmt: skip
    found = queries(
        document(text),
        figure(text, "A third", 33.33, unit="percent", of="Redhand fighters", high=None),
        figure(text, "35 percent", 35, unit="percent", of="men"),
        statements=(statement,),
    )
    assert [q.kind for q in found] == (["paraphrase"] if raised else [])


@pytest.mark.parametrize(("table", "raised"), [("2020-06-13", True), ("2020-06-04", False)])
def test_a_table_date_against_the_texts(document: Make, table: str, raised: bool) -> None:
    text = "Published June 4 2020. All quiet."
    made = document(
        text,
        dates=(
            DateClaim(value="2020-06-04", how="text", words="June 4 2020", start=10, end=21),
            DateClaim(value=table, how="table", words=table),
        ),
    )
    found = queries(made)
    assert [q.kind for q in found] == (["date"] if raised else [])


def test_nothing_doubtful(document: Make) -> None:
    assert queries(document("")) == ()
