"""The trained encoder: what it finds, and that no text breaks it."""

from __future__ import annotations

import time
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sayso
from sayso.annotate.encoder import (
    CONTENT,
    Encoder,
    argument_reach,
    average_words,
    flag_runs,
    quoted,
    read_pieces,
    smooth,
    window_starts,
)

WEIGHTS = Path(sayso.__file__).parent / "knowledge" / "weights"
PLAIN = (
    'The bridge is closed, the mayor said on Monday. "We will open it in spring," '
    "Anna Berg, her deputy, told reporters.\n\nA spokesman for the union denied that talks "
    "had failed.\n"
)


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder.load(WEIGHTS)


def words(text: str, spans: tuple[tuple[int, int], ...]) -> list[str]:
    return [text[a:b] for a, b in spans]


def test_finds_who_said_what(encoder: Encoder) -> None:
    first, second, third = encoder.extract(PLAIN)
    assert words(PLAIN, first.sources) == ["the mayor"]
    assert words(PLAIN, first.cues) == ["said"]
    assert words(PLAIN, first.contents) == ["The bridge is closed"]
    assert (first.type, first.form, first.denied) == ("statement", "indirect", False)
    assert "Anna Berg" in words(PLAIN, second.sources)[0]
    assert words(PLAIN, second.contents) == ['"We will open it in spring,"']
    assert second.form == "direct"
    assert third.denied
    assert all(0 < found.score <= 1 for found in (first, second, third) if found.score)


def test_reads_only_the_blocks_it_is_given(encoder: Encoder) -> None:
    left_out = (PLAIN.index('"We'), PLAIN.index("A spokesman"))
    blocks = [(0, left_out[0]), (left_out[1], len(PLAIN))]
    found = encoder.extract(PLAIN, blocks)
    assert len(found) == 2
    for span in (s for f in found for s in (*f.sources, *f.cues, *f.contents)):
        assert span[1] <= left_out[0] or span[0] >= left_out[1]


def test_nothing_in_nothing(encoder: Encoder) -> None:
    assert encoder.extract("") == []
    assert encoder.extract(" \n\n ") == []
    assert encoder.extract(PLAIN, []) == []


def test_the_same_again(encoder: Encoder) -> None:
    assert encoder.extract(PLAIN) == encoder.extract(PLAIN)
    assert encoder.extract(PLAIN) == Encoder.load(WEIGHTS).extract(PLAIN)


HOSTILE = {
    "quotation marks": '"' * 5_001,
    "closing marks": "”" * 5_001,
    "cues": "said " * 5_000,
    "a word": "a" * 100_000,
    "nuls": "\0" * 500 + PLAIN + "\0",
    "emoji": "😀 said 👩‍👩‍👧 " * 200,
    "lone surrogates": "\ud800 said \udfff that it was so.",
    "right to left": "قال الرئيس \u202e said he \u202c",
    "line ends": "\r\n" * 3_000 + "he said so",
    "combining": "e\u0301" * 3_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts(encoder: Encoder, name: str) -> None:
    check(encoder, HOSTILE[name])


@settings(max_examples=40, deadline=None)
@given(text=st.text(max_size=400))
def test_any_text(text: str) -> None:
    check(_shared(), text)


@settings(max_examples=40, deadline=None)
@given(parts=st.lists(st.sampled_from([*PLAIN.split(" "), '"', "“", "”", "'", "\n"]), max_size=90))
def test_any_order_of_words(parts: list[str]) -> None:
    check(_shared(), " ".join(parts))


_LOADED: list[Encoder] = []


def _shared() -> Encoder:
    if not _LOADED:
        _LOADED.append(Encoder.load(WEIGHTS))
    return _LOADED[0]


def check(encoder: Encoder, text: str) -> None:
    """What holds of every result: spans in the text, of words, in order, not inside a word."""
    for found in encoder.extract(text):
        assert found.cues
        assert found.contents
        for spans in (found.sources, found.cues, found.contents):
            assert list(spans) == sorted(spans)
            for a, b in spans:
                assert 0 <= a < b <= len(text)
                assert not text[a].isspace()
                assert not text[b - 1].isspace()


def test_time_is_linear(encoder: Encoder) -> None:
    def seconds(repeats: int) -> float:
        text = "the men of the town said that the wind was cold and " * repeats
        started = time.process_time()
        encoder.extract(text)
        return time.process_time() - started

    seconds(100)
    assert seconds(4_000) < 8 * max(seconds(1_000), 0.05)


def test_quoted_ends_with_the_paragraph() -> None:
    text = 'He said "no\nand “yes” "'
    found = quoted(text)
    assert [text[a:b] for a, b in flag_runs(found)] == ['"no', "“yes”", '"']


def test_marks_inside_words_do_not_part_them(encoder: Encoder) -> None:
    text = "The U.S. didn't pay 6,000 to the 20-year-old's aunt"
    pieces = read_pieces(encoder.tokenizer, text)
    starts = np.flatnonzero(np.r_[True, np.diff(pieces.words) != 0])
    ends = [*(starts[1:] - 1), len(pieces) - 1]
    found = [text[pieces.starts[a] : pieces.ends[b]] for a, b in zip(starts, ends, strict=True)]
    assert "didn't" in found
    assert "6,000" in found
    assert "20-year-old" in found


@pytest.mark.parametrize(
    ("pieces", "window", "margin"), [(10, 300, 20), (301, 300, 20), (5_000, 300, 24)]
)
def test_windows_cover_the_text_and_overlap(pieces: int, window: int, margin: int) -> None:
    starts, length = window_starts(pieces, window, margin)
    assert length <= window
    assert starts[0] == 0
    assert starts[-1] + length == pieces
    for left, right in pairwise(starts):
        assert left + length - right >= 2 * margin - 1


def test_reach_stays_in_the_text() -> None:
    places, inside = argument_reach([0, 50], 60)
    assert places.min() == 0
    assert places.max() == 59
    assert inside.sum(axis=1).tolist() == [60, 60]


def test_smoothing_never_parts_a_word() -> None:
    answers = np.array([[[0.1, 0.1, 0.8], [0.6, 0.1, 0.3], [0.9, 0.05, 0.05]]], dtype=np.float32)
    words = np.array([[0, 0, 1]])
    inside = np.ones((1, 3), dtype=np.bool_)
    roles = smooth(answers, words, inside, 0.0)
    assert roles[0, 0] == roles[0, 1] == CONTENT


def test_runs_part_where_text_was_left_out() -> None:
    flags = np.array([False, True, True, True, False, True])
    assert flag_runs(flags) == [(1, 4), (5, 6)]
    assert flag_runs(flags, np.array([False, False, False, True, False, True])) == [
        (1, 3),
        (3, 4),
        (5, 6),
    ]


def test_average_over_words() -> None:
    rows = np.array([[1.0], [3.0], [5.0]], dtype=np.float32)
    assert average_words(rows, np.array([4, 4, 7])).tolist() == [[2.0], [2.0], [5.0]]
