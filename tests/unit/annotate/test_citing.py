"""Who is only quoted, on spans made by hand."""

import pytest

from sayso.annotate.citing import with_cited
from sayso.annotate.lexicon import cues_of
from sayso.knowledge import load
from sayso.schema import AttributionSpan

CUES = cues_of(load())


def said(text: str, source: str, cue: str, content: str) -> AttributionSpan:
    spans = [
        (text.index(words), text.index(words) + len(words)) for words in (source, cue, content)
    ]
    return AttributionSpan(
        sources=(spans[0],),
        cues=(spans[1],),
        contents=(spans[2],),
        type="statement",
        form="indirect",
        method="test/1",
    )


def cited(text: str, *found: AttributionSpan) -> list[tuple[str, str]]:
    made = with_cited(text, [(0, len(text))], list(found), cues=CUES)
    return [
        (text[slice(*span.sources[0])], text[slice(*span.contents[0])])
        for span in made
        if span not in found
    ]


@pytest.mark.parametrize(
    ("behind", "source"),
    [
        ("citing residents of Marn.", "residents of Marn"),
        ("quoting the Norland National Television.", "the Norland National Television"),
        ("on Monday citing an Ostvale Guard official.", "an Ostvale Guard official"),
    ],
)
def test_whoever_is_cited_says_it_too(behind: str, source: str) -> None:
    text = f"Ten people were killed the agency reported {behind}"
    found = said(text, "the agency", "reported", "Ten people were killed")
    assert cited(text, found) == [(source, "Ten people were killed")]


def test_what_stands_behind_the_cited_is_what_they_say() -> None:
    text = "The agency reported quoting a doctor that ten people had died. Rain fell."
    found = said(text, "The agency", "reported quoting", "a doctor that ten people had died")
    assert cited(text, found) == [("a doctor", "ten people had died")]


def test_who_is_cited_is_not_what_is_said() -> None:
    text = "Ten people were killed, the agency said, citing residents."
    whole = said(text, "the agency", "said", "Ten people were killed")
    wrong = said(text, "the agency", "citing", "residents")
    made = with_cited(text, [(0, len(text))], [whole, wrong], cues=CUES)
    assert wrong not in made
    assert len(made) == 2


@pytest.mark.parametrize(
    "text",
    [
        "They will go on, she said, citing the death of ten civilians.",
        "Ten people were killed, she said. Others were citing a doctor.",
        "Two poets, she said, were citing",
    ],
)
def test_other_things_are_cited_too(text: str) -> None:
    assert cited(text, said(text, "she", "said", text.split(",")[0])) == []
