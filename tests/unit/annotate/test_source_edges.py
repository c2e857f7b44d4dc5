"""Sources without what they took from the words around them."""

import pytest

from sayso.annotate.source_edges import with_clean_source
from sayso.knowledge import load
from sayso.schema import AttributionSpan


def clean(marked: str) -> tuple[str, list[str]]:
    """The source and contents of "content [source] cue", cleaned."""
    before, _, rest = marked.partition("[")
    source, _, after = rest.partition("]")
    text = before + source + after
    start = len(before)
    end = start + len(source)
    found = with_clean_source(
        text,
        AttributionSpan(
            sources=((start, end),),
            cues=((end + 1, len(text)),),
            contents=((0, len(before.rstrip(" ,"))),),
            type="statement",
            form="indirect",
            score=0.9,
            method="test",
        ),
        knowledge=load(),
    )
    ((a, b),) = found.sources
    return text[a:b], [text[c:d] for c, d in found.contents]


@pytest.mark.parametrize(
    ("marked", "source", "content"),
    [
        ("Shells fell on Selm [town rebels] said", "rebels", "Shells fell on Selm town"),
        ("Four died on [Monday activists] said", "activists", "Four died on Monday"),
        ("Ten fled Dolan men [and a monitor] said", "and a monitor", "Ten fled Dolan men"),
        ("Ten fled, some residents [and medics] said", "residents and medics", "Ten fled, some"),
        ("Ten fled the watch and [a doctor] said", "the watch and a doctor", "Ten fled"),
        ("Four died [Selm A military source] said", "A military source", "Four died"),
        ("Four died [the monitor a] said", "the monitor", "Four died"),
        ("Four died [OLDEN TIMES Selm activists] said", "Selm activists", "Four died"),
        ("Four died [ORN) - SELs reporter] said", "SELs reporter", "Four died"),
    ],
)  # fmt: skip
def test_words_beside_a_source_are_not_its(marked, source, content):
    assert clean(marked) == (source, [content])


@pytest.mark.parametrize(
    "marked",
    [
        "Four died in Selm [state media] said",
        "They fled [village elders] said",
        "Four died, [Monday activists] said",
        "Four died [activists in Selm town] said",
    ],
)
def test_words_of_a_source_stay(marked):
    assert clean(marked)[0] == marked.partition("[")[2].partition("]")[0]


@pytest.mark.parametrize(
    ("cue", "rest", "source"),
    [
        ("were reported", "by the town rescuers after shells fell", "the town rescuers"),
        ("were reported", "in Selm by noon", None),
        ("reported", "by the town rescuers", None),
    ],
)
def test_who_said_it_stands_behind_a_passive(cue: str, rest: str, source: str | None) -> None:
    text = f"Four deaths {cue} {rest}"
    at = text.index(cue)
    found = with_clean_source(
        text,
        AttributionSpan(
            sources=(),
            cues=((at, at + len(cue)),),
            contents=((0, at - 1), (at + len(cue) + 1, len(text))),
            type="statement",
            form="indirect",
            score=0.9,
            method="test",
        ),
        knowledge=load(),
    )
    assert [text[a:b] for a, b in found.sources] == ([source] if source else [])
    if source:
        assert [text[a:b] for a, b in found.contents] == ["Four deaths", "after shells fell"]
