"""What the trained encoder finds, and that no text breaks it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.annotate.attribution_spans import Reading, attributions_of, unwrapped
from sayso.annotate.encoder import CONTENT, SOURCE, WEIGHTS, Answer, Cue, Encoder, shipped
from sayso.annotate.pieces import read_pieces
from sayso.annotate.quotes import Quotes
from sayso.ids import Span
from sayso.schema import AttributionSpan

PLAIN = (
    'The bridge is closed, the mayor said on Monday.\n\n"We will open it in spring," '
    "Anna Berg, her deputy, told reporters.\n\nA spokesman for the union denied that talks "
    "had failed.\n"
)


def extract(text: str, blocks: list[Span] | None = None) -> list[AttributionSpan]:
    return attributions_of(shipped(), text, blocks, cue_words=frozenset({"told", "denied"}))


def words(text: str, spans: tuple[Span, ...]) -> tuple[str, ...]:
    return tuple(text[a:b] for a, b in spans)


def told(text: str) -> list[tuple[str, str, str]]:
    """Source, cue and content of everything that is found, parts joined."""
    return [
        tuple(" … ".join(words(text, part)) for part in (f.sources, f.cues, f.contents))  # type: ignore[misc]
        for f in extract(text)
    ]


def test_finds_who_said_what() -> None:
    text = '"We will open it in spring," Anna Berg, her deputy, told reporters.'
    (spoken,) = extract(text)
    assert words(text, spoken.sources) == ("Anna Berg, her deputy",)
    assert words(text, spoken.cues) == ("told",)
    assert words(text, spoken.contents) == ('"We will open it in spring,"',)
    assert (spoken.type, spoken.form) == ("statement", "direct")
    assert spoken.score is not None
    assert 0 < spoken.score <= 1


FORMS = {
    "before": (
        'The minister said: "We shall rebuild the bridge."',
        ("The minister", "said", '"We shall rebuild the bridge."'),
    ),
    "inside": (
        '"We shall rebuild the bridge," the minister said, "and the road."',
        ("the minister", "said", '"We shall rebuild the bridge," … "and the road."'),
    ),
    "that": (
        "Officials in Kest said that the bridge would be rebuilt.",
        ("Officials in Kest", "said", "that the bridge would be rebuilt"),
    ),
    "bare": (
        "Officials in Kest said the bridge would be rebuilt.",
        ("Officials in Kest", "said", "the bridge would be rebuilt"),
    ),
    "according": (
        "The bridge was hit twice, according to a local monitor.",
        ("a local monitor", "according to", "The bridge was hit twice"),
    ),
    "told": (
        "A resident told the agency that two houses had burnt down.",
        ("A resident", "told", "that two houses had burnt down"),
    ),
    "denial": (
        "The army denied that it had shelled the town.",
        ("The army", "denied", "that it had shelled the town"),
    ),
    "demand": (
        "The envoy called for an immediate ceasefire in the valley.",
        ("The envoy", "called for", "an immediate ceasefire in the valley"),
    ),
    "marks lost": (
        "The bridge was hit twice and three people died the monitor said.",
        ("the monitor", "said", "The bridge was hit twice and three people died"),
    ),
}


@pytest.mark.parametrize("form", FORMS)
def test_finds_every_form(form: str) -> None:
    text, expected = FORMS[form]
    assert expected in told(text)


def test_an_offensive_is_no_attribution() -> None:
    assert told("The front launched an offensive against the town on Monday.") == []


def test_a_content_is_read_again_for_voices_inside_it() -> None:
    text = "The ministry said that the governor had told reporters that the road was safe."
    outer, inner = told(text)
    assert inner == ("the governor", "had told", "that the road was safe")
    assert outer[:2] == ("The ministry", "said")


def test_reads_only_the_blocks_it_is_given() -> None:
    left_out = (PLAIN.index('"We'), PLAIN.index("A spokesman"))
    found = extract(PLAIN, [(0, left_out[0]), (left_out[1], len(PLAIN))])
    assert len(found) == 2
    for start, end in (s for f in found for s in (*f.sources, *f.cues, *f.contents)):
        assert end <= left_out[0] or start >= left_out[1]


def test_unwrapped_leaves_marks_and_that_out() -> None:
    text = "x that “the road is safe” y"
    assert text[slice(*unwrapped(text, (2, 25)))] == "the road is safe"
    assert unwrapped("““””", (0, 4)) == (4, 4)


def test_nothing_in_nothing() -> None:
    assert extract("") == []
    assert extract(" \n\n ") == []
    assert extract(PLAIN, []) == []


def test_the_same_again() -> None:
    assert extract(PLAIN) == extract(PLAIN)
    assert attributions_of(Encoder.load(WEIGHTS), PLAIN) == attributions_of(shipped(), PLAIN)


HOSTILE = {
    "quotation marks": '"' * 5_001,
    "closing marks": "”" * 5_001,
    "cues": "said " * 2_000,
    "a word": "a" * 100_000,
    "nuls": "\0" * 500 + PLAIN + "\0",
    "emoji": "😀 said 👩‍👩‍👧 " * 200,
    "lone surrogates": "\ud800 said \udfff that it was so.",
    "right to left": "قال الرئيس \u202e said he \u202c",
    "line ends": "\r\n" * 3_000 + "he said so",
    "combining": "e\u0301" * 3_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts(name: str) -> None:
    check(HOSTILE[name])


@settings(max_examples=40, deadline=None)
@given(text=st.text(max_size=400))
def test_any_text(text: str) -> None:
    check(text)


@settings(max_examples=40, deadline=None)
@given(parts=st.lists(st.sampled_from([*PLAIN.split(" "), '"', "“", "”", "'", "\n"]), max_size=90))
def test_any_order_of_words(parts: list[str]) -> None:
    check(" ".join(parts))


def check(text: str) -> None:
    """What holds of every result: spans in the text, of words, in order, not inside a word."""
    for found in extract(text):
        assert found.cues
        assert found.contents
        for spans in (found.sources, found.cues, found.contents):
            assert list(spans) == sorted(spans)
            for start, end in spans:
                assert 0 <= start < end <= len(text)
                assert not text[start].isspace()
                assert not text[end - 1].isspace()


def test_a_sentence_without_an_end_is_read_to_its_end() -> None:
    text = "the men of the town said that the wind was cold and " * 500
    check(text)
    assert extract(text)[-1].cues[0][0] > len(text) * 0.9


def test_a_source_does_not_begin_inside_a_phrase() -> None:
    text = "Ten died near Marn the Observatory for Rights and medics said"
    pieces = read_pieces(shipped().tokenizer, text)
    at = text.index("Rights")
    shares = np.zeros((len(pieces) - 1, 3), dtype=np.float32)
    shares[:, CONTENT] = 1.0
    source = pieces.starts[:-1] >= text.index("the Obs")
    shares[source] = (0.0, 0.2, 0.8)
    roles = np.where(pieces.starts[:-1] >= at, SOURCE, CONTENT)
    said = Cue(len(pieces) - 1, len(pieces), 0.9, np.array([1.0, 0, 0], dtype=np.float32))
    reading = Reading(text, pieces, Quotes([]))
    whole = reading._with_whole_source(Answer(said, 0, shares, roles))
    (found,) = (reading.attribution(whole, 0.0, "test/1"),)
    assert found is not None
    assert words(text, found.sources) == ("the Observatory for Rights and medics",)
    assert words(text, found.contents) == ("Ten died near Marn",)
