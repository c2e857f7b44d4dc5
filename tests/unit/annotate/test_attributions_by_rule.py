"""The rule: invented sentences in, (source, cue, content) out."""

from __future__ import annotations

import re
import time

import pytest

from sayso.annotate.attributions import attributions_by_rule
from sayso.annotate.lexicon import cues_of, denies
from sayso.annotate.parse import Parse
from sayso.config import DEFAULT_MODEL
from sayso.knowledge import load
from sayso.schema import AttributionSpan, Block, Document


def document(text: str, *, headline: bool = False) -> Document:
    lines = [m.span() for m in re.finditer(r"[^\n]+", text) if m.group().strip()]
    blocks = [
        Block(kind="headline" if headline and not k else "prose", start=a, end=b)
        for k, (a, b) in enumerate(lines)
    ]
    return Document(
        source="t",
        path="t",
        text=text,
        blocks=tuple(blocks),
        bytes_sha256="",
        text_sha256="t",
        read_at="",
        reader="",
    )


def find(text: str, *, headline: bool = False) -> tuple[AttributionSpan, ...]:
    read = document(text, headline=headline)
    parse = Parse(read, model=DEFAULT_MODEL)
    return attributions_by_rule(read, parse, knowledge=load())


def rows(text: str, *, headline: bool = False) -> list[tuple[str, str, str]]:
    def joined(spans: tuple[tuple[int, int], ...]) -> str:
        return " … ".join(text[a:b] for a, b in spans)

    found = find(text, headline=headline)
    return [(joined(a.sources), joined(a.cues), joined(a.contents)) for a in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Minister Ana Bell said that the troops had left Orvin.",
            ("Minister Ana Bell", "said", "that the troops had left Orvin"),
        ),
        (
            "The troops had left Orvin, Minister Ana Bell said.",
            ("Minister Ana Bell", "said", "The troops had left Orvin"),
        ),
        (
            "According to the Norland Observatory, ten people were killed in Orvin.",
            ("the Norland Observatory", "According to", "ten people were killed in Orvin"),
        ),
        (
            "“We will not leave. We are staying,” General Bell said on Monday.",
            ("General Bell", "said", "“We will not leave. We are staying,”"),
        ),
        (
            'Bell said: "We will not leave."',
            ("Bell", "said", '"We will not leave."'),
        ),
        (
            "“We left,” Bell said. “They stayed.”",
            ("Bell", "said", "“We left,” … “They stayed.”"),
        ),
        (
            "Bell accused the rebels of breaking the truce.",
            ("Bell", "accused", "the rebels of breaking the truce"),
        ),
        (
            "Norland blamed Sudland for the attack.",
            ("Norland", "blamed", "Sudland for the attack"),
        ),
        (
            "Norland has vowed to protect the city.",
            ("Norland", "has vowed", "to protect the city"),
        ),
        (
            "The minister told Reuters that the talks had failed.",
            ("The minister", "told", "that the talks had failed"),
        ),
        (
            "A threat by Norland to halt the talks angered Sudland.",
            ("Norland", "threat", "to halt the talks"),
        ),
        (
            '"The road is closed," the statement read.',
            ("the statement", "read", '"The road is closed,"'),
        ),
        (
            "“The road is closed.” —Ana Bell",
            ("Ana Bell", "—", "“The road is closed.”"),
        ),
        (
            "Ten soldiers were killed on Monday activists said.",
            ("activists", "said", "Ten soldiers were killed on Monday"),
        ),
    ],
)
def test_one(text: str, expected: tuple[str, str, str]) -> None:
    assert expected in rows(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Raids kill ten in Orvin: monitor", ("monitor", ":", "Raids kill ten in Orvin")),
        ("Air raids kill ten in Orvin Monitor", ("Monitor", "", "Air raids kill ten in Orvin")),
        ("Bell: The troops will stay", ("Bell", ":", "The troops will stay")),
        (
            "Raids kill ten in Orvin NGO - Region - World - Norland Online",
            ("NGO", "", "Raids kill ten in Orvin"),
        ),
    ],
)
def test_headlines(text: str, expected: tuple[str, str, str]) -> None:
    assert expected in rows(text, headline=True)


@pytest.mark.parametrize(
    "text",
    [
        "The rebels launched an offensive against Orvin on Monday.",
        "Norland defended the town against the rebels.",
        "The attack claimed the lives of ten people.",
        "Factbox: The long war in Norland",
        "Norland recalled its ambassador.",
    ],
)
def test_actions_are_no_cues(text: str) -> None:
    assert rows(text, headline=text.startswith("Factbox")) == []


def test_a_passive_without_agent_has_no_source() -> None:
    found = find("It was reported that the bridge had fallen.")
    assert [(a.sources, a.denied) for a in found] == [((), False)]


def test_denials() -> None:
    assert [a.denied for a in find("Norland denied that it had bombed the bridge.")] == [True]
    assert [a.denied for a in find("Norland rejected claims of torture.")] == [True]
    assert [a.denied for a in find("Norland rejected the proposal.")] == [False]


@pytest.mark.parametrize(
    ("cue", "content", "expected"),
    [
        ("denied", "that it bombed the bridge", True),
        ("did not deny", "that it bombed the bridge", False),
        ("rejected", "claims of torture", True),
        ("rejected", "the plan", False),
        ("said", "that it denied nothing", False),
    ],
)
def test_denials_without_a_parse(cue: str, content: str, expected: bool) -> None:
    assert denies(cue, content, cues_of(load())) is expected


def test_types() -> None:
    assert [a.type for a in find("Bell believes that the war is over.")] == ["attitude"]
    assert [a.type for a in find("Bell said that the war is over.")] == ["statement"]


def test_nested_attributions_are_all_found() -> None:
    text = "The Norland Times reported that President Bell had said that the talks were over."
    outer, inner = sorted(find(text), key=lambda a: a.contents)
    start, end = outer.contents[0]
    assert start <= inner.sources[0][0]
    assert inner.contents[0][1] <= end


def test_what_goes_on_behind_a_participle_is_the_speakers() -> None:
    found = rows("The monitor said the raid killed ten people, adding that two were children.")
    assert ("The monitor", "adding", "that two were children") in found
    assert ("The monitor", "said", "the raid killed ten people") in found


def test_a_quotation_over_paragraphs() -> None:
    text = "“We will stay,” Bell said. “We are many.\n\n“We will not leave.”"
    assert rows(text) == [
        ("Bell", "said", "“We will stay,” … “We are many. … “We will not leave.”")
    ]


def test_a_quotation_without_cue_is_nobodys() -> None:
    assert rows("The square was empty.\n\n“We will stay.”\n\nNight fell.") == []


def test_form() -> None:
    assert [a.form for a in find('Bell said the raid was "a crime" and wrong.')] == ["mixed"]


@pytest.mark.parametrize(
    "text",
    ["", " ", '"' * 5001, '"a said b" ' * 700, "said " * 2000, "\0said\u202e: “\ufeff", "x" * 9000],
    ids=["empty", "blank", "marks", "pairs", "cues", "control", "long"],
)
def test_hostile_text(text: str) -> None:
    began = time.perf_counter()
    for span in find(text):
        for start, end in (*span.sources, *span.cues, *span.contents):
            assert 0 <= start < end <= len(text)
    assert time.perf_counter() - began < 20
