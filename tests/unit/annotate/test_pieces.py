"""A text as the encoder reads it: words kept whole, features, windows."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from sayso.annotate.encoder import shipped
from sayso.annotate.pieces import (
    Pieces,
    average_words,
    cut_windows,
    left_out,
    read_pieces,
    within,
)


def pieces_of(text: str) -> Pieces:
    return read_pieces(shipped().tokenizer, text)


def words_of(text: str, pieces: Pieces) -> list[str]:
    starts = np.flatnonzero(np.r_[True, np.diff(pieces.words) != 0])
    ends = [*(starts[1:] - 1), len(pieces) - 1]
    return [text[pieces.starts[a] : pieces.ends[b]] for a, b in zip(starts, ends, strict=True)]


def test_marks_inside_words_do_not_part_them() -> None:
    text = "The U.S. didn't pay 6,000 to the 20-year-old's aunt"
    found = words_of(text, pieces_of(text))
    assert {"didn't", "6,000", "20-year-old"} <= set(found)


def test_features_are_case_quotation_and_paragraph() -> None:
    text = 'A TOWN fell\n"We left" she said'
    pieces = pieces_of(text)
    told = {
        text[a:b]: tuple(f)
        for a, b, f in zip(pieces.starts, pieces.ends, pieces.features, strict=True)
    }
    assert told["TOWN"] == (2, 0, 0)
    assert told["We"] == (1, 1, 0)
    assert told["she"] == (0, 0, 0)
    assert told["A"][2] == 1
    assert told['"'] == (0, 1, 0)


@pytest.mark.parametrize("widest", [40, 100, 1_000])
def test_windows_cover_the_text_once(widest: int) -> None:
    pieces = pieces_of("The mayor said it was late.\n" * 60)
    cut = cut_windows(pieces, widest)
    assert cut[0][0] == 0
    assert cut[-1][1] == len(pieces)
    assert all(a[1] == b[0] for a, b in pairwise(cut))
    assert all(0 < b - a <= widest for a, b in cut)


def test_windows_part_at_paragraphs_where_they_can() -> None:
    pieces = pieces_of("The mayor said it was late.\n" * 60)
    assert all(pieces.features[start, 2] for start, _ in cut_windows(pieces, 60))


def test_only_the_blocks_are_read() -> None:
    text = "one two three four five"
    kept = within(pieces_of(text), [(0, 7), (14, 23)])
    assert [text[a:b] for a, b in zip(kept.starts, kept.ends, strict=True)] == [
        "one",
        "two",
        "four",
        "five",
    ]
    assert left_out(kept.words).tolist() == [False, False, True, False]
    assert kept.features[:, 2].tolist() == [1, 0, 1, 0]


def test_no_text_has_no_pieces() -> None:
    assert len(pieces_of("")) == 0
    assert cut_windows(pieces_of(""), 100) == []


def test_a_words_pieces_are_averaged() -> None:
    rows = np.array([[0.0], [1.0], [1.0]], dtype=np.float32)
    assert average_words(rows, np.array([0, 0, 1])).ravel().tolist() == [0.5, 0.5, 1.0]
